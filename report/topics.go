package report

import (
	"fmt"
	"strings"

	"parallax/analysis"
	"parallax/analysis/compare"
)

// topics is the section on tones adjusted for what sources write about. It is
// left out where nothing could be adjusted.
func (b *builder) topics() {
	if b.in.Topics == nil || len(b.in.Topics.Tones) == 0 {
		return
	}
	b.heading(2, "topics", "Adjusted for topic")
	b.add(para(Text("Who writes more of war than of trade writes less favourably of everybody in it, whatever its stance. The adjusted tone is what a source’s own voice would have, by a regression within sources, "+
		"if it put targets in frames as often as all sources together do; raw and adjusted stand side by side, with "+percent(b.in.Manifest.Level)+"\u00a0% intervals. "), Strong("~"),
		Text(" marks an adjusted tone whose interval includes zero or whose raw tone is not carried, and a difference that does not hold after Holm’s correction. The choice of topics is framing as well: the adjusted tone is not the truer one, but the answer to another question.")))
	b.add(b.adjustedTable())
	if t, changed := b.adjustedContrasts(); len(t.Rows) > 0 {
		b.add(&Details{Summary: fmt.Sprintf("%s between sources, raw and adjusted: %s", plural(len(t.Rows), "difference"), changed), Blocks: []Block{t}})
	}
	var without []string
	for _, u := range b.in.Topics.Unadjusted {
		if u.Voice == analysis.VoiceAuthor {
			without = append(without, b.w.title(u.Target)+" ("+u.Reason+")")
		}
	}
	if len(without) > 0 {
		b.add(note(Text("Not adjusted: " + strings.Join(without, "; ") + ".")))
	}
	b.add(note(Text("A source with fewer than three documents or paragraphs on a target is left out. Other voices are in "), Code("scores.json"), Text(".")))
}

// interval0 prints a number with its interval, marked where the data do not carry it.
func interval0(value, low, high float64, carried bool) string {
	s := fmt.Sprintf("%s [%s, %s]", signed(value), signed(low), signed(high))
	if !carried {
		s = "~ " + s
	}
	return strings.ReplaceAll(s, " ", "\u00a0")
}

// adjustedTable is raw and adjusted tones of sources' own voices.
func (b *builder) adjustedTable() *Table {
	t := &Table{Caption: "Own voice: raw tones and tones adjusted for topic", Columns: []Column{{Title: "Target"}, {Title: upper(b.w.noun)}, {Title: "Raw"}, {Title: "Adjusted"}, {"Resampled", Right}}}
	at := map[cellKey]compare.Adjusted{}
	for _, a := range b.in.Topics.Tones {
		at[cellKey{a.Source, a.Target, a.Voice}] = a
	}
	for _, target := range b.in.Targets {
		for _, k := range b.w.keys {
			a, ok := at[cellKey{k, target.ID, analysis.VoiceAuthor}]
			if !ok || len(t.Rows) == maxRows {
				continue
			}
			c, _ := b.w.cell(k, target.ID, analysis.VoiceAuthor)
			t.Rows = append(t.Rows, [][]Inline{text1(b.w.title(target.ID)), text1(b.w.label(k)), toneCell(c),
				text1(interval0(a.Adjusted, a.Low, a.High, c.Carried && (a.Low > 0 || a.High < 0))), text1(plural(a.Clusters, c.Unit))})
		}
	}
	return t
}

// adjustedContrasts are the differences between sources' own voices, and how many
// hold only raw or only adjusted.
func (b *builder) adjustedContrasts() (t *Table, changed string) {
	raw := map[[3]string]compare.Contrast{}
	for _, c := range b.in.Result.Contrasts {
		if c.Voice == analysis.VoiceAuthor {
			raw[[3]string{c.Target, c.A, c.B}] = c
		}
	}
	t = &Table{Caption: "Own voice: differences between sources, raw and adjusted for topic", Columns: []Column{{Title: "What"}, {Title: "Raw"}, {Title: "Adjusted"}, {"q (Holm), adjusted", Right}}}
	come, gone := 0, 0
	for _, a := range b.in.Topics.Contrasts {
		c, ok := raw[[3]string{a.Target, a.A, a.B}]
		if a.Voice != analysis.VoiceAuthor || !ok {
			continue
		}
		switch {
		case a.Carried && !c.Carried:
			come++
		case c.Carried && !a.Carried:
			gone++
		}
		if len(t.Rows) < maxRows {
			t.Rows = append(t.Rows, [][]Inline{text1(b.w.label(a.A) + " less " + b.w.label(a.B) + ": " + b.w.title(a.Target)), text1(unbroken(differenceFigure(c)).Value),
				text1(interval0(a.Adjusted, a.Low, a.High, a.Carried)), text1(probability(a.Q))})
		}
	}
	var parts []string
	if come > 0 {
		parts = append(parts, count(come)+" "+pick(come, "holds", "hold")+" only adjusted")
	}
	if gone > 0 {
		parts = append(parts, count(gone)+" "+pick(gone, "holds", "hold")+" only raw")
	}
	if len(parts) == 0 {
		parts = []string{"the adjustment decides none otherwise"}
	}
	return t, join(parts)
}
