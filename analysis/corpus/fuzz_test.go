package corpus

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzRead reads any bytes as one document or as records. What is read is valid
// text, covered exactly by its parts, and the same when read again.
func FuzzRead(f *testing.F) {
	pages, err := filepath.Glob(filepath.Join(seeds, "*.txt"))
	if err != nil || len(pages) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	cases, _ := filepath.Glob("testdata/cases/*.txtar")
	for _, file := range append(pages, cases...) {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, s := range []string{
		"", "\n", "# \n", "####", "****", "**a**", "- \n- b", "a\r\n\r\nb", "\ufeffx", "\xff\xfea\x00", "\x93a\x94",
		`{"text":"US and DPRK","targets":[{"id":"US","from":0,"to":2}]}`, `{"text":"x","date":"1.1.2001"}` + "\n{",
		"Title | A | B\n\n" + prose, prose + " -0-", "(AP) " + prose, "A title here\n\n" + prose + " Jane Doe reports.",
		"\u00a0\u2003x\u200b", "Leave a reply\n" + prose,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		read := func() *Corpus {
			c, err := Read(context.Background(), []string{"-"}, Options{Stdin: bytes.NewReader(raw)})
			if err != nil {
				return nil
			}
			return c
		}
		c := read()
		if c == nil {
			return
		}
		for _, d := range c.Documents {
			if !utf8.ValidString(d.Text) {
				t.Errorf("the text is not valid UTF-8: %q", d.Text)
			}
			if len(d.Blocks) == 0 || d.Source == "" || d.ID == "" {
				t.Errorf("no blocks, source or id: %+v", d)
			}
			for _, l := range d.Labels {
				if l.Start < 0 || l.End <= l.Start || l.End > len(d.Text) || !utf8.ValidString(d.Text[l.Start:l.End]) {
					t.Errorf("label %+v is not a span of the text", l)
				}
			}
			checkCover(t, d)
		}
		if diff := cmp.Diff(c, read()); diff != "" {
			t.Errorf("a second reading differs:\n%s", diff)
		}
	})
}
