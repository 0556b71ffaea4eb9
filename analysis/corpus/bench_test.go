package corpus

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkClean cleans one page of some 7 kB.
func BenchmarkClean(b *testing.B) {
	raw, err := os.ReadFile(filepath.Join(seeds, "dw-2017-06-07.txt"))
	if err != nil {
		b.Fatal(err)
	}
	text := string(raw)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		clean(text, "", false)
	}
}
