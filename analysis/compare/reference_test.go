package compare

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// By hand: 30 sentences of 0.2 and 10 of -0.2 have a mean of 0.1; the arms are
// sqrt((0.75*0.08)^2 + (0.25*0.32)^2) = sqrt(0.0036 + 0.0064) = 0.1 below, and
// sqrt((0.75*0.04)^2 + (0.25*0.16)^2) = 0.05 above.
func TestReferenceByHand(t *testing.T) {
	cell := func(source, voice string, n int, tone, low, high float64) Cell {
		return Cell{Source: source, Target: "US", Voice: voice, Sentences: n, Clusters: 5, Tone: tone, Low: low, High: high}
	}
	r, err := NewReference([]Cell{cell("a", "author", 30, 0.2, 0.12, 0.24), cell("b", "author", 10, -0.2, -0.52, -0.04), cell("a", "quoted", 4, 0.5, -1, 1)})
	if err != nil {
		t.Fatal(err)
	}
	want := []ReferenceTone{
		{Target: "US", Voice: "author", Sources: 2, Sentences: 40, Tone: 0.1, Low: 0, High: 0.15},
		{Target: "US", Voice: "quoted", Sources: 1, Sentences: 4, Tone: 0.5, Low: -1, High: 1},
	}
	if d := cmp.Diff(want, r.Tones, sixth); d != "" {
		t.Error(d)
	}

	// Less -0.3 [-0.42, -0.2]: low is -0.4 - sqrt(0.12^2 + 0.05^2), high is
	// -0.4 + sqrt(0.1^2 + 0.1^2).
	got := r.Relative([]Cell{
		cell("x", "author", 20, -0.3, -0.42, -0.2), cell("x", "quoted", 20, -0.9, -0.95, -0.8), cell("x", "all", 40, 0, -1, 1),
		cell("y", "author", 4, -0.3, -0.42, -0.2), {Source: "y", Target: "NK", Voice: "author", Sentences: 9},
	})
	if len(got) != 3 {
		t.Fatalf("%+v", got)
	}
	x := got[0]
	if d := cmp.Diff([]float64{-0.4, -0.53, -0.4 + math.Sqrt(0.02), 0.1, -0.3}, []float64{x.Value, x.Low, x.High, x.Zero, x.Tone}, sixth); d != "" || !x.Carried {
		t.Errorf("%+v %s", x, d)
	}
	if q := got[1]; q.Carried || len(q.Warnings) != 1 { // of a reference that may be anything
		t.Errorf("%+v", q)
	}
	if y := got[2]; y.Carried || y.Value != x.Value { // of four sentences
		t.Errorf("%+v", y)
	}
}

// A comparison against itself has tones of zero on average, all in one interval.
func TestReferenceToItself(t *testing.T) {
	r, err := Compare(corpus(3, 4, 6, 2, 60), quick)
	if err != nil {
		t.Fatal(err)
	}
	ref, err := NewReference(r.Cells)
	if err != nil {
		t.Fatal(err)
	}
	type key struct{ target, voice string }
	sums := map[key]float64{}
	for i, x := range ref.Relative(r.Cells) {
		sums[key{x.Target, x.Voice}] += x.Value * float64(r.Cells[i].Sentences)
		if !(x.Low <= x.Value && x.Value <= x.High && x.Low < x.High && x.Low >= -2 && x.High <= 2) {
			t.Errorf("%+v", x)
		}
	}
	for k, sum := range sums {
		if math.Abs(sum) > 1e-3 { // six decimals, 240 sentences
			t.Errorf("%v: tones relative to their own mean sum to %g", k, sum)
		}
	}
}

func TestReferenceRefuses(t *testing.T) {
	for name, c := range map[string]Cell{
		"no sentence": {}, "NaN": {Sentences: 1, Tone: math.NaN()}, "beyond the scale": {Sentences: 1, Tone: 0.9, Low: 0.8, High: 1.1}, "upside down": {Sentences: 1, Low: 0.1},
	} {
		if _, err := NewReference([]Cell{c}); err == nil || !strings.Contains(err.Error(), "no tone with an interval") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewReference(nil); err == nil {
		t.Error("an empty reference is taken")
	}
}
