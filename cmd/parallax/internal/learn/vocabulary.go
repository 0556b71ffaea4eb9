package learn

import (
	"cmp"
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"

	"parallax/analysis/framing"
	"parallax/lexicon"
)

const (
	most    = 24000 // words; more make the table larger and change nothing that can be measured
	leastOf = 5     // times that a word must stand in the texts
	marks   = 40    // marks with an entry of their own
)

// vocabulary returns the words and marks that get entries, the most frequent
// first. A word that stands with a telling capital more often than without is a
// name and gets none, nor do words for peoples, faiths and parties.
func vocabulary(texts []text) []string {
	small, names, punct := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range texts {
		for _, f := range texts[i].forms {
			switch {
			case f.Kind == framing.FormName:
				names[f.Text]++
			case f.Kind == framing.FormMark:
				punct[f.Text]++
			case f.Kind == framing.FormWord && !f.Upper:
				small[f.Text]++
			}
		}
	}
	out := frequent(small, most, func(w string, n int) bool {
		r, _ := utf8.DecodeRuneInString(w)
		return n >= leastOf && n >= names[w] && !lexicon.Identities()[w] && (unicode.IsLetter(r) || r == '\'')
	})
	return append(out, frequent(punct, marks, func(string, int) bool { return true })...)
}

// frequent returns the most frequent words that ok holds of.
func frequent(count map[string]int, most int, ok func(string, int) bool) []string {
	words := slices.Sorted(maps.Keys(count))
	words = slices.DeleteFunc(words, func(w string) bool { return !ok(w, count[w]) })
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return words[:min(most, len(words))]
}
