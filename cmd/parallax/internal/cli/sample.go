package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/cmd/parallax/internal/coding"
)

// sampleConfig is what `parallax sample` is asked to do.
type sampleConfig struct {
	paths   []string
	targets string            // file; "" for the usual one
	named   []string          // actors by name
	fields  map[string]string // names of fields in records
	by      string            // bySource or byOutlets
	kinds   string            // of mentions: one of mentionKinds
	out     string            // the sheet
	size    int
	seed    uint64
}

// usualSample is how many sentences are drawn where nothing is said: what a coder
// who takes two minutes over each can do in seven hours.
const usualSample = 200

func newSample(e *env) *cobra.Command {
	var c sampleConfig
	cmd := &cobra.Command{
		Use:   "sample [flags] PATH...",
		Short: "Draw sentences for people to code",
		Long: "Sample draws scored sentences, as many of each source, target and class as of any\n" +
			"other, and writes a sheet for people to code: CSV that opens in a spreadsheet, in\n" +
			"random order, without source and score. What the rows are is in the key beside it;\n" +
			"keep it from the coders. Give each coder a copy of the sheet, and then hold the\n" +
			"filled copies against the key with 'parallax agree'.\n\n" +
			"In the column tone, coders write how the sentence shows the target: -1 for\n" +
			"unfavourably, 0 for neither, 1 for favourably; in the column voice who says so:\n" +
			"author or quoted. Both can be left empty.",
		Example: "  parallax sample seeds\n  parallax sample --size 400 --seed 7 --out coding/sheet.csv articles.jsonl",
		RunE: func(cmd *cobra.Command, args []string) error {
			c.paths = args
			if err := c.validate(); err != nil {
				return usage(cmd, err)
			}
			return e.sample(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	chooseTargets(cmd, &c.targets, &c.named)
	chooseFields(cmd, &c.fields)
	choice(cmd, &c.by, "by", bySource, "what is compared", []string{bySource, byOutlets})
	chooseMentions(cmd, &c.kinds)
	f.IntVar(&c.size, "size", usualSample, "how many sentences are drawn")
	f.Uint64Var(&c.seed, "seed", 1, "decides which sentences are drawn, and their order")
	f.StringVar(&c.out, "out", "sheet.csv", "the `SHEET` to write; the key goes beside it, with the ending .key.json")
	return cmd
}

func (c *sampleConfig) validate() error {
	c.targets, c.named = withNames(c.targets, c.named), nil
	if err := validateFields(c.fields); err != nil {
		return err
	}
	if len(c.paths) == 0 {
		return errors.New("no articles: name a file, a folder, a pattern, or - for standard input")
	}
	for _, err := range []error{oneOf("by", c.by, []string{bySource, byOutlets}), oneOf("mentions", c.kinds, mentionKinds())} {
		if err != nil {
			return err
		}
	}
	if c.size < 1 {
		return fmt.Errorf("--size %d: draw at least one sentence", c.size)
	}
	if !strings.EqualFold(filepath.Ext(c.out), ".csv") {
		return fmt.Errorf("--out %s: name a file that ends in .csv, such as sheet.csv", c.out)
	}
	return nil
}

// keyOf names the key of a sheet.
func keyOf(sheet string) string {
	return strings.TrimSuffix(sheet, filepath.Ext(sheet)) + ".key.json"
}

func (e *env) sample(ctx context.Context, c sampleConfig) error {
	var bar *progress
	if e.interactive {
		bar = newProgress(e.stderr, len(c.paths))
		defer bar.end()
	}
	pool := coding.NewPool(c.size, c.seed)
	r, err := e.read(ctx, request{paths: c.paths, targets: c.targets, fields: c.fields, mentions: c.kinds, outlets: c.by == byOutlets,
		each: func(_ *corpus.Document, a *analysis.Analysis) func() error {
			return func() error {
				pool.Add(a.Observations)
				return nil
			}
		}}, bar)
	if err != nil {
		return err
	}
	key, err := pool.Draw()
	if err != nil {
		return usagef("--size %d: %v", c.size, err)
	}
	names := map[string]string{}
	for _, t := range r.targets.Targets() {
		names[t.ID] = t.Name
	}
	sheet, err := key.Sheet(names)
	if err != nil {
		return err
	}
	keyData, err := key.Encode()
	if err != nil {
		return err
	}
	keyFile := keyOf(c.out)
	for _, err := range []error{unlessCoded(c.out, sheet), unlessCoded(keyFile, keyData)} {
		if err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(c.out), 0o777); err != nil {
		return err
	}
	// The key first: a sheet without one is of no use.
	if err := os.WriteFile(keyFile, keyData, 0o666); err != nil {
		return fmt.Errorf("writing the key: %w", err)
	}
	if err := os.WriteFile(c.out, sheet, 0o666); err != nil {
		return fmt.Errorf("writing the sheet: %w", err)
	}
	bar.end()
	population := 0
	for _, s := range key.Strata {
		population += s.Population
	}
	fmt.Fprintf(e.stdout, "%s of %d, from %s of source, target and class.\n", counted(len(key.Items), "sentence"), population, counted(len(key.Strata), "combination"))
	fmt.Fprintf(e.stdout, "Sheet: %s (give each coder a copy)\nKey:   %s (keep it from the coders)\n", c.out, keyFile)
	return nil
}

// unlessCoded refuses to write over a file that has something else in it: what
// people have coded cannot be made again.
func unlessCoded(name string, data []byte) error {
	old, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) || err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err != nil {
		return err
	}
	return usagef("%s is there and has something else in it, which may be somebody's coding: name another sheet with --out", name)
}
