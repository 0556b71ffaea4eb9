package chromium

import (
	"net/url"
	"strings"
	"testing"
)

// The check finds what it is there to find.
func TestAudit(t *testing.T) {
	const page = `<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1><h3>skipped</h3>
		<button></button><input type="text"><a href="#x"></a><svg width="1" height="1"></svg><svg role="img" width="1" height="1"></svg>
		<p id="twice">a</p><p id="twice" style="color:#888;background:#999">b</p><p style="color:rgb(0 0 0 / 40%)">c</p>
		<table><tr><th>d</th></tr></table><p tabindex="3">e</p><div style="width:9000px">f</div>
		<script>console.error("g")</script><img alt="h" src="http://192.0.2.1/h.png"></main></body></html>`
	p := Start(t).Open(t, "data:text/html,"+url.PathEscape(page), View{Width: 390, Height: 844})
	got := strings.Join(append(p.Audit(), p.Problems()...), "\n")
	for _, want := range []string{"no language", "a heading of level 3 after one of 1", "no name: button", "no name: input", "no name: a", "no name: svg", "none to a screen reader: svg",
		"an id that stands twice: p#twice", "contrast 1.2", "contrast 2.8", "without a caption", "neither row nor column", "an order of its own", "wider than the window",
		"console error: \"g\"", "request for http://192.0.2.1/h.png"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not found in\n%s", want, got)
		}
	}
}
