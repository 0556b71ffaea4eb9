package syntax

import "testing"

func TestStem(t *testing.T) {
	for _, same := range [][]string{
		{"plan", "plans", "planned", "planning"},
		{"make", "makes", "making"},
		{"deny", "denies", "denied", "denying"},
		{"pass", "passes", "passed", "passing"},
		{"call", "calls", "called", "calling"},
		{"attack", "attacks", "attacked", "attacking"},
	} {
		for _, w := range same[1:] {
			if a, b := stem(same[0]), stem(w); a != b {
				t.Errorf("stem of %s is %q, of %s %q", same[0], a, w, b)
			}
		}
	}
	for _, w := range []string{"", "s", "is", "the", "bring", "thing"} {
		if got := stem(w); got != w {
			t.Errorf("stem of %q is %q", w, got)
		}
	}
}
