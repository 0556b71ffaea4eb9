package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parallax/analysis"
)

// material makes the group of documents with the given tones.
func material(t *testing.T, source string, documents ...[]float64) *group {
	t.Helper()
	var a Accumulator
	for i, tones := range documents {
		for j, tone := range tones {
			if err := a.Add(observe(source, fmt.Sprint(source, " ", i), j/2, "US", "author", tone)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, g := range a.groups() {
		if g.voice == "author" {
			return g
		}
	}
	t.Fatal("no group")
	return nil
}

// numpy, for the documents C: n = [3 2 4 1], N = 10;
// msb, msw from scipy.stats.f_oneway(*C).statistic = msb/msw = 16.285714;
// (msb-msw)/(msb+(n0-1)*msw) = 0.8675675675675676 with n0 = (N-sum(n**2)/N)/3;
// k/(k-1)*sum((sum(c)-len(c)*mean)**2)/N**2 = 0.01786666666666667, and that over
// numpy.var(x, ddof=1)/N is 2.01.
func TestPrecision(t *testing.T) {
	g := material(t, "s", []float64{.5, .3, .4}, []float64{0, -.2}, []float64{.1, .1, 0, .3}, []float64{-.5})
	sq := g.squares(g.documents)
	_, all := centre(g.documents)
	got := []float64{sq.icc(), all.variance(4, all), g.designEffect(g.documents), size(g.documents)}
	if diff := cmp.Diff([]float64{0.8675675675675676, 0.01786666666666667, 2.01, 3}, got, near); diff != "" {
		t.Error(diff)
	}
	for name, docs := range map[string][][]float64{
		"one document": {{.1, .2, .3}}, "single sentences": {{.1}, {.2}, {.3}}, "one tone": {{.1, .1}, {.1}},
	} {
		g := material(t, "s", docs...)
		if got := g.squares(g.documents).icc(); !math.IsNaN(got) {
			t.Errorf("%s: intraclass correlation %v, want none", name, got)
		}
	}
	// t = scipy.stats.t(18).ppf(.975); z = scipy.stats.norm.ppf(.8)
	// scipy.optimize.brentq(lambda x: (x-t)/math.sqrt(1+(x*x+t*t)/36)-z, t, 50)*.05
	// statsmodels.stats.weightstats.CompareMeans.from_data([.1,.5,.3,.2], [-.3,.9,.0,.4,.1]).dof_satt()
	got = []float64{detectable(0.05, 18, 0.05), welch(0.007291666666666666, 3, 0.0414, 4)}
	if diff := cmp.Diff([]float64{0.1546281047400198, 5.3133356951168205}, got, near); diff != "" {
		t.Error(diff)
	}
}

// numpy, for a and b below: pooled sd sp from var(ddof=1),
// (a.mean()-b.mean())/sp*(1-3/(4*11-9)) = 1.4444088212994546. Cliff's placements
// p(x) = mean(sign(x-b)): mean 0.8; var(p(a), ddof=1)/6 + var(p(b), ddof=1)/5 =
// 0.0466666667; with z = scipy.stats.t(9).ppf(.975) the interval is
// -0.014385388876842509 to 0.9762933310956917.
func TestEffects(t *testing.T) {
	// A document each sentence: design effects of 1.
	singles := func(tones ...float64) (out [][]float64) {
		for _, x := range tones {
			out = append(out, []float64{x})
		}
		return out
	}
	a, b := material(t, "a", singles(.5, .3, -.1, .2, .2, .9)...), material(t, "b", singles(-.8, -.5, 0, 0, .1)...)
	if d := math.Max(a.designEffect(a.documents), b.designEffect(b.documents)); math.Abs(d-1) > 1e-12 {
		t.Fatalf("design effect %v", d)
	}
	if low, high := cliffInterval(a, b, a.documents, b.documents, 0.05); low != -0.014385 || high != 0.976293 {
		t.Errorf("Cliff's delta from %v to %v", low, high)
	}
	// By hand: factor g/d; arms of 0.2 and 0.3; t(9) = 2.262157, wobble 2.262157^2*g^2/18.
	d := a.tone() - b.tone()
	const g = 1.4444088212994546
	wobble := 2.2621571628540993 * 2.2621571628540993 * g * g / 18
	want := Effect{g, g - math.Sqrt(0.04*g*g/d/d+wobble), g + math.Sqrt(0.09*g*g/d/d+wobble)}
	if diff := cmp.Diff(want, *hedges(a, b, 11, d, d-0.2, d+0.3, 0.05), cmpopts.EquateApprox(0, 1e-6)); diff != "" {
		t.Error(diff)
	}
	high, low := material(t, "h", singles(.5, .6, .7)...), material(t, "l", singles(-.5, -.5, -.5)...)
	z2 := 2.7764451051977987 * 2.7764451051977987 // t(4)
	if from, to := cliffInterval(high, low, high.documents, low.documents, 0.05); math.Abs(from-(1-2*z2/(3+z2))) > 1e-6 || to != 1 {
		t.Errorf("no overlap: from %v to %v", from, to)
	}
	if e := hedges(low, low, 6, 0, -1, 1, 0.05); e != nil {
		t.Errorf("no spread: %v", e)
	}
}

// scipy.integrate.quad over tau from 0 to 2 of p(tau) = exp(-(tau/.25)**2/2) * sum(u)**-.5 *
// prod(sqrt(u)*exp(-u*(y-mu)**2/2)), u = 1/(v+tau**2), mu = sum(u*y)/sum(u), for
// means and standard deviations.
func TestShrunken(t *testing.T) {
	got := shrunken([]float64{.4, -.1, .0, .2}, []float64{.09, .01, .004, .02}, 1)
	for i, want := range [][2]float64{
		{0.10542745418527669, 0.16959234228750628}, {-0.037742044732929206, 0.08648866759286895},
		{0.008330116484473727, 0.057688408102844965}, {0.09929407278009496, 0.11671538391322073},
	} {
		if math.Abs(got[i].Value-want[0]) > 2e-5 || math.Abs(got[i].High-got[i].Value-want[1]) > 2e-5 {
			t.Errorf("source %d: %+v, want %v with arm %v", i, got[i], want[0], want[1])
		}
	}
	if one := shrunken([]float64{0.3}, []float64{0.01}, 2); one[0] != (Effect{0.3, 0.1, 0.5}) {
		t.Errorf("one source: %+v", one)
	}
	// Three thousand sources: densities far outside of what a float64 holds.
	if many := shrunken(slices.Repeat([]float64{.4, -.4}, 1500), slices.Repeat([]float64{1e-4}, 3000), 1); math.Abs(many[0].Value-0.4) > 0.001 {
		t.Errorf("many sources: %+v", many[0])
	}
}

// Three sentences do not head the ranking: the shrunken estimate puts them
// behind what thirty sentences of five documents carry.
func TestShrunkenRanking(t *testing.T) {
	var all []analysis.Observation
	for s, lean := range []float64{0.3, 0.05, 0, -0.05, 0.1} {
		for i := range 30 {
			all = append(all, observe(fmt.Sprint("s", s), fmt.Sprint("d", s, i%5), i, "US", "author", lean+0.5*float64(i%3-1)))
		}
	}
	for i := range 3 {
		all = append(all, observe("few", "f", i, "US", "author", 0.5+0.2*float64(i-1)))
	}
	var first, firstShrunken Cell
	for _, c := range mustCompare(t, all, quick).Cells {
		if c.Voice != "author" {
			continue
		}
		if c.Tone > first.Tone {
			first = c
		}
		if c.Shrunken.Value > firstShrunken.Shrunken.Value {
			firstShrunken = c
		}
		if !(c.Shrunken.Low < c.Shrunken.Value && c.Shrunken.Value < c.Shrunken.High) {
			t.Errorf("%s: %+v", c.Source, c.Shrunken)
		}
	}
	if first.Source != "few" || firstShrunken.Source != "s0" {
		t.Errorf("first by tone %s, shrunken %s: want few and s0", first.Source, firstShrunken.Source)
	}
}

// bottom keeps the same names however they come, with whole values.
func TestBottom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const limit, names = 50, 700
	want := bottom[int]{limit: limit}
	parts := make([]bottom[int], 6)
	for i := range parts {
		parts[i].limit = limit
	}
	counts := map[string]int{}
	for range 5000 {
		name := fmt.Sprint("name ", r.IntN(names))
		counts[name]++
		for _, b := range []*bottom[int]{&want, &parts[r.IntN(len(parts))]} {
			if v := b.at(name); v != nil {
				*v++
			}
		}
	}
	for len(parts) > 1 {
		i := r.IntN(len(parts) - 1)
		parts[i].merge(&parts[len(parts)-1], func(into, from *int) { *into += *from })
		parts = parts[:len(parts)-1]
	}
	got := &parts[0]
	if len(want.names()) != limit || !slices.Equal(got.names(), want.names()) || got.last != want.last || got.count() != want.count() {
		t.Fatalf("%d and %d names, %d and %d counted", len(got.names()), len(want.names()), got.count(), want.count())
	}
	for _, name := range got.names() {
		if *got.values[name] != counts[name] || *want.values[name] != counts[name] {
			t.Errorf("%s: %d and %d, want %d", name, *got.values[name], *want.values[name], counts[name])
		}
	}
	if n := float64(got.count()); math.Abs(n/float64(len(counts))-1) > 4/math.Sqrt(limit-2) {
		t.Errorf("%v names, want about %d", n, len(counts))
	}
}
