package target

import (
	"strings"

	"parallax/analysis/language"
)

// isPlace reports whether a capital, the pieces [j, j+n), is only a place: "a
// forum in X", "X-based", "40 miles south of X", "the X campus".
func (f *finder) isPlace(l *line, j, n int) bool {
	if next := j + n; next < len(l.pieces) {
		p := &l.pieces[next]
		if sites[p.key] || p.text == "," && next+1 < len(l.pieces) && sites[l.pieces[next+1].key] {
			return true
		}
	}
	// Back over the capitals it is coordinated with: "in Tokyo, X and Y".
	k, list := j-1, j+n < len(l.pieces) && (l.pieces[j+n].text == "," || conjunctions[l.pieces[j+n].key])
	for k >= 0 && k > j-10 && (l.pieces[k].upper() || l.pieces[k].text == "," || l.pieces[k].key == "and" || l.pieces[k].key == "or") &&
		!placing[l.pieces[k].key] {
		list = list || conjunctions[l.pieces[k].key]
		k--
	}
	// "After talks in Tokyo, X agreed" is no list.
	if k != j-1 && (k < 0 || !placing[l.pieces[k].key] || l.pieces[k+1].text == "," || !list && l.pieces[j-1].text == ",") {
		k = j - 1
	}
	if k >= 0 && (l.pieces[k].key == "both" || l.pieces[k].key == "the") {
		k--
	}
	if k < 0 {
		return false
	}
	switch p := &l.pieces[k]; {
	case p.key == "in":
		if next := j + n; k == j-1 && next+1 < len(l.pieces) && strings.HasPrefix(l.pieces[next].key, "'") && views[l.pieces[next+1].key] {
			return false // "in X's view"
		}
		return k == 0 || !seats[l.pieces[k-1].key]
	case placing[p.key]:
		return true
	case p.key == "of" || p.key == "from":
		return k > 0 && (places[l.pieces[k-1].key] || placing[l.pieces[k-1].key])
	}
	return false
}

// inName reports whether the pieces [j, j+n) are part of a longer name that the
// file does not know: "Denzel X", "X Wizards", "Officer X", "Seattle, X,".
func (f *finder) inName(l *line, j, n int) bool {
	if f.givenBefore(l, j) || f.styled(l, j) {
		if !capitals(l.pieces[j-1].text) {
			f.bearer[l.pieces[j].key] = l.sentence.Block + 1
		}
		return true
	}
	return f.runsOn(l, j, n) || f.inState(l, j, n)
}

// styled reports whether somebody's title stands before piece j: "Officer X".
func (f *finder) styled(l *line, j int) bool {
	if j == 0 || l.title || l.shout {
		return false
	}
	p := &l.pieces[j-1]
	return p.upper() && (titles[p.key] || offices[p.key]) && !ranks[p.key]
}

// inState reports whether the pieces [j, j+n) are the state that the town before
// them lies in: "Seattle, X, was hit", and not "Beijing, X, Seoul and Moscow".
func (f *finder) inState(l *line, j, n int) bool {
	if j < 2 || l.pieces[j-1].text != "," {
		return false
	}
	town, next := &l.pieces[j-2], j+n
	if !town.upper() || town.kind != language.Word || calendar[town.key] || function[town.key] || l.spanAt(j-2) != nil || f.ends(l, j-2) {
		return false
	}
	if next < len(l.pieces) && l.pieces[next].text == "," {
		next++
		return next < len(l.pieces) && !l.pieces[next].upper() && !conjunctions[l.pieces[next].key]
	}
	return next == len(l.pieces) || l.pieces[next].kind == language.Punct && l.pieces[next].text != ":"
}

// borne reports whether the capital in the pieces [j, j+n) is the surname of
// somebody introduced in this block or the two before, where the document has not
// used it as the capital yet.
func (f *finder) borne(l *line, j, n int) bool {
	key := l.pieces[j].key
	switch at := f.bearer[key]; {
	case at == 0:
		f.bearer[key] = -1
	case at > 0:
		return n == 1 && l.sentence.Block+1-at <= 2
	}
	return false
}

// runsOn reports whether a capitalised word carries the name [j, j+n) on.
func (f *finder) runsOn(l *line, j, n int) bool {
	k := j + n
	if l.title || l.shout || k >= len(l.pieces) {
		return false
	}
	p := &l.pieces[k]
	if p.joined || !p.upper() || p.kind != language.Word || p.start == l.pieces[k-1].end {
		return false
	}
	if calendar[p.key] || offices[p.key] || ranks[p.key] || function[p.key] {
		return false
	}
	return !f.begins(l, k)
}

// givenBefore reports whether the word before piece j looks like the given name
// of somebody whose family name stands at j, or the first part of a longer name.
func (f *finder) givenBefore(l *line, j int) bool {
	if j == 0 {
		return false
	}
	p := &l.pieces[j-1]
	if l.pieces[j].joined {
		return p.upper() && p.key != l.pieces[j].key && j >= 2 && !p.joined && l.nameBefore(j-1) && !f.ends(l, j-1) && !f.knows(p.key)
	}
	if l.title || l.shout || p.kind != language.Word || !p.upper() && !p.joined || p.end == l.pieces[j].start {
		return false
	}
	if p.joined { // Jae-in X, Leif-Eric X, but not "then-US X"
		for p.joined && j >= 2 {
			j--
			p = &l.pieces[j-1]
		}
		return p.upper() && !f.ends(l, j-1)
	}
	switch {
	case function[p.key] || calendar[p.key] || offices[p.key] || ranks[p.key] || titles[p.key] || gone[p.key]:
		return false
	case j-1 == 0 || l.opens(j-1):
		// A sentence begins with a capital anyway.
		if f.vocab[p.key] || verbal(p.key) {
			return false
		}
	}
	return !f.ends(l, j-1) && !f.insideSpan(l, j-1)
}

// insideSpan reports whether piece j is in a span of an actor.
func (f *finder) insideSpan(l *line, j int) bool {
	s := l.spanAt(j)
	return s != nil && len(s.actors) > 0
}

func (l *line) nameBefore(j int) bool {
	return j > 0 && l.pieces[j-1].upper() && l.pieces[j-1].kind == language.Word && !function[l.pieces[j-1].key]
}

// opens reports whether piece j begins a clause or a quotation.
func (l *line) opens(j int) bool {
	if j == 0 {
		return true
	}
	p := &l.pieces[j-1]
	return p.kind == language.Quote || p.text == ":" || dash(p) && !p.joined
}

// verbal reports whether a word has the ending of a participle or an adverb,
// which can begin a sentence and hardly begin a person's name.
func verbal(key string) bool {
	for _, suffix := range []string{"ing", "ed", "ly"} {
		if len(key) > len(suffix)+2 && key[len(key)-len(suffix):] == suffix {
			return true
		}
	}
	return false
}
