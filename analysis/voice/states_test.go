package voice_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"unicode/utf8"

	"parallax/analysis/corpus"
	"parallax/analysis/language"
)

// TestStates measures the voice on labelled sentences of many outlets. Each
// stands alone, so that what only its article tells counts as wrong. The bar is
// below what is reached.
func TestStates(t *testing.T) {
	const file = "../../../shared/data/states/labels.jsonl"
	f, err := os.Open(file)
	if err != nil {
		t.Skip("the labelled sentences are not beside the repository: ", err)
	}
	defer f.Close()
	set := targets(t)
	c := tally{kind: "states"}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var row struct {
			Text    string
			Targets []struct {
				ID       string
				From, To int
				Voice    string
			}
		}
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		doc := &corpus.Document{ID: "row", Text: row.Text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(row.Text)}}}
		// The labelled states are mentions beside those that the program finds.
		for _, m := range set.Find(doc, language.Split(doc)) {
			doc.Labels = append(doc.Labels, corpus.Label{Target: m.Target, Start: m.Start, End: m.End})
		}
		var starts []int
		for _, label := range row.Targets {
			start, end := bytes(row.Text, label.From), bytes(row.Text, label.To)
			starts = append(starts, start)
			if !slices.ContainsFunc(doc.Labels, func(l corpus.Label) bool { return l.Start < end && start < l.End }) {
				doc.Labels = append(doc.Labels, corpus.Label{Target: label.ID, Start: start, End: end})
			}
		}
		ss, v := attribute(set, doc)
		for n, label := range row.Targets {
			offset := starts[n]
			got, holder := at(ss, v, offset)
			c.add(labelled{voice: label.Voice}, got, holder)
			if got != label.Voice && got != "none" {
				t.Logf("%s %s, want %s: %s«%s", got, holder, label.Voice, row.Text[:offset], row.Text[offset:])
			}
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	t.Log(&c)
	if share := float64(c.right) / float64(c.sentences); share < minStates {
		t.Errorf("agreement on voice %.3f, want %.2f", share, minStates)
	}
}

// bytes returns the length in bytes of the first characters of a text.
func bytes(text string, characters int) int {
	n := 0
	for range characters {
		_, size := utf8.DecodeRuneInString(text[n:])
		n += size
	}
	return n
}

const minStates = 0.84
