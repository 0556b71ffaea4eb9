package chart

import (
	"cmp"
	"fmt"
	"image/color"
	"io"
	"math"
	"slices"
	"strconv"
)

// WordsData is what Words draws: Words[i][j] are those of source i near target
// j, the most telling first.
type WordsData struct {
	Text
	Sources []string
	Targets []string
	Words   [][][]Word
}

// Word is a word that a source uses more than the others do.
type Word struct {
	Text        string
	Z           float64 // how sure that is, above 0
	Count, Rest int     // how often the source has it, and all others
	Carried     bool    // drawn solid, else hollow and with a tilde
}

// Measures of words.
const (
	wordRow    = 12.5
	wordsEach  = 8  // of a source near a target
	wordPanels = 60 // at most: those with the most telling words
	wordShare  = 0.46
)

// Words draws the words that tell sources apart: for each target a panel for
// each source that has any, in it a row for each word with a bar as long as its
// z, on one scale, and its counts. Up to seven sources have a colour each.
//
// An error says which number cannot be drawn, or what w returned.
func Words(w io.Writer, d WordsData, o Options) error {
	o, err := o.check()
	if err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	return wordsSheet(d, o).write(w, "words", o.Format)
}

func (d WordsData) check() error {
	if err := checkNames("words", d.Sources, d.Targets); err != nil {
		return err
	}
	if len(d.Words) != len(d.Sources) {
		return fmt.Errorf("chart: words: those of %d of %d sources", len(d.Words), len(d.Sources))
	}
	some := false
	for i, row := range d.Words {
		if len(row) != len(d.Targets) {
			return fmt.Errorf("chart: words: %q has words near %d of %d targets", d.Sources[i], len(row), len(d.Targets))
		}
		for j, words := range row {
			for _, v := range words {
				if !(v.Z > 0) || math.IsInf(v.Z, 0) {
					return fmt.Errorf("chart: words: %q of %q near %q: z is %g, not above 0", v.Text, d.Sources[i], d.Targets[j], v.Z)
				}
				some = true
			}
		}
	}
	if !some {
		return fmt.Errorf("chart: words: no word to draw")
	}
	return nil
}

// wordPlace is a panel of words.
type wordPlace struct{ source, target int }

// shown are the panels that are drawn, by target and source, and how many are
// left out.
func (d WordsData) shown() ([]wordPlace, int) {
	var all []wordPlace
	for j := range d.Targets {
		for i := range d.Sources {
			if len(d.Words[i][j]) > 0 {
				all = append(all, wordPlace{i, j})
			}
		}
	}
	if len(all) <= wordPanels {
		return all, 0
	}
	byZ := slices.Clone(all)
	slices.SortStableFunc(byZ, func(a, b wordPlace) int {
		return cmp.Compare(d.Words[b.source][b.target][0].Z, d.Words[a.source][a.target][0].Z)
	})
	keep := byZ[:wordPanels]
	slices.SortFunc(keep, func(a, b wordPlace) int { return cmp.Or(a.target-b.target, a.source-b.source) })
	return keep, len(all) - wordPanels
}

func wordsSheet(d WordsData, o Options) *sheet {
	s := newSheet(o.Width)
	panels, more := d.shown()
	reach, hollow := 0.0, false
	for _, p := range panels {
		for _, v := range d.Words[p.source][p.target][:min(len(d.Words[p.source][p.target]), wordsEach)] {
			reach, hollow = max(reach, v.Z), hollow || !v.Carried
		}
	}
	var groups []panelGroup
	last := -1
	for _, p := range panels {
		if p.target != last {
			groups, last = append(groups, panelGroup{heading: d.Targets[p.target]}), p.target
		}
		g := &groups[len(groups)-1]
		words := d.Words[p.source][p.target]
		words = words[:min(len(words), wordsEach)]
		g.panels = append(g.panels, smallPanel{title: d.Sources[p.source], height: wordRow * float64(len(words)),
			draw: func(area rect, _ panelPlace) {
				for k, v := range words {
					s.word(v, rect{area.left, area.top + float64(k)*wordRow, area.right, area.top + float64(k+1)*wordRow}, reach, categoryColour(p.source, len(d.Sources)))
				}
			}})
	}
	y := s.begin(d.Text)
	key := []entry{{26, func(x, y float64) { s.box(muted, rect{x, y - 3.5, x + 26, y + 3.5}) }, fmt.Sprintf("z; the longest bar is %.1f", reach)}}
	if hollow {
		key = append(key, entry{26, func(x, y float64) { s.frame(muted, 0.9, rect{x, y - 3.5, x + 26, y + 3.5}) }, "~ a single article carries it"})
	}
	y = s.key(y, 0, append(key, entry{0, nil, "right: times here, times in all others"}))
	y = s.panelGroups(y, groups, panelLayout{columns: columnsFor(s.width, 190, 0, 3)})
	s.end(d.Text, s.leftOut(y+2, more, "lists of less telling words", "in scores.json"))
	return s
}

// word draws one row: the word, its bar and its counts.
func (s *sheet) word(v Word, r rect, reach float64, c color.NRGBA) {
	st, small := labelStyle, noteStyle.sized(7)
	middle := (r.top + r.bottom) / 2
	text := clean(v.Text)
	if !v.Carried {
		text = "~ " + text
	}
	counts := strconv.Itoa(v.Count) + ", " + strconv.Itoa(v.Rest)
	width := wordShare * (r.right - r.left)
	s.text(r.left, st.middle(middle), 0, st, st.fit(text, width-6))
	room := r.right - r.left - width - small.width("0000, 0000") - 4
	bar := rect{snap(r.left + width), snap(middle - 3.5), snap(r.left + width + max(1.5, room*v.Z/reach)), snap(middle + 3.5)}
	if v.Carried {
		s.box(c, bar)
	} else {
		s.frame(c, 0.9, bar)
	}
	s.text(r.right, small.middle(middle), 1, small, small.fit(counts, r.right-bar.right-4))
}
