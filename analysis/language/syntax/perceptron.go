package syntax

import "math"

// perceptron is a multi-class linear model over hashed features. Feature f
// owns the weights [f%buckets*classes, +classes).
type perceptron struct {
	classes int
	mask    uint32 // buckets - 1; the number of buckets is a power of two
	weights []int16
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

func (p *perceptron) score(features []uint32, scores []int32) {
	for i := range scores {
		scores[i] = 0
	}
	for _, f := range features {
		w := p.weights[int(f&p.mask)*p.classes:][:p.classes]
		for c, v := range w {
			scores[c] += int32(v)
		}
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
