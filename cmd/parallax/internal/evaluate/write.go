package evaluate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Line is what a file of predictions says of one label.
type Line struct {
	ID       string  `json:"id"`
	Target   string  `json:"target"`
	Polarity int     `json:"polarity"` // -1, 0 or 1
	Negative float64 `json:"negative"` // the three are probabilities
	Neutral  float64 `json:"neutral"`
	Positive float64 `json:"positive"`
	Tone     float64 `json:"tone"` // Positive - Negative
}

// RatingLine is what a file of predictions says of one rated text.
type RatingLine struct {
	ID   string  `json:"id"`
	Tone float64 `json:"tone"` // in [-1, 1]
}

// Lines encodes predictions as JSON, one a line, in their order.
func Lines(preds []Prediction) ([]byte, error) {
	lines := make([]Line, len(preds))
	for i, p := range preds {
		lines[i] = Line{p.ID, p.Target, p.Predicted, p.Negative, p.Neutral, p.Positive, p.Tone}
	}
	return encode(lines)
}

// RatingLines encodes the valences of rated texts as JSON, one a line.
func RatingLines(ratings []Rating, valences []float64) ([]byte, error) {
	lines := make([]RatingLine, len(ratings))
	for i, r := range ratings {
		lines[i] = RatingLine{r.ID, valences[i]}
	}
	return encode(lines)
}

func encode[T any](values []T) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, v := range values {
		if err := enc.Encode(v); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// WriteFile writes a file, and the folder it lies in where that is missing. It
// appears whole or not at all, and replaces an earlier one; what is there and
// is no regular file, such as a pipe, is written to.
func WriteFile(name string, data []byte) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("writing the predictions: %w", err)
		}
	}()
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, data, 0o666)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	// A folder of its own, so that the file gets the usual permissions.
	temp, err := os.MkdirTemp(filepath.Dir(name), ".eval-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	part := filepath.Join(temp, filepath.Base(name))
	if err := os.WriteFile(part, data, 0o666); err != nil {
		return err
	}
	return os.Rename(part, name)
}
