package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parallax/analysis/compare"
)

// madeRobustness is two sources over one target, under two specifications.
func madeRobustness() Robustness {
	points := func(values ...float64) []compare.CurvePoint {
		var out []compare.CurvePoint
		for i, v := range values {
			out = append(out, compare.CurvePoint{Specification: i, Value: v, Low: v - 0.1, High: v + 0.1, Sentences: 20, Carried: v < -0.1})
		}
		return out
	}
	return Robustness{
		Input: Input{
			Manifest: Manifest{Program: "parallax", Version: "test"},
			Targets:  []TargetInfo{{"X", "Freedonia"}},
			Sources:  []SourceInfo{{ID: "a", Name: "=The *Post*"}, {ID: "b", Name: "The Mail"}},
		},
		Curves: compare.Curves{
			Choices:        []compare.Choice{{Name: "scope", Options: []string{"sentence", "clause"}}},
			Specifications: []compare.Specification{{0}, {1}},
			Effects:        []compare.ChoiceEffect{{Choice: "scope", Pairs: 1, Change: 0.1}},
			Contrasts: []compare.Curve{{Target: "X", A: "a", B: "b", Points: points(-0.3, -0.2), Median: -0.25, Sign: -1, Keep: 2, Carried: 2,
				Joint: &compare.Joint{Median: 0.01, Q: 0.2}}},
			Cells: []compare.Curve{
				{Target: "X", A: "a", Points: points(-0.2, 0.05), Median: -0.075, Sign: -1, Keep: 1, Carried: 1},
				{Target: "X", A: "b", Points: points(0.05, 0.1), Median: 0.075, Usual: 0, Sign: 1, Keep: 2},
			},
		},
		About: []string{"where words count"},
	}
}

func TestHolds(t *testing.T) {
	for want, c := range map[string]compare.Curve{
		"the sign holds in 2 of 3 specifications, carried in 1":                                       {Points: make([]compare.CurvePoint, 3), Sign: 1, Keep: 2, Carried: 1},
		"the sign holds in 3 of 3 specifications, carried in none":                                    {Points: make([]compare.CurvePoint, 3), Sign: -1, Keep: 3},
		"the sign holds in 1 of 3 specifications, carried in 1, and carried with the other sign in 2": {Points: make([]compare.CurvePoint, 3), Sign: -1, Keep: 1, Carried: 1, Opposite: 2},
		"exactly zero in 3 of 3 specifications":                                                       {Points: make([]compare.CurvePoint, 3), Keep: 3},
	} {
		if got := Holds(c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// The headline counts what the tables show; a firm difference may be a title, and
// one that is not says no more than its count.
func TestRobustHeadline(t *testing.T) {
	r := madeRobustness()
	want := "Under 2 specifications, of 2 leans of a source towards a target, one keeps the sign throughout, and none is carried in more than half besides; " +
		"the usual specification carries one, of which none is among these. Of 1 difference between sources, one keeps the sign throughout, and one is carried in more than half besides; " +
		"the one that the usual specification carries is among these."
	if got := r.Headline(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := r.CurveTitle(r.Contrasts[0]); !strings.Contains(got, "frames Freedonia less favourably than The Mail does") {
		t.Error(got)
	}
	r.Contrasts[0].Carried = 1
	if got := r.CurveTitle(r.Contrasts[0]); strings.Contains(got, "favourably") {
		t.Errorf("of a difference that is not firm: %s", got)
	}
	r.Cells, r.Contrasts = nil, nil
	if got := r.Headline(); !strings.Contains(got, "Nothing to compare") {
		t.Error(got)
	}
}

// What a source is called is data in every form.
func TestRobustnessText(t *testing.T) {
	r := madeRobustness()
	r.Contrasts[0].A = "=1+1"
	var md, table, data bytes.Buffer
	if err := errors.Join(Markdown(&md, BuildRobustness(r)), WriteRobustnessCSV(&table, r), WriteRobustnessJSON(&data, r)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(md.String(), `=The \*Post\*`) || strings.Contains(md.String(), " *Post*") {
		t.Error("a name is markup")
	}
	for _, want := range []string{`\~ +0.05`, "−0.25 (−0.30 to −0.20)", "2 of 2", `\~ 0.20`} {
		if !strings.Contains(strings.ReplaceAll(md.String(), "\u00a0", " "), want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	rows, err := csv.NewReader(&table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+2*3 || rows[1][1] != "'=1+1" {
		t.Errorf("%q", rows)
	}
	var back struct {
		Schema         int
		Specifications [][]int
		Contrasts      []struct{ Points []compare.CurvePoint }
		Skipped        []any
	}
	if err := json.Unmarshal(data.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.Schema != 1 || len(back.Specifications) != 2 || len(back.Contrasts[0].Points) != 2 || back.Skipped == nil {
		t.Errorf("%+v", back)
	}
}

// The folder appears whole or not at all.
func TestWriteRobustness(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	r := madeRobustness()
	r.Drawn = []Drawing{{ChartImage: ChartImage{Path: "charts/../out.png", PNG: []byte("x")}}}
	if err := WriteRobustness(dir, r); err == nil {
		t.Error("a chart outside of its folder is written")
	}
	if _, err := os.Stat(filepath.Dir(dir)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something is left: %v", err)
	}
	r.Drawn[0].Path, r.Drawn[0].SVG = "charts/curve-01.png", []byte("<svg/>")
	if err := WriteRobustness(dir, r); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"robustness.md", "robustness.json", "charts/curve-01.png", "charts/curve-01.svg"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}
