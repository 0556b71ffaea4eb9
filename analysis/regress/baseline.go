// Package regress tells whether scores moved: it keeps a run's cells and
// observations as a [Baseline], and compares two of them.
//
//  1. [New] makes a baseline of a run, [Baseline.Write] and [Read] store it as
//     JSON with one observation a line, so that a version control system
//     shows which sentences a change has touched.
//  2. [Diff] lists the cells that moved beyond a [Tolerance], and for each the
//     sentences that moved it, with their shares of the movement.
//  3. [Report.Moved] is the gate; [Report.Print] is for people.
package regress

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"parallax/analysis"
	"parallax/analysis/compare"
)

// Schema is the version of the baseline's form. It is raised when a field
// changes its meaning or disappears.
const Schema = 1

// Baseline is what a run found: enough to say later which cells moved and why.
type Baseline struct {
	Schema       int               `json:"schema"`
	About        map[string]string `json:"about"` // what the run depended on, such as versions and digests
	Cells        []Cell            `json:"cells"`
	Observations []Observation     `json:"observations"`
	Contrasts    []Contrast        `json:"-"` // of a run that is compared, and not kept
}

// Cell is the tone of one source (or document) and one target in one voice.
type Cell struct {
	Source    string  `json:"source"`
	Document  string  `json:"document,omitempty"` // where the comparison is by document
	Target    string  `json:"target"`
	Voice     string  `json:"voice"`     // all, author or quoted
	Tone      float64 `json:"tone"`      // in [-1, 1]
	Sentences int     `json:"sentences"` // how many the tone is the mean of

	Low  float64 `json:"-"` // interval of Tone, of a run that is compared, and not kept
	High float64 `json:"-"`
}

// Observation is the tone of one sentence towards one target.
type Observation struct {
	Source   string  `json:"source"`
	Document string  `json:"document"`
	Start    int     `json:"start"` // byte offsets of the sentence into the document's text
	End      int     `json:"end"`
	Target   string  `json:"target"`
	Voice    string  `json:"voice"` // author or quoted
	Tone     float64 `json:"tone"`  // in [-1, 1]
	Sentence string  `json:"sentence"`
	Terms    []Term  `json:"-"` // what made the tone, of a run that is compared, and not kept
}

// New makes a baseline of a run. It keeps none of its arguments and puts cells
// and observations into an order of its own, so that the order of the
// arguments does not matter.
func New(cells []compare.Cell, observations []analysis.Observation, about map[string]string) Baseline {
	b := Baseline{
		Schema:       Schema,
		About:        make(map[string]string, len(about)),
		Cells:        make([]Cell, 0, len(cells)),
		Observations: make([]Observation, 0, len(observations)),
	}
	for k, v := range about {
		b.About[k] = v
	}
	for _, c := range cells {
		b.Cells = append(b.Cells, Cell{Source: c.Source, Document: c.Document, Target: c.Target, Voice: c.Voice, Tone: c.Tone, Sentences: c.Sentences})
	}
	for _, o := range observations {
		b.Observations = append(b.Observations,
			Observation{Source: o.Source, Document: o.Document, Start: o.Start, End: o.End, Target: o.Target, Voice: o.Voice, Tone: o.Tone, Sentence: o.Sentence})
	}
	slices.SortFunc(b.Cells, Cell.compare)
	slices.SortFunc(b.Observations, Observation.compare)
	return b
}

// cellKey is what makes a cell the same in two runs.
type cellKey struct{ source, document, target, voice string }

func (c Cell) key() cellKey { return cellKey{c.Source, c.Document, c.Target, c.Voice} }

func (k cellKey) compare(l cellKey) int {
	return cmp.Or(
		cmp.Compare(k.source, l.source), cmp.Compare(k.document, l.document),
		cmp.Compare(k.target, l.target), cmp.Compare(k.voice, l.voice),
	)
}

func (k cellKey) String() string {
	s := k.source
	if k.document != "" {
		s += " " + k.document
	}
	return s + " " + k.target + " " + k.voice
}

func (c Cell) compare(d Cell) int {
	return cmp.Or(c.key().compare(d.key()), cmp.Compare(c.Tone, d.Tone), cmp.Compare(c.Sentences, d.Sentences))
}

func (o Observation) compare(p Observation) int {
	return cmp.Or(
		cmp.Compare(o.Source, p.Source), cmp.Compare(o.Document, p.Document),
		cmp.Compare(o.Start, p.Start), cmp.Compare(o.End, p.End), cmp.Compare(o.Target, p.Target),
		cmp.Compare(o.Voice, p.Voice), cmp.Compare(o.Tone, p.Tone), cmp.Compare(o.Sentence, p.Sentence),
	)
}

// rewrite is what to do about a file that cannot be used.
const rewrite = "make a new one with 'parallax check --update'"

// Read reads a baseline that Write has written, and nothing else after it. A
// file that is not one, or of another schema, with an unknown field, a cell
// twice or a tone outside [-1, 1], is an error that says what to do.
func Read(r io.Reader) (Baseline, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return Baseline{}, fmt.Errorf("baseline: %w", err)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Baseline{}, fmt.Errorf("baseline: the file is empty; %s", rewrite)
	}
	// The schema first, leniently: a later schema's unknown field must not
	// hide that it is a later schema.
	var form struct {
		Schema int `json:"schema"`
	}
	if err := json.Unmarshal(data, &form); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line := 1 + bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))
			err = fmt.Errorf("line %d: %w", line, err)
		}
		return Baseline{}, fmt.Errorf("baseline: %w; %s", err, rewrite)
	}
	if form.Schema != Schema {
		return Baseline{}, fmt.Errorf("baseline: schema %d, want %d; %s", form.Schema, Schema, rewrite)
	}
	var b Baseline
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&b); err != nil {
		return Baseline{}, fmt.Errorf("baseline: %w; %s", err, rewrite)
	}
	seen := map[cellKey]bool{}
	for i, c := range b.Cells {
		if seen[c.key()] {
			return Baseline{}, fmt.Errorf("baseline: cells[%d]: %s is there twice; %s", i, c.key(), rewrite)
		}
		seen[c.key()] = true
		if math.Abs(c.Tone) > 1 || c.Sentences < 0 {
			return Baseline{}, fmt.Errorf("baseline: cells[%d]: tone %v of %d sentences is out of range; %s", i, c.Tone, c.Sentences, rewrite)
		}
	}
	for i, o := range b.Observations {
		if math.Abs(o.Tone) > 1 {
			return Baseline{}, fmt.Errorf("baseline: observations[%d]: tone %v is out of range; %s", i, o.Tone, rewrite)
		}
	}
	return b, nil
}

// Write writes the baseline as JSON: the same bytes for the same baseline,
// with one cell and one observation a line. A tone that is not a number is an
// error.
func (b Baseline) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	about := b.About
	if about == nil {
		about = map[string]string{}
	}
	head, err := encode(about, "  ")
	if err != nil {
		return fmt.Errorf("baseline: about: %w", err)
	}
	fmt.Fprintf(out, "{\n  \"schema\": %d,\n  \"about\": %s,\n", b.Schema, head)
	if err := writeLines(out, "cells", b.Cells); err != nil {
		return err
	}
	fmt.Fprint(out, ",\n")
	if err := writeLines(out, "observations", b.Observations); err != nil {
		return err
	}
	fmt.Fprint(out, "\n}\n")
	if err := out.Flush(); err != nil { // also reports what failed above
		return fmt.Errorf("baseline: %w", err)
	}
	return nil
}

// writeLines writes a field that holds a list, one element a line.
func writeLines[T any](out *bufio.Writer, name string, list []T) error {
	fmt.Fprintf(out, "  %q: [", name)
	for i, x := range list {
		line, err := encode(x, "")
		if err != nil {
			return fmt.Errorf("baseline: %s[%d]: %w", name, i, err)
		}
		separator := ","
		if i == 0 {
			separator = ""
		}
		fmt.Fprintf(out, "%s\n    %s", separator, line)
	}
	if len(list) > 0 {
		fmt.Fprint(out, "\n  ")
	}
	fmt.Fprint(out, "]")
	return nil
}

// encode is JSON without the escaping of <, > and & that is meant for HTML, so
// that sentences stay readable; on one line unless indented below prefix.
func encode(v any, prefix string) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if prefix != "" {
		e.SetIndent(prefix, "  ")
	}
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(buf.Bytes(), "\n"), nil
}
