package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"parallax/analysis/compare"
)

// TestReference says that raw and relative tones stand side by side, in the
// report and in scores.json, with what is common to both corpora said; and that
// there is nothing of it without a reference.
func TestReference(t *testing.T) {
	page := func(in Input) string {
		var b bytes.Buffer
		if err := Markdown(&b, Build(in)); err != nil {
			t.Fatal(err)
		}
		return strings.NewReplacer("\u00a0", " ", `\`, "", "&lt;", "<", "&gt;", ">").Replace(b.String())
	}
	if strings.Contains(page(small(t)), "Against a reference") {
		t.Error("there is a reference where none was given")
	}
	zero, err := compare.NewReference([]compare.Cell{
		{Source: "usual", Target: "FR", Voice: "author", Sentences: 300, Clusters: 40, Tone: -0.1, Low: -0.12, High: -0.08},
		{Source: "usual", Target: "FR", Voice: "quoted", Sentences: 8, Clusters: 2, Tone: 0, Low: -0.9, High: 0.9},
	})
	if err != nil {
		t.Fatal(err)
	}
	in := small(t)
	for i := range in.Result.Cells { // enough sentences to carry something
		if c := &in.Result.Cells[i]; c.Target == "FR" && c.Voice == "author" {
			c.Sentences, c.Clusters = 20, 6
		}
	}
	in.Reference = &Reference{File: "usual/<scores>.json", SHA256: strings.Repeat("e5", 32), TargetsDigest: "another", Zero: zero,
		Inputs: map[string]bool{strings.Repeat("a1", 32): true, "f6": true}}
	got := page(in)
	for _, want := range []string{
		"## Against a reference",
		"the mean tone of two reference articles toward the same target in the same voice, from <code>usual/<scores>.json</code>",
		"One article of this comparison is in the reference, too",
		"another targets file",
		// -0.4167 [-0.4334, -0.4] less -0.1 [-0.12, -0.08]: arms of 0.0261 and 0.0260.
		"| Freedonia | Harbour Times | **−0.42 [−0.43, −0.40]** | −0.10 [−0.12, −0.08] | **−0.32 [−0.34, −0.29]** | 20 | 300 |",
		"| Freedonia | The Plain Dealer | **+0.24 [+0.19, +0.29]** | −0.10 [−0.12, −0.08] | **+0.34 [+0.29, +0.39]** | 20 | 300 |",
		"| Freedonia | Harbour Times | ~ −0.50 [−1.00, +1.00] (includes zero) | 0.00 [−0.90, +0.90] | ~ −0.50 [−1.53, +1.25] | 1 | 8 |",
		"All voices: the reference has no tone to compare with.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	if t.Failed() {
		t.Log(got[strings.Index(got, "## Against"):][:3000])
	}
	var b bytes.Buffer
	if err := WriteScores(&b, in); err != nil {
		t.Fatal(err)
	}
	var scores struct {
		Reference struct {
			Documents, Common int
			Tones             []compare.ReferenceTone
			Relative          []compare.Relative
		}
	}
	if err := json.Unmarshal(b.Bytes(), &scores); err != nil {
		t.Fatal(err)
	}
	if r := scores.Reference; r.Documents != 2 || r.Common != 1 || len(r.Tones) != 2 || len(r.Relative) != 4 || r.Relative[0].Value != -0.3167 {
		t.Errorf("%+v", r)
	}
}
