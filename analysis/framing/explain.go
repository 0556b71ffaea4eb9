package framing

import (
	"cmp"
	"math"
	"slices"
)

// share sets the contributions so that they sum to tone (in units) exactly.
//
// The tone is a function f of the sum of the weights x_i, with f(0) = 0. Its
// Aumann-Shapley value, which is also its integrated gradient from zero
// (Sundararajan, Taly and Yan 2017), gives each weight
//
//	x_i * f(sum) / sum
//
// and x_i * f'(0) where the sum is zero.
func share(cs []Contribution, tone int) {
	if len(cs) == 0 {
		return
	}
	var sum, size float64
	for i := range cs {
		sum += cs[i].Weight
		size += math.Abs(cs[i].Weight)
	}
	factor := steepness
	// Below this the quotient is rounding noise; f is straight there.
	if math.Abs(sum) > 1e-6*size && sum != 0 {
		factor = float64(tone) / sum
	}
	exact := make([]float64, len(cs))
	for i := range cs {
		exact[i] = float64(cs[i].Weight * factor)
	}
	apportion(cs, exact, tone)
}

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
