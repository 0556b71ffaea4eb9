package voice

import (
	"slices"
	"strings"

	"parallax/analysis/language"
	"parallax/analysis/target"
)

// holder is who speaks.
type holder struct {
	name string // a target's id, a name, or Other; "" where nothing is known
	sort sort
}

// sort is what a holder is, as far as that decides which pronoun means it.
type sort uint8

const (
	unsure sort = iota
	person      // he or she
	body        // it: a country, a government, a paper
)

// holderOf returns who speaks by cue c of sentence i; nobody where the sentence
// does not say.
func (a *attributor) holderOf(i int, c cue) holder {
	s := &a.sentences[i]
	var p phrase
	var ok bool
	switch {
	case c.holderAfter:
		p, ok = behind(s, c.token+c.n)
	case c.view:
		p, ok = ending(s, c.token-2)
	case c.pretext:
		p, ok = shared(s, c.token, 0)
	case !c.verb:
		p, ok = ending(s, c.token-1)
	default:
		p, ok = speakerOf(s, c.token)
	}
	if !ok {
		return holder{}
	}
	return holder{a.who(i, p), a.sort(i, p)}
}

// sort tells persons from bodies.
func (a *attributor) sort(i int, p phrase) sort {
	t := &a.sentences[i].Tokens[p.head]
	switch {
	case t.Norm == "he" || t.Norm == "she":
		return person
	case t.Norm == "it" || papers[t.Norm]:
		return body
	}
	for _, m := range a.mentions[i] {
		if m.First <= p.head && p.head <= m.Last || m.First <= p.last && p.last <= m.Last {
			switch m.Kind {
			case target.Leader:
				return person
			case target.Name, target.Alias, target.Metonym:
				return body
			}
		}
	}
	return unsure
}

// who names the holder whose noun phrase p is.
func (a *attributor) who(i int, p phrase) string {
	s := &a.sentences[i]
	head := &s.Tokens[p.head]
	if pronounTag(head.Tag) || p.first == p.last && (head.Tag == "DT" || head.Tag == "WP" || head.Tag == "WDT") {
		return a.lastSpeaker(i, p.head)
	}
	if texts[head.Norm] && !bare(s, p) {
		// "The KCNA commentary", but not "a South Korean commentary".
		for _, m := range a.mentions[i] {
			if p.first <= m.First && m.Last < p.head && (m.Kind == target.Alias || m.Kind == target.Name) {
				return m.Target
			}
		}
	}
	if private(s, p.first, p.head) || private(s, p.from, a.core(s, p.from, p.to)) {
		// "The Rodong Sinmun newspaper" is a body of its country by its own name,
		// which "a South Korean newspaper" is not.
		if papers[head.Norm] {
			for _, m := range a.mentions[i] {
				if p.first <= m.First && m.Last < p.head && m.Kind == target.Alias && m.Last > m.First {
					return m.Target
				}
			}
			if owner := s.Tokens[max(p.head-1, p.first)].Norm; owner == "state" || owner == "official" || owner == "party" {
				if id := a.within(i, p.first, p.head); id != "" {
					return id
				}
			}
		}
		return a.named(i, p)
	}
	if id := a.within(i, p.first, p.head); id != "" {
		return id
	}
	if p.last > p.head {
		// "head of the North's committee"; "officials in Seoul", but not "a
		// passer-by in Seoul".
		switch s.Tokens[p.head+1].Norm {
		case "in", "at", "from":
			if !officials[head.Norm] && !(anaphors[head.Norm] && s.Tokens[p.head+1].Norm == "from") {
				break
			}
			fallthrough
		case "of", "for":
			if id := a.within(i, p.head+2, p.last); id != "" {
				return id
			}
		}
	}
	if p.from <= p.to {
		// "Its foreign minister, Ri Yong-ho,"; "Kim, Seoul's chief envoy,".
		end := a.core(s, p.from, p.to)
		for _, m := range a.mentions[i] {
			if p.from <= m.First && m.Last <= end && !m.Collective && (officials[s.Tokens[end].Norm] || m.Kind == target.Leader) {
				return m.Target
			}
		}
	}
	if anaphors[head.Norm] && !strings.HasPrefix(head.Tag, "NNP") && bare(s, p) {
		return a.lastSpeaker(i, p.head)
	}
	if id := a.domestic(i, p); id != "" {
		return id
	}
	return a.named(i, p)
}

// domestic returns whose "the opposition alliance" or "parliament" is: the
// target's that the sentence and the one before it in the paragraph name, if
// they name only one up to there and the phrase itself has no other name.
func (a *attributor) domestic(i int, p phrase) string {
	s := &a.sentences[i]
	within := false
	for k := p.first; k <= p.head; k++ {
		if strings.HasPrefix(s.Tokens[k].Tag, "NNP") {
			return ""
		}
		within = within || home[s.Tokens[k].Norm]
	}
	if !within {
		return ""
	}
	id := ""
	for j := max(0, i-1); j <= i; j++ {
		if a.sentences[j].Block != s.Block {
			continue
		}
		for _, m := range a.mentions[j] {
			if m.Collective || j == i && m.First >= p.first {
				continue
			}
			if id != "" && m.Target != id {
				return ""
			}
			id = m.Target
		}
	}
	return id
}

// core returns the last token of [first, last] before a preposition or a
// clause: the head of an apposition with what stands before it.
func (a *attributor) core(s *language.Sentence, first, last int) int {
	for k := first; k <= last; k++ {
		t := &s.Tokens[k]
		if k > first && (t.Tag == "IN" || t.Tag == "TO" || t.Tag == "CC" || t.Norm == ",") && nounTag(s.Tokens[k-1].Tag) || t.Tag == "WP" || t.Tag == "WDT" {
			return k - 1
		}
	}
	return last
}

// private reports whether the tokens [first, last] call somebody what does not
// speak for a country: an analyst, a professor, a former official.
func private(s *language.Sentence, first, last int) bool {
	for k := first; k <= last; k++ {
		switch w := s.Tokens[k].Norm; {
		case bystanders[w], papers[w], w == "former", w == "ex", w == "retired", strings.HasPrefix(w, "ex-"):
			return true
		}
	}
	return false
}

// bare reports whether nothing but an article stands before the head: "the
// report", and neither "the Japanese report" nor one that is new, "a report".
func bare(s *language.Sentence, p phrase) bool {
	switch s.Tokens[p.first].Norm {
	case "a", "an", "some", "another", "one":
		return false
	}
	return p.head == p.first || p.head == p.first+1 && (s.Tokens[p.first].Tag == "DT" || s.Tokens[p.first].Tag == "PRP$")
}

// within returns the target of the mention that covers the last token of
// [first, last], or else of the first mention there: "US North Korea envoy".
func (a *attributor) within(i, first, last int) string {
	id := ""
	for _, m := range a.mentions[i] {
		if m.Collective || m.First < first || m.First > last {
			continue
		}
		if m.Last >= last {
			return m.Target
		}
		if id == "" {
			id = m.Target
		}
	}
	return id
}

// named returns the name in the phrase, or in its apposition; Other where
// there is none.
func (a *attributor) named(i int, p phrase) string {
	s := &a.sentences[i]
	if papers[s.Tokens[p.head].Norm] && bare(s, p) && p.last == p.head {
		return a.lastSpeaker(i, p.head)
	}
	if p.from <= p.to && strings.HasPrefix(s.Tokens[p.from].Tag, "W") {
		p.to = p.from - 1 // "a professor, who lives in Ohio,"
	}
	for _, r := range [][2]int{{p.first, p.last}, {p.from, p.to}} {
		for k := r[1]; k >= r[0]; k-- {
			if proper(s, k) && !a.mentioned(i, k) && !juniors[s.Tokens[k].Norm] {
				if k < r[1] && (s.Tokens[k+1].Tag == "POS" || k < p.head && r[0] == p.first && !papers[s.Tokens[p.head].Norm] && !outlets[s.Tokens[p.head].Norm]) {
					continue // the owner of what speaks, or what it is called after
				}
				// "Professor X of Y University" is X: the name before the preposition.
				if r[0] == p.first && k > p.head && strings.HasPrefix(s.Tokens[p.head].Tag, "NNP") {
					k = p.head
				} else if r[0] == p.first && k > p.head {
					break
				}
				return a.name(s, i, k)
			}
		}
	}
	return Other
}

// thing reports whether the phrase names a thing that shows something rather
// than somebody who says it: "the test shows that".
func (a *attributor) thing(i int, p phrase) bool {
	s := &a.sentences[i]
	t := &s.Tokens[p.head]
	w := t.Norm
	return (t.Tag == "NN" || t.Tag == "NNS" || t.Tag == "DT") && !bystanders[w] && !papers[w] && !officials[w] && !anaphors[w] &&
		a.within(i, p.first, p.head) == ""
}

// mentioned reports whether a mention covers token k of sentence i.
func (a *attributor) mentioned(i, k int) bool {
	for _, m := range a.mentions[i] {
		if m.First <= k && k <= m.Last {
			return true
		}
	}
	return false
}

// lastSpeaker returns the last holder before token h of sentence i, in the same
// paragraph or, if it is known who that is, the one before. A pronoun that
// stands for a target says so itself where nobody has spoken. Other when there
// is none.
func (a *attributor) lastSpeaker(i, h int) string {
	at, paragraph := position{i, h}, a.paragraph[i]
	for n := len(a.speakers) - 1; n >= 0; n-- {
		p := a.speakers[n]
		if !p.at.before(at) || p.paragraph == paragraph-1 && p.name == Other {
			continue
		}
		if p.paragraph < paragraph-1 {
			break
		}
		if name := a.subjectSince(i, h, p.at.sentence); name != "" {
			return name
		}
		switch a.sentences[i].Tokens[h].Norm {
		case "he", "she":
			if p.sort == body {
				continue
			}
		case "it":
			if p.sort == person {
				continue
			}
		default:
			if w := a.sentences[i].Tokens[h].Norm; p.sort == person && (papers[w] || texts[w] || w == "agency") {
				continue
			}
		}
		return p.name
	}
	if name := a.subjectSince(i, h, -1); name != "" {
		return name
	}
	if id := a.within(i, h, h); id != "" {
		return id
	}
	return Other
}

// subjectSince returns whom token h of sentence i, a pronoun or "the army",
// takes up without anybody having spoken: the subject of one of the two
// sentences before, later than sentence since; "" where that is nobody known.
func (a *attributor) subjectSince(i, h, since int) string {
	// Sentences: beyond two a pronoun takes up a speaker. Those that somebody
	// quoted speaks do not count, but more than ten are no paragraph of news.
	const reach, most = 2, 10
	word := a.sentences[i].Tokens[h].Norm
	left := reach
	for j := i - 1; j > since && left > 0 && j >= max(0, i-most) && a.paragraph[j] >= a.paragraph[i]-1; j-- {
		s := &a.sentences[j]
		root := slices.IndexFunc(s.Tokens, func(t language.Token) bool { return t.Head < 0 && t.Kind == language.Word })
		if root < 0 || a.inQuote[j][root] >= 0 {
			continue
		}
		left--
		n := s.Child(root, "nsubj", "nsubj:pass")
		if n < 0 || a.inQuote[j][n] >= 0 || pronounTag(s.Tokens[n].Tag) || s.Tokens[n].Tag == "DT" {
			continue
		}
		p := around(s, n)
		if papers[s.Tokens[p.head].Norm] || anaphors[s.Tokens[p.head].Norm] && word == "it" {
			// "The statement was carried by state media. It said": theirs.
			var ok bool
			if p, ok = agent(s, root); !ok {
				continue
			}
		}
		sort := a.sort(j, p)
		switch word {
		case "he", "she":
			head := &s.Tokens[p.head]
			if sort == body || sort != person && !officials[head.Norm] && !bystanders[head.Norm] && !strings.HasPrefix(head.Tag, "NNP") {
				continue
			}
		case "it":
			if sort != body && a.within(j, p.first, p.head) == "" {
				continue
			}
		default:
			if s.Tokens[p.head].Norm != word {
				continue
			}
		}
		if name := a.who(j, p); name != Other {
			return name
		}
	}
	return ""
}

// name returns the full name of the person or body whose name token h is part of.
func (a *attributor) name(s *language.Sentence, i, h int) string {
	part := func(k int) bool {
		return proper(s, k) && !a.mentioned(i, k) && !title(&s.Tokens[k])
	}
	first, last := h, h
	for first > 0 && part(first-1) {
		first--
	}
	for last+1 < len(s.Tokens) && part(last+1) {
		last++
	}
	if first == last {
		if full, ok := a.full[s.Tokens[h].Text]; ok {
			return full
		}
	}
	return quiet(join(s.Tokens[first:last+1]), first < last)
}

// proper reports whether token k is part of a name: tagged so, or a noun with a
// capital inside a sentence, and no day of the week.
func proper(s *language.Sentence, k int) bool {
	t := &s.Tokens[k]
	if !t.Upper() || t.Kind != language.Word || days[t.Norm] {
		return false
	}
	inside := k > 0 && s.Tokens[k-1].Kind != language.Quote && s.Tokens[k-1].Norm != ":" // a capital there is no beginning's
	return strings.HasPrefix(t.Tag, "NNP") || inside && (nounTag(t.Tag) || t.Tag == "JJ" || t.Tag == "FW") ||
		len(t.Text) > 1 && t.Text == strings.ToUpper(t.Text) && !strings.HasPrefix(t.Tag, "VB")
}

// quiet returns a name that is printed in capitals, as in a label, the usual way.
// Abbreviations, which have up to four letters, stay, unless it is a person's.
func quiet(name string, person bool) string {
	words := strings.Fields(name)
	for n, w := range words {
		if len(w) > 4 || person && len(w) > 2 {
			if !strings.ContainsFunc(w, func(r rune) bool { return r < 'A' || r > 'Z' }) {
				words[n] = w[:1] + strings.ToLower(w[1:])
			}
		}
	}
	return strings.Join(words, " ")
}

// title reports whether a capitalised word is a title before a name and no part of it.
func title(t *language.Token) bool {
	return titles[t.Norm] || t.Upper() && (officials[t.Norm] || offices[t.Norm] || bystanders[t.Norm])
}
