package voice

import (
	"slices"
	"strings"

	"parallax/analysis/language"
	"parallax/lexicon"
)

// stretch is the tokens [first, last].
type stretch struct{ first, last int }

// complement returns the tokens that cue c of sentence i reports.
func (a *attributor) complement(i int, c cue) []stretch {
	s := &a.sentences[i]
	switch {
	case c.view:
		return a.accordingTo(s, cue{token: c.token - c.n + 1, n: c.n})
	case c.pretext:
		return []stretch{{c.token + c.n - 1, clauseEnd(s, c.token+c.n)}}
	case c.holderAfter && !c.verb:
		if c.token > 1 && s.Tokens[c.token-1].Norm == "," && a.covered(i, 0) {
			return nil // "Z, the paper reported, citing officials"
		}
		return a.accordingTo(s, c)
	case !c.verb:
		return nil
	}
	v := c.token
	if k := worry(s, v); k >= 0 {
		return []stretch{{k, clauseEnd(s, k)}}
	}
	lemma := a.lemma(i, v)
	if p, ok := named(s, v); ok && a.within(i, p.first, p.last) != "" {
		return []stretch{{p.first, clauseEnd(s, v)}}
	}
	if intends[lemma] || utters[s.Tokens[v].Norm] || c.quoted && a.that(s, c.token+c.n) == nil {
		return of(s, c)
	}
	if shows[lemma] {
		if p, ok := speakerOf(s, v); !ok || a.thing(i, p) {
			return nil
		}
	}
	// "X accused Y of Z", "Z was listed by X as ...": the judgement is what the
	// object and what follows it say.
	if a.judges(i, v) {
		return a.judgement(i, v)
	}
	if r := a.around(i, c); r != nil {
		return r
	}
	if r := a.clause(i, c); r != nil {
		return r
	}
	return a.inOrder(i, c)
}

// around returns what stands before a verb of saying, or on both sides of it,
// where commas show that: "Z, analysts say, will wait", "Z, said a diplomat".
func (a *attributor) around(i int, c cue) []stretch {
	s, v, next, end := &a.sentences[i], c.token, c.token+c.n, len(a.sentences[i].Tokens)-1
	for next < end && timely(s, next) {
		next++ // "Z, analysts said on Monday, will wait"
	}
	if p, ok := aside(s, v); ok && a.inQuote[i][p.first-2] < 0 && next+1 < end && s.Tokens[next].Norm == "," {
		switch t := &s.Tokens[next+1]; {
		case !goesOn(t) && !parts[t.Norm]:
			return []stretch{{0, p.first - 2}, {next + 1, a.partsAt(s, next+1)}}
		case asserts(s, p.first-2) && t.Tag != "WP" && t.Tag != "WDT" && t.Kind != language.Quote:
			// "Z, X said, and Y agrees", "Z, X reported, citing Y".
			return []stretch{{0, p.first - 2}}
		}
	}
	// "Z, Pyongyang says.", "Z, Pyongyang said on Monday in a statement."
	if p, ok := aside(s, v); ok && a.inQuote[i][p.first-2] < 0 && asserts(s, p.first-2) && tail(s, c.token+c.n) {
		return []stretch{{0, p.first - 2}}
	}
	if v > 1 && s.Tokens[v-1].Norm == "," && a.inQuote[i][v-2] < 0 {
		if _, ok := inverted(s, v); ok {
			return []stretch{{0, v - 2}}
		}
	}
	return nil
}

// asserts reports whether the tokens of a sentence up to last are a clause of their
// own: they have a finite verb and begin with no conjunction.
func asserts(s *language.Sentence, last int) bool {
	if t := &s.Tokens[0]; adverbial(t) || t.Tag == "WRB" || t.Tag == "VBG" || t.Tag == "VBN" {
		return false
	}
	return slices.ContainsFunc(s.Tokens[:last+1], func(t language.Token) bool { return finite(t.Tag) || inFinite(t) })
}

// partsAt returns the last token of what goes on at token k behind "X said,": the
// one before a comma and "though", or the sentence's last.
func (a *attributor) partsAt(s *language.Sentence, k int) int {
	for ; k+1 < len(s.Tokens); k++ {
		if s.Tokens[k].Norm == "," && parts[s.Tokens[k+1].Norm] && s.Tokens[k+1].Norm != "and" {
			return k - 1
		}
	}
	return len(s.Tokens) - 1
}

// timely reports whether token k is part of when something was said.
func timely(s *language.Sentence, k int) bool {
	w := s.Tokens[k].Norm
	return days[w] || (w == "on" || w == "late" || w == "last" || w == "this") && k+1 < len(s.Tokens) && days[s.Tokens[k+1].Norm]
}

// rests reports whether nothing that is said follows a verb at token k: a mark, a day
// or nothing at all.
func rests(s *language.Sentence, k int) bool {
	return k == len(s.Tokens) || s.Tokens[k].Kind == language.Punct || timely(s, k)
}

// aside returns the subject of the verb at v where a comma parts it from what
// goes before.
func aside(s *language.Sentence, v int) (phrase, bool) {
	p, ok := before(s, v, 0)
	if !ok || p.to >= p.from {
		return p, false
	}
	// A word that was taken for another, and "as": "Z, aid groups say", "Z, as X said".
	const most = 3
	for k := p.first - 1; k > 1 && k >= p.first-most && nounTag(s.Tokens[p.head].Tag) && s.Tokens[k].Kind == language.Word; k-- {
		if s.Tokens[k-1].Norm == "," && !unfit[s.Tokens[k].Tag] && (s.Tokens[k].Tag != "IN" || s.Tokens[k].Norm == "as") {
			p.first = k
			break
		}
	}
	return p, p.first > 1 && s.Tokens[p.first-1].Norm == ","
}

// clause returns the clause that the parse shows to be what is said.
func (a *attributor) clause(i int, c cue) []stretch {
	s, v, end := &a.sentences[i], c.token, len(a.sentences[i].Tokens)-1
	k := s.Child(v, "ccomp")
	if k < 0 {
		return nil
	}
	first, last := s.Extent(k)
	if first < v || adverbial(&s.Tokens[first]) {
		return nil
	}
	// Its subject, where the parse has that elsewhere.
	if p, ok := behind(s, v+c.n); ok && p.last+1 == first {
		first = p.first
	}
	// What follows without a mark between is said too, wherever the parse
	// hangs it: "agrees that it waits because ...".
	for last < end && s.Tokens[last+1].Kind <= language.Number && s.Tokens[last+1].Tag != "CC" {
		last++
	}
	return []stretch{{first, last}}
}

// inOrder returns what is said by the order of words, whatever the parse shows.
func (a *attributor) inOrder(i int, c cue) []stretch {
	s, next, end := &a.sentences[i], c.token+c.n, len(a.sentences[i].Tokens)-1
	if r := a.that(s, next); r != nil {
		return r
	}
	// "Pyongyang claims the South now is ...": nouns and a finite verb.
	const far = 14
	for k := next; k <= min(next+far, end); k++ {
		switch t := &s.Tokens[k]; {
		case k > next && (finite(t.Tag) || auxiliaries[t.Norm] && t.Tag != "POS"):
			return []stretch{{next, clauseEnd(s, next)}}
		case k == next && !starts[t.Tag] && !nounTag(t.Tag) || days[t.Norm]:
			return nil
		case !starts[t.Tag] && !nounTag(t.Tag) && t.Tag != "IN" && t.Tag != "CC" && t.Tag != "RB":
			return nil
		}
	}
	return nil
}

// starts are tags of words, besides nouns, that can begin a subject, and unfit those
// that cannot stand in one.
var (
	starts = map[string]bool{"DT": true, "PRP": true, "PRP$": true, "JJ": true, "CD": true, "EX": true, "POS": true, "JJR": true, "JJS": true}
	unfit  = map[string]bool{"CC": true, "TO": true, "WP": true, "WDT": true, "WRB": true, "PRP": true, "MD": true, "VBG": true}
)

// that returns the clause with "that" behind a verb of saying, from token next on:
// "said on Monday at a forum in Oslo that ...". An adverbial, and no verb, stands
// between.
func (a *attributor) that(s *language.Sentence, next int) []stretch {
	const reach = 12
	end := len(s.Tokens) - 1
	for k := next; k <= min(next+reach, end) && !finite(s.Tokens[k].Tag) && s.Tokens[k].Norm != ","; k++ {
		if s.Tokens[k].Norm == "that" && k < end && !finite(s.Tokens[k+1].Tag) && (s.Tokens[k].Tag != "DT" || k == next) {
			return []stretch{{k, clauseEnd(s, k)}}
		}
	}
	return nil
}

// of returns whom somebody quoted speaks of: “They lie,” he said of the officials.
func of(s *language.Sentence, c cue) []stretch {
	k := c.token + c.n
	if k < len(s.Tokens) && c.quoted && (s.Tokens[k].Norm == "of" || s.Tokens[k].Norm == "about") {
		if p, ok := behind(s, k+1); ok {
			return []stretch{{p.first, p.last}}
		}
	}
	return nil
}

// adverbial reports whether a word begins a clause that says when or why.
func adverbial(t *language.Token) bool {
	return subordinators[t.Norm] || t.Norm == "as" || t.Norm == "if" || t.Norm == "when"
}

// goesOn reports whether the speaker's doings go on at a token behind a comma:
// "Kim said, adding", "analysts say, and".
func goesOn(t *language.Token) bool {
	return t.Tag == "VBG" || t.Tag == "CC" || t.Tag == "WP" || t.Tag == "WDT" || t.Kind == language.Quote
}

// tail reports whether what stands behind a verb of saying, from token k on, tells
// when and where, and not what was said: it has no finite verb up to a comma.
func tail(s *language.Sentence, k int) bool {
	for ; k < len(s.Tokens) && s.Tokens[k].Norm != "," && !adverbial(&s.Tokens[k]); k++ {
		if finite(s.Tokens[k].Tag) || s.Tokens[k].Norm == "that" || s.Tokens[k].Norm == "to" && k+1 < len(s.Tokens) && s.Tokens[k+1].Tag == "VB" {
			return false
		}
	}
	return true
}

// worry returns the first token of what somebody is said to be worried about
// or to hold: of "that the North ..." in "voiced concern that the North"; -1
// where the verb at v says nothing of the kind.
func worry(s *language.Sentence, v int) int {
	if !utters[s.Tokens[v].Norm] {
		return -1
	}
	const reach = 5 // tokens between the verb and the noun: "voiced their own long-standing doubts"
	for k := v + 1; k+2 < len(s.Tokens) && k <= v+reach; k++ {
		if worries[s.Tokens[k].Norm] {
			switch s.Tokens[k+1].Norm {
			case "that", "over", "about", "whether":
				return k + 1
			}
		}
	}
	return -1
}

// accordingTo covers the sentence, or the clause that the phrase closes.
func (a *attributor) accordingTo(s *language.Sentence, c cue) []stretch {
	end := len(s.Tokens) - 1
	if p, ok := behind(s, c.token+c.n); ok && norms[s.Tokens[p.head].Norm] {
		return nil
	}
	if c.token > 1 {
		out := []stretch{{0, c.token - 1}}
		// "Z, according to officials, will wait."
		if p, ok := behind(s, c.token+c.n); ok && s.Tokens[c.token-1].Norm == "," && p.last+2 < end && s.Tokens[p.last+1].Norm == "," {
			if t := &s.Tokens[p.last+2]; !goesOn(t) && !parts[t.Norm] {
				out = append(out, stretch{p.last + 2, end})
			}
		}
		return out
	}
	// At the head: all that comes after the comma behind the holder.
	p, ok := behind(s, c.token+c.n)
	from := c.token + c.n
	if ok {
		from = p.last + 1
		if p.from <= p.to && p.to+1 < end {
			from = p.to + 1
		}
	}
	for j := from; j < end; j++ {
		if s.Tokens[j].Norm == "," {
			return []stretch{{j + 1, end}}
		}
	}
	return []stretch{{from, end}}
}

// clauseEnd returns the last token of the clause that begins at k: the token
// before ", which", ", but", ";" or a dash, or the end of the sentence.
func clauseEnd(s *language.Sentence, k int) int {
	for j := k + 1; j < len(s.Tokens); j++ {
		switch s.Tokens[j].Norm {
		case ";", "—", "–":
			return j - 1
		case ",":
			if j+1 < len(s.Tokens) {
				switch s.Tokens[j+1].Norm {
				case "which", "but", "who", "although", "while", "though", "as":
					return j - 1
				}
			}
		}
	}
	return len(s.Tokens) - 1
}

// judges reports whether the verb at token v of sentence i passes judgement on
// its object.
func (a *attributor) judges(i, v int) bool {
	s := &a.sentences[i]
	if s.Child(v, "ccomp") >= 0 || v+1 < len(s.Tokens) && s.Tokens[v+1].Norm == "that" {
		return false
	}
	if p, ok := aside(s, v); ok && asserts(s, p.first-2) && rests(s, v+1) {
		return false // "Z, economists warn."
	}
	for _, m := range a.lex.At(a.words[i], v, nil) {
		if m.Entry.POS == lexicon.Verb && (m.Entry.Class == "criticize" || m.Entry.Class == "praise") {
			return true
		}
	}
	return labels[lemmaOf(s.Tokens[v].Norm)] && asBehind(s, v)
}

// lemma returns the reporting term at token v of sentence i.
func (a *attributor) lemma(i, v int) string {
	r, _, _, _ := a.lex.ReportingAt(a.words[i], v)
	return r.Term
}

func lemmaOf(w string) string {
	for _, cut := range []string{"led", "ned", "ed", "d", "ing", "s"} {
		if stem, ok := strings.CutSuffix(w, cut); ok {
			for _, add := range []string{"", "e", cut[:len(cut)-min(2, len(cut))]} {
				if labels[stem+add] {
					return stem + add
				}
			}
		}
	}
	switch w {
	case "saw", "seen":
		return "see"
	}
	return w
}

// asBehind reports whether a quotation mark or "as" follows the verb closely.
func asBehind(s *language.Sentence, v int) bool {
	for k := v + 1; k < len(s.Tokens) && k <= v+12; k++ {
		switch {
		case s.Tokens[k].Norm == "as" || s.Tokens[k].Norm == "\"" && k <= v+3:
			return true
		case s.Tokens[k].Norm == ";" || s.Tokens[k].Norm == ":":
			return false
		}
	}
	return false
}

// named returns the object of the verb at v where that gives it a name without
// "as": "called X a bully", "branded X “a pack of wolves”".
func named(s *language.Sentence, v int) (phrase, bool) {
	if !names[lemmaOf(s.Tokens[v].Norm)] || passive(s, v) {
		return phrase{}, false
	}
	p, ok := behind(s, v+1)
	if !ok || p.last+1 >= len(s.Tokens) {
		return phrase{}, false
	}
	switch s.Tokens[p.last+1].Norm {
	case "a", "an", "\"", "'":
		return p, true
	}
	return phrase{}, false
}

// judgement covers the object of a verb of judging and what is said of it; in
// the passive, the subject and what follows the verb. Nothing where the object
// is no target's: "condemned the attacks on Seoul" says nothing of Seoul.
func (a *attributor) judgement(i, v int) []stretch {
	s := &a.sentences[i]
	end := clauseEnd(s, v)
	if passive(s, v) {
		// "X was accused by Y of Z", "X was accused of Z by Y".
		var out []stretch
		if p, ok := before(s, v, 0); ok {
			out = append(out, stretch{p.first, p.head})
		}
		rest := stretch{v + 1, end}
		for k := v + 1; k <= end; k++ {
			if k > rest.first && s.Tokens[k].Norm == "," {
				rest.last = k - 1
				break
			} else if s.Tokens[k].Norm != "by" {
				continue
			}
			if p, ok := behind(s, k+1); ok && k == rest.first {
				rest.first = p.last + 1
			} else if ok {
				rest.last = k - 1
				break
			}
		}
		if rest.first <= rest.last {
			out = append(out, rest)
		}
		return out
	}
	// What stands right behind, or behind "blamed ... on".
	p, ok := behind(s, v+1)
	if ok && a.within(i, p.first, p.head) != "" || blames(s, v) && a.anyMention(i, v+1, end) {
		return []stretch{{v + 1, end}}
	}
	return nil
}

func blames(s *language.Sentence, v int) bool { return strings.HasPrefix(s.Tokens[v].Norm, "blam") }

// passive reports whether the verb at v is in the passive voice: it has a
// passive auxiliary or subject, or is a participle with neither subject nor
// auxiliary ("a state declared to be"), unless it is the only verb outside
// quotation marks and so a past tense that was taken for a participle.
func passive(s *language.Sentence, v int) bool {
	// "Z, Yonhap reported Tuesday".
	if _, ok := aside(s, v); ok && rests(s, v+1) && !auxiliaries[s.Tokens[v-1].Norm] {
		return false
	}
	if s.Child(v, "aux:pass", "nsubj:pass") >= 0 {
		return true
	}
	if s.Tokens[v].Tag != "VBN" || s.Child(v, "aux", "nsubj") >= 0 {
		return false
	}
	// "The ministry confirmed on Sunday that": few words between, and no "by".
	const reach = 3
	for k := v + 1; k <= min(v+reach, len(s.Tokens)-2) && s.Tokens[k].Norm != "by"; k++ {
		if s.Tokens[k].Norm == "that" && s.Tokens[k].Tag == "IN" && v > 0 && nounTag(s.Tokens[v-1].Tag) {
			return false
		}
	}
	quoted := false
	for k := range s.Tokens {
		switch t := &s.Tokens[k]; {
		case t.Norm == "\"":
			quoted = !quoted
		case !quoted && k != v && finite(t.Tag):
			return true
		}
	}
	return v+1 < len(s.Tokens) && s.Tokens[v+1].Norm == "by"
}

// anyMention reports whether a mention begins in the tokens [first, last] of
// sentence i.
func (a *attributor) anyMention(i, first, last int) bool {
	for _, m := range a.mentions[i] {
		if first <= m.First && m.First <= last {
			return true
		}
	}
	return false
}
