package corpus

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// outline prints what was made of a document, a line a block or dropped part.
func outline(d Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "id: %s\nsource: %s\noutlet: %s\ntitle: %s\nauthor: %s\ndate: %s\n", d.ID, d.Source, d.Outlet, d.Title, d.Author, d.Date)
	for _, n := range d.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	b.WriteString("\n")
	for i, j := 0, 0; i < len(d.Blocks) || j < len(d.Dropped); {
		if j == len(d.Dropped) || i < len(d.Blocks) && d.Blocks[i].Start < d.Dropped[j].Start {
			k := d.Blocks[i]
			fmt.Fprintf(&b, "  %s: %s\n", k.Kind, ends(d.Text[k.Start:k.End]))
			i++
		} else {
			k := d.Dropped[j]
			fmt.Fprintf(&b, "- %s: %s\n", k.Reason, ends(d.Text[k.Start:k.End]))
			j++
		}
	}
	return b.String()
}

// ends is a text's first and last words, with its count.
func ends(s string) string {
	w := strings.Fields(s)
	if len(w) <= 14 {
		return strings.Join(w, " ")
	}
	return fmt.Sprintf("%s ... %s (%d words)", strings.Join(w[:6], " "), strings.Join(w[len(w)-6:], " "), len(w))
}

// compareGolden compares got with a golden file, or rewrites it.
func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run with -update to write it)", err)
	}
	diffText(t, file, string(want), got)
}

func diffText(t *testing.T, file, want, got string) {
	t.Helper()
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (-want +got; -update rewrites it):\n%s", file, diff)
	}
}

const seeds = "../../seeds"

func TestSeeds(t *testing.T) {
	c, err := Read(context.Background(), []string{seeds}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Documents) != 5 || len(c.Skipped) != 0 {
		t.Fatalf("%d documents and %d skipped (%v), want 5 and 0", len(c.Documents), len(c.Skipped), c.Skipped)
	}
	for _, d := range c.Documents {
		t.Run(d.ID, func(t *testing.T) {
			compareGolden(t, filepath.Join("testdata", d.ID+".golden"), outline(d))
			checkCover(t, d)
		})
	}
}
