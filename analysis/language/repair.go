package language

import (
	"strings"

	"parallax/analysis/language/syntax"
	"parallax/lexicon"
)

// repairs returns tags that the tagger must have wrong, by word, for a second
// parse. The treebank is small and of the web; the words that judge are often
// not in it ("oppresses" then looks like a plural), but they are in the
// lexicon. A word that the lexicon knows in one part of speech only gets it
// where the place allows no other reading:
//
//   - a third person of a verb that was tagged as a plural noun, unless an
//     article, an adjective or a possessive goes before;
//   - a past tense of a verb that was tagged as a singular noun;
//   - a verb's base form behind "to" or a modal, even where the lexicon has it
//     as a noun too;
//   - an adjective before a noun, or behind a form of "be", that was tagged as a noun.
func repairs(lex *lexicon.Lexicon, words []syntax.Word, nodes []syntax.Node, headline bool) map[int]string {
	var out map[int]string
	set := func(i int, tag string) {
		if out == nil {
			out = map[int]string{}
		}
		out[i] = tag
	}
	for i := range words {
		tag := nodes[i].Tag
		if !strings.HasPrefix(tag, "NN") && tag != "RB" && tag != "JJ" && tag != "IN" || shapeUpper(words[i].Text) && i > 0 && !headline {
			continue
		}
		forms := readings(lex, words[i].Norm)
		if i > 0 && (nodes[i-1].Tag == "TO" || nodes[i-1].Tag == "MD") && !strings.HasPrefix(tag, "NN") &&
			forms[lexicon.Verb]&lexicon.Base != 0 && forms[lexicon.Adverb] == 0 && forms[lexicon.Adjective] == 0 {
			set(i, "VB")
			continue
		}
		pos, form := only(forms)
		before, behind := "", ""
		if i > 0 {
			before = nodes[i-1].Tag
		}
		if i+1 < len(nodes) {
			behind = nodes[i+1].Tag
		}
		switch pos {
		case lexicon.Verb:
			switch {
			case form&lexicon.Base != 0 && (before == "TO" || before == "MD") && !strings.HasPrefix(tag, "VB"):
				set(i, "VB")
			case form&lexicon.Third != 0 && (tag == "NNS" || tag == "NNPS") && before != "DT" && before != "JJ" && before != "PRP$" && before != "POS" && before != "IN" && before != "CD":
				set(i, "VBZ")
			case form&lexicon.Past != 0 && strings.HasPrefix(tag, "NN") && strings.HasPrefix(before, "N"):
				set(i, "VBD")
			}
		case lexicon.Adjective:
			if strings.HasPrefix(tag, "NN") && (strings.HasPrefix(behind, "NN") || i > 0 && be[words[i-1].Norm] && !strings.HasPrefix(behind, "NN")) {
				set(i, "JJ")
			}
		}
	}
	return out
}

var be = lexicon.Class("be")

func shapeUpper(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }

// readings returns the forms that a word can be of, by part of speech.
func readings(lex *lexicon.Lexicon, word string) (forms [lexicon.Phrase + 1]lexicon.Form) {
	var buf [4]lexicon.Match
	one := [1]string{word}
	for _, m := range lex.At(one[:], 0, buf[:0]) {
		if m.N == 1 {
			forms[m.Entry.POS] |= m.Form
		}
	}
	return forms
}

// only returns the one part of speech that has readings, or 0.
func only(forms [lexicon.Phrase + 1]lexicon.Form) (pos lexicon.POS, form lexicon.Form) {
	for p, f := range forms {
		switch {
		case f == 0:
		case pos != 0:
			return 0, 0
		default:
			pos, form = lexicon.POS(p), f
		}
	}
	return pos, form
}
