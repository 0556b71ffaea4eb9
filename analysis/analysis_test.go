package analysis_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

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

func seedDocuments(t testing.TB) []corpus.Document {
	t.Helper()
	c, err := corpus.Read(t.Context(), []string{filepath.Join("..", "seeds")}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Documents) != 5 {
		t.Fatalf("%d seeds", len(c.Documents))
	}
	return c.Documents
}

// all analyzes documents.
func all(t testing.TB, docs []corpus.Document) []*analysis.Analysis {
	t.Helper()
	out, err := analyzer(t).All(t.Context(), docs, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func observations(as []*analysis.Analysis) [][]analysis.Observation {
	out := make([][]analysis.Observation, len(as))
	for i, a := range as {
		out[i] = a.Observations
	}
	return out
}

// TestAll says that analyzing side by side, one after the other and again gives
// the same, and that done is called once a document.
func TestAll(t *testing.T) {
	docs := seedDocuments(t)
	calls := make(chan struct{}, 2*len(docs))
	a := analyzer(t)
	together, err := a.All(t.Context(), docs, func() { calls <- struct{}{} })
	if err != nil {
		t.Fatal(err)
	}
	if len(calls) != len(docs) {
		t.Errorf("done was called %d times for %d documents", len(calls), len(docs))
	}
	for i := range docs {
		alone := a.Analyze(&docs[i])
		if together[i].Document != &docs[i] {
			t.Errorf("analysis %d is of %s", i, together[i].Document.ID)
		}
		if d := cmp.Diff(alone.Observations, together[i].Observations); d != "" {
			t.Errorf("%s: alone -, with others +\n%s", docs[i].ID, d)
		}
		if d := cmp.Diff(alone.Mentions, together[i].Mentions); d != "" {
			t.Errorf("%s: mentions: alone -, with others +\n%s", docs[i].ID, d)
		}
	}
	// Another analyzer, as in another run.
	if d := cmp.Diff(observations(together), observations(all(t, docs))); d != "" {
		t.Errorf("the second run differs\n%s", d)
	}
}

// TestEachPanics says that a panic in a goroutine can be recovered by who called.
func TestEachPanics(t *testing.T) {
	defer func() {
		if text, _ := recover().(string); !strings.HasPrefix(text, "a bug\n") || !strings.Contains(text, "TestEachPanics") {
			t.Errorf("recovered %q, want the cause and where it was", text)
		}
	}()
	err := analyzer(t).Each(t.Context(), seedDocuments(t), func(int, *analysis.Analysis) { panic("a bug") })
	t.Errorf("returned %v", err)
}

func TestAllInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := analyzer(t).All(ctx, seedDocuments(t), nil); !errors.Is(err, context.Canceled) || got != nil {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := analyzer(t).All(t.Context(), nil, nil); err != nil || len(got) != 0 {
		t.Errorf("of nothing: %v, %v", got, err)
	}
}

// unit is the step of tones, probabilities and contributions.
const unit = 10000

// steps returns a number in steps of 0.0001, and whether it is a whole number
// of them, to the last bit.
func steps(x float64) (int64, bool) {
	n := math.Round(x * unit)
	return int64(n), float64(n)/unit == x
}

// checkObservations holds what is true of every observation.
func checkObservations(t *testing.T, a *analysis.Analysis, order []string) {
	t.Helper()
	place := map[string]int{}
	for i, id := range order {
		place[id] = i
	}
	text := a.Document.Text
	for i, o := range a.Observations {
		where := o.Document + ": " + o.Target + ": " + o.Sentence
		if i > 0 {
			p := a.Observations[i-1]
			if o.Start < p.Start || o.Start == p.Start && place[o.Target] <= place[p.Target] {
				t.Fatalf("%s: out of order", where)
			}
		}
		if o.Start < 0 || o.Start >= o.End || o.End > len(text) || strings.Join(strings.Fields(text[o.Start:o.End]), " ") != o.Sentence {
			t.Fatalf("%s: not what stands from %d to %d", where, o.Start, o.End)
		}
		if o.Document != a.Document.ID || o.Source != a.Document.Source {
			t.Fatalf("%s: of %s and %s", where, o.Document, o.Source)
		}
		if !strings.Contains(text[o.Start:o.End], o.Mention) || o.Mention == "" || o.Mentions < 1 {
			t.Fatalf("%s: %d mentions, mainly %q", where, o.Mentions, o.Mention)
		}
		if b := a.Document.Blocks[o.Paragraph]; o.Start < b.Start || o.End > b.End {
			t.Fatalf("%s: not in paragraph %d", where, o.Paragraph)
		}
		if (o.Voice == analysis.VoiceQuoted) != (o.Holder != "") || o.Voice != analysis.VoiceQuoted && o.Voice != analysis.VoiceAuthor {
			t.Fatalf("%s: voice %q of %q", where, o.Voice, o.Holder)
		}
		neg, ok1 := steps(o.Negative)
		neu, ok2 := steps(o.Neutral)
		pos, ok3 := steps(o.Positive)
		tone, ok4 := steps(o.Tone)
		if !ok1 || !ok2 || !ok3 || !ok4 || neg < 0 || neu < 0 || pos < 0 || neg+neu+pos != unit || pos-neg != tone {
			t.Fatalf("%s: tone %v, probabilities %v, %v, %v", where, o.Tone, o.Negative, o.Neutral, o.Positive)
		}
		var sum int64
		for _, e := range o.Evidence {
			n, ok := steps(e.Contribution)
			if !ok || e.Start < o.Start || e.Start >= e.End || e.End > o.End || e.Term == "" || e.Rule == "" {
				t.Fatalf("%s: evidence %+v", where, e)
			}
			sum += n
		}
		if sum != tone {
			t.Fatalf("%s: contributions sum to %d, tone is %d steps of 0.0001", where, sum, tone)
		}
		if o.Frames == nil || o.Evidence == nil {
			t.Fatalf("%s: a list is null", where)
		}
	}
}

func TestObservations(t *testing.T) {
	n := 0
	for _, a := range all(t, seedDocuments(t)) {
		checkObservations(t, a, []string{"US", "NK", "SK"})
		n += len(a.Observations)
	}
	if n < 200 {
		t.Errorf("only %d observations in the seeds", n)
	}
}

// TestObservationsOfLabels does the same for sentences of many outlets, with
// the mentions given.
func TestObservationsOfLabels(t *testing.T) {
	const sentences = 1000
	file := filepath.Join("..", "..", "shared", "data", "newsmtsc", "train.jsonl")
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the sentences are not here: ../shared/data/newsmtsc/train.jsonl")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var docs []corpus.Document
	for sc := bufio.NewScanner(f); sc.Scan() && len(docs) < sentences; {
		var row struct {
			Text    string `json:"sentence_normalized"`
			Targets []struct{ From, To int }
		}
		if err := json.Unmarshal(sc.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		d := corpus.Document{ID: "record", Source: "record", Text: row.Text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(row.Text)}}}
		for i, l := range row.Targets {
			offset := func(n int) int {
				at := 0
				for range n {
					_, size := utf8.DecodeRuneInString(row.Text[at:])
					at += size
				}
				return at
			}
			d.Labels = append(d.Labels, corpus.Label{Target: string(rune('a' + i)), Start: offset(l.From), End: offset(l.To)})
		}
		docs = append(docs, d)
	}
	order := []string{"US", "NK", "SK"}
	for c := 'a'; c <= 'z'; c++ {
		order = append(order, string(c))
	}
	for i, a := range all(t, docs) {
		checkObservations(t, a, order)
		found := map[string]bool{}
		for _, o := range a.Observations {
			found[o.Target] = true
		}
		if len(found) != len(docs[i].Labels) {
			t.Errorf("%d of %d labels are found: %s", len(found), len(docs[i].Labels), docs[i].Text)
		}
	}
}

// ruritania renames the United States, in a targets file and in texts: other
// names of the same make (a country, an abbreviation, a demonym, a capital, a
// seat, a leader), letter for letter as capitalised.
var ruritania = []struct{ old, new string }{
	{`\bUnited States\b`, "United Duchies"},
	{`\bAmericans\b`, "Ruritanians"},
	{`\bAmerican\b`, "Ruritanian"},
	{`\bAmerica\b`, "Ruritania"},
	{`\bWashington\b`, "Strelsau"},
	{`\bWhite House\b`, "Tarlenheim House"},
	{`\bU\.S\.`, "U.D."},
	{`\bUSA\b`, "UDA"},
	{`\bUS\b`, "UD"},
	{`\bTrump\b`, "Rassendyll"},
}

func rename(s string) string {
	for _, r := range ruritania {
		s = regexp.MustCompile(r.old).ReplaceAllString(s, r.new)
	}
	return s
}

// TestMentions says that what is not counted still shows who is meant: all
// mentions stay known, and each choice counts a subset of the next.
func TestMentions(t *testing.T) {
	d := &corpus.Document{ID: "test", Date: "2018-06", Text: "North Korea fired a missile. The regime threatened the South. It rejected the offer of talks."}
	d.Blocks = []corpus.Block{{Kind: corpus.Paragraph, End: len(d.Text)}}
	for _, test := range []struct {
		mentions analysis.Mentions
		want     []string
	}{
		{analysis.NameMentions, []string{"NK North Korea", "SK South"}},
		{analysis.NominalMentions, []string{"NK North Korea", "NK regime", "SK South"}},
		{analysis.AllMentions, []string{"NK North Korea", "NK regime", "SK South", "NK It"}},
		{"", []string{"NK North Korea", "NK regime", "SK South", "NK It"}},
	} {
		a := analyzer(t).With(analysis.Options{Mentions: test.mentions}).Analyze(d)
		var got []string
		for _, o := range a.Observations {
			got = append(got, o.Target+" "+o.Mention)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q: -want +got\n%s", test.mentions, diff)
		}
		if len(a.Mentions) != 4 {
			t.Errorf("%q: %d mentions known, want all 4", test.mentions, len(a.Mentions))
		}
	}
}

// TestRenaming says that tones do not depend on what a target is called: with
// the United States renamed in the file and in the texts, every observation has
// the tone it had.
func TestRenaming(t *testing.T) {
	paragraphs := []string{
		"The United States threatened North Korea on Friday. Washington then offered Seoul generous aid, and the White House praised the South Koreans.",
		"American troops attacked a village near Pyongyang. “The US is a reliable partner,” South Korea's foreign minister said.",
		"The U.S. has never broken a treaty, according to American officials. North Korea accused the US of cheating.",
		"Despite the threats, Washington and Seoul agreed to work for peace. America's brutal sanctions starved children in North Korea.",
		"North Korea welcomed the American delegation. The Americans were deceived by Pyongyang, US officials say.",
	}
	run := func(file []byte, paragraphs []string) []analysis.Observation {
		set, err := target.Parse("targets.yaml", file)
		if err != nil {
			t.Fatal(err)
		}
		d := &corpus.Document{ID: "test", Date: "2018-06"}
		for _, p := range paragraphs {
			start := len(d.Text)
			d.Text += p + "\n\n"
			d.Blocks = append(d.Blocks, corpus.Block{Kind: corpus.Paragraph, Start: start, End: start + len(p)})
		}
		return analysis.New(set, nil, nil).Analyze(d).Observations
	}
	var renamed []string
	for _, p := range paragraphs {
		renamed = append(renamed, rename(p))
	}
	want := run(seeds.Targets, paragraphs)
	got := run([]byte(rename(string(seeds.Targets))), renamed)
	for i := range want {
		want[i].Sentence, want[i].Mention = rename(want[i].Sentence), rename(want[i].Mention)
		if want[i].Target == "US" {
			want[i].Target = "UD"
		}
		if want[i].Holder == "US" {
			want[i].Holder = "UD"
		}
		for k := range want[i].Relations {
			r := &want[i].Relations[k]
			if r.Other == "US" {
				r.Other = "UD"
			}
			if r.Holder == "US" {
				r.Holder = "UD"
			}
		}
	}
	// Names have other lengths, and so the offsets are others.
	ignore := []cmp.Option{
		cmpopts.IgnoreFields(analysis.Observation{}, "Start", "End"),
		cmpopts.IgnoreFields(analysis.Evidence{}, "Start", "End"),
		cmpopts.IgnoreFields(analysis.ObservedRelation{}, "Start", "End"),
	}
	if len(want) < 15 {
		t.Errorf("only %d observations to compare", len(want))
	}
	if d := cmp.Diff(want, got, ignore...); d != "" {
		t.Errorf("-as it was +renamed\n%s", d)
	}
}
