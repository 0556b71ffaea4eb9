package framing_test

import (
	"testing"

	"parallax/analysis"
	"parallax/analysis/framing"
	"parallax/analysis/target"
	"parallax/lexicon"
)

func rescored(t *testing.T, text string, s framing.Scorer) map[string]analysis.Observation {
	t.Helper()
	set, err := target.Parse("targets.yaml", []byte(actors))
	if err != nil {
		t.Fatal(err)
	}
	a := analysis.New(set, nil, nil)
	out := map[string]analysis.Observation{}
	for _, o := range a.Analyze(document(text)).Rescore(s, analysis.Options{}) {
		out[o.Target] = o
	}
	return out
}

// What a clause beside the target's says counts in the sentence and not in the
// clause; what the target's own says counts in both.
func TestClauseScope(t *testing.T) {
	const beside = "Freedonia waited because Sylvania had brutally attacked the peaceful villages."
	const own = "Freedonia brutally attacked the peaceful villages."
	narrow, wide := framing.Options{Clause: true}, framing.Options{}
	for name, of := range map[string]func(framing.Options) framing.Scorer{
		"learned": func(o framing.Options) framing.Scorer {
			return framing.NewLearned(lex, lexicon.DefaultWeights(), o)
		},
		"sum": func(o framing.Options) framing.Scorer { return framing.NewSum(lex, o) },
	} {
		has := func(o analysis.Observation, term string) bool {
			for _, e := range o.Evidence {
				if e.Term == term {
					return true
				}
			}
			return false
		}
		if o := rescored(t, beside, of(narrow))["F"]; has(o, "attack") || has(o, "attacked") {
			t.Errorf("%s: the other clause counts: %+v", name, o.Evidence)
		}
		if o := rescored(t, beside, of(wide))["F"]; !has(o, "attack") && !has(o, "attacked") {
			t.Errorf("%s: the sentence does not count: %+v", name, o.Evidence)
		}
		n, w := rescored(t, own, of(narrow))["F"], rescored(t, own, of(wide))["F"]
		if n.Tone != w.Tone || n.Tone >= 0 {
			t.Errorf("%s: of one clause %v and %v", name, n.Tone, w.Tone)
		}
	}
}

// A sum does not know who does what to whom; the contributions still make it.
func TestSum(t *testing.T) {
	got := rescored(t, "Freedonia brutally attacked Sylvania.", framing.NewSum(lex, framing.Options{}))
	f, s := got["F"], got["S"]
	if f.Tone != s.Tone || f.Tone >= 0 {
		t.Errorf("tones %v and %v", f.Tone, s.Tone)
	}
	total := 0.0
	for _, e := range f.Evidence {
		total += e.Contribution
	}
	if total-f.Tone > 1e-9 || f.Tone-total > 1e-9 {
		t.Errorf("contributions %v of %v", total, f.Tone)
	}
	plain := framing.NewSum(lex, framing.Options{})
	blind := framing.NewSum(lex, framing.Options{NoNegation: true})
	const negated = "Freedonia is not hostile."
	if a, b := rescored(t, negated, plain)["F"].Tone, rescored(t, negated, blind)["F"].Tone; !(a > b) || b >= 0 {
		t.Errorf("negated %v, without negation %v", a, b)
	}
}

// Rescoring as an analysis was scored gives its observations.
func TestRescore(t *testing.T) {
	set, err := target.Parse("targets.yaml", []byte(actors))
	if err != nil {
		t.Fatal(err)
	}
	scorer := framing.NewRules(lex, framing.Options{})
	for _, kinds := range []analysis.Mentions{analysis.AllMentions, analysis.NameMentions} {
		a := analysis.New(set, nil, scorer).With(analysis.Options{Mentions: kinds})
		for _, text := range append(sentences, "Freedonia threatened war. It then attacked.") {
			x := a.Analyze(document(text))
			again := x.Rescore(scorer, analysis.Options{Mentions: kinds})
			if len(again) != len(x.Observations) {
				t.Fatalf("%s: %d observations, %d again", text, len(x.Observations), len(again))
			}
			for i, o := range again {
				if o.Tone != x.Observations[i].Tone || o.Target != x.Observations[i].Target || o.Start != x.Observations[i].Start {
					t.Errorf("%s: %+v, again %+v", text, x.Observations[i], o)
				}
			}
		}
	}
}
