package syntax

// Model is a trained tagger, parser and labeller. It is safe for use by
// several goroutines at once; each needs a Parser of its own.
type Model struct {
	tagger wide
	arcs   narrow
	labels wide
}

// The transitions of the arc-hybrid system.
const (
	shift       = iota
	left        // the top of the stack becomes a dependent of the first word of the buffer
	right       // the top of the stack becomes a dependent of the word below it
	transitions // how many there are
)

// Parser holds the working memory of parsing one sentence after another.
type Parser struct {
	model    *Model
	state    arcState
	features []uint32
	scores   scores
	levels   []level
}

// level is what a place of the stack adds to the scores of a state in which it
// is the top.
type level struct {
	below triple // with the words below it
	right triple // with its dependents to the right
}

// NewParser returns a parser for one goroutine.
func (m *Model) NewParser() *Parser { return &Parser{model: m, features: make([]uint32, 0, room)} }

// Parse tags and parses one sentence. It returns one node a word, in dst where
// that has room. A tree has one root, no cycle, and no arcs that cross; the
// relation "root" is that of the word without a head and of no other. Time and
// memory are linear in the number of words.
func (p *Parser) Parse(words []Word, dst []Node) []Node { return p.ParseWith(words, dst, nil) }

// ParseWith parses a sentence of which some words' tags are known: given maps
// a word's index to its tag. What is no tag of the model, and a tag for or of a
// punctuation mark, does not count.
func (p *Parser) ParseWith(words []Word, dst []Node, given map[int]string) []Node {
	dst = dst[:0]
	if len(words) == 0 {
		return dst
	}
	s := &p.state
	s.reset(words)
	p.tag(s, words, given)
	p.attach(s)
	s.name(func(d int, allowed uint64) int {
		p.features = labelFeatures(p.features[:0], s, s.heads[d], d)
		p.model.labels.score(p.features, &p.scores)
		return best(p.scores.of[:len(rels)], allowed)
	})
	for i := range words {
		dst = append(dst, Node{Tag: tags[s.tags[i]], Head: s.heads[i+1] - 1, Rel: rels[s.rels[i+1]]})
	}
	return dst
}

// name names the arcs of a finished tree, each as choose says. Nominals come
// last: whether one is subject or object is plain once auxiliaries and
// complements are known.
func (s *arcState) name(choose func(d int, allowed uint64) int) {
	for _, nominals := range []bool{false, true} {
		for d := 1; d <= len(s.fs); d++ {
			if nominalTag(s.tag(d)) != nominals {
				continue
			}
			switch allowed := allowedRels(s, s.heads[d], d); allowed {
			case rootOnly:
				s.rels[d] = relIndex["root"]
			case punctOnly:
				s.rels[d] = relIndex["punct"]
			default:
				s.rels[d] = choose(d, allowed)
			}
		}
	}
}

func (p *Parser) tag(s *arcState, words []Word, given map[int]string) {
	t1, t2 := -1, -1
	for i := range words {
		t := punctTag
		if !punctuation(words[i]) {
			p.features = tagFeatures(p.features[:0], s.fs, i, t1, t2)
			p.model.tagger.score(p.features, &p.scores)
			t = best(p.scores.of[:len(tags)], notPunct)
			if len(given) > 0 {
				if known, ok := tagIndex[given[i]]; ok && known != punctTag {
					t = known
				}
			}
		}
		s.tags[i] = t
		t1, t2 = t, t1
	}
}

var (
	punctTag = tagIndex["PUNCT"]
	notPunct = ^(uint64(1) << punctTag)
)

// attach finds the heads. Where a state leaves a choice, its features decide.
func (p *Parser) attach(s *arcState) {
	p.levels = append(p.levels[:0], level{}) // of the root, on which nothing is decided
	buffer, left0 := p.sum(s, bufferFeatures), p.sum(s, leftFeatures)
	for s.buf <= len(s.fs) {
		legal := s.legal()
		t := shift
		if legal != 1<<shift {
			top := p.levels[len(p.levels)-1]
			sum := p.sum(s, stepFeatures) + top.below + top.right + buffer + left0
			t = best([]int32{sum.class(shift), sum.class(left), sum.class(right)}, legal)
		}
		s.apply(t)
		switch t {
		case shift:
			p.levels = append(p.levels, level{p.sum(s, stackFeatures), p.sum(s, rightFeatures)})
			buffer, left0 = p.sum(s, bufferFeatures), p.sum(s, leftFeatures)
		case left:
			p.levels = p.levels[:len(p.levels)-1]
			left0 = p.sum(s, leftFeatures)
		case right:
			p.levels = p.levels[:len(p.levels)-1]
			p.levels[len(p.levels)-1].right = p.sum(s, rightFeatures)
		}
	}
	for !s.done() {
		s.apply(right)
	}
}

// sum returns the scores of a group of a state's features.
func (p *Parser) sum(s *arcState, features func(dst []uint32, s *arcState) []uint32) triple {
	p.features = features(p.features[:0], s)
	return p.model.arcs.score(p.features)
}

// allowedRels keeps the root relation to the root, punctuation to itself, and
// the agent of a passive to "by".
func allowedRels(s *arcState, h, d int) uint64 {
	switch {
	case h == 0:
		return rootOnly
	case s.tags[d-1] == punctTag:
		return punctOnly
	case byPhrase(s, d):
		return ^(rootOnly | punctOnly)
	}
	return ^(rootOnly | punctOnly | agentOnly)
}

var (
	rootOnly  = uint64(1) << relIndex["root"]
	punctOnly = uint64(1) << relIndex["punct"]
	agentOnly = uint64(1) << relIndex["obl:agent"]
)

// byPhrase reports whether word d has "by" among its dependents to the left.
func byPhrase(s *arcState, d int) bool {
	for k := d - 1; k > 0 && k > d-8; k-- {
		if s.heads[k] == d && s.fs[k-1].word == byHash {
			return true
		}
	}
	return false
}

var byHash = hash("by")

func (s *arcState) reset(words []Word) {
	n := len(words)
	s.fs = s.fs[:0]
	for _, w := range words {
		s.fs = append(s.fs, formOf(w))
	}
	s.tags = resize(s.tags, n)
	s.clear()
}

// clear takes all arcs out.
func (s *arcState) clear() {
	n := len(s.fs) + 1
	for _, a := range []*[]int{&s.heads, &s.left, &s.left2, &s.right, &s.nl, &s.nr, &s.rels} {
		*a = resize(*a, n)
	}
	for i := range n {
		s.heads[i], s.left[i], s.left2[i], s.right[i], s.nl[i], s.nr[i], s.rels[i] = -1, -1, -1, -1, 0, 0, -1
	}
	s.stack = append(s.stack[:0], 0)
	s.buf = 1
}

func (s *arcState) done() bool { return s.buf > len(s.fs) && len(s.stack) == 1 }

// legal is the set of transitions that the state allows, a bit each.
func (s *arcState) legal() uint64 {
	var set uint64
	if s.buf <= len(s.fs) {
		set |= 1 << shift
		if len(s.stack) > 1 {
			set |= 1 << left
		}
	}
	// Only the last word on the stack may hang on the root, once the buffer is
	// empty: so a tree has one root.
	if len(s.stack) > 2 || len(s.stack) > 1 && s.buf > len(s.fs) {
		set |= 1 << right
	}
	return set
}

func (s *arcState) apply(transition int) {
	if transition == shift {
		s.stack = append(s.stack, s.buf)
		s.buf++
		return
	}
	d := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	if transition == left {
		s.link(s.buf, d)
		return
	}
	s.link(s.stack[len(s.stack)-1], d)
}

func (s *arcState) link(h, d int) {
	s.heads[d] = h
	if d < h {
		// Left dependents arrive from the nearest outwards.
		s.left2[h], s.left[h] = s.left[h], d
		s.nl[h]++
		return
	}
	if s.right[h] < d {
		s.right[h] = d
	}
	s.nr[h]++
}

func resize(s []int, n int) []int {
	if cap(s) < n {
		return make([]int, n, n+n/2)
	}
	return s[:n]
}
