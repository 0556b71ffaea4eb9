package learn

import (
	"bufio"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"parallax/analysis/framing"
	"parallax/analysis/language"
)

// origin is where a sentence and its label come from.
type origin uint8

const (
	teacher     origin = iota // labelled by the contextual model
	news                      // NewsMTSC
	states                    // states/labels.jsonl
	earlier                   // states.tsv
	readers                   // readers.tsv
	plain                     // plain.tsv
	rated                     // texts with a rating of their own valence
	constructed               // from the hand-made tables
)

// weightOf is how many times an epoch shows a sentence. Labels by readers are few
// beside the teacher's 650,000, and plain sentences fewer.
var weightOf = map[origin]uint8{teacher: 1, news: 4, states: 4, earlier: 4, readers: 4, plain: 10, rated: 2, constructed: 1}

// certainty is what a reader's label is worth: readers err too.
const certainty = 0.9

// text is a sentence to learn from, before its words have ids.
type text struct {
	origin origin
	group  string // the document: texts of one are never both learned from and measured
	forms  []framing.Form
	y      [3]float32
	rating float32
}

// span is a mention, in bytes.
type span struct{ start, end int }

// formsOf cuts a sentence, in which the spans are mentions of the target.
func formsOf(s string, spans []span) []framing.Form {
	toks := language.Tokens(s, 0, len(s))
	own := make([]bool, len(toks))
	for i := range toks {
		for _, m := range spans {
			own[i] = own[i] || toks[i].Start < m.end && m.start < toks[i].End
		}
	}
	return framing.Forms(toks, own)
}

// hard is the distribution for a reader's label, -1, 0 or 1.
func hard(label int) (y [3]float32) {
	for k := range y {
		y[k] = (1 - certainty) / 3
	}
	y[label+1] += certainty
	return y
}

// characters turns spans in characters into spans in bytes.
func characters(s string, spans ...span) []span {
	out := make([]span, len(spans))
	for i := range out {
		out[i] = span{len(s), len(s)}
	}
	n := 0
	for at := range s {
		for i, c := range spans {
			if c.start == n {
				out[i].start = at
			}
			if c.end == n {
				out[i].end = at
			}
		}
		n++
	}
	return out
}

// parseSpans reads "3-8 10-12".
func parseSpans(s string) (out []span, err error) {
	for f := range strings.FieldsSeq(s) {
		from, to, _ := strings.Cut(f, "-")
		a, e1 := strconv.Atoi(from)
		b, e2 := strconv.Atoi(to)
		if e1 != nil || e2 != nil {
			return nil, fmt.Errorf("%q is no span", f)
		}
		out = append(out, span{a, b})
	}
	return out, nil
}

// eachLine calls f for each line of a file, compressed or not, and its number
// from 1.
func eachLine(name string, f func(n int, line string) error) (err error) {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 64<<20)
	for n := 1; sc.Scan(); n++ {
		if !utf8.Valid(sc.Bytes()) {
			return fmt.Errorf("%s:%d: not UTF-8", name, n)
		}
		if err := f(n, sc.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return sc.Err()
}

// documentOf is the article that a sentence of NewsMTSC comes from: the first
// three parts of its id.
func documentOf(gid string) string {
	parts := strings.SplitN(gid, "_", 4)
	return strings.Join(parts[:min(3, len(parts))], "_")
}

// collection is all there is to learn from. Sentences whose text readers
// labelled, or that evaluation uses, are left out of the teacher's.
type collection struct {
	texts []text
	taken map[string]bool
	byID  map[string]source // sentences that states.tsv names
}

type source struct{ document, text string }

// readAll reads the folder of data; its README.md says what the files are.
func readAll(data string) (*collection, error) {
	c := &collection{taken: map[string]bool{}, byID: map[string]source{}}
	in := func(parts ...string) string { return filepath.Join(append([]string{data}, parts...)...) }
	for _, step := range []func() error{
		func() error { return c.news(in("newsmtsc", "train.jsonl"), true) },
		func() error { return c.news(in("newsmtsc", "dev_rw.jsonl"), false) },
		func() error { return c.news(in("newsmtsc", "dev_mt.jsonl"), false) },
		func() error { return c.seeds(in("gold", "seeds_dev.jsonl")) },
		func() error { return c.rated(in("nyt", "dev.tsv"), "nyt:") },
		func() error { return c.rated(in("ratings", "tweets.tsv"), "") },
		func() error { return c.rated(in("ratings", "movies.tsv"), "") },
		func() error { return c.rated(in("ratings", "amazon.tsv"), "") },
		func() error { return c.treebank(in("ud", "en_ewt_train.conllu.gz")) },
		func() error { return c.treebank(in("ud", "en_ewt_dev.conllu")) },
		func() error { return c.states(in("states", "labels.jsonl")) },
		c.earlier,
		func() error { return c.readers(in("unlabelled", "sentences.tsv.gz")) },
		c.plain,
		func() error { return c.teacher(in("teacher", "sentences.tsv.gz")) },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *collection) add(o origin, group, s string, spans []span, y [3]float32) {
	c.taken[s] = true
	c.texts = append(c.texts, text{origin: o, group: group, forms: formsOf(s, spans), y: y})
}

// news reads NewsMTSC's form. Its development files are not learned from: their
// sentences are only kept apart.
func (c *collection) news(file string, learn bool) error {
	return eachLine(file, func(_ int, line string) error {
		var r struct {
			Gid     string `json:"primary_gid"`
			Text    string `json:"sentence_normalized"`
			Targets []struct {
				From, To int
				Polarity float64 // 2, 4 or 6
			}
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			return err
		}
		c.taken[r.Text] = true
		if !learn {
			return nil
		}
		c.byID[r.Gid] = source{documentOf(r.Gid), r.Text}
		for _, t := range r.Targets {
			c.add(news, documentOf(r.Gid), r.Text, characters(r.Text, span{t.From, t.To}), hard(int(t.Polarity)/2-2))
		}
		return nil
	})
}

// seeds keeps the labelled sentences of the seed articles apart.
func (c *collection) seeds(file string) error {
	return eachLine(file, func(_ int, line string) error {
		var r struct{ Sentence string }
		err := json.Unmarshal([]byte(line), &r)
		c.taken[r.Sentence] = true
		return err
	})
}

// rated reads texts with the mean of 20 people's ratings of their valence, -4 to 4.
func (c *collection) rated(file, prefix string) error {
	return eachLine(file, func(_ int, line string) error {
		f := strings.SplitN(line, "\t", 3)
		if len(f) < 3 {
			return errors.New("want an id, a rating and a text")
		}
		r, err := strconv.ParseFloat(f[1], 32)
		group := file + f[0]
		if prefix != "" {
			article, _, _ := strings.Cut(f[0], "_")
			group = prefix + article
			c.byID[prefix+f[0]] = source{group, f[2]}
		}
		c.add(rated, group, f[2], nil, [3]float32{})
		c.texts[len(c.texts)-1].rating = float32(r) / 4
		return err
	})
}

// treebank keeps the sentences of a treebank by their ids.
func (c *collection) treebank(file string) error {
	id := ""
	return eachLine(file, func(_ int, line string) error {
		if s, ok := strings.CutPrefix(line, "# sent_id = "); ok {
			id = s
		} else if s, ok := strings.CutPrefix(line, "# text = "); ok {
			c.byID["ewt:"+id] = source{"ewt:" + id[:max(0, strings.LastIndexByte(id, '-'))], s}
		}
		return nil
	})
}

// states reads the labels of states that the data come with.
func (c *collection) states(file string) error {
	return eachLine(file, func(_ int, line string) error {
		var r struct {
			ID, Text string
			Targets  []struct {
				Spans    [][2]int
				Polarity int
			}
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			return err
		}
		document := r.ID
		if k := strings.LastIndexByte(document, '-'); k > 0 {
			document = document[:k]
		}
		for _, t := range r.Targets {
			var spans []span
			for _, s := range t.Spans {
				spans = append(spans, span{s[0], s[1]})
			}
			c.add(states, document, r.Text, characters(r.Text, spans...), hard(t.Polarity))
		}
		return nil
	})
}

//go:embed states.tsv
var earlierData string

//go:embed readers.tsv
var readersData string

//go:embed plain.tsv
var plainData string

// rows calls f for the fields of each line of a table of this package, without
// its head.
func rows(name, data string, fields int, f func(f []string) error) error {
	head := true
	n := 0
	for line := range strings.Lines(data) {
		n++
		if strings.HasPrefix(line, "#") {
			continue
		}
		if head {
			head = false
			continue
		}
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) != fields {
			return fmt.Errorf("%s:%d: want %d fields", name, n, fields)
		}
		if err := f(cells); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}

func (c *collection) earlier() error {
	return rows("states.tsv", earlierData, 5, func(f []string) error {
		s, ok := c.byID[f[0]]
		label, err := strconv.Atoi(f[3])
		spans, err2 := parseSpans(f[2])
		if !ok || err != nil || err2 != nil {
			return fmt.Errorf("%s: no such sentence, no spans or no polarity", f[0])
		}
		c.add(earlier, s.document, s.text, characters(s.text, spans...), hard(label))
		return nil
	})
}

// readers reads the labels of readers.tsv on which both agree, with the
// sentences from the unlabelled file. The document is not known: a sentence is
// its own.
func (c *collection) readers(file string) error {
	labels := map[int]int{}
	err := rows("readers.tsv", readersData, 6, func(f []string) error {
		line, err := strconv.Atoi(f[0])
		if f[2] != f[3] || f[2] == "x" || err != nil {
			return err
		}
		labels[line], err = strconv.Atoi(f[2])
		return err
	})
	if err != nil {
		return err
	}
	return eachLine(file, func(n int, line string) error {
		label, ok := labels[n]
		if !ok {
			return nil
		}
		f := strings.SplitN(line, "\t", 5)
		spans, err := parseSpans(f[3])
		c.add(readers, "readers:"+strconv.Itoa(n), f[4], characters(f[4], spans...), hard(label))
		return err
	})
}

func (c *collection) plain() error {
	return rows("plain.tsv", plainData, 4, func(f []string) error {
		label, err := strconv.Atoi(f[2])
		if f[2] != f[3] || err != nil {
			return err
		}
		s, spans := Marked(f[1])
		c.add(plain, s, s, spans, hard(label))
		return nil
	})
}

// Marked takes the square brackets off a sentence and returns the spans between.
func Marked(s string) (string, []span) {
	var out strings.Builder
	var spans []span
	for part := range strings.SplitSeq(s, "[") {
		if inside, rest, ok := strings.Cut(part, "]"); ok {
			spans = append(spans, span{out.Len(), out.Len() + len(inside)})
			part = inside + rest
		}
		out.WriteString(part)
	}
	return out.String(), spans
}

// teacher reads what the contextual model says: the mean of its two conventions.
func (c *collection) teacher(file string) error {
	return eachLine(file, func(n int, line string) error {
		if strings.HasPrefix(line, "# ") {
			return nil
		}
		f := strings.SplitN(line, "\t", 5)
		if len(f) < 5 {
			return errors.New("want five fields")
		}
		if c.taken[f[4]] {
			return nil
		}
		var y [3]float32
		for _, cell := range f[2:4] {
			for k, x := range strings.SplitN(cell, ",", 3) {
				v, err := strconv.Atoi(x)
				if err != nil {
					return err
				}
				y[k] += float32(v)
			}
		}
		sum := y[0] + y[1] + y[2]
		for k := range y {
			y[k] /= sum
		}
		spans, err := parseSpans(f[1])
		c.texts = append(c.texts, text{origin: teacher, group: f[4], forms: formsOf(f[4], characters(f[4], spans...)), y: y})
		return err
	})
}

func hashOf(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}
