// Package language turns the text of an article into tokens, sentences, parts
// of speech and grammatical relations.
//
// Every offset is a byte offset into the original text. Normalising happens
// once, here: tokens are cut from the normal form of a text (Normalise), and
// each keeps its bytes as they came (Text) beside the form that look-ups use
// (Norm), which is the normal one in lower case.
package language
