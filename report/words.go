package report

import (
	"fmt"
	"strings"

	"parallax/analysis/compare"
)

// maxKeywords is how many words of a source are shown for a target: what a line
// of a table holds.
const maxKeywords = 8

// carriedKeywords are the words that the data carry.
func carriedKeywords(in Input) []compare.Keyword {
	out := []compare.Keyword{}
	for _, k := range in.Keywords {
		if k.Carried {
			k.Warnings = filled(k.Warnings)
			out = append(out, k)
		}
	}
	return out
}

// words is the section on the words that tell the sources apart. It is left out
// where nothing was counted.
func (b *builder) words() {
	if b.in.Keywords == nil {
		return
	}
	b.heading(2, "words", "Words that tell the "+b.w.noun+"s apart")
	b.add(para(Text("Words that a "+b.w.noun+" uses more than the others do in sentences that mention a target, whoever speaks; names and function words are left out. "+
		"In brackets: how often it uses the word, how often all others do, and z, the difference in log-odds in standard errors, drawn towards the words of all "+
		"(Monroe, Colaresi and Quinn, 2008). At most "+fmt.Sprint(maxKeywords)+" each, of those with q below 0.05 after Benjamini and Hochberg's correction over all words and "+b.w.noun+"s of the target; p allows for words that come in bursts where there are several articles. "),
		Strong("~"), Text(" marks a word that a single article carries: without it, the word would not be here. A word is not a verdict: the sentences show how it is meant.")))
	b.chartsOf("words")
	found := carriedKeywords(b.in)
	var without []string
	for _, target := range b.in.Targets {
		t := &Table{Caption: "Words near " + b.w.title(target.ID), Columns: []Column{{Title: upper(b.w.noun)}, {Title: "Words"}, {Title: "Notes", Align: Center}}}
		var notes notes
		for _, key := range b.w.keys {
			var list, warnings []string
			for _, k := range found {
				if k.Source != key || k.Target != target.ID || len(list) == maxKeywords {
					continue
				}
				text := fmt.Sprintf("%s (%d, %d; %.1f)", k.Word, k.Count, k.Rest, k.Z)
				if k.Fragile {
					text = "~ " + text
				} else {
					warnings = append(warnings, k.Warnings...)
				}
				list = append(list, strings.ReplaceAll(text, " ", "\u00a0"))
			}
			if len(list) > 0 && len(t.Rows) < maxRows {
				t.Rows = append(t.Rows, [][]Inline{text1(b.w.label(key)), text1(strings.Join(list, ", ")), text1(notes.marks(warnings))})
			}
		}
		if len(t.Rows) == 0 {
			without = append(without, b.w.target(target.ID))
			continue
		}
		b.add(t)
		b.add(notes.blocks()...)
	}
	if len(without) > 0 {
		b.add(para(Text("No word tells the " + b.w.noun + "s apart near " + join(without) + ": none is used so much more by one of them that chance would not give it.")))
	}
}
