package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// form holds the hashes of a word that features are made of.
type form struct {
	word             uint32 // the folded word, digits as 0
	suf2, suf3, suf4 uint32 // its last bytes
	pre3             uint32 // its first bytes; 0 where that is all
	shape            uint32
	stem             uint32 // what inflected forms share
}

func formOf(w Word) form {
	n := digitsToZero(w.Norm)
	f := form{word: hash(n), suf2: hash(tail(n, 2)), suf3: hash(tail(n, 3)), suf4: hash(tail(n, 4)), shape: shape(w.Text), stem: hash(stem(n))}
	if len(n) > 3 {
		f.pre3 = hash(n[:3])
	}
	return f
}

// stem takes the endings of verbs and plurals off a word, and what is left of
// doubling and a silent e with them: "planned", "plans" and "plan" have one
// stem, and so have "makes", "making" and "make". Irregular forms are let be.
func stem(s string) string {
	if len(s) < 4 {
		return s
	}
	for _, ending := range [...]string{"ing", "ies", "ied", "ed", "es", "s"} {
		rest, ok := strings.CutSuffix(s, ending)
		if !ok || len(rest) < 2 || !strings.ContainsAny(rest, "aeiouy") || ending == "s" && strings.HasSuffix(rest, "s") {
			continue
		}
		if ending == "ies" || ending == "ied" {
			return rest + "y"
		}
		if n := len(rest); ending != "s" && n > 3 && rest[n-1] == rest[n-2] && rest[n-1] != 's' && rest[n-1] != 'l' {
			return rest[:n-1]
		}
		s = rest
		break
	}
	return strings.TrimSuffix(s, "e")
}

func digitsToZero(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			b := []byte(s)
			for j := range b {
				if b[j] >= '0' && b[j] <= '9' {
					b[j] = '0'
				}
			}
			return string(b)
		}
	}
	return s
}

func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[len(s)-n:]
}

// shape tells capitals, digits and hyphens: 1 initial capital, 2 all capitals,
// 4 a digit, 8 a hyphen, 16 a point, 32 no letter or digit at all.
func shape(s string) uint32 {
	var sh uint32
	upper, letters, digits := 0, 0, 0
	for i, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
			letters++
			if i == 0 {
				sh |= 1
			}
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
			sh |= 4
		case r == '-' || r == '‐':
			sh |= 8
		case r == '.':
			sh |= 16
		}
	}
	if upper > 1 && upper == letters {
		sh |= 2
	}
	if letters+digits == 0 {
		sh |= 32
	}
	return sh
}

func punctuation(w Word) bool {
	for _, r := range w.Text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(w.Text)
	return r != '$' && r != '%' && r != '&' && r != '€' && r != '£' && r != '+' && r != '='
}

// boundary stands for the places before the first and behind the last word.
const boundary = 0x9e3779b9

// tagFeatures appends the features of word i given the tags before it.
func tagFeatures(dst []uint32, fs []form, i int, t1, t2 int) []uint32 {
	at := func(k int) form {
		if k < 0 || k >= len(fs) {
			return form{word: boundary, suf3: boundary}
		}
		return fs[k]
	}
	w, p, n, n2 := at(i), at(i-1), at(i+1), at(i+2)
	first := uint32(0)
	if i == 0 {
		first = 1
	}
	tag1, tag2 := uint32(t1+1), uint32(t2+1)
	id := uint32(0)
	add := func(vs ...uint32) {
		id++
		h := mix(0x1234, id)
		for _, v := range vs {
			h = mix(h, v)
		}
		dst = append(dst, finish(h))
	}
	add(w.word)
	add(w.suf3)
	add(w.suf2, w.shape)
	add(w.pre3)
	add(w.shape, first)
	add(w.suf3, w.shape, first)
	add(tag1)
	add(tag1, tag2)
	add(tag1, w.word)
	add(tag1, w.suf3)
	add(p.word)
	add(n.word)
	add(n.suf3)
	add(n.suf2, n.shape, tag1)
	add(at(i - 2).word)
	add(n2.word)
	add(p.word, w.word)
	add(w.word, n.word)
	add(tag1, n.suf3)
	add(tag1, tag2, w.word)
	add(p.suf3)
	add(w.suf4)
	add(w.word, n.suf3)
	add(p.suf3, w.suf3)
	add(w.word, n.shape, first)
	add(tag1, w.shape, first)
	add(n2.suf3)
	add(n.word, n2.word)
	add(tag1, w.suf3, n.suf3)
	add(0)
	return dst
}

// arcState is what the arc features look at.
type arcState struct {
	fs    []form
	tags  []int // of the words; the root's is rootTag
	heads []int
	left  []int // leftmost dependent of each word so far, -1 for none
	left2 []int
	right []int // rightmost dependent
	nl    []int // number of left and right dependents
	nr    []int
	stack []int
	buf   int   // the first word of the buffer
	rels  []int // relations found so far, -1 for none
}

const rootTag = 62 // beyond the tags in use

// Words are numbered from 1 in a state; 0 is the root.
func (s *arcState) tag(i int) uint32 {
	switch {
	case i == 0:
		return rootTag
	case i < 0 || i > len(s.fs):
		return 63
	}
	return uint32(s.tags[i-1])
}

func (s *arcState) word(i int) uint32 {
	switch {
	case i == 0:
		return 7
	case i < 0 || i > len(s.fs):
		return boundary
	}
	return s.fs[i-1].word
}

func (s *arcState) suffix(i int) uint32 {
	if i <= 0 || i > len(s.fs) {
		return boundary
	}
	return s.fs[i-1].suf3
}

func (s *arcState) stem(i int) uint32 {
	if i <= 0 || i > len(s.fs) {
		return boundary
	}
	return s.fs[i-1].stem
}

func (s *arcState) leftOf(i int) int {
	if i < 0 || i > len(s.fs) {
		return -1
	}
	return s.left[i]
}

func (s *arcState) left2Of(i int) int {
	if i < 0 || i > len(s.fs) {
		return -1
	}
	return s.left2[i]
}

func (s *arcState) rightOf(i int) int {
	if i < 0 || i > len(s.fs) {
		return -1
	}
	return s.right[i]
}

func (s *arcState) nth(k int) int {
	if k >= len(s.stack) {
		return -1
	}
	return s.stack[len(s.stack)-1-k]
}

// distance bins the gap between two words.
func distance(a, b int) uint32 {
	if a < 0 || b < 0 {
		return 0
	}
	d := b - a
	if d < 0 {
		d = -d
	}
	switch {
	case d <= 5:
		return uint32(d)
	case d <= 10:
		return 6
	}
	return 7
}

func valency(n []int, i int) uint32 {
	if i < 0 || i >= len(n) {
		return 9
	}
	if n[i] > 3 {
		return 3
	}
	return uint32(n[i])
}

func arcFeatures(dst []uint32, s *arcState) []uint32 {
	s0, s1, s2 := s.nth(0), s.nth(1), s.nth(2)
	b0, b1, b2, b3 := s.buf, s.buf+1, s.buf+2, s.buf+3
	w, t := s.word, s.tag
	ws0, ws1, wb0, wb1 := w(s0), w(s1), w(b0), w(b1)
	ts0, ts1, ts2, tb0, tb1, tb2, tb3 := t(s0), t(s1), t(s2), t(b0), t(b1), t(b2), t(b3)
	d := distance(s0, b0)
	l0, r0, l1, r1, lb := s.leftOf(s0), s.rightOf(s0), s.leftOf(s1), s.rightOf(s1), s.leftOf(b0)
	id := uint32(0)
	add := func(vs ...uint32) {
		id++
		h := mix(0x777, id)
		for _, v := range vs {
			h = mix(h, v)
		}
		dst = append(dst, finish(h))
	}
	add(ws0, ts0)
	add(ws0)
	add(ts0)
	add(ws1, ts1)
	add(ws1)
	add(ts1)
	add(wb0, tb0)
	add(wb0)
	add(tb0)
	add(wb1)
	add(tb1)
	add(tb2)
	add(ws0, wb0)
	add(ws0, tb0)
	add(ts0, wb0)
	add(ts0, tb0)
	add(ts0, ws0, tb0, wb0)
	add(ws0, ws1)
	add(ts0, ts1)
	add(ws1, ts0)
	add(ts1, ws0)
	add(ts0, tb0, tb1)
	add(ts1, ts0, tb0)
	add(ts2, ts1, ts0)
	add(ts2, ts1, ts0, tb0)
	add(tb0, tb1, tb2)
	add(ts0, tb0, tb1, tb2)
	add(tb0, tb1, tb2, tb3)
	add(ts0, tb0, t(l0))
	add(ts0, tb0, t(r0))
	add(ts0, tb0, t(lb))
	add(ts1, ts0, t(l0))
	add(ts1, ts0, t(r1))
	add(ts1, ts0, t(l1))
	add(ts1, ts0, t(r0))
	add(ws0, t(r0), w(r0))
	add(ws1, t(r1), w(r1))
	add(ws0, t(l0), w(l0))
	add(wb0, t(lb), w(lb))
	add(ts0, tb0, t(s.left2Of(s0)))
	add(d, ts0, tb0)
	add(d, ws0)
	add(d, wb0)
	add(d, ts0)
	add(d, tb0)
	add(distance(s1, s0), ts1, ts0)
	add(valency(s.nl, s0), ts0, tb0)
	add(valency(s.nr, s0), ts0, tb0)
	add(valency(s.nl, s0), ws0)
	add(valency(s.nr, s0), ws0)
	add(valency(s.nl, b0), wb0)
	add(valency(s.nr, s1), ts1, ts0)
	add(valency(s.nr, s1), ws1)
	add(s.suffix(s0), tb0)
	add(s.suffix(b0), ts0)
	add(s.suffix(s0), s.suffix(b0))
	add(ts1, tb0)
	add(ws1, tb0, ts0)
	add(ws0, tb0, tb1)
	add(ts0, wb0, tb1)
	// Prepositions hang on their nouns: where the phrase goes, the noun's first
	// dependent decides.
	add(ws1, wb0)
	add(ts1, ts0, wb0)
	add(ws1, ts0, wb0)
	add(ws1, w(l0), ts0)
	add(ts1, w(l0), ws0)
	add(ts1, w(l0), ts0, ts2)
	add(w(s2), w(l0), ts0)
	add(ws0, w(lb), tb0)
	add(ts0, w(lb), wb0)
	add(ts0, w(lb), tb0)
	// What stands between tells clauses apart, and the parts of a coordination.
	m0, m1 := s.between(s0, b0), s.between(s1, s0)
	add(m0, ts0, tb0)
	add(m1, ts1, ts0)
	add(m1, ts1, ts0, tb0)
	add(m0, ws0)
	add(m0, wb0)
	// What a verb takes, all its forms show.
	es0, es1, eb0 := s.stem(s0), s.stem(s1), s.stem(b0)
	add(es0, tb0)
	add(es0, tb0, tb1)
	add(es1, ts0, tb0)
	add(es1, ts0)
	add(es1, t(r1), ts0)
	add(es0, t(r0), tb0)
	add(eb0, ts0)
	add(eb0, t(lb), ts0)
	add(es0, eb0)
	add(es1, es0)
	add(0)
	return dst
}

// between returns the classes of the words between words a and b, a bit each.
// It looks at the first eleven, so that time stays linear.
func (s *arcState) between(a, b int) uint32 {
	if a < 0 || b > len(s.fs) {
		return 99 // there is no b: no set of classes in use has these bits alone
	}
	var set uint32
	for k := a + 1; k < min(b, a+12); k++ {
		if s.fs[k-1].word == commaHash {
			set |= 1
		} else {
			set |= tagClass[s.tags[k-1]]
		}
	}
	return set
}

var commaHash = hash(",")

// tagClass puts tags into classes for between: bits above that of the comma.
var tagClass = func() (class [64]uint32) {
	for i, list := range []string{
		"PUNCT", "VBD VBZ VBP MD", "VBN VBG VB", "CC", "WDT WP WRB", "NN NNS NNP NNPS PRP", "IN TO",
	} {
		for t := range strings.FieldsSeq(list) {
			class[tagIndex[t]] = 2 << i
		}
	}
	return class
}()

// labelFeatures appends the features of the arc from word h (or the root, 0)
// to word d, both numbered from 1.
func labelFeatures(dst []uint32, s *arcState, h, d int) []uint32 {
	w, t := s.word, s.tag
	dir := uint32(0)
	if h < d {
		dir = 1
	}
	dist := distance(h, d)<<1 | dir
	wh, wd, th, td := w(h), w(d), t(h), t(d)
	ld, rd, lh := s.leftOf(d), s.rightOf(d), s.leftOf(h)
	if lh == d {
		lh = -1
	}
	gh := -1
	if h > 0 {
		gh = s.heads[h]
	}
	// Case marker and auxiliary are among the first dependents of d and h.
	id := uint32(0)
	add := func(vs ...uint32) {
		id++
		x := mix(0xabc, id)
		for _, v := range vs {
			x = mix(x, v)
		}
		dst = append(dst, finish(x))
	}
	add(dir, wh, wd)
	add(dir, th, td)
	add(dir, wh, td)
	add(dir, th, wd)
	add(dir, wd)
	add(dir, wh)
	add(dir, td)
	add(dist, th, td)
	add(td, w(ld), th)
	add(wd, w(ld))
	add(wh, w(ld), dir)
	add(td, t(ld), t(rd))
	add(th, td, t(d-1), t(d+1))
	add(td, t(h-1), th, t(h+1), dir)
	add(w(d-1), td, dir)
	add(w(d+1), td, dir)
	add(wh, td, t(lh), dir)
	add(th, td, w(lh), dir)
	add(s.suffix(d), th, dir)
	add(s.suffix(h), td, dir)
	add(s.suffix(d), s.suffix(h), dir)
	add(t(gh), th, td, dir)
	add(valency(s.nl, h), valency(s.nr, h), th, td, dir)
	// Passives: an auxiliary "be" or "get" on the head, a participle as head.
	passive, rk := passiveHint(s, h), rank(s, h, d)
	add(passive, th, td, dir)
	add(passive, wd, dir)
	add(rk, th, td, dir)
	add(rk, wh, td, dir)
	// What h governs besides d as far as that is named, what d governs, and what
	// h is itself.
	have, own, rh := s.governed(h, d), s.governed(d, 0), s.rel(h)
	sh, sd := s.stem(h), s.stem(d)
	add(have, td, dir)
	add(have, th, td, dir, rk)
	add(have, wh, td, dir)
	add(have, sh, td, dir)
	add(have, wd, dir)
	add(have, s.suffix(h), td, dir, rk)
	add(have, own, dir)
	add(have, w(ld), td, dir)
	add(have, t(h-1), t(h+1), td, dir)
	add(have, rh, td, dir, rk)
	add(own, td, th, dir)
	add(own, wd, dir)
	add(own, wh, dir)
	add(rh, td, th, dir)
	add(rh, wd, dir)
	add(rh, td, dir, rk, t(gh))
	add(sh, td, dir)
	add(sh, rk, td, dir)
	add(sh, w(ld), dir)
	add(sh, sd, dir)
	add(sd, th, dir)
	add(sd, w(ld), th)
	add(0)
	return dst
}

// governed returns the classes of the relations that h governs, without that
// of word d, as far as they are known.
func (s *arcState) governed(h, d int) uint32 {
	if h <= 0 || s.nl[h]+s.nr[h] == 0 {
		return 0
	}
	first := h
	if s.nl[h] > 0 {
		first = max(s.left[h], h-reach)
	}
	var set uint32
	for k := first; k <= min(s.right[h], h+reach) || k < h; k++ {
		if s.heads[k] == h && k != d && s.rels[k] >= 0 {
			set |= relClass[s.rels[k]]
		}
	}
	return set
}

// reach is how far from a word the labeller looks for what it governs.
const reach = 12

func (s *arcState) rel(i int) uint32 {
	if i <= 0 {
		return 63
	}
	return uint32(s.rels[i]) & 63 // of what is not known too
}

// relClass puts relations into classes for governed: those that say which
// arguments a word can still take.
var relClass = func() (class [64]uint32) {
	for i, list := range []string{
		"nsubj csubj", "nsubj:pass", "obj", "iobj", "ccomp", "xcomp", "aux:pass", "cop", "expl", "aux", "mark", "obl:agent", "case", "acl:relcl",
	} {
		for r := range strings.FieldsSeq(list) {
			class[relIndex[r]] = 1 << i
		}
	}
	return class
}()

// passiveHint is 1 where h has a form of "be" or "get" among its dependents to
// the left and is a participle.
func passiveHint(s *arcState, h int) uint32 {
	if h <= 0 {
		return 0
	}
	var v uint32
	for d := h - 1; d > 0 && d > h-6; d-- {
		if s.heads[d] == h && beForms[s.fs[d-1].word] {
			v = 1
			break
		}
	}
	return v
}

var beForms = func() map[uint32]bool {
	m := map[uint32]bool{}
	for _, w := range []string{"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "get", "gets", "got", "getting", "gotten"} {
		m[hash(w)] = true
	}
	return m
}()

// rank counts the nominal dependents of h on d's side that stand between them:
// 0 for the nearest, 1 for the second, 2 for those further away.
func rank(s *arcState, h, d int) uint32 {
	var n uint32
	if h < d {
		for k := h + 1; k < d && n < 2; k++ {
			if s.heads[k] == h && nominalTag(s.tag(k)) {
				n++
			}
		}
		return n
	}
	for k := h - 1; k > d && n < 2; k-- {
		if k > 0 && s.heads[k] == h && nominalTag(s.tag(k)) {
			n++
		}
	}
	return n + 4
}
