package chart

import (
	"math"
	"slices"
)

// forest is the frame that Tone, Voices, Attention and Prominence share: a block
// for each target, in it a row for each source, all on one scale, of tone around
// zero or of shares from zero. Blocks stand in one column or, where there are
// many, side by side.
type forest struct {
	sources, targets []string
	reach, step      float64
	double           bool // a row holds two markers, one above the other
	shares           bool // the scale is of shares, from 0 to reach

	// counts is the n of a row, set in a column of its own.
	counts func(source, target int) string
	// number is set right of the plot where there is one column of blocks;
	// nil for a figure without.
	number func(source, target int) string
	// row draws a row's marks: x maps a value, y is the row's middle, r is a
	// marker's radius.
	row func(source, target int, x func(value float64) float64, y, r float64)
}

// Measures of a forest.
const (
	nameLimit    = 150 // points for a source's name; about 30 letters
	targetLimit  = 300 // points for a target's name, where the block is wide enough
	headHeight   = 17  // of a block's heading
	tickHeight   = 13  // of tick labels
	wordHeight   = 13  // of the words under them
	blockGap     = 10
	columnGap    = 22
	columnWidth  = 255  // the least of a block: names, n and a plot of about 80 points
	leastRow     = 9    // of text of 7 points
	doubleRow    = 1.35 // times the height, for rows with two markers
	plotLeast    = 190  // of a plot with its n; where there is less, the numbers go
	tickSight    = 420  // points; more than this above its tick labels, a mark is off the screen
	columnsLimit = 4
)

// arrange chooses columns of blocks and the height of a row: the roomiest that
// stays below limit, one column before two, and the densest where none does.
func (f forest) arrange(limit float64) (columns int, row float64) {
	choices := [...]struct {
		columns int
		row     float64
	}{{1, 17}, {1, 15}, {1, 13}, {2, 15}, {2, 13}, {2, 11}, {3, 11}, {3, leastRow}, {columnsLimit, leastRow}}
	for _, c := range choices {
		if c.columns > len(f.targets) {
			continue
		}
		columns, row = c.columns, c.row
		if f.double {
			row *= doubleRow
		}
		if f.height(columns, row) <= limit {
			break
		}
	}
	return columns, row
}

// everyBlock says whether each block has its own tick labels, or only the last
// of a column: where they would be out of sight.
func (f forest) everyBlock(columns int, row float64) bool {
	rows := (len(f.targets) + columns - 1) / columns
	return float64(rows)*(headHeight+row*float64(len(f.sources))) > tickSight
}

// blockHeight is the distance from one block's top to the next one's.
func (f forest) blockHeight(columns int, row float64) float64 {
	h := headHeight + float64(row*float64(len(f.sources))) + blockGap
	if f.everyBlock(columns, row) {
		h += tickHeight
	}
	return h
}

func (f forest) height(columns int, row float64) float64 {
	rows := (len(f.targets) + columns - 1) / columns
	return float64(float64(rows)*f.blockHeight(columns, row)) + tickHeight + wordHeight
}

// widthOf is the width of a sheet that has room for the columns.
func (f forest) widthOf(columns int, asked float64) float64 {
	return max(asked, float64(columns)*columnWidth+float64(columns-1)*columnGap+2*margin)
}

// draw draws the blocks below top and returns where the next thing goes.
func (f forest) draw(s *sheet, top float64, columns int, row float64) float64 {
	st := labelStyle.sized(min(labelStyle.size, row/1.28)) // leaves the line 1.28 of its size
	small := noteStyle.sized(min(noteStyle.size, st.size))
	width := (s.width - 2*margin - float64(columns-1)*columnGap) / float64(columns)

	names := make([]string, len(f.sources))
	limit := min(nameLimit, 0.36*width) // the plot gets more than the names
	for i, n := range f.sources {
		names[i] = st.fit(clean(n), limit)
	}
	nameWidth := st.widest(limit, names...)
	var counts, numbers []string
	for j := range f.targets {
		for i := range f.sources {
			counts = append(counts, f.counts(i, j))
			if f.number != nil && columns == 1 {
				numbers = append(numbers, f.number(i, j))
			}
		}
	}
	countWidth := small.widest(math.Inf(1), counts...)
	numberWidth := small.widest(math.Inf(1), numbers...)
	if numberWidth > 0 {
		numberWidth += 14
	}
	if width-nameWidth-countWidth-numberWidth < plotLeast {
		numberWidth = 0
	}

	radius := min(3.6, 0.24*row)
	if f.double {
		radius = min(3.2, 0.17*row)
	}
	r0 := radius + 3
	lines, least, label := ticks(f.reach, f.step), -f.reach, tick
	if f.shares {
		lines, least, label = lines[len(lines)/2:], 0, percentTick
	}
	block, every := f.blockHeight(columns, row), f.everyBlock(columns, row)
	bottom := top
	for j, target := range f.targets {
		left := margin + float64(j%columns)*(width+columnGap)
		y := top + float64(j/columns)*block
		plot := rect{
			left:  snap(left + nameWidth + 10 + countWidth + 10 + r0),
			right: snap(left + width - numberWidth - r0),
		}
		x := func(value float64) float64 {
			return plot.left + float64((value-least)/(f.reach-least)*(plot.right-plot.left))
		}
		s.text(left, headStyle.middle(y+headHeight/2), 0, headStyle, headStyle.fit(clean(target), min(targetLimit, width)))
		y += headHeight
		plot.top, plot.bottom = snap(y), snap(y+row*float64(len(f.sources)))
		s.plots = append(s.plots, rect{plot.left - r0, plot.top, plot.right + r0, plot.bottom})
		for _, v := range lines {
			s.scaleLine(x(v), plot.top, plot.bottom, v == 0)
		}
		for i := range f.sources {
			mid := y + row*(float64(i)+0.5)
			s.text(left, st.middle(mid), 0, st, names[i])
			s.text(left+nameWidth+10+countWidth, st.middle(mid), 1, small, counts[j*len(f.sources)+i])
			f.row(i, j, x, mid, radius)
			if numberWidth > 0 {
				s.text(left+width, st.middle(mid), 1, small, numbers[j*len(f.sources)+i])
			}
		}
		y = plot.bottom
		last := j+columns >= len(f.targets) // of its column
		if last || every {
			s.ticks(lines, x, y+1+small.rise(), small, label)
		}
		if last {
			if !f.shares {
				s.ends(plot.left-r0, plot.right+r0, y+tickHeight, small)
			}
			bottom = max(bottom, y+tickHeight+wordHeight)
		}
	}
	return bottom
}

// scaleLine draws a line of the grid, or the zero line.
func (s *sheet) scaleLine(x, top, bottom float64, isZero bool) {
	c, width := grid, 2*pixel
	if isZero {
		c = zero
	}
	// The middle of a line of two pixels lies on the border between two.
	s.line(c, width, nil, snap(x), top, snap(x), bottom)
}

// ticks labels every line of a scale, or every second, third ... from zero
// where there is no room for all. Zero is one of the lines.
func (s *sheet) ticks(lines []float64, x func(float64) float64, baseline float64, st style, label func(float64) string) {
	zero := slices.Index(lines, 0)
	room := 4.0
	for _, v := range lines {
		room = max(room, st.width(label(v))+4)
	}
	stride := 1
	for stride < len(lines) && x(lines[stride])-x(lines[0]) < room {
		stride++
	}
	for i, v := range lines {
		if (i-zero)%stride == 0 {
			s.text(x(v), baseline, 0.5, st, label(v))
		}
	}
}

// ends sets the words at the two ends of a scale, and leaves them out where
// they would meet.
func (s *sheet) ends(left, right, top float64, st style) {
	const low, high = "← unfavourable", "favourable →"
	if st.width(low)+st.width(high)+6 > right-left {
		return
	}
	s.text(left, top+st.rise(), 0, st.coloured(unfavourable), low)
	s.text(right, top+st.rise(), 1, st.coloured(favourable), high)
}
