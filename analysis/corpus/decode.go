package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	textunicode "golang.org/x/text/encoding/unicode"
)

var (
	utf8BOM    = []byte{0xEF, 0xBB, 0xBF}
	utf16LEBOM = []byte{0xFF, 0xFE}
	utf16BEBOM = []byte{0xFE, 0xFF}
)

// errBinary reports that a file is not text.
var errBinary = errors.New("not text: it holds NUL bytes or other control characters")

// maxControls is the share of control characters, or of letters that were lost,
// above which a file is not text. Saved pages hold none or a stray few;
// compressed data, once it is free of NUL by chance, has about one byte in ten
// below 0x20.
const maxControls = 0.02

// decode turns the bytes of a file into text. It reads UTF-8, UTF-16 and, where
// bytes are not valid UTF-8, these as Windows-1252, which the note then says, as it
// does of bytes that are replaced. A byte order mark is not part of the text. Bytes
// that are not text are an error.
func decode(raw []byte) (text, note string, err error) {
	switch {
	case bytes.HasPrefix(raw, utf16LEBOM), bytes.HasPrefix(raw, utf16BEBOM), looksUTF16(raw):
		out, err := textunicode.UTF16(textunicode.LittleEndian, textunicode.UseBOM).NewDecoder().Bytes(raw)
		if err != nil {
			return "", "", errors.New("its byte order mark says UTF-16, but it cannot be decoded as that")
		}
		text = string(out)
	default:
		raw = bytes.TrimPrefix(raw, utf8BOM)
		if utf8.Valid(raw) {
			text = string(raw)
			break
		}
		if bytes.IndexByte(raw, 0) >= 0 {
			return "", "", errBinary
		}
		text, note = fromMixed(raw)
	}
	controls, lost, runes := 0, 0, 0
	for _, c := range text {
		runes++
		switch {
		case c == 0:
			return "", "", errBinary
		case c == utf8.RuneError:
			lost++
		case unicode.IsControl(c) && !unicode.IsSpace(c) && c < 0x80: // those from 0x80 on are mojibake
			controls++
		}
	}
	if lost > 0 { // as part of mojibake they may not be
		mended, _ := demojibake(text)
		lost = strings.Count(mended, string(utf8.RuneError))
	}
	most := maxControls * float64(runes)
	switch {
	case float64(controls) > most:
		return "", "", errBinary
	case float64(lost) > most:
		return "", "", fmt.Errorf("damaged text: it holds %d replacement characters (U+FFFD) where letters were lost before it was saved", lost)
	case lost > 0 && note == "":
		note = fmt.Sprintf("%d %s lost before the text was saved: replacement characters (U+FFFD) stand for them", lost, plural(lost, "letter was", "letters were"))
	}
	return text, note, nil
}

// looksUTF16 holds for UTF-16 in little-endian order without a mark: English
// text then has a zero at every other byte.
func looksUTF16(raw []byte) bool {
	raw = raw[:min(len(raw), 1024)&^1]
	zeros := 0
	for i := 1; i < len(raw); i += 2 {
		if raw[i-1] == 0 {
			return false
		}
		if raw[i] == 0 {
			zeros++
		}
	}
	return len(raw) > 0 && zeros > len(raw)*2/5 // of the half that can be zero four in five
}

// fromMixed reads bytes as UTF-8 and those that are not as Windows-1252. Files
// that were put together from two encodings keep both. The beginning of a
// character of UTF-8 whose end is lost is replaced where the file is UTF-8 for the
// most part: in Windows-1252 it can be a letter before a quotation mark.
func fromMixed(raw []byte) (text, note string) {
	var b strings.Builder
	mostly := mostlyUTF8(raw)
	foreign, damaged := false, 0
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		if r == utf8.RuneError && n == 1 {
			if begun := begunRune(raw); mostly && (begun > 1 || begun == len(raw)) {
				n = begun
				damaged++
			} else {
				r = charmap.Windows1252.DecodeByte(raw[0])
				foreign = true
			}
		}
		b.WriteRune(r)
		raw = raw[n:]
	}
	var notes []string
	if foreign {
		notes = append(notes, "bytes that are not valid UTF-8 were read as Windows-1252")
	}
	if damaged > 0 {
		notes = append(notes, fmt.Sprintf("the file is damaged UTF-8 in %d %s replaced", damaged, plural(damaged, "place, which was", "places, which were")))
	}
	return b.String(), strings.Join(notes, "; ")
}

// mostlyUTF8 reports whether of bytes that are not valid UTF-8 more places are
// characters of UTF-8 beyond ASCII than are not, or only the last is cut.
func mostlyUTF8(raw []byte) bool {
	whole, not, cut := 0, 0, false
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		switch {
		case r == utf8.RuneError && n == 1:
			not++
			n = max(1, begunRune(raw))
			cut = n == len(raw) && !utf8.FullRune(raw)
		case n > 1:
			whole++
		}
		raw = raw[n:]
	}
	return whole > not || cut && not == 1
}

// begunRune is how many bytes of a character of UTF-8 stand at the start of raw,
// where its end is missing.
func begunRune(raw []byte) int {
	n := 0
	for n < len(raw) && !utf8.FullRune(raw[:n+1]) {
		n++
	}
	return n
}
