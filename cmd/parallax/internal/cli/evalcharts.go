package cli

import (
	"bytes"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"parallax/cmd/parallax/internal/evaluate"
	"parallax/report/chart"
)

// writeCharts writes the charts of evaluations of labels into a folder, as PNG
// and as SVG, and returns how many. Their names begin with that of the file of
// labels, and its place where two files have one name.
func writeCharts(folder string, results []evaluation) (int, error) {
	taken, n := make(map[string]bool), 0
	for i, r := range results {
		l, ok := r.(*labelEvaluation)
		if !ok || l.Metrics.Labels == 0 {
			continue
		}
		name := filepath.Base(l.File)
		name = strings.TrimSuffix(name, filepath.Ext(name))
		if taken[name] {
			name = fmt.Sprintf("%s-%d", name, i+1)
		}
		taken[name] = true
		for _, f := range []struct {
			name string
			draw func(*bytes.Buffer, chart.Options) error
		}{
			{"confusion", func(b *bytes.Buffer, o chart.Options) error { return chart.HeatMaps(b, l.confusion(), o) }},
			{"reliability", func(b *bytes.Buffer, o chart.Options) error { return chart.Reliability(b, l.reliability(), o) }},
		} {
			for form, ending := range []string{chart.PNG: ".png", chart.SVG: ".svg"} {
				var b bytes.Buffer
				if err := f.draw(&b, chart.Options{Format: chart.Format(form)}); err != nil {
					return n, err
				}
				if err := evaluate.WriteFile(filepath.Join(folder, name+"-"+f.name+ending), b.Bytes()); err != nil {
					return n, err
				}
				n++
			}
		}
	}
	return n, nil
}

func (r *labelEvaluation) words(title, subtitle string) chart.Text {
	return chart.Text{Title: title, Subtitle: subtitle, Caption: fmt.Sprintf("%s · %s · Parallax %s", filepath.Base(r.File), counted(r.Metrics.Labels, "label"), releaseVersion())}
}

// confusion is the table of labels by predictions.
func (r *labelEvaluation) confusion() chart.HeatData {
	m := r.Metrics
	worst, from, to := 0.0, 0, 0
	d := chart.HeatData{Panels: make([]chart.HeatPanel, 1), Shares: true, Ends: [2]string{"none", "many"}, None: "label"}
	for i, name := range evaluate.ClassNames {
		of := 0
		for _, n := range m.Confusion[i] {
			of += n
		}
		d.Sources = append(d.Sources, fmt.Sprintf("%s (%d)", name, of))
		d.Targets = append(d.Targets, "predicted "+name)
		var row []chart.Estimate
		for j, n := range m.Confusion[i] {
			e := chart.Estimate{}
			if of > 0 {
				in := evaluate.Wilson(n, of)
				e = chart.Estimate{Tone: float64(n) / float64(of), Low: in[0], High: in[1], N: n, Carried: true}
			}
			if i != j && e.Tone > worst {
				worst, from, to = e.Tone, i, j
			}
			row = append(row, e)
		}
		d.Panels[0].Cells = append(d.Panels[0].Cells, row)
	}
	title := fmt.Sprintf("%.0f %% of the labels are predicted right", 100*m.Accuracy)
	if worst > 0 {
		title += fmt.Sprintf("; %s is taken for %s most", evaluate.ClassNames[from], evaluate.ClassNames[to])
	}
	d.Text = r.words(title, fmt.Sprintf("Rows: labels, with their number; share of them by prediction, with Wilson’s 95 %% interval as if labels were independent; n: labels. Macro F1 %.2f [%.2f, %.2f]",
		m.MacroF1, m.Intervals.MacroF1[0], m.Intervals.MacroF1[1]))
	return d
}

// reliability is how often predictions of some confidence are right.
func (r *labelEvaluation) reliability() chart.ReliabilityData {
	m := r.Metrics
	var d chart.ReliabilityData
	said, right := 0.0, 0.0
	for _, b := range m.Reliability {
		n := int(math.Round(b.Accuracy * float64(b.Labels)))
		in := evaluate.Wilson(n, b.Labels)
		d.Bins = append(d.Bins, chart.ReliabilityBin{N: b.Labels, Confidence: b.Confidence, Accuracy: b.Accuracy, Low: in[0], High: in[1]})
		said, right = said+float64(b.Confidence*float64(b.Labels)), right+float64(n)
	}
	how := "more"
	if said > right {
		how = "less"
	}
	n := float64(m.Labels)
	title := fmt.Sprintf("Predictions are %s often right than they are confident: %.0f %% against %.0f %%", how, 100*right/n, 100*said/n)
	if math.Round(100*right/n) == math.Round(100*said/n) {
		title = fmt.Sprintf("Predictions are as often right as they are confident: %.0f %%", 100*right/n)
	}
	d.Text = r.words(title, fmt.Sprintf("Share of predictions that are right, by the probability of the class that is predicted; lines: Wilson’s 95 %% interval as if labels were independent. Expected calibration error %.3f [%.3f, %.3f]",
		m.ECE, m.Intervals.ECE[0], m.Intervals.ECE[1]))
	return d
}
