package framing

import (
	"strings"

	"parallax/analysis/language"
	"parallax/analysis/target"
)

// hangs fills in on which mention a score hangs, its role, and whose words they
// are. weight tells how much of the score token k makes.
func hangs(out *Score, in *Input, id string, weight func(k int) float64) {
	out.Mention = -1
	for n, m := range in.Mentions {
		if m.Target != id {
			continue
		}
		if out.Mention < 0 || m.Kind != target.Pronoun && in.Mentions[out.Mention].Kind == target.Pronoun {
			out.Mention = n
		}
	}
	main := in.Mentions[out.Mention]
	out.Role = RoleOf(in.Sentence, main.Last)
	if s, ok := in.Voices.At(in.Index, main.Last); ok {
		out.Quoted, out.Holder = true, s.Holder
	}
	// A quotation about the target need not name it: most of what is said decides.
	quoted, all := map[string]float64{}, 0.0
	for k := range in.Sentence.Tokens {
		w := weight(k)
		all += w
		if s, ok := in.Voices.At(in.Index, k); ok {
			quoted[s.Holder] += w
		}
	}
	for holder, w := range quoted { // at most one has more than half
		if w > 0.6*all {
			out.Quoted, out.Holder = true, holder
		}
	}
}

// RoleOf returns the role of the noun phrase that token k is part of, by the
// parse; None where there is none.
func RoleOf(s *language.Sentence, k int) Role {
	for range 6 {
		t := &s.Tokens[k]
		switch rel, _, _ := strings.Cut(t.Rel, ":"); rel {
		case "nsubj", "csubj":
			if t.Rel == "nsubj:pass" || t.Head >= 0 && s.Child(t.Head, "aux:pass") >= 0 {
				return Patient
			}
			return Agent
		case "obj", "iobj":
			return Patient
		case "obl":
			if t.Rel == "obl:agent" {
				return Agent
			}
			return None
		case "compound", "flat", "amod", "nmod", "appos", "conj", "case", "det":
			if t.Head < 0 {
				return None
			}
			k = t.Head
		default:
			return None
		}
	}
	return None
}
