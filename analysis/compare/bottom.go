package compare

import (
	"cmp"
	"hash/fnv"
	"io"
	"math"
	"slices"
)

// bottom holds values by name, at most limit of them: those whose names have
// the smallest hashes. Up to the limit it is a map. Beyond it, it is a random
// sample of the names, and the same one however the names came and in however
// many parts: a name that belongs to the sample of all belongs to the sample
// of every part that has it, so its value is never incomplete.
//
//	(1) E. Cohen, H. Kaplan, Summarizing data using bottom-k sketches,
//	    Principles of Distributed Computing, 2007.
type bottom[V any] struct {
	limit  int
	values map[string]*V
	last   place // beyond it nothing is held; the zero place where nothing was dropped
}

// place is where a name stands in the order by hash.
type place struct {
	hash uint64
	name string
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.hash, q.hash), cmp.Compare(p.name, q.name))
}

// placeOf hashes a name: FNV-1a, and the finaliser of MurmurHash3, as FNV by
// itself leaves the high bits of short names much alike.
func placeOf(name string) place {
	h := fnv.New64a()
	io.WriteString(h, name) // a hash does not fail
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	x ^= x >> 33
	return place{max(1, x), name} // 0 is for the zero place
}

// over reports whether names were dropped.
func (b *bottom[V]) over() bool { return b.last.hash != 0 }

// at returns the value of a name, made where it is new, or nil where the name
// is not in the sample.
func (b *bottom[V]) at(name string) *V {
	if v := b.values[name]; v != nil {
		return v
	}
	if b.over() && placeOf(name).compare(b.last) > 0 {
		return nil
	}
	if b.values == nil {
		b.values = map[string]*V{}
	}
	v := new(V)
	b.values[name] = v
	if len(b.values) > 2*b.limit { // not at each name, as it sorts
		b.trim()
	}
	return v
}

// trim drops what is beyond the limit.
func (b *bottom[V]) trim() {
	if len(b.values) <= b.limit {
		return
	}
	places := make([]place, 0, len(b.values))
	for name := range b.values {
		places = append(places, placeOf(name))
	}
	slices.SortFunc(places, place.compare)
	b.last = places[b.limit-1]
	for _, p := range places[b.limit:] {
		delete(b.values, p.name)
	}
}

// merge takes in the names of c, and adds their values by add.
func (b *bottom[V]) merge(c *bottom[V], add func(into, from *V)) {
	if c.over() && (!b.over() || c.last.compare(b.last) < 0) {
		b.last = c.last
		for name := range b.values {
			if placeOf(name).compare(b.last) > 0 {
				delete(b.values, name)
			}
		}
	}
	for name, from := range c.values {
		if into := b.at(name); into != nil {
			add(into, from)
		}
	}
}

// names returns the names in alphabetical order, none beyond the limit.
func (b *bottom[V]) names() []string {
	b.trim()
	return sortedKeys(b.values, cmp.Compare[string])
}

// count is how many names there were. Beyond the limit k it is estimated from
// the k-th smallest hash as (k-1)/hash, with hashes taken from 0 to 1: unbiased,
// with a relative standard error of 1/sqrt(k-2) (1), which is 1.1 % for 8192.
//
//	(1) K. Beyer et al., On synopses for distinct-value estimation under
//	    multiset operations, SIGMOD 2007.
func (b *bottom[V]) count() int {
	b.trim()
	if !b.over() {
		return len(b.values)
	}
	return int(math.Round(float64(b.limit-1) / (float64(b.last.hash) / (1 << 64))))
}
