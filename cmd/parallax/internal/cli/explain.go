package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"parallax/analysis"
	"parallax/analysis/language"
	"parallax/analysis/target"
	"parallax/analysis/voice"
	"parallax/cmd/parallax/internal/explain"
)

// explainConfig is what `parallax explain` is asked to do.
type explainConfig struct {
	sentences []string
	file      string
	targets   string // file; "" for the usual one
	format    string // asText or asJSON
	layers    string // names of layers, with commas; "" for the usual ones
	scorer    string // one of scorers
}

// shown returns the layers asked for.
func (c *explainConfig) shown() explain.Layers {
	var l explain.Layers
	for name := range strings.SplitSeq(cmp.Or(c.layers, strings.Join(explain.Usual(), ",")), ",") {
		l = append(l, strings.TrimSpace(name))
	}
	return l
}

func newExplain(e *env) *cobra.Command {
	var c explainConfig
	cmd := &cobra.Command{
		Use:   "explain [flags] [SENTENCE...]",
		Short: "Show how a sentence comes to its scores",
		Long: "Explain shows for every sentence its tokens and tags, who is mentioned, who speaks,\n" +
			"and for every target each word that contributed to the tone, with the sum;\n" +
			"with --layers also its clauses, its verbs and who does what.\n" +
			"Each argument, and each line of a file or of standard input, is a paragraph.",
		Example: "  parallax explain 'Pyongyang threatened the South.'\n  parallax explain --file notes.txt --format json\n" +
			"  parallax explain --layers clauses,verbs 'Seoul left because Pyongyang had refused to talk.'",
		RunE: func(cmd *cobra.Command, args []string) error {
			c.sentences = args
			if err := c.validate(e.keyboard); err != nil {
				return usage(cmd, err)
			}
			return e.explain(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	f.StringVar(&c.file, "file", "", "read the sentences from `FILE`")
	f.StringVar(&c.targets, "targets", "", "the `FILE` that says who is compared (default: the built-in one)")
	chooseScorer(cmd, &c.scorer)
	f.StringVar(&c.layers, "layers", strings.Join(explain.Usual(), ","), "what is shown, with commas between: "+strings.Join(explain.All(), ", "))
	if err := cmd.RegisterFlagCompletionFunc("layers", cobra.FixedCompletions(explain.All(), cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag is there: the line above defines it
	}
	choice(cmd, &c.format, "format", asText, "what is printed on standard output", []string{asText, asJSON})
	return cmd
}

// validate refuses what cannot be done, in one sentence.
func (c *explainConfig) validate(keyboard bool) error {
	switch {
	case c.file != "" && len(c.sentences) > 0:
		return errors.New("a sentence and --file: give one of them")
	case c.file == "" && len(c.sentences) == 0 && keyboard:
		return errors.New("no sentence: give one as an argument, with --file, or on standard input")
	}
	if err := oneOf("scorer", c.scorer, scorers()); err != nil {
		return err
	}
	for _, name := range c.shown() {
		if err := oneOf("layers", name, explain.All()); err != nil {
			return err
		}
	}
	return oneOf("format", c.format, []string{asText, asJSON})
}

func (e *env) explain(ctx context.Context, c explainConfig) error {
	set, err := loadTargets(cmp.Or(c.targets, builtIn))
	if err != nil {
		return err
	}
	text := strings.Join(c.sentences, "\n")
	if len(c.sentences) == 0 {
		if text, err = e.sentences(c.file); err != nil {
			return err
		}
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return errors.New("the text is not UTF-8: convert it, or give another file")
	}
	doc := explain.Paragraphs(text)
	if len(doc.Blocks) == 0 {
		err := errors.New("there is no sentence in the text: give one with a word in it")
		if len(c.sentences) > 0 {
			return &usageError{err: err, command: "parallax explain"}
		}
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	a := analysis.New(set, nil, scorerOf(c.scorer)).Analyze(doc)
	if c.format == asJSON {
		return explain.WriteJSON(e.stdout, a, c.shown())
	}
	names := make(map[string]string)
	for _, t := range set.Targets() {
		names[t.ID] = cmp.Or(t.Name, t.ID)
	}
	for i := range a.Sentences {
		if i > 0 {
			fmt.Fprintf(e.stdout, "\n%s\n\n", e.style.faint(strings.Repeat("─", columns)))
		}
		e.explainSentence(a, i, names, c.shown())
	}
	return nil
}

// maxExplained is how much text is explained: a thick novel, of which nobody reads
// the explanation.
const maxExplained = 8 << 20

// sentences reads a file, or standard input where none is named.
func (e *env) sentences(file string) (string, error) {
	if file == "" || file == "-" {
		data, err := readAll(e.stdin, maxExplained)
		if err != nil {
			return "", fmt.Errorf("standard input: %w", err)
		}
		return string(data), nil
	}
	data, err := readFile(file, maxExplained)
	if errors.Is(err, os.ErrNotExist) {
		return "", usagef("%s: no such file", file)
	}
	return string(data), err
}

// explainSentence prints one sentence with all that was found in it.
func (e *env) explainSentence(a *analysis.Analysis, i int, names map[string]string, show explain.Layers) {
	w, s := e.stdout, &a.Sentences[i]
	seen, scores := explain.MentionsIn(a, i), explain.ScoresOf(a, i)
	fmt.Fprintf(w, "%s\n", e.marked(a, i, seen, scores))
	if show.Has(explain.Tokens) {
		fmt.Fprintln(w)
		e.tags(a, i)
	}
	if show.Has(explain.Clauses) {
		e.explainClauses(s)
	}
	if show.Has(explain.Verbs) {
		e.explainVerbs(s)
	}
	if show.Has(explain.Mentions) && len(seen) > 0 {
		fmt.Fprintf(w, "\n%s\n", e.style.bold("Mentions"))
		rows := make([][]string, len(seen))
		for k, m := range seen {
			kind := string(m.Kind)
			if m.Office != "" {
				kind += ", " + m.Office
			}
			if m.Collective {
				kind += ", with others"
			}
			rows[k] = []string{flat(m.Text), m.Target, kind}
		}
		e.columned(rows, "")
	}
	if voices := explain.VoicesIn(a, i); show.Has(explain.Voices) && len(voices) > 0 {
		fmt.Fprintf(w, "\n%s\n", e.style.bold("Voices besides the author's"))
		rows := make([][]string, len(voices))
		for k, v := range voices {
			who := "nobody's: a scare quote"
			if v.Kind != voice.Scare {
				who = "held by " + v.Holder
			}
			cue := ""
			if v.Cue >= 0 && v.Cue < len(s.Tokens) {
				cue = "from “" + s.Tokens[v.Cue].Text + "”"
			}
			words := flat(a.Document.Text[s.Tokens[v.First].Start:s.Tokens[v.Last].End])
			rows[k] = []string{shorten(words, 40), string(v.Kind), who, cue}
		}
		e.columned(rows, "")
	}
	if show.Has(explain.Roles) && len(scores) > 0 {
		fmt.Fprintf(w, "\n%s\n", e.style.bold("Roles"))
		rows := make([][]string, len(scores))
		for k, o := range scores {
			verb := ""
			if g, ok := explain.Governing(a, i, o); ok {
				verb = "of “" + s.Tokens[g.Head].Text + "”"
			}
			rows[k] = []string{flat(o.Mention), o.Target, o.Role, verb}
		}
		e.columned(rows, "")
	}
	if show.Has(explain.Relations) {
		e.explainRelations(a, i)
	}
	if !show.Has(explain.Scores) {
		return
	}
	if len(scores) == 0 {
		fmt.Fprintf(w, "\nNo target is mentioned, so there is nothing to score.\n")
	}
	for _, o := range scores {
		e.explainScore(a, o, names[o.Target])
	}
}

// explainRelations prints who does what to whom in sentence i, with the value
// from -1, attack, to +1, help.
func (e *env) explainRelations(a *analysis.Analysis, i int) {
	var rows [][]string
	for _, r := range explain.RelationsIn(a, i) {
		value, how := strings.Replace(fmt.Sprintf("%+.2f", r.Value), "-", "−", 1), ""
		switch {
		case r.Negated:
			how = "said not to be done"
		case r.Modal:
			how = "possible, wanted or threatened"
		}
		if r.Quoted {
			how = strings.Trim(how+", held by "+r.Holder, ", ")
		}
		rows = append(rows, []string{r.Agent + " → " + r.Patient, r.Term, value, how})
	}
	if len(rows) > 0 {
		fmt.Fprintf(e.stdout, "\n%s\n", e.style.bold("Who does what to whom"))
		e.columned(rows, "")
	}
}

// explainClauses prints the pieces of a sentence that belong to one clause each,
// set in by how deep the clause lies.
func (e *env) explainClauses(s *language.Sentence) {
	clauses, owner := s.Clauses()
	var rows [][]string
	for i := 0; i < len(owner); {
		first, k := i, owner[i]
		for i < len(owner) && owner[i] == k {
			i++
		}
		depth, c := 0, clauses[k]
		for p := c.Parent; p >= 0 && depth < deepest; p = clauses[p].Parent {
			depth++
		}
		kind := string(c.Kind)
		if first > c.First {
			kind = "…"
		}
		row := []string{strings.Repeat("  ", depth) + shorten(words(s, first, i-1), pieceWidth), kind}
		if first == c.First && c.Link != "" {
			row = append(row, "by “"+c.Link+"”")
		}
		rows = append(rows, row)
	}
	fmt.Fprintf(e.stdout, "\n%s\n", e.style.bold("Clauses"))
	e.columned(rows, "")
}

// A piece of a clause and what stands behind it fit into the line.
const (
	pieceWidth = 44
	deepest    = 5 // steps of indent; what lies deeper stands below one another
)

// words returns the tokens from first to last as they are written, with single
// spaces.
func words(s *language.Sentence, first, last int) string {
	var b strings.Builder
	for k := first; k <= last; k++ {
		if t := &s.Tokens[k]; k > first && t.Space {
			b.WriteByte(' ')
		}
		b.WriteString(flat(s.Tokens[k].Text))
	}
	return b.String()
}

// explainVerbs prints the verb groups of a sentence.
func (e *env) explainVerbs(s *language.Sentence) {
	groups := s.VerbGroups()
	if len(groups) == 0 {
		return
	}
	rows := make([][]string, len(groups))
	for k, g := range groups {
		is := []string{cmp.Or(string(g.Tense), "no tense")}
		for _, f := range []struct {
			on   bool
			name string
		}{
			{g.Perfect, "perfect"}, {g.Progressive, "progressive"}, {true, string(g.Voice)}, {g.Negated, "negated"},
			{g.Modal != "", "“" + g.Modal + "”"}, {g.Catenative != "", "“" + g.Catenative + "”"},
		} {
			if f.on {
				is = append(is, f.name)
			}
		}
		rows[k] = []string{shorten(words(s, g.First, g.Last), pieceWidth), strings.Join(is, ", ")}
	}
	fmt.Fprintf(e.stdout, "\n%s\n", e.style.bold("Verbs"))
	e.columned(rows, "")
}

// explainScore prints how a tone came about: the words, the sum, and the
// probabilities.
func (e *env) explainScore(a *analysis.Analysis, o analysis.Observation, name string) {
	who := "in the author's voice"
	if o.Voice == analysis.VoiceQuoted {
		who = "in the voice of " + o.Holder
	}
	role := "in no clear role"
	if o.Role != "other" {
		role = "as " + o.Role
	}
	w := e.stdout
	fmt.Fprintf(w, "\n%s  %s\n", e.style.bold(name), e.style.faint(fmt.Sprintf("by “%s”, %s, %s", flat(o.Mention), role, who)))
	// One table, so that the tone stands right under what it is the sum of.
	rows := [][3]string{}
	for _, v := range o.Evidence {
		words := flat(a.Document.Text[v.Start:v.End])
		if !strings.EqualFold(words, v.Term) {
			words += " (" + v.Term + ")"
		}
		rows = append(rows, [3]string{decimal(v.Contribution), words, v.Rule})
	}
	width := 0
	for _, r := range rows {
		width = max(width, uniseg.StringWidth(r[1]))
	}
	for k, r := range rows {
		fmt.Fprintf(w, "  %s  %s  %s\n", e.style.sign(o.Evidence[k].Contribution, r[0]), pad(r[1], width), e.style.faint(r[2]))
	}
	if len(rows) == 0 {
		fmt.Fprintf(w, "  %s  %s\n", decimal(0), e.style.faint("no word in the sentence weighs on it"))
	}
	fmt.Fprintf(w, "  %s\n", e.style.faint("───────"))
	fmt.Fprintf(w, "  %s  tone: %s\n", e.style.bold(e.style.sign(o.Tone, decimal(o.Tone))), e.style.faint(fmt.Sprintf(
		"positive %.4f less negative %.4f (neutral %.4f)", o.Positive, o.Negative, o.Neutral)))
}

// marked returns the sentence wrapped, with mentions underlined and the words
// that contributed coloured by the sign of what they contribute in sum.
func (e *env) marked(a *analysis.Analysis, i int, seen []target.Mention, scores []analysis.Observation) string {
	s, text := &a.Sentences[i], a.Document.Text
	if !e.style.color {
		return wrap(text[s.Start:s.End], "")
	}
	weight := make([]int64, s.End-s.Start) // by byte, in steps of 0.0001
	named := make([]bool, s.End-s.Start)
	for _, o := range scores {
		for _, v := range o.Evidence {
			for k := v.Start; k < v.End; k++ {
				weight[k-s.Start] += int64(math.Round(v.Contribution * 10000))
			}
		}
	}
	for _, m := range seen {
		for k := m.Start; k < m.End; k++ {
			named[k-s.Start] = true
		}
	}
	// Break the lines first: what is set does not count for their width.
	var b strings.Builder
	k := s.Start
	for _, line := range strings.Split(wrap(text[s.Start:s.End], ""), "\n") {
		for n, word := range strings.Split(line, " ") {
			if n > 0 {
				b.WriteByte(' ')
			}
			k += strings.Index(text[k:], word)
			for from, at := 0, 1; at <= len(word); at++ {
				p := k - s.Start
				if at < len(word) && weight[p+at] == weight[p+from] && named[p+at] == named[p+from] {
					continue
				}
				part := e.style.sign(float64(weight[p+from]), word[from:at])
				if named[p+from] {
					part = e.style.mention(part)
				}
				b.WriteString(part)
				from = at
			}
			k += len(word)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// tags prints the tokens over their tags and relations, in as many bands as
// the width asks for.
func (e *env) tags(a *analysis.Analysis, i int) {
	var band [3]strings.Builder
	n := 0
	flush := func() {
		for k := range band {
			line := strings.TrimRight(band[k].String(), " ")
			if k > 0 {
				line = e.style.faint(line)
			}
			fmt.Fprintln(e.stdout, line)
			band[k].Reset()
		}
		n = 0
	}
	for _, t := range a.Sentences[i].Tokens {
		cells := [3]string{flat(t.Text), t.Tag, t.Rel}
		width := 0
		for _, c := range cells {
			width = max(width, uniseg.StringWidth(c))
		}
		if n > 0 && n+2+width > columns {
			flush()
		}
		for k, c := range cells {
			band[k].WriteString("  " + pad(c, width))
		}
		n += 2 + width
	}
	if n > 0 {
		flush()
	}
}

// shorten cuts a text to a number of characters.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimRight(string(r[:n-1]), " ") + "…"
}

// flat folds white space, so that a text stays on its line.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// decimal writes a tone with the four decimals that it has, so that a reader
// can add up: "−0.4213".
func decimal(v float64) string {
	s := fmt.Sprintf("%+.4f", v)
	if v == 0 {
		s = " 0.0000"
	}
	return strings.Replace(s, "-", "−", 1)
}
