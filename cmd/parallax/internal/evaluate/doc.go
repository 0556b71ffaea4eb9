// Package evaluate holds a run against sentences that people have labelled.
//
// It reads four forms. Three are JSONL, told apart by their keys, with a
// polarity for each target:
//
//   - sentences of articles: {"file","sentence","target","polarity","voice","holder"}.
//     The articles are looked up by file name, or by their text, in the folders
//     that the caller names, so that each sentence is scored where it stands.
//   - Parallax's own input form with a "polarity" of -1, 0 or 1 for each target.
//   - NewsMTSC (Hamborg and Donnay, EACL 2021): {"primary_gid",
//     "sentence_normalized","targets":[{"Input.gid","from","to","mention","polarity"}]}
//     with polarities 2, 4 and 6.
//
// The fourth is a table of rated texts without targets, "id<TAB>rating<TAB>text",
// as the data sets of VADER have it (Hutto and Gilbert, ICWSM 2014).
//
// Every label has a prediction, in the order of the file. What carries no
// polarity or rating is predicted too, and not measured.
package evaluate

import "parallax/analysis"

// Label is one labelled (sentence, target).
type Label struct {
	ID         string `json:"id"`   // of the line or its target, see Read
	Line       int    `json:"line"` // in the file, 1-based
	File       string `json:"file,omitempty"`
	Sentence   string `json:"sentence"`
	Target     string `json:"target"` // the id of a target, or in NewsMTSC's form the words of the mention
	Polarity   int    `json:"polarity"`
	Unlabelled bool   `json:"unlabelled,omitempty"` // the line has no polarity
	Voice      string `json:"voice,omitempty"`      // author or quoted; "" where the file does not say
	Holder     string `json:"holder,omitempty"`     // of a quoted voice

	// Of labels that bring their place along: byte offsets into Sentence. Both
	// are 0 where the place does not fit the text; such a target is not found.
	Placed bool `json:"placed,omitempty"`
	Start  int  `json:"start,omitempty"`
	End    int  `json:"end,omitempty"`

	// Actor is the id under which a target with a place is scored: its own, or
	// one made of the place, so that two "Trump"s of a sentence stay two.
	Actor string `json:"-"`
	// Group is what labels of one document share, "" where that is not known.
	Group string `json:"-"`
}

// Prediction is a label with what the program says.
type Prediction struct {
	Label
	Found     bool    `json:"found"`     // the target was found in the sentence
	Predicted int     `json:"predicted"` // the likeliest of -1, 0 and 1; 0 in a tie with another, and where not found
	Tone      float64 `json:"tone"`      // in [-1, 1]; 0 where not found
	Negative  float64 `json:"negative"`  // the three are probabilities; where not found those
	Neutral   float64 `json:"neutral"`   // of a sentence that says nothing of its target
	Positive  float64 `json:"positive"`
	PVoice    string  `json:"predicted_voice,omitempty"`
	PHolder   string  `json:"predicted_holder,omitempty"`
	Role      string  `json:"role,omitempty"` // agent, patient or other

	// Document is the article that the sentence was scored in; "" where it was
	// scored by itself. The offsets of Evidence are into the document's text, or
	// else into Sentence.
	Document string              `json:"document,omitempty"`
	Evidence []analysis.Evidence `json:"evidence"`
	// Outside says that there is an article and the sentence is not in its
	// cleaned text: it was scored by itself.
	Outside bool `json:"outside,omitempty"`

	// Observation is what the prediction was read from, nil where not found. Its
	// offsets are into Text.
	Observation *analysis.Observation `json:"-"`
	Text        string                `json:"-"`

	paragraph int // of the article, counted from 1; 0 where it was scored by itself
}

// Extra is a (sentence, target) that the program finds and nobody labelled.
type Extra struct {
	File     string `json:"file"`
	Sentence string `json:"sentence"`
	Target   string `json:"target"`
	Mention  string `json:"mention"`
	Kind     string `json:"kind"`
}

// Rating is a text that people have rated, without a target.
type Rating struct {
	ID      string  `json:"id"`
	Line    int     `json:"line"` // in the file, 1-based
	Text    string  `json:"text"`
	Rating  float64 `json:"rating"` // on any scale
	Unrated bool    `json:"unrated,omitempty"`

	// Actor is the id under which a target with a place is scored: its own, or
	// one made of the place, so that two "Trump"s of a sentence stay two.
	Actor string `json:"-"`
	// Group is what texts of one document share: the id up to its last "_", or
	// the id.
	Group string `json:"-"`
}
