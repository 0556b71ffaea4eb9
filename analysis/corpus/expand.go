package corpus

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// stdin is the path that stands for standard input.
const stdin = "-"

// An input is one file to read.
type input struct {
	path   string
	name   string // below the folder given, with slashes; the base name of a file named directly
	direct bool   // named by the user, not met in a folder or behind a pattern
}

// A pathError is one clear line about a path that still tells its kind to
// errors.Is.
type pathError struct {
	message string
	kind    error
}

func (e *pathError) Error() string { return e.message }
func (e *pathError) Unwrap() error { return e.kind }

// expand turns a path of the user's into the files to read. A file beside
// articles is an error only where it is all that is named: a shell expands
// patterns by itself.
func (r *reader) expand(ctx context.Context, path string, alone bool) ([]input, error) {
	if path == stdin {
		return []input{{path: stdin, name: "stdin", direct: true}}, nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return r.walk(ctx, path, "", nil)
	case err == nil && !info.Mode().IsRegular() && info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice) == 0:
		return nil, fmt.Errorf("%s: neither a file nor a folder", path)
	case err == nil:
		if isCompanion(path) {
			if !alone {
				return nil, nil
			}
			return nil, fmt.Errorf("%s: lies beside articles but is none; name an article or a folder", path)
		}
		return []input{{path: path, name: filepath.Base(path), direct: true}}, nil
	case strings.ContainsAny(path, "*?["):
		return r.glob(ctx, path)
	case isNotExist(err):
		return nil, &pathError{fmt.Sprintf("%s: no such file or folder", path), fs.ErrNotExist}
	default:
		return nil, fmt.Errorf("%s: %w", path, cause(err))
	}
}

// isNotExist also holds where a file stands in the place of a folder.
func isNotExist(err error) bool {
	return os.IsNotExist(err) || strings.HasSuffix(err.Error(), "not a directory")
}

// glob expands a pattern; what it matches counts as met, not as named.
func (r *reader) glob(ctx context.Context, pattern string) ([]input, error) {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("%s: not a valid pattern: %w", pattern, err)
	}
	if len(matches) == 0 {
		return nil, &pathError{fmt.Sprintf("%s: the pattern matches nothing", pattern), fs.ErrNotExist}
	}
	slices.Sort(matches)
	var out []input
	for _, m := range matches {
		info, err := os.Stat(m)
		switch {
		case err != nil:
			r.skip(m, 0, "cannot be opened: %v", cause(err))
		case info.IsDir():
			if out, err = r.walk(ctx, m, "", out); err != nil {
				return nil, err
			}
		case !isCompanion(m):
			out = append(out, input{path: m, name: filepath.Base(m)})
		}
	}
	return out, nil
}

// walk appends the files below root/sub to out, in the order of their names.
// Links to files are followed; links to folders are not, since they can lead
// back up.
func (r *reader) walk(ctx context.Context, root, sub string, out []input) ([]input, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	dir := filepath.Join(root, filepath.FromSlash(sub))
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		if sub == "" {
			return nil, fmt.Errorf("%s: cannot be read: %w", dir, cause(err))
		}
		r.skip(dir, 0, "cannot be read: %v", cause(err))
		return out, nil
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		name := e.Name()
		if sub != "" {
			name = sub + "/" + name
		}
		path := filepath.Join(dir, e.Name())
		if e.IsDir() {
			if out, err = r.walk(ctx, root, name, out); err != nil {
				return nil, err
			}
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			r.skip(path, 0, "cannot be opened: %v", cause(err))
		case info.IsDir():
			r.skip(path, 0, "a link to a folder is not followed; name the folder itself")
		case !info.Mode().IsRegular():
			r.skip(path, 0, "not a regular file")
		case !isCompanion(path):
			out = append(out, input{path: path, name: name})
		}
	}
	return out, nil
}
