package target

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"parallax/analysis/corpus"
)

// TestCorpus measures mentions in sentences of real articles.
func TestCorpus(t *testing.T) {
	f, err := os.Open("../../../shared/data/corpus/articles.jsonl.gz")
	if err != nil {
		t.Skip("the articles are not beside the repository: ", err)
	}
	defer f.Close()
	gold, err := os.ReadFile("testdata/corpus.tsv")
	if err != nil {
		t.Fatal(err)
	}
	type sentence struct {
		start, end int
		mentions   []string
	}
	byArticle := map[string][]sentence{}
	for line := range strings.Lines(string(gold)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var s sentence
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if _, err := fmt.Sscan(row[1], &s.start); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Sscan(row[2], &s.end); err != nil {
			t.Fatal(err)
		}
		s.mentions = strings.Fields(row[3])
		byArticle[row[0]] = append(byArticle[row[0]], s)
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<24)
	set := builtin(t)
	labelled, found, right := 0, 0, 0
	for in.Scan() {
		var row struct{ ID, Title, Date, Text string }
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		if byArticle[row.ID] == nil {
			continue
		}
		doc := &corpus.Document{ID: row.ID, Date: row.Date, Title: row.Title, Text: row.Text}
		at := 0
		for line := range strings.Lines(row.Text) {
			if strings.TrimSpace(line) != "" {
				doc.Blocks = append(doc.Blocks, corpus.Block{Kind: corpus.Paragraph, Start: at, End: at + len(strings.TrimRight(line, "\n"))})
			}
			at += len(line)
		}
		mentions := set.Find(doc, parse(doc))
		for _, s := range byArticle[row.ID] {
			labelled += len(s.mentions)
			var got []string
			for _, m := range mentions {
				if m.Start >= s.start && m.End <= s.end {
					got = append(got, fmt.Sprintf("%s:%d:%d", m.Target, m.Start, m.End))
				}
			}
			found += len(got)
			for _, m := range got {
				if slices.Contains(s.mentions, m) {
					right++
				}
			}
			if !slices.Equal(got, s.mentions) {
				t.Logf("%s: got %v, want %v: %s", row.ID, got, s.mentions, row.Text[s.start:s.end])
			}
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	if labelled < 400 {
		t.Fatalf("only %d mentions were met", labelled)
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(labelled)
	t.Logf("precision %d/%d = %.3f, recall %d/%d = %.3f", right, found, precision, right, labelled, recall)
	if precision < 0.97 || recall < 0.97 {
		t.Errorf("precision %.3f, recall %.3f; want 0.97 of both", precision, recall)
	}
}
