package regress

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"strings"
)

// Place says where in which file a byte of a document's text stands; "" and 0
// where that is not known, which may be so of the line alone. Lines count from 1.
type Place func(document string, offset int) (path string, line int)

// annotated is how many sentences become annotations: GitHub shows ten of a
// step, those that moved most come first.
const annotated = 10

// Annotate writes a GitHub workflow command for each of the sentences that
// moved most, at most ten, so that they show beside the articles' lines: those
// of the first cell first, each sentence once. A report in which no cell moved
// writes nothing.
//
// The form is that of GitHub's documentation, "Workflow commands for GitHub
// Actions".
func (r Report) Annotate(w io.Writer, place Place) error {
	var b bytes.Buffer
	type at struct {
		document, target string
		start            int
	}
	seen := map[at]bool{}
	for _, m := range r.Cells {
		for _, s := range m.Sentences {
			o := s.now()
			k := at{o.Document, o.Target, o.Start}
			if seen[k] || len(seen) == annotated {
				continue
			}
			seen[k] = true
			where := ""
			switch path, line := place(o.Document, o.Start); {
			case path != "" && line > 0:
				where = fmt.Sprintf("file=%s,line=%d,", property(path), line)
			case path != "":
				where = fmt.Sprintf("file=%s,", property(path))
			}
			fmt.Fprintf(&b, "::error %stitle=%s::%s\n", where,
				property(fmt.Sprintf("Tone towards %s moved", clean(o.Target))),
				message(fmt.Sprintf("%s (%s, %s: %s -> %s). %s", tones(s), clean(m.cell().Source), clean(m.cell().Voice),
					m.side(m.Old, Appeared), m.side(m.New, Vanished), clip(clean(o.Sentence)))))
		}
	}
	return write(w, &b)
}

// message and property escape text for a workflow command.
var (
	messageEscapes  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func message(s string) string  { return messageEscapes.Replace(s) }
func property(s string) string { return propertyEscapes.Replace(s) }

// Summary writes the report as Markdown, for the summary of a CI job: what
// moved as a table, and the sentences that moved each cell.
func (r Report) Summary(w io.Writer) error {
	var b bytes.Buffer
	verdict := "no score moved"
	if r.Moved() {
		verdict = "scores moved"
	}
	fmt.Fprintf(&b, "### Parallax: %s\n\n%s moved by more than %g, %d did not. Sentences that differ only in cells that did not move: %d.\n",
		verdict, count(len(r.Cells), "cell"), r.Tolerance, r.Unmoved, len(r.Quiet))
	if len(r.About) > 0 {
		b.WriteString("\n| The runs differ in | before | now |\n| :-- | :-- | :-- |\n")
		for _, a := range r.About {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", markdown(a[0]), markdown(orNone(a[1])), markdown(orNone(a[2])))
		}
	}
	if r.Moved() {
		b.WriteString("\n| Cell | before | now | moved |\n| :-- | --: | --: | --: |\n")
		for _, m := range r.Cells {
			moved := string(m.Change)
			if m.Change == Changed {
				moved = fmt.Sprintf("%+.4f", m.Delta)
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", markdown(m.cell().key().String()), m.side(m.Old, Appeared), m.side(m.New, Vanished), moved)
		}
	}
	for _, m := range r.Cells {
		fmt.Fprintf(&b, "\n<details><summary>%s</summary>\n\n", html.EscapeString(clean(m.cell().key().String())))
		for _, s := range m.Sentences[:min(len(m.Sentences), shown)] {
			o := s.now()
			fmt.Fprintf(&b, "- %+.4f: %s %s, %s:%d: %s\n", s.Influence, s.Change, tones(s), markdown(o.Document), o.Start, markdown(clip(o.Sentence)))
		}
		if more := len(m.Sentences) - shown; more > 0 {
			fmt.Fprintf(&b, "- and %s more\n", count(more, "sentence"))
		}
		if len(m.Entries) > 0 {
			fmt.Fprintf(&b, "\nBy entry: %s\n", m.byEntry(markdown))
		}
		b.WriteString("\n</details>\n")
	}
	if len(r.Contrasts) > 0 {
		b.WriteString("\nDifferences that are carried in one run only (~: not carried):\n\n")
		for _, t := range r.Contrasts[:min(len(r.Contrasts), shown)] {
			fmt.Fprintf(&b, "- %s\n", markdown(t.String()))
		}
	}
	return write(w, &b)
}

// markdown escapes text for a table's cell or an item of a list.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range clean(s) {
		switch {
		case r == '&':
			b.WriteString("&amp;")
			continue
		case r == '<':
			b.WriteString("&lt;")
			continue
		case strings.ContainsRune("\\`*_[]#|~>", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// JUnit writes the report in the form of JUnit's XML, which most CI systems
// read: a test for each cell, failed where it moved. cells are those of the
// newer run.
func (r Report) JUnit(w io.Writer, cells []Cell) error {
	type failure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	type test struct {
		Class   string   `xml:"classname,attr"`
		Name    string   `xml:"name,attr"`
		Failure *failure `xml:"failure,omitempty"`
	}
	type suite struct {
		XMLName  xml.Name `xml:"testsuite"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Cases    []test   `xml:"testcase"`
	}
	moved := map[cellKey]Move{}
	vanished := map[cellKey]Cell{}
	for _, m := range r.Cells {
		moved[m.cell().key()] = m
		if m.Change == Vanished {
			vanished[m.cell().key()] = m.Old
		}
	}
	s := suite{Name: "parallax check", Failures: len(r.Cells)}
	for _, k := range union(index(cells), vanished, cellKey.compare) {
		t := test{Class: "parallax.check", Name: k.String()}
		if m, ok := moved[k]; ok {
			var text strings.Builder
			r.sentences(&text, m.Sentences, true)
			t.Failure = &failure{Message: fmt.Sprintf("%s -> %s", m.side(m.Old, Appeared), m.side(m.New, Vanished)), Text: "\n" + text.String()}
		}
		s.Cases = append(s.Cases, t)
	}
	s.Tests = len(s.Cases)
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", "  ")
	if err := e.Encode(struct {
		XMLName xml.Name `xml:"testsuites"`
		Suites  []suite
	}{Suites: []suite{s}}); err != nil {
		return fmt.Errorf("writing junit: %w", err)
	}
	b.WriteByte('\n')
	return write(w, &b)
}

// cell is the moved cell: its newer side, or the older where there is none.
func (m Move) cell() Cell {
	if m.Change == Vanished {
		return m.Old
	}
	return m.New
}

func write(w io.Writer, b *bytes.Buffer) error {
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("printing what moved: %w", err)
	}
	return nil
}
