package corpus

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// monthNames match English month names, whole and shortened. The months that
// German, Spanish and French pages write differently are not read: their
// articles are not English.
const monthNames = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`

var monthNumber = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// A dateForm is one way of writing a date: the groups of its pattern are year,
// month and day as their places say; 0 means the form lacks that part.
type dateForm struct {
	pattern          *regexp.Regexp
	year, month, day int
}

// dateForms are tried in order; the first that matches a real date wins.
var dateForms = []dateForm{
	{regexp.MustCompile(`\b((?:19|20)\d\d)[-/.](\d\d?)[-/.](\d\d?)(?:T[\d:.]+(?:Z|[-+]\d\d:?\d\d)?)?\b`), 1, 2, 3}, // 2017-06-07
	{regexp.MustCompile(`\b(\d\d?)\.\s?(\d\d?)\.\s?((?:19|20)\d\d)\b`), 3, 2, 1},                                   // 07.06.2017, as German and Russian pages write
	{regexp.MustCompile(`(?i)\b(\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[ \t\x{a0}-]+` + monthNames + `,?[ \t\x{a0}-]+((?:19|20)\d\d)\b`), 3, 2, 1},
	{regexp.MustCompile(`(?i)\b` + monthNames + `[ \t\x{a0}]+(\d\d?)(?:st|nd|rd|th)?(?:,|[ \t\x{a0}])[ \t\x{a0}]*((?:19|20)\d\d)\b`), 3, 1, 2},
	{regexp.MustCompile(`(?i)\b` + monthNames + `,?[ \t\x{a0}]+((?:19|20)\d\d)\b`), 2, 1, 0}, // June 2018
	{regexp.MustCompile(`\b((?:19|20)\d\d)-(\d\d)\b`), 1, 2, 0},                              // 2021-10
}

// slashDate is read apart: 07/06/2017 is 7 June in London and July 6 in New York.
var slashDate = regexp.MustCompile(`\b(\d\d?)([/-])(\d\d?)[/-]((?:19|20)\d\d)\b`)

// shortSlashDate is slashDate with a year of two digits, which is a date only
// where nothing else is written. Years up to 49 are of this century.
var shortSlashDate = regexp.MustCompile(`^\s*(\d\d?)([/.-])(\d\d?)[/.-](\d\d)(?:\s.*)?$`)

// bareYear and compactDate are dates only where nothing else is written.
var (
	bareYear    = regexp.MustCompile(`^\s*((?:19|20)\d\d)\s*$`)
	compactDate = regexp.MustCompile(`^\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*$`)
)

// A moment is a date and its place in a text.
type moment struct {
	iso        string
	start, end int
	order      order  // of a date with slashes
	either     either // where the order is not known: the two readings; iso is then the year
	written    string
}

// order is which of day and month comes first in a date with slashes.
type order int

const (
	plainOrder order = iota // no slashes, or day and month are the same
	dayFirst
	monthFirst
	anyOrder
)

// either is a date that reads two ways.
type either struct{ dayFirst, monthFirst string }

// findDate finds a date in s. A date with slashes whose day and month cannot be
// told apart counts with its year only.
func findDate(s string) (m moment, ok bool) {
	for _, f := range dateForms {
		for _, loc := range f.pattern.FindAllStringSubmatchIndex(s, -1) {
			group := func(g int) string {
				if g == 0 {
					return ""
				}
				return s[loc[2*g]:loc[2*g+1]]
			}
			if iso, ok := isoDate(group(f.year), group(f.month), group(f.day)); ok {
				return moment{iso: iso, start: loc[0], end: loc[1]}, true
			}
		}
	}
	if loc := slashDate.FindStringSubmatchIndex(s); loc != nil {
		m := moment{start: loc[0], end: loc[1]}
		if m.split(s[loc[2]:loc[3]], s[loc[6]:loc[7]], s[loc[8]:loc[9]]) {
			m.written = s[loc[0]:loc[1]]
			return m, true
		}
	}
	if loc := bareYear.FindStringSubmatchIndex(s); loc != nil {
		return moment{iso: s[loc[2]:loc[3]], start: loc[2], end: loc[3]}, true
	}
	if loc := compactDate.FindStringSubmatchIndex(s); loc != nil {
		if iso, ok := isoDate(s[loc[2]:loc[3]], s[loc[4]:loc[5]], s[loc[6]:loc[7]]); ok {
			return moment{iso: iso, start: 0, end: len(s)}, true
		}
	}
	return moment{}, false
}

// split reads the parts of a date of which a and b are day and month.
func (m *moment) split(a, b, year string) bool {
	day, ok1 := isoDate(year, b, a)
	month, ok2 := isoDate(year, a, b)
	switch {
	case ok1 && ok2 && day != month:
		m.iso, m.order, m.either = year, anyOrder, either{day, month}
	case ok1 && ok2:
		m.iso = day
	case ok1:
		m.iso, m.order = day, dayFirst
	case ok2:
		m.iso, m.order = month, monthFirst
	default:
		return false
	}
	return true
}

// epochs are the units in which programs count time since 1970, with the least
// and the largest number that is taken for it: the years 1973 to 2096. In
// between lie dates written as 20180305.
var epochs = []struct {
	least, most float64
	unit        time.Duration
	name        string
}{
	{1e8, 4e9, time.Second, "seconds"},
	{1e11, 4e12, time.Millisecond, "milliseconds"},
	{1e14, 4e15, time.Microsecond, "microseconds"},
	{1e17, 4e18, time.Nanosecond, "nanoseconds"},
}

// parseDate reads a date that stands alone, as a record or a sources.yaml gives
// it. A number is a count of time since 1970; note then says so.
func parseDate(s string) (m moment, note string, ok bool) {
	s = strings.TrimSpace(s)
	if m, ok := findDate(s); ok {
		return m, "", true
	}
	if f := shortSlashDate.FindStringSubmatch(s); f != nil {
		year := "20" + f[4]
		if f[4] > "49" {
			year = "19" + f[4]
		}
		if f[2] == "." { // 5.3.18, which only day-first countries write
			m.iso, ok = isoDate(year, f[3], f[1])
		} else {
			ok = m.split(f[1], f[3], year)
		}
		m.written = s
		return m, "", ok
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return m, "", false
	}
	for _, e := range epochs {
		if n >= e.least && n <= e.most {
			at := time.Unix(0, 0).UTC().Add(time.Duration(n) * e.unit)
			return moment{iso: at.Format(time.DateOnly)}, fmt.Sprintf("the date %s was read as %s since 1970", s, e.name), true
		}
	}
	return m, "", false
}

// isoDate joins a year, a month (a number or a name) and a day, as far as they
// are given; ok says whether there is such a date.
func isoDate(year, month, day string) (string, bool) {
	if month == "" {
		return year, true
	}
	m, err := strconv.Atoi(month)
	if err != nil {
		if len(month) < 3 {
			return "", false
		}
		m = monthNumber[strings.ToLower(month[:3])]
	}
	if m < 1 || m > 12 {
		return "", false
	}
	if day == "" {
		return fmt.Sprintf("%s-%02d", year, m), true
	}
	d, err := strconv.Atoi(day)
	if err != nil {
		return "", false
	}
	iso := fmt.Sprintf("%s-%02d-%02d", year, m, d)
	if _, err := time.Parse(time.DateOnly, iso); err != nil {
		return "", false
	}
	return iso, true
}

// besideDate are words that may stand beside a date in a line that is only a
// date: what happened then, days of the week, times of day and their zones.
var besideDate = wordSet(`published publication posted updated update modified created issued released revised edited filed added printed last first originally on at of date dateline
	monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	am pm a.m p.m noon midnight gmt utc z local time hrs hours h by`)

// zone is the short name of a time zone, or a difference to UTC.
var zone = regexp.MustCompile(`(?:\b(?:[A-Z]{2,4}T|UTC|GMT|IST|KST|JST|MSK)\b)?\s?[+-]\d\d:?\d\d\b|\b[A-Z]{1,4}T\b`)

// clockTime is a time of day; "0412 GMT" counts with its zone only.
var clockTime = regexp.MustCompile(`(?i)\b\d{1,2}[:.h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?|\b[0-2]\d[0-5]\d\s?(?:(?-i:[A-Z]{1,4}T)|utc|gmt|hrs|hours)\b`)

// agoIn matches an age or a reading time inside a line; agoOrLength one that is
// the whole line.
var agoIn = regexp.MustCompile(`(?i)\b(?:\d+|an?)\s*-?(?:min|mins|minutes?|hours?|days?|weeks?|months?|years?)\s+(?:ago|read)\b`)

var agoOrLength = regexp.MustCompile(`(?i)^\W*(?:(?:updated|published|posted)\s+)?(?:\d+|an?|one|two|three)\s*-?(?:min|mins|minutes?|hours?|days?|weeks?|months?|years?)\s+(?:ago|read)\W*$`)

// dateLine reads a line that holds a date and nothing else but what goes with
// one; rest is what remains, such as a name.
func dateLine(s string) (m moment, rest string, ok bool) {
	m, ok = findDate(s)
	if !ok {
		return m, s, false
	}
	rest = s[:m.start] + " " + s[m.end:]
	for { // "Published 5 January 2018, updated 6 January 2018"
		more, ok := findDate(rest)
		if !ok {
			break
		}
		rest = rest[:more.start] + " " + rest[more.end:]
	}
	for _, beside := range []*regexp.Regexp{clockTime, zone, agoIn} {
		rest = beside.ReplaceAllString(rest, " ")
	}
	var kept []string
	for _, w := range strings.Fields(rest) {
		bare := strings.ToLower(strings.TrimFunc(w, notLetterOrDigit))
		if bare != "" && !besideDate[bare] {
			kept = append(kept, w)
		} else if bare == "by" {
			kept = append(kept, w)
		}
	}
	return m, strings.Trim(strings.Join(kept, " "), " ,|•·-–—/"), true
}

func notLetterOrDigit(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// nameParticles are the small words inside names of persons.
var nameParticles = wordSet("de da del della der den van von bin ibn al el la le ter ten y and & of")

// isName holds for two to eight words that look like the names of persons:
// capitalised, without digits, small words only inside.
func isName(s string) bool {
	words := strings.Fields(strings.TrimRight(s, ","))
	capitals := 0
	for i, w := range words {
		inner := i > 0 && i < len(words)-1
		if inner && nameParticles[strings.ToLower(w)] {
			continue
		}
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) {
			return false
		}
		for _, r := range strings.TrimRight(w, ",") {
			if !unicode.IsLetter(r) && !strings.ContainsRune(".'’-", r) {
				return false
			}
		}
		capitals++
	}
	// One capital is a section of the site; more than eight are several names
	// with their offices, which no byline separates cleanly.
	return capitals >= 2 && capitals <= 8
}

// byWord opens a byline, in English and on pages whose frame is in another
// language.
var byWord = regexp.MustCompile(`(?i)^\W*(?:(?:written|reported|story|words|text|analysis|opinion)\s+)?(?:by|von|por|par|author|authors|autor|auteur)\s*:?\s+(\S.*)$`)

// publisherWords mark the part of a byline that names an office or a publisher
// rather than the person.
var publisherWords = wordSet(`press news reuters afp bbc cnn agency times post writer staff correspondent correspondents
	editor reporter bureau desk team contributor analyst international network service in at world associated`)

// bylineName reads the author from a line such as "By A. Writer, Some Press".
func bylineName(s string) (author string, ok bool) {
	m := byWord.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	name := m[1]
	if i := strings.IndexAny(name, "|•·–—/(\t"); i >= 0 {
		name = name[:i]
	}
	if m, ok := findDate(name); ok {
		name = name[:m.start]
	}
	parts := strings.Split(name, ",")
	kept := parts[:1]
	for _, p := range parts[1:] {
		office := false
		for _, w := range strings.Fields(strings.ToLower(p)) {
			office = office || publisherWords[w]
		}
		if office || !isName(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(p), "and "))) {
			break
		}
		kept = append(kept, p)
	}
	name = strings.Trim(strings.Join(kept, ","), " ,.:;*_")
	words := strings.Fields(name)
	// "By Staff" and "By Reuters" name nobody, but they are bylines.
	if len(words) == 1 && publisherWords[strings.ToLower(words[0])] {
		return "", true
	}
	first, _ := utf8.DecodeRuneInString(name)
	if len(words) == 1 && unicode.IsUpper(first) {
		return name, true
	}
	return name, isName(name)
}

// properCase writes a name set in capitals as a name: WORLD LINES becomes World
// Lines. One short word in capitals is an abbreviation (AP, CGTN) and stays.
func properCase(s string) string {
	words := strings.Fields(s)
	if strings.ToUpper(s) != s || len(words) == 1 && len(s) <= 4 {
		return strings.Join(words, " ")
	}
	for i, w := range words {
		first, n := utf8.DecodeRuneInString(w)
		words[i] = string(first) + strings.ToLower(w[n:])
	}
	return strings.Join(words, " ")
}
