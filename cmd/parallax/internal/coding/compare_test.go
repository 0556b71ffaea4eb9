package coding

import (
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"parallax/analysis"
)

// world is two sources with known shares of true classes, read by a program that
// errs by a known matrix.
var world = struct {
	shares map[string]Shares
	errors [3][3]float64
}{
	map[string]Shares{"gazette": {0.5, 0.4, 0.1}, "herald": {0.15, 0.6, 0.25}},
	[3][3]float64{{0.6, 0.35, 0.05}, {0.1, 0.8, 0.1}, {0.05, 0.45, 0.5}},
}

func pick(r *rand.Rand, s [3]float64) int {
	x := r.Float64()
	if x < s[0] {
		return 0
	}
	if x < s[0]+s[1] {
		return 1
	}
	return 2
}

// simulate draws a corpus, a sample of it, and a coder who is always right.
func simulate(t *testing.T, seed uint64, documents, size int) (*Key, Coder) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 9))
	truth := map[[2]int]int{}
	var all []analysis.Observation
	for s, source := range []string{"gazette", "herald"} {
		os := scored(source, documents, func(int) int { return 0 })
		for i := range os {
			os[i].Start, os[i].End = s, i
			c := pick(r, world.shares[source])
			truth[[2]int{s, i}] = c - 1
			os[i].Polarity = pick(r, world.errors[c]) - 1
		}
		all = append(all, os...)
	}
	key := draw(t, size, seed, all)
	coder := Coder{Name: "anna", Codes: map[string]Code{}}
	for _, it := range key.Items {
		coder.Codes[it.ID] = Code{truth[[2]int{it.Start, it.End}], true, it.Voice}
	}
	return key, coder
}

// TestCorrected says that the correction finds the true shares where the
// program's are wrong, and that its intervals hold them.
func TestCorrected(t *testing.T) {
	key, coder := simulate(t, 1, 400, 4000)
	a := Compare(key, []Coder{coder}, 1)
	for _, n := range a.Corrected {
		want := world.shares[n.Source]
		for c := range 3 {
			if math.Abs(n.Shares[c]-want[c]) > 0.06 {
				t.Errorf("%s on %s: %.3f, want %v", n.Source, n.Target, *n.Shares, want)
			}
		}
		// The program finds a third of the difference too little: its errors take
		// shares to the middle.
		if math.Abs(n.Raw) > 0.75*math.Abs(want.net()) {
			t.Errorf("%s: raw %.3f, truth %.3f: nothing to correct", n.Source, n.Raw, want.net())
		}
	}
	// M is that of the world although the sample has as many of each class.
	for c := range 3 {
		for k := range 3 {
			if math.Abs(a.Called[c][k]-world.errors[c][k]) > 0.04 {
				t.Errorf("called %v, want %v", a.Called, world.errors)
			}
		}
	}

	runs, held, wrong, untold := 100, 0, 0, 0
	if os.Getenv("PARALLAX_SLOW") == "" {
		runs = 30
	}
	want := world.shares["gazette"].net() - world.shares["herald"].net()
	for seed := range runs {
		key, coder := simulate(t, uint64(seed), 20, 240)
		for _, c := range Compare(key, []Coder{coder}, 1).Contrasts {
			if c.Corrected.Low == nil {
				untold++
				continue
			}
			if *c.Corrected.Low <= want && want <= *c.Corrected.High {
				held++
			}
			if math.Abs(c.Raw-want) > math.Abs(*c.Corrected.Value-want) {
				wrong++
			}
		}
	}
	all := float64(2 * runs)
	t.Logf("%.3f of %v intervals hold the true difference; the raw one is farther from it in %.3f; %d have no interval", float64(held)/all, all, float64(wrong)/all, untold)
	if share := float64(held) / (all - float64(untold)); share < 0.85 {
		t.Errorf("%.3f of intervals hold the true difference", share)
	}
	if float64(wrong) < 0.7*all || float64(untold) > 0.1*all {
		t.Errorf("of %v, the raw difference is farther from the truth in %d, and %d have no interval", all, wrong, untold)
	}
}

func TestInvert(t *testing.T) {
	inverse, ok := invert([3][3]float64{{60, 35, 5}, {10, 80, 10}, {5, 45, 50}}, leastDeterminant)
	if !ok {
		t.Fatal("not inverted")
	}
	for r := range 3 {
		for c := range 3 {
			sum := 0.0
			for k := range 3 {
				sum += world.errors[r][k] * inverse[k][c]
			}
			if want := map[bool]float64{true: 1}[r == c]; math.Abs(sum-want) > 1e-12 {
				t.Errorf("product at %d, %d: %v", r, c, sum)
			}
		}
	}
	for _, m := range [][3][3]float64{{}, {{1, 0, 0}, {0, 1, 0}, {0, 0, 0}}, {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}}} {
		if inverse, ok := invert(m, leastDeterminant); ok {
			t.Errorf("%v: %v", m, inverse)
		}
	}
}

// TestWeights says that F1 is that of the corpus, by hand: of the rows called
// -1, 0, 0 and 1, which stand for 5, 3.5, 3.5 and 2 sentences, one coder codes
// all as called, and another calls the third -1.
func TestWeights(t *testing.T) {
	anna := Coder{"anna", map[string]Code{"s1": {-1, true, "author"}, "s2": {0, true, ""}, "s3": {0, true, "quoted"}, "s4": {1, true, ""}}}
	ben := Coder{"ben", map[string]Code{"s1": {-1, true, "author"}, "s2": {0, true, ""}, "s3": {-1, true, ""}, "s4": {1, true, ""}}}
	a := Compare(small(), []Coder{anna, ben}, 1)
	// Called -1: 5, of which 5 are coded so; coded -1: 5 + 3.5/2.
	if c := a.Classes[0]; c.Codes != 3 || c.Precision != 1 || math.Abs(c.Recall-5/6.75) > 1e-12 || math.Abs(*c.F1.Value-10/11.75) > 1e-12 {
		t.Errorf("negative: %+v", c)
	}
	if a.Confusion != [3][3]int{{2, 1, 0}, {0, 3, 0}, {0, 0, 2}} || a.Codes != 8 {
		t.Errorf("confusion %v", a.Confusion)
	}
	// Corrected by hand: the coders' shares of the corpus, 6.75, 5.25 and 2 of 14.
	if s := a.Corrected[0].Shares; math.Abs(s[0]-6.75/14) > 1e-12 || math.Abs(s[2]-2.0/14) > 1e-12 {
		t.Errorf("corrected %v", *s)
	}
	if len(a.Tone) != 3 || *a.Tone[1].Value != 1 || *a.Tone[0].Value != *a.Tone[2].Value || len(a.Warnings) != 1 {
		t.Errorf("alpha %+v, warnings %q", a.Tone, a.Warnings)
	}

	// Only one row coded: nothing can be corrected, and that is said.
	a = Compare(small(), []Coder{{"anna", map[string]Code{"s2": {0, true, ""}}}}, 1)
	if a.Corrected[0].Shares != nil || a.Corrected[0].Corrected.Value != nil || len(a.Warnings) != 2 || !strings.Contains(a.Warnings[0], "2 of 3 combinations") || !strings.Contains(a.Warnings[1], "cannot be corrected") {
		t.Errorf("%+v", a)
	}
}
