package syntax

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestModelRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	random := func(buckets, classes int) []weight {
		weights := make([]weight, buckets*classes)
		for i := range weights {
			weights[i] = weight(rnd.IntN(2*steps+1) - steps)
		}
		return weights
	}
	m := &Model{tagger: newWide(len(tags), random(8, len(tags))), labels: newWide(len(rels), random(1, len(rels)))}
	var err error
	if m.arcs, err = newNarrow(random(4, transitions)); err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	if err := m.Write(&first); err != nil {
		t.Fatal(err)
	}
	if err := m.Write(&second); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("written again, the model has other bytes (error %v)", err)
	}
	got, err := Read(&first)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, got, cmp.AllowUnexported(Model{}, wide{}, narrow{}, buckets{}, usage{})); diff != "" {
		t.Errorf("(-written +read)\n%s", diff)
	}
}

// TestEmbedded bounds the model's share of the program.
func TestEmbedded(t *testing.T) {
	if most := 6_000_000; len(embedded) > most {
		t.Errorf("the model has %d bytes, more than %d", len(embedded), most)
	}
	if m := Default(); m != Default() || m.tagger.mask+1 != uint32(sizes[0]) || m.arcs.mask+1 != uint32(sizes[1]) || m.labels.mask+1 != uint32(sizes[2]) {
		t.Error("the model is not of the size that training makes")
	}
}

// TestScore compares the sums of packed rows with plain ones.
func TestScore(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, classes := range []int{transitions, 5, len(tags), len(rels), most} {
		weights := make([]weight, 128*classes)
		for i := range weights {
			if i/classes%3 > 0 {
				weights[i] = weight(rnd.IntN(2*steps+1) - steps)
			}
		}
		for range 50 {
			features := make([]uint32, rnd.IntN(room+1))
			want := make([]int32, classes)
			for i := range features {
				features[i] = rnd.Uint32()
				for c := range want {
					want[c] += value(weights[int(features[i]%128)*classes+c])
				}
			}
			got := make([]int32, classes)
			if classes == transitions {
				table, err := newNarrow(weights)
				if err != nil {
					t.Fatal(err)
				}
				sum := table.score(features)
				for c := range got {
					got[c] = sum.class(c) - int32(len(features)*limit)
				}
			} else {
				table := newWide(classes, weights)
				sums := scores{of: [most]int32{99}}
				table.score(features, &sums)
				for c := range got {
					got[c] = sums.of[c] - int32(len(features)*limit)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%d classes: (-want +got)\n%s", classes, diff)
			}
		}
	}
}

// TestManyRows says that a table with more different rows than it can number is
// not made.
func TestManyRows(t *testing.T) {
	weights := make([]weight, 1<<17*transitions)
	for i := range weights {
		k := i / transitions
		weights[i] = weight(k >> (6 * (i % transitions)) & (1<<6 - 1))
	}
	if _, err := newNarrow(weights); err == nil {
		t.Error("no error")
	}
	if _, err := newNarrow(weights[:len(weights)/2]); err != nil {
		t.Error(err)
	}
}

func TestWeights(t *testing.T) {
	for q := -steps; q <= steps; q++ {
		if got := weightOf(value(weight(q))); int8(got) != int8(q) {
			t.Errorf("step %d comes back as %d", q, int8(got))
		}
	}
}

func TestReadDamaged(t *testing.T) {
	pack := func(s string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := io.WriteString(z, s); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	header := func(buckets, classes uint32) string {
		return string(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, buckets), classes))
	}
	part := func(classes int) string { return header(1, uint32(classes)) + strings.Repeat("\x01", classes) }
	good := magic + part(len(tags)) + part(transitions) + part(len(rels))
	if _, err := Read(strings.NewReader(pack(good))); err != nil {
		t.Errorf("a small model: %v", err)
	}
	tests := []struct{ name, in, want string }{
		{"empty", "", "EOF"},
		{"no archive", magic + strings.Repeat("x", 20), "header"},
		{"cut archive", pack(good)[:30], "EOF"},
		{"flipped archive", pack(good)[:40] + "\x00\x00" + pack(good)[42:], ""},
		{"other contents", pack("hello"), "not a syntax model"},
		{"another version", pack("parallax syntax 1" + good[len(magic)-1:]), "not a syntax model"},
		{"only a header", pack(magic), "cut short"},
		{"one part", pack(magic + part(len(tags))), "cut short"},
		{"weights missing", pack(good[:len(good)-1]), "damaged"},
		{"bytes behind the end", pack(good + "x"), "damaged"},
		{"other classes", pack(magic + part(len(tags)+1)), "damaged"},
		{"no buckets", pack(magic + header(0, uint32(len(tags)))), "damaged"},
		{"not a power of two", pack(magic + header(3, uint32(len(tags))) + strings.Repeat("x", 3*len(tags))), "damaged"},
		{"far too many buckets", pack(magic + header(1<<31, uint32(len(tags)))), "damaged"},
	}
	for _, tt := range tests {
		m, err := Read(strings.NewReader(tt.in))
		if err == nil || m != nil || !strings.HasPrefix(err.Error(), "read model: ") || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

var small = [3]int{1 << 12, 1 << 12, 1 << 12}

// smallTrees are a treebank of three sentences.
func smallTrees(t *testing.T) []Tree {
	t.Helper()
	trees, err := ReadCoNLLU(strings.NewReader(rowsOf(`
The DT 2 det
North NNP 3 nsubj
attacked VBD 0 root
the DT 5 det
South NNP 3 obj
. . 3 punct

The DT 2 det
South NNP 4 nsubj:pass
was VBD 4 aux:pass
attacked VBN 0 root
by IN 7 case
the DT 7 det
North NNP 4 obl:agent
. . 4 punct

Seoul NNP 3 nsubj
never RB 3 advmod
attacked VBD 0 root
Tokyo NNP 3 obj
. . 3 punct
`)), strings.ToLower)
	if err != nil {
		t.Fatal(err)
	}
	return trees
}

// TestTrain says that training learns, gives the same bytes for the same
// options, and that the file holds all of the model.
func TestTrain(t *testing.T) {
	var trees []Tree
	for range 2 * rare { // what is met less often is not learned
		trees = append(trees, smallTrees(t)...)
	}
	train := func(o TrainOptions) (*Model, []byte) {
		var b bytes.Buffer
		o.sizes = small
		m := Train(trees, o)
		if err := m.Write(&b); err != nil {
			t.Fatal(err)
		}
		return m, b.Bytes()
	}
	stages := 0
	m, first := train(TrainOptions{Epochs: 6, Log: func(string) { stages++ }})
	if _, second := train(TrainOptions{Epochs: 6}); !bytes.Equal(first, second) {
		t.Error("the same trees and options gave another model")
	}
	if want := folds + runs + runs*6; stages != want {
		t.Errorf("%d stages told, want %d", stages, want)
	}
	s := Evaluate(m, trees)
	if s.LAS < 1 || s.Tags < 1 {
		t.Errorf("on the three sentences that it learned from: tags %.2f, LAS %.2f", s.Tags, s.LAS)
	}
	read, err := Read(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, Evaluate(read, trees)); diff != "" {
		t.Errorf("after reading (-trained +read)\n%s", diff)
	}
}

func TestTrainNothing(t *testing.T) {
	m := Train(nil, TrainOptions{Epochs: 1, sizes: small})
	words := wordsOf("The North attacked .")
	checkTree(t, words, m.NewParser().Parse(words, nil))
}

func TestEvaluate(t *testing.T) {
	trees := smallTrees(t)
	p := Default().NewParser()
	for i := range trees {
		trees[i].Nodes = p.Parse(trees[i].Words, nil)
	}
	s := Evaluate(Default(), trees)
	if s.Words != 16 || s.Tags != 1 || s.UAS != 1 || s.LAS != 1 {
		t.Errorf("against its own trees: %+v", s)
	}
	root := trees[0].Nodes[2]
	trees[0].Nodes[2].Tag = "JJ"                                              // one wrong tag
	trees[0].Nodes[1] = Node{Tag: trees[0].Nodes[1].Tag, Head: 2, Rel: "obj"} // right head, other relation
	trees[0].Nodes[4].Head = 1                                                // other head
	s = Evaluate(Default(), trees)
	want := Scores{Words: 16, Tags: 15. / 16, UAS: 15. / 16, LAS: 14. / 16}
	want.Rels, want.Agent, want.Patient = s.Rels, s.Agent, s.Patient // below
	if diff := cmp.Diff(want, s); diff != "" || root.Rel != "root" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	// The first sentence's subject passes for an object, the second's agent hangs
	// on its verb, and the object whose head is wrong is one all the same.
	wantRoles := [2]Role{
		{Predicates: PR{Right: 2, Predicted: 3, Gold: 2}, Words: PR{Right: 2, Predicted: 3, Gold: 2}},
		{Predicates: PR{Right: 2, Predicted: 3, Gold: 4}, Words: PR{Right: 3, Predicted: 3, Gold: 4}},
	}
	if diff := cmp.Diff(wantRoles, [2]Role{s.Agent, s.Patient}); diff != "" {
		t.Errorf("roles (-want +got)\n%s", diff)
	}
	if got, want := s.Rels["obj"], (PR{Right: 1, Predicted: 2, Gold: 3}); got != want {
		t.Errorf("obj: %+v, want %+v", got, want)
	}
	if empty := Evaluate(Default(), nil); empty.UAS != 0 || empty.Tags != 0 || (PR{}).Recall() != 0 {
		t.Errorf("of nothing: %+v", empty)
	}
}
