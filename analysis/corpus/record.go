package corpus

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"reflect"
	"strings"
	"unicode/utf8"
)

// A record is one line of a JSONL file. Keys that are not listed are allowed
// and ignored.
type record struct {
	ID     identifier    `json:"id"`
	Source string        `json:"source"`
	Title  string        `json:"title"`
	Author string        `json:"author"`
	Date   string        `json:"date"`
	Outlet string        `json:"outlet"`
	Text   *string       `json:"text"`
	Labels []recordLabel `json:"targets"`
}

// A recordLabel is a mention given with a record. Its offsets count characters.
type recordLabel struct {
	ID       identifier `json:"id"`
	From     *int       `json:"from"`
	To       *int       `json:"to"`
	Polarity *int       `json:"polarity"`
}

// An identifier is a JSON string or number.
type identifier string

// UnmarshalJSON takes a string as it is and a number as it is written.
func (id *identifier) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*id = identifier(s)
		return nil
	}
	if string(b) == "null" {
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return errors.New(`"id" is neither a string nor a number`)
	}
	*id = identifier(n.String())
	return nil
}

// readRecords reads JSON lines and returns how many lines that were not blank
// it met. A line that cannot be used is skipped; only ctx and a failing reader
// end the reading. Records without an id are named STEM:LINE.
func (r *reader) readRecords(ctx context.Context, in io.Reader, file, stem string, given meta) (n int, err error) {
	// Any size works; this one makes few calls to the system.
	b := bufio.NewReaderSize(in, 256<<10)
	named := fileMeta(path.Base(stem))
	for line := 1; ; line++ {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		raw, tooLong, err := readLine(b, r.opts.MaxLine)
		if err != nil && err != io.EOF {
			r.skip(file, line, "cannot be read on from here: %v", cause(err))
			return n + 1, nil
		}
		if line == 1 {
			raw = bytes.TrimPrefix(raw, utf8BOM)
		}
		raw = bytes.TrimSpace(raw)
		if tooLong {
			n++
			r.skip(file, line, "the line is longer than %d bytes", r.opts.MaxLine)
		} else if len(raw) > 0 {
			n++
			d, reason := readRecord(raw, fmt.Sprintf("%s:%d", stem, line), given, named)
			if reason != "" {
				r.skip(file, line, "%s", reason)
			} else {
				d.Path, d.Line = file, line
				r.add(d)
			}
		}
		if err == io.EOF {
			return n, nil
		}
	}
}

// readLine reads up to the next line feed or the end, which err then reports
// as io.EOF. Of a line of more than limit bytes it keeps nothing.
func readLine(b *bufio.Reader, limit int) (line []byte, tooLong bool, err error) {
	for {
		part, err := b.ReadSlice('\n')
		if len(line)+len(part) > limit {
			tooLong, line = true, nil
		}
		if !tooLong {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, tooLong, err
		}
	}
}

// readRecord makes a document of one line. What sources.yaml gives holds over
// what the record says. reason says why there is no document.
func readRecord(raw []byte, id string, given, named meta) (d Document, reason string) {
	var rec record
	if err := json.Unmarshal(raw, &rec); err != nil {
		return d, "not a valid record: " + jsonReason(err)
	}
	if rec.Text == nil {
		return d, `the record has no "text"`
	}
	if strings.TrimSpace(*rec.Text) == "" {
		return d, `the record's "text" is empty`
	}
	sum := sha256.Sum256(raw)
	d = Document{
		ID:     firstOf(strings.TrimSpace(string(rec.ID)), id),
		SHA256: hex.EncodeToString(sum[:]),
		Text:   *rec.Text,
	}
	for _, of := range []struct{ name, text string }{{"text", d.Text}, {"id", d.ID}, {"source", rec.Source}, {"title", rec.Title}} {
		if strings.IndexByte(of.text, 0) >= 0 {
			return d, fmt.Sprintf("the record's %q holds NUL characters: it is not text", of.name)
		}
	}
	if !utf8.Valid(raw) {
		d.Notes = append(d.Notes, "the record is not valid UTF-8; the bytes in question were replaced")
	}
	labels, reason := byteLabels(d.Text, rec.Labels)
	if reason != "" {
		return d, reason
	}
	d.Labels = labels
	m := meta{
		source: firstOf(given.source, strings.TrimSpace(rec.Source)),
		title:  firstOf(given.title, strings.TrimSpace(rec.Title)),
		author: firstOf(given.author, strings.TrimSpace(rec.Author)),
		outlet: firstOf(given.outlet, strings.TrimSpace(rec.Outlet)),
		date:   given.date,
	}
	if m.date == "" && rec.Date != "" {
		date, ok := parseDate(rec.Date)
		if !ok {
			d.Notes = append(d.Notes, fmt.Sprintf("the date %q is not understood and was left out", rec.Date))
		}
		m.date = date
	}
	return finish(d, m, named)
}

// byteLabels turns labels with character offsets into labels with byte offsets.
func byteLabels(text string, in []recordLabel) (out []Label, reason string) {
	if len(in) == 0 {
		return nil, ""
	}
	starts := make([]int, 0, len(text)+1) // byte offset of each character, and the end
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	for i, l := range in {
		switch {
		case l.ID == "":
			return nil, fmt.Sprintf(`target %d has no "id"`, i+1)
		case l.From == nil || l.To == nil:
			return nil, fmt.Sprintf(`target %d (%q) lacks "from" or "to"`, i+1, l.ID)
		case *l.From < 0 || *l.To <= *l.From || *l.To >= len(starts):
			return nil, fmt.Sprintf("target %d (%q): characters %d to %d are not a span of the text, which has %d", i+1, l.ID, *l.From, *l.To, len(starts)-1)
		case l.Polarity != nil && (*l.Polarity < -1 || *l.Polarity > 1):
			return nil, fmt.Sprintf("target %d (%q): polarity %d is not -1, 0 or 1", i+1, l.ID, *l.Polarity)
		}
		out = append(out, Label{Target: string(l.ID), Start: starts[*l.From], End: starts[*l.To], Polarity: l.Polarity})
	}
	return out, ""
}

// jsonReason words a decoding error for a person.
func jsonReason(err error) string {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf("%v, at byte %d of the line", syntax, syntax.Offset)
	case errors.As(err, &typ) && typ.Field != "":
		kind := typ.Type.String()
		switch typ.Type.Kind() {
		case reflect.Slice, reflect.Array:
			kind = "list"
		case reflect.Struct, reflect.Map:
			kind = "object"
		}
		return fmt.Sprintf("%q should hold a %s but holds a %s", typ.Field, kind, typ.Value)
	case errors.As(err, &typ):
		return fmt.Sprintf("the line should hold an object, found: %s", typ.Value)
	default:
		return err.Error()
	}
}
