package serve

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analysis/target"
)

// isJSON refuses bodies of other types. A form on a page of another origin
// cannot send this one.
func isJSON(r *http.Request) error {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	if err != nil || kind != "application/json" || charset != "" && charset != "utf-8" {
		return refuse(http.StatusUnsupportedMediaType, "Send JSON in UTF-8, with the header Content-Type: application/json.")
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return refuse(http.StatusUnsupportedMediaType, "Send the body as it is, not in the encoding %q.", encoding)
	}
	return nil
}

// read decodes the body of a request into v, a pointer to a struct. Keys that
// it does not have are refused.
func read(w http.ResponseWriter, r *http.Request, v any) error {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return refuse(http.StatusRequestEntityTooLarge, "The body is larger than %s: send fewer articles, or put them into files and run parallax compare.", size(maxBody))
	case errors.Is(err, os.ErrDeadlineExceeded):
		return refuse(http.StatusRequestTimeout, "The body came too slowly: send less, or run parallax compare on files.")
	case r.Context().Err() != nil:
		return r.Context().Err()
	case err != nil:
		return refuse(http.StatusBadRequest, "The body could not be read: send it whole.")
	case !utf8.Valid(body):
		return refuse(http.StatusBadRequest, "The body is not UTF-8: convert it.")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return bodyProblem(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return refuse(http.StatusBadRequest, "There is more in the body than one JSON value.")
	}
	return nil
}

// bodyProblem words an error of the JSON package: text that is no JSON is a bad
// request; JSON that says something else than it should cannot be processed.
func bodyProblem(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF):
		return refuse(http.StatusBadRequest, "The body is empty: send a JSON object.")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return refuse(http.StatusBadRequest, "The body is cut short: send the JSON object whole.")
	case errors.As(err, &syntax):
		return refuse(http.StatusBadRequest, "The body is not JSON: %v, at byte %d.", syntax, syntax.Offset)
	case errors.As(err, &kind) && kind.Field != "":
		return refuse(http.StatusUnprocessableEntity, "%q cannot be a %s: see /api/v1/openapi.json.", kind.Field, kind.Value)
	case errors.As(err, &kind):
		return refuse(http.StatusUnprocessableEntity, "The body is a %s: send a JSON object.", kind.Value)
	}
	return refuse(http.StatusUnprocessableEntity, "%s: see /api/v1/openapi.json for the keys that there are.", strings.TrimPrefix(err.Error(), "json: "))
}

// size writes a number of bytes.
func size(n int) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d KiB", n>>10)
}

// fits refuses a text that is too long, empty or no text.
func fits(name, text string, limit int) error {
	switch {
	case len(text) > limit:
		return refuse(http.StatusRequestEntityTooLarge, "%q has %d bytes, and at most %s are taken: send a part of it, or run parallax compare on a file.", name, len(text), size(limit))
	case strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) == "":
		return refuse(http.StatusUnprocessableEntity, "%q is missing or empty: give the words of an article.", name)
	case strings.ContainsRune(text, 0):
		return refuse(http.StatusUnprocessableEntity, "%q holds NUL characters, which no text does.", name)
	}
	return nil
}

// oneOf checks a value that is one of a few words, or empty.
func oneOf(name, value string, words ...string) error {
	if value == "" || slices.Contains(words, value) {
		return nil
	}
	return refuse(http.StatusUnprocessableEntity, "%q is %q: choose one of %s.", name, value, strings.Join(words, ", "))
}

// targets reads the targets of a request: YAML in a string, the same as JSON, or
// nothing for those that the server has.
func (s *Server) targets(raw json.RawMessage) (*target.Set, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return s.config.Targets, nil
	}
	if len(raw) > maxTargetsText {
		return nil, refuse(http.StatusRequestEntityTooLarge, "\"targets\" has %d bytes, and at most %s are taken: send fewer, or run parallax with --targets.", len(raw), size(maxTargetsText))
	}
	var text string
	if raw[0] == '"' {
		if err := json.Unmarshal(raw, &text); err != nil {
			return nil, bodyProblem(err)
		}
	} else {
		// JSON is YAML, but for some escapes: written anew it has none of these.
		var value any
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&value); err != nil {
			return nil, bodyProblem(err)
		}
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(value); err != nil {
			return nil, err
		}
		text = b.String()
	}
	set, err := target.Parse("targets", []byte(text))
	if err != nil {
		return nil, refuse(http.StatusUnprocessableEntity, "The targets cannot be used: %s.", summary(err))
	}
	if n := len(set.Targets()); n > maxTargets {
		return nil, refuse(http.StatusUnprocessableEntity, "There are %d targets, and at most %d are taken.", n, maxTargets)
	}
	return set, nil
}

// summary joins the first lines of an error.
func summary(err error) string {
	const most = 5 // what a person mends before trying again
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	text := strings.Join(lines[:min(len(lines), most)], "; ")
	if more := len(lines) - most; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}
