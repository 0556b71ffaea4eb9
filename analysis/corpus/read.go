// Package corpus turns paths into documents.
//
// It reads articles as people have them: pages saved as text, Markdown or HTML,
// one article a file; and files of many: JSON, CSV, Parquet, feeds, mailboxes and
// web archives; packed or not. What a file is, its first bytes say, and its name
// only where they leave it open. A page is more than its article: navigation, captions, links, comment forms and advertisements come
// with it. Cleaning names the parts of the text that are the article and lists
// every other part with the reason, so nothing is lost unseen. The text is what
// was read, decoded: with the characters that entities and mojibake stand for, and
// of HTML what it shows. From there on it is never changed, and all offsets are
// byte offsets into it.
//
// A file or record that cannot be used is a Skipped value with its place and
// its reason. Only what makes the whole request meaningless is an error.
package corpus

import (
	"bufio"
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
	Verbatim bool                  // texts of records are left as they are: tags, entities and mojibake too
	Map      map[string]string     // names of fields in records, by those that Fields lists; others are found
	MaxText  int64                 // bytes of a text file; 0 means 8 MiB
	MaxLine  int                   // bytes of a record; 0 means 64 MiB
}

// Corpus is what was read, in the order of the paths and, below a folder, of
// the names.
type Corpus struct {
	Documents []Document
	Skipped   []Skipped
	Sources   []Source
	Notes     []string // what was guessed of whole files, in plain sentences
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
		said:     make(map[string]bool),
		mappings: make(map[string]int),
	}
	var inputs []input
	for _, p := range paths {
		found, err := r.expand(ctx, p, len(paths) == 1)
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
	r.settleDates()
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
		return fmt.Errorf("%w in %s: put articles there: %s are read", ErrNoDocuments, where, readable)
	case 1:
		s := r.corpus.Skipped[0]
		return fmt.Errorf("%w in %s: %s: %s", ErrNoDocuments, where, s.Place(), s.Reason)
	default:
		s := r.corpus.Skipped[0]
		return fmt.Errorf("%w in %s: all %d inputs were skipped, first %s: %s", ErrNoDocuments, where, n, s.Place(), s.Reason)
	}
}

// Place is where the skipped input was, as PATH or PATH:LINE.
func (s Skipped) Place() string {
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
	dates    []slashed           // dates with slashes
	said     map[string]bool     // notes that are said once
	mappings map[string]int      // said, by file
}

// note says something of the whole corpus.
func (r *reader) note(format string, args ...any) {
	r.corpus.Notes = append(r.corpus.Notes, fmt.Sprintf(format, args...))
}

func (r *reader) skip(path string, line int, format string, args ...any) {
	r.corpus.Skipped = append(r.corpus.Skipped, Skipped{Path: path, Line: line, Reason: fmt.Sprintf(format, args...)})
}

// A draft is a document that is being read.
type draft struct {
	Document
	date    moment
	outside []Dropped // what is known not to be the article before the text is looked at
}

// newDraft begins a document that is all of a stream.
func newDraft(raw []byte, s stream, text string, notes ...string) draft {
	sum := sha256.Sum256(raw)
	d := draft{Document: Document{ID: s.id, Path: s.path, SHA256: hex.EncodeToString(sum[:]), Text: text}}
	for _, n := range notes {
		if n != "" {
			d.Notes = append(d.Notes, n)
		}
	}
	return d
}

// add takes a document into the corpus unless its ID is taken.
func (r *reader) add(d draft) {
	here := Skipped{Path: d.Path, Line: d.Line}.Place()
	if before, taken := r.first[d.ID]; taken {
		r.skip(d.Path, d.Line, "duplicate id %q, first seen in %s", d.ID, before)
		return
	}
	r.first[d.ID] = here
	if d.date.order != plainOrder {
		beside := d.Source // pages of one source write dates alike
		if d.Line > 0 {
			beside = d.Path // and so do the records of one file
		}
		r.dates = append(r.dates, slashed{len(r.corpus.Documents), beside, d.date})
	}
	r.corpus.Documents = append(r.corpus.Documents, d.Document)
}

// slashed is a date with slashes of a document.
type slashed struct {
	document int
	beside   string
	moment
}

// settleDates reads dates such as 12/03/2024 as others beside them must be read,
// and says which are left with their year.
func (r *reader) settleDates() {
	seen := make(map[string][anyOrder + 1]int)
	for _, d := range r.dates {
		n := seen[d.beside]
		n[d.order]++
		seen[d.beside] = n
	}
	open := make(map[string]int)
	for _, d := range r.dates {
		if d.order != anyOrder {
			continue
		}
		doc := &r.corpus.Documents[d.document]
		n := seen[d.beside]
		switch {
		case n[dayFirst] > 0 && n[monthFirst] == 0:
			doc.Date = d.either.dayFirst
			doc.Notes = append(doc.Notes, fmt.Sprintf("the date %s was read with the day first, as others beside it must be", d.written))
		case n[monthFirst] > 0 && n[dayFirst] == 0:
			doc.Date = d.either.monthFirst
			doc.Notes = append(doc.Notes, fmt.Sprintf("the date %s was read with the month first, as others beside it must be", d.written))
		default:
			doc.Notes = append(doc.Notes, fmt.Sprintf("the date %s is %s or %s; only its year counts", d.written, d.either.dayFirst, d.either.monthFirst))
			if open[d.beside]++; open[d.beside] == 1 {
				r.note("%s: %s can be %s or %s; of such dates only the year counts: write them as %s", d.beside, d.written, d.either.dayFirst, d.either.monthFirst, d.either.dayFirst)
			}
		}
	}
}

// A stream is what articles are read from: a file, standard input, or a file in
// an archive.
type stream struct {
	path   string // in messages and documents
	name   string // below the folder given, for what the name says
	id     string // of the document, or what those of its records begin with
	given  meta   // by a sources.yaml
	depth  int    // of packings around it
	within bool   // an archive
	number int    // of the record in its line; 0 where a line has one
	url    string // where it was fetched from
}

func (s stream) numbered(n int) stream {
	s.number = n
	return s
}

// read reads one input. Its error, if any, ends the reading.
func (r *reader) read(ctx context.Context, in input) error {
	s := stream{path: in.path, name: in.name, id: stem(in.name)}
	from, subject := io.Reader(r.opts.Stdin), "standard input"
	if in.path == stdin {
		s.name = firstOf(r.opts.Name, "stdin")
		s.id = s.name
		if from == nil {
			from = strings.NewReader("")
		}
	} else {
		side, entry, err := r.entryFor(in)
		if err != nil {
			return err
		}
		s.given, subject = side.meta(entry), in.path
		f, err := os.Open(in.path)
		if err != nil {
			return r.unusable(in, subject, fmt.Sprintf("cannot be opened: %v", cause(err)))
		}
		defer f.Close() // read only: nothing to lose
		from = f
	}
	reason, err := r.stream(ctx, from, s)
	if reason == "" || err != nil {
		return err
	}
	return r.unusable(in, subject, reason)
}

// unusable is an error for what the user named, and a note of what was met.
func (r *reader) unusable(in input, subject, reason string) error {
	if in.path == stdin {
		return fmt.Errorf("%s: %s", subject, strings.Replace(reason, "empty file", "empty", 1))
	}
	if in.direct {
		return fmt.Errorf("%s: %s", subject, reason)
	}
	r.skip(in.path, 0, "%s", reason)
	return nil
}

// stem is a file's name without the endings that say its form and packing.
func stem(name string) string {
	for range 2 {
		ext := path.Ext(name)
		name = strings.TrimSuffix(name, ext)
		switch extensions[strings.ToLower(ext)] {
		case gzipped, zstandard:
		default:
			return name
		}
	}
	return name
}

// stream reads the articles of a stream in the form that it has; reason says why
// it has none. Records that cannot be used are skipped.
func (r *reader) stream(ctx context.Context, from io.Reader, s stream) (reason string, err error) {
	b := bufio.NewReaderSize(from, headSize)
	head, err := b.Peek(headSize)
	if err != nil && err != io.EOF {
		return fmt.Sprintf("cannot be read: %v", cause(err)), nil
	}
	n := 0
	switch sniff(head, s.name) {
	case unknown:
		return "not a kind of file that holds articles; " + readable + " are read", nil
	case records:
		n, err = r.readRecords(ctx, b, s)
	case jsonFile:
		n, reason, err = r.readJSONFile(ctx, b, s)
	case table:
		n, reason, err = r.readTable(ctx, b, head, s)
	case parquetFile:
		n, reason, err = r.readParquet(ctx, from, b, s)
	case feed:
		n, reason, err = r.readFeed(ctx, b, s)
	case mailbox:
		n, reason, err = r.readMailbox(ctx, b, s)
	case warc:
		n, reason, err = r.readWARC(ctx, b, s)
	case gzipped, zstandard:
		return r.unpack(ctx, b, s, sniff(head, s.name))
	case zipped:
		return r.readZip(ctx, from, b, s)
	case tarred:
		return r.readTar(ctx, b, s)
	default:
		return r.readArticle(b, s, sniff(head, s.name) == webPage)
	}
	if n == 0 && reason == "" && err == nil {
		reason = "empty file"
	}
	return reason, err
}

// readArticle reads a stream that is one article.
func (r *reader) readArticle(from io.Reader, s stream, page bool) (reason string, err error) {
	raw, err := io.ReadAll(io.LimitReader(from, r.opts.MaxText+1))
	if err != nil {
		return fmt.Sprintf("cannot be read: %v", cause(err)), nil
	}
	if int64(len(raw)) > r.opts.MaxText {
		return fmt.Sprintf("larger than %d bytes, which no article is; put many articles into a .jsonl file", r.opts.MaxText), nil
	}
	read := r.readText
	if page {
		read = r.readPage
	}
	d, reason := read(raw, s)
	if reason != "" {
		return reason, nil
	}
	r.add(d)
	return "", nil
}

// readText makes an article of a text; reason says why it could not.
func (r *reader) readText(raw []byte, s stream) (d draft, reason string) {
	text, note, err := decode(raw)
	if err != nil {
		return d, err.Error()
	}
	if strings.TrimSpace(text) == "" {
		return d, "empty file"
	}
	d = newDraft(raw, s, text, note)
	d.repair()
	m, outside, note := frontMatter(d.Text)
	if note != "" {
		d.Notes = append(d.Notes, note)
	}
	d.outside = outside
	m.date, m.moment = d.datedAs(m.date)
	return r.finish(d, s.given.or(m.meta), fileMeta(s.name), hostOf(m.url))
}

// datedAs reads a date as a document gives it, and notes what is not understood.
func (d *draft) datedAs(written string) (string, moment) {
	if written == "" {
		return "", moment{}
	}
	when, note, ok := parseDate(written)
	if !ok {
		note = fmt.Sprintf("the date %q is not understood and was left out", written)
	}
	if note != "" {
		d.Notes = append(d.Notes, note)
	}
	return when.iso, when
}

// finish cleans the document's text and settles its metadata. What was given
// (by a record or a sources.yaml) holds over what the text says, and that over
// what the file's name and the address say. reason says why there is no document.
func (r *reader) finish(d draft, given, named meta, host string) (_ draft, reason string) {
	c := clean(d.Text, given.title, len(d.Labels) > 0, d.outside...)
	d.Blocks, d.Dropped = c.blocks, c.dropped
	d.Notes = append(d.Notes, c.notes...)
	if len(d.Blocks) == 0 {
		return d, "no article text: all of it looks like page furniture"
	}
	if language := foreignLanguage(d.Document); language != "" {
		return d, fmt.Sprintf("looks like %s, not English", language)
	}
	d.Title = firstOf(given.title, c.found.title)
	d.Author = firstOf(given.author, c.found.author)
	d.Date = firstOf(given.date, c.found.date)
	if d.date = given.moment; given.date == "" {
		d.date = c.found.moment
	}
	if d.Date == "" && named.date != "" {
		d.Date = named.date
		d.Notes = append(d.Notes, "the date is taken from the file's name")
	}
	found := c.found.outlet
	if c.guessedOutlet && host != "" {
		found = "" // the page's address is surer than a dateline
	}
	d.Outlet = firstOf(given.outlet, found, given.source, host)
	switch {
	case given.outlet == "" && c.guessedOutlet && found != "":
		d.Notes = append(d.Notes, "the outlet is taken from the dateline, which may name an agency")
	case d.Outlet == host && host != "":
		d.Notes = append(d.Notes, "the outlet is taken from the address")
	}
	d.Source = firstOf(given.source, d.Outlet, named.source)
	return d, ""
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
	moment                              // of the date
}

// or fills what is not known.
func (m meta) or(o meta) meta {
	if m.date == "" {
		m.date, m.moment = o.date, o.moment
	}
	m.source, m.title, m.author, m.outlet = firstOf(m.source, o.source), firstOf(m.title, o.title), firstOf(m.author, o.author), firstOf(m.outlet, o.outlet)
	return m
}

// dated notes a date unless one is known.
func (m *meta) dated(d moment) {
	if m.date == "" {
		m.date, m.moment = d.iso, d
	}
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
