package chart

import (
	"image/color"
	"math"
	"strings"
	"unicode"

	"github.com/hajimehoshi/bitmapfont/v3"
	stdfont "golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/language"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Letters that Liberation Sans lacks, Korean, Chinese, Japanese and Arabic ones
// among them, are drawn from a bitmap font of 12 by 16 dots: every outline font
// of them that is to be had as a Go module is ten times as large. An SVG keeps
// its text, and whoever shows it picks a font.

// families are the fonts that an SVG asks for: Liberation Sans, those of its
// metrics, and those that the common systems have for Korean, Chinese and
// Japanese.
const families = "'Liberation Sans',Arial,Helvetica,'Noto Sans','Noto Sans CJK KR','Noto Sans KR','Malgun Gothic','Apple SD Gothic Neo'," +
	"'Microsoft YaHei','PingFang SC','Hiragino Sans','Yu Gothic',sans-serif"

// run is a stretch of text in one font.
type run struct {
	text string // as it is drawn, from left to right
	dots bool   // in the bitmap font
}

// alwaysOutlined is the last letter of the blocks that Liberation Sans has in
// full: Latin with the accents of Europe.
const alwaysOutlined = '\u017F'

// noLetter stands for a letter that neither font has.
const noLetter = '□'

// runs splits text by font.
func (t style) runs(s string) []run {
	if !strings.ContainsFunc(s, func(r rune) bool { return r > alwaysOutlined }) {
		return []run{{s, false}}
	}
	face := t.face().Face
	outlined := func(r rune) bool {
		i, err := face.GlyphIndex(nil, r)
		return err == nil && i != 0
	}
	var out []run
	for _, r := range s {
		dots := false
		switch {
		case r == ' ':
			dots = len(out) > 0 && out[len(out)-1].dots
		case r <= alwaysOutlined || outlined(r):
		case drawn(r):
			dots = true
		case !unicode.IsPrint(r) || unicode.Is(unicode.Mn, r):
			continue
		default:
			r = noLetter
		}
		if len(out) == 0 || out[len(out)-1].dots != dots {
			out = append(out, run{dots: dots})
		}
		out[len(out)-1].text += string(r)
	}
	for i := range out {
		r := &out[i]
		if !r.dots {
			continue
		}
		if text, ok := strings.CutSuffix(r.text, " "); ok && i+1 < len(out) {
			r.text, out[i+1].text = text, " "+out[i+1].text // as wide as the others
		}
		if strings.ContainsFunc(r.text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			r.text = bitmapfont.PresentationForms(r.text, bitmapfont.DirectionRightToLeft, language.Arabic)
		}
	}
	return out
}

// drawn reports whether the bitmap font has a letter: it says of every one that
// it does, and leaves those that it has not blank.
func drawn(r rune) bool {
	blank := true
	eachDot(string(r), func(int, int, int) { blank = false })
	return !blank
}

// eachDot calls f for every row of adjoining dots of a text: from x on, n dots
// to the right, y below the baseline.
func eachDot(s string, f func(x, y, n int)) {
	var dot fixed.Point26_6
	var last rune
	for _, r := range s {
		if last != 0 {
			dot.X += bitmapfont.Face.Kern(last, r)
		}
		area, mask, from, advance, ok := bitmapfont.Face.Glyph(dot, r)
		if !ok {
			continue
		}
		for y := range area.Dy() {
			n := 0
			for x := range area.Dx() + 1 {
				if x < area.Dx() && mask.At(from.X+x, from.Y+y) != (color.Alpha{}) {
					n++
				} else if n > 0 {
					f(area.Min.X+x-n, area.Min.Y+y, n)
					n = 0
				}
			}
		}
		dot.X += advance
		last = r
	}
}

// dot is the side of a dot: whole pixels, so that edges are sharp, and two at
// least, below which Korean cannot be read.
func (t style) dot() float64 {
	const em = 12 // dots
	return max(2, math.Round(t.size/em/pixel)) * pixel
}

// fill draws a text on a canvas from a point of the baseline on.
func (t style) fill(c vg.Canvas, at place, x, y float64, s string) {
	c.SetColor(t.colour)
	if _, ok := c.(*vgsvg.Canvas); ok {
		c.FillString(t.face(), at(x, y), s)
		return
	}
	for _, r := range t.runs(s) {
		if r.dots {
			t.fillDots(c, at, snap(x), snap(y), r.text)
		} else {
			c.FillString(t.face(), at(x, y), r.text)
		}
		x += t.runWidth(r)
	}
}

// fillDots fills all dots of a text as one area. Bold dots are half as wide
// again.
func (t style) fillDots(c vg.Canvas, at place, x, y float64, s string) {
	side, more := t.dot(), 0.0
	if t.bold {
		more = side / 2
	}
	var p vg.Path
	eachDot(s, func(left, top, n int) {
		x0, y0 := x+float64(float64(left)*side), y+float64(float64(top)*side)
		x1, y1 := x0+float64(float64(n)*side)+more, y0+side
		p = append(p, polygon(at, []float64{x0, y0, x1, y0, x1, y1, x0, y1})...)
	})
	c.Fill(p)
}

func (t style) runWidth(r run) float64 {
	if !r.dots {
		f := t.face()
		return float64(f.Width(r.text))
	}
	return float64(stdfont.MeasureString(bitmapfont.Face, r.text).Floor()) * t.dot()
}
