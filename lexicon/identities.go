package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/identities.txt
var identitiesData string

// Identities are words for peoples, faiths, parties and groups of people that
// English writes with small letters, some or all of the time. The learned table
// has none of them; names with a capital are left out by their tag.
var Identities = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(identitiesData) {
		if line, _, _ = strings.Cut(line, "#"); strings.TrimSpace(line) != "" {
			for w := range strings.FieldsSeq(line) {
				out[w] = true
			}
		}
	}
	return out
})
