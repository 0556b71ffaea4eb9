package compare

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// python3 -c "from scipy import stats; print(stats.spearmanr(X, Y).statistic)"
func TestSpearman(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		x, y []float64
		want float64
	}{
		{[]float64{0, 0, -.5, .25, 0, .75, -1, 0, .1, .1}, []float64{0, .1, -.2, .3, 0, .2, -.9, .3, -.1, 0}, 0.6020207448856952},
		{[]float64{1, 2, 3, 4, 5}, []float64{5, 6, 7, 8, 7}, 0.8207826816681233},
		{[]float64{1, 2, 3}, []float64{10, 20, 1000}, 1},
		{[]float64{1, 2, 3}, []float64{3, 2, 1}, -1},
		{[]float64{1, 2, math.Inf(1)}, []float64{1, 2, 3}, 1},
		{[]float64{1, 1, 1}, []float64{3, 2, 1}, nan},
		{[]float64{1, 2, nan}, []float64{3, 2, 1}, nan},
		{[]float64{1}, []float64{1}, nan},
		{nil, nil, nan},
	} {
		if diff := cmp.Diff(tt.want, Spearman(tt.x, tt.y), near, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%v %v: %s", tt.x, tt.y, diff)
		}
	}
	x := []float64{3, 1, 2}
	Spearman(x, x)
	if diff := cmp.Diff([]float64{3, 1, 2}, x); diff != "" {
		t.Errorf("the argument was changed: %s", diff)
	}
}

// python3 -c "from sklearn.metrics import cohen_kappa_score as k; print(k(A, B))"
func TestKappa(t *testing.T) {
	nan := math.NaN()
	for name, tt := range map[string]struct {
		a, b []int
		want float64
	}{
		"sklearn": {[]int{0, 0, 1, 1, 2, 2, 2, 1, 0, 2}, []int{0, 1, 1, 1, 2, 0, 2, 1, 0, 1}, 0.5588235294117647},
		// By hand: po = 3/4, pe = 1/2 * 3/4 + 1/2 * 1/4 = 1/2.
		"hand": {[]int{0, 0, 1, 1}, []int{0, 0, 0, 1}, 0.5},
		// po = 1/2 and pe = 1/2.
		"chance":       {[]int{0, 0, 1, 1}, []int{0, 1, 0, 1}, 0},
		"full":         {[]int{0, 1, 2}, []int{0, 1, 2}, 1},
		"none":         {[]int{0, 1}, []int{1, 0}, -1},
		"one category": {[]int{1, 1}, []int{1, 1}, nan},
		"nothing":      {nil, nil, nan},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Kappa(tt.a, tt.b, 3), near, cmpopts.EquateNaNs()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAgreementPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"spearman length": func() { Spearman([]float64{1}, nil) },
		"kappa length":    func() { Kappa([]int{1}, nil, 2) },
		"kappa category":  func() { Kappa([]int{2}, []int{1}, 2) },
		"kappa negative":  func() { Kappa([]int{1}, []int{-1}, 2) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}
