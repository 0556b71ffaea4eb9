package compare

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// The oracle, for clusters a and b as lists of (sum, count) (scipy 1.17.1,
// numpy 2.4.6):
//
//	cl = numpy.array(a+b, float)
//	def v(X):
//	    k = len(X); T = X[:,0].sum()/X[:,1].sum()
//	    return k/(k-1)*((X[:,0]-X[:,1]*T)**2).sum()/X[:,1].sum()**2
//	def st(x, y):
//	    X = cl[x.astype(int)]; Y = cl[y.astype(int)]
//	    d = (X[:,0].sum()/X[:,1].sum() - Y[:,0].sum()/Y[:,1].sum())**2
//	    s = v(X) + v(Y)
//	    return round(d/s, 6) if s > 1e-9 else (1e9 if d > 1e-9 else 0)
//	scipy.stats.permutation_test((numpy.arange(len(a), dtype=float), numpy.arange(len(a), len(cl), dtype=float)),
//	    st, n_resamples=numpy.inf, alternative='greater', vectorized=False).pvalue
var permutations = []struct {
	a, b []cluster
	p    float64
	ways int
}{
	{[]cluster{{0, 1}, {1000, 2}, {3000, 2}}, []cluster{{-2000, 1}, {-500, 3}, {-4000, 2}, {0, 2}}, 0.05714285714285714, 35},
	{
		[]cluster{{2000, 2}, {5000, 3}, {0, 4}, {1000, 1}, {-500, 2}},
		[]cluster{{-2000, 2}, {-7000, 3}, {0, 1}, {-1000, 2}, {-500, 1}, {0, 3}}, 0.030303030303030304, 462,
	},
	{[]cluster{{0, 1}, {0, 2}, {1000, 1}}, []cluster{{0, 2}, {0, 1}, {-1000, 1}, {1000, 1}}, 0.5714285714285714, 35}, // many ties
	// By hand:
	{[]cluster{{500, 1}}, []cluster{{500, 1}, {1000, 2}}, 1, 3}, // nothing but ties
	{[]cluster{{-500, 1}}, []cluster{{500, 1}}, 1, 2},           // swapping gives the same
	{slices.Repeat([]cluster{{10000, 1}}, 3), slices.Repeat([]cluster{{-20000, 2}}, 4), 1.0 / 35, 35},
	{[]cluster{{10000, 1}}, []cluster{{-100, 1}, {0, 1}, {0, 2}, {100, 1}}, 0.2, 5}, // one cluster has no variance of its own
}

func TestPermuteExact(t *testing.T) {
	for _, tt := range permutations {
		p, ways, exact := permute(tt.a, tt.b, 99, stream(1))
		if math.Abs(p-tt.p) > 1e-12 || ways != tt.ways || !exact {
			t.Errorf("%v %v: p %v of %d, exact %v; want %v of %d", tt.a, tt.b, p, ways, exact, tt.p, tt.ways)
		}
		if q, _, _ := permute(tt.b, tt.a, 99, stream(1)); q != p {
			t.Errorf("%v %v: p %v, but %v with sides swapped", tt.a, tt.b, p, q)
		}
	}
	if p, looked, _ := permute(nil, []cluster{{1, 1}}, 99, stream(1)); p != 1 || looked != 0 {
		t.Errorf("no clusters: p %v of %d", p, looked)
	}
}

// studentised is the test statistic by its definition.
func studentised(a, b []cluster) float64 {
	side := func(cs []cluster) (t, v float64) {
		s, k := total(cs), float64(len(cs))
		t = mean(s.tone, s.sentences)
		for _, c := range cs {
			d := float64(c.tone)/scale - float64(c.sentences)*t
			v += d * d
		}
		return t, k / (k - 1) * v / float64(s.sentences) / float64(s.sentences)
	}
	ta, va := side(a)
	tb, vb := side(b)
	return (ta - tb) * (ta - tb) / (va + vb)
}

// 9 against 9 clusters have 48,620 labellings: more than are looked at one by
// one, and few enough to do so here by bit masks.
func TestPermuteRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	a, _ := sample(r, 9, 0.5, 0.9)
	b, _ := sample(r, 9, 0.5, 0.3)
	all := slices.Concat(a, b)
	statistic := func(mask uint) float64 {
		var x, y []cluster
		for i, c := range all {
			if mask>>i&1 == 1 {
				x = append(x, c)
			} else {
				y = append(y, c)
			}
		}
		return studentised(x, y)
	}
	count, ways := 0, 0
	for mask := uint(1); mask < 1<<18; mask++ {
		if ones(mask) != 9 {
			continue
		}
		ways++
		if statistic(mask) >= statistic(1<<9-1)*(1-1e-9) {
			count++
		}
	}
	want := float64(count) / float64(ways)
	got, looked, exact := permute(a, b, 9999, stream(3))
	if exact || looked != 9999 && math.Abs(got*float64(looked)-enough) > 1e-9 {
		t.Errorf("looked at %d, exact %v", looked, exact)
	}
	if math.Abs(got-want) > sampling(want) {
		t.Errorf("p %.4f, want %.4f within %.4f", got, want, sampling(want))
	}
	// Of two sides the test for several is the same test.
	if got := permuteAll([][]cluster{a, b}, 9999, stream(3)); math.Abs(got-want) > sampling(want) {
		t.Errorf("as one of several: p %.4f, want %.4f", got, want)
	}
	if p, _, _ := permute(slices.Repeat([]cluster{{-10000, 1}}, 20), slices.Repeat([]cluster{{10000, 1}}, 20), 99, stream(1)); p != 0.01 {
		t.Errorf("p %v, want the smallest that 99 permutations can give", p)
	}
}

// sampling is four standard errors of a p from at most 9,999 random labellings.
func sampling(p float64) float64 {
	return 4 * max(math.Sqrt(p*(1-p)/9999), p/math.Sqrt(enough))
}

func ones(x uint) (n int) {
	for ; x != 0; x &= x - 1 {
		n++
	}
	return n
}

// scipy.stats.permutation_test((range(3), range(3, 6), range(6, 8)), w, n_resamples=inf,
// alternative='greater') with Welch's sum of squares of the clusters as w gives
// 0.2571428571428571 over 560 labellings.
func TestPermuteAll(t *testing.T) {
	const want = 0.2571428571428571
	got := permuteAll([][]cluster{
		{{2000, 2}, {5000, 3}, {0, 4}}, {{-2000, 2}, {-7000, 3}, {0, 1}}, {{-1000, 2}, {4000, 3}},
	}, 9999, stream(5))
	if math.Abs(got-want) > sampling(want) {
		t.Errorf("p %.4f, want %.4f within %.4f", got, want, sampling(want))
	}
	for name, sides := range map[string][][]cluster{
		"none": nil, "one": {{{5, 1}, {9, 2}}}, "one and nothing": {{{5, 1}, {9, 2}}, {}},
		"all alike": {{{5, 1}, {10, 2}}, {{5, 1}, {15, 3}}, {{0, 0}, {20, 4}}},
	} {
		if p := permuteAll(sides, 99, stream(1)); p != 1 {
			t.Errorf("%s: p %v, want 1", name, p)
		}
	}
}

// scipy.stats.permutation_test((d,), lambda x: round(abs(x.sum()), 9), permutation_type='samples',
// n_resamples=inf, alternative='greater').pvalue is 0.0625 for the first.
func TestSignFlip(t *testing.T) {
	d := []float64{0.11, -0.02, 0.3, 0.07, -0.01, 0.2, 0.05}
	p, ways, exact := signFlip(d, 99, stream(1))
	if p != 0.0625 || ways != 128 || !exact {
		t.Errorf("p %v of %d, exact %v", p, ways, exact)
	}
	// Twice the same seven, and zeros: 2^17 choices, of which these do not matter.
	want, _, _ := signFlip(slices.Repeat(d, 2), 99, stream(1))
	p, looked, exact := signFlip(append(slices.Repeat(d, 2), 0, 0, 0), 9999, stream(1))
	if math.Abs(p-want) > sampling(want) || exact {
		t.Errorf("p %.4f of %d, exact %v; want %.4f within %.4f", p, looked, exact, want, sampling(want))
	}
	for _, none := range [][]float64{nil, {0}, make([]float64, 100)} {
		if p, _, _ := signFlip(none, 99, stream(1)); p != 1 {
			t.Errorf("%v: p %v, want 1", none, p)
		}
	}
	if p, _, _ := signFlip(slices.Repeat([]float64{1}, 200), 99, stream(1)); p != 0.01 {
		t.Errorf("200 alike: p %v, want the smallest that 99 choices can give", p)
	}
}

// Sources that are alike in mean tone only are no more often found to differ
// than they may, or hardly, thanks to the variance in the statistic.
func TestStudentised(t *testing.T) {
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("simulates for seconds; set PARALLAX_SLOW to run it")
	}
	mixed := func(documents, sentences int, zeros float64) outlet {
		return outlet{documents, sentences, 0.13, zeros, 0.5}
	}
	for _, tt := range []struct {
		name string
		a, b outlet
	}{
		{"20 and 20 alike", mixed(20, 8, 0.5), mixed(20, 8, 0.5)},
		{"8 uneven and 40 even", mixed(8, 8, 0.3), mixed(40, 8, 0.8)},
		{"40 uneven and 8 even", mixed(40, 8, 0.3), mixed(8, 8, 0.8)},
		{"8 short and 40 long", mixed(8, 2, 0.5), mixed(40, 15, 0.5)},
		{"20 short and 40 long", mixed(20, 2, 0.5), mixed(40, 15, 0.5)},
	} {
		var plain, ours float64
		for i := range *coverage {
			a, _ := drawn(t, tt.a, uint64(i))
			b, _ := drawn(t, tt.b, uint64(i)+1<<40)
			p, _, _ := permute(a, b, 199, stream(uint64(i)))
			if p <= 0.05 {
				ours += 1 / float64(*coverage)
			}
			all, sum := centre(slices.Concat(a, b))
			difference := func(side []moments) float64 {
				var x moments
				for i := range side {
					x.add(&side[i])
				}
				return math.Abs(x.mean() - sum.minus(x).mean())
			}
			seen, rng := difference(all[:len(a)]), stream(uint64(i))
			p, _ = chance(199, func() bool { return difference(draw(all, len(a), rng)) >= seen*(1-tie) })
			if p <= 0.05 {
				plain += 1 / float64(*coverage)
			}
		}
		t.Logf("%s: found at 0.05 by the plain difference %.3f, studentised %.3f", tt.name, plain, ours)
		if most := 0.09 + 4*math.Sqrt(0.05*0.95/float64(*coverage)); ours > most {
			t.Errorf("%s: %.3f found to differ, want at most %.3f", tt.name, ours, most)
		}
	}
}
