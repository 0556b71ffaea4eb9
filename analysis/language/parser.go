package language

import (
	"strings"
	"sync"
	"unicode"

	"parallax/analysis/language/syntax"
	"parallax/lexicon"
)

// Name is a stretch of a sentence that names somebody: the parser reads one
// word for it, the same whoever is named. So a sentence has one parse whatever
// the actors in it are called, and the parser, which learned from texts with
// other names in them, meets only those it knows.
type Name struct {
	Sentence    int
	First, Last int // token indices, inclusive
	Kind        NameKind
}

// NameKind is what a name names.
type NameKind uint8

const (
	Place  NameKind = iota // a country, a capital, a body: "North Korea", "the Pentagon"
	Person                 // "Kim Jong-un", "President Moon Jae-in"
	Folk                   // a demonym: "South Korean"
	Folks                  // its plural: "South Koreans"
)

// standIns are what the parser reads for a name. Each is frequent in the
// treebank and of the kind.
var standIns = [...]syntax.Word{
	Place: {Text: "Iraq", Norm: "iraq"}, Person: {Text: "Bush", Norm: "bush"},
	Folk: {Text: "Iraqi", Norm: "iraqi"}, Folks: {Text: "Iraqis", Norm: "iraqis"},
}

// parser fills in the tags, heads and relations of tokens.
type parser struct {
	syntax *syntax.Parser
	lex    *lexicon.Lexicon
	words  []syntax.Word
	nodes  []syntax.Node
	place  []int // of each word: the last of its tokens
}

func newParser() *parser {
	return &parser{syntax: syntax.Default().NewParser(), lex: lexicon.Default()}
}

// parsers are those at rest, with their working memory.
var parsers = sync.Pool{New: func() any { return newParser() }}

// longest is the number of tokens of a sentence. Longer ones are lists, tables
// and texts without full stops; they are cut, so that the time of all that looks
// at a sentence as a whole stays linear in the length of the text. The longest
// sentence in the 12,500 of the treebank has 159.
const longest = 200

// parse parses a sentence. Quotation marks are left out: they mean nothing to
// the grammar, and a tree with them is the worse for it. Afterwards each hangs
// on the word that it stands against. The tokens of a name before its last hang
// on that as compounds.
func (p *parser) parse(toks []Token, names []Name, headline bool) {
	p.words, p.place = p.words[:0], p.place[:0]
	shouted := Capitals(toks)
	for i := 0; i < len(toks); i++ {
		t := &toks[i]
		if t.Kind == Quote {
			continue
		}
		for len(names) > 0 && (names[0].First < i || toks[names[0].Last].Kind == Quote) {
			names = names[1:] // inside another, or no name
		}
		w := syntax.Word{Text: t.Text, Norm: t.Norm}
		if !shouted && i > 0 && toks[i-1].Norm == "the" && len(t.Text) > 1 && !small(t.Text) && t.Kind == Word {
			w = standIns[Place] // "the WHO" is no pronoun
		} else if shouted || i > 0 && p.stressed(t) {
			w.Text = t.Norm // to the tagger a capital means a name
		}
		if len(names) > 0 && names[0].First == i {
			last := names[0].Last
			w = standIns[names[0].Kind]
			for ; i < last; i++ {
				toks[i].Tag, toks[i].Rel, toks[i].Head = "NNP", "compound", last
			}
		}
		p.words, p.place = append(p.words, w), append(p.place, i)
		if len(p.words) == longest {
			p.flush(toks, headline)
		}
	}
	p.flush(toks, headline)
	hangQuotes(toks)
}

// stressed reports whether the token is a word in capitals that turns or weakens
// others, which no acronym is: "NEVER", "DENIED".
func (p *parser) stressed(t *Token) bool {
	if len(t.Text) < 2 || !t.Upper() || small(t.Text) {
		return false
	}
	one := [1]string{t.Norm}
	m, _, ok := p.lex.ModifierAt(one[:], 0)
	return ok && m.Kind == lexicon.Negator
}

// small reports whether a word has a small letter.
func small(word string) bool { return strings.IndexFunc(word, unicode.IsLower) >= 0 }

// Capitals reports whether all of a sentence is written in capitals.
func Capitals(toks []Token) bool {
	n := 0
	for i := range toks {
		if t := &toks[i]; t.Kind == Word && len(t.Text) > 1 {
			if small(t.Text) {
				return false
			}
			n++
		}
	}
	return n > 2
}

// hangQuotes hangs each quotation mark of a run on the token before the run,
// which it closes, or on the one behind, which it opens. The first with a space
// before it opens, and those after it.
func hangQuotes(toks []Token) {
	for i := 0; i < len(toks); i++ {
		if toks[i].Kind != Quote {
			continue
		}
		before, behind := i-1, i
		for behind < len(toks) && toks[behind].Kind == Quote {
			behind++
		}
		spaced := behind == len(toks) || toks[behind].Space
		opening := before < 0
		for ; i < behind; i++ {
			t := &toks[i]
			opening = opening || t.Space || !spaced && i == behind-1
			t.Tag, t.Rel, t.Head = "PUNCT", "punct", before
			if opening && behind < len(toks) {
				t.Head = behind
			}
		}
	}
}

// flush parses the words gathered so far and writes what comes of it to their tokens.
func (p *parser) flush(toks []Token, headline bool) {
	p.nodes = p.syntax.Parse(p.words, p.nodes)
	if fix := repairs(p.lex, p.words, p.nodes, headline); fix != nil {
		p.nodes = p.syntax.ParseWith(p.words, p.nodes, fix)
	}
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

// headlineVerb returns the word of a headline that must be its verb, where the
// tagger saw none: headlines drop articles and auxiliaries, which the treebank
// does not, so that "North Korea attempts to split alliance" looks like a
// noun phrase. It is the first word in -s, not the first of all, that is hardly
// ever a noun ("warns"), or that stands behind a noun and before "to", an
// article, a preposition, an adjective or a name; -1 for none.
func headlineVerb(words []syntax.Word, nodes []syntax.Node) int {
	for _, n := range nodes {
		switch n.Tag {
		case "VBZ", "VBD", "VBP", "MD":
			return -1
		}
	}
	for i := 1; i+1 < len(words); i++ {
		if nodes[i].Tag != "NNS" && nodes[i].Tag != "NNPS" {
			continue
		}
		if neverNouns[words[i].Norm] {
			return i
		}
		if !strings.HasPrefix(nodes[i-1].Tag, "NN") {
			continue
		}
		switch nodes[i+1].Tag {
		case "TO", "DT", "JJ", "NNP", "PRP", "PRP$", "RB", "VBG", "CD", "RP":
			return i
		case "IN":
			// Nouns have these too: "Peace talks in Geneva", "Police reports of abuse".
			switch words[i+1].Norm {
			case "of", "in", "on", "for", "between", "with":
			default:
				return i
			}
		}
	}
	return -1
}

// neverNouns are verbs of headlines whose spelling is hardly ever a noun's plural.
var neverNouns = lexicon.Class("never nouns")
