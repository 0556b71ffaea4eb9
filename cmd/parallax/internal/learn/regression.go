package learn

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// design is a matrix of examples: a dense part and a sparse part, columns scaled
// so that each has the same penalty.
type design struct {
	dense  [][]float32 // by example
	sparse [][]cellOf  // by example
	d, m   int         // columns of each part
	alike  int         // the last columns of the sparse part move class 1 alone, so the others alike
}

// cellOf is a number of the sparse part.
type cellOf struct {
	column int32
	value  float32
}

func (x *design) columns() int { return x.d + x.m }

// part returns the design of some of the examples.
func (x *design) part(rows []int) *design {
	y := &design{d: x.d, m: x.m, alike: x.alike}
	for _, i := range rows {
		y.dense, y.sparse = append(y.dense, x.dense[i]), append(y.sparse, x.sparse[i])
	}
	return y
}

// times adds to out the product of example i and weights of k columns.
func (x *design) times(i int, w []float64, k int, out []float64) {
	if k == 3 { // nearly all the work
		a, b, c := out[0], out[1], out[2]
		for j, v := range x.dense[i] {
			if v != 0 {
				u, f := w[3*j:3*j+3], float64(v)
				a, b, c = a+f*u[0], b+f*u[1], c+f*u[2]
			}
		}
		out[0], out[1], out[2] = a, b, c
	} else {
		for j, v := range x.dense[i] {
			for c := range k {
				out[c] += float64(v) * w[j*k+c]
			}
		}
	}
	for _, e := range x.sparse[i] {
		if int(e.column) >= x.m-x.alike {
			out[1] += float64(e.value) * w[(x.d+int(e.column))*k+1]
			continue
		}
		for c := range k {
			out[c] += float64(e.value) * w[(x.d+int(e.column))*k+c]
		}
	}
}

// back adds example i times the errors e to the gradient.
func (x *design) back(i int, e []float64, g []float64) {
	k := len(e)
	if k == 3 {
		a, b, c := e[0], e[1], e[2]
		for j, v := range x.dense[i] {
			if v != 0 {
				u, f := g[3*j:3*j+3], float64(v)
				u[0], u[1], u[2] = u[0]+f*a, u[1]+f*b, u[2]+f*c
			}
		}
	} else {
		for j, v := range x.dense[i] {
			for c := range k {
				g[j*k+c] += float64(v) * e[c]
			}
		}
	}
	for _, s := range x.sparse[i] {
		if int(s.column) >= x.m-x.alike {
			g[(x.d+int(s.column))*k+1] += float64(s.value) * e[1]
			continue
		}
		for c := range k {
			g[(x.d+int(s.column))*k+c] += float64(s.value) * e[c]
		}
	}
}

// chunks is how many parts the examples are summed in, whatever the number of
// cores: so sums are the same on any machine.
const chunks = 8

// minimise fits weights for k outputs. loss gives the loss of an example and
// sets its errors, given its outputs; the last weight of all is the bias, which
// loss adds itself and whose error it returns. The penalty is half the square of
// every weight but the bias.
//
// The search goes on in the variables Lᵀw of the dense part, where h = LLᵀ is
// about the loss's curvature there: columns of vectors are far from independent,
// and without it hundreds of steps are not enough.
func (x *design) minimise(k, iterations int, h *mat.Cholesky, loss func(i int, out []float64, bias float64) (float64, float64)) []float64 {
	n := len(x.dense)
	size := x.columns() * k
	var l mat.TriDense
	h.LTo(&l)
	// solve overwrites the dense weights at the head of w with the solution of Lᵀ
	// (or L) times it.
	solve := func(w []float64, transposed bool) {
		m := mat.NewDense(x.d, k, w[:x.d*k])
		var out mat.Dense
		// A factor of a positive definite matrix can always be divided by.
		_ = l.SolveTo(&out, transposed, m)
		m.Copy(&out)
	}
	grads := make([][]float64, chunks)
	for c := range grads {
		grads[c] = make([]float64, size+1)
	}
	losses := make([]float64, chunks)
	both := func(w []float64) {
		var wg sync.WaitGroup
		free := make(chan bool, runtime.GOMAXPROCS(0))
		for c := range chunks {
			wg.Go(func() {
				free <- true
				defer func() { <-free }()
				g := grads[c]
				clear(g)
				losses[c] = 0
				out := make([]float64, k)
				for i := c * n / chunks; i < (c+1)*n/chunks; i++ {
					clear(out)
					x.times(i, w, k, out)
					l, b := loss(i, out, w[size])
					losses[c] += l
					g[size] += b
					x.back(i, out, g)
				}
			})
		}
		wg.Wait()
	}
	var last []float64
	var value float64
	gradient := make([]float64, size+1)
	at := func(u []float64) {
		if last != nil && floats.Equal(last, u) {
			return
		}
		last = append(last[:0], u...)
		w := slices.Clone(u)
		solve(w, true)
		both(w)
		value = 0
		copy(gradient, w)
		gradient[size] = 0
		for _, v := range w[:size] {
			value += v * v / 2
		}
		for c := range chunks {
			value += losses[c]
			floats.Add(gradient, grads[c])
		}
		solve(gradient, false)
	}
	p := optimize.Problem{
		Func: func(w []float64) float64 { at(w); return value },
		Grad: func(grad, w []float64) { at(w); copy(grad, gradient) },
	}
	// The error says that it stopped at the limit of steps: that is meant.
	r, _ := optimize.Minimize(p, make([]float64, size+1), &optimize.Settings{
		MajorIterations: iterations, Converger: &optimize.FunctionConverge{Absolute: 1e-3, Relative: 1e-7, Iterations: 5},
	}, &optimize.LBFGS{Store: 10})
	solve(r.X, true)
	return r.X
}

// curvature is about the second derivative of the log loss by the dense weights,
// penalty counted in: a share of the sum of the products of the dense columns with
// one another, and one.
func (x *design) curvature() *mat.Cholesky {
	const share = 0.22 // p(1-p) is 2/9 where three classes are alike
	all, product := *mat.NewDense(x.d, x.d, nil), mat.Dense{}
	const rows = 512 // at a time, so that the copy in float64 stays small
	for from := 0; from < len(x.dense); from += rows {
		to := min(from+rows, len(x.dense))
		m := mat.NewDense(to-from, x.d, nil)
		for i := from; i < to; i++ {
			for j, v := range x.dense[i] {
				m.Set(i-from, j, float64(v))
			}
		}
		product.Mul(m.T(), m) // several times as fast as SymRankK
		all.Add(&all, &product)
	}
	sum := mat.NewSymDense(x.d, nil)
	for i := range x.d {
		for j := i; j < x.d; j++ {
			sum.SetSym(i, j, share*all.At(i, j))
		}
		sum.SetSym(i, i, sum.At(i, i)+1)
	}
	var c mat.Cholesky
	c.Factorize(sum) // positive definite: a sum of squares and one
	return &c
}

// classes fits a multinomial logistic regression: labels 0, 1, 2 for negative,
// neutral, positive. The bias is one number, the log odds of negative and of
// positive against neutral where nothing is said.
//
// h is the design's curvature, or near it.
func (x *design) classes(labels []int, h *mat.Cholesky, iterations int) []float64 {
	return x.minimise(3, iterations, h, func(i int, out []float64, bias float64) (float64, float64) {
		out[0] += bias
		out[2] += bias
		softmax(out)
		l := -math.Log(max(out[labels[i]], 1e-12))
		out[labels[i]]--
		return l, out[0] + out[2]
	})
}

// predict returns the probabilities of example i.
func (x *design) predict(i int, w []float64) []float64 {
	out := make([]float64, 3)
	x.times(i, w, 3, out)
	out[0] += w[len(w)-1]
	out[2] += w[len(w)-1]
	softmax(out)
	return out
}

func softmax(xs []float64) {
	top := floats.Max(xs)
	for i := range xs {
		xs[i] = math.Exp(xs[i] - top)
	}
	floats.Scale(1/floats.Sum(xs), xs)
}
