package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"parallax/analysis/compare"
	"parallax/analysis/corpus"
)

// TestWire: without copies nothing is said; with them, whose they are, the most
// widely printed first, and only cells that depend on how they are counted.
func TestWire(t *testing.T) {
	in := Input{Targets: []TargetInfo{{ID: "US"}}, Sources: []SourceInfo{{ID: "A", Name: "Post"}, {ID: "B", Name: "Mail"}}}
	cell := func(source string, n int) compare.Cell {
		return compare.Cell{Source: source, Target: "US", Voice: "all", Sentences: n, Tone: 0.25, Low: 0.125, High: 0.5, Carried: true}
	}
	in.Result.Cells = []compare.Cell{cell("A", 4), cell("B", 2)}
	print := func() string {
		t.Helper()
		var b bytes.Buffer
		if err := Markdown(&b, Build(in)); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if s := print(); strings.Contains(s, "several places") {
		t.Errorf("copies are spoken of where there are none:\n%s", s)
	}

	text := "<b>Copied</b> | words"
	in.Documents = []corpus.Document{{ID: "a", Source: "A", Text: text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(text)}}}, {ID: "b", Source: "B"}}
	for i := range maxClusters + 2 {
		in.Wire = &Wire{Mode: corpus.WireAll, Cells: map[corpus.Wire][]compare.Cell{
			corpus.WireAll: in.Result.Cells, corpus.WireCollapse: in.Result.Cells, corpus.WireOwn: {cell("A", 3), cell("B", 2)},
		}, Clusters: append(in.clusters(), corpus.Cluster{Passages: []corpus.Passage{
			{Document: "b", Source: "B", Block: i}, {Document: "b", Source: "B", Block: 100 + i},
		}})}
	}
	in.Wire.Clusters = append(in.Wire.Clusters, corpus.Cluster{Passages: []corpus.Passage{{Document: "a", Source: "A"}, {Document: "b", Source: "B", Block: 99}}})
	s := print()
	plain := strings.NewReplacer("\u00a0", " ", `\[`, "[", `\]`, "]").Replace(s)
	for _, want := range []string{
		fmt.Sprintf("%d paragraphs say nearly what another one says", 2*(maxClusters+3)),
		fmt.Sprintf("They make %d clusters, of which one reaches across sources", maxClusters+3),
		"| :-- | :-- | --: | :-- |\n| &lt;b&gt;Copied&lt;/b&gt; \\| words | Post, Mail | 2 | `a` |\n| – | Mail (2) | 2 | `b` |",
		"Three more clusters in `scores.json`",
		"How it is counted changes one cell.",
		", n 4 | +0.25 [+0.12, +0.50], n 4 | +0.25 [+0.12, +0.50], n 3 |\n",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("there is no %q in\n%s", want, s[strings.Index(s, "## Text that"):])
			break
		}
	}
	if strings.Contains(s[strings.Index(s, "## Text that"):strings.Index(s, "## Evidence")], "| US | Mail |") {
		t.Error("a cell is shown that does not depend on copies")
	}
	many := in.Wire.Clusters
	for i, want := range []string{"They make one cluster, all of it within one of the sources.", "They make one cluster, which reaches across sources."} {
		in.Wire.Clusters = many[len(many)-2+i:][:1]
		if s := print(); !strings.Contains(s, want) {
			t.Errorf("there is no %q", want)
		}
	}
	in.Wire.Clusters = many
	in.Wire.Cells[corpus.WireOwn] = in.Result.Cells
	if s := print(); !strings.Contains(s, "No number depends on how it is counted") {
		t.Error("it is not said that nothing depends on copies")
	}
}
