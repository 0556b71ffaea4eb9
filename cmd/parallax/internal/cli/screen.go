package cli

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// screen is a writer to a terminal that gets nothing but text: titles, names and
// sentences of others may hold what moves its cursor, sets its title or turns
// the order of letters. Such characters become U+FFFD. Of escape sequences only those of
// style pass, and only where there is colour.
type screen struct {
	w     io.Writer
	color bool
	data  bool   // what is written is for programs, and stays as it is
	rest  []byte // of the last write: the begin of a character or sequence
}

// longestStyle is how long a sequence of style is at most.
const longestStyle = 8

// styles are the sequences that style writes.
var styles = []string{"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;4m", "\x1b[31m", "\x1b[34m"}

func (s *screen) Write(b []byte) (int, error) {
	if s.data {
		return s.w.Write(b)
	}
	if err := s.write(append(s.rest, b...), false); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Close writes what is left.
func (s *screen) Close() error { return s.write(s.rest, true) }

func (s *screen) write(b []byte, last bool) error {
	var out bytes.Buffer
	for len(b) > 0 && (last || utf8.FullRune(b)) {
		if s.color && b[0] == '\x1b' {
			if !last && len(b) < longestStyle && bytes.IndexByte(b, 'm') < 0 {
				break
			}
			if i := slices.IndexFunc(styles, func(t string) bool { return bytes.HasPrefix(b, []byte(t)) }); i >= 0 {
				out.WriteString(styles[i])
				b = b[len(styles[i]):]
				continue
			}
		}
		r, n := utf8.DecodeRune(b)
		out.WriteRune(visible(r))
		b = b[n:]
	}
	s.rest = bytes.Clone(b)
	_, err := s.w.Write(out.Bytes())
	return err
}

// visible is a character that a terminal shows.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case unicode.IsControl(r), r == '\u2028', r == '\u2029',
		'\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069': // which embed and override directions
		return utf8.RuneError
	}
	return r
}

// shown is text as a screen shows it.
func shown(text string) string { return strings.Map(visible, text) }
