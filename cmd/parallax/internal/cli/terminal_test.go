package cli

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

// Columns stand under each other by what a terminal shows: a character of Chinese,
// Japanese or Korean takes two places, and a combining accent none.
func TestColumnsByDisplayWidth(t *testing.T) {
	var b bytes.Buffer
	out := bufio.NewWriter(&b)
	e := &env{stdout: out}
	e.columned([][]string{{"朝日新聞", "1"}, {"Süddeutsche", "2"}, {"Su\u0308d", "3"}, {"한겨레 — 서울", "4"}}, "<<")
	e.columned([][]string{{"新聞", "1"}, {"Le Monde", "2"}}, "><")
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	var at []int
	for line := range strings.Lines(b.String()) {
		before := line[:strings.LastIndexByte(strings.TrimRight(line, "\n"), ' ')]
		at = append(at, uniseg.StringWidth(before))
	}
	want := []int{16, 16, 16, 16, 11, 11}
	for i := range want {
		if at[i] != want[i] {
			t.Errorf("the second columns begin at %v, want %v, in\n%s", at, want, b.String())
			break
		}
	}
	if got := pad("新聞", 6); got != "新聞  " {
		t.Errorf("%q", got)
	}
}
