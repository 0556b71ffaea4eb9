package framing

import (
	"strings"

	"parallax/lexicon"
)

// link finds the closest way in which an entry and the target hang together,
// over all mentions of the target.
func (g *sentence) link(e entry) (linked, bool) {
	if g.r.sum {
		v := valenceOf(e.match.Entry)
		return linked{rule: RuleSentence, mention: g.mentions[0], value: v, share: 1}, v != 0
	}
	var best linked
	found := false
	for _, n := range g.mentions {
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

// isManner reports whether the entry says how a wrong was done: "X was brutally
// attacked" says it of who attacked, and nothing of X.
func (g *sentence) isManner(e entry, v int) bool {
	return e.match.Entry.POS == lexicon.Adverb && g.s.Tokens[e.head].Head == v && wrongs[g.verbClass(v)]
}

// wrongs are classes of verbs that speak against who does it, not whom it is done to.
var wrongs = map[string]bool{"conflict": true, "coerce": true, "oppress": true, "harm": true, "deceive": true}

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
		if g.describes(e, st.token) && !g.others(e.head) {
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
			if g.others(e.head) {
				share *= foreign
			}
			if agent {
				switch {
				case x.POS == lexicon.Adverb && g.s.Tokens[e.head].Head == v:
					return as(RulePredicate, x.Valence, share) // "X behaved brilliantly"
				case g.s.Tokens[e.head].Rel == "obj" && g.s.Tokens[e.head].Head == v && acts(x) && x.POS == lexicon.Noun:
					if light[g.words[v]] {
						// "X issued threats": the noun is what X does.
						return as(RuleAgent, x.Agent, 0.9*share)
					}
					if g.verbClass(v) == "criticize" {
						return linked{}, false // "X condemned the attacks": they are not X's
					}
				case g.opening(e.head, v, sub):
					// "In an open threat, X boasted": the phrase names what X does.
					share *= 0.8
					if acts(x) && x.POS == lexicon.Noun {
						return as(RuleAgent, x.Agent, share)
					}
					return as(RuleOwner, valenceOf(x), share)
				case g.adjunct(e.head, v):
					share *= aside
				}
				return as(RuleContent, valenceOf(x), share)
			}
			if g.isManner(e, v) {
				return linked{}, false
			}
			return as(RuleObject, valenceOf(x), share)
		}
		if role, tv := g.roleAt(top); tv == v && role == Patient && !g.others(e.head) {
			if g.isManner(e, v) {
				return linked{}, false
			}
			return as(RuleObject, valenceOf(x), stands)
		}
	}
	// "A path to peace was opened by X": the passive's subject is what X does.
	if v := g.passiveAbove(e.head); v >= 0 {
		if role, tv := g.roleAt(top); tv == v && role == Agent && !g.others(e.head) {
			return as(RuleContent, valenceOf(x), stands)
		}
	}
	if l, ok := g.byOrder(e, n); ok {
		return l, true
	}
	if g.clauseOf(e.head) == g.clauseOf(top) && !g.others(e.head) {
		v := -1 // the verb that the entry is, or that it is an adverb of
		switch x.POS {
		case lexicon.Verb:
			v = e.head
		case lexicon.Adverb:
			v = g.s.Tokens[e.head].Head
		}
		if v >= 0 {
			if sub, _, _ := g.subjectOf(v); sub >= 0 {
				return linked{}, false // somebody else's doing
			}
		}
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
		if g.possessor(e.head, n) {
			return linked{rule: RulePatient, mention: n, value: x.Patient, share: share}, x.Patient != 0
		}
		return linked{rule: RuleAgent, mention: n, value: x.Agent, share: share}, x.Agent != 0
	case by == "conj":
		return linked{rule: RuleAgent, mention: n, value: x.Agent, share: share * 0.5}, x.Agent != 0
	}
	return linked{rule: RuleClause, mention: n, value: x.Valence, share: 1}, x.Valence != 0
}

// possessor reports whether the noun at k has another possessor than mention n:
// "Seoul's X policy" is Seoul's.
func (g *sentence) possessor(k, n int) bool {
	for _, c := range g.s.Children(k) {
		if g.s.Tokens[c].Rel == "nmod:poss" && g.actor(c) && c != g.mentionHead(g.in.Mentions[n]) {
			return true
		}
	}
	return false
}

// transitiveNoun are classes of action nouns whose "of" names the patient.
var transitiveNoun = map[string]bool{
	"conflict": true, "criticize": true, "praise": true, "oppress": true, "harm": true, "help": true, "coerce": true, "refuse": true,
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
		return g.caseOf(e.head) == "of" && !g.others(e.head)
	case "conj":
		return t.Tag == "JJ"
	}
	return false
}

// foreign is the share of what another actor's thing adds to the one who deals
// with it: "X met officials of the brutal Y".
const foreign = 0.1

// light are forms of verbs that lend their subject to a noun of action.
var light = set(`make makes made making issue issues issued issuing launch launches launched launching conduct conducts conducted conducting
	carry carries carried carrying wage wages waged waging mount mounts mounted mounting stage stages staged staging commit commits
	committed committing impose imposes imposed imposing step steps stepped stepping intensify intensifies intensified intensifying
	increase increases increased increasing escalate escalates escalated escalating maintain maintains maintained maintaining continue
	continues continued continuing resume resumes resumed resuming keep keeps kept keeping give gives gave given giving offer offers offered
	offering extend extends extended extending provide provides provided providing show shows showed shown showing express expresses
	expressed expressing voice voices voiced voicing take takes took taken taking exert exerts exerted exerting apply applies applied
	applying unleash unleashes unleashed unleashing pursue pursues pursued pursuing order orders ordered ordering plan plans planned
	planning prepare prepares prepared preparing deliver delivers delivered delivering use uses used using do does did done doing
	seek seeks sought seeking achieve achieves achieved achieving win wins won winning suffer have has had having bring brings brought`)

// verbClass returns the lexicon's class of the verb at v, "" where it has none.
func (g *sentence) verbClass(v int) string {
	for _, e := range g.entries {
		if e.head == v && e.match.Entry.POS == lexicon.Verb {
			return e.match.Entry.Class
		}
	}
	return ""
}

// partner is the share of the one with whom somebody cooperates: the sentence
// tells of the other's doing.
const partner = 0.4

// argument links a verb or predicate to its argument.
func (g *sentence) argument(e entry, n int, role Role, top int, share float64) (linked, bool) {
	x := e.match.Entry
	switch {
	case x.POS == lexicon.Verb || acts(x):
		switch {
		case role == Agent:
			return linked{rule: RuleAgent, mention: n, value: agentOf(x), share: share}, agentOf(x) != 0
		case role == Patient && share == remote && (x.Class == "criticize" || x.Class == "praise"):
			return linked{}, false // "condemned the attacks on X": not X
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
