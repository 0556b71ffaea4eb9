package report

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Markdown prints a document as GitHub flavoured Markdown. Details become a
// <details> element, the only HTML in it besides single words; every
// character of the text that Markdown or HTML would read as markup is escaped.
func Markdown(w io.Writer, d *Document) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n", markdownLine([]Inline{Text(d.Title)}, false))
	if text := markdownBlocks(d.Blocks); text != "" {
		b.WriteString("\n" + text)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing markdown: %w", err)
	}
	return nil
}

// markdownBlock prints one block, ending with a line break.
func markdownBlock(block Block) string {
	var b strings.Builder
	switch x := block.(type) {
	case *Heading:
		b.WriteString(strings.Repeat("#", headingLevel(x.Level)))
		b.WriteByte(' ')
		b.WriteString(markdownLine([]Inline{Text(x.Text)}, false))
		b.WriteByte('\n')
	case *Paragraph:
		b.WriteString(markdownLine(x.Inline, false))
		b.WriteByte('\n')
	case *List:
		for i, item := range x.Items {
			marker := "- "
			if x.Ordered {
				marker = fmt.Sprintf("%d. ", i+1)
			}
			b.WriteString(marker + markdownLine(item, false) + "\n")
		}
	case *Table:
		markdownTable(&b, x)
	case *Image:
		fmt.Fprintf(&b, "![%s](%s)\n", markdownLine([]Inline{Text(x.Alt)}, false), markdownURL(imageURL(x.Path)))
		if x.Caption != "" {
			fmt.Fprintf(&b, "\n%s\n", markdownLine([]Inline{Text(x.Caption)}, false))
		}
	case *Details:
		fmt.Fprintf(&b, "<details>\n<summary>%s</summary>\n\n%s\n</details>\n",
			template.HTMLEscapeString(strings.TrimSpace(fold(x.Summary))), markdownBlocks(x.Blocks))
	case *Quote:
		for line := range strings.Lines(markdownBlocks(x.Blocks)) {
			b.WriteString(strings.TrimRight("> "+line, " \n") + "\n")
		}
	case *CodeBlock:
		fence := strings.Repeat("`", max(3, longestRun(x.Text, '`')+1))
		text := strings.TrimRight(lines(x.Text), "\n")
		fmt.Fprintf(&b, "%s\n%s\n%s\n", fence, text, fence)
	case *Beside:
		b.WriteString(markdownBlocks(slices.Concat(x.Aside, x.Blocks)))
	case *Rule:
		b.WriteString("---\n")
	}
	return b.String()
}

func markdownBlocks(blocks []Block) string {
	var parts []string
	for _, block := range blocks {
		if text := markdownBlock(block); text != "" { // a browser has none
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n")
}

func markdownTable(b *strings.Builder, t *Table) {
	for _, c := range t.Columns {
		b.WriteString("| " + markdownLine([]Inline{Text(c.Title)}, true) + " ")
	}
	b.WriteString("|\n")
	for _, c := range t.Columns {
		b.WriteString([]string{Left: "| :-- ", Right: "| --: ", Center: "| :-: "}[c.Align])
	}
	b.WriteString("|\n")
	for _, row := range t.Rows {
		for i := range t.Columns {
			cell := ""
			if i < len(row) {
				cell = markdownLine(row[i], true)
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|\n")
	}
}

// opener matches what would open a list at the start of a line.
var opener = regexp.MustCompile(`^(\d*)([-+.)])`)

// markdownLine prints inlines as one line. Outside a table it also escapes
// what would open a block at the start of the line.
func markdownLine(inlines []Inline, inTable bool) string {
	var b strings.Builder
	for i, in := range inlines {
		if o, ok := in.(Opener); ok {
			in = o.Number
		}
		switch x := in.(type) {
		case Text:
			b.WriteString(markdownEscape(string(x)))
		case Strong:
			markdownDelimited(&b, string(x), "**", "strong", spaceNext(inlines[i+1:]))
		case Emph:
			markdownDelimited(&b, string(x), "*", "em", spaceNext(inlines[i+1:]))
		case Mark:
			markdownDelimited(&b, x.Text, "**", "strong", spaceNext(inlines[i+1:]))
		case Code:
			text := strings.TrimSpace(fold(string(x)))
			switch {
			case text == "":
			case strings.ContainsAny(text, "`|\\<>&") || strings.HasSuffix(b.String(), "`"):
				b.WriteString("<code>" + markdownEscape(text) + "</code>")
			default:
				b.WriteString("`" + text + "`")
			}
		case Link:
			text := markdownEscape(x.Text)
			if u := linkURL(x.URL); u != "" {
				text = "[" + text + "](" + markdownURL(u) + ")"
			}
			b.WriteString(text)
		}
	}
	line := strings.TrimSpace(b.String())
	if !inTable {
		line = opener.ReplaceAllString(line, `$1\$2`)
	}
	return line
}

// markdownDelimited sets text between delimiters, or in an HTML element where
// Markdown would not see the delimiters as such: between punctuation and a
// word, or beside other delimiters. White space at either end stays outside.
func markdownDelimited(b *strings.Builder, text, delimiter, element string, spaceNext bool) {
	text = fold(text)
	inner := strings.TrimSpace(text)
	if inner == "" {
		b.WriteString(text)
		return
	}
	start, end, _ := strings.Cut(text, inner)
	b.WriteString(start)
	before := b.String()
	first, _ := utf8.DecodeRuneInString(inner)
	last, _ := utf8.DecodeLastRuneInString(inner)
	opens := wordRune(first) || before == "" || strings.HasSuffix(before, " ")
	closes := wordRune(last) || end != "" || spaceNext
	if opens && closes && !strings.HasSuffix(before, "*") {
		b.WriteString(delimiter + markdownEscape(inner) + delimiter + end)
		return
	}
	b.WriteString("<" + element + ">" + markdownEscape(inner) + "</" + element + ">" + end)
}

// spaceNext reports whether what follows begins with white space, or is
// nothing.
func spaceNext(rest []Inline) bool {
	if len(rest) == 0 {
		return true
	}
	t, ok := rest[0].(Text)
	return ok && strings.HasPrefix(fold(string(t)), " ")
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// markdownEscape makes text safe within a line: what opens emphasis, code,
// links, tables, strikethrough, headings and formulas is escaped with a
// backslash, and what opens HTML or an entity becomes an entity. The
// exclamation mark is escaped at the end of a text, where a link may follow. What
// GitHub makes links of by itself, addresses of pages and of mail and names of
// users, is broken up.
func markdownEscape(s string) string {
	s = fold(s)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		case '\\', '`', '*', '_', '[', ']', '#', '|', '~', '$':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '@':
			b.WriteString("@<!-- -->")
		case ':', '.':
			if c == ':' && strings.HasPrefix(s[i:], "://") || c == '.' && strings.HasSuffix(strings.ToLower(s[:i]), "www") {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		case '!':
			if i == len(s)-1 {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// markdownURL makes a URL safe between parentheses and inside a table.
func markdownURL(u string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20",
		"|", "%7C", "`", "%60", "*", "%2A", "\\", "%5C", "\n", "%0A", "\r", "%0D").Replace(u)
}

// longestRun is the length of the longest run of c in s.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

func headingLevel(level int) int { return min(max(level, 2), 4) }
