package report

import (
	"io"
	"maps"
	"path/filepath"
	"slices"
)

// chartFolder is where charts are, beside the report.
const chartFolder = "charts"

// ledgerFile is the ledger, beside the report.
const ledgerFile = "observations.jsonl"

// WriteAll writes report.md, report.html, scores.json, scores.csv,
// observations.jsonl, the other forms of the ledger that are asked for and,
// where there are charts, the folder charts into dir, which it makes where it is
// missing. Charts and forms of an earlier report that this one has not are
// removed.
//
// All of it appears, or nothing: everything is first written to a folder within
// dir whose name begins with a dot. Once that is whole, and on the disk, its files
// are moved into their places; a run that is killed then leaves the rest of the
// move to the next one, or to [Prepare]. Earlier files of these names are
// replaced, the folder charts as a whole; nothing else in dir is touched. It
// refuses where another run is writing into dir.
func WriteAll(dir string, in Input) error {
	doc := Build(in)
	var charts []outputFile
	for _, c := range in.Charts {
		charts = append(charts, outputFile{c.Path, bytesOf(c.PNG)})
	}
	stale := map[string]bool{CSV.file(): true, Parquet.file(): true}
	if len(charts) == 0 {
		stale[chartFolder] = true
	}
	for _, c := range in.Columns {
		delete(stale, c.file())
	}
	return writeFolder(dir, charts, func(temp string) []outputFile {
		files := []outputFile{
			{ledgerFile, in.writeObservations},
			{"scores.csv", func(w io.Writer) error { return WriteCSV(w, in) }},
			{"scores.json", func(w io.Writer) error { return WriteScores(w, in) }},
			{"report.md", func(w io.Writer) error { return Markdown(w, doc) }},
			{"report.html", func(w io.Writer) error { return HTML(w, doc) }},
		}
		for _, c := range in.Columns {
			files = append(files, outputFile{c.file(), func(w io.Writer) error { return c.of(w, filepath.Join(temp, ledgerFile)) }})
		}
		return files
	}, slices.Sorted(maps.Keys(stale)))
}

// Files are the names of the files that [WriteAll] may write, without charts.
func Files() []string {
	return []string{ledgerFile, "scores.csv", "scores.json", "report.md", "report.html", CSV.file(), Parquet.file()}
}

// outputFile is a file of a report.
type outputFile struct {
	name  string
	write func(io.Writer) error
}

// bytesOf writes bytes.
func bytesOf(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}
