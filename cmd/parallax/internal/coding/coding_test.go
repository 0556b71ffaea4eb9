package coding

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
)

// scored makes observations of documents of ten sentences on two targets.
func scored(source string, documents int, class func(i int) int) []analysis.Observation {
	var out []analysis.Observation
	i := 0
	for d := range documents {
		for s := range 10 {
			for _, target := range []string{"NK", "US"} {
				out = append(out, analysis.Observation{Document: fmt.Sprintf("%s-%d", source, d), Source: source, Start: 100 * s, End: 100*s + 90,
					Sentence: fmt.Sprintf("sentence %d of it", i), Target: target, Voice: voices[i%2], Polarity: class(i)})
				i++
			}
		}
	}
	return out
}

func draw(t *testing.T, size int, seed uint64, os ...[]analysis.Observation) *Key {
	t.Helper()
	p := NewPool(size, seed)
	for _, o := range os {
		p.Add(o)
	}
	k, err := p.Draw()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestDraw(t *testing.T) {
	// Of twenty sentences one is favourable, and four are unfavourable.
	rare := func(i int) int { return []int{1, 0, 0, 0, 0, -1, -1, 0, 0, 0}[i/2%10] }
	a, b := scored("gazette", 6, rare), scored("herald", 40, rare)
	key := draw(t, 90, 1, a, b)
	if len(key.Items) != 90 {
		t.Fatalf("%d rows", len(key.Items))
	}
	drawn := map[Stratum]int{}
	for _, it := range key.Items {
		drawn[it.Stratum]++
	}
	for _, s := range key.Strata {
		// Twelve strata; the gazette has 6 favourable sentences on each target, all
		// of which are drawn, and the others share the rest: 78 over ten.
		want := []int{7, 8}
		if s.Population < 7 {
			want = []int{s.Population}
		}
		if drawn[s.Stratum] != s.Drawn || !slices.Contains(want, s.Drawn) {
			t.Errorf("%+v: drawn %d, want %v", s, drawn[s.Stratum], want)
		}
	}
	// Neither the order nor the parts in which documents come matter; the seed does.
	slices.Reverse(b)
	if d := cmp.Diff(key, draw(t, 90, 1, b[:33], b[33:], a)); d != "" {
		t.Errorf("the order of documents matters: %s", d)
	}
	if cmp.Equal(key.Items, draw(t, 90, 2, a, b).Items) {
		t.Error("another seed draws the same")
	}
	// Few are asked for, and the pool has not kept more than it needs.
	if _, err := (NewPool(5, 1)).Draw(); err != nil {
		t.Error(err)
	}
	p := NewPool(11, 1)
	p.Add(a)
	p.Add(b)
	if _, err := p.Draw(); err == nil || !strings.Contains(err.Error(), "draw 12 sentences or more") {
		t.Errorf("11 rows for 12 strata: %v", err)
	}
	for k, s := range p.strata {
		if len(s.items) > 2*p.size {
			t.Errorf("%v: holds %d", k, len(s.items))
		}
	}
	// All there are.
	if n := len(draw(t, 5000, 1, a).Items); n != len(a) {
		t.Errorf("%d of %d rows", n, len(a))
	}
}

// TestDrawIsRandom says that each sentence of a stratum is as likely to be drawn
// as any other, and to stand anywhere in the sheet.
func TestDrawIsRandom(t *testing.T) {
	os := scored("gazette", 1, func(i int) int { return 0 })[:20]
	times, place := map[string]int{}, map[string]int{}
	const runs = 2000
	for seed := range uint64(runs) {
		key := draw(t, 10, seed, os)
		for i, it := range key.Items {
			times[it.Sentence]++
			place[it.Sentence] += i
		}
	}
	for s, n := range times {
		// Half of the runs, with a standard deviation of 22; the mean place is 4.5,
		// with one of 0.09.
		if math.Abs(float64(n)-runs/2) > 100 || math.Abs(float64(place[s])/float64(n)-4.5) > 0.4 {
			t.Errorf("%s: drawn %d times of %d, mean place %.2f", s, n, runs, float64(place[s])/float64(n))
		}
	}
}

func TestSheet(t *testing.T) {
	os := scored("gazette", 2, func(i int) int { return i%3 - 1 })
	for i, s := range []string{"=cmd|' /C calc'!A0", "+1 is, they say, enough.", "-- so it was.", "@home", "“Commas, quotes\" and\nlines,” said he."} {
		os[i].Sentence = s
	}
	key := draw(t, len(os), 1, os)
	sheet, err := key.Sheet(map[string]string{"NK": "North Korea"})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(sheet, []byte("\xef\xbb\xbfid,sentence,target,tone,voice,comment\r\n")) {
		t.Errorf("the sheet begins with %q", sheet[:50])
	}
	// Blind: nothing of the key but the id.
	for _, word := range []string{"gazette", "author", "quoted"} {
		if bytes.Contains(sheet, []byte(word)) {
			t.Errorf("the sheet tells %q", word)
		}
	}
	rows, err := csv.NewReader(bytes.NewReader(sheet[3:])).ReadAll()
	if err != nil || len(rows) != len(os)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows[1:] {
		it := key.Items[i]
		if row[0] != it.ID || row[2] != map[string]string{"NK": "North Korea", "US": "US"}[it.Target] || row[3]+row[4]+row[5] != "" {
			t.Errorf("row %q of %+v", row, it)
		}
		if strings.TrimPrefix(row[1], "'") != strings.ReplaceAll(it.Sentence, "\r\n", "\n") || strings.ContainsAny(row[1][:1], "=+-@") {
			t.Errorf("sentence %q of %q", row[1], it.Sentence)
		}
	}
}

// small is a key of four rows.
func small() *Key {
	key := &Key{Schema: schema}
	for i, p := range []int{-1, 0, 0, 1} {
		s := Stratum{"gazette", "NK", p}
		key.Items = append(key.Items, Item{ID: fmt.Sprintf("s%d", i+1), Stratum: s, Document: "d", Start: i, Voice: "author"})
	}
	key.Strata = []Size{{Stratum{"gazette", "NK", -1}, 5, 1}, {Stratum{"gazette", "NK", 0}, 7, 2}, {Stratum{"gazette", "NK", 1}, 2, 1}}
	key.Calls = []Call{{"gazette", "NK", "d", [3]int{5, 7, 2}}}
	return key
}

func TestReadSheet(t *testing.T) {
	for _, c := range []struct {
		name, sheet string
		want        map[string]Code
	}{
		{"as written", "\ufeffid,sentence,target,tone,voice,comment\r\ns1,a,NK,-1,author,\r\ns2,b,NK,0,,\r\ns3,c,NK,,quoted,hm\r\ns4,d,NK,,,\r\n",
			map[string]Code{"s1": {-1, true, "author"}, "s2": {0, true, ""}, "s3": {0, false, "quoted"}}},
		{"sorted, with semicolons and other columns", "Tone;x;ID;Voice\n1.0;;s4;Author\n\n−1;;s2;\n;;;\n", map[string]Code{"s4": {1, true, "author"}, "s2": {-1, true, ""}}},
		{"with tabs", "id\ttone\tvoice\ns1\t+1\tQUOTED\n", map[string]Code{"s1": {1, true, "quoted"}}},
		{"with a short row", "id,tone,voice\ns1,'-1\n", map[string]Code{"s1": {-1, true, ""}}},
	} {
		got, err := ReadSheet("anna.csv", "anna", []byte(c.sheet), small())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if d := cmp.Diff(c.want, got.Codes); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
	for want, sheet := range map[string]string{
		`anna.csv: no column "voice"`:                     "id,tone\ns1,1\n",
		`anna.csv: no column "id"`:                        "",
		`anna.csv:3: id "s9" is not in the key`:           "id,tone,voice\ns1,1,\ns9,1,\n",
		`anna.csv:2: id "" is not in the key`:             "id,tone,voice\n,1,\n",
		`anna.csv:3: id "s1" is in line 2 too`:            "id,tone,voice\ns1,1,\ns1,1,\n",
		`anna.csv:2: tone "2": write -1 for unfavourable`: "id,tone,voice\ns1,2,\n",
		`anna.csv:2: tone "positive": write -1`:           "id,tone,voice\ns1,positive,\n",
		`anna.csv:2: voice "Anna": write author or quoted`: strings.ToLower(
			"id,tone,voice\ns1,1,anna\n"),
		`anna.csv: nothing is coded: fill in`: "id,tone,voice\ns1,,\n",
		`anna.csv: not CSV: `:                 "id,tone,voice\n\"s1,1,\n",
	} {
		_, err := ReadSheet("anna.csv", "anna", []byte(sheet), small())
		if err == nil || !strings.HasPrefix(strings.ToLower(err.Error()), strings.ToLower(want)) {
			t.Errorf("%q: %v, want %s", sheet, err, want)
		}
	}
}

func TestReadKey(t *testing.T) {
	key := draw(t, 20, 1, scored("gazette", 3, func(i int) int { return i%3 - 1 }))
	data, err := key.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadKey("k", data)
	if err != nil {
		t.Fatal(err)
	}
	for i := range key.Items {
		key.Items[i].Sentence = "" // the sheet has it
	}
	if d := cmp.Diff(key, again); d != "" {
		t.Error(d)
	}
	for old, new := range map[string]string{
		`"schema": 1`: `"schema": 2`, `{`: `[`, `"id": "s02"`: `"id": "s01"`, `"drawn": `: `"drawn": 9`, `"population": `: `"population": 9`,
	} {
		if _, err := ReadKey("sheet.key.json", bytes.Replace(data, []byte(old), []byte(new), 1)); err == nil || !strings.HasPrefix(err.Error(), "sheet.key.json: ") {
			t.Errorf("%s for %s: %v", new, old, err)
		}
	}
}

func FuzzReadSheet(f *testing.F) {
	f.Add([]byte("id,tone,voice\ns1,1,author\n"))
	f.Add([]byte("\ufeffid;tone;voice\ns2;-1,0;\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadSheet("f", "f", data, small())
		if err != nil {
			return
		}
		for id, code := range c.Codes {
			if !slices.Contains([]string{"s1", "s2", "s3", "s4"}, id) || code.Tone < -1 || code.Tone > 1 || !code.Toned && code.Tone != 0 || !code.Toned && code.Voice == "" {
				t.Errorf("%q: %+v", id, code)
			}
		}
		a := Compare(small(), []Coder{c}, 1)
		for _, n := range a.Corrected {
			if s := n.Shares; s != nil && math.Abs(s[0]+s[1]+s[2]-1) > 1e-9 {
				t.Errorf("%+v", n)
			}
		}
	})
}
