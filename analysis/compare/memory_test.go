package compare

import (
	"fmt"
	"os"
	"runtime"
	"testing"

	"parallax/analysis"
)

// A cell takes no more room than the comment of Accumulator says, however many
// documents, terms and tones there are.
func TestMemory(t *testing.T) {
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("adds 200,000 observations; set PARALLAX_SLOW to run it")
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	a := new(Accumulator)
	before := heap()
	for i := range 200_000 {
		o := observe("s", fmt.Sprintf("outlet-2018-06-12-article-%d", i), i, "US", "author", float64(i%20001-10000)/scale)
		o.Evidence = []analysis.Evidence{{Term: fmt.Sprint("some term ", i), Contribution: o.Tone}}
		o.Sentence = "A sentence of some length, which stands for all those that are kept."
		if err := a.Add(o); err != nil {
			t.Fatal(err)
		}
	}
	used := float64(heap()-before) / (1 << 20)
	form := len(binaryForm(t, a))
	runtime.KeepAlive(a)
	t.Logf("%.1f MiB, %d bytes in binary form", used, form)
	if used > 6 {
		t.Errorf("a cell takes %.1f MiB", used)
	}
}
