package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat/distuv"
)

// mostLeftOut is how many documents are left out of a contrast in turn, those
// first without which too little is left to test, or the difference is smallest. One that is not among them
// carries the contrast at most by what it does to the variance.
const mostLeftOut = 3

// influence says on what a carried contrast hangs: a document, or paragraph, and
// a word, without which it is not carried. ps are the p of its family, of which
// its own is at a place.
//
// A document is left out with all its sentences, on both sides where it is on
// both, and the test is done again with the other p as they are. The word is the
// one that makes most of the difference; it is taken out of the tones to which it
// contributed. As its share in a document is not held, its p is approximate: the
// smaller of what Student's test gives for the difference without it, and of the
// p seen with its normal quantile scaled as the difference is, both with the
// standard error as it is. One is too large where the permutation test finds more
// than Student's, the other where so few documents are permuted that no p is small.
func (t *trial) influence(ps []float64, at int, opts Options) []string {
	corrected := func(difference, p float64) (q float64, holds bool) {
		ps := slices.Clone(ps)
		ps[at] = p
		q = holm(ps)[at]
		return q, difference*t.Difference > 0 && q < opts.alpha()
	}
	var warnings []string
	for _, r := range t.reductions() {
		d, p, tested := r.test(opts)
		if !tested {
			warnings = append(warnings, fmt.Sprintf("hangs on one %s: without %s too little is left to test", t.Unit, r.without))
			break
		}
		if q, holds := corrected(d, p); !holds {
			warnings = append(warnings, fmt.Sprintf("hangs on one %s: without %s the difference is %.2f (q %s)", t.Unit, r.without, d, printed(q, opts)))
			break
		}
	}

	se := math.Sqrt(t.variance)
	term, d := t.withoutTerm()
	if term == "" || !(se > 0) || !(t.df >= 1) {
		return warnings
	}
	student := 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: t.df}.Survival(math.Abs(d)/se)
	scaled := twoSided(distuv.UnitNormal.Quantile(t.P/2) * d / t.Difference)
	if q, holds := corrected(d, min(student, scaled)); !holds {
		warnings = append(warnings, fmt.Sprintf("hangs on one word: without “%s” the difference is %.2f (q about %s)", term, d, printed(q, opts)))
	}
	return warnings
}

// reduction is a contrast's clusters without one of them.
type reduction struct {
	without string
	a, b    []cluster
	pairs   []paired // where the sides share documents
}

// test is the contrast's test on what is left, if that is enough.
func (r reduction) test(opts Options) (difference, p float64, tested bool) {
	na, nb := total(r.a), total(r.b)
	if min(na.sentences, nb.sentences) < leastSentences || min(len(r.a), len(r.b)) < leastClusters {
		return 0, 1, false
	}
	difference = mean(na.tone, na.sentences) - mean(nb.tone, nb.sentences)
	rng := stream(opts.Seed, "contrast")
	if r.pairs == nil {
		p, _, _ = permute(r.a, r.b, opts.Permutations, rng)
	} else {
		m := mean(na.tone+nb.tone, na.sentences+nb.sentences)
		p, _, _ = signFlip(contributions(r.pairs, na, nb, m, m), opts.Permutations, rng)
	}
	return difference, p, true
}

// reductions are those that leave too little to test, and those that move the
// difference most towards zero, or beyond.
func (t *trial) reductions() []reduction {
	type candidate struct {
		i, j int // in ca and cb; -1 where it is not on that side
		d    float64
	}
	enough := true
	less := func(all cluster, cs []cluster, i int) cluster {
		k := len(cs)
		if i >= 0 {
			all, k = cluster{all.tone - cs[i].tone, all.sentences - cs[i].sentences}, k-1
		}
		enough = enough && k >= leastClusters && all.sentences >= leastSentences
		return all
	}
	sa, sb := total(t.ca), total(t.cb)
	var candidates []candidate
	consider := func(i, j int) {
		enough = true
		a, b, d := less(sa, t.ca, i), less(sb, t.cb, j), math.Inf(-1)
		if enough {
			d = math.Copysign(1, t.Difference) * (mean(a.tone, a.sentences) - mean(b.tone, b.sentences))
		}
		candidates = append(candidates, candidate{i, j, d})
	}
	there := map[string]int{}
	if t.pairs != nil {
		for j, name := range t.namesB {
			there[name] = j
		}
	}
	for i, name := range t.namesA {
		j, ok := there[name]
		if !ok {
			j = -1
		}
		delete(there, name)
		consider(i, j)
	}
	for j, name := range t.namesB {
		if _, ok := there[name]; ok || t.pairs == nil {
			consider(-1, j)
		}
	}
	slices.SortStableFunc(candidates, func(x, y candidate) int { return cmp.Compare(x.d, y.d) })

	var out []reduction
	for _, c := range candidates[:min(len(candidates), mostLeftOut)] {
		r := reduction{a: t.ca, b: t.cb}
		var gone paired
		of := t.Source
		if c.i >= 0 {
			r.without, gone.a, r.a = t.namesA[c.i], t.ca[c.i], slices.Delete(slices.Clone(t.ca), c.i, c.i+1)
			of = cmp.Or(of, t.A)
		}
		if c.j >= 0 {
			r.without, gone.b, r.b = t.namesB[c.j], t.cb[c.j], slices.Delete(slices.Clone(t.cb), c.j, c.j+1)
			of = cmp.Or(of, t.B)
		}
		if t.Unit == UnitParagraph {
			r.without = "paragraph " + r.without + " of " + of
		}
		if t.pairs != nil {
			at := slices.Index(t.pairs, gone) // any of several equal ones
			r.pairs = slices.Delete(slices.Clone(t.pairs), at, at+1)
		}
		out = append(out, r)
	}
	return out
}

// withoutTerm is the term that makes most of the difference, "" where none makes
// any, and the difference without its contributions.
func (t *trial) withoutTerm() (term string, difference float64) {
	parts := map[string]float64{}
	for _, x := range t.a.terms {
		parts[x.Term] += x.Contribution / float64(t.a.sums.sentences)
	}
	for _, x := range t.b.terms {
		parts[x.Term] -= x.Contribution / float64(t.b.sums.sentences)
	}
	most := 0.0
	for _, name := range sortedKeys(parts, cmp.Compare[string]) {
		if part := parts[name] * math.Copysign(1, t.Difference); part > most {
			term, most = name, part
		}
	}
	return term, t.Difference - math.Copysign(most, t.Difference)
}

// numbers are the names of paragraphs, counted from 1.
func numbers(ids []int) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = strconv.Itoa(id + 1)
	}
	return out
}
