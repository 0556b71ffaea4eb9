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
				{ID: "labels:1", Line: 1, File: "a.txt", Sentence: "Seoul agreed.", Target: "SK", Polarity: 1, Voice: "quoted", Holder: "US", Group: "a.txt"},
				{ID: "labels:3", Line: 3, Sentence: "Seoul agreed.", Target: "NK", Polarity: -1},
			},
		},
		{
			"records, with offsets in characters",
			`{"id":"x","text":"Für Seoul – nein. Pyongyang too.","targets":[{"id":"SK","from":4,"to":9,"polarity":0},{"id":"NK","from":18,"to":27,"polarity":-1}]}`,
			[]Label{
				{ID: "x", Line: 1, Sentence: "Für Seoul – nein. Pyongyang too.", Target: "SK", Placed: true, Start: 5, End: 10, Actor: "SK", Group: "x"},
				{ID: "x", Line: 1, Sentence: "Für Seoul – nein. Pyongyang too.", Target: "NK", Polarity: -1, Placed: true, Start: 21, End: 30, Actor: "NK", Group: "x"},
			},
		},
		{
			"ids of their own, and without a polarity",
			`{"id":7,"sentence":"Seoul agreed.","target":"SK"}` + "\n" + `{"id":"r","text":"Seoul agreed.","targets":[{"id":"SK","from":0,"to":5}]}`,
			[]Label{
				{ID: "7", Line: 1, Sentence: "Seoul agreed.", Target: "SK", Unlabelled: true},
				{ID: "r", Line: 2, Sentence: "Seoul agreed.", Target: "SK", Unlabelled: true, Placed: true, End: 5, Actor: "SK", Group: "r"},
			},
		},
		{
			"places that do not fit",
			`{"text":"für","targets":[{"id":"SK","from":0,"to":4,"polarity":1},{"id":"NK","from":2,"to":2,"polarity":0}]}`,
			[]Label{
				{ID: "labels:1", Line: 1, Sentence: "für", Target: "SK", Polarity: 1, Placed: true, Actor: "SK"},
				{ID: "labels:1", Line: 1, Sentence: "für", Target: "NK", Placed: true, Actor: "NK"},
			},
		},
		{
			"NewsMTSC",
			`{"primary_gid":"a_1_2_3_Kim_0_3","sentence_normalized":"Kim met Moon.","targets":[{"Input.gid":"a_1_2_3_K_0_3","from":0,"to":3,"mention":"Kim","polarity":2.0},{"from":8,"to":12,"polarity":6.0}]}`,
			[]Label{
				{ID: "a_1_2_3_K_0_3", Line: 1, Sentence: "Kim met Moon.", Target: "Kim", Polarity: -1, Placed: true, End: 3, Actor: "0-3", Group: "a_1_2"},
				{ID: "a_1_2_3_Kim_0_3", Line: 1, Sentence: "Kim met Moon.", Target: "Moon", Polarity: 1, Placed: true, Start: 8, End: 12, Actor: "8-12", Group: "a_1_2"},
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
		{"an id that is none", `{"id":[],"sentence":"x","target":"SK"}`, `labels:1: an id is a string or a number`},
		{"polarity", `{"sentence":"x","target":"SK","polarity":2}`, "labels:1: polarity 2: want -1, 0 or 1"},
		{"half a polarity", `{"sentence":"x","target":"SK","polarity":0.5}`, "labels:1: polarity 0.5"},
		{"voice", `{"sentence":"x","target":"SK","polarity":0,"voice":"own"}`, `labels:1: voice "own"`},
		{"no targets", `{"text":"x"}`, `labels:1: no "targets"`},
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
			if l.ID == "" || l.Target == "" || l.Line < 1 || l.Sentence == "" || l.Polarity < -1 || l.Polarity > 1 || l.Start < 0 || l.End > len(l.Sentence) || l.End < l.Start {
				t.Fatalf("label %+v", l)
			}
		}
	})
}

func TestReadRatings(t *testing.T) {
	in := "\ufeff1_1\t-0.5\tA text.\n\n1_2\t\tTwo\ttabs.\r\nx\t 4 \t\n_3\t1e-1\tB\xff\n"
	if !IsTable([]byte(in)) {
		t.Error("it is not taken for a table")
	}
	got, err := ReadRatings("t.tsv", strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	want := []Rating{
		{ID: "1_1", Line: 1, Rating: -0.5, Text: "A text.", Group: "1"},
		{ID: "1_2", Line: 3, Unrated: true, Text: "Two\ttabs.", Group: "1"},
		{ID: "x", Line: 4, Rating: 4, Group: "x"},
		{ID: "_3", Line: 5, Rating: 0.1, Text: "B\ufffd", Group: "_3"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	for in, want := range map[string]string{
		"a\t1\tx\nb\t1\n":    "t.tsv:2: want id, rating and text",
		"a\tmany\tx\n":       `t.tsv:1: rating "many": want a number`,
		"a\tNaN\tx\n":        `t.tsv:1: rating "NaN"`,
		"\n":                 "t.tsv: no ratings",
		"id\trating\ttext\n": `t.tsv:1: rating "rating"`,
	} {
		if _, err := ReadRatings("t.tsv", strings.NewReader(in)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s...", in, err, want)
		}
	}
	for _, in := range []string{"", "{\"a\":1}\n", "\n{\"text\":\"a\tb\tc\"}", "one\ttab\n"} {
		if IsTable([]byte(in)) {
			t.Errorf("%q is taken for a table", in)
		}
	}
}
