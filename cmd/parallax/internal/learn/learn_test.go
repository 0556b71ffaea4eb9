package learn

import (
	"bytes"
	"io"
	"math"
	"strings"
	"testing"

	"parallax/lexicon"
)

// small are sentences to learn from, with the target in brackets.
var small = []struct {
	label    int
	sentence string
}{
	{-1, "[Freedonia] betrayed its friends."}, {1, "[Freedonia] helped its friends."}, {0, "[Freedonia] met its friends."},
	{-1, "The minister said [Freedonia] betrayed everybody."}, {1, "The minister said [Freedonia] helped everybody."},
	{0, "[Freedonia] was betrayed."}, {0, "They helped [Freedonia]."}, {1, "[Freedonia] never betrayed anybody."},
}

func samplesOf(t *testing.T) ([]sample, []string) {
	t.Helper()
	var texts []text
	words := []string{}
	ids := map[string]uint16{}
	for _, s := range small {
		plainText, spans := Marked(s.sentence)
		x := text{origin: plain, group: plainText, forms: formsOf(plainText, spans), y: hard(s.label)}
		for _, f := range x.forms {
			if _, ok := ids[f.Text]; !ok {
				ids[f.Text] = uint16(lexicon.WindowFirst + len(words))
				words = append(words, f.Text)
			}
		}
		texts = append(texts, x)
	}
	var out []sample
	for i := range texts {
		out = append(out, encode(&texts[i], func(w string) uint16 { return ids[w] }))
	}
	return out, words
}

// A table learns what it is shown, survives the rounding, and comes out the same twice.
func TestFit(t *testing.T) {
	samples, words := samplesOf(t)
	for range 4 { // 32 of each in a pass
		samples = append(samples, samples...)
	}
	var files [2]bytes.Buffer
	for i := range files {
		fitted, err := fit(t.Context(), samples, nil, nil, len(words), func(*sample) bool { return false }, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		for k := range small {
			if p := fitted.predict(&samples[k]).p; likeliest3(p, 1) != small[k].label+1 {
				t.Errorf("%s: %v", small[k].sentence, p)
			}
		}
		w, err := fitted.table(words, 1)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("the same sentences made two tables")
	}
	if _, err := lexicon.ReadWindow(&files[0]); err != nil {
		t.Error(err)
	}
}

// What is held is not learned from.
func TestFitHolds(t *testing.T) {
	samples, words := samplesOf(t)
	before := newTrainer(nil, lexicon.WindowFirst+len(words), 1).rows.w
	fitted, err := fit(t.Context(), samples, nil, nil, len(words), func(*sample) bool { return true }, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range fitted.rows.w {
		if x != before[i] {
			t.Fatal("a row moved")
		}
	}
}

// A small step against the gradient lowers the loss by the rate times its square.
func TestStep(t *testing.T) {
	samples, words := samplesOf(t)
	fitted := newTrainer(nil, lexicon.WindowFirst+len(words), 1)
	var all []*sample
	for i := range samples {
		all = append(all, &samples[i])
	}
	fitted.begin(all)
	fitted.rate = 0.003
	loss := func(s *sample) float64 {
		p := softmax3(fitted.forward(s, false))
		var sum float64
		for k, y := range s.y {
			sum -= float64(y) * math.Log(float64(p[k]))
		}
		return sum
	}
	for i := range samples {
		before := loss(&samples[i])
		for range 20 { // what is left out at random averages out
			fitted.learn(&samples[i])
		}
		if after := loss(&samples[i]); after >= before {
			t.Errorf("%s: loss %.4f, then %.4f", small[i].sentence, before, after)
		}
	}
}

// Every pattern of constructions.tsv is one that entries can fill, and says what
// its tone asks for.
func TestConstructions(t *testing.T) {
	ids := map[string]uint16{}
	c, err := newConstructor(lexicon.Default(), func(w string) uint16 {
		if ids[w] == 0 {
			ids[w] = uint16(lexicon.WindowFirst + len(ids))
		}
		return ids[w]
	})
	if err != nil {
		t.Fatal(err)
	}
	for pos, patterns := range c.patterns {
		for _, p := range patterns {
			filled, targets := false, 0
			for _, w := range p.words {
				if w == "T" {
					targets++
				}
				if strings.HasPrefix(w, "{") && formNames[w] == 0 {
					t.Errorf("%s: no form", w)
				}
			}
			for _, e := range c.entries {
				if e.POS == pos && p.of(e) != 0 {
					if s, ok := c.sentence(&p, e); ok && len(s.ids) == len(s.places) {
						filled = true
						break
					}
				}
			}
			if !filled || targets == 0 {
				t.Errorf("%v: filled %v, %d targets", p.words, filled, targets)
			}
		}
	}
	for _, tone := range []float64{-1, -0.5, -0.1, 0, 0.1, 0.5, 1} {
		y := told(tone)
		if s := y[0] + y[1] + y[2]; math.Abs(float64(s)-1) > 1e-6 || min(y[0], y[1], y[2]) < 0 || tone*float64(y[2]-y[0]) < 0 {
			t.Errorf("%v: %v", tone, y)
		}
	}
}

func TestCharacters(t *testing.T) {
	const s = "Él amenazó a Seúl."
	got := characters(s, span{0, 2}, span{13, 17})
	if s[got[0].start:got[0].end] != "Él" || s[got[1].start:got[1].end] != "Seúl" {
		t.Errorf("%v", got)
	}
}
