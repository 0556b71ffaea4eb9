package corpus

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// madeUp is a document whose paragraphs are the ones given.
func madeUp(id, source, date string, paragraphs ...string) Document {
	d := Document{ID: id, Source: source, Date: date}
	for _, p := range paragraphs {
		start := len(d.Text)
		d.Text += p
		d.Blocks = append(d.Blocks, Block{Paragraph, start, len(d.Text)})
		d.Text += "\n\n"
	}
	return d
}

// words of a made-up text: the commonest are very common, as in a language.
func madeUpWords(r *rand.Rand, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("w%d", int(math.Exp(r.Float64()*math.Log(20000))))
	}
	return out
}

// places writes clusters as "a/0 b/2".
func places(clusters []Cluster) []string {
	var out []string
	for _, c := range clusters {
		var s []string
		for _, p := range c.Passages {
			s = append(s, fmt.Sprintf("%s/%d", p.Document, p.Block))
		}
		out = append(out, strings.Join(s, " "))
	}
	return out
}

const wired = "The minister said on Monday that the talks had failed, and that nobody knew when they would be resumed."

func TestCopies(t *testing.T) {
	for _, test := range []struct{ name, a, b string }{
		{"the same", wired, wired},
		{"case, quotes and line breaks", "The minister said “on Monday” that the talks\nhad failed and that nobody knew when they would be resumed", strings.ToUpper(wired)},
		{"soft hyphens", wired, strings.ReplaceAll(wired, "minister", "mini\u00adster")},
		{"composed and not", strings.ReplaceAll(wired, "Monday", "Montréal"), strings.ReplaceAll(wired, "Monday", "Montre\u0301al")},
		{"another word", wired, strings.Replace(wired, "Monday", "Tuesday", 1)},
		{"a word more", wired, strings.Replace(wired, "talks", "latest talks", 1)},
		{"an agency's name before", wired, "PYONGYANG (AP) - " + wired},
		{"the shortest, another word within", "one two three four five six seven eight nine ten eleven", "one two three four five SIX! seven eight nine ten eleven"},
	} {
		b := test.b
		if strings.Contains(test.name, "shortest") {
			b = strings.Replace(b, "SIX!", "other", 1)
		}
		docs := []Document{madeUp("a", "A", "", test.a), madeUp("b", "B", "", "Something else altogether stands here, in more words than are needed to be looked at.", b)}
		if diff := cmp.Diff([]string{"a/0 b/1"}, places(Copies(docs))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	for _, test := range []struct{ name, a, b string }{
		{"ten words", "one two three four five six seven eight nine ten", "one two three four five six seven eight nine ten"},
		{"the same words in another order", wired, "Resumed be would they when knew nobody that and, failed had talks the that Monday on said minister the."},
		{"one topic", wired, "The minister said on Friday that new talks would begin, and that everybody knew what they would be about."},
		{"nothing", "", "!"},
	} {
		if got := Copies([]Document{madeUp("a", "A", "", test.a), madeUp("b", "B", "", test.b)}); len(got) > 0 {
			t.Errorf("%s: copies: %v", test.name, places(got))
		}
	}
}

// TestCopiesKeepWhose: a cluster says whose page each passage stood on, the
// earliest first.
func TestCopiesKeepWhose(t *testing.T) {
	docs := []Document{
		madeUp("x", "C", "", wired),
		madeUp("b", "B", "2021-10-06", wired, wired),
		madeUp("c", "A", "2021-10-05", "", wired),
	}
	want := []Cluster{{[]Passage{{"c", "A", "2021-10-05", 1}, {"b", "B", "2021-10-06", 0}, {"b", "B", "2021-10-06", 1}, {"x", "C", "", 0}}}}
	if diff := cmp.Diff(want, Copies(docs)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// press makes up documents of paragraphs, a share of which are taken from a
// pool with one word changed, and says which pairs of places are copies.
func press(seed uint64, documents, paragraphs int, copied float64) ([]Document, map[int][]string) {
	r := rand.New(rand.NewPCG(seed, 1))
	pool := make([][]string, documents/10+1)
	for i := range pool {
		pool[i] = madeUpWords(r, 20+r.IntN(50))
	}
	var docs []Document
	copies := map[int][]string{}
	for i := range documents {
		var text []string
		for j := range paragraphs {
			words := madeUpWords(r, 20+r.IntN(50))
			if r.Float64() < copied {
				k := r.IntN(len(pool))
				words = slices.Clone(pool[k])
				words[r.IntN(len(words))] = "changed"
				copies[k] = append(copies[k], fmt.Sprintf("d%05d/%d", i, j))
			}
			text = append(text, strings.Join(words, " "))
		}
		docs = append(docs, madeUp(fmt.Sprintf("d%05d", i), fmt.Sprintf("s%d", i%7), fmt.Sprintf("2021-%02d", 1+i/100%12), text...))
	}
	return docs, copies
}

// TestCopiesFindAll: all edited copies are found, and nothing else.
func TestCopiesFindAll(t *testing.T) {
	docs, copies := press(7, 400, 10, 0.1)
	var want []string
	for _, c := range copies {
		if len(c) > 1 {
			slices.Sort(c)
			want = append(want, strings.Join(c, " "))
		}
	}
	got := places(Copies(docs))
	for i := range got {
		f := strings.Fields(got[i])
		slices.Sort(f)
		got[i] = strings.Join(f, " ")
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) < 30 {
		t.Fatalf("%d clusters are too few for a test", len(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCopiesInAnyOrder: neither the order of the documents nor what else there
// is changes a cluster.
func TestCopiesInAnyOrder(t *testing.T) {
	docs, _ := press(8, 200, 5, 0.2)
	want := Copies(docs)
	if len(want) < 10 {
		t.Fatalf("%d clusters are too few for a test", len(want))
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 5 {
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		if diff := cmp.Diff(want, Copies(docs)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

// TestMinHash: the estimate of a signature is not biased, and its spread is the
// binomial one.
func TestMinHash(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, shared := range []int{0, 10, 30, 60, 80} { // of 90 shingles in the union
		const union, runs = 90, 2000
		j := float64(shared) / union
		sum, squares := 0.0, 0.0
		for range runs {
			a, b := make([]uint64, 0, union), make([]uint64, 0, union)
			for i := range union {
				x := r.Uint64()
				if i < shared || i%2 == 0 {
					a = append(a, x)
				}
				if i < shared || i%2 == 1 {
					b = append(b, x)
				}
			}
			slices.Sort(a)
			slices.Sort(b)
			if got := jaccard(a, b); math.Abs(got-j) > 1e-12 {
				t.Fatalf("jaccard is %v, want %v", got, j)
			}
			x, y := signature(a), signature(b)
			same := 0.0
			for i := range x {
				if x[i] == y[i] {
					same++
				}
			}
			d := same/float64(len(x)) - j
			sum, squares = sum+d, squares+d*d
		}
		bound := math.Sqrt(j * (1 - j) / (bands * rows))
		// A mean of runs estimates has a standard error of bound/sqrt(runs), their
		// standard deviation one of about bound/sqrt(2 runs): four of each.
		if bias := sum / runs; math.Abs(bias) > 4*bound/math.Sqrt(runs) {
			t.Errorf("similarity %.2f: the mean error is %+.4f", j, bias)
		}
		if sd := math.Sqrt(squares / runs); sd > bound*(1+4/math.Sqrt(2*runs)) {
			t.Errorf("similarity %.2f: the standard error is %.4f, more than %.4f", j, sd, bound)
		}
	}
}

func TestExclude(t *testing.T) {
	own := "Nobody but this one source has the following words, which it likes so much that it prints them twice."
	docs := []Document{
		madeUp("a1", "A", "2021-01", wired, own),
		madeUp("a2", "A", "2021-02", own, wired),
		madeUp("b1", "B", "2021-03", "Here are some words that only stand here, and are not too few to be looked at.", wired),
	}
	clusters := Copies(docs)
	for _, test := range []struct {
		wire  Wire
		owner func(Passage) string
		want  Excluded
	}{
		{WireAll, nil, Excluded{}},
		{WireOwn, nil, Excluded{"a1": {0: true}, "a2": {1: true}, "b1": {1: true}}},
		{WireCollapse, nil, Excluded{"a2": {0: true, 1: true}}},
		{WireOwn, func(p Passage) string { return p.Document }, Excluded{"a1": {0: true, 1: true}, "a2": {0: true, 1: true}, "b1": {1: true}}},
		{WireCollapse, func(p Passage) string { return p.Document }, Excluded{}},
	} {
		got := test.wire.Exclude(clusters, test.owner)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.wire, diff)
		}
		if got.Has("b1", 0) || got.Has("none", 0) {
			t.Errorf("%s: what has no copy does not count", test.wire)
		}
	}
}

// FuzzCopies: a text and its copy make clusters of the same blocks, whatever
// they hold, and a passage is in one cluster at most.
func FuzzCopies(f *testing.F) {
	f.Add(wired, "a\n\nb")
	f.Add(strings.Repeat("a ", 40), strings.Repeat("b\u0301 \u00ad", 40))
	f.Add("\xff\xfe", wired+"\n\n"+wired)
	f.Fuzz(func(t *testing.T, a, b string) {
		text := strings.Split(a+"\n\n"+b, "\n\n")
		docs := []Document{madeUp("a", "A", "", text...), madeUp("b", "B", "", text...)}
		seen := map[Passage]bool{}
		for _, c := range Copies(docs) {
			in := map[string][]int{}
			for _, p := range c.Passages {
				if seen[p] {
					t.Errorf("%v is in two clusters", p)
				}
				seen[p] = true
				in[p.Document] = append(in[p.Document], p.Block)
			}
			if diff := cmp.Diff(in["a"], in["b"]); diff != "" {
				t.Errorf("a text and its copy differ (-text +copy):\n%s", diff)
			}
		}
		for i, s := range text {
			if long := len(wordHashes(s)) >= leastWords; long != seen[Passage{"a", "A", "", i}] {
				t.Errorf("block %d, long enough: %v, found: %v", i, long, !long)
			}
		}
	})
}

// BenchmarkCopies looks for copies in 10,000 documents of twenty paragraphs of
// 20 to 69 words, a tenth of them copied with a word changed.
func BenchmarkCopies(b *testing.B) {
	docs, _ := press(9, 10000, 20, 0.1)
	size := int64(0)
	for _, d := range docs {
		size += int64(len(d.Text))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		Copies(docs)
	}
}
