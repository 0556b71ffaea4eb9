package target

import "parallax/lexicon"

// Classes of words; lexicon/data/classes.txt says what each is. None of them
// names an actor: what means an actor stands in the targets file.
var (
	offices       = lexicon.Class("offices")
	ranks         = lexicon.Class("ranks")
	gone          = lexicon.Class("gone")
	running       = lexicon.Class("running")
	tenure        = lexicon.Class("tenure")
	private       = lexicon.Class("outsiders")
	seats         = lexicon.Class("seats")
	views         = lexicon.Class("views")
	placing       = lexicon.Class("placing")
	places        = lexicon.Class("parts of places")
	sites         = lexicon.Class("sites")
	calendar      = lexicon.Class("calendar")
	titles        = lexicon.Class("titles")
	function      = lexicon.Class("function")
	conjunctions  = lexicon.Class("conjunctions")
	shouted       = lexicon.Class("shouted")
	things        = lexicon.Class("it")
	groups        = lexicon.Class("they")
	men           = lexicon.Class("he")
	women         = lexicon.Class("she")
	speakers      = lexicon.Class("first person")
	bodies        = lexicon.Class("bodies")
	officials     = lexicon.Class("statesmen")
	linking       = lexicon.Class("linking")
	subordinating = lexicon.Class("subordinating")
	starting      = lexicon.Class("starting")
	saying        = lexicon.Class("saying")
	juniors       = lexicon.Class("juniors")
	honours       = lexicon.Class("honours")
	expletive     = lexicon.Class("expletive")
)
