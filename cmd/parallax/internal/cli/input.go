package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/target"
	"parallax/cmd/parallax/internal/survey"
	"parallax/report"
	"parallax/seeds"
)

// builtIn names the targets that are part of the program, in manifests.
const builtIn = "built-in"

// targetsName is the file beside articles that says who is compared.
const targetsName = "targets.yaml"

// Targets need no file: a list of states, and names.
const (
	countriesPrefix = "countries:" // codes or names, with commas
	namesPrefix     = "names:"     // with semicolons; what --target gives
	andTargets      = " + "        // between files, states and names
)

// chooseTargets defines the flags that say who is compared.
func chooseTargets(cmd *cobra.Command, targets *string, named *[]string) {
	f := cmd.Flags()
	f.StringVar(targets, "targets", "", "the `FILE` that says who is compared, or countries:JP,CN (default: targets.yaml beside the articles, else the built-in one)")
	f.StringArrayVar(named, "target", nil, "compare the actor of this `NAME`; person:, organisation: or state: before it says what it is; may be given several times")
}

// withNames adds the names of actors to where the targets stand.
func withNames(targets string, named []string) string {
	if len(named) == 0 {
		return targets
	}
	names := namesPrefix + strings.Join(named, "; ")
	if targets == "" {
		return names
	}
	return targets + andTargets + names
}

// targetsText returns the text of the targets that a file has, the name builtIn
// stands for, or a list of states and names says.
func targetsText(spec string) ([]byte, error) {
	if _, err := os.Stat(spec); err != nil && strings.Contains(spec, andTargets) {
		var texts [][]byte
		for _, part := range strings.Split(spec, andTargets) {
			if _, err := loadTargets(part); err != nil { // so that an error has its line
				return nil, err
			}
			text, err := targetsText(part)
			if err != nil {
				return nil, err
			}
			texts = append(texts, text)
		}
		return target.Merge(texts...)
	}
	if spec == builtIn {
		return seeds.Targets, nil
	}
	var text []byte
	var err error
	if names, ok := strings.CutPrefix(spec, countriesPrefix); ok {
		if text, err = target.Countries(strings.Split(names, ",")); err != nil {
			return nil, usagef("--targets %s: %v", spec, err)
		}
		return text, nil
	}
	if names, ok := strings.CutPrefix(spec, namesPrefix); ok {
		if text, err = target.Named(strings.Split(names, ";")); err != nil {
			return nil, usagef("--target: %v", err)
		}
		return text, nil
	}
	text, err = readFile(spec, maxTargets)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		hint := ""
		if entries, e := os.ReadDir(filepath.Dir(spec)); e == nil && errors.Is(err, fs.ErrNotExist) {
			var names []string
			for _, entry := range entries {
				if ext := filepath.Ext(entry.Name()); ext == ".yaml" || ext == ".yml" {
					names = append(names, entry.Name())
				}
			}
			if near := target.Nearest(filepath.Base(spec), names); near != "" {
				hint = "; did you mean " + filepath.Join(filepath.Dir(spec), near) + "?"
			}
		}
		return nil, usagef("targets file %s: %v%s", spec, err, hint)
	}
	return text, nil
}

// loadTargets reads the targets that targetsText returns.
func loadTargets(spec string) (*target.Set, error) {
	text, err := targetsText(spec)
	if err != nil {
		return nil, err
	}
	name := spec
	if spec == builtIn {
		name = builtIn + " targets"
	}
	set, err := target.Parse(name, text)
	if err != nil {
		return nil, &usageError{err: oneLine(err)}
	}
	return set, nil
}

// chooseFields defines the flag that names the fields of records.
func chooseFields(cmd *cobra.Command, fields *map[string]string) {
	cmd.Flags().StringToStringVar(fields, "map", nil, "which field of the records holds what, as `FIELD=NAME`, where FIELD is one of "+strings.Join(corpus.Fields(), ", "))
}

// writeFields writes chosen fields for a manifest, and readFields reads them.
func writeFields(fields map[string]string) string {
	pairs := make(url.Values)
	for field, name := range fields {
		pairs.Set(field, name)
	}
	return pairs.Encode() // sorted by field
}

func readFields(written string) map[string]string {
	pairs, err := url.ParseQuery(written)
	if err != nil || written == "" {
		return nil
	}
	fields := make(map[string]string)
	for field := range pairs {
		fields[field] = pairs.Get(field)
	}
	return fields
}

// validateFields checks what chooseFields defines.
func validateFields(fields map[string]string) error {
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		switch near := target.Nearest(field, corpus.Fields()); {
		case slices.Contains(corpus.Fields(), field):
			if fields[field] == "" {
				return fmt.Errorf("--map %s=: name the field of the records that holds it", field)
			}
		case near != "":
			return fmt.Errorf("--map %s=%s: there is no field %q; did you mean %s?", field, fields[field], field, near)
		default:
			return fmt.Errorf("--map %s=%s: there is no field %q; choose one of %s", field, fields[field], field, strings.Join(corpus.Fields(), ", "))
		}
	}
	return nil
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
	targets  string            // the file; "" for the usual one
	set      *target.Set       // where not nil, the targets themselves
	mentions string            // which count; "" for all
	scorer   string            // one of scorers; "" for the learned one
	fields   map[string]string // names of fields in records
	unlisted bool              // no sources.yaml is read
	outlets  bool              // the unit compared is the outlet, whatever sources.yaml says

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
	c, err := corpus.Read(ctx, r.paths, corpus.Options{Stdin: e.stdin, Name: e.called, Unlisted: r.unlisted, Map: r.fields})
	if err != nil {
		return nil, readError(err)
	}
	e.notes = c.Notes
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
	analyzer := analysis.New(set, nil, scorerOf(r.scorer)).With(analysis.Options{Mentions: analysis.Mentions(r.mentions)})
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
		return nil, unmentioned(c, set, file)
	}
	return out, nil
}

// unmentioned says that no article mentions a target: who was looked for, whom
// the articles mention instead, and how to ask for those.
func unmentioned(c *corpus.Corpus, set *target.Set, file string) error {
	var sought, others, command []string
	for _, t := range set.Targets() {
		sought = append(sought, t.Name)
	}
	if n := len(sought); n > 6 {
		sought = append(sought[:5:5], fmt.Sprintf("%d others", n-5))
	}
	for _, n := range survey.Names(c.Documents, set) {
		if len(others) < 5 {
			others = append(others, fmt.Sprintf("%s (%d)", n.Name, n.Count))
		}
		if len(command) < 2 {
			command = append(command, fmt.Sprintf("--target %q", n.Name))
		}
	}
	text := fmt.Sprintf("no sentence of %s mentions %s, %s", counted(len(c.Documents), "article"), list(sought, "or"), targetsOf(file))
	if len(others) == 0 {
		return because(errUnmentioned, "%s: name the actors of these articles with --target NAME or --targets FILE", text)
	}
	return because(errUnmentioned, "%s; mentioned are %s: compare them with %s", text, list(others, "and"), strings.Join(command, " "))
}

// targetsOf words where targets come from.
func targetsOf(spec string) string {
	switch {
	case spec == builtIn:
		return "the built-in targets"
	case strings.HasPrefix(spec, countriesPrefix), strings.HasPrefix(spec, namesPrefix):
		return "the targets named"
	}
	return "the targets of " + spec
}

// list writes words with commas, and a conjunction before the last.
func list(words []string, and string) string {
	n := len(words)
	if n < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n-1], ", ") + " " + and + " " + words[n-1]
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
