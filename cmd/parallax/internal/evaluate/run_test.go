package evaluate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/framing"
	"parallax/analysis/language"
	"parallax/analysis/target"
	"parallax/lexicon"
	"parallax/seeds"
)

func analyzer(t testing.TB) *analysis.Analyzer {
	t.Helper()
	set, err := target.Parse("targets.yaml", seeds.Targets)
	if err != nil {
		t.Fatal(err)
	}
	return analysis.New(set, nil, nil)
}

// page makes a document of blocks; a block in brackets is left out of it, as
// a caption is.
func page(path string, blocks ...string) corpus.Document {
	d := corpus.Document{ID: strings.TrimSuffix(path, ".txt"), Path: path}
	for _, b := range blocks {
		start := len(d.Text)
		d.Text += b + "\n\n"
		if !strings.HasPrefix(b, "[") {
			d.Blocks = append(d.Blocks, corpus.Block{Kind: corpus.Paragraph, Start: start, End: start + len(b)})
		}
	}
	return d
}

func TestLocate(t *testing.T) {
	doc := page("a.txt",
		"Seoul agreed.", // 0 to 13
		"[Pyongyang   agreed.]",
		"Pyongyang\nagreed.\nSeoul agreed. “Seoul will\nagree,” it said. *Seoul* agreed.",
	)
	at := func(text string, n int) span { // the n-th occurrence
		from := 0
		for range n {
			from = strings.Index(doc.Text[from:], text) + from + 1
		}
		return span{from - 1, from - 1 + len(text)}
	}
	tests := []struct {
		name   string
		labels []string
		want   []span
	}{
		{"in order", []string{"Seoul agreed.", "Pyongyang agreed."}, []span{at("Seoul agreed.", 1), at("Pyongyang\nagreed.", 1)}},
		{"the article before the caption", []string{"Pyongyang agreed."}, []span{at("Pyongyang\nagreed.", 1)}},
		{"a sentence again", []string{"Seoul agreed.", "Seoul agreed.", "Pyongyang agreed.", "Seoul agreed."},
			[]span{at("Seoul agreed.", 1), at("Seoul agreed.", 1), at("Pyongyang\nagreed.", 1), at("Seoul agreed.", 2)}},
		{"other quotation marks and a hard wrap", []string{`"Seoul will agree," it said.`}, []span{at("“Seoul will\nagree,” it said.", 1)}},
		{"a sentence that ends in a mark of several bytes", []string{"“Seoul will agree,”"}, []span{at("“Seoul will\nagree,”", 1)}},
		{"emphasis", []string{"it said. Seoul agreed."}, []span{at("it said. *Seoul* agreed.", 1)}},
		{"not there", []string{"Tokyo agreed.", ""}, []span{{}, {}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var labels []Label
			var rows []int
			for i, s := range tt.labels {
				labels, rows = append(labels, Label{Sentence: s}), append(rows, i)
			}
			got := locate(&doc, labels, rows)
			if d := cmp.Diff(tt.want, got, cmp.AllowUnexported(span{})); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

func TestRun(t *testing.T) {
	doc := page("a.txt",
		"North Korea threatened South Korea.",
		"[Seoul is a beautiful city.]",
		"The South offered the North generous aid.",
	)
	labels := []Label{
		{Line: 1, File: "dir/a.txt", Sentence: "North Korea threatened South Korea.", Target: "NK", Polarity: -1},
		{Line: 2, File: "dir/a.txt", Sentence: "The South offered the North generous aid.", Target: "SK", Polarity: 1},
		{Line: 3, File: "dir/a.txt", Sentence: "The South offered the North generous aid.", Target: "US"},
		{Line: 4, File: "dir/a.txt", Sentence: "Seoul is a beautiful city.", Target: "SK"},
		{Line: 5, Sentence: "North Korea threatened South Korea.", Target: "SK"},
		{Line: 6, Sentence: "Pyongyang attacked the US.", Target: "NK", Polarity: -1},
		{Line: 7, File: "lost.txt", Sentence: "Washington waited.", Target: "US"},
		{Line: 8, File: "lost.txt", Sentence: "It then attacked Pyongyang.", Target: "NK"},
		{Line: 9, Sentence: "Kim praised Moon. Moon attacked Kim.", Target: "first", Placed: true, Actor: "first", Start: 12, End: 16},
		{Line: 9, Sentence: "Kim praised Moon. Moon attacked Kim.", Target: "second", Placed: true, Actor: "second", Start: 18, End: 22},
	}
	var steps atomic.Int64
	preds, extras, err := Run(t.Context(), analyzer(t), labels, []corpus.Document{doc}, func(n int) { steps.Add(int64(n)) })
	if err != nil {
		t.Fatal(err)
	}
	if steps.Load() != int64(len(labels)) {
		t.Errorf("%d steps of %d", steps.Load(), len(labels))
	}
	type row struct {
		Found, Outside bool
		Document       string
	}
	want := []row{
		{true, false, "a"}, {true, false, "a"}, {false, false, ""}, {true, true, ""},
		{true, false, "a"}, {true, false, ""}, {true, false, ""}, {true, false, ""}, {true, false, ""}, {true, false, ""},
	}
	var got []row
	for i, p := range preds {
		got = append(got, row{p.Found, p.Outside, p.Document})
		if !cmp.Equal(p.Label, labels[i]) {
			t.Errorf("prediction %d is of %+v", i, p.Label)
		}
		var sum float64
		text := doc.Text
		if p.Document == "" {
			text = p.Sentence
		}
		for _, e := range p.Evidence {
			sum += e.Contribution
			if words := text[e.Start:e.End]; e.Term[0] != '(' && !strings.HasPrefix(strings.ToLower(words), e.Term[:min(3, len(e.Term))]) {
				t.Errorf("line %d: the evidence %q is at %q", p.Line, e.Term, words)
			}
		}
		if d := sum - p.Tone; d > 1e-9 || d < -1e-9 {
			t.Errorf("line %d: evidence sums to %v, tone is %v", p.Line, sum, p.Tone)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if preds[0].Predicted != -1 || preds[5].Predicted != -1 {
		t.Errorf("who threatens and who attacks is called %d and %d", preds[0].Predicted, preds[5].Predicted)
	}
	// Found in a.txt and not labelled: NK in the last sentence. Of the others:
	// the US in "Pyongyang attacked the US."
	var pairs []string
	for _, e := range extras {
		pairs = append(pairs, e.File+" "+e.Target+" "+e.Sentence)
	}
	wantExtra := []string{"dir/a.txt NK The South offered the North generous aid.", " US Pyongyang attacked the US."}
	if d := cmp.Diff(wantExtra, withoutLost(pairs)); d != "" {
		t.Errorf("extras: -want +got\n%s", d)
	}
	if d := cmp.Diff([]string{"lost.txt"}, Lost(labels, []corpus.Document{doc})); d != "" {
		t.Errorf("lost: -want +got\n%s", d)
	}
}

// withoutLost leaves out what depends on how a pronoun is resolved.
func withoutLost(pairs []string) []string {
	var out []string
	for _, p := range pairs {
		if !strings.HasPrefix(p, "lost.txt") {
			out = append(out, p)
		}
	}
	return out
}

// TestFindByText says that articles under other names are found by what they say.
func TestFindByText(t *testing.T) {
	docs := []corpus.Document{
		page("x.txt", "Tokyo waited.", "Seoul agreed."),
		page("y.txt", "Seoul agreed.", "Pyongyang agreed.", "Washington waited."),
	}
	labels := []Label{
		{File: "old.txt", Sentence: "Seoul agreed."}, {File: "old.txt", Sentence: "Pyongyang agreed."}, {File: "old.txt", Sentence: "Nobody knew."},
	}
	if got := find(docs, labels, []int{0, 1, 2}); got != &docs[1] {
		t.Errorf("found %v", got)
	}
	if got := find(docs, []Label{{File: "old.txt", Sentence: "Nobody knew."}}, []int{0}); got != nil {
		t.Errorf("found %v for a sentence that is nowhere", got.ID)
	}
}

func TestRunCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	labels := []Label{{Line: 1, Sentence: "Seoul agreed.", Target: "SK"}}
	if _, _, err := Run(ctx, analyzer(t), labels, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestLines says that each label has a line, in the order of the file, also
// where two labels are of one place, the place does not fit, or the target is
// not found; and that a line is what others read.
func TestLines(t *testing.T) {
	const file = `{"primary_gid":"a_1_2_K","sentence_normalized":"Kim attacked Moon. Moon fled.","targets":[` +
		`{"Input.gid":"one","from":0,"to":3,"mention":"Kim","polarity":2},{"Input.gid":"two","from":0,"to":3,"mention":"Kim","polarity":6},` +
		`{"from":90,"to":93,"mention":"Lee","polarity":4}]}
{"id":"<3>","sentence":"Seoul is a brutal dictatorship.","target":"SK","polarity":-1}
{"sentence":"Nobody knows.","target":"SK"}
`
	labels, err := Read("labels.jsonl", strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	preds, _, err := Run(t.Context(), analyzer(t), labels, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := Lines(preds)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for row := range strings.Lines(string(data)) {
		dec := json.NewDecoder(strings.NewReader(row))
		dec.DisallowUnknownFields()
		var l Line
		if err := dec.Decode(&l); err != nil {
			t.Fatalf("%s: %v", row, err)
		}
		if d := l.Negative + l.Neutral + l.Positive - 1; math.Abs(d) > 1e-9 || math.Abs(l.Positive-l.Negative-l.Tone) > 1e-9 {
			t.Errorf("%s: not probabilities with their tone", row)
		}
		for _, key := range []string{`"id":`, `"target":`, `"polarity":`, `"negative":`, `"neutral":`, `"positive":`, `"tone":`} {
			if !strings.Contains(row, key) {
				t.Errorf("%s: no %s", row, key)
			}
		}
		got = append(got, fmt.Sprint(l.ID, " ", l.Target, " ", l.Polarity))
	}
	want := []string{"one Kim -1", "two Kim -1", "a_1_2_K Lee 0", "<3> SK -1", "labels.jsonl:3 SK 0"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	for _, i := range []int{2, 4} {
		if p := preds[i]; p.Found || p.Tone != 0 || p.Negative != p.Positive || p.Neutral <= p.Negative {
			t.Errorf("not found: %+v", p)
		}
	}
	if preds[0].Tone != preds[1].Tone {
		t.Errorf("one place has the tones %v and %v", preds[0].Tone, preds[1].Tone)
	}
}

// length is a valencer that is easy to check by hand.
type length struct{}

func (length) Valence(s *language.Sentence) float64 { return 1 / float64(len(s.Tokens)) }

// TestRunRatings: sentences of 2 and 3 tokens have 1/2 and 1/3, and each counts
// by its tokens: (1 + 1) / 5.
func TestRunRatings(t *testing.T) {
	ratings := []Rating{{ID: "a", Text: "Stop. Go on."}, {ID: "b"}, {ID: "c", Text: "Stop."}}
	got, err := RunRatings(t.Context(), length{}, ratings, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]float64{0.4, 0, 0.5}, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	data, err := RatingLines(ratings, got)
	if want := "{\"id\":\"a\",\"tone\":0.4}\n{\"id\":\"b\",\"tone\":0}\n{\"id\":\"c\",\"tone\":0.5}\n"; err != nil || string(data) != want {
		t.Errorf("got %s, %v", data, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := RunRatings(ctx, length{}, ratings, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	words := framing.NewLearned(lexicon.Default(), lexicon.DefaultWindow())
	got, err = RunRatings(t.Context(), words, []Rating{{Text: "A brutal dictatorship."}, {Text: "A peaceful, generous country."}, {Text: "It rains."}}, nil)
	if err != nil || got[0] >= -0.2 || got[1] <= 0.2 || math.Abs(got[2]) > 0.2 {
		t.Errorf("words: %v, %v", got, err)
	}
	const text = "It rains. The brutal regime made a generous offer."
	var sum float64
	for _, e := range Explain(words, text) {
		if !strings.EqualFold(text[e.Start:e.End], e.Term) {
			t.Errorf("%q is at %q", e.Term, text[e.Start:e.End])
		}
		sum += e.Contribution
	}
	if d := sum - valence(words, text); math.Abs(d) > 0.0005 || sum == 0 {
		t.Errorf("contributions sum to %v, the valence is %v", sum, valence(words, text))
	}
	if got := Explain(length{}, text); len(got) != 0 {
		t.Errorf("who explains nothing gives %v", got)
	}
}

func TestWriteFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "new", "predictions.jsonl")
	for _, text := range []string{"1", "2"} {
		if err := WriteFile(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(name); err != nil || string(data) != text {
			t.Errorf("read %q, %v", data, err)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(name)); err != nil || len(entries) != 1 {
		t.Errorf("%d entries remain, want 1: %v", len(entries), err)
	}
	if err := WriteFile(filepath.Join(name, "below"), nil); err == nil {
		t.Error("a file was written below a file")
	}
	if err := WriteFile(os.DevNull, []byte("x")); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("%s was replaced: %v", os.DevNull, err)
	}
}

// TestAcceptance holds the program against the labelled seed articles: the
// figures that the first version had to reach.
func TestAcceptance(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "..", "..", "shared")
	file := filepath.Join(shared, "data", "gold", "seeds_dev.jsonl")
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the labelled sentences are not here: ../shared/data/gold/seeds_dev.jsonl")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	labels, err := Read(file, f)
	if err != nil {
		t.Fatal(err)
	}
	c, err := corpus.Read(t.Context(), []string{filepath.Join("..", "..", "..", "..", "seeds")}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	preds, extras, err := Run(t.Context(), analyzer(t), labels, c.Documents, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := Measure(preds, len(extras))
	t.Logf("recall %.3f, precision %.3f, voice %.3f, holder %.3f, macro F1 %.3f", m.Recall, m.Precision, m.Voice, m.Holder, m.MacroF1)
	for _, tt := range []struct {
		name      string
		got, want float64
	}{
		{"recall", m.Recall, 0.95}, {"precision", m.Precision, 0.90}, {"voice", m.Voice, 0.85}, {"macro F1", m.MacroF1, 0.50},
	} {
		if tt.got < tt.want {
			t.Errorf("%s %.3f, want %.2f", tt.name, tt.got, tt.want)
		}
	}
}
