// Package learn makes the learned lexicon, lexicon/data/window.bin:
//
//  1. read.go reads sentences with what a contextual model, or readers, say of a
//     target in each.
//  2. construct.go makes short sentences of the entries of the hand-made tables,
//     for constructions that news has too rarely.
//  3. vocabulary.go chooses the words.
//  4. trainer.go fits the table, one sentence after another.
//  5. train.go does all of it, once for each fold to measure and once for the
//     table, which it rounds to integers.
//
// Nothing here runs when the program scores.
package learn
