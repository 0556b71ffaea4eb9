package syntax

// tags are the parts of speech, Penn Treebank with every punctuation mark in
// one and the rare ones in their neighbours. The order is the model's.
var tags = []string{
	"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "RB", "RBR", "RBS",
	"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD", "TO", "IN", "DT", "PDT",
	"PRP", "PRP$", "WP", "WP$", "WDT", "WRB", "CC", "CD", "EX", "POS", "RP", "UH", "FW", "SYM", "PUNCT",
}

// rels are the relations, Universal Dependencies v2, subtypes kept where
// Parallax reads them.
var rels = []string{
	"root", "nsubj", "nsubj:pass", "obj", "iobj", "csubj", "ccomp", "xcomp", "obl", "obl:agent", "obl:unmarked",
	"advcl", "advmod", "aux", "aux:pass", "cop", "mark", "nmod", "nmod:poss", "appos", "nummod", "acl", "acl:relcl",
	"amod", "det", "case", "conj", "cc", "fixed", "flat", "compound", "compound:prt", "parataxis", "expl", "discourse",
	"vocative", "list", "goeswith", "dep", "punct",
}

func index(names []string) map[string]int {
	m := make(map[string]int, len(names))
	for i, n := range names {
		m[n] = i
	}
	return m
}

var tagIndex, relIndex = index(tags), index(rels)

var nominal = func() (set [64]bool) {
	for _, t := range []string{"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "WP", "DT", "EX"} {
		set[tagIndex[t]] = true
	}
	return set
}()

func nominalTag(t uint32) bool { return nominal[t&63] }

// plainTag maps a treebank's tag to ours.
func plainTag(t string, w Word) string {
	if punctuation(w) {
		return "PUNCT"
	}
	if _, ok := tagIndex[t]; ok {
		return t
	}
	switch t {
	case "ADD", "NFP", "LS", "GW", "AFX":
		return "NN"
	case "$":
		return "SYM"
	case "HYPH", ".", ",", ":", "``", "''", "-LRB-", "-RRB-":
		return "PUNCT"
	}
	return "NN"
}

// plainRel maps a treebank's relation to ours.
func plainRel(r string) string {
	if _, ok := relIndex[r]; ok {
		return r
	}
	switch r {
	case "nmod:desc":
		return "compound"
	case "nmod:unmarked", "nmod:npmod", "nmod:tmod":
		return "nmod"
	case "obl:npmod", "obl:tmod":
		return "obl:unmarked"
	case "nsubj:outer":
		return "nsubj"
	case "csubj:pass", "csubj:outer":
		return "csubj"
	case "advcl:relcl":
		return "advcl"
	case "det:predet":
		return "det"
	case "cc:preconj":
		return "cc"
	}
	for i := 0; i < len(r); i++ {
		if r[i] == ':' {
			return plainRel(r[:i])
		}
	}
	return "dep"
}
