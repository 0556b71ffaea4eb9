package analysis

import (
	"slices"

	"parallax/analysis/target"
)

// Options change what an Analyzer counts. The zero value is how New makes it.
type Options struct {
	Mentions Mentions // which mentions are scored; AllMentions unless it is one of the others
}

// Mentions says which kinds of mentions are scored. The others still show who
// a pronoun means and who speaks; they make no observations, and nothing is
// said about them.
type Mentions string

// Kinds of mentions that are scored, each with those of the one before.
const (
	NameMentions    Mentions = "names"    // names, aliases, demonyms, metonyms and leaders
	NominalMentions Mentions = "nominals" // and descriptions: "the regime", "both sides"
	AllMentions     Mentions = "all"      // and pronouns
)

// With returns an analyzer like a that follows the options.
func (a *Analyzer) With(o Options) *Analyzer {
	b := *a
	b.options = o
	return &b
}

// count returns those of the mentions that are scored.
func (m Mentions) count(all []target.Mention) []target.Mention {
	var drop []target.Kind
	switch m {
	case NameMentions:
		drop = []target.Kind{target.Nominal, target.Pronoun}
	case NominalMentions:
		drop = []target.Kind{target.Pronoun}
	default:
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(x target.Mention) bool { return slices.Contains(drop, x.Kind) })
}
