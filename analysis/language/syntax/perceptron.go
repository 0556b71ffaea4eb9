package syntax

import "math"

// perceptron is a multi-class linear model over hashed features. Feature f
// owns the weights [f%buckets*classes, +classes).
type perceptron struct {
	classes int
	mask    uint32 // buckets - 1; the number of buckets is a power of two
	weights []int16
	used    []uint64 // a bit for each bucket with a weight other than 0: a third of the features of new text have none
}

// newPerceptron returns a perceptron with the weights, of which there are as
// many as buckets times classes.
func newPerceptron(classes int, weights []int16) perceptron {
	buckets := len(weights) / classes
	p := perceptron{classes: classes, mask: uint32(buckets - 1), weights: weights, used: make([]uint64, (buckets+63)/64)}
	for k := range buckets {
		for _, w := range weights[k*classes:][:classes] {
			if w != 0 {
				p.used[k/64] |= 1 << (k % 64)
				break
			}
		}
	}
	return p
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
	if p.classes == transitions {
		p.scoreThree(features, (*[transitions]int32)(scores))
		return
	}
	scores = scores[:p.classes]
	clear(scores)
	for _, f := range features {
		k := f & p.mask
		if p.used[k/64]>>(k%64)&1 == 0 {
			continue
		}
		for c, v := range p.weights[int(k)*len(scores):][:len(scores)] {
			scores[c] += int32(v)
		}
	}
}

// scoreThree does the same for the transitions, which take most of the time.
func (p *perceptron) scoreThree(features []uint32, scores *[transitions]int32) {
	var a, b, c int32
	for _, f := range features {
		k := f & p.mask
		if p.used[k/64]>>(k%64)&1 == 0 {
			continue
		}
		w := p.weights[transitions*int(k):][:transitions]
		a, b, c = a+int32(w[0]), b+int32(w[1]), c+int32(w[2])
	}
	*scores = [transitions]int32{a, b, c}
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
