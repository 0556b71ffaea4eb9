package report

import (
	"testing"

	"parallax/analysis"
	"parallax/analysis/compare"
)

// Titles say what the numbers carry, and that they carry nothing where they do
// not.
func TestChartTitles(t *testing.T) {
	base := func() Input {
		return Input{
			Targets: []TargetInfo{{"US", "United States"}, {"NK", "North Korea"}},
			Sources: []SourceInfo{{ID: "a", Outlet: "The Crier", Documents: 3}, {ID: "b", Outlet: "The Herald", Documents: 3}},
		}
	}
	share := func(source string, share, low, high float64) compare.FrameShare {
		return compare.FrameShare{Source: source, Target: "NK", Frame: "conflict", Sentences: 40, Share: share, Low: low, High: high, Carried: true}
	}
	point := func(period string, tone, half float64) compare.Point {
		return compare.Point{Period: period, Documents: compare.TellingDocuments, Tone: tone, Low: tone - half, High: tone + half}
	}
	deed := func(value float64) analysis.Observation {
		return analysis.Observation{Source: "b", Document: "b1", Target: "US", Voice: analysis.VoiceAuthor, Mentions: 1, Neutral: 1,
			Relations: []analysis.ObservedRelation{{Other: "NK", Role: "agent", Voice: analysis.VoiceAuthor, Term: "bomb", Value: value}}}
	}
	pair := func(target string, difference float64, carried bool) compare.Contrast {
		return compare.Contrast{Target: target, Voice: "author", A: "a", B: "b", Permutations: 99, Difference: difference, Carried: carried}
	}
	for _, c := range []struct {
		chart  string
		change func(*Input)
		want   string
	}{
		{"contrasts", func(in *Input) {
			in.Result.Contrasts = []compare.Contrast{pair("US", 0.1, false), pair("NK", 0.1, false)}
		},
			"Of 2 differences between sources in their own voice none holds after correction"},
		{"contrasts", func(in *Input) {
			in.Result.Contrasts = []compare.Contrast{pair("US", 0.1, false), pair("NK", 0.3, true)}
		},
			"One of 2 differences between sources holds in their own voice: over North Korea"},
		{"contrasts", func(in *Input) {
			in.Result.Contrasts = []compare.Contrast{pair("US", 0.4, true), pair("NK", 0.3, true)}
		},
			"Two of 2 differences between sources hold in their own voice: most over the United States"},
		{"words", func(in *Input) {}, "No word tells the sources apart but where a single article carries it"},
		{"words", func(in *Input) {
			in.Keywords = []compare.Keyword{{Target: "NK", Source: "a", Word: "regime", Count: 9, Rest: 1, Z: 4, Carried: true}, {Target: "US", Source: "b", Word: "ally", Z: 6, Carried: true, Fragile: true}}
		}, "“regime” near North Korea tells the Crier apart most surely"},
		// Words of agency copy that two sources print tell neither apart.
		{"words", func(in *Input) {
			in.Keywords = []compare.Keyword{{Target: "NK", Source: "a", Word: "accord", Count: 9, Rest: 9, Z: 3, Carried: true}, {Target: "NK", Source: "b", Word: "accord", Count: 9, Rest: 9, Z: 2.8, Carried: true}}
		}, "No word tells one source apart: those that stand out are used as much by another"},
		{"words", func(in *Input) {
			in.Keywords = []compare.Keyword{{Target: "NK", Source: "a", Word: "accord", Count: 9, Rest: 2, Z: 3, Carried: true}, {Target: "NK", Source: "b", Word: "truce", Count: 9, Rest: 2, Z: 2.98, Carried: true}}
		}, "“accord” near North Korea tells the Crier apart; one other word does as surely"},
		{"words", func(in *Input) {
			in.Keywords = []compare.Keyword{{Target: "NK", Source: "a", Word: "accord", Count: 9, Rest: 2, Z: 3, Carried: true}, {Target: "NK", Source: "b", Word: "truce", Count: 7, Z: 2.5, Carried: true}}
		}, "Only the Herald uses “truce” near North Korea, 7 times"},
		{"frames", func(in *Input) {
			in.Frames = []compare.FrameShare{share("a", 0.5, 0.3, 0.7), share("b", 0.3, 0.1, 0.5)}
		},
			"No two sources use a frame so differently that their shares are apart"},
		{"frames", func(in *Input) {
			in.Frames = []compare.FrameShare{share("a", 0.2, 0.1, 0.3), share("b", 0.6, 0.5, 0.7)}
		},
			"The Herald sets North Korea in the frame of conflict far more often than the Crier does"},
		{"timeline", func(in *Input) {
			in.Timeline = &compare.Timeline{Lines: []compare.Line{{Source: "a", Target: "US", Points: []compare.Point{point("2016", 0, 0.2), point("2017", 0.9, 0.1), point("2018", 0.1, 0.2)}}}}
		}, "No source’s tone moves so far that its first and its last period of 5 articles or more are apart"},
		// A period of one article tells nothing, whatever its interval is.
		{"timeline", func(in *Input) {
			thin := point("2016", -0.5, 0.1)
			thin.Documents = 1
			in.Timeline = &compare.Timeline{Lines: []compare.Line{{Source: "a", Target: "US", Points: []compare.Point{thin, point("2017", 0, 0.1)}}}}
		}, "~ Whether a tone moves cannot be told: no source has two periods of 5 articles or more"},
		{"timeline", func(in *Input) {
			in.Timeline = &compare.Timeline{Lines: []compare.Line{
				{Source: "a", Target: "US", Points: []compare.Point{point("2016", 0.2, 0.1), point("2017", 0, 1), point("2018", -0.4, 0.1)}},
				{Source: "b", Target: "US", Points: []compare.Point{point("2016", 0, 0.1), point("2017", 0, 1), point("2018", 0.3, 0.1)}}}}
		}, "The Crier is less favourable to the United States in 2018 than in 2016; one more tone moves"},
		{"relations", func(in *Input) { in.Observations = []analysis.Observation{deed(-0.9)} },
			"Between no two targets do the deeds told of lean one way as far as these data carry"},
		{"relations", func(in *Input) {
			in.Observations = []analysis.Observation{deed(-0.9), deed(-0.8), deed(-0.9), deed(-0.7), deed(-0.9)}
		}, "The Herald tells of hostile deeds of the United States towards North Korea"},
	} {
		in := base()
		c.change(&in)
		if got := ChartTitle(in, c.chart, analysis.VoiceAuthor); got != c.want {
			t.Errorf("%s: got %q, want %q", c.chart, got, c.want)
		}
	}
}
