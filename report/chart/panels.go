package chart

import "fmt"

// panelGroup is a heading with small pictures under it.
type panelGroup struct {
	heading string
	panels  []smallPanel
}

// smallPanel is one of many pictures of a kind.
type smallPanel struct {
	title, note string // left and right above it
	height      float64
	draw        func(area rect, at panelPlace)
}

// panelPlace says which labels a panel bears for others.
type panelPlace struct {
	first bool // of its row
	last  bool // of its column
}

// panelLayout is how panels are laid out.
type panelLayout struct {
	columns    int
	left, foot float64 // room left of the first column, and below the last panel of a column
}

const (
	leastColumn = 150 // points: a panel's width
	panelRise   = 15  // of its title
	rowGap      = 10
	groupGap    = 4
)

// columnsFor is the number of columns of panels that fit a width.
func columnsFor(width, least, left float64, most int) int {
	return max(1, min(most, int((width-2*margin-left+panelGap)/(least+panelGap))))
}

// panelGroups draws groups of panels below y and returns where the next thing goes.
func (s *sheet) panelGroups(y float64, groups []panelGroup, l panelLayout) float64 {
	width := snap((s.width - 2*margin - l.left - float64(l.columns-1)*panelGap) / float64(l.columns))
	for _, g := range groups {
		s.text(margin, headStyle.middle(y+headHeight/2), 0, headStyle, headStyle.fit(clean(g.heading), s.width-2*margin))
		y += headHeight
		for i := 0; i < len(g.panels); i += l.columns {
			row := g.panels[i:min(i+l.columns, len(g.panels))]
			high := 0.0
			for k, p := range row {
				left := snap(margin + l.left + float64(k)*(width+panelGap))
				note := noteStyle.fit(p.note, width/2)
				s.text(left+width, y+labelStyle.rise(), 1, noteStyle, note)
				s.text(left, y+labelStyle.rise(), 0, labelStyle, labelStyle.fit(clean(p.title), width-noteStyle.width(note)-6))
				top := snap(y + panelRise)
				p.draw(rect{left, top, left + width, snap(top + p.height)}, panelPlace{k == 0, i+k+l.columns >= len(g.panels)})
				high = max(high, p.height)
			}
			y = snap(y+panelRise) + high + rowGap
		}
		y += l.foot + groupGap
	}
	return y - groupGap
}

// leftOut says at the foot of a figure what it does not show.
func (s *sheet) leftOut(y float64, n int, what, why string) float64 {
	if n == 0 {
		return y
	}
	return s.paragraph(margin, y, noteStyle, noteStyle.wrap(fmt.Sprintf("%d more %s, %s.", n, what, why), s.width-2*margin, 0))
}
