package main

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sourceRoot is the top of the repository, as an absolute path.
var sourceRoot = func() string {
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return dir
}()

// files lists the files of the repository, with slashes, that version control
// has or would take.
func files(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
	cmd.Dir = sourceRoot
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("the files of the repository cannot be listed: git: %v", err)
	}
	var list []string
	for _, name := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if _, err := os.Lstat(filepath.Join(sourceRoot, name)); err == nil {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func goFiles(t *testing.T) []string {
	return slices.DeleteFunc(files(t), func(name string) bool { return path.Ext(name) != ".go" })
}

func parse(t *testing.T, name string, mode parser.Mode) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(sourceRoot, name), nil, mode)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// layers are the packages from the lowest to the highest: each imports only
// what stands before it. A package that is not here takes the place of the
// folder above it, and may import, and be imported by, what is in that folder.
var layers = []string{
	"lexicon",
	"seeds",
	"analysis/corpus",
	"analysis/language",
	"analysis/target",
	"analysis/voice",
	"analysis/framing",
	"analysis",
	"analysis/compare",
	"analysis/regress",
	"analysis/opinion",
	"report/chart",
	"report",
	"cmd",
}

func layer(pkg string) int {
	for p := pkg; p != "."; p = path.Dir(p) {
		if i := slices.Index(layers, p); i >= 0 {
			return i
		}
	}
	return -1
}

// TestImports says that imports go down only. Tests may look around.
func TestImports(t *testing.T) {
	const plot = "gonum.org/v1/plot"
	for _, name := range goFiles(t) {
		pkg := path.Dir(name)
		at := layer(pkg)
		if at < 0 {
			t.Errorf("%s: the package %s has no place in the order of imports", name, pkg)
			continue
		}
		for _, spec := range parse(t, name, parser.ImportsOnly).Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if (imported == plot || strings.HasPrefix(imported, plot+"/")) && pkg != "report/chart" {
				t.Errorf("%s imports %s; only report/chart may", name, imported)
			}
			local, ok := strings.CutPrefix(imported, "parallax/")
			if !ok || strings.HasSuffix(name, "_test.go") {
				continue
			}
			switch to := layer(local); {
			case pkg == "report/chart":
				t.Errorf("%s imports %s; figures take plain data", name, imported)
			case to > at:
				t.Errorf("%s imports %s, which is above it", name, imported)
			}
		}
	}
}

// TestPackageComments says that every package has exactly one comment.
func TestPackageComments(t *testing.T) {
	comments, packages := map[string][]string{}, map[string]bool{}
	for _, name := range goFiles(t) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		packages[path.Dir(name)] = true
		if f := parse(t, name, parser.ParseComments|parser.PackageClauseOnly); f.Doc != nil {
			comments[path.Dir(name)] = append(comments[path.Dir(name)], name)
		}
	}
	for pkg := range packages {
		if n := len(comments[pkg]); n != 1 {
			t.Errorf("package %s has %d comments: %v", pkg, n, comments[pkg])
		}
	}
}

// TestTopLevel says that nothing new lies at the top.
func TestTopLevel(t *testing.T) {
	allowed := []string{"cmd", "analysis", "lexicon", "report", "seeds", "out", "go.mod", "go.sum", "README.md", "LICENSE"}
	for _, name := range files(t) {
		top, _, _ := strings.Cut(name, "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(allowed, top) {
			t.Errorf("%s: %s does not belong at the top level", name, top)
		}
	}
}

// TestSizes says that no file is large; the two trained tables alone may be. The
// sample page, which carries every sentence and chart, has 3 MB.
func TestSizes(t *testing.T) {
	const most, page = 1 << 20, 3 << 20
	for _, name := range files(t) {
		if name == "analysis/language/syntax/model.bin.gz" || name == "lexicon/data/window.bin" {
			continue
		}
		info, err := os.Lstat(filepath.Join(sourceRoot, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // gone since it was listed
		}
		if err != nil {
			t.Fatal(err)
		}
		limit := int64(most)
		if name == "out/report.html" {
			limit = page
		}
		if info.Size() > limit {
			t.Errorf("%s has %d bytes; the limit is %d", name, info.Size(), limit)
		}
	}
}

// TestNoInit says that no package does anything before main.
func TestNoInit(t *testing.T) {
	for _, name := range goFiles(t) {
		for _, decl := range parse(t, name, parser.SkipObjectResolution).Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has a func init", name)
			}
		}
	}
}

// tool runs a tool of the Go distribution at the top of the repository.
func tool(t *testing.T, env []string, name string, args ...string) (string, error) {
	t.Helper()
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("runs the go tools; set PARALLAX_SLOW to run it")
	}
	cmd := exec.Command(name, args...) // go test puts its own tools first in PATH
	cmd.Dir = sourceRoot
	cmd.Env = append(os.Environ(), env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return strings.TrimSpace(out.String()), err
}

func TestGofmt(t *testing.T) {
	if out, err := tool(t, nil, "gofmt", append([]string{"-s", "-l"}, goFiles(t)...)...); err != nil || out != "" {
		t.Errorf("gofmt -s would change: %s (%v)", out, err)
	}
}

func TestVet(t *testing.T) {
	if out, err := tool(t, nil, "go", "vet", "./..."); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
}

// TestTidy says that go.mod and go.sum are what the imports ask for. It does
// not reach out: where the module cache lacks what it takes to tell, it skips.
func TestTidy(t *testing.T) {
	out, err := tool(t, []string{"GOPROXY=off", "GOFLAGS=-mod=mod"}, "go", "mod", "tidy", "-diff")
	if err != nil && strings.Contains(out, "GOPROXY=off") {
		t.Skipf("the module cache lacks a module that go mod tidy looks at:\n%s", out)
	}
	if err != nil || out != "" {
		t.Errorf("go mod tidy -diff: %v\n%s", err, out)
	}
}
