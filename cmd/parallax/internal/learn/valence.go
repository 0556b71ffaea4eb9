package learn

import (
	"fmt"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Valences are how favourable words are by themselves, -1 to 1 for most.
type Valences struct {
	rated   map[string]float64
	induced []float64 // weights of the vectors' numbers
	v       *Vectors
}

// scale is what ratings, -4 to 4, are divided by.
const scale = 3

// ReadValences reads rated words (word, tab, mean rating, more) and induces the
// valence of all others from their vectors by ridge regression: on the rated
// words, and on the most frequent others as 0.
func ReadValences(file string, v *Vectors) (*Valences, error) {
	x := &Valences{rated: map[string]float64{}, v: v}
	var bad error
	err := eachLine(file, func(line string) {
		f := strings.Split(line, "\t")
		if len(f) < 2 {
			return
		}
		r, err := strconv.ParseFloat(f[1], 64)
		if err != nil && bad == nil {
			bad = fmt.Errorf("%s: %q: %w", file, f[0], err)
		}
		if v.has(f[0]) {
			x.rated[f[0]] = r / scale
		}
	})
	if err == nil {
		err = bad
	}
	if err != nil {
		return nil, err
	}
	const frequent, penalty = 8000, 2
	left := mat.NewSymDense(dimensions, nil)
	right := mat.NewVecDense(dimensions, nil)
	others := 0
	for _, w := range v.words {
		y, ok := x.rated[w]
		if !ok {
			if others++; others > frequent {
				continue
			}
		}
		a := v.of(w)
		for i := range a {
			right.SetVec(i, right.AtVec(i)+float64(a[i])*y)
			for j := i; j < len(a); j++ {
				left.SetSym(i, j, left.At(i, j)+float64(a[i])*float64(a[j]))
			}
		}
	}
	for i := range dimensions {
		left.SetSym(i, i, left.At(i, i)+penalty)
	}
	var c mat.Cholesky
	var w mat.VecDense
	if !c.Factorize(left) {
		return nil, fmt.Errorf("%s: too few rated words", file)
	}
	if err := c.SolveVecTo(&w, right); err != nil {
		return nil, err
	}
	x.induced = w.RawVector().Data
	return x, nil
}

// of returns the valence of a word that has a vector.
func (x *Valences) of(w string) float64 {
	if y, ok := x.rated[w]; ok {
		return y
	}
	var sum float64
	for i, a := range x.v.of(w) {
		sum += float64(a) * x.induced[i]
	}
	return sum
}
