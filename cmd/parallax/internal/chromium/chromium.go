// Package chromium opens pages in a real browser, for tests: with what a page
// complains of and asks the network for, and with a check of its names, contrast
// and headings.
package chromium

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// names are those that Chromium and its kin have in PATH.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless-shell"}

// patience is how long a page may be open; a machine under load takes many times
// the second or two that a test takes alone.
const patience = 4 * time.Minute

// Browser is one that runs until the test ends.
type Browser struct{ ctx context.Context }

// Start starts a browser. Where there is none the test is skipped, and says so; so
// it is where slow tests are not asked for.
func Start(t testing.TB) *Browser {
	t.Helper()
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("opens a browser; set PARALLAX_SLOW to run it")
	}
	path := ""
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skipf("left out: no browser is installed (looked for %s in PATH)", strings.Join(names, ", "))
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.WSURLReadTimeout(patience))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	return &Browser{ctx}
}

// View is how a page is looked at.
type View struct {
	Width, Height int64 // in CSS pixels
	Dark          bool
	NoScript      bool
	Print         bool
}

// Page is a page in a tab of its own.
type Page struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	problems []string
}

// Open opens a page and waits until it is loaded.
func (b *Browser) Open(t testing.TB, url string, v View) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, patience)
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}
	if v.Dark {
		features[0].Value = "dark"
	}
	if v.NoScript {
		features = append(features, &emulation.MediaFeature{Name: "scripting", Value: "none"})
	}
	media := emulation.SetEmulatedMediaParams{Features: features}
	if v.Print {
		media.Media = "print"
	}
	p.fail(chromedp.Listen(ctx, p.listen(url)))
	send(p, network.Enable, network.EnableParams{})
	send(p, runtime.Enable, cdp.Empty{})
	send(p, log.Enable, cdp.Empty{})
	send(p, emulation.SetEmulatedMedia, media)
	send(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.NoScript})
	p.Do(chromedp.EmulateViewport(v.Width, v.Height), chromedp.Navigate(url))
	return p
}

// send sends a command of the protocol that a browser is spoken to in.
func send[P, R any](p *Page, command cdp.Command[P, R], params P) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, command, params)
	p.fail(err)
}

// fail ends the test on a failure to speak with the browser.
func (p *Page) fail(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("in the browser: %v", err)
	}
}

// listen notes what a page complains of, and each request besides its own.
func (p *Page) listen(url string) func(any) {
	page, _, _ := strings.Cut(url, "#")
	note := func(format string, args ...any) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.problems = append(p.problems, fmt.Sprintf(format, args...))
	}
	return func(event any) {
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			for _, arg := range e.Args {
				note("console %s: %s", e.Type, arg.Value)
			}
		case *runtime.EventExceptionThrown:
			note("exception: %v", e.ExceptionDetails)
		case *log.EventEntryAdded:
			note("%s: %s", e.Entry.Level, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if asked := e.Request.URL; asked != page && !strings.HasPrefix(asked, "data:") {
				note("request for %s", asked)
			}
		}
	}
}

// Problems are what the page has complained of, and the requests it has made
// besides its own.
func (p *Page) Problems() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.problems...)
}

// Do does something in the page; a failure ends the test.
func (p *Page) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	p.fail(chromedp.Do(p.ctx, actions...))
}

// Eval returns what an expression of JavaScript comes to in the page, read as
// JSON.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	out, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	p.fail(err)
	return out
}

// Await is [Eval] for an expression that is a promise.
func Await[T any](p *Page, expression string) T {
	p.t.Helper()
	out, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	p.fail(err)
	return out
}

// Shift is how far what is seen has moved since the page was opened, other than
// by a reader's hand: the sum of the scores of the Layout Instability API.
func (p *Page) Shift() float64 {
	p.t.Helper()
	return Await[float64](p, `new Promise(done => {
		let sum = 0;
		new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; }).observe({type: "layout-shift", buffered: true});
		requestAnimationFrame(() => setTimeout(() => done(sum), 50));
	})`)
}

// Screenshot is the page as a PNG: what is seen without scrolling, or all.
func (p *Page) Screenshot(all bool) []byte {
	p.t.Helper()
	shot := chromedp.CaptureScreenshot()
	if all {
		shot = chromedp.FullScreenshot(100)
	}
	png, err := chromedp.Run(p.ctx, shot)
	p.fail(err)
	return png
}

//go:embed audit.js
var audit string

// Audit says what is wrong with a page for those who read it with a keyboard, a
// screen reader or low vision: controls and pictures without a name, text with a
// contrast below WCAG 2.2 AA (4.5 to 1, 3 to 1 where it is large), headings that
// skip a level, ids that stand twice, a page wider than the window.
func (p *Page) Audit() []string {
	p.t.Helper()
	return Eval[[]string](p, audit)
}
