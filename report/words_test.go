package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"parallax/analysis/compare"
)

// TestWords says what the section on words shows: the carried words of each
// source, the largest z first and no more than eight, those that one article
// carries marked, and a sentence where there are none.
func TestWords(t *testing.T) {
	page := func(in Input) string {
		var b bytes.Buffer
		if err := Markdown(&b, Build(in)); err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(b.String(), "\u00a0", " ")
	}
	in := small(t)
	if strings.Contains(page(in), "Words that tell") {
		t.Error("words are shown where none were counted")
	}
	in.Keywords = []compare.Keyword{}
	if got := page(in); !strings.Contains(got, "## Words that tell the sources apart") ||
		!strings.Contains(got, "No word tells the sources apart near Freedonia and the Sylvanian Republic: none is used so much more") {
		t.Error("no sentence where no word is found")
	}

	word := func(source, name string, z float64) compare.Keyword {
		return compare.Keyword{Target: "FR", Source: source, Word: name, Count: 12, Rest: 3, Z: z, Q: 0.01, Carried: true}
	}
	for i := range 10 {
		in.Keywords = append(in.Keywords, word("harbour", fmt.Sprintf("word%d", i), 9.5-float64(i)))
	}
	weak, noted := word("plain", "weak", 1), word("plain", "draft", 4)
	weak.Carried = false
	fragile := word("plain", "<b>*truce*</b>", 5)
	fragile.Fragile, fragile.Warnings = true, []string{"one article carries it: plain-1 has 11 of 12 uses"}
	noted.Warnings = []string{"the source has one article"}
	in.Keywords = append(in.Keywords, fragile, noted, weak)
	got := page(in)
	for _, want := range []string{"word0 (12, 3; 9.5), word1 (12, 3; 8.5)", "word7 (12, 3; 2.5)", "draft (12, 3; 4.0)", "No word tells the sources apart near the Sylvanian Republic:", "The source has one article."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, not := range []string{"word8", "weak (", "<b>*truce*", "near Freedonia and"} {
		if strings.Contains(got, not) {
			t.Errorf("%q is shown", not)
		}
	}
	if !strings.Contains(strings.ReplaceAll(got, `\`, ""), "~ <b>*truce*</b> (12, 3; 5.0), draft") && !strings.Contains(strings.ReplaceAll(got, `\`, ""), "~ &lt;b&gt;*truce*&lt;/b&gt; (12, 3; 5.0), draft") {
		t.Error("a word that one article carries is not marked")
	}

	var scores bytes.Buffer
	if err := WriteScores(&scores, in); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(scores.String(), `"log_odds"`); n != 12 {
		t.Errorf("scores.json has %d words, want the 12 that are carried", n)
	}
	if strings.Contains(scores.String(), `"warnings": null`) {
		t.Error("a list is null")
	}
}
