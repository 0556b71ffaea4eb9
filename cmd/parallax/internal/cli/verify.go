package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"parallax/analysis"
	"parallax/analysis/corpus"
	"parallax/analysis/target"
	"parallax/lexicon"
	"parallax/report"
)

// errDiffers says that a pack does not hold.
var errDiffers = errors.New("the pack does not hold")

// errIncomplete says that a pack holds as far as its articles are there.
var errIncomplete = errors.New("cannot be verified as a whole")

func newVerify(e *env) *cobra.Command {
	part := false
	cmd := &cobra.Command{
		Use:   "verify PACK PATH...",
		Short: "Hold a published pack against the articles",
		Long: "Verify finds the articles of a pack among those at PATH by their SHA-256, scores them\n" +
			"anew with the pack's targets and options, and says whether every sentence's scores\n" +
			"and, where all articles are there, every cell and contrast are those of the pack.\n" +
			"It exits with status 3 where they are not, where articles are missing, or where they\n" +
			"do not say the same titles, authors, dates, outlets and sources. What the files are\n" +
			"called, what was skipped, and tones against a reference are not looked at.",
		Example: "  parallax verify pack.zip articles/",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usage(cmd, errors.New("name a pack, and the articles to hold it against"))
			}
			return e.verify(cmd.Context(), args[0], args[1:], part)
		},
	}
	cmd.Flags().BoolVar(&part, "part", false, "take a part of the articles for enough")
	return cmd
}

// verify holds a pack against articles.
func (e *env) verify(ctx context.Context, file string, paths []string, part bool) (err error) {
	f, err := os.Open(file)
	if err != nil {
		return &usageError{err: err}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	pack, err := report.OpenPack(f, info.Size())
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	set, err := target.Parse("targets.yaml", pack.Targets)
	if err != nil {
		return fmt.Errorf("%s: %w", file, oneLine(err))
	}

	v := verification{manifest: pack.Manifest}
	c := v.config(paths, set)
	if err := c.validateComparison(); err != nil {
		return fmt.Errorf("%s: its options cannot be used: %w", file, err)
	}
	var bar *progress
	if e.interactive {
		bar = newProgress(e.stderr, len(paths))
		defer bar.end()
	}
	in, err := e.comparison(ctx, c, bar)
	if err != nil && !v.begun && ctx.Err() == nil {
		// A sources.yaml that is of no use here, as where it lists what is elsewhere.
		c.unlisted = true
		in, err = e.comparison(ctx, c, bar)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Ledger.Close()) }()
	if err := v.observations(pack, in); err != nil {
		return err
	}
	if v.whole() {
		if err := v.scores(pack.Scores, in); err != nil {
			return err
		}
	}
	bar.end()
	if err := v.print(e, file); err != nil || part {
		return err
	}
	switch {
	case v.whole() && len(v.words) == 0:
		return nil
	case v.whole():
		return fmt.Errorf("%s %w: the articles do not say the same of %s (--part takes the pack's word for it)", file, errIncomplete, some(v.words))
	}
	return fmt.Errorf("%s %w: %s of its %d documents not among the articles, or changed (--part takes the others for enough)",
		file, errIncomplete, strconv.Itoa(len(v.missing)), len(v.manifest.Inputs))
}

// verification is what is found of a pack.
type verification struct {
	manifest report.Manifest
	begun    bool     // the articles could be read
	words    []string // what the pack alone says: "the title of x"
	missing  []string // documents of the pack that are not among the articles
	others   int      // articles that are not the pack's

	same, differing int      // observations
	lists           []string // of scores.json, that are the same: "45 cells"
	complaints      []string // what differs, the first of each kind
}

func (v *verification) whole() bool { return len(v.missing) == 0 }

// config is the comparison that the manifest tells of.
func (v *verification) config(paths []string, set *target.Set) compareConfig {
	o := v.manifest.Options
	return compareConfig{
		paths: paths, set: set, fields: readFields(o["map"]), by: o["by"], voice: o["voice"], kinds: o["mentions"], wire: o["wire"],
		split: o["split-date"], seed: v.manifest.Seed, alone: true, undrawn: true, recast: v.recast,
	}
}

// recast keeps of a corpus what the pack was made of, in its order, and with what
// it knew of each document.
func (v *verification) recast(c *corpus.Corpus) error {
	v.begun = true
	at := map[string][]corpus.Document{} // by digest
	for _, d := range c.Documents {
		at[d.SHA256] = append(at[d.SHA256], d)
	}
	all := len(c.Documents)
	c.Documents, c.Sources, c.Skipped = nil, nil, nil
	place := map[string]int{}
	for _, f := range v.manifest.Inputs {
		found := at[f.SHA256]
		if len(found) == 0 {
			v.missing = append(v.missing, f.Document)
			continue
		}
		at[f.SHA256] = found[1:]
		for _, of := range []struct{ what, is, told string }{
			{"title", found[0].Title, f.Title}, {"author", found[0].Author, f.Author}, {"date", found[0].Date, f.Date},
			{"outlet", found[0].Outlet, f.Outlet}, {"source", found[0].Source, f.Source},
		} {
			if of.is != of.told {
				v.words = append(v.words, "the "+of.what+" of "+f.Document)
			}
		}
		d := found[0].With(corpus.Document{ID: f.Document, Source: f.Source, Outlet: f.Outlet, Title: f.Title, Author: f.Author, Date: f.Date})
		c.Documents = append(c.Documents, d)
		k, ok := place[d.Source]
		if !ok {
			k = len(c.Sources)
			place[d.Source] = k
			c.Sources = append(c.Sources, corpus.Source{ID: d.Source, Name: d.Source, Outlet: d.Outlet})
		}
		c.Sources[k].Documents = append(c.Sources[k].Documents, d.ID)
	}
	v.others = all - len(c.Documents)
	switch {
	case len(c.Documents) == 0:
		return fmt.Errorf("none of the %s of the pack is among the articles: a file counts only where its SHA-256 is the same", counted(len(v.manifest.Inputs), "document"))
	case !v.whole() && v.manifest.Options["wire"] != string(corpus.WireAll):
		return fmt.Errorf("%s of the pack are missing, and what counts of the others hangs on them (--wire %s): %s",
			counted(len(v.missing), "document"), v.manifest.Options["wire"], some(v.missing))
	}
	return nil
}

// observations holds the ledger of the pack against the one made anew. Both are
// in the order of the pack's documents.
func (v *verification) observations(pack *report.OpenedPack, in report.Input) error {
	fresh := map[string][]report.Packed{} // by document
	if err := in.EachObservation(func(o *analysis.Observation) error {
		fresh[o.Document] = append(fresh[o.Document], report.Pack(*o))
		return nil
	}); err != nil {
		return err
	}
	gone := map[string]bool{}
	for _, id := range v.missing {
		gone[id] = true
	}
	err := pack.Each(func(line []byte, old report.Packed) error {
		if gone[old.Document] {
			return nil
		}
		list := fresh[old.Document]
		k := slices.IndexFunc(list, func(n report.Packed) bool { return n.Start == old.Start && n.Target == old.Target })
		if k < 0 {
			v.differ("%s, byte %d, %s: in the pack, and not found anew", old.Document, old.Start, old.Target)
			return nil
		}
		again, err := json.Marshal(list[k])
		if err != nil {
			return err
		}
		// Sentences come in order: what was passed over has no line in the pack.
		for _, n := range list[:k] {
			v.differ("%s, byte %d, %s: found anew, and not in the pack", n.Document, n.Start, n.Target)
		}
		fresh[old.Document] = list[k+1:]
		switch {
		case bytes.Equal(again, line):
			v.same++
		case list[k].SHA256 != old.SHA256:
			v.differ("%s, byte %d, %s: another sentence", old.Document, old.Start, old.Target)
		case old.Tone != list[k].Tone:
			v.differ("%s, byte %d, %s: tone %+.4f in the pack, %+.4f anew", old.Document, old.Start, old.Target, old.Tone, list[k].Tone)
		default:
			v.differ("%s, byte %d, %s: the same tone, and another %s", old.Document, old.Start, old.Target, strings.Join(otherFields(line, again), ", "))
		}
		return nil
	})
	for _, f := range v.manifest.Inputs {
		for _, n := range fresh[f.Document] {
			v.differ("%s, byte %d, %s: found anew, and not in the pack", n.Document, n.Start, n.Target)
		}
	}
	return err
}

func (v *verification) differ(format string, args ...any) {
	v.differing++
	v.complain(format, args...)
}

// otherFields names the fields of two JSON objects that are not the same.
func otherFields(a, b []byte) []string {
	var x, y map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(a, &x), json.Unmarshal(b, &y)); err != nil {
		return []string{"form"}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(x)) {
		if !bytes.Equal(x[name], y[name]) {
			out = append(out, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(y)) {
		if _, ok := x[name]; !ok {
			out = append(out, name)
		}
	}
	return out
}

// told is how many differences are printed.
const told = 10

func (v *verification) complain(format string, args ...any) {
	if len(v.complaints) < told {
		v.complaints = append(v.complaints, fmt.Sprintf(format, args...))
	}
}

// unheld are the parts of scores.json that the articles say nothing of: what was
// not read, and another comparison's tones. The manifest is looked at by itself.
var unheld = []string{"schema", "manifest", "skipped", "reference"}

// scores holds scores.json against the one made anew.
func (v *verification) scores(old []byte, in report.Input) error {
	var b bytes.Buffer
	if err := report.WriteScores(&b, in); err != nil {
		return err
	}
	var before, now map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(old, &before), json.Unmarshal(b.Bytes(), &now)); err != nil {
		return err
	}
	if err := v.manifests(before["manifest"], now["manifest"]); err != nil {
		return err
	}
	for _, name := range v.common("", before, now, unheld...) {
		a, b := listOf(before[name]), listOf(now[name])
		differing, err := unlike(a, b)
		if err != nil {
			return fmt.Errorf("%s in the pack: %w", name, err)
		}
		if differing > 0 {
			v.complain("%s: %d of %d are not the same", name, differing, max(len(a), len(b)))
			continue
		}
		if len(a) > 0 {
			v.lists = append(v.lists, fmt.Sprintf("%s (%d)", name, len(a)))
		}
	}
	return nil
}

// common are the names that two objects have, but for some, and complains of those
// that only one has.
func (v *verification) common(where string, before, now map[string]json.RawMessage, but ...string) (names []string) {
	all := maps.Clone(before)
	maps.Copy(all, now)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		_, was := before[name]
		_, is := now[name]
		switch {
		case slices.Contains(but, name):
		case !is:
			v.complain("%s%s: in the pack, and not made anew", where, name)
		case !was:
			v.complain("%s%s: made anew, and not in the pack", where, name)
		default:
			names = append(names, name)
		}
	}
	return names
}

// manifests holds the manifest against one made anew, but for what the files are
// called, the version of the program, and options that the scores do not hang on.
func (v *verification) manifests(old, fresh json.RawMessage) error {
	but := []string{"version", "inputs", "options"}
	if v.otherTables() {
		but = append(but, "lexicon", "lexicon_digest", "weights", "weights_digest")
	}
	if err := v.sameValues("manifest: ", old, fresh, but...); err != nil {
		return err
	}
	type part struct {
		Options json.RawMessage   `json:"options"`
		Inputs  []json.RawMessage `json:"inputs"`
	}
	var before, now part
	if err := errors.Join(json.Unmarshal(old, &before), json.Unmarshal(fresh, &now)); err != nil {
		return err
	}
	err := v.sameValues("manifest, options: ", before.Options, now.Options, "targets", "second-opinion", "reference")
	for i := range now.Inputs { // as many as before: all documents are here
		err = errors.Join(err, v.sameValues(fmt.Sprintf("manifest, %s: ", v.manifest.Inputs[i].Document), before.Inputs[i], now.Inputs[i], "path"))
	}
	return err
}

// sameValues complains of what is not the same in two objects, but for some names.
func (v *verification) sameValues(where string, old, fresh json.RawMessage, but ...string) error {
	var before, now map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(old, &before), json.Unmarshal(fresh, &now)); err != nil {
		return err
	}
	for _, name := range v.common(where, before, now, but...) {
		if differing, err := unlike([]json.RawMessage{before[name]}, []json.RawMessage{now[name]}); err != nil || differing > 0 {
			v.complain("%s%s: %s in the pack, %s anew", where, name, before[name], now[name])
		}
	}
	return nil
}

// otherTables reports whether the pack was made with other tables than these.
func (v *verification) otherTables() bool {
	return v.manifest.LexiconDigest != lexicon.Default().Digest() || v.manifest.WeightsDigest != lexicon.DefaultWindow().Digest()
}

// listOf returns the values of a list, those of all lists of an object, or the
// value itself: what is counted as one.
func listOf(value json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(value, &list) == nil {
		return list
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(value, &object) != nil {
		return []json.RawMessage{value}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		list = append(list, listOf(object[name])...)
	}
	return list
}

// unlike counts the values that only one of two lists has, in whatever order
// and however indented: where a value is another, both sides count as one.
func unlike(a, b []json.RawMessage) (int, error) {
	count := map[string]int{}
	for sign, list := range map[int][]json.RawMessage{1: a, -1: b} {
		for _, value := range list {
			var line bytes.Buffer
			if err := json.Compact(&line, value); err != nil {
				return 0, err
			}
			count[line.String()] += sign
		}
	}
	gone, come := 0, 0
	for _, n := range count {
		gone, come = gone+max(0, n), come+max(0, -n)
	}
	return max(gone, come), nil
}

// print says what was found, and fails where the pack does not hold.
func (v *verification) print(e *env, file string) error {
	m := v.manifest
	fmt.Fprintf(e.stdout, "%s: made by %s %s, lexicon %s\n", file, m.Program, m.Version, m.Lexicon)
	if v.otherTables() {
		fmt.Fprintf(e.stdout, "This program has other tables (lexicon %s): scores may differ for that alone; verify with the version that made the pack.\n", lexicon.Default().Version())
	}
	here := len(m.Inputs) - len(v.missing)
	fmt.Fprintf(e.stdout, "Documents: %d of %d are here, by SHA-256", here, len(m.Inputs))
	if v.others > 0 {
		fmt.Fprintf(e.stdout, "; %s not of the pack left aside", counted(v.others, "article"))
	}
	fmt.Fprintf(e.stdout, ".\nObservations: %d are the same, %d are not.\n", v.same, v.differing)
	switch {
	case !v.whole():
		fmt.Fprintf(e.stdout, "Scores: not looked at, for that needs all documents. Missing: %s.\n", some(v.missing))
	case len(v.lists) > 0:
		fmt.Fprintf(e.stdout, "Scores: the same are %s.\n", strings.Join(v.lists, ", "))
	}
	for _, c := range v.complaints {
		fmt.Fprintf(e.stdout, "  %s\n", c)
	}
	if len(v.complaints) > 0 {
		return fmt.Errorf("%s: %w", file, errDiffers)
	}
	if len(v.words) > 0 {
		fmt.Fprintf(e.stdout, "By the pack's word alone: %s.\n", some(v.words))
	}
	if v.whole() && len(v.words) == 0 {
		fmt.Fprintln(e.stdout, "Verified.")
	} else {
		fmt.Fprintln(e.stdout, "What is here holds.")
	}
	return nil
}

// some lists the first few names.
func some(names []string) string {
	const few = 5
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:few], ", ") + fmt.Sprintf(" and %d more", len(names)-few)
}
