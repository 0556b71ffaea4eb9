package compare

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/mds"

	"parallax/analysis"
)

// Bounds of maps.
const (
	// maxMapped is how many sources are laid out: those with most sentences.
	// More names than that are not legible, and a set of them is a uint64.
	maxMapped = 60
	// maxMapWords is how many terms are told apart, those that weigh most; the
	// others count as one. In the seeds' own voice 400 of 990 terms are 0.85 of
	// all that moves tones; 200 are 0.70.
	maxMapWords = 400
	// maxMapUnits is how many documents of a source are resampled: a bottom-k
	// sample of them. Fewer documents vary more, so what is stable among these
	// is so among all.
	maxMapUnits = 256
	// mapResamples is how often sources are resampled. The share of 0.95 of them
	// has a standard error of 0.007.
	mapResamples = 1000
	// A source with fewer sentences, or fewer documents or paragraphs to draw
	// from, has no place: its neighbours are chance. These are the counts below
	// which a cell warns, and carries nothing.
	minMapSentences = 10
	minMapUnits     = 3
)

// StableFrom is the share of resamples in which a group of sources must come
// out for it to be carried by the data.
const StableFrom = 0.95

// Maps gathers observations for a [Map]. Make one with [NewMaps]. It is not safe
// for use by several goroutines at once.
type Maps struct {
	voice   string
	sources map[string]*portrait
}

// NewMaps returns an empty one for a voice, or for [VoiceAll].
func NewMaps(voice string) *Maps { return &Maps{voice, map[string]*portrait{}} }

// portrait is what is known of a source.
type portrait struct {
	all        profile
	documents  bottom[profile]
	paragraphs map[int]*profile // nil where there are two documents or more
}

// profile is how a stretch of text frames.
type profile struct {
	n     int64
	tones map[string]cluster // by target
	marks map[mark]int64     // how often a frame; how much a term contributed either way, in units of 1/scale
}

// mark is a frame or a term of the lexicon.
type mark struct {
	kind MapBlock
	name string
}

// Add counts an observation where it is in the voice. It refuses what
// [Accumulator.Add] refuses.
func (m *Maps) Add(o analysis.Observation) error {
	if err := valid(o); err != nil {
		return err
	}
	if m.voice != VoiceAll && o.Voice != m.voice {
		return nil
	}
	s := m.sources[o.Source]
	if s == nil {
		s = &portrait{documents: bottom[profile]{limit: maxMapUnits}, paragraphs: map[int]*profile{}}
		m.sources[o.Source] = s
	}
	s.all.add(o)
	if d := s.documents.at(o.Document); d != nil {
		d.add(o)
	}
	if len(s.documents.values) > 1 || s.documents.over() {
		s.paragraphs = nil
		return nil
	}
	p := s.paragraphs[o.Paragraph]
	if p == nil {
		p = new(profile)
		s.paragraphs[o.Paragraph] = p
	}
	p.add(o)
	return nil
}

func (p *profile) add(o analysis.Observation) {
	if p.tones == nil {
		p.tones, p.marks = map[string]cluster{}, map[mark]int64{}
	}
	p.n++
	t := p.tones[o.Target]
	p.tones[o.Target] = cluster{t.tone + fixed(o.Tone), t.sentences + 1}
	for _, f := range o.Frames {
		p.marks[mark{MapFrames, f}]++
	}
	for _, e := range o.Evidence {
		if c := fixed(math.Abs(e.Contribution)); c > 0 {
			p.marks[mark{MapWords, e.Term}] += c
		}
	}
}

// units are what is drawn of a source.
func (p *portrait) units() (string, []*profile) {
	var out []*profile
	if names := p.documents.names(); len(names) > 1 {
		for _, id := range names {
			out = append(out, p.documents.values[id])
		}
		return UnitDocument, out
	}
	for _, i := range sortedKeys(p.paragraphs, cmp.Compare[int]) {
		out = append(out, p.paragraphs[i])
	}
	return UnitParagraph, out
}

// MapBlock is a kind of feature by which sources are compared.
type MapBlock string

// The blocks.
const (
	MapTone   MapBlock = "tone"   // mean tone towards each target
	MapFrames MapBlock = "frames" // shares of frames
	MapWords  MapBlock = "words"  // shares of terms in all that moved tones either way
)

// Map says how alike sources frame: distances, a plane of them, and groups. All
// lists of sources are in the order of Sources.
type Map struct {
	Voice     string     `json:"voice"`
	Sources   []string   `json:"sources"`
	Sentences []int      `json:"sentences"` // once for each target in them
	LeftOut   []Unmapped `json:"left_out,omitempty"`

	// Distances between sources; 1 is the root mean square over all pairs, so
	// they say which sources are near and which far within this comparison and
	// nothing beyond it. By block, in the same unit, and all together.
	Distances map[MapBlock][][]float64 `json:"distances_by"`
	Distance  [][]float64              `json:"distances"`

	Scaling Plane  `json:"scaling"`          // of Distance
	Biplot  *Plane `json:"biplot,omitempty"` // principal components of tone and frames; nil where there is one feature

	Merges    []Merge `json:"merges"`    // from the nearest to all
	Resamples int     `json:"resamples"` // of documents, or of paragraphs where a source has one document
}

// Unmapped is a source that has no place on a map, and why.
type Unmapped struct {
	Source string `json:"source"`
	Reason string `json:"reason"`
}

// Plane is a picture of sources in two dimensions.
type Plane struct {
	Points [][2]float64 `json:"points"`
	Share  [2]float64   `json:"share"` // of the squared distances that each axis shows
	Arrows []Arrow      `json:"arrows,omitempty"`
}

// Arrow is the direction into which a feature grows.
type Arrow struct {
	Block MapBlock `json:"block"`
	Name  string   `json:"name"` // a target, towards which tone gets more favourable, or a frame
	X     float64  `json:"x"`
	Y     float64  `json:"y"`
}

// Merge joins two groups into one. A and B are places in Sources, or their
// number plus the place in Merges of an earlier merge; A < B.
type Merge struct {
	A        int     `json:"a"`
	B        int     `json:"b"`
	Distance float64 `json:"distance"` // mean over pairs of one of A and one of B
	Size     int     `json:"size"`
	Support  float64 `json:"support"` // the share of resamples in which the same group comes out; 1 for the last, which is all
}

// Members are the places in Sources of what a merge joins, in order.
func (m *Map) Members(merge int) []int {
	var out []int
	var walk func(i int)
	walk = func(i int) {
		if i < len(m.Sources) {
			out = append(out, i)
			return
		}
		walk(m.Merges[i-len(m.Sources)].A)
		walk(m.Merges[i-len(m.Sources)].B)
	}
	walk(len(m.Sources) + merge)
	slices.Sort(out)
	return out
}

// Result lays out what has been added; nil where fewer than three sources have
// enough sentences, or where none differs from another.
//
// A source is a point: the mean tone towards each target, the square roots of
// the shares of frames, and those of the terms in the sum of the sizes of all
// contributions, so that distances within the latter two are Hellinger's. Each of the three blocks is divided by
// its root mean square distance over all pairs and so weighs the same, as in
// multiple factor analysis [1]. What a source says nothing about is set to the
// mean of the others. The distance of two sources is that of their points over
// the square root of the number of blocks. Few words make any two sources look
// farther apart than they are.
//
// The plane is classical scaling [2] of the distances; the biplot [3] shows the
// principal components of tone and frames with the direction of each feature.
// Groups come from average linkage [4]. Their support is Felsenstein's [5]: each
// source's documents are drawn again with replacement, or its paragraphs where
// it has one document, and all is done anew, 1000 times.
//
//	[1] Escofier and Pagès, "Multiple factor analysis", CSDA 18, 1994.
//	[2] Torgerson, "Multidimensional scaling", Psychometrika 17, 1952.
//	[3] Gabriel, "The biplot graphic display of matrices", Biometrika 58, 1971.
//	[4] Sokal and Michener, "A statistical method for evaluating systematic
//	    relationships", Univ. Kansas Science Bulletin 38, 1958.
//	[5] Felsenstein, "Confidence limits on phylogenies", Evolution 39, 1985.
func (m *Maps) Result(opts Options) *Map {
	out := &Map{Voice: m.voice, Resamples: mapResamples}
	ids := sortedKeys(m.sources, cmp.Compare[string])
	ids = slices.DeleteFunc(ids, func(id string) bool {
		s := m.sources[id]
		unit, units := s.units()
		reason := ""
		switch {
		case s.all.n < minMapSentences:
			reason = fmt.Sprintf("%d of the %d sentences that a place needs", s.all.n, minMapSentences)
		case len(units) < minMapUnits:
			reason = fmt.Sprintf("%d of the %d %ss that a place needs", len(units), minMapUnits, unit)
		default:
			return false
		}
		out.LeftOut = append(out.LeftOut, Unmapped{id, reason})
		return true
	})
	if len(ids) > maxMapped {
		bySize := slices.Clone(ids)
		slices.SortStableFunc(bySize, func(a, b string) int { return cmp.Compare(m.sources[b].all.n, m.sources[a].all.n) })
		for _, id := range bySize[maxMapped:] {
			out.LeftOut = append(out.LeftOut, Unmapped{id, fmt.Sprintf("not among the %d with most sentences", maxMapped)})
		}
		ids = bySize[:maxMapped]
		slices.Sort(ids)
	}
	if len(ids) < 3 {
		return nil
	}
	out.Sources = ids
	for _, id := range ids {
		out.Sentences = append(out.Sentences, int(m.sources[id].all.n))
	}

	f := m.features(ids)
	sums := make([][]int64, len(ids))
	for i, id := range ids {
		sums[i] = make([]int64, f.width())
		f.count(&m.sources[id].all).addTo(sums[i])
	}
	blocks := f.points(sums)
	var squares [][]float64
	if squares, out.Distances = together(blocks); squares == nil {
		return nil
	}
	out.Distance = roots(squares)
	out.Scaling = scaling(out.Distance)
	out.Biplot = f.biplot(blocks)
	out.Merges = linkage(out.Distance)
	out.support(m, f, opts.Seed)
	return out
}

// features are the columns of what sources are compared by: for each target the
// sum of tones and the number of sentences, then frames, then words.
type features struct {
	targets []string
	marks   []mark // frames, then words; the last stands for all other words
	frames  int    // of the marks
	at      map[mark]int
}

func (f *features) width() int { return 2*len(f.targets) + len(f.marks) }

func (m *Maps) features(ids []string) *features {
	targets, totals := map[string]bool{}, map[mark]int64{}
	for _, id := range ids {
		for t := range m.sources[id].all.tones {
			targets[t] = true
		}
		for k, n := range m.sources[id].all.marks {
			totals[k] += n
		}
	}
	f := &features{targets: sortedKeys(targets, cmp.Compare[string]), at: map[mark]int{}}
	var words []mark
	for k := range totals {
		if k.kind == MapFrames {
			f.marks = append(f.marks, k)
		} else {
			words = append(words, k)
		}
	}
	byName := func(a, b mark) int { return cmp.Compare(a.name, b.name) }
	slices.SortFunc(f.marks, byName)
	f.frames = len(f.marks)
	slices.SortFunc(words, func(a, b mark) int { return cmp.Or(cmp.Compare(totals[b], totals[a]), byName(a, b)) })
	f.marks = append(f.marks, words[:min(len(words), maxMapWords)]...)
	f.marks = append(f.marks, mark{kind: MapWords})
	for i, k := range f.marks {
		f.at[k] = 2*len(f.targets) + i
	}
	return f
}

// sparse is the counts of a profile that are not 0.
type sparse []struct {
	at int
	n  int64
}

func (s sparse) addTo(dense []int64) {
	for _, e := range s {
		dense[e.at] += e.n
	}
}

func (f *features) count(p *profile) sparse {
	dense := make([]int64, f.width())
	for i, t := range f.targets {
		dense[2*i], dense[2*i+1] = p.tones[t].tone, p.tones[t].sentences
	}
	for k, n := range p.marks {
		at, ok := f.at[k]
		if !ok {
			at = f.width() - 1
		}
		dense[at] += n
	}
	var out sparse
	for at, n := range dense {
		if n != 0 {
			out = append(out, struct {
				at int
				n  int64
			}{at, n})
		}
	}
	return out
}

// points are the sources by their counts, a matrix for each block.
func (f *features) points(sums [][]int64) map[MapBlock][][]float64 {
	out := map[MapBlock][][]float64{}
	for _, row := range sums {
		tones := make([]float64, len(f.targets))
		for i := range tones {
			tones[i] = math.NaN()
			if n := row[2*i+1]; n > 0 {
				tones[i] = mean(row[2*i], n)
			}
		}
		out[MapTone] = append(out[MapTone], tones)
		marks := row[2*len(f.targets):]
		out[MapFrames] = append(out[MapFrames], shares(marks[:f.frames]))
		out[MapWords] = append(out[MapWords], shares(marks[f.frames:]))
	}
	for _, m := range out {
		fillIn(m)
	}
	return out
}

// shares are the square roots of the shares of a sum; NaN where it is 0.
func shares(counts []int64) []float64 {
	sum := int64(0)
	for _, n := range counts {
		sum += n
	}
	out := make([]float64, len(counts))
	for i, n := range counts {
		out[i] = math.Sqrt(float64(n) / float64(sum))
	}
	return out
}

// fillIn replaces NaN by the mean of the column's other values, or by 0.
func fillIn(m [][]float64) {
	for j := range m[0] {
		sum, n := 0.0, 0
		for i := range m {
			if !math.IsNaN(m[i][j]) {
				sum, n = sum+m[i][j], n+1
			}
		}
		for i := range m {
			if math.IsNaN(m[i][j]) {
				m[i][j] = sum / float64(max(n, 1))
			}
		}
	}
}

// together puts the blocks' squared distances together, and gives the distances
// by block, in units of their root mean square. A block in which no two differ
// counts nothing; where no block counts, squares are nil.
func together(blocks map[MapBlock][][]float64) (squares [][]float64, by map[MapBlock][][]float64) {
	by = map[MapBlock][][]float64{}
	counted := 0
	for _, b := range []MapBlock{MapTone, MapFrames, MapWords} {
		d := squaredDistances(blocks[b])
		unit := meanSquare(d)
		if unit < 1e-12 { // rounding
			continue
		}
		counted++
		if squares == nil {
			squares = make([][]float64, len(d))
			for i := range squares {
				squares[i] = make([]float64, len(d))
			}
		}
		for i := range d {
			for j := range d[i] {
				d[i][j] /= unit
				squares[i][j] += d[i][j]
			}
		}
		by[b] = roots(d)
	}
	for i := range squares {
		for j := range squares[i] {
			squares[i][j] /= float64(counted)
		}
	}
	return squares, by
}

func squaredDistances(points [][]float64) [][]float64 {
	out := make([][]float64, len(points))
	for i, p := range points {
		out[i] = make([]float64, len(points))
		for j, q := range points[:i] {
			for k := range p {
				out[i][j] += float64((p[k] - q[k]) * (p[k] - q[k]))
			}
			out[j][i] = out[i][j]
		}
	}
	return out
}

// meanSquare is the mean over pairs.
func meanSquare(squares [][]float64) float64 {
	sum, n := 0.0, 0
	for i := range squares {
		for j := range i {
			sum, n = sum+squares[i][j], n+1
		}
	}
	return sum / float64(n)
}

func roots(squares [][]float64) [][]float64 {
	out := make([][]float64, len(squares))
	for i, row := range squares {
		for _, v := range row {
			out[i] = append(out[i], sixDecimals(math.Sqrt(v)))
		}
	}
	return out
}

// sixDecimals rounds: beyond, machines may differ.
func sixDecimals(x float64) float64 { return math.Round(x*1e6)/1e6 + 0 } // not -0

// scaling is classical scaling of distances.
func scaling(d [][]float64) Plane {
	n := len(d)
	dis := mat.NewSymDense(n, nil)
	for i := range d {
		for j := range i {
			dis.SetSym(i, j, d[i][j])
		}
	}
	var at mat.Dense
	k, eigen := mds.TorgersonScaling(&at, make([]float64, n), dis)
	p := Plane{Points: make([][2]float64, n)}
	sum := 0.0
	for _, v := range eigen {
		sum += max(v, 0)
	}
	for axis := range min(k, 2) {
		p.Share[axis] = sixDecimals(max(eigen[axis], 0) / sum)
		for i := range n {
			p.Points[i][axis] = at.At(i, axis)
		}
	}
	p.orient()
	return p
}

// biplot is the first principal components of tone and frames, nil where there
// are no two features.
func (f *features) biplot(blocks map[MapBlock][][]float64) *Plane {
	n := len(blocks[MapTone])
	var arrows []Arrow
	columns := make([][]float64, n)
	for _, b := range []MapBlock{MapTone, MapFrames} {
		unit := math.Sqrt(meanSquare(squaredDistances(blocks[b])))
		if unit < 1e-6 {
			continue
		}
		for i, row := range blocks[b] {
			for _, v := range row {
				columns[i] = append(columns[i], v/unit)
			}
		}
		for j := range blocks[b][0] {
			a := Arrow{Block: b}
			if b == MapTone {
				a.Name = f.targets[j]
			} else {
				a.Name = f.marks[j].name
			}
			arrows = append(arrows, a)
		}
	}
	width := len(arrows)
	if width < 2 {
		return nil
	}
	x := mat.NewDense(n, width, nil)
	for j := range width {
		sum := 0.0
		for i := range n {
			sum += columns[i][j]
		}
		for i := range n {
			x.Set(i, j, columns[i][j]-sum/float64(n))
		}
	}
	var pc stat.PC
	if !pc.PrincipalComponents(x, nil) {
		return nil
	}
	var directions, scores mat.Dense
	pc.VectorsTo(&directions)
	scores.Mul(x, &directions)
	p := &Plane{Points: make([][2]float64, n), Arrows: arrows}
	variances := pc.VarsTo(nil)
	sum := 0.0
	for _, v := range variances {
		sum += v
	}
	for axis := range min(2, len(variances)) {
		p.Share[axis] = sixDecimals(variances[axis] / sum)
		for i := range n {
			p.Points[i][axis] = scores.At(i, axis)
		}
		for j := range arrows {
			*[]*float64{&arrows[j].X, &arrows[j].Y}[axis] = directions.At(j, axis)
		}
	}
	p.orient()
	return p
}

// orient turns each axis so that the point farthest out on it is on its
// positive side, as the sign of an eigenvector is arbitrary, and rounds.
func (p *Plane) orient() {
	for axis := range 2 {
		far := 0.0
		for _, q := range p.Points {
			if math.Abs(q[axis]) > math.Abs(far)+1e-9 { // of two as far, the first
				far = q[axis]
			}
		}
		sign := math.Copysign(1, far)
		for i := range p.Points {
			p.Points[i][axis] = sixDecimals(sign * p.Points[i][axis])
		}
		for i := range p.Arrows {
			v := []*float64{&p.Arrows[i].X, &p.Arrows[i].Y}[axis]
			*v = sixDecimals(sign * *v)
		}
	}
}

// linkage is agglomerative clustering with average linkage. Of equal distances
// the one of the groups that come first is taken.
func linkage(distances [][]float64) []Merge {
	n := len(distances)
	d := make([][]float64, n)
	for i := range d {
		d[i] = slices.Clone(distances[i])
	}
	id, size := make([]int, n), make([]int, n) // of the group in a row
	rows := make([]int, n)
	for i := range n {
		id[i], size[i], rows[i] = i, 1, i
	}
	var out []Merge
	for len(rows) > 1 {
		a, b := rows[0], rows[1]
		for x, i := range rows {
			for _, j := range rows[x+1:] {
				if d[i][j] < d[a][b] {
					a, b = i, j
				}
			}
		}
		out = append(out, Merge{A: min(id[a], id[b]), B: max(id[a], id[b]), Distance: sixDecimals(d[a][b]), Size: size[a] + size[b], Support: 1})
		for _, j := range rows {
			v := (float64(float64(size[a])*d[a][j]) + float64(float64(size[b])*d[b][j])) / float64(size[a]+size[b])
			d[a][j], d[j][a] = v, v
		}
		id[a], size[a] = n+len(out)-1, size[a]+size[b]
		rows = slices.DeleteFunc(rows, func(i int) bool { return i == b })
	}
	return out
}

// groups are the sets of sources that merges make, one bit a source.
func groups(merges []Merge) []uint64 {
	n := len(merges) + 1
	out := make([]uint64, 0, n)
	set := func(i int) uint64 {
		if i < n {
			return 1 << i
		}
		return out[i-n]
	}
	for _, m := range merges {
		out = append(out, set(m.A)|set(m.B))
	}
	return out
}

// support resamples and counts how often each group comes out.
func (m *Map) support(from *Maps, f *features, seed uint64) {
	units := make([][]sparse, len(m.Sources))
	for i, id := range m.Sources {
		_, profiles := from.sources[id].units()
		for _, p := range profiles {
			units[i] = append(units[i], f.count(p))
		}
	}
	ours := groups(m.Merges)
	found := make([][]uint64, mapResamples)
	each(mapResamples, func(r int) {
		draw := rand.New(stream(seed, "maps", strconv.Itoa(r)))
		sums := make([][]int64, len(units))
		for i, u := range units {
			sums[i] = make([]int64, f.width())
			for range u {
				u[draw.IntN(len(u))].addTo(sums[i])
			}
		}
		if squares, _ := together(f.points(sums)); squares != nil {
			found[r] = groups(linkage(roots(squares)))
		}
	})
	all := ^uint64(0) >> (64 - len(m.Sources))
	for i, g := range ours {
		if g == all {
			continue
		}
		n := 0
		for _, sets := range found {
			if slices.Contains(sets, g) {
				n++
			}
		}
		m.Merges[i].Support = float64(n) / mapResamples
	}
}
