package target

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parallax/analysis/language"
)

// TestReference measures names, descriptions and pronouns on paragraphs with
// known answers. As an observation is of a sentence and a target, so is what is
// counted here: a pair has the kind of its plainest mention.
func TestReference(t *testing.T) {
	data, err := os.ReadFile("testdata/reference.txt")
	if err != nil {
		t.Fatal(err)
	}
	mark := regexp.MustCompile(`\[([^|\]]*)\|([^\] ]*) ?([a-z]*)\]`)
	kinds := []string{"name", "nominal", "pronoun"}
	type pair struct {
		sentence int
		target   string
	}
	add := func(m map[pair]int, p pair, kind int) {
		if old, ok := m[p]; !ok || kind < old {
			m[p] = kind
		}
	}
	set := builtin(t)
	var labelled, found, hit [3]int
	cases := 0
	for _, c := range strings.Split(string(data), "\n\n") {
		date, text, ok := strings.Cut(strings.TrimSpace(c), "\n")
		if !ok || strings.HasPrefix(date, "#") {
			continue
		}
		cases++
		doc := document(mark.ReplaceAllString(text, "$1"), date)
		sentences := parse(doc)
		want, got := make(map[pair]int), make(map[pair]int)
		cut := 0 // how much the marks before have made the text longer
		for _, m := range mark.FindAllStringSubmatchIndex(text, -1) {
			start := m[0] - cut
			cut += m[1] - m[0] - (m[3] - m[2])
			i := slices.IndexFunc(sentences, func(s language.Sentence) bool { return start < s.End })
			for _, id := range strings.FieldsFunc(text[m[4]:m[5]], func(r rune) bool { return r == ',' }) {
				k := slices.Index(kinds, text[m[6]:m[7]])
				if k < 0 || i < 0 {
					t.Fatalf("%s: bad mark %s", date, text[m[0]:m[1]])
				}
				add(want, pair{i, id}, k)
			}
		}
		for _, m := range set.Find(doc, sentences) {
			add(got, pair{m.Sentence, m.Target}, max(0, slices.Index(kinds, string(m.Kind))))
		}
		for i, s := range sentences {
			for _, target := range set.Targets() {
				p := pair{i, target.ID}
				w, inWant := want[p]
				g, inGot := got[p]
				if inWant {
					labelled[w]++
				}
				if inGot {
					found[g]++
				}
				switch {
				case inWant && inGot && w == g:
					hit[w]++
				case inWant || inGot:
					t.Logf("%s: want %v, got %v: %s", target.ID, inWant, inGot, doc.Text[s.Start:s.End])
				}
			}
		}
	}
	if cases < 25 {
		t.Errorf("only %d paragraphs", cases)
	}
	for k, kind := range kinds {
		precision, recall := float64(hit[k])/float64(found[k]), float64(hit[k])/float64(labelled[k])
		t.Logf("%-8s precision %d/%d = %.3f, recall %d/%d = %.3f", kind, hit[k], found[k], precision, hit[k], labelled[k], recall)
		if precision < 0.9 {
			t.Errorf("%s: precision %.3f, want 0.9", kind, precision)
		}
		// What is in doubt is left alone, so less is asked of recall.
		if recall < 0.85 {
			t.Errorf("%s: recall %.3f, want 0.85", kind, recall)
		}
	}
}
