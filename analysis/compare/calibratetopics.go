package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"parallax/analysis"
)

// beat is a simulated source with documents on war, on trade and on neither:
// sentences on war are 0.4 less favourable, those on trade 0.2 more, whatever the
// source.
type beat struct {
	documents  int
	war, trade float64 // shares of sentences, which vary by document
	level      float64 // tone of sentences on neither
}

// report adds the observations of a beat, of 8 sentences a document on average,
// with a tone of the document's own and one of the sentence's.
func (b beat) report(t *Topics, name string, r *rand.Rand) error {
	for d := range b.documents {
		own := 0.1 * r.NormFloat64()
		war, trade := b.war*2*r.Float64(), b.trade*2*r.Float64()
		for range 1 + r.IntN(15) {
			o := analysis.Observation{Source: name, Document: name + strconv.Itoa(d), Target: "X", Voice: analysis.VoiceAuthor, Mentions: 1, Neutral: 1}
			tone := b.level + own + 0.2*r.NormFloat64()
			if r.Float64() < war {
				tone -= 0.4
				o.Frames = append(o.Frames, "war")
			}
			if r.Float64() < trade {
				tone += 0.2
				o.Frames = append(o.Frames, "trade")
			}
			o.Tone = max(-1, min(1, math.Round(scale*tone)/scale))
			if err := t.Add(o); err != nil {
				return err
			}
		}
	}
	return nil
}

// topicSimulations hold the adjustment for topic against beats: a difference that
// is one of topic vanishes, and one of tone stays.
func topicSimulations() []simulation {
	yes := func(ok bool) float64 {
		if ok {
			return 1
		}
		return 0
	}
	var all []simulation
	for _, k := range []int{15, 40} {
		for _, level := range []float64{0, 0.15} {
			name := fmt.Sprintf("topics, %d documents each, tones apart by %g: ", k, level)
			checks := []Check{
				{Name: name + "intervals of the adjusted difference that hold that", Low: 0.93, High: 0.97, share: true},
				{Name: name + "the raw difference, on average, less that of topics, -0.21", Low: level - 0.01, High: level + 0.01},
				{Name: name + "the adjusted difference, on average", Low: level - 0.01, High: level + 0.01},
			}
			all = append(all, simulation{checks, func(seed uint64, opts Options, sums []float64) error {
				r := rand.New(rand.NewPCG(seed, 0x70b1c))
				var t Topics
				for name, b := range []beat{{k, 0.45, 0.15, level}, {k, 0.1, 0.5, 0}} {
					if err := b.report(&t, string(rune('a'+name)), r); err != nil {
						return err
					}
				}
				res, err := t.Result(opts)
				if err != nil {
					return err
				}
				i := slices.IndexFunc(res.Contrasts, func(c AdjustedContrast) bool { return c.Voice == analysis.VoiceAuthor })
				c := res.Contrasts[i]
				sums[0] = yes(c.Low <= level && level <= c.High)
				sums[1] = c.Raw + 0.21 // 0.4*(0.45-0.1) + 0.2*(0.5-0.15)
				sums[2] = c.Adjusted
				return nil
			}})
		}
	}
	return all
}
