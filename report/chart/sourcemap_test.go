package chart

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// scattered is a made-up map and tree of sources with long names: scattered,
// in two clumps, or all in one place.
func scattered(n int, how string, names []string) (MapData, TreeData) {
	r := rand.New(rand.NewPCG(uint64(n), 5))
	text := Text{
		Title:    "Two groups of sources hold: WSWS 2001 and WSWS 2018; DW and World Lines",
		Subtitle: "Distances between sources by tone, frames and words; classical scaling",
		Caption:  "Five articles, 2001-09-28 to 2021-10. Parallax 0.1, lexicon 1, seed 1.",
	}
	m := MapData{Text: text, Share: [2]float64{0.52, 0.23}}
	t := TreeData{Text: text, Stable: 0.95}
	for i := range n {
		name := fmt.Sprintf("The Quite Remarkably Long-Winded Morning Post %d", i+1)
		if i < len(names) {
			name = names[i]
		}
		p := [2]float64{r.NormFloat64(), 0.5 * r.NormFloat64()}
		switch how {
		case "clumps":
			p = [2]float64{float64(4*(i%2)) + 0.05*p[0], 0.05 * p[1]}
		case "one place":
			p = [2]float64{}
		}
		m.Sources, t.Sources, m.Points = append(m.Sources, name), append(t.Sources, name), append(m.Points, p)
	}
	open := make([]int, n)
	for i := range open {
		open[i] = i
	}
	distance := 0.3
	for len(open) > 1 {
		i := r.IntN(len(open))
		a := open[i]
		open = slices.Delete(open, i, i+1)
		j := r.IntN(len(open))
		distance += 1.2 / float64(n) * r.Float64()
		t.Merges = append(t.Merges, TreeMerge{min(a, open[j]), max(a, open[j]), distance, math.Sqrt(r.Float64())})
		open[j] = n + len(t.Merges) - 1
	}
	t.Merges[n-2].Support = 1
	return m, t
}

func withArrows(m MapData) MapData {
	for i, name := range []string{"United States", "North Korea", "South Korea", "conflict", "diplomacy", "economy", "legitimacy", "humanitarian", "strength", "a frame of hardly any weight"} {
		sin, cos := math.Sincos(float64(i * i))
		long := 1 / float64(i+1)
		m.Arrows = append(m.Arrows, MapArrow{name, long * cos, long * sin, i > 2})
	}
	return m
}

// mapFigures are the figures as sheets and as written.
func mapFigures(m MapData, t TreeData) []figure {
	a := withArrows(m)
	return []figure{
		{"map", func(o Options) *sheet { return mapSheet(m, o) }, func(w io.Writer, o Options) error { return SourceMap(w, m, o) }},
		{"biplot", func(o Options) *sheet { return mapSheet(a, o) }, func(w io.Writer, o Options) error { return SourceMap(w, a, o) }},
		{"dendrogram", func(o Options) *sheet { return treeSheet(t, o) }, func(w io.Writer, o Options) error { return Dendrogram(w, t, o) }},
	}
}

var five = []string{"WSWS 2001", "WSWS 2018", "World Lines", "DW", "teleSUR"}

// TestMapLayout: from 2 to 60 sources, however they lie, every name is there
// and none lies on another.
func TestMapLayout(t *testing.T) {
	for _, n := range []int{2, 3, 5, 8, 20, 60} {
		for _, how := range []string{"scattered", "clumps", "one place"} {
			for _, width := range []float64{0, leastWidth} {
				m, tree := scattered(n, how, five[:min(n, 2)])
				o, err := Options{Width: width}.check()
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range mapFigures(m, tree) {
					t.Run(fmt.Sprintf("%s/%d/%s/%g", f.name, n, how, width), func(t *testing.T) {
						s := f.sheet(o)
						checkLayout(t, s)
						missing := 0
						for i := range n {
							number := fmt.Sprintf(" %d", i+1)
							if i < 2 {
								number = five[i]
							}
							if !slices.ContainsFunc(s.texts, func(l label) bool { return strings.HasSuffix(l.text, number) }) {
								missing++
							}
						}
						if missing > 0 {
							t.Errorf("%d names are missing", missing)
						}
						for i := range n {
							if f.name != "dendrogram" && n > mapNamed && !slices.ContainsFunc(s.texts, func(l label) bool { return l.text == strconv.Itoa(i+1) }) {
								t.Errorf("there is no point %d", i+1)
							}
						}
					})
				}
			}
		}
	}
}

// TestMapKeepsDistances: one unit on both axes.
func TestMapKeepsDistances(t *testing.T) {
	var b bytes.Buffer
	m := MapData{Sources: []string{"a", "b", "c"}, Points: [][2]float64{{0, 0}, {3, 0}, {0, 2}}}
	if err := SourceMap(&b, m, Options{Format: SVG}); err != nil {
		t.Fatal(err)
	}
	s := mapSheet(m, zeroOptions(t))
	at := map[string]rect{}
	for _, l := range s.texts {
		at[l.text] = l.rect
	}
	across, up := at["b"].left-at["a"].left, at["a"].top-at["c"].top
	if math.Abs(across/up-1.5) > 0.02 { // letters differ in width
		t.Errorf("3 across is %.1f points, 2 up %.1f", across, up)
	}
}

func TestMapErrors(t *testing.T) {
	good := TreeData{Sources: []string{"a", "b", "c"}, Merges: []TreeMerge{{0, 1, 1, 0.5}, {2, 3, 2, 1}}}
	change := func(f func(*TreeData)) TreeData {
		d := good
		d.Merges = slices.Clone(d.Merges)
		f(&d)
		return d
	}
	if err := Dendrogram(io.Discard, good, Options{}); err != nil {
		t.Error(err)
	}
	for name, d := range map[string]TreeData{
		"one source":     {Sources: []string{"a"}},
		"a merge missed": change(func(d *TreeData) { d.Merges = d.Merges[:1] }),
		"joined twice":   change(func(d *TreeData) { d.Merges[1].A = 0 }),
		"joined to come": change(func(d *TreeData) { d.Merges[0].B = 4 }),
		"no distance":    change(func(d *TreeData) { d.Merges[0].Distance = math.NaN() }),
		"support":        change(func(d *TreeData) { d.Merges[0].Support = 1.5 }),
	} {
		if err := Dendrogram(io.Discard, d, Options{}); err == nil || !strings.HasPrefix(err.Error(), "chart: dendrogram: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, d := range map[string]MapData{
		"no source":   {},
		"no point":    {Sources: []string{"a"}},
		"nowhere":     {Sources: []string{"a"}, Points: [][2]float64{{math.Inf(1), 0}}},
		"no way":      {Sources: []string{"a"}, Points: [][2]float64{{0, 0}}, Arrows: []MapArrow{{Name: "x", Y: math.NaN()}}},
		"two, a name": {Sources: []string{"a"}, Points: [][2]float64{{0, 0}, {1, 1}}},
	} {
		if err := SourceMap(io.Discard, d, Options{}); err == nil || !strings.HasPrefix(err.Error(), "chart: map: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMapSameBytes: the same data give the same bytes, in both formats.
func TestMapSameBytes(t *testing.T) {
	for _, f := range mapFigures(scattered(8, "scattered", five)) {
		for _, format := range []Format{PNG, SVG} {
			var a, b bytes.Buffer
			if err := f.write(&a, Options{Format: format}); err != nil {
				t.Fatal(err)
			}
			if err := f.write(&b, Options{Format: format}); err != nil {
				t.Fatal(err)
			}
			if a.Len() < 1000 || !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Errorf("%s: %d bytes, then %d others", f.name, a.Len(), b.Len())
			}
			if format == SVG && !strings.Contains(a.String(), "World Lines") {
				t.Errorf("%s: no name in the SVG", f.name)
			}
		}
	}
}

// TestMapSample writes what there is to look at where CHARTS names a folder.
func TestMapSample(t *testing.T) {
	dir := os.Getenv("CHARTS")
	if dir == "" {
		t.Skip("CHARTS names no folder to draw into")
	}
	for _, n := range []int{3, 5, 20, 60} {
		m, tree := scattered(n, "scattered", five[:min(n, 5)])
		for _, f := range mapFigures(m, tree) {
			for _, format := range []Format{PNG, SVG} {
				var b bytes.Buffer
				if err := f.write(&b, Options{Format: format}); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.%s", f.name, n, []string{"png", "svg"}[format])), b.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
