package corpus

// Document is one article.
//
// Text is the original, byte for byte once decoded to UTF-8; every offset in
// Parallax is a byte offset into it. Blocks are the parts of Text that are the
// article, in reading order and without overlap; what of Text is in no block
// is either white space or listed in Dropped with the reason.
type Document struct {
	ID     string // unique within a corpus: the file's name without extension, or the record's id
	Source string // the unit compared; by default the outlet
	Outlet string // the publisher, as found or as given
	Title  string
	Author string
	Date   string // ISO 8601, as precise as known: "2021", "2021-10" or "2021-10-05"; "" when unknown

	Path   string // the file read
	Line   int    // the record's line in a JSONL file, 1-based; 0 for a file that is one article
	SHA256 string // of the bytes read: the file, or the record's line

	Text    string
	Blocks  []Block
	Dropped []Dropped

	// Labels are mentions that the input itself names. Where there are any,
	// they replace alias matching for this document.
	Labels []Label

	// Notes say what was guessed or repaired while reading, in plain sentences.
	Notes []string
}

// Kind is what a block is in its article.
type Kind string

const (
	Title     Kind = "title"
	Lead      Kind = "lead" // a standfirst between title and text
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
)

// Block is a stretch of a document's text. A paragraph that the page cut in
// two is one block: its text then holds the line breaks of the cut.
type Block struct {
	Kind       Kind
	Start, End int // byte offsets into Document.Text, half open
}

// Dropped is a stretch of text that is not the article's, and why.
type Dropped struct {
	Start, End int
	Reason     Reason
}

// Label is a mention given with the input: byte offsets into Document.Text.
type Label struct {
	Target     string
	Start, End int
	Polarity   *int // -1, 0 or 1 where the input is labelled for evaluation
}

// Skipped is an input that could not be used as a document, and why.
type Skipped struct {
	Path   string `json:"path"`
	Line   int    `json:"line,omitempty"`
	Reason string `json:"reason"`
}

// With returns the document with what another reading knew of it: id, source,
// outlet, title, author and date are those of known. Where the title is another,
// the article is found in the text anew, as a title decides where it begins.
func (d Document) With(known Document) Document {
	if d.Title != known.Title {
		var outside []Dropped
		for _, p := range d.Dropped {
			if p.Reason == whyOutside || p.Reason == whyFrontMatter {
				outside = append(outside, p)
			}
		}
		c := clean(d.Text, known.Title, len(d.Labels) > 0, outside...)
		d.Blocks, d.Dropped, d.Notes = c.blocks, c.dropped, c.notes
	}
	d.ID, d.Source, d.Outlet, d.Title, d.Author, d.Date = known.ID, known.Source, known.Outlet, known.Title, known.Author, known.Date
	return d
}
