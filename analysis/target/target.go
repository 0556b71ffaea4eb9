// Package target finds who is meant: the mentions of a set of actors in a
// parsed document.
//
// The actors and the words that mean them come from a targets file (Parse);
// nothing about any actor is written into the code, so exchanging an actor's
// names in the file and in the text leaves the mentions as they are. What the
// code knows is English: where a capital city is only a place, which words are
// offices, how coordination and apposition work.
//
// Find works on pieces, the parts of tokens between hyphens, because newspapers
// write "South Korea-US alliance" and "pro-North Korean". It passes over a
// document three times with the same matcher, in linear time:
//
//  1. Terms that need no context. They say which targets the document names.
//  2. All terms: those that need context ("the North"), surnames, collectives
//     ("both sides") and descriptions ("the regime"), which are resolved by what
//     stands before them. From these spans the names of officials are learned: a
//     demonym, an office and a name, or a name with an office in apposition.
//  3. All terms again, with the learned names.
//
// What many states have ("the Senate", "the Foreign Ministry") is whose a name or an
// adjective beside it says, there or where it stood last. A title and a name are a
// country's only where nothing but words of offices stands between. A surname is of
// whoever was introduced under it.
//
// Leaders change: who comes into office after the document's date does not stand
// for the actor yet, and whom the document calls former does no longer.
//
// Pronouns come last, sentence by sentence, and only where one candidate is left.
package target

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Kind says with what kind of words a mention refers to its target. A
// collective mention keeps the kind of its words: "two Koreas" is an alias,
// "both sides" a nominal.
type Kind string

// Kinds of mentions.
const (
	Name    Kind = "name"
	Alias   Kind = "alias"
	Demonym Kind = "demonym"
	Metonym Kind = "metonym"
	Leader  Kind = "leader"
	Nominal Kind = "nominal"
	Pronoun Kind = "pronoun"
)

// Target is an actor whose framing is compared.
type Target struct {
	ID    string // short and unique in its set: "US"
	Name  string // as a reader knows it: "United States"
	Group string // optional: what a report may put together
}

// Set is the actors of one targets file, ready to be found. It is immutable
// and safe for concurrent use.
type Set struct {
	targets []Target
	first   []bool // per target: names of its people begin with the family name
	actors  int    // targets and, behind them, the others that only take part in reference
	terms   *node
	offices *node           // offices that say by themselves whose they are
	words   map[string]bool // that end the targets' names
	digest  string
}

// Targets returns the targets in the order of the file.
func (s *Set) Targets() []Target { return slices.Clone(s.targets) }

// Digest returns the SHA-256 of the targets file, in hexadecimal.
func (s *Set) Digest() string { return s.digest }

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Mention is a stretch of a sentence that refers to a target.
//
// Start and End are byte offsets into the document's text, half open. They can
// lie inside a token: the mentions in "pro-American" and "US-led" are parts.
type Mention struct {
	Target      string
	Kind        Kind
	Sentence    int // index into the sentences
	First, Last int // indices of the first and last token touched, inclusive
	Start, End  int
	Text        string // the document's text from Start to End
	Collective  bool   // the same words refer to other targets too: "the two Koreas"
	Office      string // of a Leader, where known: "President"
}

// condition restricts where a term counts. The zero value never restricts.
type condition struct {
	named  []int      // the document names at least one of these actors
	last   []int      // the actor named last before is one of these
	before [][]string // not directly behind one of these
	after  [][]string // not directly in front of one of these
	beside bool       // only coordinated with another target, or in a headline
	whose  whose      // of an institution that other states have too
}

// whose says how an institution that many states have counts.
type whose uint8

const (
	own     whose = iota // it has the name alone
	assumed              // the actor's, unless the text says that it is another's
	told                 // the actor's where the text says so, there or before
)

// sense is how a term is resolved.
type sense uint8

const (
	plain       sense = iota // means its actor wherever it stands
	capital                  // means its actor unless it is only a place
	conditional              // means its actor where its condition holds
	surname                  // means whom the document introduced under it
	pair                     // means the two targets last named together
	nominal                  // means its actor where that was just named
	nobody                   // hides the terms inside it
)

// term is one entry of the trie.
type term struct {
	words  []word
	actors []int // more than one for a collective
	sense  sense
	kind   Kind
	the    bool // counts only behind the article, which is not part of it
	exact  bool // an abbreviation: compared letter by letter
	person *person
	cond   condition
	line   int // in the targets file
}

// word is one piece of a term.
type word struct {
	text, key string
	upper     bool // counts only with a capital
}

// person is somebody whose name means an actor, or a private person: actor -1.
type person struct {
	actor    int
	office   string
	surname  string // key
	from, to string // in office, ISO 8601, "" when open
	again    string // when the same person comes into office once more, "" for never
	alone    bool   // the surname needs no introduction
	learned  bool   // by the document: in office as far as the document goes
}

// serves reports whether p is in office at the date, which may be less
// precise than a day. Where the date is unknown everybody is.
func (p *person) serves(date string) bool {
	if p.actor < 0 {
		return false
	}
	if p.learned || date == "" {
		return true
	}
	// Dates of different precision compare by what both have.
	return (p.from == "" || !less(date, p.from)) && (p.to == "" || !less(p.to, date))
}

// later reports whether p comes into office only after the date.
func (p *person) later(date string) bool {
	return !p.learned && date != "" && p.from != "" && less(date, p.from)
}

// between reports whether the date lies after p's time in office and before
// the next one of the same person.
func (p *person) between(date string) bool {
	return date != "" && p.again != "" && less(p.to, date) && less(date, p.again)
}

func less(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] < b[:n]
}

// node is a node of a trie over the keys of pieces.
type node struct {
	next  map[string]*node
	terms []*term
}

func (n *node) insert(t *term) {
	for _, w := range t.words {
		if n.next == nil {
			n.next = make(map[string]*node)
		}
		c := n.next[w.key]
		if c == nil {
			c = &node{}
			n.next[w.key] = c
		}
		n = c
	}
	n.terms = append(n.terms, t)
}
