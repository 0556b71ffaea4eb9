package language

import (
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis/internal/linear"
)

func TestTokens(t *testing.T) {
	tests := []struct {
		text string
		want string // the tokens, parted by spaces
	}{
		// Abbreviations.
		{"the U.S. and the U.S.A.", "the U.S. and the U.S.A."},
		{"U.S forces", "U.S forces"},
		{"in Washington, D.C.", "in Washington , D.C."},
		{"D.C.-based, U.S.-led", "D.C.-based , U.S.-led"},
		{"U.S.-South Korean drills", "U.S.-South Korean drills"},
		{"anti-U.S. and pre-D.C.", "anti-U.S. and pre-D.C."},
		{"the U.S.’s and the U.S.'s", "the U.S. ’s and the U.S. 's"},
		{"U.S.Army", "U.S. Army"},
		{"Mr. Kim met Mrs. Roh", "Mr. Kim met Mrs. Roh"},
		{"MR. KIM", "MR. KIM"},
		{"On Sept. 11 and Dec. 7", "On Sept. 11 and Dec. 7"},
		{"in Sept.11", "in Sept. 11"},
		{"Office No. 39, no. 2 and No.5", "Office No. 39 , no. 2 and No. 5"},
		{"He said no. Nobody", "He said no . Nobody"},
		{"They said No. Then", "They said No . Then"},
		{"modern art. Fig. 3", "modern art . Fig. 3"},
		{"J. R. R. Moon, J.R.R. Moon", "J. R. R. Moon , J.R.R. Moon"},
		{"World War I. Then", "World War I . Then"},
		{"a Ph.D. at 9 a.m. or so", "a Ph.D. at 9 a.m. or so"},
		{"e.g. rice, i.e. food, etc. ", "e.g. rice , i.e. food , etc."},
		{"Hyundai Corp.'s Inc. unit", "Hyundai Corp. 's Inc. unit"},
		{"the end.Then", "the end . Then"},
		{"notes.txt on en.example.org.", "notes.txt on en.example.org ."},
		{"e.g.the a.m.and", "e.g. the a.m. and"},
		{"the mass. Kim", "the mass . Kim"},
		{"etc... and U.S...", "etc ... and U.S ..."},

		// Numbers.
		{"1950–53, 1950-53", "1950–53 , 1950-53"},
		{"28,500 troops, 3.5 per cent.", "28,500 troops , 3.5 per cent ."},
		{"$3.5bn, €20m, 40%", "$ 3.5bn , € 20m , 40 %"},
		{"the 38th parallel in the 1990s", "the 38th parallel in the 1990s"},
		{"in 2017.", "in 2017 ."},
		{"fell .5 points", "fell . 5 points"},
		{"at 9:30", "at 9 : 30"},
		{"24/7", "24 / 7"},

		// Clitics.
		{"don't wasn’t won't can't", "do n't was n’t wo n't ca n't"},
		{"DON'T it's It’S", "DO N'T it 's It ’S"},
		{"we're they've I'd she'll I'm", "we 're they 've I 'd she 'll I 'm"},
		{"Kim's and the Koreans' drills", "Kim 's and the Koreans ' drills"},
		{"“Sunshine”’s end", "“ Sunshine ” ’s end"},
		{"O'Neill o'clock rock'n'roll", "O'Neill o'clock rock'n'roll"},
		{"'em and ’twas", "' em and ’ twas"},
		{"the 1990's", "the 1990 's"},
		{"t's and the n't", "t 's and the n't"},

		// Quotation marks and brackets.
		{"‘hawks’ and 'doves'", "‘ hawks ’ and ' doves '"},
		{"“an ‘axis’,” he", "“ an ‘ axis ’ , ” he"},
		{`"No," «no» „no“`, `" No , " « no » „ no “`},
		{"threaten[ing] (sic)", "threaten [ ing ] ( sic )"},
		{"a *diktat* and _more_", "a * diktat * and _ more _"},
		{"snake_case __", "snake_case __"},

		// Dashes and points.
		{"talks—if any—failed", "talks — if any — failed"},
		{"talks--if any -- failed", "talks -- if any -- failed"},
		{"hard-line hard‐line hard‑line", "hard-line hard‐line hard‑line"},
		{"pre- and post-war -ish", "pre - and post-war - ish"},
		{"wait... what… no..", "wait ... what … no .."},
		{"What?! No!!", "What ? ! No !!"},

		// Names of other kinds.
		{"AT&T, R&D and a & b", "AT&T , R&D and a & b"},
		{"to a.kim+x@mail.example.org.", "to a.kim+x@mail.example.org ."},
		{"a@b@c", "a@b @c"},
		{"@ a, kim@", "@ a , kim @"},
		{"see https://example.org/a_b?c=d#e, or www.example.org.", "see https://example.org/a_b?c=d#e , or www.example.org ."},
		{"*www.example.org* https://example.org/a(b)", "* www.example.org * https://example.org/a ( b )"},
		{"(http://example.org/x)", "( http://example.org/x )"},
		{"“https://example.org”", "“ https://example.org ”"},
		{"#Korea by @kim_j.", "#Korea by @kim_j ."},
		{"# 1", "# 1"},

		// Characters that are not seen, and other scripts.
		{"Ko\u00adrea and Se\u200boul", "Ko\u00adrea and Se\u200boul"},
		{"\ufeffSeoul\u200b \u200bsaid", "Seoul said"},
		{"No.\u00a02 of\u00a0the", "No. 2 of the"},
		{"a\r\nb\tc\u2028d\u0085e", "a b c d e"},
		{"서울의 봄, 北京。", "서울의 봄 , 北京 。"},
		{"ok 👍🏽 ☺\ufe0f end", "ok 👍 🏽 ☺\ufe0f end"},
		{"cafe\u0301 \u0301 !\u0301", "cafe\u0301 \u0301 !\u0301"},
		{"a\xffb", "a \xff b"},
		{"", ""},
		{" \u00a0\u200b\n", ""},
	}
	for _, tt := range tests {
		toks := Tokens(tt.text, 0, len(tt.text))
		var got []string
		for _, tok := range toks {
			got = append(got, tok.Text)
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", tt.text, diff)
		}
	}
}

func TestTokenKinds(t *testing.T) {
	const text = "“Kim’s 38th unit’” of 28,500 left #Seoul, ' $3bn 1950–53 -- wasn’t… a_b _"
	want := []Token{
		{Text: "“", Norm: `"`, Space: true, Kind: Quote},
		{Text: "Kim", Norm: "kim"},
		{Text: "’s", Norm: "'s"},
		{Text: "38th", Norm: "38th", Space: true},
		{Text: "unit", Norm: "unit", Space: true},
		{Text: "’", Norm: "'", Kind: Quote},
		{Text: "”", Norm: `"`, Kind: Quote},
		{Text: "of", Norm: "of", Space: true},
		{Text: "28,500", Norm: "28,500", Space: true, Kind: Number},
		{Text: "left", Norm: "left", Space: true},
		{Text: "#Seoul", Norm: "#seoul", Space: true},
		{Text: ",", Norm: ",", Kind: Punct},
		{Text: "'", Norm: "'", Space: true, Kind: Quote},
		{Text: "$", Norm: "$", Space: true, Kind: Punct},
		{Text: "3bn", Norm: "3bn"},
		{Text: "1950–53", Norm: "1950–53", Space: true, Kind: Number},
		{Text: "--", Norm: "--", Space: true, Kind: Punct},
		{Text: "was", Norm: "was", Space: true},
		{Text: "n’t", Norm: "n't"},
		{Text: "…", Norm: "...", Kind: Punct},
		{Text: "a_b", Norm: "a_b", Space: true},
		{Text: "_", Norm: "_", Space: true, Kind: Punct},
	}
	got := Tokens(text, 0, len(text))
	for i := range got {
		if got[i].Head != -1 {
			t.Errorf("token %d has head %d before parsing", i, got[i].Head)
		}
		got[i].Start, got[i].End, got[i].Head = 0, 0, 0
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestTokensOfPart says that what lies outside the range has no influence.
func TestTokensOfPart(t *testing.T) {
	const text = "the U.S.-led kim@mail.example.org 1950–53 wasn’t https://example.org/ab AT&T Sept. 11"
	for i := range text {
		for j := i; j <= len(text); j++ {
			whole, part := Tokens(text, i, j), Tokens(text[i:j], 0, j-i)
			for k := range part {
				part[k].Start += i
				part[k].End += i
			}
			if diff := cmp.Diff(part, whole); diff != "" {
				t.Fatalf("%q: (-alone +within)\n%s", text[i:j], diff)
			}
		}
	}
}

func TestFold(t *testing.T) {
	tests := [][2]string{
		{"", ""},
		{"seoul", "seoul"},
		{"Seoul", "seoul"},
		{"“NO”", `"no"`},
		{"n’t", "n't"},
		{"`", "'"},
		{"hard‐line hard‑line", "hard-line hard-line"},
		{"…", "..."},
		{"Ko\u00adrea\u200b", "korea"},
		{"Cafe\u0301", "café"},
		{"E\u200b\u0301", "é"},
		{"J\u030c", "ǰ"},
		{"\u1fef\u212b\u2126", "'åω"},
		{"ΣΑΣ İ ẞ", "σασ i ß"},
	}
	for _, tt := range tests {
		if got := Fold(tt[0]); got != tt[1] {
			t.Errorf("Fold(%+q) = %+q, want %+q", tt[0], got, tt[1])
		}
	}
}

// checkTokens checks what holds for the tokens of any text.
func checkTokens(t *testing.T, text string, start, end int, toks []Token) {
	t.Helper()
	var rebuilt strings.Builder // of the tokens and what stands between them
	at := start
	for i, tok := range toks {
		rebuilt.WriteString(text[min(at, tok.Start):tok.Start] + tok.Text)
		if tok.Start < at || tok.End <= tok.Start || tok.End > end || tok.Text != text[tok.Start:tok.End] {
			t.Fatalf("token %d [%d, %d) %q behind %d of %q", i, tok.Start, tok.End, tok.Text, at, text)
		}
		space := tok.Start == start || i == 0
		for _, r := range text[at:tok.Start] {
			if !unicode.IsSpace(r) && !ignorable(r) {
				t.Fatalf("%q between tokens of %q", r, text)
			}
			space = space || unicode.IsSpace(r)
		}
		if tok.Space != space {
			t.Errorf("token %d %q of %q: space %v", i, tok.Text, text, tok.Space)
		}
		if tok.Norm != Fold(tok.Text) || Fold(tok.Norm) != tok.Norm {
			t.Errorf("norm of %q is %q, folded %q, folded again %q", tok.Text, tok.Norm, Fold(tok.Text), Fold(tok.Norm))
		}
		r, _ := utf8.DecodeRuneInString(tok.Norm)
		if alphanumeric(r) != (tok.Kind == Word || tok.Kind == Number) && tok.Kind != Word {
			t.Errorf("%q is of kind %d", tok.Text, tok.Kind)
		}
		if tok.Kind == Quote && tok.Norm != `"` && tok.Norm != "'" {
			t.Errorf("the quotation mark %q has the norm %q", tok.Text, tok.Norm)
		}
		at = tok.End
	}
	for _, r := range text[at:end] {
		if !unicode.IsSpace(r) && !ignorable(r) {
			t.Fatalf("%q behind the last token of %q", r, text)
		}
	}
	if got := rebuilt.String() + text[at:end]; got != text[start:end] {
		t.Fatalf("%q is rebuilt as %q", text[start:end], got)
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{
		"The U.S. said “no.” Then, on Sept. 11, Mr. Kim didn’t go (why?).",
		"a.b.c. d-e-f 'g' h’i 1,2.3–4 @x #y http://z. a@b.c __ … .. -- é́ 서울",
		"\xff\xc3\xe2\x80\u200b\u00ad\ufe0f\u0301", "1. One. 2. Two. A. Three", "?’” He asked.", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		toks := Tokens(text, 0, len(text))
		checkTokens(t, text, 0, len(text), toks)
		n := 0
		for _, s := range Sentences(text, 0, len(text)) {
			if len(s.Tokens) == 0 || s.Start != s.Tokens[0].Start || s.End != s.Tokens[len(s.Tokens)-1].End {
				t.Fatalf("sentence [%d, %d) with %d tokens", s.Start, s.End, len(s.Tokens))
			}
			for i := range s.Tokens {
				if s.Tokens[i] != toks[n] {
					t.Fatalf("sentences have other tokens than the text %q", text)
				}
				n++
			}
		}
		if n != len(toks) {
			t.Fatalf("sentences have %d tokens of %d", n, len(toks))
		}
	})
}

// TestLinear: time grows with the length of a line, whatever it is of.
func TestLinear(t *testing.T) {
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("takes seconds; set PARALLAX_SLOW to run it")
	}
	units := []string{
		"a.", "“", "a-", "a’", // a megabyte each
		"aa.", "a%", "a+", "\"", "'", "’", "s’s", "-", "a'", "a.-", "1,", "_", "No. ", "No.", "(", ".", "?”", "1.",
		"a\u0301", "\u0301", "\u00ad", "www.", "http://", "@", "a@",
		"\u0301\u200b", "\u1161", "\u1161\u0301", "\u1100\u1161\u0344", "…", "…\u0301", "☺\ufe0f", "\ufe0f", "“\u00ad", "\r", "\xff",
	}
	for i, unit := range units {
		size := 200_000 // bytes
		if i < 4 {
			size = 1_000_000
		}
		linear.Check(t, unit, size, func(size int) { Sentences(strings.Repeat(unit, size/len(unit)), 0, size/len(unit)*len(unit)) })
	}
}
