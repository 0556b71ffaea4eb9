package syntax

import (
	"bytes"
	"math"
	"math/bits"
)

// A perceptron is a multi-class linear model over hashed features. The weights of
// a feature, one a class, are the row of its bucket. Two tables hold rows, each in
// the form that a few additions of machine words add: narrow and wide ones.

// buckets says where the rows of a table are. Rows of zeros are left out, so that
// more of the others are in the processor's cache.
type buckets struct {
	mask uint32 // buckets - 1; the number of buckets is a power of two
	used []usage
}

// usage says which of 64 buckets have a weight other than 0, and how many rows
// come before theirs.
type usage struct {
	bits   uint64
	before uint32
}

// newBuckets finds the rows of weights, of which there are as many as buckets
// times classes, and calls add with each, first with a row of zeros.
func newBuckets(classes int, weights []weight, add func(row []weight)) buckets {
	n := len(weights) / classes
	b := buckets{mask: uint32(n - 1), used: make([]usage, (n+63)/64)}
	zeros := make([]weight, classes)
	add(zeros)
	rows := uint32(1)
	for k := range n {
		u := &b.used[k/64]
		if k%64 == 0 {
			u.before = rows
		}
		if row := weights[k*classes:][:classes]; !bytes.Equal(row, zeros) {
			u.bits |= 1 << (k % 64)
			rows++
			add(row)
		}
	}
	return b
}

// row returns the number of a feature's row. A third of the features of new
// text have none and get that of zeros: adding it takes less time than a branch
// that cannot be foretold.
func (b *buckets) row(feature uint32) int {
	k := feature & b.mask
	u := &b.used[k/64]
	bit := u.bits >> (k % 64) & 1
	return (int(u.before) + bits.OnesCount64(u.bits&(1<<(k%64)-1))) & -int(bit)
}

// narrow holds rows of three classes.
type narrow struct {
	buckets
	rows   []int32  // how much more the second class has than the first, and in the upper half the third
	firsts []weight // of the first class, by row
}

func newNarrow(weights []weight) narrow {
	var t narrow
	t.buckets = newBuckets(transitions, weights, func(row []weight) {
		first := value(row[0])
		t.rows = append(t.rows, (value(row[2])-first)<<16|(value(row[1])-first)&0xffff)
		t.firsts = append(t.firsts, row[0])
	})
	return t
}

// weights appends those of a bucket.
func (t *narrow) weights(dst []weight, bucket uint32) []weight {
	k := t.row(bucket)
	first, r := value(t.firsts[k]), t.rows[k]
	return append(dst, t.firsts[k], weightOf(first+int32(int16(r))), weightOf(first+r>>16))
}

// margins are sums of the second and the third class, less that of the first.
type margins [2]int32

func (m margins) plus(o margins) margins { return margins{m[0] + o[0], m[1] + o[1]} }

// score returns the sums of the features' weights.
func (t *narrow) score(features []uint32) margins {
	var second, third int32
	for _, f := range features {
		r := t.rows[t.row(f)]
		second += int32(int16(r))
		third += r >> 16
	}
	return margins{second, third}
}

// wide holds rows of up to 40 classes. Each has a lane of 16 bits and is stored
// with limit added, so that no lane is negative and none carries into the next.
type wide struct {
	buckets
	classes int
	rows    [][2 * block]uint64
}

const (
	block = 5                   // machine words of a row that are added at a time, in registers
	burst = 65535 / (2 * limit) // rows that can be added before a lane is full
	most  = 8 * block           // classes
)

func newWide(classes int, weights []weight) wide {
	t := wide{classes: classes}
	t.buckets = newBuckets(classes, weights, func(row []weight) {
		var r [2 * block]uint64
		for c, w := range row {
			r[c/4] |= uint64(value(w)+limit) << (c % 4 * 16)
		}
		t.rows = append(t.rows, r)
	})
	return t
}

// weights appends those of a bucket.
func (t *wide) weights(dst []weight, bucket uint32) []weight {
	r := &t.rows[t.row(bucket)]
	for c := range t.classes {
		dst = append(dst, weightOf(int32(r[c/4]>>(c%4*16)&0xffff)-limit))
	}
	return dst
}

// scores are sums of weights by class, each greater by limit for each feature.
type scores [most]int32

// score sets sums to those of the features' weights.
func (t *wide) score(features []uint32, sums *scores) {
	var even, odd [2 * block]uint64 // lanes of 32 bits
	var rows [burst]*[2 * block]uint64
	for len(features) > 0 {
		n := min(burst, len(features))
		for i, f := range features[:n] {
			rows[i] = &t.rows[t.row(f)]
		}
		features = features[n:]
		for from := 0; from < 2*block; from += block {
			var a, b, c, d, e uint64
			for _, r := range rows[:n] {
				w := (*[block]uint64)(r[from:])
				a, b, c, d, e = a+w[0], b+w[1], c+w[2], d+w[3], e+w[4]
			}
			for i, v := range [block]uint64{a, b, c, d, e} {
				even[from+i] += v & 0x0000ffff0000ffff
				odd[from+i] += v >> 16 & 0x0000ffff0000ffff
			}
		}
	}
	for i := range even {
		sums[4*i], sums[4*i+1] = int32(even[i]), int32(odd[i])
		sums[4*i+2], sums[4*i+3] = int32(even[i]>>32), int32(odd[i]>>32)
	}
}

// weight is the step of a weight's size, a signed byte: q stands for q*|q|.
type weight = byte

// steps is the number of steps. 127 gain nothing and make the file an eighth
// larger; 32 lose 0.1 points of UAS.
const (
	steps = 63
	limit = steps * steps // the largest weight
)

func value(w weight) int32 {
	q := int32(int8(w))
	return q * max(q, -q)
}

// weightOf is the inverse of value.
func weightOf(v int32) weight {
	if v < 0 {
		return -weightOf(-v)
	}
	return weight(math.Round(math.Sqrt(float64(v))))
}

// best returns the first class of the highest score; only classes with a set
// bit in allowed count, all when allowed is 0.
func best(scores []int32, allowed uint64) int {
	b := -1
	for c, s := range scores {
		if allowed != 0 && allowed&(1<<uint(c)) == 0 {
			continue
		}
		if b < 0 || s > scores[b] {
			b = c
		}
	}
	return b
}

// mix is one round of the 32-bit finaliser of MurmurHash3 over a running hash
// and a value: cheap, and good enough that collisions are near random.
func mix(h, v uint32) uint32 { return bits.RotateLeft32(h^v*0xcc9e2d51, 13)*5 + 0xe6546b64 }

func finish(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	return h
}

// of1, of2 and of3 hash what a feature is made of, after what tells it from
// other features. They are this short so that the compiler puts them in place.
func of1(h, a uint32) uint32       { return finish(mix(h, a)) }
func of2(h, a, b uint32) uint32    { return finish(mix(mix(h, a), b)) }
func of3(h, a, b, c uint32) uint32 { return finish(mix(mix(mix(h, a), b), c)) }

// numbered returns hashes that tell features from one another, by their number.
func numbered(kind uint32) (seeds [100]uint32) {
	for i := range seeds {
		seeds[i] = mix(kind, uint32(i))
	}
	return seeds
}

// The features of the tagger, the parser and the labeller.
var tagger, arc, label = numbered(0x1234), numbered(0x777), numbered(0xabc)

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
