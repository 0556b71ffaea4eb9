package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// sidecarName is the file beside articles that says what source they belong to.
const sidecarName = "sources.yaml"

// A sidecar is a decoded sources.yaml.
type sidecar struct {
	Sources []sidecarSource `yaml:"sources"`

	entries map[string]sidecarEntry // by path below the folder, with slashes
}

type sidecarSource struct {
	ID        string            `yaml:"id"`
	Name      string            `yaml:"name"`
	Outlet    string            `yaml:"outlet"`
	Documents []sidecarDocument `yaml:"documents"`
}

type sidecarDocument struct {
	File   string `yaml:"file"`
	Title  string `yaml:"title"`
	Author string `yaml:"author"`
	Date   string `yaml:"date"`
}

// A sidecarEntry is a listed document and the source that lists it.
type sidecarEntry struct {
	source   sidecarSource
	document sidecarDocument
}

// meta is what the sidecar says about a document; nothing where it has no entry.
func (s *sidecar) meta(e *sidecarEntry) meta {
	if s == nil || e == nil {
		return meta{}
	}
	return meta{
		source: e.source.ID,
		outlet: e.source.Outlet,
		title:  e.document.Title,
		author: e.document.Author,
		date:   e.document.Date,
	}
}

// entryFor finds the entry for a file: in the sources.yaml beside it or, for a
// file met below a folder, in one of the folders up to that one; the nearest
// that lists the file wins.
func (r *reader) entryFor(in input) (*sidecar, *sidecarEntry, error) {
	if r.opts.Unlisted {
		return nil, nil, nil
	}
	dir, below := filepath.Split(in.path)
	dir = filepath.Clean(dir)
	for up := strings.Count(in.name, "/"); ; up-- {
		side, err := r.sidecar(dir)
		if err != nil {
			return nil, nil, err
		}
		if side != nil {
			if e, ok := side.entries[below]; ok {
				return side, &e, nil
			}
		}
		if up == 0 {
			return nil, nil, nil
		}
		below = filepath.Base(dir) + "/" + below
		dir = filepath.Dir(dir)
	}
}

// sidecar reads the sources.yaml of a folder, once; nil where there is none.
func (r *reader) sidecar(dir string) (*sidecar, error) {
	if s, ok := r.sidecars[dir]; ok {
		return s, nil
	}
	file := filepath.Join(dir, sidecarName)
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		r.sidecars[dir] = nil
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: cannot be read: %w", file, cause(err))
	}
	s, err := parseSidecar(raw, file)
	if err != nil {
		return nil, err
	}
	for _, src := range s.Sources {
		for _, d := range src.Documents {
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(d.File))); err != nil {
				return nil, fmt.Errorf("%s: source %q lists %s, which cannot be opened: %v", file, src.ID, d.File, cause(err))
			}
		}
	}
	r.sidecars[dir] = s
	r.listed = append(r.listed, s)
	return s, nil
}

// parseSidecar decodes a sources.yaml strictly; file is for messages.
func parseSidecar(raw []byte, file string) (*sidecar, error) {
	s := &sidecar{entries: make(map[string]sidecarEntry)}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(s); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %s", file, yamlReason(err))
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: there is a second document behind the first (---): put all sources into one", file)
	}
	ids := make(map[string]bool)
	for i := range s.Sources {
		src := &s.Sources[i]
		src.ID = strings.TrimSpace(src.ID)
		switch {
		case src.ID == "":
			return nil, fmt.Errorf("%s: source %d has no id", file, i+1)
		case ids[src.ID]:
			return nil, fmt.Errorf("%s: the id %q is given to two sources", file, src.ID)
		case len(src.Documents) == 0:
			return nil, fmt.Errorf("%s: source %q lists no documents", file, src.ID)
		}
		ids[src.ID] = true
		for j := range src.Documents {
			d := &src.Documents[j]
			if d.File == "" {
				return nil, fmt.Errorf("%s: document %d of source %q has no file", file, j+1, src.ID)
			}
			d.File = path.Clean(d.File)
			if path.IsAbs(d.File) || d.File == ".." || strings.HasPrefix(d.File, "../") {
				return nil, fmt.Errorf("%s: %s lies outside the folder of the file that lists it", file, d.File)
			}
			if before, ok := s.entries[d.File]; ok {
				return nil, fmt.Errorf("%s: %s is listed by %q and again by %q", file, d.File, before.source.ID, src.ID)
			}
			if d.Date != "" {
				date, _, ok := parseDate(d.Date)
				if !ok || date.order == anyOrder {
					return nil, fmt.Errorf("%s: %s: the date %q is not understood; write 2021, 2021-10 or 2021-10-05", file, d.File, d.Date)
				}
				d.Date = date.iso
			}
			s.entries[d.File] = sidecarEntry{source: *src, document: *d}
		}
	}
	return s, nil
}

// yamlReason words a decoding error for a person, in one line.
func yamlReason(err error) string {
	var typ *yaml.TypeError
	if errors.As(err, &typ) && len(typ.Errors) > 0 {
		reason, _, _ := strings.Cut(typ.Errors[0], " in type ")
		reason, _, _ = strings.Cut(reason, " into ") // a type of Go
		return strings.Join(strings.Fields(strings.Replace(reason, "not found", "is not known", 1)), " ")
	}
	return strings.TrimPrefix(strings.Join(strings.Fields(err.Error()), " "), "yaml: ")
}
