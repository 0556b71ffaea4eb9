package report

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
)

// schema is the version of scores.json. It changes when a reader of the old
// form would misread the new.
const schema = 1

// WriteScores writes scores.json: the manifest, all cells, tests and contrasts
// with full precision, the relations between targets, the tones adjusted for
// topic where sources are compared and relative to a
// reference where there is one, what the sources attend to where that was counted, the words that tell them apart, how alike
// they are where that was asked, their tone by date where there are dates
// enough, how often they use each frame, text that stands in several places where there is any, and what was
// skipped. Other empty lists are [], never null. A list of more than 1,000
// things has each on one line; all else is indented. A number that JSON does not
// have, NaN or an infinity, is an error.
func WriteScores(w io.Writer, in Input) error {
	scores := struct {
		Schema    int                      `json:"schema"`
		Manifest  Manifest                 `json:"manifest"`
		Cells     []compare.Cell           `json:"cells"`
		Omnibus   []compare.Omnibus        `json:"omnibus"`
		Contrasts []compare.Contrast       `json:"contrasts"`
		Further   []compare.Contrast       `json:"further"`
		Relations []Relation               `json:"relations"`
		Topics    *compare.TopicResult     `json:"topics,omitempty"`
		Reference *referenceScores         `json:"reference,omitempty"`
		Attention *compare.AttentionResult `json:"attention,omitempty"`
		Map       *compare.Map             `json:"map,omitempty"`
		Timeline  *compare.Timeline        `json:"timeline,omitempty"`
		Frames    []compare.FrameShare     `json:"frames,omitempty"`
		Wire      []corpus.Cluster         `json:"wire,omitempty"`
		Keywords  []compare.Keyword        `json:"keywords"` // that are carried
		Limits    []compare.Limit          `json:"limits,omitempty"`
		Skipped   []corpus.Skipped         `json:"skipped"`
	}{
		schema, in.Manifest, filled(in.Result.Cells), filled(in.Result.Omnibus), filled(in.Result.Contrasts), filled(in.Result.Further), filled(Relations(in)), in.Topics, in.referenceScores(), in.Attention, in.Map, in.Timeline, in.Frames, in.clusters(), carriedKeywords(in), in.Result.Limits, filled(in.Skipped),
	}
	scores.Manifest.Inputs = filled(in.Manifest.Inputs)
	if scores.Manifest.Options == nil {
		scores.Manifest.Options = map[string]string{}
	}
	if scores.Manifest.Level == 0 {
		scores.Manifest.Level = 0.95
	}
	for i := range scores.Cells {
		scores.Cells[i].Warnings = filled(scores.Cells[i].Warnings)
	}
	for _, list := range [][]compare.Contrast{scores.Contrasts, scores.Further} {
		for i := range list {
			list[i].Warnings = filled(list[i].Warnings)
		}
	}
	if err := writeJSON(w, scores); err != nil {
		return fmt.Errorf("writing scores: %w", cmp.Or(unwritable(in.Result), err))
	}
	return nil
}

// unwritable names the first cell or contrast that JSON cannot hold.
func unwritable(r compare.Result) error {
	for _, c := range r.Cells {
		if _, err := json.Marshal(c); err != nil {
			return fmt.Errorf("the cell of %q and %q in voice %q: %w", key(c), c.Target, c.Voice, err)
		}
	}
	for _, list := range [][]compare.Contrast{r.Contrasts, r.Further} {
		for _, c := range list {
			if _, err := json.Marshal(c); err != nil {
				return fmt.Errorf("the contrast of %q and %q over %q in voice %q: %w", c.A, c.B, c.Target, c.Voice, err)
			}
		}
	}
	return nil
}

// filled is a copy of a list that is never nil.
func filled[T any](list []T) []T { return append([]T{}, list...) }

// WriteCSV writes scores.csv: one row a cell, under a header. Several warnings
// are joined with "; ". Text that a spreadsheet would run as a formula is kept
// from it by an apostrophe in front.
func WriteCSV(w io.Writer, in Input) error {
	rows := [][]string{{"source", "document", "target", "voice", "documents", "sentences", "mentions", "tone", "low", "high",
		"negative", "neutral", "positive", "unit", "clusters", "carried", "warnings",
		"icc", "design_effect", "detectable", "shrunken", "shrunken_low", "shrunken_high"}}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	optional := func(v *float64) string {
		if v == nil {
			return ""
		}
		return number(*v)
	}
	for _, c := range in.Result.Cells {
		rows = append(rows, []string{inert(c.Source), inert(c.Document), inert(c.Target), inert(c.Voice),
			strconv.Itoa(c.Documents), strconv.Itoa(c.Sentences), strconv.Itoa(c.Mentions), number(c.Tone), number(c.Low), number(c.High),
			number(c.Negative), number(c.Neutral), number(c.Positive), inert(c.Unit), strconv.Itoa(c.Clusters), strconv.FormatBool(c.Carried),
			inert(strings.Join(c.Warnings, "; ")), optional(c.ICC), number(c.DesignEffect), optional(c.Detectable),
			number(c.Shrunken.Value), number(c.Shrunken.Low), number(c.Shrunken.High)})
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("writing csv: %w", err)
	}
	return nil
}

// inert keeps a spreadsheet from reading text as a formula. The characters are
// those that the OWASP page on CSV injection names, and their full-width forms, also
// behind what is not seen.
func inert(s string) string {
	seen := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) || strings.IndexAny(seen, "=+-@＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}

// WriteObservations writes observations.jsonl, the ledger: one observation a
// line, in the order given.
func WriteObservations(w io.Writer, observations []analysis.Observation) error {
	out := bufio.NewWriter(w)
	var line bytes.Buffer
	e := json.NewEncoder(&line)
	e.SetEscapeHTML(false)
	for _, o := range observations {
		o.Frames, o.Evidence = filled(o.Frames), filled(o.Evidence)
		line.Reset()
		if err := e.Encode(o); err != nil {
			return fmt.Errorf("writing observations: document %q, byte %d: %w", o.Document, o.Start, err)
		}
		if _, err := out.Write(line.Bytes()); err != nil {
			return fmt.Errorf("writing observations: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing observations: %w", err)
	}
	return nil
}
