package compare

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/combin"
)

// mostExact is the number of ways to label the clusters up to which all of
// them are looked at. It covers 8 against 8 clusters (12,870 ways) at about
// the time that the 9,999 random ones of larger pairs take.
const mostExact = 20000

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

// moments are sums over clusters: of the sentences, n, of what their tones add
// up to more than the mean of all clusters would give, e, and of the products of
// these for each cluster.
type moments struct{ e, n, ee, en, nn float64 }

func (m *moments) add(c *moments) {
	m.e += c.e
	m.n += c.n
	m.ee += c.ee
	m.en += c.en
	m.nn += c.nn
}

func (m moments) minus(c moments) moments {
	return moments{m.e - c.e, m.n - c.n, m.ee - c.ee, m.en - c.en, m.nn - c.nn}
}

// centre returns the moments of each cluster, which are looked up in every
// labelling, and those of all.
func centre(cs []cluster) (each []moments, all moments) {
	sum := total(cs)
	each = make([]moments, len(cs))
	for i, c := range cs {
		// In integers, so that clusters of one mean tone have e of exactly 0.
		e := float64(c.tone*sum.sentences-sum.tone*c.sentences) / float64(sum.sentences*scale)
		n := float64(c.sentences)
		each[i] = moments{e, n, float64(e * e), float64(e * n), float64(n * n)}
		all.add(&each[i])
	}
	return each, all
}

// mean is the mean over the sentences, less that over all clusters.
func (m moments) mean() float64 { return m.e / m.n }

// variance is the variance of that mean over k clusters:
//
//	k/(k-1) * sum of (e[j] - n[j]*mean)^2 / n^2
//
// Rounding leaves a trace of a variance that is 0; what is below a billionth
// of the sum of squares is taken for one. The variance of a single cluster
// cannot be seen; it is taken to be the one that all clusters have.
func (m moments) variance(k int, all moments) float64 {
	return m.varianceAbout(m.mean(), float64(k)/float64(k-1), &all)
}

// varianceAbout is the variance where the mean d and k/(k-1) are known, the
// latter being infinite for a single cluster.
func (m *moments) varianceAbout(d, larger float64, all *moments) float64 {
	if math.IsInf(larger, 1) {
		return all.ee / all.nn
	}
	squares := m.ee - float64(2*d*m.en) + float64(float64(d*d)*m.nn)
	if squares < 1e-9*all.ee {
		return 0
	}
	return larger * squares / float64(m.n*m.n)
}

// tie is how much smaller a permuted statistic may be and still count as equal
// to the one seen: rounding moves the statistic by some 1e-15, and different
// labellings of tones in steps of 0.0001 that do not tie by a billionth count
// as ties at no cost.
const tie = 1e-9

// ratio is a statistic as a fraction; the denominator 0 makes it infinite, or
// 0 where both are.
type ratio struct{ num, den float64 }

// atLeast reports whether r is as large as s.
func (r ratio) atLeast(s ratio) bool { return r.num*s.den >= (1-tie)*s.num*r.den }

// permute is the p of the two-sided permutation test on the difference of two
// ratio means, and how many labellings it looked at, and whether these were
// all.
//
// Hypothesis: the clusters of A and B come from one distribution of (sum of
// tones, number of sentences), so that which cluster bears which source's name
// is chance. In large samples the test also holds its level where only the
// mean tones are equal, and lengths and spreads of the clusters are not (2).
//
// Statistic: the squared difference of the two means over sentences, in units
// of its variance; from 0 to infinity.
//
//	(T(A) - T(B))^2 / (V(A) + V(B))
//	V = k/(k-1) * sum of (t[j] - n[j]*T)^2 / n^2      over a side's k clusters
//
// Exact where the clusters can be labelled in at most 20,000 ways: p is the
// share of labellings with a statistic at least as large as the one seen, the
// one seen among them. Otherwise from random labellings, see [chance]; it then
// never is 0 (3).
//
// The plain difference, without V, does as well for sources alike in all, and
// fails where they are alike in mean tone only. TestStudentised counts how often
// a difference is found at 0.05 without and with V, here in 4000 simulations
// (go test -run Studentised -v -coverage 4000) with an intraclass correlation of
// 0.13 and 8 sentences a document where nothing else is said:
//
//	20 against 20 documents alike                                   .050   .051
//	8 against 40, of which 30 and 80 % of the tones are zero         .195   .084
//	40 against 8, the same the other way round                       .006   .028
//	8 of 2 sentences on average against 40 of 15                     .185   .047
//	20 of 2 sentences on average against 40 of 15                    .126   .046
//
// Unit: one document, or one paragraph where a source has a single document.
// Permuting sentences instead finds differences where there are none: those of
// one text resemble each other.
//
// Special cases: a side without clusters gives p = 1, and so do clusters that
// all have the same mean, where every labelling ties. Where clusters vary on
// neither side, and differ between them, the statistic is infinite and larger
// than any other. The variance of a single cluster is taken to be that of all.
// There is no NaN.
//
//	(1) R. A. Fisher, The Design of Experiments, 1935, section 21.
//	(2) E. Chung, J. P. Romano, Exact and asymptotically robust permutation
//	    tests, Annals of Statistics 41(2), 2013; A. Janssen, Studentized
//	    permutation tests for non-i.i.d. hypotheses, Statistics & Probability
//	    Letters 36(1), 1997.
//	(3) B. Phipson, G. K. Smyth, Permutation p-values should never be zero,
//	    Statistical Applications in Genetics and Molecular Biology 9(1), 2010.
func permute(a, b []cluster, random int, rng *rand.PCG) (p float64, looked int, exact bool) {
	if len(a) == 0 || len(b) == 0 {
		return 1, 0, true
	}
	if len(a) > len(b) {
		a, b = b, a // the statistic is symmetric; choosing the fewer is quicker
	}
	all, sum := centre(slices.Concat(a, b))
	k, m := len(all), len(a)
	largerA, largerB := float64(m)/float64(m-1), float64(k-m)/float64(k-m-1)
	statistic := func(x moments) ratio {
		y := sum.minus(x)
		meanA, meanB := x.mean(), y.mean()
		d := meanA - meanB
		// A difference that is rounding and no more is none.
		if d*d*sum.n*sum.n < 1e-18*sum.ee {
			return ratio{0, 1}
		}
		return ratio{float64(d * d), x.varianceAbout(meanA, largerA, &sum) + y.varianceAbout(meanB, largerB, &sum)}
	}
	var seen moments
	for i := range m {
		seen.add(&all[i])
	}
	target := statistic(seen)

	if ways := assignments(k-m, m); ways <= mostExact {
		count := 0
		choices(all, m, moments{}, func(x moments) {
			if statistic(x).atLeast(target) {
				count++
			}
		})
		return float64(count) / ways, int(ways), true
	}
	order := make([]int, k) // lighter to shuffle than the moments
	for i := range order {
		order[i] = i
	}
	p, looked = chance(random, func() bool {
		var x moments
		for _, i := range draw(order, m, rng) {
			x.add(&all[i])
		}
		return statistic(x).atLeast(target)
	})
	return p, looked, false
}

// choices calls f with the sums of every choice of m clusters, added to those
// of the clusters before: most choices share all but the last with the next, and
// nothing is added twice.
func choices(all []moments, m int, before moments, f func(moments)) {
	if m == 0 {
		f(before)
		return
	}
	for i := range len(all) - m + 1 {
		x := before
		x.add(&all[i])
		choices(all[i+1:], m-1, x, f)
	}
}

// enough is how many random labellings with a statistic as large as the one seen
// settle that it is not rare. The p is then known to 7 %, and looking on would
// only make it more exact: those below 0.02 are looked at to the end.
const enough = 200

// chance is the p from random labellings, and how many were looked at: B, or
// fewer where enough of them have at least as large a statistic. count reports
// whether the next one has.
//
//	p = (1 + how many are) / (1 + B), or enough / how many were looked at
//
// Both keep the test's level (1).
//
//	(1) J. Besag, P. Clifford, Sequential Monte Carlo p-values, Biometrika
//	    78(2), 1991.
func chance(random int, count func() bool) (p float64, looked int) {
	n := 0
	for i := range random {
		if count() {
			n++
		}
		if n == enough {
			return float64(n) / float64(i+1), i + 1
		}
	}
	return float64(1+n) / float64(1+random), random
}

// draw shuffles m of the things to the front, and returns them: the first m
// steps of a shuffle. Whatever order the last draw left is as good a start as
// any.
func draw[T any](all []T, m int, rng *rand.PCG) []T {
	for i := range m {
		j := i + below(uint32(rng.Uint64()>>32), len(all)-i)
		all[i], all[j] = all[j], all[i]
	}
	return all[:m]
}

// permuteAll is the p of the permutation test on the differences of several
// ratio means at once, from random labellings.
//
// Hypothesis: the clusters of all sides come from one distribution, as in
// [permute].
//
// Statistic: the sum of squares between the sides, each weighed by the
// variance of its mean; from 0 to infinity.
//
//	sum of (T[i] - T)^2 / V[i],   T = (sum of T[i]/V[i]) / (sum of 1/V[i])
//
// the statistic of Welch's analysis of variance (1), with V as in permute. Its
// permutation distribution does not need equal spreads (2), as the plain sum
// of squares would.
//
// Approximate: from random labellings, see [chance].
//
// Unit: one document, or one paragraph where no source has two documents.
//
// Special cases: fewer than two sides, or clusters that all have the same
// mean, give p = 1. Where the clusters of a side do not vary, its V is
// taken for the smallest share that rounding leaves, so that the sides are
// still ordered by their difference. There is no NaN.
//
//	(1) B. L. Welch, On the comparison of several mean values: an alternative
//	    approach, Biometrika 38, 1951.
//	(2) M. Pauly, E. Brunner, F. Konietschke, Asymptotic permutation tests in
//	    general factorial designs, Journal of the Royal Statistical Society B
//	    77(2), 2015.
func permuteAll(sides [][]cluster, random int, rng *rand.PCG) float64 {
	var ks []int
	for _, s := range sides {
		if len(s) > 0 {
			ks = append(ks, len(s))
		}
	}
	if len(ks) < 2 {
		return 1
	}
	all, sum := centre(slices.Concat(sides...))
	if sum.ee == 0 {
		return 1
	}
	least := 1e-9 * sum.ee / sum.nn
	statistic := func(cs []moments) float64 {
		var w, wt, wtt float64
		for _, k := range ks {
			var x moments
			for i := range k {
				x.add(&cs[i])
			}
			cs = cs[k:]
			t, v := x.mean(), 1/max(least, x.variance(k, sum))
			w += v
			wt += float64(v * t)
			wtt += float64(float64(v*t) * t)
		}
		return max(0, wtt-float64(wt*wt)/w)
	}
	target := statistic(all)
	p, _ := chance(random, func() bool {
		return statistic(draw(all, len(all), rng)) >= (1-tie)*target
	})
	return p
}

// signFlip is the p of the two-sided test that paired differences scatter
// around zero, and how many choices of signs it looked at, and whether these
// were all.
//
// Hypothesis: each difference is as likely to have the other sign.
//
// Statistic: the absolute value of their sum. Studentising would change
// nothing: the sum of squares is the same whatever the signs.
//
// Exact where there are at most 20,000 choices of signs, for 14 differences;
// otherwise from random ones, see [chance].
//
// Unit: what one document, or paragraph, adds to the difference of two means
// over it. As these means are estimates the test holds its level only nearly;
// flipping the signs of such scores does so better than other tests where
// spreads differ (1).
//
// Special cases: no differences, or only zeros, give p = 1. There is no NaN.
//
//	(1) J. Hemerik, J. J. Goeman, L. Finos, Robust testing in generalized
//	    linear models by sign flipping score contributions, Journal of the
//	    Royal Statistical Society B 82(3), 2020.
func signFlip(differences []float64, random int, rng *rand.PCG) (p float64, looked int, exact bool) {
	k := len(differences)
	if k == 0 {
		return 1, 0, true
	}
	var seen, size float64
	for _, d := range differences {
		seen += d
		size += math.Abs(d)
	}
	target := math.Abs(seen) - tie*size
	sum := func(signs uint64, ds []float64) (s float64) {
		for i, d := range ds {
			if signs>>i&1 == 1 {
				d = -d
			}
			s += d
		}
		return s
	}
	count := 0
	if k < 15 { // 2^14 = 16384
		ways := uint64(1) << k
		for signs := range ways {
			if math.Abs(sum(signs, differences)) >= target {
				count++
			}
		}
		return float64(count) / float64(ways), int(ways), true
	}
	p, looked = chance(random, func() bool {
		var s float64
		for chunk := range slices.Chunk(differences, 64) {
			s += sum(rng.Uint64(), chunk)
		}
		return math.Abs(s) >= target
	})
	return p, looked, false
}
