package lexicon

import (
	"cmp"
	"slices"
)

// index finds what is filed under a sequence of words. The first word is a
// map key, so that a word which starts nothing costs one look-up.
type index[T any] map[string][]filed[T]

// filed is what is filed under one sequence of words.
type filed[T any] struct {
	rest   []string // the words after the first
	values []T      // in the order in which they were added
}

func (x index[T]) find(words []string) int {
	return slices.IndexFunc(x[words[0]], func(f filed[T]) bool { return slices.Equal(f.rest, words[1:]) })
}

func (x index[T]) has(words []string) bool { return x.find(words) >= 0 }

func (x index[T]) add(words []string, v T) {
	if i := x.find(words); i >= 0 {
		f := &x[words[0]][i]
		f.values = append(f.values, v)
		return
	}
	x[words[0]] = append(x[words[0]], filed[T]{rest: words[1:], values: []T{v}})
}

// sort brings longer sequences before shorter ones, as at needs them.
func (x index[T]) sort() {
	for _, list := range x {
		slices.SortFunc(list, func(a, b filed[T]) int {
			return cmp.Or(cmp.Compare(len(b.rest), len(a.rest)), slices.Compare(a.rest, b.rest))
		})
	}
}

// at returns what is filed under the longest sequence that starts at words[i],
// and its length; nil and 0 where there is none.
func (x index[T]) at(words []string, i int) ([]T, int) {
	for _, f := range x[words[i]] {
		if len(f.rest) < len(words)-i && slices.Equal(f.rest, words[i+1:i+1+len(f.rest)]) {
			return f.values, 1 + len(f.rest)
		}
	}
	return nil, 0
}
