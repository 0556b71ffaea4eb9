package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestZZTime(t *testing.T) {
	raw, _ := os.ReadFile(filepath.Join(seeds, "dw-2017-06-07.txt"))
	for _, n := range []int{1, 10, 100} {
		s := strings.Repeat(string(raw)+"\n\n", n)
		t0 := time.Now()
		clean(s, "", false)
		t.Log(n, len(s), time.Since(t0))
		s = strings.Repeat("A short line of text\n\n", n*300)
		t0 = time.Now()
		clean(s, "", false)
		t.Log("short", n, len(s), time.Since(t0))
		s = strings.Repeat("- A short line of text | x\n", n*300)
		t0 = time.Now()
		clean(s, "", false)
		t.Log("bars", n, len(s), time.Since(t0))
		s = strings.Repeat("Jane Doe\n\n3 May 2001\n\n", n*300)
		t0 = time.Now()
		clean(s, "", false)
		t.Log("dates", n, len(s), time.Since(t0))
		s = strings.Repeat(prose+"\n\n", 9)+strings.Repeat("Why is a?\n\nThis newsletter b\n\n", n*100)
		t0 = time.Now()
		clean(s, "", false)
		t.Log("tail", n, len(s), time.Since(t0))
	}
}
