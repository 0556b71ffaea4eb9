package lexicon

import (
	"io/fs"
	"testing"
)

func dataFS(t testing.TB) fs.FS {
	t.Helper()
	fsys, err := fs.Sub(data, "data")
	if err != nil {
		t.Fatal(err)
	}
	return fsys
}
