// Package report says what a comparison found: as a document tree that is
// printed as Markdown and as HTML, as findings in plain sentences, and as data
// files.
//
// [Build] turns an [Input] into a [Document]. [Markdown] and [HTML] print it.
// [Findings] and [Headline] are the sentences that the numbers carry, for
// whoever else wants to print them. [WriteAll] writes everything into a
// folder, whole or not at all.
//
// Nothing is computed here: every number is read from the result, and every
// estimate passes through [Tone] or [Difference], which print the interval
// with it and mark what the data do not carry with "~" and the reason.
package report
