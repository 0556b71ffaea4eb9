package chromium

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"parallax/analysis"
	"parallax/cmd/parallax/internal/cli"
)

// seeds is the address of the report on the seeds.
func seeds(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var stderr bytes.Buffer
	args := []string{"compare", "--quiet", "--out", dir, filepath.Join("..", "..", "..", "..", "seeds")}
	if status := cli.Run(t.Context(), args, nil, &bytes.Buffer{}, &stderr); status != 0 {
		t.Fatalf("compare: %d\n%s", status, stderr.String())
	}
	return "file://" + filepath.Join(dir, "report.html")
}

// The page on the seeds, as it is opened on a phone, a laptop and a large
// screen: it asks for nothing, complains of nothing, and can be read by all.
// Where PARALLAX_SCREENSHOTS names a folder the pictures are left there.
func TestReport(t *testing.T) {
	b, url := Start(t), seeds(t)
	for name, v := range map[string]View{
		"phone": {Width: 390, Height: 844}, "phone-dark": {Width: 390, Height: 844, Dark: true},
		"laptop": {Width: 1280, Height: 800}, "laptop-dark": {Width: 1280, Height: 800, Dark: true},
		"screen": {Width: 1920, Height: 1080}, "screen-dark": {Width: 1920, Height: 1080, Dark: true},
		"tablet": {Width: 820, Height: 1180}, "no-script": {Width: 1280, Height: 800, NoScript: true},
	} {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, url, v)
			for _, problem := range append(p.Audit(), p.Problems()...) {
				t.Error(problem)
			}
			Eval[chromedp.Void](p, `document.querySelectorAll("details").forEach(d => { d.open = true })`)
			for _, problem := range p.Audit() {
				t.Error("with all folds open: ", problem)
			}
			if dir := os.Getenv("PARALLAX_SCREENSHOTS"); dir != "" {
				Eval[chromedp.Void](p, `document.querySelectorAll("details").forEach(d => { d.open = false })`)
				for suffix, all := range map[string]bool{"": false, "-all": true} {
					if err := os.WriteFile(filepath.Join(dir, name+suffix+".png"), p.Screenshot(all), 0o666); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}

// shown is what the evidence browser shows.
type shown struct {
	Count, Hash string
	Heads       []string
	Pages       []bool // whether one can go back, and on
}

func look(p *Page) shown {
	p.t.Helper()
	return Eval[shown](p, `(() => {
		const b = document.querySelector(".browser"), buttons = b.querySelectorAll(".pager button");
		return {Count: b.querySelector(".count").textContent, Hash: decodeURIComponent(location.hash), Pages: [!buttons[0].disabled, !buttons[1].disabled],
			Heads: Array.from(b.querySelectorAll("li .head"), h => h.textContent)};
	})()`)
}

// observations reads the ledger that lies beside a page.
func observations(t *testing.T, url string) []analysis.Observation {
	t.Helper()
	f, err := os.Open(filepath.Join(filepath.Dir(strings.TrimPrefix(url, "file://")), "observations.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []analysis.Observation
	for d := json.NewDecoder(f); ; {
		var o analysis.Observation
		switch err := d.Decode(&o); {
		case err == io.EOF:
			return out
		case err != nil:
			t.Fatal(err)
		}
		out = append(out, o)
	}
}

// choose sets a control of the browser as a reader does.
func choose(p *Page, name, value string) {
	p.t.Helper()
	Eval[chromedp.Void](p, fmt.Sprintf(`(() => {
		const e = document.querySelector(".browser form").elements[%q];
		e.value = %q;
		e.dispatchEvent(new Event("input", {bubbles: true}));
	})()`, name, value))
}

// What is filtered is what the ledger has, however it is filtered, and the
// address brings it back.
func TestBrowserFilters(t *testing.T) {
	url := seeds(t)
	ledger := observations(t, url)
	p := Start(t).Open(t, url+"#evidence", View{Width: 1280, Height: 800})
	expect := func(hash string, want func(analysis.Observation) bool) {
		t.Helper()
		n := 0
		for _, o := range ledger {
			if want(o) {
				n++
			}
		}
		s := look(p)
		if got, _, _ := strings.Cut(s.Count, " "); got != strconv.Itoa(n) || s.Hash != hash || len(s.Heads) != min(n, 25) || s.Pages[1] != (n > 25) || s.Pages[0] {
			t.Errorf("%s: %q with %d of %d sentences shown, pages %v", s.Hash, s.Count, len(s.Heads), n, s.Pages)
		}
	}
	expect("#evidence", func(analysis.Observation) bool { return true })
	choose(p, "target", "NK")
	expect("#evidence?target=NK", func(o analysis.Observation) bool { return o.Target == "NK" })
	choose(p, "source", "WSWS 2001")
	expect("#evidence?source=WSWS+2001&target=NK", func(o analysis.Observation) bool { return o.Target == "NK" && o.Source == "WSWS 2001" })
	choose(p, "voice", "quoted")
	expect("#evidence?source=WSWS+2001&target=NK&voice=quoted", func(o analysis.Observation) bool {
		return o.Target == "NK" && o.Source == "WSWS 2001" && o.Voice == analysis.VoiceQuoted
	})
	p.Do(chromedp.Click(`.browser button[type=reset]`))
	Eval[chromedp.Void](p, `new Promise(done => setTimeout(done))`)
	expect("#evidence", func(analysis.Observation) bool { return true })
	choose(p, "role", "patient")
	choose(p, "lean", "favour-clear")
	expect("#evidence?role=patient&lean=favour-clear", func(o analysis.Observation) bool { return o.Role == "patient" && o.Tone >= 0.1 })
	choose(p, "role", "")
	choose(p, "lean", "against")
	choose(p, "text", "NUCLEAR  weapons")
	expect("#evidence?lean=against&text=NUCLEAR++weapons", func(o analysis.Observation) bool {
		s := strings.ToLower(o.Sentence)
		return o.Tone < 0 && strings.Contains(s, "nuclear") && strings.Contains(s, "weapons")
	})
	choose(p, "text", "no such words")
	if s := look(p); s.Count != "No sentence matches. Clear a filter." {
		t.Error(s.Count)
	}
	// A shared address shows the same, and a page beyond the last is the last.
	p = Start(t).Open(t, url+"#evidence?target=US&order=favour&page=99", View{Width: 1280, Height: 800})
	s := look(p)
	if !strings.Contains(s.Count, ", page 4 of 4") || s.Pages[1] || !s.Pages[0] {
		t.Errorf("%+v", s)
	}
	for _, problem := range p.Problems() {
		t.Error(problem)
	}
}
