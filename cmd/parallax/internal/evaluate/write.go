package evaluate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// File is a file to write.
type File struct {
	Name string // within the folder
	Data []byte
}

// Lines encodes values as JSON, one a line.
func Lines[T any](values []T) ([]byte, error) {
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

// WriteAll writes the files into a folder, which it makes where it is missing.
// Each appears whole or not at all, and none where one of them cannot be
// written; earlier files of the same names are replaced.
func WriteAll(dir string, files []File) (err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("writing the predictions: %w", err)
	}
	temp, err := os.MkdirTemp(dir, ".eval-*")
	if err != nil {
		return fmt.Errorf("writing the predictions: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	for _, f := range files {
		if !filepath.IsLocal(f.Name) || filepath.Base(f.Name) != f.Name {
			return fmt.Errorf("writing the predictions: %q is not the name of a file", f.Name)
		}
		if info, err := os.Stat(filepath.Join(dir, f.Name)); err == nil && info.IsDir() {
			return fmt.Errorf("writing the predictions: %s is a folder: move it away, or choose another folder with --out", filepath.Join(dir, f.Name))
		}
		if err := os.WriteFile(filepath.Join(temp, f.Name), f.Data, 0o666); err != nil {
			return fmt.Errorf("writing the predictions: %w", err)
		}
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(temp, f.Name), filepath.Join(dir, f.Name)); err != nil {
			return fmt.Errorf("writing the predictions: %w", err)
		}
	}
	return nil
}
