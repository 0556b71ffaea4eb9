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

// run computes the contrasts of families on all cores.
func (c comparison) run(families []family) []Contrast {
	var all family
	for _, f := range families {
		all = append(all, f...)
	}
	trials := make([]trial, len(all))
	each(len(all), func(i int) { trials[i] = all[i]() })
	same := make([][]trial, len(families))
	for i, f := range families {
		same[i], trials = trials[:len(f)], trials[len(f):]
	}
	contrasts := make([][]Contrast, len(families))
	each(len(families), func(i int) { contrasts[i] = judge(same[i], c.opts) })
	return append([]Contrast{}, slices.Concat(contrasts...)...)
}

// sources are all pairs over one target in one voice.
func (c comparison) sources(same [][]int) []family {
	families := make([]family, len(same))
	for i, list := range same {
		for j, at := range list {
			for _, bt := range list[j+1:] {
				a, b := c.sides[at], c.sides[bt]
				names := Contrast{Family: BySource, Target: a.target, Voice: a.voice, A: a.name(), B: b.name()}
				families[i] = append(families[i], func() trial { return newTrial(names, a, b, c.opts) })
			}
		}
	}
	return families
}

// rest sets each source against all others. Of two sources that would be the
// pair again.
func (c comparison) rest(same [][]int) []family {
	var families []family
	for _, list := range same {
		if len(list) < 3 {
			continue
		}
		var f family
		for j, at := range list {
			a := c.sides[at]
			names := Contrast{Family: ByRest, Target: a.target, Voice: a.voice, A: a.name(), B: Rest}
			f = append(f, func() trial {
				var gs []*group
				for i, bt := range list {
					if i != j {
						gs = append(gs, c.sides[bt].group)
					}
				}
				return newTrial(names, a, others(gs).plain(c.opts), c.opts)
			})
		}
		families = append(families, f)
	}
	return families
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

// targets sets the targets of one source in one voice against each other.
func (c comparison) targets() []family {
	var families []family
	for _, list := range c.by(func(s side) [2]string { return [2]string{s.name(), s.voice} }) {
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
	return families
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
