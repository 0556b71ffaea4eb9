package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"parallax/analysis/target"
	"parallax/report"
	"parallax/seeds"
)

// config is that of a server with the built-in targets and a report of two files.
func config(t testing.TB) Config {
	t.Helper()
	set, err := target.Parse("targets", seeds.Targets)
	if err != nil {
		t.Fatal(err)
	}
	return Config{
		Host: "127.0.0.1", Targets: set, TargetsText: seeds.Targets,
		Corpus: &Corpus{Input: report.Input{}, Files: fstest.MapFS{
			"report.html": {Data: []byte("<!DOCTYPE html><title>Report</title>")}, "charts/tone.png": {Data: []byte("\x89PNG")}, "observations.jsonl": {Data: []byte("{}\n")},
		}},
		Compare: func(_ context.Context, w io.Writer, c Comparison) error {
			articles, err := io.ReadAll(c.Articles)
			if err != nil {
				return err
			}
			if bytes.Contains(articles, []byte("useless")) {
				return &Unusable{"That is of no use"}
			}
			_, err = fmt.Fprintf(w, `{"by":%q,"wire":%q,"seed":%d,"lines":%d}`, c.By, c.Wire, c.Seed, bytes.Count(articles, []byte("\n")))
			return err
		},
	}
}

func server(t testing.TB, c Config) *Server {
	t.Helper()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask sends a request to a handler.
func ask(h http.Handler, method, path, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8714"+path, strings.NewReader(body))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// refused checks that an answer is a problem of a status, and returns its detail.
func refused(t *testing.T, w *httptest.ResponseRecorder, status int) string {
	t.Helper()
	var p problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("status %d, body %q: %v", w.Code, w.Body, err)
	}
	if w.Code != status || p.Status != status || p.Title != http.StatusText(status) || p.Type != "about:blank" ||
		w.Header().Get("Content-Type") != "application/problem+json" {
		t.Fatalf("status %d, %s, %+v; want %d", w.Code, w.Header().Get("Content-Type"), p, status)
	}
	if !strings.HasSuffix(p.Detail, ".") || strings.Contains(p.Detail, "..") || strings.Contains(p.Detail, "%!") {
		t.Errorf("%q is no sentence", p.Detail)
	}
	return p.Detail
}

const (
	scorePath   = "/api/v1/score"
	explainPath = "/api/v1/explain"
	comparePath = "/api/v1/compare"
)

func TestRefused(t *testing.T) {
	s := server(t, config(t))
	long := func(n int) string { return strings.Repeat("Seoul agreed. ", n/14+1) }
	tests := []struct {
		name, method, path, body string
		header                   []string
		status                   int
		say                      string
	}{
		{"no such path", "GET", "/nothing", "", nil, 404, "/api/v1/openapi.json"},
		{"wrong method", "GET", scorePath, "", nil, 405, "POST"},
		{"wrong method for a page", "POST", "/", "{}", nil, 405, "GET"},
		{"preflight", "OPTIONS", scorePath, "", nil, 405, "POST"},
		{"a form", "POST", scorePath, "text=a", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "application/json"},
		{"a form of text", "POST", scorePath, "{}", []string{"Content-Type", "text/plain"}, 415, "application/json"},
		{"no type", "POST", scorePath, "{}", []string{"Content-Type", ""}, 415, "application/json"},
		{"another encoding", "POST", scorePath, "{}", []string{"Content-Type", "application/json; charset=latin1"}, 415, "UTF-8"},
		{"packed", "POST", scorePath, "{}", []string{"Content-Encoding", "gzip"}, 415, "gzip"},
		{"another origin", "POST", scorePath, "{}", []string{"Sec-Fetch-Site", "cross-site"}, 403, "origin"},
		{"another site's origin", "POST", scorePath, "{}", []string{"Origin", "http://evil.example"}, 403, "origin"},
		{"a page from a file", "POST", scorePath, "{}", []string{"Origin", "null"}, 403, "origin"},
		{"another port", "POST", scorePath, "{}", []string{"Origin", "http://127.0.0.1:1"}, 403, "origin"},
		{"rebound name", "GET", "/", "", []string{"Host", "evil.example:8714"}, 421, "Host"},
		{"a name that begins well", "GET", "/", "", []string{"Host", "127.0.0.1.evil.example"}, 421, "Host"},
		{"no name", "GET", "/", "", []string{"Host", ""}, 421, "Host"},
		{"another address", "GET", "/", "", []string{"Host", "192.0.2.1"}, 421, "Host"},

		{"nothing", "POST", scorePath, "", nil, 400, "empty"},
		{"no JSON", "POST", scorePath, "text", nil, 400, "byte"},
		{"half of it", "POST", scorePath, `{"text": "Seoul`, nil, 400, "cut short"},
		{"more than one", "POST", scorePath, `{"text": "Seoul agreed."} {}`, nil, 400, "more"},
		{"not UTF-8", "POST", scorePath, "{\"text\": \"\xff\"}", nil, 400, "UTF-8"},
		{"a list", "POST", scorePath, `[]`, nil, 422, "object"},
		{"unknown key", "POST", scorePath, `{"txt": "a"}`, nil, 422, "txt"},
		{"wrong kind", "POST", scorePath, `{"text": 1}`, nil, 422, "text"},
		{"no text", "POST", scorePath, `{}`, nil, 422, "text"},
		{"blank text", "POST", scorePath, `{"text": " \n\t"}`, nil, 422, "text"},
		{"NUL", "POST", scorePath, `{"text": "Seoul\u0000agreed."}`, nil, 422, "NUL"},
		{"an id that is none", "POST", scorePath, `{"id": [1], "text": "Seoul agreed."}`, nil, 422, "id"},
		{"another language", "POST", scorePath, `{"text": "Der Präsident hat am Donnerstag mit dem Minister über die Lage gesprochen und danach eine Erklärung abgegeben, die nicht veröffentlicht wurde. Es war das erste Treffen seit dem Sommer, und es soll nicht das letzte gewesen sein, wie der Sprecher mitteilte. Die Gespräche dauern noch an."}`, nil, 422, "German"},
		{"mentions", "POST", scorePath, `{"text": "Seoul agreed.", "mentions": "few"}`, nil, 422, "names"},
		{"targets that are no YAML", "POST", scorePath, `{"text": "Seoul agreed.", "targets": "a: [b"}`, nil, 422, "YAML"},
		{"targets with a wrong key", "POST", scorePath, `{"text": "Seoul agreed.", "targets": {"targets": [{"id": "A", "name": "A", "nme": 1}]}}`, nil, 422, "nme"},
		{"no targets", "POST", scorePath, `{"text": "Seoul agreed.", "targets": []}`, nil, 422, "targets"},
		{"too many targets", "POST", scorePath, `{"text": "Seoul agreed.", "targets": "` + manyTargets(maxTargets+1) + `"}`, nil, 422, "101"},
		{"targets of a thousand aliases each", "POST", scorePath, `{"text": "Seoul agreed.", "targets": [{"id": "A", "name": "A", "aliases": ["` + long(maxTargetsText) + `"]}]}`, nil, 413, "256 KiB"},
		{"long text", "POST", scorePath, `{"text": "` + long(maxText) + `"}`, nil, 413, "1 MiB"},
		{"large body", "POST", scorePath, `{"text": "` + long(maxBody) + `"}`, nil, 413, "10 MiB"},

		{"no sentence", "POST", explainPath, `{}`, nil, 422, "sentence"},
		{"long sentence", "POST", explainPath, `{"sentence": "` + long(maxSentence) + `"}`, nil, 413, "64 KiB"},
		{"layer", "POST", explainPath, `{"sentence": "Seoul agreed.", "layers": ["all"]}`, nil, 422, "tokens"},

		{"no articles", "POST", comparePath, `{"articles": []}`, nil, 422, "articles"},
		{"articles that are none", "POST", comparePath, `{"articles": [{"text": "a"}, "b"]}`, nil, 422, "Article 2"},
		{"null for an article", "POST", comparePath, `{"articles": [null]}`, nil, 422, "Article 1"},
		{"unit", "POST", comparePath, `{"articles": [{}], "by": "author"}`, nil, 422, "outlet"},
		{"date", "POST", comparePath, `{"articles": [{}], "split_date": "June"}`, nil, 422, "2018-06-12"},
		{"negative seed", "POST", comparePath, `{"articles": [{}], "seed": -1}`, nil, 422, "seed"},
		{"unusable", "POST", comparePath, `{"articles": [{"text": "useless"}]}`, nil, 422, "of no use"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := refused(t, ask(s, tt.method, tt.path, tt.body, tt.header...), tt.status); !strings.Contains(got, tt.say) {
				t.Errorf("%q does not speak of %q", got, tt.say)
			}
		})
	}
}

func manyTargets(n int) string {
	var b strings.Builder
	b.WriteString("targets:")
	for i := range n {
		fmt.Fprintf(&b, `\n  - {id: T%d, name: Target%d}`, i, i)
	}
	return b.String()
}

func TestAllow(t *testing.T) {
	s := server(t, config(t))
	for path, want := range map[string]string{scorePath: "POST", "/report/": "GET, HEAD", "/healthz": "GET, HEAD"} {
		if got := ask(s, "DELETE", path, "").Header().Get("Allow"); got != want {
			t.Errorf("%s: Allow %q, want %q", path, got, want)
		}
	}
}

// TestHosts says by which names a server is known, for what it listens on.
func TestHosts(t *testing.T) {
	for _, tt := range []struct {
		listens, header string
		known           bool
	}{
		{"127.0.0.1", "127.0.0.1:8714", true},
		{"127.0.0.1", "localhost:8714", true},
		{"127.0.0.1", "LOCALHOST.", true},
		{"127.0.0.1", "[::1]:8714", true},
		{"127.0.0.1", "::1", true},
		{"127.0.0.1", "192.0.2.7", false},
		{"127.0.0.1", "example.org", false},
		{"127.0.0.1", "localhost.example.org", false},
		{"127.0.0.1", "", false},
		{"192.0.2.7", "192.0.2.7:80", true},
		{"192.0.2.7", "192.0.2.8", false},
		{"desk.example.org", "DESK.example.org:8714", true},
		{"0.0.0.0", "192.0.2.8", true},
		{"0.0.0.0", "example.org", false},
		{"::", "[2001:db8::1]:8714", true},
		{"", "192.0.2.8", true},
		{"", "", false},
	} {
		c := config(t)
		c.Host = tt.listens
		if got := server(t, c).known(tt.header); got != tt.known {
			t.Errorf("listening on %q, Host %q: %v", tt.listens, tt.header, got)
		}
	}
}

// TestHeaders says that every answer, also a refusal, has the headers that keep
// pages apart.
func TestHeaders(t *testing.T) {
	s := server(t, config(t))
	for _, path := range []string{"/", "/nothing", "/api/v1/corpus", "/report/", "/report/charts/tone.png", "/assets/page.js"} {
		h := ask(s, "GET", path, "").Header()
		for key, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Access-Control-Allow-Origin": "",
		} {
			if got := h.Get(key); got != want {
				t.Errorf("%s: %s is %q, want %q", path, key, got, want)
			}
		}
		policy := h.Get("Content-Security-Policy")
		for _, part := range []string{"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: the policy %q lacks %s", path, policy, part)
			}
		}
		if strings.Contains(policy, "unsafe") || path != "/report/" && !strings.HasPrefix(policy, "default-src 'none'; script-src 'self';") {
			t.Errorf("%s: policy %q", path, policy)
		}
	}
}

// TestTraversal says that only the report's files can be had, however their
// path is written.
func TestTraversal(t *testing.T) {
	c := config(t)
	s := server(t, c)
	srv := httptest.NewServer(s)
	defer srv.Close()
	for _, path := range []string{
		"/report/../guard.go", "/report/..%2fguard.go", "/report/%2e%2e/guard.go", "/report/charts/../../guard.go", "/report/..\\guard.go",
		"/report/charts/..%5c..%5cguard.go", "//etc/passwd", "/report//etc/passwd", "/report/charts/", "/report/charts", "/assets/", "/assets/../page.go",
		"/assets/index.html", "/report/report.html/", "/report/REPORT.HTML", "/report/report.html%00.png", "/.git/config",
	} {
		// As it is written: a client would tidy it up first.
		conn, err := net.Dial("tcp", srv.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path)
		answer, err := io.ReadAll(conn)
		if err != nil {
			t.Fatal(err)
		}
		conn.Close()
		status := string(answer[:min(len(answer), 12)])
		if status != "HTTP/1.1 404" && status != "HTTP/1.1 400" && status != "HTTP/1.1 307" {
			t.Errorf("%s: %q", path, answer)
		}
	}
	for path, kind := range map[string]string{
		"/report/": "text/html; charset=utf-8", "/report/report.html": "text/html; charset=utf-8",
		"/report/charts/tone.png": "image/png", "/report/observations.jsonl": "application/jsonl",
	} {
		if w := ask(s, "GET", path, ""); w.Code != 200 || w.Header().Get("Content-Type") != kind {
			t.Errorf("%s: %d, %q", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
	if w := ask(s, "GET", "/report", ""); w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != "/report/" {
		t.Errorf("/report: %d to %q", w.Code, w.Header().Get("Location"))
	}
}

// TestNoCorpus says that a server without articles has the page and no report.
func TestNoCorpus(t *testing.T) {
	c := config(t)
	c.Corpus = nil
	s := server(t, c)
	refused(t, ask(s, "GET", "/report/", ""), 404)
	if w := ask(s, "GET", "/", ""); w.Code != 200 || !strings.Contains(w.Body.String(), "<title>Parallax</title>") {
		t.Errorf("the page: %d", w.Code)
	}
	var got corpusAnswer
	if err := json.Unmarshal(ask(s, "GET", "/api/v1/corpus", "").Body.Bytes(), &got); err != nil || got.Loaded || len(got.Targets) != 3 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestScore says that every offset is of the text that was sent, that the text
// comes back as text, and that what is said of a sentence adds up.
func TestScore(t *testing.T) {
	s := server(t, config(t))
	text := "Talks\n\nPyongyang \"brutally\" threatened Seoul’s <script>alert('\U0001F600')</script> envoys on Thursday.\n\nThe United States welcomed a généreuse offer of aid & talks."
	body, err := json.Marshal(map[string]any{"text": text, "source": "The <b>Post</b>", "seed": 7})
	if err != nil {
		t.Fatal(err)
	}
	w := ask(s, "POST", scorePath, string(body))
	var got scoreAnswer
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 200 {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	if len(got.Observations) != 3 || len(got.Sentences) < 2 || len(got.Cells) == 0 || got.Article.Source != "The <b>Post</b>" || got.Manifest.Seed != 7 {
		t.Fatalf("%+v", got)
	}
	for _, o := range got.Observations {
		if flat := strings.Join(strings.Fields(text[o.Start:o.End]), " "); flat != o.Sentence {
			t.Errorf("%q at its offsets is %q", o.Sentence, flat)
		}
		sum := 0.0
		for _, e := range o.Evidence {
			sum += e.Contribution
			if e.Start < o.Start || e.End > o.End {
				t.Errorf("%q stands outside of its sentence", e.Term)
			}
		}
		if d := sum - o.Tone; d > 1e-9 || d < -1e-9 {
			t.Errorf("%s: the shares sum to %v, the tone is %v", o.Target, sum, o.Tone)
		}
	}
	for _, c := range got.Cells {
		if c.Carried == strings.Contains(c.Figure, "~") {
			t.Errorf("carried %v is printed %q", c.Carried, c.Figure)
		}
	}
	if again := ask(s, "POST", scorePath, string(body)); again.Body.String() != w.Body.String() {
		t.Error("the same request has another answer")
	}
}

// TestTargets says that targets can come as YAML and as JSON, and are the same.
func TestTargets(t *testing.T) {
	s := server(t, config(t))
	for _, targets := range []string{
		`"targets:\n  - id: F\n    name: Freedonia\n    demonyms: [Freedonian]\n"`,
		`{"targets": [{"id": "F", "name": "Freedonia", "demonyms": ["Freedonian"]}]}`,
		`{"targets": [{"id": "F", "name": "Freedo\u006eia\/\ud83d\ude00", "names": ["Freedonia"], "demonyms": ["Freedonian"]}]}`,
	} {
		w := ask(s, "POST", scorePath, `{"text": "The Freedonian army attacked Seoul.", "targets": `+targets+`}`)
		var got scoreAnswer
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got.Observations) != 1 || got.Observations[0].Target != "F" || got.Targets[0].ID != "F" {
			t.Errorf("%s: %s, %v", targets, w.Body, err)
		}
	}
}

func TestCompareIsAsked(t *testing.T) {
	s := server(t, config(t))
	w := ask(s, "POST", comparePath, "{\"articles\": [{\"text\": \"One\\nline\"},\n{\n\"text\": \"b\"}], \"by\": \"outlet\"}")
	if got, want := w.Body.String(), `{"by":"outlet","wire":"all","seed":1,"lines":2}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestPanic says that a fault costs one request, and is logged.
func TestPanic(t *testing.T) {
	var log bytes.Buffer
	c := config(t)
	c.Log = slog.New(slog.NewJSONHandler(&log, nil))
	c.Compare = func(context.Context, io.Writer, Comparison) error { panic("a <bug>\nin two lines") }
	s := server(t, c)
	for range cap(s.turns) + 1 { // each gives its turn back
		if got := refused(t, ask(s, "POST", comparePath, `{"articles": [{}]}`), 500); strings.Contains(got, "bug") {
			t.Errorf("the client is told %q", got)
		}
	}
	for line := range strings.Lines(log.String()) {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}
	if got := log.String(); !strings.Contains(got, `a <bug>\nin two lines`) && !strings.Contains(got, `a \u003cbug\u003e\nin two lines`) || !strings.Contains(got, "TestPanic") {
		t.Errorf("the log does not say where: %s", got)
	}
}

// TestLog says that a request is a line whatever its path holds, and that no
// text that was sent is in it.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	c := config(t)
	c.Log = slog.New(slog.NewTextHandler(&log, nil))
	s := server(t, c)
	ask(s, "GET", "/a%0alevel=ERROR%20msg=forged", "")
	ask(s, "POST", scorePath, `{"text": "Seoul kept a secret."}`)
	if got := log.String(); strings.Count(got, "\n") != 2 || strings.Contains(got, "secret") || !strings.Contains(got, "status=404") || !strings.Contains(got, "status=200") {
		t.Errorf("%s", got)
	}
}

// A body that comes too slowly is told so.
func TestSlowBody(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, scorePath, iotest.ErrReader(os.ErrDeadlineExceeded))
	var p *problem
	if err := read(httptest.NewRecorder(), r, &struct{}{}); !errors.As(err, &p) || p.Status != http.StatusRequestTimeout {
		t.Errorf("%v", err)
	}
}

// slow is a comparison that takes until it is told to end.
type slow struct {
	began chan struct{}
	end   chan struct{}
}

func (x *slow) compare(ctx context.Context, w io.Writer, _ Comparison) error {
	x.began <- struct{}{}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-x.end:
		_, err := io.WriteString(w, `{}`)
		return err
	}
}

// start serves on a port of its own until stop is called, which returns what
// Serve has.
func start(t *testing.T, c Config) (url string, stop func() error) {
	t.Helper()
	s := server(t, c)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("stopping: %v", err)
		}
	})
	return "http://" + l.Addr().String(), stop
}

// post sends a comparison.
func post(ctx context.Context, url string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, "POST", url+comparePath, strings.NewReader(`{"articles": [{}]}`))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, err
}

// TestShutdown says that a request that is going on when the server is told to
// stop has its answer, and that no other is taken.
func TestShutdown(t *testing.T) {
	x := slow{make(chan struct{}, 1), make(chan struct{})}
	c := config(t)
	c.Compare = x.compare
	url, stop := start(t, c)
	status := make(chan int, 1)
	go func() {
		code, err := post(t.Context(), url)
		if err != nil {
			t.Error(err)
		}
		status <- code
	}()
	<-x.began
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for { // until the door is shut
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			break
		}
		conn.Close()
		time.Sleep(time.Millisecond)
	}
	select {
	case err := <-stopped:
		t.Fatalf("stopped with a request going on: %v", err)
	default:
	}
	close(x.end)
	if code := <-status; code != 200 {
		t.Errorf("the request that was going on: %d", code)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stopped with %v", err)
	}
}

// TestCancelled says that work ends when the client goes, and that its turn is
// free again.
func TestCancelled(t *testing.T) {
	x := slow{make(chan struct{}, 1), make(chan struct{})}
	ended := make(chan error, 1)
	c := config(t)
	c.Compare = func(ctx context.Context, w io.Writer, q Comparison) error {
		err := x.compare(ctx, w, q)
		ended <- err
		return err
	}
	url, _ := start(t, c)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-x.began
		cancel()
	}()
	if _, err := post(ctx, url); !errors.Is(err, context.Canceled) {
		t.Errorf("the client heard %v", err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the work ended with %v", err)
	}
	close(x.end)
	if code, err := post(t.Context(), url); err != nil || code != 200 {
		t.Errorf("the next request: %d, %v", code, err)
	}
}

// TestBusy says that requests wait for their turn no longer than their client.
func TestBusy(t *testing.T) {
	s := server(t, config(t))
	for range cap(s.turns) {
		s.turns <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequestWithContext(ctx, "POST", "http://127.0.0.1"+scorePath, strings.NewReader(`{"text": "Seoul agreed."}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	refused(t, w, 503)
	w = httptest.NewRecorder()
	fail(w, errBusy)
	if refused(t, w, 503); w.Header().Get("Retry-After") == "" {
		t.Error("no time is said after which to come again")
	}
}

// FuzzRequests says that whatever is sent, the answer is JSON, and the fault is
// never the server's.
func FuzzRequests(f *testing.F) {
	for _, body := range []string{
		``, `null`, `{}`, `[]`, `{"text": "Seoul agreed."}`, `{"text": "a", "targets": "targets: [{id: A, name: a}]"}`,
		`{"text": "A & B", "targets": {"targets": [{"id": 1, "name": "A", "leaders": ["B C"], "context": [{"term": "x"}]}], "not": ["A"]}}`,
		`{"text": "“A”, said B — ‘c’ …", "id": 1e5, "date": "2018-13-45", "seed": 18446744073709551615}`,
		`{"sentence": "Seoul\nagreed,\r\n\u2028it\u0001 said: \"\ud800", "layers": ["tokens", "tokens", "roles"]}`, `{"sentence": "(((((", "layers": null}`,
		`{"articles": [{"text": "x", "targets": [{"id": "US", "from": 0, "to": 1}]}], "by": "document"}`, `{"articles": [1, null, "a"]}`,
	} {
		f.Add(body)
	}
	s := server(f, config(f))
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{scorePath, explainPath, comparePath} {
			w := ask(s, "POST", path, body)
			if w.Code >= 500 || !json.Valid(w.Body.Bytes()) || !strings.HasSuffix(w.Header().Get("Content-Type"), "json") {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
			if w.Code != 200 {
				refused(t, w, w.Code)
			}
		}
	})
}
