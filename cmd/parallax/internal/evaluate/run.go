package evaluate

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"unicode"

	"parallax/analysis"
	"parallax/analysis/corpus"
)

// Run scores every label. docs are articles in which labelled sentences may
// stand; labels that are in none are scored as sentences of their own.
func Run(ctx context.Context, a *analysis.Analyzer, labels []Label, docs []corpus.Document) ([]Prediction, []Extra, error) {
	preds := make([]Prediction, len(labels))
	byFile := map[string][]int{}
	var files []string
	for i, l := range labels {
		preds[i] = Prediction{Label: l}
		key := l.File
		if key == "" {
			key = fmt.Sprintf("\x00%d", l.Line) // a record is a document of its own
		}
		if byFile[key] == nil {
			files = append(files, key)
		}
		byFile[key] = append(byFile[key], i)
	}
	var extras []Extra
	var alone []corpus.Document
	var owner [][]int
	for _, f := range files {
		rows := byFile[f]
		if labels[rows[0]].End > 0 {
			alone = append(alone, labelled(labels, rows))
			owner = append(owner, rows)
			continue
		}
		doc := find(docs, f, labels, rows)
		if doc == nil {
			rest := make([]int, len(rows))
			copy(rest, rows)
			d, at := together(labels, rest)
			extras = append(extras, match(a.Analyze(&d), f, preds, rest, at)...)
			continue
		}
		at := locate(doc, labels, rows)
		an := a.Analyze(doc)
		extras = append(extras, match(an, f, preds, rows, at)...)
		for k, i := range rows {
			if !covered(an, at[k]) { // a caption, say: score it by itself
				d, place := together(labels, []int{i})
				match(a.Analyze(&d), f, preds, []int{i}, place)
				preds[i].Outside = true
			}
		}
	}
	ans, err := a.All(ctx, alone, nil)
	if err != nil {
		return nil, nil, err
	}
	for n, an := range ans {
		for _, i := range owner[n] {
			preds[i].take(pick(an.Observations, labels[i].Target, span{0, math.MaxInt}))
		}
	}
	return preds, extras, nil
}

type span struct{ start, end int }

func (s span) overlap(t span) int { return min(s.end, t.end) - max(s.start, t.start) }

// labelled makes a document of a record whose labels have places.
func labelled(labels []Label, rows []int) corpus.Document {
	text := labels[rows[0]].Sentence
	d := corpus.Document{ID: "record", Text: text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, Start: 0, End: len(text)}}}
	for _, i := range rows {
		d.Labels = append(d.Labels, corpus.Label{Target: labels[i].Target, Start: labels[i].Start, End: labels[i].End})
	}
	return d
}

// together makes a document of sentences without their article, a paragraph
// each, and says where each label's sentence stands.
func together(labels []Label, rows []int) (corpus.Document, []span) {
	var b strings.Builder
	d := corpus.Document{ID: "sentences"}
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

// find returns the document of that file name, or else the one that holds most
// of the sentences, if it holds more than half.
func find(docs []corpus.Document, file string, labels []Label, rows []int) *corpus.Document {
	for i := range docs {
		if filepath.Base(docs[i].Path) == filepath.Base(file) {
			return &docs[i]
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
			s := span{back[p], back[p+len(want)-1] + 1}
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

// squeeze drops white space, quotation marks and emphasis, and returns where
// each byte comes from.
func squeeze(s string) (string, []int) {
	var b strings.Builder
	var back []int
	for i, r := range s {
		if unicode.IsSpace(r) || r == '*' || r == '_' {
			continue
		}
		n := b.Len()
		b.WriteRune(r)
		for k := n; k < b.Len(); k++ {
			back = append(back, i+k-n)
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
	claimed := map[[2]string]bool{}
	for k, i := range rows {
		if at[k].end == 0 {
			continue
		}
		obs := pick(an.Observations, preds[i].Target, at[k])
		preds[i].take(obs)
		for _, o := range an.Observations {
			if o.Target == preds[i].Target && same(o, at[k]) {
				claimed[[2]string{fmt.Sprint(o.Start), o.Target}] = true
			}
		}
	}
	var extras []Extra
	for _, o := range an.Observations {
		if !claimed[[2]string{fmt.Sprint(o.Start), o.Target}] {
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

func (p *Prediction) take(o *analysis.Observation) {
	if o == nil {
		return
	}
	p.Found = true
	p.Tone, p.Negative, p.Neutral, p.Positive = o.Tone, o.Negative, o.Neutral, o.Positive
	p.PVoice, p.PHolder, p.Evidence = o.Voice, o.Holder, o.Evidence
	switch {
	case p.Negative > p.Neutral && p.Negative > p.Positive:
		p.Predicted = -1
	case p.Positive > p.Neutral && p.Positive > p.Negative:
		p.Predicted = 1
	}
}
