package evaluate

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// near is the tolerance of the comparisons with hand arithmetic.
var near = cmpopts.EquateApprox(0, 1e-9)

// pred is a found prediction with probabilities that fit its class.
func pred(gold, said int, confidence float64) Prediction {
	p := Prediction{Label: Label{Sentence: "s", Target: "SK", Polarity: gold}, Found: true, Predicted: said}
	rest := (1 - confidence) / 2
	p.Negative, p.Neutral, p.Positive = rest, rest, rest
	switch said {
	case -1:
		p.Negative = confidence
	case 0:
		p.Neutral = confidence
	case 1:
		p.Positive = confidence
	}
	return p
}

// TestMeasureTone holds the metrics against hand arithmetic:
//
//	           called  -  0  +
//	labelled -         2  1  0    precision 2/3, recall 2/3, F1 4/6  = 0.6667
//	labelled 0         1  3  1    precision 3/4, recall 3/5, F1 6/9  = 0.6667
//	labelled +         0  0  2    precision 2/3, recall 1,   F1 4/5  = 0.8
//
// accuracy 7/10, macro F1 (0.66667 + 0.66667 + 0.8)/3 = 0.71111.
func TestMeasureTone(t *testing.T) {
	var preds []Prediction
	matrix := [3][3]int{{2, 1, 0}, {1, 3, 1}, {0, 0, 2}}
	for i, row := range matrix {
		for j, n := range row {
			for range n {
				preds = append(preds, pred(i-1, j-1, 0.6))
			}
		}
	}
	got := Measure(preds, 0).Tone
	want := Tone{
		Accuracy: 0.7, MacroF1: 32.0 / 45, Confusion: matrix,
		Classes: [3]Class{{3, 2.0 / 3, 2.0 / 3, 2.0 / 3}, {5, 3.0 / 4, 3.0 / 5, 2.0 / 3}, {2, 2.0 / 3, 1, 4.0 / 5}},
	}
	if d := cmp.Diff(want, got, near); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// TestCalibration: two found pairs in the bin [0.5, 0.6), mean confidence 0.55,
// one right: gap 0.05. Three in [0.9, 1], mean 0.95, one right: gap 0.95 - 1/3.
// Weighted by 2/5 and 3/5: 0.02 + 0.37 = 0.39. A pair not found does not count.
func TestCalibration(t *testing.T) {
	lost := Prediction{Label: Label{Polarity: 1}}
	preds := []Prediction{
		pred(0, 0, 0.52), pred(1, 0, 0.58),
		pred(-1, -1, 0.9), pred(0, -1, 0.95), pred(1, -1, 1), lost,
	}
	if got := calibration(preds); math.Abs(got-0.39) > 1e-9 {
		t.Errorf("got %v, want 0.39", got)
	}
	if got := calibration([]Prediction{lost}); got != 0 {
		t.Errorf("of nothing found: %v", got)
	}
}

func TestMeasureVoices(t *testing.T) {
	p := func(target, voice, holder, pvoice, pholder string) Prediction {
		return Prediction{Label: Label{Target: target, Voice: voice, Holder: holder}, Found: true, PVoice: pvoice, PHolder: pholder}
	}
	preds := []Prediction{
		p("US", "author", "author", "author", ""),
		p("SK", "author", "author", "quoted", "US"),     // wrong voice
		p("US", "quoted", "SK", "quoted", "SK"),         // right
		p("US", "quoted", "other", "quoted", "A. Berg"), // a name that is no target counts as other
		p("US", "quoted", "other", "quoted", "SK"),      // wrong holder
		p("US", "quoted", "other", "author", ""),        // wrong voice, and so no holder
		p("US", "", "", "quoted", "SK"),                 // nobody labelled the voice
		{Label: Label{Target: "US", Voice: "quoted", Holder: "SK"}},
	}
	preds[0].Outside = true
	m := Measure(preds, 3)
	type counts struct{ Labels, Found, Extra, Outside, Voices, VoiceRight, Quoted, HolderRight int }
	got := counts{m.Labels, m.Found, m.Extra, m.Outside, m.Voices, m.VoiceRight, m.Quoted, m.HolderRight}
	if d := cmp.Diff(counts{8, 7, 3, 1, 6, 4, 4, 2}, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if d := cmp.Diff([]float64{7.0 / 8, 7.0 / 10, 4.0 / 6, 2.0 / 4}, []float64{m.Recall, m.Precision, m.Voice, m.Holder}, near); d != "" {
		t.Errorf("shares: -want +got\n%s", d)
	}
	if got := Measure(Inside(preds), 3).Labels; got != 7 {
		t.Errorf("%d labels without those outside, want 7", got)
	}
}

// TestNothing says that no number of nothing is NaN.
func TestNothing(t *testing.T) {
	m := Measure(nil, 0)
	all := Interval{0, 1}
	want := Metrics{Intervals: Intervals{all, all, all, all, all, all}}
	if d := cmp.Diff(want, m); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// TestWilson compares with the examples of the score method without continuity
// correction in R. G. Newcombe, Two-sided confidence intervals for the single
// proportion, Statistics in Medicine 17 (1998), table I: 81 of 263, and 0 of 20.
// 20 of 20 mirrors the latter.
func TestWilson(t *testing.T) {
	for _, tt := range []struct {
		count, of int
		want      Interval
	}{
		{81, 263, Interval{0.2553, 0.3662}},
		{0, 20, Interval{0, 0.1611}},
		{20, 20, Interval{0.8389, 1}},
		{0, 0, Interval{0, 1}},
	} {
		if d := cmp.Diff(tt.want, wilson(tt.count, tt.of), cmpopts.EquateApprox(0, 0.00005)); d != "" {
			t.Errorf("%d of %d: -want +got\n%s", tt.count, tt.of, d)
		}
	}
}

// TestResample says that the intervals hold their estimates, are the same each
// time, and that labels of one sentence stay together: with one sentence there
// is nothing to resample.
func TestResample(t *testing.T) {
	var preds []Prediction
	for i := range 60 {
		p := pred(i%3-1, (i/4)%3-1, 0.5)
		p.Sentence = string(rune('a' + i/3))
		preds = append(preds, p)
	}
	m, again := Measure(preds, 0), Measure(preds, 0)
	if d := cmp.Diff(m, again); d != "" {
		t.Errorf("the second time differs: %s", d)
	}
	for name, i := range map[string]Interval{"accuracy": m.Intervals.Accuracy, "F1": m.Intervals.MacroF1} {
		v := map[string]float64{"accuracy": m.Accuracy, "F1": m.MacroF1}[name]
		if i[0] >= v || v >= i[1] || i[0] < 0 || i[1] > 1 {
			t.Errorf("%s %v in %v", name, v, i)
		}
	}
	for i := range preds {
		preds[i].Sentence = "one"
	}
	if m = Measure(preds, 0); m.Intervals.Accuracy != (Interval{m.Accuracy, m.Accuracy}) {
		t.Errorf("one sentence has the interval %v", m.Intervals.Accuracy)
	}
}

func TestGuess(t *testing.T) {
	preds := []Prediction{pred(1, 1, 0.9), pred(0, 1, 0.9)}
	m := Measure(Guess(preds, func(string) int { return 0 }), 0)
	if m.Accuracy != 0.5 || preds[0].Predicted != 1 {
		t.Errorf("accuracy %v of always neutral, and the argument became %+v", m.Accuracy, preds[0])
	}
}
