package regress

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"

	"parallax/analysis/compare"
)

// Tolerance is how much may move without failing.
type Tolerance struct {
	// Cell is how far a cell's tone may move, in units of tone; 0 means 0.005,
	// half of the last digit that reports print: anything that could change a
	// printed number by more than rounding fails. A negative one allows no
	// movement at all.
	Cell float64

	// Intervals lets a tone move within the interval of the old one, where there is
	// one.
	Intervals bool
}

// Change is how a sentence or cell of two baselines differs.
type Change string

// The ways to differ.
const (
	Changed  Change = "changed"  // in both, with another tone
	Appeared Change = "appeared" // only in the new one
	Vanished Change = "vanished" // only in the old one
)

// Report is the difference of two baselines.
type Report struct {
	Tolerance float64
	Cells     []Move      // beyond the tolerance, the largest movement first
	Unmoved   int         // how many cells stayed within it
	Quiet     []Sentence  // that differ, in cells that all stayed within it
	About     [][3]string // what the runs depended on and differs: name, old, new
	Contrasts []Turn      // that are carried in one run only; they do not count as moved
}

// Move is a cell that moved, appeared or vanished.
type Move struct {
	Change   Change
	Old, New Cell    // the zero Cell where there is none
	Delta    float64 // the new tone less the old one; where there is none of either, that counts as 0

	// Sentences are those that moved the cell, by the size of their influence.
	Sentences []Sentence
	Entries   []Entry // of the lexicon that did, where the runs have their terms
}

// Sentence is a sentence that differs.
type Sentence struct {
	Change   Change
	Old, New Observation // the zero Observation where there is none

	// Influence is the sentence's share of the cell's Delta, in units of tone:
	// the influences of a cell's sentences sum to its Delta. With n the number
	// of sentences in the new cell and m the old cell's tone, a changed
	// sentence has (new - old)/n, one that appeared (new - m)/n, and one that
	// vanished (m - old)/n. Where the whole cell vanished it is -old/n of the
	// old cell's n. It is 0 in Report.Quiet.
	Influence float64
}

// now is the sentence's newer side.
func (s Sentence) now() Observation {
	if s.Change == Vanished {
		return s.Old
	}
	return s.New
}

// has reports whether an observation is one of a cell's.
func (c Cell) has(o Observation) bool {
	return c.Source == o.Source && c.Target == o.Target &&
		(c.Document == "" || c.Document == o.Document) &&
		(c.Voice == compare.VoiceAll || c.Voice == o.Voice)
}

// Diff compares two baselines.
//
// A cell moves when its tone does by more than the tolerance, when it appears,
// or when it vanishes; a tone that is not a number counts as moved, so that no
// NaN passes the gate. A sentence differs when its tone or voice does, and
// then counts as vanished from the old voice's cell and new in the other's;
// sentences are found again by document, target and offsets, or, where these
// have shifted, by document, target and text.
func Diff(old, new Baseline, tol Tolerance) Report {
	report := Report{Tolerance: max(0, cmp.Or(tol.Cell, 0.005)), Contrasts: turns(old.Contrasts, new.Contrasts)}

	for _, name := range union(old.About, new.About, strings.Compare) {
		if old.About[name] != new.About[name] {
			report.About = append(report.About, [3]string{name, old.About[name], new.About[name]})
		}
	}

	pairs := match(old.Observations, new.Observations)
	loud := make([]bool, len(pairs)) // in a cell that moved

	oldCells, newCells := index(old.Cells), index(new.Cells)
	for _, k := range union(oldCells, newCells, cellKey.compare) {
		o, inOld := oldCells[k]
		n, inNew := newCells[k]
		m := Move{Change: Changed, Old: o, New: n, Delta: n.Tone - o.Tone}
		switch {
		case !inOld:
			m.Change = Appeared
		case !inNew:
			m.Change = Vanished
		case math.Abs(m.Delta) <= report.Tolerance+1e-12: // the room is for rounding in the subtraction; NaN does not fit in
			report.Unmoved++
			continue
		case tol.Intervals && o.Low < o.High && o.Low <= n.Tone && n.Tone <= o.High:
			report.Unmoved++
			continue
		}
		m.Sentences, m.Entries = influences(m, pairs, loud), entries(m, old.Observations, new.Observations)
		report.Cells = append(report.Cells, m)
	}
	slices.SortStableFunc(report.Cells, func(a, b Move) int { return larger(a.Delta, b.Delta) })

	for i, p := range pairs {
		if s, differs := p.sentence(); differs && !loud[i] {
			report.Quiet = append(report.Quiet, s)
		}
	}
	return report
}

// larger orders by size, the largest first and NaN before everything.
func larger(a, b float64) int {
	a, b = math.Abs(a), math.Abs(b)
	if math.IsNaN(a) || math.IsNaN(b) {
		return cmp.Compare(a, b) // which puts NaN first
	}
	return cmp.Compare(b, a)
}

// pair is one sentence and target in both baselines; nil where it is missing.
type pair struct{ old, new *Observation }

// sentence returns how the two sides differ, if they do.
func (p pair) sentence() (Sentence, bool) {
	switch {
	case p.old == nil:
		return Sentence{Change: Appeared, New: *p.new}, true
	case p.new == nil:
		return Sentence{Change: Vanished, Old: *p.old}, true
	}
	same := p.old.Tone == p.new.Tone && p.old.Voice == p.new.Voice && p.old.Source == p.new.Source
	return Sentence{Change: Changed, Old: *p.old, New: *p.new}, !same
}

// influences lists the sentences that moved a cell, and marks their pairs.
func influences(m Move, pairs []pair, loud []bool) []Sentence {
	cell, n, mean := m.New, float64(m.New.Sentences), m.Old.Tone
	switch m.Change {
	case Appeared:
		mean = 0
	case Vanished:
		cell, n, mean = m.Old, float64(m.Old.Sentences), 0
	}
	n = max(1, n) // a cell without sentences has nothing to share
	var list []Sentence
	for i, p := range pairs {
		// What of the pair is in this cell: a change of voice takes a side away.
		if p.old != nil && !cell.has(*p.old) {
			p.old = nil
		}
		if p.new != nil && !cell.has(*p.new) {
			p.new = nil
		}
		if p.old == nil && p.new == nil {
			continue
		}
		s, _ := p.sentence()
		switch s.Change {
		case Changed:
			// A change of voice alone does not move the cell of all voices.
			if s.Old.Tone == s.New.Tone {
				continue
			}
			s.Influence = (s.New.Tone - s.Old.Tone) / n
		case Appeared:
			s.Influence = (s.New.Tone - mean) / n
		case Vanished:
			s.Influence = (mean - s.Old.Tone) / n
		}
		loud[i] = true
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b Sentence) int { return larger(a.Influence, b.Influence) })
	return list
}

// match pairs the observations of two baselines: by document, target and
// offsets, and those left over by document, target and text. The n-th of
// several with one key goes with the n-th. Pairs are in the order of the old
// observations, then of the new ones without an old one.
func match(old, new []Observation) []pair {
	type key struct {
		document, target, text string
		start, end, nth        int
	}
	place := func(o Observation) key {
		return key{document: o.Document, target: o.Target, start: o.Start, end: o.End}
	}
	text := func(o Observation) key {
		return key{document: o.Document, target: o.Target, text: o.Sentence}
	}
	pairs := make([]pair, len(old), len(old)+len(new))
	for i := range old {
		pairs[i].old = &old[i]
	}
	taken := make([]bool, len(new))
	for _, by := range []func(Observation) key{place, text} {
		at, count := map[key]int{}, map[key]int{}
		for j, n := range new {
			if !taken[j] {
				k := by(n)
				count[k]++
				k.nth = count[by(n)]
				at[k] = j
			}
		}
		clear(count)
		for i := range old {
			if pairs[i].new != nil {
				continue
			}
			k := by(old[i])
			count[k]++
			k.nth = count[by(old[i])]
			if j, found := at[k]; found {
				pairs[i].new, taken[j] = &new[j], true
			}
		}
	}
	for j := range new {
		if !taken[j] {
			pairs = append(pairs, pair{new: &new[j]})
		}
	}
	return pairs
}

func index(cells []Cell) map[cellKey]Cell {
	m := make(map[cellKey]Cell, len(cells))
	for _, c := range cells {
		m[c.key()] = c
	}
	return m
}

// union returns the keys of both maps in order.
func union[K comparable, V any](a, b map[K]V, compare func(K, K) int) []K {
	var keys []K
	for k := range a {
		keys = append(keys, k)
	}
	for k := range b {
		if _, both := a[k]; !both {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, compare)
	return keys
}

// Moved reports whether any cell moved beyond the tolerance. Sentences that
// moved within it, and changes of what the runs depended on, do not count.
func (r Report) Moved() bool { return len(r.Cells) > 0 }

// shown is how many sentences of a cell are printed: more are beyond what is
// read at a gate, and the rest are counted. Ten carry most of a movement in
// cells of the usual 20 to 60 sentences.
const shown = 10

// Print writes the report as plain text for people: a line that sums it up,
// then each cell that moved with the sentences that moved it, then the
// sentences that moved within the tolerance.
func (r Report) Print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s moved by more than %g, %d did not. Sentences that differ only in cells that did not move: %d.\n",
		count(len(r.Cells), "cell"), r.Tolerance, r.Unmoved, len(r.Quiet))

	if len(r.About) > 0 {
		b.WriteString("\nThe runs differ in:\n")
		table(&b, func(t io.Writer) {
			for _, a := range r.About {
				fmt.Fprintf(t, "  %s\t%s\t->\t%s\n", clean(a[0]), orNone(a[1]), orNone(a[2]))
			}
		})
	}
	for _, m := range r.Cells {
		fmt.Fprintf(&b, "\n%s: %s -> %s", clean(m.cell().key().String()), m.side(m.Old, Appeared), m.side(m.New, Vanished))
		if m.Change == Changed {
			fmt.Fprintf(&b, ", %+.4f", m.Delta)
		}
		b.WriteString("\n")
		r.sentences(&b, m.Sentences, true)
		if len(m.Entries) > 0 {
			fmt.Fprintf(&b, "  by entry: %s\n", m.byEntry(clean))
		}
	}
	if len(r.Contrasts) > 0 {
		b.WriteString("\nDifferences that are carried in one run only (~: not carried):\n")
		for _, t := range r.Contrasts[:min(len(r.Contrasts), shown)] {
			fmt.Fprintf(&b, "  %s\n", t)
		}
		if more := len(r.Contrasts) - shown; more > 0 {
			fmt.Fprintf(&b, "  and %s more\n", count(more, "difference"))
		}
	}
	if len(r.Quiet) > 0 {
		b.WriteString("\nWithin the tolerance:\n")
		r.sentences(&b, r.Quiet, false)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("printing what moved: %w", err)
	}
	return nil
}

// byEntry lists the entries that moved a cell most, with their shares.
func (m Move) byEntry(escape func(string) string) string {
	var parts []string
	for _, e := range m.Entries[:min(len(m.Entries), shown)] {
		parts = append(parts, fmt.Sprintf("%s %+.4f", escape(e.Term), e.Influence))
	}
	return strings.Join(parts, ", ")
}

// side is one side of a cell's movement; missing names the change by which it
// is not there.
func (m Move) side(c Cell, missing Change) string {
	if m.Change == missing {
		return "no cell"
	}
	return fmt.Sprintf("%+.4f (%s)", c.Tone, count(c.Sentences, "sentence"))
}

func (r Report) sentences(b *strings.Builder, list []Sentence, influence bool) {
	table(b, func(t io.Writer) {
		for _, s := range list[:min(len(list), shown)] {
			share := ""
			if influence {
				share = fmt.Sprintf("%+.4f\t", s.Influence)
			}
			o := s.now()
			fmt.Fprintf(t, "  %s%s\t%s\t%s\t%s:%d\t%s\n",
				share, s.Change, tones(s), clean(o.Target), clean(o.Document), o.Start, clip(clean(o.Sentence)))
		}
	})
	if more := len(list) - shown; more > 0 {
		fmt.Fprintf(b, "  and %s more\n", count(more, "sentence"))
	}
}

// tones is the movement of a sentence's tone, and of its voice if that moved.
func tones(s Sentence) string {
	switch s.Change {
	case Appeared:
		return fmt.Sprintf("none -> %+.4f", s.New.Tone)
	case Vanished:
		return fmt.Sprintf("%+.4f -> none", s.Old.Tone)
	}
	t := fmt.Sprintf("%+.4f -> %+.4f", s.Old.Tone, s.New.Tone)
	if s.Old.Voice != s.New.Voice {
		t += fmt.Sprintf(", %s -> %s", clean(s.Old.Voice), clean(s.New.Voice))
	}
	return t
}

func table(b *strings.Builder, rows func(io.Writer)) {
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	rows(t)
	t.Flush() // into a strings.Builder, which takes everything
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return clean(s)
}

// clean makes text fit for a line of a table on a terminal: every control
// character, which could end the line or steer the terminal, is a space.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// clip cuts a sentence to 100 characters: enough to know it again, and to
// stay within two lines of a terminal.
func clip(s string) string {
	if r := []rune(s); len(r) > 100 {
		return string(r[:99]) + "…"
	}
	return s
}
