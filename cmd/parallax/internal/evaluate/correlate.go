package evaluate

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"parallax/analysis/compare"
)

// pearson returns Pearson's correlation of x and y, each pair counted as often
// as its weight says; NaN where fewer than two count or one side is constant.
func pearson(x, y []float64, weights []int) float64 {
	w := make([]float64, len(weights))
	n := 0
	for i, k := range weights {
		w[i] = float64(k)
		n += k
	}
	if n < 2 {
		return math.NaN()
	}
	return max(-1, min(1, stat.Correlation(x, y, w))) // a NaN stays one
}

// correlated returns a function of weights to Pearson's and Spearman's
// correlation of x and y. It sorts once, so that a resample takes linear time.
func correlated(x, y []float64) func(weights []int) []float64 {
	orderX, orderY := order(x), order(y)
	ranksX, ranksY := make([]float64, len(x)), make([]float64, len(y))
	return func(weights []int) []float64 {
		rank(ranksX, x, orderX, weights)
		rank(ranksY, y, orderY, weights)
		return []float64{pearson(x, y, weights), pearson(ranksX, ranksY, weights)}
	}
}

func order(x []float64) []int {
	sorted := append([]float64(nil), x...)
	out := make([]int, len(x))
	floats.Argsort(sorted, out)
	return out
}

// rank fills in the ranks of x, from 1, as if each value were there as often as
// its weight says; equal values share their mean rank.
func rank(ranks, x []float64, order, weights []int) {
	below := 0
	for i := 0; i < len(order); {
		j, n := i, 0
		for j < len(order) && x[order[j]] == x[order[i]] {
			n += weights[order[j]]
			j++
		}
		for _, k := range order[i:j] {
			ranks[k] = float64(below) + float64(n+1)/2
		}
		below += n
		i = j
	}
}

// Correlation says how far two scorings of the same texts agree. Both numbers
// are in [-1, 1], and NaN where one of the two has a single value throughout.
type Correlation struct {
	Texts            int      `json:"texts"`
	Pearson          Number   `json:"pearson"`
	Spearman         Number   `json:"spearman"`
	PearsonInterval  Interval `json:"pearson_interval"`
	SpearmanInterval Interval `json:"spearman_interval"`
	// Ahead is Pearson's correlation of Parallax less this one, on the same
	// samples; absent of Parallax itself.
	Ahead *Interval `json:"parallax_ahead_pearson,omitempty"`
}

// Correlate holds valences against ratings; unrated texts do not count. ours,
// where not nil, is what Ahead compares with.
func Correlate(ratings []Rating, valences, ours []float64) (Correlation, Resampling) {
	var x, y, z []float64
	var keys, each []string
	for i, r := range ratings {
		if r.Unrated {
			continue
		}
		x, y, keys = append(x, valences[i]), append(y, r.Rating), append(keys, r.Group)
		each = append(each, strconv.Itoa(i))
		if ours != nil {
			z = append(z, ours[i])
		}
	}
	c := number(byDocument, keys)
	if c.Units < fewDocuments {
		c = number(byText, each)
	}
	linked := correlated(x, y)
	in := c.bootstrap(func(w []int) []float64 {
		r := linked(w)
		if ours != nil {
			r = append(r, pearson(z, y, w)-r[0])
		}
		return r
	})
	once := linked(slices.Repeat([]int{1}, len(x)))
	out := Correlation{Texts: len(x), Pearson: Number(once[0]), Spearman: Number(compare.Spearman(x, y)), PearsonInterval: in[0], SpearmanInterval: in[1]}
	if ours != nil {
		out.Ahead = &in[2]
	}
	return out, c.Resampling
}
