package target

import (
	"strings"
	"testing"

	"parallax/analysis/corpus"
	"parallax/analysis/language"
)

// TestNamed: a name alone finds the forms that are plainly meant.
func TestNamed(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"Maria Lopez", "Maria Lopez left the room. Lopez said nothing to the press.", "Maria Lopez:Maria Lopez Maria Lopez:Lopez"},
		{"Acme Corporation", "Acme Corporation grew, and Acme paid its workers.", "Acme Corporation:Acme Corporation Acme Corporation:Acme"},
		{"World Health Organization", "The World Health Organization warned. The WHO was not heard.", "World Health Organization:World Health Organization World Health Organization:WHO"},
		{"Japan", "Tokyo warned its people, and Japanese ships sailed from Japan.", "JP:Tokyo JP:Japanese JP:Japan"},
		{"organisation:Maria Lopez", "Maria Lopez sells shoes, and Lopez is a town.", "organisation:Maria Lopez:"},
	} {
		data, err := Named([]string{tt.name})
		if err != nil {
			t.Fatal(err)
		}
		set, err := Parse("names", data)
		if err != nil {
			t.Fatal(err)
		}
		d := corpus.Document{Text: tt.text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(tt.text)}}}
		var got []string
		for _, m := range set.Find(&d, language.Split(&d)) {
			if m.Kind != Pronoun {
				got = append(got, m.Target+":"+m.Text)
			}
		}
		if tt.name == "organisation:Maria Lopez" {
			if len(got) != 1 {
				t.Errorf("%s: %q; the surname is not that of a body", tt.name, got)
			}
		} else if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
	for given, want := range map[string]string{
		"state:Jpan": `no state is called "Jpan"; did you mean Japan?`,
		"state:Mars": `no state is called "Mars"`, // Mali would take two letters of four
		"god:Zeus":   `"god" is no kind of actor: write person:, organisation: or state: before the name`,
		" ":          `" " names nobody`,
	} {
		if _, err := Named([]string{given}); err == nil || err.Error() != want {
			t.Errorf("Named(%q): %v, want %s", given, err, want)
		}
	}
}

// TestStates: all states can be compared at once, so no term is claimed twice.
func TestStates(t *testing.T) {
	var codes []string
	for _, s := range states() {
		codes = append(codes, s.code)
	}
	data, err := Countries(codes)
	if err != nil {
		t.Fatal(err)
	}
	set, err := Parse("states", data)
	if err != nil {
		t.Fatal(err)
	}
	// 193 members of the United Nations, Kosovo, Palestine, Taiwan and the Vatican.
	if n := len(set.Targets()); n != 197 {
		t.Errorf("%d states, want 197", n)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"targets", "mentions", "quiet"}
	for in, want := range map[string]string{"target": "targets", "tagrets": "targets", "mention": "mentions", "qiuet": "quiet", "out": "", "format": ""} {
		if got := Nearest(in, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", in, got, want)
		}
	}
}
