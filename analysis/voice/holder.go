package voice

import (
	"strings"

	"parallax/analysis/language"
)

// holderOf returns who speaks by cue c of sentence i.
func (a *attributor) holderOf(i int, c cue) string {
	s := &a.sentences[i]
	if !c.verb {
		if c.holderAfter {
			return a.resolve(i, headFrom(s, c.token+c.n))
		}
		return a.resolve(i, c.token-1)
	}
	v := c.token
	if passive(s, v) {
		if k := s.Child(v, "obl:agent"); k >= 0 {
			return a.resolve(i, k)
		}
		if k := byAgent(s, v); k >= 0 {
			return a.resolve(i, k)
		}
		// "In the 1990s it was declared ... and the US sought": nobody is named.
		return Other
	}
	return a.resolve(i, speakerOf(s, v))
}

// speakerOf returns the token at the head of the subject of the verb v: its
// own, that of the verb it is coordinated with or depends on, or the noun right
// behind an inverted verb ("said Duyeon Kim"); -1 for none.
func speakerOf(s *language.Sentence, v int) int {
	for k, n := v, 0; k >= 0 && n < 4; n++ {
		if sub := s.Child(k, "nsubj", "nsubj:pass"); sub >= 0 {
			return sub
		}
		if k == v && v+1 < len(s.Tokens) && s.Tokens[v+1].Upper() && strings.HasPrefix(s.Tokens[v+1].Tag, "NN") {
			return headFrom(s, v+1)
		}
		switch s.Tokens[k].Rel {
		case "acl:relcl", "acl":
			return s.Tokens[k].Head
		case "conj", "xcomp", "advcl", "ccomp", "parataxis":
			k = s.Tokens[k].Head
		default:
			return -1
		}
	}
	return -1
}

// byAgent returns the head of the noun phrase behind "by" after verb v, or -1.
func byAgent(s *language.Sentence, v int) int {
	for k := v + 1; k < len(s.Tokens)-1 && k <= v+6; k++ {
		if s.Tokens[k].Norm == "by" {
			return headFrom(s, k+1)
		}
	}
	return -1
}

// headFrom returns the head of the noun phrase that begins at k.
func headFrom(s *language.Sentence, k int) int {
	if k >= len(s.Tokens) {
		return -1
	}
	h := k
	for n := 0; n < 6; n++ {
		up := s.Tokens[h].Head
		if up < k || up > k+12 || !nounPart[s.Tokens[h].Rel] {
			break
		}
		h = up
	}
	return h
}

var nounPart = map[string]bool{
	"det": true, "amod": true, "compound": true, "nmod:poss": true, "nummod": true, "flat": true, "case": true, "appos": true,
}

// resolve names the holder whose noun phrase has its head at token h of
// sentence i. h is -1 where the holder is not known.
func (a *attributor) resolve(i, h int) string {
	if h < 0 {
		return a.lastSpeaker(i, h)
	}
	s := &a.sentences[i]
	t := &s.Tokens[h]
	private := bystanders[t.Norm]
	for _, k := range s.Children(h) {
		if s.Tokens[k].Norm == "former" || s.Tokens[k].Norm == "ex" {
			private = true
		}
		if s.Tokens[k].Rel == "appos" && a.bystander(s, k) {
			private = true
		}
	}
	if !private {
		if id := a.mentionAt(i, h); id != "" {
			return id
		}
	}
	switch {
	case t.Tag == "PRP" || t.Tag == "PRP$" || t.Tag == "DT" || t.Tag == "WP" || t.Tag == "WDT":
		return a.lastSpeaker(i, h)
	case anaphors[t.Norm] && s.Child(h, "compound", "amod", "nmod", "nmod:poss") < 0:
		return a.lastSpeaker(i, h)
	case t.Tag == "NNP" || t.Tag == "NNPS":
		return a.name(s, h)
	}
	if id := a.ownerOf(i, h); id != "" && !private {
		return id
	}
	return Other
}

// bystander reports whether the noun phrase at k, or its head, names a private
// person: an analyst, a professor, a former official.
func (a *attributor) bystander(s *language.Sentence, k int) bool {
	if bystanders[s.Tokens[k].Norm] {
		return true
	}
	for _, c := range s.Children(k) {
		if s.Tokens[c].Norm == "former" {
			return true
		}
	}
	return false
}

// mentionAt returns the target of a mention that covers token h of sentence i,
// or one of its compound parts ("US officials", "President Moon").
func (a *attributor) mentionAt(i, h int) string {
	s := &a.sentences[i]
	for _, m := range a.mentions[i] {
		if m.First <= h && h <= m.Last && !m.Collective {
			return m.Target
		}
	}
	for _, m := range a.mentions[i] {
		if m.Collective {
			continue
		}
		for k := m.First; k <= m.Last; k++ {
			if s.Tokens[k].Head == h {
				switch s.Tokens[k].Rel {
				case "compound", "amod", "nmod:poss", "flat", "appos":
					return m.Target
				}
			}
		}
	}
	return ""
}

// ownerOf returns the target of a mention in the noun phrase's complement:
// "the government of South Korea", "head of the North's committee".
func (a *attributor) ownerOf(i, h int) string {
	s := &a.sentences[i]
	for _, k := range s.Children(h) {
		if s.Tokens[k].Rel == "nmod" {
			if c := s.Child(k, "case"); c >= 0 && (s.Tokens[c].Norm == "of" || s.Tokens[c].Norm == "from" || s.Tokens[c].Norm == "in") {
				if id := a.mentionAt(i, k); id != "" {
					return id
				}
			}
		}
	}
	return ""
}

// lastSpeaker returns the last holder before token h of sentence i, in the
// same block or the one before; Other when there is none.
func (a *attributor) lastSpeaker(i, h int) string {
	at, block := position{i, h}, a.sentences[i].Block
	for n := len(a.speakers) - 1; n >= 0; n-- {
		if p := a.speakers[n]; p.at.before(at) && block-p.block <= 1 && p.holder != "" {
			return p.holder
		}
	}
	// A pronoun that stands for a target says so itself.
	if h >= 0 {
		if id := a.mentionAt(i, h); id != "" {
			return id
		}
	}
	return Other
}

// name returns the full name of the person or body whose name has its head at h.
func (a *attributor) name(s *language.Sentence, h int) string {
	first, last := h, h
	for first > 0 && s.Tokens[first-1].Tag == "NNP" && s.Tokens[first-1].Kind == language.Word {
		first--
	}
	for last+1 < len(s.Tokens) && s.Tokens[last+1].Tag == "NNP" && s.Tokens[last+1].Kind == language.Word {
		last++
	}
	if first == last {
		if full, ok := a.full[s.Tokens[h].Norm]; ok {
			return full
		}
	}
	return join(s.Tokens[first : last+1])
}

// bystanders are people and papers that do not speak for the country that goes
// before them: "South Korean analysts" are not South Korea.
var bystanders = set(`analyst analysts expert experts professor professors academic academics scholar scholars researcher researchers
	specialist specialists observer critic critics commentator commentators columnist journalist journalists reporter reporters
	editorial editorials newspaper newspapers paper daily author authors activist activists defector defectors lawyer economist economists
	historian pollster pollsters poll polls survey surveys think-tank study report fellow director consultant resident residents voter voters
	protester protesters witness witnesses observers insiders`)

// anaphors stand for the speaker before: "the report added".
var anaphors = set(`report statement article editorial newspaper paper agency spokesman spokeswoman spokesperson official minister president leader source letter`)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}
