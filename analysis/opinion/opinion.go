// Package opinion asks another classifier about the same sentences.
//
// The other one is github.com/cdipaolo/sentiment: a naive Bayes classifier
// trained on film reviews (IMDb). It sees words, one by one: no targets, no
// voices, no negation scope. It was made by others from other data, and that
// is what it is good for: where it agrees, the agreement is not of our making.
package opinion

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/cdipaolo/goml/text"
	"github.com/cdipaolo/sentiment"

	"parallax/analysis"
	"parallax/analysis/compare"
)

// Name names the classifier in reports.
const Name = "cdipaolo/sentiment"

// Label says in one phrase what the classifier is.
const Label = "a naive Bayes classifier trained on film reviews (IMDb); it sees no targets, no negation scope"

// Classifier is the other classifier, loaded. It is safe for concurrent use.
type Classifier struct {
	model *text.NaiveBayes
}

// Load returns the classifier. The first call reads its model, which takes
// about a quarter of a second; later calls return the same.
func Load() (*Classifier, error) { return load() }

var load = sync.OnceValues(func() (*Classifier, error) {
	models, err := sentiment.Restore()
	if err != nil {
		return nil, fmt.Errorf("second opinion: restoring the film-review model: %w", err)
	}
	model, ok := models[sentiment.English]
	if !ok {
		return nil, errors.New("second opinion: the film-review model has no English")
	}
	return &Classifier{model: model}, nil
})

// Score returns the log-odds, natural logarithm, that the words of a sentence
// come from a favourable film review. The sign is the library's class:
// positive or negative. A sentence of which the classifier knows no word, the
// empty one among them, has 0 and so no class, where the library would say
// negative.
//
//	score = sum over words of log(P(+ | word) / P(- | word))
//
// which is naive Bayes in logarithms with the even prior that the model has:
// it was trained on as many good reviews as bad ones. The library's own
// probability of a sentence multiplies instead, and underflows in long ones.
func (c *Classifier) Score(sentence string) float64 {
	var score float64
	for _, word := range strings.Fields(sentence) {
		// The sign goes with class 1; a word not known has p = 0.5.
		class, p := c.model.Probability(word)
		odds := math.Log(p) - math.Log(1-p)
		if class == 0 {
			odds = -odds
		}
		score += odds
	}
	return score
}

// Agreement is how far the classifier and our tones agree on the same
// sentences.
type Agreement struct {
	Sentences int     // that both scored
	Spearman  float64 // of tone and Score; NaN where not defined
	Leaning   int     // sentences among them to which both give a sign
	Kappa     float64 // Cohen's kappa over {negative, positive} on these; NaN where not defined
}

// Agree scores the sentences of the observations and compares. As the
// classifier sees no targets, the unit is the sentence: its tone is the mean
// over the targets it mentions. A tone of 0 has no sign, nor has a sentence
// that Score gives 0; both count for Spearman and not for Kappa. The order of
// the observations does not matter.
func (c *Classifier) Agree(observations []analysis.Observation) Agreement {
	var t Tally
	t.Add(c, observations)
	return t.Agreement()
}

// Tally is what Agree goes by, gathered document by document: two numbers a
// sentence. The zero value is empty.
type Tally struct {
	ours, theirs []float64
}

// Add scores the sentences of some documents, all observations of each.
func (t *Tally) Add(c *Classifier, observations []analysis.Observation) {
	type sentence struct {
		text string
		sum  int64 // of tones, in steps of 0.0001
		n    int64
	}
	type place struct {
		document   string
		start, end int
	}
	var sentences []sentence
	at := make(map[place]int)
	for _, o := range observations {
		p := place{o.Document, o.Start, o.End}
		i, ok := at[p]
		if !ok {
			i = len(sentences)
			at[p] = i
			sentences = append(sentences, sentence{text: o.Sentence})
		}
		sentences[i].sum += int64(math.Round(o.Tone * 10000))
		sentences[i].n++
	}

	for _, s := range sentences {
		t.ours = append(t.ours, float64(s.sum)/float64(s.n))
		t.theirs = append(t.theirs, c.Score(s.text))
	}
}

// Merge adds what another tally has of other documents.
func (t *Tally) Merge(u Tally) {
	t.ours = append(t.ours, u.ours...)
	t.theirs = append(t.theirs, u.theirs...)
}

// Agreement is that over all sentences added.
func (t *Tally) Agreement() Agreement {
	var signs, classes []int
	for i, x := range t.ours {
		if x != 0 && t.theirs[i] != 0 {
			signs, classes = append(signs, class(x)), append(classes, class(t.theirs[i]))
		}
	}
	return Agreement{
		Sentences: len(t.ours), Leaning: len(signs),
		Spearman: compare.Spearman(t.ours, t.theirs), Kappa: compare.Kappa(signs, classes, 2),
	}
}

func class(x float64) int {
	if x > 0 {
		return 1
	}
	return 0
}
