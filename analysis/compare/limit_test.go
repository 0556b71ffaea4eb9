package compare

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
)

// Of many sources those with most sentences are set against each other, no more
// pairs than there may be, and what is left out is said. Each source is still set
// against the rest.
func TestLimits(t *testing.T) {
	var all []analysis.Observation
	for i := range 30 {
		for k := range 4 + i%7 {
			source, document := fmt.Sprintf("s%02d", i), fmt.Sprintf("s%02d.%d", i, k)
			all = append(all, observe(source, document, 0, "US", "author", float64(k%3)/10), observe(source, document, 50, "NK", "quoted", float64(i%3)/10))
		}
	}
	opts := Options{Resamples: 200, Permutations: 199, pairs: 100}
	r, err := Compare(all, opts)
	if err != nil {
		t.Fatal(err)
	}
	// Two targets, each in one voice and in all: four families of 30 sources. Seven
	// of each are 84 pairs, eight 112.
	want := []Limit{{Family: BySource, Most: 7, Pairs: 84, Of: 4 * 435}}
	if diff := cmp.Diff(want, r.Limits); diff != "" {
		t.Error(diff)
	}
	paired := map[string]bool{}
	for _, c := range r.Contrasts {
		paired[c.A], paired[c.B] = true, true
	}
	if len(r.Contrasts) != 84 || len(paired) != 7 {
		t.Errorf("%d contrasts of %d sources", len(r.Contrasts), len(paired))
	}
	for s := range paired { // ten sentences: the numbers 6, 13, 20, 27; then nine: 5, 12, 19
		if !map[string]bool{"s06": true, "s13": true, "s20": true, "s27": true, "s05": true, "s12": true, "s19": true}[s] {
			t.Errorf("%s is not among the largest", s)
		}
	}
	rest := 0
	for _, c := range r.Further {
		if c.Family == ByRest {
			rest++
		}
	}
	if rest != 4*30 {
		t.Errorf("%d sources are set against the rest", rest)
	}

	opts.pairs = 0 // the usual limit, which so few do not reach
	if r, err = Compare(all, opts); err != nil || len(r.Limits) > 0 || len(r.Contrasts) != 4*435 {
		t.Errorf("%v %v, %d contrasts", err, r.Limits, len(r.Contrasts))
	}
}

// However many sources or targets there are, pairs do not grow with their square.
func TestLimited(t *testing.T) {
	opts, err := Options{}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	for _, sizes := range [][]int{{5, 5}, {317}, {1000, 1000, 1000, 1000, 1000, 1000}, {100_000}, {2000, 3}, nil} {
		most, limits := limited("x", sizes, opts)
		pairs, next, of := 0, 0, 0
		for _, n := range sizes {
			pairs, next, of = pairs+min(n, most)*(min(n, most)-1)/2, next+min(n, most+1)*(min(n, most+1)-1)/2, of+n*(n-1)/2
		}
		if pairs > maxPairs || of > maxPairs && next <= maxPairs || (len(limits) > 0) != (pairs < of) {
			t.Errorf("%v: %d, %d pairs of %d, %v", sizes, most, pairs, of, limits)
		}
	}
}
