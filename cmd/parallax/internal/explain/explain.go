// Package explain takes the analysis of a text apart, sentence by sentence:
// what the command explain prints and the server answers.
package explain

import (
	"slices"
	"strings"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/language"
	"parallax/analysis/relation"
	"parallax/analysis/target"
	"parallax/analysis/voice"
)

// What there is to show of a sentence.
const (
	Tokens    = "tokens"
	Clauses   = "clauses"
	Verbs     = "verbs"
	Mentions  = "mentions"
	Voices    = "voices"
	Roles     = "roles"
	Relations = "relations"
	Scores    = "scores"
)

// Layers is a set of what there is to show.
type Layers []string

// All returns every layer, in the order in which they are shown.
func All() Layers {
	return Layers{Tokens, Clauses, Verbs, Mentions, Voices, Roles, Relations, Scores}
}

// Usual returns the layers that a reader of scores asks for. Clauses, verbs and
// roles say where a sentence was misread.
func Usual() Layers { return Layers{Tokens, Mentions, Voices, Scores} }

// Has reports whether a layer is in the set.
func (l Layers) Has(name string) bool { return slices.Contains(l, name) }

// Paragraphs makes a document of a text: one paragraph a line. No cleaning
// takes place: who asks about a sentence means that sentence.
func Paragraphs(text string) *corpus.Document {
	doc := &corpus.Document{ID: "text", Source: "text", Text: text}
	for start := 0; start < len(text); {
		end := start + len(text[start:])
		if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
			end = start + n
		}
		line := text[start:end]
		first := start + len(line) - len(strings.TrimLeft(line, " \t\r"))
		last := start + len(strings.TrimRight(line, " \t\r"))
		if first < last {
			doc.Blocks = append(doc.Blocks, corpus.Block{Kind: corpus.Paragraph, Start: first, End: last})
		}
		start = end + 1
	}
	return doc
}

// MentionsIn returns the mentions in sentence i.
func MentionsIn(a *analysis.Analysis, i int) []target.Mention {
	var out []target.Mention
	for _, m := range a.Mentions {
		if m.Sentence == i {
			out = append(out, m)
		}
	}
	return out
}

// VoicesIn returns the stretches of sentence i that are not the author's.
func VoicesIn(a *analysis.Analysis, i int) []voice.Span {
	var out []voice.Span
	for _, s := range a.Voices.Spans() {
		if s.Sentence == i {
			out = append(out, s)
		}
	}
	return out
}

// ScoresOf returns the observations of sentence i.
func ScoresOf(a *analysis.Analysis, i int) []analysis.Observation {
	var out []analysis.Observation
	for _, o := range a.Observations {
		if o.Start == a.Sentences[i].Start {
			out = append(out, o)
		}
	}
	return out
}

// RelationsIn returns who does what to whom in sentence i.
func RelationsIn(a *analysis.Analysis, i int) []relation.Relation {
	var out []relation.Relation
	for _, r := range a.Relations {
		if r.Sentence == i {
			out = append(out, r)
		}
	}
	return out
}

// Governing returns the verb group that the mention of an observation hangs on.
func Governing(a *analysis.Analysis, i int, o analysis.Observation) (language.VerbGroup, bool) {
	s, seen := &a.Sentences[i], MentionsIn(a, i)
	m := slices.IndexFunc(seen, func(m target.Mention) bool { return m.Target == o.Target && m.Text == o.Mention })
	if m < 0 {
		return language.VerbGroup{}, false
	}
	groups := s.VerbGroups()
	at := slices.IndexFunc(s.Tokens, func(t language.Token) bool { return t.Start <= seen[m].Start && seen[m].Start < t.End })
	for n := 0; at >= 0 && n < len(s.Tokens); n++ {
		for _, g := range groups {
			// A copula hangs on its predicate.
			if head := &s.Tokens[g.Head]; g.Head == at || head.Rel == "cop" && head.Head == at {
				return g, true
			}
		}
		for _, g := range groups { // "Seoul refused to help": Seoul hangs on the first verb
			if g.First <= at && at < g.Head && strings.HasPrefix(s.Tokens[at].Tag, "VB") {
				return g, true
			}
		}
		at = s.Tokens[at].Head
	}
	return language.VerbGroup{}, false
}
