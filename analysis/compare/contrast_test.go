package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
)

func TestAssignments(t *testing.T) {
	for _, tt := range []struct {
		a, b int
		want float64
	}{{0, 5, 1}, {1, 1, 2}, {3, 4, 35}, {8, 8, 12870}, {9, 9, 48620}} {
		if got := assignments(tt.a, tt.b); got != tt.want {
			t.Errorf("%d of %d: %v, want %v", tt.a, tt.a+tt.b, got, tt.want)
		}
	}
	if got := assignments(100000, 100000); !(got > mostExact) || math.IsInf(got, 0) {
		t.Errorf("very many: %v", got)
	}
}

func bins(tones ...float64) (bs []bin) {
	tones = slices.Sorted(slices.Values(tones))
	for _, x := range tones {
		if n := len(bs); n > 0 && bs[n-1].tone == fixed(x) {
			bs[n-1].count++
		} else {
			bs = append(bs, bin{fixed(x), 1})
		}
	}
	return bs
}

// 2*scipy.stats.mannwhitneyu(a, b).statistic/len(a)/len(b) - 1 = 0.5 for the first.
func TestCliff(t *testing.T) {
	for _, tt := range []struct {
		a, b []float64
		want float64
	}{
		{[]float64{-.5, 0, 0, .2, .2, .9}, []float64{-.8, -.5, 0, 0, .1}, 0.5},
		{[]float64{1}, []float64{-1, 0}, 1},
		{[]float64{0, 0}, []float64{0}, 0},
		{nil, []float64{0}, 0},
		{[]float64{0}, nil, 0},
	} {
		got, swapped := cliff(bins(tt.a...), bins(tt.b...)), cliff(bins(tt.b...), bins(tt.a...))
		if math.Abs(got-tt.want) > 1e-12 || got != -swapped {
			t.Errorf("%v %v: %v and %v swapped, want %v", tt.a, tt.b, got, swapped, tt.want)
		}
	}
	r := rand.New(rand.NewPCG(2, 2))
	for range 50 { // against the definition
		var a, b []float64
		for range 1 + r.IntN(20) {
			a = append(a, float64(r.IntN(9)-4)/4)
		}
		for range 1 + r.IntN(20) {
			b = append(b, float64(r.IntN(9)-4)/4)
		}
		want := 0.0
		for _, x := range a {
			for _, y := range b {
				switch {
				case x > y:
					want++
				case x < y:
					want--
				}
			}
		}
		want /= float64(len(a) * len(b))
		if got := cliff(bins(a...), bins(b...)); math.Abs(got-want) > 1e-12 {
			t.Errorf("%v %v: %v, want %v", a, b, got, want)
		}
	}
}

// By hand, for a = 0.2 [0.1, 0.3] and b = -0.1 [-0.25, 0]: both arms of a are
// 0.1, those of b 0.15 and 0.1; sqrt(0.1^2+0.1^2) and sqrt(0.1^2+0.15^2).
func TestMover(t *testing.T) {
	low, high := mover(Effect{0.2, 0.1, 0.3}, Effect{-0.1, -0.25, 0})
	if diff := cmp.Diff([]float64{0.158579, 0.480278}, []float64{low, high}, near); diff != "" {
		t.Error(diff)
	}
	low, high = mover(Effect{1, -1, 1}, Effect{-1, -1, 1})
	if low != 2-2.828427 || high != 2 {
		t.Errorf("one cluster each: %v to %v", low, high)
	}
}

// statsmodels.stats.power.NormalIndPower().solve_power(effect_size=0.5, alpha=0.05, power=.8, ratio=1) is 62.79,
// and 523.46 with effect_size=0.2, alpha=0.05/3; rounded up to two digits.
func TestNeeded(t *testing.T) {
	// Tones of 0.3 and -0.3 in turn, one in each cluster: independent, with
	// variance 0.09*n/(n-1).
	g := &group{tones: bins(append(slices.Repeat([]float64{0.3}, 5e5), slices.Repeat([]float64{-0.3}, 5e5)...)...)}
	g.sums.sentences = 1e6
	clusters := slices.Repeat([]cluster{{3000, 1}, {-3000, 1}}, 5e5)
	independent := trial{a: g, b: g, ca: clusters, cb: clusters}
	for _, tt := range []struct {
		effect float64
		pairs  int
		want   float64
	}{{0.5, 1, 63}, {0.2, 3, 530}} {
		if got := independent.needed(0.3*tt.effect, tt.pairs, defaults); got != tt.want {
			t.Errorf("effect %v of %d pairs: %v, want %v", tt.effect, tt.pairs, got, tt.want)
		}
	}
	// Clusters of four equal sentences count for one each: four times as many.
	clusters = slices.Repeat([]cluster{{12000, 4}, {-12000, 4}}, 125000)
	if got := (trial{a: g, b: g, ca: clusters, cb: clusters}).needed(0.15, 1, defaults); got != 260 { // 251.2
		t.Errorf("clusters of four: %v, want 260", got)
	}
}

// article makes a source of one document with paragraphs of two sentences.
func article(source string, tones ...float64) (all []analysis.Observation) {
	for i, tone := range tones {
		all = append(all, observe(source, source+".1", i/2, "US", "author", tone))
	}
	return all
}

func only(t *testing.T, r Result, voice string) Contrast {
	t.Helper()
	for _, c := range r.Contrasts {
		if c.Voice == voice {
			return c
		}
	}
	t.Fatal("no contrast")
	return Contrast{}
}

func TestReason(t *testing.T) {
	mixed := []float64{0.5, 0.3, -0.4, 0, 0, 0, 0.2, -0.3, 0, 0, 0.1, -0.6}
	against := []float64{-0.5, -0.3, -0.4, -0.2, -0.6, -0.3, -0.2, -0.3, 0, -0.1, -0.1, -0.6}
	shifted := slices.Clone(mixed)
	shifted[0] = 0.1
	for name, tt := range map[string]struct {
		a, b   []float64
		reason string // "" for carried
	}{
		"carried": {slices.Repeat([]float64{0.4, 0.6}, 6), against, ""},
		// By numpy, from the formula: 1212.87 sentences.
		"chance":        {mixed, shifted, "difference 0.03 is within what chance gives (q 0.90); about 1300 sentences of each would be needed to see a difference this size (now 12 and 12)"},
		"equal":         {mixed, mixed, "no difference was seen"},
		"few sentences": {mixed, against[:3], "too few sentences (b has 3); at least 5 of each are needed to test"},
		"few clusters":  {mixed[:6], against[:6], "3 and 3 paragraphs are too few to test: no outcome could give a p below 0.10"},
	} {
		t.Run(name, func(t *testing.T) {
			c := only(t, mustCompare(t, append(article("a", tt.a...), article("b", tt.b...)...), Options{}), "author")
			if c.Carried != (tt.reason == "") || c.Reason != tt.reason {
				t.Errorf("carried %v, reason %q, want %q: %+v", c.Carried, c.Reason, tt.reason, c)
			}
			if len(c.Warnings) == 0 || !strings.HasPrefix(c.Warnings[len(c.Warnings)-1], "paragraphs were permuted") {
				t.Errorf("no warning about single articles: %q", c.Warnings)
			}
		})
	}
}

// Renaming the sources swaps A and B and changes nothing but the signs.
func TestSwap(t *testing.T) {
	x, y := []float64{0.5, 0.3, -0.4, 0, 0, 0, 0.2, -0.3}, []float64{-0.5, 0.1, -0.4, -0.2, 0, 0, -0.2, -0.3, 0, -0.1}
	one := only(t, mustCompare(t, append(article("a", x...), article("b", y...)...), Options{}), "all")
	two := only(t, mustCompare(t, append(article("b", x...), article("a", y...)...), Options{}), "all")
	if one.Difference != -two.Difference || one.P != two.P || one.Cliff != -two.Cliff || !one.Exact {
		t.Errorf("%+v\n%+v", one, two)
	}
	if math.Abs(one.Low+two.High) > 0.05 { // other streams, other resamples
		t.Errorf("low %v, high swapped %v", one.Low, two.High)
	}
}

// Sources with several documents each are compared by document, without the warning.
func TestDocuments(t *testing.T) {
	var all []analysis.Observation
	for i := range 60 {
		all = append(all,
			observe("a", fmt.Sprint("a", i%5), i, "US", "author", float64(i%7)/10),
			observe("b", fmt.Sprint("b", i%5), i, "US", "author", -float64(i%7)/10))
	}
	c := only(t, mustCompare(t, all, Options{}), "all")
	if c.Unit != UnitDocument || c.Permutations != 252 || !c.Exact || !c.Carried || len(c.Warnings) != 0 || c.P != 2.0/252 {
		t.Errorf("%+v", c)
	}
}

// Two sources drawn from one population differ no more often than they may,
// though sentences of one paragraph resemble each other; two that do differ
// are found.
func TestFalseFindings(t *testing.T) {
	const rounds = 200
	find := func(zeros, unfavourable float64) (share float64) {
		for i := range rounds {
			r := rand.New(rand.NewPCG(uint64(i), 11))
			a, _ := sample(r, 15, zeros, 0.7)
			b, _ := sample(r, 25, zeros, unfavourable)
			p, _, _ := permute(a, b, 399, stream(uint64(i)))
			if p < 0.05 {
				share += 1.0 / rounds
			}
		}
		return share
	}
	if got := find(0.6, 0.7); got > 0.10 { // 0.05 and three standard errors of 0.015
		t.Errorf("found a difference in %.3f of samples without one", got)
	}
	if got := find(0.2, 0); got < 0.75 {
		t.Errorf("found the difference in %.3f of samples with one", got)
	}
}

// TestBorderline holds that a difference takes both test and interval: documents
// of one mean give an interval that reaches far, whatever the test finds.
func TestBorderline(t *testing.T) {
	flat := func(at float64) func(d, s int) (float64, string) {
		return func(int, int) (float64, string) { return at, "" }
	}
	r, err := Compare(append(outletOf("a", "X", "author", 10, flat(-0.2)), outletOf("b", "X", "author", 10, flat(0))...), Options{Seed: 1, Resamples: 200})
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, c := range append(r.Contrasts, r.Further...) {
		if c.Carried && c.Low <= 0 && c.High >= 0 {
			t.Errorf("%s %s: carried with an interval of %g to %g", c.Family, c.Voice, c.Low, c.High)
		}
		if c.Family == BySource && c.Q < 0.05 {
			found = true
			if want := "the test finds a difference (q below 0.001), but the interval includes zero: a borderline case"; c.Carried || c.Reason != want {
				t.Errorf("carried %t, reason %q", c.Carried, c.Reason)
			}
		}
	}
	if !found {
		t.Error("no difference that the test finds")
	}
}

func TestPrinted(t *testing.T) {
	for q, want := range map[float64]string{0.0004: "below 0.001", 0.013: "0.013", 0.051: "0.051", 0.0501: "0.0501", 0.05: "0.050", 0.049999: "0.049999", 0.4: "0.40", 1: "1.00"} {
		if got := printed(q, Options{Level: 0.95}); got != want {
			t.Errorf("%g: %q, want %q", q, got, want)
		}
	}
}
