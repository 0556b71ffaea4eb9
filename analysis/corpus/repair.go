package corpus

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// repair undoes what happened to a text on its way: letters that were decoded
// wrongly, tags and entities of HTML. A note says what was done.
func (d *draft) repair() {
	var notes []string
	d.Text, notes = repaired(d.Text)
	d.Notes = append(d.Notes, notes...)
}

// repaired undoes what happened to a text on its way, and says what was done.
func repaired(s string) (text string, notes []string) {
	if mended, n := demojibake(s); n > 0 {
		s = mended
		notes = append(notes, mendedNote(n))
	}
	tags, entities := false, false
	for range 3 { // tags can be written as entities, and these as entities again
		switch {
		case hasTags(s):
			s, tags = fragmentText(s), true
		case entity.MatchString(s):
			s, entities = entity.ReplaceAllStringFunc(s, html.UnescapeString), true
		}
	}
	if tags {
		notes = append(notes, "HTML tags were taken off")
	} else if entities {
		notes = append(notes, "HTML entities were read as the characters that they stand for")
	}
	return s, notes
}

// mendedNote says that n characters were mended; "" for none.
func mendedNote(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s mended that UTF-8 decoded as another encoding had become (mojibake)", n, plural(n, "character was", "characters were"))
}

// entity is a whole entity; without the semicolon it may be something else.
var entity = regexp.MustCompile(`&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});`)

// A byteOf tells which byte of an encoding of one byte a letter would be.
type byteOf map[rune]byte

// wrongly are the encodings as which UTF-8 is decoded by mistake: Windows-1252,
// whose bytes without a letter become control characters, and that of old Macs.
var wrongly = []byteOf{bytesOf(charmap.Windows1252), bytesOf(charmap.Macintosh)}

func bytesOf(c *charmap.Charmap) byteOf {
	m := byteOf{}
	for b := 0x80; b <= 0xff; b++ {
		if c == charmap.Windows1252 && b < 0xa0 {
			m[rune(b)] = byte(b) // as Latin-1 has it
		}
		if r := c.DecodeByte(byte(b)); r != utf8.RuneError {
			m[r] = byte(b)
		}
	}
	return m
}

// leads are the letters that begin what is left of a character of UTF-8 that was
// decoded wrongly.
const leads = "âÂÃÄÅïêëìíðã‚¬√"

// demojibake mends UTF-8 that was decoded as another encoding, once or several
// times over; n counts the characters.
func demojibake(s string) (mended string, n int) {
	for range 3 {
		if !strings.ContainsAny(s, leads) {
			break
		}
		var b strings.Builder
		found := 0
		for i := 0; i < len(s); {
			r, size := wrongRune(s[i:])
			if size == 0 {
				_, size = utf8.DecodeRuneInString(s[i:])
				b.WriteString(s[i : i+size])
			} else {
				b.WriteRune(r)
				found++
			}
			i += size
		}
		if found == 0 {
			break
		}
		s, n = b.String(), n+found
	}
	return s, n
}

// wrongRune returns the character that the start of s stands for and how many
// bytes of s do; 0 where it is no mojibake.
func wrongRune(s string) (r rune, size int) {
	for _, table := range wrongly {
		var raw [4]byte
		length, at := 0, 0
		for n, c := range s {
			b, ok := table[c]
			if length == 0 {
				switch {
				case !ok || !strings.ContainsRune(leads, c):
				case b >= 0xf0 && b < 0xf5:
					length = 4
				case b >= 0xe0 && b < 0xf0:
					length = 3
				case b >= 0xc2 && b < 0xe0:
					length = 2
				}
				if length == 0 {
					break
				}
			} else if !ok || b < 0x80 || b >= 0xc0 {
				break
			}
			raw[at] = b
			at++
			if at == length {
				r, _ := utf8.DecodeRune(raw[:length])
				if likely(r, c) {
					return r, n + utf8.RuneLen(c)
				}
				break
			}
		}
	}
	// The last byte of a closing quotation mark has no letter in Windows-1252
	// and is lost.
	if rest, ok := strings.CutPrefix(s, "â€"); ok {
		lost := len(string(utf8.RuneError))
		if strings.HasPrefix(rest, string(utf8.RuneError)) {
			return '”', len("â€") + lost
		}
		return '”', len("â€")
	}
	return 0, 0
}

// likely says whether a character is one that English pages hold; last is the
// letter that stood for its last byte. Capitals with accents before a quotation
// mark or a dash are ordinary text.
func likely(r, last rune) bool {
	switch {
	case r >= 0xa0 && r <= 0xff:
		return true
	case r >= 0x100 && r <= 0x17f:
		return !unicode.In(last, unicode.Pi, unicode.Pf, unicode.Ps, unicode.Pd) && last != '…' && last != '•'
	case r >= 0x2000 && r <= 0x206f, r >= 0x20a0 && r <= 0x20bf, r >= 0x2100 && r <= 0x214f, r == 0xfeff:
		return true
	}
	return unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x1f000
}
