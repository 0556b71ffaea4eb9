// Package learn makes the table of learned weights, lexicon/data/weights.bin.gz:
//
//  1. vectors.go chooses the words: those that a dictionary has in small letters
//     and that vectors are at hand for, names of peoples, faiths and parties left
//     out; and marks, numbers and small words, which have no vectors.
//  2. valence.go gives each a valence: a rated one, or one induced from its vector.
//  3. examples.go reads labelled sentences and takes from each, for each target,
//     the features that the scorer sees.
//  4. regression.go fits the weights of one multinomial logistic regression:
//     vectors by slot, valences by slot, words by slot, entries of the hand-made
//     tables by rule (news.go has the columns). states.go fits the few that states
//     have besides.
//  5. own.go fits the second head to rated texts.
//  6. fold.go adds up what the parts say of each word in each slot: the table.
//
// Nothing here runs when the program scores.
package learn
