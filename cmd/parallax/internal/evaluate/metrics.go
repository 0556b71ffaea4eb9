package evaluate

import (
	"math"
	"math/rand/v2"
	"slices"

	"parallax/analysis"
)

// Metrics say how far predictions and labels agree. Shares are in [0, 1], and 0
// where there is nothing to count.
type Metrics struct {
	Labels    int     `json:"labels"`
	Found     int     `json:"found"`     // labelled pairs that were found
	Extra     int     `json:"extra"`     // found pairs that nobody labelled
	Recall    float64 `json:"recall"`    // Found / Labels
	Precision float64 `json:"precision"` // Found / (Found + Extra)
	Outside   int     `json:"outside"`   // labels whose sentence is not in the cleaned article

	Voices      int     `json:"voices"`       // found pairs with a labelled voice
	VoiceRight  int     `json:"voice_right"`  // of them with the right voice
	Voice       float64 `json:"voice"`        // VoiceRight / Voices
	Quoted      int     `json:"quoted"`       // found pairs labelled quoted
	HolderRight int     `json:"holder_right"` // of them with the right holder
	Holder      float64 `json:"holder"`       // HolderRight / Quoted

	Tone
	ECE float64 `json:"ece"` // expected calibration error over found pairs, see calibration

	Intervals Intervals `json:"intervals"`
}

// Tone says how far the classes of tone agree.
type Tone struct {
	Accuracy  float64   `json:"accuracy"`  // over all labels; a pair not found counts as neutral
	MacroF1   float64   `json:"macro_f1"`  // mean F1 of the three classes, of which none is left out
	Classes   [3]Class  `json:"classes"`   // negative, neutral, positive
	Confusion [3][3]int `json:"confusion"` // [label][prediction], in the order of Classes
}

// Class is one class's precision, recall and F1; 0 where undefined.
type Class struct {
	Labels    int     `json:"labels"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Interval is the low and the high end of a 95 % interval.
type Interval [2]float64

// Intervals are those of the metrics of the same names. Shares have Wilson's
// interval; accuracy and F1 percentiles of the bootstrap over sentences, as the
// targets of one sentence share its words. Sentences of one article are not
// independent either, so all are, if anything, too narrow.
type Intervals struct {
	Recall    Interval `json:"recall"`
	Precision Interval `json:"precision"`
	Voice     Interval `json:"voice"`
	Holder    Interval `json:"holder"`
	Accuracy  Interval `json:"accuracy"`
	MacroF1   Interval `json:"macro_f1"`
}

// wilson returns the interval of a share; of nothing it is [0, 1].
//
//	(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)
//
// E. B. Wilson, Probable inference, the law of succession, and statistical
// inference, JASA 22 (1927).
func wilson(count, of int) Interval {
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

// Measure computes the metrics. Holders that are no target of the labels count
// as "other", as the labels do.
func Measure(preds []Prediction, extra int) Metrics {
	m := Metrics{Labels: len(preds), Extra: extra}
	var targets []string
	for _, p := range preds {
		if !slices.Contains(targets, p.Target) {
			targets = append(targets, p.Target)
		}
	}
	for _, p := range preds {
		if p.Outside {
			m.Outside++
		}
		if !p.Found {
			continue
		}
		m.Found++
		if p.Voice == "" {
			continue
		}
		m.Voices++
		if p.Voice == p.PVoice {
			m.VoiceRight++
		}
		if p.Voice == analysis.VoiceQuoted {
			m.Quoted++
			holder := p.PHolder
			if holder != "" && !slices.Contains(targets, holder) {
				holder = other
			}
			if holder == p.Holder {
				m.HolderRight++
			}
		}
	}
	m.Recall, m.Precision = ratio(m.Found, m.Labels), ratio(m.Found, m.Found+extra)
	m.Voice, m.Holder = ratio(m.VoiceRight, m.Voices), ratio(m.HolderRight, m.Quoted)
	m.Tone = tone(confusion(preds))
	m.ECE = calibration(preds)
	m.Intervals = Intervals{
		Recall: wilson(m.Found, m.Labels), Precision: wilson(m.Found, m.Found+extra),
		Voice: wilson(m.VoiceRight, m.Voices), Holder: wilson(m.HolderRight, m.Quoted),
	}
	m.Intervals.Accuracy, m.Intervals.MacroF1 = resample(preds, m.Tone)
	return m
}

// other is the holder who is neither a target nor the author, in labels.
const other = "other"

// Inside returns the predictions whose sentences are in the cleaned articles,
// or have none.
func Inside(preds []Prediction) []Prediction {
	return slices.DeleteFunc(slices.Clone(preds), func(p Prediction) bool { return p.Outside })
}

// Resampling for the intervals: 1,000 resamples put the ends of a 95 % interval
// at the 25th of 1,000 ordered values, which moves by less than a point of F1
// between seeds. The seed is fixed so that the same run prints the same.
const (
	resamples = 1000
	seed      = 1
)

// resample returns the intervals of accuracy and macro F1; [0, 1] where there
// are no predictions.
func resample(preds []Prediction, t Tone) (accuracy, f1 Interval) {
	// Sentences, each with the confusion of its own labels.
	type sentence struct{ file, text string }
	var parts [][3][3]int
	at := map[sentence]int{}
	for _, p := range preds {
		key := sentence{p.File, p.Sentence}
		n, ok := at[key]
		if !ok {
			n = len(parts)
			at[key] = n
			parts = append(parts, [3][3]int{})
		}
		parts[n][p.Polarity+1][p.Predicted+1]++
	}
	if len(parts) == 0 {
		return Interval{0, 1}, Interval{0, 1}
	}
	rnd := rand.New(rand.NewPCG(seed, 0))
	accuracies, f1s := make([]float64, resamples), make([]float64, resamples)
	for r := range resamples {
		var sum [3][3]int
		for range parts {
			c := &parts[rnd.IntN(len(parts))]
			for i := range 3 {
				for j := range 3 {
					sum[i][j] += c[i][j]
				}
			}
		}
		again := tone(sum)
		accuracies[r], f1s[r] = again.Accuracy, again.MacroF1
	}
	return percentiles(accuracies, t.Accuracy), percentiles(f1s, t.MacroF1)
}

// percentiles returns the 2.5 % and 97.5 % percentiles of the values, widened
// to hold the estimate.
func percentiles(values []float64, estimate float64) Interval {
	slices.Sort(values)
	cut := len(values) / 40
	return Interval{min(estimate, values[cut]), max(estimate, values[len(values)-1-cut])}
}

func confusion(preds []Prediction) [3][3]int {
	var c [3][3]int
	for _, p := range preds {
		c[p.Polarity+1][p.Predicted+1]++
	}
	return c
}

// tone computes accuracy and F1 of a confusion matrix, without intervals.
func tone(confusion [3][3]int) Tone {
	t := Tone{Confusion: confusion}
	all, right, f1 := 0, 0, 0.0
	for c := range 3 {
		gold, said := 0, 0
		for k := range 3 {
			gold += confusion[c][k]
			said += confusion[k][c]
		}
		hit := confusion[c][c]
		all, right = all+gold, right+hit
		cl := Class{Labels: gold, Precision: ratio(hit, said), Recall: ratio(hit, gold), F1: ratio(2*hit, gold+said)}
		t.Classes[c] = cl
		f1 += cl.F1
	}
	t.Accuracy, t.MacroF1 = ratio(right, all), f1/3
	return t
}

// bins is the number of equal-width bins of the calibration error: the usual
// number (Guo et al., ICML 2017, use 15; ten keep some labels in each with the
// few hundred labels at hand).
const bins = 10

// calibration returns the expected calibration error of the likeliest class
// over the found pairs, 0 where there are none:
//
//	sum over bins of n_bin / n * |share right - mean probability of the likeliest class|
func calibration(preds []Prediction) float64 {
	var n, right [bins]int
	var confidence [bins]float64
	found := 0
	for _, p := range preds {
		if !p.Found {
			continue
		}
		found++
		c := max(p.Negative, p.Neutral, p.Positive)
		b := min(int(c*bins), bins-1)
		n[b]++
		confidence[b] += c
		if p.Polarity == p.Predicted {
			right[b]++
		}
	}
	sum := 0.0
	for b := range bins {
		sum += math.Abs(confidence[b] - float64(right[b])) // n_bin times the gap
	}
	if found == 0 {
		return 0
	}
	return sum / float64(found)
}

// Guess returns the predictions with another classifier's classes: class is
// asked about each labelled sentence, found or not.
func Guess(preds []Prediction, class func(sentence string) int) []Prediction {
	out := slices.Clone(preds)
	for i := range out {
		out[i].Predicted = class(out[i].Sentence)
	}
	return out
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
