package corpus

import (
	"strings"
	"unicode"
)

// A tongue is a language and its frequent function words. The lists hold words
// that make up about a third of running text in their language and that the
// other languages here do not have, as far as that is possible; words that two
// of them share (German and English "in", Spanish and French "de") are left out
// unless the language would have too few.
type tongue struct {
	name  string
	words map[string]bool
}

// tongues are in a fixed order, English first, so that a tie is English.
var tongues = []tongue{
	{"English", wordSet("the of and to that is was for with as be by his her he she it they are at from this have has had not but which were their will would been who said on or an its in")},
	{"German", wordSet("der die das und ist den dem des ein eine einen einem einer nicht mit sich auf für von zu im auch als wie bei nach aus wird werden sind oder über zum zur hat")},
	{"French", wordSet("le les des est et une du dans qui que pour pas sur plus avec sont par au aux cette ces ont ses été mais nous vous leur")},
	{"Spanish", wordSet("el los las del una que y en por con para es su se al lo como más pero sus este esta fue ha entre sobre también")},
	{"Portuguese", wordSet("o os as do da dos das uma que em não com para é no na nos nas por mais foi ao seu sua são também pelo pela")},
	{"Italian", wordSet("il gli di che è della dei delle una per non con sono del nel alla anche più come dal si ha questo questa")},
	{"Dutch", wordSet("het een van en dat niet zijn op te met voor aan ook als bij wordt door maar naar werd heeft uit deze")},
}

// Thresholds of the language vote.
const (
	// Below this a text may be a headline, whose few function words say little
	// either way; it is taken as English.
	minVoteWords = 20

	// Running English has 30 to 45 words of its list in a hundred, a text of
	// names and figures still ten; another language has below four.
	minEnglish = 0.05
)

// foreignLanguage names the language of the document's article where that is
// not English, and returns "" where it is or where there is too little to tell.
// It counts function words, and letters of scripts other than Latin.
func foreignLanguage(d Document) string {
	var words []string
	var letters, hangul, kana, han, cyrillic, arabic int
	for _, b := range d.Blocks {
		for _, r := range d.Text[b.Start:b.End] {
			if !unicode.IsLetter(r) {
				continue
			}
			letters++
			switch {
			case unicode.Is(unicode.Latin, r):
			case unicode.Is(unicode.Hangul, r):
				hangul++
			case unicode.In(r, unicode.Hiragana, unicode.Katakana):
				kana++
			case unicode.Is(unicode.Han, r):
				han++
			case unicode.Is(unicode.Cyrillic, r):
				cyrillic++
			case unicode.Is(unicode.Arabic, r):
				arabic++
			}
		}
		words = append(words, wordsOf(d.Text[b.Start:b.End])...)
	}
	// A third: an English text may quote at length, but not that much; Chinese
	// and Japanese pages hold Latin names and figures.
	most := func(n int) bool { return 3*n > letters }
	switch {
	case letters == 0:
		return ""
	case most(hangul):
		return "Korean"
	case kana > 0 && most(kana+han):
		return "Japanese"
	case most(han):
		return "Chinese"
	case most(cyrillic):
		return "a language in Cyrillic script"
	case most(arabic):
		return "a language in Arabic script"
	}
	if len(words) < minVoteWords {
		return ""
	}
	votes := make([]int, len(tongues))
	best := 0
	for i, t := range tongues {
		for _, w := range words {
			if t.words[w] {
				votes[i]++
			}
		}
		if votes[i] > votes[best] {
			best = i
		}
	}
	switch {
	case best != 0:
		return tongues[best].name
	case float64(votes[0]) < minEnglish*float64(len(words)):
		return "a list or another language"
	}
	return ""
}

// wordSet makes a set of the words in s.
func wordSet(s string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// wordsOf splits s into words in lower case: letters and digits, with
// apostrophes, hyphens and dots only inside. A curly apostrophe becomes a
// straight one.
func wordsOf(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool {
		return notLetterOrDigit(r) && r != '\'' && r != '’' && r != '-' && r != '.'
	}) {
		f = strings.TrimFunc(f, notLetterOrDigit)
		if f != "" {
			out = append(out, strings.ToLower(strings.ReplaceAll(f, "’", "'")))
		}
	}
	return out
}
