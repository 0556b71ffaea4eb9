// Package language turns the text of an article into tokens, sentences, parts
// of speech and grammatical relations.
//
// Every offset is a byte offset into the original text. Normalising happens
// once, here: a token keeps its bytes as they came (Text) beside the form that
// look-ups use (Norm): lower case, NFC, straight quotes and apostrophes, plain
// hyphens, no soft hyphens and no zero-width characters.
package language
