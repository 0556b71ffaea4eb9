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
	"parallax/analysis/language"
)

// Run scores every label. docs are articles in which labelled sentences may
// stand; a sentence that is in none is scored outside of any article, together
// with the other sentences of its file, or by itself where the label names no
// file. Extras come by document in the order of the labels, then by position.
// step, where not nil, is called with the number of labels done, from any
// goroutine. The error is the context's.
func Run(ctx context.Context, a *analysis.Analyzer, labels []Label, docs []corpus.Document, step func(labels int)) ([]Prediction, []Extra, error) {
	preds := make([]Prediction, len(labels))
	nothing := silent(a)
	for i, l := range labels {
		preds[i] = nothing
		preds[i].Label = l
	}
	if step == nil {
		step = func(int) {}
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
		case first.Placed:
			alone = append(alone, labelled(labels, g.rows))
			owner = append(owner, g.rows)
			continue
		case g.doc == nil:
			d, at := together(labels, g.rows)
			extras = append(extras, match(a.Analyze(&d), first.File, preds, g.rows, at)...)
		default:
			at := locate(g.doc, labels, g.rows)
			an := a.Analyze(g.doc)
			extras = append(extras, match(an, cmp.Or(first.File, filepath.Base(g.doc.Path)), preds, g.rows, at)...)
			for k, i := range g.rows {
				preds[i].paragraph = paragraph(g.doc, at[k])
				if !covered(an, at[k]) { // a caption, say: score it by itself
					d, place := together(labels, []int{i})
					match(a.Analyze(&d), first.File, preds, []int{i}, place)
					preds[i].Outside = true
				}
			}
		}
		step(len(g.rows))
	}
	err := a.Each(ctx, alone, func(n int, an *analysis.Analysis) {
		for _, i := range owner[n] {
			preds[i].take(mentioned(an.Observations, &labels[i]), alone[n].Text, "", 0)
		}
		step(len(owner[n]))
	})
	if err != nil {
		return nil, nil, err
	}
	return preds, extras, nil
}

// silent returns the prediction for a target of which nothing is said: what the
// scorer gives to a mention that stands alone, with the neutral rest shared
// evenly, so that the tone is 0.
func silent(a *analysis.Analyzer) Prediction {
	const alone = "X."
	d := corpus.Document{
		Text: alone, Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(alone)}},
		Labels: []corpus.Label{{Target: "X", End: 1}},
	}
	p := Prediction{Neutral: 1, Evidence: []analysis.Evidence{}}
	if an := a.Analyze(&d); len(an.Observations) == 1 {
		o := an.Observations[0]
		// In steps of 0.0001, of which the two sides take the same number.
		side := math.Floor((o.Negative + o.Positive) * 5000)
		side = min(side, 3333) // neutral stays the likeliest
		p.Negative, p.Positive = side/10000, side/10000
		p.Neutral = (10000 - 2*side) / 10000
	}
	return p
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
		if !labels[g.rows[0]].Placed {
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
		if l := labels[g.rows[0]]; g.doc == nil && l.File != "" && !l.Placed {
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
		if labels[i].End == 0 { // it does not fit the text
			continue
		}
		d.Labels = append(d.Labels, corpus.Label{Target: labels[i].Actor, Start: labels[i].Start, End: labels[i].End})
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

// squeeze drops white space and marks of emphasis from the normal form of s, and
// returns where each byte comes from: those who label copy from a page as it is
// shown.
func squeeze(s string) (string, []int) {
	n := language.Normalise(s)
	var b strings.Builder
	var back []int
	for i, r := range n.Text {
		if unicode.IsSpace(r) || r == '*' || r == '_' {
			continue
		}
		from, _ := n.Span(i, i)
		k := b.Len()
		b.WriteRune(r)
		for range b.Len() - k {
			back = append(back, from)
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
		preds[i].take(pick(an.Observations, preds[i].Target, at[k]), an.Document.Text, document, from)
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

// mentioned returns the observation of a label that has a place.
func mentioned(obs []analysis.Observation, l *Label) *analysis.Observation {
	for i := range obs {
		if o := &obs[i]; o.Target == l.Actor && (span{o.Start, o.End}).overlap(span{l.Start, l.End}) > 0 {
			return o
		}
	}
	return nil
}

// paragraph returns the number of the block of a document at a place, from 1; 0
// for none.
func paragraph(doc *corpus.Document, at span) int {
	for i, b := range doc.Blocks {
		if at.end > 0 && (span{b.Start, b.End}).overlap(at) > 0 {
			return i + 1
		}
	}
	return 0
}

// take fills in what an observation in a text says; nothing where it is nil.
// The offsets of its evidence are counted anew from the byte from.
func (p *Prediction) take(o *analysis.Observation, text, document string, from int) {
	if o == nil {
		return
	}
	p.Found, p.Observation, p.Text = true, o, text
	p.Tone, p.Negative, p.Neutral, p.Positive = o.Tone, o.Negative, o.Neutral, o.Positive
	p.PVoice, p.PHolder, p.Role, p.Document = o.Voice, o.Holder, o.Role, document
	p.Evidence = []analysis.Evidence{}
	for _, e := range o.Evidence {
		e.Start, e.End = e.Start-from, e.End-from
		p.Evidence = append(p.Evidence, e)
	}
	p.Predicted = o.Polarity
}
