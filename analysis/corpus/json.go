package corpus

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}

// A lineCounter tells at which line a byte of what was read through it stands.
type lineCounter struct {
	io.Reader
	read   int64   // bytes
	breaks []int64 // line feeds, their places, from line on
	line   int
}

func (c *lineCounter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			c.breaks = append(c.breaks, c.read+int64(i))
		}
	}
	c.read += int64(n)
	return n, err
}

// at returns the line of a byte; places are asked for in their order.
func (c *lineCounter) at(place int64) int {
	n := 0
	for n < len(c.breaks) && c.breaks[n] < place {
		n++
	}
	c.line += n
	c.breaks = c.breaks[n:]
	return c.line + 1
}

// readJSONFile reads JSON over several lines: a list of records, one value after
// another, or an object that is a record or holds a list of them.
func (r *reader) readJSONFile(ctx context.Context, in io.Reader, s stream) (n int, reason string, err error) {
	// White space and a byte order mark before the first value.
	in = skipMark(in)
	lines := &lineCounter{Reader: in}
	dec := json.NewDecoder(lines)
	list := false
	for {
		if err := ctx.Err(); err != nil {
			return n, "", err
		}
		if !list || !dec.More() {
			if list {
				if _, err := dec.Token(); err != nil { // ]
					r.skip(s.path, lines.at(dec.InputOffset()), "not valid JSON from here: %s", fileReason(err))
					return n, "", nil
				}
				list = false
			}
			if !dec.More() {
				return n, "", nil
			}
			if startsList(dec) {
				if _, err := dec.Token(); err != nil {
					return n, "not valid JSON: " + fileReason(err), nil
				}
				list = true
				continue
			}
		}
		var raw json.RawMessage
		err := dec.Decode(&raw)
		end := dec.InputOffset()
		line := lines.at(end - int64(len(raw)))
		if err != nil {
			var syntax *json.SyntaxError
			if errors.As(err, &syntax) {
				end = max(end, syntax.Offset-1)
			}
			r.skip(s.path, lines.at(end), "not valid JSON from here: %s", fileReason(err))
			return n + 1, "", nil
		}
		n++
		if len(raw) > r.opts.MaxLine {
			r.skip(s.path, line, "the record is longer than %d bytes", r.opts.MaxLine)
			continue
		}
		at := s
		if line == 1 || list {
			at = s.numbered(n)
		}
		r.readJSON(raw, at, line)
	}
}

// startsList looks whether the next value is a list.
func startsList(dec *json.Decoder) bool {
	head, err := io.ReadAll(io.LimitReader(dec.Buffered(), 4096))
	return err == nil && bytes.HasPrefix(bytes.TrimSpace(head), []byte("["))
}

// fileReason words a decoding error whose place is said already.
func fileReason(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends within a value"
	}
	return fmt.Sprint(err)
}
