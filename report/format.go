package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analysis/compare"
)

// Tone prints the estimate of a cell with its interval: "−0.31 [−0.45, −0.16]".
// What the data do not carry is marked, with the reason: "~ −0.04 [−0.15,
// +0.07] (includes zero)". A cell without sentences is "–".
//
// Nothing in this package prints a tone without passing through the same
// function as this.
func Tone(c compare.Cell) string { return toneFigure(c).String() }

// Difference prints a contrast, A - B, with its interval, as [Tone] prints a
// cell; the reason is the contrast's own.
func Difference(c compare.Contrast) string { return differenceFigure(c).String() }

// figure is a number fit to print. Its value cannot be had without what
// qualifies it: weak figures carry their mark in Value, and tables that print
// Why in another column print the whole row.
type figure struct {
	Value string // with interval, and "~" where weak
	Why   string // why it is weak; empty where it is not
}

func (f figure) String() string {
	if f.Why == "" {
		return f.Value
	}
	return f.Value + " (" + f.Why + ")"
}

func toneFigure(c compare.Cell) figure {
	if c.Sentences == 0 {
		return figure{Value: "–"}
	}
	f := figure{Value: fmt.Sprintf("%s [%s, %s]", signed(c.Tone), signed(c.Low), signed(c.High))}
	if !c.Carried {
		f.Value = "~ " + f.Value
		f.Why = whyNot(c)
	}
	return f
}

func differenceFigure(c compare.Contrast) figure {
	f := figure{Value: fmt.Sprintf("%s [%s, %s]", signed(c.Difference), signed(c.Low), signed(c.High))}
	if !c.Carried {
		f.Value = "~ " + f.Value
		f.Why = clause(c.Reason)
		if f.Why == "" {
			f.Why = "Holm q " + probability(c.Q)
		}
	}
	return f
}

// shrunkenFigure prints the estimate to rank by, as [toneFigure] prints the raw
// one, but marked by its own interval: what a cell carries nothing of by itself
// may be clear with what the others lend it.
func shrunkenFigure(c compare.Cell) figure {
	s := c.Shrunken
	if c.Sentences == 0 || s == (compare.Effect{}) {
		return figure{Value: "–"}
	}
	f := figure{Value: fmt.Sprintf("%s [%s, %s]", signed(s.Value), signed(s.Low), signed(s.High))}
	if s.Low <= 0 && s.High >= 0 {
		f = figure{"~ " + f.Value, "includes zero"}
	}
	return f
}

// effectFigure prints an effect size with its interval, marked where it
// reaches zero or its contrast is not carried.
func effectFigure(value, low, high float64, carried bool) string {
	s := fmt.Sprintf("%s [%s, %s]", signed(value), signed(low), signed(high))
	if !carried || low <= 0 && high >= 0 {
		s = "~ " + s
	}
	return strings.ReplaceAll(s, " ", "\u00a0")
}

// detectable prints the smallest difference that can be told, from a cell or
// contrast.
func detectable(d *float64) string {
	switch {
	case d == nil:
		return "–"
	case *d >= 2:
		return "none"
	}
	return magnitude(*d)
}

// whyNot says why a cell's data do not carry a lean, as a clause.
func whyNot(c compare.Cell) string {
	switch {
	case math.IsNaN(c.Low) || math.IsNaN(c.High):
		return "no interval can be had"
	case c.Low <= 0 && c.High >= 0:
		return "includes zero"
	case len(c.Warnings) > 0 && clause(c.Warnings[0]) != "":
		return clause(c.Warnings[0])
	}
	return plural(c.Sentences, "sentence") + " in " + plural(c.Clusters, nonEmpty(c.Unit, "cluster")) + " are too few"
}

// estimate is a cell in a sentence, between parentheses: "mean tone −0.31,
// 95 % interval −0.45 to −0.16, 24 sentences". The sentence around it must say
// whether the data carry it.
func estimate(c compare.Cell, level float64) string {
	return fmt.Sprintf("mean tone %s, %s, %s", signed(c.Tone), interval(c.Low, c.High, level, signed), plural(c.Sentences, "sentence"))
}

// interval is an interval in a sentence: "95 % interval −0.45 to −0.16".
func interval(low, high, level float64, number func(float64) string) string {
	return fmt.Sprintf("%s\u00a0%% interval %s to %s", percent(level), number(low), number(high))
}

// percent is the level of an interval in per cent; zero is 0.95.
func percent(level float64) string {
	if level == 0 {
		level = 0.95
	}
	return strconv.FormatFloat(math.Round(level*1e4)/100, 'f', -1, 64)
}

// signed prints a number with two decimals and its sign, with a true minus. A
// number that is not zero keeps as many decimals, up to four, as it needs to
// show its sign: a bound of 0.003 is not zero.
func signed(v float64) string {
	s := magnitude(v)
	switch {
	case !strings.ContainsAny(s, "123456789"):
		return s
	case v < 0:
		return "−" + s
	}
	return "+" + s
}

// unsigned prints a number as [signed] does, without a plus sign.
func unsigned(v float64) string { return strings.TrimPrefix(signed(v), "+") }

// magnitude prints the absolute value of a number.
func magnitude(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "not defined"
	}
	v = math.Abs(v)
	for decimals := 2; decimals <= 4; decimals++ {
		if s := strconv.FormatFloat(v, 'f', decimals, 64); strings.ContainsAny(s, "123456789") {
			return s
		}
	}
	return "0.00"
}

// probability prints a p or q value: two decimals, three below 0.1, and
// "<0.001" where there would be nothing but zeros.
func probability(p float64) string {
	switch {
	case math.IsNaN(p):
		return "not defined"
	case p < 0.001:
		return "<0.001"
	case p < 0.0995:
		return strconv.FormatFloat(p, 'f', 3, 64)
	}
	return strconv.FormatFloat(p, 'f', 2, 64)
}

// below prints a p or q value in a sentence: "0.41", "below 0.001".
func below(p float64) string {
	return strings.Replace(probability(p), "<", "below ", 1)
}

// units is a tone in its smallest unit, 0.0001, in which sums are exact.
func units(v float64) int64 { return int64(math.Round(v * 1e4)) }

// exact prints numbers that are multiples of 0.0001 with as many decimals, at
// least two, as all of them need, so that a sum on paper comes out.
func exact(values ...int64) []string {
	decimals, step := 2, int64(100)
	for _, v := range values {
		for v%step != 0 {
			decimals, step = decimals+1, step/10
		}
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strconv.FormatFloat(math.Abs(float64(v))/1e4, 'f', decimals, 64)
		switch {
		case v < 0:
			out[i] = "−" + out[i]
		case v > 0:
			out[i] = "+" + out[i]
		}
	}
	return out
}

// Sizes of a tone that has words. They are conventions of this report, not
// findings: a mean of 0.10 is what one wholly one-sided sentence among ten
// gives, a mean of 0.30 what three among ten give.
const (
	clear  = 0.10 // from here to strong "clearly", below it "slightly"
	strong = 0.30 // above it "strongly"
)

// size is the word for how far a tone is from zero. It goes by what is
// printed, two decimals, so that no word contradicts the number beside it.
func size(tone float64) string {
	switch hundredths := math.Round(math.Abs(tone) * 100); {
	case hundredths < clear*100:
		return "slightly"
	case hundredths <= strong*100:
		return "clearly"
	}
	return "strongly"
}

// favour is the word for the sign of a tone.
func favour(tone float64) string {
	if tone < 0 {
		return "unfavourable"
	}
	return "favourable"
}

// favourably is the adverb of [favour].
func favourably(tone float64) string {
	if tone < 0 {
		return "unfavourably"
	}
	return "favourably"
}

// count is a number in a sentence: in words up to ten.
func count(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

// plural is a number of things in figures: "1 sentence", "24 sentences".
func plural(n int, noun string) string { return strconv.Itoa(n) + " " + things(n, noun) }

// counted is a number of things in words: "one sentence", "24 sentences".
func counted(n int, noun string) string { return count(n) + " " + things(n, noun) }

func things(n int, noun string) string {
	switch {
	case n == 1:
		return noun
	case strings.HasSuffix(noun, "ch"):
		return noun + "es"
	}
	return noun + "s"
}

// join lists words: "A, B and C". A comma stands before the last "and" where
// another word has one of its own.
func join(words []string) string {
	if len(words) == 0 {
		return ""
	}
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	and := " and "
	for _, w := range words[:last] {
		if strings.Contains(w, " and ") {
			and = ", and "
		}
	}
	return strings.Join(words[:last], ", ") + and + words[last]
}

// upper gives a sentence its capital, unless it begins with a name that has
// its capitals elsewhere: "teleSUR".
func upper(s string) string {
	word, _, _ := strings.Cut(s, " ")
	first, size := utf8.DecodeRuneInString(word)
	if word == "" || strings.ToLower(word) != word {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// clause is a sentence made ready to stand within another.
func clause(s string) string {
	return strings.TrimRight(strings.TrimSpace(fold(s)), ".")
}

func nonEmpty(s, otherwise string) string {
	if strings.TrimSpace(s) == "" {
		return otherwise
	}
	return s
}
