package syntax

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// TrainOptions say how a model is trained. The zero value gives the embedded
// model's settings.
type TrainOptions struct {
	Epochs int                // passes over the trees; 0 means 12 (14 and more gain nothing on the development part)
	Seed   uint64             // of the order of the trees, and of which wrong predictions are followed
	Log    func(stage string) // told each stage when it is done, from one goroutine at a time; nil tells nobody

	sizes [3]int // as the variable; zero means its value
}

// sizes in buckets of the tagger, the parser and the labeller. Halving all
// three costs 0.3 points of UAS and of tags on the development part of UD EWT;
// doubling gains nothing. The labeller's was doubled when it was given twice as
// many features; the model with half as many was not tried.
var sizes = [3]int{1 << 17, 1 << 21, 1 << 18}

// rare is how often a bucket must have been updated before its weights count
// (Goldberg and Elhadad 2011): what was met once or twice is noise. 2 gives 0.5
// points of UAS less and a file 0.4 MB larger, 5 gives 0.2 less.
const rare = 3

// learner is a perceptron in training: weights as integers, and their sums
// over time for averaging.
type learner struct {
	classes int
	mask    uint32
	weights []int32 // of each bucket, and behind them how often it was updated
	late    []int64 // each change of a weight, times the clock at it
	clock   int64
}

func newLearner(buckets, classes int) *learner {
	n := buckets * (classes + 1)
	return &learner{classes: classes, mask: uint32(buckets - 1), weights: make([]int32, n), late: make([]int64, n)}
}

func (l *learner) score(features []uint32, scores []int32) {
	clear(scores)
	for _, f := range features {
		w := l.weights[int(f&l.mask)*(l.classes+1):][:l.classes+1]
		if w[l.classes] < rare {
			continue
		}
		for c, v := range w[:l.classes] {
			scores[c] += v
		}
	}
}

func (l *learner) update(features []uint32, truth, guess int) {
	l.clock++
	if truth == guess {
		return
	}
	for _, f := range features {
		base := int(f&l.mask) * (l.classes + 1)
		l.weights[base+l.classes]++
		l.add(base+truth, 1)
		l.add(base+guess, -1)
	}
}

func (l *learner) add(i int, d int32) {
	l.weights[i] += d
	l.late[i] += int64(d) * l.clock
}

// dropout is the share, of 256, of the labeller's features that training leaves
// out of each arc, other ones each time, so that none is relied on alone. With it
// a single labeller finds patients with 0.4 points more precision and 0.1 more
// recall on the development part of UD EWT; 0 leaves nothing out.
const dropout = 32

// thin leaves that share out, at random.
func thin(features []uint32, rnd *rand.Rand) []uint32 {
	kept := features[:0]
	var bits uint64
	for i, f := range features {
		if i%8 == 0 {
			bits = rnd.Uint64()
		}
		if bits&255 >= dropout {
			kept = append(kept, f)
		}
		bits >>= 8
	}
	return kept
}

// freeze averages the weights of learners over time and over the learners, and
// rounds each to a byte's worth of steps, fine near zero and coarse far from
// it: weight q*|q| for q in [-steps, steps]. Even steps lose 2 points of UAS, for
// the few large weights (those of pairs of tags) carry as much as the many
// small ones.
func freeze(learners ...*learner) []weight {
	first := learners[0]
	avg := make([]float64, (int(first.mask)+1)*first.classes)
	var largest float64
	for i := range avg {
		k := i + i/first.classes
		for _, l := range learners {
			if l.weights[k-i%l.classes+l.classes] < rare {
				continue
			}
			// A weight of the clock c has stood for clock+1-c updates.
			avg[i] += float64(int64(l.weights[k])*(l.clock+1)-l.late[k]) / float64(l.clock+1)
		}
		largest = max(largest, math.Abs(avg[i]))
	}
	weights := make([]weight, len(avg))
	for i, a := range avg {
		if a != 0 { // so largest is not, either
			weights[i] = weight(int8(math.Round(math.Copysign(math.Sqrt(math.Abs(a)/largest)*steps, a))))
		}
	}
	return weights
}

// runs is the number of times that the tagger and the parser are trained, each
// with another order of the trees; the model is their average. Single runs
// differ by 0.4 points of UAS from one another, with no reason but chance.
const runs = 3

// folds is the number of parts in jackknifing.
const folds = 5

// Train fits a model to trees, as ReadCoNLLU returns them. The same trees and
// options give the same model, on any number of cores.
//
// The parser learns from tags as it will meet them: those of a tagger that has
// not seen the sentence (jackknifing).
func Train(trees []Tree, o TrainOptions) *Model {
	if o.Epochs == 0 {
		o.Epochs = 12
	}
	if o.sizes == [3]int{} {
		o.sizes = sizes
	}
	var mu sync.Mutex
	log := func(format string, args ...any) {
		if o.Log != nil {
			mu.Lock()
			defer mu.Unlock()
			o.Log(fmt.Sprintf(format, args...))
		}
	}
	predicted := make([][]int, len(trees))
	taggers := make([]*learner, runs)
	sideBySide(folds+runs, func(k int) {
		if k >= folds {
			taggers[k-folds] = trainTagger(trees, o, k-folds, func(int) bool { return true })
			log("tagger, run %d of %d", k-folds+1, runs)
			return
		}
		m := &Model{tagger: newWide(len(tags), freeze(trainTagger(trees, o, 0, func(i int) bool { return i%folds != k })))}
		p := m.NewParser()
		for i := k; i < len(trees); i += folds {
			p.state.reset(trees[i].Words)
			p.tag(&p.state, trees[i].Words, nil)
			predicted[i] = slices.Clone(p.state.tags)
		}
		log("tagger, fold %d of %d", k+1, folds)
	})
	arcs, labels := make([]*learner, runs), make([]*learner, runs)
	sideBySide(runs, func(k int) {
		arcs[k], labels[k] = newLearner(o.sizes[1], transitions), newLearner(o.sizes[2], len(rels))
		rnd := rand.New(rand.NewPCG(o.Seed, uint64(runs+k)))
		for epoch := range o.Epochs {
			trainParser(trees, predicted, arcs[k], labels[k], epoch, rnd)
			log("parser, run %d of %d, epoch %d of %d", k+1, runs, epoch+1, o.Epochs)
		}
	})
	m := &Model{tagger: newWide(len(tags), freeze(taggers...)), labels: newWide(len(rels), freeze(labels...))}
	var err error
	if m.arcs, err = newNarrow(freeze(arcs...)); err != nil {
		panic("syntax: " + err.Error()) // where a model has eight times as many different rows as the embedded one
	}
	return m
}

// sideBySide calls f with 0 to n-1, on as many cores as there are.
func sideBySide(n int, f func(k int)) {
	var wg sync.WaitGroup
	free := make(chan bool, runtime.GOMAXPROCS(0))
	for k := range n {
		wg.Go(func() {
			free <- true
			f(k)
			<-free
		})
	}
	wg.Wait()
}

// trainParser passes over the trees once.
func trainParser(trees []Tree, predicted [][]int, arcs, labels *learner, epoch int, rnd *rand.Rand) {
	var s arcState
	features := make([]uint32, 0, room)
	scores := make([]int32, len(rels))
	for _, k := range rnd.Perm(len(trees)) {
		t := &trees[k]
		s.reset(t.Words)
		copy(s.tags, predicted[k])
		trainArcs(&s, t, arcs, features, scores, epoch, rnd)
		// Labels on the gold tree, so that each arc has a true one.
		s.goldTree(t)
		s.name(func(d int, allowed uint64) int {
			features = thin(labelFeatures(features[:0], &s, s.heads[d], d), rnd)
			labels.score(features, scores)
			guess := best(scores, allowed)
			labels.update(features, relIndex[t.Nodes[d-1].Rel], guess)
			return guess
		})
	}
}

// tagEpochs: the tagger is at its best on the development part after 5 passes.
const tagEpochs = 5

func trainTagger(trees []Tree, o TrainOptions, run int, use func(i int) bool) *learner {
	l := newLearner(o.sizes[0], len(tags))
	rnd := rand.New(rand.NewPCG(o.Seed, uint64(run)))
	features := make([]uint32, 0, room)
	scores := make([]int32, len(tags))
	var s arcState
	for range tagEpochs {
		for _, k := range rnd.Perm(len(trees)) {
			if !use(k) {
				continue
			}
			t := &trees[k]
			s.reset(t.Words)
			t1, t2 := -1, -1
			for i, w := range t.Words {
				guess := punctTag
				if !punctuation(w) {
					features = tagFeatures(features[:0], s.fs, i, t1, t2)
					l.score(features, scores)
					guess = best(scores, notPunct)
					l.update(features, tagIndex[t.Nodes[i].Tag], guess)
				}
				t1, t2 = guess, t1
			}
		}
	}
	return l
}

// explore is the share of wrong predictions that training follows once the
// first epoch is over (Goldberg and Nivre 2013 use 0.9).
const explore = 0.9

func trainArcs(s *arcState, t *Tree, arcs *learner, features []uint32, scores []int32, epoch int, rnd *rand.Rand) {
	gold := make([]int, len(t.Words)+1)
	gold[0] = -1
	for i, n := range t.Nodes {
		gold[i+1] = n.Head + 1
	}
	for !s.done() {
		features = arcFeatures(features[:0], s)
		arcs.score(features, scores[:transitions])
		legal := s.legal()
		guess := best(scores[:transitions], legal)
		zero := s.costless(gold, legal)
		if zero == 0 { // cannot happen with a sound oracle; a tree that is not projective may get here
			zero = legal
		}
		truth := best(scores[:transitions], zero)
		if zero&(1<<uint(guess)) != 0 {
			truth = guess
		}
		arcs.update(features, truth, guess)
		if guess != truth && epoch > 0 && rnd.Float64() < explore {
			s.apply(guess)
		} else {
			s.apply(truth)
		}
	}
}

// costless is the set of legal transitions after which as many gold arcs can
// still be reached as before: the dynamic oracle of the arc-hybrid system.
func (s *arcState) costless(gold []int, legal uint64) uint64 {
	n := len(s.fs)
	cost := [transitions]int{}
	b := s.buf
	if b <= n {
		for k := 0; k < len(s.stack); k++ {
			x := s.stack[len(s.stack)-1-k]
			if gold[x] == b && x != 0 {
				cost[shift]++
			}
			if k > 0 && gold[b] == x {
				cost[shift]++
			}
		}
	}
	if len(s.stack) > 1 {
		s0, s1 := s.stack[len(s.stack)-1], s.stack[len(s.stack)-2]
		for d := b; d <= n; d++ {
			if gold[d] == s0 {
				cost[left]++
				cost[right]++
			}
		}
		if gold[s0] == s1 || gold[s0] > b {
			cost[left]++
		}
		if gold[s0] >= b {
			cost[right]++
		}
	}
	var set uint64
	lowest := math.MaxInt
	for c := range cost {
		if legal&(1<<uint(c)) != 0 && cost[c] < lowest {
			lowest = cost[c]
		}
	}
	for c := range cost {
		if legal&(1<<uint(c)) != 0 && cost[c] == lowest {
			set |= 1 << uint(c)
		}
	}
	return set
}

// goldTree sets the state to the finished gold tree.
func (s *arcState) goldTree(t *Tree) {
	s.clear()
	for i := len(t.Nodes) - 1; i >= 0; i-- { // left dependents from the nearest outwards
		if h := t.Nodes[i].Head + 1; h > i+1 {
			s.link(h, i+1)
		}
	}
	for i, n := range t.Nodes {
		if h := n.Head + 1; h < i+1 {
			s.link(h, i+1)
		}
	}
}
