package chart

import (
	"cmp"
	"fmt"
	"image/color"
	"io"
	"strconv"
)

// HeatData is what HeatMaps draws: panels over the same sources and targets.
type HeatData struct {
	Text
	Sources []string
	Targets []string
	Panels  []HeatPanel

	// Shares says that what the cells have for a tone is a share, in [0, 1],
	// and is printed and coloured as one.
	Shares bool
	// None is what a cell without number has none of; "" stands for "mention".
	None string
	// Ends are the words at the ends of the colour scale; empty ones stand for
	// "unfavourable" and "favourable", and of shares for "never" and "often".
	Ends [2]string
}

// HeatPanel is a table of a HeatData: Cells[i][j] is source i towards target j.
type HeatPanel struct {
	Name  string
	Cells [][]Estimate
}

// HeatMap draws a table of sources by targets: each cell is filled with its
// tone's colour on a diverging scale, and has the tone and its n written in,
// and the interval where cells are wide enough.
// A cell that the data do not carry is not filled and has a tilde; one without
// a mention has a dash. The scale is the shortest of a few round ones that
// holds every tone, and stands above the table.
//
// An error says which number or name cannot be drawn, or what w returned.
func HeatMap(w io.Writer, g Grid, o Options) error {
	return HeatMaps(w, g.panel(), o)
}

func (g Grid) panel() HeatData {
	return HeatData{Text: g.Text, Sources: g.Sources, Targets: g.Targets, Panels: []HeatPanel{{Cells: g.Cells}}}
}

// HeatMaps draws several tables as HeatMap does, on one scale: one below the
// other, or beside each other where that would be long.
func HeatMaps(w io.Writer, d HeatData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	return heatSheet(d, o).write(w, "heat map", o.Format)
}

func (d HeatData) check() error {
	if err := checkNames("heat map", d.Sources, d.Targets); err != nil {
		return err
	}
	for _, p := range d.Panels {
		if err := checkCells("heat map", d.Sources, d.Targets, p.Cells); err != nil {
			return err
		}
		for i, row := range p.Cells {
			for j, e := range row {
				if d.Shares && e.N > 0 && e.Low < -slack {
					return fmt.Errorf("chart: heat map: %q in %q: the share %s is below 0", d.Sources[i], d.Targets[j], e)
				}
			}
		}
	}
	if !anyMention(d.cells()...) {
		return fmt.Errorf("chart: heat map: %w", errNothing)
	}
	return nil
}

func (d HeatData) cells() [][][]Estimate {
	var out [][][]Estimate
	for _, p := range d.Panels {
		out = append(out, p.Cells)
	}
	return out
}

// Measures of a heat map.
const (
	cellWidth  = 54  // the least: "~ −0.04" in small type
	cellLimit  = 200 // the most: wider cells read as bars
	cellRoomy  = 100 // from here on the interval is written in too
	shareRoomy = 76  // the same for shares
	cellHeight = 34
	denseCell  = 22 // with more than denseRows sources
	denseRows  = 15
	headLines  = 3 // of a column's heading
	panelSpace = 16
)

// heatTable is how the tables of a heat map are laid out.
type heatTable struct {
	name, cell, height float64 // the widths of names and cells, the height of rows
	value, count       style
	beside             bool // tables stand beside each other, else one below the other
}

func (d HeatData) layout(o Options) heatTable {
	t := heatTable{name: labelStyle.widest(nameLimit, d.Sources...), height: cellHeight, value: labelStyle.sized(10), count: noteStyle.sized(7.5)}
	rows, columns, panels := float64(len(d.Sources)), float64(len(d.Targets)), float64(len(d.Panels))
	if rows > denseRows {
		t.height = denseCell
	}
	t.height = snap(t.height)
	room := o.Width - 2*margin - t.name - 10
	if wide := (room - (panels-1)*panelSpace) / panels / columns; panels*rows*t.height > o.MaxHeight/2 && wide >= cellWidth {
		t.beside, t.cell = true, wide
	} else {
		t.cell = room / columns
	}
	t.cell = snap(min(max(t.cell, cellWidth), cellLimit))
	if rows > denseRows || t.cell < 60 {
		t.value, t.count = t.value.sized(8), t.count.sized(6.5)
	}
	return t
}

func heatSheet(d HeatData, o Options) *sheet {
	t := d.layout(o)
	width := t.cell * float64(len(d.Targets))
	across := width
	if n := float64(len(d.Panels)); t.beside {
		across = n*width + (n-1)*panelSpace
	}
	s := newSheet(max(o.Width, 2*margin+t.name+10+across))
	scale := d.scale()
	top := s.begin(d.Text)
	top = s.key(top, tickHeight, s.heatKey(d, scale))
	bottom := top
	for k, p := range d.Panels {
		left, y := snap(margin+t.name+10), top
		if t.beside {
			left += float64(k) * (width + panelSpace)
		} else if k > 0 {
			y = bottom + 6
		}
		y = s.heatTitle(left, y, width, p.Name)
		if k == 0 || t.beside || float64(len(d.Sources))*t.height > tickSight {
			y = s.heatHeads(d.Targets, left, y, t)
		}
		y = snap(y)
		for i, name := range d.Sources {
			at := y + float64(i)*t.height
			if k == 0 || !t.beside {
				s.text(left-10, labelStyle.middle(at+t.height/2), 1, labelStyle, labelStyle.fit(clean(name), nameLimit))
			}
			for j, e := range p.Cells[i] {
				s.cell(rect{left + float64(j)*t.cell, at, left + float64(j+1)*t.cell, at + t.height}, e, scale, t.value, t.count)
			}
		}
		bottom = y + float64(len(d.Sources))*t.height
	}
	s.end(d.Text, bottom)
	return s
}

// heatScale is what the numbers of a heat map are on: tones around zero, or
// shares from zero up.
type heatScale struct {
	low, high float64
	ticks     []float64
	shares    bool
	ends      [2]string
	roomy     float64 // the least width of a cell that has its interval
}

func (d HeatData) scale() heatScale {
	reach, step := axisFor(furthest(false, d.cells()...))
	if !d.Shares {
		ends := [2]string{cmp.Or(d.Ends[0], "unfavourable"), cmp.Or(d.Ends[1], "favourable")}
		return heatScale{-reach, reach, ticks(reach, step), false, ends, cellRoomy}
	}
	lines := ticks(reach, step)
	ends := [2]string{cmp.Or(d.Ends[0], "never"), cmp.Or(d.Ends[1], "often")}
	return heatScale{0, reach, lines[len(lines)/2:], true, ends, shareRoomy}
}

// colour is that of a number. The blue half of the tones' scale serves for
// shares: from near white to saturated.
func (h heatScale) colour(v float64) color.NRGBA { return diverging(v, h.high) }

func (h heatScale) print(v float64) string {
	if h.shares {
		return strconv.FormatFloat(100*v, 'f', 0, 64) + " %"
	}
	return signed(v)
}

func (h heatScale) tick(v float64) string {
	if h.shares {
		return h.print(v)
	}
	return tick(v)
}

func (h heatScale) interval(low, high float64) string {
	if h.shares {
		return fmt.Sprintf("%.0f–%.0f %%", 100*low, 100*high)
	}
	return fmt.Sprintf("[%s, %s]", signed(low), signed(high))
}

func (h heatScale) hollow() string {
	if h.shares {
		return "too few to tell"
	}
	return "the data do not carry a lean"
}

// heatTitle names a table and returns where it goes on.
func (s *sheet) heatTitle(left, y, width float64, name string) float64 {
	if name == "" {
		return y
	}
	s.text(left, headStyle.middle(y+headHeight/2), 0, headStyle, headStyle.fit(clean(name), width))
	return y + headHeight
}

// heatHeads names the columns of a table and returns where its rows start.
func (s *sheet) heatHeads(names []string, left, y float64, t heatTable) float64 {
	head := headStyle.sized(min(headStyle.size, 0.13*t.cell+2.5))
	var heads [][]string
	most := 0
	for _, n := range names {
		lines := head.wrap(clean(n), t.cell-6, headLines)
		heads = append(heads, lines)
		most = max(most, len(lines))
	}
	for j, lines := range heads { // the last lines stand level
		at := y + float64(most-len(lines))*head.line()
		for k, l := range lines {
			s.text(left+t.cell*(float64(j)+0.5), at+float64(k)*head.line()+head.rise(), 0.5, head, l)
		}
	}
	return y + float64(most)*head.line() + 4
}

// cell draws one cell of the table, with a little paper around it.
func (s *sheet) cell(r rect, e Estimate, scale heatScale, value, count style) {
	const gap = 4 * pixel
	r.left, r.top, r.right, r.bottom = r.left+gap/2, r.top+gap/2, r.right-gap/2, r.bottom-gap/2
	x := (r.left + r.right) / 2
	middle := (r.top + r.bottom) / 2
	if e.N == 0 {
		s.text(x, value.middle(middle), 0.5, value.coloured(muted), "–")
		return
	}
	text, fill := scale.print(e.Tone), paper
	if e.Carried {
		fill = scale.colour(e.Tone)
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
	if r.right-r.left >= scale.roomy-gap {
		n = fmt.Sprintf("%s · n %d", scale.interval(e.Low, e.High), e.N)
	}
	s.text(x, top+value.rise()+value.fall()+count.rise(), 0.5, count, count.fit(n, r.right-r.left))
}

// heatKey is the colour bar, and what the cells without colour mean. The bar's
// ticks hang below the row that the key takes.
func (s *sheet) heatKey(d HeatData, scale heatScale) []entry {
	const (
		width  = 180.0
		height = 9.0
		steps  = 120 // four pixels each
	)
	st := noteStyle
	low, high := scale.ends[0], scale.ends[1]
	lowColour, highColour := unfavourable, favourable
	if scale.shares {
		lowColour, highColour = muted, muted
	}
	lowWidth := st.width(low) + 8
	bar := entry{lowWidth + width + 8 + st.width(high), func(x, y float64) {
		s.text(x, st.middle(y), 0, st.coloured(lowColour), low)
		s.text(x+lowWidth+width+8, st.middle(y), 0, st.coloured(highColour), high)
		x = snap(x + lowWidth)
		top := snap(y - height/2)
		const w = width / steps
		for i := range steps {
			v := scale.low + float64((scale.high-scale.low)*(float64(i)+0.5)/steps)
			// Each step reaches under the next, so that no seam shows.
			right := min(x+float64(i+2)*w, x+width)
			s.box(scale.colour(v), rect{x + float64(i)*w, top, right, top + height})
		}
		for _, v := range scale.ticks {
			at := snap(x + float64((v-scale.low)/(scale.high-scale.low)*width))
			s.line(muted, 2*pixel, nil, at, top+height, at, top+height+2.25)
			s.text(at, top+height+2+captionStyle.rise(), 0.5, captionStyle, scale.tick(v))
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
	if anyHollow(d.cells()...) {
		key = append(key, entry{26, square(true), scale.hollow()})
	}
	if anyEmpty(d.cells()...) {
		key = append(key, entry{26, square(false), "no " + cmp.Or(d.None, "mention")})
	}
	return key
}

// anyEmpty says whether a figure needs to explain the dash.
func anyEmpty(matrices ...[][]Estimate) bool {
	for _, cells := range matrices {
		for _, row := range cells {
			for _, e := range row {
				if e.N == 0 {
					return true
				}
			}
		}
	}
	return false
}
