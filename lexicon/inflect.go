package lexicon

import (
	"slices"
	"strings"
)

// surface is one way in which a term appears in a text.
type surface struct {
	words   []string
	form    Form
	guessed bool // made by joining or splitting a compound
}

// surfaces returns the ways in which a term appears, in a fixed order and
// without repetition: the forms of its part of speech, each in British and
// American spelling, then the same with compounds written another way.
//
// Forms is the table's column: for a verb "past/participle/third/gerund", of
// which the latter may be left out and each may be empty (a single form is
// both past and participle); for a noun its plural; for other parts of speech
// further forms. Alternatives are separated by "|". A term that does not inflect
// has "=", or "=ed" and "=ing" where it is such a form of a verb itself.
func surfaces(term string, pos POS, forms string) []surface {
	words := strings.Split(term, " ")
	head := 0
	if pos == Noun {
		head = nounHead(words)
	}

	var list []surface
	add := func(words []string, form Form, guessed bool) {
		words = split(words)
		for i, s := range list {
			if slices.Equal(s.words, words) {
				list[i].form |= form
				return
			}
		}
		list = append(list, surface{words, form, guessed})
	}
	for i, word := range words {
		for _, spelled := range spellings(word) {
			v := slices.Clone(words)
			v[i] = spelled
			for _, in := range inflect(v[head], pos, forms) {
				w := slices.Clone(v)
				w[head] = in.word
				add(w, in.form, false)
			}
		}
	}
	for _, s := range list {
		for _, c := range compounds(s.words, pos) {
			add(c, s.form, true)
		}
	}
	return list
}

// split cuts off "'s" and "n't", which are tokens of their own in a text.
func split(words []string) []string {
	if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, "'") }) {
		return words
	}
	out := make([]string, 0, len(words))
	for _, w := range words {
		for _, clitic := range []string{"'s", "n't"} {
			if stem, ok := strings.CutSuffix(w, clitic); ok && stem != "" {
				out, w = append(out, stem), clitic
			}
		}
		out = append(out, w)
	}
	return out
}

// compounds returns other ways of writing a compound: "hard-line" as
// "hardline" and "hard line", "war games" as "war-games". Verbs of several
// words are left alone: "back down" is not "back-down".
func compounds(words []string, pos POS) [][]string {
	var out [][]string
	if len(words) == 1 && !strings.Contains(words[0], "-") {
		return nil
	}
	joined := strings.Join(words, " ")
	if strings.Contains(joined, "-") {
		out = append(out,
			strings.FieldsFunc(joined, func(r rune) bool { return r == '-' || r == ' ' }),
			strings.Split(strings.ReplaceAll(joined, "-", ""), " "))
	}
	if len(words) > 1 && pos != Verb && !strings.ContainsAny(joined, "'-") {
		out = append(out, []string{strings.Join(words, "-")})
	}
	return out
}

// nounHead is the place of the word that takes the plural: "show of force" is
// "shows of force", "war game" is "war games".
func nounHead(words []string) int {
	for i := 1; i < len(words); i++ {
		if slices.Contains([]string{"of", "for", "to", "in", "on", "at", "by", "with", "against", "under", "from", "without"}, words[i]) {
			return i - 1
		}
	}
	return len(words) - 1
}

// inflected is a word in one or more forms.
type inflected struct {
	word string
	form Form
}

// fixedForms are the forms columns of terms that do not inflect, and what form
// such a term is: "shelled" has an entry where "shell" would catch sea shells.
var fixedForms = map[string]Form{"=": Base, "=ed": Past | Participle, "=ing": Gerund}

func inflect(word string, pos POS, forms string) []inflected {
	if form, ok := fixedForms[forms]; ok {
		return []inflected{{word, form}}
	}
	out := []inflected{{word, Base}}
	add := func(form Form, words ...string) {
		for _, w := range words {
			if w != "" {
				out = append(out, inflected{w, form})
			}
		}
	}
	switch pos {
	case Verb:
		given := strings.Split(forms, "/")
		if len(given) == 1 {
			given = append(given, given[0])
		}
		for len(given) < 4 {
			given = append(given, "")
		}
		for i, f := range []struct {
			form    Form
			regular func(string) []string
		}{{Past, past}, {Participle, past}, {Third, third}, {Gerund, gerund}} {
			if given[i] != "" {
				add(f.form, strings.Split(given[i], "|")...)
			} else {
				add(f.form, f.regular(word)...)
			}
		}
	case Noun:
		if forms != "" {
			add(Plural, strings.Split(forms, "|")...)
		} else {
			add(Plural, plural(word)...)
		}
	default:
		add(Base, strings.Split(forms, "|")...)
	}
	return out
}

func third(w string) []string {
	switch {
	case sibilant(w), strings.HasSuffix(w, "o") && !strings.HasSuffix(w, "oo"):
		return []string{w + "es"} // vetoes, but woos
	case consonantY(w):
		return []string{w[:len(w)-1] + "ies"}
	}
	return []string{w + "s"}
}

func past(w string) []string {
	switch {
	case strings.HasSuffix(w, "e"):
		return []string{w + "d"}
	case consonantY(w):
		return []string{w[:len(w)-1] + "ied"}
	}
	return suffixed(w, "ed")
}

func gerund(w string) []string {
	switch {
	case strings.HasSuffix(w, "ie"):
		return []string{w[:len(w)-2] + "ying"}
	case strings.HasSuffix(w, "e") && !hasSuffix(w, "ee", "oe", "ye"):
		return []string{w[:len(w)-1] + "ing"}
	}
	return suffixed(w, "ing")
}

func plural(w string) []string {
	switch {
	case len(w) > 3 && strings.HasSuffix(w, "sis"):
		return []string{w[:len(w)-2] + "es"}
	case hasSuffix(w, "man") && !hasSuffix(w, "human"):
		return []string{w[:len(w)-2] + "en"}
	case sibilant(w):
		return []string{w + "es"}
	case consonantY(w):
		return []string{w[:len(w)-1] + "ies"}
	case strings.HasSuffix(w, "o"):
		return []string{w + "s", w + "es"} // both are met: mementos, mementoes
	}
	return []string{w + "s"}
}

// suffixed adds an ending that starts with a vowel and is not -e's business.
func suffixed(w, ending string) []string {
	last := w[len(w)-1:]
	switch {
	case strings.HasSuffix(w, "c"):
		return []string{w + "k" + ending} // panicked
	case oneClosedSyllable(w), slices.Contains(doubling, w):
		return []string{w + last + ending}
	case slices.Contains(maybeDoubling, w):
		return []string{w + ending, w + last + ending}
	}
	return []string{w + ending}
}

// doubling are verbs of more than one syllable that double their last letter
// because the last syllable is stressed, or by custom.
var doubling = []string{
	"abet", "abhor", "appal", "distil", "enrol", "enthral", "fulfil", "instil", "acquit", "admit", "allot", "befit", "begin", "commit", "compel", "concur", "confer", "control",
	"defer", "demur", "deter", "dispel", "embed", "emit", "equip", "excel", "expel", "extol", "forbid", "forget", "impel",
	"incur", "infer", "inter", "kidnap", "misspel", "occur", "omit", "outwit", "patrol", "permit", "prefer", "propel",
	"rebel", "rebut", "recur", "refer", "regret", "remit", "repel", "submit", "transfer", "transmit", "unplug",
	"handicap", "hobnob", "sandbag", "sidestep", "overstep", "outfit", "outrun", "outstrip", "zigzag", "wiretap", "bootleg",
}

// maybeDoubling are verbs that double it in one spelling and not in another:
// cancelled and canceled, focussed and focused.
var maybeDoubling = []string{
	"backpedal", "benefit", "bedevil", "bias", "cancel", "channel", "combat", "counsel", "cudgel", "dial", "dishevel",
	"equal", "focus", "format", "fuel", "funnel", "grovel", "imperil", "label", "level", "libel",
	"marshal", "marvel", "model", "nonplus", "pedal", "program", "quarrel", "rival", "shovel", "shrivel", "signal",
	"snivel", "spiral", "stencil", "symbol", "total", "trammel", "travel", "tunnel", "unravel", "victual", "worship",
}

// oneClosedSyllable says whether a word ends consonant, vowel, consonant and
// has no other vowel: stop, ban, quit, but not sow, tax, play or look.
func oneClosedSyllable(w string) bool {
	w = strings.Replace(w, "qu", "q", 1)
	if len(w) < 3 || !isVowel(w[len(w)-2]) || isVowel(w[len(w)-1]) || strings.ContainsAny(w[len(w)-1:], "wxy") {
		return false
	}
	for i := range len(w) - 2 {
		if isVowel(w[i]) || i > 0 && w[i] == 'y' {
			return false
		}
	}
	return true
}

func sibilant(w string) bool { return hasSuffix(w, "s", "x", "z", "ch", "sh") }

func consonantY(w string) bool {
	return len(w) > 1 && w[len(w)-1] == 'y' && !isVowel(w[len(w)-2])
}

func isVowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

func hasSuffix(w string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(w, s) })
}

// pronouns are words that stand for others as well: "break its word" is
// also found in "broke his word".
var pronouns = map[string][]string{
	"its":    {"its", "his", "her", "their", "our"},
	"itself": {"itself", "himself", "herself", "themselves", "ourselves"},
}

// spellings returns a word and its British or American counterparts, the word
// itself first. A counterpart that is no word does no harm: nobody writes it.
func spellings(w string) []string {
	if p, ok := pronouns[w]; ok {
		return p
	}
	out := []string{w}
	for _, p := range spellingParts {
		// The longer first, for the shorter may be a part of it.
		switch {
		case strings.Contains(w, p[0]):
			out = append(out, strings.Replace(w, p[0], p[1], 1))
		case strings.Contains(w, p[1]):
			out = append(out, strings.Replace(w, p[1], p[0], 1))
		}
	}
	for _, e := range spellingEnds {
		for _, d := range [2][2]string{{e[0], e[1]}, {e[1], e[0]}} {
			// Shorter words are others: rise, prize, wise, size.
			if stem, ok := strings.CutSuffix(w, d[0]); ok && len(stem) >= 4 {
				out = append(out, stem+d[1])
			}
		}
	}
	return out
}

// spellingEnds are endings with two spellings.
var spellingEnds = [][2]string{
	{"ise", "ize"}, {"ised", "ized"}, {"ising", "izing"}, {"isingly", "izingly"},
	{"isation", "ization"}, {"iser", "izer"}, {"yse", "yze"}, {"ysed", "yzed"}, {"ysing", "yzing"},
}

// spellingParts are parts of words with two spellings, the longer first.
// British and American are not told apart: both are read alike.
var spellingParts = [][2]string{
	{"armour", "armor"}, {"behaviour", "behavior"}, {"candour", "candor"}, {"clamour", "clamor"}, {"colour", "color"},
	{"endeavour", "endeavor"}, {"favour", "favor"}, {"fervour", "fervor"}, {"harbour", "harbor"}, {"honour", "honor"},
	{"humour", "humor"}, {"labour", "labor"}, {"neighbour", "neighbor"}, {"rancour", "rancor"}, {"rigour", "rigor"},
	{"rumour", "rumor"}, {"saviour", "savior"}, {"splendour", "splendor"}, {"valour", "valor"}, {"vigour", "vigor"},
	{"defence", "defense"}, {"offence", "offense"}, {"pretence", "pretense"}, {"licence", "license"},
	{"centre", "center"}, {"sombre", "somber"}, {"spectre", "specter"}, {"meagre", "meager"}, {"lacklustre", "lackluster"},
	{"sabre", "saber"}, {"theatre", "theater"},
	{"sceptic", "skeptic"}, {"manoeuvre", "maneuver"}, {"manoeuvring", "maneuvering"}, {"programme", "program"},
	{"judgement", "judgment"}, {"willful", "wilful"}, {"skillful", "skilful"}, {"fulfill", "fulfil"}, {"enroll", "enrol"},
	{"installment", "instalment"}, {"mould", "mold"}, {"grey", "gray"},
	{"plough", "plow"}, {"marvellous", "marvelous"}, {"quarrelling", "quarreling"}, {"unravelling", "unraveling"},
	{"counsellor", "counselor"}, {"jewellery", "jewelry"}, {"artefact", "artifact"}, {"catalogue", "catalog"},
	{"dialogue", "dialog"}, {"cosy", "cozy"}, {"aeroplane", "airplane"}, {"ageing", "aging"},
}
