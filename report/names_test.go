package report

import "testing"

// A name with a comma is no two names in a list; without one it stands as it is.
func TestNamesWithCommas(t *testing.T) {
	in := Input{Sources: []SourceInfo{{ID: "m", Name: "Le Monde, Paris"}, {ID: "s", Name: "Süd Zeitung"}, {ID: "t", Outlet: "Times, The"}}}
	n := newNames(in)
	if got, want := n.list([]string{"m", "s", "t"}, func(string) string { return "" }, 0), "“Le Monde, Paris”, Süd Zeitung and “Times, The”"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := n.label("m"), "Le Monde, Paris"; got != want { // in a cell of a table
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := n.listed("m"), "“Le Monde, Paris”"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
