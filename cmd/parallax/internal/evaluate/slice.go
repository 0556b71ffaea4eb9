package evaluate

import (
	"cmp"
	"fmt"
	"slices"

	"parallax/analysis"
	"parallax/analysis/language"
	"parallax/lexicon"
)

// Slice is how the program does on labels that have something in common.
type Slice struct {
	By   string `json:"by"` // what the labels were parted by
	Name string `json:"name"`
	Tone
	Labels           int      `json:"labels"`
	MacroF1Interval  Interval `json:"macro_f1_interval"` // null below 30 labels
	AccuracyInterval Interval `json:"accuracy_interval"` // null below 30 labels
}

// enough is how many labels a slice needs for an interval: with fewer the
// percentile bootstrap is too narrow to be worth printing.
const enough = 30

// notFound is the slice of labels whose target was not found.
const notFound = "not found"

// lengths are the borders of the bins of sentences by tokens: the quartiles of
// the sentences in NewsMTSC's training part.
var lengths = []int{18, 26, 37}

// Slices parts the predictions that have a label in several ways. Voice is the
// labelled one where the file says it, else the one the program sees; role is
// the program's. Slices without a label are left out.
func Slices(preds []Prediction, lex *lexicon.Lexicon) []Slice {
	preds = Labelled(preds)
	shared := targetsOf(preds)
	c := cluster(preds)
	outside := slices.ContainsFunc(preds, func(p Prediction) bool { return p.Outside })
	ways := []struct {
		by    string
		names []string
		name  func(i int) string
	}{
		{"voice", []string{analysis.VoiceAuthor, analysis.VoiceQuoted, notFound}, func(i int) string {
			return cmp.Or(preds[i].Voice, preds[i].PVoice, notFound)
		}},
		{"negation", []string{"none", "negated"}, func(i int) string {
			if negated(sentenceOf(&preds[i]), lex) {
				return "negated"
			}
			return "none"
		}},
		{"targets in the sentence", []string{"one", "several"}, func(i int) string {
			if shared[i] > 1 {
				return "several"
			}
			return "one"
		}},
		{"tokens", lengthNames(), func(i int) string { return lengthName(sentenceOf(&preds[i])) }},
		{"role", []string{"agent", "patient", "other", notFound}, func(i int) string { return cmp.Or(preds[i].Role, notFound) }},
		{"place", []string{"in the article", "a caption or the like"}, func(i int) string {
			switch {
			case !outside:
				return ""
			case preds[i].Outside:
				return "a caption or the like"
			}
			return "in the article"
		}},
	}
	var out []Slice
	for _, way := range ways {
		of := make([]int, len(preds)) // index into names, -1 for none
		for i := range preds {
			of[i] = slices.Index(way.names, way.name(i))
		}
		measure := func(weights []int) []Tone {
			all := make([][3][3]int, len(way.names))
			for i := range preds {
				if of[i] >= 0 {
					all[of[i]][preds[i].Polarity+1][preds[i].Predicted+1] += weights[i]
				}
			}
			tones := make([]Tone, len(all))
			for k := range all {
				tones[k] = tone(all[k])
			}
			return tones
		}
		in := c.bootstrap(func(w []int) []float64 {
			var v []float64
			for _, t := range measure(w) {
				v = append(v, t.MacroF1, t.Accuracy)
			}
			return v
		})
		for k, t := range measure(slices.Repeat([]int{1}, len(preds))) {
			s := Slice{By: way.by, Name: way.names[k], Tone: t, MacroF1Interval: in[2*k], AccuracyInterval: in[2*k+1]}
			for _, c := range t.Classes {
				s.Labels += c.Labels
			}
			if s.Labels < enough {
				s.MacroF1Interval, s.AccuracyInterval = unknown, unknown
			}
			if s.Labels > 0 {
				out = append(out, s)
			}
		}
	}
	return out
}

// RatingSlice is how far valences agree with ratings of texts that have
// something in common.
type RatingSlice struct {
	By   string `json:"by"`
	Name string `json:"name"`
	Correlation
}

// RatingSlices parts rated texts by negation and length.
func RatingSlices(ratings []Rating, valences []float64, lex *lexicon.Lexicon) []RatingSlice {
	var out []RatingSlice
	part := func(by, name string, has func(text string) bool) {
		var rs []Rating
		var vs []float64
		for i, r := range ratings {
			if !r.Unrated && has(r.Text) {
				rs, vs = append(rs, r), append(vs, valences[i])
			}
		}
		if len(rs) == 0 {
			return
		}
		c, _ := Correlate(rs, vs, nil)
		if len(rs) < enough {
			c.PearsonInterval, c.SpearmanInterval = unknown, unknown
		}
		out = append(out, RatingSlice{by, name, c})
	}
	part("negation", "none", func(t string) bool { return !negated(t, lex) })
	part("negation", "negated", func(t string) bool { return negated(t, lex) })
	for _, name := range lengthNames() {
		part("tokens", name, func(t string) bool { return lengthName(t) == name })
	}
	return out
}

// sentenceOf returns the sentence that a label was scored in, or else the one
// it was given with, which can be a text of several.
func sentenceOf(p *Prediction) string {
	if p.Observation != nil {
		return p.Observation.Sentence
	}
	return p.Sentence
}

// targetsOf returns, for each prediction, how many targets are labelled in its
// sentence. Labels of one target at one place are one.
func targetsOf(preds []Prediction) []int {
	key := func(p *Prediction) string {
		line := 0
		if p.Placed {
			line = p.Line
		}
		return fmt.Sprint(p.File, "\x00", line, "\x00", sentenceOf(p))
	}
	seen := make(map[string]map[string]bool)
	for i := range preds {
		k := key(&preds[i])
		if seen[k] == nil {
			seen[k] = make(map[string]bool)
		}
		seen[k][cmp.Or(preds[i].Actor, preds[i].Target)] = true
	}
	out := make([]int, len(preds))
	for i := range preds {
		out[i] = len(seen[key(&preds[i])])
	}
	return out
}

// negated reports whether a text holds a negator of the lexicon: not, never,
// far from, failed to.
func negated(text string, lex *lexicon.Lexicon) bool {
	var words []string
	for _, t := range language.Tokens(text, 0, len(text)) {
		words = append(words, t.Norm)
	}
	for k := 0; k < len(words); {
		m, n, ok := lex.ModifierAt(words, k)
		if ok && m.Kind == lexicon.Negator {
			return true
		}
		k += max(1, n)
	}
	return false
}

func lengthName(text string) string {
	n := len(language.Tokens(text, 0, len(text)))
	names := lengthNames()
	for k, most := range lengths {
		if n <= most {
			return names[k]
		}
	}
	return names[len(lengths)]
}

func lengthNames() []string {
	var out []string
	from := 1
	for _, most := range lengths {
		out = append(out, fmt.Sprintf("%d to %d", from, most))
		from = most + 1
	}
	return append(out, fmt.Sprintf("%d or more", from))
}
