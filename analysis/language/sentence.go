package language

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analysis/corpus"
)

// Sentence is one sentence of a document.
type Sentence struct {
	Start, End int     // byte offsets into the document's text
	Block      int     // index of the block it stands in
	Tokens     []Token // in order
	Headline   bool    // the block is a title or a heading

	// Made by Parse: the tokens' look-up forms, and the dependency tree.
	norms       []string
	kids        [][]int
	first, last []int
}

// Split splits the blocks of a document into sentences of untagged tokens. A
// sentence never crosses the border of a block.
func Split(doc *corpus.Document) []Sentence {
	var all []Sentence
	for i, b := range doc.Blocks {
		for _, s := range Sentences(doc.Text, b.Start, b.End) {
			s.Block, s.Headline = i, b.Kind == corpus.Title || b.Kind == corpus.Heading
			all = append(all, s)
		}
	}
	return all
}

// Parse tags and parses sentences. names, by sentence and position, are stretches
// that the parser is to read as names.
func Parse(sentences []Sentence, names []Name) {
	p := parsers.Get().(*parser)
	defer parsers.Put(p)
	for i := range sentences {
		n := 0
		for n < len(names) && names[n].Sentence == i {
			n++
		}
		p.parse(sentences[i].Tokens, names[:n], sentences[i].Headline)
		sentences[i].index()
		names = names[n:]
	}
}

// Sentences splits text[start:end] into sentences of untagged tokens. It runs
// in linear time.
func Sentences(text string, start, end int) []Sentence {
	toks := Tokens(text, start, end)
	var out []Sentence
	first := 0
	for i := 0; i < len(toks); i++ {
		if i-first+1 == longest && i+1 < len(toks) {
			// A list or a table, or a text without full stops: cut, so that what
			// comes after stays linear in the length of the text.
			out = append(out, sentence(toks[first:i+1]))
			first = i + 1
			continue
		}
		if !final(toks, first, i) {
			continue
		}
		// Closing quotes and brackets belong to the sentence they close.
		for i+1 < len(toks) && closes(&toks[i+1]) {
			i++
		}
		if i+1 < len(toks) && !opens(toks, i) {
			continue
		}
		out = append(out, sentence(toks[first:i+1]))
		first = i + 1
	}
	if first < len(toks) {
		out = append(out, sentence(toks[first:]))
	}
	return out
}

func sentence(toks []Token) Sentence {
	return Sentence{Start: toks[0].Start, End: toks[len(toks)-1].End, Tokens: toks[:len(toks):len(toks)]}
}

// final reports whether token i can end the sentence that began at first.
func final(toks []Token, first, i int) bool {
	t := &toks[i]
	switch {
	case t.Norm == ".":
		return i != first+1 || !numbers(&toks[first])
	case t.Kind == Punct:
		return marks(t.Norm) && !(i > first && omission(toks, i))
	}
	if t.Kind != Word || !strings.HasSuffix(t.Text, ".") {
		return false
	}
	// An abbreviation's point can end the sentence too.
	abbreviation := strings.TrimSuffix(t.Norm, ".")
	if beforeNames[abbreviation] || beforeNumbers[abbreviation] || i == first && len(abbreviation) == 1 { // "B. Who pays for it?"
		return false
	}
	next := i + 1
	for next < len(toks) && (toks[next].Kind == Quote || closes(&toks[next])) {
		next++
	}
	switch {
	case next == len(toks):
		return true
	case !toks[next].Upper():
		return false
	case abbreviation == "a.m" || abbreviation == "p.m":
		zone := next+1 < len(toks) && toks[next+1].Norm == "time" // 11 p.m. Chicago time
		return !zone && !clockWords[toks[next].Norm] && slices.ContainsFunc(toks[first:i], says)
	}
	return abbreviation == "etc" || starters[toks[next].Norm] || i > first+2 && state(t) && newSubject(toks, next)
}

// says reports whether a token is more than when something was: what stands
// before "At 6 p.m. Washington called" is no sentence.
func says(t Token) bool { return t.Kind == Word && !whenWords[t.Norm] }

// state reports whether an abbreviation is that of a state: "U.S.", "D.P.R.K."
func state(t *Token) bool { return strings.Count(t.Text, ".") > 1 && strings.ToUpper(t.Text) == t.Text }

// newSubject reports whether the word at k, behind the abbreviation of a state,
// begins a sentence because a finite verb follows, and because it is nothing that
// a state has: "He left the U.S. Seoul was pleased", but "the U.S. Senate voted".
func newSubject(toks []Token, k int) bool {
	if k+1 >= len(toks) || toks[k].Kind != Word || stateOrgans[toks[k].Norm] {
		return false
	}
	verb := &toks[k+1]
	return verb.Kind == Word && (finiteVerbs[verb.Norm] || len(verb.Norm) > 4 && strings.HasSuffix(verb.Norm, "ed") && !verb.Upper())
}

// numbers reports whether a token at the beginning of a line is the number of
// an item: "2. Sanctions stay in place.", "IV. The end.", "b. The rest."
func numbers(t *Token) bool {
	return len(t.Text) <= 2 && t.Kind == Number || strings.Trim(t.Text, "IVX") == "" || letter(t)
}

// letter reports whether a token is one small letter.
func letter(t *Token) bool { return len(t.Text) == 1 && 'a' <= t.Text[0] && t.Text[0] <= 'z' }

// omission reports whether token i is the ellipsis of [...].
func omission(toks []Token, i int) bool {
	return toks[i].Norm == "..." && toks[i-1].Norm == "[" && i+1 < len(toks) && toks[i+1].Norm == "]"
}

// marks reports whether a punctuation mark or a run of one ends sentences.
func marks(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(".!?。！？", r)
}

// closes reports whether a token closes what the token before it ended.
func closes(t *Token) bool {
	switch t.Text {
	case "”":
		return true
	case ")", "]", "’", "»", "\"", "'", "*", "**", "_", "__":
		return !t.Space
	}
	return !t.Space && t.Kind == Punct && marks(t.Norm)
}

// opens reports whether a sentence can begin behind token i.
func opens(toks []Token, i int) bool {
	if next := &toks[i+1]; !next.Space && next.Kind == Number && toks[i].Norm == "." { // .5 per cent
		return false
	}
	first := i + 1
	if first+2 < len(toks) && omission(toks, first+1) {
		first += 3
	}
	// An opening mark or two may stand before the first word.
	for j := first; j < len(toks) && j < first+3; j++ {
		switch t := &toks[j]; {
		case t.Kind == Quote || t.Kind == Punct && strings.ContainsAny(t.Norm, "([*_-–—•¿¡"):
		case t.Kind == Punct:
			return false
		case letter(t) && j+2 < len(toks) && (toks[j+1].Norm == ")" || toks[j+1].Norm == "." && !(i > 0 && letter(&toks[i-1]))):
			return true // (a) the first, a) the first, a. The first; not p. m.
		default:
			// He asked: "What?" Then — but "What?" Kim asked. Only the second goes on.
			return begins(t.Text) && !(toks[i].Kind == Quote && saysSo(toks, i, j))
		}
	}
	return false
}

// begins reports whether a word can begin a sentence: with a capital, a digit
// or a letter of a script without capitals, or with a capital further on, as
// in "iPhone" and "al-Qaida".
func begins(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return !unicode.IsLower(r) && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.IndexFunc(word, unicode.IsUpper) > 0
}

// saysSo reports whether a name and a verb of saying begin at j, directly
// behind a quotation that ended in a question or a cry with the mark at i:
// `"What next?" Kim asked.` After a full stop a new sentence begins all the
// same: where the sentence goes on, a comma stands in its place.
func saysSo(toks []Token, i, j int) bool {
	for i > 0 && toks[i].Kind == Quote {
		i--
	}
	if !strings.ContainsAny(toks[i].Text, "?!") {
		return false
	}
	for k := j + 1; k < len(toks) && k <= j+3; k++ {
		if toks[k].Kind != Word {
			return false
		}
		if asks[toks[k].Norm] {
			return true
		}
		if !toks[k].Upper() {
			return false
		}
	}
	return false
}
