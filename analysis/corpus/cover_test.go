package corpus

import (
	"strings"
	"testing"
)

// checkCover fails unless the blocks, what was dropped and white space are the
// whole text, in order and without overlap.
func checkCover(t *testing.T, d Document) {
	t.Helper()
	at, i, j := 0, 0, 0
	for i < len(d.Blocks) || j < len(d.Dropped) {
		var start, end int
		if j == len(d.Dropped) || i < len(d.Blocks) && d.Blocks[i].Start < d.Dropped[j].Start {
			start, end = d.Blocks[i].Start, d.Blocks[i].End
			if d.Blocks[i].Kind == "" {
				t.Errorf("block %d has no kind", i)
			}
			i++
		} else {
			start, end = d.Dropped[j].Start, d.Dropped[j].End
			if d.Dropped[j].Reason == "" {
				t.Errorf("dropped part %d has no reason", j)
			}
			j++
		}
		if start < at || end <= start || end > len(d.Text) {
			t.Fatalf("part [%d, %d) after byte %d of %d: out of order, empty or overlapping", start, end, at, len(d.Text))
		}
		if lost := d.Text[at:start]; strings.TrimSpace(lost) != "" {
			t.Fatalf("text before byte %d is in no part: %q", start, lost)
		}
		if s := d.Text[start:end]; strings.TrimSpace(s) != s {
			t.Fatalf("part [%d, %d) has white space at an end: %q", start, end, s)
		}
		at = end
	}
	if lost := d.Text[at:]; strings.TrimSpace(lost) != "" {
		t.Fatalf("text after byte %d is in no part: %q", at, lost)
	}
}
