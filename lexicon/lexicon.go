// Package lexicon says what words carry: how a word casts the actor it
// describes, the actor that does what it names, and the actor it is done to;
// which frames it belongs to; which words turn, strengthen or weaken others;
// which verbs report speech; and how far what one actor does to another is
// conflict or cooperation.
//
// The tables are text, in data/*.tsv, and data/README.md says how they are
// written and how an entry gets in. They list lemmas; inflected forms, British
// and American spellings and hyphenated, joined and spaced compounds are made
// when the tables are read.
//
// A [Lexicon] is never changed once made and may be used by any number of
// goroutines.
package lexicon

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

// POS is the part of speech of an entry. It decides how the entry inflects.
type POS uint8

// Parts of speech. A verb of several words inflects its first word, a noun of
// several words the word before its first preposition, or else its last. A
// phrase, an adverb and an adjective inflect only as their forms column says.
const (
	Verb POS = iota + 1
	Noun
	Adjective
	Adverb
	Phrase
)

var posNames = [...]string{Verb: "verb", Noun: "noun", Adjective: "adjective", Adverb: "adverb", Phrase: "phrase"}

// String returns the name used in the tables: "verb", "noun", "adjective",
// "adverb" or "phrase"; "" for anything else.
func (p POS) String() string {
	if int(p) < len(posNames) {
		return posNames[p]
	}
	return ""
}

// Form is a set of inflected forms: "threatened" is Past|Participle, "put" is
// Base|Past|Participle.
type Form uint8

// Inflected forms. Base is the lemma, its other spellings, and what an
// adjective's forms column lists.
const (
	Base       Form = 1 << iota
	Third           // third person singular: threatens
	Past            // past tense: threatened, overthrew
	Participle      // past participle: threatened, overthrown
	Gerund          // -ing: threatening
	Plural          // of a noun: threats
)

// Entry is one line of a table: what one word or term carries.
//
// Valence is how the word casts the thing it describes or belongs to. Agent
// and Patient, for verbs and nouns of action, are how a sentence casts who
// does it and whom it is done to. All three lie in [-1, 1]. They answer one
// question for different positions, so a mention takes one of them, never
// their sum: Agent or Patient where its role is known, Valence where it is not
// or where the word is said of the mention.
type Entry struct {
	Term    string // lower case, apostrophe ', single spaces; the lemma where the part of speech inflects
	POS     POS
	Valence float64
	Agent   float64
	Patient float64
	Frames  []Frame // in the order of Frames
	Class   string  // one of Classes, or ""
	File    string  // the table, and the line in it, counted from 1
	Line    int
}

// Classes returns the classes that verbs and nouns of action may have. Rules
// key on them.
func Classes() []string {
	return []string{
		"conflict", "coerce", "refuse", "criticize", "praise", "cooperate", "yield",
		"fail", "achieve", "deceive", "oppress", "harm", "help",
	}
}

// Match is an entry found in a text.
type Match struct {
	Entry *Entry
	N     int  // tokens covered
	Form  Form // the forms that the tokens can be of the entry's term
}

// Lexicon is a set of tables, ready to be looked things up in.
type Lexicon struct {
	version      string
	digest       string
	entries      []Entry // in total order: term, part of speech, file, line
	topicEntries []Entry // likewise, of the tables that the frames alone look up
	terms        map[string][]*Entry

	matches   index[Match]
	topics    index[Match] // of the tables that the frames alone look up
	modifiers index[Modifier]
	reporting index[reported]
	relations index[Relation]
}

// reported is a reporting term in one of its forms.
type reported struct {
	Reporting
	form Form
}

//go:embed data/*.tsv
var data embed.FS

var embedded = sync.OnceValue(func() *Lexicon {
	fsys, err := fs.Sub(data, "data")
	if err != nil {
		panic("lexicon: " + err.Error())
	}
	l, err := Load(fsys)
	if err != nil {
		panic("lexicon: " + err.Error())
	}
	return l
})

// Default returns the lexicon of the tables that are part of the program. They
// are read once, on the first call. It panics if they cannot be read, which a
// test rules out.
func Default() *Lexicon { return embedded() }

// Load reads the tables (*.tsv) at the top of fsys. The error joins everything
// that keeps them from being read, each with file and line. What Lint finds
// beyond that (order, headers, names of actors) does not keep Load from
// succeeding.
func Load(fsys fs.FS) (*Lexicon, error) {
	t, err := read(fsys)
	if err != nil {
		return nil, err
	}
	if len(t.errors) > 0 {
		errs := make([]error, len(t.errors))
		for i, p := range t.errors {
			errs[i] = errors.New(p.String())
		}
		return nil, fmt.Errorf("lexicon tables: %w", errors.Join(errs...))
	}
	return build(t), nil
}

func build(t *tables) *Lexicon {
	l := &Lexicon{
		version:   t.version,
		digest:    t.digest,
		terms:     make(map[string][]*Entry, len(t.entries)),
		modifiers: newIndex[Modifier](0),
		reporting: newIndex[reported](0),
		relations: indexRelations(t.relations),
	}

	l.entries, l.matches = indexEntries(t.entries)
	l.topicEntries, l.topics = indexEntries(t.topics)
	for i := range l.entries {
		e := &l.entries[i]
		l.terms[e.Term] = append(l.terms[e.Term], e)
	}

	for _, r := range t.modifiers {
		for _, s := range surfaces(r.Term, r.pos, r.forms) {
			if !l.modifiers.has(s.words) {
				l.modifiers.add(s.words, r.Modifier)
			}
		}
	}
	l.modifiers.sort()

	for _, r := range t.reporting {
		for _, s := range surfaces(r.Term, r.POS, r.forms) {
			if !l.reporting.has(s.words) {
				l.reporting.add(s.words, reported{r.Reporting, s.form})
			}
		}
	}
	l.reporting.sort()
	return l
}

// indexEntries returns the entries of rows in total order, and an index of
// their forms.
func indexEntries(rows []entryRow) ([]Entry, index[Match]) {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b entryRow) int {
		return cmp.Or(
			strings.Compare(a.Term, b.Term), cmp.Compare(a.POS, b.POS),
			strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})

	// What the tables spell out goes in first; compounds written another way
	// are guesses, and give way to it.
	type guess struct {
		words []string
		match Match
	}
	var guesses []guess
	entries := make([]Entry, len(rows))
	x := newIndex[Match](3 * len(rows))
	for i, r := range rows {
		entries[i] = r.Entry
		e := &entries[i]
		for _, s := range surfaces(e.Term, e.POS, r.forms) {
			m := Match{Entry: e, N: len(s.words), Form: s.form}
			if s.guessed {
				guesses = append(guesses, guess{s.words, m})
			} else {
				x.add(s.words, m)
			}
		}
	}
	guesses = slices.DeleteFunc(guesses, func(g guess) bool { return x.has(g.words) })
	for _, g := range guesses {
		x.add(g.words, g.match)
	}
	x.sort()
	return entries, x
}

// At appends to dst the entries of which a form starts at words[i], and
// returns it. Where terms of several lengths match, only those of the longest
// are appended; several entries can share a form ("attack" is verb and noun),
// and they come in total order.
//
// Words are lower-case tokens with straight apostrophes: a hyphenated word is
// one token, "'s" and "n't" are tokens of their own, and so is punctuation,
// which no term reaches across. Nothing is allocated unless dst must grow. At
// panics if i is not an index of words.
func (l *Lexicon) At(words []string, i int, dst []Match) []Match {
	found, _ := l.matches.at(words, i)
	return append(dst, found...)
}

// ModifierAt returns the longest modifier that starts at words[i] and the
// number of tokens it covers; false where none does.
func (l *Lexicon) ModifierAt(words []string, i int) (Modifier, int, bool) {
	found, n := l.modifiers.at(words, i)
	if n == 0 {
		return Modifier{}, 0, false
	}
	return found[0], n, true
}

// ReportingAt returns the longest reporting term of which a form starts at
// words[i], the number of tokens it covers, and the forms they can be; false
// where there is none.
func (l *Lexicon) ReportingAt(words []string, i int) (Reporting, int, Form, bool) {
	found, n := l.reporting.at(words, i)
	if n == 0 {
		return Reporting{}, 0, 0, false
	}
	return found[0].Reporting, n, found[0].form, true
}

// Lookup returns the entries whose term is the given one, in total order; nil
// where there is none. It does not look at inflected forms: At does.
func (l *Lexicon) Lookup(term string) []*Entry { return slices.Clone(l.terms[term]) }

// Entries yields every entry in total order: by term, part of speech, file and
// line, without the terms that only [Lexicon.FramesAt] knows. The entries must
// not be changed.
func (l *Lexicon) Entries() iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for i := range l.entries {
			if !yield(&l.entries[i]) {
				return
			}
		}
	}
}

// Version is what the tables' headers state; "" where they state nothing.
func (l *Lexicon) Version() string { return l.version }

// Digest is the SHA-256, in hexadecimal, over the tables: for each file in the
// order of names its name, a zero byte, its length as a decimal, a zero byte
// and its bytes.
func (l *Lexicon) Digest() string { return l.digest }

func digest(names []string, contents [][]byte) string {
	h := sha256.New()
	for i, name := range names {
		fmt.Fprintf(h, "%s\x00%d\x00", name, len(contents[i]))
		h.Write(contents[i])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Forms returns every form of every entry, the words of each and what
// [Lexicon.At] says of them, in the order of the words.
func (l *Lexicon) Forms() iter.Seq2[[]string, Match] {
	return func(yield func([]string, Match) bool) {
		for _, head := range slices.Sorted(maps.Keys(l.matches.lists)) {
			for _, f := range l.matches.lists[head] {
				for _, m := range f.values {
					if !yield(append([]string{head}, f.rest...), m) {
						return
					}
				}
			}
		}
	}
}
