package report

import (
	"strings"
	"time"

	"parallax/analysis/compare"
)

// names knows how everything that is compared is called.
type names struct {
	keys    []string // the things compared, in order: sources, or documents
	noun    string   // what they are: "source" or "article"
	entries map[string]entry
	targets map[string]string
}

// entry is how one source, or one document, is called.
type entry struct {
	label  string // in tables
	prose  string // within a sentence
	outlet string // where prose is "the OUTLET piece of WHEN", these two
	when   string
	single bool // it is one article
}

// key is what a cell is about: its document where the comparison is by
// document, otherwise its source.
func key(c compare.Cell) string {
	if c.Document != "" {
		return c.Document
	}
	return c.Source
}

func newNames(in Input) *names {
	n := &names{noun: "source", entries: map[string]entry{}, targets: map[string]string{}}
	for _, t := range in.Targets {
		n.targets[t.ID] = nonEmpty(t.Name, t.ID)
	}
	type candidate struct {
		id, name, outlet, date, title string
		single                        bool
	}
	var all []candidate
	if byDocument(in) {
		n.noun = "article"
		for _, d := range in.Documents {
			all = append(all, candidate{d.ID, "", d.Outlet, d.Date, d.Title, true})
		}
	} else {
		for _, s := range in.Sources {
			all = append(all, candidate{s.ID, s.Name, s.Outlet, s.Dates, "", s.Documents == 1})
		}
	}
	seen := map[string]bool{}
	for _, c := range all {
		seen[c.id] = true
	}
	for _, c := range in.Result.Cells {
		if k := key(c); !seen[k] {
			seen[k] = true
			all = append(all, candidate{id: k})
		}
	}

	// The shortest of these that no other candidate of the outlet shares.
	forms := []func(candidate) string{
		func(c candidate) string { return year(c.date) },
		func(c candidate) string { return humanDate(c.date) },
	}
	outlets, pieces := map[string]int{}, map[[2]string]int{}
	for _, c := range all {
		outlets[c.outlet]++
		when := map[string]bool{}
		for _, form := range forms {
			when[form(c)] = true
		}
		for w := range when {
			pieces[[2]string{c.outlet, w}]++
		}
	}
	for _, c := range all {
		n.keys = append(n.keys, c.id)
		outlet := strings.TrimSpace(fold(c.outlet))
		bare := strings.TrimPrefix(outlet, "The ")
		e := entry{label: c.id, single: c.single}
		switch {
		case outlet == "":
			e.prose = nonEmpty(c.name, c.id)
			e.label = e.prose
		case outlets[c.outlet] == 1:
			e.label, e.prose = outlet, outlet
			if bare != outlet {
				e.prose = "the " + bare
			}
			if c.single {
				// Of one article, what is said is about it and not about its outlet.
				e.prose = "the " + bare + " article"
			}
		default:
			e.label = outlet + " (" + c.id + ")"
			e.prose = nonEmpty(c.name, e.label)
			if !c.single {
				break
			}
			for _, form := range forms {
				if when := form(c); when != "" && pieces[[2]string{c.outlet, when}] == 1 {
					e.label = outlet + ", " + when
					e.outlet, e.when = quoted(bare), when
					e.prose = "the " + e.outlet + " piece of " + when
					break
				}
			}
		}
		e.label = nonEmpty(c.name, e.label)
		e.prose = quoted(e.prose)
		n.entries[c.id] = e
	}
	return n
}

// byDocument reports whether a comparison is of documents.
func byDocument(in Input) bool {
	for _, c := range in.Result.Cells {
		if c.Document != "" {
			return true
		}
	}
	return false
}

// label is how a thing compared is called in a table.
func (n *names) label(key string) string {
	if e, ok := n.entries[key]; ok {
		return e.label
	}
	return key
}

// listed is its label in a list within a sentence.
func (n *names) listed(key string) string { return quoted(n.label(key)) }

// quoted sets a name in quotation marks where it has a comma or a semicolon, so
// that in a list it is not read as two.
func quoted(name string) string {
	if strings.ContainsAny(name, ",;，、") && !strings.Contains(name, "“") {
		return "“" + name + "”"
	}
	return name
}

// prose is how it is called within a sentence.
func (n *names) prose(key string) string {
	if e, ok := n.entries[key]; ok {
		return e.prose
	}
	return key
}

// list names things within a sentence, each followed by what after says of
// it: "DW (…), the World Socialist Web Site pieces of 2001 (…) and 2018 (…),
// and teleSUR (…)". Pieces of one outlet stand together.
func (n *names) list(keys []string, after func(key string) string, more int) string {
	var parts []string
	done := map[string]bool{}
	for i, k := range keys {
		if done[k] {
			continue
		}
		e := n.entries[k]
		var whens []string
		if e.when != "" {
			for _, other := range keys[i:] {
				if o := n.entries[other]; o.when != "" && o.outlet == e.outlet {
					whens = append(whens, o.when+after(other))
					done[other] = true
				}
			}
		}
		if len(whens) > 1 {
			parts = append(parts, "the "+e.outlet+" pieces of "+join(whens))
		} else {
			parts = append(parts, n.prose(k)+after(k))
		}
	}
	if more > 0 {
		parts = append(parts, count(more)+" more")
	}
	return join(parts)
}

// target is how a target is called within a sentence: with its article, where
// English gives it one.
func (n *names) target(id string) string {
	name := n.title(id)
	if takesArticle(name) {
		return "the " + strings.TrimPrefix(name, "The ")
	}
	return name
}

// title is how a target is called where it stands alone.
func (n *names) title(id string) string {
	if name, ok := n.targets[id]; ok {
		return name
	}
	return id
}

// takesArticle reports whether a proper name takes "the" within a sentence:
// names whose head is a common noun (the United States, the European Union,
// the Bank of England), and abbreviations of such names in capitals, though
// not those read as a word.
func takesArticle(name string) bool {
	words := strings.Fields(name)
	if len(words) == 0 {
		return false
	}
	if words[0] == "The" {
		return true
	}
	switch name {
	case "US", "U.S.", "USA", "UK", "U.K.", "EU", "UN", "U.N.", "UAE", "DPRK", "ROK", "USSR", "PRC",
		"Netherlands", "Philippines", "Bahamas", "Maldives", "Kremlin", "Vatican", "Pentagon":
		return true
	}
	if len(words) > 1 {
		switch words[len(words)-1] {
		case "States", "Union", "Nations", "Kingdom", "Republic", "Emirates", "Islands", "Federation",
			"Party", "Government", "Army", "Council", "Commission", "Ministry", "Bank", "Fund", "Authority",
			"Organization", "Organisation", "Movement", "Front", "House", "Court":
			return true
		}
		for _, w := range words[1:] {
			if w == "of" {
				return true
			}
		}
	}
	return false
}

// year is the year of a date in ISO 8601, or "".
func year(date string) string {
	if len(date) < 4 {
		return ""
	}
	if _, err := time.Parse("2006", date[:4]); err != nil || len(date) > 10 {
		return ""
	}
	return date[:4]
}

// humanDate is a date in ISO 8601 as one writes it: "28 September 2001". What
// is no such date stays as it is.
func humanDate(date string) string {
	for _, f := range [][2]string{{"2006-01-02", "2 January 2006"}, {"2006-01", "January 2006"}} {
		if t, err := time.Parse(f[0], date); err == nil {
			return t.Format(f[1])
		}
	}
	return date
}
