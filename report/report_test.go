package report

import (
	"bytes"
	"flag"
	"html/template"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file in testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s has changed (-want +got); if that is right, run with -update:\n%s", name, diff)
	}
}

// line is one observation of the made-up corpus. Its evidence is given as
// words of the sentence with their contributions in units of 0.0001; a word
// that is not in the sentence is a mistake in the test.
type line struct {
	target, mention, kind, voice, holder, role string
	sentence                                   string
	words                                      []string
	weights                                    []int64
}

// article makes a document of the lines, two a paragraph, and its observations.
func article(t testing.TB, d corpus.Document, lines []line) (corpus.Document, []analysis.Observation) {
	t.Helper()
	var text strings.Builder
	text.WriteString("HOME | NEWS\n\n")
	d.Dropped = append(d.Dropped, corpus.Dropped{Start: 0, End: 11, Reason: "navigation"})
	var out []analysis.Observation
	for i, l := range lines {
		if i > 0 {
			text.WriteString([]string{"\n\n", "\n"}[i%2])
		}
		start := text.Len()
		text.WriteString(l.sentence)
		o := analysis.Observation{Document: d.ID, Source: d.Source, Sentence: strings.Join(strings.Fields(l.sentence), " "), Start: start, End: text.Len(),
			Paragraph: i / 2, Target: l.target, Mention: l.mention, MentionKind: l.kind, Mentions: 1, Voice: l.voice, Holder: l.holder, Role: l.role}
		sum := int64(0)
		for j, word := range l.words {
			at := strings.Index(l.sentence, word)
			if at < 0 {
				t.Fatalf("%q is not in %q", word, l.sentence)
			}
			o.Evidence = append(o.Evidence, analysis.Evidence{Start: start + at, End: start + at + len(word), Term: strings.ToLower(word),
				Rule: "lexicon", Contribution: float64(l.weights[j]) / 1e4})
			sum += l.weights[j]
		}
		o.Tone = float64(sum) / 1e4
		o.Positive, o.Negative = float64(max(sum, 0))/1e4, float64(max(-sum, 0))/1e4
		o.Neutral = float64(10000-max(sum, -sum)) / 1e4
		out = append(out, o)
	}
	d.Text = text.String() + "\n"
	return d, out
}

// small is a made-up comparison of two sources and two targets. Means are
// those of its observations; intervals and tests are invented, as nothing here
// computes them.
func small(t testing.TB) Input {
	t.Helper()
	harbour, a := article(t, corpus.Document{ID: "harbour-2019-05-02", Source: "harbour", Outlet: "Harbour Times", Title: "Ministers meet | Harbour Times",
		Author: "Ada Byrne", Date: "2019-05-02", Path: "in/harbour.txt", SHA256: strings.Repeat("a1", 32), Notes: []string{"The date was taken from the first line."}}, []line{
		{"FR", "Freedonia", "name", "author", "", "agent", "Freedonia brutally threatened its\n neighbours on Monday.", []string{"brutally", "threatened"}, []int64{-1200, -3134}},
		{"SY", "Sylvania", "name", "author", "", "patient", "Sylvania, patient as ever, offered talks.", []string{"patient", "offered talks"}, []int64{1500, 2100}},
		{"FR", "The regime", "nominal", "author", "", "other", "The regime *never* honoured its promises, <script>alert(1)</script> said a banner.", []string{"regime", "never* honoured"}, []int64{-1800, -2200}},
		{"FR", "Freedonia", "name", "quoted", "SY", "agent", "“Freedonia is a reckless bully,” said Sylvania’s foreign minister.", []string{"reckless", "bully"}, []int64{-2500, -2500}},
		{"SY", "Sylvania", "name", "author", "", "agent", "Sylvania signed the treaty.", nil, nil},
		{"SY", "Sylvania’s", "name", "quoted", "other", "other", "“Sylvania’s offer is generous,” an observer said.", []string{"generous"}, []int64{3200}},
	})
	plain, b := article(t, corpus.Document{ID: "plain-2019-05-03", Source: "plain", Outlet: "The Plain Dealer", Title: "Talks, at last", Date: "2019-05-03",
		Path: "in/plain.txt", SHA256: strings.Repeat("b2", 32)}, []line{
		{"FR", "Freedonia", "name", "author", "", "agent", "Freedonia welcomed the talks & agreed to a truce.", []string{"welcomed", "agreed", "truce"}, []int64{1400, 900, 600}},
		{"FR", "Freedonian", "demonym", "author", "", "other", "The Freedonian [draft] was sensible.", []string{"sensible"}, []int64{1900}},
		{"SY", "Sylvania", "name", "author", "", "agent", "Sylvania hesitated.", []string{"hesitated"}, []int64{-800}},
		{"SY", "Sylvania", "name", "author", "", "other", "Delegates flew to Sylvania on Friday.", nil, nil},
		{"FR", "Freedonia", "name", "quoted", "other", "patient", "Critics accuse Freedonia of stalling.", []string{"accuse", "stalling"}, []int64{-2000, -1000}},
		{"SY", "Sylvania", "name", "quoted", "FR", "patient", "“We thank Sylvania,” the Freedonian envoy said.", []string{"thank"}, []int64{2600}},
	})
	deed := func(o *analysis.Observation, role, other, term string, value float64, negated, modal bool) {
		r := analysis.ObservedRelation{Other: other, Role: role, Term: term, Value: value, Negated: negated, Modal: modal, Voice: o.Voice, Holder: o.Holder, Start: o.Start, End: o.Start + 4}
		o.Relations = append(o.Relations, r)
	}
	deed(&a[0], "agent", "SY", "threaten", -0.7, false, false)
	deed(&a[1], "patient", "FR", "threaten", -0.7, false, false)
	deed(&a[2], "agent", "SY", "aid", 0, true, false)
	deed(&a[4], "agent", "FR", "invade", -1, false, true)
	for i, term := range []string{"talk", "agree", "talk", "truce", "welcome", "accuse"} {
		deed(&b[0], "agent", "SY", term, []float64{0.2, 0.3, 0.2, 0.3, 0.2, -0.3}[i], false, false)
		deed(&b[4], "agent", "SY", term, []float64{0.2, 0.3, 0.2, 0.3, 0.2, 0.3}[i], false, false)
	}
	one := "one article: says how this article frames the target, not how the outlet does"
	few := "fewer than 10 sentences"
	cell := func(source, target, voice string, n int, tone, low, high float64, carried bool, warnings ...string) compare.Cell {
		icc, least := 0.13, 0.9
		return compare.Cell{Source: source, Target: target, Voice: voice, Documents: 1, Sentences: n, Mentions: n, Tone: tone, Low: low, High: high,
			ICC: &icc, DesignEffect: 1.4, Detectable: &least, Shrunken: compare.Effect{Value: tone / 2, Low: tone/2 - 0.15, High: tone/2 + 0.15},
			Negative: max(-tone, 0), Neutral: 1 - math.Abs(tone), Positive: max(tone, 0), Unit: "paragraph", Clusters: min(n, 3), Carried: carried, Warnings: append([]string{one}, warnings...)}
	}
	pair := func(target, voice string, d, low, high, p, q, cliff float64, carried bool, reason string) compare.Contrast {
		least := 0.7
		return compare.Contrast{Family: compare.BySource, Target: target, Voice: voice, A: "harbour", B: "plain", QBH: q,
			CliffLow: max(-1, cliff-0.3), CliffHigh: min(1, cliff+0.3), Hedges: &compare.Effect{Value: 2 * d, Low: 2 * low, High: 2 * high}, Detectable: &least,
			Difference: d, Low: low, High: high, P: p, Q: q, Cliff: cliff,
			Unit: "paragraph", Permutations: 20, Exact: true, Carried: carried, Reason: reason,
			Warnings: []string{"paragraphs were permuted, as a source has one article: says how these articles differ, not how the outlets do"}}
	}
	untested := pair("SY", "author", 0.22, -0.1, 0.44, 1, 1, 0.5, false, "too few sentences (plain has 2); at least 5 of each are needed to test")
	untested.Permutations, untested.Exact = 0, false
	untested.Hedges, untested.Detectable = nil, nil
	further := func(c compare.Contrast, family, source, target, voice, a, b string) compare.Contrast {
		c.Family, c.Source, c.Target, c.Voice, c.A, c.B = family, source, target, voice, a, b
		return c
	}
	held := pair("", "", -0.6, -0.9, -0.3, 0.001, 0.004, -0.9, true, "")
	in := Input{
		Manifest: Manifest{Program: "parallax", Version: "0.1.0", Lexicon: "1", LexiconDigest: "sha256:" + strings.Repeat("c3", 32),
			Weights: "1", WeightsDigest: strings.Repeat("d4", 32),
			TargetsDigest: "sha256:" + strings.Repeat("d4", 32), Seed: 1, Level: 0.95, Options: map[string]string{"voice": "all", "by": "source"},
			Inputs: []InputFile{
				{Path: harbour.Path, SHA256: harbour.SHA256, Document: harbour.ID, Title: harbour.Title, Author: harbour.Author, Date: harbour.Date, Outlet: harbour.Outlet, Source: harbour.Source, Sentences: 9},
				{Path: plain.Path, SHA256: plain.SHA256, Document: plain.ID, Title: plain.Title, Date: plain.Date, Outlet: plain.Outlet, Source: plain.Source, Sentences: 7},
			}},
		Targets: []TargetInfo{{"FR", "Freedonia"}, {"SY", "Sylvanian Republic"}},
		Sources: []SourceInfo{
			{ID: "harbour", Outlet: "Harbour Times", Documents: 1, Dates: "2019-05-02"},
			{ID: "plain", Outlet: "The Plain Dealer", Documents: 1, Dates: "2019-05-03"},
		},
		Documents: []corpus.Document{harbour, plain},
		Result: compare.Result{
			Cells: []compare.Cell{
				cell("harbour", "FR", "all", 3, -0.4445, -0.5, -0.4, true, few),
				cell("harbour", "FR", "author", 2, -0.4167, -0.4334, -0.4, true, few),
				cell("harbour", "FR", "quoted", 1, -0.5, -1, 1, false, few, "one paragraph: no interval can be had"),
				cell("harbour", "SY", "all", 3, 0.2267, 0.05, 0.36, true, few),
				cell("harbour", "SY", "author", 2, 0.18, -0.02, 0.36, false, few),
				cell("harbour", "SY", "quoted", 1, 0.32, -1, 1, false, few),
				cell("plain", "FR", "all", 3, 0.06, -0.3, 0.29, false, few),
				cell("plain", "FR", "author", 2, 0.24, 0.19, 0.29, true, few),
				cell("plain", "FR", "quoted", 1, -0.3, -1, 1, false, few),
				cell("plain", "SY", "all", 3, 0.06, -0.08, 0.26, false, few),
				cell("plain", "SY", "author", 2, -0.04, -0.08, 0.003, false, few),
				cell("plain", "SY", "quoted", 1, 0.26, -1, 1, false, few),
			},
			Contrasts: []compare.Contrast{
				pair("FR", "all", -0.5045, -0.8, 0.1, 0.2, 0.2, -0.78, false, "difference 0.50 is within what chance gives (q 0.20); about 4 more sentences of each would be needed to see a difference this size"),
				pair("FR", "author", -0.6567, -0.72, -0.59, 0.0004, 0.0004, -1, true, ""),
				untested,
			},
			Omnibus: []compare.Omnibus{
				{Target: "FR", Voice: "all", Sources: 2, P: 0.2, Q: 0.2, Unit: "paragraph", Tested: true, Reason: "chance gives differences like these (q 0.20)"},
				{Target: "FR", Voice: "author", Sources: 2, P: 0.0004, Q: 0.0008, Unit: "paragraph", Tested: true, Carried: true},
				{Target: "SY", Voice: "author", Sources: 1, P: 1, Q: 1, Unit: "paragraph", Reason: "fewer than two have 5 sentences in 3 paragraphs, which it takes to test"},
			},
			Further: []compare.Contrast{
				further(held, compare.ByRest, "", "FR", "author", "harbour", compare.Rest),
				further(untested, compare.ByVoice, "plain", "SY", "", "author", "quoted"),
				further(held, compare.ByTarget, "harbour", "", "author", "FR", "SY"),
				further(untested, compare.ByDate, "plain", "FR", "all", "before", "since"),
			},
		},
		Observations: append(a, b...),
		Second:       &SecondOpinion{Name: "cdipaolo/sentiment", N: 12, Spearman: 0.31, Kappa: 0.18, Note: "Its own scores are 0 or 1."},
		Skipped:      []corpus.Skipped{{Path: "in/empty.txt", Reason: "no text"}, {Path: "in/more.jsonl", Line: 7, Reason: "not JSON: unexpected `|`"}},
		Charts: []ChartImage{
			{Path: "charts/tone.png", Alt: "Tone by source and target", Caption: "Tone, with 95 % intervals.", PNG: picture(t, 120, 40),
				SVG: []byte(`<svg width="60pt" height="15pt" viewBox="0 0 60 15"><text x="1" y="9" style="font-size:9px">Freedonia &lt; Sylvania</text></svg>`)},
			{Path: "charts/voices.png", Alt: "Own voice against quoted voices", PNG: picture(t, 80, 60)},
		},
	}
	// The evidence of the cells is not invented.
	for i := range in.Result.Cells {
		c := &in.Result.Cells[i]
		for _, o := range in.Observations {
			if o.Source != c.Source || o.Target != c.Target || c.Voice != voiceAll && o.Voice != c.Voice {
				continue
			}
			switch {
			case o.Tone < 0:
				c.Against++
				c.Evidence = append(c.Evidence, o)
			case o.Tone > 0:
				c.Favour++
				c.Evidence = append(c.Evidence, o)
			}
		}
		slices.SortStableFunc(c.Evidence, func(a, b analysis.Observation) int { return int(1e4 * (math.Abs(b.Tone) - math.Abs(a.Tone))) })
	}
	return in
}

// picture is a PNG of one colour.
func picture(t testing.TB, width, height int) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.RGBA{0x21, 0x66, 0xac, 0xff}})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// escaped is a text as it stands in an attribute of a page.
func escaped(s string) string {
	return strings.ReplaceAll(template.HTMLEscapeString(s), "+", "&#43;")
}

func TestGoldenReport(t *testing.T) {
	in := small(t)
	doc := Build(in)
	var md, page, scores, table, ledger bytes.Buffer
	for _, err := range []error{Markdown(&md, doc), HTML(&page, doc), WriteScores(&scores, in), WriteCSV(&table, in), WriteObservations(&ledger, in.Observations)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "report.md", md.Bytes())
	golden(t, "report.html", []byte(strings.NewReplacer(style, "(report.css)", program, "(report.js)",
		escaped(digest(style)), "(its digest)", escaped(digest(program)), "(its digest)").Replace(page.String())))
	golden(t, "scores.json", scores.Bytes())
	golden(t, "scores.csv", table.Bytes())
	golden(t, "observations.jsonl", ledger.Bytes())
}
