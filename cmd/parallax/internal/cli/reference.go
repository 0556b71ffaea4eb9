package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"parallax/analysis/compare"
	"parallax/lexicon"
	"parallax/report"
)

// loadReference reads the scores.json of an earlier run, whose tones are to be
// the zero of this one; "" gives nil. Tones that were made otherwise than this
// run's are no zero for them, and are refused.
func loadReference(file, mentions string) (*report.Reference, error) {
	if file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return nil, usagef("reference %s: %v", file, err)
	}
	var scores struct {
		Schema   int             `json:"schema"`
		Manifest report.Manifest `json:"manifest"`
		Cells    []compare.Cell  `json:"cells"`
	}
	if err := json.Unmarshal(data, &scores); err != nil || scores.Schema != 1 {
		return nil, usagef("reference %s is no scores.json of this version: name the one that 'parallax compare' wrote for the reference articles", file)
	}
	m := scores.Manifest
	switch {
	case m.LexiconDigest != lexicon.Default().Digest() || m.WeightsDigest != lexicon.DefaultWindow().Digest():
		return nil, usagef("reference %s was scored with another lexicon (%s): compare its articles anew with this version", file, m.Lexicon)
	case m.Options["mentions"] != mentions:
		return nil, usagef("reference %s was made with --mentions %s, and this is %s: choose one for both", file, m.Options["mentions"], mentions)
	}
	zero, err := compare.NewReference(scores.Cells)
	if err != nil {
		return nil, usagef("reference %s: %v", file, err)
	}
	sum := sha256.Sum256(data)
	r := &report.Reference{
		File: filepath.ToSlash(file), SHA256: hex.EncodeToString(sum[:]), TargetsDigest: m.TargetsDigest, Zero: zero,
		Inputs: make(map[string]bool, len(m.Inputs)),
	}
	for _, in := range m.Inputs {
		r.Inputs[in.SHA256] = true
	}
	return r, nil
}
