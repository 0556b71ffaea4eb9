package target

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analysis/language"
)

// piece is a token, or a part of a hyphenated one.
type piece struct {
	token      int
	start, end int
	text, key  string
	joined     bool // a hyphen parts it from the piece before
	kind       language.Kind
}

// pieces cuts tokens at their hyphens. Numbers stay whole.
func pieces(toks []language.Token) []piece {
	out := make([]piece, 0, len(toks)+4)
	for i := range toks {
		t := &toks[i]
		if t.Kind != language.Word || !strings.Contains(t.Norm, "-") {
			out = append(out, piece{i, t.Start, t.End, t.Text, t.Norm, false, t.Kind})
			continue
		}
		n, at, joined := language.Normalise(t.Text), 0, false
		for part := range strings.SplitSeq(n.Text, "-") {
			if part != "" {
				from, to := n.Span(at, at+len(part))
				out = append(out, piece{i, t.Start + from, t.Start + to, t.Text[from:to], language.Fold(part), joined, t.Kind})
				joined = true
			}
			at += len(part) + 1
		}
	}
	return out
}

func (p *piece) upper() bool {
	r, _ := utf8.DecodeRuneInString(p.text)
	return unicode.IsUpper(r)
}

// lower reports whether p is a word that begins with a small letter.
func (p *piece) lower() bool {
	r, _ := utf8.DecodeRuneInString(p.text)
	return p.kind == language.Word && unicode.IsLower(r)
}

// initial reports whether p is an initial: "J."
func (p *piece) initial() bool {
	return utf8.RuneCountInString(p.text) == 2 && strings.HasSuffix(p.text, ".") && p.upper()
}

// capitals reports whether s has letters and none of them is small.
func capitals(s string) bool {
	letters := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		letters = letters || unicode.IsUpper(r)
	}
	return letters
}

// cut returns the words of a term of the targets file.
func cut(s string) []word {
	var out []word
	for _, p := range pieces(language.Tokens(s, 0, len(s))) {
		out = append(out, word{p.text, p.key, p.upper()})
	}
	return out
}

func keys(words []word) []string {
	var out []string
	for _, w := range words {
		out = append(out, w.key)
	}
	return out
}
