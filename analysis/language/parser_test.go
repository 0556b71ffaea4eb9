package language

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis/corpus"
)

// parseText parses a text of one sentence.
func parseText(t *testing.T, text string, headline bool, names ...Name) *Sentence {
	t.Helper()
	all := Sentences(text, 0, len(text))
	if len(all) != 1 {
		t.Fatalf("%d sentences in %q", len(all), text)
	}
	all[0].Headline = headline
	Parse(all, names)
	checkSentence(t, &all[0])
	return &all[0]
}

// checkSentence checks what holds for the tree of any sentence.
func checkSentence(t *testing.T, s *Sentence) {
	t.Helper()
	n := len(s.Tokens)
	below := make([]int, n) // tokens of each subtree
	for i := range s.Tokens {
		tok := &s.Tokens[i]
		if tok.Tag == "" || tok.Rel == "" || tok.Head < -1 || tok.Head >= n || tok.Head == i {
			t.Fatalf("token %d of %d: %+v", i, n, tok)
		}
		if tok.Kind != Quote && (tok.Head < 0) != (tok.Rel == "root") {
			t.Errorf("token %d: head %d with relation %s", i, tok.Head, tok.Rel)
		}
		steps := 0
		for h := i; h >= 0; h = s.Tokens[h].Head {
			below[h]++
			if steps++; steps > n {
				t.Fatalf("token %d hangs on itself", i)
			}
			if !s.Within(i, h) {
				t.Errorf("token %d is not within %d", i, h)
			}
		}
	}
	for i := range s.Tokens {
		first, last := s.Extent(i)
		if last-first+1 != below[i] || first > i || last < i {
			t.Errorf("token %d %q: extent [%d, %d] for %d tokens", i, s.Tokens[i].Text, first, last, below[i])
		}
		for _, k := range s.Children(i) {
			if s.Tokens[k].Head != i {
				t.Errorf("token %d is no child of %d", k, i)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for _, text := range []string{
		"Seoul", ".", "”", "“”", "‘“”’ '", `"'a'" "b"`, "(“No,” he said.)", "“‘No,’” he said, “‘never.’”",
		"‘Doves’ and ‘hawks’ in Seoul’s ‘Blue House’", "He said “a”“b”.", "don't", "- - -",
		strings.Repeat("and the North, ", 49) + "went",
		strings.Repeat("“a” ", 66),
	} {
		parseText(t, text, false)
		parseText(t, text, true)
	}
}

// A text without full stops is cut, so that no step meets a sentence without end.
func TestLongest(t *testing.T) {
	text := strings.Repeat("and the North, ", 200) + "went"
	all := Sentences(text, 0, len(text))
	if len(all) != 5 { // 801 tokens
		t.Fatalf("%d sentences, want 5", len(all))
	}
	Parse(all, nil)
	for i := range all {
		if n := len(all[i].Tokens); n > longest {
			t.Errorf("%d tokens", n)
		}
		checkSentence(t, &all[i])
	}
}

func FuzzParse(f *testing.F) {
	f.Add("The North attacked “the South”, she said.", false, 1, 2)
	f.Add("Kim's ‘'plan'’ 'fails' to win U.S.-led talks", true, 0, 3)
	f.Fuzz(func(t *testing.T, text string, headline bool, first, last int) {
		all := Sentences(text, 0, len(text))
		var names []Name
		if len(all) > 0 && 0 <= first && first <= last && last < len(all[0].Tokens) {
			names = append(names, Name{First: first, Last: last, Kind: NameKind((first + last) % 4)})
		}
		for i := range all {
			all[i].Headline = headline
		}
		Parse(all, names)
		for i := range all {
			checkSentence(t, &all[i])
		}
	})
}

// TestQuoteHeads says on which token each quotation mark hangs.
func TestQuoteHeads(t *testing.T) {
	tests := []struct{ text, want string }{ // per mark the token, - for none
		{`“No” meant “no” then.`, "No No no no"},
		{`"No" meant "no" then.`, "No No no no"},
		{`He said "no".`, "no ."}, // as no space is on either side
		{"He said “no.”", "no ."},
		{"“He said ‘no.’”", "He no . ."},
		{"“‘No,’ he said”", "No No , said"},
		{"the Koreans' army", "Koreans"},
		{"”", "-"},
	}
	for _, tt := range tests {
		s := parseText(t, tt.text, false)
		var got []string
		for i := range s.Tokens {
			switch tok := &s.Tokens[i]; {
			case tok.Kind != Quote:
			case tok.Head < 0:
				got = append(got, "-")
			default:
				got = append(got, s.Tokens[tok.Head].Text)
			}
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.text, diff)
		}
	}
}

// TestNames says that a tree does not depend on what the names in it are.
func TestNames(t *testing.T) {
	shape := func(text string, names ...Name) string {
		var b strings.Builder
		s := parseText(t, text, false, names...)
		for i := range s.Tokens {
			if tok := &s.Tokens[i]; tok.Rel != "compound" {
				b.WriteString(tok.Tag + "/" + tok.Rel + " ")
			}
		}
		return b.String()
	}
	a := shape("Freedonia attacked Sylvania.", Name{First: 0, Last: 0}, Name{First: 2, Last: 2})
	b := shape("The United Kingdom attacked Ra’s al-Khaima.", Name{First: 0, Last: 2}, Name{First: 4, Last: 6})
	if a != b || a != "NNP/nsubj VBD/root NNP/obj PUNCT/punct " {
		t.Errorf("%s\n%s", a, b)
	}
	// Names in other sentences and one inside another do not count.
	c := shape("Freedonia attacked Sylvania.", Name{First: 0, Last: 0}, Name{First: 0, Last: 0}, Name{First: 2, Last: 2}, Name{Sentence: 1})
	if a != c {
		t.Errorf("%s\n%s", a, c)
	}
}

func TestSplit(t *testing.T) {
	const text = "Talks fail to start\n\nSeoul waited.  “Go,” he said. Nobody\n\nleft"
	doc := &corpus.Document{Text: text, Blocks: []corpus.Block{
		{Start: 0, End: 19, Kind: corpus.Title},
		{Start: 21, End: 57, Kind: corpus.Paragraph},
		{Start: 57, End: 57, Kind: corpus.Paragraph},
		{Start: 63, End: 67, Kind: corpus.Heading},
	}}
	for i := range doc.Blocks {
		if b := &doc.Blocks[i]; i == 1 {
			b.End = strings.Index(text, "\n\nleft")
		} else if i == 3 {
			b.Start, b.End = strings.Index(text, "left"), len(text)
		}
	}
	type piece struct {
		Text     string
		Block    int
		Headline bool
	}
	var got []piece
	for _, s := range Split(doc) {
		got = append(got, piece{text[s.Start:s.End], s.Block, s.Headline})
	}
	want := []piece{
		{"Talks fail to start", 0, true},
		{"Seoul waited.", 1, false},
		{"“Go,” he said.", 1, false},
		{"Nobody", 1, false},
		{"left", 3, true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestHeadlines says which words of headlines are verbs. The bound leaves room
// for a word or two that a new model gets wrong.
func TestHeadlines(t *testing.T) {
	headlines := strings.Split(strings.TrimSpace(`
North Korea *attempts* to split alliance
Minister *warns* of new famine
Seoul *rejects* a call for talks
Harbour workers *vote* to strike
Freedonia *threatens* its neighbour
Court *orders* the release of prisoners
President *visits* flooded villages
Army *shells* border town after raid
Sylvania *seeks* Chinese help
Police *arrest* two in bomb plot
Union *accuses* bank of fraud
Drills *begin* near disputed island
Envoy *says* the deal is dead
Aid *reaches* famine region at last
Moon *offers* Kim a way out
Talks between the two Koreas
The road to peace
Reports of a coup
Sanctions and their victims
Prospects for the alliance
`), "\n")
	wrong := 0
	for _, h := range headlines {
		before, rest, ok := strings.Cut(h, "*")
		verb, _, _ := strings.Cut(rest, "*")
		s := parseText(t, strings.ReplaceAll(h, "*", ""), true)
		var got []string
		for i := range s.Tokens {
			switch s.Tokens[i].Tag {
			case "VBZ", "VBP", "VBD", "MD":
				got = append(got, s.Tokens[i].Text)
			}
		}
		found := false
		for i := range s.Tokens {
			found = found || ok && s.Tokens[i].Start == len(before) && strings.HasPrefix(s.Tokens[i].Tag, "VB")
		}
		if found != ok || !ok && len(got) > 0 {
			wrong++
			t.Logf("%q: want the verb %q, got %q", h, verb, got)
		}
	}
	t.Logf("%d of %d wrong", wrong, len(headlines))
	if wrong > 3 {
		t.Errorf("more than 3")
	}
}
