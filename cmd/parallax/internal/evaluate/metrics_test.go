package evaluate

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/stat"

	"parallax/analysis/compare"
	"parallax/lexicon"
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
	p.Tone = p.Positive - p.Negative
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
// Weighted by 2/5 and 3/5: 0.02 + 0.37 = 0.39. What weighs nothing does not count.
func TestCalibration(t *testing.T) {
	preds := []Prediction{
		pred(0, 0, 0.52), pred(1, 0, 0.58),
		pred(-1, -1, 0.9), pred(0, -1, 0.95), pred(1, -1, 1), pred(1, -1, 0.45),
	}
	got := reliability(preds, []int{1, 1, 1, 1, 1, 0})
	want := make([]Bin, 10)
	for i := range want {
		want[i].Low, want[i].High = float64(i)/10, float64(i+1)/10
	}
	want[5].Labels, want[5].Confidence, want[5].Accuracy = 2, 0.55, 0.5
	want[9].Labels, want[9].Confidence, want[9].Accuracy = 3, 0.95, 1.0/3
	if d := cmp.Diff(want, got, near); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if got := calibration(got); math.Abs(got-0.39) > 1e-9 {
		t.Errorf("got %v, want 0.39", got)
	}
	if got := calibration(reliability(nil, nil)); got != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// TestLosses: P of the labelled class 0.5, 0.2 and 0 (counted as 0.0001, twice).
//
//	log loss  (ln 2 + ln 5 + 2 ln 10000) / 4 = (0.693147 + 1.609438 + 18.420681) / 4 = 5.1808165
//	Brier     ((0.25 + 0.0625 + 0.0625) + (0.64 + 0.36 + 0.04) + 2 (1 + 1)) / 4
//	          = (0.375 + 1.04 + 4) / 4 = 1.35375
func TestLosses(t *testing.T) {
	preds := []Prediction{
		{Label: Label{Polarity: -1}, Negative: 0.5, Neutral: 0.25, Positive: 0.25},
		{Label: Label{Polarity: 1}, Negative: 0.6, Neutral: 0.2, Positive: 0.2},
		{Label: Label{Polarity: 0}, Negative: 1},
		{Label: Label{Polarity: 0}, Neutral: 1},
	}
	log, brier := losses(preds, []int{1, 1, 2, 0})
	if d := cmp.Diff([]float64{5.1808165, 1.35375}, []float64{log, brier}, cmpopts.EquateApprox(0, 1e-6)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	third := []Prediction{{Label: Label{Polarity: 1}, Negative: 1. / 3, Neutral: 1. / 3, Positive: 1. / 3}}
	if log, brier = losses(third, []int{5}); math.Abs(log-math.Log(3)) > 1e-9 || math.Abs(brier-2./3) > 1e-9 {
		t.Errorf("a third for each class gives %v and %v", log, brier)
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
}

// TestNothing says that no number of nothing is NaN but those that are null.
func TestNothing(t *testing.T) {
	m := Measure([]Prediction{{Label: Label{Unlabelled: true}}}, 0)
	if m.Labels != 0 || m.MacroF1 != 0 || m.LogLoss != 0 || m.ECE != 0 || m.Intervals.Recall != (Interval{0, 1}) {
		t.Errorf("%+v", m)
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), `"pearson":null,"spearman":null`) || !strings.Contains(string(data), `"accuracy":null`) {
		t.Errorf("%s", data)
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
		if d := cmp.Diff(tt.want, Wilson(tt.count, tt.of), cmpopts.EquateApprox(0, 0.00005)); d != "" {
			t.Errorf("%d of %d: -want +got\n%s", tt.count, tt.of, d)
		}
	}
}

// TestBootstrap says that the intervals hold their estimates, are the same each
// time, and get wider where what belongs together is drawn together.
func TestBootstrap(t *testing.T) {
	var preds []Prediction
	for i := range 240 {
		p := pred(i%3-1, i%3-1, 0.5)
		if i%40 < 20 { // right and wrong in runs, as in articles
			p = pred(i%3-1, (i+1)%3-1, 0.5)
		}
		p.Sentence, p.Group = strconv.Itoa(i), strconv.Itoa(i)
		preds = append(preds, p)
	}
	m := Measure(preds, 0)
	if d := cmp.Diff(m, Measure(preds, 0)); d != "" {
		t.Errorf("the second time differs: %s", d)
	}
	if want := (Resampling{"document", 240, 1000, 1}); m.Resampled != want {
		t.Errorf("resampled %+v", m.Resampled)
	}
	// An independent share of 0.5 among 240 has the standard error 0.0323.
	if i := m.Intervals.Accuracy; math.Abs(i[0]-0.437) > 0.012 || math.Abs(i[1]-0.563) > 0.012 {
		t.Errorf("accuracy %v in %v, want about 0.437 to 0.563", m.Accuracy, i)
	}
	for name, x := range map[string]struct {
		v float64
		i Interval
	}{
		"F1": {m.MacroF1, m.Intervals.MacroF1}, "loss": {m.LogLoss, m.Intervals.LogLoss}, "Brier": {m.Brier, m.Intervals.Brier},
		"ECE": {m.ECE, m.Intervals.ECE}, "r": {float64(m.Pearson), m.Intervals.Pearson}, "rho": {float64(m.Spearman), m.Intervals.Spearman},
	} {
		if x.i[0] > x.v || x.v > x.i[1] || x.i[0] == x.i[1] {
			t.Errorf("%s %v in %v", name, x.v, x.i)
		}
	}
	for i := range preds {
		preds[i].Group = strconv.Itoa(i / 20)
	}
	wide := Measure(preds, 0)
	if a, b := wide.Intervals.Accuracy, m.Intervals.Accuracy; wide.Resampled.Units != 12 || a[1]-a[0] < 2*(b[1]-b[0]) {
		t.Errorf("12 documents of 20 equal labels: %v, one by one %v", a, b)
	}
}

// TestClusters says what is drawn: documents, paragraphs where these are few,
// and never one alone.
func TestClusters(t *testing.T) {
	p := func(group, sentence string, paragraph int) Prediction {
		return Prediction{Label: Label{Group: group, Sentence: sentence}, Found: true, paragraph: paragraph}
	}
	preds := []Prediction{p("a", "1", 1), p("a", "2", 1), p("a", "3", 2), p("a", "4", 0), p("b", "5", 1), p("b", "5", 1), p("", "6", 0)}
	c := cluster(preds)
	if d := cmp.Diff([]int{0, 0, 1, 2, 3, 3, 4}, c.of); d != "" || c.Unit != "paragraph" || c.Units != 5 {
		t.Errorf("%s by %s, %d: -want +got\n%s", "drawn", c.Unit, c.Units, d)
	}
	for i := range 10 {
		preds = append(preds, p(strconv.Itoa(i), "7", 1))
	}
	if c = cluster(preds); c.Unit != "document" || c.Units != 13 || c.of[0] != c.of[3] {
		t.Errorf("%d by %s", c.Units, c.Unit)
	}
	if m := Measure(preds[4:6], 0); m.Intervals.Accuracy.Known() || !m.Intervals.Recall.Known() {
		t.Errorf("of one paragraph: %v", m.Intervals.Accuracy)
	}
}

// TestCorrelated says that weights are repetitions, and that the ranks are those
// of compare.Spearman.
func TestCorrelated(t *testing.T) {
	x := []float64{0.5, -1, 0.5, 0, 0.25, 0.9}
	y := []float64{1, -1, 0, 0, 1, 1}
	weights := []int{2, 1, 0, 3, 1, 1}
	var longX, longY []float64
	for i, w := range weights {
		for range w {
			longX, longY = append(longX, x[i]), append(longY, y[i])
		}
	}
	got := correlated(x, y)(weights)
	want := []float64{stat.Correlation(longX, longY, nil), compare.Spearman(longX, longY)}
	if d := cmp.Diff(want, got, near); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if r := correlated(x, y)([]int{0, 0, 0, 0, 0, 3}); !math.IsNaN(r[0]) || !math.IsNaN(r[1]) {
		t.Errorf("of one pair: %v", r)
	}
}

// TestCorrelate: of 1, 2, 3, 4 and 2, 1, 4, 3 both correlations are 0.6. The
// valences themselves are no better than themselves.
func TestCorrelate(t *testing.T) {
	var ratings []Rating
	var valences []float64
	for i := range 48 {
		ratings = append(ratings, Rating{ID: strconv.Itoa(i), Rating: []float64{2, 1, 4, 3}[i%4], Group: strconv.Itoa(i / 2)})
		valences = append(valences, float64(i%4+1)/4)
	}
	ratings = append(ratings, Rating{ID: "none", Unrated: true})
	valences = append(valences, -1)
	c, how := Correlate(ratings, valences, valences)
	if c.Texts != 48 || math.Abs(float64(c.Pearson)-0.6) > 1e-9 || math.Abs(float64(c.Spearman)-0.6) > 1e-9 || how != (Resampling{"document", 24, 1000, 1}) {
		t.Errorf("%+v, %+v", c, how)
	}
	if *c.Ahead != (Interval{}) || c.PearsonInterval[0] >= 0.6 || c.PearsonInterval[1] < 0.6 {
		t.Errorf("ahead of itself by %v; %v", *c.Ahead, c.PearsonInterval)
	}
	if _, how = Correlate(ratings[:8], valences, nil); how.Unit != "text" || how.Units != 8 {
		t.Errorf("of four documents: %+v", how)
	}
	worst := WorstRatings(ratings, valences, 2)
	if len(worst) != 2 || worst[0].Index != 0 || math.Abs(worst[0].Got-worst[0].Expected+1/math.Sqrt(1.25)) > 1e-9 {
		t.Errorf("worst: %+v", worst)
	}
	if got := WorstRatings(ratings[:1], valences, 2); got != nil {
		t.Errorf("of one text: %+v", got)
	}
}

// TestStand holds a baseline against the metrics of the same classes, and a
// perfect one against what it must be.
func TestStand(t *testing.T) {
	preds := []Prediction{pred(1, 1, 0.9), pred(0, 1, 0.9), pred(0, 0, 0.9), pred(-1, -1, 0.6)}
	for i := range preds {
		preds[i].Sentence = strconv.Itoa(i)
	}
	s := Stand(preds, Baseline{Name: "x", Class: []int{1, 0, 0, -1}})
	if s.Accuracy != 1 || s.MacroF1 != 1 || math.Abs(s.Ahead-(Measure(preds, 0).MacroF1-1)) > 1e-9 || s.AheadInterval[1] > 0 {
		t.Errorf("%+v", s)
	}
	all := Constants(preds)
	if len(all) != 2 || all[1].Note != "here neutral" {
		t.Errorf("%+v", all)
	}
	if s = Stand(preds, all[1]); s.Accuracy != 0.5 || s.Confusion != [3][3]int{{0, 1, 0}, {0, 2, 0}, {0, 1, 0}} {
		t.Errorf("always neutral: %+v", s)
	}
}

// TestOthers says of which sign the others find plain praise and blame, that
// equal sentences get equal answers, and where VADER's classes part.
func TestOthers(t *testing.T) {
	got, err := Others(t.Context(), []string{"A wonderful, excellent film.", "An awful, terrible, boring film.", "", "A wonderful, excellent film."})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range got {
		if d := cmp.Diff([]int{1, -1, 0, 1}, b.Class); d != "" || b.Valence[0] <= 0.5 || b.Valence[1] >= -0.5 || b.Valence[2] != 0 || b.Valence[3] != b.Valence[0] {
			t.Errorf("%s: %v %v", b.Name, b.Class, b.Valence)
		}
	}
	for x, want := range map[float64]int{0.05: 1, 0.0499: 0, 0: 0, -0.0499: 0, -0.05: -1} {
		if class(x, vaderEdge) != want {
			t.Errorf("%v is called %d", x, class(x, vaderEdge))
		}
	}
}

// TestSlices counts by hand. Sentence 1 has two targets, of which two labels
// name the same one; sentence 2 is negated; "not only" is no negation.
func TestSlices(t *testing.T) {
	found := func(sentence, target, role, voice string, said int) Prediction {
		p := pred(0, said, 0.9)
		p.Sentence, p.Target, p.Role, p.PVoice = sentence, target, role, voice
		return p
	}
	preds := []Prediction{
		found("Seoul met Pyongyang.", "SK", "agent", "author", 0),
		found("Seoul met Pyongyang.", "NK", "patient", "author", 0),
		found("Seoul met Pyongyang.", "NK", "patient", "quoted", 1),
		found("Seoul did not agree.", "SK", "agent", "author", 1),
		found("Seoul not only agreed, it rejoiced.", "SK", "other", "author", 0),
		{Label: Label{Sentence: strings.Repeat("word ", 40), Target: "US"}},
		{Label: Label{Sentence: "Seoul met Pyongyang.", Target: "US", Unlabelled: true}},
	}
	preds[3].Voice = "quoted"
	var got []string
	for _, s := range Slices(preds, lexicon.Default()) {
		got = append(got, fmt.Sprintf("%s, %s: %d, %.2f", s.By, s.Name, s.Labels, s.Accuracy))
		if s.MacroF1Interval.Known() {
			t.Errorf("%s: an interval of %d labels", s.Name, s.Labels)
		}
	}
	want := []string{
		"voice, author: 3, 1.00", "voice, quoted: 2, 0.00", "voice, not found: 1, 1.00",
		"negation, none: 5, 0.80", "negation, negated: 1, 0.00",
		"targets in the sentence, one: 3, 0.67", "targets in the sentence, several: 3, 0.67",
		"tokens, 1 to 18: 5, 0.60", "tokens, 38 or more: 1, 1.00",
		"role, agent: 2, 0.50", "role, patient: 2, 0.50", "role, other: 1, 1.00", "role, not found: 1, 1.00",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// A class that neither labels nor predictions have is no part of the mean; one
// that is only predicted is, with an F1 of 0.
func TestMacroF1OfFewClasses(t *testing.T) {
	for _, c := range []struct {
		preds []Prediction
		want  float64
	}{
		{[]Prediction{pred(1, 1, 0.9)}, 1},
		{[]Prediction{pred(1, 1, 0.9), pred(-1, -1, 0.9)}, 1},
		{[]Prediction{pred(1, 1, 0.9), pred(1, 0, 0.9)}, 1.0 / 3}, // 2/3 and 0
	} {
		if got := Measure(c.preds, 0).MacroF1; math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%d predictions: macro F1 %g, want %g", len(c.preds), got, c.want)
		}
	}
}

func TestWorst(t *testing.T) {
	preds := []Prediction{pred(0, 0, 0.9), pred(1, -1, 0.8), pred(1, -1, 0.9), pred(1, -1, 0.9), pred(-1, 1, 1)}
	preds[4].Unlabelled = true
	for i := range preds {
		preds[i].Sentence = fmt.Sprint("sentence ", i)
	}
	if d := cmp.Diff([]int{2, 3}, Worst(preds, 2)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if d := cmp.Diff([]int{2, 3, 1}, Worst(preds, 9)); d != "" { // the first is right
		t.Errorf("-want +got\n%s", d)
	}
	preds[3].Sentence = preds[2].Sentence
	if d := cmp.Diff([]int{2, 1}, Worst(preds, 9)); d != "" {
		t.Errorf("a sentence that is labelled twice: -want +got\n%s", d)
	}
}
