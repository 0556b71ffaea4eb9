package chart

import (
	"fmt"
	"io"
)

// VoicesData is what Voices draws: Own[i][j] and Quoted[i][j] are source i
// towards target j in its own voice and in the voices that it quotes.
type VoicesData struct {
	Text
	Sources []string
	Targets []string
	Own     [][]Estimate
	Quoted  [][]Estimate
	Gaps    [][]Contrast // own less quoted; nil for a figure without, one without sentences is not known
}

// Voices draws, for every target and source, the tone of the source's own
// voice beside that of the voices that it quotes, with intervals, and a band
// between the two, and the difference where it is known and there is room. A
// voice that does not mention the target has no marker.
//
// An error says which number or name cannot be drawn, or what w returned.
func Voices(w io.Writer, d VoicesData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	return voicesSheet(d, o).write(w, "voices", o.Format)
}

func (d VoicesData) check() error {
	if err := checkNames("voices", d.Sources, d.Targets); err != nil {
		return err
	}
	if err := checkCells("voices, own", d.Sources, d.Targets, d.Own); err != nil {
		return err
	}
	if err := checkCells("voices, quoted", d.Sources, d.Targets, d.Quoted); err != nil {
		return err
	}
	if d.Gaps != nil && len(d.Gaps) != len(d.Sources) {
		return fmt.Errorf("chart: voices: gaps of %d of %d sources", len(d.Gaps), len(d.Sources))
	}
	for i, row := range d.Gaps {
		if len(row) != len(d.Targets) {
			return fmt.Errorf("chart: voices: %q has gaps towards %d of %d targets", d.Sources[i], len(row), len(d.Targets))
		}
		for j, c := range row {
			if err := c.check(); err != nil {
				return fmt.Errorf("chart: voices: the gap of %q towards %q: %w", d.Sources[i], d.Targets[j], err)
			}
		}
	}
	if !anyMention(d.Own, d.Quoted) {
		return fmt.Errorf("chart: voices: %w", errNothing)
	}
	return nil
}

func voicesSheet(d VoicesData, o Options) *sheet {
	own, quoted := okabeIto[0], okabeIto[1]
	reach, step := axisFor(furthest(true, d.Own, d.Quoted))
	f := forest{sources: d.Sources, targets: d.Targets, reach: reach, step: step, double: true}
	columns, row := f.arrange(o.MaxHeight)
	s := newSheet(f.widthOf(columns, o.Width))

	f.counts = func(i, j int) string { return fmt.Sprintf("n %d + %d", d.Own[i][j].N, d.Quoted[i][j].N) }
	if d.Gaps != nil {
		f.number = func(i, j int) string {
			if c := d.Gaps[i][j]; c.NA > 0 {
				return c.String()
			}
			return "–"
		}
	}
	f.row = func(i, j int, x func(float64) float64, y, r float64) {
		a, b := d.Own[i][j], d.Quoted[i][j]
		off := 0.17 * row // apart, so that neither interval hides the other
		if a.N > 0 && b.N > 0 {
			s.line(band, r, nil, x(a.Tone), y-off, x(b.Tone), y+off)
		}
		if b.N > 0 {
			s.line(tint(quoted), 0.9, nil, x(b.Low), y+off, x(b.High), y+off)
			s.marker(x(b.Tone), y+off, r, diamond, quoted, b.Carried)
		}
		if a.N > 0 {
			s.line(tint(own), 0.9, nil, x(a.Low), y-off, x(a.High), y-off)
			s.marker(x(a.Tone), y-off, r, disc, own, a.Carried)
		}
	}

	y := s.begin(d.Text)
	key := []entry{
		{18, func(x, y float64) {
			s.line(tint(own), 0.9, nil, x, y, x+18, y)
			s.marker(x+9, y, 3.2, disc, own, true)
		}, "own voice"},
		{18, func(x, y float64) {
			s.line(tint(quoted), 0.9, nil, x, y, x+18, y)
			s.marker(x+9, y, 3.2, diamond, quoted, true)
		}, "quoted voices"},
		{18, func(x, y float64) {
			s.marker(x+5, y, 3, disc, own, false)
			s.marker(x+13, y, 3, diamond, quoted, false)
		}, "hollow: the data do not carry a lean"},
		{0, nil, "n: sentences, own + quoted"},
	}
	if d.Gaps != nil && columns == 1 {
		key = append(key, entry{0, nil, "right: own less quoted; ~ does not hold"})
	}
	y = s.key(y, 0, key)
	s.end(d.Text, f.draw(s, y, columns, row))
	return s
}
