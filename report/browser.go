package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"parallax/analysis"
)

// Browser is the scored sentences, to be filtered, ordered and opened word by
// word. HTML prints it as data and a form for the page's script; Markdown has
// no place for it.
type Browser struct {
	Noun      string // what is compared: "source" or "article"
	Units     []Name // the things compared
	Targets   []Name
	Sentences []Scored // in the order of the articles
	All       int      // scored sentences that there are; more than Sentences in a large corpus
	Each      int      // where there are more: how many of each unit, target and voice are here
}

// Name is a thing with what it is called.
type Name struct{ ID, Name string }

// Scored is one sentence with its tone toward one target.
type Scored struct {
	Unit, Target string // ids
	Document     string
	Title, Date  string // of the document, to be read
	Paragraph    int    // counted from 1
	Start, End   int    // bytes of the document
	Quoted       bool
	Holder       string // who is quoted, to be read
	Role         string // agent, patient or other
	Mention      string
	Tone         int64 // in units of 0.0001
	Parts        []Part
	Others       int   // words too slight to be among the parts' terms
	Rest         int64 // what the parts' terms leave of the tone
}

// Part is a stretch of a sentence, with the terms in it that made the tone.
type Part struct {
	Text  string
	Terms []analysis.Evidence
}

// maxBrowsed is how many sentences a page carries. With as many of 28 words, half
// of them weighing, a page has 3.8 MB, and on two cores that ten others shared it
// opened in 0.7 to 1.0 s, and the slowest of 20 filters took 0.15 to 0.7 s; the
// browser's TestLarge logs these times.
const maxBrowsed = 10_000

// shelf keeps the sentences that a page shows: all of them, or else the same
// number of each source, target and voice, the farthest from zero first and
// then the earlier. It holds no more than twice as many as are shown. How many
// each may have only falls as more come in, so that what is let go early would
// not have been shown in the end.
type shelf struct {
	most  int // 0 stands for maxBrowsed
	cells map[shelfKey]*shelfCell
	seen  int
	kept  int
}

type shelfKey struct{ source, target, voice string }

type shelfCell struct {
	seen int
	kept []shelved
}

// shelved is an observation with the terms alone that tell.
type shelved struct {
	analysis.Observation
	others int
	at     int // its place among all
}

func (s *shelf) add(o analysis.Observation) {
	if s.cells == nil {
		s.cells = map[shelfKey]*shelfCell{}
	}
	key := shelfKey{o.Source, o.Target, o.Voice}
	c := s.cells[key]
	if c == nil {
		c = &shelfCell{}
		s.cells[key] = c
	}
	x := shelved{at: s.seen}
	x.Observation, x.others = telling(o)
	x.Frames, x.Relations = nil, nil
	c.kept = append(c.kept, x)
	c.seen++
	s.seen++
	if s.kept++; s.kept > 2*cmp.Or(s.most, maxBrowsed) {
		s.trim()
	}
}

// trim lets go of what would not be shown, and returns how many of each cell
// are; 0 where not even one of each can be.
func (s *shelf) trim() int {
	most := cmp.Or(s.most, maxBrowsed)
	each := s.each(most)
	s.kept = 0
	for _, c := range s.cells {
		slices.SortFunc(c.kept, farther)
		c.kept = slices.Clone(c.kept[:min(len(c.kept), max(each, 1))])
		s.kept += len(c.kept)
	}
	if s.kept > most { // more cells than places: the strongest of the cells' strongest
		all := s.all()
		slices.SortFunc(all, farther)
		for _, x := range all[most:] {
			s.cells[shelfKey{x.Source, x.Target, x.Voice}].kept = nil
		}
		s.kept = most
	}
	return each
}

// each is the largest number that all cells can have of their sentences.
func (s *shelf) each(most int) int {
	lo, hi := 0, s.seen
	for lo < hi {
		mid, sum := (lo+hi+1)/2, 0
		for _, c := range s.cells {
			sum += min(c.seen, mid)
		}
		if sum <= most {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

func (s *shelf) all() []shelved {
	var all []shelved
	for _, c := range s.cells {
		all = append(all, c.kept...)
	}
	return all
}

// farther orders the farthest from zero first, then the earlier.
func farther(a, b shelved) int {
	x, y := units(a.Tone), units(b.Tone)
	return cmp.Or(cmp.Compare(max(y, -y), max(x, -x)), cmp.Compare(a.at, b.at))
}

// shown returns the sentences to show in their order, and how many of each
// cell they are.
func (s *shelf) shown() ([]shelved, int) {
	each := s.trim()
	all := s.all()
	slices.SortFunc(all, func(a, b shelved) int { return cmp.Compare(a.at, b.at) })
	return all, each
}

// browser is the block with all that the page can show.
func (b *builder) browser() *Browser {
	shelf := &b.in.tally().shelf
	all, each := shelf.shown()
	x := &Browser{Noun: b.w.noun, All: shelf.seen, Each: each}
	for _, k := range b.w.keys {
		x.Units = append(x.Units, Name{k, b.w.label(k)})
	}
	for _, t := range b.in.Targets {
		x.Targets = append(x.Targets, Name{t.ID, b.w.title(t.ID)})
	}
	documents := b.documents()
	for _, o := range all {
		s := Scored{Unit: o.Source, Target: o.Target, Document: o.Document, Title: o.Document, Paragraph: o.Paragraph + 1, Start: o.Start, End: o.End,
			Quoted: o.Voice == analysis.VoiceQuoted, Role: o.Role, Mention: o.Mention, Tone: units(o.Tone), Others: o.others}
		if b.w.noun == "article" {
			s.Unit = o.Document
		}
		x.Units, x.Targets = named(x.Units, s.Unit), named(x.Targets, s.Target)
		if s.Quoted {
			s.Holder = b.w.holder(o.Holder)
		}
		d := documents[o.Document]
		if d != nil {
			s.Title, s.Date = nonEmpty(d.Title, d.ID), humanDate(d.Date)
		}
		s.Parts = parts(d, o.Observation)
		s.Rest = s.Tone
		placed := 0
		for _, p := range s.Parts {
			for _, e := range p.Terms {
				s.Rest -= units(e.Contribution)
				placed++
			}
		}
		s.Others += len(o.Evidence) - placed
		x.Sentences = append(x.Sentences, s)
	}
	return x
}

// browserData is a browser as the page's script reads it: JSON, in which what
// recurs stands once and is referred to by its index. The encoder escapes what
// could end or open an element.
func browserData(x *Browser) (template.JS, error) {
	index := map[string]int{}
	var words []string // holders, rules, mentions
	word := func(s string) int {
		i, ok := index[s]
		if !ok {
			i = len(words)
			index[s], words = i, append(words, s)
		}
		return i
	}
	unit, target := indices(x.Units), indices(x.Targets)
	articles := map[string]int{}
	var documents [][]any // id, title, date
	rows := make([][]any, 0, len(x.Sentences))
	for _, s := range x.Sentences {
		article, ok := articles[s.Document]
		if !ok {
			article = len(documents)
			articles[s.Document] = article
			documents = append(documents, []any{fold(s.Document), fold(s.Title), fold(s.Date)})
		}
		holder := -1
		if s.Quoted {
			holder = word(fold(s.Holder))
		}
		texts := make([]any, len(s.Parts))
		for i, p := range s.Parts {
			if len(p.Terms) == 0 {
				texts[i] = fold(p.Text)
				continue
			}
			part := []any{fold(p.Text)}
			for _, e := range p.Terms {
				term := fold(e.Term)
				if strings.EqualFold(term, fold(p.Text)) {
					term = "" // as it stands
				}
				part = append(part, term, units(e.Contribution), word(fold(e.Rule)))
			}
			texts[i] = part
		}
		rows = append(rows, []any{unit[s.Unit], target[s.Target], article, s.Paragraph, s.Start, s.End, holder, s.Role, word(fold(s.Mention)), s.Tone, texts, s.Others, s.Rest})
	}
	var b bytes.Buffer
	err := json.NewEncoder(&b).Encode(map[string]any{"units": plain(x.Units), "targets": plain(x.Targets), "documents": documents, "words": words, "rows": rows})
	if err != nil {
		return "", fmt.Errorf("encoding the sentences: %w", err)
	}
	return template.JS(b.String()), nil
}

// named is names with one for an id that has none.
func named(names []Name, id string) []Name {
	if slices.ContainsFunc(names, func(n Name) bool { return n.ID == id }) {
		return names
	}
	return append(names, Name{id, id})
}

// indices are the places of names by id.
func indices(names []Name) map[string]int {
	at := make(map[string]int, len(names))
	for i, n := range names {
		at[n.ID] = i
	}
	return at
}

// plain are names as the script has them: [id, name].
func plain(names []Name) [][2]string {
	out := make([][2]string, len(names))
	for i, n := range names {
		out[i] = [2]string{fold(n.ID), fold(n.Name)}
	}
	return out
}
