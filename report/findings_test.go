package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis/compare"
	"parallax/analysis/corpus"
)

// five is a comparison of five articles, two of one outlet, as findings see
// it: cells and contrasts, with invented numbers.
func five() Input {
	in := Input{
		Targets: []TargetInfo{{"US", "United States"}, {"NK", "North Korea"}, {"SK", "South Korea"}},
		Sources: []SourceInfo{
			{"dw", "", "DW", 1, "2017-06-07"},
			{"telesur", "", "teleSUR", 1, "2018-06-15"},
			{"worldlines", "", "World Lines", 1, "2021-10"},
			{"wsws-2001", "WSWS 2001", "World Socialist Web Site", 1, "2001-09-28"},
			{"wsws-2018", "WSWS 2018", "World Socialist Web Site", 1, "2018-01-06"},
		},
	}
	for _, s := range in.Sources {
		in.Documents = append(in.Documents, corpus.Document{ID: s.ID, Source: s.ID, Outlet: s.Outlet, Date: s.Dates})
	}
	add := func(source, target string, tone, low, high float64, n int) {
		in.Result.Cells = append(in.Result.Cells, estimated(source, target, "author", tone, low, high, n))
	}
	add("dw", "US", -0.02, -0.11, 0.08, 12)
	add("dw", "NK", -0.22, -0.33, -0.12, 25)
	add("dw", "SK", 0.04, -0.05, 0.14, 20)
	add("telesur", "US", -0.31, -0.45, -0.16, 24)
	add("telesur", "NK", 0.17, 0.06, 0.29, 21)
	add("telesur", "SK", 0.12, -0.02, 0.27, 14)
	add("worldlines", "US", 0.03, -0.07, 0.12, 11)
	add("worldlines", "NK", -0.09, -0.17, -0.01, 23)
	add("wsws-2001", "US", -0.24, -0.40, -0.10, 31)
	add("wsws-2001", "NK", 0.01, -0.10, 0.12, 22)
	add("wsws-2001", "SK", 0.15, 0.09, 0.22, 3)
	add("wsws-2018", "US", -0.19, -0.30, -0.08, 28)
	add("wsws-2018", "NK", -0.03, -0.12, 0.07, 19)
	add("wsws-2018", "SK", -0.01, -0.11, 0.10, 15)
	in.Result.Cells = append(in.Result.Cells, estimated("telesur", "NK", "quoted", -0.12, -0.31, 0.10, 6))
	in.Result.Contrasts = []compare.Contrast{
		{Target: "NK", Voice: "author", A: "dw", B: "telesur", Permutations: 99, Difference: -0.39, Low: -0.54, High: -0.23, Q: 0.01, Carried: true},
		{Target: "NK", Voice: "author", A: "dw", B: "worldlines", Permutations: 99, Difference: -0.13, Low: -0.26, High: 0.01, Q: 0.30},
		{Target: "NK", Voice: "author", A: "telesur", B: "worldlines", Permutations: 99, Difference: 0.26, Low: 0.12, High: 0.40, Q: 0.03, Carried: true},
		{Target: "NK", Voice: "author", A: "dw", B: "wsws-2001", Permutations: 99, Difference: -0.23, Low: -0.4, High: -0.05, Q: 0.08},
		{Target: "US", Voice: "author", A: "dw", B: "telesur", Permutations: 99, Difference: 0.29, Low: 0.1, High: 0.47, Q: 0.06},
		{Target: "US", Voice: "author", A: "dw", B: "wsws-2001", Permutations: 99, Difference: 0.22, Low: 0.04, High: 0.4, Q: 0.12},
		{Target: "SK", Voice: "all", A: "dw", B: "telesur", Permutations: 99, Difference: -0.08, Low: -0.25, High: 0.1, Q: 0.7},
	}
	return in
}

// estimated is a cell; the data carry it where the interval excludes zero and
// there are five sentences.
func estimated(source, target, voice string, tone, low, high float64, n int) compare.Cell {
	c := compare.Cell{Source: source, Target: target, Voice: voice, Documents: 1, Sentences: n, Mentions: n, Tone: tone, Low: low, High: high,
		Unit: "paragraph", Clusters: n, Carried: n >= 5 && (low > 0 || high < 0)}
	if n < 10 {
		c.Warnings = []string{fmt.Sprintf("Only %d sentences.", n)}
	}
	return c
}

func TestGoldenFindings(t *testing.T) {
	in := five()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", Headline(in))
	for _, chart := range []string{"tone", "heatmap", "voices", "contrasts", "course", "unknown"} {
		fmt.Fprintf(&b, "%s: %s\n", chart, ChartTitle(in, chart, "author"))
	}
	for _, f := range Findings(in) {
		fmt.Fprintf(&b, "\n[%s source=%q target=%q voice=%q]\n%s\n", f.Kind, f.Source, f.Target, f.Voice, f.Text)
	}
	golden(t, "findings.txt", []byte(b.String()))
}

// TestFindings asserts one rule a row: the sentences that must be there, and
// words that must not.
func TestFindings(t *testing.T) {
	limit := "Tone is what the words of a sentence convey toward a target."
	sources := func(n int) []SourceInfo {
		var out []SourceInfo
		for i := range n {
			out = append(out, SourceInfo{ID: fmt.Sprintf("s%02d", i), Outlet: fmt.Sprintf("Paper %d", i), Documents: 3})
		}
		return out
	}
	x := []TargetInfo{{"X", "Xanadu"}}
	tests := []struct {
		name string
		in   Input
		want []string // sentences, or beginnings of them
		none []string
	}{
		{"nothing read", Input{Targets: x}, []string{"No document was read, so there is nothing to compare."}, []string{limit}},
		{"no mention", Input{Targets: x, Sources: sources(2), Documents: make([]corpus.Document, 2)},
			[]string{"No sentence mentions a target, so there is nothing to compare."}, []string{limit}},
		{"cells without sentences", Input{Targets: x, Sources: sources(1), Documents: make([]corpus.Document, 1),
			Result: compare.Result{Cells: []compare.Cell{{Source: "s00", Target: "X", Voice: "all"}}}},
			[]string{"No sentence mentions a target, so there is nothing to compare."}, nil},
		{"one source, one sentence", Input{Targets: x, Sources: []SourceInfo{{ID: "a", Outlet: "The Crier", Documents: 1}},
			Result: compare.Result{Cells: []compare.Cell{estimated("a", "X", "author", -0.5, -1, 1, 1)}}},
			[]string{"In its own voice, the Crier article leans unfavourable toward Xanadu, but the data do not carry it: the interval includes zero (mean tone −0.50, 95\u00a0% interval −1.00 to +1.00, 1 sentence).",
				"One article was read: these findings are about that article", limit},
			[]string{"sources", "only one", "None of"}},
		{"one source carried is alone with nobody", Input{Targets: x, Sources: sources(1),
			Result: compare.Result{Cells: []compare.Cell{estimated("s00", "X", "author", 0.304, 0.1, 0.5, 9)}}},
			[]string{"In its own voice, Paper 0 frames Xanadu clearly favourably (mean tone +0.30, 95\u00a0% interval +0.10 to +0.50, 9 sentences)."}, []string{"only one"}},
		{"only quoted", Input{Targets: x, Sources: sources(2),
			Result: compare.Result{Cells: []compare.Cell{estimated("s00", "X", "all", 0.3, 0.1, 0.5, 9), estimated("s00", "X", "quoted", 0.3, 0.1, 0.5, 9)}}},
			[]string{"No source speaks of Xanadu in its own voice: what is said of it is said by those they quote."}, []string{"Xanadu lean"}},
		{"both sources agree", Input{Targets: x, Sources: sources(2), Result: compare.Result{Cells: []compare.Cell{
			estimated("s00", "X", "author", -0.31, -0.5, -0.2, 9), estimated("s01", "X", "author", -0.099, -0.18, -0.02, 9)}}},
			[]string{"In their own voice, both sources frame Xanadu unfavourably: Paper 0 (mean tone −0.31, 95\u00a0% interval −0.50 to −0.20, 9 sentences) and " +
				"Paper 1 (mean tone −0.10, 95\u00a0% interval −0.18 to −0.02, 9 sentences)."}, nil},
		{"three of one kind are all", Input{Targets: x, Sources: sources(3), Result: compare.Result{Cells: []compare.Cell{
			estimated("s00", "X", "author", 0.2, 0.1, 0.3, 9), estimated("s01", "X", "author", 0.2, 0.1, 0.3, 9), estimated("s02", "X", "author", 0.2, 0.1, 0.3, 9)}}},
			[]string{"In their own voice, all three sources frame Xanadu favourably: Paper 0 (mean"}, nil},
		{"interval excludes zero, too little data", Input{Targets: x, Sources: sources(2), Result: compare.Result{Cells: []compare.Cell{
			estimated("s00", "X", "author", 0.2, 0.1, 0.3, 3), estimated("s01", "X", "author", 0.01, -0.1, 0.1, 30)}}},
			[]string{"In its own voice, Paper 0 leans favourable toward Xanadu, but the data do not carry it: only 3 sentences (mean tone +0.20,",
				"For Paper 1, the data carry no lean toward Xanadu in its own voice."}, []string{"frames Xanadu"}},
		{"firm and only just", Input{Targets: x, Sources: sources(3), Result: compare.Result{Cells: []compare.Cell{
			estimated("s00", "X", "author", -0.3, -0.5, -0.1, 9), estimated("s01", "X", "author", -0.1, -0.2, -0.001, 9), estimated("s02", "X", "author", 0.1, 0.001, 0.2, 9)}}},
			[]string{"In its own voice, Paper 0 frames Xanadu clearly unfavourably (mean tone −0.30, 95\u00a0% interval −0.50 to −0.10, 9 sentences); it is the only one of the three sources for which the data carry this with room to spare.",
				"In its own voice, Paper 1 leans unfavourable toward Xanadu, but only just (mean tone −0.10, 95\u00a0% interval −0.20 to −0.001, 9 sentences): the interval ends so near zero that another seed may move it across.",
				"In its own voice, Paper 2 leans favourable toward Xanadu, but only just (",
				"Differences are corrected for their number; leans are not. Each lean has its own 95\u00a0% interval: one of the 3 of this comparison may exclude zero by chance alone."}, nil},
		{"nobody leans", Input{Targets: x, Sources: sources(4), Result: compare.Result{Cells: []compare.Cell{
			estimated("s00", "X", "author", 0.02, -0.1, 0.3, 9), estimated("s01", "X", "author", 0.01, -0.1, 0.1, 30), estimated("s02", "X", "author", 0, -0.1, 0.1, 30)}}},
			[]string{"None of the three sources that speak of Xanadu in their own voice leans either way as far as the data carry.",
				"Paper 3 does not speak of Xanadu in its own voice."}, nil},
		{"one pair, not carried", Input{Targets: x, Sources: sources(2), Result: compare.Result{
			Cells:     []compare.Cell{estimated("s00", "X", "author", 0.02, -0.1, 0.3, 9), estimated("s01", "X", "author", 0.01, -0.1, 0.1, 30)},
			Contrasts: []compare.Contrast{{Target: "X", Voice: "author", A: "s00", B: "s01", Permutations: 99, Difference: 0.01, Low: -0.2, High: 0.2, Q: 0.9}}}},
			[]string{"No difference between Paper 0 and Paper 1 toward Xanadu is carried by these data (Paper 0 less Paper 1: +0.01, 95\u00a0% interval −0.20 to +0.20, Holm q 0.90)."},
			[]string{"less favourable"}},
		{"difference turned round", Input{Targets: x, Sources: sources(2), Result: compare.Result{
			Cells: []compare.Cell{estimated("s00", "X", "author", 0.2, 0.1, 0.3, 9), estimated("s01", "X", "author", -0.1, -0.3, 0.1, 30)},
			Contrasts: []compare.Contrast{{Target: "X", Voice: "author", A: "s00", B: "s01", Permutations: 99, Difference: 0.3, Low: 0.1, High: 0.5, Q: 0.0002, Carried: true},
				{Target: "X", Voice: "all", A: "s00", B: "s01", Permutations: 99, Difference: -0.3, Low: -0.5, High: 0.1, Q: 0.9}}}},
			[]string{"Paper 1 is less favourable to Xanadu than Paper 0 by 0.30, in its own voice (95\u00a0% interval 0.10 to 0.50, Holm q below 0.001)."},
			[]string{"No difference", "None"}},
		{"one pair, not tested", Input{Targets: x, Sources: sources(2), Result: compare.Result{
			Cells:     []compare.Cell{estimated("s00", "X", "author", 0.02, -0.1, 0.3, 9), estimated("s01", "X", "author", 0.01, -0.1, 0.1, 2)},
			Contrasts: []compare.Contrast{{Target: "X", Voice: "author", A: "s00", B: "s01", Difference: 0.01, Low: -0.2, High: 0.2, P: 1, Q: 1, Reason: "too few sentences (s01 has 2)"}}}},
			[]string{"Whether Paper 0 and Paper 1 differ toward Xanadu cannot be tested: too few sentences (s01 has 2)."}, []string{"Holm"}},
		{"undefined q is no contrast", Input{Targets: x, Sources: sources(2), Result: compare.Result{
			Cells:     []compare.Cell{estimated("s00", "X", "author", 0.2, 0.1, 0.3, 9), estimated("s01", "X", "author", -0.1, -0.3, 0.1, 30)},
			Contrasts: []compare.Contrast{{Target: "X", Voice: "author", A: "s00", B: "s01", Permutations: 99, Difference: math.NaN(), Q: math.NaN()}}}},
			[]string{limit}, []string{"difference"}},
		{"own against quoted, both carried", Input{Targets: x, Sources: sources(1), Result: compare.Result{Cells: []compare.Cell{
			estimated("s00", "X", "author", 0.2, 0.1, 0.3, 9), estimated("s00", "X", "quoted", -0.2, -0.3, -0.1, 9)}}},
			[]string{"Paper 0 itself frames Xanadu favourably (mean tone +0.20, 95\u00a0% interval +0.10 to +0.30, 9 sentences), while those it quotes are unfavourable (mean tone −0.20,"}, nil},
		{"own carried, quoted not", Input{Targets: x, Sources: sources(1), Result: compare.Result{Cells: []compare.Cell{
			estimated("s00", "X", "author", 0.2, 0.1, 0.3, 9), estimated("s00", "X", "quoted", -0.2, -0.3, 0.1, 9)}}},
			[]string{limit}, []string{"quotes"}},
		{"own and quoted, the difference carried", Input{Targets: x, Sources: sources(1), Result: compare.Result{
			Cells: []compare.Cell{estimated("s00", "X", "author", 0.2, -0.1, 0.3, 9), estimated("s00", "X", "quoted", -0.2, -0.3, -0.1, 9)},
			Further: []compare.Contrast{{Family: compare.ByVoice, Source: "s00", Target: "X", A: "author", B: "quoted", Permutations: 99,
				Difference: 0.4, Low: 0.2, High: 0.6, Q: 0.01, Carried: true}}}},
			[]string{"Paper 0 itself leans favourable toward Xanadu (mean tone +0.20, 95\u00a0% interval −0.10 to +0.30, 9 sentences), while those it quotes lean unfavourable (mean tone −0.20, " +
				"95\u00a0% interval −0.30 to −0.10, 9 sentences); the data carry the difference of 0.40 (95\u00a0% interval +0.20 to +0.60, Holm q 0.010), though not each of the two leans."}, nil},
		{"own and quoted, the difference not carried", Input{Targets: x, Sources: sources(1), Result: compare.Result{
			Cells: []compare.Cell{estimated("s00", "X", "author", 0.2, -0.1, 0.3, 9), estimated("s00", "X", "quoted", -0.2, -0.3, -0.1, 9)},
			Further: []compare.Contrast{{Family: compare.ByVoice, Source: "s00", Target: "X", A: "author", B: "quoted", Permutations: 99,
				Difference: 0.4, Low: -0.1, High: 0.6, Q: 0.01}}}},
			[]string{limit}, []string{"quotes"}},
		{"quoted voices asked for", Input{Targets: x, Sources: sources(2), Manifest: Manifest{Options: map[string]string{"voice": "quoted"}}, Result: compare.Result{
			Cells: []compare.Cell{estimated("s00", "X", "author", 0.5, 0.4, 0.6, 9), estimated("s00", "X", "quoted", -0.2, -0.3, -0.1, 9)}}},
			[]string{"In what it quotes, Paper 0 frames Xanadu clearly unfavourably (mean tone −0.20,", "Paper 1 does not quote anyone on Xanadu."}, []string{"In its own voice"}},
		{"all voices asked for", Input{Targets: x, Sources: sources(2), Manifest: Manifest{Options: map[string]string{"voice": "all"}}, Result: compare.Result{
			Cells: []compare.Cell{estimated("s00", "X", "author", 0.5, 0.4, 0.6, 9), estimated("s00", "X", "all", -0.2, -0.3, -0.1, 9)}}},
			[]string{"With the voices it quotes counted in, Paper 0 frames Xanadu clearly unfavourably (mean tone −0.20,", "Paper 1 does not speak of Xanadu."}, []string{"own voice"}},
		{"by document", Input{Targets: x, Documents: []corpus.Document{{ID: "a1", Outlet: "Alpha", Date: "2001-02-03", Source: "alpha"}, {ID: "a2", Outlet: "Alpha", Date: "2001-05-06", Source: "alpha"}},
			Sources: []SourceInfo{{ID: "alpha", Outlet: "Alpha", Documents: 2}}, Result: compare.Result{Cells: []compare.Cell{
				{Source: "alpha", Document: "a1", Target: "X", Voice: "author", Sentences: 9, Tone: 0.2, Low: 0.1, High: 0.3, Carried: true},
				{Source: "alpha", Document: "a2", Target: "X", Voice: "author", Sentences: 9, Tone: 0.2, Low: 0.1, High: 0.3, Carried: true}}}},
			[]string{"In their own voice, both articles frame Xanadu favourably: the Alpha pieces of 3 February 2001 (mean tone +0.20, 95\u00a0% interval +0.10 to +0.30, 9 sentences) and 6 May 2001 (",
				"These findings are about the two articles that were read, not about the outlets"}, []string{"source"}},
		{"some are single articles", Input{Targets: x, Sources: append(sources(2), SourceInfo{ID: "z", Outlet: "Zeit", Documents: 1}), Result: compare.Result{Cells: []compare.Cell{
			estimated("s00", "X", "author", 0.2, 0.1, 0.3, 9)}}},
			[]string{"Zeit is a single article here: what is said of it is about that article, not about its outlet."}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var all []string
			for _, f := range Findings(test.in) {
				all = append(all, f.Text)
				checkEnglish(t, f.Text)
			}
			checkEnglish(t, Headline(test.in)+".")
			for _, want := range test.want {
				if !slices.ContainsFunc(all, func(s string) bool { return strings.HasPrefix(s, want) }) {
					t.Errorf("no finding begins with\n\t%s\nin\n\t%s", want, strings.Join(all, "\n\t"))
				}
			}
			for _, none := range test.none {
				if slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, none) }) {
					t.Errorf("a finding has %q:\n\t%s", none, strings.Join(all, "\n\t"))
				}
			}
		})
	}
}

// TestHeadlineIsTheSurest moves the end of an interval across zero, as another
// seed does: it joins no firm lean, and never displaces one, however many do so.
func TestHeadlineIsTheSurest(t *testing.T) {
	in := Input{Targets: []TargetInfo{{"X", "Xanadu"}, {"Y", "Yonder"}}}
	for i := range 3 {
		in.Sources = append(in.Sources, SourceInfo{ID: fmt.Sprintf("s%02d", i), Outlet: fmt.Sprintf("Paper %d", i), Documents: 3})
	}
	for _, high := range []float64{-0.004, -0.001, 0.001, 0.004} {
		in.Result.Cells = []compare.Cell{
			estimated("s00", "X", "author", -0.1, -0.2, high, 30), estimated("s01", "X", "author", -0.1, -0.2, high, 30), estimated("s02", "X", "author", -0.1, -0.2, high, 30),
			estimated("s00", "Y", "author", 0.1, -high, 0.2, 30), estimated("s02", "Y", "author", -0.23, -0.41, -0.06, 19)}
		if got, want := Headline(in), "Paper 2 frames Yonder unfavourably in its own voice"; got != want {
			t.Errorf("at %g: got %q, want %q", high, got, want)
		}
	}
	in.Result.Cells = in.Result.Cells[:2]
	in.Result.Cells[1].High, in.Result.Cells[1].Carried = -0.001, true
	if got, want := Headline(in), "Paper 1 leans unfavourable toward Xanadu in its own voice, but only just"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// checkEnglish refuses what no sentence has.
func checkEnglish(t *testing.T, s string) {
	t.Helper()
	if s == "" || strings.ToUpper(s[:1]) != s[:1] && !strings.HasPrefix(s, "teleSUR") {
		t.Errorf("no capital at the start: %q", s)
	}
	if !strings.HasSuffix(s, ".") || strings.HasSuffix(s, "..") {
		t.Errorf("does not end in one full stop: %q", s)
	}
	for _, bad := range []string{"  ", " ,", " .", "()", "NaN", "%!", "( ", "1 sentences", "the The", "the the", "-0", "one sources", "-0.00", "−0.00 ", " and and "} {
		if strings.Contains(s, bad) {
			t.Errorf("%q in %q", bad, s)
		}
	}
}

// TestFindingsOfMany looks at sixty sources and twenty targets: sentences stay
// short, and what is left out is counted.
func TestFindingsOfMany(t *testing.T) {
	var in Input
	for i := range 20 {
		in.Targets = append(in.Targets, TargetInfo{fmt.Sprintf("t%d", i), fmt.Sprintf("Land %d", i)})
	}
	for i := range 60 {
		s := SourceInfo{ID: fmt.Sprintf("s%02d", i), Outlet: fmt.Sprintf("Paper %d", i), Documents: 4}
		in.Sources = append(in.Sources, s)
		for j := range 20 {
			tone := float64((i*7+j*3)%41-20) / 50
			in.Result.Cells = append(in.Result.Cells, estimated(s.ID, in.Targets[j].ID, "author", tone, tone-0.1, tone+0.1, 12),
				estimated(s.ID, in.Targets[j].ID, "quoted", -tone, -tone-0.1, -tone+0.1, 12))
			for k := range i {
				in.Result.Contrasts = append(in.Result.Contrasts, compare.Contrast{Target: in.Targets[j].ID, Voice: "author", A: fmt.Sprintf("s%02d", k), B: s.ID,
					Permutations: 99, Difference: 0.3, Low: 0.1, High: 0.5, Q: float64(i) / 600, Carried: i < 30})
			}
		}
	}
	findings := Findings(in)
	if len(findings) > 18*maxTargets+3 {
		t.Errorf("%d findings are too many to read", len(findings))
	}
	var all strings.Builder
	for _, f := range findings {
		checkEnglish(t, f.Text)
		if n := len([]rune(f.Text)); n > 700 {
			t.Errorf("a sentence of %d characters: %s", n, f.Text)
		}
		all.WriteString(f.Text + "\n")
	}
	for _, want := range []string{"12 more targets are in the tables", " of the 60 sources frame Land ", " more.", "further differences hold", "The other 1335 of the 1770 differences over Land"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("%q is not in the findings", want)
		}
	}
	checkEnglish(t, Headline(in)+".")
	if want := "21 of 60 sources frame Land 0 unfavourably in their own voice, 20 favourably"; Headline(in) != want {
		t.Errorf("got %q, want %q", Headline(in), want)
	}
	if doc := Build(in); len(doc.Blocks) == 0 {
		t.Error("no report")
	}
}

// TestFindingsOfReversedTones: turning every tone round turns every sentence
// round, and leaves as many.
func TestFindingsOfReversedTones(t *testing.T) {
	in, turned := five(), five()
	for i := range turned.Result.Cells {
		c := &turned.Result.Cells[i]
		c.Tone, c.Low, c.High = -c.Tone, -c.High, -c.Low
	}
	for i := range turned.Result.Contrasts {
		c := &turned.Result.Contrasts[i]
		c.Difference, c.Low, c.High = -c.Difference, -c.High, -c.Low
	}
	kinds := func(in Input) []Kind {
		var out []Kind
		for _, f := range Findings(in) {
			out = append(out, f.Kind)
		}
		return out
	}
	if diff := cmp.Diff(kinds(in), kinds(turned)); diff != "" {
		t.Error(diff)
	}
	count := func(in Input, word string) int {
		n := 0
		for _, f := range Findings(in) {
			if f.Kind == Stance {
				n += strings.Count(f.Text, " "+word)
			}
		}
		return n
	}
	if a, b := count(in, "unfavourably"), count(turned, "favourably"); a != b || a == 0 {
		t.Errorf("%d sentences are unfavourable, %d favourable once turned round", a, b)
	}
}

func TestFormat(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{Tone(compare.Cell{Sentences: 9, Tone: -0.314, Low: -0.45, High: -0.155, Carried: true}), "−0.31 [−0.45, −0.15]"},
		{Tone(compare.Cell{Sentences: 9, Tone: -0.04, Low: -0.15, High: 0.07}), "~ −0.04 [−0.15, +0.07] (includes zero)"},
		{Tone(compare.Cell{Sentences: 9, Tone: 0.2, Low: 0.003, High: 0.4, Carried: true}), "+0.20 [+0.003, +0.40]"},
		{Tone(compare.Cell{Sentences: 1, Tone: 0.2, Low: 0.1, High: 0.4, Clusters: 1, Unit: "paragraph"}), "~ +0.20 [+0.10, +0.40] (1 sentence in 1 paragraph are too few)"},
		{Tone(compare.Cell{Sentences: 2, Tone: 0.2, Low: 0.1, High: 0.4, Warnings: []string{"one paragraph."}}), "~ +0.20 [+0.10, +0.40] (one paragraph)"},
		{Tone(compare.Cell{Sentences: 2, Tone: 0.2, Low: math.NaN(), High: math.NaN()}), "~ +0.20 [not defined, not defined] (no interval can be had)"},
		{Tone(compare.Cell{Tone: 0.2, Carried: true}), "–"},
		{Difference(compare.Contrast{Difference: 0.4, Low: 0.2, High: 0.6, Carried: true}), "+0.40 [+0.20, +0.60]"},
		{Difference(compare.Contrast{Difference: 0.4, Low: -0.2, High: 0.6, Reason: "Too few sentences (3)."}), "~ +0.40 [−0.20, +0.60] (Too few sentences (3))"},
		{Difference(compare.Contrast{Difference: 0, Low: -0.2, High: 0.2, Q: 0.41}), "~ 0.00 [−0.20, +0.20] (Holm q 0.41)"},
		{signed(-0.00001), "0.00"}, {signed(-0.0001), "−0.0001"}, {signed(math.Copysign(0, -1)), "0.00"}, {signed(1), "+1.00"}, {signed(math.Inf(1)), "not defined"},
		{probability(0.0004), "<0.001"}, {probability(0.0499), "0.050"}, {probability(0.0999), "0.10"}, {probability(1), "1.00"}, {probability(math.NaN()), "not defined"},
		{percent(0), "95"}, {percent(0.995), "99.5"}, {percent(0.9), "90"},
		{strings.Join(exact(-1200, -3134, -4334), " "), "−0.1200 −0.3134 −0.4334"}, {strings.Join(exact(1500, 0), " "), "+0.15 0.00"}, {strings.Join(exact(1510), " "), "+0.151"},
		{join([]string{"A", "B", "C"}), "A, B and C"}, {join([]string{"A", "B and C", "D"}), "A, B and C, and D"}, {join([]string{"A", "B and C"}), "A and B and C"}, {join(nil), ""},
		{size(0.0951) + size(0.094) + size(-0.3049) + size(0.305), "clearly" + "slightly" + "clearly" + "strongly"},
		{plural(2, "stretch"), "2 stretches"}, {upper("été"), "Été"}, {upper(""), ""}, {upper("teleSUR is"), "teleSUR is"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// TestWeakFiguresAreMarked is rule 1: whatever its numbers, a cell or a
// contrast that is not carried prints "~" and a reason, and one that is does
// not.
func TestWeakFiguresAreMarked(t *testing.T) {
	values := []float64{math.NaN(), -1, -0.3, -0.001, 0, 0.001, 0.3, 1}
	for _, tone := range values {
		for _, low := range values {
			for _, high := range values {
				for _, carried := range []bool{false, true} {
					cell := Tone(compare.Cell{Sentences: 3, Tone: tone, Low: low, High: high, Carried: carried})
					difference := Difference(compare.Contrast{Difference: tone, Low: low, High: high, Q: tone, Carried: carried})
					for _, s := range []string{cell, difference} {
						if weak := strings.HasPrefix(s, "~ ") && strings.HasSuffix(s, ")"); weak == carried {
							t.Errorf("carried %t prints %q", carried, s)
						}
						if !strings.Contains(s, "[") {
							t.Errorf("%q has no interval", s)
						}
					}
				}
			}
		}
	}
}

func TestTakesArticle(t *testing.T) {
	for name, want := range map[string]bool{"United States": true, "North Korea": false, "European Union": true, "US": true, "NATO": false, "China": false,
		"Kim Jong-un": false, "Bank of England": true, "People's Republic of China": true, "Democratic Party": true, "Union": false, "": false, "The Hague": true, "Philippines": true} {
		if got := takesArticle(name); got != want {
			t.Errorf("takesArticle(%q) = %t", name, got)
		}
	}
}
