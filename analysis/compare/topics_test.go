package compare

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
)

func topicsOf(t *testing.T, all []analysis.Observation) *TopicResult {
	t.Helper()
	var x Topics
	for _, o := range all {
		if err := x.Add(o); err != nil {
			t.Fatal(err)
		}
	}
	r, err := x.Result(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// onTopics is [corpus] with frames.
func onTopics(seed uint64, sources, documents int) []analysis.Observation {
	all := corpus(seed, sources, documents, 2, 40*documents)
	r := rand.New(rand.NewPCG(seed, 13))
	for i := range all {
		for _, f := range []string{"conflict", "economy", "diplomacy"} {
			if r.IntN(3) == 0 {
				all[i].Frames = append(all[i].Frames, f)
			}
		}
	}
	return all
}

// By hand: tone is 0.5 - x in both sources, for shares x of war in documents of
// two sentences; a has x of 1 and 0.5 in turn, b of 0.5 and 0. Over all x is 0.5,
// and so both have an adjusted tone of 0, without error but for what 24 sentences
// leave open: t(11, 0.975) * sqrt(0.3/(24*25)) = 2.200985 * 0.0223607.
func TestTopicsByHand(t *testing.T) {
	var all []analysis.Observation
	for d := range 12 {
		for s, source := range []string{"a", "b"} {
			war := 2 - d%2 - s // of the two sentences
			for i := range 2 {
				o := observe(source, source+string(rune('a'+d)), i, "US", analysis.VoiceAuthor, 0.5-float64(war)/2)
				if i < war {
					o.Frames = []string{"war"}
				}
				all = append(all, o)
			}
		}
	}
	r := topicsOf(t, all)
	for _, a := range r.Tones {
		want := 0.25
		if a.Source == "a" {
			want = -0.25
		}
		if math.Abs(a.Raw-want) > 1e-6 || math.Abs(a.Adjusted) > 1e-6 || math.Abs(a.High-a.Adjusted-0.049216) > 2e-6 || a.Clusters != 12 {
			t.Errorf("%+v", a)
		}
	}
	if len(r.Contrasts) != 2 || math.Abs(r.Contrasts[0].Raw+0.5) > 1e-6 || math.Abs(r.Contrasts[0].Adjusted) > 1e-6 {
		t.Errorf("%+v", r.Contrasts)
	}
}

// TestTopicsSplits says that in whatever parts and order observations come, the
// result is the same.
func TestTopicsSplits(t *testing.T) {
	for name, all := range map[string][]analysis.Observation{"articles": onTopics(1, 3, 1), "documents": onTopics(2, 4, 12)} {
		want := topicsOf(t, all)
		if len(want.Tones) == 0 {
			t.Errorf("%s: nothing is adjusted: %+v", name, want.Unadjusted)
		}
		for seed := range uint64(3) {
			r := rand.New(rand.NewPCG(seed, 5))
			parts := make([]Topics, 1+r.IntN(4))
			for _, i := range r.Perm(len(all)) {
				if err := parts[r.IntN(len(parts))].Add(all[i]); err != nil {
					t.Fatal(err)
				}
			}
			var merged Topics
			merged.Merge(nil)
			for _, i := range r.Perm(len(parts)) {
				merged.Merge(&parts[i])
			}
			got, err := merged.Result(Options{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("%s: -whole +merged\n%s", name, d)
			}
		}
	}
}

// What cannot be adjusted says why, and nothing is NaN, be frames missing, alike
// everywhere, or one the copy of another.
func TestTopicsSpecial(t *testing.T) {
	bare, alike, twice := corpus(3, 3, 12, 1, 300), corpus(3, 3, 12, 1, 300), onTopics(3, 3, 12)
	for i := range alike {
		alike[i].Frames = []string{"war"}
	}
	for i := range twice {
		if slices.Contains(twice[i].Frames, "economy") {
			twice[i].Frames = append(twice[i].Frames, "money")
		}
	}
	if r := topicsOf(t, bare); len(r.Tones) > 0 || len(r.Unadjusted) != 3 || r.Unadjusted[0].Reason != "no sentence is in a frame" {
		t.Errorf("without frames: %+v", r)
	}
	if r := topicsOf(t, onTopics(3, 1, 12)); len(r.Tones) > 0 || len(r.Unadjusted) == 0 {
		t.Errorf("of one source: %+v", r)
	}
	few := slices.DeleteFunc(onTopics(3, 2, 12), func(o analysis.Observation) bool {
		return o.Document > "document 0.2" && o.Document < "document 1" || o.Document > "document 1.2"
	})
	if r := topicsOf(t, few); len(r.Tones) > 0 {
		t.Errorf("of few documents: %+v", r.Tones)
	}
	for _, a := range topicsOf(t, alike).Tones {
		if a.Raw != a.Adjusted {
			t.Errorf("a frame that is everywhere changes a tone: %+v", a)
		}
	}
	r := topicsOf(t, twice)
	for _, a := range r.Tones {
		if !(a.Low <= a.Adjusted && a.Adjusted <= a.High && math.Abs(a.Adjusted-a.Raw) < 0.5) { // NaN included
			t.Errorf("a frame and its copy: %+v", a)
		}
	}
	for _, c := range r.Contrasts {
		if !(c.Low <= c.Adjusted && c.Adjusted <= c.High && 0 <= c.P && c.P <= c.Q && c.Q <= 1) {
			t.Errorf("%+v", c)
		}
	}
	var x Topics
	if err := x.Add(analysis.Observation{Voice: analysis.VoiceAuthor, Tone: 2}); err == nil {
		t.Error("a tone of 2 is taken")
	}
}
