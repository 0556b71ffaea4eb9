package evaluate

import (
	"bytes"
	"os"
	"testing"

	"github.com/jonreiter/govader"

	"parallax/analysis"
	"parallax/analysis/framing"
	"parallax/analysis/target"
	"parallax/lexicon"
	"parallax/seeds"
)

// news returns labelled sentences, by sentence, and the bytes of their texts.
func news(b *testing.B) (labels []Label, groups [][]int, size int64) {
	b.Helper()
	const file = "../../../../../shared/data/newsmtsc/train.jsonl"
	data, err := os.ReadFile(file)
	if err != nil {
		b.Skip("no labelled news to measure on: ", err)
	}
	if labels, err = Read(file, bytes.NewReader(data)); err != nil {
		b.Fatal(err)
	}
	for i, l := range labels {
		if i == 0 || l.Line != labels[i-1].Line {
			groups = append(groups, nil)
			size += int64(len(l.Sentence))
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], i)
	}
	return labels, groups, size
}

// BenchmarkNews scores sentences of news for all their targets, on one core:
// tokens, parse, voices, weights, evidence. Hold it against BenchmarkVADER.
func BenchmarkNews(b *testing.B) {
	labels, groups, size := news(b)
	set, err := target.Parse("targets.yaml", seeds.Targets)
	if err != nil {
		b.Fatal(err)
	}
	a := analysis.New(set, nil, nil)
	d := labelled(labels, groups[0])
	a.Analyze(&d) // unpacks the model
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, rows := range groups {
			d := labelled(labels, rows)
			a.Analyze(&d)
		}
	}
}

// BenchmarkScore is the scoring alone: tokens, mentions and voices are given.
func BenchmarkScore(b *testing.B) {
	labels, groups, _ := news(b)
	set, err := target.Parse("targets.yaml", seeds.Targets)
	if err != nil {
		b.Fatal(err)
	}
	groups = groups[:min(len(groups), 500)]
	a := analysis.New(set, nil, nil)
	var found []*analysis.Analysis
	var size int64
	for _, rows := range groups {
		d := labelled(labels, rows)
		size += int64(len(d.Text))
		found = append(found, a.Analyze(&d))
	}
	scorer := framing.NewLearned(lexicon.Default(), lexicon.DefaultWindow())
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, x := range found {
			x.Rescore(scorer, analysis.Options{})
		}
	}
}

// BenchmarkVADER scores the same sentences, each as a whole, with govader.
func BenchmarkVADER(b *testing.B) {
	labels, groups, size := news(b)
	v := govader.NewSentimentIntensityAnalyzer()
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, rows := range groups {
			v.PolarityScores(labels[rows[0]].Sentence)
		}
	}
}
