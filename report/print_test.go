package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"parallax/analysis"
)

// hostile is text that would be markup if it were not escaped.
var hostile = []string{
	"plain",
	"<script>alert(1)</script>",
	"</style></title><img src=x onerror=alert(1)>",
	"a | b \\| c",
	"](javascript:alert(1)) [x]: http://x",
	"![x](y)",
	"`` ` ``` code",
	"*a* **b** _c_ __d__ ~~e~~ $f$",
	"# heading",
	"1. one",
	"12) twelve",
	"- dash",
	"+ plus",
	"--- ",
	"> quote",
	"| table |",
	"first\nsecond\n\n# third",
	"\r\n- x",
	"&lt;b&gt; &amp; &#60;",
	"=cmd|' /C calc'!A0",
	"<details><summary>",
	"-->]]><!--",
	"\x00\x01\x1b[31m \u0085 \u2028",
	"\xff\xfe not UTF-8",
	"ends with \\",
	"Look!",
}

// everywhere is a document with a text in every place that takes one.
func everywhere(s string) *Document {
	inlines := []Inline{Text(s), Strong(s), Emph(s), Code(s), Link{s, "https://example.org/" + s}, Link{s, s}, Mark{s, -0.2, s}, Mark{s, 0.4, ""}, Text("!"), Link{"x", "#y"}, Opener{Mark{s, -0.2, ""}, s, s, s}}
	return &Document{Title: s, Blocks: []Block{
		&Heading{2, "a", s}, &Heading{9, "", s},
		para(inlines...), para(Text(s)), note(Strong(s)), &Paragraph{Role: Lead, Inline: []Inline{Text(s)}},
		&List{Items: [][]Inline{inlines, {Text(s)}}}, &List{Ordered: true, Items: [][]Inline{{Text(s)}}},
		&Table{Caption: s, Columns: []Column{{s, Left}, {s, Right}, {"c", Center}}, Rows: [][][]Inline{{inlines, {Text(s)}}, {{Code(s)}}}},
		&Image{Path: s, Alt: s, Caption: s},
		&Details{Summary: s, Blocks: []Block{para(Text(s)), &Quote{Blocks: []Block{para(inlines...), &Quote{Blocks: []Block{para(Text(s))}}}}}},
		&CodeBlock{s}, &Rule{},
		&Beside{Aside: []Block{para(Text(s))}, Blocks: []Block{&Heading{2, "b", s}}},
		&Browser{Noun: "source", Units: []Name{{s, s}}, Targets: []Name{{s, s}}, All: 2, Sentences: []Scored{{Unit: s, Target: s, Document: s, Title: s, Date: s,
			Quoted: true, Holder: s, Role: "agent", Mention: s, Tone: -10, Rest: -10, Parts: []Part{{Text: s}, {s, []analysis.Evidence{{Term: s, Rule: s}}}}}}},
	}}
}

func FuzzPrinters(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := everywhere(s)
		var md, page bytes.Buffer
		if err := Markdown(&md, d); err != nil {
			t.Fatal(err)
		}
		if err := HTML(&page, d); err != nil {
			t.Fatal(err)
		}
		checkMarkdown(t, s)
		checkShape(t, md.String())
		checkPage(t, page.Bytes(), s)
	})
}

// tag matches what opens HTML in Markdown.
var tag = regexp.MustCompile(`<[^>]*>?`)

// checkMarkdown reads an escaped line back: nothing in it but known tags opens
// markup, and unescaped it is the text.
func checkMarkdown(t *testing.T, s string) {
	t.Helper()
	line := markdownLine([]Inline{Text(s)}, false)
	if strings.ContainsAny(line, "\n\r<>") {
		t.Errorf("%q prints with a line break or a bracket: %q", s, line)
	}
	var plain strings.Builder
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\' && i+1 < len(line) && unicode.In(rune(line[i+1]), unicode.Punct, unicode.Symbol):
			i++
			plain.WriteByte(line[i])
			continue
		case strings.IndexByte("\\`*_[]#|~$", c) >= 0:
			t.Errorf("%q prints with a bare %q: %q", s, c, line)
		case c == '&' && strings.HasPrefix(line[i:], "&lt;"):
			plain.WriteByte('<')
			i += 3
			continue
		case c == '&' && strings.HasPrefix(line[i:], "&gt;"):
			plain.WriteByte('>')
			i += 3
			continue
		case c == '&' && strings.HasPrefix(line[i:], "&amp;"):
			plain.WriteByte('&')
			i += 4
			continue
		case c == '&':
			t.Errorf("%q prints with a bare ampersand: %q", s, line)
		}
		plain.WriteByte(c)
	}
	if want := strings.Trim(fold(s), " "); plain.String() != want {
		t.Errorf("%q reads back as %q, want %q", s, plain.String(), want)
	}
	if regexp.MustCompile(`^(\d+[.)]|[-+>#=|]|~~~)`).MatchString(line) && !strings.HasPrefix(line, "=") {
		t.Errorf("%q opens a block: %q", s, line)
	}
}

// checkShape: outside code blocks a document has no tag but those the printer
// writes, one fold, and rows of as many cells as the table has.
func checkShape(t *testing.T, got string) {
	t.Helper()
	known := []string{"<details>", "</details>", "<summary>", "</summary>", "<strong>", "</strong>", "<em>", "</em>", "<code>", "</code>"}
	code := false // within the code block, which holds anything
	pipes, details := 0, 0
	for line := range strings.Lines(got) {
		if strings.HasPrefix(line, "```") {
			code = !code
		}
		if code {
			continue
		}
		for _, found := range tag.FindAllString(line, -1) {
			if !slices.Contains(known, found) {
				t.Errorf("%q has become a tag in %q", found, line)
			}
		}
		if strings.HasPrefix(line, "<details>") {
			details++
		}
		if strings.HasPrefix(line, "|") {
			if n := len(regexp.MustCompile(`(?:^|[^\\])(?:\\\\)*\|`).FindAllString(line, -1)); n != 4 {
				t.Errorf("%d bars in a row of three cells: %q", n, line)
			}
			pipes++
		}
	}
	if pipes != 4 {
		t.Errorf("a table of four lines has %d", pipes)
	}
	if details != 1 {
		t.Errorf("%d details, want 1", details)
	}
}

// checkPage parses a page: it is well-formed, has only elements and attributes
// that the printer writes, and its text is the text.
func checkPage(t *testing.T, page []byte, s string) {
	t.Helper()
	body, ok := bytes.CutPrefix(page, []byte("<!DOCTYPE html>\n"))
	if !ok {
		t.Fatal("no doctype")
	}
	elements := strings.Fields("html head meta title style body a header h1 h2 h3 h4 nav ol ul li main p strong em code mark div table caption thead tbody tr th td figure figcaption img details summary blockquote pre hr script section form label select option input button span")
	attributes := strings.Fields("lang charset http-equiv content name class href id tabindex title rel role aria-label scope src alt width height data-opens type value autocomplete spellcheck hidden")
	d := xml.NewDecoder(bytes.NewReader(body))
	var titles []string
	var text *strings.Builder // of the heading or script that is open
	var data string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed with %q: %v", s, err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			if !slices.Contains(elements, x.Name.Local) {
				t.Errorf("%q made an element %s", s, x.Name.Local)
			}
			for _, a := range x.Attr {
				if !slices.Contains(attributes, a.Name.Local) {
					t.Errorf("%q made an attribute %s", s, a.Name.Local)
				}
				if a.Name.Local == "href" && !regexp.MustCompile(`^(#|https://example\.org/|https?:|mailto:|[^:]*$|[^:]*[/?#])`).MatchString(strings.ToLower(a.Value)) {
					t.Errorf("%q made a link to %q", s, a.Value)
				}
				if a.Name.Local == "src" && !strings.HasPrefix(a.Value, "data:image/png;base64,") {
					t.Errorf("%q made a picture of %q", s, a.Value)
				}
			}
			if x.Name.Local == "h1" || x.Name.Local == "script" {
				text = &strings.Builder{}
			}
		case xml.CharData:
			if text != nil {
				text.Write(x)
			}
		case xml.EndElement:
			if x.Name.Local == "h1" {
				titles = append(titles, text.String())
				text = nil
			}
			if x.Name.Local == "script" && data == "" {
				data = text.String()
				text = nil
			}
		case xml.Comment, xml.ProcInst, xml.Directive:
			t.Errorf("%q made %T", s, x)
		}
	}
	checkData(t, data, s)
	if len(titles) != 1 || titles[0] != fold(s) {
		t.Errorf("the title is %q, want %q", titles, fold(s))
	}
}

// checkData reads the browser's data back: what could end the element it is in
// is escaped, and its text is the text.
func checkData(t *testing.T, data, s string) {
	t.Helper()
	if strings.ContainsAny(data, "<>&\u2028\u2029") {
		t.Errorf("data with markup in it: %s", data)
	}
	var x struct {
		Units     [][]string
		Documents [][]string
		Words     []string
		Rows      [][]any
	}
	if err := json.Unmarshal([]byte(data), &x); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	want := strings.ToValidUTF8(fold(s), "\ufffd")
	parts := x.Rows[0][10].([]any)
	for _, got := range []any{x.Units[0][1], x.Documents[0][1], x.Documents[0][2], x.Words[0], parts[0], parts[1].([]any)[0]} {
		if got != want {
			t.Errorf("%q reads back as %q", s, got)
		}
	}
}

func TestPrintersEscape(t *testing.T) {
	for _, s := range hostile {
		if !utf8.ValidString(s) {
			continue // the fuzz target has it
		}
		var md bytes.Buffer
		if err := Markdown(&md, everywhere(s)); err != nil {
			t.Fatal(err)
		}
		checkMarkdown(t, s)
		checkShape(t, md.String())
	}
}

func TestMarkdownInlines(t *testing.T) {
	tests := []struct {
		in   []Inline
		want string
	}{
		{[]Inline{Text("it "), Mark{"fell", -1, ""}, Text(", then")}, "it **fell**, then"},
		{[]Inline{Text("it"), Mark{" fell ", -1, ""}, Text("then")}, "it **fell** then"},
		{[]Inline{Text("un"), Mark{"‘fair’", -1, ""}, Text("ly")}, "un<strong>‘fair’</strong>ly"},
		{[]Inline{Mark{"so", 1, ""}, Mark{"so", 1, ""}}, "**so**<strong>so</strong>"},
		{[]Inline{Strong("A sentence.")}, "**A sentence.**"},
		{[]Inline{Strong("A."), Text("B")}, "<strong>A.</strong>B"},
		{[]Inline{Text("Wow!"), Link{"x", "y"}}, `Wow\![x](y)`},
		{[]Inline{Link{"x", "a b(c)|d"}}, "[x](a%20b%28c%29%7Cd)"},
		{[]Inline{Link{"x", "JavaScript:alert(1)"}, Link{"y", "data:text/html,z"}}, "xy"},
		{[]Inline{Code("a"), Code("b"), Text(" "), Code("c|d`e"), Code(" ")}, "`a`<code>b</code> <code>c\\|d\\`e</code>"},
		{[]Inline{Text("3"), Text(". x")}, `3\. x`},
		{[]Inline{Text("http://a.b WWW.c.d e@f.g @h")}, `http\://a.b WWW\.c.d e@<!-- -->f.g @<!-- -->h`},
		{[]Inline{Strong(""), Mark{"", 1, ""}, Text(" x ")}, "x"},
	}
	for _, test := range tests {
		if got := markdownLine(test.in, false); got != test.want {
			t.Errorf("%v prints as %s, want %s", test.in, got, test.want)
		}
	}
}

// TestPageIsSelfContained: the policy lets nothing be loaded and no script run
// but the page's own, and its digests are those of what is in the page.
func TestPageIsSelfContained(t *testing.T) {
	var b bytes.Buffer
	if err := HTML(&b, Build(small(t))); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	_, rest, _ := strings.Cut(page, "<style>")
	css, _, _ := strings.Cut(rest, "</style>")
	_, rest, _ = strings.Cut(rest, "<script>")
	js, _, _ := strings.Cut(rest, "</script>")
	source := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "&#39;sha256-" + strings.ReplaceAll(base64.StdEncoding.EncodeToString(sum[:]), "+", "&#43;") + "&#39;"
	}
	for _, want := range []string{"default-src &#39;none&#39;; img-src data:; style-src " + source(css) + "; script-src " + source(js) + "; base-uri &#39;none&#39;; form-action &#39;none&#39;",
		`<html lang="en">`, `<main id="report"`, `class="skip" href="#report"`, `<nav aria-label="Contents">`, `width="40" height="30"`, `alt="Own voice against quoted voices"`, `<title id="chart-tone-1-title">Tone by source and target</title>`, `>Freedonia &lt; Sylvania</text>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	for _, bad := range []string{"url(", "innerHTML", "fetch(", "eval(", "@import", "ZgotmplZ", " style=", " onclick", "<link"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	if n := strings.Count(page, "<script"); n != 2 {
		t.Errorf("%d scripts: want the data and the program", n)
	}
	for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if strings.Count(page, ` id="`+m[1]+`"`) != 1 {
			t.Errorf("the anchor %q does not stand once", m[1])
		}
	}
}

func TestEvidenceSumsToTone(t *testing.T) {
	in := small(t)
	documents := map[string]int{}
	for i, d := range in.Documents {
		documents[d.ID] = i
	}
	for _, o := range in.Observations {
		var text strings.Builder
		marked := int64(0)
		for _, x := range sentence(&in.Documents[documents[o.Document]], o) {
			switch x := x.(type) {
			case Text:
				text.WriteString(string(x))
			case Mark:
				text.WriteString(x.Text)
				marked += units(x.Weight)
			}
		}
		if got := strings.Join(strings.Fields(text.String()), " "); got != o.Sentence {
			t.Errorf("the marked sentence is %q, want %q", got, o.Sentence)
		}
		if marked != units(o.Tone) {
			t.Errorf("marks of %q sum to %d, want %d", o.Sentence, marked, units(o.Tone))
		}
		if line := markdownLine(arithmetic(o, 0), true); strings.Contains(line, "no single word") {
			t.Errorf("the sum of %q does not come out: %s", o.Sentence, line)
		}
	}

	o := in.Observations[0]
	o.Evidence = append(slices.Clone(o.Evidence), o.Evidence[0])
	o.Evidence[2].Contribution = 0.01
	if line := markdownLine(arithmetic(o, 0), true); line != "**brutally** −0.1200, **threatened** −0.3134, **brutally** +0.0100, no single word −0.0100 = tone −0.4334" {
		t.Errorf("a sum that does not come out prints %s", line)
	}
	if marks := sentence(&in.Documents[0], o); len(marks) != 5 || units(marks[1].(Mark).Weight) != -1100 {
		t.Errorf("two entries on one word print %v", marks)
	}
	for _, broken := range []func(){func() { o.End = 1 << 30 }, func() { o.Start = -1 }, func() { o.Start = o.End }} {
		o := in.Observations[0]
		broken()
		if got := sentence(&in.Documents[0], o); len(got) == 0 {
			t.Error("a sentence with broken offsets is lost")
		}
	}
	o = in.Observations[0]
	o.End = 1 << 30
	o.Evidence = nil
	if got := markdownLine(sentence(&in.Documents[0], o), true); got != o.Sentence {
		t.Errorf("broken offsets print %q", got)
	}
}

// What is left out of a sum is summed up, so that the figures still make the tone.
func TestTelling(t *testing.T) {
	o := analysis.Observation{Tone: -0.383}
	for i := range 12 {
		o.Evidence = append(o.Evidence, analysis.Evidence{Term: "t", Start: i, End: i + 1, Contribution: -0.02 - 0.002*float64(i)})
	}
	o.Evidence = append(o.Evidence, analysis.Evidence{Term: "slight", Start: 20, Contribution: -0.011})
	shown, others := telling(o)
	if len(shown.Evidence) != tellingTerms || others != len(o.Evidence)-tellingTerms || len(o.Evidence) != 13 {
		t.Errorf("%d terms shown, %d others, of %d", len(shown.Evidence), others, len(o.Evidence))
	}
	for i, e := range shown.Evidence {
		if i > 0 && e.Start < shown.Evidence[i-1].Start {
			t.Error("not by position")
		}
	}
	if line := markdownLine(arithmetic(shown, others), true); !strings.Contains(line, "all other words −0.103") || !strings.HasSuffix(line, "= tone −0.383") {
		t.Error(line)
	}
}
