package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
)

// packOf packs a real comparison, its targets file being any text.
func packOf(t *testing.T) (pack []byte, in Input) {
	t.Helper()
	in = small(t)
	targets := []byte("targets:\n  - id: US\n    name: United States\n")
	sum := sha256.Sum256(targets)
	in.Manifest.TargetsDigest = hex.EncodeToString(sum[:])
	var scores, ledger, b bytes.Buffer
	if err := WriteScores(&scores, in); err != nil {
		t.Fatal(err)
	}
	if err := WriteObservations(&ledger, in.Observations); err != nil {
		t.Fatal(err)
	}
	if err := WritePack(&b, scores.Bytes(), bytes.NewReader(ledger.Bytes()), targets); err != nil {
		t.Fatal(err)
	}
	if err := WritePack(&bytes.Buffer{}, scores.Bytes(), &ledger, append(targets, '#')); err == nil {
		t.Error("packed with other targets than the scores'")
	}
	return b.Bytes(), in
}

func TestPack(t *testing.T) {
	data, in := packOf(t)
	again, _ := packOf(t)
	if !bytes.Equal(data, again) {
		t.Error("the same report gave another pack")
	}
	p, err := OpenPack(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	var lines bytes.Buffer
	if err := p.Each(func(line []byte, o Packed) error {
		want, err := json.Marshal(Pack(in.Observations[n]))
		if err != nil || !bytes.Equal(line, want) {
			t.Errorf("line %d: %s, want %s (%v)", n+1, line, want, err)
		}
		n++
		lines.Write(line)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n != len(in.Observations) {
		t.Errorf("%d lines for %d observations", n, len(in.Observations))
	}
	// No word of the articles: neither sentences nor what stands in them.
	for _, o := range in.Observations {
		for _, text := range []string{o.Sentence, `"` + o.Mention + `"`} {
			if text != `"`+o.Target+`"` && strings.Contains(lines.String(), text) {
				t.Errorf("the pack has %q", text)
			}
		}
		for _, e := range o.Evidence {
			if e.Term == "agent" || e.Term == "patient" || e.Term == "other" {
				continue // a role's name
			}
			if strings.Contains(lines.String(), `"`+e.Term+`"`) {
				t.Errorf("the pack has the term %q", e.Term)
			}
		}
	}
}

// A pack that is damaged in any byte of its parts is refused, or reads as
// another: it never panics.
func FuzzPack(f *testing.F) {
	f.Add([]byte("PK"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := OpenPack(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		_ = p.Each(func([]byte, Packed) error { return nil })
	})
}
