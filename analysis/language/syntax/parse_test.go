package syntax

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checkTree checks what holds for the parse of any words.
func checkTree(t *testing.T, words []Word, nodes []Node) {
	t.Helper()
	if len(nodes) != len(words) {
		t.Fatalf("%d nodes for %d words", len(nodes), len(words))
	}
	roots := 0
	for i, n := range nodes {
		_, tag := tagIndex[n.Tag]
		_, rel := relIndex[n.Rel]
		switch {
		case n.Head < -1 || n.Head >= len(nodes) || n.Head == i:
			t.Fatalf("word %d of %d has head %d", i, len(nodes), n.Head)
		case !tag || !rel:
			t.Errorf("word %d: tag %q, relation %q", i, n.Tag, n.Rel)
		case (n.Head < 0) != (n.Rel == "root"):
			t.Errorf("word %d: head %d with relation %s", i, n.Head, n.Rel)
		case (n.Tag == "PUNCT") != punctuation(words[i]):
			t.Errorf("word %d %q: tag %s", i, words[i].Text, n.Tag)
		case (n.Tag == "PUNCT") != (n.Rel == "punct") && n.Head >= 0:
			t.Errorf("word %d %q: tag %s, relation %s", i, words[i].Text, n.Tag, n.Rel)
		}
		if n.Head < 0 {
			roots++
		}
		steps := 0
		for h := i; h >= 0; h = nodes[h].Head {
			if steps++; steps > len(nodes) {
				t.Fatalf("word %d hangs on itself", i)
			}
		}
		// Projective: all between a word and its head lies below the head.
		for k := min(i, n.Head) + 1; n.Head >= 0 && k < max(i, n.Head); k++ {
			h := k
			for h >= 0 && h != n.Head {
				h = nodes[h].Head
			}
			if h < 0 {
				t.Fatalf("word %d lies below the arc from %d to %d", k, n.Head, i)
			}
		}
	}
	if len(words) > 0 && roots != 1 {
		t.Errorf("%d roots", roots)
	}
}

func TestParse(t *testing.T) {
	tests := []struct{ text, want string }{ // tag/head/relation by word
		{"", ""},
		{"Seoul", "NNP/-1/root"},
		{".", "PUNCT/-1/root"},
		{"The North attacked the South .", "DT/1/det NNP/2/nsubj VBD/-1/root DT/4/det NNP/2/obj PUNCT/2/punct"},
		{"The North was attacked by the South .", "DT/1/det NNP/3/nsubj:pass VBD/3/aux:pass VBN/-1/root IN/6/case DT/6/det NNP/3/obl:agent PUNCT/3/punct"},
	}
	p := Default().NewParser()
	for _, tt := range tests {
		words := wordsOf(tt.text)
		var got []string
		for _, n := range p.Parse(words, nil) {
			got = append(got, fmt.Sprintf("%s/%d/%s", n.Tag, n.Head, n.Rel))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.text, diff)
		}
	}
}

// TestParseAgain says that a parser gives the same tree whatever it parsed
// before, and that a tree does not change with the next.
func TestParseAgain(t *testing.T) {
	texts := []string{"The North attacked the South .", strings.Repeat("and on ", 300), "No", "Seoul , which he had left , fell", ""}
	used := Default().NewParser()
	var kept [][]Node
	for range 2 {
		for _, text := range texts {
			words := wordsOf(text)
			kept = append(kept, used.Parse(words, nil))
			checkTree(t, words, kept[len(kept)-1])
		}
	}
	for i, got := range kept {
		want := Default().NewParser().Parse(wordsOf(texts[i%len(texts)]), nil)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("parse %d: (-new parser +used one)\n%s", i, diff)
		}
	}
	dst := make([]Node, 3, 10)
	if got := used.Parse(wordsOf("No talks"), dst); &got[0] != &dst[0] || len(got) != 2 {
		t.Error("the result is not in the slice given for it")
	}
}

func TestParseWith(t *testing.T) {
	words := wordsOf("Korea attempts to split alliance")
	p := Default().NewParser()
	for _, tag := range tags {
		if tag == "PUNCT" {
			continue
		}
		nodes := p.ParseWith(words, nil, map[int]string{1: tag})
		checkTree(t, words, nodes)
		if nodes[1].Tag != tag {
			t.Errorf("given %s, got %s", tag, nodes[1].Tag)
		}
	}
	plain := p.Parse(words, nil)
	for name, given := range map[string]map[int]string{
		"none":              {},
		"an unknown tag":    {1: "XYZ"},
		"beyond the words":  {9: "NN"},
		"the parser's own":  {0: plain[0].Tag, 1: plain[1].Tag},
		"a mark for a word": {1: "PUNCT"},
	} {
		if diff := cmp.Diff(plain, p.ParseWith(words, nil, given)); diff != "" {
			t.Errorf("%s: (-plain +given)\n%s", name, diff)
		}
	}
}

// TestParseRandomWords parses words in random order, on which the model has to
// guess all the time.
func TestParseRandomWords(t *testing.T) {
	vocabulary := wordsOf("the North 's of to , . ( ) and or that which was by attacked attack Kim Seoul he it not quickly 28,500 $ % — ? if")
	rnd := rand.New(rand.NewPCG(1, 2))
	p := Default().NewParser()
	var nodes []Node
	for range 500 {
		words := make([]Word, rnd.IntN(60))
		for i := range words {
			words[i] = vocabulary[rnd.IntN(len(vocabulary))]
		}
		nodes = p.Parse(words, nodes)
		checkTree(t, words, nodes)
	}
}

// TestAttach says that sums kept from one state to the next are those that all
// features of a state have.
func TestAttach(t *testing.T) {
	vocabulary := wordsOf("the North 's of to , . ( ) and or that which was by attacked attack Kim Seoul he it not quickly 28,500 if")
	rnd := rand.New(rand.NewPCG(3, 4))
	p := Default().NewParser()
	for range 300 {
		words := make([]Word, 1+rnd.IntN(40))
		for i := range words {
			words[i] = vocabulary[rnd.IntN(len(vocabulary))]
		}
		var plain, s arcState
		for _, state := range []*arcState{&plain, &s} {
			state.reset(words)
			p.tag(state, words, nil)
		}
		for !plain.done() {
			sum := p.sum(&plain, arcFeatures)
			plain.apply(best([]int32{sum.class(shift), sum.class(left), sum.class(right)}, plain.legal()))
		}
		p.attach(&s)
		if diff := cmp.Diff(plain.heads, s.heads); diff != "" {
			t.Fatalf("%v: (-all features +sums)\n%s", words, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("The North attacked the South .", 0, "VB")
	f.Add("( \" ' ’s … — \xff é́ 서울 _ a-b 1,2 $ U.S.", 3, "XYZ")
	f.Fuzz(func(t *testing.T, text string, at int, tag string) {
		words := wordsOf(text)
		p := Default().NewParser()
		checkTree(t, words, p.Parse(words, nil))
		checkTree(t, words, p.ParseWith(words, nil, map[int]string{at: tag}))
	})
}
