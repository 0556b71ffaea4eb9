package relation

import (
	"slices"
	"strings"

	"parallax/lexicon"
)

// party is a target that takes part, and the token that names it.
type party struct {
	id    string
	token int
}

// reach is how many steps of a chain of heads or of phrases are followed: "the
// spokesman of the ministry of X" has two, and longer ones are read wrong more
// often than right.
const reach = 4

// targets returns the targets that the noun phrase with head k stands for: who
// it names; or whose people or thing it is: X's army, North Korean missiles, the
// government of X; with all that is coordinated with it.
func (f *finder) targets(k int) []party { return f.phrase(k, reach) }

func (f *finder) phrase(k, depth int) []party {
	if k < 0 || depth == 0 {
		return nil
	}
	var out []party
	add := func(ps ...party) {
		for _, p := range ps {
			if !slices.ContainsFunc(out, func(q party) bool { return q.id == p.id }) {
				out = append(out, p)
			}
		}
	}
	for _, id := range f.at[k] {
		add(party{id, k})
	}
	if len(out) == 0 {
		// "Its ally X" is X before it is one of whose ally it is.
		for _, c := range f.s.Children(k) {
			if f.s.Tokens[c].Rel == "appos" || f.s.Tokens[c].Rel == "flat" {
				for _, id := range f.at[c] {
					add(party{id, c})
				}
			}
		}
	}
	if len(out) == 0 {
		for _, rels := range [][]string{{"nmod:poss", "flat", "compound", "amod"}, {"nmod"}, {"appos"}} {
			for _, c := range f.s.Children(k) {
				if len(out) > 0 && rels[0] != "nmod:poss" || !slices.Contains(rels, f.s.Tokens[c].Rel) {
					continue
				}
				if rels[0] == "nmod" && !(f.preposition(c, "of", "from") && bodies[f.words[k]]) {
					continue
				}
				add(f.phrase(c, depth-1)...)
			}
			if len(out) > 0 {
				break
			}
		}
	}
	for _, c := range f.s.Children(k) {
		if f.s.Tokens[c].Rel == "conj" && !f.verb(c) {
			add(f.phrase(c, depth-1)...)
		}
	}
	// A pronoun of a relative clause, or "it", that target did not resolve names nobody.
	return out
}

// owners returns the targets that stand before the noun at n: X's talks, the US
// threats, US-South Korean exercises.
func (f *finder) owners(n int) []party {
	var out []party
	for _, c := range f.s.Children(n) {
		switch f.s.Tokens[c].Rel {
		case "nmod:poss", "amod", "compound", "nmod", "det":
			if c < n {
				for _, p := range f.targets(c) {
					if !slices.ContainsFunc(out, func(q party) bool { return q.id == p.id }) {
						out = append(out, p)
					}
				}
			}
		}
	}
	return out
}

// preposition reports whether the phrase with head k is led by one of the words.
func (f *finder) preposition(k int, words ...string) bool {
	for _, c := range f.s.Children(k) {
		if f.s.Tokens[c].Rel == "case" && c < k && slices.Contains(words, f.words[c]) {
			return true
		}
	}
	return false
}

// party returns the targets in the phrases below k that one of the prepositions
// leads; the first phrase that names any. Parsers hang "by Y" in "the invasion
// of X by Y" on X: phrases that hang on one that names a target come second.
func (f *finder) party(k int, prepositions ...string) []party {
	phrases := f.phrases(k)
	for _, c := range phrases {
		if prepositions[0] == "by" && len(f.at[c]) > 0 {
			phrases = append(phrases, f.phrases(c)...)
		}
	}
	for _, c := range phrases {
		if f.preposition(c, prepositions...) {
			if ps := f.targets(c); len(ps) > 0 {
				return ps
			}
		}
	}
	return nil
}

// phrases returns the heads of the phrases behind k that hang on it.
func (f *finder) phrases(k int) []int {
	var out []int
	for _, c := range f.s.Children(k) {
		switch f.s.Tokens[c].Rel {
		case "nmod", "obl", "obl:agent":
			if c > k {
				out = append(out, c)
			}
		}
	}
	return out
}

func (f *finder) passive(v int) bool {
	return f.s.Child(v, "aux:pass", "nsubj:pass") >= 0 || f.s.Tokens[v].Tag == "VBN" && f.s.Child(v, "obl:agent") >= 0 && f.s.Child(v, "aux") < 0
}

// agents returns who does the verb at v, following control and coordination.
// controlled is true where somebody else wants, makes or forbids it.
func (f *finder) agents(v int) (agents []party, controlled bool) {
	if f.passive(v) {
		if k := f.s.Child(v, "obl:agent"); k >= 0 {
			return f.targets(k), false
		}
		return f.party(v, "by"), false
	}
	for n := 0; v >= 0 && n < reach; n++ {
		t := &f.s.Tokens[v]
		if k := f.s.Child(v, "nsubj"); k >= 0 {
			if w := f.s.Tokens[k].Tag; (w == "WDT" || w == "WP" || f.words[k] == "that") && t.Rel == "acl:relcl" {
				k = t.Head
			}
			return f.targets(k), controlled
		}
		if n > 0 && f.passive(v) {
			// "X was used by Y to attack Z": Y attacks.
			if k := f.s.Child(v, "obl:agent"); k >= 0 {
				return f.targets(k), controlled
			}
			return f.targets(f.s.Child(v, "nsubj:pass")), controlled
		}
		switch t.Rel {
		case "xcomp", "ccomp", "advcl", "obl":
			if t.Head < 0 {
				return nil, false
			}
			// "Urged X to attack", "accused X of attacking".
			if o := f.s.Child(t.Head, "obj", "iobj"); o > t.Head && o < v && f.complement(v) {
				return f.targets(o), !charges[f.words[t.Head]]
			}
			if t.Rel == "ccomp" || !f.verb(t.Head) {
				return nil, false
			}
			v = t.Head
		case "conj", "parataxis":
			v = t.Head
		case "acl:relcl", "acl":
			// With an object it is no passive: "the coalition attacked X", read wrong.
			if t.Tag == "VBG" || f.s.Child(v, "obj") >= 0 && !f.complement(v) {
				return f.targets(t.Head), false
			}
			// "Its decision to attack X"
			if t.Head >= 0 {
				return f.owners(t.Head), true
			}
			return nil, false
		default:
			return nil, false
		}
	}
	return nil, false
}

// complement reports whether the verb at v is led by "to", "of" or "from".
func (f *finder) complement(v int) bool {
	m := f.s.Child(v, "mark", "case")
	return m >= 0 && (f.words[m] == "to" || f.words[m] == "of" || f.words[m] == "from" || f.words[m] == "for")
}

// patients returns whom the verb at v is done to, following at most so many
// complements and conjuncts.
func (f *finder) patients(v, steps int) []party {
	if steps == 0 {
		return nil
	}
	if f.passive(v) {
		if k := f.s.Child(v, "nsubj:pass", "nsubj"); k >= 0 {
			if t := f.s.Tokens[k].Tag; (t == "WDT" || t == "WP" || f.words[k] == "that") && f.s.Tokens[v].Rel == "acl:relcl" {
				k = f.s.Tokens[v].Head
			}
			return f.targets(k)
		}
		switch f.s.Tokens[v].Rel {
		case "acl", "acl:relcl":
			return f.targets(f.s.Tokens[v].Head)
		case "xcomp", "conj", "advcl":
			for h, n := f.s.Tokens[v].Head, 0; h >= 0 && n < reach; h, n = f.s.Tokens[h].Head, n+1 {
				if k := f.s.Child(h, "nsubj:pass", "nsubj"); k >= 0 {
					return f.targets(k)
				}
			}
		}
		return nil
	}
	for _, rel := range []string{"iobj", "obj"} {
		k := f.s.Child(v, rel)
		if k < 0 {
			continue
		}
		// "Condemned the attack on X" is not against X, "condemned X's attack" is.
		deed := f.terms[k].Term != "" && f.terms[k].POS == lexicon.Noun && f.terms[k].Value < 0 && k > f.last[v]
		if deed {
			if ps := f.party(k, "by", "from"); len(ps) > 0 {
				return ps
			}
			return f.owners(k)
		}
		if ps := f.targets(k); len(ps) > 0 {
			return ps
		}
		if ps := f.party(k, "with", "to", "from", "of", "against", "on", "by", "toward", "towards"); len(ps) > 0 {
			return ps
		}
	}
	// "For" is left out: what is done for somebody is done to somebody else.
	if ps := f.party(v, "with", "to", "against", "on", "at", "toward", "towards", "from"); len(ps) > 0 {
		return ps
	}
	// "Withdrew from the pact with X"
	for _, c := range f.phrases(v) {
		if f.preposition(c, "from", "on", "to") {
			if ps := f.party(c, "with"); len(ps) > 0 {
				return ps
			}
		}
	}
	// "Threatened to attack X", "agreed to help X": whom the deed would be done to.
	if k := f.s.Child(v, "xcomp"); k >= 0 && f.verb(k) && f.s.Child(v, "obj") < 0 && !f.terms[v].Mutual {
		return f.patients(k, steps-1)
	}
	// A conjunct shares the object: "condemned and punished X".
	if k := f.s.Child(v, "conj"); k >= 0 && f.verb(k) && f.s.Child(k, "nsubj", "nsubj:pass") < 0 && k == f.last[v]+2 {
		return f.patients(k, steps-1)
	}
	return nil
}

// lightVerb returns the verb that says only that the deed of the noun at n is
// done: issue threats, hold talks, sanctions imposed by X. -1 for none.
func (f *finder) lightVerb(n int) int {
	t := &f.s.Tokens[n]
	switch t.Rel {
	case "obj", "nsubj:pass":
		if light[f.words[t.Head]] {
			return t.Head
		}
	case "obl":
		if f.verb(t.Head) && engages[f.words[t.Head]] && f.preposition(n, "in", "into", "for") {
			return t.Head
		}
	case "conj":
		if f.s.Tokens[t.Head].Rel == "obj" && light[f.words[f.s.Tokens[t.Head].Head]] {
			return f.s.Tokens[t.Head].Head
		}
	}
	if k := f.s.Child(n, "acl", "acl:relcl"); k >= 0 && light[f.words[k]] && (f.passive(k) || f.s.Tokens[k].Tag == "VBN" && f.s.Child(k, "nsubj", "aux") < 0) {
		return k
	}
	return -1
}

// negated reports whether what the word at k says is denied: by a negator of
// its own or of the verb that governs it, or by a verb such as refuse.
func (f *finder) negated(k int) bool {
	for n := 0; k >= 0 && n < reach; n++ {
		for _, c := range f.s.Children(k) {
			if negators[f.words[c]] && (f.s.Tokens[c].Rel == "advmod" || f.s.Tokens[c].Rel == "det" || f.s.Tokens[c].Rel == "mark" || f.s.Tokens[c].Rel == "case" || f.s.Tokens[c].Rel == "cc" || f.s.Tokens[c].Rel == "aux") {
				return true
			}
		}
		t := &f.s.Tokens[k]
		if t.Rel != "xcomp" && (t.Rel != "obj" || n == 0 && !f.verb(k)) && t.Rel != "advcl" && t.Rel != "ccomp" {
			return false
		}
		if t.Head >= 0 && refuses[f.words[t.Head]] && t.Rel != "obj" && (t.Rel != "advcl" || f.complement(k)) {
			return true
		}
		if t.Rel != "xcomp" {
			return false
		}
		k = t.Head
	}
	return false
}

// modal reports whether what the word at k says is possible, wanted or
// threatened rather than done.
func (f *finder) modal(k int) bool {
	for n := 0; k >= 0 && n < reach; n++ {
		for _, c := range f.s.Children(k) {
			switch t := &f.s.Tokens[c]; t.Rel {
			case "aux":
				if modals[f.words[c]] {
					return true
				}
			case "mark":
				if f.words[c] == "if" || f.words[c] == "unless" || f.words[c] == "whether" {
					return true
				}
			}
		}
		t := &f.s.Tokens[k]
		if t.Head < 0 {
			return false
		}
		switch t.Rel {
		case "xcomp", "obj", "ccomp", "advcl", "obl":
			if wants[f.words[t.Head]] && (t.Rel != "advcl" || f.complement(k)) {
				return true
			}
		case "acl":
			return !f.verb(k) || f.complement(k) // "its plan to attack X"
		case "conj":
		default:
			return false
		}
		if t.Rel != "xcomp" && t.Rel != "conj" {
			return false
		}
		k = t.Head
	}
	return false
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// light are forms of verbs that only say that their object is done.
var light = set(`issue issues issued issuing make makes made making hold holds held holding launch launches launched launching
	carry carries carried carrying conduct conducts conducted conducting impose imposes imposed imposing put puts putting
	begin begins began begun start starts started starting open opens opened opening wage wages waged waging mount mounts mounted
	give gives gave given giving offer offers offered offering provide provides provided providing send sends sent sending
	extend extends extended extending sign signs signed signing reach reaches reached reaching conclude concludes concluded
	stage stages staged staging slap slaps slapped exert exerts exerted apply applies applied level levels levelled leveled
	pay pays paid express expresses expressed voice voices voiced show shows showed shown resume resumes resumed resuming
	have has had having continue continues continued continuing renew renews renewed direct directed tighten tightened
	intensify intensified increase increased step stepped escalate escalated declare declared commit committed seal sealed
	hammer hammered strike struck forge forged`)

// engages are forms of verbs that do so with "in": engage in talks.
var engages = set(`engage engages engaged engaging participate participates participated enter enters entered entering took take takes
	sit sits sat met meet meets meeting join joins joined`)

// charges are forms of verbs that say that their object does what follows.
var charges = set(`accuse accuses accused accusing blame blames blamed blaming condemn condemns condemned condemning criticize
	criticizes criticized criticizing criticise criticised denounce denounces denounced suspect suspects suspected praise praises praised
	thank thanked see sees saw watch watched catch caught help helps helped`)

// negators are words that deny.
var negators = set(`not n't never no neither nor without hardly cannot`)

// refuses are forms of verbs after which what follows is not done.
var refuses = set(`refuse refuses refused refusing fail fails failed failing decline declines declined declining deny denies denied
	denying avoid avoids avoided avoiding stop stops stopped stopping cease ceases ceased refrain refrains refrained prevent
	prevents prevented`)

// modals are auxiliaries of what is possible or ought to be; "will" says what
// is to be done and is no such word.
var modals = set(`may might can could would should must ought`)

// wants are forms of verbs whose complement is wanted, planned, promised,
// threatened or demanded.
var wants = set(`want wants wanted wanting wish wishes wished hope hopes hoped hoping plan plans planned planning intend intends
	intended intending prepare prepares prepared preparing consider considers considered considering threaten threatens
	threatened threatening vow vows vowed vowing pledge pledges pledged promise promises promised promising offer offers offered
	offering agree agrees agreed urge urges urged urging demand demands demanded demanding ask asks asked asking propose proposes
	proposed call calls called calling push pushes pushed press presses pressed warn warns warned fear fears feared expect
	expects expected order orders ordered tell tells told allow allows allowed encourage encourages encouraged`)

// bodies are nouns for people and institutions that act for whom they are of.
var bodies = set(`government governments regime leadership leader leaders authorities officials official administration people army
	navy military forces troops president parliament premier minister ministers ministry spokesman spokeswoman ambassador envoy
	diplomats diplomat delegation republic state nation country capital side police intelligence media soldiers`)
