package compare

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Reference is the mean tone of a reference corpus towards each target in each
// voice: the zero against which the tones of other sources can be read. Make one
// with [NewReference].
type Reference struct {
	Tones []ReferenceTone // by target and voice
}

// ReferenceTone is the mean over all sentences of the sources of a reference.
type ReferenceTone struct {
	Target    string  `json:"target"`
	Voice     string  `json:"voice"`
	Sources   int     `json:"sources"` // or documents, where it compared these
	Sentences int     `json:"sentences"`
	Tone      float64 `json:"tone"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
}

// Relative is the tone of a cell less that of the reference towards the same
// target in the same voice. Value, Low and High are in [-2, 2].
type Relative struct {
	Source   string   `json:"source"`
	Document string   `json:"document,omitempty"`
	Target   string   `json:"target"`
	Voice    string   `json:"voice"`
	Tone     float64  `json:"tone"`      // of the cell
	Zero     float64  `json:"reference"` // tone of the reference
	Value    float64  `json:"relative"`  // the one less the other
	Low      float64  `json:"low"`
	High     float64  `json:"high"`
	Carried  bool     `json:"carried"` // the interval excludes 0, and the cell has 5 sentences and 3 clusters or more
	Warnings []string `json:"warnings"`
}

// NewReference takes a reference corpus's cells together. It refuses cells whose
// numbers cannot be tones with intervals, and a list without cells.
//
// The tone is the mean over all sentences, sources with more of them weighing
// more; its interval recovers variances from those of the cells (1):
//
//	T = sum of w[i]*T[i],   w[i] = n[i] / sum of n
//	low  = T - sqrt(sum of (w[i]*(T[i] - low[i]))^2)
//	high = T + sqrt(sum of (w[i]*(high[i] - T[i]))^2)
//
// Approximate, as the cells' intervals are, which must be independent. They are
// of these sources: how tones vary over sources that are not in the reference is
// not in them. The unit is that of each cell.
//
//	(1) G. Y. Zou, W. Huang, X. Zhang, A note on confidence interval estimation
//	    for a linear function of binomial proportions, Computational Statistics &
//	    Data Analysis 53(4), 2009.
func NewReference(cells []Cell) (*Reference, error) {
	if len(cells) == 0 {
		return nil, errors.New("compare: a reference without cells")
	}
	type key struct{ target, voice string }
	by := map[key][]Cell{}
	for _, c := range cells {
		if c.Sentences < 1 || !(-1 <= c.Low && c.Low <= c.Tone && c.Tone <= c.High && c.High <= 1) {
			return nil, fmt.Errorf("compare: the reference's cell of %q and %q in voice %q is no tone with an interval: %g, %g to %g, of %d sentences",
				cmp.Or(c.Document, c.Source), c.Target, c.Voice, c.Tone, c.Low, c.High, c.Sentences)
		}
		k := key{c.Target, c.Voice}
		by[k] = append(by[k], c)
	}
	r := &Reference{}
	for _, k := range sortedKeys(by, func(a, b key) int { return cmp.Or(cmp.Compare(a.target, b.target), cmp.Compare(a.voice, b.voice)) }) {
		t := ReferenceTone{Target: k.target, Voice: k.voice, Sources: len(by[k])}
		var sum, below, above float64
		for _, c := range by[k] {
			n := float64(c.Sentences)
			t.Sentences += c.Sentences
			sum += float64(n * c.Tone)
			below += math.Pow(n*(c.Tone-c.Low), 2)
			above += math.Pow(n*(c.High-c.Tone), 2)
		}
		all := float64(t.Sentences)
		e := effect(sum/all, sum/all-math.Sqrt(below)/all, sum/all+math.Sqrt(above)/all)
		t.Tone, t.Low, t.High = e.Value, max(-1, e.Low), min(1, e.High)
		r.Tones = append(r.Tones, t)
	}
	return r, nil
}

// Relative sets cells against the reference, in their order; those of which it
// has no tone are left out. The interval of the difference is by MOVER, with what
// is uncertain of both, which must be independent: cells of articles that are in
// the reference too are more like it than that, and their intervals too long.
func (r *Reference) Relative(cells []Cell) []Relative {
	out := []Relative{}
	for _, c := range cells {
		i := slices.IndexFunc(r.Tones, func(t ReferenceTone) bool { return t.Target == c.Target && t.Voice == c.Voice })
		if i < 0 {
			continue
		}
		t := r.Tones[i]
		x := Relative{Source: c.Source, Document: c.Document, Target: c.Target, Voice: c.Voice, Tone: c.Tone, Zero: t.Tone,
			Value: round6(c.Tone - t.Tone), Warnings: []string{}}
		x.Low, x.High = mover(Effect{c.Tone, c.Low, c.High}, Effect{t.Tone, t.Low, t.High})
		x.Low, x.High = min(x.Low, x.Value), max(x.High, x.Value)
		x.Carried = (x.Low > 0 || x.High < 0) && c.Sentences >= leastSentences && c.Clusters >= leastClusters
		if t.Sentences < fewSentences {
			x.Warnings = append(x.Warnings, fmt.Sprintf("fewer than %d sentences in the reference (%d)", fewSentences, t.Sentences))
		}
		out = append(out, x)
	}
	return out
}
