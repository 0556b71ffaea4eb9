package compare

import "parallax/analysis"

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

	Against int `json:"sentences_against"` // whose tone is below 0
	Favour  int `json:"sentences_favour"`  // whose tone is above 0

	Unit     string `json:"unit"`     // what was resampled: document or paragraph
	Clusters int    `json:"clusters"` // how many of them
	Carried  bool   `json:"carried"`  // the data carry a lean: the interval excludes 0 and there are 5 sentences and 3 clusters or more

	// ICC is the intraclass correlation of the tones within clusters, from -1 to
	// 1; nil where it is not defined. DesignEffect is how many times more
	// sentences are needed because of it, at least 1.
	ICC          *float64 `json:"icc,omitempty"`
	DesignEffect float64  `json:"design_effect"`

	// Detectable is the smallest true difference from another cell of the same
	// make that a test at 1 - Options.Level finds four times out of five; 2,
	// the length of the scale, where even that is not enough, and nil where it
	// cannot be told.
	Detectable *float64 `json:"detectable,omitempty"`

	// Shrunken is the tone with its interval, drawn towards the mean of all
	// sources on this target in this voice, the more so the less is known: what
	// to rank sources by.
	Shrunken Effect `json:"shrunken"`

	Terms    []Term                 `json:"terms,omitempty"` // that moved the tone most, at most five
	Evidence []analysis.Observation `json:"-"`               // that lean farthest, at most three against and then three in favour

	Warnings []string `json:"warnings"`
}

// Term is how often a term of the lexicon contributed to a cell's tones, and
// the sum of its contributions.
type Term struct {
	Term         string  `json:"term"`
	Count        int     `json:"count"`
	Contribution float64 `json:"contribution"`
}

// Families of contrasts.
const (
	BySource = "sources" // each source against each other, over one target in one voice
	ByRest   = "rest"    // each source against all others together
	ByVoice  = "voices"  // a source's own voice against those it quotes, over one target
	ByTarget = "targets" // one target against another, within a source and a voice
	ByDate   = "dates"   // a source before a date against the same since
)

// Rest names the other side of a contrast of the family [ByRest].
const Rest = "the rest"

// Contrast is the difference between two cells, A - B. What A and B are depends
// on the family: sources, or documents where the comparison is by document; a
// source and [Rest]; the voices author and quoted; two targets; "before" and
// "since". A stands before B in the order of cells. Low and High are in
// [-2, 2] at Options.Level.
type Contrast struct {
	Family string `json:"family"`
	Source string `json:"source,omitempty"` // within which, or document; "" in the families sources and rest
	Target string `json:"target,omitempty"` // "" in the family targets
	Voice  string `json:"voice,omitempty"`  // "" in the family voices
	A      string `json:"a"`
	B      string `json:"b"`

	Difference float64 `json:"difference"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	P          float64 `json:"p"`    // permutation test, two-sided; 1 where not tested
	Q          float64 `json:"q"`    // Holm, over the tested contrasts of one family: of one target and voice, one target, or one source and voice
	QBH        float64 `json:"q_bh"` // Benjamini and Hochberg, over the same

	Cliff     float64 `json:"cliffs_delta"` // in [-1, 1]: how much more often A's sentences have the higher tone
	CliffLow  float64 `json:"cliffs_delta_low"`
	CliffHigh float64 `json:"cliffs_delta_high"`
	Hedges    *Effect `json:"hedges_g,omitempty"` // in standard deviations of sentences; nil where not defined

	// Detectable is the smallest true difference that four out of five studies
	// like this one find, with as many contrasts in the family; nil where it
	// cannot be told.
	Detectable *float64 `json:"detectable,omitempty"`

	Unit         string   `json:"unit"`             // what was permuted: document or paragraph
	Permutations int      `json:"permutations"`     // how many labellings were looked at; 0: too few data to test, and Reason says so
	Exact        bool     `json:"exact"`            // every permutation was looked at
	Carried      bool     `json:"carried"`          // Q is below 1 - Options.Level, and the interval excludes 0
	Reason       string   `json:"reason,omitempty"` // where not carried: why, and what would be needed
	Warnings     []string `json:"warnings"`
}

// Omnibus is the test of whether the sources differ at all over one target in
// one voice: the question before that of which do.
type Omnibus struct {
	Target  string  `json:"target"`
	Voice   string  `json:"voice"`
	Sources int     `json:"sources"`          // that were tested
	P       float64 `json:"p"`                // permutation test; 1 where not tested
	Q       float64 `json:"q"`                // Holm, over the targets of one voice
	Unit    string  `json:"unit"`             // what was permuted
	Tested  bool    `json:"tested"`           //
	Carried bool    `json:"carried"`          // Q is below 1 - Options.Level
	Reason  string  `json:"reason,omitempty"` // where not carried
}

// Result is a whole comparison, each list in a total order. Contrasts are those
// of the family [BySource], Further those of the other families.
type Result struct {
	Cells     []Cell     `json:"cells"`
	Omnibus   []Omnibus  `json:"omnibus"`
	Contrasts []Contrast `json:"contrasts"`
	Further   []Contrast `json:"further"`
	Limits    []Limit    `json:"limits,omitempty"` // where not all pairs are in Contrasts, or in Further
}
