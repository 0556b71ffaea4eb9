package compare

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// table turns coders' rows into codes by thing; -9 is none, least is category 0.
func table(least int, coders ...[]int) [][]int {
	out := make([][]int, len(coders[0]))
	for _, row := range coders {
		for u, c := range row {
			if c != -9 {
				out[u] = append(out[u], c-least)
			}
		}
	}
	return out
}

// TestAlpha holds alpha against Krippendorff's example of four observers and
// twelve units, for which his paper of 2011 gives .743, .815 and .849, and
// another, by the Python package krippendorff 0.9.0:
//
//	python3 -m venv v && v/bin/pip install krippendorff==0.9.0 && v/bin/python -c '
//	import krippendorff, numpy; n = numpy.nan
//	for d in ([[1,2,3,3,2,1,4,1,2,n,n,n],[1,2,3,3,2,2,4,1,2,5,n,3],[n,3,3,3,2,3,4,2,2,5,1,n],[1,2,3,3,2,4,4,1,2,5,1,n]],
//	          [[-1,0,1,0,0,-1,n,1,0,0],[-1,0,0,0,1,-1,-1,1,n,0],[0,0,1,-1,0,-1,-1,1,0,n]]):
//	    for l in ("nominal", "ordinal", "interval"):
//	        print(l, "%.12f" % krippendorff.alpha(d, level_of_measurement=l))'
func TestAlpha(t *testing.T) {
	const no = -9
	paper := table(1,
		[]int{1, 2, 3, 3, 2, 1, 4, 1, 2, no, no, no}, []int{1, 2, 3, 3, 2, 2, 4, 1, 2, 5, no, 3},
		[]int{no, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, no}, []int{1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, no})
	tones := table(-1,
		[]int{-1, 0, 1, 0, 0, -1, no, 1, 0, 0}, []int{-1, 0, 0, 0, 1, -1, -1, 1, no, 0}, []int{0, 0, 1, -1, 0, -1, -1, 1, 0, no})
	for _, c := range []struct {
		name  string
		codes [][]int
		k     int
		scale Scale
		want  float64
	}{
		{"paper", paper, 5, Nominal, 0.743421052632}, {"paper", paper, 5, Ordinal, 0.815387503755}, {"paper", paper, 5, Interval, 0.849107142857},
		{"tones", tones, 3, Nominal, 0.547826086957}, {"tones", tones, 3, Ordinal, 0.723488615719}, {"tones", tones, 3, Interval, 0.721925133690},
	} {
		if got := Alpha(c.codes, c.k, c.scale); !(math.Abs(got-c.want) < 1e-11) {
			t.Errorf("%s, scale %d: %.12f, want %.12f", c.name, c.scale, got, c.want)
		}
	}
}

func TestAlphaProperties(t *testing.T) {
	for _, scale := range []Scale{Nominal, Ordinal, Interval} {
		for _, codes := range [][][]int{nil, {{1}, {2}, {}}, {{1, 1}, {1, 1}}} {
			if got := Alpha(codes, 3, scale); !math.IsNaN(got) {
				t.Errorf("%v: %v, want NaN", codes, got)
			}
		}
		if got := Alpha([][]int{{0, 0}, {2, 2, 2}, {1, 1}, {0}}, 3, scale); got != 1 {
			t.Errorf("full agreement: %v", got)
		}
	}
	r := rand.New(rand.NewPCG(3, 1))
	for range 200 {
		codes := make([][]int, 4+r.IntN(8))
		for u := range codes {
			for range r.IntN(4) {
				codes[u] = append(codes[u], r.IntN(3))
			}
		}
		for _, scale := range []Scale{Nominal, Ordinal, Interval} {
			want := Alpha(codes, 3, scale)
			// Neither the order of coders nor of things nor the direction of the
			// scale matters, nor who coded alone.
			turned := make([][]int, 0, len(codes)+1)
			for _, u := range slices.Backward(codes) {
				v := slices.Clone(u)
				slices.Reverse(v)
				for i := range v {
					v[i] = 2 - v[i]
				}
				turned = append(turned, v)
			}
			got := Alpha(append(turned, []int{1}), 3, scale)
			if math.IsNaN(want) != math.IsNaN(got) || math.Abs(want-got) > 1e-12 || want > 1 {
				t.Fatalf("%v, scale %d: %v and %v", codes, scale, want, got)
			}
		}
	}
}
