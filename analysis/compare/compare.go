package compare

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"parallax/analysis"
)

// VoiceAll is the voice of a cell that counts every observation, whoever speaks.
const VoiceAll = "all"

// What is resampled and permuted.
const (
	UnitDocument  = "document"
	UnitParagraph = "paragraph"
)

// Options are the choices of a comparison. The zero value is what the program
// uses when nothing is said.
type Options struct {
	// Seed starts every random stream. The stream of a cell or of a contrast
	// depends on Seed and on its own name only, so adding a source to a corpus
	// leaves the intervals of the others as they were.
	Seed uint64

	// Level is the confidence of intervals, between 0.5 and 0.9999; 0 means
	// 0.95. A contrast is carried when its q is below 1 - Level and its
	// interval excludes 0.
	Level float64

	// Resamples is the number of bootstrap resamples of a cell; 0 means 20000,
	// at which the ends of a 95 % interval are the 500th values from either end
	// and move from seed to seed by about 0.7 % of the interval's width; at 2000,
	// by 2 %, a bound near zero changed sides with the seed too often. Fewer
	// than 200 are refused: an end would hang on 5 values.
	Resamples int

	// Permutations is the number of random permutations for a contrast that
	// has too many to look at each; 0 means 9999. With B of them no p is below
	// 1/(B+1), so 9999 still leaves Holm's correction room for 500 pairs.
	// Fewer than 99 are refused.
	Permutations int

	// ByDocument makes every document a unit of comparison of its own, instead
	// of every source. Such a comparison has no contrasts with the rest or of
	// dates.
	ByDocument bool

	// Split is a date, as a year, a month or a day of ISO 8601: where it is
	// given, documents before it are set against those since, within each
	// source. It needs [Accumulator.AddDated].
	Split string

	pairs int // of one kind that are compared at most; 0 means maxPairs
}

// plan is the part of the options that decides to which cells an observation
// belongs.
func (o Options) plan() plan { return plan{o.ByDocument, o.Split} }

// isDate reports whether a date is one of ISO 8601: 2018, 2018-06 or 2018-06-12.
func isDate(s string) bool {
	for _, form := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(form, s); err == nil {
			return true
		}
	}
	return false
}

// withDefaults returns the options with every zero replaced, or what is wrong.
func (o Options) withDefaults() (Options, error) {
	o.Level = cmp.Or(o.Level, 0.95)
	o.Resamples = cmp.Or(o.Resamples, 20000)
	o.Permutations = cmp.Or(o.Permutations, 9999)
	o.pairs = cmp.Or(o.pairs, maxPairs)
	switch {
	case !(o.Level >= 0.5 && o.Level <= 0.9999): // also refuses NaN
		return o, fmt.Errorf("compare: level %v: give a confidence between 0.5 and 0.9999, such as 0.95", o.Level)
	case o.Resamples < 200:
		return o, fmt.Errorf("compare: %d resamples: give at least 200, or 0 for 20000", o.Resamples)
	case o.Permutations < 99:
		return o, fmt.Errorf("compare: %d permutations: give at least 99, or 0 for 9999", o.Permutations)
	case o.Split != "" && !isDate(o.Split):
		return o, fmt.Errorf("compare: %q is no date to split documents at: give a year, a month or a day, such as 2018-06-12", o.Split)
	}
	return o, nil
}

// Compare is the comparison of one slice of observations: an [Accumulator]
// filled and read in one step. It fails as Add and Result do.
func Compare(observations []analysis.Observation, opts Options) (Result, error) {
	acc, err := New(opts)
	if err != nil {
		return Result{}, err
	}
	for _, o := range observations {
		if err := acc.Add(o); err != nil {
			return Result{}, err
		}
	}
	return acc.Result(opts)
}

// Result estimates every cell and every contrast from what has been added so
// far. It leaves the accumulator as it was. Equal contents and equal options
// give an equal result, in the same order: cells by source, document, target
// and voice, contrasts by target, voice, A and B, further contrasts by family,
// source, target, voice, A and B.
//
// An accumulator without observations gives a result without cells. An option
// out of its range is an error, and so are ByDocument and Split other than
// those that the accumulator was made for.
func (a *Accumulator) Result(opts Options) (Result, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return Result{}, err
	}
	if opts.plan() != a.plan {
		return Result{}, fmt.Errorf("compare: these sums are for %s, not for %s", a.plan, opts.plan())
	}
	groups := a.groups()
	cells := make([]Cell, len(groups))
	each(len(groups), func(i int) {
		cells[i] = groups[i].estimate(opts)
	})
	c := comparison{opts: opts}
	for i, g := range groups {
		c.sides = append(c.sides, side{g, cells[i].Low, cells[i].High})
	}

	// Two cells are set against each other when they share target and voice.
	families := c.by(func(s side) [2]string { return [2]string{s.target, s.voice} })
	tests := make([]Omnibus, len(families))
	each(len(families), func(i int) {
		gs, cs := make([]*group, len(families[i])), make([]*Cell, len(families[i]))
		for j, at := range families[i] {
			gs[j], cs[j] = groups[at], &cells[at]
		}
		shrink(gs, cs, opts)
		tests[i] = omnibus(gs, opts)
	})
	judgeAll(tests, opts)

	sources, limits := c.sources(families)
	targets, more := c.targets()
	r := Result{Cells: cells, Omnibus: tests, Contrasts: c.run(sources), Further: []Contrast{}, Limits: append(limits, more...)}
	if !opts.ByDocument {
		rest, limits := c.rest(families)
		r.Further, r.Limits = append(r.Further, c.run(rest)...), append(r.Limits, limits...)
	}
	r.Further = append(r.Further, c.run(c.voices())...)
	r.Further = append(r.Further, c.run(targets)...)
	if opts.Split != "" && !opts.ByDocument {
		r.Further = append(r.Further, c.run(c.dates(a.periods(before), a.periods(since)))...)
	}
	return r, nil
}

// stream returns the random stream for a purpose. Every cell draws from the
// same one: no interval depends on what a source is called, or on which others
// there are.
func stream(seed uint64, name ...string) *rand.PCG {
	h := fnv.New64a()
	for _, s := range name {
		fmt.Fprintf(h, "%d:%s", len(s), s) // a hash does not fail; lengths keep ("ab","c") from ("a","bc")
	}
	return rand.NewPCG(seed, h.Sum64())
}

// below maps 32 random bits to 0, ..., n-1 by multiplication. The shares of
// the n outcomes differ by at most n in 2^32, far below what resampling can
// see; exactness would cost a division or a loop per draw.
func below(bits uint32, n int) int {
	return int(uint64(bits) * uint64(n) >> 32)
}

// each calls f with 0, ..., n-1 on all cores and returns when all are done.
// Each call writes only what belongs to its index, so the order is of no
// consequence.
func each(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// sortedKeys returns the keys of m in order.
func sortedKeys[K comparable, V any](m map[K]V, compare func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}
