package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
	"parallax/analysis/framing"
	"parallax/report"
	"parallax/report/chart"
)

// robustnessConfig is what `parallax robustness` is asked to do.
type robustnessConfig struct {
	paths   []string
	targets string            // file; "" for the usual one
	named   []string          // actors by name
	fields  map[string]string // names of fields in records
	out     string
	by      string // bySource or byOutlets
	format  string // one of formats
	sources int    // that are compared; 0 for mostCompared
	seed    uint64
	quiet   bool
	undrawn bool // no charts
}

// usualSources is how many sources are compared where nothing is said: all pairs
// of them are as many as a person goes through, 66 for each target, under 72
// specifications or more.
const usualSources = 12

func newRobustness(e *env) *cobra.Command {
	var c robustnessConfig
	cmd := &cobra.Command{
		Use:   "robustness [flags] PATH...",
		Short: "Compare the sources under every reasonable choice",
		Long: "Robustness compares the sources of some articles as compare does, and again under\n" +
			"every combination of choices that could be defended: scorer, mentions,\n" +
			"voice, and what counts of copied paragraphs. It says under how many of\n" +
			"these specifications each difference keeps its sign and is carried, and which\n" +
			"choice matters most.\n\n" +
			"PATH is a file, a folder, a pattern, or - for standard input.",
		Example: "  parallax robustness seeds\n  parallax robustness --sources 4 --format csv articles.jsonl",
		RunE: func(cmd *cobra.Command, args []string) error {
			c.paths = args
			if err := c.validate(); err != nil {
				return usage(cmd, err)
			}
			return e.robustness(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	chooseTargets(cmd, &c.targets, &c.named)
	chooseFields(cmd, &c.fields)
	f.StringVar(&c.out, "out", filepath.Join("out", "robustness"), "the `FOLDER` for the report")
	f.IntVar(&c.sources, "sources", usualSources, "how many sources are set against each other, those with most sentences; 0 for as many as there are, up to 60")
	f.Uint64Var(&c.seed, "seed", 1, "start of the random numbers behind intervals and tests")
	f.BoolVar(&c.undrawn, "no-charts", false, "draw no charts")
	f.BoolVar(&c.quiet, "quiet", false, "print nothing but errors and what --format asks for")
	choice(cmd, &c.by, "by", bySource, "what is compared", []string{bySource, byOutlets})
	choice(cmd, &c.format, "format", asText, "what is printed on standard output", formats())
	return cmd
}

func (c *robustnessConfig) validate() error {
	c.targets, c.named = withNames(c.targets, c.named), nil
	if err := validateFields(c.fields); err != nil {
		return err
	}
	if err := oneOf("by", c.by, []string{bySource, byOutlets}); err != nil {
		return err
	}
	if c.sources < 0 || c.sources == 1 || c.sources > mostCompared {
		return fmt.Errorf("--sources %d: give 2 to %d, or 0 for as many as that", c.sources, mostCompared)
	}
	c.sources = cmp.Or(c.sources, mostCompared)
	usual := c.usual()
	return usual.validate()
}

// usual is the comparison that the usual specification is.
func (c *robustnessConfig) usual() compareConfig {
	return compareConfig{
		paths: c.paths, targets: c.targets, out: c.out, by: c.by, format: c.format, seed: c.seed,
		voice: analysis.VoiceAuthor, kinds: string(analysis.AllMentions), wire: string(corpus.WireAll),
	}
}

// The choices, by their place in a specification.
const (
	choiceScorer = iota
	choiceMentions
	choiceVoice
	choiceWire // where there are copies
)

// robustChoices are what specifications choose between, and what each is about.
func robustChoices(copies bool) (choices []compare.Choice, about []string) {
	for _, c := range []struct {
		name, about string
		options     []string
	}{
		{"scorer", "the learned lexicon; or the sum of the hand-made tables’ valences, whoever they are said of", []string{scorerLearned, scorerDictionary}},
		{"mentions", "pronouns and descriptions count, descriptions without pronouns, or only names", []string{string(analysis.AllMentions), string(analysis.NominalMentions), string(analysis.NameMentions)}},
		{"voice", "the sources’ own words, or those that they quote too", []string{analysis.VoiceAuthor, compare.VoiceAll}},
		{"wire", "what counts of paragraphs that stand in several places: everything, each once for each source, or those that no other source has", []string{string(corpus.WireAll), string(corpus.WireCollapse), string(corpus.WireOwn)}},
	} {
		if c.name == "wire" && !copies {
			continue
		}
		choices, about = append(choices, compare.Choice{Name: c.name, Options: c.options}), append(about, c.about)
	}
	return choices, about
}

// retelling scores documents under every specification. A document is parsed
// once.
type retelling struct {
	multiverse *compare.Multiverse
	choices    []compare.Choice
	about      []string
	scorers    []framing.Scorer  // by choice of scorer
	excluded   []corpus.Excluded // by choice of wire
}

// find looks for copies, and makes the specifications.
func (x *retelling) find(c *corpus.Corpus) error { return x.specify(corpus.Copies(c.Documents)) }

// specify makes the specifications, those of copies where there are any.
func (x *retelling) specify(clusters []corpus.Cluster) (err error) {
	x.choices, x.about = robustChoices(len(clusters) > 0)
	if x.multiverse, err = compare.NewMultiverse(x.choices); err != nil {
		return err
	}
	x.excluded = []corpus.Excluded{nil}
	if len(clusters) > 0 {
		x.excluded = nil
		for _, mode := range x.choices[choiceWire].Options {
			x.excluded = append(x.excluded, corpus.Wire(mode).Exclude(clusters, nil))
		}
	}
	x.scorers = nil
	for _, name := range x.choices[choiceScorer].Options {
		x.scorers = append(x.scorers, scorerOf(name))
	}
	return nil
}

// take scores a document, and returns what adds it.
func (x *retelling) take(_ *corpus.Document, a *analysis.Analysis) func() error {
	type scoring struct{ scorer, mentions int }
	found := map[scoring][]analysis.Observation{}
	of := func(s compare.Specification) scoring {
		return scoring{s[choiceScorer], s[choiceMentions]}
	}
	for _, s := range x.multiverse.Specifications() {
		k := of(s)
		if found[k] != nil {
			continue
		}
		kinds := analysis.Mentions(x.choices[choiceMentions].Options[k.mentions])
		found[k] = []analysis.Observation{}
		for _, o := range a.Rescore(x.scorers[k.scorer], analysis.Options{Mentions: kinds}) {
			// No more than is counted: a document waits for those before it.
			found[k] = append(found[k], analysis.Observation{Document: o.Document, Source: o.Source, Paragraph: o.Paragraph, Target: o.Target, Voice: o.Voice, Tone: o.Tone})
		}
	}
	return func() error {
		for i, s := range x.multiverse.Specifications() {
			var excluded corpus.Excluded
			if len(s) > choiceWire {
				excluded = x.excluded[s[choiceWire]]
			}
			for _, o := range found[of(s)] {
				if s[choiceVoice] == 0 && o.Voice != analysis.VoiceAuthor || excluded.Has(o.Document, o.Paragraph) {
					continue
				}
				if err := x.multiverse.Add(i, o); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// beside makes, of a gathering, what takes documents under every specification
// too.
func (x *retelling) beside(g *gathering, recast func(*corpus.Corpus) error) (ready func(*corpus.Corpus) error, each func(*corpus.Document, *analysis.Analysis) func() error) {
	ready = func(c *corpus.Corpus) error {
		if err := g.ready(recast)(c); err != nil {
			return err
		}
		return x.specify(g.wire.clusters)
	}
	each = func(d *corpus.Document, a *analysis.Analysis) func() error {
		usual, others := g.take(d, a), x.take(d, a)
		return func() error {
			if err := usual(); err != nil {
				return err
			}
			return others()
		}
	}
	return ready, each
}

func (e *env) robustness(ctx context.Context, c robustnessConfig) error {
	if err := report.Prepare(c.out); err != nil {
		return err
	}
	var bar *progress
	if e.interactive && !c.quiet {
		bar = newProgress(e.stderr, len(c.paths))
		defer bar.end()
	}
	var x retelling
	read, err := e.read(ctx, request{paths: c.paths, targets: c.targets, fields: c.fields, outlets: c.by == byOutlets, ready: x.find, each: x.take}, bar)
	if err != nil {
		return err
	}
	bar.stage("comparing")
	bar.total(len(read.corpus.Documents) + len(x.multiverse.Specifications()) + 1)
	curves, err := x.multiverse.Curves(ctx, c.sources, compare.Options{Seed: c.seed}, bar.step)
	if err != nil {
		return err
	}
	r := report.Robustness{Input: read.input(c.usual(), compare.Result{}), Curves: curves, About: x.about}
	r.Manifest.Options = map[string]string{
		"by": c.by, "targets": filepath.ToSlash(read.targetsFile), "sources": strconv.Itoa(c.sources),
	}
	bar.stage("drawing")
	if !c.undrawn {
		if r.Drawn, err = drawCurves(ctx, r); err != nil {
			return err
		}
	}
	if err := report.WriteRobustness(c.out, r); err != nil {
		return err
	}
	bar.end()
	return e.printRobustness(r, c)
}

// maxDrawn is how many curves are drawn: what a reader looks through.
const maxDrawn = 12

// drawCurves draws the curves that say most.
func drawCurves(ctx context.Context, r report.Robustness) ([]report.Drawing, error) {
	var out []report.Drawing
	ranked := r.Ranked()
	for n, i := range ranked[:min(len(ranked), maxDrawn)] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := r.Contrasts[i]
		d := chart.CurveData{
			Text: chart.Text{
				Title:    r.CurveTitle(c),
				Subtitle: "Difference of mean tones under each specification, the lowest first; lines: 95 % intervals",
				Caption:  caption(r.Input),
			},
			Above: r.Side(c, true), Below: r.Side(c, false),
		}
		for k, p := range c.Points {
			d.Points = append(d.Points, chart.CurvePoint{Value: p.Value, Low: p.Low, High: p.High, Carried: p.Carried, Usual: k == c.Usual})
		}
		for i, x := range r.Choices {
			varied := variedOptions(r.Specifications, i)
			if len(varied) < 2 {
				continue
			}
			var names []string
			for _, option := range varied {
				names = append(names, x.Options[option])
			}
			d.Choices = append(d.Choices, chart.CurveChoice{Name: x.Name, Options: names})
			for k, p := range c.Points {
				d.Points[k].Options = append(d.Points[k].Options, slices.Index(varied, r.Specifications[p.Specification][i]))
			}
		}
		drawing := report.Drawing{Contrast: i, ChartImage: report.ChartImage{
			Path: fmt.Sprintf("charts/curve-%02d.png", n+1), Alt: "Specification curve: " + d.Title, Caption: d.Title + ".",
		}}
		for format, to := range map[chart.Format]*[]byte{chart.PNG: &drawing.PNG, chart.SVG: &drawing.SVG} {
			var b bytes.Buffer
			if err := chart.Curve(&b, d, chart.Options{Format: format}); err != nil {
				return nil, err
			}
			*to = b.Bytes()
		}
		out = append(out, drawing)
	}
	return out, nil
}

// variedOptions are the options of a choice that any specification has: others made
// no difference, and were left out.
func variedOptions(specifications []compare.Specification, choice int) []int {
	var out []int
	for _, s := range specifications {
		out = append(out, s[choice])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// printRobustness prints what was asked for on standard output.
func (e *env) printRobustness(r report.Robustness, c robustnessConfig) error {
	var err error
	switch c.format {
	case asJSON:
		err = report.WriteRobustnessJSON(e.stdout, r)
	case asCSV:
		err = report.WriteRobustnessCSV(e.stdout, r)
	case asMarkdown:
		err = report.Markdown(e.stdout, report.BuildRobustness(r))
	default:
		if !c.quiet {
			e.printCurves(e.stdout, r)
			charts := ""
			if len(r.Drawn) > 0 {
				charts = ", charts"
			}
			fmt.Fprintf(e.stdout, "\nReport: %s (and robustness.json%s)\n", filepath.Join(c.out, "robustness.md"), charts)
		}
	}
	if err == nil && !c.quiet {
		if c.format != asText {
			fmt.Fprintf(e.stderr, "parallax: report in %s\n", filepath.Join(c.out, "robustness.md"))
		}
		if n := len(r.Skipped); n > 0 {
			fmt.Fprintf(e.stderr, "parallax: %s skipped; robustness.json says which and why\n", counted(n, "input"))
		}
	}
	return err
}

// printCurves prints, by target, the tones and differences that some specification
// carries.
func (e *env) printCurves(w io.Writer, r report.Robustness) {
	fmt.Fprintf(w, "%s\n\n", e.style.bold(wrap(r.Headline(), "")))
	var choices []string
	for _, c := range r.Choices {
		choices = append(choices, c.Name+"\u00a0("+strings.Join(c.Options, ",\u00a0")+")")
	}
	fmt.Fprintf(w, "%s\n", wrap("Choices, the usual option first: "+strings.Join(choices, "; ")+". Numbers with 95\u00a0% interval are of the usual ones; ~\u00a0is not carried by the data.", ""))
	names := make(map[string]string)
	for _, s := range r.Sources {
		names[s.ID] = cmp.Or(s.Name, s.ID)
	}
	width := 0
	label := func(c compare.Curve) string {
		if c.B == "" {
			return names[c.A]
		}
		return names[c.A] + " − " + names[c.B]
	}
	carried := func(c compare.Curve) bool { return c.Carried+c.Opposite > 0 }
	all := slices.Concat(r.Cells, r.Contrasts)
	for _, c := range all {
		if carried(c) {
			width = max(width, uniseg.StringWidth(label(c)))
		}
	}
	for _, t := range r.Targets {
		fmt.Fprintf(w, "\n%s\n", e.style.bold(cmp.Or(t.Name, t.ID)))
		shown, more, never := 0, 0, 0
		for _, c := range all {
			switch {
			case c.Target != t.ID:
			case !carried(c):
				never++
			case shown == max(minRows, maxRows/len(r.Targets)):
				more++
			default:
				shown++
				e.printCurve(w, label(c), width, c, len(r.Specifications))
			}
		}
		if more > 0 {
			fmt.Fprintf(w, "  … and %d more in robustness.json\n", more)
		}
		if never > 0 {
			fmt.Fprintf(w, "  %s that no specification carries\n", counted(never, "number"))
		}
	}
	if r.SourcesLeft > 0 {
		fmt.Fprintf(w, "\n%s\n", wrap(fmt.Sprintf("Only the sources with most sentences are compared; %d more are left out (--sources).", r.SourcesLeft), ""))
	}
	if len(r.Contrasts) > 0 {
		fmt.Fprintf(w, "\n%s\n", wrap("Which choice matters most, by the mean change of a difference: "+r.MatterText()+".", ""))
	}
}

// printCurve prints one of them; all is the number of specifications.
func (e *env) printCurve(w io.Writer, label string, width int, c compare.Curve, all int) {
	usual := "not with the usual choices"
	if c.Usual >= 0 {
		p := c.Points[c.Usual]
		usual = strings.ReplaceAll(report.PointText(p), "\u00a0", " ")
		if p.Carried {
			usual = e.style.sign(p.Value, usual)
		}
	}
	holds := report.Holds(c)
	if n := all - len(c.Points); n > 0 {
		holds += fmt.Sprintf(" (%d %s no sentences to go by)", n, map[bool]string{true: "has", false: "have"}[n == 1])
	}
	if c.Joint != nil {
		holds += "; joint q\u00a0" + report.JointText(c.Joint)
	}
	fmt.Fprintf(w, "  %s  %s\n      %s\n", pad(label, width), usual, strings.ReplaceAll(wrap(holds, "      "), "\u00a0", " "))
}
