package voice

import (
	"strings"

	"parallax/analysis/language"
)

// quotation is one pair of quotation marks, perhaps over several sentences of
// a block. Positions count the tokens of the document.
type quotation struct {
	open, close position // of the marks; where the closing mark is missing, of the block's last token
	words       int
	verb        bool // it holds a finite verb
	runs        bool // the mark was never closed and the next block opens with one: the same speaker goes on
}

type position struct{ sentence, token int }

func (p position) before(q position) bool {
	return p.sentence < q.sentence || p.sentence == q.sentence && p.token < q.token
}

// quotations pairs the quotation marks of each block. A mark inside a
// quotation that cannot close it (a single one in double ones, a mark with
// space before and a word behind) is part of it.
func quotations(sentences []language.Sentence) []quotation {
	var out []quotation
	for i := 0; i < len(sentences); {
		j := i + 1
		for j < len(sentences) && sentences[j].Block == sentences[i].Block {
			j++
		}
		out = append(out, inBlock(sentences, i, j)...)
		i = j
	}
	return out
}

func inBlock(sentences []language.Sentence, from, to int) []quotation {
	var out []quotation
	var cur *quotation
	var mark string
	head := quotation{open: position{from, 0}} // what stands before the first mark
	for i := from; i < to; i++ {
		toks := sentences[i].Tokens
		for k := range toks {
			t := &toks[k]
			if t.Kind != language.Quote {
				q := cur
				if q == nil {
					q = &head
				}
				if t.Kind != language.Punct {
					q.words++
					q.verb = q.verb || finite(t.Tag)
				}
				continue
			}
			switch {
			case cur == nil && opening(toks, k):
				cur, mark = &quotation{open: position{i, k}}, t.Norm
			case cur == nil && len(out) == 0 && t.Norm == "\"" && ends(toks, k):
				// Closed and never opened, as where it began in another paragraph.
				head.close = position{i, k}
				out = append(out, head)
			case cur != nil && t.Norm == mark && closing(toks, k, mark):
				cur.close = position{i, k}
				out = append(out, *cur)
				cur = nil
			}
		}
	}
	if cur != nil {
		// Never closed. An apostrophe was none; a double mark reaches to the
		// end of the block when the next block opens with one (the custom for
		// quotations of several paragraphs), and to the end of its sentence
		// otherwise.
		switch {
		case mark == "'":
		case to < len(sentences) && sentences[to].Tokens[0].Norm == mark:
			cur.close, cur.runs = position{to - 1, len(sentences[to-1].Tokens) - 1}, true
			out = append(out, *cur)
		default:
			cur.close = position{cur.open.sentence, len(sentences[cur.open.sentence].Tokens) - 1}
			out = append(out, *cur)
		}
	}
	return out
}

// opening reports whether the quotation mark at k opens: nothing but white
// space, an opening bracket or a mark of Markdown before it, and a word right
// behind. Two grave accents open whatever stands beside them.
func opening(toks []language.Token, k int) bool {
	t := &toks[k]
	if t.Text == "``" {
		return true
	}
	if k+1 >= len(toks) || toks[k+1].Space || inches(toks, k) {
		return false
	}
	if strings.ContainsAny(t.Text, "“‘„«") {
		return true
	}
	if t.Space || k == 0 {
		return true
	}
	prev := toks[k-1].Text
	return strings.ContainsAny(prev, "([—–-:*_>") || t.Norm == "\"" && toks[k-1].Kind == language.Quote
}

// closing reports whether the mark at k closes a quotation that mark opened.
func closing(toks []language.Token, k int, mark string) bool {
	t := &toks[k]
	if t.Text == "``" {
		return false
	}
	if t.Space && t.Text != "''" && k+1 < len(toks) && !toks[k+1].Space && toks[k+1].Kind == language.Word && strings.ContainsAny(t.Text, "“‘\"'") {
		return false // another opens inside
	}
	if mark == "'" && k+1 < len(toks) && !toks[k+1].Space && toks[k+1].Kind <= language.Number {
		return false // an apostrophe in a word, or feet
	}
	return !inches(toks, k) && !(mark == "'" && possessive(toks, k))
}

// ends reports whether the mark at k stands behind a stop and before white space.
func ends(toks []language.Token, k int) bool {
	return k > 0 && strings.ContainsAny(toks[k-1].Norm, ",.!?") && (!toks[k].Space || toks[k].Text == "''") && (k+1 == len(toks) || toks[k+1].Space)
}

// inches reports whether the mark at k is the end of a height: 5'10".
func inches(toks []language.Token, k int) bool {
	return k >= 3 && toks[k-1].Kind == language.Number && toks[k-2].Norm == "'" && toks[k-3].Kind == language.Number
}

// possessive reports whether the single mark at k, behind an s, belongs to the
// word, because another that closes better, behind a stop, comes later in the
// sentence: 'The soldiers' camp is here,'.
func possessive(toks []language.Token, k int) bool {
	if k == 0 || !strings.HasSuffix(toks[k-1].Norm, "s") || toks[k].Space {
		return false
	}
	for j := k + 1; j < len(toks); j++ {
		if toks[j].Norm != "'" {
			continue
		}
		if opening(toks, j) {
			return false
		}
		if strings.ContainsAny(toks[j-1].Norm, ",.!?") {
			return true
		}
	}
	return false
}

func finite(tag string) bool { return tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "MD" }
