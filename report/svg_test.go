package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"parallax/report/chart"
)

// A figure stands in a page as it was drawn, without what a policy forbids and
// with what a screen reader says.
func TestInlineSVG(t *testing.T) {
	grid := chart.Grid{Text: chart.Text{Title: `A <script>alert("1")</script> & more`}, Sources: []string{"]]>", "<!--"}, Targets: []string{"x"},
		Cells: [][]chart.Estimate{{{Tone: 0.1, Low: -0.1, High: 0.2, N: 3}}, {{Tone: 0.3, Low: 0.1, High: 0.4, N: 3, Carried: true}}}}
	var b bytes.Buffer
	if err := chart.Tone(&b, grid, chart.Options{Format: chart.SVG}); err != nil {
		t.Fatal(err)
	}
	out, err := inlineSVG(b.Bytes(), "chart-x", `"t" <b>`, "d & e")
	if err != nil {
		t.Fatal(err)
	}
	if n, want := strings.Count(string(out), "<path"), strings.Count(b.String(), "<path"); n != want || n == 0 {
		t.Errorf("%d paths, drawn were %d", n, want)
	}
	for _, want := range []string{`role="img" aria-labelledby="chart-x-title" aria-describedby="chart-x-desc"`, `<title id="chart-x-title">&#34;t&#34; &lt;b&gt;</title>`,
		`A &lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; more`, `fill="#FFFFFF"`, `font-weight="bold"`} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %s", want)
		}
	}
	for _, bad := range []string{"style", "<script", "xmlns", "]]>", "<!--"} {
		if strings.Contains(string(out), bad) {
			t.Errorf("there is %q", bad)
		}
	}
	for d := xml.NewDecoder(strings.NewReader(string(out))); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal("not well-formed: ", err)
		}
	}
}

func TestInlineSVGRefuses(t *testing.T) {
	for _, bad := range []string{"", "text", "<p/>", "<svg", `<svg width="1pt" height="1pt"><script>alert(1)</script></svg>`, `<svg width="1pt" height="1pt"><a href="x"/></svg>`,
		`<svg width="1pt" height="1pt"><foreignObject/></svg>`, `<svg width="1pt" height="1pt"><svg/></svg>`, `<svg width="wide" height="1pt"/>`, `<svg height="1pt"/>`} {
		if out, err := inlineSVG([]byte(bad), "x", "", ""); err == nil {
			t.Errorf("%q gives %q", bad, out)
		}
	}
	const hostile = `<svg width="3pt" height="3pt" onload="alert(1)" id="clash"><g style="fill:red;background:url(x);font-weight:normal" onclick="x" class="y" href="z"><path d="M0,0" fill='"'/></g></svg>`
	out, err := inlineSVG([]byte(hostile), "x", "t", "d")
	if want := `<g fill="red"><path d="M0,0" fill="&#34;"/></g></svg>`; err != nil || !strings.HasSuffix(string(out), want) || strings.Contains(string(out), "alert") || strings.Contains(string(out), "clash") {
		t.Errorf("%q, %v", out, err)
	}
}
