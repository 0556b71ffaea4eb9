package compare

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parallax/analysis"
)

// near is how far a result may be from an oracle's: both compute in float64.
var near = cmpopts.EquateApprox(0, 1e-9)

// observe makes an observation of the given tone with consistent probabilities.
func observe(source, document string, paragraph int, target, voice string, tone float64) analysis.Observation {
	return analysis.Observation{
		Source: source, Document: document, Paragraph: paragraph, Target: target, Voice: voice, Mentions: 1,
		Tone: tone, Positive: max(0, tone), Negative: max(0, -tone), Neutral: 1 - math.Abs(tone),
	}
}

// corpus makes sentences of zero-heavy tone: paragraphs of one to three
// sentences, of which each source leans its own way.
func corpus(seed uint64, sources, documents, targets, sentences int) []analysis.Observation {
	r := rand.New(rand.NewPCG(seed, 7))
	var all []analysis.Observation
	for s := range sources {
		for t := range targets {
			paragraph := 0
			for i := range sentences {
				if r.IntN(2) == 0 {
					paragraph++
				}
				tone := 0.0
				if r.Float64() > 0.6 {
					tone = math.Round(1e4*(float64(s-t)*0.2+0.5*(r.Float64()-0.5))) / 1e4
				}
				voice := analysis.VoiceAuthor
				if r.IntN(3) == 0 {
					voice = analysis.VoiceQuoted
				}
				all = append(all, observe(fmt.Sprintf("source %d", s), fmt.Sprintf("document %d.%d", s, i%documents),
					paragraph, fmt.Sprintf("target %d", t), voice, max(-1, min(1, tone))))
			}
		}
	}
	return all
}

// quick keeps tests of everything but the statistics fast.
var quick = Options{Seed: 1, Resamples: 200, Permutations: 199}

func mustCompare(t testing.TB, all []analysis.Observation, opts Options) Result {
	t.Helper()
	r, err := Compare(all, opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func marshal(t testing.TB, r Result) string {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Any split of the observations, merged in any order on any number of cores,
// gives the same bytes.
func TestResultBySplit(t *testing.T) {
	all := corpus(3, 3, 3, 2, 40)
	want := marshal(t, mustCompare(t, all, quick))
	r := rand.New(rand.NewPCG(4, 4))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for round := range 20 {
		runtime.GOMAXPROCS(1 + round%3)
		shuffled := slices.Clone(all)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		parts := make([]*Accumulator, 1+r.IntN(7))
		for i := range parts {
			parts[i] = new(Accumulator)
		}
		for _, o := range shuffled {
			if err := parts[r.IntN(len(parts))].Add(o); err != nil {
				t.Fatal(err)
			}
		}
		for len(parts) > 1 { // as a tree of random shape
			i := r.IntN(len(parts) - 1)
			j := i + 1 + r.IntN(len(parts)-i-1)
			if err := parts[i].Merge(parts[j]); err != nil {
				t.Fatal(err)
			}
			parts = slices.Delete(parts, j, j+1)
		}
		got, err := parts[0].Result(quick)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, marshal(t, got)); diff != "" {
			t.Fatalf("round %d: %s", round, diff)
		}
	}
}

func TestMerge(t *testing.T) {
	var a, b Accumulator
	merge := func(with *Accumulator) {
		if err := a.Merge(with); err != nil {
			t.Fatal(err)
		}
	}
	merge(nil)
	merge(&b)
	if err := b.Add(observe("s", "d", 0, "US", "author", 0.5)); err != nil {
		t.Fatal(err)
	}
	merge(&b)
	merge(&a)
	for _, tt := range []struct {
		acc  *Accumulator
		want int
	}{{&a, 2}, {&b, 1}} {
		r, err := tt.acc.Result(quick)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Cells[0].Sentences; got != tt.want {
			t.Errorf("sentences %d, want %d", got, tt.want)
		}
	}
}

// What a cell or a contrast says does not depend on which others there are.
func TestAlone(t *testing.T) {
	all := corpus(5, 3, 1, 2, 30)
	whole := mustCompare(t, all, quick)
	few := mustCompare(t, slices.DeleteFunc(slices.Clone(all), func(o analysis.Observation) bool {
		return o.Source == "source 1" || o.Target == "target 1"
	}), quick)
	if len(few.Cells) != 6 || len(few.Contrasts) != 3 {
		t.Fatalf("%d cells and %d contrasts, want 6 and 3", len(few.Cells), len(few.Contrasts))
	}
	for _, c := range few.Cells {
		if !slices.ContainsFunc(whole.Cells, func(d Cell) bool {
			d.Shrunken = c.Shrunken // which is drawn towards the others
			return cmp.Equal(c, d)
		}) {
			t.Errorf("cell differs when alone: %+v", c)
		}
	}
	for _, c := range few.Contrasts {
		if !slices.ContainsFunc(whole.Contrasts, func(d Contrast) bool {
			return c.A == d.A && c.B == d.B && c.Target == d.Target && c.Voice == d.Voice && c.P == d.P && c.Low == d.Low
		}) {
			t.Errorf("contrast differs when alone: %+v", c)
		}
	}
	other := quick
	other.Seed = 2
	if cmp.Equal(whole, mustCompare(t, all, other)) {
		t.Error("the seed changes nothing")
	}
}

// Hand arithmetic: counts and means, voices, documents, order.
func TestCells(t *testing.T) {
	all := []analysis.Observation{
		observe("b", "b1", 0, "US", "author", -0.5),
		observe("b", "b1", 0, "US", "quoted", 0.25),
		observe("b", "b2", 4, "US", "author", -0.25),
		observe("a", "a1", 1, "US", "author", 0.1),
		observe("a", "a1", 1, "NK", "author", 0),
	}
	all[0].Mentions = 3
	type row struct {
		Source, Document, Target, Voice string
		Documents, Sentences, Mentions  int
		Tone, Negative, Positive        float64
		Unit                            string
		Clusters                        int
	}
	rows := func(r Result) (rows []row) {
		for _, c := range r.Cells {
			rows = append(rows, row{c.Source, c.Document, c.Target, c.Voice, c.Documents, c.Sentences, c.Mentions,
				c.Tone, c.Negative, c.Positive, c.Unit, c.Clusters})
		}
		return rows
	}
	want := []row{
		{"a", "", "NK", "all", 1, 1, 1, 0, 0, 0, "paragraph", 1},
		{"a", "", "NK", "author", 1, 1, 1, 0, 0, 0, "paragraph", 1},
		{"a", "", "US", "all", 1, 1, 1, 0.1, 0, 0.1, "paragraph", 1},
		{"a", "", "US", "author", 1, 1, 1, 0.1, 0, 0.1, "paragraph", 1},
		{"b", "", "US", "all", 2, 3, 5, -0.5 / 3, 0.25, 0.25 / 3, "document", 2},
		{"b", "", "US", "author", 2, 2, 4, -0.375, 0.375, 0, "document", 2},
		{"b", "", "US", "quoted", 1, 1, 1, 0.25, 0, 0.25, "paragraph", 1},
	}
	if diff := cmp.Diff(want, rows(mustCompare(t, all, quick)), near); diff != "" {
		t.Error(diff)
	}

	byDocument := quick
	byDocument.ByDocument = true
	r := mustCompare(t, all, byDocument)
	want = slices.Concat(slices.Clone(want[:4]), []row{
		{"b", "b1", "US", "all", 1, 2, 4, -0.125, 0.25, 0.125, "paragraph", 1},
		{"b", "b1", "US", "author", 1, 1, 3, -0.5, 0.5, 0, "paragraph", 1},
		{"b", "b1", "US", "quoted", 1, 1, 1, 0.25, 0, 0.25, "paragraph", 1},
		{"b", "b2", "US", "all", 1, 1, 1, -0.25, 0.25, 0, "paragraph", 1},
		{"b", "b2", "US", "author", 1, 1, 1, -0.25, 0.25, 0, "paragraph", 1},
	})
	for i := range 4 {
		want[i].Document = "a1"
	}
	if diff := cmp.Diff(want, rows(r), near); diff != "" {
		t.Error(diff)
	}
	var names []string
	for _, c := range r.Contrasts {
		names = append(names, strings.Join([]string{c.Target, c.Voice, c.A, c.B}, " "))
	}
	if diff := cmp.Diff([]string{
		"US all a1 b1", "US all a1 b2", "US all b1 b2",
		"US author a1 b1", "US author a1 b2", "US author b1 b2",
	}, names); diff != "" {
		t.Error(diff)
	}
}

func TestEmpty(t *testing.T) {
	if got := marshal(t, mustCompare(t, nil, Options{})); got != `{"cells":[],"omnibus":[],"contrasts":[],"further":[]}` {
		t.Error(got)
	}
}

func TestAddRefuses(t *testing.T) {
	nan := math.NaN()
	for name, change := range map[string]func(*analysis.Observation){
		"tone NaN":        func(o *analysis.Observation) { o.Tone = nan },
		"tone above 1":    func(o *analysis.Observation) { o.Tone = 1.01 },
		"tone infinite":   func(o *analysis.Observation) { o.Tone = math.Inf(-1) },
		"negative NaN":    func(o *analysis.Observation) { o.Negative = nan },
		"neutral above 1": func(o *analysis.Observation) { o.Neutral = 2 },
		"positive below":  func(o *analysis.Observation) { o.Positive = -0.1 },
		"mentions":        func(o *analysis.Observation) { o.Mentions = -1 },
		"voice all":       func(o *analysis.Observation) { o.Voice = "all" },
		"no voice":        func(o *analysis.Observation) { o.Voice = "" },
	} {
		t.Run(name, func(t *testing.T) {
			o := observe("s", "d", 0, "US", "author", 0.5)
			change(&o)
			var a Accumulator
			if err := a.Add(o); err == nil || !strings.Contains(err.Error(), `document "d"`) {
				t.Errorf("error %v, want one that names the document", err)
			}
			if r, err := a.Result(quick); err != nil || len(r.Cells) != 0 {
				t.Errorf("refused but counted: %v, %v", r, err)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	for _, tt := range []struct {
		opts Options
		ok   bool
	}{
		{Options{}, true},
		{Options{Level: 0.9}, true},
		{Options{Level: 95}, false},
		{Options{Level: 0.05}, false},
		{Options{Level: math.NaN()}, false},
		{Options{Resamples: 100}, false},
		{Options{Resamples: -1}, false},
		{Options{Permutations: 10}, false},
	} {
		if _, err := Compare(nil, tt.opts); (err == nil) != tt.ok {
			t.Errorf("%+v: error %v, want fine %v", tt.opts, err, tt.ok)
		}
	}
	got, _ := Options{}.withDefaults()
	if diff := cmp.Diff(Options{Level: 0.95, Resamples: 20000, Permutations: 9999, pairs: maxPairs}, got, cmp.AllowUnexported(Options{})); diff != "" {
		t.Error(diff)
	}
	if a := got.alpha(); a != 0.05 {
		t.Errorf("alpha %v: a q of 0.05 must not pass", a)
	}
}

// FuzzResult builds observations from bytes, four each, and checks what must
// hold whatever they are.
func FuzzResult(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0})
	f.Add([]byte{0, 0, 0, 100, 1, 0, 0, 200, 1, 1, 1, 200, 0, 2, 1, 0})
	f.Add([]byte("aaaabbbbccccddddeeeeffffgggghhhhiiiijjjjkkkk"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var all []analysis.Observation
		for ; len(data) >= 4 && len(all) < 200; data = data[4:] {
			source := fmt.Sprint("source ", data[0]%3)
			all = append(all, observe(source, fmt.Sprint(source, " document ", data[0]/3%2), int(data[1]%8), "US",
				[]string{"author", "quoted"}[data[2]%2], float64(int(data[3])-128)/128))
		}
		r := mustCompare(t, all, quick)
		marshal(t, r) // fails at NaN and infinity
		for _, c := range r.Cells {
			if !(-1 <= c.Low && c.Low <= c.Tone && c.Tone <= c.High && c.High <= 1) {
				t.Errorf("interval out of order: %+v", c)
			}
			if c.High <= c.Low {
				t.Errorf("interval without width: %+v", c)
			}
			if math.Abs(c.Positive-c.Negative-c.Tone) > 2e-4 {
				t.Errorf("probabilities and tone differ: %+v", c)
			}
			if c.Carried && (c.Sentences < 5 || c.Clusters < 3) {
				t.Errorf("carried on too little: %+v", c)
			}
		}
		enough := func(source, target, voice string) bool {
			i := slices.IndexFunc(r.Cells, func(c Cell) bool { return c.Source == source && c.Target == target && c.Voice == voice })
			return r.Cells[i].Sentences >= leastSentences && r.Cells[i].Clusters >= leastClusters
		}
		for _, c := range slices.Concat(r.Contrasts, r.Further) {
			if c.Carried && (c.Family == BySource && !(enough(c.A, c.Target, c.Voice) && enough(c.B, c.Target, c.Voice)) ||
				c.Family == ByRest && !enough(c.A, c.Target, c.Voice) ||
				c.Family == ByVoice && !(enough(c.Source, c.Target, c.A) && enough(c.Source, c.Target, c.B))) {
				t.Errorf("carried on too little: %+v", c)
			}
			if !(-1 <= c.CliffLow && c.CliffLow <= c.Cliff && c.Cliff <= c.CliffHigh && c.CliffHigh <= 1) {
				t.Errorf("Cliff's delta out of order: %+v", c)
			}
			if h := c.Hedges; h != nil && !(h.Low <= h.Value && h.Value <= h.High) {
				t.Errorf("Hedges' g out of order: %+v", c)
			}
			if !(c.P <= c.QBH && c.QBH <= c.Q+1e-12) {
				t.Errorf("p, BH and Holm out of order: %+v", c)
			}
			if !(-2 <= c.Low && c.Low <= c.Difference && c.Difference <= c.High && c.High <= 2) {
				t.Errorf("interval out of order: %+v", c)
			}
			if !(0 < c.P && c.P <= c.Q && c.Q <= 1) {
				t.Errorf("p and q out of order: %+v", c)
			}
			if c.Carried == (c.Reason != "") || c.Carried && c.Q >= 0.05 {
				t.Errorf("carried, q and reason disagree: %+v", c)
			}
			if math.Abs(c.Cliff) > 1 {
				t.Errorf("effect size out of range: %+v", c)
			}
		}
	})
}

// Sources that differ much, so that few tests can stop early: about 0.7 s of one
// core's time, in parts that run side by side. The whole program has three
// seconds; the five articles take less, as most of their differences are chance.
func BenchmarkCompare(b *testing.B) {
	all := corpus(1, 5, 1, 3, 60)
	for b.Loop() {
		mustCompare(b, all, Options{})
	}
}
