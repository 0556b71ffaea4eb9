package lexicon

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// dataFS is the embedded tables.
func dataFS(t testing.TB) fs.FS {
	t.Helper()
	fsys, err := fs.Sub(data, "data")
	if err != nil {
		t.Fatal(err)
	}
	return fsys
}

const head = "# title: t\n# origin: o\n# licence: l\n# version: 1\n# date: 2026-01-01\n"

// tables makes a file system of tables: name, then lines with | for tabs.
func tablesFS(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(head + strings.ReplaceAll(files[i+1], "|", "\t"))}
	}
	return fsys
}

func load(t *testing.T, files ...string) *Lexicon {
	t.Helper()
	l, err := Load(tablesFS(files...))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// found writes the matches at each word, for comparison.
func found(l *Lexicon, text string) []string {
	words := strings.Fields(text)
	var out []string
	for i := 0; i < len(words); i++ {
		matches := l.At(words, i, nil)
		for _, m := range matches {
			out = append(out, fmt.Sprintf("%s %s %d", m.Entry.Term, m.Entry.POS, m.N))
		}
		if len(matches) > 0 {
			i += matches[0].N - 1
		}
	}
	return out
}

func TestDefaultSize(t *testing.T) {
	count := map[string]int{}
	for e := range Default().Entries() {
		count[e.File]++
	}
	for file, least := range map[string]int{
		"verbs.tsv": 700, "nouns.tsv": 900, "adjectives.tsv": 1200, "adverbs.tsv": 200, "phrases.tsv": 500,
	} {
		if count[file] < least {
			t.Errorf("%s has %d entries, want at least %d", file, count[file], least)
		}
	}
}

// TestJudgements holds what the scorer relies on: who is cast how.
func TestJudgements(t *testing.T) {
	l := Default()
	for _, tt := range []struct {
		text                    string
		pos                     POS
		valence, agent, patient float64 // signs
		class                   string
	}{
		{"threatened", Verb, 0, -1, 1, "conflict"},
		{"accused", Verb, 0, 0, -1, "criticize"},
		{"praised", Verb, 0, 1, 1, "praise"},
		{"helps", Verb, 0, 1, 0, "help"},
		{"rejected", Verb, 0, -1, 0, "refuse"},
		{"demanding", Verb, 0, -1, 0, "coerce"},
		{"offered", Verb, 0, 1, 0, "cooperate"},
		{"failed", Verb, 0, -1, 0, "fail"},
		{"cheated", Verb, 0, -1, 1, "deceive"},
		{"murdered", Verb, 0, -1, 1, "oppress"},
		{"threats", Noun, -1, -1, 1, "conflict"},
		{"overtures", Noun, 1, 1, 1, "cooperate"},
		{"refusal", Noun, -1, -1, 0, "refuse"},
		{"aggression", Noun, -1, -1, 1, "conflict"},
		{"regime", Noun, -1, 0, 0, ""},
		{"puppet", Noun, -1, 0, 0, ""},
		{"brutal", Adjective, -1, 0, 0, ""},
		{"peaceful", Adjective, 1, 0, 0, ""},
		{"in cold blood", Phrase, -1, 0, 0, ""},
	} {
		words := strings.Fields(tt.text)
		ok := false
		for _, m := range l.At(words, 0, nil) {
			e := m.Entry
			if e.POS != tt.pos {
				continue
			}
			ok = true
			if m.N != len(words) || sign(e.Valence) != tt.valence || sign(e.Agent) != tt.agent || sign(e.Patient) != tt.patient || e.Class != tt.class {
				t.Errorf("%s: %+v covers %d words", tt.text, *e, m.N)
			}
		}
		if !ok {
			t.Errorf("%s: no %s", tt.text, tt.pos)
		}
	}
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// TestNeutral holds words that must carry nothing.
func TestNeutral(t *testing.T) {
	l := Default()
	for _, text := range []string{
		"nuclear", "military", "president", "state", "united", "states", "government", "may", "us", "back", "can do", "would be",
		"has been", "know how", "forces", "arms", "fine", "well", "kind", "right", "just", "like", "won't", "lies", "human rights",
	} {
		for _, m := range l.At(strings.Fields(text), 0, nil) {
			if e := m.Entry; e.Valence != 0 || e.Agent != 0 || e.Patient != 0 {
				t.Errorf("%s: %+v", text, *e)
			}
		}
	}
}

func TestAt(t *testing.T) {
	l := load(t, "a.tsv", `term|pos|valence|agent|patient|frames|class|forms|note
attack|noun|-|-0.6|0.05|conflict|conflict|-|-
attack|verb|-|-0.6|0.05|conflict|conflict|-|-
back down|verb|-|-0.2|-|-|yield|-|-
break its word|verb|-|-0.6|-|-|deceive|broke/broken|-
defence pact|noun|0.1|-|-|-|-|-|-
hard-line|adjective|-0.4|-|-|-|-|-|-
head to head|phrase|0.1|-|-|-|-|-|-
set back|verb|-|-0.3|-|-|harm|set|-
setback|noun|-0.3|-|-|-|-|-|-
show of force|noun|-0.2|-|-|conflict|-|-|-
show of force at sea|noun|-0.3|-|-|conflict|-|-|-
wolf in sheep's clothing|noun|-0.6|-|-|-|-|wolves|-
`)
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"the attacks", []string{"attack verb 1", "attack noun 1"}},
		{"attacked", []string{"attack verb 1"}},
		{"nothing here", nil},
		{"shows of force at sea", []string{"show of force at sea noun 5"}},
		{"show of force at night", []string{"show of force noun 3"}},
		{"show of , force", nil},
		{"show of", nil},
		{"backed down", []string{"back down verb 2"}},
		{"back-down", nil},
		{"a hard-line b", []string{"hard-line adjective 1"}},
		{"hardline", []string{"hard-line adjective 1"}},
		{"hard line", []string{"hard-line adjective 2"}},
		{"head-to-head", []string{"head to head phrase 1"}},
		{"setback set back", []string{"setback noun 1", "set back verb 2"}},
		{"broke his word and broke their word", []string{"break its word verb 3", "break its word verb 3"}},
		{"wolf in sheep 's clothing", []string{"wolf in sheep's clothing noun 5"}},
		{"wolves in sheep 's clothing", []string{"wolf in sheep's clothing noun 5"}},
		{"defense pacts", []string{"defence pact noun 2"}},
	} {
		if diff := cmp.Diff(tt.want, found(l, tt.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
	}
}

// TestAtReachesEveryForm: what the tables list is found, whatever else is in
// them, unless a longer term starts the same way.
func TestAtReachesEveryForm(t *testing.T) {
	l := Default()
	var dst []Match
	for e := range l.Entries() {
		for _, s := range surfaces(e.Term, e.POS, "=") {
			if s.guessed {
				continue
			}
			dst = l.At(s.words, 0, dst[:0])
			if !slices.ContainsFunc(dst, func(m Match) bool { return m.N == len(s.words) }) {
				t.Errorf("%q (%s:%d) is not found as %q", e.Term, e.File, e.Line, s.words)
			}
		}
	}
}

func TestAtAppends(t *testing.T) {
	l := Default()
	words := []string{"peaceful", "brutal"}
	dst := l.At(words, 0, nil)
	n := len(dst)
	if dst = l.At(words, 1, dst); len(dst) <= n || dst[0].Entry.Term != "peaceful" {
		t.Errorf("At does not append: %v", dst)
	}
}

func TestAtAllocatesNothing(t *testing.T) {
	l := Default()
	words := strings.Fields("the regime broke its word and launched an attack on the old town by the sea")
	dst := make([]Match, 0, 16)
	if n := testing.AllocsPerRun(100, func() {
		for i := range words {
			dst = l.At(words, i, dst[:0])
			l.ModifierAt(words, i)
			l.ReportingAt(words, i)
		}
	}); n != 0 {
		t.Errorf("%g allocations a sentence", n)
	}
}

func TestModifierAt(t *testing.T) {
	for _, tt := range []struct {
		text   string
		kind   ModifierKind
		n      int
		before bool
		sign   float64
	}{
		{"not good", Negator, 1, false, -1},
		{"n't good", Negator, 1, false, -1},
		{"no longer a friend", Negator, 2, false, -1},
		{"far from peaceful", Negator, 2, false, -1},
		{"anything but", Negator, 2, false, -1},
		{"failed to help", Negator, 2, false, -1},
		{"refuses to help", Negator, 2, false, -1},
		{"stopped short of praise", Negator, 3, false, -1},
		{"lack of trust", Negator, 2, false, -1},
		{"hardly peaceful", Negator, 1, false, -1},
		{"not only brutal", Intensifier, 2, false, 1},
		{"no doubt", Intensifier, 2, false, 1},
		{"very", Intensifier, 1, false, 1},
		{"a little", Diminisher, 2, false, 1},
		{"but", Contrast, 1, true, 1},
		{"despite", Contrast, 1, false, 1},
		{"allegedly", Hedge, 1, false, 1},
		{"so-called", Hedge, 1, false, 1},
		{"table", 0, 0, false, 0},
	} {
		m, n, ok := Default().ModifierAt(strings.Fields(tt.text), 0)
		if m.Kind != tt.kind || n != tt.n || m.Before != tt.before || sign(m.Factor) != tt.sign || ok != (n > 0) {
			t.Errorf("%q: %+v, %d words, %t", tt.text, m, n, ok)
		}
	}
}

func TestReportingAt(t *testing.T) {
	for _, tt := range []struct {
		text   string
		term   string
		n      int
		form   Form
		stance string
		after  bool
	}{
		{"said on monday", "say", 1, Past | Participle, StanceNeutral, false},
		{"told reporters", "tell reporters", 2, Past | Participle, StanceNeutral, false},
		{"according to the ministry", "according to", 2, Base, StanceNeutral, true},
		{"claims that", "claim", 1, Third, StanceDoubt, false},
		{"admitting", "admit", 1, Gerund, StanceNegative, false},
		{"pointed out", "point out", 2, Past | Participle, StancePositive, false},
		{"wrote", "write", 1, Past, StanceNeutral, false},
		{"statements", "statement", 1, Plural, StanceNeutral, false},
		{"state media", "", 0, 0, "", false},
	} {
		r, n, form, ok := Default().ReportingAt(strings.Fields(tt.text), 0)
		if r.Term != tt.term || n != tt.n || form != tt.form || r.Stance != tt.stance || r.HolderAfter != tt.after || ok != (n > 0) {
			t.Errorf("%q: %+v, %d words, form %b, %t", tt.text, r, n, form, ok)
		}
	}
}

func TestLookup(t *testing.T) {
	l := Default()
	got := l.Lookup("attack")
	if len(got) != 2 || got[0].POS != Verb || got[1].POS != Noun {
		t.Errorf("attack: %v", got)
	}
	if l.Lookup("attacked") != nil {
		t.Error("Lookup finds an inflected form")
	}
}

func TestEntriesInOrder(t *testing.T) {
	var last *Entry
	for e := range Default().Entries() {
		if last != nil && (e.Term < last.Term || e.Term == last.Term && e.POS <= last.POS) {
			t.Errorf("%q %s comes after %q %s", e.Term, e.POS, last.Term, last.POS)
		}
		last = e
	}
}

func TestDigest(t *testing.T) {
	a := tablesFS("a.tsv", "term|pos|valence\ngood|adjective|0.4\n", "b.tsv", "term|pos|valence\nbad|adjective|-0.4\n")
	first, err := Load(a)
	if err != nil {
		t.Fatal(err)
	}
	// h='# title: t\n# origin: o\n# licence: l\n# version: 1\n# date: 2026-01-01\nterm\tpos\tvalence\n'
	// printf "a.tsv\000104\000${h}good\tadjective\t0.4\nb.tsv\000104\000${h}bad\tadjective\t-0.4\n" | sha256sum
	if want := "8337240906274e8b5db52b5017a6c7a4b96957f6904beb7d13652d270d863e41"; first.Digest() != want {
		t.Errorf("digest %s, want %s", first.Digest(), want)
	}
	a["b.tsv"].Data = append(a["b.tsv"].Data, "# more\n"...)
	second, err := Load(a)
	if err != nil {
		t.Fatal(err)
	}
	if first.Digest() == second.Digest() {
		t.Error("a changed table has the same digest")
	}
	if first.Version() != "1" || Default().Version() == "" || len(Default().Digest()) != 64 {
		t.Errorf("versions %q, %q; digest %q", first.Version(), Default().Version(), Default().Digest())
	}
}

func TestLoadErrors(t *testing.T) {
	for _, tt := range []struct{ table, want string }{
		{"term|pos|valence\ngood|adjectiv|0.4\n", `x.tsv:7: unknown part of speech "adjectiv"`},
		{"term|pos|valence\ngood|adjective|1.4\n", "x.tsv:7: valence 1.4 is outside [-1, 1]"},
		{"term|pos|valence\ngood|adjective|NaN\n", `x.tsv:7: valence "NaN" is not a number`},
		{"term|pos|valence\ngood|adjective\n", "x.tsv:7: 2 fields where the table has 3 columns"},
		{"term|pos|worth\n", `x.tsv:6: unknown column "worth"`},
		{"term|term|pos\n", `x.tsv:6: column "term" twice`},
		{"term|valence\n", "x.tsv:6: the columns term and pos are needed"},
		{"term|pos|frames\nwar|noun|warfare\n", `x.tsv:7: unknown frame "warfare"`},
		{"term|pos|class\nwar|noun|warfare\n", `x.tsv:7: unknown class "warfare"`},
		{"term|pos|valence\ngood|adjective|0.4\ngood|adjective|0.5\n", `x.tsv:8: duplicate "good": it stands at x.tsv:7 already`},
		{"term|pos|kind|factor\nnot|phrase|negation|-0.7\n", `x.tsv:7: unknown kind "negation"`},
		{"term|pos|kind|factor\nnot|phrase|negator|0.7\n", "x.tsv:7: factor 0.7 is outside [-1, 0]"},
		{"term|pos|kind|factor\nvery|phrase|intensifier|-\n", "x.tsv:7: no factor"},
		{"term|pos|stance\nsay|verb|maybe\n", `x.tsv:7: unknown stance "maybe"`},
		{"term|pos|valence\n\xff|adjective|0.5\n", "x.tsv:0: not a text file in UTF-8"},
	} {
		_, err := Load(tablesFS("x.tsv", tt.table))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error %v, want %s", tt.table, err, tt.want)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("no tables: no error")
	}
	two := tablesFS("a.tsv", "term|pos\n", "b.tsv", "term|pos\n")
	two["b.tsv"].Data = []byte(strings.Replace(string(two["b.tsv"].Data), "version: 1", "version: 2", 1))
	if _, err := Load(two); err == nil || !strings.Contains(err.Error(), "b.tsv:0: version 2") {
		t.Errorf("two versions: %v", err)
	}
}

// FuzzLoad: any text gives a lexicon or an error, never a panic, and a lexicon
// finds its own terms.
func FuzzLoad(f *testing.F) {
	f.Add(head + "term\tpos\tvalence\tagent\tpatient\tframes\tclass\tforms\tnote\nattack\tverb\t-\t-0.6\t-\tconflict\tconflict\t-\t-\n")
	f.Add(head + "term\tpos\tkind\tfactor\tscope\tforms\tnote\nfail to\tverb\tnegator\t-0.7\tafter\t-\t-\n")
	f.Add(head + "term\tpos\tstance\tholder\tforms\tnote\nwrite\tverb\tneutral\t-\twrote/written\t-\n")
	f.Add("term\tpos\tforms\tframes\nx's-y n't\tnoun\t|\tconflict\n")
	f.Add("term\tpos\tforms\tframes\ny\tverb\t////\tconflict\n'\tphrase\t=\tidentity")
	f.Fuzz(func(t *testing.T, table string) {
		fsys := fstest.MapFS{"x.tsv": &fstest.MapFile{Data: []byte(table)}}
		Lint(fsys)
		l, err := Load(fsys)
		if err != nil {
			return
		}
		for e := range l.Entries() {
			if math.IsNaN(e.Valence+e.Agent+e.Patient) || math.Abs(e.Valence) > 1 || math.Abs(e.Agent) > 1 || math.Abs(e.Patient) > 1 {
				t.Errorf("%+v", *e)
			}
			if !slices.Contains(l.Lookup(e.Term), e) {
				t.Errorf("%q is not looked up", e.Term)
			}
			words := surfaces(e.Term, e.POS, "=")[0].words
			if len(l.At(words, 0, nil)) == 0 {
				t.Errorf("%q is not found", words)
			}
		}
	})
}

// TestFilter says that a filter holds what was put into it, and little else.
func TestFilter(t *testing.T) {
	var f filter
	f.add("")
	words := DefaultWindow().Words()
	for i := 0; i < len(words); i += 8 {
		f.add(words[i])
	}
	more := 0
	for i, w := range words {
		switch has := f.has(w); {
		case i%8 == 0 && !has:
			t.Fatalf("%q is not in it", w)
		case i%8 > 0 && has:
			more++
		}
	}
	if share := float64(more) / float64(len(words)*7/8); !f.has("") || share > 0.5 {
		t.Errorf("it takes %.2f of other words for its own", share)
	} else {
		t.Logf("it takes %.2f of other words for its own", share)
	}
}

// BenchmarkAt is a token of news text: most start no term.
func BenchmarkAt(b *testing.B) {
	l := Default()
	words := strings.Fields("the ministry said on monday that the two sides had agreed to resume talks in the border village , " +
		"although the regime 's refusal to give up its weapons remains a stumbling block and sanctions are unlikely to be lifted soon .")
	dst := make([]Match, 0, 8)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		dst = l.At(words, i%len(words), dst[:0])
	}
}

func BenchmarkLoad(b *testing.B) {
	fsys := dataFS(b)
	for b.Loop() {
		if _, err := Load(fsys); err != nil {
			b.Fatal(err)
		}
	}
}
