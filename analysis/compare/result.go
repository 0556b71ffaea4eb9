package compare

// Cell is the estimate for one source (or document) and one target in one
// voice. No field is ever NaN, Low <= Tone <= High, and Low < High.
type Cell struct {
	Source   string `json:"source"`
	Document string `json:"document,omitempty"` // where the comparison is by document
	Target   string `json:"target"`
	Voice    string `json:"voice"` // all, author or quoted

	Documents int `json:"documents"`
	Sentences int `json:"sentences"`
	Mentions  int `json:"mentions"`

	Tone float64 `json:"tone"` // mean over sentences, in [-1, 1]
	Low  float64 `json:"low"`  // interval of Tone at Options.Level
	High float64 `json:"high"`

	Negative float64 `json:"negative"` // mean probabilities; Positive - Negative = Tone
	Neutral  float64 `json:"neutral"`
	Positive float64 `json:"positive"`

	Unit     string   `json:"unit"`     // what was resampled: document or paragraph
	Clusters int      `json:"clusters"` // how many of them
	Carried  bool     `json:"carried"`  // the data carry a lean: the interval excludes 0 and there are 5 sentences and 3 clusters or more
	Warnings []string `json:"warnings"`
}

// Contrast is the difference between two cells of one target in one voice, A - B.
// A and B are sources, or documents where the comparison is by document, A
// before B in the order of cells. Low and High are in [-2, 2] at Options.Level.
type Contrast struct {
	Target string `json:"target"`
	Voice  string `json:"voice"`
	A      string `json:"a"`
	B      string `json:"b"`

	Difference float64 `json:"difference"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	P          float64 `json:"p"`            // permutation test, two-sided; 1 where not tested
	Q          float64 `json:"q"`            // Holm, over the tested pairs of one target in one voice
	Cliff      float64 `json:"cliffs_delta"` // in [-1, 1]: how much more often A's sentences have the higher tone

	Unit         string   `json:"unit"`             // what was permuted: document or paragraph
	Permutations int      `json:"permutations"`     // how many labellings were looked at; 0: too few data to test, and Reason says so
	Exact        bool     `json:"exact"`            // every permutation was looked at
	Carried      bool     `json:"carried"`          // Q is below 1 - Options.Level
	Reason       string   `json:"reason,omitempty"` // where not carried: why, and what would be needed
	Warnings     []string `json:"warnings"`
}

// Result is a whole comparison, cells and contrasts in a total order.
type Result struct {
	Cells     []Cell     `json:"cells"`
	Contrasts []Contrast `json:"contrasts"`
}
