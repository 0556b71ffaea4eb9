package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"parallax/analysis"
)

// Relation is what one source has one target do to another in one voice.
//
// Value is the mean over the deeds that are said to be done or, counting 0, not
// to be done; those that are only possible, wanted or threatened are counted
// apart. Low and High are the normal interval of a mean, value ± z·s/√n cut to
// [-1, 1], or nil where there are fewer than minDeeds deeds or no spread.
type Relation struct {
	Source   string   `json:"source"`
	Document string   `json:"document,omitempty"` // where the comparison is by document
	Voice    string   `json:"voice"`              // author or quoted
	Agent    string   `json:"agent"`
	Patient  string   `json:"patient"`
	N        int      `json:"n"`
	Modal    int      `json:"modal"`
	Negated  int      `json:"negated"`
	Value    *float64 `json:"value"` // nil where n is 0
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
	Terms    []string `json:"terms"` // all deeds' terms, the commonest first
	Warnings []string `json:"warnings"`
}

// minDeeds is the fewest deeds of which an interval is given. Below, an estimate
// of their spread is itself mostly chance: at 4, its relative error is 0.4.
const minDeeds = 5

// maxTerms is how many terms a row of the table names.
const maxTerms = 4

// relationKey names a Relation, in the order in which they are shown.
type relationKey struct{ key, voice, agent, patient string }

// Relations counts the deeds in the observations, in the order of sources,
// voices and targets.
func Relations(in Input) []Relation {
	byDoc := byDocument(in)
	deeds := map[relationKey][]analysis.ObservedRelation{}
	owner := map[relationKey]string{}
	for _, d := range in.tally().deeds {
		k := relationKey{d.source, d.Voice, d.target, d.Other}
		if byDoc {
			k.key = d.document
		}
		deeds[k] = append(deeds[k], d.ObservedRelation)
		if _, ok := owner[k]; !ok {
			owner[k] = d.source
		}
	}
	names := newNames(in)
	place := func(id string) int {
		return slices.IndexFunc(in.Targets, func(t TargetInfo) bool { return t.ID == id })
	}
	var keys []relationKey
	for k := range deeds {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b relationKey) int {
		return cmp.Or(
			cmp.Compare(slices.Index(names.keys, a.key), slices.Index(names.keys, b.key)), strings.Compare(a.key, b.key),
			strings.Compare(a.voice, b.voice),
			cmp.Compare(place(a.agent), place(b.agent)), strings.Compare(a.agent, b.agent),
			cmp.Compare(place(a.patient), place(b.patient)), strings.Compare(a.patient, b.patient))
	})
	var out []Relation
	for _, k := range keys {
		c := Relation{Source: owner[k], Voice: k.voice, Agent: k.agent, Patient: k.patient, Warnings: []string{}}
		if byDoc {
			c.Document = k.key
		}
		c.estimate(deeds[k], nonZero(in.Manifest.Level, 0.95))
		out = append(out, c)
	}
	return out
}

func nonZero(v, otherwise float64) float64 {
	if v == 0 {
		return otherwise
	}
	return v
}

func (c *Relation) estimate(deeds []analysis.ObservedRelation, level float64) {
	var values []float64
	count := map[string]int{}
	for _, d := range deeds {
		if count[d.Term]++; count[d.Term] == 1 {
			c.Terms = append(c.Terms, d.Term)
		}
		if d.Modal {
			c.Modal++
			continue
		}
		if d.Negated {
			c.Negated++
		}
		values = append(values, d.Value)
	}
	slices.SortFunc(c.Terms, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), strings.Compare(a, b)) })
	c.N = len(values)
	if c.N == 0 {
		c.Warnings = append(c.Warnings, "every deed is only possible, wanted or threatened")
		return
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	mean := sum / float64(c.N)
	c.Value = rounded(mean)
	squares := 0.0
	for _, v := range values {
		squares += float64((v - mean) * (v - mean))
	}
	switch {
	case c.N < minDeeds:
		c.Warnings = append(c.Warnings, fmt.Sprintf("%s: an interval needs %d or more", plural(c.N, "deed"), minDeeds))
	case squares < 1e-12: // all alike, but for rounding
		c.Warnings = append(c.Warnings, "all deeds have one value: no interval can be had")
	default:
		z := math.Sqrt2 * math.Erfinv(level)
		half := z * math.Sqrt(squares/float64(c.N-1)/float64(c.N))
		c.Low, c.High = rounded(max(-1, mean-half)), rounded(min(1, mean+half))
		c.Warnings = append(c.Warnings, "taken as independent of each other, which sentences of one article are not: the interval is likely too narrow")
	}
}

// rounded keeps the four decimals that tones have.
func rounded(v float64) *float64 {
	v = math.Round(v*1e4)/1e4 + 0
	return &v
}

// figure is the mean with its interval, marked where the data do not carry a lean.
func (c *Relation) figure() figure {
	switch {
	case c.Value == nil:
		return figure{Value: "–", Why: c.Warnings[0]}
	case c.Low == nil: // nothing tells how far off it is: the whole scale, as the chart has it
		return figure{Value: fmt.Sprintf("~ %s [%s, %s]", signed(*c.Value), signed(-1), signed(1)), Why: c.Warnings[0]}
	}
	f := figure{Value: fmt.Sprintf("%s [%s, %s]", signed(*c.Value), signed(*c.Low), signed(*c.High))}
	if *c.Low <= 0 && *c.High >= 0 {
		f.Value, f.Why = "~ "+f.Value, "includes zero"
	}
	return f
}

// relations is the section on who does what to whom. It is left out where no
// sentence has two targets deal with each other.
func (b *builder) relations() {
	cells := Relations(b.in)
	if len(cells) == 0 {
		return
	}
	b.heading(2, "relations", "Who does what to whom")
	b.add(para(Text("The deeds that the sources tell of, from one target to another, from −1 (military attack) over 0 to +1 (close help): a tenth of a scale of our own "+
		"that keeps to the range and the order of Goldstein's (1992) scale of events. A deed said not to be done counts 0; one that is only possible, wanted or threatened is counted under “not done” and not in the mean. "+
		"Mean with normal "+percent(b.in.Manifest.Level)+"\u00a0% interval where there are "+strconv.Itoa(minDeeds)+" deeds or more that differ, else the whole scale; the interval takes deeds as independent and is likely too narrow. "),
		Strong("~"), Text(" marks what the data do not carry. Deeds are read from the grammar of single sentences, and some are read wrong: "), Code("observations.jsonl"), Text(" has each of them with its sentence.")))
	b.chartsOf("relations")
	t := &Table{Caption: "Deeds between targets, by " + b.w.noun + ", voice, agent and patient", Columns: []Column{{Title: upper(b.w.noun)}, {Title: "Voice"},
		{Title: "Who → whom"}, {"Deeds", Right}, {"Not done", Right}, {"Mean", Right}, {Title: "Commonest"}}}
	for _, c := range cells[:min(len(cells), maxRows)] {
		f := c.figure()
		terms := strings.Join(c.Terms[:min(len(c.Terms), maxTerms)], ", ")
		if len(c.Terms) > maxTerms {
			terms += " …"
		}
		voice := "own"
		if c.Voice == analysis.VoiceQuoted {
			voice = "quoted"
		}
		t.Rows = append(t.Rows, [][]Inline{text1(b.w.label(nonEmpty(c.Document, c.Source))), text1(voice), text1(b.w.title(c.Agent) + " → " + b.w.title(c.Patient)),
			text1(strconv.Itoa(c.N)), text1(strconv.Itoa(c.Modal)), text1(f.Value), text1(terms)})
	}
	b.add(t)
	b.beyond(len(cells), maxRows, "pair", "scores.json")
}
