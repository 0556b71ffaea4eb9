package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"parallax/analysis/compare"
)

// laidOut is a map of four sources in two pairs, of which the first holds.
func laidOut() Input {
	return Input{
		Sources: []SourceInfo{{ID: "a", Name: "Ay"}, {ID: "b", Name: "Bee"}, {ID: "c", Name: "Sea"}, {ID: "d", Name: "Dee"}, {ID: "e", Name: "Eve"}},
		Map: &compare.Map{
			Voice: "author", Sources: []string{"a", "b", "c", "d"}, Resamples: 1000,
			LeftOut: []compare.Unmapped{{Source: "e", Reason: "4 of the 10 sentences that a place needs"}},
			Merges:  []compare.Merge{{A: 0, B: 1, Distance: 0.5, Support: 0.95}, {A: 2, B: 3, Distance: 0.7, Support: 0.9499}, {A: 4, B: 5, Distance: 1.3, Support: 1}},
		},
	}
}

func TestMapTitle(t *testing.T) {
	for want, support := range map[string][2]float64{
		"Only Ay and Bee are kept together by resampling":                                                              {0.95, 0.94},
		"Only Sea and Dee are kept together by resampling (the two that are nearest, Ay and Bee, may be so by chance)": {0.94, 0.95},
		"Resampling keeps two groups of sources together: Ay and Bee; Sea and Dee":                                     {1, 1},
		"~ Which sources frame most alike cannot be told: no group of them is stable":                                  {0.9499, 0.2},
	} {
		in := laidOut()
		in.Map.Merges[0].Support, in.Map.Merges[1].Support = support[0], support[1]
		if got := MapTitle(in); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	// A group within one that holds is not named again.
	in := laidOut()
	in.Map.Merges[1] = compare.Merge{A: 2, B: 4, Distance: 0.7, Support: 0.97}
	in.Map.Merges[2] = compare.Merge{A: 3, B: 5, Distance: 1.3, Support: 1}
	if got, want := MapTitle(in), "Only Ay, Bee and Sea are kept together by resampling"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// Of pairs that are as near, one that holds is enough.
	in = laidOut()
	in.Map.Merges[0].Support, in.Map.Merges[1] = 0.5, compare.Merge{A: 2, B: 3, Distance: 0.5, Support: 0.97}
	if got, want := MapTitle(in), "Only Sea and Dee are kept together by resampling"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := MapTitle(Input{}); got != "" {
		t.Errorf("without a map: %q", got)
	}
}

func TestSourceMapSection(t *testing.T) {
	print := func(in Input) string {
		t.Helper()
		var b bytes.Buffer
		if err := Markdown(&b, Build(in)); err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(b.String(), "\u00a0", " ")
	}
	in := laidOut()
	s := print(in)
	for _, want := range []string{
		"This is of the sources’ own voice.",
		"| Ay and Bee | 0.50 | 95 % | Holds. |",
		"| Sea and Dee | \\~ 0.70 | 94 % | Cannot be told",
		"Not laid out: Eve (4 of the 10 sentences that a place needs).",
	} {
		if !strings.Contains(s, want) {
			t.Errorf("there is no %q in\n%s", want, s)
		}
	}
	if got := SourceLabels(in, []string{"d", "a"}); !slices.Equal(got, []string{"Dee", "Ay"}) {
		t.Errorf("labels %q", got)
	}
	in.Map = nil
	if strings.Contains(print(in), "How alike") {
		t.Error("a section on a map that there is not")
	}
}
