package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"
)

// trial is a contrast on its way: what it is before it is judged beside the
// others of its family.
type trial struct {
	Contrast
	a, b         *group
	ca, cb       []cluster // what was permuted
	namesA       []string  // of ca; paragraphs by number
	namesB       []string  // of cb
	pairs        []paired  // where the sides share documents
	variance, df float64   // of the estimated difference; NaN where it cannot be told
	tested       bool      // whether it belongs to the family that is corrected
}

// side is one side of a contrast: a group with its interval.
type side struct {
	*group
	low, high float64
}

func (s side) interval() Effect { return Effect{s.tone(), s.low, s.high} }

// plain is a group with the interval that its clusters' variance gives, for
// sides that are printed in no cell.
func (g *group) plain(opts Options) side {
	_, clusters := g.unit()
	v := g.variance(clusters)
	if !(v >= 0) { // one cluster
		return side{g, -1, 1}
	}
	arm := student(len(clusters)-1, opts.alpha()) * math.Sqrt(v)
	low, high := g.bounds(g.whole(), g.tone()-arm, g.tone()+arm)
	return side{g, low, high}
}

// whole is a group's sum as its only cluster, of which nothing is scaled.
func (g *group) whole() []cluster { return []cluster{{g.sums.tone, g.sums.sentences}} }

// student is the quantile of Student's distribution for a two-sided interval that
// leaves out alpha. All contrasts of a large comparison ask for the same few, so
// they are kept.
func student(df int, alpha float64) float64 {
	key := studentKey{df, alpha}
	if t, ok := students.Load(key); ok {
		return t.(float64)
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(df)}.Quantile(1 - alpha/2)
	students.Store(key, t)
	return t
}

type studentKey struct {
	df    int
	alpha float64
}

var students sync.Map // of float64 by studentKey

// newTrial estimates the contrast of two sides without a common document, up to
// its p. The contrast comes with its names.
//
// Documents are what is permuted, unless there is one on each side: then these
// two are compared, by their paragraphs.
//
// A pair is not tested, P and Q are 1 and Reason says why, when a side has
// fewer sentences than leastSentences or fewer clusters than leastClusters, or
// when there are so few clusters that no outcome could give a p below
// 1 - Level. All depend on counts alone and never on tones, so leaving such
// pairs out of the family costs no error rate and leaves the correction of the
// others milder (Tarone 1990).
func newTrial(c Contrast, a, b side, opts Options) trial {
	t := trial{Contrast: c, a: a.group, b: b.group, ca: a.documents, cb: b.documents, namesA: a.documentIDs, namesB: b.documentIDs}
	t.Unit = UnitDocument
	if a.single && b.single {
		t.Unit, t.ca, t.cb = UnitParagraph, a.paragraphs, b.paragraphs
		t.namesA, t.namesB = numbers(a.paragraphIDs), numbers(b.paragraphIDs)
	}
	t.Low, t.High = mover(a.interval(), b.interval())
	va, vb := a.variance(t.ca), b.variance(t.cb)
	t.variance, t.df = va+vb, welch(va, float64(len(t.ca)-1), vb, float64(len(t.cb)-1))
	t.describe(opts)

	ways := assignments(len(t.ca), len(t.cb))
	least := 1 / ways
	if len(t.ca) == len(t.cb) {
		least = 2 / ways // swapping the two sides gives the same absolute difference
	}
	switch {
	case t.few():
	case least >= opts.alpha():
		t.Reason = fmt.Sprintf("%d and %d %ss are too few to test: no outcome could give a p below %.2f",
			len(t.ca), len(t.cb), t.Unit, least)
	default:
		t.tested = true
		t.P, t.Permutations, t.Exact = permute(t.ca, t.cb, opts.Permutations, stream(opts.Seed, "contrast"))
	}
	if t.Unit == UnitParagraph && !opts.ByDocument {
		t.Warnings = append(t.Warnings,
			"paragraphs were permuted, as a source has one article: says how these articles differ, not how the outlets do")
	}
	return t
}

// newPaired estimates the contrast of two groups of one source, whose documents
// are the same: its own voice and those it quotes, or two targets. What one
// document adds to the difference is
//
//	d[j] = (a[j] - n(A)[j]*T(A)) / n(A) - (b[j] - n(B)[j]*T(B)) / n(B)
//
// with its sums of tones and sentences on both sides. Interval and power are
// from the variance of these; the test flips the signs of the same with the
// common mean in place of T(A) and T(B), as they are under the hypothesis.
// The rules on what is not tested are those of newTrial.
func newPaired(c Contrast, a, b *group, opts Options) trial {
	t := trial{Contrast: c, a: a, b: b}
	var pairs []paired
	if a.single && b.single && a.documentIDs[0] == b.documentIDs[0] {
		t.Unit, t.ca, t.cb = UnitParagraph, a.paragraphs, b.paragraphs
		t.namesA, t.namesB = numbers(a.paragraphIDs), numbers(b.paragraphIDs)
		pairs = pair(a.paragraphIDs, a.paragraphs, b.paragraphIDs, b.paragraphs)
	} else {
		a, b := common(a, b)
		t.Unit, t.ca, t.cb = UnitDocument, a.documents, b.documents
		t.namesA, t.namesB = a.documentIDs, b.documentIDs
		pairs = pair(a.documentIDs, a.documents, b.documentIDs, b.documents)
	}
	t.pairs = pairs
	k := len(pairs)
	na, nb := total(t.ca), total(t.cb)
	own := contributions(pairs, na, nb, mean(na.tone, na.sentences), mean(nb.tone, nb.sentences))
	t.variance, t.df = math.NaN(), float64(k-1)
	arm := 2.0
	if k >= 2 {
		var squares float64
		for _, d := range own {
			squares += float64(d * d)
		}
		// Where documents are a sample, both sides are of the same ones.
		share := float64(na.sentences+nb.sentences) / float64(a.sums.sentences+b.sums.sentences)
		t.variance = max(share*squares*float64(k)/float64(k-1),
			a.steady()/float64(a.sums.sentences)+b.steady()/float64(b.sums.sentences))
		arm = student(k-1, opts.alpha()) * math.Sqrt(t.variance)
	}
	d := a.tone() - b.tone()
	t.Low, t.High = max(-2, min(d, round6(d-arm))), min(2, max(d, round6(d+arm)))
	t.describe(opts)

	sum := cluster{na.tone + nb.tone, na.sentences + nb.sentences}
	m := mean(sum.tone, sum.sentences)
	switch least := math.Pow(2, float64(1-min(k, 64))); {
	case t.few():
	case least >= opts.alpha():
		t.Reason = fmt.Sprintf("%d %ss are too few to test: no outcome could give a p below %.2f", k, t.Unit, least)
	default:
		t.tested = true
		t.P, t.Permutations, t.Exact = signFlip(contributions(pairs, na, nb, m, m), opts.Permutations, stream(opts.Seed, "contrast"))
	}
	return t
}

// common leaves two groups with the documents of which both would hold sums: of
// a document that the sample of one leaves out, the other's part says nothing.
func common(a, b *group) (*group, *group) {
	if !a.sampled && !b.sampled {
		return a, b
	}
	last := a.last
	if !a.sampled || b.sampled && b.last.compare(last) < 0 {
		last = b.last
	}
	cut := func(g *group) *group {
		h := *g
		h.documents, h.documentIDs = nil, nil
		for i, id := range g.documentIDs {
			if placeOf(id).compare(last) <= 0 {
				h.documents, h.documentIDs = append(h.documents, g.documents[i]), append(h.documentIDs, id)
			}
		}
		return &h
	}
	return cut(a), cut(b)
}

// paired is one document, or paragraph, on both sides; a side may be empty.
type paired struct{ a, b cluster }

// pair matches clusters by their names, which are in order.
func pair[K cmp.Ordered](namesA []K, a []cluster, namesB []K, b []cluster) []paired {
	var out []paired
	for len(a) > 0 || len(b) > 0 {
		var p paired
		switch {
		case len(b) == 0 || len(a) > 0 && namesA[0] < namesB[0]:
			p.a, a, namesA = a[0], a[1:], namesA[1:]
		case len(a) == 0 || namesB[0] < namesA[0]:
			p.b, b, namesB = b[0], b[1:], namesB[1:]
		default:
			p = paired{a[0], b[0]}
			a, b, namesA, namesB = a[1:], b[1:], namesA[1:], namesB[1:]
		}
		out = append(out, p)
	}
	return out
}

// contributions are what each pair adds to the difference of the means over na
// and nb sentences, less what the means ma and mb would give.
func contributions(pairs []paired, na, nb cluster, ma, mb float64) []float64 {
	out := make([]float64, len(pairs))
	part := func(c, all cluster, m float64) float64 {
		return (float64(c.tone)/scale - float64(float64(c.sentences)*m)) / float64(all.sentences)
	}
	for i, p := range pairs {
		out[i] = part(p.a, na, ma) - part(p.b, nb, mb)
	}
	return out
}

// describe fills in what a contrast says of its sample whether it is tested or
// not. It needs the interval.
func (t *trial) describe(opts Options) {
	t.Difference = t.a.tone() - t.b.tone()
	t.P, t.Q, t.QBH = 1, 1, 1
	t.Cliff = cliff(t.a.tones, t.b.tones)
	t.CliffLow, t.CliffHigh = cliffInterval(t.a, t.b, t.ca, t.cb, opts.alpha())
	t.Hedges = hedges(t.a, t.b, len(t.ca)+len(t.cb), t.Difference, t.Low, t.High, opts.alpha())
	t.Warnings = []string{}
	for _, s := range []struct {
		*group
		name string
	}{{t.a, t.A}, {t.b, t.B}} {
		if n := s.sums.sentences; n < fewSentences {
			t.Warnings = append(t.Warnings, fmt.Sprintf("fewer than %d sentences of %s (%d)", fewSentences, s.name, n))
		}
	}
}

// few reports whether a side has too little to be tested, and says so.
func (t *trial) few() bool {
	name, n := t.A, t.a.sums.sentences
	if m := t.b.sums.sentences; m < n {
		name, n = t.B, m
	}
	if n < leastSentences {
		t.Reason = fmt.Sprintf("too few sentences (%s has %d); at least %d of each are needed to test", name, n, leastSentences)
		return true
	}
	name, k := t.A, len(t.ca)
	if l := len(t.cb); l < k {
		name, k = t.B, l
	}
	if k < leastClusters {
		t.Reason = fmt.Sprintf("too few %ss (%s has %d); at least %d of each are needed to test", t.Unit, name, k, leastClusters)
		return true
	}
	return false
}

// mover is the confidence interval of the difference of two sides' tones,
// in [-2, 2].
//
// It recovers the variance on each side from its own interval (MOVER):
//
//	d = a - b
//	low  = d - sqrt((a - low(a))^2 + (high(b) - b)^2)
//	high = d + sqrt((high(a) - a)^2 + (b - low(b))^2)
//
// Approximate, as the sides' intervals are; the two must be independent, as
// cells of different sources are. It needs no resamples of its own, agrees
// with the two intervals that are printed beside it, and inherits what they do
// at one cluster and at equal tones: no interval has width zero. The unit is
// that of each side.
//
//	(1) G. Y. Zou, A. Donner, Construction of confidence limits about effect
//	    measures: a general approach, Statistics in Medicine 27(10), 2008.
func mover(a, b Effect) (low, high float64) {
	square := func(x float64) float64 { return float64(x * x) }
	d := a.Value - b.Value
	low = d - math.Sqrt(square(a.Value-a.Low)+square(b.High-b.Value))
	high = d + math.Sqrt(square(a.High-a.Value)+square(b.Value-b.Low))
	return min(d, max(-2, round6(low))), max(d, min(2, round6(high)))
}

// judge corrects the p of one family and says of each contrast whether the data
// carry it, or why not. It takes both the test and the interval: a difference
// whose interval includes 0 is not carried, however small its q. The test looks
// at what chance would give if the sides did not differ, the interval at what
// each side shows; with few clusters they can disagree, and then neither is
// enough. That errs on the side of no difference: error rates only fall.
func judge(family []trial, opts Options) []Contrast {
	var ps []float64
	for _, t := range family {
		if t.tested {
			ps = append(ps, t.P)
		}
	}
	qs, bhs := holm(ps), benjaminiHochberg(ps)
	contrasts := make([]Contrast, len(family))
	at := 0 // in ps
	for i, t := range family {
		c := t.Contrast
		if t.variance >= 0 { // false for NaN
			c.Detectable = defined(min(2, detectable(opts.alpha()/float64(max(1, len(ps))), t.df, math.Sqrt(t.variance))))
		}
		if t.tested {
			c.Q, qs = qs[0], qs[1:]
			c.QBH, bhs = bhs[0], bhs[1:]
			found, clear := c.Q < opts.alpha(), clearOfZero(c.Low, c.High)
			c.Carried = found && clear
			switch {
			case !found:
				c.Reason = t.reason(c, len(ps), opts)
			case !clear:
				c.Reason = borderline(c.Q, opts)
			default:
				c.Warnings = append(c.Warnings, t.influence(ps, at, opts)...)
			}
			at++
		}
		contrasts[i] = c
	}
	return contrasts
}

// omnibus tests whether the groups of one target and voice differ at all.
// Groups with too few sentences are left out, as from pairs.
func omnibus(groups []*group, opts Options) Omnibus {
	o := Omnibus{Target: groups[0].target, Voice: groups[0].voice, P: 1, Q: 1, Unit: UnitParagraph}
	groups = slices.DeleteFunc(slices.Clone(groups), func(g *group) bool { return g.sums.sentences < leastSentences })
	if slices.ContainsFunc(groups, func(g *group) bool { return !g.single }) {
		o.Unit = UnitDocument
	}
	var sides [][]cluster
	ways, clusters := 1.0, 0
	for _, g := range groups {
		s := g.documents
		if o.Unit == UnitParagraph {
			s = g.paragraphs
		}
		if len(s) < leastClusters {
			continue
		}
		sides = append(sides, s)
		ways = min(1e9, ways*assignments(clusters, len(s)))
		clusters += len(s)
	}
	o.Sources = len(sides)
	switch {
	case len(sides) < 2:
		o.Reason = fmt.Sprintf("fewer than two have %d sentences in %d %ss, which it takes to test", leastSentences, leastClusters, o.Unit)
	case 2/ways >= opts.alpha():
		o.Reason = fmt.Sprintf("%d %ss are too few to test", clusters, o.Unit)
	default:
		o.Tested = true
		o.P = permuteAll(sides, opts.Permutations, stream(opts.Seed, "omnibus"))
	}
	return o
}

// judgeAll corrects omnibus tests for the number of targets in each voice.
func judgeAll(tests []Omnibus, opts Options) {
	byVoice := map[string][]int{}
	for i, o := range tests {
		if o.Tested {
			byVoice[o.Voice] = append(byVoice[o.Voice], i)
		}
	}
	for _, family := range byVoice {
		ps := make([]float64, len(family))
		for i, at := range family {
			ps[i] = tests[at].P
		}
		for i, q := range holm(ps) {
			o := &tests[family[i]]
			o.Q = q
			if o.Carried = q < opts.alpha(); !o.Carried {
				o.Reason = fmt.Sprintf("chance gives differences like these (q %s)", printed(q, opts))
			}
		}
	}
}

// clearOfZero reports whether an interval leaves 0 out.
func clearOfZero(low, high float64) bool { return low > 0 || high < 0 }

// borderline is the reason of a difference that the test finds and the interval
// does not.
func borderline(q float64, opts Options) string {
	return fmt.Sprintf("the test finds a difference (q %s), but the interval includes zero: a borderline case", printed(q, opts))
}

// printed is a p or q in a sentence: two decimals, three below 0.1, and more
// where it would read as the very level that it is held against.
func printed(q float64, opts Options) string {
	decimals := 2
	switch {
	case q < 0.001:
		return "below 0.001"
	case q < 0.0995:
		decimals = 3
	}
	s := strconv.FormatFloat(q, 'f', decimals, 64)
	for q != opts.alpha() && decimals < 6 {
		if v, _ := strconv.ParseFloat(s, 64); v != opts.alpha() {
			break
		}
		decimals++
		s = strconv.FormatFloat(q, 'f', decimals, 64)
	}
	return s
}

// reason says why a tested contrast is not carried and what would be needed.
func (t trial) reason(c Contrast, pairs int, opts Options) string {
	d := math.Abs(c.Difference)
	if d == 0 {
		return "no difference was seen"
	}
	s := fmt.Sprintf("difference %.2f is within what chance gives (q %s); ", d, printed(c.Q, opts))
	a, b := t.a.sums.sentences, t.b.sums.sentences
	switch n := t.needed(d, pairs, opts); {
	case n <= float64(min(a, b)):
		return s + "the data are on the border, and more sentences would decide"
	case n > 1e5:
		// No corpus of articles has that many sentences on one actor.
		return s + "more than 100000 sentences of each would be needed to see a difference this size"
	default:
		return s + fmt.Sprintf("about %.0f sentences of each would be needed to see a difference this size (now %d and %d)", n, a, b)
	}
}

// needed is about how many sentences of each side it takes to see a
// difference d four times out of five, rounded up to two digits.
//
// The usual formula for two means (1), with the variance of each side inflated
// by its design effect (2), and with the level shared among the pairs:
//
//	n = (z(1 - a/(2*pairs)) + z(0.8))^2 * (deff(A)*var(A) + deff(B)*var(B)) / d^2
//
// A normal approximation, meant as an order of magnitude: the variances and
// the difference are those of the sample, and the clusters to come are taken
// to have the size of those at hand. The power of 0.8 is Cohen's convention
// (1). Where both variances are 0 the result is 0; d must not be.
//
//	(1) J. Cohen, Statistical Power Analysis for the Behavioral Sciences,
//	    2nd ed., 1988, sections 2.4 and 2.5.
//	(2) L. Kish, Survey Sampling, 1965, section 5.4.
func (t trial) needed(d float64, pairs int, opts Options) float64 {
	z := distuv.UnitNormal.Quantile(1-opts.alpha()/float64(2*pairs)) + distuv.UnitNormal.Quantile(power)
	variance := float64(t.a.designEffect(t.ca)*t.a.spread()) + float64(t.b.designEffect(t.cb)*t.b.spread())
	return twoDigits(float64(z*z) * variance / float64(d*d))
}

// twoDigits rounds a number up to two digits.
func twoDigits(n float64) float64 {
	if n < 10 {
		return math.Ceil(n)
	}
	digits := math.Pow10(int(math.Floor(math.Log10(n))) - 1)
	return math.Ceil(n/digits) * digits
}
