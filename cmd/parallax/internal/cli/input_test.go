package cli

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// What comes in any order, from many goroutines, is called in order, each
// once; after an error nothing is.
func TestInOrder(t *testing.T) {
	const n = 500
	for _, fails := range []int{-1, 0, 300} {
		q := inOrder{waiting: map[int]func() error{}}
		broken := errors.New("broken")
		var got []int
		var wg sync.WaitGroup
		var failures sync.Map
		order := rand.New(rand.NewPCG(1, 1)).Perm(n)
		for part := range slices.Chunk(order, 100) {
			wg.Go(func() {
				for _, i := range part {
					err := q.put(i, func() error {
						if i == fails {
							return broken
						}
						got = append(got, i)
						return nil
					})
					if err != nil {
						failures.Store(i, err)
					}
				}
			})
		}
		wg.Wait()
		want := n
		if fails >= 0 {
			want = fails
			if err, ok := failures.Load(order[n-1]); ok && !errors.Is(err.(error), broken) {
				t.Errorf("error %v", err)
			}
			if q.err == nil {
				t.Error("the failure is lost")
			}
		}
		if len(got) != want || !slices.IsSorted(got) {
			t.Errorf("fails at %d: %d calls, sorted %v; want %d", fails, len(got), slices.IsSorted(got), want)
		}
	}
}
