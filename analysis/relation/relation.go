// Package relation finds who does what to whom: directed relations between two
// targets, with how far the deed is conflict or cooperation.
//
// A relation hangs on one term of the lexicon, a verb or a noun of action. Its
// agent and its patient are read from the parse around the term:
//
//   - X threatened Y; Y was threatened by X; X is trying to threaten Y;
//     X and Z threatened Y; X, which threatened Y; X met with Y.
//   - X's threats against Y; threats by X against Y; X issued threats against Y;
//     sanctions imposed on Y by X.
//   - Talks between X and Y, X and Y met: these give both directions.
//
// What the parse does not give is left out: a wrong relation costs more trust
// than a missing one.
package relation

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analysis/language"
	"parallax/analysis/target"
	"parallax/analysis/voice"
	"parallax/lexicon"
)

// Relation is one deed of one target to another.
type Relation struct {
	Sentence       int    // index into the sentences
	Agent, Patient string // ids of two different targets
	Term           string // the lexicon's term
	First, Last    int    // indices of the term's first and last token
	// Value is from -1, military attack, over 0 to +1: a tenth of the
	// lexicon's. It is 0 where the deed is negated.
	Value   float64
	Negated bool   // it is said not to be done
	Modal   bool   // possible, wanted, demanded or threatened, not done
	Quoted  bool   // somebody other than the author says so,
	Holder  string // namely this target, person or voice.Other
}

// scale is the end of the lexicon's scale: Goldstein's range is -10 to 10.
const scale = 10

// Find finds the relations in parsed sentences, by sentence, first token, agent
// and patient. Mentions are by sentence. A term whose two parties stand in the
// words of different voices gives no relation, unless the one who speaks is one
// of the parties: X vowed to "crush Y".
func Find(sentences []language.Sentence, mentions []target.Mention, voices *voice.Voices, lex *lexicon.Lexicon) []Relation {
	var out []Relation
	for i := range sentences {
		n := 0
		for n < len(mentions) && mentions[n].Sentence == i {
			n++
		}
		if several(mentions[:n]) {
			f := newFinder(i, &sentences[i], mentions[:n], voices, lex)
			f.find()
			out = append(out, f.relations()...)
		}
		mentions = mentions[n:]
	}
	return out
}

// several reports whether mentions are of more than one target.
func several(ms []target.Mention) bool {
	return slices.ContainsFunc(ms, func(m target.Mention) bool { return m.Target != ms[0].Target })
}

// finder works on one sentence.
type finder struct {
	index  int
	s      *language.Sentence
	words  []string
	at     [][]string // by token: the targets mentioned there
	voices *voice.Voices
	lex    *lexicon.Lexicon
	terms  []lexicon.Relation // by token: the relation whose head it is, if Term is not ""
	first  []int              // by token: that term's first token,
	last   []int              // and its last
	found  []Relation
}

func newFinder(index int, s *language.Sentence, ms []target.Mention, voices *voice.Voices, lex *lexicon.Lexicon) *finder {
	f := &finder{index: index, s: s, words: s.Norms(), at: make([][]string, len(s.Tokens)), voices: voices, lex: lex,
		terms: make([]lexicon.Relation, len(s.Tokens)), first: make([]int, len(s.Tokens)), last: make([]int, len(s.Tokens))}
	for _, m := range ms {
		for k := m.First; k <= m.Last; k++ {
			// "Anti-American" is about whom it names, and is none of its doing.
			if w := f.words[k]; strings.HasPrefix(w, "anti-") || strings.HasPrefix(w, "pro-") || strings.HasPrefix(w, "non-") {
				continue
			}
			if !slices.Contains(f.at[k], m.Target) {
				f.at[k] = append(f.at[k], m.Target)
			}
		}
	}
	for k := 0; k < len(f.words); k++ {
		pos := lexicon.Noun
		if f.verb(k) {
			pos = lexicon.Verb
		} else if !strings.HasPrefix(s.Tokens[k].Tag, "N") && !strings.HasPrefix(s.Tokens[k].Tag, "JJ") {
			continue
		}
		r, n, ok := lex.RelationAt(f.words, k, pos)
		if !ok || len(f.at[k]) > 0 {
			continue
		}
		head := k
		if pos == lexicon.Noun {
			if head = f.top(k, k+n-1); !strings.HasPrefix(s.Tokens[head].Tag, "N") || len(f.at[head]) > 0 {
				continue
			}
		}
		f.terms[head], f.first[head], f.last[head] = r, k, k+n-1
		k += n - 1
	}
	return f
}

// top returns the token of [first, last] whose head lies outside.
func (f *finder) top(first, last int) int {
	for k := last; k >= first; k-- {
		if h := f.s.Tokens[k].Head; h < first || h > last {
			return k
		}
	}
	return last
}

func (f *finder) verb(k int) bool { return strings.HasPrefix(f.s.Tokens[k].Tag, "VB") }

func (f *finder) find() {
	for k := range f.terms {
		switch {
		case f.terms[k].Term == "":
		case f.terms[k].POS == lexicon.Verb:
			f.findVerb(k)
		default:
			f.findNoun(k)
		}
	}
}

// findVerb reads the relation of the verb at v.
func (f *finder) findVerb(v int) {
	// "Provided food aid": the noun is the deed.
	if k := f.s.Child(v, "obj"); light[f.words[v]] && k > f.last[v] && f.terms[k].Term != "" {
		return
	}
	agents, controlled := f.agents(v)
	patients := f.patients(v, reach)
	if f.terms[v].Mutual && len(patients) == 0 && len(agents) > 1 {
		patients = agents
	}
	f.emit(v, v, agents, patients, controlled)
}

// findNoun reads the relation of the noun at n.
func (f *finder) findNoun(n int) {
	t := f.terms[n]
	// "The attack plan" and "the sanctions regime" are not the deed.
	if f.s.Tokens[n].Rel == "compound" {
		return
	}
	owners := f.owners(n)
	by := f.party(n, "by", "from")
	on := f.party(n, "against", "on", "to", "toward", "towards", "upon", "at", "for", "with", "of")
	between := f.party(n, "between", "among")
	if h := f.s.Tokens[n].Head; len(between) == 0 && h >= 0 {
		between = f.party(h, "between", "among")
	}
	if len(between) > 1 {
		f.emit(n, n, between, between, false)
		return
	}
	agents, patients := by, on
	switch {
	case len(agents) == 0:
		agents = owners
	case len(patients) == 0:
		patients = owners // "the invasion of X by Y", "X's invasion by Y"
	}
	// "US-North Korea talks", "their talks": both at once.
	if t.Mutual && len(patients) == 0 && len(agents) > 1 {
		f.emit(n, n, agents, agents, false)
		return
	}
	head := n
	controlled := false
	if v := f.lightVerb(n); v >= 0 {
		if len(by) == 0 {
			subject, c := f.agents(v)
			if len(subject) > 0 {
				if len(patients) == 0 && len(owners) > 0 {
					patients = owners // "X signed a North Korean deal" is rare, "X imposed Y sanctions" no English
				}
				agents, controlled = subject, c
			}
		}
		if len(patients) == 0 {
			patients = f.targets(f.s.Child(v, "iobj"))
		}
		if len(patients) == 0 {
			patients = f.party(v, "against", "on", "to", "toward", "towards", "upon", "at", "with")
		}
		if t.Mutual && len(patients) == 0 && len(agents) > 1 {
			patients = agents
		}
		head = v
	}
	f.emit(n, head, agents, patients, controlled)
}

// emit adds a relation for each pair of an agent and a patient. head is the
// verb or noun that tells whether the deed is done.
func (f *finder) emit(n, head int, agents, patients []party, controlled bool) {
	t := f.terms[n]
	before := len(f.found)
	negated := f.negated(head) || head != n && f.negated(n)
	modal := controlled || f.modal(head)
	for _, a := range agents {
		for _, p := range patients {
			if a.id == p.id || !f.oneVoice(n, a, p) {
				continue
			}
			r := Relation{Sentence: f.index, Agent: a.id, Patient: p.id, Term: t.Term, First: f.first[n], Last: f.last[n],
				Value: t.Value / scale, Negated: negated, Modal: modal}
			if negated {
				r.Value = 0
			}
			if s, ok := f.voices.At(f.index, n); ok {
				r.Quoted, r.Holder = true, s.Holder
			}
			f.found = append(f.found, r)
		}
	}
	if t.Mutual && len(agents) > 0 && len(patients) > 0 && !slices.Equal(agents, patients) {
		for _, r := range slices.Clone(f.found[before:]) {
			r.Agent, r.Patient = r.Patient, r.Agent
			f.found = append(f.found, r)
		}
	}
}

// oneVoice reports whether the term at n and both parties stand in the words of
// one speaker, or the one outside those words is the one who speaks them. Who is
// accused of a deed in somebody's reported words stands just outside of them.
func (f *finder) oneVoice(n int, parties ...party) bool {
	for _, p := range parties {
		here, in := f.voices.At(f.index, n)
		there, out := f.voices.At(f.index, p.token)
		switch {
		case in == out && here.Holder == there.Holder:
		case !in && out && there.Cue == n: // "denounced X": what a verb of saying is about counts as said
		case in && here.Holder == p.id && !out, !in && out && slices.ContainsFunc(parties, func(q party) bool { return q.id == there.Holder }):
		case in && !out && here.Kind == voice.Reported && here.Cue >= 0 && f.s.Within(p.token, here.Cue) && p.token > here.Cue:
		default:
			return false
		}
	}
	return true
}

// relations returns what was found, in order and without repetition.
func (f *finder) relations() []Relation {
	slices.SortStableFunc(f.found, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.First, b.First), strings.Compare(a.Agent, b.Agent), strings.Compare(a.Patient, b.Patient))
	})
	return slices.CompactFunc(f.found, func(a, b Relation) bool {
		return a.First == b.First && a.Agent == b.Agent && a.Patient == b.Patient
	})
}
