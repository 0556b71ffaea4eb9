package chart

import (
	"fmt"
	"io"
)

// HeatMap draws a table of sources by targets: each cell is filled with its
// tone's colour on a diverging scale, and has the tone and its n written in,
// and the interval where cells are wide enough.
// A cell that the data do not carry is not filled and has a tilde; one without
// a mention has a dash. The scale is the shortest of a few round ones that
// holds every tone, and stands above the table.
//
// An error says which number or name cannot be drawn, or what w returned.
func HeatMap(w io.Writer, g Grid, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := g.check("heat map"); err != nil {
		return err
	}
	return heatSheet(g, o).write(w, "heat map", o.Format)
}

// Measures of a heat map.
const (
	cellWidth  = 54  // the least: "~ −0.04" in small type
	cellLimit  = 200 // the most: wider cells read as bars
	cellRoomy  = 100 // from here on the interval is written in too
	cellHeight = 34
	denseCell  = 22 // with more than denseRows sources
	denseRows  = 15
	headLines  = 3 // of a column's heading
)

func heatSheet(g Grid, o Options) *sheet {
	st := labelStyle
	nameWidth := st.widest(nameLimit, g.Sources...)
	columns := float64(len(g.Targets))
	room := (o.Width - 2*margin - nameWidth - 10) / columns
	cell := snap(min(max(room, cellWidth), cellLimit))
	s := newSheet(max(o.Width, 2*margin+nameWidth+10+cell*columns))
	height, value, count := float64(cellHeight), labelStyle.sized(10), noteStyle.sized(7.5)
	if len(g.Sources) > denseRows || cell < 60 {
		value, count = value.sized(8), count.sized(6.5)
	}
	if len(g.Sources) > denseRows {
		height = denseCell
	}
	height = snap(height)

	reach, step := axisFor(furthest(false, g.Cells))
	y := s.begin(g.Text)
	y = s.key(y, tickHeight, s.heatKey(g, reach, step))

	left := snap(margin + nameWidth + 10)
	head := headStyle.sized(min(headStyle.size, 0.13*cell+2.5))
	var heads [][]string
	most := 0
	for _, t := range g.Targets {
		lines := head.wrap(clean(t), cell-6, headLines)
		heads = append(heads, lines)
		most = max(most, len(lines))
	}
	for j, lines := range heads { // the last lines stand level
		at := y + float64(most-len(lines))*head.line()
		for k, l := range lines {
			s.text(left+cell*(float64(j)+0.5), at+float64(k)*head.line()+head.rise(), 0.5, head, l)
		}
	}
	y = snap(y + float64(most)*head.line() + 4)

	for i, name := range g.Sources {
		top := y + float64(i)*height
		s.text(left-10, st.middle(top+height/2), 1, st, st.fit(clean(name), nameLimit))
		for j, e := range g.Cells[i] {
			s.cell(rect{left + float64(j)*cell, top, left + float64(j+1)*cell, top + height}, e, reach, value, count)
		}
	}
	s.end(g.Text, y+float64(len(g.Sources))*height)
	return s
}

// cell draws one cell of the table, with a little paper around it.
func (s *sheet) cell(r rect, e Estimate, reach float64, value, count style) {
	const gap = 4 * pixel
	r.left, r.top, r.right, r.bottom = r.left+gap/2, r.top+gap/2, r.right-gap/2, r.bottom-gap/2
	x := (r.left + r.right) / 2
	middle := (r.top + r.bottom) / 2
	if e.N == 0 {
		s.text(x, value.middle(middle), 0.5, value.coloured(muted), "–")
		return
	}
	text, fill := signed(e.Tone), paper
	if e.Carried {
		fill = diverging(e.Tone, reach)
		s.box(fill, r)
	} else {
		text = "~ " + text
		s.frame(band, 2*pixel, r)
	}
	value.colour, count.colour = legibleOn(fill), legibleOn(fill)
	if !e.Carried {
		value.colour, count.colour = muted, muted
	}
	// Both lines together are centred.
	both := value.rise() + value.fall() + count.rise() + count.fall()
	top := middle - both/2
	s.text(x, top+value.rise(), 0.5, value, text)
	n := fmt.Sprintf("n %d", e.N)
	if r.right-r.left >= cellRoomy-gap {
		n = fmt.Sprintf("[%s, %s] · n %d", signed(e.Low), signed(e.High), e.N)
	}
	s.text(x, top+value.rise()+value.fall()+count.rise(), 0.5, count, count.fit(n, r.right-r.left))
}

// heatKey is the colour bar, and what the cells without colour mean. The bar's
// ticks hang below the row that the key takes.
func (s *sheet) heatKey(g Grid, reach, step float64) []entry {
	const (
		width  = 180.0
		height = 9.0
		steps  = 120 // four pixels each
	)
	st := noteStyle
	low, high := "unfavourable", "favourable"
	lowWidth := st.width(low) + 8
	bar := entry{lowWidth + width + 8 + st.width(high), func(x, y float64) {
		s.text(x, st.middle(y), 0, st.coloured(unfavourable), low)
		s.text(x+lowWidth+width+8, st.middle(y), 0, st.coloured(favourable), high)
		x = snap(x + lowWidth)
		top := snap(y - height/2)
		const w = width / steps
		for i := range steps {
			v := reach * ((float64(i)+0.5)/steps*2 - 1)
			// Each step reaches under the next, so that no seam shows.
			right := min(x+float64(i+2)*w, x+width)
			s.box(diverging(v, reach), rect{x + float64(i)*w, top, right, top + height})
		}
		for _, v := range ticks(reach, step) {
			at := snap(x + (v/reach+1)/2*width)
			s.line(muted, 2*pixel, nil, at, top+height, at, top+height+2.25)
			s.text(at, top+height+2+captionStyle.rise(), 0.5, captionStyle, tick(v))
		}
	}, ""}
	key := []entry{bar}
	square := func(hollow bool) func(x, y float64) {
		return func(x, y float64) {
			r := rect{snap(x), snap(y - 5), snap(x + 26), snap(y + 5)}
			if hollow {
				s.frame(band, 2*pixel, r)
				s.text((r.left+r.right)/2, captionStyle.middle(y), 0.5, captionStyle, "~")
				return
			}
			s.text((r.left+r.right)/2, captionStyle.middle(y), 0.5, captionStyle, "–")
		}
	}
	if anyHollow(g.Cells) {
		key = append(key, entry{26, square(true), "the data do not carry a lean"})
	}
	if anyEmpty(g.Cells) {
		key = append(key, entry{26, square(false), "no mention"})
	}
	return key
}

// anyEmpty says whether a figure needs to explain the dash.
func anyEmpty(cells [][]Estimate) bool {
	for _, row := range cells {
		for _, e := range row {
			if e.N == 0 {
				return true
			}
		}
	}
	return false
}
