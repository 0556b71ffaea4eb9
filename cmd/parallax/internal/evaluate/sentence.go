package evaluate

import (
	"context"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/framing"
	"parallax/analysis/language"
)

// Valencer says how favourable the words of a sentence are, whoever they are
// about, in [-1, 1]. The sentence is parsed. It is safe for concurrent use.
type Valencer interface {
	Valence(s *language.Sentence) float64
}

// RunRatings returns the valence of each text, in [-1, 1]: the mean of its
// sentences, by words, in steps of 0.0001; 0 where it has none. step, where not
// nil, is called with the number of texts done, from any goroutine. The error
// is the context's.
func RunRatings(ctx context.Context, v Valencer, ratings []Rating, step func(texts int)) ([]float64, error) {
	out := make([]float64, len(ratings))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(ratings)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(ratings) {
					return
				}
				out[i] = valence(v, ratings[i].Text)
				if step != nil {
					step(1)
				}
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

func valence(v Valencer, text string) float64 {
	var sum float64
	for _, s := range sentencesOf(text) {
		sum += float64(s.share * v.Valence(&s.Sentence))
	}
	if math.IsNaN(sum) {
		return 0
	}
	return max(-1, min(1, math.Round(sum*10000)/10000))
}

// part is a sentence of a text, parsed, with its share of the text's words.
type part struct {
	language.Sentence
	share float64
}

func sentencesOf(text string) []part {
	d := corpus.Document{Text: text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(text)}}}
	sentences := language.Split(&d)
	language.Parse(sentences, nil)
	words := 0
	for i := range sentences {
		words += len(sentences[i].Tokens)
	}
	out := make([]part, len(sentences))
	for i, s := range sentences {
		out[i] = part{s, float64(len(s.Tokens)) / float64(max(1, words))}
	}
	return out
}

// Witness is a Valencer that says which words made a valence. Their
// contributions, in units of valence, sum to it.
type Witness interface {
	Valencer
	Explain(s *language.Sentence) []framing.Contribution
}

// Explain returns what made the valence of a text, by position: offsets into the
// text, and contributions that sum to the valence, but for rounding. Nothing
// where v is no Witness.
func Explain(v Valencer, text string) []analysis.Evidence {
	out := []analysis.Evidence{}
	w, ok := v.(Witness)
	if !ok {
		return out
	}
	for _, s := range sentencesOf(text) {
		for _, c := range w.Explain(&s.Sentence) {
			out = append(out, analysis.Evidence{
				Start: s.Tokens[c.First].Start, End: s.Tokens[c.Last].End,
				Term: c.Term, Rule: c.Rule, Contribution: math.Round(s.share*c.Contribution*10000) / 10000,
			})
		}
	}
	return out
}
