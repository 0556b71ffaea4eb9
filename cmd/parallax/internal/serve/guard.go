package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"
)

// pagePolicy lets pages load only what this server has, run no script within
// the page, and make no markup out of text.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// reportPolicy goes with a report's own policy, which stands in its head.
const reportPolicy = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	out := &recorder{ResponseWriter: w}
	defer func() {
		if v := recover(); v != nil {
			if v == http.ErrAbortHandler { //nolint:errorlint // the value itself, as net/http compares it
				panic(v)
			}
			out.cause = fmt.Sprint(v)
			s.log.Error("panic", "path", r.URL.Path, "cause", out.cause, "stack", string(debug.Stack()))
			if out.status == 0 {
				refuse(http.StatusInternalServerError, "A fault in the program; the log has more. The same request will fail again.").write(out)
			}
		}
		s.logRequest(r, out, time.Since(start))
	}()
	h := out.Header()
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	switch {
	case !s.known(r.Host):
		// A name that an attacker makes point to this machine (DNS rebinding)
		// would make his page one of ours.
		fail(out, refuse(http.StatusMisdirectedRequest, "This server does not answer to the name in the Host header: use its address, such as http://127.0.0.1, or start it with --listen and that name."))
	case s.guard.Check(r) != nil:
		fail(out, refuse(http.StatusForbidden, "The request comes from a page of another origin, and such requests are not answered."))
	default:
		s.mux.ServeHTTP(out, r)
	}
}

// known reports whether a Host header names this server.
func (s *Server) known(header string) bool {
	host := header
	if h, _, err := net.SplitHostPort(header); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if host == "localhost" || host != "" && host == strings.ToLower(s.config.Host) {
		return true
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	// Nobody makes a number point elsewhere: where any address is listened on,
	// all numbers are this machine's.
	own, err := netip.ParseAddr(s.config.Host)
	return addr.IsLoopback() || s.config.Host == "" || err == nil && own.IsUnspecified()
}

// answer makes an http.Handler of a handler.
func (s *Server) answer(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			fail(w, err)
		}
	})
}

// fail writes an error, and keeps it for the log.
func fail(w http.ResponseWriter, err error) {
	out, ok := w.(*recorder)
	if ok {
		out.cause = err.Error()
		if out.status != 0 {
			return // the answer has begun: nothing can be taken back
		}
	}
	var p *problem
	switch {
	case errors.As(err, &p):
	case errors.Is(err, context.Canceled):
		// Who asked has gone, or the server is being stopped.
		p = refuse(http.StatusServiceUnavailable, "The request was given up.")
	case errors.Is(err, context.DeadlineExceeded):
		p = refuse(http.StatusServiceUnavailable, "This took longer than %v: send fewer or shorter articles.", maxWork)
	default:
		p = refuse(http.StatusInternalServerError, "Something went wrong on the server; the log has more.")
	}
	p.write(w)
}

// recorder notes what is answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
	cause  string // what went wrong
}

// Unwrap lets an http.ResponseController reach the writer within.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// logRequest writes a line for a request. No text that was sent is logged.
func (s *Server) logRequest(r *http.Request, out *recorder, took time.Duration) {
	level := slog.LevelInfo
	switch {
	case out.status >= 500:
		level = slog.LevelError
	case out.status >= 400:
		level = slog.LevelWarn
	}
	args := []any{"method", r.Method, "path", r.URL.Path, "status", out.status, "bytes", out.bytes, "took", took.Round(time.Microsecond)}
	if out.cause != "" {
		args = append(args, "cause", out.cause)
	}
	s.log.Log(context.WithoutCancel(r.Context()), level, "request", args...)
}
