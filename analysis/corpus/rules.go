package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFurniture is the most words that a piece of page furniture has, found by
// its form alone. Agency captions reach sixty; a longer paragraph is prose and
// is never dropped for how it begins.
const maxFurniture = 60

// dropOutside drops pieces that lie in stretches known not to be the article.
func (pg *page) dropOutside(outside []Dropped) {
	k := 0
	for i := range pg.pieces {
		p := &pg.pieces[i]
		for k < len(outside) && outside[k].End <= p.start {
			k++
		}
		if k < len(outside) && outside[k].Start <= p.start {
			pg.drop(i, outside[k].Reason)
		}
	}
}

// dropWordless drops rules, rows of stars and bullets without text.
func (pg *page) dropWordless() {
	for i := range pg.pieces {
		if len(pg.pieces[i].words) == 0 {
			pg.drop(i, whyNoWords)
		}
	}
}

// lineRules look at one piece alone.
var lineRules = []func(*page, int) Reason{
	ruleLink, ruleShare, rulePhrase, rulePattern, ruleCredit,
}

// dropLines applies lineRules to every piece.
func (pg *page) dropLines() {
	for i := range pg.pieces {
		if !pg.kept(i) || len(pg.pieces[i].words) > maxFurniture {
			continue
		}
		for _, rule := range lineRules {
			if why := rule(pg, i); why != "" {
				pg.drop(i, why)
				break
			}
		}
	}
}

// A whole line that is an address, a Markdown link or a Markdown image.
var (
	bareLink      = regexp.MustCompile(`^[\W_]*(?:https?://|www\.)\S+[\W_]*$`)
	markdownLink  = regexp.MustCompile(`^(?:[-*+•]\s+)?[*_]*\[[^\]]*\]\([^)\s]*(?:\s+"[^"]*")?\)[*_]*$`)
	markdownImage = regexp.MustCompile(`^\[?!\[[^\]]*\]\([^)]*\)`)
)

// ruleLink drops lines that are nothing but a link or an image.
func ruleLink(pg *page, i int) Reason {
	s := pg.str(i)
	switch {
	case markdownImage.MatchString(s):
		return whyImageText
	case bareLink.MatchString(s), markdownLink.MatchString(s):
		return whyLink
	}
	return ""
}

// ruleShare drops lines made of the names of networks and of buttons. Twelve
// words hold a full row of them.
func ruleShare(pg *page, i int) Reason {
	words := pg.pieces[i].words
	strong := false
	if len(words) > 12 || pg.pieces[i].level > 0 {
		return ""
	}
	for _, w := range words {
		if !shareWords[w] && strings.Trim(w, "0123456789.k") != "" {
			return ""
		}
		strong = strong || strongShare[w]
	}
	if !strong {
		return ""
	}
	return whyShareLinks
}

// rulePhrase drops lines that are in the table of exact phrases.
func rulePhrase(pg *page, i int) Reason {
	if len(pg.pieces[i].words) > 6 || pg.pieces[i].level == 1 {
		return ""
	}
	return exactPhrases[strings.Join(pg.pieces[i].words, " ")]
}

// rulePattern drops pieces that begin as furniture does.
func rulePattern(pg *page, i int) Reason {
	s, n := pg.str(i), len(pg.pieces[i].words)
	if pg.pieces[i].short() && duration.MatchString(s) && pg.pieces[i].level == 0 {
		return whyRelatedLink
	}
	small := strings.ToLower(s)
	for _, p := range linePatterns {
		if n <= p.maxWords && p.may(small) && p.pattern.MatchString(s) {
			return p.reason
		}
	}
	return ""
}

// may says quickly whether a piece, in small letters, can match.
func (p *linePattern) may(small string) bool {
	return p.has == nil || slices.ContainsFunc(p.has, func(part string) bool { return strings.Contains(small, part) })
}

// ruleCredit drops captions that end with the credit of the picture, or that
// show who stands left and right.
func ruleCredit(pg *page, i int) Reason {
	s, n := pg.str(i), len(pg.pieces[i].words)
	// A credit closes the caption and has few words: eight, or 120 bytes, hold
	// the photographer, the agency and the date.
	end := s[max(0, len(s)-120):]
	if !mayCredit(end) {
		// Most lines: the pattern is slow.
	} else if loc := credits.FindStringIndex(end); loc != nil {
		credit := end[loc[0]:]
		switch words := len(wordsOf(credit)); {
		case words == n:
			return whyPhotoCredit
		case words <= 8 && (!pg.pieces[i].ended || strings.ContainsAny(credit, "])/")):
			return whyPhotoCaption
		}
	}
	if marks := positionMarks.FindAllString(s, -1); len(marks) >= 2 || len(marks) == 1 && len(marks[0]) > len("(L)") {
		return whyPhotoCaption
	}
	return ""
}

// mayCredit says quickly whether credits can match: each of its branches has one
// of these.
func mayCredit(s string) bool {
	s = strings.ToLower(s)
	for _, part := range []string{"photo", "image", "getty", "picture", "shutterstock", "/", "via "} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// readOrigin reads and drops a note of where the text appeared first. Forty
// words hold the longest title and a licence.
func (pg *page) readOrigin() {
	for i := range pg.pieces {
		if !pg.kept(i) || len(pg.pieces[i].words) > 40 {
			continue
		}
		s := pg.str(i)
		m := originNote.FindStringSubmatchIndex(strings.Trim(s, "*_ "))
		if m == nil {
			continue
		}
		outlet := strings.Trim(s, "*_ ")[m[2]:m[3]]
		date, dated := findDate(outlet)
		if dated {
			outlet = outlet[:date.start]
		}
		if open := strings.IndexByte(outlet, '['); open >= 0 { // a Markdown link
			if end := strings.IndexByte(outlet[open:], ']'); end > 0 {
				outlet = outlet[open+1 : open+end]
			}
		}
		// Only the name is wanted: up to the date, a mark or a new clause.
		outlet = strings.TrimSpace(outletEnd.ReplaceAllString(outlet, ""))
		if !dated && len(outlet) == 0 || len(strings.Fields(outlet)) > maxOutlet {
			continue
		}
		pg.found.outlet = firstOf(pg.found.outlet, outlet)
		pg.found.dated(date)
		pg.drop(i, whyOriginNote)
	}
}

// maxOutlet is the most words in the name of a publisher: "The Bulletin of the
// Atomic Scientists" has six.
const maxOutlet = 6

// outletEnd matches what follows the name of a publisher in a note.
var outletEnd = regexp.MustCompile(`(?:[,.;:(|]| (?:on|in|under|and|as|at|under the|with)\s*$| under | and is | as ).*$`)

// findTitle finds the title and drops what stands before it where the title is
// sure. In order: the title that is known already; a Markdown heading of the
// first level; a line of the form "Title | Section | Outlet | date"; the first
// short line before the running text.
func (pg *page) findTitle(known string) {
	head := pg.runningText(0) // only look before and closely behind the first prose
	if known != "" {
		want := strings.Join(wordsOf(known), " ")
		for i := range pg.pieces {
			if strings.Join(pg.pieces[i].words, " ") == want && pg.kept(i) {
				pg.setTitle(i, true)
				break
			}
		}
	}
	for i := 0; i < len(pg.pieces) && pg.title < 0; i++ {
		if pg.kept(i) && pg.pieces[i].level == 1 {
			pg.setTitle(i, true)
		}
	}
	for i := 0; i < min(head+1, len(pg.pieces), maxHead); i++ {
		if i != pg.title && pg.kept(i) {
			pg.readPageTitle(i)
		}
	}
	if pg.title < 0 && known == "" && head < len(pg.pieces) {
		// A section name of one or two words may stand before the title, so the
		// first line of three words or more is preferred.
		best := -1
		for i := 0; i < min(head, maxHead); i++ {
			p := &pg.pieces[i]
			if !pg.kept(i) || p.item || len(p.words) == 0 || pg.isByline(i) || p.ended && !p.asks && !strings.HasSuffix(pg.str(i), "!") {
				continue
			}
			if len(p.words) >= 3 {
				best = i
				break
			}
			if best < 0 && len(p.words) == 2 {
				best = i
			}
		}
		if best >= 0 {
			pg.setTitle(best, false)
		}
	}
	if pg.title < 0 {
		return
	}
	want := strings.Join(pg.pieces[pg.title].words, " ")
	for i := range pg.pieces {
		if i != pg.title && pg.kept(i) && strings.Join(pg.pieces[i].words, " ") == want {
			pg.drop(i, whyRepeatedTitle)
			pg.sureTitle = true
		}
	}
	if pg.sureTitle {
		pg.dropBeforeTitle()
	}
	for i := 0; i < pg.title; i++ { // a section of the site, such as "World News"
		if pg.kept(i) && len(pg.pieces[i].words) < 3 && !pg.pieces[i].ended && !pg.isByline(i) {
			pg.drop(i, whyLabel)
		}
	}
}

func (pg *page) setTitle(i int, sure bool) {
	pg.title, pg.sureTitle = i, sure
	pg.pieces[i].kind = Title
	pg.found.title = strings.Join(strings.Fields(pg.str(i)), " ")
}

// maxHead is how far into a page its title may stand, in pieces. Navigation
// runs to some dozens of lines. Like every bound on a search here it also keeps
// the time for a page in proportion to its length.
const maxHead = 200

// pageTitleMark parts a page's title from its section and outlet.
var pageTitleMark = regexp.MustCompile(`\s+(?:[|–—·»]|-|::)\s+`)

// readPageTitle reads a line that a browser shows as the title of the window.
// Two marks, or a bar, or a second line that repeats its first part show it.
func (pg *page) readPageTitle(i int) {
	s := pg.str(i)
	marks := pageTitleMark.FindAllStringIndex(s, -1)
	if len(marks) == 0 || pg.pieces[i].ended || len(pg.pieces[i].words) > maxFurniture {
		return
	}
	parts := pageTitleMark.Split(s, -1)
	title := wordsOf(parts[0])
	bar := strings.Contains(s, " | ")
	twin := -1
	for j := range min(len(pg.pieces), 2*maxHead) {
		if j != i && pg.kept(j) && slices.Equal(pg.pieces[j].words, title) && len(title) >= 2 {
			twin = j
			break
		}
	}
	// A row of sections ("World | Asia | Sport") has bars too, but begins with
	// one or two words, as no headline does.
	if twin < 0 && (!bar || len(title) < 3) {
		return
	}
	// A byline and a date with a bar between them.
	if pg.isByline(i) {
		return
	}
	for k := len(parts) - 1; k > 0; k-- {
		if date, rest, ok := dateLine(parts[k]); ok && rest == "" {
			pg.found.dated(date)
			continue
		}
		if n := len(strings.Fields(parts[k])); n <= maxOutlet {
			pg.found.outlet = firstOf(pg.found.outlet, strings.TrimSpace(parts[k]))
		}
		break
	}
	switch {
	case twin >= 0:
		pg.drop(i, whyPageTitle)
		if pg.title < 0 {
			pg.setTitle(twin, true)
		}
	case pg.title < 0:
		pg.cutTail(i, marks[0][0], whyPageTitle)
		pg.setTitle(i, true)
	default:
		pg.drop(i, whyPageTitle)
	}
}

// dropBeforeTitle drops what stands before a title that is sure, but for
// paragraphs too long to be furniture.
func (pg *page) dropBeforeTitle() {
	for i := 0; i < pg.title; i++ {
		p := &pg.pieces[i]
		switch {
		case !pg.kept(i) || len(p.words) > maxFurniture:
		case pg.isByline(i):
			pg.takeByline(i)
		case p.item && len(p.words) <= maxNavigation:
			pg.drop(i, whyNavigation)
		default:
			pg.drop(i, whyPageHeader)
		}
	}
}

// outletLine is a line that says of itself that it names the outlet.
var outletLine = regexp.MustCompile(`(?i)^\W*(?:source|outlet|publisher|publication|newspaper|published by|first published by)\s*[:|–-]\s*(\S.*?)\W*$`)

// readOutlet reads and drops a line beside the title that names the outlet: one
// that says so, or a name with a word that newspapers and broadcasters have in
// theirs, where another line is left to be the title.
func (pg *page) readOutlet() {
	head := min(pg.runningText(0), maxHead)
	titles := 0
	for i := range head {
		if pg.kept(i) && len(pg.pieces[i].words) >= 3 && !pg.isByline(i) {
			titles++
		}
	}
	for i := range head {
		if !pg.kept(i) || pg.pieces[i].level == 1 {
			continue
		}
		s := strings.Trim(pg.str(i), " *_|")
		if m := outletLine.FindStringSubmatch(s); m != nil && len(strings.Fields(m[1])) <= maxOutlet {
			pg.found.outlet = m[1]
			pg.drop(i, whyOutlet)
			return
		}
		if pg.pieces[i].ended || pg.pieces[i].item || titles < 2 && len(pg.pieces[i].words) >= 3 || !namesOutlet(s) {
			continue
		}
		pg.beside = s
		pg.drop(i, whyOutlet)
		return
	}
}

// namesOutlet holds for what looks like the name of a publisher and not like that
// of a section of one.
func namesOutlet(s string) bool {
	words := strings.Fields(s)
	if len(words) > maxOutlet {
		return false
	}
	named, own := false, false
	for k, w := range words {
		small := strings.ToLower(strings.TrimFunc(w, notLetterOrDigit))
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) && !(k > 0 && nameParticles[small]) || strings.ContainsAny(w, ",:;") || navigationWords[small] {
			return false
		}
		named = named || outletNouns[small] && len(words) > 1 || broadcasters[small]
		own = own || broadcasters[small] || !sectionNames[small]
	}
	return named && own
}

// maxNavigation is the most words of an entry in a navigation list.
const maxNavigation = 6

// runningText returns the index of the first kept piece from i on that is
// prose, or the number of pieces.
func (pg *page) runningText(i int) int {
	for ; i < len(pg.pieces); i++ {
		if pg.kept(i) && pg.pieces[i].prose() {
			return i
		}
	}
	return len(pg.pieces)
}

// isByline holds for a line that is a byline, a date, or both.
func (pg *page) isByline(i int) bool {
	p := &pg.pieces[i]
	s := pg.str(i)
	if len(p.words) > 20 || p.level > 0 {
		return false
	}
	if _, rest, ok := dateLine(s); ok && rest == "" {
		return true
	}
	if p.ended && !dottedEnd.MatchString(s) {
		return false
	}
	if agoOrLength.MatchString(s) {
		return true
	}
	if _, rest, ok := dateLine(s); ok {
		if isName(rest) && len(strings.Fields(rest)) <= 5 {
			return true
		}
		if _, ok := bylineName(rest); ok {
			return true
		}
	}
	_, ok := bylineName(s)
	return ok
}

// dottedEnd matches ends in a dot that is part of a date line, as "p.m." is.
var dottedEnd = regexp.MustCompile(`(?i)(?:[ap]\.m\.|e\.[sd]\.t\.|\b\p{Lu}\.)$`)

// takeByline drops a byline and keeps what it says.
func (pg *page) takeByline(i int) {
	s := pg.str(i)
	if date, rest, ok := dateLine(s); ok {
		pg.found.dated(date)
		s = rest
	}
	if author, ok := bylineName(s); ok {
		pg.found.author = firstOf(pg.found.author, author)
	} else if isName(s) {
		pg.found.author = firstOf(pg.found.author, s)
	}
	pg.drop(i, whyByline)
}

// maxHeader is how many kept pieces after the title may be its byline, its date
// and its standfirst: a standfirst, a name, an office, a place, two dates.
const maxHeader = 8

// readHeader reads what stands between the title and the running text, and
// sets where the running text begins.
func (pg *page) readHeader() {
	from := pg.title + 1
	pg.body = pg.runningText(from)
	if pg.body == len(pg.pieces) {
		pg.body = from // a text without prose has no header to speak of
		return
	}
	pg.dropListRun(0, pg.body)
	// A byline may follow a standfirst that is prose: then that is the lead.
	seen, last := 0, -1
	for i := from; i < len(pg.pieces) && seen < maxHeader; i++ {
		if !pg.kept(i) {
			continue
		}
		seen++
		if i > pg.body && pg.pieces[i].prose() {
			break
		}
		if pg.isByline(i) {
			pg.takeByline(i)
			last = i
			pg.takeName(i)
		}
	}
	if pg.title < 0 {
		return
	}
	lead := -1
	if last > pg.body && len(pg.pieces[pg.body].words) <= maxFurniture {
		pg.pieces[pg.body].kind = Lead
		lead = pg.body
		pg.body = pg.runningText(pg.body + 1)
	} else if pg.readCredit(pg.body) {
		pg.pieces[pg.body].kind = Lead
		lead = pg.body
		pg.body = pg.runningText(pg.body + 1)
	}
	for i := from; i < pg.body; i++ {
		p := &pg.pieces[i]
		switch {
		case !pg.kept(i) || p.kind != "" || p.item || p.ended && !p.asks:
		case p.level > 0 || p.bold:
			p.kind = Heading
		case i > 0 && (pg.pieces[i-1].reason == whyPhotoCredit || pg.pieces[i-1].reason == whyImageText) && len(p.words) > 3:
			pg.drop(i, whyPhotoCaption)
		case len(p.words) < minLead:
			pg.drop(i, whyLabel)
		case lead < 0:
			p.kind, lead = Lead, i
		default:
			pg.drop(i, whyPhotoCaption)
		}
	}
}

// minLead is the fewest words of a standfirst. Sections, places and tags beside
// a title have fewer.
const minLead = 5

// nameInPlace matches a byline without "By" that says where its author is.
var nameInPlace = regexp.MustCompile(`^(.*?),? (?:in|at) \p{Lu}[\p{L} ]+$`)

// sectionWords are words in the names of a site's sections, which look like
// names of persons.
var sectionWords = wordSet(`news world asia pacific africa europe america americas americans east west north south middle opinion analysis politics business
	international national economy security defence defense affairs features culture sport sports editorial commentary latest top breaking daily weekly
	states kingdom nations korea china japan korean press agency times post`)

// takeName drops the line next to a date if it is a name that the text does not
// know: the author's.
func (pg *page) takeName(i int) {
	for _, j := range []int{i - 1, i + 1} {
		if j < 0 || j >= len(pg.pieces) || j == pg.title || !pg.kept(j) || pg.pieces[j].ended || pg.found.author != "" {
			continue
		}
		// The line after a date, behind a blank line, is more often a section.
		if j > i && pg.pieces[j].group != pg.pieces[i].group {
			continue
		}
		name := strings.Trim(pg.str(j), ", ")
		if m := nameInPlace.FindStringSubmatch(name); m != nil {
			name = m[1]
		}
		if !isName(name) || strings.Count(pg.text, name) > 1 {
			continue
		}
		section := false
		for _, w := range wordsOf(name) {
			section = section || sectionWords[w]
		}
		if !section {
			pg.found.author = name
			pg.drop(j, whyByline)
		}
	}
}

// closingCredit matches a standfirst's last sentence when it names the author.
var closingCredit = regexp.MustCompile(`(?:^|[.!?]["'”’]?\s+)((?:\p{Lu}[\p{L}.'’-]+ ){1,3}\p{Lu}[\p{L}'’-]+) reports(?: from [^.]{2,40})?\.$`)

// readCredit reads and cuts off "A. Writer reports." at the end of a piece.
func (pg *page) readCredit(i int) bool {
	s := pg.str(i)
	m := closingCredit.FindStringSubmatchIndex(s)
	if m == nil || m[2] == 0 {
		return false
	}
	name := s[m[2]:m[3]]
	for j := range pg.pieces {
		if j != i && pg.pieces[j].prose() && strings.Contains(pg.str(j), name) {
			return false // somebody whom the article writes about
		}
	}
	pg.found.author = firstOf(pg.found.author, name)
	pg.cutTail(i, m[2], whyAuthorCredit)
	return true
}

// dropListRun drops runs of three or more short list items between two pieces:
// navigation. Two may be the key points of an article.
func (pg *page) dropListRun(from, to int) {
	for i := from; i < to; {
		j := i
		for j < to && (!pg.kept(j) || pg.pieces[j].item && len(pg.pieces[j].words) <= maxNavigation && !pg.pieces[j].ended) {
			j++
		}
		n := 0
		for k := i; k < j; k++ {
			if pg.kept(k) {
				n++
			}
		}
		for k := i; k < j && n >= 3; k++ {
			pg.drop(k, whyNavigation)
		}
		i = j + 1
	}
}

// Bounds for text that repeats the article's.
const (
	minRepeat    = 6   // words of a caption; shorter lines share their words with much
	maxRepeat    = 25  // a longer repetition is a paragraph and is compared whole
	minRepeatCut = 0.8 // of its triples of words: a caption may change a tense or a name
)

// dropRepeated drops paragraphs that stand twice, and lines that repeat a
// sentence of the article nearly word for word: captions and pull quotes. A
// line that ends as a sentence must repeat all of it.
func (pg *page) dropRepeated() {
	whole := make(map[string]bool)
	triples := make(map[string]bool)
	for i := pg.body; i < len(pg.pieces); i++ {
		words := pg.pieces[i].words
		if !pg.kept(i) || len(words) < minRepeat {
			continue
		}
		key := strings.Join(words, " ")
		if whole[key] && len(words) >= minCut {
			pg.drop(i, whyRepeated)
			continue
		}
		whole[key] = true
		if len(words) > maxRepeat {
			for k := 0; k+3 <= len(words); k++ {
				triples[strings.Join(words[k:k+3], " ")] = true
			}
		}
	}
	for i := max(pg.title+1, 0); i < len(pg.pieces); i++ {
		p := &pg.pieces[i]
		if !pg.kept(i) || p.kind != "" || p.item || len(p.words) < minRepeat || len(p.words) > maxRepeat {
			continue
		}
		hits := 0
		for k := 0; k+3 <= len(p.words); k++ {
			if triples[strings.Join(p.words[k:k+3], " ")] {
				hits++
			}
		}
		all := len(p.words) - 2
		if hits == all || !p.ended && float64(hits) >= minRepeatCut*float64(all) {
			if p.ended {
				pg.drop(i, whyRepeated)
			} else {
				pg.drop(i, whyPhotoCaption)
			}
		}
	}
}

// dropImageText drops lines inside the text that are not English, which is what
// the text of images is on an English page of a foreign publisher, and the
// caption that follows such a line or a credit.
func (pg *page) dropImageText() {
	var vocabulary map[string]bool
	for i := pg.body; i < len(pg.pieces); i++ {
		p := &pg.pieces[i]
		if !pg.kept(i) || p.kind != "" || !p.short() || p.asks {
			continue
		}
		if vocabulary == nil {
			vocabulary = pg.vocabulary()
		}
		if pg.foreignLine(i, vocabulary) {
			pg.drop(i, whyImageText)
		}
	}
	for i := pg.body + 1; i < len(pg.pieces); i++ {
		p := &pg.pieces[i]
		before := pg.pieces[i-1].reason
		if !pg.kept(i) || p.kind != "" || !p.short() || p.asks || before != whyImageText && before != whyPhotoCredit {
			continue
		}
		// Three words or fewer before prose are a heading that happens to
		// follow a picture without a caption.
		next := i + 1
		if len(p.words) > 3 || next < len(pg.pieces) && pg.kept(next) && pg.pieces[next].short() {
			pg.drop(i, whyPhotoCaption)
		}
	}
	// Of short lines on end that belong to a picture, those before the last one
	// known do so too.
	for i := len(pg.pieces) - 1; i > pg.body; i-- {
		p := &pg.pieces[i-1]
		after := pg.pieces[i].reason
		if pg.kept(i-1) && p.kind == "" && p.short() && !p.asks && !p.item && p.level == 0 &&
			(after == whyImageText || after == whyPhotoCredit || after == whyPhotoCaption) && pg.pieces[i].group == p.group {
			pg.drop(i-1, whyImageText)
		}
	}
}

// vocabulary is the set of the words in the page's prose.
func (pg *page) vocabulary() map[string]bool {
	v := make(map[string]bool)
	for i := range pg.pieces {
		if pg.kept(i) && pg.pieces[i].prose() {
			for _, w := range pg.pieces[i].words {
				v[w] = true
			}
		}
	}
	return v
}

// sharedWords are English function words that other languages spell alike.
var sharedWords = wordSet("in an as on was will be his it or so")

// foreignLine holds for a line without an English function word that has two
// function words of other languages in lower case, or one beside two words that
// the article does not use, or two words with letters that English lacks and
// that the article does not use.
func (pg *page) foreignLine(i int, vocabulary map[string]bool) bool {
	foreign, particles, marked, unused := 0, 0, 0, 0
	for _, w := range strings.Fields(pg.str(i)) {
		w = strings.TrimFunc(w, notLetterOrDigit)
		lower := strings.ToLower(w)
		if tongues[0].words[lower] && !sharedWords[lower] {
			return false
		}
		if w == lower && !sharedWords[lower] {
			for _, t := range tongues[1:] {
				if t.words[w] {
					foreign++
					if nameParticles[w] {
						particles++
					}
					break
				}
			}
		}
		if !vocabulary[lower] && len(lower) > 3 {
			unused++
			if strings.IndexFunc(w, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) >= 0 {
				marked++
			}
		}
	}
	return marked >= 2 || foreign > particles && (foreign >= 2 || unused >= 2)
}

// dropLinkRuns drops list items inside the text that are headlines of other
// pages: short, without a full stop, not announced by a colon, at most four
// together. A longer list, or one that ends its items as sentences, is the
// article's own.
func (pg *page) dropLinkRuns() {
	// A headline under the label of a player or a box.
	for i := range pg.pieces[:max(0, len(pg.pieces)-1)] {
		p, next := &pg.pieces[i], &pg.pieces[i+1]
		if p.reason != "" && playerLabels[strings.Join(p.words, " ")] && pg.kept(i+1) && next.kind == "" && next.short() && !next.asks {
			pg.drop(i+1, whyRelatedLink)
		}
	}
	// A headline over a button to read it.
	for i := pg.body; i+1 < len(pg.pieces); i++ {
		p, next := &pg.pieces[i], &pg.pieces[i+1]
		if pg.kept(i) && p.kind == "" && p.short() && next.reason == whyRelatedLink && len(next.words) <= 2 &&
			!(i > 0 && pg.kept(i-1) && pg.continues(i-1, i)) {
			pg.drop(i, whyRelatedLink)
		}
	}
	for i := pg.body; i < len(pg.pieces); {
		if !pg.headlineItem(i) {
			i++
			continue
		}
		j, asks := i, false
		for j < len(pg.pieces) && pg.headlineItem(j) {
			asks = asks || pg.pieces[j].asks
			j++
		}
		announced := i > 0 && pg.kept(i-1) && (strings.HasSuffix(pg.str(i-1), ":") || !pg.pieces[i-1].ended && pg.pieces[i-1].kind == "")
		listed := j < len(pg.pieces) && pg.kept(j) && pg.pieces[j].item
		for k := i; k < j && !announced && !listed && (j-i <= 4 || asks); k++ {
			pg.drop(k, whyRelatedLink)
		}
		i = j
	}
}

// headlineItem holds for a list item that may be a headline.
func (pg *page) headlineItem(i int) bool {
	p := &pg.pieces[i]
	if !pg.kept(i) || p.kind != "" || !p.item || len(p.words) > 15 || len(p.words) < 3 || p.ended && !p.asks {
		return false
	}
	s := pg.str(i)
	n, _ := listMark(s)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[n:], " \t\u00a0\"'“‘"))
	return unicode.IsUpper(first) || unicode.IsDigit(first)
}

// Bounds of what may follow a heading of furniture for that heading to end the
// article. Where more follows, or what looks like the article's own text, the
// heading is a box inside the article: only it is dropped.
const (
	maxRelatedShare = 0.3 // of the page's prose: teasers of other articles are short
	maxCommentShare = 0.6 // comments can run long
	maxTeaser       = 30  // words of one; a longer paragraph is the article's
	maxTries        = 50  // headings looked at; a page has fewer than ten
)

// dropMarkedTail drops everything after a heading such as "Related posts" or
// "Leave a reply", and such headings inside the text.
func (pg *page) dropMarkedTail() {
	total := pg.proseWords(pg.body)
	for i, tries := pg.body, 0; i < len(pg.pieces); i++ {
		if !pg.kept(i) {
			continue
		}
		why := tailMarker(pg, i)
		if why == "" {
			continue
		}
		pg.drop(i, why)
		if tries++; tries > maxTries || !pg.endsArticle(i, why, total) {
			continue
		}
		for j := i + 1; j < len(pg.pieces); j++ {
			if next := tailMarker(pg, j); next != "" {
				why = next
			}
			pg.drop(j, why)
		}
		return
	}
}

// endsArticle says whether the article ends before piece i, a heading of
// furniture; total counts the words of the page's prose.
func (pg *page) endsArticle(i int, why Reason, total int) bool {
	rest := pg.proseWords(i + 1)
	if why == whyComments {
		return rest < total && float64(rest) <= maxCommentShare*float64(total)
	}
	if rest == total || float64(rest) > maxRelatedShare*float64(total) {
		return false
	}
	// Teasers stand between headlines. Two paragraphs on end are a text.
	before := false
	for j := i + 1; j < len(pg.pieces); j++ {
		if !pg.kept(j) {
			continue
		}
		if why := tailMarker(pg, j); why == whyComments {
			return true
		}
		prose := pg.pieces[j].prose()
		if prose && (before || len(pg.pieces[j].words) > maxTeaser) {
			return false
		}
		before = prose
	}
	return true
}

// tailMarker tells whether a piece heads the furniture after an article.
func tailMarker(pg *page, i int) Reason {
	p := &pg.pieces[i]
	s := pg.str(i)
	if len(p.words) == 0 || len(p.words) > 12 || p.item || p.ended && !strings.HasSuffix(s, ":") {
		return ""
	}
	if countedComments.MatchString(s) {
		return whyComments
	}
	if len(p.words) <= maxNavigation && moreOn.MatchString(s) {
		return whyRelatedPosts
	}
	return relatedMarkers[strings.Join(p.words, " ")]
}

// proseWords counts the words of the prose from piece i on.
func (pg *page) proseWords(i int) int {
	n := 0
	for ; i < len(pg.pieces); i++ {
		if pg.kept(i) && pg.pieces[i].prose() {
			n += len(pg.pieces[i].words)
		}
	}
	return n
}

// Bounds for a tail that has nothing to do with the article.
const (
	keyTerms     = 20 // an article's subject shows in about so many words
	minKeyCount  = 3  // said fewer times, a word is not what the article is about
	maxTailShare = 1.0 / 3

	// With five hits to expect, one or none comes by chance in 4 of 100 texts
	// (Poisson).
	minExpected = 5

	// The tail's rate of the article's key terms, as a part of the article's
	// own rate. The ends of the seed articles, from any paragraph of their last
	// third on, have 0.29 to 1.04; the foreign section after one of them 0.07.
	// Essays that digress reach 0 in their last third, so a low rate alone
	// drops nothing: the tail must speak of the site or its wares, too.
	maxKeyRate = 0.25
)

// dropUnrelatedTail drops a section at the end of the page, from a short line
// on, or a last paragraph, that hardly has a word of what the article is about
// and speaks of the site, its wares or the author.
func (pg *page) dropUnrelatedTail() {
	total := 0
	for i := pg.body; i < len(pg.pieces); i++ {
		if pg.kept(i) {
			total += len(pg.pieces[i].words)
		}
	}
	tail := 0
	start := len(pg.pieces)
	for start > pg.body+1 {
		n := 0
		if pg.kept(start - 1) {
			n = len(pg.pieces[start-1].words)
		}
		if float64(tail+n) > maxTailShare*float64(total) {
			break
		}
		tail += n
		start--
	}
	for i, tries := start, 0; i < len(pg.pieces) && tries < maxTries; i++ {
		p := &pg.pieces[i]
		if !pg.kept(i) || p.kind != "" {
			continue
		}
		head := p.short() && !p.item
		if !head && !selfReference.MatchString(pg.str(i)) {
			continue
		}
		tries++
		if pg.unrelated(i) {
			for j := i; j < len(pg.pieces); j++ {
				pg.drop(j, whyUnrelated)
			}
			return
		}
	}
}

// unrelated says whether the pieces from i on are about something else than
// those before.
func (pg *page) unrelated(i int) bool {
	counts := make(map[string]int)
	var order []string
	words := 0
	add := func(list []string) {
		for _, w := range list {
			words++
			w = strings.TrimSuffix(w, "'s")
			if len(w) < 2 || functionWords[w] || contentStops[w] || tongues[0].words[w] {
				continue
			}
			if counts[w] == 0 {
				order = append(order, w)
			}
			counts[w]++
		}
	}
	for j := max(pg.title, 0); j < i; j++ {
		if pg.kept(j) {
			add(pg.pieces[j].words)
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return counts[b] - counts[a] })
	key := make(map[string]bool)
	inside := 0
	for _, w := range order[:min(keyTerms, len(order))] {
		if counts[w] >= minKeyCount {
			key[w] = true
			inside += counts[w]
		}
	}
	tail, hits, self := 0, 0, false
	for j := i; j < len(pg.pieces); j++ {
		if !pg.kept(j) {
			continue
		}
		self = self || selfReference.MatchString(pg.str(j))
		for _, w := range pg.pieces[j].words {
			tail++
			if key[strings.TrimSuffix(w, "'s")] {
				hits++
			}
		}
	}
	if !self {
		return false
	}
	rate, ok := keyRate(inside, words, hits, tail)
	return ok && rate < maxKeyRate
}

// keyRate is the rate of key terms in a tail of some words as a part of their
// rate in the article: the hits over those to expect. It is not ok where too
// few are to be expected for their lack to mean anything.
func keyRate(inside, words, hits, tail int) (rate float64, ok bool) {
	if words == 0 {
		return 0, false
	}
	expected := float64(inside) * float64(tail) / float64(words)
	if expected < minExpected {
		return 0, false
	}
	return float64(hits) / expected, true
}

// dropFooter reads the page from its end backwards and drops what is not the
// article's, up to the first piece that is.
func (pg *page) dropFooter() {
	if pg.runningText(pg.body) == len(pg.pieces) {
		return
	}
	for i := len(pg.pieces) - 1; i > pg.body; i-- {
		if !pg.kept(i) {
			continue
		}
		why := pg.footer(i)
		if why == "" {
			return
		}
		pg.drop(i, why)
	}
}

// authorNote is the form of a last paragraph that presents the author: a name
// that the article does not otherwise have, and an office.
var authorNote = regexp.MustCompile(`^[*_\s]*(?:About the author:?\s+)?(?:Dr\.? |Prof\.? |Professor )?((?:\p{Lu}[\p{L}.'’-]+ ){1,3}\p{Lu}[\p{L}'’-]+)[*_]*,? (?:is|was|writes|works|teaches|covers|reports|has (?:written|worked|reported))\b.*?\b(?:author|writer|editor|journalist|correspondent|professor|fellow|lecturer|columnist|researcher|reporter|analyst|director|contributor|freelance|historian|activist|for|from)\b`)

// footer says why a piece at the end of the page is not the article's.
func (pg *page) footer(i int) Reason {
	p := &pg.pieces[i]
	s := pg.str(i)
	// Lines on end belong together: the second line of "To contact us, write
	// to" is one of contact, too.
	first := i
	for first > pg.body && first > i-4 && pg.pieces[first-1].group == p.group && pg.kept(first-1) && !pg.pieces[first-1].ended {
		first--
	}
	for _, t := range tailPatterns {
		if t.reason == whyByline && p.ended {
			continue
		}
		if len(p.words) <= t.maxWords && (t.pattern.MatchString(s) || first < i && t.reason == whyContact && t.pattern.MatchString(pg.str(first))) {
			return t.reason
		}
	}
	if m := authorNote.FindStringSubmatch(s); m != nil && len(p.words) <= 80 &&
		(strings.Count(pg.text, m[1]) == 1 || strings.EqualFold(m[1], pg.found.author)) {
		pg.found.author = firstOf(pg.found.author, m[1])
		return whyAuthorNote
	}
	if pg.isByline(i) {
		pg.takeByline(i)
		return whyByline
	}
	// A short line without a full stop at the very end heads or closes nothing
	// of the article's, unless it goes on with a sentence.
	if p.short() && !p.ended && len(p.words) <= 12 && !(i > 0 && pg.kept(i-1) && pg.continues(i-1, i)) {
		return whyPageFooter
	}
	return ""
}

// agencies are the ways in which news agencies sign in brackets.
const agencies = `AP|AFP|UPI|CNN|EFE|DPA|dpa|ANI|PTI|TASS|KCNA|IRNA|Reuters|REUTERS|Xinhua|XINHUA|Yonhap|Kyodo|Bloomberg|Sputnik|RIA Novosti|Interfax|Anadolu|Prensa Latina|teleSUR|TeleSUR`

// datelines are the forms of a dateline, tried in order. Group 1 is the outlet
// where the form has one.
var datelines = []*regexp.Regexp{
	// SEOUL, South Korea, Sept. 3 (AP) —
	regexp.MustCompile(`^\p{Lu}[\p{L}.'’ -]{2,40}(?:,\s*[\p{L}\p{N}.'’ ]{2,25}){0,3}\s*[(\[]([\p{L}][\p{L} /.-]{1,30})[)\]]\s*(?:[–—-]|--)+\s*`),
	// (CNN) — or (Reuters) -
	regexp.MustCompile(`^[(\[](` + agencies + `)[)\]]\s*[–—-]*\s*`),
	// SOUTH KOREA, SOME OUTLET – and SEOUL —
	regexp.MustCompile(`^\p{Lu}[\p{Lu}.'’ -]{3,40}(?:,\s*(\p{Lu}[\p{L}\p{N}.'’ ]{1,30}))?(?:\s*(?:–|—|--)\s*|\s-\s)`),
	// Seoul, South Korea –
	regexp.MustCompile(`^\p{Lu}[\p{L}'’-]{2,20}(?: \p{Lu}[\p{L}'’-]{2,20})?, \p{Lu}[\p{L}.'’ ]{1,25}\s+(?:–|—|--|-)\s+`),
}

// readDateline reads and cuts off the place, the agency and the day that open
// an article's text.
func (pg *page) readDateline() {
	if pg.body >= len(pg.pieces) || !pg.kept(pg.body) {
		return
	}
	s := pg.str(pg.body)
	for _, form := range datelines {
		m := form.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		// After a dateline a sentence begins; after an aside it goes on.
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[m[1]:], "\"'“‘"))
		if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
			continue
		}
		if len(m) > 2 && m[2] >= 0 {
			pg.datelineOutlet(s[m[2]:m[3]], s[m[3]:m[1]])
		}
		pg.cutHead(pg.body, m[1], whyDateline)
		return
	}
}

// datelineOutlet takes the outlet from a dateline: an agency in brackets, or
// two or more words in capitals that the text does not use as a place.
func (pg *page) datelineOutlet(name, after string) {
	name = strings.TrimSpace(name)
	bracket := strings.ContainsAny(after, ")]")
	if !bracket {
		if len(strings.Fields(name)) < 2 || strings.ToUpper(name) != name || strings.ContainsAny(name, ".0123456789") {
			return
		}
		if strings.Count(strings.ToLower(pg.text), strings.ToLower(name)) > 1 {
			return
		}
	}
	if pg.found.outlet != "" {
		return
	}
	pg.found.outlet = properCase(name)
	pg.guessedOutlet = true
}

// maxHeading is the most words of a heading inside an article; those seen have
// two to eight.
const maxHeading = 12

// nameHeadings names the short lines between paragraphs that head what follows.
func (pg *page) nameHeadings() {
	for i := pg.body; i < len(pg.pieces); i++ {
		p := &pg.pieces[i]
		if !pg.kept(i) || p.kind != "" || i == pg.body && p.prose() {
			continue
		}
		if p.level > 0 {
			p.kind = Heading
			continue
		}
		if p.item || !p.short() || len(p.words) > maxHeading {
			continue
		}
		if i > 0 && pg.kept(i-1) && pg.continues(i-1, i) {
			continue
		}
		if startsLower(pg.str(i)) || !p.asks && functionWords[p.words[len(p.words)-1]] {
			continue
		}
		if next := i + 1; next < len(pg.pieces) && pg.kept(next) && pg.pieces[next].prose() && !startsLower(pg.str(next)) {
			p.kind = Heading
		}
	}
}

// startsLower holds for text that begins with a small letter, quotation marks
// aside: it goes on with something.
func startsLower(s string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘(["))
	return unicode.IsLower(first)
}
