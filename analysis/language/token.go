package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is a word, a number or a punctuation mark of a sentence.
//
// A hyphenated word is one token ("hard-line", "inter-Korean", "U.S.-led");
// clitics are tokens of their own ("was" "n't", "Seoul" "'s"). A token that
// begins with a letter or a digit is a Word or a Number.
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

// Tokens splits text[start:end] into tokens. Between the tokens there is only
// white space and ignorable characters. It runs in linear time.
func Tokens(text string, start, end int) []Token {
	toks := make([]Token, 0, (end-start)/5+4) // English news runs at 5.2 bytes a token
	space := true
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(text[i:end])
		if unicode.IsSpace(r) || ignorable(r) {
			space = space || unicode.IsSpace(r)
			i += n
			continue
		}
		j, kind := scan(text, i, end, r, n)
		if kind == Word {
			if cut := clitic(text[i:j]); cut > 0 {
				toks = append(toks, newToken(text, i, i+cut, Word, space))
				i, space = i+cut, false
			}
		}
		toks = append(toks, newToken(text, i, j, kind, space))
		i, space = j, false
	}
	return toks
}

func newToken(text string, i, j int, kind Kind, space bool) Token {
	t := text[i:j]
	return Token{Start: i, End: j, Text: t, Norm: Fold(t), Space: space, Kind: kind, Head: -1}
}

// scan returns the end of the token that begins at i with the rune r of n bytes.
func scan(text string, i, end int, r rune, n int) (int, Kind) {
	switch {
	case isQuote(r):
		// 's and n't arrive here only when nothing stands before them.
		if n := leadingClitic(text[i:end]); n > 0 {
			return i + n, Word
		}
		return i + n, Quote
	case alphanumeric(r):
		if j := scanAddress(text, i, end); j > i {
			return j, Word
		}
		return scanWord(text, i, end)
	case (r == '@' || r == '#') && startsWord(text[i+n:end]):
		j, _ := scanWord(text, i+n, end)
		return j, Word
	}
	j := i + n
	if strings.IndexByte(".-!?=*_~", text[i]) >= 0 { // "...", "--", "!!"
		for j < end && text[j] == text[i] {
			j++
		}
	}
	// A combining mark without a letter to stand on goes with what is before it.
	for j < end {
		r, n := utf8.DecodeRuneInString(text[j:end])
		if !unicode.IsMark(r) {
			break
		}
		j += n
	}
	return j, Punct
}

// scanWord scans letters, digits and marks, with hyphens, apostrophes, points
// and commas where they stand inside a word, an abbreviation or a number.
func scanWord(text string, i, end int) (int, Kind) {
	j, digits, letters := i, 0, 0
	for j < end {
		r, n := utf8.DecodeRuneInString(text[j:end])
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		case unicode.IsMark(r) || ignorable(r):
		case !inside(text, i, j, end, r, n, letters):
			return closeAbbreviation(text, i, j, end, letters), kindOf(digits, letters)
		}
		j += n
	}
	return j, kindOf(digits, letters)
}

// inside reports whether the rune r of n bytes at j stands inside the word that
// begins at i and has had so many letters.
func inside(text string, i, j, end int, r rune, n, letters int) bool {
	rest := text[j+n : end]
	if r == '.' && letters > 0 && rest != "" && rest[0] == '-' { // U.S.-led
		return startsWord(rest[1:]) && closeAbbreviation(text, i, j, end, letters) > j
	}
	if !startsWord(rest) {
		return false
	}
	prev, _ := utf8.DecodeLastRuneInString(text[i:j])
	next, _ := utf8.DecodeRuneInString(rest)
	switch r {
	case '-', '\u2010', '\u2011', '_':
		return true
	case '\'', '’', 'ʼ':
		return unicode.IsLetter(prev) && unicode.IsLetter(next)
	case '–': // 1950–53
		return unicode.IsDigit(prev) && unicode.IsDigit(next)
	case ',': // 28,500
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
func closeAbbreviation(text string, i, j, end, letters int) int {
	if j >= end || text[j] != '.' || letters == 0 {
		return j
	}
	if j+1 < end && text[j+1] == '.' { // an ellipsis
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
	case abbreviations[lower] == 0:
	case abbreviations[lower] == beforeNumber && !digitFollows(text[j+1:end]):
	case lower == w && capitalised[lower]:
	default:
		return j + 1
	}
	return j
}

func digitFollows(s string) bool {
	s = strings.TrimLeft(s, " \u00a0\t")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// longestLocal is the longest part before the @ of an e-mail address, in bytes
// (RFC 5321, 4.5.3.1.1). Without a bound, text such as "a%a%a" would take
// quadratic time.
const longestLocal = 64

// scanAddress returns the end of a web address or e-mail address that begins
// at i, or i.
func scanAddress(text string, i, end int) int {
	rest := text[i:end]
	if strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") || strings.HasPrefix(rest, "www.") {
		if j := strings.IndexFunc(rest, endsAddress); j >= 0 {
			rest = rest[:j]
		}
		return i + len(strings.TrimRight(rest, ".,;:!?'*_"))
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
	return unicode.IsSpace(r) || strings.ContainsRune(`()[]<>"“”‘’«»…`, r)
}

// clitic returns where the clitic of a word begins: 5 for "Seoul's", 2 for
// "won't", 0 where there is none.
func clitic(word string) int {
	k := strings.LastIndexAny(word, "'’ʼ")
	if k <= 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(word[k:])
	switch suffix := word[k+n:]; len(suffix) {
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
	r, n := utf8.DecodeRuneInString(s)
	if r != '\'' && r != '’' || len(s) == n || s[n]|0x20 != 's' || startsWord(s[n+1:]) {
		return 0
	}
	return n + 1
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

func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '\'', '‘', '’', '‚', '‛', '`', '´', '‹', '›':
		return true
	}
	return false
}

// ignorable characters are invisible: they neither part nor make words.
func ignorable(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u200e', '\u200f':
		return true
	}
	return '\ufe00' <= r && r <= '\ufe0f' // variation selectors
}

// Fold returns the form of s that look-ups use: lower case, NFC, straight
// quotes and apostrophes, plain hyphens, "..." for an ellipsis, and no
// ignorable characters. Fold(Fold(s)) is Fold(s).
func Fold(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] == '`' {
			return norm.NFC.String(strings.Map(foldRune, strings.ReplaceAll(s, "…", "...")))
		}
	}
	return strings.ToLower(s) // s itself where nothing changes
}

func foldRune(r rune) rune {
	switch r {
	case '“', '”', '„', '‟', '«', '»':
		return '"'
	case '‘', '’', '‚', '‛', '`', '´', 'ʼ', '‹', '›', '\u1fef', '\u1ffd': // NFC makes ` and ´ of the last two
		return '\''
	case '\u2010', '\u2011':
		return '-'
	}
	if ignorable(r) {
		return -1
	}
	return unicode.ToLower(r)
}
