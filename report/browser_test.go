package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"parallax/analysis"
)

// What a page shows of many sentences is what sorting them all would give, in
// whatever numbers they come, and little more is held in the meantime.
func TestShelf(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, most := range []int{3, 10, 100, 1000} {
		s := shelf{most: most}
		cells := map[shelfKey][]shelved{}
		for i := range 700 {
			o := analysis.Observation{Source: fmt.Sprint("s", random.IntN(1+random.IntN(8))), Target: fmt.Sprint("t", random.IntN(2)), Voice: "author",
				Tone: float64(random.IntN(9)-4) / 10, Start: i, Frames: []string{"x"}}
			s.add(o)
			k := shelfKey{o.Source, o.Target, o.Voice}
			cells[k] = append(cells[k], shelved{Observation: o, at: i})
			if s.kept > 2*most {
				t.Fatalf("%d are held to show %d", s.kept, most)
			}
		}
		got, each := s.shown()

		total := func(each int) (n int) {
			for _, c := range cells {
				n += min(len(c), each)
			}
			return n
		}
		if total(each) > most || each < 700 && total(each+1) <= most {
			t.Errorf("of %d, %d each make %d", most, each, total(each))
		}
		var want []shelved
		for _, c := range cells {
			slices.SortFunc(c, farther)
			want = append(want, c[:min(len(c), max(1, each))]...)
		}
		slices.SortFunc(want, farther)
		want = want[:min(len(want), most)]
		slices.SortFunc(want, func(a, b shelved) int { return a.at - b.at })
		places := func(list []shelved) (at []int) {
			for _, x := range list {
				at = append(at, x.Start)
			}
			return at
		}
		if !slices.Equal(places(got), places(want)) {
			t.Errorf("of %d: %v, want %v", most, places(got), places(want))
		}
		again, _ := s.shown()
		if !slices.Equal(places(again), places(want)) {
			t.Errorf("of %d: a second look shows others", most)
		}
	}
}

// The terms of each sentence and the rest make its tone, and its parts are the
// sentence.
func TestBrowserSums(t *testing.T) {
	in := small(t)
	b := &builder{in: in, w: newWriter(in)}
	x := b.browser()
	if len(x.Sentences) != len(in.Observations) || x.All != len(in.Observations) {
		t.Fatalf("%d of %d sentences", len(x.Sentences), x.All)
	}
	for i, s := range x.Sentences {
		sum, text := s.Rest, ""
		for _, p := range s.Parts {
			text += p.Text
			for _, e := range p.Terms {
				sum += units(e.Contribution)
			}
		}
		if s.Others == 0 && s.Rest != 0 {
			t.Errorf("%q: %d of its tone are of no word", text, s.Rest)
		}
		if o := in.Observations[i]; sum != units(o.Tone) || fold(text) != o.Sentence || s.Paragraph != o.Paragraph+1 {
			t.Errorf("%q sums to %d, not %g", text, sum, o.Tone)
		}
	}
}
