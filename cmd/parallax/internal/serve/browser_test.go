package serve_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"parallax/cmd/parallax/internal/chromium"
)

// do runs statements in a page.
func do(p *chromium.Page, statements string) {
	chromium.Eval[chromedp.Void](p, `(() => {`+statements+`})()`)
}

// until waits until an expression is true in a page.
func until(t *testing.T, p *chromium.Page, expression string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if chromium.Eval[bool](p, `Boolean(`+expression+`)`) {
			return
		}
	}
	t.Fatalf("%s never came; the page says %q", expression, texts(p, "#problem")[0])
}

// texts are the texts of the elements that a selector finds.
func texts(p *chromium.Page, selector string) []string {
	return chromium.Eval[[]string](p, fmt.Sprintf(`Array.from(document.querySelectorAll(%q), e => e.textContent)`, selector))
}

// problems are those of a page that asks its own server only.
func problems(p *chromium.Page, url string) []string {
	return slices.DeleteFunc(p.Problems(), func(x string) bool { return strings.HasPrefix(x, "request for "+url+"/") })
}

// score pastes a text and has it scored.
func score(t *testing.T, p *chromium.Page, text string) {
	t.Helper()
	until(t, p, `document.getElementById("targets").value`)
	do(p, fmt.Sprintf(`const text = document.getElementById("text"); text.value = %s; text.focus(); document.getElementById("result").hidden = true`, quote(text)))
	p.Do(chromedp.Click("#score"))
	until(t, p, `!document.getElementById("result").hidden && !document.getElementById("form").ariaBusy`)
}

// quote writes a text as JavaScript does.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		fmt.Fprintf(&b, `\u{%x}`, r)
	}
	b.WriteByte('"')
	return b.String()
}

// TestPage opens the page as a reader does, with the example that it offers, on
// a phone and on a laptop, in light and in dark. Where PARALLAX_SCREENSHOTS
// names a folder the pictures are left there.
func TestPage(t *testing.T) {
	b := chromium.Start(t)
	url := live(t, "--no-second-opinion", seeds)
	for name, v := range map[string]chromium.View{
		"phone": {Width: 390, Height: 844}, "phone-dark": {Width: 390, Height: 844, Dark: true},
		"laptop": {Width: 1280, Height: 800}, "laptop-dark": {Width: 1280, Height: 800, Dark: true},
	} {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, url+"/", v)
			until(t, p, `document.getElementById("target-names").textContent`)
			found := p.Audit()
			p.Do(chromedp.Click("#example"))
			until(t, p, `document.querySelector("#sentences .sentence")`)
			do(p, `document.querySelectorAll("details").forEach(d => { d.open = true })`)
			found = append(found, p.Audit()...)
			for _, x := range append(found, problems(p, url)...) {
				t.Error(x)
			}
			// Each of the loaded sources and the article, for each target.
			if rows := texts(p, "#beside tbody th"); len(rows) != 18 || strings.Count(strings.Join(rows, "|"), "This article") != 3 {
				t.Errorf("beside the loaded sources: %q", rows)
			}
			if dir := os.Getenv("PARALLAX_SCREENSHOTS"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, "serve-"+name+".png"), p.Screenshot(true), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	t.Run("report", func(t *testing.T) {
		p := b.Open(t, url+"/report/", chromium.View{Width: 1280, Height: 800})
		for _, x := range append(p.Audit(), problems(p, url)...) {
			t.Error(x)
		}
	})
}

// TestArithmetic says that what is shown adds up, and that a word says what it
// did when it is pointed at and when it is reached by keyboard.
func TestArithmetic(t *testing.T) {
	b := chromium.Start(t)
	url := live(t)
	p := b.Open(t, url+"/", chromium.View{Width: 1280, Height: 800})
	score(t, p, "Pyongyang has never brutally threatened the South, said “Moon Jae-in” – 😀 and Washington’s généreuse envoy welcomed it.")
	sums := chromium.Eval[[]float64](p, `Array.from(document.querySelectorAll("table.sum"), table => {
		const number = e => Number(e.textContent.replace("−", "-"));
		const shares = Array.from(table.querySelectorAll("tbody tr td:first-child"), number);
		return shares.reduce((a, b) => a + b, 0) - number(table.querySelector("tfoot td"));
	})`)
	if len(sums) != 3 {
		t.Errorf("%d tones", len(sums))
	}
	for _, d := range sums {
		if d > 1e-9 || d < -1e-9 {
			t.Errorf("shares differ from their tone by %v", d)
		}
	}
	words := texts(p, ".said mark")
	if !slices.Contains(words, "threatened") || !slices.Contains(words, "brutally") {
		t.Errorf("marked are %q: offsets do not fit", words)
	}
	tip := func() string {
		return chromium.Eval[string](p, `(e => e.hidden ? "" : e.textContent)(document.getElementById("tip"))`)
	}
	do(p, `window.word = Array.from(document.querySelectorAll(".said mark")).find(e => e.textContent === "threatened"); word.previousElementSibling.focus()`)
	p.Do(chromedp.KeyEvent("\t"))
	if got := tip(); !strings.Contains(got, "North Korea: ") || !strings.Contains(got, "threaten") || !chromium.Eval[bool](p, `document.activeElement === word && word.getAttribute("aria-describedby") === "tip"`) {
		t.Errorf("in focus it says %q", got)
	}
	p.Do(chromedp.KeyEvent("\x1b"))
	if got := tip(); got != "" {
		t.Errorf("after Escape it says %q", got)
	}
	at := chromium.Eval[[]float64](p, `(r => [r.x + r.width / 2, r.y + r.height / 2])(word.getBoundingClientRect())`)
	p.Do(chromedp.MouseEvent("mouseMoved", at[0], at[1]))
	if got := tip(); !strings.Contains(got, "North Korea: ") {
		t.Errorf("pointed at it says %q", got)
	}
	for _, x := range problems(p, url) {
		t.Error(x)
	}
}

// TestHostile says that no text becomes markup, whatever it holds and wherever
// it is shown.
func TestHostile(t *testing.T) {
	b := chromium.Start(t)
	url := live(t)
	p := b.Open(t, url+"/", chromium.View{Width: 1280, Height: 800})
	bad := `<script>window.pwned=1</script><img src=x onerror="window.pwned=1"></textarea><!-- ' " &amp; \u003c ` + "\u2028 \u202e "
	until(t, p, `document.getElementById("targets").value`)
	do(p, `document.getElementById("source").value = document.getElementById("title").value = `+quote(bad)+`;
		document.getElementById("targets").value = `+quote("targets:\n  - id: \"<b>F\"\n    name: \"<img src=x onerror=window.pwned=1>\"\n    names: [Freedonia]\n"))
	score(t, p, bad+" Freedonia brutally "+bad+" attacked the script in the North.")
	if chromium.Eval[bool](p, `"pwned" in window || document.querySelector("main script, main img, main b:not(summary b)") !== null`) {
		t.Error("text has become markup")
	}
	said := strings.Join(texts(p, ".said"), " ")
	for _, want := range []string{"<script>window.pwned=1</script>", `<img src=x onerror="window.pwned=1">`, "&amp;", "<!--"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not among what is shown: %q", want, said)
		}
	}
	if got := texts(p, "#summary tbody th"); len(got) != 1 || got[0] != "<img src=x onerror=window.pwned=1>" {
		t.Errorf("the target is called %q", got)
	}
	for _, x := range problems(p, url) {
		t.Error(x)
	}
}

// TestDropped says that several articles can be dropped and compared, that
// edited targets hold, and that a refusal is told.
func TestDropped(t *testing.T) {
	b := chromium.Start(t)
	url := live(t, "--no-second-opinion", seeds)
	p := b.Open(t, url+"/", chromium.View{Width: 1280, Height: 800})
	until(t, p, `document.getElementById("targets").value`)
	do(p, `const files = new DataTransfer(), lines = [];
		for (const source of ["Post", "Mail"]) for (let i = 0; i < 3; i++) lines.push(JSON.stringify({id: source + i, source, text: "Pyongyang brutally attacked Seoul. Nothing else is known of day " + i + "."}));
		files.items.add(new File([lines.join("\n")], "articles.jsonl"));
		files.items.add(new File([Uint8Array.of(0x53, 0x65, 0x6f, 0x75, 0x6c, 0x92, 0x73, 0x20, 0x61, 0x72, 0x6d, 0x79, 0x2e)], "old.txt"));
		document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}))`)
	until(t, p, `!document.getElementById("compare").hidden`)
	if got := texts(p, "#chosen option"); len(got) != 7 || got[0] != "Post: Post0" || got[6] != "old" {
		t.Errorf("articles %q", got)
	}
	if got := chromium.Eval[string](p, `document.getElementById("chosen").value = 6, document.getElementById("chosen").dispatchEvent(new Event("change")), document.getElementById("text").value`); got != "Seoul’s army." {
		t.Errorf("the text of a file in Windows-1252 is %q", got)
	}
	p.Do(chromedp.Click("#compare"))
	until(t, p, `document.querySelector("#summary tbody tr")`)
	for _, name := range []string{"Post", "Mail"} {
		if got := texts(p, "#summary tbody th"); !slices.Contains(got, name) {
			t.Errorf("%s is not among the sources %q", name, got)
		}
	}
	if got := texts(p, "#beside h3"); !slices.Equal(got, []string{"Differences in their own voice"}) {
		t.Errorf("differences: %q", got)
	}
	found := p.Audit()

	do(p, `const t = document.getElementById("targets"); t.value = t.value.replace("name: North Korea", "name: The North")`)
	score(t, p, "Pyongyang brutally attacked Seoul.")
	if got := strings.Join(texts(p, "#beside p"), ""); !strings.Contains(got, "other targets") {
		t.Errorf("beside sources scored for other targets: %q", got)
	}
	if got := texts(p, "#summary tbody th"); !slices.Contains(got, "The North") {
		t.Errorf("targets %q", got)
	}
	do(p, `document.getElementById("targets").value = "targets: [{id: A"`)
	p.Do(chromedp.Click("#score"))
	until(t, p, `!document.getElementById("problem").hidden`)
	if got := texts(p, "#problem")[0]; !strings.Contains(got, "YAML") {
		t.Errorf("the refusal says %q", got)
	}
	found = append(found, p.Audit()...)
	// The browser itself notes a refusal.
	for _, x := range append(found, problems(p, url)...) {
		if !strings.Contains(x, "422") {
			t.Error(x)
		}
	}
}
