package target

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/seeds"
)

func TestParseErrors(t *testing.T) {
	const head = "targets:\n  - id: A\n    name: Aland\n"
	tests := []struct{ name, in, want string }{
		{"empty", "", "f:1: the file is empty: it needs a list of targets"},
		{"no targets", "not: [X]\n", "f:1: no targets: the key targets needs at least one entry"},
		{"syntax", "targets:\n  - id: A\n    name: [\n", "f:3: not valid YAML: did not find expected node content"},
		{"unknown key", head + "    nick: [X]\n", `f:4: unknown key "nick": want one of id, name, group, family-name, names, aliases, abbreviations, demonyms, capitals, metonyms, leaders, offices, context, nominals`},
		{"unknown top key", head + "targts: []\n", `f:4: unknown key "targts": did you mean targets? (want one of targets, collectives, others, not)`},
		{"key twice", head + "    name: B\n", `f:4: the key "name" stands there twice`},
		{"duplicate id", head + "  - id: A\n    name: B\n", `f:4: id "A" is already that of target 1`},
		{"no id", "targets:\n  - name: B\n", "f:2: target 1 has no id"},
		{"no name", "targets:\n  - id: B\n", `f:2: target "B" has no name`},
		{"empty name", head + "    names: [X, '']\n", "f:4: empty text"},
		{"null name", head + "    names: [~]\n", "f:4: empty text"},
		{"alias of YAML", "targets:\n  - id: A\n    name: &n Aland\n    names: [*n]\n", "f:4: want a text, and not an alias of YAML (*n): write it out"},
		{"no list", head + "    names: X\n", "f:4: want a list"},
		{"no words", head + "    names: ['\u200b']\n", `f:4: the term "\u200b" has no words`},
		{"bad date", head + "    leaders:\n      - {name: X Y, from: 2017-13-01}\n", `f:5: bad date "2017-13-01": want YYYY, YYYY-MM or YYYY-MM-DD`},
		{"dates in reverse", head + "    leaders:\n      - {name: X Y, from: 2017, to: 2016-05}\n", "f:5: to is 2016-05, before from, 2017"},
		{"claimed twice", head + "    aliases: [Hill]\n  - id: B\n    name: Beland\n    aliases: [Hill]\n", `f:7: "Hill" already means "A" (line 4): a term with two meanings needs an entry under context in each`},
		{"claimed by nobody", head + "not: [Aland]\n", `f:4: "Aland" already means "A" (line 3): a term with two meanings needs an entry under context in each`},
		{"context without term", head + "    context: [{when-named: [A]}]\n", "f:4: an entry of context needs a term"},
		{"unknown id", head + "    context: [{term: X, when-named: [B]}]\n", `f:4: when-named: no target has the id "B"`},
		{"bad kind", head + "    context: [{term: X, kind: nick}]\n", `f:4: kind is "nick": want name, alias, demonym, metonym or nominal`},
		{"bad member", head + "collectives:\n  - {terms: [both], members: [A, B]}\n", "f:5: members: no target has the id \"B\"\nf:5: a collective needs members: the ids of two or more targets, or the word context"},
		{"two problems", head + "    nick: X\n    names: ['']\n", "f:4: unknown key \"nick\": want one of id, name, group, family-name, names, aliases, abbreviations, demonyms, capitals, metonyms, leaders, offices, context, nominals\nf:5: empty text"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("f", []byte(test.in))
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestOwnFile finds the actors of a small file that somebody might write.
func TestOwnFile(t *testing.T) {
	set, err := Parse("f", []byte(`
targets:
  - id: NO # not a truth value here
    name: Norway
    demonyms: [Norwegian, Norwegians]
    capitals: [Oslo]
    leaders: [Jonas Gahr Støre]
  - {id: SE, name: Sweden, capitals: [Stockholm], context: [{term: the East, when-named: [SE]}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	doc := document("Oslo and Stockholm agree, said Norwegian Foreign Minister Ola Nordmann in Oslo. Støre and Nordmann met the East. Jonas Gahr Støre left.", "")
	want := "NO:Oslo; SE:Stockholm; NO:Norwegian; NO:Ola Nordmann; NO:Støre; NO:Nordmann; SE:East; NO:Jonas Gahr Støre"
	if diff := cmp.Diff(want, show(set.Find(doc, parse(doc)))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Target{{ID: "NO", Name: "Norway"}, {ID: "SE", Name: "Sweden"}}, set.Targets()); diff != "" {
		t.Error(diff)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(string(seeds.Targets))
	f.Add("targets: [{id: A, name: B, leaders: [C D, {name: E, from: 2001}]}]")
	f.Add("targets: &a [*a]")
	f.Add("- 1\n- 2")
	f.Add("targets:\n  - id: A\n    name: the\ncollectives: [{terms: [x], members: context}]\nothers: [[a], b]\nnot: [c]")
	f.Fuzz(func(t *testing.T, in string) {
		set, err := Parse("f", []byte(in))
		if (set == nil) == (err == nil) {
			t.Fatal("want a set or an error")
		}
		if err != nil {
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if strings.HasPrefix(line, "f:0") {
					t.Errorf("no line: %s", line)
				}
			}
			return
		}
		doc := document("A b the C D said it. They met.", "2001")
		check(t, doc, set)
	})
}
