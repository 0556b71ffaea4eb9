package framing_test

import (
	"strings"
	"testing"
)

// What turns a word, and what only looks as if it did. The sign is that of the
// word's share of the tone, the chain what is said of how it came about.
func TestTurned(t *testing.T) {
	a := learned(t, "targets:\n  - {id: F, name: Freedonia}\n  - {id: S, name: Sylvania}\n")
	for _, c := range []struct {
		text, term string
		sign       float64
		chain      string
	}{
		{"Freedonia is not corrupt, it is brutal.", "corrupt", 1, "negated by not"},
		{"Freedonia is not corrupt, it is brutal.", "brutal", -1, ""},
		{"Freedonia is not a friend but a threat.", "threat", -1, ""},
		{"Isn't Freedonia corrupt?", "corrupt", -1, ""},
		{"No one is more corrupt than Freedonia.", "corrupt", -1, ""},
		{"Never has Freedonia betrayed a friend.", "betray", 1, "negated by never"},
		{"False claims that Freedonia had betrayed a friend were spread.", "betray", 1, "negated by false"},
		{"Claims that Freedonia had betrayed a friend were rejected.", "betray", 1, "negated by reject"},
		{"It cannot be denied that Freedonia betrayed a friend.", "betray", -1, "given back by cannot"},
		{"It would be wrong to attack Freedonia.", "attack", 1, "negated by wrong to"},
		{"Freedonia was wrong to attack Sylvania.", "attack", -1, ""},
		{"Attacking Freedonia would be a mistake.", "attack", 1, "negated by mistake"},
		{"Freedonia couldn't be better.", "good", 1, "strengthened by could not be"},
		{"NOBODY BETRAYED FREEDONIA.", "betray", 1, "negated by nobody"},
		{"Freedonia is too honest to betray its allies.", "betray", 1, "negated by too ... to"},
		{"Freedonia is too eager to betray its allies.", "betray", -1, ""},
		{"The first few attacks by Freedonia were brutal.", "brutal", -1, ""},
		{"Few attacks by Freedonia were brutal.", "brutal", 1, "negated by few"},
		{"Freedonia promised peace, but had a brutal plan that would have killed thousands.", "brutal", -1, ""},
		{"Freedonia would have a brutal army.", "brutal", -1, "hedged by would"},
		{"But isn't Freedonia a brutal regime?", "brutal", -1, ""},
		{"Nobody but Freedonia would start a brutal war.", "brutal", -1, ""},
	} {
		found := false
		for _, e := range observe(a, c.text)["F"].Evidence {
			if e.Term != c.term {
				continue
			}
			found = true
			if e.Contribution*c.sign <= 0 || !strings.Contains(e.Rule, c.chain) || c.chain == "" && strings.Contains(e.Rule, "negated") {
				t.Errorf("%s: %s %+.3f, %s", c.text, e.Term, e.Contribution, e.Rule)
			}
		}
		if !found {
			t.Errorf("%s: %q is not in the evidence %+v", c.text, c.term, observe(a, c.text)["F"].Evidence)
		}
	}
}
