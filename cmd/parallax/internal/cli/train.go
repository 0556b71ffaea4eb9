package cli

import (
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"parallax/analysis/language"
	"parallax/analysis/language/syntax"
)

// newTrain returns the commands that make anew what the program embeds. They
// are for developers, and hidden from the help.
func newTrain(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:    "train",
		Short:  "Make anew what the program embeds",
		Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage(cmd, fmt.Errorf("unknown model %q", args[0]))
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(newTrainSyntax(e))
	return cmd
}

// trainSyntaxConfig is what `parallax train syntax` is asked to do.
type trainSyntaxConfig struct {
	ud      string // folder
	out     string // file
	epochs  int    // 0 for those of the embedded model
	seed    uint64
	measure string // file; for no training
}

// The parts of the treebank that are read, by the names that UD releases give
// them. The test part is neither for training nor for choosing.
const (
	trainPart = "en_ewt_train.conllu"
	devPart   = "en_ewt_dev.conllu"
)

func newTrainSyntax(e *env) *cobra.Command {
	var c trainSyntaxConfig
	cmd := &cobra.Command{
		Use:   "syntax (--ud FOLDER --out FILE | --measure FILE)",
		Short: "Train the tagger and parser on a treebank",
		Long: "Syntax trains the tagger and parser on " + trainPart + ", writes the model and\n" +
			"prints how it does on " + devPart + ". Either file can end in .gz. The same\n" +
			"treebank, epochs and seed give the same bytes.\n\n" +
			"With --measure it trains nothing, and prints how the embedded model does on a\n" +
			"file of the treebank.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f := cmd.Flags()
			if err := c.validate(f.Changed("epochs"), f.Changed("seed")); err != nil {
				return usage(cmd, err)
			}
			if c.measure != "" {
				return e.measureSyntax(c.measure)
			}
			return e.trainSyntax(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	f.StringVar(&c.ud, "ud", "", "the `FOLDER` with the treebank, UD English EWT")
	f.StringVar(&c.out, "out", "", "the `FILE` that the model goes to")
	f.IntVar(&c.epochs, "epochs", 0, "passes over the treebank (default: those of the embedded model)")
	f.Uint64Var(&c.seed, "seed", 0, "start of the random numbers that order the sentences")
	f.StringVar(&c.measure, "measure", "", "the CoNLL-U `FILE` to measure the embedded model on")
	return cmd
}

func (c *trainSyntaxConfig) validate(epochsGiven, seedGiven bool) error {
	switch {
	case c.measure != "" && (c.ud != "" || c.out != "" || epochsGiven || seedGiven):
		return errors.New("--measure trains nothing: give it alone")
	case c.measure != "":
		return nil
	case c.ud == "":
		return errors.New("--ud is missing: name the folder with " + trainPart)
	case c.out == "":
		return errors.New("--out is missing: name the file that the model goes to")
	case epochsGiven && c.epochs < 1:
		return fmt.Errorf("--epochs %d: give 1 or more", c.epochs)
	}
	return nil
}

// trainSyntax trains, writes and scores a model.
func (e *env) trainSyntax(ctx context.Context, c trainSyntaxConfig) error {
	train, err := readTreebank(c.ud, trainPart)
	if err != nil {
		return err
	}
	dev, err := readTreebank(c.ud, devPart)
	if err != nil {
		return err
	}
	// Training does not look at the context: when that is cancelled, it is left
	// behind for the program's end.
	stages, trained := make(chan string), make(chan *syntax.Model, 1)
	go func() {
		trained <- syntax.Train(train, syntax.TrainOptions{Epochs: c.epochs, Seed: c.seed, Log: func(stage string) {
			select {
			case stages <- stage:
			case <-ctx.Done():
			}
		}})
	}()
	var m *syntax.Model
	for m == nil {
		select {
		case stage := <-stages:
			fmt.Fprintln(e.stderr, stage)
		case m = <-trained:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if err := writeWhole(c.out, m.Write); err != nil {
		return fmt.Errorf("writing the model: %w", err)
	}
	fmt.Fprintf(e.stdout, "Wrote %s\n\n", c.out)
	printScores(e.stdout, syntax.Evaluate(m, dev))
	return nil
}

// measureSyntax scores the embedded model on a file.
func (e *env) measureSyntax(file string) error {
	trees, err := readTrees(file)
	if err != nil {
		return err
	}
	printScores(e.stdout, syntax.Evaluate(syntax.Default(), trees))
	return nil
}

// readTreebank reads a part of a treebank, compressed or not.
func readTreebank(dir, part string) ([]syntax.Tree, error) {
	trees, err := readTrees(filepath.Join(dir, part))
	if errors.Is(err, fs.ErrNotExist) {
		trees, err = readTrees(filepath.Join(dir, part+".gz"))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("%s: there is neither %s nor %s.gz", dir, part, part)
	}
	return trees, err
}

// readTrees reads a file, compressed where its name ends in .gz.
func readTrees(name string) (trees []syntax.Tree, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var r io.Reader = f
	if filepath.Ext(name) == ".gz" {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	trees, err = syntax.ReadCoNLLU(r, language.Fold)
	if err == nil && len(trees) == 0 {
		err = errors.New("no trees")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return trees, nil
}

// printScores prints how a model does: shares of the words that are no
// punctuation, then precision and recall of head and relation together, by
// relation, the frequent ones first; and of the roles of nominals, alone and
// together with the word that they are the agent or patient of.
func printScores(w io.Writer, s syntax.Scores) {
	fmt.Fprintf(w, "words %6d\ntags  %6.4f\nUAS   %6.4f\nLAS   %6.4f\n\n", s.Words, s.Tags, s.UAS, s.LAS)
	rels := slices.SortedFunc(maps.Keys(s.Rels), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.Rels[b].Gold, s.Rels[a].Gold), cmp.Compare(a, b))
	})
	fmt.Fprintf(w, "%-14s %9s %9s %9s\n", "relation", "gold", "precision", "recall")
	for _, r := range rels {
		pr := s.Rels[r]
		fmt.Fprintf(w, "%-14s %9d %9.3f %9.3f\n", r, pr.Gold, pr.Precision(), pr.Recall())
	}
	fmt.Fprintf(w, "\n%-14s %9s %9s %9s\n", "role", "gold", "precision", "recall")
	for _, r := range []struct {
		name string
		pr   syntax.PR
	}{
		{"agent", s.Agent.Words}, {"agent+verb", s.Agent.Predicates}, {"patient", s.Patient.Words}, {"patient+verb", s.Patient.Predicates},
	} {
		fmt.Fprintf(w, "%-14s %9d %9.3f %9.3f\n", r.name, r.pr.Gold, r.pr.Precision(), r.pr.Recall())
	}
}
