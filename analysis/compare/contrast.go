package compare

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/combin"
	"gonum.org/v1/gonum/stat/distuv"
)

// mostExact is the number of ways to label the clusters up to which all of
// them are looked at. It covers 8 against 8 clusters (12,870 ways) at about
// the time that the 9,999 random ones of larger pairs take.
const mostExact = 20000

// trial is a contrast on its way: what it is before it is judged beside the
// other pairs of its target and voice.
type trial struct {
	Contrast
	a, b   *group
	ca, cb []cluster // what was permuted
	tested bool      // whether the pair belongs to the family that Holm corrects
}

// newTrial estimates the contrast of two groups, whose cells are given, up to
// its p.
//
// A pair is not tested, P and Q are 1 and Reason says why, when a side has
// fewer sentences than leastSentences, or when there are so few clusters that
// no outcome could give a p below 1 - Level. Both depend on counts alone and
// never on tones, so leaving such pairs out of the family costs no error rate
// and leaves the correction of the others milder (Tarone 1990).
func newTrial(a, b *group, cellA, cellB Cell, opts Options) trial {
	t := trial{a: a, b: b, Contrast: Contrast{
		Target: a.target, Voice: a.voice, A: a.name(), B: b.name(),
		Difference: cellA.Tone - cellB.Tone,
		P:          1, Q: 1,
		Cliff:    cliff(a.tones, b.tones),
		Unit:     UnitDocument,
		Warnings: []string{},
	}}
	t.ca, t.cb = a.documents, b.documents
	if len(a.documents) < 2 || len(b.documents) < 2 {
		t.Unit, t.ca, t.cb = UnitParagraph, a.paragraphs, b.paragraphs
	}
	t.Low, t.High = mover(cellA, cellB)

	ways := assignments(len(t.ca), len(t.cb))
	least := 1 / ways
	if len(t.ca) == len(t.cb) {
		least = 2 / ways // swapping the two sides gives the same absolute difference
	}
	switch {
	case min(cellA.Sentences, cellB.Sentences) < leastSentences:
		t.Reason = tooFew(cellA, cellB)
	case least >= opts.alpha():
		t.Reason = fmt.Sprintf("%d and %d %ss are too few to test: no outcome could give a p below %.2f",
			len(t.ca), len(t.cb), t.Unit, least)
	default:
		t.tested = true
		rng := stream(opts.Seed, "contrast")
		t.P, t.Permutations, t.Exact = permute(t.ca, t.cb, opts.Permutations, rng)
	}

	for _, c := range []Cell{cellA, cellB} {
		if c.Sentences < fewSentences {
			t.Warnings = append(t.Warnings, fmt.Sprintf("fewer than %d sentences of %s (%d)",
				fewSentences, nameOf(c), c.Sentences))
		}
	}
	if t.Unit == UnitParagraph && !opts.ByDocument {
		t.Warnings = append(t.Warnings,
			"paragraphs were permuted, as a source has one article: says how these articles differ, not how the outlets do")
	}
	return t
}

func nameOf(c Cell) string {
	if c.Document != "" {
		return c.Document
	}
	return c.Source
}

func tooFew(a, b Cell) string {
	c := a
	if b.Sentences < a.Sentences {
		c = b
	}
	return fmt.Sprintf("too few sentences (%s has %d); at least %d of each are needed to test",
		nameOf(c), c.Sentences, leastSentences)
}

// mover is the confidence interval of the difference of two cells' tones,
// in [-2, 2].
//
// It recovers the variance on each side from the cells' own intervals (MOVER):
//
//	d = a - b
//	low  = d - sqrt((a - low(a))^2 + (high(b) - b)^2)
//	high = d + sqrt((high(a) - a)^2 + (b - low(b))^2)
//
// Approximate, as the cells' bootstrap intervals are; the two cells must be
// independent, as cells of different sources are. It needs no resamples of its
// own, agrees with the two intervals that are printed beside it, and inherits
// what they do at one cluster and at equal tones: no interval has width zero.
// The unit is that of each cell.
//
//	(1) G. Y. Zou, A. Donner, Construction of confidence limits about effect
//	    measures: a general approach, Statistics in Medicine 27(10), 2008.
func mover(a, b Cell) (low, high float64) {
	square := func(x float64) float64 { return float64(x * x) }
	d := a.Tone - b.Tone
	low = d - math.Sqrt(square(a.Tone-a.Low)+square(b.High-b.Tone))
	high = d + math.Sqrt(square(a.High-a.Tone)+square(b.Tone-b.Low))
	return min(d, max(-2, round6(low))), max(d, min(2, round6(high)))
}

// assignments is the number of ways to choose which na of na+nb clusters
// belong to A; rounded where it is above 2^53.
func assignments(na, nb int) float64 {
	// The logarithm is safe from overflow; far above mostExact the count's
	// last digits are of no use.
	if l := combin.LogGeneralizedBinomial(float64(na+nb), float64(na)); l > math.Log(1e6) {
		return math.Exp(min(l, 700))
	}
	return float64(combin.Binomial(na+nb, na))
}

// permute is the p of the two-sided permutation test on the difference of two
// ratio means, and how many labellings it looked at, and whether these were
// all.
//
// Hypothesis: the clusters of A and B come from one distribution of (sum of
// tones, number of sentences), so that which cluster bears which source's name
// is chance.
//
// Statistic: the absolute difference of the two means over sentences, in
// [0, 2]. With S, N the sum and count over the clusters labelled A, and T, M
// those over all:
//
//	|S/N - (T-S)/(M-N)| = |S*M - T*N| / (N*(M-N))
//
// Exact where the clusters can be labelled in at most 20,000 ways: p is the
// share of labellings with a statistic at least as large as the one seen, the
// one seen among them. Otherwise B random labellings, and
//
//	p = (1 + how many are at least as large) / (1 + B)
//
// which never is 0 and keeps the test's level (2). Statistics are compared as
// fractions of integers in 128 bits, so that a tie counts as a tie.
//
// Unit: one document, or one paragraph where a source has a single document.
// Permuting sentences instead finds differences where there are none: those of
// one text resemble each other.
//
// Special cases: a side without clusters gives p = 1, and so do clusters that
// all have the same mean, where every labelling ties. There is no NaN.
//
//	(1) R. A. Fisher, The Design of Experiments, 1935, section 21.
//	(2) B. Phipson, G. K. Smyth, Permutation p-values should never be zero,
//	    Statistical Applications in Genetics and Molecular Biology 9(1), 2010.
func permute(a, b []cluster, random int, rng *rand.PCG) (p float64, looked int, exact bool) {
	if len(a) == 0 || len(b) == 0 {
		return 1, 0, true
	}
	if len(a) > len(b) {
		a, b = b, a // the statistic is symmetric; choosing the fewer is quicker
	}
	all := slices.Concat(a, b)
	k, m := len(all), len(a)
	sum, seen := total(all), total(a)

	// stat returns the statistic's numerator and denominator.
	stat := func(c cluster) (num, den uint64) {
		d := c.tone*sum.sentences - sum.tone*c.sentences
		return uint64(max(d, -d)), uint64(c.sentences * (sum.sentences - c.sentences))
	}
	num, den := stat(seen)
	asLarge := func(c cluster) bool {
		n, d := stat(c)
		h1, l1 := bits.Mul64(n, den)
		h2, l2 := bits.Mul64(num, d)
		return h1 > h2 || h1 == h2 && l1 >= l2
	}

	count := 0
	if ways := assignments(k-m, m); ways <= mostExact {
		chosen := make([]int, m)
		for g := combin.NewCombinationGenerator(k, m); g.Next(); {
			var c cluster
			for _, i := range g.Combination(chosen) {
				c.tone += all[i].tone
				c.sentences += all[i].sentences
			}
			if asLarge(c) {
				count++
			}
		}
		return float64(count) / ways, int(ways), true
	}
	for range random {
		// The first m steps of a shuffle: whatever order the last round left
		// is as good a start as any.
		var c cluster
		for i := range m {
			j := i + below(uint32(rng.Uint64()>>32), k-i)
			all[i], all[j] = all[j], all[i]
			c.tone += all[i].tone
			c.sentences += all[i].sentences
		}
		if asLarge(c) {
			count++
		}
	}
	return float64(1+count) / float64(1+random), random, false
}

// cliff is Cliff's delta: how much more often a sentence of A has the higher
// tone than one of B has.
//
// Statistic, in [-1, 1]; 0 where neither side tends to be higher:
//
//	delta = (#(x > y) - #(x < y)) / (nA * nB)     over all pairs x of A, y of B
//
// Exact, from counts per tone at a resolution of 0.0001. It describes the
// sample and tests nothing; the unit is the sentence. Ties count for neither
// side; a side without sentences gives 0.
//
//	(1) N. Cliff, Dominance statistics: Ordinal analyses to answer ordinal
//	    questions, Psychological Bulletin 114(3), 1993.
func cliff(a, b []bin) float64 {
	var na, nb, score int64
	for _, y := range b {
		nb += y.count
	}
	below, i := int64(0), 0 // how many of B are below x, and the first bin that is not
	for _, x := range a {
		na += x.count
		for ; i < len(b) && b[i].tone < x.tone; i++ {
			below += b[i].count
		}
		above := nb - below
		if i < len(b) && b[i].tone == x.tone {
			above -= b[i].count
		}
		score += x.count * (below - above)
	}
	if na == 0 || nb == 0 {
		return 0
	}
	return float64(score) / (float64(na) * float64(nb))
}

// judge corrects the p of one family, the pairs of one target in one voice,
// and says of each pair whether the data carry it, or why not.
func judge(family []trial, opts Options) []Contrast {
	var ps []float64
	for _, t := range family {
		if t.tested {
			ps = append(ps, t.P)
		}
	}
	qs := holm(ps)
	contrasts := make([]Contrast, len(family))
	for i, t := range family {
		c := t.Contrast
		if t.tested {
			c.Q, qs = qs[0], qs[1:]
			c.Carried = c.Q < opts.alpha()
			switch {
			case !c.Carried:
				c.Reason = t.reason(c, len(ps), opts)
			case c.Low <= 0 && c.High >= 0:
				c.Warnings = append(c.Warnings, "the test finds a difference but its interval reaches 0: a borderline case")
			}
		}
		contrasts[i] = c
	}
	return contrasts
}

// holm adjusts p for their number, so that the chance of any false finding
// among them stays at the level at which the adjusted ones are read.
//
// With p(1) <= ... <= p(m):
//
//	q(i) = max over j <= i of min(1, (m - j + 1) * p(j))
//
// Exact, and valid however the tests depend on each other. Results are in the
// order of ps, in [0, 1] and no smaller than the p; ties get equal q; no p
// gives none. A p that is NaN counts as 1.
//
//	(1) S. Holm, A simple sequentially rejective multiple test procedure,
//	    Scandinavian Journal of Statistics 6(2), 1979.
func holm(ps []float64) []float64 {
	value := func(i int) float64 {
		if math.IsNaN(ps[i]) {
			return 1
		}
		return ps[i]
	}
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch a, b := value(i), value(j); {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
	qs := make([]float64, len(ps))
	var q float64
	for rank, i := range order {
		q = max(q, min(1, float64(len(ps)-rank)*value(i)))
		qs[i] = q
	}
	return qs
}

// reason says why a tested contrast is not carried and what would be needed.
func (t trial) reason(c Contrast, pairs int, opts Options) string {
	d := math.Abs(c.Difference)
	if d == 0 {
		return "no difference was seen"
	}
	s := fmt.Sprintf("difference %.2f is within what chance gives (q %.2f); ", d, c.Q)
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
	z := distuv.UnitNormal.Quantile(1-opts.alpha()/float64(2*pairs)) + distuv.UnitNormal.Quantile(0.8)
	variance := float64(t.a.designEffect(t.ca)*t.a.spread()) + float64(t.b.designEffect(t.cb)*t.b.spread())
	n := float64(z*z) * variance / float64(d*d)
	if n < 10 {
		return math.Ceil(n)
	}
	digits := math.Pow10(int(math.Floor(math.Log10(n))) - 1)
	return math.Ceil(n/digits) * digits
}
