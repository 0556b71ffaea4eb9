package cli

import (
	"github.com/spf13/cobra"

	"parallax/analysis/framing"
	"parallax/lexicon"
)

// The scorers that --scorer names.
const (
	scorerLearned    = "learned"
	scorerDictionary = "dictionary"
)

// chooseScorer defines the flag --scorer.
func chooseScorer(cmd *cobra.Command, p *string) {
	choice(cmd, p, "scorer", scorerLearned, "what scores: the learned lexicon, or the plain sum of the dictionary's valences", scorers())
}

func scorers() []string { return []string{scorerLearned, scorerDictionary} }

// scorerOf returns the scorer of a name.
func scorerOf(name string) framing.Scorer {
	if name == scorerDictionary {
		return framing.NewDictionary(lexicon.Default())
	}
	return framing.NewLearned(lexicon.Default(), lexicon.DefaultWindow())
}
