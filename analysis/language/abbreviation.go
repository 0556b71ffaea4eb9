package language

import "parallax/lexicon"

// Classes of words that decide where a sentence ends; lexicon/data/classes.txt
// says what each is.
var (
	abbreviations = lexicon.Class("abbreviations")
	beforeNames   = lexicon.Class("before names")
	beforeNumbers = lexicon.Class("before numbers")
	capitalised   = lexicon.Class("capitalised")
	clockWords    = lexicon.Class("clock words")
	starters      = lexicon.Class("starters")
	asks          = lexicon.Class("asks")
	whenWords     = lexicon.Class("when")
	stateOrgans   = lexicon.Class("state organs")
	finiteVerbs   = lexicon.Class("finite")
)

// longestAbbreviation is the length of the longest of them in bytes.
const longestAbbreviation = 6
