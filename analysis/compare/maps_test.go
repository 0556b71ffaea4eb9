package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parallax/analysis"
)

// apart are five points whose distances no plane holds.
var apart = [][]float64{{0, 2, 6, 10, 9}, {2, 0, 5, 9, 8}, {6, 5, 0, 4, 5.5}, {10, 9, 4, 0, 3}, {9, 8, 5.5, 3, 0}}

// TestLinkage: the values are scipy 1.17.1's, D being the matrix above:
//
//	scipy.cluster.hierarchy.linkage(scipy.spatial.distance.squareform(D), 'average')
func TestLinkage(t *testing.T) {
	want := []Merge{{A: 0, B: 1, Distance: 2, Size: 2}, {A: 3, B: 4, Distance: 3, Size: 2}, {A: 2, B: 6, Distance: 4.75, Size: 3}, {A: 5, B: 7, Distance: 7.83333333, Size: 5}}
	got := linkage(apart)
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Merge{}, "Support"), cmpopts.EquateApprox(0, 1e-6)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	m := Map{Sources: make([]string, 5), Merges: got}
	if diff := cmp.Diff([]int{2, 3, 4}, m.Members(2)); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]uint64{0b11, 0b11000, 0b11100, 0b11111}, groups(got)); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}

// TestScaling: the values are numpy's, D being the matrix above and J the
// centring matrix; each axis is turned so that its farthest point is positive.
//
//	w, v = numpy.linalg.eigh(-J@(D**2)@J/2); v[:, [-1, -2]]*numpy.sqrt(w[[-1, -2]])
func TestScaling(t *testing.T) {
	want := Plane{
		Points: [][2]float64{{5.05900687, 0.37996859}, {4.02032354, 0.32214394}, {-0.48221735, -2.1215272}, {-4.86896155, -0.92159873}, {-3.72815151, 2.34101339}},
		Share:  [2]float64{79.5949858 / 92.15479796, 11.0787184 / 92.15479796},
	}
	if diff := cmp.Diff(want, scaling(apart), cmpopts.EquateApprox(0, 1e-6)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// outlook is how a made-up source frames.
type outlook struct {
	tone   float64 // towards the target T; the opposite towards U
	frames []string
	terms  []string
}

// portrayed are documents of a made-up source: six sentences each, tones and
// choices at random around the outlook, with a mood that a document keeps.
func portrayed(r *rand.Rand, source string, documents int, o outlook) []analysis.Observation {
	var out []analysis.Observation
	for d := range documents {
		mood := 0.1 * r.NormFloat64()
		for s := range 6 {
			x := analysis.Observation{Source: source, Document: fmt.Sprintf("%s-%d", source, d), Paragraph: s, Voice: analysis.VoiceAuthor, Mentions: 1, Target: "T"}
			x.Tone = o.tone
			if s%2 == 1 {
				x.Target, x.Tone = "U", -o.tone
			}
			x.Tone = min(max(x.Tone+mood+0.2*r.NormFloat64(), -1), 1)
			x.Frames = []string{o.frames[r.IntN(len(o.frames))]}
			for range 3 {
				x.Evidence = append(x.Evidence, analysis.Evidence{Term: o.terms[r.IntN(len(o.terms))], Contribution: 0.1 * r.NormFloat64()})
			}
			out = append(out, x)
		}
	}
	return out
}

var (
	friendly = outlook{0.4, []string{"diplomacy", "economy", "conflict"}, []string{"peace", "talks", "trade", "growth", "war"}}
	hostile  = outlook{-0.4, []string{"conflict", "legitimacy", "economy"}, []string{"war", "threat", "regime", "peace", "bomb"}}
)

func mapped(t *testing.T, observations []analysis.Observation) *Map {
	t.Helper()
	m := NewMaps(VoiceAll)
	for _, o := range observations {
		if err := m.Add(o); err != nil {
			t.Fatal(err)
		}
	}
	return m.Result(Options{})
}

// TestMapFindsGroups: two groups of sources that frame alike are found, are
// stable, and lie apart on both planes; within a group nothing is stable.
func TestMapFindsGroups(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var all []analysis.Observation
	for i := range 6 {
		o := friendly
		if i%2 == 1 {
			o = hostile
		}
		all = append(all, portrayed(r, fmt.Sprintf("s%d", i), 20, o)...)
	}
	m := mapped(t, all)
	stable := 0
	for i, x := range m.Merges[:5-1] {
		members := m.Members(i)
		if len(members) == 3 && x.Support >= StableFrom {
			stable++
			if members[0]%2 != members[2]%2 {
				t.Errorf("the group %v mixes what differs", members)
			}
		}
	}
	if stable != 2 {
		t.Errorf("%d stable groups of three, want 2: %+v", stable, m.Merges)
	}
	for name, p := range map[string]Plane{"scaling": m.Scaling, "biplot": *m.Biplot} {
		for i, q := range p.Points {
			if (q[0] > 0) != (p.Points[i%2][0] > 0) || (q[0] > 0) == (p.Points[1-i%2][0] > 0) {
				t.Errorf("%s: the first axis does not part the groups: %v", name, p.Points)
				break
			}
		}
	}
	// The arrow of a target points to those who are favourable to it.
	for _, a := range m.Biplot.Arrows {
		if a.Block == MapTone && (a.Name == "T") != (a.X*m.Biplot.Points[0][0] > 0) {
			t.Errorf("%s points away from those who are favourable to it", a.Name)
		}
	}

	// Distances are a metric, in their own unit, and shown by scaling as far as
	// a plane goes.
	sum := 0.0
	for i, row := range m.Distance {
		for j, d := range row {
			sum += d * d / 30
			if d != m.Distance[j][i] || (d == 0) != (i == j) {
				t.Errorf("the distance of %d and %d is %v, the other way %v", i, j, d, m.Distance[j][i])
			}
			for k := range m.Distance {
				if d > row[k]+m.Distance[k][j]+1e-5 {
					t.Errorf("from %d to %d it is shorter by way of %d", i, j, k)
				}
			}
			if shown := math.Hypot(m.Scaling.Points[i][0]-m.Scaling.Points[j][0], m.Scaling.Points[i][1]-m.Scaling.Points[j][1]); shown > d+1e-5 {
				t.Errorf("%d and %d are %v apart in the plane, more than %v", i, j, shown, d)
			}
		}
	}
	if math.Abs(sum-1) > 1e-5 {
		t.Errorf("the mean square distance is %v, want 1", sum)
	}
}

// TestMapInAnyOrder: the order of observations is of no consequence.
func TestMapInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	all := slices.Concat(portrayed(r, "a", 4, friendly), portrayed(r, "b", 1, hostile), portrayed(r, "c", 5, hostile), portrayed(r, "few", 1, hostile)[:4])
	all = append(all, portrayed(r, "b", 1, friendly)...) // b has two articles of one name: still one document
	want := mapped(t, all)
	if diff := cmp.Diff([]Unmapped{{"few", "4 of the 10 sentences that a place needs"}}, want.LeftOut); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	if diff := cmp.Diff(want, mapped(t, all)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMapOfNothing: sources that cannot be told apart, or too few, make no map.
func TestMapOfNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	one := portrayed(r, "a", 3, friendly)
	var same []analysis.Observation
	for _, source := range []string{"a", "b", "c"} {
		for _, o := range one {
			o.Source = source
			same = append(same, o)
		}
	}
	for name, all := range map[string][]analysis.Observation{"none": nil, "two": slices.Concat(one, portrayed(r, "b", 3, hostile)), "three that are the same": same} {
		if m := mapped(t, all); m != nil {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

// TestMapLimits: at most 60 sources have a place, and a source without a
// mention of a target, or without frames and words, has one too.
func TestMapLimits(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var all []analysis.Observation
	for i := range maxMapped + 2 {
		all = append(all, portrayed(r, fmt.Sprintf("s%02d", i), 3+i%2, hostile)...)
	}
	for _, o := range portrayed(r, "bare", 20, friendly) {
		if o.Target == "T" {
			o.Frames, o.Evidence = nil, nil
			all = append(all, o)
		}
	}
	m := mapped(t, all)
	if len(m.Sources) != maxMapped || len(m.LeftOut) != 3 || !slices.Contains(m.Sources, "bare") || len(m.Merges) != maxMapped-1 {
		t.Errorf("%d sources, %d left out, %d merges", len(m.Sources), len(m.LeftOut), len(m.Merges))
	}
	for _, row := range m.Distance {
		for _, d := range row {
			if math.IsNaN(d) {
				t.Fatal("a distance is not a number")
			}
		}
	}
}

// TestSupportOfNothing: of sources that frame the same way few groups are said
// to be stable. With 100 runs instead of 20 none of 300 groups is.
func TestSupportOfNothing(t *testing.T) {
	stable, all := 0, 0
	const runs = 20
	for seed := range uint64(runs) {
		r := rand.New(rand.NewPCG(seed, 9))
		var o []analysis.Observation
		for i := range 5 {
			o = append(o, portrayed(r, fmt.Sprintf("s%d", i), 12, friendly)...)
		}
		m := mapped(t, o)
		for _, x := range m.Merges[:3] {
			all++
			if x.Support >= StableFrom {
				stable++
			}
		}
	}
	t.Logf("%d of %d", stable, all)
	if share := float64(stable) / float64(all); share > 0.1 {
		t.Errorf("%d of %d groups are stable where there are none", stable, all)
	}
}

// BenchmarkMap lays out 60 sources of 100 documents with six sentences each.
func BenchmarkMap(b *testing.B) {
	r := rand.New(rand.NewPCG(10, 11))
	m := NewMaps(VoiceAll)
	for i := range maxMapped {
		for _, o := range portrayed(r, fmt.Sprintf("s%02d", i), 100, friendly) {
			if err := m.Add(o); err != nil {
				b.Fatal(err)
			}
		}
	}
	for b.Loop() {
		m.Result(Options{})
	}
}
