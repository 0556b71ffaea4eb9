// Package serve answers over HTTP, on the reader's own machine: a page to paste
// an article into, the report on the articles that were loaded, and a small
// JSON API. What the API takes and gives is in openapi.json.
//
// A request goes through these steps, each in a file of its own:
//
//  1. guard.go turns away what does not come from this machine's own pages and
//     programs, sets the headers that keep pages apart, logs, and makes of a
//     panic an answer.
//  2. server.go finds the handler.
//  3. request.go reads the body, within its limits.
//  4. api.go answers; report.go and page.go hand out files.
//  5. problem.go writes what went wrong as RFC 9457 has it.
package serve

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"time"

	"parallax/analysis/target"
	"parallax/report"
)

// Limits on what one client can ask for. The times were measured on two cores
// that had other work too.
const (
	// An article has some ten thousand bytes, so that a thousand of them go into
	// one comparison; what is larger belongs into files.
	maxBody = 10 << 20

	// A text of this size, two novels, takes 17 s to score, and the scoring of
	// one text cannot be interrupted.
	maxText = 1 << 20

	// A paragraph, for which every token is listed: the answer is 60 times as
	// large.
	maxSentence = 64 << 10

	// The built-in targets are three.
	maxTargets = 100

	// They are read before a request takes its turn: 10 MiB of aliases took 5 s and
	// 310 MB. A hundred targets with a hundred aliases each have 200 kB.
	maxTargetsText = 256 << 10

	// Requests that work take turns, one for each core. Those that would wait
	// longer than this are better told to come again.
	patience = 10 * time.Second

	// The longest that a comparison may take: twice the 138 s that 1,000 articles
	// of 9 kB take.
	maxWork = 5 * time.Minute
)

// Time limits of connections: a body of maxBody comes in readTime at 350 kB/s,
// and an answer goes out in as much time again after the longest work.
const (
	headerTime = 5 * time.Second
	readTime   = 30 * time.Second
	writeTime  = readTime + patience + maxWork + readTime
	idleTime   = 2 * time.Minute
	maxHeader  = 16 << 10
)

// Grace is how long requests may go on after the server was told to stop.
const Grace = 10 * time.Second

// Config is what a server is made from.
type Config struct {
	Host string       // that it is reached by, besides the loopback addresses: a name, an address, or "" for any address
	Log  *slog.Logger // nil for none

	Manifest    report.Manifest // program, lexicon and weights
	Targets     *target.Set     // for requests that name none
	TargetsText []byte          // the same as YAML

	Corpus *Corpus // nil where no articles were loaded

	// Compare writes scores.json for a comparison. What is wrong with the
	// articles is an [Unusable].
	Compare func(ctx context.Context, w io.Writer, c Comparison) error
}

// Comparison is what a client wants compared.
type Comparison struct {
	Articles io.Reader // JSON lines, one article each
	Targets  *target.Set
	By       string // source, outlet or document
	Voice    string // all, author or quoted
	Mentions string // names, nominals or all
	Wire     string // own, all or collapse
	Split    string // a date, or ""
	Seed     uint64
}

// Server is an http.Handler that answers for a corpus.
type Server struct {
	config Config
	log    *slog.Logger
	mux    *http.ServeMux
	guard  *http.CrossOriginProtection
	turns  chan struct{} // one for each request that works

	corpus []byte // the answer to who asks for the corpus
}

// New returns a server.
func New(c Config) (*Server, error) {
	s := &Server{config: c, log: c.Log, mux: http.NewServeMux(), guard: http.NewCrossOriginProtection(),
		turns: make(chan struct{}, runtime.GOMAXPROCS(0))}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if s.corpus, err = s.describe(c.Corpus); err != nil {
		return nil, err
	}
	for path, file := range pageFiles() {
		s.get(path, file)
	}
	if c.Corpus != nil {
		files, err := c.Corpus.files()
		if err != nil {
			return nil, err
		}
		for path, file := range files {
			s.get(path, file)
		}
		s.get("/report", redirect("/report/"))
	}
	s.get("/healthz", healthy)
	s.get("/api/v1/openapi.json", openAPI)
	s.get("/api/v1/corpus", s.describeCorpus)
	s.post("/api/v1/score", s.score)
	s.post("/api/v1/explain", s.explain)
	s.post("/api/v1/compare", s.compare)
	s.mux.Handle("/", s.answer(func(http.ResponseWriter, *http.Request) error {
		return refuse(http.StatusNotFound, "There is nothing at this address: the page is at /, and what the API offers is in /api/v1/openapi.json.")
	}))
	return s, nil
}

// handler answers a request, or says what is wrong with it before it has
// written anything.
type handler func(w http.ResponseWriter, r *http.Request) error

func (s *Server) get(path string, h handler) { s.handle(path, h, http.MethodGet, "GET, HEAD") }

// post enters a handler that works: requests take turns.
func (s *Server) post(path string, h handler) {
	s.handle(path, func(w http.ResponseWriter, r *http.Request) error {
		if err := isJSON(r); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(r.Context(), maxWork)
		defer cancel()
		return h(w, r.WithContext(ctx))
	}, http.MethodPost, "POST")
}

func (s *Server) handle(path string, h handler, method, allowed string) {
	s.mux.Handle(method+" "+path, s.answer(h))
	s.mux.Handle(path, s.answer(func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Allow", allowed)
		return refuse(http.StatusMethodNotAllowed, "This address takes %s only.", allowed)
	}))
}

// turn waits until the request may work. Call done when it has.
func (s *Server) turn(ctx context.Context) (done func(), err error) {
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case s.turns <- struct{}{}:
		return func() { <-s.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-late.C:
		return nil, errBusy
	}
}

// Serve answers on l until the context is done, then lets the requests that are
// going on end, for [Grace] at most. It closes l. Only what goes wrong is an
// error.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	// Requests outlive the context by as much as they are given.
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	srv := &http.Server{
		Handler: s, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		BaseContext: func(net.Listener) context.Context { return work },
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	s.log.Info("serving", "address", l.Addr().String())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.log.Info("stopping", "grace", Grace)
	grace, cancel := context.WithTimeout(work, Grace)
	defer cancel()
	err := srv.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		s.log.Warn("requests were cut off", "after", Grace)
		stop()
		err = srv.Close()
	}
	s.log.Info("stopped")
	if s.config.Corpus != nil {
		err = errors.Join(err, s.config.Corpus.close())
	}
	return err
}
