package lexicon

import (
	"cmp"
	"slices"
)

// index finds what is filed under a sequence of words. The first word is a
// map key, so that a word which starts nothing costs one look-up; most of those
// cost less, for they are not among firsts.
type index[T any] struct {
	lists  map[string][]filed[T]
	firsts *filter
}

func newIndex[T any](size int) index[T] {
	return index[T]{lists: make(map[string][]filed[T], size), firsts: new(filter)}
}

// filter is a set of words that may have more words than were put into it
// (Bloom 1970), by their length and three of their letters.
type filter [1 << 10]uint64

func (f *filter) bit(word string) (*uint64, uint64) {
	n := len(word)
	if n == 0 {
		return &f[0], 1
	}
	h := (uint32(n)<<24 | uint32(word[0])<<16 | uint32(word[n/2])<<8 | uint32(word[n-1])) * 0x9e3779b1
	return &f[h>>22], 1 << (h >> 16 & 63)
}

func (f *filter) add(word string) {
	w, bit := f.bit(word)
	*w |= bit
}

func (f *filter) has(word string) bool {
	w, bit := f.bit(word)
	return *w&bit != 0
}

// filed is what is filed under one sequence of words.
type filed[T any] struct {
	rest   []string // the words after the first
	values []T      // in the order in which they were added
}

func (x index[T]) find(words []string) int {
	return slices.IndexFunc(x.lists[words[0]], func(f filed[T]) bool { return slices.Equal(f.rest, words[1:]) })
}

func (x index[T]) has(words []string) bool { return x.find(words) >= 0 }

func (x index[T]) add(words []string, v T) {
	if i := x.find(words); i >= 0 {
		f := &x.lists[words[0]][i]
		f.values = append(f.values, v)
		return
	}
	x.firsts.add(words[0])
	x.lists[words[0]] = append(x.lists[words[0]], filed[T]{rest: words[1:], values: []T{v}})
}

// sort brings longer sequences before shorter ones, as at needs them.
func (x index[T]) sort() {
	for _, list := range x.lists {
		slices.SortFunc(list, func(a, b filed[T]) int {
			return cmp.Or(cmp.Compare(len(b.rest), len(a.rest)), slices.Compare(a.rest, b.rest))
		})
	}
}

// at returns what is filed under the longest sequence that starts at words[i],
// and its length; nil and 0 where there is none.
func (x index[T]) at(words []string, i int) ([]T, int) {
	if !x.firsts.has(words[i]) {
		return nil, 0
	}
	for _, f := range x.lists[words[i]] {
		if len(f.rest) < len(words)-i && slices.Equal(f.rest, words[i+1:i+1+len(f.rest)]) {
			return f.values, 1 + len(f.rest)
		}
	}
	return nil, 0
}
