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

// dated are observations with the dates of their documents.
type dated struct {
	analysis.Observation
	date string
}

// Three sources of four documents of six sentences; by hand below.
func families() (all []dated) {
	for s := range 3 {
		for d := range 4 {
			for i := range 6 {
				target, voice := "US", "author"
				if i >= 3 {
					target = "NK"
				}
				if i%3 == 2 {
					voice = "quoted"
				}
				// Each source 0.1 further, NK 0.3 below, quoted 0.2 above, and
				// from the third document on 0.4 above.
				tone := 0.1*float64(s) + 0.05*float64(d%2)
				if target == "NK" {
					tone -= 0.3
				}
				if voice == "quoted" {
					tone += 0.2
				}
				date := "2017-11-30"
				if d >= 2 {
					tone += 0.4
					date = "2018-02"
				}
				all = append(all, dated{observe(fmt.Sprint("s", s), fmt.Sprint("s", s, "d", d), i, target, voice, tone), date})
			}
		}
	}
	return all
}

func compareDated(t *testing.T, all []dated, opts Options) Result {
	t.Helper()
	a, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all {
		if err := a.AddDated(o.Observation, o.date); err != nil {
			t.Fatal(err)
		}
	}
	r, err := a.Result(opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFamilies(t *testing.T) {
	opts := quick
	opts.Split = "2018"
	r := compareDated(t, families(), opts)
	got := map[string]float64{}
	sizes := map[string]int{}
	for _, c := range r.Further {
		sizes[c.Family]++
		got[strings.Join([]string{c.Family, c.Source, c.Target, c.Voice, c.A, c.B}, "|")] = c.Difference
	}
	// 2 targets x 3 voices x 3 sources; 2 targets x 3 sources; 3 sources x 3
	// voices of one pair; 2 targets x 3 voices x 3 sources.
	if diff := cmp.Diff(map[string]int{ByRest: 18, ByVoice: 6, ByTarget: 9, ByDate: 18}, sizes); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]float64{
		"rest||US|author|s0|the rest":        -0.15, // 0 less the mean of 0.1 and 0.2
		"rest||NK|all|s1|the rest":           0,
		"voices|s1|NK||author|quoted":        -0.2,
		"targets|s2||all|NK|US":              -0.3,
		"dates|s0|US|quoted|before|since":    -0.4,
		"dates|s2|NK|author|before|since":    -0.4,
		"rest||US|quoted|s2|" + Rest:         0.15,
		"targets|s0||quoted|NK|US":           -0.3,
		"voices|s0|US||author|quoted":        -0.2,
		"dates|s1|US|all|before|since":       -0.4,
		"targets|s1||author|" + "NK" + "|US": -0.3,
	} {
		if d, ok := got[name]; !ok || math.Abs(d-want) > 1e-9 {
			t.Errorf("%s: difference %v, there %v; want %v", name, d, ok, want)
		}
	}
	for _, o := range r.Omnibus {
		if o.Voice == "quoted" { // four sentences of each
			if o.Tested || o.Reason == "" {
				t.Errorf("tested on too little: %+v", o)
			}
		} else if o.Sources != 3 || !o.Tested || o.Unit != UnitDocument {
			t.Errorf("%+v", o)
		}
	}

	// Documents are not set against a rest or split by date; of two sources the
	// rest is the other.
	opts = quick
	opts.ByDocument = true
	for _, c := range compareDated(t, families(), opts).Further {
		if c.Family != ByVoice && c.Family != ByTarget {
			t.Errorf("by document: %+v", c)
		}
	}
	two := slices.DeleteFunc(families(), func(o dated) bool { return o.Source == "s2" })
	for _, c := range compareDated(t, two, quick).Further {
		if c.Family == ByRest || c.Family == ByDate {
			t.Errorf("of two sources without a date: %+v", c)
		}
	}
}

func TestPeriod(t *testing.T) {
	for _, tt := range []struct {
		split, date string
		want        period
	}{
		{"", "2018-06-12", anytime}, {"2018-06-12", "", anytime},
		{"2018-06-12", "2018-06-11", before}, {"2018-06-12", "2018-06-12", since}, {"2018-06-12", "2018-06-13", since},
		{"2018-06-12", "2018-06", anytime}, {"2018-06-12", "2018", anytime}, {"2018-06-12", "2017", before}, {"2018-06-12", "2019", since},
		{"2018", "2018-01-01", since}, {"2018", "2017-12-31", before}, {"2018-06", "2018", anytime}, {"2018-06", "2018-06-01", since},
	} {
		if got := (plan{Split: tt.split}).period(tt.date); got != tt.want {
			t.Errorf("%q split at %q: %q, want %q", tt.date, tt.split, got, tt.want)
		}
	}
	for _, bad := range []string{"soon", "2018-13", "2018-06-31", "18", "2018-6-1"} {
		if _, err := New(Options{Split: bad}); err == nil {
			t.Errorf("%q was taken for a date", bad)
		}
	}
}

// Two voices of more documents than a cell holds: only those are paired whose
// both parts are known, and the difference is that of all.
func TestPairedSamples(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	var a Accumulator
	for i := range 11000 {
		own := 0.3 * (r.Float64() - 0.5)
		for _, voice := range []string{"author", "quoted"} {
			if voice == "quoted" && i%3 > 0 {
				continue
			}
			tone := own + 0.4*(r.Float64()-0.5)
			if voice == "quoted" {
				tone += 0.02
			}
			if err := a.Add(observe("s", fmt.Sprint("d", i), 0, "US", voice, tone)); err != nil {
				t.Fatal(err)
			}
		}
	}
	res, err := a.Result(Options{Permutations: 999, Resamples: 200})
	if err != nil {
		t.Fatal(err)
	}
	c := res.Further[0]
	// The variance of a difference of means over 11,000 and 3,667 sentences of
	// which a third share a document's 0.3^2/12: by hand 0.0030 for its root.
	if arm := (c.High - c.Low) / 2; c.Family != ByVoice || !c.Carried || math.Abs(c.Difference+0.02) > 0.012 || arm < 0.004 || arm > 0.009 {
		t.Errorf("%+v", c)
	}
}
