package report

import (
	"fmt"
	"math"

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
// whose two intervals have nothing in common.
func (w *writer) moved() string {
	n, most := 0, 0.0
	var best compare.Line
	for _, l := range w.in.Timeline.Lines {
		first, last := l.Points[0], l.Points[len(l.Points)-1]
		if first.High >= last.Low && last.High >= first.Low {
			continue
		}
		n++
		if by := math.Abs(last.Tone - first.Tone); by > most {
			most, best = by, l
		}
	}
	if n == 0 {
		return "No " + w.noun + "’s tone moves so far that its first and its last period are apart"
	}
	first, last := best.Points[0], best.Points[len(best.Points)-1]
	text := fmt.Sprintf("%s is %s favourable to %s in %s than in %s", upper(w.prose(best.Source)), map[bool]string{true: "more", false: "less"}[last.Tone > first.Tone],
		w.target(best.Target), last.Period, first.Period)
	if n > 1 {
		text += fmt.Sprintf("; %s more %s", count(n-1), pick(n-1, "tone moves", "tones move"))
	}
	return text
}
