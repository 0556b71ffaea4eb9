package corpus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// prose is an article's paragraph for tests that need one.
const prose = "The envoys of both countries met at the border on Tuesday and agreed to go on with their talks next week."

// tree writes files below a new folder; a name that ends in a slash is a folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(path, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// below makes messages comparable: it takes the test's folder out of them.
func below(dir, s string) string {
	return strings.ReplaceAll(filepath.ToSlash(s), filepath.ToSlash(dir)+"/", "")
}

func TestReadErrors(t *testing.T) {
	long := strings.Repeat("word ", 100)
	tests := []struct {
		name  string
		files map[string]string
		paths []string
		stdin string
		want  string // the whole message
		kind  error  // what errors.Is finds; nil for neither kind
	}{
		{"nothing named", nil, nil, "", "no usable documents: name a file, a folder, a pattern, or - for standard input", ErrNoDocuments},
		{"missing path", nil, []string{"none.txt"}, "", "none.txt: no such file or folder", fs.ErrNotExist},
		{"file as folder", map[string]string{"a.txt": prose}, []string{"a.txt/b.txt"}, "", "a.txt/b.txt: no such file or folder", fs.ErrNotExist},
		{"pattern without match", nil, []string{"*.txt"}, "", "*.txt: the pattern matches nothing", fs.ErrNotExist},
		{"empty file", map[string]string{"a.txt": ""}, []string{"a.txt"}, "", "a.txt: empty file", nil},
		{"blank file", map[string]string{"a.txt": " \n\t\n"}, []string{"a.txt"}, "", "a.txt: empty file", nil},
		{"empty records", map[string]string{"a.jsonl": "\n\n"}, []string{"a.jsonl"}, "", "a.jsonl: empty file", nil},
		{"binary", map[string]string{"a.txt": "\x89PNG\r\n\x1a\n\x00\x00"}, []string{"a.txt"}, "", "a.txt: not text: it holds NUL bytes or other control characters", nil},
		{"binary without NUL", map[string]string{"a.txt": strings.Repeat("ab\x01\x02\xff", 50)}, []string{"a.txt"}, "", "a.txt: not text: it holds NUL bytes or other control characters", nil},
		{"too long", map[string]string{"a.txt": long}, []string{"a.txt"}, "", "a.txt: larger than 400 bytes, which no article is; put many articles into a .jsonl file", nil},
		{"other kind", map[string]string{"a.pdf": prose}, []string{"a.pdf"}, "", "a.pdf: not a kind of file that holds articles; " + readable + " are read", nil},
		{"companion", map[string]string{"README.md": prose}, []string{"README.md"}, "", "README.md: lies beside articles but is none; name an article or a folder", nil},
		{"empty folder", map[string]string{"d/": ""}, []string{"d"}, "", "no usable documents in d: put articles there: " + readable + " are read", ErrNoDocuments},
		{"folder of others", map[string]string{"d/a.pdf": prose, "d/README.md": prose, "d/.b.txt": prose}, []string{"d"}, "", "no usable documents in d: d/a.pdf: not a kind of file that holds articles; " + readable + " are read", ErrNoDocuments},
		{"only bad records", map[string]string{"a.jsonl": "{\n[]\n"}, []string{"a.jsonl"}, "", "no usable documents in a.jsonl: all 2 inputs were skipped, first a.jsonl:1: not a valid record: unexpected end of JSON input, at byte 1 of the line", ErrNoDocuments},
		{"empty stdin", nil, []string{"-"}, " \n", "standard input: empty", nil},
		{"unknown key", map[string]string{"d/a.txt": prose, "d/sources.yaml": "sources:\n  - id: A\n    colour: red\n"}, []string{"d"}, "", "d/sources.yaml: line 3: field colour is not known", nil},
		{"listed file is missing", map[string]string{"d/a.txt": prose, "d/sources.yaml": "sources:\n  - id: A\n    documents:\n      - file: b.txt\n"}, []string{"d"}, "", `d/sources.yaml: source "A" lists b.txt, which cannot be opened: no such file or directory`, nil},
		{"listed twice", map[string]string{"d/a.txt": prose, "d/sources.yaml": "sources:\n- id: A\n  documents: [{file: a.txt}]\n- id: B\n  documents: [{file: a.txt}]\n"}, []string{"d"}, "", `d/sources.yaml: a.txt is listed by "A" and again by "B"`, nil},
		{"source twice", map[string]string{"d/a.txt": prose, "d/sources.yaml": "sources:\n- id: A\n  documents: [{file: a.txt}]\n- id: A\n  documents: [{file: a.txt}]\n"}, []string{"d"}, "", `d/sources.yaml: the id "A" is given to two sources`, nil},
		{"source without id", map[string]string{"d/a.txt": prose, "d/sources.yaml": "sources:\n- documents: [{file: a.txt}]\n"}, []string{"d"}, "", `d/sources.yaml: source 1 has no id`, nil},
		{"outside", map[string]string{"d/a.txt": prose, "d/sources.yaml": "sources:\n- id: A\n  documents: [{file: ../a.txt}]\n"}, []string{"d"}, "", `d/sources.yaml: ../a.txt lies outside the folder of the file that lists it`, nil},
		{"bad date", map[string]string{"d/a.txt": prose, "d/sources.yaml": "sources:\n- id: A\n  documents: [{file: a.txt, date: soon}]\n"}, []string{"d"}, "", `d/sources.yaml: a.txt: the date "soon" is not understood; write 2021, 2021-10 or 2021-10-05`, nil},
		{"two documents", map[string]string{"d/a.txt": prose, "d/sources.yaml": "sources:\n- id: A\n  documents: [{file: a.txt}]\n---\nsources: []\n"}, []string{"d"}, "", "d/sources.yaml: there is a second document behind the first (---): put all sources into one", nil},
		{"no list", map[string]string{"d/a.txt": prose, "d/sources.yaml": "\"0\nd\""}, []string{"d"}, "", "d/sources.yaml: line 1: cannot unmarshal !!str `0 d`", nil},
		{"broken yaml", map[string]string{"d/a.txt": prose, "d/sources.yaml": "sources: [\n"}, []string{"d"}, "", "d/sources.yaml: line 1: did not find expected node content", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := tree(t, tt.files)
			var paths []string
			for _, p := range tt.paths {
				if p != "-" {
					p = filepath.Join(dir, p)
				}
				paths = append(paths, p)
			}
			_, err := Read(context.Background(), paths, Options{Stdin: strings.NewReader(tt.stdin), MaxText: 400})
			if err == nil {
				t.Fatalf("no error, want %q", tt.want)
			}
			if got := below(dir, err.Error()); got != tt.want {
				t.Errorf("error\n got %q\nwant %q", got, tt.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("the error is more than one line: %q", err)
			}
			for _, kind := range []error{ErrNoDocuments, fs.ErrNotExist} {
				if got := errors.Is(err, kind); got != (kind == tt.kind) {
					t.Errorf("errors.Is(err, %v) = %v", kind, got)
				}
			}
		})
	}
}

func TestReadFolder(t *testing.T) {
	german := "Die Gespräche wurden nach der Sitzung von den Diplomaten nicht fortgesetzt, weil sich die Delegation aus dem Norden mit der Haltung des Südens nicht abfinden wollte."
	dir := tree(t, map[string]string{
		"b-2020-05.txt":        prose,
		"a.txt":                "A title for this text\n\n" + prose,
		"README.md":            "about this folder",
		"targets.yaml":         "targets: []",
		"notes.doc":            "x",
		"empty.txt":            "",
		"german.txt":           german,
		".hidden.txt":          prose,
		".git/x.txt":           prose,
		"cnn/1.md":             prose,
		"cnn/records.jsonl":    `{"id":"a","text":"` + prose + `"}` + "\n" + `{"id":7,"text":"` + prose + `","source":"S","date":"March 5, 2021"}` + "\n",
		"cnn/deep/furniture.a": "",
		"cnn/share.txt":        "Share\nTweet\n",
	})
	var steps []string
	c, err := Read(context.Background(), []string{dir}, Options{Progress: func(done, total int) { steps = append(steps, fmt.Sprintf("%d/%d", done, total)) }})
	if err != nil {
		t.Fatal(err)
	}
	var docs []string
	for _, d := range c.Documents {
		docs = append(docs, fmt.Sprintf("%s source=%s date=%s title=%s line=%d", d.ID, d.Source, d.Date, d.Title, d.Line))
		checkCover(t, d)
	}
	wantDocs := []string{
		"a source=a date= title=A title for this text line=0",
		"b-2020-05 source=b date=2020-05 title= line=0",
		"cnn/1 source=cnn date= title= line=0",
		"7 source=S date=2021-03-05 title= line=2",
	}
	if diff := cmp.Diff(wantDocs, docs); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	var skipped []string
	for _, s := range c.Skipped {
		skipped = append(skipped, below(dir, s.Place()+": "+s.Reason))
	}
	wantSkipped := []string{
		"cnn/deep/furniture.a: not a kind of file that holds articles; " + readable + " are read",
		`cnn/records.jsonl:1: duplicate id "a", first seen in a.txt`,
		`cnn/share.txt: no article text: all of it looks like page furniture`,
		`empty.txt: empty file`,
		`german.txt: looks like German, not English`,
		"notes.doc: not a kind of file that holds articles; " + readable + " are read",
	}
	if diff := cmp.Diff(wantSkipped, skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	if n := len(steps); n != 9 || steps[n-1] != "9/9" {
		t.Errorf("progress %v, want nine steps up to 9/9", steps)
	}
}

// TestReadOnce: however a file is reached, it is read once.
func TestReadOnce(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": prose})
	file := filepath.Join(dir, "a.txt")
	c, err := Read(context.Background(), []string{file, dir, filepath.Join(dir, "*.txt")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Documents) != 1 || len(c.Skipped) != 2 {
		t.Errorf("%d documents, %d skipped, want 1 and 2", len(c.Documents), len(c.Skipped))
	}
}

func TestSources(t *testing.T) {
	dir := tree(t, map[string]string{
		"old.txt":      "A first title here\n\n" + prose,
		"new.txt":      "A second title here\n\nBy Ann Writer\n\n" + prose,
		"other.txt":    prose,
		"sub/deep.txt": prose,
		"sources.yaml": `sources:
  - id: New
    name: The new one
    outlet: Paper
    documents: [{file: new.txt, date: 5 October 2021, title: Another}, {file: sub/deep.txt, author: B. Writer}]
  - id: Old
    outlet: Paper
    documents: [{file: ./old.txt, date: 1999}]
`,
	})
	want := []Source{
		{ID: "New", Name: "The new one", Outlet: "Paper", Documents: []string{"new", "sub/deep"}},
		{ID: "Old", Name: "Old", Outlet: "Paper", Documents: []string{"old"}},
		{ID: "other", Name: "other", Documents: []string{"other"}},
	}
	c, err := Read(context.Background(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, c.Sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	i := slices.IndexFunc(c.Documents, func(d Document) bool { return d.ID == "new" })
	d := c.Documents[i]
	if got, want := []string{d.Title, d.Author, d.Date, d.Outlet}, []string{"Another", "Ann Writer", "2021-10-05", "Paper"}; !slices.Equal(got, want) {
		t.Errorf("metadata %q, want %q", got, want)
	}
	// The same file named directly has the same source.
	c, err = Read(context.Background(), []string{filepath.Join(dir, "old.txt")}, Options{})
	if err != nil || c.Documents[0].Source != "Old" || c.Documents[0].Date != "1999" {
		t.Errorf("named directly: %+v, %v", c.Documents, err)
	}
}

// TestRecords: a bad line is a record, and offsets in characters become bytes.
func TestRecords(t *testing.T) {
	lines := []string{
		`{"id":"x","source":"S","outlet":"O","title":"T","author":"A","date":"2021-10-05T08:00:00Z","text":"“Séoul” and the US met; Öl für USA – d’accord.","targets":[{"id":"SK","from":1,"to":6,"polarity":-1},{"id":"US","from":16,"to":18},{"id":"US","from":31,"to":34,"polarity":0}],"more":{"a":1}}`,
		`not json`,
		``,
		`{"id":"x","text":"Another text with the same id."}`,
		`{"id":"nolabel","text":"abc","targets":[{"id":"US","from":2,"to":4}]}`,
		`{"id":"badpol","text":"abc","targets":[{"id":"US","from":0,"to":1,"polarity":6}]}`,
		`{"id":"notext"}`,
		`{"id":"blank","text":"  "}`,
		`{"id":"type","text":5}`,
		`["array"]`,
		`{"id":"nul","source":"a\u0000b","text":"abc"}`,
		`{"id":"labels","text":"abc","targets":"US"}`,
		`{"text":"Named by its line. ` + strings.Repeat("x", 600) + `"}`,
		`{"text":"Without an id, and with a date that nobody understands.","date":"yesterday"}`,
	}
	dir := tree(t, map[string]string{"r.jsonl": "\ufeff" + strings.Join(lines, "\r\n")})
	c, err := Read(context.Background(), []string{filepath.Join(dir, "r.jsonl")}, Options{MaxLine: 500})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Documents) != 2 {
		t.Fatalf("%d documents, want 2: %v", len(c.Documents), c.Skipped)
	}
	d := c.Documents[0]
	got := []string{d.ID, d.Source, d.Outlet, d.Title, d.Author, d.Date}
	if want := []string{"x", "S", "O", "T", "A", "2021-10-05"}; !slices.Equal(got, want) {
		t.Errorf("metadata %q, want %q", got, want)
	}
	var labels []string
	for _, l := range d.Labels {
		p := "none"
		if l.Polarity != nil {
			p = fmt.Sprint(*l.Polarity)
		}
		labels = append(labels, l.Target+" "+d.Text[l.Start:l.End]+" "+p)
	}
	if diff := cmp.Diff([]string{"SK Séoul -1", "US US none", "US USA 0"}, labels); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	if d := c.Documents[1]; d.ID != "r:14" || d.Date != "" || len(d.Notes) != 1 {
		t.Errorf("the last record: id %q, date %q, notes %q", d.ID, d.Date, d.Notes)
	}
	var skipped []string
	for _, s := range c.Skipped {
		skipped = append(skipped, fmt.Sprintf("%d %s", s.Line, below(dir, s.Reason)))
	}
	want := []string{
		`2 not a valid record: invalid character 'o' in literal null (expecting 'u'), at byte 2 of the line`,
		`4 duplicate id "x", first seen in r.jsonl:1`,
		`5 target 1 ("US"): characters 2 to 4 are not a span of the text, which has 3`,
		`6 target 1 ("US"): polarity 6 is not -1, 0 or 1`,
		`7 the record has no "text" but "id": say which holds it, as in --map text=id`,
		`8 the record's "text" is empty`,
		`9 not a valid record: "text" should hold a string but holds a number`,
		`10 not a valid record: the line should hold an object, found: array`,
		`11 the record's "source" holds NUL characters: it is not text`,
		`12 not a valid record: "targets" should hold a list but holds a string`,
		`13 the line is longer than 500 bytes`,
	}
	if diff := cmp.Diff(want, skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}

// TestRecordUntouched: ordinary paragraphs of a record are the document, whole.
func TestRecordUntouched(t *testing.T) {
	text := "Talks began. Nobody knew for how long they would go on.\n\n" + prose + "\n\nThe minister said no\n"
	read := func(line string) (Document, string) {
		c, err := Read(context.Background(), []string{"-"}, Options{Stdin: strings.NewReader(line)})
		if err != nil {
			return Document{}, err.Error()
		}
		return c.Documents[0], ""
	}
	d, reason := read(fmt.Sprintf(`{"title":"Elsewhere","text":%q}`, text))
	if reason != "" {
		t.Fatal(reason)
	}
	var kinds []Kind
	var parts []string
	for _, b := range d.Blocks {
		kinds, parts = append(kinds, b.Kind), append(parts, d.Text[b.Start:b.End])
	}
	if d.Title != "Elsewhere" || len(parts) < 2 || parts[1] != prose || slices.Contains(kinds, Title) {
		t.Errorf("title %q, blocks %q of kinds %q", d.Title, parts, kinds)
	}
	// A labelled record is never cleaned: its label must stay in a block.
	d, _ = read(`{"text":"Read more: US troops","targets":[{"id":"US","from":11,"to":13}]}`)
	if len(d.Dropped) != 0 || len(d.Blocks) != 1 {
		t.Errorf("a labelled record lost %v", d.Dropped)
	}
}

func TestStdin(t *testing.T) {
	for _, tt := range []struct{ name, in, id string }{
		{"records", "\n  {\"text\":\"" + prose + "\"}\n", "stdin:2"},
		{"article", "A title of an article\n\n" + prose, "stdin"},
	} {
		c, err := Read(context.Background(), []string{"-"}, Options{Stdin: strings.NewReader(tt.in)})
		if err != nil || len(c.Documents) != 1 || c.Documents[0].ID != tt.id || c.Documents[0].Path != "-" {
			t.Errorf("%s: %+v, %v", tt.name, c, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, []string{seeds}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestDecode(t *testing.T) {
	utf16le := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune("Ünïted – 😀")) {
		utf16le = append(utf16le, byte(u), byte(u>>8))
	}
	more := strings.Repeat(" and so on", 20) // of which little is damaged
	tests := []struct {
		name, in, want string
		note           bool
	}{
		{"utf-8", "Séoul’s", "Séoul’s", false},
		{"byte order mark", "\ufeffSeoul", "Seoul", false},
		{"utf-16", string(utf16le), "Ünïted – 😀", false},
		{"windows-1252", "It\x92s S\xe9oul \x96 \x93now\x94", "It’s Séoul – “now”", true},
		{"one byte of Windows-1252", "Séoul’s \x92 “now”" + more, "Séoul’s ’ “now”" + more, true},
		{"a character without its end", "Séoul’s \xe2\x80 “now”" + more, "Séoul’s \ufffd “now”" + more, true},
		{"windows-1252 with a letter before a quotation mark", "\x93S\xe9oul\xe9\x94 \x96 now", "“Séoulé” – now", true},
		{"cut within a character", more + "\xe2\x80", more + "\ufffd", true},
		{"windows-1252 and a letter in UTF-8", "\x93Se\xc3\xb3ul\x94 \x96 S\xe9oul", "“Seóul” – Séoul", true},
		{"line ends stay", "a\r\nb\rc\n", "a\r\nb\rc\n", false},
	}
	for _, tt := range tests {
		got, note, err := decode([]byte(tt.in))
		if err != nil || got != tt.want || (note != "") != tt.note {
			t.Errorf("%s: decode = %q, %q, %v; want %q", tt.name, got, note, err, tt.want)
		}
	}
}

// TestLineEnds: a page reads the same whatever ends its lines.
func TestLineEnds(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(seeds, "wsws-2001-09-28.txt"))
	if err != nil {
		t.Fatal(err)
	}
	read := func(raw []byte) string {
		var r reader
		d, reason := r.readText(raw, stream{name: "x.txt", id: "x"})
		if reason != "" {
			t.Fatal(reason)
		}
		checkCover(t, d.Document)
		return outline(d.Document)
	}
	want := read(raw)
	for _, end := range []string{"\r\n", "\r"} {
		if diff := cmp.Diff(want, read(bytes.ReplaceAll(raw, []byte("\n"), []byte(end)))); diff != "" {
			t.Errorf("with %q (-want +got):\n%s", end, diff)
		}
	}
}
