package chart

import (
	"fmt"
	"io"
	"math"
	"strconv"
)

// Share is a share from 0 to 1 of what a source gives.
type Share struct {
	Value     float64
	Low, High float64 // its interval, Low <= High
	N         int     // of how many; 0 stands for none, and then nothing else is read
	Carried   bool    // there is enough to tell it from: drawn solid, else hollow and with a tilde
}

// AttentionData is what Attention draws: Shares[i][j] is the share of source i
// that goes to target j.
type AttentionData struct {
	Text
	Sources []string
	Targets []string
	Shares  [][]Share
}

// ProminenceData is what Prominence draws: of the titles and of the first
// paragraphs of source i, those that name target j.
type ProminenceData struct {
	Text
	Sources []string
	Targets []string
	Titles  [][]Share
	Leads   [][]Share
}

// Attention draws the share of every source that goes to every target, with
// intervals: a block for each target, in it a row for each source. The scale
// begins at zero and is the same in all blocks. Up to seven sources have a
// colour and a shape each, the same as in [Tone].
//
// An error says which number or name cannot be drawn, or what w returned.
func Attention(w io.Writer, d AttentionData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := checkShares("attention", d.Sources, d.Targets, d.Shares); err != nil {
		return err
	}
	return attentionSheet(d, o).write(w, "attention", o.Format)
}

// Prominence draws, for every target and source, the share of titles that name
// the target beside that of first paragraphs, with intervals.
//
// An error says which number or name cannot be drawn, or what w returned.
func Prominence(w io.Writer, d ProminenceData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := checkShares("prominence", d.Sources, d.Targets, d.Titles, d.Leads); err != nil {
		return err
	}
	return prominenceSheet(d, o).write(w, "prominence", o.Format)
}

// checkShares refuses matrices that are not sources by targets, or hold a share
// that cannot be drawn, or none at all.
func checkShares(figure string, sources, targets []string, matrices ...[][]Share) error {
	if err := checkNames(figure, sources, targets); err != nil {
		return err
	}
	drawn := false
	for _, shares := range matrices {
		if len(shares) != len(sources) {
			return fmt.Errorf("chart: %s: %d rows of shares for %d sources", figure, len(shares), len(sources))
		}
		for i, row := range shares {
			if len(row) != len(targets) {
				return fmt.Errorf("chart: %s: %q has %d shares for %d targets", figure, sources[i], len(row), len(targets))
			}
			for j, v := range row {
				drawn = drawn || v.N > 0
				if v.N != 0 && !(v.N > 0 && -slack <= v.Low && v.Low <= v.Value && v.Value <= v.High && v.High <= 1+slack) { // NaN included
					return fmt.Errorf("chart: %s: %q towards %q: %g, %g to %g, of %d is no share from 0 to 1 with its interval", figure, sources[i], targets[j], v.Value, v.Low, v.High, v.N)
				}
			}
		}
	}
	if !drawn {
		return fmt.Errorf("chart: %s: %w", figure, errNothing)
	}
	return nil
}

// shareAxis is the shortest of a few round axes from zero that holds every
// interval.
func shareAxis(matrices ...[][]Share) (reach, step float64) {
	most := 0.0
	for _, shares := range matrices {
		for _, row := range shares {
			for _, v := range row {
				if v.N > 0 {
					most = max(most, v.High)
				}
			}
		}
	}
	switch {
	case most <= 0.2:
		return 0.2, 0.1
	case most <= 0.5:
		return 0.5, 0.1
	case most <= 0.8:
		return 0.8, 0.2
	}
	return 1, 0.25
}

// percentTick prints a tick of an axis of shares.
func percentTick(v float64) string {
	return strconv.FormatFloat(math.Round(100*v), 'f', 0, 64) + " %"
}

// String is the share as a figure prints it: "53 % [39, 66]", with a tilde
// before it where there is too little to tell it from.
func (v Share) String() string {
	if v.N == 0 {
		return "none"
	}
	per := func(x float64) string { return strconv.FormatFloat(math.Round(100*x), 'f', 0, 64) }
	s := fmt.Sprintf("%s %% [%s, %s]", per(v.Value), per(v.Low), per(v.High))
	if !v.Carried {
		s = "~ " + s
	}
	return s
}

func attentionSheet(d AttentionData, o Options) *sheet {
	reach, step := shareAxis(d.Shares)
	n := len(d.Sources)
	f := forest{sources: d.Sources, targets: d.Targets, reach: reach, step: step, shares: true}
	columns, row := f.arrange(o.MaxHeight)
	s := newSheet(f.widthOf(columns, o.Width))

	f.counts = func(i, j int) string { return fmt.Sprintf("n %d", d.Shares[i][j].N) }
	f.number = func(i, j int) string { return d.Shares[i][j].String() }
	hollow := false
	f.row = func(i, j int, x func(float64) float64, y, r float64) {
		if v := d.Shares[i][j]; v.N > 0 {
			c := categoryColour(i, n)
			s.line(c, 1.1, nil, x(v.Low), y, x(v.High), y)
			s.marker(x(v.Value), y, r, categoryShape(i, n), c, v.Carried)
		}
	}
	for _, row := range d.Shares {
		for _, v := range row {
			hollow = hollow || v.N > 0 && !v.Carried
		}
	}
	y := s.begin(d.Text)
	if hollow {
		y = s.key(y, 0, []entry{{18, func(x, y float64) {
			s.line(muted, 1.1, nil, x, y, x+18, y)
			s.marker(x+9, y, 3.2, disc, muted, false)
		}, "~ too little to tell it from"}})
	}
	s.end(d.Text, f.draw(s, y, columns, row))
	return s
}

func prominenceSheet(d ProminenceData, o Options) *sheet {
	title, lead := okabeIto[0], okabeIto[1]
	reach, step := shareAxis(d.Titles, d.Leads)
	f := forest{sources: d.Sources, targets: d.Targets, reach: reach, step: step, double: true, shares: true}
	columns, row := f.arrange(o.MaxHeight)
	s := newSheet(f.widthOf(columns, o.Width))

	f.counts = func(i, j int) string { return fmt.Sprintf("n %d + %d", d.Titles[i][j].N, d.Leads[i][j].N) }
	f.row = func(i, j int, x func(float64) float64, y, r float64) {
		off := 0.17 * row // apart, so that neither interval hides the other
		if v := d.Leads[i][j]; v.N > 0 {
			s.line(tint(lead), 0.9, nil, x(v.Low), y+off, x(v.High), y+off)
			s.marker(x(v.Value), y+off, r, diamond, lead, v.Carried)
		}
		if v := d.Titles[i][j]; v.N > 0 {
			s.line(tint(title), 0.9, nil, x(v.Low), y-off, x(v.High), y-off)
			s.marker(x(v.Value), y-off, r, disc, title, v.Carried)
		}
	}
	y := s.begin(d.Text)
	y = s.key(y, 0, []entry{
		{18, func(x, y float64) {
			s.line(tint(title), 0.9, nil, x, y, x+18, y)
			s.marker(x+9, y, 3.2, disc, title, true)
		}, "titles"},
		{18, func(x, y float64) {
			s.line(tint(lead), 0.9, nil, x, y, x+18, y)
			s.marker(x+9, y, 3.2, diamond, lead, true)
		}, "first paragraphs"},
		{18, func(x, y float64) {
			s.marker(x+5, y, 3, disc, title, false)
			s.marker(x+13, y, 3, diamond, lead, false)
		}, "hollow: too little to tell it from"},
		{0, nil, "n: articles, with a known title + in all"},
	})
	s.end(d.Text, f.draw(s, y, columns, row))
	return s
}
