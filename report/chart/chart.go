// Package chart draws the figures of a comparison, and of an evaluation.
//
// A figure is a function from plain data to an io.Writer:
//
//	Tone         mean tone of every source towards every target, with intervals
//	HeatMap      the same numbers as a table of coloured cells
//	Course       tone along the articles, smoothed, with the sentences behind it
//	Voices       a source's own voice beside the voices that it quotes
//	HeatMaps     several such tables, of tones or of shares
//	Words        words that tell sources apart
//	Contrasts    differences between sources
//	Timeline     tone by date
//	Reliability  how often predictions of some confidence are right
//	Attention    the share of a source that goes to every target
//	Prominence   titles beside first paragraphs that name every target
//
// All share one look, which is in theme.go. Colour is never the only sign:
// sources and targets have a shape or a label besides. A hollow marker, or a
// cell that is not filled, means in every figure that the data do not carry a
// lean; its number is written with a tilde.
//
// A figure's size follows from its data: it is laid out by measuring text, and
// grows or takes more columns rather than clip or overlap. The same data give
// the same bytes.
//
// Text is drawn in Liberation Sans, which covers Latin, Greek, Cyrillic and
// Hebrew, and in a PNG the letters that it lacks as a bitmap font has them: those
// of Korean, Chinese, Japanese, Arabic, Armenian and Georgian. What neither has,
// such as the scripts of India, is an empty box. Hebrew in a PNG stands in the
// order of its letters, from left to right.
package chart

import (
	"errors"
	"fmt"
	"math"
)

// Format is a file format that a figure can be written in.
type Format int

const (
	PNG Format = iota // at 192 dots an inch: two pixels for each CSS pixel
	SVG               // text stays text, in Liberation Sans or what its reader has
)

// Options say how a figure is written. The zero value is a PNG 720 points wide.
type Options struct {
	Format Format

	// Width is the figure's width in points of 1/72 inch; 0 stands for 720.
	// A figure with more columns than fit is made wider. A width below 360
	// is an error.
	Width float64

	// MaxHeight is the height in points that Tone, Course and Voices try to
	// stay below by making rows smaller and putting targets or panels side by
	// side; 0 stands for 1600. Data that do not fit even then make the
	// figure higher, so that it stays legible.
	MaxHeight float64
}

const (
	// defaultWidth is 960 CSS pixels: what a page of text is wide on a laptop.
	defaultWidth = 720
	// leastWidth leaves a plot of about 150 points beside the longest label.
	leastWidth = 360
	// defaultMaxHeight is a little more than two screens; 60 sources and one
	// target fit in one column of it.
	defaultMaxHeight = 1600
)

func (o Options) check() (Options, error) {
	if o.Width == 0 {
		o.Width = defaultWidth
	}
	if o.MaxHeight == 0 {
		o.MaxHeight = defaultMaxHeight
	}
	switch {
	case o.Format != PNG && o.Format != SVG:
		return o, fmt.Errorf("chart: unknown format %d: use PNG or SVG", o.Format)
	case !(o.Width >= leastWidth) || math.IsInf(o.Width, 0):
		return o, fmt.Errorf("chart: a width of %g points: use at least %d", o.Width, leastWidth)
	case !(o.MaxHeight > 0) || math.IsInf(o.MaxHeight, 0):
		return o, fmt.Errorf("chart: a height limit of %g points: use a positive number", o.MaxHeight)
	}
	return o, nil
}

// Text is the words around a figure. Each is one paragraph and is wrapped;
// an empty one takes no room.
type Text struct {
	Title    string // the finding, in a sentence
	Subtitle string // measure, unit, n, interval
	Caption  string // corpus, date, version, seed
}

// Estimate is the mean tone of one source towards one target.
type Estimate struct {
	Tone      float64 // in [-1, 1]
	Low, High float64 // its interval, Low <= High, in [-1, 1]
	N         int     // sentences; 0 stands for no mention, and then nothing else is read
	Carried   bool    // the data carry a lean: drawn solid, else hollow and with a tilde
}

// Grid is what Tone and HeatMap draw: Cells[i][j] is source i towards target j.
type Grid struct {
	Text
	Sources []string
	Targets []string
	Cells   [][]Estimate
}

// slack is how far a tone may lie outside [-1, 1] by rounding.
const slack = 1e-9

// check says what of the estimate cannot be drawn.
func (e Estimate) check() error {
	switch {
	case e.N < 0:
		return fmt.Errorf("n is %d", e.N)
	case e.N == 0:
		return nil
	}
	for _, v := range [...]struct {
		name  string
		value float64
	}{{"tone", e.Tone}, {"low end", e.Low}, {"high end", e.High}} {
		if err := checkTone(v.name, v.value); err != nil {
			return err
		}
	}
	if e.Low > e.High {
		return fmt.Errorf("the interval %g to %g is upside down", e.Low, e.High)
	}
	return nil
}

func checkTone(name string, v float64) error {
	if !(math.Abs(v) <= 1+slack) { // NaN included
		return fmt.Errorf("%s is %g, not in [-1, 1]", name, v)
	}
	return nil
}

// checkNames refuses a figure without rows or columns.
func checkNames(figure string, sources, targets []string) error {
	if len(sources) == 0 {
		return fmt.Errorf("chart: %s: no sources to draw", figure)
	}
	if len(targets) == 0 {
		return fmt.Errorf("chart: %s: no targets to draw", figure)
	}
	return nil
}

// checkCells refuses a matrix that is not sources by targets, or that holds an
// estimate that cannot be drawn.
func checkCells(figure string, sources, targets []string, cells [][]Estimate) error {
	if len(cells) != len(sources) {
		return fmt.Errorf("chart: %s: %d rows of cells for %d sources", figure, len(cells), len(sources))
	}
	for i, row := range cells {
		if len(row) != len(targets) {
			return fmt.Errorf("chart: %s: %q has %d cells for %d targets", figure, sources[i], len(row), len(targets))
		}
		for j, e := range row {
			if err := e.check(); err != nil {
				return fmt.Errorf("chart: %s: %q towards %q: %w", figure, sources[i], targets[j], err)
			}
		}
	}
	return nil
}

// errNothing is for data of the right shape that hold no number at all.
// ErrTooLarge is the reason why a chart of too much cannot be drawn.
var ErrTooLarge = errors.New("too large for a picture: fewer sources or targets can be drawn")

var errNothing = errors.New("no source mentions any target")

func (g Grid) check(figure string) error {
	if err := checkNames(figure, g.Sources, g.Targets); err != nil {
		return err
	}
	if err := checkCells(figure, g.Sources, g.Targets, g.Cells); err != nil {
		return err
	}
	if !anyMention(g.Cells) {
		return fmt.Errorf("chart: %s: %w", figure, errNothing)
	}
	return nil
}

func anyMention(matrices ...[][]Estimate) bool {
	for _, cells := range matrices {
		for _, row := range cells {
			for _, e := range row {
				if e.N > 0 {
					return true
				}
			}
		}
	}
	return false
}

// anyHollow says whether a figure needs to explain the tilde.
func anyHollow(matrices ...[][]Estimate) bool {
	for _, cells := range matrices {
		for _, row := range cells {
			for _, e := range row {
				if e.N > 0 && !e.Carried {
					return true
				}
			}
		}
	}
	return false
}
