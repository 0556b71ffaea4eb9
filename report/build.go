package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
)

// Longest tables. A reader does not go through more rows than these; what is
// beyond them is counted, and the data files have it.
const (
	maxRows  = 200 // documents, cells of one voice, inputs
	maxPairs = 45  // contrasts over one target: all pairs of ten sources
	allPairs = 900 // contrasts over all targets in all voices: fewer of each where there are seven targets or more
	minPairs = 5   // contrasts over one target, however many targets there are
)

// Build turns a comparison into a report: what was compared, the findings, the
// charts, the tables, the sentences behind the numbers, and what it takes to
// judge and to repeat them.
func Build(in Input) *Document {
	b := &builder{in: in, w: newWriter(in)}
	b.doc.Title = b.title()
	b.opening()
	b.compared()
	b.charts()
	b.tables()
	b.topics()
	b.reference()
	b.attention()
	b.relations()
	b.words()
	b.sourceMap()
	b.wire()
	b.robustness()
	b.evidence()
	b.second()
	b.method()
	b.limitations()
	b.leftOut()
	b.manifest("scores.json")
	return &b.doc
}

type builder struct {
	in  Input
	w   *writer
	doc Document
}

func (b *builder) add(blocks ...Block) { b.doc.Blocks = append(b.doc.Blocks, blocks...) }

func (b *builder) heading(level int, id, text string) {
	b.add(&Heading{Level: level, ID: id, Text: text})
}

func (b *builder) title() string {
	var what string
	switch len(b.in.Targets) {
	case 0:
		what = "their subjects"
	case 1, 2, 3, 4:
		what = b.targets()
	default:
		what = counted(len(b.in.Targets), "actor")
	}
	switch len(b.w.keys) {
	case 0:
		return "Nothing to compare"
	case 1:
		return "How " + b.w.prose(b.w.keys[0]) + " frames " + what
	}
	return "How " + counted(len(b.w.keys), b.w.noun) + " frame " + what
}

// targets lists the targets within a sentence.
func (b *builder) targets() string {
	var all []string
	for _, t := range b.in.Targets {
		all = append(all, b.w.target(t.ID))
	}
	return join(all)
}

// opening is the answer: the headline, and the findings beside their chart.
func (b *builder) opening() {
	if len(b.w.keys) > 0 {
		b.add(&Paragraph{Role: Lead, Inline: []Inline{Strong(Headline(b.in) + ".")}})
	}
	before := len(b.doc.Blocks)
	b.findings()
	if i := b.mainChart(); i >= 0 {
		findings := slices.Clone(b.doc.Blocks[before:])
		b.doc.Blocks = append(b.doc.Blocks[:before], &Beside{Aside: []Block{b.in.Charts[i].block()}, Blocks: findings})
	}
}

// mainChart is the place of the chart that stands beside the findings; -1 for
// none.
func (b *builder) mainChart() int {
	return slices.IndexFunc(b.in.Charts, func(c ChartImage) bool { return c.Path == chartFolder+"/tone.png" })
}

// compared is what was compared.
func (b *builder) compared() {
	b.heading(2, "compared", "What was compared")
	if len(b.in.Documents) == 0 {
		b.add(para(Text("No document was read.")))
		return
	}
	outlets, dates := map[string]bool{}, []string{}
	for _, d := range b.in.Documents {
		if d.Outlet != "" {
			outlets[d.Outlet] = true
		}
		if year(d.Date) != "" {
			dates = append(dates, d.Date)
		}
	}
	sentences, total := map[string]int{}, 0
	for _, f := range b.in.Manifest.Inputs {
		sentences[f.Document] += f.Sentences
		total += f.Sentences
	}
	about, mentioning := b.mentioning()

	text := upper(counted(len(b.in.Documents), "article"))
	if len(outlets) > 0 {
		text += " from " + counted(len(outlets), "outlet")
	}
	if len(dates) > 0 {
		slices.Sort(dates)
		first, last := humanDate(dates[0]), humanDate(dates[len(dates)-1])
		if first == last {
			text += ", of " + first
		} else {
			text += ", published between " + first + " and " + last
		}
	}
	if b.w.noun == "source" && len(b.w.keys) != len(b.in.Documents) {
		text += ", compared as " + counted(len(b.w.keys), "source")
	}
	text += "."
	if total > 0 {
		text += fmt.Sprintf(" Of %s, %d %s a target", plural(total, "sentence"), about, pick(about, "mentions", "mention"))
	} else {
		text += fmt.Sprintf(" %s %s a target", upper(counted(about, "sentence")), pick(about, "mentions", "mention"))
	}
	if n := len(b.in.Targets); n > 0 && n <= 4 {
		text += ": " + b.targets()
	}
	b.add(para(Text(text + ". Each such sentence is scored for every target it mentions, from −1 (wholly unfavourable to it) to +1 (wholly favourable), " +
		"and counts for the one who speaks it: the author, or someone quoted.")))

	t := &Table{Caption: "The articles",
		Columns: []Column{{Title: "Source"}, {Title: "Title"}, {Title: "Author"}, {Title: "Date"}, {"Sentences", Right}, {"With a target", Right}}}
	for _, d := range b.in.Documents[:min(len(b.in.Documents), maxRows)] {
		label := d.Source
		if b.w.noun == "source" {
			label = b.w.label(d.Source)
		}
		all := "–"
		if n, ok := sentences[d.ID]; ok {
			all = strconv.Itoa(n)
		}
		t.Rows = append(t.Rows, [][]Inline{text1(nonEmpty(label, d.ID)), text1(nonEmpty(d.Title, d.ID)), text1(nonEmpty(d.Author, "–")),
			text1(nonEmpty(humanDate(d.Date), "–")), text1(all), text1(strconv.Itoa(mentioning[d.ID]))})
	}
	b.add(t)
	b.beyond(len(b.in.Documents), maxRows, "document", "scores.json")
}

// mentioning counts sentences with a target: in all, and by document.
func (b *builder) mentioning() (int, map[string]int) {
	t := b.in.tally()
	return t.sentences, t.mentioning
}

// beyond says how many rows a table has left out.
func (b *builder) beyond(n, limit int, noun, file string) {
	if n > limit {
		b.add(note(Text(fmt.Sprintf("%s more %s in ", upper(count(n-limit)), things(n-limit, noun))), Code(file), Text(".")))
	}
}

func (b *builder) findings() {
	b.heading(2, "findings", "Findings")
	target := ""
	var list *List
	for _, f := range Findings(b.in) {
		if f.Target != target || list == nil {
			target = f.Target
			switch {
			case target != "":
				b.heading(3, "", upper(b.w.title(target)))
			case f.Kind == Limit && list != nil:
				b.heading(3, "", "What this does not show")
			}
			list = &List{}
			b.add(list)
		}
		list.Items = append(list.Items, claim(f))
	}
}

// claim is a finding with what the data carry set bold: the sentence up to
// its numbers.
func claim(f Finding) []Inline {
	if f.Kind == Stance || f.Kind == Differing {
		if end := strings.IndexAny(f.Text, "(:"); end > 0 {
			head := strings.TrimRight(f.Text[:end], " ")
			return []Inline{Strong(head), Text(f.Text[len(head):])}
		}
	}
	return text1(f.Text)
}

func (b *builder) charts() {
	headed := false
	for i, c := range b.in.Charts {
		if i == b.mainChart() || b.home(c) != "" {
			continue
		}
		if !headed {
			b.heading(2, "charts", "Charts")
			headed = true
		}
		b.add(c.block())
	}
}

// home is the section in which a chart stands, "" for that of charts.
func (b *builder) home(c ChartImage) string {
	section, there := "", false
	switch c.Path {
	case chartFolder + "/map.png", chartFolder + "/biplot.png", chartFolder + "/dendrogram.png":
		section, there = "alike", b.in.Map != nil
	case chartFolder + "/words.png":
		section, there = "words", b.in.Keywords != nil
	case chartFolder + "/attention.png", chartFolder + "/prominence.png":
		section, there = "attention", b.in.Attention != nil && len(b.in.Attention.Estimates) > 0
	case chartFolder + "/relations.png":
		section, there = "relations", len(b.in.tally().deeds) > 0
	}
	if !there {
		return ""
	}
	return section
}

// chartsOf adds the charts that stand in a section.
func (b *builder) chartsOf(section string) {
	for _, c := range b.in.Charts {
		if b.home(c) == section {
			b.add(c.block())
		}
	}
}

// maxPicture is how many bytes a PNG may have to stand in the page for want of an
// SVG: as many as two drawings at most, once in base64.
const maxPicture = 400_000

func (c ChartImage) block() *Image {
	i := &Image{Path: c.Path, Alt: c.Alt, Caption: c.Caption, Data: c.PNG, SVG: c.SVG, Narrow: c.Narrow}
	if len(c.PNG) > maxPicture {
		i.Data = nil
	}
	return i
}

// voice is how a voice is called.
type voice struct{ id, title string }

func voicesInOrder() []voice {
	return []voice{
		{analysis.VoiceAuthor, "Own voice"},
		{analysis.VoiceQuoted, "Quoted voices"},
		{voiceAll, "All voices"},
	}
}

func (b *builder) tables() {
	b.heading(2, "numbers", "The numbers")
	if len(b.in.Result.Cells) == 0 {
		b.add(note(Text("There is no cell to show: no sentence mentions a target.")))
		return
	}
	b.add(para(Text("Mean tone with its "+percent(b.in.Manifest.Level)+"\u00a0% interval in brackets. A figure marked "), Strong("~"),
		Text(" is one that the data do not carry, with the reason beside it – mostly that the interval includes zero; read it as “cannot be told”, not as “neutral”. A dash stands where there is no sentence.")))
	if len(b.in.Targets) <= 6 {
		b.heading(3, "", "Own voice at a glance")
		b.glance(analysis.VoiceAuthor)
	}
	b.heading(3, "", "All cells")
	b.add(para(Text("Shrunken is the tone drawn towards the mean of all " + b.w.noun + "s on the target, the more so the less is known: rank by it, not by the raw one; it is marked by its own interval. " +
		"Detectable is the smallest true difference from another such cell that four out of five studies of this size would find.")))
	for _, v := range voicesInOrder() {
		b.cellTable(v)
	}
	b.heading(3, "", "All contrasts")
	b.add(para(Text("The difference in tone between two " + b.w.noun + "s, the first less the second. p is from a permutation test; q is p corrected for the number of pairs over one target in one voice: " +
		"Holm's method keeps 19 of 20 such tables free of any false finding, and decides here, together with the interval, which must leave zero out; Benjamini and Hochberg's keeps false findings to a twentieth of all, and is for exploring. " +
		"Cliff's delta is the chance that a sentence of the first is more favourable than one of the second, less the chance of the contrary; Hedges' g is the difference in standard deviations of sentences. " +
		"Detectable is the smallest true difference that four out of five studies like this one would find.")))
	n := 0
	for _, v := range voicesInOrder() {
		for _, t := range b.in.Targets {
			n += b.contrastTable(v, t.ID)
		}
	}
	if n == 0 {
		b.add(note(Text("There is nothing to contrast: no target has two " + b.w.noun + "s.")))
	}
	b.further()
}

// further is the contrasts that are not between two sources, a fold a family.
func (b *builder) further() {
	if len(b.in.Result.Further) == 0 {
		return
	}
	b.heading(3, "", "Other contrasts")
	b.add(para(Text("Corrected, too, within each family: over one target in one voice; over one target, for voices; over one " + b.w.noun + " in one voice, for targets. " +
		"Voices and targets of one " + b.w.noun + " share its documents, and are compared document by document.")))
	for _, f := range []struct{ id, title string }{
		{compare.ByRest, "Each " + b.w.noun + " against the rest"}, {compare.ByVoice, "Own voice against those quoted"},
		{compare.ByTarget, "One target against another"}, {compare.ByDate, "Before and since " + nonEmpty(b.in.Manifest.Options["split-date"], "a date")},
	} {
		var list []compare.Contrast
		untested := 0
		for _, c := range b.in.Result.Further {
			switch {
			case c.Family != f.id:
			case tested(c):
				list = append(list, c)
			default:
				untested++
			}
		}
		few := plural(untested, "difference") + " cannot be tested, as there are too few sentences or documents; each is in "
		switch {
		case len(list) > 0:
			var before []Block
			if untested > 0 {
				before = []Block{note(Text("Not shown: "+few), Code("scores.json"), Text("."))}
			}
			b.contrastRows(f.title, "What", f.title, before, list)
		case untested > 0:
			b.add(para(Text("~ "+f.title+": "+few), Code("scores.json"), Text(".")))
		}
	}
}

// what names a contrast in a table.
func (b *builder) what(c compare.Contrast) string {
	voice := func(id string) string {
		for _, v := range voicesInOrder() {
			if v.id == id {
				return strings.ToLower(v.title)
			}
		}
		return id
	}
	switch c.Family {
	case compare.ByRest:
		return b.w.label(c.A) + " less " + c.B + ": " + b.w.title(c.Target) + ", " + voice(c.Voice)
	case compare.ByVoice:
		return b.w.label(c.Source) + ": " + b.w.title(c.Target) + ", " + voice(c.A) + " less " + voice(c.B)
	case compare.ByTarget:
		return b.w.label(c.Source) + ": " + b.w.title(c.A) + " less " + b.w.title(c.B) + ", " + voice(c.Voice)
	case compare.ByDate:
		return b.w.label(c.Source) + ": " + b.w.title(c.Target) + ", " + c.A + " less " + c.B + ", " + voice(c.Voice)
	}
	return b.w.label(c.A) + " less " + b.w.label(c.B)
}

// glance is sources by targets in one voice.
func (b *builder) glance(voice string) {
	t := &Table{Caption: "Mean tone in own voice, by " + b.w.noun + " and target", Columns: []Column{{Title: upper(b.w.noun)}}}
	for _, target := range b.in.Targets {
		t.Columns = append(t.Columns, Column{Title: b.w.title(target.ID)})
	}
	for _, k := range b.w.keys[:min(len(b.w.keys), maxRows)] {
		row := [][]Inline{text1(b.w.label(k))}
		for _, target := range b.in.Targets {
			c, _ := b.w.cell(k, target.ID, voice)
			row = append(row, toneCell(c))
		}
		t.Rows = append(t.Rows, row)
	}
	b.add(t)
	b.beyond(len(b.w.keys), maxRows, b.w.noun, "scores.csv")
}

// toneCell is a tone in a table, which opens into its sentences: coloured where
// the data carry it, with the reason where they do not.
func toneCell(c compare.Cell) []Inline {
	f := unbroken(toneFigure(c))
	if c.Sentences == 0 {
		return text1(f.Value)
	}
	o := Opener{Number: Text(f.Value), Unit: key(c), Target: c.Target, Voice: c.Voice}
	if c.Voice == voiceAll {
		o.Voice = ""
	}
	if c.Carried {
		o.Number = Mark{Text: f.Value, Weight: c.Tone}
	}
	if f.Why == "" {
		return []Inline{o}
	}
	return []Inline{o, Text(" (" + f.Why + ")")}
}

// unbroken keeps a figure on one line.
func unbroken(f figure) figure {
	f.Value = strings.ReplaceAll(f.Value, " ", "\u00a0")
	return f
}

// cellTable is all cells of a voice, in a fold of its own.
func (b *builder) cellTable(v voice) {
	t := &Table{Caption: v.title + ", by target and " + b.w.noun,
		Columns: []Column{{Title: "Target"}, {Title: upper(b.w.noun)}, {Title: "Mean tone"}, {Title: "Shrunken"}, {"Detectable", Right},
			{"Sentences", Right}, {"Mentions", Right}, {"Documents", Right}, {Title: "Resampled"}, {"Notes", Center}}}
	var notes notes
	n := 0
	for _, target := range b.in.Targets {
		for _, k := range b.w.keys {
			c, ok := b.w.cell(k, target.ID, v.id)
			if !ok {
				continue
			}
			if n++; n > maxRows {
				continue
			}
			t.Rows = append(t.Rows, [][]Inline{text1(b.w.title(target.ID)), text1(b.w.label(k)), toneCell(c),
				text1(unbroken(shrunkenFigure(c)).Value), text1(detectable(c.Detectable)), text1(strconv.Itoa(c.Sentences)), text1(strconv.Itoa(c.Mentions)), text1(strconv.Itoa(c.Documents)), text1(strings.ReplaceAll(plural(c.Clusters, nonEmpty(c.Unit, "cluster")), " ", "\u00a0")),
				text1(notes.marks(c.Warnings))})
		}
	}
	if n == 0 {
		b.add(note(Text(v.title + ": no sentence.")))
		return
	}
	d := &Details{Summary: v.title + ": " + plural(n, "cell"), Blocks: []Block{t}}
	d.Blocks = append(d.Blocks, notes.blocks()...)
	if n > maxRows {
		d.Blocks = append(d.Blocks, note(Text(fmt.Sprintf("%d more %s in ", n-maxRows, things(n-maxRows, "cell"))), Code("scores.csv"), Text(".")))
	}
	b.add(d)
}

// notes are warnings under a table, each once, with a letter.
type notes []string

// marks are the letters of warnings.
func (n *notes) marks(warnings []string) string {
	var marks []string
	for _, w := range warnings {
		i := slices.Index(*n, w)
		if i < 0 {
			i = len(*n)
			*n = append(*n, w)
		}
		marks = append(marks, noteMark(i))
	}
	return strings.Join(marks, ", ")
}

// blocks are the notes as small print.
func (n notes) blocks() []Block {
	var out []Inline
	for i, text := range n {
		out = append(out, Strong(noteMark(i)), Text(" "+upper(clause(text))+". "))
	}
	if len(out) == 0 {
		return nil
	}
	return []Block{note(out...)}
}

// noteMark numbers the notes of a table with letters: a to z, then a2 to z2.
func noteMark(i int) string {
	mark := string(rune('a' + i%26))
	if i >= 26 {
		mark += strconv.Itoa(i/26 + 1)
	}
	return mark
}

// contrastTable is the contrasts over one target in one voice, and how many
// there are.
func (b *builder) contrastTable(v voice, target string) int {
	var pairs []compare.Contrast
	for _, c := range b.in.Result.Contrasts {
		if c.Target == target && c.Voice == v.id {
			pairs = append(pairs, c)
		}
	}
	if len(pairs) == 0 {
		return 0
	}
	title := b.w.title(target) + ", " + strings.ToLower(v.title)
	b.contrastRows(title+": differences between "+b.w.noun+"s", upper(b.w.noun)+"s", title, b.omnibus(v, target), pairs)
	return len(pairs)
}

// omnibus is the answer to the first question: whether the sources differ at
// all.
func (b *builder) omnibus(v voice, target string) []Block {
	for _, o := range b.in.Result.Omnibus {
		if o.Target != target || o.Voice != v.id {
			continue
		}
		text := "Whether the " + b.w.noun + "s differ at all: "
		switch {
		case !o.Tested:
			text += "not tested; " + clause(o.Reason)
		case o.Carried:
			text += "they do"
		default:
			text += "~ cannot be told; " + clause(o.Reason)
		}
		if o.Tested {
			text += fmt.Sprintf(" (permutation test over %s, p %s, Holm q over the targets %s)", counted(o.Sources, b.w.noun), below(o.P), below(o.Q))
		}
		return []Block{para(Text(text + "."))}
	}
	return nil
}

// pairsShown is how many contrasts a table has.
func (b *builder) pairsShown() int {
	return max(minPairs, min(maxPairs, allPairs/max(1, 3*len(b.in.Targets))))
}

// contrastRows is a table of contrasts in a fold, the surest first.
func (b *builder) contrastRows(caption, first, title string, before []Block, pairs []compare.Contrast) {
	slices.SortStableFunc(pairs, byStrength)
	t := &Table{Caption: caption,
		Columns: []Column{{Title: first}, {Title: "Difference"}, {"p", Right}, {"q (Holm)", Right}, {"q (BH)", Right},
			{Title: "Cliff's delta"}, {Title: "Hedges' g"}, {"Detectable", Right}, {Title: "What it is worth"}, {"Notes", Center}}}
	var notes notes
	carried, most := 0, b.pairsShown()
	for i, c := range pairs {
		if c.Carried {
			carried++
		}
		if i >= most {
			continue
		}
		f := unbroken(differenceFigure(c))
		value := text1(f.Value)
		worth := "Holds after correction"
		if c.Carried {
			value = []Inline{Strong(f.Value)}
		} else {
			worth = upper(f.Why)
		}
		p, q, bh := "–", "–", "–"
		if tested(c) {
			p, q, bh = probability(c.P), probability(c.Q), probability(c.QBH)
			how := plural(c.Permutations, "permutation")
			if c.Exact {
				how = "every permutation"
			}
			worth += ". Tested by " + how + " of " + things(2, nonEmpty(c.Unit, "cluster"))
		}
		g := "–"
		if c.Hedges != nil {
			g = effectFigure(c.Hedges.Value, c.Hedges.Low, c.Hedges.High, c.Carried)
		}
		t.Rows = append(t.Rows, [][]Inline{text1(b.what(c)), value, text1(p), text1(q), text1(bh),
			text1(effectFigure(c.Cliff, c.CliffLow, c.CliffHigh, c.Carried)), text1(g), text1(detectable(c.Detectable)),
			text1(worth + "."), text1(notes.marks(c.Warnings))})
	}
	hold := pick(carried, "1 holds", strconv.Itoa(carried)+" hold")
	if carried == 0 {
		hold = "none holds"
	}
	d := &Details{Summary: fmt.Sprintf("%s: %s, %s", title, plural(len(pairs), "difference"), hold),
		Blocks: append(append(before, Block(t)), notes.blocks()...)}
	if more := len(pairs) - most; more > 0 {
		d.Blocks = append(d.Blocks, note(Text(fmt.Sprintf("%d more %s in ", more, things(more, "pair"))), Code("scores.json"), Text(".")))
	}
	b.add(d)
}

// second is the second opinion.
func (b *builder) second() {
	s := b.in.Second
	if s == nil {
		return
	}
	b.heading(2, "second", "A second opinion")
	name := nonEmpty(s.Name, "The second classifier")
	if s.N == 0 {
		b.add(para(Text(name + " scored none of these sentences, so there is no agreement to report.")))
		return
	}
	b.add(para(Text("The same "+plural(s.N, "sentence")+" were also scored by "), Code(name),
		Text(", a naive Bayes classifier trained on film reviews. It sees no targets, no voices and no grammar: it says whether a sentence sounds like praise or like a pan. "+
			"It is here because it was made by others from other data, not because it is right.")))
	b.add(para(Text("Spearman's rank correlation between the two is "), Strong(agreement(s.Spearman)),
		Text(" and Cohen's kappa between their signs "), Strong(agreement(s.Kappa)),
		Text(", "+kappaWord(s.Kappa)+" in the words of Landis and Koch (1977). Both describe these sentences only; no interval is given because none is claimed beyond them. "+
			"Low agreement is what one expects where a sentence about a catastrophe is neutral toward the actor it names; high agreement would say that targets and voices matter little here.")))
	if s.Note != "" {
		b.add(note(Text(s.Note)))
	}
}

func agreement(v float64) string { return signed(v) }

// kappaWord is the word of Landis and Koch, "The measurement of observer
// agreement for categorical data", Biometrics 33 (1977), p. 165.
func kappaWord(k float64) string {
	switch {
	case !(k >= -1 && k <= 1):
		return "which has no word"
	case k < 0:
		return "“poor”"
	case k <= 0.20:
		return "“slight”"
	case k <= 0.40:
		return "“fair”"
	case k <= 0.60:
		return "“moderate”"
	case k <= 0.80:
		return "“substantial”"
	}
	return "“almost perfect”"
}

func (b *builder) method() {
	b.heading(2, "method", "Method")
	level := percent(b.in.Manifest.Level)
	b.add(&List{Items: [][]Inline{
		{Strong("Text."), Text(" Of each page only the article is read; navigation, captions and adverts are set aside and listed below.")},
		{Strong("Mentions."), Text(" A target is found by the names, abbreviations, demonyms, capitals and office holders in the targets file; the longest name wins, and ambiguous names count only where the article settles them.")},
		{Strong("Voices."), Text(" A stretch in quotation marks, or reported with a verb of saying, belongs to the one who speaks it. What a source quotes is never counted as its own.")},
		{Strong("Tone."), Text(" A word weighs on the target by where it stands to it and by what it does there: for the one who acts, the one acted upon, the one of whom it is said. Names weigh nothing. The weights come from tables made by hand and from one learned from labelled news; negation turns them, modifiers strengthen or soften them. Their sum gives the probabilities of an unfavourable, a neutral and a favourable reading, for states more cautiously than for people, because news names states oftener than it judges them. " +
			"Tone is the probability of a favourable reading less that of an unfavourable one, between −1 and +1.")},
		{Strong("Cells."), Text(" The tone of a " + b.w.noun + " toward a target is the mean over its sentences that mention the target, counted separately for its own voice and for those it quotes.")},
		{Strong("Intervals."), Text(" The " + level + "\u00a0% interval is a bootstrap: sentences of one article are not independent, so whole documents are drawn again with replacement, or paragraphs where there is one document. The table of cells names which. "), Text("The command "), Code("parallax selftest"), Text(" holds intervals and tests against simulated sources whose truth is known.")},
		{Strong("Differences."), Text(" First it is asked whether the " + b.w.noun + "s differ at all over a target, then which. A difference between two " + b.w.noun + "s is tested by exchanging their documents, or paragraphs where each has one document, at random or in every possible way, and asking how often chance gives as large a one, measured in its own standard error. Holm's method corrects for the number of pairs. A difference holds where the test finds it and its interval leaves zero out; where only the test does, it is a borderline case, and is not carried.")},
	}})
}

func (b *builder) limitations() {
	b.heading(2, "limitations", "Limitations")
	items := [][]Inline{
		text1("The lexicon reads words, not the world: irony, allusion, and what is left unsaid escape it. The evidence shows what it did read; judge it there."),
		text1("Tone is not accuracy. A sentence that reports a crime is unfavourable to who committed it, whether or not it is true and fair."),
		text1("The choice of topics and of pictures frames an actor as well, and is not visible here. Of headlines, placement and whom a source quotes only how often is counted."),
		text1("Where a source is one article, its interval says how sure the tone of that article is, as if its paragraphs were drawn from more of the same; it says nothing of the outlet's other articles."),
		text1("Articles of different years speak of different events; a difference between them is not only one of outlets."),
	}
	if b.in.Robustness == nil {
		items = append(items, []Inline{Text("All numbers hang on one set of choices, such as the scorer and which mentions count. How far the findings hold under others, "),
			Code("compare --robustness"), Text(" says.")})
	}
	b.add(&List{Items: items})
}

// limits are what of a large comparison was not computed or drawn.
func (b *builder) limits() {
	all := slices.Clone(b.in.Result.Limits)
	if b.in.Attention != nil {
		all = append(all, b.in.Attention.Limits...)
	}
	if b.in.Topics != nil {
		all = append(all, b.in.Topics.Limits...)
	}
	names := map[string]string{
		compare.BySource: "differences between " + b.w.noun + "s", compare.ByTarget: "differences between targets", compare.ByRest: "differences from the rest",
		compare.LimitAttention: "differences in attention", compare.LimitTopics: "differences adjusted for topic",
	}
	for _, l := range all {
		b.add(para(Text(fmt.Sprintf("Of %d %s, %d were computed: those between the %d with most sentences, of each target and voice by itself. Which these are hangs on counts alone, and not on tones.",
			l.Of, names[l.Family], l.Pairs, l.Most))))
	}
	if len(b.in.Undrawn) > 0 {
		b.add(para(Text("Too large to be drawn: " + strings.Join(b.in.Undrawn, ", ") + ". What they would show is in scores.json.")))
	}
}

// leftOut is what was not counted, and why.
func (b *builder) leftOut() {
	b.heading(2, "left-out", "What was left out")
	if len(b.in.Skipped) == 0 {
		b.add(para(Text("No input was skipped.")))
	} else {
		b.add(para(Text(upper(counted(len(b.in.Skipped), "input")) + " could not be used: " + reasons(b.in.Skipped, func(s corpus.Skipped) string { return s.Reason }) + ".")))
		list := &List{}
		for _, s := range b.in.Skipped[:min(len(b.in.Skipped), maxRows)] {
			place := s.Path
			if s.Line > 0 {
				place += ":" + strconv.Itoa(s.Line)
			}
			list.Items = append(list.Items, []Inline{Code(place), Text(": " + s.Reason)})
		}
		if n := len(b.in.Skipped) - maxRows; n > 0 {
			list.Items = append(list.Items, text1(count(n)+" more, in scores.json"))
		}
		b.add(&Details{Summary: "Skipped inputs", Blocks: []Block{list}})
	}

	b.limits()
	_, mentioning := b.mentioning()
	var without []string
	var dropped []corpus.Dropped
	for _, d := range b.in.Documents {
		dropped = append(dropped, d.Dropped...)
		if mentioning[d.ID] == 0 {
			without = append(without, d.ID)
		}
	}
	if len(without) > 0 {
		list := &List{}
		for _, id := range without {
			list.Items = append(list.Items, []Inline{Code(id)})
		}
		b.add(&Details{Summary: upper(counted(len(without), "article")) + " without a mention of a target", Blocks: []Block{list}})
	}
	if len(dropped) == 0 {
		b.add(para(Text("All text of the pages was read as article.")))
	} else {
		b.add(para(Text(upper(counted(len(dropped), "stretch")+" of the pages "+pick(len(dropped), "is", "are")+" not the article's and "+pick(len(dropped), "was", "were")+
			" not scored: "+reasons(dropped, func(d corpus.Dropped) string { return string(d.Reason) })) + ".")))
	}
	for _, d := range b.in.Documents {
		if len(d.Dropped) == 0 && len(d.Notes) == 0 {
			continue
		}
		list := &List{}
		for _, n := range d.Notes {
			list.Items = append(list.Items, text1(n))
		}
		for _, x := range d.Dropped {
			text := "(outside the text)"
			if spans(d.Text, x.Start, x.End) {
				text = excerpt(d.Text[x.Start:x.End])
			}
			list.Items = append(list.Items, []Inline{Emph(string(x.Reason)), Text(": " + text)})
		}
		b.add(&Details{Summary: d.ID + ": " + plural(len(d.Dropped), "stretch") + " dropped" + notesCount(len(d.Notes)), Blocks: []Block{list}})
	}
}

func notesCount(n int) string {
	if n == 0 {
		return ""
	}
	return ", " + plural(n, "note") + " on reading"
}

// excerptLength is how many characters of a dropped stretch are shown: enough
// to see what it was.
const excerptLength = 120

func excerpt(s string) string {
	s = strings.TrimSpace(fold(s))
	n := 0
	for i := range s {
		if n++; n > excerptLength {
			return strings.TrimRight(s[:i], " ") + " …"
		}
	}
	return s
}

// reasons counts things by their reason, the most frequent first.
func reasons[T any](things []T, reason func(T) string) string {
	n := map[string]int{}
	for _, t := range things {
		n[reason(t)]++
	}
	keys := slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = nonEmpty(k, "no reason given") + " (" + strconv.Itoa(n[k]) + ")"
	}
	return strings.Join(parts, ", ")
}

// manifest is what it takes to make the report again; a file has all of it.
func (b *builder) manifest(file string) {
	m := b.in.Manifest
	b.heading(2, "manifest", "Manifest")
	b.add(para(Text("What it takes to make this report again, byte for byte.")))
	t := &Table{Caption: "Versions and options", Columns: []Column{{Title: "What"}, {Title: "Value"}}}
	row := func(what, value string) {
		cell := []Inline{Code(value)}
		if value == "" {
			cell = text1("–")
		}
		t.Rows = append(t.Rows, [][]Inline{text1(what), cell})
	}
	row("Program", strings.TrimSpace(m.Program+" "+m.Version))
	row("Lexicon", m.Lexicon)
	row("Lexicon digest", m.LexiconDigest)
	row("Weights", m.Weights)
	row("Weights digest", m.WeightsDigest)
	row("Targets digest", m.TargetsDigest)
	row("Seed", strconv.FormatUint(m.Seed, 10))
	row("Interval level", percent(m.Level)+" %")
	for _, name := range slices.Sorted(maps.Keys(m.Options)) {
		row("Option "+name, m.Options[name])
	}
	b.add(t)
	if len(m.Inputs) == 0 {
		return
	}
	files := &Table{Caption: "Inputs", Columns: []Column{{Title: "Document"}, {Title: "File"}, {Title: "SHA-256"}}}
	for _, f := range m.Inputs[:min(len(m.Inputs), maxRows)] {
		files.Rows = append(files.Rows, [][]Inline{text1(f.Document), {Code(f.Path)}, {Code(f.SHA256)}})
	}
	d := &Details{Summary: plural(len(m.Inputs), "input") + " with digests", Blocks: []Block{files}}
	if n := len(m.Inputs) - maxRows; n > 0 {
		d.Blocks = append(d.Blocks, note(Text(strconv.Itoa(n)+" more in "), Code(file), Text(".")))
	}
	b.add(d)
}

// text1 is a cell, or an item, of plain text.
func text1(s string) []Inline { return []Inline{Text(s)} }
