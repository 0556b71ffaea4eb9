package report

import (
	"fmt"
	"slices"

	"parallax/analysis/compare"
)

// dates says which sources differ over a target between before a date and since,
// where a date was given to split at.
func (w *writer) dates(target string) {
	split := w.in.Manifest.Options["split-date"]
	if split == "" || SplitLack(w.in) != "" {
		return
	}
	var all []compare.Contrast
	for _, c := range w.in.Result.Further {
		if c.Family == compare.ByDate && c.Target == target && c.Voice == w.voice && tested(c) {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, byStrength)
	holds := 0
	for _, c := range all {
		if !c.Carried {
			break
		}
		if holds++; holds > maxContrasts {
			continue
		}
		how, low, high := "more", -c.High, -c.Low
		if c.Difference > 0 {
			how, low, high = "less", c.Low, c.High
		}
		w.add(Dates, c.Source, target, c.Voice, "%s, %s is %s favourable to %s since %s than before by %s (%s, Holm q %s).",
			upper(inVoices(c.Voice, 1)), w.prose(c.Source), how, w.target(target), split, magnitude(c.Difference),
			interval(low, high, w.in.Manifest.Level, unsigned), below(c.Q))
	}
	switch t := w.target(target); {
	case len(all) == 0:
		w.add(NotDiffering, "", target, w.voice, "Whether tones toward %s differ between before %s and since cannot be tested: no %s has enough sentences and articles on both sides.", t, split, w.noun)
	case holds == 0:
		w.add(NotDiffering, "", target, w.voice, "No %s of the %d that can be tested differs toward %s between before %s and since as far as the data carry.", w.noun, len(all), t, split)
	case holds > maxContrasts:
		w.add(NotDiffering, "", target, w.voice, "%s more %s %s toward %s between before %s and since; the tables have them.",
			upper(count(holds-maxContrasts)), things(holds-maxContrasts, w.noun), pick(holds-maxContrasts, "differs", "differ"), t, split)
	}
}

// SplitLack says what is missing where all articles with a known date lie on one
// side of the date to split at, and what dates there are, as a clause. It is empty
// where both sides have articles, and where no date was given.
func SplitLack(in Input) string {
	split := in.Manifest.Options["split-date"]
	if split == "" || len(in.Documents) == 0 {
		return ""
	}
	sides := map[string]bool{}
	var dates []string
	for _, d := range in.Documents {
		if side := compare.Period(d.Date, split); side != "" {
			sides[side] = true
		}
		if d.Date != "" {
			dates = append(dates, d.Date)
		}
	}
	if sides["before"] && sides["since"] {
		return ""
	}
	there := "no article has a date"
	if len(dates) > 0 {
		there = "the articles are dated " + humanDate(slices.Min(dates))
		if last := slices.Max(dates); last != slices.Min(dates) {
			there += " to " + humanDate(last)
		}
	}
	missing := "no article is known to be from before " + split
	switch {
	case sides["before"]:
		missing = "no article is known to be from " + split + " or later"
	case !sides["since"]:
		missing = "no article is known to be from before or since " + split
	}
	return fmt.Sprintf("%s, so nothing can be compared across that date; %s", missing, there)
}
