package opinion

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parallax/analysis"
)

func classifier(t testing.TB) *Classifier {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestScoreIsTheLibrarys holds the sum of logarithms against the library: the
// sign against its class, and the size against its probability, which does not
// underflow in sentences this short.
func TestScoreIsTheLibrarys(t *testing.T) {
	c := classifier(t)
	for _, s := range []string{
		"wonderful",
		"This movie is wonderful and great",
		"a terrible bore",
		"North Korea launched a missile; the people suffered.",
		"The state-run agency, it said, was “deeply” concerned.",
		"They agreed to talks",
	} {
		got := c.Score(s)
		if class := c.model.Predict(s); (class == 1) != (got > 0) {
			t.Errorf("Score(%q) = %v, but the library's class is %d", s, got, class)
		}
		class, p := c.model.Probability(s)
		want := math.Log(p / (1 - p))
		if class == 0 {
			want = -want
		}
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("Score(%q) = %v, from the library's probability %v", s, got, want)
		}
	}
}

func TestScoreOfNothing(t *testing.T) {
	c := classifier(t)
	for _, s := range []string{"", " ", "zzzqqq", "…!", "2018"} {
		if got := c.Score(s); got != 0 {
			t.Errorf("Score(%q) = %v, want 0: no word is known", s, got)
		}
	}
}

func FuzzScore(f *testing.F) {
	f.Add("North Korea threatened the South.")
	f.Add("")
	f.Add("wonderful\nacting\x00\xff")
	c := classifier(f)
	f.Fuzz(func(t *testing.T, s string) {
		if got := c.Score(s); math.IsNaN(got) || math.IsInf(got, 0) {
			t.Errorf("Score(%q) = %v", s, got)
		}
	})
}

func observation(start int, tone float64, sentence string) analysis.Observation {
	return analysis.Observation{Document: "d", Start: start, End: start + 1, Tone: tone, Sentence: sentence}
}

func TestAgree(t *testing.T) {
	const good, bad = "wonderful", "terrible"
	tests := []struct {
		name string
		in   []analysis.Observation
		want Agreement
	}{
		{"nothing", nil, Agreement{Spearman: math.NaN(), Kappa: math.NaN()}},
		{"alike", []analysis.Observation{
			observation(0, 0.5, good), observation(1, -0.5, bad),
		}, Agreement{Sentences: 2, Leaning: 2, Spearman: 1, Kappa: 1}},
		{"contrary", []analysis.Observation{
			observation(0, -0.5, good), observation(1, 0.5, bad),
		}, Agreement{Sentences: 2, Leaning: 2, Spearman: -1, Kappa: -1}},
		// A neutral sentence of ours and one that the classifier knows nothing
		// of have no sign. Ranks 2, 1, 3, 4 against 4, 1, 3, 2: Spearman is
		// 1 - 6*(4+0+0+4)/60 = 0.2.
		{"without sign", []analysis.Observation{
			observation(0, 0, good), observation(1, -0.5, bad),
			observation(2, 0.4, "wonderful terrible wonderful"), observation(3, 0.6, "zzzqqq"),
		}, Agreement{Sentences: 4, Leaning: 2, Spearman: 0.2, Kappa: 1}},
		// One sentence with two targets is one sentence, with the mean tone.
		{"two targets", []analysis.Observation{
			observation(0, 0.9, bad), observation(0, -0.1, bad), observation(1, 0.5, good),
		}, Agreement{Sentences: 2, Leaning: 2, Spearman: 1, Kappa: 0}},
		{"targets that cancel", []analysis.Observation{
			observation(0, 0.3, bad), observation(0, -0.3, bad), observation(1, 0.5, good),
		}, Agreement{Sentences: 2, Leaning: 1, Spearman: 1, Kappa: math.NaN()}},
	}
	c := classifier(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := c.Agree(tt.in)
			equal := cmp.Options{cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 1e-12)}
			if d := cmp.Diff(tt.want, got, equal); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
			reversed := slices.Clone(tt.in)
			slices.Reverse(reversed)
			if d := cmp.Diff(got, c.Agree(reversed), equal); d != "" {
				t.Errorf("order matters\n%s", d)
			}
		})
	}
}
