package chromium

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
	"parallax/cmd/parallax/internal/cli"
	"parallax/report"
)

// hostile is text that a page must show and not run.
var hostile = []string{
	`<script>window.hacked = 1</script>`, `</script><img src="x" onerror="window.hacked = 2">`, `<!-- <script>`, `]]>`, `"><svg onload='window.hacked=3'>`,
	"a\u2028b", `\u003cscript\u003e`, "سلام \u202eabc\u202c", "${window.hacked = 4}", "&lt;b&gt; &amp;amp;",
}

// Whatever an article, its title and its source hold stays text: in the browser
// of evidence, in its filters, in what marked words show, and in the address.
func TestHostile(t *testing.T) {
	b := Start(t)
	dir := t.TempDir()
	var articles bytes.Buffer
	for i, h := range hostile {
		text := fmt.Sprintf("North Korea brutally threatened %s its neighbours on Friday, and nobody said a word.\n\n\"North Korea is a reckless bully %[1]s,\" the minister said.\n\nThe United States welcomed %[1]s the talks.", h)
		if err := json.NewEncoder(&articles).Encode(map[string]string{"id": fmt.Sprint(i, h), "source": h, "title": h, "author": h, "date": "2024-05-02", "text": text}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "articles.jsonl")
	if err := os.WriteFile(path, articles.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	if status := cli.Run(t.Context(), []string{"compare", "--quiet", "--out", filepath.Join(dir, "out"), path}, nil, &bytes.Buffer{}, &stderr); status != 0 {
		t.Fatalf("compare: %d\n%s", status, stderr.String())
	}
	p := b.Open(t, "file://"+filepath.Join(dir, "out", "report.html")+"#evidence?text=%3Cscript%3E", View{Width: 1280, Height: 800})
	if s := look(p); len(s.Heads) == 0 || !strings.Contains(Eval[string](p, `document.querySelector(".browser ol").textContent`), "<!-- <script>") {
		t.Errorf("an article's <script> is not shown as text: %+v", s)
	}
	choose(p, "text", "")
	text := Eval[string](p, `(() => {
		const b = document.querySelector(".browser"), next = b.querySelector('button[value="1"]');
		let text = b.querySelector("ol").textContent;
		for (; !next.disabled; text += b.querySelector("ol").textContent) next.click();
		for (const m of b.querySelectorAll("mark")) { m.focus(); m.click(); }
		for (const o of b.querySelector("select").options) { o.selected = true; o.parentElement.dispatchEvent(new Event("input", {bubbles: true})); }
		return text.normalize();
	})()`)
	for _, h := range hostile {
		// The reader of records takes whole elements and entities for markup.
		want := strings.ReplaceAll(h, "\u2028", " ")
		switch {
		case strings.HasPrefix(h, "<script>window"):
			want = "threatened  its neighbours"
		case strings.HasPrefix(h, "&lt;"):
			want = "<b> &"
		}
		if !strings.Contains(text, want) && !strings.Contains(text, strings.ReplaceAll(want, "  ", " ")) {
			t.Errorf("%q is not shown", want)
		}
	}
	if got := Eval[string](p, `String(window.hacked)`); got != "undefined" {
		t.Errorf("an article ran a script: %s", got)
	}
	if n := Eval[int](p, `document.querySelectorAll("script:not([type='application/json']),img,iframe,object,embed,link,base").length`); n != 1 {
		t.Errorf("%d elements that run or load, want the page's own script", n)
	}
	for _, problem := range p.Problems() {
		t.Error(problem)
	}
}

// many is a made-up comparison of n sentences.
func many(n int) report.Input {
	random := rand.New(rand.NewPCG(1, 1))
	words := strings.Fields("Freedonia threatened its neighbours after talks with ministers failed on Monday and nobody could say what would follow in the region while reckless envoys offered generous aid")
	in := report.Input{Targets: []report.TargetInfo{{ID: "FR", Name: "Freedonia"}, {ID: "SY", Name: "Sylvania"}}}
	for s := range 20 {
		id := fmt.Sprintf("source-%02d", s)
		in.Sources = append(in.Sources, report.SourceInfo{ID: id, Name: id})
		in.Result.Cells = append(in.Result.Cells, compare.Cell{Source: id, Target: "FR", Voice: compare.VoiceAll})
	}
	for len(in.Observations) < n {
		source := in.Sources[len(in.Documents)%20].ID
		d := corpus.Document{ID: fmt.Sprintf("%s-%04d", source, len(in.Documents)), Source: source, Title: fmt.Sprint("Article ", len(in.Documents)), Date: "2024-05-02"}
		var text strings.Builder
		for i := range 30 {
			o := analysis.Observation{Document: d.ID, Source: source, Start: text.Len(), Paragraph: i / 3, Target: in.Targets[random.IntN(2)].ID, Mention: "Freedonia",
				Voice: []string{analysis.VoiceAuthor, analysis.VoiceQuoted}[random.IntN(2)], Holder: "a minister", Role: []string{"agent", "patient", "other"}[random.IntN(3)]}
			sum := 0
			for w := range 28 {
				word := words[random.IntN(len(words))]
				if w%2 == 0 {
					weight := random.IntN(1600) - 800
					sum += weight
					o.Evidence = append(o.Evidence, analysis.Evidence{Start: text.Len(), End: text.Len() + len(word), Term: word, Rule: "agent", Contribution: float64(weight) / 1e4})
				}
				text.WriteString(word + " ")
			}
			o.End, o.Tone = text.Len(), float64(sum)/1e4
			o.Sentence = strings.TrimSpace(text.String()[o.Start:])
			in.Observations = append(in.Observations, o)
		}
		d.Text = text.String()
		in.Documents = append(in.Documents, d)
	}
	return in
}

// Of more sentences than a page carries the reader is told how many are there.
// How long the page and its steps take is logged.
func TestLarge(t *testing.T) {
	b := Start(t)
	const n = 12_000
	path := filepath.Join(t.TempDir(), "report.html")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := report.HTML(f, report.Build(many(n))); err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	p := b.Open(t, "file://"+path+"#evidence", View{Width: 1280, Height: 800})
	// 80 cells of about 150 sentences share 10,000 places.
	shown := regexp.MustCompile(`^(9,9\d\d|10,000) sentences, page 1 of (39\d|400)$`).FindStringSubmatch(look(p).Count)
	if shown == nil {
		t.Fatal(look(p).Count)
	}
	if note := Eval[string](p, `document.querySelector(".browser > .note").textContent`); !strings.Contains(note, "Here are "+shown[1]+" of 12,000 scored sentences: of each source, target and voice at most ") {
		t.Error(note)
	}
	if cards := Eval[int](p, `document.querySelectorAll(".browser li").length`); cards != 25 {
		t.Errorf("%d sentences on a page", cards)
	}
	type times struct{ Load, Filter, Search, Page []float64 }
	got := Eval[times](p, `(() => {
		const form = document.querySelector(".browser form"), next = document.querySelector('.browser button[value="1"]');
		const time = step => { const from = performance.now(); step(); document.body.offsetHeight; return performance.now() - from; };
		const set = (name, value) => () => { form.elements[name].value = value; form.dispatchEvent(new Event("input")); };
		const out = {Load: [performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd], Filter: [], Search: [], Page: []};
		for (let i = 0; i < 10; i++) {
			out.Filter.push(time(set("source", "source-0" + i)), time(set("source", "")));
			out.Search.push(time(set("text", ["threat", "aid", "neigh"][i % 3])), time(set("text", "")));
			out.Page.push(time(() => next.click()));
		}
		return out;
	})()`)
	worst := func(x []float64) float64 { return slices.Max(x) }
	t.Logf("a page of %s sentences, %.1f MB: ready in %.0f ms; the slowest of 20 filters %.0f ms, of 20 searches %.0f ms, of 10 pages %.0f ms, layout included",
		shown[1], float64(info.Size())/1e6, worst(got.Load), worst(got.Filter), worst(got.Search), worst(got.Page))
	for _, problem := range p.Problems() {
		t.Error(problem)
	}
}
