package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// What is hidden in the folder of a report while it is written.
const (
	hidden    = ".parallax-"        // begins all names
	readyName = hidden + "ready"    // a report that is whole, on its way to its places
	staleName = hidden + "stale"    // in it: the names of what the new report has not, a line each
	oldName   = hidden + "replaced" // in it: a folder that was replaced
)

// rename is os.Rename; a test is killed in it.
var rename = os.Rename

// Prepare finishes in a folder what a run that was killed had begun, and fails
// where no report can be written there. A folder that is not there stays so.
func Prepare(dir string) error {
	return within(dir, func() (bool, error) {
		temp, err := os.MkdirTemp(dir, hidden)
		if err != nil {
			return false, fmt.Errorf("writing into %s: %w", dir, err)
		}
		return false, errors.Join(os.Remove(temp), checkKinds(dir, append(Files(), chartFolder)))
	})
}

// within makes a folder where it is missing, and calls f while no other run writes
// into it, after what was left behind is cleared. Folders that it made it removes
// unless f keeps them.
func within(dir string, f func() (keep bool, err error)) (err error) {
	made, err := makeFolder(dir)
	if err != nil {
		return fmt.Errorf("making the folder for the report: %w", err)
	}
	keep := false
	defer func() {
		if !keep {
			err = errors.Join(err, remove(made))
		}
	}()
	locked, unlock, err := lock(dir)
	if err != nil {
		return fmt.Errorf("writing into %s: %w", dir, err)
	}
	defer unlock()
	if err := finish(dir); err != nil {
		return err
	}
	if locked { // so that nobody is at work on them
		left, err := filepath.Glob(filepath.Join(literal(dir), hidden+"*"))
		for _, path := range left {
			err = errors.Join(err, os.RemoveAll(path))
		}
		if err != nil {
			return fmt.Errorf("removing what an earlier run left behind: %w", err)
		}
	}
	keep, err = f()
	return err
}

// literal is a path as a pattern that matches it alone.
func literal(path string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(path)
}

// writeFolder writes files, and charts, whose names are in the folder charts, into
// dir: all or nothing, as [WriteAll] says. The files are written one after the
// other into the folder that they are asked for with. Stale ones are removed.
func writeFolder(dir string, charts []outputFile, files func(temp string) []outputFile, stale []string) error {
	return within(dir, func() (keep bool, err error) {
		temp, err := os.MkdirTemp(dir, hidden)
		if err != nil {
			return false, fmt.Errorf("writing into %s: %w", dir, err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
		names, err := fill(temp, charts, files)
		if err == nil {
			err = checkKinds(dir, append(names, stale...))
		}
		if err == nil {
			err = writeFile(filepath.Join(temp, staleName), bytesOf([]byte(strings.Join(stale, "\n"))))
		}
		if err != nil {
			return false, err
		}
		syncFolder(temp)
		if err := rename(temp, filepath.Join(dir, readyName)); err != nil {
			return false, fmt.Errorf("writing into %s: %w", dir, err)
		}
		syncFolder(dir)
		return true, finish(dir)
	})
}

// fill writes a report into an empty folder, and returns the names in it.
func fill(temp string, charts []outputFile, files func(temp string) []outputFile) (names []string, err error) {
	if len(charts) > 0 {
		names = append(names, chartFolder)
		if err := os.Mkdir(filepath.Join(temp, chartFolder), 0o777); err != nil {
			return nil, fmt.Errorf("writing charts: %w", err)
		}
	}
	for _, c := range charts {
		name, ok := strings.CutPrefix(c.name, chartFolder+"/")
		if !ok || name == "" || strings.ContainsAny(name, `/\:`) || !filepath.IsLocal(name) {
			return nil, fmt.Errorf("writing charts: %q is not the name of a file in %s/", c.name, chartFolder)
		}
		path := filepath.Join(temp, chartFolder, name)
		if _, err := os.Lstat(path); err == nil {
			return nil, fmt.Errorf("writing charts: two charts are named %q", c.name)
		}
		if err := writeFile(path, c.write); err != nil {
			return nil, fmt.Errorf("writing charts: %w", err)
		}
	}
	for _, f := range files(temp) {
		if err := writeFile(filepath.Join(temp, f.name), f.write); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		names = append(names, f.name)
	}
	return names, nil
}

// writeFile makes a file of what is written, without holding it.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	err = write(out)
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// finish moves a report that is whole into its place. What it does can be done
// again from any point.
func finish(dir string) error {
	ready := filepath.Join(dir, readyName)
	stale, err := os.ReadFile(filepath.Join(ready, staleName))
	if errors.Is(err, fs.ErrNotExist) {
		return os.RemoveAll(ready) // nothing is ready, or all of it is in its place
	}
	entries, err2 := os.ReadDir(ready)
	err = errors.Join(err, err2)
	for _, name := range strings.Fields(string(stale)) {
		if name == chartFolder || slices.Contains(Files(), name) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, name)))
		}
	}
	for _, e := range entries {
		from, place := filepath.Join(ready, e.Name()), filepath.Join(dir, e.Name())
		if err != nil || strings.HasPrefix(e.Name(), hidden) {
			continue
		}
		if e.IsDir() { // which a rename does not replace
			old := filepath.Join(ready, oldName)
			err = os.RemoveAll(old)
			if _, there := os.Lstat(place); err == nil && there == nil {
				err = rename(place, old)
			}
		}
		if err == nil {
			err = rename(from, place)
		}
	}
	if err == nil {
		// Without the list of what is stale the folder is no more than left over.
		syncFolder(dir)
		err = os.Remove(filepath.Join(ready, staleName))
	}
	if err == nil {
		err = os.RemoveAll(ready)
	}
	if err != nil {
		return fmt.Errorf("replacing the earlier report: %w; the new one is in %s, and the next run puts it in its place", err, ready)
	}
	return nil
}

// checkKinds refuses to replace what is no earlier report.
func checkKinds(dir string, names []string) error {
	for _, name := range names {
		place := filepath.Join(dir, name)
		if err := checkKind(place, name == chartFolder); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("replacing %s: %w", place, err)
		}
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
