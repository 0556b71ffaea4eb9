package relation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis/corpus"
	"parallax/analysis/language"
	"parallax/analysis/relation"
	"parallax/analysis/target"
	"parallax/analysis/voice"
	"parallax/lexicon"
)

// Made-up countries, so that no other part of the program knows them.
const actors = `
targets:
  - id: F
    name: Freedonia
    names: [Freedonia]
    demonyms: [Freedonian, Freedonians]
  - id: S
    name: Sylvania
    names: [Sylvania]
    demonyms: [Sylvanian, Sylvanians]
  - id: R
    name: Ruritania
    names: [Ruritania]
    demonyms: [Ruritanian, Ruritanians]
`

// find reads a text as the analyzer does.
func find(t testing.TB, file, text string) []relation.Relation {
	t.Helper()
	set, err := target.Parse("targets.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	doc := &corpus.Document{ID: "d", Source: "s", Text: text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, Start: 0, End: len(text)}}}
	sentences := language.Split(doc)
	mentions := set.Find(doc, sentences)
	var names []language.Name
	for _, m := range mentions {
		if m.Kind == target.Nominal || m.Kind == target.Pronoun {
			continue
		}
		n := language.Name{Sentence: m.Sentence, First: m.First, Last: m.Last}
		if m.Kind == target.Demonym {
			n.Kind = language.Folk
			if strings.HasSuffix(m.Text, "s") {
				n.Kind = language.Folks
			}
		}
		names = append(names, n)
	}
	language.Parse(sentences, names)
	return relation.Find(sentences, mentions, voice.Attribute(sentences, mentions, lexicon.Default()), lexicon.Default())
}

// brief writes relations as the cases do: "F threaten S", "!" before the term
// where negated, "?" where modal.
func brief(rs []relation.Relation) string {
	var out []string
	for _, r := range rs {
		mark := ""
		if r.Negated {
			mark += "!"
		}
		if r.Modal {
			mark += "?"
		}
		out = append(out, r.Agent+" "+mark+r.Term+" "+r.Patient)
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

// sorted puts what a case expects in brief's order.
func sorted(want string) string {
	list := strings.Split(want, "; ")
	slices.Sort(list)
	return strings.Join(list, "; ")
}

// cases are sentences with all relations in them.
var cases = []struct{ text, want string }{
	{"Freedonia threatened Sylvania on Monday.", "F threaten S"},
	{"Sylvania was threatened by Freedonia.", "F threaten S"},
	{"Freedonia's threats against Sylvania worry the region.", "F threat S"},
	{"Talks between Freedonia and Sylvania opened in May.", "F talk S; S talk F"},
	{"Freedonia accused Sylvania of cheating.", "F accuse S"},
	{"Freedonia and Ruritania threatened Sylvania.", "F threaten S; R threaten S"},
	{"Freedonia is trying to pressure Sylvania.", "F pressure S"},
	{"Freedonia did not attack Sylvania.", "F !attack S"},
	{"Freedonia may attack Sylvania.", "F ?attack S"},
	{"Freedonia imposed new sanctions on Sylvania.", "F sanction S"},
	{"Sanctions were imposed on Sylvania by Freedonia.", "F sanction S"},
	{"Freedonian troops invaded Sylvania at dawn.", "F invade S"},
	{"The government of Freedonia praised Sylvania.", "F praise S"},
	{"Freedonia provided food aid to Sylvania.", "F food aid S"},
	{"Freedonia met with Sylvania in spring.", "F meet S; S meet F"},
	{"Freedonia and Sylvania signed a peace treaty.", "F peace treaty S; S peace treaty F"},
	{"Sylvania rejected the Freedonian offer.", "S reject F"},
	{"The invasion of Sylvania by Freedonia shocked many.", "F invasion S"},
	{"Freedonia's attack on Sylvania failed.", "F attack S"},
	{"Freedonia denounced Sylvania and praised Ruritania.", "F denounce S; F praise R"},
	{"Freedonia, which supports Sylvania, stayed away.", "F support S"},
	{"Freedonia never threatened Sylvania.", "F !threaten S"},
	{"Freedonia criticized Sylvania's missile tests.", "F criticize S"},
	{"The Freedonian president condemned Sylvania.", "F condemn S"},
	{"Freedonia retaliated against Sylvania.", "F retaliate S"},
	{"Sylvanian officials blamed Freedonia for the failure.", "S blame F"},
	{"Freedonia launched an attack on Sylvania.", "F attack S"},
	{"Freedonia held talks with Sylvania.", "F hold talks S; S hold talks F"},
	{"Freedonia wants to punish Sylvania.", "F ?punish S"},
	{"Freedonia and Sylvania clashed over fish.", "F clash S; S clash F"},
	{"Sylvania has been sanctioned by Freedonia for years.", "F sanction S"},
	{"Freedonia expelled two Sylvanian diplomats.", "F expel S"},
	{"Freedonia said that Sylvania had threatened Ruritania.", "S threaten R"},
	{"According to Freedonia, Sylvania helped Ruritania.", "S help R"},
	{"Freedonia refused to help Sylvania.", "F !help S; F refuse S"},
	{"Sylvania welcomed the Freedonian envoy.", "S welcome F"},
	{"Freedonia called Sylvania a neighbour.", ""},
	{"Freedonia lies north of Sylvania.", ""},
	{"Freedonia and Sylvania attacked Ruritania.", "F attack R; S attack R"},
	{"Freedonian aid to Sylvania was cut.", "F aid S"},
	{"Freedonia has no talks with Sylvania.", "F !talk S; S !talk F"},
	{"Relations worsened after Freedonia bombed Sylvania.", "F bomb S"},
	{"Sylvania, threatened by Freedonia, turned to Ruritania.", "F threaten S"},
	{"Freedonia called for talks between Sylvania and Ruritania.", "R ?talk S; S ?talk R"},
	{"Freedonia forced Sylvania to abandon Ruritania.", "F forced S; S ?abandon R"},
	{"Freedonia accused Sylvania of threatening Ruritania.", "F accuse S; S threaten R"},
	{"Freedonia condemned the attack on Sylvania by Ruritania.", "F condemn R; R attack S"},
	{"Freedonian and Sylvanian leaders met in Ruritania.", "F meet S; S meet F"},
	{"The failure was used by Freedonia to attack Sylvania.", "F attack S"},
	{"Ruritania's prime minister will visit Sylvania next week.", "R visit S"},
	{"Sylvania has repeatedly warned Freedonia over its tests.", "S warn F"},
	{"The Sylvanian army shelled Freedonian villages.", "S shelled F"},
	{"Freedonia cut off aid to Sylvania.", "F cut off S"},
	{"Ruritania brokered a truce between Freedonia and Sylvania.", "F truce S; S truce F"},
	{"Sylvania urged Freedonia to stop threatening Ruritania.", "S urge F; F !?threaten R"},
	{"Freedonia's parliament ratified the treaty with Sylvania.", "F ratify S"},
	{"Ruritania and its ally Sylvania condemned Freedonia.", "R condemn F; S condemn F"},
	{"Sylvanian criticism of Freedonia grew.", "S criticism F"},
	{"Freedonia has been helping Sylvania to rearm.", "F help S"},
	{"If Freedonia attacks Sylvania, Ruritania will defend Sylvania.", "F ?attack S; R defend S"},
	{"Freedonia's refusal to meet Sylvania angered Ruritania.", "F anger R; F !?meet S; S !?meet F"},
	{"Ruritania was praised by both Freedonia and Sylvania.", "F praise R; S praise R"},
	{"Sylvania withdrew from the pact with Freedonia.", "S withdraw from F"},
	{"Tensions between Ruritania and Freedonia rose.", "F tension R; R tension F"},
	{"Freedonia, Sylvania and Ruritania held military exercises.", ""},
	{"Freedonia would never betray Sylvania.", "F !?betray S"},
	{"Freedonian jets bombed a Sylvanian port.", "F bomb S"},
	{"Ruritania offered Sylvania talks.", "R talk S; S talk R"},
	{"Freedonia fears Sylvania's army.", "F fear S"},
	{"Freedonia cooperates with Sylvania on trade.", "F cooperate with S"},
}

// floor is the share of cases that have to be right, as a whole and exactly.
const floor = 0.85

func TestCases(t *testing.T) {
	right := 0
	for _, c := range cases {
		if got := brief(find(t, actors, c.text)); got == sorted(c.want) {
			right++
		} else {
			t.Logf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
	share := float64(right) / float64(len(cases))
	t.Logf("%d of %d sentences right: %.3f", right, len(cases), share)
	if share < floor {
		t.Errorf("share right %.3f, want at least %.2f", share, floor)
	}
}

// TestNamesDoNotMatter: other names for the same actors leave everything else.
func TestNamesDoNotMatter(t *testing.T) {
	swap := strings.NewReplacer("Freedonia", "Sylvania", "Sylvania", "Freedonia")
	for _, c := range cases {
		a := find(t, actors, c.text)
		b := find(t, swap.Replace(actors), swap.Replace(c.text))
		if len(a) != len(b) {
			t.Errorf("%s: %s, renamed %s", c.text, brief(a), brief(b))
			continue
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}

// TestVoices: a relation has the voice of its term, and no relation joins two
// voices.
func TestVoices(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Freedonia bombed Sylvania.", "F bomb S author"},
		{"Ruritania said Freedonia had bombed Sylvania.", "F bomb S R"},
		{"“Freedonia has bombed Sylvania,” said Ruritania.", "F bomb S R"},
		{"“Freedonia keeps threatening us,” Anna Berg said in Sylvania.", ""},
	} {
		var got []string
		for _, r := range find(t, actors, c.text) {
			holder := "author"
			if r.Quoted {
				holder = r.Holder
			}
			got = append(got, fmt.Sprintf("%s %s %s %s", r.Agent, r.Term, r.Patient, holder))
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s: %q, want %q", c.text, g, c.want)
		}
	}
}

// TestProperties: two different targets, a value in range that is 0 where
// negated, and tokens of the sentence.
func TestProperties(t *testing.T) {
	var text strings.Builder
	for _, c := range cases {
		text.WriteString(c.text + " ")
	}
	for _, r := range find(t, actors, text.String()) {
		if r.Agent == r.Patient || r.Value < -1 || r.Value > 1 || r.Negated != (r.Value == 0) || r.First < 0 || r.Last < r.First {
			t.Errorf("%+v", r)
		}
	}
}

// TestLongSentence: complements nested thousands deep exhaust neither stack nor time.
func TestLongSentence(t *testing.T) {
	text := "Freedonia threatened " + strings.Repeat("to try to attack Sylvania and Ruritania, ", 2000) + "again."
	if len(find(t, actors, text)) == 0 {
		t.Error("nothing found")
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range cases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		for _, r := range find(t, actors, strings.ToValidUTF8(text, "")) {
			if r.Agent == r.Patient || r.Value < -1 || r.Value > 1 || r.Last < r.First {
				t.Errorf("%+v", r)
			}
		}
	})
}
