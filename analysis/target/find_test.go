package target

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parallax/analysis/corpus"
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

// TestDump prints the mentions of a file named by PARALLAX_DUMP.
func TestDump(t *testing.T) {
	path := os.Getenv("PARALLAX_DUMP")
	if path == "" {
		t.Skip("PARALLAX_DUMP is not set")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc := document(string(data), os.Getenv("PARALLAX_DATE"))
	sentences := parse(doc)
	ms := builtin(t).Find(doc, sentences)
	for i, s := range sentences {
		fmt.Println("-", fold(doc.Text[s.Start:s.End]))
		for _, m := range ms {
			if m.Sentence == i {
				fmt.Printf("      %s %s %q %v %s\n", m.Target, m.Kind, m.Text, m.Collective, m.Office)
			}
		}
	}
}
