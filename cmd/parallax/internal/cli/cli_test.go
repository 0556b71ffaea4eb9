package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
	"parallax/cmd/parallax/internal/explain"
	"parallax/report"
)

func TestStatus(t *testing.T) {
	tests := []struct {
		err  error
		want int
	}{
		{nil, StatusOK},
		{errors.New("anything"), StatusFailed},
		{usagef("wrong"), StatusUsage},
		{fmt.Errorf("reading: %w", usagef("wrong")), StatusUsage},
		{fmt.Errorf("%w in 3 cells", errMoved), StatusMoved},
		{context.Canceled, StatusInterrupted},
		{readError(fmt.Errorf("x: %w", os.ErrNotExist)), StatusUsage},
		{readError(fmt.Errorf("%w in x", corpus.ErrNoDocuments)), StatusFailed},
		{readError(errors.New("x: not text")), StatusFailed},
	}
	for _, tt := range tests {
		if got := status(tt.err); got != tt.want {
			t.Errorf("status(%v) = %d, want %d", tt.err, got, tt.want)
		}
	}
}

// failing is a full disk.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestRunReportsLostOutput(t *testing.T) {
	var stderr bytes.Buffer
	got := Run(t.Context(), []string{"explain", "Seoul agreed."}, strings.NewReader(""), failing{}, &stderr)
	if got != StatusFailed || !strings.Contains(stderr.String(), "standard output: no space left") {
		t.Errorf("status %d, stderr %q", got, &stderr)
	}
}

func TestRunInterrupted(t *testing.T) {
	defer func(g time.Duration) { grace = g }(grace)
	grace = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := filepath.Join(t.TempDir(), "out")
	var stdout, stderr bytes.Buffer
	got := Run(ctx, []string{"compare", "--out", out, "../../../../seeds"}, strings.NewReader(""), &stdout, &stderr)
	if got != StatusInterrupted || stdout.Len() > 0 || stderr.String() != "parallax: interrupted; nothing was written\n" {
		t.Errorf("status %d, stdout %q, stderr %q", got, &stdout, &stderr)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("the folder for the report was made")
	}
}

// A read that blocks does not keep an interrupt waiting.
func TestInterruptedWhileReading(t *testing.T) {
	defer func(g time.Duration) { grace = g }(grace)
	grace = 0
	for _, args := range [][]string{{"compare", "--out", filepath.Join(t.TempDir(), "out"), "-"}, {"explain"}} {
		ctx, cancel := context.WithCancel(t.Context())
		in, end := io.Pipe()
		var stdout, stderr bytes.Buffer
		if got := Run(ctx, args, readFunc(func(b []byte) (int, error) {
			cancel() // once it is being read
			return in.Read(b)
		}), &stdout, &stderr); got != StatusInterrupted || stderr.String() != "parallax: interrupted\n" {
			t.Errorf("%v: status %d, %q", args, got, &stderr)
		}
		end.Close()
	}
}

// A targets file is read to a limit, and of many mistakes in it the first are told,
// in a line that is read.
func TestLargeTargets(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"large":    strings.Repeat("#\n", maxTargets/2+1),
		"mistakes": "targets:\n  - id: A\n    name: A\n" + strings.Repeat("    "+strings.Repeat("x", 5000)+": 1\n", 2000),
	} {
		file := filepath.Join(dir, name+".yaml")
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		var stdout, stderr bytes.Buffer
		if got := Run(t.Context(), []string{"explain", "--targets", file, "Seoul."}, nil, &stdout, &stderr); got != StatusUsage || stderr.Len() > 4000 || !strings.Contains(stderr.String(), name+".yaml") {
			t.Errorf("%s: status %d, %d bytes: %.300s", name, got, stderr.Len(), &stderr)
		}
	}
}

// However many targets there are, there is a report, with charts of those that are
// mentioned most.
func TestManyTargets(t *testing.T) {
	t.Chdir(t.TempDir())
	targets := "targets:\n"
	for i := range 300 {
		targets += fmt.Sprintf("  - {id: t%d, name: Actor%d Party%[1]d}\n", i, i)
	}
	const text = "Actor298 Party298 attacked Actor299 Party299 on Monday. Actor298 Party298 praised the brave people and condemned the reckless Actor3 Party3."
	if err := errors.Join(os.WriteFile("t.yaml", []byte(targets), 0o666), os.WriteFile("a.txt", []byte(text), 0o666)); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if got := Run(t.Context(), []string{"compare", "--quiet", "--no-second-opinion", "--targets", "t.yaml", "a.txt"}, nil, &stdout, &stderr); got != StatusOK {
		t.Fatalf("status %d: %s", got, &stderr)
	}
	page, err := os.ReadFile("out/report.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"the 60 targets with most sentences; 240 more in scores.csv", "Actor299 Party299</"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("%q is not in the page", want)
		}
	}
	for _, chart := range []string{"tone", "heatmap", "relations"} {
		if _, err := os.Stat("out/charts/" + chart + ".png"); err != nil {
			t.Error(err)
		}
	}
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(b []byte) (int, error) { return f(b) }

func TestValidateCompare(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	good := func() compareConfig {
		return compareConfig{paths: []string{"-"}, out: "out", by: bySource, voice: analysis.VoiceAuthor, kinds: string(analysis.AllMentions), format: asText, wire: wires()[1]}
	}
	tests := []struct {
		name   string
		change func(*compareConfig)
		want   string // part of the message; "" for none
	}{
		{"good", func(*compareConfig) {}, ""},
		{"out beside what is read", func(c *compareConfig) { c.paths, c.out = []string{dir}, dir+"-out" }, ""},
		{"a file that is read from where the report goes", func(c *compareConfig) { c.paths, c.out = []string{file}, dir }, ""},
		{"no path", func(c *compareConfig) { c.paths = nil }, "no articles"},
		{"unit", func(c *compareConfig) { c.by = "author" }, `--by "author": choose one of source, outlet, document`},
		{"wire", func(c *compareConfig) { c.wire = "none" }, `--wire "none": choose one of own, all, collapse`},
		{"voice", func(c *compareConfig) { c.voice = "" }, "--voice"},
		{"mentions", func(c *compareConfig) { c.kinds = "pronouns" }, `--mentions "pronouns": choose one of names, nominals, all`},
		{"format", func(c *compareConfig) { c.format = "pdf" }, "--format"},
		{"no out", func(c *compareConfig) { c.out = "" }, "--out is empty"},
		{"out is a file", func(c *compareConfig) { c.out = file }, "is a file"},
		{"out within what is read", func(c *compareConfig) { c.paths, c.out = []string{dir}, filepath.Join(dir, "a", "b") }, "which is read"},
		{"out is what is read", func(c *compareConfig) { c.paths, c.out = []string{dir}, dir }, "which is read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := good()
			tt.change(&c)
			err := c.validate()
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestTargetsFile(t *testing.T) {
	a, b, none := t.TempDir(), t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b} {
		for _, name := range []string{targetsName, "article.txt"} {
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name  string
		given string
		paths []string
		want  string // "" for an error
	}{
		{"given", "x.yaml", []string{a}, "x.yaml"},
		{"beside", "", []string{a}, filepath.Join(a, targetsName)},
		{"beside a file", "", []string{filepath.Join(a, "article.txt")}, filepath.Join(a, targetsName)},
		{"beside a pattern", "", []string{filepath.Join(a, "*.txt")}, filepath.Join(a, targetsName)},
		{"once", "", []string{none, a, filepath.Join(a, "article.txt"), "-"}, filepath.Join(a, targetsName)},
		{"built-in", "", []string{none, "-"}, builtIn},
		{"two", "", []string{a, b}, ""},
	}
	for _, tt := range tests {
		got, err := targetsFile(tt.given, tt.paths)
		if got != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%s: got %q, %v; want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestSpan(t *testing.T) {
	tests := []struct {
		dates []string
		want  string
	}{
		{nil, ""},
		{[]string{"", ""}, ""},
		{[]string{"2021-10", ""}, "2021-10"},
		{[]string{"2021-10", "2001-09-28", "2018"}, "2001-09-28 to 2021-10"},
	}
	for _, tt := range tests {
		if got := span(tt.dates); got != tt.want {
			t.Errorf("span(%q) = %q, want %q", tt.dates, got, tt.want)
		}
	}
}

func TestByOutlet(t *testing.T) {
	c := &corpus.Corpus{Documents: []corpus.Document{
		{ID: "a", Source: "Post 2001", Outlet: "Post"},
		{ID: "b", Source: "letters"},
		{ID: "c", Source: "Post 2018", Outlet: "Post"},
	}}
	byOutlet(c)
	want := []corpus.Source{
		{ID: "Post", Name: "Post", Outlet: "Post", Documents: []string{"a", "c"}},
		{ID: "letters", Name: "letters", Documents: []string{"b"}},
	}
	if d := cmp.Diff(want, c.Sources); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if c.Documents[2].Source != "Post" {
		t.Errorf("source of c is %q", c.Documents[2].Source)
	}
}

func TestWrap(t *testing.T) {
	long := strings.Repeat("word ", 40)
	for _, line := range strings.Split(wrap(long, "  "), "\n") {
		if n := len([]rune(line)); n > columns {
			t.Errorf("a line has %d characters: %q", n, line)
		}
	}
	if got := strings.Fields(wrap(long, "  ")); len(got) != 40 {
		t.Errorf("40 words became %d", len(got))
	}
	held := strings.Repeat("x", columns-4) + " 95\u00a0% of"
	if got, want := wrap(held, ""), strings.Repeat("x", columns-4)+"\n95\u00a0% of"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := wrap("", "  "); got != "" {
		t.Errorf("nothing became %q", got)
	}
}

func TestParagraphs(t *testing.T) {
	doc := explain.Paragraphs("\n  One.  Two. \r\n\nThree.")
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, doc.Text[b.Start:b.End])
	}
	if d := cmp.Diff([]string{"One.  Two.", "Three."}, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

func FuzzParagraphs(f *testing.F) {
	f.Add("One.\nTwo.")
	f.Add(" \r\n\n\t")
	f.Fuzz(func(t *testing.T, text string) {
		doc := explain.Paragraphs(text)
		at := 0
		for _, b := range doc.Blocks {
			if b.Start < at || b.End <= b.Start || b.End > len(text) {
				t.Fatalf("block %v after %d in %q", b, at, text)
			}
			if s := text[b.Start:b.End]; strings.Contains(s, "\n") {
				t.Errorf("block %q has a line break", s)
			}
			if left := text[at:b.Start]; strings.Trim(left, " \t\r\n") != "" {
				t.Errorf("%q is in no block", left)
			}
			at = b.End
		}
		if left := text[at:]; strings.Trim(left, " \t\r\n") != "" {
			t.Errorf("%q is in no block", left)
		}
	})
}

// TestColourOnlyColours holds what a terminal gets, its escapes taken out,
// against plain text.
func TestColourOnlyColours(t *testing.T) {
	sentences := []string{
		"Trump threatened North Korea, which called the threat “reckless” and accused Washington of aggression.",
		"The US-led\u00a0alliance – “a brutal, brutal” one – never attacked South Korea’s hard-line neighbour in the North.",
		"Nobody is here.",
	}
	show := func(s style) string {
		var b bytes.Buffer
		e := &env{stdin: strings.NewReader(""), stdout: bufio.NewWriter(&b), stderr: io.Discard, style: s}
		if err := e.explain(t.Context(), explainConfig{sentences: sentences, format: asText}); err != nil {
			t.Fatal(err)
		}
		if err := e.stdout.Flush(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	plain, coloured := show(style{}), show(style{color: true})
	if d := cmp.Diff(plain, regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(coloured, "")); d != "" {
		t.Errorf("-plain +coloured\n%s", d)
	}
	for _, want := range []string{"\x1b[1;4m", "\x1b[31m"} { // a mention, an unfavourable word
		if !strings.Contains(coloured, want) {
			t.Errorf("no %q in\n%q", want, coloured)
		}
	}
	for _, line := range strings.Split(plain, "\n") {
		if n := len([]rune(line)); n > 2*columns {
			t.Errorf("a line has %d characters: %s", n, line)
		}
	}
}

func TestDecimal(t *testing.T) {
	for v, want := range map[float64]string{0: " 0.0000", -0.5: "−0.5000", 0.0001: "+0.0001"} {
		if got := decimal(v); got != want {
			t.Errorf("decimal(%v) = %q, want %q", v, got, want)
		}
	}
}

// TestProgress says that the nil bar takes everything, and a bar leaves
// nothing on its line.
func TestProgress(t *testing.T) {
	var none *progress
	none.stage("x")
	none.total(3)
	none.step()
	none.end()

	var b bytes.Buffer
	bar := newProgress(&b, 1)
	bar.stage("reading")
	bar.total(3)
	bar.step()
	bar.end()
	if s := b.String(); !strings.Contains(s, "reading") || strings.Contains(s, "\n") || !strings.HasSuffix(s, "\r") {
		t.Errorf("the bar wrote %q", s)
	}
}

func TestCharted(t *testing.T) {
	in := report.Input{Targets: []report.TargetInfo{{ID: "X"}}}
	cells := map[cellKey]compare.Cell{}
	var keys []unit
	for i := range maxCharted + 10 {
		u := unit{label: fmt.Sprint(i), source: fmt.Sprint(i)}
		keys = append(keys, u)
		n := 5
		if i%11 == 0 { // ten of them have fewer
			n = 1
		}
		cells[u.key("X", compare.VoiceAll)] = compare.Cell{Sentences: n}
	}
	got, note := charted(keys, in, cells)
	if len(got) != maxCharted || !strings.Contains(note, "10 more") {
		t.Fatalf("%d charted, note %q", len(got), note)
	}
	for i, u := range got {
		if cells[u.key("X", compare.VoiceAll)].Sentences != 5 {
			t.Errorf("%s has few sentences and is charted", u.label)
		}
		if i > 0 && slices.Index(keys, got[i-1]) >= slices.Index(keys, u) {
			t.Errorf("%s and %s are out of order", got[i-1].label, u.label)
		}
	}
	if got, note := charted(keys[:3], in, cells); len(got) != 3 || note != "" {
		t.Errorf("of three, %d are charted, note %q", len(got), note)
	}
}
