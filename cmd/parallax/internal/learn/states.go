package learn

import (
	"parallax/analysis/framing"
)

// stateColumns are what the model of states is made of: what the news model
// says, positive against negative, and the entries of the hand-made tables,
// unfavourable and favourable, by close rules and by loose ones.
const stateColumns = 5

// Columns that say how likely any judgement is, favourable or not: the mention's
// role, and that somebody is quoted.
const (
	stateAgent = iota
	statePatient
	stateQuoted
	stateAlike // how many there are
)

// stateDesign is the design of examples of states. difference is, for each, the
// news model's log odds of positive against negative, bias aside.
func stateDesign(xs []example, difference []float64) *design {
	x := &design{d: stateColumns, m: stateAlike, alike: stateAlike}
	for i, e := range xs {
		row := make([]float32, stateColumns)
		row[0] = float32(difference[i])
		for _, t := range e.Entries {
			if t.Rule == framing.RuleSentence {
				continue
			}
			k := 1
			if !framing.Close(t.Rule) {
				k = 3
			}
			if t.Favourable() {
				k++
			}
			row[k] += 2 * float32(t.Weight)
		}
		var cells []cellOf
		switch e.Role {
		case framing.Agent:
			cells = append(cells, cellOf{stateAgent, 1})
		case framing.Patient:
			cells = append(cells, cellOf{statePatient, 1})
		}
		if e.Quoted {
			cells = append(cells, cellOf{stateQuoted, 1})
		}
		x.dense, x.sparse = append(x.dense, row), append(x.sparse, cells)
	}
	return x
}

// difference returns the news model's log odds of positive against negative.
func difference(x *design, i int, w []float64) float64 {
	out := make([]float64, 3)
	x.times(i, w, 3, out)
	return out[2] - out[0]
}

// decide returns the factors of the two probabilities that give the best macro
// F1 over a grid.
func decide(p [][]float64, labels []int) (factors [2]float64, best float64) {
	for n := 1.0; n <= 4; n += 0.5 {
		for q := 1.0; q <= 8; q += 0.5 {
			guess := make([]int, len(p))
			for i := range p {
				guess[i] = class(p[i], [2]float64{n, q})
			}
			if f := macroF1(labels, guess); f > best {
				best, factors = f, [2]float64{n, q}
			}
		}
	}
	return factors, best
}

func class(p []float64, factors [2]float64) int {
	n, q := p[0]*factors[0], p[2]*factors[1]
	switch {
	case n > p[1] && n > q:
		return 0
	case q > p[1] && q > n:
		return 2
	}
	return 1
}
