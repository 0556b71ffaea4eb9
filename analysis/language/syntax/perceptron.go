package syntax

import (
	"bytes"
	"errors"
	"math"
	"math/bits"
)

// A perceptron is a multi-class linear model over hashed features. The weights of
// a feature, one a class, are the row of its bucket. A sentence looks up thousands
// of rows that lie anywhere, and most of its time is waiting for memory: so there
// are two tables of rows, each small in its way and in a form that few additions
// add.

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

// narrow holds rows of three classes. Few are different, some thousands: each
// bucket has the number of its row.
type narrow struct {
	mask  uint32           // buckets - 1
	codes []uint16         // by bucket: the number of its row
	rows  *[1 << 16]triple // the first is of zeros
}

// triple holds three weights, each in a lane of 21 bits and with limit added, so
// that no lane is negative. 264 of them can be added before a lane carries into
// the next.
type triple uint64

const lane = 21

func tripleOf(ws []weight) (t triple) {
	for c, w := range ws {
		t |= triple(value(w)+limit) << (c * lane)
	}
	return t
}

// class returns a class's sum, greater by limit for each triple.
func (t triple) class(c int) int32 { return int32(t >> (c * lane) & (1<<lane - 1)) }

// newNarrow returns a table of the weights, of which there are three a bucket. It
// fails where they make more than 65,536 different rows.
func newNarrow(weights []weight) (narrow, error) {
	n := len(weights) / transitions
	t := narrow{mask: uint32(n - 1), codes: make([]uint16, n), rows: new([1 << 16]triple)}
	t.rows[0] = tripleOf(make([]weight, transitions))
	known := make([]uint16, 1<<21) // by the weights, 7 bits each
	size := 1
	for k := range n {
		ws := weights[k*transitions:][:transitions]
		key := int(ws[0]&127) | int(ws[1]&127)<<7 | int(ws[2]&127)<<14
		if key != 0 && known[key] == 0 {
			if size == len(t.rows) {
				return t, errors.New("too many different weights")
			}
			known[key] = uint16(size)
			t.rows[size] = tripleOf(ws)
			size++
		}
		t.codes[k] = known[key]
	}
	return t, nil
}

// weights appends those of a bucket.
func (t *narrow) weights(dst []weight, bucket uint32) []weight {
	r := t.rows[t.codes[bucket]]
	for c := range transitions {
		dst = append(dst, weightOf(r.class(c)-limit))
	}
	return dst
}

// score returns the sums of the features' weights.
func (t *narrow) score(features []uint32) (sum triple) {
	for _, f := range features {
		sum += t.rows[t.codes[f&t.mask]]
	}
	return sum
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
	room  = 128                 // features that a decision can have
)

// newWide returns a table of the weights, of which there are as many as buckets
// times classes.
func newWide(classes int, weights []weight) wide {
	t := wide{classes: classes, rows: make([][2 * block]uint64, 0, len(weights)/classes+1)} // the last of it is never touched
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
type scores struct {
	of   [most]int32
	read uint64 // so that what score reads ahead is read
}

// score sets sums to those of the features' weights. It reads a word of both ends
// of each row first, so that all are on their way from memory together.
func (t *wide) score(features []uint32, sums *scores) {
	var all [room]*[2 * block]uint64
	sums.read = 0
	for i, f := range features {
		r := &t.rows[t.row(f)]
		all[i%room] = r
		sums.read += r[0] + r[2*block-1]
	}
	const half = 0x0000ffff0000ffff // every second lane, with room for as many rows as there can be
	var even, odd [2 * block]uint64
	for left := all[:len(features)]; len(left) > 0; {
		rows := left[:min(burst, len(left))]
		left = left[len(rows):]
		for from := 0; from < 2*block; from += block {
			var a, b, c, d, e uint64
			for _, r := range rows {
				w := (*[block]uint64)(r[from:])
				a, b, c, d, e = a+w[0], b+w[1], c+w[2], d+w[3], e+w[4]
			}
			for i, v := range [block]uint64{a, b, c, d, e} {
				even[from+i] += v & half
				odd[from+i] += v >> 16 & half
			}
		}
	}
	for i := range even {
		sums.of[4*i], sums.of[4*i+1] = int32(even[i]), int32(odd[i])
		sums.of[4*i+2], sums.of[4*i+3] = int32(even[i]>>32), int32(odd[i]>>32)
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
