package evaluate

import "math"

// bins is the number of equal-width bins of confidence: the usual number. Guo
// and others use 15; ten keep some labels in each with the few hundred at hand.
const bins = 10

// Bin is the predictions whose likeliest class has a probability from Low up to
// High: the data of one bar of a reliability diagram.
type Bin struct {
	Low        float64 `json:"low"`
	High       float64 `json:"high"` // belongs to the next bin, but 1 to the last
	Labels     int     `json:"labels"`
	Confidence float64 `json:"confidence"` // mean probability of the likeliest class; 0 of none
	Accuracy   float64 `json:"accuracy"`   // share right; 0 of none
}

// reliability bins the predictions, each counted as often as its weight says.
// Those of targets that were not found are among them.
func reliability(preds []Prediction, weights []int) []Bin {
	out := make([]Bin, bins)
	for i := range preds {
		p := &preds[i]
		c := max(p.Negative, p.Neutral, p.Positive)
		b := &out[min(int(c*bins), bins-1)]
		b.Labels += weights[i]
		b.Confidence += float64(c * float64(weights[i]))
		if p.Polarity == p.Predicted {
			b.Accuracy += float64(weights[i])
		}
	}
	for i := range out {
		b := &out[i]
		b.Low, b.High = float64(i)/bins, float64(i+1)/bins
		if b.Labels > 0 {
			b.Confidence /= float64(b.Labels)
			b.Accuracy /= float64(b.Labels)
		}
	}
	return out
}

// calibration returns the expected calibration error, in [0, 1], 0 of nothing:
//
//	ECE = sum over bins of n_bin / n * |accuracy - confidence|
//
// C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, On calibration of modern
// neural networks, ICML 2017, after M. P. Naeini, G. F. Cooper and
// M. Hauskrecht, AAAI 2015. It is biased upwards where bins hold few.
func calibration(bins []Bin) float64 {
	n, sum := 0, 0.0
	for _, b := range bins {
		n += b.Labels
		sum += float64(float64(b.Labels) * math.Abs(b.Accuracy-b.Confidence))
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
