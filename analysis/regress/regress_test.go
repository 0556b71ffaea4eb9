package regress

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parallax/analysis"
	"parallax/analysis/compare"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var near = cmpopts.EquateApprox(0, 1e-12)

// golden compares got with a file under testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (rewrite with -update): %s", path, diff)
	}
}

func observation(source string, start int, target, voice string, tone float64, sentence string) analysis.Observation {
	return analysis.Observation{
		Source: source, Document: source + "-1", Start: start, End: start + len(sentence), Target: target, Mentions: 1,
		Voice: voice, Tone: tone, Positive: max(0, tone), Negative: max(0, -tone), Neutral: 1 - math.Abs(tone), Sentence: sentence,
	}
}

// run is a baseline as a run makes it.
func run(t *testing.T, observations []analysis.Observation, about map[string]string) Baseline {
	t.Helper()
	r, err := compare.Compare(observations, compare.Options{Resamples: 200, Permutations: 99})
	if err != nil {
		t.Fatal(err)
	}
	return New(r.Cells, observations, about)
}

func before() []analysis.Observation {
	return []analysis.Observation{
		observation("dw", 0, "NK", "author", -0.4, "Pyongyang fired <four> missiles & said nothing."),
		observation("dw", 50, "NK", "author", 0, "Kim watched."),
		observation("dw", 70, "NK", "quoted", -0.8, "\"It is a brutal regime,\" he said."),
		observation("dw", 120, "US", "author", 0.2, "Washington offered talks."),
		observation("telesur", 0, "US", "author", -0.5, "Trump threatened the North."),
		observation("telesur", 40, "US", "author", -0.1, "The US stayed."),
	}
}

func after() []analysis.Observation {
	all := before()
	all[0].Tone = -0.1                                                                                // another tone
	all[2].Voice = "author"                                                                           // another voice
	all[3].Tone = 0.204                                                                               // within the tolerance
	all[5].Start, all[5].End = 41, 55                                                                 // moved in the text, and nothing else
	all = append(all, observation("dw", 200, "SK", "author", 0.3, "Seoul\x1b[31m hopes\tfor peace.")) // a new cell
	return all
}

var about = map[string]string{"version": "1", "lexicon": "sha256:aaa", "targets": "sha256:ccc"}

func TestGolden(t *testing.T) {
	old := run(t, before(), about)
	var b bytes.Buffer
	if err := old.Write(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "baseline.json", b.String())

	report := Diff(old, run(t, after(), map[string]string{"version": "1", "lexicon": "sha256:bbb", "seed": "1"}), Tolerance{})
	b.Reset()
	if err := report.Print(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "report.txt", b.String())
	if !report.Moved() {
		t.Error("not moved")
	}
	for _, r := range b.String() {
		if r < ' ' && r != '\n' {
			t.Errorf("control character %q in the report", r)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for name, b := range map[string]Baseline{
		"full":  run(t, before(), about),
		"empty": New(nil, nil, nil),
	} {
		t.Run(name, func(t *testing.T) {
			var first, second bytes.Buffer
			if err := b.Write(&first); err != nil {
				t.Fatal(err)
			}
			back, err := Read(bytes.NewReader(first.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(b, back); diff != "" {
				t.Error(diff)
			}
			if err := back.Write(&second); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(first.String(), second.String()); diff != "" {
				t.Error(diff)
			}
			if r := Diff(b, back, Tolerance{Cell: -1}); r.Moved() || len(r.Quiet) > 0 || len(r.About) > 0 || r.Unmoved != len(b.Cells) {
				t.Errorf("differs from itself: %+v", r)
			}
		})
	}
}

// The order in which a run gives its observations does not matter.
func TestNewOrder(t *testing.T) {
	shuffled := before()
	slices.Reverse(shuffled)
	if diff := cmp.Diff(run(t, before(), about), run(t, shuffled, about)); diff != "" {
		t.Error(diff)
	}
}

func TestReadRefuses(t *testing.T) {
	const cell = `{"source":"a","target":"US","voice":"all","tone":0,"sentences":1}`
	for name, tt := range map[string]struct{ text, want string }{
		"empty":       {" \n", "the file is empty"},
		"not json":    {"{\n\"schema\": 1,\n oops}", "line 3: "},
		"cut":         {`{"schema":1,"cells":[`, "line 1: unexpected end"},
		"trailing":    {`{"schema":1}{}`, "after top-level value"},
		"list":        {`[]`, "cannot unmarshal array"},
		"no schema":   {`{}`, "schema 0, want 1"},
		"new schema":  {`{"schema":2,"news":[]}`, "schema 2, want 1"},
		"unknown":     {`{"schema":1,"cellz":[]}`, `unknown field "cellz"`},
		"twice":       {`{"schema":1,"cells":[` + cell + `,` + cell + `]}`, "cells[1]: a US all is there twice"},
		"cell tone":   {`{"schema":1,"cells":[` + strings.Replace(cell, `"tone":0`, `"tone":1.5`, 1) + `]}`, "cells[0]: tone 1.5"},
		"tone":        {`{"schema":1,"observations":[{"tone":-2}]}`, "observations[0]: tone -2"},
		"large tone":  {`{"schema":1,"observations":[{"tone":1e999}]}`, "cannot unmarshal number"},
		"string tone": {`{"schema":1,"observations":[{"tone":"NaN"}]}`, "cannot unmarshal string"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := Read(strings.NewReader(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "parallax check --update") {
				t.Errorf("error %v, want one with %q and what to do", err, tt.want)
			}
			if diff := cmp.Diff(Baseline{}, b); diff != "" {
				t.Error(diff)
			}
		})
	}
}

type broken struct{}

var errBroken = errors.New("broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }
func (broken) Read([]byte) (int, error)  { return 0, errBroken }

func TestBrokenStreams(t *testing.T) {
	_, read := Read(broken{})
	for name, err := range map[string]error{
		"read":  read,
		"write": New(nil, nil, nil).Write(broken{}),
		"print": Report{}.Print(broken{}),
	} {
		if !errors.Is(err, errBroken) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	b := Baseline{Cells: []Cell{{Tone: math.NaN()}}}
	if err := b.Write(io.Discard); err == nil || !strings.Contains(err.Error(), "cells[0]") {
		t.Errorf("NaN: error %v", err)
	}
}

// one makes a baseline of one cell.
func one(tone float64) Baseline {
	return Baseline{Cells: []Cell{{Source: "a", Target: "US", Voice: "all", Tone: tone, Sentences: 10}}}
}

func TestTolerance(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		old, new  Baseline
		tolerance float64
		moved     bool
	}{
		{one(0.1), one(0.1), 0, false},
		{one(0.1), one(0.105), 0, false}, // 0.0049999999999999906 in floating point
		{one(0.3), one(0.305), 0, false}, // 0.0050000000000000044
		{one(0.3), one(0.2949), 0, true},
		{one(0.3), one(0.4), 0.2, false},
		{one(0.3), one(0.3), -1, false},
		{one(0.3), one(0.3001), -1, true},
		{one(nan), one(0.3), 0, true},
		{one(nan), one(nan), 0, true},
		{one(0), Baseline{}, 0, true},
		{Baseline{}, one(0), 0, true},
		{Baseline{}, Baseline{}, 0, false},
	} {
		r := Diff(tt.old, tt.new, Tolerance{Cell: tt.tolerance})
		if r.Moved() != tt.moved {
			t.Errorf("%v, %v at %v: moved %v, want %v", tt.old.Cells, tt.new.Cells, tt.tolerance, r.Moved(), tt.moved)
		}
		if err := r.Print(io.Discard); err != nil {
			t.Error(err)
		}
	}
}

// A sentence that changed in cells that stayed is reported and does not fail.
func TestQuiet(t *testing.T) {
	all := before()
	all[3].Tone = 0.203
	r := Diff(run(t, before(), nil), run(t, all, nil), Tolerance{})
	if r.Moved() || len(r.Quiet) != 1 || r.Quiet[0].New.Tone != 0.203 || r.Unmoved == 0 {
		t.Errorf("%+v", r)
	}
}

// Text that moved as a whole is found again by its words; two equal sentences
// are not taken for one.
func TestShifted(t *testing.T) {
	all := append(before(), observation("dw", 300, "NK", "author", 0, "Kim watched."))
	shifted := slices.Clone(all)
	for i := range shifted {
		shifted[i].Start += 7
		shifted[i].End += 7
	}
	if r := Diff(run(t, all, nil), run(t, shifted, nil), Tolerance{}); r.Moved() || len(r.Quiet) != 0 {
		t.Errorf("%+v", r)
	}
	r := Diff(run(t, all, nil), run(t, shifted[:6], nil), Tolerance{Cell: -1})
	for _, m := range r.Cells {
		if len(m.Sentences) != 1 || m.Sentences[0].Change != Vanished {
			t.Errorf("%+v", m)
		}
	}
	if len(r.Cells) != 2 { // dw on NK, in all voices and in its own
		t.Errorf("%d cells moved, want 2", len(r.Cells))
	}
}

// Whatever changes, the influences of a cell's sentences sum to its movement,
// cells and sentences are in the order of size, and every sentence that
// differs is named.
func TestInfluencesSum(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	tone := func() float64 { return float64(r.IntN(21)-10) / 10 }
	voice := func() string { return []string{"author", "quoted"}[r.IntN(2)] }
	for range 100 {
		var old, new []analysis.Observation
		for i := range 30 {
			o := observation([]string{"a", "b"}[r.IntN(2)], 10*i, []string{"US", "NK"}[r.IntN(2)], voice(), tone(), "Some words.")
			n := o
			switch r.IntN(4) {
			case 0:
				n.Tone = tone()
			case 1:
				n.Voice = voice()
			}
			if r.IntN(8) > 0 {
				old = append(old, o)
			}
			if r.IntN(8) > 0 {
				new = append(new, n)
			}
		}
		report := Diff(run(t, old, nil), run(t, new, nil), Tolerance{})
		last := math.Inf(1)
		for _, m := range report.Cells {
			var sum float64
			before := math.Inf(1)
			for _, s := range m.Sentences {
				sum += s.Influence
				if math.Abs(s.Influence) > before {
					t.Errorf("sentences out of order: %+v", m)
				}
				before = math.Abs(s.Influence)
			}
			if math.Abs(sum-m.Delta) > 1e-9 {
				t.Errorf("influences sum to %v, the cell moved by %v: %+v", sum, m.Delta, m)
			}
			if math.Abs(m.Delta) > last {
				t.Errorf("cells out of order")
			}
			last = math.Abs(m.Delta)
		}
	}
}

// By hand: the cell goes from (-0.4 + 0 - 0.8)/3 = -0.4 to (-0.1 + 0 - 0.8)/3
// = -0.3 by one sentence; in its own voice from -0.2 to -0.3 by that sentence
// (+0.3/3) and the one that came over ((-0.8+0.2)/3).
func TestInfluences(t *testing.T) {
	r := Diff(run(t, before(), nil), run(t, after(), nil), Tolerance{})
	type row struct {
		Cell      string
		Change    Change
		Delta     float64
		Influence []float64
	}
	var got []row
	for _, m := range r.Cells {
		c := m.New
		if m.Change == Vanished {
			c = m.Old
		}
		x := row{c.key().String(), m.Change, m.Delta, nil}
		for _, s := range m.Sentences {
			x.Influence = append(x.Influence, s.Influence)
		}
		got = append(got, x)
	}
	want := []row{
		{"dw NK quoted", Vanished, 0.8, []float64{0.8}},
		{"dw SK all", Appeared, 0.3, []float64{0.3}},
		{"dw SK author", Appeared, 0.3, []float64{0.3}},
		{"dw NK all", Changed, 0.1, []float64{0.1}},
		{"dw NK author", Changed, -0.1, []float64{-0.2, 0.1}},
	}
	byCell := cmpopts.SortSlices(func(a, b row) bool { return a.Cell < b.Cell }) // two tie up to the last bit
	if diff := cmp.Diff(want, got, near, byCell); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema":1,"about":{"a":"b"},"cells":[{"source":"a","target":"US","voice":"all","tone":0.5,"sentences":1}],"observations":[]}`))
	f.Add([]byte(`{"schema":1,"observations":[{"document":"d","tone":-1,"sentence":"x"}]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := b.Write(&out); err != nil {
			t.Fatal(err)
		}
		back, err := Read(&out)
		if err != nil {
			t.Fatal(err)
		}
		if r := Diff(b, back, Tolerance{}); r.Moved() {
			t.Errorf("what was read and written moved: %+v", r)
		}
	})
}
