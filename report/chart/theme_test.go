package chart

import (
	"image/color"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestDiverging(t *testing.T) {
	for _, c := range []struct {
		v, reach float64
		want     color.NRGBA
	}{
		{-1, 1, rdBu[0]}, {0, 1, rdBu[4]}, {1, 1, rdBu[8]},
		{-0.5, 0.5, rdBu[0]}, {0.25, 0.5, rdBu[6]}, {-9, 1, rdBu[0]}, {9, 1, rdBu[8]},
		// Half way from F7F7F7 to D1E5F0.
		{0.125, 1, color.NRGBA{0xE4, 0xEE, 0xF4, 0xFF}},
	} {
		if got := diverging(c.v, c.reach); got != c.want {
			t.Errorf("diverging(%g, %g) = %v, want %v", c.v, c.reach, got, c.want)
		}
	}
}

// Text is legible on every fill, and on paper: 4.5 is what WCAG 2.2 asks.
func TestContrast(t *testing.T) {
	if got := contrast(color.NRGBA{A: 0xFF}, paper); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white is %g, want 21", got)
	}
	for i := range 2001 {
		fill := diverging(float64(i-1000)/1000, 1)
		if got := contrast(legibleOn(fill), fill); got < 4.5 {
			t.Errorf("%v on %v has a contrast of %.2f", legibleOn(fill), fill, got)
		}
	}
	for _, c := range []color.NRGBA{ink, muted, unfavourable, favourable} {
		if got := contrast(c, paper); got < 4.5 {
			t.Errorf("%v on paper has a contrast of %.2f", c, got)
		}
	}
}

func TestSigned(t *testing.T) {
	for v, want := range map[float64]string{
		0.21: "+0.21", -0.31: "−0.31", 0: "0.00", math.Copysign(0, -1): "0.00",
		0.004: "+0.004", 0.00001: "0.00", -0.004: "−0.004", -0.006: "−0.01", 1: "+1.00", -1: "−1.00",
	} {
		if got := signed(v); got != want {
			t.Errorf("signed(%g) = %q, want %q", v, got, want)
		}
	}
	for v, want := range map[float64]string{0: "0", 0.5: "+0.5", -1: "−1", 1: "+1", -0.1: "−0.1"} {
		if got := tick(v); got != want {
			t.Errorf("tick(%g) = %q, want %q", v, got, want)
		}
	}
}

func TestAxis(t *testing.T) {
	for _, c := range []struct {
		size float64
		want []string
	}{
		{0, []string{"−0.2", "−0.1", "0", "+0.1", "+0.2"}},
		{0.2, []string{"−0.2", "−0.1", "0", "+0.1", "+0.2"}},
		{0.21, []string{"−0.3", "−0.2", "−0.1", "0", "+0.1", "+0.2", "+0.3"}},
		{0.55, []string{"−0.6", "−0.4", "−0.2", "0", "+0.2", "+0.4", "+0.6"}},
		{0.81, []string{"−1", "−0.5", "0", "+0.5", "+1"}},
		{1 + slack/2, []string{"−1", "−0.5", "0", "+0.5", "+1"}},
	} {
		var got []string
		for _, v := range ticks(axisFor(c.size)) {
			got = append(got, tick(v))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("size %g (-want +got):\n%s", c.size, diff)
		}
	}
}

func TestFit(t *testing.T) {
	st := labelStyle
	for _, c := range []struct {
		in   string
		like string // as wide as this
		want string
	}{
		{"DW", "DW", "DW"},
		{"World Socialist Web Site 2018", "World So… Site 2018", "World So… Site 2018"},
		{"Rindfleischetikettierungsgesetz", "Rindfleisch…gesetz", ""},
		{"anything", "", "…"},
	} {
		got := st.fit(c.in, st.width(c.like))
		if c.in == "Rindfleischetikettierungsgesetz" {
			// No space to break at: both ends stay.
			if !strings.HasPrefix(got, "Rindfle") || !strings.HasSuffix(got, "setz") {
				t.Errorf("fit(%q) = %q", c.in, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("fit(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// What is fitted or wrapped is no wider than asked, as long as one letter of
// it could be; what is wrapped without a limit loses no word that fits a line.
func FuzzWrap(f *testing.F) {
	f.Add("The finding, in a sentence that is long", 60.0, 2)
	f.Add("WWWWWWWWWWWWWWWWWWWWWWWWWWWW", 30.0, 0)
	f.Add("\xff \x00 \u00a0 x", 20.0, 1)
	f.Fuzz(func(t *testing.T, s string, width float64, limit int) {
		if !(width >= 20 && width < 2000) || limit < 0 || limit > 50 || len(s) > 500 {
			return
		}
		s = clean(s)
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\n\t\x00") {
			t.Fatalf("clean left %q", s)
		}
		st := labelStyle
		lines := st.wrap(s, width, limit)
		if limit > 0 && len(lines) > limit {
			t.Fatalf("%d lines, more than %d", len(lines), limit)
		}
		for _, l := range lines {
			if w := st.width(l); w > width {
				t.Errorf("%q is %.1f wide, more than %.1f", l, w, width)
			}
		}
		if joined := strings.Join(lines, " "); !strings.Contains(joined, ellipsis) && joined != s {
			t.Errorf("%q became %q", s, joined)
		}
	})
}

func TestSmooth(t *testing.T) {
	s := []Sentence{{0, -1}, {0.1, 0.5}, {0.5, 1}}
	for _, c := range []struct {
		s                 []Sentence
		at, bandwidth     float64
		tone, support, by float64
	}{
		{nil, 0.5, 0.1, 0, 0, 0},
		{[]Sentence{{0.3, 0.4}}, 0.3, 0.1, 0.4, 1, 1e-12},
		// One bandwidth away: exp(-1/2) = 0.60653; the mean of one is that one.
		{[]Sentence{{0.3, 0.4}}, 0.4, 0.1, 0.4, 0.60653, 1e-5},
		// Half way between the first two the third is 4.5 bandwidths away:
		// w = exp(-1/8) = 0.88250 twice and exp(-10.125) = 0.00004;
		// (-0.88250 + 0.44125 + 0.00004) / 1.76504 = -0.24997.
		{s, 0.05, 0.1, -0.24997, 1.76504, 1e-5},
		// Far from everything there is nothing.
		{[]Sentence{{0, 1}}, 1, 0.001, 0, 0, 0},
	} {
		tone, support := smooth(c.s, c.at, c.bandwidth)
		if math.Abs(tone-c.tone) > c.by || math.Abs(support-c.support) > c.by {
			t.Errorf("smooth(%v, %g, %g) = %g, %g, want %g, %g", c.s, c.at, c.bandwidth, tone, support, c.tone, c.support)
		}
	}
}

// A smoothed tone stays between the least and the greatest, for an order of
// the sentences that does not matter.
func FuzzSmooth(f *testing.F) {
	f.Add(0.1, -0.5, 0.9, 1.0, 0.4, 0.1)
	f.Add(0.0, 0.0, 0.0, 0.0, 1.0, 1e-9)
	f.Fuzz(func(t *testing.T, p, a, q, b, at, bandwidth float64) {
		for _, v := range []float64{p, q, at} {
			if !(v >= 0 && v <= 1) {
				return
			}
		}
		if !(math.Abs(a) <= 1 && math.Abs(b) <= 1 && bandwidth > 0 && bandwidth <= 1) {
			return
		}
		tone, support := smooth([]Sentence{{p, a}, {q, b}}, at, bandwidth)
		again, _ := smooth([]Sentence{{q, b}, {p, a}}, at, bandwidth)
		if math.IsNaN(tone) || support < 0 || support > 2 {
			t.Fatalf("tone %g, support %g", tone, support)
		}
		if tone != again {
			t.Errorf("%g in one order, %g in the other", tone, again)
		}
		if support > 1e-300 && (tone < min(a, b)-1e-9 || tone > max(a, b)+1e-9) {
			t.Errorf("%g is not between %g and %g", tone, a, b)
		}
	})
}
