package framing_test

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"parallax/analysis"
	"parallax/analysis/target"
	"parallax/seeds"
)

// table reads the lines of a file of testdata, without its comments and head.
func table(t *testing.T, file string, fields int) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	head := true
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if f := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(f) != fields {
			t.Fatalf("%s: %q: want %d fields", file, line, fields)
		} else if !head {
			out = append(out, f)
		}
		head = false
	}
	return out
}

// seen is the least tone, in size, that tells a reader anything.
const seen = 0.1

// Plain sentences that nothing was trained on have the sign that two readers
// gave them; and favourable ones weigh about as much as unfavourable ones.
func TestPlain(t *testing.T) {
	a := analyzer(t, actors)
	var right, judged, quiet, neutral int
	var sums, ns [2]float64
	for _, c := range table(t, "plain.tsv", 4) {
		if c[2] != c[3] {
			continue
		}
		tone := toneOf(t, a, c[1])
		want, err := strconv.ParseFloat(c[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		if want == 0 {
			neutral++
			if math.Abs(tone) < 0.3 {
				quiet++
			}
			continue
		}
		judged++
		k := int(want+1) / 2
		sums[k], ns[k] = sums[k]+want*tone, ns[k]+1
		if want*tone >= seen {
			right++
		} else {
			t.Logf("wrong: %s, want %+.0f: %+.2f %s", c[0], want, tone, c[1])
		}
	}
	bad, good := sums[0]/ns[0], sums[1]/ns[1]
	t.Logf("signs right with a tone of %.1f or more: %d of %d; neutral within 0.3: %d of %d; mean size unfavourable %.2f, favourable %.2f", seen, right, judged, quiet, neutral, bad, good)
	if share := float64(right) / float64(judged); share < plainFloor {
		t.Errorf("%.3f right, want %.2f", share, plainFloor)
	}
	if r := bad / good; r > 1.5 || r < 1/1.5 {
		t.Errorf("unfavourable sentences weigh %.2f of favourable ones, want within a factor of 1.5", r)
	}
}

// plainFloor is just below what the scorer reaches.
const plainFloor = 0.63

// Sentences of kinds that readers reported hold what is right of them.
func TestReported(t *testing.T) {
	set, err := target.Parse("targets.yaml", seeds.Targets)
	if err != nil {
		t.Fatal(err)
	}
	a := analysis.New(set, nil, nil)
	wrong := 0
	cases := table(t, "reported.tsv", 4)
	for _, c := range cases {
		o, ok := observe(a, c[3])[c[1]]
		if !ok {
			t.Errorf("%s: no %s in %q", c[0], c[1], c[3])
			continue
		}
		than, err := strconv.ParseFloat(c[2][2:], 64)
		if err != nil {
			t.Fatal(err)
		}
		if c[2][0] == '>' && o.Tone < than || c[2][0] == '<' && o.Tone >= than {
			wrong++
			t.Logf("wrong: %s: %s %+.2f, want %s: %s", c[0], c[1], o.Tone, c[2], c[3])
		}
	}
	t.Logf("%d of %d right", len(cases)-wrong, len(cases))
	if wrong > reportedWrong {
		t.Errorf("%d wrong, want %d at most", wrong, reportedWrong)
	}
}

// reportedWrong is how many of the reported sentences are still read wrong.
const reportedWrong = 8
