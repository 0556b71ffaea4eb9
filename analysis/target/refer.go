package target

import (
	"slices"
	"strings"

	"parallax/analysis/language"
)

// Pronouns and short descriptions are resolved only where a reader cannot
// doubt: at the beginning of a sentence ("They have", "The country of 23
// million"), to the subject of the sentence before in the same paragraph; for
// persons ("he said") also further inside, as long as nobody else was named;
// for "I" and "we" to the speaker of a quotation that goes on. A sentence that
// names the actor anyway gets no further mention.

// reference is what a line leaves behind for the next one.
type reference struct {
	subject []int // actors in the subject
	person  int   // actor of a person in the subject, or -1
	speaker int   // actor whose quotation the line has, or -1
	open    bool  // a quotation is open at the end
}

// refer adds the mentions by pronouns.
func (f *finder) refer() {
	var prev reference
	for i := range f.lines {
		l := &f.lines[i]
		if i == 0 || f.lines[i-1].sentence.Block != l.sentence.Block || l.heading {
			prev = reference{person: -1, speaker: -1}
		}
		var before *line
		if i > 0 {
			before = &f.lines[i-1]
		}
		prev = f.referLine(l, before, prev)
	}
}

func (f *finder) referLine(l, before *line, prev reference) reference {
	now := reference{person: -1, speaker: -1}
	at := l.subjectAt(false)
	var add *span
	switch {
	case at >= len(l.pieces):
	case groups[l.pieces[at].key] && len(prev.subject) > 0 && prev.person < 0,
		prev.person < 0 && things[l.pieces[at].key] && len(prev.subject) == 1 && (at+1 >= len(l.pieces) || l.pieces[at].key != "it" || !expletive[l.pieces[at+1].key]):
		add = &span{first: at, last: at, actors: prev.subject, kind: Pronoun}
	case l.pieces[at].key == "the" && at+1 < len(l.pieces) && bodies[l.pieces[at+1].key] && len(prev.subject) == 1 && !f.runsOn(l, at+1, 1) && !f.elsewhere(l, at+2, prev.subject[0]):
		add = &span{first: at + 1, last: at + 1, actors: prev.subject, kind: Nominal}
	case l.pieces[at].key == "the" && at+1 < len(l.pieces) && officials[l.pieces[at+1].key] && prev.person >= 0 && !f.runsOn(l, at+1, 1) && !f.elsewhere(l, at+2, prev.person):
		add = &span{first: at + 1, last: at + 1, actors: []int{prev.person}, kind: Nominal}
		now.person = prev.person
	case before != nil && (l.reads(at, []string{"this", "is", "a"}) || l.reads(at, []string{"this", "is", "the"})) && at+3 < len(l.pieces) &&
		before.sentence.Block >= l.sentence.Block-1:
		if only := before.onlyActor(); only >= 0 && (bodies[l.pieces[at+3].key] || officials[l.pieces[at+3].key]) {
			add = &span{first: at + 3, last: at + 3, actors: []int{only}, kind: Nominal}
		}
	}
	if add != nil {
		now.subject = add.actors
	}
	if add == nil && prev.person >= 0 {
		if k := f.man(l); k >= 0 && !(women[l.pieces[k].key] && f.stranger(before)) {
			add = &span{first: k, last: k, actors: []int{prev.person}, kind: Pronoun}
			now.person = prev.person
			now.subject = add.actors
		}
	}
	if add == nil && prev.speaker >= 0 {
		// The quotation goes on, or a new one begins, without another speaker.
		if k := f.firstPerson(l, prev.open); k >= 0 {
			add = &span{first: k, last: k, actors: []int{prev.speaker}, kind: Pronoun}
			now.speaker = prev.speaker
		}
	}
	if now.subject == nil {
		now.subject, now.person = f.subject(l)
	}
	quoted := false
	now.open = prev.open
	for k := range l.pieces {
		if l.pieces[k].kind == language.Quote && l.pieces[k].key == `"` {
			quoted = true
			now.open = !now.open
			switch l.pieces[k].text {
			case "“":
				now.open = true
			case "”":
				now.open = false
			}
		}
	}
	if quoted {
		if who := f.speaker(l); who >= 0 {
			now.speaker = who
		} else if now.person >= 0 {
			now.speaker = now.person
		}
	} else if prev.open {
		now.speaker = prev.speaker
	}
	if add != nil {
		f.insert(l, add)
	}
	return now
}

// insert adds a span for those of its actors that the line does not name yet.
func (f *finder) insert(l *line, s *span) {
	if l.spanAt(s.first) != nil {
		return
	}
	var missing []int
	for _, a := range s.actors {
		if f.isTargetActor(a) && !slices.ContainsFunc(l.spans, func(o span) bool { return slices.Contains(o.actors, a) }) {
			missing = append(missing, a)
		}
	}
	if len(missing) == 0 {
		return
	}
	s.actors = missing
	k, _ := slices.BinarySearchFunc(l.spans, s.first, func(o span, at int) int { return o.first - at })
	l.spans = slices.Insert(l.spans, k, *s)
}

// onlyActor returns the actor of a line that names exactly one, else -1.
func (l *line) onlyActor() int {
	only := -1
	for _, s := range l.spans {
		for _, a := range s.actors {
			if only >= 0 && a != only {
				return -1
			}
			only = a
		}
	}
	return only
}

// subjectAt returns the piece where the subject of the line's main clause
// seems to begin: behind quotation marks, conjunctions and, where skip is set,
// behind an introductory phrase that a comma closes.
func (l *line) subjectAt(skip bool) int {
	k, clause := l.dateline, false
	lead := func() {
		for k < len(l.pieces) {
			p := &l.pieces[k]
			if p.kind != language.Quote && !linking[p.key] && !subordinating[p.key] {
				break
			}
			clause = clause || subordinating[p.key]
			k++
		}
	}
	lead()
	if !skip || k >= len(l.pieces) {
		return k
	}
	first := &l.pieces[k]
	if !clause && (!function[first.key] && !verbal(first.key) || starting[first.key]) {
		return k
	}
	// Sixteen pieces hold "After the chill in relations for most of the year,".
	for m := k; m < len(l.pieces) && m < k+16; m++ {
		if l.pieces[m].text == "," {
			k = m + 1
			lead()
			return k
		}
	}
	return k
}

// subject returns the actors in the subject of the line and, where a person of
// one actor is in it, that actor.
func (f *finder) subject(l *line) (actors []int, who int) {
	k := l.subjectAt(true)
	if k < len(l.pieces) && (l.pieces[k].key == "the" || l.pieces[k].key == "a" || l.pieces[k].key == "an" || l.pieces[k].key == "yesterday" || l.pieces[k].key == "early") {
		k++
	}
	// Two adjectives at most: "the fledgling liberal South Korean government".
	for n := 0; n < 2 && k < len(l.pieces) && l.pieces[k].lower() && !function[l.pieces[k].key] && l.spanAt(k) == nil; n++ {
		k++
	}
	for k < len(l.pieces) && offices[l.pieces[k].key] && l.spanAt(k) == nil {
		k++
	}
	s := l.spanAt(k)
	if s == nil || s.first != k || len(s.actors) == 0 {
		return nil, -1
	}
	actors, who = s.actors, -1
	person := func(s *span) {
		if s.kind == Leader && len(s.actors) == 1 && s.term != nil && s.term.person != nil {
			who = s.actors[0]
		}
	}
	person(s)
	for k = s.last + 1; k < len(l.pieces); k++ {
		p := &l.pieces[k]
		if strings.HasPrefix(p.key, "'") {
			if who >= 0 {
				return nil, who // "Trump's remarks": he, but not it
			}
			return nil, -1
		}
		next := l.spanAt(k)
		switch {
		case next != nil && next.first == k && len(next.actors) > 0:
			if slices.Equal(next.actors, actors) {
				if person(next); conjunctions[l.pieces[k-1].key] {
					who = -1
				}
			} else if conjunctions[l.pieces[k-1].key] || l.pieces[k-1].key == "the" && conjunctions[l.pieces[k-2].key] {
				actors = append(slices.Clone(actors), next.actors...)
				who = -1
			} else {
				return actors, who
			}
			k = next.last
		case conjunctions[p.key] || p.key == "the" && conjunctions[l.pieces[k-1].key]:
		case tenure[p.key] || bodies[p.key]:
			return actors, -1 // "the X administration": it, and not he
		case ranks[p.key] || offices[p.key]:
		default:
			slices.Sort(actors)
			return slices.Compact(slices.Clone(actors)), who
		}
	}
	return actors, who
}

// man returns the first he or his of the line that nobody else's name comes
// before, or -1.
func (f *finder) man(l *line) int {
	for k := 0; k < len(l.pieces); k++ {
		p := &l.pieces[k]
		if men[p.key] {
			return k
		}
		if s := l.spanAt(k); s != nil {
			if s.term != nil && s.term.person != nil {
				return -1
			}
			k = s.last
			continue
		}
		if k > 0 && p.upper() && !l.opens(k) && p.kind == language.Word && !function[p.key] && !calendar[p.key] && p.key != "i" {
			return -1 // perhaps a person
		}
	}
	return -1
}

// stranger reports whether a line seems to name somebody who is nobody's
// leader. Behind such a line "she" is left alone: the targets file does not say
// who is a woman, and most people in high office are men.
func (f *finder) stranger(l *line) bool {
	for k := range l.pieces {
		p := &l.pieces[k]
		if k > 0 && p.kind == language.Word && p.upper() && !l.opens(k) && l.spanAt(k) == nil && p.key != "i" &&
			!function[p.key] && !calendar[p.key] && !offices[p.key] && !ranks[p.key] && !titles[p.key] {
			return true
		}
	}
	return false
}

// firstPerson returns the first I or we of the line inside a quotation in a
// line without another speaker, or -1.
func (f *finder) firstPerson(l *line, open bool) int {
	if !open && (len(l.pieces) == 0 || l.pieces[0].kind != language.Quote) {
		return -1
	}
	found, in := -1, open
	for k := range l.pieces {
		p := &l.pieces[k]
		if p.kind == language.Quote && p.key == `"` {
			in = !in
			continue
		}
		if in && found < 0 && speakers[p.key] && p.text != "US" {
			found = k
		}
		if !in && saying[p.key] {
			return -1
		}
	}
	return found
}

// speaker returns the actor of a person next to a verb of saying, or -1.
func (f *finder) speaker(l *line) int {
	for _, s := range l.spans {
		if s.kind != Leader || len(s.actors) != 1 {
			continue
		}
		if k := s.last + 1; k < len(l.pieces) && saying[l.pieces[k].key] {
			return s.actors[0]
		}
		for k := s.first - 1; k >= 0 && k >= s.first-6; k-- {
			if saying[l.pieces[k].key] {
				return s.actors[0]
			}
			if !ranks[l.pieces[k].key] && !offices[l.pieces[k].key] && l.spanAt(k) == nil {
				break
			}
		}
	}
	return -1
}
