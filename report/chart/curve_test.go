package chart

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// madeCurve is a curve of so many specifications.
func madeCurve(n int, centre float64) CurveData {
	r := rand.New(rand.NewPCG(uint64(n), 9))
	d := CurveData{
		Text: Text{
			Title:    "Made-up data: DW frames North Korea less favourably than teleSUR in most specifications",
			Subtitle: "Difference of mean tones, DW − teleSUR, by specification, the lowest first; lines: 95 % intervals",
			Caption:  "Two articles from two outlets, 2017-06-07 to 2018-06-15 · Parallax 0.1, lexicon 1, seed 1",
		},
		Above: "DW is more favourable", Below: "DW is less favourable",
		Choices: []CurveChoice{
			{"scorer", []string{"learned weights", "rules", "sum of words"}}, {"scope", []string{"sentence", "clause"}},
			{"voice", []string{"author", "all"}}, {"mentions", []string{"all", "nominals", "names"}}, {"negation", []string{"on", "off"}},
		},
	}
	for range n {
		var p CurvePoint
		p.Value = max(-1, min(1, centre+0.2*r.NormFloat64()))
		p.Low, p.High = p.Value-0.1-0.2*r.Float64(), p.Value+0.1+0.2*r.Float64()
		p.Carried = p.Low > 0 || p.High < 0
		for _, c := range d.Choices {
			p.Options = append(p.Options, r.IntN(len(c.Options)))
		}
		d.Points = append(d.Points, p)
	}
	slices.SortFunc(d.Points, func(a, b CurvePoint) int {
		if a.Value < b.Value {
			return -1
		}
		return 1
	})
	d.Points[n/3].Usual = true
	return d
}

func TestCurveGolden(t *testing.T) {
	d := madeCurve(24, -0.25)
	o, err := Options{Width: leastWidth}.check()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "curve", curveSheet(d, o).image())
}

// From one specification to thousands nothing overlaps, and figures stay small.
func TestCurveLayout(t *testing.T) {
	for _, n := range crowds(1, 4, 36, 200, 201, 3000) {
		for _, centre := range []float64{-0.9, 0, 0.5} {
			d := madeCurve(n, centre)
			d.Choices[0].Name = strings.Repeat("a very long choice ", 5)
			d.Choices[1].Options[1] = strings.Repeat("a very long option ", 9)
			for _, width := range []float64{0, leastWidth} {
				o, err := Options{Width: width}.check()
				if err != nil {
					t.Fatal(err)
				}
				s := curveSheet(d, o)
				checkLayout(t, s)
				if s.height > 700 {
					t.Errorf("%d specifications: %g points high", n, s.height)
				}
			}
			for _, f := range []Format{PNG, SVG} {
				var b bytes.Buffer
				if err := Curve(&b, d, Options{Format: f}); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

// Of many specifications the ends and the usual one are drawn, each once and in
// order.
func TestThinned(t *testing.T) {
	for _, n := range []int{150, 201, 399, 400, 1000, 2161} {
		for _, usual := range []int{0, 1, n / 2, n - 2, n - 1} {
			all := make([]CurvePoint, n)
			for i := range all {
				all[i] = CurvePoint{Value: float64(i) / float64(n), Usual: i == usual}
			}
			got := thinned(all, maxCurve)
			if len(got) != min(n, maxCurve) || got[0].Value != 0 || got[len(got)-1].Value != all[n-1].Value {
				t.Errorf("%d: %d drawn, from %v to %v", n, len(got), got[0], got[len(got)-1])
			}
			marked := 0
			for i, p := range got {
				if p.Usual {
					marked++
				}
				if i > 0 && p.Value <= got[i-1].Value {
					t.Errorf("%d: out of order at %d", n, i)
				}
			}
			if marked != 1 {
				t.Errorf("%d, usual %d: marked %d times", n, usual, marked)
			}
		}
	}
}

func TestCurveRefuses(t *testing.T) {
	for name, spoil := range map[string]func(d *CurveData){
		"nothing":      func(d *CurveData) { d.Points = nil },
		"out of order": func(d *CurveData) { slices.Reverse(d.Points) },
		"no option":    func(d *CurveData) { d.Points[2].Options[0] = 7 },
		"interval":     func(d *CurveData) { d.Points[1].Low = 1.5 },
	} {
		d := madeCurve(9, 0)
		spoil(&d)
		if err := Curve(new(bytes.Buffer), d, Options{}); err == nil {
			t.Errorf("%s: drawn", name)
		}
	}
}
