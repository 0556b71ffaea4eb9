package framing

import (
	"slices"
	"strings"

	"parallax/analysis/language"
	"parallax/lexicon"
)

// frameThreshold is the sum of weights at which a sentence has a frame: one term
// that carries it alone, or several that need each other's company. See the
// table's README for what the weights mean.
const frameThreshold = 1

// Frames returns the frames of a sentence, in the order of [lexicon.Frames]; an
// empty list where there is none. The sentence must have been parsed.
//
// A frame holds where the weights of the sentence's terms for it add up to
// frameThreshold, each term counted once, and at least one of them is near: near
// reports whether the term whose head is token k counts as close to what is
// asked about, and nil takes the whole sentence. So the sentence decides what a
// word of several senses is about, and nearness whom it is about. A sentence can
// have several frames.
func Frames(s *language.Sentence, lex *lexicon.Lexicon, near func(k int) bool) []string {
	ids := lexicon.Frames()
	sums := make([]float64, len(ids))
	hasNear := make([]bool, len(ids))
	var seen []*lexicon.Entry
	var buf [8]lexicon.Match
	words := s.Norms()
	for k := 0; k < len(words); {
		found := lex.FramesAt(words, k, buf[:0])
		if len(found) == 0 {
			k++
			continue
		}
		last := k + found[0].N - 1
		// A term of several words is plain enough without the tagger.
		m, ok := found[0], true
		if last == k {
			m, ok = pick(found, s.Tokens[k].Tag, s.Tokens[k].Tag)
		}
		if ok && len(m.Entry.Frames) > 0 {
			counted := slices.Contains(seen, m.Entry)
			seen = append(seen, m.Entry)
			here := near == nil || near(headOf(s, k, last))
			for i, id := range ids {
				for _, f := range m.Entry.Frames {
					if f.ID != id {
						continue
					}
					if !counted {
						sums[i] += f.Weight
					}
					hasNear[i] = hasNear[i] || here
				}
			}
		}
		k = last + 1
	}
	out := []string{}
	for i, id := range ids {
		if sums[i] >= frameThreshold && hasNear[i] {
			out = append(out, id)
		}
	}
	return out
}

// headOf returns the token of [first, last] whose head lies outside.
func headOf(s *language.Sentence, first, last int) int {
	for k := last; k >= first; k-- {
		if h := s.Tokens[k].Head; h < first || h > last {
			return k
		}
	}
	return last
}

// pick chooses, of entries of one term, the one whose part of speech the
// tagger saw; a phrase fits always.
func pick(ms []lexicon.Match, lastTag, firstTag string) (lexicon.Match, bool) {
	for _, m := range ms {
		if m.Entry.POS == lexicon.Phrase {
			return m, true
		}
		tag := firstTag
		if m.Entry.POS == lexicon.Noun || m.Entry.POS == lexicon.Adjective {
			tag = lastTag
		}
		if fits(m.Entry.POS, tag) {
			return m, true
		}
	}
	// The tagger errs most between these: accept the neighbour.
	for _, m := range ms {
		switch m.Entry.POS {
		case lexicon.Adjective:
			if strings.HasPrefix(lastTag, "VB") || strings.HasPrefix(lastTag, "NN") || strings.HasPrefix(lastTag, "RB") {
				return m, true
			}
		case lexicon.Verb:
			if firstTag == "JJ" && m.Form&(lexicon.Participle|lexicon.Gerund) != 0 {
				return m, true
			}
		case lexicon.Noun:
			if lastTag == "JJ" || lastTag == "NNP" {
				return m, true
			}
		}
	}
	return lexicon.Match{}, false
}

func fits(p lexicon.POS, tag string) bool {
	switch p {
	case lexicon.Verb:
		return strings.HasPrefix(tag, "VB")
	case lexicon.Noun:
		return strings.HasPrefix(tag, "NN")
	case lexicon.Adjective:
		return strings.HasPrefix(tag, "JJ")
	case lexicon.Adverb:
		return strings.HasPrefix(tag, "RB")
	}
	return false
}
