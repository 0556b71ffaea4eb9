package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// AttentionMeasure is a way to attend to a target.
type AttentionMeasure string

// The measures. All are from 0 to 1.
const (
	AttentionShare  AttentionMeasure = "share"  // of a source's sentences on targets, counted once for each target in them, those on this one
	AttentionTitle  AttentionMeasure = "title"  // of the documents with a known title, those whose title names it
	AttentionLead   AttentionMeasure = "lead"   // of the documents, those whose first paragraph names it
	AttentionFirst  AttentionMeasure = "first"  // where in the documents that mention it the first mention stands, on average: 0 the first sentence under the title, 1 the last
	AttentionQuoted AttentionMeasure = "quoted" // of the sentences on it, those in a quoted voice
	AttentionHolder AttentionMeasure = "holder" // of the quoted sentences on it, those that a holder speaks
)

// measured is how a measure comes from what is counted: one kind of gift to the
// target over another, to the target or to all.
type measured struct {
	name        AttentionMeasure
	of, among   giftKind
	ofTarget    bool // among is what is given to the target, not to all
	shape       shape
	noun        string // what is counted
	paragraphed bool   // paragraphs have it too
}

func attentionMeasures() []measured {
	return []measured{
		{AttentionShare, sentencesOf, sentencesOf, false, countsOf, "sentence", true},
		{AttentionTitle, titlesOf, titlesOf, false, yesOrNo, "title", false},
		{AttentionLead, leadsOf, leadsOf, false, yesOrNo, "article", false},
		{AttentionFirst, firstOf, presentIn, true, placesOn01, "article", false},
		{AttentionQuoted, quotesOf, sentencesOf, true, countsOf, "sentence", true},
	}
}

// AttentionEstimate is one measure of what a source gives to a target, or of
// whom it lets speak of it. Low <= Value <= High, all in [0, 1], and Low < High.
type AttentionEstimate struct {
	Measure AttentionMeasure `json:"measure"`
	Source  string           `json:"source"` // or document, where these are compared
	Target  string           `json:"target"` // "" in the measure holder: all targets
	Holder  string           `json:"holder,omitempty"`

	N     int     `json:"n"` // sentences or documents of which Value is the share, or over which it is the mean
	Value float64 `json:"value"`
	Low   float64 `json:"low"` // interval of Value at Options.Level
	High  float64 `json:"high"`

	Unit     string   `json:"unit"`     // what varies: document or paragraph
	Clusters int      `json:"clusters"` // how many of them
	Carried  bool     `json:"carried"`  // there are 5 sentences, or documents, in 3 clusters or more
	Warnings []string `json:"warnings"`
}

// AttentionContrast is the difference A - B between two sources in one measure
// over one target.
type AttentionContrast struct {
	Measure AttentionMeasure `json:"measure"`
	Target  string           `json:"target"`
	A       string           `json:"a"`
	B       string           `json:"b"`

	Difference float64 `json:"difference"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	P          float64 `json:"p"`    // permutation test, two-sided; 1 where not tested
	Q          float64 `json:"q"`    // Holm, over the tested contrasts of one measure and target
	QBH        float64 `json:"q_bh"` // Benjamini and Hochberg, over the same

	Unit         string   `json:"unit"`
	Permutations int      `json:"permutations"` // how many labellings were looked at; 0: too few data to test, and Reason says so
	Exact        bool     `json:"exact"`        // every permutation was looked at
	Carried      bool     `json:"carried"`      // Q is below 1 - Options.Level, and the interval excludes 0
	Reason       string   `json:"reason,omitempty"`
	Warnings     []string `json:"warnings"`
}

// AttentionResult is what sources attend to: estimates by measure, source,
// target and holder, contrasts by measure, target, A and B. All but the measure
// holder are contrasted.
type AttentionResult struct {
	Estimates []AttentionEstimate `json:"estimates"`
	Contrasts []AttentionContrast `json:"contrasts"`
	Limits    []Limit             `json:"limits,omitempty"` // where not all pairs are in Contrasts
}

// Result estimates what has been added so far, and leaves it as it was. A target
// that any source mentions has a share for every source, be it 0. An option out
// of its range is an error.
//
// What a source gives is compared by [permute] over its documents, or over the
// paragraphs where both sources have one document; the measures title, lead and
// first are of documents alone. The interval of a difference is by MOVER from
// those of its sides.
func (a *Attention) Result(opts Options) (AttentionResult, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return AttentionResult{}, err
	}
	r := AttentionResult{Estimates: []AttentionEstimate{}, Contrasts: []AttentionContrast{}}
	sources := sortedKeys(a.sources, cmp.Compare[string])
	offerings := make(map[string]*offering, len(sources))
	for _, s := range sources {
		offerings[s] = a.sources[s].offering()
	}
	targets := a.targets()
	var families [][]*attended
	for _, m := range attentionMeasures() {
		byTarget := make([][]*attended, len(targets))
		for _, s := range sources {
			for i, t := range targets {
				x := offerings[s].measure(m, gift{kind: m.of, target: t}, opts)
				if x.N == 0 {
					continue
				}
				x.Source, x.Target = s, t
				r.Estimates = append(r.Estimates, x.AttentionEstimate)
				byTarget[i] = append(byTarget[i], x)
			}
		}
		families = append(families, byTarget...)
	}
	holders := measured{AttentionHolder, quotesOf, quotesOf, true, countsOf, "sentence", true}
	for _, s := range sources {
		for _, t := range append([]string{""}, targets...) {
			for _, h := range a.sources[s].holders() {
				what := gift{quotesOf, t, h}
				if offerings[s].all[what] == 0 {
					continue
				}
				x := offerings[s].measure(holders, what, opts)
				x.Source, x.Target, x.Holder = s, t, h
				r.Estimates = append(r.Estimates, x.AttentionEstimate)
			}
		}
	}
	var most int
	most, r.Limits = limited(LimitAttention, lengths(families), opts)
	for i := range families {
		families[i] = heaviest(families[i], most, func(x *attended) int64 { return int64(x.N) })
	}
	contrasts := make([][]AttentionContrast, len(families))
	each(len(families), func(i int) { contrasts[i] = attentionContrasts(families[i], opts) })
	r.Contrasts = append(r.Contrasts, slices.Concat(contrasts...)...)
	return r, nil
}

// offering is what a source gives, in order.
type offering struct {
	all        counts
	documents  []counts
	paragraphs []counts // of a single document
	count      int      // of documents
	sampled    bool
}

func (g *given) offering() *offering {
	m := &offering{all: g.all, count: g.documents.count(), sampled: g.documents.over()}
	for _, id := range g.documents.names() {
		m.documents = append(m.documents, *g.documents.values[id])
	}
	for _, i := range sortedKeys(g.paragraphs, cmp.Compare[int]) {
		m.paragraphs = append(m.paragraphs, *g.paragraphs[i])
	}
	return m
}

// attended is an estimate with what it was made from.
type attended struct {
	AttentionEstimate
	clusters []cluster // with things in them, in units of 1/scale
}

// measure estimates one measure of what goes to one target, or holder.
func (m *offering) measure(d measured, what gift, opts Options) *attended {
	among := gift{kind: d.among}
	if d.ofTarget {
		among.target = what.target
	}
	x := &attended{AttentionEstimate: AttentionEstimate{Measure: d.name, Unit: UnitDocument, Warnings: []string{}}}
	units := m.documents
	if d.paragraphed && m.count == 1 {
		x.Unit, units = UnitParagraph, m.paragraphs
	}
	unit := int64(scale) // of y in a cluster
	if d.shape == placesOn01 {
		unit = 1
	}
	var parts []part
	for _, u := range units {
		if p := (part{u[what], u[among]}); p.n > 0 {
			parts = append(parts, p)
			x.clusters = append(x.clusters, cluster{p.y * unit, p.n})
		}
	}
	all := part{m.all[what], m.all[among]}
	x.N, x.Clusters = int(all.n), len(parts)
	x.Value = round6(ratioOf(all, scale/unit))
	var warning string
	x.Low, x.High, warning = proportion(x.Unit, d.shape, all, parts, opts)
	x.Carried = x.N >= leastSentences && x.Clusters >= leastClusters
	if warning != "" {
		x.Warnings = append(x.Warnings, warning)
	}
	if x.N < fewSentences {
		x.Warnings = append(x.Warnings, fmt.Sprintf("fewer than %d %ss (%d)", fewSentences, d.noun, x.N))
	}
	if m.sampled {
		x.Warnings = append(x.Warnings, fmt.Sprintf("more than %d documents: interval and tests are from a sample of %d", maxAttended, maxAttended))
	}
	if m.count == 1 && !opts.ByDocument {
		x.Warnings = append(x.Warnings, "one article: says what this article attends to, not what the outlet does")
	}
	return x
}

// attentionContrasts are the differences between all pairs of one family.
func attentionContrasts(family []*attended, opts Options) []AttentionContrast {
	var out []AttentionContrast
	var pairs [][2]*attended
	for i, a := range family {
		for _, b := range family[i+1:] {
			out = append(out, attentionContrast(a, b, opts))
			pairs = append(pairs, [2]*attended{a, b})
		}
	}
	var ps []float64
	for _, c := range out {
		if c.Permutations > 0 {
			ps = append(ps, c.P)
		}
	}
	qs, bhs := holm(ps), benjaminiHochberg(ps)
	for i := range out {
		c := &out[i]
		if c.Permutations == 0 {
			continue
		}
		c.Q, c.QBH, qs, bhs = qs[0], bhs[0], qs[1:], bhs[1:]
		found, clear := c.Q < opts.alpha(), clearOfZero(c.Low, c.High)
		c.Carried = found && clear
		switch {
		case !found:
			c.Reason = attentionReason(*c, pairs[i], len(ps), opts)
		case !clear:
			c.Reason = borderline(c.Q, opts)
		}
	}
	return out
}

// attentionContrast estimates the difference of two sources, up to its p. What is
// not tested is told as for tones, by counts alone.
func attentionContrast(a, b *attended, opts Options) AttentionContrast {
	c := AttentionContrast{Measure: a.Measure, Target: a.Target, A: a.Source, B: b.Source, Unit: UnitDocument,
		Difference: a.Value - b.Value, P: 1, Q: 1, QBH: 1, Warnings: []string{}}
	c.Low, c.High = mover(Effect{a.Value, a.Low, a.High}, Effect{b.Value, b.Low, b.High})
	c.Low, c.High = max(-1, c.Low), min(1, c.High)
	few, more := a, b
	if b.Clusters < a.Clusters {
		few, more = b, a
	}
	ways := assignments(a.Clusters, b.Clusters)
	least := 1 / ways
	if a.Clusters == b.Clusters {
		least = 2 / ways
	}
	switch {
	case a.Unit != b.Unit:
		one := a
		if b.Unit == UnitParagraph {
			one = b
		}
		c.Reason = fmt.Sprintf("too few articles (%s has one); at least %d of each are needed to test", one.Source, leastClusters)
	case few.Clusters < leastClusters:
		c.Reason = fmt.Sprintf("too few %ss (%s has %d); at least %d of each are needed to test", a.Unit, few.Source, few.Clusters, leastClusters)
	case min(a.N, b.N) < leastSentences && a.Unit == UnitParagraph:
		c.Reason = fmt.Sprintf("too few sentences; at least %d of each are needed to test", leastSentences)
	case least >= opts.alpha():
		c.Reason = fmt.Sprintf("%d and %d %ss are too few to test: no outcome could give a p below %.2f", few.Clusters, more.Clusters, a.Unit, least)
	default:
		c.Unit = a.Unit
		c.P, c.Permutations, c.Exact = permute(a.clusters, b.clusters, opts.Permutations, stream(opts.Seed, "attention"))
	}
	if a.Unit == UnitParagraph && b.Unit == UnitParagraph {
		c.Unit = UnitParagraph
		if !opts.ByDocument {
			c.Warnings = append(c.Warnings, "paragraphs were permuted, as each source has one article: says how these articles differ, not how the outlets do")
		}
	}
	return c
}

// attentionReason says why a tested difference is not carried, and about how
// many clusters of each source it would take, by the formula of [trial.needed]
// with the clusters' variances in place of the sentences'.
func attentionReason(c AttentionContrast, pair [2]*attended, tests int, opts Options) string {
	d := math.Abs(c.Difference)
	if d < 5e-7 { // six decimals are kept
		return "no difference was seen"
	}
	z := distuv.UnitNormal.Quantile(1-opts.alpha()/float64(2*tests)) + distuv.UnitNormal.Quantile(power)
	var variance float64
	for _, x := range pair {
		_, sum := centre(x.clusters)
		variance += float64(len(x.clusters)) * sum.variance(len(x.clusters), sum)
	}
	n := float64(z*z) * variance / float64(d*d)
	s := fmt.Sprintf("difference %.2f is within what chance gives (q %s); ", d, printed(c.Q, opts))
	noun := c.Unit
	if noun == UnitDocument {
		noun = "article"
	}
	switch n = twoDigits(n); {
	case n <= float64(min(pair[0].Clusters, pair[1].Clusters)):
		return s + "the data are on the border, and more " + noun + "s would decide"
	case n > 1e5:
		return s + fmt.Sprintf("more than 100000 %ss of each would be needed to see a difference this size", noun)
	default:
		return s + fmt.Sprintf("about %.0f %ss of each would be needed to see a difference this size (now %d and %d)", n, noun, pair[0].Clusters, pair[1].Clusters)
	}
}
