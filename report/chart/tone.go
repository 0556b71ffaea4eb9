package chart

import (
	"fmt"
	"io"
)

// Tone draws the mean tone of every source towards every target: a block for
// each target, in it a row for each source with point, interval and n. The
// scale is the shortest of a few round ones that holds every interval, and is
// the same in all blocks. Up to seven sources have a colour and a shape each.
//
// An error says which number or name cannot be drawn, or what w returned.
func Tone(w io.Writer, g Grid, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := g.check("tone"); err != nil {
		return err
	}
	return toneSheet(g, o).write(w, "tone", o.Format)
}

func toneSheet(g Grid, o Options) *sheet {
	reach, step := axisFor(furthest(true, g.Cells))
	n := len(g.Sources)
	f := forest{sources: g.Sources, targets: g.Targets, reach: reach, step: step}
	columns, row := f.arrange(o.MaxHeight)
	s := newSheet(f.widthOf(columns, o.Width))

	f.counts = func(i, j int) string { return fmt.Sprintf("n %d", g.Cells[i][j].N) }
	f.number = func(i, j int) string { return g.Cells[i][j].String() }
	f.row = func(i, j int, x func(float64) float64, y, r float64) {
		e := g.Cells[i][j]
		if e.N == 0 {
			return
		}
		c := categoryColour(i, n)
		s.line(c, 1.1, nil, x(e.Low), y, x(e.High), y)
		s.marker(x(e.Tone), y, r, categoryShape(i, n), c, e.Carried)
	}

	y := s.begin(g.Text)
	if anyHollow(g.Cells) {
		y = s.key(y, 0, leanKey(s))
	}
	s.end(g.Text, f.draw(s, y, columns, row))
	return s
}

// String is the estimate as a figure prints it: "−0.31 [−0.45, −0.16]", with a
// tilde before it where the data do not carry a lean.
func (e Estimate) String() string {
	if e.N == 0 {
		return "no mention"
	}
	s := fmt.Sprintf("%s [%s, %s]", signed(e.Tone), signed(e.Low), signed(e.High))
	if !e.Carried {
		s = "~ " + s
	}
	return s
}

// leanKey explains solid and hollow markers.
func leanKey(s *sheet) []entry {
	sample := func(solid bool) func(x, y float64) {
		return func(x, y float64) {
			s.line(muted, 1.1, nil, x, y, x+18, y)
			s.marker(x+9, y, 3.2, disc, muted, solid)
		}
	}
	return []entry{
		{18, sample(true), "the data carry a lean"},
		{18, sample(false), "~ they do not; read it as no finding"},
	}
}
