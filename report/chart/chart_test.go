package chart

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sample is a comparison of the size of the seeds: five sources, three targets.
func sample() (Grid, VoicesData, CourseData) {
	sources := []string{"WSWS 2001", "WSWS 2018", "World Lines", "DW", "teleSUR"}
	targets := []string{"United States", "North Korea", "South Korea"}
	tones := [][]float64{{-0.34, -0.06, 0.08}, {-0.4, 0.03, -0.12}, {-0.05, -0.31, 0.17}, {0.02, -0.38, 0.05}, {-0.36, 0.3, 0}}
	ns := [][]int{{40, 22, 31}, {38, 27, 12}, {14, 33, 9}, {18, 36, 4}, {12, 16, 0}}
	return made(sources, targets, func(i, j int) (float64, int) { return tones[i][j], ns[i][j] })
}

// crowd is a made-up comparison with long names.
func crowd(sources, targets int) (Grid, VoicesData, CourseData) {
	var s, t []string
	for i := range sources {
		s = append(s, fmt.Sprintf("The Quite Remarkably Long-Winded Morning Post and Evening Intelligencer %d", i+1))
	}
	for j := range targets {
		t = append(t, fmt.Sprintf("The Federated Democratic Republic of Upper and Lower Incomprehensibility %d", j+1))
	}
	r := rand.New(rand.NewPCG(1, 2))
	return made(s, t, func(int, int) (float64, int) { return float64(r.IntN(141)-70) / 100, r.IntN(120) })
}

func made(sources, targets []string, cell func(i, j int) (tone float64, n int)) (Grid, VoicesData, CourseData) {
	r := rand.New(rand.NewPCG(3, 4))
	text := Text{
		Title:    "In their own voice, the WSWS and teleSUR frame the United States unfavourably; DW and World Lines frame North Korea so, and teleSUR alone frames it favourably",
		Subtitle: "Mean tone of sentences, −1 unfavourable to +1 favourable; n: sentences; lines: 95 % bootstrap interval by paragraph",
		Caption:  "Five articles, 2001-09-28 to 2021-10. Parallax 0.1, lexicon 1, seed 1.",
	}
	g := Grid{Text: text, Sources: sources, Targets: targets}
	v := VoicesData{Text: text, Sources: sources, Targets: targets}
	c := CourseData{Text: text, Sources: sources, Targets: targets}
	clip := func(x float64) float64 { return min(max(x, -1), 1) }
	estimate := func(tone float64, n int) Estimate {
		half := 0.08 + 0.8/float64(n+4)
		low, high := clip(tone-half), clip(tone+half*1.1)
		return Estimate{Tone: tone, Low: low, High: high, N: n, Carried: low > 0 || high < 0}
	}
	for i := range sources {
		var all, own, quoted []Estimate
		var along [][]Sentence
		var gaps []Contrast
		for j := range targets {
			tone, n := cell(i, j)
			k := n / 3
			all = append(all, estimate(tone, n))
			own = append(own, estimate(clip(tone-0.05), n-k))
			quoted = append(quoted, estimate(clip(tone/2+0.12*float64(r.IntN(3)-1)), k))
			gaps = append(gaps, Contrast{})
			if a, b := own[j], quoted[j]; a.N > 0 && b.N > 0 {
				gaps[j] = Contrast{NA: a.N, NB: b.N, Difference: a.Tone - b.Tone, Low: a.Tone - b.Tone - 0.3, High: min(2, a.Tone-b.Tone+0.3), Carried: a.Tone-b.Tone > 0.3}
			}
			var s []Sentence
			for range n {
				s = append(s, Sentence{Position: float64(r.IntN(1001)) / 1000, Tone: clip(float64(int(10*(tone+0.35*r.NormFloat64()))) / 10)})
			}
			along = append(along, s)
		}
		g.Cells = append(g.Cells, all)
		v.Own, v.Quoted, v.Gaps = append(v.Own, own), append(v.Quoted, quoted), append(v.Gaps, gaps)
		c.Sentences = append(c.Sentences, along)
	}
	return g, v, c
}

// figures are those of one comparison, as sheets and as written.
func figures(g Grid, v VoicesData, c CourseData) []figure {
	all := []figure{
		{"tone", func(o Options) *sheet { return toneSheet(g, o) }, func(w io.Writer, o Options) error { return Tone(w, g, o) }},
		{"heatmap", func(o Options) *sheet { return heatSheet(g.panel(), o) }, func(w io.Writer, o Options) error { return HeatMap(w, g, o) }},
		{"course", func(o Options) *sheet { return courseSheet(c, o) }, func(w io.Writer, o Options) error { return Course(w, c, o) }},
		{"voices", func(o Options) *sheet { return voicesSheet(v, o) }, func(w io.Writer, o Options) error { return Voices(w, v, o) }},
	}
	h := HeatData{Text: g.Text, Sources: g.Sources, Targets: g.Targets, Panels: []HeatPanel{{"Own voice", v.Own}, {"Quoted voices", v.Quoted}, {"All voices", g.Cells}}}
	all = append(all, figure{"heatmaps", func(o Options) *sheet { return heatSheet(h, o) }, func(w io.Writer, o Options) error { return HeatMaps(w, h, o) }})
	shares := HeatData{Text: g.Text, Sources: g.Sources, Targets: g.Targets, Panels: []HeatPanel{{"United States", sharesOf(g.Cells)}, {"North Korea", sharesOf(v.Own)}}, Shares: true, None: "sentence"}
	all = append(all, figure{"shares", func(o Options) *sheet { return heatSheet(shares, o) }, func(w io.Writer, o Options) error { return HeatMaps(w, shares, o) }})
	if r := reliabilityOf(g); r.check() == nil {
		all = append(all, figure{"reliability", func(o Options) *sheet { return reliabilitySheet(r, o) }, func(w io.Writer, o Options) error { return Reliability(w, r, o) }})
	}
	if d := contrastsOf(g); d.check() == nil { // there are two sources
		all = append(all, figure{"contrasts", func(o Options) *sheet { return contrastsSheet(d, o) }, func(w io.Writer, o Options) error { return Contrasts(w, d, o) }})
	}
	if d := timelineOf(g); d.check() == nil {
		all = append(all, figure{"timeline", func(o Options) *sheet { return timelineSheet(d, o) }, func(w io.Writer, o Options) error { return Timeline(w, d, o) }})
	}
	if d := wordsOf(g); d.check() == nil {
		all = append(all, figure{"words", func(o Options) *sheet { return wordsSheet(d, o) }, func(w io.Writer, o Options) error { return Words(w, d, o) }})
	}
	return all
}

type figure struct {
	name  string
	sheet func(Options) *sheet
	write func(io.Writer, Options) error
}

func zeroOptions(t *testing.T) Options {
	t.Helper()
	o, err := Options{}.check()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (r rect) overlaps(q rect) bool {
	const touch = 1e-6
	return r.left < q.right-touch && q.left < r.right-touch && r.top < q.bottom-touch && q.top < r.bottom-touch
}

// checkLayout fails for text that leaves the sheet, lies on other text or, if
// it is no cell of a table, on data.
func checkLayout(t *testing.T, s *sheet) {
	t.Helper()
	faults := 0
	fault := func(format string, args ...any) {
		if faults++; faults <= 5 {
			t.Errorf(format, args...)
		}
	}
	if len(s.texts) == 0 {
		t.Fatal("no text at all")
	}
	const edge = 4 // points of paper that stay free
	for i, a := range s.texts {
		if a.left < edge || a.top < edge || a.right > s.width-edge || a.bottom > s.height-edge {
			fault("%q at %.1f leaves the sheet of %.1f by %.1f", a.text, a.rect, s.width, s.height)
		}
		for _, b := range s.texts[:i] {
			if a.overlaps(b.rect) {
				fault("%q at %.1f lies on %q at %.1f", a.text, a.rect, b.text, b.rect)
			}
		}
		for _, p := range s.plots {
			if a.overlaps(p) {
				fault("%q at %.1f lies on the data in %.1f", a.text, a.rect, p)
			}
		}
	}
	for i, p := range s.plots {
		if p.right-p.left < 90 || p.bottom <= p.top {
			fault("plot %.1f is too small to read", p)
		}
		for _, q := range s.plots[:i] {
			if p.overlaps(q) {
				fault("plot %.1f lies on plot %.1f", p, q)
			}
		}
	}
	if faults > 5 {
		t.Errorf("and %d more", faults-5)
	}
}

// crowds are numbers of sources: those above ten make tests slow.
func crowds(all ...int) []int {
	if os.Getenv("PARALLAX_SLOW") == "" {
		all = slices.DeleteFunc(all, func(n int) bool { return n > 10 })
	}
	return all
}

func TestLayout(t *testing.T) {
	for _, sources := range crowds(1, 2, 5, 20, 60) {
		for _, targets := range []int{1, 3, 20} {
			for _, width := range []float64{0, leastWidth} {
				g, v, c := crowd(sources, targets)
				o, err := Options{Width: width}.check()
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range figures(g, v, c) {
					t.Run(fmt.Sprintf("%s/%dx%d/%g", f.name, sources, targets, o.Width), func(t *testing.T) {
						checkLayout(t, f.sheet(o))
					})
				}
			}
		}
	}
}

// Names may be anything: without a space to break at, without letters, empty.
func TestLayoutOddNames(t *testing.T) {
	names := []string{"", " ", "x", strings.Repeat("W", 400), strings.Repeat("two ", 200), "a\nb\tc\x00d", "\xff\xfe", "Правда", "로동신문"}
	g, v, c := made(names, names, func(i, j int) (float64, int) { return float64(i-j) / 10, 100000 * (i % 2) })
	for i, row := range c.Sentences {
		for j := range row {
			c.Sentences[i][j] = row[j][:min(len(row[j]), 20)]
		}
	}
	for _, text := range []Text{{}, {Title: strings.Repeat("long ", 200), Subtitle: strings.Repeat("W", 1000), Caption: "a\nb"}} {
		g.Text, v.Text, c.Text = text, text, text
		for _, f := range figures(g, v, c) {
			t.Run(f.name, func(t *testing.T) { checkLayout(t, f.sheet(zeroOptions(t))) })
		}
	}
}

// Every source, target, n and number of the sample is to be read in the figure.
func TestSampleIsComplete(t *testing.T) {
	g, v, c := sample()
	want := map[string][]string{
		"tone":        {"n 40", "n 0", "no mention", "−0.34 [−0.44, −0.23]", "~ +0.02 [−0.10, +0.15]", "← unfavourable", "favourable →", "−0.6", "+0.6"},
		"heatmap":     {"−0.34", "[−0.44, −0.23] · n 40", "~ +0.02", "–", "no mention", "unfavourable", "favourable", "−0.4", "+0.4"},
		"heatmaps":    {"Own voice", "Quoted voices", "All voices", "−0.34", "n 27", "no mention"},
		"shares":      {"84 %", "73–94 % · n 40", "no sentence", "never", "often", "100 %", "too few to tell"},
		"timeline":    {"2016 Q1", "2018 Q2", "n 320", "favourable", "mean of a period with its interval"},
		"reliability": {"100 %", "3000", "9000", "right", "confidence: the probability of the likeliest class"},
		"words":       {"bombardment0", "~ verhandlungen0", "5.0", "a single article carries it"},
		"course":      {"40", "unfavourable", "favourable", "start", "50 %", "end", "−1", "+1"},
		"contrasts":   {"n 18, 38", "DW – WSWS 2018", "+0.42 [+0.26, +0.58]", "~ +0.07 [−0.11, +0.25]", "holds after correction", "the first is more favourable →", "−0.2", "+1"},
		"voices":      {"n 27 + 13", "n 0 + 0", "own voice", "quoted voices", "~ −0.34 [−0.64, −0.04]", "right: own less quoted"},
	}
	for _, f := range figures(g, v, c) {
		t.Run(f.name, func(t *testing.T) {
			s := f.sheet(zeroOptions(t))
			checkLayout(t, s)
			names := slices.Concat(g.Sources, g.Targets)
			if f.name == "reliability" { // of predictions, not of sources
				names = nil
			}
			for _, w := range slices.Concat(names, []string{clean(g.Subtitle), g.Caption}, want[f.name]) {
				if !slices.ContainsFunc(s.texts, func(l label) bool { return strings.Contains(l.text, w) }) {
					t.Errorf("%q is not in the figure", w)
				}
			}
		})
	}
}

func TestSameBytes(t *testing.T) {
	g, v, c := sample()
	for _, f := range figures(g, v, c) {
		for _, format := range []Format{PNG, SVG} {
			if format == PNG && os.Getenv("PARALLAX_SLOW") == "" {
				continue // pictures take seconds to pack
			}
			t.Run(fmt.Sprint(f.name, format), func(t *testing.T) {
				var a, b bytes.Buffer
				if err := f.write(&a, Options{Format: format}); err != nil {
					t.Fatal(err)
				}
				if err := f.write(&b, Options{Format: format}); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(a.Bytes(), b.Bytes()) {
					t.Error("two runs differ")
				}
				if format == SVG {
					d := xml.NewDecoder(&a)
					for {
						if _, err := d.Token(); err == io.EOF {
							break
						} else if err != nil {
							t.Fatal(err)
						}
					}
				}
			})
		}
	}
}

// Names are data in an SVG too.
func TestSVGEscapes(t *testing.T) {
	g := Grid{Sources: []string{"</text><script>"}, Targets: []string{"xlink\">\n&"}, Cells: [][]Estimate{{{N: 1}}}}
	var b bytes.Buffer
	if err := Tone(&b, g, Options{Format: SVG}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<script>") {
		t.Error("a name became markup")
	}
	if n := strings.Count(b.String(), "<style>"); n != 1 {
		t.Errorf("%d style elements, want 1", n)
	}
}

var update = flag.Bool("update", false, "rewrite the golden pictures")

// TestGolden compares pixels: machines differ in the last grey levels. It
// looks at the picture before its palette is chosen, which is up to counts.
func TestGolden(t *testing.T) {
	g, v, c := made([]string{"WSWS 2018", "DW"}, []string{"United States", "North Korea"},
		func(i, j int) (float64, int) { return [2][2]float64{{-0.4, 0.05}, {0.02, -0.35}}[i][j], 12 + 9*i - 3*j })
	text := Text{Title: "Made-up data", Subtitle: "Mean tone, −1 to +1", Caption: "Seed 1"}
	g.Text, v.Text, c.Text = text, text, text
	o, err := Options{Width: leastWidth}.check()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures(g, v, c) {
		t.Run(f.name, func(t *testing.T) {
			golden(t, f.name, f.sheet(o).image())
		})
	}
}

// golden holds a picture against the one kept under its name.
func golden(t *testing.T, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if *update {
		var b bytes.Buffer
		e := png.Encoder{CompressionLevel: png.BestCompression}
		if err := e.Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	want, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("%v, want the %v of %s", got.Bounds(), want.Bounds(), path)
	}
	const delta = 5 // of 255: 0.02, some grey levels
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			a, b := rgb(got.At(x, y)), rgb(want.At(x, y))
			if !near(a, b, delta) {
				t.Fatalf("pixel %d, %d is %v, not the %v of %s; look at both, and run go test -update if that is right", x, y, a, b, path)
			}
		}
	}
}

func rgb(c color.Color) [3]uint8 {
	v := color.NRGBAModel.Convert(c).(color.NRGBA)
	return [3]uint8{v.R, v.G, v.B}
}

// A palette moves no channel by more than the largest of shifts, and leaves
// the colours of large areas alone.
func TestPalettize(t *testing.T) {
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("looks at each pixel of large pictures; set PARALLAX_SLOW to run it")
	}
	g, v, c := sample()
	for _, f := range figures(g, v, c) {
		t.Run(f.name, func(t *testing.T) {
			img := f.sheet(zeroOptions(t)).image()
			p, ok := palettize(img)
			if !ok {
				t.Fatal("no palette: the file gets three times as large")
			}
			moved, all := 0, 0
			for y := range img.Bounds().Dy() {
				for x := range img.Bounds().Dx() {
					a, b := rgb(img.At(x, y)), rgb(p.At(x, y))
					if !near(a, b, shifts[len(shifts)-1]) {
						t.Fatalf("%d, %d: %v became %v", x, y, a, b)
					}
					all++
					if a != b {
						moved++
					}
				}
			}
			if moved*8 > all { // a table has many cells of much the same colour
				t.Errorf("%d of %d pixels moved", moved, all)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	ok := Estimate{Tone: 0.1, Low: -0.1, High: 0.2, N: 3}
	cell := func(change func(*Estimate)) Grid {
		e := ok
		change(&e)
		return Grid{Sources: []string{"a"}, Targets: []string{"b"}, Cells: [][]Estimate{{e}}}
	}
	nan, inf := math.NaN(), math.Inf(1)
	tone := func(g Grid) func(io.Writer) error {
		return func(w io.Writer) error { return Tone(w, g, Options{}) }
	}
	opt := func(o Options) func(io.Writer) error {
		return func(w io.Writer) error { return HeatMap(w, cell(func(*Estimate) {}), o) }
	}
	course := func(s Sentence, bandwidth float64) func(io.Writer) error {
		return func(w io.Writer) error {
			return Course(w, CourseData{Sources: []string{"a"}, Targets: []string{"b"}, Sentences: [][][]Sentence{{{s}}}, Bandwidth: bandwidth}, Options{})
		}
	}
	many := make([]string, 3000)
	for _, c := range []struct {
		name string
		draw func(io.Writer) error
		want string // part of the error
	}{
		{"no sources", tone(Grid{}), "no sources"},
		{"no targets", tone(Grid{Sources: []string{"a"}}), "no targets"},
		{"no row", tone(Grid{Sources: []string{"a"}, Targets: []string{"b"}}), "0 rows"},
		{"short row", tone(Grid{Sources: []string{"a"}, Targets: []string{"b"}, Cells: [][]Estimate{{}}}), "0 cells"},
		{"no mention at all", tone(cell(func(e *Estimate) { e.N = 0 })), "no source mentions any target"},
		{"NaN tone", tone(cell(func(e *Estimate) { e.Tone = nan })), `"a" towards "b": tone is NaN`},
		{"infinite low", tone(cell(func(e *Estimate) { e.Low = -inf })), "low end is -Inf"},
		{"high beyond the scale", tone(cell(func(e *Estimate) { e.High = 1.5 })), "high end is 1.5"},
		{"upside down", tone(cell(func(e *Estimate) { e.Low, e.High = 0.2, 0.1 })), "upside down"},
		{"negative n", tone(cell(func(e *Estimate) { e.N = -1 })), "n is -1"},
		{"narrow", opt(Options{Width: 100}), "at least 360"},
		{"NaN width", opt(Options{Width: nan}), "width"},
		{"height", opt(Options{MaxHeight: -1}), "height"},
		{"format", opt(Options{Format: 9}), "format"},
		{"position", course(Sentence{Position: 1.2}, 0), "position is 1.2"},
		{"NaN position", course(Sentence{Position: nan}, 0), "position is NaN"},
		{"sentence's tone", course(Sentence{Tone: nan}, 0), "sentence 1: tone is NaN"},
		{"bandwidth", course(Sentence{}, nan), "bandwidth"},
		{"voices", func(w io.Writer) error { return Voices(w, VoicesData{}, Options{}) }, "no sources"},
		{"voices without quoted", func(w io.Writer) error {
			g := cell(func(*Estimate) {})
			return Voices(w, VoicesData{Sources: g.Sources, Targets: g.Targets, Own: g.Cells}, Options{})
		}, "voices, quoted: 0 rows"},
		{"short gaps", func(w io.Writer) error {
			g := cell(func(*Estimate) {})
			return Voices(w, VoicesData{Sources: g.Sources, Targets: g.Targets, Own: g.Cells, Quoted: g.Cells, Gaps: [][]Contrast{{}}}, Options{})
		}, "gaps towards 0 of 1"},
		{"course without sentences", func(w io.Writer) error {
			return Course(w, CourseData{Sources: []string{"a"}, Targets: []string{"b"}, Sentences: [][][]Sentence{{{}}}}, Options{})
		}, "no source mentions any target"},
		{"a share below 0", func(w io.Writer) error {
			g := cell(func(e *Estimate) { e.Low = -0.1 })
			return HeatMaps(w, HeatData{Sources: g.Sources, Targets: g.Targets, Panels: []HeatPanel{{Cells: g.Cells}}, Shares: true}, Options{})
		}, "is below 0"},
		{"no predictions", func(w io.Writer) error {
			return Reliability(w, ReliabilityData{Bins: make([]ReliabilityBin, 10)}, Options{})
		}, "no prediction to draw"},
		{"NaN accuracy", func(w io.Writer) error {
			return Reliability(w, ReliabilityData{Bins: []ReliabilityBin{{N: 1, Accuracy: nan}}}, Options{})
		}, "bin 1: NaN"},
		{"no words", func(w io.Writer) error {
			return Words(w, WordsData{Sources: []string{"a"}, Targets: []string{"t"}, Words: [][][]Word{{{}}}}, Options{})
		}, "no word to draw"},
		{"z of a word", func(w io.Writer) error {
			return Words(w, WordsData{Sources: []string{"a"}, Targets: []string{"t"}, Words: [][][]Word{{{{Text: "x", Z: nan}}}}}, Options{})
		}, `"x" of "a" near "t": z is NaN`},
		{"no periods", func(w io.Writer) error { return Timeline(w, TimelineData{}, Options{}) }, "no source mentions any target"},
		{"period out of order", func(w io.Writer) error {
			return Timeline(w, TimelineData{Targets: []string{"t"}, Periods: []string{"1", "2"}, Lines: [][]TimeLine{{{Source: "a", Points: []TimePoint{{ok, 1}, {ok, 0}}}}}}, Options{})
		}, `"a" towards "t": period 0 after 1`},
		{"no pairs", func(w io.Writer) error { return Contrasts(w, ContrastsData{}, Options{}) }, "no pair of sources"},
		{"pairs without targets", func(w io.Writer) error { return Contrasts(w, ContrastsData{Pairs: [][]Contrast{{}}}, Options{}) }, "1 of 0 targets"},
		{"NaN difference", func(w io.Writer) error {
			return Contrasts(w, ContrastsData{Targets: []string{"t"}, Pairs: [][]Contrast{{{A: "a", B: "b", Difference: nan}}}}, Options{})
		}, `"a" and "b" over "t": NaN`},
		{"too large", func(w io.Writer) error {
			g := Grid{Sources: many, Targets: []string{"b"}}
			for range many {
				g.Cells = append(g.Cells, []Estimate{ok})
			}
			return HeatMap(w, g, Options{})
		}, "million pixels"},
		{"writer", func(io.Writer) error {
			return Tone(failing{}, cell(func(*Estimate) {}), Options{})
		}, "disk full"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b bytes.Buffer
			err := c.draw(&b)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want an error with %q", err, c.want)
			}
			if b.Len() > 0 {
				t.Errorf("%d bytes were written all the same", b.Len())
			}
		})
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// A cell without a mention is not read: its mean is often NaN.
func TestNoMentionMayBeNaN(t *testing.T) {
	g := Grid{Sources: []string{"a", "b"}, Targets: []string{"c"}, Cells: [][]Estimate{{{Tone: math.NaN()}}, {{N: 1}}}}
	for _, draw := range []func(io.Writer, Grid, Options) error{Tone, HeatMap} {
		if err := draw(io.Discard, g, Options{}); err != nil {
			t.Error(err)
		}
	}
}

// FuzzTone draws any numbers and names, or says why not.
func FuzzTone(f *testing.F) {
	f.Add("a", "b", 0.1, -0.1, 0.3, 4)
	f.Add("", "…", -1.0, -1.0, 1.0, 1)
	f.Add("\x00", strings.Repeat("W", 99), math.NaN(), math.Inf(1), 2.0, -1)
	f.Fuzz(func(t *testing.T, source, target string, tone, low, high float64, n int) {
		g := Grid{Sources: []string{source}, Targets: []string{target}, Cells: [][]Estimate{{{Tone: tone, Low: low, High: high, N: n}}}}
		if g.check("tone") != nil {
			return
		}
		for _, s := range []*sheet{toneSheet(g, zeroOptions(t)), heatSheet(g.panel(), zeroOptions(t))} {
			checkLayout(t, s)
		}
	})
}

func BenchmarkFigures(b *testing.B) {
	g, v, c := sample()
	for _, f := range figures(g, v, c) {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				if err := f.write(io.Discard, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// contrastsOf are all pairs of a grid's sources, the surest first.
func contrastsOf(g Grid) ContrastsData {
	d := ContrastsData{Text: g.Text, Targets: g.Targets, Pairs: make([][]Contrast, len(g.Targets))}
	for j := range g.Targets {
		for i := range g.Sources {
			for k := range i {
				a, b := g.Cells[i][j], g.Cells[k][j]
				if a.N == 0 || b.N == 0 {
					continue
				}
				diff, half := a.Tone-b.Tone, math.Hypot(a.High-a.Low, b.High-b.Low)/2
				d.Pairs[j] = append(d.Pairs[j], Contrast{A: g.Sources[i], B: g.Sources[k], NA: a.N, NB: b.N,
					Difference: diff, Low: max(-2, diff-half), High: min(2, diff+half), Carried: math.Abs(diff) > half})
			}
		}
		slices.SortStableFunc(d.Pairs[j], func(a, b Contrast) int {
			return cmp.Compare(math.Abs(b.Difference)/(b.High-b.Low), math.Abs(a.Difference)/(a.High-a.Low))
		})
	}
	return d
}

// timelineOf has every source's tone drift over ten quarters, of which some are
// missing.
func timelineOf(g Grid) TimelineData {
	d := TimelineData{Text: g.Text, Targets: g.Targets, Lines: make([][]TimeLine, len(g.Targets))}
	for k := range 10 {
		d.Periods = append(d.Periods, fmt.Sprintf("%d Q%d", 2016+k/4, k%4+1))
	}
	for j := range g.Targets {
		for i, source := range g.Sources {
			l := TimeLine{Source: source}
			for k := range d.Periods {
				if e := g.Cells[i][j]; e.N > 0 && (i+j+k)%5 != 4 {
					e.Tone = max(-1, min(1, e.Tone+0.03*float64(k-5)))
					e.Low, e.High = max(-1, e.Tone-0.2), min(1, e.Tone+0.2)
					e.Carried = e.Low > 0 || e.High < 0
					l.Points = append(l.Points, TimePoint{e, k})
				}
			}
			d.Lines[j] = append(d.Lines[j], l)
		}
	}
	return d
}

// wordsOf has some words for every cell of a grid with sentences.
func wordsOf(g Grid) WordsData {
	d := WordsData{Text: g.Text, Sources: g.Sources, Targets: g.Targets}
	stems := []string{"bombardment", "peace", "sanctions", "verhandlungen", "denuclearisation", "war"}
	for i := range g.Sources {
		var row [][]Word
		for j := range g.Targets {
			var words []Word
			for k := range g.Cells[i][j].N / 4 {
				words = append(words, Word{Text: fmt.Sprint(stems[(i+j+k)%len(stems)], j), Z: 5 / float64(k+1), Count: 900 - k, Rest: k * 700, Carried: k%4 != 3})
			}
			row = append(row, words)
		}
		d.Words = append(d.Words, row)
	}
	return d
}

// sharesOf makes shares of tones.
func sharesOf(cells [][]Estimate) [][]Estimate {
	out := make([][]Estimate, len(cells))
	for i, row := range cells {
		for _, e := range row {
			e.Tone, e.Low, e.High = max(0, (1-2*e.Tone)/2), max(0, (1-2*e.High)/2), min(1, (1-2*e.Low)/2)
			e.Tone, e.Low = min(1, e.Tone), min(1, e.Low)
			out[i] = append(out[i], e)
		}
	}
	return out
}

// reliabilityOf has ten bins, of which some hold nothing.
func reliabilityOf(g Grid) ReliabilityData {
	d := ReliabilityData{Text: g.Text, Bins: make([]ReliabilityBin, 10)}
	for i := range d.Bins {
		if i > 2 {
			c := (float64(i) + 0.5) / 10
			d.Bins[i] = ReliabilityBin{N: 1000 * i, Confidence: c, Accuracy: c * c, Low: c*c - 0.05, High: min(1, c*c+0.08)}
		}
	}
	return d
}
