package learn

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/framing"
	"parallax/analysis/target"
	"parallax/lexicon"
)

// example is one labelled target of a sentence.
type example struct {
	document string
	label    int // 0 negative, 1 neutral, 2 positive
	framing.Features
}

// sentenceRow is a sentence of NewsMTSC's form.
type sentenceRow struct {
	Gid     string `json:"primary_gid"`
	Text    string `json:"sentence_normalized"`
	Targets []struct {
		From     int     `json:"from"` // characters
		To       int     `json:"to"`
		Polarity float64 `json:"polarity"` // 2, 4 or 6
	} `json:"targets"`
}

// documentOf is the article that a sentence comes from: the first three parts of
// its id.
func documentOf(gid string) string {
	parts := strings.SplitN(gid, "_", 4)
	return strings.Join(parts[:min(3, len(parts))], "_")
}

// recorder is a scorer that scores nothing and keeps the features of each target.
type recorder struct {
	rules  *framing.Rules
	known  func(string) bool
	wanted map[string]int // by target: where its label begins
	found  map[string]framing.Features
}

func (r *recorder) Score(in *framing.Input, id string) framing.Score {
	s := in.Sentence
	if at, ok := r.wanted[id]; ok && s.Start <= at && at < s.End {
		r.found[id] = r.rules.FeaturesOf(in, id, r.known)
	}
	for n, m := range in.Mentions {
		if m.Target == id {
			return framing.Score{Mention: n, Neutral: 1}
		}
	}
	return framing.Score{}
}

// labelled returns the features of each place in a text; false where the
// analysis lost it.
func labelled(set *target.Set, text string, places [][]corpus.Label, known func(string) bool) []framing.Features {
	d := corpus.Document{Text: text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(text)}}}
	r := &recorder{rules: framing.NewRules(lexicon.Default(), framing.Options{}), known: known, wanted: map[string]int{}, found: map[string]framing.Features{}}
	for i, ls := range places {
		id := "target " + strconv.Itoa(i)
		r.wanted[id] = ls[0].Start
		for _, l := range ls {
			d.Labels = append(d.Labels, corpus.Label{Target: id, Start: l.Start, End: l.End})
		}
	}
	analysis.New(set, nil, r).Analyze(&d)
	out := make([]framing.Features, len(places))
	for i := range places {
		out[i] = r.found["target "+strconv.Itoa(i)]
	}
	return out
}

// bytesOf turns offsets in characters into offsets in bytes.
func bytesOf(text string, from, to int) corpus.Label {
	l := corpus.Label{Start: len(text), End: len(text)}
	n := 0
	for i := range text {
		if n == from {
			l.Start = i
		}
		if n == to {
			l.End = i
		}
		n++
	}
	return l
}

func eachRow(file string, f func(sentenceRow)) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, 64<<20)
	for line := 1; sc.Scan(); line++ {
		var r sentenceRow
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			return fmt.Errorf("%s:%d: %w", file, line, err)
		}
		if !utf8.ValidString(r.Text) {
			return fmt.Errorf("%s:%d: not UTF-8", file, line)
		}
		f(r)
	}
	return sc.Err()
}

// readNews reads sentences in NewsMTSC's form.
func readNews(ctx context.Context, set *target.Set, file string, known func(string) bool) ([]example, error) {
	var rows []sentenceRow
	if err := eachRow(file, func(r sentenceRow) { rows = append(rows, r) }); err != nil {
		return nil, err
	}
	found := make([][]framing.Features, len(rows))
	err := sideBySide(ctx, len(rows), func(i int) {
		var places [][]corpus.Label
		for _, t := range rows[i].Targets {
			places = append(places, []corpus.Label{bytesOf(rows[i].Text, t.From, t.To)})
		}
		if len(places) > 0 {
			found[i] = labelled(set, rows[i].Text, places, known)
		}
	})
	var out []example
	for i, r := range rows {
		for k, t := range r.Targets {
			out = append(out, example{documentOf(r.Gid), int(t.Polarity)/2 - 1, found[i][k]})
		}
	}
	return out, err
}

// statesData labels states in sentences of others: id, state, places in
// characters, polarity, voice. Made for this project by the codebook of
// gold/CODEBOOK.md; its head says by how many readers.
//
//go:embed states.tsv
var statesData string

// stateTexts returns by their ids in states.tsv the texts of NewsMTSC's training
// part, of the news snippets and of the treebank, and the document of each.
func stateTexts(data string) (texts, documents map[string]string, err error) {
	texts, documents = map[string]string{}, map[string]string{}
	add := func(id, document, text string) { texts[id], documents[id] = text, document }
	err = eachRow(filepath.Join(data, "newsmtsc", "train.jsonl"), func(r sentenceRow) { add(r.Gid, documentOf(r.Gid), r.Text) })
	if err == nil {
		err = eachLine(filepath.Join(data, "nyt", "dev.tsv"), func(line string) {
			if f := strings.SplitN(line, "\t", 3); len(f) == 3 {
				article, _, _ := strings.Cut(f[0], "_")
				add("nyt:"+f[0], "nyt:"+article, f[2])
			}
		})
	}
	for _, name := range []string{"en_ewt_train.conllu", "en_ewt_dev.conllu"} {
		if err != nil {
			break
		}
		var id string
		err = eachLine(filepath.Join(data, "ud", name), func(line string) {
			if s, ok := strings.CutPrefix(line, "# sent_id = "); ok {
				id = "ewt:" + s
			} else if s, ok := strings.CutPrefix(line, "# text = "); ok {
				add(id, id[:strings.LastIndexByte(id, '-')], s)
			}
		})
	}
	return texts, documents, err
}

// readStates reads the labels of states, with the texts from the folder of data.
func readStates(ctx context.Context, set *target.Set, data string, known func(string) bool) ([]example, error) {
	texts, documents, err := stateTexts(data)
	if err != nil {
		return nil, err
	}
	var out []example
	var places [][]corpus.Label
	var ids []string
	for line := range strings.Lines(statesData) {
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "id\t") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		text, ok := texts[f[0]]
		polarity, err := strconv.Atoi(f[3])
		if !ok || err != nil {
			return nil, fmt.Errorf("states.tsv: %s: no such sentence in %s, or no polarity", f[0], data)
		}
		var ls []corpus.Label
		for span := range strings.SplitSeq(f[2], " ") {
			var from, to int
			if _, err := fmt.Sscanf(span, "%d-%d", &from, &to); err != nil {
				return nil, fmt.Errorf("states.tsv: %s: %w", f[0], err)
			}
			ls = append(ls, bytesOf(text, from, to))
		}
		out = append(out, example{document: documents[f[0]], label: polarity + 1})
		places, ids = append(places, ls), append(ids, f[0])
	}
	err = sideBySide(ctx, len(out), func(i int) {
		out[i].Features = labelled(set, texts[ids[i]], places[i:i+1], known)[0]
	})
	return out, err
}
