package cli

import (
	"slices"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
	"parallax/report"
)

// wireSums are the sums of a comparison with each choice of --wire but the one
// that is asked for. Without copies there is nothing to choose, and they stay
// empty.
type wireSums struct {
	by       string
	options  compare.Options
	mode     corpus.Wire
	clusters []corpus.Cluster
	excluded corpus.Excluded // with mode
	others   []wireSum
}

type wireSum struct {
	mode     corpus.Wire
	excluded corpus.Excluded
	sums     *compare.Accumulator
}

// find looks for copies among the documents.
func (w *wireSums) find(c *corpus.Corpus) error {
	w.clusters = corpus.Copies(c.Documents)
	if len(w.clusters) == 0 {
		return nil
	}
	var owner func(corpus.Passage) string
	if w.by == byDocument {
		owner = func(p corpus.Passage) string { return p.Document }
	}
	w.excluded = w.mode.Exclude(w.clusters, owner)
	for _, mode := range wires() {
		if mode := corpus.Wire(mode); mode != w.mode {
			sums, err := compare.New(w.options)
			if err != nil {
				return err
			}
			w.others = append(w.others, wireSum{mode, mode.Exclude(w.clusters, owner), sums})
		}
	}
	return nil
}

// counted is an analysis with the observations that count.
func (w *wireSums) counted(a *analysis.Analysis) *analysis.Analysis {
	if len(w.excluded[a.Document.ID]) == 0 {
		return a
	}
	b := *a
	b.Observations = counting(a.Observations, w.excluded)
	return &b
}

// add counts the observations of a document as they count otherwise.
func (w *wireSums) add(observations []analysis.Observation, date string) error {
	for _, x := range w.others {
		for _, o := range counting(observations, x.excluded) {
			if err := x.sums.AddDated(o, date); err != nil {
				return err
			}
		}
	}
	return nil
}

func counting(observations []analysis.Observation, e corpus.Excluded) []analysis.Observation {
	return slices.DeleteFunc(slices.Clone(observations), func(o analysis.Observation) bool { return e.Has(o.Document, o.Paragraph) })
}

// report is what the report says of copies: nil where there are none.
func (w *wireSums) report(c compareConfig, result compare.Result) (*report.Wire, error) {
	if len(w.clusters) == 0 {
		return nil, nil
	}
	out := &report.Wire{Mode: w.mode, Clusters: w.clusters, Cells: map[corpus.Wire][]compare.Cell{w.mode: result.Cells}}
	for _, x := range w.others {
		opts := c.options()
		opts.Permutations = 99 // the least: only the cells are looked at
		r, err := x.sums.Result(opts)
		if err != nil {
			return nil, err
		}
		out.Cells[x.mode] = r.Cells
	}
	return out, nil
}
