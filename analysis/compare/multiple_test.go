package compare

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// python3 -c "from statsmodels.stats.multitest import multipletests as m; print(m(P, method='holm')[1], m(P, method='fdr_bh')[1])"
func TestMultiple(t *testing.T) {
	for _, tt := range []struct{ ps, holm, bh []float64 }{
		{[]float64{}, []float64{}, []float64{}},
		{[]float64{0.3}, []float64{0.3}, []float64{0.3}},
		{
			[]float64{0.01, 0.04, 0.03, 0.005, 0.2, 0.5},
			[]float64{0.05, 0.12, 0.12, 0.03, 0.4, 0.5}, []float64{0.03, 0.06, 0.06, 0.03, 0.24, 0.5},
		},
		{[]float64{0.5, 0.5, 0.01, 0.01, 0.02}, []float64{1, 1, 0.05, 0.05, 0.06}, []float64{0.5, 0.5, 0.025, 0.025, 1.0 / 30}},
		{[]float64{math.NaN(), 0.01}, []float64{1, 0.02}, []float64{1, 0.02}},
	} {
		if diff := cmp.Diff(tt.holm, holm(tt.ps), near); diff != "" {
			t.Errorf("Holm of %v: %s", tt.ps, diff)
		}
		if diff := cmp.Diff(tt.bh, benjaminiHochberg(tt.ps), near); diff != "" {
			t.Errorf("BH of %v: %s", tt.ps, diff)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		ps := make([]float64, r.IntN(12))
		for i := range ps {
			ps[i] = float64(1+r.IntN(40)) / 40
		}
		h, b := holm(ps), benjaminiHochberg(ps)
		for i, p := range ps {
			if !(p <= b[i]+1e-12 && b[i] <= h[i]+1e-12 && h[i] <= 1) {
				t.Fatalf("%v: p %v, BH %v, Holm %v out of order", ps, p, b[i], h[i])
			}
		}
	}
}
