package learn

import (
	"maps"
	"math"
	"slices"

	"parallax/analysis/framing"
	"parallax/lexicon"
)

// fold adds up what the parts of the models say of each word in each slot.
func fold(version string, f *frame, w []float64, named map[string]lexicon.Logits, own *ownModel, ownWeights []float64) (*lexicon.Weights, error) {
	valences, entries, all := f.dense()
	at := func(column int, scale float64) lexicon.Logits {
		return lexicon.Logits{Negative: (w[3*column] - w[3*column+1]) * scale, Positive: (w[3*column+2] - w[3*column+1]) * scale}
	}
	perValence := make([]lexicon.Logits, slots)
	size := make([]lexicon.Logits, slots)
	vectors := make([][]lexicon.Logits, slots)
	for s := range slots {
		perValence[s], size[s] = at(valences+2*s, scaleValences), at(valences+2*s+1, scaleValences)
		for j := range dimensions {
			vectors[s] = append(vectors[s], at(s*dimensions+j, vectorsIn(uint8(s))))
		}
	}
	named = maps.Clone(named)
	named[framing.NamedNeutral] = lexicon.Logits{Negative: w[len(w)-1], Positive: w[len(w)-1]}
	for i, r := range rules {
		for sign := range 2 {
			l := at(entries+2*i+sign, 2*scaleEntries)
			named[framing.NamedRule(r, sign == 1)] = l
		}
	}
	words := slices.Sorted(slices.Values(f.vectors.words))
	rows := make([][]lexicon.Logits, len(words))
	tone, ownTone := make([]float64, len(words)), make([]float64, len(words))
	for i, word := range words {
		t, v := f.topic(word), f.valences.of(word)
		tone[i] = v
		ownTone[i] = own.of(word, ownWeights) / 4 // ratings are from -4 to 4, valences from -1 to 1
		vector := f.vectors.of(word)
		for s := range slots {
			var l lexicon.Logits
			for j, x := range vector {
				l.Negative += t * float64(x) * vectors[s][j].Negative
				l.Positive += t * float64(x) * vectors[s][j].Positive
			}
			l.Negative += math.Abs(v) * size[s].Negative
			l.Positive += math.Abs(v) * size[s].Positive
			k := columnOf(word, uint8(s))
			if c, ok := f.columns[k]; ok {
				x := at(all+int(c), ofWord(k))
				l.Negative += x.Negative
				l.Positive += x.Positive
			}
			rows[i] = append(rows[i], l)
		}
	}
	return lexicon.NewWeights(version, framing.Slots, perValence, named, words, rows, tone, ownTone)
}
