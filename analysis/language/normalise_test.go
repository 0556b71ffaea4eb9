package language

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// TestNormalise goes through the rules.
func TestNormalise(t *testing.T) {
	tests := []struct {
		name, text, want string
		spans            []string // the originals of the characters of want
	}{
		{"nothing", "It's -- a \"b\".", "It's -- a \"b\".", nil},
		{"composition", "cafe\u0301s", "cafés", []string{"c", "a", "f", "e\u0301", "s"}},
		{"singleton", "5 \u212b", "5 Å", []string{"5", " ", "\u212b"}},
		{"Hangul", "\u1112\u1161\u11abx", "한x", []string{"\u1112\u1161\u11ab", "x"}},
		{"order of marks", "a\u0301\u0323", "ạ\u0301", []string{"a\u0301\u0323", "a\u0301\u0323"}},
		{"double quotes", "“a”„‟«»", `"a"""""`, []string{"“", "a", "”", "„", "‟", "«", "»"}},
		{"single quotes", "‘a’‚‛‹›`´ʼ\u1fef\u1ffd", "'a''''''''''", nil},
		{"hyphens", "a‐b\u2011c −5", "a-b-c -5", []string{"a", "‐", "b", "\u2011", "c", " ", "−", "5"}},
		{"dashes", "1‒2―3–4—5--6", "1–2—3–4—5--6", nil},
		{"ellipsis", "a…b", "a...b", []string{"a", "…", "…", "…", "b"}},
		{"spaces", "1\u00a02\u202f3\u30004\t5\v", "1 2 3 4\t5\v", nil},
		{"line ends", "a\r\nb\rc\n\r\u2028\u2029\u0085\r", "a\nb\nc\n\n\n\n\n\n",
			[]string{"a", "\r\n", "b", "\r", "c", "\n", "\r", "\u2028", "\u2029", "\u0085", "\r"}},
		{"not seen", "\ufeffSe\u00ado\u200bul\u200e\u202e", "Seoul", []string{"S", "e", "o", "u", "l"}},
		{"only what is not seen", "\u200b\u00ad\ufe0f", "", nil},
		{"a mark behind what is not seen", "e\u200b\u0301", "é", []string{"e\u200b\u0301"}},
		{"a variation selector", "☺\ufe0f!\u200b", "☺!", []string{"☺\ufe0f", "!"}},
		{"two variation selectors", "…\ufe0f\ufe0e!", "...!", []string{"…\ufe0f\ufe0e", "…\ufe0f\ufe0e", "…\ufe0f\ufe0e", "!"}},
		{"a mark on a replaced character", "…\u0301", "...\u0301", nil},
		{"a mark on nothing", "\u0301a", "\u0301a", nil},
		{"not UTF-8", "a\xff\xe2\x80\u200b\x93", "a\ufffd\ufffd\ufffd\ufffd", []string{"a", "\xff", "\xe2", "\x80", "\x93"}},
		{"case", "J\u030c ẞ", "J\u030c ẞ", nil},
	}
	for _, tt := range tests {
		n := Normalise(tt.text)
		if n.Text != tt.want {
			t.Errorf("%s: %+q becomes %+q, want %+q", tt.name, tt.text, n.Text, tt.want)
		}
		checkNormal(t, tt.text, n)
		if tt.spans == nil {
			continue
		}
		var spans []string
		for i, r := range n.Text {
			from, to := n.Span(i, i+utf8.RuneLen(r))
			spans = append(spans, tt.text[from:to])
		}
		if diff := cmp.Diff(tt.spans, spans); diff != "" {
			t.Errorf("%s: originals (-want +got)\n%s", tt.name, diff)
		}
	}
}

// checkNormal checks what holds for the normal form of any text.
func checkNormal(t *testing.T, text string, n Normal) {
	t.Helper()
	if again := Normalise(n.Text); again.Text != n.Text || len(again.edits) > 0 {
		t.Fatalf("%+q becomes %+q and that %+q with %d edits", text, n.Text, again.Text, len(again.edits))
	}
	if !utf8.ValidString(n.Text) || !norm.NFC.IsNormalString(n.Text) {
		t.Fatalf("%+q becomes %+q, which is not UTF-8 in NFC", text, n.Text)
	}
	at := 0
	last := [2]int{}
	for i, r := range n.Text {
		j := i + utf8.RuneLen(r)
		from, to := n.Span(i, j)
		switch {
		case from < 0 || to <= from || to > len(text):
			t.Fatalf("the origin of %q at %d is [%d, %d) of %+q", r, i, from, to, text)
		case from < at && last != [2]int{from, to}: // "..." has one origin
			t.Fatalf("the origin of %q at %d of %+q begins at %d, before %d", r, i, text, from, at)
		case !onRune(text, from) || !onRune(text, to):
			t.Fatalf("the origin [%d, %d) of %q is not whole characters of %+q", from, to, r, text)
		}
		// What stands between the origins is what is not seen.
		if from > at {
			for _, r := range text[at:from] {
				if !ignorable(r) {
					t.Fatalf("%q at [%d, %d) of %+q is lost", r, at, from, text)
				}
			}
		}
		// Normalised alone the stretch is what it was. In rows of more than 30
		// marks, where NFC puts U+034F, it may be another part of the row.
		if from != last[0] && !strings.Contains(n.Text, "\u034f") {
			if part := Normalise(text[from:to]).Text; !strings.HasPrefix(n.Text[i:], part) {
				t.Fatalf("%+q at %d of %+q comes from %+q, which becomes %+q", r, i, n.Text, text[from:to], part)
			}
		}
		if empty, end := n.Span(i, i); empty != from || end != from {
			t.Fatalf("the empty stretch at %d comes from [%d, %d), not from %d", i, empty, end, from)
		}
		at, last = to, [2]int{from, to}
	}
	if all, to := n.Span(0, len(n.Text)); n.Text != "" && (to != at || strings.TrimFunc(text[:all], ignorable) != "") {
		t.Fatalf("all of %+q comes from [%d, %d)", text, all, to)
	}
	if strings.TrimFunc(text[at:], ignorable) != "" {
		t.Fatalf("%+q at the end of %+q is lost", text[at:], text)
	}
}

// onRune reports whether a character of text begins or ends at i. Bytes that
// are not UTF-8 are characters of their own.
func onRune(text string, i int) bool {
	for k := max(0, i-3); k < i; k++ {
		if r, n := utf8.DecodeRuneInString(text[k:]); k+n > i && !(r == utf8.RuneError && n == 1) {
			return false
		}
	}
	return true
}

var normaliseSeeds = []string{
	"“Don’t,” he said… ‘No.’\r\nSe\u00adoul\u200b—cafe\u0301 1950–53\u00a0−5 \ufeff",
	"\u1112\u1161\u11ab e\u200b\u0301\u0323 ☺\ufe0f \u1fef\u0301 …\u0301\ufe0f", "\xff\xe2\x80\u200b\x93 \r\r\n\u200b\n",
	"a" + strings.Repeat("\u0301\u0323", 40) + "b", strings.Repeat("\u0323", 20) + strings.Repeat("\u0301", 10) + "\u0323\u03010", "Seoul's U.S.-led \"force\" 3.5", "",
}

func FuzzNormalise(f *testing.F) {
	for _, s := range normaliseSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkNormal(t, text, Normalise(text))
		if once := Fold(text); Fold(once) != once {
			t.Fatalf("%+q folds to %+q and that to %+q", text, once, Fold(once))
		}
	})
}

// FuzzSpelling writes one text in other ways that are the same to a reader: the
// norms of its tokens do not change, and each token has its place.
func FuzzSpelling(f *testing.F) {
	for _, s := range normaliseSeeds {
		f.Add(s, uint16(1))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint16) {
		text = norm.NFC.String(Normalise(text).Text)
		want := Tokens(text, 0, len(text))
		for _, other := range []string{norm.NFD.String(text), respell(text, uint32(seed))} {
			got := Tokens(other, 0, len(other))
			n := Normalise(other)
			if n.Text != text && !strings.Contains(text, "\u034f") { // NFD parts long rows of marks elsewhere
				t.Fatalf("%+q is written %+q and read %+q", text, other, n.Text)
			}
			if n.Text != text {
				continue
			}
			if len(got) != len(want) {
				t.Fatalf("%+q has %d tokens, %+q %d", text, len(want), other, len(got))
			}
			for i := range got {
				if got[i].Norm != want[i].Norm || got[i].Kind != want[i].Kind || got[i].Space != want[i].Space {
					t.Fatalf("token %d of %+q is %+v, of %+q %+v", i, text, want[i], other, got[i])
				}
				if from, to := n.Span(want[i].Start, want[i].End); got[i].Start != from || got[i].End != to {
					t.Fatalf("token %d of %+q stands at [%d, %d), its span is [%d, %d)", i, other, got[i].Start, got[i].End, from, to)
				}
			}
		}
	})
}

// respell writes a normal text as web pages do.
func respell(text string, seed uint32) string {
	ways := map[rune][]string{
		'"': {"“", "”", "„", "«", "»"}, '\'': {"‘", "’", "`", "´", "ʼ", "‹"}, '-': {"‐", "\u2011", "−"},
		'–': {"‒"}, '—': {"―"}, ' ': {"\u00a0", "\u202f", "\u2003"}, '\n': {"\r\n", "\u2028", "\u0085"},
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		seed = seed*1664525 + 1013904223
		pick := int(seed >> 16)
		r, n := utf8.DecodeRuneInString(text[i:])
		b.WriteString([]string{"\u00ad", "\u200b", "", "", ""}[pick%5])
		switch w := ways[r]; {
		case strings.HasPrefix(text[i:], "...") && pick%2 == 0:
			b.WriteString("…")
			n = 3
		case len(w) > 0 && pick%3 > 0:
			b.WriteString(w[pick/3%len(w)])
		default:
			b.WriteString(text[i : i+n])
		}
		i += n
	}
	return b.String()
}
