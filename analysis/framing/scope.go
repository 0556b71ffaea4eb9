package framing

import (
	"slices"
	"strings"

	"parallax/lexicon"
)

// scope is what a negator or hedge turns: the tokens at its tops, and what hangs
// below them and behind it within the clause.
type scope struct {
	head    int   // the token of the modifier that the rest hangs on to
	tops    []int // what it negates: a verb, a predicate, a noun
	noun    int   // the noun that it is the determiner or the case of, or -1
	subject int   // what was done to it, of a passive verb that turns ("the attack was averted"), or -1
	claim   int   // the noun of what it denies behind that ("claims that X lied were rejected"), or -1
	to      int   // the last token it reaches where that is told by marks and not by the parse, or -1
	// complement says that it turns what follows its last word, to that token.
	complement bool
	idle       bool // it turns nothing: "isn't X a liar?", "no one is more corrupt than X"
}

// scopeOf finds what a modifier turns.
//
//   - An adverb turns the word that it hangs on to: a verb or predicate with all
//     of its clause, a noun with what describes it.
//   - "no", "nobody" and "nothing" turn the noun they stand at, and the verb whose
//     subject, object or agent it is: what nobody did was not done.
//   - A verb turns what it governs ("refused to help"), or what was done to it
//     ("the attack was averted").
//   - A negator that opens a clause with the verb before the subject turns that
//     clause, whatever the parse made of it.
func (g *sentence) scopeOf(m *modifier) scope {
	h := g.headOf(m.first, m.last)
	s := scope{head: h, noun: -1, subject: -1, claim: -1, to: -1}
	if m.Kind != lexicon.Negator && m.Kind != lexicon.Hedge {
		return s
	}
	t := &g.s.Tokens[h]
	gov := t.Head
	switch {
	case m.Verb && m.Kind == lexicon.Negator:
		s.head, s.claim = m.first, g.claimBefore(m.first)
		if g.mistaken(m) {
			s.to = g.clauseEnd(m.last + 1)
		}
		switch {
		case amiss[m.Term]:
			s.subject = g.s.Child(s.head, "csubj")
		case g.passive(s.head):
			s.subject = g.s.Child(s.head, "nsubj:pass", "csubj:pass")
		case untrue[m.Term] && m.last+1 < len(g.words) && claims[g.words[m.last+1]]:
			s.to = g.clauseEnd(m.last + 2)
			if s.to+2 < len(g.words) && g.words[s.to+1] == "that" {
				s.to = g.clauseEnd(s.to + 2)
			}
		}
		if m.last > m.first && gov >= 0 {
			s.tops, s.complement, s.to = []int{h, gov}, true, g.partEnd(m.last+1)
		}
		return s
	case m.Kind == lexicon.Negator && (g.opens(m) || g.mistaken(m)):
		s.to = g.clauseEnd(m.last + 1)
	}
	if m.Kind == lexicon.Negator && g.unproved(m) {
		s.claim = g.claimBefore(m.first)
	}
	switch n, is := g.cleft(m); {
	case n >= 0:
		s.to = g.clauseEnd(n + 1)
	case is:
		for s.claim = m.first - 1; s.claim > 0 && !g.border(s.claim-1); {
			s.claim--
		}
	}
	if m.Kind == lexicon.Hedge && m.Term == "had" {
		s.to = g.clauseEnd(m.last + 1)
	}
	switch {
	case gov < 0:
		s.tops = []int{h}
	case m.last > m.first && g.hasComplement(m, h):
		s.tops, s.complement, s.to = []int{h, gov}, true, g.partEnd(m.last+1) // "far from", "lack of"
	case argument[t.Rel] && m.Kind == lexicon.Negator:
		s.tops = []int{gov} // "nobody", "no one"
		s.noun = h
	case g.bearsNoun(h, gov):
		s.noun = gov
		s.tops = []int{gov}
		if n := &g.s.Tokens[gov]; m.Kind == lexicon.Negator && (argument[n.Rel] || n.Rel == "obl" && g.caseOf(gov) == "of") && n.Head >= 0 && t.Rel != "case" && !assertive[g.words[gov]] {
			s.tops = append(s.tops, n.Head)
		}
	default:
		for i := 0; i < 3 && (strings.HasPrefix(g.s.Tokens[gov].Rel, "aux") || g.s.Tokens[gov].Rel == "cop") && g.s.Tokens[gov].Head >= 0; i++ {
			gov = g.s.Tokens[gov].Head
		}
		if m.Term == "could" && g.s.Tokens[gov].Rel == "advcl" {
			return s // "so that X could win": what for, not whether
		}
		s.tops = []int{gov}
	}
	return s
}

// claimBefore returns the noun of the claim that is said to be denied or false at
// token k, behind a form of "be": "claims that X lied were rejected". -1 for none.
// It goes by the words: the parse of such subjects is often wrong.
func (g *sentence) claimBefore(k int) int {
	be := false
	for j := k - 1; j >= 0; j-- {
		switch w := g.words[j]; {
		case auxiliaries[w] || w == "been" || w == "be":
			be = be || j >= k-3
		case g.border(j) && w != "that":
			return -1
		case be && claims[w] && (g.words[j+1] == "that" || g.words[j+1] == "of"):
			return j
		}
	}
	return -1
}

var claims = set(`claim claims allegation allegations accusation accusations charge charges report reports suggestion suggestions rumour rumours
	rumor rumors notion idea assertion assertions story stories insinuation insinuations`)

// untrue are words for a claim that is not so.
var untrue = set(`false untrue baseless unfounded groundless nonsense unproven discredited fabricated`)

// unproved reports whether what the negator turns is a word for being so: "the
// claim that X lied was never proved".
func (g *sentence) unproved(m *modifier) bool {
	for k := m.last + 1; k < len(g.words) && k <= m.last+3; k++ {
		if open[g.words[k]] {
			return true
		}
	}
	return false
}

// cleft returns the relative pronoun of "it was not X who", whose clause the
// negator turns for X, -1 for none; and whether the clause ends with X, of whom
// its subject is then denied: "the liar is not X".
func (g *sentence) cleft(m *modifier) (pronoun int, is bool) {
	if m.Kind != lexicon.Negator || m.first == 0 || !be[g.words[m.first-1]] {
		return -1, false
	}
	first := m.last + 1
	if first+1 < len(g.words) && g.words[first] == "the" {
		first++
	}
	for _, n := range g.mentions {
		x := &g.in.Mentions[n]
		if x.First != first {
			continue
		}
		switch k := x.Last + 1; {
		case k < len(g.words) && (g.words[k] == "who" || g.words[k] == "that"):
			return k, false
		case k >= len(g.words) || g.border(k):
			return -1, true
		}
	}
	return -1, false
}

var be = set(`is are was were be been being`)

// deplored reports whether token k stands in the object of a verb of criticism
// behind the modifier: who did not condemn a massacre has not made it less of one.
func (g *sentence) deplored(k int, m *modifier) bool {
	for n := 0; n < 4; n++ {
		t := &g.s.Tokens[k]
		if t.Head < 0 || strings.HasPrefix(t.Tag, "VB") {
			return false
		}
		if t.Rel == "obj" && t.Head > m.last {
			return g.verbClass(t.Head) == "criticize"
		}
		k = t.Head
	}
	return false
}

// argument are relations of what a verb is negated with: "nobody came", "found
// no proof", "loved by none".
var argument = map[string]bool{"nsubj": true, "nsubj:pass": true, "obj": true, "iobj": true, "obl:agent": true}

// bearsNoun reports whether the token h stands at the noun gov as a determiner,
// case or adjective does, or as an adverb at a noun that is no predicate.
func (g *sentence) bearsNoun(h, gov int) bool {
	switch r := g.s.Tokens[h].Rel; r {
	case "det", "case", "amod", "nummod", "det:predet":
		return true
	case "advmod", "cc", "cc:preconj":
		t := &g.s.Tokens[gov]
		return strings.HasPrefix(t.Tag, "NN") && g.s.Child(gov, "cop") < 0 && (argument[t.Rel] || r == "advmod")
	}
	return false
}

// hasComplement reports whether a modifier of several words ends in a preposition
// or "to" whose complement it turns.
func (g *sentence) hasComplement(m *modifier, h int) bool {
	if g.s.Tokens[h].Rel == "aux" {
		return false // "would have"
	}
	if m.Kind == lexicon.Hedge {
		return true // "what he called"
	}
	switch g.words[m.last] {
	case "of", "from", "to", "like", "than", "but", "for":
		return true
	}
	return false
}

// opens reports whether the modifier begins a clause as only what negates all of
// it may: before an auxiliary ("never has X", "nor is it"), or as its subject
// ("nobody in the village trusts X").
func (g *sentence) opens(m *modifier) bool {
	if m.first > 0 && (!g.border(m.first-1) || joins[g.words[m.first-1]]) || m.last+1 >= len(g.words) {
		return false
	}
	return nobody[m.Term] || auxiliaries[g.words[m.last+1]]
}

// nobody are negators that are, or begin, what a clause is about.
var nobody = map[string]bool{
	"nobody": true, "nobody else": true, "no one": true, "no-one": true, "none": true, "nothing": true, "no": true, "few": true, "neither": true,
	"not one": true, "not a single": true, "hardly any": true, "hardly anyone": true, "hardly anybody": true, "scarcely anyone": true, "scarcely any": true, "barely anyone": true,
}

// mistaken reports whether the tagger has taken a negator of one word for a
// name or an adjective, as it may where the word is in capitals: then the parse
// does not say what hangs on it.
func (g *sentence) mistaken(m *modifier) bool {
	t := g.s.Tokens[m.first].Tag
	if m.Verb {
		return m.Kind == lexicon.Negator && strings.HasPrefix(t, "NNP") && m.first > 0
	}
	return m.first == m.last && adverbs[m.Term] && !strings.HasPrefix(t, "RB") && t != "CC" && t != "DT"
}

var adverbs = set(`not n't never hardly scarcely barely rarely seldom nor neither`)

var auxiliaries = set(`is are was were has have had do does did will would can could may might shall should must`)

// clauseEnd returns the last token before the next border of a clause.
func (g *sentence) clauseEnd(k int) int {
	for k < len(g.words) && !g.border(k) {
		k++
	}
	return k - 1
}

// partEnd returns the last token before the next border that is no coordination
// of words and no "that" of what is said.
func (g *sentence) partEnd(k int) int {
	for k < len(g.words) && (!g.border(k) || joins[g.words[k]] || g.words[k] == "that" && open[g.words[k-1]]) {
		k++
	}
	return k - 1
}

var joins = set(`and or " ( )`)

// inScopeOf reports whether an entry is in the scope of a negator or hedge.
func (g *sentence) inScopeOf(m *modifier, e entry, l linked) bool {
	behind := m.before(e)
	switch {
	case m.Term == "without" && l.inside: // "without X's help" says that X helps
		return false
	case m.idle, m.Kind == lexicon.Negator && g.deplored(e.head, m):
		return false
	}
	if m.Kind == lexicon.Negator && (m.last+1 == e.first || m.last+1 < len(g.words) && g.s.Tokens[e.head].Rel == "conj" &&
		g.s.Tokens[e.head].Head == m.last+1 && g.sharesTurn(e.head, m)) {
		return true // the next word, and what is coordinated with it
	}
	if m.to >= 0 && !m.complement && behind && e.last <= m.to {
		return true
	}
	if m.Kind == lexicon.Hedge && unmade[m.Term] && g.isDeed(m, e) {
		return true
	}
	if m.claim >= 0 && e.first >= m.claim && e.last < m.first {
		return true
	}
	if m.Kind == lexicon.Negator && m.Verb {
		if s := m.subject; s >= 0 && (e.head == s || e.last < m.first && !l.inside && g.s.Within(e.head, s)) {
			return true
		}
		if !l.inside && behind && e.head != m.head && g.governs(m.head, e.head) {
			return true
		}
	}
	if m.complement {
		return behind && e.last <= m.to && (g.s.Within(e.head, m.tops[0]) || g.s.Within(e.head, m.tops[len(m.tops)-1]))
	}
	for _, top := range m.tops {
		switch {
		case top == e.head:
			return true
		case !behind, l.inside && l.rule == RuleModifier && top != m.noun && g.s.Tokens[e.head].Head != top:
			// What describes the target itself stays: "nobody trusts the brutal X".
		case g.inClause(e.head, top, m):
			return true
		}
	}
	return false
}

// outdone reports whether the target is what nobody outdoes: "no one is more
// corrupt than X", "few are as corrupt as X".
func (g *sentence) outdone(m *modifier) bool {
	for _, n := range g.mentions {
		between := 0 // words other than names and what joins them
		for k := g.in.Mentions[n].First - 1; k > m.last && between < 3; k-- {
			if w := g.words[k]; w == "than" || w == "as" && slices.Contains(g.words[m.last:k], "as") {
				return true
			}
			if !g.actor(k) && !joins[g.words[k]] {
				between++
			}
		}
	}
	return false
}

// asks reports whether the negator is that of a question that expects a yes:
// "isn't X a liar?"
func (g *sentence) asks(m *modifier) bool {
	k := m.first - 1
	if m.Term != "n't" && m.Term != "not" || k < 0 || !auxiliaries[g.words[k]] || k > 0 && !g.border(k-1) {
		return false
	}
	for k < len(g.words) && g.words[k] != "." && g.words[k] != "?" {
		k++
	}
	return k < len(g.words) && g.words[k] == "?"
}

// isDeed reports whether the entry is the subject of a judgement on what was not
// done: "an attack would have been a mistake".
func (g *sentence) isDeed(m *modifier, e entry) bool {
	t := &g.s.Tokens[e.head]
	return len(m.tops) > 0 && t.Head == m.tops[0] && strings.HasPrefix(t.Rel, "nsubj") && strings.HasPrefix(t.Tag, "NN") && g.s.Child(t.Head, "cop") >= 0
}

// unmade are hedges that say that a thing was not done.
var unmade = map[string]bool{"would have": true, "had": true}

// inClause reports whether token k hangs below top within what the modifier turns:
// the clause, an open complement ("did not want to attack"), what is thought or
// said to be so ("nothing suggests that X attacked"), and of a noun that there is
// none of whatever is said of it ("no sign that X wants peace").
func (g *sentence) inClause(k, top int, m *modifier) bool {
	for range len(g.words) {
		if k == top {
			return true
		}
		t := &g.s.Tokens[k]
		if t.Head < 0 {
			return false
		}
		switch t.Rel {
		case "advcl":
			// "not naive enough to trust X": an infinitive belongs to the clause.
			if !g.infinitive(k) && !(m.Kind == lexicon.Negator && open[g.words[t.Head]] && g.caseOrMark(k) == "that") {
				return false
			}
		case "ccomp", "csubj", "acl", "acl:relcl", "dep":
			none := t.Head == m.noun && !assertive[g.words[m.noun]] || unmade[m.Term] && t.Head == top && g.infinitive(k) // "it would have been wrong to leave"
			if !none && (m.Kind != lexicon.Negator || t.Rel == "acl:relcl" || !open[g.words[t.Head]]) && t.Rel != "dep" {
				return false
			}
		case "parataxis":
			return false
		case "conj":
			if !g.sharesTurn(k, m) {
				return false
			}
		}
		k = t.Head
	}
	return false
}

// sharesTurn reports whether the conjunct at k is turned with the first: not
// where it has a subject or a negator of its own or follows "but", and a finite
// verb only behind "or" or with the subject "nobody".
func (g *sentence) sharesTurn(k int, m *modifier) bool {
	or := false
	for _, c := range g.s.Children(k) {
		switch g.s.Tokens[c].Rel {
		case "nsubj", "nsubj:pass", "expl", "cop":
			return false
		case "cc":
			switch g.words[c] {
			case "but", "yet":
				return false
			case "or", "nor":
				or = true
			}
		case "advmod":
			if g.words[c] == "not" || g.words[c] == "n't" || g.words[c] == "never" {
				return false
			}
		}
	}
	return !finite[g.s.Tokens[k].Tag] || or || m.noun >= 0 && m.noun < m.tops[len(m.tops)-1]
}

// open are words whose clause is only thought, said or shown to be so, so that
// it is turned with them.
var open = set(`true certain clear likely possible case evidence proof sign signs indication indications hint hints reason
	suggest suggests suggested suggesting show shows showed shown prove proves proved proven proving believe believes believed think thinks
	thought say says said claim claims claimed find finds found indicate indicates indicated imply implies implied mean means meant
	confirm confirms confirmed establish established support supports supported convinced persuaded seem seems appear appears`)

// assertive are nouns whose "no" affirms the clause that follows.
var assertive = set(`doubt question wonder surprise secret denying mistake mistaking`)

// governs reports whether token k lies below the verb v other than by coordination.
func (g *sentence) governs(v, k int) bool {
	for range len(g.words) {
		t := &g.s.Tokens[k]
		if t.Head < 0 || t.Rel == "acl:relcl" && !claims[g.words[t.Head]] {
			return false
		}
		if t.Head == v {
			return t.Rel != "conj" && t.Rel != "parataxis" && t.Rel != "nsubj" && (t.Rel != "advcl" || g.infinitive(k))
		}
		k = t.Head
	}
	return false
}

func (g *sentence) infinitive(k int) bool {
	m := g.s.Child(k, "mark")
	return m >= 0 && g.words[m] == "to"
}

// litotes is what two negations leave of a word: "never failed to help".
const litotes = 0.8

// turn is what negators and hedges make of an entry: an odd number of negators
// turns it, by the factor of the weakest, an even number gives it back; hedges
// weaken it.
//
// Of words that no table has, only what says that a thing is not so, or not yet,
// weakens what they say; who says so ("allegedly") does not.
func (g *sentence) turn(e entry, l linked, word bool) (factor float64, chain []string) {
	factor = 1
	var reach []*modifier
	for i := range g.modifiers {
		m := &g.modifiers[i]
		if (m.Kind == lexicon.Negator || m.Kind == lexicon.Hedge) && !(word && m.Kind == lexicon.Hedge && !unreal[m.Term]) &&
			!m.covers(e) && g.inScopeOf(m, e, l) {
			if untrue[m.Term] && m.last+1 < len(g.words) && claims[g.words[m.last+1]] && slices.ContainsFunc(reach, func(n *modifier) bool { return n.Verb && n.Kind == lexicon.Negator }) {
				continue // "rejected false claims": the denial is told once
			}
			if paired[m.Term] {
				// It says again what another said: "no friends and no money", "not rich, nor happy".
				reach = slices.DeleteFunc(reach, func(n *modifier) bool { return paired[n.Term] })
			}
			reach = append(reach, m)
		}
	}
	turns, size := 0, 1.0
	for _, m := range reach {
		chain = append(chain, m.how())
		if m.Kind == lexicon.Hedge {
			factor *= m.Factor
			continue
		}
		turns++
		size = min(size, -m.Factor)
		if n := g.undone(m, reach); n != nil {
			turns++
			chain = append(chain, "given back by "+n.Term)
		}
	}
	switch {
	case turns%2 == 1:
		factor *= -size
	case turns > 0:
		factor *= litotes
	}
	return factor, chain
}

// unreal are hedges that say that a thing may come to be, not that it is.
var unreal = map[string]bool{"could": true, "may": true, "might": true, "perhaps": true, "possibly": true, "maybe": true,
	"would have": true, "could have": true, "might have": true, "had": true}

// paired are negators of which a second in a clause repeats the first.
var paired = map[string]bool{"neither": true, "nor": true, "not": true, "n't": true, "no": true, "never": true, "cannot": true, "nobody": true, "no one": true, "none": true}

// undone returns a negator that turns a verb of negation and not what that
// governs: "it cannot be denied that". nil for none.
func (g *sentence) undone(m *modifier, reach []*modifier) *modifier {
	if !m.Verb {
		return nil
	}
	for i := range g.modifiers {
		n := &g.modifiers[i]
		if n.Kind == lexicon.Negator && n != m && !slices.Contains(reach, n) && n.first < m.first &&
			g.inScopeOf(n, entry{first: m.first, last: m.first, head: m.first}, linked{}) {
			return n
		}
	}
	return nil
}
