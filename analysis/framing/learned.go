package framing

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"parallax/analysis/language"
	"parallax/lexicon"
)

// Learned is the scorer by a table of learned weights ([lexicon.Weights]).
//
// For each class, negative and positive, the log odds against neutral are a sum:
//
//	a bias, the same for both classes, so that a sentence that says nothing has tone 0;
//	of a state it depends on the mention's role and on whether somebody is quoted
//	+ what each word adds in each of its slots to the target, and by its valence
//	+ what each entry of the hand-made tables adds by the rule that links it
//
// and a softmax makes probabilities of them. The sum is fitted to news about
// people and parties. Where the target is a state, a second, smaller sum over the
// same terms takes its place: news names states far oftener than it judges them,
// and what agent and patient do to one another decides.
type Learned struct {
	rules   *Rules
	weights *lexicon.Weights
	other   parameters
	state   parameters
}

// parameters are the weights that are no word's, for one kind of target.
type parameters struct {
	neutral float64                    // log odds of negative and of positive where nothing is said
	roles   map[Role]float64           // of a state: added to neutral, by the mention's role
	quoted  float64                    // of a state: added to neutral in somebody else's mouth
	entries map[Rule][2]lexicon.Logits // of negative and of positive entries, a unit of weight
	scale   lexicon.Logits             // of a state: what a unit of log odds, positive against negative, adds
	decide  lexicon.Logits             // factors of the probabilities when one class must be named
}

// NewLearned returns a scorer. The options switch parts of the rules off.
func NewLearned(lex *lexicon.Lexicon, w *lexicon.Weights, o Options) *Learned {
	l := &Learned{rules: NewRules(lex, o), weights: w}
	l.other = parameters{neutral: w.Named(NamedNeutral).Negative, entries: map[Rule][2]lexicon.Logits{}, decide: lexicon.Logits{Negative: 1, Positive: 1}}
	l.state = parameters{
		neutral: w.Named(NamedStateNeutral).Negative, entries: map[Rule][2]lexicon.Logits{},
		scale: w.Named(NamedStateScale), decide: w.Named(NamedStateDecide),
		roles:  map[Role]float64{Agent: w.Named(NamedStateRole(Agent)).Negative, Patient: w.Named(NamedStateRole(Patient)).Negative},
		quoted: w.Named(NamedStateQuoted).Negative,
	}
	for _, r := range ruleNames {
		l.other.entries[r] = [2]lexicon.Logits{w.Named(NamedRule(r, false)), w.Named(NamedRule(r, true))}
		l.state.entries[r] = [2]lexicon.Logits{w.Named(NamedStateRule(r, false)), w.Named(NamedStateRule(r, true))}
	}
	return l
}

// Names of the weights that are no word's, in [lexicon.Weights.Named].
const (
	NamedNeutral      = "neutral"
	NamedStateNeutral = "state neutral"
	NamedStateScale   = "state scale"
	NamedStateDecide  = "state decide"
	NamedStateQuoted  = "state quoted"
)

// NamedStateRole is the name of what is added to the bias where a state's mention
// has the role: whoever acts is judged oftener than whoever is named in passing.
func NamedStateRole(r Role) string { return "state " + string(r) }

// NamedRule is the name of what an unfavourable or a favourable entry adds by a
// rule, a unit of its weight.
func NamedRule(r Rule, favourable bool) string { return string(r) + signOf(favourable) }

// NamedStateRule is the same for states, where the rules fall into two kinds.
func NamedStateRule(r Rule, favourable bool) string {
	if r == RuleSentence {
		return "state sentence" + signOf(favourable)
	}
	if Close(r) {
		return "state close" + signOf(favourable)
	}
	return "state loose" + signOf(favourable)
}

func signOf(favourable bool) string {
	if favourable {
		return " +"
	}
	return " -"
}

// Close reports whether a rule tells what is said of the target itself.
func Close(r Rule) bool {
	return r != RuleContent && r != RuleObject && r != RuleClause && r != RuleSentence
}

// RuleNames are the rules, in a fixed order.
func RuleNames() []Rule { return slices.Clone(ruleNames) }

// What negation leaves of a word: nothing of what it adds by its places, and its
// valence turned, by the factor of what turns it in scope.go or, in the second
// head, by NegatedValence. The labels hardly tell: on the first table, with 0.5 of
// the places left (and negators adding what they do elsewhere) cross-validated log
// loss was 0.732 instead of 0.744, and "poses no threat" counted against who poses none.
const (
	NegatedTopic   = 0.0
	NegatedValence = -0.7
)

// faint is what log odds no evidence shows: a term that adds less to either class
// is left out of the sum.
const faint = 0.01

// unsure is the probability below which the likeliest class is not told from
// the others.
const unsure = 0.5

// term is what one place in a sentence adds.
type term struct {
	first, last int
	text, rule  string
	logits      lexicon.Logits
}

// Score implements Scorer.
func (l *Learned) Score(in *Input, id string) Score {
	g := newSentence(l.rules, in, id)
	out := l.rules.score(g)
	out.Contributions = out.Contributions[:0]
	p := &l.other
	if in.State {
		p = &l.state
	}
	var sum lexicon.Logits
	terms := l.terms(g, in.State)
	out.Contributions = slices.Grow(out.Contributions, len(terms))
	for _, t := range terms {
		sum.Negative += t.logits.Negative
		sum.Positive += t.logits.Positive
		out.Contributions = append(out.Contributions, Contribution{
			First: t.first, Last: t.last, Term: t.text, Rule: t.rule, Weight: t.logits.Positive - t.logits.Negative,
		})
	}
	neutral := p.neutral + p.roles[out.Role]
	if out.Quoted {
		neutral += p.quoted
	}
	neg, neu, pos := softmax(neutral, sum)
	out.Negative, out.Neutral, out.Positive = float64(neg)/unit, float64(neu)/unit, float64(pos)/unit
	out.Tone = float64(pos-neg) / unit
	per := slope2(neutral, sum)
	exact := make([]float64, len(terms))
	for i, t := range terms {
		exact[i] = unit * (float64(per.Negative*t.logits.Negative) + float64(per.Positive*t.logits.Positive))
	}
	apportion(out.Contributions, exact, pos-neg)
	out.Class = p.class(out.Negative, out.Neutral, out.Positive)
	out.Uncertain = max(out.Negative, out.Neutral, out.Positive) < unsure
	return out
}

// class names one class: the likeliest, the probabilities taken by their factors.
func (p *parameters) class(negative, neutral, positive float64) int {
	n, q := negative*p.decide.Negative, positive*p.decide.Positive
	switch {
	case n > neutral && n > q:
		return -1
	case q > neutral && q > n:
		return 1
	}
	return 0
}

// terms returns what the sentence adds for the target, by position. A word that
// is an entry of the hand-made tables too is one term.
func (l *Learned) terms(g *sentence, state bool) []term {
	f := g.features(l.weights.Row)
	out := make([]term, 0, len(f.Entries)+len(f.Words))
	at := make([]int, len(g.words)) // by token: the number of its term, from 1
	for _, e := range f.Entries {
		n := l.other.entry(&e)
		if state {
			n = add(l.state.scaled(n), l.state.entry(&e))
		}
		rule := string(e.Rule)
		if e.chain != "" {
			rule = e.chain
		}
		if k := len(out) - 1; k >= 0 && out[k].first == e.First { // the same entry, by its rule
			out[k].logits, out[k].rule = add(out[k].logits, n), rule
			continue
		}
		out = append(out, term{e.First, e.Last, e.Term, rule, n})
		if e.First == e.Last {
			at[e.First] = len(out)
		}
	}
	for i := range f.Words {
		w := &f.Words[i]
		n := l.word(w)
		if state {
			n = l.state.scaled(n)
		}
		if k := at[w.Token]; k > 0 {
			out[k-1].logits = add(out[k-1].logits, n)
			continue
		}
		rule := Slots[w.slots[2]]
		if w.rule != "" {
			rule = string(w.rule)
		}
		if w.chain != "" {
			rule += ", " + w.chain
		}
		out = append(out, term{w.Token, w.Token, g.words[w.Token], rule, n})
		at[w.Token] = len(out)
	}
	out = slices.DeleteFunc(out, func(t term) bool {
		return math.Abs(t.logits.Negative) < faint && math.Abs(t.logits.Positive) < faint
	})
	slices.SortStableFunc(out, func(a, b term) int { return cmp.Or(a.first-b.first, a.last-b.last) })
	return out
}

func add(a, b lexicon.Logits) lexicon.Logits {
	return lexicon.Logits{Negative: a.Negative + b.Negative, Positive: a.Positive + b.Positive}
}

func (p *parameters) scaled(n lexicon.Logits) lexicon.Logits {
	d := n.Positive - n.Negative
	return lexicon.Logits{Negative: p.scale.Negative * d, Positive: p.scale.Positive * d}
}

func (p *parameters) entry(e *Entry) lexicon.Logits {
	k := 0
	if e.Favourable() {
		k = 1
	}
	n := p.entries[e.Rule][k]
	return lexicon.Logits{Negative: n.Negative * e.Weight, Positive: n.Positive * e.Weight}
}

// word is what a word adds: in each of its slots, and by its valence in each.
func (l *Learned) word(w *Word) lexicon.Logits {
	topic, valence := w.Parts()
	valence *= w.row.Valence()
	var n lexicon.Logits
	for _, s := range w.Slots() {
		at, per := w.row.At(int(s)), l.weights.PerValence(int(s))
		n.Negative += float64(topic*at.Negative) + float64(valence*per.Negative)
		n.Positive += float64(topic*at.Positive) + float64(valence*per.Positive)
	}
	return n
}

// softmax returns the three probabilities for log odds against neutral, in units.
func softmax(neutral float64, sum lexicon.Logits) (negative, neither, positive int) {
	n, p := probabilities(neutral, sum, 1)
	negative, positive = int(math.Round(unit*n)), int(math.Round(unit*p))
	return negative, unit - negative - positive, positive
}

// probabilities returns P(negative) and P(positive) with the share t of the sum.
func probabilities(neutral float64, sum lexicon.Logits, t float64) (n, p float64) {
	a, b := neutral+float64(t*sum.Negative), neutral+float64(t*sum.Positive)
	top := max(a, b, 0)
	x, y, z := math.Exp(a-top), math.Exp(b-top), math.Exp(-top)
	all := x + y + z
	return x / all, y / all
}

// slope2 returns how much a unit of each sum adds to the tone on the way from
// nothing said to all of it: the mean of the tone's gradient on the straight
// line between (Aumann and Shapley 1974; Sundararajan, Taly and Yan 2017,
// "integrated gradients"). So the terms' shares sum to the tone. The mean is
// taken by Simpson's rule over 64 parts, which errs by less than the unit of tones.
func slope2(neutral float64, sum lexicon.Logits) (per lexicon.Logits) {
	const parts = 64
	for i := range parts + 1 {
		weight := 2.0
		switch {
		case i == 0 || i == parts:
			weight = 1
		case i%2 == 1:
			weight = 4
		}
		n, p := probabilities(neutral, sum, float64(i)/parts)
		per.Negative -= weight * n * (1 - n + p)
		per.Positive += weight * p * (1 - p + n)
	}
	per.Negative /= 3 * parts
	per.Positive /= 3 * parts
	return per
}

// Valence implements the second head, which asks about nobody: how favourable
// the words of a sentence are, in [-1, 1]. The words' own weights add up, turned
// in part by a negator up to four words before, and are divided by the square
// root of the number of words. Names add nothing.
func (l *Learned) Valence(s *language.Sentence) float64 {
	var sum float64
	for _, c := range l.Explain(s) {
		sum += c.Contribution
	}
	return max(-1, min(1, sum))
}

// Explain returns the words that make a sentence's valence, by position. Their
// contributions sum to it where it is within (-1, 1).
func (l *Learned) Explain(s *language.Sentence) []Contribution {
	var out []Contribution
	words := OwnWords(s, l.rules.lex)
	for _, w := range words {
		row, ok := l.weights.Row(w.Form)
		if !ok {
			continue
		}
		x := float64(row.Own()*w.Factor) / math.Sqrt(float64(len(words)))
		if x == 0 {
			continue
		}
		rule := "word"
		if w.Factor != 1 {
			rule = "word, negated"
		}
		out = append(out, Contribution{First: w.Token, Last: w.Token, Term: s.Tokens[w.Token].Norm, Rule: rule, Weight: x, Contribution: x})
	}
	return out
}

// OwnWord is a word of a sentence as the second head sees it.
type OwnWord struct {
	Token  int
	Form   string
	Factor float64 // NegatedValence behind a negator, or 1
}

// OwnWords returns the words of a parsed sentence for the second head, names and
// marks left out.
func OwnWords(s *language.Sentence, lex *lexicon.Lexicon) []OwnWord {
	words := s.Norms()
	var out []OwnWord
	negated := 0
	for k := range words {
		t := &s.Tokens[k]
		if t.Kind == language.Punct || t.Kind == language.Quote {
			negated = 0
			continue
		}
		if words[k] == "but" {
			negated = 0
		}
		factor := 1.0
		if negated > 0 {
			factor = NegatedValence
			negated--
		}
		if m, _, ok := lex.ModifierAt(words, k); ok && m.Kind == lexicon.Negator {
			negated, factor = 4, 1
		}
		if t.Kind == language.Number || strings.HasPrefix(t.Tag, "NNP") && t.Upper() {
			continue
		}
		out = append(out, OwnWord{k, words[k], factor})
	}
	return out
}
