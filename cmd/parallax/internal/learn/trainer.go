package learn

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"parallax/analysis/framing"
	"parallax/lexicon"
)

// The form of the training, found by trying on the held part of the labels:
// data/README.md of the lexicon has the table.
const (
	epochs      = 4
	rate        = 0.05 // of Adagrad, falling to 0 in a straight line
	rateRows    = 0.4  // of that, for what is a word's own: it learns slower than what all words share
	rateShared  = 1    // of that, for what is shared, which moves once a batch
	batch       = 512  // samples
	dropNumbers = 0.2  // of the numbers of each word, left out at random
	dropWords   = 0.02 // of the words, taken for unknown at random
	steadiness  = 1e-4 // keeps Adagrad's steps finite
)

const (
	kept    = 1 / (1 - dropNumbers)
	dropped = uint16(13107) // dropNumbers of 65536

	width    = lexicon.WindowWidth
	wide     = lexicon.WindowPools * width
	rowsWide = lexicon.WindowRows * width
)

// sample is one sentence and target to learn from.
type sample struct {
	ids    []uint16
	places []uint8
	y      [3]float32 // of negative, neutral, positive
	rating float32    // of a text without a target: how favourable its words are
	origin origin
	news   bool   // a rated text from the news
	group  uint32 // hash of the document
}

// param is a group of weights with the sums of squared gradients of Adagrad
// (Duchi, Hazan and Singer 2011).
type param struct{ w, sum []float32 }

func newParam(n int, spread, start float32, r *rand.Rand) param {
	p := param{make([]float32, n), make([]float32, n)}
	for i := range p.w {
		p.w[i], p.sum[i] = spread*float32(r.NormFloat64()), start
	}
	return p
}

// step moves the weights from at on against the gradient.
func (p *param) step(at int, gradient []float32, rate float32) {
	w, sum := p.w[at:at+len(gradient)], p.sum[at:at+len(gradient)]
	for j, g := range gradient {
		s := sum[j] + float32(g*g)
		sum[j] = s
		w[j] -= float32(rate*g) / (float32(math.Sqrt(float64(s))) + steadiness)
	}
}

// trainer is a [lexicon.Window] in the making, in floating point. A word's rows
// are the sum of its vector times matrices that all words share, so that rare
// words get what is learned of their like, and of rows of its own.
type trainer struct {
	rows, shared, places, linear, hidden, out, bias, valence param
	vectors                                                  []float32 // by id; zero where there is none
	r                                                        *rand.Rand
	rate                                                     float32

	// Of the batch in hand.
	full     []float32      // by id: the rows, those of the batch's words up to date
	slots    map[uint16]int // of the batch's words
	words    []uint16       // by slot
	gradient []float32      // by slot: of the rows
	scratch  [2][]float32

	// Of the sample in hand.
	ids  []uint16
	h    [][width]float32
	pool float32 // what sums over words are multiplied by
	sums [wide]float32
	on   [lexicon.WindowHidden]float32
	down [wide]float32 // the gradient by the sums
}

func newTrainer(vectors [][]float32, words int, seed uint64) *trainer {
	r := rand.New(rand.NewPCG(seed, 12))
	t := &trainer{
		r:       r,
		rows:    newParam(words*rowsWide, 0.01, 1e-3, r),
		shared:  newParam(vectorSize*rowsWide, 0.1, 0.1, r),
		places:  newParam(lexicon.WindowPlaces*width, 0.1, 0.1, r),
		linear:  newParam(2*wide, 0.2, 0.1, r),
		hidden:  newParam(lexicon.WindowHidden*wide, float32(1/math.Sqrt(wide)), 0.1, r),
		out:     newParam(2*lexicon.WindowHidden, 0.1, 0.1, r),
		bias:    newParam(1, 0, 1, r),
		valence: newParam(width, 0.05, 0.1, r),
	}
	t.bias.w[0] = -0.5
	clear(t.rows.w[:rowsWide]) // outside of the sentence
	t.full = make([]float32, len(t.rows.w))
	t.vectors = make([]float32, words*vectorSize)
	for i, v := range vectors {
		copy(t.vectors[(lexicon.WindowFirst+i)*vectorSize:], v)
	}
	return t
}

// begin takes up a batch: the rows of its words are brought up to date.
func (t *trainer) begin(samples []*sample) {
	t.slots, t.words = map[uint16]int{}, t.words[:0]
	take := func(id uint16) {
		if _, ok := t.slots[id]; !ok {
			t.slots[id] = len(t.words)
			t.words = append(t.words, id)
		}
	}
	take(lexicon.WindowUnknown)
	for _, s := range samples {
		for _, id := range s.ids {
			take(id)
		}
	}
	n := len(t.words)
	t.gradient = slices.Grow(t.gradient[:0], n*rowsWide)[:n*rowsWide]
	clear(t.gradient)
	t.fill()
}

// fill brings the rows of the batch's words up to date.
func (t *trainer) fill() {
	t.times(t.batchVectors(), t.shared.w, len(t.words), vectorSize, rowsWide, false)
	for slot, id := range t.words {
		full, own := t.full[int(id)*rowsWide:][:rowsWide], t.rows.w[int(id)*rowsWide:]
		for j, x := range t.scratch[1][slot*rowsWide:][:rowsWide] {
			full[j] = own[j] + x
		}
	}
}

// end moves what the words share.
func (t *trainer) end() {
	t.times(t.batchVectors(), t.gradient, vectorSize, len(t.words), rowsWide, true)
	t.shared.step(0, t.scratch[1][:vectorSize*rowsWide], t.rate*rateShared)
}

// batchVectors gathers the vectors of the batch's words.
func (t *trainer) batchVectors() []float32 {
	t.scratch[0] = t.scratch[0][:0]
	for _, id := range t.words {
		t.scratch[0] = append(t.scratch[0], t.vectors[int(id)*vectorSize:][:vectorSize]...)
	}
	return t.scratch[0]
}

// times puts a, of m rows or, where it is turned, m columns, times b, of n
// columns, into the second scratch.
func (t *trainer) times(a, b []float32, m, k, n int, turned bool) {
	t.scratch[1] = slices.Grow(t.scratch[1][:0], m*n)[:m*n]
	left := blas32.General{Rows: m, Cols: k, Stride: k, Data: a}
	turn := blas.NoTrans
	if turned {
		left, turn = blas32.General{Rows: k, Cols: m, Stride: m, Data: a}, blas.Trans
	}
	blas32.Gemm(turn, blas.NoTrans, 1, left, blas32.General{Rows: k, Cols: n, Stride: n, Data: b}, 0, blas32.General{Rows: m, Cols: n, Stride: n, Data: t.scratch[1]})
}

// stepRow moves a word's own row, and keeps what it is shown for the shared matrices.
func (t *trainer) stepRow(id uint16, k int, g *[width]float32) {
	at := rowAt(id, k)
	w, sum, full := t.rows.w[at:at+width], t.rows.sum[at:at+width], t.full[at:at+width]
	shown := t.gradient[t.slots[id]*rowsWide+at-int(id)*rowsWide:][:width]
	rate := t.rate * rateRows
	for j, x := range g {
		s := sum[j] + float32(x*x)
		step := float32(rate*x) / (float32(math.Sqrt(float64(s))) + steadiness)
		sum[j] = s
		w[j] -= step
		full[j] -= step
		shown[j] += x
	}
}

// finish brings the rows of all words up to date.
func (t *trainer) finish() {
	for first := 0; first*vectorSize < len(t.vectors); first += batch {
		t.words = t.words[:0]
		for id := first; id < min(first+batch, len(t.vectors)/vectorSize); id++ {
			t.words = append(t.words, uint16(id))
		}
		t.fill()
	}
}

// forward reads a sample and returns the log odds; learning drops numbers and
// words at random.
func (t *trainer) forward(s *sample, learning bool) (z [2]float32) {
	n := len(s.ids)
	t.ids = append(t.ids[:0], s.ids...)
	if cap(t.h) < n {
		t.h = make([][width]float32, n)
	}
	t.h = t.h[:n]
	if learning {
		for i, id := range t.ids {
			if id >= lexicon.WindowFirst && t.r.Float32() < dropWords {
				t.ids[i] = lexicon.WindowUnknown
			}
		}
	}
	clear(t.sums[:])
	for i := range t.h {
		h := &t.h[i]
		copy(h[:], t.places.w[int(s.places[i])*width:])
		for k := -lexicon.WindowReach; k <= lexicon.WindowReach; k++ {
			if j := i + k; j >= 0 && j < n {
				row := t.full[rowAt(t.ids[j], k):][:width]
				for d, x := range row {
					h[d] += x
				}
			}
		}
		for d, x := range h {
			h[d] = max(0, x)
		}
		if learning {
			for d := 0; d < width; d += 4 {
				bits := t.r.Uint64()
				for c := range 4 {
					if uint16(bits>>(16*c)) < dropped {
						h[d+c] = 0
					} else {
						h[d+c] *= kept
					}
				}
			}
		}
		for d, x := range h {
			t.sums[d] += x
		}
		if framing.Near(s.places[i]) {
			for d, x := range h {
				t.sums[width+d] += x
			}
		}
	}
	// So that what is said does not count for less in a short sentence.
	t.pool = float32(1 / math.Sqrt(float64(n)))
	for d := range t.sums {
		t.sums[d] *= t.pool
	}
	z = [2]float32{t.bias.w[0], t.bias.w[0]}
	for q := range z {
		z[q] += dot(t.linear.w[q*wide:][:wide], t.sums[:])
	}
	for k := range t.on {
		t.on[k] = max(0, dot(t.hidden.w[k*wide:][:wide], t.sums[:]))
		for q := range z {
			z[q] += float32(t.on[k] * t.out.w[q*lexicon.WindowHidden+k])
		}
	}
	return z
}

func rowAt(id uint16, k int) int {
	return (int(id)*lexicon.WindowRows + k + lexicon.WindowReach) * width
}

func dot(a, b []float32) float32 {
	var w, x, y, z float32
	for j := 0; j+3 < len(a); j += 4 {
		w += float32(a[j] * b[j])
		x += float32(a[j+1] * b[j+1])
		y += float32(a[j+2] * b[j+2])
		z += float32(a[j+3] * b[j+3])
	}
	return w + x + y + z
}

// learn takes one step on one sample and returns its loss.
func (t *trainer) learn(s *sample) float64 {
	z := t.forward(s, true)
	if s.origin == rated {
		return t.learnRating(s)
	}
	p := softmax3(z)
	var loss float64
	for k, y := range s.y {
		loss -= float64(y) * math.Log(float64(p[k])+1e-9)
	}
	g := [2]float32{p[0] - s.y[0], p[2] - s.y[2]}
	t.bias.step(0, []float32{g[0] + g[1]}, t.rate*0.1)
	var row [wide]float32
	clear(t.down[:])
	for q := range g {
		for j, x := range t.linear.w[q*wide:][:wide] {
			t.down[j] += float32(g[q] * x)
			row[j] = g[q] * t.sums[j]
		}
		t.linear.step(q*wide, row[:], t.rate)
	}
	var out [2 * lexicon.WindowHidden]float32
	for k, on := range t.on {
		if on == 0 {
			continue
		}
		d := float32(g[0]*t.out.w[k]) + float32(g[1]*t.out.w[lexicon.WindowHidden+k])
		out[k], out[lexicon.WindowHidden+k] = g[0]*on, g[1]*on
		for j, x := range t.hidden.w[k*wide:][:wide] {
			t.down[j] += float32(d * x)
			row[j] = d * t.sums[j]
		}
		t.hidden.step(k*wide, row[:], t.rate)
	}
	t.out.step(0, out[:], t.rate)
	t.learnRows(s)
	return loss
}

// learnRating takes a step on a sentence without a target.
func (t *trainer) learnRating(s *sample) float64 {
	miss := dot(t.valence.w, t.sums[:width]) - s.rating
	var row [width]float32
	clear(t.down[:])
	for j, x := range t.valence.w {
		t.down[j] = miss * x
		row[j] = miss * t.sums[j]
	}
	t.valence.step(0, row[:], t.rate)
	t.learnRows(s)
	return 0
}

// learnRows hands the gradient by the sums down to the rows and places.
func (t *trainer) learnRows(s *sample) {
	for i := range t.h {
		h := &t.h[i]
		var g [width]float32
		near := framing.Near(s.places[i])
		for d := range g {
			if h[d] > 0 {
				x := t.down[d]
				if near {
					x += t.down[width+d]
				}
				g[d] = t.pool * kept * x
			}
		}
		t.places.step(int(s.places[i])*width, g[:], t.rate)
		for k := -lexicon.WindowReach; k <= lexicon.WindowReach; k++ {
			if j := i + k; j >= 0 && j < len(t.ids) {
				t.stepRow(t.ids[j], k, &g)
			}
		}
	}
}

func softmax3(z [2]float32) [3]float32 {
	top := max(0, z[0], z[1])
	n, o, p := math.Exp(float64(z[0]-top)), math.Exp(float64(-top)), math.Exp(float64(z[1]-top))
	sum := n + o + p
	return [3]float32{float32(n / sum), float32(o / sum), float32(p / sum)}
}
