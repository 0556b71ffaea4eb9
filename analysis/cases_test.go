package analysis_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parallax/analysis"
	"parallax/analysis/corpus"
)

// paragraphs makes a document of paragraphs parted by " | ". One that begins
// with "# " is the title.
func paragraphs(text string) *corpus.Document {
	doc := &corpus.Document{ID: "case", Text: text}
	at := 0
	for part := range strings.SplitSeq(text, " | ") {
		b := corpus.Block{Kind: corpus.Paragraph, Start: at, End: at + len(part)}
		if strings.HasPrefix(part, "# ") {
			b.Kind, b.Start = corpus.Title, at+2
		}
		doc.Blocks = append(doc.Blocks, b)
		at += len(part) + len(" | ")
	}
	return doc
}

// heard says of each target in the last sentence who speaks of it where it is first
// mentioned, "" for the author.
func heard(a *analysis.Analysis) map[string]string {
	out := map[string]string{}
	last := len(a.Sentences) - 1
	for _, m := range a.Mentions {
		if m.Sentence != last {
			continue
		}
		if _, ok := out[m.Target]; !ok {
			s, _ := a.Voices.At(last, m.Last)
			out[m.Target] = s.Holder
		}
	}
	return out
}

// unmet returns what of the wants of a case does not hold.
func unmet(a *analysis.Analysis, wants string) (out []string) {
	got := heard(a)
	listed, open := []string{}, false
	for want := range strings.SplitSeq(wants, "; ") {
		id, who, _ := strings.Cut(want, " ")
		holder, mentioned := got[id]
		ok := mentioned
		switch not, isNot := strings.CutPrefix(id, "!"); {
		case id == "none":
			ok = true
		case who == "sentences":
			ok, open = fmt.Sprint(len(a.Sentences)) == id, true
		case isNot:
			_, mentioned = got[not]
			ok, open = !mentioned, true
		case who == "author":
			ok = mentioned && holder == ""
		case who != "":
			by, _ := strings.CutPrefix(who, "quoted ")
			not, isNot := strings.CutPrefix(by, "!")
			ok = holder != "" && (by == "*" || by == holder || isNot && not != holder)
		}
		listed = append(listed, id)
		if !ok {
			out = append(out, want)
		}
	}
	for id := range got {
		if !open && !slices.Contains(listed, id) {
			out = append(out, "not "+id)
		}
	}
	return out
}

// TestCases runs the cases of testdata/cases.txt.
func TestCases(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "cases.txt"))
	if err != nil {
		t.Fatal(err)
	}
	analyzer := analyzer(t)
	kind := ""
	for n, line := range strings.Split(string(data), "\n") {
		if heading, ok := strings.CutPrefix(line, "= "); ok {
			kind = heading
		}
		want, text, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		t.Run(fmt.Sprintf("%s/%d", kind, n+1), func(t *testing.T) {
			a := analyzer.Analyze(paragraphs(text))
			if missing := unmet(a, want); len(missing) > 0 {
				t.Errorf("%s\nwant %s\nnot met: %s\n%d sentences, heard: %v", text, want, strings.Join(missing, "; "), len(a.Sentences), heard(a))
			}
		})
	}
}

// TestLineEnds says that it does not matter with which mark a file ends its lines.
func TestLineEnds(t *testing.T) {
	const text = "Talks with North Korea fail again in Seoul\n\nBy Anna Holt\n\nNorth Korea’s envoy said “the U.S. has lied to us” and walked out of the talks in Seoul on Monday.\n\n" +
		"South Korea’s president didn’t blame Washington, but nobody in Seoul could say what would follow after that.\n"
	read := func(end string) []analysis.Observation {
		file := filepath.Join(t.TempDir(), "a.txt")
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, "\n", end)), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := corpus.Read(t.Context(), []string{file}, corpus.Options{})
		if err != nil || len(c.Documents) != 1 {
			t.Fatalf("%d documents: %v", len(c.Documents), err)
		}
		out := analyzer(t).Analyze(&c.Documents[0]).Observations
		for i := range out {
			out[i].Start, out[i].End, out[i].Paragraph, out[i].Evidence = 0, 0, 0, nil
			out[i].Relations = nil
		}
		return out
	}
	want := read("\n")
	if len(want) == 0 {
		t.Fatal("no observations")
	}
	for _, end := range []string{"\r\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f"} {
		if got := read(end); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("lines that end with %q:\n got %v\nwant %v", end, got, want)
		}
	}
}

// TestPullQuote says that a quotation set apart in Markdown is the speaker's.
func TestPullQuote(t *testing.T) {
	for _, mark := range []string{"> **\"%s\"**\n> — Gen. Hale", "> *“%s”*\n> -- Gen. Hale", "> “%s”\n>\n> – Gen. Hale", "**“%s”**\n\n— Gen. Hale, who left in May"} {
		file := filepath.Join(t.TempDir(), "a.md")
		text := "# Talks fail in Seoul\n\nBy Anna Holt\n\nNorth Korea fired a missile on Monday, and people in Seoul said that they were afraid of the next one.\n\n" +
			fmt.Sprintf(mark, "North Korea is a murderous regime") + "\n\nThe talks in Seoul will go on, and nobody could say what would follow after that for the United States.\n"
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := corpus.Read(t.Context(), []string{file}, corpus.Options{})
		if err != nil || len(c.Documents) != 1 {
			t.Fatalf("%d documents: %v", len(c.Documents), err)
		}
		found := false
		for _, o := range analyzer(t).Analyze(&c.Documents[0]).Observations {
			if strings.Contains(o.Sentence, "murderous") {
				found = true
				if o.Voice != analysis.VoiceQuoted || o.Holder != "Hale" {
					t.Errorf("%q: %s %s, want quoted Hale", o.Sentence, o.Voice, o.Holder)
				}
			}
			if o.Target == "US" && o.Voice != analysis.VoiceAuthor {
				t.Errorf("%q: %s %s, want author", o.Sentence, o.Voice, o.Holder)
			}
		}
		if !found {
			t.Errorf("the quotation in %q was not read", mark)
		}
	}
}
