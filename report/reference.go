package report

import (
	"fmt"
	"strconv"
	"strings"

	"parallax/analysis/compare"
)

// Reference is an earlier comparison whose tones are the zero of this one.
type Reference struct {
	File          string // its scores.json
	SHA256        string // of the file
	TargetsDigest string
	Inputs        map[string]bool // the SHA-256 of its articles
	Zero          *compare.Reference
}

// referenceScores is the reference in scores.json.
type referenceScores struct {
	File      string                  `json:"file"`
	SHA256    string                  `json:"sha256"`
	Documents int                     `json:"documents"`
	Common    int                     `json:"common"` // documents that are in this comparison too
	Tones     []compare.ReferenceTone `json:"tones"`
	Relative  []compare.Relative      `json:"relative"`
}

// referenceScores are nil without a reference.
func (in Input) referenceScores() *referenceScores {
	r := in.Reference
	if r == nil {
		return nil
	}
	out := &referenceScores{File: r.File, SHA256: r.SHA256, Documents: len(r.Inputs), Tones: filled(r.Zero.Tones), Relative: r.Zero.Relative(in.Result.Cells)}
	for _, f := range in.Manifest.Inputs {
		if r.Inputs[f.SHA256] {
			out.Common++
		}
	}
	return out
}

// relativeFigure prints a relative tone with its interval, as [toneFigure] prints
// the raw one.
func relativeFigure(x compare.Relative) figure {
	f := figure{Value: fmt.Sprintf("%s [%s, %s]", signed(x.Value), signed(x.Low), signed(x.High))}
	switch {
	case x.Carried:
	case x.Low <= 0 && x.High >= 0:
		f = figure{"~ " + f.Value, "includes zero"}
	default:
		f = figure{"~ " + f.Value, "too few sentences"}
	}
	return unbroken(f)
}

// reference is the section that sets the tones against those of a reference.
func (b *builder) reference() {
	r := b.in.referenceScores()
	if r == nil {
		return
	}
	b.heading(2, "reference", "Against a reference")
	b.add(para(Text("News is mostly bad news, and some actors are in worse news than others: a tone of zero is not what is usual. Here the zero is the mean tone of "+
		counted(r.Documents, "reference article")+" toward the same target in the same voice, from "), Code(r.File),
		Text(". The relative tone is the raw one less the reference’s; its "+percent(b.in.Manifest.Level)+"\u00a0% interval has what is uncertain of both, and "), Strong("~"),
		Text(" marks a relative tone that these do not tell from zero. It says how a "+b.w.noun+" stands to the reference, and is as good a zero as the reference is typical.")))
	if r.Common > 0 {
		b.add(note(Text(upper(counted(r.Common, "article")) + " of this comparison " + pick(r.Common, "is", "are") + " in the reference, too: relative tones are drawn towards zero by that, and their intervals too long.")))
	}
	if d := b.in.Manifest.TargetsDigest; b.in.Reference.TargetsDigest != d {
		b.add(note(Text("The reference was made with another targets file: targets are matched by their id, and may be found by other names there.")))
	}
	relative := map[cellKey]compare.Relative{}
	for _, x := range r.Relative {
		k := x.Source
		if x.Document != "" {
			k = x.Document
		}
		relative[cellKey{k, x.Target, x.Voice}] = x
	}
	for i, v := range voicesInOrder() {
		t, rows := b.referenceTable(v, r, relative)
		switch {
		case len(t.Rows) == 0:
			b.add(note(Text(v.title + ": the reference has no tone to compare with.")))
		case i == 0:
			b.add(t)
			b.beyond(rows, maxRows, "cell", "scores.json")
		default:
			b.add(&Details{Summary: v.title + ": " + plural(rows, "cell") + " against the reference", Blocks: []Block{t}})
		}
	}
}

// referenceTable is raw and relative tones side by side, and how many there are.
func (b *builder) referenceTable(v voice, r *referenceScores, relative map[cellKey]compare.Relative) (*Table, int) {
	zeros := map[string]compare.ReferenceTone{}
	for _, z := range r.Tones {
		if z.Voice == v.id {
			zeros[z.Target] = z
		}
	}
	t := &Table{Caption: v.title + ": raw tones and tones relative to the reference", Columns: []Column{{Title: "Target"}, {Title: upper(b.w.noun)},
		{Title: "Raw"}, {Title: "Reference"}, {Title: "Relative"}, {"Sentences", Right}, {"In reference", Right}}}
	rows := 0
	for _, target := range b.in.Targets {
		for _, k := range b.w.keys {
			x, ok := relative[cellKey{k, target.ID, v.id}]
			if !ok {
				continue
			}
			if rows++; rows > maxRows {
				continue
			}
			c, _ := b.w.cell(k, target.ID, v.id)
			z := zeros[target.ID]
			f := relativeFigure(x)
			shown := text1(f.Value)
			if x.Carried {
				shown = []Inline{Mark{Text: f.Value, Weight: x.Value}}
			}
			zero := fmt.Sprintf("%s [%s, %s]", signed(z.Tone), signed(z.Low), signed(z.High))
			t.Rows = append(t.Rows, [][]Inline{text1(b.w.title(target.ID)), text1(b.w.label(k)), toneCell(c),
				text1(strings.ReplaceAll(zero, " ", "\u00a0")), shown, text1(strconv.Itoa(c.Sentences)), text1(strconv.Itoa(z.Sentences))})
		}
	}
	return t, rows
}
