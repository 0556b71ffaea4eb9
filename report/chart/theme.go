package chart

import (
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	stdfont "golang.org/x/image/font"
	"golang.org/x/text/unicode/norm"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
)

// The look of every figure. Lengths are in points; at 96 CSS pixels an inch a
// point is 4/3 of one, so that text of 9 points reads like 12 pixel text.

// Greys. On white the contrast ratios (WCAG 2.2, formula of "contrast ratio")
// are 12.6 for ink and 5.7 for muted; 4.5 is asked of small text.
var (
	paper = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	ink   = color.NRGBA{0x33, 0x33, 0x33, 0xFF}
	muted = color.NRGBA{0x66, 0x66, 0x66, 0xFF}
	zero  = color.NRGBA{0x8C, 0x8C, 0x8C, 0xFF} // the zero line: seen, but behind the data
	grid  = color.NRGBA{0xE6, 0xE6, 0xE6, 0xFF} // just visible
	band  = color.NRGBA{0xDA, 0xDA, 0xDA, 0xFF} // what ties two markers together
)

// okabeIto is the palette of Okabe and Ito (Color Universal Design, 2008), in
// the order of the project's look. Beyond it there are no further colours.
var okabeIto = [...]color.NRGBA{
	{0x00, 0x72, 0xB2, 0xFF}, {0xD5, 0x5E, 0x00, 0xFF}, {0x00, 0x9E, 0x73, 0xFF}, {0xCC, 0x79, 0xA7, 0xFF},
	{0xE6, 0x9F, 0x00, 0xFF}, {0x56, 0xB4, 0xE9, 0xFF}, {0x00, 0x00, 0x00, 0xFF},
}

// rdBu is ColorBrewer's diverging RdBu of nine classes, unfavourable first.
var rdBu = [...]color.NRGBA{
	{0xB2, 0x18, 0x2B, 0xFF}, {0xD6, 0x60, 0x4D, 0xFF}, {0xF4, 0xA5, 0x82, 0xFF}, {0xFD, 0xDB, 0xC7, 0xFF},
	{0xF7, 0xF7, 0xF7, 0xFF},
	{0xD1, 0xE5, 0xF0, 0xFF}, {0x92, 0xC5, 0xDE, 0xFF}, {0x43, 0x93, 0xC3, 0xFF}, {0x21, 0x66, 0xAC, 0xFF},
}

// unfavourable and favourable are the ends of rdBu, for the words on an axis.
var unfavourable, favourable = rdBu[0], rdBu[len(rdBu)-1]

// diverging is the colour of v on a scale from -reach to reach: linear in sRGB
// between neighbouring classes of rdBu. What lies beyond the scale has the
// colour of its end.
func diverging(v, reach float64) color.NRGBA {
	at := (v/reach + 1) / 2 * float64(len(rdBu)-1)
	at = min(max(at, 0), float64(len(rdBu)-1))
	i := min(int(at), len(rdBu)-2)
	t := at - float64(i)
	mix := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(float64(a)*(1-t)) + float64(float64(b)*t)))
	}
	a, b := rdBu[i], rdBu[i+1]
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xFF}
}

// luminance is the relative luminance of WCAG 2.2, 0 for black to 1 for white.
func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return float64(0.2126*linear(c.R)) + float64(0.7152*linear(c.G)) + float64(0.0722*linear(c.B))
}

// contrast is the contrast ratio of WCAG 2.2, 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// legibleOn is the text colour, black or white, that stands out more on a
// fill. Of the two, one has a contrast of at least 4.5 on any colour; with ink
// for black, mid blues fall to 3.7.
func legibleOn(fill color.NRGBA) color.NRGBA {
	if black := okabeIto[len(okabeIto)-1]; contrast(black, fill) >= contrast(paper, fill) {
		return black
	}
	return paper
}

// tint is a colour mixed with as much paper: for what stands behind the data.
func tint(c color.NRGBA) color.NRGBA {
	half := func(v uint8) uint8 { return uint8((int(v) + 0xFF) / 2) }
	return color.NRGBA{half(c.R), half(c.G), half(c.B), 0xFF}
}

// Shapes, lines and colours of the i-th category of n. More categories than
// colours get one colour and one shape: they are told apart by their labels.
func categoryColour(i, n int) color.NRGBA {
	if n > len(okabeIto) {
		i = 0
	}
	return okabeIto[i]
}

func categoryShape(i, n int) shape {
	if n > len(okabeIto) {
		i = 0
	}
	return shape(i)
}

// dashes of the i-th line, in points drawn and left out; long enough to be
// told apart at a line's end.
var dashes = [len(okabeIto)][]float64{
	nil, {7, 2.5}, {2.2, 2}, {8, 2, 2, 2}, {4, 2}, {10, 2, 2, 2, 2, 2}, {1.2, 1.2},
}

// style is a way to set text.
type style struct {
	size   float64 // points
	bold   bool
	colour color.NRGBA
}

// Styles. The sizes are in the ratio that print uses between headline, text
// and note; below 6 points the letters of a 2x PNG break up.
var (
	titleStyle    = style{14, true, ink}
	subtitleStyle = style{9.5, false, muted}
	headStyle     = style{9.5, true, ink}
	labelStyle    = style{9, false, ink}
	noteStyle     = style{8, false, muted}
	captionStyle  = style{7.5, false, muted}
)

func (t style) sized(size float64) style     { t.size = size; return t }
func (t style) coloured(c color.NRGBA) style { t.colour = c; return t }

// rise and fall are how far the tallest letters reach above and below the baseline.
func (t style) rise() float64 { f := t.face(); return float64(f.Extents().Ascent) }
func (t style) fall() float64 { f := t.face(); return float64(f.Extents().Descent) }

// line is the height of a line of text, with the usual leading.
func (t style) line() float64 { return 1.25 * t.size }

func (t style) width(s string) float64 {
	w := 0.0
	for _, r := range t.runs(s) {
		w += t.runWidth(r)
	}
	return w
}

// middle is the baseline of text whose capitals are centred on y: in
// Liberation Sans they are 0.72 of the size high.
func (t style) middle(y float64) float64 { return y + float64(0.36*t.size) }

// fonts is the cache of faces, filled once: parsing them takes some ms.
var fonts = sync.OnceValue(func() *font.Cache { return font.NewCache(liberation.Collection()) })

func (t style) face() font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans"}
	if t.bold {
		f.Weight = stdfont.WeightBold
	}
	return fonts().Lookup(f, font.Length(t.size))
}

const ellipsis = "…"

// clean makes a name or sentence one line, its letters composed: white space,
// controls and malformed bytes become single spaces.
func clean(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}

// fit shortens s to a width. Names that differ often do so in their last word
// ("WSWS 2001", "WSWS 2018"), so it is the middle that goes: the last words
// stay, or the last letters where the last word is long.
func (t style) fit(s string, width float64) string {
	runes := []rune(s)
	const most = 400 // letters: more than any label has room for, and as many as are measured
	if len(runes) > most {
		runes = slices.Concat(runes[:most/2], runes[len(runes)-most/2:])
	} else if t.width(s) <= width {
		return s
	}
	short := func(keep int) string {
		tail := keep / 3
		for n := keep / 2; n > 0; n-- {
			if runes[len(runes)-n-1] == ' ' {
				tail = n + 1 // with the space
				break
			}
		}
		tail = min(tail, keep)
		return strings.TrimRight(string(runes[:keep-tail]), " ") + ellipsis + string(runes[len(runes)-tail:])
	}
	lo, hi := 0, len(runes)-1 // short(lo) fits, or lo is 0
	for lo < hi {
		if mid := (lo + hi + 1) / 2; t.width(short(mid)) <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return short(lo)
}

// wrap breaks s into lines of at most a width, and shortens what is left for
// the last of limit lines; limit 0 stands for as many as it takes.
func (t style) wrap(s string, width float64, limit int) []string {
	words := strings.Fields(s)
	var lines []string
	for len(words) > 0 {
		if limit > 0 && len(lines) == limit-1 {
			return append(lines, t.fit(strings.Join(words, " "), width))
		}
		n := 1
		for n < len(words) && t.width(strings.Join(words[:n+1], " ")) <= width {
			n++
		}
		lines = append(lines, t.fit(strings.Join(words[:n], " "), width))
		words = words[n:]
	}
	return lines
}

// widest is the width of the widest of some strings, at most a limit.
func (t style) widest(limit float64, s ...string) float64 {
	w := 0.0
	for _, v := range s {
		w = max(w, t.width(v))
	}
	return min(w, limit)
}

// signed prints a tone with two decimals, its sign and a true minus. What is not
// zero keeps as many decimals, up to four, as it takes to be seen: an interval
// that ends at -0.001 does not include zero.
func signed(v float64) string {
	for decimals := 2; decimals <= 4; decimals++ {
		if s := strconv.FormatFloat(v, 'f', decimals, 64); strings.ContainsAny(s, "123456789") {
			if v > 0 {
				s = "+" + s
			}
			return strings.Replace(s, "-", "−", 1)
		}
	}
	return "0.00"
}

// tick prints a tick of an axis: signed, with no more decimals than needed.
func tick(v float64) string {
	if v == 0 {
		return "0"
	}
	return strings.TrimSuffix(strings.TrimRight(signed(v), "0"), ".")
}

// Reaches of an axis and the distance of its ticks: few, round, and symmetric,
// so that zero is always in the middle.
var reaches = [...]struct{ reach, step float64 }{
	{0.2, 0.1}, {0.3, 0.1}, {0.4, 0.2}, {0.6, 0.2}, {0.8, 0.4}, {1, 0.5},
}

// axisFor is the shortest axis that holds a value of the given size.
func axisFor(size float64) (reach, step float64) {
	for _, r := range reaches {
		if size <= r.reach+slack {
			return r.reach, r.step
		}
	}
	last := reaches[len(reaches)-1]
	return last.reach, last.step
}

// ticks are the multiples of step from -reach to reach.
func ticks(reach, step float64) []float64 {
	n := int(math.Round(reach / step))
	var t []float64
	for i := -n; i <= n; i++ {
		t = append(t, float64(i)*step)
	}
	return t
}

// furthest is the largest distance from zero of what the cells draw.
func furthest(intervals bool, matrices ...[][]Estimate) float64 {
	m := 0.0
	for _, cells := range matrices {
		for _, row := range cells {
			for _, e := range row {
				if e.N == 0 {
					continue
				}
				m = max(m, math.Abs(e.Tone))
				if intervals {
					m = max(m, math.Abs(e.Low), math.Abs(e.High))
				}
			}
		}
	}
	return m
}
