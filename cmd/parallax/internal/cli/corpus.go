package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"parallax/analysis/corpus"
	"parallax/cmd/parallax/internal/survey"
)

// corpusConfig is what `parallax corpus` is asked to do.
type corpusConfig struct {
	paths   []string
	targets string
	named   []string
	fields  map[string]string
	by      string // source or outlet
	format  string // text or json
}

func newCorpus(e *env) *cobra.Command {
	var c corpusConfig
	cmd := &cobra.Command{
		Use:   "corpus [flags] PATH...",
		Short: "Show what articles there are and who is mentioned, before anything is scored",
		Long: "Corpus reads articles as compare does and says what it found: sources, dates,\n" +
			"copies, what is skipped and why, and who is mentioned, with those that the targets\n" +
			"catch and those that they miss.",
		Example: "  parallax corpus seeds\n  parallax corpus --targets countries:JP,CN articles.csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			c.paths = args
			if len(args) == 0 {
				return usage(cmd, errors.New("no articles: name a file, a folder, a pattern, or - for standard input"))
			}
			c.targets = withNames(c.targets, c.named)
			for _, err := range []error{validateFields(c.fields), oneOf("by", c.by, units()[:2]), oneOf("format", c.format, formats()[:2])} {
				if err != nil {
					return usage(cmd, err)
				}
			}
			return e.survey(cmd.Context(), c)
		},
	}
	chooseTargets(cmd, &c.targets, &c.named)
	chooseFields(cmd, &c.fields)
	choice(cmd, &c.by, "by", bySource, "what the articles are listed by", units()[:2])
	choice(cmd, &c.format, "format", asText, "what is printed", formats()[:2])
	return cmd
}

// surveyed is what parallax corpus prints, in JSON as it stands.
type surveyed struct {
	Documents int              `json:"documents"`
	Words     int              `json:"words"`
	Dated     int              `json:"dated"`
	Sources   []surveyedSource `json:"sources"`
	Copies    surveyedCopies   `json:"copies"`
	Languages map[string]int   `json:"other_languages"`
	Skipped   []corpus.Skipped `json:"skipped"`
	Notes     []string         `json:"notes"`
	Guesses   []surveyedGuess  `json:"guesses"`
	Targets   string           `json:"targets"`
	Names     []survey.Name    `json:"names"`
}

type surveyedSource struct {
	ID        string `json:"id"`
	Outlet    string `json:"outlet,omitempty"`
	Documents int    `json:"documents"`
	Dates     string `json:"dates,omitempty"`
}

// surveyedCopies counts paragraphs that stand in several places.
type surveyedCopies struct {
	Paragraphs int `json:"paragraphs"`
	Places     int `json:"places"`
	Sources    int `json:"between_sources"` // of them in several sources
}

// surveyedGuess is a note on single documents, and on how many it is.
type surveyedGuess struct {
	Note      string `json:"note"`
	Documents int    `json:"documents"`
}

// survey reads articles and prints what is there.
func (e *env) survey(ctx context.Context, c corpusConfig) error {
	set, file, err := (&request{paths: c.paths, targets: c.targets}).actors()
	if err != nil {
		return err
	}
	read, err := corpus.Read(ctx, c.paths, corpus.Options{Stdin: e.stdin, Name: e.called, Map: c.fields})
	if err != nil {
		return readError(err)
	}
	if c.by == byOutlets {
		byOutlet(read)
	}
	s := surveyed{
		Documents: len(read.Documents), Languages: map[string]int{}, Skipped: append([]corpus.Skipped{}, read.Skipped...),
		Notes: append([]string{}, read.Notes...), Guesses: []surveyedGuess{}, Targets: file, Names: survey.Names(read.Documents, set),
	}
	dates, guesses := map[string][]string{}, map[string]int{}
	for _, d := range read.Documents {
		dates[d.Source] = append(dates[d.Source], d.Date)
		if d.Date != "" {
			s.Dated++
		}
		for _, b := range d.Blocks {
			s.Words += len(strings.Fields(d.Text[b.Start:b.End]))
		}
		for _, n := range d.Notes {
			guesses[n]++
		}
	}
	for note, n := range guesses {
		s.Guesses = append(s.Guesses, surveyedGuess{note, n})
	}
	slices.SortFunc(s.Guesses, func(a, b surveyedGuess) int {
		if a.Documents != b.Documents {
			return b.Documents - a.Documents
		}
		return strings.Compare(a.Note, b.Note)
	})
	for _, source := range read.Sources {
		s.Sources = append(s.Sources, surveyedSource{source.ID, source.Outlet, len(source.Documents), span(dates[source.ID])})
	}
	for _, skipped := range read.Skipped {
		if language, ok := strings.CutPrefix(skipped.Reason, "looks like "); ok {
			s.Languages[strings.TrimSuffix(language, ", not English")]++
		}
	}
	for _, cluster := range corpus.Copies(read.Documents) {
		s.Copies.Paragraphs++
		s.Copies.Places += len(cluster.Passages)
		if slices.ContainsFunc(cluster.Passages, func(p corpus.Passage) bool { return p.Source != cluster.Passages[0].Source }) {
			s.Copies.Sources++
		}
	}
	if c.format == asJSON {
		enc := json.NewEncoder(e.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(s)
	}
	e.printSurvey(s)
	return nil
}

// Lines of a list that are printed; the JSON has all.
const (
	maxListed = 20
	maxNames  = 30
)

func (e *env) printSurvey(s surveyed) {
	w := e.stdout
	fmt.Fprintf(w, "%s, %s, %s\n", e.style.bold(counted(s.Documents, "article")), counted(s.Words, "word"), counted(len(s.Sources), "source"))
	if n := s.Documents - s.Dated; n > 0 {
		fmt.Fprintf(w, "No date is known of %d.\n", n)
	}
	width := 0
	for _, source := range s.Sources[:min(len(s.Sources), maxListed)] {
		width = max(width, uniseg.StringWidth(source.ID))
	}
	fmt.Fprintf(w, "\n%s\n", e.style.bold("Sources"))
	for _, source := range s.Sources[:min(len(s.Sources), maxListed)] {
		line := fmt.Sprintf("  %s %6d  %s", pad(source.ID, width), source.Documents, source.Dates)
		if source.Outlet != "" && source.Outlet != source.ID {
			line += "  " + source.Outlet
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
	}
	more(w, len(s.Sources), maxListed)

	if s.Copies.Paragraphs > 0 {
		fmt.Fprintf(w, "\n%s\n  %s in %d places, %d of them in several sources (see --wire of compare)\n",
			e.style.bold("Copies"), counted(s.Copies.Paragraphs, "paragraph"), s.Copies.Places, s.Copies.Sources)
	}
	if len(s.Skipped) > 0 {
		fmt.Fprintf(w, "\n%s\n", e.style.bold(fmt.Sprintf("Skipped: %d", len(s.Skipped))))
		for _, skipped := range s.Skipped[:min(len(s.Skipped), maxListed)] {
			fmt.Fprintf(w, "  %s: %s\n", skipped.Place(), skipped.Reason)
		}
		more(w, len(s.Skipped), maxListed)
	}
	if len(s.Notes)+len(s.Guesses) > 0 {
		fmt.Fprintf(w, "\n%s\n", e.style.bold("Read with care"))
		for _, n := range s.Notes {
			fmt.Fprintf(w, "  %s\n", wrap(n, "  "))
		}
		for _, g := range s.Guesses[:min(len(s.Guesses), maxListed)] {
			fmt.Fprintf(w, "  %s: %s\n", counted(g.Documents, "article"), wrap(g.Note, "  "))
		}
		more(w, len(s.Guesses), maxListed)
	}

	fmt.Fprintf(w, "\n%s\n", e.style.bold("Who is mentioned"))
	fmt.Fprintf(w, "%s\n", wrap("Capitalised names in running text: how often, in how many articles, and whose mention they are among "+targetsOf(s.Targets)+"; - for none.", ""))
	width = 0
	for _, n := range s.Names[:min(len(s.Names), maxNames)] {
		width = max(width, uniseg.StringWidth(n.Name))
	}
	missed := ""
	for i, n := range s.Names {
		if missed == "" && n.Target == "" && n.Count > 1 {
			missed = n.Name
		}
		if i >= maxNames {
			continue
		}
		whose := n.Target
		if whose == "" {
			whose = "-"
		}
		line := fmt.Sprintf("  %s %6d %6d  %s", pad(n.Name, width), n.Count, n.Documents, whose)
		if len(n.Forms) > 0 {
			line += "  (also " + strings.Join(n.Forms, ", ") + ")"
		}
		fmt.Fprintln(w, line)
	}
	more(w, len(s.Names), maxNames)
	if missed != "" {
		fmt.Fprintf(w, "\nTo compare what is said of one of them: --target %q\n", missed)
	}
}

// more says how much of a list is not printed.
func more(w io.Writer, n, shown int) {
	if n > shown {
		fmt.Fprintf(w, "  … and %d more, which --format json lists\n", n-shown)
	}
}
