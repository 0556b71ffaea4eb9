package voice

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis/corpus"
	"parallax/analysis/language"
	"parallax/analysis/target"
	"parallax/lexicon"
)

// split makes untagged sentences of paragraphs, which are parted by a bar.
func split(text string) []language.Sentence {
	var all []language.Sentence
	start := 0
	for n, p := range strings.Split(text, "|") {
		for _, s := range language.Sentences(text, start, start+len(p)) {
			s.Block = n
			all = append(all, s)
		}
		start += len(p) + 1
	}
	return all
}

func TestQuotations(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // the text of each quotation, marks and all
	}{
		{"straight", `He said "go on" twice.`, []string{`"go on"`}},
		{"curly", `He said “go on” twice.`, []string{`“go on”`}},
		{"single", `He said 'go on' twice.`, []string{`'go on'`}},
		{"curly single", `He said ‘go on’ twice.`, []string{`‘go on’`}},
		{"angle", `He said «go on» twice.`, []string{`«go on»`}},
		{"low", `He said „go on“ twice.`, []string{`„go on“`}},
		{"two", `"Go," he said, "and stay."`, []string{`"Go,"`, `"and stay."`}},
		{"single in double", `"They call it 'peace' here," he said.`, []string{`"They call it 'peace' here,"`}},
		{"curly single in double", `“They call it ‘peace’ here,” he said.`, []string{`“They call it ‘peace’ here,”`}},
		{"double in single", `'They call it "peace" here,' he said.`, []string{`'They call it "peace" here,'`}},
		{"over sentences", `"One. Two. Three," he said.`, []string{`"One. Two. Three,"`}},
		{"over paragraphs", `"One.|"Two," he said.`, []string{`"One.`, `"Two,"`}},
		{"never closed", `"One. Two.|Three.`, []string{`"One.`}},
		{"closing mark opens", `He said ”go on” twice.`, []string{`”go on”`}},
		{"both marks open", `He said “go on“ twice.`, []string{`“go on“`}},
		{"in brackets", `He said ("go on") twice.`, []string{`"go on"`}},
		{"behind a dash", `He said—"go on"—twice.`, []string{`"go on"`}},
		{"apostrophe", `The soldiers' camp and the officers' rooms.`, nil},
		{"clitics", `It's the North's, isn't it? They'd know.`, nil},
		{"curly apostrophe", `The soldiers’ camp and the officers’ rooms.`, nil},
		{"elided", `In the '90s and the '80s.`, nil},
		{"apostrophe in single", `'The soldiers' camp is here,' he said.`, []string{`'The soldiers' camp is here,'`}},
		{"inches", `He is 5'10" tall and 6'2" wide.`, nil},
		{"inches in a quotation", `"He is 5'10" tall," she said.`, []string{`"He is 5'10" tall,"`}},
		{"closing alone", `He said go on” twice.`, nil},
		{"empty", `He said "" twice.`, []string{`""`}},
		{"emphasis", `The "axis of evil" and the "sunshine" policy.`, []string{`"axis of evil"`, `"sunshine"`}},
		{"clitic behind", `“Sunshine”’s end.`, []string{`“Sunshine”`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ss := split(tt.text)
			var got []string
			for _, q := range quotations(ss) {
				from, to := ss[q.open.sentence].Tokens[q.open.token], ss[q.close.sentence].Tokens[q.close.token]
				got = append(got, tt.text[from.Start:to.End])
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s: -want +got\n%s", tt.text, d)
			}
		})
	}
}

// check holds what is true of any text: no token has two voices, spans lie
// within their sentences and do not overlap, and At agrees with Spans.
func check(t *testing.T, ss []language.Sentence, v *Voices) {
	t.Helper()
	seen := map[[2]int]Span{}
	for _, s := range v.Spans() {
		if s.Sentence < 0 || s.Sentence >= len(ss) || s.First < 0 || s.First > s.Last || s.Last >= len(ss[s.Sentence].Tokens) ||
			s.Cue < -1 || s.Cue >= len(ss[s.Sentence].Tokens) {
			t.Fatalf("span %+v does not lie in its sentence", s)
		}
		if (s.Holder == "") != (s.Kind == Scare) {
			t.Fatalf("span %+v: a holder, unless nobody speaks", s)
		}
		if s.Kind == Scare {
			if !v.Scare(s.Sentence, s.First, s.Last) {
				t.Fatalf("Scare does not know %+v", s)
			}
			continue
		}
		for k := s.First; k <= s.Last; k++ {
			at := [2]int{s.Sentence, k}
			if before, ok := seen[at]; ok {
				t.Fatalf("token %v is in %+v and in %+v", at, before, s)
			}
			seen[at] = s
		}
	}
	for i := range ss {
		for k := range ss[i].Tokens {
			want, in := seen[[2]int{i, k}]
			got, ok := v.At(i, k)
			if ok != in || got != want {
				t.Fatalf("At(%d, %d) = %+v, %v; want %+v, %v", i, k, got, ok, want, in)
			}
		}
	}
}

var soup = []string{
	"\"", "“", "”", "'", "‘", "’", "«", "»", "„", ",", ".", "?", "—", "(", ")", ":", ";", "...", "|",
	"said", "says", "told", "according", "to", "that", "who", "by", "was", "accused", "of", "denounced", "as", "believes", "and", "but",
	"on", "the", "grounds", "voiced", "doubts", "over", "he", "it", "they", "the", "report", "added", "analysts", "officials", "former",
	"Seoul", "US", "North", "Korea", "Moon", "Anna", "Berg", "n't", "'s", "5'10\"", "war", "is", "in", "June", "1",
}

func stir(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(soup[r.IntN(len(soup))])
		if r.IntN(3) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// tagged gives tokens tags and heads at random: whatever the parser makes of a
// text, the invariants hold.
func tagged(r *rand.Rand, ss []language.Sentence) {
	tags := []string{"NN", "NNS", "NNP", "VBD", "VBZ", "VBN", "VBG", "VB", "DT", "IN", "PRP", "JJ", "RB", "CC", "WP", "WDT", "TO", "MD", "CD", "POS"}
	for i := range ss {
		for k := range ss[i].Tokens {
			ss[i].Tokens[k].Tag = tags[r.IntN(len(tags))]
			ss[i].Tokens[k].Head = r.IntN(len(ss[i].Tokens)+1) - 1
			ss[i].Tokens[k].Rel = []string{"nsubj", "obj", "ccomp", "parataxis", "conj", "acl:relcl", "obl", "nmod", "appos"}[r.IntN(9)]
		}
	}
}

func TestInvariants(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		ss := split(stir(r, r.IntN(40)))
		tagged(r, ss)
		check(t, ss, Attribute(ss, mentionsIn(ss), lexicon.Default()))
	}
}

// mentionsIn makes a mention of every capitalised word that is a place in soup.
func mentionsIn(ss []language.Sentence) []target.Mention {
	var out []target.Mention
	for i := range ss {
		for k, t := range ss[i].Tokens {
			switch t.Norm {
			case "seoul":
				out = append(out, target.Mention{Target: "SK", Kind: target.Metonym, Sentence: i, First: k, Last: k, Start: t.Start, End: t.End, Text: t.Text})
			case "us", "he":
				out = append(out, target.Mention{Target: "US", Kind: target.Alias, Sentence: i, First: k, Last: k, Start: t.Start, End: t.End, Text: t.Text})
			}
		}
	}
	return out
}

func FuzzQuotations(f *testing.F) {
	for _, s := range []string{
		`"We will go," Seoul said, "and they know it." | "It ends," he added.`,
		`“‘ “ ’ ” said’s 'tis "`,
		`According to "`, `said`, `", said US.`, `on the grounds that`, `voiced doubts over`, `Seoul, , said that`,
	} {
		f.Add(s, uint64(1))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		ss := split(text)
		r := rand.New(rand.NewPCG(seed, 0))
		tagged(r, ss)
		check(t, ss, Attribute(ss, mentionsIn(ss), lexicon.Default()))
	})
}

// TestEmpty says that nothing has no voices.
func TestEmpty(t *testing.T) {
	var none corpus.Document
	if v := Attribute(split(none.Text), nil, lexicon.Default()); len(v.Spans()) != 0 {
		t.Errorf("spans in nothing: %v", v.Spans())
	}
}
