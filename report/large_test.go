package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
	"parallax/analysis/compare"
)

// many is a comparison of sixty sources over twenty targets, each cell with three
// sentences each way.
func many(t *testing.T) Input {
	t.Helper()
	var in Input
	for i := range 20 {
		in.Targets = append(in.Targets, TargetInfo{fmt.Sprintf("t%d", i), fmt.Sprintf("Land %d", i)})
	}
	for i := range 60 {
		s := SourceInfo{ID: fmt.Sprintf("s%02d", i), Outlet: fmt.Sprintf("Paper %d", i), Documents: 4}
		in.Sources = append(in.Sources, s)
		for j, target := range in.Targets {
			for _, voice := range []string{"all", "author", "quoted"} {
				tone := float64((i*7+j*3)%41-20) / 50
				c := estimated(s.ID, target.ID, voice, tone, tone-0.1, tone+0.1, 12)
				for k := range 6 {
					o := analysis.Observation{Document: s.ID, Source: s.ID, Target: target.ID, Voice: "author", Sentence: strings.Repeat("Land was threatened. ", 8), Tone: 0.2,
						Evidence: []analysis.Evidence{{Start: 9, End: 19, Term: "threatened", Rule: "lexicon", Contribution: 0.2}}}
					if k%2 == 1 {
						o.Tone, o.Evidence[0].Contribution = -0.2, -0.2
					}
					c.Evidence = append(c.Evidence, o)
				}
				in.Result.Cells = append(in.Result.Cells, c)
				for k := range i {
					in.Result.Contrasts = append(in.Result.Contrasts, compare.Contrast{Target: target.ID, Voice: voice, A: fmt.Sprintf("s%02d", k), B: s.ID,
						Permutations: 99, Difference: 0.3, Low: 0.1, High: 0.5, Q: float64(i) / 600, Reason: "too few sentences <&> to test", Carried: i < 30})
				}
			}
		}
	}
	return in
}

// TestLargeReportIsBounded: the page and the text of sixty sources do not grow
// with the number of pairs, and say what they leave out.
func TestLargeReportIsBounded(t *testing.T) {
	in := many(t)
	in.Charts = []ChartImage{{Path: "charts/course.png", Alt: "Lines", PNG: make([]byte, maxPicture+1)}}
	doc := Build(in)
	var page, text bytes.Buffer
	if err := HTML(&page, doc); err != nil {
		t.Fatal(err)
	}
	if err := Markdown(&text, doc); err != nil {
		t.Fatal(err)
	}
	if page.Len() > 4e6 || text.Len() > 2e6 {
		t.Errorf("a page of %d bytes and a text of %d", page.Len(), text.Len())
	}
	for _, want := range []string{"Shown are the 200 pairs of source and target with the surest tone. The sentences of 1000 more are in ", `<a href="charts/course.png">`} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	if n := strings.Count(text.String(), "#### Unfavourable"); n != maxOpened {
		t.Errorf("sentences of %d cells, want %d", n, maxOpened)
	}
}

// TestLongListsHaveLines: in scores.json lists of more than longList things have
// each on one line, wherever they stand, and shorter lists are indented.
func TestLongListsHaveLines(t *testing.T) {
	in := many(t)
	in.Result.Contrasts = in.Result.Contrasts[:longList+1]
	in.Result.Further = in.Result.Contrasts[:longList]
	in.Topics = &compare.TopicResult{Contrasts: make([]compare.AdjustedContrast, longList+1)}
	var got bytes.Buffer
	if err := WriteScores(&got, in); err != nil {
		t.Fatal(err)
	}
	for form, want := range map[string]int{
		"\n    {\"source\":":                 len(in.Result.Cells), // more than longList
		"\n    {\"family\":":                 longList + 1,
		"\n    {\n      \"family\": \"\",\n": longList,
		"\n      {\"target\":":               longList + 1,
	} {
		if n := strings.Count(got.String(), form); n != want {
			t.Errorf("%q stands %d times, want %d", form, n, want)
		}
	}
}

// TestWriteJSON: without long lists every byte is that of encoding/json, whatever
// fields are empty, absent or of a type that writes itself; with them, every byte
// but white space.
func TestWriteJSON(t *testing.T) {
	type own struct {
		Value *compare.Effect `json:"value,omitempty"`
		Word  string          `json:"word,omitempty"`
		Not   int             `json:"-"`
	}
	type inner struct {
		List   []own          `json:"list"`
		Absent []int          `json:"absent,omitempty"`
		Map    map[string]int `json:"map"`
	}
	type outer struct {
		Number  float64         `json:"number"`
		Gone    *inner          `json:"gone,omitempty"`
		Null    *inner          `json:"null"`
		There   *inner          `json:"there,omitempty"`
		Plain   inner           `json:"plain"`
		Strings []string        `json:"strings"`
		Raw     json.RawMessage `json:"raw"`
	}
	for _, v := range []outer{
		{Number: 1e-7, There: &inner{List: []own{{Word: "<&>"}, {Value: &compare.Effect{Value: 0.1}, Not: 3}}}, Raw: json.RawMessage(`{"a":[1]}`)},
		{Strings: []string{"a", ""}, Plain: inner{List: []own{}, Map: map[string]int{"b": 1, "a": 2}}, Raw: json.RawMessage(`0`)},
	} {
		var got, want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
		if err := writeJSON(&got, v); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Error(diff)
		}
		v.Strings, v.Plain.List = make([]string, longList+1), make([]own, longList+1)
		v.Strings[0], v.Plain.List[1].Word = "a <b> & \u2028 c", "x"
		got.Reset()
		want.Reset()
		if err := writeJSON(&got, v); err != nil {
			t.Fatal(err)
		}
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
		if got.Len() >= want.Len() {
			t.Errorf("%d bytes in lines, %d indented", got.Len(), want.Len())
		}
		var lines, plain bytes.Buffer
		if err := errors.Join(json.Compact(&lines, got.Bytes()), json.Compact(&plain, want.Bytes())); err != nil || lines.String() != plain.String() {
			t.Errorf("in lines another value is written (%v)", err)
		}
	}
}

// What was not computed or drawn, for there was too much of it, is said.
func TestLimitsAreTold(t *testing.T) {
	in := small(t)
	in.Result.Limits = []compare.Limit{{Family: compare.BySource, Most: 7, Pairs: 84, Of: 1740}}
	in.Attention = &compare.AttentionResult{Limits: []compare.Limit{{Family: compare.LimitAttention, Most: 9, Pairs: 180, Of: 2175}}}
	in.Undrawn = []string{"tone", "heatmap"}
	var text bytes.Buffer
	if err := Markdown(&text, Build(in)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Of 1740 differences between sources, 84 were computed: those between the 7 with most sentences",
		"Of 2175 differences in attention, 180 were computed",
		"Too large to be drawn: tone, heatmap.",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in the report", want)
		}
	}
}
