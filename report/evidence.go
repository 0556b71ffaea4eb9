package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
	"parallax/analysis/framing"
)

// maxEvidence is how many sentences are shown each way for a source and a
// target, of those that the cell keeps. The ledger has all of them.
const maxEvidence = 3

// maxOpened is how many sources and targets have their sentences in the section.
// With the sentences of one being some 6 kB of the page, 200 are 1.3 MB.
const maxOpened = 200

// evidence is the section that opens the numbers: for each source and target
// the strongest sentences each way.
func (b *builder) evidence() {
	b.heading(2, "evidence", "Evidence")
	b.add(b.browser())
	b.add(para(Text("For each "+b.w.noun+" and target the sentences that lean farthest each way, at most "+count(maxEvidence)+
		". The marked words tell most; with all other words, which are summed up, their contributions make the tone exactly. (target) is what the words beside the mention make of it. "),
		Mark{Text: "Dashed", Weight: -0.2}, Text(" is unfavourable, "), Mark{Text: "underlined", Weight: 0.2},
		Text(" favourable. All sentences are in "), Code("observations.jsonl"), Text(".")))
	documents := b.documents()
	least, all := b.leastOpened()
	shown := 0
	for _, k := range b.w.keys {
		headed := false
		for _, t := range b.in.Targets {
			c, ok := b.w.cell(k, t.ID, voiceAll)
			if !ok || byEvidence(c, least) > 0 {
				continue
			}
			if !headed {
				b.heading(3, "", b.w.label(k))
				headed = true
			}
			shown++
			d := &Details{Summary: b.summary(k, t.ID)}
			many := !b.w.entries[k].single
			d.Blocks = append(d.Blocks, strongest(c, -1, documents, b.w.names, many)...)
			d.Blocks = append(d.Blocks, strongest(c, +1, documents, b.w.names, many)...)
			if len(d.Blocks) == 0 {
				d.Blocks = []Block{note(Text("No sentence leans either way; " + counted(c.Sentences, "sentence") + " without a lean."))}
			}
			b.add(d)
		}
	}
	if shown == 0 {
		b.add(note(Text("No sentence mentions a target.")))
	}
	if more := all - shown; more > 0 {
		b.add(note(Text(fmt.Sprintf("Shown are the %s of %s and target with the surest tone. The sentences of %s more are in ", plural(shown, "pair"), b.w.noun, count(more))), Code("observations.jsonl"), Text(".")))
	}
}

// leastOpened is the last cell, in the order of byEvidence, that has its sentences
// in the section, and how many cells there are.
func (b *builder) leastOpened() (least compare.Cell, all int) {
	var cells []compare.Cell
	for _, k := range b.w.keys {
		for _, t := range b.in.Targets {
			if c, ok := b.w.cell(k, t.ID, voiceAll); ok {
				cells = append(cells, c)
			}
		}
	}
	if len(cells) == 0 {
		return least, 0
	}
	slices.SortFunc(cells, byEvidence)
	return cells[min(len(cells), maxOpened)-1], len(cells)
}

// byEvidence orders cells by how much there is to be opened: those whose tone the
// data carry first, then by distance from zero.
func byEvidence(a, b compare.Cell) int {
	carried := func(c compare.Cell) int {
		if c.Carried {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(carried(a), carried(b)), cmp.Compare(math.Abs(b.Tone), math.Abs(a.Tone)),
		cmp.Compare(key(a), key(b)), cmp.Compare(a.Target, b.Target))
}

// documents are those of the comparison by their ids.
func (b *builder) documents() map[string]*corpus.Document {
	documents := make(map[string]*corpus.Document, len(b.in.Documents))
	for i := range b.in.Documents {
		documents[b.in.Documents[i].ID] = &b.in.Documents[i]
	}
	return documents
}

// summary is the line above the evidence of a source and a target.
func (b *builder) summary(key, target string) string {
	var parts []string
	for _, v := range []struct{ id, name string }{{analysis.VoiceAuthor, "own voice"}, {analysis.VoiceQuoted, "quoted"}} {
		if c, ok := b.w.cell(key, target, v.id); ok {
			parts = append(parts, v.name+" "+Tone(c)+", "+plural(c.Sentences, "sentence"))
		}
	}
	if len(parts) == 0 {
		return b.w.title(target)
	}
	return b.w.title(target) + ": " + strings.Join(parts, "; ")
}

// strongest is the evidence of one sign, in the order that the cell has it in:
// the farthest from zero first, then by document and place.
func strongest(c compare.Cell, sign int, documents map[string]*corpus.Document, n *names, many bool) []Block {
	var found []analysis.Observation
	for _, o := range c.Evidence {
		if sign < 0 && o.Tone < 0 || sign > 0 && o.Tone > 0 {
			found = append(found, o)
		}
	}
	if len(found) == 0 {
		return nil
	}
	all := c.Against
	if sign > 0 {
		all = c.Favour
	}
	title := upper(favour(float64(sign)))
	if all > maxEvidence {
		title += fmt.Sprintf(": %s of %s", count(maxEvidence), counted(all, "sentence"))
	}
	blocks := []Block{&Heading{Level: 4, Text: title}}
	for _, o := range found[:min(len(found), maxEvidence)] {
		d := documents[o.Document]
		from := ""
		if many && d != nil {
			from = ", in “" + nonEmpty(d.Title, d.ID) + "”"
			if d.Date != "" {
				from += " (" + humanDate(d.Date) + ")"
			}
		}
		o, others := telling(o)
		blocks = append(blocks,
			&Quote{Blocks: []Block{para(sentence(d, o)...)}},
			note(append([]Inline{Text(circumstances(o, n) + from + ": ")}, arithmetic(o, others)...)...))
	}
	return blocks
}

// circumstances says in whose voice a sentence speaks of its target, under
// which name, and what the target does in it.
func circumstances(o analysis.Observation, n *names) string {
	who := "Own voice"
	if o.Voice == analysis.VoiceQuoted {
		who = "Quoted, " + n.holder(o.Holder)
	}
	if o.Mention != "" {
		who += ", on “" + o.Mention + "”"
	}
	switch o.Role {
	case "agent":
		who += " as the one who acts"
	case "patient":
		who += " as the one acted upon"
	}
	return who
}

// holder is how the one who is quoted is called.
func (n *names) holder(id string) string {
	switch id {
	case "", "other":
		return "speaker not a target"
	}
	return n.title(id)
}

// What a reader is shown of a sum: terms of this size and more, and so many, with
// those of the last one's size.
const (
	tellingSize  = 100 // in units of 0.0001
	tellingTerms = 8
)

// telling returns an observation with the terms alone that tell, by position,
// and how many others there are. The ledger has them all.
func telling(o analysis.Observation) (analysis.Observation, int) {
	size := func(e analysis.Evidence) int64 { return max(units(e.Contribution), -units(e.Contribution)) }
	order := slices.Clone(o.Evidence)
	slices.SortStableFunc(order, func(a, b analysis.Evidence) int { return cmp.Compare(size(b), size(a)) })
	least := int64(tellingSize)
	if len(order) > tellingTerms {
		least = max(least, size(order[tellingTerms-1]))
	}
	all := len(o.Evidence)
	o.Evidence = slices.DeleteFunc(slices.Clone(o.Evidence), func(e analysis.Evidence) bool { return size(e) < least || e.Rule == framing.Rest })
	return o, all - len(o.Evidence)
}

// arithmetic is the sum that made a tone, exact to its last decimal; others is
// how many terms are not among the evidence.
func arithmetic(o analysis.Observation, others int) []Inline {
	tone := units(o.Tone)
	values := make([]int64, 0, len(o.Evidence)+2)
	sum := int64(0)
	for _, e := range o.Evidence {
		values = append(values, units(e.Contribution))
		sum += units(e.Contribution)
	}
	figures := exact(append(values, tone, tone-sum)...)
	var out []Inline
	for i, e := range o.Evidence {
		if i > 0 {
			out = append(out, Text(", "))
		}
		out = append(out, Mark{Text: e.Term, Weight: e.Contribution, Title: ruleTitle(e)}, Text(" "+figures[i]))
	}
	if sum != tone {
		if len(out) > 0 {
			out = append(out, Text(", "))
		}
		rest := "no single word"
		if others > 0 {
			rest = "all other words"
		}
		out = append(out, Text(rest+" "+figures[len(figures)-1]))
	}
	return append(out, Text(" = tone "+figures[len(figures)-2]))
}

func ruleTitle(e analysis.Evidence) string {
	title := e.Term + " " + exact(units(e.Contribution))[0]
	if e.Rule != "" {
		title += " (" + e.Rule + ")"
	}
	return title
}

// sentence is an observation's sentence with the words marked that made its
// tone. Words of several entries are marked once, with their sum.
func sentence(d *corpus.Document, o analysis.Observation) []Inline {
	var out []Inline
	for _, p := range parts(d, o) {
		if len(p.Terms) == 0 {
			out = append(out, Text(p.Text))
			continue
		}
		sum, titles := int64(0), []string(nil)
		for _, e := range p.Terms {
			sum += units(e.Contribution)
			titles = append(titles, ruleTitle(e))
		}
		out = append(out, Mark{Text: p.Text, Weight: float64(sum) / 1e4, Title: strings.Join(titles, "; ")})
	}
	return out
}

// parts cuts an observation's sentence into stretches with evidence and without;
// pieces of evidence that overlap share a stretch. Where the offsets do not fit
// the document the sentence is one stretch.
func parts(d *corpus.Document, o analysis.Observation) []Part {
	if d == nil || !spans(d.Text, o.Start, o.End) {
		return []Part{{Text: o.Sentence}}
	}
	evidence := slices.Clone(o.Evidence)
	slices.SortStableFunc(evidence, func(a, b analysis.Evidence) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var out []Part
	at := o.Start
	for i := 0; i < len(evidence); {
		e := evidence[i]
		i++
		if e.Start < at || e.End > o.End || !spans(d.Text, e.Start, e.End) {
			continue
		}
		end, terms := e.End, []analysis.Evidence{e}
		for ; i < len(evidence) && evidence[i].Start < end; i++ {
			if x := evidence[i]; x.End <= o.End && spans(d.Text, x.Start, x.End) {
				end = max(end, x.End)
				terms = append(terms, x)
			}
		}
		if e.Start > at {
			out = append(out, Part{Text: d.Text[at:e.Start]})
		}
		out = append(out, Part{Text: d.Text[e.Start:end], Terms: terms})
		at = end
	}
	if at < o.End {
		out = append(out, Part{Text: d.Text[at:o.End]})
	}
	return out
}

// spans reports whether offsets cut whole characters out of a text.
func spans(text string, start, end int) bool {
	return 0 <= start && start < end && end <= len(text) &&
		utf8.RuneStart(text[start]) && (end == len(text) || utf8.RuneStart(text[end]))
}
