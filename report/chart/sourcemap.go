package chart

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
)

// MapData is what SourceMap draws.
type MapData struct {
	Text
	Sources []string
	Points  [][2]float64 // of the sources, in one unit on both axes
	Share   [2]float64   // what each axis shows, in [0, 1]
	Arrows  []MapArrow   // none for a map without directions
}

// MapArrow is a direction into which something grows.
type MapArrow struct {
	Name   string
	X, Y   float64
	Dashed bool // of a second kind
}

// Measures of a map.
const (
	mapSide      = 56  // points kept free at the left and right for names
	mapLow       = 170 // the least height of the area of points,
	mapHigh      = 470 // and the greatest; less where there are few:
	mapFew       = 240 // so many,
	mapEach      = 15  // and so many for each
	mapMarker    = 3.4
	mapNameLimit = 150
	mapNamed     = 12   // points; more have numbers, and their names stand in a list below
	mapColumn    = 220  // of the list, the least width
	mapArrows    = 12   // more directions than that cannot be told apart
	mapArrowFrom = 0.25 // of the longest; shorter ones say little about the plane
)

// SourceMap draws sources as points whose distances say how alike they are, on
// one scale in both directions, with a name beside each, or a number where
// there are more than twelve, or no room, and the names in a list below; and, where there are
// arrows, the directions into which features grow, of which the longest count.
// A name that has no room beside its point is set where there is some, with a
// line to the point. Up to seven sources have a colour and a shape each.
//
// An error says which point cannot be drawn, or what w returned.
func SourceMap(w io.Writer, d MapData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if len(d.Sources) == 0 {
		return fmt.Errorf("chart: map: no sources to draw")
	}
	if len(d.Points) != len(d.Sources) {
		return fmt.Errorf("chart: map: %d points for %d sources", len(d.Points), len(d.Sources))
	}
	finite := func(name string, v ...float64) error {
		for _, x := range v {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return fmt.Errorf("chart: map: %q is at %g", name, x)
			}
		}
		return nil
	}
	for i, p := range d.Points {
		if err := finite(d.Sources[i], p[:]...); err != nil {
			return err
		}
	}
	for _, a := range d.Arrows {
		if err := finite(a.Name, a.X, a.Y); err != nil {
			return err
		}
	}
	return mapSheet(d, o).write(w, "map", o.Format)
}

func mapSheet(d MapData, o Options) *sheet {
	s := newSheet(o.Width)
	top := s.begin(d.Text)
	inner := s.width - 2*margin

	// The points' area, and the unit that fits into it.
	low, high := d.Points[0], d.Points[0]
	if len(d.Arrows) > 0 {
		low, high = [2]float64{min(low[0], 0), min(low[1], 0)}, [2]float64{max(high[0], 0), max(high[1], 0)}
	}
	for _, p := range d.Points {
		for axis, v := range p {
			low[axis], high[axis] = min(low[axis], v), max(high[axis], v)
		}
	}
	spread := [2]float64{max(high[0]-low[0], 1e-9), max(high[1]-low[1], 1e-9)}
	width := inner - 2*mapSide
	n := len(d.Sources)
	height := min(max(width*spread[1]/spread[0], mapLow), mapHigh, mapFew+mapEach*float64(n))
	unit := min(width/spread[0], height/spread[1])
	r := rect{margin, top, margin + inner, top + height + 40}
	middle := [2]float64{(r.left + r.right) / 2, (r.top + r.bottom) / 2}
	x := func(v float64) float64 { return middle[0] + float64((v-(low[0]+high[0])/2)*unit) }
	y := func(v float64) float64 { return middle[1] - float64((v-(low[1]+high[1])/2)*unit) }

	for _, line := range [][4]float64{{x(0), r.top, x(0), r.bottom}, {r.left, y(0), r.right, y(0)}} {
		if line[0] >= r.left && line[0] <= r.right && line[1] >= r.top && line[1] <= r.bottom {
			s.line(grid, 2*pixel, nil, snap(line[0]), snap(line[1]), snap(line[2]), snap(line[3]))
		}
	}

	free := freeArea{r: r}
	for _, p := range d.Points {
		free.taken = append(free.taken, around(x(p[0]), y(p[1]), mapMarker+1.5))
	}
	// Directions lie behind the points; their names go first, as they have to
	// stand at the tips.
	arrows := longest(d.Arrows)
	if len(arrows) > 0 {
		most := math.Hypot(arrows[0].X, arrows[0].Y)
		reach := 0.42 * min(r.right-r.left, r.bottom-r.top) / most
		for _, a := range arrows {
			tipX, tipY := x(0)+float64(a.X*reach), y(0)-float64(a.Y*reach)
			s.arrow(a, x(0), y(0), tipX, tipY)
			for t := 0.0; t <= 1; t += 0.02 { // names stay off the line
				free.taken = append(free.taken, around(x(0)+float64(t*(tipX-x(0))), y(0)+float64(t*(tipY-y(0))), 2))
			}
		}
		for _, a := range arrows {
			s.name(&free, noteStyle, noteStyle.fit(clean(a.Name), mapNameLimit), x(0)+float64(a.X*reach), y(0)-float64(a.Y*reach), false)
		}
	}
	st := labelStyle
	labels := make([]string, n)
	need := 0.0
	for i, name := range d.Sources {
		labels[i] = st.fit(clean(name), mapNameLimit)
		need += float64(st.width(labels[i]) * st.line())
	}
	numbered := n > mapNamed || need > (r.right-r.left)*(r.bottom-r.top)/6
	if numbered {
		st = noteStyle.coloured(ink)
		for i := range labels {
			labels[i] = strconv.Itoa(i + 1)
		}
	}
	// Those at the edge first: they have the least choice.
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		far := func(i int) float64 {
			return math.Hypot(x(d.Points[i][0])-middle[0], y(d.Points[i][1])-middle[1])
		}
		return cmp.Compare(far(j), far(i))
	})
	for _, i := range order {
		s.name(&free, st, labels[i], x(d.Points[i][0]), y(d.Points[i][1]), true)
	}
	for i, p := range d.Points {
		s.marker(x(p[0]), y(p[1]), mapMarker, categoryShape(i, n), categoryColour(i, n), true)
	}

	bottom := r.bottom + 8
	key := []entry{{0, nil, fmt.Sprintf("across: %.0f %% of what tells the sources apart; up: %.0f %%", 100*d.Share[0], 100*d.Share[1])}}
	if len(arrows) == 0 {
		key = append(key, yardstick(s, unit, inner/3))
	}
	if len(arrows) > 0 {
		key = append(key, arrowKey(s, arrows)...)
	}
	bottom = s.key(bottom, 0, key)
	if numbered {
		bottom = s.numbered(d.Sources, bottom)
	}
	s.end(d.Text, bottom-8)
	return s
}

// yardstick is a length of the map that is at most so many points long.
func yardstick(s *sheet, unit, most float64) entry {
	length := 1.0
	for length*unit > most {
		length /= 2
	}
	bar := length * unit
	return entry{bar, func(left, mid float64) {
		s.line(muted, 1, nil, left, mid, left+bar, mid)
		s.line(muted, 1, nil, left, mid-3, left, mid+3)
		s.line(muted, 1, nil, left+bar, mid-3, left+bar, mid+3)
	}, fmt.Sprintf("%.2g, where 1 is a typical distance of two sources", length)}
}

// numbered sets names with their numbers in columns below y.
func (s *sheet) numbered(names []string, y float64) float64 {
	st := noteStyle
	inner := s.width - 2*margin
	columns := max(1, int(inner/mapColumn))
	rows := (len(names) + columns - 1) / columns
	for i, name := range names {
		x := margin + float64(float64(i/rows)*inner/float64(columns))
		number := strconv.Itoa(i+1) + " "
		top := y + float64(float64(i%rows)*st.line())
		s.text(x, top+st.rise(), 0, st, st.fit(number+clean(name), inner/float64(columns)-8))
	}
	return y + float64(float64(rows)*st.line()) + 8
}

// longest are the arrows that are drawn, by length.
func longest(arrows []MapArrow) []MapArrow {
	out := slices.Clone(arrows)
	slices.SortStableFunc(out, func(a, b MapArrow) int {
		return cmp.Compare(math.Hypot(b.X, b.Y), math.Hypot(a.X, a.Y))
	})
	for i, a := range out {
		if l := math.Hypot(a.X, a.Y); l == 0 || l < mapArrowFrom*math.Hypot(out[0].X, out[0].Y) || i == mapArrows {
			return out[:i]
		}
	}
	return out
}

// arrow draws a direction from its start to its tip.
func (s *sheet) arrow(a MapArrow, x0, y0, x1, y1 float64) {
	c, dash := muted, []float64(nil)
	if a.Dashed {
		c, dash = zero, []float64{3, 2}
	}
	s.line(c, 1.1, dash, x0, y0, x1, y1)
	l := math.Hypot(x1-x0, y1-y0)
	ux, uy := (x1-x0)/l, (y1-y0)/l
	const head, half = 6, 2.4
	s.fill(c, x1, y1, x1-head*ux-half*uy, y1-head*uy+half*ux, x1-head*ux+half*uy, y1-head*uy-half*ux)
}

func arrowKey(s *sheet, arrows []MapArrow) []entry {
	var key []entry
	for _, kind := range []struct {
		dashed bool
		text   string
	}{{false, "tone towards it is more favourable"}, {true, "the frame is more frequent"}} {
		if slices.ContainsFunc(arrows, func(a MapArrow) bool { return a.Dashed == kind.dashed }) {
			key = append(key, entry{20, func(x, y float64) { s.arrow(MapArrow{Dashed: kind.dashed}, x, y, x+20, y) }, kind.text})
		}
	}
	return key
}

// freeArea is where names can go.
type freeArea struct {
	r     rect
	taken []rect
}

func around(x, y, r float64) rect { return rect{x - r, y - r, x + r, y + r} }

func (f *freeArea) has(r rect) bool {
	if r.left < f.r.left+2 || r.right > f.r.right-2 || r.top < f.r.top+2 || r.bottom > f.r.bottom-2 {
		return false
	}
	return !slices.ContainsFunc(f.taken, func(t rect) bool {
		return t.left < r.right && r.left < t.right && t.top < r.bottom && r.top < t.bottom
	})
}

// name sets a name near a point: right of it if there is room, else left,
// above, below, or ever farther away, with a line to the point where asked for.
func (s *sheet) name(f *freeArea, st style, name string, x, y float64, line bool) {
	w, h := st.width(name), st.rise()+st.fall()
	for far := mapMarker + 2.5; far < f.r.right-f.r.left; far += 5 {
		// More directions farther out, where there is more room between them.
		directions := 8 * int(1+far/30)
		for k := range directions {
			// Right, left, then what lies between, nearest to the horizontal first.
			turn := float64((k+1)/2) / float64(directions)
			if k%2 == 1 {
				turn = 0.5 - turn + 1/float64(directions)
			}
			sin, cos := math.Sincos(2 * math.Pi * turn)
			cx, cy := x+cos*(far+w/2), y-sin*(far+h/2)
			r := rect{cx - w/2, cy - h/2, cx + w/2, cy + h/2}
			if !f.has(r) {
				continue
			}
			if line && far > mapMarker+10 {
				s.line(band, 0.8, nil, x, y, min(max(x, r.left), r.right), min(max(y, r.top), r.bottom))
			}
			s.text(r.left, r.top+st.rise(), 0, st, name)
			f.taken = append(f.taken, rect{r.left - 3, r.top, r.right + 3, r.bottom})
			return
		}
	}
}
