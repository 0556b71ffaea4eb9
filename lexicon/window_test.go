package lexicon

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func made(t testing.TB) *Window {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"betray", "help", "not", "."}
	rows := make([]byte, (WindowFirst+len(words))*WindowRows*WindowWidth)
	for i := range rows {
		rows[i] = byte(r.Uint32())
	}
	var out WindowReadout
	out.Scale, out.Bias, out.Prior = 0.001, -0.5, 1.5
	for i := range out.Places {
		for j := range out.Places[i] {
			out.Places[i][j] = int16(r.IntN(400) - 200)
		}
	}
	for k := range out.Hidden {
		for j := range out.Hidden[k] {
			out.Hidden[k][j] = float32(r.NormFloat64())
		}
		out.Out[0][k], out.Out[1][k] = float32(r.NormFloat64()), float32(r.NormFloat64())
	}
	w, err := NewWindow(words, rows, out)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Sums of many numbers at once are the sums one by one, as the formula has them.
func TestSee(t *testing.T) {
	w := made(t)
	ids := []uint16{WindowTarget, WindowFirst, WindowFirst + 3, WindowName, WindowFirst + 1, WindowFirst + 2}
	for i := range ids {
		for _, without := range [][]int{nil, {-1}, {2}} {
			var got [WindowWidth]int32
			w.See(ids, i, uint8(i), &got, without...)
			for j := range got {
				want := int32(w.Places[i][j])
				for k := -WindowReach; k <= WindowReach; k++ {
					id := WindowPad
					if i+k >= 0 && i+k < len(ids) {
						id = int(ids[i+k])
					}
					if without == nil || without[0] != k {
						want += int32(w.rows[(id*WindowRows+k+WindowReach)*WindowWidth+j]) - 128
					}
				}
				if want = max(0, want); got[j] != want {
					t.Fatalf("word %d, number %d, without %v: %d, want %d", i, j, without, got[j], want)
				}
			}
		}
	}
}

// The line of a sentence gives what the formula gives: linear and hidden units.
func TestRead(t *testing.T) {
	w := made(t)
	r := rand.New(rand.NewPCG(3, 4))
	var sums [WindowPools * WindowWidth]int32
	for j := range sums {
		sums[j] = int32(r.IntN(2000))
	}
	line := w.Read(&sums, 25)
	for q := range line {
		var got, want float64
		for j, s := range sums {
			got += float64(line[q][j]) * float64(s)
			want += float64(w.Linear[q][j]) * float64(s)
		}
		for k := range w.Hidden {
			var u float64
			for j, s := range sums {
				u += float64(w.Hidden[k][j]) * float64(s)
			}
			want += max(0, u) * float64(w.Out[q][k])
		}
		if want *= float64(w.Scale) / 5; got-want > 0.01 || want-got > 0.01 {
			t.Errorf("class %d: %v, want %v", q, got, want)
		}
	}
}

func TestWindowFile(t *testing.T) {
	w := made(t)
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		t.Fatal(err)
	}
	whole := bytes.Clone(b.Bytes())
	got, err := ReadWindow(&b)
	if err != nil {
		t.Fatal(err)
	}
	if got.WindowReadout != w.WindowReadout || !bytes.Equal(got.rows, w.rows) || got.ID("help") != w.ID("help") || got.ID("hurt") != 0 {
		t.Error("not what was written")
	}
	for n := 0; n < len(whole); n += 97 {
		if _, err := readWindow(whole[:n]); err == nil {
			t.Fatalf("%d of %d bytes are taken for a table", n, len(whole))
		}
	}
}

// The embedded table has a word once, none for peoples, faiths and parties, and
// every number within its byte's range used.
func TestDefaultWindow(t *testing.T) {
	w := DefaultWindow()
	if w.Len() < 20000 {
		t.Errorf("%d words", w.Len())
	}
	for _, s := range w.Words() {
		if Identities()[s] {
			t.Errorf("%q has an entry", s)
		}
	}
	if w.Prior < 1 || w.Scale <= 0 {
		t.Errorf("prior %v, scale %v", w.Prior, w.Scale)
	}
}

func BenchmarkReadWindow(b *testing.B) {
	for b.Loop() {
		if _, err := readWindow(windowData); err != nil {
			b.Fatal(err)
		}
	}
}
