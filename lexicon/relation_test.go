package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestRelationAt(t *testing.T) {
	for _, tt := range []struct {
		words string
		pos   POS
		term  string
		n     int
	}{
		{"threatened", Verb, "threaten", 1},
		{"threatened", Noun, "", 0},
		{"attacks", Verb, "attack", 1},
		{"attacks", Noun, "attack", 1},
		{"met", Verb, "meet", 1},
		{"criticised", Verb, "criticize", 1},
		{"fought", Verb, "fight", 1},
		{"struck", Verb, "", 0},
		{"withdrew from", Verb, "withdraw from", 2},
		{"lifted sanctions", Verb, "lift sanctions", 2},
		{"sanctions", Noun, "sanction", 1},
		{"military aid", Noun, "military aid", 2},
		{"military exercises", Noun, "military exercise", 2},
		{"arms", Verb, "", 0}, // weapons
		{"force", Verb, "", 0},
		{"table", Noun, "", 0},
	} {
		r, n, _ := Default().RelationAt(strings.Fields(tt.words), 0, tt.pos)
		if r.Term != tt.term || n != tt.n {
			t.Errorf("%s as %s: %q of %d tokens, want %q of %d", tt.words, tt.pos, r.Term, n, tt.term, tt.n)
		}
	}
}

// TestRelationScale: the table is as large as it is meant to be, in range, and
// in the order of the scale it is anchored to.
func TestRelationScale(t *testing.T) {
	terms := map[POS]map[string]float64{Verb: {}, Noun: {}}
	for _, list := range Default().relations.lists {
		for _, f := range list {
			for _, r := range f.values {
				terms[r.POS][r.Term] = r.Value
				if r.Value < -10 || r.Value > 8.5 || r.Value == 0 {
					t.Errorf("%s %q: value %g", r.POS, r.Term, r.Value)
				}
			}
		}
	}
	if v, n := len(terms[Verb]), len(terms[Noun]); v < 350 || n < 150 {
		t.Errorf("%d verbs and %d nouns", v, n)
	}
	last := -11.0
	for _, v := range strings.Fields("invade seize threaten sanction demand denounce accuse criticize visit negotiate praise promise help finance arm") {
		term := v
		if v == "arm" {
			term = "armed"
		}
		got, ok := terms[Verb][term]
		if !ok || got <= last && v != "denounce" {
			t.Errorf("%s: %g after %g", term, got, last)
		}
		last = got
	}
}

func TestRelationLint(t *testing.T) {
	head := "# title: x\n# origin: x\n# licence: x\n# version: 1\n# date: x\nterm\tpos\tvalue\tmutual\tforms\n"
	for _, tt := range []struct{ rows, want string }{
		{"hit|verb|-9|-|hit\n", ""},
		{"hit|verb|-11|-|hit\n", "outside [-10, 10]"},
		{"hit|verb|-|-|hit\n", "no value"},
		{"hit|verb|-9.3|-|hit\n", "steps of 0.5"},
		{"hit|phrase|-9|-|-\n", "a relation is a verb or a noun"},
		{"hit|verb|-9|both|hit\n", "unknown mutual"},
		{"hit|verb|-9|-|hit\nhit|verb|-8|-|hit\n", "duplicate"},
		{"strike|noun|-9|-|-\nstrikes|noun|-9|-|=\n", "shares a form"},
		{"americanize|verb|-1|-|-\n", ""},
		{"fight americans|verb|-1|-|fought\n", "names an actor"},
	} {
		got := Lint(fstest.MapFS{"x.tsv": &fstest.MapFile{Data: []byte(head + strings.ReplaceAll(tt.rows, "|", "\t"))}})
		if tt.want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || tt.want == "" || !strings.Contains(got[0].String(), tt.want) {
			t.Errorf("%q: got %v, want %q", tt.rows, got, tt.want)
		}
	}
}
