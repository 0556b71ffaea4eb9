package language

import "parallax/analysis/language/syntax"

// parser fills in the tags, heads and relations of tokens.
type parser struct {
	syntax *syntax.Parser
	words  []syntax.Word
	nodes  []syntax.Node
}

func newParser() *parser { return &parser{syntax: syntax.Default().NewParser()} }

// longest is the number of tokens the parser takes at once. Longer "sentences"
// are lists and tables; they are parsed in pieces, so that time stays linear.
const longest = 200

func (p *parser) parse(toks []Token) {
	for first := 0; first < len(toks); first += longest {
		part := toks[first:min(first+longest, len(toks))]
		p.words = p.words[:0]
		for _, t := range part {
			p.words = append(p.words, syntax.Word{Text: t.Text, Norm: t.Norm})
		}
		p.nodes = p.syntax.Parse(p.words, p.nodes)
		for i, n := range p.nodes {
			t := &part[i]
			t.Tag, t.Head, t.Rel = n.Tag, n.Head, n.Rel
			if t.Head >= 0 {
				t.Head += first
			}
		}
	}
}
