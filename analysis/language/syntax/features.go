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
	room := (*[30]uint32)(dst[len(dst):cap(dst)])
	n := 0
	add := func(f uint32) { room[n] = f; n++ }
	w, p1, p2, n1, n2 := &fs[i], &outside, &outside, &outside, &outside
	if i > 0 {
		p1 = &fs[i-1]
	}
	if i > 1 {
		p2 = &fs[i-2]
	}
	if i+1 < len(fs) {
		n1 = &fs[i+1]
	}
	if i+2 < len(fs) {
		n2 = &fs[i+2]
	}
	first := uint32(0)
	if i == 0 {
		first = 1
	}
	tag1, tag2 := uint32(t1+1), uint32(t2+1)
	add(of1(tagger[1], w.word))
	add(of1(tagger[2], w.suf3))
	add(of2(tagger[3], w.suf2, w.shape))
	add(of1(tagger[4], w.pre3))
	add(of2(tagger[5], w.shape, first))
	add(of3(tagger[6], w.suf3, w.shape, first))
	add(of1(tagger[7], tag1))
	add(of2(tagger[8], tag1, tag2))
	add(of2(tagger[9], tag1, w.word))
	add(of2(tagger[10], tag1, w.suf3))
	add(of1(tagger[11], p1.word))
	add(of1(tagger[12], n1.word))
	add(of1(tagger[13], n1.suf3))
	add(of3(tagger[14], n1.suf2, n1.shape, tag1))
	add(of1(tagger[15], p2.word))
	add(of1(tagger[16], n2.word))
	add(of2(tagger[17], p1.word, w.word))
	add(of2(tagger[18], w.word, n1.word))
	add(of2(tagger[19], tag1, n1.suf3))
	add(of3(tagger[20], tag1, tag2, w.word))
	add(of1(tagger[21], p1.suf3))
	add(of1(tagger[22], w.suf4))
	add(of2(tagger[23], w.word, n1.suf3))
	add(of2(tagger[24], p1.suf3, w.suf3))
	add(of3(tagger[25], w.word, n1.shape, first))
	add(of3(tagger[26], tag1, w.shape, first))
	add(of1(tagger[27], n2.suf3))
	add(of2(tagger[28], n1.word, n2.word))
	add(of3(tagger[29], tag1, w.suf3, n1.suf3))
	add(of1(tagger[30], 0))
	return dst[:len(dst)+n]
}

// outside is what stands before the first word and behind the last.
var outside = form{word: boundary, suf3: boundary}

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

// The features of a state of the parser are in groups by what they look at. A
// transition changes some of that only: the sums of the groups that stay as they
// are need not be made again.

// arcFeatures appends the features of all groups.
func arcFeatures(dst []uint32, s *arcState) []uint32 {
	dst = rightFeatures(stackFeatures(dst, s), s)
	dst = leftFeatures(bufferFeatures(dst, s), s)
	return stepFeatures(dst, s)
}

// stackFeatures appends what the top of the stack and the words below it say.
// It stays as it is as long as the top is on the stack: no word gets dependents
// to its left once it is there, and none to its right below another.
func stackFeatures(dst []uint32, s *arcState) []uint32 {
	room := (*[28]uint32)(dst[len(dst):cap(dst)])
	n := 0
	add := func(f uint32) { room[n] = f; n++ }
	w, t := s.word, s.tag
	s0, s1, s2 := s.nth(0), s.nth(1), s.nth(2)
	ws0, ws1, ts0, ts1, ts2 := w(s0), w(s1), t(s0), t(s1), t(s2)
	l0, r1 := s.leftOf(s0), s.rightOf(s1)
	wl0, tl0, tr1 := w(l0), t(l0), t(r1)
	nl0, nr1 := valency(s.nl, s0), valency(s.nr, s1)
	l1 := s.leftOf(s1)
	add(of2(arc[1], ws0, ts0))
	add(of1(arc[2], ws0))
	add(of1(arc[3], ts0))
	add(of2(arc[4], ws1, ts1))
	add(of1(arc[5], ws1))
	add(of1(arc[6], ts1))
	add(of2(arc[18], ws0, ws1))
	add(of2(arc[19], ts0, ts1))
	add(of2(arc[20], ws1, ts0))
	add(of2(arc[21], ts1, ws0))
	add(of3(arc[24], ts2, ts1, ts0))
	add(of3(arc[32], ts1, ts0, tl0))
	add(of3(arc[33], ts1, ts0, tr1))
	add(of3(arc[34], ts1, ts0, t(l1)))
	add(of3(arc[37], ws1, tr1, w(r1)))
	add(of3(arc[38], ws0, tl0, wl0))
	add(of3(arc[46], distance(s1, s0), ts1, ts0))
	add(of2(arc[49], nl0, ws0))
	add(of3(arc[52], nr1, ts1, ts0))
	add(of2(arc[53], nr1, ws1))
	// Prepositions hang on their nouns: where the phrase goes, the noun's first
	// dependent decides.
	add(of3(arc[64], ws1, wl0, ts0))
	add(of3(arc[65], ts1, wl0, ws0))
	add(of3(mix(arc[66], ts1), wl0, ts0, ts2))
	add(of3(arc[67], w(s2), wl0, ts0))
	// What stands between tells clauses apart, and the parts of a coordination.
	m1 := s.between(s1, s0)
	add(of3(arc[72], m1, ts1, ts0))
	// What a verb takes, all its forms show.
	es0, es1 := s.stem(s0), s.stem(s1)
	add(of2(arc[79], es1, ts0))
	add(of3(arc[80], es1, tr1, ts0))
	add(of2(arc[85], es1, es0))
	return dst[:len(dst)+n]
}

// rightFeatures appends what the dependents of the stack's top to its right say.
func rightFeatures(dst []uint32, s *arcState) []uint32 {
	s0 := s.nth(0)
	ts0, ts1, r0 := s.tag(s0), s.tag(s.nth(1)), s.rightOf(s0)
	return append(dst,
		of3(arc[35], ts1, ts0, s.tag(r0)),
		of3(arc[36], s.word(s0), s.tag(r0), s.word(r0)),
		of2(arc[50], valency(s.nr, s0), s.word(s0)))
}

// bufferFeatures appends what the words of the buffer say.
func bufferFeatures(dst []uint32, s *arcState) []uint32 {
	room := (*[9]uint32)(dst[len(dst):cap(dst)])
	n := 0
	add := func(f uint32) { room[n] = f; n++ }
	w, t := s.word, s.tag
	b0, b1, b2, b3 := s.buf, s.buf+1, s.buf+2, s.buf+3
	wb0, wb1, tb0, tb1, tb2, tb3 := w(b0), w(b1), t(b0), t(b1), t(b2), t(b3)
	add(of2(arc[7], wb0, tb0))
	add(of1(arc[8], wb0))
	add(of1(arc[9], tb0))
	add(of1(arc[10], wb1))
	add(of1(arc[11], tb1))
	add(of1(arc[12], tb2))
	add(of3(arc[26], tb0, tb1, tb2))
	add(of3(mix(arc[28], tb0), tb1, tb2, tb3))
	add(of1(arc[86], 0))
	return dst[:len(dst)+n]
}

// leftFeatures appends what the dependents of the buffer's first word say.
func leftFeatures(dst []uint32, s *arcState) []uint32 {
	wb0, lb := s.word(s.buf), s.leftOf(s.buf)
	return append(dst,
		of3(arc[39], wb0, s.tag(lb), s.word(lb)),
		of2(arc[51], valency(s.nl, s.buf), wb0))
}

// stepFeatures appends what stack and buffer say together.
func stepFeatures(dst []uint32, s *arcState) []uint32 {
	room := (*[44]uint32)(dst[len(dst):cap(dst)])
	n := 0
	add := func(f uint32) { room[n] = f; n++ }
	w, t := s.word, s.tag
	s0, s1, b0 := s.nth(0), s.nth(1), s.buf
	ws0, ws1, wb0 := w(s0), w(s1), w(b0)
	ts0, ts1, ts2, tb0, tb1, tb2 := t(s0), t(s1), t(s.nth(2)), t(b0), t(b0+1), t(b0+2)
	xs0, xb0 := s.suffix(s0), s.suffix(b0)
	lb := s.leftOf(b0)
	wlb, tlb, tl0, tr0 := w(lb), t(lb), t(s.leftOf(s0)), t(s.rightOf(s0))
	nl0, nr0 := valency(s.nl, s0), valency(s.nr, s0)
	d := distance(s0, b0)
	add(of2(arc[13], ws0, wb0))
	add(of2(arc[14], ws0, tb0))
	add(of2(arc[15], ts0, wb0))
	add(of2(arc[16], ts0, tb0))
	add(of3(mix(arc[17], ts0), ws0, tb0, wb0))
	add(of3(arc[22], ts0, tb0, tb1))
	add(of3(arc[23], ts1, ts0, tb0))
	add(of3(mix(arc[25], ts2), ts1, ts0, tb0))
	add(of3(mix(arc[27], ts0), tb0, tb1, tb2))
	add(of3(arc[29], ts0, tb0, tl0))
	add(of3(arc[30], ts0, tb0, tr0))
	add(of3(arc[31], ts0, tb0, tlb))
	add(of3(arc[40], ts0, tb0, t(s.left2Of(s0))))
	add(of3(arc[41], d, ts0, tb0))
	add(of2(arc[42], d, ws0))
	add(of2(arc[43], d, wb0))
	add(of2(arc[44], d, ts0))
	add(of2(arc[45], d, tb0))
	add(of3(arc[47], nl0, ts0, tb0))
	add(of3(arc[48], nr0, ts0, tb0))
	add(of2(arc[54], xs0, tb0))
	add(of2(arc[55], xb0, ts0))
	add(of2(arc[56], xs0, xb0))
	add(of2(arc[57], ts1, tb0))
	add(of3(arc[58], ws1, tb0, ts0))
	add(of3(arc[59], ws0, tb0, tb1))
	add(of3(arc[60], ts0, wb0, tb1))
	add(of2(arc[61], ws1, wb0))
	add(of3(arc[62], ts1, ts0, wb0))
	add(of3(arc[63], ws1, ts0, wb0))
	add(of3(arc[68], ws0, wlb, tb0))
	add(of3(arc[69], ts0, wlb, wb0))
	add(of3(arc[70], ts0, wlb, tb0))
	m0, m1 := s.between(s0, b0), s.between(s1, s0)
	add(of3(arc[71], m0, ts0, tb0))
	add(of3(mix(arc[73], m1), ts1, ts0, tb0))
	add(of2(arc[74], m0, ws0))
	add(of2(arc[75], m0, wb0))
	es0, es1, eb0 := s.stem(s0), s.stem(s1), s.stem(b0)
	add(of2(arc[76], es0, tb0))
	add(of3(arc[77], es0, tb0, tb1))
	add(of3(arc[78], es1, ts0, tb0))
	add(of3(arc[81], es0, tr0, tb0))
	add(of2(arc[82], eb0, ts0))
	add(of3(arc[83], eb0, tlb, ts0))
	add(of2(arc[84], es0, eb0))
	return dst[:len(dst)+n]
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
	room := (*[50]uint32)(dst[len(dst):cap(dst)])
	n := 0
	add := func(f uint32) { room[n] = f; n++ }
	w, t := s.word, s.tag
	dir := uint32(0)
	if h < d {
		dir = 1
	}
	dist := distance(h, d)<<1 | dir
	wh, wd, th, td, xh, xd := w(h), w(d), t(h), t(d), s.suffix(h), s.suffix(d)
	ld, rd, lh := s.leftOf(d), s.rightOf(d), s.leftOf(h)
	wld := w(ld)
	if lh == d {
		lh = -1
	}
	gh := -1
	if h > 0 {
		gh = s.heads[h]
	}
	// Case marker and auxiliary are among the first dependents of d and h.
	add(of3(label[1], dir, wh, wd))
	add(of3(label[2], dir, th, td))
	add(of3(label[3], dir, wh, td))
	add(of3(label[4], dir, th, wd))
	add(of2(label[5], dir, wd))
	add(of2(label[6], dir, wh))
	add(of2(label[7], dir, td))
	add(of3(label[8], dist, th, td))
	add(of3(label[9], td, wld, th))
	add(of2(label[10], wd, wld))
	add(of3(label[11], wh, wld, dir))
	add(of3(label[12], td, t(ld), t(rd)))
	add(of3(mix(label[13], th), td, t(d-1), t(d+1)))
	add(of3(mix(mix(label[14], td), t(h-1)), th, t(h+1), dir))
	add(of3(label[15], w(d-1), td, dir))
	add(of3(label[16], w(d+1), td, dir))
	add(of3(mix(label[17], wh), td, t(lh), dir))
	add(of3(mix(label[18], th), td, w(lh), dir))
	add(of3(label[19], xd, th, dir))
	add(of3(label[20], xh, td, dir))
	add(of3(label[21], xd, xh, dir))
	add(of3(mix(label[22], t(gh)), th, td, dir))
	add(of3(mix(mix(label[23], valency(s.nl, h)), valency(s.nr, h)), th, td, dir))
	// Passives: an auxiliary "be" or "get" on the head, a participle as head.
	passive, rk := passiveHint(s, h), rank(s, h, d)
	add(of3(mix(label[24], passive), th, td, dir))
	add(of3(label[25], passive, wd, dir))
	add(of3(mix(label[26], rk), th, td, dir))
	add(of3(mix(label[27], rk), wh, td, dir))
	// What h governs besides d as far as that is named, what d governs, and what
	// h is itself.
	have, own, rh := s.governed(h, d), s.governed(d, 0), s.rel(h)
	sh, sd := s.stem(h), s.stem(d)
	add(of3(label[28], have, td, dir))
	add(of3(mix(mix(label[29], have), th), td, dir, rk))
	add(of3(mix(label[30], have), wh, td, dir))
	add(of3(mix(label[31], have), sh, td, dir))
	add(of3(label[32], have, wd, dir))
	add(of3(mix(mix(label[33], have), xh), td, dir, rk))
	add(of3(label[34], have, own, dir))
	add(of3(mix(label[35], have), wld, td, dir))
	add(of3(mix(mix(label[36], have), t(h-1)), t(h+1), td, dir))
	add(of3(mix(mix(label[37], have), rh), td, dir, rk))
	add(of3(mix(label[38], own), td, th, dir))
	add(of3(label[39], own, wd, dir))
	add(of3(label[40], own, wh, dir))
	add(of3(mix(label[41], rh), td, th, dir))
	add(of3(label[42], rh, wd, dir))
	add(of3(mix(mix(label[43], rh), td), dir, rk, t(gh)))
	add(of3(label[44], sh, td, dir))
	add(of3(mix(label[45], sh), rk, td, dir))
	add(of3(label[46], sh, wld, dir))
	add(of3(label[47], sh, sd, dir))
	add(of3(label[48], sd, th, dir))
	add(of3(label[49], sd, wld, th))
	add(of1(label[50], 0))
	return dst[:len(dst)+n]
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
