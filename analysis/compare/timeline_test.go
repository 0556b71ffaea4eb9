package compare

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analysis"
)

// onDay is an observation and the date of its document.
type onDay struct {
	analysis.Observation
	date string
}

// monthly are documents of two sources, so many a month, over some months.
func monthly(months, documents int) []onDay {
	r := rand.New(rand.NewPCG(1, 1))
	var out []onDay
	for m := range months {
		for d := range documents {
			for _, source := range []string{"a", "b"} {
				for range 4 {
					tone := float64(r.IntN(2001)-1000) / 1e4 * float64(m+1)
					out = append(out, onDay{analysis.Observation{Document: fmt.Sprint(source, m, "-", d), Source: source, Target: "T", Voice: analysis.VoiceAuthor,
						Mentions: 1, Tone: max(-1, min(1, tone)), Neutral: 1}, fmt.Sprintf("%04d-%02d-03", 2015+m/12, m%12+1)})
				}
			}
		}
	}
	return out
}

func timelineOf(t *testing.T, voice string, all []onDay) *Timeline {
	t.Helper()
	sums := NewTimelines(voice)
	for _, o := range all {
		if err := sums.Add(o.Observation, o.date); err != nil {
			t.Fatal(err)
		}
	}
	out, err := sums.Result(Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A point is the cell of its documents.
func TestTimelineIsCells(t *testing.T) {
	all := monthly(4, 6)
	line := timelineOf(t, VoiceAll, all)
	if got := len(line.Lines); got != 2 {
		t.Fatalf("%d lines, want 2", got)
	}
	for _, l := range line.Lines {
		for _, p := range l.Points {
			var here []analysis.Observation
			for _, o := range all {
				if o.Source == l.Source && o.date[:7] == p.Period {
					here = append(here, o.Observation)
				}
			}
			result, err := Compare(here, Options{Seed: 1, Resamples: periodResamples})
			if err != nil {
				t.Fatal(err)
			}
			c := result.Cells[0]
			want := Point{p.Period, c.Documents, c.Sentences, c.Tone, c.Low, c.High, c.Carried}
			if diff := cmp.Diff(want, p); diff != "" {
				t.Errorf("%s in %s (-cell +point):\n%s", l.Source, p.Period, diff)
			}
		}
	}
	r := rand.New(rand.NewPCG(2, 2))
	mixed := slices.Clone(all)
	r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	if diff := cmp.Diff(line, timelineOf(t, VoiceAll, mixed)); diff != "" {
		t.Errorf("another order, another timeline:\n%s", diff)
	}
}

func TestTimelinePeriods(t *testing.T) {
	on := func(dates ...string) []onDay {
		var out []onDay
		for i, d := range slices.Concat(dates, dates) { // two documents each
			out = append(out, onDay{analysis.Observation{Document: fmt.Sprint(d, i), Source: "a", Target: "T", Voice: analysis.VoiceAuthor, Mentions: 1, Neutral: 1}, d})
		}
		return out
	}
	for _, c := range []struct {
		name    string
		all     []onDay
		first   string // period, "" for no timeline
		last    string
		periods int
		points  int
		undated int
	}{
		{name: "nothing"},
		{name: "five articles of as many sources' years", all: on("2001-09-28", "2018-01-06")},
		{name: "three days of a month", all: on("2018-01-06", "2018-01-07", "2018-01-08")},
		{name: "months, one without articles", all: on("2018-01-06", "2018-02", "2018-04-30"), first: "2018-01", last: "2018-04", periods: 4, points: 3},
		{name: "one article a month", all: on("2018-01-06", "2018-02-06", "2018-03-06", "2018-04-06", "2018-05-06", "2018-06-06", "2018-07-06", "2018-08-06", "2018-09-06")[:9],
			first: "2018 Q1", last: "2018 Q3", periods: 3, points: 3},
		{name: "one article a quarter, and no three years", all: on("2018-01-06", "2018-05-06", "2018-09-06", "2019-02-06", "2019-06-06")[:5]},
		{name: "years, as months and quarters have few articles", all: on("2015-02-01", "2015-05-01", "2015-08-01", "2016-02-01", "2016-05-01", "2016-08-01", "2017-02-01", "2017-05-01", "2017-08-01"),
			first: "2015", last: "2017", periods: 3, points: 3},
		{name: "months, as they have enough", all: on("2018-01-01", "2018-01-02", "2018-01-03", "2018-02-01", "2018-02-02", "2018-02-03", "2018-05-01", "2018-05-02", "2018-05-03", "2018-08-01", "2018-11-01"),
			first: "2018-01", last: "2018-11", periods: 11, points: 5},
		{name: "quarters", all: on("2012-12-31", "2013-01-01", "2018-03-31"), first: "2012 Q4", last: "2018 Q1", periods: 22, points: 3},
		{name: "years, over a long span", all: on("1990-01-01", "2001-01-01", "2018-12-31"), first: "1990", last: "2018", periods: 29, points: 3},
		{name: "years, where dates are no finer", all: on("2016", "2017", "2018-05"), first: "2016", last: "2018", periods: 3, points: 3},
		{name: "coarse dates left out", all: append(on("2018-01", "2018-02", "2018-03", "2018-03", "2018-03", "2018-03", "2018-03", "2018-03", "2018-03", "2018-03", "2018"), on("2018-02-30")...),
			first: "2018-01", last: "2018-03", periods: 3, points: 3, undated: 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := timelineOf(t, analysis.VoiceAuthor, c.all)
			if got == nil || c.first == "" {
				if got != nil || c.first != "" {
					t.Fatalf("got %+v", got)
				}
				return
			}
			n := len(got.Periods)
			if got.Periods[0] != c.first || got.Periods[n-1] != c.last || n != c.periods || len(got.Lines[0].Points) != c.points || got.Undated != c.undated {
				t.Errorf("got %+v, want %+v", got, c)
			}
			for _, p := range got.Lines[0].Points {
				if !slices.Contains(got.Periods, p.Period) {
					t.Errorf("%s is not among the periods", p.Period)
				}
			}
		})
	}
	if got := timelineOf(t, analysis.VoiceQuoted, monthly(4, 1)); got != nil {
		t.Errorf("own voices in a timeline of quoted ones: %+v", got)
	}
}

// More documents than are resampled change the interval's width little, and
// its middle not at all.
func TestTimelineSamples(t *testing.T) {
	line := timelineOf(t, VoiceAll, monthly(3, 3*maxPeriodUnits))
	for _, p := range line.Lines[0].Points {
		if p.Sentences != 12*maxPeriodUnits || p.Documents < 5*maxPeriodUnits/2 || p.Documents > 7*maxPeriodUnits/2 {
			t.Errorf("%s: %d documents, %d sentences", p.Period, p.Documents, p.Sentences)
		}
		if !(p.Low < p.Tone && p.Tone < p.High) {
			t.Errorf("%s: %g is not within %g to %g", p.Period, p.Tone, p.Low, p.High)
		}
	}
}
