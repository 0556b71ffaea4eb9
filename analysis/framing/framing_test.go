package framing_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/target"
)

// Two made-up countries, so that no other part of the program knows them.
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
`

func analyzer(t testing.TB, file string) *analysis.Analyzer {
	t.Helper()
	set, err := target.Parse("targets.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return analysis.New(set, nil, nil)
}

func document(text string) *corpus.Document {
	return &corpus.Document{ID: "d", Source: "s", Text: text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, Start: 0, End: len(text)}}}
}

// observe returns the observations of a paragraph by target; the last sentence wins.
func observe(a *analysis.Analyzer, text string) map[string]analysis.Observation {
	out := map[string]analysis.Observation{}
	for _, o := range a.Analyze(document(text)).Observations {
		out[o.Target] = o
	}
	return out
}

func sign(tone float64) string {
	switch {
	case tone <= -0.2:
		return "-"
	case tone >= 0.2:
		return "+"
	}
	return "0"
}

// Each line: what it says of Freedonia and of Sylvania (-, 0, +), and the sentence.
const cases = `
- 0 Freedonia threatened Sylvania.
- 0 Freedonia has repeatedly threatened its neighbour Sylvania.
0 - Freedonia was threatened by Sylvania.
0 - Freedonia has been attacked by Sylvanian troops.
- 0 Sylvania was bombed by Freedonia.
- 0 Freedonia invaded Sylvania and bombed its cities.
- 0 Freedonian threats against Sylvania continued.
- 0 Freedonia's aggression against Sylvania continued.
- 0 Freedonia is trying to bully Sylvania.
- 0 Freedonia wants to destroy Sylvania.
0 - Freedonia accused Sylvania of lying.
- 0 Freedonia was condemned by Sylvania.
0 + Freedonia praised Sylvania.
+ 0 Freedonia helped Sylvania.
+ 0 Freedonia has never threatened Sylvania.
+ 0 Freedonia did not attack Sylvania.
+ 0 Freedonia didn't attack Sylvania.
+ 0 Freedonia didn’t attack Sylvania.
- 0 Freedonia did not help Sylvania.
- 0 Freedonia refused to help Sylvania.
- 0 Freedonia failed to help Sylvania.
- 0 Freedonia is a brutal dictatorship.
- 0 Freedonia is far from peaceful.
- 0 Freedonia is not a peaceful country.
+ 0 Freedonia is a peaceful country.
- 0 The brutal Freedonian regime met officials from Sylvania.
- 0 Sylvania met officials of the brutal Freedonian regime.
- 0 A belligerent policy from Freedonia worried Sylvania.
- 0 The critics described Freedonia as a rogue state.
0 0 Freedonia and Sylvania met on Tuesday.
0 0 Freedonia lies north of Sylvania.
0 0 A war broke out near Freedonia and Sylvania.
0 0 An earthquake killed thousands in Freedonia.
- - Freedonia and Sylvania threatened Ruritania.
0 0 Ruritania threatened its brutal enemies while Freedonia and Sylvania watched.
- 0 In an open threat, Freedonia tested a weapon near Sylvania.
- 0 Freedonia, which borders Sylvania, brutally oppresses its people.
- 0 Freedonia brutally attacked Sylvania.
0 - Freedonia was brutally attacked by Sylvania.
`

func TestSentences(t *testing.T) {
	a := analyzer(t, actors)
	wrong := 0
	lines := strings.Split(strings.TrimSpace(cases), "\n")
	for _, line := range lines {
		f := strings.SplitN(line, " ", 3)
		obs := observe(a, f[2])
		got := sign(obs["F"].Tone) + " " + sign(obs["S"].Tone)
		if want := f[0] + " " + f[1]; got != want {
			wrong++
			t.Logf("wrong: %s\n got %s, want %s\n F %+.3f %v\n S %+.3f %v", f[2], got, want, obs["F"].Tone, obs["F"].Evidence, obs["S"].Tone, obs["S"].Evidence)
		}
	}
	t.Logf("%d of %d right", len(lines)-wrong, len(lines))
	if wrong > wrongCases {
		t.Errorf("%d wrong, want %d at most", wrong, wrongCases)
	}
}

// wrongCases is how many of the cases the learned lexicon reads wrong: what
// is expected of them was written for rules, before it was trained.
const wrongCases = 13

// What strengthens, weakens or turns a word does so, in most of nine pairs.
func TestModifiers(t *testing.T) {
	a := analyzer(t, actors)
	wrong := 0
	tone := func(s string) float64 { return observe(a, s)["F"].Tone }
	for _, tt := range []struct{ more, less string }{
		{"Freedonia is friendly.", "Freedonia is slightly friendly."},
		{"Freedonia is very friendly.", "Freedonia is friendly."},
		{"Freedonia is friendly.", "Freedonia may be friendly."},
		{"Freedonia is friendly.", "Freedonia is not friendly."},
		{"Freedonia is friendly.", "Freedonia is, despite its friendly words, hostile."},
		{"Freedonia was hostile but is peaceful.", "Freedonia was peaceful but is hostile."},
		{"Freedonia could attack.", "Freedonia attacked."},
		{"Freedonia might be hostile if it lost.", "Freedonia is hostile."},
		{"Freedonia was called “hostile”.", "Freedonia was hostile."},
	} {
		if m, l := tone(tt.more), tone(tt.less); m <= l {
			wrong++
			t.Logf("wrong: %q %+.4f is not above %q %+.4f", tt.more, m, tt.less, l)
		}
	}
	if wrong > 3 {
		t.Errorf("%d wrong, want 3 at most", wrong)
	}
}

var texts = []string{
	"Freedonia threatened Sylvania, but Sylvania praised Freedonia's peaceful people.",
	"“Freedonia is a brutal aggressor,” said a Sylvanian minister, who never trusted it.",
	"Freedonian and Sylvanian leaders, once bitter enemies, hailed a historic, peaceful and very generous deal.",
	"Neither Freedonia nor Sylvania failed to condemn the cruel, senseless attack.",
	"Despite Freedonia's illegal sanctions, Sylvania refused to abandon its reckless weapons programme.",
	"Freedonia.",
	"Freedonia’s “peace” with Sylvania isn’t worth a cynical, broken promise; it won’t last, critics warn.",
}

// Contributions sum to the tone, to the last unit, and probabilities to one.
func TestSums(t *testing.T) {
	a := analyzer(t, actors)
	for _, text := range texts {
		for _, o := range a.Analyze(document(text)).Observations {
			sum := 0
			for _, e := range o.Evidence {
				sum += units(t, e.Contribution)
				if text[e.Start:e.End] == "" || e.Rule == "" || e.Term == "" {
					t.Errorf("%s: empty evidence %+v", text, e)
				}
			}
			if sum != units(t, o.Tone) {
				t.Errorf("%s: %s: contributions sum to %d, tone is %d", text, o.Target, sum, units(t, o.Tone))
			}
			if p := units(t, o.Negative) + units(t, o.Neutral) + units(t, o.Positive); p != 10000 {
				t.Errorf("%s: probabilities sum to %d", text, p)
			}
			if units(t, o.Positive)-units(t, o.Negative) != units(t, o.Tone) {
				t.Errorf("%s: tone %v is not %v - %v", text, o.Tone, o.Positive, o.Negative)
			}
		}
	}
}

// units returns x in units of 0.0001; x must be a multiple.
func units(t *testing.T, x float64) int {
	u := math.Round(x * 10000)
	if math.Abs(x*10000-u) > 1e-6 {
		t.Errorf("%v is no multiple of 0.0001", x)
	}
	return int(u)
}

// Exchanging two targets in a text exchanges their scores.
func TestSwap(t *testing.T) {
	a := analyzer(t, actors)
	swap := strings.NewReplacer("Freedonia", "Sylvania", "Sylvania", "Freedonia")
	for _, text := range texts {
		one, two := observe(a, text), observe(a, swap.Replace(text))
		if one["F"].Tone != two["S"].Tone || one["S"].Tone != two["F"].Tone {
			t.Errorf("%s: %v %v, swapped %v %v", text, one["F"].Tone, one["S"].Tone, two["F"].Tone, two["S"].Tone)
		}
	}
}

// What a sentence says of one target does not depend on which others are asked about.
func TestOtherTargets(t *testing.T) {
	both := analyzer(t, actors)
	one := analyzer(t, actors[:strings.Index(actors, "  - id: S")])
	for _, text := range texts {
		if a, b := observe(both, text)["F"].Tone, observe(one, text)["F"].Tone; a != b {
			t.Errorf("%s: %v with Sylvania as a target, %v without", text, a, b)
		}
	}
}

// The words of a target's own name carry nothing, whatever they are.
func TestOwnName(t *testing.T) {
	file := "targets:\n  - {id: X, name: Brutal Threat Party, names: [Brutal Threat Party]}\n"
	other := strings.ReplaceAll(file, "Brutal Threat Party", "Kind Peace Party")
	const text = "The %s Party has an office in Paris."
	x := observe(analyzer(t, file), fmt.Sprintf(text, "Brutal Threat"))["X"]
	y := observe(analyzer(t, other), fmt.Sprintf(text, "Kind Peace"))["X"]
	if x.Tone != y.Tone {
		t.Errorf("tone %v by %v, by another name %v", x.Tone, x.Evidence, y.Tone)
	}
}

// A curly apostrophe is a straight one.
func TestCurly(t *testing.T) {
	a := analyzer(t, actors)
	for _, s := range []string{"Freedonia wasn't friendly.", "Freedonia's people aren't hostile.", "It isn't that Freedonia won't help."} {
		if x, y := observe(a, s)["F"].Tone, observe(a, strings.ReplaceAll(s, "'", "’"))["F"].Tone; x != y {
			t.Errorf("%s: %v, curly %v", s, x, y)
		}
	}
}

func FuzzScore(f *testing.F) {
	for _, s := range texts {
		f.Add(s)
	}
	a := analyzer(f, actors)
	f.Fuzz(func(t *testing.T, s string) {
		for _, o := range a.Analyze(document("Freedonia " + s)).Observations {
			sum := 0
			for _, e := range o.Evidence {
				sum += units(t, e.Contribution)
			}
			if math.IsNaN(o.Tone) || sum != units(t, o.Tone) {
				t.Errorf("tone %v, contributions %d", o.Tone, sum)
			}
		}
	})
}

func BenchmarkAnalyze(b *testing.B) {
	a := analyzer(b, actors)
	d := document(strings.Join(texts, " "))
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		a.Analyze(d)
	}
}

func ExampleLearned() {
	set, _ := target.Parse("targets.yaml", []byte(actors))
	a := analysis.New(set, nil, nil)
	text := "Freedonia threatened Sylvania."
	for _, o := range a.Analyze(document(text)).Observations {
		fmt.Println(o.Target, o.Role, sign(o.Tone))
	}
	// Output:
	// F agent -
	// S patient 0
}
