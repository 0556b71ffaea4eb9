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
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// A record is one article as a file of many holds it. Fields that are not known
// are allowed and ignored.
type record struct {
	id, url string
	meta    // with the date as it is written
	text    string
	labels  []recordLabel
	bytes   []byte   // what the record was read from, for its digest
	notes   []string // on the reading so far
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
	s, ok := plain(b)
	if !ok {
		return errors.New(`"id" is neither a string nor a number`)
	}
	*id = identifier(s)
	return nil
}

// plain is a JSON string or number as text; null is "".
func plain(raw json.RawMessage) (string, bool) {
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return "", true
	case raw[0] == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err == nil
	case raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9' || raw[0] == 't' || raw[0] == 'f':
		return string(raw), true
	}
	return "", false
}

// flat writes a JSON value as text: lists with a separator, and of an object
// what names it or holds its text.
func flat(raw json.RawMessage, separator string) string {
	if s, ok := plain(raw); ok {
		return s
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		var parts []string
		for _, item := range list {
			if s := strings.TrimSpace(flat(item, separator)); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, separator)
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) == nil {
		for _, key := range []string{"name", "title", "value", "text", "main", "original", "rendered", "#text", "$t", "_", "$date", "$oid", "id"} {
			if v := object[key]; len(v) > 0 && string(v) != "null" {
				return flat(v, separator)
			}
		}
	}
	return ""
}

// readRecords reads JSON lines and returns how many lines that were not blank
// it met. A line that cannot be used is skipped; only ctx and a failing reader
// end the reading. Records without an id are named STEM:LINE.
func (r *reader) readRecords(ctx context.Context, in io.Reader, s stream) (n int, err error) {
	// Any size works; this one makes few calls to the system.
	b := bufio.NewReaderSize(in, 256<<10)
	for line := 1; ; line++ {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		raw, tooLong, err := readLine(b, r.opts.MaxLine)
		if err != nil && err != io.EOF {
			r.skip(s.path, line, "cannot be read on from here: %v", cause(err))
			return n + 1, nil
		}
		// Files that were put together have a byte order mark before each part.
		raw = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(raw), utf8BOM))
		if tooLong {
			n++
			r.skip(s.path, line, "the line is longer than %d bytes", r.opts.MaxLine)
		} else if len(raw) > 0 {
			n++
			r.readJSON(raw, s, line)
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

// readJSON adds the record, or the records, of a JSON object.
func (r *reader) readJSON(raw []byte, s stream, line int) {
	rec, reason := r.jsonRecord(raw, s.path)
	if reason != "" {
		if list := wrappedRecords(raw); list != nil {
			for i, item := range list {
				r.readJSON(item, s.numbered(i+1), line)
			}
			return
		}
		r.skip(s.path, line, "%s", reason)
		return
	}
	r.addRecord(rec, s, line)
}

// wrappers are the names of the lists in which news services hand out records.
var wrappers = wordSet("articles docs documents items data results records rows hits entries posts news stories response value values")

// wrappedRecords returns the records of a list in an object, such as {"status": "ok",
// "articles": [...]}; nil where it holds none.
func wrappedRecords(raw []byte) []json.RawMessage {
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) != nil {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if !wrappers[plainName(key)] {
			continue
		}
		var list []json.RawMessage
		if json.Unmarshal(object[key], &list) == nil {
			if len(list) > 0 && bytes.HasPrefix(list[0], []byte("{")) {
				return list
			}
			continue
		}
		if list := wrappedRecords(object[key]); list != nil {
			return list
		}
	}
	return nil
}

// inner are the names of objects in which a record may have its fields.
var inner = wordSet("source fields attributes article doc document properties")

// jsonRecord reads a JSON object. reason says why it is no record.
func (r *reader) jsonRecord(raw []byte, file string) (rec record, reason string) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return rec, "not a valid record: " + jsonReason(err)
	}
	// What search engines put around a record, and what lies one level deeper.
	for _, key := range slices.Sorted(maps.Keys(object)) {
		var below map[string]json.RawMessage
		if inner[plainName(key)] && json.Unmarshal(object[key], &below) == nil && (below[fieldText] != nil || mapFields(slices.Sorted(maps.Keys(below)), nil)[fieldText] != "") {
			for k, v := range below {
				if _, ok := object[k]; !ok {
					object[k] = v
				}
			}
			delete(object, key)
		}
	}
	names := make([]string, 0, len(object))
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if v := object[name]; string(v) != "null" && string(v) != `""` || name == fieldText {
			names = append(names, name)
		}
	}
	m := mapFields(names, r.opts.Map)
	text, ok := object[m[fieldText]]
	if !ok || string(text) == "null" {
		return rec, noText(names, m)
	}
	if rec.text, ok = plain(text); !ok && text[0] == '[' {
		rec.text, ok = flat(text, "\n\n"), true // a list of paragraphs
	}
	if !ok && text[0] == '{' {
		rec.text = flat(text, "\n\n")
		if ok = rec.text != ""; !ok && json.Unmarshal(text, new(map[string]string)) == nil {
			return rec, `a table written column by column: write it record by record (pandas: orient="records", lines=True)`
		}
	}
	if !ok || text[0] != '"' && text[0] != '[' && text[0] != '{' {
		return rec, fmt.Sprintf("not a valid record: %q should hold a string but holds a %s", m[fieldText], jsonType(text))
	}
	if id := object[m[fieldID]]; len(id) > 0 && (flat(id, "") == "" && string(id) != "null" && string(id) != `""` || strings.IndexByte("[tf", id[0]) >= 0) {
		return rec, fmt.Sprintf("not a valid record: %q is neither a string nor a number", m[fieldID])
	}
	if raw := object["targets"]; len(raw) > 0 && string(raw) != "null" {
		if raw[0] != '[' {
			return rec, fmt.Sprintf("not a valid record: \"targets\" should hold a list but holds a %s", jsonType(raw))
		}
		if err := json.Unmarshal(raw, &rec.labels); err != nil {
			return rec, "not a valid record: " + jsonReason(err)
		}
	}
	get := func(field string) string { return strings.TrimSpace(flat(object[m[field]], ", ")) }
	rec.id, rec.url = get(fieldID), get(fieldURL)
	rec.meta = meta{source: get(fieldSource), outlet: get(fieldOutlet), title: get(fieldTitle), author: get(fieldAuthor), date: get(fieldDate)}
	rec.bytes = raw
	if !utf8.Valid(raw) {
		rec.notes = append(rec.notes, "the record is not valid UTF-8; the bytes in question were replaced")
	}
	r.sayMapping(file, m)
	return rec, ""
}

// addRecord makes a document of a record. What sources.yaml gives holds over what
// the record says.
func (r *reader) addRecord(rec record, s stream, line int) {
	if d, reason := r.recordArticle(rec, s); reason != "" {
		r.skip(s.path, line, "%s", reason)
	} else {
		d.Path, d.Line = s.path, line
		if rec.id == "" {
			d.ID = fmt.Sprintf("%s:%d", s.id, line)
			if s.number > 0 {
				d.ID += fmt.Sprintf(":%d", s.number)
			}
		}
		r.add(d)
	}
}

// recordArticle makes an article of a record; reason says why there is none.
func (r *reader) recordArticle(rec record, s stream) (d draft, reason string) {
	if strings.TrimSpace(rec.text) == "" {
		return d, `the record's "text" is empty`
	}
	for _, of := range []struct{ name, text string }{{"text", rec.text}, {"id", rec.id}, {"source", rec.source}, {"title", rec.title}} {
		if strings.IndexByte(of.text, 0) >= 0 {
			return d, fmt.Sprintf("the record's %q holds NUL characters: it is not text", of.name)
		}
	}
	sum := sha256.Sum256(rec.bytes)
	d.Document = Document{ID: rec.id, SHA256: hex.EncodeToString(sum[:]), Text: rec.text, Notes: rec.notes}
	m := rec.meta
	if len(rec.labels) == 0 && !r.opts.Verbatim {
		d.repair()
		for _, f := range []*string{&m.source, &m.title, &m.author, &m.outlet} {
			*f, _ = repaired(*f)
			*f = strings.Join(strings.Fields(*f), " ")
		}
	}
	if d.Labels, reason = byteLabels(d.Text, rec.labels); reason != "" {
		return d, reason
	}
	if s.given.date != "" {
		m.date = ""
	}
	m.date, m.moment = d.datedAs(m.date)
	return r.finish(d, s.given.or(m), fileMeta(path.Base(s.id)), hostOf(rec.url))
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

// jsonType is what a JSON value is called.
func jsonType(raw json.RawMessage) string {
	switch raw[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "bool"
	}
	return "number"
}
