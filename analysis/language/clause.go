package language

import "parallax/lexicon"

import "strings"

// Clause is a stretch of a sentence with a predicate of its own, or a
// parenthesis. "Seoul refused to help | because the North, | which it feared, | had
// been attacked" has three clauses; the third interrupts the second.
type Clause struct {
	First, Last int // its outermost tokens, inclusive; clauses below it can stand between
	Head        int // its predicate: a verb, or the noun or adjective that a copula makes one
	Parent      int // index of the clause it belongs to, -1 for a main clause
	Kind        ClauseKind

	// Link is what joins it to its parent, in lower case: the connective ("and",
	// "because", "that", "who", "to"), "-ing" or "-ed" for a participle without
	// one, the mark before it (":", ";", "—", "("), or "" where nothing does.
	Link string
}

// ClauseKind is the kind of a clause.
type ClauseKind string

const (
	Main        ClauseKind = "main"
	Coordinate  ClauseKind = "coordinate"  // "and left", also where only the predicate is repeated
	Complement  ClauseKind = "complement"  // "said that it would", "what they want is"
	Relative    ClauseKind = "relative"    // "which it feared"
	Adverbial   ClauseKind = "adverbial"   // "because it feared"
	Infinitive  ClauseKind = "infinitive"  // "urged Seoul to help"; not "refused to help", which is one predicate
	Participial ClauseKind = "participial" // "citing fears", "the missile fired in May", "by firing"
	Parenthesis ClauseKind = "parenthesis" // "(…)", "— … —", ", he said,"
)

// Clauses returns the clauses of a parsed sentence in the order of their first
// tokens, and of each token the index of the one clause that it is in. Marks
// stand with the word before them, opening ones with the word behind. It runs in
// linear time.
func (s *Sentence) Clauses() (clauses []Clause, owner []int) {
	if len(s.Tokens) == 0 {
		return nil, nil
	}
	c := clauser{Sentence: s, owner: make([]int, len(s.Tokens)), of: make([]int, 1)}
	c.brackets()
	c.outer, c.inner = make([]int, len(c.pairs)+1), make([]int, len(c.pairs)+1)
	for _, i := range c.order() {
		c.owner[i] = c.place(i)
	}
	c.marks()
	c.mend()
	c.finish()
	return c.clauses, c.owner
}

// clauser gathers the clauses of a sentence.
type clauser struct {
	*Sentence
	clauses []Clause
	owner   []int

	pairs  [][2]int // brackets and dashes that enclose
	within []int    // of each token: the pair around it, and one; 0 for none
	of     []int    // of each clause, and one: the pair that it is in, and one
	outer  []int    // of each pair, and one: the clause around it, and one; 0 as long as it has none
	inner  []int    // the clause it makes, and one
}

// dash reports whether a token is a dash that can enclose or join.
func dash(t *Token) bool {
	switch t.Text {
	case "—", "–", "--", "―":
		return true
	case "-":
		return t.Space
	}
	return false
}

// brackets finds the pairs of brackets, and of dashes where there are just two:
// with more it cannot be told which belong together. Brackets inside another
// pair count for part of it. A pair around the root encloses nothing.
func (c *clauser) brackets() {
	c.within = make([]int, len(c.Tokens))
	open, depth := -1, 0
	var dashes []int
	for i := range c.Tokens {
		switch t := &c.Tokens[i]; {
		case t.Text == "(" || t.Text == "[":
			if depth == 0 {
				open = i
			}
			depth++
		case (t.Text == ")" || t.Text == "]") && depth > 0:
			if depth--; depth == 0 {
				c.pair(open, i)
			}
		case depth == 0 && dash(t) && i > 0:
			dashes = append(dashes, i)
		}
	}
	if len(dashes) == 2 && c.within[dashes[0]] == 0 && c.within[dashes[1]] == 0 {
		c.pair(dashes[0], dashes[1])
	}
}

func (c *clauser) pair(first, last int) {
	if last-first < 2 {
		return
	}
	for i := first; i <= last; i++ {
		if c.Tokens[i].Head < 0 || c.within[i] > 0 {
			return
		}
	}
	c.pairs = append(c.pairs, [2]int{first, last})
	for i := first; i <= last; i++ {
		c.within[i] = len(c.pairs)
	}
}

// order returns the tokens so that each comes after its head.
func (c *clauser) order() []int {
	out := make([]int, 0, len(c.Tokens))
	for i := range c.Tokens {
		if c.Tokens[i].Head < 0 {
			out = append(out, i)
		}
	}
	for n := 0; n < len(out); n++ {
		out = append(out, c.Children(out[n])...)
	}
	return out
}

func (c *clauser) add(head, parent int, kind ClauseKind, pair int) int {
	c.clauses = append(c.clauses, Clause{Head: head, Parent: parent, Kind: kind, First: len(c.Tokens), Last: -1})
	c.of = append(c.of, pair)
	return len(c.clauses) - 1
}

// place returns the clause of token i, whose head has one. It begins a clause
// where token i is the head of one.
func (c *clauser) place(i int) int {
	t := &c.Tokens[i]
	if t.Head < 0 {
		if t.Kind == Quote && len(c.clauses) > 0 {
			return 0 // nothing but quotation marks
		}
		return c.add(i, -1, Main, 0)
	}
	up, pair := c.owner[t.Head], c.within[i]
	if mark(t) {
		return up // for the time being
	}
	if at := c.of[up+1]; at != pair {
		if at > 0 {
			up = c.outer[at] - 1
		}
		if pair > 0 {
			if c.inner[pair] == 0 {
				c.outer[pair] = up + 1
				c.inner[pair] = c.add(i, up, Parenthesis, pair) + 1
			}
			return c.inner[pair] - 1
		}
	}
	if kind := c.kind(i); kind != "" {
		return c.add(i, up, kind, pair)
	}
	return up
}

// mark reports whether a token is a punctuation mark.
func mark(t *Token) bool { return t.Kind == Quote || t.Kind == Punct }

// predicate reports whether token i can be the head of a clause.
func (s *Sentence) predicate(i int) bool {
	return s.verbal(i) || s.Child(i, "cop", "nsubj", "nsubj:pass", "aux") >= 0
}

// nonfinite returns Infinitive or Participial where token i is such a verb with
// no subject of its own, and otherwise "".
func (s *Sentence) nonfinite(i int) ClauseKind {
	t := &s.Tokens[i]
	switch {
	case s.toInfinitive(i) && s.Child(i, "nsubj", "nsubj:pass") < 0:
		return Infinitive
	case s.Child(i, "nsubj", "nsubj:pass", "cop") >= 0:
		return ""
	case t.Tag == "VBG" || t.Tag == "VBN" && s.Child(i, "aux", "aux:pass") < 0:
		return Participial
	}
	return ""
}

// kind returns the kind of the clause that token i is the head of, or "".
func (s *Sentence) kind(i int) ClauseKind {
	t := &s.Tokens[i]
	rel, _, _ := strings.Cut(t.Rel, ":")
	if rel == "conj" || rel == "ccomp" || rel == "parataxis" {
		if k := s.Child(i, "mark"); k >= 0 && k < i && subordinators[s.Tokens[k].Norm] && s.predicate(i) {
			return Adverbial // whatever the parser hung it on
		}
	}
	switch rel {
	case "conj":
		h := t.Head
		if s.predicate(i) && (s.predicate(h) || s.Tokens[h].Rel == "root") && !s.amod(h) {
			return Coordinate
		}
		// A finite verb or an infinitive joins no noun, though the parser has it so:
		// "would exit the Plan of Action and reintroduce sanctions".
		switch t.Tag {
		case "VB", "VBD", "VBZ", "VBP":
			return Coordinate
		}
	case "ccomp", "csubj":
		if k := s.nonfinite(i); k == Infinitive {
			return k
		}
		if s.predicate(i) {
			return Complement
		}
	case "xcomp":
		if s.toInfinitive(i) && s.chained(t.Head) != i {
			return Infinitive
		}
	case "advcl", "acl":
		switch k := s.nonfinite(i); {
		case t.Rel == "acl:relcl" || t.Rel == "advcl:relcl":
			return Relative
		case k != "":
			return k
		case rel == "advcl":
			return Adverbial
		case s.predicate(i):
			return Complement // "the fear that it would"
		}
	case "parataxis":
		if asks[t.Norm] || !s.predicate(i) {
			if s.predicate(i) {
				return Parenthesis
			}
			return ""
		}
		return Coordinate
	}
	return ""
}

// amod reports whether token i stands before a noun as an adjective does.
func (s *Sentence) amod(i int) bool {
	return s.Tokens[i].Rel == "amod" || s.Tokens[i].Rel == "compound"
}

// relatives begin relative clauses, and complements, but no adverbial ones.
var relatives = lexicon.Class("relatives")

// subordinators begin an adverbial clause and, where a verb follows, hardly
// anything else. "If" is not among them: it asks too.
var subordinators = lexicon.Class("subordinators")

// mend moves borders to the connectives and commas that show where they are,
// where the tree does not have them.
func (c *clauser) mend() {
	for k := range c.clauses {
		// The relative word directly before its clause: "whom | we met".
		if cl := &c.clauses[k]; cl.Kind == Relative {
			if i := c.front(cl.Head) - 1; i >= 0 && c.relative(i) && c.owner[i] == cl.Parent && i != c.clauses[cl.Parent].Head {
				c.owner[i] = k
			}
		}
		// What the parser hung on the verb of saying of an insertion, though a
		// comma parts them: "The plan, | he said, | would".
		if cl := &c.clauses[k]; cl.Kind == Parenthesis && cl.Parent >= 0 && c.within[cl.Head] == 0 {
			if i := c.Child(cl.Head, "nsubj"); i >= 0 && i < cl.Head {
				first, _ := c.Extent(i)
				from, _ := c.Extent(cl.Head)
				for ; from < first && c.Tokens[first-1].Text == ","; from++ {
					if c.owner[from] == k {
						c.owner[from] = cl.Parent
					}
				}
			}
		}
	}
	comma := -1 // where the stretch behind the last comma begins
	for i := range c.Tokens {
		if i > 0 && c.Tokens[i-1].Text == "," {
			comma = i
		}
		if i == comma && c.relative(i) && c.owner[i] == c.owner[i-1] {
			c.split(i, Relative)
		}
	}
	if len(c.Tokens) > 1 && c.Tokens[0].Rel == "mark" && c.clauses[c.owner[0]].Kind == Main {
		c.split(0, Adverbial)
	}
}

// front returns the first token of clause head i's own, as the tree has it.
func (c *clauser) front(i int) int {
	first, _ := c.Extent(i)
	return first
}

// relative reports whether token i is a word that relative clauses begin with.
func (c *clauser) relative(i int) bool {
	switch c.Tokens[i].Tag {
	case "WDT", "WP", "WP$":
		return c.Tokens[i].Norm != "what"
	}
	return false
}

// split makes a clause of the tokens from i to the next comma, where there is a
// predicate both in them and in what its clause has left.
func (c *clauser) split(i int, kind ClauseKind) {
	k := c.owner[i]
	end := i
	for end < len(c.Tokens) && c.Tokens[end].Text != "," {
		end++
	}
	inside, outside := -1, c.clauses[k].Head
	if c.Tokens[i].Rel == "mark" {
		inside = c.Tokens[i].Head
	}
	for n := i; n < end; n++ {
		if c.owner[n] == k && (c.verbal(n) && !c.auxiliary(n) || n == inside) {
			inside = n
			break
		}
	}
	if i <= outside && outside <= end {
		// No further than one parse goes, so that time stays linear.
		limit := min(end+1+longest, len(c.Tokens))
		for outside = end + 1; outside < limit; outside++ {
			if c.owner[outside] == k && c.verbal(outside) {
				break
			}
		}
		if outside >= limit {
			c.swap(k, i, end, kind)
			return
		}
	}
	if inside < i || inside >= end || c.owner[inside] != k {
		return
	}
	c.clauses[k].Head = outside
	at := c.add(inside, k, kind, c.of[k+1])
	for n := i; n <= end && n < len(c.Tokens); n++ {
		if c.owner[n] == k {
			c.owner[n] = at
		}
	}
}

// swap mends what hangs the wrong way round: the predicate of clause k stands in
// the clause from i to the comma at end, and what it all belongs to is a clause
// without a connective right behind: "The bank, which had lent the money, | is
// trying". The latter takes the place of clause k, and k becomes a clause of a
// kind below it.
func (c *clauser) swap(k, i, end int, kind ClauseKind) {
	if end+1 >= len(c.Tokens) || c.clauses[k].Kind == Parenthesis {
		return
	}
	m := c.owner[end+1]
	cl := &c.clauses[m]
	if cl.Parent != k || c.of[m+1] != c.of[k+1] || cl.Kind == Parenthesis || cl.Kind == Relative || cl.Kind == Infinitive {
		return
	}
	if n := c.Child(cl.Head, "cc", "mark"); n >= 0 && n < cl.Head || c.Child(cl.Head, "nsubj", "nsubj:pass", "aux", "aux:pass") < 0 && !c.finite(cl.Head) {
		return
	}
	cl.Kind, cl.Parent = c.clauses[k].Kind, c.clauses[k].Parent
	c.clauses[k].Kind, c.clauses[k].Parent = kind, m
	for n := max(0, i-longest); n < min(len(c.Tokens), end+longest); n++ {
		if c.owner[n] == k && (n < i || n > end) {
			c.owner[n] = m
		}
	}
}

// finite reports whether token i is a verb in the past or present.
func (c *clauser) finite(i int) bool {
	switch c.Tokens[i].Tag {
	case "VBD", "VBZ", "VBP":
		return true
	}
	return false
}

// marks gives each punctuation mark the clause of the word that it stands with.
func (c *clauser) marks() {
	heads := make([]bool, len(c.Tokens))
	for _, cl := range c.clauses {
		heads[cl.Head] = true
	}
	loose := func(i int) bool { return mark(&c.Tokens[i]) && !heads[i] }
	opens := make([]bool, len(c.Tokens)) // marks that stand with the word behind
	for i := range c.Tokens {
		switch t := &c.Tokens[i]; {
		case !loose(i):
		case t.Text == "(" || t.Text == "[":
			opens[i] = true
		case dash(t):
			opens[i] = c.within[i] == 0 || i == c.pairs[c.within[i]-1][0]
		case t.Kind == Quote:
			switch t.Text {
			case "“", "‘", "„", "«":
				opens[i] = true
			case "”", "»":
			default: // straight marks, and the apostrophe
				opens[i] = i == 0 || t.Space || opens[i-1]
			}
		}
	}
	last := -1 // the clause of the last word
	for i := range c.Tokens {
		switch {
		case !loose(i):
			last = c.owner[i]
		case !opens[i] && last >= 0:
			c.owner[i] = last
		}
	}
	next := -1
	for i := len(c.Tokens) - 1; i >= 0; i-- {
		switch {
		case !loose(i):
			next = c.owner[i]
		case opens[i] && next >= 0:
			c.owner[i] = next
		}
	}
}

// finish sets borders and links, and numbers the clauses as they begin.
func (c *clauser) finish() {
	number := make([]int, len(c.clauses))
	sorted := make([]Clause, 0, len(c.clauses))
	for i, k := range c.owner {
		cl := &c.clauses[k]
		if cl.Last < 0 {
			number[k], cl.First = len(sorted), i
			sorted = append(sorted, *cl)
		}
		cl.Last = i
	}
	for k, cl := range c.clauses {
		n := number[k]
		sorted[n].Last = cl.Last
		if cl.Parent >= 0 {
			sorted[n].Parent = number[cl.Parent]
		}
		if cl.Parent >= 0 {
			sorted[n].Link = c.link(cl)
			if cl.Kind == Adverbial && relatives[sorted[n].Link] {
				sorted[n].Kind = Relative
			}
		}
	}
	for i, k := range c.owner {
		c.owner[i] = number[k]
	}
	c.clauses = sorted
}

// link returns what joins a clause to its parent.
func (c *clauser) link(cl Clause) string {
	i := cl.Head
	if pair := c.within[i]; cl.Kind == Parenthesis && pair > 0 && cl.First == c.pairs[pair-1][0] {
		if open := &c.Tokens[c.pairs[pair-1][0]]; dash(open) {
			return "—"
		}
		return "("
	}
	if cl.Kind == Coordinate {
		if k := c.Child(i, "cc"); k >= 0 && k < i {
			return c.Tokens[k].Norm
		}
		if t := &c.Tokens[cl.First]; t.Tag == "CC" {
			return t.Norm
		}
	}
	if cl.Kind == Infinitive {
		return "to"
	}
	if k := c.Child(i, "mark"); k >= 0 && k < i {
		return c.Tokens[k].Norm
	}
	// A question word or a relative pronoun stands among the first words, behind
	// a preposition at most: "in which", "with all of whom".
	const front = 4
	first := cl.First
	for k := first; k < len(c.Tokens) && k < first+front && k < i; k++ {
		switch c.Tokens[k].Tag {
		case "WDT", "WP", "WP$", "WRB":
			return c.Tokens[k].Norm
		}
	}
	if w := c.Tokens[first].Norm; cl.Kind == Relative && w == "that" || cl.Kind == Adverbial && (subordinators[w] || w == "as" || w == "if") {
		return w
	}
	if cl.Kind == Participial {
		if c.Tokens[i].Tag == "VBG" {
			return "-ing"
		}
		return "-ed"
	}
	// The mark before it, or the dash that it begins with.
	for k := first; k >= 0 && k >= first-1; k-- {
		switch t := &c.Tokens[k]; {
		case dash(t):
			return "—"
		case t.Text == ":" || t.Text == ";":
			return t.Text
		case t.Kind == Quote && k == first-1 && k > 0 && c.Tokens[k-1].Text == ":":
			return ":"
		}
	}
	return ""
}
