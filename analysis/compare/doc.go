// Package compare turns observations into estimates: the tone of each source
// towards each target, how sure that is, and which differences the data carry.
//
//  1. An [Accumulator] takes observations, in any order and on any number of
//     machines. It holds sums of integers, in bounded room for a cell, so that
//     whatever way a corpus is split and merged again, the same bytes come out,
//     from [Accumulator.MarshalBinary] as from the result.
//  2. [Accumulator.Result] gathers the sums into clusters: the sentences of one
//     document, or of one paragraph where a source has a single document.
//     Sentences of one text are not independent; clusters nearly are.
//  3. Each [Cell] gets its mean and a bootstrap interval over its clusters, how
//     much its sentences resemble each other, the smallest difference that it
//     could tell, and an estimate to rank by, drawn towards those of the other
//     sources.
//  4. An [Omnibus] test asks whether sources differ at all over a target; then
//     each pair of sources gets a [Contrast]: difference, interval, permutation
//     test over clusters, correction for the number of pairs, effect sizes. So
//     do each source and the rest, its own voice and those it quotes, its
//     targets, and what it wrote before and since a date.
//  5. What the data do not carry says so, and says what would be needed.
//  6. [Topics] adjusts tones for what sources write about; a [Reference] gives them
//     another zero.
//  7. [Attention] estimates and tests, alike, how much sources speak of targets,
//     where, and whom they quote.
//
// A [Multiverse] repeats 3 and 4 under many specifications of the same analysis and
// gives the [Curves] of what comes of it.
//
// [Calibrate] holds all that against simulated sources whose truth is known.
// [Spearman] and [Kappa] say how far two scorers of the same sentences agree.
package compare
