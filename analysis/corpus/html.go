package corpus

import (
	"bytes"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// blockElements begin a paragraph.
var blockElements = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Button: true, atom.Caption: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true,
	atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hr: true,
	atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.Option: true, atom.P: true, atom.Pre: true, atom.Section: true,
	atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
}

// silentElements hold no text that is shown.
var silentElements = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Object: true, atom.Svg: true,
	atom.Select: true, atom.Textarea: true, atom.Math: true,
}

// blockMark is the attribute that numbers the elements whose text stands apart.
const blockMark = "data-parallax-block"

// A rendering is the text of a page: paragraphs with blank lines between them,
// headings and items of lists marked as Markdown has them.
type rendering struct {
	text  strings.Builder
	lines lineKeeping
	parts []part
	block int  // the element that text belongs to
	next  int  // the number of the next one
	space bool // white space is due before the next word
	fresh bool // nothing stands in the paragraph yet
	head  string
}

// part is a paragraph of a rendering and the element that it stands in.
type part struct{ start, end, block int }

// lineKeeping says which line breaks of the source are kept.
type lineKeeping int

const (
	keepNone   lineKeeping = iota // as a browser has it
	keepBlank                     // blank lines part paragraphs
	keepBreaks                    // all: the text is plain but for some tags
)

func (r *rendering) breakBlock() {
	r.endPart()
	r.space, r.fresh, r.head = false, true, ""
}

func (r *rendering) endPart() {
	if n := len(r.parts); n > 0 && !r.fresh {
		r.parts[n-1].end = r.text.Len()
	}
}

// write adds text to the paragraph.
func (r *rendering) write(s string) {
	if r.fresh {
		if r.text.Len() > 0 {
			r.text.WriteString("\n\n")
		}
		r.parts = append(r.parts, part{start: r.text.Len(), block: r.block})
		r.text.WriteString(r.head)
		r.fresh, r.space, r.head = false, false, ""
	}
	if r.space {
		r.text.WriteByte(' ')
		r.space = false
	}
	r.text.WriteString(s)
}

// newline breaks the line within a paragraph.
func (r *rendering) newline() {
	if !r.fresh {
		r.text.WriteByte('\n')
		r.space = false
	}
}

// words adds text of the source.
func (r *rendering) words(s string) {
	for i, paragraph := range r.lines.split(s) {
		if i > 0 {
			r.breakBlock()
		}
		for k, line := range r.lines.breaks(paragraph) {
			if k > 0 {
				r.newline()
			}
			if line == "" {
				continue
			}
			first, _ := utf8.DecodeRuneInString(line)
			last, _ := utf8.DecodeLastRuneInString(line)
			r.space = r.space || isSpace(first)
			for j, w := range strings.FieldsFunc(line, isSpace) {
				r.space = r.space || j > 0
				r.write(w)
			}
			r.space = r.space || isSpace(last)
		}
	}
}

// isSpace leaves no-break spaces alone: they are part of what is written.
func isSpace(c rune) bool { return unicode.IsSpace(c) && c != '\u00a0' && c != '\u202f' }

var blankLine = regexp.MustCompile(`\r?\n[ \t]*\r?\n\s*`)

func (k lineKeeping) split(s string) []string {
	if k == keepNone {
		return []string{s}
	}
	return blankLine.Split(s, -1)
}

func (k lineKeeping) breaks(s string) []string {
	if k != keepBreaks {
		return []string{s}
	}
	return strings.Split(s, "\n")
}

func (r *rendering) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.words(n.Data)
		return
	case html.ElementNode:
		if silentElements[n.DataAtom] || hidden(n) {
			return
		}
		if n.DataAtom == atom.Br {
			if strings.HasSuffix(r.text.String(), "\n") {
				r.breakBlock()
			} else {
				r.newline()
			}
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	outer := r.block
	block := n.Type == html.ElementNode && blockElements[n.DataAtom]
	if block {
		r.breakBlock()
		r.next++
		r.block = r.next
		n.Attr = append(n.Attr, html.Attribute{Key: blockMark, Val: strconv.Itoa(r.block)})
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			r.head = strings.Repeat("#", int(n.Data[1]-'0')) + " "
		case atom.Li:
			r.head = "- "
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	if block {
		r.breakBlock()
		r.block = outer
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hidden(n *html.Node) bool {
	style := strings.ReplaceAll(attribute(n, "style"), " ", "")
	return strings.Contains(style, "display:none") || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hidden" })
}

// render writes the text of a document and numbers its elements.
func render(doc *html.Node, lines lineKeeping) *rendering {
	r := &rendering{fresh: true, lines: lines}
	r.node(doc)
	r.endPart()
	return r
}

var (
	closingTag = regexp.MustCompile(`(?i)</(?:p|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|figure|figcaption|table|td|section|article|iframe|script|style|font|sup|sub|u|small|center|cite|q|q|mark)\s*>|<(?:br|p|hr|img)(?:\s[^<>]*)?/?>`)
	blockTag   = regexp.MustCompile(`(?i)<(?:p|br|div|li|h[1-6]|blockquote|table|section|article)\b[^<>]*>`)
)

// hasTags says whether a text holds tags of HTML.
func hasTags(s string) bool { return strings.IndexByte(s, '<') >= 0 && closingTag.MatchString(s) }

// fragmentText is the text of HTML that is a part of a page.
func fragmentText(s string) string {
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return s // a reader of a string does not fail, and nothing else does
	}
	lines := keepBlank
	if !blockTag.MatchString(s) {
		lines = keepBreaks
	}
	return render(doc, lines).text.String()
}

// minMain is the fewest words of what is taken for a page's main text. Pages
// with less of it are read whole, and cleaned as saved text is.
const minMain = 25

// readPage makes an article of a saved web page. The text is all that the page
// shows; the rules of go-readability, a port of what browsers' reading views
// use, say which part of it is the article.
func (r *reader) readPage(raw []byte, s stream) (d draft, reason string) {
	source := string(raw)
	if !utf8.ValidString(source) || looksUTF16(raw) {
		encoding, _, _ := charset.DetermineEncoding(raw[:min(len(raw), 1024)], "text/html")
		if out, err := encoding.NewDecoder().Bytes(raw); err == nil {
			source = string(out)
		}
	}
	source, note, err := decode([]byte(source))
	if err != nil {
		return d, err.Error()
	}
	source, mended := demojibake(source)
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return d, "not a web page: " + err.Error()
	}
	page := render(doc, keepNone)
	d = newDraft(raw, s, page.text.String(), note, mendedNote(mended))
	if strings.TrimSpace(d.Text) == "" {
		return d, "the page holds no text"
	}
	m, published := pageMeta(doc)
	address := firstOf(published, s.url)
	base, err := url.Parse(address)
	if err != nil {
		base = nil
	}
	parser := readability.NewParser()
	if a, err := parser.ParseDocument(doc, base); err == nil {
		m = m.or(articleMeta(a))
		m.title = page.title(m.title, m.outlet)
		d.outside = outsideMain(page, a.Node, d.Text, m.title)
	}
	m.date, m.moment = d.datedAs(m.date)
	return r.finish(d, s.given.or(m), fileMeta(s.name), hostOf(address))
}

// title is a page's title without what a window's title adds to it: the outlet,
// or anything behind what stands on the page by itself.
func (r *rendering) title(full, outlet string) string {
	marks := pageTitleMark.FindAllStringIndex(full, -1)
	for k := len(marks) - 1; k >= 0; k-- {
		head := full[:marks[k][0]]
		if strings.EqualFold(full[marks[k][1]:], outlet) {
			return head
		}
		want := wordsOf(head)
		for _, p := range r.parts {
			if slices.Equal(wordsOf(r.text.String()[p.start:p.end]), want) && len(want) > 2 {
				return head
			}
		}
	}
	return full
}

// articleMeta is what go-readability knows of an article.
func articleMeta(a readability.Article) meta {
	m := meta{title: strings.Join(strings.Fields(a.Title()), " "), author: byline(a.Byline()), outlet: strings.TrimSpace(a.SiteName())}
	if t, err := a.PublishedTime(); err == nil {
		m.date = t.Format("2006-01-02")
	}
	return m
}

// byline takes "By" and addresses out of what a page says of its author.
func byline(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if strings.Contains(s, "://") || len(wordsOf(s)) > 12 {
		return ""
	}
	if name, ok := bylineName(s); ok {
		return name
	}
	return s
}

// outsideMain lists the paragraphs of a page that are not of its main text. What
// stands between the title and the main text is left to the rules for headers.
func outsideMain(page *rendering, main *html.Node, text, title string) []Dropped {
	inside := make(map[int]bool)
	words := 0
	var walk func(n *html.Node, block int)
	walk = func(n *html.Node, block int) {
		if mark := attribute(n, blockMark); mark != "" {
			block, _ = strconv.Atoi(mark)
		}
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			inside[block] = true
			words += len(strings.Fields(n.Data))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, block)
		}
	}
	if main == nil {
		return nil
	}
	walk(main, 0)
	if words < minMain {
		return nil
	}
	first := slices.IndexFunc(page.parts, func(p part) bool { return inside[p.block] })
	head, want := -1, strings.Join(wordsOf(title), " ")
	for i, p := range page.parts {
		if strings.Join(wordsOf(text[p.start:p.end]), " ") == want && want != "" && (head < 0 || i <= first) {
			head = i
		}
	}
	if first >= 0 && head > first {
		first = head
	}
	var out []Dropped
	for i, p := range page.parts {
		if inside[p.block] || head >= 0 && i >= head && i <= first {
			continue
		}
		out = append(out, Dropped{Start: p.start, End: p.end, Reason: whyOutside})
	}
	return out
}

// pageMeta reads what go-readability leaves out: the address of a page, and the
// first date that it marks as one.
func pageMeta(doc *html.Node) (m meta, address string) {
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Link && attribute(n, "rel") == "canonical":
			address = firstOf(address, attribute(n, "href"))
		case n.DataAtom == atom.Meta && (attribute(n, "property") == "og:url"):
			address = firstOf(address, attribute(n, "content"))
		case n.DataAtom == atom.Meta && publishedMeta[strings.ToLower(firstOf(attribute(n, "property"), attribute(n, "name"), attribute(n, "itemprop")))]:
			m.date = firstOf(m.date, attribute(n, "content"))
		case n.DataAtom == atom.Script && attribute(n, "type") == "application/ld+json" && n.FirstChild != nil:
			m.date = firstOf(m.date, linkedDate([]byte(n.FirstChild.Data)))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	if m.date == "" {
		m.date = firstTime(doc)
	}
	return m, address
}

// publishedMeta are the names under which pages say when they were published.
var publishedMeta = wordSet(`article:published_time og:published_time datepublished date publishdate pubdate publish_date publication_date dc.date dc.date.issued dcterms.created
	dcterms.issued sailthru.date parsely-pub-date citation_publication_date article.published cxenseparse:recs:publishtime`)

// linkedDate is the date of publication in a page's linked data.
func linkedDate(raw []byte) string {
	var v any
	if json.Unmarshal(bytes.TrimSpace(raw), &v) != nil {
		return ""
	}
	var find func(v any) string
	find = func(v any) string {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				if s := find(item); s != "" {
					return s
				}
			}
		case map[string]any:
			if s, ok := v["datePublished"].(string); ok {
				return s
			}
			return find(v["@graph"])
		}
		return ""
	}
	return find(v)
}

// firstTime is the first date that stands in an element for dates.
func firstTime(n *html.Node) string {
	if n.Type == html.ElementNode && n.DataAtom == atom.Time {
		if s := attribute(n, "datetime"); s != "" {
			return s
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if s := firstTime(c); s != "" {
			return s
		}
	}
	return ""
}
