package framing_test

import (
	"math"
	"testing"

	"parallax/analysis"
	"parallax/analysis/framing"
	"parallax/analysis/target"
	"parallax/lexicon"
)

func dictionary(t *testing.T) *analysis.Analyzer {
	t.Helper()
	set, err := target.Parse("targets.yaml", []byte(actors))
	if err != nil {
		t.Fatal(err)
	}
	return analysis.New(set, nil, framing.NewDictionary(lexicon.Default()))
}

// The dictionary gives all targets of a sentence one tone; a negator turns and an
// intensifier strengthens up to three words behind it, and no more.
func TestDictionary(t *testing.T) {
	a := dictionary(t)
	tone := func(s string) float64 {
		o := observe(a, s)
		if s, ok := o["S"]; ok && s.Tone != o["F"].Tone {
			t.Errorf("%v: tones %v and %v", s.Sentence, o["F"].Tone, s.Tone)
		}
		return o["F"].Tone
	}
	for _, c := range []struct {
		sentence string
		ok       func(float64) bool
	}{
		{"Freedonia met Sylvania.", func(x float64) bool { return math.Abs(x) < 0.1 }},
		{"Freedonia is brutal to Sylvania.", func(x float64) bool { return x < -0.3 }},
		{"Freedonia is generous to Sylvania.", func(x float64) bool { return x > 0.3 }},
		{"Freedonia is not generous.", func(x float64) bool { return x < 0 }},
		{"Freedonia is not, as people in many towns say, generous.", func(x float64) bool { return x > 0.3 }},
		{"Freedonia is a rogue state.", func(x float64) bool { return x < -0.3 }},
	} {
		if x := tone(c.sentence); !c.ok(x) {
			t.Errorf("%s: %+.2f", c.sentence, x)
		}
	}
	if very, plain := tone("Freedonia is very friendly."), tone("Freedonia is friendly."); very <= plain {
		t.Errorf("very friendly %+.2f, friendly %+.2f", very, plain)
	}
}

func TestDictionarySums(t *testing.T) {
	a := dictionary(t)
	for _, text := range texts {
		for _, o := range a.Analyze(document(text)).Observations {
			sum := 0
			for _, e := range o.Evidence {
				sum += units(t, e.Contribution)
			}
			if sum != units(t, o.Tone) || math.IsNaN(o.Tone) {
				t.Errorf("%s: contributions sum to %d, tone is %v", text, sum, o.Tone)
			}
		}
	}
}
