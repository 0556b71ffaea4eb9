package language

// Norms returns the look-up forms of the sentence's tokens, in order. They are not
// to be changed.
func (s *Sentence) Norms() []string {
	if s.norms != nil {
		return s.norms
	}
	ws := make([]string, len(s.Tokens))
	for i := range s.Tokens {
		ws[i] = s.Tokens[i].Norm
	}
	return ws
}

// Children returns the dependents of token i, in order.
func (s *Sentence) Children(i int) []int {
	if s.kids == nil {
		return nil
	}
	return s.kids[i]
}

// Child returns the first dependent of token i with one of the relations, or -1.
func (s *Sentence) Child(i int, rels ...string) int {
	for _, k := range s.Children(i) {
		for _, r := range rels {
			if s.Tokens[k].Rel == r {
				return k
			}
		}
	}
	return -1
}

// Extent returns the first and last token of the subtree of token i. Trees are
// projective, so all that lies between belongs to it.
func (s *Sentence) Extent(i int) (first, last int) {
	if s.first == nil {
		return i, i
	}
	return s.first[i], s.last[i]
}

// Within reports whether token i is token top or lies below it in the tree.
func (s *Sentence) Within(i, top int) bool {
	for n := 0; i >= 0 && n <= len(s.Tokens); n++ {
		if i == top {
			return true
		}
		i = s.Tokens[i].Head
	}
	return false
}

// index prepares Norms, Children and Extent. Each token's chain of heads is followed
// to the root; it is as long as the tree is deep.
func (s *Sentence) index() {
	n := len(s.Tokens)
	s.norms = nil
	s.norms = s.Norms()
	room := make([]int, 3*n)
	take := func() []int {
		a := room[:n:n]
		room = room[n:]
		return a
	}
	s.kids, s.first, s.last = make([][]int, n), take(), take()
	for i := range s.Tokens {
		s.first[i], s.last[i] = i, i
	}
	number := make([]int, n) // of dependents
	for i := range s.Tokens {
		h := s.Tokens[i].Head
		if h >= 0 {
			number[h]++
		}
		for k := 0; h >= 0 && k < n; h, k = s.Tokens[h].Head, k+1 {
			s.first[h], s.last[h] = min(s.first[h], i), max(s.last[h], i)
		}
	}
	for i, k := range number {
		s.kids[i], room = room[:0:k], room[k:]
	}
	for i := range s.Tokens {
		if h := s.Tokens[i].Head; h >= 0 {
			s.kids[h] = append(s.kids[h], i)
		}
	}
}
