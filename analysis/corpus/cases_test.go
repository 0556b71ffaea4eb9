package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestCases reads invented pages. A case is a txtar file: a comment, the page
// under the name that it was saved as, and "want", its outline.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			page := a.Files[0]
			var r reader
			d, reason := r.readText(page.Data, stream{path: page.Name, name: page.Name, id: page.Name})
			got := outline(d.Document)
			if reason != "" {
				got = "skipped: " + reason + "\n"
			}
			checkCover(t, d.Document)
			if *update {
				a.Files = []txtar.File{page, {Name: "want", Data: []byte(got)}}
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := ""
			if len(a.Files) > 1 {
				want = string(a.Files[1].Data)
			}
			diffText(t, file, want, got)
		})
	}
}
