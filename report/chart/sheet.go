package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// sheet is a figure while it is laid out: a list of marks and texts, in points
// from the top left corner, x to the right and y down. What is drawn later
// lies on top. The height is known only at the end, when it is written.
type sheet struct {
	width, height float64
	marks         []func(vg.Canvas, place)
	texts         []label // every text drawn, for the tests of layout
	plots         []rect  // areas kept free of text, for the same
}

// place turns a point of the sheet into one of the canvas, whose y goes up.
type place func(x, y float64) vg.Point

// rect is an area of the sheet.
type rect struct{ left, top, right, bottom float64 }

// label is a text and the area that it takes.
type label struct {
	text string
	rect
}

// margin is around every figure, in points.
const margin = 14

func newSheet(width float64) *sheet { return &sheet{width: width} }

// text sets s with its baseline at y. Its left end, middle or right end is at
// x for an align of 0, 0.5 or 1.
func (s *sheet) text(x, y, align float64, st style, str string) {
	if str == "" {
		return
	}
	w := st.width(str)
	left := x - float64(align*w)
	s.texts = append(s.texts, label{str, rect{left, y - st.rise(), left + w, y + st.fall()}})
	s.marks = append(s.marks, func(c vg.Canvas, at place) { st.fill(c, at, left, y, str) })
}

// paragraph sets lines from top down and returns where the next thing goes.
func (s *sheet) paragraph(x, top float64, st style, lines []string) float64 {
	for _, l := range lines {
		s.text(x, top+st.rise(), 0, st, l)
		top += st.line()
	}
	return top
}

// line strokes a line through points x0, y0, x1, y1, ...
func (s *sheet) line(c color.Color, width float64, dash []float64, xy ...float64) {
	s.marks = append(s.marks, func(cv vg.Canvas, at place) {
		var p vg.Path
		p.Move(at(xy[0], xy[1]))
		for i := 2; i+1 < len(xy); i += 2 {
			p.Line(at(xy[i], xy[i+1]))
		}
		lengths := make([]vg.Length, len(dash))
		for i, d := range dash {
			lengths[i] = vg.Length(d)
		}
		cv.SetColor(c)
		cv.SetLineWidth(vg.Length(width))
		cv.SetLineDash(lengths, 0)
		cv.Stroke(p)
	})
}

// fill fills the polygon through points x0, y0, x1, y1, ...
func (s *sheet) fill(c color.Color, xy ...float64) {
	s.marks = append(s.marks, func(cv vg.Canvas, at place) {
		cv.SetColor(c)
		cv.Fill(polygon(at, xy))
	})
}

func (s *sheet) box(c color.Color, r rect) {
	s.fill(c, r.left, r.top, r.right, r.top, r.right, r.bottom, r.left, r.bottom)
}

// frame strokes the outline of r, inside it.
func (s *sheet) frame(c color.Color, width float64, r rect) {
	h := width / 2
	s.outline(c, width, r.left+h, r.top+h, r.right-h, r.top+h, r.right-h, r.bottom-h, r.left+h, r.bottom-h)
}

func (s *sheet) outline(c color.Color, width float64, xy ...float64) {
	s.marks = append(s.marks, func(cv vg.Canvas, at place) {
		cv.SetColor(c)
		cv.SetLineWidth(vg.Length(width))
		cv.SetLineDash(nil, 0)
		cv.Stroke(polygon(at, xy))
	})
}

func polygon(at place, xy []float64) vg.Path {
	var p vg.Path
	p.Move(at(xy[0], xy[1]))
	for i := 2; i+1 < len(xy); i += 2 {
		p.Line(at(xy[i], xy[i+1]))
	}
	p.Close()
	return p
}

// shape is the form of a marker.
type shape int

const (
	disc shape = iota
	diamond
	square
	triangle
	wedge // a triangle on its tip
	cross
	star
)

// corners of a shape around the origin, y down, of about the area of a disc of
// radius 1: x0, y0, x1, y1, ...
func (g shape) corners() []float64 {
	ngon := func(n int, start float64, radii ...float64) []float64 {
		var xy []float64
		for i := range n {
			sin, cos := math.Sincos(start + float64(2*math.Pi*float64(i)/float64(n)))
			r := radii[i%len(radii)]
			xy = append(xy, r*cos, r*sin)
		}
		return xy
	}
	switch g {
	case diamond:
		return ngon(4, 0, 1.28)
	case square:
		return ngon(4, math.Pi/4, 1.26)
	case triangle:
		return ngon(3, -math.Pi/2, 1.42)
	case wedge:
		return ngon(3, math.Pi/2, 1.42)
	case cross:
		const a, b = 0.42, 1.2
		return []float64{-a, -b, a, -b, a, -a, b, -a, b, a, a, a, a, b, -a, b, -a, a, -b, a, -b, -a, -a, -a}
	case star:
		return ngon(10, -math.Pi/2, 1.5, 0.7)
	}
	return nil // disc: an arc, not corners
}

// marker draws a shape of about radius r around x, y: solid, or hollow.
func (s *sheet) marker(x, y, r float64, g shape, c color.NRGBA, solid bool) {
	s.marks = append(s.marks, func(cv vg.Canvas, at place) {
		path := func(r float64) vg.Path {
			if g == disc {
				var p vg.Path
				centre := at(x, y)
				p.Move(vg.Point{X: centre.X + vg.Length(r), Y: centre.Y})
				p.Arc(centre, vg.Length(r), 0, 2*math.Pi)
				p.Close()
				return p
			}
			xy := g.corners()
			for i := 0; i < len(xy); i += 2 {
				xy[i], xy[i+1] = x+float64(r*xy[i]), y+float64(r*xy[i+1])
			}
			return polygon(at, xy)
		}
		if solid {
			cv.SetColor(c)
			cv.Fill(path(r))
			return
		}
		const weight = 0.36 // of the radius: a ring that still reads as one at r = 2
		cv.SetColor(paper)
		cv.Fill(path(r))
		cv.SetColor(c)
		cv.SetLineWidth(vg.Length(max(weight*r, 0.8)))
		cv.SetLineDash(nil, 0)
		cv.Stroke(path(r - max(weight*r, 0.8)/2))
	})
}

// begin sets title and subtitle and returns where the figure starts.
func (s *sheet) begin(t Text) float64 {
	inner := s.width - 2*margin
	y := float64(margin)
	if title := titleStyle.wrap(clean(t.Title), inner, 0); len(title) > 0 {
		y = s.paragraph(margin, y, titleStyle, title) + 2
	}
	if sub := subtitleStyle.wrap(clean(t.Subtitle), inner, 0); len(sub) > 0 {
		y = s.paragraph(margin, y, subtitleStyle, sub)
	}
	return y + 8
}

// end sets the caption below y and closes the sheet.
func (s *sheet) end(t Text, y float64) {
	if caption := captionStyle.wrap(clean(t.Caption), s.width-2*margin, 0); len(caption) > 0 {
		y = s.paragraph(margin, y+10, captionStyle, caption)
	}
	s.height = y + margin - 4
}

// entry is one entry of a key: a sample of a mark, or none, and what it means.
type entry struct {
	width float64            // of the sample
	draw  func(x, y float64) // draws it from x on, centred on y; nil for none
	text  string
}

// key sets entries in rows below y and returns where the next thing goes. Each
// row keeps some points free below it, for what hangs from a sample.
func (s *sheet) key(y, below float64, entries []entry) float64 {
	const gap, between = 4, 16
	if len(entries) == 0 {
		return y
	}
	st := noteStyle
	x, inner := float64(margin), s.width-margin
	for _, e := range entries {
		sample := e.width
		if sample > 0 {
			sample += gap
		}
		text := st.fit(clean(e.text), inner-margin-sample)
		w := sample + st.width(text)
		if x > margin && x+w > inner {
			x, y = margin, y+st.line()+below+2
		}
		mid := y + st.line()/2
		if e.draw != nil {
			e.draw(x, mid)
		}
		s.text(x+sample, st.middle(mid), 0, st, text)
		x += w + between
	}
	return y + st.line() + below + 8
}

const (
	dpi = 192 // two pixels for each CSS pixel
	// pixel is the size of a pixel in points; lines and fills that lie on its
	// multiples are sharp.
	pixel = 72.0 / dpi
	// maxPixels bounds the memory of a PNG: 50 million are 200 MB while it is
	// drawn. 60 sources by 20 targets need at most 35 million.
	maxPixels = 50e6
)

// snap moves a length to the pixel grid.
func snap(v float64) float64 { return math.Round(v/pixel) * pixel }

// size is the sheet's size in whole pixels, in points.
func (s *sheet) size() (width, height float64) {
	return math.Ceil(s.width/pixel) * pixel, math.Ceil(s.height/pixel) * pixel
}

// draw draws every mark on a canvas of the sheet's size.
func (s *sheet) draw(c vg.Canvas) {
	width, height := s.size()
	at := func(x, y float64) vg.Point { return vg.Point{X: vg.Length(x), Y: vg.Length(height - y)} }
	c.SetColor(paper) // an SVG has no paper of its own
	c.Fill(polygon(at, []float64{0, 0, width, 0, width, height, 0, height}))
	for _, m := range s.marks {
		m(c, at)
	}
}

// image draws the sheet as pixels.
func (s *sheet) image() image.Image {
	width, height := s.size()
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(width), vg.Length(height)), vgimg.UseDPI(dpi))
	s.draw(c)
	return c.Image()
}

// write draws the sheet in a format. What w gets, it gets in one piece: nothing
// is written of a figure that cannot be drawn.
func (s *sheet) write(w io.Writer, figure string, f Format) error {
	width, height := s.size()
	var b bytes.Buffer
	var err error
	switch f {
	case SVG:
		c := vgsvg.NewWith(vgsvg.UseWH(vg.Length(width), vg.Length(height)))
		s.draw(c)
		err = writeSVG(&b, c)
	default:
		if n := width * height / (pixel * pixel); n > maxPixels {
			return fmt.Errorf("chart: %s: %.0f million pixels, more than %.0f: %w", figure, n/1e6, maxPixels/1e6, ErrTooLarge)
		}
		img := s.image()
		if p, ok := palettize(img); ok {
			img = p
		}
		err = png.Encode(&b, img)
	}
	if err == nil {
		_, err = w.Write(b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("chart: writing %s: %w", figure, err)
	}
	return nil
}

// writeSVG names fonts for readers without Liberation Sans. The rule stands before the first element, so no text can be taken for
// the place where it goes.
func writeSVG(w io.Writer, c *vgsvg.Canvas) error {
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return err
	}
	head, body, ok := bytes.Cut(b.Bytes(), []byte("xlink\">\n"))
	if !ok {
		return fmt.Errorf("an SVG without a head")
	}
	const rule = "xlink\">\n<style>text{font-family:" + families + "!important}</style>\n"
	for _, part := range [][]byte{head, []byte(rule), body} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
