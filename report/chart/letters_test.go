package chart

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func TestRuns(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []run
	}{
		{"", []run{{"", false}}},
		{"Yonhap “news” – Правда", []run{{"Yonhap “news” – Правда", false}}},
		{"로동신문", []run{{"로동신문", true}}},
		{"Rodong 로동 신문 2018", []run{{"Rodong ", false}, {"로동 신문", true}, {" 2018", false}}},
		{"人民日报·朝日", []run{{"人民日报", true}, {"·", false}, {"朝日", true}}},
		// Neither font has Devanagari, or what lies beyond the first plane.
		{"हिन्दी 😀", []run{{"□□□□□ □", false}}},
		// Read from the right: the letters in the order and the forms that they are drawn in.
		{"خبر", []run{{"\uFEAE\uFE92\uFEA7", true}}},
	} {
		if diff := cmp.Diff(c.want, labelStyle.runs(c.in), cmp.AllowUnexported(run{})); diff != "" {
			t.Errorf("runs(%q) (-want +got):\n%s", c.in, diff)
		}
	}
}

// Letters are as wide as what is drawn of them, composed or not, and different
// letters are different pictures: boxes would be all alike.
func TestLettersBeyondLatin(t *testing.T) {
	if got, want := labelStyle.width("로동신문"), 4*12*labelStyle.dot(); got != want {
		t.Errorf("four Korean letters are %g wide, want %g", got, want)
	}
	if apart := norm.NFD.String("로동"); clean(apart) != "로동" {
		t.Errorf("clean(%q) = %q, want it composed", apart, clean(apart))
	}
	draw := func(name string, f Format) []byte {
		g := Grid{Sources: []string{name}, Targets: []string{"b"}, Cells: [][]Estimate{{{N: 1}}}}
		var b bytes.Buffer
		if err := Tone(&b, g, Options{Format: f}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if bytes.Equal(draw("로동", PNG), draw("신문", PNG)) {
		t.Error("two names are one picture")
	}
	if !strings.Contains(string(draw("로동 Rodong", SVG)), ">로동 Rodong<") {
		t.Error("an SVG does not keep its text in one piece")
	}
}
