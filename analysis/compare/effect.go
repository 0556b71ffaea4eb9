package compare

import (
	"math"
)

// Effect is the size of a difference with its interval at Options.Level.
type Effect struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

func effect(value, low, high float64) Effect {
	v := round6(value)
	return Effect{v, min(v, round6(low)), max(v, round6(high))}
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

// components are the placements of one side among the other: for each distinct
// tone x of A, how much more often B lies below it than above, in [-1, 1].
func components(a, b []bin) []float64 {
	var nb int64
	for _, y := range b {
		nb += y.count
	}
	out := make([]float64, len(a))
	below, i := int64(0), 0
	for k, x := range a {
		for ; i < len(b) && b[i].tone < x.tone; i++ {
			below += b[i].count
		}
		above := nb - below
		if i < len(b) && b[i].tone == x.tone {
			above -= b[i].count
		}
		out[k] = float64(below-above) / float64(nb)
	}
	return out
}

// cliffInterval is an interval for Cliff's delta that takes heed of clusters.
//
//	s^2 = deff(A) * var(x placed in B) / nA + deff(B) * var(y placed in A) / nB
//	low, high = (d - d^3 -+ z*s * sqrt((1-d^2)^2 + z^2*s^2)) / (1 - d^2 + z^2*s^2)
//
// Approximate: the variance of a placement statistic (2), with the design
// effects of the two means in the place of those of the placements, in the
// asymmetric interval that stays within [-1, 1] (1), with Student's quantile
// for kA + kB - 2 clusters as z. TestCalibration has its coverage.
//
// The unit is the document or paragraph. Where no sentence of one side overlaps
// the other, or all tie, s is 0 and says nothing; the interval then reaches
// 2*z^2/(k+z^2) towards the other side, with k the smaller number of clusters
// (1). Fewer than two clusters on a side give -1 and 1.
//
//	(1) D. Feng, N. Cliff, Monte Carlo evaluation of ordinal d with improved
//	    confidence interval, Journal of Modern Applied Statistical Methods 3(2), 2004.
//	(2) E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Comparing the areas
//	    under two or more correlated receiver operating characteristic curves,
//	    Biometrics 44(3), 1988.
func cliffInterval(a, b *group, ca, cb []cluster, alpha float64) (low, high float64) {
	d := cliff(a.tones, b.tones)
	if len(ca) < 2 || len(cb) < 2 {
		return -1, 1
	}
	z := student(len(ca)+len(cb)-2, alpha)
	part := func(g *group, clusters []cluster, placed []float64, sign float64) float64 {
		n := float64(g.sums.sentences)
		if n < 2 {
			return 0
		}
		var ss float64
		for i, p := range placed {
			e := p - sign*d
			ss += float64(float64(g.tones[i].count) * float64(e*e))
		}
		return g.designEffect(clusters) * ss / (n - 1) / n
	}
	s2 := part(a, ca, components(a.tones, b.tones), 1) + part(b, cb, components(b.tones, a.tones), -1)
	if s2 == 0 {
		arm := 2 * z * z / (float64(min(len(ca), len(cb))) + float64(z*z))
		return round6(max(-1, d-arm)), round6(min(1, d+arm))
	}
	rest := 1 - float64(d*d)
	zs2 := float64(z * z * s2)
	root := math.Sqrt(zs2) * math.Sqrt(float64(rest*rest)+zs2)
	middle, under := float64(d*rest), rest+zs2
	return min(d, round6((middle-root)/under)), max(d, round6((middle+root)/under))
}

// hedges is Hedges' g of a contrast: the difference in units of the standard
// deviation of the sentences' tones.
//
//	g = J * (T(A) - T(B)) / S,   J = 1 - 3/(4*(nA+nB) - 9)
//	S^2 = ((nA-1)*var(A) + (nB-1)*var(B)) / (nA + nB - 2)
//
// J removes the bias of small samples (1). The interval takes the arms of the
// difference's own interval, which is by clusters, over S, and adds what S
// itself may err, with Student's quantile and kA + kB - 2 degrees of freedom:
//
//	arm^2 = (J * arm of the difference / S)^2 + t^2 * g^2 / (2*(kA+kB-2))
//
// Approximate. The unit is the document or paragraph. Special cases: nil where
// the tones of neither side vary, or there are fewer than three clusters.
//
//	(1) L. V. Hedges, Distribution theory for Glass's estimator of effect size
//	    and related estimators, Journal of Educational Statistics 6(2), 1981.
//	(2) L. V. Hedges, Effect sizes in cluster-randomized designs, Journal of
//	    Educational and Behavioral Statistics 32(4), 2007.
func hedges(a, b *group, clusters int, d, low, high, alpha float64) *Effect {
	na, nb := float64(a.sums.sentences), float64(b.sums.sentences)
	squares := float64((na-1)*a.spread()) + float64((nb-1)*b.spread())
	df := float64(clusters - 2)
	if squares <= 0 || df < 1 {
		return nil
	}
	factor := (1 - 3/(4*(na+nb)-9)) / math.Sqrt(squares/(na+nb-2))
	g := factor * d
	t := student(clusters-2, alpha)
	wobble := float64(t*t) * float64(g*g) / (2 * df)
	arm := func(x float64) float64 {
		x *= factor
		return math.Sqrt(float64(x*x) + wobble)
	}
	e := effect(g, g-arm(d-low), g+arm(high-d))
	return &e
}
