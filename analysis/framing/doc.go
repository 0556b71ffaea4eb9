// Package framing says how a sentence frames a target: negative, neutral or
// positive, with the words that decide it.
//
// A Scorer gives a Score for one sentence and one target. Learned sums what every
// word adds by its entry in the learned lexicon, its neighbours and its place to
// the target (encode.go, learned.go). Dictionary sums the entries of the hand-made
// tables, or of a user's own, whoever they are said of (dictionary.go). Neither
// needs a parse. The tone, P(positive) - P(negative), is shared out over the words
// so that their contributions sum to it exactly (explain.go). hang.go says on which
// mention a score hangs and whose words they are; frames.go which frames a
// sentence has.
package framing

import (
	"parallax/analysis/language"
	"parallax/analysis/target"
	"parallax/analysis/voice"
)

// Input is one sentence in its document.
type Input struct {
	Index    int // of the sentence in the document
	Sentence *language.Sentence
	Mentions []target.Mention // of all targets, in this sentence
	Voices   *voice.Voices
}

// Score is how a sentence frames one target.
//
// Negative, Neutral and Positive are probabilities and sum to 1; Tone is
// Positive - Negative. All four are multiples of 0.0001, and the contributions
// sum to Tone exactly.
type Score struct {
	Negative, Neutral, Positive float64
	Tone                        float64
	Contributions               []Contribution // by position
	Mention                     int            // index into Input.Mentions of the mention that the score hangs on
	Quoted                      bool           // what is said of the target is somebody else's
	Holder                      string         // whose, where quoted
	Role                        Role           // of that mention
	Frames                      []string       // frames of the words near the target
	Class                       int            // -1, 0 or 1: what it is where one class must be named
	Uncertain                   bool           // no class has half of the probability
}

// Contribution is one word's share of a tone.
type Contribution struct {
	First, Last  int // token indices in the sentence, inclusive
	Term         string
	Rule         string  // its place to the target, then the neighbours that made it so: "right 2, after not"
	Weight       float64 // what it adds before rounding
	Contribution float64 // its share of the tone, a multiple of 0.0001
}

// Role is what a mention does in its clause.
type Role string

const (
	Agent   Role = "agent"
	Patient Role = "patient"
	None    Role = "other"
)

// Scorer scores sentences. It is safe for concurrent use.
type Scorer interface {
	// Score scores the sentence for the target, which has at least one of the
	// input's mentions.
	Score(in *Input, target string) Score
}
