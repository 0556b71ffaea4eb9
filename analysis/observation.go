package analysis

// Observation is one (document, sentence, target): how one sentence frames one
// target. It is the row of the ledger that every published number opens to.
//
// Offsets are byte offsets into the document's text. Tone is
// Positive - Negative and lies in [-1, 1]; Negative, Neutral and Positive are
// probabilities that sum to 1. All four are multiples of 0.0001, so sums of
// them in fixed point are exact. The contributions of Evidence sum to Tone.
type Observation struct {
	Document string `json:"document"`
	Source   string `json:"source"`

	Sentence  string `json:"sentence"`  // the text, white space folded
	Start     int    `json:"start"`     // of the sentence
	End       int    `json:"end"`       // of the sentence
	Paragraph int    `json:"paragraph"` // the block the sentence is in, counted from 0

	Target      string `json:"target"`
	Mention     string `json:"mention"`      // the text of the mention that the score hangs on
	MentionKind string `json:"mention_kind"` // name, alias, demonym, metonym, leader, nominal, pronoun
	Mentions    int    `json:"mentions"`     // how many mentions of the target the sentence has

	Voice  string `json:"voice"`            // author or quoted
	Holder string `json:"holder,omitempty"` // who speaks, when quoted: a target, a name, or "other"
	Role   string `json:"role"`             // agent, patient or other

	Tone     float64 `json:"tone"`
	Negative float64 `json:"negative"`
	Neutral  float64 `json:"neutral"`
	Positive float64 `json:"positive"`

	Polarity  int  `json:"polarity"`            // -1, 0 or 1: the class, where one must be named
	Uncertain bool `json:"uncertain,omitempty"` // no class has half of the probability

	Frames   []string   `json:"frames"`
	Evidence []Evidence `json:"evidence"`

	Relations []ObservedRelation `json:"relations,omitempty"` // what the target does to others, and they to it
}

// Evidence is one word, or one entry of the hand-made tables, that contributed
// to an observation's tone.
type Evidence struct {
	Start        int     `json:"start"`
	End          int     `json:"end"`
	Term         string  `json:"term"`         // the word, or the tables' term
	Rule         string  `json:"rule"`         // the chain of rules that gave it its weight, or its place to the mention
	Contribution float64 `json:"contribution"` // in units of tone, a multiple of 0.0001
}

// ObservedRelation is a deed between an observation's target and another. The
// same deed is in the observation of the other too, with the other role.
type ObservedRelation struct {
	Other   string  `json:"other"` // the other target
	Role    string  `json:"role"`  // of the observation's target: agent or patient
	Term    string  `json:"term"`  // the lexicon's term
	Value   float64 `json:"value"` // from -1, military attack, to +1; 0 where negated
	Negated bool    `json:"negated,omitempty"`
	Modal   bool    `json:"modal,omitempty"`  // possible, wanted or threatened, not done
	Voice   string  `json:"voice"`            // author or quoted
	Holder  string  `json:"holder,omitempty"` // who says so, when quoted
	Start   int     `json:"start"`            // of the term
	End     int     `json:"end"`              // of the term
}

// Voices of an observation.
const (
	VoiceAuthor = "author"
	VoiceQuoted = "quoted"
)
