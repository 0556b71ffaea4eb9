package framing

import (
	"cmp"
	"math"
	"slices"
)

// apportion sets the contributions to the exact shares, rounded to units so that
// they sum to tone: what rounding leaves goes to the largest remainders, the
// first of equals.
func apportion(cs []Contribution, exact []float64, tone int) {
	if len(cs) == 0 {
		return
	}
	order := make([]int, len(cs))
	remainders := make([]float64, len(cs))
	parts := make([]int, len(cs))
	left := tone
	for i := range cs {
		parts[i] = int(math.Floor(exact[i]))
		remainders[i] = exact[i] - float64(parts[i])
		left -= parts[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainders[b], remainders[a]) })
	for k := 0; left != 0; k = (k + 1) % len(order) {
		step := 1
		if left < 0 {
			step = -1
		}
		parts[order[k]] += step
		left -= step
	}
	for i := range cs {
		cs[i].Contribution = float64(parts[i]) / unit
	}
}

// unit is the number of steps in a probability of 1.
const unit = 10000
