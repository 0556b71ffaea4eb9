// Package syntax tags words with parts of speech and parses sentences into
// dependency trees.
//
// Three averaged perceptrons (Collins 2002) work one after the other, greedily
// and in linear time: a tagger (Penn Treebank tags), an unlabelled arc-hybrid
// parser trained with a dynamic oracle (Goldberg and Nivre 2013), and a
// labeller that names each arc (Universal Dependencies v2) once the tree
// stands. Features are hashed; the weights are one byte each.
//
// The embedded model (model.bin.gz) was trained on the training part of UD
// English EWT 2.x (Silveira et al. 2014, CC BY-SA 4.0) by
//
//	parallax train syntax --ud DIR --out analysis/language/syntax/model.bin.gz
//
// and is, as material derived from that corpus, offered under CC BY-SA 4.0.
//
// References
//
//	Collins, M. (2002). Discriminative training methods for hidden Markov models. EMNLP.
//	Goldberg, Y. and Nivre, J. (2013). Training deterministic parsers with non-deterministic oracles. TACL 1.
//	Silveira, N. et al. (2014). A gold standard dependency corpus for English. LREC.
package syntax

// Word is what the model sees of a word: its text and its folded form.
type Word struct {
	Text string
	Norm string
}

// Node is a word's place in the tree.
type Node struct {
	Tag  string // part of speech, Penn Treebank; "PUNCT" for every punctuation mark
	Head int    // index of the governing word, -1 for the root of the sentence
	Rel  string // relation to the head, Universal Dependencies v2
}

// Tree is a sentence with its gold or predicted analysis.
type Tree struct {
	Words []Word
	Nodes []Node
}
