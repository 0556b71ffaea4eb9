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
}

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
		}
	}
	s.Tags, s.UAS, s.LAS = ratio(tag, s.Words), ratio(head, s.Words), ratio(both, s.Words)
	return s
}
