package regress

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

// forms prints a report in the forms for CI.
func forms(t *testing.T, r Report, cells []Cell) (github, summary, junit string) {
	t.Helper()
	var a, s, j bytes.Buffer
	place := func(document string, offset int) (string, int) {
		if document == "telesur-1" {
			return "", 0
		}
		return "articles/" + document + ", 100%:1.txt", 1 + offset/50
	}
	for _, err := range []error{r.Annotate(&a, place), r.Summary(&s), r.JUnit(&j, cells)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return a.String(), s.String(), j.String()
}

func TestForms(t *testing.T) {
	old, fresh := run(t, before(), about), run(t, after(), map[string]string{"version": "1", "lexicon": "sha256:bbb", "seed": "1"})
	report := Diff(old, fresh, Tolerance{})
	github, summary, junit := forms(t, report, fresh.Cells)
	golden(t, "github.txt", github)
	golden(t, "summary.md", summary)
	golden(t, "junit.xml", junit)

	for line := range strings.Lines(github) {
		if !strings.HasPrefix(line, "::error file=articles/dw-1%2C 100%25%3A1.txt,line=") {
			t.Errorf("no workflow command with its place: %q", line)
		}
	}
	var read struct {
		Suites []struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Cases    []struct {
				Name    string    `xml:"name,attr"`
				Failure *struct{} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(junit), &read); err != nil {
		t.Fatal(err)
	}
	s := read.Suites[0]
	failed := 0
	for _, c := range s.Cases {
		if c.Failure != nil {
			failed++
		}
	}
	if s.Tests != len(s.Cases) || s.Failures != failed || failed != len(report.Cells) || s.Tests != len(report.Cells)+report.Unmoved {
		t.Errorf("%d tests, %d failures; counted %d and %d; the report has %d that moved and %d that did not",
			s.Tests, s.Failures, len(s.Cases), failed, len(report.Cells), report.Unmoved)
	}

	// Nothing moved: nothing to annotate, every test passed.
	github, summary, junit = forms(t, Diff(old, old, Tolerance{}), old.Cells)
	if github != "" || !strings.HasPrefix(summary, "### Parallax: no score moved\n") || strings.Contains(junit, "<failure") {
		t.Errorf("of equal baselines: %q, %q, %q", github, summary, junit)
	}
}

// Text of an article must not become a command, a tag or markup.
func TestFormsEscape(t *testing.T) {
	const hostile = "Evil\n::error::x %0A <b>|`[l](u) ]]>\x00\u2028end"
	var all []int
	for i := range 30 {
		all = append(all, i)
	}
	observe := func(tone float64) Baseline {
		var b Baseline
		cell := Cell{Source: hostile, Target: hostile, Voice: "all", Tone: tone, Sentences: len(all)}
		for i := range all {
			b.Observations = append(b.Observations, Observation{Source: hostile, Document: hostile, Start: i, End: i + 1, Target: hostile, Voice: "author", Tone: tone, Sentence: hostile})
		}
		b.Cells = []Cell{cell}
		return b
	}
	fresh := observe(-0.5)
	github, summary, junit := forms(t, Diff(observe(0.5), fresh, Tolerance{}), fresh.Cells)
	if n := strings.Count(github, "\n"); n != annotated || strings.Count(github, "\n::error ") != annotated-1 {
		t.Errorf("%d lines, not %d commands: %q", n, annotated, github)
	}
	for _, bad := range []string{"<b>", "\n::"} {
		if strings.Contains(summary, bad) {
			t.Errorf("the summary has %q", bad)
		}
	}
	for line := range strings.Lines(summary) {
		if strings.HasPrefix(line, "|") && (strings.Count(line, "|")-strings.Count(line, `\|`) != 5 || strings.Count(line, "`") != strings.Count(line, "\\`")) {
			t.Errorf("a row of a table is broken: %q", line)
		}
	}
	var tree struct {
		Inner string `xml:",innerxml"`
	}
	if err := xml.Unmarshal([]byte(junit), &tree); err != nil || strings.Contains(tree.Inner, "<b>") {
		t.Error("junit: ", err, fmt.Sprintf("%q", tree.Inner))
	}
}
