package voice_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/language"
	"parallax/analysis/target"
	"parallax/analysis/voice"
	"parallax/lexicon"
	"parallax/seeds"
)

// invented are two states that no model and no word list has met.
const invented = `targets:
  - id: Veldonia
    name: Veldonia
    demonyms: [Veldonian, Veldonians]
    aliases: [Veldonian Press Agency]
    capitals: [Karsk]
  - id: Ilmar
    name: Ilmar
    demonyms: [Ilmari, Ilmaris]
`

// targets returns the built-in targets and the invented ones.
func targets(t testing.TB) *target.Set {
	t.Helper()
	data := strings.Replace("\n"+string(seeds.Targets), "\ntargets:\n", "\n"+invented, 1)
	set, err := target.Parse("targets.yaml", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// document makes a document of paragraphs.
func document(paragraphs ...string) *corpus.Document {
	doc := &corpus.Document{ID: "test", Date: "2017-06"}
	var b strings.Builder
	for _, p := range paragraphs {
		start := b.Len()
		b.WriteString(p)
		doc.Blocks = append(doc.Blocks, corpus.Block{Kind: corpus.Paragraph, Start: start, End: b.Len()})
		b.WriteString("\n\n")
	}
	doc.Text = b.String()
	return doc
}

func attribute(set *target.Set, doc *corpus.Document) ([]language.Sentence, *voice.Voices) {
	a := analysis.New(set, nil, nil).Analyze(doc)
	return a.Sentences, a.Voices
}

// at returns the voice of the byte offset in the document.
func at(ss []language.Sentence, v *voice.Voices, offset int) (string, string) {
	for i := range ss {
		for k, tok := range ss[i].Tokens {
			if tok.Start <= offset && offset < tok.End {
				if s, ok := v.At(i, k); ok {
					return "quoted", s.Holder
				}
				return "author", "-"
			}
		}
	}
	return "none", "-"
}

// labelled is a line of testdata/voices.txt.
type labelled struct {
	line          int
	kind          string // the heading above it, up to a comma
	voice, holder string
	paragraphs    []string
	offset        int // of the mention
}

func readVoices(t *testing.T) []labelled {
	t.Helper()
	data, err := os.ReadFile("testdata/voices.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	kind := ""
	for n, line := range strings.Split(string(data), "\n") {
		if heading, ok := strings.CutPrefix(line, "= "); ok {
			kind, _, _ = strings.Cut(heading, ",")
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != 3 || strings.Count(row[2], "{") != 1 || strings.Count(row[2], "}") != 1 {
			t.Fatalf("line %d: want voice, holder and a text with one mention in braces", n+1)
		}
		before, after, _ := strings.Cut(row[2], "{")
		mention, after, _ := strings.Cut(after, "}")
		offset := len(strings.ReplaceAll(before, " | ", "\n\n"))
		if _, word, ok := strings.Cut(mention, " "); ok {
			offset += len(mention) - len(word) // an article belongs to nobody
		}
		out = append(out, labelled{n + 1, kind, row[0], row[1], strings.Split(before+mention+after, " | "), offset})
	}
	return out
}

// tally counts agreement on one kind of sentence.
type tally struct {
	kind                  string
	sentences, right      int // voices
	called, quoted, found int // called quoted, labelled so, both
	holders               int // right among the quoted
}

func (c *tally) add(l labelled, voice, holder string) {
	c.sentences++
	if voice == l.voice {
		c.right++
	}
	if voice == analysis.VoiceQuoted {
		c.called++
	}
	if l.voice != analysis.VoiceQuoted {
		return
	}
	c.quoted++
	if voice == l.voice {
		c.found++
	}
	if holder == l.holder {
		c.holders++
	}
}

// share prints n of m; of nothing there is no share.
func share(n, m int) string {
	if m == 0 {
		return fmt.Sprintf("%12s", "-")
	}
	return fmt.Sprintf("%5.3f %6s", float64(n)/float64(m), fmt.Sprintf("%d/%d", n, m))
}

func (c *tally) String() string {
	return fmt.Sprintf("%-10s %5d sentences, voice %s, quoted: precision %s, recall %s, holder %s", c.kind, c.sentences,
		share(c.right, c.sentences), share(c.found, c.called), share(c.found, c.quoted), share(c.holders, c.quoted))
}

// TestVoices measures agreement on the sentences of testdata/voices.txt. Not
// all of them are right.
func TestVoices(t *testing.T) {
	set := targets(t)
	all := tally{kind: "all"}
	var kinds []*tally // in the order of the file
	for _, l := range readVoices(t) {
		k := slices.IndexFunc(kinds, func(c *tally) bool { return c.kind == l.kind })
		if k < 0 {
			k = len(kinds)
			kinds = append(kinds, &tally{kind: l.kind})
		}
		ss, v := attribute(set, document(l.paragraphs...))
		got, holder := at(ss, v, l.offset)
		all.add(l, got, holder)
		kinds[k].add(l, got, holder)
		if got != l.voice || holder != l.holder {
			t.Logf("line %d: %s %s, want %s %s: %s", l.line, got, holder, l.voice, l.holder, strings.Join(l.paragraphs, " | "))
		}
	}
	for _, c := range append(kinds, &all) {
		t.Log(c)
	}
	voiceShare, holderShare := float64(all.right)/float64(all.sentences), float64(all.holders)/float64(all.quoted)
	if voiceShare < minVoice || holderShare < minHolder {
		t.Errorf("agreement on voice %.3f, want %.2f; on holder %.3f, want %.2f", voiceShare, minVoice, holderShare, minHolder)
	}
}

// The bars are low enough for another parser model and high enough to show a
// rule that broke.
const minVoice, minHolder = 0.92, 0.85

// TestRenaming says that other names for the targets change the holders that
// are targets to these names, and nothing else.
func TestRenaming(t *testing.T) {
	names := map[string]string{"US": "SK", "SK": "NK", "NK": "Ruritania", "Veldonia": "Ilmar", "Ilmar": "Freedonia"}
	set := targets(t)
	var doc []string
	for _, l := range readVoices(t) {
		doc = append(doc, l.paragraphs...)
	}
	a := analysis.New(set, nil, nil).Analyze(document(doc...))
	var want []voice.Span
	for _, s := range a.Voices.Spans() {
		if name, ok := names[s.Holder]; ok {
			s.Holder = name
		}
		want = append(want, s)
	}
	renamed := slices.Clone(a.Mentions)
	for i := range renamed {
		renamed[i].Target = names[renamed[i].Target]
	}
	got := voice.Attribute(a.Sentences, renamed, lexicon.Default()).Spans()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}
