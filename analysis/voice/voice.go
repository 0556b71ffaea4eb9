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

// Spans returns all spans: those of other voices by sentence and first token,
// none of which overlap, then the scare quotes.
func (v *Voices) Spans() []Span { return slices.Clone(v.spans) }

// scareWords is the length up to which a quotation without a verb and without
// a speaker counts as a scare quote. Of the 54 pairs of quotation marks in the
// five seed articles 21 hold up to four words, and most of these are terms
// ("sunshine policy") or words held at arm's length ("illegitimate"); the
// longer ones are somebody's words.
const scareWords = 4

// Attribute finds who speaks where.
func Attribute(sentences []language.Sentence, mentions []target.Mention, lex *lexicon.Lexicon) *Voices {
	a := &attributor{sentences: sentences, lex: lex, given: map[int]holder{}, mentions: make([][]target.Mention, len(sentences)), inQuote: make([][]int, len(sentences))}
	for i := range sentences {
		a.inQuote[i] = make([]int, len(sentences[i].Tokens))
		for k := range a.inQuote[i] {
			a.inQuote[i][k] = -1
		}
		a.words = append(a.words, sentences[i].Norms())
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
	a.paragraphs()
	a.apart()
	a.speak()
	return a.voices()
}

type attributor struct {
	sentences []language.Sentence
	words     [][]string // by sentence: the look-up forms
	lex       *lexicon.Lexicon
	mentions  [][]target.Mention // by sentence
	cues      [][]cue            // by sentence
	quotes    []quotation
	inQuote   [][]int // by sentence and token: the quotation, or -1
	full      map[string]string
	paragraph []int          // by sentence: the paragraphs before it, headings not counted
	speakers  []speaker      // in order of appearance, for "he said"
	given     map[int]holder // by sentence: to whom the layout gives it
	spans     []Span
}

// cue is a word of saying.
type cue struct {
	token, n    int
	verb        bool
	holderAfter bool
	pretext     bool // "on the grounds that"
	view        bool // "in Seoul's view": the last of n tokens
	quoted      bool // what is said stands in quotation marks before the verb and its subject
}

type speaker struct {
	at        position
	paragraph int
	holder
}

func (a *attributor) findCues(i int) []cue {
	s := &a.sentences[i]
	ws := a.words[i]
	var out []cue
	for k := 0; k < len(ws); k++ {
		if n := pretext(ws, k); n > 0 {
			out = append(out, cue{token: k, n: n, pretext: true})
			k += n - 1
			continue
		}
		if n := opinion(s, k); n > 0 {
			out = append(out, cue{token: k, n: n, view: true})
			continue
		}
		r, n, _, ok := a.lex.ReportingAt(ws, k)
		switch {
		case !ok:
			// "Listed by the US as a ..." reports, though listing is no saying.
			tag := s.Tokens[k].Tag
			if per(s, k) {
				out = append(out, cue{token: k, n: 1, holderAfter: true})
			} else if k > 0 && reads[ws[k]] && texts[ws[k-1]] {
				out = append(out, cue{token: k, n: 1, verb: true})
			} else if strings.HasPrefix(tag, "VB") && (labels[lemmaOf(ws[k])] && asBehind(s, k) || called(s, k) || utters[ws[k]]) {
				out = append(out, cue{token: k, n: 1, verb: true})
			}
			continue
		case r.POS == lexicon.Noun:
			continue
		case r.POS == lexicon.Verb && !strings.HasPrefix(s.Tokens[k].Tag, "VB") && !verbal(s, k):
			continue
		}
		out = append(out, cue{token: k, n: n, verb: r.POS == lexicon.Verb, holderAfter: r.HolderAfter})
		k += n - 1
	}
	return out
}

// per reports whether "per" at k says whose word something is: "..., per two
// officials", and not "5 per cent".
func per(s *language.Sentence, k int) bool {
	return s.Tokens[k].Norm == "per" && (k == 0 || s.Tokens[k-1].Norm == ",") && k+1 < len(s.Tokens) && !measures[s.Tokens[k+1].Norm]
}

// pretext returns the number of words of "on the grounds that" at k, or 0.
func pretext(ws []string, k int) int {
	for _, phrase := range [][]string{{"on", "the", "grounds", "that"}, {"on", "the", "ground", "that"}, {"on", "grounds", "that"}, {"on", "the", "pretext", "that"}} {
		if len(ws)-k > len(phrase) && slices.Equal(ws[k:k+len(phrase)], phrase) {
			return len(phrase)
		}
	}
	return 0
}

// called reports whether the verb at k gives its object a name.
func called(s *language.Sentence, k int) bool {
	_, ok := named(s, k)
	return ok
}

// opinion returns the number of tokens of "in Seoul's view" that end at k, or 0.
func opinion(s *language.Sentence, k int) int {
	switch s.Tokens[k].Norm {
	case "view", "opinion", "eyes":
	default:
		return 0
	}
	if k < 2 || s.Tokens[k-1].Tag != "POS" {
		return 0
	}
	const longest = 6 // tokens of a holder: "the South Korean defense ministry"
	for j := k - 2; j >= max(0, k-2-longest); j-- {
		if s.Tokens[j].Norm == "in" {
			return k - j + 1
		}
	}
	return 0
}

// verbal reports whether the word at k, tagged as a noun, must be a verb: "X,
// a professor, agrees that", "Pyongyang claims the South", and not "its claim
// that", "the claims the South made".
func verbal(s *language.Sentence, k int) bool {
	if k == 1 && s.Tokens[0].Tag == "NNS" && k+1 < len(s.Tokens) && (s.Tokens[2].Tag == "DT" || strings.HasPrefix(s.Tokens[2].Tag, "NNP")) {
		return true // "Campaigners blame X"
	}
	if k == 0 || !nounTag(s.Tokens[k].Tag) {
		return false
	}
	prev := &s.Tokens[k-1]
	if k+1 == len(s.Tokens) { // "US lied, Pyongyang claims"
		p, ok := ending(s, k-1)
		return ok && p.first > 1 && s.Tokens[p.first-1].Norm == ","
	}
	next := &s.Tokens[k+1]
	if next.Norm == "." || next.Norm == "," { // "Z, experts warn, but Y is calm"
		if p, ok := aside(s, k); ok && asserts(s, p.first-2) && (prev.Tag == "NNS") == !strings.HasSuffix(s.Tokens[k].Norm, "s") {
			return true
		}
	}
	switch {
	case prev.Kind == language.Quote && k > 1 && breaks(s.Tokens[k-2].Norm) && strings.HasSuffix(s.Tokens[k].Norm, "s"):
		return true // `," argues Anna Berg`
	case next.Norm == "that":
		return prev.Norm == "," || prev.Tag == "PRP" || nounTag(prev.Tag)
	case next.Tag == "DT" || next.Tag == "PRP" || next.Tag == "EX" || strings.HasPrefix(next.Tag, "NNP"):
		return prev.Tag == "PRP" || strings.HasPrefix(prev.Tag, "NNP") && (k == 1 || s.Tokens[k-2].Norm != "the")
	}
	// At the end: "..., Pyongyang says.", "..., his book claims."
	p, ok := ending(s, k-1)
	return next.Kind == language.Punct && k+2 >= len(s.Tokens) && (strings.HasPrefix(prev.Tag, "NNP") || prev.Tag == "PRP" ||
		ok && prev.Tag == "NN" && p.first > 1 && s.Tokens[p.first-1].Norm == ",")
}

// breaks reports whether a mark ends a quotation that its speaker follows.
func breaks(mark string) bool { return mark == "," || mark == "?" || mark == "!" }

// paragraphs counts the paragraphs, so that "the report added" reaches back
// over a heading: a block of one short sentence without a full stop.
func (a *attributor) paragraphs() {
	const short = 12 // words; headlines within articles have fewer
	n := -1
	a.paragraph = make([]int, len(a.sentences))
	for i := range a.sentences {
		s := &a.sentences[i]
		first := i == 0 || a.sentences[i-1].Block != s.Block
		alone := first && (i+1 == len(a.sentences) || a.sentences[i+1].Block != s.Block)
		last := len(s.Tokens) - 1
		for last > 0 && s.Tokens[last].Kind == language.Quote {
			last--
		}
		if n < 0 || first && !(alone && len(s.Tokens) < short && s.Tokens[last].Kind != language.Punct) {
			n++
		}
		a.paragraph[i] = n
	}
}

// names collects full names, so that a surname used later finds its bearer.
func (a *attributor) names() {
	a.full = map[string]string{}
	for i := range a.sentences {
		toks := a.sentences[i].Tokens
		for k := 0; k < len(toks); k++ {
			for k < len(toks)-1 && title(&toks[k]) {
				k++
			}
			n := k
			for n < len(toks) && toks[n].Tag == "NNP" && toks[n].Upper() && !days[toks[n].Norm] && !months[toks[n].Norm] {
				n++
			}
			if n-k >= 2 && n-k <= 4 {
				name := join(toks[k:n])
				for _, part := range []string{toks[n-1].Text, toks[k].Text} {
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

// speak goes through the document from its beginning, gives each quotation and
// each reported clause its holder, and remembers who spoke.
func (a *attributor) speak() {
	next := 0 // quotation
	last := -1
	for i := range a.sentences {
		cues := a.cues[i]
		if by, ok := a.given[i]; ok {
			a.spoke(position{i, 0}, by)
		}
		for {
			quote := next < len(a.quotes) && a.quotes[next].open.sentence == i
			switch {
			case quote && (len(cues) == 0 || a.quotes[next].open.token < cues[0].token):
				if a.direct(next, last) {
					last = next
				}
				next++
				continue
			case len(cues) > 0:
				a.reported(i, cues[0])
				cues = cues[1:]
				continue
			}
			break
		}
	}
}

// direct gives quotation n its holder, or finds that it is a scare quote and
// returns false. last is the quotation before it that somebody spoke, or -1.
func (a *attributor) direct(n, last int) bool {
	q := &a.quotes[n]
	brief := q.words <= scareWords && !q.verb && !a.stopped(n)
	c, i, ok := a.cueOf(n)
	by, signed := a.given[q.open.sentence]
	if !signed {
		by, signed = a.signature(q.close.sentence)
	}
	token := -1
	switch {
	case signed && a.alone(n):
	case ok && !brief:
		token = c.token
		if by = a.holderOf(i, c); by.name == "" && last >= 0 && a.continues(last, n) && !passive(&a.sentences[i], c.token) {
			by = a.speakers[len(a.speakers)-1].holder
		}
	case brief && !a.alone(n):
		a.add(n, Scare, "", -1, -1)
		return false
	case last >= 0 && a.continues(last, n):
		by = a.speakers[len(a.speakers)-1].holder
	case a.colon(n) >= 0:
		i = q.open.sentence
		if name, _ := a.called(i, a.colon(n)); name && a.colon(n) > 0 {
			by = a.labelHolder(i, a.colon(n)+1)
		} else if p, ok := shared(&a.sentences[i], a.colon(n), 0); ok {
			by = holder{a.who(i, p), a.sort(i, p)}
		}
	}
	by.name = cmp.Or(by.name, Other)
	a.spoke(q.open, by)
	a.add(n, Direct, by.name, i, token)
	return true
}

// stopped reports whether quotation n ends with a mark that ends or breaks a
// sentence, within the quotation marks: somebody's words, however few.
func (a *attributor) stopped(n int) bool {
	q := a.quotes[n]
	if q.close.token == 0 || q.runs {
		return q.runs
	}
	switch a.sentences[q.close.sentence].Tokens[q.close.token-1].Norm {
	case "!", "?":
		return true
	case ",", ".":
		// Printers put them inside after a term as well: only with a verb of
		// saying right behind or before.
		c, i, ok := a.cueOf(n)
		if !ok || !c.verb {
			return false
		}
		return i == q.close.sentence && c.token > q.close.token && c.token-q.close.token <= 6 ||
			i == q.open.sentence && (c.token == q.open.token-1 || c.token == q.open.token-2)
	}
	return false
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

func (a *attributor) spoke(at position, by holder) {
	a.speakers = append(a.speakers, speaker{at, a.paragraph[at.sentence], by})
}

// reported adds the clauses that cue c of sentence i reports.
func (a *attributor) reported(i int, c cue) {
	if a.inQuote[i][c.token] >= 0 {
		return // within a quotation, the one who is quoted answers for it
	}
	if a.authors(i, c) {
		return
	}
	c.quoted = a.behindQuote(i, c)
	by := a.holderOf(i, c)
	if by.name == "" && c.verb && a.covered(i, c.token) && passive(&a.sentences[i], c.token) {
		return // "The US said Y had been warned": by whom is the US's to tell
	}
	rs := a.complement(i, c)
	if r, ok := concession(&a.sentences[i], c); ok && len(rs) > 0 {
		rs = append(rs, r)
	}
	for _, r := range rs {
		if hasWord(&a.sentences[i], r) {
			a.spans = append(a.spans, Span{Sentence: i, First: r.first, Last: r.last, Kind: Reported, Holder: cmp.Or(by.name, Other), Cue: c.token})
		}
	}
	if by.name != "" && (len(rs) > 0 || !unspoken(&a.sentences[i], c.token)) {
		a.spoke(position{i, c.token}, by)
	}
}

// behindQuote reports whether a quotation ends right before the verb of saying c
// or its subject.
func (a *attributor) behindQuote(i int, c cue) bool {
	s := &a.sentences[i]
	k := c.token
	if p, ok := before(s, k, 0); ok && c.verb && p.last < k {
		k = p.first
	}
	return k > 0 && s.Tokens[k-1].Kind == language.Quote && a.inQuote[i][k-1] >= 0
}

// authors reports whether the verb of saying c has a subject that leaves what is
// said to the author: "I think", "nobody could say", "as this newspaper said".
func (a *attributor) authors(i int, c cue) bool {
	if !c.verb {
		return false
	}
	toks := a.sentences[i].Tokens
	if c.token == 0 && toks[0].Tag == "VB" || c.token > 0 && toks[c.token-1].Norm == "without" {
		return true // "Suppose that", "without saying that"
	}
	p, ok := speakerOf(&a.sentences[i], c.token)
	return ok && (p.first == p.last && nobodies[toks[p.head].Norm] || toks[p.first].Norm == "this" && papers[toks[p.head].Norm])
}

// unspoken reports whether the verb at v tells what a noun is about, so that
// nobody has said anything yet: "a willingness to speak", "refused a request to
// comment".
func unspoken(s *language.Sentence, v int) bool {
	return v > 1 && s.Tokens[v-1].Tag == "TO" && (s.Tokens[v-2].Tag == "NN" || s.Tokens[v-2].Tag == "NNS")
}

// covered reports whether a clause already found covers token k of sentence i.
func (a *attributor) covered(i, k int) bool {
	return slices.ContainsFunc(a.spans, func(s Span) bool {
		return s.Sentence == i && s.Kind == Reported && s.First <= k && k <= s.Last
	})
}

// concession returns the clause at the head of a sentence in which a speaker
// tells of himself what he grants: "While he supports the talks, he says ...".
func concession(s *language.Sentence, c cue) (stretch, bool) {
	if !c.verb {
		return stretch{}, false
	}
	p, ok := before(s, c.token, 0)
	if !ok || p.first != p.last || s.Tokens[p.first].Tag != "PRP" || p.first < 4 || s.Tokens[p.first-1].Norm != "," {
		return stretch{}, false
	}
	k := 0
	if s.Tokens[0].Tag == "CC" {
		k = 1
	}
	switch s.Tokens[k].Norm {
	case "while", "although", "though":
		return stretch{k, p.first - 2}, s.Tokens[k+1].Norm == s.Tokens[p.first].Norm
	}
	return stretch{}, false
}

// hasWord reports whether a stretch holds more than punctuation.
func hasWord(s *language.Sentence, r stretch) bool {
	for k := r.first; k <= r.last; k++ {
		if s.Tokens[k].Kind <= language.Number {
			return true
		}
	}
	return false
}

// voices puts the spans in order and gives every token the span that speaks
// it: a direct quotation before a reported clause, an inner reported clause
// before an outer one. Scare quotes are listed, but the author speaks them.
func (a *attributor) voices() *Voices {
	slices.SortStableFunc(a.spans, func(x, y Span) int {
		return cmp.Or(cmp.Compare(x.Sentence, y.Sentence), cmp.Compare(x.First, y.First), cmp.Compare(y.Last, x.Last))
	})
	at := a.inQuote // no longer needed
	for i := range at {
		for k := range at[i] {
			at[i][k] = -1
		}
	}
	for _, kind := range []Kind{Reported, Direct} {
		for n, s := range a.spans {
			if s.Kind == kind {
				for k := s.First; k <= s.Last; k++ {
					at[s.Sentence][k] = n
				}
			}
		}
	}
	// Where one span hides a part of another, the other is what is left of it.
	v := &Voices{at: at, scare: make([][]int, len(a.sentences))}
	for i := range at {
		for k := 0; k < len(at[i]); k++ {
			n := at[i][k]
			if n < 0 {
				continue
			}
			s := a.spans[n]
			s.First = k
			for k+1 < len(at[i]) && at[i][k+1] == n {
				k++
			}
			s.Last = k
			for j := s.First; j <= s.Last; j++ {
				at[i][j] = len(v.spans)
			}
			v.spans = append(v.spans, s)
		}
	}
	for _, s := range a.spans {
		if s.Kind == Scare {
			v.scare[s.Sentence] = append(v.scare[s.Sentence], len(v.spans))
			v.spans = append(v.spans, s)
		}
	}
	return v
}
