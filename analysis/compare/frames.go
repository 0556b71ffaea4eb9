package compare

import (
	"cmp"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"parallax/analysis"
)

// maxFrameUnits is how many documents, or paragraphs of one, the design effect
// of a source's frames is taken from: a bottom-k sample of them.
const maxFrameUnits = 256

// Frames counts how often each source sets each target in each frame. Make one
// with [NewFrames]. It is not safe for use by several goroutines at once.
type Frames struct {
	voice string
	cells map[frameKey]*frameCell
}

type frameKey struct{ source, target string }

// frameCell is what is known of a source and a target.
type frameCell struct {
	all        frameCounts
	documents  bottom[frameCounts]
	paragraphs map[int]*frameCounts // of the only document; nil where there are more
}

// frameCounts are sentences, and those of them in each frame.
type frameCounts struct {
	n      int64
	frames map[string]int64
}

// NewFrames returns an empty one for a voice, or for [VoiceAll].
func NewFrames(voice string) *Frames { return &Frames{voice, map[frameKey]*frameCell{}} }

func (c *frameCounts) add(n int64, frames map[string]int64) {
	if c.frames == nil {
		c.frames = map[string]int64{}
	}
	c.n += n
	for f, k := range frames {
		c.frames[f] += k
	}
}

// Add counts an observation where it is in the voice. It refuses what
// [Accumulator.Add] refuses.
func (f *Frames) Add(o analysis.Observation) error {
	if err := valid(o); err != nil {
		return err
	}
	if f.voice != VoiceAll && o.Voice != f.voice {
		return nil
	}
	c := f.cell(frameKey{source: o.Source, target: o.Target})
	in := map[string]int64{}
	for _, name := range o.Frames {
		in[name] = 1
	}
	c.all.add(1, in)
	if d := c.documents.at(o.Document); d != nil {
		d.add(1, in)
	}
	if c.several() {
		return nil
	}
	p := c.paragraphs[o.Paragraph]
	if p == nil {
		p = &frameCounts{}
		c.paragraphs[o.Paragraph] = p
	}
	p.add(1, in)
	return nil
}

func (f *Frames) cell(k frameKey) *frameCell {
	c := f.cells[k]
	if c == nil {
		c = &frameCell{documents: bottom[frameCounts]{limit: maxFrameUnits}, paragraphs: map[int]*frameCounts{}}
		f.cells[k] = c
	}
	return c
}

// several reports whether there are two documents or more, and then lets the
// paragraphs go.
func (c *frameCell) several() bool {
	if len(c.documents.values) > 1 || c.documents.over() {
		c.paragraphs = nil
		return true
	}
	return false
}

// Merge adds everything that g has counted, of the same voice. It leaves g as
// it was.
func (f *Frames) Merge(g *Frames) {
	for k, from := range g.cells {
		c := f.cell(k)
		c.all.add(from.all.n, from.all.frames)
		c.documents.merge(&from.documents, func(into, from *frameCounts) { into.add(from.n, from.frames) })
		if c.several() {
			continue
		}
		for i, p := range from.paragraphs {
			if c.paragraphs[i] == nil {
				c.paragraphs[i] = &frameCounts{}
			}
			c.paragraphs[i].add(p.n, p.frames)
		}
	}
}

// FrameShare is how often a source sets a target in a frame.
type FrameShare struct {
	Source    string  `json:"source"`
	Target    string  `json:"target"`
	Voice     string  `json:"voice"`
	Frame     string  `json:"frame"`
	Sentences int     `json:"sentences"` // on the target, in the voice
	Framed    int     `json:"framed"`    // of them, in the frame
	Share     float64 `json:"share"`     // Framed / Sentences
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Carried   bool    `json:"carried"` // there are enough sentences and documents, or paragraphs, to read it: those of a Cell
}

// Shares are those of every source, target and frame that a source has
// sentences for, by source and target, the frames in the order given. A
// sentence may be in several frames or in none.
//
// The interval is Wilson's [1] with Student's quantile, for as many sentences
// as would say as much if they were independent [2]: with x[c] of the n[c]
// sentences of each of k documents, or paragraphs of the only one, in the frame,
//
//	p      = sum of x[c] / n,  n = sum of n[c]
//	deff   = max(1, k/(k-1) * sum of (x[c] - p*n[c])² / (n * p*(1-p)))
//	n*     = n / deff
//	t      = t(k-1, 1-a/2),  a = 1 - level
//	share  = (p + t²/(2n*) -+ t*sqrt(p(1-p)/n* + t²/(4n*²))) / (1 + t²/n*)
//
// One unit gives 0 to 1. Only Level of the options matters.
//
//	[1] Wilson, "Probable inference", JASA 22, 1927.
//	[2] Kish, Survey Sampling, 1965, section 8.2.
func (f *Frames) Shares(frames []string, opts Options) ([]FrameShare, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	var out []FrameShare
	for _, k := range sortedKeys(f.cells, func(a, b frameKey) int {
		return cmp.Or(strings.Compare(a.source, b.source), strings.Compare(a.target, b.target))
	}) {
		c := f.cells[k]
		units := c.units()
		for _, name := range frames {
			s := FrameShare{Source: k.source, Target: k.target, Voice: f.voice, Frame: name, Sentences: int(c.all.n), Framed: int(c.all.frames[name])}
			s.Share = float64(s.Framed) / float64(s.Sentences)
			low, high := wilson(name, units, s, opts.alpha())
			s.Low, s.High = max(0, round6(min(low, s.Share))), min(1, round6(max(high, s.Share)))
			s.Carried = s.Sentences >= leastSentences && len(units) >= leastClusters
			out = append(out, s)
		}
	}
	return out, nil
}

// units are the documents of a cell, or the paragraphs of the only one.
func (c *frameCell) units() []*frameCounts {
	var out []*frameCounts
	if names := c.documents.names(); len(names) > 1 {
		for _, id := range names {
			out = append(out, c.documents.values[id])
		}
		return out
	}
	for _, i := range sortedKeys(c.paragraphs, cmp.Compare[int]) {
		out = append(out, c.paragraphs[i])
	}
	return out
}

func wilson(frame string, units []*frameCounts, s FrameShare, alpha float64) (low, high float64) {
	k := float64(len(units))
	if k < 2 {
		return 0, 1
	}
	p, n := s.Share, float64(s.Sentences)
	deff := 1.0
	if p > 0 && p < 1 {
		squares, sampled := 0.0, 0.0
		for _, u := range units {
			off := float64(u.frames[frame]) - float64(p*float64(u.n))
			squares += float64(off * off)
			sampled += float64(u.n)
		}
		deff = max(1, k/(k-1)*squares/(sampled*p*(1-p)))
	}
	n /= deff
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: k - 1}.Quantile(1 - alpha/2)
	t2 := float64(t * t)
	middle := p + t2/(2*n)
	half := t * math.Sqrt(p*(1-p)/n+t2/(4*n*n))
	return (middle - half) / (1 + t2/n), (middle + half) / (1 + t2/n)
}
