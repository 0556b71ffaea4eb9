package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parallax": main})
}

// TestScript runs the transcripts in testdata/script. Each finds the seeds in
// its folder, without a baseline, and binary.txt.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
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
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status},
	})
}

func copySeeds(dir string) error {
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "seeds"))); err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(dir, "baseline.json"))
}

// status is a command of the transcripts: "status 2 parallax ..." runs the
// rest and expects that exit status.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s", fmt.Sprintf("exit status %d, want %d", got, want))
	}
}
