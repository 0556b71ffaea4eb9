package target

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analysis/corpus"
	"parallax/analysis/language"
)

// Find returns the mentions of the set's targets in the sentences of a
// document, as [language.Parse] returns them, ordered by sentence, Start and
// Target. A mention never crosses the border of a sentence.
//
// Where the document has labels, they are the mentions, and nothing else is.
// A label outside of all sentences, in a part of the page that is not the
// article, is no mention.
func (s *Set) Find(doc *corpus.Document, sentences []language.Sentence) []Mention {
	if len(doc.Labels) > 0 {
		return labelled(doc, sentences)
	}
	f := newFinder(s, doc, sentences)
	f.scan(alone)
	f.scan(inOrder)
	f.learn()
	f.scan(inOrder)
	f.refer()
	return f.mentions()
}

// pass is what a pass over a document looks for.
type pass uint8

const (
	alone   pass = iota // terms that need no context
	inOrder             // and those that need the targets of the document or what stands before them
)

type finder struct {
	set   *Set
	doc   *corpus.Document
	lines []line
	vocab map[string]bool // words the document writes with a small letter

	pass  pass
	named []bool // per actor: the document names it

	names  *node              // learned names
	people map[string]*public // by surname
	titled map[place]int      // bare surnames behind an office: whose
	former map[*person]bool   // of the file, and called former by the document
	tied   map[string]int     // institutions: whose the document said last that they are
	void   map[string]bool    // abbreviations that the document explains as something else
	bearer map[string]int     // capitals that are somebody's surname: the block, -1 once it was the capital
}

// public is who goes by one surname in the document.
type public struct {
	first   *person // the first introduced
	last    *person // the last named
	block   int     // where last was named
	line    *line   // the same
	torn    bool    // that line names a private person too
	serving *person // the last named of those in office
}

// place is a piece of a sentence.
type place struct{ line, piece int }

// line is a sentence and what was found in it.
type line struct {
	sentence *language.Sentence
	pieces   []piece
	spans    []span // without overlap, in order
	title    bool   // most words have capitals: capitals say nothing
	headline bool   // a heading, or a line alone that no mark ends
	shout    bool   // all letters are capitals
	dateline int    // pieces of a dateline at the start
	heading  bool   // title or heading
}

// span is a stretch of pieces with who it means: targets, other actors, or
// nobody.
type span struct {
	first, last int
	actors      []int
	kind        Kind
	office      string
	term        *term
}

func newFinder(s *Set, doc *corpus.Document, sentences []language.Sentence) *finder {
	f := &finder{
		set: s, doc: doc,
		lines: make([]line, len(sentences)),
		vocab: make(map[string]bool),
		named: make([]bool, s.actors),
		names: &node{},
		void:  make(map[string]bool),
	}
	for i := range sentences {
		l := &f.lines[i]
		l.sentence = &sentences[i]
		l.pieces = pieces(sentences[i].Tokens)
		l.look(doc)
		for j := range l.pieces {
			if p := &l.pieces[j]; p.lower() {
				f.vocab[p.key] = true
			}
		}
		alone := (i == 0 || sentences[i-1].Block != sentences[i].Block) && (i+1 == len(sentences) || sentences[i+1].Block != sentences[i].Block)
		// Twenty pieces: the headlines of the seeds have up to fifteen.
		l.headline = l.heading || alone && !l.closed() && len(l.pieces) <= 20
	}
	for i := range f.lines {
		f.explained(&f.lines[i])
	}
	return f
}

// explained notes abbreviations that the line explains by words that no actor of
// theirs has in its names: "gross national product (GNP)".
func (f *finder) explained(l *line) {
	for k := 2; k+2 < len(l.pieces); k++ {
		p := &l.pieces[k+1]
		if l.pieces[k].text != "(" || l.pieces[k+2].text != ")" || len(p.text) < 2 || !capitals(p.text) {
			continue
		}
		first := initials(l, k, p.key)
		node := step(f.set.terms, p.key)
		if first < 0 || node == nil || !slices.ContainsFunc(node.terms, func(t *term) bool { return t.exact }) {
			continue
		}
		own := false
		for j := first; j < k; j++ {
			own = own || f.begins(l, j) || f.set.words[l.pieces[j].key]
		}
		if !own {
			f.void[p.text] = true
		}
	}
}

// initials returns where the words before piece k begin that have the letters of
// an abbreviation for initials, small words passed over; -1 for none.
func initials(l *line, k int, letters string) int {
	j := k
	for n := len(letters) - 1; n >= 0; n-- {
		for j--; j >= 0 && (function[l.pieces[j].key] || l.pieces[j].kind != language.Word) && l.pieces[j].key[0] != letters[n]; {
			j--
		}
		if j < 0 || l.pieces[j].key[0] != letters[n] {
			return -1
		}
	}
	return j
}

// look finds out how a line uses capitals, and its dateline.
func (l *line) look(doc *corpus.Document) {
	if b := l.sentence.Block; b >= 0 && b < len(doc.Blocks) {
		k := doc.Blocks[b].Kind
		l.heading = k == corpus.Title || k == corpus.Heading
	}
	all, words, upper, small := 0, 0, 0, false
	for i := range l.pieces {
		p := &l.pieces[i]
		if p.kind != language.Word {
			continue
		}
		all++
		small = small || !capitals(p.text)
		// Words of four letters and more: titles write the short ones small.
		if len(p.text) >= 4 {
			words++
			if p.upper() {
				upper++
			}
		}
	}
	// Title case writes nearly all long words with capitals; in running text of
	// the seeds names are below a half of them except in very short sentences.
	// A heading that the reader took for a paragraph has no point at its end.
	l.title = words >= 3 && upper*10 >= words*8 && (l.heading || !l.closed())
	// Two words in capitals can be an abbreviation and a name; three are a headline.
	l.shout = all >= 3 && !small
	l.dateline = l.findDateline()
}

// closed reports whether the line ends as sentences do.
func (l *line) closed() bool {
	p := &l.pieces[len(l.pieces)-1]
	return p.kind == language.Quote || strings.Contains(".!?;:", p.text) || strings.HasSuffix(p.text, ".")
}

// findDateline returns how many pieces belong to a dateline: capitalised words,
// numbers and marks up to a dash or the brackets round an agency.
func (l *line) findDateline() int {
	if l.heading || len(l.pieces) == 0 || l.pieces[0].kind != language.Word {
		return 0
	}
	bracket := false
	// "WASHINGTON/SEOUL, South Korea, Sept. 28, 2001 (Reuters) -" has 14 pieces.
	for i := 0; i < len(l.pieces) && i < 16; i++ {
		p := &l.pieces[i]
		switch {
		case p.text == ")" && bracket:
			if n := i + 1; n < len(l.pieces) && dash(&l.pieces[n]) {
				return n + 1
			}
			return i + 1
		case p.text == "(":
			bracket = i > 0
		case dash(p):
			// "SEOUL - ", "SEOUL—", but not "U.S.-South Korea".
			if city := l.pieces[0].text; i > 0 && capitals(city) && (p.start > l.pieces[i-1].end || p.text == "—" && !strings.Contains(city, ".")) {
				return i + 1
			}
			return 0
		case p.kind == language.Word && !p.upper():
			return 0
		case p.kind == language.Quote || p.kind == language.Punct && !strings.Contains(",/.", p.text):
			return 0
		}
	}
	return 0
}

func dash(p *piece) bool {
	return p.text == "-" || p.text == "–" || p.text == "—" || p.text == "--"
}

// scan finds the spans of every line: at each piece the longest term that holds.
func (f *finder) scan(pass pass) {
	f.pass = pass
	f.tied, f.bearer = make(map[string]int), make(map[string]int)
	if pass == inOrder {
		f.introduce()
	}
	for i := range f.lines {
		l := &f.lines[i]
		l.spans = l.spans[:0]
		for j := 0; j < len(l.pieces); {
			s, ok := f.match(i, j)
			if !ok {
				j++
				continue
			}
			f.coordinate(l, &s)
			l.spans = append(l.spans, s)
			if pass == inOrder {
				f.remember(l, &s)
			}
			j = s.last + 1
		}
	}
	if pass != alone {
		return
	}
	for i := range f.lines {
		for _, s := range f.lines[i].spans {
			for _, a := range s.actors {
				f.named[a] = true
			}
		}
	}
}

// match returns the longest span that begins at piece j of line i.
func (f *finder) match(i, j int) (span, bool) {
	var at [longest + 2]struct { // one piece can be an initial that no term has
		terms   []*term
		learned []*term
	}
	l, end := &f.lines[i], 0
	if len(f.void) > 0 && f.void[l.pieces[j].text] {
		return span{}, false
	}
	a, b := f.set.terms, f.names
	for n := 1; n < len(at) && j+n <= len(l.pieces) && (a != nil || b != nil); n++ {
		p := &l.pieces[j+n-1]
		na, nb := step(a, p.key), step(b, p.key)
		if na == nil && nb == nil && n == 2 && p.initial() {
			continue // Donald J. Trump
		}
		a, b = na, nb
		if a != nil {
			at[n].terms = a.terms
		}
		if b != nil {
			at[n].learned = b.terms
		}
		end = n
	}
	for n := end; n > 0; n-- {
		if s, ok := f.choose(i, j, n, at[n].terms, at[n].learned); ok {
			return s, true
		}
	}
	return span{}, false
}

// each calls f with the terms that the pieces from j on spell, and how many they
// are, shorter ones first, until f returns false.
func (n *node) each(l *line, j int, f func(t *term, n int) bool) {
	for k := j; k < len(l.pieces) && k < j+longest; k++ {
		if n = step(n, l.pieces[k].key); n == nil {
			return
		}
		for _, t := range n.terms {
			if l.spells(t, j, k-j+1) && !f(t, k-j+1) {
				return
			}
		}
	}
}

func step(n *node, key string) *node {
	if n == nil {
		return nil
	}
	return n.next[key]
}

// choose decides between the terms that the pieces [j, j+n) of line i spell.
func (f *finder) choose(i, j, n int, terms, learned []*term) (span, bool) {
	l := &f.lines[i]
	var found []*term
	for _, list := range [2][]*term{terms, learned} {
		for _, t := range list {
			if l.spells(t, j, n) && f.holds(t, i, j, n) {
				found = append(found, t)
			}
		}
	}
	if len(found) == 0 {
		return span{}, false
	}
	s := span{first: j, last: j + n - 1, term: found[0]}
	if t := found[0]; t.person != nil && junior(l, j+n) {
		return span{first: j, last: j + n}, true // another of the name, who is never called without
	}
	switch t := found[0]; t.sense {
	case surname:
		who, actor, ok := f.resolve(i, j, n, found)
		if !ok {
			return span{}, false
		}
		s.kind, s.actors = Leader, []int{actor}
		if who != nil {
			s.office = who.office
			s.term = &term{person: who, sense: surname}
		}
		if actor < 0 || who != nil && !f.acts(who, l, j, n) {
			s.actors = nil
		}
		return s, true
	case pair:
		s.kind = t.kind
		s.actors = f.lastPair(i)
		return s, len(s.actors) == 2
	default:
		t = f.contest(i, found)
		if t == nil {
			return span{}, false
		}
		s.kind, s.actors, s.term = t.kind, t.actors, t
		if t.person != nil {
			s.office = t.person.office
			if !f.acts(t.person, l, j, n) {
				s.actors = nil
			}
		}
	}
	return s, true
}

// junior reports whether piece k tells the bearer of the name before it from
// another: "Donald Trump Jr."
func junior(l *line, k int) bool {
	return k < len(l.pieces) && juniors[l.pieces[k].key] && l.pieces[k].upper()
}

// contest returns the term whose actor was named last before, where several
// actors claim the same words, and nil where that does not tell.
func (f *finder) contest(i int, found []*term) *term {
	same := true
	for _, t := range found[1:] {
		same = same && slices.Equal(t.actors, found[0].actors)
	}
	if same {
		for _, t := range found {
			if t.person != nil && t.person.serves(f.doc.Date) {
				return t
			}
		}
		for _, t := range found {
			if t.person != nil && !t.person.later(f.doc.Date) {
				return t
			}
		}
		return found[0]
	}
	// One sentence back: further off, the reader would not know either.
	for k := i; k >= 0 && k >= i-1; k-- {
		for m := len(f.lines[k].spans) - 1; m >= 0; m-- {
			s := &f.lines[k].spans[m]
			for _, t := range found {
				if len(s.actors) == 1 && len(t.actors) == 1 && s.actors[0] == t.actors[0] {
					return t
				}
			}
		}
	}
	return nil
}

// spells reports whether the pieces at j have the capitals of the term.
func (l *line) spells(t *term, j, n int) bool {
	if t.the && (j == 0 || l.pieces[j-1].key != "the") {
		return false
	}
	k := 0
	for i := j; i < j+n; i++ {
		p := &l.pieces[i]
		if k < len(t.words) && p.key == t.words[k].key {
			w := &t.words[k]
			if t.exact && p.text != w.text || w.upper && !p.upper() {
				return false
			}
			k++
		} else if t.kind != Leader { // an initial was passed over
			return false
		}
	}
	return k == len(t.words)
}

// holds reports whether a term counts here.
func (f *finder) holds(t *term, i, j, n int) bool {
	l := &f.lines[i]
	if j < l.dateline && t.sense != nobody {
		// A dateline says where, not who, unless a country itself is all it has.
		if j > 0 || t.sense != plain || t.kind != Name {
			return false
		}
	}
	switch t.sense {
	case plain:
		return !t.exact || !l.shout || f.spoken(t, l, j)
	case capital:
		return !f.isPlace(l, j, n) && !f.inName(l, j, n) && !f.borne(l, j, n)
	case conditional:
		return f.pass == inOrder && f.conditions(t, l, j, n) && (len(t.actors) > 1 || !f.runsOn(l, j, n))
	case surname:
		return f.pass == inOrder
	case pair:
		return f.pass == inOrder && f.conditions(t, l, j, n)
	case nominal:
		return f.pass == inOrder && f.conditions(t, l, j, n) && !f.elsewhere(l, j+n, t.actors[0]) && f.justNamed(t.actors[0], i)
	}
	return true
}

// elsewhere reports whether the pieces from j on say that the thing before them
// is another's than the actor's: "the regime in X", "the government of the X".
func (f *finder) elsewhere(l *line, j, actor int) bool {
	if j+1 >= len(l.pieces) || l.pieces[j].key != "in" && l.pieces[j].key != "of" {
		return false
	}
	if j++; l.pieces[j].key == "the" && j+1 < len(l.pieces) {
		j++
	}
	return l.pieces[j].upper() && !calendar[l.pieces[j].key] && f.actorAt(l, j) != actor
}

// spoken decides whether an abbreviation that could be a common word in a line
// of capitals ("US") is the abbreviation. One with points, or of more than two
// letters, always is.
func (f *finder) spoken(t *term, l *line, j int) bool {
	if len(t.words) > 1 || len(t.words[0].text) > 2 || f.pass == alone {
		return f.pass != alone || len(t.words[0].text) > 2
	}
	return f.named[t.actors[0]] && (j == 0 || !shouted[l.pieces[j-1].key])
}

func (f *finder) conditions(t *term, l *line, j, n int) bool {
	c := &t.cond
	if c.whose != own {
		if actor, ok := f.institution(l, j, n); ok {
			return actor == t.actors[0]
		} else if c.whose == told {
			return false
		}
	}
	if len(c.named) > 0 && !slices.ContainsFunc(c.named, func(a int) bool { return f.named[a] }) {
		return false
	}
	if len(c.last) > 0 && (len(l.spans) == 0 || !slices.ContainsFunc(c.last, func(a int) bool { return slices.Contains(l.spans[len(l.spans)-1].actors, a) })) {
		return false
	}
	for _, w := range c.before {
		if l.reads(j-len(w), w) {
			return false
		}
	}
	for _, w := range c.after {
		if l.reads(j+n, w) {
			return false
		}
	}
	return !c.beside || l.headline || f.isBeside(l, j, n)
}

// institution returns whose the text says that the institution in the pieces
// [j, j+n) is, there or where it was named last: an actor, or -1 for a stranger's.
func (f *finder) institution(l *line, j, n int) (actor int, ok bool) {
	key := strings.Join(l.keys(j, n), " ")
	if actor, ok = f.possessor(l, j, n); !ok {
		actor, ok = f.tied[key]
	} else if actor >= 0 {
		f.tied[key] = actor
	}
	return actor, ok
}

// possessor returns who a name before the pieces [j, j+n) or behind them says
// that they belong to: "X's Senate", "the Polish Senate", "the Senate of Poland".
func (f *finder) possessor(l *line, j, n int) (actor int, ok bool) {
	if k := j + n; k+1 < len(l.pieces) && (l.pieces[k].key == "of" || l.pieces[k].key == "in") {
		at, the := k+1, l.pieces[k+1].key == "the" && k+2 < len(l.pieces)
		if the {
			at++
		}
		// Behind an article a state's name has an s, and an adjective has none:
		// "of the Philippines", "of the Iranian deal".
		if actor := f.actorAt(l, at); actor >= 0 {
			return actor, !the || strings.HasSuffix(l.pieces[at].key, "s") || l.pieces[at].key == "united"
		} else if p := &l.pieces[at]; l.pieces[k].key == "of" && p.upper() && !calendar[p.key] {
			return -1, true
		}
	}
	k := j - 1
	if k < 0 {
		return -1, false
	}
	owned := strings.HasPrefix(l.pieces[k].key, "'")
	if owned && k > 0 {
		k--
	}
	p := &l.pieces[k]
	if s := l.spanEnding(k); s != nil && len(s.actors) == 1 && (owned || s.kind != Leader) {
		return s.actors[0], true
	}
	if p.kind != language.Word || !p.upper() || l.spanAt(k) != nil {
		return -1, false
	}
	if owned {
		return -1, !calendar[p.key]
	}
	// "The Alabama Senate race" is of the state's senators, so that a lone word
	// needs an adjective of a nation: "the Ruritanian Senate".
	name := !function[p.key] && !calendar[p.key] && !offices[p.key] && !ranks[p.key] && !titles[p.key]
	return -1, name && (n > 1 && !l.title && !l.shout || adjective(p.key)) && !(l.opens(k) && f.common(p.key))
}

// actorAt returns the one actor of a term of the file that begins at piece j and
// needs no context, or -1.
func (f *finder) actorAt(l *line, j int) int {
	actor := -1
	f.set.terms.each(l, j, func(t *term, _ int) bool {
		if len(t.actors) == 1 && (t.sense == plain || t.sense == capital) {
			actor = t.actors[0]
		}
		return true
	})
	return actor
}

// keys returns the keys of the pieces [j, j+n).
func (l *line) keys(j, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = l.pieces[j+i].key
	}
	return out
}

// reads reports whether the pieces at j have the keys.
func (l *line) reads(j int, keys []string) bool {
	if j < 0 || j+len(keys) > len(l.pieces) || len(keys) == 0 {
		return false
	}
	for i, k := range keys {
		if l.pieces[j+i].key != k {
			return false
		}
	}
	return true
}

// isBeside reports whether the pieces [j, j+n) are coordinated with a target
// ("X and the US", "Y, X Korea agree") or stand where a partner stands ("with X
// and"), and are not part of a longer name.
func (f *finder) isBeside(l *line, j, n int) bool {
	next := j + n
	if next < len(l.pieces) && (conjunctions[l.pieces[next].key] || l.pieces[next].text == "," || l.pieces[next].joined) {
		k := next
		if !l.pieces[next].joined {
			k++
		}
		if k < len(l.pieces) && l.pieces[k].key == "the" {
			k++
		}
		if k < len(l.pieces) && f.begins(l, k) {
			return true
		}
	}
	if f.runsOn(l, j, n) || j == 0 {
		return false
	}
	prev := &l.pieces[j-1]
	if conjunctions[prev.key] && j >= 2 {
		return f.ends(l, j-2)
	}
	return prev.key == "with" || prev.key == "between"
}

// begins reports whether a term of a target, of those that need no more than
// capitals, begins at piece j; a neighbour that itself depends on being
// coordinated counts.
func (f *finder) begins(l *line, j int) (found bool) {
	f.set.terms.each(l, j, func(t *term, _ int) bool {
		found = f.isTarget(t)
		return !found
	})
	return found
}

// ends reports whether such a term ends with piece j.
func (f *finder) ends(l *line, j int) (found bool) {
	for k := j; k >= 0 && k > j-longest && !found; k-- {
		f.set.terms.each(l, k, func(t *term, n int) bool {
			found = n == j-k+1 && f.isTarget(t)
			return !found && n <= j-k+1
		})
	}
	return found
}

func (f *finder) isTarget(t *term) bool {
	return t.sense != nobody && t.sense != surname && t.sense != nominal && len(t.actors) > 0 && t.actors[0] < len(f.set.targets)
}

// coordinate extends a span over a coordinated name that leaves out its last
// words: in "North and South Korea" the span of "South Korea" shows that "North
// Korea" is meant too. The other's span is put before it.
func (f *finder) coordinate(l *line, s *span) {
	n := s.last - s.first + 1
	if s.term == nil || s.term.sense != plain || n < 2 || s.first < 2 {
		return
	}
	x, c := s.first-2, &l.pieces[s.first-1]
	if c.key == "the" && s.first >= 3 {
		x, c = s.first-3, &l.pieces[s.first-2]
	}
	if !conjunctions[c.key] && (c.text != "," || x != 0) || !l.pieces[x].upper() {
		return
	}
	if k := len(l.spans); k > 0 && l.spans[k-1].last >= x {
		return
	}
	node := step(f.set.terms, l.pieces[x].key)
	for j := s.first + 1; j <= s.last; j++ {
		node = step(node, l.pieces[j].key)
	}
	if node == nil {
		return
	}
	for _, t := range node.terms {
		if t.sense == plain && len(t.words) == n && len(t.actors) == 1 && !slices.Equal(t.actors, s.actors) {
			l.spans = append(l.spans, span{first: x, last: x, actors: t.actors, kind: t.kind, term: t})
			return
		}
	}
}

// isTargetActor reports whether the actor is a target rather than one of the others.
func (f *finder) isTargetActor(a int) bool { return a >= 0 && a < len(f.set.targets) }

// lastPair returns the two targets last named together before the piece that
// line i has been scanned to: in the line itself, else in the nearest line of
// this block and the two before it that names exactly two actors. It returns
// nil where one of the two is no target.
func (f *finder) lastPair(i int) []int {
	block := f.lines[i].sentence.Block
	// Ten sentences make three long paragraphs.
	for k := i; k >= 0 && k > i-10 && f.lines[k].sentence.Block >= block-2; k-- {
		var two []int
		spans := f.lines[k].spans
		// The third actor decides a line, and in one this long a list is at hand.
		for m := len(spans) - 1; m >= max(0, len(spans)-64) && len(two) < 3; m-- {
			if s := &spans[m]; len(s.actors) == 1 && !f.isTargetActor(s.actors[0]) && f.isPlace(&f.lines[k], s.first, s.last-s.first+1) {
				continue // "met in Singapore"
			}
			for _, a := range spans[m].actors {
				if !slices.Contains(two, a) {
					two = append(two, a)
				}
			}
			if k == i && len(two) >= 2 {
				break
			}
		}
		if k == i && len(two) > 2 {
			two = two[:2] // the two nearest before
		}
		if len(two) != 2 {
			continue
		}
		if !f.isTargetActor(two[0]) || !f.isTargetActor(two[1]) {
			return nil
		}
		slices.Sort(two)
		return two
	}
	return nil
}

// justNamed reports whether the actor is named earlier in line i or in the two
// lines before it, and no line that names only others lies between. Two: "the regime" carries on a paragraph's topic, and the
// paragraphs of news have two or three sentences.
func (f *finder) justNamed(a, i int) bool {
	for k := i; k >= 0 && k >= i-2; k-- {
		others := false
		for _, s := range f.lines[k].spans {
			if slices.Contains(s.actors, a) {
				return true
			}
			others = others || len(s.actors) > 0 && s.actors[0] >= 0
		}
		if others && k < i {
			return false // somebody else's by now
		}
	}
	return false
}

// mentions turns the spans that mean targets into mentions.
func (f *finder) mentions() []Mention {
	var out []Mention
	for i := range f.lines {
		l := &f.lines[i]
		for _, s := range l.spans {
			first, last := &l.pieces[s.first], &l.pieces[s.last]
			for _, a := range s.actors {
				if !f.isTargetActor(a) {
					continue
				}
				out = append(out, Mention{
					Target: f.set.targets[a].ID, Kind: s.kind, Sentence: i,
					First: first.token, Last: last.token, Start: first.start, End: last.end,
					Text: f.doc.Text[first.start:last.end], Collective: len(s.actors) > 1, Office: s.office,
				})
			}
		}
	}
	order(out)
	return out
}

func order(m []Mention) {
	slices.SortFunc(m, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(a.Start, b.Start), cmp.Compare(a.Target, b.Target), cmp.Compare(a.End, b.End))
	})
}

// labelled turns the labels of a document into mentions.
func labelled(doc *corpus.Document, sentences []language.Sentence) []Mention {
	var out []Mention
	for _, label := range doc.Labels {
		i, _ := slices.BinarySearchFunc(sentences, label.Start, func(s language.Sentence, at int) int { return cmp.Compare(s.End-1, at) })
		if i == len(sentences) {
			continue
		}
		toks := sentences[i].Tokens
		first, last := -1, -1
		for j := range toks {
			if toks[j].End > label.Start && toks[j].Start < label.End {
				if first < 0 {
					first = j
				}
				last = j
			}
		}
		if first < 0 {
			continue
		}
		start, end := max(label.Start, toks[first].Start), min(label.End, toks[last].End)
		out = append(out, Mention{
			Target: label.Target, Kind: Name, Sentence: i, First: first, Last: last,
			Start: start, End: end, Text: doc.Text[start:end],
		})
	}
	order(out)
	return slices.CompactFunc(out, func(a, b Mention) bool { return a == b })
}
