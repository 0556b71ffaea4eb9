package report

import (
	"bytes"
	"strings"
	"testing"

	"parallax/analysis/compare"
)

// TestTopics says that raw and adjusted tones, and differences, stand side by
// side for sources' own voices, and that what holds only one way is counted.
func TestTopics(t *testing.T) {
	page := func(in Input) string {
		var b bytes.Buffer
		if err := Markdown(&b, Build(in)); err != nil {
			t.Fatal(err)
		}
		return strings.NewReplacer("\u00a0", " ", `\`, "").Replace(b.String())
	}
	in := small(t)
	in.Topics = &compare.TopicResult{}
	if strings.Contains(page(in), "Adjusted for topic") {
		t.Error("a section without an adjusted tone")
	}
	in.Topics = &compare.TopicResult{
		Tones: []compare.Adjusted{
			{Source: "harbour", Target: "FR", Voice: "author", Raw: -0.4167, Adjusted: -0.2, Low: -0.3, High: -0.1, Clusters: 7},
			{Source: "plain", Target: "FR", Voice: "author", Raw: 0.24, Adjusted: 0.04, Low: -0.06, High: 0.14, Clusters: 9},
			{Source: "plain", Target: "FR", Voice: "quoted", Raw: 0.9, Adjusted: 0.9, Low: 0.8, High: 1, Clusters: 9},
		},
		Contrasts: []compare.AdjustedContrast{
			{Target: "FR", Voice: "author", A: "harbour", B: "plain", Raw: -0.6567, Adjusted: -0.24, Low: -0.5, High: 0.02, P: 0.06, Q: 0.06},
		},
		Unadjusted: []compare.Unadjusted{{Target: "SY", Voice: "author", Reason: "no sentence is in a frame"}, {Target: "FR", Voice: "all", Reason: "hidden"}},
	}
	got := page(in)
	for _, want := range []string{
		"## Adjusted for topic",
		"| Freedonia | Harbour Times | **−0.42 [−0.43, −0.40]** | −0.20 [−0.30, −0.10] | 7 paragraphs |",
		"| Freedonia | The Plain Dealer | **+0.24 [+0.19, +0.29]** | ~ +0.04 [−0.06, +0.14] | 9 paragraphs |",
		"1 difference between sources, raw and adjusted: one holds only raw",
		"| Harbour Times less The Plain Dealer: Freedonia | −0.66 [−0.72, −0.59] | ~ −0.24 [−0.50, +0.02] | 0.060 |",
		"Not adjusted: Sylvanian Republic (no sentence is in a frame).",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, not := range []string{"hidden", "+0.90 [+0.80"} {
		if strings.Contains(got, not) {
			t.Errorf("%q is shown", not)
		}
	}
}
