package framing_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"parallax/analysis"
	"parallax/analysis/framing"
	"parallax/analysis/target"
	"parallax/lexicon"
)

func learned(t testing.TB, file string) *analysis.Analyzer {
	t.Helper()
	set, err := target.Parse("targets.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return analysis.New(set, nil, framing.NewLearned(lex, lexicon.DefaultWeights(), framing.Options{}))
}

// sentences are of many kinds, with two actors or one.
var sentences = []string{
	"Freedonia threatened Sylvania with a brutal war.",
	"Freedonian officials praised the generous offer that Sylvania had made in March.",
	"“We have been let down by Freedonia,” said a Sylvanian negotiator, “and its lies are a disgrace.”",
	"Sylvania was accused by Freedonia of murdering civilians, although nobody had seen any proof.",
	"In Freedonia, where elections are not free, the press is.",
	"The talks between Freedonia and Sylvania were neither a success nor a failure.",
	"FREEDONIA SLAMS SYLVANIA OVER FAILED SUMMIT",
	"Freedonia.",
	"It was not the Freedonia minister who betrayed Sylvania.",
	"Never has Freedonia betrayed a friend, nor Sylvania an enemy.",
	"No one is more corrupt than Ruritania or Freedonia.",
	"Sylvania denied baseless allegations that Freedonia had tortured prisoners.",
	"Analysts fear that Freedonia's reckless programme could end in a catastrophe; Sylvania hopes for peace.",
}

// For states and for others: probabilities sum to 1, tone is their difference,
// and the evidence sums to it, all to the last unit.
func TestLearnedIsASum(t *testing.T) {
	other := "targets:\n  - {id: F, name: Freedonia}\n  - {id: S, name: Sylvania}\n"
	for _, file := range []string{actors, other} {
		a := learned(t, file)
		for _, text := range sentences {
			for _, o := range a.Analyze(document(text)).Observations {
				units := func(x float64) int { return int(math.Round(x * 10000)) }
				sum := 0
				for _, e := range o.Evidence {
					sum += units(e.Contribution)
				}
				if sum != units(o.Tone) || units(o.Negative)+units(o.Neutral)+units(o.Positive) != 10000 || units(o.Positive)-units(o.Negative) != sum {
					t.Errorf("%s, %s: evidence %d, tone %v, probabilities %v %v %v", text, o.Target, sum, o.Tone, o.Negative, o.Neutral, o.Positive)
				}
				if o.Uncertain != (max(o.Negative, o.Neutral, o.Positive) < 0.5) {
					t.Errorf("%s, %s: uncertain %v at %v %v %v", text, o.Target, o.Uncertain, o.Negative, o.Neutral, o.Positive)
				}
			}
		}
	}
}

// Where nothing is said, tone is 0: no actor is better or worse from the start,
// and marks and numbers make a judgement more or less likely, but no better.
func TestLearnedKnowsNoPrior(t *testing.T) {
	for _, file := range []string{actors, "targets:\n  - {id: F, name: Freedonia}\n"} {
		for _, text := range []string{"Freedonia", "Freedonia.", "Freedonia!", "“Freedonia,” (2016); 12,000: 3 — 1?"} {
			o := observe(learned(t, file), text)["F"]
			if o.Tone != 0 || o.Negative != o.Positive || o.Negative == 0 {
				t.Errorf("%s: %+v", text, o)
			}
		}
	}
}

// The table has the places that the scorer looks up, and rows for what it looks
// up besides words; these move both classes alike, wherever they stand.
func TestTableFitsTheScorer(t *testing.T) {
	w := lexicon.DefaultWeights()
	if !slices.Equal(w.Slots(), framing.Slots) {
		t.Fatalf("the table has places %q, want %q", w.Slots(), framing.Slots)
	}
	for _, form := range framing.Bare() {
		row, ok := w.Row(form)
		if !ok || row.Valence() != 0 {
			t.Errorf("%q: in the table %v, valence %v", form, ok, row.Valence())
			continue
		}
		for s := range framing.Slots {
			if at := row.At(s); at.Negative != at.Positive {
				t.Errorf("%q, %s: %+v", form, framing.Slots[s], at)
			}
		}
	}
}

// Which article stands before a name is a matter of its first sound.
func TestLearnedForgetsArticles(t *testing.T) {
	a := learned(t, "targets:\n  - {id: F, name: Freedonia, names: [Freedonia, Amity]}\n")
	x := observe(a, "He is a Freedonia critic and despises a war.")["F"].Tone
	y := observe(a, "He is an Amity critic and despises a war.")["F"].Tone
	if x != y || x == 0 {
		t.Errorf("a Freedonia critic %v, an Amity critic %v", x, y)
	}
}

// Names carry nothing: exchanging those of two actors exchanges their tones, and
// so does taking others for them, however many words they have.
func TestLearnedForgetsNames(t *testing.T) {
	swap := strings.NewReplacer("Freedonia", "Sylvania", "FREEDONIA", "SYLVANIA", "Sylvania", "Freedonia", "SYLVANIA", "FREEDONIA")
	long := strings.NewReplacer("Freedonia", "North Bergonia", "FREEDONIA", "NORTH BERGONIA", "Sylvania", "USB", "SYLVANIA", "USB")
	longActors := strings.NewReplacer("Freedonia", "North Bergonia", "Sylvania", "USB").Replace(actors)
	a, b := learned(t, actors), learned(t, longActors)
	for _, text := range sentences {
		is, swapped, renamed := observe(a, text), observe(a, swap.Replace(text)), observe(b, long.Replace(text))
		for id, other := range map[string]string{"F": "S", "S": "F"} {
			if is[id].Tone != swapped[other].Tone {
				t.Errorf("%s\n\t%s %v, with the names exchanged %v", text, id, is[id].Tone, swapped[other].Tone)
			}
			if is[id].Tone != renamed[id].Tone {
				t.Errorf("%s\n\t%s %v, under another name %v", text, id, is[id].Tone, renamed[id].Tone)
			}
		}
	}
}

// What a sentence says of one actor does not depend on whether another is asked about.
func TestLearnedIgnoresOtherTargets(t *testing.T) {
	alone := learned(t, strings.Split(actors, "  - id: S")[0])
	both := learned(t, actors)
	for _, text := range sentences {
		if text == strings.ToUpper(text) {
			continue // who is not asked about is no name to the parser, and in capitals it cannot tell
		}
		if x, y := observe(alone, text)["F"], observe(both, text)["F"]; x.Tone != y.Tone {
			t.Errorf("%s: %v alone, %v with another", text, x.Tone, y.Tone)
		}
	}
}

// The words of the second head sum to it, and negation turns them.
func TestValence(t *testing.T) {
	l := framing.NewLearned(lex, lexicon.DefaultWeights(), framing.Options{})
	v := func(text string) float64 {
		a := learned(t, actors).Analyze(document(text))
		s := &a.Sentences[0]
		var sum float64
		for _, c := range l.Explain(s) {
			sum += c.Contribution
		}
		if x := l.Valence(s); math.Abs(max(-1, min(1, sum))-x) > 1e-12 {
			t.Errorf("%s: words sum to %v, valence %v", text, sum, x)
		}
		return l.Valence(s)
	}
	for _, pair := range [][2]string{
		{"The plan is wonderful.", "The plan is terrible."},
		{"The plan is wonderful.", "The plan is not wonderful."},
		{"The plan is not terrible.", "The plan is terrible."},
		{"The plan isn’t terrible.", "The plan is terrible."},
	} {
		if v(pair[0]) <= v(pair[1]) {
			t.Errorf("%q %v, %q %v", pair[0], v(pair[0]), pair[1], v(pair[1]))
		}
	}
	if x := v("Freedonia."); x != 0 {
		t.Errorf("a name alone has valence %v", x)
	}
}
