package learn

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"parallax/analysis/framing"
)

// made is a design with random numbers, dense and sparse.
func made(n, d, m int) *design {
	r := rand.New(rand.NewPCG(1, 2))
	x := &design{d: d, m: m}
	for range n {
		row := make([]float32, d)
		for j := range row {
			row[j] = float32(r.NormFloat64())
		}
		x.dense = append(x.dense, row)
		x.sparse = append(x.sparse, []cellOf{{int32(r.IntN(m)), float32(r.NormFloat64())}})
	}
	return x
}

// full returns example i with all columns.
func (x *design) full(i int) []float64 {
	out := make([]float64, x.columns())
	for j, v := range x.dense[i] {
		out[j] = float64(v)
	}
	for _, c := range x.sparse[i] {
		out[x.d+int(c.column)] += float64(c.value)
	}
	return out
}

// The fit is where no small step makes the penalised loss less. Columns that move
// the other classes alike keep a tone of 0 where nothing else is said.
func TestClassesAreOptimal(t *testing.T) {
	for alike := range 2 {
		x := made(60, 4, 3)
		x.alike = alike
		labels := make([]int, 60)
		for i := range labels {
			labels[i] = (i*7 + int(x.dense[i][0]*2) + 30) % 3
		}
		w := x.classes(labels, x.curvature(), 200)
		loss := func(w []float64) float64 {
			var sum float64
			for i, l := range labels {
				sum -= math.Log(x.predict(i, w)[l])
			}
			for _, v := range w[:len(w)-1] {
				sum += v * v / 2
			}
			return sum
		}
		best := loss(w)
		for k := range w {
			for _, step := range []float64{0.05, -0.05} {
				v := append([]float64{}, w...)
				v[k] += step
				if l := loss(v); l < best-1e-3 {
					t.Errorf("%d alike, weight %d: loss %v, with a step of %v %v", alike, k, best, step, l)
				}
			}
		}
		if alike == 0 {
			continue
		}
		x.dense, x.sparse = append(x.dense, make([]float32, x.d)), append(x.sparse, []cellOf{{int32(x.m - 1), 1}})
		if p := x.predict(60, w); math.Abs(p[0]-p[2]) > 1e-12 || math.Abs(p[1]-1/(1+2*math.Exp(w[len(w)-1]))) < 1e-3 {
			t.Errorf("a column that moves the others alike: probabilities %v", p)
		}
	}
}

// Conjugate gradients find what the normal equations say.
func TestSquares(t *testing.T) {
	x := made(40, 5, 4)
	n := x.columns()
	y, weights := make([]float64, 40), make([]float64, 40)
	left, right := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	for i := range y {
		y[i], weights[i] = math.Sin(float64(i)), 1+float64(i%3)
		row := x.full(i)
		for a := range n {
			right.SetVec(a, right.AtVec(a)+weights[i]*y[i]*row[a])
			for b := a; b < n; b++ {
				left.SetSym(a, b, left.At(a, b)+weights[i]*row[a]*row[b])
			}
		}
	}
	for a := range n {
		left.SetSym(a, a, left.At(a, a)+1)
	}
	var c mat.Cholesky
	var want mat.VecDense
	if !c.Factorize(left) || c.SolveVecTo(&want, right) != nil {
		t.Fatal("the normal equations have no solution")
	}
	for a, v := range x.squares(y, weights, 100) {
		if math.Abs(v-want.AtVec(a)) > 1e-6 {
			t.Errorf("weight %d is %v, want %v", a, v, want.AtVec(a))
		}
	}
}

// Names, peoples and what no dictionary has get no vector.
func TestReadVectors(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	vector := "[6"
	for range dimensions + 1 {
		vector += ",0"
	}
	vector += "]"
	words := []string{"peace", "bush", "muslim", "xqz", "may", "n't", "war"}
	text := `{"words":["peace","bush","muslim","xqz","may","n't","war"],"vectors":{`
	for i, w := range words {
		if i > 0 {
			text += ","
		}
		text += `"` + w + `":` + vector
	}
	v, err := ReadVectors(write("v.json", text+"}}"), []string{write("words", "peace\nbush\nBush\nmuslim\nMay\nmay\nwar\n")}, map[string]int{"may": 9, "May": 3, "Bush": 4, "bush": 1}, 3)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := v.words, append([]string{"peace", "may", "n't"}, framing.Bare()...); !slices.Equal(got, want) {
		t.Errorf("words %q, want %q", got, want)
	}
	if x := v.of("may"); len(x) != dimensions || x[0] != 1 || x[1] != 0 {
		t.Errorf("the vector begins with %v", x[:2])
	}
}

func TestPlaces(t *testing.T) {
	const text = "Señor Núñez"
	if l := bytesOf(text, 6, 11); text[l.Start:l.End] != "Núñez" {
		t.Errorf("characters 6 to 11 are %q", text[l.Start:l.End])
	}
	if d := documentOf("a_1_22_333_Name_0_4"); d != "a_1_22" {
		t.Errorf("document %q", d)
	}
	// Where a word has a weight of its own, it has it in slots that exist, and
	// every slot of a distance leads to one of the same side.
	for s, name := range framing.Slots {
		c := coarse(uint8(s))
		if c == ignored {
			continue
		}
		if int(c) > s || s >= 3 && s < 13 && framing.Slots[c][:4] != name[:4] {
			t.Errorf("%s leads to %s", name, framing.Slots[c])
		}
	}
}

// The factors that decide are the best of their grid.
func TestDecide(t *testing.T) {
	p := [][]float64{{0.3, 0.6, 0.1}, {0.1, 0.8, 0.1}, {0.1, 0.6, 0.3}, {0.05, 0.9, 0.05}}
	labels := []int{0, 1, 2, 1}
	factors, best := decide(p, labels)
	if best != 1 || class(p[0], factors) != 0 || class(p[2], factors) != 2 {
		t.Errorf("factors %v, macro F1 %v", factors, best)
	}
	if f := macroF1([]int{0, 0, 1, 2}, []int{0, 1, 1, 1}); math.Abs(f-(2.0/3+0.5+0)/3) > 1e-12 {
		t.Errorf("macro F1 %v", f)
	}
	if e := calibrationError([][]float64{{0.8, 0.1, 0.1}, {0.8, 0.1, 0.1}}, []int{0, 1}); math.Abs(e-0.3) > 1e-12 {
		t.Errorf("calibration error %v", e)
	}
}
