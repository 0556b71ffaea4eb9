package compare

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
	reading "parallax/analysis/corpus"
	"parallax/analysis/target"
)

// noticed are what the documents of a corpus in JSON lines give, by document.
func noticed(t *testing.T, lines string) map[string]Noticed {
	t.Helper()
	set, err := target.Parse("targets.yaml", []byte("targets:\n  - id: FR\n    name: Freedonia\n    demonyms: [Freedonian]\n  - id: SY\n    name: Sylvania\n"))
	if err != nil {
		t.Fatal(err)
	}
	docs, err := reading.Read(t.Context(), []string{"-"}, reading.Options{Stdin: strings.NewReader(lines)})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]Noticed{}
	a := analysis.New(set, nil, nil)
	for i := range docs.Documents {
		out[docs.Documents[i].ID] = Notice(a.Analyze(&docs.Documents[i]))
	}
	return out
}

func TestNotice(t *testing.T) {
	got := noticed(t, `{"id":"outside","title":"Freedonia votes","text":"The weather was fine on Sunday and people went out.\n\nSylvania has watched the vote with care. \"Sylvania is a danger to us all,\" said the Freedonian government.\n\nThe votes are being counted now."}
{"id":"inside","text":"Sylvania votes\n\nFreedonia has watched the vote in Sylvania with care, and nobody said a word about it.\n\nNo more was heard on Monday."}
{"id":"untitled","text":"The weather was fine on Sunday, and people went out to see the river.\n\nNobody said more about it."}
{"id":"labelled","title":"Freedonia votes","text":"The weather was fine there on Sunday.","targets":[{"id":"FR","from":21,"to":26}]}
`)
	want := map[string]counts{
		// Sentences under the title: 0 weather, 1 watched, 2 danger, 3 counted.
		"outside": {
			{kind: sentencesOf}: 3, {sentencesOf, "SY", ""}: 2, {sentencesOf, "FR", ""}: 1,
			{kind: quotesOf}: 1, {quotesOf, "SY", ""}: 1, {quotesOf, "", "FR"}: 1, {quotesOf, "SY", "FR"}: 1,
			{kind: titlesOf}: 1, {titlesOf, "FR", ""}: 1, {kind: leadsOf}: 1,
			{presentIn, "SY", ""}: 1, {firstOf, "SY", ""}: 3333, {presentIn, "FR", ""}: 1, {firstOf, "FR", ""}: 6666,
		},
		// The title is a sentence of the text, and has no place under itself.
		"inside": {
			{kind: sentencesOf}: 3, {sentencesOf, "SY", ""}: 2, {sentencesOf, "FR", ""}: 1,
			{kind: titlesOf}: 1, {titlesOf, "SY", ""}: 1, {kind: leadsOf}: 1, {leadsOf, "SY", ""}: 1, {leadsOf, "FR", ""}: 1,
			{presentIn, "SY", ""}: 1, {firstOf, "SY", ""}: 0, {presentIn, "FR", ""}: 1, {firstOf, "FR", ""}: 0,
		},
		// Neither a title nor a target: it has a first paragraph that names none.
		"untitled": {{kind: leadsOf}: 1},
		// Labels are the mentions, and say nothing of a title outside the text.
		"labelled": {
			{kind: sentencesOf}: 1, {sentencesOf, "FR", ""}: 1, {kind: leadsOf}: 1, {leadsOf, "FR", ""}: 1,
			{presentIn, "FR", ""}: 1, {firstOf, "FR", ""}: 0,
		},
	}
	for id, c := range want {
		if d := cmp.Diff(c, got[id].document, cmp.AllowUnexported(gift{})); d != "" {
			t.Errorf("%s: -want +got\n%s", id, d)
		}
		// Sentences and quotes are in paragraphs too, and nowhere twice.
		var sum counts
		for _, p := range got[id].paragraphs {
			sum.add(p)
		}
		for g, n := range c {
			if g.kind <= quotesOf && sum[g] != n {
				t.Errorf("%s: paragraphs have %d of %v", id, sum[g], g)
			}
		}
	}
}

// attending are documents of some sources, by chance.
type attending struct {
	source, document string
	noticed          Noticed
}

func attendings(seed uint64, sources, documents int) (all []attending) {
	r := rand.New(rand.NewPCG(seed, 11))
	targets, holders := []string{"US", "NK", "SK"}, []string{"US", "NK", AttentionOthers}
	for s := range sources {
		for d := range documents >> (s % 3) {
			n := Noticed{document: counts{{kind: leadsOf}: 1}, paragraphs: map[int]*counts{}}
			add := func(p int, g gift) {
				if n.paragraphs[p] == nil {
					n.paragraphs[p] = &counts{}
				}
				n.document[g]++
				n.paragraphs[p].add(&counts{g: 1})
			}
			for p := range 1 + r.IntN(6) {
				for range r.IntN(4) {
					t := targets[r.IntN(3)]
					add(p, gift{kind: sentencesOf})
					add(p, gift{kind: sentencesOf, target: t})
					if r.IntN(3) == 0 {
						h := holders[r.IntN(3)]
						for _, g := range []gift{{kind: quotesOf}, {quotesOf, t, ""}, {quotesOf, "", h}, {quotesOf, t, h}} {
							add(p, g)
						}
					}
				}
			}
			if r.IntN(4) > 0 {
				n.document[gift{kind: titlesOf}] = 1
			}
			for _, t := range targets {
				if n.document[gift{kind: sentencesOf, target: t}] == 0 {
					continue
				}
				n.document[gift{kind: presentIn, target: t}] = 1
				n.document[gift{kind: firstOf, target: t}] = int64(r.IntN(scale + 1))
				n.document[gift{kind: leadsOf, target: t}] = int64(r.IntN(2))
				n.document[gift{kind: titlesOf, target: t}] = n.document[gift{kind: titlesOf}] * int64(r.IntN(2))
			}
			all = append(all, attending{fmt.Sprint("s", s), fmt.Sprint("s", s, "d", d), n})
		}
	}
	return all
}

func attentionOf(t *testing.T, a *Attention, opts Options) AttentionResult {
	t.Helper()
	r, err := a.Result(opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestAttentionSplits says that in whatever parts and order documents come, the
// result is the same: with a single document, a few, and more than are held.
func TestAttentionSplits(t *testing.T) {
	many := attendings(1, 4, 12)
	for d := range 2*maxAttended + 300 { // beyond the limit, with a trim on the way
		x := many[d%12]
		many = append(many, attending{"large", fmt.Sprint("l", d), x.noticed})
	}
	for name, all := range map[string][]attending{"one document each": attendings(2, 3, 1), "few": attendings(3, 5, 6), "many": many} {
		var whole Attention
		for _, x := range all {
			whole.Add(x.source, x.document, x.noticed)
		}
		want := attentionOf(t, &whole, quick)
		for seed := range uint64(4) {
			r := rand.New(rand.NewPCG(seed, 5))
			parts := make([]Attention, 1+r.IntN(4))
			for _, i := range r.Perm(len(all)) {
				parts[r.IntN(len(parts))].Add(all[i].source, all[i].document, all[i].noticed)
			}
			var merged Attention
			merged.Merge(nil)
			for _, i := range r.Perm(len(parts)) {
				merged.Merge(&parts[i])
			}
			if d := cmp.Diff(want, attentionOf(t, &merged, quick)); d != "" {
				t.Fatalf("%s, in %d parts: -whole +merged\n%s", name, len(parts), d)
			}
		}
	}
}

// TestAttentionInvariants says what must hold of any result.
func TestAttentionInvariants(t *testing.T) {
	for seed := range uint64(20) {
		all := attendings(seed, 1+int(seed%5), 1+int(seed%7))
		var a, twice Attention
		for _, x := range all {
			a.Add(x.source, x.document, x.noticed)
			twice.Add(x.source, x.document, x.noticed)
			twice.Add(x.source, x.document+" again", x.noticed)
		}
		r, two := attentionOf(t, &a, quick), attentionOf(t, &twice, quick)
		shares, holders := map[string]float64{}, map[[2]string]float64{}
		for i, e := range r.Estimates {
			if !(0 <= e.Low && e.Low <= e.Value && e.Value <= e.High && e.High <= 1 && e.Low < e.High) || e.N < 1 {
				t.Errorf("%+v", e)
			}
			switch e.Measure {
			case AttentionShare:
				shares[e.Source] += e.Value
			case AttentionHolder:
				holders[[2]string{e.Source, e.Target}] += e.Value
			}
			// A copy of each document changes no rate.
			if f := two.Estimates[i]; f.Value != e.Value || f.Source != e.Source || f.Measure != e.Measure || f.N != 2*e.N {
				t.Errorf("with copies %+v, without %+v", f, e)
			}
		}
		for who, sum := range shares {
			if sum < 1-1e-5 || sum > 1+1e-5 {
				t.Errorf("seed %d: shares of %s sum to %v", seed, who, sum)
			}
		}
		for who, sum := range holders {
			if sum < 1-1e-5 || sum > 1+1e-5 {
				t.Errorf("seed %d: holders of %v sum to %v", seed, who, sum)
			}
		}
		for _, c := range r.Contrasts {
			if !(c.Low <= c.Difference && c.Difference <= c.High && c.P > 0 && c.P <= c.Q && c.Q <= 1) || c.Carried == (c.Reason != "") {
				t.Errorf("%+v", c)
			}
		}
	}
}

// TestAttentionByHand: a gives US 9 of 12 sentences in three documents, b 2 of 12
// in three, c has one document.
func TestAttentionByHand(t *testing.T) {
	var a Attention
	document := func(us, nk int64) Noticed {
		c := counts{{kind: sentencesOf}: us + nk, {sentencesOf, "US", ""}: us, {sentencesOf, "NK", ""}: nk, {kind: titlesOf}: 1}
		if us > 2 {
			c[gift{titlesOf, "US", ""}] = 1
		}
		return Noticed{c, map[int]*counts{0: &c}}
	}
	for i, n := range []int64{2, 3, 4} {
		a.Add("a", fmt.Sprint("a", i), document(n, 1))
	}
	for i, n := range []int64{0, 1, 1} {
		a.Add("b", fmt.Sprint("b", i), document(n, 5-n-int64(i/2)))
	}
	a.Add("c", "c", document(1, 1))
	r := attentionOf(t, &a, quick)
	got := map[string]AttentionEstimate{}
	for _, e := range r.Estimates {
		got[strings.Join([]string{string(e.Measure), e.Source, e.Target}, " ")] = e
	}
	for name, want := range map[string][2]float64{
		"share a US": {0.75, 12}, "share a NK": {0.25, 12}, "share b US": {2.0 / 14, 14}, "share c NK": {0.5, 2},
		"title a US": {2.0 / 3, 3}, "title b US": {0, 3}, "title c US": {0, 1},
	} {
		e := got[name]
		if e.Value != round6(want[0]) || e.N != int(want[1]) {
			t.Errorf("%s: %+v, want %v", name, e, want)
		}
	}
	if e := got["title c US"]; e.Low != 0 || e.High != 1 || e.Carried || e.Unit != UnitDocument || len(e.Warnings) != 3 {
		t.Errorf("of one title nothing is known: %+v", e)
	}
	if e := got["share c US"]; e.Unit != UnitParagraph || e.Clusters != 1 {
		t.Errorf("one article goes by paragraphs: %+v", e)
	}
	for _, c := range r.Contrasts {
		if c.Measure != AttentionShare || c.Target != "US" {
			continue
		}
		switch c.A + c.B {
		case "ab": // 3 against 3: no outcome could be rarer than 2 of 20
			if c.Permutations != 0 || !strings.Contains(c.Reason, "no outcome could give a p below 0.10") || c.Difference != got["share a US"].Value-got["share b US"].Value {
				t.Errorf("%+v", c)
			}
		default:
			if !strings.Contains(c.Reason, "c has one") || c.P != 1 {
				t.Errorf("%+v", c)
			}
		}
	}
	if _, err := a.Result(Options{Level: 2}); err == nil {
		t.Error("a level of 2 is taken")
	}
}

// TestAttentionFinds says that a difference of 0.4 in share is found among three
// sources of twenty documents, and that of the two alike is not.
func TestAttentionFinds(t *testing.T) {
	usual := newsroom{documents: 20, sentences: 8, icc: 0.2, share: 0.3, quoted: 0.3, title: 0.4}
	other := usual
	other.share = 0.7
	r, err := attentionStudy(1, Options{Permutations: 1999}, usual, other, usual)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Contrasts {
		if c.Measure == AttentionShare && c.Target == "X" && c.Carried != (c.A == "b" || c.B == "b") {
			t.Errorf("%+v", c)
		}
		if !c.Carried && c.Permutations > 0 && !strings.Contains(c.Reason, "needed") && !strings.Contains(c.Reason, "border") && !strings.Contains(c.Reason, "no difference") {
			t.Errorf("does not say what is needed: %+v", c)
		}
	}
	if !slices.IsSortedFunc(r.Contrasts, func(a, b AttentionContrast) int {
		return slices.Compare([]string{order(a.Measure), a.Target, a.A, a.B}, []string{order(b.Measure), b.Target, b.A, b.B})
	}) {
		t.Error("contrasts are in no order")
	}
}

// order is where a measure stands among the measures.
func order(m AttentionMeasure) string {
	return fmt.Sprint(slices.IndexFunc(attentionMeasures(), func(d measured) bool { return d.name == m }))
}

// A document takes no more room than the comment of Attention says.
func TestAttentionMemory(t *testing.T) {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	given := attendings(1, 1, 1)[0].noticed
	for _, target := range []string{"US", "NK", "SK"} { // all there is for three targets, two of them holders
		for _, holder := range []string{"", "US", "NK", AttentionOthers} {
			given.document[gift{quotesOf, target, holder}] = 1
		}
		for kind := range presentIn + 1 {
			given.document[gift{kind, target, ""}] = 1
		}
	}
	a := new(Attention)
	before := heap()
	for i := range 50_000 {
		a.Add("s", fmt.Sprint("d", i), given)
	}
	used := float64(heap()-before) / (2 * maxAttended)
	runtime.KeepAlive(a)
	t.Logf("%.0f bytes a document of %d counts", used, len(given.document))
	if used > 3500 {
		t.Errorf("%.0f bytes a document", used)
	}
}
