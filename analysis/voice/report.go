package voice

import (
	"strings"

	"parallax/analysis/language"
	"parallax/lexicon"
)

// complement returns the tokens that cue c of sentence i reports.
func (a *attributor) complement(i int, c cue) (first, last int, ok bool) {
	s := &a.sentences[i]
	if c.holderAfter && !c.verb {
		return a.accordingTo(s, c)
	}
	if !c.verb {
		return 0, 0, false
	}
	v := c.token
	end := len(s.Tokens) - 1
	if intends[a.lemma(s, v)] {
		return 0, 0, false
	}
	// "X accused Y of Z", "Z was listed by X as ...": the judgement is what the
	// object and what follows it say.
	if a.judges(s, v) {
		first, last, ok = a.judgement(s, v)
		return first, last, ok && a.anyMention(i, first, last)
	}
	// A clause that depends on the verb.
	if k := s.Child(v, "ccomp"); k >= 0 {
		first, last = s.Extent(k)
		switch {
		case first > v:
			return first, last, true
		case last < v:
			return first, last, true
		}
	}
	// "Z, X said": the verb hangs from what it reports.
	if h := s.Tokens[v].Head; h >= 0 && s.Tokens[v].Rel == "parataxis" && hasSubject(s, v) {
		vf, vl := s.Extent(v)
		first, last = s.Extent(h)
		switch {
		case last <= vl && first < vf: // at the end
			return first, vf - 1, true
		case first >= vf && last > vl:
			return vl + 1, last, true
		case first < vf: // in the middle: what goes before counts, and what comes after
			return first, last, true
		}
	}
	// "said that ...", whatever the parse made of it.
	for k := v + 1; k <= min(v+4, end); k++ {
		if s.Tokens[k].Norm == "that" && s.Tokens[k].Tag != "DT" && k < end {
			return k, clauseEnd(s, k), true
		}
	}
	// "said it believes ...": a subject and a finite verb right behind.
	if k := s.Child(v, "xcomp", "advcl", "parataxis", "dep"); k > v && (hasSubject(s, k) || s.Child(k, "nsubj:pass") >= 0) {
		first, last = s.Extent(k)
		if first > v {
			return first, last, true
		}
	}
	return 0, 0, false
}

// accordingTo covers the sentence, or the clause that the phrase closes.
func (a *attributor) accordingTo(s *language.Sentence, c cue) (first, last int, ok bool) {
	end := len(s.Tokens) - 1
	k := c.token
	if k <= 1 { // at the head: all that comes after the holder's comma
		for j := c.token + c.n; j < end; j++ {
			if s.Tokens[j].Norm == "," {
				return j + 1, end, true
			}
		}
		return c.token + c.n, end, true
	}
	return 0, k - 1, true
}

func hasSubject(s *language.Sentence, v int) bool { return s.Child(v, "nsubj") >= 0 }

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
				case "which", "but", "who", "although", "while":
					return j - 1
				}
			}
		}
	}
	return len(s.Tokens) - 1
}

// judges reports whether the verb at v passes judgement on its object.
func (a *attributor) judges(s *language.Sentence, v int) bool {
	if s.Child(v, "ccomp") >= 0 {
		return false
	}
	for _, m := range a.lex.At(s.Norms(), v, nil) {
		if m.Entry.POS == lexicon.Verb && (m.Entry.Class == "criticize" || m.Entry.Class == "praise") {
			return true
		}
	}
	return labels[lemmaOf(s.Tokens[v].Norm)] && asBehind(s, v)
}

// intends are verbs that tell what somebody wants, will do or does by
// speaking, rather than what somebody says is so: in "the North pledged to
// return" and "Seoul hopes that talks resume" the author describes. They still
// introduce direct quotations.
var intends = set(`hope fear want wish expect decide pledge promise vow offer propose request recommend demand threaten indicate hint
	signal reject refuse publish respond object appeal urge protest announce ask call imagine express remember`)

// lemma returns the reporting term at token v.
func (a *attributor) lemma(s *language.Sentence, v int) string {
	r, _, _, _ := a.lex.ReportingAt(s.Norms(), v)
	return r.Term
}

// labels are verbs that, with "as" or a predicate, put a label on somebody.
var labels = map[string]bool{
	"list": true, "label": true, "brand": true, "describe": true, "regard": true, "see": true, "view": true, "depict": true,
	"portray": true, "characterize": true, "characterise": true, "declare": true, "designate": true, "call": true, "dub": true,
	"denounce": true, "condemn": true, "dismiss": true, "treat": true, "cast": true, "paint": true, "term": true,
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

// judgement covers the object of a verb of judging and what is said of it; in
// the passive, what follows the verb.
func (a *attributor) judgement(s *language.Sentence, v int) (first, last int, ok bool) {
	if passive(s, v) {
		// "was accused by X of Z" covers what hangs on the verb behind it.
		for _, k := range s.Children(v) {
			switch s.Tokens[k].Rel {
			case "xcomp", "obl", "obj", "ccomp", "advcl":
				if k > v && byCase(s, k) < 0 && !(ok && comma(s, last, k)) {
					f, l := s.Extent(k)
					if !ok {
						first = f
					}
					last, ok = l, true
				}
			}
		}
		return first, last, ok && first > v
	}
	obj := s.Child(v, "obj", "xcomp")
	if obj < 0 || obj < v {
		return 0, 0, false
	}
	first, _ = s.Extent(obj)
	last = first
	for _, k := range s.Children(v) {
		if k < v {
			continue
		}
		switch s.Tokens[k].Rel {
		case "obj", "obl", "xcomp", "advcl", "iobj":
			if _, l := s.Extent(k); l > last {
				last = l
			}
		}
	}
	return first, last, first > v
}

// comma reports whether a comma stands between two tokens.
func comma(s *language.Sentence, a, b int) bool {
	for k := a + 1; k < b; k++ {
		if s.Tokens[k].Norm == "," {
			return true
		}
	}
	return false
}

// byCase returns the token of "by" that marks the noun phrase at k, or -1.
func byCase(s *language.Sentence, k int) int {
	if c := s.Child(k, "case"); c >= 0 && s.Tokens[c].Norm == "by" {
		return c
	}
	return -1
}

// passive reports whether the verb at v is in the passive voice: it has a
// passive auxiliary or subject, or is a participle with neither subject nor
// auxiliary ("a state declared to be").
func passive(s *language.Sentence, v int) bool {
	return s.Child(v, "aux:pass", "nsubj:pass") >= 0 || s.Tokens[v].Tag == "VBN" && s.Child(v, "aux", "nsubj") < 0
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
