package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Reason says why a stretch of text is not the article's.
type Reason string

// Reasons. They are printed as they are.
const (
	whyNoWords       Reason = "no words"
	whyMarkup        Reason = "markup"
	whyPageTitle     Reason = "page title"
	whyPageHeader    Reason = "page header"
	whyRepeatedTitle Reason = "repeated title"
	whyRepeated      Reason = "repeats the article's text"
	whyNavigation    Reason = "navigation"
	whyInterface     Reason = "message of the website"
	whyShareLinks    Reason = "sharing buttons"
	whyByline        Reason = "byline or date"
	whyAuthorCredit  Reason = "author credit"
	whyAgencyCredit  Reason = "agency credit"
	whyDateline      Reason = "dateline"
	whyOriginNote    Reason = "note of first publication"
	whyLabel         Reason = "label"
	whyImageText     Reason = "image text"
	whyPhotoCaption  Reason = "photo caption"
	whyPhotoCredit   Reason = "photo credit"
	whyLink          Reason = "bare link"
	whyRelatedLink   Reason = "link to another page"
	whyRelatedPosts  Reason = "list of other pages"
	whyTags          Reason = "tags"
	whyComments      Reason = "comments"
	whyContact       Reason = "contact details"
	whyAuthorNote    Reason = "note on the author"
	whyAdvertisement Reason = "advertisement"
	whyPromotion     Reason = "promotion of the publisher"
	whyUnrelated     Reason = "unrelated text at the end"
	whyCopyright     Reason = "copyright or disclaimer"
	whyPageFooter    Reason = "page footer"
	whyOutlet        Reason = "name of the outlet"
	whyOutside       Reason = "outside the page's main text"
	whyFrontMatter   Reason = "front matter"
)

// cleaned is a text with its parts named.
type cleaned struct {
	blocks  []Block
	dropped []Dropped
	found   meta
	notes   []string

	guessedOutlet bool // found.outlet stood in a dateline, which may name an agency
}

// clean finds the article in a page. The rules run in a fixed order, each
// seeing what those before it left:
//
//  1. Cut the text into pieces: lines, or paragraphs of wrapped lines.
//  2. Read a line that names the outlet; drop pieces that say by themselves what
//     they are (rules.go).
//  3. Find the title; what stands before it is the page's header.
//  4. Read bylines, dates and a standfirst between title and text.
//  5. Drop captions, image texts, repetitions and links inside the text.
//  6. Drop what follows the article: lists of links, comments, contact lines,
//     advertisements that share no words with it.
//  7. Read and cut off the dateline; name the headings.
//  8. Join paragraphs that the page cut in mid-sentence.
//
// title is the title if it is known; "" asks to find one. A labelled text is
// cut and joined only: whoever labelled it chose the text already. outside is
// what is known not to be the article.
func clean(text, title string, labelled bool, outside ...Dropped) cleaned {
	pg := splitPage(text)
	pg.dropOutside(outside)
	pg.dropWordless()
	if !labelled {
		pg.readOutlet()
		pg.dropLines()
		pg.readOrigin()
		pg.findTitle(title)
		pg.readHeader()
		pg.dropRepeated()
		pg.dropImageText()
		pg.dropMarkedTail()
		pg.dropLinkRuns()
		pg.dropUnrelatedTail()
		pg.dropFooter()
		pg.readDateline()
		pg.nameHeadings()
	}
	for i := range pg.pieces {
		if pg.kept(i) && pg.pieces[i].kind == "" {
			pg.pieces[i].kind = Paragraph
		}
	}
	if n := pg.joinCut(); n > 0 {
		pg.notes = append(pg.notes, fmt.Sprintf("joined in %d %s a sentence that the page had cut in two", n, plural(n, "place", "places")))
	}
	return pg.cleaned()
}

// cleaned collects the blocks and what was dropped, in the order of the text.
// Neighbours dropped for the same reason become one.
func (pg *page) cleaned() cleaned {
	if pg.beside != "" && (pg.found.outlet == "" || pg.guessedOutlet) {
		pg.found.outlet, pg.guessedOutlet = pg.beside, false
		pg.notes = append(pg.notes, fmt.Sprintf("the outlet is taken from the line %q beside the title", pg.beside))
	}
	c := cleaned{found: pg.found, notes: pg.notes, guessedOutlet: pg.guessedOutlet}
	for i := range pg.pieces {
		p := &pg.pieces[i]
		drops := slices.Clone(p.cuts)
		if p.start < p.end {
			if p.reason != "" {
				for k := range drops { // the marks around it go with it
					drops[k].Reason = p.reason
				}
				drops = append(drops, Dropped{Start: p.start, End: p.end, Reason: p.reason})
			} else {
				c.blocks = append(c.blocks, Block{Kind: p.kind, Start: p.start, End: p.end})
			}
		}
		slices.SortFunc(drops, func(a, b Dropped) int { return cmp.Compare(a.Start, b.Start) })
		for _, d := range drops {
			if d.Start == d.End {
				continue
			}
			n := len(c.dropped)
			if n > 0 && c.dropped[n-1].Reason == d.Reason && strings.TrimSpace(pg.text[c.dropped[n-1].End:d.Start]) == "" {
				c.dropped[n-1].End = d.End
				continue
			}
			c.dropped = append(c.dropped, d)
		}
	}
	return c
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
