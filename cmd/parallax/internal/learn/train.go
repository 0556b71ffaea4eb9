package learn

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"gonum.org/v1/gonum/stat"

	"parallax/analysis/framing"
	"parallax/lexicon"
)

// Options say what to train on.
type Options struct {
	Data     string // the folder with the data
	Vectors  string // the file of word vectors, by which words share what is learned; "" for none
	Folds    int    // parts, by document, that are each measured by a table that has not seen them; 0 measures nothing
	Measured int    // how many of the parts are measured; 0 for all
	Log      io.Writer
}

// longest is the number of forms of a text that are learned from: those around
// the first mention where there are more.
const longest = 80

// Train reads the data, measures and returns the table.
func Train(ctx context.Context, o Options) (*lexicon.Window, error) {
	c, err := readAll(o.Data)
	if err != nil {
		return nil, err
	}
	words := vocabulary(c.texts)
	ids := make(map[string]uint16, len(words))
	for i, w := range words {
		ids[w] = uint16(lexicon.WindowFirst + i)
	}
	id := func(w string) uint16 { return ids[w] }
	samples := make([]sample, len(c.texts))
	for i := range c.texts {
		samples[i] = encode(&c.texts[i], id)
	}
	var vectors [][]float32
	if o.Vectors != "" {
		if vectors, err = readVectors(o.Vectors, words); err != nil {
			return nil, err
		}
	}
	made, err := newConstructor(lexicon.Default(), id)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(o.Log, "%d sentences to learn from, %d words and marks\n", len(samples), len(words))

	prior := float32(1)
	if o.Folds > 0 {
		found := make([]prediction, len(samples))
		var failed error
		var wg sync.WaitGroup
		next := make(chan int)
		for range 2 {
			wg.Go(func() {
				for fold := range next {
					held := func(s *sample) bool { return s.origin != teacher && s.group%uint32(o.Folds) == uint32(fold) }
					t, err := fit(ctx, samples, made, vectors, len(ids), held, io.Discard)
					if err != nil {
						failed = err
						continue
					}
					for i := range samples {
						if held(&samples[i]) && len(samples[i].ids) > 0 {
							found[i] = t.predict(&samples[i])
						}
					}
				}
			})
		}
		measured := o.Folds
		if o.Measured > 0 {
			measured = min(o.Measured, o.Folds)
		}
		for fold := range measured {
			next <- fold
		}
		close(next)
		wg.Wait()
		if failed != nil {
			return nil, failed
		}
		prior = measure(o.Log, samples, found)
	}
	t, err := fit(ctx, samples, made, vectors, len(ids), func(*sample) bool { return false }, o.Log)
	if err != nil {
		return nil, err
	}
	return t.table(words, prior)
}

func encode(x *text, id func(string) uint16) sample {
	forms := x.forms
	if len(forms) > longest {
		at := 0
		for at < len(forms)-1 && forms[at].Kind != framing.FormTarget {
			at++
		}
		if x.origin == rated {
			at = 0
		}
		from := max(0, min(at-longest/2, len(forms)-longest))
		forms = forms[from : from+longest]
	}
	s := sample{y: x.y, rating: x.rating, origin: x.origin, group: hashOf(x.group), places: framing.Places(forms, nil), news: x.origin == rated && strings.HasPrefix(x.group, "nyt:")}
	for i := range forms {
		s.ids = append(s.ids, framing.ID(&forms[i], id))
	}
	return s
}

// fit trains on all samples that are not held.
func fit(ctx context.Context, samples []sample, made *constructor, vectors [][]float32, words int, held func(*sample) bool, log io.Writer) (*trainer, error) {
	t := newTrainer(vectors, lexicon.WindowFirst+words, 1)
	order := rand.New(rand.NewPCG(2, 12))
	for epoch := range epochs {
		var shown []*sample
		for i := range samples {
			if s := &samples[i]; !held(s) && len(s.ids) > 0 {
				for range weightOf[s.origin] {
					shown = append(shown, s)
				}
			}
		}
		var extra []sample
		if made != nil {
			extra = made.epoch(order)
		}
		for i := range extra {
			shown = append(shown, &extra[i])
		}
		order.Shuffle(len(shown), func(i, j int) { shown[i], shown[j] = shown[j], shown[i] })
		var loss float64
		for i := 0; i < len(shown); i += batch {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			t.rate = rate*float32(1-(float64(epoch)+float64(i)/float64(len(shown)))/epochs) + 1e-4
			few := shown[i:min(i+batch, len(shown))]
			t.begin(few)
			for _, s := range few {
				loss += t.learn(s)
			}
			t.end()
		}
		fmt.Fprintf(log, "pass %d of %d, mean loss %.4f\n", epoch+1, epochs, loss/float64(len(shown)))
	}
	t.finish()
	return t, nil
}

// prediction is what a table that has not seen a sample says of it.
type prediction struct {
	p       [3]float32
	valence float32
}

func (t *trainer) predict(s *sample) prediction {
	z := t.forward(s, false)
	if s.origin == rated {
		return prediction{valence: dot(t.valence.w, t.sums[:width])}
	}
	return prediction{p: softmax3(z)}
}

// measure prints how the folds did and returns the prior: the factor of both
// judgements' probabilities, the same for all targets, with the best mean of
// macro F1 over news and states.
func measure(w io.Writer, samples []sample, found []prediction) float32 {
	sets := map[string][]origin{"news": {news}, "states": {states}, "states, earlier labels": {earlier}, "states, two readers": {readers}, "plain sentences": {plain}}
	names := []string{"news", "states", "states, earlier labels", "states, two readers", "plain sentences"}
	best, prior := 0.0, float32(1)
	for k := float32(1); k <= 3; k += 0.1 {
		if f := (score(samples, found, sets["news"], k).f1 + score(samples, found, sets["states"], k).f1) / 2; f > best {
			best, prior = f, k
		}
	}
	fmt.Fprintf(w, "prior %.1f\n%-24s %6s %8s %9s %8s %8s\n", prior, "", "n", "macro F1", "prior 1", "log loss", "ECE")
	for _, name := range names {
		s, one := score(samples, found, sets[name], prior), score(samples, found, sets[name], 1)
		fmt.Fprintf(w, "%-24s %6d %8.3f %9.3f %8.3f %8.3f\n", name, s.n, s.f1, one.f1, s.loss, s.ece)
	}
	var x, y []float64
	for i := range samples {
		if s := &samples[i]; s.origin == rated && s.news && found[i] != (prediction{}) {
			x, y = append(x, float64(found[i].valence)), append(y, float64(s.rating))
		}
	}
	fmt.Fprintf(w, "valence of news texts, Pearson's r %.3f (n %d)\n", stat.Correlation(x, y, nil), len(x))
	return prior
}

type scores struct {
	n             int
	f1, loss, ece float64
}

// score compares predictions with labels. The calibration error is over the
// probability of the likeliest class, in ten bins.
func score(samples []sample, found []prediction, of []origin, prior float32) scores {
	var table [3][3]float64
	var bins [10][3]float64
	var out scores
	for i := range samples {
		s := &samples[i]
		if s.origin != of[0] || found[i] == (prediction{}) {
			continue
		}
		y := likeliest3(s.y, 1)
		p := found[i].p
		table[y][likeliest3(p, prior)]++
		out.loss -= math.Log(float64(p[y]) + 1e-9)
		out.n++
		top := likeliest3(p, 1)
		b := &bins[min(9, int(p[top]*10))]
		b[0]++
		b[1] += float64(p[top])
		if top == y {
			b[2]++
		}
	}
	for k := range 3 {
		a, b := table[k][0]+table[k][1]+table[k][2], table[0][k]+table[1][k]+table[2][k]
		out.f1 += 2 * table[k][k] / max(1, a+b) / 3
	}
	for _, b := range bins {
		out.ece += math.Abs(b[1]-b[2]) / float64(max(1, out.n))
	}
	out.loss /= float64(max(1, out.n))
	return out
}

func likeliest3(p [3]float32, prior float32) int {
	switch n, q := p[0]*prior, p[2]*prior; {
	case n > p[1] && n > q:
		return 0
	case q > p[1] && q > n:
		return 2
	}
	return 1
}

// table rounds to integers. The step is such that one number in 100,000 is cut
// off at the ends of a byte.
func (t *trainer) table(words []string, prior float32) (*lexicon.Window, error) {
	step := quantile(t.full, 1e-5) / 127
	r := lexicon.WindowReadout{Scale: step, Bias: t.bias.w[0], Prior: prior}
	rows := make([]byte, len(t.full))
	for i, x := range t.full {
		rows[i] = byte(128 + max(-128, min(127, math.Round(float64(x/step)))))
	}
	for i, x := range t.places.w {
		r.Places[i/width][i%width] = int16(math.Round(float64(x / step)))
	}
	for q := range r.Linear {
		copy(r.Linear[q][:], t.linear.w[q*wide:])
		copy(r.Out[q][:], t.out.w[q*lexicon.WindowHidden:])
	}
	for k := range r.Hidden {
		copy(r.Hidden[k][:], t.hidden.w[k*wide:])
	}
	copy(r.Valence[:], t.valence.w)
	return lexicon.NewWindow(words, rows, r)
}

// quantile returns the size that a share of the numbers exceeds.
func quantile(xs []float32, share float64) float32 {
	sizes := make([]float32, len(xs))
	for i, x := range xs {
		sizes[i] = max(x, -x)
	}
	slices.Sort(sizes)
	return sizes[int(float64(len(sizes)-1)*(1-share))]
}
