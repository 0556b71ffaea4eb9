package corpus

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Fields of a record, as Options.Fields names them.
const (
	fieldID     = "id"
	fieldSource = "source"
	fieldOutlet = "outlet"
	fieldTitle  = "title"
	fieldAuthor = "author"
	fieldDate   = "date"
	fieldText   = "text"
	fieldURL    = "url"
)

// Fields are the names of the fields that a record can have.
func Fields() []string {
	return []string{fieldID, fieldSource, fieldOutlet, fieldTitle, fieldAuthor, fieldDate, fieldText, fieldURL}
}

// otherNames are what archives, crawlers and the interfaces of news services
// call the fields, the surest first; compared without case and marks, so that
// "pub_date" is "pubDate". Collected from the exports of Media Cloud, NewsAPI,
// the Guardian, the New York Times, GDELT, news-please, newspaper, trafilatura,
// Factiva and Kaggle's news sets. A summary counts as the text only where there
// is nothing else.
var otherNames = map[string][]string{
	fieldID:     {"articleid", "docid", "documentid", "storiesid", "storyid", "guid", "uuid", "articleno", "accessionno"},
	fieldSource: {"sourceid"},
	fieldOutlet: {"publisher", "publication", "publicationname", "newspaper", "medianame", "media", "sourcename", "sitename", "site", "website", "outletname", "channel",
		"journal", "provider", "organization", "sourcedomain", "domain", "hostname", "host", "feed"},
	fieldTitle:  {"headline", "head", "headlines", "webtitle", "articletitle", "hd", "subject"},
	fieldAuthor: {"authors", "byline", "creator", "dccreator", "writer", "writers", "reporter", "by"},
	fieldDate: {"published", "publishedat", "publishdate", "publisheddate", "publicationdate", "datepublished", "datepublish", "datepub", "pubdate", "pubdatetime",
		"webpublicationdate", "firstpublished", "firstpublicationdate", "dcdate", "posted", "issued", "isodate", "datetime", "timestamp", "time", "created", "createdat", "createdate", "pd", "updated"},
	fieldText: {"content", "body", "fulltext", "articlebody", "articletext", "maintext", "bodytext", "contenttext", "textcontent", "article", "story", "storytext", "plaintext", "cleanedtext",
		"cleantext", "rawtext", "contentencoded", "contenthtml", "bodyhtml", "html", "fulltexthtml", "lp", "post", "message", "transcript",
		"description", "summary", "abstract", "snippet", "leadparagraph", "excerpt"},
	fieldURL: {"link", "href", "weburl", "permalink", "articleurl", "sourceurl", "canonicalurl", "uri", "loc"},
}

// teasers are the names of texts that are a part of an article.
var teasers = wordSet("description summary abstract snippet leadparagraph excerpt")

// plainName takes case and marks out of a field's name, and what stands before
// its last dot.
func plainName(name string) string {
	name = name[strings.LastIndexByte(name, '.')+1:]
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// A mapping says which field of the records of an input holds what: for each of
// Fields the name in the record, or "" for none.
type mapping map[string]string

// mapFields finds the fields among names. chosen are the choices of the user,
// which hold alone. A field has its own name or one of the other names.
func mapFields(names []string, chosen map[string]string) mapping {
	m := mapping{}
	for field, name := range chosen {
		m[field] = name
	}
	for _, field := range Fields() {
		if _, ok := chosen[field]; ok {
			continue
		}
		best := len(otherNames[field]) + 1
		for _, name := range names {
			rank := slices.Index(otherNames[field], plainName(name)) + 1
			if name != field && plainName(name) != field && rank == 0 || slices.ContainsFunc(Fields(), func(f string) bool { return chosen[f] == name }) {
				continue
			}
			if name == field {
				rank = -1
			}
			if rank < best {
				best, m[field] = rank, name
			}
		}
	}
	return m
}

// say describes the mapping where it is not by the fields' own names; "" where
// there is nothing to say.
func (m mapping) say() string {
	var parts []string
	for _, field := range Fields() {
		switch name := m[field]; {
		case name == "" || name == field:
		case field == fieldText && teasers[plainName(name)]:
			parts = append(parts, fmt.Sprintf("%s is %q, which may be a part of the article only", field, name))
		default:
			parts = append(parts, fmt.Sprintf("%s is %q", field, name))
		}
	}
	return strings.Join(parts, ", ")
}

// sayMapping says that the records of an input name their fields in other words.
func (r *reader) sayMapping(file string, m mapping) {
	key := file + "\x00" + m.say()
	if m.say() == "" || r.said[key] || r.mappings[file] >= maxMappings {
		return
	}
	r.said[key] = true
	r.mappings[file]++
	r.note("%s: %s; --map FIELD=NAME chooses others", file, m.say())
}

// maxMappings is how many mappings of one file are said: records of one export
// differ in the fields that some lack.
const maxMappings = 3

// noText says that a record has no field with a text.
func noText(names []string, m mapping) string {
	if name := m[fieldText]; name != "" && name != fieldText {
		return fmt.Sprintf("the record has no %q", name)
	}
	if len(names) == 0 {
		return `the record has no "text": it has no fields`
	}
	quoted := make([]string, 0, len(names))
	for _, n := range names[:min(len(names), 8)] {
		quoted = append(quoted, fmt.Sprintf("%q", n))
	}
	more := ""
	if len(names) > 8 {
		more = " and others"
	}
	return fmt.Sprintf(`the record has no "text" but %s%s: say which holds it, as in --map text=%s`, strings.Join(quoted, ", "), more, names[0])
}

// hostOf is the host of an address, without www; "" where there is none.
func hostOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
