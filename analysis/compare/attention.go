package compare

import (
	"cmp"
	"maps"

	"parallax/analysis"
	reading "parallax/analysis/corpus"
)

// Attention counts what sources give to targets besides tone: sentences,
// titles, first paragraphs, early places, and the floor to those that they
// quote. The zero value is empty and ready.
//
// Add and Merge add integers, and so are exact, associative and commutative, as
// those of [Accumulator] are. It holds, for each source, all sums; the sums of
// each document, for up to 2048 documents, chosen as those of an Accumulator
// are; and those of each paragraph as long as there is a single document. A
// document that gives something to three targets takes about 3 kB
// (TestAttentionMemory).
//
// It is not safe for use by several goroutines at once.
type Attention struct {
	sources map[string]*given
}

// maxAttended is how many documents of a source have sums of their own. The
// standard error of a standard error from 2048 documents is 1.6 % of it.
const maxAttended = 2048

// given is what a source gives.
type given struct {
	all        counts
	documents  bottom[counts]
	paragraphs map[int]*counts // nil where there are two documents or more
}

// gift is something that is counted: what kind, to which target, and where it
// is the floor, to whom. Target and holder are "" in the sum over all.
type gift struct {
	kind           giftKind
	target, holder string
}

type giftKind uint8

const (
	sentencesOf giftKind = iota // sentences, once for each target that they mention
	quotesOf                    // those of them that are quoted
	titlesOf                    // documents whose title names the target; in all: whose title is known
	leadsOf                     // documents whose first paragraph names it; in all: that have one
	firstOf                     // the places of first mentions, in units of 1/scale of the text
	presentIn                   // documents that mention it in their text
)

type counts map[gift]int64

func (c *counts) add(d *counts) {
	if *c == nil {
		*c = make(counts, len(*d))
	}
	for g, n := range *d {
		(*c)[g] += n
	}
}

// Noticed is what one document gives to targets.
type Noticed struct {
	document   counts
	paragraphs map[int]*counts
}

// AttentionOthers is the holder of a quoted voice that is no target.
const AttentionOthers = "other"

// Notice counts what a document gives to targets, by its observations.
//
// The title counts where it is part of the text or known beside it; the first
// paragraph is the first block of text under it, be it a standfirst. The place
// of a first mention is that of its sentence among those under the title, from
// 0, the first, to 1, the last.
func Notice(a *analysis.Analysis) Noticed {
	n := Noticed{document: counts{}, paragraphs: map[int]*counts{}}
	n.count(a)
	n.place(a)
	return n
}

// count counts sentences and whom they quote. Of the holders only targets are
// told apart: other names have no end.
func (n *Noticed) count(a *analysis.Analysis) {
	targets := map[string]bool{}
	for _, m := range a.Mentions {
		targets[m.Target] = true
	}
	for _, o := range a.Observations {
		gifts := []gift{{kind: sentencesOf}, {kind: sentencesOf, target: o.Target}}
		if o.Voice == analysis.VoiceQuoted {
			holder := AttentionOthers
			if targets[o.Holder] {
				holder = o.Holder
			}
			gifts = append(gifts, gift{kind: quotesOf}, gift{kind: quotesOf, target: o.Target},
				gift{quotesOf, "", holder}, gift{quotesOf, o.Target, holder})
		}
		p := n.paragraphs[o.Paragraph]
		if p == nil {
			p = &counts{}
			n.paragraphs[o.Paragraph] = p
		}
		for _, g := range gifts {
			n.document[g]++
			(*p)[g]++
		}
	}
}

// place counts titles, first paragraphs and the places of first mentions.
func (n *Noticed) place(a *analysis.Analysis) {
	title, lead := -1, -1 // blocks
	at, body := map[int]int64{}, int64(0)
	for i := range a.Sentences {
		s := &a.Sentences[i]
		switch a.Document.Blocks[s.Block].Kind {
		case reading.Title:
			title = s.Block
			continue
		case reading.Lead, reading.Paragraph:
			if lead < 0 {
				lead = s.Block
			}
		}
		at[s.Start] = body
		body++
	}
	named := map[gift]bool{}
	if title >= 0 || a.TitleTargets != nil {
		named[gift{kind: titlesOf}] = true
	}
	for _, t := range a.TitleTargets {
		named[gift{kind: titlesOf, target: t}] = true
	}
	if lead >= 0 {
		named[gift{kind: leadsOf}] = true
	}
	for _, o := range a.Observations { // by sentence
		if o.Paragraph == title {
			named[gift{kind: titlesOf, target: o.Target}] = true
			continue
		}
		if o.Paragraph == lead {
			named[gift{kind: leadsOf, target: o.Target}] = true
		}
		if here := (gift{kind: presentIn, target: o.Target}); !named[here] {
			named[here] = true
			n.document[gift{kind: firstOf, target: o.Target}] = at[o.Start] * scale / max(1, body-1)
		}
	}
	for g := range named {
		n.document[g] = 1
	}
}

// Add counts a document of a source, which is to be done once.
func (a *Attention) Add(source, document string, n Noticed) {
	g := a.source(source)
	g.all.add(&n.document)
	if d := g.documents.at(document); d != nil {
		d.add(&n.document)
	}
	g.addParagraphs(n.paragraphs)
}

func (a *Attention) source(name string) *given {
	if a.sources == nil {
		a.sources = map[string]*given{}
	}
	g := a.sources[name]
	if g == nil {
		g = &given{documents: bottom[counts]{limit: maxAttended}, paragraphs: map[int]*counts{}}
		a.sources[name] = g
	}
	return g
}

// addParagraphs adds to the sums of paragraphs while there is one document.
func (g *given) addParagraphs(from map[int]*counts) {
	if len(g.documents.values) > 1 || g.documents.over() {
		g.paragraphs = nil
		return
	}
	for i, c := range from {
		i %= maxClusters
		if g.paragraphs[i] == nil {
			g.paragraphs[i] = &counts{}
		}
		g.paragraphs[i].add(c)
	}
}

// Merge adds everything that b has counted. It leaves b as it was, which may be
// nil or empty, and must not be a.
func (a *Attention) Merge(b *Attention) {
	if b == nil {
		return
	}
	for name, from := range b.sources {
		g := a.source(name)
		g.all.add(&from.all)
		g.documents.merge(&from.documents, (*counts).add)
		if from.paragraphs == nil {
			g.paragraphs = nil
			continue
		}
		g.addParagraphs(from.paragraphs)
	}
}

// targets are those that any source mentions, in order.
func (a *Attention) targets() []string {
	found := map[string]bool{}
	for _, g := range a.sources {
		for x, n := range g.all {
			if x.target != "" && n > 0 {
				found[x.target] = true
			}
		}
	}
	return sortedKeys(found, cmp.Compare[string])
}

// holders are those to whom a source gives the floor, in order.
func (g *given) holders() []string {
	found := map[string]bool{}
	for x := range maps.Keys(g.all) {
		if x.holder != "" {
			found[x.holder] = true
		}
	}
	return sortedKeys(found, cmp.Compare[string])
}
