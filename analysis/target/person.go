package target

import (
	"slices"
	"strings"

	"parallax/analysis/language"
)

// learn finds the officials whom the document introduces: an actor, an office
// and a name ("US embassy spokesman John Doe"), or a name and in apposition an
// office with its actor ("John Doe, commander of US Forces,"). Who held an
// office once, and who only knows about an actor, is not its voice.
func (f *finder) learn() {
	f.titled = make(map[place]int)
	f.former = make(map[*person]bool)
	for i := range f.lines {
		l := &f.lines[i]
		if l.title || l.heading {
			continue // capitals show no names there
		}
		for k := range l.spans {
			if s := &l.spans[k]; s.term != nil && s.term.person != nil && f.calledFormer(l, s) {
				f.former[s.term.person] = true
			}
		}
		for k := l.dateline; k < len(l.pieces); k++ {
			if offices[l.pieces[k].key] {
				f.learnTitle(i, k)
			}
		}
		for j := l.dateline; j < len(l.pieces); {
			end, tokens := f.nameRun(l, j)
			if tokens == 0 {
				j++
				continue
			}
			if tokens >= 2 {
				f.learnApposition(l, j, end)
			}
			j = end
		}
	}
}

// acts reports whether a person named in the pieces [j, j+n) stands for the
// actor there. The date of the document decides: who comes into office later
// does not yet, and whom the document calls former does no longer, except where
// the time in office is meant: "the X administration", "then-President X",
// "the government of former President X".
// Others of the past do: a document names them for what they did in office.
// Who will come back counts in between only by the title of the time before.
func (f *finder) acts(who *person, l *line, j, n int) bool {
	if who.later(f.doc.Date) {
		return false
	}
	between := who.between(f.doc.Date)
	if !f.former[who] && !between {
		return true
	}
	k := j + n
	if k < len(l.pieces) && strings.HasPrefix(l.pieces[k].key, "'") {
		k++
	}
	if k < len(l.pieces) && tenure[l.pieces[k].key] {
		return true
	}
	if title := keys(cut(who.office)); between && l.reads(j-len(title), title) && !f.former[who] {
		return true
	}
	for k = j - 1; k >= 0 && k >= j-titleLength; k-- {
		switch p := &l.pieces[k]; {
		case p.key == "then" || p.key == "of" && k > 0 && tenure[l.pieces[k-1].key]:
			return true
		case !f.inTitle(l, k) && !strings.HasSuffix(p.key, "ly"): // "of recently ousted President X"
			return false
		}
	}
	return false
}

// lastWord returns the key of the last word of an office, "" for none.
func lastWord(office string) string {
	words := strings.Fields(strings.ToLower(office))
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// titleLength is how many pieces before a name are looked at for its title:
// "former U.S. Assistant Secretary of State for East Asian Affairs" has ten.
const titleLength = 10

// inTitle reports whether piece k can be part of a title before a name.
func (f *finder) inTitle(l *line, k int) bool {
	p := &l.pieces[k]
	if offices[p.key] || ranks[p.key] || titles[p.key] || gone[p.key] {
		return true
	}
	s := l.spanAt(k)
	return s != nil && s.kind != Leader || p.upper() && adjective(p.key)
}

// calledFormer reports whether a line calls the person in the span, who is not
// in office as far as the document's date says, former or a candidate: "former
// President X", "ex-President X", "X, the former president,".
func (f *finder) calledFormer(l *line, s *span) bool {
	if who := s.term.person; who.learned || who.actor < 0 || f.doc.Date != "" && who.serves(f.doc.Date) {
		return false
	}
	for k := s.first - 1; k >= 0 && k >= s.first-titleLength && f.inTitle(l, k); k-- {
		if gone[l.pieces[k].key] && l.pieces[k].key != "late" {
			return k+1 < s.first // "a former X aide" is the aide
		}
	}
	if k := s.first - 1; k >= 0 && running[l.pieces[k].key] {
		return true
	}
	k := s.last + 1
	if k >= len(l.pieces) || l.pieces[k].text != "," {
		return false
	}
	// "X, who is now the party's presidential candidate,"; a longer one is a clause.
	for k++; k < len(l.pieces) && k < s.last+10 && l.pieces[k].kind == language.Word && l.spanAt(k) == nil; k++ {
		if p := &l.pieces[k]; gone[p.key] && p.key != "late" && l.spanAt(k+1) == nil || running[p.key] {
			return true
		}
	}
	return false
}

// learnTitle learns a name behind the office whose head is piece k.
func (f *finder) learnTitle(i, k int) {
	l := &f.lines[i]
	right := k + 1
	if right < len(l.pieces) && (l.pieces[right].key == "of" || l.pieces[right].key == "for" || l.pieces[right].key == "to") {
		// "Minister for Unification", "Secretary of State", "representative for North Korea"
		p := right + 1
		for p < len(l.pieces) && p < right+8 && ranks[l.pieces[p].key] && !offices[l.pieces[p].key] {
			p++
		}
		if s := l.spanAt(p); p == right+1 && s != nil && s.first == p && s.kind != Leader && l.pieces[right].key != "of" {
			p = s.last + 1
		}
		if p == right+1 || function[l.pieces[p-1].key] {
			return
		}
		right = p
	}
	start := right
	if start < len(l.pieces) && l.pieces[start].text == "," && l.pieces[k].lower() {
		start++ // "South Korea's unification minister, X Y,"
	}
	end, tokens := f.nameRun(l, start)
	if tokens == 0 || tokens == 1 && l.spanAt(right-1) != nil && right > k+1 {
		return
	}
	if start > right && (tokens < 2 || end < len(l.pieces) && l.pieces[end].text != ",") {
		return
	}
	actor, left, past := f.owner(l, 0, k)
	if actor < 0 && !past {
		if actor, left, past = f.ownOffice(l, k, right); actor < 0 {
			return
		}
	}
	if past || actor < 0 {
		return
	}
	if tokens == 1 {
		if !l.pieces[k].upper() && !l.pieces[start].upper() {
			return
		}
		f.titled[place{i, start}] = actor
	}
	f.enter(l, start, end, tokens, actor, f.phrase(l, left, right))
}

// owner looks left from the head of an office at k, as far as piece low, for
// the actor whose office it is. It returns the actor, or -1; the piece where
// the office's words begin; and whether the office is one of the past.
func (f *finder) owner(l *line, low, k int) (actor, left int, past bool) {
	// Eight pieces hold "Deputy Assistant Secretary of State for East Asian".
	for j := k - 1; j >= low && j >= k-8; j-- {
		p := &l.pieces[j]
		if gone[p.key] {
			return -1, j, true
		}
		possessive := strings.HasPrefix(p.key, "'") && j > low
		at := j
		if possessive {
			at--
		}
		if s := l.spanEnding(at); s != nil && len(s.actors) == 1 {
			if !possessive && (s.kind == Leader || s.kind == Metonym) {
				return -1, j, false
			}
			if b := s.first - 1; b >= 0 {
				if l.pieces[b].key == "the" && b > 0 {
					b--
				}
				past = gone[l.pieces[b].key]
			}
			return s.actors[0], j + 1, past
		}
		if possessive || p.kind != language.Word {
			return -1, j, false
		}
		// Nothing but words of offices stands between: no verb, so that whom a
		// country invited is not its president.
		inside := p.key == "of" || p.key == "for" || p.key == "and" && ranks[l.pieces[j+1].key] && l.spanAt(j-1) == nil
		if !inside && (function[p.key] || !ranks[p.key] && !offices[p.key] && !(p.upper() && adjective(p.key))) {
			return -1, j, false
		}
	}
	return -1, k, false
}

// adjective reports whether a capitalised word has the ending of an adjective
// of a nation: the "US Korean embassy spokesman" is of the US.
func adjective(key string) bool {
	return strings.HasSuffix(key, "an") || strings.HasSuffix(key, "ese") || strings.HasSuffix(key, "ish")
}

// ownOffice returns the actor whose office the pieces up to right spell by
// themselves ("Secretary of State"), unless an adjective before them says that
// they are another's.
func (f *finder) ownOffice(l *line, k, right int) (actor, left int, past bool) {
	for j := max(0, k-6); j <= k; j++ {
		n := f.set.offices
		for m := j; m < right && n != nil; m++ {
			n = step(n, l.pieces[m].key)
		}
		if n == nil || len(n.terms) != 1 {
			continue
		}
		b := j - 1
		for b >= 0 && ranks[l.pieces[b].key] && l.pieces[b].upper() {
			b--
		}
		if b >= 0 {
			p := &l.pieces[b]
			if gone[p.key] || strings.HasPrefix(p.key, "'") || p.upper() && !calendar[p.key] && !(l.opens(b) && f.common(p.key)) {
				return -1, j, gone[p.key]
			}
		}
		return n.terms[0].actors[0], j, false
	}
	return -1, k, false
}

// common reports whether a word that begins a sentence, and so has a capital
// anyway, is an ordinary one rather than a name.
func (f *finder) common(key string) bool { return f.vocab[key] || function[key] || verbal(key) }

func (l *line) spanEnding(j int) *span {
	if s := l.spanAt(j); s != nil && s.last == j {
		return s
	}
	return nil
}

// learnApposition learns the name in the pieces [j, end) from the apposition
// behind it.
func (f *finder) learnApposition(l *line, j, end int) {
	if end >= len(l.pieces) || l.pieces[end].text != "," {
		return
	}
	low, high := end+1, end+1
	// An apposition of more words than this is a clause.
	for high < len(l.pieces) && high < low+18 && l.pieces[high].kind == language.Word {
		p := &l.pieces[high]
		if private[p.key] || gone[p.key] || p.key == "who" || p.key == "which" {
			return
		}
		high++
	}
	for k := low; k < high; k++ {
		if !offices[l.pieces[k].key] {
			continue
		}
		if k+1 < len(l.pieces) && saying[l.pieces[k+1].key] {
			return // "met X, the US leader said"
		}
		if function[l.pieces[low].key] && l.pieces[low].key != "the" && l.pieces[low].key != "a" && l.pieces[low].key != "an" {
			return
		}
		actor, left, past := f.owner(l, low, k)
		if past {
			return
		}
		right := k + 1
		if actor < 0 {
			left = low
			actor = -1
			for m := k + 1; m < high && m <= k+4; m++ {
				s := l.spanAt(m)
				// "commander of US Forces", "head of the North's Committee", and not
				// "envoy for North Korea"
				link := l.pieces[k+1].key
				if s == nil || s.first <= k || s.kind == Demonym && strings.HasSuffix(l.pieces[s.last].key, "s") || len(s.actors) != 1 || link != "of" && !(link == "for" && strings.HasPrefix(l.pieces[k].key, "spokes")) {
					continue
				}
				possessive := s.last+1 < len(l.pieces) && strings.HasPrefix(l.pieces[s.last+1].key, "'")
				if s.kind != Metonym && s.kind != Leader || possessive {
					actor, right = s.actors[0], s.last+1
				}
				break
			}
		}
		if actor < 0 {
			actor, left, past = f.ownOffice(l, k, k+1)
			if actor < 0 || past {
				return
			}
		}
		f.enter(l, j, end, 2, actor, f.phrase(l, left, right))
		return
	}
}

func (f *finder) phrase(l *line, i, j int) string {
	if i >= j {
		return ""
	}
	return strings.Join(strings.Fields(f.doc.Text[l.pieces[i].start:l.pieces[j-1].end]), " ")
}

// nameRun returns the end of a person's name that begins at piece j and how
// many words it has, at most four; 0 where none begins there.
func (f *finder) nameRun(l *line, j int) (end, tokens int) {
	if j < len(l.pieces) && l.pieces[j].joined { // the rest of a word
		return j, 0
	}
	for end = j; end < len(l.pieces); {
		p := &l.pieces[end]
		if p.joined {
			end++
			continue
		}
		if p.kind != language.Word || !p.upper() || tokens == 4 {
			break
		}
		if function[p.key] || calendar[p.key] || offices[p.key] || ranks[p.key] || titles[p.key] || juniors[p.key] {
			break
		}
		if capitals(p.text) && len(p.text) > 1 && !p.initial() {
			break
		}
		if s := l.spanAt(end); s != nil && s.kind != Leader {
			break
		}
		if tokens > 0 && p.start == l.pieces[end-1].end {
			break
		}
		end++
		tokens++
	}
	if tokens == 0 || honours[l.pieces[end-1].key] {
		return j, 0
	}
	return end, tokens
}

// spanAt returns the span that piece j is in, or nil.
func (l *line) spanAt(j int) *span {
	k, _ := slices.BinarySearchFunc(l.spans, j, func(s span, j int) int { return s.last - j })
	if k < len(l.spans) && l.spans[k].first <= j {
		return &l.spans[k]
	}
	return nil
}

// enter makes the name in the pieces [j, end) mean the actor, for this document.
func (f *finder) enter(l *line, j, end, tokens, actor int, office string) {
	if s := l.spanAt(j); s != nil && s.last > j && s.term != nil && s.term.sense == plain {
		// The file knows the name, unless this is an office before the one in the file.
		if p := s.term.person; p == nil || !p.later(f.doc.Date) || lastWord(office) == lastWord(p.office) {
			return
		}
	}
	words := make([]word, 0, end-j)
	last := j
	for k := j; k < end; k++ {
		p := &l.pieces[k]
		words = append(words, word{p.text, p.key, p.upper() && !p.joined})
		if !p.joined {
			last = k
		}
	}
	family := j
	if f.isTargetActor(actor) && !f.set.first[actor] || !f.isTargetActor(actor) || j+1 < end && l.pieces[j+1].joined {
		family = last
	}
	if tokens == 2 && last > j && end > last+1 {
		family = j // Kim Jun-rak, whoever he serves
	}
	who := &person{actor: actor, office: office, surname: l.pieces[family].key, learned: true}
	if k := family + 1; k < end && l.pieces[k].joined { // Ocasio-Cortez
		who.surname += "-" + l.pieces[k].key
	}
	if tokens > 1 {
		f.names.insert(&term{words: words, actors: []int{actor}, kind: Leader, person: who})
	}
	sur := words[family-j : family-j+1]
	if k := family - j + 1; k < len(words) && l.pieces[j+k].joined {
		sur = words[family-j : k+1]
	}
	f.names.insert(&term{words: sur, actors: []int{actor}, sense: surname, kind: Leader, person: who})
}

// introduce collects who is introduced by full name, in the document's order. A
// private person is, unless the surname stands alone in the text before, where it
// means somebody who needs no introduction.
func (f *finder) introduce() {
	f.people = make(map[string]*public)
	bare := make(map[string]bool)
	for i := range f.lines {
		l := &f.lines[i]
		for j := range l.pieces {
			if !l.pieces[j].upper() {
				continue
			}
			var who *person
			s := l.spanAt(j)
			if s != nil && s.first == j && s.term != nil && s.term.sense == plain && s.term.person != nil {
				who = s.term.person
			} else if t := f.learnedAt(l, j); t != nil {
				who = t.person
			} else if n, found := f.surnames(l, j); found != nil && !l.heading && (s == nil || s.term != nil && s.term.sense == surname) {
				key := found[0].person.surname
				if f.bears(l, j, n, found) && !bare[key] {
					who = &person{actor: -1, surname: key}
				}
				bare[key] = true
			}
			if who == nil {
				continue
			}
			pub := f.public(who.surname)
			if pub.first == nil || !pub.first.serves(f.doc.Date) && who.serves(f.doc.Date) {
				pub.first = who
			}
		}
	}
}

// surnames returns the terms of the file that are a bare surname at piece j, and
// how many pieces they have.
func (f *finder) surnames(l *line, j int) (n int, found []*term) {
	f.set.terms.each(l, j, func(t *term, k int) bool {
		if t.sense == surname && (n == 0 || n == k) {
			n, found = k, append(found, t)
		}
		return n == 0 || n == k
	})
	return n, found
}

// bears reports whether a given name beside the surname in the pieces [j, j+n)
// makes it somebody's whom the file does not know.
func (f *finder) bears(l *line, j, n int, found []*term) bool {
	return f.givenBefore(l, j) || f.givenAfter(l, j, n, found)
}

func (f *finder) public(surname string) *public {
	if f.people[surname] == nil {
		f.people[surname] = &public{}
	}
	return f.people[surname]
}

func (f *finder) learnedAt(l *line, j int) (found *term) {
	f.names.each(l, j, func(t *term, _ int) bool {
		if t.sense == plain {
			found = t
		}
		return found == nil
	})
	return found
}

// remember notes who was named last under a surname.
func (f *finder) remember(l *line, s *span) {
	if s.term == nil || s.term.person == nil {
		return
	}
	who := s.term.person
	pub := f.public(who.surname)
	// "Kim X, an analyst, spoke about Kim Y. Kim ...": either.
	pub.torn = pub.last != nil && pub.line == l && (pub.torn || (pub.last.actor < 0) != (who.actor < 0))
	pub.last, pub.block, pub.line = who, l.sentence.Block, l
	if who.serves(f.doc.Date) {
		pub.serving = who
	}
}

// hyphened reports whether the pieces [j, j+n) are part of a hyphenated token.
func (l *line) hyphened(j, n int) bool {
	return l.pieces[j].joined || j+n < len(l.pieces) && l.pieces[j+n].joined
}

func (f *finder) knows(key string) bool { return f.people[key] != nil }

// resolve says whom a bare surname, the pieces [j, j+n), means: the person
// named last under it; before anybody was named, the first who will be. A
// private person, or one out of office, gives way after a paragraph to one in office. Where the
// document introduces nobody, the file may.
func (f *finder) resolve(i, j, n int, found []*term) (*person, int, bool) {
	l := &f.lines[i]
	key := found[0].person.surname
	block := l.sentence.Block
	// "Rice is scarce": the capital of a sentence's first word proves nothing
	// where the document knows the word.
	titled, isTitled := f.titled[place{i, j}]
	if l.opens(j) && f.vocab[key] && !isTitled {
		return nil, 0, false
	}
	if f.bears(l, j, n, found) {
		// Somebody else of that name, unless it is a thing: "the Y Industrial X".
		k := j
		for k > 0 && l.pieces[k-1].upper() && l.pieces[k-1].key != "the" {
			k--
		}
		who := &person{actor: -1, surname: key}
		if k > 0 && l.pieces[k-1].key == "the" {
			return nil, -1, true
		}
		return who, -1, true
	}
	if isTitled {
		for _, t := range found {
			if t.person.actor == titled && t.person.serves(f.doc.Date) {
				return t.person, titled, true
			}
		}
		return nil, titled, true
	}
	for _, t := range found {
		if f.inOffice(t.person, l, j, n) {
			return t.person, t.person.actor, true
		}
	}
	if pub := f.people[key]; pub != nil {
		who := pub.last
		if who == nil {
			if who = pub.first; who.actor < 0 && !l.heading {
				return f.unintroduced(found)
			}
		}
		alone := slices.ContainsFunc(found, func(t *term) bool { return t.person.alone })
		switch {
		case pub.serving == nil:
		case who.actor < 0 && l.hyphened(j, n): // a "Moon-Kim summit" is the leaders'
			who = pub.serving
		case (!who.serves(f.doc.Date) || pub.torn) && (block-pub.block >= 2 || alone && block != pub.block):
			who = pub.serving
		case pub.torn && pub.line != l:
			return &person{actor: -1, surname: key}, -1, true
		}
		return who, who.actor, true
	}
	return f.unintroduced(found)
}

// inOffice reports whether the words beside a surname, the pieces [j, j+n), are
// of the office that somebody holds: "President X", "the X administration".
func (f *finder) inOffice(who *person, l *line, j, n int) bool {
	if who.actor < 0 || !who.serves(f.doc.Date) || who.office == "" || !who.alone && who.from == "" {
		return false
	}
	title := keys(cut(who.office))
	return l.reads(j-len(title), title) || who.alone && j+n < len(l.pieces) && tenure[l.pieces[j+n].key]
}

// unintroduced decides about a surname that the document never explains: it
// means somebody of the file whose surname needs no introduction, or the only
// one of that name in office at the document's date where the document names
// that actor otherwise.
func (f *finder) unintroduced(found []*term) (*person, int, bool) {
	var out *person
	for _, t := range found {
		who := t.person
		serving := f.doc.Date != "" && who.from != "" && who.serves(f.doc.Date) && f.named[who.actor]
		if !who.alone && !serving || who.later(f.doc.Date) {
			continue
		}
		if out == nil || out.actor == who.actor && serving {
			out = who
			continue
		}
		if out.actor != who.actor {
			return nil, 0, false
		}
	}
	if out == nil {
		return nil, 0, false
	}
	return out, out.actor, true
}

// givenAfter reports whether a given name follows a surname that can stand
// first: "Kim Yong-hyun".
func (f *finder) givenAfter(l *line, j, n int, found []*term) bool {
	if !slices.ContainsFunc(found, func(t *term) bool { return f.isTargetActor(t.person.actor) && f.set.first[t.person.actor] }) {
		return false
	}
	k := j + n
	if k+1 < len(l.pieces) && l.pieces[k].upper() && !l.pieces[k].joined && l.pieces[k+1].joined && !f.begins(l, k) {
		return true // Lee Do-hoon
	}
	return k < len(l.pieces) && f.runsOn(l, j, n) && !f.vocab[l.pieces[k].key]
}
