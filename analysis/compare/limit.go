package compare

import (
	"cmp"
	"slices"
)

// maxPairs is how many pairs of one kind are compared, over all targets and voices
// together. Each is about 600 bytes of scores.json and a kilobyte while it is
// computed: with all pairs of 1,000 sources a run took 12 GB. So many are all pairs
// of 129 sources over two targets in three voices, and of 41 over twenty.
const maxPairs = 50_000

// maxRest is how many sources are looked at in all where some are set against the
// rest: all of a thousand, a hundred of 10,000. Each takes the sums of all others.
const maxRest = 1_000_000

// Limit says that of the pairs of one kind not all were compared, but only those of
// the sources, or targets, with most sentences over a target in a voice. As counts
// alone decide, and no tones, no error rate changes by it.
type Limit struct {
	Family string `json:"family"` // of contrasts, or attention or topics
	Most   int    `json:"most"`   // how many were paired over a target in a voice
	Pairs  int    `json:"pairs"`  // that were compared
	Of     int    `json:"of"`     // that there are
}

// The families of [Limit] besides those of contrasts.
const (
	LimitAttention = "attention"
	LimitTopics    = "topics"
)

// limited returns how many of each list are paired, and what is to be said of it:
// nothing where all are.
func limited(family string, sizes []int, opts Options) (most int, limits []Limit) {
	pairs := func(most int) (n int) {
		for _, size := range sizes {
			size = min(size, most)
			n += size * (size - 1) / 2
		}
		return n
	}
	largest := 0
	for _, size := range sizes {
		largest = max(largest, size)
	}
	all := pairs(largest)
	if all <= opts.pairs {
		return largest, nil
	}
	for most = 1; pairs(most+1) <= opts.pairs; most++ {
	}
	return most, []Limit{{family, most, pairs(most), all}}
}

// heaviest are those of a list with most sentences, in their order.
func heaviest[T any](list []T, most int, sentences func(T) int64) []T {
	if len(list) <= most {
		return list
	}
	at := make([]int, len(list))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(i, j int) int { return cmp.Compare(sentences(list[j]), sentences(list[i])) })
	at = at[:most]
	slices.Sort(at)
	out := make([]T, most)
	for i, k := range at {
		out[i] = list[k]
	}
	return out
}

// lengths are those of lists.
func lengths[T any](lists [][]T) []int {
	out := make([]int, len(lists))
	for i, l := range lists {
		out[i] = len(l)
	}
	return out
}
