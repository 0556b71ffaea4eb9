package coding

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"parallax/analysis"
)

// Stratum is a kind of sentence: those of one source on one target that the
// program puts into one class.
type Stratum struct {
	Source    string `json:"source"`
	Target    string `json:"target"`
	Predicted int    `json:"predicted"` // -1, 0 or 1
}

func (s Stratum) compare(t Stratum) int {
	return cmp.Or(cmp.Compare(s.Source, t.Source), cmp.Compare(s.Target, t.Target), cmp.Compare(s.Predicted, t.Predicted))
}

// Item is one sentence and target of a sample: a row of the sheet.
type Item struct {
	ID string `json:"id"`
	Stratum
	Document string  `json:"document"`
	Start    int     `json:"start"` // byte offsets into the document's text
	End      int     `json:"end"`
	Tone     float64 `json:"tone"`
	Voice    string  `json:"voice"` // author or quoted

	Sentence string `json:"-"`
}

// Size is how many sentences a stratum has, and how many of them were drawn.
type Size struct {
	Stratum
	Population int `json:"population"`
	Drawn      int `json:"drawn"`
}

// Key says what the rows of a sheet are. It is what makes the sheet blind: it
// stays with whoever drew the sample.
type Key struct {
	Schema int    `json:"schema"`
	Seed   uint64 `json:"seed"`
	Strata []Size `json:"strata"` // all there are
	Calls  []Call `json:"calls"`  // of all documents
	Items  []Item `json:"items"`  // in the order of the sheet
}

// Call is how many sentences of a document on a target the program puts into each
// class, -1, 0 and 1.
type Call struct {
	Source   string `json:"source"`
	Target   string `json:"target"`
	Document string `json:"document"`
	Called   [3]int `json:"called"`
}

func (c Call) compare(d Call) int {
	return cmp.Or(cmp.Compare(c.Target, d.Target), cmp.Compare(c.Source, d.Source), cmp.Compare(c.Document, d.Document))
}

const schema = 1

// Pool gathers scored sentences, of which a sample is drawn. It holds at most
// twice as many of a stratum as the sample can need: those that come first in an
// order that the seed decides, so that the order of documents is of no
// consequence.
type Pool struct {
	size   int
	seed   uint64
	strata map[Stratum]*stratum
	calls  map[[3]string]*[3]int // by source, target and document
}

type stratum struct {
	population int
	items      []ranked
}

type ranked struct {
	rank uint64
	Item
}

func (r ranked) compare(s ranked) int {
	return cmp.Or(cmp.Compare(r.rank, s.rank), cmp.Compare(r.Document, s.Document), cmp.Compare(r.Start, s.Start), cmp.Compare(r.End, s.End))
}

// NewPool returns an empty pool for a sample of some size.
func NewPool(size int, seed uint64) *Pool {
	return &Pool{size: size, seed: seed, strata: map[Stratum]*stratum{}, calls: map[[3]string]*[3]int{}}
}

// Add gathers observations.
func (p *Pool) Add(observations []analysis.Observation) {
	for _, o := range observations {
		k := Stratum{o.Source, o.Target, o.Polarity}
		s := p.strata[k]
		if s == nil {
			s = new(stratum)
			p.strata[k] = s
		}
		s.population++
		at := [3]string{o.Source, o.Target, o.Document}
		if p.calls[at] == nil {
			p.calls[at] = new([3]int)
		}
		p.calls[at][o.Polarity+1]++
		h := fnv.New64a()
		fmt.Fprintf(h, "%d %q %d %d %q", p.seed, o.Document, o.Start, o.End, o.Target) // a hash does not fail
		s.items = append(s.items, ranked{rand.NewPCG(h.Sum64(), p.seed).Uint64(), Item{
			Stratum: k, Document: o.Document, Start: o.Start, End: o.End, Tone: o.Tone, Voice: o.Voice, Sentence: o.Sentence,
		}})
		if len(s.items) >= 2*p.size {
			s.trim(p.size)
		}
	}
}

func (s *stratum) trim(n int) {
	slices.SortFunc(s.items, ranked.compare)
	s.items = s.items[:min(len(s.items), n)]
}

// Draw draws the sample: as many sentences of each stratum as of any other, as
// long as it has them, so that rare classes are seen too; which sentences, and
// in what order, is random. It fails where there are more strata than sentences
// to be drawn.
func (p *Pool) Draw() (*Key, error) {
	if len(p.strata) > p.size {
		return nil, fmt.Errorf("a sample of %d cannot have each of %d combinations of source, target and class: draw %d sentences or more, or compare fewer sources",
			p.size, len(p.strata), len(p.strata))
	}
	key := &Key{Schema: schema, Seed: p.seed, Strata: []Size{}, Calls: []Call{}, Items: []Item{}}
	for k, s := range p.strata {
		s.trim(p.size)
		key.Strata = append(key.Strata, Size{Stratum: k, Population: s.population})
	}
	for at, called := range p.calls {
		key.Calls = append(key.Calls, Call{at[0], at[1], at[2], *called})
	}
	slices.SortFunc(key.Calls, Call.compare)
	slices.SortFunc(key.Strata, func(a, b Size) int { return a.compare(b.Stratum) })
	rng := rand.New(rand.NewPCG(p.seed, 0))
	// Whose turn comes first matters in the last round alone.
	turns := rng.Perm(len(key.Strata))
	for left, before := p.size, -1; left > 0 && left != before; {
		before = left
		for _, i := range turns {
			s := &key.Strata[i]
			items := p.strata[s.Stratum].items
			if left > 0 && s.Drawn < len(items) {
				key.Items = append(key.Items, items[s.Drawn].Item)
				s.Drawn++
				left--
			}
		}
	}
	slices.SortFunc(key.Items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Target, b.Target))
	})
	rng.Shuffle(len(key.Items), func(i, j int) { key.Items[i], key.Items[j] = key.Items[j], key.Items[i] })
	for i := range key.Items {
		key.Items[i].ID = fmt.Sprintf("s%0*d", len(fmt.Sprint(p.size)), i+1)
	}
	return key, nil
}

// Columns of a sheet.
var columns = []string{"id", "sentence", "target", "tone", "voice", "comment"}

// bom tells spreadsheets that a file is UTF-8.
const bom = "\ufeff"

// Sheet is the sheet that coders fill in: CSV in UTF-8 with a byte order mark,
// with lines that end as spreadsheets want it. Targets are called by the names
// given, or else by their ids. Text that a spreadsheet would run as a formula is
// kept from it by an apostrophe in front.
func (k *Key) Sheet(names map[string]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(bom)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	rows := [][]string{columns}
	for _, it := range k.Items {
		rows = append(rows, []string{it.ID, inert(it.Sentence), inert(cmp.Or(names[it.Target], it.Target)), "", "", ""})
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// inert keeps a spreadsheet from reading text as a formula. The characters are
// those that the OWASP page on CSV injection names.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

// Encode writes the key as JSON.
func (k *Key) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(k)
	return b.Bytes(), err
}
