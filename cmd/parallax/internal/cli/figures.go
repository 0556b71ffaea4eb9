package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/report"
	"parallax/report/chart"
)

// figures draws the charts of a comparison, side by side. Those that would be too
// large it leaves out, and names.
func figures(ctx context.Context, in report.Input, courses []courseOf, c compareConfig) (images []report.ChartImage, undrawn []string, err error) {
	var labels, targets []string
	cells := cellsByKey(in)
	keys, more := charted(unitsCompared(in), in, cells)
	for _, k := range keys {
		labels = append(labels, k.label)
	}
	last := append(relationFigures(in, keys, c.voice), mapFigures(in)...)
	var rest string
	in.Targets, rest = chartedTargets(in, cells, len(keys))
	more += rest
	for _, t := range in.Targets {
		targets = append(targets, cmp.Or(t.Name, t.ID))
	}
	grid := func(voice string) [][]chart.Estimate {
		rows := make([][]chart.Estimate, len(keys))
		for i, k := range keys {
			for _, t := range in.Targets {
				rows[i] = append(rows[i], estimate(cells[k.key(t.ID, voice)]))
			}
		}
		return rows
	}
	words := func(name, subtitle string) chart.Text {
		return chart.Text{Title: chartTitle(in, name, c.voice), Subtitle: subtitle, Caption: caption(in) + more}
	}
	tones := grid(c.voice)

	all := []picture{
		{
			name:     "tone",
			subtitle: "Mean tone of sentences " + inVoice(c.voice) + ", −1 unfavourable to +1 favourable; n: sentences; lines: 95 % intervals",
			alt:      "Points with intervals: mean tone " + inVoice(c.voice) + ", by target and source",
			caption:  "Mean tone " + inVoice(c.voice) + " with 95 % intervals. Hollow: the data carry no lean.",
			draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
				return chart.Tone(b, chart.Grid{Text: t, Sources: labels, Targets: targets, Cells: tones}, o)
			},
		},
		{
			name:     "heatmap",
			subtitle: "Mean tone of sentences, −1 unfavourable to +1 favourable, with 95 % interval where there is room; n: sentences",
			alt:      "Tables of coloured cells: mean tone in the sources’ own voice, in what they quote and in all, sources by targets",
			caption:  "Tone by source, target and voice as tables.",
			draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
				d := chart.HeatData{Text: t, Sources: labels, Targets: targets}
				for _, v := range [...]struct{ voice, name string }{{analysis.VoiceAuthor, "Own voice"}, {analysis.VoiceQuoted, "Quoted voices"}, {compare.VoiceAll, "All voices"}} {
					if v.voice != c.voice && len(keys)*len(targets) > maxCells {
						continue
					}
					d.Panels = append(d.Panels, chart.HeatPanel{Name: v.name, Cells: grid(v.voice)})
				}
				return chart.HeatMaps(b, d, o)
			},
		},
		{
			name:     "voices",
			subtitle: "Mean tone of sentences in a source’s own voice and in the voices that it quotes, −1 unfavourable to +1 favourable; lines: 95 % intervals",
			alt:      "Pairs of points: own voice beside quoted voices, by target and source",
			caption:  "What a source says itself beside what it lets others say.",
			draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
				return chart.Voices(b, chart.VoicesData{
					Text: t, Sources: labels, Targets: targets,
					Own: grid(analysis.VoiceAuthor), Quoted: grid(analysis.VoiceQuoted), Gaps: voiceGaps(in, keys),
				}, o)
			},
		},
		{
			name:     "course",
			subtitle: "Tone of sentences in all voices, −1 unfavourable to +1 favourable; markers: sentences; lines: smoothed",
			alt:      "Lines: tone from the first sentence of each article to the last, by target",
			caption:  "Tone along the articles, all voices together.",
			draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
				return chart.Course(b, chart.CourseData{Text: t, Sources: labels, Targets: targets, Sentences: course(in, courses, keys)}, o)
			},
		},
	}

	all = append(all, contrastFigures(in, cells, c.voice)...)
	all = append(all, timelineFigures(in)...)
	all = append(all, attentionFigures(in, keys, targets)...)
	all = append(all, frameFigures(in, keys)...)
	all = append(all, wordFigures(in, keys)...)
	all = append(all, last...)
	images = make([]report.ChartImage, len(all))
	errs := make([]error, len(all))
	var wg sync.WaitGroup
	turn := make(chan struct{}, runtime.GOMAXPROCS(0)) // the bitmaps of 60 sources and 20 targets are 1.8 GB together
	for i, f := range all {
		wg.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			if errs[i] = ctx.Err(); errs[i] != nil {
				return
			}
			images[i], errs[i] = f.image(words(f.name, f.subtitle))
		})
	}
	wg.Wait()
	drawn := images[:0]
	for i, err := range errs {
		switch {
		case errors.Is(err, chart.ErrTooLarge):
			undrawn = append(undrawn, all[i].name)
		case err != nil:
			return nil, nil, fmt.Errorf("chart %s: %w", all[i].name, err)
		default:
			drawn = append(drawn, images[i])
		}
	}
	return drawn, undrawn, nil
}

// chartTitle is the finding above a chart.
func chartTitle(in report.Input, name, voice string) string {
	switch name {
	case "map", "biplot", "dendrogram":
		return report.MapTitle(in)
	case "attention":
		return report.AttentionTitle(in, compare.AttentionShare)
	case "prominence":
		return report.AttentionTitle(in, compare.AttentionTitle, compare.AttentionLead)
	}
	return report.ChartTitle(in, name, voice)
}

// picture is a chart to draw.
type picture struct {
	name, caption, alt string
	subtitle           string
	draw               func(*bytes.Buffer, chart.Text, chart.Options) error
}

// narrow is the width in points of a chart for a phone or a column.
const narrow = 360

// maxDrawing is how many bytes a chart may have as SVG to stand in the page, once
// wide and once narrow. With 60 sources, 20 targets and 720 articles all drawings
// would be 23 MB, of which the course of tone is 13; so they are 0.5.
const maxDrawing = 300_000

// image draws a chart in every form that a report shows it in: as PNG, and where
// it is not too large for the page as SVG.
func (p picture) image(t chart.Text) (report.ChartImage, error) {
	image := report.ChartImage{Path: "charts/" + p.name + ".png", Alt: p.alt, Caption: p.caption}
	for _, form := range []struct {
		to *[]byte
		o  chart.Options
	}{{&image.PNG, chart.Options{}}, {&image.SVG, chart.Options{Format: chart.SVG}}, {&image.Narrow, chart.Options{Format: chart.SVG, Width: narrow}}} {
		var b bytes.Buffer
		if err := p.draw(&b, t, form.o); err != nil {
			return report.ChartImage{}, err
		}
		if form.o.Format == chart.SVG && b.Len() > maxDrawing {
			image.SVG = nil
			break
		}
		*form.to = b.Bytes()
	}
	return image, nil
}

// attentionFigures are the charts of what the sources attend to, where that was
// counted; that of titles where a source has several articles.
func attentionFigures(in report.Input, keys []unit, targets []string) []picture {
	if in.Attention == nil {
		return nil
	}
	type place struct {
		measure        compare.AttentionMeasure
		source, target string
	}
	at := map[place]chart.Share{}
	several := false
	for _, e := range in.Attention.Estimates {
		if e.Measure != compare.AttentionHolder {
			at[place{e.Measure, e.Source, e.Target}] = chart.Share{Value: e.Value, Low: e.Low, High: e.High, N: e.N, Carried: e.Carried}
		}
		several = several || e.Measure == compare.AttentionLead && e.N > 1
	}
	labels := make([]string, len(keys))
	shares := func(m compare.AttentionMeasure) [][]chart.Share {
		rows := make([][]chart.Share, len(keys))
		for i, k := range keys {
			for _, t := range in.Targets {
				rows[i] = append(rows[i], at[place{m, cmp.Or(k.document, k.source), t.ID}])
			}
		}
		return rows
	}
	for i, k := range keys {
		labels[i] = k.label
	}
	all := []picture{{
		name:     "attention",
		subtitle: "Share of each target in the sentences that mention targets, whoever speaks; n: such sentences, once for each target in them; lines: 95 % intervals",
		alt:      "Points with intervals: share of sentences on each target, by source",
		caption:  "How much of what each source says of targets goes to each of them.",
		draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
			return chart.Attention(b, chart.AttentionData{Text: t, Sources: labels, Targets: targets, Shares: shares(compare.AttentionShare)}, o)
		},
	}}
	if !several {
		return all
	}
	return append(all, picture{
		name:     "prominence",
		subtitle: "Share of articles whose title, and whose first paragraph, names each target; lines: 95 % intervals",
		alt:      "Pairs of points: titles beside first paragraphs that name each target, by source",
		caption:  "How prominent each target is in the articles.",
		draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
			return chart.Prominence(b, chart.ProminenceData{Text: t, Sources: labels, Targets: targets,
				Titles: shares(compare.AttentionTitle), Leads: shares(compare.AttentionLead)}, o)
		},
	})
}

// mapFigures are the charts of how alike the sources are, where that was asked.
func mapFigures(in report.Input) []picture {
	m := in.Map
	if m == nil {
		return nil
	}
	labels := report.SourceLabels(in, m.Sources)
	plane := func(p compare.Plane) chart.MapData {
		d := chart.MapData{Share: p.Share}
		for _, source := range in.Sources { // in the other charts' order, and so in their colours
			if i := slices.Index(m.Sources, source.ID); i >= 0 {
				d.Sources, d.Points = append(d.Sources, labels[i]), append(d.Points, p.Points[i])
			}
		}
		for _, a := range p.Arrows {
			name := a.Name
			for _, t := range in.Targets {
				if a.Block == compare.MapTone && t.ID == a.Name {
					name = cmp.Or(t.Name, t.ID)
				}
			}
			d.Arrows = append(d.Arrows, chart.MapArrow{Name: name, X: a.X, Y: a.Y, Dashed: a.Block == compare.MapFrames})
		}
		return d
	}
	where := inVoice(m.Voice)
	all := []picture{{
		name:     "map",
		subtitle: "Classical scaling of the distances between sources by tone, frames and words " + where + "; near is alike. A plane shows a part only",
		alt:      "Points in a plane: sources, the nearer the more alike they frame " + where,
		caption:  "How alike the sources frame " + where + ": the nearer, the more alike.",
		draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
			d := plane(m.Scaling)
			d.Text = t
			return chart.SourceMap(b, d, o)
		},
	}}
	if m.Biplot != nil {
		all = append(all, picture{
			name:     "biplot",
			subtitle: "First two principal components of tone and frames " + where + "; arrows: the direction into which each grows",
			alt:      "Points and arrows in a plane: sources, and the tones and frames that tell them apart " + where,
			caption:  "What tells the sources apart: the farther along an arrow, the more of it.",
			draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
				d := plane(*m.Biplot)
				d.Text = t
				return chart.SourceMap(b, d, o)
			},
		})
	}
	return append(all, picture{
		name:     "dendrogram",
		subtitle: fmt.Sprintf("Average linkage of the distances between sources by tone, frames and words %s; per cent: of %d resamples", where, m.Resamples),
		alt:      "Tree: sources joined into groups, the more alike the earlier, with how stable each group is",
		caption:  "Groups of sources that frame alike " + where + ". Dashed: the data do not carry the group.",
		draw: func(b *bytes.Buffer, t chart.Text, o chart.Options) error {
			d := chart.TreeData{Text: t, Sources: labels, Stable: compare.StableFrom}
			for _, x := range m.Merges {
				d.Merges = append(d.Merges, chart.TreeMerge{A: x.A, B: x.B, Distance: x.Distance, Support: x.Support})
			}
			return chart.Dendrogram(b, d, o)
		},
	})
}

// maxCharted is how many sources or documents a chart shows: beyond some
// screens full nobody compares rows, and the pictures grow without bound.
const maxCharted = 100

// charted returns what charts show: those with most sentences where there are
// too many, in the order given, and then a note on the others for the caption.
func charted(keys []unit, in report.Input, cells map[cellKey]compare.Cell) ([]unit, string) {
	if len(keys) <= maxCharted {
		return keys, ""
	}
	sentences := make([]int, len(keys))
	order := make([]int, len(keys))
	for i, k := range keys {
		order[i] = i
		for _, t := range in.Targets {
			sentences[i] += cells[k.key(t.ID, compare.VoiceAll)].Sentences
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return sentences[b] - sentences[a] })
	order = order[:maxCharted]
	slices.Sort(order)
	out := make([]unit, maxCharted)
	for i, k := range order {
		out[i] = keys[k]
	}
	return out, fmt.Sprintf(" · the %d with most sentences; %d more in scores.csv", maxCharted, len(keys)-maxCharted)
}

// chartedTargets returns the targets that charts of so many units show: those with
// most sentences where there are too many, in the order given, and then a note on
// the others for the caption.
func chartedTargets(in report.Input, cells map[cellKey]compare.Cell, units int) ([]report.TargetInfo, string) {
	most := max(minTargets, min(maxTargetsCharted, maxCells/2/max(1, units)))
	if len(in.Targets) <= most {
		return in.Targets, ""
	}
	sentences := make(map[string]int)
	for k, c := range cells {
		if k.voice == compare.VoiceAll {
			sentences[k.target] += c.Sentences
		}
	}
	some := slices.Clone(in.Targets)
	slices.SortStableFunc(some, func(a, b report.TargetInfo) int { return sentences[b.ID] - sentences[a.ID] })
	some = some[:most]
	return slices.DeleteFunc(slices.Clone(in.Targets), func(t report.TargetInfo) bool { return !slices.Contains(some, t) }),
		fmt.Sprintf(" · the %d targets with most sentences; %d more in scores.csv", most, len(in.Targets)-most)
}

// How many targets charts show: of however many units so few that the picture of a
// hundred rows is not too large, and of however few no more than a reader compares.
const minTargets, maxTargetsCharted = 20, 60

func estimate(c compare.Cell) chart.Estimate {
	return chart.Estimate{Tone: c.Tone, Low: c.Low, High: c.High, N: c.Sentences, Carried: c.Carried}
}

// courseOf is the tone along a document.
type courseOf []struct {
	target string
	chart.Sentence
}

// newCourse places the observations of a document along it.
func newCourse(a *analysis.Analysis) courseOf {
	at := make(map[int]float64, len(a.Sentences)) // position by offset
	for k, s := range a.Sentences {
		if len(a.Sentences) > 1 {
			at[s.Start] = float64(k) / float64(len(a.Sentences)-1)
		}
	}
	out := make(courseOf, len(a.Observations))
	for i, o := range a.Observations {
		out[i].target, out[i].Sentence = o.Target, chart.Sentence{Position: at[o.Start], Tone: o.Tone}
	}
	return out
}

// course puts the documents' courses together.
func course(in report.Input, courses []courseOf, keys []unit) [][][]chart.Sentence {
	row, column := make(map[string]int), make(map[string]int)
	for i, k := range keys {
		row[cmp.Or(k.document, k.source)] = i
	}
	for j, t := range in.Targets {
		column[t.ID] = j
	}
	out := make([][][]chart.Sentence, len(keys))
	for i := range out {
		out[i] = make([][]chart.Sentence, len(in.Targets))
	}
	for n, d := range in.Documents {
		key := d.Source
		if keys[0].document != "" {
			key = d.ID
		}
		i, ok := row[key]
		if !ok {
			continue // not charted
		}
		for _, s := range courses[n] {
			if j, ok := column[s.target]; ok { // else not charted
				out[i][j] = append(out[i][j], s.Sentence)
			}
		}
	}
	return out
}

// caption says where the data of a chart come from.
func caption(in report.Input) string {
	var dates []string
	outlets := make(map[string]bool)
	for _, d := range in.Documents {
		dates = append(dates, d.Date)
		if d.Outlet != "" {
			outlets[d.Outlet] = true
		}
	}
	parts := []string{counted(len(in.Documents), "article")}
	if n := len(outlets); n > 0 {
		parts[0] += " from " + counted(n, "outlet")
	}
	if s := span(slices.Clone(dates)); s != "" {
		parts[0] += ", " + s
	}
	m := in.Manifest
	parts = append(parts, "Parallax "+m.Version, "lexicon "+m.Lexicon, fmt.Sprintf("seed %d", m.Seed))
	return strings.Join(parts, " · ")
}
