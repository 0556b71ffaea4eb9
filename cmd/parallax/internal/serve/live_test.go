package serve_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parallax/cmd/parallax/internal/cli"
)

// watch takes the output of a command and tells the first address in it.
type watch struct {
	found chan string
	text  bytes.Buffer
}

var address = regexp.MustCompile(`http://[^ ]+/`)

func (w *watch) Write(b []byte) (int, error) {
	w.text.Write(b)
	if a := address.FindString(w.text.String()); a != "" {
		select {
		case w.found <- a:
		default:
		}
	}
	return len(b), nil
}

// live runs parallax serve on the seeds, as a user does, and returns its
// address. It is stopped, and must end well, with the test.
func live(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out := &watch{found: make(chan string, 1)}
	var log bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- cli.Run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), strings.NewReader(""), out, &log)
	}()
	t.Cleanup(func() {
		cancel()
		if status := <-ended; status != 0 {
			t.Errorf("serve ended with %d: %s", status, &log)
		}
	})
	select {
	case url := <-out.found:
		return strings.TrimSuffix(url, "/")
	case status := <-ended:
		ended <- status
		t.Fatalf("serve ended with %d: %s", status, &log)
		return ""
	}
}

var seeds = filepath.Join("..", "..", "..", "..", "seeds")

// exchange sends a body, or asks for a page where it is nil.
func exchange(t *testing.T, url string, body any) (status int, kind string, answer []byte) {
	t.Helper()
	method, data := http.MethodGet, []byte(nil)
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if answer, err = io.ReadAll(got.Body); err != nil {
		t.Fatal(err)
	}
	return got.StatusCode, got.Header.Get("Content-Type"), answer
}

type object = map[string]any

// TestOpenAPI says that the description of the API is what the server does:
// every route is in it and answers as it says, the examples fit their schemas,
// nothing comes that is not described, and nothing is described that never comes.
func TestOpenAPI(t *testing.T) {
	url := live(t, "--no-second-opinion", seeds)
	_, _, data := exchange(t, url+"/api/v1/openapi.json", nil)
	var document object
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	if document["openapi"] != "3.1.0" {
		t.Errorf("openapi is %v", document["openapi"])
	}
	targets, err := os.ReadFile(filepath.Join(seeds, "targets.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s := &schemas{document, map[string]bool{}}

	var articles []any
	for i, name := range []string{"dw-2017-06-07.txt", "telesur-2018-06-15.txt", "wsws-2018-01-06.txt"} {
		text, err := os.ReadFile(filepath.Join(seeds, name))
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, object{"id": name, "source": name[:2], "date": []string{"2017-06-07", "2018-06-15", "2018-01-06"}[i], "text": string(text)})
	}
	// Words that tell sources apart, and a course over time, are known from many
	// articles only.
	var many []any
	for i := range 24 {
		source, word := "Post", "zebras"
		if i%2 == 1 {
			source, word = "Mail", "giraffes"
		}
		many = append(many, object{"source": source, "outlet": source, "author": "A. Byrne", "title": "Talks", "date": strconv.Itoa(2010 + i/6), "text": strings.Repeat("Seoul sent some "+word+" to Pyongyang on day "+strconv.Itoa(i)+". ", 9)})
	}
	many = append(many, object{"source": "Sun", "text": "Freedonia agreed.", "targets": []any{object{"id": "NK", "from": 0, "to": 9}}})
	long := articles[1].(object)["text"].(string)
	further := map[string][]any{
		"/api/v1/score": {
			object{"id": 7, "outlet": "The Post", "title": "Talks", "author": "A. Byrne", "date": "2018-06-12", "text": long, "mentions": "names", "seed": 3},
			object{"text": "Freedonia agreed.", "source": "The Post", "targets": "targets: [{id: F, name: Freedonia}]"},
			object{"text": "Freedonia did not want to attack Sylvania, its minister said.", "targets": object{"targets": []any{object{"id": "F", "name": "Freedonia"}, object{"id": "S", "name": "Sylvania"}}}},
		},
		"/api/v1/explain": {object{"sentence": "The two Koreas met. “Moon Jae-in and both sides might not have been being helped by Pyongyang,” the minister, who left because it had refused to help the “talks”, said.", "targets": nil,
			"layers": []any{"tokens", "clauses", "verbs", "mentions", "voices", "roles", "relations", "scores"}}},
		"/api/v1/compare": {
			object{"articles": articles, "seed": 2, "by": "outlet", "voice": "all", "mentions": "nominals", "wire": "own", "split_date": "2018"},
			object{"articles": append(slices.Clone(articles), object{"text": long, "source": "copy", "date": "2018-06-16"}, object{"text": ""}), "wire": "collapse"},
			object{"articles": articles, "by": "document"},
			object{"articles": append(many, articles[0]), "targets": string(targets)},
		},
	}
	paths := document["paths"].(object)
	for path, item := range paths {
		for method, operation := range item.(object) {
			op := operation.(object)
			var bodies []any
			var schema any
			if method == "post" {
				content := op["requestBody"].(object)["content"].(object)["application/json"].(object)
				schema = content["schema"]
				bodies = append(further[path], content["example"])
			} else {
				bodies = []any{nil}
			}
			ok := op["responses"].(object)["200"].(object)["content"].(object)["application/json"].(object)["schema"]
			for _, body := range bodies {
				if body != nil {
					for _, x := range s.check(schema, plain(t, body), "request", "") {
						t.Errorf("%s: %s", path, x)
					}
				}
				status, kind, answer := exchange(t, url+path, body)
				if status != 200 || kind != "application/json" {
					t.Errorf("%s: %d, %s: %.300s", path, status, kind, answer)
					continue
				}
				value, err := decode(answer)
				if err != nil {
					t.Errorf("%s: %v", path, err)
				}
				for _, x := range s.check(ok, value, "answer", "") {
					t.Errorf("%s: %s", path, x)
				}
			}
			// What no handler is asked, every one refuses in the same way.
			status, kind, answer := exchange(t, url+path, object{"nonsense": true})
			value, err := decode(answer)
			if err != nil || kind != "application/problem+json" || op["responses"].(object)[strconv.Itoa(status)] == nil {
				t.Errorf("%s: nonsense: %d, %s, %s", path, status, kind, answer)
			}
			for _, x := range s.check(s.find("#/components/schemas/Problem"), value, "problem", "Problem") {
				t.Errorf("%s: %s", path, x)
			}
		}
	}
	for name, schema := range document["components"].(object)["schemas"].(object) {
		for _, x := range s.unseen(schema, name) {
			if x != "Corpus.cells.document" { // comes where documents are compared
				t.Errorf("%s is described and never came", x)
			}
		}
	}
}

// plain is a value as it is after it was sent.
func plain(t *testing.T, v any) any {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSameAsCommand says that the server gives what the commands print.
func TestSameAsCommand(t *testing.T) {
	url := live(t)
	var want bytes.Buffer
	if status := cli.Run(t.Context(), []string{"explain", "--format", "json", "Pyongyang & <b>Seoul</b> agreed."}, nil, &want, io.Discard); status != 0 {
		t.Fatal(status)
	}
	if _, _, got := exchange(t, url+"/api/v1/explain", object{"sentence": "Pyongyang & <b>Seoul</b> agreed."}); string(got) != want.String() {
		t.Errorf("explain:\n%s\nwant\n%s", got, &want)
	}

	articles := []any{object{"id": "1", "source": "Post", "text": "Pyongyang brutally attacked South Korea. Seoul was generous."}, object{"id": "2", "source": "Mail", "text": "Pyongyang kindly helped South Korea. Washington lied to Seoul."}}
	var lines bytes.Buffer
	for _, a := range articles {
		if err := json.NewEncoder(&lines).Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	want.Reset()
	if status := cli.Run(t.Context(), []string{"compare", "--quiet", "--no-second-opinion", "--format", "json", "--out", t.TempDir(), "-"}, &lines, &want, io.Discard); status != 0 {
		t.Fatal(status)
	}
	_, _, got := exchange(t, url+"/api/v1/compare", object{"articles": articles})
	var a, b object
	for _, x := range []struct {
		data []byte
		to   *object
	}{{got, &a}, {want.Bytes(), &b}} {
		if err := json.Unmarshal(x.data, x.to); err != nil {
			t.Fatal(err)
		}
		delete(*x.to, "manifest") // names the request
	}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	if !bytes.Equal(x, y) {
		t.Errorf("compare:\n%s\nwant\n%s", x, y)
	}
}

// TestTooMany says that what would never end is refused before it begins.
func TestTooMany(t *testing.T) {
	url := live(t)
	var articles []any
	for i := range 61 {
		articles = append(articles, object{"source": strings.Repeat("a", i+1), "text": "Seoul agreed."})
	}
	for by, want := range map[string]string{"source": "61 sources", "document": "61 documents"} {
		if status, _, answer := exchange(t, url+"/api/v1/compare", object{"articles": articles, "by": by}); status != 422 || !strings.Contains(string(answer), want) {
			t.Errorf("%d: %s", status, answer)
		}
	}
	for _, tt := range []struct {
		body object
		want string
	}{
		{object{"articles": []any{object{"text": "Nobody came."}}}, "No sentence of the articles mentions a target"},
		{object{"articles": []any{object{"txt": "a"}, object{"text": 1}}}, "None of the articles can be used"},
		{object{"articles": []any{object{"text": "Seoul agreed."}}, "by": "document", "split_date": "2018"}, "does not go with documents"},
	} {
		if status, _, answer := exchange(t, url+"/api/v1/compare", tt.body); status != 422 || !strings.Contains(string(answer), tt.want) {
			t.Errorf("%d: %s; want %q", status, answer, tt.want)
		}
	}
}

// A server that is killed leaves nothing of the articles behind, and what it has
// loaded can be had all the same.
func TestNothingStaysBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("Pyongyang threatened South Korea on Thursday. Nobody could say what would follow after that."), 0o666); err != nil {
		t.Fatal(err)
	}
	url := live(t, "--no-second-opinion", path)
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
	for range 2 {
		if status, _, body := exchange(t, url+"/report/observations.jsonl", nil); status != http.StatusOK || !bytes.Contains(body, []byte("Pyongyang threatened")) {
			t.Errorf("status %d: %.100s", status, body)
		}
	}
}
