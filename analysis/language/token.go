package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is a word, a number or a punctuation mark of a sentence.
//
// A hyphenated word is one token ("hard-line", "inter-Korean"); clitics are
// tokens of their own ("was" "n't", "Seoul" "'s").
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
			for _, cut := range clitics(text[i:j]) {
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
	case r == '.' && i+n < end && text[i+n] == '.':
		j := i
		for j < end && text[j] == '.' {
			j++
		}
		return j, Punct
	case isQuote(r):
		// 's and n't arrive here only when nothing stands before them.
		if n := leadingClitic(text[i:end]); n > 0 {
			return i + n, Word
		}
		return i + n, Quote
	case isWordRune(r):
		if j := scanAddress(text, i, end); j > i {
			return j, Word
		}
		return scanWord(text, i, end)
	case (r == '@' || r == '#') && i+n < end:
		if q, _ := utf8.DecodeRuneInString(text[i+n : end]); isWordRune(q) {
			j, _ := scanWord(text, i+n, end)
			return j, Word
		}
	}
	return i + n, Punct
}

// scanWord scans letters, digits and marks, with hyphens, apostrophes, points
// and commas where they stand inside a word, an abbreviation or a number.
func scanWord(text string, i, end int) (int, Kind) {
	j, digits, letters := i, 0, 0
	for j < end {
		r, n := utf8.DecodeRuneInString(text[j:end])
		if isWordRune(r) || ignorable(r) {
			if unicode.IsDigit(r) {
				digits++
			} else if unicode.IsLetter(r) {
				letters++
			}
			j += n
			continue
		}
		if j+n >= end {
			break
		}
		next, _ := utf8.DecodeRuneInString(text[j+n : end])
		prev, _ := utf8.DecodeLastRuneInString(text[i:j])
		switch {
		case isHyphen(r) && isWordRune(next):
		case isApostrophe(r) && unicode.IsLetter(prev) && unicode.IsLetter(next):
		case r == '–' && unicode.IsDigit(prev) && unicode.IsDigit(next): // 1950–53
		case (r == ',' || r == '.') && unicode.IsDigit(prev) && unicode.IsDigit(next): // 28,500
		case r == '.' && unicode.IsLetter(next) && shortPart(text[i:j]): // U.S., a.m., D.C.
		case r == '&' && unicode.IsUpper(prev) && unicode.IsUpper(next): // AT&T
		default:
			return closeAbbreviation(text, i, j, end, letters), kindOf(digits, letters)
		}
		j += n
	}
	return closeAbbreviation(text, i, j, end, letters), kindOf(digits, letters)
}

func kindOf(digits, letters int) Kind {
	if digits > 0 && letters == 0 {
		return Number
	}
	return Word
}

// shortPart reports whether the part of s behind its last point or hyphen is
// one letter, as in the abbreviations U.S. and pre-U.S.
func shortPart(s string) bool {
	if k := strings.LastIndexAny(s, ".-"); k >= 0 {
		s = s[k+1:]
	}
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && unicode.IsLetter(r)
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
	if abbreviations[strings.ToLower(w)] != 0 {
		// "no." and the months are words too: they are abbreviations only with a capital
		// and, for No., with a number behind.
		switch lower := strings.ToLower(w); {
		case lower == w && capitalised[lower]:
			return j
		case lower == "no" && !digitFollows(text[j+1:end]):
			return j
		}
		return j + 1
	}
	return j
}

func digitFollows(s string) bool {
	s = strings.TrimLeft(s, " \u00a0\t")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// scanAddress returns the end of a web address or e-mail address that begins
// at i, or i.
func scanAddress(text string, i, end int) int {
	rest := text[i:end]
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") && !strings.HasPrefix(rest, "www.") {
		j := i
		for j < end && (text[j] < utf8.RuneSelf && (isWordRune(rune(text[j])) || strings.IndexByte("._%+-", text[j]) >= 0)) {
			j++
		}
		if j == i || j >= end || text[j] != '@' {
			return i
		}
		k := j + 1
		for k < end && text[k] < utf8.RuneSelf && (isWordRune(rune(text[k])) || text[k] == '.' || text[k] == '-') {
			k++
		}
		if k == j+1 {
			return i
		}
		return i + len(strings.TrimRight(text[i:k], ".-"))
	}
	j := strings.IndexFunc(rest, func(r rune) bool {
		return unicode.IsSpace(r) || r == ')' || r == ']' || r == '>' || r == '"' || r == '”'
	})
	if j < 0 {
		j = len(rest)
	}
	return i + len(strings.TrimRight(rest[:j], ".,;:!?"))
}

// clitics returns the lengths of the pieces of word that stand before its
// clitics: none for "Seoul", [5] for "Seoul's", [2] for "won't".
func clitics(word string) []int {
	k := strings.LastIndexAny(word, "'’ʼ")
	if k <= 0 {
		return nil
	}
	_, n := utf8.DecodeRuneInString(word[k:])
	switch strings.ToLower(word[k+n:]) {
	case "s", "re", "ve", "ll", "d", "m":
		return []int{k}
	case "t":
		if k >= 2 && (word[k-1] == 'n' || word[k-1] == 'N') {
			return []int{k - 1}
		}
	}
	return nil
}

// leadingClitic returns the length of a clitic that begins s after a quotation
// mark closed the word before it, as in “Sunshine”’s; 0 where there is none.
func leadingClitic(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	if !strings.ContainsAny(s[:n], "'’") || len(s) <= n {
		return 0
	}
	if s[n] != 's' && s[n] != 'S' {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(s[n+1:]); len(s) > n+1 && isWordRune(r) {
		return 0
	}
	return n + 1
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'
}

func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

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
	return false
}

// Fold returns the form of s that look-ups use: NFC, lower case, straight
// quotes and apostrophes, plain hyphens, "..." for an ellipsis, and no
// ignorable characters.
func Fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.ToLower(strings.Map(foldRune, strings.ReplaceAll(norm.NFC.String(s), "…", "...")))
}

func foldRune(r rune) rune {
	switch r {
	case '“', '”', '„', '‟', '«', '»':
		return '"'
	case '‘', '’', '‚', '‛', '`', '´', 'ʼ', '‹', '›':
		return '\''
	case '\u2010', '\u2011':
		return '-'
	}
	if ignorable(r) {
		return -1
	}
	return r
}
