package serve

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"time"

	"parallax/analysis/compare"
	"parallax/report"
)

// Corpus is what the articles gave that a server was started with.
type Corpus struct {
	Input report.Input
	Files fs.FS // what [report.WriteAll] wrote; it is opened once, and may be removed then

	open []fs.File
}

// reportPage is the report among the files, which stands at the folder itself.
const reportPage = "report.html"

// files returns the handlers of the report's files, by path. Nothing else in
// the folder can be had: paths are looked up, not opened. The files stay open until
// the server ends.
func (c *Corpus) files() (map[string]handler, error) {
	out := make(map[string]handler)
	err := fs.WalkDir(c.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		h, err := c.file(name)
		if name == reportPage {
			out["/report/{$}"] = h
		}
		out["/report/"+name] = h
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the files of the report: %w", err)
	}
	return out, nil
}

// close closes the files.
func (c *Corpus) close() error {
	var err error
	for _, f := range c.open {
		err = errors.Join(err, f.Close())
	}
	c.open = nil
	return err
}

// file hands out one file.
func (c *Corpus) file(name string) (handler, error) {
	f, err := c.Files.Open(name)
	if err != nil {
		return nil, err
	}
	c.open = append(c.open, f)
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	content, ok := f.(io.ReaderAt)
	if !ok {
		return nil, fmt.Errorf("%s cannot be read from the middle", name)
	}
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) { // as the system's tables may lack them
	case ".jsonl":
		kind = "application/jsonl"
	case ".md":
		kind = "text/markdown; charset=utf-8"
	case ".csv":
		kind = "text/csv; charset=utf-8"
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		if name == reportPage {
			w.Header().Set("Content-Security-Policy", reportPolicy)
		}
		w.Header().Set("Content-Type", kind)
		http.ServeContent(w, r, name, time.Time{}, io.NewSectionReader(content, 0, info.Size()))
		return nil
	}, nil
}

// corpusAnswer is what the page is told of the articles that were loaded.
type corpusAnswer struct {
	Loaded        bool             `json:"loaded"`
	Headline      string           `json:"headline"` // "" where nothing is loaded
	By            string           `json:"by"`
	Documents     int              `json:"documents"`
	Targets       []targetAnswer   `json:"targets"`
	TargetsText   string           `json:"targets_text"` // YAML
	TargetsDigest string           `json:"targets_digest"`
	Mentions      string           `json:"mentions"`
	Sources       []sourceAnswer   `json:"sources"`
	Cells         []standingAnswer `json:"cells"`
}

type sourceAnswer struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Outlet    string `json:"outlet"`
	Documents int    `json:"documents"`
	Dates     string `json:"dates"`
}

// standingAnswer is the part of a cell that places an article beside it.
type standingAnswer struct {
	Source    string  `json:"source"`
	Document  string  `json:"document,omitempty"` // where documents are compared
	Target    string  `json:"target"`
	Voice     string  `json:"voice"`
	Sentences int     `json:"sentences"`
	Tone      float64 `json:"tone"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Carried   bool    `json:"carried"`
	Figure    string  `json:"figure"`
}

// describe makes the answer on a corpus, once.
func (s *Server) describe(c *Corpus) ([]byte, error) {
	set := s.config.Targets
	out := corpusAnswer{Targets: named(set), TargetsText: string(s.config.TargetsText), TargetsDigest: set.Digest(),
		By: units[0], Mentions: mentions[0], Sources: []sourceAnswer{}, Cells: []standingAnswer{}}
	if c != nil {
		in := c.Input
		out.Loaded, out.Headline, out.Documents = true, report.Headline(in), len(in.Documents)
		out.By, out.Mentions = in.Manifest.Options["by"], in.Manifest.Options["mentions"]
		var ids []string
		for _, x := range in.Sources {
			ids = append(ids, x.ID)
		}
		for i, label := range report.SourceLabels(in, ids) {
			x := in.Sources[i]
			out.Sources = append(out.Sources, sourceAnswer{x.ID, label, x.Outlet, x.Documents, x.Dates})
		}
		for _, x := range in.Result.Cells {
			out.Cells = append(out.Cells, standing(x))
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(out)
	return b.Bytes(), err
}

func standing(c compare.Cell) standingAnswer {
	return standingAnswer{c.Source, c.Document, c.Target, c.Voice, c.Sentences, c.Tone, c.Low, c.High, c.Carried, report.Tone(c)}
}

func (s *Server) describeCorpus(w http.ResponseWriter, _ *http.Request) error {
	return sendJSON(w, s.corpus)
}
