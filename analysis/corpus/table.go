package corpus

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	textunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// skipMark leaves out a byte order mark at the start.
func skipMark(in io.Reader) *bufio.Reader {
	b := bufio.NewReader(in)
	if head, err := b.Peek(len(utf8BOM)); err == nil && bytes.Equal(head, utf8BOM) {
		b.Discard(len(utf8BOM)) // it is in the buffer: nothing can fail
	}
	return b
}

// decoded returns a reader of the UTF-8 of a stream whose first bytes are head.
func decoded(in io.Reader, head []byte) (out io.Reader, note string) {
	switch {
	case bytes.HasPrefix(head, utf16LEBOM), bytes.HasPrefix(head, utf16BEBOM), looksUTF16(head):
		return transform.NewReader(in, textunicode.UTF16(textunicode.LittleEndian, textunicode.UseBOM).NewDecoder()), ""
	case !utf8.Valid(head[:lastWhole(head)]) && !bytes.ContainsAny(head, "\u00e9\u2019\u201c"):
		return transform.NewReader(in, charmap.Windows1252.NewDecoder()), "the file is not valid UTF-8 and was read as Windows-1252"
	}
	return skipMark(in), ""
}

// lastWhole is the length of head without a character that it cuts in two.
func lastWhole(head []byte) int {
	n := len(head)
	for i := 0; i < utf8.UTFMax && n > 0 && !utf8.RuneStart(head[n-1]); i++ {
		n--
	}
	return max(0, n-1)
}

// delimiters are what parts the fields of a table.
const delimiters = ",\t;|"

// delimiter finds what parts the fields of a table: under what the first row
// names a text, and else what gives most rows the same number of fields, and the
// most of them.
func (r *reader) delimiter(head string) (best rune) {
	most := -1
	for _, d := range delimiters {
		rows := csv.NewReader(strings.NewReader(head))
		rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes = d, -1, true
		first, err := rows.Read()
		if err != nil {
			continue
		}
		same := 0
		for range 20 {
			row, err := rows.Read()
			if err != nil {
				break
			}
			if len(row) == len(first) && len(first) > 1 {
				same++
			}
		}
		score := 100*same + len(first)
		if len(first) > 1 && mapFields(first, r.opts.Map)[fieldText] != "" {
			score += 1 << 20
		}
		if score > most {
			best, most = d, score
		}
	}
	return best
}

// A metered reader fails where more is read than is left, which is set anew for
// each record: a quotation mark that is never closed makes one of a whole file.
type metered struct {
	io.Reader
	left int
}

var errTooLong = errors.New("too long")

func (m *metered) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, errTooLong
	}
	n, err := m.Reader.Read(p)
	m.left -= n
	return n, err
}

// readTable reads a table whose first row names its columns.
func (r *reader) readTable(ctx context.Context, in io.Reader, head []byte, s stream) (n int, reason string, err error) {
	text, note := decoded(in, head)
	if note != "" {
		r.note("%s: %s", s.path, note)
	}
	start, _, err := decode(head)
	if err != nil {
		return 0, err.Error(), nil
	}
	if strings.TrimSpace(start) == "" {
		return 0, "empty file", nil
	}
	b := bufio.NewReader(text)
	skipped := 0
	var comma rune
	// Excel's line that names the delimiter.
	if line, rest, ok := strings.Cut(start, "\n"); ok && strings.HasPrefix(line, "sep=") && len(strings.TrimSpace(line)) == len("sep=x") {
		if _, err := b.ReadString('\n'); err != nil {
			return 0, fmt.Sprintf("cannot be read: %v", cause(err)), nil
		}
		comma, start, skipped = rune(line[len("sep=")]), rest, 1
	}
	if comma == 0 {
		comma = r.delimiter(start)
	}
	meter := &metered{b, r.opts.MaxLine}
	rows := csv.NewReader(meter)
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes = comma, -1, comma == '\t'
	names, err := rows.Read()
	if err != nil {
		return 0, fmt.Sprintf("the first row cannot be read: %v", err), nil
	}
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	m := mapFields(names, r.opts.Map)
	if !slices.Contains(names, m[fieldText]) {
		return 0, strings.Replace(noText(slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == "" }), m), "the record has", "the first row names", 1), nil
	}
	r.sayMapping(s.path, m)
	for {
		if err := ctx.Err(); err != nil {
			return n, "", err
		}
		meter.left = r.opts.MaxLine
		row, err := rows.Read()
		var bad *csv.ParseError
		switch {
		case err == io.EOF:
			return n, "", nil
		case errors.As(err, &bad) && !errors.Is(err, errTooLong):
			n++
			r.skip(s.path, bad.StartLine+skipped, "not a row of the table: %v", bad.Err)
			continue
		case errors.Is(err, errTooLong):
			r.skip(s.path, 0, "a row is longer than %d bytes: a quotation mark is never closed; the rest of the file is left out", r.opts.MaxLine)
			return n + 1, "", nil
		case err != nil:
			r.skip(s.path, 0, "cannot be read on after record %d: %v", n, cause(err))
			return n + 1, "", nil
		}
		n++
		line, _ := rows.FieldPos(0)
		if len(row) != len(names) {
			r.skip(s.path, line+skipped, "the row has %d fields and the first row %d", len(row), len(names))
			continue
		}
		r.addRecord(rowRecord(names, row, m), s, line+skipped)
	}
}

// rowRecord makes a record of a row.
func rowRecord(names, row []string, m mapping) record {
	get := func(field string) string {
		if i := slices.Index(names, m[field]); i >= 0 && m[field] != "" {
			if v := strings.TrimSpace(row[i]); !missing[v] {
				return v
			}
		}
		return ""
	}
	rec := record{id: get(fieldID), url: get(fieldURL), text: get(fieldText), bytes: []byte(strings.Join(row, "\x1f"))}
	rec.meta = meta{source: get(fieldSource), outlet: get(fieldOutlet), title: get(fieldTitle), author: get(fieldAuthor), date: get(fieldDate)}
	return rec
}

// missing is what programs write into a table where there is no value.
var missing = map[string]bool{"NaN": true, "nan": true, "NULL": true, "null": true, "None": true, "NA": true, "N/A": true, "<NA>": true, "NaT": true}
