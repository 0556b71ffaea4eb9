package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestEmbedded: the tables that ship are clean.
func TestEmbedded(t *testing.T) {
	for _, p := range Lint(dataFS(t)) {
		t.Error(p)
	}
}

// TestLint plants one problem a row.
func TestLint(t *testing.T) {
	for _, tt := range []struct{ rows, want string }{
		{"bad|adjective|-0.4|-|-|-\n", ""},
		{"bad|adjective|-0.4|-|-|-\nawful|adjective|-0.5|-|-|-\n", `8: out of order: "awful" comes after "bad"`},
		{"bad|adjective|-0.4|-|-|-\nbad|adjective|-0.5|-|-|-\n", `8: duplicate "bad"`},
		{"bad|verb|-0.4|-|-|-\nbad|noun|-0.5|-|-|-\n", `8: out of order: "bad" comes after "bad"`},
		{"Bad|adjective|-0.4|-|-|-\n", `7: term "Bad" is not in lower case`},
		{"bad  news|noun|-0.4|-|-|-\n", `7: term "bad  news" has white space`},
		{" bad|adjective|-0.4|-|-|-\n", `7: term " bad" has white space`},
		{"don’t|phrase|-0.4|-|-|-\n", `7: term "don’t" has characters other than`},
		{"-bad|adjective|-0.4|-|-|-\n", `7: term "-bad" has a hyphen at the edge`},
		{"|adjective|-0.4|-|-|-\n", "7: no term"},
		{"bad|adjective|-4|-|-|-\n", "7: valence -4 is outside"},
		{"bad|adj|-0.4|-|-|-\n", `7: unknown part of speech "adj"`},
		{"bad|adjective|-0.4|doom|-|-\n", `7: unknown frame "doom"`},
		{"bad|adjective|-0.4|-|doom|-\n", `7: unknown class "doom"`},
		{"bad|adjective|-|-|-|-\n", `7: "bad" carries nothing`},
		{"fight|verb|-|conflict|-|fought, fighting\n", "7: forms \"fought, fighting\""},
		{"fight|noun|-|conflict|-|fought/fighting\n", "7: forms \"fought/fighting\": only verbs"},
		{"american|adjective|0.2|-|-|-\n", `7: "american" carries a weight and names an actor`},
		{"anti-russian|adjective|-0.2|-|-|-\n", `7: "anti-russian" carries a weight and names an actor`},
		{"friend of israelis|noun|0.2|-|-|-\n", `7: "friend of israelis" carries a weight and names an actor`},
		{"korean war|noun|-|conflict|-|-\n", ""},
		{"overdo|verb|-0.2|-|-|-\n\n", "8: empty line"},
		{"strike|noun|-0.2|-|-|-\nstrikes|noun|-0.2|-|-|=\n", `8: "strikes" shares a form with the noun "strike"`},
	} {
		var got []string
		for _, p := range Lint(tablesFS("x.tsv", "term|pos|valence|frames|class|forms\n"+tt.rows)) {
			got = append(got, p.String())
		}
		if tt.want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || tt.want == "" || !strings.HasPrefix(got[0], "x.tsv:"+tt.want) {
			t.Errorf("%q:\n got %q\nwant %q", tt.rows, got, tt.want)
		}
	}
}

func TestLintHead(t *testing.T) {
	fsys := fstest.MapFS{"x.tsv": &fstest.MapFile{Data: []byte("# title: x\n# version: 1\n# date: today\nterm\tpos\n")}}
	want := []Problem{
		{"x.tsv", 0, `the head does not state "# licence: ..."`},
		{"x.tsv", 0, `the head does not state "# origin: ..."`},
	}
	if diff := cmp.Diff(want, Lint(fsys)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := Lint(fstest.MapFS{}); len(got) != 1 {
		t.Errorf("no tables: %v", got)
	}
}
