package corpus

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMade reads files that another tool wrote (testdata/made/make.py): whatever
// the form, they are the same articles.
func TestMade(t *testing.T) {
	want := []string{
		"The Post|Talks fail|A. Byrne|2024-05-02|The envoy of Freedonia left the room, and said \"no\".\n\nNobody followed him out.",
		"The Mail|Talks go on|B. Writer, C. Doe|2024-05-03|The envoy’s answer was “never”, in Séoul; and nobody laughed.",
		"The Post|Talks “end”||2024-05-04|The envoy of Sylvania came back, at last, and signed the paper.",
	}
	files, err := filepath.Glob("testdata/made/*")
	files = slices.DeleteFunc(files, func(f string) bool { return filepath.Ext(f) == ".py" || strings.Contains(f, ".warc") })
	if err != nil || len(files) != 9 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		c, err := Read(context.Background(), []string{file}, Options{})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		var got []string
		for _, d := range c.Documents {
			got = append(got, strings.Join([]string{d.Source, d.Title, d.Author, d.Date, strings.ReplaceAll(d.Text, "\r\n", "\n")}, "|"))
		}
		if diff := cmp.Diff(want, got); diff != "" || len(c.Skipped) > 0 {
			t.Errorf("%s: skipped %v, -want +got:\n%s", file, c.Skipped, diff)
		}
	}
}

// TestWARC reads what GNU Wget 1.21.3 saved of three pages, by
//
//	wget -r -l 1 --warc-file=site http://127.0.0.1:8799/
//
// of a server that had an index, the page of testdata/inputs/page.txtar, and the
// same with another title. A page that is missing and robots.txt are no articles.
func TestWARC(t *testing.T) {
	c, err := Read(context.Background(), []string{"testdata/made/site.warc.gz"}, Options{})
	if err != nil || len(c.Skipped) > 0 {
		t.Fatalf("%v, skipped %v", err, c.Skipped)
	}
	var got []string
	for _, d := range c.Documents {
		got = append(got, strings.Join([]string{d.Outlet, d.Title, d.Author, d.Date}, "|"))
		for _, b := range d.Blocks {
			if strings.Contains(d.Text[b.Start:b.End], "brutal") {
				t.Errorf("%s: what is not the article counts: %s", d.ID, d.Text[b.Start:b.End])
			}
		}
		checkCover(t, d)
	}
	want := []string{"The Post|Talks fail again|A. Byrne|2024-05-02", "The Post|Talks go on|A. Byrne|2024-05-03"}
	if diff := cmp.Diff(want, got[len(got)-2:]); diff != "" || len(got) != 3 {
		t.Errorf("%d documents, -want +got:\n%s", len(got), diff)
	}
}
