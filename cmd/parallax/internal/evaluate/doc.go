// Package evaluate holds a run against labelled sentences.
//
// It reads three forms of JSONL, told apart by their keys:
//
//   - sentences of articles: {"file","sentence","target","polarity","voice","holder"}.
//     The articles are looked up by file name, or by their text, in the folders
//     that the caller names, so that each sentence is scored where it stands.
//   - Parallax's own input form with a "polarity" of -1, 0 or 1 for each target.
//   - NewsMTSC (Hamborg and Donnay, EACL 2021): {"primary_gid",
//     "sentence_normalized","targets":[{"from","to","mention","polarity"}]} with
//     polarities 2, 4 and 6.
package evaluate

import "parallax/analysis"

// Label is one labelled (sentence, target).
type Label struct {
	Line     int    `json:"line"` // in the file, 1-based
	File     string `json:"file,omitempty"`
	Sentence string `json:"sentence"`
	Target   string `json:"target"`
	Polarity int    `json:"polarity"`         // -1, 0 or 1
	Voice    string `json:"voice,omitempty"`  // author or quoted; "" where the file does not say
	Holder   string `json:"holder,omitempty"` // of a quoted voice

	// Of labels with a place of their own: byte offsets into Sentence. End is 0
	// for the others.
	Start int `json:"start,omitempty"`
	End   int `json:"end,omitempty"`
}

// Prediction is a label with what the program says.
type Prediction struct {
	Label
	Found     bool    `json:"found"`     // the target was found in the sentence
	Predicted int     `json:"predicted"` // -1, 0 or 1; 0 where not found
	Tone      float64 `json:"tone"`
	Negative  float64 `json:"negative"` // the three are probabilities; all 0 where not found
	Neutral   float64 `json:"neutral"`
	Positive  float64 `json:"positive"`
	PVoice    string  `json:"predicted_voice,omitempty"`
	PHolder   string  `json:"predicted_holder,omitempty"`

	// Document is the article that the sentence was scored in; "" where it was
	// scored by itself. The offsets of Evidence are into the document's text, or
	// else into Sentence.
	Document string              `json:"document,omitempty"`
	Evidence []analysis.Evidence `json:"evidence"`
	// Outside says that there is an article and the sentence is not in its
	// cleaned text: it was scored by itself.
	Outside bool `json:"outside,omitempty"`
}

// Extra is a (sentence, target) that the program finds and nobody labelled.
type Extra struct {
	File     string `json:"file"`
	Sentence string `json:"sentence"`
	Target   string `json:"target"`
	Mention  string `json:"mention"`
	Kind     string `json:"kind"`
}
