package language

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// describe writes a verb group as testdata/clauses.txt does.
func describe(s *Sentence, g VerbGroup) string {
	parts := []string{s.Tokens[g.Head].Text}
	add := func(is bool, word string) {
		if is {
			parts = append(parts, word)
		}
	}
	switch g.Tense {
	case NoTense:
		parts = append(parts, "none")
	case Past, Future:
		parts = append(parts, string(g.Tense))
	}
	add(g.Perfect, "perfect")
	add(g.Progressive, "progressive")
	add(g.Voice == Passive, "passive")
	add(g.Voice == Agentless, "agentless")
	add(g.Negated, "not")
	add(g.Modal != "", g.Modal)
	add(g.Catenative != "", g.Catenative)
	return strings.Join(parts, " ")
}

// TestVerbGroups holds verb groups against the gold ones: a group is right
// where all is right that is said of it.
func TestVerbGroups(t *testing.T) {
	right, found, wanted := 0, 0, 0
	gold := readClauses(t)
	for _, g := range gold {
		s := parseText(t, g.text, false)
		var got []string
		for _, v := range s.VerbGroups() {
			got = append(got, describe(s, v))
		}
		found, wanted = found+len(got), wanted+len(g.verbs)
		same := 0
		for _, v := range g.verbs {
			if slices.Contains(got, v) {
				same++
			}
		}
		right += same
		if same < len(g.verbs) || len(got) != same {
			t.Logf("%s\nwant %q\n got %q", g.text, g.verbs, got)
		}
	}
	p, r := float64(right)/float64(found), float64(right)/float64(wanted)
	f1 := 2 * p * r / (p + r)
	t.Logf("%d sentences, %d verb groups: precision %.3f, recall %.3f, F1 %.3f", len(gold), wanted, p, r, f1)
	if f1 < 0.9 {
		t.Errorf("F1 %.3f, want 0.9 or more", f1)
	}
}

// TestVerbSpans says which tokens a group goes over.
func TestVerbSpans(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The North would not have to give up its plan.", "would not have to give up"},
		{"Has Seoul agreed?", "Has Seoul agreed"},
		{"It was never a threat.", "was never"},
		{"The army won't leave.", "wo n't leave"},
		{"He did not only threaten them.", "did not only threaten"},
	}
	for _, tt := range tests {
		s := parseText(t, tt.text, false)
		var got []string
		for _, g := range s.VerbGroups() {
			got = append(got, texts(s, g.First, g.Last))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.text, diff)
		}
	}
}

func texts(s *Sentence, first, last int) string {
	var out []string
	for _, t := range s.Tokens[first : last+1] {
		out = append(out, t.Text)
	}
	return strings.Join(out, " ")
}
