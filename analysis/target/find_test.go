package target

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis/corpus"
	"parallax/analysis/internal/linear"
	"parallax/analysis/language"
	"parallax/seeds"
)

// parse splits without tagging: mentions do not depend on tags.
func parse(doc *corpus.Document) []language.Sentence {
	var all []language.Sentence
	for i, b := range doc.Blocks {
		for _, s := range language.Sentences(doc.Text, b.Start, b.End) {
			s.Block = i
			all = append(all, s)
		}
	}
	return all
}

// document makes a document of a text whose blocks are parted by empty lines.
// A block that begins with "# " is the title.
func document(text, date string) *corpus.Document {
	doc := &corpus.Document{Text: text, Date: date}
	at := 0
	for _, part := range strings.SplitAfter(text, "\n\n") {
		b := corpus.Block{Kind: corpus.Paragraph, Start: at, End: at + len(strings.TrimRight(part, "\n"))}
		if strings.HasPrefix(part, "# ") {
			b.Kind, b.Start = corpus.Title, at+2
		}
		if b.End > b.Start {
			doc.Blocks = append(doc.Blocks, b)
		}
		at += len(part)
	}
	return doc
}

func builtin(t testing.TB) *Set {
	t.Helper()
	s, err := Parse("targets.yaml", seeds.Targets)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestGold measures against the labelled sentences of two seed articles.
func TestGold(t *testing.T) {
	f, err := os.Open("../../../shared/data/gold/seeds_dev.jsonl")
	if err != nil {
		t.Skip("no labelled sentences beside the repository: ", err)
	}
	defer f.Close()
	type row struct{ File, Sentence, Target string }
	want := make(map[string][]row)
	in := bufio.NewScanner(f)
	for in.Scan() {
		var r row
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		want[r.File] = append(want[r.File], r)
	}
	files := []struct{ gold, seed, date string }{
		{"000_8e7091280a53da43.txt", "wsws-2001-09-28.txt", "2001-09-28"},
		{"003_b8b5adbfaceb1e5d.txt", "dw-2017-06-07.txt", "2017-06-07"},
	}
	set := builtin(t)
	labelled, hit, found, right := 0, 0, 0, 0
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join("../../seeds", file.seed))
		if err != nil {
			t.Fatal(err)
		}
		rows := want[file.gold]
		doc, spans := goldDocument(t, string(data), file.date, rowTexts(rows, func(r row) string { return r.Sentence }))
		sentences := parse(doc)
		got := make(map[string]map[string]bool)
		for _, m := range set.Find(doc, sentences) {
			for text, sp := range spans {
				if m.Start >= sp[0] && m.End <= sp[1] {
					if got[text] == nil {
						got[text] = make(map[string]bool)
					}
					got[text][m.Target] = true
				}
			}
		}
		gold := make(map[string]map[string]bool)
		for _, r := range rows {
			if gold[r.Sentence] == nil {
				gold[r.Sentence] = make(map[string]bool)
			}
			gold[r.Sentence][r.Target] = true
			labelled++
			if got[r.Sentence][r.Target] {
				hit++
			} else {
				t.Logf("missed %s: %s", r.Target, r.Sentence)
			}
		}
		for _, text := range slices.Sorted(mapsKeys(got)) {
			for _, target := range []string{"US", "NK", "SK"} {
				if got[text][target] {
					found++
					if gold[text][target] {
						right++
					} else {
						t.Logf("extra %s: %s", target, text)
					}
				}
			}
		}
	}
	recall, precision := float64(hit)/float64(labelled), float64(right)/float64(found)
	t.Logf("labelled pairs found %d/%d = %.3f, found pairs labelled %d/%d = %.3f", hit, labelled, recall, right, found, precision)
	if recall < 0.97 || precision < 0.93 {
		t.Errorf("labelled pairs found %.3f, want 0.97; found pairs labelled %.3f, want 0.93", recall, precision)
	}
}

func mapsKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func rowTexts[R any](rows []R, f func(R) string) []string {
	var out []string
	for _, r := range rows {
		if s := f(r); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// goldDocument makes a document of an article as it came: paragraphs between
// empty lines, from the first labelled sentence on. A paragraph that the page
// cut in two inside a labelled sentence is joined. It returns where each
// labelled sentence stands.
func goldDocument(t *testing.T, text, date string, sentences []string) (*corpus.Document, map[string][2]int) {
	t.Helper()
	// flat is the text with white space folded, origin its offsets in text.
	var flat strings.Builder
	var origin []int
	space := true
	for i, r := range text {
		if r == ' ' || r == '\n' || r == '\r' || r == '\t' || r == '\u00a0' {
			if !space {
				flat.WriteByte(' ')
				origin = append(origin, i)
			}
			space = true
			continue
		}
		space = false
		for k := range len(string(r)) {
			origin = append(origin, i+k)
		}
		flat.WriteRune(r)
	}
	spans := make(map[string][2]int)
	whole := flat.String()
	for _, s := range sentences {
		f := fold(s)
		at := strings.Index(whole, f)
		if at < 0 {
			t.Logf("not in the article: %s", f)
			continue
		}
		spans[s] = [2]int{origin[at], origin[at+len(f)-1] + 1}
	}
	doc := &corpus.Document{Text: text, Date: date}
	at := 0
	for _, part := range strings.SplitAfter(text, "\n\n") {
		b := corpus.Block{Kind: corpus.Paragraph, Start: at, End: at + len(strings.TrimRight(part, "\n"))}
		at += len(part)
		if strings.TrimSpace(part) == "" {
			continue
		}
		joined := false
		for _, sp := range spans {
			if n := len(doc.Blocks); n > 0 && sp[0] < doc.Blocks[n-1].End && sp[1] > b.Start {
				doc.Blocks[n-1].End, joined = b.End, true
				break
			}
		}
		if !joined {
			doc.Blocks = append(doc.Blocks, b)
		}
	}
	return doc, spans
}

// check fails where mentions are out of order or out of their sentence.
func check(t *testing.T, doc *corpus.Document, set *Set) {
	t.Helper()
	sentences := parse(doc)
	ms := set.Find(doc, sentences)
	for i, m := range ms {
		s := sentences[m.Sentence]
		switch {
		case m.Start < s.Start || m.End > s.End || m.Start >= m.End:
			t.Fatalf("mention [%d, %d) outside of its sentence [%d, %d)", m.Start, m.End, s.Start, s.End)
		case m.Text != doc.Text[m.Start:m.End]:
			t.Fatalf("text %q is not that of [%d, %d)", m.Text, m.Start, m.End)
		case m.First > m.Last || m.Start < s.Tokens[m.First].Start || m.Start >= s.Tokens[m.First].End || m.End > s.Tokens[m.Last].End || m.End <= s.Tokens[m.Last].Start:
			t.Fatalf("tokens %d to %d do not hold %q", m.First, m.Last, m.Text)
		case m.Target == "" || m.Kind == "":
			t.Fatalf("mention %q without target or kind", m.Text)
		}
		if i == 0 {
			continue
		}
		if p := ms[i-1]; p.Sentence > m.Sentence || p.Sentence == m.Sentence && (p.Start > m.Start || p.Start == m.Start && p.Target >= m.Target) {
			t.Fatalf("%q [%d] %s before %q [%d] %s", p.Text, p.Start, p.Target, m.Text, m.Start, m.Target)
		}
	}
	if diff := cmp.Diff(ms, set.Find(doc, sentences)); diff != "" {
		t.Fatal("a second look finds something else: ", diff)
	}
}

var seedFiles = []struct{ name, date string }{
	{"wsws-2001-09-28.txt", "2001-09-28"}, {"dw-2017-06-07.txt", "2017-06-07"}, {"telesur-2018-06-15.txt", "2018-06-15"},
	{"wsws-2018-01-06.txt", "2018-01-06"}, {"worldlines-2021-10.txt", "2021-10"},
}

func seedText(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../seeds", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func FuzzFind(f *testing.F) {
	f.Add("North and South Korea-US talks, said Kim Jong-un. “They” met in Seoul—he said: “We", "2018")
	f.Add("SEOUL, Dec. 3 (Yonhap) -- the two sides, the", "")
	f.Add("US Secretary of State for of to, Donald J. Trump's", "2018-01-01")
	for _, s := range seedFiles {
		f.Add(seedText(f, s.name), s.date)
	}
	set := builtin(f)
	f.Fuzz(func(t *testing.T, text, date string) {
		if utf8.ValidString(text) {
			check(t, document(text, date), set)
		}
	})
}

// TestNames exchanges the names of one target in the file and in the articles.
// The code knows no names, so the mentions must stay.
func TestNames(t *testing.T) {
	words := regexp.MustCompile(`\b(United|States|America|Americans?|Washington|Pentagon|Trump|Bush|Clinton|Pence|Mattis|Tillerson|USA?|U\.S\.(?:A\.)?)`)
	swap := func(s string) string {
		return words.ReplaceAllStringFunc(s, func(w string) string {
			switch {
			case strings.HasPrefix(w, "U.S."):
				return "Z" + w[1:]
			case strings.HasPrefix(w, "US"):
				return "Z" + w[1:]
			}
			return "Z" + strings.ToLower(w)
		})
	}
	other, err := Parse("swapped", []byte(swap(string(seeds.Targets))))
	if err != nil {
		t.Fatal(err)
	}
	set := builtin(t)
	find := func(set *Set, text, date string) []Mention {
		doc := document(text, date)
		ms := set.Find(doc, parse(doc))
		for i := range ms {
			ms[i].Start, ms[i].End, ms[i].Text, ms[i].Office = 0, 0, "", ""
			if ms[i].Target == "ZS" {
				ms[i].Target = "US"
			}
		}
		return ms
	}
	for _, s := range seedFiles {
		text := seedText(t, s.name)
		want := find(set, text, s.date)
		if len(want) < 50 {
			t.Errorf("%s: only %d mentions", s.name, len(want))
		}
		if diff := cmp.Diff(want, find(other, swap(text), s.date)); diff != "" {
			t.Errorf("%s: %s", s.name, diff)
		}
	}
}

func TestLabels(t *testing.T) {
	doc := document("Trump met Kim. He left.\n\nSeoul-based experts.", "")
	doc.Labels = []corpus.Label{{Target: "x", Start: 24, End: 30}, {Target: "kim", Start: 10, End: 13}, {Target: "he", Start: 15, End: 17}, {Target: "no", Start: 400, End: 410}}
	got := Set{}
	want := []Mention{
		{Target: "kim", Kind: Name, Sentence: 0, First: 2, Last: 2, Start: 10, End: 13, Text: "Kim"},
		{Target: "he", Kind: Name, Sentence: 1, First: 0, Last: 0, Start: 15, End: 17, Text: "He"},
		{Target: "x", Kind: Name, Sentence: 2, First: 0, Last: 0, Start: 25, End: 30, Text: "Seoul"},
	}
	if diff := cmp.Diff(want, got.Find(doc, parse(doc))); diff != "" {
		t.Error(diff)
	}
}

// TestLongLine finds in a sentence without end about as fast as elsewhere: a
// step that looked back over the whole sentence would take minutes here.
func TestLongLine(t *testing.T) {
	set := builtin(t)
	for _, w := range []string{"Kim and the US, ", "the North and ", "President of the ", "both sides ", "Seoul, ", "the regime ", "former President Trump ", "Trump, a ", "a-", "A-", "Trump-"} {
		linear.Check(t, w, 60_000, func(size int) {
			doc := document("South Korea, North Korea "+strings.Repeat(w, size)+" lied.", "2018")
			set.Find(doc, parse(doc))
		})
	}
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(seedText(b, "wsws-2001-09-28.txt")+"\n\n", 10)
	doc := document(text, "2001-09-28")
	sentences := parse(doc)
	set := builtin(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		set.Find(doc, sentences)
	}
}
