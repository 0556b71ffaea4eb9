package evaluate

import "slices"

// Metrics say how far predictions and labels agree.
type Metrics struct {
	Labels    int     `json:"labels"`
	Found     int     `json:"found"`     // labelled pairs that were found
	Extra     int     `json:"extra"`     // found pairs that nobody labelled
	Recall    float64 `json:"recall"`    // Found / Labels
	Precision float64 `json:"precision"` // Found / (Found + Extra)
	Outside   int     `json:"outside"`   // labelled sentences that are not in the cleaned article

	Voices      int     `json:"voices"`       // found pairs with a labelled voice
	Voice       float64 `json:"voice"`        // share of them with the right voice
	Quoted      int     `json:"quoted"`       // of them labelled quoted
	Holder      float64 `json:"holder"`       // share of the quoted with the right holder
	HolderRight int     `json:"holder_right"` // count

	Accuracy  float64   `json:"accuracy"`  // of tone, over all labels; a pair not found counts as neutral
	MacroF1   float64   `json:"macro_f1"`  // mean F1 of the three classes
	Classes   [3]Class  `json:"classes"`   // negative, neutral, positive
	Confusion [3][3]int `json:"confusion"` // [label][prediction]
	ECE       float64   `json:"ece"`       // expected calibration error of the likeliest class, ten equal-width bins
}

// Class is one class's precision, recall and F1; 0 where undefined.
type Class struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
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
	right, voice := 0, 0
	var bins [10]struct {
		n, right   int
		confidence float64
	}
	for _, p := range preds {
		m.Confusion[p.Polarity+1][p.Predicted+1]++
		if p.Polarity == p.Predicted {
			right++
		}
		if p.Outside {
			m.Outside++
		}
		if !p.Found {
			continue
		}
		m.Found++
		c := max(p.Negative, p.Neutral, p.Positive)
		b := &bins[min(int(c*10), 9)]
		b.n++
		b.confidence += c
		if p.Polarity == p.Predicted {
			b.right++
		}
		if p.Voice == "" {
			continue
		}
		m.Voices++
		if p.Voice == p.PVoice {
			voice++
		}
		if p.Voice == analysisQuoted {
			m.Quoted++
			holder := p.PHolder
			if holder != "" && !slices.Contains(targets, holder) {
				holder = "other"
			}
			if holder == p.Holder {
				m.HolderRight++
			}
		}
	}
	m.Recall, m.Precision = ratio(m.Found, m.Labels), ratio(m.Found, m.Found+extra)
	m.Voice, m.Holder = ratio(voice, m.Voices), ratio(m.HolderRight, m.Quoted)
	m.Accuracy = ratio(right, m.Labels)
	for c := range 3 {
		var gold, said int
		for k := range 3 {
			gold += m.Confusion[c][k]
			said += m.Confusion[k][c]
		}
		hit := m.Confusion[c][c]
		cl := Class{Precision: ratio(hit, said), Recall: ratio(hit, gold)}
		if hit > 0 {
			cl.F1 = 2 * cl.Precision * cl.Recall / (cl.Precision + cl.Recall)
		}
		m.Classes[c] = cl
		m.MacroF1 += cl.F1 / 3
	}
	for _, b := range bins {
		if b.n > 0 {
			gap := b.confidence/float64(b.n) - ratio(b.right, b.n)
			if gap < 0 {
				gap = -gap
			}
			m.ECE += gap * float64(b.n) / float64(max(m.Found, 1))
		}
	}
	return m
}

const analysisQuoted = "quoted"

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
