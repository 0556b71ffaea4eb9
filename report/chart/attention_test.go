package chart

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
)

// attended is a made-up comparison of what sources attend to; from the second
// on, every third share of titles is not known.
func attended(sources, targets []string) (AttentionData, ProminenceData) {
	text := Text{Title: "DW gives North Korea more of its attention than teleSUR does", Subtitle: "Share of sentences; n: sentences; lines: 95 % intervals", Caption: "Five articles. Parallax 0.1, seed 1."}
	a := AttentionData{Text: text, Sources: sources, Targets: targets}
	p := ProminenceData{Text: text, Sources: sources, Targets: targets}
	share := func(k, n int) Share {
		v := float64(k%(n+1)) / float64(n)
		arm := 0.6 / math.Sqrt(float64(n))
		return Share{Value: v, Low: max(0, v-arm), High: min(1, v+arm), N: n, Carried: k%4 > 0}
	}
	for i := range sources {
		var shares, titles, leads []Share
		for j := range targets {
			k := 7*i + 3*j
			shares, leads = append(shares, share(k, 40)), append(leads, share(k+1, 12))
			if k%3 == 1 {
				titles = append(titles, Share{Value: math.NaN()}) // not read
			} else {
				titles = append(titles, share(k, 11))
			}
		}
		a.Shares, p.Titles, p.Leads = append(a.Shares, shares), append(p.Titles, titles), append(p.Leads, leads)
	}
	return a, p
}

func attentionFigures(a AttentionData, p ProminenceData) []figure {
	return []figure{
		{"attention", func(o Options) *sheet { return attentionSheet(a, o) }, func(w io.Writer, o Options) error { return Attention(w, a, o) }},
		{"prominence", func(o Options) *sheet { return prominenceSheet(p, o) }, func(w io.Writer, o Options) error { return Prominence(w, p, o) }},
	}
}

func TestAttentionLayout(t *testing.T) {
	for _, sources := range crowds(1, 2, 5, 8, 20, 60) {
		for _, targets := range []int{1, 3, 7, 20} {
			for _, width := range []float64{0, leastWidth} {
				g, _, _ := crowd(sources, targets)
				o, err := Options{Width: width}.check()
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range attentionFigures(attended(g.Sources, g.Targets)) {
					t.Run(fmt.Sprintf("%s/%dx%d/%g", f.name, sources, targets, width), func(t *testing.T) {
						checkLayout(t, f.sheet(o))
					})
				}
			}
		}
	}
}

// The axis begins at zero, and a mark lies where its share is.
func TestAttentionScale(t *testing.T) {
	d, _ := attended(five, []string{"United States"})
	s := attentionSheet(d, zeroOptions(t))
	at := map[string]float64{}
	for _, l := range s.texts {
		at[l.text] = (l.left + l.right) / 2
	}
	left, right := at["0 %"], at["80 %"]
	if mid := at["40 %"]; left == 0 || right <= left || math.Abs(mid-(left+right)/2) > 0.6 { // snapped to pixels
		t.Errorf("ticks at %.1f, %.1f, %.1f", left, mid, right)
	}
	if !slices.ContainsFunc(s.texts, func(l label) bool { return l.text == "~ too little to tell it from" }) {
		t.Error("hollow markers are not explained")
	}
	for _, c := range []struct{ most, reach float64 }{{0.2, 0.2}, {0.21, 0.5}, {0.5, 0.5}, {0.6, 0.8}, {0.81, 1}, {1, 1}} {
		if reach, _ := shareAxis([][]Share{{{High: c.most, N: 1}, {High: 2}}}); reach != c.reach {
			t.Errorf("an axis to %g for %g", reach, c.most)
		}
	}
}

func TestAttentionErrors(t *testing.T) {
	ok := Share{Value: 0.1, Low: 0, High: 0.3, N: 3}
	one := func(v Share) AttentionData {
		return AttentionData{Sources: []string{"a"}, Targets: []string{"b"}, Shares: [][]Share{{v}}}
	}
	for name, c := range map[string]struct {
		draw func(io.Writer) error
		want string
	}{
		"no sources": {func(w io.Writer) error { return Attention(w, AttentionData{}, Options{}) }, "no sources"},
		"no mention": {func(w io.Writer) error { return Attention(w, one(Share{}), Options{}) }, "no source mentions"},
		"NaN":        {func(w io.Writer) error { return Attention(w, one(Share{Value: math.NaN(), N: 1}), Options{}) }, `"a" towards "b"`},
		"negative":   {func(w io.Writer) error { return Attention(w, one(Share{Value: -0.1, Low: -0.1, N: 1}), Options{}) }, "no share"},
		"upside down": {func(w io.Writer) error {
			return Attention(w, one(Share{Value: 0.1, Low: 0.2, High: 0.3, N: 1}), Options{})
		}, "no share"},
		"no leads": {func(w io.Writer) error {
			d := one(ok)
			return Prominence(w, ProminenceData{Sources: d.Sources, Targets: d.Targets, Titles: d.Shares}, Options{})
		}, "0 rows of shares"},
		"width": {func(w io.Writer) error { return Attention(w, one(ok), Options{Width: 1}) }, "at least 360"},
	} {
		var b bytes.Buffer
		if err := c.draw(&b); err == nil || !strings.Contains(err.Error(), c.want) || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes; want an error with %q", name, err, b.Len(), c.want)
		}
	}
}

func TestAttentionSameBytes(t *testing.T) {
	for _, f := range attentionFigures(attended(five, []string{"United States", "A <b> & \"c\""})) {
		for _, format := range []Format{PNG, SVG} {
			var a, b bytes.Buffer
			if err := f.write(&a, Options{Format: format}); err != nil {
				t.Fatal(err)
			}
			if err := f.write(&b, Options{Format: format}); err != nil {
				t.Fatal(err)
			}
			if a.Len() < 1000 || !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Errorf("%s: %d bytes, then %d others", f.name, a.Len(), b.Len())
			}
			if format == SVG && (strings.Contains(a.String(), "<b>") || !strings.Contains(a.String(), "World Lines")) {
				t.Errorf("%s: a name is missing from the SVG or not escaped", f.name)
			}
		}
	}
}
