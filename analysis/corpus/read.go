// Package corpus turns paths into documents.
//
// It reads articles as people have them: pages saved as text or Markdown, one
// article a file, and JSON lines, one article a record. A page is more than its
// article: navigation, captions, links, comment forms and advertisements come
// with it. Cleaning names the parts of the text that are the article and lists
// every other part with the reason, so nothing is lost unseen; the text itself
// is never changed, and all offsets are byte offsets into it.
//
// A file or record that cannot be used is a Skipped value with its place and
// its reason. Only what makes the whole request meaningless is an error.
package corpus

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// ErrNoDocuments reports that the paths exist but hold nothing that can be
// compared. A path that does not exist is reported as fs.ErrNotExist instead.
var ErrNoDocuments = errors.New("no usable documents")

// Limits on input, used where Options leaves them zero.
const (
	// An article is some thousand bytes and a thick novel three million, so a
	// text file beyond this is not an article: more likely a dump of many,
	// which belongs into a .jsonl file.
	defaultMaxText = 8 << 20

	// A record holds one article and perhaps what a crawler kept beside it,
	// such as the page's HTML. Beyond this a line break is missing, and the
	// limit keeps a damaged file from filling the memory.
	defaultMaxLine = 64 << 20
)

// Options say how to read. The zero value reads files with the default limits.
type Options struct {
	Stdin    io.Reader             // what the path "-" reads; nil reads as empty
	Name     string                // what documents of Stdin are called that have no name; "" means stdin
	Progress func(done, total int) // called after each input, in files; nil for none
	Unlisted bool                  // files named sources.yaml are not read
	MaxText  int64                 // bytes of a text file; 0 means 8 MiB
	MaxLine  int                   // bytes of a line of a JSONL file; 0 means 64 MiB
}

// Corpus is what was read, in the order of the paths and, below a folder, of
// the names.
type Corpus struct {
	Documents []Document
	Skipped   []Skipped
	Sources   []Source
}

// Source is a unit of comparison and the documents that belong to it. Sources
// come in the order in which sources.yaml files list them, then in the order of
// their first document.
type Source struct {
	ID        string   // what tables and charts print
	Name      string   // a longer label; the ID where none was given
	Outlet    string   // the publisher; "" where unknown
	Documents []string // IDs, in the corpus's order
}

// Read reads the documents that paths name. A path is a file, a folder (read
// with its subfolders, hidden files left out), a glob pattern, or "-" for
// Options.Stdin.
//
// A path that does not exist and a pattern that matches nothing are errors that
// wrap fs.ErrNotExist. A file that is named directly and cannot be used is an
// error; in a folder or behind a pattern it is listed in Skipped. When nothing
// usable remains the error wraps ErrNoDocuments, and the Corpus returned with
// it still lists what was skipped. A malformed sources.yaml is an error.
func Read(ctx context.Context, paths []string, opts Options) (*Corpus, error) {
	if opts.MaxText == 0 {
		opts.MaxText = defaultMaxText
	}
	if opts.MaxLine == 0 {
		opts.MaxLine = defaultMaxLine
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("%w: name a file, a folder, a pattern, or - for standard input", ErrNoDocuments)
	}
	r := &reader{
		opts:     opts,
		corpus:   &Corpus{},
		first:    make(map[string]string),
		sidecars: make(map[string]*sidecar),
	}
	var inputs []input
	for _, p := range paths {
		found, err := r.expand(ctx, p)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, found...)
	}
	seen := make(map[string]bool)
	for i, in := range inputs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		clean := filepath.Clean(in.path)
		if seen[clean] {
			r.skip(in.path, 0, "named twice; read once")
		} else if err := r.read(ctx, in); err != nil {
			return nil, err
		}
		seen[clean] = true
		if opts.Progress != nil {
			opts.Progress(i+1, len(inputs))
		}
	}
	r.collectSources()
	if len(r.corpus.Documents) == 0 {
		return r.corpus, r.nothing(paths)
	}
	return r.corpus, nil
}

// nothing is the error for a corpus without documents: one line that says why.
func (r *reader) nothing(paths []string) error {
	where := strings.Join(paths, ", ")
	switch n := len(r.corpus.Skipped); n {
	case 0:
		return fmt.Errorf("%w in %s: put articles there as %s files", ErrNoDocuments, where, readable)
	case 1:
		s := r.corpus.Skipped[0]
		return fmt.Errorf("%w in %s: %s: %s", ErrNoDocuments, where, s.place(), s.Reason)
	default:
		s := r.corpus.Skipped[0]
		return fmt.Errorf("%w in %s: all %d inputs were skipped, first %s: %s", ErrNoDocuments, where, n, s.place(), s.Reason)
	}
}

// place is where the skipped input was, as PATH or PATH:LINE.
func (s Skipped) place() string {
	if s.Line > 0 {
		return fmt.Sprintf("%s:%d", s.Path, s.Line)
	}
	return s.Path
}

// A reader collects a corpus.
type reader struct {
	opts     Options
	corpus   *Corpus
	first    map[string]string   // document ID to the place where it was first seen
	sidecars map[string]*sidecar // by folder; nil where a folder has none
	listed   []*sidecar          // in the order of reading
}

func (r *reader) skip(path string, line int, format string, args ...any) {
	r.corpus.Skipped = append(r.corpus.Skipped, Skipped{Path: path, Line: line, Reason: fmt.Sprintf(format, args...)})
}

// add takes a document into the corpus unless its ID is taken.
func (r *reader) add(d Document) {
	here := Skipped{Path: d.Path, Line: d.Line}.place()
	if before, taken := r.first[d.ID]; taken {
		r.skip(d.Path, d.Line, "duplicate id %q, first seen in %s", d.ID, before)
		return
	}
	r.first[d.ID] = here
	r.corpus.Documents = append(r.corpus.Documents, d)
}

// read reads one input. Its error, if any, ends the reading.
func (r *reader) read(ctx context.Context, in input) error {
	if in.path == stdin {
		return r.readStdin(ctx)
	}
	unusable := func(format string, args ...any) error {
		reason := fmt.Sprintf(format, args...)
		if in.direct {
			return fmt.Errorf("%s: %s", in.path, reason)
		}
		r.skip(in.path, 0, "%s", reason)
		return nil
	}
	form := formOf(in.path)
	if form == unknown {
		return unusable("not a kind of file that holds articles; %s are read", readable)
	}
	side, entry, err := r.entryFor(in)
	if err != nil {
		return err
	}
	f, err := os.Open(in.path)
	if err != nil {
		return unusable("cannot be opened: %v", cause(err))
	}
	defer f.Close() // read only: nothing to lose
	id := strings.TrimSuffix(in.name, path.Ext(in.name))
	if form == records {
		n, err := r.readRecords(ctx, f, in.path, id, side.meta(entry))
		if err != nil {
			return err
		}
		if n == 0 {
			return unusable("empty file")
		}
		return nil
	}
	raw, err := io.ReadAll(io.LimitReader(f, r.opts.MaxText+1))
	if err != nil {
		return unusable("cannot be read: %v", cause(err))
	}
	d, reason := r.readText(raw, in, id, side.meta(entry))
	if reason != "" {
		return unusable("%s", reason)
	}
	r.add(d)
	return nil
}

// readText makes a document of a file that is one article; reason says why it
// could not.
func (r *reader) readText(raw []byte, in input, id string, given meta) (d Document, reason string) {
	if int64(len(raw)) > r.opts.MaxText {
		return d, fmt.Sprintf("larger than %d bytes, which no article is; put many articles into a .jsonl file", r.opts.MaxText)
	}
	text, note, err := decode(raw)
	if err != nil {
		return d, err.Error()
	}
	if strings.TrimSpace(text) == "" {
		return d, "empty file"
	}
	sum := sha256.Sum256(raw)
	d = Document{ID: id, Path: in.path, SHA256: hex.EncodeToString(sum[:]), Text: text}
	if note != "" {
		d.Notes = append(d.Notes, note)
	}
	return finish(d, given, fileMeta(in.name))
}

// finish cleans the document's text and settles its metadata. What was given
// (by a record or a sources.yaml) holds over what the text says, and that over
// what the file's name says. reason says why there is no document.
func finish(d Document, given, named meta) (_ Document, reason string) {
	c := clean(d.Text, given.title, len(d.Labels) > 0)
	d.Blocks, d.Dropped = c.blocks, c.dropped
	d.Notes = append(d.Notes, c.notes...)
	if len(d.Blocks) == 0 {
		return d, "no article text: all of it looks like page furniture"
	}
	if language := foreignLanguage(d); language != "" {
		return d, fmt.Sprintf("looks like %s, not English", language)
	}
	d.Title = firstOf(given.title, c.found.title)
	d.Author = firstOf(given.author, c.found.author)
	d.Date = firstOf(given.date, c.found.date)
	if d.Date == "" && named.date != "" {
		d.Date = named.date
		d.Notes = append(d.Notes, "the date is taken from the file's name")
	}
	d.Outlet = firstOf(given.outlet, c.found.outlet, given.source)
	if given.outlet == "" && c.guessedOutlet {
		d.Notes = append(d.Notes, "the outlet is taken from the dateline, which may name an agency")
	}
	d.Source = firstOf(given.source, d.Outlet, named.source)
	return d, ""
}

// readStdin reads Options.Stdin: JSON lines if the first byte that is not white
// space opens an object, else one article.
func (r *reader) readStdin(ctx context.Context) error {
	name := firstOf(r.opts.Name, "stdin")
	in := r.opts.Stdin
	if in == nil {
		in = strings.NewReader("")
	}
	head, rest, err := peekText(in)
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	if bytes.HasPrefix(head, []byte("{")) {
		_, err := r.readRecords(ctx, rest, stdin, name, meta{})
		return err
	}
	raw, err := io.ReadAll(io.LimitReader(rest, r.opts.MaxText+1))
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	d, reason := r.readText(raw, input{path: stdin, name: name}, name, meta{})
	if reason != "" {
		return fmt.Errorf("standard input: %s", strings.Replace(reason, "empty file", "empty", 1))
	}
	r.add(d)
	return nil
}

// collectSources groups the documents by source.
func (r *reader) collectSources() {
	at := make(map[string]int)
	add := func(id, name, outlet string) {
		if _, ok := at[id]; !ok {
			at[id] = len(r.corpus.Sources)
			r.corpus.Sources = append(r.corpus.Sources, Source{ID: id, Name: firstOf(name, id), Outlet: outlet})
		}
	}
	used := make(map[string]bool)
	for _, d := range r.corpus.Documents {
		used[d.Source] = true
	}
	for _, side := range r.listed {
		for _, s := range side.Sources {
			if used[s.ID] {
				add(s.ID, s.Name, s.Outlet)
			}
		}
	}
	for _, d := range r.corpus.Documents {
		add(d.Source, "", d.Outlet)
		s := &r.corpus.Sources[at[d.Source]]
		s.Outlet = firstOf(s.Outlet, d.Outlet)
		s.Documents = append(s.Documents, d.ID)
	}
}

// meta is what is known about a document from one place; "" where nothing is.
type meta struct {
	source, title, author, date, outlet string
}

// namedDate finds a date in a file's name: 2017-06-07, 2017_06, 20170607.
var namedDate = regexp.MustCompile(`(?:^|[-_. ])((?:19|20)\d\d)(?:[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(0[1-9]|[12]\d|3[01]))?)?(?:[-_. ]|$)`)

// fileMeta reads the source and the date from an article's name below the path
// given. The source is what stands before or else behind a date, as in
// dw-2017-06-07.txt; else the folder, as in dw/1.txt; else the whole name.
func fileMeta(name string) meta {
	dir, base := path.Split(name)
	stem := strings.TrimSuffix(base, path.Ext(base))
	var m meta
	if loc := namedDate.FindStringSubmatchIndex(stem); loc != nil {
		m.date = stem[loc[2]:loc[3]]
		for g := 4; g < len(loc) && loc[g] >= 0; g += 2 {
			m.date += "-" + stem[loc[g]:loc[g+1]]
		}
		m.source = firstOf(strings.Trim(stem[:loc[0]], "-_. "), strings.Trim(stem[loc[1]:], "-_. "))
	}
	m.source = firstOf(m.source, path.Base("/"+strings.TrimSuffix(dir, "/")), stem)
	if m.source == "/" {
		m.source = stem
	}
	return m
}

// firstOf is the first of the values that is not empty.
func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// cause is the reason inside an error of the file system, without the path
// that the message around it names already.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
