package lexicon

import "testing"

func TestEmbedded(t *testing.T) {
	for _, p := range Lint(dataFS(t)) {
		t.Error(p)
	}
}
