package evaluate

import (
	"math"
	"slices"

	"parallax/analysis"
	"parallax/analysis/compare"
)

// ClassNames are the names of the classes of tone, -1, 0 and 1.
var ClassNames = [3]string{"negative", "neutral", "positive"}

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

	LogLoss  float64 `json:"log_loss"` // see logLoss
	Brier    float64 `json:"brier"`    // see brier
	ECE      float64 `json:"ece"`      // see Reliability
	Pearson  Number  `json:"pearson"`  // of tone and polarity
	Spearman Number  `json:"spearman"` // the same

	Reliability []Bin `json:"reliability"`

	Intervals Intervals  `json:"intervals"`
	Resampled Resampling `json:"resampled"`
}

// Tone says how far the classes of tone agree.
type Tone struct {
	Accuracy  float64   `json:"accuracy"`  // over all labels; a pair not found counts as neutral
	MacroF1   float64   `json:"macro_f1"`  // mean F1 of the classes that labels or predictions have, as scikit-learn's f1_score takes it where no classes are named
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

// Intervals are those of the metrics of the same names: Wilson's of the shares
// of what is found and who speaks, the bootstrap's of the others, see bootstrap.
type Intervals struct {
	Recall    Interval    `json:"recall"`
	Precision Interval    `json:"precision"`
	Voice     Interval    `json:"voice"`
	Holder    Interval    `json:"holder"`
	Accuracy  Interval    `json:"accuracy"`
	MacroF1   Interval    `json:"macro_f1"`
	F1        [3]Interval `json:"f1"` // in the order of Classes
	LogLoss   Interval    `json:"log_loss"`
	Brier     Interval    `json:"brier"`
	ECE       Interval    `json:"ece"`
	Pearson   Interval    `json:"pearson"`
	Spearman  Interval    `json:"spearman"`
}

// Measure computes the metrics over the predictions that have a label. Holders
// that are no target of the labels count as "other", as the labels do.
func Measure(preds []Prediction, extra int) Metrics {
	preds = Labelled(preds)
	m := Metrics{Labels: len(preds), Extra: extra}
	m.count(preds)
	m.Recall, m.Precision = ratio(m.Found, m.Labels), ratio(m.Found, m.Found+extra)
	m.Voice, m.Holder = ratio(m.VoiceRight, m.Voices), ratio(m.HolderRight, m.Quoted)

	once := slices.Repeat([]int{1}, len(preds))
	m.Tone = tone(confusion(preds, nil, once))
	m.LogLoss, m.Brier = losses(preds, once)
	m.Reliability = reliability(preds, once)
	m.ECE = calibration(m.Reliability)
	tones, polarities := make([]float64, len(preds)), make([]float64, len(preds))
	for i, p := range preds {
		tones[i], polarities[i] = p.Tone, float64(p.Polarity)
	}
	linked := correlated(tones, polarities)
	m.Pearson, m.Spearman = Number(pearson(tones, polarities, once)), Number(compare.Spearman(tones, polarities))

	c := cluster(preds)
	m.Resampled = c.Resampling
	in := c.bootstrap(func(w []int) []float64 {
		t := tone(confusion(preds, nil, w))
		log, brier := losses(preds, w)
		r := linked(w)
		return []float64{t.Accuracy, t.MacroF1, t.Classes[0].F1, t.Classes[1].F1, t.Classes[2].F1, log, brier, calibration(reliability(preds, w)), r[0], r[1]}
	})
	m.Intervals = Intervals{
		Recall: Wilson(m.Found, m.Labels), Precision: Wilson(m.Found, m.Found+extra),
		Voice: Wilson(m.VoiceRight, m.Voices), Holder: Wilson(m.HolderRight, m.Quoted),
		Accuracy: in[0], MacroF1: in[1], F1: [3]Interval(in[2:5]), LogLoss: in[5], Brier: in[6], ECE: in[7], Pearson: in[8], Spearman: in[9],
	}
	return m
}

// count counts what was found and who was said to speak.
func (m *Metrics) count(preds []Prediction) {
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
}

// other is the holder who is neither a target nor the author, in labels.
const other = "other"

// Labelled returns the predictions that have a label to be held against.
func Labelled(preds []Prediction) []Prediction {
	return slices.DeleteFunc(slices.Clone(preds), func(p Prediction) bool { return p.Unlabelled })
}

// confusion counts predictions by label and class, each as often as its weight
// says. classes, where not nil, stands in for the predicted ones.
func confusion(preds []Prediction, classes []int, weights []int) [3][3]int {
	var c [3][3]int
	for i := range preds {
		said := preds[i].Predicted
		if classes != nil {
			said = classes[i]
		}
		c[preds[i].Polarity+1][said+1] += weights[i]
	}
	return c
}

// tone computes accuracy and F1 of a confusion matrix.
func tone(confusion [3][3]int) Tone {
	t := Tone{Confusion: confusion}
	all, right, present, f1 := 0, 0, 0, 0.0
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
		if gold+said > 0 {
			present++
			f1 += cl.F1
		}
	}
	t.Accuracy, t.MacroF1 = ratio(right, all), f1/float64(max(present, 1))
	return t
}

// least is the smallest probability that counts: the step of probabilities, so
// that a class called impossible costs as much as one called nearly so, and not
// infinitely much.
const least = 0.0001

// Loss is what a prediction costs in the log loss, in nats: at best 0, at worst
// 9.21.
func (p *Prediction) Loss() float64 {
	q := [3]float64{p.Negative, p.Neutral, p.Positive}[p.Polarity+1]
	return -math.Log(max(q, least))
}

// losses returns the log loss, the mean of
//
//	-ln P(labelled class)
//
// in nats, 1.10 for one who always says a third, and the Brier score, the mean
// over predictions of
//
//	sum over classes of (P(class) - [class is the labelled one])²
//
// in [0, 2], 0.67 for one who always says a third (G. W. Brier, Verification of
// forecasts expressed in terms of probability, Monthly Weather Review 78, 1950).
// Both are 0 of nothing.
func losses(preds []Prediction, weights []int) (log, brier float64) {
	n := 0
	for i := range preds {
		p, w := &preds[i], float64(weights[i])
		if weights[i] == 0 {
			continue
		}
		n += weights[i]
		log += float64(w * p.Loss())
		for c, q := range [3]float64{p.Negative, p.Neutral, p.Positive} {
			d := q
			if c == p.Polarity+1 {
				d = q - 1
			}
			brier += float64(w * float64(d*d))
		}
	}
	if n == 0 {
		return 0, 0
	}
	return log / float64(n), brier / float64(n)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
