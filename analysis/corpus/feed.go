package corpus

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// readFeed reads the items of an RSS or Atom feed.
func (r *reader) readFeed(ctx context.Context, in io.Reader, s stream) (n int, reason string, err error) {
	dec := xml.NewDecoder(in)
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	dec.CharsetReader = charset.NewReaderLabel
	outlet := ""
	for {
		if err := ctx.Err(); err != nil {
			return n, "", err
		}
		token, err := dec.Token()
		if err == io.EOF {
			return n, "", nil
		}
		line, _ := dec.InputPos()
		if err != nil {
			if n == 0 {
				return 0, fmt.Sprintf("not a feed that can be read: %v", err), nil
			}
			r.skip(s.path, line, "cannot be read on from here: %v", err)
			return n + 1, "", nil
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "title":
			var title string
			if dec.DecodeElement(&title, &start) == nil && outlet == "" {
				outlet, _ = repaired(strings.TrimSpace(title))
			}
		case "image", "textinput", "author":
			if err := dec.Skip(); err != nil {
				return n, fmt.Sprintf("not a feed that can be read: %v", err), nil
			}
		case "item", "entry":
			n++
			var item feedItem
			if err := dec.DecodeElement(&item, &start); err != nil {
				r.skip(s.path, line, "not an item that can be read: %v", err)
				continue
			}
			r.addRecord(item.record(outlet), s, line)
		}
	}
}

// A feedItem is an item of RSS or an entry of Atom.
type feedItem struct {
	Title       string     `xml:"title"`
	GUID        string     `xml:"guid"`
	ID          string     `xml:"id"`
	Links       []feedLink `xml:"link"`
	PubDate     string     `xml:"pubDate"`
	Published   string     `xml:"published"`
	Date        string     `xml:"http://purl.org/dc/elements/1.1/ date"`
	Updated     string     `xml:"updated"`
	Creator     string     `xml:"http://purl.org/dc/elements/1.1/ creator"`
	Author      feedAuthor `xml:"author"`
	Encoded     string     `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
	Content     feedText   `xml:"http://www.w3.org/2005/Atom content"`
	Description string     `xml:"description"`
	Summary     feedText   `xml:"summary"`
	Source      string     `xml:"source"`
	Raw         string     `xml:",innerxml"`
}

type feedLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Text string `xml:",chardata"`
}

type feedAuthor struct {
	Name string `xml:"name"`
	Text string `xml:",chardata"`
}

// A feedText is text, or HTML within its element.
type feedText struct {
	Type  string `xml:"type,attr"`
	Text  string `xml:",chardata"`
	Inner string `xml:",innerxml"`
}

func (t feedText) text() string {
	if t.Type == "xhtml" {
		return t.Inner
	}
	return t.Text
}

func (f *feedItem) record(outlet string) record {
	rec := record{id: strings.TrimSpace(firstOf(f.GUID, f.ID)), bytes: []byte(f.Raw)}
	for _, l := range f.Links {
		if l.Rel == "" || l.Rel == "alternate" {
			rec.url = firstOf(rec.url, strings.TrimSpace(firstOf(l.Href, l.Text)))
		}
	}
	rec.text = firstOf(strings.TrimSpace(f.Encoded), strings.TrimSpace(f.Content.text()))
	if rec.text == "" {
		rec.text = firstOf(strings.TrimSpace(f.Description), strings.TrimSpace(f.Summary.text()))
		rec.notes = append(rec.notes, "the feed has no more of the article than this description")
	}
	author := strings.TrimSpace(firstOf(f.Creator, f.Author.Name, strings.TrimSpace(f.Author.Text)))
	if open := strings.Index(author, "("); open >= 0 && strings.Contains(author[:open], "@") { // a@example.org (A. Writer)
		author = strings.Trim(author[open:], "()")
	}
	rec.meta = meta{
		outlet: firstOf(strings.TrimSpace(f.Source), outlet), title: strings.TrimSpace(f.Title), author: author,
		date: strings.TrimSpace(firstOf(f.PubDate, f.Published, f.Date, f.Updated)),
	}
	return rec
}
