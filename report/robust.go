package report

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"parallax/analysis/compare"
	"parallax/analysis/corpus"
)

// Robustness is a comparison under many specifications.
type Robustness struct {
	Input                    // without result
	compare.Curves           // of the cells and contrasts
	About          []string  // what each choice is about, in the order of Choices
	Drawn          []Drawing // charts of curves
}

// Drawing is the chart of a curve, in every form that it is kept in.
type Drawing struct {
	ChartImage
	Contrast int // number in Curves.Contrasts
}

// WriteRobustness writes robustness.md, robustness.json and, where there are
// charts, the folder charts into dir: all or nothing, as [WriteAll] does.
func WriteRobustness(dir string, r Robustness) error {
	var charts []outputFile
	for _, d := range r.Drawn {
		charts = append(charts, outputFile{d.Path, bytesOf(d.PNG)})
		if d.SVG != nil {
			charts = append(charts, outputFile{strings.TrimSuffix(d.Path, ".png") + ".svg", bytesOf(d.SVG)})
		}
	}
	doc := BuildRobustness(r)
	return writeFolder(dir, charts, func(string) []outputFile {
		return []outputFile{
			{"robustness.json", func(w io.Writer) error { return WriteRobustnessJSON(w, r) }},
			{"robustness.md", func(w io.Writer) error { return Markdown(w, doc) }},
		}
	}, nil)
}

// WriteRobustnessJSON writes robustness.json: manifest, choices, specifications,
// and every cell and contrast under each of them.
func WriteRobustnessJSON(w io.Writer, r Robustness) error {
	out := struct {
		Schema   int      `json:"schema"`
		Manifest Manifest `json:"manifest"`
		compare.Curves
		Skipped []corpus.Skipped `json:"skipped"`
	}{schema, r.Manifest, r.Curves, filled(r.Skipped)}
	out.Manifest.Inputs = filled(r.Manifest.Inputs)
	if out.Manifest.Level == 0 {
		out.Manifest.Level = 0.95
	}
	out.Contrasts, out.Cells = filled(r.Contrasts), filled(r.Cells)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("writing robustness: %w", err)
	}
	return nil
}

// WriteRobustnessCSV writes one row for each cell and contrast under each
// specification, the lowest value first. The text of cells is guarded as in
// [WriteCSV].
func WriteRobustnessCSV(w io.Writer, r Robustness) error {
	out := csv.NewWriter(w)
	head := []string{"target", "a", "b"}
	for _, c := range r.Choices {
		head = append(head, c.Name)
	}
	rows := [][]string{append(head, "usual", "value", "low", "high", "sentences", "carried")}
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	for _, c := range slices.Concat(r.Contrasts, r.Cells) {
		for i, p := range c.Points {
			row := []string{inert(c.Target), inert(c.A), inert(c.B)}
			for k, option := range r.Specifications[p.Specification] {
				row = append(row, r.Choices[k].Options[option])
			}
			rows = append(rows, append(row, strconv.FormatBool(i == c.Usual), number(p.Value), number(p.Low), number(p.High),
				strconv.Itoa(p.Sentences), strconv.FormatBool(p.Carried)))
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("writing robustness: %w", err)
	}
	return nil
}

// Holds says under how many specifications a curve's sign holds, and under how
// many it is carried: "the sign holds in 34 of 36 specifications, carried in 12".
func Holds(c compare.Curve) string {
	n := len(c.Points)
	if c.Sign == 0 {
		return fmt.Sprintf("exactly zero in %d of %d specifications", c.Keep, n)
	}
	s := fmt.Sprintf("the sign holds in %d of %d specifications", c.Keep, n)
	switch {
	case c.Carried == 0:
		s += ", carried in none"
	default:
		s += fmt.Sprintf(", carried in %d", c.Carried)
	}
	if c.Opposite > 0 {
		s += fmt.Sprintf(", and carried with the other sign in %d", c.Opposite)
	}
	return s
}

// PointText prints an estimate under one specification with its interval, and a
// tilde where the data do not carry it.
func PointText(p compare.CurvePoint) string {
	return effectFigure(p.Value, p.Low, p.High, p.Carried)
}

// JointText says what the joint test of a contrast found.
func JointText(j *compare.Joint) string {
	switch {
	case j == nil:
		return "–"
	case j.Carried:
		return probability(j.Q)
	}
	return "~\u00a0" + probability(j.Q)
}

// CurveTitle is the finding of a contrast: who is the more favourable where that is
// firm, and else no more than how far the sign holds.
func (r Robustness) CurveTitle(c compare.Curve) string {
	n := newNames(r.Input)
	if !Firm(c) {
		return n.listed(c.A) + " and " + n.listed(c.B) + " on " + n.target(c.Target) + ": " + Holds(c)
	}
	how := "more"
	if c.Sign < 0 {
		how = "less"
	}
	return upper(n.prose(c.A)) + " frames " + n.target(c.Target) + " " + how + " favourably than " + n.prose(c.B) + " does: " + Holds(c)
}

// Side says what a value above or below zero means: "DW is more favourable".
func (r Robustness) Side(c compare.Curve, above bool) string {
	how := "less"
	if above {
		how = "more"
	}
	return newNames(r.Input).label(c.A) + " is the " + how + " favourable"
}

// MatterText says which choices matter, that which changes most first.
func (r Robustness) MatterText() string {
	effects := slices.DeleteFunc(slices.Clone(r.Effects), func(e compare.ChoiceEffect) bool { return e.Pairs == 0 })
	slices.SortStableFunc(effects, func(a, b compare.ChoiceEffect) int { return cmp.Compare(b.Change, a.Change) })
	var parts []string
	for _, e := range effects {
		turns := "the sign changes in " + share(e.Signs, e.Pairs)
		if e.Signs == 0 {
			turns = "the sign never changes"
		}
		parts = append(parts, fmt.Sprintf("%s %s (%s)", e.Choice, magnitude(e.Change), turns))
	}
	return strings.Join(parts, ", ")
}

// share is a part of a whole in per cent.
func share(part, whole int) string {
	switch p := 100 * float64(part) / float64(whole); {
	case part == 0:
		return "none"
	case p < 1:
		return "under 1\u00a0%"
	default:
		return fmt.Sprintf("%.0f\u00a0%%", p)
	}
}

// Ranked are the contrasts that say most: carried under most specifications, and
// of equals those that differ most. Only those that some specification carries,
// or all where none does.
func (r Robustness) Ranked() []int {
	var order []int
	for i, c := range r.Contrasts {
		if c.Carried+c.Opposite > 0 {
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		for i := range r.Contrasts {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := r.Contrasts[i], r.Contrasts[j]
		return cmp.Or(b.Carried+b.Opposite-a.Carried-a.Opposite, cmp.Compare(math.Abs(b.Median), math.Abs(a.Median)))
	})
	return order
}

// Firm reports whether a contrast has one sign under every specification, and is
// carried under more than half of them.
func Firm(c compare.Curve) bool {
	return c.Sign != 0 && c.Keep == len(c.Points) && 2*c.Carried > len(c.Points)
}

// Headline is what holds, in sentences.
func (r Robustness) Headline() string {
	if len(r.Cells) == 0 {
		return "Nothing to compare: no source mentions a target."
	}
	text := fmt.Sprintf("Under %s, %s.", plural(len(r.Specifications), "specification"), standing(r.Cells, "lean", "leans", "of a source towards a target"))
	if len(r.Contrasts) > 0 {
		text += " " + upper(standing(r.Contrasts, "difference", "differences", "between sources")) + "."
	}
	return text
}

// standing says how many of some curves hold.
func standing(all []compare.Curve, one, many, of string) string {
	var sign, firm, usual, kept int
	for _, c := range all {
		if c.Sign != 0 && c.Keep == len(c.Points) {
			sign++
		}
		if Firm(c) {
			firm++
		}
		if c.Usual >= 0 && c.Points[c.Usual].Carried {
			usual++
			if Firm(c) {
				kept++
			}
		}
	}
	s := fmt.Sprintf("of %d %s %s, %s the sign throughout, and %s carried in more than half besides", len(all), pick(len(all), one, many), of,
		plainly(sign, "keeps", "keep"), plainly(firm, "is", "are"))
	switch {
	case usual == 0:
		return s + "; the usual specification carries none"
	case usual == 1 && kept == 1:
		return s + "; the one that the usual specification carries is among these"
	case usual == kept:
		return s + fmt.Sprintf("; the %s that the usual specification carries are among these", count(usual))
	}
	return s + fmt.Sprintf("; the usual specification carries %s, of which %s among these", count(usual), plainly(kept, "is", "are"))
}

// plainly is a number with its verb: "none is", "one is", "two are".
func plainly(n int, one, many string) string {
	if n == 0 {
		return "none " + one
	}
	return count(n) + " " + pick(n, one, many)
}

// BuildRobustness is the report of a comparison under many specifications.
func BuildRobustness(r Robustness) *Document {
	b := &builder{in: r.Input, w: newWriter(r.Input)}
	b.doc.Title = "How far the findings hang on the analysis"
	b.add(&Paragraph{Role: Lead, Inline: []Inline{Strong(r.Headline())}})
	b.varied(r)
	b.heading(2, "holds", "What holds")
	b.curvesMean()
	for _, t := range r.Targets {
		b.curves(r, t.ID)
	}
	b.matters(r)
	b.drawn(r)
	b.robustMethod(r)
	b.manifest("robustness.json")
	return &b.doc
}

// robustness is the section of a comparison that was made under many
// specifications besides.
func (b *builder) robustness() {
	if b.in.Robustness == nil {
		return
	}
	r := *b.in.Robustness
	b.heading(2, "robustness", "Under other choices")
	b.add(para(Text("The same articles were scored and compared under every combination of choices of method that could be defended, in place of the usual one that the rest of this report is about. " + r.Headline())))
	if text := r.MatterText(); text != "" {
		b.add(para(Text("Which choice matters most, by the mean change of a difference between two sources: " + text + ".")))
	}
	for _, fold := range []struct {
		summary string
		blocks  func(*builder)
	}{
		{"What was varied", func(x *builder) { x.choices(r) }},
		{"What holds: tones and differences under " + plural(len(r.Specifications), "specification"), func(x *builder) {
			x.curvesMean()
			for _, t := range r.Targets {
				x.curves(r, t.ID)
			}
		}},
		{"What hangs on each choice", func(x *builder) { x.effects(r) }},
	} {
		inner := &builder{in: b.in, w: b.w}
		fold.blocks(inner)
		b.add(&Details{Summary: fold.summary, Blocks: inner.doc.Blocks})
	}
	b.add(note(Text("Charts of the curves, and every number under every specification, come from "), Code("parallax robustness"), Text(".")))
}

// curvesMean says what stands in the tables of curves.
func (b *builder) curvesMean() {
	b.add(para(Text("Tones are means over sentences; each difference is that of two mean tones, the first source less the second. " +
		"Specifications are counted that have sentences to go by: of some sources others have none. The sign is that of the usual specification, or of the median where that one has no sentences. Carried: the interval of a tone excludes zero; the permutation test of a difference, corrected for the number of pairs, finds one. " +
		"Joint q: the chance of as large a median, over all specifications, if documents bore the sources’ names at random; corrected for the number of pairs. " +
		"A number marked ~ is one that the data do not carry.")))
}

// varied says what was chosen between.
func (b *builder) varied(r Robustness) {
	b.heading(2, "varied", "What was varied")
	b.choices(r)
}

func (b *builder) choices(r Robustness) {
	t := &Table{Caption: "Choices", Columns: []Column{{Title: "Choice"}, {Title: "Options, the usual one first"}, {Title: "What it is"}}}
	for i, c := range r.Choices {
		t.Rows = append(t.Rows, [][]Inline{text1(c.Name), text1(strings.Join(c.Options, ", ")), text1(r.About[i])})
	}
	b.add(t)
	s := fmt.Sprintf("Every combination is a specification: %d.", len(r.Specifications)+r.Same)
	if r.Same > 0 {
		s = fmt.Sprintf("Every combination is a specification: %d, of which %d %s left out, as every sum is that of another.",
			len(r.Specifications)+r.Same, r.Same, pick(r.Same, "is", "are"))
	}
	if r.SourcesLeft > 0 {
		s += fmt.Sprintf(" Only the sources with most sentences are compared; %s left out.", plainly(r.SourcesLeft, "is", "are"))
	}
	b.add(para(Text(s + " All of them read the same articles with the same parse, mentions and voices. " +
		"The scorers spread tones differently, so that the size of a difference changes with them: signs, and what is carried, can be held against each other.")))
}

// curves are the tables over one target.
func (b *builder) curves(r Robustness, target string) {
	contrasts := &Table{Caption: "Differences over " + b.w.target(target), Columns: []Column{
		{Title: "Difference"}, {Title: "Usual", Align: Right}, {Title: "Median (range)", Align: Right}, {Title: "Same sign", Align: Right},
		{Title: "Carried", Align: Right}, {Title: "Carried with the other sign", Align: Right}, {Title: "Joint q", Align: Right},
	}}
	cells := &Table{Caption: "Tone towards " + b.w.target(target), Columns: contrasts.Columns[:6:6]}
	cells.Columns = append([]Column{{Title: "Source"}}, cells.Columns[1:]...)
	row := func(name string, c compare.Curve) [][]Inline {
		usual := "–"
		if c.Usual >= 0 {
			usual = PointText(c.Points[c.Usual])
		}
		n := len(c.Points)
		return [][]Inline{text1(name), text1(usual),
			text1(fmt.Sprintf("%s (%s to %s)", signed(c.Median), signed(c.Points[0].Value), signed(c.Points[n-1].Value))),
			text1(fmt.Sprintf("%d of %d", c.Keep, n)), text1(strconv.Itoa(c.Carried)), text1(strconv.Itoa(c.Opposite))}
	}
	left := 0
	for _, c := range r.Contrasts {
		switch {
		case c.Target != target:
		case len(contrasts.Rows) == maxPairs:
			left++
		default:
			contrasts.Rows = append(contrasts.Rows, append(row(b.w.label(c.A)+" − "+b.w.label(c.B), c), text1(JointText(c.Joint))))
		}
	}
	for _, c := range r.Cells {
		if c.Target == target {
			cells.Rows = append(cells.Rows, row(b.w.label(c.A), c))
		}
	}
	if len(cells.Rows) == 0 {
		return
	}
	b.heading(3, "", upper(b.w.title(target)))
	b.add(cells)
	if len(contrasts.Rows) > 0 {
		b.add(contrasts)
	}
	if left > 0 {
		b.add(note(Text(strconv.Itoa(left)+" more in "), Code("robustness.json"), Text(".")))
	}
}

// matters is the table of what hangs on each choice.
func (b *builder) matters(r Robustness) {
	b.heading(2, "matters", "Which choice matters most")
	b.effects(r)
}

func (b *builder) effects(r Robustness) {
	b.add(para(Text("Two specifications that differ in one choice alone, over all differences between sources: how far the difference moves, how often its sign turns, and how often only one of the two is carried.")))
	t := &Table{Caption: "Choices", Columns: []Column{{Title: "Choice"}, {Title: "Pairs", Align: Right},
		{Title: "Mean change", Align: Right}, {Title: "Sign turns", Align: Right}, {Title: "Carried or not turns", Align: Right}}}
	for _, e := range r.Effects {
		if e.Pairs == 0 {
			continue
		}
		t.Rows = append(t.Rows, [][]Inline{text1(e.Choice), text1(strconv.Itoa(e.Pairs)), text1(magnitude(e.Change)), text1(share(e.Signs, e.Pairs)), text1(share(e.Moved, e.Pairs))})
	}
	b.add(t)
}

// drawn are the charts.
func (b *builder) drawn(r Robustness) {
	if len(r.Drawn) == 0 {
		return
	}
	b.heading(2, "curves", "Curves")
	if n := len(r.Contrasts) - len(r.Drawn); n > 0 {
		b.add(para(Text(fmt.Sprintf("Of %s, the %s carried under most specifications. The others are in the tables above, and in ", plural(len(r.Contrasts), "difference"), plainly(len(r.Drawn), "that is", "that are"))), Code("robustness.json"), Text(".")))
	}
	for _, d := range r.Drawn {
		b.add(&Image{Path: d.Path, Alt: d.Alt, Caption: d.Caption, Data: d.PNG})
	}
}

func (b *builder) robustMethod(r Robustness) {
	b.heading(2, "method", "Method")
	b.add(&List{Items: [][]Inline{
		{Strong("Curves."), Text(" A specification curve shows a finding under every choice that could be defended, in place of the one that somebody made (Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4). The specifications are not independent, and not equally good: a share of them is no probability.")},
		{Strong("Each specification"), Text(" is a comparison as the command compare makes it, with the same intervals and tests; the number of pairs is corrected for within it, and the number of specifications is not.")},
		{Strong("Joint test."), Text(" Documents, or paragraphs where both sources have one document, bear the sources’ names at random, the same ones in all specifications, and the median over the specifications of the difference in its own standard error is held against what comes of that. robustness.json also has the tests of how many specifications find a difference with one sign, and of the mean.")},
		{Strong("Seed."), Text(" " + strconv.FormatUint(r.Manifest.Seed, 10) + ".")},
	}})
}
