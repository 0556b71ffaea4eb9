package compare

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"parallax/analysis"
)

// schema is the version of the forms of an accumulator. It is raised when sums
// change their meaning, so that old and new are never merged.
const schema = 1

// magic begins the binary form.
const magic = "parallax sums\n"

// state is an accumulator as it is written: everything in order, so that equal
// contents are equal bytes.
type state struct {
	Schema int `json:"schema"`
	plan
	Cells []cellState `json:"cells"`
}

type cellState struct {
	Source   string `json:"source"`
	Document string `json:"document,omitempty"`
	Target   string `json:"target"`
	Voice    string `json:"voice"`
	Period   period `json:"period,omitempty"`

	// Counts, and sums in units of 0.0001.
	Sentences int64 `json:"sentences"`
	Mentions  int64 `json:"mentions"`
	Tone      int64 `json:"tone"`
	Negative  int64 `json:"negative"`
	Neutral   int64 `json:"neutral"`
	Positive  int64 `json:"positive"`

	MoreDocuments bool             `json:"more_documents,omitempty"` // these are a sample
	Documents     []documentState  `json:"documents"`
	Paragraphs    []paragraphState `json:"paragraphs,omitempty"` // where there is one document
	Tones         []toneState      `json:"tones"`
	MoreTerms     bool             `json:"more_terms,omitempty"`
	Terms         []termState      `json:"terms"`

	Against []analysis.Observation `json:"against"`
	Favour  []analysis.Observation `json:"favour"`
}

type documentState struct {
	ID        string `json:"id"`
	Tone      int64  `json:"tone"`
	Sentences int64  `json:"sentences"`
}

type paragraphState struct {
	Number    int64 `json:"number"`
	Tone      int64 `json:"tone"`
	Sentences int64 `json:"sentences"`
}

type toneState struct {
	Tone  int64 `json:"tone"`
	Count int64 `json:"count"`
}

type termState struct {
	Term         string `json:"term"`
	Count        int64  `json:"count"`
	Contribution int64  `json:"contribution"`
}

func (a *Accumulator) state() state {
	s := state{Schema: schema, plan: a.plan, Cells: []cellState{}}
	for _, k := range sortedKeys(a.cells, cellKey.compare) {
		c := a.cells[k]
		out := cellState{
			Source: k.source, Document: k.document, Target: k.target, Voice: k.voice, Period: k.period,
			Sentences: c.sums.sentences, Mentions: c.sums.mentions, Tone: c.sums.tone,
			Negative: c.sums.negative, Neutral: c.sums.neutral, Positive: c.sums.positive,
			Documents: []documentState{}, Tones: []toneState{}, Terms: []termState{},
			Against: slices.Concat([]analysis.Observation{}, c.against), Favour: slices.Concat([]analysis.Observation{}, c.favour),
		}
		for _, id := range c.documents.names() {
			d := c.documents.values[id]
			out.Documents = append(out.Documents, documentState{id, d.tone, d.sentences})
		}
		out.MoreDocuments = c.documents.over()
		for _, i := range sortedKeys(c.paragraphs, cmp.Compare) {
			p := c.paragraphs[i]
			out.Paragraphs = append(out.Paragraphs, paragraphState{int64(i), p.tone, p.sentences})
		}
		for _, t := range sortedKeys(c.tones, cmp.Compare) {
			out.Tones = append(out.Tones, toneState{t, c.tones[t]})
		}
		for _, name := range c.terms.names() {
			t := c.terms.values[name]
			out.Terms = append(out.Terms, termState{name, t.count, t.contribution})
		}
		out.MoreTerms = c.terms.over()
		s.Cells = append(s.Cells, out)
	}
	return s
}

// restore makes an accumulator of what was written, or says what is wrong with
// it: nothing that Add and Merge could not have made is taken.
func (s state) restore() (*Accumulator, error) {
	if s.Schema != schema {
		return nil, fmt.Errorf("sums of version %d: this program reads version %d; make them again", s.Schema, schema)
	}
	if _, err := (Options{ByDocument: s.ByDocument, Split: s.Split}).withDefaults(); err != nil {
		return nil, err
	}
	a := &Accumulator{plan: s.plan}
	last := cellKey{}
	for i, in := range s.Cells {
		k := cellKey{in.Source, in.Document, in.Target, in.Voice, in.Period}
		c, err := in.restore()
		switch {
		case err != nil:
		case i > 0 && last.compare(k) >= 0:
			err = errors.New("out of order")
		case k.voice == "" || k.voice == VoiceAll:
			err = errors.New("no voice")
		case !s.ByDocument && k.document != "":
			err = errors.New("a cell of a document among cells of sources")
		case k.period != anytime && (s.Split == "" || k.period != before && k.period != since):
			err = errors.New("a period without a date")
		}
		if err != nil {
			return nil, fmt.Errorf("the cell of %q and %q in voice %q: %w", cmp.Or(k.document, k.source), k.target, k.voice, err)
		}
		last = k
		if a.cells == nil {
			a.cells = map[cellKey]*cell{}
		}
		a.cells[k] = c
	}
	return a, nil
}

func (in cellState) restore() (*cell, error) {
	c := newCell()
	c.sums = sums{in.Sentences, in.Mentions, in.Tone, in.Negative, in.Neutral, in.Positive}
	if !plausible(in.Tone, in.Sentences) || in.Mentions < 0 || in.Mentions > most {
		return nil, errors.New("sums out of range")
	}
	for _, p := range []int64{in.Negative, in.Neutral, in.Positive} {
		if p < 0 || !plausible(p, in.Sentences) {
			return nil, errors.New("probabilities out of range")
		}
	}

	var sum cluster
	for i, d := range in.Documents {
		if i > 0 && in.Documents[i-1].ID >= d.ID {
			return nil, errors.New("documents out of order")
		}
		if !plausible(d.Tone, d.Sentences) {
			return nil, fmt.Errorf("document %q: sums out of range", d.ID)
		}
		one := cluster{d.Tone, d.Sentences}
		c.documents.values = put(c.documents.values, d.ID, &one)
		sum.add(&one)
	}
	whole := cluster{in.Tone, in.Sentences}
	if err := c.documents.restored(in.MoreDocuments); err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	if !in.MoreDocuments && sum != whole || sum.sentences > whole.sentences {
		return nil, errors.New("the documents do not add up")
	}

	if len(in.Documents) > 1 {
		c.paragraphs = nil
		if len(in.Paragraphs) > 0 {
			return nil, errors.New("paragraphs of several documents")
		}
	} else {
		sum = cluster{}
		for i, p := range in.Paragraphs {
			if i > 0 && in.Paragraphs[i-1].Number >= p.Number || p.Number < 0 || p.Number >= maxClusters {
				return nil, errors.New("paragraphs out of order")
			}
			if !plausible(p.Tone, p.Sentences) {
				return nil, fmt.Errorf("paragraph %d: sums out of range", p.Number)
			}
			one := cluster{p.Tone, p.Sentences}
			c.paragraphs[int(p.Number)] = &one
			sum.add(&one)
		}
		if sum != whole {
			return nil, errors.New("the paragraphs do not add up")
		}
	}

	sum = cluster{}
	for i, t := range in.Tones {
		if i > 0 && in.Tones[i-1].Tone >= t.Tone || t.Tone < -scale || t.Tone > scale || t.Count < 1 || t.Count > in.Sentences {
			return nil, errors.New("tones out of order or range")
		}
		c.tones[t.Tone] = t.Count
		sum.add(&cluster{t.Tone * t.Count, t.Count})
	}
	if sum != whole {
		return nil, errors.New("the tones do not add up")
	}

	for i, t := range in.Terms {
		if i > 0 && in.Terms[i-1].Term >= t.Term || t.Count < 1 || t.Count > most || max(t.Contribution, -t.Contribution) > most {
			return nil, errors.New("terms out of order or range")
		}
		c.terms.values = put(c.terms.values, t.Term, &term{t.Count, t.Contribution})
	}
	if err := c.terms.restored(in.MoreTerms); err != nil {
		return nil, fmt.Errorf("terms: %w", err)
	}

	for _, o := range slices.Concat(in.Against, in.Favour) {
		if err := valid(o); err != nil {
			return nil, err
		}
		c.keep(o)
	}
	if len(c.against) != len(in.Against) || len(c.favour) != len(in.Favour) {
		return nil, errors.New("more sentences than are kept, or some without a lean")
	}
	return c, nil
}

func put[V any](m map[string]V, k string, v V) map[string]V {
	if m == nil {
		m = map[string]V{}
	}
	m[k] = v
	return m
}

// most is more than any corpus has of anything, and few enough that sums of
// so many fixed-point numbers and their products with small ones fit an int64.
const most = 1e12

// plausible reports whether a sum of tones is one of so many sentences.
func plausible(tone, sentences int64) bool {
	return sentences >= 1 && sentences <= most && max(tone, -tone) <= sentences*scale
}

// restored completes a sample whose values have been read.
func (b *bottom[V]) restored(more bool) error {
	if more && len(b.values) != b.limit || len(b.values) > b.limit {
		return fmt.Errorf("%d, of a sample of %d", len(b.values), b.limit)
	}
	if more {
		for name := range b.values {
			if p := placeOf(name); p.compare(b.last) > 0 {
				b.last = p
			}
		}
	}
	return nil
}

// MarshalJSON writes an accumulator for people and other programs. Equal
// contents give equal bytes. It fails where a kept observation has a number
// that JSON has not.
func (a *Accumulator) MarshalJSON() ([]byte, error) {
	return json.Marshal(a.state())
}

// UnmarshalJSON reads what MarshalJSON has written, in place of what the
// accumulator held. It fails, and leaves the accumulator as it was, at another
// version, an unknown field, and anything that no observations could have
// given: sums that do not add up, names out of order.
func (a *Accumulator) UnmarshalJSON(data []byte) error {
	var s state
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		// Another version's unknown field is no news.
		var form struct {
			Schema int `json:"schema"`
		}
		if json.Unmarshal(data, &form) == nil && form.Schema != schema {
			s.Schema = form.Schema
		} else {
			return fmt.Errorf("compare: reading sums: %w", err)
		}
	}
	b, err := s.restore()
	if err != nil {
		return fmt.Errorf("compare: reading sums: %w", err)
	}
	*a = *b
	return nil
}

// MarshalBinary writes an accumulator for another process of this program:
// the words "parallax sums" and a line end, then version, plan and cells in
// order, with integers as varints of encoding/binary and texts after their
// length. Equal contents give equal bytes. It fails as MarshalJSON does.
func (a *Accumulator) MarshalBinary() ([]byte, error) {
	s := a.state()
	w := &writer{buf: []byte(magic)}
	w.int(schema)
	w.bool(s.ByDocument)
	w.text(s.Split)
	w.int(int64(len(s.Cells)))
	for _, c := range s.Cells {
		w.text(c.Source, c.Document, c.Target, c.Voice, string(c.Period))
		w.int(c.Sentences, c.Mentions, c.Tone, c.Negative, c.Neutral, c.Positive)
		w.bool(c.MoreDocuments)
		w.int(int64(len(c.Documents)))
		for _, d := range c.Documents {
			w.text(d.ID)
			w.int(d.Tone, d.Sentences)
		}
		w.int(int64(len(c.Paragraphs)))
		for _, p := range c.Paragraphs {
			w.int(p.Number, p.Tone, p.Sentences)
		}
		w.int(int64(len(c.Tones)))
		for _, t := range c.Tones {
			w.int(t.Tone, t.Count)
		}
		w.bool(c.MoreTerms)
		w.int(int64(len(c.Terms)))
		for _, t := range c.Terms {
			w.text(t.Term)
			w.int(t.Count, t.Contribution)
		}
		for _, list := range [][]analysis.Observation{c.Against, c.Favour} {
			w.int(int64(len(list)))
			for _, o := range list {
				b, err := json.Marshal(o)
				if err != nil {
					return nil, fmt.Errorf("compare: writing sums: %w", err)
				}
				w.text(string(b))
			}
		}
	}
	return w.buf, nil
}

// UnmarshalBinary reads what MarshalBinary has written, and fails as
// UnmarshalJSON does, and where bytes are missing or left over.
func (a *Accumulator) UnmarshalBinary(data []byte) error {
	b, err := decode(data)
	if err != nil {
		return fmt.Errorf("compare: reading sums: %w", err)
	}
	*a = *b
	return nil
}

func decode(data []byte) (*Accumulator, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, errors.New("these are no sums of observations")
	}
	r := &reader{buf: rest}
	s := state{Schema: int(r.int())}
	if r.err == nil && s.Schema != schema {
		_, err := s.restore()
		return nil, err
	}
	s.ByDocument, s.Split = r.bool(), r.text()
	for range r.count() {
		c := cellState{Source: r.text(), Document: r.text(), Target: r.text(), Voice: r.text(), Period: period(r.text())}
		for _, p := range []*int64{&c.Sentences, &c.Mentions, &c.Tone, &c.Negative, &c.Neutral, &c.Positive} {
			*p = r.int()
		}
		c.MoreDocuments = r.bool()
		for range r.count() {
			c.Documents = append(c.Documents, documentState{r.text(), r.int(), r.int()})
		}
		for range r.count() {
			c.Paragraphs = append(c.Paragraphs, paragraphState{r.int(), r.int(), r.int()})
		}
		for range r.count() {
			c.Tones = append(c.Tones, toneState{r.int(), r.int()})
		}
		c.MoreTerms = r.bool()
		for range r.count() {
			c.Terms = append(c.Terms, termState{r.text(), r.int(), r.int()})
		}
		for _, list := range []*[]analysis.Observation{&c.Against, &c.Favour} {
			for range r.count() {
				var o analysis.Observation
				if text := r.text(); r.err == nil {
					r.err = json.Unmarshal([]byte(text), &o)
				}
				*list = append(*list, o)
			}
		}
		if r.err != nil {
			return nil, r.err
		}
		s.Cells = append(s.Cells, c)
	}
	if r.err != nil {
		return nil, r.err
	}
	if len(r.buf) > 0 {
		return nil, fmt.Errorf("%d bytes too many", len(r.buf))
	}
	return s.restore()
}

type writer struct{ buf []byte }

func (w *writer) int(values ...int64) {
	for _, v := range values {
		w.buf = binary.AppendVarint(w.buf, v)
	}
}

func (w *writer) bool(v bool) {
	if v {
		w.int(1)
	} else {
		w.int(0)
	}
}

func (w *writer) text(values ...string) {
	for _, v := range values {
		w.int(int64(len(v)))
		w.buf = append(w.buf, v...)
	}
}

// reader keeps the first error; after it everything read is zero.
type reader struct {
	buf []byte
	err error
}

func (r *reader) int() int64 {
	if r.err != nil {
		return 0
	}
	v, n := binary.Varint(r.buf)
	if n <= 0 {
		r.err = errors.New("cut short, or damaged")
		return 0
	}
	r.buf = r.buf[n:]
	return v
}

func (r *reader) bool() bool {
	v := r.int()
	if r.err == nil && v != 0 && v != 1 {
		r.err = errors.New("damaged")
	}
	return v == 1
}

// count reads how many things follow: no more than there are bytes left, as
// each takes one at least.
func (r *reader) count() int64 {
	n := r.int()
	if r.err == nil && (n < 0 || n > int64(len(r.buf))) {
		r.err = errors.New("cut short, or damaged")
	}
	if r.err != nil {
		return 0
	}
	return n
}

func (r *reader) text() string {
	n := r.count()
	if r.err != nil {
		return ""
	}
	s := string(r.buf[:n])
	r.buf = r.buf[n:]
	return s
}
