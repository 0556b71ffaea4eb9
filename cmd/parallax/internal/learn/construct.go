package learn

import (
	_ "embed"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"parallax/analysis/framing"
	"parallax/lexicon"
)

//go:embed constructions.tsv
var constructionsData string

// construction is a pattern of constructions.tsv.
type construction struct {
	pos       lexicon.POS
	adverse   bool // of nouns of negative valence alone
	of        func(*lexicon.Entry) float64
	bad, good float64
	words     []string
}

// each is how many constructions an epoch makes of each form of an entry.
const each = 6

var formNames = map[string]lexicon.Form{
	"{b}": lexicon.Base, "{s}": lexicon.Third, "{d}": lexicon.Past, "{n}": lexicon.Participle, "{g}": lexicon.Gerund, "{w}": lexicon.Base,
}

func constructions() (out []construction, err error) {
	values := map[string]func(*lexicon.Entry) float64{
		"agent":   func(e *lexicon.Entry) float64 { return e.Agent },
		"patient": func(e *lexicon.Entry) float64 { return e.Patient },
		"valence": func(e *lexicon.Entry) float64 { return e.Valence },
	}
	kinds := map[string]lexicon.POS{"verb": lexicon.Verb, "adjective": lexicon.Adjective, "noun": lexicon.Noun, "noun-": lexicon.Noun}
	err = rows("constructions.tsv", constructionsData, 5, func(f []string) error {
		c := construction{pos: kinds[f[0]], adverse: f[0] == "noun-", of: values[f[1]], words: strings.Fields(f[4])}
		var err1, err2 error
		c.bad, err1 = strconv.ParseFloat(f[2], 64)
		c.good, err2 = strconv.ParseFloat(f[3], 64)
		if c.pos == 0 && f[0] != "verb" || c.of == nil || err1 != nil || err2 != nil {
			return fmt.Errorf("unknown part of speech or value, or no number: %q", f)
		}
		out = append(out, c)
		return nil
	})
	return out, err
}

// constructor makes sentences of the entries of the hand-made tables.
type constructor struct {
	patterns map[lexicon.POS][]construction
	forms    map[*lexicon.Entry]map[lexicon.Form][]string
	entries  []*lexicon.Entry
	id       func(string) uint16
}

func newConstructor(lex *lexicon.Lexicon, id func(string) uint16) (*constructor, error) {
	c := &constructor{patterns: map[lexicon.POS][]construction{}, forms: map[*lexicon.Entry]map[lexicon.Form][]string{}, id: id}
	patterns, err := constructions()
	if err != nil {
		return nil, err
	}
	for _, p := range patterns {
		c.patterns[p.pos] = append(c.patterns[p.pos], p)
	}
	for words, m := range lex.Forms() {
		if c.forms[m.Entry] == nil {
			c.forms[m.Entry] = map[lexicon.Form][]string{}
		}
		for f := lexicon.Base; f <= lexicon.Plural; f <<= 1 {
			if m.Form&f != 0 && c.forms[m.Entry][f] == nil {
				c.forms[m.Entry][f] = words
			}
		}
	}
	for e := range lex.Entries() {
		c.entries = append(c.entries, e)
	}
	return c, nil
}

// epoch returns the sentences of one epoch.
func (c *constructor) epoch(r *rand.Rand) []sample {
	var out []sample
	for _, e := range c.entries {
		patterns := c.patterns[e.POS]
		if len(patterns) == 0 {
			continue
		}
		n := each
		if e.POS == lexicon.Verb {
			n = 2 * each // agent and patient
		}
		if max(e.Agent, e.Patient, e.Valence) > -min(e.Agent, e.Patient, e.Valence) {
			n *= 2 // the tables hold half as many favourable entries as unfavourable ones
		}
		for range n {
			p := &patterns[r.IntN(len(patterns))]
			v := p.of(e)
			if v == 0 || p.adverse && v > -0.3 {
				continue
			}
			if s, ok := c.sentence(p, e); ok {
				if v < 0 {
					v *= p.bad
				} else {
					v *= p.good
				}
				s.y = told(v)
				out = append(out, s)
			}
		}
	}
	return out
}

// told is the distribution for a tone: how likely a reader is to see a judgement
// grows with its size, until at two thirds nearly all do.
func told(tone float64) (y [3]float32) {
	strength := min(1, 1.5*math.Abs(tone))
	side, other := float32(0.05+0.85*strength), float32(0.04)
	y = [3]float32{side, 1 - side - other, other}
	if tone > 0 {
		y[0], y[2] = y[2], y[0]
	}
	return y
}

func (c *constructor) sentence(p *construction, e *lexicon.Entry) (sample, bool) {
	var forms []framing.Form
	for _, w := range p.words {
		switch {
		case w == "T":
			forms = append(forms, framing.Form{Kind: framing.FormTarget})
		case w == "O":
			forms = append(forms, framing.Form{Kind: framing.FormName})
		case w == "#":
			forms = append(forms, framing.Form{Kind: framing.FormNumber})
		case w[0] == '{':
			words := c.forms[e][formNames[w]]
			if words == nil {
				return sample{}, false
			}
			for _, x := range words {
				forms = append(forms, framing.Form{Text: x})
			}
		case strings.ContainsAny(w, ".,!?"):
			forms = append(forms, framing.Form{Text: w, Kind: framing.FormMark})
		default:
			forms = append(forms, framing.Form{Text: w})
		}
	}
	s := sample{origin: constructed, places: framing.Places(forms, nil)}
	for i := range forms {
		s.ids = append(s.ids, framing.ID(&forms[i], c.id))
	}
	return s, true
}
