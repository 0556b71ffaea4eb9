package language

import (
	"strings"

	"parallax/analysis/language/syntax"
)

// parser fills in the tags, heads and relations of tokens.
type parser struct {
	syntax *syntax.Parser
	words  []syntax.Word
	nodes  []syntax.Node
	place  []int // of each word: the token
}

func newParser() *parser { return &parser{syntax: syntax.Default().NewParser()} }

// longest is the number of words the parser takes at once. Longer "sentences"
// are lists and tables; they are parsed in pieces, so that time stays linear.
const longest = 200

// parse parses a sentence. Quotation marks are left out: they mean nothing to
// the grammar, and a tree with them is the worse for it. Afterwards each hangs
// on the word that it stands against.
func (p *parser) parse(toks []Token, headline bool) {
	p.words, p.place = p.words[:0], p.place[:0]
	flush := func() {
		p.nodes = p.syntax.Parse(p.words, p.nodes)
		if headline {
			if k := headlineVerb(p.words, p.nodes); k >= 0 {
				p.nodes = p.syntax.ParseWith(p.words, p.nodes, map[int]string{k: "VBZ"})
			}
		}
		for i, n := range p.nodes {
			t := &toks[p.place[i]]
			t.Tag, t.Rel, t.Head = n.Tag, n.Rel, -1
			if n.Head >= 0 {
				t.Head = p.place[n.Head]
			}
		}
		p.words, p.place = p.words[:0], p.place[:0]
	}
	for i, t := range toks {
		if t.Kind == Quote {
			continue
		}
		p.words, p.place = append(p.words, syntax.Word{Text: t.Text, Norm: t.Norm}), append(p.place, i)
		if len(p.words) == longest {
			flush()
		}
	}
	flush()
	for i := range toks {
		if toks[i].Kind == Quote {
			toks[i].Tag, toks[i].Rel, toks[i].Head = "PUNCT", "punct", -1
			// A mark hangs on the next word or, when it closes, on the one before.
			if k := i + 1; k < len(toks) && !toks[k].Space && toks[k].Kind != Quote {
				toks[i].Head = k
			} else if k := i - 1; k >= 0 && toks[k].Kind != Quote {
				toks[i].Head = k
			}
		}
	}
}

// headlineVerb returns the word of a headline that must be its verb, where the
// tagger saw none: headlines drop articles and auxiliaries, which the treebank
// does not, so that "North Korea attempts to split alliance" looks like a
// noun phrase. It is the first word in -s, not the first of all and not in
// capitals, behind a noun and before "to", an article, a preposition, an
// adjective or a name; -1 for none.
func headlineVerb(words []syntax.Word, nodes []syntax.Node) int {
	for _, n := range nodes {
		switch n.Tag {
		case "VBZ", "VBD", "VBP", "MD":
			return -1
		}
	}
	for i := 1; i+1 < len(words); i++ {
		if nodes[i].Tag != "NNS" && nodes[i].Tag != "NNPS" || !strings.HasPrefix(nodes[i-1].Tag, "NN") {
			continue
		}
		switch nodes[i+1].Tag {
		case "TO", "DT", "JJ", "NNP", "PRP", "PRP$", "RB", "VBG", "CD", "RP":
			return i
		case "IN":
			if words[i+1].Norm != "of" && words[i+1].Norm != "in" && words[i+1].Norm != "on" && words[i+1].Norm != "for" && words[i+1].Norm != "between" {
				return i
			}
		}
	}
	return -1
}
