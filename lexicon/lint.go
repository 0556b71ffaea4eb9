package lexicon

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Lint returns everything that is wrong with the tables (*.tsv) at the top of
// fsys, in the order of files and lines: what Load refuses (terms that no
// normalised text contains, duplicates, unknown parts of speech, frames and
// classes, weights out of range), and what it lets pass (disorder, empty
// lines, heads that do not state where a table comes from, entries that carry
// nothing, names of actors that carry a weight, two entries of one part of speech
// that share a form, so that a text would count both).
func Lint(fsys fs.FS) []Problem {
	t, err := read(fsys)
	if err != nil {
		return []Problem{{Text: err.Error()}}
	}
	problems := slices.Concat(t.errors, t.flaws)
	named := func(term, file string, line int) {
		for _, word := range strings.FieldsFunc(term, func(c rune) bool { return c == ' ' || c == '-' || c == '\'' }) {
			if slices.Contains(actors, word) || slices.Contains(actors, strings.TrimSuffix(word, "s")) {
				problems = append(problems, Problem{file, line, fmt.Sprintf("%q carries a weight and names an actor: who is named must not move a score", term)})
				return
			}
		}
	}
	for _, r := range t.entries {
		if r.Valence != 0 || r.Agent != 0 || r.Patient != 0 {
			named(r.Term, r.File, r.Line)
		}
	}
	for _, r := range t.modifiers {
		named(r.Term, r.File, r.Line)
	}
	for _, r := range t.relations {
		named(r.Term, r.File, r.Line)
	}
	if len(t.errors) == 0 {
		l := build(t)
		problems = slices.Concat(problems, l.overlaps(), l.topicOverlaps(), l.relationOverlaps())
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Text, b.Text))
	})
	return problems
}

// overlaps finds entries that would count twice.
func (l *Lexicon) overlaps() []Problem {
	seen := map[[2]*Entry]bool{}
	var problems []Problem
	for _, list := range l.matches.lists {
		for _, f := range list {
			for i, a := range f.values {
				for _, b := range f.values[:i] {
					if pair := [2]*Entry{a.Entry, b.Entry}; a.Entry.POS == b.Entry.POS && !seen[pair] {
						seen[pair] = true
						problems = append(problems, Problem{a.Entry.File, a.Entry.Line,
							fmt.Sprintf("%q shares a form with the %s %q (%s:%d)", a.Entry.Term, b.Entry.POS, b.Entry.Term, b.Entry.File, b.Entry.Line)})
					}
				}
			}
		}
	}
	return problems
}

// actors are words that name states, peoples, faiths, parties and leaders.
// They are here to be refused as entries with a weight, not to find mentions:
// the list is a net, not a gazetteer. Left out are names that are common words
// as well: turkey, polish, may, chad, park, moon, labour.
var actors = strings.Fields(`
afghan afghanistan africa african albania albanian algeria algerian america american angola arab arabia arabian argentina argentine
armenia armenian asia asian assad australia australian austria austrian azerbaijan bahrain balkan bangladesh belarus belarusian belgian
belgium beijing berlin biden blair bolivia bolsonaro bosnia bosnian brazil brazilian britain british brussels buddhism buddhist bulgaria
burma burmese bush cambodia cambodian cameroon canada canadian castro catholic catholicism chavez chechen chechnya cheney chile chilean
china chinese christian christianity clinton colombia colombian confucian congo congolese croat croatia croatian cuba cuban czech danish
democrats denmark dprk dutch ecuador egypt egyptian england english erdogan eritrea estonia estonian ethiopia ethiopian europe european
finland finnish france french gaddafi gaza georgian german germany ghana greece greek guatemala hamas havana hindu hinduism hitler honduras
hungarian hungary hussein iceland india indian indonesia indonesian iran iranian iraq iraqi ireland irish islam islamic israel israeli
italian italy japan japanese jerusalem jew jewish jordanian judaism kazakh kenya kenyan kim korea korean kosovo kremlin kurd kurdish kuwait
lao laos latvia latvian lebanese lebanon lenin liberia libya libyan lithuania london lula macron maduro malaysia malaysian mao merkel
mexican mexico milosevic modi moldova mongolia mongolian moroccan morocco moscow mozambique muslim myanmar nato nazi nepal netanyahu
netherlands nicaragua nicaraguan nigeria nigerian norway norwegian obama orban pakistan pakistani palestine palestinian panama paraguay
peking pentagon peru peruvian philippine philippines poland portugal portuguese protestant putin pyongyang qatar quebec reagan republicans rok
romania romanian rumsfeld russia russian rwanda rwandan saddam salvador saudi scotland scottish seoul serb serbia serbian shia shiite sikh
singapore slovak slovakia slovenia somali somalia soviet spain spanish stalin sudan sudanese sunni sweden swedish swiss switzerland syria
syrian taiwan taiwanese taliban tehran thai thailand thatcher tibet tibetan tokyo trump tunisia tunisian turkish ukraine ukrainian
uruguay uyghur vatican venezuela venezuelan vietnam vietnamese wales washington welsh xi yeltsin yemen yemeni yoon yugoslavia zelensky zimbabwe
zionism zionist
`)
