package compare

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// The prior of how far sources lie apart: half a normal distribution of this
// scale, in units of tone: two sources in three within 0.25 of their mean, and
// most of them in less. At 0.5 a single source of a few extreme sentences makes
// all look far apart, and is believed; at 0.1 sources that do lie far apart, as
// those of the seeds do, are drawn together against what they say.
const usualDistance = 0.25

// distances are the values of tau that are looked at: steps far finer than any
// posterior for it.
const distances = 400

// shrunken are estimates of the mean tones of several sources towards one
// target that borrow strength from each other: each is drawn towards the mean
// of all, the more so the less is known of it, so that three sentences do not
// head a ranking.
//
// Model: the tone of source i is seen as y[i], normal about its true value with
// variance v[i]; the true values are normal about mu with standard deviation
// tau. mu may be anything; tau has half a normal distribution of scale 0.25.
//
//	given tau:  w[i] = 1/(v[i]+tau^2),  mu = sum of w*y / sum of w
//	            B[i] = v[i]*w[i]
//	            mean[i] = y[i] - B[i]*(y[i] - mu)
//	            var[i]  = (1-B[i])*v[i] + B[i]^2 / sum of w
//
// Estimates are the means over the posterior distribution of tau (1), and the
// intervals mean -+ z standard deviations, within [-1, 1]. It is empirical
// Bayes (2) with tau averaged over instead of put in: of five sources the
// usual estimates of tau are often 0, which would make all sources alike.
//
// Approximate: normal. tau is summed over 400 steps up to 2. The unit is the
// source. One source stays as it is. Every v must be positive.
//
//	(1) A. Gelman et al., Bayesian Data Analysis, 3rd ed., 2013, sections 5.4
//	    and 5.7.
//	(2) C. N. Morris, Parametric empirical Bayes inference: theory and
//	    applications, Journal of the American Statistical Association 78, 1983.
func shrunken(y, v []float64, z float64) []Effect {
	n := len(y)
	if n == 1 {
		return []Effect{within(y[0], float64(z*math.Sqrt(v[0])))}
	}
	// pull is where tau draws each estimate, and how sure that is.
	pull := func(tau float64, means, vars []float64) (logarithm float64) {
		var w, wy float64
		for i := range y {
			u := 1 / (v[i] + float64(tau*tau))
			w += u
			wy += float64(u * y[i])
		}
		mu, x := wy/w, tau/usualDistance
		l := -float64(x*x)/2 - math.Log(w)/2 // of tau's posterior density, up to a constant
		for i := range y {
			u, d := 1/(v[i]+float64(tau*tau)), y[i]-mu
			l += (math.Log(u) - float64(u*float64(d*d))) / 2
			b := v[i] * u
			means[i] = y[i] - float64(b*d)
			vars[i] = float64((1-b)*v[i]) + float64(b*b)/w
		}
		return l
	}
	tau := func(step int) float64 { return (float64(step) + 0.5) * 2 / distances }
	means, vars := make([]float64, n), make([]float64, n)
	ls := make([]float64, distances)
	for step := range ls {
		ls[step] = pull(tau(step), means, vars)
	}
	top := slices.Max(ls)
	var weight float64
	sum, square, inner := make([]float64, n), make([]float64, n), make([]float64, n)
	for step, l := range ls {
		p := math.Exp(l - top)
		pull(tau(step), means, vars)
		weight += p
		for i := range y {
			sum[i] += float64(p * means[i])
			square[i] += float64(p * float64(means[i]*means[i]))
			inner[i] += float64(p * vars[i])
		}
	}
	out := make([]Effect, n)
	for i := range out {
		m := sum[i] / weight
		sd := math.Sqrt(max(0, square[i]/weight-float64(m*m)) + inner[i]/weight)
		out[i] = within(m, float64(z*sd))
	}
	return out
}

// within is a tone with an interval that stays on the scale.
func within(tone, arm float64) Effect {
	tone = max(-1, min(1, tone))
	return effect(tone, max(-1, tone-arm), min(1, tone+arm))
}

// shrink fills in the shrunken estimates of the cells of one target and voice.
// They are cells[i] of groups[i].
//
// The variance of a cell with few clusters says little; it is then made from
// what all cells together say, as is usual in small-area estimation (J. N. K.
// Rao, I. Molina, Small Area Estimation, 2nd ed., 2015, section 6.4):
//
//	v = s^2/n * (1 + (m-1) * max(0, rho))
//
// with s^2 the variance of sentences within cells, m the size of the cluster of
// an average sentence, and rho the intraclass correlation. Where any source has two
// documents, clusters are documents, and a source with a single one is a single
// cluster: it is uncertain as one article of an outlet is.
func shrink(groups []*group, cells []*Cell, opts Options) {
	document := slices.ContainsFunc(groups, func(g *group) bool { return !g.single })
	clusters := make([][]cluster, len(groups))
	var all squares
	spread, free := usualWeight*usualSpread, float64(usualWeight)
	for i, g := range groups {
		clusters[i] = g.paragraphs
		if document {
			clusters[i] = g.documents
		}
		all.add(g.squares(clusters[i]))
		n := float64(g.sums.sentences - 1)
		spread += float64(n * g.spread())
		free += n
	}
	rho := all.icc()
	if !(rho > 0) { // also NaN
		rho = 0
	}
	y, v := make([]float64, len(groups)), make([]float64, len(groups))
	for i, g := range groups {
		y[i] = g.tone()
		if k := float64(len(clusters[i])); k >= fewClusters {
			// The model takes variances as known. One of k clusters is not: a
			// mean over its standard error has the variance of Student's t.
			v[i] = g.variance(clusters[i]) * (k - 1) / (k - 3)
		} else {
			v[i] = spread / free / float64(g.sums.sentences) * (1 + float64((size(clusters[i])-1)*rho))
		}
	}
	z := distuv.UnitNormal.Quantile(1 - opts.alpha()/2)
	for i, e := range shrunken(y, v, z) {
		cells[i].Shrunken = e
	}
}
