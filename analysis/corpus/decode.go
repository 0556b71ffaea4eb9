package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
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

// maxControls is the share of control characters above which a file is not
// text. Saved pages hold none or a stray few; compressed data, once it is free
// of NUL by chance, has about one byte in ten below 0x20.
const maxControls = 0.02

// decode turns the bytes of a file into text. It reads UTF-8, UTF-16 with a
// byte order mark and, where the bytes are not UTF-8, Windows-1252, which the
// note then says, as it does of bytes that are replaced. A byte order mark is not
// part of the text. Bytes that are not text are an error.
func decode(raw []byte) (text, note string, err error) {
	switch {
	case bytes.HasPrefix(raw, utf16LEBOM), bytes.HasPrefix(raw, utf16BEBOM):
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
		if damaged, n := damagedUTF8(raw); damaged {
			text = string(bytes.ToValidUTF8(raw, []byte("\ufffd")))
			note = fmt.Sprintf("the file is not valid UTF-8 in %d places, which were replaced", n)
			if n == 1 {
				note = "the file is not valid UTF-8 in one place, which was replaced"
			}
			break
		}
		out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
		if err != nil {
			return "", "", errBinary
		}
		text, note = string(out), "the file is not valid UTF-8 and was read as Windows-1252"
	}
	controls, runes := 0, 0
	for _, c := range text {
		runes++
		switch {
		case c == 0:
			return "", "", errBinary
		case c == utf8.RuneError, unicode.IsControl(c) && !unicode.IsSpace(c):
			controls++
		}
	}
	if float64(controls) > maxControls*float64(runes) {
		return "", "", errBinary
	}
	return text, note, nil
}

// damagedUTF8 reports whether bytes that are not valid UTF-8 are UTF-8 all the
// same, and in how many places not. Of a text in UTF-8 few characters beyond ASCII
// are damaged, and a file that was cut lacks the end of its last; in a text in
// another encoding it takes two such bytes side by side, and luck, to look like
// one character of UTF-8.
func damagedUTF8(raw []byte) (damaged bool, places int) {
	whole, cut := 0, false
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		switch {
		case r == utf8.RuneError && n == 1:
			places++
			cut = !utf8.FullRune(raw)
			if cut {
				n = len(raw)
			}
		case n > 1:
			whole++
		}
		raw = raw[n:]
	}
	return whole > places || cut && places == 1, places
}

// peekText returns the first bytes of in that are not white space or a byte
// order mark, and a reader of all of it.
func peekText(in io.Reader) (head []byte, all io.Reader, err error) {
	// White space before the first brace is a few line breaks; 4096 is the
	// least that a bufio.Reader commonly holds.
	b := bufio.NewReaderSize(in, 4096)
	head, err = b.Peek(4096)
	if err != nil && err != io.EOF {
		return nil, nil, err
	}
	return bytes.TrimSpace(bytes.TrimPrefix(head, utf8BOM)), b, nil
}
