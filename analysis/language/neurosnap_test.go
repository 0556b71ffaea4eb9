package language

import (
	"strings"
	"testing"

	"github.com/neurosnap/sentences/english"
)

// TestNeurosnap holds the gold files against the English splitter of
// github.com/neurosnap/sentences, which is Punkt (Kiss and Strunk 2006) with
// rules for abbreviations.
func TestNeurosnap(t *testing.T) {
	splitter, err := english.NewSentenceTokenizer(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"sentences.txt", "hard.txt"} {
		var ours, theirs tally
		for _, g := range goldSentences(t, file) {
			ours.count(starts(g.text), g.begins)
			var got []int
			for i, s := range splitter.Tokenize(g.text) {
				if g.text[s.Start:s.End] != s.Text {
					t.Fatalf("%q is not at [%d, %d) of %q", s.Text, s.Start, s.End, g.text)
				}
				if i > 0 { // its sentences begin with the space before them
					got = append(got, s.End-len(strings.TrimLeft(s.Text, " ")))
				}
			}
			theirs.count(got, g.begins)
		}
		for name, c := range map[string]*tally{"ours": &ours, "neurosnap": &theirs} {
			t.Logf("%s, %s: %d of %d texts whole, precision %.3f, recall %.3f, F1 %.3f",
				file, name, c.whole, c.texts, c.precision(), c.recall(), c.f1())
		}
		if ours.f1() <= theirs.f1() {
			t.Errorf("%s: F1 %.3f, that of neurosnap/sentences %.3f", file, ours.f1(), theirs.f1())
		}
	}
}
