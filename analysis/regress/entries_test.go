package regress

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// What the entries add to a movement sums to it, whatever has come and gone.
func TestEntries(t *testing.T) {
	run := func(tones ...[]Term) Baseline {
		b := Baseline{Cells: []Cell{{Source: "a", Target: "US", Voice: "all", Sentences: len(tones), Low: -0.1, High: 0.3}}}
		for i, terms := range tones {
			o := Observation{Source: "a", Document: "d", Start: 10 * i, End: 10*i + 9, Target: "US", Voice: "author", Terms: terms}
			for _, term := range terms {
				o.Tone += term.Contribution
			}
			b.Cells[0].Tone += o.Tone / float64(len(tones))
			b.Observations = append(b.Observations, o)
		}
		return b
	}
	old := run([]Term{{"brutal", -0.4}, {"kind", 0.1}}, []Term{{"kind", 0.5}}, []Term{{"same", 0.2}})
	fresh := run([]Term{{"brutal", -0.1}, {"kind", 0.1}}, []Term{{"same", 0.2}}, []Term{{"same", 0.2}}, []Term{{"new\x1b", 0.3}})
	d := Diff(old, fresh, Tolerance{Cell: -1})
	if len(d.Cells) != 1 {
		t.Fatalf("%d cells moved", len(d.Cells))
	}
	m, sum := d.Cells[0], 0.0
	for _, e := range m.Entries {
		sum += e.Influence
	}
	if math.Abs(sum-m.Delta) > 1e-12 || m.Delta == 0 {
		t.Errorf("entries sum to %v, and the cell moved by %v", sum, m.Delta)
	}
	// kind: 0.1/4 less 0.6/3; brutal: -0.1/4 less -0.4/3; new: 0.3/4; same: 0.4/4 less 0.2/3.
	want := []Entry{{"kind", 0.025 - 0.2}, {"brutal", -0.025 + 0.4/3}, {"new\x1b", 0.075}, {"same", 0.1 - 0.2/3}}
	for i, e := range m.Entries {
		if i >= len(want) || e.Term != want[i].Term || math.Abs(e.Influence-want[i].Influence) > 1e-12 {
			t.Errorf("entry %d is %v", i, e)
		}
	}
	var text bytes.Buffer
	if err := d.Print(&text); err != nil || !strings.Contains(text.String(), "  by entry: kind -0.1750, brutal +0.1083, new  +0.0750, same +0.0333\n") {
		t.Errorf("%v in\n%s", err, &text)
	}

	// Inside the old interval nothing moves, where that is asked for.
	if d := Diff(old, fresh, Tolerance{Cell: -1, Intervals: true}); d.Moved() {
		t.Error("moved within the interval")
	}
	old.Cells[0].High = fresh.Cells[0].Tone - 0.001
	if d := Diff(old, fresh, Tolerance{Cell: -1, Intervals: true}); !d.Moved() {
		t.Error("moved out of the interval, and not told")
	}

	// A run that does not have its terms has no entries.
	for i := range old.Observations {
		old.Observations[i].Terms = nil
	}
	if d := Diff(old, fresh, Tolerance{Cell: -1}); len(d.Cells[0].Entries) > 0 {
		t.Errorf("entries of half of it: %v", d.Cells[0].Entries)
	}
}

// A difference that is carried in one run only is told, and does not count as moved.
func TestTurns(t *testing.T) {
	carried := func(a string, is bool) Contrast {
		return Contrast{Target: "US", Voice: "author", A: a, B: "z", Difference: 0.25, Carried: is}
	}
	old := Baseline{Contrasts: []Contrast{carried("a", true), carried("b", false), carried("c", true), carried("d", true)}}
	fresh := Baseline{Contrasts: []Contrast{carried("a", false), carried("b", false), carried("d", true), carried("e", true)}}
	d := Diff(old, fresh, Tolerance{})
	if d.Moved() {
		t.Error("counts as moved")
	}
	var got []string
	for _, turn := range d.Contrasts {
		got = append(got, turn.String())
	}
	const want = "US author, a less z: +0.2500 -> ~ +0.2500\nUS author, c less z: +0.2500 -> none\nUS author, e less z: none -> +0.2500"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
	var b bytes.Buffer
	if err := d.JSON(&b); err != nil || !json.Valid(b.Bytes()) || strings.Count(b.String(), `"carried": true`) != 3 {
		t.Errorf("%v: %s", err, &b)
	}
}
