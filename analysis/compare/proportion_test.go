package compare

import (
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// sixth is how far an interval may be from an oracle's: ends have six decimals.
var sixth = cmpopts.EquateApprox(0, 1e-6)

// things are k clusters of one thing, of which yes have it.
func things(k, yes int) (all part, clusters []part) {
	for i := range k {
		c := part{n: 1}
		if i < yes {
			c.y = 1
		}
		all.y, all.n = all.y+c.y, all.n+1
		clusters = append(clusters, c)
	}
	return all, clusters
}

// TestWilson holds the interval of things that have something or not against
// scipy 1.17.1:
//
//	python3 -c 'from scipy.stats import binomtest
//	for y, k in (7, 20), (0, 12), (5, 5): print(binomtest(y, k).proportion_ci(method="wilson"))'
func TestWilson(t *testing.T) {
	for _, tt := range []struct {
		yes, k    int
		low, high float64
	}{
		{7, 20, 0.1811918241010821, 0.5671457233147637},
		{0, 12, 0, 0.24249400665524085},
		{5, 5, 0.5655175352168251, 1},
	} {
		all, clusters := things(tt.k, tt.yes)
		low, high, warning := proportion(UnitDocument, yesOrNo, all, clusters, defaults)
		if d := cmp.Diff([]float64{tt.low, tt.high}, []float64{low, high}, sixth); d != "" || warning != "" {
			t.Errorf("%d of %d: %s%s", tt.yes, tt.k, d, warning)
		}
	}
}

// By hand, for clusters of 1 of 2, 3 of 4 and 2 of 6: p = 1/2, the squares are
// 0, 1 and 1, the sizes 4+16+36 = 56, and so
//
//	m = 1/4 * 4 * 144 / (3 * (2 + 0.6*56/4/3)) = 10
//
// With t(2, 0.975) = 4.302653 the arm is 1/2 * q/sqrt(10) / sqrt(1+q^2/10).
func TestProportionByHand(t *testing.T) {
	q := 4.302652729911275 // scipy.stats.t.ppf(.975, 2)
	arm := 0.5 * q / math.Sqrt(10+q*q)
	low, high, _ := proportion(UnitDocument, countsOf, part{6, 12}, []part{{1, 2}, {3, 4}, {2, 6}}, defaults)
	if d := cmp.Diff([]float64{0.5 - arm, 0.5 + arm}, []float64{low, high}, sixth); d != "" {
		t.Error(d)
	}
	// The same as places, where a cluster is one thing: 0.2, 0.5 and 0.8 have
	// squares of 0.18, and m = 1/4 * 4 * 9 / (3 * (0.18 + 0.6/4)) = 100/11.
	arm = 0.5 * q / math.Sqrt(100.0/11+q*q)
	low, high, _ = proportion(UnitDocument, placesOn01, part{15000, 3}, []part{{2000, 1}, {5000, 1}, {8000, 1}}, defaults)
	if d := cmp.Diff([]float64{0.5 - arm, 0.5 + arm}, []float64{low, high}, sixth); d != "" {
		t.Error(d)
	}
}

func TestProportionSpecial(t *testing.T) {
	for _, tt := range []struct {
		name     string
		shape    shape
		all      part
		clusters []part
		low, up  float64
		warning  string
	}{
		{"nothing", countsOf, part{}, nil, 0, 1, "one document"},
		{"one cluster", countsOf, part{3, 9}, []part{{3, 9}, {0, 0}}, 0, 1, "one document"},
		{"one place", placesOn01, part{0, 1}, []part{{0, 1}}, 0, 1, "one document"},
		// q^2/(k+q^2) with t(3, 0.975) = 3.182446: 10.127964/14.127964.
		{"none of four", countsOf, part{0, 40}, []part{{0, 10}, {0, 10}, {0, 10}, {0, 10}}, 0, 0.716874, ""},
		{"all of four", countsOf, part{40, 40}, []part{{10, 10}, {10, 10}, {10, 10}, {10, 10}}, 1 - 0.716874, 1, ""},
	} {
		low, high, warning := proportion(UnitDocument, tt.shape, tt.all, tt.clusters, defaults)
		if d := cmp.Diff([]float64{tt.low, tt.up}, []float64{low, high}, sixth); d != "" || !strings.HasPrefix(warning, tt.warning) || (warning == "") != (tt.warning == "") {
			t.Errorf("%s: %s warning %q", tt.name, d, warning)
		}
	}
}

// A sample of a quarter of the documents gives an interval about half as long
// as its own, around the proportion of all.
func TestProportionOfSample(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	clusters := drawParts(r, countsOf, 800, 0.3)
	var all, sum part
	for _, c := range clusters {
		all.y, all.n = all.y+c.y, all.n+c.n
	}
	for _, c := range clusters[:200] {
		sum.y, sum.n = sum.y+c.y, sum.n+c.n
	}
	low, high, _ := proportion(UnitDocument, countsOf, all, clusters[:200], defaults)
	l, h, _ := proportion(UnitDocument, countsOf, sum, clusters[:200], defaults)
	if ratio := (high - low) / (h - l); math.Abs(ratio-math.Sqrt(float64(sum.n)/float64(all.n))) > 0.02 {
		t.Errorf("%.3f of the sample's own length", ratio)
	}
	if m, p := (low+high)/2, ratioOf(all, 1); math.Abs(m-p) > 0.005 {
		t.Errorf("around %.3f, not %.3f", m, p)
	}
}

// drawParts are k clusters of a proportion p. Where they are counts, of 1 to 39
// things, each has a proportion of its own from a beta distribution, so that
// the intraclass correlation is 0.2; places are drawn from the same.
func drawParts(r *rand.Rand, s shape, k int, p float64) []part {
	gamma := func(a float64) float64 { // Marsaglia and Tsang (2000)
		boost := 1.0
		if a < 1 {
			boost = math.Pow(r.Float64(), 1/a)
			a++
		}
		d := a - 1.0/3
		for {
			x := r.NormFloat64()
			v := math.Pow(1+x/math.Sqrt(9*d), 3)
			if v > 0 && math.Log(1-r.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
				return boost * d * v
			}
		}
	}
	out := make([]part, k)
	for i := range out {
		a, b := gamma(4*p), gamma(4*(1-p))
		own := a / (a + b)
		switch s {
		case yesOrNo:
			out[i].n = 1
			if r.Float64() < p {
				out[i].y = 1
			}
		case placesOn01:
			out[i] = part{int64(math.Round(own * scale)), 1}
		default:
			out[i].n = int64(1 + r.IntN(39))
			for range out[i].n {
				if r.Float64() < own {
					out[i].y++
				}
			}
		}
	}
	return out
}

// TestProportionCoverage says how many intervals cover the true proportion.
func TestProportionCoverage(t *testing.T) {
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("simulates for a second; set PARALLAX_SLOW to run it")
	}
	runs := float64(*coverage)
	for s, name := range map[shape]string{countsOf: "counts", yesOrNo: "yes or no", placesOn01: "places"} {
		for _, k := range []int{5, 8, 12, 20, 40, 100} {
			for _, p := range []float64{0.1, 0.2, 0.4, 0.5} {
				hold, width := 0.0, 0.0
				for run := range *coverage {
					parts := drawParts(rand.New(rand.NewPCG(uint64(run), uint64(k))), s, k, p)
					var all part
					for _, c := range parts {
						all.y, all.n = all.y+c.y, all.n+c.n
					}
					low, high, _ := proportion(UnitDocument, s, all, parts, defaults)
					if low <= p && p <= high {
						hold += 1 / runs
					}
					width += (high - low) / runs
				}
				t.Logf("%s, %d clusters, proportion %.1f: %.3f, width %.2f", name, k, p, hold, width)
				// Wilson's interval swings about its level with k and p: 0.918 at 5 and 0.1.
				if least := 0.915 - 4*math.Sqrt(0.05*0.95/runs); hold < least {
					t.Errorf("%s, %d clusters, proportion %.1f: only %.3f hold it", name, k, p, hold)
				}
			}
		}
	}
}
