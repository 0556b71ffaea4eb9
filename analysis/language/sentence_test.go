package language

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// goldText is a text of a gold file and the bytes at which its sentences but
// the first begin.
type goldText struct {
	kind   string // the last comment before it
	text   string
	begins []int
}

func goldSentences(t *testing.T, file string) (all []goldText) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	kind := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if s, ok := strings.CutPrefix(line, "# "); ok {
			kind = s
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		g := goldText{kind: kind}
		for i, part := range strings.Split(line, "|") {
			if i > 0 {
				g.begins = append(g.begins, len(g.text))
			}
			g.text += strings.TrimPrefix(part, " ")
		}
		all = append(all, g)
	}
	return all
}

// tally counts borders between sentences and texts without a wrong one.
type tally struct{ texts, whole, wanted, found, right int }

// count adds a text and reports whether all borders are right.
func (c *tally) count(begins, gold []int) bool {
	right := 0
	for _, b := range begins {
		if slices.Contains(gold, b) {
			right++
		}
	}
	whole := right == len(begins) && right == len(gold)
	c.texts++
	c.wanted += len(gold)
	c.found += len(begins)
	c.right += right
	if whole {
		c.whole++
	}
	return whole
}

func (c *tally) precision() float64 { return float64(c.right) / float64(max(c.found, 1)) }
func (c *tally) recall() float64    { return float64(c.right) / float64(max(c.wanted, 1)) }
func (c *tally) f1() float64        { return 2 * float64(c.right) / float64(max(c.found+c.wanted, 1)) }

// starts returns the beginnings of the sentences of text but the first.
func starts(text string) (out []int) {
	for i, s := range Sentences(text, 0, len(text)) {
		if i > 0 {
			out = append(out, s.Start)
		}
	}
	return out
}

// TestSentences holds the borders between sentences against the gold ones. The
// bound is below what is reached, so that a rule can be changed that costs a
// case and is worth it.
func TestSentences(t *testing.T) {
	for _, file := range []string{"sentences.txt", "hard.txt"} {
		var all tally
		kinds := make(map[string]*tally)
		for _, g := range goldSentences(t, file) {
			got := starts(g.text)
			if kinds[g.kind] == nil {
				kinds[g.kind] = new(tally)
			}
			kinds[g.kind].count(got, g.begins)
			if !all.count(got, g.begins) {
				t.Logf("differs: %s", withStrokes(g.text, got))
			}
		}
		for _, kind := range slices.Sorted(maps.Keys(kinds)) {
			k := kinds[kind]
			t.Logf("%3d of %3d whole, F1 %.2f: %s", k.whole, k.texts, k.f1(), kind)
		}
		t.Logf("%s: %d of %d texts whole, %d borders: precision %.3f, recall %.3f, F1 %.3f",
			file, all.whole, all.texts, all.wanted, all.precision(), all.recall(), all.f1())
		if all.f1() < 0.96 {
			t.Errorf("%s: F1 %.3f, want 0.96 or more", file, all.f1())
		}
	}
}

// withStrokes returns text with a stroke at each of the borders.
func withStrokes(text string, begins []int) string {
	var b strings.Builder
	at := 0
	for _, i := range begins {
		b.WriteString(text[at:i] + "| ")
		at = i
	}
	return b.String() + text[at:]
}

// TestSpellingOfSentences says that the borders do not depend on how papers
// spell quotation marks, spaces and line ends.
func TestSpellingOfSentences(t *testing.T) {
	for _, file := range []string{"sentences.txt", "hard.txt"} {
		for i, g := range goldSentences(t, file) {
			other := strings.NewReplacer(" ", "\u00a0", "-", "\u2011", "...", "…").Replace(g.text)
			if i%2 == 0 {
				other = strings.ReplaceAll(g.text, " ", "\u200b\r\n")
			}
			want, got := norms(g.text), norms(other)
			if want != got {
				t.Errorf("%q is split\n%s\nand %q\n%s", g.text, want, other, got)
			}
		}
	}
}

// norms returns a sentence a line.
func norms(text string) string {
	var b strings.Builder
	for _, s := range Sentences(text, 0, len(text)) {
		for i := range s.Tokens {
			b.WriteString(s.Tokens[i].Norm + " ")
		}
		b.WriteString("\n")
	}
	return b.String()
}
