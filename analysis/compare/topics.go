package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"parallax/analysis"
)

// Topics gathers what documents are about, by the frames that their sentences
// put targets in, so that tones can be adjusted for it: who writes more of war
// writes more unfavourably, whatever its stance. The zero value is empty and
// ready.
//
// Add and Merge add integers, and are exact, associative and commutative as those
// of [Accumulator] are. It holds the sums of each document, for up to 2048 of a
// source, chosen as those of an Accumulator are, and those of each paragraph as
// long as there is a single document.
//
// It is not safe for use by several goroutines at once.
type Topics struct {
	sources map[string]*subject
}

// subject is what a source is about.
type subject struct {
	documents  bottom[topic]
	paragraphs map[int]*topic // nil where there are two documents or more
}

// topic is what a document or a paragraph is about, and its tones.
type topic struct {
	n      int64            // observations
	frames map[string]int64 // those of them in each frame
	tones  map[topicCell]cluster
}

type topicCell struct{ target, voice string }

func (t *topic) add(u *topic) {
	if t.frames == nil {
		t.frames, t.tones = map[string]int64{}, map[topicCell]cluster{}
	}
	t.n += u.n
	for f, n := range u.frames {
		t.frames[f] += n
	}
	for k, c := range u.tones {
		sum := t.tones[k]
		sum.add(&c)
		t.tones[k] = sum
	}
}

// Add counts an observation. It refuses what [Accumulator.Add] refuses.
func (t *Topics) Add(o analysis.Observation) error {
	if err := valid(o); err != nil {
		return err
	}
	c := cluster{fixed(o.Tone), 1}
	one := &topic{n: 1, frames: map[string]int64{}, tones: map[topicCell]cluster{{o.Target, o.Voice}: c, {o.Target, VoiceAll}: c}}
	for _, f := range o.Frames {
		one.frames[f] = 1
	}
	s := t.source(o.Source)
	if d := s.documents.at(o.Document); d != nil {
		d.add(one)
	}
	s.addParagraph(o.Paragraph, one)
	return nil
}

func (t *Topics) source(name string) *subject {
	if t.sources == nil {
		t.sources = map[string]*subject{}
	}
	s := t.sources[name]
	if s == nil {
		s = &subject{documents: bottom[topic]{limit: maxAttended}, paragraphs: map[int]*topic{}}
		t.sources[name] = s
	}
	return s
}

// addParagraph adds to the sums of a paragraph while there is one document.
func (s *subject) addParagraph(i int, from *topic) {
	if len(s.documents.values) > 1 || s.documents.over() {
		s.paragraphs = nil
		return
	}
	i %= maxClusters
	if s.paragraphs[i] == nil {
		s.paragraphs[i] = new(topic)
	}
	s.paragraphs[i].add(from)
}

// Merge adds everything that u has counted. It leaves u as it was, which may be
// nil or empty, and must not be t.
func (t *Topics) Merge(u *Topics) {
	if u == nil {
		return
	}
	for name, from := range u.sources {
		s := t.source(name)
		s.documents.merge(&from.documents, (*topic).add)
		if from.paragraphs == nil {
			s.paragraphs = nil
			continue
		}
		for i, p := range from.paragraphs {
			s.addParagraph(i, p)
		}
	}
}

// Adjusted is the tone of a source towards a target in a voice as it would be if
// the source wrote of frames in the shares in which all sources together do.
// Numbers are in units of tone; the model is linear, and can leave [-1, 1].
type Adjusted struct {
	Source   string  `json:"source"`
	Target   string  `json:"target"`
	Voice    string  `json:"voice"`
	Raw      float64 `json:"raw"`
	Adjusted float64 `json:"adjusted"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Clusters int     `json:"clusters"`
}

// AdjustedContrast is the difference A - B of two adjusted tones.
type AdjustedContrast struct {
	Target   string  `json:"target"`
	Voice    string  `json:"voice"`
	A        string  `json:"a"`
	B        string  `json:"b"`
	Raw      float64 `json:"raw"`
	Adjusted float64 `json:"adjusted"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	P        float64 `json:"p"`       // two-sided, by Student's distribution
	Q        float64 `json:"q"`       // Holm, over the pairs of one target and voice
	Carried  bool    `json:"carried"` // Q is below 1 - Options.Level
}

// TopicResult is tones adjusted for topic, each list by target, voice and source.
type TopicResult struct {
	Tones      []Adjusted         `json:"tones"`
	Contrasts  []AdjustedContrast `json:"contrasts"`
	Unadjusted []Unadjusted       `json:"unadjusted"`
	Limits     []Limit            `json:"limits,omitempty"` // where not all pairs are in Contrasts
}

// Unadjusted is a target and voice that cannot be adjusted, and why.
type Unadjusted struct {
	Target string `json:"target"`
	Voice  string `json:"voice"`
	Reason string `json:"reason"`
}

// unitsPerFrame is how many documents or paragraphs there must be for each frame
// that is adjusted for. Fewer than about ten for each predictor overfit (F. E.
// Harrell, Regression Modeling Strategies, 2nd ed., 2015, section 4.4).
const unitsPerFrame = 10

// topicUnit is one document or paragraph in a regression.
type topicUnit struct {
	source  int
	w, y    float64   // sentences, and their mean tone
	x       []float64 // shares of frames, less the mean of the source
	e       float64   // residual, over 1 less the leverage
	leaning []float64 // the inverse of the cross products, times x, times w*e
}

// topicSide is a source in a regression.
type topicSide struct {
	name string
	w, y float64   // sentences, and their mean tone
	x    []float64 // mean shares of frames
	k    int       // units
}

// Result adjusts the tone of every source towards every target in every voice.
//
// Hypothesis: within a source, the mean tone of a document rises linearly with
// the shares of its sentences in each frame, with the same slopes b in all
// sources; sources differ in level.
//
// Statistic: the mean of covariance analysis (1), the source's tone where shares
// of frames are those of all sources together. Over units j of source s with n[j]
// sentences on the target, their mean tone y[j] and the shares x[j] of frames in
// all that the unit says of targets,
//
//	b = argmin of sum of n[j] * ((y[j] - Y[s]) - b*(x[j] - X[s]))^2
//	adjusted[s] = Y[s] - b*(X[s] - X)
//
// with means over sentences: Y and X of the source, X without an index of all.
// Adjusted for are the commonest frames, one for every ten units beyond one for
// each source.
//
// Approximate: the variance is that of the linearised estimate, by units,
//
//	z[j] = n[j]*e[j]/N[s] - (X[s] - X)' A^-1 n[j]*(x[j] - X[s])*e[j]
//	v = sum of z[j]^2
//
// with the residuals e, each over 1 less its leverage, which makes v nearly that
// of the jackknife (2); the cross products A; the first term in units of s only;
// and Student's quantile with k-1 degrees of freedom for k units of s. In a
// difference z is that of A less that of B, and k that of the fewer units. No
// variance is smaller than n sentences can claim if their tones happen to be
// alike, 0.3/(n*(n+1)), as in [interval]. What all sources together write of is
// taken as given.
//
// Unit: one document, or one paragraph where a source has a single document.
//
// Special cases: sources with fewer than three units are left out; where fewer
// than two sources remain, or too few units for one frame, the target and voice
// are not adjusted, and Unadjusted says why. A frame that is nowhere more than
// elsewhere within sources has slope 0. There is no NaN.
//
//	(1) W. G. Cochran, Analysis of covariance: its nature and uses, Biometrics
//	    13(3), 1957.
//	(2) J. G. MacKinnon, H. White, Some heteroskedasticity-consistent covariance
//	    matrix estimators with improved finite sample properties, Journal of
//	    Econometrics 29(3), 1985.
func (t *Topics) Result(opts Options) (*TopicResult, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	out := &TopicResult{Tones: []Adjusted{}, Contrasts: []AdjustedContrast{}, Unadjusted: []Unadjusted{}}
	units, cells := t.units()
	var adjusted []*regression
	var of []topicCell
	var sides [][]int
	for _, c := range cells {
		r, reason := regress(units, c)
		if reason != "" {
			out.Unadjusted = append(out.Unadjusted, Unadjusted{c.target, c.voice, reason})
			continue
		}
		out.Tones = append(out.Tones, r.tones(c, opts)...)
		of, adjusted, sides = append(of, c), append(adjusted, r), append(sides, r.places())
	}
	most, limits := limited(LimitTopics, lengths(sides), opts)
	out.Limits = limits
	for i, r := range adjusted {
		paired := heaviest(sides[i], most, func(k int) int64 { return int64(r.sides[k].w) })
		out.Contrasts = append(out.Contrasts, r.contrasts(of[i], paired, opts)...)
	}
	return out, nil
}

// units are those of each source, in order, and the cells that any has.
func (t *Topics) units() (map[string][]*topic, []topicCell) {
	units, found := map[string][]*topic{}, map[topicCell]bool{}
	for name, s := range t.sources {
		if ids := s.documents.names(); len(ids) > 1 {
			for _, id := range ids {
				units[name] = append(units[name], s.documents.values[id])
			}
		} else {
			for _, i := range sortedKeys(s.paragraphs, cmp.Compare[int]) {
				units[name] = append(units[name], s.paragraphs[i])
			}
		}
		for _, u := range units[name] {
			for c := range u.tones {
				found[c] = true
			}
		}
	}
	return units, sortedKeys(found, func(a, b topicCell) int {
		return cmp.Or(cmp.Compare(a.target, b.target), cmp.Compare(a.voice, b.voice))
	})
}

// regression is a fitted one.
type regression struct {
	sides     []topicSide
	regressed []topicUnit
	x         []float64 // mean shares of frames over all
	slopes    []float64
}

// regress fits the regression of one cell, or says why it cannot be.
func regress(units map[string][]*topic, c topicCell) (*regression, string) {
	r := &regression{}
	var topics []*topic
	frames := map[string]int64{}
	for _, name := range sortedKeys(units, cmp.Compare[string]) {
		side := topicSide{name: name}
		var mine []*topic
		for _, u := range units[name] {
			if u.tones[c].sentences > 0 {
				mine = append(mine, u)
			}
		}
		if side.k = len(mine); side.k < leastClusters {
			continue
		}
		for _, u := range mine {
			y := u.tones[c]
			r.regressed = append(r.regressed, topicUnit{source: len(r.sides), w: float64(y.sentences), y: mean(y.tone, y.sentences)})
			for f, n := range u.frames {
				frames[f] += n
			}
		}
		topics, r.sides = append(topics, mine...), append(r.sides, side)
	}
	most := (len(topics) - len(r.sides)) / unitsPerFrame
	switch {
	case len(r.sides) < 2:
		return nil, fmt.Sprintf("fewer than two sources have %d documents or paragraphs on it", leastClusters)
	case len(frames) == 0:
		return nil, "no sentence is in a frame"
	case most < 1:
		return nil, fmt.Sprintf("%d documents or paragraphs are too few: it takes %d beyond one for each source", len(topics), unitsPerFrame)
	}
	names := sortedKeys(frames, cmp.Compare[string])
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(frames[b], frames[a]) })
	r.fit(topics, names[:min(len(names), most)])
	return r, ""
}

// fit centres the units by source and finds slopes and residuals.
func (r *regression) fit(topics []*topic, frames []string) {
	p := len(frames)
	r.x = make([]float64, p)
	for i := range r.sides {
		r.sides[i].x = make([]float64, p)
	}
	var all float64
	for i := range r.regressed {
		u := &r.regressed[i]
		u.x = make([]float64, p)
		s := &r.sides[u.source]
		s.w += u.w
		s.y += float64(u.w * u.y)
		all += u.w
		for f, name := range frames {
			u.x[f] = float64(topics[i].frames[name]) / float64(topics[i].n)
			s.x[f] += float64(u.w * u.x[f])
			r.x[f] += float64(u.w * u.x[f])
		}
	}
	for i := range r.sides {
		s := &r.sides[i]
		s.y /= s.w
		for f := range s.x {
			s.x[f] /= s.w
		}
	}
	cross, right := mat.NewSymDense(p, nil), mat.NewVecDense(p, nil)
	for i := range r.regressed {
		u := &r.regressed[i]
		s := r.sides[u.source]
		for f := range u.x {
			u.x[f] -= s.x[f]
		}
		x := mat.NewVecDense(p, u.x)
		cross.SymRankOne(cross, u.w, x)
		right.AddScaledVec(right, u.w*(u.y-s.y), x)
	}
	for f := range r.x {
		r.x[f] /= all
	}
	inverse := pseudoInverse(cross)
	var slopes mat.VecDense
	slopes.MulVec(inverse, right)
	r.slopes = slopes.RawVector().Data
	for i := range r.regressed {
		u := &r.regressed[i]
		u.e = u.y - r.sides[u.source].y - dot(r.slopes, u.x)
		var l mat.VecDense
		l.MulVec(inverse, mat.NewVecDense(p, u.x))
		leverage := u.w/r.sides[u.source].w + float64(u.w*dot(l.RawVector().Data, u.x))
		u.e /= max(1e-3, 1-leverage)
		l.ScaleVec(u.w*u.e, &l)
		u.leaning = l.RawVector().Data
	}
}

// pseudoInverse is that of Moore and Penrose, of a symmetric matrix that is not
// negative: directions with next to no spread have none.
func pseudoInverse(a *mat.SymDense) *mat.Dense {
	p := a.SymmetricDim()
	var eigen mat.EigenSym
	out := mat.NewDense(p, p, nil)
	if !eigen.Factorize(a, true) {
		return out
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil)
	for i, v := range values {
		if v > 1e-9*values[p-1] && v > 0 {
			out.RankOne(out, 1/v, vectors.ColView(i), vectors.ColView(i))
		}
	}
	return out
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}

// shift is what the adjustment takes from the raw tone of a source, and the
// distance of its shares of frames from those of all.
func (r *regression) shift(s topicSide) (by float64, distance []float64) {
	for f := range s.x {
		distance = append(distance, s.x[f]-r.x[f])
	}
	return dot(r.slopes, distance), distance
}

// variance is that of the adjusted tone of side a, or of a less b where b is not
// negative.
func (r *regression) variance(a, b int) float64 {
	_, d := r.shift(r.sides[a])
	if b >= 0 {
		_, other := r.shift(r.sides[b])
		for f := range d {
			d[f] -= other[f]
		}
	}
	least := r.sides[a].least()
	if b >= 0 {
		least += r.sides[b].least()
	}
	var v float64
	for _, u := range r.regressed {
		z := -dot(d, u.leaning)
		switch s := r.sides[u.source]; u.source {
		case a:
			z += u.w * u.e / s.w
		case b:
			z -= u.w * u.e / s.w
		}
		v += float64(z * z)
	}
	return max(v, least)
}

// least is the smallest variance of a mean that is claimed of so many sentences,
// as in [interval].
func (s topicSide) least() float64 {
	return usualWeight * usualSpread / (s.w - 1 + usualWeight) / s.w
}

func (r *regression) tones(c topicCell, opts Options) []Adjusted {
	var out []Adjusted
	for i, s := range r.sides {
		by, _ := r.shift(s)
		arm := student(s.k-1, opts.alpha()) * math.Sqrt(r.variance(i, -1))
		e := effect(s.y-by, s.y-by-arm, s.y-by+arm)
		out = append(out, Adjusted{Source: s.name, Target: c.target, Voice: c.voice, Raw: round6(s.y), Adjusted: e.Value, Low: e.Low, High: e.High, Clusters: s.k})
	}
	return out
}

// places are those of the sides.
func (r *regression) places() []int {
	at := make([]int, len(r.sides))
	for i := range at {
		at[i] = i
	}
	return at
}

// contrasts are those of the sides at some places.
func (r *regression) contrasts(c topicCell, paired []int, opts Options) []AdjustedContrast {
	var out []AdjustedContrast
	var ps []float64
	for n, i := range paired {
		a := r.sides[i]
		for _, j := range paired[n+1:] {
			b := r.sides[j]
			byA, _ := r.shift(a)
			byB, _ := r.shift(b)
			d, sd, df := a.y-byA-(b.y-byB), math.Sqrt(r.variance(i, j)), min(a.k, b.k)-1
			arm := student(df, opts.alpha()) * sd
			e := effect(d, d-arm, d+arm)
			x := AdjustedContrast{Target: c.target, Voice: c.voice, A: a.name, B: b.name, Raw: round6(a.y - b.y), Adjusted: e.Value, Low: e.Low, High: e.High, P: 1}
			if sd > 0 {
				x.P = 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(df)}.Survival(math.Abs(d)/sd)
			}
			out, ps = append(out, x), append(ps, x.P)
		}
	}
	for i, q := range holm(ps) {
		out[i].Q, out[i].Carried = q, q < opts.alpha()
	}
	return out
}
