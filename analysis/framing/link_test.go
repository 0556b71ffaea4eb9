package framing

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestLink(t *testing.T) {
	last := -2 * unit
	for x := -3.0; x <= 3; x += 0.01 {
		n, u, p := link(x)
		if n < 0 || u < 0 || p < 0 || n+u+p != unit {
			t.Fatalf("link(%v) = %d %d %d", x, n, u, p)
		}
		if m, _, q := link(-x); m != p || q != n {
			t.Fatalf("link(%v) is not the mirror of link(%v)", x, -x)
		}
		if p-n < last {
			t.Fatalf("the tone falls at %v", x)
		}
		last = p - n
	}
	if n, u, p := link(0); n != p || u <= n {
		t.Errorf("link(0) = %d %d %d: want neutral the likeliest", n, u, p)
	}
}

// Shares sum to the tone exactly and have the sign and order of their weights.
func TestShare(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		cs := make([]Contribution, 1+r.IntN(9))
		var sum float64
		for i := range cs {
			cs[i].Weight = math.Round(r.NormFloat64()*100) / 100
			sum += cs[i].Weight
		}
		n, _, p := link(sum)
		share(cs, p-n)
		total := 0
		for i := range cs {
			u := int(math.Round(cs[i].Contribution * unit))
			total += u
			// Rounding moves a share by a unit; nothing more turns its sign.
			if float64(u)*cs[i].Weight < 0 && u*u > 1 {
				t.Fatalf("weight %v, contribution %v of %d", cs[i].Weight, cs[i].Contribution, p-n)
			}
		}
		if total != p-n {
			t.Fatalf("%v sum to %d, tone %d", cs, total, p-n)
		}
	}
	// Opposite weights cancel to a tone of zero and still show what they do.
	cs := []Contribution{{Weight: 0.5}, {Weight: -0.5}}
	share(cs, 0)
	if cs[0].Contribution <= 0.2 || cs[0].Contribution != -cs[1].Contribution {
		t.Errorf("%+v", cs)
	}
}
