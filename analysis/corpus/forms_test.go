package corpus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
)

// pack returns bytes in the packing that a name ends with.
func packed(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	switch filepath.Ext(name) {
	case ".gz":
		w := gzip.NewWriter(&b)
		_, err := w.Write(data)
		check(err)
		check(w.Close())
	case ".zst":
		w, err := zstd.NewWriter(&b)
		check(err)
		_, err = w.Write(data)
		check(err)
		check(w.Close())
	}
	return b.Bytes()
}

// TestPacked: however articles are packed, they are those of the folder.
func TestPacked(t *testing.T) {
	files := []struct{ name, text string }{
		{"cnn/a.txt", "A title for this text\n\n" + prose},
		{"r.jsonl", `{"id":"x","text":"` + prose + `"}` + "\n{\n"},
		{"README.md", "about"},
		{"sources.yaml", "sources: []\n"},
	}
	content := map[string]string{}
	var z, tr bytes.Buffer
	zw, tw := zip.NewWriter(&z), tar.NewWriter(&tr)
	for _, f := range files {
		content[f.name] = f.text
		w, err := zw.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.text)); err != nil {
			t.Fatal(err)
		}
		if err := tw.WriteHeader(&tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.text)), Format: tar.FormatUSTAR}); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write([]byte(f.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	dir := tree(t, content)
	outlines := func(path string) (docs, skipped []string) {
		t.Helper()
		c, err := Read(context.Background(), []string{path}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range c.Documents {
			docs = append(docs, outline(d))
		}
		for _, s := range c.Skipped {
			skipped = append(skipped, filepath.Base(s.Path)+" "+s.Reason)
		}
		return docs, skipped
	}
	want, wantSkipped := outlines(dir)
	wantSkipped = append(wantSkipped, "sources.yaml a sources.yaml in an archive is not read: unpack the archive to use it")
	for name, data := range map[string][]byte{
		"p.zip": z.Bytes(), "p.tar": tr.Bytes(), "p.tar.gz": packed(t, ".gz", tr.Bytes()), "p.tgz": packed(t, ".gz", tr.Bytes()), "p.tar.zst": packed(t, ".zst", tr.Bytes()), "p": tr.Bytes(),
	} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		got, skipped := outlines(file)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: documents (-folder +archive):\n%s", name, diff)
		}
		if diff := cmp.Diff(wantSkipped, skipped); diff != "" {
			t.Errorf("%s: skipped (-want +got):\n%s", name, diff)
		}
	}
	// A single packed file, and one that is packed without end.
	line := []byte(`{"text":"` + prose + `"}`)
	deep := line
	for range 6 {
		deep = packed(t, ".gz", deep)
	}
	dir = tree(t, map[string]string{"a.jsonl.gz": string(packed(t, ".gz", line)), "b.jsonl.zst": string(packed(t, ".zst", line)), "deep.gz": string(deep), "cut.gz": string(packed(t, ".gz", line)[:20])})
	c, err := Read(context.Background(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range c.Documents {
		got = append(got, d.ID+" "+d.Source)
	}
	for _, s := range c.Skipped {
		got = append(got, filepath.Base(s.Path)+" "+s.Reason)
	}
	if diff := cmp.Diff([]string{"a:1 a", "b:1 b", "cut.gz cannot be read: unexpected EOF", "deep.gz packed in too many layers"}, got); diff != "" {
		t.Errorf("single files (-want +got):\n%s", diff)
	}
}

// TestParquet: columns by other names, a list, a time, and a row without text.
func TestParquet(t *testing.T) {
	type row struct {
		GUID      string    `parquet:"guid"`
		Publisher string    `parquet:"publisher,optional"`
		Authors   []string  `parquet:"authors,list"`
		Published time.Time `parquet:"published,timestamp(microsecond)"`
		Content   string    `parquet:"content,optional"`
		Views     int64     `parquet:"views"`
	}
	file := filepath.Join(t.TempDir(), "a.parquet")
	at := time.Date(2024, 5, 2, 8, 0, 0, 0, time.UTC)
	err := parquet.WriteFile(file, []row{
		{"a", "The Post", []string{"A. Byrne", "B. Writer"}, at, prose, 1},
		{"b", "The Mail", nil, at, "", 2},
		{"c", "", []string{"C"}, at, "<p>" + prose + "</p>", 3},
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := Read(context.Background(), []string{file}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range c.Documents {
		got = append(got, strings.Join([]string{d.ID, d.Source, d.Author, d.Date, d.Text}, "|"))
	}
	for _, s := range c.Skipped {
		got = append(got, s.Place()[len(s.Path):]+" "+s.Reason)
	}
	want := []string{"a|The Post|A. Byrne, B. Writer|2024-05-02|" + prose, "c|a|C|2024-05-02|" + prose, `:2 the record's "text" is empty`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestMap: fields that the user names hold over those that are found.
func TestMap(t *testing.T) {
	line := `{"text":"short","body":"` + prose + `","a":"The Post","outlet":"no"}`
	c, err := Read(context.Background(), []string{"-"}, Options{Stdin: strings.NewReader(line), Map: map[string]string{"text": "body", "outlet": "a"}})
	if err != nil || c.Documents[0].Text != prose || c.Documents[0].Outlet != "The Post" {
		t.Errorf("%+v, %v", c, err)
	}
	c, _ = Read(context.Background(), []string{"-"}, Options{Stdin: strings.NewReader(line), Map: map[string]string{"text": "bdy"}})
	if len(c.Skipped) != 1 || c.Skipped[0].Reason != `the record has no "bdy"` {
		t.Errorf("%+v", c)
	}
}

// TestCompanions: a shell that expands folder/* names the files beside articles.
func TestCompanions(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": prose, "targets.yaml": "targets: []", "sources.yaml": "sources: []", "baseline.json": "{}"})
	paths, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := Read(context.Background(), paths, Options{})
	if err != nil || len(c.Documents) != 1 || len(c.Skipped) != 0 {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestVerbatim: a record whose caller knows its bytes keeps them.
func TestVerbatim(t *testing.T) {
	c, err := Read(context.Background(), []string{"-"}, Options{Verbatim: true, Stdin: strings.NewReader(`{"text":"<p>AT&amp;T left.</p>"}`)})
	if err != nil || c.Documents[0].Text != "<p>AT&amp;T left.</p>" {
		t.Errorf("%+v, %v", c, err)
	}
}
