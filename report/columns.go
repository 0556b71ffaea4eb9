package report

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"parallax/analysis"
)

// Columns is a form of the ledger for programs that read tables.
type Columns string

// The forms besides observations.jsonl.
const (
	CSV     Columns = "csv"     // one row an observation, lists joined into a cell
	Parquet Columns = "parquet" // the same columns, with lists of evidence and relations as such
)

// file is the name of the form's file.
func (c Columns) file() string { return "observations." + string(c) }

// of writes the form of the ledger in a file.
func (c Columns) of(w io.Writer, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	return c.write(w, f)
}

// write writes the ledger in the form, reading it line by line from jsonl.
func (c Columns) write(w io.Writer, jsonl io.Reader) error {
	switch c {
	case CSV:
		return writeLedgerCSV(w, jsonl)
	case Parquet:
		return writeLedgerParquet(w, jsonl)
	}
	return fmt.Errorf("no form of the ledger is named %q", string(c))
}

// eachObservation reads a ledger as [WriteObservations] writes it.
func eachObservation(r io.Reader, f func(*analysis.Observation) error) error {
	in := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var o analysis.Observation
			if err := json.Unmarshal(line, &o); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
			if err := f(&o); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// writeLedgerCSV writes one row an observation, under a header. Several frames
// are joined with "; ", and so is the evidence, each term with its contribution
// behind it. Relations are left out: they do not fit into a cell. Text that a
// spreadsheet would run as a formula is kept from it as in [WriteCSV].
func writeLedgerCSV(w io.Writer, jsonl io.Reader) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"document", "source", "sentence", "start", "end", "paragraph", "target", "mention", "mention_kind", "mentions",
		"voice", "holder", "role", "tone", "negative", "neutral", "positive", "polarity", "uncertain", "frames", "evidence"}); err != nil {
		return err
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	err := eachObservation(jsonl, func(o *analysis.Observation) error {
		evidence := make([]string, len(o.Evidence))
		for i, e := range o.Evidence {
			evidence[i] = fmt.Sprintf("%s %+g", e.Term, e.Contribution)
		}
		return out.Write([]string{inert(o.Document), inert(o.Source), inert(o.Sentence), strconv.Itoa(o.Start), strconv.Itoa(o.End), strconv.Itoa(o.Paragraph),
			inert(o.Target), inert(o.Mention), inert(o.MentionKind), strconv.Itoa(o.Mentions), inert(o.Voice), inert(o.Holder), inert(o.Role),
			number(o.Tone), number(o.Negative), number(o.Neutral), number(o.Positive), strconv.Itoa(o.Polarity), strconv.FormatBool(o.Uncertain),
			inert(strings.Join(o.Frames, "; ")), inert(strings.Join(evidence, "; "))})
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

// ledgerRow is an observation in Parquet's columns, by the names of
// observations.jsonl. Repeated values are stored once (dict).
type ledgerRow struct {
	Document    string         `parquet:"document,dict"`
	Source      string         `parquet:"source,dict"`
	Sentence    string         `parquet:"sentence"`
	Start       int64          `parquet:"start"`
	End         int64          `parquet:"end"`
	Paragraph   int32          `parquet:"paragraph"`
	Target      string         `parquet:"target,dict"`
	Mention     string         `parquet:"mention"`
	MentionKind string         `parquet:"mention_kind,dict"`
	Mentions    int32          `parquet:"mentions"`
	Voice       string         `parquet:"voice,dict"`
	Holder      string         `parquet:"holder,dict"`
	Role        string         `parquet:"role,dict"`
	Tone        float64        `parquet:"tone"`
	Negative    float64        `parquet:"negative"`
	Neutral     float64        `parquet:"neutral"`
	Positive    float64        `parquet:"positive"`
	Polarity    int32          `parquet:"polarity"`
	Uncertain   bool           `parquet:"uncertain"`
	Frames      []string       `parquet:"frames,list"`
	Evidence    []evidenceRow  `parquet:"evidence,list"`
	Relations   []relationDeed `parquet:"relations,list"`
}

type evidenceRow struct {
	Start        int64   `parquet:"start"`
	End          int64   `parquet:"end"`
	Term         string  `parquet:"term,dict"`
	Rule         string  `parquet:"rule,dict"`
	Contribution float64 `parquet:"contribution"`
}

type relationDeed struct {
	Other   string  `parquet:"other,dict"`
	Role    string  `parquet:"role,dict"`
	Term    string  `parquet:"term,dict"`
	Value   float64 `parquet:"value"`
	Negated bool    `parquet:"negated"`
	Modal   bool    `parquet:"modal"`
	Voice   string  `parquet:"voice,dict"`
	Holder  string  `parquet:"holder,dict"`
	Start   int64   `parquet:"start"`
	End     int64   `parquet:"end"`
}

// rowsOfGroup is how many rows Parquet holds in memory before it writes them.
const rowsOfGroup = 50000

// writeLedgerParquet writes the ledger as Apache Parquet, compressed by Snappy.
func writeLedgerParquet(w io.Writer, jsonl io.Reader) error {
	out := parquet.NewGenericWriter[ledgerRow](w, parquet.Compression(&parquet.Snappy), parquet.CreatedBy("parallax", "", ""))
	n := 0
	err := eachObservation(jsonl, func(o *analysis.Observation) error {
		row := ledgerRow{Document: o.Document, Source: o.Source, Sentence: o.Sentence, Start: int64(o.Start), End: int64(o.End), Paragraph: int32(o.Paragraph),
			Target: o.Target, Mention: o.Mention, MentionKind: o.MentionKind, Mentions: int32(o.Mentions), Voice: o.Voice, Holder: o.Holder, Role: o.Role,
			Tone: o.Tone, Negative: o.Negative, Neutral: o.Neutral, Positive: o.Positive, Polarity: int32(o.Polarity), Uncertain: o.Uncertain, Frames: o.Frames}
		for _, e := range o.Evidence {
			row.Evidence = append(row.Evidence, evidenceRow{int64(e.Start), int64(e.End), e.Term, e.Rule, e.Contribution})
		}
		for _, r := range o.Relations {
			row.Relations = append(row.Relations, relationDeed{r.Other, r.Role, r.Term, r.Value, r.Negated, r.Modal, r.Voice, r.Holder, int64(r.Start), int64(r.End)})
		}
		if _, err := out.Write([]ledgerRow{row}); err != nil {
			return err
		}
		if n++; n%rowsOfGroup == 0 {
			return out.Flush()
		}
		return nil
	})
	return errors.Join(err, out.Close())
}
