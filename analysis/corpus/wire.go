package corpus

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Passage is a block of a document, and whose page it stood on.
type Passage struct {
	Document string `json:"document"`
	Source   string `json:"source"`
	Date     string `json:"date,omitempty"` // the document's
	Block    int    `json:"paragraph"`      // index into Document.Blocks
}

// Cluster is two passages or more with nearly the same words: wire copy that
// several sources print, or text that one source prints again. The earliest
// comes first; those without a date come last.
type Cluster struct {
	Passages []Passage `json:"passages"`
}

// How passages are compared.
const (
	// shingle is how many words in a row make a shingle. Three in a row that two
	// texts share by chance are rare; runs of four or more make one changed word
	// cost more of a short paragraph than is left.
	shingle = 3

	// alikeFrom is the Jaccard similarity of the sets of shingles from which on
	// two passages count as copies. A word changed within a paragraph of n words
	// changes three of its n-2 shingles and leaves (n-5)/(n+1) of all. Of the 24
	// million pairs of 6,894 sentences of NewsMTSC's train.jsonl, nine reach a
	// half, and all are copies; the ten from 0.3 on mostly share a quotation that
	// each puts into words of its own; below 0.2 it is turns of phrase.
	alikeFrom = 0.5

	// leastWords is the shortest passage looked at: the shortest for which a
	// changed word leaves a similarity of alikeFrom. Below are headings, bylines
	// and short sentences that people write twice by chance.
	leastWords = 11

	// bands of rows minima each. Two passages of similarity j meet in a band
	// with probability 1-(1-j^rows)^bands: 0.995 at alikeFrom, above 0.9999 from
	// 0.6 on, and 0.04 at 0.1, where the comparison then costs its time.
	bands = 40
	rows  = 3
)

// Copies finds the passages that nearly repeat another, in any document. What
// it returns does not depend on the order of the documents.
//
// Passages are compared as sets of shingles of three words, with case,
// punctuation and soft hyphens left out. Candidates are found by MinHash with
// banding [1, 2] and kept where the sets' Jaccard similarity, computed exactly,
// is at least a half. A cluster is what such pairs connect, so its ends may be
// less alike than that. Of pairs at exactly a half about one in 200 is missed,
// the same ones in every run; of more alike ones, next to none.
//
// Time and memory grow with the length of the text and the number of clusters'
// different versions: passages with the very same words are compared once. Only
// texts made from one template that are less alike than a half are compared
// with each other: 20,000 of 28 words, of which 8 are filled in, took 13 s.
//
//	[1] Broder, "On the resemblance and containment of documents", 1997.
//	[2] Indyk and Motwani, "Approximate nearest neighbors", 1998.
func Copies(docs []Document) []Cluster {
	all := passages(docs)
	// Passages of the same words are one from here on.
	var texts []*text
	at := map[uint64]int{}
	for i := range all {
		k, ok := at[all[i].words]
		if !ok {
			k = len(texts)
			at[all[i].words] = k
			texts = append(texts, &text{of: &docs[all[i].document], block: all[i].block})
		}
		texts[k].passages = append(texts[k].passages, i)
	}

	keys := make([][bands]uint32, len(texts))
	inParallel(len(texts), func(i int) {
		m := signature(texts[i].shingles())
		keys[i] = m.bands()
	})
	sets := newForest(len(texts))
	order := make([]uint64, len(texts))
	for b := range bands {
		for i := range keys {
			order[i] = uint64(keys[i][b])<<32 | uint64(i)
		}
		slices.Sort(order)
		for i := 0; i < len(order); {
			j := i + 1
			for j < len(order) && order[j]>>32 == order[i]>>32 {
				j++
			}
			if j-i > 1 {
				join(order[i:j], texts, sets)
			}
			i = j
		}
	}

	members := map[int][]Passage{}
	for i, t := range texts {
		for _, p := range t.passages {
			d := &docs[all[p].document]
			members[sets.root(i)] = append(members[sets.root(i)], Passage{d.ID, d.Source, d.Date, all[p].block})
		}
	}
	var out []Cluster
	for _, ps := range members {
		if len(ps) > 1 {
			slices.SortFunc(ps, Passage.compare)
			out = append(out, Cluster{ps})
		}
	}
	slices.SortFunc(out, func(a, b Cluster) int { return a.Passages[0].compare(b.Passages[0]) })
	return out
}

func (p Passage) compare(q Passage) int {
	known := func(date string) int {
		if date == "" {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(known(p.Date), known(q.Date)), cmp.Compare(p.Date, q.Date),
		cmp.Compare(p.Document, q.Document), cmp.Compare(p.Block, q.Block),
	)
}

// located is a passage with a hash of its words in order.
type located struct {
	document, block int
	words           uint64
}

// passages lists the blocks that are long enough.
func passages(docs []Document) []located {
	found := make([][]located, len(docs))
	inParallel(len(docs), func(i int) {
		for j, b := range docs[i].Blocks {
			words := wordHashes(docs[i].Text[b.Start:b.End])
			if len(words) < leastWords {
				continue
			}
			h := uint64(len(words))
			for _, w := range words {
				h = scramble(h ^ w)
			}
			found[i] = append(found[i], located{i, j, h})
		}
	})
	return slices.Concat(found...)
}

// text is what passages of the same words say.
type text struct {
	of       *Document
	block    int
	passages []int
	set      []uint64 // shingles, once a candidate asked for them
}

func (t *text) shingles() []uint64 {
	b := t.of.Blocks[t.block]
	return shingles(t.of.Text[b.Start:b.End])
}

// alike reports whether two texts are near-copies.
func alike(a, b *text) bool {
	for _, t := range []*text{a, b} {
		if t.set == nil {
			t.set = t.shingles()
		}
	}
	return jaccard(a.set, b.set) >= alikeFrom
}

// join connects the texts of a bucket that are alike. A text is compared with
// the members of each set that it is not in until one is alike.
func join(bucket []uint64, texts []*text, sets forest) {
	var apart [][]int // members seen, by set
	for _, entry := range bucket {
		i := int(uint32(entry))
		own := []int{i}
		rest := apart[:0]
		for _, set := range apart {
			if sets.root(set[0]) != sets.root(i) && !slices.ContainsFunc(set, func(j int) bool { return alike(texts[i], texts[j]) }) {
				rest = append(rest, set)
				continue
			}
			sets.join(set[0], i)
			own = append(set, own...)
		}
		apart = append(rest, own)
	}
}

// forest is disjoint sets: each element's parent, a root being its own.
type forest []int

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

func (f forest) root(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) join(i, j int) {
	i, j = f.root(i), f.root(j)
	f[max(i, j)] = min(i, j)
}

// wordHashes are the words of a text, each as a hash: runs of letters, marks
// and digits, in lower case, without the format characters within them.
func wordHashes(s string) []uint64 {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	words := make([]uint64, 0, strings.Count(s, " ")+1)
	h, within := uint64(offset), false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			h = (h ^ uint64(unicode.ToLower(r))) * prime
			within = true
		case unicode.Is(unicode.Cf, r):
		case within:
			words = append(words, h)
			h, within = offset, false
		}
	}
	if within {
		words = append(words, h)
	}
	return words
}

// shingles is the set of a text's shingles as hashes of 64 bits, in order. Two
// different ones have the same hash once in 2^64 pairs.
func shingles(s string) []uint64 {
	words := wordHashes(s)
	if len(words) < shingle {
		return nil
	}
	set := make([]uint64, len(words)-shingle+1)
	for i := range set {
		h := uint64(0)
		for _, w := range words[i : i+shingle] {
			h = scramble(h ^ w)
		}
		set[i] = h
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// jaccard is the size of two sets' intersection over that of their union, in
// [0, 1]; of two empty sets it is 0. Both are in order.
func jaccard(a, b []uint64) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// minima is a MinHash signature: of each of many hash functions the least value
// in a set. The share of positions in which two sets agree estimates their
// Jaccard similarity j with a standard error of sqrt(j(1-j)/len).
type minima [bands * rows]uint32

// signature hashes a set. The functions are multiply-shift, of shingles whose
// bits are scrambled already.
func signature(set []uint64) minima {
	var m minima
	for i := range m {
		a, b := scramble(uint64(2*i+1))|1, scramble(uint64(2*i+2))
		least := ^uint32(0)
		for _, x := range set {
			least = min(least, uint32((x*a+b)>>32))
		}
		m[i] = least
	}
	return m
}

// bands are the keys of the buckets that a signature falls into.
func (m *minima) bands() [bands]uint32 {
	var keys [bands]uint32
	for b := range keys {
		h := uint64(0)
		for _, v := range m[b*rows : (b+1)*rows] {
			h = scramble(h ^ uint64(v))
		}
		keys[b] = uint32(h)
	}
	return keys
}

// scramble is the finaliser of Steele, Lea and Flood's SplitMix64 (2014): a
// bijection of which each bit out depends on all bits in.
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// inParallel calls f with 0, ..., n-1 on all cores.
func inParallel(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// Wire says what counts of text that stands in more than one place.
type Wire string

// What counts.
const (
	WireAll      Wire = "all"      // everything, as often as it was printed
	WireOwn      Wire = "own"      // what no other source has
	WireCollapse Wire = "collapse" // a cluster once for each source: its earliest passage
)

// Excluded are passages that do not count: block numbers by document.
type Excluded map[string]map[int]bool

// Has reports whether a block does not count.
func (e Excluded) Has(document string, block int) bool { return e[document][block] }

// Exclude returns which passages of some clusters do not count. owner names the
// unit of comparison that a passage belongs to, which is its source where owner
// is nil.
//
// With WireOwn a paragraph that several owners have counts for none of them:
// who wrote it cannot be told from the pages, as agencies and copyists alike
// leave credits out. What only one owner has counts as often as it has it.
func (w Wire) Exclude(clusters []Cluster, owner func(Passage) string) Excluded {
	if owner == nil {
		owner = func(p Passage) string { return p.Source }
	}
	out := Excluded{}
	exclude := func(p Passage) {
		if out[p.Document] == nil {
			out[p.Document] = map[int]bool{}
		}
		out[p.Document][p.Block] = true
	}
	for _, c := range clusters {
		owners := map[string]bool{}
		for _, p := range c.Passages {
			if w == WireCollapse && owners[owner(p)] {
				exclude(p)
			}
			owners[owner(p)] = true
		}
		if w == WireOwn && len(owners) > 1 {
			for _, p := range c.Passages {
				exclude(p)
			}
		}
	}
	return out
}
