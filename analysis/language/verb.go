package language

import "parallax/lexicon"

import "strings"

// VerbGroup is a full verb with what goes with it: auxiliaries, negation, a
// particle and the semi-modal verbs that it hangs on. "would not have to give
// up" is one group, and so is "failed to agree". Of a nominal predicate ("was
// never a threat") the group is the copula with its auxiliaries.
type VerbGroup struct {
	Head        int // the full verb, or the copula
	First, Last int // tokens, inclusive; others can stand between ("Has Seoul agreed")

	Tense       Tense
	Perfect     bool // "has agreed"
	Progressive bool // "is agreeing"
	Voice       Voice
	Negated     bool   // by "not", "never" or "no longer"; a Catenative that denies ("refuse to") does not count
	Modal       string // the modal verb, spelt out ("wo" is "will"); "" for none
	Catenative  string // semi-modal verbs in their base form, "have to" or "fail to"; "" for none
}

// Tense is the tense of the first verb of a group.
type Tense string

const (
	NoTense Tense = "" // infinitives, participles, and modals other than those of the future
	Past    Tense = "past"
	Present Tense = "present"
	Future  Tense = "future" // "will", "shall" and "is going to"
)

// Voice is the voice of a verb.
type Voice string

const (
	Active    Voice = "active"
	Passive   Voice = "passive"           // with an agent: "was hit by the North"
	Agentless Voice = "agentless passive" // nobody is said to have done it: "was hit"
)

// catenatives are the verbs that with "to" say of another verb whether and how
// it comes about, by form. Their subject is that of the other verb, so that
// the two are one group. Verbs that report a wish or a word ("want", "vow",
// "agree") are among them only where the news use them for what somebody does
// or does not do. The list is closed: with more verbs in it, relations of two
// events turn into one.
var catenatives = bases(`have: have has had having 've 'd; going: going; need: need needs needed;
	threaten: threaten threatens threatened threatening; refuse: refuse refuses refused refusing;
	fail: fail fails failed failing; try: try tries tried trying; decline: decline declines declined declining;
	attempt: attempt attempts attempted attempting; seek: seek seeks sought seeking; manage: manage manages managed managing;
	continue: continue continues continued continuing; begin: begin begins began begun beginning;
	start: start starts started starting; seem: seem seems seemed; appear: appear appears appeared;
	used: used; ought: ought; vow: vow vows vowed vowing; want: want wants wanted; plan: plan plans planned planning`)

// modals are the modal verbs that are not spelt as they are called.
var modals = bases("will: 'll wo; would: 'd; can: ca; shall: sha")

// bases reads a table of "base: form form; base: form".
func bases(table string) map[string]string {
	out := make(map[string]string)
	for entry := range strings.SplitSeq(table, ";") {
		base, forms, _ := strings.Cut(strings.TrimSpace(entry), ":")
		for form := range strings.FieldsSeq(forms) {
			out[form] = base
		}
	}
	return out
}

var (
	haveForms = lexicon.Class("have")
	getForms  = lexicon.Class("get")
	futures   = lexicon.Class("futures")
	additive  = lexicon.Class("additive")
)

// VerbGroups returns the verb groups of a parsed sentence, in the order of their
// heads. It runs in linear time.
func (s *Sentence) VerbGroups() []VerbGroup {
	var out []VerbGroup
	at := make([]int, len(s.Tokens)) // of each token: the group it is head of, and one
	for i := range s.Tokens {
		if !s.groupHead(i) {
			continue
		}
		g := s.verbGroup(i)
		if r := s.sharedWith(i); r >= 0 && r < i && at[r] > 0 {
			first := out[at[r]-1]
			g.Tense, g.Perfect, g.Progressive = first.Tense, first.Perfect, first.Progressive
			g.Modal, g.Catenative, g.Negated = first.Modal, first.Catenative, g.Negated || first.Negated
			if first.Voice != Active && g.Voice == Active {
				g.Voice = Agentless
				if s.agent(i) >= 0 {
					g.Voice = Passive
				}
			}
			// The agent of the last verb of a series is that of all: "hit and sunk by the North".
			if g.Voice == Passive && first.Voice == Agentless {
				out[at[r]-1].Voice = Passive
			}
		}
		out = append(out, g)
		at[i] = len(out)
	}
	return out
}

// verbal reports whether token i is a verb.
func (s *Sentence) verbal(i int) bool { return strings.HasPrefix(s.Tokens[i].Tag, "VB") }

// auxiliary reports whether token i only helps another verb.
func (s *Sentence) auxiliary(i int) bool {
	r := s.Tokens[i].Rel
	return r == "aux" || r == "aux:pass"
}

// groupHead reports whether a verb group has its head at token i.
func (s *Sentence) groupHead(i int) bool {
	t := &s.Tokens[i]
	switch {
	case t.Rel == "cop":
		return true
	case !s.verbal(i) || s.auxiliary(i) || s.chained(i) >= 0:
		return false
	case s.Child(i, "aux:pass", "nsubj", "nsubj:pass") >= 0:
		return s.Child(i, "cop") < 0
	case t.Rel == "amod" || t.Rel == "compound" || t.Rel == "case" || t.Rel == "mark" || t.Rel == "fixed":
		return false // "the united front", "according to"
	}
	return s.Child(i, "cop") < 0
}

// chained returns the verb whose group token i is in as a semi-modal: the
// infinitive behind it, or -1.
func (s *Sentence) chained(i int) int {
	if catenatives[s.Tokens[i].Norm] == "" || !s.verbal(i) && s.Tokens[i].Tag != "MD" {
		return -1
	}
	for _, k := range s.Children(i) {
		if k < i || !s.toInfinitive(k) {
			continue
		}
		switch s.Tokens[k].Rel {
		case "xcomp":
			if s.between(i, k, "obj") < 0 {
				return k
			}
		case "advcl", "ccomp":
			// Directly behind such a verb an infinitive is no purpose.
			if s.Tokens[i+1].Tag == "TO" {
				return k
			}
		}
	}
	return -1
}

// between returns a dependent of token i before k with a relation, or -1.
func (s *Sentence) between(i, k int, rel string) int {
	for _, c := range s.Children(i) {
		if i < c && c < k && s.Tokens[c].Rel == rel {
			return c
		}
	}
	return -1
}

// toInfinitive reports whether "to" marks token i.
func (s *Sentence) toInfinitive(i int) bool {
	for _, k := range s.Children(i) {
		if s.Tokens[k].Tag == "TO" && k < i {
			return true
		}
	}
	return false
}

// sharedWith returns the verb whose auxiliaries serve token i too, or -1: "was
// attacked and destroyed".
func (s *Sentence) sharedWith(i int) int {
	t := &s.Tokens[i]
	if t.Rel != "conj" || t.Head < 0 || s.Child(i, "aux", "aux:pass", "cop", "nsubj", "nsubj:pass") >= 0 || s.toInfinitive(i) {
		return -1
	}
	// Where the parser hung it on a noun, the verb above that noun is meant.
	at := t.Head
	for n := 0; n < longest && s.Tokens[at].Head >= 0 && strings.HasPrefix(s.Tokens[at].Tag, "NN"); n++ {
		at = s.Tokens[at].Head
	}
	h := &s.Tokens[at]
	if h.Tag == t.Tag || h.Tag == "VBD" && t.Tag == "VBN" || h.Tag == "VBN" && t.Tag == "VBD" && s.Child(at, "aux", "aux:pass") >= 0 {
		return at
	}
	return -1
}

// agent returns the "by" phrase of a passive verb, or -1.
func (s *Sentence) agent(i int) int {
	for _, k := range s.Children(i) {
		if s.Tokens[k].Rel == "obl:agent" {
			return k
		}
		if c := s.Child(k, "case"); k > i && c >= 0 && s.Tokens[k].Rel == "obl" && s.Tokens[c].Norm == "by" && strings.HasPrefix(s.Tokens[k].Tag, "NNP") {
			return k
		}
	}
	return -1
}

// verbGroup gathers the group with its head at token i.
func (s *Sentence) verbGroup(i int) VerbGroup {
	g := VerbGroup{Head: i, First: i, Last: i, Voice: Active}
	take := func(k int) { g.First, g.Last = min(g.First, k), max(g.Last, k) }

	// From the full verb up to the outermost semi-modal.
	outer := i
	if s.Tokens[i].Rel == "cop" {
		outer = s.Tokens[i].Head
	}
	links := []int{outer}
	for n := 0; n < len(s.Tokens); n++ {
		h := s.Tokens[outer].Head
		if h < 0 || s.chained(h) != outer {
			break
		}
		outer = h
		links = append(links, h)
		take(h)
		if g.Catenative != "" {
			g.Catenative = " " + g.Catenative
		}
		g.Catenative = catenatives[s.Tokens[h].Norm] + " to" + g.Catenative
	}
	for _, v := range links {
		for _, k := range s.Children(v) {
			t := &s.Tokens[k]
			switch {
			case s.auxiliary(k) || t.Rel == "cop" && k == i:
				take(k)
			case t.Tag == "TO" && v != outer && k < v:
				take(k)
			case t.Rel == "compound:prt" && v == i:
				take(k)
			case s.negates(k, v):
				g.Negated = true
				take(k)
			}
		}
	}

	// The verbs of the outermost link say tense, those of the innermost voice.
	chain := s.auxiliaries(outer)
	if v := outer; s.verbal(v) || s.Tokens[v].Tag == "MD" {
		chain = append(chain, v)
	} else if s.Tokens[i].Rel == "cop" {
		chain = append(chain, i)
	}
	g.tense(s, chain)
	if outer != links[0] {
		chain = s.auxiliaries(links[0])
		if s.Tokens[i].Rel == "cop" {
			chain = append(chain, i)
		} else {
			chain = append(chain, links[0])
		}
		for k := 1; k < len(chain); k++ {
			g.Perfect = g.Perfect || haveForms[s.Tokens[chain[k-1]].Norm] && s.participle(chain[k])
		}
	}
	// One word for two, which the treebank writes apart.
	if k := g.First - 1; k >= 0 && s.Tokens[k].Norm == "cannot" {
		g.First, g.Modal, g.Negated, g.Tense = k, "can", true, NoTense
	}
	if strings.HasPrefix(g.Catenative, "going to") && g.Tense == Present {
		g.Tense, g.Progressive = Future, false
	}
	if s.Tokens[i].Rel != "cop" && s.passive(i) {
		g.Voice = Agentless
		if s.agent(i) >= 0 {
			g.Voice = Passive
		}
	}
	return g
}

// auxiliaries returns the auxiliaries of token i, in order.
func (s *Sentence) auxiliaries(i int) []int {
	var out []int
	for _, k := range s.Children(i) {
		if s.auxiliary(k) {
			out = append(out, k)
		}
	}
	return out
}

// participle reports whether token i is a past participle, or looks like one.
func (s *Sentence) participle(i int) bool {
	return s.Tokens[i].Tag == "VBN" || s.Tokens[i].Tag == "VBD"
}

// tense fills in what the order of the verbs says: modal, tense and aspect.
func (g *VerbGroup) tense(s *Sentence, chain []int) {
	for n, k := range chain {
		t := &s.Tokens[k]
		if t.Tag == "MD" {
			if g.Modal = t.Norm; modals[t.Norm] != "" {
				g.Modal = modals[t.Norm]
			}
			if t.Norm == "cannot" {
				g.Modal, g.Negated = "can", true
			}
			if t.Norm == "ought" {
				g.Modal = ""
			}
			if futures[g.Modal] {
				g.Tense = Future
			}
		}
		if n == 0 {
			switch t.Tag {
			case "VBD":
				g.Tense = Past
			case "VBZ", "VBP":
				g.Tense = Present
			case "VBN":
				// The tagger takes a past for a participle: with a subject and
				// nothing before it, it is a past.
				if s.Child(k, "nsubj") >= 0 || s.Tokens[k].Rel == "root" && s.Child(k, "obj") >= 0 {
					g.Tense = Past
				}
			}
			continue
		}
		before := s.Tokens[chain[n-1]].Norm
		g.Perfect = g.Perfect || haveForms[before] && s.participle(k)
		g.Progressive = g.Progressive || be[before] && t.Tag == "VBG"
	}
}

// passive reports whether token i is a verb in the passive.
func (s *Sentence) passive(i int) bool {
	if !s.participle(i) {
		return false
	}
	if s.Child(i, "aux:pass") >= 0 {
		return true
	}
	aux := s.auxiliaries(i)
	if n := len(aux); n > 0 {
		last := s.Tokens[aux[n-1]].Norm
		return be[last] || getForms[last]
	}
	// Without an auxiliary a participle is passive where it describes: "the
	// village hit by the flood".
	t := &s.Tokens[i]
	return t.Tag == "VBN" && (t.Rel == "acl" || t.Rel == "advcl" || t.Rel == "xcomp" || s.agent(i) >= 0) && s.Child(i, "nsubj") < 0
}

// negates reports whether dependent k denies verb v.
func (s *Sentence) negates(k, v int) bool {
	if k > v {
		return false
	}
	switch s.Tokens[k].Norm {
	case "not", "n't":
		return k+1 >= len(s.Tokens) || !additive[s.Tokens[k+1].Norm]
	case "never":
		return true
	case "longer":
		return k > 0 && s.Tokens[k-1].Norm == "no"
	}
	return false
}
