package cli

import (
	"strings"
	"testing"

	"parallax/cmd/parallax/internal/evaluate"
)

// Titles claim what the interval carries, and nothing of few labels.
func TestEvalChartTitles(t *testing.T) {
	for _, c := range []struct {
		right, labels int
		said          float64
		want          string
	}{
		{1, 1, 0.68, "~ 1 label: too few to tell, which takes 30"},
		{29, 29, 15, "~ 29 labels: too few to tell, which takes 30"},
		{70, 100, 68, "Predictions are about as often right as they are confident: 70 % against 68 %"},
		{70, 100, 50, "Predictions are more often right than they are confident: 70 % against 50 %"},
		{700, 1000, 800, "Predictions are less often right than they are confident: 70 % against 80 %"},
	} {
		if got := reliabilityTitle(c.right, c.labels, c.said); got != c.want {
			t.Errorf("%d of %d: got %q, want %q", c.right, c.labels, got, c.want)
		}
	}
	for want, m := range map[string]evaluate.Metrics{
		"~ 1 label: too few to tell, which takes 30":                                 {Labels: 1, Tone: evaluate.Tone{Accuracy: 1, Confusion: [3][3]int{{1, 0, 0}}}},
		"60 % of the labels are predicted right":                                     {Labels: 40, Tone: evaluate.Tone{Accuracy: 0.6, Confusion: [3][3]int{{12, 4, 4}, {5, 12, 3}}}},
		"80 % of the labels are predicted right; negative is taken for neutral most": {Labels: 200, Tone: evaluate.Tone{Accuracy: 0.8, Confusion: [3][3]int{{60, 39, 1}, {0, 100, 0}}}},
	} {
		if got := confusionTitle(m); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	// A single label has no interval: a chart says so in place of "NaN".
	r := &labelEvaluation{File: "one.jsonl"}
	r.Metrics = evaluate.Measure([]evaluate.Prediction{{Label: evaluate.Label{Polarity: 1}, Found: true, Predicted: 1, Tone: 0.6, Neutral: 0.4, Positive: 0.6}}, 0)
	for _, text := range []string{r.confusion().Subtitle, r.reliability().Subtitle} {
		if strings.Contains(text, "NaN") {
			t.Errorf("%q", text)
		}
	}
}
