package report

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"testing"
)

// A report from a ledger is the report from the same observations in memory,
// and the ledger's file is gone afterwards.
func TestLedger(t *testing.T) {
	in := small(t)
	dir, again := t.TempDir(), t.TempDir()
	if err := WriteAll(dir, in); err != nil {
		t.Fatal(err)
	}
	l, err := NewLedger()
	if err != nil {
		t.Fatal(err)
	}
	for from := 0; from < len(in.Observations); { // document by document
		to := from
		for to < len(in.Observations) && in.Observations[to].Document == in.Observations[from].Document {
			to++
		}
		if err := l.Add(in.Observations[from:to]); err != nil {
			t.Fatal(err)
		}
		from = to
	}
	in.Observations, in.Ledger = nil, l
	for range 2 { // it can be read twice
		if err := WriteAll(again, in); err != nil {
			t.Fatal(err)
		}
		for name, want := range tree(t, dir) {
			if got := tree(t, again)[name]; got != want {
				t.Errorf("%s differs", name)
			}
		}
	}
	if _, err := os.Stat(l.file.Name()); l.name == "" && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a killed run would leave the ledger behind: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(l.file.Name()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is still there: %v", err)
	}
	if err := l.write(new(bytes.Buffer)); err == nil {
		t.Error("a closed ledger was written")
	}
}
