package voice_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
	"unicode/utf8"

	"parallax/analysis/corpus"
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
				From  int
				Voice string
			}
		}
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		doc := &corpus.Document{ID: "row", Text: row.Text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(row.Text)}}}
		ss, v := attribute(set, doc)
		for _, label := range row.Targets {
			offset := 0
			for range label.From {
				_, n := utf8.DecodeRuneInString(row.Text[offset:])
				offset += n
			}
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

const minStates = 0.84
