package voice

import "parallax/lexicon"

// Classes of words; lexicon/data/classes.txt says what each is.
var (
	bystanders  = lexicon.Class("bystanders")
	norms       = lexicon.Class("norms")
	papers      = lexicon.Class("papers")
	officials   = lexicon.Class("officials")
	anaphors    = lexicon.Class("anaphors")
	home        = lexicon.Class("home")
	titles      = lexicon.Class("styles")
	inverts     = lexicon.Class("inverts")
	attaches    = lexicon.Class("attaches")
	auxiliaries = lexicon.Class("auxiliaries")
	months      = lexicon.Class("months")
	days        = lexicon.Class("days")
	utters      = lexicon.Class("utters")
	worries     = lexicon.Class("worries")
	intends     = lexicon.Class("intends")
	names       = lexicon.Class("naming")
	shows       = lexicon.Class("shows")
	labels      = lexicon.Class("labels")
)
