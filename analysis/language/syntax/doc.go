// Package syntax tags words with parts of speech and parses sentences into
// dependency trees.
//
// Three averaged perceptrons (Collins 2002) work one after the other, greedily
// and in linear time: a tagger (Penn Treebank tags), an unlabelled arc-hybrid
// parser trained with a dynamic oracle (Goldberg and Nivre 2013), and a
// labeller that names each arc (Universal Dependencies v2) once the tree
// stands: those of nominals last, when the verb's auxiliaries and complements
// are known. Features are hashed; the weights are one byte each in the file,
// and those of features that training met rarely are left out (Goldberg and
// Elhadad 2011).
//
// The embedded model (model.bin.gz) was trained on the training part of UD
// English EWT (Silveira et al. 2014, CC BY-SA 4.0) by
//
//	parallax train syntax --ud DIR --out analysis/language/syntax/model.bin.gz
//
// where DIR has en_ewt_train.conllu and en_ewt_dev.conllu, either with .gz. The
// command is for developers, and no help lists it. It takes three minutes on two
// cores; with the same treebank it writes the same bytes. The model is, as
// material derived from that corpus, offered under CC BY-SA 4.0.
//
// On the development part, punctuation left out, it gets 93.6 % of the tags,
// 83.6 % of the heads and 79.1 % of heads and relations right; of subjects 84 %
// are found, of objects 86 %, of passive subjects 71 %. Adverbial and relative
// clauses (about one half) and coordination (55 %) are what to distrust.
//
// Of nominals' roles (see Role) it finds, in per cent,
//
//	                       development            test
//	                   precision  recall   precision  recall
//	agent                   91.4    89.0        91.1    89.3
//	agent and verb          87.2    84.8        88.5    86.7
//	patient                 85.3    87.9        85.6    89.5
//	patient and verb        82.7    85.2        84.2    88.0
//
// as this prints for any file of a treebank:
//
//	parallax train syntax --measure FILE
//
// References
//
//	Collins, M. (2002). Discriminative training methods for hidden Markov models. EMNLP.
//	Goldberg, Y. and Elhadad, M. (2011). Learning sparser perceptron models. Technical report, Ben Gurion University.
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
