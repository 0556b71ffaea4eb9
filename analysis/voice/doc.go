// Package voice tells who speaks a stretch of text: the author, or somebody
// quoted, directly or in reported speech, and if so who.
//
// Attribute works in four steps. Quotation marks are paired within each
// paragraph. What the layout gives to a speaker is his: behind a label ("PRUETT:
// It is late"), behind a line that announces a statement, before a dash and a
// name. Then the document is read from its beginning: each quotation gets
// its speaker from the verb of saying beside it, or from the speaker before it,
// and each clause that depends on a verb of saying, believing or judging ("said
// that", "Z, X said", "according to", "accused Y of", "listed by Z as", "on the
// grounds that") gets the subject of that verb. Last, each token is given to the
// innermost of those who speak it.
//
// What somebody plans, promises, hopes, asks for or refuses ("pledged to", "vowed
// that he would", "demanded that") is a deed that the author tells, and so is what
// a speaker does: "Kim said" says of Kim nothing that Kim says. "I think" and "nobody
// could say" leave what follows to the author. In quotation marks it is the
// speaker's all the same.
//
// Speakers are found by word order first and by the parse second. A speaker is
// resolved to a target where a mention of it speaks as such ("US officials",
// "Seoul's ministry"), to a name where one begins the phrase or somebody private
// speaks ("Anna Berg, a former US diplomat"), or to "other" ("South Korean
// analysts"). A pronoun, and a bare "the report", are the speaker before,
// or the subject of a sentence in between.
package voice

// Kind is the kind of a quoted stretch.
type Kind string

const (
	Direct   Kind = "direct"   // between quotation marks
	Reported Kind = "reported" // indirect speech
	Scare    Kind = "scare"    // a word or two in quotation marks that nobody is said to have said
)

// Other is the holder of a voice that is neither a target nor has a name.
const Other = "other"

// Span is a stretch of a sentence in one voice other than the author's.
type Span struct {
	Sentence    int // index of the sentence
	First, Last int // token indices, inclusive
	Kind        Kind
	Holder      string // a target's id, a name, or Other; "" for a scare quote
	Cue         int    // index of the token of saying in that sentence, -1 where there is none
}
