package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// problem is what is wrong with a request, as RFC 9457 writes it. Detail is a
// sentence that says what to do.
type problem struct {
	Type   string `json:"type"` // about:blank: the status says what kind of problem it is
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`

	retry int // seconds after which to come again; 0 where that is of no use
}

func (p *problem) Error() string { return p.Detail }

// refuse returns a problem.
func refuse(status int, format string, args ...any) *problem {
	return &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: fmt.Sprintf(format, args...)}
}

// errBusy says that all turns are taken.
var errBusy = &problem{
	Type: "about:blank", Title: http.StatusText(http.StatusServiceUnavailable), Status: http.StatusServiceUnavailable,
	Detail: "Other requests are being worked on: try again in a few seconds.", retry: 5,
}

func (p *problem) write(w http.ResponseWriter) {
	if p.retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.retry))
	}
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and numbers only
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	// Who does not listen any longer cannot be told so.
	_, _ = w.Write(append(body, '\n'))
}

// Unusable is an error that lies with the articles: the client is told.
type Unusable struct{ Reason string }

func (e *Unusable) Error() string { return e.Reason }
