package serve

import (
	"embed"
	"net/http"
)

//go:embed page
var pageFolder embed.FS

//go:embed openapi.json
var openAPIText []byte

// pageFiles returns the handlers of the page and of what it loads, by path.
func pageFiles() map[string]handler {
	return map[string]handler{
		"/{$}":             embedded("page/index.html", "text/html; charset=utf-8"),
		"/assets/page.css": embedded("page/page.css", "text/css; charset=utf-8"),
		"/assets/page.js":  embedded("page/page.js", "text/javascript; charset=utf-8"),
		"/assets/icon.svg": embedded("page/icon.svg", "image/svg+xml"),
	}
}

func embedded(name, kind string) handler {
	return func(w http.ResponseWriter, _ *http.Request) error {
		data, err := pageFolder.ReadFile(name)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", kind)
		_, err = w.Write(data)
		return err
	}
}

func openAPI(w http.ResponseWriter, _ *http.Request) error { return sendJSON(w, openAPIText) }

func redirect(to string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		http.Redirect(w, r, to, http.StatusPermanentRedirect)
		return nil
	}
}
