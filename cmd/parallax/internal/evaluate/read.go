package evaluate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"parallax/analysis"
)

// maxLine is the longest line read, in bytes: as for the records of a corpus.
const maxLine = 64 << 20

// Read reads labels in any of the three forms, which a file may mix; empty
// lines are passed over. name stands in errors, which say the line too. A file
// without a label is an error.
func Read(name string, r io.Reader) ([]Label, error) {
	var out []Label
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxLine)
	line := 0
	for sc.Scan() {
		line++
		data := sc.Bytes()
		if line == 1 {
			data = bytes.TrimPrefix(data, []byte("\ufeff"))
		}
		if data = bytes.TrimSpace(data); len(data) == 0 {
			continue
		}
		ls, err := parse(data)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		for i := range ls {
			ls[i].Line = line
		}
		out = append(out, ls...)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, line+1, err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no labels; want one JSON object a line with \"sentence\", \"target\" and \"polarity\", or \"text\" and \"targets\"", name)
	}
	return out, nil
}

func parse(data []byte) ([]Label, error) {
	var row struct {
		File       string   `json:"file"`
		Sentence   string   `json:"sentence"`
		Target     string   `json:"target"`
		Polarity   *float64 `json:"polarity"`
		Voice      string   `json:"voice"`
		Holder     string   `json:"holder"`
		Text       string   `json:"text"`
		Normalized string   `json:"sentence_normalized"`
		Targets    []struct {
			ID       string   `json:"id"`
			From     int      `json:"from"`
			To       int      `json:"to"`
			Polarity *float64 `json:"polarity"`
		} `json:"targets"`
	}
	if err := json.Unmarshal(data, &row); err != nil {
		return nil, err
	}
	if row.Sentence != "" {
		if row.Target == "" || row.Polarity == nil {
			return nil, errors.New(`a sentence needs a "target" and a "polarity"`)
		}
		p, err := polarity(*row.Polarity, false)
		if err != nil {
			return nil, err
		}
		switch row.Voice {
		case "", analysis.VoiceAuthor, analysis.VoiceQuoted:
		default:
			return nil, fmt.Errorf("voice %q: want author or quoted, or nothing", row.Voice)
		}
		return []Label{{File: row.File, Sentence: row.Sentence, Target: row.Target, Polarity: p, Voice: row.Voice, Holder: row.Holder}}, nil
	}
	text, news := row.Text, false
	if text == "" {
		text, news = row.Normalized, true
	}
	if text == "" {
		return nil, errors.New(`neither "sentence" nor "text" nor "sentence_normalized"`)
	}
	if len(row.Targets) == 0 {
		return nil, errors.New(`no "targets" with a "polarity" each`)
	}
	offsets := byteOffsets(text)
	var out []Label
	for i, t := range row.Targets {
		if t.Polarity == nil {
			return nil, fmt.Errorf(`target %d has no "polarity"`, i+1)
		}
		if t.From < 0 || t.To <= t.From || t.To >= len(offsets) {
			return nil, fmt.Errorf("target %d: from %d to %d does not fit a text of %d characters", i+1, t.From, t.To, len(offsets)-1)
		}
		p, err := polarity(*t.Polarity, news)
		if err != nil {
			return nil, fmt.Errorf("target %d: %w", i+1, err)
		}
		id := t.ID
		if id == "" {
			id = fmt.Sprintf("target %d", i+1)
		}
		out = append(out, Label{Sentence: text, Target: id, Polarity: p, Start: offsets[t.From], End: offsets[t.To]})
	}
	return out, nil
}

// polarity maps a label to -1, 0 or 1: NewsMTSC writes 2, 4 and 6.
func polarity(p float64, news bool) (int, error) {
	if news {
		p = (p - 4) / 2
	}
	if p != math.Trunc(p) || p < -1 || p > 1 {
		return 0, fmt.Errorf("polarity %v: want -1, 0 or 1 (in NewsMTSC's form 2, 4 or 6)", p)
	}
	return int(p), nil
}

// byteOffsets returns the byte offset of each character, and of the end.
func byteOffsets(s string) []int {
	out := make([]int, 0, len(s)+1)
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}
