package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"parallax/analysis"
	"parallax/analysis/compare"
)

// Finding is one thing that the numbers say, as a sentence that carries its
// numbers with it. Source, Target and Voice are empty where the sentence is
// about several.
type Finding struct {
	Kind   Kind
	Text   string
	Source string // as the result calls it: a source, or a document where these are compared
	Target string
	Voice  string // all, author or quoted
}

// Kind is what a finding is about.
type Kind string

// The kinds of findings.
const (
	Stance       Kind = "stance"        // sources' own voice leans, and the data carry it
	Borderline   Kind = "borderline"    // sources lean, and the data only just carry it
	Leaning      Kind = "leaning"       // a source's own voice leans, and the data do not carry it
	Undecided    Kind = "undecided"     // no lean in a source's own voice, or nothing in it
	Differing    Kind = "differing"     // two sources differ after correction
	NotDiffering Kind = "not differing" // no difference holds
	Voices       Kind = "voices"        // a source and those it quotes point opposite ways
	Dates        Kind = "dates"         // a source differs between before a date and since
	Limit        Kind = "limit"         // what the findings do not show
)

// voiceAll counts every voice; the two others are named by package analysis.
const voiceAll = "all"

// Limits that keep the findings readable: what is beyond them is counted in a
// sentence and stands in the tables. A list of more than five names, or more
// than three sentences of one kind about one target, is skimmed, not read.
const (
	maxNames     = 5 // names in one sentence
	maxLeans     = 3 // sentences on leans that are not carried, per target
	maxContrasts = 3 // sentences on differences that hold, per target
	maxVoices    = 3 // sentences on sources against those they quote, per target
	maxTargets   = 8 // targets written about
)

// minMargin is how far from zero the interval of a lean must end, in its own
// widths, for the lean to be told without reserve. Intervals are resampled, and
// the end of one moves by some hundredths of its width with the seed.
const minMargin = 0.1

// firm reports whether the data carry a lean with room to spare.
func firm(c compare.Cell) bool {
	return c.Carried && max(c.Low, -c.High) >= minMargin*(c.High-c.Low)
}

// sureness is how far a tone is from zero, in half-widths of its interval.
func sureness(c compare.Cell) float64 { return 2 * math.Abs(c.Tone) / (c.High - c.Low) }

// Findings are the sentences that the numbers carry, target by target: first
// how the sources' own voices lean, then how the sources differ, then where a
// source and those it quotes part; last, what none of this shows. They follow
// from the result by fixed rules, so the same numbers give the same sentences.
//
// An input without documents or without mentions gives one sentence saying so.
func Findings(in Input) []Finding {
	w := newWriter(in)
	if len(in.Documents) == 0 && len(w.keys) == 0 {
		return []Finding{{Kind: Limit, Text: "No document was read, so there is nothing to compare."}}
	}
	targets := w.ranked()
	if len(targets) == 0 {
		return []Finding{{Kind: Limit, Text: "No sentence mentions a target, so there is nothing to compare."}}
	}
	beyond := 0
	if len(targets) > maxTargets {
		beyond = len(targets) - maxTargets
		targets = targets[:maxTargets]
	}
	for _, t := range targets {
		w.stances(t)
		w.contrasts(t)
		w.voices(t)
		w.dates(t)
	}
	if beyond > 0 {
		w.add(Limit, "", "", "", "%s more %s %s in the tables; these are the ones with most to say.",
			upper(count(beyond)), things(beyond, "target"), is(beyond))
	}
	w.limits()
	return w.out
}

// writer builds findings.
type writer struct {
	*names
	in    Input
	voice string // that the comparison is about
	cells map[cellKey]compare.Cell
	gaps  map[cellKey]compare.Contrast // own voice less quoted; no voice in the key
	out   []Finding
}

type cellKey struct{ key, target, voice string }

func newWriter(in Input) *writer {
	w := &writer{names: newNames(in), in: in, voice: nonEmpty(in.Manifest.Options["voice"], analysis.VoiceAuthor),
		cells: map[cellKey]compare.Cell{}, gaps: map[cellKey]compare.Contrast{}}
	for _, c := range in.Result.Cells {
		w.cells[cellKey{key(c), c.Target, c.Voice}] = c
	}
	for _, c := range in.Result.Further {
		if c.Family == compare.ByVoice && tested(c) {
			w.gaps[cellKey{c.Source, c.Target, ""}] = c
		}
	}
	return w
}

func (w *writer) add(kind Kind, source, target, voice, format string, args ...any) {
	w.out = append(w.out, Finding{kind, fmt.Sprintf(format, args...), source, target, voice})
}

// cell is the cell of a source, and whether it has any sentence.
func (w *writer) cell(key, target, voice string) (compare.Cell, bool) {
	c, ok := w.cells[cellKey{key, target, voice}]
	return c, ok && c.Sentences > 0
}

// ranked is the targets with any sentence, in the input's order; where there
// are more than the findings write about, those with the most carried cells
// of sources' own voices come first.
func (w *writer) ranked() []string {
	carried := map[string]int{}
	var ids []string
	for _, t := range w.in.Targets {
		found := false
		for _, k := range w.keys {
			if _, ok := w.cell(k, t.ID, voiceAll); ok {
				found = true
			}
			if c, ok := w.cell(k, t.ID, w.voice); ok {
				found = true
				if c.Carried {
					carried[t.ID]++
				}
			}
		}
		if found {
			ids = append(ids, t.ID)
		}
	}
	if len(ids) > maxTargets {
		slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(carried[b], carried[a]) })
	}
	return ids
}

// camps are the sources by what their voice says of a target.
type camps struct {
	against, toward []string // carried with room to spare
	barely          []string // carried, but only just
	leaning         []string // not carried, but as far from zero as "clearly"; the farthest first
	open            []string // not carried, near zero
	silent          []string // no sentence
}

func (w *writer) camps(target, voice string) camps {
	var g camps
	for _, k := range w.keys {
		c, ok := w.cell(k, target, voice)
		switch {
		case !ok:
			g.silent = append(g.silent, k)
		case firm(c) && c.Tone < 0:
			g.against = append(g.against, k)
		case firm(c) && c.Tone > 0:
			g.toward = append(g.toward, k)
		case c.Carried:
			g.barely = append(g.barely, k)
		case size(c.Tone) != "slightly":
			g.leaning = append(g.leaning, k)
		default:
			g.open = append(g.open, k)
		}
	}
	slices.SortStableFunc(g.leaning, func(a, b string) int {
		return cmp.Compare(w.distance(b, target, voice), w.distance(a, target, voice))
	})
	return g
}

func (w *writer) distance(key, target, voice string) float64 {
	c, _ := w.cell(key, target, voice)
	return math.Abs(c.Tone)
}

// stances says how the sources frame a target in the voice asked for.
func (w *writer) stances(target string) {
	g := w.camps(target, w.voice)
	first, second := g.against, g.toward
	if len(second) > len(first) {
		first, second = second, first
	}
	if len(first) > 0 {
		w.stance(target, first, false)
	}
	if len(second) > 0 {
		w.stance(target, second, true)
	}

	w.border(target, w.voice, g.barely)

	t := w.target(target)
	for i, k := range g.leaning {
		c, _ := w.cell(k, target, w.voice)
		if i == maxLeans || math.IsNaN(c.Tone) {
			g.open = append(g.open, g.leaning[i:]...)
			break
		}
		text := fmt.Sprintf("%s, %s leans %s toward %s, but the data do not carry it", upper(inVoices(w.voice, 1)), w.prose(k), favour(c.Tone), t)
		if c.Low <= 0 && c.High >= 0 {
			text += fmt.Sprintf(": the interval includes zero (%s).", estimate(c, w.in.Manifest.Level))
		} else {
			text += fmt.Sprintf(": %s (%s).", lowerFirst(whyNot(c)), estimate(c, w.in.Manifest.Level))
		}
		w.add(Leaning, k, target, w.voice, "%s", text)
	}
	if w.voice == analysis.VoiceAuthor {
		w.together(target, slices.Concat(g.leaning, g.open))
	}
	w.undecided(target, g)
}

// undecided says of which sources the data carry no lean, and which say nothing.
func (w *writer) undecided(target string, g camps) {
	t := w.target(target)
	speak, speaks := "speak of "+t+" in their own voice", "speaks of "+t+" in its own voice"
	not := func(n int) string { return "not speak of " + t + " in " + its(n) + " own voice" }
	said, theySaid := ": what is said of it is said by those it quotes", ": what is said of it is said by those they quote"
	switch w.voice {
	case analysis.VoiceQuoted:
		speak, speaks = "quote anyone on "+t, "quotes anyone on "+t
		not = func(int) string { return "not quote anyone on " + t }
		said, theySaid = "", ""
	case voiceAll:
		speak, speaks = "speak of "+t, "speaks of "+t
		not = func(int) string { return "not speak of " + t }
		said, theySaid = "", ""
	}

	spoken := len(w.keys) - len(g.silent)
	switch {
	case spoken == 0 && len(w.keys) == 1:
		w.add(Undecided, w.keys[0], target, w.voice, "%s does %s%s.", upper(w.prose(w.keys[0])), not(1), said)
		return
	case spoken == 0:
		w.add(Undecided, "", target, w.voice, "No %s %s%s.", w.noun, speaks, theySaid)
		return
	case len(g.open) == 0:
	case len(g.open) == spoken && spoken > 2:
		w.add(Undecided, "", target, w.voice, "None of the %s that %s leans either way as far as the data carry.", counted(spoken, w.noun), speak)
	default:
		w.add(Undecided, one(g.open), target, w.voice, "For %s, the data carry no lean toward %s %s.",
			w.short(g.open, nil), t, inVoices(w.voice, len(g.open)))
	}
	if len(g.silent) > 0 {
		w.add(Undecided, one(g.silent), target, w.voice, "%s %s %s.", upper(w.short(g.silent, nil)), do(len(g.silent)), not(len(g.silent)))
	}
}

// border is the sentences on leans that the data only just carry, one a
// direction.
func (w *writer) border(target, voice string, keys []string) {
	var against, toward []string
	for _, k := range keys {
		if c, _ := w.cell(k, target, voice); c.Tone < 0 {
			against = append(against, k)
		} else {
			toward = append(toward, k)
		}
	}
	numbers := func(k string) string {
		c, _ := w.cell(k, target, voice)
		return fmt.Sprintf(" (%s)", estimate(c, w.in.Manifest.Level))
	}
	for _, camp := range [][]string{against, toward} {
		if len(camp) == 0 {
			continue
		}
		c, _ := w.cell(camp[0], target, voice)
		inside, behind, ends := numbers, "", "each interval ends"
		if len(camp) == 1 {
			inside, behind, ends = nil, numbers(camp[0]), "the interval ends"
		}
		w.add(Borderline, one(camp), target, voice, "%s, %s %s %s toward %s, but only just%s: %s so near zero that another seed may move it across.",
			upper(inVoices(voice, len(camp))), w.short(w.farthest(camp, target, voice), inside), pick(len(camp), "leans", "lean"),
			favour(c.Tone), w.target(target), behind, ends)
	}
}

// inVoices says within a sentence whose words the tones of so many sources are of.
func inVoices(voice string, sources int) string {
	switch voice {
	case analysis.VoiceAuthor:
		return "in " + its(sources) + " own voice"
	case analysis.VoiceQuoted:
		return "in what " + pick(sources, "it quotes", "they quote")
	}
	return "with the voices " + pick(sources, "it quotes", "they quote") + " counted in"
}

// together says which of the sources, whose own voices alone carry no lean,
// frame the target one way when those that they quote are counted with them:
// choosing whom to quote is framing too, but it is not the source's own word.
func (w *writer) together(target string, keys []string) {
	g := camps{}
	for i, k := range keys {
		if slices.Contains(keys[:i], k) {
			continue
		}
		switch c, ok := w.cell(k, target, voiceAll); {
		case !ok || !c.Carried:
		case !firm(c):
			g.barely = append(g.barely, k)
		case c.Tone < 0:
			g.against = append(g.against, k)
		case c.Tone > 0:
			g.toward = append(g.toward, k)
		}
	}
	for _, camp := range [][]string{g.against, g.toward} {
		if len(camp) == 0 {
			continue
		}
		c, _ := w.cell(camp[0], target, voiceAll)
		numbers := func(k string) string {
			c, _ := w.cell(k, target, voiceAll)
			return fmt.Sprintf(" (%s)", estimate(c, w.in.Manifest.Level))
		}
		inside, behind := numbers, ""
		if len(camp) == 1 {
			inside, behind = nil, numbers(camp[0])
		}
		w.add(Stance, one(camp), target, voiceAll, "With the voices %s counted in, %s %s %s %s%s.",
			pick(len(camp), "it quotes", "they quote"), w.short(camp, inside), pick(len(camp), "frames", "frame"),
			w.target(target), favourably(c.Tone), behind)
	}
	w.border(target, voiceAll, g.barely)
}

// stance is the sentence on one camp.
func (w *writer) stance(target string, camp []string, contrary bool) {
	voice := w.voice
	c, _ := w.cell(camp[0], target, voice)
	t, level := w.target(target), w.in.Manifest.Level
	if len(camp) == 1 {
		beyond := ""
		if len(w.camps(target, voice).barely) > 0 {
			beyond = " with room to spare"
		}
		how := size(c.Tone) + " " + favourably(c.Tone)
		var text string
		switch {
		case contrary && len(w.keys) > 2:
			text = fmt.Sprintf("by contrast, %s alone frames %s %s %s (%s)", w.prose(camp[0]), t, how, inVoices(voice, 1), estimate(c, level))
		case contrary:
			text = fmt.Sprintf("by contrast, %s frames %s %s %s (%s)", w.prose(camp[0]), t, how, inVoices(voice, 1), estimate(c, level))
		default:
			text = fmt.Sprintf("%s, %s frames %s %s (%s)", inVoices(voice, 1), w.prose(camp[0]), t, how, estimate(c, level))
			if len(w.keys) > 2 {
				text += fmt.Sprintf("; it is the only one of the %s for which the data carry this%s", counted(len(w.keys), w.noun), beyond)
			}
		}
		w.add(Stance, camp[0], target, voice, "%s.", upper(text))
		return
	}
	who := fmt.Sprintf("%s of the %s", count(len(camp)), counted(len(w.keys), w.noun))
	switch {
	case len(camp) == len(w.keys) && len(camp) == 2:
		who = "both " + w.noun + "s"
	case len(camp) == len(w.keys):
		who = "all " + counted(len(camp), w.noun)
	}
	text := fmt.Sprintf("%s, %s frame %s %s: %s", inVoices(voice, len(camp)), who, t, favourably(c.Tone),
		w.short(w.farthest(camp, target, voice), func(k string) string {
			c, _ := w.cell(k, target, voice)
			return fmt.Sprintf(" (%s)", estimate(c, level))
		}))
	if contrary {
		text = "by contrast, " + text
	}
	w.add(Stance, "", target, voice, "%s.", upper(text))
}

// farthest is the keys in their order, unless they are too many for a
// sentence: then those farthest from zero come first.
func (w *writer) farthest(keys []string, target, voice string) []string {
	if len(keys) <= maxNames {
		return keys
	}
	keys = slices.Clone(keys)
	slices.SortStableFunc(keys, func(a, b string) int {
		return cmp.Compare(w.distance(b, target, voice), w.distance(a, target, voice))
	})
	return keys
}

// short lists names, the first few of them.
func (w *writer) short(keys []string, after func(string) string) string {
	if after == nil {
		after = func(string) string { return "" }
	}
	if len(keys) <= maxNames {
		return w.list(keys, after, 0)
	}
	return w.list(keys[:maxNames], after, len(keys)-maxNames)
}

// labels lists things as tables call them, the first few of them.
func (w *writer) labels(keys []string) string {
	var all []string
	for _, k := range keys[:min(len(keys), maxNames)] {
		all = append(all, w.label(k))
	}
	if more := len(keys) - maxNames; more > 0 {
		all = append(all, count(more)+" more")
	}
	return join(all)
}

// contrasts says which sources differ over a target, and which do not.
func (w *writer) contrasts(target string) {
	voice := w.voice
	all := w.pairs(target, voice)
	if len(all) == 0 && voice == analysis.VoiceAuthor {
		voice = voiceAll
		all = w.pairs(target, voice)
	}
	if len(all) == 0 {
		w.untested(target)
		return
	}
	how, between, counting := "in its own voice", "between "+w.noun+"s' own voices toward", ""
	switch voice {
	case analysis.VoiceQuoted:
		how, between, counting = "in what they quote", "between "+w.noun+"s toward", ", in what they quote"
	case voiceAll:
		how, between, counting = "all voices counted", "between "+w.noun+"s toward", ", all voices counted"
	}
	t, level := w.target(target), w.in.Manifest.Level
	holds := 0
	for holds < len(all) && all[holds].Carried {
		holds++
	}
	for _, c := range all[:min(holds, maxContrasts)] {
		// The less favourable of the two comes first, and the difference is
		// how much less.
		less, more, low, high := c.A, c.B, -c.High, -c.Low
		if c.Difference > 0 {
			less, more, low, high = c.B, c.A, c.Low, c.High
		}
		w.add(Differing, less, target, voice, "%s is less favourable to %s than %s by %s, %s (%s, Holm q %s).",
			upper(w.prose(less)), t, w.prose(more), magnitude(c.Difference), how,
			interval(low, high, level, unsigned), below(c.Q))
	}
	if holds > maxContrasts {
		w.add(Differing, "", target, voice, "%s further %s over %s after correction; the tables have them.",
			upper(count(holds-maxContrasts)), holdOver(holds-maxContrasts), t)
	}
	rest := len(all) - holds
	if voice == analysis.VoiceAuthor {
		defer w.alsoTogether(target)
	}
	c := all[min(holds, len(all)-1)]
	figures := fmt.Sprintf("%s less %s: %s, %s, Holm q %s", w.prose(c.A), w.prose(c.B), signed(c.Difference),
		interval(c.Low, c.High, level, signed), below(c.Q))
	if !c.Carried && c.Q < 1-cmp.Or(level, 0.95) {
		figures += ", a borderline case: the test finds it, but the interval includes zero"
	}
	switch {
	case rest == 0:
	case rest == 1:
		w.add(NotDiffering, "", target, voice, "No difference between %s and %s toward %s is carried by these data%s (%s).",
			w.prose(c.A), w.prose(c.B), t, counting, figures)
	case holds == 0:
		none := "None"
		if rest == 2 {
			none = "Neither"
		}
		w.add(NotDiffering, "", target, voice,
			"%s of the %s %s %s holds after correction for their number%s; the nearest to holding is %s.",
			none, counted(rest, "difference"), between, t, counting, figures)
	default:
		w.add(NotDiffering, "", target, voice, "The other %s of the %s over %s are not carried by these data.",
			count(rest), counted(len(all), "difference"), t)
	}
}

// alsoTogether says which sources differ over a target once those that they
// quote are counted in.
func (w *writer) alsoTogether(target string) {
	said := 0
	for _, c := range w.pairs(target, voiceAll) {
		if !c.Carried || said == maxContrasts {
			break
		}
		less, more, low, high := c.A, c.B, -c.High, -c.Low
		if c.Difference > 0 {
			less, more, low, high = c.B, c.A, c.Low, c.High
		}
		w.add(Differing, less, target, voiceAll, "With the voices they quote counted in, %s is less favourable to %s than %s by %s (%s, Holm q %s).",
			w.prose(less), w.target(target), w.prose(more), magnitude(c.Difference),
			interval(low, high, w.in.Manifest.Level, unsigned), below(c.Q))
		said++
	}
}

// untested says that the differences over a target could not be tested.
func (w *writer) untested(target string) {
	var found []compare.Contrast
	for _, c := range w.in.Result.Contrasts {
		if c.Target == target && c.Voice == w.voice {
			found = append(found, c)
		}
	}
	switch t := w.target(target); len(found) {
	case 0:
	case 1:
		c := found[0]
		w.add(NotDiffering, "", target, w.voice, "Whether %s and %s differ toward %s cannot be tested: %s.",
			w.prose(c.A), w.prose(c.B), t, nonEmpty(lowerFirst(clause(c.Reason)), "the data are too few"))
	default:
		w.add(NotDiffering, "", target, w.voice, "Whether the %ss differ toward %s cannot be tested: there are too few sentences or documents.", w.noun, t)
	}
}

// tested reports whether a contrast has been tested: its p and q say
// something.
func tested(c compare.Contrast) bool {
	return (c.Exact || c.Permutations > 0) && !math.IsNaN(c.Q) && !math.IsNaN(c.Difference)
}

// pairs is the contrasts over a target in a voice that were tested: those that
// hold first, then the smaller q, then the larger difference.
func (w *writer) pairs(target, voice string) []compare.Contrast {
	var out []compare.Contrast
	for _, c := range w.in.Result.Contrasts {
		if c.Target == target && c.Voice == voice && tested(c) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, byStrength)
	return out
}

func byStrength(a, b compare.Contrast) int {
	if a.Carried != b.Carried {
		if a.Carried {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.Q, b.Q), cmp.Compare(math.Abs(b.Difference), math.Abs(a.Difference)))
}

// voices says where a source and those it quotes point opposite ways.
func (w *writer) voices(target string) {
	t, level := w.target(target), w.in.Manifest.Level
	n := 0
	for _, k := range w.keys {
		own, ok := w.cell(k, target, analysis.VoiceAuthor)
		quoted, also := w.cell(k, target, analysis.VoiceQuoted)
		if !ok || !also || !w.opposite(k, target, own, quoted) {
			continue
		}
		if n++; n > maxVoices {
			continue
		}
		ownText, quotedText := estimate(own, level), estimate(quoted, level)
		if own.Carried && quoted.Carried {
			w.add(Voices, k, target, "", "%s itself frames %s %s (%s), while those it quotes are %s (%s).",
				upper(w.prose(k)), t, favourably(own.Tone), ownText, favour(quoted.Tone), quotedText)
			continue
		}
		gap := w.gaps[cellKey{k, target, ""}]
		w.add(Voices, k, target, "", "%s itself leans %s toward %s (%s), while those it quotes lean %s (%s); the data carry the difference of %s (%s, Holm q %s), though not each of the two leans.",
			upper(w.prose(k)), favour(own.Tone), t, ownText, favour(quoted.Tone), quotedText, magnitude(gap.Difference),
			interval(gap.Low, gap.High, level, signed), below(gap.Q))
	}
	if n > maxVoices {
		w.add(Voices, "", target, "", "In %s more %s, too, own and quoted voices point opposite ways on %s; the tables have them.",
			count(n-maxVoices), things(n-maxVoices, w.noun), t)
	}
}

// opposite reports whether a source's own voice and those it quotes point
// opposite ways as far as the data carry: their signs differ, and the data carry
// both leans or the difference between them.
func (w *writer) opposite(key, target string, own, quoted compare.Cell) bool {
	return (own.Tone < 0 && quoted.Tone > 0 || own.Tone > 0 && quoted.Tone < 0) &&
		(own.Carried && quoted.Carried || w.gaps[cellKey{key, target, ""}].Carried)
}

// limits says what the findings do not show.
func (w *writer) limits() {
	var single []string
	for _, k := range w.keys {
		if w.entries[k].single {
			single = append(single, k)
		}
	}
	switch {
	case len(single) == 0:
	case len(w.keys) == 1:
		w.add(Limit, "", "", "", "One article was read: these findings are about that article, not about the outlet that published it.")
	case len(single) == len(w.keys) && w.noun == "article":
		w.add(Limit, "", "", "", "These findings are about the %s that were read, not about the outlets that published them.", counted(len(single), "article"))
	case len(single) == len(w.keys):
		w.add(Limit, "", "", "", "Each source is a single article here: these findings are about %s articles, not about the outlets that published them.", these(len(single)))
	case len(single) == 1:
		w.add(Limit, "", "", "", "%s is a single article here: what is said of it is about that article, not about its outlet.", w.label(single[0]))
	default:
		w.add(Limit, "", "", "", "%s are single articles here: what is said of them is about those articles, not about their outlets.", w.labels(single))
	}
	if lack := SplitLack(w.in); lack != "" {
		w.add(Limit, "", "", "", "%s.", upper(lack))
	}
	if n := w.inhabited(); n > 1 {
		level := percent(w.in.Manifest.Level)
		w.add(Limit, "", "", "", "Differences are corrected for their number; leans are not. Each lean has its own %s\u00a0%% interval: "+
			"%s of the %d of this comparison may exclude zero by chance alone.",
			level, about(float64(n)*(1-cmp.Or(w.in.Manifest.Level, 0.95))), n)
	}
	w.add(Limit, "", "", "", "Tone is what the words of a sentence convey toward a target. "+
		"The findings do not show whether a framing is deserved, intended or noticed by readers. "+
		"“Slightly” is below %s, “clearly” up to %s and “strongly” above it; these are conventions of this report.",
		magnitude(clear), magnitude(strong))
}

// inhabited counts the cells that have a sentence.
func (w *writer) inhabited() int {
	n := 0
	for _, c := range w.cells {
		if c.Sentences > 0 {
			n++
		}
	}
	return n
}

// about is an expected number in a sentence, at least one.
func about(n float64) string {
	if n < 1 {
		return "one"
	}
	return "about " + count(int(math.Round(n)))
}

// Headline says the surest lean of a source, in the voice that the comparison is
// about (the option "voice", or else the author's), in one sentence, without numbers,
// with the others that lean as firmly, either way, over the same target.
func Headline(in Input) string {
	w := newWriter(in)
	return w.headline(w.voice)
}

// ChartTitle says what a chart shows as a finding, in one sentence. Charts are
// "tone" and "heatmap", which show one voice; "voices"; and "course". Another
// name, or a chart with nothing to say, gets a plain description.
func ChartTitle(in Input, chart, voice string) string {
	w := newWriter(in)
	switch chart {
	case "tone":
		return w.headline(voice)
	case "heatmap":
		return w.widest(voice)
	case "voices":
		return w.parting()
	case "contrasts":
		return w.holding(voice)
	case "words":
		return w.telling()
	case "relations":
		return w.deeds(voice)
	case "frames":
		return w.framed()
	case "timeline":
		return w.moved()
	case "course":
		return "Where in each article the favourable and the unfavourable sentences stand"
	}
	return "Tone by " + w.noun + " and target"
}

// headline says the surest lean in a voice: the one farthest from zero in
// half-widths of its interval. Others stand beside it where they are of the same
// target and firm, on either side.
func (w *writer) headline(voice string) string {
	var surest compare.Cell
	for _, t := range w.in.Targets {
		for _, k := range w.keys {
			// One that is firm goes before one that is not; of equals the first wins.
			c, ok := w.cell(k, t.ID, voice)
			if ok && c.Carried && (surest.Sentences == 0 || firm(c) && !firm(surest) || firm(c) == firm(surest) && sureness(c) > sureness(surest)) {
				surest = c
			}
		}
	}
	switch {
	case surest.Sentences > 0:
	case len(w.keys) == 0:
		return "There is nothing to compare"
	case len(w.keys) == 1:
		return upper(w.prose(w.keys[0])) + " leans toward no target as far as these data carry"
	default:
		return "No " + w.noun + " leans toward a target as far as these data carry"
	}
	how := func(n int) string {
		if voice == voiceAll {
			return ""
		}
		return " " + inVoices(voice, n)
	}
	t := w.target(surest.Target)
	if !firm(surest) {
		return fmt.Sprintf("%s leans %s toward %s%s, but only just", upper(w.prose(key(surest))), favour(surest.Tone), t, how(1))
	}
	best := w.camps(surest.Target, voice)
	against, toward := len(best.against), len(best.toward)
	switch {
	case against > 0 && toward > 0:
		others := w.crowd(best.toward)
		if against > maxCrowd && toward > maxCrowd {
			others = count(toward)
		}
		return fmt.Sprintf("%s %s %s unfavourably%s, %s favourably",
			upper(w.crowd(best.against)), frame(against), t, how(against), others)
	case against > 0:
		return fmt.Sprintf("%s %s %s unfavourably%s", upper(w.crowd(best.against)), frame(against), t, how(against))
	}
	return fmt.Sprintf("%s %s %s favourably%s", upper(w.crowd(best.toward)), frame(toward), t, how(toward))
}

// maxCrowd is how many names a headline bears.
const maxCrowd = 4

// crowd names a camp in a headline: few by name, more by number.
func (w *writer) crowd(keys []string) string {
	switch {
	case len(keys) == len(w.keys) && len(keys) > 2:
		return "all " + counted(len(keys), w.noun)
	case len(keys) > maxCrowd:
		return fmt.Sprintf("%s of %s", count(len(keys)), counted(len(w.keys), w.noun))
	}
	return w.short(keys, nil)
}

// widest says over which target the sources part most.
func (w *writer) widest(voice string) string {
	var best compare.Contrast
	found := false
	for _, t := range w.in.Targets {
		for _, c := range w.pairs(t.ID, voice) {
			if c.Carried && (!found || math.Abs(c.Difference) > math.Abs(best.Difference)) {
				best, found = c, true
			}
		}
	}
	if !found {
		if len(w.keys) < 2 {
			return w.headline(voice)
		}
		return "No difference between " + w.noun + "s" + inTheirVoice(voice) + " holds after correction"
	}
	less, more := best.A, best.B
	if best.Difference > 0 {
		less, more = best.B, best.A
	}
	return fmt.Sprintf("The %ss differ most over %s, from %s to %s", w.noun, w.target(best.Target), w.prose(less), w.prose(more))
}

// parting says where own and quoted voices point opposite ways.
func (w *writer) parting() string {
	n, first, target, quotes := 0, "", "", false
	for _, t := range w.in.Targets {
		for _, k := range w.keys {
			own, ok := w.cell(k, t.ID, analysis.VoiceAuthor)
			quoted, also := w.cell(k, t.ID, analysis.VoiceQuoted)
			quotes = quotes || also
			if ok && also && w.opposite(k, t.ID, own, quoted) {
				if n++; n == 1 {
					first, target = k, t.ID
				}
			}
		}
	}
	switch {
	case !quotes:
		return "No " + w.noun + " quotes anyone on a target"
	case n == 0:
		return "Nowhere do own and quoted voices point opposite ways as far as these data carry"
	case n == 1:
		return upper(w.prose(first)) + " and those it quotes point opposite ways on " + w.target(target)
	}
	return fmt.Sprintf("In %s places own and quoted voices point opposite ways, as on %s in %s", count(n), w.target(target), w.prose(first))
}

// Words that follow a number.

func pick(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func frame(n int) string    { return pick(n, "frames", "frame") }
func its(n int) string      { return pick(n, "its", "their") }
func do(n int) string       { return pick(n, "does", "do") }
func is(n int) string       { return pick(n, "is", "are") }
func holdOver(n int) string { return pick(n, "difference holds", "differences hold") }
func these(n int) string    { return "these " + count(n) }

// one is the only key there is, or "".
func one(keys []string) string {
	if len(keys) == 1 {
		return keys[0]
	}
	return ""
}

// lowerFirst makes a warning fit within a sentence, unless it begins with a
// name or an abbreviation.
func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}
