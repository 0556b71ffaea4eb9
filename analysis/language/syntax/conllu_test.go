package syntax

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rowsOf makes CoNLL-U of lines of form, tag, head, relation and, where no
// space follows, "_".
func rowsOf(lines string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(lines) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
			b.WriteString("\n")
			n = 0
			continue
		case f[0] == "#":
			b.WriteString(line)
			continue
		}
		misc := "_"
		if len(f) == 5 {
			misc = "SpaceAfter=No"
		}
		n++
		b.WriteString(strings.Join([]string{string(rune('0' + n)), f[0], "_", "_", f[1], "_", f[2], f[3], "_", misc}, "\t") + "\n")
	}
	return b.String()
}

func TestReadCoNLLU(t *testing.T) {
	tests := []struct {
		name, in string
		want     []Tree
	}{
		{"nothing", "", nil},
		{"only comments", "# a\n\n\n# b\n", nil},
		{"two trees, no empty line at the end", `
# text = Seoul agreed. No.
Seoul NNP 2 nsubj
agreed VBD 0 root _
. . 2 punct

No UH 0 root
`, []Tree{
			{Words: wordsOf("Seoul agreed ."), Nodes: []Node{{"NNP", 1, "nsubj"}, {"VBD", -1, "root"}, {"PUNCT", 1, "punct"}}},
			{Words: wordsOf("No"), Nodes: []Node{{"UH", -1, "root"}}},
		}},
		{"hyphens join", `
a DT 6 det
hard JJ 4 amod _
- HYPH 4 punct _
line NN 6 compound
cold JJ 6 amod
war NN 0 root
`, []Tree{{
			Words: wordsOf("a hard-line cold war"),
			Nodes: []Node{{"DT", 3, "det"}, {"JJ", 3, "compound"}, {"JJ", 3, "amod"}, {"NN", -1, "root"}},
		}}},
		{"several hyphens join", `
up IN 5 case _
- HYPH 5 punct _
to IN 5 case _
- HYPH 5 punct _
date NN 6 amod
news NN 0 root
`, []Tree{{Words: wordsOf("up-to-date news"), Nodes: []Node{{"JJ", 1, "amod"}, {"NN", -1, "root"}}}}},
		{"a dash does not join", `
talks NNS 0 root
- : 1 punct
failed VBD 1 parataxis _
- : 1 punct
`, []Tree{{
			Words: wordsOf("talks - failed -"),
			Nodes: []Node{{"NNS", -1, "root"}, {"PUNCT", 0, "punct"}, {"VBD", 0, "parataxis"}, {"PUNCT", 0, "punct"}},
		}}},
		{"tags and relations become ours", `
$ $ 2 compound
3 CD 0 root
me@x.org ADD 2 nmod:npmod
and CC 2 cc:preconj
all PDT 2 what:ever
% NN 2 punct
`, []Tree{{
			Words: wordsOf("$ 3 me@x.org and all %"),
			Nodes: []Node{{"SYM", 1, "compound"}, {"CD", -1, "root"}, {"NN", 1, "nmod"}, {"CC", 1, "cc"}, {"PDT", 1, "dep"}, {"NN", 1, "dep"}},
		}}},
	}
	for _, tt := range tests {
		got, err := ReadCoNLLU(strings.NewReader(rowsOf(tt.in)), strings.ToLower)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestReadCoNLLUPassesOver(t *testing.T) {
	const in = "1-2\tcannot\t_\t_\t_\t_\t_\t_\t_\t_\n" +
		"1\tcan\t_\t_\tMD\t_\t0\troot\t_\t_\r\n" +
		"1.1\tnothing\t_\t_\tVB\t_\t_\t_\t1:x\t_\n" +
		"2\tnot\t_\t_\tRB\t_\t1\tadvmod\t_\t_\n"
	got, err := ReadCoNLLU(strings.NewReader(in), strings.ToLower)
	want := []Tree{{Words: wordsOf("can not"), Nodes: []Node{{"MD", -1, "root"}, {"RB", 0, "advmod"}}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
}

func TestReadCoNLLUErrors(t *testing.T) {
	const good = "1\tNo\t_\t_\tUH\t_\t0\troot\t_\t_\n"
	tests := []struct{ in, want string }{
		{"# c\n" + good + "2 No UH\n", "line 3: 1 columns, want 10"},
		{good + "\n1\tNo\t_\t_\tUH\t_\tx\troot\t_\t_\n", `line 3: head "x" is no number`},
		{good + "\n1\tNo\t_\t_\tUH\t_\t_\troot\t_\t_\n", `line 3: head "_" is no number`},
		{"\n" + good + "2\tNo\t_\t_\tUH\t_\t3\tdep\t_\t_\n", "line 3: head 3 is not in the sentence"},
		{good + "2\tNo\t_\t_\tUH\t_\t-1\tdep\t_\t_\n\n", "line 2: head -1 is not in the sentence"},
		{"\n" + good + "2\tNo\t_\t_\tUH\t_\t2\tdep\t_\t_\n", "line 3: the word is its own head"},
		{good + "\n3\tNo\t_\t_\tUH\t_\t0\troot\t_\t_\n", `line 3: word number "3", want 1`},
		{strings.Repeat("x", 2<<20), "line 1: "},
	}
	for _, tt := range tests {
		trees, err := ReadCoNLLU(strings.NewReader(tt.in), strings.ToLower)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%.40q: got %d trees and error %v, want %s", tt.in, len(trees), err, tt.want)
		}
	}
}

func FuzzReadCoNLLU(f *testing.F) {
	f.Add(rowsOf("a DT 2 det _\n- HYPH 2 punct _\nb NN 0 root\n\nNo UH 0 root"))
	f.Add("1-2\tx\t_\t_\t_\t_\t_\t_\t_\t_\n")
	f.Fuzz(func(t *testing.T, in string) {
		trees, err := ReadCoNLLU(strings.NewReader(in), strings.ToLower)
		if err != nil {
			return
		}
		for _, tree := range trees {
			if len(tree.Words) == 0 || len(tree.Words) != len(tree.Nodes) {
				t.Fatalf("%d words, %d nodes", len(tree.Words), len(tree.Nodes))
			}
			for i, n := range tree.Nodes {
				if _, ok := relIndex[n.Rel]; !ok || n.Head < -1 || n.Head >= len(tree.Nodes) || n.Head == i || (n.Head < 0) != (n.Rel == "root") {
					t.Fatalf("node %d of %d: %+v", i, len(tree.Nodes), n)
				}
				if _, ok := tagIndex[n.Tag]; !ok {
					t.Fatalf("node %d: %+v", i, n)
				}
			}
		}
	})
}

func wordsOf(s string) []Word {
	var ws []Word
	for w := range strings.FieldsSeq(s) {
		ws = append(ws, Word{Text: w, Norm: strings.ToLower(w)})
	}
	return ws
}
