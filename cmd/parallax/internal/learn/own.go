package learn

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/floats"

	"parallax/analysis/corpus"
	"parallax/analysis/framing"
	"parallax/analysis/language"
	"parallax/lexicon"
)

// rated is a text with the mean of its ratings, -4 to 4.
type rated struct {
	document string // of news: the article; "" for other texts
	rating   float64
	words    []framing.OwnWord
}

// readRated reads texts: id, tab, rating, tab, text. The part of an id before its
// last "_" is the article of a news snippet.
func readRated(ctx context.Context, file string, news bool) ([]rated, error) {
	var texts []string
	var out []rated
	var bad error
	err := eachLine(file, func(line string) {
		f := strings.SplitN(line, "\t", 3)
		if len(f) < 3 {
			return
		}
		r, err := strconv.ParseFloat(f[1], 64)
		if err != nil && bad == nil {
			bad = fmt.Errorf("%s: %s: %w", file, f[0], err)
		}
		x := rated{rating: r}
		if i := strings.LastIndexByte(f[0], '_'); news && i > 0 {
			x.document = f[0][:i]
		}
		texts, out = append(texts, f[2]), append(out, x)
	})
	if err == nil {
		err = bad
	}
	if err != nil {
		return nil, err
	}
	err = sideBySide(ctx, len(out), func(i int) {
		d := corpus.Document{Text: texts[i], Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(texts[i])}}}
		sentences := language.Split(&d)
		language.Parse(sentences, nil)
		for k := range sentences {
			out[i].words = append(out[i].words, framing.OwnWords(&sentences[k], lexicon.Default())...)
		}
	})
	return out, err
}

// Penalties of the second head's columns, for all texts and for news alone: words
// by themselves, and their vectors with three numbers of valence. A news text
// counts as newsWeight others. Chosen by cross-validation over articles.
const (
	ownWords       = 8
	ownVectors     = 0.3
	ownNewsWords   = 8
	ownNewsVectors = 1
	newsWeight     = 3
)

// ownDense is the number of dense columns of one kind of text: the vector, the
// valence, and its favourable part.
const ownDense = dimensions + 2

// ownModel is the second head in training.
type ownModel struct {
	frame   *frame
	columns map[string]int32
}

func newOwnModel(f *frame, xs []rated) *ownModel {
	m := &ownModel{frame: f, columns: map[string]int32{}}
	count := map[string]int{}
	for _, x := range xs {
		seen := map[string]bool{}
		for _, w := range x.words {
			if f.vectors.has(w.Form) && !seen[w.Form] {
				seen[w.Form] = true
				count[w.Form]++
			}
		}
	}
	var keys []string
	for w, n := range count {
		if n >= 2 {
			keys = append(keys, w)
		}
	}
	slices.Sort(keys)
	for i, w := range keys {
		m.columns[w] = int32(i)
	}
	return m
}

// design makes the design of texts: columns for all texts, then for news. The
// last dense column of each is a constant.
func (m *ownModel) design(xs []rated) *design {
	n := len(m.columns)
	x := &design{d: 2 * (ownDense + 1), m: 2 * n}
	for _, e := range xs {
		row := make([]float64, ownDense+1)
		sparse := map[int32]float64{}
		size := 1 / math.Sqrt(float64(max(1, len(e.words))))
		for _, w := range e.words {
			if !m.frame.vectors.has(w.Form) {
				continue
			}
			part, sign := m.dense(w.Form), w.Factor*size
			for j, v := range part {
				row[j] += sign * v
			}
			if c, ok := m.columns[w.Form]; ok {
				sparse[c] += sign
			}
		}
		row[ownDense] = 1
		short := make([]float32, x.d)
		for j, v := range row {
			short[j] = float32(v / math.Sqrt(ownVectors))
			if e.document != "" {
				short[ownDense+1+j] = float32(v / math.Sqrt(ownNewsVectors))
			}
		}
		var cells []cellOf
		for c, v := range sparse {
			cells = append(cells, cellOf{c, float32(v / math.Sqrt(ownWords))})
			if e.document != "" {
				cells = append(cells, cellOf{c + int32(n), float32(v / math.Sqrt(ownNewsWords))})
			}
		}
		slices.SortFunc(cells, func(a, b cellOf) int { return int(a.column - b.column) })
		x.dense, x.sparse = append(x.dense, short), append(x.sparse, cells)
	}
	return x
}

// dense returns a word's vector, by rarity, and its valence twice.
func (m *ownModel) dense(w string) []float64 {
	out := make([]float64, 0, ownDense)
	r := m.frame.rarityOf(w)
	for _, v := range m.frame.vectors.of(w) {
		out = append(out, r*float64(v))
	}
	v := m.frame.valences.of(w) * scale
	return append(out, v, max(0, v))
}

// squares fits a weighted ridge regression by conjugate gradients on its normal
// equations (Hestenes and Stiefel 1952). There is no bias.
func (x *design) squares(y, weights []float64, iterations int) []float64 {
	n := x.columns()
	// times adds XᵀWX v to out.
	times := func(v, out []float64) {
		for i := range x.dense {
			e := []float64{0}
			x.times(i, v, 1, e)
			e[0] *= weights[i]
			x.back(i, e, out)
		}
	}
	w, r := make([]float64, n), make([]float64, n)
	for i := range x.dense {
		x.back(i, []float64{weights[i] * y[i]}, r)
	}
	d := slices.Clone(r)
	rr := floats.Dot(r, r)
	first := rr
	for range iterations {
		if rr <= 1e-12*first {
			break
		}
		h := slices.Clone(d) // the penalty
		times(d, h)
		a := rr / floats.Dot(d, h)
		floats.AddScaled(w, a, d)
		floats.AddScaled(r, -a, h)
		next := floats.Dot(r, r)
		floats.AddScaledTo(d, r, next/rr, d)
		rr = next
	}
	return w
}

func (m *ownModel) fit(x *design, xs []rated, rows []int) []float64 {
	y, weights := make([]float64, len(rows)), make([]float64, len(rows))
	for k, i := range rows {
		y[k], weights[k] = xs[i].rating, 1
		if xs[i].document != "" {
			weights[k] = newsWeight
		}
	}
	return x.part(rows).squares(y, weights, 300)
}

// of returns what a word adds to a news text, in ratings.
func (m *ownModel) of(word string, w []float64) float64 {
	var sum float64
	for j, v := range m.dense(word) {
		sum += v * (w[j]/math.Sqrt(ownVectors) + w[ownDense+1+j]/math.Sqrt(ownNewsVectors))
	}
	if c, ok := m.columns[word]; ok {
		d := 2 * (ownDense + 1)
		sum += w[d+int(c)]/math.Sqrt(ownWords) + w[d+len(m.columns)+int(c)]/math.Sqrt(ownNewsWords)
	}
	return sum
}
