// Package analysis turns articles into observations: how each sentence frames
// each target.
//
// The way from article to report, one direction, no way back:
//
//  1. corpus finds the article in the page: its text, title, author, date and
//     outlet, and lists what it drops.
//  2. language splits the text into sentences and tokens.
//  3. target finds who is meant: names, demonyms, leaders, pronouns. With the
//     names known, language tags and parses the sentences.
//  4. voice tells who speaks: the author, or somebody quoted.
//  5. framing scores each sentence for each target in it, word by word;
//     relation tells who does what to whom.
//  6. compare puts the observations together into cells and contrasts, with
//     intervals and tests; regress holds them against a baseline.
//  7. report, above this package, makes of it what a person reads.
//
// Steps 1 to 5 are a pure function of one document. An Analyzer runs steps 2
// to 5; documents can be analyzed side by side.
package analysis

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"parallax/analysis/corpus"
	"parallax/analysis/framing"
	"parallax/analysis/language"
	"parallax/analysis/relation"
	"parallax/analysis/target"
	"parallax/analysis/voice"
	"parallax/lexicon"
)

// Analyzer turns documents into observations. It is safe for concurrent use.
type Analyzer struct {
	targets *target.Set
	lex     *lexicon.Lexicon
	scorer  framing.Scorer
	options Options
}

// New returns an analyzer for a set of targets. A nil lexicon is the embedded
// one, a nil scorer the learned one.
func New(targets *target.Set, lex *lexicon.Lexicon, scorer framing.Scorer) *Analyzer {
	if lex == nil {
		lex = lexicon.Default()
	}
	if scorer == nil {
		scorer = framing.NewLearned(lex, lexicon.DefaultWindow())
	}
	return &Analyzer{targets: targets, lex: lex, scorer: scorer}
}

// Analysis is a document with all that was found in it.
type Analysis struct {
	Document     *corpus.Document
	Sentences    []language.Sentence
	Mentions     []target.Mention // by sentence and position
	Voices       *voice.Voices
	Relations    []relation.Relation // by sentence
	Observations []Observation       // by sentence, and by target in the order of the targets file

	// TitleTargets are the targets that the title names where it is known and
	// not part of the text, as in records; nil where it is part of it, or where
	// nothing is known of it.
	TitleTargets []string

	by *Analyzer
}

// Analyze analyzes one document. The same document gives the same analysis.
func (a *Analyzer) Analyze(doc *corpus.Document) *Analysis {
	out := &Analysis{Document: doc, Sentences: language.Split(doc), by: a}
	out.Mentions = a.targets.Find(doc, out.Sentences)
	out.TitleTargets = a.titleTargets(doc)
	language.Parse(out.Sentences, names(out))
	out.Voices = voice.Attribute(out.Sentences, out.Mentions, a.lex)
	counted := a.options.Mentions.count(out.Mentions)
	out.Relations = relation.Find(out.Sentences, counted, out.Voices, a.lex)
	out.Observations = a.score(out, a.scorer, counted, out.Relations)
	return out
}

// Rescore returns the observations as another scorer and other options make them,
// without the relations. Sentences, parse, mentions and voices, which take most of
// the time, are those of the analysis.
func (x *Analysis) Rescore(scorer framing.Scorer, o Options) []Observation {
	return x.by.score(x, scorer, o.Mentions.count(x.Mentions), nil)
}

// score makes the observations of some mentions, which are in the order of the
// analysis, as the relations are.
func (a *Analyzer) score(x *Analysis, scorer framing.Scorer, rest []target.Mention, relations []relation.Relation) []Observation {
	var out []Observation
	ids := a.ids(x.Document)
	for i := range x.Sentences {
		n := 0
		for n < len(rest) && rest[n].Sentence == i {
			n++
		}
		if n == 0 {
			continue
		}
		in := &framing.Input{Index: i, Sentence: &x.Sentences[i], Mentions: rest[:n:n], Voices: x.Voices}
		rest = rest[n:]
		n = 0
		for n < len(relations) && relations[n].Sentence == i {
			n++
		}
		here := relations[:n]
		relations = relations[n:]
		for _, id := range ids {
			if count := mentions(in.Mentions, id); count > 0 {
				o := observe(x.Document, in, id, count, scorer.Score(in, id))
				o.Relations = related(in.Sentence, here, id)
				out = append(out, o)
			}
		}
	}
	return out
}

// titleTargets finds the targets that a title outside of the text names. The
// text is read behind it: whom a title calls by a surname, or "the North", the
// text names in full. Labels say nothing of what is not in the text.
func (a *Analyzer) titleTargets(doc *corpus.Document) []string {
	inText := slices.ContainsFunc(doc.Blocks, func(b corpus.Block) bool { return b.Kind == corpus.Title })
	if doc.Title == "" || inText || len(doc.Labels) > 0 {
		return nil
	}
	whole := *doc
	head := doc.Title + "\n\n"
	whole.Text = head + doc.Text
	whole.Blocks = []corpus.Block{{Kind: corpus.Title, Start: 0, End: len(doc.Title)}}
	for _, b := range doc.Blocks {
		whole.Blocks = append(whole.Blocks, corpus.Block{Kind: b.Kind, Start: b.Start + len(head), End: b.End + len(head)})
	}
	sentences := language.Split(&whole)
	found := []string{}
	for _, m := range a.options.Mentions.count(a.targets.Find(&whole, sentences)) {
		if sentences[m.Sentence].Block == 0 && !slices.Contains(found, m.Target) {
			found = append(found, m.Target)
		}
	}
	return found
}

// names returns the mentions that name their target, for the parser: whole
// tokens only, and no descriptions and pronouns, which are ordinary words.
func names(a *Analysis) []language.Name {
	var out []language.Name
	for _, m := range a.Mentions {
		toks := a.Sentences[m.Sentence].Tokens
		if toks[m.First].Start != m.Start || toks[m.Last].End != m.End {
			continue
		}
		n := language.Name{Sentence: m.Sentence, First: m.First, Last: m.Last}
		switch m.Kind {
		case target.Nominal, target.Pronoun:
			continue
		case target.Leader:
			n.Kind = language.Person
		case target.Demonym:
			n.Kind = language.Folk
			if strings.HasSuffix(m.Text, "s") {
				n.Kind = language.Folks
			}
		}
		out = append(out, n)
	}
	return out
}

// ids returns the targets that a document can mention: those of the targets
// file, then others that the document's own labels name.
func (a *Analyzer) ids(doc *corpus.Document) []string {
	targets := a.targets.Targets()
	ids := make([]string, 0, len(targets)+len(doc.Labels))
	for _, t := range targets {
		ids = append(ids, t.ID)
	}
	for _, l := range doc.Labels {
		if !slices.Contains(ids, l.Target) {
			ids = append(ids, l.Target)
		}
	}
	return ids
}

func mentions(ms []target.Mention, id string) int {
	n := 0
	for _, m := range ms {
		if m.Target == id {
			n++
		}
	}
	return n
}

func observe(doc *corpus.Document, in *framing.Input, id string, count int, s framing.Score) Observation {
	m := in.Mentions[s.Mention]
	o := Observation{
		Document: doc.ID, Source: doc.Source,
		Sentence: strings.Join(strings.Fields(doc.Text[in.Sentence.Start:in.Sentence.End]), " "),
		Start:    in.Sentence.Start, End: in.Sentence.End, Paragraph: in.Sentence.Block,
		Target: id, Mention: m.Text, MentionKind: string(m.Kind), Mentions: count,
		Voice: VoiceAuthor, Role: string(s.Role),
		Tone: s.Tone, Negative: s.Negative, Neutral: s.Neutral, Positive: s.Positive,
		Polarity: s.Class, Uncertain: s.Uncertain,
		Frames: s.Frames, Evidence: make([]Evidence, 0, len(s.Contributions)),
	}
	if s.Quoted {
		o.Voice, o.Holder = VoiceQuoted, s.Holder
	}
	for _, c := range s.Contributions {
		o.Evidence = append(o.Evidence, Evidence{
			Start: in.Sentence.Tokens[c.First].Start, End: in.Sentence.Tokens[c.Last].End,
			Term: c.Term, Rule: c.Rule, Contribution: c.Contribution,
		})
	}
	return o
}

// related returns the relations of a sentence that a target takes part in.
func related(s *language.Sentence, relations []relation.Relation, id string) []ObservedRelation {
	var out []ObservedRelation
	for _, r := range relations {
		o := ObservedRelation{Term: r.Term, Value: r.Value, Negated: r.Negated, Modal: r.Modal, Voice: VoiceAuthor,
			Start: s.Tokens[r.First].Start, End: s.Tokens[r.Last].End}
		if r.Quoted {
			o.Voice, o.Holder = VoiceQuoted, r.Holder
		}
		switch id {
		case r.Agent:
			o.Role, o.Other = "agent", r.Patient
		case r.Patient:
			o.Role, o.Other = "patient", r.Agent
		default:
			continue
		}
		out = append(out, o)
	}
	return out
}

// All analyzes documents on all cores and returns the analyses in the order of
// the documents. done, where not nil, is called after each, from any goroutine.
func (a *Analyzer) All(ctx context.Context, docs []corpus.Document, done func()) ([]*Analysis, error) {
	out := make([]*Analysis, len(docs))
	err := a.Each(ctx, docs, func(i int, x *Analysis) {
		out[i] = x
		if done != nil {
			done()
		}
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Each analyzes documents on all cores and hands each analysis to f with the
// document's index, in no order and from any goroutine. Nothing is kept: what f
// lets go of is free again. A panic in one of the goroutines ends the others and
// is raised again in the caller's, where it can be recovered.
func (a *Analyzer) Each(ctx context.Context, docs []corpus.Document, f func(i int, x *Analysis)) error {
	var next atomic.Int64
	var crash atomic.Pointer[string]
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(docs)) {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					text := fmt.Sprintf("%v\n\n%s", r, debug.Stack())
					crash.CompareAndSwap(nil, &text)
				}
			}()
			for ctx.Err() == nil && crash.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(docs) {
					return
				}
				f(i, a.Analyze(&docs[i]))
			}
		})
	}
	wg.Wait()
	if text := crash.Load(); text != nil {
		panic(*text)
	}
	return ctx.Err()
}
