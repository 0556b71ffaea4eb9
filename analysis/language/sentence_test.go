package language

import (
	"os"
	"strings"
	"testing"
)

// goldSentences reads testdata/sentences.txt: each text, and at which bytes
// its sentences but the first begin.
func goldSentences(t *testing.T) (texts []string, begins []map[int]bool) {
	t.Helper()
	data, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var text strings.Builder
		at := make(map[int]bool)
		for i, part := range strings.Split(line, "|") {
			trimmed := strings.TrimPrefix(part, " ")
			if i > 0 {
				at[text.Len()] = true
			}
			text.WriteString(trimmed)
		}
		texts, begins = append(texts, text.String()), append(begins, at)
	}
	return texts, begins
}

// TestSentences holds the borders between sentences against the gold ones. The
// bound is below what is reached, so that a rule can be changed that costs a
// case and is worth it.
func TestSentences(t *testing.T) {
	texts, gold := goldSentences(t)
	right, found, wanted := 0, 0, 0
	for i, text := range texts {
		var marked strings.Builder
		wrong := false
		n := 0
		at := 0
		for k, s := range Sentences(text, 0, len(text)) {
			if k > 0 {
				found++
				marked.WriteString("| ")
				if gold[i][s.Start] {
					right++
					n++
				} else {
					wrong = true
				}
			}
			marked.WriteString(text[at:s.End])
			marked.WriteString(" ")
			at = s.End
		}
		wanted += len(gold[i])
		if wrong || n < len(gold[i]) {
			t.Logf("differs: %s", marked.String())
		}
	}
	p, r := float64(right)/float64(found), float64(right)/float64(wanted)
	f1 := 2 * p * r / (p + r)
	t.Logf("%d texts, %d borders: precision %.3f, recall %.3f, F1 %.3f", len(texts), wanted, p, r, f1)
	if f1 < 0.97 {
		t.Errorf("F1 %.3f, want 0.97 or more", f1)
	}
}
