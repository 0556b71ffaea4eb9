package language

import (
	"strings"
	"testing"
)

// newsText is a paragraph as papers write them, many times.
func newsText() string {
	const paragraph = `“There will be no talks,” Mr. Haddad told the U.N. on Sept. 19, as 28,500 troops from the U.S.-led force ` +
		`moved towards the border—the largest deployment since 1950–53. The ministry’s spokesman, who didn't give his name, ` +
		`said that the hard-line government “wasn’t ready” (for now). Was it a threat? Freedonia's neighbours think so, ` +
		`and have offered $3.5bn in aid to keep the peace on the peninsula. `
	return strings.Repeat(paragraph, 100)
}

func BenchmarkTokens(b *testing.B) {
	text := newsText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Tokens(text, 0, len(text))
	}
}

func BenchmarkSentences(b *testing.B) {
	text := newsText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Sentences(text, 0, len(text))
	}
}

// BenchmarkParse is of all: tokens, sentences, tags, trees.
func BenchmarkParse(b *testing.B) {
	text := newsText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	newParser() // unpacks the model
	for b.Loop() {
		Parse(Sentences(text, 0, len(text)), nil)
	}
}
