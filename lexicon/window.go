package lexicon

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
)

// The shape of a [Window]. Each was varied one at a time; data/README.md has the
// figures.
const (
	WindowWidth  = 64 // numbers a word
	WindowReach  = 2  // neighbours that a word sees on each side
	WindowRows   = 2*WindowReach + 1
	WindowPlaces = 38 // places of a word to the target: see framing.Encode
	WindowPools  = 2  // sums over words: of all, and of those in the target's own clause
	WindowHidden = 48 // units of the readout
)

// Ids of what has no row under a word of its own. Known words and marks follow.
const (
	WindowPad     = iota // outside of the sentence
	WindowTarget         // a mention of the target, however many words it has
	WindowName           // any other name
	WindowNumber         // any number
	WindowUnknown        // a word that the table does not have
	WindowMark           // a mark that the table does not have
	WindowFirst          // the first of the words
)

// Window is the learned lexicon: an entry a word, which sees its neighbours. The
// word at i in a sentence has the numbers
//
//	h_i = max(0, T-2[w_i-2] + T-1[w_i-1] + T0[w_i] + T+1[w_i+1] + T+2[w_i+2] + P[place_i])
//
// T are the five rows of a word, one for each offset at which another can see
// it, and P has a row for each place to the target. With S the sum of h over all
// words, followed by the sum over those in the target's clause, the log odds of
// negative and of positive against neutral are
//
//	z = Bias + (Linear S + Out max(0, Hidden S)) / sqrt(n)
//
// for n words, so that what is said does not count for less in a short sentence.
// Max(0, .) makes z a sum over words: which hidden units are on is a matter of the
// whole sentence, and given these z - Bias is linear in the h_i. [Window.Read]
// returns that line. The numbers of rows and places are integers, so that sums do
// not depend on their order.
type Window struct {
	words  []string // by id
	ids    map[string]uint16
	rows   []byte // by id, offset and number: the number plus 128
	digest string
	WindowReadout
}

// WindowReadout are the weights of a [Window] that belong to no word.
type WindowReadout struct {
	Scale  float32 // of all sums: what 1 in a row is worth
	Bias   float32 // one for both classes: a sentence that says nothing has tone 0
	Prior  float32 // factor of both probabilities against that of neutral where one class must be named
	Places [WindowPlaces][WindowWidth]int16
	Linear [2][WindowPools * WindowWidth]float32
	Hidden [WindowHidden][WindowPools * WindowWidth]float32
	Out    [2][WindowHidden]float32
	// Valence reads how favourable the words of a sentence are, whoever they are
	// said of: Valence S / sqrt(n), S without a target.
	Valence [WindowWidth]float32
}

//go:embed data/window.bin
var windowData []byte

// DefaultWindow returns the embedded table.
var DefaultWindow = sync.OnceValue(func() *Window {
	w, err := readWindow(windowData)
	if err != nil {
		panic("lexicon: data/window.bin: " + err.Error())
	}
	return w
})

// windowMagic begins a file: the form's name and version.
const windowMagic = "parallax window 1\n"

// NewWindow returns a table of words, from id [WindowFirst] on, with rows by id,
// offset and number, each plus 128.
func NewWindow(words []string, rows []byte, r WindowReadout) (*Window, error) {
	n := WindowFirst + len(words)
	if n > math.MaxUint16 || len(rows) != n*WindowRows*WindowWidth {
		return nil, fmt.Errorf("%d words and %d numbers do not fit", len(words), len(rows))
	}
	w := &Window{words: make([]string, WindowFirst, n), ids: make(map[string]uint16, n), rows: rows, WindowReadout: r}
	w.words = append(w.words, words...)
	for i, s := range words {
		w.ids[s] = uint16(WindowFirst + i)
	}
	if len(w.ids) != len(words) {
		return nil, errors.New("a word stands twice")
	}
	return w, nil
}

// Write writes the table in the form that is embedded: the magic, the length of
// the words, the words a line each, the readout and the rows, little-endian.
func (w *Window) Write(out io.Writer) error {
	words := strings.Join(w.words[WindowFirst:], "\n")
	var b bytes.Buffer
	b.WriteString(windowMagic)
	for _, x := range []any{uint32(len(words)), []byte(words), w.WindowReadout} {
		if err := binary.Write(&b, binary.LittleEndian, x); err != nil {
			return err
		}
	}
	b.Write(w.rows)
	_, err := out.Write(b.Bytes())
	return err
}

// ReadWindow reads what [Window.Write] wrote.
func ReadWindow(r io.Reader) (*Window, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return readWindow(data)
}

// readWindow reads a table, whose rows stay where they are in data.
func readWindow(data []byte) (*Window, error) {
	sum := sha256.Sum256(data)
	rest, ok := bytes.CutPrefix(data, []byte(windowMagic))
	if !ok || len(rest) < 4 {
		return nil, errors.New("not a table of this version")
	}
	n := int(binary.LittleEndian.Uint32(rest))
	rest = rest[4:]
	var r WindowReadout
	size := binary.Size(r)
	if n > len(rest)-size {
		return nil, errors.New("the table ends early")
	}
	words := strings.Split(string(rest[:n]), "\n")
	if _, err := binary.Decode(rest[n:], binary.LittleEndian, &r); err != nil {
		return nil, err
	}
	w, err := NewWindow(words, rest[n+size:], r)
	if err == nil {
		w.digest = hex.EncodeToString(sum[:])
	}
	return w, err
}

// Version is that of the table: raised whenever training makes another.
func (w *Window) Version() string { return "2" }

// Digest is the SHA-256 of the file, in hexadecimal.
func (w *Window) Digest() string { return w.digest }

// ID returns the id of a word or mark by its look-up form; 0 where it has none.
func (w *Window) ID(form string) uint16 { return w.ids[form] }

// Len returns how many words and marks have entries.
func (w *Window) Len() int { return len(w.words) - WindowFirst }

// Words are the words and marks, the most frequent first.
func (w *Window) Words() []string { return w.words[WindowFirst:] }

// See returns h of the word at i of a sentence, ids, that stands in a place.
// Offsets in without are left out: with -1 there, what h would be if the word
// before said nothing.
func (w *Window) See(ids []uint16, i int, place uint8, h *[WindowWidth]int32, without ...int) {
	const low = 0x00ff00ff00ff00ff
	var even, odd [WindowWidth / 8]uint64 // four sums of 16 bits each
	n := 0
	for k := -WindowReach; k <= WindowReach; k++ {
		j := i + k
		id := WindowPad
		if j >= 0 && j < len(ids) {
			id = int(ids[j])
		}
		if len(without) > 0 && without[0] == k {
			continue
		}
		n++
		at := (id*WindowRows + k + WindowReach) * WindowWidth
		row := w.rows[at : at+WindowWidth : at+WindowWidth]
		for b := range even {
			x := binary.LittleEndian.Uint64(row[8*b:])
			even[b] += x & low
			odd[b] += x >> 8 & low
		}
	}
	p := &w.Places[place]
	for b := range even {
		x, y := even[b], odd[b]
		for c := 0; c < 8; c += 2 {
			j := 8*b + c
			h[j] = max(0, int32(x&0xffff)-128*int32(n)+int32(p[j]))
			h[j+1] = max(0, int32(y&0xffff)-128*int32(n)+int32(p[j+1]))
			x, y = x>>16, y>>16
		}
	}
}

// Line is what a sentence makes of its words: each of its numbers is what 1 in h
// adds to the log odds, by class (negative, positive), pool and number.
type Line [2][WindowPools * WindowWidth]float32

// Read returns the line for sums over n words.
func (w *Window) Read(sums *[WindowPools * WindowWidth]int32, n int) (line Line) {
	line = w.Linear
	var s [WindowPools * WindowWidth]float32
	for j, x := range sums {
		s[j] = float32(x)
	}
	for k := range w.Hidden {
		row := &w.Hidden[k]
		var a, b, c, d float32
		for j := 0; j < len(s); j += 4 {
			a += float32(s[j] * row[j])
			b += float32(s[j+1] * row[j+1])
			c += float32(s[j+2] * row[j+2])
			d += float32(s[j+3] * row[j+3])
		}
		if a+b+c+d <= 0 {
			continue
		}
		neg, pos := w.Out[0][k], w.Out[1][k]
		for j, x := range row {
			line[0][j] += float32(neg * x)
			line[1][j] += float32(pos * x)
		}
	}
	scale := float32(float64(w.Scale) / math.Sqrt(float64(max(1, n))))
	for q := range line {
		for j := range line[q] {
			line[q][j] *= scale
		}
	}
	return line
}
