package lexicon_test

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"parallax/lexicon"
)

func smallTable(t testing.TB) *lexicon.Weights {
	t.Helper()
	w, err := lexicon.NewWeights("test", []string{"a", "b"}, []lexicon.Logits{{Negative: -1, Positive: 1}, {}},
		map[string]lexicon.Logits{"neutral": {Negative: -0.5, Positive: -0.5}},
		[]string{"bad", "good"}, [][]lexicon.Logits{{{Negative: 1.27, Positive: -0.4}, {}}, {{Negative: -1, Positive: 0.9}, {Negative: 0, Positive: 0.127}}},
		[]float64{-0.635, 0.5}, []float64{-0.1, 0.127})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A table comes back as it was written, its numbers within half a step.
func TestWeightsRoundTrip(t *testing.T) {
	w := smallTable(t)
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		t.Fatal(err)
	}
	file := bytes.Clone(b.Bytes())
	v, err := lexicon.ReadWeights(&b)
	if err != nil {
		t.Fatal(err)
	}
	if v.Digest() != w.Digest() || v.Version() != "test" || v.Named("neutral").Positive != -0.5 {
		t.Errorf("read back: digest %s, version %q, neutral %v", v.Digest(), v.Version(), v.Named("neutral"))
	}
	r, ok := v.Row("bad")
	if !ok || math.Abs(r.At(0).Negative-1.27) > 0.005 || math.Abs(r.At(0).Positive+0.4) > 0.005 || r.At(1) != (lexicon.Logits{}) {
		t.Errorf("bad: %v %v", r.At(0), r.At(1))
	}
	if math.Abs(r.Valence()+0.635) > 0.0026 || math.Abs(r.Own()+0.1) > 0.0006 {
		t.Errorf("bad: valence %v, own %v", r.Valence(), r.Own())
	}
	if _, ok := v.Row("ugly"); ok {
		t.Error("a row for a word that is not there")
	}
	var again bytes.Buffer
	if err := v.Write(&again); err != nil || !bytes.Equal(again.Bytes(), file) {
		t.Error("written again, the bytes differ", err)
	}
	var tsv strings.Builder
	if err := v.WriteTSV(&tsv); err != nil || !strings.Contains(tsv.String(), "\ngood\t0.500\t0.127\t-1.0000\t0.9000\t0.0000\t0.1270\n") {
		t.Errorf("TSV:\n%s %v", tsv.String(), err)
	}
}

func TestNewWeightsRefuses(t *testing.T) {
	row := [][]lexicon.Logits{{{}}, {{}}}
	for _, words := range [][]string{{"b", "a"}, {"a", "a"}, {"a"}} {
		if _, err := lexicon.NewWeights("", []string{"s"}, []lexicon.Logits{{}}, nil, words, row, []float64{0, 0}, []float64{0, 0}); err == nil {
			t.Errorf("%v: no error", words)
		}
	}
}

// Damaged files are errors, never panics.
func FuzzReadWeights(f *testing.F) {
	var b bytes.Buffer
	if err := smallTable(f).Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:b.Len()/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := lexicon.ReadWeights(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, word := range w.Words() {
			if r, ok := w.Row(word); ok {
				for s := range w.Slots() {
					r.At(s)
				}
			}
		}
	})
}

// The table that is part of the program has the words it should, and none that
// name somebody.
func TestDefaultWeights(t *testing.T) {
	w := lexicon.DefaultWeights()
	words := w.Words()
	if len(words) < 60000 {
		t.Errorf("%d words, want 60,000 or more", len(words))
	}
	if !slices.IsSorted(words) {
		t.Error("words are not sorted")
	}
	for _, word := range words {
		if lexicon.Identities()[word] {
			t.Errorf("%s names a people, faith or party", word)
		}
	}
	for _, name := range strings.Fields(`america american washington korea korean pyongyang seoul kim moon-jae obama putin merkel
		russia russian china chinese iran iranian israel palestinian mexico mexican germany paris london moscow beijing muslim islam
		jewish catholic hindu republican democrat democrats communist socialist nazi immigrant immigrants clinton reagan thatcher`) {
		if _, ok := w.Row(name); ok {
			t.Errorf("%s has weights", name)
		}
	}
	for word, sign := range map[string]float64{"excellent": 1, "peaceful": 1, "brutal": -1, "corrupt": -1, "threatened": -1} {
		r, ok := w.Row(word)
		if !ok || r.Valence()*sign <= 0 || r.Own()*sign <= 0 {
			t.Errorf("%s: valence %v, own %v", word, r.Valence(), r.Own())
		}
	}
}
