package learn

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"sync"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/framing"
	"parallax/analysis/language"
	"parallax/analysis/target"
	"parallax/cmd/parallax/internal/evaluate"
	"parallax/lexicon"
)

// listener is a scorer that scores nothing and keeps the features of everything.
type listener struct {
	rules *framing.Rules
	known func(string) bool
	mu    sync.Mutex
	heard map[string]framing.Features
}

func (l *listener) Score(in *framing.Input, id string) framing.Score {
	f := l.rules.FeaturesOf(in, id, l.known)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heard[placeOf(in.Sentence.Start, id, textOf(in.Sentence))] = f
	for n, m := range in.Mentions {
		if m.Target == id {
			return framing.Score{Mention: n, Neutral: 1}
		}
	}
	return framing.Score{}
}

// placeOf names a sentence and a target in it.
func placeOf(start int, id, text string) string { return fmt.Sprint(start, " ", id, " ", text) }

func textOf(s *language.Sentence) string {
	var b strings.Builder
	for _, t := range s.Tokens {
		b.WriteString(t.Text)
	}
	return b.String()
}

// readArticles reads labels of states in articles, which stand in the folder.
// Labels that the analysis does not find are left out.
func readArticles(ctx context.Context, set *target.Set, file, folder string, known func(string) bool) ([]example, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	labels, err := evaluate.Read(file, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	c, err := corpus.Read(ctx, []string{folder}, corpus.Options{})
	if err != nil {
		return nil, err
	}
	l := &listener{rules: framing.NewRules(lexicon.Default(), framing.Options{}), known: known, heard: map[string]framing.Features{}}
	found, _, err := evaluate.Run(ctx, analysis.New(set, nil, l), labels, c.Documents, nil)
	if err != nil {
		return nil, err
	}
	var out []example
	for _, p := range found {
		if p.Observation == nil {
			continue
		}
		o := p.Observation
		if f, ok := l.heard[placeOf(o.Start, o.Target, strings.Join(strings.Fields(o.Sentence), ""))]; ok {
			out = append(out, example{"article " + p.File, p.Polarity + 1, f})
		}
	}
	return out, nil
}
