package cli

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// zipped is a file of a zip.
type zipped struct{ name, text string }

func readZip(t *testing.T, file string) (files []zipped) {
	t.Helper()
	r, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, zipped{f.Name, string(text)})
	}
	return files
}

func writeZip(t *testing.T, file string, files []zipped) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = io.WriteString(w, f.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A pack in which anything that the articles decide was changed, left out, added or
// put there twice does not hold, and says why.
func TestVerifyForged(t *testing.T) {
	t.Chdir(t.TempDir())
	const articles = `{"id":"p","source":"The Post","title":"A grim day","date":"2024-05-02","text":"North Korea brutally threatened the United States on Thursday.\n\nThe United States condemned the reckless attack and praised South Korea.\n\nNobody could say what would follow after that."}
{"id":"m","source":"The Mail","title":"Talks","date":"2024-05-03","text":"North Korea welcomed the talks.\n\nThe generous United States offered aid to North Korea.\n\nNobody could say what would follow after that."}
`
	if err := os.WriteFile("a.jsonl", []byte(articles), 0o666); err != nil {
		t.Fatal(err)
	}
	run := func(want int, args ...string) string {
		t.Helper()
		var stdout, stderr bytes.Buffer
		if got := Run(t.Context(), args, nil, &stdout, &stderr); got != want {
			t.Errorf("%v: status %d, want %d: %s%s", args, got, want, &stdout, &stderr)
		}
		return stdout.String() + stderr.String()
	}
	run(0, "compare", "--quiet", "--no-charts", "--no-second-opinion", "a.jsonl")
	run(0, "pack")
	honest := readZip(t, "pack.zip")
	if out := run(0, "verify", "pack.zip", "a.jsonl"); !strings.Contains(out, "\nVerified.\n") {
		t.Error(out)
	}

	replace := func(old, new string) func([]zipped) []zipped {
		return func(files []zipped) []zipped {
			for i, f := range files {
				if f.name == "scores.json" {
					if !strings.Contains(f.text, old) {
						t.Fatalf("no %s", old)
					}
					files[i].text = strings.Replace(f.text, old, new, 1)
				}
			}
			return files
		}
	}
	// part cuts what stands from one text to before another.
	part := func(from, to string) func([]zipped) []zipped {
		return func(files []zipped) []zipped {
			for i, f := range files {
				a, b := strings.Index(f.text, from), strings.Index(f.text, to)
				if f.name == "scores.json" && 0 <= a && a < b {
					files[i].text = f.text[:a] + f.text[b:]
					return files
				}
			}
			t.Fatalf("nothing from %s to %s", from, to)
			return nil
		}
	}
	add := func(f zipped, first bool) func([]zipped) []zipped {
		return func(files []zipped) []zipped {
			if first {
				return append([]zipped{f}, files...)
			}
			return append(files, f)
		}
	}
	scores := filepath.Join("out", "scores.json")
	forged, err := os.ReadFile(scores)
	if err != nil {
		t.Fatal(err)
	}
	_, first, _ := strings.Cut(string(forged), `"inputs": [`)
	first, _, _ = strings.Cut(first, "},")
	for name, c := range map[string]struct {
		change func([]zipped) []zipped
		status int
		say    string
	}{
		"no cells":                    {part(`  "cells": [`, `  "omnibus": [`), StatusMoved, "cells: made anew, and not in the pack"},
		"no cells, contrasts and all": {part(`  "cells": [`, `  "skipped": [`), StatusMoved, "contrasts: made anew, and not in the pack"},
		"more than there is":          {replace(`  "cells": [`, `  "truth": 1, "cells": [`), StatusMoved, "truth: in the pack, and not made anew"},
		"cells twice":                 {replace(`  "cells": [`, `  "cells": [], "cells": [`), StatusFailed, `"cells" is there twice`},
		"a second scores.json":        {add(zipped{"scores.json", string(forged)}, true), StatusFailed, "there twice"},
		"a second ledger":             {add(zipped{"observations.jsonl", ""}, false), StatusFailed, "there twice"},
		"another file":                {add(zipped{"../evil", ""}, false), StatusFailed, "no pack has a file of this name"},
		"another README":              {func(f []zipped) []zipped { f[0].text += "!"; return f }, StatusFailed, "as they are written"},
		"a title":                     {replace(`"title": "Talks"`, `"title": "Lies"`), StatusMoved, "the title of m"},
		"an outlet":                   {replace(`"outlet": "The Mail"`, `"outlet": "The Sun"`), StatusMoved, "the outlet of m"},
		"an option":                   {replace(`"options": {`, `"options": {"checked": "twice",`), StatusMoved, "checked"},
		"the lexicon's version":       {replace(`"lexicon": "`, `"lexicon": "9`), StatusMoved, "manifest: lexicon"},
		"a count of sentences":        {replace(`"sentences": 3`, `"sentences": 4`), StatusMoved, "sentences"},
		"a document fewer":            {replace(first+"},", ""), StatusMoved, "not found anew"},
		"a bomb":                      {replace(`{`, `{`+strings.Repeat(" ", 64<<20)), StatusFailed, "not what a pack has"},
	} {
		t.Run(name, func(t *testing.T) {
			writeZip(t, "forged.zip", c.change(append([]zipped(nil), honest...)))
			if out := run(c.status, "verify", "forged.zip", "a.jsonl"); !strings.Contains(out, c.say) || strings.Contains(out, "\nVerified.\n") {
				t.Errorf("%q is not in\n%s", c.say, out)
			}
		})
	}

	// Other words for what it is taken from are said to be the pack's.
	writeZip(t, "forged.zip", replace(`"title": "Talks"`, `"title": "Lies"`)(append([]zipped(nil), honest...)))
	if out := run(0, "verify", "--part", "forged.zip", "a.jsonl"); !strings.Contains(out, "By the pack's word alone: the title of m.") {
		t.Error(out)
	}
}
