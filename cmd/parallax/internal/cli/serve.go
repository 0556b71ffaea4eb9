package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"parallax/analysis/corpus"
	"parallax/cmd/parallax/internal/serve"
	"parallax/report"
)

// serveConfig is what `parallax serve` is asked to do.
type serveConfig struct {
	compareConfig        // of the articles that are loaded; none where there are no paths
	listen        string // host:port
	log           string // one of logForms
}

// usualAddress can be reached from this machine only.
const usualAddress = "127.0.0.1:8714"

func logForms() []string { return []string{asText, asJSON} }

func newServe(e *env) *cobra.Command {
	var c serveConfig
	cmd := &cobra.Command{
		Use:   "serve [flags] [PATH...]",
		Short: "Show the report in a browser, and score what is pasted there",
		Long: "Serve compares the articles that PATH names, if any, and then answers on this\n" +
			"machine: a page to paste or drop an article into, which shows each sentence with\n" +
			"its scores and where the article stands among the sources that were loaded; the\n" +
			"report; and a JSON API, described at /api/v1/openapi.json. Nothing is sent\n" +
			"elsewhere and nothing is kept. It ends with an interrupt (Ctrl-C).",
		Example: "  parallax serve seeds\n  parallax serve --listen 127.0.0.1:9000 --log json articles/",
		RunE: func(cmd *cobra.Command, args []string) error {
			c.paths = args
			if err := c.validate(); err != nil {
				return usage(cmd, err)
			}
			return e.serve(cmd.Context(), c)
		},
	}
	comparisonFlags(cmd, &c.compareConfig)
	cmd.Flags().StringVar(&c.listen, "listen", usualAddress, "the `ADDRESS` to answer at, as host:port; port 0 is any that is free")
	choice(cmd, &c.log, "log", asText, "the form of the log on standard error", logForms())
	return cmd
}

// validate refuses what cannot be done, in one sentence.
func (c *serveConfig) validate() error {
	for _, err := range []error{c.validateComparison(), oneOf("log", c.log, logForms())} {
		if err != nil {
			return err
		}
	}
	if _, _, err := net.SplitHostPort(c.listen); err != nil {
		return fmt.Errorf("--listen %q: give host and port, such as %s", c.listen, usualAddress)
	}
	return nil
}

func (e *env) serve(ctx context.Context, c serveConfig) (err error) {
	// The address first: that it is taken should not be heard after minutes of
	// reading.
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", c.listen)
	if err != nil {
		return fmt.Errorf("cannot listen at %s: %w; choose another address with --listen", c.listen, errors.Unwrap(err))
	}
	defer l.Close() // where Serve has not

	host, _, err := net.SplitHostPort(c.listen)
	if err != nil {
		return err
	}
	log := e.logger(c.log)
	set, file, err := (&request{paths: c.paths, targets: c.targets}).actors()
	if err != nil {
		return err
	}
	text, err := targetsText(file)
	if err != nil {
		return err
	}
	remove := func() error { return nil }
	config := serve.Config{Host: host, Log: log, Manifest: manifest(), Targets: set, TargetsText: text, Compare: compareArticles}
	if len(c.paths) > 0 {
		if config.Corpus, remove, err = e.load(ctx, c.compareConfig); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, remove()) }()
	}
	s, err := serve.New(config)
	if err != nil {
		return err
	}
	// The report has the text of articles, and would stay behind where the process is
	// killed. A system that removes no open files does it at the end.
	if remove() == nil {
		remove = func() error { return nil }
	}
	fmt.Fprintf(e.stdout, "Parallax answers at http://%s/ until it is interrupted (Ctrl-C).\n", reach(l.Addr().String(), host))
	if err := e.stdout.Flush(); err != nil {
		return fmt.Errorf("standard output: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		log.Warn("whoever can reach this address can use it: there is no password", "address", l.Addr().String())
	}
	return s.Serve(ctx, l)
}

// reach is the address that a browser on this machine can use.
func reach(listening, host string) string {
	_, port, err := net.SplitHostPort(listening)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return net.JoinHostPort("localhost", port)
	}
	return listening
}

// logger writes to standard error.
func (e *env) logger(form string) *slog.Logger {
	if form == asJSON {
		return slog.New(slog.NewJSONHandler(e.stderr, nil))
	}
	return slog.New(slog.NewTextHandler(e.stderr, nil))
}

// load compares articles and writes the report into a folder of its own, which
// remove removes.
func (e *env) load(ctx context.Context, c compareConfig) (_ *serve.Corpus, remove func() error, err error) {
	var bar *progress
	if e.interactive {
		bar = newProgress(e.stderr, len(c.paths))
		defer bar.end()
	}
	in, err := e.comparison(ctx, c, bar)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, in.Ledger.Close()) }()
	dir, err := os.MkdirTemp("", "parallax-report-")
	if err != nil {
		return nil, nil, fmt.Errorf("making a folder for the report: %w", err)
	}
	remove = func() error { return os.RemoveAll(dir) }
	if err := report.WriteAll(dir, in); err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	return &serve.Corpus{Input: in, Files: os.DirFS(dir)}, remove, nil
}

// mostCompared is how many sources, or documents, a client of the server may
// have compared: each pair is tested, which takes 35 s for 60 articles over three
// targets on two cores that have other work too.
const mostCompared = 60

// compareArticles writes the scores of a comparison that a client asks for.
func compareArticles(ctx context.Context, w io.Writer, q serve.Comparison) (err error) {
	c := compareConfig{
		paths: []string{"-"}, set: q.Targets, targets: "request", by: q.By, voice: q.Voice, kinds: q.Mentions,
		wire: q.Wire, split: q.Split, seed: q.Seed, most: mostCompared, alone: true, undrawn: true,
	}
	if c.split != "" && c.by == byDocument {
		return &serve.Unusable{Reason: "A date to split at sets documents of one source against each other: it does not go with documents as what is compared"}
	}
	in, err := (&env{stdin: q.Articles, called: serve.ArticleName}).comparison(ctx, c, nil)
	if err != nil {
		return unusable(err)
	}
	defer func() { err = errors.Join(err, in.Ledger.Close()) }()
	for i := range in.Manifest.Inputs {
		in.Manifest.Inputs[i].Path = "request"
	}
	for i := range in.Skipped {
		in.Skipped[i].Path = "request"
	}
	return report.WriteScores(w, in)
}

// unusable tells the client of errors that lie with his articles.
func unusable(err error) error {
	var many *tooManyError
	switch {
	case errors.As(err, &many):
		return &serve.Unusable{Reason: fmt.Sprintf("There are %d %ss to compare, and at most %d are taken: send fewer, or run parallax compare", many.n, many.what, many.most)}
	case errors.Is(err, errUnmentioned):
		return &serve.Unusable{Reason: "No sentence of the articles mentions a target: name their actors in targets"}
	case errors.Is(err, errAllCopied):
		return &serve.Unusable{Reason: "Every sentence that mentions a target stands in a paragraph that another source has too: choose another wire"}
	case errors.Is(err, corpus.ErrNoDocuments):
		reason := err.Error()
		if _, rest, ok := strings.Cut(reason, "-:"); ok {
			reason = "article " + rest
		}
		return &serve.Unusable{Reason: "None of the articles can be used: " + reason}
	}
	return err
}
