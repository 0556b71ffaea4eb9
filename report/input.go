package report

import (
	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
)

// Input is all that a report is made from. The zero value gives a report that
// says that there is nothing to compare.
type Input struct {
	Manifest     Manifest
	Targets      []TargetInfo // in the order to report them
	Sources      []SourceInfo // in the order to report them
	Documents    []corpus.Document
	Result       compare.Result
	Observations []analysis.Observation // all of them, or none where there is a Ledger
	Ledger       *Ledger
	Columns      []Columns                // forms of the ledger to write besides observations.jsonl
	Keywords     []compare.Keyword        // nil where words were not counted
	Attention    *compare.AttentionResult // nil where it was not counted
	Topics       *compare.TopicResult     // nil where documents are compared
	Reference    *Reference               // nil where tones are set against none
	Second       *SecondOpinion           // nil where none was asked for
	Map          *compare.Map             // nil where there are no three sources to lay out
	Frames       []compare.FrameShare     // none where documents are compared
	Timeline     *compare.Timeline        // nil where no source has several articles in each of three periods, and where documents are compared
	Robustness   *Robustness              // nil where the comparison was made under the usual choices alone
	Wire         *Wire                    // nil where no text stands in several places
	Skipped      []corpus.Skipped
	Charts       []ChartImage // in the order to show them
	Undrawn      []string     // names of charts that would be too large
}

// Manifest is what it takes to make the same report again. It holds no time
// of day: two runs on the same input are the same bytes.
type Manifest struct {
	Program       string            `json:"program"` // its name
	Version       string            `json:"version"`
	Lexicon       string            `json:"lexicon"` // its version
	LexiconDigest string            `json:"lexicon_digest"`
	Weights       string            `json:"weights"` // version of the learned table
	WeightsDigest string            `json:"weights_digest"`
	TargetsDigest string            `json:"targets_digest"`
	Seed          uint64            `json:"seed"`
	Level         float64           `json:"level"`   // of the intervals; 0 is read as 0.95
	Options       map[string]string `json:"options"` // as given or by default, by name of the flag
	Inputs        []InputFile       `json:"inputs"`
}

// InputFile is one document as it was read.
type InputFile struct {
	Path      string `json:"path"`
	SHA256    string `json:"sha256"`
	Document  string `json:"document"`
	Title     string `json:"title"`
	Author    string `json:"author"`
	Date      string `json:"date"`
	Outlet    string `json:"outlet"`
	Source    string `json:"source"`
	Sentences int    `json:"sentences"` // all of them, with a mention or without
}

// TargetInfo names a target.
type TargetInfo struct {
	ID   string
	Name string // without article: "United States"; empty is the ID
}

// SourceInfo names a source.
type SourceInfo struct {
	ID        string
	Name      string // short, for tables: "WSWS 2001"; empty is made from outlet and date
	Outlet    string // for sentences: "World Socialist Web Site"
	Documents int
	Dates     string // ISO 8601, or a range of such dates in words
}

// SecondOpinion is how far another classifier agrees on the same sentences.
type SecondOpinion struct {
	Name     string
	N        int     // sentences that both scored
	Spearman float64 // rank correlation of the two scores, in [-1, 1]; NaN where not defined
	Kappa    float64 // Cohen's kappa of the two signs, in [-1, 1]; NaN where not defined
	Note     string
}

// ChartImage is a chart: as PNG at twice the resolution of a page, for files,
// and, where it can be had, as SVG, for report.html.
type ChartImage struct {
	Path    string // relative, with slashes, in the folder "charts": "charts/tone.png"
	Alt     string
	Caption string
	PNG     []byte
	SVG     []byte // as wide as the page; nil where there is none
	Narrow  []byte // the same chart for a phone or a column; nil where there is none
}
