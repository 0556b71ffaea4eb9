package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parallax/analysis"
	"parallax/analysis/compare"
)

func TestScoresKeepTheirSchema(t *testing.T) {
	keys := func(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
	for name, in := range map[string]Input{"small": small(t), "nothing": {}} {
		var b, again bytes.Buffer
		if err := WriteScores(&b, in); err != nil {
			t.Fatal(err)
		}
		if err := WriteScores(&again, in); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: two runs differ (%v)", name, err)
		}
		// A relation too rare for a mean or an interval has none; nothing else is null.
		if strings.Contains(strings.NewReplacer(`"value": null`, "", `"low": null`, "", `"high": null`, "").Replace(b.String()), "null") {
			t.Errorf("%s: scores have a null", name)
		}
		var scores map[string]any
		if err := json.Unmarshal(b.Bytes(), &scores); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"cells", "contrasts", "further", "keywords", "manifest", "omnibus", "relations", "schema", "skipped"}, keys(scores)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if scores["schema"] != 1.0 {
			t.Errorf("%s: schema %v", name, scores["schema"])
		}
		for _, c := range scores["cells"].([]any) {
			got := keys(c.(map[string]any))
			for _, want := range strings.Fields("source target voice documents sentences mentions tone low high negative neutral positive warnings") {
				if !slices.Contains(got, want) {
					t.Errorf("%s: a cell has no %s", name, want)
				}
			}
		}
	}
}

func TestScoresRefuseWhatJSONLacks(t *testing.T) {
	for want, result := range map[string]compare.Result{
		`the cell of "s" and "X" in voice "all"`:                 {Cells: []compare.Cell{{Source: "s", Target: "X", Voice: "all", Low: math.NaN()}}},
		`the contrast of "a" and "b" over "X" in voice "author"`: {Contrasts: []compare.Contrast{{A: "a", B: "b", Target: "X", Voice: "author", P: math.Inf(1)}}},
	} {
		if err := WriteScores(&bytes.Buffer{}, Input{Result: result}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error on %s", err, want)
		}
	}
}

func TestCSVHoldsNoFormula(t *testing.T) {
	in := Input{}
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "plain", "a,b", "a\"b", "a\nb", ""} {
		in.Result.Cells = append(in.Result.Cells, compare.Cell{Source: s, Document: s, Target: s, Voice: s, Unit: s, Tone: -0.25, Warnings: []string{s, "x"}})
	}
	var b bytes.Buffer
	if err := WriteCSV(&b, in); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]bool{"tone": true, "low": true, "high": true, "negative": true, "neutral": true, "positive": true,
		"icc": true, "design_effect": true, "detectable": true, "shrunken": true, "shrunken_low": true, "shrunken_high": true}
	for _, row := range rows[1:] {
		if len(row) != len(rows[0]) {
			t.Errorf("%d fields under %d", len(row), len(rows[0]))
		}
		for i, field := range row {
			if !numbers[rows[0][i]] && field != "" && strings.ContainsAny(field[:1], "=+-@\t\r\n") {
				t.Errorf("%s is a formula: %q", rows[0][i], field)
			}
		}
	}
	if rows[1][7] != "-0.25" {
		t.Errorf("a number is no number any more: %q", rows[1][7])
	}
}

func TestObservationsReadBack(t *testing.T) {
	want := small(t).Observations
	var b bytes.Buffer
	if err := WriteObservations(&b, want); err != nil {
		t.Fatal(err)
	}
	var got []analysis.Observation
	for line := range strings.Lines(b.String()) {
		var o analysis.Observation
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		if o.Frames == nil || o.Evidence == nil {
			t.Errorf("a list is null: %s", line)
		}
		got = append(got, o)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if err := WriteObservations(&b, []analysis.Observation{{Document: "d", Start: 7, Tone: math.NaN()}}); err == nil || !strings.Contains(err.Error(), `document "d", byte 7`) {
		t.Errorf("got %v", err)
	}
}

// tree is all files of a folder with what is in them.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || d.IsDir() {
			out[name] = "(folder)"
			return err
		}
		data, err := os.ReadFile(path)
		out[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What a spreadsheet would run is text, whatever stands before it unseen.
func TestInert(t *testing.T) {
	for in, guarded := range map[string]bool{
		"=1+1": true, "＝1+1": true, "\ufeff=1+1": true, " \u200b@SUM(1)": true, "\t1": true, "-1": true,
		"": false, "1-1": false, "a=b": false, "\ufeffa": false,
	} {
		if got := inert(in); (got == "'"+in) != guarded || !guarded && got != in {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestWriteAll(t *testing.T) {
	in := small(t)
	dir := filepath.Join(t.TempDir(), "new", "out")
	if err := WriteAll(dir, in); err != nil {
		t.Fatal(err)
	}
	first := tree(t, dir)
	want := []string{"charts", "charts/tone.png", "charts/voices.png", "observations.jsonl", "report.html", "report.md", "scores.csv", "scores.json"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(first))); diff != "" {
		t.Error(diff)
	}

	// A second run gives the same bytes, replaces what it made before, and
	// leaves alone what it did not.
	for name, text := range map[string]string{"mine.txt": "mine", "report.md": "old", "charts/stale.png": "old"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := WriteAll(dir, in); err != nil {
		t.Fatal(err)
	}
	first["mine.txt"] = "mine"
	if diff := cmp.Diff(first, tree(t, dir)); diff != "" {
		t.Error(diff)
	}
}

// TestWriteAllFails: whatever goes wrong, the folder is as it was.
func TestWriteAllFails(t *testing.T) {
	write := func(name, text string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	chart := func(path string) func(*Input) { return func(in *Input) { in.Charts[1].Path = path } }
	tests := []struct {
		name  string
		given func(*testing.T, string) // makes the folder as it is before
		spoil func(*Input)
		in    string // the folder, within the one given
		want  string
	}{
		{"the folder is a file", write("out", "x"), nil, "out", "out"},
		{"a parent is a file", write("out", "x"), nil, "out/deeper/still", "not a directory"},
		{"a report is a folder", write("out/scores.json/mine.txt", "x"), nil, "out", "there is a folder of this name"},
		{"the last file is a folder, earlier ones are there", func(t *testing.T, dir string) {
			write("out/report.html/mine.txt", "x")(t, dir)
			write("out/report.md", "old")(t, dir)
			write("out/charts/tone.png", "old")(t, dir)
		}, nil, "out", "report.html"},
		{"charts is a file", write("out/charts", "x"), nil, "out", "there is a file of this name"},
		{"a chart outside", nil, chart("../tone.png"), "out", "is not the name of a file"},
		{"a chart that climbs", nil, chart("charts/../../tone.png"), "out", "is not the name of a file"},
		{"a chart without a name", nil, chart("charts/"), "out", "is not the name of a file"},
		{"a chart called dot dot", nil, chart("charts/.."), "out", "is not the name of a file"},
		{"two charts of one name", nil, chart("charts/tone.png"), "out", "two charts"},
		{"a score that is no number", nil, func(in *Input) { in.Result.Cells[3].Tone = math.NaN() }, "a/b/out", "scores.json"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if test.given != nil {
				test.given(t, dir)
			}
			in := small(t)
			if test.spoil != nil {
				test.spoil(&in)
			}
			before := tree(t, dir)
			err := WriteAll(filepath.Join(dir, filepath.FromSlash(test.in)), in)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
				t.Errorf("the folder has changed:\n%s", diff)
			}
		})
	}
}
