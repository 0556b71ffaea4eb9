package lexicon

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
)

// Weights is the learned table: what every word adds for and against an actor,
// by where it stands to the actor's mention (its slot), and what it adds to a
// sentence's own valence. It is a table and nothing else: each number can be
// looked up with [Weights.Row].
//
// data/README.md says how it was made, with what error, and what it must not be
// used for.
type Weights struct {
	head   weightsHead
	words  []string // sorted
	index  map[string]int32
	table  []int8 // by word, slot and class
	tone   []int8 // by word: its valence, as the slots' Valence multiplies it
	own    []int8 // by word: what it adds to a sentence's own valence
	digest string
}

// Logits are what something adds to the log odds of negative and of positive
// against neutral.
type Logits struct {
	Negative float64 `json:"negative"`
	Positive float64 `json:"positive"`
}

// weightsHead is everything but the rows. The steps are the sizes of 1 in a row.
type weightsHead struct {
	Schema  int       `json:"schema"`
	Version string    `json:"version"`
	Words   int       `json:"words"`
	Slots   []string  `json:"slots"`
	Steps   []float64 `json:"steps"`   // by slot
	Valence []Logits  `json:"valence"` // by slot: what valence 1 adds
	Tone    float64   `json:"tone_step"`
	Own     float64   `json:"own_step"`
	// Named are the weights that are no word's: biases, and those of the rules
	// over the hand-made tables.
	Named map[string]Logits `json:"named"`
}

// weightsSchema is the version of the file's form.
const weightsSchema = 1

// NewWeights makes a table from its parts. rows has, for each word, its slots'
// logits in order; tone and own are the words' valences. It quantises: a row's
// numbers to 255 steps by slot, of which the farthest of 10,000 is cut off. The
// words must be sorted and each there once.
func NewWeights(version string, slots []string, valence []Logits, named map[string]Logits, words []string, rows [][]Logits, tone, own []float64) (*Weights, error) {
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
		return nil, errors.New("weights: words must be sorted, each once")
	}
	if len(rows) != len(words) || len(tone) != len(words) || len(own) != len(words) || len(valence) != len(slots) {
		return nil, errors.New("weights: lengths differ")
	}
	w := &Weights{words: words, head: weightsHead{Schema: weightsSchema, Version: version, Words: len(words), Slots: slots, Valence: valence, Named: named}}
	w.table = make([]int8, len(words)*len(slots)*2)
	for s := range slots {
		all := make([]float64, 0, 2*len(rows))
		for _, r := range rows {
			all = append(all, r[s].Negative, r[s].Positive)
		}
		step := stepOf(all)
		w.head.Steps = append(w.head.Steps, step)
		for i, x := range all {
			w.table[(i/2*len(slots)+s)*2+i%2] = quantise(x, step)
		}
	}
	w.head.Tone, w.head.Own = stepOf(tone), stepOf(own)
	for i := range words {
		w.tone = append(w.tone, quantise(tone[i], w.head.Tone))
		w.own = append(w.own, quantise(own[i], w.head.Own))
	}
	// What is used is what would be read back.
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		return nil, err
	}
	return ReadWeights(&b)
}

// stepOf returns the step by which numbers fit into an int8, but for the
// farthest of 10,000.
func stepOf(xs []float64) float64 {
	sizes := make([]float64, len(xs))
	for i, x := range xs {
		sizes[i] = math.Abs(x)
	}
	slices.Sort(sizes)
	if len(sizes) == 0 || sizes[len(sizes)-1] == 0 {
		return 1
	}
	// Rounded, so that the file does not hang on the last bit of a sum.
	return cmp.Or(math.Ceil(sizes[len(sizes)-1-len(sizes)/10000]/127*1e6)/1e6, 1e-6)
}

func quantise(x, step float64) int8 { return int8(max(-127, min(127, math.Round(x/step)))) }

const weightsMagic = "parallax weights\n"

// Write writes the table, compressed. The same table gives the same bytes.
func (w *Weights) Write(out io.Writer) error {
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	head, err := json.Marshal(w.head)
	if err != nil {
		return err
	}
	parts := [][]byte{[]byte(weightsMagic), append(head, '\n'), []byte(strings.Join(w.words, "\n") + "\n")}
	// A slot's numbers stand together: they compress the better.
	cols := len(w.head.Slots) * 2
	col := make([]byte, len(w.words))
	for c := range cols {
		for i := range w.words {
			col[i] = byte(w.table[i*cols+c])
		}
		parts = append(parts, bytes.Clone(col))
	}
	for _, xs := range [][]int8{w.tone, w.own} {
		for i, x := range xs {
			col[i] = byte(x)
		}
		parts = append(parts, bytes.Clone(col))
	}
	for _, p := range parts {
		if _, err := z.Write(p); err != nil {
			return err
		}
	}
	return z.Close()
}

// ReadWeights reads a table that Write wrote.
func ReadWeights(r io.Reader) (*Weights, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("read weights: %w", err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("read weights: %w", err)
	}
	rest, ok := bytes.CutPrefix(data, []byte(weightsMagic))
	if !ok {
		return nil, errors.New("read weights: not a table of weights")
	}
	sum := sha256.Sum256(data)
	w := &Weights{digest: hex.EncodeToString(sum[:])}
	line, rest, ok := bytes.Cut(rest, []byte("\n"))
	if !ok {
		return nil, errors.New("read weights: cut short")
	}
	if err := json.Unmarshal(line, &w.head); err != nil {
		return nil, fmt.Errorf("read weights: %w", err)
	}
	h := &w.head
	n, cols := h.Words, 2*len(h.Slots)
	if h.Schema != weightsSchema || n < 0 || len(h.Steps) != len(h.Slots) || len(h.Valence) != len(h.Slots) {
		return nil, errors.New("read weights: not a table of this version")
	}
	w.index = make(map[string]int32, n)
	for i := range n {
		word, after, ok := bytes.Cut(rest, []byte("\n"))
		if !ok {
			return nil, errors.New("read weights: cut short")
		}
		w.words = append(w.words, string(word))
		w.index[w.words[i]] = int32(i)
		rest = after
	}
	if len(w.index) != n || len(rest) != n*(cols+2) {
		return nil, errors.New("read weights: damaged")
	}
	w.table, w.tone, w.own = make([]int8, n*cols), make([]int8, n), make([]int8, n)
	for c := range cols {
		for i, b := range rest[c*n : (c+1)*n] {
			w.table[i*cols+c] = int8(b)
		}
	}
	for i := range n {
		w.tone[i], w.own[i] = int8(rest[cols*n+i]), int8(rest[(cols+1)*n+i])
	}
	return w, nil
}

//go:embed data/weights.bin.gz
var weightsData []byte

// DefaultWeights returns the table that is part of the program. It is unpacked
// on the first call.
var DefaultWeights = sync.OnceValue(func() *Weights {
	w, err := ReadWeights(bytes.NewReader(weightsData))
	if err != nil {
		panic("lexicon: " + err.Error())
	}
	return w
})

// Row is what the table holds of one word.
type Row struct {
	w *Weights
	i int32
}

// Row looks a word up, lower-case with straight apostrophes; false where the
// table does not have it.
func (w *Weights) Row(word string) (Row, bool) {
	i, ok := w.index[word]
	return Row{w, i}, ok
}

// At returns what the word adds in a slot, by its number in [Weights.Slots],
// its valence aside.
func (r Row) At(slot int) Logits {
	k := (int(r.i)*len(r.w.head.Slots) + slot) * 2
	step := r.w.head.Steps[slot]
	return Logits{float64(r.w.table[k]) * step, float64(r.w.table[k+1]) * step}
}

// Valence is how favourable the word is, about -1 to 1, as [Weights.PerValence]
// multiplies it.
func (r Row) Valence() float64 { return float64(r.w.tone[r.i]) * r.w.head.Tone }

// Own is what the word adds to the valence of the sentence it stands in.
func (r Row) Own() float64 { return float64(r.w.own[r.i]) * r.w.head.Own }

// PerValence returns what a word of valence 1 adds in a slot.
func (w *Weights) PerValence(slot int) Logits { return w.head.Valence[slot] }

// Named returns a weight that is no word's; zero where the table has none of
// that name.
func (w *Weights) Named(name string) Logits { return w.head.Named[name] }

// Slots are the names of the slots, by number.
func (w *Weights) Slots() []string { return slices.Clone(w.head.Slots) }

// Words are the words of the table, sorted.
func (w *Weights) Words() []string { return slices.Clone(w.words) }

// Version is what the table calls itself.
func (w *Weights) Version() string { return w.head.Version }

// Digest is the SHA-256 of the unpacked table, in hexadecimal.
func (w *Weights) Digest() string { return w.digest }

// WriteTSV writes the table as text, a line a word: the word, its valence, what
// it adds to a sentence's own valence, and for each slot what it adds for
// negative and for positive. The first lines hold the named weights, each
// behind "#".
func (w *Weights) WriteTSV(out io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# weights %s, sha256 %s\n# log odds against neutral; see the README of the tables\n", w.head.Version, w.digest)
	names := make([]string, 0, len(w.head.Named))
	for n := range w.head.Named {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		l := w.head.Named[n]
		fmt.Fprintf(&b, "# %s\t%.4f\t%.4f\n", n, l.Negative, l.Positive)
	}
	for s, n := range w.head.Slots {
		fmt.Fprintf(&b, "# valence in %s\t%.4f\t%.4f\n", n, w.head.Valence[s].Negative, w.head.Valence[s].Positive)
	}
	b.WriteString("word\tvalence\town")
	for _, s := range w.head.Slots {
		fmt.Fprintf(&b, "\t%s-\t%s+", s, s)
	}
	b.WriteByte('\n')
	for i, word := range w.words {
		r := Row{w, int32(i)}
		fmt.Fprintf(&b, "%s\t%.3f\t%.3f", word, r.Valence(), r.Own())
		for s := range w.head.Slots {
			l := r.At(s)
			fmt.Fprintf(&b, "\t%.4f\t%.4f", l.Negative, l.Positive)
		}
		b.WriteByte('\n')
		if b.Len() > 1<<20 {
			if _, err := b.WriteTo(out); err != nil {
				return err
			}
		}
	}
	_, err := b.WriteTo(out)
	return err
}
