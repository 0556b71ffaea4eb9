package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A piece is the least part of a page that is kept or dropped: a line, or the
// lines of a paragraph that was wrapped to a fixed width.
type piece struct {
	start, end int       // what is kept of it, without white space at the ends
	cuts       []Dropped // what was cut off its ends

	group  int    // pieces with no blank line between them share a number
	kind   Kind   // "" until decided
	reason Reason // dropped for it; "" while kept

	words []string // in lower case
	ended bool     // ends as a sentence does
	asks  bool     // ends with a question mark
	item  bool     // starts with a list mark
	level int      // of a Markdown heading, 1 to 6; 0 for none
	bold  bool     // the whole line was set bold
}

// A page is a text in pieces, and what was found out about it.
type page struct {
	text   string
	pieces []piece
	found  meta
	notes  []string

	guessedOutlet bool   // found.outlet stood in a dateline
	beside        string // the outlet as a line beside the title has it

	title     int  // the title's piece; -1 where there is none
	sureTitle bool // the page itself says twice, or in Markdown, that it is one
	body      int  // the first piece of the article's running text
}

func (pg *page) str(i int) string { return pg.text[pg.pieces[i].start:pg.pieces[i].end] }

func (pg *page) kept(i int) bool { return pg.pieces[i].reason == "" }

func (pg *page) drop(i int, why Reason) {
	if pg.pieces[i].reason == "" {
		pg.pieces[i].reason = why
	}
}

// cutHead drops the first n bytes of a piece and the white space after them.
func (pg *page) cutHead(i, n int, why Reason) {
	p := &pg.pieces[i]
	head := strings.TrimRightFunc(pg.text[p.start:p.start+n], unicode.IsSpace)
	p.cuts = append(p.cuts, Dropped{Start: p.start, End: p.start + len(head), Reason: why})
	rest := strings.TrimLeftFunc(pg.text[p.start+n:p.end], unicode.IsSpace)
	p.start = p.end - len(rest)
	pg.measure(i)
}

// cutTail drops what follows the first n bytes of a piece and the white space
// before it.
func (pg *page) cutTail(i, n int, why Reason) {
	p := &pg.pieces[i]
	tail := strings.TrimLeftFunc(pg.text[p.start+n:p.end], unicode.IsSpace)
	p.cuts = append(p.cuts, Dropped{Start: p.end - len(tail), End: p.end, Reason: why})
	rest := strings.TrimRightFunc(pg.text[p.start:p.start+n], unicode.IsSpace)
	p.end = p.start + len(rest)
	pg.measure(i)
}

// measure computes what the rules ask about a piece.
func (pg *page) measure(i int) {
	p := &pg.pieces[i]
	s := pg.str(i)
	p.words = wordsOf(s)
	p.ended = endsSentence(s)
	p.asks = endsAsking(s)
	_, p.item = listMark(s)
}

// short holds for a line that is no sentence: a heading, a label, a caption.
// Fifteen words is a long headline; running text of that length has a full stop.
func (p *piece) short() bool {
	return len(p.words) <= 15 && (!p.ended || len(p.words) <= 12 && p.asks)
}

// prose holds for running text: long, or a sentence of some length that ends
// with a full stop. Captions may pass; titles, labels and links do not.
func (p *piece) prose() bool {
	return len(p.words) >= 20 || len(p.words) >= 8 && p.ended && !p.short() && !p.item
}

// splitPage cuts a text into pieces: paragraphs where blank lines part wrapped
// lines, else lines. Markdown's heading and bold marks are cut off.
func splitPage(text string) *page {
	pg := &page{text: text, title: -1}
	lines := splitLines(text)
	width := wrapWidth(text, lines)
	group := 0
	for k, l := range lines {
		if l.start == l.end {
			group++
			continue
		}
		if n := len(pg.pieces); n > 0 && k > 0 && pg.pieces[n-1].group == group && (wrapped(text, lines[k-1], l, width) || goesOn(text, lines[k-1], l)) {
			pg.pieces[n-1].end = l.end
			continue
		}
		pg.pieces = append(pg.pieces, piece{start: l.start, end: l.end, group: group})
	}
	for i := range pg.pieces {
		pg.measure(i)
		pg.cutMarkup(i)
	}
	return pg
}

// endMark closes an agency's text on the line of its last sentence.
var endMark = regexp.MustCompile(`\S(\s+(?:-0-|-30-|#{2,3}|\(END\)|\(End\)))$`)

// cutMarkup cuts off Markdown's marks for a heading or a bold line, and the mark
// at the end of an agency's text.
func (pg *page) cutMarkup(i int) {
	s := pg.str(i)
	if n := len(s); n > 0 && strings.IndexByte("-#)", s[n-1]) >= 0 && s[0] != '#' {
		if m := endMark.FindStringSubmatchIndex(s); m != nil {
			pg.cutTail(i, m[2], whyMarkup)
			return
		}
	}
	if marks := len(s) - len(strings.TrimLeft(s, "#")); marks >= 1 && marks <= 6 && marks < len(s) && s[marks] == ' ' && len(pg.pieces[i].words) > 0 {
		pg.pieces[i].level = marks
		pg.cutHead(i, marks+1, whyMarkup)
		s = pg.str(i)
		if closing := strings.TrimRight(s, "# "); closing != "" && len(closing) < len(s) && strings.HasSuffix(s, " #") {
			pg.cutTail(i, len(closing), whyMarkup)
		}
		return
	}
	if inner := len(s) - 2; inner > 2 && !markdownLink.MatchString(s) && strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") &&
		!strings.Contains(s[2:inner], "**") && len(wordsOf(s[2:inner])) > 0 {
		pg.pieces[i].bold = true
		pg.cutTail(i, inner, whyMarkup)
		pg.cutHead(i, 2, whyMarkup)
	}
}

// A line is a line's place in the text without white space at its ends.
type line struct{ start, end int }

// lineEnds are the marks that end a line: line feed, vertical tab, form feed,
// carriage return, next line, and the separators of lines and of paragraphs
// (UAX #14: BK, CR, LF, NL).
const lineEnds = "\n\v\f\r\u0085\u2028\u2029"

// splitLines finds the lines of a text. A carriage return and a line feed are
// one end.
func splitLines(text string) []line {
	var out []line
	for at := 0; at < len(text); {
		next, end := len(text), len(text)
		if n := strings.IndexAny(text[at:], lineEnds); n >= 0 {
			end = at + n
			_, width := utf8.DecodeRuneInString(text[end:])
			next = end + width
			if strings.HasPrefix(text[end:], "\r\n") {
				next++
			}
		}
		s := strings.TrimLeftFunc(text[at:end], unicode.IsSpace)
		l := line{start: end - len(s)}
		l.end = l.start + len(strings.TrimRightFunc(s, unicode.IsSpace))
		out = append(out, l)
		at = next
	}
	return out
}

// Bounds of the test for wrapped text, in characters.
const (
	minWrap = 40  // narrower columns are lists and verse
	maxWrap = 120 // wider lines were not wrapped by a mailer, an editor or a printer

	// Widths differ by some characters where a wrapper counted a double-width
	// letter, a tab or an indent.
	wrapSlack = 3

	// A page of long lines has a few short lines on each other (a byline over a
	// date, a list of links). In a wrapped text nearly all breaks are the
	// wrapper's.
	minWrappedShare = 0.7
)

// wrapWidth is the width to which the text's lines were wrapped, or 0 where
// they were not. A wrapper that fills lines breaks one only where the next word
// would not have fitted: at the right width nearly every break passes that test.
func wrapWidth(text string, lines []line) int {
	var lengths []int
	long := 0
	counts := func(k int) bool { // a paragraph may end at any width
		l, next := lines[k], lines[k+1]
		return l.start < l.end && next.start < next.end && !endsSentence(text[l.start:l.end])
	}
	for k := 0; k+1 < len(lines); k++ {
		if l := lines[k]; counts(k) {
			n := utf8.RuneCountInString(text[l.start:l.end])
			lengths = append(lengths, n)
			if n > maxWrap {
				long++
			}
		}
	}
	// Three breaks are the fewest that show a width.
	if len(lengths) < 3 {
		return 0
	}
	slices.Sort(lengths)
	// The widest but for one line in ten, which may be an address or a table.
	width := lengths[(len(lengths)-1)*9/10]
	if width < minWrap || width > maxWrap {
		return 0
	}
	pass := 0
	for k := 0; k+1 < len(lines); k++ {
		if counts(k) && wrapped(text, lines[k], lines[k+1], width) {
			pass++
		}
	}
	if float64(pass) < minWrappedShare*float64(len(lengths)) {
		return 0
	}
	return width
}

// wrapped says whether the break between two lines is one that a wrapper to
// the width made.
func wrapped(text string, a, b line, width int) bool {
	if width == 0 {
		return false
	}
	next := text[b.start:b.end]
	if _, item := listMark(next); item {
		return false
	}
	if i := strings.IndexFunc(next, unicode.IsSpace); i >= 0 {
		next = next[:i]
	}
	return utf8.RuneCountInString(text[a.start:a.end])+1+utf8.RuneCountInString(next) > width-wrapSlack
}

// goesOn says whether the break between two lines lies within a sentence, which
// shows in texts too short to show a width: the first line is as wide as a column
// and no sentence's end, and the second begins with a small letter, or the first
// ends with a word that no sentence ends with.
func goesOn(text string, a, b line) bool {
	first, next := text[a.start:a.end], text[b.start:b.end]
	if n := utf8.RuneCountInString(first); n < minWrap || n > maxWrap || endsSentence(first) {
		return false
	}
	if _, item := listMark(next); item {
		return false
	}
	words := wordsOf(first[strings.LastIndexFunc(first, unicode.IsSpace)+1:])
	return startsLower(next) || len(words) > 0 && functionWords[words[len(words)-1]]
}

// listMark returns the length of the list mark that s starts with: a bullet,
// or a number of one or two digits with a dot.
func listMark(s string) (n int, ok bool) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsRune("•·‣▪►▶●○■□→»›*+-–—", r):
		n = size
	case r >= '0' && r <= '9':
		n = 1
		if len(s) > 1 && s[1] >= '0' && s[1] <= '9' {
			n = 2
		}
		if n >= len(s) || s[n] != '.' && s[n] != ')' {
			return 0, false
		}
		n++
	default:
		return 0, false
	}
	next, _ := utf8.DecodeRuneInString(s[n:])
	return n, n < len(s) && unicode.IsSpace(next)
}

// closers may stand between a sentence's last mark and the end of its line.
const closers = "\"'”’»)]*_`"

// endsSentence says whether s ends as a sentence does, quotation marks and
// brackets aside. A colon or semicolon counts: what follows is not its
// continuation in the sense of a sentence cut in two.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, closers)
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && strings.ContainsRune(".!?…:;。", r)
}

// endsAsking says whether s ends with a question mark.
func endsAsking(s string) bool {
	return strings.HasSuffix(strings.TrimRight(s, closers), "?")
}

// joinCut joins the halves of paragraphs that the page cut in mid-sentence,
// by extending the first and clearing the second; it returns how many it joined.
func (pg *page) joinCut() int {
	joined := 0
	last := -1 // the piece that a continuation would extend
	for i := range pg.pieces {
		p := &pg.pieces[i]
		switch {
		case p.reason != "" || p.kind != Paragraph:
			last = -1
			continue
		case last >= 0 && len(p.cuts) == 0 && pg.continues(last, i):
			q := &pg.pieces[last]
			q.end = p.end
			q.words = append(q.words, p.words...)
			q.ended, q.asks = p.ended, p.asks
			p.start, p.end, p.words = q.end, q.end, nil
			joined++
			continue
		}
		last = i
		if n := len(p.cuts); n > 0 && p.cuts[n-1].Start >= p.end {
			last = -1
		}
	}
	return joined
}

// minCut is the fewest words before a cut. Columns cut long paragraphs; a short
// line without a full stop is a heading or an item of a list.
const minCut = 8

// continues says whether piece j goes on with the sentence in which piece i
// breaks off.
func (pg *page) continues(i, j int) bool {
	a, b := &pg.pieces[i], &pg.pieces[j]
	if a.ended || b.item || len(b.words) == 0 || len(a.words) == 0 {
		return false
	}
	s := pg.str(j)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘(["))
	lower := startsLower(s)
	if len(a.words) < minCut {
		return lower && !a.item && pg.pieces[i].group == pg.pieces[j].group
	}
	switch {
	case lower, unicode.IsDigit(first):
		return true
	case strings.HasSuffix(pg.str(i), ","), functionWords[a.words[len(a.words)-1]]:
		return true
	case b.level > 0 || b.bold || strings.ContainsAny(s[:1], "\"'") || strings.HasPrefix(s, "“") || strings.HasPrefix(s, "‘"):
		return false
	}
	// Names go on after a cut ("the United" / "Liberal Democrats"); a paragraph
	// that only lacks its full stop is followed by a word that opens sentences.
	return b.prose() && !functionWords[b.words[0]]
}
