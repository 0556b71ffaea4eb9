package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
	reading "parallax/analysis/corpus"
	"parallax/analysis/target"
)

// TestLogOdds holds log-odds and z against numpy 2.4.6:
//
//	python3 -m venv v && v/bin/pip install numpy==2.4.6 && v/bin/python -c '
//	import numpy as np
//	y = np.array([[12,3,0,85],[4,9,5,182],[1,2,7,90]], float)
//	a = 500*y.sum(0)/y.sum(); b = a.sum()
//	for i in range(3):
//	    u = y[i]; v = y.sum(0)-u; n = u.sum(); m = v.sum()
//	    d = np.log((u+a)/(n+b-u-a)) - np.log((v+a)/(m+b-v-a))
//	    print(d, d/np.sqrt(1/(u+a)+1/(v+a)))'
//
// printed with twelve digits.
func TestLogOdds(t *testing.T) {
	words := []string{"attack", "aid", "trade", "other"}
	counts := map[string][]int64{"a": {12, 3, 0, 85}, "b": {4, 9, 5, 182}, "c": {1, 2, 7, 90}}
	want := map[string][2]float64{ // those above 0
		"a attack": {0.547719312675, 2.097780530087},
		"b aid":    {0.169550980685, 0.591447856386},
		"b other":  {0.104295022079, 1.843295231745},
		"c trade":  {0.395030230816, 1.278592125977},
		"c other":  {0.022829714937, 0.399426524308},
	}
	var w Words
	for source, ys := range counts {
		bag := map[string]int64{}
		for i, y := range ys {
			bag[words[i]] = y
		}
		w.Add(source, source+"1", "X", bag)
	}
	got := w.Keywords(0.95)
	for _, k := range got {
		name := k.Source + " " + k.Word
		v, ok := want[name]
		if !ok || math.Abs(k.LogOdds-v[0]) > 1e-11 || math.Abs(k.Z-v[1]) > 1e-11 {
			t.Errorf("%s: log-odds %.12f, z %.12f; want %v", name, k.LogOdds, k.Z, v)
		}
		// One article a source: nothing is known of bursts, and that is said.
		if k.DesignEffect != 1 || len(k.Warnings) == 0 {
			t.Errorf("%s: design effect %v, warnings %q", name, k.DesignEffect, k.Warnings)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d words, want %d", len(got), len(want))
	}
}

func TestLogOddsHasNoNaN(t *testing.T) {
	for _, c := range [][6]float64{{0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 500, 500}, {5, 5, 0, 0, 0, 0}, {0, 0, 5, 9, 0, 500}} {
		if d, z := (split{c[0], c[1], c[2], c[3], c[4], c[5]}).logOdds(2); d != 0 || z != 0 {
			t.Errorf("%v: %v, %v", c, d, z)
		}
	}
}

// bags are documents whose words come in bursts: each document doubles or drops
// words of its own. tilt is how much likelier the word w0 is.
func bags(r *rand.Rand, documents int, tilt float64) []map[string]int64 {
	const vocabulary = 200
	out := make([]map[string]int64, documents)
	for d := range out {
		weights, sum := make([]float64, vocabulary), 0.0
		for i := range weights {
			weights[i] = math.Exp(r.NormFloat64()) / float64(i+2) // Zipf, and log-normal bursts
			if i == 0 {
				weights[i] *= tilt
			}
			sum += weights[i]
		}
		out[d] = map[string]int64{}
		for range 60 + r.IntN(120) {
			x := r.Float64() * sum
			i := 0
			for ; i < vocabulary-1 && x > weights[i]; i++ {
				x -= weights[i]
			}
			out[d][fmt.Sprintf("w%d", i)]++
		}
	}
	return out
}

func words(sides ...[]map[string]int64) *Words {
	w := new(Words)
	for s, bags := range sides {
		for d, bag := range bags {
			w.Add(fmt.Sprintf("s%d", s), fmt.Sprintf("s%d-%d", s, d), "X", bag)
		}
	}
	return w
}

// TestKeywordsUnderNull counts how often sources whose articles come from one
// distribution, in which words come in bursts, are said to differ in any word;
// and, with a word four times as likely in one, how often that is found.
func TestKeywordsUnderNull(t *testing.T) {
	runs := 300
	if os.Getenv("PARALLAX_SLOW") == "" {
		runs = 60
	}
	if *coverage > 1000 {
		runs = *coverage
	}
	for _, documents := range []int{5, 20} {
		adjusted, plain, found := 0, 0, 0
		for run := range runs {
			r := rand.New(rand.NewPCG(uint64(run), uint64(documents)))
			w := words(bags(r, documents, 1), bags(r, documents, 1))
			ks := w.Keywords(0.95)
			if slices.ContainsFunc(ks, func(k Keyword) bool { return k.Carried }) {
				adjusted++
			}
			// What z by itself would find: the same words, as if every use were
			// independent. Both signs of two sources are one test.
			var ps []float64
			for _, k := range ks {
				ps = append(ps, twoSided(k.Z))
			}
			if slices.ContainsFunc(benjaminiHochberg(ps), func(q float64) bool { return q < 0.05 }) {
				plain++
			}
			w = words(bags(r, documents, 4), bags(r, documents, 1))
			if slices.ContainsFunc(w.Keywords(0.95), func(k Keyword) bool { return k.Carried && k.Word == "w0" && k.Source == "s0" }) {
				found++
			}
		}
		share := func(n int) float64 { return float64(n) / float64(runs) }
		t.Logf("%d documents a source: any false word in %.3f of runs, without the design effect %.3f; a true one found in %.3f",
			documents, share(adjusted), share(plain), share(found))
		noise := 4 * math.Sqrt(0.1*0.9/float64(runs))
		if share(adjusted) > 0.1+noise {
			t.Errorf("%d documents: a false word in %.3f of runs", documents, share(adjusted))
		}
		if share(plain) <= share(adjusted) {
			t.Errorf("%d documents: the design effect changes nothing: %.3f and %.3f", documents, share(plain), share(adjusted))
		}
		if documents == 20 && share(found) < 0.5 {
			t.Errorf("a word four times as likely is found in %.3f of runs", share(found))
		}
	}
}

func TestKeywordsOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	a, b, c := bags(r, 4, 6), bags(r, 3, 1), bags(r, 5, 1)
	want := words(a, b, c).Keywords(0.95)
	w := new(Words)
	for d := range 5 {
		for s, side := range [][]map[string]int64{c, b, a} {
			if i := len(side) - 1 - d; i >= 0 {
				w.Add(fmt.Sprintf("s%d", 2-s), fmt.Sprintf("s%d-%d", 2-s, i), "X", side[i])
			}
		}
	}
	if d := cmp.Diff(want, w.Keywords(0.95)); d != "" {
		t.Errorf("the order of documents matters: %s", d)
	}
	for _, k := range want {
		if k.Q < k.P*(1-tie) || k.DesignEffect < 1 || k.Z <= 0 || k.Count+k.Rest < leastUses || k.Most > k.Count || k.Count > 0 && k.Document == "" {
			t.Errorf("%+v", k)
		}
	}
}

// TestFragileKeyword says that a word which one article repeats is flagged with
// the article, and one that all have is not.
func TestFragileKeyword(t *testing.T) {
	var w Words
	for d := range 12 {
		left := map[string]int64{"common": 100, "regime": 9}
		if d == 4 {
			left["burst"] = 300
		}
		w.Add("left", fmt.Sprintf("left-%d", d), "X", left)
		w.Add("right", fmt.Sprintf("right-%d", d), "X", map[string]int64{"common": 109})
	}
	found := map[string]Keyword{}
	for _, k := range w.Keywords(0.95) {
		found[k.Source+" "+k.Word] = k
	}
	regime, burst := found["left regime"], found["left burst"]
	if !regime.Carried || regime.Fragile || len(regime.Warnings) > 0 {
		t.Errorf("a word of all articles: %+v", regime)
	}
	if burst.DesignEffect < 100 || burst.Z < 10 {
		t.Errorf("a word of one article: %+v", burst)
	}
	if burst.Carried && !burst.Fragile {
		t.Errorf("a word of one article is not flagged: %+v", burst)
	}

	// Without a design effect that hides it: bursts that are modest, in a source
	// of two articles.
	w = Words{}
	w.Add("left", "left-0", "X", map[string]int64{"common": 2000, "wall": 40})
	w.Add("left", "left-1", "X", map[string]int64{"common": 20})
	for d := range 12 {
		w.Add("right", fmt.Sprintf("right-%d", d), "X", map[string]int64{"common": 400})
	}
	for _, k := range w.Keywords(0.95) {
		if k.Word == "wall" && (!k.Carried || !k.Fragile || k.Document != "left-0" || !strings.Contains(strings.Join(k.Warnings, " "), "left-0 has 40 of 40 uses")) {
			t.Errorf("one article carries it: %+v", k)
		}
	}
}

func TestKeywordsOfOneSource(t *testing.T) {
	var w Words
	if got := w.Keywords(0.95); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
	w.Add("s", "d", "X", map[string]int64{"attack": 9})
	if got := w.Keywords(0.95); len(got) != 0 {
		t.Errorf("of one source: %v", got)
	}
}

func TestNear(t *testing.T) {
	set, err := target.Parse("targets.yaml", []byte("targets:\n  - id: FR\n    name: Freedonia\n    demonyms: [Freedonian]\n  - id: SY\n    name: Sylvania\n"))
	if err != nil {
		t.Fatal(err)
	}
	docs, err := reading.Read(t.Context(), []string{"-"}, reading.Options{Stdin: strings.NewReader(
		"The Freedonian army has brutally attacked the old harbour. The harbour is old, and old it was. Sylvania welcomed John Smith to the harbour.\n")})
	if err != nil {
		t.Fatal(err)
	}
	got := Near(analysis.New(set, nil, nil).Analyze(&docs.Documents[0]))
	want := map[string]map[string]int64{
		"FR": {"army": 1, "brutally": 1, "attacked": 1, "old": 1, "harbour": 1},
		"SY": {"welcomed": 1, "harbour": 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}
