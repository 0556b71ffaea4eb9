package chart

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
)

// TimelineData is what Timeline draws: Lines[j] are those towards target j.
type TimelineData struct {
	Text
	Targets []string
	Periods []string // from the first to the last, of one length
	Lines   [][]TimeLine
}

// TimeLine is the course of one source's tone over the periods.
type TimeLine struct {
	Source string
	Points []TimePoint // in the order of periods
}

// TimePoint is the estimate for a period.
type TimePoint struct {
	Estimate
	Period int // place in Periods
}

// Measures of a timeline.
const (
	timeHeight = 74  // of a panel,
	timeLow    = 52  // and where there are many
	timePanels = 120 // at most: those of most sentences
)

// Timeline draws tone by date: for each target a panel for each source, in it a
// point for each period that has sentences, a line through neighbouring periods
// and a band of their intervals. The scale is the shortest of a few round ones
// that holds every tone and nine of ten intervals; what leaves it is cut.
//
// An error says which number cannot be drawn, or what w returned.
func Timeline(w io.Writer, d TimelineData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	return timelineSheet(d, o).write(w, "timeline", o.Format)
}

func (d TimelineData) check() error {
	if len(d.Lines) != len(d.Targets) {
		return fmt.Errorf("chart: timeline: lines towards %d of %d targets", len(d.Lines), len(d.Targets))
	}
	some := false
	for j, lines := range d.Lines {
		for _, l := range lines {
			last := -1
			for _, p := range l.Points {
				err := p.check()
				if p.Period <= last || p.Period >= len(d.Periods) {
					err = fmt.Errorf("period %d after %d, of %d", p.Period, last, len(d.Periods))
				}
				if err != nil {
					return fmt.Errorf("chart: timeline: %q towards %q: %w", l.Source, d.Targets[j], err)
				}
				last, some = p.Period, some || p.N > 0
			}
		}
	}
	if !some {
		return fmt.Errorf("chart: timeline: %w", errNothing)
	}
	return nil
}

func (l TimeLine) sentences() int {
	n := 0
	for _, p := range l.Points {
		n += p.N
	}
	return n
}

// shown are the lines of most sentences, in the order given, without targets
// that have none, and how many are left out.
func (d TimelineData) shown() (targets []string, lines [][]TimeLine, more int) {
	var sizes []int
	for _, of := range d.Lines {
		for _, l := range of {
			if n := l.sentences(); n > 0 {
				sizes = append(sizes, n)
			}
		}
	}
	slices.SortFunc(sizes, func(a, b int) int { return cmp.Compare(b, a) })
	least := sizes[min(len(sizes), timePanels)-1]
	left := timePanels
	for j, of := range d.Lines {
		var keep []TimeLine
		for _, l := range of {
			if l.sentences() >= max(least, 1) && left > 0 {
				keep = append(keep, l)
				left--
			}
		}
		if len(keep) > 0 {
			targets, lines = append(targets, d.Targets[j]), append(lines, keep)
		}
	}
	return targets, lines, len(sizes) - (timePanels - left)
}

func timelineSheet(d TimelineData, o Options) *sheet {
	targets, lines, more := d.shown()
	var tones, ends []float64
	count, most := 0, 0
	for _, of := range lines {
		count, most = count+len(of), max(most, len(of))
		for _, l := range of {
			for _, p := range l.Points {
				tones, ends = append(tones, math.Abs(p.Tone)), append(ends, max(math.Abs(p.Low), math.Abs(p.High)))
			}
		}
	}
	slices.Sort(ends)
	reach, _ := axisFor(max(slices.Max(tones), ends[(len(ends)-1)*9/10]))
	height := float64(timeHeight)
	if count > 12 {
		height = timeLow
	}
	s := newSheet(o.Width)
	l := panelLayout{columns: columnsFor(s.width, leastColumn, yLabels, min(most, 4)), left: yLabels, foot: tickHeight}
	var groups []panelGroup
	for j, of := range lines {
		g := panelGroup{heading: targets[j]}
		for _, line := range of {
			g.panels = append(g.panels, smallPanel{title: line.Source, note: fmt.Sprintf("n %d", line.sentences()), height: height,
				draw: func(area rect, at panelPlace) { s.timePanel(line, d.Periods, area, at, reach) }})
		}
		groups = append(groups, g)
	}
	y := s.begin(d.Text)
	y = s.key(y, 0, []entry{
		{18, func(x, y float64) {
			s.box(light, rect{x, y - 4, x + 18, y + 4})
			s.line(okabeIto[0], 1.4, nil, x, y, x+18, y)
			s.marker(x+9, y, 2.6, disc, okabeIto[0], true)
		}, "mean of a period with its interval"},
		{12, func(x, y float64) { s.marker(x+6, y, 2.6, disc, okabeIto[0], false) }, "~ the data do not carry a lean"},
		{0, nil, "n: sentences"},
	})
	y = s.panelGroups(y, groups, l)
	y = s.leftOut(y+2, more, "lines of fewer sentences", "in scores.json")
	s.end(d.Text, y)
	return s
}

// light is what a band is filled with, behind its line.
var light = tint(tint(okabeIto[0]))

// timePanel draws one line with its band.
func (s *sheet) timePanel(l TimeLine, periods []string, area rect, at panelPlace, reach float64) {
	s.plots = append(s.plots, area)
	x := func(period int) float64 {
		return area.left + float64((float64(period)+0.5)/float64(len(periods))*(area.right-area.left))
	}
	y := func(tone float64) float64 {
		return area.top + float64((1-max(-reach, min(reach, tone))/reach)/2*(area.bottom-area.top))
	}
	points := slices.DeleteFunc(slices.Clone(l.Points), func(p TimePoint) bool { return p.N == 0 })
	next := func(i int) bool { return i+1 < len(points) && points[i+1].Period == points[i].Period+1 }
	for i := 0; i < len(points); i++ {
		var above, below []float64 // of a stretch without a gap
		for ; ; i++ {
			p := points[i]
			above = append(above, x(p.Period), y(p.High))
			below = append([]float64{x(p.Period), y(p.Low)}, below...)
			if !next(i) {
				break
			}
		}
		s.fill(light, append(above, below...)...)
	}
	for _, v := range [...]float64{reach, -reach, 0} {
		s.across(area, y(v), v == 0)
	}
	for i, p := range points {
		if next(i) {
			s.line(okabeIto[0], 1.4, nil, x(p.Period), y(p.Tone), x(points[i+1].Period), y(points[i+1].Tone))
		} else if i == 0 || !next(i-1) { // by itself: no band shows its interval
			s.line(okabeIto[0], 0.9, nil, x(p.Period), y(p.Low), x(p.Period), y(p.High))
		}
	}
	for _, p := range points {
		s.marker(x(p.Period), y(p.Tone), 2.3, disc, okabeIto[0], p.Carried)
	}
	if at.first {
		s.panelTone(area.left-8, y, reach)
	}
	if at.last {
		base := area.bottom + 3 + noteStyle.rise()
		s.text(area.left, base, 0, noteStyle, periods[0])
		if len(periods) > 1 {
			s.text(area.right, base, 1, noteStyle, periods[len(periods)-1])
		}
	}
}

// across draws a line across a panel: of its grid, or the zero line.
func (s *sheet) across(area rect, y float64, isZero bool) {
	c := grid
	if isZero {
		c = zero
	}
	s.line(c, 2*pixel, nil, area.left, snap(y), area.right, snap(y))
}
