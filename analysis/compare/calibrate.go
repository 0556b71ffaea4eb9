package compare

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync/atomic"

	"parallax/analysis"
)

// Check is one promise of this package held against simulated sources, whose
// true tones are known.
type Check struct {
	Name  string  // what is promised
	Value float64 // how often it came true, or what was measured
	Low   float64 // the least and
	High  float64 // the most that the promise allows
	Runs  int     // simulations
	Noise float64 // how far chance moves Value to either side in so many runs: four standard errors

	share bool // Value is a share of the runs
}

// Passed reports whether the value is within its bounds, or no farther outside
// than chance in so few runs can put it.
func (c Check) Passed() bool {
	return c.Value >= c.Low-c.Noise && c.Value <= c.High+c.Noise
}

// outlet is a simulated source. The tones of a document's sentences have the
// intraclass correlation icc exactly: each document has a tone of its own,
// which a sentence takes with probability sqrt(icc), and otherwise draws anew.
type outlet struct {
	documents int
	sentences int     // of a document on average: 1 to twice this less 1, all alike often
	icc       float64 //
	zeros     float64 // share of tones that are 0
	against   float64 // share of the others that are below 0; these are 0.2 to 1 from 0
}

// mean is the true mean tone.
func (o outlet) mean() float64 { return (1 - o.zeros) * 0.6 * (1 - 2*o.against) }

// moved is the outlet with another true mean.
func (o outlet) moved(by float64) outlet {
	o.against -= by / (1 - o.zeros) / 1.2
	return o
}

func (o outlet) tone(r *rand.Rand) float64 {
	if r.Float64() < o.zeros {
		return 0
	}
	t := math.Round(scale*(0.2+0.8*r.Float64())) / scale
	if r.Float64() < o.against {
		return -t
	}
	return t
}

// publish adds the observations of an outlet. Where there is one document its
// paragraphs are what documents otherwise are.
func (o outlet) publish(a *Accumulator, name string, r *rand.Rand) error {
	copies := math.Sqrt(o.icc)
	for d := range o.documents {
		own := o.tone(r)
		for range 1 + r.IntN(2*o.sentences-1) {
			t := own
			if r.Float64() >= copies {
				t = o.tone(r)
			}
			err := a.Add(analysis.Observation{
				Source: name, Document: name + strconv.Itoa(d), Target: "X", Voice: analysis.VoiceAuthor, Mentions: 1,
				Tone: t, Positive: max(0, t), Negative: max(0, -t), Neutral: 1 - math.Abs(t),
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// usual is the outlet of most checks: documents of 8 sentences with an
// intraclass correlation of 0.13, which is what news articles were found to
// have, and half of the tones 0.
var usual = outlet{documents: 20, sentences: 8, icc: 0.13, zeros: 0.5, against: 0.6}

func (o outlet) of(documents int) outlet {
	o.documents = documents
	return o
}

// study simulates some outlets, named a, b, ..., and compares them.
func study(seed uint64, opts Options, outlets ...outlet) (Result, error) {
	r := rand.New(rand.NewPCG(seed, 0x5eed))
	var a Accumulator
	for i, o := range outlets {
		if err := o.publish(&a, string(rune('a'+i)), r); err != nil {
			return Result{}, err
		}
	}
	opts.Seed = seed
	return a.Result(opts)
}

// own are the cells and contrasts in one voice, of the two alike that a study
// makes.
func own(r Result) ([]Cell, []Contrast) {
	cells := slices.DeleteFunc(r.Cells, func(c Cell) bool { return c.Voice == VoiceAll })
	return cells, slices.DeleteFunc(r.Contrasts, func(c Contrast) bool { return c.Voice == VoiceAll })
}

// simulation counts what comes of many studies. Each adds to the sums that it
// is given; their means are the values of the checks.
type simulation struct {
	checks []Check
	once   func(seed uint64, opts Options, sums []float64) error
}

// Calibrate holds the promises of this package against runs simulations each,
// on all cores, and says what came of them:
//
//   - sources that do not differ are found to differ in 5 % of studies, one
//     pair at a time, any of several pairs after correction, and all at once;
//   - 93 to 97 % of the intervals of tones, differences and effect sizes hold
//     the true value;
//   - a true difference of the size that is said to be detectable is found in
//     four studies out of five;
//   - the same holds of the attention that sources pay to targets, and of tones
//     adjusted for topic, in which a difference of topic vanishes and one of tone
//     stays;
//   - shrunken estimates are nearer to the truth than raw ones, and a source of
//     three sentences does not head rankings by them.
//
// The same runs and seed give the same checks. It stops, with the context's
// error, when the context is done. step, where not nil, is called after each
// simulation, from any goroutine; there are Simulations(runs) of them.
func Calibrate(ctx context.Context, runs int, seed uint64, step func()) ([]Check, error) {
	var out []Check
	for i, s := range simulations() {
		sums := make([][]float64, runs)
		var failed atomic.Pointer[error]
		each(runs, func(j int) {
			if ctx.Err() != nil || failed.Load() != nil {
				return
			}
			sums[j] = make([]float64, len(s.checks))
			opts := Options{Resamples: 1000, Permutations: 999}
			if err := s.once(seed+uint64(i)<<32+uint64(j), opts, sums[j]); err != nil {
				failed.Store(&err)
			}
			if step != nil {
				step()
			}
		})
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := failed.Load(); err != nil {
			return nil, *err
		}
		for k, c := range s.checks {
			var sum, square float64
			for _, row := range sums {
				sum += row[k]
				square += float64(row[k] * row[k])
			}
			n := float64(runs)
			c.Value, c.Runs = sum/n, runs
			variance := max(0, square/n-float64(c.Value*c.Value))
			if c.share {
				// That of the promised share next to it: a few runs that all
				// come out alike have none of their own.
				p := max(c.Low, min(c.High, c.Value))
				variance = p * (1 - p)
			}
			c.Noise = 4 * math.Sqrt(variance/n)
			out = append(out, c)
		}
	}
	return out, nil
}

// Simulations is how many studies Calibrate simulates.
func Simulations(runs int) int { return runs * len(simulations()) }

func simulations() []simulation {
	var all []simulation
	yes := func(ok bool) float64 {
		if ok {
			return 1
		}
		return 0
	}
	size := func(name string) Check { return Check{Name: name, Low: 0.04, High: 0.06, share: true} }
	atMost := func(name string) Check { return Check{Name: name, High: 0.06, share: true} }
	covers := func(name string) Check { return Check{Name: name, Low: 0.93, High: 0.97, share: true} }

	// Two alike: the test's size, and intervals.
	for _, pair := range [][2]outlet{
		{usual, usual}, {usual.of(10), usual.of(40)}, {usual.of(100), usual.of(100)},
		{{20, 8, 0.13, 0.2, 0.5}, {20, 8, 0.13, 0.2, 0.5}}, {{20, 8, 0.13, 0.8, 0.7}, {20, 8, 0.13, 0.8, 0.7}},
	} {
		a, b := pair[0], pair[1]
		name := fmt.Sprintf("%d and %d documents alike, %.0f %% of tones zero: ", a.documents, b.documents, 100*a.zeros)
		all = append(all, simulation{
			[]Check{
				size(name + "a difference found at 0.05"),
				covers(name + "intervals of tones that hold the truth"),
				covers(name + "intervals of the difference that hold 0"),
				covers(name + "intervals of Cliff's delta that hold 0"),
				covers(name + "intervals of Hedges' g that hold 0"),
			},
			func(seed uint64, opts Options, sums []float64) error {
				r, err := study(seed, opts, a, b)
				if err != nil {
					return err
				}
				cells, contrasts := own(r)
				c := contrasts[0]
				sums[0] = yes(c.P <= 0.05)
				for _, c := range cells {
					sums[1] += yes(c.Low <= a.mean() && a.mean() <= c.High) / 2
				}
				sums[2] = yes(c.Low <= 0 && c.High >= 0)
				sums[3] = yes(c.CliffLow <= 0 && c.CliffHigh >= 0)
				sums[4] = yes(c.Hedges != nil && c.Hedges.Low <= 0 && c.Hedges.High >= 0)
				return nil
			},
		})
	}

	// Alike in mean tone only: in spread, and in length.
	for _, pair := range []struct {
		name string
		a, b outlet
	}{
		{"the more even with more documents", outlet{20, 8, 0.13, 0.3, 0.5}, outlet{40, 8, 0.13, 0.8, 0.5}},
		{"one with documents ten times as long", outlet{20, 2, 0.13, 0.5, 0.5}, outlet{40, 15, 0.13, 0.5, 0.5}},
	} {
		all = append(all, simulation{
			[]Check{{Name: "20 and 40 documents, alike in mean only, " + pair.name + ": a difference found at 0.05", Low: 0.03, High: 0.07, share: true}},
			func(seed uint64, opts Options, sums []float64) error {
				r, err := study(seed, opts, pair.a, pair.b)
				if err != nil {
					return err
				}
				_, contrasts := own(r)
				sums[0] = yes(contrasts[0].P <= 0.05)
				return nil
			},
		})
	}

	// Five alike: corrected families, and the test of all at once.
	all = append(all, simulation{
		[]Check{
			size("5 outlets alike: differences of any kind found at 0.05"),
			atMost("5 outlets alike: any of 10 pairs found at Holm's 0.05"),
			atMost("5 outlets alike: any found against the rest at Holm's 0.05"),
		},
		func(seed uint64, opts Options, sums []float64) error {
			r, err := study(seed, opts, usual, usual.of(10), usual, usual.of(30), usual)
			if err != nil {
				return err
			}
			_, contrasts := own(r)
			for _, o := range r.Omnibus {
				if o.Voice == analysis.VoiceAuthor {
					sums[0] = yes(o.P <= 0.05)
				}
			}
			sums[1] = yes(slices.ContainsFunc(contrasts, func(c Contrast) bool { return c.Carried }))
			sums[2] = yes(slices.ContainsFunc(r.Further, func(c Contrast) bool {
				return c.Family == ByRest && c.Voice == analysis.VoiceAuthor && c.Carried
			}))
			return nil
		},
	})

	// One outlet and its two voices, or two targets: paired by document.
	all = append(all, simulation{
		[]Check{
			size("one outlet, two targets alike: a difference found at 0.05"),
			covers("one outlet, two targets alike: intervals of the difference that hold 0"),
		},
		func(seed uint64, opts Options, sums []float64) error {
			r := rand.New(rand.NewPCG(seed, 0x5eed))
			var one, two, acc Accumulator
			if err := cmp.Or(usual.publish(&one, "a", r), usual.publish(&two, "a", r)); err != nil {
				return err
			}
			// The same documents, read for another target.
			for target, from := range map[string]*Accumulator{"X": &one, "Y": &two} {
				for k, c := range from.cells {
					k.target = target
					acc.cell(k).merge(c)
				}
			}
			opts.Seed = seed
			result, err := acc.Result(opts)
			if err != nil {
				return err
			}
			for _, c := range result.Further {
				if c.Family == ByTarget && c.Voice == analysis.VoiceAuthor {
					sums[0] = yes(c.P <= 0.05)
					sums[1] = yes(c.Low <= 0 && c.High >= 0)
				}
			}
			return nil
		},
	})

	// A difference of the size that is said to be detectable.
	for _, pair := range [][2]outlet{{usual, usual}, {usual.of(15), usual.of(40)}, {usual.of(60), usual.of(60)}} {
		a, b := pair[0], pair[1]
		name := fmt.Sprintf("%d and %d documents that differ by what is detectable: ", a.documents, b.documents)
		all = append(all, simulation{
			[]Check{
				{Name: name + "the difference found", Low: 0.75, High: 0.85, share: true},
				covers(name + "intervals of the difference that hold it"),
			},
			func(seed uint64, opts Options, sums []float64) error {
				// What a study of two alike says is detectable, and another
				// with that difference.
				quick := opts
				quick.Resamples, quick.Permutations = 200, 99
				r, err := study(seed, quick, a, b)
				if err != nil {
					return err
				}
				_, contrasts := own(r)
				d := *contrasts[0].Detectable
				if r, err = study(seed+1<<31, opts, a.moved(d), b); err != nil {
					return err
				}
				_, contrasts = own(r)
				c := contrasts[0]
				sums[0] = yes(c.P <= 0.05)
				sums[1] = yes(c.Low <= d && d <= c.High)
				return nil
			},
		})
	}

	// Eight outlets, some of three sentences: shrinking.
	all = append(all, simulation{
		[]Check{
			{Name: "8 outlets, two with 3 sentences: squared error of shrunken estimates over that of raw ones", Low: 0, High: 0.7},
			{Name: "8 outlets, two with 3 sentences: one of these heads the ranking by shrunken estimates", Low: 0, High: 0.25, share: true},
			{Name: "8 outlets, two with 3 sentences: one of these heads the ranking by raw ones", Low: 0.25, High: 1, share: true},
			{Name: "8 outlets, two with 3 sentences: shrunken intervals that hold the truth", Low: 0.93, High: 0.98, share: true},
		},
		func(seed uint64, opts Options, sums []float64) error {
			r := rand.New(rand.NewPCG(seed, 0xd15))
			outlets := make([]outlet, 8)
			for i := range outlets {
				outlets[i] = usual.of(5 + 5*i).moved(0.08 * r.NormFloat64())
				if i < 2 {
					outlets[i].documents, outlets[i].sentences = 3, 1
				}
			}
			result, err := study(seed, opts, outlets...)
			if err != nil {
				return err
			}
			cells, _ := own(result)
			var raw, shrunk float64
			byRaw, byShrunk := 0, 0
			for i, c := range cells {
				truth := outlets[i].mean()
				raw += math.Pow(c.Tone-truth, 2)
				shrunk += math.Pow(c.Shrunken.Value-truth, 2)
				sums[3] += yes(c.Shrunken.Low <= truth && truth <= c.Shrunken.High) / float64(len(cells))
				if c.Tone > cells[byRaw].Tone {
					byRaw = i
				}
				if c.Shrunken.Value > cells[byShrunk].Shrunken.Value {
					byShrunk = i
				}
			}
			sums[0] = shrunk / raw
			sums[1], sums[2] = yes(byShrunk < 2), yes(byRaw < 2)
			return nil
		},
	})

	// A reference of other documents, as the zero.
	all = append(all, simulation{
		[]Check{covers("20 documents against a reference of 5, 20 and 40: intervals of relative tones that hold the truth")},
		func(seed uint64, opts Options, sums []float64) error {
			past, err := study(seed+1<<31, opts, usual.of(5), usual, usual.of(40))
			if err != nil {
				return err
			}
			cells, _ := own(past)
			reference, err := NewReference(cells)
			if err != nil {
				return err
			}
			result, err := study(seed, opts, usual.moved(0.1))
			if err != nil {
				return err
			}
			cells, _ = own(result)
			x := reference.Relative(cells)[0]
			sums[0] = yes(x.Low <= 0.1 && 0.1 <= x.High)
			return nil
		},
	})

	// What is estimated of the clusters themselves.
	all = append(all, simulation{
		[]Check{{Name: "20 documents with an intraclass correlation of 0.13: its estimate, on average", Low: 0.12, High: 0.14}},
		func(seed uint64, opts Options, sums []float64) error {
			result, err := study(seed, opts, usual)
			if err != nil {
				return err
			}
			if icc := result.Cells[0].ICC; icc != nil {
				sums[0] = *icc
			}
			return nil
		},
	})
	return slices.Concat(all, attentionSimulations(), topicSimulations())
}
