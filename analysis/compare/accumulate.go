package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"parallax/analysis"
)

// scale is how many units of fixed point make 1: observations come as
// multiples of 0.0001, and in these units their sums are integers. An int64
// holds the sum of 9e14 of them.
const scale = 10000

// Accumulator gathers observations into sums from which every estimate can be
// made. The zero value is empty and ready.
//
// Add and Merge are exact, and so associative and commutative: whatever way a
// set of observations is split over accumulators and in whatever order these
// are merged, Result is the same to the byte. Per (source, document,
// paragraph, target, voice) it holds counts and fixed-point sums, and per
// (source, document, target, voice) how often each tone occurred, at the
// observations' own resolution of 0.0001. It does not keep sentences.
//
// An Accumulator is not safe for use by several goroutines at once: give each
// its own and merge.
type Accumulator struct {
	clusters map[clusterKey]sums
	tones    map[toneKey]int64
}

type clusterKey struct {
	source, document, target, voice string
	paragraph                       int
}

type toneKey struct {
	source, document, target, voice string
	tone                            int64 // in units of 1/scale
}

// sums are counts, and sums in units of 1/scale.
type sums struct {
	sentences, mentions               int64
	tone, negative, neutral, positive int64
}

func (s sums) plus(t sums) sums {
	return sums{
		s.sentences + t.sentences, s.mentions + t.mentions,
		s.tone + t.tone, s.negative + t.negative, s.neutral + t.neutral, s.positive + t.positive,
	}
}

// Add counts one observation: in its own voice, and in [VoiceAll].
//
// It refuses, and leaves the accumulator as it was, an observation whose tone
// is not a number in [-1, 1], whose probabilities are not numbers in [0, 1],
// whose count of mentions is negative, or whose voice is "" or "all". Numbers
// are rounded to the nearest 0.0001.
func (a *Accumulator) Add(o analysis.Observation) error {
	where := fmt.Sprintf("document %q at %d, target %q", o.Document, o.Start, o.Target)
	if o.Voice == "" || o.Voice == VoiceAll {
		return fmt.Errorf("compare: %s: voice %q: must name who speaks, such as %q or %q",
			where, o.Voice, analysis.VoiceAuthor, analysis.VoiceQuoted)
	}
	if o.Mentions < 0 {
		return fmt.Errorf("compare: %s: %d mentions: must not be negative", where, o.Mentions)
	}
	if !(math.Abs(o.Tone) <= 1) {
		return fmt.Errorf("compare: %s: tone %v: must be a number from -1 to 1", where, o.Tone)
	}
	for _, p := range []float64{o.Negative, o.Neutral, o.Positive} {
		if !(p >= 0 && p <= 1) {
			return fmt.Errorf("compare: %s: probability %v: must be a number from 0 to 1", where, p)
		}
	}
	if a.clusters == nil {
		a.clusters, a.tones = map[clusterKey]sums{}, map[toneKey]int64{}
	}
	s := sums{
		sentences: 1, mentions: int64(o.Mentions),
		tone: fixed(o.Tone), negative: fixed(o.Negative), neutral: fixed(o.Neutral), positive: fixed(o.Positive),
	}
	k := clusterKey{o.Source, o.Document, o.Target, o.Voice, o.Paragraph}
	a.clusters[k] = a.clusters[k].plus(s)
	a.tones[toneKey{o.Source, o.Document, o.Target, o.Voice, s.tone}]++
	return nil
}

func fixed(x float64) int64 { return int64(math.Round(x * scale)) }

// Merge adds everything that b has counted. It leaves b as it was; b may be
// nil or empty, and may be a itself, which counts everything twice.
func (a *Accumulator) Merge(b *Accumulator) {
	if b == nil || b.clusters == nil {
		return
	}
	if a.clusters == nil {
		a.clusters, a.tones = map[clusterKey]sums{}, map[toneKey]int64{}
	}
	for k, s := range b.clusters {
		a.clusters[k] = a.clusters[k].plus(s)
	}
	for k, n := range b.tones {
		a.tones[k] += n
	}
}

// cluster is what resampling draws: the sentences of one document or paragraph.
type cluster struct {
	tone      int64 // sum, in units of 1/scale
	sentences int64
}

// bin is how often one tone occurred.
type bin struct {
	tone  int64 // in units of 1/scale
	count int64
}

// group is the material of one cell.
type group struct {
	source, document, target, voice string // document is "" unless cells are by document

	sums       sums
	documents  []cluster
	paragraphs []cluster
	tones      []bin // by tone, each once

	lastDocument  string // of documents and paragraphs, while these are filled
	lastParagraph int
}

type groupKey struct{ source, document, target, voice string }

func (k groupKey) compare(l groupKey) int {
	return cmp.Or(
		cmp.Compare(k.source, l.source), cmp.Compare(k.document, l.document),
		cmp.Compare(k.target, l.target), cmp.Compare(k.voice, l.voice),
	)
}

// groups gathers the sums into cells, in the order of cells. Clusters within a
// cell are in the order of document and paragraph.
func (a *Accumulator) groups(byDocument bool) []*group {
	found := map[groupKey]*group{}
	in := func(source, document, target, voice string) *group {
		if !byDocument {
			document = ""
		}
		k := groupKey{source, document, target, voice}
		if found[k] == nil {
			found[k] = &group{source: source, document: document, target: target, voice: voice}
		}
		return found[k]
	}

	for _, k := range sortedKeys(a.clusters, func(k, l clusterKey) int {
		return cmp.Or(
			cmp.Compare(k.source, l.source), cmp.Compare(k.document, l.document),
			cmp.Compare(k.paragraph, l.paragraph),
			cmp.Compare(k.target, l.target), cmp.Compare(k.voice, l.voice),
		)
	}) {
		for _, voice := range []string{VoiceAll, k.voice} {
			in(k.source, k.document, k.target, voice).add(k.document, k.paragraph, a.clusters[k])
		}
	}
	for _, k := range sortedKeys(a.tones, func(k, l toneKey) int {
		return cmp.Or(
			cmp.Compare(k.source, l.source), cmp.Compare(k.target, l.target), cmp.Compare(k.tone, l.tone),
			cmp.Compare(k.document, l.document), cmp.Compare(k.voice, l.voice),
		)
	}) {
		for _, voice := range []string{VoiceAll, k.voice} {
			g := in(k.source, k.document, k.target, voice)
			if n := len(g.tones); n > 0 && g.tones[n-1].tone == k.tone {
				g.tones[n-1].count += a.tones[k]
			} else {
				g.tones = append(g.tones, bin{k.tone, a.tones[k]})
			}
		}
	}

	groups := make([]*group, 0, len(found))
	for _, k := range sortedKeys(found, groupKey.compare) {
		groups = append(groups, found[k])
	}
	return groups
}

// add takes clusters in the order of document and paragraph.
func (g *group) add(document string, paragraph int, s sums) {
	newDocument := len(g.documents) == 0 || g.lastDocument != document
	if newDocument {
		g.documents = append(g.documents, cluster{})
	}
	if newDocument || g.lastParagraph != paragraph {
		g.paragraphs = append(g.paragraphs, cluster{})
	}
	g.lastDocument, g.lastParagraph = document, paragraph
	for _, c := range []*cluster{&g.documents[len(g.documents)-1], &g.paragraphs[len(g.paragraphs)-1]} {
		c.tone += s.tone
		c.sentences += s.sentences
	}
	g.sums = g.sums.plus(s)
}

// name is what the unit compared is called in a contrast.
func (g *group) name() string { return cmp.Or(g.document, g.source) }

// unit is what the cell resamples, and its clusters.
func (g *group) unit() (string, []cluster) {
	if len(g.documents) >= 2 {
		return UnitDocument, g.documents
	}
	return UnitParagraph, g.paragraphs
}

// mean is the mean of a sum in units of 1/scale over n sentences.
func mean(sum, n int64) float64 { return float64(sum) / float64(n*scale) }

// total is the sum of clusters.
func total(cs []cluster) (t cluster) {
	for _, c := range cs {
		t.tone += c.tone
		t.sentences += c.sentences
	}
	return t
}

// spread is the variance of the tones of a group's sentences, in units of
// tone squared, with the divisor n - 1; 0 for fewer than two sentences.
func (g *group) spread() float64 {
	n := g.sums.sentences
	if n < 2 {
		return 0
	}
	var squares float64
	for _, b := range g.tones {
		d := float64(b.tone)/scale - mean(g.sums.tone, n)
		squares += float64(float64(b.count) * float64(d*d))
	}
	return squares / float64(n-1)
}

// designEffect is how many times more sentences are needed because they come
// in clusters: the variance of the mean with clusters over the variance that
// independent sentences would give, at least 1.
func (g *group) designEffect(clusters []cluster) float64 {
	k, n, s := len(clusters), g.sums.sentences, g.spread()
	if k < 2 || s == 0 {
		return 1
	}
	m := mean(g.sums.tone, n)
	var squares float64
	for _, c := range clusters {
		d := float64(c.tone)/scale - float64(float64(c.sentences)*m)
		squares += float64(d * d)
	}
	clustered := float64(k) / float64(k-1) * squares / float64(n) / float64(n)
	return max(1, clustered/(s/float64(n)))
}

// sameTone reports whether all clusters have one mean tone, so that no
// resample can differ from the sample.
func sameTone(cs []cluster) bool {
	return !slices.ContainsFunc(cs, func(c cluster) bool {
		return c.tone*cs[0].sentences != cs[0].tone*c.sentences
	})
}
