package chromium

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"parallax/analysis"
	"parallax/cmd/parallax/internal/cli"
)

// folder is where the report on the seeds is, once a test has asked for it.
var folder string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "parallax-")
	if err != nil {
		panic(err)
	}
	folder = dir
	status := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(status)
}

// seeds is the address of the report on the seeds.
func seeds(t *testing.T) string {
	t.Helper()
	page := filepath.Join(folder, "report.html")
	if _, err := os.Stat(page); err == nil {
		return "file://" + page
	}
	var stderr bytes.Buffer
	args := []string{"compare", "--quiet", "--out", folder, filepath.Join("..", "..", "..", "..", "seeds")}
	if status := cli.Run(t.Context(), args, nil, &bytes.Buffer{}, &stderr); status != 0 {
		t.Fatalf("compare: %d\n%s", status, stderr.String())
	}
	return "file://" + page
}

// keep leaves a picture in the folder that PARALLAX_SCREENSHOTS names, where it
// names one.
func keep(t *testing.T, name string, png []byte) {
	t.Helper()
	if dir := os.Getenv("PARALLAX_SCREENSHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// The page on the seeds, as it is opened on a phone, a laptop and a large
// screen: it asks for nothing, complains of nothing, and can be read by all.
func TestReport(t *testing.T) {
	b, url := Start(t), seeds(t)
	for _, v := range []struct {
		name string
		View
	}{
		{"phone", View{Width: 390, Height: 844}}, {"phone-dark", View{Width: 390, Height: 844, Dark: true}},
		{"laptop", View{Width: 1280, Height: 800}}, {"laptop-dark", View{Width: 1280, Height: 800, Dark: true}},
		{"screen", View{Width: 1920, Height: 1080}}, {"screen-dark", View{Width: 1920, Height: 1080, Dark: true}},
		{"tablet", View{Width: 820, Height: 1180}}, {"print", View{Width: 794, Height: 1123, Print: true}}, {"no-script", View{Width: 1280, Height: 800, NoScript: true}},
	} {
		t.Run(v.name, func(t *testing.T) {
			p := b.Open(t, url, v.View)
			for _, problem := range append(p.Audit(), p.Problems()...) {
				t.Error(problem)
			}
			if !v.NoScript { // what measures it is a script
				if shift := p.Shift(); shift != 0 {
					t.Errorf("the page moved by %g while it loaded", shift)
				}
			}
			if shown := Eval[bool](p, `document.querySelector(".browser").checkVisibility()`); shown == (v.NoScript || v.Print) {
				t.Errorf("that the evidence browser is shown is %v", shown)
			}
			Eval[chromedp.Void](p, `document.querySelectorAll("details").forEach(d => { d.open = true })`)
			for _, problem := range p.Audit() {
				t.Error("with all folds open: ", problem)
			}
			Eval[chromedp.Void](p, `document.querySelectorAll("details").forEach(d => { d.open = false })`)
			keep(t, v.name, p.Screenshot(false))
			keep(t, v.name+"-all", p.Screenshot(true))
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
	b, url := Start(t), seeds(t)
	ledger := observations(t, url)
	p := b.Open(t, url+"#evidence", View{Width: 1280, Height: 800})
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
	p.Do(chromedp.Click(`.browser form button`))
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
	// A number of a table opens into its sentences.
	p.Do(chromedp.Click(`a.opener[data-opens="source=teleSUR&target=US&voice=author"]`))
	for range 200 { // the address changes before the list does
		if s := look(p); strings.Contains(s.Hash, "teleSUR") && len(s.Heads) > 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	expect("#evidence?source=teleSUR&target=US&voice=author", func(o analysis.Observation) bool {
		return o.Source == "teleSUR" && o.Target == "US" && o.Voice == analysis.VoiceAuthor
	})
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

// What a marked word adds is shown under the pointer and under the focus, stays
// while it is pointed at, and goes with Escape; all of it makes the tone.
func TestBrowserArithmetic(t *testing.T) {
	b, url := Start(t), seeds(t)
	p := b.Open(t, url+"#evidence?source=DW&target=NK", View{Width: 1280, Height: 800})
	tip := func() string {
		return Eval[string](p, `(() => { const tip = document.getElementById("tip"); return tip.hidden ? "" : tip.textContent; })()`)
	}
	wait := func(shown bool) string {
		t.Helper()
		for range 1500 {
			if s := tip(); (s != "") == shown {
				return s
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Fatalf("what a word adds is not shown or not hidden: %q", tip())
		return ""
	}
	type box struct{ X, Y, Width, Height float64 }
	middle := func(selector string) (x, y float64) {
		b := Eval[box](p, fmt.Sprintf(`document.querySelector(%q).getClientRects()[0].toJSON()`, selector))
		return b.X + b.Width/2, b.Y + b.Height/2
	}
	arithmetic := regexp.MustCompile(`(?s)^.+ [+−]\d\.\d\d+ \(.+\)$`)
	const word = ".browser li mark[data-tip]"

	p.Do(chromedp.ScrollIntoView(".browser li blockquote"))
	x, y := middle(word)
	p.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y))
	if s := wait(true); !arithmetic.MatchString(s) {
		t.Errorf("shown is %q", s)
	}
	x, y = middle("#tip")
	p.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y))
	time.Sleep(300 * time.Millisecond)
	if tip() == "" {
		t.Error("what is shown cannot be pointed at")
	}
	keep(t, "tip", p.Screenshot(false))
	p.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 5, 5))
	wait(false)
	p.Do(chromedp.Focus(word))
	if s := wait(true); !arithmetic.MatchString(s) {
		t.Errorf("shown is %q", s)
	}
	if !Eval[bool](p, `document.activeElement.getAttribute("aria-describedby") === "tip"`) {
		t.Error("a screen reader does not say what is shown")
	}
	p.Do(chromedp.KeyEvent(kb.Escape))
	wait(false)
	p.Do(chromedp.KeyEvent(kb.Tab))
	if s := wait(true); !arithmetic.MatchString(s) {
		t.Errorf("shown is %q", s)
	}

	// The sums, for every sentence.
	p = Start(t).Open(t, url+"#evidence", View{Width: 1280, Height: 800})
	number := regexp.MustCompile(`[+−]?\d\.\d\d+`)
	value := func(s string) int {
		v, err := strconv.ParseFloat(strings.Replace(s, "−", "-", 1), 64)
		if err != nil {
			t.Fatal(err)
		}
		return int(math.Round(v * 1e4))
	}
	sums := 0
	for {
		for _, s := range Eval[[]string](p, `Array.from(document.querySelectorAll(".browser .sum"), e => Array.from(e.querySelectorAll("b,strong"), x => x.textContent).join(" "))`) {
			figures := number.FindAllString(s, -1)
			total := 0
			for _, f := range figures[:len(figures)-1] {
				total += value(f)
			}
			if total != value(figures[len(figures)-1]) {
				t.Errorf("%s does not come out", s)
			}
			sums++
		}
		if !look(p).Pages[1] {
			break
		}
		p.Do(chromedp.Click(`.browser .pager button[value="1"]`))
	}
	if n := len(observations(t, url)); sums != n {
		t.Errorf("%d sums of %d observations", sums, n)
	}
}

// The link of a sentence leads to its place among those of its article, and
// back.
func TestBrowserPlace(t *testing.T) {
	b, url := Start(t), seeds(t)
	p := b.Open(t, url+"#evidence?source=DW&target=NK", View{Width: 390, Height: 844, Dark: true})
	first := look(p).Heads[0]
	p.Do(chromedp.Click(".browser li a"))
	var s shown
	for range 1500 { // half a minute on a busy machine
		if s = look(p); strings.Contains(s.Hash, "order=place") && Eval[bool](p, `document.querySelector(".browser li.at") !== null`) {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	type at struct {
		Head, Place string
		Seen, Alone bool
	}
	got := Eval[at](p, `(() => {
		const e = document.querySelector(".browser li.at"), box = e.getBoundingClientRect();
		return {Head: e.querySelector(".head").textContent, Place: e.querySelector(".bytes").textContent, Alone: document.activeElement === e,
			Seen: box.top >= 0 && box.top < innerHeight};
	})()`)
	if got.Head != first || !got.Seen || !got.Alone || !strings.Contains(s.Hash, "article=dw-2017-06-07") {
		t.Errorf("%+v at %s, from %q", got, s.Hash, first)
	}
	keep(t, "place-dark", p.Screenshot(false))
	places := Eval[[]int](p, `Array.from(document.querySelectorAll(".browser li .bytes"), e => Number(/\d+/.exec(e.textContent)[0]))`)
	if !slices.IsSorted(places) || len(places) != 25 {
		t.Errorf("not in the order of the article: %v", places)
	}
	p.Do(chromedp.NavigateBack())
	if s := look(p); s.Heads[0] != first || s.Hash != "#evidence?source=DW&target=NK" {
		t.Errorf("%s is not where the reader was", s.Hash)
	}
}

// Tables sort by number, date and text, up, down and as they were, by click and
// by key, and do not move meanwhile.
func TestTablesSort(t *testing.T) {
	b, url := Start(t), seeds(t)
	p := b.Open(t, url+"#compared", View{Width: 1280, Height: 800})
	const table = `#compared ~ .scroll table`
	column := func(n int) []string {
		return Eval[[]string](p, fmt.Sprintf(`Array.from(document.querySelector(%q).tBodies[0].rows, r => r.cells[%d].textContent)`, table, n))
	}
	height := func() float64 { return Eval[float64](p, `document.documentElement.scrollHeight`) }
	dates, tall := column(3), height()
	press := func(n int, key bool, sorted string) {
		t.Helper()
		selector := fmt.Sprintf(`%s thead th:nth-child(%d) button`, table, n+1)
		if key {
			p.Do(chromedp.Focus(selector), chromedp.KeyEvent(kb.Enter))
		} else {
			p.Do(chromedp.Click(selector))
		}
		if got := Eval[string](p, fmt.Sprintf(`document.querySelector(%q).closest("th").getAttribute("aria-sort") || ""`, selector)); got != sorted {
			t.Errorf("sorted %q, want %q", got, sorted)
		}
	}
	want := func(n int, values ...string) {
		t.Helper()
		if got := column(n); !slices.Equal(got, values) {
			t.Errorf("%q, want %q", got, values)
		}
	}
	press(3, false, "ascending")
	want(3, "28 September 2001", "7 June 2017", "6 January 2018", "15 June 2018", "October 2021")
	press(3, true, "descending")
	want(3, "October 2021", "15 June 2018", "6 January 2018", "7 June 2017", "28 September 2001")
	keep(t, "sorted", p.Screenshot(false))
	press(3, true, "")
	want(3, dates...)
	press(4, false, "ascending")
	want(4, "30", "36", "41", "44", "51")
	press(2, false, "ascending")
	want(2, "James Conachy", "Julian Ryall", "Peter Symonds", "–", "–")
	if got := Eval[int](p, `document.querySelectorAll("[aria-sort]").length`); got != 1 {
		t.Errorf("%d columns are sorted by", got)
	}
	if h := height(); h != tall {
		t.Errorf("the page was %g high and is %g", tall, h)
	}
}
