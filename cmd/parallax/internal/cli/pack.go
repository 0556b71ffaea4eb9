package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"parallax/report"
)

// packConfig is what `parallax pack` is asked to do.
type packConfig struct {
	folder  string // of the report
	targets string // file; "" for the one that the report names
	out     string // file
}

func newPack(e *env) *cobra.Command {
	var c packConfig
	cmd := &cobra.Command{
		Use:   "pack [flags] [FOLDER]",
		Short: "Pack a report for publication without the articles' text",
		Long: "Pack writes a zip of a report's scores with the targets file and, for every sentence\n" +
			"and target, offsets, hashes and contributions instead of words. Whoever has the\n" +
			"articles can hold it against them with verify. FOLDER is where compare wrote its\n" +
			"report; by default out.",
		Example: "  parallax pack\n  parallax pack --out study.zip out",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.folder = "out"
			if len(args) > 0 {
				c.folder = args[0]
			}
			if c.out == "" {
				return usage(cmd, errors.New("--out is empty: name a file for the pack"))
			}
			return e.pack(c)
		},
	}
	f := cmd.Flags()
	f.StringVar(&c.targets, "targets", "", "the targets `FILE` that the report was made with (default: the one that it names)")
	f.StringVar(&c.out, "out", "pack.zip", "the `FILE` to write")
	return cmd
}

func (e *env) pack(c packConfig) error {
	scores, err := os.ReadFile(filepath.Join(c.folder, "scores.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("%s holds no scores.json: name the folder that parallax compare wrote its report into", c.folder)
	}
	if err != nil {
		return err
	}
	ledger, err := os.Open(filepath.Join(c.folder, "observations.jsonl"))
	if err != nil {
		return err
	}
	defer ledger.Close()
	targets, err := c.targetsData(scores)
	if err != nil {
		return err
	}
	if err := writeWhole(c.out, func(w io.Writer) error { return report.WritePack(w, scores, ledger, targets) }); err != nil {
		return fmt.Errorf("%s: %w", c.out, err)
	}
	fmt.Fprintf(e.stdout, "Wrote %s: scores, hashes and offsets of %s, and none of its text. Who has the articles can check it: parallax verify %s ARTICLES\n",
		c.out, c.folder, c.out)
	return nil
}

// targetsData returns the targets file that a report was made with.
func (c packConfig) targetsData(scores []byte) ([]byte, error) {
	m, err := report.ReadManifest(scores)
	if err != nil {
		return nil, err
	}
	file := cmp.Or(c.targets, m.Options["targets"])
	data, err := targetsText(filepath.FromSlash(file))
	if _, gone := os.Stat(filepath.FromSlash(file)); err != nil && errors.Is(gone, fs.ErrNotExist) {
		return nil, usagef("the targets file %s is not there: name it with --targets", file)
	}
	return data, err
}
