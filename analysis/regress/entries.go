package regress

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"parallax/analysis/compare"
)

// Term is what a term of the lexicon adds to the tone of a sentence.
type Term struct {
	Term         string
	Contribution float64
}

// Entry is a term's part in the movement of a cell.
type Entry struct {
	Term string `json:"term"`

	// Influence is its share of the cell's Delta, in units of tone: what it adds to
	// the mean of the new cell less what it added to that of the old. The terms of a
	// sentence sum to its tone, so these sum to Delta.
	Influence float64 `json:"influence"`
}

// entries lists the terms that moved a cell, the largest share first; none where
// the runs do not have the terms of their sentences.
func entries(m Move, old, new []Observation) []Entry {
	sums := map[string]float64{}
	for _, side := range []struct {
		cell Cell
		of   []Observation
		sign float64
	}{{m.Old, old, -1}, {m.New, new, 1}} {
		terms := 0
		for _, o := range side.of {
			terms += len(o.Terms)
		}
		if terms == 0 && len(side.of) > 0 {
			return nil
		}
		for _, o := range side.of {
			if side.cell.Sentences == 0 || !side.cell.has(o) {
				continue
			}
			for _, t := range o.Terms {
				sums[t.Term] += float64(side.sign*t.Contribution) / float64(side.cell.Sentences)
			}
		}
	}
	var out []Entry
	for _, term := range union(sums, nil, strings.Compare) {
		if math.Abs(sums[term]) >= leastInfluence {
			out = append(out, Entry{term, sums[term]})
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return larger(a.Influence, b.Influence) })
	return out
}

// leastInfluence is half of the last digit that is printed of an influence.
const leastInfluence = 0.00005

// Contrast is a difference between two sources, or documents, in a run.
type Contrast struct {
	Target     string  `json:"target"`
	Voice      string  `json:"voice"`
	A          string  `json:"a"`
	B          string  `json:"b"`
	Difference float64 `json:"difference"`
	Carried    bool    `json:"carried"`
}

// Turn is a difference that the data carry in one of two runs and not in the other.
type Turn struct {
	Old *Contrast `json:"old"` // nil where there is none
	New *Contrast `json:"new"`
}

// turns lists what is carried in one run only.
func turns(old, new []Contrast) (out []Turn) {
	type key struct{ target, voice, a, b string }
	at := func(list []Contrast) map[key]*Contrast {
		m := map[key]*Contrast{}
		for i, c := range list {
			m[key{c.Target, c.Voice, c.A, c.B}] = &list[i]
		}
		return m
	}
	before, now := at(old), at(new)
	carried := func(c *Contrast) bool { return c != nil && c.Carried }
	for _, k := range union(before, now, func(x, y key) int {
		return cmp.Or(cmp.Compare(x.target, y.target), cmp.Compare(x.voice, y.voice), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	}) {
		if o, n := before[k], now[k]; carried(o) != carried(n) {
			out = append(out, Turn{o, n})
		}
	}
	return out
}

func (t Turn) String() string {
	c := t.New
	if c == nil {
		c = t.Old
	}
	side := func(c *Contrast) string {
		switch {
		case c == nil:
			return "none"
		case c.Carried:
			return fmt.Sprintf("%+.4f", c.Difference)
		}
		return fmt.Sprintf("~ %+.4f", c.Difference)
	}
	return fmt.Sprintf("%s %s, %s less %s: %s -> %s", clean(c.Target), clean(c.Voice), clean(c.A), clean(c.B), side(t.Old), side(t.New))
}

// JSON writes the report for programs.
func (r Report) JSON(w io.Writer) error {
	type side struct {
		Tone      float64 `json:"tone"`
		Sentences int     `json:"sentences"`
	}
	type sentence struct {
		Change    Change   `json:"change"`
		Document  string   `json:"document"`
		Start     int      `json:"start"`
		End       int      `json:"end"`
		Sentence  string   `json:"sentence"`
		Old       *float64 `json:"old"`
		New       *float64 `json:"new"`
		Influence float64  `json:"influence"`
	}
	type cell struct {
		Source    string     `json:"source"`
		Document  string     `json:"document,omitempty"`
		Target    string     `json:"target"`
		Voice     string     `json:"voice"`
		Change    Change     `json:"change"`
		Old       *side      `json:"old"`
		New       *side      `json:"new"`
		Delta     float64    `json:"delta"`
		Entries   []Entry    `json:"entries"`
		Sentences []sentence `json:"sentences"`
	}
	out := struct {
		Schema    int                  `json:"schema"`
		Tolerance float64              `json:"tolerance"`
		Differ    map[string][2]string `json:"differ"` // in what the runs depended on: before and now
		Unmoved   int                  `json:"unmoved"`
		Quiet     int                  `json:"quiet_sentences"`
		Cells     []cell               `json:"cells"`
		Contrasts []Turn               `json:"contrasts"`
	}{Schema, r.Tolerance, map[string][2]string{}, r.Unmoved, len(r.Quiet), []cell{}, append([]Turn{}, r.Contrasts...)}
	for _, a := range r.About {
		out.Differ[a[0]] = [2]string{a[1], a[2]}
	}
	for _, m := range r.Cells {
		k := m.cell()
		c := cell{Source: k.Source, Document: k.Document, Target: k.Target, Voice: k.Voice, Change: m.Change, Delta: m.Delta,
			Entries: append([]Entry{}, m.Entries...), Sentences: []sentence{}}
		if m.Change != Appeared {
			c.Old = &side{m.Old.Tone, m.Old.Sentences}
		}
		if m.Change != Vanished {
			c.New = &side{m.New.Tone, m.New.Sentences}
		}
		for _, s := range m.Sentences {
			o := s.now()
			x := sentence{s.Change, o.Document, o.Start, o.End, o.Sentence, nil, nil, s.Influence}
			if s.Change != Appeared {
				x.Old = &s.Old.Tone
			}
			if s.Change != Vanished {
				x.New = &s.New.Tone
			}
			c.Sentences = append(c.Sentences, x)
		}
		out.Cells = append(out.Cells, c)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("printing what moved: %w", err)
	}
	return nil
}

// FromScores makes the cells of a run from those of its scores.json, with their
// intervals.
func FromScores(cells []compare.Cell) []Cell {
	out := make([]Cell, 0, len(cells))
	for _, c := range cells {
		out = append(out, Cell{Source: c.Source, Document: c.Document, Target: c.Target, Voice: c.Voice, Tone: c.Tone, Sentences: c.Sentences, Low: c.Low, High: c.High})
	}
	slices.SortFunc(out, Cell.compare)
	return out
}
