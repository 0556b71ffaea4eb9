package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
)

// longList is how many things a list of scores.json has on lines of their own
// fields. With 60 sources, 20 targets and 720 articles there are 420,000 differences:
// scores.json then has 188 MB, and 268 MB where all is indented.
const longList = 1000

// writeJSON writes a struct as JSON, indented by two spaces as [json.Encoder] does
// without escapes for HTML, but for lists of more than longList things, which have
// each on one line. It holds one list, or one thing of a long list, at a time.
func writeJSON(w io.Writer, v any) error {
	p := &jsonPrinter{out: bufio.NewWriter(w)}
	p.value(reflect.ValueOf(v), "")
	p.text("\n")
	if p.err != nil {
		return p.err
	}
	return p.out.Flush()
}

type jsonPrinter struct {
	out *bufio.Writer
	buf bytes.Buffer
	err error // the first
}

func (p *jsonPrinter) text(s string) {
	if p.err == nil {
		_, p.err = p.out.WriteString(s)
	}
}

// value prints a value whose first line begins elsewhere, and whose others are
// indented.
func (p *jsonPrinter) value(v reflect.Value, indent string) {
	switch {
	case p.err != nil:
	case v.Kind() == reflect.Pointer && opened(v.Type().Elem()) && !v.IsNil():
		p.value(v.Elem(), indent)
	case opened(v.Type()):
		p.fields(v, indent)
	case v.Kind() == reflect.Slice && v.Len() > longList:
		p.lines(v, indent)
	default:
		p.encode(v, indent, "  ")
	}
}

// opened reports whether a type is a struct with a list that may be long and
// with fields that tags alone describe.
func opened(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || t.Implements(reflect.TypeFor[json.Marshaler]()) {
		return false
	}
	list := false
	for f := range t.Fields() {
		if f.Anonymous || !f.IsExported() || f.Tag.Get("json") == "" {
			return false
		}
		list = list || f.Type.Kind() == reflect.Slice
	}
	return list
}

// fields prints a struct.
func (p *jsonPrinter) fields(v reflect.Value, indent string) {
	before := "{\n"
	for f, x := range v.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || strings.Contains(options, "omitempty") && empty(x) {
			continue
		}
		p.text(before + indent + `  "` + name + `": `)
		p.value(x, indent+"  ")
		before = ",\n"
	}
	p.text("\n" + indent + "}")
}

// empty is what omitempty leaves out.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// lines prints a list with each thing on one line.
func (p *jsonPrinter) lines(v reflect.Value, indent string) {
	before := "[\n"
	for i := range v.Len() {
		p.text(before + indent + "  ")
		p.encode(v.Index(i), "", "")
		before = ",\n"
	}
	p.text("\n" + indent + "]")
}

// encode prints a value by encoding/json.
func (p *jsonPrinter) encode(v reflect.Value, prefix, indent string) {
	if p.err != nil {
		return
	}
	p.buf.Reset()
	e := json.NewEncoder(&p.buf)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, indent)
	if p.err = e.Encode(v.Interface()); p.err == nil {
		_, p.err = p.out.Write(bytes.TrimSuffix(p.buf.Bytes(), []byte("\n")))
	}
}
