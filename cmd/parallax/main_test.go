package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"parallax/cmd/parallax/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parallax": main})
}

// TestScript runs the transcripts in testdata/script. Each finds the seeds in
// its folder, without a baseline, and binary.txt.
func TestScript(t *testing.T) {
	testscript.RunT(inTurn{t}, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "1")
			// A transcript cannot hold what is not text.
			binary := []byte("\x7fELF\x02\x01\x01\x00\x00\x00\xff\xfe")
			return errors.Join(
				os.WriteFile(filepath.Join(env.WorkDir, "binary.txt"), binary, 0o600),
				copySeeds(filepath.Join(env.WorkDir, "seeds")),
			)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status, "built": built},
	})
}

// inTurn runs the transcripts one after the other: they share a working directory.
type inTurn struct{ *testing.T }

func (inTurn) Parallel()     {}
func (inTurn) Verbose() bool { return testing.Verbose() }

func (t inTurn) Run(name string, f func(testscript.T)) {
	t.T.Run(name, func(t *testing.T) { f(inTurn{t}) })
}

func copySeeds(dir string) error {
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "seeds"))); err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(dir, "baseline.json"))
}

// status is a command of the transcripts: "status 2 parallax ..." runs the rest and
// expects that exit status. It runs in this process, which has the tables already;
// a process of its own reads them for half a second. Where slow tests are asked for
// it is built.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || args[1] != "parallax" || os.Getenv("PARALLAX_SLOW") != "" {
		built(ts, neg, args)
		return
	}
	home, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	const summary = "GITHUB_STEP_SUMMARY" // the only variable that transcripts set
	ts.Check(os.Setenv(summary, ts.Getenv(summary)))
	got := cli.Run(context.Background(), args[2:], strings.NewReader(""), ts.Stdout(), ts.Stderr())
	ts.Check(errors.Join(os.Unsetenv(summary), os.Chdir(home)))
	expect(ts, neg, args[0], got)
}

// built is status for the built program, which has the transcript's standard input.
func built(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: status N command...")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	expect(ts, neg, args[0], got)
}

func expect(ts *testscript.TestScript, neg bool, want string, got int) {
	n, err := strconv.Atoi(want)
	ts.Check(err)
	if neg || got != n {
		ts.Fatalf("exit status %d, want %d", got, n)
	}
}
