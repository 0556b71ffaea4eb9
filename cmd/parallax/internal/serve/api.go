package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
	"parallax/analysis/target"
	"parallax/cmd/parallax/internal/explain"
	"parallax/report"
)

// What the API takes and gives. Names and meanings are those of articles in
// JSON lines, of observations.jsonl and of scores.json.
type (
	scoreRequest struct {
		ID       json.RawMessage `json:"id"`
		Source   string          `json:"source"`
		Outlet   string          `json:"outlet"`
		Title    string          `json:"title"`
		Author   string          `json:"author"`
		Date     string          `json:"date"`
		Text     string          `json:"text"`
		Targets  json.RawMessage `json:"targets"`
		Mentions string          `json:"mentions"`
		Seed     *uint64         `json:"seed"`
	}
	scoreAnswer struct {
		Manifest     report.Manifest        `json:"manifest"`
		Targets      []targetAnswer         `json:"targets"`
		Article      articleAnswer          `json:"article"`
		Sentences    []sentenceAnswer       `json:"sentences"` // all of them, in order
		Observations []analysis.Observation `json:"observations"`
		Cells        []cellAnswer           `json:"cells"`
	}
	targetAnswer struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	articleAnswer struct {
		ID      string          `json:"id"`
		Source  string          `json:"source"`
		Outlet  string          `json:"outlet"`
		Title   string          `json:"title"`
		Author  string          `json:"author"`
		Date    string          `json:"date"`
		Notes   []string        `json:"notes"`   // what was guessed or repaired
		Dropped []droppedAnswer `json:"dropped"` // what of the text is not the article
	}
	droppedAnswer struct {
		Start  int    `json:"start"`
		End    int    `json:"end"`
		Reason string `json:"reason"`
	}
	sentenceAnswer struct {
		Start     int    `json:"start"`
		End       int    `json:"end"`
		Paragraph int    `json:"paragraph"`
		Kind      string `json:"kind"` // of the paragraph: title, lead, heading or paragraph
	}
	// A figure is a tone as it is to be printed: with its interval, and marked
	// where the data do not carry it.
	cellAnswer struct {
		compare.Cell
		Figure string `json:"figure"`
	}
	explainRequest struct {
		Sentence string          `json:"sentence"`
		Targets  json.RawMessage `json:"targets"`
		Layers   explain.Layers  `json:"layers"`
	}
	compareRequest struct {
		Articles []json.RawMessage `json:"articles"`
		Targets  json.RawMessage   `json:"targets"`
		By       string            `json:"by"`
		Voice    string            `json:"voice"`
		Mentions string            `json:"mentions"`
		Wire     string            `json:"wire"`
		Split    string            `json:"split_date"`
		Seed     *uint64           `json:"seed"`
	}
)

// The words that requests choose from, the usual one first.
var (
	units    = [...]string{"source", "outlet", "document"}
	voices   = [...]string{analysis.VoiceAuthor, analysis.VoiceQuoted, compare.VoiceAll}
	mentions = [...]string{string(analysis.AllMentions), string(analysis.NominalMentions), string(analysis.NameMentions)}
	wires    = [...]string{string(corpus.WireAll), string(corpus.WireCollapse), string(corpus.WireOwn)}
)

// ArticleName is what articles are called that come without a name.
const ArticleName = "article"

// usualSeed is that of the command line.
const usualSeed = 1

func seed(given *uint64) uint64 {
	if given == nil {
		return usualSeed
	}
	return *given
}

// score answers with the scores of the sentences of one article.
func (s *Server) score(w http.ResponseWriter, r *http.Request) error {
	var q scoreRequest
	if err := read(w, r, &q); err != nil {
		return err
	}
	if err := fits("text", q.Text, maxText); err != nil {
		return err
	}
	if err := oneOf("mentions", q.Mentions, mentions[:]...); err != nil {
		return err
	}
	set, err := s.targets(q.Targets)
	if err != nil {
		return err
	}
	done, err := s.turn(r.Context())
	if err != nil {
		return err
	}
	defer done()
	doc, err := q.document(r.Context())
	if err != nil {
		return err
	}
	kinds := analysis.Mentions(q.Mentions)
	a := analysis.New(set, nil, nil).With(analysis.Options{Mentions: kinds}).Analyze(doc)
	if err := r.Context().Err(); err != nil {
		return err
	}
	answer, err := s.scores(a, set, kinds, seed(q.Seed))
	if err != nil {
		return err
	}
	return writeJSON(w, answer)
}

// document reads the article of a request as a record of JSON lines is read.
func (q *scoreRequest) document(ctx context.Context) (*corpus.Document, error) {
	line, err := json.Marshal(struct {
		ID     json.RawMessage `json:"id,omitempty"`
		Source string          `json:"source"`
		Outlet string          `json:"outlet"`
		Title  string          `json:"title"`
		Author string          `json:"author"`
		Date   string          `json:"date"`
		Text   string          `json:"text"`
	}{q.ID, q.Source, q.Outlet, q.Title, q.Author, q.Date, q.Text})
	if err != nil {
		return nil, err
	}
	c, err := corpus.Read(ctx, []string{"-"}, corpus.Options{Stdin: bytes.NewReader(line), Name: ArticleName, Verbatim: true})
	switch {
	case c != nil && len(c.Documents) == 1:
		return &c.Documents[0], nil
	case c != nil && len(c.Skipped) > 0:
		return nil, refuse(http.StatusUnprocessableEntity, "The article cannot be used: %s.", c.Skipped[0].Reason)
	}
	return nil, err
}

// scores is the answer on an analysis.
func (s *Server) scores(a *analysis.Analysis, set *target.Set, kinds analysis.Mentions, seed uint64) (*scoreAnswer, error) {
	// Cells alone are wanted: the tests beside them are the fewest that there are.
	result, err := compare.Compare(a.Observations, compare.Options{Seed: seed, Permutations: 99})
	if err != nil {
		return nil, err
	}
	doc := a.Document
	out := &scoreAnswer{
		Manifest: s.config.Manifest,
		Targets:  named(set),
		Article: articleAnswer{ID: doc.ID, Source: doc.Source, Outlet: doc.Outlet, Title: doc.Title, Author: doc.Author, Date: doc.Date,
			Notes: append([]string{}, doc.Notes...), Dropped: []droppedAnswer{}},
		Sentences:    []sentenceAnswer{},
		Observations: append([]analysis.Observation{}, a.Observations...),
		Cells:        []cellAnswer{},
	}
	out.Manifest.TargetsDigest, out.Manifest.Seed, out.Manifest.Level = set.Digest(), seed, 0.95
	out.Manifest.Options = map[string]string{"mentions": or(string(kinds), mentions[:])}
	out.Manifest.Inputs = []report.InputFile{{Path: "request", SHA256: doc.SHA256, Document: doc.ID, Title: doc.Title, Author: doc.Author,
		Date: doc.Date, Outlet: doc.Outlet, Source: doc.Source, Sentences: len(a.Sentences)}}
	for _, d := range doc.Dropped {
		out.Article.Dropped = append(out.Article.Dropped, droppedAnswer{d.Start, d.End, string(d.Reason)})
	}
	for _, x := range a.Sentences {
		out.Sentences = append(out.Sentences, sentenceAnswer{x.Start, x.End, x.Block, string(doc.Blocks[x.Block].Kind)})
	}
	for i := range out.Observations {
		if o := &out.Observations[i]; o.Frames == nil {
			o.Frames = []string{}
		}
	}
	for _, c := range result.Cells {
		c.Warnings = append([]string{}, c.Warnings...)
		out.Cells = append(out.Cells, cellAnswer{c, report.Tone(c)})
	}
	return out, nil
}

func named(set *target.Set) []targetAnswer {
	out := []targetAnswer{}
	for _, t := range set.Targets() {
		out = append(out, targetAnswer{t.ID, t.Name})
	}
	return out
}

// explain answers as parallax explain --format json does.
func (s *Server) explain(w http.ResponseWriter, r *http.Request) error {
	var q explainRequest
	if err := read(w, r, &q); err != nil {
		return err
	}
	if err := fits("sentence", q.Sentence, maxSentence); err != nil {
		return err
	}
	for _, name := range q.Layers {
		if err := oneOf("layers", name, explain.All()...); err != nil {
			return err
		}
	}
	set, err := s.targets(q.Targets)
	if err != nil {
		return err
	}
	if len(q.Layers) == 0 {
		q.Layers = explain.Usual()
	}
	done, err := s.turn(r.Context())
	if err != nil {
		return err
	}
	defer done()
	var b bytes.Buffer
	if err := explain.WriteJSON(&b, analysis.New(set, nil, nil).Analyze(explain.Paragraphs(q.Sentence)), q.Layers); err != nil {
		return err
	}
	return sendJSON(w, b.Bytes())
}

// compare answers with the scores.json of a comparison.
func (s *Server) compare(w http.ResponseWriter, r *http.Request) error {
	var q compareRequest
	if err := read(w, r, &q); err != nil {
		return err
	}
	for _, err := range []error{
		oneOf("by", q.By, units[:]...), oneOf("voice", q.Voice, voices[:]...),
		oneOf("mentions", q.Mentions, mentions[:]...), oneOf("wire", q.Wire, wires[:]...),
	} {
		if err != nil {
			return err
		}
	}
	if _, err := compare.New(compare.Options{Split: q.Split}); err != nil {
		return refuse(http.StatusUnprocessableEntity, "%q is %q: give a year, a month or a day, such as 2018-06-12.", "split_date", q.Split)
	}
	if len(q.Articles) == 0 {
		return refuse(http.StatusUnprocessableEntity, "%q is missing or empty: give a list of articles, each with a text.", "articles")
	}
	set, err := s.targets(q.Targets)
	if err != nil {
		return err
	}
	c := Comparison{Targets: set, By: or(q.By, units[:]), Voice: or(q.Voice, voices[:]), Mentions: or(q.Mentions, mentions[:]),
		Wire: or(q.Wire, wires[:]), Split: q.Split, Seed: seed(q.Seed)}
	var lines bytes.Buffer
	for i, article := range q.Articles {
		if article[0] != '{' {
			return refuse(http.StatusUnprocessableEntity, "Article %d is no JSON object: give its text, source and what else is known.", i+1)
		}
		if err := json.Compact(&lines, article); err != nil { // one line each
			return fmt.Errorf("article %d: %w", i+1, err)
		}
		lines.WriteByte('\n')
	}
	c.Articles = &lines
	done, err := s.turn(r.Context())
	if err != nil {
		return err
	}
	defer done()
	var b bytes.Buffer
	err = s.config.Compare(r.Context(), &b, c)
	if u := (*Unusable)(nil); errors.As(err, &u) {
		return refuse(http.StatusUnprocessableEntity, "%s.", strings.TrimSuffix(u.Reason, "."))
	}
	if err != nil {
		return err
	}
	return sendJSON(w, b.Bytes())
}

// or is the value, or the usual one.
func or(value string, words []string) string {
	if value == "" {
		return words[0]
	}
	return value
}

func healthy(w http.ResponseWriter, _ *http.Request) error {
	return sendJSON(w, []byte(`{"status":"ok"}`+"\n"))
}

func writeJSON(w http.ResponseWriter, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	return sendJSON(w, b.Bytes())
}

func sendJSON(w http.ResponseWriter, body []byte) error {
	w.Header().Set("Content-Type", "application/json")
	_, err := w.Write(body)
	return err
}
