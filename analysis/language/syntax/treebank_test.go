package syntax_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parallax/analysis/language"
	"parallax/analysis/language/syntax"
)

// devPart is the development part of the treebank, which lies beside the
// repository where it is there at all.
var devPart = filepath.Join("..", "..", "..", "..", "shared", "data", "ud", "en_ewt_dev.conllu")

// devTrees reads the development part, or skips the test.
func devTrees(tb testing.TB) []syntax.Tree {
	tb.Helper()
	f, err := os.Open(devPart)
	if errors.Is(err, fs.ErrNotExist) {
		tb.Skipf("needs the treebank UD English EWT: %v", err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	trees, err := syntax.ReadCoNLLU(f, language.Fold)
	if err != nil {
		tb.Fatalf("%s: %v", devPart, err)
	}
	return trees
}

// TestTreebank holds the embedded model against trees it has not seen. The
// bounds are half a point below what it reached when it was trained.
func TestTreebank(t *testing.T) {
	s := syntax.Evaluate(syntax.Default(), devTrees(t))
	t.Logf("%d words: tags %.4f, UAS %.4f, LAS %.4f", s.Words, s.Tags, s.UAS, s.LAS)
	for _, r := range []string{"nsubj", "nsubj:pass", "obj", "obl:agent"} {
		pr := s.Rels[r]
		t.Logf("%-10s precision %.3f, recall %.3f, of %d", r, pr.Precision(), pr.Recall(), pr.Gold)
	}
	if s.Tags < 0.930 || s.UAS < 0.830 || s.LAS < 0.785 {
		t.Error("want tags 0.930, UAS 0.830 and LAS 0.785, or more")
	}
	for _, r := range []struct {
		name              string
		pr                syntax.PR
		precision, recall float64
	}{
		{"agent", s.Agent.Words, 0.909, 0.885},
		{"agent and verb", s.Agent.Predicates, 0.867, 0.843},
		{"patient", s.Patient.Words, 0.848, 0.874},
		{"patient and verb", s.Patient.Predicates, 0.822, 0.847},
	} {
		t.Logf("%-16s precision %.4f, recall %.4f, of %d", r.name, r.pr.Precision(), r.pr.Recall(), r.pr.Gold)
		if r.pr.Precision() < r.precision || r.pr.Recall() < r.recall {
			t.Errorf("%s: want precision %.3f and recall %.3f, or more", r.name, r.precision, r.recall)
		}
	}
}

// BenchmarkParse measures parsing alone, on words of the treebank; bytes are
// those of the words with a space each.
func BenchmarkParse(b *testing.B) {
	trees := devTrees(b)
	size := 0
	for _, t := range trees {
		for _, w := range t.Words {
			size += len(w.Text) + 1
		}
	}
	p := syntax.Default().NewParser()
	var nodes []syntax.Node
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range trees {
			nodes = p.Parse(t.Words, nodes)
		}
	}
}

// TestTreebankTokens compares the tokens of package language with those of the
// treebank, as the reader joins them: where they differ, the model meets what
// it has not learned. The treebank cuts "cannot", "gonna" and "dont" in two,
// and its texts, of the web, have odd marks; the bound allows for that.
func TestTreebankTokens(t *testing.T) {
	trees := devTrees(t)
	data, err := os.ReadFile(devPart)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for line := range strings.Lines(string(data)) {
		if text, ok := strings.CutPrefix(line, "# text = "); ok {
			texts = append(texts, strings.TrimSuffix(text, "\n"))
		}
	}
	if len(texts) != len(trees) {
		t.Fatalf("%d texts for %d trees", len(texts), len(trees))
	}
	type span struct{ start, end int } // counted without spaces
	var ours, theirs, same int
	for i, text := range texts {
		spans := make(map[span]bool)
		at := 0
		for _, w := range trees[i].Words {
			n := len(strings.ReplaceAll(w.Text, " ", ""))
			spans[span{at, at + n}] = true
			at += n
			theirs++
		}
		at = 0
		for _, tok := range language.Tokens(text, 0, len(text)) {
			if spans[span{at, at + len(tok.Text)}] {
				same++
			}
			at += len(tok.Text)
			ours++
		}
	}
	p, r := float64(same)/float64(ours), float64(same)/float64(theirs)
	t.Logf("%d tokens of ours, %d of theirs: precision %.4f, recall %.4f", ours, theirs, p, r)
	if p < 0.97 || r < 0.98 {
		t.Error("want precision 0.97 and recall 0.98, or more")
	}
}
