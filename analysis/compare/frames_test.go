package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
)

func framed(source, document string, paragraph int, frames ...string) analysis.Observation {
	return analysis.Observation{Source: source, Document: document, Paragraph: paragraph, Target: "T", Voice: analysis.VoiceAuthor, Mentions: 1, Neutral: 1, Frames: frames}
}

func sharesOf(t *testing.T, f *Frames) []FrameShare {
	t.Helper()
	out, err := f.Shares([]string{"conflict", "economy"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestShares: with k = 4 documents of 5 sentences, 2 of each in the frame, there
// is no variance between documents and deff is 1; p = 0.4, n = 20 and
// t(3, 0.975) = 3.182446 give, by hand,
//
//	(0.4 + 0.253199 -+ 3.182446*sqrt(0.012 + 0.00633))/(1 + 0.506398) = 0.147593, 0.719634
//
// With all sentences of two documents in it and none of the others, p = 0.5,
// deff = 4/3 * 4*6.25/(20*0.25) = 6.666667 and n* = 3: far less is known.
func TestShares(t *testing.T) {
	even, split := NewFrames(VoiceAll), NewFrames(VoiceAll)
	for d := range 4 {
		for s := range 5 {
			var frames []string
			if s < 2 {
				frames = []string{"conflict", "conflict"} // counted once
			}
			if err := even.Add(framed("a", fmt.Sprint(d), s, frames...)); err != nil {
				t.Fatal(err)
			}
			frames = nil
			if d < 2 {
				frames = []string{"conflict"}
			}
			if err := split.Add(framed("a", fmt.Sprint(d), s, frames...)); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := sharesOf(t, even)
	want := FrameShare{Source: "a", Target: "T", Voice: VoiceAll, Frame: "conflict", Sentences: 20, Framed: 8, Share: 0.4, Low: got[0].Low, High: got[0].High, Carried: true}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Error(diff)
	}
	if math.Abs(got[0].Low-0.147593) > 1e-5 || math.Abs(got[0].High-0.719634) > 1e-5 {
		t.Errorf("interval %g to %g, want 0.1476 to 0.7197", got[0].Low, got[0].High)
	}
	if none := got[1]; none.Share != 0 || none.Low != 0 || none.High <= 0 || none.High > 0.5 {
		t.Errorf("a frame that is never used: %+v", none)
	}
	if s := sharesOf(t, split)[0]; s.High-s.Low < 0.75 {
		t.Errorf("documents that differ give %g to %g", s.Low, s.High)
	}
}

// However sentences are split and merged again, the shares are the same, and
// one document's paragraphs stand in for documents.
func TestFramesMerge(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var all []analysis.Observation
	for i := range 600 {
		var frames []string
		for _, f := range []string{"conflict", "economy"} {
			if r.IntN(3) == 0 {
				frames = append(frames, f)
			}
		}
		all = append(all, framed([]string{"a", "b"}[i%2], fmt.Sprint(i%2*r.IntN(2*maxFrameUnits)), i/20, frames...))
	}
	one := NewFrames(analysis.VoiceAuthor)
	parts := [3]*Frames{NewFrames(analysis.VoiceAuthor), NewFrames(analysis.VoiceAuthor), NewFrames(analysis.VoiceAuthor)}
	for _, o := range all {
		if err := one.Add(o); err != nil {
			t.Fatal(err)
		}
		if err := parts[r.IntN(3)].Add(o); err != nil {
			t.Fatal(err)
		}
		o.Voice = analysis.VoiceQuoted
		if err := one.Add(o); err != nil { // of another voice
			t.Fatal(err)
		}
	}
	for _, p := range parts[1:] {
		parts[0].Merge(p)
	}
	want := sharesOf(t, one)
	if diff := cmp.Diff(want, sharesOf(t, parts[0])); diff != "" {
		t.Error(diff)
	}
	if len(want) != 4 || !want[0].Carried || want[0].High-want[0].Low > 0.3 {
		t.Errorf("one document of 30 paragraphs: %+v", want)
	}
}
