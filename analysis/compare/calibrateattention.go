package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
)

// newsroom is a simulated source that attends to the targets X and Y. Which of
// them a sentence is on, and whether it is quoted, have the intraclass
// correlation icc in a document, as the tones of an [outlet] have.
type newsroom struct {
	documents int
	sentences int // of a document on average: 1 to twice this less 1, all alike often
	icc       float64
	share     float64 // of sentences that are on X,
	quoted    float64 // that are quoted,
	title     float64 // and of titles that name X
}

// newsroomFirst is the true mean place of the first mention of X: the place is
// the square of a number drawn evenly from 0 to 1.
const newsroomFirst = 1.0 / 3

// publish adds the documents of a newsroom.
func (n newsroom) publish(a *Attention, name string, r *rand.Rand) {
	copies := math.Sqrt(n.icc)
	for d := range n.documents {
		ownX, ownQuoted := r.Float64() < n.share, r.Float64() < n.quoted
		draw := func(own bool, p float64) bool {
			if r.Float64() < copies {
				return own
			}
			return r.Float64() < p
		}
		place := r.Float64()
		c := counts{
			{kind: titlesOf}: 1, {kind: presentIn, target: "X"}: 1,
			{kind: firstOf, target: "X"}: int64(math.Round(scale * place * place)),
		}
		if r.Float64() < n.title {
			c[gift{kind: titlesOf, target: "X"}] = 1
		}
		for range 1 + r.IntN(2*n.sentences-1) {
			target := "Y"
			if draw(ownX, n.share) {
				target = "X"
			}
			c[gift{kind: sentencesOf}]++
			c[gift{kind: sentencesOf, target: target}]++
			if draw(ownQuoted, n.quoted) {
				c[gift{kind: quotesOf, target: target}]++
			}
		}
		a.Add(name, name+strconv.Itoa(d), Noticed{document: c})
	}
}

// attentionStudy simulates some newsrooms, named a, b, ..., and compares them.
func attentionStudy(seed uint64, opts Options, rooms ...newsroom) (AttentionResult, error) {
	r := rand.New(rand.NewPCG(seed, 0xa77))
	var a Attention
	for i, n := range rooms {
		n.publish(&a, string(rune('a'+i)), r)
	}
	opts.Seed = seed
	return a.Result(opts)
}

// attentionSimulations hold intervals and tests of attention against newsrooms.
// Documents have 8 sentences and an intraclass correlation of 0.2: what articles
// are about is more alike in them than how.
func attentionSimulations() []simulation {
	usual := newsroom{documents: 20, sentences: 8, icc: 0.2, share: 0.4, quoted: 0.3, title: 0.4}
	of := func(documents int) newsroom {
		n := usual
		n.documents = documents
		return n
	}
	covers := func(name string) Check { return Check{Name: name, Low: 0.93, High: 0.97, share: true} }
	yes := func(ok bool) float64 {
		if ok {
			return 1
		}
		return 0
	}
	var all []simulation
	for _, k := range []int{12, 20, 100} {
		name := fmt.Sprintf("attention, %d documents: ", k)
		all = append(all, simulation{
			[]Check{
				covers(name + "intervals of shares of sentences that hold the truth"),
				covers(name + "intervals of shares of titles that hold the truth"),
				covers(name + "intervals of places of first mentions that hold the truth"),
				covers(name + "intervals of quoted shares that hold the truth"),
				{Name: name + "two alike, a difference in share found at 0.05", Low: 0.04, High: 0.06, share: true},
				covers(name + "two alike, intervals of the difference in share that hold 0"),
			},
			func(seed uint64, opts Options, sums []float64) error {
				r, err := attentionStudy(seed, opts, of(k), of(k))
				if err != nil {
					return err
				}
				truth := map[AttentionMeasure]float64{AttentionShare: usual.share, AttentionTitle: usual.title, AttentionFirst: newsroomFirst, AttentionQuoted: usual.quoted}
				at := map[AttentionMeasure]int{AttentionShare: 0, AttentionTitle: 1, AttentionFirst: 2, AttentionQuoted: 3}
				for _, e := range r.Estimates {
					if v, ok := truth[e.Measure]; ok && e.Target == "X" {
						sums[at[e.Measure]] += yes(e.Low <= v && v <= e.High) / 2
					}
				}
				for _, c := range r.Contrasts {
					if c.Measure == AttentionShare && c.Target == "X" {
						sums[4] = yes(c.P <= 0.05)
						sums[5] = yes(c.Low <= 0 && c.High >= 0)
					}
				}
				return nil
			},
		})
	}
	return append(all, simulation{
		[]Check{{Name: "attention, 5 newsrooms alike: any of 10 pairs found at Holm's 0.05 to differ in share", High: 0.06, share: true}},
		func(seed uint64, opts Options, sums []float64) error {
			r, err := attentionStudy(seed, opts, usual, of(10), usual, of(30), usual)
			if err != nil {
				return err
			}
			sums[0] = yes(slices.ContainsFunc(r.Contrasts, func(c AttentionContrast) bool {
				return c.Measure == AttentionShare && c.Target == "X" && c.Carried
			}))
			return nil
		},
	})
}
