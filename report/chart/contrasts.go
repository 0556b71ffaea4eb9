package chart

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
)

// Contrast is a difference in tone between two sources, A less B.
type Contrast struct {
	A, B       string
	NA, NB     int     // sentences
	Difference float64 // in [-2, 2]
	Low, High  float64 // its interval, Low <= High, in [-2, 2]
	Carried    bool    // the difference holds: drawn solid, else hollow and with a tilde
}

// ContrastsData is what Contrasts draws: Pairs[j] are the pairs over target j,
// the surest first.
type ContrastsData struct {
	Text
	Targets []string
	Pairs   [][]Contrast
}

// Contrasts draws differences between sources: a block for each target that has
// any, in it a row for each pair with point, interval and the n of both, the
// more favourable source first, the widest difference on top. Of many pairs the
// first few of each target are drawn, and the others counted.
//
// An error says which number cannot be drawn, or what w returned.
func Contrasts(w io.Writer, d ContrastsData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	return contrastsSheet(d, o).write(w, "contrasts", o.Format)
}

func (d ContrastsData) check() error {
	if len(d.Pairs) != len(d.Targets) {
		return fmt.Errorf("chart: contrasts: pairs over %d of %d targets", len(d.Pairs), len(d.Targets))
	}
	some := false
	for j, pairs := range d.Pairs {
		for _, c := range pairs {
			some = true
			if err := c.check(); err != nil {
				return fmt.Errorf("chart: contrasts: %q and %q over %q: %w", c.A, c.B, d.Targets[j], err)
			}
		}
	}
	if !some {
		return fmt.Errorf("chart: contrasts: no pair of sources to draw")
	}
	return nil
}

func (c Contrast) check() error {
	for _, v := range [...]float64{c.Difference, c.Low, c.High} {
		if !(math.Abs(v) <= 2+slack) { // NaN included
			return fmt.Errorf("%g is not in [-2, 2]", v)
		}
	}
	if c.Low > c.High {
		return fmt.Errorf("the interval %g to %g is upside down", c.Low, c.High)
	}
	return nil
}

// String is the difference as a figure prints it, as an Estimate is.
func (c Contrast) String() string {
	return Estimate{Tone: c.Difference, Low: c.Low, High: c.High, N: 1, Carried: c.Carried}.String()
}

// forward is the same contrast with the more favourable source first.
func (c Contrast) forward() Contrast {
	if c.Difference < 0 {
		c.A, c.B, c.NA, c.NB = c.B, c.A, c.NB, c.NA
		c.Difference, c.Low, c.High = -c.Difference, -c.High, -c.Low
	}
	return c
}

// Measures of contrasts.
const (
	contrastRow   = 15.0
	contrastLeast = 11.0 // the height of a row where there are many
	contrastRows  = 60   // in all: what a reader scrolls through,
	contrastMost  = 15   // but so many for one target at most
	contrastFew   = 3    // and so many at least
	pairLimit     = 104  // points for each of the two names
)

// contrastBlock is a target with the pairs that are drawn.
type contrastBlock struct {
	target string
	pairs  []Contrast
	more   int // that are not drawn
}

func (d ContrastsData) blocks() []contrastBlock {
	var out []contrastBlock
	for j, pairs := range d.Pairs {
		if len(pairs) > 0 {
			out = append(out, contrastBlock{target: d.Targets[j], pairs: pairs})
		}
	}
	most := min(max(contrastRows/len(out), contrastFew), contrastMost)
	for i := range out {
		b := &out[i]
		b.more = max(0, len(b.pairs)-most)
		shown := make([]Contrast, len(b.pairs)-b.more)
		for k := range shown {
			shown[k] = b.pairs[k].forward()
		}
		slices.SortStableFunc(shown, func(a, b Contrast) int { return cmp.Compare(b.Difference, a.Difference) })
		b.pairs = shown
	}
	return out
}

// differenceScale are the ticks of the shortest axis of few round steps that
// holds zero and every interval.
func differenceScale(blocks []contrastBlock) []float64 {
	low, high := 0.0, 0.2
	for _, b := range blocks {
		for _, c := range b.pairs {
			low, high = min(low, c.Low), max(high, c.High)
		}
	}
	step := 1.0
	for _, s := range [...]float64{0.1, 0.2, 0.5} {
		if (high-low)/s <= 6 {
			step = s
			break
		}
	}
	var out []float64
	for i := int(math.Floor(low/step + slack)); i <= int(math.Ceil(high/step-slack)); i++ {
		out = append(out, float64(i)*step)
	}
	return out
}

func contrastsSheet(d ContrastsData, o Options) *sheet {
	s := newSheet(o.Width)
	blocks := d.blocks()
	rows := 0
	for _, b := range blocks {
		rows += len(b.pairs)
	}
	row, st, small := contrastRow, labelStyle, noteStyle
	if float64(rows)*row > o.MaxHeight/2 {
		row, st, small = contrastLeast, st.sized(contrastLeast/1.28), small.sized(contrastLeast/1.4)
	}
	limit := min(pairLimit, 0.18*(s.width-2*margin))
	label := func(c Contrast) string { return st.fit(clean(c.A), limit) + " – " + st.fit(clean(c.B), limit) }
	var names, counts, numbers []string
	hollow := false
	for _, b := range blocks {
		for _, c := range b.pairs {
			names, counts, numbers = append(names, label(c)), append(counts, c.counts()), append(numbers, c.String())
			hollow = hollow || !c.Carried
		}
	}
	inf := math.Inf(1)
	nameWidth, countWidth, numberWidth := st.widest(inf, names...), small.widest(inf, counts...), small.widest(inf, numbers...)+14
	if s.width-2*margin-nameWidth-countWidth-numberWidth < plotLeast {
		numberWidth = 0
	}
	const radius = 3.4
	plot := rect{left: snap(margin + nameWidth + 10 + countWidth + 10 + radius + 3), right: snap(s.width - margin - numberWidth - radius - 3)}
	scale := differenceScale(blocks)
	x := func(v float64) float64 {
		first, last := scale[0], scale[len(scale)-1]
		return plot.left + float64((v-first)/(last-first)*(plot.right-plot.left))
	}

	y := s.begin(d.Text)
	if hollow {
		y = s.key(y, 0, holdKey(s))
	}
	for k, b := range blocks {
		s.text(margin, headStyle.middle(y+headHeight/2), 0, headStyle, headStyle.fit(clean(b.target), targetLimit))
		y += headHeight
		plot.top, plot.bottom = snap(y), snap(y+row*float64(len(b.pairs)))
		s.plots = append(s.plots, rect{plot.left - radius - 3, plot.top, plot.right + radius + 3, plot.bottom})
		for _, v := range scale {
			s.scaleLine(x(v), plot.top, plot.bottom, v == 0)
		}
		for i, c := range b.pairs {
			mid := y + row*(float64(i)+0.5)
			s.text(margin, st.middle(mid), 0, st, label(c))
			s.text(margin+nameWidth+10+countWidth, st.middle(mid), 1, small, c.counts())
			s.line(okabeIto[0], 1.1, nil, x(c.Low), mid, x(c.High), mid)
			s.marker(x(c.Difference), mid, min(radius, 0.26*row), disc, okabeIto[0], c.Carried)
			if numberWidth > 0 {
				s.text(s.width-margin, st.middle(mid), 1, small, c.String())
			}
		}
		y = plot.bottom
		last := k == len(blocks)-1
		if last || rows > contrastMost {
			s.ticks(scale, x, y+1+small.rise(), small, tick)
		}
		if b.more > 0 {
			s.text(margin, y+1+small.rise(), 0, small, fmt.Sprintf("and %d more, less sure", b.more))
		}
		if last {
			s.text(plot.right+radius, y+tickHeight+small.rise(), 1, small.coloured(favourable), "the first is more favourable →")
			y += wordHeight
		}
		y += tickHeight + blockGap
	}
	s.end(d.Text, y-blockGap)
	return s
}

func (c Contrast) counts() string { return fmt.Sprintf("n %d, %d", c.NA, c.NB) }

// holdKey explains solid and hollow markers of differences.
func holdKey(s *sheet) []entry {
	key := leanKey(s)
	key[0].text, key[1].text = "the difference holds after correction", "~ it does not; read it as no finding"
	return key
}
