package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
	"parallax/analysis/opinion"
	"parallax/analysis/target"
	"parallax/lexicon"
	"parallax/report"
)

// compareConfig is what `parallax compare` is asked to do.
type compareConfig struct {
	paths   []string
	targets string            // file; "" for the usual one
	named   []string          // actors by name
	fields  map[string]string // names of fields in records
	dry     bool              // only say what is there
	out     string
	by      string   // one of units
	voice   string   // one of voices
	kinds   string   // of mentions: one of mentionKinds
	scorer  string   // one of scorers; "" for the learned one
	format  string   // one of formats
	ledger  []string // forms of the ledger besides observations.jsonl: some of ledgers
	split   string   // a date, or ""
	wire    string   // one of wires
	zero    string   // scores.json of a reference, or ""
	seed    uint64
	quiet   bool
	alone   bool // no second opinion

	set      *target.Set // where not nil, the targets, which then stand in no file
	undrawn  bool        // no charts
	unlisted bool        // no sources.yaml is read
	retold   bool        // under other choices of method too
	most     int         // of what is compared; 0 for any number

	// recast, where not nil, makes of the corpus what is compared, before anything
	// is scored.
	recast func(c *corpus.Corpus) error
}

const (
	bySource   = "source"
	byOutlets  = "outlet"
	byDocument = "document"

	asText     = "text"
	asJSON     = "json"
	asCSV      = "csv"
	asMarkdown = "markdown"
)

func units() []string   { return []string{bySource, byOutlets, byDocument} }
func formats() []string { return []string{asText, asJSON, asCSV, asMarkdown} }
func voices() []string {
	return []string{compare.VoiceAll, analysis.VoiceAuthor, analysis.VoiceQuoted}
}

func ledgers() []string { return []string{string(report.CSV), string(report.Parquet)} }

func wires() []string {
	return []string{string(corpus.WireOwn), string(corpus.WireAll), string(corpus.WireCollapse)}
}

func mentionKinds() []string {
	return []string{string(analysis.NameMentions), string(analysis.NominalMentions), string(analysis.AllMentions)}
}

// chooseMentions defines the flag --mentions.
func chooseMentions(cmd *cobra.Command, p *string) {
	choice(cmd, p, "mentions", string(analysis.AllMentions), "the mentions that count, each with those before: only names, descriptions too, or pronouns too", mentionKinds())
}

func newCompare(e *env) *cobra.Command {
	var c compareConfig
	cmd := &cobra.Command{
		Use:   "compare [flags] PATH...",
		Short: "Compare how the sources of some articles frame the targets",
		Long: "Compare reads articles, scores how every sentence frames every target that it\n" +
			"mentions, compares the sources, and writes a report with its data into a folder.\n\n" +
			"PATH is a file, a folder, a pattern, or - for standard input.",
		Example: "  parallax compare seeds\n  parallax compare --by outlet --targets actors.yaml articles.jsonl",
		RunE: func(cmd *cobra.Command, args []string) error {
			c.paths = args
			if err := c.validate(); err != nil {
				return usage(cmd, err)
			}
			if c.dry {
				return e.survey(cmd.Context(), corpusConfig{paths: c.paths, targets: c.targets, fields: c.fields, by: c.by, format: asText})
			}
			return e.compare(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	comparisonFlags(cmd, &c)
	f.StringVar(&c.out, "out", "out", "the `FOLDER` for the report")
	f.StringVar(&c.zero, "reference", "", "also set tones against those of this `FILE`, the scores.json of an earlier run")
	f.BoolVar(&c.retold, "robustness", false, "compare under other choices of method too, as parallax robustness does, and add what holds to the report")
	f.BoolVar(&c.undrawn, "no-charts", false, "draw no charts")
	f.BoolVar(&c.dry, "dry-run", false, "read the articles and say what is there, as parallax corpus does, without scoring anything")
	f.BoolVar(&c.quiet, "quiet", false, "print nothing but errors and what --format asks for")
	f.StringSliceVar(&c.ledger, "ledger", nil, "also write the ledger, observations.jsonl, in these `FORMS`: "+strings.Join(ledgers(), ", "))
	choice(cmd, &c.format, "format", asText, "what is printed on standard output", formats())
	return cmd
}

// comparisonFlags defines the flags that say what is compared and how.
func comparisonFlags(cmd *cobra.Command, c *compareConfig) {
	f := cmd.Flags()
	chooseTargets(cmd, &c.targets, &c.named)
	chooseFields(cmd, &c.fields)
	f.StringVar(&c.split, "split-date", "", "set what sources wrote before this `DATE` against what they wrote since (2018, 2018-06 or 2018-06-12)")
	f.Uint64Var(&c.seed, "seed", 1, "start of the random numbers behind intervals and tests")
	f.BoolVar(&c.alone, "no-second-opinion", false, "leave the film-review classifier out")
	choice(cmd, &c.by, "by", bySource, "what is compared", units())
	choice(cmd, &c.voice, "voice", analysis.VoiceAuthor, "the voice that headline, findings, table and charts are about", voices())
	chooseMentions(cmd, &c.kinds)
	chooseScorer(cmd, &c.scorer)
	choice(cmd, &c.wire, "wire", string(corpus.WireAll), "what counts of paragraphs that stand in several places: those that no other source has, everything, or each once for each source", wires())
}

// validate refuses what cannot be done, in one sentence.
func (c *compareConfig) validate() error {
	if len(c.paths) == 0 {
		return errors.New("no articles: name a file, a folder, a pattern, or - for standard input")
	}
	for _, err := range []error{c.validateComparison(), oneOf("format", c.format, formats())} {
		if err != nil {
			return err
		}
	}
	if c.retold && (c.by == byDocument || c.kinds != string(analysis.AllMentions)) {
		return errors.New("--robustness compares sources or outlets, with the mentions varied: it does not go with --by document nor with --mentions")
	}
	for _, form := range c.ledger {
		if err := oneOf("ledger", form, ledgers()); err != nil {
			return err
		}
	}
	if c.out == "" {
		return errors.New("--out is empty: name a folder for the report")
	}
	if info, err := os.Stat(c.out); err == nil && !info.IsDir() {
		return fmt.Errorf("--out %s is a file: name a folder for the report", c.out)
	}
	for _, p := range c.paths {
		if p != "-" && reads(p, c.out) {
			return fmt.Errorf("--out %s lies in %s, which is read: a second run would read its own report; name a folder elsewhere", c.out, p)
		}
	}
	return nil
}

// validateComparison checks what comparisonFlags defines.
func (c *compareConfig) validateComparison() error {
	c.targets, c.named = withNames(c.targets, c.named), nil
	if err := validateFields(c.fields); err != nil {
		return err
	}
	for _, err := range []error{
		oneOf("by", c.by, units()),
		oneOf("voice", c.voice, voices()),
		oneOf("mentions", c.kinds, mentionKinds()), oneOf("scorer", cmp.Or(c.scorer, scorerLearned), scorers()),
		oneOf("wire", c.wire, wires()),
	} {
		if err != nil {
			return err
		}
	}
	if _, err := compare.New(c.options()); err != nil {
		return fmt.Errorf("--split-date %q: give a year, a month or a day, such as 2018-06-12", c.split)
	}
	if c.split != "" && c.by == byDocument {
		return errors.New("--split-date sets documents of one source against each other: it does not go with --by document")
	}
	return nil
}

// compare is the main job.
func (e *env) compare(ctx context.Context, c compareConfig) (err error) {
	if err := report.Prepare(c.out); err != nil {
		return err
	}
	var bar *progress
	if e.interactive && !c.quiet {
		bar = newProgress(e.stderr, len(c.paths))
		defer bar.end()
	}
	in, err := e.comparison(ctx, c, bar)
	if c.quiet {
		e.notes = nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Ledger.Close()) }()
	if err := report.WriteAll(c.out, in); err != nil {
		return err
	}
	bar.end()
	return e.printComparison(in, c)
}

// comparison reads and compares articles and draws the charts. The ledger in
// what it returns is the caller's to close.
func (e *env) comparison(ctx context.Context, c compareConfig, bar *progress) (in report.Input, err error) {
	if !c.alone {
		// Loading takes about as long as reading the articles. Whoever needs the
		// classifier waits for it, and has its error.
		go opinion.Load()
	}
	reference, err := loadReference(c.zero, c.kinds)
	if err != nil {
		return in, err
	}
	g, err := newGathering(c)
	if err != nil {
		return in, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, g.ledger.Close())
		}
	}()
	ready, each := g.ready(c.recast), g.take
	var x retelling
	if c.retold {
		ready, each = x.beside(g, c.recast)
	}
	r, err := e.read(ctx, request{paths: c.paths, targets: c.targets, fields: c.fields, set: c.set, mentions: c.kinds, scorer: c.scorer, outlets: c.by == byOutlets, unlisted: c.unlisted, ready: ready, each: each}, bar)
	if err != nil {
		return in, err
	}
	bar.stage("comparing")
	if g.counted == 0 {
		return in, because(errAllCopied, "every sentence that mentions a target stands in a paragraph that another source has too: use --wire %s or %s", corpus.WireCollapse, corpus.WireAll)
	}
	result, err := g.sums.Result(c.options())
	if err != nil {
		return in, err
	}
	in = r.input(c, result)
	in.Reference = reference
	if c.retold {
		curves, err := x.multiverse.Curves(ctx, usualSources, compare.Options{Seed: c.seed}, func() {})
		if err != nil {
			return in, err
		}
		in.Robustness = &report.Robustness{Input: in, Curves: curves, About: x.about}
	}
	slices.Sort(c.ledger)
	for _, form := range slices.Compact(c.ledger) {
		in.Columns = append(in.Columns, report.Columns(form))
	}
	in.Ledger, in.Keywords = g.ledger, g.words.Keywords(0)
	attention, err := g.attention.Result(c.options())
	if err != nil {
		return in, err
	}
	in.Attention = &attention
	if in.Wire, err = g.wire.report(c, result); err != nil {
		return in, err
	}
	if g.maps != nil {
		in.Map = g.maps.Result(c.options())
		if in.Topics, err = g.topics.Result(c.options()); err != nil {
			return in, err
		}
		if in.Timeline, err = g.times.Result(c.options()); err != nil {
			return in, err
		}
		if in.Frames, err = g.frames.Shares(lexicon.Frames(), c.options()); err != nil {
			return in, err
		}
	}
	if !c.alone {
		in.Second = secondOpinion(g.second.Agreement())
	}
	bar.step()
	bar.stage("drawing")
	if !c.undrawn {
		if in.Charts, in.Undrawn, err = figures(ctx, in, g.courses, c); err != nil {
			return in, err
		}
	}
	return in, ctx.Err()
}

// options are those of the comparison.
func (c compareConfig) options() compare.Options {
	return compare.Options{Seed: c.seed, ByDocument: c.by == byDocument, Split: c.split}
}

// gathering is what is kept of the documents: sums, and little besides. The
// observations themselves go into the ledger's file.
type gathering struct {
	most      int
	alone     bool
	documents bool // are what is compared
	words     compare.Words
	attention compare.Attention
	topics    compare.Topics // empty where documents are compared
	sums      *compare.Accumulator
	counted   int // observations
	wire      wireSums
	maps      *compare.Maps      // nil where documents are compared
	times     *compare.Timelines // likewise
	frames    *compare.Frames    // likewise
	ledger    *report.Ledger
	second    opinion.Tally
	courses   []courseOf // by document
}

func newGathering(c compareConfig) (*gathering, error) {
	sums, err := compare.New(c.options())
	if err != nil {
		return nil, err
	}
	ledger, err := report.NewLedger()
	if err != nil {
		return nil, err
	}
	g := &gathering{most: c.most, alone: c.alone, documents: c.by == byDocument, sums: sums, ledger: ledger, wire: wireSums{by: c.by, options: c.options(), mode: corpus.Wire(c.wire)}}
	if c.by != byDocument {
		g.maps, g.times, g.frames = compare.NewMaps(c.voice), compare.NewTimelines(c.voice), compare.NewFrames(c.voice)
	}
	return g, nil
}

// ready looks at the documents before they are analyzed, as they are recast.
func (g *gathering) ready(recast func(*corpus.Corpus) error) func(*corpus.Corpus) error {
	return func(c *corpus.Corpus) error {
		if recast != nil {
			if err := recast(c); err != nil {
				return err
			}
		}
		n, what := len(c.Sources), bySource
		if g.documents {
			n, what = len(c.Documents), byDocument
		}
		if g.most > 0 && n > g.most {
			return &tooManyError{n, g.most, what}
		}
		return g.wire.find(c)
	}
}

// take does what can be done for a document by itself, and returns the rest.
func (g *gathering) take(d *corpus.Document, a *analysis.Analysis) func() error {
	every := a.Observations
	a = g.wire.counted(a)
	course, near, notice, unit := newCourse(a), compare.Near(a), compare.Notice(a), d.Source
	if g.documents {
		unit = d.ID
	}
	var tally opinion.Tally
	var failed error
	if !g.alone {
		var other *opinion.Classifier
		if other, failed = opinion.Load(); failed == nil {
			tally.Add(other, a.Observations)
		}
	}
	return func() error {
		if failed != nil {
			return failed
		}
		g.courses = append(g.courses, course)
		g.second.Merge(tally)
		for target, words := range near {
			g.words.Add(unit, d.ID, target, words)
		}
		g.attention.Add(unit, d.ID, notice)
		g.counted += len(a.Observations)
		if err := g.wire.add(every, d.Date); err != nil {
			return err
		}
		for _, o := range a.Observations {
			if err := g.sums.AddDated(o, d.Date); err != nil {
				return err
			}
			if g.maps == nil {
				continue
			}
			if err := errors.Join(g.maps.Add(o), g.times.Add(o, d.Date), g.frames.Add(o), g.topics.Add(o)); err != nil {
				return err
			}
		}
		return g.ledger.Add(a.Observations)
	}
}

// manifest is the part of a manifest that is the same in every output.
func manifest() report.Manifest {
	lex, weights := lexicon.Default(), lexicon.DefaultWindow()
	return report.Manifest{
		Program: "parallax", Version: releaseVersion(),
		Lexicon: lex.Version(), LexiconDigest: lex.Digest(),
		Weights: weights.Version(), WeightsDigest: weights.Digest(),
	}
}

// input is the reading and the result as the report wants them.
func (r *reading) input(c compareConfig, result compare.Result) report.Input {
	in := report.Input{
		Manifest:  manifest(),
		Documents: r.corpus.Documents,
		Result:    result,
		Skipped:   r.corpus.Skipped,
	}
	in.Manifest.TargetsDigest, in.Manifest.Seed = r.targets.Digest(), c.seed
	in.Manifest.Options = map[string]string{
		"by": c.by, "targets": filepath.ToSlash(r.targetsFile), "voice": c.voice, "mentions": c.kinds, "scorer": cmp.Or(c.scorer, scorerLearned),
		"second-opinion": strconv.FormatBool(!c.alone), "split-date": c.split, "wire": c.wire,
	}
	if len(c.fields) > 0 {
		in.Manifest.Options["map"] = writeFields(c.fields)
	}
	if c.zero != "" {
		in.Manifest.Options["reference"] = filepath.ToSlash(c.zero)
	}
	for _, t := range r.targets.Targets() {
		in.Targets = append(in.Targets, report.TargetInfo{ID: t.ID, Name: t.Name})
	}
	dates := make(map[string][]string)
	for i, d := range r.corpus.Documents {
		dates[d.Source] = append(dates[d.Source], d.Date)
		in.Manifest.Inputs = append(in.Manifest.Inputs, report.InputFile{
			Path: filepath.ToSlash(d.Path), SHA256: d.SHA256, Document: d.ID, Title: d.Title, Author: d.Author,
			Date: d.Date, Outlet: d.Outlet, Source: d.Source, Sentences: r.sentences[i],
		})
	}
	for _, s := range r.corpus.Sources {
		in.Sources = append(in.Sources, report.SourceInfo{
			ID: s.ID, Name: s.Name, Outlet: s.Outlet, Documents: len(s.Documents), Dates: span(dates[s.ID]),
		})
	}
	return in
}

// span writes a range of dates, those not known left out.
func span(dates []string) string {
	known := slices.DeleteFunc(slices.Clone(dates), func(d string) bool { return d == "" })
	if len(known) == 0 {
		return ""
	}
	first, last := slices.Min(known), slices.Max(known)
	if first == last {
		return first
	}
	return first + " to " + last
}

// secondOpinion is how far the other classifier agrees.
func secondOpinion(a opinion.Agreement) *report.SecondOpinion {
	return &report.SecondOpinion{
		Name: opinion.Name, N: a.Sentences, Spearman: a.Spearman, Kappa: a.Kappa,
		Note: fmt.Sprintf("The other is %s. Where a sentence mentions several targets, its tone is their mean. "+
			"Kappa is over the %s that neither leaves without a sign; the other calls every sentence positive or negative.",
			opinion.Label, counted(a.Leaning, "sentence")),
	}
}

// printComparison prints what was asked for on standard output.
func (e *env) printComparison(in report.Input, c compareConfig) error {
	where := filepath.Join(c.out, "report.html")
	var err error
	switch c.format {
	case asJSON:
		err = report.WriteScores(e.stdout, in)
	case asCSV:
		err = report.WriteCSV(e.stdout, in)
	case asMarkdown:
		err = report.Markdown(e.stdout, report.Build(in))
	default:
		if c.quiet {
			return nil
		}
		e.printTable(e.stdout, in, c.voice)
		charts := ""
		if len(in.Charts) > 0 {
			charts = "charts, "
		}
		fmt.Fprintf(e.stdout, "Report: %s (and report.md, %sscores.json, scores.csv, observations.jsonl)\n", where, charts)
	}
	if err == nil && !c.quiet {
		if c.format != asText {
			fmt.Fprintf(e.stderr, "parallax: report in %s\n", where)
		}
		if lack := report.SplitLack(in); lack != "" {
			fmt.Fprintf(e.stderr, "parallax: --split-date: %s\n", lack)
		}
		if n := len(in.Skipped); n > 0 {
			fmt.Fprintf(e.stderr, "parallax: %s skipped; the report says which and why\n", counted(n, "input"))
		}
	}
	return err
}

// Limits of what is printed: a table is read as a whole on a screen or in the
// report; of the findings the first say most.
const (
	maxRows     = 45 // in all,
	minRows     = 3  // but so many for each target
	maxFindings = 6
)

// printTable prints the tones in one voice, by target, and the first findings.
func (e *env) printTable(w io.Writer, in report.Input, voice string) {
	fmt.Fprintf(w, "%s\n\n", e.style.bold(wrap(report.Headline(in)+".", "")))
	fmt.Fprintf(w, "%s\n", wrap("Mean tone "+inVoice(voice)+", −1 unfavourable to +1 favourable, with 95\u00a0% interval and number of sentences; "+
		"~\u00a0is not carried by the data.", ""))

	keys, cells := unitsCompared(in), cellsByKey(in)
	width := 0
	for _, k := range keys {
		width = max(width, uniseg.StringWidth(k.label))
	}
	shown := min(len(keys), max(minRows, maxRows/max(1, len(in.Targets))))
	for _, t := range in.Targets {
		fmt.Fprintf(w, "\n%s\n", e.style.bold(cmp.Or(t.Name, t.ID)))
		for _, k := range keys[:shown] {
			cell := cells[k.key(t.ID, voice)]
			n := ""
			if cell.Sentences > 0 {
				n = strconv.Itoa(cell.Sentences)
			}
			tone := report.Tone(cell)
			if cell.Carried {
				tone = e.style.sign(cell.Tone, tone)
			}
			fmt.Fprintf(w, "  %s %4s  %s\n", pad(k.label, width), n, tone)
		}
		if more := len(keys) - shown; more > 0 {
			fmt.Fprintf(w, "  … and %d more in scores.csv\n", more)
		}
	}

	var findings []report.Finding
	for _, f := range report.Findings(in) {
		if slices.Contains([]report.Kind{report.Stance, report.Borderline, report.Differing, report.Voices, report.Dates}, f.Kind) {
			findings = append(findings, f)
		}
	}
	fmt.Fprintln(w)
	for _, f := range findings[:min(len(findings), maxFindings)] {
		fmt.Fprintf(w, "• %s\n", wrap(f.Text, "  "))
	}
	if n := len(findings) - maxFindings; n > 0 {
		fmt.Fprintf(w, "• … and %s in the report.\n", counted(n, "more finding"))
	}
	if len(findings) > 0 {
		fmt.Fprintln(w)
	}
}

// inVoice says whose words a tone is of.
func inVoice(voice string) string {
	switch voice {
	case analysis.VoiceAuthor:
		return "in the sources’ own voice"
	case analysis.VoiceQuoted:
		return "in what the sources quote"
	}
	return "in all voices"
}

// unit is one of what is compared.
type unit struct{ label, source, document string }

// unitsCompared lists what is compared, in the order to show it.
func unitsCompared(in report.Input) []unit {
	var out []unit
	if in.Manifest.Options["by"] == byDocument {
		for _, d := range in.Documents {
			out = append(out, unit{d.ID, d.Source, d.ID})
		}
		return out
	}
	for _, s := range in.Sources {
		out = append(out, unit{cmp.Or(s.Name, s.ID), s.ID, ""})
	}
	return out
}

// cellKey names a cell.
type cellKey struct{ source, document, target, voice string }

// cellsByKey finds cells by their names. A cell that is not there is the zero
// cell, without sentences.
func cellsByKey(in report.Input) map[cellKey]compare.Cell {
	cells := make(map[cellKey]compare.Cell, len(in.Result.Cells))
	for _, c := range in.Result.Cells {
		cells[cellKey{c.Source, c.Document, c.Target, c.Voice}] = c
	}
	return cells
}

// key is the name of the unit's cell for a target and voice.
func (u unit) key(target, voice string) cellKey {
	return cellKey{u.source, u.document, target, voice}
}
