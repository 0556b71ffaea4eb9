package voice

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analysis/language"
	"parallax/analysis/target"
	"parallax/lexicon"
)

// Voices is who speaks where in a document.
type Voices struct {
	spans []Span
	at    [][]int // by sentence and token: the index of the span, or -1
	scare [][]int // by sentence: the indices of its scare quotes
}

// At returns the span that token k of sentence i is in. ok is false where the
// author speaks.
func (v *Voices) At(i, k int) (s Span, ok bool) {
	if n := v.at[i][k]; n >= 0 {
		return v.spans[n], true
	}
	return Span{}, false
}

// Scare reports whether the tokens [first, last] of sentence i stand in scare quotes.
func (v *Voices) Scare(i, first, last int) bool {
	for _, n := range v.scare[i] {
		if s := v.spans[n]; s.First <= first && last <= s.Last {
			return true
		}
	}
	return false
}

// Spans returns all spans, by sentence and first token.
func (v *Voices) Spans() []Span { return slices.Clone(v.spans) }

// scareWords is the length up to which a quotation without a verb and without
// a speaker counts as a scare quote: of the 60 such quotations in the five
// seed articles all with one to four words were terms ("sunshine policy"), all
// longer ones somebody's words.
const scareWords = 4

// Attribute finds who speaks where.
func Attribute(sentences []language.Sentence, mentions []target.Mention, lex *lexicon.Lexicon) *Voices {
	a := &attributor{sentences: sentences, lex: lex, mentions: make([][]target.Mention, len(sentences)), inQuote: make([][]int, len(sentences))}
	for i := range sentences {
		a.inQuote[i] = make([]int, len(sentences[i].Tokens))
		for k := range a.inQuote[i] {
			a.inQuote[i][k] = -1
		}
		a.cues = append(a.cues, a.findCues(i))
	}
	for _, m := range mentions {
		a.mentions[m.Sentence] = append(a.mentions[m.Sentence], m)
	}
	a.quotes = quotations(sentences)
	for n, q := range a.quotes {
		for p := q.open; !q.close.before(p); {
			a.inQuote[p.sentence][p.token] = n
			if p.token++; p.token == len(sentences[p.sentence].Tokens) {
				p = position{p.sentence + 1, 0}
			}
		}
	}
	a.names()
	a.direct()
	for i := range sentences {
		a.reported(i)
	}
	return a.voices()
}

type attributor struct {
	sentences []language.Sentence
	lex       *lexicon.Lexicon
	mentions  [][]target.Mention // by sentence
	cues      [][]cue            // by sentence
	quotes    []quotation
	inQuote   [][]int // by sentence and token: the quotation, or -1
	full      map[string]string
	speakers  []speaker // in order of appearance, for "he said"
	spans     []Span
}

// cue is a word of saying.
type cue struct {
	token, n    int
	verb        bool
	holderAfter bool
}

type speaker struct {
	at     position
	block  int
	holder string
}

func (a *attributor) findCues(i int) []cue {
	s := &a.sentences[i]
	ws := s.Norms()
	var out []cue
	for k := 0; k < len(ws); k++ {
		r, n, _, ok := a.lex.ReportingAt(ws, k)
		if !ok {
			continue
		}
		// A phrase is its own evidence. A verb must have been tagged as one, or
		// stand where only a verb can.
		if r.POS == lexicon.Verb && !strings.HasPrefix(s.Tokens[k].Tag, "VB") {
			continue
		}
		if r.POS == lexicon.Noun {
			continue
		}
		out = append(out, cue{token: k, n: n, verb: r.POS == lexicon.Verb, holderAfter: r.HolderAfter})
		k += n - 1
	}
	return out
}

// names collects full names, so that a surname used later finds its bearer.
func (a *attributor) names() {
	a.full = map[string]string{}
	for i := range a.sentences {
		toks := a.sentences[i].Tokens
		for k := 0; k < len(toks); k++ {
			n := k
			for n < len(toks) && toks[n].Tag == "NNP" && toks[n].Upper() {
				n++
			}
			if n-k >= 2 && n-k <= 4 {
				name := join(toks[k:n])
				for _, part := range []string{toks[n-1].Norm, toks[k].Norm} {
					if _, ok := a.full[part]; !ok {
						a.full[part] = name
					}
				}
			}
			if n > k {
				k = n
			}
		}
	}
}

// join puts the words of tokens together as they were printed, white space folded.
func join(toks []language.Token) string {
	var b strings.Builder
	for i, t := range toks {
		if i > 0 && t.Space {
			b.WriteByte(' ')
		}
		b.WriteString(t.Text)
	}
	return b.String()
}

// direct gives each quotation its holder, or finds that it is a scare quote.
func (a *attributor) direct() {
	last := -1 // the quotation before this one that somebody spoke
	for n := range a.quotes {
		q := &a.quotes[n]
		c, i, ok := a.cueOf(n)
		holder, token := "", -1
		switch {
		case ok && !(q.words <= scareWords && !q.verb && !a.labelled(i, c)):
			holder, token = a.holderOf(i, c), c.token
		case q.words <= scareWords && !q.verb && !a.alone(n):
			a.add(n, Scare, "", -1, -1)
			continue
		case last >= 0 && a.continues(last, n):
			holder = a.speakers[len(a.speakers)-1].holder
		case a.colon(n) >= 0:
			i = q.open.sentence
			holder = a.resolve(i, a.subject(i, a.colon(n)))
		default:
			holder = Other
		}
		a.speak(q.open, holder)
		a.add(n, Direct, holder, i, token)
		last = n
	}
}

// labelled reports whether the cue puts a label on somebody, so that even a
// word or two in quotation marks are the holder's: declared a "rogue state".
func (a *attributor) labelled(i int, c cue) bool {
	return c.verb && (labels[a.lemma(&a.sentences[i], c.token)] || a.judges(&a.sentences[i], c.token))
}

// cueOf returns the cue that introduces quotation n, and its sentence: one
// outside any quotation in the sentence where the quotation begins or ends,
// the nearest by tokens between.
func (a *attributor) cueOf(n int) (cue, int, bool) {
	q := a.quotes[n]
	bestDistance, found := 1<<30, false
	var best cue
	var at int
	try := func(i, from int) {
		for _, c := range a.cues[i] {
			if a.inQuote[i][c.token] >= 0 {
				continue
			}
			d := from - c.token
			if d < 0 {
				d = -d
			}
			if d < bestDistance {
				best, at, bestDistance, found = c, i, d, true
			}
		}
	}
	try(q.open.sentence, q.open.token)
	try(q.close.sentence, q.close.token)
	return best, at, found
}

// alone reports whether quotation n makes up its sentences: what is left is
// punctuation and at most two words.
func (a *attributor) alone(n int) bool {
	q := a.quotes[n]
	left := 0
	for i := q.open.sentence; i <= q.close.sentence; i++ {
		for k := range a.sentences[i].Tokens {
			if a.inQuote[i][k] != n && a.sentences[i].Tokens[k].Kind == language.Word {
				left++
			}
		}
	}
	return left <= 2
}

// continues reports whether quotation n can be the same speaker's as the one
// before: in the same block, or alone in the next.
func (a *attributor) continues(last, n int) bool {
	p, q := a.quotes[last], a.quotes[n]
	d := a.sentences[q.open.sentence].Block - a.sentences[p.close.sentence].Block
	return d == 0 || d == 1
}

// colon returns the token before quotation n's opening mark where that is a
// colon or a comma, and -1 otherwise.
func (a *attributor) colon(n int) int {
	q := a.quotes[n]
	if k := q.open.token - 1; k >= 0 {
		if t := a.sentences[q.open.sentence].Tokens[k].Norm; t == ":" || t == "," {
			return k
		}
	}
	return -1
}

// subject returns the subject of the last verb before token k that has one, or -1.
func (a *attributor) subject(i, k int) int {
	s := &a.sentences[i]
	for ; k >= 0; k-- {
		if strings.HasPrefix(s.Tokens[k].Tag, "VB") {
			if n := s.Child(k, "nsubj"); n >= 0 {
				return n
			}
		}
	}
	return -1
}

// add appends the spans of quotation n, one a sentence. The cue is token of
// sentence at.
func (a *attributor) add(n int, kind Kind, holder string, at, token int) {
	q := a.quotes[n]
	for i := q.open.sentence; i <= q.close.sentence; i++ {
		first, last := 0, len(a.sentences[i].Tokens)-1
		if i == q.open.sentence {
			first = q.open.token
		}
		if i == q.close.sentence {
			last = q.close.token
		}
		c := -1
		if i == at {
			c = token
		}
		a.spans = append(a.spans, Span{Sentence: i, First: first, Last: last, Kind: kind, Holder: holder, Cue: c})
	}
}

func (a *attributor) speak(at position, holder string) {
	a.speakers = append(a.speakers, speaker{at, a.sentences[at.sentence].Block, holder})
}

// reported adds the reported clauses of sentence i.
func (a *attributor) reported(i int) {
	for _, c := range a.cues[i] {
		if a.inQuote[i][c.token] >= 0 {
			continue // within a quotation, the one who is quoted answers for it
		}
		first, last, ok := a.complement(i, c)
		if !ok {
			continue
		}
		holder := a.holderOf(i, c)
		a.spans = append(a.spans, Span{Sentence: i, First: first, Last: last, Kind: Reported, Holder: holder, Cue: c.token})
		a.speak(position{i, c.token}, holder)
	}
}

// voices puts the spans in order and gives every token the span that speaks
// it: a direct quotation before a reported clause, an inner reported clause
// before an outer one. Scare quotes are listed, but the author speaks them.
func (a *attributor) voices() *Voices {
	slices.SortStableFunc(a.spans, func(x, y Span) int {
		return cmp.Or(cmp.Compare(x.Sentence, y.Sentence), cmp.Compare(x.First, y.First), cmp.Compare(y.Last, x.Last))
	})
	v := &Voices{spans: a.spans, at: a.inQuote, scare: make([][]int, len(a.sentences))}
	for i := range v.at {
		for k := range v.at[i] {
			v.at[i][k] = -1
		}
	}
	for _, kind := range []Kind{Reported, Direct} {
		for n, s := range v.spans {
			if s.Kind == kind {
				for k := s.First; k <= s.Last; k++ {
					v.at[s.Sentence][k] = n
				}
			}
		}
	}
	for n, s := range v.spans {
		if s.Kind == Scare {
			v.scare[s.Sentence] = append(v.scare[s.Sentence], n)
		}
	}
	return v
}
