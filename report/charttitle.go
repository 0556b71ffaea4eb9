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
	case hold == 0:
		return w.widest(voice)
	case hold == 1:
		return fmt.Sprintf("One of %s between %ss holds%s: over %s", plural(all, "difference"), w.noun, inTheirVoice(voice), w.target(best))
	case hold == most:
		return fmt.Sprintf("%s of %s between %ss hold%s: all over %s", upper(count(hold)), plural(all, "difference"), w.noun, inTheirVoice(voice), w.target(best))
	}
	return fmt.Sprintf("%s of %s between %ss hold%s: most over %s", upper(count(hold)), plural(all, "difference"), w.noun, inTheirVoice(voice), w.target(best))
}
