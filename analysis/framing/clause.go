package framing

import (
	"slices"
	"strings"
)

// towards are prepositions by which an action reaches its patient.
var towards = map[string]bool{"against": true, "at": true, "towards": true, "toward": true, "on": true, "upon": true, "over": true}

// roleOf returns what mention n does in its clause, and its verb or -1. A
// mention inside a noun phrase has the role of the phrase: in "the Bush
// administration called off", Bush is the agent.
func (g *sentence) roleOf(n int) (Role, int) {
	c := g.chain(n)
	for i := len(c) - 1; i >= 0; i-- {
		if role, verb := g.roleAt(c[i].token); role != None && g.standsFor(c[:i+1]) > remote {
			return role, verb
		}
	}
	return None, -1
}

// roleAt returns the role of the noun phrase headed by token k, and its verb.
func (g *sentence) roleAt(k int) (Role, int) {
	for range 4 { // conjuncts share a role
		t := &g.s.Tokens[k]
		v := t.Head
		switch t.Rel {
		case "nsubj", "csubj":
			if v >= 0 && g.passive(v) && k < v {
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
			if v < 0 || !g.coordinated(k) {
				return None, -1
			}
			k = v
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

// subjectOf returns the noun phrase head that does verb v, following control
// and coordination: in "X is trying to foment tension" X foments.  agent is
// false where that noun phrase is the verb's patient.
//
// Where the noun phrase is made or asked to do it by somebody else ("force X to
// abandon", "wants X to help"), controlled is true.
func (g *sentence) subjectOf(v int) (subject int, agent, controlled bool) {
	// A participle with "by" is passive, whatever it is coordinated with.
	reduced := g.s.Tokens[v].Tag == "VBN" && g.s.Child(v, "obl:agent") >= 0 && g.s.Child(v, "nsubj", "aux") < 0
	defer func() { agent = agent && !reduced }()
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

// hasAux reports whether one of the words stands within four tokens before k.
func (g *sentence) hasAux(k int, words ...string) bool {
	for j := k - 1; j >= 0 && j >= k-4; j-- {
		if slices.Contains(words, g.words[j]) {
			return true
		}
	}
	return false
}

// clear reports whether no actor and no border of a clause stands between
// the tokens [first, last).
func (g *sentence) clear(first, last int) bool {
	for k := first; k < last; k++ {
		if g.own(k) || g.actor(k) {
			return false
		}
		switch g.words[k] {
		case ",", ";", ":", "—", "–", "(", ")", "\"", "that", "which", "who", "whom", "whose", "while", "although", "though", "because", "but", "if", "when", "after", "before", "as", "against", "with", "on", "by":
			return false
		}
	}
	return true
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

// aside is the share of what stands in an adverbial or deep in a complement:
// when, where and on what occasion X did it says little of X.
const aside = 0.3

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
