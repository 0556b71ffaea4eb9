package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"parallax/cmd/parallax/internal/coding"
	"parallax/cmd/parallax/internal/evaluate"
)

// agreeConfig is what `parallax agree` is asked to do.
type agreeConfig struct {
	sheets []string
	key    string // file; "" for the one beside the sheets
	seed   uint64
	format string // text or json
}

func newAgree(e *env) *cobra.Command {
	var c agreeConfig
	cmd := &cobra.Command{
		Use:   "agree [flags] SHEET...",
		Short: "Hold the scores against what people coded",
		Long: "Agree reads filled copies of a sheet that 'parallax sample' wrote, one for each\n" +
			"coder, and tells how far the coders agree with each other and with the program\n" +
			"(Krippendorff's alpha), how well the program finds each class (F1, confusion\n" +
			"matrix), and what shares and contrasts become once the program's errors are taken\n" +
			"out.",
		Example: "  parallax agree sheet.csv\n  parallax agree --key sheet.key.json anna.csv ben.csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			c.sheets = args
			if err := c.validate(); err != nil {
				return usage(cmd, err)
			}
			return e.agree(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	f.StringVar(&c.key, "key", "", "the `FILE` that was written with the sheet (default: the one beside the first SHEET)")
	f.Uint64Var(&c.seed, "seed", 1, "start of the random numbers behind intervals")
	choice(cmd, &c.format, "format", asText, "what is printed on standard output", []string{asText, asJSON})
	return cmd
}

func (c *agreeConfig) validate() error {
	if len(c.sheets) == 0 {
		return errors.New("no sheet: name the filled copies of the sheet that 'parallax sample' wrote")
	}
	for i, s := range c.sheets {
		if info, err := os.Stat(s); err != nil || info.IsDir() {
			return fmt.Errorf("%s: no such file", s)
		}
		if slices.Contains(c.sheets[:i], s) {
			return fmt.Errorf("%s is given twice: give each coder's copy once", s)
		}
	}
	if err := oneOf("format", c.format, []string{asText, asJSON}); err != nil {
		return err
	}
	if c.key != "" {
		if info, err := os.Stat(c.key); err != nil || info.IsDir() {
			return fmt.Errorf("--key %s: no such file", c.key)
		}
		return nil
	}
	c.key = keyOf(c.sheets[0])
	if _, err := os.Stat(c.key); err == nil {
		return nil
	}
	// A renamed copy; the key kept its name.
	dir := filepath.Dir(c.sheets[0])
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var keys []string
	for _, f := range entries {
		if strings.HasSuffix(f.Name(), ".key.json") {
			keys = append(keys, filepath.Join(dir, f.Name()))
		}
	}
	switch len(keys) {
	case 0:
		return fmt.Errorf("%s: the key of this sheet is not beside it: name the .key.json that 'parallax sample' wrote with --key", c.sheets[0])
	case 1:
		c.key = keys[0]
		return nil
	}
	return fmt.Errorf("%s lie beside the sheet: choose one with --key", strings.Join(keys, " and "))
}

func (e *env) agree(_ context.Context, c agreeConfig) error {
	data, err := os.ReadFile(c.key)
	if err != nil {
		return err
	}
	key, err := coding.ReadKey(c.key, data)
	if err != nil {
		return err
	}
	var coders []coding.Coder
	for _, sheet := range c.sheets {
		data, err := os.ReadFile(sheet)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(filepath.Base(sheet), filepath.Ext(sheet))
		if slices.ContainsFunc(coders, func(o coding.Coder) bool { return o.Name == name }) {
			name = filepath.ToSlash(sheet) // two folders with a copy each
		}
		coder, err := coding.ReadSheet(sheet, name, data, key)
		if err != nil {
			return err
		}
		coders = append(coders, coder)
	}
	a := coding.Compare(key, coders, c.seed)
	if c.format == asJSON {
		data, err := pretty(a)
		if err != nil {
			return err
		}
		_, err = e.stdout.Write(data)
		return err
	}
	e.printAgreement(a)
	return nil
}

func (e *env) printAgreement(a *coding.Agreement) {
	out := e.stdout
	fmt.Fprintf(out, "%s in the sheet.\n", counted(a.Rows, "row"))
	for _, c := range a.Coders {
		fmt.Fprintf(out, "  %s coded the tone of %d and the voice of %d\n", c.Name, c.Tone, c.Voice)
	}
	fmt.Fprintf(out, "In brackets: 95 %% intervals, from bootstrap samples of the rows.\n")
	for _, part := range []struct {
		title  string
		alphas []coding.Alpha
	}{{"tone (ordinal)", a.Tone}, {"voice (nominal)", a.Voice}} {
		fmt.Fprintf(out, "\n%s\n", e.style.bold("Krippendorff's alpha, "+part.title))
		width := 0
		for _, x := range part.alphas {
			width = max(width, uniseg.StringWidth(x.Among))
		}
		for _, x := range part.alphas {
			fmt.Fprintf(out, "  %s  %s  %s\n", pad(x.Among, width), pad(estimated("%.2f", x.Estimate), 22), counted(x.Rows, "row"))
		}
	}

	fmt.Fprintf(out, "\n%s\n", e.style.bold("Tone: what the program calls what the coders coded"))
	fmt.Fprintf(out, "  %s", pad("coded", 10))
	for _, name := range evaluate.ClassNames {
		fmt.Fprintf(out, "%10s", name)
	}
	fmt.Fprintf(out, "   recall  precision  F1\n")
	for c, name := range evaluate.ClassNames {
		fmt.Fprintf(out, "  %s", pad(name, 10))
		for _, n := range a.Confusion[c] {
			fmt.Fprintf(out, "%10d", n)
		}
		cl := a.Classes[c]
		fmt.Fprintf(out, "     %.2f       %.2f  %s\n", cl.Recall, cl.Precision, estimated("%.2f", cl.F1))
	}
	fmt.Fprintf(out, "  macro F1 %s\n", estimated("%.2f", a.MacroF1))
	fmt.Fprintf(out, "  %s\n", e.style.faint(wrap("Counts are codes. Recall, precision and F1 are those of the corpus: each row weighs as many sentences as it stands for.", "  ")))

	fmt.Fprintf(out, "\n%s\n", e.style.bold("Share of favourable sentences less that of unfavourable ones"))
	name := 0
	for _, n := range a.Corrected {
		name = max(name, len([]rune(n.Source)))
	}
	target := ""
	for _, n := range a.Corrected {
		if n.Target != target {
			target = n.Target
			fmt.Fprintf(out, "  %s\n", target)
		}
		fmt.Fprintf(out, "    %s  program %+.2f   corrected %s   %s\n", pad(n.Source, name), math.Round(n.Raw*100)/100+0, pad(marked(n.Corrected), 24), counted(n.Sentences, "sentence"))
	}
	if len(a.Contrasts) > 0 {
		fmt.Fprintf(out, "\n%s\n", e.style.bold("Differences between sources in that"))
	}
	target = ""
	for _, c := range a.Contrasts {
		if c.Target != target {
			target = c.Target
			fmt.Fprintf(out, "  %s\n", target)
		}
		fmt.Fprintf(out, "    %s  program %+.2f   corrected %s\n", pad(c.A+" less "+c.B, 2*name+6), math.Round(c.Raw*100)/100+0, marked(c.Corrected))
	}
	fmt.Fprintf(out, "  %s\n", e.style.faint(wrap("Corrected by the inverse of the matrix of errors, taken to be one for all sources and targets (Rogan and Gladen, 1978; "+
		"Hopkins and King, 2010). The intervals allow for the coding and for which articles there are, or which sentences where a source has one; ~ marks what may be none.", "  ")))
	for _, w := range a.Warnings {
		fmt.Fprintf(out, "\n%s\n", wrap("Warning: "+w+".", ""))
	}
}

// marked is an estimate that is marked where it may be 0.
func marked(v coding.Estimate) string {
	s := estimated("%+.2f", v)
	if v.Low != nil && *v.Low <= 0 && *v.High >= 0 {
		s = "~ " + s
	}
	return s
}

// estimated is an estimate with its interval.
func estimated(format string, v coding.Estimate) string {
	for _, x := range []**float64{&v.Value, &v.Low, &v.High} {
		if *x != nil {
			rounded := math.Round(**x*100)/100 + 0 // never -0
			*x = &rounded
		}
	}
	switch {
	case v.Value == nil:
		return "cannot be told"
	case v.Low == nil:
		return fmt.Sprintf(format+" ~", *v.Value)
	}
	return fmt.Sprintf(format+" ["+format+", "+format+"]", *v.Value, *v.Low, *v.High)
}
