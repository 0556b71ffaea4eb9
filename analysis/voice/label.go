package voice

import (
	"slices"
	"strings"

	"parallax/analysis/language"
	"parallax/analysis/target"
)

// apart gives the stretches that the layout gives to a speaker their holders,
// before any verb of saying is looked at: what stands behind a label ("PRUETT: It
// is late"), behind a line that announces a statement, and a quotation with its
// speaker behind a dash.
func (a *attributor) apart() {
	labels, known := make(map[int]int), make(map[string]int) // by sentence: the token behind its label; by label: how often
	for i := range a.sentences {
		if k := a.label(i); k > 0 {
			labels[i] = k
			known[join(a.sentences[i].Tokens[:k])]++
		}
	}
	// Who speaks twice speaks in a transcript: any line with the label is his, and
	// paragraphs without one are the speaker's before.
	transcript := false
	for _, n := range known {
		transcript = transcript || n > 1
	}
	for i := range a.sentences {
		toks := a.sentences[i].Tokens
		end := slices.IndexFunc(toks, func(t language.Token) bool { return t.Norm == ":" }) + 1
		switch {
		case !transcript || i > 0 && a.sentences[i-1].Block == a.sentences[i].Block:
		case toks[0].Text == "Q":
			labels[i] = 1
		case known[join(toks[:end])] > 0:
			labels[i] = end
		}
	}
	var by holder
	statement, until := false, 0 // and the sentence before which it ends
	for i := range a.sentences {
		first := i == 0 || a.sentences[i-1].Block != a.sentences[i].Block
		if statement && i == until {
			statement, by = false, holder{}
		}
		switch k := labels[i]; {
		case k > 0 && !statement:
			by = a.labelHolder(i, k)
			a.give(i, k, by)
		case statement:
			a.give(i, 0, by)
		case by.name != "" && (!first || transcript && !a.sentences[i].Headline):
			a.give(i, 0, by)
		default:
			by = holder{}
		}
		if !statement && by.name == "" {
			if who, whole, ok := a.announced(i); ok {
				statement, by = true, who
				for until = i + 1; until < len(a.sentences) && (whole || a.sentences[until].Block == a.sentences[i+1].Block); {
					until++
				}
			} else if k := a.signed(i); k > 0 {
				a.give(i, -k, a.signer(i, k+1))
			}
		}
	}
}

// give makes the tokens of sentence i from k on, or before -k, those of a speaker.
func (a *attributor) give(i, k int, by holder) {
	first, last := k, len(a.sentences[i].Tokens)-1
	if k < 0 {
		first, last = 0, -k-1
	}
	if by.name != "" && first <= last && hasWord(&a.sentences[i], stretch{first, last}) {
		a.spans = append(a.spans, Span{Sentence: i, First: first, Last: last, Kind: Reported, Holder: by.name, Cue: -1})
		a.given[i] = by
	}
}

// label returns the token behind a speaker's label at the beginning of sentence
// i, which begins a block, and 0 where there is none. A label is a name: a person's,
// or a target's in front of a clause. "A." and "A:" answer a question.
func (a *attributor) label(i int) int {
	const longest = 7 // "Sen. John Q. Public of New York"
	s := &a.sentences[i]
	toks := s.Tokens
	if len(toks) < 4 || i > 0 && a.sentences[i-1].Block == s.Block {
		return 0
	}
	if toks[0].Text == "A." || toks[0].Text == "A" && toks[1].Norm == ":" {
		if toks[1].Norm == ":" {
			return 2
		}
		return 1
	}
	end := slices.IndexFunc(toks, func(t language.Token) bool { return t.Norm == ":" })
	if end < 1 || end > longest || end+2 >= len(toks) || toks[end+1].Kind == language.Quote || !toks[end+1].Space {
		return 0
	}
	name, shout := a.called(i, end)
	verb := slices.ContainsFunc(toks[end+1:], func(t language.Token) bool { return finite(t.Tag) || auxiliaries[t.Norm] || inFinite(t) })
	switch {
	case !name && !shout || end == 1 && len(toks[0].Text) == 1, a.topic(i, end):
		return 0
	case a.mentioned(i, end-1) || s.Headline || !shout:
		return pick(verb, end+1)
	}
	return end + 1
}

// called reports whether the tokens before end of sentence i are a name or a word
// for a speaker, and whether they are in capitals.
func (a *attributor) called(i, end int) (name, shout bool) {
	toks := a.sentences[i].Tokens
	shout = true
	for k := range end {
		t := &toks[k]
		if t.Kind != language.Word || !t.Upper() && !attaches[t.Norm] || sections[t.Norm] || strings.HasPrefix(t.Tag, "VB") && !(k > 0 && title(&toks[k-1])) || t.Tag == "MD" {
			return false, false
		}
		shout = shout && t.Text == strings.ToUpper(t.Text)
		name = name || strings.HasPrefix(t.Tag, "NNP") || a.mentioned(i, k) || bystanders[t.Norm] || officials[t.Norm]
	}
	return name, shout
}

// topic reports whether the label that ends before token end of sentence i is a state's
// name, and what follows speaks of no other: "South Korea: Miners strike".
func (a *attributor) topic(i, end int) bool {
	state := ""
	for _, m := range a.mentions[i] {
		if m.First == 0 && m.Last == end-1 && m.Kind == target.Name {
			state = m.Target
		} else if state != "" && m.Target != state {
			return false
		}
	}
	return state != ""
}

// inFinite reports whether a word has the shape of a finite verb, where the parser
// took it for something else, as it does in headlines.
func inFinite(t language.Token) bool {
	return t.Kind == language.Word && !t.Upper() && strings.HasSuffix(t.Norm, "ed") && len(t.Norm) > 4
}

func pick(ok bool, k int) int {
	if ok {
		return k
	}
	return 0
}

// labelHolder returns whom the label of sentence i, which ends before token k, names.
func (a *attributor) labelHolder(i, k int) holder {
	s := &a.sentences[i]
	if k == 1 || s.Tokens[0].Text == "A" || s.Tokens[0].Text == "Q" {
		return holder{Other, person}
	}
	p := phrase{first: 0, head: k - 2, last: k - 2, from: k - 1, to: k - 2}
	if id := a.within(i, 0, k-2); id != "" {
		return holder{id, a.sort(i, p)}
	}
	if t := &s.Tokens[k-2]; title(t) || bystanders[t.Norm] {
		return holder{Other, unsure}
	}
	return holder{quiet(a.name(s, i, k-2), k > 2), person}
}

// announced reports whether sentence i says that a statement follows it, and whose:
// "The ministry released the following statement:". whole is false where only the
// next paragraph need be of it: "said in a statement:".
func (a *attributor) announced(i int) (by holder, whole, ok bool) {
	s := &a.sentences[i]
	toks := s.Tokens
	if toks[len(toks)-1].Norm != ":" || i+1 == len(a.sentences) || a.sentences[i+1].Tokens[0].Kind == language.Quote {
		return by, false, false
	}
	text := -1
	for k := range toks {
		if texts[toks[k].Norm] && text < 0 {
			text = k
		}
		next := k+1 < len(toks)
		whole = whole || toks[k].Norm == "following" || text >= 0 && toks[k].Norm == "follows" || next && (toks[k].Norm == "as" && toks[k+1].Norm == "follows" ||
			toks[k].Norm == "in" && toks[k+1].Norm == "full" || toks[k].Norm == "full" && toks[k+1].Norm == "text")
	}
	if text < 0 || !whole && (text < 2 || toks[text-2].Norm != "in" || toks[text-1].Norm != "a") {
		return by, false, false
	}
	by = holder{Other, body}
	verb := slices.IndexFunc(toks, func(t language.Token) bool { return finite(t.Tag) && !auxiliaries[t.Norm] })
	if p, ok := a.author(s, text); ok {
		by = holder{a.who(i, p), a.sort(i, p)}
	} else if p, ok := before(s, verb, 0); ok && verb > 0 && p.head != text {
		by = holder{a.who(i, p), a.sort(i, p)}
	}
	if id := a.within(i, 0, len(toks)-1); by.name == Other && id != "" {
		by.name = id
	}
	return by, whole, true
}

// author returns who a text is by: "the statement by X", "X's statement".
func (a *attributor) author(s *language.Sentence, text int) (phrase, bool) {
	if text+2 < len(s.Tokens) && (s.Tokens[text+1].Norm == "by" || s.Tokens[text+1].Norm == "from") {
		return behind(s, text+2)
	}
	for k := text - 1; k > 0 && k > text-4; k-- {
		if s.Tokens[k].Tag == "POS" {
			return ending(s, k-1)
		}
	}
	return phrase{}, false
}

// signed returns the token of a dash with no more behind it than who said what
// stands before it: “It is late” — Anna Berg; and in headlines "Army lied — envoy".
// 0 where there is none.
func (a *attributor) signed(i int) int {
	const longest = 5
	toks := a.sentences[i].Tokens
	for k := len(toks) - 2; k > 2 && k >= len(toks)-1-longest; k-- {
		switch next := &toks[k+1]; toks[k].Norm {
		case "—":
			return pick(toks[k].Space, k)
		case "–", "--", "-", ":": // "Army lied - envoy", "Army lied: Seoul"
			last := k+2 == len(toks) && asserts(&a.sentences[i], k-1)
			known := a.mentioned(i, k+1) || bystanders[next.Norm] || officials[next.Norm] || texts[next.Norm] || next.Norm == "reports"
			return pick(toks[k-1].Kind == language.Quote || next.Space && last && known, k)
		}
		if t := &toks[k+1]; t.Kind != language.Word || finite(t.Tag) {
			break
		}
	}
	return 0
}

// signer returns who the tokens of sentence i from k on name.
func (a *attributor) signer(i, k int) holder {
	p, ok := behind(&a.sentences[i], k)
	if !ok {
		return holder{}
	}
	return holder{a.who(i, p), a.sort(i, p)}
}

// signature returns who signs the quotation that ends sentence i: the next block is
// a dash and a name.
func (a *attributor) signature(i int) (holder, bool) {
	if i+1 >= len(a.sentences) {
		return holder{}, false
	}
	toks := a.sentences[i+1].Tokens
	for k := 0; k < min(2, len(toks)-1); k++ {
		switch toks[k].Norm {
		case ">":
			continue
		case "—", "–", "--", "-":
			by := a.signer(i+1, k+1)
			return by, by.name != ""
		}
		break
	}
	return holder{}, false
}
