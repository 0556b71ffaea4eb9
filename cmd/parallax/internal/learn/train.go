package learn

import (
	"context"
	"hash/fnv"
	"maps"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/mat"

	"parallax/analysis/framing"
	"parallax/analysis/target"
	"parallax/lexicon"
	"parallax/seeds"
)

// Options say what the table is made from.
type Options struct {
	Data         string   // folder with newsmtsc, nyt, ratings and gold
	Articles     string   // folder with the articles of gold
	Vectors      string   // file of word vectors
	Dictionaries []string // files of one word a line
	Valences     string   // file of rated words
	Words        int      // size of the table; 0 means 64,000
	Version      string
	Ablation     bool                             // measure besides what each group of columns adds
	Log          func(format string, args ...any) // told what is done and measured
}

// folds is the number of parts in cross-validation. A document is in one part.
const folds = 5

// iterations of a fit. 25 are too few: cross-validated macro F1 was 0.670, with 50
// 0.677.
const iterations = 60

func foldOf(document string) int {
	h := fnv.New32a()
	h.Write([]byte(document))
	return int(h.Sum32() % folds)
}

// Train makes the table. The same inputs give the same table on one kind of
// processor.
func Train(ctx context.Context, o Options) (*lexicon.Weights, error) {
	if o.Words == 0 {
		o.Words = 64000
	}
	set, err := target.Parse("targets.yaml", seeds.Targets)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(o.Data, "newsmtsc", "train.jsonl")
	used := map[string]int{}
	for _, f := range append(ratedFiles(o.Data), file) {
		if err := usedWords(f, used); err != nil {
			return nil, err
		}
	}
	vectors, err := ReadVectors(o.Vectors, o.Dictionaries, used, o.Words)
	if err != nil {
		return nil, err
	}
	o.Log("%d words, from %q to %q", len(vectors.words), vectors.words[0], vectors.words[len(vectors.words)-1])
	valences, err := ReadValences(o.Valences, vectors)
	if err != nil {
		return nil, err
	}
	news, err := readNews(ctx, set, file, vectors.has)
	if err != nil {
		return nil, err
	}
	states, err := readStates(ctx, set, o.Data, vectors.has)
	if err != nil {
		return nil, err
	}
	articles, err := readArticles(ctx, set, filepath.Join(o.Data, "gold", "seeds_dev.jsonl"), o.Articles, vectors.has)
	if err != nil {
		return nil, err
	}
	o.Log("%d examples of news; of states %d in news and %d in articles", len(news), len(states), len(articles))
	states = append(states, articles...)
	if o.Ablation {
		for _, off := range []string{"vectors", "valences", "entries", "words", "roles", "heads", "bare"} {
			without := newFrame(news, vectors, valences, map[string]bool{off: true})
			x := without.design(news)
			crossValidate(without, x, x.curvature(), news, nil, "without "+off, o.Log)
		}
	}
	f := newFrame(news, vectors, valences, nil)
	x := f.design(news)
	h := x.curvature()
	differences := crossValidate(f, x, h, news, states, "all", o.Log)
	named := trainStates(states, differences, o.Log)
	w := x.classes(labelsOf(news), h, iterations)

	texts, err := readTexts(ctx, o.Data)
	if err != nil {
		return nil, err
	}
	own := newOwnModel(f, texts)
	ownWeights := trainOwn(own, texts, o.Log)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return fold(o.Version, f, w, named, own, ownWeights)
}

func labelsOf(xs []example) []int {
	out := make([]int, len(xs))
	for i, x := range xs {
		out[i] = x.label
	}
	return out
}

// crossValidate measures the news model on documents that it has not seen, and
// returns what models that have not seen a state's document say of it. x is the
// design of news; h, its curvature, is near enough to that of each part.
func crossValidate(f *frame, x *design, h *mat.Cholesky, news, states []example, name string, log func(string, ...any)) []float64 {
	y := f.design(states)
	labels := labelsOf(news)
	p := make([][]float64, len(news))
	out := make([]float64, len(states))
	for k := range folds {
		var rows, part []int
		for i, e := range news {
			if foldOf(e.document) != k {
				rows, part = append(rows, i), append(part, e.label)
			}
		}
		w := x.part(rows).classes(part, h, iterations)
		for i, e := range news {
			if foldOf(e.document) == k {
				p[i] = x.predict(i, w)
			}
		}
		for i, e := range states {
			if foldOf(e.document) == k {
				out[i] = difference(y, i, w)
			}
		}
	}
	guess := make([]int, len(p))
	for i := range p {
		guess[i] = class(p[i], [2]float64{1, 1})
	}
	log("news, %s: cross-validated macro F1 %.4f, log loss %.4f, calibration error %.3f",
		name, macroF1(labels, guess), logLoss(p, labels), calibrationError(p, labels))
	return out
}

// trainStates fits the model of states and returns its weights by name.
func trainStates(xs []example, differences []float64, log func(string, ...any)) map[string]lexicon.Logits {
	x, labels := stateDesign(xs, differences), labelsOf(xs)
	h := x.curvature()
	p := make([][]float64, len(xs))
	// An article has more sentences than all news texts of a fold: each is a fold.
	parts := map[string]int{}
	for _, e := range xs {
		if _, ok := parts[e.document]; !ok {
			parts[e.document] = foldOf(e.document)
			if strings.HasPrefix(e.document, "article ") {
				parts[e.document] = folds + len(parts)
			}
		}
	}
	for _, k := range slices.Compact(slices.Sorted(maps.Values(parts))) {
		var rows, part []int
		for i, e := range xs {
			if parts[e.document] != k {
				rows, part = append(rows, i), append(part, e.label)
			}
		}
		w := x.part(rows).classes(part, h, iterations)
		for i, e := range xs {
			if parts[e.document] == k {
				p[i] = x.predict(i, w)
			}
		}
	}
	factors, best := decide(p, labels)
	var some [][]float64 // of articles alone
	var someLabels, someGuess []int
	for i, e := range xs {
		if strings.HasPrefix(e.document, "article ") {
			some, someLabels, someGuess = append(some, p[i]), append(someLabels, e.label), append(someGuess, class(p[i], factors))
		}
	}
	log("states in articles: left-out log loss %.4f, macro F1 %.3f", logLoss(some, someLabels), macroF1(someLabels, someGuess))
	log("states: cross-validated log loss %.4f, calibration error %.3f, macro F1 %.3f where the factors are %v",
		logLoss(p, labels), calibrationError(p, labels), best, factors)
	w := x.classes(labels, h, iterations)
	at := func(column int, scale float64) lexicon.Logits {
		return lexicon.Logits{Negative: scale * (w[3*column] - w[3*column+1]), Positive: scale * (w[3*column+2] - w[3*column+1])}
	}
	alike := func(column int) lexicon.Logits {
		u := -w[3*(stateColumns+column)+1]
		return lexicon.Logits{Negative: u, Positive: u}
	}
	named := map[string]lexicon.Logits{
		framing.NamedStateNeutral: {Negative: w[len(w)-1], Positive: w[len(w)-1]},
		framing.NamedStateScale:   at(0, 1),
		framing.NamedStateDecide:  {Negative: factors[0], Positive: factors[1]},
		framing.NamedStateQuoted:  alike(stateQuoted),

		framing.NamedStateRole(framing.Agent):   alike(stateAgent),
		framing.NamedStateRole(framing.Patient): alike(statePatient),
	}
	for _, r := range rules {
		if r == framing.RuleSentence {
			continue
		}
		k := 1
		if !framing.Close(r) {
			k = 3
		}
		named[framing.NamedStateRule(r, false)] = at(k, 2)
		named[framing.NamedStateRule(r, true)] = at(k+1, 2)
	}
	return named
}

// ratedFiles are the files of rated texts, news first.
func ratedFiles(data string) (files []string) {
	for _, name := range []string{"nyt/dev.tsv", "ratings/tweets.tsv", "ratings/movies.tsv", "ratings/amazon.tsv"} {
		files = append(files, filepath.Join(data, filepath.FromSlash(name)))
	}
	return files
}

func readTexts(ctx context.Context, data string) ([]rated, error) {
	var out []rated
	for i, file := range ratedFiles(data) {
		xs, err := readRated(ctx, file, i == 0)
		if err != nil {
			return nil, err
		}
		out = append(out, xs...)
	}
	return out, nil
}

// trainOwn measures the second head by cross-validation over articles and fits it.
func trainOwn(m *ownModel, xs []rated, log func(string, ...any)) []float64 {
	x := m.design(xs)
	var guess, truth []float64
	for k := range folds {
		var rows []int
		for i, e := range xs {
			if e.document == "" || foldOf(e.document) != k {
				rows = append(rows, i)
			}
		}
		w := m.fit(x, xs, rows)
		for _, e := range xs {
			if e.document != "" && foldOf(e.document) == k {
				// As the program scores: by words alone.
				var sum float64
				for _, t := range e.words {
					if m.frame.vectors.has(t.Form) {
						sum += t.Factor * m.of(t.Form, w)
					}
				}
				guess, truth = append(guess, sum/sqrt(len(e.words))), append(truth, e.rating)
			}
		}
	}
	log("sentences: cross-validated Pearson r %.4f on %d news texts", pearson(guess, truth), len(truth))
	return m.fit(x, xs, all(len(xs)))
}

func all(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// sideBySide calls f with 0 to n-1 on all cores.
func sideBySide(ctx context.Context, n int, f func(i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

func sqrt(n int) float64 { return math.Sqrt(float64(max(1, n))) }
