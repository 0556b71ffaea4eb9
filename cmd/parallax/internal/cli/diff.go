package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/regress"
	"parallax/report"
)

// diffConfig is what `parallax diff` is asked to do.
type diffConfig struct {
	tolerance float64
	intervals bool
	format    string // one of diffFormats
}

func diffFormats() []string { return []string{asText, asMarkdown, asJSON, asJUnit, asGitHub} }

func newDiff(e *env) *cobra.Command {
	var c diffConfig
	cmd := &cobra.Command{
		Use:   "diff [flags] OLD NEW",
		Short: "Say what moved between two runs, and by which sentences and entries",
		Long: "Diff holds two runs of compare against each other, whatever versions, lexicons or\n" +
			"options they were made with. It prints which cells moved, which sentences and which\n" +
			"entries of the lexicon moved them, and which differences between sources are carried\n" +
			"in one run only. It exits with status 3 where a cell moved.\n\n" +
			"A run is the folder of a report, or a baseline of check.",
		Example: "  parallax diff out-before out",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			err := errors.Join(oneOf("format", c.format, diffFormats()), validTolerance(c.tolerance))
			if err == nil && len(args) != 2 {
				err = errors.New("name two runs: folders of reports, or baselines")
			}
			if err != nil {
				return usage(cmd, err)
			}
			return e.diff(args[0], args[1], c)
		},
	}
	f := cmd.Flags()
	f.Float64Var(&c.tolerance, "tolerance", defaultTolerance, "how far a cell's mean tone may move, in units of tone")
	f.BoolVar(&c.intervals, "intervals", false, "let a cell's mean tone also move within the interval that the old run gave it")
	choice(cmd, &c.format, "format", asText, "how what moved is printed", diffFormats())
	return cmd
}

func validTolerance(t float64) error {
	if !(t >= 0 && t <= 2) { // also refuses NaN
		return fmt.Errorf("--tolerance %v: tones lie between -1 and 1; give a number from 0 to 2", t)
	}
	return nil
}

// tolerance is that of a cell, of which 0 means none.
func tolerance(t float64) float64 {
	if t == 0 {
		return -1 // 0 would mean the default
	}
	return t
}

func (e *env) diff(before, now string, c diffConfig) error {
	old, _, err := readRun(before)
	if err != nil {
		return err
	}
	fresh, files, err := readRun(now)
	if err != nil {
		return err
	}
	d := regress.Diff(old, fresh, regress.Tolerance{Cell: tolerance(c.tolerance), Intervals: c.intervals})
	switch c.format {
	case asMarkdown:
		err = d.Summary(e.stdout)
	case asJSON:
		err = d.JSON(e.stdout)
	default:
		err = e.printDiff(c.format, d, fresh, func(document string, _ int) (string, int) { return files[document], 0 })
	}
	if err == nil && d.Moved() {
		err = fmt.Errorf("%w: %s of %s and %s", errMoved, counted(len(d.Cells), "cell"), before, now)
	}
	return err
}

// readRun reads a run from the folder of its report, or a baseline, with the files
// of its documents where it tells them.
func readRun(path string) (b regress.Baseline, files map[string]string, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return b, nil, usagef("%s: no such file or folder", path)
	case err != nil:
		return b, nil, err
	case !info.IsDir():
		b, err = readBaseline(path)
		return b, nil, err
	}
	data, err := os.ReadFile(filepath.Join(path, "scores.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil, usagef("%s holds no scores.json: name the folder of a report", path)
	}
	if err != nil {
		return b, nil, err
	}
	// What other versions have besides does not matter.
	var scores struct {
		Manifest  report.Manifest    `json:"manifest"`
		Cells     []compare.Cell     `json:"cells"`
		Contrasts []regress.Contrast `json:"contrasts"`
	}
	if err := json.Unmarshal(data, &scores); err != nil {
		return b, nil, fmt.Errorf("%s: scores.json: %w", path, err)
	}
	m := scores.Manifest
	b = regress.Baseline{Schema: regress.Schema, Cells: regress.FromScores(scores.Cells), Contrasts: scores.Contrasts}
	b.About = map[string]string{
		"version": m.Version, "lexicon": m.Lexicon, "lexicon_digest": m.LexiconDigest, "weights": m.Weights, "weights_digest": m.WeightsDigest,
		"targets_digest": m.TargetsDigest, "seed": strconv.FormatUint(m.Seed, 10), "documents": strconv.Itoa(len(m.Inputs)),
	}
	for name, value := range m.Options {
		b.About["--"+name] = value
	}
	files = map[string]string{}
	for _, in := range m.Inputs {
		files[in.Document] = in.Path
	}
	b.Observations, err = readLedger(filepath.Join(path, "observations.jsonl"))
	return b, files, err
}

// readLedger reads what is compared of a ledger.
func readLedger(file string) (out []regress.Observation, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() // read only: nothing to lose
	in := bufio.NewReader(f)
	for number := 1; ; number++ {
		line, end := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var o analysis.Observation
			if err := json.Unmarshal(line, &o); err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", file, number, err)
			}
			x := regress.Observation{Source: o.Source, Document: o.Document, Start: o.Start, End: o.End, Target: o.Target, Voice: o.Voice, Tone: o.Tone, Sentence: o.Sentence}
			for _, t := range o.Evidence {
				x.Terms = append(x.Terms, regress.Term{Term: t.Term, Contribution: t.Contribution})
			}
			out = append(out, x)
		}
		if errors.Is(end, io.EOF) {
			return out, nil
		}
		if end != nil {
			return nil, fmt.Errorf("%s: %w", file, end)
		}
	}
}
