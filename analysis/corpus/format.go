package corpus

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
)

// readable lists what is read, for messages.
const readable = "text, Markdown, saved web pages, JSON, JSON lines, CSV, TSV, Parquet, RSS, Atom, mbox and WARC"

// A form is how bytes hold articles.
type form int

const (
	unknown     form = iota
	article          // one article: text or Markdown
	webPage          // one article: HTML
	records          // one JSON value a line
	jsonFile         // JSON over several lines: an array, or an object that holds one
	table            // CSV, TSV and the like
	parquetFile      //
	feed             // RSS or Atom
	mailbox          // mbox, or a single message
	warc             // web archives, as crawlers write them
	gzipped          // packed: what is inside has its own form
	zstandard        //
	zipped           // an archive of files
	tarred           //
	companion        // no article, and known to lie beside articles
)

// extensions say the form where the content alone does not.
var extensions = map[string]form{
	".txt": article, ".text": article, ".md": article, ".markdown": article, "": article,
	".html": webPage, ".htm": webPage, ".xhtml": webPage,
	".jsonl": records, ".ndjson": records, ".json": jsonFile, ".geojson": unknown,
	".csv": table, ".tsv": table, ".tab": table,
	".parquet": parquetFile, ".rss": feed, ".atom": feed, ".xml": feed,
	".mbox": mailbox, ".mbx": mailbox, ".eml": mailbox, ".warc": warc,
	".gz": gzipped, ".tgz": gzipped, ".zst": zstandard, ".zip": zipped, ".tar": tarred,
	".yaml": companion, ".yml": companion, ".go": companion, // settings, and the program that embeds a folder
}

// companions are files that are known to lie beside articles.
var companions = []string{"readme", "readme.md", "readme.txt", "license", "license.md", "license.txt", "baseline.json", "scores.json", "thumbs.db", "desktop.ini"}

// isCompanion tells from its name that a file lies beside articles and is none.
func isCompanion(name string) bool {
	base := strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	return slices.Contains(companions, base) || extensions[path.Ext(base)] == companion
}

// headSize is how much of an input is looked at to tell its form. A saved page
// has its first tag within a few lines; a table is told from the widths of some
// rows, and a row is an article.
const headSize = 64 << 10

// tarMagic stands at tarMagicAt in an archive made by tar.
const (
	tarMagic   = "ustar"
	tarMagicAt = 257
)

var (
	htmlStart = regexp.MustCompile(`(?i)^(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b`)
	feedStart = regexp.MustCompile(`(?i)^(?:<\?xml[^>]*>\s*)?(?:<\?xml-stylesheet[^>]*>\s*)*(?:<!--(?s:.*?)-->\s*)*<(?:rss|feed|rdf:rdf|(?:atom|a):feed)\b`)
	mailStart = regexp.MustCompile(`^From \S+.*\d\d:\d\d.*\r?\n[A-Za-z-]+: `)
)

// sniff tells the form of an input from its first bytes and, where these leave
// it open, from its name.
func sniff(head []byte, name string) form {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzipped
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return zstandard
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if named := extensions[strings.ToLower(path.Ext(name))]; named == zipped || named == article {
			return zipped
		}
		return unknown // .docx, .epub and others are packed so, too
	case bytes.HasPrefix(head, []byte("PAR1")):
		return parquetFile
	case bytes.HasPrefix(head, []byte("WARC/1.")):
		return warc
	case len(head) > tarMagicAt+len(tarMagic) && string(head[tarMagicAt:tarMagicAt+len(tarMagic)]) == tarMagic:
		return tarred
	}
	named := extensions[strings.ToLower(path.Ext(name))]
	text, _, err := decode(head)
	if err != nil {
		// No text that is read. The name says how the message is worded.
		if named == unknown {
			return unknown
		}
		return article
	}
	text = strings.TrimSpace(text)
	switch {
	case htmlStart.MatchString(text):
		return webPage
	case feedStart.MatchString(text):
		return feed
	case mailStart.MatchString(text):
		return mailbox
	case strings.HasPrefix(text, "{") && named != article || strings.HasPrefix(text, `{"`):
		first, _, _ := strings.Cut(text, "\n")
		if named == records || json.Valid([]byte(first)) || len(head) == headSize && !strings.Contains(text, "\n") {
			return records
		}
		return jsonFile
	case strings.HasPrefix(text, "[") && (named == jsonFile || json.Valid([]byte(text)) || arrayStart.MatchString(text)):
		return jsonFile
	case named == jsonFile, named == feed:
		return unknown
	case named == webPage && !strings.Contains(text, "<"):
		return article
	}
	return named
}

// arrayStart is how an array of records begins.
var arrayStart = regexp.MustCompile(`^\[\s*\{\s*"`)
