package voice

import (
	"strings"

	"parallax/analysis/language"
)

// phrase is a noun phrase by word order: the tokens [first, last], of which
// head is the last noun before the first preposition ("head" in "the head of
// the ministry"). What stands in apposition, between commas, is [from, to]; to
// is less than from where there is none.
//
// Speakers are looked for by word order first, because it holds where the
// parser loses its way: "X, a former Y and a member of Z, believes".
type phrase struct {
	first, head, last int
	from, to          int
}

// speakerOf returns the phrase of who says the verb at v.
func speakerOf(s *language.Sentence, v int) (phrase, bool) {
	if passive(s, v) {
		return agent(s, v)
	}
	if p, ok := inverted(s, v); ok {
		return p, true
	}
	if p, ok := before(s, v, 0); ok {
		return p, true
	}
	if h := subjectOf(s, v); h >= 0 {
		return around(s, h), true
	}
	return phrase{}, false
}

// agent returns the phrase behind "by" after the passive verb at v. Between
// them stand few words: "was described on Monday by the ministry".
func agent(s *language.Sentence, v int) (phrase, bool) {
	const reach = 8
	for k := v + 1; k < len(s.Tokens)-1 && k <= v+reach; k++ {
		if s.Tokens[k].Norm == "by" {
			return behind(s, k+1)
		}
	}
	return phrase{}, false
}

// inverted returns the phrase behind a verb that follows what is said: `," said
// Anna Berg, a researcher`.
func inverted(s *language.Sentence, v int) (phrase, bool) {
	if v == 0 || v+1 >= len(s.Tokens) {
		return phrase{}, false
	}
	if prev := &s.Tokens[v-1]; v == 1 && prev.Norm == "so" {
		return behind(s, v+1)
	} else if prev.Kind != language.Quote && (prev.Norm != "," || !inverts[s.Tokens[v].Norm]) {
		return phrase{}, false
	}
	p, ok := behind(s, v+1)
	if !ok || days[s.Tokens[p.head].Norm] || months[s.Tokens[p.head].Norm] {
		return phrase{}, false
	}
	// "Moon, who arrived today, said the South was ready": a clause, no holder.
	next := p.last + 1
	for next < len(s.Tokens) && strings.HasPrefix(s.Tokens[next].Tag, "RB") {
		next++
	}
	if next < len(s.Tokens) && (strings.HasPrefix(s.Tokens[next].Tag, "VB") || s.Tokens[next].Tag == "MD") {
		return phrase{}, false
	}
	return p, true
}

// before returns the phrase that ends in front of the verb at v, auxiliaries,
// adverbs and days of the week aside. Where the verb shares its subject with a
// verb before it ("met reporters and said", "went on to say", ", saying", "is on
// record as saying"), it is that one's.
func before(s *language.Sentence, v, depth int) (phrase, bool) {
	j := v - 1
	for j >= 0 && passable(s, j) {
		j--
	}
	if j < 0 {
		return phrase{}, false
	}
	t := &s.Tokens[j]
	switch {
	case t.Kind == language.Quote:
		return phrase{}, false
	case t.Norm == "as" && s.Tokens[v].Tag == "VBG":
		return attested(s, j, depth)
	case t.Tag == "CC" || t.Tag == "TO" || t.Norm == "," && s.Tokens[v].Tag == "VBG":
		return shared(s, j, depth)
	case t.Tag == "WP" || t.Tag == "WDT" || t.Norm == "that" && j > 0 && nounTag(s.Tokens[j-1].Tag):
		j--
		if j >= 0 && s.Tokens[j].Norm == "," {
			j--
		}
		return ending(s, j)
	case t.Norm == ",":
		// An apposition, or a clause: the noun in front of the comma that opens it.
		for k := j - 1; k > 0; k-- {
			n := &s.Tokens[k]
			if n.Norm == ";" || n.Norm == ":" || n.Kind == language.Quote {
				break
			}
			if n.Norm == "," && nounTag(s.Tokens[k-1].Tag) && apposes(s, k+1) {
				p, ok := ending(s, k-1)
				p.from, p.to = k+1, j-1
				return p, ok
			}
		}
		return phrase{}, false
	}
	return ending(s, j)
}

// passable reports whether the subject can stand on the other side of token j:
// an auxiliary, an adverb, "on Monday".
func passable(s *language.Sentence, j int) bool {
	t := &s.Tokens[j]
	switch {
	case t.Tag == "MD", strings.HasPrefix(t.Tag, "RB"), t.Tag == "RP", auxiliaries[t.Norm] && t.Tag != "POS", days[t.Norm]:
		return true
	case t.Norm == "on" || t.Norm == "last" || t.Norm == "this" || t.Norm == "in":
		return j+1 < len(s.Tokens) && (days[s.Tokens[j+1].Norm] || months[s.Tokens[j+1].Norm])
	case months[t.Norm]: // "on June 1", not "in May's words"
		return t.Upper() && j > 0 && (s.Tokens[j-1].Norm == "on" || s.Tokens[j-1].Norm == "in")
	case t.Kind == language.Number:
		return j > 0 && months[s.Tokens[j-1].Norm]
	}
	return false
}

// attested returns who says what stands behind the "as" at token j of "is on
// record as saying": the subject of the clause around it, but in "the paper
// quoted Y as saying" the object.
func attested(s *language.Sentence, j, depth int) (phrase, bool) {
	if p, ok := ending(s, j-1); ok && p.first > 0 && strings.HasPrefix(s.Tokens[p.first-1].Tag, "VB") {
		return p, true
	}
	return subjectBefore(s, j, depth, true)
}

// shared returns the subject that the verb behind token j has in common with
// the last finite verb before it, auxiliaries aside: in "said the South was
// ready and added" it is that of "said".
func shared(s *language.Sentence, j, depth int) (phrase, bool) {
	return subjectBefore(s, j, depth, false)
}

// subjectBefore returns the subject of the last finite verb before token j.
// Three verbs in a row are the most a sentence of news strings on one subject,
// and the reach, in tokens, is that of a long sentence; it keeps the time
// linear.
func subjectBefore(s *language.Sentence, j, depth int, auxiliary bool) (phrase, bool) {
	const most, reach = 3, 60
	for k := j - 1; k > max(0, j-reach) && depth < most; k-- {
		if s.Tokens[k].Norm == ";" {
			break
		}
		if finite(s.Tokens[k].Tag) && (auxiliary || !auxiliaries[s.Tokens[k].Norm]) {
			if p, ok := before(s, k, depth+1); ok {
				return p, true
			}
		}
	}
	return phrase{}, false
}

// apposes reports whether an apposition, or a clause about the noun before the
// comma, can begin at k.
func apposes(s *language.Sentence, k int) bool {
	switch t := &s.Tokens[k]; t.Tag {
	case "DT", "WP", "WDT", "WRB", "WP$", "VBG", "VBN", "CD", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "IN", "RB", "FW":
		return true
	default:
		return t.Norm == "who" || t.Norm == "which" || t.Norm == "whose"
	}
}

// ending returns the phrase that ends at token e.
func ending(s *language.Sentence, e int) (phrase, bool) {
	if e < 0 {
		return phrase{}, false
	}
	noun := nounTag(s.Tokens[e].Tag)
	if s.Tokens[e].Tag == "JJ" && e > 0 { // mistagged: "the commentary said", "Seoul's military said"
		noun = s.Tokens[e-1].Tag == "DT" || s.Tokens[e-1].Tag == "POS" || s.Tokens[e-1].Tag == "PRP$"
	}
	if !noun && !pronounTag(s.Tokens[e].Tag) {
		return phrase{}, false
	}
	first := e
	if noun {
	walk:
		for k := e - 1; k >= 0; k-- {
			t := &s.Tokens[k]
			attached := k > 0 && nounTag(s.Tokens[k-1].Tag)
			switch {
			case t.Tag == "DT" || t.Tag == "PRP$" || t.Tag == "PDT":
				first = k
				if k < 2 || !attaches[s.Tokens[k-1].Norm] || !nounTag(s.Tokens[k-2].Tag) {
					break walk
				}
			case nounTag(t.Tag), t.Tag == "JJ", t.Tag == "JJS", t.Tag == "JJR", t.Tag == "CD", t.Tag == "POS":
				first = k
			case (t.Tag == "VBN" || t.Tag == "VBG") && k > 0 && (s.Tokens[k-1].Tag == "DT" || s.Tokens[k-1].Tag == "PRP$"):
				first = k
			case attaches[t.Norm] && attached:
				first = k
			case strings.HasPrefix(t.Tag, "RB") && first == k+1 && (s.Tokens[k+1].Tag == "JJ" || s.Tokens[k+1].Tag == "VBN"):
				first = k // "the notoriously slow ministry"
			default:
				break walk
			}
		}
	}
	return settled(s, first, e), true
}

// behind returns the phrase that begins at token k, with an apposition behind
// a comma.
func behind(s *language.Sentence, k int) (phrase, bool) {
	if k >= len(s.Tokens) {
		return phrase{}, false
	}
	if pronounTag(s.Tokens[k].Tag) {
		return phrase{first: k, head: k, last: k, from: k + 1, to: k}, true
	}
	last, noun := k-1, false
walk:
	for j := k; j < len(s.Tokens); j++ {
		t := &s.Tokens[j]
		switch {
		case nounTag(t.Tag):
			last, noun = j, true
		case t.Tag == "DT" || t.Tag == "PRP$":
			if j > k && !attaches[s.Tokens[j-1].Norm] {
				break walk
			}
		case t.Tag == "JJ", t.Tag == "JJS", t.Tag == "CD", t.Tag == "POS", t.Tag == "VBN" && !noun:
		case attaches[t.Norm] && noun:
		default:
			break walk
		}
	}
	if !noun {
		return phrase{}, false
	}
	p := settled(s, k, last)
	if last+2 < len(s.Tokens) && s.Tokens[last+1].Norm == "," && apposes(s, last+2) {
		p.from, p.to = last+2, len(s.Tokens)-1
		about := strings.HasPrefix(s.Tokens[last+2].Tag, "W") // a clause about the noun has a verb, an apposition has none
		for j := last + 2; j < len(s.Tokens); j++ {
			t := &s.Tokens[j]
			if t.Norm == "," || t.Kind == language.Quote || t.Norm == ";" {
				p.to = j - 1
				break
			}
			if finite(t.Tag) && !about {
				p.to = p.from - 1
				break
			}
		}
	}
	return p, true
}

// around returns the phrase of the noun at h as far as its words stand
// together.
func around(s *language.Sentence, h int) phrase {
	if p, ok := ending(s, h); ok {
		for p.last+1 < len(s.Tokens) && strings.HasPrefix(s.Tokens[p.last+1].Tag, "NNP") && strings.HasPrefix(s.Tokens[p.last].Tag, "NNP") {
			p.last++
		}
		return settled(s, p.first, p.last)
	}
	return phrase{first: h, head: h, last: h, from: h + 1, to: h}
}

// settled finds the head of the phrase [first, last]: the noun before the first
// preposition. Within a capitalised title ("Secretary of State Colin Powell")
// there is none to stop at, but "Sen. Ty Boyd of Ohio" has one.
func settled(s *language.Sentence, first, last int) phrase {
	p := phrase{first: first, head: last, last: last, from: last + 1, to: last}
	for k := first + 1; k < last; k++ {
		if attaches[s.Tokens[k].Norm] && nounTag(s.Tokens[k-1].Tag) {
			if s.Tokens[k-1].Upper() && s.Tokens[k+1].Upper() && k-1 > first && s.Tokens[k].Norm == "of" && (officials[s.Tokens[k-1].Norm] || last > k+1 && !title(&s.Tokens[first])) {
				continue
			}
			p.head = k - 1
			break
		}
	}
	return p
}

// subjectOf returns the head of the subject of the verb v in the parse: its
// own, or that of the verb it is coordinated with or depends on; -1 for none.
func subjectOf(s *language.Sentence, v int) int {
	for k, n := v, 0; k >= 0 && n < 4; n++ {
		if sub := s.Child(k, "nsubj", "nsubj:pass"); sub >= 0 {
			return sub
		}
		switch s.Tokens[k].Rel {
		case "acl:relcl", "acl":
			return s.Tokens[k].Head
		case "conj", "xcomp", "advcl", "ccomp", "parataxis":
			k = s.Tokens[k].Head
		default:
			return -1
		}
	}
	return -1
}

func nounTag(tag string) bool { return strings.HasPrefix(tag, "NN") }

func pronounTag(tag string) bool { return tag == "PRP" || tag == "EX" }
