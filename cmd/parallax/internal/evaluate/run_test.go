package evaluate

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/target"
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

// article makes a document of blocks; a block in brackets is left out of it, as
// a caption is.
func article(path string, blocks ...string) corpus.Document {
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
	doc := article("a.txt",
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
	doc := article("a.txt",
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
		{Line: 9, Sentence: "Kim praised Moon. Moon attacked Kim.", Target: "first", Start: 12, End: 16},
		{Line: 9, Sentence: "Kim praised Moon. Moon attacked Kim.", Target: "second", Start: 18, End: 22},
	}
	preds, extras, err := Run(t.Context(), analyzer(t), labels, []corpus.Document{doc})
	if err != nil {
		t.Fatal(err)
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
			if words := text[e.Start:e.End]; !strings.HasPrefix(strings.ToLower(words), e.Term[:3]) {
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
		article("x.txt", "Tokyo waited.", "Seoul agreed."),
		article("y.txt", "Seoul agreed.", "Pyongyang agreed.", "Washington waited."),
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
	if _, _, err := Run(ctx, analyzer(t), labels, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWriteAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out", "eval")
	if err := WriteAll(dir, []File{{"a", []byte("1")}, {"b", nil}}); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "c"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := WriteAll(dir, []File{{"a", []byte("2")}, {"c", nil}}); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if err := WriteAll(dir, []File{{"../a", nil}}); err == nil {
		t.Error("a file was written outside the folder")
	}
	if data, err := os.ReadFile(filepath.Join(dir, "a")); err != nil || string(data) != "1" {
		t.Errorf("a failed run left %q, %v", data, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Errorf("%d entries remain, want 3: %v", len(entries), err)
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
	preds, extras, err := Run(t.Context(), analyzer(t), labels, c.Documents)
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
