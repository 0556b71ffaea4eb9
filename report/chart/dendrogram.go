package chart

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
)

// TreeData is what Dendrogram draws.
type TreeData struct {
	Text
	Sources []string
	Merges  []TreeMerge // one fewer than sources, each of two that exist before it
	Stable  float64     // the support from which on a group is drawn as one that holds
}

// TreeMerge joins two groups. A and B are sources, or their number plus the
// place of an earlier merge.
type TreeMerge struct {
	A, B     int
	Distance float64 // at least that of the merges below it
	Support  float64 // in [0, 1]
}

// Dendrogram draws groups of groups: a row for each source, and a bracket where
// two groups are joined, the farther right the less alike they are. Thick
// brackets are of groups that hold in resamples; the others are thin and
// dashed. The share of resamples stands at each bracket that has room for it.
//
// An error says which merge cannot be drawn, or what w returned.
func Dendrogram(w io.Writer, d TreeData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	n := len(d.Sources)
	if n < 2 || len(d.Merges) != n-1 {
		return fmt.Errorf("chart: dendrogram: %d merges for %d sources", len(d.Merges), n)
	}
	joined := make([]bool, 2*n-1)
	for i, m := range d.Merges {
		for _, k := range []int{m.A, m.B} {
			if k < 0 || k >= n+i || joined[k] {
				return fmt.Errorf("chart: dendrogram: merge %d joins %d, which is not there to be joined", i, k)
			}
			joined[k] = true
		}
		if !(m.Distance >= 0) || math.IsInf(m.Distance, 0) || !(m.Support >= 0 && m.Support <= 1) {
			return fmt.Errorf("chart: dendrogram: merge %d at distance %g with support %g", i, m.Distance, m.Support)
		}
	}
	return treeSheet(d, o).write(w, "dendrogram", o.Format)
}

func treeSheet(d TreeData, o Options) *sheet {
	n := len(d.Sources)
	row := 20.0
	for _, less := range []float64{16, 13, 11} {
		if float64(n)*row > o.MaxHeight/2 {
			row = less
		}
	}
	st := labelStyle
	if row < 13 {
		st = noteStyle.coloured(ink)
	}
	s := newSheet(o.Width)
	top := s.begin(d.Text)
	names := make([]string, n)
	for i, name := range d.Sources {
		names[i] = st.fit(clean(name), 210)
	}
	left := margin + st.widest(210, names...) + 8
	right := s.width - margin - 30 // room for the last tick's label, and for the root
	farthest := 0.0
	for _, m := range d.Merges {
		farthest = max(farthest, m.Distance)
	}
	step := 0.5
	for farthest/step > 6 {
		step *= 2
	}
	reach := max(1.04*farthest, step)
	x := func(v float64) float64 { return left + float64(v/reach*(right-left)) }
	bottom := top + float64(n)*row

	for k := 0; float64(k)*step <= reach+slack; k++ {
		v := float64(k) * step
		s.line(grid, 2*pixel, nil, snap(x(v)), top, snap(x(v)), bottom)
		s.text(x(v), bottom+3+captionStyle.rise(), 0.5, captionStyle, fmt.Sprintf("%g", v))
	}
	s.text((left+right)/2, bottom+3+captionStyle.line()+noteStyle.rise(), 0.5, noteStyle, "distance; 1: a typical one of two sources")

	// Rows in the order of the tree, so that no lines cross.
	var order []int
	var walk func(k int)
	walk = func(k int) {
		if k < n {
			order = append(order, k)
			return
		}
		walk(d.Merges[k-n].A)
		walk(d.Merges[k-n].B)
	}
	walk(2*n - 2)
	ys, xs := make([]float64, 2*n-1), make([]float64, 2*n-1)
	for i, k := range order {
		ys[k] = snap(top + (float64(i)+0.5)*row)
		xs[k] = left
		s.text(left-6, st.middle(ys[k]), 1, st, names[k])
	}
	for i, m := range d.Merges {
		k := n + i
		xs[k], ys[k] = snap(x(m.Distance)), (ys[m.A]+ys[m.B])/2
		c, width, dash := zero, 0.9, []float64{3, 2}
		root := i == len(d.Merges)-1
		switch {
		case root:
			dash = nil // that all are in it says nothing
		case m.Support >= d.Stable:
			c, width, dash = okabeIto[0], 2.2, nil
		}
		s.line(c, width, dash, xs[m.A], ys[m.A], xs[k], ys[m.A], xs[k], ys[m.B], xs[m.B], ys[m.B])
	}
	// Shares, the surest first: above or below the line that goes on to the
	// right, or else left of the bracket.
	shares := noteStyle.sized(7)
	merges := make([]int, n-2)
	for i := range merges {
		merges[i] = i
	}
	slices.SortStableFunc(merges, func(i, j int) int {
		return cmp.Compare(d.Merges[j].Support, d.Merges[i].Support)
	})
	free := freeArea{r: rect{left, top - 2, right + 30, bottom + 2}}
	for i, m := range d.Merges { // text stays off all lines
		k := n + i
		free.taken = append(free.taken, rect{xs[k] - 1, min(ys[m.A], ys[m.B]), xs[k] + 1, max(ys[m.A], ys[m.B])},
			rect{xs[m.A], ys[m.A] - 0.8, xs[k], ys[m.A] + 0.8}, rect{xs[m.B], ys[m.B] - 0.8, xs[k], ys[m.B] + 0.8})
	}
	for _, i := range merges {
		m, k := d.Merges[i], n+i
		text := fmt.Sprintf("%.0f %%", math.Floor(100*m.Support))
		w, h := shares.width(text), shares.rise()+shares.fall()
		for _, at := range [][2]float64{{xs[k] + 3, ys[k] - 1 - h}, {xs[k] + 3, ys[k] + 1}, {xs[k] - 3 - w, ys[k] - h/2}} {
			r := rect{at[0], at[1], at[0] + w, at[1] + h}
			if !free.has(r) {
				continue
			}
			c := muted
			if m.Support >= d.Stable {
				c = okabeIto[0]
			}
			s.text(r.left, r.top+shares.rise(), 0, shares.coloured(c), text)
			free.taken = append(free.taken, r)
			break
		}
	}

	y := bottom + 3 + captionStyle.line() + noteStyle.line() + 6
	key := []entry{
		{20, func(x, y float64) { s.line(okabeIto[0], 2.2, nil, x, y, x+20, y) }, fmt.Sprintf("holds in %.0f %% of resamples or more", 100*d.Stable)},
		{20, func(x, y float64) { s.line(zero, 0.9, []float64{3, 2}, x, y, x+20, y) }, "~ does not; read it as no finding"},
	}
	s.end(d.Text, s.key(y, 0, key)-8)
	return s
}
