package framing

import (
	"strings"

	"parallax/analysis/target"
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
	if c := g.chains[n]; c != nil {
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
			if !g.coordinated(k) {
				by = "-"
			}
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

// coordinated reports whether token k is a conjunct of its head with no clause
// between: in "X, which borders Y, attacked" a parser may take Y for one. Nor is
// it one where the verb right behind it would be left without a subject: "amid
// the preparations of X, Y held talks".
func (g *sentence) coordinated(k int) bool {
	if g.s.Tokens[k].Rel != "conj" {
		return false
	}
	h := g.s.Tokens[k].Head
	if h < 0 || strings.HasPrefix(g.s.Tokens[h].Tag, "W") {
		return false
	}
	for j := min(h, k) + 1; j < max(h, k); j++ {
		if finite[g.s.Tokens[j].Tag] || g.s.Tokens[j].Tag == "WDT" || g.s.Tokens[j].Tag == "WP" {
			return false
		}
	}
	if v := k + 1; v < len(g.words) && finite[g.s.Tokens[v].Tag] && g.s.Tokens[v].Rel != "conj" {
		if r := g.s.Tokens[v].Rel; strings.HasPrefix(r, "aux") || r == "cop" {
			v = g.s.Tokens[v].Head
		}
		sub, _, _ := g.subjectOf(v)
		return sub >= 0
	}
	return true
}

// finite are the tags of finite verbs.
var finite = map[string]bool{"VBZ": true, "VBD": true, "VBP": true, "MD": true}

// caseOf returns the preposition of the noun phrase headed by k, or "".
func (g *sentence) caseOf(k int) string {
	for _, c := range g.s.Children(k) {
		if g.s.Tokens[c].Rel == "case" && g.s.Tokens[c].Tag != "POS" {
			return g.words[c]
		}
	}
	return ""
}

// belongs are prepositions by which what a noun names is the complement's.
var belongs = map[string]bool{"of": true, "from": true, "by": true, "in": true, "between": true, "among": true}

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
		actor := bodies[g.words[st.token]] || strings.HasPrefix(g.s.Tokens[st.token].Tag, "NNP") || g.own(st.token)
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

// actor reports whether the token is part of a name or a demonym that is not
// the target's: a capital and a noun's or adjective's tag. It looks at the text
// alone, never at which other targets there are: what a sentence says of X must
// not depend on whom else somebody asks about.
func (g *sentence) actor(k int) bool {
	t := &g.s.Tokens[k]
	if g.own(k) || !t.Upper() || calendar[g.words[k]] {
		return false
	}
	return strings.HasPrefix(t.Tag, "NNP") || t.Tag == "JJ" && k > 0 && !g.capitals
}

var calendar = set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
	september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.`)

// others reports whether the noun at k, or the noun that the word at k
// describes, is another actor's: "China's threat", "Iranian aggression", "the
// hostility of Tokyo".
func (g *sentence) others(k int) bool {
	if r := g.s.Tokens[k].Rel; (r == "amod" || r == "compound") && g.s.Tokens[k].Head >= 0 {
		k = g.s.Tokens[k].Head
	}
	if g.actor(k) {
		return true
	}
	for _, c := range g.s.Children(k) {
		switch g.s.Tokens[c].Rel {
		case "nmod:poss", "compound", "amod", "flat":
			if g.actor(c) {
				return true
			}
		case "nmod":
			if by := g.caseOf(c); (by == "of" || by == "from" || by == "by") && g.actor(c) {
				return true
			}
		}
	}
	return false
}

// modifiers are relations by which a word describes a noun.
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
	for k, i := top, 0; i < 4 && g.coordinated(k); i++ {
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
// has its head at top: the phrase goes before and is a subject, number and
// person agree, and no other actor that is itself an argument stands between.
func (g *sentence) refersBack(k, top, n int) bool {
	if g.own(k) {
		return true
	}
	if top >= k || !strings.HasPrefix(g.s.Tokens[top].Rel, "nsubj") {
		return false
	}
	person := g.in.Mentions[n].Kind == target.Leader
	switch g.words[k] {
	case "he", "she", "his", "her":
		if !person {
			return false
		}
	case "it", "its":
		if person && top == g.mentionHead(g.in.Mentions[n]) {
			return false
		}
	}
	for j := top + 1; j < k; j++ {
		if g.actor(j) && g.caseOf(j) == "" && arguments[g.s.Tokens[j].Rel] {
			return false
		}
		if t := &g.s.Tokens[j]; strings.HasPrefix(t.Rel, "nsubj") && strings.HasPrefix(t.Tag, "NN") && !g.own(j) {
			return false
		}
	}
	return true
}

// arguments are relations of actors that a pronoun behind them can mean.
var arguments = map[string]bool{"nsubj": true, "nsubj:pass": true, "obj": true, "iobj": true, "nmod:poss": true}

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
