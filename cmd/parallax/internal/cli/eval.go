package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/framing"
	"parallax/analysis/target"
	"parallax/cmd/parallax/internal/evaluate"
	"parallax/lexicon"
)

// evalConfig is what `parallax eval` is asked to do.
type evalConfig struct {
	files       []string // of labels or ratings
	targets     string   // file; "" for the built-in one
	kinds       string   // of mentions: one of mentionKinds
	scorer      string   // one of scorers
	corpus      string   // where the articles are; "" for the usual places
	predictions string   // file; "" for none
	charts      string   // folder; "" for none
	format      string   // asText or asJSON
}

func newEval(e *env) *cobra.Command {
	var c evalConfig
	cmd := &cobra.Command{
		Use:   "eval [flags] FILE...",
		Short: "Hold the scores against labelled sentences",
		Long: "Eval reads labelled sentences, scores them, and says how far the two agree: which\n" +
			"labelled pairs of sentence and target are found, voice, holder, and tone, beside\n" +
			"other classifiers on the same sentences, and where it errs most.\n\n" +
			"A FILE is JSON lines: sentences of articles, Parallax's own input form with a\n" +
			"\"polarity\" for each target, or NewsMTSC's form. Or it is a table of rated texts\n" +
			"without targets: id, rating and text, with tabs between.",
		Example: "  parallax eval labels.jsonl\n  parallax eval --corpus articles --predictions predicted.jsonl labels.jsonl",
		RunE: func(cmd *cobra.Command, args []string) error {
			c.files = args
			if err := c.validate(); err != nil {
				return usage(cmd, err)
			}
			return e.eval(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	f.StringVar(&c.targets, "targets", "", "the `FILE` that says who is scored (default: the built-in one)")
	chooseMentions(cmd, &c.kinds)
	chooseScorer(cmd, &c.scorer)
	f.StringVar(&c.corpus, "corpus", "", "the `PATH` of the labelled articles (default: beside FILE, or a folder seeds near it)")
	f.StringVar(&c.predictions, "predictions", "", "write what is predicted to `OUT`, one JSON object a line in the order of the labels")
	f.StringVar(&c.charts, "charts", "", "draw what is taken for what, and how often it is right by confidence, into `FOLDER`, as PNG and SVG")
	choice(cmd, &c.format, "format", asText, "what is printed on standard output", []string{asText, asJSON})
	return cmd
}

// validate refuses what cannot be done, in one sentence.
func (c *evalConfig) validate() error {
	if len(c.files) == 0 {
		return errors.New("no labels: name a file of labelled sentences")
	}
	out, _ := os.Stat(c.predictions) // nil where it is not there yet
	for _, f := range c.files {
		info, err := os.Stat(f)
		if err != nil || info.IsDir() {
			return fmt.Errorf("%s: no such file", f)
		}
		if out != nil && os.SameFile(info, out) {
			return fmt.Errorf("--predictions %s would replace the labels: name another file", c.predictions)
		}
	}
	if out != nil && out.IsDir() {
		return fmt.Errorf("--predictions %s is a folder: name a file", c.predictions)
	}
	if info, err := os.Stat(c.charts); err == nil && !info.IsDir() {
		return fmt.Errorf("--charts %s is a file: name a folder for the charts", c.charts)
	}
	if c.corpus != "" {
		if _, err := os.Stat(c.corpus); err != nil {
			return fmt.Errorf("--corpus %s: no such file or folder", c.corpus)
		}
	}
	if err := errors.Join(oneOf("mentions", c.kinds, mentionKinds()), oneOf("scorer", c.scorer, scorers())); err != nil {
		return err
	}
	return oneOf("format", c.format, []string{asText, asJSON})
}

// knownTargets refuses labels by sentence of which none is for a target of the
// set: they would all count as not found. Labels with places of their own bring
// their targets with them.
func knownTargets(set *target.Set, file string, labels []evaluate.Label) error {
	var ids []string
	for _, t := range set.Targets() {
		ids = append(ids, t.ID)
	}
	for _, l := range labels {
		if l.Placed || slices.Contains(ids, l.Target) {
			return nil
		}
	}
	return fmt.Errorf("%s: no label is for %s: name the targets file of these labels with --targets FILE", file, strings.Join(ids, ", "))
}

// eval scores each file and prints how it went.
func (e *env) eval(ctx context.Context, c evalConfig) error {
	set, err := loadTargets(cmp.Or(c.targets, builtIn))
	if err != nil {
		return err
	}
	v := evaluator{
		e: e, c: c, set: set, lex: lexicon.Default(),
		a: analysis.New(set, nil, scorerOf(c.scorer)).With(analysis.Options{Mentions: analysis.Mentions(c.kinds)}),
	}
	v.valence = framing.NewLearned(v.lex, lexicon.DefaultWindow())
	if e.interactive {
		v.bar = newProgress(e.stderr, 1)
		defer v.bar.end()
	}
	var results []evaluation
	var predictions []byte
	for _, file := range c.files {
		r, lines, err := v.file(ctx, file)
		if err != nil {
			return err
		}
		results, predictions = append(results, r), append(predictions, lines...)
	}
	if c.predictions != "" {
		if err := evaluate.WriteFile(c.predictions, predictions); err != nil {
			return err
		}
	}
	drawn := 0
	if c.charts != "" {
		if drawn, err = writeCharts(c.charts, results); err != nil {
			return err
		}
	}
	v.bar.end()
	if c.format == asJSON {
		data, err := pretty(results)
		if err != nil {
			return err
		}
		_, err = e.stdout.Write(data)
		return err
	}
	for i, r := range results {
		if i > 0 {
			fmt.Fprintf(e.stdout, "\n%s\n\n", e.style.faint(strings.Repeat("─", columns)))
		}
		r.print(e)
	}
	if c.predictions != "" {
		fmt.Fprintf(e.stdout, "\nPredictions: %s\n", c.predictions)
	}
	if c.charts != "" {
		fmt.Fprintf(e.stdout, "\nCharts: %s in %s\n", counted(drawn, "file"), c.charts)
	}
	return nil
}

// evaluation is the result for one file: *labelEvaluation or *ratingEvaluation.
type evaluation interface{ print(e *env) }

// evaluator evaluates files.
type evaluator struct {
	e       *env
	c       evalConfig
	set     *target.Set
	lex     *lexicon.Lexicon
	a       *analysis.Analyzer
	valence evaluate.Valencer
	bar     *progress
	steps   int // that the bar has been told of
}

// worstShown is how many of the worst errors are listed.
const worstShown = 10

// file evaluates one file and returns its predictions too, as lines of JSON.
func (v *evaluator) file(ctx context.Context, file string) (evaluation, []byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	if evaluate.IsTable(data) {
		return v.ratings(ctx, file, data)
	}
	return v.labels(ctx, file, data)
}

// expect tells the bar of more steps. One is always left, so that the bar does
// not take itself for done while there is another file.
func (v *evaluator) expect(steps int) {
	v.steps += steps
	v.bar.total(v.steps + 1)
}

// step moves the bar by n steps, from any goroutine.
func (v *evaluator) step(n int) {
	for range n {
		v.bar.step()
	}
}

// labelEvaluation is how a file of labels was predicted.
type labelEvaluation struct {
	File       string              `json:"file"`
	Articles   []string            `json:"articles"`   // files in which labelled sentences were looked up
	Lost       []string            `json:"lost"`       // files named by labels and not found
	Mentions   string              `json:"mentions"`   // which were counted: names, nominals or all
	Given      bool                `json:"given"`      // all labels say where their mention is: nothing had to be found
	Unlabelled int                 `json:"unlabelled"` // predicted and not measured
	Misplaced  int                 `json:"misplaced"`  // labels whose place does not fit their text
	Metrics    evaluate.Metrics    `json:"metrics"`
	Baselines  []evaluate.Standing `json:"baselines"`
	Slices     []evaluate.Slice    `json:"slices"`
	Worst      []worstLabel        `json:"worst"` // by log loss, the worst first
	Extra      []evaluate.Extra    `json:"extra"` // found and not labelled
}

// worstLabel is a prediction with its loss.
type worstLabel struct {
	Loss float64 `json:"loss"`
	evaluate.Prediction
}

func (v *evaluator) labels(ctx context.Context, file string, data []byte) (evaluation, []byte, error) {
	labels, err := evaluate.Read(file, bytes.NewReader(data))
	if err != nil {
		return nil, nil, err
	}
	if err := knownTargets(v.set, file, labels); err != nil {
		return nil, nil, err
	}
	docs, err := articles(ctx, v.c.corpus, file, labels)
	if err != nil {
		return nil, nil, err
	}
	v.expect(len(labels) + 3)
	v.bar.stage("scoring")
	predictions, extras, err := evaluate.Run(ctx, v.a, labels, docs, v.step)
	if err != nil {
		return nil, nil, err
	}
	r := &labelEvaluation{
		File: filepath.ToSlash(file), Mentions: v.c.kinds, Articles: []string{}, Lost: append([]string{}, evaluate.Lost(labels, docs)...),
		Given:     !slices.ContainsFunc(labels, func(l evaluate.Label) bool { return !l.Placed }),
		Baselines: []evaluate.Standing{}, Slices: []evaluate.Slice{}, Worst: []worstLabel{}, Extra: append([]evaluate.Extra{}, extras...),
	}
	for _, p := range predictions {
		if p.Document != "" && !slices.Contains(r.Articles, p.Document) {
			r.Articles = append(r.Articles, p.Document)
		}
		if p.Unlabelled {
			r.Unlabelled++
		}
		if p.Placed && p.End == 0 {
			r.Misplaced++
		}
	}
	lines, err := evaluate.Lines(predictions)
	if err != nil {
		return nil, nil, err
	}

	v.bar.stage("comparing")
	r.Metrics = evaluate.Measure(predictions, len(extras))
	v.step(1)
	labelled := evaluate.Labelled(predictions)
	sentences := make([]string, len(labelled))
	for i, p := range labelled {
		sentences[i] = p.Sentence
	}
	others, err := evaluate.Others(ctx, sentences)
	if err != nil {
		return nil, nil, err
	}
	v.step(1)
	for _, b := range slices.Concat(others, evaluate.Constants(labelled)) {
		if len(labelled) > 0 {
			r.Baselines = append(r.Baselines, evaluate.Stand(labelled, b))
		}
	}
	v.step(1)
	r.Slices = append(r.Slices, evaluate.Slices(predictions, v.lex)...)
	for _, i := range evaluate.Worst(predictions, worstShown) {
		r.Worst = append(r.Worst, worstLabel{predictions[i].Loss(), predictions[i]})
	}
	return r, lines, ctx.Err()
}

// ratingEvaluation is how a file of rated texts was predicted.
type ratingEvaluation struct {
	File      string                 `json:"file"`
	Texts     int                    `json:"texts"`
	Unrated   int                    `json:"unrated"` // predicted and not measured
	Valence   evaluate.Correlation   `json:"valence"`
	Resampled evaluate.Resampling    `json:"resampled"`
	Baselines []ratingBaseline       `json:"baselines"`
	Slices    []evaluate.RatingSlice `json:"slices"`
	Worst     []worstRating          `json:"worst"` // by distance in standard deviations, the worst first
}

type ratingBaseline struct {
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
	evaluate.Correlation
}

// worstRating is a text with its valence; both numbers also in standard
// deviations from their means.
type worstRating struct {
	evaluate.Rating
	Valence  float64 `json:"valence"`
	Expected float64 `json:"rating_sd"`
	Got      float64 `json:"valence_sd"`
	// Evidence has what made the valence; its offsets are into the text.
	Evidence []analysis.Evidence `json:"evidence"`
}

func (v *evaluator) ratings(ctx context.Context, file string, data []byte) (evaluation, []byte, error) {
	ratings, err := evaluate.ReadRatings(file, bytes.NewReader(data))
	if err != nil {
		return nil, nil, err
	}
	v.expect(len(ratings) + 2)
	v.bar.stage("scoring")
	ours, err := evaluate.RunRatings(ctx, v.valence, ratings, v.step)
	if err != nil {
		return nil, nil, err
	}
	lines, err := evaluate.RatingLines(ratings, ours)
	if err != nil {
		return nil, nil, err
	}
	v.bar.stage("comparing")
	r := &ratingEvaluation{File: filepath.ToSlash(file), Texts: len(ratings), Slices: []evaluate.RatingSlice{}, Worst: []worstRating{}}
	r.Valence, r.Resampled = evaluate.Correlate(ratings, ours, nil)
	r.Unrated = r.Texts - r.Valence.Texts
	v.step(1)
	texts := make([]string, len(ratings))
	for i := range ratings {
		texts[i] = ratings[i].Text
	}
	others, err := evaluate.Others(ctx, texts)
	if err != nil {
		return nil, nil, err
	}
	for _, b := range others {
		c, _ := evaluate.Correlate(ratings, b.Valence, ours)
		r.Baselines = append(r.Baselines, ratingBaseline{b.Name, b.Note, c})
	}
	v.step(1)
	r.Slices = append(r.Slices, evaluate.RatingSlices(ratings, ours, v.lex)...)
	for _, m := range evaluate.WorstRatings(ratings, ours, worstShown) {
		r.Worst = append(r.Worst, worstRating{ratings[m.Index], ours[m.Index], m.Expected, m.Got, evaluate.Explain(v.valence, ratings[m.Index].Text)})
	}
	return r, lines, ctx.Err()
}

func pretty(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}

// articles returns the documents in which the labels' sentences may stand.
// Where none are named, it looks beside the labels and in folders named seeds
// near them, and reads no further once each file that the labels name is found.
// What cannot be read there is passed over: its labels are scored by themselves.
func articles(ctx context.Context, given, file string, labels []evaluate.Label) ([]corpus.Document, error) {
	if given != "" {
		c, err := corpus.Read(ctx, []string{given}, corpus.Options{})
		if err != nil {
			return nil, readError(err)
		}
		return c.Documents, nil
	}
	dir := filepath.Dir(file)
	beside, err := textFiles(dir)
	if err != nil {
		return nil, err
	}
	var places [][]string
	for _, f := range beside {
		places = append(places, []string{f})
	}
	for _, up := range []string{
		filepath.Join(dir, seedsFolder), filepath.Join(dir, "..", seedsFolder), filepath.Join(dir, "..", "..", seedsFolder), seedsFolder,
	} {
		places = append(places, []string{up})
	}
	var docs []corpus.Document
	for _, place := range places {
		if !asksForArticles(labels, docs) {
			break
		}
		c, err := corpus.Read(ctx, place, corpus.Options{})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil {
			docs = append(docs, c.Documents...)
		}
	}
	return docs, nil
}

// asksForArticles reports whether there are labels of sentences for which no
// article is found yet.
func asksForArticles(labels []evaluate.Label, docs []corpus.Document) bool {
	for _, l := range labels {
		if l.File == "" && !l.Placed {
			return true // it may be in any article
		}
	}
	return len(evaluate.Lost(labels, docs)) > 0
}

// textFiles lists the files of a folder that can be one article each.
func textFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range entries {
		switch strings.ToLower(filepath.Ext(f.Name())) {
		case ".txt", ".text", ".md", ".markdown":
			out = append(out, filepath.Join(dir, f.Name()))
		}
	}
	return out, nil
}
