package report

import (
	"slices"
	"strings"
	"testing"

	"parallax/analysis/compare"
	"parallax/analysis/corpus"
)

// TestDates looks at what is said of differences across a date: which way they
// go, how many there are, that none holds, and that a side is empty.
func TestDates(t *testing.T) {
	dated := func(split string, contrasts ...compare.Contrast) Input {
		in := Input{Targets: []TargetInfo{{"X", "Xanadu"}}, Manifest: Manifest{Options: map[string]string{"split-date": split}},
			Documents: []corpus.Document{{ID: "a", Date: "2017-05"}, {ID: "b", Date: "2019-01-02"}, {ID: "c"}}}
		for _, s := range []string{"Alpha", "Beta", "Gamma", "Delta", "Epsilon"} {
			in.Sources = append(in.Sources, SourceInfo{ID: s, Outlet: s, Documents: 9})
			in.Result.Cells = append(in.Result.Cells, estimated(s, "X", "author", 0, -0.2, 0.2, 30))
		}
		in.Result.Further = contrasts
		return in
	}
	across := func(source string, difference, q float64) compare.Contrast {
		return compare.Contrast{Family: compare.ByDate, Source: source, Target: "X", Voice: "author", A: "before", B: "since", Permutations: 99,
			Difference: difference, Low: difference - 0.1, High: difference + 0.1, Q: q, Carried: q < 0.05}
	}
	for _, test := range []struct {
		name string
		in   Input
		want []string
		none string
	}{
		{"both ways, the surest first", dated("2018", across("Alpha", 0.3, 0.02), across("Beta", -0.4, 0.01), across("Gamma", 0.1, 0.5)), []string{
			"In its own voice, Beta is more favourable to Xanadu since 2018 than before by 0.40 (95\u00a0% interval 0.30 to 0.50, Holm q 0.010).",
			"In its own voice, Alpha is less favourable to Xanadu since 2018 than before by 0.30 (95\u00a0% interval 0.20 to 0.40, Holm q 0.020)."}, "Gamma is"},
		{"counted", dated("2018", across("Alpha", 0.3, 0.01), across("Beta", 0.3, 0.01), across("Gamma", 0.3, 0.01), across("Delta", 0.3, 0.01), across("Epsilon", 0.3, 0.01)),
			[]string{"Two more sources differ toward Xanadu between before 2018 and since; the tables have them."}, "Delta is"},
		{"none holds", dated("2018", across("Alpha", 0.3, 0.2), across("Beta", -0.4, 0.1)),
			[]string{"No source of the 2 that can be tested differs toward Xanadu between before 2018 and since as far as the data carry."}, "since 2018 than"},
		{"not tested", dated("2018"), []string{"Whether tones toward Xanadu differ between before 2018 and since cannot be tested: no source has enough sentences and articles on both sides."}, "than before"},
		{"all before", dated("2030"), []string{"No article is known to be from 2030 or later, so nothing can be compared across that date; the articles are dated May 2017 to 2 January 2019."}, "cannot be tested: no source"},
		{"all since", dated("2001"), []string{"No article is known to be from before 2001, so nothing can be compared"}, "cannot be tested: no source"},
		{"not asked for", dated(""), []string{"Tone is what"}, "since"},
	} {
		var all []string
		for _, f := range Findings(test.in) {
			checkEnglish(t, f.Text)
			all = append(all, f.Text)
		}
		at := -1
		for _, want := range test.want {
			i := slices.IndexFunc(all, func(s string) bool { return strings.HasPrefix(s, want) })
			if i <= at {
				t.Errorf("%s: %q is not there, or not in its place, in\n\t%s", test.name, want, strings.Join(all, "\n\t"))
			}
			at = i
		}
		if slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, test.none) }) {
			t.Errorf("%s: %q is in\n\t%s", test.name, test.none, strings.Join(all, "\n\t"))
		}
	}
}
