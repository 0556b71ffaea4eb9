package cli

import (
	"bytes"
	"cmp"
	"slices"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/lexicon"
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
	units, d, some, untested := unitKeys(in), chart.ContrastsData{}, false, 0
	for _, c := range in.Result.Contrasts {
		if c.Voice == voice {
			untested++
		}
	}
	for _, t := range in.Targets {
		var pairs []chart.Contrast
		for _, c := range report.Tested(in, t.ID, voice) {
			a, b := units[c.A], units[c.B]
			pairs = append(pairs, chart.Contrast{
				A: a.label, B: b.label, NA: cells[a.key(t.ID, voice)].Sentences, NB: cells[b.key(t.ID, voice)].Sentences,
				Difference: c.Difference, Low: c.Low, High: c.High, Carried: c.Carried,
			})
		}
		untested -= len(pairs)
		d.Targets, d.Pairs, some = append(d.Targets, cmp.Or(t.Name, t.ID)), append(d.Pairs, pairs), some || len(pairs) > 0
	}
	if !some {
		return nil
	}
	rest := ""
	if untested > 0 {
		rest = "; " + counted(untested, "pair") + " that could not be tested left out"
	}
	return []picture{{
		name:     "contrasts",
		subtitle: "Difference in mean tone " + inVoice(voice) + " between two sources, the first less the second; n: sentences of each; lines: 95 % intervals; solid: q < 0.05 after Holm’s correction, and the interval clear of zero" + rest,
		alt:      "Points with intervals: difference in mean tone " + inVoice(voice) + " of pairs of sources, by target",
		caption:  "Differences " + inVoice(voice) + " with 95 % intervals, by size; of many, the surest of each target. The more favourable source of a pair stands first, also where tables have it second. Hollow: the difference does not hold after correction" + rest + ".",
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
		j, ok := place[l.Target]
		if !ok {
			continue // not charted
		}
		line := chart.TimeLine{Source: units[l.Source].label}
		for _, p := range l.Points {
			line.Points = append(line.Points, chart.TimePoint{Period: period[p.Period],
				Estimate: chart.Estimate{Tone: p.Tone, Low: p.Low, High: p.High, N: p.Sentences, Carried: p.Carried}})
		}
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

// maxCells is how many cells of a table one picture has three times, or in one
// panel for each of several targets: what the memory of a picture allows is
// about twice as many.
const maxCells = 1200

// frameFigures is the chart of how often sources use each frame, by target.
func frameFigures(in report.Input, units []unit) []picture {
	if len(in.Frames) == 0 {
		return nil
	}
	type place struct{ key, target, frame string }
	shares, total := make(map[place]compare.FrameShare), make(map[string]int)
	frames := lexicon.Frames()
	for _, s := range in.Frames {
		shares[place{s.Source, s.Target, s.Frame}] = s
		total[s.Target] += s.Framed
	}
	d, more := chart.HeatData{Targets: frames, Shares: true, None: "sentence"}, 0
	for _, u := range units {
		d.Sources = append(d.Sources, u.label)
	}
	for _, t := range in.Targets {
		if total[t.ID] == 0 {
			continue
		}
		if (len(d.Panels)+1)*len(units)*len(frames) > maxCells {
			more++
			continue
		}
		p := chart.HeatPanel{Name: cmp.Or(t.Name, t.ID)}
		for _, u := range units {
			var row []chart.Estimate
			for _, f := range frames {
				s := shares[place{u.source, t.ID, f}]
				row = append(row, chart.Estimate{Tone: s.Share, Low: s.Low, High: s.High, N: s.Sentences, Carried: s.Carried})
			}
			p.Cells = append(p.Cells, row)
		}
		d.Panels = append(d.Panels, p)
	}
	if len(d.Panels) == 0 {
		return nil
	}
	where, rest := inVoice(in.Frames[0].Voice), ""
	if more > 0 {
		rest = "; " + counted(more, "more target") + " in scores.json"
	}
	return []picture{{
		name:     "frames",
		subtitle: "Share of the sentences on a target " + where + " that set it in a frame, with 95 % interval where there is room; n: sentences" + rest,
		alt:      "Tables of coloured cells: share of sentences " + where + " in each frame, by target and source",
		caption:  "How often sources use each frame " + where + ". A sentence may be in several frames or in none.",
		draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
			d := d
			d.Text = t
			return chart.HeatMaps(b, d, o)
		},
	}}
}

// wordFigures is the chart of the words that tell what is compared apart.
func wordFigures(in report.Input, units []unit) []picture {
	type place struct{ key, target string }
	words := make(map[place][]chart.Word)
	for _, k := range in.Keywords {
		if k.Carried && k.Z > 0 {
			at := place{k.Source, k.Target}
			words[at] = append(words[at], chart.Word{Text: k.Word, Z: k.Z, Count: k.Count, Rest: k.Rest, Carried: !k.Fragile})
		}
	}
	if len(words) == 0 {
		return nil
	}
	d, some := chart.WordsData{}, false
	for _, t := range in.Targets {
		d.Targets = append(d.Targets, cmp.Or(t.Name, t.ID))
	}
	for _, u := range units {
		var row [][]chart.Word
		for _, t := range in.Targets {
			list := words[place{cmp.Or(u.document, u.source), t.ID}]
			row, some = append(row, list), some || len(list) > 0
		}
		d.Sources, d.Words = append(d.Sources, u.label), append(d.Words, row)
	}
	if !some {
		return nil
	}
	return []picture{{
		name:     "words",
		subtitle: "Words that a source has more often than the others near a target, whoever speaks: z of the log-odds; q < 0.05 after Benjamini and Hochberg’s correction",
		alt:      "Bars: the words that each source has more often than the others, by target",
		caption:  "Words that tell the sources apart, the most telling first. Hollow: a single article carries it.",
		draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
			d := d
			d.Text = t
			return chart.Words(b, d, o)
		},
	}}
}

// maxRelations is how many pairs of targets are columns of the chart of deeds:
// those with most deeds.
const maxRelations = 12

// relationFigures is the chart of what the targets are told to do to each other,
// where that is told in the voice; of all voices, that of the sources' own.
func relationFigures(in report.Input, units []unit, voice string) []picture {
	if voice == compare.VoiceAll {
		voice = analysis.VoiceAuthor
	}
	type pair struct{ agent, patient string }
	type place struct {
		key string
		pair
	}
	deeds, cells := make(map[pair]int), make(map[place]chart.Estimate)
	var pairs []pair
	for _, r := range report.Relations(in) {
		if r.Voice != voice || r.N == 0 {
			continue
		}
		p := pair{r.Agent, r.Patient}
		if deeds[p] == 0 {
			pairs = append(pairs, p)
		}
		deeds[p] += r.N
		e := chart.Estimate{Tone: *r.Value, Low: -1, High: 1, N: r.N} // where no interval can be had, as the table has it
		if r.Low != nil {
			e.Low, e.High, e.Carried = *r.Low, *r.High, *r.Low > 0 || *r.High < 0
		}
		cells[place{cmp.Or(r.Document, r.Source), p}] = e
	}
	if len(pairs) == 0 {
		return nil
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(deeds[b], deeds[a]) })
	rest := ""
	if n := len(pairs) - maxRelations; n > 0 {
		pairs, rest = pairs[:maxRelations], "; "+counted(n, "more pair")+" in scores.json"
	}
	names := make(map[string]string)
	for _, t := range in.Targets {
		names[t.ID] = cmp.Or(t.Name, t.ID)
	}
	d, some := chart.HeatData{None: "deed", Ends: [2]string{"hostile", "friendly"}, Panels: make([]chart.HeatPanel, 1)}, false
	for _, p := range pairs {
		d.Targets = append(d.Targets, names[p.agent]+" → "+names[p.patient])
	}
	for _, u := range units {
		var row []chart.Estimate
		for _, p := range pairs {
			e := cells[place{cmp.Or(u.document, u.source), p}]
			row, some = append(row, e), some || e.N > 0
		}
		d.Sources, d.Panels[0].Cells = append(d.Sources, u.label), append(d.Panels[0].Cells, row)
	}
	if !some {
		return nil
	}
	return []picture{{
		name:     "relations",
		subtitle: "Mean of the deeds told of " + inVoice(voice) + ", from −1, military attack, to +1, close help, with 95 % interval where there is room; n: deeds" + rest,
		alt:      "Table of coloured cells: mean of the deeds from one target to another " + inVoice(voice) + ", by source",
		caption:  "What the targets do to each other, as told " + inVoice(voice) + ".",
		draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
			d := d
			d.Text = t
			return chart.HeatMaps(b, d, o)
		},
	}}
}
