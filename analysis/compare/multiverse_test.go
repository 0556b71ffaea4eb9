package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
)

// twoByTwo has a choice that turns nothing, to be left out, beside two that do.
var twoByTwo = []Choice{
	{"voice", []string{"author", "all"}},
	{"half", []string{"whole", "half"}},
	{"idle", []string{"as it is", "the same"}},
}

// filled is a multiverse of observations: "half" halves tones.
func filled(t testing.TB, all []analysis.Observation) *Multiverse {
	t.Helper()
	m, err := NewMultiverse(twoByTwo)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range m.Specifications() {
		for _, o := range all {
			if s[0] == 0 && o.Voice != analysis.VoiceAuthor {
				continue
			}
			if s[1] == 1 {
				o.Tone = math.Round(o.Tone*scale/2) / scale
			}
			if err := m.Add(i, o); err != nil {
				t.Fatal(err)
			}
		}
	}
	return m
}

func curves(t testing.TB, m *Multiverse, sources int, opts Options) Curves {
	t.Helper()
	c, err := m.Curves(t.Context(), sources, opts, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// published are the observations of made-up sources: a and b have 12 documents
// each and b is by shift from a, c has one document, d two of which one has
// nothing in the author's voice.
func published(seed uint64, shift float64) []analysis.Observation {
	r := rand.New(rand.NewPCG(seed, 3))
	var out []analysis.Observation
	for _, s := range []struct {
		name      string
		documents int
		shift     float64
	}{{"a", 12, 0}, {"b", 12, shift}, {"c", 1, 0}, {"d", 2, 0}} {
		for d := range s.documents {
			for i := range 3 + r.IntN(12) {
				voice := analysis.VoiceAuthor
				if i%3 == 2 || s.name == "d" && d == 1 {
					voice = analysis.VoiceQuoted
				}
				x := math.Round(scale*max(-1, min(1, s.shift+0.3*r.NormFloat64()))) / scale
				o := observe(s.name, fmt.Sprint(s.name, d), i/2, "US", voice, x)
				out = append(out, o)
				o.Target, o.Tone = "NK", -x
				out = append(out, o)
			}
		}
	}
	return out
}

// Under the usual specification every number is that of a comparison.
func TestUsualIsCompare(t *testing.T) {
	all := published(1, 0.4)
	opts := Options{Seed: 5, Resamples: 2000, Permutations: 999}
	got := curves(t, filled(t, all), 0, opts)
	own := slices.DeleteFunc(slices.Clone(all), func(o analysis.Observation) bool { return o.Voice != analysis.VoiceAuthor })
	want, err := Compare(own, opts)
	if err != nil {
		t.Fatal(err)
	}
	near := func(a, b float64) bool { return math.Abs(a-b) <= 2e-6 }
	n := 0
	for _, c := range append(got.Cells, got.Contrasts...) {
		p := c.Points[c.Usual]
		if c.B == "" {
			for _, x := range want.Cells {
				if x.Source == c.A && x.Target == c.Target && x.Voice == analysis.VoiceAuthor {
					n++
					if !near(p.Value, x.Tone) || !near(p.Low, x.Low) || !near(p.High, x.High) || p.Carried != x.Carried || p.Sentences != x.Sentences {
						t.Errorf("%+v, compared %+v", p, x)
					}
				}
			}
			continue
		}
		for _, x := range want.Contrasts {
			if x.A == c.A && x.B == c.B && x.Target == c.Target && x.Voice == analysis.VoiceAuthor {
				n++
				if !near(p.Value, x.Difference) || !near(p.Low, x.Low) || !near(p.High, x.High) || p.Carried != x.Carried {
					t.Errorf("%+v, compared %+v", p, x)
				}
			}
		}
	}
	if n != 2*(4+6) {
		t.Errorf("%d numbers were held against a comparison", n)
	}
	if len(got.Specifications) != 4 || got.Same != 4 {
		t.Errorf("%d specifications, %d the same as others", len(got.Specifications), got.Same)
	}
}

// Curves do not depend on the order of observations, nor on what a target is
// called.
func TestCurvesOfTheSame(t *testing.T) {
	all := published(2, 0.2)
	opts := Options{Resamples: 400, Permutations: 199}
	want := curves(t, filled(t, all), 0, opts)
	r := rand.New(rand.NewPCG(1, 1))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	if d := cmp.Diff(want, curves(t, filled(t, all), 0, opts)); d != "" {
		t.Errorf("in another order:\n%s", d)
	}
	names := map[string]string{"US": "Zembla", "NK": "Yonder"} // the order of targets stays as it is
	for i := range all {
		all[i].Target = names[all[i].Target]
	}
	for _, list := range [][]Curve{want.Cells, want.Contrasts} {
		for i := range list {
			list[i].Target = names[list[i].Target]
		}
	}
	if d := cmp.Diff(want, curves(t, filled(t, all), 0, opts)); d != "" {
		t.Errorf("with other names:\n%s", d)
	}
}

// A strong difference keeps its sign and is carried everywhere; of two alike
// hardly any is, nor by the joint test.
func TestPlanted(t *testing.T) {
	opts := Options{Resamples: 400, Permutations: 999}
	pair := func(c Curves) Curve {
		return c.Contrasts[slices.IndexFunc(c.Contrasts, func(c Curve) bool { return c.A == "a" && c.B == "b" && c.Target == "US" })]
	}
	c := pair(curves(t, filled(t, published(3, 0.5)), 0, opts))
	if c.Sign != -1 || c.Keep != 4 || c.Carried != 4 || c.Opposite != 0 || !c.Joint.Carried {
		t.Errorf("planted: %+v, %+v", c, c.Joint)
	}
	carried, joint := 0, 0
	for seed := range uint64(20) {
		c := pair(curves(t, filled(t, published(100+seed, 0)), 0, opts))
		carried += c.Carried + c.Opposite
		if c.Joint.Carried {
			joint++
		}
	}
	if carried > 8 || joint > 3 { // of 80 and 20, where 5 % are expected at most
		t.Errorf("of two alike %d points of 80 are carried, and %d joint tests of 20", carried, joint)
	}
}

// The joint test keeps its level where specifications depend on each other, and
// sources are unlike in length.
func TestJointLevel(t *testing.T) {
	const runs = 400
	var found [3]int
	for seed := range uint64(runs) {
		r := rand.New(rand.NewPCG(seed, 77))
		m, err := NewMultiverse([]Choice{{"noise", []string{"0", "1", "2", "3", "4"}}})
		if err != nil {
			t.Fatal(err)
		}
		for i, source := range []string{"a", "b"} {
			for d := range 10 + 10*i {
				own := 0.3 * r.NormFloat64()
				for range 1 + r.IntN(4+10*(1-i)) {
					x := own + 0.2*r.NormFloat64()
					for s := range m.Specifications() {
						y := max(-1, min(1, x+0.1*float64(s)*r.NormFloat64()))
						if err := m.Add(s, observe(source, fmt.Sprint(source, d), 0, "US", "author", math.Round(y*scale)/scale)); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
		}
		m.most(0)
		opts, err := Options{Seed: seed, Permutations: 199}.withDefaults()
		if err != nil {
			t.Fatal(err)
		}
		j := m.joint(curveKey{"US", "a", "b"}, []int{0, 1, 2, 3, 4}, opts)
		for i, p := range []float64{j.Median, j.Share, j.Mean} {
			if p <= 0.05 {
				found[i]++
			}
		}
	}
	t.Logf("found at 0.05: %v of %d", found, runs)
	for i, n := range found {
		// Four standard errors of a share of 0.05; a share can tie, and find less.
		if limit := 0.05 + 4*math.Sqrt(0.05*0.95/runs); float64(n) > limit*runs || i != 1 && n < 3 {
			t.Errorf("statistic %d: %d of %d", i, n, runs)
		}
	}
}

// By hand: two choices of two, of which one is missing.
func TestChoiceEffects(t *testing.T) {
	in := Curves{
		Choices:        []Choice{{"x", []string{"0", "1"}}, {"y", []string{"0", "1"}}},
		Specifications: []Specification{{0, 0}, {0, 1}, {1, 0}},
	}
	k := curveKey{"US", "a", "b"}
	results := []estimates{
		{k: {Value: -0.2, Carried: true}}, {k: {Value: 0.1}}, {k: {Value: -0.5, Carried: true}},
	}
	c := newCurve(k, results, in)
	want := []ChoiceEffect{{"x", 1, 0.3, 0, 0}, {"y", 1, 0.3, 1, 1}}
	if d := cmp.Diff(want, c.Effects); d != "" {
		t.Error(d)
	}
	if c.Median != -0.2 || c.Sign != -1 || c.Keep != 2 || c.Carried != 2 || c.Opposite != 0 || c.Usual != 1 {
		t.Errorf("%+v", c)
	}
	delete(results[0], k)
	if c := newCurve(k, results, in); c.Usual != -1 || c.Sign != -1 || c.Keep != 1 || len(c.Points) != 2 {
		t.Errorf("without the usual one: %+v", c)
	}
}

// Of many sources those with most sentences are compared.
func TestMostSources(t *testing.T) {
	c := curves(t, filled(t, published(4, 0)), 2, Options{Resamples: 200, Permutations: 99})
	if len(c.Contrasts) != 2 || c.Contrasts[0].A != "a" || c.Contrasts[0].B != "b" || c.SourcesLeft != 2 {
		t.Errorf("%d contrasts, %d left", len(c.Contrasts), c.SourcesLeft)
	}
}

func TestMultiverseRefuses(t *testing.T) {
	for _, choices := range [][]Choice{{{"none", nil}}, {{"many", make([]string, 200)}, {"more", make([]string, 200)}}} {
		if _, err := NewMultiverse(choices); err == nil {
			t.Errorf("%q is accepted", choices[0].Name)
		}
	}
	m, err := NewMultiverse(nil)
	if err != nil || len(m.Specifications()) != 1 {
		t.Fatalf("without a choice: %v", err)
	}
	if err := m.Add(0, observe("s", "d", 0, "US", "author", 2)); err == nil {
		t.Error("a tone of 2 is accepted")
	}
}
