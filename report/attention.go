package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"parallax/analysis/compare"
)

// maxHolders is how many of those who are quoted have a column: what a table
// holds beside names.
const maxHolders = 6

// maxAttention is how many differences in one measure have a sentence.
const maxAttention = 4

// attentionMeasure is a measure with what it is called at the head of a column
// and within a sentence.
type attentionMeasure struct {
	id          compare.AttentionMeasure
	head, prose string
}

// attentionMeasures are those of a row of the table.
func attentionMeasures() []attentionMeasure {
	return []attentionMeasure{
		{compare.AttentionShare, "Share", "shares of sentences"},
		{compare.AttentionTitle, "Titles", "titles"},
		{compare.AttentionLead, "First paragraphs", "first paragraphs"},
		{compare.AttentionFirst, "First mention", "places of first mentions"},
		{compare.AttentionQuoted, "Quoted", "what is quoted"},
	}
}

// shareFigure prints a share with its interval: "53 % [39, 66]", marked where
// there is too little to say so.
func shareFigure(e compare.AttentionEstimate) figure {
	f := figure{Value: fmt.Sprintf("%s %% [%s, %s]", hundredths(e.Value), hundredths(e.Low), hundredths(e.High))}
	yesOrNo := e.Measure == compare.AttentionTitle || e.Measure == compare.AttentionLead
	switch {
	case e.N == 1 && yesOrNo:
		f.Value = "no"
		if e.Value > 0 {
			f.Value = "yes"
		}
	case e.N == 1 && e.Measure == compare.AttentionFirst:
		f.Value = hundredths(e.Value) + " %"
	}
	if !e.Carried {
		f.Value = "~ " + f.Value
		f.Why = "too little to tell from"
		if len(e.Warnings) > 0 {
			f.Why = clause(e.Warnings[0])
		}
	}
	return unbroken(f)
}

// hundredths prints a share in per cent, without a decimal. What is not 0 or 1
// does not look so.
func hundredths(v float64) string {
	switch n := math.Round(100 * v); {
	case math.IsNaN(v):
		return "not defined"
	case n <= 0 && v > 0:
		return "<1"
	case n >= 100 && v < 1:
		return ">99"
	default:
		return strconv.FormatFloat(n, 'f', 0, 64)
	}
}

// attentionKey names an estimate.
type attentionKey struct {
	measure                compare.AttentionMeasure
	source, target, holder string
}

func (b *builder) attended() map[attentionKey]compare.AttentionEstimate {
	out := map[attentionKey]compare.AttentionEstimate{}
	for _, e := range b.in.Attention.Estimates {
		out[attentionKey{e.Measure, e.Source, e.Target, e.Holder}] = e
	}
	return out
}

// attention is the section on what the sources attend to, and whom they quote.
// It is left out where that was not counted.
func (b *builder) attention() {
	if b.in.Attention == nil || len(b.in.Attention.Estimates) == 0 {
		return
	}
	level := percent(b.in.Manifest.Level)
	b.heading(2, "attention", "Who gets attention")
	b.add(para(Text("How much a "+b.w.noun+" speaks of a target, where, and in whose voice, frames it too, whatever the tone. "+
		"Share: of the "+b.w.noun+"’s sentences that mention targets, counted once for each target in them, those that mention this one. "+
		"Titles and first paragraphs: of its articles, those whose title or first paragraph names the target. "+
		"First mention: where in its articles the first mention stands on average, from 0\u00a0%, the first sentence under the title, to 100\u00a0%, the last. "+
		"Quoted: of its sentences on the target, those in a quoted voice. In brackets "+level+"\u00a0% intervals; "),
		Strong("~"), Text(" marks what there is too little to tell from, as of titles where a source is a single article.")))
	b.chartsOf("attention")
	if list := b.attentionFindings(); len(list.Items) > 0 {
		b.add(list)
	}
	estimates := b.attended()
	b.attentionTable(estimates)
	b.holders(estimates)
	for _, m := range attentionMeasures() {
		b.attentionContrasts(m)
	}
}

// attentionTable is one row for each source and target.
func (b *builder) attentionTable(estimates map[attentionKey]compare.AttentionEstimate) {
	t := &Table{Caption: "Attention, by target and " + b.w.noun, Columns: []Column{{Title: "Target"}, {Title: upper(b.w.noun)}}}
	for _, m := range attentionMeasures() {
		t.Columns = append(t.Columns, Column{Title: m.head})
	}
	t.Columns = append(t.Columns, Column{"Sentences", Right}, Column{"Notes", Center})
	var notes notes
	rows := 0
	for _, target := range b.in.Targets {
		for _, k := range b.w.keys {
			share, ok := estimates[attentionKey{compare.AttentionShare, k, target.ID, ""}]
			if !ok {
				continue
			}
			if rows++; rows > maxRows {
				continue
			}
			row := [][]Inline{text1(b.w.title(target.ID)), text1(b.w.label(k))}
			var warnings []string
			for _, m := range attentionMeasures() {
				e, ok := estimates[attentionKey{m.id, k, target.ID, ""}]
				if !ok {
					row = append(row, text1("–"))
					continue
				}
				row = append(row, text1(shareFigure(e).Value))
				if e.N > 1 {
					warnings = append(warnings, e.Warnings...)
				}
			}
			slices.Sort(warnings)
			row = append(row, text1(strconv.Itoa(int(math.Round(share.Value*float64(share.N))))), text1(notes.marks(slices.Compact(warnings))))
			t.Rows = append(t.Rows, row)
		}
	}
	b.add(t)
	b.add(notes.blocks()...)
	b.beyond(rows, maxRows, "row", "scores.json")
}

// holders is the table of who is quoted about whom.
func (b *builder) holders(estimates map[attentionKey]compare.AttentionEstimate) {
	spoken := map[string]float64{}
	for k, e := range estimates {
		if k.measure == compare.AttentionHolder && k.target == "" {
			spoken[k.holder] += math.Round(e.Value * float64(e.N))
		}
	}
	var who []string
	for _, t := range b.in.Targets {
		if spoken[t.ID] > 0 {
			who = append(who, t.ID)
		}
	}
	slices.SortStableFunc(who, func(x, y string) int { return cmp.Compare(spoken[y], spoken[x]) })
	more := max(0, len(who)-maxHolders)
	who = append(who[:len(who)-more], compare.AttentionOthers)

	t := &Table{Caption: "Of the quoted sentences on a target, those that each holder speaks", Columns: []Column{{Title: upper(b.w.noun)}, {Title: "On"}, {"Quoted", Right}}}
	for _, h := range who {
		name := "Others"
		if h != compare.AttentionOthers {
			name = upper(b.w.title(h))
		}
		t.Columns = append(t.Columns, Column{name, Right})
	}
	rows := 0
	for _, k := range b.w.keys {
		for _, target := range append([]TargetInfo{{ID: ""}}, b.in.Targets...) {
			about := "all targets"
			if target.ID != "" {
				about = b.w.title(target.ID)
			}
			row, n := [][]Inline{text1(b.w.label(k)), text1(about), nil}, 0
			for _, h := range who {
				e, ok := estimates[attentionKey{compare.AttentionHolder, k, target.ID, h}]
				if !ok {
					row = append(row, text1("–"))
					continue
				}
				row, n = append(row, text1(shareFigure(e).Value)), e.N
			}
			if n == 0 {
				continue
			}
			if rows++; rows <= maxRows {
				row[2] = text1(strconv.Itoa(n))
				t.Rows = append(t.Rows, row)
			}
		}
	}
	if rows == 0 {
		return
	}
	d := &Details{Summary: "Who is quoted about whom", Blocks: []Block{
		para(Text("A target holds the voice where it, its people or its leaders are quoted; all other people and bodies, named or not, are others.")), t}}
	if beyond := rows - maxRows; beyond > 0 || more > 0 {
		d.Blocks = append(d.Blocks, note(Text(fmt.Sprintf("%s more and %s more are in ", plural(max(0, beyond), "row"), plural(more, "holder"))), Code("scores.json"), Text(".")))
	}
	b.add(d)
}

// attentionContrasts is a fold with the differences in one measure.
func (b *builder) attentionContrasts(m attentionMeasure) {
	list, untested := b.attentionPairs(m.id)
	if len(list) == 0 {
		return
	}
	t := &Table{Caption: upper(m.prose) + ": differences between " + b.w.noun + "s, in percentage points", Columns: []Column{{Title: "What"}, {Title: "Difference"},
		{"p", Right}, {"q (Holm)", Right}, {"q (BH)", Right}, {Title: "What it is worth"}, {"Notes", Center}}}
	var notes notes
	carried := 0
	for i, c := range list {
		if c.Carried {
			carried++
		}
		if i >= maxPairs {
			continue
		}
		value, worth := text1("~ "+points(c.Difference)+" ["+points(c.Low)+", "+points(c.High)+"]"), upper(clause(c.Reason))
		if c.Carried {
			value, worth = []Inline{Strong(points(c.Difference) + " [" + points(c.Low) + ", " + points(c.High) + "]")}, "Holds after correction"
		}
		t.Rows = append(t.Rows, [][]Inline{text1(b.w.label(c.A) + " less " + b.w.label(c.B) + ": " + b.w.title(c.Target)), value,
			text1(probability(c.P)), text1(probability(c.Q)), text1(probability(c.QBH)),
			text1(worth + ". Tested by " + plural(c.Permutations, "permutation") + " of " + things(2, c.Unit) + "."), text1(notes.marks(c.Warnings))})
	}
	hold := pick(carried, "1 holds", strconv.Itoa(carried)+" hold")
	if carried == 0 {
		hold = "none holds"
	}
	d := &Details{Summary: fmt.Sprintf("%s: %s, %s", upper(m.prose), plural(len(list), "difference"), hold), Blocks: append([]Block{t}, notes.blocks()...)}
	if n := untested + max(0, len(list)-maxPairs); n > 0 {
		d.Blocks = append(d.Blocks, note(Text(fmt.Sprintf("%d more %s in ", n, things(n, "pair"))), Code("scores.json"), Text(".")))
	}
	b.add(d)
}

// points prints a difference of shares in percentage points.
func points(v float64) string {
	s := hundredths(math.Abs(v))
	switch {
	case s == "0":
		return s
	case v < 0:
		return "−" + s
	}
	return "+" + s
}

// attentionPairs are the tested differences in a measure: those that hold first,
// then the surer; and how many could not be tested.
func (b *builder) attentionPairs(m compare.AttentionMeasure) (list []compare.AttentionContrast, untested int) {
	for _, c := range b.in.Attention.Contrasts {
		switch {
		case c.Measure != m:
		case c.Permutations > 0:
			list = append(list, c)
		default:
			untested++
		}
	}
	slices.SortStableFunc(list, func(x, y compare.AttentionContrast) int {
		if x.Carried != y.Carried {
			if x.Carried {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(x.Q, y.Q), cmp.Compare(math.Abs(y.Difference), math.Abs(x.Difference)))
	})
	return list, untested
}

// attentionFindings are the sentences that the data carry, measure by measure,
// and then which measures show none.
func (b *builder) attentionFindings() *List {
	out := &List{}
	estimates := b.attended()
	var none, open []string
	for _, m := range attentionMeasures() {
		list, untested := b.attentionPairs(m.id)
		carried := 0
		for _, c := range list {
			if !c.Carried {
				break
			}
			if carried++; carried <= maxAttention {
				out.Items = append(out.Items, b.attentionClaim(c, estimates))
			}
		}
		if more := carried - maxAttention; more > 0 {
			out.Items = append(out.Items, text1(fmt.Sprintf("%s more %s in %s %s.", upper(count(more)), things(more, "difference"), m.prose, pick(more, "holds", "hold"))))
		}
		switch {
		case len(list) == 0 && untested == 0:
		case len(list) == 0:
			open = append(open, m.prose)
		case carried == 0:
			none = append(none, m.prose)
		}
	}
	if len(none) > 0 {
		out.Items = append(out.Items, text1("No difference between two "+b.w.noun+"s in "+join(none)+" holds after correction for their number."))
	}
	if len(open) > 0 {
		out.Items = append(out.Items, text1("Differences in "+join(open)+" cannot be tested: there are too few articles."))
	}
	return out
}

// attentionClaim is a difference that the data carry, as a sentence.
func (b *builder) attentionClaim(c compare.AttentionContrast, estimates map[attentionKey]compare.AttentionEstimate) []Inline {
	if (c.Difference < 0) != (c.Measure == compare.AttentionFirst) { // the earlier is more
		c.A, c.B, c.Low, c.High, c.Difference = c.B, c.A, -c.High, -c.Low, -c.Difference
	}
	value := func(source string) string {
		return hundredths(estimates[attentionKey{c.Measure, source, c.Target, ""}].Value) + "\u00a0%"
	}
	low, high := c.Low, c.High
	if c.Measure == compare.AttentionFirst {
		low, high = -high, -low
	}
	a, o, t := b.w.prose(c.A), b.w.prose(c.B), b.w.target(c.Target)
	figures := fmt.Sprintf(" (difference in points %s, %s\u00a0%% interval %s to %s, Holm q %s).", strings.TrimPrefix(points(math.Abs(c.Difference)), "+"),
		percent(b.in.Manifest.Level), strings.TrimPrefix(points(low), "+"), strings.TrimPrefix(points(high), "+"), below(c.Q))
	var head, rest string
	switch c.Measure {
	case compare.AttentionShare:
		head = upper(a) + " gives " + t + " more of its attention than " + o + " does"
		rest = ": " + value(c.A) + " of its sentences on targets are on it, against " + value(c.B)
	case compare.AttentionTitle:
		head = upper(t) + " stands in more titles of " + a + " than of " + o
		rest = ": " + value(c.A) + " against " + value(c.B)
	case compare.AttentionLead:
		head = upper(t) + " stands in more first paragraphs of " + a + " than of " + o
		rest = ": " + value(c.A) + " against " + value(c.B)
	case compare.AttentionFirst:
		head = upper(a) + " comes to " + t + " earlier than " + o + " does"
		rest = ": on average after " + value(c.A) + " of an article that mentions it, against " + value(c.B)
	case compare.AttentionQuoted:
		head = "More of what " + a + " says of " + t + " is quoted than of what " + o + " says"
		rest = ": " + value(c.A) + " of the sentences, against " + value(c.B)
	}
	return []Inline{Strong(head), Text(rest + figures)}
}

// AttentionTitle says the surest difference in one of some measures that the
// data carry, the first measure that has one, for the chart of them.
func AttentionTitle(in Input, measures ...compare.AttentionMeasure) string {
	b := &builder{in: in, w: newWriter(in)}
	for _, m := range measures {
		if in.Attention == nil {
			break
		}
		if list, _ := b.attentionPairs(m); len(list) > 0 && list[0].Carried {
			head, _ := b.attentionClaim(list[0], b.attended())[0].(Strong)
			return string(head)
		}
	}
	what := "the attention that " + b.w.noun + "s pay to targets"
	if slices.Contains(measures, compare.AttentionTitle) {
		what = "how prominent targets are"
	}
	return "~ No difference in " + what + " is carried by these data"
}
