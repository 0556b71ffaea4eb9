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
	Line     int // in the file
	File     string
	Sentence string
	Target   string
	Polarity int    // -1, 0 or 1
	Voice    string // author or quoted; "" where the file does not say
	Holder   string

	// Of labels with a place of their own: byte offsets into Sentence.
	Start, End int
}

// Prediction is a label with what the program says.
type Prediction struct {
	Label
	Found     bool // the target was found in the sentence
	Predicted int  // -1, 0 or 1; 0 where not found
	Tone      float64
	Negative  float64
	Neutral   float64
	Positive  float64
	PVoice    string
	PHolder   string
	Evidence  []analysis.Evidence
	Outside   bool // the sentence is not in the article's cleaned text; it was scored alone
}

// Extra is a (sentence, target) that the program finds and nobody labelled.
type Extra struct {
	File     string `json:"file"`
	Sentence string `json:"sentence"`
	Target   string `json:"target"`
	Mention  string `json:"mention"`
	Kind     string `json:"kind"`
}
