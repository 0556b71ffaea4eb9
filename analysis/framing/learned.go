package framing

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"parallax/analysis/language"
	"parallax/lexicon"
)

// Learned is the scorer by the learned lexicon ([lexicon.Window]).
//
// The log odds of negative and of positive against neutral are a bias, the same
// for both, and a sum of one share a word; a softmax makes probabilities of them.
// It asks nothing about the target but where it is mentioned.
type Learned struct {
	table *lexicon.Window
	lex   *lexicon.Lexicon
}

// NewLearned returns a scorer. The lexicon is asked for frames alone.
func NewLearned(lex *lexicon.Lexicon, table *lexicon.Window) *Learned {
	return &Learned{table: table, lex: lex}
}

// visible is the smallest share of a tone that is evidence of its own: what is
// smaller, and what function words and marks add, is summed as [Rest].
const visible = 0.02

// Rest is the rule of the evidence that sums up all that is not listed.
const Rest = "rest"

// unsure is the probability below which the likeliest class is not told from
// the others.
const unsure = 0.5

// numbers are what a word shows of itself, h in [lexicon.Window].
type numbers [lexicon.WindowWidth]int32

// reader is room for reading one sentence.
type reader struct {
	own    []bool
	forms  []Form
	ids    []uint16
	places []uint8
	h      []numbers
	at     []int // by token: its form
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// Score implements Scorer.
func (l *Learned) Score(in *Input, id string) Score {
	r := readers.Get().(*reader)
	defer readers.Put(r)
	toks := in.Sentence.Tokens
	r.own = append(r.own[:0], make([]bool, len(toks))...)
	for _, m := range in.Mentions {
		if m.Target == id {
			for k := m.First; k <= m.Last; k++ {
				r.own[k] = true
			}
		}
	}
	r.forms = Forms(toks, r.own)
	r.ids, r.places = Encode(l.table, r.forms, r.ids, r.places)
	logits, line := l.read(r)

	bias := float64(l.table.Bias)
	neg, neu, pos := softmax(bias, logits)
	out := Score{
		Negative: float64(neg) / unit, Neutral: float64(neu) / unit, Positive: float64(pos) / unit, Tone: float64(pos-neg) / unit,
		Class: class(neg, neu, pos, float64(l.table.Prior)), Uncertain: max(neg, neu, pos) < unsure*unit,
	}
	per := slope(bias, logits)
	shares := make([]float64, len(r.forms)) // of the tone
	for i := range r.forms {
		x := line.share(&r.h[i], r.places[i])
		shares[i] = float64(per[0]*x[0]) + float64(per[1]*x[1])
	}
	out.Contributions = l.evidence(r, line, per, shares, pos-neg)
	r.at = append(r.at[:0], make([]int, len(toks))...)
	for k, i := 0, 0; k < len(toks); k++ {
		if i+1 < len(r.forms) && r.forms[i+1].Token <= k {
			i++
		}
		r.at[k] = i
	}
	hangs(&out, in, id, func(k int) float64 { return math.Abs(shares[r.at[k]]) })
	out.Frames = Frames(in.Sentence, l.lex, func(k int) bool {
		return r.forms[r.at[k]].Kind != FormTarget && Near(r.places[r.at[k]])
	})
	return out
}

// read fills in what the words show of themselves, and returns what they add to
// the log odds.
func (l *Learned) read(r *reader) (logits [2]float64, line *slopes) {
	r.h = slices.Grow(r.h[:0], len(r.ids))[:len(r.ids)]
	var sums [lexicon.WindowPools * lexicon.WindowWidth]int32
	for i := range r.h {
		h := (*[lexicon.WindowWidth]int32)(&r.h[i])
		l.table.See(r.ids, i, r.places[i], h)
		for j, x := range h {
			sums[j] += x
		}
		if Near(r.places[i]) {
			for j, x := range h {
				sums[lexicon.WindowWidth+j] += x
			}
		}
	}
	read := l.table.Read(&sums, len(r.ids))
	for q := range logits {
		for j, x := range sums {
			logits[q] += float64(float64(read[q][j]) * float64(x))
		}
	}
	return logits, newSlopes(&read)
}

// slopes are what 1 in each number of a word adds to the log odds of negative and
// of positive: of words outside of the target's clause and in it.
type slopes [2][2][lexicon.WindowWidth]float32

func newSlopes(line *lexicon.Line) *slopes {
	var s slopes
	for q := range line {
		for j := range s[0][q] {
			s[0][q][j] = line[q][j]
			s[1][q][j] = line[q][j] + line[q][lexicon.WindowWidth+j]
		}
	}
	return &s
}

// share is what a word adds to the log odds of negative and of positive.
func (s *slopes) share(h *numbers, place uint8) [2]float64 {
	at := &s[0]
	if Near(place) {
		at = &s[1]
	}
	negative, positive := &at[0], &at[1]
	var a, b, c, d float32
	for j := 0; j < len(h); j += 2 {
		x, y := float32(h[j]), float32(h[j+1])
		a += float32(negative[j] * x)
		b += float32(negative[j+1] * y)
		c += float32(positive[j] * x)
		d += float32(positive[j+1] * y)
	}
	return [2]float64{float64(a + b), float64(c + d)}
}

// evidence lists the words whose shares a reader can see, by position, and sums
// up the others. Together they are the tone, exactly.
func (l *Learned) evidence(r *reader, line *slopes, per [2]float64, shares []float64, tone int) []Contribution {
	var out []Contribution
	var exact []float64
	rest, at := 0.0, 0
	for i := range r.forms {
		f := &r.forms[i]
		if f.Kind == FormTarget {
			at = f.Token
		}
		known := r.ids[i] >= lexicon.WindowFirst && f.Kind == FormWord && !lexicon.Function()[f.Text]
		if math.Abs(shares[i]) < visible || !known && f.Kind != FormTarget {
			rest += shares[i]
			continue
		}
		out = append(out, Contribution{First: f.Token, Last: f.Token, Term: term(f), Rule: l.rule(r, i, line, per, shares[i]), Weight: shares[i]})
		exact = append(exact, unit*shares[i])
	}
	out = append(out, Contribution{First: at, Last: at, Term: "(rest)", Rule: Rest, Weight: rest})
	exact = append(exact, unit*rest)
	apportion(out, exact, tone)
	if last := len(out) - 1; out[last].Contribution == 0 {
		out = out[:last]
	}
	return out
}

// term is what evidence calls a form: a mention by no name, for it tells what
// stands beside it, whoever it is.
func term(f *Form) string {
	if f.Kind == FormTarget {
		return "(target)"
	}
	return f.Text
}

// turned is how much of a word's share a neighbour must make for evidence to
// name it.
const turned = 0.5

// told is the least share of which evidence names such neighbours.
const told = 0.05

// rule tells a word's place to the target and the neighbours without which its
// share would be less than half, or turn: "right, after not".
func (l *Learned) rule(r *reader, i int, line *slopes, per [2]float64, whole float64) string {
	rule := PlaceName(r.places[i])
	if math.Abs(whole) < told {
		return rule
	}
	for k := -lexicon.WindowReach; k <= lexicon.WindowReach; k++ {
		j := i + k
		if k == 0 || j < 0 || j >= len(r.forms) || r.forms[j].Kind != FormWord || r.ids[j] < lexicon.WindowFirst {
			continue
		}
		var h numbers
		l.table.See(r.ids, i, r.places[i], (*[lexicon.WindowWidth]int32)(&h), k)
		x := line.share(&h, r.places[i])
		without := float64(per[0]*x[0]) + float64(per[1]*x[1])
		if math.Abs(whole-without) > turned*math.Abs(whole) {
			side := "before"
			if k < 0 {
				side = "after"
			}
			rule += ", " + side + " " + r.forms[j].Text
		}
	}
	return rule
}

// PlaceName describes a place: "left", "right 4 to 5, next clause".
func PlaceName(place uint8) string {
	switch place {
	case 0:
		return "target"
	case NoTarget:
		return "anywhere"
	}
	p := int(place) - 1
	side := "left"
	if p >= distances*clauses {
		side, p = "right", p-distances*clauses
	}
	name := side + " " + [distances]string{"1", "2", "3", "4 to 5", "6 to 9", "10 or more"}[p/clauses]
	return name + [clauses]string{"", ", next clause", ", other clause"}[p%clauses]
}

// softmax returns the three probabilities in units, where both classes have a
// bias and their own log odds beside it.
func softmax(bias float64, logits [2]float64) (negative, neutral, positive int) {
	n, p := probabilities(bias, logits, 1)
	negative, positive = int(math.Round(unit*n)), int(math.Round(unit*p))
	return negative, unit - negative - positive, positive
}

// probabilities returns P(negative) and P(positive) with the share t of the log odds.
func probabilities(bias float64, logits [2]float64, t float64) (n, p float64) {
	a, b := bias+float64(t*logits[0]), bias+float64(t*logits[1])
	top := max(a, b, 0)
	x, y, z := math.Exp(a-top), math.Exp(b-top), math.Exp(-top)
	all := x + y + z
	return x / all, y / all
}

// slope returns how much a unit of each log odds adds to the tone on the way from
// nothing said, where the tone is 0, to all of it: the mean of the tone's gradient
// on the straight line between (Aumann and Shapley 1974; Sundararajan, Taly and
// Yan 2017, "integrated gradients"). So the words' shares sum to the tone. The
// mean is taken by Simpson's rule over 16 parts, which errs by less than the unit
// of tones for log odds up to 8.
func slope(bias float64, logits [2]float64) (per [2]float64) {
	const parts = 16
	for i := range parts + 1 {
		weight := 2.0
		switch {
		case i == 0 || i == parts:
			weight = 1
		case i%2 == 1:
			weight = 4
		}
		n, p := probabilities(bias, logits, float64(i)/parts)
		per[0] -= weight * n * (1 - n + p)
		per[1] += weight * p * (1 - p + n)
	}
	per[0] /= 3 * parts
	per[1] /= 3 * parts
	return per
}

// class names one class: the likeliest, where the prior multiplies both
// judgements against neutral. It never contradicts the sign of the tone.
func class(negative, neutral, positive int, prior float64) int {
	n, q, o := prior*float64(negative), prior*float64(positive), float64(neutral)
	switch {
	case n > o && n > q:
		return -1
	case q > o && q > n:
		return 1
	}
	return 0
}

// Valence asks about nobody: how favourable the words of a sentence are, in
// [-1, 1].
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
	r := readers.Get().(*reader)
	defer readers.Put(r)
	r.own = append(r.own[:0], make([]bool, len(s.Tokens))...)
	r.forms = Forms(s.Tokens, r.own)
	r.ids, r.places = Encode(l.table, r.forms, r.ids, r.places)
	l.read(r)
	out := make([]Contribution, 0, len(r.forms))
	scale := float64(l.table.Scale) / math.Sqrt(float64(max(1, len(r.forms))))
	for i := range r.forms {
		var x float64
		for j, n := range r.h[i] {
			x += float64(scale * float64(l.table.Valence[j]) * float64(n))
		}
		out = append(out, Contribution{First: r.forms[i].Token, Last: r.forms[i].Token, Term: strings.ToLower(s.Tokens[r.forms[i].Token].Text), Rule: "word", Weight: x, Contribution: x})
	}
	return out
}

// Saying is a short sentence with a word, and its tone for the target.
type Saying struct {
	Sentence string
	Tone     float64
}

// Said returns what a word says of a target beside it, in the places and with
// the neighbours that tell most: before it and behind, and after a negator.
func Said(w *lexicon.Window, word string) []Saying {
	var out []Saying
	l := NewLearned(nil, w)
	for _, pattern := range []string{"T %s", "%s T", "T is %s", "T is not %s", "T has never %s O", "T %s O", "O %s T", "O %s by T"} {
		r := new(reader)
		for f := range strings.FieldsSeq(fmt.Sprintf(pattern, word)) {
			form := Form{Text: f}
			switch f {
			case "T":
				form.Kind = FormTarget
			case "O":
				form.Kind = FormName
			}
			r.forms = append(r.forms, form)
		}
		r.ids, r.places = Encode(w, r.forms, nil, nil)
		logits, _ := l.read(r)
		neg, _, pos := softmax(float64(w.Bias), logits)
		out = append(out, Saying{fmt.Sprintf(pattern, word), float64(pos-neg) / unit})
	}
	return out
}
