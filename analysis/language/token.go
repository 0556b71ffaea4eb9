package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is a word, a number or a punctuation mark of a sentence.
//
// A hyphenated word is one token ("hard-line", "inter-Korean", "U.S.-led");
// clitics are tokens of their own ("was" "n't", "Seoul" "'s"). A token whose
// Norm begins with a letter or a digit is a Word or a Number.
type Token struct {
	Start, End int    // byte offsets into the text
	Text       string // text[Start:End]
	Norm       string // the form for look-ups
	Space      bool   // white space, or the beginning of the text, comes before
	Kind       Kind

	// Set by the parser.
	Tag  string // part of speech, Penn Treebank
	Head int    // index of the governing token in the sentence, -1 for the root
	Rel  string // relation to the head, Universal Dependencies v2
}

// Kind is the kind of a token.
type Kind uint8

const (
	Word Kind = iota
	Number
	Punct
	Quote // any quotation mark or a free-standing apostrophe; Norm is " or '
)

// Upper reports whether the token begins with an upper-case letter.
func (t *Token) Upper() bool {
	r, _ := utf8.DecodeRuneInString(t.Text)
	return unicode.IsUpper(r)
}

// Tokens splits text[start:end] into tokens. They are cut from its normal form,
// so that texts with one normal form have tokens with the same norms. Between
// them there is only white space and characters that are not seen. It runs in
// linear time.
func Tokens(text string, start, end int) []Token {
	n := Normalise(text[start:end])
	toks := cut(n.Text)
	n.place(toks, text, start)
	return toks
}

// cut splits a normal text into tokens whose offsets and Text are the normal ones.
func cut(text string) []Token {
	small, room := smallASCII(text)
	toks := make([]Token, 0, room)
	space := true
	for i := 0; i < len(text); {
		if c := text[i]; c == ' ' || '\t' <= c && c <= '\r' { // no other white space is left
			i, space = i+1, true
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		j, kind := scan(text, i, r, n)
		if kind == Word {
			if at := clitic(text[i:j]); at > 0 {
				toks = append(toks, newToken(small, i, i+at, Word, space))
				i, space = i+at, false
			}
		}
		toks = append(toks, newToken(small, i, j, kind, space))
		i, space = j, false
	}
	return toks
}

func newToken(small string, i, j int, kind Kind, space bool) Token {
	s := small[i:j]
	if !ascii(s) {
		s = lower(s)
	} else if kind == Quote && len(s) > 1 {
		s = "\""
	}
	return Token{Start: i, End: j, Norm: s, Space: space, Kind: kind, Head: -1}
}

// smallASCII returns s with small ASCII letters, one string that the norms of
// nearly all tokens are parts of, and about how many tokens s has: nearly each
// ends in a byte that is no letter or digit. Of the seeds 6,260 tokens have
// room for 6,390.
func smallASCII(s string) (string, int) {
	b := []byte(s)
	room := 1
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
		if c < utf8.RuneSelf && !alphanumericByte(c) {
			room++
		}
	}
	return string(b), room
}

// scan returns the end of the token that begins at i with the rune r of n bytes.
func scan(text string, i int, r rune, n int) (int, Kind) {
	switch {
	case r == '"' || r == '\'':
		// 's and n't arrive here only when nothing stands before them.
		if n := leadingClitic(text[i:]); n > 0 {
			return i + n, Word
		}
		if doubled(text[i:]) {
			n = len("''")
		}
		return i + n, Quote
	case alphanumeric(r):
		if j := scanAddress(text, i); j > i {
			return j, Word
		}
		return scanWord(text, i)
	case (r == '@' || r == '#') && startsWord(text[i+n:]):
		j, _ := scanWord(text, i+n)
		return j, Word
	}
	j := i + n
	if strings.IndexByte(".-!?=*_~", text[i]) >= 0 { // "...", "--", "!!"
		for j < len(text) && text[j] == text[i] {
			j++
		}
	}
	// A combining mark without a letter to stand on goes with what is before it.
	for j < len(text) && text[j] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(text[j:])
		if !unicode.IsMark(r) {
			break
		}
		j += n
	}
	return j, Punct
}

// doubled reports whether s begins with two single quotes, as in “these”: one
// double mark. Of three the last two are.
func doubled(s string) bool { return strings.HasPrefix(s, "''") && !strings.HasPrefix(s, "'''") }

// scanWord scans letters, digits and marks, with hyphens, apostrophes, points
// and commas where they stand inside a word, an abbreviation or a number.
func scanWord(text string, i int) (int, Kind) {
	j, digits, letters := i, 0, 0
	for j < len(text) {
		r, n := utf8.DecodeRuneInString(text[j:])
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		case unicode.IsMark(r):
		case !inside(text, i, j, r, n, letters):
			return closeAbbreviation(text, i, j, letters), kindOf(digits, letters)
		}
		j += n
	}
	return j, kindOf(digits, letters)
}

// inside reports whether the rune r of n bytes at j stands inside the word that
// begins at i and has had so many letters.
func inside(text string, i, j int, r rune, n, letters int) bool {
	rest := text[j+n:]
	if r == '.' && letters > 0 && rest != "" && rest[0] == '-' { // U.S.-led
		return startsWord(rest[1:]) && closeAbbreviation(text, i, j, letters) > j
	}
	if !startsWord(rest) {
		return false
	}
	prev, _ := utf8.DecodeLastRuneInString(text[i:j])
	next, _ := utf8.DecodeRuneInString(rest)
	switch r {
	case '-', '_':
		return true
	case '\'':
		return unicode.IsLetter(prev) && unicode.IsLetter(next)
	case '–', ',': // 1950–53; 28,500
		return unicode.IsDigit(prev) && unicode.IsDigit(next)
	case '.': // 3.5; U.S., a.m., Ph.D.; example.org
		return unicode.IsDigit(prev) && unicode.IsDigit(next) ||
			singleLetter(rest) && shortPart(text[i:j]) ||
			unicode.IsLower(prev) && unicode.IsLower(next) && !shortPart(text[i:j])
	case '&': // AT&T
		return unicode.IsUpper(prev) && unicode.IsUpper(next)
	}
	return false
}

func kindOf(digits, letters int) Kind {
	if digits > 0 && letters == 0 {
		return Number
	}
	return Word
}

// singleLetter reports whether s begins with a letter by itself.
func singleLetter(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) && !startsWord(s[n:])
}

// shortPart reports whether the part of s behind its last point or hyphen is
// one letter, as in U.S. and pre-U.S., or Ph.
func shortPart(s string) bool {
	if k := strings.LastIndexAny(s, ".-"); k >= 0 {
		s = s[k+1:]
	}
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && unicode.IsLetter(r) || s == "Ph"
}

// closeAbbreviation returns j+1 where the point at j belongs to the word
// text[i:j] as to an abbreviation, and j elsewhere.
func closeAbbreviation(text string, i, j, letters int) int {
	if j >= len(text) || text[j] != '.' || letters == 0 {
		return j
	}
	if j+1 < len(text) && text[j+1] == '.' { // an ellipsis
		return j
	}
	w := text[i:j]
	if k := strings.LastIndexByte(w, '-'); k >= 0 {
		w = w[k+1:]
	}
	if strings.Contains(w, ".") && shortPart(w) { // U.S
		return j + 1
	}
	if r, n := utf8.DecodeRuneInString(w); n == len(w) && unicode.IsUpper(r) && r != 'I' { // an initial
		return j + 1
	}
	if len(w) > longestAbbreviation {
		return j
	}
	switch lower := strings.ToLower(w); {
	case !abbreviations[lower] && !beforeNames[lower] && !beforeNumbers[lower]:
	case beforeNumbers[lower] && !digitFollows(text[j+1:]):
	case lower == w && capitalised[lower]:
	default:
		return j + 1
	}
	return j
}

func digitFollows(s string) bool {
	s = strings.TrimLeft(s, " \t\n")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// longestLocal is the longest part before the @ of an e-mail address, in bytes
// (RFC 5321, 4.5.3.1.1). Without a bound, text such as "a%a%a" would take
// quadratic time.
const longestLocal = 64

// scanAddress returns the end of a web address or e-mail address that begins
// at i, or i.
func scanAddress(text string, i int) int {
	rest := text[i:]
	if strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") || strings.HasPrefix(rest, "www.") {
		if j := strings.IndexFunc(rest, endsAddress); j >= 0 {
			rest = rest[:j]
		}
		return i + len(strings.TrimRight(rest, ".,;:!?*_"))
	}
	j := 0
	for j < len(rest) && j < longestLocal && (alphanumericByte(rest[j]) || strings.IndexByte("._%+-", rest[j]) >= 0) {
		j++
	}
	if j == len(rest) || rest[j] != '@' {
		return i
	}
	k := j + 1
	for k < len(rest) && (alphanumericByte(rest[k]) || rest[k] == '.' || rest[k] == '-') {
		k++
	}
	k = len(strings.TrimRight(rest[:k], ".-"))
	if k <= j+1 {
		return i
	}
	return i + k
}

func endsAddress(r rune) bool {
	return r <= ' ' || strings.ContainsRune(`()[]<>"'`, r)
}

// clitic returns where the clitic of a word begins: 5 for "Seoul's", 2 for
// "won't", 0 where there is none.
func clitic(word string) int {
	k := strings.LastIndexByte(word, '\'')
	if k <= 0 {
		return 0
	}
	switch suffix := word[k+1:]; len(suffix) {
	case 1:
		switch suffix[0] | 0x20 { // lower case
		case 's', 'd', 'm':
			return k
		case 't':
			if k >= 2 && word[k-1]|0x20 == 'n' {
				return k - 1
			}
		}
	case 2:
		switch strings.ToLower(suffix) {
		case "re", "ve", "ll":
			return k
		}
	}
	return 0
}

// leadingClitic returns the length of a clitic that begins s after a quotation
// mark closed the word before it, as in “Sunshine”’s; 0 where there is none.
func leadingClitic(s string) int {
	if len(s) < 2 || s[0] != '\'' || s[1]|0x20 != 's' || startsWord(s[2:]) {
		return 0
	}
	return 2
}

// startsWord reports whether s begins with a letter or a digit.
func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return alphanumeric(r)
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func alphanumericByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}
