package language

import "strings"

// What an abbreviation's point says about the end of the sentence.
const (
	mayEnd       = 1 // may end it: "in the U.S. The", "Apple Inc. said"
	beforeName   = 2 // never does, as a name follows: "Mr. Kim"
	beforeNumber = 3 // is an abbreviation's only before a number, and never ends it: "No. 2"
)

// abbreviations maps abbreviations without their last point to what it says.
// Abbreviations of single letters with points (U.S., a.m.) are found by shape.
var abbreviations = map[string]int{
	"mr": beforeName, "mrs": beforeName, "ms": beforeName, "dr": beforeName, "prof": beforeName,
	"gen": beforeName, "col": beforeName, "lt": beforeName, "maj": beforeName, "capt": beforeName, "cmdr": beforeName,
	"sgt": beforeName, "adm": beforeName, "brig": beforeName, "cpl": beforeName, "pvt": beforeName,
	"sen": beforeName, "sens": beforeName, "rep": beforeName, "reps": beforeName, "gov": beforeName, "govs": beforeName,
	"pres": beforeName, "amb": beforeName, "atty": beforeName, "insp": beforeName, "supt": beforeName,
	"rev": beforeName, "hon": beforeName, "st": beforeName, "mt": beforeName, "ft": beforeName, "messrs": beforeName, "mme": beforeName,
	"mses": beforeName, "rt": beforeName, "fr": beforeName, "spc": beforeName, "pfc": beforeName, "asst": beforeName,
	"vs": beforeName, "v": beforeName, "cf": beforeName, "e.g": beforeName, "i.e": beforeName, "approx": beforeName, "ca": beforeName,
	"no": beforeNumber, "nos": beforeNumber, "fig": beforeNumber, "figs": beforeNumber, "vol": beforeNumber, "pp": beforeNumber,
	"art": beforeNumber, "sec": beforeNumber, "ch": beforeNumber, "p": beforeNumber, "para": beforeNumber, "paras": beforeNumber,
	"jan": mayEnd, "feb": mayEnd, "mar": mayEnd, "apr": mayEnd, "jun": mayEnd, "jul": mayEnd,
	"aug": mayEnd, "sep": mayEnd, "sept": mayEnd, "oct": mayEnd, "nov": mayEnd, "dec": mayEnd,
	"mon": mayEnd, "tue": mayEnd, "tues": mayEnd, "wed": mayEnd, "thu": mayEnd, "thur": mayEnd, "thurs": mayEnd, "fri": mayEnd,
	"inc": mayEnd, "ltd": mayEnd, "corp": mayEnd, "co": mayEnd, "bros": mayEnd, "mfg": mayEnd, "plc": mayEnd, "jr": mayEnd, "sr": mayEnd,
	"etc": mayEnd, "al": mayEnd, "dept": mayEnd, "univ": mayEnd, "assn": mayEnd, "ave": mayEnd, "blvd": mayEnd,
	"calif": mayEnd, "fla": mayEnd, "conn": mayEnd, "mass": mayEnd, "mich": mayEnd, "minn": mayEnd, "tenn": mayEnd,
	"va": mayEnd, "wash": mayEnd, "ariz": mayEnd, "colo": mayEnd, "ill": mayEnd, "pa": mayEnd, "okla": mayEnd, "tex": mayEnd,
	"sq": mayEnd, "km": mayEnd, "min": mayEnd,
}

// longestAbbreviation is the length of the longest of them in bytes.
const longestAbbreviation = 6

// capitalised abbreviations are words, or more often words, when written small.
var capitalised = words(`mar jun mon wed dec gen col rep reps rev hon mass wash ill pa va co st pres tex conn fla sun min ch ca ave km`)

// clockWords go on after the time of day: "9 p.m. Eastern", "6 a.m. Monday".
var clockWords = words(`eastern central pacific mountain local korean korea seoul tokyo gmt utc est edt et cst cdt pst pdt kst jst bst cet
	monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
	jan. feb. mar. apr. aug. sept. oct. nov. dec. mon. tue. wed. thu. fri. sat. sun.`)

// starters are words that, written with a capital behind an abbreviation,
// begin a sentence rather than continue a name.
var starters = words(`the a an this that these those it its he she his her they their we our i you your there here
	in on at by for from with to of as if when while although though after before since because during despite under over
	but and or so yet however meanwhile instead moreover also still then now today yesterday tomorrow what who why how where which whether
	some many most several all both each every one two no not more according such other another it's he's last next earlier later
	nobody everybody everyone someone anyone none nothing something everything afterwards perhaps maybe once only even just such`)

// asks are verbs of saying that follow a quoted question and its speaker.
var asks = words(`asked said wrote added tweeted says asks shouted cried demanded wondered joked replied answered declared exclaimed insisted told`)

func words(s string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}
