package framing_test

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"parallax/analysis/corpus"
	"parallax/analysis/framing"
	"parallax/analysis/language"
	"parallax/lexicon"
)

// labelled is a sentence with its frames, as a reader labelled them.
type labelled struct {
	id     string
	part   string
	frames []string
}

// frameLabels reads testdata/frames.tsv: the labels of one corpus.
func frameLabels(t *testing.T, name string) []labelled {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "frames.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 || f[0] != name {
			continue
		}
		l := labelled{id: f[2], part: f[1]}
		if f[3] != "-" {
			l.frames = strings.Split(f[3], ",")
		}
		for _, frame := range l.frames {
			if !slices.Contains(lexicon.Frames(), frame) {
				t.Fatalf("%s: unknown frame %q", l.id, frame)
			}
		}
		out = append(out, l)
	}
	return out
}

// drawn returns the text of the first n different sentences of NewsMTSC's
// training part in the order of the SHA-256 of their ids, by the first 16 digits.
func drawn(t *testing.T, n int) map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "newsmtsc", "train.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the sentences are not here: ../shared/data/newsmtsc/train.jsonl")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	type sentence struct{ hash, text string }
	var all []sentence
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var row struct {
			ID   string `json:"primary_gid"`
			Text string `json:"sentence_normalized"`
		}
		if err := json.Unmarshal(sc.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(row.ID))
		all = append(all, sentence{hex.EncodeToString(sum[:]), row.Text})
	}
	slices.SortFunc(all, func(a, b sentence) int { return cmp.Compare(a.hash, b.hash) })
	out, seen := map[string]string{}, map[string]bool{}
	for _, s := range all {
		if len(out) == n {
			break
		}
		if !seen[s.text] {
			out[s.hash[:16]] = s.text
		}
		seen[s.text] = true
	}
	return out
}

// parsed returns the sentences of a paragraph.
func parsed(text string) []language.Sentence {
	s := language.Sentences(text, 0, len(text))
	language.Parse(s, nil)
	return s
}

// framesOf returns the frames that any of the sentences has.
func framesOf(sentences []language.Sentence) []string {
	var out []string
	for i := range sentences {
		out = append(out, framing.Frames(&sentences[i], lexicon.Default(), nil)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// tally counts, for one frame, where the label has it (gold), where the program
// says so (said), and where both do.
type tally struct{ gold, said, both int }

func (c tally) precision() float64 { return ratio(c.both, c.said) }
func (c tally) recall() float64    { return ratio(c.both, c.gold) }
func (c tally) f1() float64        { return ratio(2*c.both, c.gold+c.said) }

// ratio is 0 where there is nothing to divide by.
func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// agreement is how well what was said agrees with the labels: F1 over all pairs
// of sentence and frame (micro), the mean F1 of the frames that a label has
// (macro), and the share of sentences with exactly the same set.
type agreement struct {
	micro, macro, exact float64
	table               string
}

func compareFrames(labels []labelled, said func(labelled) []string) agreement {
	counts := map[string]*tally{}
	for _, f := range lexicon.Frames() {
		counts[f] = new(tally)
	}
	var all tally
	same := 0
	for _, l := range labels {
		got := said(l)
		equal := true
		for _, f := range lexicon.Frames() {
			c := counts[f]
			gold, told := slices.Contains(l.frames, f), slices.Contains(got, f)
			for _, c := range []*tally{c, &all} {
				if gold {
					c.gold++
				}
				if told {
					c.said++
				}
				if gold && told {
					c.both++
				}
			}
			equal = equal && gold == told
		}
		if equal {
			same++
		}
	}
	var a agreement
	var b strings.Builder
	row := func(name string, c tally) {
		fmt.Fprintf(&b, "  %-13s %5d %5d %6.2f %6.2f %6.2f\n", name, c.gold, c.said, c.precision(), c.recall(), c.f1())
	}
	fmt.Fprintf(&b, "  %-13s %5s %5s %6s %6s %6s\n", "frame", "gold", "said", "P", "R", "F1")
	n := 0
	for _, f := range lexicon.Frames() {
		row(f, *counts[f])
		if counts[f].gold > 0 {
			a.macro += counts[f].f1()
			n++
		}
	}
	row("micro", all)
	a.micro, a.macro, a.exact = all.f1(), a.macro/float64(max(n, 1)), ratio(same, len(labels))
	fmt.Fprintf(&b, "  macro F1 %.2f, same set %.2f of %d sentences", a.macro, a.exact, len(labels))
	a.table = b.String()
	return a
}

// part returns the labels of one part.
func part(labels []labelled, name string) []labelled {
	return slices.DeleteFunc(slices.Clone(labels), func(l labelled) bool { return l.part != name })
}

// floor is the least micro and macro F1 of a part.
type floor struct {
	part         string
	micro, macro float64
}

// measureFrames prints the agreement of each part beside that of always saying
// the frame that is commonest in the development part, and holds it to a floor.
func measureFrames(t *testing.T, labels []labelled, said func(labelled) []string, floors []floor) {
	t.Helper()
	count := map[string]int{}
	for _, l := range part(labels, "dev") {
		for _, f := range l.frames {
			count[f]++
		}
	}
	most := slices.MaxFunc(lexicon.Frames(), func(a, b string) int { return count[a] - count[b] })
	for _, want := range floors {
		here := part(labels, want.part)
		got := compareFrames(here, said)
		trivial := compareFrames(here, func(labelled) []string { return []string{most} })
		t.Logf("%s:\n%s\n  always %s: micro F1 %.2f, macro F1 %.2f, same set %.2f",
			want.part, got.table, most, trivial.micro, trivial.macro, trivial.exact)
		if got.micro < want.micro || got.macro < want.macro {
			t.Errorf("%s: micro F1 %.3f, macro F1 %.3f: want %.2f and %.2f at least", want.part, got.micro, got.macro, want.micro, want.macro)
		}
		if got.micro <= trivial.micro || got.macro <= trivial.macro {
			t.Errorf("%s: no better than always saying %s", want.part, most)
		}
	}
}

// TestFrames: what makes a frame hold, on made-up words and sentences.
func TestFrames(t *testing.T) {
	const table = "# title: t\n# origin: o\n# licence: l\n# version: 1\n# date: 2026-01-01\nterm\tpos\tframes\tnote\n" +
		"army\tnoun\tconflict\t-\n" +
		"attack\tnoun\tconflict:0.5\t-\n" +
		"border\tnoun\tconflict:0.5,humanitarian:0.5\t-\n" +
		"refugee\tnoun\thumanitarian\t-\n" +
		"salvation army\tnoun\t-\tkeeps army from matching\n" +
		"strike\tnoun\teconomy\t-\n" +
		"treaty\tnoun\tdiplomacy\t-\n"
	words, err := lexicon.Load(fstest.MapFS{"t.tsv": &fstest.MapFile{Data: []byte(table)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ text, near, want string }{
		{"The army marched.", "", "conflict"},
		{"The attack failed.", "", ""},
		{"The attack at the border failed.", "", "conflict"},
		{"The attack followed an attack and many attacks.", "", ""}, // one term, however often
		{"The salvation army marched.", "", ""},
		{"The refugees fled from the army after the treaty.", "", "conflict diplomacy humanitarian"},
		{"They strike often.", "", ""}, // a verb: another word
		{"The strike ended.", "", "economy"},
		{"The army marched while they spoke of a treaty.", "treaty", "diplomacy"},
		{"The attack failed while they guarded the border.", "border", "conflict"}, // near by its company
		{"The attack failed while they guarded the border.", "they", ""},
		{"", "", ""},
	} {
		got := []string{}
		for _, s := range parsed(tt.text) {
			near := func(k int) bool { return s.Tokens[k].Norm == tt.near }
			if tt.near == "" {
				near = nil
			}
			got = framing.Frames(&s, words, near)
		}
		if got == nil || strings.Join(got, " ") != tt.want {
			t.Errorf("%q near %q: %q, want %q", tt.text, tt.near, got, tt.want)
		}
	}
}

func BenchmarkFrames(b *testing.B) {
	s := parsed("The president said that the talks on the treaty failed after the army had fired missiles across the border and sanctions were imposed.")
	near := func(k int) bool { return k > 5 }
	b.ReportAllocs()
	for b.Loop() {
		framing.Frames(&s[0], lexicon.Default(), near)
	}
}

// TestFramesOfNews measures the frames of sentences from many outlets. The draw
// is repeated, so that no sentence was picked.
func TestFramesOfNews(t *testing.T) {
	labels := frameLabels(t, "newsmtsc")
	if len(labels) != 400 {
		t.Fatalf("%d labels", len(labels))
	}
	texts := drawn(t, len(labels))
	for _, l := range labels {
		if texts[l.id] == "" {
			t.Fatalf("%s is not among the first %d", l.id, len(labels))
		}
	}
	measureFrames(t, labels, func(l labelled) []string { return framesOf(parsed(texts[l.id])) },
		[]floor{{"dev", 0.82, 0.80}, {"held", 0.75, 0.70}, {"second", 0.81, 0.85}, {"fresh", 0.71, 0.58}})
}

// TestFramesOfSeeds does the same for the seed articles.
func TestFramesOfSeeds(t *testing.T) {
	c, err := corpus.Read(t.Context(), []string{filepath.Join("..", "..", "seeds")}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sentences := map[string]language.Sentence{}
	for i := range c.Documents {
		d := &c.Documents[i]
		split := language.Split(d)
		language.Parse(split, nil)
		for _, s := range split {
			sentences[fmt.Sprintf("%s:%d", d.ID, s.Start)] = s
		}
	}
	labels := frameLabels(t, "seeds")
	for _, l := range labels {
		if _, ok := sentences[l.id]; !ok {
			t.Errorf("no sentence starts at %s", l.id)
		}
	}
	measureFrames(t, labels, func(l labelled) []string { return framesOf([]language.Sentence{sentences[l.id]}) },
		[]floor{{"dev", 0.86, 0.85}, {"held", 0.81, 0.77}})
}
