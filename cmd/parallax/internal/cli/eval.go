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
	"parallax/analysis/opinion"
	"parallax/analysis/target"
	"parallax/cmd/parallax/internal/evaluate"
)

// evalConfig is what `parallax eval` is asked to do.
type evalConfig struct {
	files   []string // of labels
	targets string   // file; "" for the built-in one
	kinds   string   // of mentions: one of mentionKinds
	corpus  string   // where the articles are; "" for the usual places
	out     string   // folder; "" for none
	format  string   // asText or asJSON
}

func newEval(e *env) *cobra.Command {
	var c evalConfig
	cmd := &cobra.Command{
		Use:   "eval [flags] FILE...",
		Short: "Hold the scores against labelled sentences",
		Long: "Eval reads labelled sentences, scores them, and says how far the two agree: which\n" +
			"labelled pairs of sentence and target are found, voice, holder, and tone.\n\n" +
			"A FILE is JSON lines: sentences of articles, Parallax's own input form with a\n" +
			"\"polarity\" for each target, or NewsMTSC's form.",
		Example: "  parallax eval labels.jsonl\n  parallax eval --corpus articles --out '' labels.jsonl",
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
	f.StringVar(&c.corpus, "corpus", "", "the `PATH` of the labelled articles (default: beside FILE, or a folder seeds near it)")
	f.StringVar(&c.out, "out", filepath.Join("out", "eval"), "the `FOLDER` for predictions and metrics; '' for none")
	choice(cmd, &c.format, "format", asText, "what is printed on standard output", []string{asText, asJSON})
	return cmd
}

// validate refuses what cannot be done, in one sentence.
func (c *evalConfig) validate() error {
	if len(c.files) == 0 {
		return errors.New("no labels: name a file of labelled sentences")
	}
	seen := make(map[string]string)
	for _, f := range c.files {
		if info, err := os.Stat(f); err != nil || info.IsDir() {
			return fmt.Errorf("%s: no such file", f)
		}
		if other, ok := seen[labelsName(f)]; ok && c.out != "" {
			return fmt.Errorf("%s and %s would write the same files: evaluate them one at a time, or with --out ''", other, f)
		}
		seen[labelsName(f)] = f
	}
	if c.corpus != "" {
		if _, err := os.Stat(c.corpus); err != nil {
			return fmt.Errorf("--corpus %s: no such file or folder", c.corpus)
		}
	}
	if info, err := os.Stat(c.out); c.out != "" && err == nil && !info.IsDir() {
		return fmt.Errorf("--out %s is a file: name a folder", c.out)
	}
	if err := oneOf("mentions", c.kinds, mentionKinds()); err != nil {
		return err
	}
	return oneOf("format", c.format, []string{asText, asJSON})
}

// labelsName is what the files written for a file of labels are called.
func labelsName(file string) string {
	return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
}

// evaluation is the result for one file, as it is written.
type evaluation struct {
	File     string           `json:"file"`
	Articles []string         `json:"articles"` // files in which labelled sentences were looked up
	Lost     []string         `json:"lost"`     // files named by labels and not found
	Mentions string           `json:"mentions"` // which were counted: names, nominals or all
	Given    bool             `json:"given"`    // all labels say where their mention is: nothing had to be found
	Metrics  evaluate.Metrics `json:"metrics"`
	// Inside is without the labels whose sentence is not in its cleaned article.
	Inside    evaluate.Metrics `json:"inside"`
	Baselines []baselineTone   `json:"baselines"`
}

// baselineTone is how another way to tell tones does on the same labels.
type baselineTone struct {
	Name string `json:"name"`
	evaluate.Tone
	Accuracy95 evaluate.Interval `json:"accuracy_interval"`
	MacroF195  evaluate.Interval `json:"macro_f1_interval"`
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
		if l.End > 0 || slices.Contains(ids, l.Target) {
			return nil
		}
	}
	return fmt.Errorf("%s: no label is for %s: name the targets file of these labels with --targets FILE", file, strings.Join(ids, ", "))
}

func (e *env) eval(ctx context.Context, c evalConfig) error {
	set, err := loadTargets(cmp.Or(c.targets, builtIn))
	if err != nil {
		return err
	}
	other, err := opinion.Load()
	if err != nil {
		return err
	}
	a := analysis.New(set, nil, nil).With(analysis.Options{Mentions: analysis.Mentions(c.kinds)})
	var results []evaluation
	var files []evaluate.File
	for _, file := range c.files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		labels, err := evaluate.Read(file, bytes.NewReader(data))
		if err != nil {
			return err
		}
		if err := knownTargets(set, file, labels); err != nil {
			return err
		}
		docs, err := articles(ctx, c.corpus, file, labels)
		if err != nil {
			return err
		}
		predictions, extras, err := evaluate.Run(ctx, a, labels, docs)
		if err != nil {
			return err
		}
		r := evaluation{File: filepath.ToSlash(file), Mentions: c.kinds, Articles: []string{}, Lost: append([]string{}, evaluate.Lost(labels, docs)...)}
		r.Given = !slices.ContainsFunc(labels, func(l evaluate.Label) bool { return l.End == 0 })
		used := make(map[string]bool)
		for _, p := range predictions {
			if p.Document != "" && !used[p.Document] {
				used[p.Document] = true
				r.Articles = append(r.Articles, p.Document)
			}
		}
		r.Metrics = evaluate.Measure(predictions, len(extras))
		r.Inside = evaluate.Measure(evaluate.Inside(predictions), len(extras))
		baseline := func(name string, class func(string) int) {
			m := evaluate.Measure(evaluate.Guess(predictions, class), 0)
			r.Baselines = append(r.Baselines, baselineTone{name, m.Tone, m.Intervals.Accuracy, m.Intervals.MacroF1})
		}
		baseline("always neutral", func(string) int { return 0 })
		baseline(opinion.Name, func(s string) int {
			switch x := other.Score(s); {
			case x > 0:
				return 1
			case x < 0:
				return -1
			}
			return 0
		})
		results = append(results, r)

		name := labelsName(file)
		metrics, err1 := pretty(r)
		lines, err2 := evaluate.Lines(predictions)
		extra, err3 := evaluate.Lines(extras)
		if err := errors.Join(err1, err2, err3); err != nil {
			return err
		}
		files = append(files,
			evaluate.File{Name: name + ".metrics.json", Data: metrics},
			evaluate.File{Name: name + ".predictions.jsonl", Data: lines},
			evaluate.File{Name: name + ".extra.jsonl", Data: extra})
	}
	if c.out != "" {
		if err := evaluate.WriteAll(c.out, files); err != nil {
			return err
		}
	}
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
			fmt.Fprintln(e.stdout)
		}
		e.printEvaluation(r)
	}
	if c.out != "" {
		fmt.Fprintf(e.stdout, "\nPredictions with their evidence, and metrics: %s\n", c.out)
	}
	return nil
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
		if l.File == "" && l.End == 0 {
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

// printEvaluation prints the metrics of one file.
func (e *env) printEvaluation(r evaluation) {
	w, m := e.stdout, r.Metrics
	fmt.Fprintf(w, "%s\n", e.style.bold(wrap(fmt.Sprintf("%s: %s", r.File, counted(m.Labels, "label")), "")))
	if len(r.Articles) > 0 {
		fmt.Fprintf(w, "%s\n", wrap("Scored within "+strings.Join(r.Articles, ", ")+".", ""))
	}
	if len(r.Lost) > 0 {
		fmt.Fprintf(w, "%s\n", wrap("Not found, so scored sentence by sentence: "+strings.Join(r.Lost, ", ")+". Name their place with --corpus.", ""))
	}
	if r.Mentions != string(analysis.AllMentions) {
		fmt.Fprintf(w, "Only these mentions count: %s.\n", r.Mentions)
	}
	fmt.Fprintf(w, "In brackets: 95 %% intervals, by sentences.\n\n")

	share := func(name string, v float64, i evaluate.Interval, count, of int, what string) {
		if of == 0 {
			fmt.Fprintf(w, "%-22s        none to tell from\n", name)
			return
		}
		fmt.Fprintf(w, "%-22s %.3f [%.3f, %.3f]  %d of %s\n", name, v, i[0], i[1], count, counted(of, what))
	}
	if r.Given {
		fmt.Fprintf(w, "%-22s        given with the labels: nothing had to be found\n", "pairs")
	} else {
		share("pairs found (recall)", m.Recall, m.Intervals.Recall, m.Found, m.Labels, "labelled pair")
		share("labelled (precision)", m.Precision, m.Intervals.Precision, m.Found, m.Found+m.Extra, "found pair")
	}
	share("voice", m.Voice, m.Intervals.Voice, m.VoiceRight, m.Voices, "found pair")
	share("holder of the quoted", m.Holder, m.Intervals.Holder, m.HolderRight, m.Quoted, "pair")
	fmt.Fprintf(w, "%-22s %.3f [%.3f, %.3f]\n", "tone, accuracy", m.Accuracy, m.Intervals.Accuracy[0], m.Intervals.Accuracy[1])
	fmt.Fprintf(w, "%-22s %.3f [%.3f, %.3f]\n", "tone, macro F1", m.MacroF1, m.Intervals.MacroF1[0], m.Intervals.MacroF1[1])
	fmt.Fprintf(w, "%-22s %.3f  expected calibration error, ten bins\n", "calibration", m.ECE)

	names := [3]string{"negative", "neutral", "positive"}
	fmt.Fprintf(w, "\n%-10s %9s %9s %9s   called %9s %9s %9s\n", "labelled", "precision", "recall", "F1", names[0], names[1], names[2])
	for i, c := range m.Classes {
		n := m.Confusion[i]
		fmt.Fprintf(w, "%-10s %9.3f %9.3f %9.3f          %9d %9d %9d\n", names[i], c.Precision, c.Recall, c.F1, n[0], n[1], n[2])
	}
	if m.Outside > 0 {
		in := r.Inside
		fmt.Fprintf(w, "\n%s\n", wrap(fmt.Sprintf("%s in a sentence that is not in the cleaned article, such as a caption, and scored by itself. "+
			"Without: recall %.3f, voice %.3f, holder %.3f, accuracy %.3f [%.3f, %.3f], macro F1 %.3f [%.3f, %.3f].",
			stands(m.Outside), in.Recall, in.Voice, in.Holder, in.Accuracy, in.Intervals.Accuracy[0], in.Intervals.Accuracy[1],
			in.MacroF1, in.Intervals.MacroF1[0], in.Intervals.MacroF1[1]), ""))
	}
	width := 0
	for _, b := range r.Baselines {
		width = max(width, len([]rune(b.Name)))
	}
	fmt.Fprintf(w, "\nOn the same labels:\n")
	fmt.Fprintf(w, "  %s  %-22s %-22s\n", pad("", width), "accuracy", "macro F1")
	row := func(name string, t evaluate.Tone, accuracy, f1 evaluate.Interval) {
		fmt.Fprintf(w, "  %s  %.3f [%.3f, %.3f]   %.3f [%.3f, %.3f]\n", pad(name, width), t.Accuracy, accuracy[0], accuracy[1], t.MacroF1, f1[0], f1[1])
	}
	row("parallax", m.Tone, m.Intervals.Accuracy, m.Intervals.MacroF1)
	for _, b := range r.Baselines {
		row(b.Name, b.Tone, b.Accuracy95, b.MacroF195)
	}
	fmt.Fprintf(w, "%s\n", wrap(opinion.Name+" is "+opinion.Label+".", ""))
}

// stands says how many labels stand somewhere.
func stands(n int) string {
	if n == 1 {
		return "1 label stands"
	}
	return fmt.Sprintf("%d labels stand", n)
}
