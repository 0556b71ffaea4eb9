package compare

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
)

// Against sorting and gonum's: with ties, in order, reversed, few and many.
func TestQuantile(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 400 {
		n := 1 + r.IntN(3000)
		kinds := 1 + r.IntN(2*n)
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(r.IntN(kinds)-kinds/2) / 7
		}
		sorted := slices.Sorted(slices.Values(values))
		switch r.IntN(4) {
		case 0:
			copy(values, sorted)
		case 1:
			copy(values, sorted)
			slices.Reverse(values)
		}
		for _, p := range []float64{0, 0.0005, 0.025, 0.05, 0.3, 0.5, 0.975, 1 - 0.025, 0.9995, 1} {
			if got, want := quantile(values, p), stat.Quantile(p, stat.Empirical, sorted, nil); got != want {
				t.Fatalf("%d values of %d kinds at %v: %v, want %v", n, kinds, p, got, want)
			}
		}
		slices.Sort(values)
		if !slices.Equal(values, sorted) {
			t.Fatal("values were lost")
		}
	}
}
