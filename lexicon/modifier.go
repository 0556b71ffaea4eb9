package lexicon

// ModifierKind is what a modifier does to the words in its reach.
type ModifierKind uint8

// Kinds of modifiers.
const (
	Negator     ModifierKind = iota + 1 // turns: not, never, far from
	Intensifier                         // strengthens: very, deeply
	Diminisher                          // weakens: somewhat, a little
	Contrast                            // sets one clause against another: but, despite
	Hedge                               // leaves open whether it is so: allegedly, may
)

var kindNames = [...]string{
	Negator: "negator", Intensifier: "intensifier", Diminisher: "diminisher", Contrast: "contrast", Hedge: "hedge",
}

// String returns the name used in the tables, "negator" for Negator and so on;
// "" for anything else.
func (k ModifierKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// kindRange is the factors that a kind may have, both ends included. A negated
// judgement is weaker than its opposite ("not good" is not yet "bad"), hence a
// floor of -1; nothing more than doubles a word; and what weakens a word leaves
// some of it.
var kindRange = [...][2]float64{
	Negator: {-1, 0}, Intensifier: {1, 2}, Diminisher: {0.1, 1}, Contrast: {0.1, 2}, Hedge: {0.1, 1},
}

// Modifier is a word or phrase that changes what others carry.
//
// An intensifier with factor 1 changes nothing: it is there so that a longer
// term keeps a shorter one from matching ("not only" is no negation).
type Modifier struct {
	Term   string
	Kind   ModifierKind
	Factor float64 // what it reaches is multiplied by this; see the table for where factors come from
	// Before says that the factor is for what precedes the modifier ("but"
	// weakens what it answers), rather than what follows it.
	Before bool
	// Verb says that the modifier is a verb, which turns what it governs
	// ("refused to help").
	Verb bool
	File string
	Line int
}

// Stances of a reporting term: what the one who reports lets on about whether
// what is said is so.
const (
	StanceNeutral  = "neutral"  // said, told
	StancePositive = "positive" // confirmed, pointed out: taken as so
	StanceNegative = "negative" // admitted, ranted: the speaker is cast badly
	StanceDoubt    = "doubt"    // claimed, alleged: left open, or doubted
)

// Reporting is a word or phrase that reports what somebody said or thinks.
type Reporting struct {
	Term   string
	POS    POS // Verb: the holder is its subject; Noun: the holder owns it; Phrase: see HolderAfter
	Stance string
	// HolderAfter says that the holder follows ("according to X") rather than
	// goes before ("X said").
	HolderAfter bool
	File        string
	Line        int
}
