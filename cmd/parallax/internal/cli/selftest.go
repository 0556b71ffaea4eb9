package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"parallax/analysis/compare"
)

// selftestConfig is what `parallax selftest` is asked to do.
type selftestConfig struct {
	runs   int
	seed   uint64
	format string // text or json
}

// Simulations of each kind. At 2000 a share of 0.05 has a standard error of
// 0.005, so that 0.04 and 0.06 are told from it; with fewer than 10 nothing is.
const (
	usualRuns = 2000
	leastRuns = 10
)

func newSelftest(e *env) *cobra.Command {
	var c selftestConfig
	cmd := &cobra.Command{
		Use:   "selftest [flags]",
		Short: "Hold intervals and tests against simulated sources",
		Long: "Selftest compares simulated sources whose true tones and shares of attention are\n" +
			"known, and says how often sources that do not differ are found to differ, how many\n" +
			"intervals hold the truth, and whether differences that are said to be detectable\n" +
			"are found. It fails where one of these is not as promised.",
		Example: "  parallax selftest\n  parallax selftest --runs 200",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.validate(); err != nil {
				return usage(cmd, err)
			}
			return e.selftest(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	f.IntVar(&c.runs, "runs", usualRuns, "simulations of each kind")
	f.Uint64Var(&c.seed, "seed", 1, "start of the simulations")
	choice(cmd, &c.format, "format", asText, "what is printed on standard output", []string{asText, asJSON})
	return cmd
}

func (c selftestConfig) validate() error {
	if c.runs < leastRuns {
		return fmt.Errorf("--runs %d: give at least %d; fewer say nothing", c.runs, leastRuns)
	}
	return oneOf("format", c.format, []string{asText, asJSON})
}

// errMiscalibrated says that selftest found a promise that is not kept.
var errMiscalibrated = errors.New("not as promised")

func (e *env) selftest(ctx context.Context, c selftestConfig) error {
	var bar *progress
	if e.interactive {
		bar = newProgress(e.stderr, 0)
		defer bar.end()
		bar.stage("simulating")
		bar.total(compare.Simulations(c.runs))
	}
	checks, err := compare.Calibrate(ctx, c.runs, c.seed, bar.step)
	if err != nil {
		return err
	}
	bar.end()
	failed := 0
	for _, check := range checks {
		if !check.Passed() {
			failed++
		}
	}
	if c.format == asJSON {
		out := json.NewEncoder(e.stdout)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		if err := out.Encode(checks); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(e.stdout, "%s of each kind. A check fails where what was measured lies outside what is\npromised by more than chance can do in so few, four standard errors.\n\n", counted(c.runs, "simulation"))
		fmt.Fprintf(e.stdout, "        measured  promised      chance\n")
		for _, check := range checks {
			verdict := "ok"
			if !check.Passed() {
				verdict = "FAILED"
			}
			fmt.Fprintf(e.stdout, "%-6s  %8.3f  %.2f to %.2f  ±%.3f  %s\n", verdict, check.Value, check.Low, check.High, check.Noise, check.Name)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%w: %s of %d", errMiscalibrated, counted(failed, "check"), len(checks))
	}
	return nil
}
