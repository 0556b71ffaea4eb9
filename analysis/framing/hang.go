package framing

import (
	"maps"
	"slices"
	"strings"

	"parallax/analysis/language"
	"parallax/analysis/target"
)

// borrowed is the share of a score, of what is in one holder's words, from which
// the score is that holder's. On the labels of two seed articles 0.3, 0.4, 0.5 and
// 0.6 tell author from quoted right in .934, .954, .940 and .934, and the holder
// of the quoted in .957, .913, .826 and .804, before speakers were left out of what
// they say of others (.947 and .848 at 0.4).
const borrowed = 0.4

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
	// A quotation about the target need not name it: what makes the score decides.
	quoted, all := map[string]float64{}, 0.0
	for k := range in.Sentence.Tokens {
		w := weight(k)
		all += w
		if s, ok := in.Voices.At(in.Index, k); ok {
			quoted[s.Holder] += w
		}
	}
	most := 0.0
	for _, holder := range slices.Sorted(maps.Keys(quoted)) {
		w := quoted[holder]
		if holder != id && w > borrowed*all && w > most { // a speaker is not quoted on himself where he is only named
			out.Quoted, out.Holder, most = true, holder, w
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
