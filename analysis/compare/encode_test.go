package compare

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"parallax/analysis"
)

var (
	_ encoding.BinaryMarshaler   = (*Accumulator)(nil)
	_ encoding.BinaryUnmarshaler = (*Accumulator)(nil)
)

// worded gives observations words that contributed, and sentences.
func worded(all []analysis.Observation, r *rand.Rand) []analysis.Observation {
	for i := range all {
		o := &all[i]
		o.Start, o.End, o.Sentence = 10*i, 10*i+9, fmt.Sprintf("Sentence %d.", i)
		for range r.IntN(3) {
			o.Evidence = append(o.Evidence, analysis.Evidence{Term: fmt.Sprint("term ", r.IntN(40)), Contribution: o.Tone / 2})
		}
	}
	return all
}

func binaryForm(t testing.TB, a *Accumulator) []byte {
	t.Helper()
	b, err := a.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Any split of any corpus into any number of parts, sent through either form
// and merged in any order, gives the same bytes. The second corpus has more
// documents, terms and paragraphs than a cell holds.
func TestFormsBySplit(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	large := make([]analysis.Observation, 0, 14000)
	for i := range 14000 {
		o := observe("s", fmt.Sprint("d", r.IntN(12000)), i, "US", "author", float64(r.IntN(21)-10)/10)
		o.Evidence = []analysis.Evidence{{Term: fmt.Sprint("term ", r.IntN(14000)), Contribution: 0.1}}
		if i%4 == 0 { // a source of one long document
			o.Source, o.Document, o.Paragraph = "long", "long.1", i*3
		}
		large = append(large, o)
	}
	for name, c := range map[string]struct {
		all    []analysis.Observation
		opts   Options
		rounds int
	}{
		"sources":   {worded(corpus(3, 3, 3, 2, 40), r), quick, 15},
		"documents": {worded(corpus(4, 3, 3, 2, 40), r), Options{Resamples: 200, Permutations: 199, ByDocument: true}, 5},
		"dates":     {worded(corpus(5, 3, 6, 2, 60), r), Options{Resamples: 200, Permutations: 199, Split: "2018-06"}, 5},
		"large":     {large, quick, 2},
	} {
		t.Run(name, func(t *testing.T) {
			if os.Getenv("PARALLAX_SLOW") == "" && name == "large" {
				t.Skip("adds 14,000 observations several times; set PARALLAX_SLOW to run it")
			}
			date := func(o analysis.Observation) string { // a few of each period, by document
				return []string{"2018-05-31", "2018-06-01", "2018", ""}[int(o.Document[len(o.Document)-1])%4]
			}
			gather := func(all []analysis.Observation, parts int) []*Accumulator {
				out := make([]*Accumulator, parts)
				for i := range out {
					a, err := New(c.opts)
					if err != nil {
						t.Fatal(err)
					}
					out[i] = a
				}
				for _, o := range all {
					if err := out[r.IntN(parts)].AddDated(o, date(o)); err != nil {
						t.Fatal(err)
					}
				}
				return out
			}
			one := gather(c.all, 1)[0]
			want := binaryForm(t, one)
			wantJSON, err := json.Marshal(one)
			if err != nil {
				t.Fatal(err)
			}
			result, err := one.Result(c.opts)
			if err != nil {
				t.Fatal(err)
			}
			for range c.rounds {
				shuffled := slices.Clone(c.all)
				r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
				parts := gather(shuffled, 2+r.IntN(5))
				for i, p := range parts { // to another machine
					q := new(Accumulator)
					if i%2 == 0 {
						err = q.UnmarshalBinary(binaryForm(t, p))
					} else {
						var b []byte
						if b, err = json.Marshal(p); err == nil {
							err = json.Unmarshal(b, q)
						}
					}
					if err != nil {
						t.Fatal(err)
					}
					parts[i] = q
				}
				for len(parts) > 1 {
					i := r.IntN(len(parts) - 1)
					j := i + 1 + r.IntN(len(parts)-i-1)
					if err := parts[i].Merge(parts[j]); err != nil {
						t.Fatal(err)
					}
					parts = slices.Delete(parts, j, j+1)
				}
				if !bytes.Equal(binaryForm(t, parts[0]), want) {
					t.Fatal("the binary form differs")
				}
				got, err := json.Marshal(parts[0])
				if err != nil || !bytes.Equal(got, wantJSON) {
					t.Fatal("the JSON form differs", err)
				}
				again, err := parts[0].Result(c.opts)
				if err != nil || marshal(t, again) != marshal(t, result) {
					t.Fatal("the result differs", err)
				}
			}
		})
	}
}

func TestFormsRefuse(t *testing.T) {
	var a Accumulator
	for _, o := range worded(corpus(3, 2, 2, 1, 20), rand.New(rand.NewPCG(1, 1))) {
		if err := a.Add(o); err != nil {
			t.Fatal(err)
		}
	}
	good, err := json.Marshal(&a)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"another version":   {`{"schema":1,`, `{"schema":2,"new":1,`, "version 2"},
		"an unknown field":  {`{"schema":1,`, `{"schema":1,"new":1,`, "new"},
		"a sum":             {`"sentences":`, `"sentences":1`, "add up"},
		"a negative count":  {`"count":`, `"count":-`, "tones"},
		"not a date":        {`"by_document":false`, `"by_document":false,"split":"soon"`, "no date"},
		"a period":          {`"voice":"author"`, `"voice":"author","period":"before"`, "without a date"},
		"all voices":        {`"voice":"author"`, `"voice":"all"`, "voice"},
		"a document":        {`"target":"target 0"`, `"document":"d","target":"target 0"`, "among cells of sources"},
		"an observation":    {`"mentions":1,"voice"`, `"mentions":-1,"voice"`, "mentions"},
		"documents, sorted": {`"id":"document 0.0"`, `"id":"document 1"`, "out of order"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(string(good), c.from, c.to, 1)
			if bad == string(good) {
				t.Fatalf("%s is not in the form", c.from)
			}
			b := a
			if err := json.Unmarshal([]byte(bad), &b); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one on %q", err, c.want)
			}
			if !bytes.Equal(binaryForm(t, &b), binaryForm(t, &a)) {
				t.Error("refused, but read")
			}
		})
	}
	data := binaryForm(t, &a)
	for name, bad := range map[string][]byte{
		"empty": nil, "other": []byte("PK\x03\x04"), "cut": data[:len(data)-1], "too long": append(slices.Clone(data), 0),
	} {
		if err := new(Accumulator).UnmarshalBinary(bad); err == nil {
			t.Errorf("%s: read without an error", name)
		}
	}
	byDocument, err := New(Options{ByDocument: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := byDocument.Merge(&a); err == nil {
		t.Error("sums of sources were merged into sums of documents")
	}
	if _, err := byDocument.Result(Options{}); err == nil {
		t.Error("sums of documents were read as sums of sources")
	}
}

// Whatever the bytes, reading them ends in an error or in sums that can be
// used and give the bytes back.
func FuzzUnmarshalBinary(f *testing.F) {
	var a Accumulator
	for _, o := range worded(corpus(3, 2, 2, 1, 6), rand.New(rand.NewPCG(1, 1))) {
		if err := a.Add(o); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(binaryForm(f, &a))
	f.Add(binaryForm(f, new(Accumulator)))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		var b Accumulator
		if err := b.UnmarshalBinary(data); err != nil {
			return
		}
		var c Accumulator
		form := binaryForm(t, &b)
		if err := c.UnmarshalBinary(form); err != nil || !bytes.Equal(binaryForm(t, &c), form) {
			t.Fatalf("read, written and read again: %v", err)
		}
		if err := c.Merge(&b); err != nil {
			t.Fatal(err)
		}
		marshal(t, mustResult(t, &c))
	})
}

func mustResult(t testing.TB, a *Accumulator) Result {
	t.Helper()
	opts := quick
	opts.ByDocument, opts.Split = a.plan.ByDocument, a.plan.Split
	r, err := a.Result(opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A sample stands for all documents: its interval and its count are about
// theirs, and the mean is theirs exactly.
func TestSampledDocuments(t *testing.T) {
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("resamples 8,192 documents; set PARALLAX_SLOW to run it")
	}
	r := rand.New(rand.NewPCG(8, 8))
	var a Accumulator
	const documents = 12000
	var sum, n int64
	var all []cluster
	for i := range documents {
		var c cluster
		own := int64(r.IntN(2001) - 1000)
		for range 1 + r.IntN(4) {
			tone := own + int64(r.IntN(4001)-2000)
			c.add(&cluster{tone, 1})
			if err := a.Add(observe("s", fmt.Sprint("document ", i), 0, "US", "author", float64(tone)/scale)); err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, c)
		sum, n = sum+c.tone, n+c.sentences
	}
	opts := quick
	opts.Resamples = 1000
	res, err := a.Result(opts)
	if err != nil {
		t.Fatal(err)
	}
	c := res.Cells[1]
	if c.Voice != "author" || c.Tone != mean(sum, n) || c.Sentences != int(n) || c.Clusters != maxClusters {
		t.Errorf("%+v", c)
	}
	if off := float64(c.Documents)/documents - 1; max(off, -off) > 0.04 { // 4 standard errors of 1.1 %
		t.Errorf("%d documents, want about %d", c.Documents, documents)
	}
	low, high, _ := interval(UnitDocument, all, 0.02, defaults, stream(1))
	if got, want := c.High-c.Low, high-low; got/want < 0.9 || got/want > 1.1 {
		t.Errorf("interval %v to %v, from all documents %v to %v", c.Low, c.High, low, high)
	}
	if !slices.ContainsFunc(c.Warnings, func(w string) bool { return strings.HasPrefix(w, "more than 8192 documents") }) {
		t.Errorf("warnings %q", c.Warnings)
	}
}
