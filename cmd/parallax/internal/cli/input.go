package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/target"
	"parallax/report"
	"parallax/seeds"
)

// builtIn names the targets that are part of the program, in manifests.
const builtIn = "built-in"

// targetsName is the file beside articles that says who is compared.
const targetsName = "targets.yaml"

// loadTargets reads a targets file, or the built-in one for the name builtIn.
func loadTargets(file string) (*target.Set, error) {
	if file == builtIn {
		return target.Parse(builtIn+" targets", seeds.Targets)
	}
	data, err := readFile(file, maxTargets)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return nil, usagef("targets file %s: %v", file, err)
	}
	set, err := target.Parse(file, data)
	if err != nil {
		return nil, &usageError{err: oneLine(err)}
	}
	return set, nil
}

// maxTargets is how large a targets file is: a hundred thousand actors.
const maxTargets = 10 << 20

// readFile reads a file of no more than so many bytes: /dev/zero never ends.
func readFile(file string, most int64) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() // read only: nothing to lose
	return readAll(f, most)
}

func readAll(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("larger than %d bytes, which is more than is read", most)
	}
	return data, err
}

// Limits of an error's text: who has made a mistake a thousand times wants to read
// of the first.
const (
	maxLines = 5
	maxLine  = 300 // bytes of a line
)

// oneLine joins the first lines of an error.
func oneLine(err error) error {
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	more := len(lines) - maxLines
	if more > 0 {
		lines = append(lines[:maxLines], fmt.Sprintf("and %d more", more))
	}
	for i, l := range lines {
		if len(l) > maxLine {
			lines[i] = strings.ToValidUTF8(l[:maxLine], "") + "…"
		}
	}
	return errors.New(strings.Join(lines, "; "))
}

// targetsFile returns which targets file goes with the paths: the one given,
// or the one that lies beside the articles, or the built-in one.
func targetsFile(given string, paths []string) (string, error) {
	if given != "" {
		return given, nil
	}
	found := ""
	for _, p := range paths {
		file := filepath.Join(folder(p), targetsName)
		if p == "-" || file == found {
			continue
		}
		if _, err := os.Stat(file); err != nil {
			continue
		}
		if found != "" {
			return "", usagef("both %s and %s lie beside the articles: choose one with --targets", found, file)
		}
		found = file
	}
	if found == "" {
		return builtIn, nil
	}
	return found, nil
}

// folder returns the folder that a path names or lies in.
func folder(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return filepath.Clean(path)
	}
	return filepath.Dir(path)
}

// reading is a corpus, read and analyzed.
type reading struct {
	corpus      *corpus.Corpus
	targets     *target.Set
	targetsFile string
	sentences   []int // by document
}

// request says what to read.
type request struct {
	paths    []string
	targets  string      // the file; "" for the usual one
	set      *target.Set // where not nil, the targets themselves
	mentions string      // which count; "" for all
	unlisted bool        // no sources.yaml is read
	outlets  bool        // the unit compared is the outlet, whatever sources.yaml says

	// ready, where not nil, is called with the corpus before anything is analyzed.
	ready func(c *corpus.Corpus) error

	// each is called with every analysis, from any goroutine. What it returns
	// is called after those of the documents before, one at a time. Nothing
	// else keeps an analysis: those of a large corpus do not fit into memory.
	each func(d *corpus.Document, a *analysis.Analysis) (commit func() error)
}

// stagesAfter is how many steps of a progress bar come after the documents:
// comparing and drawing. The bar goes away before it is full.
const stagesAfter = 2

// read reads and analyzes what a request names.
func (e *env) read(ctx context.Context, r request, bar *progress) (*reading, error) {
	set, file, err := r.actors()
	if err != nil {
		return nil, err
	}
	bar.stage("reading")
	c, err := corpus.Read(ctx, r.paths, corpus.Options{Stdin: e.stdin, Name: e.called, Unlisted: r.unlisted})
	if err != nil {
		return nil, readError(err)
	}
	if r.outlets {
		byOutlet(c)
	}
	if r.ready != nil {
		if err := r.ready(c); err != nil {
			return nil, err
		}
	}

	bar.stage("analyzing")
	bar.total(len(c.Documents) + stagesAfter)
	analyzer := analysis.New(set, nil, nil).With(analysis.Options{Mentions: analysis.Mentions(r.mentions)})
	n := len(c.Documents)
	out := &reading{corpus: c, targets: set, targetsFile: file, sentences: make([]int, n)}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var observations atomic.Int64
	queue := inOrder{waiting: map[int]func() error{}}
	err = analyzer.Each(ctx, c.Documents, func(i int, a *analysis.Analysis) {
		out.sentences[i] = len(a.Sentences)
		observations.Add(int64(len(a.Observations)))
		if err := queue.put(i, r.each(&c.Documents[i], a)); err != nil {
			cancel(err)
		}
		bar.step()
	})
	if err != nil {
		return nil, context.Cause(ctx)
	}
	if observations.Load() == 0 {
		sentences := 0
		for _, n := range out.sentences {
			sentences += n
		}
		return nil, because(errUnmentioned, "none of the %s in %s mentions a target of %s: name the actors of these articles with --targets FILE",
			counted(sentences, "sentence"), counted(len(c.Documents), "article"), file)
	}
	return out, nil
}

// actors returns the targets of a request, and where they stand.
func (r *request) actors() (*target.Set, string, error) {
	if r.set != nil {
		return r.set, r.targets, nil
	}
	file, err := targetsFile(r.targets, r.paths)
	if err != nil {
		return nil, "", err
	}
	set, err := loadTargets(file)
	return set, file, err
}

// inOrder calls functions in the order of their numbers, as they come.
type inOrder struct {
	mu      sync.Mutex
	next    int
	waiting map[int]func() error
	err     error // the first; nothing is called after it
}

func (q *inOrder) put(i int, f func() error) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting[i] = f
	for q.err == nil && q.waiting[q.next] != nil {
		q.err = q.waiting[q.next]()
		delete(q.waiting, q.next)
		q.next++
	}
	return q.err
}

// byOutlet makes every outlet one source. A document whose outlet is not known
// stays with its source.
func byOutlet(c *corpus.Corpus) {
	at := make(map[string]int)
	c.Sources = nil
	for i := range c.Documents {
		d := &c.Documents[i]
		if d.Outlet != "" {
			d.Source = d.Outlet
		}
		k, ok := at[d.Source]
		if !ok {
			k = len(c.Sources)
			at[d.Source] = k
			c.Sources = append(c.Sources, corpus.Source{ID: d.Source, Name: d.Source, Outlet: d.Outlet})
		}
		c.Sources[k].Documents = append(c.Sources[k].Documents, d.ID)
	}
}

// reads reports whether who reads a path, or what a pattern matches, reads what a
// report in the folder out is made of. Links lead where they lead.
func reads(path, out string) bool {
	out = resolved(out)
	paths := []string{path}
	if _, err := os.Stat(path); err != nil {
		paths, _ = filepath.Glob(path) // a wrong pattern is found when it is read
	}
	parts := []string{out} // and all folders above it
	for d := out; d != filepath.Dir(d); {
		d = filepath.Dir(d)
		parts = append(parts, d)
	}
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil && info.IsDir() && slices.ContainsFunc(parts, func(d string) bool {
			above, err := os.Stat(d)
			return err == nil && os.SameFile(info, above)
		}) {
			return true
		}
	}
	for _, name := range report.Files() {
		parts = append(parts, filepath.Join(out, name))
	}
	pattern := filepath.Join(resolved(filepath.Dir(path)), filepath.Base(path))
	return slices.ContainsFunc(parts, func(p string) bool {
		met, err := filepath.Match(pattern, p)
		return met && err == nil
	})
}

// resolved is a path from the root, of which as much as is there has no links.
func resolved(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(path); err == nil || path == filepath.Dir(path) {
		return real
	}
	return filepath.Join(resolved(filepath.Dir(path)), filepath.Base(path))
}
