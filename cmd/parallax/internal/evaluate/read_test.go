package evaluate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	tests := []struct {
		name, in string
		want     []Label
	}{
		{
			"sentences",
			"\ufeff" + `{"file":"a.txt","sentence":"Seoul agreed.","target":"SK","polarity":1,"voice":"quoted","holder":"US"}` + "\n \n" +
				`{"sentence":"Seoul agreed.","target":"NK","polarity":-1}` + "\r\n",
			[]Label{
				{Line: 1, File: "a.txt", Sentence: "Seoul agreed.", Target: "SK", Polarity: 1, Voice: "quoted", Holder: "US"},
				{Line: 3, Sentence: "Seoul agreed.", Target: "NK", Polarity: -1},
			},
		},
		{
			"records, with offsets in characters",
			`{"id":"x","text":"Für Seoul – nein. Pyongyang too.","targets":[{"id":"SK","from":4,"to":9,"polarity":0},{"id":"NK","from":18,"to":27,"polarity":-1}]}`,
			[]Label{
				{Line: 1, Sentence: "Für Seoul – nein. Pyongyang too.", Target: "SK", Start: 5, End: 10},
				{Line: 1, Sentence: "Für Seoul – nein. Pyongyang too.", Target: "NK", Polarity: -1, Start: 21, End: 30},
			},
		},
		{
			"NewsMTSC",
			`{"primary_gid":"g","sentence_normalized":"Kim met Moon.","targets":[{"Input.gid":"g","from":0,"to":3,"mention":"Kim","polarity":2.0},{"from":8,"to":12,"mention":"Moon","polarity":6.0}]}`,
			[]Label{
				{Line: 1, Sentence: "Kim met Moon.", Target: "target 1", Polarity: -1, End: 3},
				{Line: 1, Sentence: "Kim met Moon.", Target: "target 2", Polarity: 1, Start: 8, End: 12},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Read("labels", strings.NewReader(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
			for _, l := range got {
				if l.End > 0 && strings.ContainsAny(l.Sentence[l.Start:l.End], " .") {
					t.Errorf("the offsets of %s cut out %q", l.Target, l.Sentence[l.Start:l.End])
				}
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	const good = `{"sentence":"Seoul agreed.","target":"SK","polarity":1}` + "\n"
	tests := []struct{ name, in, want string }{
		{"empty", "", "labels: no labels"},
		{"blank", "\n \n", "labels: no labels"},
		{"no JSON", good + "Seoul", "labels:2: "},
		{"cut off", good + "\n" + `{"sentence":`, "labels:3: "},
		{"two objects on a line", good + strings.TrimSpace(good) + good, "labels:2: "},
		{"no sentence", good + "{}", `labels:2: neither "sentence"`},
		{"no target", `{"sentence":"x","polarity":1}`, `labels:1: a sentence needs a "target"`},
		{"no polarity", `{"sentence":"x","target":"SK"}`, `labels:1: a sentence needs a "target" and a "polarity"`},
		{"polarity", `{"sentence":"x","target":"SK","polarity":2}`, "labels:1: polarity 2: want -1, 0 or 1"},
		{"half a polarity", `{"sentence":"x","target":"SK","polarity":0.5}`, "labels:1: polarity 0.5"},
		{"voice", `{"sentence":"x","target":"SK","polarity":0,"voice":"own"}`, `labels:1: voice "own"`},
		{"no targets", `{"text":"x"}`, `labels:1: no "targets"`},
		{"target without polarity", `{"text":"x","targets":[{"id":"SK","from":0,"to":1}]}`, `labels:1: target 1 has no "polarity"`},
		{"beyond the end", `{"text":"für","targets":[{"id":"SK","from":0,"to":4,"polarity":0}]}`, "labels:1: target 1: from 0 to 4 does not fit a text of 3 characters"},
		{"backwards", `{"text":"für","targets":[{"id":"SK","from":2,"to":2,"polarity":0}]}`, "labels:1: target 1: from 2 to 2"},
		{"NewsMTSC's polarity in the other form", `{"text":"Kim","targets":[{"from":0,"to":3,"polarity":4}]}`, "labels:1: target 1: polarity 4"},
		{"the other form's polarity in NewsMTSC", `{"sentence_normalized":"Kim","targets":[{"from":0,"to":3,"polarity":1}]}`, "labels:1: target 1: polarity"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := Read("labels", strings.NewReader(tt.in)); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got %v, %v; want %s...", got, err, tt.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"sentence":"Seoul agreed.","target":"SK","polarity":1}`)
	f.Add(`{"text":"für","targets":[{"id":"SK","from":0,"to":3,"polarity":0}]}`)
	f.Add(`{"sentence_normalized":"Kim met","targets":[{"from":0,"to":3,"polarity":6.0}]}`)
	f.Fuzz(func(t *testing.T, in string) {
		labels, err := Read("labels", strings.NewReader(in))
		if (err == nil) != (len(labels) > 0) {
			t.Fatalf("%d labels and the error %v", len(labels), err)
		}
		for _, l := range labels {
			if l.Line < 1 || l.Sentence == "" || l.Polarity < -1 || l.Polarity > 1 || l.Start < 0 || l.End > len(l.Sentence) || l.End < l.Start {
				t.Fatalf("label %+v", l)
			}
		}
	})
}
