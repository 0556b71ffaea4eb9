package language

import "strings"

// What an abbreviation's point says about the end of the sentence.
const (
	inside     = 1 // may end a sentence: "in the U.S. The", "Apple Inc. said"
	beforeName = 2 // never does: a name or a number follows, "Mr. Kim", "No. 2"
)

// abbreviations maps abbreviations without their last point to what it says.
// Abbreviations of single letters with points (U.S., a.m.) are found by shape.
var abbreviations = map[string]int{
	"mr": beforeName, "mrs": beforeName, "ms": beforeName, "dr": beforeName, "prof": beforeName,
	"gen": beforeName, "col": beforeName, "lt": beforeName, "maj": beforeName, "capt": beforeName, "cmdr": beforeName,
	"sgt": beforeName, "adm": beforeName, "brig": beforeName, "cpl": beforeName, "pvt": beforeName,
	"sen": beforeName, "rep": beforeName, "gov": beforeName, "pres": beforeName, "amb": beforeName, "atty": beforeName,
	"rev": beforeName, "hon": beforeName, "st": beforeName, "mt": beforeName, "ft": beforeName, "messrs": beforeName,
	"no": beforeName, "nos": beforeName, "fig": beforeName, "vol": beforeName, "pp": beforeName, "art": beforeName, "sec": beforeName,
	"vs": beforeName, "v": beforeName, "cf": beforeName, "e.g": beforeName, "i.e": beforeName, "approx": beforeName,
	"jan": beforeName, "feb": beforeName, "mar": beforeName, "apr": beforeName, "jun": beforeName, "jul": beforeName,
	"aug": beforeName, "sep": beforeName, "sept": beforeName, "oct": beforeName, "nov": beforeName, "dec": beforeName,
	"mon": beforeName, "tue": beforeName, "wed": beforeName, "thu": beforeName, "fri": beforeName,
	"u.s": inside, "u.k": inside, "u.n": inside, "e.u": inside, "d.c": inside, "a.m": inside, "p.m": inside, "u.s.a": inside,
	"inc": inside, "ltd": inside, "corp": inside, "co": inside, "bros": inside, "plc": inside, "jr": inside, "sr": inside,
	"etc": inside, "al": inside, "dept": inside, "univ": inside, "assn": inside, "ph.d": inside, "est": inside,
	"calif": inside, "fla": inside, "conn": inside, "mass": inside, "mich": inside, "minn": inside, "tenn": inside,
	"va": inside, "wash": inside, "ariz": inside, "colo": inside, "ill": inside, "pa": inside, "okla": inside, "tex": inside,
}

// capitalised abbreviations are words when written small: "mar", "art.", "no."
var capitalised = map[string]bool{
	"mar": true, "jun": true, "mon": true, "sat": true, "sun": true, "wed": true, "dec": true, "gen": true, "col": true,
	"art": true, "sec": true, "no": true, "rep": true, "rev": true, "hon": true, "mass": true, "wash": true, "ill": true,
	"pa": true, "va": true, "co": true, "fig": true, "st": true, "pres": true, "tex": true, "al": true, "est": true, "conn": true, "fla": true,
}

// starters are words that, written with a capital behind an abbreviation,
// begin a sentence rather than continue a name.
var starters = words(`the a an this that these those it its he she his her they their we our i you your there here
	in on at by for from with to of as if when while although though after before since because during despite under over
	but and or so yet however meanwhile instead moreover also still then now today yesterday tomorrow what who why how where which whether
	some many most several all both each every one two no not more according such other another it's he's last next earlier later`)

// asks are verbs of saying that follow a quoted question and its speaker.
var asks = words(`asked said wrote added tweeted says asks shouted cried demanded wondered joked replied answered declared exclaimed insisted told`)

func words(s string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}
