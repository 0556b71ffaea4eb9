package compare

import "slices"

// comparison runs the contrasts between sides.
type comparison struct {
	opts  Options
	sides []side // in the order of cells
}

// family are contrasts that are corrected together, not yet computed.
type family []func() trial

// by puts sides that have a key in common together, in the order of keys.
func (c comparison) by(key func(side) [2]string) [][]int {
	found := map[[2]string][]int{}
	for i, s := range c.sides {
		found[key(s)] = append(found[key(s)], i)
	}
	var out [][]int
	for _, k := range sortedKeys(found, func(x, y [2]string) int { return slices.Compare(x[:], y[:]) }) {
		out = append(out, found[k])
	}
	return out
}

// atOnce is about how many trials are held before they are judged. One of a source
// and the rest holds what all others have.
const atOnce = 256

// run computes the contrasts of families on all cores, some families after others.
func (c comparison) run(families []family) []Contrast {
	out := []Contrast{}
	for len(families) > 0 {
		n := 0
		var some family
		for ; n < len(families) && len(some) < atOnce; n++ {
			some = append(some, families[n]...)
		}
		trials := make([]trial, len(some))
		each(len(some), func(i int) { trials[i] = some[i]() })
		same, contrasts := make([][]trial, n), make([][]Contrast, n)
		for i, f := range families[:n] {
			same[i], trials = trials[:len(f)], trials[len(f):]
		}
		each(n, func(i int) { contrasts[i] = judge(same[i], c.opts) })
		out, families = append(out, slices.Concat(contrasts...)...), families[n:]
	}
	return out
}

// sources are all pairs over one target in one voice, or those of the largest.
func (c comparison) sources(same [][]int) ([]family, []Limit) {
	most, limits := limited(BySource, lengths(same), c.opts)
	families := make([]family, len(same))
	for i, list := range same {
		list = heaviest(list, most, c.sentences)
		for j, at := range list {
			for _, bt := range list[j+1:] {
				a, b := c.sides[at], c.sides[bt]
				names := Contrast{Family: BySource, Target: a.target, Voice: a.voice, A: a.name(), B: b.name()}
				families[i] = append(families[i], func() trial { return newTrial(names, a, b, c.opts) })
			}
		}
	}
	return families, limits
}

// sentences are those of a side.
func (c comparison) sentences(at int) int64 { return c.sides[at].sums.sentences }

// rest sets each source, or each of the largest, against all others. Of two sources
// that would be the pair again.
func (c comparison) rest(same [][]int) ([]family, []Limit) {
	var families []family
	limit := Limit{Family: ByRest}
	for _, list := range same {
		if len(list) < 3 {
			continue
		}
		chosen := heaviest(list, max(1, maxRest/len(list)), c.sentences)
		limit.Most, limit.Pairs, limit.Of = max(limit.Most, len(chosen)), limit.Pairs+len(chosen), limit.Of+len(list)
		var f family
		for _, at := range chosen {
			a := c.sides[at]
			names := Contrast{Family: ByRest, Target: a.target, Voice: a.voice, A: a.name(), B: Rest}
			f = append(f, func() trial {
				var gs []*group
				for _, bt := range list {
					if bt != at {
						gs = append(gs, c.sides[bt].group)
					}
				}
				return newTrial(names, a, others(gs).plain(c.opts), c.opts)
			})
		}
		families = append(families, f)
	}
	if limit.Pairs == limit.Of {
		return families, nil
	}
	return families, []Limit{limit}
}

// voices sets what each source says itself against what it quotes, over one
// target.
func (c comparison) voices() []family {
	var families []family
	for _, list := range c.by(func(s side) [2]string { return [2]string{s.target} }) {
		var f family
		for i, at := range list {
			// The voices of one source follow each other: all, author, quoted.
			if i+1 == len(list) || c.sides[at].voice == VoiceAll {
				continue
			}
			a, b := c.sides[at], c.sides[list[i+1]]
			if a.name() != b.name() || a.source != b.source {
				continue
			}
			names := Contrast{Family: ByVoice, Source: a.name(), Target: a.target, A: a.voice, B: b.voice}
			f = append(f, func() trial { return newPaired(names, a.group, b.group, c.opts) })
		}
		families = append(families, f)
	}
	return families
}

// targets sets the targets of one source in one voice against each other, or
// those that it speaks of most.
func (c comparison) targets() ([]family, []Limit) {
	same := c.by(func(s side) [2]string { return [2]string{s.name(), s.voice} })
	most, limits := limited(ByTarget, lengths(same), c.opts)
	var families []family
	for _, list := range same {
		list = heaviest(list, most, c.sentences)
		var f family
		for i, at := range list {
			for _, bt := range list[i+1:] {
				a, b := c.sides[at], c.sides[bt]
				names := Contrast{Family: ByTarget, Source: a.name(), Voice: a.voice, A: a.target, B: b.target}
				f = append(f, func() trial { return newPaired(names, a.group, b.group, c.opts) })
			}
		}
		families = append(families, f)
	}
	return families, limits
}

// dates sets each source before a date against the same source since, over one
// target in one voice.
func (c comparison) dates(early, late []*group) []family {
	type key struct{ source, target, voice string }
	then := map[key]*group{}
	for _, g := range early {
		then[key{g.source, g.target, g.voice}] = g
	}
	now := comparison{opts: c.opts}
	for _, g := range late {
		if then[key{g.source, g.target, g.voice}] != nil {
			now.sides = append(now.sides, g.plain(c.opts))
		}
	}
	var families []family
	for _, list := range now.by(func(s side) [2]string { return [2]string{s.target, s.voice} }) {
		var f family
		for _, at := range list {
			b := now.sides[at]
			a := then[key{b.source, b.target, b.voice}].plain(c.opts)
			names := Contrast{Family: ByDate, Source: b.source, Target: b.target, Voice: b.voice, A: string(before), B: string(since)}
			f = append(f, func() trial { return newTrial(names, a, b, c.opts) })
		}
		families = append(families, f)
	}
	return families
}
