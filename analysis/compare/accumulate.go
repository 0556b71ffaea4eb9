package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"parallax/analysis"
)

// scale is how many units of fixed point make 1: observations come as
// multiples of 0.0001, and in these units their sums are integers. An int64
// holds the sum of 9e14 of them.
const scale = 10000

// Bounds of what a cell of an accumulator holds.
const (
	// maxClusters is how many documents, or paragraphs of a single document,
	// have sums of their own. An interval from 8192 documents is within 1 % of
	// the one from all; half as many would save little memory.
	maxClusters = 8192
	// maxTerms is how many of the lexicon's terms are counted: more than it has.
	maxTerms = 8192
	// maxEvidence is how many sentences are kept each way.
	maxEvidence = 3
)

// Accumulator gathers observations into sums from which every estimate can be
// made. The zero value is empty and ready, for a comparison of sources; [New]
// makes one for other options.
//
// Add and Merge are exact, and so associative and commutative: whatever way a
// set of observations is split over accumulators and in whatever order these
// are merged, Result and the binary and JSON forms are the same to the byte.
//
// Per (source, target, voice) it holds, and per document where documents are
// compared, before and after a date where that is asked for:
//
//   - counts, and sums in fixed point, of everything;
//   - the sums of each document, for up to 8192 documents: of more, of those
//     8192 whose identifiers have the smallest hashes, which is a random
//     sample of them and the same in every run;
//   - the sums of each paragraph, as long as there is a single document; from
//     the 8193rd on paragraphs share the sums of earlier ones;
//   - how often each tone occurred, at the observations' resolution of 0.0001;
//   - how often each term of the lexicon contributed, and how much, bounded as
//     documents are;
//   - the three sentences that lean farthest each way.
//
// That is about 3 MB for a cell at most, whatever the size of the corpus, and
// half a megabyte in binary form (TestMemory); before the samples are trimmed,
// at twice their size, 5 MB. Intervals are drawn from the kept sums when the result is asked for,
// not with Poisson weights as the observations come: the sums of 8192
// documents take less room than the 20,000 resamples of a cell would, the
// number of resamples need not be known before, and the draws are the
// bootstrap's own, of which Poisson weights are an approximation.
//
// An Accumulator is not safe for use by several goroutines at once: give each
// its own and merge.
type Accumulator struct {
	plan  plan
	cells map[cellKey]*cell
}

// plan is what decides to which cells an observation belongs.
type plan struct {
	ByDocument bool   `json:"by_document"`
	Split      string `json:"split,omitempty"`
}

// New returns an empty accumulator for a comparison with some options. Of these
// only ByDocument and Split matter, which must be the same in all accumulators
// that are merged; the others are read by Result.
func New(opts Options) (*Accumulator, error) {
	if _, err := opts.withDefaults(); err != nil {
		return nil, err
	}
	return &Accumulator{plan: opts.plan()}, nil
}

// period is when a document was published, where a date splits them.
type period string

const (
	anytime period = "" // no date splits, or the document's is not known well enough
	before  period = "before"
	since   period = "since"
)

// cellKey names a cell; document is "" unless cells are by document.
type cellKey struct {
	source, document, target, voice string
	period                          period
}

func (k cellKey) compare(l cellKey) int {
	return cmp.Or(
		cmp.Compare(k.source, l.source), cmp.Compare(k.document, l.document),
		cmp.Compare(k.target, l.target), cmp.Compare(k.voice, l.voice), cmp.Compare(k.period, l.period),
	)
}

// cell is what is held of the observations of one source, target and voice.
type cell struct {
	sums       sums
	documents  bottom[cluster]
	paragraphs map[int]*cluster // nil where there are two documents or more
	tones      map[int64]int64  // how often, by tone in units of 1/scale
	terms      bottom[term]
	against    []analysis.Observation // farthest first
	favour     []analysis.Observation
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

// cluster is what resampling draws: the sentences of one document or paragraph.
type cluster struct {
	tone      int64 // sum, in units of 1/scale
	sentences int64
}

func (c *cluster) add(d *cluster) {
	c.tone += d.tone
	c.sentences += d.sentences
}

// term is how often a term of the lexicon contributed, and its sum in units of
// 1/scale.
type term struct{ count, contribution int64 }

func (t *term) add(u *term) {
	t.count += u.count
	t.contribution += u.contribution
}

func newCell() *cell {
	return &cell{
		documents: bottom[cluster]{limit: maxClusters}, paragraphs: map[int]*cluster{},
		tones: map[int64]int64{}, terms: bottom[term]{limit: maxTerms},
	}
}

// Add counts one observation: in its own voice, and in [VoiceAll]. Its
// document counts as one without a date.
//
// It refuses, and leaves the accumulator as it was, an observation whose tone
// is not a number in [-1, 1], whose probabilities are not numbers in [0, 1],
// one of whose contributions is not a number in [-1000, 1000], whose count of
// mentions is negative, or whose voice is "" or "all". Numbers are rounded to
// the nearest 0.0001.
func (a *Accumulator) Add(o analysis.Observation) error { return a.AddDated(o, "") }

// AddDated is as Add, for an observation of a document of some date: a year, a
// month or a day as in ISO 8601, or "" where it is not known. The date matters
// where Options.Split is given, and only there. All observations of a document
// must have one date.
func (a *Accumulator) AddDated(o analysis.Observation, date string) error {
	if err := valid(o); err != nil {
		return err
	}
	k := cellKey{source: o.Source, target: o.Target, voice: o.Voice, period: a.plan.period(date)}
	if a.plan.ByDocument {
		k.document = o.Document
	}
	a.cell(k).add(o)
	return nil
}

func valid(o analysis.Observation) error {
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
	for _, e := range o.Evidence {
		if !(math.Abs(e.Contribution) <= 1000) {
			return fmt.Errorf("compare: %s: contribution %v of %q: must be a number from -1000 to 1000", where, e.Contribution, e.Term)
		}
	}
	return nil
}

// Period says on which side of a date to split at a document's date lies, both
// of ISO 8601: "before" or "since", or "" where it cannot be told.
func Period(date, split string) string { return string(plan{Split: split}.period(date)) }

// period of a date. A date is before the split or not; one that is less exact
// than the split, and is where it begins as the split does, cannot be told.
func (p plan) period(date string) period {
	switch {
	case p.Split == "" || date == "":
		return anytime
	case len(date) < len(p.Split) && strings.HasPrefix(p.Split, date):
		return anytime
	case date < p.Split:
		return before
	}
	return since
}

func (a *Accumulator) cell(k cellKey) *cell {
	if a.cells == nil {
		a.cells = map[cellKey]*cell{}
	}
	c := a.cells[k]
	if c == nil {
		c = newCell()
		a.cells[k] = c
	}
	return c
}

func fixed(x float64) int64 { return int64(math.Round(x * scale)) }

func (c *cell) add(o analysis.Observation) {
	s := sums{
		sentences: 1, mentions: int64(o.Mentions),
		tone: fixed(o.Tone), negative: fixed(o.Negative), neutral: fixed(o.Neutral), positive: fixed(o.Positive),
	}
	one := cluster{s.tone, 1}
	c.sums = c.sums.plus(s)
	if d := c.documents.at(o.Document); d != nil {
		d.add(&one)
	}
	c.addParagraph(o.Paragraph, &one)
	c.tones[s.tone]++
	for _, e := range o.Evidence {
		if t := c.terms.at(e.Term); t != nil {
			t.add(&term{1, fixed(e.Contribution)})
		}
	}
	c.keep(o)
}

// addParagraph adds to the sums of a paragraph while there is one document.
func (c *cell) addParagraph(i int, from *cluster) {
	if len(c.documents.values) > 1 || c.documents.over() {
		c.paragraphs = nil
		return
	}
	i = paragraph(i)
	p := c.paragraphs[i]
	if p == nil {
		p = new(cluster)
		c.paragraphs[i] = p
	}
	p.add(from)
}

// paragraph is the number under which a paragraph is summed.
func paragraph(i int) int { return ((i % maxClusters) + maxClusters) % maxClusters }

// keep keeps an observation that is among those that lean farthest.
func (c *cell) keep(o analysis.Observation) {
	list := &c.favour
	switch {
	case o.Tone == 0:
		return
	case o.Tone < 0:
		list = &c.against
	}
	// Equal observations are to be equal bytes.
	o.Frames, o.Evidence = slices.Concat([]string{}, o.Frames), slices.Concat([]analysis.Evidence{}, o.Evidence)
	if n := len(*list); n == maxEvidence && farther(o, (*list)[n-1]) >= 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(*list, o, farther)
	*list = slices.Insert(*list, i, o)
	*list = (*list)[:min(len(*list), maxEvidence)]
}

// farther is a total order of observations: the farthest from 0 first.
func farther(a, b analysis.Observation) int {
	if c := cmp.Or(
		cmp.Compare(math.Abs(b.Tone), math.Abs(a.Tone)), cmp.Compare(a.Document, b.Document),
		cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End),
	); c != 0 {
		return c
	}
	// Two observations of one sentence and target: whatever tells them apart.
	return cmp.Compare(fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b))
}

// merge adds all that d holds, and leaves d as it was.
func (c *cell) merge(d *cell) {
	c.sums = c.sums.plus(d.sums)
	c.documents.merge(&d.documents, (*cluster).add)
	if d.paragraphs == nil {
		c.paragraphs = nil
	}
	for i, p := range d.paragraphs {
		c.addParagraph(i, p)
	}
	for t, n := range d.tones {
		c.tones[t] += n
	}
	c.terms.merge(&d.terms, (*term).add)
	for _, o := range slices.Concat(d.against, d.favour) {
		c.keep(o)
	}
}

// Merge adds everything that b has counted. It leaves b as it was; b may be
// nil or empty, and may be a itself, which counts everything twice. It refuses
// one that was made for a comparison by other units or with another date, and
// then leaves a as it was.
func (a *Accumulator) Merge(b *Accumulator) error {
	if b == nil {
		return nil
	}
	if a.plan != b.plan {
		return fmt.Errorf("compare: these sums cannot be merged: one is for %s, the other for %s", a.plan, b.plan)
	}
	if a == b {
		b = &Accumulator{plan: a.plan}
		if err := b.Merge(a); err != nil {
			return err
		}
	}
	for k, from := range b.cells {
		a.cell(k).merge(from)
	}
	return nil
}

func (p plan) String() string {
	s := "sources"
	if p.ByDocument {
		s = "documents"
	}
	if p.Split != "" {
		s += " before and since " + p.Split
	}
	return s
}

// bin is how often one tone occurred.
type bin struct {
	tone  int64 // in units of 1/scale
	count int64
}

// group is the material of one cell, in order and ready to be computed with.
type group struct {
	source, document, target, voice string // document is "" unless cells are by document

	sums  sums
	count int // documents; estimated where sampled

	documents    []cluster // by identifier
	documentIDs  []string
	sampled      bool      // documents are a sample of all,
	last         place     // up to here
	paragraphs   []cluster // by number; of a single document
	paragraphIDs []int
	single       bool  // there is one document; of several sources: none has more
	tones        []bin // by tone, each once; nil where only their squares are known
	toneSquares  int64 // of the tones, where these are not
	terms        []Term

	against, favour []analysis.Observation
}

func (k cellKey) group(c *cell) *group {
	g := &group{
		source: k.source, document: k.document, target: k.target, voice: k.voice,
		sums: c.sums, count: c.documents.count(),
		documentIDs: c.documents.names(), sampled: c.documents.over(), last: c.documents.last,
		paragraphIDs: sortedKeys(c.paragraphs, cmp.Compare[int]),
		against:      c.against, favour: c.favour,
	}
	g.single = g.count == 1
	for _, id := range g.documentIDs {
		g.documents = append(g.documents, *c.documents.values[id])
	}
	for _, i := range g.paragraphIDs {
		g.paragraphs = append(g.paragraphs, *c.paragraphs[i])
	}
	for _, t := range sortedKeys(c.tones, cmp.Compare[int64]) {
		g.tones = append(g.tones, bin{t, c.tones[t]})
	}
	for _, name := range c.terms.names() {
		t := c.terms.values[name]
		g.terms = append(g.terms, Term{name, int(t.count), float64(t.contribution) / scale})
	}
	return g
}

// groups are the cells of a comparison, in the order of cells: each voice by
// itself, and all together.
func (a *Accumulator) groups() []*group {
	return a.gather(func(k cellKey) (cellKey, bool) { k.period = anytime; return k, true })
}

// periods are the cells before and since the date that splits documents.
func (a *Accumulator) periods(p period) []*group {
	return a.gather(func(k cellKey) (cellKey, bool) { return k, k.period == p })
}

func (a *Accumulator) gather(in func(cellKey) (cellKey, bool)) []*group {
	found := map[cellKey]*cell{}
	for k, c := range a.cells {
		k, ok := in(k)
		if !ok {
			continue
		}
		for _, voice := range []string{VoiceAll, k.voice} {
			k.voice = voice
			if found[k] == nil {
				found[k] = newCell()
			}
			found[k].merge(c)
		}
	}
	groups := make([]*group, 0, len(found))
	for _, k := range sortedKeys(found, cellKey.compare) {
		groups = append(groups, k.group(found[k]))
	}
	return groups
}

// others are several groups taken as one: the sources but one.
func others(groups []*group) *group {
	all := &group{target: groups[0].target, voice: groups[0].voice, single: true}
	tones := map[int64]int64{}
	var documents, paragraphs, terms int
	for _, g := range groups {
		documents, paragraphs, terms = documents+len(g.documents), paragraphs+len(g.paragraphs), terms+len(g.terms)
	}
	all.documentIDs, all.documents = make([]string, 0, documents), make([]cluster, 0, documents)
	all.paragraphIDs, all.paragraphs = make([]int, 0, paragraphs), make([]cluster, 0, paragraphs)
	all.terms = make([]Term, 0, terms)
	for _, g := range groups {
		all.documentIDs = append(all.documentIDs, g.documentIDs...)
		all.paragraphIDs = append(all.paragraphIDs, g.paragraphIDs...)
		all.terms = append(all.terms, g.terms...) // a term once for each group that has it
		all.sums = all.sums.plus(g.sums)
		all.count += g.count
		all.documents = append(all.documents, g.documents...)
		all.paragraphs = append(all.paragraphs, g.paragraphs...)
		all.sampled = all.sampled || g.sampled
		all.single = all.single && g.single
		for _, b := range g.tones {
			tones[b.tone] += b.count
		}
	}
	for _, t := range sortedKeys(tones, cmp.Compare[int64]) {
		all.tones = append(all.tones, bin{t, tones[t]})
	}
	return all
}

// name is what the unit compared is called in a contrast.
func (g *group) name() string { return cmp.Or(g.document, g.source) }

// unit is what the cell resamples, and its clusters.
func (g *group) unit() (string, []cluster) {
	if g.single {
		return UnitParagraph, g.paragraphs
	}
	return UnitDocument, g.documents
}

// mean is the mean of a sum in units of 1/scale over n sentences.
func mean(sum, n int64) float64 { return float64(sum) / float64(n*scale) }

// tone is the mean tone of a group.
func (g *group) tone() float64 { return mean(g.sums.tone, g.sums.sentences) }

// total is the sum of clusters.
func total(cs []cluster) (t cluster) {
	for _, c := range cs {
		t.add(&c)
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
	if g.tones == nil {
		t := float64(g.sums.tone)
		return max(0, float64(g.toneSquares)-float64(t*t)/float64(n)) / float64(n-1) / (scale * scale)
	}
	m := g.tone()
	var squares float64
	for _, b := range g.tones {
		d := float64(b.tone)/scale - m
		squares += float64(float64(b.count) * float64(d*d))
	}
	return squares / float64(n-1)
}

// sameTone reports whether all clusters have one mean tone, so that no
// resample can differ from the sample.
func sameTone(cs []cluster) bool {
	return !slices.ContainsFunc(cs, func(c cluster) bool {
		return c.tone*cs[0].sentences != cs[0].tone*c.sentences
	})
}
