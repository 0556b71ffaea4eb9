package chart

import (
	"fmt"
	"io"
	"strconv"
)

// ReliabilityData is what Reliability draws.
type ReliabilityData struct {
	Text
	Bins []ReliabilityBin // in order of confidence
}

// ReliabilityBin is the predictions of about one confidence.
type ReliabilityBin struct {
	N          int     // predictions; 0 stands for none, and then nothing else is read
	Confidence float64 // mean of what they say, in [0, 1]
	Accuracy   float64 // share of them that is right, in [0, 1]
	Low, High  float64 // its interval
}

// Measures of a reliability diagram.
const (
	reliabilitySide = 300.0
	reliabilityBars = 46.0 // the height of the bars of counts
	reliabilityAxis = 46.0 // left of the diagram
)

// Reliability draws how often predictions of some confidence are right: a point
// for each bin with its interval, beside the diagonal on which confidence is
// exactly that often right, and below it bars of how many predictions there are.
//
// An error says which bin cannot be drawn, or what w returned.
func Reliability(w io.Writer, d ReliabilityData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	return reliabilitySheet(d, o).write(w, "reliability", o.Format)
}

func (d ReliabilityData) check() error {
	n := 0
	for i, b := range d.Bins {
		if b.N < 0 {
			return fmt.Errorf("chart: reliability: bin %d has %d predictions", i+1, b.N)
		}
		if b.N == 0 {
			continue
		}
		n += b.N
		for _, v := range [...]float64{b.Confidence, b.Accuracy, b.Low, b.High} {
			if !(v >= -slack && v <= 1+slack) { // NaN included
				return fmt.Errorf("chart: reliability: bin %d: %g is not in [0, 1]", i+1, v)
			}
		}
		if b.Low > b.High {
			return fmt.Errorf("chart: reliability: bin %d: the interval %g to %g is upside down", i+1, b.Low, b.High)
		}
	}
	if n == 0 {
		return fmt.Errorf("chart: reliability: no prediction to draw")
	}
	return nil
}

func reliabilitySheet(d ReliabilityData, o Options) *sheet {
	s := newSheet(o.Width)
	y := s.begin(d.Text)
	y = s.key(y, 0, []entry{
		{18, func(x, y float64) {
			s.line(okabeIto[0], 1.1, nil, x+9, y-5, x+9, y+5)
			s.marker(x+9, y, 3.2, disc, okabeIto[0], true)
		}, "share right, with its interval"},
		{18, func(x, y float64) { s.line(zero, 1, []float64{3, 2}, x, y+4, x+18, y-4) }, "as right as it is confident; below it, too confident"},
	})
	side := min(reliabilitySide, s.width-2*margin-reliabilityAxis-12)
	st := noteStyle
	y += st.line()
	area := rect{snap(margin + reliabilityAxis), snap(y), snap(margin + reliabilityAxis + side), snap(y + side)}
	s.plots = append(s.plots, area)
	x := func(v float64) float64 { return area.left + float64(v*side) }
	at := func(v float64) float64 { return area.bottom - float64(v*side) }
	for k := range 6 {
		v := float64(k) / 5
		s.across(area, at(v), false)
		s.text(area.left-6, st.middle(at(v)), 1, st, percentTick(v))
	}
	s.line(zero, 1, []float64{3, 2}, area.left, area.bottom, area.right, area.top)
	most := 0
	for _, b := range d.Bins {
		most = max(most, b.N)
		if b.N == 0 {
			continue
		}
		s.line(okabeIto[0], 1.1, nil, x(b.Confidence), at(b.Low), x(b.Confidence), at(b.High))
		s.marker(x(b.Confidence), at(b.Accuracy), 3.4, disc, okabeIto[0], true)
	}
	s.text(area.left-6, area.top-8, 1, st, "right")

	y = area.bottom + 8
	bars := rect{area.left, snap(y + st.line()), area.right, snap(y + st.line() + reliabilityBars)}
	for i, b := range d.Bins {
		left, right := x(float64(i)/float64(len(d.Bins))), x(float64(i+1)/float64(len(d.Bins)))
		if b.N == 0 {
			continue
		}
		top := bars.bottom - max(1, reliabilityBars*float64(b.N)/float64(most))
		s.box(band, rect{snap(left + 1), snap(top), snap(right - 1), bars.bottom})
		s.text((left+right)/2, snap(top)-2, 0.5, captionStyle, captionStyle.fit(strconv.Itoa(b.N), right-left))
	}
	s.text(area.left-6, st.middle((bars.top+bars.bottom)/2), 1, st, "n")
	base := bars.bottom + 3 + st.rise()
	for k := range 6 {
		s.text(x(float64(k)/5), base, 0.5, st, percentTick(float64(k)/5))
	}
	s.text((area.left+area.right)/2, base+st.line(), 0.5, st, "confidence: the probability of the likeliest class")
	s.end(d.Text, base+st.line()+st.fall())
	return s
}
