package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestInputs reads folders of invented files. A case is a txtar file: a comment,
// the files, and "want": the outline of every document, what was skipped and
// what was noted.
func TestInputs(t *testing.T) {
	files, err := filepath.Glob("testdata/inputs/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			n := len(a.Files)
			want := ""
			if a.Files[n-1].Name == "want" {
				n--
				want = string(a.Files[n].Data)
			}
			content := map[string]string{}
			for _, f := range a.Files[:n] {
				content[f.Name] = string(f.Data)
			}
			dir := tree(t, content)
			got := below(dir, described(t, dir))
			if *update {
				a.Files = append(a.Files[:n:n], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			diffText(t, file, want, got)
		})
	}
}

// described is all that was made of a folder.
func described(t *testing.T, path string) string {
	t.Helper()
	c, err := Read(context.Background(), []string{path}, Options{})
	if err != nil && c == nil {
		return fmt.Sprintf("error: %v\n", err)
	}
	var b strings.Builder
	for _, d := range c.Documents {
		checkCover(t, d)
		fmt.Fprintf(&b, "%s\n", outline(d))
	}
	for _, s := range c.Skipped {
		fmt.Fprintf(&b, "skipped %s: %s\n", s.Place(), s.Reason)
	}
	for _, n := range c.Notes {
		fmt.Fprintf(&b, "noted %s\n", n)
	}
	return b.String()
}
