package language

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// goldClauses is one sentence of testdata/clauses.txt.
type goldClauses struct {
	text   string
	pieces []piece
	verbs  []string
}

// piece is a stretch of a sentence that belongs to one clause.
type piece struct {
	start int // byte offset
	label string
}

func readClauses(t *testing.T) []goldClauses {
	t.Helper()
	data, err := os.ReadFile("testdata/clauses.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []goldClauses
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if verbs, ok := strings.CutPrefix(line, "> "); ok {
			out[len(out)-1].verbs = strings.Split(verbs, "; ")
			continue
		}
		var g goldClauses
		for part := range strings.SplitSeq(line, " | ") {
			label, text, ok := strings.Cut(strings.TrimPrefix(part, "["), "] ")
			if !ok {
				t.Fatalf("no label: %s", part)
			}
			if g.text != "" {
				g.text += " "
			}
			g.pieces = append(g.pieces, piece{len(g.text), label})
			g.text += text
		}
		out = append(out, g)
	}
	return out
}

// pieces returns the stretches of a sentence, labelled as in the gold file.
func pieces(s *Sentence) []piece {
	clauses, owner := s.Clauses()
	var out []piece
	for i, k := range owner {
		if i > 0 && owner[i-1] == k {
			continue
		}
		c := clauses[k]
		label := string(c.Kind)
		switch {
		case i > c.First:
			label += " ..."
		case c.Link != "":
			label += " " + c.Link
		}
		out = append(out, piece{s.Tokens[i].Start, label})
	}
	return out
}

func show(text string, pieces []piece) string {
	var b strings.Builder
	for i, p := range pieces {
		end := len(text)
		if i+1 < len(pieces) {
			end = pieces[i+1].start
		}
		b.WriteString("[" + p.label + "] " + strings.TrimSpace(text[p.start:end]) + " | ")
	}
	return strings.TrimSuffix(b.String(), " | ")
}

// TestClauses holds borders and labels against the gold ones. The bounds are
// below what is reached, so that a new model of the parser may cost a case.
func TestClauses(t *testing.T) {
	right, found, wanted, labels := 0, 0, 0, 0
	gold := readClauses(t)
	for _, g := range gold {
		s := parseText(t, g.text, false)
		checkClauses(t, s)
		got := pieces(s)
		found, wanted = found+len(got)-1, wanted+len(g.pieces)-1
		same := 0
		for _, p := range g.pieces {
			k := slices.IndexFunc(got, func(q piece) bool { return q.start == p.start })
			if k < 0 {
				continue
			}
			if p.start > 0 {
				right++
			}
			if got[k].label == p.label {
				labels++
				same++
			}
		}
		if same < len(g.pieces) || len(got) != len(g.pieces) {
			t.Logf("want %s\n got %s", show(g.text, g.pieces), show(g.text, got))
		}
	}
	p, r := float64(right)/float64(found), float64(right)/float64(wanted)
	f1, share := 2*p*r/(p+r), float64(labels)/float64(wanted+len(gold))
	t.Logf("%d sentences, %d borders: precision %.3f, recall %.3f, F1 %.3f; kind and link right for %.3f of the pieces",
		len(gold), wanted, p, r, f1, share)
	if len(gold) < 60 || f1 < 0.85 || share < 0.85 {
		t.Errorf("F1 %.3f and share %.3f, want 0.85 or more of both, for 60 sentences", f1, share)
	}
}

// checkClauses checks what holds for the clauses and verb groups of any sentence.
func checkClauses(t *testing.T, s *Sentence) {
	t.Helper()
	clauses, owner := s.Clauses()
	if len(owner) != len(s.Tokens) {
		t.Fatalf("%d owners for %d tokens", len(owner), len(s.Tokens))
	}
	seen := 0
	for i, k := range owner {
		if k < 0 || k >= len(clauses) {
			t.Fatalf("token %d is in clause %d of %d", i, k, len(clauses))
		}
		if k > seen {
			t.Errorf("clause %d begins after clause %d", k-1, k)
		}
		if k == seen {
			seen++
		}
		if i < clauses[k].First || i > clauses[k].Last {
			t.Errorf("token %d is outside its clause %+v", i, clauses[k])
		}
	}
	for k, c := range clauses {
		if owner[c.First] != k || owner[c.Last] != k || owner[c.Head] != k {
			t.Errorf("clause %d has tokens of others: %+v", k, c)
		}
		if c.Kind == "" || (c.Parent < 0) != (c.Kind == Main) || c.Parent >= len(clauses) {
			t.Errorf("clause %d: %+v", k, c)
		}
		steps := 0
		for p := k; p >= 0; p = clauses[p].Parent {
			if steps++; steps > len(clauses) {
				t.Fatalf("clause %d is its own parent", k)
			}
		}
	}
	again, owners := s.Clauses()
	if !slices.Equal(again, clauses) || !slices.Equal(owners, owner) {
		t.Error("two calls differ")
	}

	head := -1
	for _, g := range s.VerbGroups() {
		if g.Head <= head || g.First > g.Head || g.Last < g.Head || g.First < 0 || g.Last >= len(s.Tokens) || g.Voice == "" {
			t.Errorf("verb group %+v behind %d of %d tokens", g, head, len(s.Tokens))
		}
		head = g.Head
	}
}

func TestClauseMarks(t *testing.T) {
	tests := []struct{ text, want string }{
		{"”", "[main] ”"},
		{"“”", "[main] “”"},
		{"()", "[main] ()"},
		{"(Talks failed.)", "[main] (Talks failed.)"}, // a pair around it all encloses nothing
		{"Kim (34) left.", "[main] Kim | [parenthesis (] (34) | [main ...] left."},
		{"Kim left (he said).", "[main] Kim left | [parenthesis (] (he said)."},
		{"When they called it “a war”, he left.", "[adverbial when] When they called it “a war”, | [main] he left."},
		{"When they called it 'a war', he left.", "[adverbial when] When they called it 'a war', | [main] he left."},
		{"He said “they lost”.", "[main] He said | [complement] “they lost”."},
		{"Kim left - for now.", "[main] Kim left - for now."}, // a single dash
	}
	for _, tt := range tests {
		s := parseText(t, tt.text, false)
		checkClauses(t, s)
		if diff := cmp.Diff(tt.want, show(tt.text, pieces(s))); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.text, diff)
		}
	}
	if clauses, owner := new(Sentence).Clauses(); clauses != nil || owner != nil {
		t.Error("an empty sentence has clauses")
	}
}

func FuzzClauses(f *testing.F) {
	f.Add("The North, which (as it said) had been attacked, left — it may not return — and “never” tried to.", false)
	f.Add("(((a) b) — c — (d", true)
	f.Add("Has been. (Having to) be — was", false)
	for _, seed := range []string{"( — ) — ", "a (b — c) d — e", strings.Repeat("and he said that ", 90)} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, headline bool) {
		all := Sentences(text, 0, len(text))
		for i := range all {
			all[i].Headline = headline
		}
		Parse(all, nil)
		for i := range all {
			checkClauses(t, &all[i])
		}
	})
}
