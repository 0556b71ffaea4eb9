package framing

import (
	"cmp"
	"math"

	"parallax/lexicon"
)

// Dictionary is a scorer as those of dictionary methods: it adds up the valences
// of the hand-made tables, or of a user's own, whoever they are said of, so that
// all targets of a sentence get the same tone. A negator turns and an intensifier
// strengthens what stands up to three words behind it; nothing else is looked at.
type Dictionary struct{ lex *lexicon.Lexicon }

// NewDictionary returns a scorer.
func NewDictionary(lex *lexicon.Lexicon) *Dictionary { return &Dictionary{lex} }

// window is how many words behind it a modifier reaches, as in VADER (Hutto and
// Gilbert 2014).
const window = 3

// The link from a sum of valences to probabilities is ordered logistic: -steepness
// and steepness times the sum, with middle taken off each. With these nothing said
// is neutral by 0.54 and one entry of -0.5 makes a tone of -0.85. They were fitted
// to labelled sentences of two articles and of NewsMTSC's training part.
const (
	steepness = 7.0
	middle    = 1.2
)

// Score implements Scorer.
func (d *Dictionary) Score(in *Input, id string) Score {
	words := in.Sentence.Norms()
	own := make([]bool, len(words))
	for _, m := range in.Mentions {
		if m.Target == id {
			for k := m.First; k <= m.Last; k++ {
				own[k] = true
			}
		}
	}
	var out Score
	var sum float64
	var buf []lexicon.Match
	factor, until, by := 1.0, -1, ""
	for k := 0; k < len(words); {
		if m, n, ok := d.lex.ModifierAt(words, k); ok && (m.Kind == lexicon.Negator || m.Kind == lexicon.Intensifier || m.Kind == lexicon.Diminisher) {
			if k > until {
				factor = 1
			}
			factor, until, by = factor*m.Factor, k+n-1+window, words[k]
			k += n
			continue
		}
		buf = d.lex.At(words, k, buf[:0])
		if len(buf) == 0 || own[k] {
			k++
			continue
		}
		e, n := buf[0].Entry, buf[0].N
		for _, m := range buf { // of homographs the one that says most
			if math.Abs(valence(m.Entry)) > math.Abs(valence(e)) {
				e = m.Entry
			}
		}
		if x := valence(e); x != 0 {
			c := Contribution{First: k, Last: k + n - 1, Term: e.Term, Rule: "dictionary", Weight: x}
			if k <= until {
				c.Weight, c.Rule = x*factor, "dictionary, after "+by
			}
			sum += c.Weight
			out.Contributions = append(out.Contributions, c)
		}
		k += n
	}
	neg := int(math.Round(unit / (1 + math.Exp(steepness*sum+middle))))
	pos := int(math.Round(unit / (1 + math.Exp(-steepness*sum+middle))))
	out.Negative, out.Positive, out.Neutral = float64(neg)/unit, float64(pos)/unit, float64(unit-neg-pos)/unit
	out.Tone = float64(pos-neg) / unit
	exact := make([]float64, len(out.Contributions))
	for i := range exact {
		if sum != 0 {
			exact[i] = float64(pos-neg) * out.Contributions[i].Weight / sum
		}
	}
	apportion(out.Contributions, exact, pos-neg)
	out.Class, out.Uncertain = class(neg, unit-neg-pos, pos, 1), max(neg, pos, unit-neg-pos) < unsure*unit
	weight := map[int]float64{}
	for _, c := range out.Contributions {
		weight[c.First] = math.Abs(c.Contribution)
	}
	hangs(&out, in, id, func(k int) float64 { return weight[k] })
	out.Frames = Frames(in.Sentence, d.lex, nil)
	return out
}

// valence is what an entry says of what stands near it, whoever that is: its
// valence, or else what it says of a doer, or of whom it is done to.
func valence(e *lexicon.Entry) float64 { return cmp.Or(e.Valence, e.Agent, e.Patient) }
