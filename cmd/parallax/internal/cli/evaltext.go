package cli

import (
	"fmt"
	"math"
	"strings"

	"github.com/rivo/uniseg"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/cmd/parallax/internal/evaluate"
)

// print prints how a file of labels was predicted.
func (r *labelEvaluation) print(e *env) {
	w, m := e.stdout, r.Metrics
	fmt.Fprintf(w, "%s\n", e.style.bold(wrap(fmt.Sprintf("%s: %s", r.File, counted(m.Labels, "label")), "")))
	note := func(format string, args ...any) { fmt.Fprintf(w, "%s\n", wrap(fmt.Sprintf(format, args...), "")) }
	if len(r.Articles) > 0 {
		note("Scored within %s.", strings.Join(r.Articles, ", "))
	}
	if len(r.Lost) > 0 {
		note("Not found, so scored sentence by sentence: %s. Name their place with --corpus.", strings.Join(r.Lost, ", "))
	}
	if r.Mentions != string(analysis.AllMentions) {
		note("Only these mentions count: %s.", r.Mentions)
	}
	if r.Misplaced > 0 {
		note("A place that does not fit its text, so that the target is not found: %s.", counted(r.Misplaced, "label"))
	}
	if r.Unlabelled > 0 {
		note("Without a polarity, so predicted and not measured: %s.", counted(r.Unlabelled, "pair"))
	}
	if m.Labels == 0 {
		return
	}
	note("%s", resampled(m.Resampled))

	e.heading("Found and heard (Wilson intervals)")
	var rows [][]string
	share := func(name string, v float64, i evaluate.Interval, count, of int, what string) {
		if of == 0 {
			rows = append(rows, []string{name, "", "none to tell from"})
			return
		}
		rows = append(rows, []string{name, estimate3(v, i), fmt.Sprintf("%d of %s", count, counted(of, what))})
	}
	if r.Given && m.Found == m.Labels {
		rows = append(rows, []string{"pairs", "", "given with the labels: nothing had to be found"})
	} else {
		share("pairs found (recall)", m.Recall, m.Intervals.Recall, m.Found, m.Labels, "labelled pair")
		share("labelled (precision)", m.Precision, m.Intervals.Precision, m.Found, m.Found+m.Extra, "found pair")
	}
	share("voice", m.Voice, m.Intervals.Voice, m.VoiceRight, m.Voices, "found pair")
	share("holder of the quoted", m.Holder, m.Intervals.Holder, m.HolderRight, m.Quoted, "pair")
	e.columned(rows, "")

	e.heading("Tone")
	e.columned([][]string{
		{"macro F1", estimate3(m.MacroF1, m.Intervals.MacroF1), "mean over the classes that labels or predictions have"},
		{"accuracy", estimate3(m.Accuracy, m.Intervals.Accuracy), ""},
		{"log loss", estimate3(m.LogLoss, m.Intervals.LogLoss), "nats; a third for each class gives 1.099"},
		{"Brier score", estimate3(m.Brier, m.Intervals.Brier), "0 to 2; a third for each class gives 0.667"},
		{"calibration error", estimate3(m.ECE, m.Intervals.ECE), "expected, ten bins of confidence"},
		{"Pearson's r", estimate3(float64(m.Pearson), m.Intervals.Pearson), "of tone and polarity"},
		{"Spearman's rho", estimate3(float64(m.Spearman), m.Intervals.Spearman), ""},
	}, "")

	fmt.Fprintln(w)
	rows = [][]string{{"class", "n", "precision", "recall", "F1"}}
	confusion := [][]string{{"labelled", "called " + evaluate.ClassNames[0], evaluate.ClassNames[1], evaluate.ClassNames[2]}}
	for i, c := range m.Classes {
		name, n := evaluate.ClassNames[i], m.Confusion[i]
		rows = append(rows, []string{name, fmt.Sprint(c.Labels), fmt.Sprintf("%.3f", c.Precision), fmt.Sprintf("%.3f", c.Recall), estimate3(c.F1, m.Intervals.F1[i])})
		confusion = append(confusion, []string{name, fmt.Sprint(n[0]), fmt.Sprint(n[1]), fmt.Sprint(n[2])})
	}
	e.columned(rows, "<>>><")
	fmt.Fprintln(w)
	e.columned(confusion, "<>>>")

	e.heading("Reliability")
	rows = [][]string{{"confidence", "n", "mean", "right", "too sure by"}}
	for _, b := range m.Reliability {
		if b.Labels > 0 {
			rows = append(rows, []string{fmt.Sprintf("%.1f to %.1f", b.Low, b.High), fmt.Sprint(b.Labels),
				fmt.Sprintf("%.2f", b.Confidence), fmt.Sprintf("%.2f", b.Accuracy), signed(b.Confidence - b.Accuracy)})
		}
	}
	e.columned(rows, "<>>>>")

	e.heading("Others on the same labels")
	rows = [][]string{{"", "macro F1", "accuracy", "behind Parallax (F1)"}}
	rows = append(rows, []string{"Parallax", estimate2(m.MacroF1, m.Intervals.MacroF1), estimate2(m.Accuracy, m.Intervals.Accuracy), ""})
	for _, b := range r.Baselines {
		rows = append(rows, []string{b.Name, estimate2(b.MacroF1, b.MacroF1Interval), estimate2(b.Accuracy, b.AccuracyInterval), difference(b.Ahead, b.AheadInterval)})
	}
	e.columned(rows, "")
	for _, b := range r.Baselines {
		if b.Note != "" {
			fmt.Fprintf(w, "  %s\n", e.style.faint(wrap(fmt.Sprintf("%s: %s.", b.Name, b.Note), "  ")))
		}
	}

	e.heading("Where it does better and worse")
	rows = [][]string{{"", "", "n", "macro F1", "accuracy"}}
	by := ""
	for _, s := range r.Slices {
		first := ""
		if s.By != by {
			first, by = s.By, s.By
		}
		rows = append(rows, []string{first, s.Name, fmt.Sprint(s.Labels), estimate2(s.MacroF1, s.MacroF1Interval), estimate2(s.Accuracy, s.AccuracyInterval)})
	}
	e.columned(rows, "<<><<")

	e.heading("Worst errors, by log loss, each sentence once")
	if len(r.Worst) == 0 {
		fmt.Fprintln(w, "  None: every label is predicted right.")
	}
	for k, x := range r.Worst {
		fmt.Fprintf(w, "\n%2d. %s\n", k+1, e.style.bold(wrap(fmt.Sprintf("%s, %s: labelled %s, called %s, loss %.2f",
			x.ID, x.Target, evaluate.ClassNames[x.Polarity+1], evaluate.ClassNames[x.Predicted+1], x.Loss), "    ")))
		fmt.Fprintf(w, "    %s\n", wrap(x.Sentence, "    "))
		if x.Observation == nil {
			fmt.Fprintf(w, "\n  The target was not found.\n")
			continue
		}
		e.explainScore(&analysis.Analysis{Document: &corpus.Document{Text: x.Text}}, *x.Observation, x.Target)
	}
}

// print prints how a file of rated texts was predicted.
func (r *ratingEvaluation) print(e *env) {
	w := e.stdout
	fmt.Fprintf(w, "%s\n", e.style.bold(wrap(fmt.Sprintf("%s: %s", r.File, counted(r.Valence.Texts, "rated text")), "")))
	if r.Unrated > 0 {
		fmt.Fprintf(w, "Without a rating, so predicted and not measured: %s.\n", counted(r.Unrated, "text"))
	}
	if r.Valence.Texts == 0 {
		return
	}
	fmt.Fprintf(w, "%s\n", wrap(resampled(r.Resampled), ""))

	e.heading("Valence against rating")
	row := func(name string, c evaluate.Correlation) []string {
		ahead := ""
		if c.Ahead != nil {
			ahead = difference(float64(r.Valence.Pearson-c.Pearson), *c.Ahead)
		}
		return []string{name, estimate2(float64(c.Pearson), c.PearsonInterval), estimate2(float64(c.Spearman), c.SpearmanInterval), ahead}
	}
	rows := [][]string{{"", "Pearson's r", "Spearman's rho", "behind Parallax (r)"}, row("Parallax", r.Valence)}
	for _, b := range r.Baselines {
		rows = append(rows, row(b.Name, b.Correlation))
	}
	e.columned(rows, "")
	for _, b := range r.Baselines {
		fmt.Fprintf(w, "  %s\n", e.style.faint(wrap(fmt.Sprintf("%s: %s.", b.Name, b.Note), "  ")))
	}

	e.heading("Where it does better and worse")
	rows = [][]string{{"", "", "n", "Pearson's r", "Spearman's rho"}}
	by := ""
	for _, s := range r.Slices {
		first := ""
		if s.By != by {
			first, by = s.By, s.By
		}
		rows = append(rows, []string{first, s.Name, fmt.Sprint(s.Texts),
			estimate2(float64(s.Pearson), s.PearsonInterval), estimate2(float64(s.Spearman), s.SpearmanInterval)})
	}
	e.columned(rows, "<<><<")

	e.heading("Worst errors, in standard deviations from the means")
	for k, x := range r.Worst {
		fmt.Fprintf(w, "\n%2d. %s\n", k+1, e.style.bold(wrap(fmt.Sprintf("%s: rated %s (%s), valence %s (%s)",
			x.ID, signed(x.Rating.Rating), signed(x.Expected), signed(x.Valence), signed(x.Got)), "    ")))
		fmt.Fprintf(w, "    %s\n\n", wrap(x.Text, "    "))
		rows := [][]string{}
		for _, v := range x.Evidence {
			rows = append(rows, []string{decimal(v.Contribution), flat(x.Text[v.Start:v.End]), v.Rule})
		}
		if len(rows) == 0 {
			rows = append(rows, []string{decimal(0), "no word counts"})
		}
		e.columned(append(rows, []string{"───────"}, []string{decimal(x.Valence), "valence"}), "")
	}
}

// resampled says what the intervals are.
func resampled(r evaluate.Resampling) string {
	if r.Units < 2 {
		return "Of a single " + r.Unit + " no interval can be told."
	}
	s := fmt.Sprintf("In brackets: 95 %% intervals, from %d bootstrap samples of the %d %ss, seed %d.", r.Resamples, r.Units, r.Unit, r.Seed)
	if r.Unit == "paragraph" {
		s += " There are too few documents to draw from, so that intervals are, if anything, too narrow."
	}
	return s
}

// heading prints the title of a section.
func (e *env) heading(text string) { fmt.Fprintf(e.stdout, "\n%s\n", e.style.bold(text)) }

// columned prints rows in columns, with an indent: left-aligned where align has
// "<" or nothing, right-aligned where ">".
func (e *env) columned(rows [][]string, align string) {
	var widths []int
	for _, r := range rows {
		for k, c := range r {
			if k == len(widths) {
				widths = append(widths, 0)
			}
			widths[k] = max(widths[k], uniseg.StringWidth(c))
		}
	}
	for _, r := range rows {
		var b strings.Builder
		for k, c := range r {
			if k < len(align) && align[k] == '>' {
				c = strings.Repeat(" ", widths[k]-uniseg.StringWidth(c)) + c
			}
			b.WriteString("  " + pad(c, widths[k]))
		}
		fmt.Fprintln(e.stdout, strings.TrimRight(b.String(), " "))
	}
}

// estimate3 writes a number with its interval: "0.432 [0.371, 0.480]"; "~"
// stands for an interval, or a number, that cannot be told.
func estimate3(v float64, i evaluate.Interval) string { return withInterval("%.3f", v, i) }

func estimate2(v float64, i evaluate.Interval) string { return withInterval("%.2f", v, i) }

// difference writes a difference with its sign and interval.
func difference(v float64, i evaluate.Interval) string { return withInterval("%+.2f", v, i) }

func withInterval(format string, v float64, i evaluate.Interval) string {
	switch {
	case math.IsNaN(v):
		return "~"
	case !i.Known():
		return minus(fmt.Sprintf(format+" ~", v))
	}
	return minus(fmt.Sprintf(format+" ["+format+", "+format+"]", v, i[0], i[1]))
}

// signed writes a number with its sign: "−0.42".
func signed(v float64) string { return minus(fmt.Sprintf("%+.2f", v)) }

// minus sets a minus sign for each hyphen.
func minus(s string) string { return strings.ReplaceAll(s, "-", "−") }
