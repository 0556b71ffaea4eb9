package cli

import (
	"bytes"
	"fmt"
	"math"
	"path/filepath"
	"slices"
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
	d := chart.HeatData{Panels: make([]chart.HeatPanel, 1), Shares: true, Ends: [2]string{"none", "many"}, None: "label"}
	for i, name := range evaluate.ClassNames {
		of := 0
		for _, n := range m.Confusion[i] {
			of += n
		}
		d.Sources = append(d.Sources, fmt.Sprintf("%s (%d)", name, of))
		d.Targets = append(d.Targets, "predicted "+name)
		var row []chart.Estimate
		for _, n := range m.Confusion[i] {
			e := chart.Estimate{}
			if of > 0 {
				in := evaluate.Wilson(n, of)
				e = chart.Estimate{Tone: float64(n) / float64(of), Low: in[0], High: in[1], N: n, Carried: true}
			}
			row = append(row, e)
		}
		d.Panels[0].Cells = append(d.Panels[0].Cells, row)
	}
	d.Text = r.words(confusionTitle(m), "Rows: labels, with their number; share of them by prediction, with Wilson’s 95 % interval as if labels were independent; n: labels. Macro F1 "+estimate2(m.MacroF1, m.Intervals.MacroF1))
	return d
}

// labelsToTell is how few labels no title of a chart says anything of. Of so many,
// half of them right, the interval of the share that is right is 0.33 to 0.67.
const labelsToTell = 30

// tooFew is the title of a chart of too few labels.
func tooFew(labels int) string {
	return fmt.Sprintf("~ %s: too few to tell, which takes %d", counted(labels, "label"), labelsToTell)
}

// confusionTitle says how many labels are predicted right and, where one mistake
// is commoner than any other by its interval, which.
func confusionTitle(m evaluate.Metrics) string {
	if m.Labels < labelsToTell {
		return tooFew(m.Labels)
	}
	title := fmt.Sprintf("%.0f %% of the labels are predicted right", 100*m.Accuracy)
	type mistake struct {
		from, to int
		share    evaluate.Interval
	}
	var all []mistake
	for i, row := range m.Confusion {
		of := row[0] + row[1] + row[2]
		for j, n := range row {
			if i != j && of > 0 {
				all = append(all, mistake{i, j, evaluate.Wilson(n, of)})
			}
		}
	}
	for i, x := range all {
		if !slices.ContainsFunc(all, func(o mistake) bool { return o != all[i] && o.share[1] >= x.share[0] }) {
			title += fmt.Sprintf("; %s is taken for %s most", evaluate.ClassNames[x.from], evaluate.ClassNames[x.to])
		}
	}
	return title
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
	d.Text = r.words(reliabilityTitle(int(right), m.Labels, said), "Share of predictions that are right, by the probability of the class that is predicted; lines: Wilson’s 95 % interval as if labels were independent. Expected calibration error "+withInterval("%.3f", m.ECE, m.Intervals.ECE))
	return d
}

// reliabilityTitle says whether predictions are right more or less often than they
// are confident, where Wilson's interval of how often they are right tells; said is
// the sum of their confidences.
func reliabilityTitle(right, labels int, said float64) string {
	if labels < labelsToTell {
		return tooFew(labels)
	}
	share, confidence := float64(right)/float64(labels), said/float64(labels)
	how := "about as often right as"
	switch in := evaluate.Wilson(right, labels); {
	case confidence < in[0]:
		how = "more often right than"
	case confidence > in[1]:
		how = "less often right than"
	}
	return fmt.Sprintf("Predictions are %s they are confident: %.0f %% against %.0f %%", how, 100*share, 100*confidence)
}
