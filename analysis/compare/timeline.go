package compare

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"parallax/analysis"
)

// Bounds of timelines.
const (
	// minPeriods is how many periods of a source need two documents or more on a
	// target, below which there is no interval: two periods make a difference,
	// which Options.Split tests; a course begins at three.
	minPeriods = 3
	// TellingDocuments is how many documents a point rests on that can be read:
	// the interval of one is the whole scale, and that of few is mostly chance.
	TellingDocuments = 5
	// maxPeriods is the greatest span of months, or of quarters, before the next
	// longer period is taken: more points than that merge in a small picture.
	maxPeriods = 36
	// maxPeriodUnits is how many documents of a source, target and period are
	// resampled: a bottom-k sample of them, whose interval is wider than all of
	// them would give.
	maxPeriodUnits = 256
	// periodResamples is how often each is resampled. An end of an interval is
	// then off by 5 % of its width, less than can be seen; the 20,000 of a cell
	// would take ten times as long for each of many periods.
	periodResamples = 2000
)

// Timelines gathers observations for a [Timeline]. Make one with [NewTimelines].
// It is not safe for use by several goroutines at once.
type Timelines struct {
	voice   string
	periods map[periodKey]*stretch
	undated map[string]bool // documents
}

// periodKey names a month, or a year where dates are no finer.
type periodKey struct{ source, target, date string }

// stretch is what is known of a source and target in a period.
type stretch struct {
	all       cluster
	squares   int64 // sum of those of tones
	documents bottom[cluster]
}

// NewTimelines returns an empty one for a voice, or for [VoiceAll].
func NewTimelines(voice string) *Timelines {
	return &Timelines{voice, map[periodKey]*stretch{}, map[string]bool{}}
}

// Add counts an observation of a document of some date where it is in the
// voice. What is no date of ISO 8601 counts as none. It refuses what
// [Accumulator.Add] refuses.
func (t *Timelines) Add(o analysis.Observation, date string) error {
	if err := valid(o); err != nil {
		return err
	}
	if t.voice != VoiceAll && o.Voice != t.voice {
		return nil
	}
	if !isDate(date) {
		t.undated[o.Document] = true
		return nil
	}
	k := periodKey{o.Source, o.Target, date[:min(len(date), len("2018-06"))]}
	p := t.periods[k]
	if p == nil {
		p = &stretch{documents: bottom[cluster]{limit: maxPeriodUnits}}
		t.periods[k] = p
	}
	tone := fixed(o.Tone)
	p.all.add(&cluster{tone, 1})
	p.squares += tone * tone
	if d := p.documents.at(o.Document); d != nil {
		d.add(&cluster{tone, 1})
	}
	return nil
}

// Timeline is tone by date: for each source and target that have two documents
// or more in each of three periods or more, a point for each period that has any.
type Timeline struct {
	Voice   string   `json:"voice"`
	Periods []string `json:"periods"` // from the first to the last, none left out: years 2018, quarters 2018 Q2, or months 2018-06
	Lines   []Line   `json:"lines"`   // by source and target
	Undated int      `json:"undated"` // documents without a date, or with one that is coarser than periods are
}

// Line is the course of one source's tone towards one target.
type Line struct {
	Source string  `json:"source"`
	Target string  `json:"target"`
	Points []Point `json:"points"` // three or more, in order
}

// Point is one period of a line. Its numbers are those of a [Cell] over the
// documents of the period.
type Point struct {
	Period    string  `json:"period"`
	Documents int     `json:"documents"`
	Sentences int     `json:"sentences"`
	Tone      float64 `json:"tone"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Carried   bool    `json:"carried"` // as in a cell
}

// grain is a length of periods: so many to a year.
type grain int

const (
	months   grain = 12
	quarters grain = 4
	years    grain = 1
)

// at is the number of the period that a date lies in, counted from the year 0;
// false where the date is coarser than the period.
func (g grain) at(date string) (int, bool) {
	var year, month int
	if n, _ := fmt.Sscanf(date, "%4d-%2d", &year, &month); n < 2 {
		return year, g == years
	}
	return year*int(g) + (month-1)*int(g)/12, true
}

func (g grain) label(at int) string {
	year, part := at/int(g), at%int(g)+1
	switch g {
	case months:
		return fmt.Sprintf("%04d-%02d", year, part)
	case quarters:
		return fmt.Sprintf("%04d Q%d", year, part)
	}
	return fmt.Sprintf("%04d", year)
}

// grains are the periods, the shortest first, that nine of ten sentences have a
// date for and that do not cut the span into too many.
func (t *Timelines) grains() []grain {
	var dates []string
	var all, fine int64
	for k, p := range t.periods {
		dates = append(dates, k.date)
		all += p.all.sentences
		if len(k.date) > len("2018") {
			fine += p.all.sentences
		}
	}
	if len(dates) == 0 || fine*10 < all*9 {
		return []grain{years}
	}
	dates = slices.DeleteFunc(dates, func(d string) bool { return len(d) == len("2018") })
	var out []grain
	for _, g := range []grain{months, quarters} {
		first, _ := g.at(slices.Min(dates))
		last, _ := g.at(slices.Max(dates))
		if last-first < maxPeriods {
			out = append(out, g)
		}
	}
	return append(out, years)
}

// lineKey names a line.
type lineKey struct{ source, target string }

// lines are the sums by line and period, of the lines that have enough periods,
// and the documents whose dates are too coarse.
func (t *Timelines) lines(g grain) (map[lineKey]map[int]*stretch, map[string]bool) {
	lines, coarse := map[lineKey]map[int]*stretch{}, maps.Clone(t.undated)
	for _, k := range sortedKeys(t.periods, func(a, b periodKey) int {
		return cmp.Or(strings.Compare(a.source, b.source), strings.Compare(a.target, b.target), strings.Compare(a.date, b.date))
	}) {
		from := t.periods[k]
		at, ok := g.at(k.date)
		if !ok {
			for _, id := range from.documents.names() {
				coarse[id] = true
			}
			continue
		}
		line := lines[lineKey{k.source, k.target}]
		if line == nil {
			line = map[int]*stretch{}
			lines[lineKey{k.source, k.target}] = line
		}
		into := line[at]
		if into == nil {
			into = &stretch{documents: bottom[cluster]{limit: maxPeriodUnits}}
			line[at] = into
		}
		into.all.add(&from.all)
		into.squares += from.squares
		into.documents.merge(&from.documents, (*cluster).add)
	}
	maps.DeleteFunc(lines, func(_ lineKey, line map[int]*stretch) bool {
		several := 0
		for _, p := range line {
			if len(p.documents.values) > 1 {
				several++
			}
		}
		return several < minPeriods
	})
	return lines, coarse
}

// filling reports whether at least half of the points of some lines rest on
// enough documents to be read, and how many documents a point has on average.
func filling(lines map[lineKey]map[int]*stretch) (telling bool, each float64) {
	points, enough, documents := 0, 0, 0
	for _, line := range lines {
		for _, p := range line {
			n := p.documents.count()
			points, documents = points+1, documents+n
			if n >= TellingDocuments {
				enough++
			}
		}
	}
	if points == 0 {
		return false, 0
	}
	return 2*enough >= points, float64(documents) / float64(points)
}

// Result is the timeline of what has been added; nil where no source has two
// documents on a target in each of three years or shorter periods. Only Seed, Level and, up to
// 2000, Resamples of the options matter.
//
// Periods are months, quarters or years: the shortest that nine of ten sentences
// have a date for, of which the span holds 36 at most, that gives any line, and in
// which at least half of all points rest on [TellingDocuments] or more; where there
// is none, those with most documents a point, and of equals the shortest. A document
// whose date is coarser is left out and counted.
func (t *Timelines) Result(opts Options) (*Timeline, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	opts.Resamples = min(opts.Resamples, periodResamples)
	var g grain
	var lines map[lineKey]map[int]*stretch
	var coarse map[string]bool
	most := 0.0
	for _, try := range t.grains() {
		found, left := t.lines(try)
		telling, each := filling(found)
		if each > most {
			g, lines, coarse, most = try, found, left, each
		}
		if telling {
			g, lines, coarse = try, found, left
			break
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	out := &Timeline{Voice: t.voice, Undated: len(coarse)}
	var at []int
	for _, line := range lines {
		at = append(at, sortedKeys(line, cmp.Compare[int])...)
	}
	first, last := slices.Min(at), slices.Max(at)
	for i := first; i <= last; i++ {
		out.Periods = append(out.Periods, g.label(i))
	}
	for _, k := range sortedKeys(lines, func(a, b lineKey) int {
		return cmp.Or(strings.Compare(a.source, b.source), strings.Compare(a.target, b.target))
	}) {
		l := Line{Source: k.source, Target: k.target}
		for _, i := range sortedKeys(lines[k], cmp.Compare[int]) {
			l.Points = append(l.Points, lines[k][i].point(g.label(i), opts))
		}
		out.Lines = append(out.Lines, l)
	}
	return out, nil
}

// point is the estimate of a stretch, as group.estimate makes it of a cell.
func (p *stretch) point(name string, opts Options) Point {
	var clusters []cluster
	for _, id := range p.documents.names() {
		clusters = append(clusters, *p.documents.values[id])
	}
	n := p.all.sentences
	tone, spread := mean(p.all.tone, n), 0.0
	if n > 1 {
		m := tone * scale
		spread = (float64(p.squares) - float64(float64(n)*float64(m*m))) / float64(n-1) / (scale * scale)
	}
	low, high, _ := interval(UnitDocument, clusters, spread, opts, stream(opts.Seed, "cell"))
	if p.documents.over() { // about the mean of all
		some := total(clusters)
		shift := tone - mean(some.tone, some.sentences)
		low, high = low+shift, high+shift
	}
	out := Point{Period: name, Documents: p.documents.count(), Sentences: int(n), Tone: tone}
	out.Low, out.High = max(-1, round6(min(low, tone-1.0/scale))), min(1, round6(max(high, tone+1.0/scale)))
	out.Carried = (out.Low > 0 || out.High < 0) && n >= leastSentences && len(clusters) >= leastClusters
	return out
}
