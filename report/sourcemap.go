package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"parallax/analysis"
	"parallax/analysis/compare"
)

// MapTitle says which groups of sources resampling keeps together, for the
// charts of how alike the sources frame. That a group holds says nothing of how
// near its members are: two others may be nearer, which is said where it is so.
func MapTitle(in Input) string {
	if in.Map == nil {
		return ""
	}
	w := newWriter(in)
	groups := stableGroups(in.Map)
	if len(groups) == 0 {
		return "~ Which sources frame most alike cannot be told: no group of them is stable"
	}
	var parts []string
	for _, g := range groups[:min(len(groups), maxTitleGroups)] {
		var names []string
		for _, i := range g {
			names = append(names, w.listed(in.Map.Sources[i]))
		}
		if n := len(names) - maxTitleNames; n > 1 {
			names = append(names[:maxTitleNames], count(n)+" more")
		}
		parts = append(parts, join(names))
	}
	more := ""
	if n := len(groups) - maxTitleGroups; n > 0 {
		more = "; and " + counted(n, "more group")
	}
	if near := in.Map.Members(0); !nearestWithin(in.Map, groups) {
		more += fmt.Sprintf(" (the two that are nearest, %s, may be so by chance)", join([]string{w.listed(in.Map.Sources[near[0]]), w.listed(in.Map.Sources[near[1]])}))
	}
	if len(groups) == 1 {
		return "Only " + parts[0] + " are kept together by resampling" + more
	}
	return "Resampling keeps " + counted(len(groups), "group") + " of sources together: " + strings.Join(parts, "; ") + more
}

// nearestWithin reports whether the two nearest sources, or others that are as
// near, are in one of some groups. The first merge is of the two nearest.
func nearestWithin(m *compare.Map, groups [][]int) bool {
	for i := 0; i < len(m.Merges) && m.Merges[i].Distance <= m.Merges[0].Distance; i++ {
		members := m.Members(i)
		if slices.ContainsFunc(groups, func(g []int) bool {
			return slices.Contains(g, members[0]) && slices.Contains(g, members[1])
		}) {
			return true
		}
	}
	return false
}

// A title names so much: more is no sentence.
const (
	maxTitleGroups = 3
	maxTitleNames  = 4
)

// stableGroups are the largest groups that the data carry: what lies within
// one of them is left out.
func stableGroups(m *compare.Map) [][]int {
	var out [][]int
	for i := len(m.Merges) - 2; i >= 0; i-- { // not the last, which is all
		members := m.Members(i)
		within := slices.ContainsFunc(out, func(g []int) bool { return slices.Contains(g, members[0]) })
		if m.Merges[i].Support >= compare.StableFrom && !within {
			out = append(out, members)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

// SourceLabels are what sources are called in tables and charts.
func SourceLabels(in Input, ids []string) []string {
	w := newWriter(in)
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = w.label(id)
	}
	return out
}

// sourceMap is the section on how alike the sources frame.
func (b *builder) sourceMap() {
	m := b.in.Map
	if m == nil {
		return
	}
	b.heading(2, "alike", "How alike the sources frame")
	voice := "all voices together"
	switch m.Voice {
	case analysis.VoiceAuthor:
		voice = "the sources’ own voice"
	case analysis.VoiceQuoted:
		voice = "what the sources quote"
	}
	b.add(para(Strong(MapTitle(b.in)+"."), Text(fmt.Sprintf(" Two sources are alike where their tone toward each target, the frames they put targets in and the words that weigh on them are; the three count the same. This is of %s. "+
		"Sources are joined into groups by the mean distance of their members, the nearest first; a distance of 1 is a typical one between two sources here, and says nothing beyond this comparison. "+
		"A group holds where it comes out in %.0f\u00a0%% or more of %d resamples of documents, or of paragraphs where a source has one document.", voice, 100*compare.StableFrom, m.Resamples))))
	b.chartsOf("alike")
	t := &Table{Caption: "Groups of sources", Columns: []Column{{Title: "Group"}, {"Distance", Right}, {"Resamples", Right}, {Title: "What it is worth"}}}
	for i, x := range m.Merges[:len(m.Merges)-1] {
		var names []string
		for _, k := range m.Members(i) {
			names = append(names, b.w.listed(m.Sources[k]))
		}
		if n := len(names) - maxOwners; n > 1 {
			names = append(names[:maxOwners], count(n)+" more")
		}
		distance, worth := strconv.FormatFloat(x.Distance, 'f', 2, 64), "Holds"
		if x.Support < compare.StableFrom {
			distance, worth = "~\u00a0"+distance, "Cannot be told: other draws of the same texts give other groups"
		}
		// Rounded down: 94.9 % is not 95 %.
		t.Rows = append(t.Rows, [][]Inline{text1(join(names)), text1(distance), text1(fmt.Sprintf("%.0f\u00a0%%", math.Floor(100*x.Support))), text1(worth + ".")})
	}
	b.add(&Details{Summary: plural(len(t.Rows), "group"), Blocks: []Block{t}})
	if len(m.LeftOut) > 0 {
		var who []string
		for _, u := range m.LeftOut[:min(len(m.LeftOut), maxRows)] {
			who = append(who, b.w.listed(u.Source)+" ("+u.Reason+")")
		}
		text := "Not laid out: " + strings.Join(who, ", ")
		if n := len(m.LeftOut) - maxRows; n > 0 {
			text += ", and " + count(n) + " more"
		}
		b.add(note(Text(text + ".")))
	}
	b.add(note(Text("A source with few words lies farther from all others than it is. All distances, by tone, frames and words, are in "), Code("scores.json"), Text(".")))
}
