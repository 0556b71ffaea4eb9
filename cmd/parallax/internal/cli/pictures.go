package cli

import (
	"bytes"
	"cmp"
	"slices"

	"parallax/analysis/compare"
	"parallax/report"
	"parallax/report/chart"
)

// unitKeys names what is compared as contrasts and words do.
func unitKeys(in report.Input) map[string]unit {
	out := make(map[string]unit)
	for _, u := range unitsCompared(in) {
		out[cmp.Or(u.document, u.source)] = u
	}
	return out
}

// contrastFigures is the chart of the differences between what is compared, where
// there are two to compare.
func contrastFigures(in report.Input, cells map[cellKey]compare.Cell, voice string) []picture {
	units, d, some := unitKeys(in), chart.ContrastsData{}, false
	for _, t := range in.Targets {
		var pairs []chart.Contrast
		for _, c := range report.Tested(in, t.ID, voice) {
			a, b := units[c.A], units[c.B]
			pairs = append(pairs, chart.Contrast{
				A: a.label, B: b.label, NA: cells[a.key(t.ID, voice)].Sentences, NB: cells[b.key(t.ID, voice)].Sentences,
				Difference: c.Difference, Low: c.Low, High: c.High, Carried: c.Carried,
			})
		}
		d.Targets, d.Pairs, some = append(d.Targets, cmp.Or(t.Name, t.ID)), append(d.Pairs, pairs), some || len(pairs) > 0
	}
	if !some {
		return nil
	}
	return []picture{{
		name:     "contrasts",
		subtitle: "Difference in mean tone " + inVoice(voice) + " between two sources, the first less the second; n: sentences of each; lines: 95 % intervals; solid: q < 0.05 after Holm’s correction",
		alt:      "Points with intervals: difference in mean tone " + inVoice(voice) + " of pairs of sources, by target",
		caption:  "Differences " + inVoice(voice) + " with 95 % intervals, the surest of each target. Hollow: the difference does not hold after correction.",
		draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
			d := d
			d.Text = t
			return chart.Contrasts(b, d, o)
		},
	}}
}

// voiceGaps are the differences between own and quoted voices that could be
// tested, by unit and target.
func voiceGaps(in report.Input, units []unit) [][]chart.Contrast {
	type place struct{ key, target string }
	tested := make(map[place]chart.Contrast)
	for _, c := range in.Result.Further {
		if c.Family == compare.ByVoice && c.Permutations > 0 {
			tested[place{c.Source, c.Target}] = chart.Contrast{NA: 1, NB: 1, Difference: c.Difference, Low: c.Low, High: c.High, Carried: c.Carried}
		}
	}
	out := make([][]chart.Contrast, len(units))
	for i, u := range units {
		for _, t := range in.Targets {
			out[i] = append(out[i], tested[place{cmp.Or(u.document, u.source), t.ID}])
		}
	}
	return out
}

// timelineFigures is the chart of tone by date, where there are dates enough.
func timelineFigures(in report.Input) []picture {
	if in.Timeline == nil {
		return nil
	}
	d := chart.TimelineData{Periods: in.Timeline.Periods, Lines: make([][]chart.TimeLine, len(in.Targets))}
	period, units, place := make(map[string]int), unitKeys(in), make(map[string]int)
	for i, p := range d.Periods {
		period[p] = i
	}
	for j, t := range in.Targets {
		d.Targets, place[t.ID] = append(d.Targets, cmp.Or(t.Name, t.ID)), j
	}
	for _, l := range in.Timeline.Lines {
		line := chart.TimeLine{Source: units[l.Source].label}
		for _, p := range l.Points {
			line.Points = append(line.Points, chart.TimePoint{Period: period[p.Period],
				Estimate: chart.Estimate{Tone: p.Tone, Low: p.Low, High: p.High, N: p.Sentences, Carried: p.Carried}})
		}
		j := place[l.Target]
		d.Lines[j] = append(d.Lines[j], line)
	}
	order := make(map[string]int) // that of the other charts
	for i, u := range unitsCompared(in) {
		order[u.label] = i
	}
	for _, lines := range d.Lines {
		slices.SortStableFunc(lines, func(a, b chart.TimeLine) int { return cmp.Compare(order[a.Source], order[b.Source]) })
	}
	where, undated := inVoice(in.Timeline.Voice), ""
	if n := in.Timeline.Undated; n > 0 {
		undated = "; " + counted(n, "document") + " without a date, or with one too coarse, left out"
	}
	return []picture{{
		name:     "timeline",
		subtitle: "Mean tone of sentences " + where + " by date, −1 unfavourable to +1 favourable; bands: 95 % intervals over documents" + undated,
		alt:      "Lines with bands: tone " + where + " by date, for each source and target",
		caption:  "Tone " + where + " by date. Bands: 95 % intervals over the documents of a period, the whole scale where there is one document.",
		draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
			d := d
			d.Text = t
			return chart.Timeline(b, d, o)
		},
	}}
}
