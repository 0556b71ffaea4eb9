package syntax

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

//go:embed model.bin.gz
var embedded []byte

// Default returns the embedded model. It is unpacked on the first call.
var Default = sync.OnceValue(func() *Model {
	m, err := Read(bytes.NewReader(embedded))
	if err != nil {
		panic("syntax: the embedded model is damaged: " + err.Error())
	}
	return m
})

// magic begins a model file. Its last digit is the version of the form and of
// the features: weights are worthless with other features.
const magic = "parallax syntax 3\n"

// Write writes the model, compressed. The same model gives the same bytes.
func (m *Model) Write(w io.Writer) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(z, magic); err != nil {
		return err
	}
	for _, p := range []*perceptron{&m.tagger, &m.arcs, &m.labels} {
		if err := binary.Write(z, binary.LittleEndian, []uint32{p.mask + 1, uint32(p.classes)}); err != nil {
			return err
		}
		if err := writeWeights(z, p); err != nil {
			return err
		}
	}
	return z.Close()
}

// Read reads a model that Write wrote.
func Read(r io.Reader) (*Model, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, errors.New("read model: not a syntax model of this version")
	}
	m := new(Model)
	for i, p := range []*perceptron{&m.tagger, &m.arcs, &m.labels} {
		want := [...]int{len(tags), transitions, len(rels)}[i]
		if len(rest) < 8 {
			return nil, errors.New("read model: cut short")
		}
		buckets, classes := uint64(binary.LittleEndian.Uint32(rest)), uint64(binary.LittleEndian.Uint32(rest[4:]))
		rest = rest[8:]
		// Both are below 2^32, so that their product is below 2^64.
		if classes != uint64(want) || buckets == 0 || buckets&(buckets-1) != 0 || uint64(len(rest)) < buckets*classes {
			return nil, errors.New("read model: damaged")
		}
		n := int(buckets * classes)
		weights := make([]int16, n)
		for k, b := range rest[:n] {
			weights[k] = expand(int8(b))
		}
		*p = newPerceptron(want, weights)
		rest = rest[n:]
	}
	if len(rest) > 0 {
		return nil, errors.New("read model: damaged")
	}
	return m, nil
}

func writeWeights(w io.Writer, p *perceptron) error {
	b := make([]byte, 0, (int(p.mask)+1)*p.classes)
	for k := range p.mask + 1 {
		for c := range p.classes {
			b = append(b, byte(compress(p.weight(k, c))))
		}
	}
	_, err := w.Write(b)
	return err
}
