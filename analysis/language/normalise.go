package language

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normal is a text in the one form that tokens are cut from, with the way back
// to the bytes that it was made of.
type Normal struct {
	Text  string // valid UTF-8
	edits []edit // in order, none where Text is the original
}

// edit says that Text[at:at+n] was made of original[from:to]. Between two
// edits bytes are as they were.
type edit struct{ at, n, from, to int }

// Normalise brings a text into normal form. These are all the rules:
//
//	composition        NFC (UAX #15): e and U+0301 become é
//	double quotes      “ ” „ ‟ « » become "
//	single quotes      ‘ ’ ‚ ‛ ‹ › ` ´ and the apostrophe ʼ become '
//	hyphens            U+2010, the non-breaking U+2011 and the minus − become -
//	dashes             the figure dash becomes –, the horizontal bar —; -- stays
//	ellipsis           … becomes ...
//	spaces             the non-breaking and all others of category Zs become U+0020
//	line ends          CR LF, CR, NEL, U+2028 and U+2029 become LF
//	not seen           soft hyphens, zero-width characters, byte-order marks, marks
//	                   of direction and variation selectors are dropped
//	not UTF-8          each such byte becomes U+FFFD
//
// Case stays: see Fold. Normalising twice is normalising once. It runs in
// linear time and returns text itself, without a copy, where nothing changes.
func Normalise(text string) Normal {
	i := plain(text)
	if i == len(text) {
		return Normal{Text: text}
	}
	w := writer{text: text, out: make([]byte, 0, len(text)), edits: make([]edit, 0, 4+len(text)/64)}
	for done := 0; ; {
		w.out = append(w.out, text[done:i]...)
		if i == len(text) {
			break
		}
		i += w.rune(i)
		done = i
		i += plain(text[i:])
	}
	if len(w.edits) == 0 {
		return Normal{Text: text}
	}
	return Normal{Text: string(w.out), edits: w.edits}
}

// plain returns the length of the ASCII at the beginning of s that no rule changes.
func plain(s string) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c == '`' || c == '\r' {
			return i
		}
	}
	return len(s)
}

type writer struct {
	text  string
	out   []byte
	edits []edit
}

// rune writes what becomes of the rune at i and returns its length.
func (w *writer) rune(i int) int {
	r, n := utf8.DecodeRuneInString(w.text[i:])
	s, changed := replacement(r, n)
	switch {
	case r == '\r' && strings.HasPrefix(w.text[i+1:], "\n"):
		n = 2
		fallthrough
	case changed && (s != "" || !unicode.IsMark(r) || len(w.out) == 0):
		w.edits = append(w.edits, edit{len(w.out), len(s), i, i + n})
		w.out = append(w.out, s...)
	case changed: // a variation selector is of the character before it
		_, last := utf8.DecodeLastRune(w.out)
		at, from := w.reach(len(w.out) - last)
		w.edits = append(w.edits, edit{at, len(w.out) - at, from, i + n})
	case r < 0x300: // below the first combining mark all is NFC
		w.out = append(w.out, w.text[i:i+n]...)
	default:
		return w.compose(i, n)
	}
	return n
}

// compose writes the rune of n bytes at i in NFC together with the marks that
// follow it and, where it can join what it follows, with that. It returns how
// much of the text that took.
func (w *writer) compose(i, n int) int {
	first := norm.NFC.PropertiesString(w.text[i:])
	joins := !first.BoundaryBefore()
	for i+n < len(w.text) && w.text[i+n] >= utf8.RuneSelf {
		p := norm.NFC.PropertiesString(w.text[i+n:])
		if p.CCC() == 0 {
			break
		}
		n += p.Size()
	}
	raw := w.text[i : i+n]
	if !joins && norm.NFC.IsNormalString(raw) {
		w.out = append(w.out, raw...)
		return n
	}
	at, from, is := len(w.out), i, norm.NFC.String(raw)
	if joins && at > 0 {
		// A mark joins the last character that is none, and anything else, such
		// as a vowel of Hangul, only what it follows directly (The Unicode
		// Standard, 3.11).
		_, m := utf8.DecodeLastRune(w.out)
		k := at - m
		for first.CCC() > 0 && k > 0 && norm.NFC.Properties(w.out[k:]).CCC() > 0 {
			_, m = utf8.DecodeLastRune(w.out[:k])
			k -= m
		}
		is = norm.NFC.String(string(w.out[k:]) + raw)
		w.out = w.out[:k]
		if at, from = w.reach(k); at < k { // into the middle of an edit
			is = string(w.out[at:]) + is
			w.out = w.out[:at]
		}
	}
	w.out = append(w.out, is...)
	was := w.text[from : i+n]
	if was != is {
		w.edits = append(w.edits, edit{at, len(is), from, from + len(was)})
	}
	return n
}

// reach takes back the edits behind out[:at], so that one can be made of all
// that is there, and returns where it begins, which may be before at, and in
// the original.
func (w *writer) reach(at int) (int, int) {
	k := len(w.edits)
	from := -1
	for k > 0 && w.edits[k-1].at+w.edits[k-1].n > at {
		k--
		if e := w.edits[k]; e.at <= at {
			at, from = e.at, e.from
		}
	}
	w.edits = w.edits[:k]
	if from < 0 {
		from = at
		if k > 0 {
			from += w.edits[k-1].to - w.edits[k-1].at - w.edits[k-1].n
		}
	}
	return at, from
}

// replacement returns what the rune of n bytes becomes by itself, and whether
// that is anything else.
func replacement(r rune, n int) (string, bool) {
	switch r {
	case '“', '”', '„', '‟', '«', '»':
		return `"`, true
	case '‘', '’', '‚', '‛', '‹', '›', '`', '´', 'ʼ', '\u1fef', '\u1ffd': // NFC makes ` and ´ of the last two
		return "'", true
	case '\u2010', '\u2011', '−':
		return "-", true
	case '‒':
		return "–", true
	case '―':
		return "—", true
	case '…':
		return "...", true
	case '\r', '\u0085', '\u2028', '\u2029':
		return "\n", true
	case utf8.RuneError:
		return "\ufffd", n == 1
	case ' ':
		return "", false
	}
	switch {
	case ignorable(r):
		return "", true
	case unicode.Is(unicode.Zs, r):
		return " ", true
	}
	return "", false
}

// ignorable characters are invisible: they neither part nor make words.
func ignorable(r rune) bool {
	switch {
	case r == '\u00ad', r == '\ufeff', r == '\u061c',
		'\u200b' <= r && r <= '\u200f', // zero width, left-to-right and right-to-left marks
		'\u202a' <= r && r <= '\u202e', // embeddings and overrides
		'\u2060' <= r && r <= '\u2064', // the word joiner and invisible operators
		'\u2066' <= r && r <= '\u2069', // isolates
		'\ufe00' <= r && r <= '\ufe0f': // variation selectors
		return true
	}
	return false
}

// Span returns the stretch of the original that n.Text[start:end] was made of.
// Of characters that were dropped only those inside are in it. A stretch that
// begins or ends inside the "..." of an ellipsis, or inside a rune, has all of
// it. Where start is end, the stretch is empty.
func (n *Normal) Span(start, end int) (from, to int) {
	from = n.origin(start)
	if start >= end {
		return from, from
	}
	// The first edit that ends at or behind end has the last byte, or all before
	// it are over.
	k := sort.Search(len(n.edits), func(k int) bool { return n.edits[k].at+n.edits[k].n >= end })
	if k < len(n.edits) && n.edits[k].at < end {
		return from, n.edits[k].to
	}
	return from, end + n.shift(k)
}

// origin returns where the byte of n.Text at i begins in the original.
func (n *Normal) origin(i int) int {
	k := sort.Search(len(n.edits), func(k int) bool { return n.edits[k].at+n.edits[k].n > i })
	if k < len(n.edits) && n.edits[k].at <= i {
		return n.edits[k].from
	}
	return i + n.shift(k)
}

// shift returns how far bytes between the edits k-1 and k have moved.
func (n *Normal) shift(k int) int {
	if k == 0 {
		return 0
	}
	return n.edits[k-1].to - n.edits[k-1].at - n.edits[k-1].n
}

// place turns offsets of tokens in n.Text, which are in order, into those of
// the original, which begins at the byte start of text, in one pass.
func (n *Normal) place(toks []Token, text string, start int) {
	shift := start
	k := 0
	// over passes edits that end at or before i.
	over := func(i int) {
		for k < len(n.edits) && n.edits[k].at+n.edits[k].n <= i {
			shift = start + n.shift(k+1)
			k++
		}
	}
	for i := range toks {
		t := &toks[i]
		at, end := t.Start, t.End
		over(at)
		t.Start = at + shift
		if k < len(n.edits) && n.edits[k].at <= at {
			t.Start = start + n.edits[k].from
		}
		over(end - 1)
		t.End = end + shift
		if k < len(n.edits) && n.edits[k].at < end {
			t.End = start + n.edits[k].to
		}
		t.Text = text[t.Start:t.End]
	}
}

// Fold returns the form of s that look-ups use: normal form in lower case.
// Fold(Fold(s)) is Fold(s).
func Fold(s string) string {
	n := Normalise(s)
	return lower(n.Text)
}

// lower returns a normal text in lower case and normal form: J and U+030C are
// two characters, and the small letter is one.
func lower(s string) string {
	s = strings.ToLower(s) // s itself where nothing changes
	if ascii(s) {
		return s
	}
	return norm.NFC.String(s)
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
