package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"image/png"
	"io"
	"math"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"
)

//go:embed report.css
var style string

//go:embed report.js
var program string

//go:embed report.tmpl
var layout string

// pageTemplate is the one template; text reaches a page only through its
// contextual escaping.
var pageTemplate = template.Must(template.New("").Funcs(template.FuncMap{
	"kind":      kind,
	"long":      func(t *Table) bool { return len(t.Rows) > longTable },
	"thousands": thousands,
	"opens":     opens,
	"list":      func(x ...Inline) []Inline { return x },
	"capital":   upper,
	"sentences": browserData,
	"pictures":  pictures,
	"text":      fold,
	"code":      lines,
	"level":     headingLevel,
	"align":     alignClass,
	"weight":    weightClass,
	"link":      linkURL,
	"pixels":    pixels,
	"data":      dataURL,
	"cells":     cells,
}).Parse(layout))

// page is what the template prints.
type page struct {
	*Document
	Style    template.CSS
	Script   template.JS
	Policy   string
	Contents []*Heading // the headings of level 2 that have an anchor
}

// HTML prints a document as one self-contained page: pictures, style and the
// script that sorts and filters are within it, and its policy allows it to run
// no other and to load nothing. Without the script all can be read but what a
// [Browser] holds. It is well-formed XML, so that any parser reads it as it is
// meant. It follows the reader's light or dark setting, and reads on a phone and
// on paper.
func HTML(w io.Writer, d *Document) error {
	p := page{
		Document: d,
		Style:    template.CSS(style),
		Script:   template.JS(program),
		Policy: "default-src 'none'; img-src data:; style-src " + digest(style) + "; script-src " + digest(program) +
			"; base-uri 'none'; form-action 'none'",
	}
	p.Contents = contents(d.Blocks)
	var b bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&b, "page", p); err != nil {
		return fmt.Errorf("building the page: %w", err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("writing html: %w", err)
	}
	return nil
}

// contents are the headings of level 2 that have an anchor.
func contents(blocks []Block) []*Heading {
	var found []*Heading
	for _, block := range blocks {
		switch x := block.(type) {
		case *Heading:
			if x.Level == 2 && x.ID != "" {
				found = append(found, x)
			}
		case *Beside:
			found = append(found, contents(x.Blocks)...)
		}
	}
	return found
}

// opens is what the evidence browser is asked for by a number.
func opens(o Opener) string {
	q := url.Values{}
	for name, value := range map[string]string{"source": o.Unit, "target": o.Target, "voice": o.Voice} {
		if value != "" {
			q.Set(name, fold(value))
		}
	}
	return q.Encode()
}

// thousands is a number with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// digest is a source in a policy: what has this text, and nothing else.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// kind names the type of a node for the template.
func kind(node any) string {
	name := fmt.Sprintf("%T", node)
	return strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
}

// lines is text whose lines stand as they are, without control characters.
func lines(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

func alignClass(a Align) string {
	switch a {
	case Right:
		return "right"
	case Center:
		return "center"
	}
	return "left"
}

// weightClass says how a mark is coloured: its sign, and three steps of
// strength at 0.10 and 0.30, the bounds of the report's size words.
func weightClass(w float64) string {
	strength := 1
	switch a := math.Abs(w); {
	case a > strong:
		strength = 3
	case a >= clear:
		strength = 2
	}
	switch {
	case w < 0:
		return "neg s" + strconv.Itoa(strength)
	case w > 0:
		return "pos s" + strconv.Itoa(strength)
	}
	return "nil"
}

// longTable is how many rows a table has on a screen; one with more can be
// filtered.
const longTable = 15

// cell is one cell of a table for the template.
type cell struct {
	Header bool
	Align  Align
	Inline []Inline
}

// cells lays a row out over its table's columns.
func cells(t *Table, row [][]Inline) []cell {
	out := make([]cell, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = cell{Header: i == 0, Align: c.Align}
		if i < len(row) {
			out[i].Inline = row[i]
		}
	}
	return out
}

// drawing is a picture as it stands in a page, for screens of one kind.
type drawing struct {
	Class string
	SVG   template.HTML
}

// pictures are the forms of a picture that a page has, of which style shows one.
func pictures(i *Image) ([]drawing, error) {
	name := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, strings.TrimSuffix(path.Base(i.Path), path.Ext(i.Path)))
	forms := []struct {
		class string
		data  []byte
	}{{"card", i.SVG}}
	if i.Narrow != nil {
		forms[0].class += " broad"
		forms = append(forms, forms[0])
		forms[1].class, forms[1].data = "card narrow", i.Narrow
	}
	var out []drawing
	for n, f := range forms {
		svg, err := inlineSVG(f.data, fmt.Sprintf("chart-%s-%d", name, n+1), i.Alt, i.Caption)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", i.Path, err)
		}
		out = append(out, drawing{f.class, svg})
	}
	return out, nil
}

// dataURL is a picture as a URL; base64 holds no character that is markup.
func dataURL(data []byte) template.URL {
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(data))
}

// pixels is the size that a picture is shown at: half of its own, as pictures
// are drawn at twice the resolution of a page. It is zero for what is not a
// PNG.
func pixels(data []byte) (size struct{ Width, Height int }) {
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return size
	}
	size.Width, size.Height = (c.Width+1)/2, (c.Height+1)/2
	return size
}
