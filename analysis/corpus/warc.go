package corpus

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"path"
	"strconv"
	"strings"
)

// readWARC reads the pages of a web archive: its records that are answers with
// HTML or plain text. An answer that is none, such as a page that has moved, and
// pictures and scripts are passed over.
func (r *reader) readWARC(ctx context.Context, in *bufio.Reader, s stream) (n int, reason string, err error) {
	for k := 1; ; k++ {
		if err := ctx.Err(); err != nil {
			return n, "", err
		}
		version, err := in.ReadString('\n')
		for err == nil && strings.TrimSpace(version) == "" {
			version, err = in.ReadString('\n')
		}
		if err == io.EOF && strings.TrimSpace(version) == "" {
			return n, "", nil
		}
		header, err2 := textproto.NewReader(in).ReadMIMEHeader()
		size, err3 := strconv.ParseInt(strings.TrimSpace(header.Get("Content-Length")), 10, 64)
		if err != nil || err2 != nil || err3 != nil || !strings.HasPrefix(version, "WARC/") {
			if n == 0 {
				return 0, fmt.Sprintf("record %d is no WARC record", k), nil
			}
			r.skip(s.path, k, "no WARC record: the rest of the file is left out")
			return n, "", nil
		}
		block := io.LimitReader(in, size)
		kind, address := header.Get("WARC-Type"), strings.Trim(header.Get("WARC-Target-URI"), "<>")
		at := stream{path: s.path, name: s.name, id: fmt.Sprintf("%s:%d", s.id, k), given: s.given, url: address}
		switch {
		case size > r.opts.MaxText:
			if kind == "response" {
				n++
				r.skip(s.path, k, "larger than %d bytes, which no article is", r.opts.MaxText)
			}
		case kind == "response" && path.Base(address) != "robots.txt":
			page, raw, reason := answer(block)
			if reason == "" && raw == nil {
				break
			}
			n++
			var d draft
			if reason == "" && page {
				d, reason = r.readPage(raw, at)
			} else if reason == "" {
				d, reason = r.readText(raw, at)
			}
			if reason != "" {
				r.skip(s.path, k, "%s: %s", address, reason)
				break
			}
			d.Line = k
			r.add(d)
		}
		if _, err := io.Copy(io.Discard, block); err != nil {
			r.skip(s.path, k, "cannot be read on from here: %v", cause(err))
			return n + 1, "", nil
		}
	}
}

// answer reads an HTTP answer: whether it is HTML, and its bytes; nil for what is
// no article.
func answer(block io.Reader) (page bool, raw []byte, reason string) {
	a, err := http.ReadResponse(bufio.NewReader(block), nil)
	if err != nil {
		return false, nil, fmt.Sprintf("not an answer that can be read: %v", err)
	}
	defer a.Body.Close() // of bytes that are here
	media, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	page = media == "text/html" || media == "application/xhtml+xml"
	if a.StatusCode != http.StatusOK || err != nil || !page && media != "text/plain" {
		return false, nil, ""
	}
	var body io.Reader = a.Body
	if a.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(body); err != nil {
			return page, nil, fmt.Sprintf("cannot be unpacked: %v", err)
		}
	}
	raw, err = io.ReadAll(body)
	if err != nil && len(raw) == 0 {
		return page, nil, fmt.Sprintf("cannot be read: %v", err)
	}
	return page, raw, ""
}
