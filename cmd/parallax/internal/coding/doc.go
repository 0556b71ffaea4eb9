// Package coding lets people judge what the program judged, and holds the two
// against each other.
//
//   - Pool gathers the scored sentences; Draw draws a stratified sample of them.
//   - A sample is written as a sheet, CSV for a spreadsheet that tells neither
//     source nor score, and a key, JSON that says what each row is.
//   - Each coder fills in a copy of the sheet; Sheet reads one back.
//   - Compare tells how far coders agree with each other and with the program,
//     and what the shares of the classes are once the program's errors, as the
//     coders show them, are taken out.
package coding
