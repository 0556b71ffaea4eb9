// Package survey finds who is mentioned in articles, by capital letters alone:
// what to look at before targets are chosen.
package survey

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analysis/corpus"
	"parallax/analysis/language"
	"parallax/analysis/target"
)

// Name is somebody or something that is written with a capital.
type Name struct {
	Name      string   `json:"name"`
	Forms     []string `json:"forms,omitempty"` // shorter ones that were counted to it
	Count     int      `json:"count"`
	Documents int      `json:"documents"`
	Target    string   `json:"target,omitempty"` // whose mention it mostly is
}

// joining are small words inside names.
var joining = map[string]bool{"of": true, "de": true, "da": true, "del": true, "van": true, "von": true, "bin": true, "al": true, "der": true, "for": true}

// plainWords are capitalised and name nobody, or stand before a name.
var plainWords = set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
	i mr mr. mrs mrs. ms ms. dr dr. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. english god internet`)

func set(s string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// Names lists the names in the running text of documents, the most frequent
// first. The capital of a sentence's first word counts where the word has one
// within sentences too and is nowhere written without. A surname or the last word of a name counts for the whole name
// where a document has both.
func Names(docs []corpus.Document, targets *target.Set) []Name {
	small, inside := make(map[string]bool), make(map[string]bool) // words without a capital, and with one within a sentence
	sentences := make([][]language.Sentence, len(docs))
	for i := range docs {
		sentences[i] = language.Split(&docs[i])
		for _, s := range sentences[i] {
			for k := range s.Tokens {
				switch t := &s.Tokens[k]; {
				case t.Kind != language.Word:
				case !t.Upper():
					small[t.Text] = true
				case !opens(&s, k) && !s.Headline:
					inside[t.Text] = true
				}
			}
		}
	}
	all := make(map[string]*tally)
	for i := range docs {
		found := make(map[string]*tally)
		ms := targets.Find(&docs[i], sentences[i])
		for n, s := range sentences[i] {
			if s.Headline {
				continue
			}
			for len(ms) > 0 && ms[0].Sentence < n {
				ms = ms[1:]
			}
			for _, r := range runs(&s, small, inside, docs[i].Text) {
				t := found[r.name]
				if t == nil {
					t = &tally{Name: Name{Name: r.name}, targets: map[string]int{}, forms: map[string]bool{}}
					found[r.name] = t
				}
				t.Count++
				whose := ""
				for _, m := range ms {
					if m.Sentence == n && m.Start < r.end && m.End > r.start {
						whose = m.Target
						break
					}
				}
				t.targets[whose]++
			}
		}
		for name, t := range found {
			if whole := wholeOf(name, found); whole != "" {
				w := found[whole]
				w.Count += t.Count
				w.forms[name] = true
				for k, v := range t.targets {
					w.targets[k] += v
				}
				t.Count = 0
			}
		}
		for name, t := range found {
			if t.Count == 0 {
				continue
			}
			a := all[name]
			if a == nil {
				t.Documents = 1
				all[name] = t
				continue
			}
			a.Count += t.Count
			a.Documents++
			for k, v := range t.targets {
				a.targets[k] += v
			}
			for k := range t.forms {
				a.forms[k] = true
			}
		}
	}
	out := make([]Name, 0, len(all))
	for _, t := range all {
		for form := range t.forms {
			t.Forms = append(t.Forms, form)
		}
		slices.Sort(t.Forms)
		most := 0
		for k, v := range t.targets {
			if v > most || v == most && k < t.Target {
				t.Target, most = k, v
			}
		}
		out = append(out, t.Name)
	}
	slices.SortFunc(out, func(a, b Name) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(b.Documents, a.Documents), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// A tally is a name with what is counted of it.
type tally struct {
	Name
	targets map[string]int
	forms   map[string]bool
}

// wholeOf finds the one longer name that ends with a name of one word.
func wholeOf(name string, found map[string]*tally) string {
	if strings.Contains(name, " ") || strings.ToUpper(name) == name { // an abbreviation is a name by itself
		return ""
	}
	whole := ""
	for other := range found {
		if strings.HasSuffix(other, " "+name) {
			if whole != "" {
				return ""
			}
			whole = other
		}
	}
	return whole
}

// run is a stretch of capitalised words.
type run struct {
	name       string
	start, end int
}

// opens reports whether a token begins a sentence or what is said in it.
func opens(s *language.Sentence, k int) bool {
	return k == 0 || s.Tokens[k-1].Kind == language.Quote || s.Tokens[k-1].Text == ":"
}

func runs(s *language.Sentence, small, inside map[string]bool, text string) []run {
	var out []run
	toks := s.Tokens
	capital := func(k int) bool {
		return k < len(toks) && toks[k].Kind == language.Word && toks[k].Upper() && !plainWords[strings.ToLower(toks[k].Text)]
	}
	for k := 0; k < len(toks); {
		if !capital(k) {
			k++
			continue
		}
		first, last := k, k
		for {
			next := last + 1
			if next < len(toks) && toks[next].Space && joining[toks[next].Text] && capital(next+1) {
				next++
			}
			if !capital(next) || !toks[next].Space {
				break
			}
			last = next
		}
		k = last + 1
		// A sentence begins with a capital anyway.
		if opens(s, first) && (small[strings.ToLower(toks[first].Text)] || first == last && !inside[toks[first].Text]) {
			first++
			for first <= last && joining[toks[first].Text] {
				first++
			}
		}
		if first > last {
			continue
		}
		start, end := toks[first].Start, toks[last].End
		name := strings.Join(strings.Fields(text[start:end]), " ")
		for _, possessive := range []string{"’s", "'s", "’", "'"} {
			name = strings.TrimSuffix(name, possessive)
		}
		if utf8.RuneCountInString(name) < 2 || strings.IndexFunc(name, unicode.IsLetter) < 0 {
			continue
		}
		out = append(out, run{name, start, end})
	}
	return out
}
