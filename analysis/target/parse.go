package target

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"parallax/analysis/language"
)

// Parse reads a targets file. The name is used in errors.
//
// Every problem is reported, joined into one error, each as file:line: reason:
// unknown and repeated keys, missing or repeated ids, empty names, bad dates, a
// term claimed by two targets without context. The form of the file is
// explained in the comments of the built-in one.
func Parse(name string, data []byte) (*Set, error) {
	p := &parser{name: name, ids: make(map[string]int), people: make(map[string][]*person), claims: make(map[string]*term), set: &Set{
		terms: &node{}, offices: &node{}, words: make(map[string]bool), digest: digest(data),
	}}
	p.document(data)
	if len(p.problems) > 0 {
		slices.SortStableFunc(p.problems, func(a, b problem) int { return cmp.Compare(a.line, b.line) })
		errs := make([]error, len(p.problems))
		for i, q := range p.problems {
			errs[i] = fmt.Errorf("%s:%d: %s", name, q.line, q.reason)
		}
		return nil, errors.Join(errs...)
	}
	return p.set, nil
}

type parser struct {
	name     string
	set      *Set
	ids      map[string]int
	people   map[string][]*person // by full name: somebody with two offices is there twice
	claims   map[string]*term     // terms that need no context, by the form they match
	problems []problem
}

type problem struct {
	line   int
	reason string
}

func (p *parser) fail(n *yaml.Node, format string, args ...any) {
	line := 1
	if n != nil {
		line = max(n.Line, 1)
	}
	p.problems = append(p.problems, problem{line, fmt.Sprintf(format, args...)})
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)

func (p *parser) document(data []byte) {
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			p.fail(nil, "the file is empty: it needs a list of targets")
			return
		}
		p.syntax(err)
		return
	}
	var more yaml.Node
	if err := dec.Decode(&more); err == nil {
		p.fail(&more, "a second YAML document: one file holds one set of targets")
	} else if !errors.Is(err, io.EOF) {
		p.syntax(err)
	}
	root := &doc
	if doc.Kind == yaml.DocumentNode && len(doc.Content) > 0 {
		root = doc.Content[0]
	}
	top := p.mapping(root, "targets", "collectives", "others", "not")
	// Ids come first: contexts and collectives refer to them.
	list := p.sequence(top["targets"])
	if len(list) == 0 {
		p.fail(root, "no targets: the key targets needs at least one entry")
		return
	}
	entries := make([]map[string]*yaml.Node, len(list))
	for i, n := range list {
		entries[i] = p.mapping(n, "id", "name", "group", "family-name", "names", "aliases", "abbreviations", "demonyms",
			"capitals", "metonyms", "leaders", "offices", "context", "nominals")
		p.identity(n, i, entries[i])
	}
	p.set.actors = len(p.set.targets)
	for i, e := range entries {
		p.target(i, e)
	}
	for _, n := range p.sequence(top["others"]) {
		actor := p.set.actors
		p.set.actors++
		for _, s := range p.strings(n) {
			p.claim(s, &term{actors: []int{actor}, kind: Alias})
		}
	}
	for _, n := range p.sequence(top["collectives"]) {
		p.collective(p.mapping(n, "terms", "members", "when-named", "when-last-named", "unless-preceded-by", "unless-followed-by"), n)
	}
	for _, n := range p.sequence(top["not"]) {
		if s, ok := p.text(n); ok {
			p.claim(scalar{s, n}, &term{sense: nobody})
		}
	}
}

// syntax reports an error of the YAML package, whose message carries the line.
func (p *parser) syntax(err error) {
	msg := err.Error()
	m := yamlLine.FindStringSubmatch(msg)
	line, err := strconv.Atoi(m[1])
	if err != nil {
		line = 1 // the message has no line
	}
	p.problems = append(p.problems, problem{line, "not valid YAML: " + msg[len(m[0]):]})
}

// identity reads what names a target.
func (p *parser) identity(n *yaml.Node, i int, e map[string]*yaml.Node) {
	var t Target
	if e["id"] == nil {
		p.fail(n, "target %d has no id", i+1)
	} else if id, ok := p.text(e["id"]); ok {
		t.ID = id
		if j, dup := p.ids[id]; dup {
			p.fail(e["id"], "id %q is already that of target %d", id, j+1)
		} else {
			p.ids[id] = i
		}
	}
	t.Name = t.ID
	if e["name"] != nil {
		t.Name, _ = p.text(e["name"])
	} else if e["id"] != nil {
		p.fail(n, "target %q has no name", t.ID)
	}
	if e["group"] != nil {
		t.Group, _ = p.text(e["group"])
	}
	first := p.choice(e, "family-name", "want first or last", "last", "first") == "first"
	p.set.targets = append(p.set.targets, t)
	p.set.first = append(p.set.first, first)
}

// target reads the terms of a target.
func (p *parser) target(i int, e map[string]*yaml.Node) {
	if n := e["name"]; n != nil && len(cut(n.Value)) > 0 {
		p.claim(scalar{n.Value, n}, &term{actors: []int{i}, kind: Name})
	}
	for _, list := range []struct {
		key string
		t   term
	}{
		{"names", term{kind: Name}},
		{"aliases", term{kind: Alias}},
		{"abbreviations", term{kind: Alias, exact: true}},
		{"demonyms", term{kind: Demonym}},
		{"capitals", term{kind: Metonym, sense: capital}},
		{"metonyms", term{kind: Metonym}},
		{"nominals", term{kind: Nominal, sense: nominal}},
	} {
		for _, s := range p.strings(e[list.key]) {
			t := list.t
			t.actors = []int{i}
			p.claim(s, &t)
		}
	}
	for _, s := range p.strings(e["offices"]) {
		if t := (&term{words: cut(s.text), actors: []int{i}, kind: Nominal}); p.fits(s, t) {
			p.set.offices.insert(t)
		}
	}
	for _, n := range p.sequence(e["leaders"]) {
		p.leader(i, n)
	}
	for _, n := range p.sequence(e["context"]) {
		c := p.mapping(n, "term", "kind", "when-named", "when-last-named", "unless-preceded-by", "unless-followed-by", "only-beside-another", "whose")
		t := &term{actors: []int{i}, sense: conditional, kind: Alias, cond: p.condition(c)}
		if k := p.choice(c, "kind", "want name, alias, demonym, metonym or nominal", "name", "alias", "demonym", "metonym", "nominal"); k != "" {
			t.kind = Kind(k)
		}
		p.claimKey(n, c["term"], t)
	}
}

func (p *parser) claimKey(parent, n *yaml.Node, t *term) {
	if n == nil {
		p.fail(parent, "an entry of context needs a term")
	} else if s, ok := p.text(n); ok {
		p.claim(scalar{s, n}, t)
	}
}

func (p *parser) condition(c map[string]*yaml.Node) condition {
	var out condition
	out.named = p.refs(c, "when-named")
	out.last = p.refs(c, "when-last-named")
	for _, s := range p.strings(c["unless-preceded-by"]) {
		out.before = append(out.before, keys(cut(s.text)))
	}
	for _, s := range p.strings(c["unless-followed-by"]) {
		out.after = append(out.after, keys(cut(s.text)))
	}
	out.whose = whose(slices.Index([]string{"", "assumed", "told"}, p.choice(c, "whose", "want assumed or told", "assumed", "told")))
	out.beside = p.choice(c, "only-beside-another", "want true or false", "false", "true") == "true"
	return out
}

// near suggests an id for a misspelt one.
func (p *parser) near(id string) string {
	if near := Nearest(id, slices.Sorted(maps.Keys(p.ids))); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// refs reads a list of ids.
func (p *parser) refs(c map[string]*yaml.Node, key string) []int {
	var out []int
	for _, s := range p.strings(c[key]) {
		if i, ok := p.ids[s.text]; ok {
			out = append(out, i)
		} else {
			p.fail(s.node, "%s: no target has the id %q%s", key, s.text, p.near(s.text))
		}
	}
	return out
}

func (p *parser) collective(c map[string]*yaml.Node, n *yaml.Node) {
	t := term{kind: Alias, sense: conditional, cond: p.condition(c)}
	m := c["members"]
	if m != nil && m.Kind == yaml.ScalarNode && m.Value == "context" {
		t.kind, t.sense = Nominal, pair
	} else {
		for _, s := range p.strings(m) {
			i, ok := p.ids[s.text]
			switch {
			case !ok:
				p.fail(s.node, "members: no target has the id %q%s", s.text, p.near(s.text))
			case slices.Contains(t.actors, i):
				p.fail(s.node, "members: %q stands there twice", s.text)
			default:
				t.actors = append(t.actors, i)
			}
		}
		if len(t.actors) < 2 {
			p.fail(n, "a collective needs members: the ids of two or more targets, or the word context")
			return
		}
	}
	terms := p.strings(c["terms"])
	if len(terms) == 0 {
		p.fail(n, "a collective needs terms")
	}
	for _, s := range terms {
		u := t
		p.claim(s, &u)
	}
}

// leader reads a person who acts for the target: a mapping, or just a name.
func (p *parser) leader(i int, n *yaml.Node) {
	c := map[string]*yaml.Node{"name": n}
	if n.Kind != yaml.ScalarNode {
		c = p.mapping(n, "name", "also", "office", "from", "to", "surname")
	}
	if c["name"] == nil {
		p.fail(n, "a leader needs a name")
		return
	}
	name, ok := p.text(c["name"])
	if !ok {
		return
	}
	who := &person{actor: i}
	if c["office"] != nil {
		who.office, _ = p.text(c["office"])
	}
	who.from, who.to = p.date(c["from"]), p.date(c["to"])
	if who.from != "" && who.to != "" && less(who.to, who.from) {
		p.fail(c["to"], "to is %s, before from, %s", who.to, who.from)
	}
	who.alone = p.choice(c, "surname", "want alone, for a surname that needs no introduction", "alone") == "alone"
	for _, o := range p.people[name] {
		if o.actor == i {
			o.comesBack(who)
			who.comesBack(o)
		}
	}
	p.people[name] = append(p.people[name], who)
	family := p.set.first[i]
	toks := language.Tokens(name, 0, len(name))
	if len(toks) == 0 {
		p.fail(c["name"], "the name %q has no words", name)
		return
	}
	last := &toks[len(toks)-1]
	if family {
		last = &toks[0]
	}
	who.surname = last.Norm
	names := []scalar{{name, c["name"]}}
	names = append(names, p.strings(c["also"])...)
	for k, s := range names {
		words := cut(s.text)
		for j := range words {
			// Kim Jong-un, Kim Jong Un, Kim Jong-Un: behind the first two pieces the
			// capital is a matter of taste.
			if family && j > 1 {
				words[j].upper = false
			}
		}
		p.add(s, &term{words: words, actors: []int{i}, kind: Leader, person: who})
		if k == 0 && family && len(words) == 3 {
			joined := words[1].text + words[2].key // Kim Daejung
			p.add(s, &term{words: []word{words[0], cut(joined)[0]}, actors: []int{i}, kind: Leader, person: who})
			p.add(s, &term{words: []word{words[1], words[2], words[0]}, actors: []int{i}, kind: Leader, person: who}) // Dae-jung Kim
		}
	}
	if len(toks) > 1 {
		t := &term{words: cut(last.Text), sense: surname, kind: Leader, actors: []int{i}, person: who}
		if len(t.words) > 0 {
			t.line = n.Line
			p.set.terms.insert(t)
		}
	}
}

// comesBack notes the next time in office of the same person.
func (p *person) comesBack(o *person) {
	if p.to != "" && o.from != "" && !less(o.from, p.to) && (p.again == "" || less(o.from, p.again)) {
		p.again = o.from
	}
}

var dateForms = []string{"2006-01-02", "2006-01", "2006"}

func (p *parser) date(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	s, ok := p.text(n)
	if !ok {
		return ""
	}
	for _, f := range dateForms {
		if _, err := time.Parse(f, s); err == nil {
			return s
		}
	}
	p.fail(n, "bad date %q: want YYYY, YYYY-MM or YYYY-MM-DD", s)
	return ""
}

// claim cuts a term into words and enters it, unless another has it.
func (p *parser) claim(s scalar, t *term) {
	t.words = cut(s.text)
	if len(t.words) > 1 && t.words[0].text == "the" {
		t.words, t.the = t.words[1:], true
	}
	p.add(s, t)
}

func (p *parser) add(s scalar, t *term) {
	if !p.fits(s, t) {
		return
	}
	if t.sense == plain || t.sense == capital || t.sense == nobody {
		form := strings.Join(keys(t.words), " ")
		if t.exact {
			form = "=" + s.text
		}
		if t.the {
			form = "the " + form
		}
		if old := p.claims[form]; old == nil {
			p.claims[form] = t
		} else if !slices.Equal(old.actors, t.actors) {
			p.fail(s.node, "%q already means %s (line %d): a term with two meanings needs an entry under context in each",
				s.text, p.meaning(old), old.line)
			return
		} else if slices.Equal(old.words, t.words) && old.person == t.person {
			return
		}
	}
	p.set.terms.insert(t)
	if t.kind == Name {
		p.set.words[t.words[len(t.words)-1].key] = true
	}
}

// longest is how many pieces a term may have. The longest names of states and
// parties run to about ten; a bound keeps the search linear.
const longest = 16

func (p *parser) fits(s scalar, t *term) bool {
	t.line = s.node.Line
	switch {
	case len(t.words) == 0:
		p.fail(s.node, "the term %q has no words", s.text)
		return false
	case len(t.words) > longest:
		p.fail(s.node, "the term %q is too long: %d words, want at most %d", s.text, len(t.words), longest)
		return false
	}
	return true
}

func (p *parser) meaning(t *term) string {
	switch {
	case t.sense == nobody:
		return "nobody"
	case len(t.actors) == 1 && t.actors[0] < len(p.set.targets):
		return strconv.Quote(p.set.targets[t.actors[0]].ID)
	}
	return "another actor"
}

// scalar is a string of the file and where it stands.
type scalar struct {
	text string
	node *yaml.Node
}

// mapping returns the values of a mapping by key, and complains about other
// keys than those known.
func (p *parser) mapping(n *yaml.Node, known ...string) map[string]*yaml.Node {
	out := make(map[string]*yaml.Node)
	if n.Kind != yaml.MappingNode {
		p.fail(n, "want a mapping with the keys %s", strings.Join(known, ", "))
		return out
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch {
		case !slices.Contains(known, k.Value):
			p.fail(k, "unknown key %q: %s", k.Value, wanted(k.Value, known))
		case out[k.Value] != nil:
			p.fail(k, "the key %q stands there twice", k.Value)
		default:
			out[k.Value] = v
		}
	}
	return out
}

// choice returns the value of a key, which has to be one of some; "" where it is not
// there, or another.
func (p *parser) choice(m map[string]*yaml.Node, key, want string, values ...string) string {
	n := m[key]
	if n == nil {
		return ""
	}
	s, ok := p.text(n)
	if ok && !slices.Contains(values, s) {
		p.fail(n, "%s is %q: %s", key, s, want)
		return ""
	}
	return s
}

// wanted says what a key may be, the nearest known one first.
func wanted(key string, known []string) string {
	want := "want one of " + strings.Join(known, ", ")
	if near := Nearest(key, known); near != "" {
		return fmt.Sprintf("did you mean %s? (%s)", near, want)
	}
	return want
}

// sequence returns the items of a list; a missing or empty key is an empty list.
func (p *parser) sequence(n *yaml.Node) []*yaml.Node {
	switch {
	case n == nil || n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		return nil
	case n.Kind != yaml.SequenceNode:
		p.fail(n, "want a list")
		return nil
	}
	return n.Content
}

func (p *parser) strings(n *yaml.Node) []scalar {
	var out []scalar
	for _, item := range p.sequence(n) {
		if s, ok := p.text(item); ok {
			out = append(out, scalar{s, item})
		}
	}
	return out
}

// text returns a scalar as it is written: NO stays NO, whatever YAML 1.1 says.
func (p *parser) text(n *yaml.Node) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		if n.Kind == yaml.AliasNode {
			p.fail(n, "want a text, and not an alias of YAML (*%s): write it out", n.Value)
		} else {
			p.fail(n, "want a text")
		}
		return "", false
	}
	s := strings.TrimSpace(n.Value)
	if s == "" || n.Tag == "!!null" && n.Style == 0 {
		p.fail(n, "empty text")
		return "", false
	}
	return s, true
}
