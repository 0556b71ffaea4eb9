package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// framesIn writes the terms that FramesAt finds, with their frames.
func framesIn(l *Lexicon, text string) []string {
	words := strings.Fields(text)
	var out []string
	for i := 0; i < len(words); {
		found := l.FramesAt(words, i, nil)
		for _, m := range found {
			s := m.Entry.Term
			for _, f := range m.Entry.Frames {
				s += fmt.Sprintf(" %s:%g", f.ID, f.Weight)
			}
			out = append(out, s)
		}
		if len(found) > 0 {
			i += found[0].N
		} else {
			i++
		}
	}
	return out
}

func TestFramesAt(t *testing.T) {
	l := load(t,
		"nouns.tsv", "term|pos|valence|frames|note\nattack|noun|-0.2|conflict:0.5|-\nheart attack|noun|-|humanitarian:0.25|-\ntank|noun|-0.1|-|-\n",
		"topics.tsv", "term|pos|frames|note\nattack ad|noun|legitimacy|-\ncyber|adjective|strength,conflict:0.25|-\ntank|verb|economy|-\nthink tank|noun|-|keeps tank from matching\n",
	)
	for _, tt := range []struct{ text, want string }{
		{"an attack", "attack conflict:0.5"},
		{"heart attacks", "heart attack humanitarian:0.25"},
		{"attack ads", "attack ad legitimacy:1"}, // the longest, in whichever table
		{"cyber", "cyber conflict:0.25 strength:1"},
		{"tank", "tank, tank economy:1"}, // of one length: those of both
		{"think tanks", "think tank"},
		{"nothing", ""},
	} {
		if got := strings.Join(framesIn(l, tt.text), ", "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := found(l, "attack ad cyber think tank"); !slices.Equal(got, []string{"attack noun 1", "tank noun 1"}) {
		t.Errorf("At finds what is there for frames alone: %v", got)
	}
	if words := []string{"attack", "ad"}; testing.AllocsPerRun(10, func() {
		var buf [4]Match
		l.FramesAt(words, 0, buf[:0])
	}) > 0 {
		t.Error("FramesAt allocates")
	}
}

// TestFrameColumn reads what the column may say, and what it must not.
func TestFrameColumn(t *testing.T) {
	for _, tt := range []struct{ frames, want, problem string }{
		{"conflict", "[{conflict 1}]", ""},
		{"strength:0.5,conflict", "[{conflict 1} {strength 0.5}]", ""},
		{"-", "[]", ""},
		{"doom", "", `unknown frame "doom"`},
		{"conflict,conflict:0.5", "", `frame "conflict" twice`},
		{"conflict:0", "", `weight "0" of frame conflict`},
		{"conflict:1.25", "", `weight "1.25"`},
		{"conflict:0.3", "", `weight "0.3"`},
		{"conflict:NaN", "", `weight "NaN"`},
		{"conflict:", "", `weight ""`},
	} {
		fsys := tablesFS("x.tsv", "term|pos|frames|note\nwar|noun|"+tt.frames+"|hides nothing\n")
		l, err := Load(fsys)
		switch {
		case tt.problem != "":
			if err == nil || !strings.Contains(err.Error(), tt.problem) {
				t.Errorf("%s: %v, want %s", tt.frames, err, tt.problem)
			}
		case err != nil:
			t.Errorf("%s: %v", tt.frames, err)
		default:
			if got := fmt.Sprint(l.FramesAt([]string{"war"}, 0, nil)[0].Entry.Frames); got != tt.want {
				t.Errorf("%s: %s, want %s", tt.frames, got, tt.want)
			}
		}
	}
}

// TestTopicOverlaps finds terms of frames that would hide each other.
func TestTopicOverlaps(t *testing.T) {
	const nouns = "term|pos|valence|frames|note\nally|noun|0.2|diplomacy|-\n"
	for _, tt := range []struct {
		topics string
		want   []string
	}{
		{"war|noun|conflict|-\nwarfare|noun|conflict|-\n", nil},
		{"ally|noun|diplomacy|-\n", []string{`topics.tsv:7: duplicate "ally": it stands at nouns.tsv:7 already`}},
		{"allies|noun|diplomacy|-\n", []string{`topics.tsv:7: "allies" shares a form with the noun "ally" (nouns.tsv:7)`}},
		{"war|noun|conflict|-\nwars|noun|conflict|-\n", []string{`topics.tsv:8: "wars" shares a form with the noun "war" (topics.tsv:7)`}},
		{"war|noun|-|-\n", []string{`topics.tsv:7: "war" carries nothing, and no note says what it is for`}},
	} {
		var got []string
		for _, p := range Lint(tablesFS("nouns.tsv", nouns, "topics.tsv", "term|pos|frames|note\n"+tt.topics)) {
			got = append(got, p.String())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.topics, diff)
		}
	}
}

// TestFrameTerms: every frame has terms that carry it alone, and words of many
// senses do not.
func TestFrameTerms(t *testing.T) {
	l := Default()
	alone := map[string]int{}
	count := func(e *Entry) {
		for _, f := range e.Frames {
			if f.Weight == 1 {
				alone[f.ID]++
			}
		}
	}
	for e := range l.Entries() {
		count(e)
	}
	for i := range l.topicEntries {
		count(&l.topicEntries[i])
	}
	for _, f := range Frames() {
		if alone[f] < 100 {
			t.Errorf("%s: %d terms carry it alone, want at least 100", f, alone[f])
		}
	}
	for _, word := range strings.Fields("party bill state race power deal firm black past space bank fire hit term rule") {
		for _, m := range l.FramesAt([]string{word}, 0, nil) {
			for _, f := range m.Entry.Frames {
				if f.Weight == 1 {
					t.Errorf("%s alone carries %s", word, f.ID)
				}
			}
		}
	}
}
