package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parallax/analysis/compare"
	"parallax/analysis/corpus"
)

// Wire is text that stands in more than one place, and what the cells are with
// each way to count it.
type Wire struct {
	Mode     corpus.Wire // how it is counted everywhere else
	Clusters []corpus.Cluster
	Cells    map[corpus.Wire][]compare.Cell
}

// clusters are those of copies.
func (in Input) clusters() []corpus.Cluster {
	if in.Wire == nil {
		return nil
	}
	return in.Wire.Clusters
}

// wireModes are the ways to count, in the order of the table.
func wireModes() []corpus.Wire {
	return []corpus.Wire{corpus.WireAll, corpus.WireCollapse, corpus.WireOwn}
}

// maxClusters is how many clusters the report lists, the largest first.
const maxClusters = 50

// wire is the section on copies, where there are any.
func (b *builder) wire() {
	w := b.in.Wire
	if w == nil || len(w.Clusters) == 0 {
		return
	}
	b.heading(2, "wire", "Text that stands in several places")
	passages, across := 0, 0
	for _, c := range w.Clusters {
		passages += len(c.Passages)
		if len(b.owners(c)) > 1 {
			across++
		}
	}
	clusters := counted(len(w.Clusters), "cluster") + ", of which " + pick(across, "one reaches", count(across)+" reach") + " across " + b.w.noun + "s"
	if len(w.Clusters) == 1 {
		clusters = "one cluster, " + pick(across, "which reaches across ", "all of it within one of the ") + b.w.noun + "s"
	}
	b.add(para(Text(fmt.Sprintf("%s %s nearly what another one says: at least half of the runs of three words that either has are in both. They make %s. "+
		"Mostly such text comes from an agency, from one source by way of another, or is printed again; who wrote it, the pages do not say, and what else such a paragraph says goes with it. ",
		upper(counted(passages, "paragraph")), pick(passages, "says", "say"), clusters)), Text(b.wireMode(w.Mode))))
	b.wireClusters()
	b.wireCells()
}

// wireMode says how copies are counted in this report.
func (b *builder) wireMode(mode corpus.Wire) string {
	switch mode {
	case corpus.WireOwn:
		return "In this report only paragraphs count that no other " + b.w.noun + " has."
	case corpus.WireCollapse:
		return "In this report a cluster counts once for each " + b.w.noun + ": its earliest paragraph there."
	}
	return "In this report all of it counts, as often as it was printed."
}

// owner is the thing compared that a passage belongs to.
func (b *builder) owner(p corpus.Passage) string {
	if byDocument(b.in) {
		return p.Document
	}
	return p.Source
}

// owners are those of a cluster's passages, the earliest first.
func (b *builder) owners(c corpus.Cluster) []string {
	var out []string
	for _, p := range c.Passages {
		if k := b.owner(p); !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

func (b *builder) wireClusters() {
	documents := map[string]*corpus.Document{}
	for i := range b.in.Documents {
		documents[b.in.Documents[i].ID] = &b.in.Documents[i]
	}
	clusters := slices.Clone(b.in.Wire.Clusters)
	slices.SortStableFunc(clusters, func(x, y corpus.Cluster) int {
		return cmp.Or(cmp.Compare(len(b.owners(y)), len(b.owners(x))), cmp.Compare(len(y.Passages), len(x.Passages)))
	})
	t := &Table{Caption: "Clusters of paragraphs that are nearly the same",
		Columns: []Column{{Title: "Begins"}, {Title: upper(b.w.noun) + "s, the earliest first"}, {"Paragraphs", Right}, {Title: "First in"}}}
	for _, c := range clusters[:min(len(clusters), maxClusters)] {
		first := c.Passages[0]
		begins := "–"
		if d := documents[first.Document]; d != nil && first.Block < len(d.Blocks) {
			if s := d.Blocks[first.Block]; spans(d.Text, s.Start, s.End) {
				begins = excerpt(d.Text[s.Start:s.End])
			}
		}
		n := map[string]int{}
		for _, p := range c.Passages {
			n[b.owner(p)]++
		}
		var who []string
		for _, k := range b.owners(c) {
			s := b.w.listed(k)
			if n[k] > 1 {
				s += " (" + strconv.Itoa(n[k]) + ")"
			}
			who = append(who, s)
		}
		if more := len(who) - maxOwners; more > 0 {
			who = append(who[:maxOwners], count(more)+" more")
		}
		t.Rows = append(t.Rows, [][]Inline{text1(begins), text1(strings.Join(who, ", ")), text1(strconv.Itoa(len(c.Passages))), {Code(first.Document)}})
	}
	d := &Details{Summary: plural(len(clusters), "cluster"), Blocks: []Block{t}}
	if n := len(clusters) - maxClusters; n > 0 {
		d.Blocks = append(d.Blocks, note(Text(fmt.Sprintf("%s more %s in ", upper(count(n)), things(n, "cluster"))), Code("scores.json"), Text(".")))
	}
	b.add(d)
}

// maxOwners is how many sources a row of the table of clusters names.
const maxOwners = 12

// wireCells shows the cells that the way to count changes.
func (b *builder) wireCells() {
	type id struct{ key, target, voice string }
	cells := map[corpus.Wire]map[id]compare.Cell{}
	for mode, list := range b.in.Wire.Cells {
		cells[mode] = map[id]compare.Cell{}
		for _, c := range list {
			cells[mode][id{key(c), c.Target, c.Voice}] = c
		}
	}
	t := &Table{Caption: "Mean tone with copies counted each way, where that makes a difference",
		Columns: []Column{{Title: "Target"}, {Title: upper(b.w.noun)}, {Title: "Voice"}, {Title: "All"}, {Title: "Collapsed"}, {Title: "Own only"}}}
	n := 0
	for _, v := range voicesInOrder() {
		for _, target := range b.in.Targets {
			for _, k := range b.w.keys {
				at := id{k, target.ID, v.id}
				all := cells[corpus.WireAll][at]
				row := [][]Inline{text1(b.w.title(target.ID)), text1(b.w.label(k)), text1(v.title)}
				same := true
				for _, mode := range wireModes() {
					c := cells[mode][at]
					same = same && c.Sentences == all.Sentences
					text := unbroken(toneFigure(c)).Value
					if c.Sentences > 0 {
						text += ",\u00a0n\u00a0" + strconv.Itoa(c.Sentences)
					}
					row = append(row, text1(text))
				}
				if same {
					continue
				}
				if n++; n <= maxRows {
					t.Rows = append(t.Rows, row)
				}
			}
		}
	}
	if n == 0 {
		b.add(para(Text("No number depends on how it is counted: no sentence in it mentions a target.")))
		return
	}
	b.add(para(Text(fmt.Sprintf("How it is counted changes %s. All: as often as printed. Collapsed: once for each %s. Own only: not where another %s has it too. The flag ", counted(n, "cell"), b.w.noun, b.w.noun)),
		Code("--wire"), Text(" chooses; n is sentences.")))
	b.add(t)
	if n > maxRows {
		b.add(note(Text(fmt.Sprintf("%s more %s in the data of a run with another choice.", upper(count(n-maxRows)), things(n-maxRows, "cell")))))
	}
}
