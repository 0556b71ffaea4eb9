package compare

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// Spearman is the rank correlation of two scorings of the same things.
//
// Hypothesis: it describes a sample and tests nothing.
//
// Statistic: Pearson's correlation of the ranks, in [-1, 1]; 1 where the two
// order all things alike.
//
//	rho = cov(rank(x), rank(y)) / (sd(rank(x)) * sd(rank(y)))
//
// Exact up to rounding. Equal values share the mean of the ranks they take up,
// as zero-heavy tones need: the shortcut 1 - 6*sum(d^2)/(n^3-n) is wrong with
// ties.
//
// Unit: one pair (x[i], y[i]).
//
// Special cases: fewer than two pairs, a NaN anywhere, or one side with a
// single value throughout give NaN. Slices of unequal length panic.
//
//	(1) C. Spearman, The proof and measurement of association between two
//	    things, American Journal of Psychology 15(1), 1904.
//	(2) M. G. Kendall, Rank Correlation Methods, 1948, chapter 3, on ties.
func Spearman(x, y []float64) float64 {
	if len(x) != len(y) {
		panic("compare: Spearman: slices of unequal length")
	}
	if len(x) < 2 || floats.HasNaN(x) || floats.HasNaN(y) {
		return math.NaN()
	}
	r := stat.Correlation(ranks(x), ranks(y), nil)
	return max(-1, min(1, r)) // rounding can leave the last bit outside; a NaN stays one
}

// ranks returns the ranks of x from 1, equal values sharing their mean rank.
func ranks(x []float64) []float64 {
	sorted := append([]float64(nil), x...)
	order := make([]int, len(x))
	floats.Argsort(sorted, order)
	r := make([]float64, len(x))
	for i := 0; i < len(sorted); {
		j := i
		for j < len(sorted) && sorted[j] == sorted[i] {
			j++
		}
		for _, o := range order[i:j] {
			r[o] = float64(i+j+1) / 2
		}
		i = j
	}
	return r
}

// Kappa is Cohen's kappa: how far two judges who put the same things into
// categories agree beyond what their habits alone would give.
//
// Hypothesis: it describes a sample and tests nothing.
//
// Statistic: in [-1, 1]; 1 is full agreement, 0 is what chance gives.
//
//	po    = share of things that both put into one category
//	pe    = sum over categories of share(a) * share(b)
//	kappa = (po - pe) / (1 - pe)
//
// Exact: computed from integer counts. Categories are not ordered: a miss by
// one counts as much as a miss by two.
//
// Unit: one pair (a[i], b[i]) of categories in 0, ..., categories-1.
//
// Special cases: no pairs give NaN, and so do judges who both use one and the
// same category throughout, where chance leaves nothing to agree on. Slices of
// unequal length and categories out of range panic.
//
//	(1) J. Cohen, A coefficient of agreement for nominal scales, Educational
//	    and Psychological Measurement 20(1), 1960.
func Kappa(a, b []int, categories int) float64 {
	if len(a) != len(b) {
		panic("compare: Kappa: slices of unequal length")
	}
	na, nb := make([]int64, max(0, categories)), make([]int64, max(0, categories))
	var agreed, chance int64
	for i := range a {
		if a[i] < 0 || a[i] >= categories || b[i] < 0 || b[i] >= categories {
			panic("compare: Kappa: category out of range")
		}
		na[a[i]]++
		nb[b[i]]++
		if a[i] == b[i] {
			agreed++
		}
	}
	for c := range na {
		chance += na[c] * nb[c]
	}
	// po - pe and 1 - pe, both times n squared.
	n := int64(len(a))
	if n*n == chance { // also where there is nothing
		return math.NaN()
	}
	return float64(n*agreed-chance) / float64(n*n-chance)
}
