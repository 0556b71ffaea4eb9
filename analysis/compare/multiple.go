package compare

import (
	"math"
	"slices"
)

// holm adjusts p for their number, so that the chance of any false finding
// among them stays at the level at which the adjusted ones are read.
//
// With p(1) <= ... <= p(m):
//
//	q(i) = max over j <= i of min(1, (m - j + 1) * p(j))
//
// Exact, and valid however the tests depend on each other. Results are in the
// order of ps, in [0, 1] and no smaller than the p; ties get equal q; no p
// gives none. A p that is NaN counts as 1.
//
//	(1) S. Holm, A simple sequentially rejective multiple test procedure,
//	    Scandinavian Journal of Statistics 6(2), 1979.
func holm(ps []float64) []float64 {
	order := ascending(ps)
	qs := make([]float64, len(ps))
	var q float64
	for rank, i := range order {
		q = max(q, min(1, float64(len(ps)-rank)*known(ps[i])))
		qs[i] = q
	}
	return qs
}

// benjaminiHochberg adjusts p for their number, so that of the findings whose
// adjusted p is below a level, no greater share than that level is false on
// average. It is for exploring: it promises less than [holm] and finds more.
//
// With p(1) <= ... <= p(m):
//
//	q(i) = min over j >= i of min(1, m/j * p(j))
//
// Exact; valid for tests that are independent or depend on each other
// positively, as pairs of one set of sources nearly do. Results are in the
// order of ps, in [0, 1], no smaller than the p and no larger than Holm's;
// ties get equal q; no p gives none. A p that is NaN counts as 1.
//
//	(1) Y. Benjamini, Y. Hochberg, Controlling the false discovery rate: a
//	    practical and powerful approach to multiple testing, Journal of the
//	    Royal Statistical Society B 57(1), 1995.
//	(2) Y. Benjamini, D. Yekutieli, The control of the false discovery rate in
//	    multiple testing under dependency, Annals of Statistics 29(4), 2001.
func benjaminiHochberg(ps []float64) []float64 {
	order := ascending(ps)
	qs := make([]float64, len(ps))
	q := 1.0
	for rank := len(order) - 1; rank >= 0; rank-- {
		i := order[rank]
		q = min(q, float64(len(ps))*known(ps[i])/float64(rank+1))
		qs[i] = q
	}
	return qs
}

// ascending is the order of ps from the smallest.
func ascending(ps []float64) []int {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch a, b := known(ps[i]), known(ps[j]); {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
	return order
}

// known is p, or 1 for NaN.
func known(p float64) float64 {
	if math.IsNaN(p) {
		return 1
	}
	return p
}
