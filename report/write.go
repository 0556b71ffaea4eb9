package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
// All of it appears, or nothing: everything is first written to a folder
// within dir whose name begins with a dot, then each file is renamed into its
// place, and on a failure what was there before is put back. Earlier files of
// these names are replaced, the folder charts as a whole; nothing else in dir
// is touched.
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

// writeFolder writes files, and charts, whose names are in the folder charts, into
// dir: all or nothing, as [WriteAll] says. The files are written one after the
// other into the folder that they are asked for with. Stale ones are removed.
func writeFolder(dir string, charts []outputFile, files func(temp string) []outputFile, stale []string) (err error) {
	made, err := makeFolder(dir)
	if err != nil {
		return fmt.Errorf("making the folder for the report: %w", err)
	}
	temp, err := os.MkdirTemp(dir, ".parallax-")
	if err != nil {
		return errors.Join(fmt.Errorf("writing into %s: %w", dir, err), remove(made))
	}
	defer func() {
		if errors.Is(err, errNotRestored) {
			err = fmt.Errorf("%w: the earlier files are in %s", err, temp)
			return
		}
		clean := os.RemoveAll(temp)
		if err != nil {
			clean = errors.Join(clean, remove(made))
		}
		if clean != nil {
			err = errors.Join(err, fmt.Errorf("cleaning up: %w", clean))
		}
	}()

	var names []string
	if len(charts) > 0 {
		names = append(names, chartFolder)
		if err := os.Mkdir(filepath.Join(temp, chartFolder), 0o777); err != nil {
			return fmt.Errorf("writing charts: %w", err)
		}
	}
	for _, c := range charts {
		name, ok := strings.CutPrefix(c.name, chartFolder+"/")
		if !ok || name == "" || strings.ContainsAny(name, `/\:`) || !filepath.IsLocal(name) {
			return fmt.Errorf("writing charts: %q is not the name of a file in %s/", c.name, chartFolder)
		}
		path := filepath.Join(temp, chartFolder, name)
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("writing charts: two charts are named %q", c.name)
		}
		if err := writeFile(path, c.write); err != nil {
			return fmt.Errorf("writing charts: %w", err)
		}
	}
	for _, f := range files(temp) {
		if err := writeFile(filepath.Join(temp, f.name), f.write); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		names = append(names, f.name)
	}
	return replace(dir, temp, names, stale)
}

// writeFile makes a file of what is written, without holding it.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	return errors.Join(write(out), out.Flush(), f.Close())
}

// errNotRestored is a failure to put earlier files back.
var errNotRestored = errors.New("not everything could be put back")

// replace moves files from temp into dir. What stood in their place moves to
// a folder within temp, and so do stale files of an earlier report; all goes
// back again if a later file cannot be moved.
func replace(dir, temp string, names, stale []string) error {
	old := filepath.Join(temp, "old")
	if err := os.Mkdir(old, 0o700); err != nil {
		return fmt.Errorf("replacing the earlier report: %w", err)
	}
	var undo []func() error
	move := func(from, to string) error {
		if err := os.Rename(from, to); err != nil {
			return err
		}
		undo = append(undo, func() error { return os.Rename(to, from) })
		return nil
	}
	for i, name := range slices.Concat(names, stale) {
		place := filepath.Join(dir, name)
		err := checkKind(place, name == chartFolder)
		if err == nil {
			err = move(place, filepath.Join(old, name))
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		if err == nil && i < len(names) {
			err = move(filepath.Join(temp, name), place)
		}
		if err == nil {
			continue
		}
		err = fmt.Errorf("replacing %s: %w", place, err)
		for i := len(undo) - 1; i >= 0; i-- {
			if back := undo[i](); back != nil {
				err = errors.Join(err, errNotRestored, back)
			}
		}
		return err
	}
	return nil
}

// checkKind refuses to replace a folder by a file, or a file by a folder: what
// stands there is not an earlier report.
func checkKind(path string, folder bool) error {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return err
	case info.IsDir() && !folder:
		return errors.New("there is a folder of this name; move it away, or choose another folder for the report")
	case !info.IsDir() && folder:
		return errors.New("there is a file of this name; move it away, or choose another folder for the report")
	}
	return nil
}

// makeFolder makes a folder with its parents, and returns those it made, the
// innermost first.
func makeFolder(dir string) (made []string, err error) {
	for d := filepath.Clean(dir); ; d = filepath.Dir(d) {
		if _, err := os.Stat(d); err == nil || !errors.Is(err, fs.ErrNotExist) || d == filepath.Dir(d) {
			break
		}
		made = append(made, d)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, errors.Join(err, remove(existing(made)))
	}
	return made, nil
}

// existing is those of the folders that are there.
func existing(folders []string) []string {
	var out []string
	for _, d := range folders {
		if _, err := os.Stat(d); err == nil {
			out = append(out, d)
		}
	}
	return out
}

// remove removes empty folders.
func remove(folders []string) error {
	for _, d := range folders {
		if err := os.Remove(d); err != nil {
			return err
		}
	}
	return nil
}
