package evaluate

import (
	"cmp"
	"context"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analysis"
	"parallax/analysis/corpus"
)

// Run scores every label. docs are articles in which labelled sentences may
// stand; a sentence that is in none is scored outside of any article, together
// with the other sentences of its file, or by itself where the label names no
// file. Extras come by document in the order of the labels, then by position.
// The error is the context's.
func Run(ctx context.Context, a *analysis.Analyzer, labels []Label, docs []corpus.Document) ([]Prediction, []Extra, error) {
	preds := make([]Prediction, len(labels))
	for i, l := range labels {
		preds[i] = Prediction{Label: l, Evidence: []analysis.Evidence{}}
	}
	var extras []Extra
	var alone []corpus.Document // records, a document each
	var owner [][]int
	for _, g := range groups(labels, docs) {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		first := labels[g.rows[0]]
		switch {
		case first.End > 0:
			alone = append(alone, labelled(labels, g.rows))
			owner = append(owner, g.rows)
		case g.doc == nil:
			d, at := together(labels, g.rows)
			extras = append(extras, match(a.Analyze(&d), first.File, preds, g.rows, at)...)
		default:
			at := locate(g.doc, labels, g.rows)
			an := a.Analyze(g.doc)
			extras = append(extras, match(an, cmp.Or(first.File, filepath.Base(g.doc.Path)), preds, g.rows, at)...)
			for k, i := range g.rows {
				if !covered(an, at[k]) { // a caption, say: score it by itself
					d, place := together(labels, []int{i})
					match(a.Analyze(&d), first.File, preds, []int{i}, place)
					preds[i].Outside = true
				}
			}
		}
	}
	ans, err := a.All(ctx, alone, nil)
	if err != nil {
		return nil, nil, err
	}
	for n, an := range ans {
		for _, i := range owner[n] {
			preds[i].take(pick(an.Observations, labels[i].Target, span{labels[i].Start, labels[i].End}), "", 0)
		}
	}
	return preds, extras, nil
}

// group is labels that are scored in one document; doc is nil where no article
// has them.
type group struct {
	rows []int // indices of the labels
	doc  *corpus.Document
}

// groups puts the labels together by document, in the order of first labels.
func groups(labels []Label, docs []corpus.Document) []group {
	var keys []string
	byKey := map[string][]int{}
	for i, l := range labels {
		key := "file " + l.File
		if l.File == "" {
			key = "line " + strconv.Itoa(l.Line) // a record, or a sentence that stands alone
		}
		if byKey[key] == nil {
			keys = append(keys, key)
		}
		byKey[key] = append(byKey[key], i)
	}
	var out []group
	at := map[*corpus.Document]int{}
	for _, key := range keys {
		g := group{rows: byKey[key]}
		if labels[g.rows[0]].End == 0 {
			g.doc = find(docs, labels, g.rows)
		}
		if n, ok := at[g.doc]; ok && g.doc != nil {
			out[n].rows = append(out[n].rows, g.rows...)
			continue
		}
		at[g.doc] = len(out)
		out = append(out, g)
	}
	return out
}

// Lost returns the files named by labels for which no document is found, in
// the order of the labels.
func Lost(labels []Label, docs []corpus.Document) []string {
	var out []string
	for _, g := range groups(labels, docs) {
		if l := labels[g.rows[0]]; g.doc == nil && l.File != "" && l.End == 0 {
			out = append(out, l.File)
		}
	}
	return out
}

type span struct{ start, end int }

func (s span) overlap(t span) int { return min(s.end, t.end) - max(s.start, t.start) }

// labelled makes a document of a record whose labels have places.
func labelled(labels []Label, rows []int) corpus.Document {
	text := labels[rows[0]].Sentence
	d := corpus.Document{Text: text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, Start: 0, End: len(text)}}}
	for _, i := range rows {
		d.Labels = append(d.Labels, corpus.Label{Target: labels[i].Target, Start: labels[i].Start, End: labels[i].End})
	}
	return d
}

// together makes a document of sentences without their article, a paragraph
// each, and says where each label's sentence stands.
func together(labels []Label, rows []int) (corpus.Document, []span) {
	var b strings.Builder
	var d corpus.Document
	at := make([]span, len(rows))
	for k, i := range rows {
		if k > 0 && labels[rows[k-1]].Sentence == labels[i].Sentence {
			at[k] = at[k-1]
			continue
		}
		start := b.Len()
		b.WriteString(labels[i].Sentence)
		at[k] = span{start, b.Len()}
		d.Blocks = append(d.Blocks, corpus.Block{Kind: corpus.Paragraph, Start: start, End: b.Len()})
		b.WriteString("\n\n")
	}
	d.Text = b.String()
	return d, at
}

// find returns the document with the labels' file name, or else the one that
// holds most of the sentences, if it holds more than half; nil for none.
func find(docs []corpus.Document, labels []Label, rows []int) *corpus.Document {
	if file := labels[rows[0]].File; file != "" {
		for i := range docs {
			if filepath.Base(docs[i].Path) == filepath.Base(file) {
				return &docs[i]
			}
		}
	}
	var best *corpus.Document
	most := len(rows) / 2
	for i := range docs {
		n := 0
		for _, s := range locate(&docs[i], labels, rows) {
			if s.end > 0 {
				n++
			}
		}
		if n > most {
			best, most = &docs[i], n
		}
	}
	return best
}

// locate finds each label's sentence in the document's text, white space and
// hard wraps aside: the first occurrence in the article's blocks that is not
// before the sentence of the label before, or else any; a zero span where it
// is not there.
func locate(doc *corpus.Document, labels []Label, rows []int) []span {
	text, back := squeeze(doc.Text)
	at := make([]span, len(rows))
	from := 0
	for k, i := range rows {
		want, _ := squeeze(labels[i].Sentence)
		if want == "" {
			continue
		}
		score := -1
		for p := 0; p < len(text); p++ {
			n := strings.Index(text[p:], want)
			if n < 0 {
				break
			}
			p += n
			last := back[p+len(want)-1]
			_, size := utf8.DecodeRuneInString(doc.Text[last:])
			s := span{back[p], last + size}
			now := 0
			if inBlock(doc, s) {
				now += 2
			}
			if s.start >= from {
				now++
			}
			if now > score {
				at[k], score = s, now
			}
		}
		if score >= 2 {
			from = at[k].start
		}
	}
	return at
}

func inBlock(doc *corpus.Document, s span) bool {
	for _, b := range doc.Blocks {
		if (span{b.Start, b.End}).overlap(s) > (s.end-s.start)/2 {
			return true
		}
	}
	return false
}

// squeeze drops white space and marks of emphasis, straightens quotation marks,
// and returns where each byte comes from: those who label copy from a page as
// it is shown.
func squeeze(s string) (string, []int) {
	var b strings.Builder
	var back []int
	for i, r := range s {
		if unicode.IsSpace(r) || r == '*' || r == '_' {
			continue
		}
		switch r {
		case '“', '”', '„':
			r = '"'
		case '‘', '’':
			r = '\''
		}
		n := b.Len()
		b.WriteRune(r)
		for range b.Len() - n {
			back = append(back, i)
		}
	}
	return b.String(), back
}

// covered reports whether the analysis has a sentence at the place.
func covered(an *analysis.Analysis, at span) bool {
	if at.end == 0 {
		return false
	}
	for _, s := range an.Sentences {
		if (span{s.Start, s.End}).overlap(at) > (at.end-at.start)/2 {
			return true
		}
	}
	return false
}

// match fills in the predictions of rows, whose sentences stand at the places
// at, and returns what was found and not labelled.
func match(an *analysis.Analysis, file string, preds []Prediction, rows []int, at []span) []Extra {
	type pair struct {
		start  int
		target string
	}
	claimed := map[pair]bool{}
	for k, i := range rows {
		if at[k].end == 0 {
			continue
		}
		document, from := an.Document.ID, 0
		if document == "" {
			from = at[k].start
		}
		preds[i].take(pick(an.Observations, preds[i].Target, at[k]), document, from)
		for _, o := range an.Observations {
			if o.Target == preds[i].Target && same(o, at[k]) {
				claimed[pair{o.Start, o.Target}] = true
			}
		}
	}
	var extras []Extra
	for _, o := range an.Observations {
		if !claimed[pair{o.Start, o.Target}] {
			extras = append(extras, Extra{file, o.Sentence, o.Target, o.Mention, o.MentionKind})
		}
	}
	return extras
}

// same reports whether an observation's sentence and a labelled one are one:
// the greater part of the shorter lies in the other.
func same(o analysis.Observation, at span) bool {
	s := span{o.Start, o.End}
	return s.overlap(at) > min(s.end-s.start, at.end-at.start)/2
}

// pick returns the observation of the target in the place: of several, where
// the program splits what the labels hold together, the one with most tone.
func pick(obs []analysis.Observation, target string, at span) *analysis.Observation {
	var best *analysis.Observation
	for i := range obs {
		if o := &obs[i]; o.Target == target && same(*o, at) && (best == nil || math.Abs(o.Tone) > math.Abs(best.Tone)) {
			best = o
		}
	}
	return best
}

// take fills in what an observation says; nothing where it is nil. The offsets
// of its evidence are counted anew from the byte from.
func (p *Prediction) take(o *analysis.Observation, document string, from int) {
	if o == nil {
		return
	}
	p.Found = true
	p.Tone, p.Negative, p.Neutral, p.Positive = o.Tone, o.Negative, o.Neutral, o.Positive
	p.PVoice, p.PHolder, p.Document = o.Voice, o.Holder, document
	for _, e := range o.Evidence {
		e.Start, e.End = e.Start-from, e.End-from
		p.Evidence = append(p.Evidence, e)
	}
	switch {
	case p.Negative > p.Neutral && p.Negative > p.Positive:
		p.Predicted = -1
	case p.Positive > p.Neutral && p.Positive > p.Negative:
		p.Predicted = 1
	}
}
