package compare

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"parallax/analysis"
)

// Choice is one that an analysis makes, with what can be chosen: the usual first.
type Choice struct {
	Name    string   `json:"name"`
	Options []string `json:"options"`
}

// Specification is one analysis of those that could be defended: of each choice
// the number of its option. The usual one is all zeros.
type Specification []int

// Specifications are all that some choices allow, the usual one first.
func Specifications(choices []Choice) []Specification {
	all := []Specification{{}}
	for _, c := range choices {
		var longer []Specification
		for _, s := range all {
			for i := range c.Options {
				longer = append(longer, append(slices.Clone(s), i))
			}
		}
		all = longer
	}
	return all
}

// Multiverse gathers observations of the same documents as many specifications
// make them (1). Per source and target it holds, of each specification, the sums
// of each document, for up to 8192 documents as an [Accumulator] does, those of
// each paragraph as long as there is a single document, and no more: 16 bytes a
// document and specification.
//
// It is not safe for use by several goroutines at once.
//
//	(1) S. Steegen, F. Tuerlinckx, A. Gelman, W. Vanpaemel, Increasing
//	    transparency through a multiverse analysis, Perspectives on
//	    Psychological Science 11(5), 2016.
type Multiverse struct {
	choices []Choice
	specs   []Specification
	cells   map[cellKey]*worlds
}

// NewMultiverse returns an empty one. It refuses choices without options, and
// more than 10,000 specifications, which nobody could read.
func NewMultiverse(choices []Choice) (*Multiverse, error) {
	n := 1
	for _, c := range choices {
		if n *= len(c.Options); n == 0 || n > 10000 {
			return nil, fmt.Errorf("compare: choice %q: its %d options make none or more than 10000 specifications", c.Name, len(c.Options))
		}
	}
	return &Multiverse{choices: choices, specs: Specifications(choices), cells: map[cellKey]*worlds{}}, nil
}

// Specifications are those that are counted, by number.
func (m *Multiverse) Specifications() []Specification { return m.specs }

// worlds is one source and target under all specifications.
type worlds struct {
	documents bottom[[]cluster] // by document, then specification
	each      []world           // by specification
	names     []string          // of documents, in order, once all are added
}

// world is one source and target under one specification.
type world struct {
	cluster
	squares    int64 // of the tones, in units of 1/scale^2
	document   string
	several    bool // documents
	paragraphs map[int]*cluster
}

// Add counts an observation under a specification, whatever its voice: choosing
// what counts is the caller's. It refuses what [Accumulator.Add] does.
func (m *Multiverse) Add(specification int, o analysis.Observation) error {
	if err := valid(o); err != nil {
		return err
	}
	k := cellKey{source: o.Source, target: o.Target}
	w := m.cells[k]
	if w == nil {
		w = &worlds{documents: bottom[[]cluster]{limit: maxClusters}, each: make([]world, len(m.specs))}
		m.cells[k] = w
	}
	one := cluster{fixed(o.Tone), 1}
	if d := w.documents.at(o.Document); d != nil {
		if *d == nil {
			*d = make([]cluster, len(m.specs))
		}
		(*d)[specification].add(&one)
	}
	w.each[specification].count(o, one)
	return nil
}

func (w *world) count(o analysis.Observation, one cluster) {
	if w.sentences == 0 {
		w.document, w.paragraphs = o.Document, map[int]*cluster{}
	}
	w.add(&one)
	w.squares += one.tone * one.tone
	if w.document != o.Document {
		w.several, w.paragraphs = true, nil
	}
	if w.several {
		return
	}
	p := w.paragraphs[paragraph(o.Paragraph)]
	if p == nil {
		p = new(cluster)
		w.paragraphs[paragraph(o.Paragraph)] = p
	}
	p.add(&one)
}

// group is a cell under one specification; nil without sentences.
func (w *worlds) group(k cellKey, specification int) *group {
	x := &w.each[specification]
	if x.sentences == 0 {
		return nil
	}
	g := &group{
		source: k.source, target: k.target,
		sums: sums{tone: x.tone, sentences: x.sentences}, toneSquares: x.squares,
		sampled: w.documents.over(), last: w.documents.last, single: !x.several,
		paragraphIDs: sortedKeys(x.paragraphs, cmp.Compare[int]),
	}
	for _, id := range w.names {
		if c := (*w.documents.values[id])[specification]; c.sentences > 0 {
			g.documentIDs, g.documents = append(g.documentIDs, id), append(g.documents, c)
		}
	}
	for _, i := range g.paragraphIDs {
		g.paragraphs = append(g.paragraphs, *x.paragraphs[i])
	}
	g.count = len(g.documents)
	return g
}

// distinct are the specifications that differ from all before them in some sum.
func (m *Multiverse) distinct(keys []cellKey) []int {
	seen := map[[sha256.Size]byte]bool{}
	var out []int
	for s := range m.specs {
		h := sha256.New()
		write := func(ns ...int64) {
			for _, n := range ns {
				h.Write(binary.LittleEndian.AppendUint64(nil, uint64(n))) // a hash does not fail
			}
		}
		for _, k := range keys {
			w := m.cells[k]
			x := &w.each[s]
			write(x.tone, x.sentences, x.squares)
			for _, id := range w.names {
				c := (*w.documents.values[id])[s]
				write(c.tone, c.sentences)
			}
			for _, i := range sortedKeys(x.paragraphs, cmp.Compare[int]) {
				write(int64(i), x.paragraphs[i].tone, x.paragraphs[i].sentences)
			}
			write(-1)
		}
		sum := [sha256.Size]byte(h.Sum(nil))
		if !seen[sum] {
			seen[sum] = true
			out = append(out, s)
		}
	}
	return out
}

// most are the cells of the sources with most sentences, counted under the usual
// specification; of equals those first by name. It readies them.
func (m *Multiverse) most(sources int) (keys []cellKey, left int) {
	n := map[string]int64{}
	for k, w := range m.cells {
		n[k.source] += w.each[0].sentences
	}
	names := sortedKeys(n, cmp.Compare[string])
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(n[b], n[a]) })
	if sources = min(sources, len(names)); sources <= 0 {
		sources = len(names)
	}
	for _, k := range sortedKeys(m.cells, cellKey.compare) {
		if slices.Contains(names[:sources], k.source) {
			m.cells[k].names = m.cells[k].documents.names()
			keys = append(keys, k)
		}
	}
	return keys, len(names) - sources
}

// Curves estimates every cell and every contrast of two sources under each
// specification. Of more than some sources (0: of none) those with most sentences
// are compared. Numbers under the usual specification are those of a comparison of
// these sources.
//
// A specification that gives the same sums as one before it, as one without
// pronouns does where there are none, is the same computation, and is left out.
//
// step, where not nil, is called after each specification, from any goroutine.
func (m *Multiverse) Curves(ctx context.Context, sources int, opts Options, step func()) (Curves, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return Curves{}, err
	}
	keys, left := m.most(sources)
	specs := m.distinct(keys)
	out := Curves{Choices: m.choices, Same: len(m.specs) - len(specs), SourcesLeft: left}
	for _, s := range specs {
		out.Specifications = append(out.Specifications, m.specs[s])
	}
	results := make([]estimates, len(specs))
	each(len(specs), func(i int) {
		if ctx.Err() == nil {
			results[i] = m.compare(keys, specs[i], opts)
		}
		if step != nil {
			step()
		}
	})
	if err := ctx.Err(); err != nil {
		return Curves{}, err
	}
	names := func(yes func(k curveKey) bool) []curveKey {
		found := map[curveKey]bool{}
		for _, r := range results {
			for k := range r {
				found[k] = found[k] || yes(k)
			}
		}
		return slices.DeleteFunc(sortedKeys(found, curveKey.compare), func(k curveKey) bool { return !found[k] })
	}
	for _, k := range names(func(k curveKey) bool { return k.b == "" }) {
		out.Cells = append(out.Cells, newCurve(k, results, out))
	}
	pairs := names(func(k curveKey) bool { return k.b != "" })
	joint := make([]*Joint, len(pairs))
	each(len(pairs), func(i int) {
		if ctx.Err() == nil {
			joint[i] = m.joint(pairs[i], specs, opts)
		}
	})
	if err := ctx.Err(); err != nil {
		return Curves{}, err
	}
	for i, k := range pairs {
		c := newCurve(k, results, out)
		c.Joint = joint[i]
		out.Contrasts = append(out.Contrasts, c)
	}
	correct(out.Contrasts, opts)
	out.Effects = effectsOf(out)
	return out, nil
}

// estimates are those under one specification.
type estimates map[curveKey]CurvePoint

// curveKey names a contrast of two sources over a target, or, without b, a cell.
type curveKey struct{ target, a, b string }

func (k curveKey) compare(l curveKey) int {
	return cmp.Or(cmp.Compare(k.target, l.target), cmp.Compare(k.a, l.a), cmp.Compare(k.b, l.b))
}

// compare is the comparison under one specification.
func (m *Multiverse) compare(keys []cellKey, specification int, opts Options) estimates {
	out := estimates{}
	byTarget := map[string][]side{}
	for _, k := range keys {
		g := m.cells[k].group(k, specification)
		if g == nil {
			continue
		}
		c := g.estimate(opts)
		out[curveKey{k.target, k.source, ""}] = CurvePoint{Value: c.Tone, Low: c.Low, High: c.High, Sentences: c.Sentences, Carried: c.Carried}
		byTarget[k.target] = append(byTarget[k.target], side{g, c.Low, c.High})
	}
	for target, sides := range byTarget {
		var trials []trial
		for i, a := range sides {
			for _, b := range sides[i+1:] {
				trials = append(trials, newTrial(Contrast{Target: target, A: a.name(), B: b.name()}, a, b, opts))
			}
		}
		var ps []float64
		for _, t := range trials {
			if t.tested {
				ps = append(ps, t.P)
			}
		}
		qs := holm(ps)
		for _, t := range trials {
			p := CurvePoint{Value: t.Difference, Low: t.Low, High: t.High, Sentences: int(t.a.sums.sentences + t.b.sums.sentences)}
			if t.tested {
				p.Carried, qs = qs[0] < opts.alpha() && clearOfZero(t.Low, t.High), qs[1:]
			}
			out[curveKey{target, t.A, t.B}] = p
		}
	}
	return out
}
