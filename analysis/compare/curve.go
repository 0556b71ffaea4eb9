package compare

import (
	"cmp"
	"math"
	"slices"
)

// Curves are a specification curve analysis (1): what every cell and contrast
// comes to under each of many specifications, none of which is the right one.
//
//	(1) U. Simonsohn, J. P. Simmons, L. D. Nelson, Specification curve
//	    analysis, Nature Human Behaviour 4, 2020.
type Curves struct {
	Choices        []Choice        `json:"choices"`
	Specifications []Specification `json:"specifications"` // the usual one first
	Same           int             `json:"same"`           // specifications left out, as they give the sums of another
	SourcesLeft    int             `json:"sources_left"`   // that were not compared
	Effects        []ChoiceEffect  `json:"effects"`        // over all contrasts, by choice
	Contrasts      []Curve         `json:"contrasts"`      // by target, A and B
	Cells          []Curve         `json:"cells"`          // by target and source
}

// Curve is a cell or a contrast, A - B, under the specifications in which there
// are sentences to estimate it from.
type Curve struct {
	Target string       `json:"target"`
	A      string       `json:"a"`           // the source
	B      string       `json:"b,omitempty"` // the other source; "" for a cell
	Points []CurvePoint `json:"points"`      // from the lowest value up

	Usual  int     `json:"usual"`  // which of the points is of the usual specification; -1 for none
	Median float64 `json:"median"` // of the values
	Sign   int     `json:"sign"`   // of the usual value, or of the median where there is none: -1, 0 or 1

	// How many points have that sign, are carried with it, and with the other.
	Keep     int `json:"keep"`
	Carried  int `json:"carried"`
	Opposite int `json:"opposite"`

	Effects []ChoiceEffect `json:"effects"`         // by choice
	Joint   *Joint         `json:"joint,omitempty"` // of a contrast; nil where there are too few data to test
}

// CurvePoint is an estimate under one specification. Low and High are at
// Options.Level.
type CurvePoint struct {
	Specification int     `json:"specification"` // number in Curves.Specifications
	Value         float64 `json:"value"`
	Low           float64 `json:"low"`
	High          float64 `json:"high"`
	Sentences     int     `json:"sentences"` // of both sides
	Carried       bool    `json:"carried"`   // as in a Cell or Contrast of a comparison by that specification
}

// ChoiceEffect is how much hangs on a choice: what changes between two
// specifications that differ in it alone.
type ChoiceEffect struct {
	Choice string  `json:"choice"`
	Pairs  int     `json:"pairs"`  // of such specifications
	Change float64 `json:"change"` // mean absolute difference of their values
	Signs  int     `json:"signs"`  // pairs whose values have different signs
	Moved  int     `json:"moved"`  // pairs of which one is carried and the other is not
}

func (e *ChoiceEffect) add(a, b CurvePoint) {
	e.Pairs++
	e.Change += math.Abs(a.Value - b.Value) // the sum; see mean
	if signOf(a.Value)*signOf(b.Value) < 0 {
		e.Signs++
	}
	if a.Carried != b.Carried {
		e.Moved++
	}
}

// mean makes of the sum of changes their mean.
func (e *ChoiceEffect) mean() {
	if e.Pairs > 0 {
		e.Change = round6(e.Change / float64(e.Pairs))
	}
}

func signOf(x float64) int { return cmp.Compare(x, 0) }

// newCurve collects the points of one cell or contrast.
func newCurve(k curveKey, results []estimates, in Curves) Curve {
	c := Curve{Target: k.target, A: k.a, B: k.b, Usual: -1}
	bySpec := map[int]CurvePoint{}
	for i, r := range results {
		if p, ok := r[k]; ok {
			p.Specification = i
			bySpec[i] = p
			c.Points = append(c.Points, p)
		}
	}
	slices.SortStableFunc(c.Points, func(p, q CurvePoint) int { return cmp.Compare(p.Value, q.Value) })
	n := len(c.Points)
	c.Median = round6((c.Points[(n-1)/2].Value + c.Points[n/2].Value) / 2)
	c.Sign = signOf(c.Median)
	if p, ok := bySpec[0]; ok {
		c.Sign = signOf(p.Value)
		c.Usual = slices.IndexFunc(c.Points, func(p CurvePoint) bool { return p.Specification == 0 })
	}
	for _, p := range c.Points {
		switch s := signOf(p.Value); {
		case s == c.Sign:
			c.Keep++
			if p.Carried {
				c.Carried++
			}
		case p.Carried:
			c.Opposite++
		}
	}
	c.Effects = newEffects(in.Choices)
	neighbours(in, func(choice, i, j int) {
		p, ok := bySpec[i]
		q, both := bySpec[j]
		if ok && both {
			c.Effects[choice].add(p, q)
		}
	})
	for i := range c.Effects {
		c.Effects[i].mean()
	}
	return c
}

func newEffects(choices []Choice) []ChoiceEffect {
	out := make([]ChoiceEffect, len(choices))
	for i, c := range choices {
		out[i].Choice = c.Name
	}
	return out
}

// neighbours calls f with each pair of specifications that differ in one choice
// alone.
func neighbours(in Curves, f func(choice, i, j int)) {
	number := map[string]int{}
	name := func(s Specification) string {
		var b []byte
		for _, option := range s {
			b = append(b, byte(option), byte(option>>8))
		}
		return string(b)
	}
	for i, s := range in.Specifications {
		number[name(s)] = i
	}
	for i, s := range in.Specifications {
		for c := range s {
			t := slices.Clone(s)
			for t[c]++; t[c] < len(in.Choices[c].Options); t[c]++ {
				if j, ok := number[name(t)]; ok {
					f(c, i, j)
				}
			}
		}
	}
}

// effectsOf puts the effects of all contrasts together: a pair of specifications
// counts once for each.
func effectsOf(in Curves) []ChoiceEffect {
	out := newEffects(in.Choices)
	for _, c := range in.Contrasts {
		for i, e := range c.Effects {
			out[i].Pairs += e.Pairs
			out[i].Change += float64(e.Change * float64(e.Pairs))
			out[i].Signs += e.Signs
			out[i].Moved += e.Moved
		}
	}
	for i := range out {
		out[i].mean()
	}
	return out
}
