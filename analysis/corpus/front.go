package corpus

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	frontStart = regexp.MustCompile(`^\s*---[ \t]*\r?\n`)
	frontEnd   = regexp.MustCompile(`(?m)^(?:---|\.\.\.)[ \t]*\r?$`)
)

// frontMatter reads the YAML between two rules at the head of a text, as static
// sites and note takers keep it. outside is its place.
func frontMatter(text string) (rec record, outside []Dropped, note string) {
	open := frontStart.FindStringIndex(text)
	if open == nil {
		return rec, nil, ""
	}
	end := frontEnd.FindStringIndex(text[open[1]:])
	if end == nil {
		return rec, nil, ""
	}
	var fields map[string]yaml.Node
	block := strings.ReplaceAll(text[open[1]:open[1]+end[0]], "\r", "")
	if err := yaml.Unmarshal([]byte(block), &fields); err != nil {
		if !strings.Contains(block, ":") {
			return rec, nil, "" // a rule, and another one further down
		}
		note = "the front matter is not valid YAML and was left out: " + yamlReason(err)
	} else if len(fields) == 0 {
		return rec, nil, ""
	}
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	m := mapFields(sorted(names), nil)
	get := func(field string) string {
		n := fields[m[field]]
		return strings.TrimSpace(yamlText(&n))
	}
	rec.url = get(fieldURL)
	rec.meta = meta{source: get(fieldSource), outlet: get(fieldOutlet), title: get(fieldTitle), author: get(fieldAuthor), date: get(fieldDate)}
	if host := hostOf(rec.source); host != "" { // clippers call the address the source
		rec.url, rec.source = firstOf(rec.url, rec.source), ""
	}
	return rec, []Dropped{{Start: 0, End: open[1] + end[1], Reason: whyFrontMatter}}, note
}

// yamlText is a scalar as it is written, and a list of them with commas.
func yamlText(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return n.Value
	}
	var parts []string
	if n.Kind == yaml.SequenceNode {
		for _, c := range n.Content {
			if s := yamlText(c); s != "" {
				parts = append(parts, strings.Trim(s, "[]")) // [[A link]] to a note
			}
		}
	}
	return strings.Join(parts, ", ")
}
