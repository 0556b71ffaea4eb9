package learn

import "math"

// macroF1 is the mean F1 of the three classes.
func macroF1(labels, guess []int) float64 {
	var sum float64
	for c := range 3 {
		var hit, all float64
		for i := range labels {
			if labels[i] == c {
				all++
			}
			if guess[i] == c {
				all++
				if labels[i] == c {
					hit++
				}
			}
		}
		if all > 0 {
			sum += 2 * hit / all / 3
		}
	}
	return sum
}

// logLoss is the mean negative log of the probability of the label.
func logLoss(p [][]float64, labels []int) float64 {
	var sum float64
	for i, l := range labels {
		sum -= math.Log(max(p[i][l], 1e-12))
	}
	return sum / float64(len(labels))
}

// calibrationError is the expected calibration error over 10 bins of the
// likeliest class's probability (Guo et al. 2017).
func calibrationError(p [][]float64, labels []int) float64 {
	var hits, confidence [10]float64
	for i, l := range labels {
		c := class(p[i], [2]float64{1, 1})
		b := min(9, int(p[i][c]*10))
		confidence[b] += p[i][c]
		if c == l {
			hits[b]++
		}
	}
	var sum float64
	for b := range hits {
		sum += math.Abs(hits[b] - confidence[b])
	}
	return sum / float64(len(labels))
}

// pearson is the correlation of two lists.
func pearson(a, b []float64) float64 {
	var ma, mb float64
	for i := range a {
		ma += a[i] / float64(len(a))
		mb += b[i] / float64(len(a))
	}
	var ab, aa, bb float64
	for i := range a {
		x, y := a[i]-ma, b[i]-mb
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}
