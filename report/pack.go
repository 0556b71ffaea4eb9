package report

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"parallax/analysis"
)

// A pack is what may be published of a comparison where the articles may not: a
// zip with the scores, the targets file, and the ledger without a word of text.
// Who has the articles can make the comparison again and hold it against the
// pack. The same report gives the same bytes.
const (
	packScores  = "scores.json"
	packTargets = "targets.yaml"
	packLedger  = ledgerFile
	packNotes   = "README.txt"
)

const packReadme = `A comparison by Parallax, without the text of the articles.

scores.json         every cell and contrast, and the manifest: the SHA-256 of each
                    article's file, the options, the versions and digests
observations.jsonl  one line for every sentence and target: byte offsets into the
                    article, the SHA-256 of the sentence (white space folded), tone and
                    probabilities, and offset and contribution of each word behind it
targets.yaml        who is compared

With the articles at hand, "parallax verify PACK ARTICLES..." makes the comparison
again and says whether all of this holds.
`

// Packed is an observation in a pack: an [analysis.Observation] without its text.
type Packed struct {
	Document  string           `json:"document"`
	Source    string           `json:"source"`
	Start     int              `json:"start"`
	End       int              `json:"end"`
	Paragraph int              `json:"paragraph"`
	SHA256    string           `json:"sentence_sha256"`
	Target    string           `json:"target"`
	Kind      string           `json:"mention_kind"`
	Mentions  int              `json:"mentions"`
	Voice     string           `json:"voice"`
	Role      string           `json:"role"`
	Tone      float64          `json:"tone"`
	Negative  float64          `json:"negative"`
	Neutral   float64          `json:"neutral"`
	Positive  float64          `json:"positive"`
	Polarity  int              `json:"polarity"`
	Uncertain bool             `json:"uncertain,omitempty"`
	Frames    []string         `json:"frames"`
	Evidence  []packedEvidence `json:"evidence"`
}

type packedEvidence struct {
	Start        int     `json:"start"`
	End          int     `json:"end"`
	Contribution float64 `json:"contribution"`
}

// Pack returns an observation without its text: mention, terms, rules, which
// name words, and holder, who may be named as the article has it, are left out.
func Pack(o analysis.Observation) Packed {
	sum := sha256.Sum256([]byte(o.Sentence))
	p := Packed{
		Document: o.Document, Source: o.Source, Start: o.Start, End: o.End, Paragraph: o.Paragraph, SHA256: hex.EncodeToString(sum[:]),
		Target: o.Target, Kind: o.MentionKind, Mentions: o.Mentions, Voice: o.Voice, Role: o.Role,
		Tone: o.Tone, Negative: o.Negative, Neutral: o.Neutral, Positive: o.Positive, Polarity: o.Polarity, Uncertain: o.Uncertain,
		Frames: filled(o.Frames), Evidence: []packedEvidence{},
	}
	for _, e := range o.Evidence {
		p.Evidence = append(p.Evidence, packedEvidence{e.Start, e.End, e.Contribution})
	}
	return p
}

// WritePack writes a pack of a report's scores.json and observations.jsonl, and
// of the targets file that they were made with, which must have the digest that
// the manifest says.
func WritePack(w io.Writer, scores []byte, ledger io.Reader, targets []byte) error {
	if _, err := manifestWith(scores, targets); err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{packNotes, writeBytes([]byte(packReadme))},
		{packScores, writeBytes(scores)},
		{packTargets, writeBytes(targets)},
		{packLedger, func(w io.Writer) error {
			return eachObservation(ledger, func(o *analysis.Observation) error {
				line, err := json.Marshal(Pack(*o))
				if err == nil {
					_, err = w.Write(append(line, '\n'))
				}
				return err
			})
		}},
	} {
		part, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err == nil {
			err = f.write(part)
		}
		if err != nil {
			return fmt.Errorf("packing %s: %w", f.name, err)
		}
	}
	return z.Close()
}

func writeBytes(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

// ReadManifest reads the manifest of a scores.json.
func ReadManifest(scores []byte) (Manifest, error) {
	var s struct {
		Schema   int      `json:"schema"`
		Manifest Manifest `json:"manifest"`
	}
	if err := json.Unmarshal(scores, &s); err != nil {
		return s.Manifest, fmt.Errorf("%s: %w", packScores, err)
	}
	if s.Schema != schema {
		return s.Manifest, fmt.Errorf("%s is of schema %d, not %d", packScores, s.Schema, schema)
	}
	return s.Manifest, nil
}

// manifestWith reads the manifest of a scores.json that was made with the targets.
func manifestWith(scores, targets []byte) (Manifest, error) {
	m, err := ReadManifest(scores)
	if err != nil {
		return m, err
	}
	if sum := sha256.Sum256(targets); hex.EncodeToString(sum[:]) != m.TargetsDigest {
		return m, errors.New("the targets file is not the one that the scores were made with")
	}
	return m, nil
}

// OpenedPack is a pack that is being read.
type OpenedPack struct {
	Manifest Manifest
	Scores   []byte
	Targets  []byte
	ledger   *zip.File
}

// How much of a part is read. What is larger, or packed so much better than text,
// is no pack.
var largest = map[string]uint64{packNotes: 1 << 10, packScores: 256 << 20, packTargets: 10 << 20, packLedger: 64 << 30}

const closest = 200 // times that text is packed; scores are packed 20 times

// OpenPack opens a pack of size bytes. The ledger in it is read later, by
// [OpenedPack.Each].
func OpenPack(r io.ReaderAt, size int64) (*OpenedPack, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("not a pack: %w", err)
	}
	p := new(OpenedPack)
	var notes []byte
	seen := map[string]bool{}
	for _, f := range z.File {
		switch most, ok := largest[f.Name]; {
		case !ok:
			err = errors.New("no pack has a file of this name")
		case seen[f.Name]:
			err = errors.New("it is there twice")
		case f.UncompressedSize64 > most, f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/closest > f.CompressedSize64:
			err = fmt.Errorf("%d bytes packed into %d are not what a pack has", f.UncompressedSize64, f.CompressedSize64)
		case f.Name == packNotes:
			notes, err = readPart(f)
		case f.Name == packScores:
			p.Scores, err = readPart(f)
		case f.Name == packTargets:
			p.Targets, err = readPart(f)
		default:
			p.ledger = f
		}
		seen[f.Name] = true
		if err == nil && f.Name == packScores {
			err = uniqueNames(json.NewDecoder(bytes.NewReader(p.Scores)))
		}
		if err != nil {
			return nil, fmt.Errorf("the pack is damaged: %q: %w", f.Name, err)
		}
	}
	if p.Scores == nil || p.Targets == nil || p.ledger == nil || string(notes) != packReadme {
		return nil, fmt.Errorf("not a pack: it needs %s, %s, %s and %s as they are written", packScores, packTargets, packLedger, packNotes)
	}
	p.Manifest, err = manifestWith(p.Scores, p.Targets)
	return p, err
}

func readPart(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r) // no more than the size that the zip says, or an error
}

// uniqueNames refuses objects with two values of one name, of which readers take
// one or the other.
func uniqueNames(d *json.Decoder) error {
	var open []map[string]bool // names of the objects that are open; nil for a list
	name := false              // an object's next token is a name
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'):
			open, name = append(open, map[string]bool{}), true
			continue
		case json.Delim('['):
			open, name = append(open, nil), false
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		default:
			if name {
				names, n := open[len(open)-1], token.(string)
				if names[n] {
					return fmt.Errorf("the name %q is there twice", n)
				}
				names[n], name = true, false
				continue
			}
		}
		name = len(open) > 0 && open[len(open)-1] != nil
	}
}

// Each calls f with the lines of the pack's ledger, as written and as read, in
// order.
func (p *OpenedPack) Each(f func(line []byte, o Packed) error) error {
	r, err := p.ledger.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", packLedger, err)
	}
	defer r.Close()
	in := bufio.NewScanner(r)
	in.Buffer(nil, 64<<20)
	for number := 1; in.Scan(); number++ {
		var o Packed
		if err := json.Unmarshal(in.Bytes(), &o); err != nil {
			return fmt.Errorf("the pack is damaged: %s, line %d: %w", packLedger, number, err)
		}
		if err := f(bytes.Clone(in.Bytes()), o); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("%s: %w", packLedger, err)
	}
	return nil
}
