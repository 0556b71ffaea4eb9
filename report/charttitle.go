package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"parallax/analysis"
	"parallax/analysis/compare"
)

// Tested are the contrasts over a target in a voice that could be tested: those
// that hold first, then the smaller q, then the larger difference.
func Tested(in Input, target, voice string) []compare.Contrast {
	return (&writer{in: in}).pairs(target, voice)
}

// inTheirVoice says within a sentence whose words several sources' tones are of.
func inTheirVoice(voice string) string {
	return map[string]string{analysis.VoiceAuthor: " in their own voice", analysis.VoiceQuoted: " in the voices they quote"}[voice]
}

// holding says how many differences between sources hold, and where most of
// them are.
func (w *writer) holding(voice string) string {
	all, hold, most, best, size := 0, 0, 0, "", 0.0
	for _, t := range w.in.Targets {
		here, widest := 0, 0.0
		for _, c := range w.pairs(t.ID, voice) {
			all++
			if c.Carried {
				here++
				widest = max(widest, math.Abs(c.Difference))
			}
		}
		hold += here
		if here > most || here == most && widest > size {
			most, best, size = here, t.ID, widest
		}
	}
	switch {
	case all == 0:
		return w.widest(voice)
	case hold == 0:
		return fmt.Sprintf("Of %s between %ss%s none holds after correction", plural(all, "difference"), w.noun, inTheirVoice(voice))
	case hold == 1:
		return fmt.Sprintf("One of %s between %ss holds%s: over %s", plural(all, "difference"), w.noun, inTheirVoice(voice), w.target(best))
	case hold == most:
		return fmt.Sprintf("%s of %s between %ss hold%s: all over %s", upper(count(hold)), plural(all, "difference"), w.noun, inTheirVoice(voice), w.target(best))
	}
	return fmt.Sprintf("%s of %s between %ss hold%s: most over %s", upper(count(hold)), plural(all, "difference"), w.noun, inTheirVoice(voice), w.target(best))
}

// moved says whose tone moved most from its first period to its last, of those
// whose two intervals have nothing in common. Periods of few articles are passed
// over: they cannot tell that a tone moved, nor that it did not.
func (w *writer) moved() string {
	told, n, most := 0, 0, 0.0
	var best [2]compare.Point
	var line compare.Line
	for _, l := range w.in.Timeline.Lines {
		points := slices.DeleteFunc(slices.Clone(l.Points), func(p compare.Point) bool { return p.Documents < compare.TellingDocuments })
		if len(points) < 2 {
			continue
		}
		told++
		first, last := points[0], points[len(points)-1]
		if first.High >= last.Low && last.High >= first.Low {
			continue
		}
		n++
		if by := math.Abs(last.Tone - first.Tone); by > most {
			most, best, line = by, [2]compare.Point{first, last}, l
		}
	}
	switch {
	case told == 0:
		return fmt.Sprintf("~ Whether a tone moves cannot be told: no %s has two periods of %s or more", w.noun, plural(compare.TellingDocuments, "article"))
	case n == 0:
		return fmt.Sprintf("No %s’s tone moves so far that its first and its last period of %s or more are apart", w.noun, plural(compare.TellingDocuments, "article"))
	}
	first, last := best[0], best[1]
	text := fmt.Sprintf("%s is %s favourable to %s in %s than in %s", upper(w.prose(line.Source)), map[bool]string{true: "more", false: "less"}[last.Tone > first.Tone],
		w.target(line.Target), last.Period, first.Period)
	if n > 1 {
		text += fmt.Sprintf("; %s more %s", count(n-1), pick(n-1, "tone moves", "tones move"))
	}
	return text
}

// telling names a word that tells a source apart: one that no other source uses
// where there is one, and of those, or of all, the one with the largest z. That it
// does so most surely is said where no other word has as large a z.
func (w *writer) telling() string {
	words, shared := w.tellingWords()
	if len(words) == 0 {
		if shared {
			return "No word tells one " + w.noun + " apart: those that stand out are used as much by another"
		}
		return "No word tells the " + w.noun + "s apart but where a single article carries it"
	}
	best := slices.MinFunc(words, func(a, b compare.Keyword) int {
		return cmp.Or(cmp.Compare(min(a.Rest, 1), min(b.Rest, 1)), cmp.Compare(b.Z, a.Z))
	})
	if best.Rest == 0 {
		return fmt.Sprintf("Only %s uses “%s” near %s, %s", w.prose(best.Source), best.Word, w.target(best.Target), plural(best.Count, "time"))
	}
	text := fmt.Sprintf("“%s” near %s tells %s apart", best.Word, w.target(best.Target), w.prose(best.Source))
	as := 0
	for _, k := range words {
		if k.Z >= best.Z-tieOfZ {
			as++
		}
	}
	if as > 1 {
		return text + fmt.Sprintf("; %s as surely", pick(as-1, "one other word does", count(as-1)+" other words do"))
	}
	return text + " most surely"
}

// tieOfZ is how far apart two z may be that are printed alike, with one decimal.
const tieOfZ = 0.05

// tellingWords are the words that hold without any one article and that no other
// source uses as often, nor stands out by as much; shared says that some were left
// out for that: copy of an agency that two sources print tells neither apart.
func (w *writer) tellingWords() (words []compare.Keyword, shared bool) {
	type use struct{ target, word string }
	users := map[use][]compare.Keyword{}
	for _, k := range w.in.Keywords {
		u := use{k.Target, k.Word}
		users[u] = append(users[u], k)
	}
	for _, k := range carriedKeywords(w.in) {
		if k.Fragile || k.Z <= 0 {
			continue
		}
		if slices.ContainsFunc(users[use{k.Target, k.Word}], func(o compare.Keyword) bool {
			return o.Source != k.Source && (o.Count >= k.Count || o.Z >= k.Z)
		}) {
			shared = true
			continue
		}
		words = append(words, k)
	}
	return words, shared
}

// deeds says between which targets most sources tell of deeds that lean one way.
func (w *writer) deeds(voice string) string {
	type lean struct {
		agent, patient string
		hostile        bool
	}
	tellers, best := map[lean][]string{}, lean{}
	for _, r := range Relations(w.in) { // in a fixed order, so the first of equals wins
		if r.Voice != voice || r.Low == nil || *r.Low <= 0 && *r.High >= 0 {
			continue
		}
		l := lean{r.Agent, r.Patient, *r.High < 0}
		tellers[l] = append(tellers[l], nonEmpty(r.Document, r.Source))
		if len(tellers[l]) > len(tellers[best]) {
			best = l
		}
	}
	who := tellers[best]
	if len(who) == 0 {
		return "Between no two targets do the deeds told of lean one way as far as these data carry"
	}
	how := "friendly"
	if best.hostile {
		how = "hostile"
	}
	return fmt.Sprintf("%s %s of %s deeds of %s towards %s", upper(w.crowd(who)), pick(len(who), "tells", "tell"), how, w.target(best.agent), w.target(best.patient))
}

// framed says over which target and frame the sources that use it most and
// least are farthest apart, of those whose intervals have nothing in common.
func (w *writer) framed() string {
	type use struct{ target, frame string }
	least, most := map[use]compare.FrameShare{}, map[use]compare.FrameShare{}
	var order []use
	for _, s := range w.in.Frames {
		u := use{s.Target, s.Frame}
		if !s.Carried {
			continue
		}
		if _, ok := most[u]; !ok {
			order = append(order, u)
			least[u], most[u] = s, s
		}
		if s.Share < least[u].Share {
			least[u] = s
		}
		if s.Share > most[u].Share {
			most[u] = s
		}
	}
	var less, more compare.FrameShare
	for _, u := range order {
		if a, b := most[u], least[u]; a.Low > b.High && a.Share-b.Share > more.Share-less.Share {
			less, more = b, a
		}
	}
	if more.Frame == "" {
		return "No two " + w.noun + "s use a frame so differently that their shares are apart"
	}
	return fmt.Sprintf("%s sets %s in the frame of %s far more often than %s does", upper(w.prose(more.Source)), w.target(more.Target), more.Frame, w.prose(less.Source))
}
