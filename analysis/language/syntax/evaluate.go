package syntax

// Scores say how well predicted trees agree with gold ones. Punctuation does
// not count.
type Scores struct {
	Words int
	Tags  float64 // share of words with the right tag
	UAS   float64 // share with the right head
	LAS   float64 // share with the right head and relation
	// Rels gives precision and recall of (head, relation) by relation.
	Rels map[string]PR
	// Agent and Patient say how well nominals' roles are found.
	Agent, Patient Role
}

// Role is how well one role of nominals is found. In Predicates both the role
// and the word governing the nominal must be right, in Words the role alone.
//
// The agent is the subject (nsubj; nsubj:outer is read as such) and the
// by-phrase of a passive (obl:agent). The patient is the object (obj, iobj) and
// the subject of a passive (nsubj:pass). The indirect object is one because the
// passive makes it one: "X was given aid". Subjects of predicates that are no
// verbs count, for they are nominal subjects too; clausal subjects do not, nor
// do conjuncts, which UD hangs on the first of them.
//
// Nominals are the words that the gold tree tags as nouns, names, pronouns
// (relative ones too), numerals, determiners or symbols ("$ 5"); a role given
// to another word is not counted.
type Role struct{ Predicates, Words PR }

// PR is precision and recall from counts.
type PR struct{ Right, Predicted, Gold int }

// Precision is the share of what was predicted that is right; 0 for none.
func (p PR) Precision() float64 { return ratio(p.Right, p.Predicted) }

// Recall is the share of what is right that was predicted; 0 for none.
func (p PR) Recall() float64 { return ratio(p.Right, p.Gold) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Evaluate parses the words of trees and compares.
func Evaluate(m *Model, trees []Tree) Scores {
	s := Scores{Rels: map[string]PR{}}
	p := m.NewParser()
	var nodes []Node
	var tag, head, both int
	for _, t := range trees {
		nodes = p.Parse(t.Words, nodes)
		for i, g := range t.Nodes {
			if g.Tag == "PUNCT" {
				continue
			}
			n := nodes[i]
			s.Words++
			if n.Tag == g.Tag {
				tag++
			}
			right := n.Head == g.Head && n.Rel == g.Rel
			if n.Head == g.Head {
				head++
			}
			if right {
				both++
			}
			pr := s.Rels[n.Rel]
			pr.Predicted++
			if right {
				pr.Right++
			}
			s.Rels[n.Rel] = pr
			pr = s.Rels[g.Rel]
			pr.Gold++
			s.Rels[g.Rel] = pr
			if isNominal[g.Tag] {
				s.Agent.count(agentRels, g, n)
				s.Patient.count(patientRels, g, n)
			}
		}
	}
	s.Tags, s.UAS, s.LAS = ratio(tag, s.Words), ratio(head, s.Words), ratio(both, s.Words)
	return s
}

var (
	agentRels   = map[string]bool{"nsubj": true, "obl:agent": true}
	patientRels = map[string]bool{"obj": true, "iobj": true, "nsubj:pass": true}
	isNominal   = map[string]bool{
		"NN": true, "NNS": true, "NNP": true, "NNPS": true, "PRP": true, "WP": true, "WDT": true, "DT": true, "CD": true, "SYM": true,
	}
)

// count counts one nominal, given the relations that mean the role.
func (r *Role) count(rels map[string]bool, gold, predicted Node) {
	g, p := rels[gold.Rel], rels[predicted.Rel]
	if g {
		r.Words.Gold++
		r.Predicates.Gold++
	}
	if p {
		r.Words.Predicted++
		r.Predicates.Predicted++
	}
	if g && p {
		r.Words.Right++
		if gold.Head == predicted.Head {
			r.Predicates.Right++
		}
	}
}
