package corpus

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"golang.org/x/net/html/charset"
)

// readMailbox reads the messages of an mbox file, or a single message. A line
// that begins with "From " behind an empty one begins a message.
func (r *reader) readMailbox(ctx context.Context, in io.Reader, s stream) (n int, reason string, err error) {
	b := bufio.NewReader(in)
	var message bytes.Buffer
	begin, line, empty := 1, 0, true
	flush := func() {
		if len(bytes.TrimSpace(message.Bytes())) == 0 {
			return
		}
		n++
		if message.Len() > r.opts.MaxLine {
			r.skip(s.path, begin, "the message is longer than %d bytes", r.opts.MaxLine)
			return
		}
		rec, err := messageRecord(message.Bytes())
		if err != nil {
			r.skip(s.path, begin, "not a message that can be read: %v", err)
			return
		}
		r.addRecord(rec, s, begin)
	}
	for {
		if err := ctx.Err(); err != nil {
			return n, "", err
		}
		raw, tooLong, err := readLine(b, r.opts.MaxLine)
		line++
		switch {
		case empty && bytes.HasPrefix(raw, []byte("From ")):
			flush()
			message.Reset()
			begin = line
		case tooLong:
		case message.Len() <= r.opts.MaxLine:
			if quoted := bytes.TrimLeft(raw, ">"); len(quoted) < len(raw) && bytes.HasPrefix(quoted, []byte("From ")) {
				raw = raw[1:]
			}
			message.Write(raw)
		}
		empty = len(bytes.TrimSpace(raw)) == 0
		if err == io.EOF {
			flush()
			return n, "", nil
		}
		if err != nil {
			return n, fmt.Sprintf("cannot be read: %v", cause(err)), nil
		}
	}
}

// messageRecord reads a message.
func messageRecord(raw []byte) (record, error) {
	msg, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return record{}, err
	}
	words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	header := func(name string) string {
		v := msg.Header.Get(name)
		if d, err := words.DecodeHeader(v); err == nil {
			return d
		}
		return v
	}
	rec := record{id: strings.Trim(header("Message-ID"), "<> "), bytes: bytes.Clone(raw)}
	rec.meta = meta{title: header("Subject"), date: header("Date")}
	parser := mail.AddressParser{WordDecoder: &words}
	if from, err := parser.Parse(msg.Header.Get("From")); err == nil {
		rec.author = from.Name
		_, rec.outlet, _ = strings.Cut(from.Address, "@")
	}
	rec.text, err = bodyText(msg.Header.Get("Content-Type"), msg.Header.Get("Content-Transfer-Encoding"), msg.Body, 0)
	return rec, err
}

// bodyText is the text of a message or of a part of it: plain text where there
// is some, else HTML.
func bodyText(kind, encoding string, body io.Reader, depth int) (string, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		media = "text/plain"
	}
	if strings.HasPrefix(media, "multipart/") && depth < maxDepth {
		parts := multipart.NewReader(body, params["boundary"])
		other := ""
		for {
			p, err := parts.NextRawPart()
			if err == io.EOF {
				return other, nil
			}
			if err != nil {
				return other, err
			}
			if strings.HasPrefix(p.Header.Get("Content-Disposition"), "attachment") {
				continue
			}
			text, err := bodyText(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1)
			if err != nil {
				continue // of a part that is damaged another may have the text
			}
			if plain := !hasTags(text); plain && strings.TrimSpace(text) != "" {
				return text, nil
			}
			other = firstOf(other, text)
		}
	}
	if !strings.HasPrefix(media, "text/") {
		return "", nil
	}
	if set := params["charset"]; set != "" {
		if in, err := charset.NewReaderLabel(set, body); err == nil {
			body = in
		}
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return "", err
	}
	text, _, err := decode(raw)
	return text, err
}
