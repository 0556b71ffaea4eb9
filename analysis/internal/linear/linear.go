// Package linear tests that time grows with the size of an input and not with
// its square. It counts the time that the processor gives to the test, which no
// other program on the machine adds to.
package linear

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// Check fails where f takes too much more for an input of ten times the size.
// Code that is quadratic takes a hundred times as long; the bound of 40 leaves
// room for caches that are too small for the larger input. What needs more is
// tried again. It skips where the time of a process cannot be had.
func Check(t testing.TB, name string, size int, f func(size int)) {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // what is collected is another's
	measure := func(size int) time.Duration {
		runtime.GC()
		begin := used()
		f(size)
		return used() - begin
	}
	if used() == 0 {
		t.Skip("the time of a process cannot be had on this system")
	}
	var long, short time.Duration
	for range 8 {
		long, short = measure(size), measure(size/10)
		if long < 40*max(short, time.Millisecond/10) {
			return
		}
	}
	t.Errorf("%q: ten times the size takes %v instead of %v", name, long, short)
}
