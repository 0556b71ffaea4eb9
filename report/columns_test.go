package report

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/parquet-go/parquet-go"

	"parallax/analysis"
)

// ledger is observations.jsonl of a real comparison, with hostile text added.
func ledgerOf(t *testing.T) ([]analysis.Observation, []byte) {
	t.Helper()
	all := small(t).Observations
	hostile := all[0]
	hostile.Sentence, hostile.Mention, hostile.Frames = "=HYPERLINK(\"x\")\n\x00,;\"", "+1", nil
	hostile.Relations = []analysis.ObservedRelation{{Other: "NK", Role: "agent", Term: "attack", Value: -0.9, Modal: true, Voice: "author", Start: 3, End: 9}}
	all = append(all, hostile)
	var b bytes.Buffer
	if err := WriteObservations(&b, all); err != nil {
		t.Fatal(err)
	}
	return all, b.Bytes()
}

// Every observation comes back from Parquet as it went in.
func TestParquet(t *testing.T) {
	want, jsonl := ledgerOf(t)
	var b, again bytes.Buffer
	for _, w := range []*bytes.Buffer{&b, &again} {
		if err := Parquet.write(w, bytes.NewReader(jsonl)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same ledger gave other bytes")
	}
	rows, err := parquet.Read[ledgerRow](bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var got []analysis.Observation
	for _, r := range rows {
		o := analysis.Observation{Document: r.Document, Source: r.Source, Sentence: r.Sentence, Start: int(r.Start), End: int(r.End), Paragraph: int(r.Paragraph),
			Target: r.Target, Mention: r.Mention, MentionKind: r.MentionKind, Mentions: int(r.Mentions), Voice: r.Voice, Holder: r.Holder, Role: r.Role,
			Tone: r.Tone, Negative: r.Negative, Neutral: r.Neutral, Positive: r.Positive, Polarity: int(r.Polarity), Uncertain: r.Uncertain, Frames: r.Frames}
		for _, e := range r.Evidence {
			o.Evidence = append(o.Evidence, analysis.Evidence{Start: int(e.Start), End: int(e.End), Term: e.Term, Rule: e.Rule, Contribution: e.Contribution})
		}
		for _, x := range r.Relations {
			o.Relations = append(o.Relations, analysis.ObservedRelation{Other: x.Other, Role: x.Role, Term: x.Term, Value: x.Value, Negated: x.Negated,
				Modal: x.Modal, Voice: x.Voice, Holder: x.Holder, Start: int(x.Start), End: int(x.End)})
		}
		got = append(got, o)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

// The rows of the CSV are the observations in order, with nothing that a
// spreadsheet would run.
func TestLedgerCSV(t *testing.T) {
	want, jsonl := ledgerOf(t)
	var b bytes.Buffer
	if err := CSV.write(&b, bytes.NewReader(jsonl)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(want)+1 {
		t.Fatalf("%d rows for %d observations", len(rows)-1, len(want))
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for i, o := range want {
		row := rows[i+1]
		for name, value := range map[string]string{
			"document": o.Document, "start": strconv.Itoa(o.Start), "sentence": inert(o.Sentence), "mention": inert(o.Mention),
			"tone": strconv.FormatFloat(o.Tone, 'f', -1, 64), "voice": o.Voice, "holder": o.Holder,
		} {
			if row[at[name]] != value {
				t.Errorf("row %d, %s: %q, want %q", i, name, row[at[name]], value)
			}
		}
	}
	if last := rows[len(rows)-1][at["sentence"]]; last[0] != '\'' {
		t.Errorf("a formula stands as one: %q", last)
	}
}

func TestColumnsRefuse(t *testing.T) {
	for _, c := range []Columns{CSV, Parquet, "xlsx"} {
		var b bytes.Buffer
		if err := c.write(&b, bytes.NewReader([]byte("{\"document\": 3}\n"))); err == nil {
			t.Errorf("%s: a broken ledger was written", c)
		}
	}
}
