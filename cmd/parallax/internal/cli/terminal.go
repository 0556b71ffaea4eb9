package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colorWanted reports whether a terminal may be written to in colour:
// NO_COLOR (no-color.org) and a terminal that calls itself dumb forbid it.
func colorWanted() bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// style sets text for a terminal. The zero value leaves it plain. The colours
// are of the terminal's own sixteen, so that they fit its background.
type style struct{ color bool }

func (s style) set(code, text string) string {
	if !s.color || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s style) bold(text string) string    { return s.set("1", text) }
func (s style) faint(text string) string   { return s.set("2", text) }
func (s style) mention(text string) string { return s.set("1;4", text) }

// sign colours text by the sign of a tone: red is unfavourable, blue favourable.
func (s style) sign(tone float64, text string) string {
	switch {
	case tone < 0:
		return s.set("31", text)
	case tone > 0:
		return s.set("34", text)
	}
	return text
}

// columns is the width that text is wrapped at: what a terminal of the
// customary width shows with a margin.
const columns = 78

// pad fills text with spaces up to a width in columns of a terminal, of which a
// Chinese, Japanese or Korean character takes two (Unicode Standard Annex 11).
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-uniseg.StringWidth(text)))
}

// wrap breaks text into lines between words, each after the first with an
// indent. No-break spaces hold.
func wrap(text, indent string) string {
	var b strings.Builder
	n := uniseg.StringWidth(indent)
	for i, word := range strings.FieldsFunc(text, breakable) {
		w := uniseg.StringWidth(word)
		switch {
		case i == 0:
		case n+1+w > columns:
			b.WriteString("\n" + indent)
			n = uniseg.StringWidth(indent)
		default:
			b.WriteByte(' ')
			n++
		}
		b.WriteString(word)
		n += w
	}
	return b.String()
}

// breakable reports whether a line may end at a character.
func breakable(r rune) bool { return r != '\u00a0' && r != '\u202f' && unicode.IsSpace(r) }

// counted writes a number of things: "1 article", "5 articles".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// progress is a bar on a terminal. The nil progress shows nothing.
type progress struct{ bar *progressbar.ProgressBar }

// newProgress returns a bar of steps on w.
func newProgress(w io.Writer, steps int) *progress {
	return &progress{progressbar.NewOptions(steps,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetWidth(30),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionClearOnFinish(),
	)}
}

// total sets the number of steps, once it is known.
func (p *progress) total(steps int) {
	if p != nil {
		p.bar.ChangeMax(steps)
	}
}

// stage names what is going on.
func (p *progress) stage(text string) {
	if p != nil {
		p.bar.Describe(pad(text, 12))
	}
}

// step moves the bar by one. It can be called from any goroutine. A bar that
// cannot be drawn is no reason to stop the work.
func (p *progress) step() {
	if p != nil {
		if err := p.bar.Add(1); err != nil {
			return
		}
	}
}

// end removes the bar.
func (p *progress) end() {
	if p != nil {
		if err := p.bar.Clear(); err != nil {
			return
		}
	}
}
