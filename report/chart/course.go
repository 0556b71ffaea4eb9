package chart

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// Sentence is one observed sentence of a Course.
type Sentence struct {
	Position float64 // in its article, from 0 for the first to 1 for the last
	Tone     float64 // towards the target, in [-1, 1]
}

// CourseData is what Course draws: Sentences[i][j] are those of source i that
// mention target j, in any order. Articles of one source are laid over each
// other, by position.
type CourseData struct {
	Text
	Sources   []string
	Targets   []string
	Sentences [][][]Sentence

	// Bandwidth is the standard deviation of the smoother's Gaussian kernel,
	// as a share of the article; 0 stands for 0.1. The figure states it.
	Bandwidth float64
}

// defaultBandwidth averages over about a third of an article (±1.5 standard
// deviations hold 87 % of the weight). Tried on lines of 4 to 40 made-up
// sentences: at 0.05 they fall to pieces that follow single sentences, at 0.2
// they are nearly straight.
const defaultBandwidth = 0.1

// leastSupport is the weight of sentences, in sentences at the very place,
// below which no line is drawn: with less than two it would be one sentence's
// tone in the shape of a curve.
const leastSupport = 2

// Course draws tone along the articles: a panel for each source, in it for
// each target its sentences as markers and a smoothed line. The line is drawn
// where at least two sentences' weight of the kernel stands behind it. More
// than seven targets are drawn in groups of seven, one below the other.
//
// An error says which number or name cannot be drawn, or what w returned.
func Course(w io.Writer, d CourseData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	return courseSheet(d, o).write(w, "course", o.Format)
}

func (d CourseData) check() error {
	if err := checkNames("course", d.Sources, d.Targets); err != nil {
		return err
	}
	if !(d.Bandwidth >= 0 && d.Bandwidth <= 1) {
		return fmt.Errorf("chart: course: a bandwidth of %g: use a share of the article between 0 and 1", d.Bandwidth)
	}
	if len(d.Sentences) != len(d.Sources) {
		return fmt.Errorf("chart: course: %d rows of sentences for %d sources", len(d.Sentences), len(d.Sources))
	}
	some := false
	for i, row := range d.Sentences {
		if len(row) != len(d.Targets) {
			return fmt.Errorf("chart: course: %q has sentences for %d of %d targets", d.Sources[i], len(row), len(d.Targets))
		}
		for j, sentences := range row {
			for k, v := range sentences {
				err := checkTone("tone", v.Tone)
				if !(v.Position >= 0 && v.Position <= 1) {
					err = fmt.Errorf("position is %g, not in [0, 1]", v.Position)
				}
				if err != nil {
					return fmt.Errorf("chart: course: %q towards %q, sentence %d: %w", d.Sources[i], d.Targets[j], k+1, err)
				}
				some = true
			}
		}
	}
	if !some {
		return fmt.Errorf("chart: course: %w", errNothing)
	}
	return nil
}

// smooth is the Nadaraya-Watson estimate of tone at a position, and its
// support, the sum of weights behind it:
//
//	w(i)    = exp(-((position(i) - at) / bandwidth)² / 2)
//	tone    = Σ w(i) tone(i) / Σ w(i)
//	support = Σ w(i)
//
// A sentence at the position itself adds 1 to support, one that is a bandwidth
// away 0.61, one that is three away 0.01. Tone lies between the least and the
// greatest tone of the sentences; it is 0 where support is 0. Near the ends of
// an article the window is one-sided, and tone there leans towards its inside.
func smooth(s []Sentence, at, bandwidth float64) (tone, support float64) {
	for _, v := range s {
		u := (v.Position - at) / bandwidth
		w := math.Exp(-u * u / 2)
		support += w
		tone += float64(w * v.Tone)
	}
	if support == 0 {
		return 0, 0
	}
	return tone / support, support
}

// Measures of the panels.
const (
	panelGap   = 14
	panelTitle = 15  // the source's name
	panelCount = 9.5 // a line of n by target
	panelWidth = 146 // the least: four beside each other at the default width
	leastPanel = 54  // the height; a marker is then 7 % of it
	mostPanel  = 124
	yLabels    = 64 // "unfavourable" left of the first column
	countMark  = 7  // the marker before a count
	countGap   = 7  // after it
)

// panelColumns is the number of columns that n panels stand in.
func panelColumns(n int) (columns int) {
	switch {
	case n <= 3:
		columns = n
	case n == 4:
		columns = 2
	case n <= 9:
		columns = 3
	default:
		columns = 4
	}
	return columns
}

func courseSheet(d CourseData, o Options) *sheet {
	bandwidth := d.Bandwidth
	if bandwidth == 0 {
		bandwidth = defaultBandwidth
	}
	const group = len(okabeIto)
	groups := (len(d.Targets) + group - 1) / group
	columns := panelColumns(len(d.Sources))
	s := newSheet(max(o.Width, 2*margin+yLabels+float64(columns)*panelWidth+float64(columns-1)*panelGap))
	p := panels{
		columns:   columns,
		width:     snap((s.width - 2*margin - yLabels - float64(columns-1)*panelGap) / float64(columns)),
		bandwidth: bandwidth,
	}

	size := 0.0
	for _, row := range d.Sentences {
		for _, sentences := range row {
			p.step = max(p.step, countMark+captionStyle.width(fmt.Sprint(len(sentences)))+countGap)
			for _, v := range sentences {
				size = max(size, math.Abs(v.Tone))
			}
		}
	}
	p.reach, _ = axisFor(size)
	p.perLine = max(1, int(p.width/p.step))
	lines := (min(group, len(d.Targets)) + p.perLine - 1) / p.perLine
	p.head = panelTitle + float64(lines)*panelCount + 3
	rows := groups * ((len(d.Sources) + columns - 1) / columns)
	p.height = snap(min(max(o.MaxHeight/float64(rows)-p.head-panelGap, leastPanel), mostPanel))

	y := s.begin(d.Text)
	for g := range groups {
		first := g * group
		targets := d.Targets[first:min(first+group, len(d.Targets))]
		var key []entry
		for j, t := range targets {
			key = append(key, entry{26, func(x, y float64) {
				s.line(okabeIto[j], 1.8, dashes[j], x, y, x+26, y)
				s.marker(x+13, y, 2.6, shape(j), okabeIto[j], true)
			}, labelStyle.fit(clean(t), targetLimit)})
		}
		y = s.key(y, 0, key)
		y = s.panels(d, first, len(targets), y, p)
	}
	note := fmt.Sprintf("Markers: sentences, counted above each panel. Lines: Gaussian kernel mean, bandwidth %s %% of the article, drawn where at least %d sentences’ weight stands behind them.",
		strings.TrimSuffix(fmt.Sprintf("%.1f", 100*bandwidth), ".0"), leastSupport)
	y = s.paragraph(margin, y+4, noteStyle, noteStyle.wrap(note, s.width-2*margin, 0))
	s.end(d.Text, y-4)
	return s
}

// panels is how the panels of a figure are laid out.
type panels struct {
	columns             int
	width, head, height float64
	step                float64 // from one count to the next
	perLine             int     // counts in a line
	reach, bandwidth    float64
}

// panels draws one panel for each source, for count targets from first on, and
// returns where the next thing goes.
func (s *sheet) panels(d CourseData, first, count int, top float64, p panels) float64 {
	bottom := top
	for i, source := range d.Sources {
		column := i % p.columns
		left := snap(margin + yLabels + float64(column)*(p.width+panelGap))
		y := top + float64(i/p.columns)*(p.head+p.height+panelGap)
		sentences := d.Sentences[i][first : first+count]
		s.text(left, y+headStyle.rise(), 0, headStyle, headStyle.fit(clean(source), p.width))
		for j, v := range sentences { // n of each target beside its marker
			st := captionStyle
			x, mid := left+float64(j%p.perLine)*p.step, y+panelTitle+(float64(j/p.perLine)+0.5)*panelCount
			s.marker(x+2.5, mid, 2.1, shape(j), okabeIto[j], true)
			s.text(x+countMark, st.middle(mid), 0, st, fmt.Sprint(len(v)))
		}
		y = snap(y + p.head)
		area := rect{left, y, left + p.width, y + p.height}
		s.plots = append(s.plots, area)

		at := func(tone float64) float64 { return y + float64((1-tone/p.reach)/2*p.height) }
		for _, v := range [...]float64{p.reach, -p.reach, 0} {
			s.across(area, at(v), v == 0)
		}
		s.courses(sentences, area, at, p.bandwidth)
		if column == 0 {
			s.panelTone(left-8, at, p.reach)
		}
		if i+p.columns >= len(d.Sources) { // the last panel of its column
			st := noteStyle
			base := area.bottom + 3 + st.rise()
			s.text(area.left, base, 0, st, "start")
			s.text((area.left+area.right)/2, base, 0.5, st, "50 %")
			s.text(area.right, base, 1, st, "end")
		}
		bottom = max(bottom, area.bottom+3+noteStyle.line())
	}
	return bottom + 8
}

// panelTone sets the words of the scale of tone, right-aligned at x.
func (s *sheet) panelTone(x float64, at func(float64) float64, reach float64) {
	st := noteStyle
	s.text(x, st.middle(at(0)), 1, st, "0")
	s.text(x, st.middle(at(reach)), 1, st, tick(reach))
	s.text(x, st.middle(at(reach))+st.line(), 1, st.coloured(favourable), "favourable")
	s.text(x, st.middle(at(-reach))-st.line(), 1, st.coloured(unfavourable), "unfavourable")
	s.text(x, st.middle(at(-reach)), 1, st, tick(-reach))
}

// fadeFrom is the number of sentences in a panel from which on markers fade, so
// that the lines stay in front; at seven times that they are at their faintest.
const fadeFrom = 150

// courses draws the sentences and the line of every target of one panel.
func (s *sheet) courses(sentences [][]Sentence, area rect, y func(float64) float64, bandwidth float64) {
	x := func(position float64) float64 {
		return area.left + float64(position*(area.right-area.left))
	}
	total := 0
	for _, v := range sentences {
		total += len(v)
	}
	const most, least = 0x70, 0x10 // opacity of a marker: several of the same tone add up
	opacity := uint8(max(least, min(most, most*fadeFrom/max(total, 1))))
	for j, v := range sentences {
		faint := okabeIto[j]
		faint.A = opacity
		for _, e := range v {
			s.marker(x(e.Position), y(e.Tone), 1.9, shape(j), faint, true)
		}
	}
	const steps = 200 // about a CSS pixel apart
	for j, v := range sentences {
		from, to := 1.0, 0.0
		for _, e := range v {
			from, to = min(from, e.Position), max(to, e.Position)
		}
		var run []float64
		stroke := func() {
			if len(run) >= 4 {
				s.line(okabeIto[j], 1.8, dashes[j], run...)
			}
			run = nil
		}
		for k := range steps + 1 {
			at := from + float64((to-from)*float64(k)/steps)
			tone, support := smooth(v, at, bandwidth)
			if support < leastSupport {
				stroke()
				continue
			}
			run = append(run, x(at), y(tone))
		}
		stroke()
	}
}
