package framing

import (
	"strings"

	"parallax/analysis/language"
	"parallax/lexicon"
)

// Form is what the learned lexicon sees of a token of a sentence.
type Form struct {
	Text  string // for look-ups
	Kind  FormKind
	Upper bool // a capital that tells nothing
	Token int  // index; the first of a mention or of a name
}

// FormKind is the kind of a [Form].
type FormKind uint8

const (
	FormWord   FormKind = iota
	FormMark            // of punctuation
	FormNumber          // any number
	FormName            // a name of somebody else, however many words it has
	FormTarget          // a mention of the target, however many words it has
)

// Forms returns what the learned lexicon sees of a sentence. own reports which
// tokens are part of a mention of the target. A mention and a name are one form
// each and their words are not seen, so that who is named cannot matter.
//
// A name is a word with a capital that tells something: not the first of a
// sentence or behind a quotation mark, a colon or a bracket, nor in a title that
// capitalises all of its longer words.
func Forms(toks []language.Token, own []bool) []Form {
	out := make([]Form, 0, len(toks))
	plain := language.Capitals(toks) || titled(toks)
	begins := true
	for i := range toks {
		t := &toks[i]
		f := Form{Text: t.Norm, Token: i}
		switch {
		case own[i]:
			f.Kind = FormTarget
		case t.Kind == language.Number:
			f.Kind = FormNumber
		case t.Kind != language.Word:
			f.Kind = FormMark
		case t.Norm != "i" && t.Upper() && !stressed(t):
			if f.Upper = true; !plain && !begins {
				f.Kind = FormName
			}
		}
		begins = f.Kind == FormMark && (t.Kind == language.Quote || strings.Contains(".:!?([-–—*•", t.Norm[:1]))
		if n := len(out); n > 0 && out[n-1].Kind == f.Kind && f.Kind >= FormName {
			continue
		}
		out = append(out, f)
	}
	return out
}

// stressed reports whether a token is a function word in capitals, as in "is NOT".
// "US" is a country.
func stressed(t *language.Token) bool {
	return len(t.Text) > 1 && lexicon.Function()[t.Norm] && t.Norm != "us" && strings.ToUpper(t.Text) == t.Text
}

// titled reports whether a sentence capitalises all of its longer words, three at
// least, as titles do. Shorter words are left small there. One small word is
// enough to say no: a sentence of names and a verb is not a title.
func titled(toks []language.Token) bool {
	upper := 0
	for i := range toks {
		if t := &toks[i]; t.Kind == language.Word && len(t.Text) >= 4 {
			if !t.Upper() {
				return false
			}
			upper++
		}
	}
	return upper > 2
}

// NoTarget is the place of the words of a sentence that is asked about nobody.
const NoTarget = lexicon.WindowPlaces - 1

// Encode returns the id and the place of each form. The place of a word is that
// to the nearest mention of the target: 0 in the mention itself, else by side,
// by one of six distances (1, 2, 3, 4 or 5, 6 to 9, more), and by how many
// borders of clauses are between (0, 1, more).
func Encode(w *lexicon.Window, forms []Form, ids []uint16, places []uint8) ([]uint16, []uint8) {
	ids = ids[:0]
	for i := range forms {
		ids = append(ids, ID(&forms[i], w.ID))
	}
	return ids, Places(forms, places[:0])
}

// ID returns the id of a form; of returns that of a word or mark, 0 where it has
// none.
func ID(f *Form, of func(string) uint16) uint16 {
	switch f.Kind {
	case FormTarget:
		return lexicon.WindowTarget
	case FormName:
		return lexicon.WindowName
	case FormNumber:
		return lexicon.WindowNumber
	}
	if id := of(f.Text); id != 0 {
		return id
	}
	switch {
	case f.Kind == FormMark:
		return lexicon.WindowMark
	case f.Upper:
		return lexicon.WindowName
	}
	return lexicon.WindowUnknown
}

// Places appends the place of each form.
func Places(forms []Form, places []uint8) []uint8 {
	count := make([]int, len(forms)) // borders up to and with each form
	next, borders := -1, 0           // the nearest mention behind
	for i := range forms {
		if border(&forms[i]) {
			borders++
		}
		count[i] = borders
	}
	last := -1
	for i := range forms {
		if next < i {
			for next = i; next < len(forms) && forms[next].Kind != FormTarget; {
				next++
			}
		}
		at, side := last, uint8(1+distances*clauses)
		if next < len(forms) && (last < 0 || next-i < i-last) {
			at, side = next, 1
		}
		switch {
		case at < 0:
			places = append(places, NoTarget)
		case next == i:
			places = append(places, 0)
			last = i
		default:
			steps := min(clauses-1, max(count[i]-count[at], count[at]-count[i]))
			places = append(places, side+distance(max(i-at, at-i))*clauses+uint8(steps))
		}
	}
	return places
}

const (
	distances = 6
	clauses   = 3
)

// distance returns which of the distances d words are.
func distance(d int) uint8 {
	switch {
	case d <= 3:
		return uint8(d - 1)
	case d <= 5:
		return 3
	case d <= 9:
		return 4
	}
	return 5
}

// Near reports whether a place is in the target's clause.
func Near(place uint8) bool { return place == 0 || place != NoTarget && (place-1)%clauses == 0 }

// border reports whether a form ends a clause, roughly.
func border(f *Form) bool {
	return (f.Kind == FormMark || f.Kind == FormWord) && borders[f.Text]
}

// borders are the words and marks that clauses end with or begin with.
var borders = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`, ; : ( ) . ! ? " – — - -- and but or while although because who which that when after before if as where`) {
		out[w] = true
	}
	return out
}()
