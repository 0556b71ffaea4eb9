package main

import (
	"bytes"
	"context"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"parallax/cmd/parallax/internal/cli"
)

// manual returns the lines of the package comment.
func manual(t *testing.T) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(f.Doc.Text(), "\n")
}

// TestManual runs every "$ parallax" line of the manual in a folder that has
// the seeds and the files that the manual shows: a block after a line that ends
// with a file's name and a colon is that file.
func TestManual(t *testing.T) {
	lines := manual(t)
	t.Chdir(t.TempDir())
	seeds := os.DirFS(filepath.Join(sourceRoot, "seeds"))
	if err := os.CopyFS("seeds", seeds); err != nil {
		t.Fatal(err)
	}
	commands := 0
	for i, line := range lines {
		if name, ok := fileShown(line); ok {
			var body []string
			for _, l := range lines[i+2:] {
				text, in := strings.CutPrefix(l, "\t")
				if !in && l != "" {
					break
				}
				body = append(body, text)
			}
			write(t, name, strings.Join(body, "\n"))
		}
		command, ok := strings.CutPrefix(line, "\t$ ")
		if !ok {
			continue
		}
		commands++
		args := words(command)
		if args[0] != "parallax" {
			t.Errorf("the manual runs %q", args[0])
			continue
		}
		if args[1] == "compare" || args[1] == "robustness" { // charts take most of their time
			args = slices.Insert(args, 2, "--no-charts")
		}
		var stdout, stderr bytes.Buffer
		ctx, out := t.Context(), io.Writer(&stdout)
		if args[1] == "serve" { // which ends when it is told to, and keeps a log
			var stop context.CancelFunc
			ctx, stop = context.WithCancel(ctx)
			out = writer(func(b []byte) (int, error) { stop(); return stdout.Write(b) })
		}
		status := cli.Run(ctx, args[1:], strings.NewReader(""), out, &stderr)
		if args[1] == "serve" {
			stderr.Reset()
		}
		if status != cli.StatusOK || stderr.Len() > 0 || stdout.Len() == 0 {
			t.Errorf("$ %s\nstatus %d, standard error %q, %d bytes of output", command, status, &stderr, stdout.Len())
		}
	}
	if commands < 8 {
		t.Errorf("only %d commands were found in the manual", commands)
	}
}

// writer is a function that is written to.
type writer func(b []byte) (int, error)

func (w writer) Write(b []byte) (int, error) { return w(b) }

// fileShown returns the name of the file that the block after a line shows.
func fileShown(line string) (string, bool) {
	name, ok := strings.CutSuffix(line[strings.LastIndexByte(line, ' ')+1:], ":")
	return name, ok && !strings.HasPrefix(line, "\t") && strings.Contains(name, ".")
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// words splits a command as a shell does with words and single quotes.
func words(command string) []string {
	var out []string
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

// TestManualIsComplete says that the manual names every subcommand and flag
// that the program has.
func TestManualIsComplete(t *testing.T) {
	text := strings.Join(manual(t), "\n")
	for _, sub := range []string{"compare", "check", "diff", "eval", "explain", "serve", "sample", "agree", "selftest", "version", "completion"} {
		if !strings.Contains(text, "\tparallax "+sub) {
			t.Errorf("%s is not in the synopsis", sub)
		}
		var help, stderr bytes.Buffer
		if got := cli.Run(t.Context(), []string{sub, "--help"}, strings.NewReader(""), &help, &stderr); got != cli.StatusOK {
			t.Errorf("%s --help: status %d: %s", sub, got, &stderr)
		}
		if sub == "completion" {
			continue // its flags are not ours
		}
		for _, field := range strings.Fields(help.String()) {
			if flag := strings.TrimRight(field, ",)"); strings.HasPrefix(flag, "--") && flag != "--help" && !strings.Contains(text, flag) {
				t.Errorf("%s %s is not in the manual", sub, flag)
			}
		}
	}
}

// TestReadme says that the README shows the example that package analysis
// tests, and only commands and files that exist.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(sourceRoot, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme := string(data)

	example, err := os.ReadFile(filepath.Join(sourceRoot, "analysis", "example_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	_, body, ok1 := strings.Cut(string(example), "func Example() {\n")
	body, _, ok2 := strings.Cut(body, "\t// Output:")
	_, shown, ok3 := strings.Cut(readme, "```go\n")
	shown, _, ok4 := strings.Cut(shown, "```")
	if !ok1 || !ok2 || !ok3 || !ok4 {
		t.Fatal("the example is not found in analysis/example_test.go or in README.md")
	}
	body = strings.ReplaceAll("\n"+body, "\n\t", "\n")[1:]
	if d := cmp.Diff(body, shown); d != "" {
		t.Errorf("README.md shows another example than analysis/example_test.go: -tested +shown\n%s", d)
	}

	// The workflow can be read, and calls the program as it can be called.
	_, workflow, _ := strings.Cut(readme, "```yaml\n")
	workflow, _, _ = strings.Cut(workflow, "```")
	var y struct {
		Jobs map[string]struct {
			Steps []struct{ Uses, Run string }
		}
	}
	if err := yaml.Unmarshal([]byte(workflow), &y); err != nil {
		t.Fatal(err)
	}
	steps := y.Jobs["check"].Steps
	if len(steps) == 0 {
		t.Fatal("no workflow is found in README.md")
	}
	args := words(strings.ReplaceAll(steps[len(steps)-1].Run, `"`, ""))
	t.Setenv("GITHUB_STEP_SUMMARY", "")
	var stdout, stderr bytes.Buffer
	if got := cli.Run(t.Context(), append(args[1:len(args)-1], filepath.Join(sourceRoot, "seeds")), nil, &stdout, &stderr); got != cli.StatusOK && got != cli.StatusMoved {
		t.Errorf("%q: status %d, %s", args, got, &stderr)
	}

	for _, part := range strings.Split(readme, "](")[1:] {
		link, _, _ := strings.Cut(part, ")")
		if strings.HasPrefix(link, "out/") { // what the main job writes
			continue
		}
		if _, err := os.Stat(filepath.Join(sourceRoot, filepath.FromSlash(link))); err != nil {
			t.Errorf("README.md leads to %s: %v", link, err)
		}
	}
}
