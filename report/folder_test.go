package report

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// killed is what tells a process to write a report into a folder, and to die at
// its n-th rename.
const killed = "PARALLAX_KILLED"

func TestMain(m *testing.M) {
	if n, dir, ok := strings.Cut(os.Getenv(killed), ","); ok {
		at, err := strconv.Atoi(n)
		if err != nil {
			panic(err)
		}
		rename = func(from, to string) error {
			if at--; at == 0 {
				self, err := os.FindProcess(os.Getpid())
				if err == nil {
					err = self.Kill()
				}
				if err != nil {
					panic(err)
				}
				select {}
			}
			return os.Rename(from, to)
		}
		if err := writeFolder(dir, chartsOf("new"), filesOf("new"), []string{CSV.file()}); err != nil {
			panic(err)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func chartsOf(text string) []outputFile {
	return []outputFile{{"charts/tone.png", bytesOf([]byte(text))}, {"charts/" + text + ".png", bytesOf(nil)}}
}

func filesOf(text string) func(string) []outputFile {
	return func(string) (files []outputFile) {
		for _, name := range []string{"observations.jsonl", "scores.csv", "scores.json", "report.md", "report.html"} {
			files = append(files, outputFile{name, bytesOf([]byte(text))})
		}
		return files
	}
}

// Wherever a run is killed while it replaces a report, the next one has, before
// it does anything, the old one whole or the new one whole, and nothing beside it.
func TestKilled(t *testing.T) {
	whole := func(text string, more ...string) map[string]string {
		dir := t.TempDir()
		if err := writeFolder(dir, chartsOf(text), filesOf(text), nil); err != nil {
			t.Fatal(err)
		}
		for _, name := range more {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		return tree(t, dir)
	}
	mine := "mine.txt"
	old, fresh := whole("old", mine, CSV.file()), whole("new", mine)
	for n := 1; ; n++ {
		dir := t.TempDir()
		if err := writeFolder(dir, chartsOf("old"), filesOf("old"), nil); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{mine, CSV.file()} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), killed+"="+strconv.Itoa(n)+","+dir)
		out, err := cmd.CombinedOutput()
		if err == nil {
			if n < 8 {
				t.Errorf("only %d renames", n)
			}
			return
		}
		if len(out) > 0 {
			t.Fatalf("%s", out)
		}
		if err := Prepare(dir); err != nil {
			t.Error(err)
		}
		want := fresh
		if n == 1 {
			want = old
		}
		if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
			t.Errorf("killed at rename %d:\n%s", n, diff)
		}
	}
}

// What cannot be written is found before there is anything to write, what is left
// over of a killed run goes, and a folder that is not there stays so.
func TestPrepare(t *testing.T) {
	dir := t.TempDir()
	if err := Prepare(filepath.Join(dir, "a", "b")); err != nil {
		t.Error(err)
	}
	for name, f := range map[string]func(path string) error{
		".parallax-123/old": func(path string) error { return os.MkdirAll(path, 0o777) },
		"report.md":         func(path string) error { return os.Mkdir(path, 0o777) },
	} {
		if err := f(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := Prepare(dir); err == nil || !strings.Contains(err.Error(), "there is a folder of this name") {
		t.Errorf("a folder in the place of a file: %v", err)
	}
	if got := slices.Sorted(maps.Keys(tree(t, dir))); !slices.Equal(got, []string{"report.md"}) {
		t.Errorf("the folder has %v", got)
	}
	if err := os.Symlink(filepath.Join(dir, "nowhere", "x"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := Prepare(filepath.Join(dir, "link")); err == nil {
		t.Error("a link that leads nowhere is taken")
	}
}

// Two runs do not write into one folder at once.
func TestLocked(t *testing.T) {
	dir := t.TempDir()
	locked, unlock, err := lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	if !locked {
		t.Skip("this file system has no locks")
	}
	if err := Prepare(dir); err == nil || !strings.Contains(err.Error(), "another run") {
		t.Errorf("%v", err)
	}
	if err := WriteAll(dir, small(t)); err == nil || errors.Is(err, os.ErrExist) {
		t.Errorf("%v", err)
	}
}
