package evaluate

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"parallax/analysis"
)

// maxLine is the longest line read, in bytes: as for the records of a corpus.
const maxLine = 64 << 20

// Read reads labels in any of the three forms of JSONL, which a file may mix;
// empty lines are passed over. name stands in errors, which say the line too. A
// file without a line is an error.
//
// The ID of a label is, in this order, the target's "Input.gid", the record's
// "id" or "primary_gid", or the base of name with the line: "labels.jsonl:3".
func Read(name string, r io.Reader) ([]Label, error) {
	var out []Label
	err := eachLine(name, r, func(line int, data []byte) error {
		ls, err := parse(data)
		if err != nil {
			return err
		}
		for i := range ls {
			ls[i].Line = line
			ls[i].ID = cmp.Or(ls[i].ID, fmt.Sprintf("%s:%d", filepath.Base(name), line))
		}
		out = append(out, ls...)
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: no labels; want one JSON object a line with \"sentence\", \"target\" and \"polarity\", or \"text\" and \"targets\", or else id, rating and text with tabs between", name)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// IsTable reports whether data has the form that ReadRatings reads: its first
// line that is not empty has two tabs or more and is no JSON object.
func IsTable(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), "\r\n")
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return !bytes.HasPrefix(bytes.TrimSpace(line), []byte("{")) && bytes.Count(line, []byte("\t")) >= 2
}

// ReadRatings reads lines of id, rating and text with tabs between. Empty lines
// are passed over; further tabs belong to the text; an empty rating is none.
// Bytes that are no UTF-8 become U+FFFD.
func ReadRatings(name string, r io.Reader) ([]Rating, error) {
	var out []Rating
	err := eachLine(name, r, func(line int, data []byte) error {
		f := strings.SplitN(strings.ToValidUTF8(string(data), "\ufffd"), "\t", 3)
		if len(f) < 3 {
			return errors.New("want id, rating and text with tabs between")
		}
		x := Rating{ID: f[0], Line: line, Text: f[2], Group: f[0]}
		if n := strings.LastIndexByte(f[0], '_'); n > 0 {
			x.Group = f[0][:n]
		}
		if rating := strings.TrimSpace(f[1]); rating == "" {
			x.Unrated = true
		} else {
			v, err := strconv.ParseFloat(rating, 64)
			if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("rating %q: want a number", f[1])
			}
			x.Rating = v
		}
		out = append(out, x)
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: no ratings", name)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// eachLine calls f with each line that is not empty, without its end.
func eachLine(name string, r io.Reader, f func(line int, data []byte) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxLine)
	line := 0
	for sc.Scan() {
		line++
		data := sc.Bytes()
		if line == 1 {
			data = bytes.TrimPrefix(data, []byte("\ufeff"))
		}
		if len(bytes.TrimSpace(data)) == 0 {
			continue
		}
		if err := f(line, data); err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, line+1, err)
	}
	return nil
}

func parse(data []byte) ([]Label, error) {
	var row struct {
		ID         id       `json:"id"`
		Gid        id       `json:"primary_gid"`
		File       string   `json:"file"`
		Sentence   string   `json:"sentence"`
		Target     string   `json:"target"`
		Polarity   *float64 `json:"polarity"`
		Voice      string   `json:"voice"`
		Holder     string   `json:"holder"`
		Text       string   `json:"text"`
		Normalized string   `json:"sentence_normalized"`
		Targets    []struct {
			Gid      id       `json:"Input.gid"`
			ID       string   `json:"id"`
			From     int      `json:"from"`
			To       int      `json:"to"`
			Mention  string   `json:"mention"`
			Polarity *float64 `json:"polarity"`
		} `json:"targets"`
	}
	if err := json.Unmarshal(data, &row); err != nil {
		return nil, err
	}
	if row.Sentence != "" && row.Normalized == "" && row.Target != "" {
		p, err := polarity(row.Polarity, false)
		if err != nil {
			return nil, err
		}
		switch row.Voice {
		case "", analysis.VoiceAuthor, analysis.VoiceQuoted:
		default:
			return nil, fmt.Errorf("voice %q: want author or quoted, or nothing", row.Voice)
		}
		return []Label{{
			ID: string(row.ID), File: row.File, Sentence: row.Sentence, Target: row.Target, Polarity: p, Unlabelled: row.Polarity == nil,
			Voice: row.Voice, Holder: row.Holder, Group: row.File,
		}}, nil
	}
	text, news := row.Text, false
	if text == "" {
		text, news = row.Normalized, true
	}
	switch {
	case text == "" && row.Sentence != "":
		return nil, errors.New(`a sentence needs a "target"`)
	case text == "":
		return nil, errors.New(`neither "sentence" nor "text" nor "sentence_normalized"`)
	case len(row.Targets) == 0:
		return nil, errors.New(`no "targets" with a "polarity" each`)
	}
	group := string(row.ID)
	if news {
		group = article(string(row.Gid))
	}
	offsets := byteOffsets(text)
	var out []Label
	for i, t := range row.Targets {
		p, err := polarity(t.Polarity, news)
		if err != nil {
			return nil, fmt.Errorf("target %d: %w", i+1, err)
		}
		l := Label{
			ID: string(cmp.Or(t.Gid, row.Gid, row.ID)), Sentence: text, Target: t.ID, Polarity: p, Unlabelled: t.Polarity == nil,
			Placed: true, Group: group,
		}
		if t.From >= 0 && t.From < t.To && t.To < len(offsets) {
			l.Start, l.End = offsets[t.From], offsets[t.To]
		}
		l.Actor = cmp.Or(l.Target, fmt.Sprintf("%d-%d", t.From, t.To))
		l.Target = cmp.Or(l.Target, t.Mention, text[l.Start:l.End], fmt.Sprintf("target %d", i+1))
		out = append(out, l)
	}
	return out, nil
}

// id is a string, or a number as it is written.
type id string

// UnmarshalJSON implements json.Unmarshaler.
func (x *id) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err == nil {
		*x = id(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return errors.New("an id is a string or a number")
	}
	*x = id(n.String())
	return nil
}

// article returns what the ids of one article's sentences share in NewsMTSC:
// the first three fields of "allsides_1000_401_25_Reality Leigh Winner_0_6".
func article(gid string) string {
	f := strings.SplitN(gid, "_", 4)
	return strings.Join(f[:min(3, len(f))], "_")
}

// polarity maps a label to -1, 0 or 1: NewsMTSC writes 2, 4 and 6. No label is 0.
func polarity(v *float64, news bool) (int, error) {
	if v == nil {
		return 0, nil
	}
	p := *v
	if news {
		p = (p - 4) / 2
	}
	if p != math.Trunc(p) || p < -1 || p > 1 {
		return 0, fmt.Errorf("polarity %v: want -1, 0 or 1 (in NewsMTSC's form 2, 4 or 6)", *v)
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
