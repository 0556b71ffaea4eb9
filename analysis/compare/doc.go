// Package compare turns observations into estimates: the tone of each source
// towards each target, how sure that is, and which differences between
// sources the data carry.
//
//  1. An [Accumulator] takes observations, in any order and on any number of
//     machines. It holds sums of integers, so that whatever way a corpus is
//     split and merged again, the same bytes come out.
//  2. [Accumulator.Result] gathers the sums into clusters: the sentences of one
//     document, or of one paragraph where a source has a single document.
//     Sentences of one text are not independent; clusters nearly are.
//  3. Each [Cell] gets its mean and a bootstrap interval over its clusters.
//  4. Each pair of sources gets a [Contrast]: difference, interval, permutation
//     test over clusters, correction for the number of pairs, effect size.
//  5. What the data do not carry says so, and says what would be needed.
//
// [Spearman] and [Kappa] say how far two scorers of the same sentences agree.
package compare
