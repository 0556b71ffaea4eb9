package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Worst returns the indices of the n wrong predictions with the greatest loss
// among those that have a label, the worst first; of equals the earlier. A sentence
// that is labelled more than once stands there once.
func Worst(preds []Prediction, n int) []int {
	var at []int
	for i := range preds {
		if !preds[i].Unlabelled && preds[i].Predicted != preds[i].Polarity {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(a, b int) int { return cmp.Compare(preds[b].Loss(), preds[a].Loss()) })
	seen := map[string]bool{}
	at = slices.DeleteFunc(at, func(i int) bool {
		s := preds[i].Sentence
		again := seen[s]
		seen[s] = true
		return again
	})
	return at[:min(n, len(at))]
}

// Miss is how far a text's valence is from its rating, both in standard
// deviations from their means.
type Miss struct {
	Index    int     // of the text
	Expected float64 // the rating so measured
	Got      float64 // the valence so measured
}

// WorstRatings returns the n rated texts for which the two are farthest apart,
// the worst first; of equals the earlier. Where one side has a single value
// throughout there are none.
func WorstRatings(ratings []Rating, valences []float64, n int) []Miss {
	var out []Miss
	for i, r := range ratings {
		if !r.Unrated {
			out = append(out, Miss{i, r.Rating, valences[i]})
		}
	}
	expected := func(m *Miss) *float64 { return &m.Expected }
	got := func(m *Miss) *float64 { return &m.Got }
	if !standardise(out, expected) || !standardise(out, got) {
		return nil
	}
	slices.SortStableFunc(out, func(a, b Miss) int {
		return cmp.Compare(math.Abs(b.Got-b.Expected), math.Abs(a.Got-a.Expected))
	})
	return out[:min(n, len(out))]
}

// standardise sets a field to mean 0 and standard deviation 1, if it varies.
func standardise(ms []Miss, field func(*Miss) *float64) bool {
	var sum, squares float64
	for i := range ms {
		sum += *field(&ms[i])
	}
	mean := sum / float64(len(ms))
	for i := range ms {
		d := *field(&ms[i]) - mean
		squares += float64(d * d)
	}
	if !(squares > 0) { // also where there is nothing
		return false
	}
	sd := math.Sqrt(squares / float64(len(ms)))
	for i := range ms {
		*field(&ms[i]) = (*field(&ms[i]) - mean) / sd
	}
	return true
}
