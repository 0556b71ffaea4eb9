package syntax

import (
	"math"
	"math/bits"
	"slices"
)

// perceptron is a multi-class linear model over hashed features. The weights of
// a feature lie in the row of its bucket, packed so that a few additions of
// machine words add them all: each has a lane of 16 bits (of 21 where there are
// three classes) and is stored with limit added, so that no lane is negative
// and none carries into the next.
type perceptron struct {
	classes int
	mask    uint32 // buckets - 1; the number of buckets is a power of two
	width   int    // machine words a row
	used    []usage
	rows    []uint64 // one of zeros, then those of the buckets in use
}

// usage says which of 64 buckets have a weight other than 0, and how many rows
// come before theirs. Rows of zeros are left out, so that more of the others
// are in the processor's cache.
type usage struct {
	bits   uint64
	before uint32
}

const (
	limit  = steps * steps       // the largest weight
	burst  = 65535 / (2 * limit) // rows that can be added before a lane of 16 bits is full
	narrow = 3                   // classes for which one word does, with lanes of 21 bits
	lane   = 21                  // bits; 264 features fill it
	block  = 5                   // machine words of a row that are added at a time; rows have a multiple
)

// newPerceptron returns a perceptron with the weights, of which there are as
// many as buckets times classes.
func newPerceptron(classes int, weights []int16) perceptron {
	buckets := len(weights) / classes
	p := perceptron{classes: classes, mask: uint32(buckets - 1), width: (classes + 4*block - 1) / (4 * block) * block, used: make([]usage, (buckets+63)/64)}
	size := 16
	if classes == narrow {
		p.width, size = 1, lane
	}
	pack := func(ws []int16) {
		at := len(p.rows)
		p.rows = append(p.rows, make([]uint64, p.width)...)
		for c, w := range ws {
			p.rows[at+c/(64/size)] |= uint64(int(w)+limit) << (c % (64 / size) * size)
		}
	}
	pack(make([]int16, classes))
	for k := range buckets {
		u := &p.used[k/64]
		if k%64 == 0 {
			u.before = uint32(len(p.rows) / p.width)
		}
		ws := weights[k*classes:][:classes]
		if slices.ContainsFunc(ws, func(w int16) bool { return w != 0 }) {
			u.bits |= 1 << (k % 64)
			pack(ws)
		}
	}
	return p
}

// row returns where the row of bucket k begins. A third of the features of new
// text have none and get that of zeros: adding it takes less time than a branch
// that cannot be foretold.
func (p *perceptron) row(k uint32) int {
	u := &p.used[k/64]
	bit := u.bits >> (k % 64) & 1
	return (int(u.before) + bits.OnesCount64(u.bits&(1<<(k%64)-1))) * p.width & -int(bit)
}

// weight returns the weight of class c in bucket k.
func (p *perceptron) weight(k uint32, c int) int16 {
	at := p.row(k)
	if p.classes == narrow {
		return int16(int(p.rows[at]>>(c*lane)&(1<<lane-1)) - limit)
	}
	return int16(int(p.rows[at+c/4]>>(c%4*16)&0xffff) - limit)
}

// steps is the number of steps of a weight's size; a weight is stored as its
// step, a signed byte. 127 steps gain nothing and make the file an eighth
// larger; 32 lose 0.1 points of UAS.
const steps = 63

func expand(q int8) int16 { return int16(q) * max(int16(q), -int16(q)) }

func compress(w int16) int8 {
	if w < 0 {
		return -compress(-w)
	}
	return int8(math.Round(math.Sqrt(float64(w))))
}

// score sets scores, one a class, to the sums of the features' weights.
func (p *perceptron) score(features []uint32, scores []int32) {
	if p.classes == narrow {
		p.scoreThree(features, (*[narrow]int32)(scores))
		return
	}
	scores = scores[:p.classes]
	clear(scores)
	var rows [burst]int
	for len(features) > 0 {
		n := min(burst, len(features))
		for i, f := range features[:n] {
			rows[i] = p.row(f & p.mask)
		}
		features = features[n:]
		for from := 0; from < p.width; from += block {
			var a, b, c, d, e uint64 // in registers
			for _, at := range rows[:n] {
				w := p.rows[at+from:][:block]
				a, b, c, d, e = a+w[0], b+w[1], c+w[2], d+w[3], e+w[4]
			}
			unpack([block]uint64{a, b, c, d, e}, scores[4*from:], int32(n*limit))
		}
	}
}

// unpack adds lanes, less their bias, to scores, of which there may be fewer.
func unpack(lanes [block]uint64, scores []int32, bias int32) {
	for _, v := range lanes {
		if len(scores) < 4 {
			for c := range scores {
				scores[c] += int32(v>>(16*c)&0xffff) - bias
			}
			return
		}
		scores[0] += int32(v&0xffff) - bias
		scores[1] += int32(v>>16&0xffff) - bias
		scores[2] += int32(v>>32&0xffff) - bias
		scores[3] += int32(v>>48) - bias
		scores = scores[4:]
	}
}

// scoreThree does the same for three classes.
func (p *perceptron) scoreThree(features []uint32, scores *[narrow]int32) {
	var sum uint64
	for _, f := range features {
		sum += p.rows[p.row(f&p.mask)]
	}
	bias := int32(len(features) * limit)
	for c := range scores {
		scores[c] = int32(sum>>(c*lane)&(1<<lane-1)) - bias
	}
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
func mix(h, v uint32) uint32 {
	h ^= v * 0xcc9e2d51
	h = h<<13 | h>>19
	h = h*5 + 0xe6546b64
	return h
}

func finish(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	return h
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
