package compare

import (
	"math"
	"slices"
)

// quantile is the empirical quantile of some values, which it reorders: the
// smallest of them at which the share of those no larger is at least p. It takes
// time in proportion to their number, where sorting would be most of the time
// that an interval takes.
func quantile(values []float64, p float64) float64 {
	k := max(0, int(math.Ceil(p*float64(len(values))))-1)
	lo, hi := 0, len(values)-1 // values[k] in order lies within
	for range 64 {             // by then at most a few are left, or the values conspire
		if hi-lo < 12 {
			break
		}
		// Hoare's partition about the middle of three: equal values stop both
		// sides, so that many of them divide evenly.
		pivot := median(values[lo], values[lo+(hi-lo)/2], values[hi])
		i, j := lo, hi
		for i <= j {
			for values[i] < pivot {
				i++
			}
			for values[j] > pivot {
				j--
			}
			if i <= j {
				values[i], values[j] = values[j], values[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return values[k]
		}
	}
	slices.Sort(values[lo : hi+1])
	return values[k]
}

func median(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }
