package compare

import "math"

// Scale is how far two categories are apart for [Alpha].
type Scale uint8

// Scales of measurement.
const (
	Nominal  Scale = iota // any two categories are as far apart as any others
	Ordinal               // as far as there are values between them
	Interval              // as far as their numbers
)

// Alpha is Krippendorff's alpha: how far any number of coders who put the same
// things into categories agree beyond what chance would give. codes[u] are the
// categories, 0, ..., categories-1, that the coders gave to thing u, in any
// order; who gave none to it is left out.
//
// Hypothesis: it describes a sample and tests nothing.
//
// Statistic: at most 1, full agreement; 0 is what chance gives, and below it
// coders disagree systematically. With n(c) uses of category c in things that
// two coders or more have coded, n in all, and o(c,k) pairs of c and k within
// one thing, each thing's pairs weighing 1/(its codes - 1),
//
//	alpha = 1 - (n-1) * sum of o(c,k)*d(c,k) / sum of n(c)*n(k)*d(c,k)
//
// over c < k, with the squared distances d
//
//	nominal    1
//	ordinal    (n(c)/2 + n(c+1) + ... + n(k-1) + n(k)/2)^2
//	interval   (c - k)^2
//
// Exact: it is computed, not sampled.
//
// Unit: one thing. One that fewer than two coders have coded does not count.
//
// Special cases: NaN where nothing was coded twice, and where all codes are one
// category, so that there was nothing to tell apart. A category out of range
// panics.
//
//	(1) K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011.
//	(2) K. Krippendorff, Content Analysis, 3rd ed., 2013, chapter 12.
func Alpha(codes [][]int, categories int, scale Scale) float64 {
	n := make([]float64, categories)
	pairs := make([][]float64, categories)
	for c := range pairs {
		pairs[c] = make([]float64, categories)
	}
	all := 0.0
	uses := make([]float64, categories)
	for _, unit := range codes {
		clear(uses)
		for _, c := range unit {
			if c < 0 || c >= categories {
				panic("compare: Alpha: category out of range")
			}
			uses[c]++
		}
		m := float64(len(unit))
		if m < 2 {
			continue
		}
		all += m
		for c := range uses {
			n[c] += uses[c]
			for k := c + 1; k < categories; k++ {
				pairs[c][k] += float64(uses[c]*uses[k]) / (m - 1)
			}
		}
	}
	var seen, chance float64
	for c := range categories {
		for k := c + 1; k < categories; k++ {
			d := scale.distance(n, c, k)
			seen += float64(pairs[c][k] * d)
			chance += float64(float64(n[c]*n[k]) * d)
		}
	}
	if chance == 0 {
		return math.NaN()
	}
	return 1 - (all-1)*seen/chance
}

// distance is the squared distance of two categories, c < k, used n times.
func (s Scale) distance(n []float64, c, k int) float64 {
	d := 1.0
	switch s {
	case Ordinal:
		d = (n[c] + n[k]) / 2
		for g := c + 1; g < k; g++ {
			d += n[g]
		}
	case Interval:
		d = float64(k - c)
	}
	return float64(d * d)
}
