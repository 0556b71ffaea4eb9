package compare

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// variance is the variance of a group's mean tone, estimated from its clusters
// and no smaller than if its sentences were independent; NaN for fewer than
// two clusters.
//
//	k/(k-1) * sum of (t[j] - n[j]*T)^2 / n^2      over the k clusters
//
// the usual variance of a ratio by linearisation (1). Where the clusters are a
// sample of the group's documents, which an [Accumulator] bounds, it is scaled
// to all sentences.
//
//	(1) W. G. Cochran, Sampling Techniques, 3rd ed., 1977, sections 2.11 and 6.3.
func (g *group) variance(clusters []cluster) float64 {
	if len(clusters) < 2 {
		return math.NaN()
	}
	_, all := centre(clusters)
	v := all.variance(len(clusters), all) * all.n / float64(g.sums.sentences)
	return max(v, g.steady()/float64(g.sums.sentences))
}

// steady is the variance of the tones of a group's sentences, held against the
// one that tones usually have: see [interval].
func (g *group) steady() float64 {
	n, v := float64(g.sums.sentences), g.spread()
	return max(v, (float64((n-1)*v)+usualWeight*usualSpread)/(n-1+usualWeight))
}

// designEffect is how many times more sentences are needed because they come
// in clusters: the variance of the mean with clusters over the variance that
// independent sentences would give (1), at least 1.
//
//	(1) L. Kish, Survey Sampling, 1965, section 5.4.
func (g *group) designEffect(clusters []cluster) float64 {
	s := g.spread()
	if len(clusters) < 2 || s == 0 {
		return 1
	}
	_, all := centre(clusters)
	return max(1, all.variance(len(clusters), all)*all.n/s)
}

// squares are sums of squares for an analysis of variance of tones, of one
// group or of several with a mean each.
type squares struct {
	between, within float64
	groups          int
	clusters        int
	sentences       float64
	slack           float64 // sum over groups of n - (sum of n[j]^2)/n
}

func (s *squares) add(t squares) {
	s.between += t.between
	s.within += t.within
	s.groups += t.groups
	s.clusters += t.clusters
	s.sentences += t.sentences
	s.slack += t.slack
}

// squares of a group. Where the clusters are a sample of the documents, the
// spread of all sentences stands for that of those in the sample.
func (g *group) squares(clusters []cluster) squares {
	sum := total(clusters)
	t := mean(sum.tone, sum.sentences)
	s := squares{groups: 1, clusters: len(clusters), sentences: float64(sum.sentences)}
	for _, c := range clusters {
		d := mean(c.tone, c.sentences) - t
		s.between += float64(float64(c.sentences) * float64(d*d))
	}
	s.slack = s.sentences - float64(size(clusters))
	s.within = max(0, float64((s.sentences-1)*g.spread())-s.between)
	return s
}

// size is how many sentences the cluster of a sentence has on average.
func size(clusters []cluster) float64 {
	var n, nn float64
	for _, c := range clusters {
		n += float64(c.sentences)
		nn += float64(float64(c.sentences) * float64(c.sentences))
	}
	return nn / n
}

// icc is the intraclass correlation: how much two sentences of one cluster
// resemble each other, as a share of the variance of all.
//
// Statistic: from -1 to 1; 0 where sentences of one cluster are no more alike
// than others, negative where they are less.
//
//	rho = (MSB - MSW) / (MSB + (n0 - 1) * MSW)
//	n0  = (n - sum of n[j]^2 / n) / (k - 1)
//
// with the mean squares between and within the k clusters: the estimator from
// the analysis of variance for clusters of unequal size (1). Of several groups
// sums and degrees of freedom are added up first.
//
// Special cases: not defined, and NaN, for fewer than two clusters, where every
// cluster has a single sentence, and where all tones are equal.
//
//	(1) A. Donner, A review of inference procedures for the intraclass
//	    correlation coefficient in the one-way random effects model,
//	    International Statistical Review 54(1), 1986.
func (s squares) icc() float64 {
	free := float64(s.clusters - s.groups)
	if free < 1 || s.sentences <= float64(s.clusters) {
		return math.NaN()
	}
	n0 := s.slack / free
	between, within := s.between/free, s.within/(s.sentences-float64(s.clusters))
	rho := (between - within) / (between + float64((n0-1)*within))
	return max(-1, min(1, rho)) // a NaN stays one
}

// power is the share of studies in which a difference that is there is to be
// found: four out of five, Cohen's convention.
const power = 0.8

// detectable is the smallest true difference that a test at the given level
// finds with the given power in a study like one whose estimate has the
// standard error se with df degrees of freedom: d = x*se with
//
//	(x - t) / sqrt(1 + (x^2 + t^2)/(2*df)) = z(power),   t = t(df, 1-alpha/2)
//
// The usual formula, x = t + z (1), takes the standard error as known. Here it
// is estimated twice, in the study at hand and in the one to come, and each
// adds what an estimated standard deviation varies by, 1/(2*df) of its square.
//
// Approximate: normal. With 18 degrees of freedom the power is 0.797 where it
// is to be 0.8, and 0.767 by t + t(df, power); with 4, 0.790 and 0.679: the
// share of numpy.random.default_rng(1)'s two million draws of a normal Z and of
// s1 and s2, sqrt(chisquare(df)/df), with Z + x*s1 > t*s2. TestCalibration
// plants such differences and counts how many are found.
//
//	(1) H. S. Bloom, Minimum detectable effects, Evaluation Review 19(5), 1995.
func detectable(alpha, df, se float64) float64 {
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(1 - alpha/2)
	z := distuv.UnitNormal.Quantile(power)
	// The larger root of x^2*c - 2*t*x + t^2*c - z^2 = 0. As df is 1 or more, c
	// is above 0.6.
	c := 1 - float64(z*z)/(2*df)
	x := (t + math.Sqrt(float64(t*t)-float64(c*(float64(float64(t*t)*c)-float64(z*z))))) / c
	return float64(x * se)
}

// welch is the degrees of freedom of the difference of two means whose
// variances va and vb are estimated with a and b degrees of freedom.
//
//	(1) F. E. Satterthwaite, An approximate distribution of estimates of
//	    variance components, Biometrics Bulletin 2(6), 1946.
func welch(va, a, vb, b float64) float64 {
	s := va + vb
	return float64(s*s) / (float64(va*va)/a + float64(vb*vb)/b)
}

// defined is a number rounded to six decimals, or nil for one that is none.
func defined(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	x = round6(x)
	return &x
}
