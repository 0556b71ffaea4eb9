package lexicon

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Problem is something wrong with a table.
type Problem struct {
	File string
	Line int // counted from 1; 0 where the whole file is meant
	Text string
}

// String returns "file:line: text", as compilers write it.
func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text) }

// tables is what the files of a lexicon say, row by row.
type tables struct {
	version, digest string

	entries   []entryRow
	topics    []entryRow // of tables that the frames alone look up
	modifiers []modifierRow
	reporting []reportingRow
	relations []relationRow

	errors []Problem // what keeps the tables from being used
	flaws  []Problem // what should not be, but could be lived with
}

type entryRow struct {
	Entry
	forms string
}

type modifierRow struct {
	Modifier
	pos   POS
	forms string
}

type reportingRow struct {
	Reporting
	forms string
}

// read reads every table. The error is for files that cannot be read at all;
// what is wrong inside them is in the result.
func read(fsys fs.FS) (*tables, error) {
	names, err := fs.Glob(fsys, "*.tsv")
	if err != nil {
		return nil, fmt.Errorf("list lexicon tables: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no lexicon tables (*.tsv) found: %w", fs.ErrNotExist)
	}
	slices.Sort(names)
	t := new(tables)
	contents := make([][]byte, len(names))
	for i, name := range names {
		if contents[i], err = fs.ReadFile(fsys, name); err != nil {
			return nil, fmt.Errorf("read lexicon table: %w", err)
		}
		t.readFile(name, contents[i])
	}
	t.digest = digest(names, contents)
	t.findDuplicates()
	return t, nil
}

// headerKeys are what the head of a table has to state.
var headerKeys = []string{"title", "origin", "licence", "version", "date"}

// columns are the columns that a table may have. Which kind of table it is
// shows in its columns: kind is for modifiers, stance for reporting terms,
// value for relations, and frames without valence, agent, patient and class for
// terms that the frames alone are looked up by.
var columns = []string{
	"term", "pos", "valence", "agent", "patient", "frames", "class", "kind", "factor", "scope", "stance", "holder",
	"value", "mutual", "forms", "note",
}

// entryColumns are the columns of which a table of entries has at least one.
var entryColumns = []string{"valence", "agent", "patient", "class"}

// row is one line of a table, its fields by column.
type row struct {
	*tables
	file   string
	line   int
	header []string
	fields []string
	failed bool
}

// field is the value of a column; "" where the table has no such column or the
// row nothing in it.
func (r *row) field(column string) string {
	if i := slices.Index(r.header, column); i >= 0 && r.fields[i] != "-" {
		return r.fields[i]
	}
	return ""
}

func (r *row) errorf(format string, args ...any) {
	r.failed = true
	r.errors = append(r.errors, Problem{r.file, r.line, fmt.Sprintf(format, args...)})
}

func (t *tables) readFile(name string, content []byte) {
	problem := func(list *[]Problem, line int, format string, args ...any) {
		*list = append(*list, Problem{name, line, fmt.Sprintf(format, args...)})
	}
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		problem(&t.errors, 0, "not a text file in UTF-8")
		return
	}

	stated := map[string]string{}
	var header []string
	var last [2]string
	line := 0
	for text := range strings.Lines(string(content)) {
		line++
		text = strings.TrimRight(text, "\r\n")
		if comment, ok := strings.CutPrefix(text, "#"); ok {
			if key, value, ok := strings.Cut(comment, ":"); ok && header == nil {
				if key = strings.TrimSpace(key); stated[key] == "" {
					stated[key] = strings.TrimSpace(value)
				}
			}
			continue
		}
		if strings.TrimSpace(text) == "" {
			problem(&t.flaws, line, "empty line")
			continue
		}
		fields := strings.Split(text, "\t")
		if header == nil {
			header = fields
			for i, column := range header {
				if !slices.Contains(columns, column) {
					problem(&t.errors, line, "unknown column %q: the columns are %s", column, strings.Join(columns, ", "))
					return
				}
				if slices.Contains(header[:i], column) {
					problem(&t.errors, line, "column %q twice", column)
					return
				}
			}
			if !slices.Contains(header, "term") || !slices.Contains(header, "pos") {
				problem(&t.errors, line, "the columns term and pos are needed")
				return
			}
			continue
		}
		if len(fields) != len(header) {
			problem(&t.errors, line, "%d fields where the table has %d columns: fields are separated by one tab", len(fields), len(header))
			continue
		}
		r := row{tables: t, file: name, line: line, header: header, fields: fields}
		r.read()

		key := [2]string{r.field("term"), r.field("pos")}
		if cmp.Or(strings.Compare(last[0], key[0]), strings.Compare(last[1], key[1])) > 0 {
			problem(&t.flaws, line, "out of order: %q comes after %q (sort with LC_ALL=C)", key[0], last[0])
		}
		last = key
	}

	for _, key := range headerKeys {
		if stated[key] == "" {
			problem(&t.flaws, 0, "the head does not state %q", "# "+key+": ...")
		}
	}
	switch v := stated["version"]; {
	case v == "":
	case t.version == "":
		t.version = v
	case t.version != v:
		problem(&t.errors, 0, "version %s where other tables have %s: all tables have one version", v, t.version)
	}
}

func (r *row) read() {
	term, forms := r.field("term"), r.field("forms")
	r.checkTerm(term)
	pos := POS(0)
	if i := slices.Index(posNames[:], r.field("pos")); i > 0 && r.field("pos") != "" {
		pos = POS(i)
	} else {
		r.errorf("unknown part of speech %q of %q: it is one of %s", r.field("pos"), term, strings.Join(posNames[1:], ", "))
	}
	r.checkForms(forms, pos)

	switch {
	case slices.Contains(r.header, "kind"):
		m := Modifier{Term: term, Verb: pos == Verb, File: r.file, Line: r.line}
		kind := slices.Index(kindNames[:], r.field("kind"))
		if r.field("kind") == "" || kind < 1 {
			r.errorf("unknown kind %q of %q: it is one of %s", r.field("kind"), term, strings.Join(kindNames[1:], ", "))
			return
		}
		m.Kind = ModifierKind(kind)
		m.Factor = r.number("factor", kindRange[kind][0], kindRange[kind][1])
		m.Before = r.choice("scope", "after", "before") == "before"
		if !r.failed {
			r.modifiers = append(r.modifiers, modifierRow{m, pos, forms})
		}
	case slices.Contains(r.header, "value"):
		r.readRelation(term, pos, forms)
	case slices.Contains(r.header, "stance"):
		rep := Reporting{Term: term, POS: pos, File: r.file, Line: r.line}
		rep.Stance = r.choice("stance", StanceNeutral, StancePositive, StanceNegative, StanceDoubt)
		rep.HolderAfter = r.choice("holder", "before", "after") == "after"
		if !r.failed {
			r.reporting = append(r.reporting, reportingRow{rep, forms})
		}
	default:
		e := Entry{Term: term, POS: pos, File: r.file, Line: r.line}
		e.Valence = r.number("valence", -1, 1)
		e.Agent = r.number("agent", -1, 1)
		e.Patient = r.number("patient", -1, 1)
		e.Frames = r.frames()
		if e.Class = r.field("class"); e.Class != "" && !slices.Contains(Classes(), e.Class) {
			r.errorf("unknown class %q of %q: it is one of %s", e.Class, term, strings.Join(Classes(), ", "))
		}
		if e.Valence == 0 && e.Agent == 0 && e.Patient == 0 && e.Class == "" && len(e.Frames) == 0 && r.field("note") == "" {
			r.flaws = append(r.flaws, Problem{r.file, r.line, fmt.Sprintf("%q carries nothing, and no note says what it is for", term)})
		}
		switch {
		case r.failed:
		case r.topical():
			r.topics = append(r.topics, entryRow{e, forms})
		default:
			r.entries = append(r.entries, entryRow{e, forms})
		}
	}
}

// checkTerm refuses terms that no normalised text can contain.
func (r *row) checkTerm(term string) {
	switch {
	case term == "":
		r.errorf("no term")
	case term != strings.ToLower(term):
		r.errorf("term %q is not in lower case", term)
	case strings.Join(strings.Fields(term), " ") != term:
		r.errorf("term %q has white space other than single spaces between words", term)
	case strings.IndexFunc(term, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9') && !strings.ContainsRune(" '-&éèçïö", c)
	}) >= 0:
		r.errorf("term %q has characters other than letters, digits, hyphen and straight apostrophe", term)
	case hasPart(term, func(w string) bool { return strings.Trim(w, "-") != w }):
		r.errorf("term %q has a hyphen at the edge of a word", term)
	}
}

func (r *row) checkForms(forms string, pos POS) {
	if strings.ContainsAny(forms, " \t,;") || forms != strings.ToLower(forms) {
		r.errorf("forms %q: they are in lower case and separated by / and |, without spaces", forms)
	}
	if n := strings.Count(forms, "/"); n > 3 || n > 0 && pos != Verb {
		r.errorf("forms %q: only verbs have several, at most past/participle/third/gerund", forms)
	}
}

func (r *row) number(column string, low, high float64) float64 {
	s := r.field(column)
	if s == "" {
		if column == "factor" {
			r.errorf("no factor")
		}
		return 0
	}
	v, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || math.IsNaN(v) || math.IsInf(v, 0):
		r.errorf("%s %q is not a number", column, s)
	case v < low || v > high:
		r.errorf("%s %s is outside [%g, %g]", column, s, low, high)
	}
	return v + 0 // no negative zero
}

// choice is the value of a column that takes one of a few; the first where the
// column is empty.
func (r *row) choice(column string, values ...string) string {
	s := cmp.Or(r.field(column), values[0])
	if !slices.Contains(values, s) {
		r.errorf("unknown %s %q: it is one of %s", column, s, strings.Join(values, ", "))
	}
	return s
}

// findDuplicates refuses what stands twice: a term with one part of speech
// among the entries and the terms of frames, a term among the modifiers, a term
// among the reporting terms, a term with one part of speech among the relations.
func (t *tables) findDuplicates() {
	seen := map[string]string{}
	check := func(kind, term string, pos POS, file string, line int) {
		key := kind + "\x00" + term + "\x00" + pos.String()
		if first, ok := seen[key]; ok {
			t.errors = append(t.errors, Problem{file, line, fmt.Sprintf("duplicate %q: it stands at %s already", term, first)})
			return
		}
		seen[key] = fmt.Sprintf("%s:%d", file, line)
	}
	for _, r := range slices.Concat(t.entries, t.topics) {
		check("entry", r.Term, r.POS, r.File, r.Line)
	}
	for _, r := range t.modifiers {
		check("modifier", r.Term, 0, r.File, r.Line)
	}
	for _, r := range t.reporting {
		check("reporting", r.Term, 0, r.File, r.Line)
	}
	for _, r := range t.relations {
		check("relation", r.Term, r.POS, r.File, r.Line)
	}
}

// hasPart says whether ok holds for one of the words of a term.
func hasPart(term string, ok func(string) bool) bool {
	return slices.ContainsFunc(strings.Split(term, " "), ok)
}
