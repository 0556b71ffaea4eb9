package language

import (
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

	// The dependency tree, made by Parse.
	kids        [][]int
	first, last []int
}

// Parse splits the blocks of a document into sentences, and tags and parses
// them. A sentence never crosses the border of a block.
func Parse(doc *corpus.Document) []Sentence {
	var all []Sentence
	for i, b := range doc.Blocks {
		for _, s := range Sentences(doc.Text, b.Start, b.End) {
			s.Block = i
			all = append(all, s)
		}
	}
	p := newParser()
	for i := range all {
		kind := doc.Blocks[all[i].Block].Kind
		p.parse(all[i].Tokens, kind == corpus.Title || kind == corpus.Heading)
		all[i].index()
	}
	return all
}

// Sentences splits text[start:end] into sentences of untagged tokens.
func Sentences(text string, start, end int) []Sentence {
	toks := Tokens(text, start, end)
	var out []Sentence
	first := 0
	for i := 0; i < len(toks); i++ {
		if !final(toks, i) {
			continue
		}
		// Closing quotes and brackets belong to the sentence they close.
		for i+1 < len(toks) && closer(toks, i+1) {
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
	return Sentence{Start: toks[0].Start, End: toks[len(toks)-1].End, Tokens: toks}
}

// final reports whether token i can end a sentence.
func final(toks []Token, i int) bool {
	t := &toks[i]
	switch t.Norm {
	case ".", "!", "?", "...", "?!", "。":
		return true
	}
	if t.Kind != Word || !strings.HasSuffix(t.Text, ".") {
		return false
	}
	// An abbreviation's point can end the sentence too.
	k := abbreviations[strings.TrimSuffix(t.Norm, ".")]
	if k == beforeName {
		return false
	}
	if i+1 == len(toks) {
		return true
	}
	next := i + 1
	for next < len(toks) && toks[next].Kind == Quote {
		next++
	}
	if next == len(toks) {
		return true
	}
	if utf8.RuneCountInString(t.Text) == 2 { // an initial: "J. Smith"
		return false
	}
	return toks[next].Upper() && starters[toks[next].Norm]
}

// closer reports whether token i closes what the token before it ended.
func closer(toks []Token, i int) bool {
	t := &toks[i]
	switch t.Text {
	case ")", "]", "”", "’", "»":
		return !t.Space || t.Text == "”"
	case "\"", "'", "''":
		return !t.Space
	case ".", "!", "?", "...":
		return !t.Space
	}
	return false
}

// opens reports whether a sentence can begin behind token i.
func opens(toks []Token, i int) bool {
	next := &toks[i+1]
	if !next.Space && next.Kind != Quote && toks[i].Norm == "." && next.Kind != Word {
		return false
	}
	for j := i + 1; j < len(toks) && j < i+4; j++ {
		t := &toks[j]
		r, _ := utf8.DecodeRuneInString(t.Text)
		switch {
		case unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r):
			// He asked: "What?" Then — but "What?" Kim asked. Only the second goes on.
			return toks[i].Kind != Quote || !saysSo(toks, j, toks[i-1].Norm)
		case t.Kind == Quote || strings.ContainsAny(t.Text, "([*_-–—•"):
			continue
		}
		return false
	}
	return false
}

// saysSo reports whether a name and a verb of saying begin at j, directly
// behind a quotation that ended with the mark end: `"What next?" Kim asked.`
// A full stop before the closing quotation mark ends the sentence all the same
// in American style only where a comma would have been put, so it does not
// count.
func saysSo(toks []Token, j int, end string) bool {
	if end != "?" && end != "!" {
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
