package framing

import (
	"slices"
	"strings"

	"parallax/analysis/target"
	"parallax/lexicon"
)

// step is a token on the way from a mention up its noun phrase, and by what
// the step before hangs on to it.
type step struct {
	token int
	by    string // "" for the mention itself; "poss", "part" (compound, adjective) or a preposition
}

// mentionHead returns the token of the mention whose head lies outside it.
func (g *sentence) mentionHead(m target.Mention) int { return g.headOf(m.First, m.Last) }

// chain climbs from a mention to the noun phrases that are the target's:
// "North Korea" -> "program" in "North Korea's weapons program", "Washington"
// -> "policy" in "a policy from Washington". It stops at the first token that
// is no noun, and below another mention.
func (g *sentence) chain(n int) []step {
	if c, ok := g.chains[n]; ok {
		return c
	}
	k := g.mentionHead(g.in.Mentions[n])
	c := []step{{k, ""}}
	for range 6 { // deeper nesting is a misparse
		t := &g.s.Tokens[k]
		if t.Head < 0 {
			break
		}
		by := ""
		switch t.Rel {
		case "nmod:poss":
			by = "poss"
		case "compound", "amod", "flat", "nummod":
			by = "part"
		case "appos":
			by = "appos"
		case "conj":
			// A conjunct has the place of the first: "Seoul and Tokyo's fears".
			by = "conj"
		case "nmod", "obl": // a noun's complement, sometimes labelled as a verb's
			if t.Rel == "obl" && !strings.HasPrefix(g.s.Tokens[t.Head].Tag, "NN") {
				by = "-"
				break
			}
			by = g.caseOf(k)
			if by == "" {
				by = "part"
			}
		default:
			by = "-"
		}
		if by == "-" || !strings.HasPrefix(g.s.Tokens[t.Head].Tag, "NN") && g.s.Tokens[t.Head].Tag != "CD" && g.s.Tokens[t.Head].Tag != "JJ" && by != "conj" {
			break
		}
		k = t.Head
		c = append(c, step{k, by})
	}
	g.chains[n] = c
	return c
}

// caseOf returns the preposition of the noun phrase headed by k, or "".
func (g *sentence) caseOf(k int) string {
	for _, c := range g.s.Children(k) {
		if g.s.Tokens[c].Rel == "case" && g.s.Tokens[c].Tag != "POS" {
			return g.words[c]
		}
	}
	return ""
}

// towards are prepositions by which an action reaches its patient.
var towards = map[string]bool{"against": true, "at": true, "towards": true, "toward": true, "on": true, "upon": true, "over": true}

// belongs are prepositions by which what a noun names is the complement's.
var belongs = map[string]bool{"of": true, "from": true, "by": true, "in": true, "between": true, "among": true}

// roleOf returns what the mention does in its clause, and its verb or -1. A
// mention inside a noun phrase has the role of the phrase: in "the Bush
// administration called off", Bush is the agent.
func (g *sentence) roleOf(m target.Mention) (Role, int) {
	for n := range g.in.Mentions {
		if g.in.Mentions[n].Start == m.Start && g.in.Mentions[n].Target == m.Target {
			c := g.chain(n)
			// The phrase stands for the target as far as it is its part or its.
			for i := len(c) - 1; i >= 0; i-- {
				if role, verb := g.roleAt(c[i].token); role != None && g.standsFor(c[:i+1]) > remote {
					return role, verb
				}
			}
		}
	}
	return None, -1
}

// remote is the share of what belongs to a thing that is not the target's own
// but only has to do with it.
const remote = 0.3

// standsFor returns how far the noun phrase at the top of a chain acts for the
// target: fully where the nouns on the way are people and bodies ("US forces",
// "the regime in Pyongyang"), in part where they are things of the target's
// ("North Korea's strategy"), and remotely where they only have to do with it
// ("the war against X", "a forum in Seoul").
func (g *sentence) standsFor(c []step) float64 {
	share := 1.0
	for i, st := range c {
		if i == 0 {
			continue
		}
		actor := bodies[g.words[st.token]] || strings.HasPrefix(g.s.Tokens[st.token].Tag, "NNP") || g.owner[st.token] >= 0
		switch st.by {
		case "appos", "conj":
		case "poss", "part", "of", "from", "by":
			if !actor {
				share = min(share, possession)
			}
		case "in", "at":
			if !actor {
				return remote
			}
		default:
			return remote
		}
	}
	return share
}

// possession is the share of what the target's thing does or suffers.
const possession = 0.5

// bodies are nouns for people and institutions that act for the country whose
// they are.
var bodies = set(`regime government governments leadership leaderships leader leaders authorities authority official officials
	administration administrations elite elites ruler rulers politician politicians policymakers hawks general generals army navy
	people population public society lawmakers legislators parliament president presidency premier minister ministers ministry
	secretary spokesman spokeswoman spokesperson ambassador ambassadors envoy envoys diplomat diplomats delegation delegations negotiator
	negotiators troops forces force military soldiers personnel commander commanders admiral police intelligence agency agents spies
	state nation country counterpart counterparts side sides party parties media government-run council committee congress senate cabinet
	dictator dictatorship monarchy command airmen sailors fighters bombers warships guard guards athletes citizens workers voters class
	bureaucracy embassy strongman chief head representative representatives team`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// roleAt returns the role of the noun phrase headed by token k, and its verb.
func (g *sentence) roleAt(k int) (Role, int) {
	for range 4 { // conjuncts share a role
		t := &g.s.Tokens[k]
		v := t.Head
		switch t.Rel {
		case "nsubj", "csubj":
			if v >= 0 && g.passive(v) && !g.inverted(k, v) {
				return Patient, v
			}
			return Agent, v
		case "nsubj:pass":
			return Patient, v
		case "obj", "iobj":
			return Patient, v
		case "obl:agent":
			return Agent, v
		case "obl":
			if v < 0 {
				return None, -1
			}
			switch c := g.caseOf(k); {
			case c == "by" && g.participle(v):
				return Agent, v
			case towards[c]:
				return Patient, v
			case c == "with":
				return None, v
			case c == "to" || c == "from" || c == "for" || c == "into":
				return None, v
			}
			return None, -1
		case "conj":
			k = v
			if k < 0 {
				return None, -1
			}
			continue
		}
		return None, -1
	}
	return None, -1
}

// passive reports whether the verb v is passive: it has a passive auxiliary or subject.
func (g *sentence) passive(v int) bool {
	return g.s.Child(v, "aux:pass", "nsubj:pass") >= 0
}

func (g *sentence) participle(v int) bool { return g.s.Tokens[v].Tag == "VBN" || g.passive(v) }

func (g *sentence) inverted(k, v int) bool { return k > v }

// subjectOf returns the noun phrase head that does verb v, following control
// and coordination: in "X is trying to foment tension" X foments.  agent is
// false where that noun phrase is the verb's patient.
//
// Where the noun phrase is made or asked to do it by somebody else ("force X to
// abandon", "wants X to help"), controlled is true.
func (g *sentence) subjectOf(v int) (subject int, agent, controlled bool) {
	for n := 0; v >= 0 && n < 5; n++ {
		if k := g.s.Child(v, "nsubj", "csubj"); k >= 0 {
			return k, n > 0 || !g.passive(v), controlled
		}
		if k := g.s.Child(v, "nsubj:pass"); k >= 0 {
			return k, n > 0 && g.s.Tokens[v].Rel != "conj", controlled
		}
		if g.passive(v) && n == 0 {
			if k := g.s.Child(v, "obl:agent"); k >= 0 {
				return k, true, false
			}
		}
		t := &g.s.Tokens[v]
		switch t.Rel {
		case "xcomp":
			// Object control: "force X to abandon", "urged X to trust".
			if o := g.s.Child(t.Head, "obj", "iobj"); o >= 0 && o < v && o > t.Head {
				return o, true, true
			}
			v = t.Head
			controlled = controlled || demands[g.words[v]]
		case "conj", "advcl", "parataxis":
			v = t.Head
			controlled = controlled || demands[g.words[v]]
		case "acl:relcl", "acl":
			if strings.HasPrefix(g.s.Tokens[t.Head].Tag, "NN") || g.s.Tokens[t.Head].Tag == "PRP" {
				return t.Head, g.s.Tokens[v].Tag != "VBN", false
			}
			return -1, false, false
		default:
			return -1, false, false
		}
	}
	return -1, false, false
}

// demands are forms of verbs whose complement is somebody else's doing.
var demands = set(`want wants wanted wanting demand demands demanded demanding urge urges urged urging ask asks asked asking call calls
	called calling press presses pressed pressing force forces forced forcing expect expects expected expecting request requests requested
	tell tells told telling pressure pressures pressured compel compels compelled order orders ordered allow allows allowed allowing`)

// clauseOf returns the head of the clause that token k is in.
func (g *sentence) clauseOf(k int) int {
	for range len(g.words) {
		t := &g.s.Tokens[k]
		if t.Head < 0 {
			return k
		}
		switch t.Rel {
		case "ccomp", "advcl", "acl:relcl", "parataxis", "csubj":
			return k
		case "conj":
			if g.s.Child(k, "nsubj", "nsubj:pass") >= 0 {
				return k
			}
		}
		k = t.Head
	}
	return k
}

// link finds the closest way in which an entry and the target hang together,
// over all mentions of the target.
func (g *sentence) link(e entry) (linked, bool) {
	var best linked
	found := false
	for _, n := range g.own {
		l, ok := g.linkTo(e, n)
		if ok && (!found || weight(l) > weight(best)) {
			best, found = l, true
		}
	}
	return best, found
}

func weight(l linked) float64 {
	w := reach[l.rule] * l.share * l.value
	if w < 0 {
		return -w
	}
	return w
}

// acts reports whether an entry tells agent and patient apart.
func acts(e *lexicon.Entry) bool { return e.Agent != 0 || e.Patient != 0 }

func (g *sentence) linkTo(e entry, n int) (linked, bool) {
	x := e.match.Entry
	c := g.chain(n)
	as := func(rule Rule, value, share float64) (linked, bool) {
		return linked{rule: rule, mention: n, value: value, share: share}, value != 0
	}
	// The entry is a noun on the target's chain, or says something of one.
	for i, st := range c {
		if st.token == e.head {
			l, ok := g.possessed(e, n, c[:i+1])
			l.inside = true
			return l, ok
		}
	}
	for i, st := range c {
		if g.describes(e, st.token) && !g.nearerOwner(e.head, n, st.token) {
			// "X's belligerent policy" says it of X; "a brutal war against X" hardly.
			share := 1.0
			if g.standsFor(c[:i+1]) == remote {
				share = remote
			}
			l, ok := as(RuleModifier, valenceOf(x), share)
			l.inside = true
			return l, ok
		}
	}
	top := c[len(c)-1].token
	for i := len(c) - 1; i >= 0; i-- {
		if r, _ := g.roleAt(c[i].token); r != None {
			top = c[i].token
			c = c[:i+1]
			break
		}
	}
	stands := g.standsFor(c)
	// The entry is a verb, or a predicate, that has the target as an argument.
	if role, v := g.roleAt(top); v == e.head && v >= 0 {
		return g.argument(e, n, role, top, stands)
	}
	if sub, agent, controlled := g.subjectOf(e.head); g.isOn(sub, n, &stands) {
		if controlled {
			stands *= remote // wanted of the target, not its doing
		}
		if x.POS == lexicon.Verb || (acts(x) || x.POS == lexicon.Phrase) && strings.HasPrefix(g.s.Tokens[e.head].Tag, "VB") {
			if agent {
				return as(RuleAgent, agentOf(x), stands)
			}
			return as(RulePatient, x.Patient, stands)
		}
		if g.isPredicate(e.head) {
			return as(RulePredicate, valenceOf(x), stands)
		}
	}
	// A predicate's complement: "X is a threat", "X remains hostile", "X is a country of peace".
	if p := g.predicateAbove(e.head); p >= 0 {
		if sub, _, _ := g.subjectOf(p); g.isOn(sub, n, &stands) {
			return as(RulePredicate, valenceOf(x), 0.8*stands)
		}
	}
	// A label: "declared X a rogue state", "listed X as a threat".
	if v := g.labelVerb(e.head); v >= 0 {
		role, tv := g.roleAt(top)
		sub, agent, _ := g.subjectOf(v)
		if tv == v && role == Patient || !agent && g.isOn(sub, n, &stands) {
			return as(RulePredicate, valenceOf(x), stands)
		}
	}
	if g.ownsByPronoun(e.head, top, n) {
		value := valenceOf(x)
		if acts(x) && x.POS == lexicon.Noun {
			value = x.Agent
		}
		l, ok := as(RuleOwner, value, stands)
		l.inside = true
		return l, ok
	}
	// The entry is in what the target does, or in what is done to it.
	if v := g.verbAbove(e.head); v >= 0 {
		if sub, agent, controlled := g.subjectOf(v); g.isOn(sub, n, &stands) {
			share := stands
			if controlled {
				share *= remote
			}
			if g.nearerOwner(e.head, n, -1) {
				share *= remote
			}
			if agent {
				switch {
				case x.POS == lexicon.Adverb && g.s.Tokens[e.head].Head == v:
					return as(RulePredicate, x.Valence, share) // "X behaved brilliantly"
				case g.s.Tokens[e.head].Rel == "obj" && g.s.Tokens[e.head].Head == v && acts(x) && x.POS == lexicon.Noun:
					// "X issued threats": the noun is what X does.
					return as(RuleAgent, x.Agent, 0.9*share)
				case g.opening(e.head, v, sub):
					// "In an open threat, X boasted": the phrase names what X does.
					share *= 0.8
					if acts(x) && x.POS == lexicon.Noun {
						return as(RuleAgent, x.Agent, share)
					}
					return as(RuleOwner, valenceOf(x), share)
				case g.adjunct(e.head, v):
					share *= adjunct
				}
				return as(RuleContent, valenceOf(x), share)
			}
			return as(RuleObject, valenceOf(x), share)
		}
		if role, tv := g.roleAt(top); tv == v && role == Patient && !g.nearerOwner(e.head, n, -1) {
			return as(RuleObject, valenceOf(x), stands)
		}
	}
	// "A path to peace was opened by X": the passive's subject is what X does.
	if v := g.passiveAbove(e.head); v >= 0 {
		if role, tv := g.roleAt(top); tv == v && role == Agent && !g.nearerOwner(e.head, n, -1) {
			return as(RuleContent, valenceOf(x), stands)
		}
	}
	if l, ok := g.byOrder(e, n); ok {
		return l, true
	}
	if g.clauseOf(e.head) == g.clauseOf(top) && !g.nearerOwner(e.head, n, -1) {
		return as(RuleClause, valenceOf(x), 1)
	}
	return linked{}, false
}

// byOrder links a verb to the nearest mention on its left, which does it, and
// on its right, to which it is done, where the parse has the verb without a
// subject: parsers lose subjects behind "at least" or a relative clause, word
// order does not.
func (g *sentence) byOrder(e entry, n int) (linked, bool) {
	x := e.match.Entry
	if x.POS != lexicon.Verb || !strings.HasPrefix(g.s.Tokens[e.first].Tag, "VB") {
		return linked{}, false
	}
	if sub, _, _ := g.subjectOf(e.head); sub >= 0 {
		return linked{}, false
	}
	m := g.in.Mentions[n]
	passive := g.passive(e.head) || g.s.Tokens[e.first].Tag == "VBN" && !g.hasAux(e.first, "have", "has", "had", "having")
	switch {
	case m.Last < e.first && g.clear(m.Last+1, e.first) && !passive:
		return linked{rule: RuleOrder, mention: n, value: agentOf(x), share: 1}, agentOf(x) != 0
	case m.Last < e.first && g.clear(m.Last+1, e.first) && passive:
		return linked{rule: RuleOrder, mention: n, value: x.Patient, share: 1}, x.Patient != 0
	case m.First > e.last && m.First-e.last <= 4 && g.clear(e.last+1, m.First) && !passive:
		return linked{rule: RuleOrder, mention: n, value: x.Patient, share: 1}, x.Patient != 0
	}
	return linked{}, false
}

// hasAux reports whether one of the words stands within four tokens before k.
func (g *sentence) hasAux(k int, words ...string) bool {
	for j := k - 1; j >= 0 && j >= k-4; j-- {
		if slices.Contains(words, g.words[j]) {
			return true
		}
	}
	return false
}

// clear reports whether no mention and no border of a clause stands between
// the tokens [first, last).
func (g *sentence) clear(first, last int) bool {
	for k := first; k < last; k++ {
		if g.owner[k] >= 0 {
			return false
		}
		switch g.words[k] {
		case ",", ";", ":", "—", "–", "(", ")", "\"", "that", "which", "who", "whom", "whose", "while", "although", "though", "because", "but", "if", "when", "after", "before", "as", "against", "with", "on", "by":
			return false
		}
	}
	return true
}

// valenceOf is what the entry says of the thing it describes: for an action
// that has no valence of its own, what it says of the one who acts.
func valenceOf(x *lexicon.Entry) float64 {
	if x.Valence != 0 || !acts(x) {
		return x.Valence
	}
	return x.Agent / 2
}

func agentOf(x *lexicon.Entry) float64 {
	if acts(x) {
		return x.Agent
	}
	return x.Valence
}

// possessed links a noun on the target's chain. By "'s", as a compound or by
// "from" the target acts; by "against" or "on" it is acted on; by "of" it acts
// where the noun has no object ("the rise of X"), and is acted on where the
// noun is an action on somebody ("criticism of X").
func (g *sentence) possessed(e entry, n int, c []step) (linked, bool) {
	x := e.match.Entry
	share := 1.0
	if len(c) > 1 && g.standsFor(c[:len(c)-1]) == remote {
		share = remote
	}
	by := c[len(c)-1].by
	if !acts(x) {
		if by != "" && by != "poss" && by != "part" && by != "appos" && !belongs[by] {
			share *= remote
		}
		return linked{rule: RuleOwner, mention: n, value: x.Valence, share: share}, x.Valence != 0
	}
	switch {
	case by == "of" && transitiveNoun[x.Class] && x.Patient != 0, towards[by], by == "to" && x.Class != "cooperate":
		return linked{rule: RulePatient, mention: n, value: x.Patient, share: share}, x.Patient != 0
	case by == "with" && x.Class == "cooperate":
		return linked{rule: RuleAgent, mention: n, value: x.Agent, share: share * partner}, x.Agent != 0
	case by == "poss", by == "part", by == "from", by == "by", by == "of", by == "appos", by == "between":
		if g.ownedByOther(e.head, n) {
			return linked{rule: RulePatient, mention: n, value: x.Patient, share: share}, x.Patient != 0
		}
		return linked{rule: RuleAgent, mention: n, value: x.Agent, share: share}, x.Agent != 0
	case by == "conj":
		return linked{rule: RuleAgent, mention: n, value: x.Agent, share: share * 0.5}, x.Agent != 0
	}
	return linked{rule: RuleClause, mention: n, value: x.Valence, share: 1}, x.Valence != 0
}

// transitiveNoun are classes of action nouns whose "of" names the patient.
var transitiveNoun = map[string]bool{
	"conflict": true, "criticize": true, "praise": true, "oppress": true, "harm": true, "help": true, "coerce": true, "refuse": true,
}

// ownedByOther reports whether the noun at k is possessed by another actor
// than mention n's: in "US threats of X" and "Seoul's X policy".
func (g *sentence) ownedByOther(k, n int) bool {
	id := g.in.Mentions[n].Target
	for _, c := range g.s.Children(k) {
		if g.s.Tokens[c].Rel != "nmod:poss" {
			continue
		}
		for o := range g.in.Mentions {
			if g.in.Mentions[o].Target != id && g.mentionHead(g.in.Mentions[o]) == c {
				return !g.has(id, c)
			}
		}
	}
	return false
}

// has reports whether a mention of the target has its head at token k.
func (g *sentence) has(id string, k int) bool {
	for _, m := range g.in.Mentions {
		if m.Target == id && g.mentionHead(m) == k {
			return true
		}
	}
	return false
}

// describes reports whether the entry modifies the noun at k.
func (g *sentence) describes(e entry, k int) bool {
	t := &g.s.Tokens[e.head]
	if t.Head != k {
		return false
	}
	switch t.Rel {
	case "amod", "compound", "acl", "appos", "flat", "nummod", "dep", "advmod":
		return true
	case "nmod":
		return g.caseOf(e.head) == "of" && !g.ownNoun(e.head)
	case "conj":
		return t.Tag == "JJ"
	}
	return false
}

// ownNoun reports whether the noun at k is another actor's.
func (g *sentence) ownNoun(k int) bool {
	for _, c := range g.s.Children(k) {
		if g.owner[c] >= 0 {
			return true
		}
	}
	return g.owner[k] >= 0
}

// nearerOwner reports whether the word at k belongs to another target: it is on
// that target's chain, describes a noun there, or lies below one of its nouns.
// Up to the token stop (or the root) the way up is followed.
func (g *sentence) nearerOwner(k, n, stop int) bool {
	id := g.in.Mentions[n].Target
	for o := range g.in.Mentions {
		if g.in.Mentions[o].Target == id || g.has(id, g.mentionHead(g.in.Mentions[o])) {
			continue
		}
		for i, st := range g.chain(o) {
			if g.standsFor(g.chain(o)[:i+1]) == remote {
				break
			}
			if st.token == stop {
				break
			}
			if st.token == k || g.s.Tokens[k].Head == st.token && k != st.token && modifiers[g.s.Tokens[k].Rel] {
				return true
			}
		}
	}
	return false
}

var modifiers = map[string]bool{"amod": true, "compound": true, "acl": true, "nmod": true, "appos": true, "acl:relcl": true}

// isOn reports whether the noun phrase headed by sub is one on the chain of the
// mention n, and sets stands to how far that phrase stands for the target.
func (g *sentence) isOn(sub, n int, stands *float64) bool {
	if sub < 0 {
		return false
	}
	c := g.chain(n)
	for i := len(c) - 1; i >= 0; i-- {
		if g.same(sub, c[i].token, n) {
			*stands = g.standsFor(c[:i+1])
			return true
		}
	}
	return false
}

// same reports whether the noun phrase headed by sub, somebody's subject, is
// that of the mention's phrase headed by top: the same token or a conjunct of
// it, a relative pronoun for it, a predicate said of it ("X is a man who ..."),
// or a pronoun that can only mean it.
func (g *sentence) same(sub, top, n int) bool {
	if sub == top {
		return true
	}
	for k, i := top, 0; i < 4 && g.s.Tokens[k].Rel == "conj"; i++ {
		if k = g.s.Tokens[k].Head; k == sub {
			return true
		}
		if k < 0 {
			return false
		}
	}
	if g.listed(top, sub) {
		return true
	}
	switch w := g.words[sub]; w {
	case "which", "who", "that":
		for k, i := sub, 0; k >= 0 && i < 4; i++ {
			if g.s.Tokens[k].Rel == "acl:relcl" {
				h := g.s.Tokens[k].Head
				return h == top || h >= 0 && h != sub && g.same(h, top, n)
			}
			k = g.s.Tokens[k].Head
		}
	case "it", "he", "she", "they":
		return g.refersBack(sub, top, n)
	}
	return g.s.Child(sub, "cop") >= 0 && g.s.Child(sub, "nsubj") == top
}

// listed reports whether the nouns at a and b are the first and a later item of
// a list, whatever the parse made of it: only nouns, adjectives, commas and
// conjunctions stand between, and at least one conjunction.
func (g *sentence) listed(a, b int) bool {
	if a >= b || b-a > 12 {
		return false
	}
	and := false
	for k := a + 1; k < b; k++ {
		switch t := &g.s.Tokens[k]; {
		case g.words[k] == "and" || g.words[k] == "or":
			and = true
		case g.words[k] == "," || g.words[k] == "even" || g.words[k] == "also":
		case strings.HasPrefix(t.Tag, "NN") || strings.HasPrefix(t.Tag, "JJ") || t.Tag == "DT" || t.Tag == "CD":
		default:
			return false
		}
	}
	return and
}

// refersBack reports whether the pronoun at k means the mention n, whose phrase
// has its head at top: the phrase goes before and is a subject, no other
// actor's mention stands between, and the pronoun is no mention of another.
func (g *sentence) refersBack(k, top, n int) bool {
	if g.owner[k] >= 0 {
		return g.in.Mentions[g.owner[k]].Target == g.id
	}
	if top >= k || !strings.HasPrefix(g.s.Tokens[top].Rel, "nsubj") {
		return false
	}
	person := g.in.Mentions[n].Kind == target.Leader
	switch w := g.words[k]; {
	case w == "he" || w == "she" || w == "his" || w == "her":
		if !person {
			return false
		}
	case w == "it" || w == "its":
		if person && top == g.mentionHead(g.in.Mentions[n]) {
			return false
		}
	}
	for j := top + 1; j < k; j++ {
		o := g.owner[j]
		if o < 0 || g.in.Mentions[o].Target == g.id {
			continue
		}
		// "he" passes over countries, "it" over people.
		other := g.in.Mentions[o].Kind == target.Leader
		switch g.words[k] {
		case "he", "she", "his", "her":
			if !other {
				continue
			}
		case "it", "its":
			if other {
				continue
			}
		}
		return false
	}
	return true
}

// ownsByPronoun reports whether the noun at k, or the noun that the word at k
// describes, is the target's by a possessive pronoun: "softened its hard line".
func (g *sentence) ownsByPronoun(k, top, n int) bool {
	noun := k
	if r := g.s.Tokens[k].Rel; r == "amod" || r == "compound" {
		noun = g.s.Tokens[k].Head
	}
	for _, c := range g.s.Children(noun) {
		if g.s.Tokens[c].Rel == "nmod:poss" && (g.words[c] == "its" || g.words[c] == "his" || g.words[c] == "her" || g.words[c] == "their") {
			return g.refersBack(c, top, n)
		}
	}
	return false
}

// isPredicate reports whether token k is said of a subject by a copula or as an
// open complement.
func (g *sentence) isPredicate(k int) bool {
	return g.s.Child(k, "cop") >= 0 || g.s.Tokens[k].Rel == "xcomp" || g.s.Child(k, "nsubj") >= 0
}

// predicateAbove returns the predicate noun or adjective that the token at k
// modifies, or -1.
func (g *sentence) predicateAbove(k int) int {
	for n := 0; n < 3; n++ {
		t := &g.s.Tokens[k]
		if t.Head < 0 || !modifiers[t.Rel] && t.Rel != "advmod" && t.Rel != "obl" && t.Rel != "xcomp" && t.Rel != "conj" {
			return -1
		}
		k = t.Head
		if g.s.Child(k, "cop") >= 0 {
			return k
		}
	}
	return -1
}

// adjunct is the share of what stands in an adverbial or deep in a complement:
// when, where and on what occasion X did it says little of X.
const adjunct = 0.3

// adjunct reports whether the way from token k up to verb v leads through an
// adverbial phrase or clause.
func (g *sentence) adjunct(k, v int) bool {
	for range len(g.words) {
		t := &g.s.Tokens[k]
		if t.Rel == "obl" || t.Rel == "obl:unmarked" || t.Rel == "advcl" {
			return true
		}
		if k = t.Head; k < 0 || k == v {
			return false
		}
	}
	return false
}

// opening reports whether the word at k heads, or describes the head of, a
// phrase with "in" or "by" that opens the clause of verb v before its subject.
func (g *sentence) opening(k, v, sub int) bool {
	if r := g.s.Tokens[k].Rel; r == "amod" {
		k = g.s.Tokens[k].Head
	}
	if g.s.Tokens[k].Rel != "obl" || g.s.Tokens[k].Head != v || k > sub {
		return false
	}
	c := g.caseOf(k)
	return c == "in" || c == "by" || c == "through"
}

// labelVerb returns the verb whose predicative complement the token at k is, or
// describes: an open complement with a noun or adjective, or a phrase with "as".
func (g *sentence) labelVerb(k int) int {
	for n := 0; n < 3; n++ {
		t := &g.s.Tokens[k]
		if t.Head < 0 {
			return -1
		}
		if strings.HasPrefix(g.s.Tokens[t.Head].Tag, "VB") {
			if t.Rel == "xcomp" && !strings.HasPrefix(t.Tag, "VB") || (t.Rel == "obl" || t.Rel == "advcl" || t.Rel == "nmod") && g.caseOrMark(k) == "as" {
				return t.Head
			}
			return -1
		}
		if !modifiers[t.Rel] {
			return -1
		}
		if (t.Rel == "nmod") && g.caseOf(k) == "as" && g.s.Tokens[t.Head].Head >= 0 {
			return g.s.Tokens[t.Head].Head
		}
		k = t.Head
	}
	return -1
}

func (g *sentence) caseOrMark(k int) string {
	if c := g.caseOf(k); c != "" {
		return c
	}
	if m := g.s.Child(k, "mark"); m >= 0 {
		return g.words[m]
	}
	return ""
}

// verbAbove returns the verb in whose object, complement or adverbial the token
// at k stands, without crossing into another clause; -1 for none.
func (g *sentence) verbAbove(k int) int {
	for range len(g.words) {
		t := &g.s.Tokens[k]
		if t.Head < 0 {
			return -1
		}
		switch t.Rel {
		case "ccomp", "acl:relcl", "parataxis", "csubj", "nsubj", "nsubj:pass":
			return -1
		case "advcl":
			if g.s.Child(k, "nsubj", "nsubj:pass") >= 0 {
				return -1
			}
		}
		k = t.Head
		if strings.HasPrefix(g.s.Tokens[k].Tag, "VB") {
			return k
		}
	}
	return -1
}

// partner is the share of the one with whom somebody cooperates: the sentence
// tells of the other's doing.
const partner = 0.4

// passiveAbove returns the verb in whose passive subject the token at k stands, or -1.
func (g *sentence) passiveAbove(k int) int {
	for range len(g.words) {
		t := &g.s.Tokens[k]
		switch {
		case t.Head < 0 || strings.HasPrefix(t.Tag, "VB"):
			return -1
		case t.Rel == "nsubj:pass":
			return t.Head
		}
		k = t.Head
	}
	return -1
}

// argument links a verb or predicate to its argument.
func (g *sentence) argument(e entry, n int, role Role, top int, share float64) (linked, bool) {
	x := e.match.Entry
	switch {
	case x.POS == lexicon.Verb || acts(x):
		switch {
		case role == Agent:
			return linked{rule: RuleAgent, mention: n, value: agentOf(x), share: share}, agentOf(x) != 0
		case role == Patient:
			return linked{rule: RulePatient, mention: n, value: x.Patient, share: share}, x.Patient != 0
		}
		switch c := g.caseOf(top); {
		case c == "with" && x.Class == "cooperate":
			return linked{rule: RuleAgent, mention: n, value: x.Agent, share: share * partner}, x.Agent != 0
		case c == "with" || c == "to" || c == "into":
			return linked{rule: RulePatient, mention: n, value: x.Patient, share: share * 0.7}, x.Patient != 0
		}
		return linked{}, false
	case role == Agent:
		return linked{rule: RulePredicate, mention: n, value: x.Valence, share: share}, x.Valence != 0
	}
	return linked{rule: RuleObject, mention: n, value: x.Valence, share: share}, x.Valence != 0
}

// spoken returns the token whose voice an entry's contribution has: a
// judgement passed on the target ("accused X") is made where the target
// stands, everything else where the word stands.
func (g *sentence) spoken(e entry, l linked) int {
	if c := e.match.Entry.Class; l.rule == RulePatient && (c == "criticize" || c == "praise") {
		return g.in.Mentions[l.mention].Last
	}
	return e.head
}
