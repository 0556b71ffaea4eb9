package report

import (
	"math"
	"testing"

	"parallax/analysis"
)

// TestRelationEstimate checks the mean and interval against hand arithmetic: of
// -0.7, -0.7, -0.3, 0.1, 0.1 the mean is -0.3 and the variance 0.64/4 = 0.16, so
// half the 95 % interval is 1.959964 * sqrt(0.16/5) = 0.3506.
func TestRelationEstimate(t *testing.T) {
	deeds := func(values ...float64) (out []analysis.ObservedRelation) {
		for _, v := range values {
			out = append(out, analysis.ObservedRelation{Term: "t", Value: v, Negated: v == 0})
		}
		return out
	}
	var c Relation
	c.estimate(deeds(-0.7, -0.7, -0.3, 0.1, 0.1), 0.95)
	if c.N != 5 || *c.Value != -0.3 || math.Abs(*c.Low+0.6506) > 1e-9 || math.Abs(*c.High-0.0506) > 1e-9 {
		t.Errorf("%+v: %s", c, c.figure())
	}
	for _, tt := range []struct {
		values []float64
		want   string
	}{
		{[]float64{-0.7, -0.7, -0.3, 0.1, 0.1}, "~ −0.30 [−0.65, +0.05] (includes zero)"},
		{[]float64{-0.7, -0.7, -0.3, -0.1}, "~ −0.45 [−1.00, +1.00] (4 deeds: an interval needs 5 or more)"},
		{[]float64{0.1, 0.1, 0.1, 0.1, 0.1}, "~ +0.10 [−1.00, +1.00] (all deeds have one value: no interval can be had)"},
		{[]float64{0, 0, 0, 0, 0}, "~ 0.00 [−1.00, +1.00] (all deeds have one value: no interval can be had)"},
		{[]float64{-1, -1, -1, -1, -0.9}, "−0.98 [−1.00, −0.94]"},
		{nil, "– (every deed is only possible, wanted or threatened)"},
	} {
		var c Relation
		c.estimate(deeds(tt.values...), 0.95)
		if got := c.figure().String(); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.values, got, tt.want)
		}
	}
}

// TestRelationCells: a deed counts once, though both observations have it; what
// is only possible stands apart; the order is that of sources and targets.
func TestRelationCells(t *testing.T) {
	type row struct {
		source, voice, pair string
		n, modal, negated   int
	}
	want := []row{
		{"harbour", "author", "FR SY", 2, 0, 1},
		{"harbour", "author", "SY FR", 0, 1, 0},
		{"plain", "author", "FR SY", 6, 0, 0},
		{"plain", "quoted", "FR SY", 6, 0, 0},
	}
	got := Relations(small(t))
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i, c := range got {
		if r := (row{c.Source, c.Voice, c.Agent + " " + c.Patient, c.N, c.Modal, c.Negated}); r != want[i] {
			t.Errorf("row %d: %v, want %v", i, r, want[i])
		}
	}
}
