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
	// A gzip file ends in the size of what it holds, modulo 2^32 (RFC 1952).
	m, err := read(bytes.NewReader(embedded), int(binary.LittleEndian.Uint32(embedded[len(embedded)-4:])))
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
	for _, t := range []struct {
		classes int
		mask    uint32
		weights func(dst []weight, bucket uint32) []weight
	}{
		{len(tags), m.tagger.mask, m.tagger.weights},
		{transitions, m.arcs.mask, m.arcs.weights},
		{len(rels), m.labels.mask, m.labels.weights},
	} {
		n := t.mask + 1
		b := make([]byte, 0, 8+int(n)*t.classes)
		b = binary.LittleEndian.AppendUint32(b, n)
		b = binary.LittleEndian.AppendUint32(b, uint32(t.classes))
		for k := range n {
			b = t.weights(b, k)
		}
		if _, err := z.Write(b); err != nil {
			return err
		}
	}
	return z.Close()
}

// Read reads a model that Write wrote.
func Read(r io.Reader) (*Model, error) { return read(r, 0) }

// read makes room for an unpacked model of some size, which may be larger.
func read(r io.Reader, size int) (*Model, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	data := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	if _, err := data.ReadFrom(z); err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	rest, ok := bytes.CutPrefix(data.Bytes(), []byte(magic))
	if !ok {
		return nil, errors.New("read model: not a syntax model of this version")
	}
	m := new(Model)
	for _, t := range []struct {
		classes int
		set     func(weights []weight) error
	}{
		{len(tags), func(w []weight) error { m.tagger = newWide(len(tags), w); return nil }},
		{transitions, func(w []weight) error { m.arcs, err = newNarrow(w); return err }},
		{len(rels), func(w []weight) error { m.labels = newWide(len(rels), w); return nil }},
	} {
		if len(rest) < 8 {
			return nil, errors.New("read model: cut short")
		}
		buckets, classes := uint64(binary.LittleEndian.Uint32(rest)), uint64(binary.LittleEndian.Uint32(rest[4:]))
		rest = rest[8:]
		// Both are below 2^32, so that their product is below 2^64.
		if classes != uint64(t.classes) || buckets == 0 || buckets&(buckets-1) != 0 || uint64(len(rest)) < buckets*classes {
			return nil, errors.New("read model: damaged")
		}
		if err := t.set(rest[:buckets*classes]); err != nil {
			return nil, fmt.Errorf("read model: %w", err)
		}
		rest = rest[buckets*classes:]
	}
	if len(rest) > 0 {
		return nil, errors.New("read model: damaged")
	}
	return m, nil
}
