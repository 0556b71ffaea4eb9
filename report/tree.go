package report

import (
	"net/url"
	"strings"
)

// Document is a report as a tree. Text in it is data: printers escape all of
// it, so no text becomes markup, whatever it holds.
type Document struct {
	Title  string
	Blocks []Block
}

// Block is one of *Heading, *Paragraph, *List, *Table, *Image, *Details,
// *Quote, *CodeBlock, *Rule, *Beside and
// *Browser.
type Block interface{ block() }

// Inline is one of Text, Strong, Emph, Code, Link, Mark and Opener.
type Inline interface{ inline() }

// Heading opens a section. Level counts from 2, as 1 is the document's title;
// levels outside 2 to 4 print as the nearest of them. ID is the anchor, and
// may be empty.
type Heading struct {
	Level int
	ID    string
	Text  string
}

// Paragraph is running text. A paragraph with a Role is set apart in HTML.
type Paragraph struct {
	Role   Role
	Inline []Inline
}

// Role is what a paragraph is for.
type Role string

// The roles of a paragraph; the zero value is plain text.
const (
	Lead Role = "lead" // the sentence that says the most
	Note Role = "note" // small print: beside a table, under a sentence
)

// List is a bulleted list, or a numbered one where it is ordered.
type List struct {
	Ordered bool
	Items   [][]Inline
}

// Table is rows of inline cells. A row shorter than the columns is filled
// with empty cells; cells beyond them are not printed. The first cell of a
// row is its header.
type Table struct {
	Caption string // what the table shows; for readers who cannot see its place
	Columns []Column
	Rows    [][][]Inline
}

// Column is one column of a table.
type Column struct {
	Title string
	Align Align
}

// Align is how a column is set.
type Align int

// Words are set left, figures right; the zero value is Left.
const (
	Left Align = iota
	Right
	Center
)

// Image is a picture. Markdown refers to Path, which is relative to the report.
// HTML embeds SVG, and Narrow for narrow screens, or else Data, a PNG, or where
// there is neither has a link to Path.
type Image struct {
	Path    string
	Alt     string
	Caption string
	Data    []byte
	SVG     []byte
	Narrow  []byte
}

// Details are blocks that a reader opens.
type Details struct {
	Summary string
	Blocks  []Block
}

// Quote is somebody's words.
type Quote struct{ Blocks []Block }

// CodeBlock is text whose white space counts.
type CodeBlock struct{ Text string }

// Rule is a line between blocks.
type Rule struct{}

// Beside is blocks with others beside them where there is room, and before them
// where there is none.
type Beside struct{ Aside, Blocks []Block }

// Text is plain text. White space in it, line breaks included, prints as it
// would in a paragraph: folded.
type Text string

// Strong is text set bold.
type Strong string

// Emph is text set italic.
type Emph string

// Code is a short literal: a name, a digest, a path.
type Code string

// Link leads to URL, which must be relative, http, https or mailto; other
// links print as their text.
type Link struct{ Text, URL string }

// Mark is a stretch of text that carries weight: a word that made a score, or
// the score. Weight is in units of tone, negative for unfavourable. Title
// says where the weight comes from; Markdown has no place for it.
type Mark struct {
	Text   string
	Weight float64
	Title  string
}

// Opener is a number that opens into the sentences behind it, in the [Browser] of
// the page. Markdown prints the number alone.
type Opener struct {
	Number              Inline
	Unit, Target, Voice string // ids; an empty voice is all voices
}

func (*Heading) block()   {}
func (*Paragraph) block() {}
func (*List) block()      {}
func (*Table) block()     {}
func (*Image) block()     {}
func (*Details) block()   {}
func (*Quote) block()     {}
func (*CodeBlock) block() {}
func (*Rule) block()      {}
func (*Beside) block()    {}
func (*Browser) block()   {}

func (Text) inline()   {}
func (Strong) inline() {}
func (Emph) inline()   {}
func (Code) inline()   {}
func (Link) inline()   {}
func (Mark) inline()   {}
func (Opener) inline() {}

// para is a plain paragraph.
func para(inline ...Inline) *Paragraph { return &Paragraph{Inline: inline} }

// note is a paragraph of small print.
func note(inline ...Inline) *Paragraph { return &Paragraph{Role: Note, Inline: inline} }

// fold makes white space single spaces, keeping one at either end where there
// was any, and drops the control characters that no printer can show.
func fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\v' || r == '\f' || r == '\r' ||
			r == '\u0085' || r == '\u2028' || r == '\u2029':
			space = true
			continue
		case r < ' ' || r >= 0x7f && r < 0xa0:
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// linkURL returns the URL of a link fit for printing, or "" where it has a
// scheme that is not allowed or cannot be read.
func linkURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https", "mailto":
		return u.String()
	}
	return ""
}

// imageURL is the path of a file beside the report as a URL, percent-encoded.
func imageURL(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}
