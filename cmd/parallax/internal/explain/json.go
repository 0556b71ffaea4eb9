package explain

import (
	"bytes"
	"encoding/json"
	"io"

	"parallax/analysis"
	"parallax/analysis/language"
)

// What explain writes as JSON: for each sentence what was found in it.
type (
	jsonToken struct {
		Start    int    `json:"start"`
		End      int    `json:"end"`
		Text     string `json:"text"`
		Tag      string `json:"tag"`
		Head     int    `json:"head"` // index of the governing token, -1 for the root
		Relation string `json:"relation"`
	}
	jsonMention struct {
		Target     string `json:"target"`
		Kind       string `json:"kind"`
		Start      int    `json:"start"`
		End        int    `json:"end"`
		Text       string `json:"text"`
		Office     string `json:"office,omitempty"`
		Collective bool   `json:"collective,omitempty"`
	}
	jsonVoice struct {
		Kind   string `json:"kind"`
		Holder string `json:"holder,omitempty"`
		Start  int    `json:"start"`
		End    int    `json:"end"`
		Text   string `json:"text"`
	}
	jsonClause struct {
		Kind   string `json:"kind"`
		Link   string `json:"link,omitempty"`
		Parent int    `json:"parent"` // index of the clause above, -1 for none
		Head   int    `json:"head"`   // indices of tokens
		Tokens []int  `json:"tokens"`
	}
	jsonVerb struct {
		Head        int    `json:"head"` // indices of tokens
		First       int    `json:"first"`
		Last        int    `json:"last"`
		Tense       string `json:"tense,omitempty"`
		Perfect     bool   `json:"perfect,omitempty"`
		Progressive bool   `json:"progressive,omitempty"`
		Voice       string `json:"voice"`
		Negated     bool   `json:"negated,omitempty"`
		Modal       string `json:"modal,omitempty"`
		Catenative  string `json:"catenative,omitempty"`
	}
	jsonRole struct {
		Target  string `json:"target"`
		Mention string `json:"mention"`
		Role    string `json:"role"`
		Verb    *int   `json:"verb"` // index of a token, null for none
	}
	jsonRelation struct {
		Agent   string  `json:"agent"`
		Patient string  `json:"patient"`
		Term    string  `json:"term"`
		Value   float64 `json:"value"` // from -1, attack, to +1, help
		Negated bool    `json:"negated,omitempty"`
		Modal   bool    `json:"modal,omitempty"`
		Holder  string  `json:"holder,omitempty"` // whose word it is, where quoted
		First   int     `json:"first"`            // indices of tokens
		Last    int     `json:"last"`
	}
	// A layer that was not asked for is left out; one with nothing in it is [].
	jsonSentence struct {
		Text      string                 `json:"text"`
		Tokens    []jsonToken            `json:"tokens,omitzero"`
		Clauses   []jsonClause           `json:"clauses,omitzero"`
		Verbs     []jsonVerb             `json:"verbs,omitzero"`
		Mentions  []jsonMention          `json:"mentions,omitzero"`
		Voices    []jsonVoice            `json:"voices,omitzero"`
		Roles     []jsonRole             `json:"roles,omitzero"`
		Relations []jsonRelation         `json:"relations,omitzero"`
		Scores    []analysis.Observation `json:"scores,omitzero"`
	}
)

// jsonClauses returns the clauses of a sentence with their tokens.
func jsonClauses(s *language.Sentence) []jsonClause {
	clauses, owner := s.Clauses()
	out := make([]jsonClause, len(clauses))
	for k, c := range clauses {
		out[k] = jsonClause{string(c.Kind), c.Link, c.Parent, c.Head, nil}
	}
	for i, k := range owner {
		out[k].Tokens = append(out[k].Tokens, i)
	}
	return out
}

// WriteJSON writes {"sentences": [...]} with the layers asked for. Offsets are
// bytes of the text given.
func WriteJSON(w io.Writer, a *analysis.Analysis, show Layers) error {
	text := a.Document.Text
	out := struct {
		Sentences []jsonSentence `json:"sentences"`
	}{Sentences: []jsonSentence{}}
	for i := range a.Sentences {
		s := &a.Sentences[i]
		js := jsonSentence{Text: text[s.Start:s.End]}
		if show.Has(Tokens) {
			js.Tokens = []jsonToken{}
			for _, t := range s.Tokens {
				js.Tokens = append(js.Tokens, jsonToken{t.Start, t.End, t.Text, t.Tag, t.Head, t.Rel})
			}
		}
		if show.Has(Clauses) {
			js.Clauses = jsonClauses(s)
		}
		if show.Has(Verbs) {
			js.Verbs = []jsonVerb{}
			for _, g := range s.VerbGroups() {
				js.Verbs = append(js.Verbs, jsonVerb{g.Head, g.First, g.Last, string(g.Tense), g.Perfect, g.Progressive,
					string(g.Voice), g.Negated, g.Modal, g.Catenative})
			}
		}
		if show.Has(Mentions) {
			js.Mentions = []jsonMention{}
			for _, m := range MentionsIn(a, i) {
				js.Mentions = append(js.Mentions, jsonMention{m.Target, string(m.Kind), m.Start, m.End, m.Text, m.Office, m.Collective})
			}
		}
		if show.Has(Voices) {
			js.Voices = []jsonVoice{}
			for _, v := range VoicesIn(a, i) {
				from, to := s.Tokens[v.First].Start, s.Tokens[v.Last].End
				js.Voices = append(js.Voices, jsonVoice{string(v.Kind), v.Holder, from, to, text[from:to]})
			}
		}
		if show.Has(Roles) {
			js.Roles = []jsonRole{}
			for _, o := range ScoresOf(a, i) {
				r := jsonRole{Target: o.Target, Mention: o.Mention, Role: o.Role}
				if g, ok := Governing(a, i, o); ok {
					r.Verb = &g.Head
				}
				js.Roles = append(js.Roles, r)
			}
		}
		if show.Has(Relations) {
			js.Relations = []jsonRelation{}
			for _, r := range RelationsIn(a, i) {
				js.Relations = append(js.Relations, jsonRelation{r.Agent, r.Patient, r.Term, r.Value, r.Negated, r.Modal, r.Holder, r.First, r.Last})
			}
		}
		if show.Has(Scores) {
			js.Scores = append([]analysis.Observation{}, ScoresOf(a, i)...)
		}
		out.Sentences = append(out.Sentences, js)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}
