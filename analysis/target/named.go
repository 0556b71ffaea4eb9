package target

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

//go:embed data/states.tsv
var statesTable string

// A state is a row of the table of states.
type state struct {
	code, name               string
	demonyms, capitals, also []string
}

func states() []state {
	var out []state
	split := func(s string) []string {
		if s == "" {
			return nil
		}
		return strings.Split(s, ",")
	}
	for line := range strings.Lines(statesTable) {
		if f := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(f) == 5 && line[0] != '#' {
			out = append(out, state{f[0], f[1], split(f[2]), split(f[3]), split(f[4])})
		}
	}
	return out
}

// findState finds a state by its code or by one of its names.
func findState(name string) (state, bool) {
	for _, s := range states() {
		for _, n := range append([]string{s.code, s.name}, s.also...) {
			if strings.EqualFold(n, name) {
				return s, true
			}
		}
	}
	return state{}, false
}

// entry is a target as a targets file has it.
type entry struct {
	ID            string   `yaml:"id"`
	Name          string   `yaml:"name"`
	Aliases       []string `yaml:"aliases,omitempty,flow"`
	Abbreviations []string `yaml:"abbreviations,omitempty,flow"`
	Demonyms      []string `yaml:"demonyms,omitempty,flow"`
	Capitals      []string `yaml:"capitals,omitempty,flow"`
	Leaders       []string `yaml:"leaders,omitempty,flow"`
}

// abbreviation holds for a name that is compared letter by letter.
func abbreviation(s string) bool { return strings.ToUpper(s) == s && !strings.Contains(s, " ") }

func (s state) entry() entry {
	e := entry{ID: s.code, Name: s.name, Demonyms: s.demonyms, Capitals: s.capitals}
	for _, n := range s.also {
		if abbreviation(n) {
			e.Abbreviations = append(e.Abbreviations, n)
		} else {
			e.Aliases = append(e.Aliases, n)
		}
	}
	return e
}

// Kinds of actors that a name can be said to be of, as in person:Maria Lopez.
const (
	asPerson       = "person"
	asOrganisation = "organisation"
	asState        = "state"
)

// Named writes a targets file for actors of whom only names are known. A name
// may say its kind, as in person:NAME, organisation:NAME (or org:) and
// state:NAME; else it is guessed: a state where the table of states has it, a
// person where it is two to four capitalised words of which none is one of a
// body. A person is found by the surname too, once introduced; a company without
// its legal form; a body of three words or more by its initials; a state by its
// people and capital.
func Named(names []string) ([]byte, error) {
	var file struct {
		Targets []entry `yaml:"targets"`
	}
	for _, given := range names {
		kind, name, ok := strings.Cut(given, ":")
		if !ok || strings.Contains(kind, " ") {
			kind, name = "", given
		}
		name = strings.Join(strings.Fields(name), " ")
		if name == "" {
			return nil, fmt.Errorf("%q names nobody", given)
		}
		words := strings.Fields(name)
		s, isState := findState(name)
		switch kind {
		case "":
			switch {
			case isState:
				kind = asState
			case looksPersonal(words):
				kind = asPerson
			default:
				kind = asOrganisation
			}
		case "org", "organization":
			kind = asOrganisation
		}
		e := entry{ID: name, Name: name}
		switch kind {
		case asState:
			if !isState {
				return nil, fmt.Errorf("no state is called %q%s", name, nearState(name))
			}
			e = s.entry()
		case asPerson:
			e.Leaders = []string{name}
		case asOrganisation:
			e.shorten(words)
		default:
			return nil, fmt.Errorf("%q is no kind of actor: write person:, organisation: or state: before the name", kind)
		}
		file.Targets = append(file.Targets, e)
	}
	return yaml.Marshal(&file)
}

// shorten adds the short forms of a body's name.
func (e *entry) shorten(words []string) {
	n := len(words)
	for n > 1 && legal[strings.ToLower(strings.TrimRight(words[n-1], ","))] {
		n--
	}
	if n < len(words) {
		e.Aliases = []string{strings.TrimRight(strings.Join(words[:n], " "), ",")}
	}
	initials := ""
	for _, w := range words {
		if r := []rune(w)[0]; unicode.IsUpper(r) {
			initials += string(r)
		}
	}
	if len(words) == n && len([]rune(initials)) >= 3 {
		e.Abbreviations = []string{initials}
	}
}

func looksPersonal(words []string) bool {
	if len(words) < 2 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		r := []rune(w)
		if bodyWords[strings.ToLower(w)] || !unicode.IsUpper(r[0]) || len(r) > 1 && strings.ToUpper(w) == w && r[1] != '.' {
			return false
		}
	}
	return true
}

// Countries writes a targets file for states, by their codes of ISO 3166 or
// their names.
func Countries(names []string) ([]byte, error) {
	var given []string
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" {
			given = append(given, asState+":"+n)
		}
	}
	if len(given) == 0 {
		return nil, fmt.Errorf("no countries: write their codes or names, as in countries:JP,CN")
	}
	return Named(given)
}

// Merge puts the targets of several targets files into one file. Each must be
// a targets file by itself.
func Merge(files ...[]byte) ([]byte, error) {
	var whole yaml.Node
	for _, data := range files {
		var doc yaml.Node
		if err := yaml.Unmarshal(data, &doc); err != nil {
			return nil, err
		}
		if whole.Kind == 0 {
			whole = doc
			continue
		}
		to, from := valueOf(&whole, "targets"), valueOf(&doc, "targets")
		if to == nil || from == nil {
			return nil, fmt.Errorf("a list of targets is missing")
		}
		to.Content = append(to.Content, from.Content...)
		to.Style = 0
	}
	return yaml.Marshal(&whole)
}

// valueOf is what a key at the top of a document has; nil for nothing.
func valueOf(doc *yaml.Node, key string) *yaml.Node {
	if len(doc.Content) == 1 && doc.Content[0].Kind == yaml.MappingNode {
		for i, n := 0, doc.Content[0].Content; i+1 < len(n); i += 2 {
			if n[i].Value == key {
				return n[i+1]
			}
		}
	}
	return nil
}

// nearState suggests a state for a misspelt name.
func nearState(name string) string {
	var known []string
	for _, s := range states() {
		known = append(known, s.name)
		known = append(known, s.also...)
	}
	if near := Nearest(name, known); near != "" {
		return fmt.Sprintf("; did you mean %s?", near)
	}
	return ""
}

// Nearest returns the word that differs in the fewest letters from what was
// written, by insertions, deletions, changes and swaps of neighbours; "" where
// more than a third of the letters, or more than three, would differ.
func Nearest(written string, known []string) string {
	best, least := "", min(3, len([]rune(written))/3)+1
	for _, k := range known {
		if d := distance([]rune(strings.ToLower(written)), []rune(strings.ToLower(k))); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is the optimal string alignment distance.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
