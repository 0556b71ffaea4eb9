package evaluate

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/jonreiter/govader"

	"parallax/analysis/opinion"
)

// Baseline is another way to tell tones, asked about the same sentences.
type Baseline struct {
	Name    string
	Note    string    // what it is, in a phrase
	Class   []int     // -1, 0 or 1 for each sentence
	Valence []float64 // in [-1, 1] for each; nil where it has none
}

// Names of baselines in figures.
const (
	AlwaysNeutral  = "always neutral"
	AlwaysMajority = "majority class"
	VADER          = "VADER (govader)"
)

// vaderEdge parts the classes of VADER's compound score: the value that its
// authors recommend (Hutto and Gilbert, ICWSM 2014, and the README of
// vaderSentiment).
const vaderEdge = 0.05

// vader loads VADER's lexicon once. The analyzer only reads it afterwards.
var vader = sync.OnceValue(govader.NewSentimentIntensityAnalyzer)

// Others asks the baselines that read: VADER, which knows negation and degree
// but no targets, and the film-review classifier of package opinion. Equal
// sentences are asked about once. The error is the context's, or that a model
// cannot be loaded.
func Others(ctx context.Context, sentences []string) ([]Baseline, error) {
	other, err := opinion.Load()
	if err != nil {
		return nil, err
	}
	n := len(sentences)
	v := Baseline{Name: VADER, Note: "a lexicon of rated words with rules; its compound score, classes beyond ±0.05",
		Class: make([]int, n), Valence: make([]float64, n)}
	o := Baseline{Name: opinion.Name, Note: opinion.Label,
		Class: make([]int, n), Valence: make([]float64, n)}
	first := make(map[string]int)
	for i, s := range sentences {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if k, ok := first[s]; ok {
			v.Class[i], v.Valence[i] = v.Class[k], v.Valence[k]
			o.Class[i], o.Valence[i] = o.Class[k], o.Valence[k]
			continue
		}
		first[s] = i
		v.Valence[i] = vader().PolarityScores(s).Compound
		v.Class[i] = class(v.Valence[i], vaderEdge)
		// Half the log-odds under tanh is P(positive) - P(negative).
		odds := other.Score(s)
		o.Valence[i] = math.Tanh(odds / 2)
		o.Class[i] = class(odds, 0)
	}
	return []Baseline{v, o}, nil
}

// class is the sign of x, 0 for what lies within the edges.
func class(x, edge float64) int {
	switch {
	case x > 0 && x >= edge:
		return 1
	case x < 0 && x <= -edge:
		return -1
	}
	return 0
}

// Constants are the baselines that do not read: always neutral, and always the
// class that most labels have, the earlier of -1, 0, 1 among equals.
func Constants(preds []Prediction) []Baseline {
	var n [3]int
	for _, p := range preds {
		n[p.Polarity+1]++
	}
	most := 0
	for c := range n {
		if n[c] > n[most] {
			most = c
		}
	}
	same := func(c int) []int {
		out := make([]int, len(preds))
		for i := range out {
			out[i] = c
		}
		return out
	}
	return []Baseline{
		{Name: AlwaysNeutral, Class: same(0)},
		{Name: AlwaysMajority, Note: "here " + ClassNames[most], Class: same(most - 1)},
	}
}

// Standing is how a baseline does on labels.
type Standing struct {
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
	Tone
	AccuracyInterval Interval `json:"accuracy_interval"`
	MacroF1Interval  Interval `json:"macro_f1_interval"`
	// Ahead is Parallax's macro F1 less this one, on the same samples.
	Ahead         float64  `json:"parallax_ahead_macro_f1"`
	AheadInterval Interval `json:"parallax_ahead_macro_f1_interval"`
}

// Stand measures a baseline on the same labels as the predictions, all of
// which have one.
func Stand(preds []Prediction, b Baseline) Standing {
	c := cluster(preds)
	in := c.bootstrap(func(w []int) []float64 {
		theirs, ours := tone(confusion(preds, b.Class, w)), tone(confusion(preds, nil, w))
		return []float64{theirs.Accuracy, theirs.MacroF1, ours.MacroF1 - theirs.MacroF1}
	})
	once := slices.Repeat([]int{1}, len(preds))
	s := Standing{Name: b.Name, Note: b.Note, Tone: tone(confusion(preds, b.Class, once)), AccuracyInterval: in[0], MacroF1Interval: in[1], AheadInterval: in[2]}
	s.Ahead = tone(confusion(preds, nil, once)).MacroF1 - s.MacroF1
	return s
}
