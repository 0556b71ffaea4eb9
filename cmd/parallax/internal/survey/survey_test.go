package survey

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis/corpus"
	"parallax/analysis/target"
)

// TestNames: forms are put together, words that only begin sentences and days
// are no names, and the target of a mention is said.
func TestNames(t *testing.T) {
	data, err := target.Countries([]string{"BR"})
	if err != nil {
		t.Fatal(err)
	}
	set, err := target.Parse("states", data)
	if err != nil {
		t.Fatal(err)
	}
	var docs []corpus.Document
	for i, text := range []string{
		"Nobody saw Maria Lopez on Monday. Lopez was in Brazil, said the Bank of Freedonia. The Brazilian press was not.",
		"Lopez came back. The WHO met the World WHO Club, and Brazil’s ministers met Lopez.",
	} {
		docs = append(docs, corpus.Document{ID: fmt.Sprint(i), Text: text, Blocks: []corpus.Block{{Kind: corpus.Paragraph, End: len(text)}}})
	}
	want := []Name{
		{Name: "Brazil", Count: 2, Documents: 2, Target: "BR"},
		{Name: "Lopez", Count: 2, Documents: 1},
		{Name: "Maria Lopez", Forms: []string{"Lopez"}, Count: 2, Documents: 1},
		{Name: "Bank of Freedonia", Count: 1, Documents: 1},
		{Name: "Brazilian", Count: 1, Documents: 1, Target: "BR"},
		{Name: "WHO", Count: 1, Documents: 1},
		{Name: "World WHO Club", Count: 1, Documents: 1},
	}
	if diff := cmp.Diff(want, Names(docs, set)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
