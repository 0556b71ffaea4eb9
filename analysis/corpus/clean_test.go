package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMayCredit: the quick test lets everything through that the pattern finds.
func TestMayCredit(t *testing.T) {
	for _, s := range []string{
		"Kim waves (AP Photo/Ahn Young-joon)", "A launch. Photo by J. Doe", "Image: KCNA", "A test [Photo/Xinhua]", "Getty Images",
		"picture-alliance/dpa", "Seoul. REUTERS/Kim Hong-Ji", "Kim and Moon KCNA/AFP", "Kim, via REUTERS", "SHUTTERSTOCK", "Photographs: EPA",
	} {
		if !credits.MatchString(s) {
			t.Errorf("no credit found in %q", s)
		}
		if !mayCredit(s) {
			t.Errorf("mayCredit(%q) is false", s)
		}
	}
}

// TestCutSentences: which paragraphs are one.
func TestCutSentences(t *testing.T) {
	half := "The regime in Pyongyang sees a window of opportunity to alter its relations with"
	tests := []struct {
		name, first, between, second string
		joined                       bool
	}{
		{"small letter", half, "", "the United States and South Korea this year.", true},
		{"function word before a name", half + " the", "", "Bush administration, which is new.", true},
		{"comma", half + " Seoul,", "", "Washington and Tokyo this year.", true},
		{"name before a name", half + " the United", "", "Liberal Democrats, the small party in the coalition with the president of the country.", true},
		{"only the full stop is missing", half + " Seoul", "", "The president of the country said on Monday that he would wait.", false},
		{"a heading follows", half + " Seoul", "", "Additional overtures", false},
		{"a quotation follows", half + " Seoul", "", "“We shall wait,” the president of the country said on Monday.", false},
		{"a sentence ends", half + " Seoul.", "", "and that was that, as everybody in the room could see.", false},
		{"a quotation ends", half + " Seoul.”", "", "and that was that, as everybody in the room could see.", false},
		{"something dropped lies between", half, "Read more\n\n", "the United States and South Korea this year.", false},
		{"a list item", half + " Seoul", "", "- the United States and South Korea this year.", false},
	}
	for _, tt := range tests {
		text := prose + "\n\n" + tt.first + "\n\n" + tt.between + tt.second + "\n\n" + strings.Replace(prose, "Tuesday", "Friday", 1)
		c := clean(text, "x", false)
		joined := false
		for _, b := range c.blocks {
			joined = joined || text[b.Start:b.End] == tt.first+"\n\n"+tt.second
		}
		if joined != tt.joined {
			t.Errorf("%s: joined is %v, want %v: %+v", tt.name, joined, tt.joined, c.blocks)
		}
	}
}

// TestLongProseStays: a long paragraph is never dropped for how it begins.
func TestLongProseStays(t *testing.T) {
	tail := strings.Repeat(" and so on, as the envoys of both countries said at the border", 6) + "."
	for _, opening := range []string{"Read more:", "In this photo", "Photo:", "Sign up for", "Copyright", "Subscribe to", "Your browser", "Related:", "Pictured", "This site uses cookies"} {
		text := prose + "\n\n" + opening + tail + "\n\n" + strings.Replace(prose, "Tuesday", "Friday", 1)
		if c := clean(text, "x", false); len(c.dropped) != 0 {
			t.Errorf("%q: dropped %q", opening, text[c.dropped[0].Start:c.dropped[0].End])
		}
	}
}

// TestKeyRate: hand arithmetic. An article of 1000 words has 100 key terms; in
// 200 words 20 are expected.
func TestKeyRate(t *testing.T) {
	for _, tt := range []struct {
		inside, words, hits, tail int
		rate                      float64
		ok                        bool
	}{
		{100, 1000, 2, 200, 0.1, true},
		{100, 1000, 20, 200, 1, true},
		{100, 1000, 0, 40, 0, false}, // four expected: too few
		{0, 1000, 0, 200, 0, false},
		{0, 0, 0, 0, 0, false},
	} {
		if rate, ok := keyRate(tt.inside, tt.words, tt.hits, tt.tail); rate != tt.rate || ok != tt.ok {
			t.Errorf("keyRate(%d, %d, %d, %d) = %v, %v; want %v, %v", tt.inside, tt.words, tt.hits, tt.tail, rate, ok, tt.rate, tt.ok)
		}
	}
}

// TestMayMatch: the quick test of a pattern lets every line of the cases through
// that the pattern finds, and the cases have one for each.
func TestMayMatch(t *testing.T) {
	files, err := filepath.Glob("testdata/inputs/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Split(string(raw), "\n")...)
	}
	for _, p := range linePatterns {
		if p.has == nil {
			continue
		}
		matches := 0
		for _, s := range lines {
			if p.pattern.MatchString(s) {
				matches++
				if !p.may(strings.ToLower(s)) {
					t.Errorf("%q is not let through to %v", s, p.pattern)
				}
			}
		}
		if matches == 0 {
			t.Errorf("no case has a line for %v", p.pattern)
		}
	}
}
