package coding

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"parallax/analysis"
)

// ReadKey reads a key. Name is what errors call it.
func ReadKey(name string, data []byte) (*Key, error) {
	var k Key
	if err := json.Unmarshal(data, &k); err != nil {
		return nil, fmt.Errorf("%s: not the key of a sheet: %w", name, err)
	}
	if k.Schema != schema {
		return nil, fmt.Errorf("%s: a key of version %d, where this program reads version %d: draw the sample anew", name, k.Schema, schema)
	}
	seen := map[string]bool{}
	drawn := map[Stratum]int{}
	for _, it := range k.Items {
		if it.ID == "" || seen[it.ID] || it.Predicted < -1 || it.Predicted > 1 {
			return nil, fmt.Errorf("%s: the row %q is not as it was written: draw the sample anew", name, it.ID)
		}
		seen[it.ID] = true
		drawn[it.Stratum]++
	}
	called := map[Stratum]int{}
	for i, c := range k.Calls {
		if i > 0 && k.Calls[i-1].compare(c) >= 0 {
			return nil, fmt.Errorf("%s: documents out of order: draw the sample anew", name)
		}
		for p, n := range c.Called {
			if n < 0 {
				return nil, fmt.Errorf("%s: %d sentences of %s: draw the sample anew", name, n, c.Document)
			}
			called[Stratum{c.Source, c.Target, p - 1}] += n
		}
	}
	for _, s := range k.Strata {
		if drawn[s.Stratum] != s.Drawn || s.Drawn > s.Population || called[s.Stratum] != s.Population {
			return nil, fmt.Errorf("%s: the counts of %s and %s do not add up: draw the sample anew", name, s.Source, s.Target)
		}
		delete(drawn, s.Stratum)
	}
	if len(drawn) > 0 {
		return nil, fmt.Errorf("%s: rows without counts: draw the sample anew", name)
	}
	return &k, nil
}

// Code is what one coder says of one row.
type Code struct {
	Tone  int // -1, 0 or 1
	Toned bool
	Voice string // author, quoted, or "" where not coded
}

// Coder is one filled copy of a sheet.
type Coder struct {
	Name  string
	Codes map[string]Code // by id; of rows with a tone or a voice
}

// ReadSheet reads a filled sheet. File is what errors call it, name what the
// coder is called. Rows may be in any order and missing, and other columns may
// have come in; commas, semicolons and tabs separate cells, as spreadsheets of
// different countries write them. An id that is not in the key, one that is
// there twice, and a cell that is no code are errors.
func ReadSheet(file, name string, data []byte, key *Key) (Coder, error) {
	c := Coder{Name: name, Codes: map[string]Code{}}
	data = bytes.TrimPrefix(data, []byte(bom))
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	r.Comma = separator(data)
	head, err := r.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return c, fmt.Errorf("%s: not CSV: %w", file, err)
	}
	at := map[string]int{}
	for i, title := range head {
		at[strings.ToLower(strings.TrimSpace(title))] = i
	}
	for _, title := range []string{"id", "tone", "voice"} {
		if _, ok := at[title]; !ok {
			return c, fmt.Errorf("%s: no column %q: the first line must be that of the sheet, %s", file, title, strings.Join(columns, ","))
		}
	}
	known, seen := map[string]bool{}, map[string]int{}
	for _, it := range key.Items {
		known[it.ID] = true
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return c, fmt.Errorf("%s: not CSV: %w", file, err)
		}
		line, _ := r.FieldPos(0)
		cell := func(title string) string {
			if i := at[title]; i < len(row) {
				return strings.ToLower(strings.TrimSpace(row[i]))
			}
			return ""
		}
		id := cell("id")
		if id == "" && strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		where := fmt.Sprintf("%s:%d", file, line)
		if !known[id] {
			return c, fmt.Errorf("%s: id %q is not in the key: give the key that was written with this sheet, or put the id back", where, id)
		}
		if seen[id] > 0 {
			return c, fmt.Errorf("%s: id %q is in line %d too: leave one of the two", where, id, seen[id])
		}
		seen[id] = line
		code, err := parse(cell("tone"), cell("voice"))
		if err != nil {
			return c, fmt.Errorf("%s: %w", where, err)
		}
		if code != (Code{}) {
			c.Codes[id] = code
		}
	}
	if len(c.Codes) == 0 {
		return c, fmt.Errorf("%s: nothing is coded: fill in the column tone with -1, 0 or 1 and the column voice with author or quoted", file)
	}
	return c, nil
}

// separator is what separates the cells of the first line.
func separator(data []byte) rune {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	for _, r := range ";\t" {
		if bytes.ContainsRune(line, r) && !bytes.ContainsRune(line, ',') {
			return r
		}
	}
	return ','
}

func parse(tone, voice string) (Code, error) {
	var c Code
	// Spreadsheets write "-1.0"; people, or their word processors, "+1" and "−1".
	tone = strings.TrimPrefix(strings.ReplaceAll(strings.TrimLeft(tone, "'"), "−", "-"), "+")
	switch strings.TrimSuffix(strings.TrimSuffix(tone, ".0"), ",0") {
	case "":
	case "-1":
		c.Tone, c.Toned = -1, true
	case "0", "-0":
		c.Toned = true
	case "1":
		c.Tone, c.Toned = 1, true
	default:
		return c, fmt.Errorf("tone %q: write -1 for unfavourable to the target, 0 for neither, 1 for favourable, or nothing", tone)
	}
	if voice != "" && !slices.Contains(voices, voice) {
		return c, fmt.Errorf("voice %q: write author or quoted, or nothing", voice)
	}
	c.Voice = voice
	return c, nil
}

var voices = []string{analysis.VoiceAuthor, analysis.VoiceQuoted}
