package compare

import (
	"fmt"
	"strings"
	"testing"

	"parallax/analysis"
)

// outletOf adds documents of six sentences in three paragraphs with tones of
// their own, by a function of document and sentence.
func outletOf(source, target, voice string, documents int, tone func(d, s int) (float64, string)) []analysis.Observation {
	var out []analysis.Observation
	for d := range documents {
		for s := range 6 {
			v, term := tone(d, s)
			o := analysis.Observation{Source: source, Document: fmt.Sprintf("%s-%d", source, d), Target: target, Voice: voice,
				Start: 10 * s, End: 10*s + 9, Paragraph: s / 2, Mentions: 1, Tone: v, Neutral: 1}
			if term != "" {
				o.Evidence = []analysis.Evidence{{Term: term, Contribution: v}}
			}
			out = append(out, o)
		}
	}
	return out
}

func steadyTone(at float64) func(d, s int) (float64, string) {
	return func(d, s int) (float64, string) {
		v := at + 0.02*float64((d*7+s*3)%5-2)
		return v, fmt.Sprintf("term%d", (d+s)%9)
	}
}

// hangs are the warnings of a contrast that name what it hangs on.
func hangs(t *testing.T, r Result, family string) []string {
	t.Helper()
	for _, c := range append(r.Contrasts, r.Further...) {
		if c.Family != family || c.Voice != VoiceAll && family != ByVoice {
			continue
		}
		if !c.Carried {
			t.Fatalf("%s: not carried: %s", family, c.Reason)
		}
		var out []string
		for _, w := range c.Warnings {
			if strings.HasPrefix(w, "hangs on") {
				out = append(out, w)
			}
		}
		return out
	}
	t.Fatalf("no contrast of %s", family)
	return nil
}

func TestInfluence(t *testing.T) {
	compareAll := func(os ...[]analysis.Observation) Result {
		var all []analysis.Observation
		for _, o := range os {
			all = append(all, o...)
		}
		r, err := Compare(all, Options{Seed: 1, Resamples: 200})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	// A difference that every document and many words have hangs on none.
	r := compareAll(outletOf("a", "X", "author", 8, steadyTone(-0.3)), outletOf("b", "X", "author", 8, steadyTone(0.3)))
	if got := hangs(t, r, BySource); len(got) > 0 {
		t.Errorf("a steady difference: %q", got)
	}

	// Three documents are the least that is tested.
	r = compareAll(outletOf("a", "X", "author", 9, steadyTone(-0.3)), outletOf("b", "X", "author", 3, steadyTone(0.3)))
	if got := hangs(t, r, BySource); len(got) != 1 || got[0] != "hangs on one document: without b-0 too little is left to test" {
		t.Errorf("three documents: %q", got)
	}

	// A difference that is small but for one document.
	lean := func(d, s int) (float64, string) {
		if d == 2 {
			return -0.1, fmt.Sprintf("term%d", s)
		}
		return -0.025 + 0.03*float64(d%3-1), fmt.Sprintf("term%d", (d+s)%9)
	}
	zero := func(d, s int) (float64, string) { return 0.03 * float64(d%3-1), "" }
	r = compareAll(outletOf("a", "X", "author", 7, lean), outletOf("b", "X", "author", 7, zero))
	if got := hangs(t, r, BySource); len(got) == 0 || got[0] != "hangs on one document: without a-2 the difference is -0.03 (q 0.054)" {
		t.Errorf("one document: %q", got)
	}

	// One word in half of the sentences of one side makes all of the difference.
	word := func(d, s int) (float64, string) {
		if (d+s)%2 == 0 {
			return -0.5 - 0.01*float64(d%3), "brutal"
		}
		return 0, ""
	}
	// Not all zero: the interval of documents of one mean is too wide to carry a difference.
	none := func(d, s int) (float64, string) { return 0.02 * float64((d*7+s*3)%5-2), "" }
	r = compareAll(outletOf("a", "X", "author", 10, word), outletOf("b", "X", "author", 10, none))
	if got := hangs(t, r, BySource); len(got) != 1 || got[0] != "hangs on one word: without “brutal” the difference is 0.00 (q about 1.00)" {
		t.Errorf("one word: %q", got)
	}
	// So it does among the others of the rest.
	r = compareAll(outletOf("a", "X", "author", 10, word), outletOf("b", "X", "author", 10, none), outletOf("c", "X", "author", 10, none))
	if got := hangs(t, r, ByRest); len(got) != 1 || !strings.Contains(got[0], "“brutal”") {
		t.Errorf("one word, against the rest: %q", got)
	}

	// Two targets of one source share documents: one is left out on both sides.
	r = compareAll(outletOf("a", "X", "author", 6, steadyTone(-0.3)), outletOf("a", "Y", "author", 6, steadyTone(0.3)))
	if got := hangs(t, r, ByTarget); len(got) != 1 || !strings.HasPrefix(got[0], "hangs on one document: without a-") || !strings.Contains(got[0], "q 0.06") {
		t.Errorf("six pairs, with least p 2/64, and 2/32 without one: %q", got)
	}
	r = compareAll(outletOf("a", "X", "author", 9, steadyTone(-0.3)), outletOf("a", "Y", "author", 9, steadyTone(0.3)))
	if got := hangs(t, r, ByTarget); len(got) > 0 {
		t.Errorf("nine pairs: %q", got)
	}
	r = compareAll(outletOf("a", "X", "author", 9, steadyTone(-0.3)), outletOf("a", "X", "quoted", 9, steadyTone(0.3)))
	if got := hangs(t, r, ByVoice); len(got) > 0 {
		t.Errorf("nine pairs of voices: %q", got)
	}
}

// TestInfluenceOfParagraphs says that where a source has one article it is a
// paragraph that is named.
func TestInfluenceOfParagraphs(t *testing.T) {
	long := func(source string, paragraphs int, at float64) []analysis.Observation {
		var out []analysis.Observation
		for s := range 2 * paragraphs {
			out = append(out, analysis.Observation{Source: source, Document: source, Target: "X", Voice: "author", Start: 10 * s, End: 10*s + 9,
				Paragraph: s / 2, Mentions: 1, Tone: at + 0.01*float64(s%3), Neutral: 1})
		}
		return out
	}
	r, err := Compare(append(long("a", 8, -0.4), long("b", 3, 0.4)...), Options{Seed: 1, Resamples: 200})
	if err != nil {
		t.Fatal(err)
	}
	if got := hangs(t, r, BySource); len(got) != 1 || got[0] != "hangs on one paragraph: without paragraph 1 of b too little is left to test" {
		t.Errorf("three paragraphs: %q", got)
	}
}
