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
// has none of them; names with a capital are not looked at.
var Identities = sync.OnceValue(func() map[string]bool { return wordSet(identitiesData) })

//go:embed data/function.txt
var functionData string

// Function are the function words: articles, pronouns, prepositions, auxiliaries.
var Function = sync.OnceValue(func() map[string]bool { return wordSet(functionData) })

// wordSet reads words between white space; # begins a comment.
func wordSet(data string) map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(data) {
		line, _, _ = strings.Cut(line, "#")
		for w := range strings.FieldsSeq(line) {
			out[w] = true
		}
	}
	return out
}
