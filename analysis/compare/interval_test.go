package compare

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"parallax/analysis"
)

var coverage = flag.Int("coverage", 150, "simulated samples per cell of TestCoverage; 4000 gives the figures in the comment of interval")

var defaults, _ = Options{}.withDefaults()

// Two clusters a and b of one size: a resample has the mean a, (a+b)/2 or b
// with probabilities 1/4, 1/2, 1/4, so both arms are |a-b|/2 long before they
// are widened by sqrt(2) * t(1, 0.975) / z(0.975) = 9.16806. The quantiles:
// python3 -c "from scipy import stats; print(stats.t.ppf(.975,1), stats.norm.ppf(.975))"
// prints 12.706204736174694 1.959963984540054.
//
// With 4,000 sentences the floor that the usual spread sets is 0.0003.
func TestIntervalTwoClusters(t *testing.T) {
	low, high, warning := interval(UnitParagraph, []cluster{{200_000, 2000}, {600_000, 2000}}, 0, defaults, stream(1))
	arm := 0.01 * math.Sqrt2 * 12.706204736174694 / 1.959963984540054
	want := []float64{0.02 - arm, 0.02 + arm}
	if diff := cmp.Diff(want, []float64{low, high}, near); diff != "" || warning != "" {
		t.Error(diff, warning)
	}
}

func TestIntervalSpecial(t *testing.T) {
	// 1 - 0.025^(1/k) by hand: k=2 0.841886, k=10 0.308497 (Clopper-Pearson's upper end for 0 of 10).
	for _, tt := range []struct {
		clusters  []cluster
		low, high float64
		warning   string
	}{
		{nil, -1, 1, "one paragraph: no interval can be had"},
		{[]cluster{{5000, 9}}, -1, 1, "one paragraph: no interval can be had"},
		{slices.Repeat([]cluster{{0, 3}}, 10), -0.3084971078, 0.3084971078, "every paragraph has the same tone"},
		{[]cluster{{5000, 1}, {10000, 2}}, 0.5 - 0.8418861170*1.5, 0.5 + 0.8418861170*0.5, "every paragraph has the same tone"},
		{[]cluster{{-10000, 1}, {-10000, 1}}, -1, -1 + 0.8418861170*2, "every paragraph has the same tone"},
	} {
		low, high, warning := interval(UnitParagraph, tt.clusters, 0, defaults, stream(1))
		if diff := cmp.Diff([]float64{tt.low, tt.high}, []float64{low, high}, near); diff != "" {
			t.Errorf("%v: %s", tt.clusters, diff)
		}
		if !strings.HasPrefix(warning, tt.warning) {
			t.Errorf("%v: warning %q, want %q", tt.clusters, warning, tt.warning)
		}
	}
}

// Two clusters that happen to agree say little: the sentences' own spread of
// 0.25 is the floor. By hand: t(9, 0.975) * sqrt(0.25/10) = 2.262157 * 0.158114.
func TestIntervalFloor(t *testing.T) {
	low, high, _ := interval(UnitDocument, []cluster{{1000, 5}, {1001, 5}}, 0.25, defaults, stream(1))
	if diff := cmp.Diff([]float64{0.02001 - 0.357678, 0.02001 + 0.357678}, []float64{low, high}, cmpopts.EquateApprox(0, 1e-6)); diff != "" {
		t.Error(diff)
	}
}

// Three like tones claim no certainty: by hand the variance is held at
// 2*0.15/4 = 0.075, and t(2, 0.975) * sqrt(0.075/3) = 4.302653 * 0.158114.
func TestIntervalFew(t *testing.T) {
	low, high, _ := interval(UnitParagraph, []cluster{{0, 1}, {100, 1}, {200, 1}}, 0, defaults, stream(1))
	if diff := cmp.Diff([]float64{0.01 - 0.680310, 0.01 + 0.680310}, []float64{low, high}, cmpopts.EquateApprox(0, 1e-6)); diff != "" {
		t.Error(diff)
	}
}

// Against the textbook: for clusters of one sentence the standard error of the
// mean is sd/sqrt(k), and the interval is nearly the t interval.
func TestIntervalLarge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var clusters []cluster
	var tones []float64
	for range 200 {
		v := int64(r.IntN(8001) - 4000)
		clusters = append(clusters, cluster{v, 1})
		tones = append(tones, float64(v)/scale)
	}
	low, high, _ := interval(UnitParagraph, clusters, stat.Variance(tones, nil), defaults, stream(1))
	want := 2 * 1.97196 * stat.StdDev(tones, nil) / math.Sqrt(200) // t(199, 0.975)
	if got := high - low; math.Abs(got/want-1) > 0.1 {
		t.Errorf("width %.4f, t interval %.4f", got, want)
	}
}

func TestWarnings(t *testing.T) {
	many := func(documents, paragraphs, sentences int) (all []analysis.Observation) {
		for i := range sentences {
			all = append(all, observe("s", fmt.Sprint("d", i%documents), i%paragraphs, "US", "author", -0.5-0.01*float64(i%7)))
		}
		return all
	}
	const article = "one article: says how this article frames the target, not how the outlet does"
	for name, tt := range map[string]struct {
		all     []analysis.Observation
		carried bool
		want    []string
	}{
		"plenty":         {many(6, 1, 30), true, []string{}},
		"one article":    {many(1, 6, 30), true, []string{article}},
		"few sentences":  {many(1, 5, 5), true, []string{"fewer than 10 sentences (5)", article}},
		"four sentences": {many(1, 4, 4), false, []string{"fewer than 10 sentences (4)", "fewer than 5 paragraphs (4)", article}},
		"two articles":   {many(2, 9, 30), false, []string{"fewer than 5 documents (2)"}},
		"one paragraph": {many(1, 1, 30), false, []string{"fewer than 5 paragraphs (1)",
			"one paragraph: no interval can be had", article}},
		"one tone": {slices.Repeat([]analysis.Observation{
			observe("s", "d1", 0, "US", "author", 0.5), observe("s", "d2", 0, "US", "author", 0.5),
		}, 6), false, []string{"fewer than 5 documents (2)",
			"every document has the same tone: the interval is the worst case that 2 of them leave open"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := mustCompare(t, tt.all, quick).Cells[0]
			if diff := cmp.Diff(tt.want, c.Warnings); diff != "" {
				t.Error(diff)
			}
			if c.Carried != tt.carried {
				t.Errorf("carried %v, want %v: %+v", c.Carried, tt.carried, c)
			}
		})
	}
}

// sample draws k clusters of one to four sentences, of which a share of zeros
// has tone 0 and the others mostly share their paragraph's sign and strength.
// It returns the variance of the tones beside them.
func sample(r *rand.Rand, k int, zeros, unfavourable float64) ([]cluster, float64) {
	clusters := make([]cluster, k)
	var tones []float64
	for i := range clusters {
		against := r.Float64() < unfavourable
		strength := 0.2 + 0.6*r.Float64()
		clusters[i].sentences = int64(1 + r.IntN(4))
		for range clusters[i].sentences {
			var tone int64
			if r.Float64() >= zeros {
				tone = int64(scale * strength * (0.5 + 0.5*r.Float64()))
				if against != (r.Float64() < 0.2) { // one in five goes the other way
					tone = -tone
				}
			}
			clusters[i].tone += tone
			tones = append(tones, float64(tone)/scale)
		}
	}
	return clusters, stat.Variance(tones, nil)
}

// populations of TestCoverage: share of zeros, and of unfavourable clusters.
var populations = [][2]float64{{0.6, 0.7}, {0.8, 0.7}, {0.9, 0.8}}

// truth is the population's mean tone: a sentence is unfavourable with
// probability 0.8u + 0.2(1-u), and its strength is 0.5 * 0.75 on average.
func truth(zeros, u float64) float64 {
	return (1 - zeros) * 0.375 * (1 - 2*(0.8*u+0.2*(1-u)))
}

// The intervals cover the true mean about as often as they say. The methods
// that were not chosen are computed beside ours, for the log.
func TestCoverage(t *testing.T) {
	opts := defaults
	opts.Resamples = 400
	if *coverage > 1000 {
		opts.Resamples = 1000
	}
	for _, k := range []int{6, 12, 20, 40} {
		tq := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(k - 1)}.Quantile(0.975)
		grow := math.Sqrt(float64(k) / float64(k-1))
		expanded := distuv.UnitNormal.CDF(-grow * tq)
		c := grow * tq / distuv.UnitNormal.Quantile(0.975)

		for _, p := range populations {
			want := truth(p[0], p[1])
			var covered, width [4]float64
			for i := range *coverage {
				r := rand.New(rand.NewPCG(uint64(i), uint64(k)))
				clusters, spread := sample(r, k, p[0], p[1])
				sum := total(clusters)
				tone := mean(sum.tone, sum.sentences)

				means := make([]float64, opts.Resamples)
				resample(means, clusters, stream(uint64(i)))
				slices.Sort(means)
				q := func(p float64) float64 { return stat.Quantile(p, stat.Empirical, means, nil) }
				low, high, _ := interval(UnitParagraph, clusters, spread, opts, stream(uint64(i)))
				for m, iv := range [4][2]float64{
					{q(0.025), q(0.975)},
					{q(expanded), q(1 - expanded)},
					{tone - c*(tone-q(0.025)), tone + c*(q(0.975)-tone)},
					{low, high},
				} {
					if iv[0] <= want && want <= iv[1] {
						covered[m] += 1 / float64(*coverage)
					}
					width[m] += (iv[1] - iv[0]) / float64(*coverage)
				}
			}
			t.Logf("%2d clusters, %.0f %% zeros: covered percentile %.3f, expanded %.3f, two arms %.3f, ours %.3f; width percentile %.2f, ours %.2f",
				k, 100*p[0], covered[0], covered[1], covered[2], covered[3], width[0], width[3])
			// 150 samples at 0.95 have a standard error of 0.018.
			if covered[3] < 0.90 {
				t.Errorf("%d clusters, zeros %.1f: %.3f of the intervals cover", k, p[0], covered[3])
			}
			if width[3] > 2.2*width[0] && k >= 12 {
				t.Errorf("%d clusters, zeros %.1f: width %.2f against %.2f", k, p[0], width[3], width[0])
			}
		}
	}
}

// The intervals that a statistician would think of first, on documents as
// [Calibrate] simulates them. The figures are in the comment of interval.
func TestCoverageOfDocuments(t *testing.T) {
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("simulates for seconds; set PARALLAX_SLOW to run it")
	}
	opts := defaults
	opts.Resamples = 400
	if *coverage > 1000 {
		opts.Resamples = 1000
	}
	quantile := func(p float64, x []float64) float64 {
		return stat.Quantile(max(0, min(1, p)), stat.Empirical, x, nil)
	}
	linear := func(cs []cluster) (tone, se float64) {
		_, all := centre(cs)
		sum := total(cs)
		return mean(sum.tone, sum.sentences), math.Sqrt(all.variance(len(cs), all))
	}
	for _, p := range [][2]float64{{0.5, 0.6}, {0.8, 0.6}, {0.9, 0.9}} {
		zeros := p[0]
		for _, k := range []int{5, 8, 20, 40} {
			o := outlet{documents: k, sentences: 8, icc: 0.13, zeros: zeros, against: p[1]}
			var covered [5]float64
			for i := range *coverage {
				clusters, spread := drawn(t, o, uint64(i))
				tone, se := linear(clusters)
				r := rand.New(rand.NewPCG(uint64(i), 5))
				means, ts := make([]float64, opts.Resamples), make([]float64, opts.Resamples)
				lower := 0.0
				again := make([]cluster, k)
				for j := range means {
					for l := range again {
						again[l] = clusters[r.IntN(k)]
					}
					m, s := linear(again)
					means[j] = m
					if s > 0 {
						ts[j] = (m - tone) / s
					}
					switch {
					case m < tone:
						lower++
					case m == tone:
						lower += 0.5
					}
				}
				slices.Sort(means)
				slices.Sort(ts)
				// BCa: Efron 1987, with the jackknife's acceleration.
				sum := total(clusters)
				var u2, u3 float64
				for _, c := range clusters {
					u := tone - mean(sum.tone-c.tone, sum.sentences-c.sentences)
					u2, u3 = u2+u*u, u3+u*u*u
				}
				a := 0.0
				if u2 > 0 {
					a = u3 / 6 / math.Pow(u2, 1.5)
				}
				z0 := distuv.UnitNormal.Quantile(max(1e-4, min(1-1e-4, lower/float64(opts.Resamples))))
				bca := func(p float64) float64 {
					z := z0 + distuv.UnitNormal.Quantile(p)
					return quantile(distuv.UnitNormal.CDF(z0+z/(1-a*z)), means)
				}
				arm := student(k-1, opts.alpha()) * se
				low, high, _ := interval(UnitDocument, clusters, spread, opts, stream(uint64(i)))
				for m, iv := range [5][2]float64{
					{quantile(0.025, means), quantile(0.975, means)},
					{bca(0.025), bca(0.975)},
					{tone - quantile(0.975, ts)*se, tone - quantile(0.025, ts)*se},
					{tone - arm, tone + arm},
					{low, high},
				} {
					if iv[0] <= o.mean() && o.mean() <= iv[1] {
						covered[m] += 1 / float64(*coverage)
					}
				}
			}
			t.Logf("%2d documents, %.0f %% zeros: covered percentile %.3f, BCa %.3f, studentised %.3f, t %.3f, ours %.3f",
				k, 100*zeros, covered[0], covered[1], covered[2], covered[3], covered[4])
			// 150 samples at 0.95 have a standard error of 0.018.
			if covered[4] < 0.88 {
				t.Errorf("%d documents, zeros %.1f: %.3f of the intervals cover", k, zeros, covered[4])
			}
		}
	}
}

// drawn are the documents of a simulated outlet, and the variance of their tones.
func drawn(t *testing.T, o outlet, seed uint64) ([]cluster, float64) {
	t.Helper()
	var a Accumulator
	if err := o.publish(&a, "a", rand.New(rand.NewPCG(seed, 0x5eed))); err != nil {
		t.Fatal(err)
	}
	g := a.groups()[0]
	return g.documents, g.spread()
}
