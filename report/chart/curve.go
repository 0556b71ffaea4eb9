package chart

import (
	"fmt"
	"image/color"
	"io"
	"math"
	"slices"
)

// CurveData is what Curve draws: one number under many specifications.
type CurveData struct {
	Text
	Above, Below string // what a value above zero means, and one below
	Choices      []CurveChoice
	Points       []CurvePoint // from the lowest value up
}

// CurveChoice is a row of the dashboard for each of its options.
type CurveChoice struct {
	Name    string
	Options []string
}

// CurvePoint is the number under one specification.
type CurvePoint struct {
	Value     float64 // in [-2, 2], as its interval is
	Low, High float64
	Carried   bool  // drawn solid
	Usual     bool  // marked
	Options   []int // of each choice the number of its option
}

// maxCurve is how many specifications a curve shows: with more a point is less
// than three of a figure's pixels wide.
const maxCurve = 200

// Curve draws a specification curve: above, the values in order with their
// intervals; below, in the column of each, the options that made it. Points that
// the data carry are solid, in the colour of their sign; the usual specification
// stands on a band. Of more than 200 specifications as many are drawn, at even
// distances in the order, the lowest, the highest and the usual one among them.
//
// An error says which point cannot be drawn, or what w returned.
func Curve(w io.Writer, d CurveData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return fmt.Errorf("chart: curve: %w", err)
	}
	return curveSheet(d, o).write(w, "curve", o.Format)
}

func (d CurveData) check() error {
	if len(d.Points) == 0 {
		return fmt.Errorf("no specification to draw")
	}
	for i, p := range d.Points {
		for _, v := range []float64{p.Value, p.Low, p.High} {
			if !(math.Abs(v) <= 2+slack) {
				return fmt.Errorf("point %d: %g is not in [-2, 2]", i, v)
			}
		}
		if p.Low > p.Value || p.Value > p.High {
			return fmt.Errorf("point %d: %g is not within %g to %g", i, p.Value, p.Low, p.High)
		}
		if i > 0 && p.Value < d.Points[i-1].Value {
			return fmt.Errorf("point %d is below the one before", i)
		}
		if len(p.Options) != len(d.Choices) {
			return fmt.Errorf("point %d: %d options for %d choices", i, len(p.Options), len(d.Choices))
		}
		for c, k := range p.Options {
			if k < 0 || k >= len(d.Choices[c].Options) {
				return fmt.Errorf("point %d: %q has no option %d", i, d.Choices[c].Name, k)
			}
		}
	}
	return nil
}

// thinned are at most limit of the points, evenly from the order.
func thinned(all []CurvePoint, limit int) []CurvePoint {
	n := len(all)
	if n <= limit {
		return all
	}
	at := make([]int, limit)
	for i := range at {
		at[i] = i * (n - 1) / (limit - 1)
	}
	if usual := slices.IndexFunc(all, func(p CurvePoint) bool { return p.Usual }); usual >= 0 {
		if i, found := slices.BinarySearch(at, usual); !found {
			at[min(i, limit-2)] = usual // instead of a neighbour that is no end
		}
	}
	out := make([]CurvePoint, limit)
	for i, k := range at {
		out[i] = all[k]
	}
	return out
}

// Measures of a curve.
const (
	curveHeight = 200 // of the values
	curveRow    = 12  // of an option
	curveGap    = 5   // between choices
	curveSkip   = 11  // between values and choices
)

func curveSheet(d CurveData, o Options) *sheet {
	points := thinned(d.Points, maxCurve)
	s := newSheet(o.Width)
	y := s.key(s.begin(d.Text), 0, curveKey(s, d, len(points)))

	head, st := labelStyle.sized(8.5), noteStyle.coloured(ink)
	head.bold = true
	var heads, options []string
	for _, c := range d.Choices {
		heads = append(heads, clean(c.Name))
		for _, x := range c.Options {
			options = append(options, clean(x))
		}
	}
	headLimit, optionLimit := min(110, 0.16*s.width), min(150, 0.24*s.width)
	headWidth, optionWidth := head.widest(headLimit, heads...), st.widest(optionLimit, options...)
	left := snap(margin + headWidth + 10 + optionWidth + 10)
	right := snap(s.width - margin - 4)
	column := (right - left) / float64(len(points))
	x := func(i int) float64 { return left + float64((float64(i)+0.5)*column) }

	low, high, step := curveAxis(points)
	top := snap(y + noteStyle.line()) // room for the name of the usual one
	bottom := snap(top + curveHeight)
	at := func(v float64) float64 { return bottom - float64((v-low)/(high-low)*(bottom-top)) }
	end := bottom + curveSkip
	for _, c := range d.Choices {
		end += float64(len(c.Options))*curveRow + curveGap
	}
	for i, p := range points {
		if p.Usual {
			half := min(max(column/2, 2.5), 8)
			s.box(grid, rect{max(left-2, x(i)-half), top, min(right+2, x(i)+half), end})
			w := noteStyle.width("usual")
			s.text(min(max(x(i), left+w/2), right-w/2), top-3, 0.5, noteStyle, "usual")
		}
	}
	for k := math.Round(low / step); k*step <= high+slack; k++ {
		v := k * step
		c := grid
		if k == 0 {
			c = zero
		}
		s.line(c, 2*pixel, nil, left, snap(at(v)), right, snap(at(v)))
		s.text(left-6, noteStyle.middle(at(v)), 1, noteStyle, tick(v))
	}
	s.plots = append(s.plots, rect{left, top, right, bottom})
	r := min(3.2, max(1.25, 0.42*column))
	for i, p := range points {
		c := p.colour()
		s.line(tint(c), min(1.1, 0.5*column), nil, x(i), at(p.Low), x(i), at(p.High))
	}
	for i, p := range points {
		s.marker(x(i), at(p.Value), r, disc, p.colour(), p.Carried)
	}

	y = bottom + curveSkip
	width := max(min(0.6*column, 5), 2*pixel)
	for c, choice := range d.Choices {
		s.text(margin, head.middle(y+curveRow/2), 0, head, head.fit(heads[c], headLimit))
		for k, option := range choice.Options {
			mid := y + curveRow/2
			s.text(left-6, st.middle(mid), 1, st, st.fit(clean(option), optionLimit))
			s.line(grid, pixel, nil, left, snap(mid), right, snap(mid))
			for i, p := range points {
				if p.Options[c] == k {
					s.box(p.colour(), rect{x(i) - width/2, mid - 0.34*curveRow, x(i) + width/2, mid + 0.34*curveRow})
				}
			}
			y += curveRow
		}
		y += curveGap
	}
	s.end(d.Text, y)
	return s
}

// colour is that of a carried point's sign, and grey for the others.
func (p CurvePoint) colour() color.NRGBA {
	switch {
	case !p.Carried || p.Value == 0:
		return zero
	case p.Value < 0:
		return unfavourable
	}
	return favourable
}

// curveAxis is the shortest axis in round steps that holds zero and every
// interval.
func curveAxis(points []CurvePoint) (low, high, step float64) {
	for _, p := range points {
		low, high = min(low, p.Low), max(high, p.High)
	}
	for _, step = range []float64{0.05, 0.1, 0.2, 0.5, 1} {
		if math.Ceil(high/step-slack)-math.Floor(low/step+slack) <= 8 {
			break
		}
	}
	low, high = step*math.Floor(low/step+slack), step*math.Ceil(high/step-slack)
	if high-low < step {
		high = low + step
	}
	return low, high, step
}

// curveKey explains the marks, and says what is not drawn.
func curveKey(s *sheet, d CurveData, drawn int) []entry {
	sample := func(c color.NRGBA, solid bool) func(x, y float64) {
		return func(x, y float64) {
			s.line(tint(c), 1.1, nil, x+4, y-5, x+4, y+5)
			s.marker(x+4, y, 3, disc, c, solid)
		}
	}
	var key []entry
	var weak, above, below bool
	for _, p := range d.Points {
		above = above || p.Carried && p.Value > 0
		below = below || p.Carried && p.Value < 0
		weak = weak || !p.Carried
	}
	if below {
		key = append(key, entry{8, sample(unfavourable, true), d.Below})
	}
	if above {
		key = append(key, entry{8, sample(favourable, true), d.Above})
	}
	if weak {
		key = append(key, entry{8, sample(zero, false), "~ the data do not carry it"})
	}
	if n := len(d.Points); drawn < n {
		key = append(key, entry{text: fmt.Sprintf("%d of %d specifications are drawn, evenly from their order", drawn, n)})
	}
	return key
}
