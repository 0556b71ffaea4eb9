package evaluate

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
)

// Number is a number that may be undefined: NaN, which JSON writes as null.
type Number float64

// MarshalJSON implements json.Marshaler.
func (x Number) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(x)) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(x))
}

// Interval is the low and the high end of a 95 % interval, both NaN where it
// cannot be told.
type Interval [2]float64

// MarshalJSON implements json.Marshaler.
func (i Interval) MarshalJSON() ([]byte, error) {
	if !i.Known() {
		return []byte("null"), nil
	}
	return json.Marshal([2]float64(i))
}

// Known reports whether there is an interval.
func (i Interval) Known() bool { return !math.IsNaN(i[0]) }

// unknown is the interval of what cannot be told.
var unknown = Interval{math.NaN(), math.NaN()}

// Wilson returns the interval of a share; of nothing it is [0, 1].
//
//	(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)
//
// E. B. Wilson, Probable inference, the law of succession, and statistical
// inference, JASA 22 (1927).
func Wilson(count, of int) Interval {
	if of == 0 {
		return Interval{0, 1}
	}
	const z = 1.959964 // the normal distribution's 97.5 % quantile
	n := float64(of)
	p := float64(count) / n
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n)) / (1 + z*z/n)
	return Interval{max(0, min(p, mid-half)), min(1, max(p, mid+half))}
}

// Resampling says how the bootstrap draws.
type Resampling struct {
	Unit      string `json:"unit"` // what is drawn: document, paragraph or text
	Units     int    `json:"units"`
	Resamples int    `json:"resamples"`
	Seed      uint64 `json:"seed"`
}

// 1,000 resamples put the ends of a 95 % interval at the 25th of 1,000 ordered
// values. The seed is fixed so that the same run prints the same.
const (
	resamples = 1000
	seed      = 1
)

// fewDocuments is how many documents are too few to draw from: with two there
// are three different samples. Below it paragraphs are drawn, which are not
// independent within a document: such intervals are, if anything, too narrow.
const fewDocuments = 10

// Units of resampling.
const (
	byDocument  = "document"
	byParagraph = "paragraph"
	byText      = "text" // without a target
)

// clusters are the units that a bootstrap draws: which of them each item is in.
type clusters struct {
	Resampling
	of []int
}

// number makes clusters of the items' keys.
func number(unit string, keys []string) clusters {
	c := clusters{Resampling{unit, 0, resamples, seed}, make([]int, len(keys))}
	at := make(map[string]int)
	for i, key := range keys {
		n, ok := at[key]
		if !ok {
			n = len(at)
			at[key] = n
		}
		c.of[i] = n
	}
	c.Units = len(at)
	return c
}

// cluster puts predictions together by document. Where there are few, it is by
// paragraph, or by sentence where that stands in no article. A label that names
// no document is a document with the others of its sentence.
func cluster(preds []Prediction) clusters {
	documents, paragraphs := make([]string, len(preds)), make([]string, len(preds))
	for i, p := range preds {
		documents[i] = "sentence " + p.Sentence
		if p.Group != "" {
			documents[i] = "document " + p.Group
		}
		paragraphs[i] = documents[i] + "\x00" + p.Sentence
		if p.paragraph > 0 {
			paragraphs[i] = documents[i] + "\x00" + strconv.Itoa(p.paragraph)
		}
	}
	if c := number(byDocument, documents); c.Units >= fewDocuments {
		return c
	}
	return number(byParagraph, paragraphs)
}

// bootstrap returns the 95 % percentile intervals of statistics: of each number
// that f returns, f being given how often each item was drawn. Whole clusters
// are drawn, with replacement, as many as there are; all statistics see the same
// samples, so that a difference of two is a paired one.
//
// A sample for which a number is NaN does not count for it. Fewer than two
// clusters have no interval. Ends are widened to hold the estimate.
//
// B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993,
// chapters 8.6 and 13.3; A. C. Cameron, J. B. Gelbach and D. L. Miller,
// Bootstrap-based improvements for inference with clustered errors, Review of
// Economics and Statistics 90 (2008), on drawing clusters.
func (c *clusters) bootstrap(f func(weights []int) []float64) []Interval {
	weights := slices.Repeat([]int{1}, len(c.of))
	estimates := f(weights)
	out := make([]Interval, len(estimates))
	values := make([][]float64, len(estimates))
	if c.Units > 1 {
		rnd := rand.New(rand.NewPCG(c.Seed, 0))
		drawn := make([]int, c.Units)
		for range c.Resamples {
			clear(drawn)
			for range drawn {
				drawn[rnd.IntN(c.Units)]++
			}
			for i, n := range c.of {
				weights[i] = drawn[n]
			}
			for k, v := range f(weights) {
				if !math.IsNaN(v) {
					values[k] = append(values[k], v)
				}
			}
		}
	}
	for k := range out {
		out[k] = percentiles(values[k], estimates[k])
	}
	return out
}

// percentiles returns the 2.5 % and 97.5 % percentiles of the values, widened
// to hold the estimate.
func percentiles(values []float64, estimate float64) Interval {
	if len(values) == 0 || math.IsNaN(estimate) {
		return unknown
	}
	slices.Sort(values)
	cut := len(values) / 40
	return Interval{min(estimate, values[cut]), max(estimate, values[len(values)-1-cut])}
}
