// Package cli is the command parallax: one file a subcommand, the exit
// statuses in exit.go, what the subcommands share in input.go and terminal.go.
package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"parallax/analysis/target"
	"parallax/cmd/parallax/internal/serve"
)

// Run runs the command with its arguments, without the program's name, and
// returns the exit status. Data goes to stdout, progress and diagnostics to
// stderr.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	color := isTerminal(stdout) && colorWanted()
	screen := &screen{w: stdout, color: color}
	out := bufio.NewWriter(screen)
	e := &env{
		stdin: stdin, stdout: out, stderr: stderr,
		style:       style{color: color},
		interactive: isTerminal(stderr),
		keyboard:    isTerminal(stdin),
	}
	root := newRoot(e)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetErr(stderr)
	root.PersistentPreRun = func(cmd *cobra.Command, _ []string) {
		f := cmd.Flags().Lookup("format")
		screen.data = f != nil && f.Value.String() != asText && !isTerminal(stdout)
	}
	ended := make(chan error, 1)
	go func() { ended <- root.ExecuteContext(ctx) }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		patience := grace
		if len(args) > 0 && args[0] == "serve" {
			patience += serve.Grace
		}
		select {
		case err = <-ended:
		case <-time.After(patience):
			// It waits for a pipe, or is at work on one very long line. What it has
			// begun to write is ended or removed by the next run.
			fmt.Fprintln(stderr, "parallax: interrupted")
			return StatusInterrupted
		}
	}
	if flush := cmp.Or(out.Flush(), screen.Close()); flush != nil {
		err = errors.Join(err, fmt.Errorf("standard output: %w", flush))
	}
	for _, n := range e.notes {
		fmt.Fprintf(stderr, "parallax: %s\n", shown(n))
	}
	if err != nil {
		complain(stderr, err)
	}
	return status(err)
}

// grace is how long a subcommand may go on after an interrupt, to end in an
// orderly way: more than a document or a file takes.
var grace = 3 * time.Second

// env is what a subcommand runs in.
type env struct {
	stdin  io.Reader
	stdout *bufio.Writer // flushed, and its error reported, by Run
	stderr io.Writer

	notes  []string // on what was read, for standard error
	called string   // what standard input is called; "" for its usual name

	style       style // of standard output
	interactive bool  // standard error is a terminal
	keyboard    bool  // standard input is a terminal
}

func newRoot(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:   "parallax",
		Short: "Compare how news sources frame the same actors",
		Long: "Parallax compares how news sources frame the same actors: how favourably, in whose\n" +
			"voice, in which words, and how sure that is.",
		Version:       programVersion(),
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
		Args: cobra.ArbitraryArgs, // a name that is no subcommand comes here

		SuggestionsMinimumDistance: 2, // letters; cobra's own default where it suggests by itself
	}
	root.SetVersionTemplate("parallax {{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{err: nearFlag(cmd, err), command: cmd.CommandPath()}
	})
	for _, cmd := range []*cobra.Command{
		newCompare(e), newCorpus(e), newCheck(e), newDiff(e), newEval(e), newExplain(e), newRobustness(e), newServe(e),
		newSample(e), newAgree(e), newPack(e), newVerify(e),
		newSelftest(e), newTrain(e), newLexicon(e), newVersion(e),
	} {
		root.AddCommand(cmd)
	}
	root.SetOut(e.stdout) // before completion takes it
	strict(root)
	return root
}

// strict makes cobra's own subcommands refuse what they do not know; by
// themselves they print a help text and succeed.
func strict(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd("completion")
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "completion":
			cmd.Args = cobra.ArbitraryArgs
			cmd.RunE = func(cmd *cobra.Command, args []string) error {
				if len(args) > 0 {
					return usage(cmd, fmt.Errorf("%q is no shell that is known: choose bash, zsh, fish or powershell", args[0]))
				}
				return cmd.Help()
			}
		case "help":
			help := cmd.Run
			cmd.Run = nil
			cmd.RunE = func(cmd *cobra.Command, args []string) error {
				if found, rest, err := root.Find(args); err != nil || found == root && len(rest) > 0 {
					return unknownCommand(root, strings.Join(args, " "))
				}
				help(cmd, args)
				return nil
			}
		}
	}
}

func unknownCommand(root *cobra.Command, name string) error {
	hint := ""
	if near := root.SuggestionsFor(name); len(near) > 0 {
		hint = "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return &usageError{err: fmt.Errorf("unknown command %q%s", name, hint), command: root.CommandPath()}
}

// nearFlag adds to the error of an unknown flag the nearest that is known.
func nearFlag(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || len(unknown.GetSpecifiedName()) < 2 {
		return err
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if near := target.Nearest(unknown.GetSpecifiedName(), known); near != "" {
		return fmt.Errorf("%w; did you mean --%s?", err, near)
	}
	return err
}

// usage marks what validating a configuration found as a usage error of the
// subcommand.
func usage(cmd *cobra.Command, err error) error {
	if err == nil {
		return nil
	}
	return &usageError{err: err, command: cmd.CommandPath()}
}

// choice defines a flag that takes one of a few words, which completion
// offers. Its value is checked by oneOf.
func choice(cmd *cobra.Command, p *string, name, value, usage string, words []string) {
	cmd.Flags().StringVar(p, name, value, usage+": "+strings.Join(words, ", "))
	err := cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag is there: the line above defines it
	}
}

// oneOf checks the value of a choice.
func oneOf(flag, value string, words []string) error {
	for _, w := range words {
		if value == w {
			return nil
		}
	}
	return fmt.Errorf("--%s %q: choose one of %s", flag, value, strings.Join(words, ", "))
}
