package framing

import (
	"slices"
	"strings"

	"parallax/analysis/language"
	"parallax/lexicon"
)

// Slots are the places in which a word can stand to a mention. A word is in
// several at once, one of each of the first lines; the word that the mention
// hangs on is also in one of the last, by the mention's relation to it, and in
// "head":
var Slots = []string{
	"sentence",
	"left", "right",
	"left 1", "left 2", "left 3-5", "left 6-9", "left 10", "right 1", "right 2", "right 3-5", "right 6-9", "right 10",
	"left same clause", "left next clause", "left other clause", "right same clause", "right next clause", "right other clause",
	"agent", "patient", "describes", "predicate", "content", "object", "clause", "elsewhere",
	"head",
	"head of subject", "head of passive subject", "head of object", "head of oblique", "head of nominal", "head of possessor",
	"head of compound", "head of apposition", "head of conjunct", "head of other",
}

const (
	slotSide   = 1
	slotNear   = 3
	slotClause = 13
	slotRole   = 19
	slotHead   = 27
)

// headSlot is the slot of the word that a mention hangs on, by the mention's
// relation to it (Universal Dependencies, version 2); the last is that of any other.
var headSlot = map[string]uint8{
	"nsubj": slotHead + 1, "nsubj:pass": slotHead + 2, "obj": slotHead + 3, "obl": slotHead + 4, "nmod": slotHead + 5,
	"nmod:poss": slotHead + 6, "compound": slotHead + 7, "appos": slotHead + 8, "conj": slotHead + 9,
}

// roleSlot is the slot of a word that hangs together with the target by a rule,
// from slotRole; the last is that of a word that does not.
var roleSlot = map[Rule]int{
	RuleAgent: 0, RuleOrder: 0, RulePatient: 1, RuleModifier: 2, RuleOwner: 2, RulePredicate: 3, RuleContent: 4, RuleObject: 5, RuleClause: 6,
}

// RuleSentence is that of every entry, whether it hangs together with the target
// or not: it is in the sentence, no more. The learned model uses it, and the
// scorer of [NewSum], with the entry's valence for a weight.
const RuleSentence Rule = "sentence"

// ruleNames are the rules in a fixed order.
var ruleNames = []Rule{RuleAgent, RulePatient, RuleModifier, RuleOwner, RulePredicate, RuleContent, RuleObject, RuleOrder, RuleClause, RuleSentence}

// Word is a word of a sentence with its slots to a target.
type Word struct {
	Token  int
	Form   string // as the table has it
	slots  [7]uint8
	n      int     // how many of them
	Factor float64 // what negators and hedges leave of it: 1 is all, below 0 is turned
	rule   Rule
	chain  string      // what modifies it
	row    lexicon.Row // of the form
}

// Slots returns the word's slots, as numbers in [Slots].
func (w *Word) Slots() []uint8 { return w.slots[:w.n] }

// Parts returns the factors of what a word adds by its places and by its valence.
func (w *Word) Parts() (topic, valence float64) {
	if w.Factor < 0 {
		return NegatedTopic, w.Factor
	}
	return w.Factor, w.Factor
}

// Entry is an entry of the hand-made tables in a sentence, and how it hangs
// together with a target.
type Entry struct {
	First, Last int
	Term        string
	Rule        Rule
	Weight      float64 // by the rules: value, reach and modifiers
	Turned      bool    // by a negator
	chain       string
}

// Favourable reports whether the weight is that of a favourable entry, or of a
// favourable one turned, which is as good as unfavourable: not so the other way
// round, for "did not attack" is no praise.
func (e *Entry) Favourable() bool { return e.Weight > 0 && !e.Turned }

// Features are what the learned model sees of a sentence and a target.
type Features struct {
	Words   []Word
	Entries []Entry
	Role    Role // of the mention that the score hangs on
	Quoted  bool // what is said of the target is somebody else's
}

// Slot numbers for distances, in tokens.
func nearness(d int) int {
	switch {
	case d <= 1:
		return 0
	case d == 2:
		return 1
	case d <= 5:
		return 2
	case d <= 9:
		return 3
	}
	return 4
}

// borders are words and marks that end a clause, roughly: what the parse says of
// clauses counts by the roles.
var borders = set(`, ; : -- - — – ( ) . ! ? " and or but while although because who which that when after before if as where though
	since unless whereas`)

// border reports whether token k ends a clause: not "and" in the target's name.
func (g *sentence) border(k int) bool { return borders[g.words[k]] && !g.own(k) }

// FeaturesOf returns the features of a sentence for a target that has at least
// one of the input's mentions. Names, of people and places as of anything, and
// the words of the target's own mentions are not among them: the same sentence
// has the same features whoever it is about.
func (r *Rules) FeaturesOf(in *Input, id string, known func(word string) bool) Features {
	g := newSentence(r, in, id)
	s := r.score(g)
	f := g.features(func(word string) (lexicon.Row, bool) { return lexicon.Row{}, known(word) })
	f.Role, f.Quoted = s.Role, s.Quoted
	return f
}

// features looks each word up once, in the table that row stands for.
func (g *sentence) features(row func(word string) (lexicon.Row, bool)) Features {
	f := Features{Words: make([]Word, 0, len(g.words)), Entries: make([]Entry, 0, 2*len(g.entries))}
	for i, e := range g.entries {
		l, ok, w, chain := g.weigh(i)
		if v := valenceOf(e.match.Entry); v != 0 {
			factor, chain := g.factor(e, l)
			rule := string(RuleSentence)
			if len(chain) > 0 {
				rule += ", " + strings.Join(chain, ", ")
			}
			f.Entries = append(f.Entries, Entry{e.first, e.last, e.match.Entry.Term, RuleSentence, v * factor, factor < 0, rule})
		}
		if !ok || w == 0 {
			continue
		}
		f.Entries = append(f.Entries, Entry{e.first, e.last, e.match.Entry.Term, l.rule, w, w*l.value < 0, chain})
	}
	if len(g.entries) == 0 {
		g.modifiers = g.findModifiers()
	}
	// A negator turns what it negates and says nothing by itself, and a modifier
	// of several words ("no doubt", "not only") is no judgement.
	silent := make([]bool, len(g.words))
	for i := range g.modifiers {
		m := &g.modifiers[i]
		for k := m.first; k <= m.last && (m.last > m.first || m.Kind == lexicon.Negator); k++ {
			silent[k] = true
		}
	}
	room := make([]int, 2*(len(g.words)+1))
	r := ruler{room[:len(g.words)+1], room[len(g.words)+1:], g.heads()}
	for k := range g.words {
		r.words[k+1], r.borders[k+1] = r.words[k], r.borders[k]
		if g.names(k, row) {
			silent[k] = true
		} else {
			r.words[k+1]++
		}
		if g.border(k) {
			r.borders[k+1]++
		}
	}
	for k := range g.words {
		if silent[k] || g.own(k) || !g.inScope(k) {
			continue
		}
		word := g.form(k)
		if x, ok := row(word); ok {
			w := g.place(k, r)
			w.Form, w.row = word, x
			f.Words = append(f.Words, w)
			continue
		}
		if !strings.Contains(word, "-") {
			continue
		}
		var w Word
		made := false
		for part := range strings.SplitSeq(word, "-") {
			x, ok := row(part)
			if !ok {
				continue
			}
			if !made {
				w, made = g.place(k, r), true
			}
			w.Form, w.row = part, x
			f.Words = append(f.Words, w)
		}
	}
	return f
}

// marks are the punctuation marks that the table has, by how they are written.
var marks = map[string]string{
	",": ",", ";": ";", ":": ":", ".": ".", "?": "?", "!": "!", "\"": "\"", "(": "(", ")": ")", "[": "(", "]": ")",
	"—": "—", "–": "—", "--": "—", "…": "…", "...": "…",
}

// anyNumber is how the table has numbers, all in one row.
const anyNumber = "0"

// Bare returns what the table has besides words with vectors: marks, numbers,
// and small words. They say how a sentence is built, and so whether it judges.
func Bare() []string {
	out := []string{anyNumber, "a", "i", "'s", "'re", "'ve", "'m", "'ll", "'d"}
	for _, m := range marks {
		out = append(out, m)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// form returns token k as the table has it, "" for a mark that it has not.
//
// "an" is "a" and the apostrophe of a possessive is "'s": which of the two it is
// hangs on the name beside it.
func (g *sentence) form(k int) string {
	t := &g.s.Tokens[k]
	switch {
	case t.Tag == "POS":
		return "'s"
	case t.Kind == language.Punct || t.Kind == language.Quote:
		return marks[g.words[k]]
	case t.Kind == language.Number:
		return anyNumber
	case g.words[k] == "an":
		return "a"
	}
	return g.words[k]
}

// names reports whether the token is part of somebody's name, or is a people's.
func (g *sentence) names(k int, row func(word string) (lexicon.Row, bool)) bool {
	t := &g.s.Tokens[k]
	if strings.HasPrefix(t.Tag, "NNP") || g.actor(k) {
		return true
	}
	if k > 0 || !t.Upper() || t.Tag != "JJ" {
		return false
	}
	_, known := row(g.words[k])
	return !known
}

// ruler counts, before each token, the words that are no names and the borders
// of clauses. Names have no length: how far a word is from the target must not
// hang on how long the names between are. heads has the slot of each token that
// a mention hangs on, 0 of the others.
type ruler struct {
	words, borders []int
	heads          []uint8
}

// place returns token k as a word with its slots: to the nearest mention of the
// target, the first of equals, and with the role that its closest link has.
func (g *sentence) place(k int, at ruler) Word {
	w := Word{Token: k, Factor: 1}
	d, right, clauses := -1, false, 0
	for _, n := range g.mentions {
		m := g.in.Mentions[n]
		switch {
		case k < m.First:
			if n := at.words[m.First] - at.words[k]; d < 0 || n < d {
				d, right, clauses = n, false, at.borders[m.First]-at.borders[k+1]
			}
		case k > m.Last:
			if n := at.words[k+1] - at.words[m.Last+1]; d < 0 || n < d {
				d, right, clauses = n, true, at.borders[k]-at.borders[m.Last+1]
			}
		}
	}
	side := 0
	if right {
		side = 1
	}
	e := entry{first: k, last: k, head: k}
	e.match.Entry = anyNoun
	var l linked
	role := slotRole + 7
	if x := g.anyEntry(k); x != nil {
		e.match.Entry = x
		var ok bool
		if l, ok = g.link(e); ok {
			role, w.rule = slotRole+roleSlot[l.rule], l.rule
		}
	}
	w.slots = [7]uint8{0, uint8(slotSide + side), uint8(slotNear + 5*side + nearness(d)), uint8(slotClause + 3*side + min(2, max(0, clauses))), uint8(role)}
	w.n = 5
	if s := at.heads[k]; s != 0 {
		w.slots[5], w.slots[6], w.n = slotHead, s, 7
	}
	if e.match.Entry == anyNoun && !strings.HasPrefix(g.s.Tokens[k].Tag, "NN") {
		return w // "of", "the" and "it" say nothing that could be turned
	}
	factor, chain := g.turn(e, l, true)
	w.Factor = factor
	w.chain = strings.Join(chain, ", ")
	return w
}

// heads returns by token the slot of a word that a mention of the target hangs
// on, by the first mention that does; 0 of all other words.
func (g *sentence) heads() []uint8 {
	out := make([]uint8, len(g.words))
	for _, n := range g.mentions {
		t := &g.s.Tokens[g.mentionHead(g.in.Mentions[n])]
		if t.Head < 0 || out[t.Head] != 0 {
			continue
		}
		s, ok := headSlot[t.Rel]
		if !ok {
			s = slotHead + 10
		}
		out[t.Head] = s
	}
	return out
}

// Entries for words that no table has, so that the rules can link them.
var (
	anyVerb      = &lexicon.Entry{POS: lexicon.Verb, Agent: 1, Patient: 1}
	anyNoun      = &lexicon.Entry{POS: lexicon.Noun, Valence: 1, Agent: 1, Patient: 1}
	anyAdjective = &lexicon.Entry{POS: lexicon.Adjective, Valence: 1}
	anyAdverb    = &lexicon.Entry{POS: lexicon.Adverb, Valence: 1}
)

// anyEntry returns an entry for the word at k by its part of speech alone, with
// the class that the tables give it; nil for function words.
func (g *sentence) anyEntry(k int) *lexicon.Entry {
	tag := g.s.Tokens[k].Tag
	var x *lexicon.Entry
	switch {
	case strings.HasPrefix(tag, "VB"):
		x = anyVerb
	case strings.HasPrefix(tag, "NN"):
		x = anyNoun
	case strings.HasPrefix(tag, "JJ"):
		return anyAdjective
	case strings.HasPrefix(tag, "RB"):
		return anyAdverb
	default:
		return nil
	}
	var buf [4]lexicon.Match
	if found := g.r.lex.At(g.words, k, buf[:0]); len(found) > 0 && found[0].N == 1 {
		if m, ok := pick(found, tag, tag); ok && m.Entry.Class != "" {
			y := *x
			y.Class = m.Entry.Class
			return &y
		}
	}
	return x
}
