package lexicon

import (
	"fmt"
	"slices"
)

// Relation is a verb or a noun of action by which one actor deals with another.
type Relation struct {
	Term string
	POS  POS // Verb or Noun
	// Value is how far the deed is conflict (below 0) or cooperation (above),
	// in [-10, 10]: the range of Goldstein's scale of event types, on which a
	// military attack is -10 and extending military assistance 8.3. Values of
	// words are judgements against that scale, in steps of 0.5.
	Value float64
	// Mutual says that the word needs two who do it to each other: "X and Y
	// clashed", "talks between X and Y".
	Mutual bool
	File   string
	Line   int
}

type relationRow struct {
	Relation
	forms string
}

// relationRange is the ends of the scale, both included.
var relationRange = [2]float64{-10, 10}

// relationStep is the finest difference that a relation's value may make: we
// do not judge words finer than the scale's neighbouring types lie apart.
const relationStep = 0.5

// readRelation reads a row of a table with the column value.
func (r *row) readRelation(term string, pos POS, forms string) {
	rel := Relation{Term: term, POS: pos, File: r.file, Line: r.line}
	if pos != 0 && pos != Verb && pos != Noun {
		r.errorf("%q is of part of speech %s: a relation is a verb or a noun", term, pos)
	}
	if r.field("value") == "" {
		r.errorf("no value")
	}
	rel.Value = r.number("value", relationRange[0], relationRange[1])
	if n := rel.Value / relationStep; n != float64(int(n)) {
		r.flaws = append(r.flaws, Problem{r.file, r.line, fmt.Sprintf("value %g of %q: values are in steps of %g", rel.Value, term, relationStep)})
	}
	rel.Mutual = r.choice("mutual", "no", "yes") == "yes"
	if !r.failed {
		r.relations = append(r.relations, relationRow{rel, forms})
	}
}

func indexRelations(rows []relationRow) index[Relation] {
	x := newIndex[Relation](0)
	for _, guessed := range []bool{false, true} {
		for _, r := range rows {
			for _, s := range surfaces(r.Term, r.POS, r.forms) {
				// A guessed spelling gives way to one that a table spells out.
				if s.guessed == guessed && !(guessed && x.has(s.words)) {
					x.add(s.words, r.Relation)
				}
			}
		}
	}
	x.sort()
	return x
}

// RelationAt returns the longest relation of the part of speech, [Verb] or
// [Noun], of which a form starts at words[i], and the number of tokens it
// covers; false where there is none. Words are as for [Lexicon.At]; it panics
// if i is not an index of words.
func (l *Lexicon) RelationAt(words []string, i int, pos POS) (Relation, int, bool) {
	if !l.relations.firsts.has(words[i]) {
		return Relation{}, 0, false
	}
	for _, f := range l.relations.lists[words[i]] {
		if len(f.rest) >= len(words)-i || !slices.Equal(f.rest, words[i+1:i+1+len(f.rest)]) {
			continue
		}
		for _, r := range f.values {
			if r.POS == pos {
				return r, 1 + len(f.rest), true
			}
		}
	}
	return Relation{}, 0, false
}

// relationOverlaps finds relations of one part of speech that share a form.
func (l *Lexicon) relationOverlaps() []Problem {
	seen := map[[2]Relation]bool{}
	var problems []Problem
	for _, list := range l.relations.lists {
		for _, f := range list {
			for i, a := range f.values {
				for _, b := range f.values[:i] {
					if pair := [2]Relation{a, b}; a.POS == b.POS && !seen[pair] {
						seen[pair] = true
						problems = append(problems, Problem{a.File, a.Line,
							fmt.Sprintf("%q shares a form with the %s %q (%s:%d)", a.Term, b.POS, b.Term, b.File, b.Line)})
					}
				}
			}
		}
	}
	return problems
}
