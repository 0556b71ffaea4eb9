package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"parallax/analysis/compare"
)

// withAttention is [small] with invented attention: the harbour gives Freedonia
// more, and the plain one is an article of which nothing else can be told.
func withAttention(t *testing.T) Input {
	in := small(t)
	share := func(m compare.AttentionMeasure, source, target, holder string, n int, v, low, high float64, carried bool, warnings ...string) compare.AttentionEstimate {
		return compare.AttentionEstimate{Measure: m, Source: source, Target: target, Holder: holder, N: n, Value: v, Low: low, High: high,
			Unit: "document", Clusters: n, Carried: carried, Warnings: append([]string{}, warnings...)}
	}
	difference := func(m compare.AttentionMeasure, d, low, high, q float64, permutations int, carried bool, reason string) compare.AttentionContrast {
		return compare.AttentionContrast{Measure: m, Target: "FR", A: "harbour", B: "plain", Difference: d, Low: low, High: high, P: q, Q: q, QBH: q,
			Unit: "document", Permutations: permutations, Carried: carried, Reason: reason, Warnings: []string{}}
	}
	in.Attention = &compare.AttentionResult{
		Estimates: []compare.AttentionEstimate{
			share(compare.AttentionShare, "harbour", "FR", "", 40, 0.75, 0.6, 0.9, true),
			share(compare.AttentionShare, "plain", "FR", "", 20, 0.003, 0.0001, 0.2, true, "one article: says what this article attends to, not what the outlet does"),
			share(compare.AttentionTitle, "harbour", "FR", "", 12, 0.5, 0.3, 0.7, true),
			share(compare.AttentionTitle, "plain", "FR", "", 1, 1, 0, 1, false, "one document: no interval can be had"),
			share(compare.AttentionLead, "plain", "FR", "", 1, 0, 0, 1, false, "one document: no interval can be had"),
			share(compare.AttentionFirst, "harbour", "FR", "", 12, 0.05, 0.01, 0.2, true),
			share(compare.AttentionFirst, "plain", "FR", "", 1, 0.4, 0, 1, false, "one document: no interval can be had"),
			share(compare.AttentionQuoted, "harbour", "FR", "", 30, 0.4, 0.2, 0.6, true),
			share(compare.AttentionHolder, "harbour", "", "SY", 12, 0.25, 0.1, 0.5, true),
			share(compare.AttentionHolder, "harbour", "", "other", 12, 0.75, 0.5, 0.9, true),
			share(compare.AttentionHolder, "harbour", "FR", "SY", 4, 1, 0.4, 1, false, "fewer than 10 sentences (4)"),
		},
		Contrasts: []compare.AttentionContrast{
			difference(compare.AttentionShare, 0.747, 0.5, 0.9, 0.004, 9999, true, ""),
			difference(compare.AttentionTitle, -0.5, -0.9, 0.3, 1, 0, false, "too few articles (plain has one); at least 3 of each are needed to test"),
			difference(compare.AttentionFirst, -0.35, -0.6, -0.1, 0.02, 9999, true, ""),
			difference(compare.AttentionQuoted, 0.004, -0.2, 0.3, 0.8, 250, false, "difference 0.00 is within what chance gives (q 0.80); about 900 articles of each would be needed to see a difference this size (now 12 and 12)"),
		},
	}
	return in
}

// TestAttention says what the section on attention shows: a table, who is
// quoted, and sentences on what the data carry, with the earlier and the larger
// first; that what they do not carry is marked; and that there is no section
// where nothing was counted.
func TestAttention(t *testing.T) {
	page := func(in Input) string {
		var b bytes.Buffer
		if err := Markdown(&b, Build(in)); err != nil {
			t.Fatal(err)
		}
		return strings.NewReplacer("\u00a0", " ", `\`, "", "&lt;", "<", "&gt;", ">").Replace(b.String())
	}
	if got := page(small(t)); strings.Contains(got, "Who gets attention") {
		t.Error("attention is shown where none was counted")
	}
	got := page(withAttention(t))
	for _, want := range []string{
		"## Who gets attention",
		"**The Harbour Times article gives Freedonia more of its attention than the Plain Dealer article does**: 75 % of its sentences on targets are on it, against <1 % (difference in points 75, 95 % interval 50 to 90, Holm q 0.004).",
		"**The Harbour Times article comes to Freedonia earlier than the Plain Dealer article does**: on average after 5 % of an article that mentions it, against 40 % (difference in points 35, 95 % interval 10 to 60, Holm q 0.020).",
		"- No difference between two sources in what is quoted holds after correction for their number.",
		"- Differences in titles cannot be tested: there are too few articles.",
		"| Freedonia | Harbour Times | 75 % [60, 90] | 50 % [30, 70] | – | 5 % [1, 20] | 40 % [20, 60] | 30 |  |",
		"| Freedonia | The Plain Dealer | <1 % [<1, 20] | ~ yes | ~ no | ~ 40 % | – | 0 | a |",
		"| Harbour Times | all targets | 12 | 25 % [10, 50] | 75 % [50, 90] |",
		"| Harbour Times | Freedonia | 4 | ~ 100 % [40, 100] | – |",
		"Shares of sentences: 1 difference, 1 holds",
		"What is quoted: 1 difference, none holds",
		"| Harbour Times less The Plain Dealer: Freedonia | ~ +<1 [−20, +30] |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	if t.Failed() {
		t.Log(got[strings.Index(got, "## Who gets"):][:6000])
	}
}

func TestAttentionTitle(t *testing.T) {
	in := withAttention(t)
	for _, c := range []struct {
		measures []compare.AttentionMeasure
		want     string
	}{
		{[]compare.AttentionMeasure{compare.AttentionShare}, "The Harbour Times article gives Freedonia more of its attention than the Plain Dealer article does"},
		{[]compare.AttentionMeasure{compare.AttentionTitle, compare.AttentionLead}, "~ No difference in how prominent targets are is carried by these data"},
		{[]compare.AttentionMeasure{compare.AttentionQuoted}, "~ No difference in the attention that sources pay to targets is carried by these data"},
	} {
		if got := AttentionTitle(in, c.measures...); got != c.want {
			t.Errorf("%v: %q", c.measures, got)
		}
	}
	if got := AttentionTitle(small(t), compare.AttentionShare); !strings.HasPrefix(got, "~") {
		t.Errorf("without attention: %q", got)
	}
}

// Attention is in scores.json as it was given.
func TestAttentionInScores(t *testing.T) {
	in := withAttention(t)
	var b bytes.Buffer
	if err := WriteScores(&b, in); err != nil {
		t.Fatal(err)
	}
	var scores struct{ Attention *compare.AttentionResult }
	if err := json.Unmarshal(b.Bytes(), &scores); err != nil {
		t.Fatal(err)
	}
	if scores.Attention == nil || len(scores.Attention.Estimates) != len(in.Attention.Estimates) || scores.Attention.Contrasts[0].Q != 0.004 {
		t.Errorf("%+v", scores.Attention)
	}
	if strings.Contains(b.String(), `"warnings": null`) {
		t.Error("a list is null")
	}
}
