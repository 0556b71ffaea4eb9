package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
	"parallax/analysis/regress"
	"parallax/lexicon"
)

// checkConfig is what `parallax check` is asked to do.
type checkConfig struct {
	partial   bool // single files, held against the baseline of their folder
	paths     []string
	targets   string            // file; "" for the usual one
	named     []string          // actors by name
	fields    map[string]string // names of fields in records
	kinds     string            // of mentions: one of mentionKinds
	baseline  string            // file; "" for baselineName beside the articles
	tolerance float64
	format    string // one of checkFormats
	update    bool
}

const (
	asGitHub = "github"
	asJUnit  = "junit"
)

func checkFormats() []string { return []string{asText, asGitHub, asJUnit} }

// seedsFolder is what check reads where no path is given.
const seedsFolder = "seeds"

// baselineName is the file beside articles that holds their scores.
const baselineName = "baseline.json"

// defaultTolerance is regress.Tolerance's own, stated in the flag's help: half
// of the last digit that reports print.
const defaultTolerance = 0.005

func newCheck(e *env) *cobra.Command {
	var c checkConfig
	cmd := &cobra.Command{
		Use:   "check [flags] [PATH...]",
		Short: "Compare a fresh run with a baseline, and fail where scores moved",
		Long: "Check scores the articles anew and compares with a baseline. It prints which cells\n" +
			"moved, by how much, and which sentences moved them, and exits with status 3 where\n" +
			"any did by more than the tolerance. Without PATH it reads the folder seeds.",
		Example: "  parallax check seeds\n  parallax check --update seeds",
		RunE: func(cmd *cobra.Command, args []string) error {
			c.paths = args
			if err := c.validate(); err != nil {
				return usage(cmd, err)
			}
			return e.check(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	chooseTargets(cmd, &c.targets, &c.named)
	chooseFields(cmd, &c.fields)
	chooseMentions(cmd, &c.kinds)
	f.StringVar(&c.baseline, "baseline", "", "the `FILE` to compare with (default: baseline.json beside the articles)")
	f.Float64Var(&c.tolerance, "tolerance", defaultTolerance, "how far a cell's mean tone may move, in units of tone")
	choice(cmd, &c.format, "format", asText, "how what moved is printed; github is annotations, and a job summary where GITHUB_STEP_SUMMARY names its file", checkFormats())
	f.BoolVar(&c.update, "update", false, "write the baseline anew instead of failing")
	return cmd
}

// validate refuses what cannot be done, in one sentence, and fills in what
// depends on the paths.
func (c *checkConfig) validate() error {
	c.targets, c.named = withNames(c.targets, c.named), nil
	if err := validateFields(c.fields); err != nil {
		return err
	}
	if len(c.paths) == 0 {
		c.paths = []string{seedsFolder}
	}
	for _, err := range []error{validTolerance(c.tolerance), oneOf("mentions", c.kinds, mentionKinds()), oneOf("format", c.format, checkFormats())} {
		if err != nil {
			return err
		}
	}
	// Said here, as without its folder there is no baseline beside it either.
	for _, p := range c.paths {
		if _, err := os.Stat(p); errors.Is(err, fs.ErrNotExist) && p != "-" && !strings.ContainsAny(p, "*?[") {
			return fmt.Errorf("%s: no such file or folder", p)
		}
	}
	if c.baseline == "" {
		for _, p := range c.paths {
			if info, err := os.Stat(p); err == nil && !info.IsDir() {
				c.partial = true
			}
		}
		if c.paths[0] == "-" {
			return errors.New("standard input has no baseline beside it: name one with --baseline")
		}
		c.baseline = filepath.Join(folder(c.paths[0]), baselineName)
	}
	return nil
}

func (e *env) check(ctx context.Context, c checkConfig) error {
	old, err := readBaseline(c.baseline)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !c.update {
		if missing {
			return fmt.Errorf("no baseline %s: run the same again with --update to write one", c.baseline)
		}
		return err
	}
	fresh, documents, err2 := e.baseline(ctx, c)
	if err2 != nil {
		return err2
	}
	if c.update && err != nil {
		// There is nothing to compare with: no baseline, or one that cannot be read.
		if err := writeBaseline(c.baseline, fresh); err != nil {
			return err
		}
		e.wrote(c, fresh)
		return nil
	}

	if missing := others(old, fresh); missing > 0 && c.partial {
		return fmt.Errorf("%s is of %s more than these paths name: check its whole folder, or give these a baseline of their own with --baseline FILE",
			c.baseline, counted(missing, "document"))
	}
	diff := regress.Diff(old, fresh, regress.Tolerance{Cell: tolerance(c.tolerance)})
	if err := e.printDiff(c.format, diff, fresh, placeIn(documents)); err != nil {
		return err
	}
	switch {
	case c.update:
		if err := writeBaseline(c.baseline, fresh); err != nil {
			return err
		}
		e.wrote(c, fresh)
	case diff.Moved():
		return fmt.Errorf("%w beyond the tolerance of %v in %s: if that is meant, run the same again with --update and commit %s",
			errMoved, c.tolerance, counted(len(diff.Cells), "cell"), c.baseline)
	}
	return nil
}

// wrote says what was written: to people, not into a form that programs read.
func (e *env) wrote(c checkConfig, fresh regress.Baseline) {
	w := e.stderr
	if c.format == asText {
		w = e.stdout
	}
	fmt.Fprintf(w, "Wrote %s: %s, %s.\n", c.baseline, counted(len(fresh.Cells), "cell"), counted(len(fresh.Observations), "observation"))
}

// printDiff prints what moved. A summary of a job is appended to the file that
// GitHub names, as others are there; without one it follows the annotations.
func (e *env) printDiff(format string, diff regress.Report, fresh regress.Baseline, place regress.Place) error {
	switch format {
	case asJUnit:
		return diff.JUnit(e.stdout, fresh.Cells)
	case asGitHub:
		if err := diff.Annotate(e.stdout, place); err != nil {
			return err
		}
		file := os.Getenv("GITHUB_STEP_SUMMARY")
		if file == "" {
			return diff.Summary(e.stdout)
		}
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o666)
		if err != nil {
			return fmt.Errorf("writing the job summary: %w", err)
		}
		return errors.Join(diff.Summary(f), f.Close())
	}
	return diff.Print(e.stdout)
}

// placeIn finds bytes of documents' texts in their files: in a file of records
// the record's line.
func placeIn(documents []corpus.Document) regress.Place {
	at := make(map[string]*corpus.Document, len(documents))
	for i := range documents {
		at[documents[i].ID] = &documents[i]
	}
	return func(id string, offset int) (string, int) {
		d := at[id]
		switch {
		case d == nil || d.Path == "-":
			return "", 0
		case d.Line > 0:
			return filepath.ToSlash(d.Path), d.Line
		}
		return filepath.ToSlash(d.Path), 1 + strings.Count(d.Text[:min(offset, len(d.Text))], "\n")
	}
}

// others returns how many documents the old baseline has that the new one has
// not, where the new one was made of single files: a folder that lost an
// article is a change, a part of a folder is not.
func others(old, fresh regress.Baseline) int {
	here := map[string]bool{}
	for _, o := range fresh.Observations {
		here[o.Document] = true
	}
	gone := map[string]bool{}
	for _, o := range old.Observations {
		if !here[o.Document] {
			gone[o.Document] = true
		}
	}
	return len(gone)
}

// baseline scores the articles anew, and returns them too.
func (e *env) baseline(ctx context.Context, c checkConfig) (regress.Baseline, []corpus.Document, error) {
	var observations []analysis.Observation
	r, err := e.read(ctx, request{paths: c.paths, targets: c.targets, fields: c.fields, mentions: c.kinds,
		each: func(_ *corpus.Document, a *analysis.Analysis) func() error {
			return func() error {
				observations = append(observations, a.Observations...)
				return nil
			}
		}}, nil)
	if err != nil {
		return regress.Baseline{}, nil, err
	}
	// A baseline holds means and no intervals, so the least will do.
	result, err := compare.Compare(observations, compare.Options{Resamples: 200, Permutations: 99})
	if err != nil {
		return regress.Baseline{}, nil, err
	}
	lex := lexicon.Default()
	about := map[string]string{
		"version": releaseVersion(), "lexicon": lex.Version(),
		"lexicon_digest": lex.Digest(), "targets_digest": r.targets.Digest(),
	}
	if c.kinds != string(analysis.AllMentions) {
		about["mentions"] = c.kinds
	}
	return regress.New(result.Cells, observations, about), r.corpus.Documents, nil
}

func readBaseline(file string) (regress.Baseline, error) {
	f, err := os.Open(file)
	if err != nil {
		return regress.Baseline{}, err
	}
	defer f.Close()
	b, err := regress.Read(f)
	if err != nil {
		return b, fmt.Errorf("%s: %w", file, err)
	}
	return b, nil
}

// writeBaseline writes the file whole or not at all.
func writeBaseline(file string, b regress.Baseline) error {
	if err := writeWhole(file, b.Write); err != nil {
		return fmt.Errorf("writing the baseline: %w", err)
	}
	return nil
}
