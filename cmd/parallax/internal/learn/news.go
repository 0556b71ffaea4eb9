package learn

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"parallax/analysis/framing"
)

// Penalties of the groups of columns, chosen among a few by cross-validation: the
// weight of half the square of a weight, against the log loss of one example.
const (
	penaltyVectors  = 30
	penaltyValences = 3
	penaltyEntries  = 1
	penaltyWords    = 50
	penaltyHeads    = 15 // of vectors and of words in the slots of heads
	penaltyBare     = 25 // of what has no vector
)

// rare is how many examples must have a word in a slot for it to get a weight of
// its own there.
const rare = 3

// frame is what the columns of the news model mean.
type frame struct {
	vectors  *Vectors
	valences *Valences
	rarity   map[string]float64 // of words of the examples; the rarest is that of all others
	rarest   float64
	columns  map[wordIn]int32 // of the sparse part
	alike    int              // how many of these, the last, move negative and positive alike
	off      map[string]bool  // groups of columns left out: vectors, valences, entries, words, roles, heads, bare
}

type wordIn struct {
	form string
	slot uint8
}

var (
	slots = len(framing.Slots)
	rules = framing.RuleNames()

	firstClause = uint8(slices.Index(framing.Slots, "left same clause"))
	firstRole   = uint8(slices.Index(framing.Slots, "agent"))
	firstHead   = uint8(slices.Index(framing.Slots, "head"))
	bare        = framing.Bare()
)

// newFrame counts the words of examples.
func newFrame(xs []example, v *Vectors, valences *Valences, off map[string]bool) *frame {
	f := &frame{vectors: v, valences: valences, rarity: map[string]float64{}, columns: map[wordIn]int32{}, off: off}
	docs := map[string]int{}
	counts := map[wordIn]int{}
	for _, x := range xs {
		seen := map[string]bool{}
		for _, w := range x.Words {
			if !seen[w.Form] {
				seen[w.Form] = true
				docs[w.Form]++
			}
		}
		here := map[wordIn]bool{}
		for _, w := range x.Words {
			for _, s := range w.Slots() {
				if k := (columnOf(w.Form, s)); !here[k] {
					here[k] = true
					counts[k]++
				}
			}
		}
	}
	n := float64(len(xs))
	rarity := func(df int) float64 { return min(8, max(0, math.Log(n/float64(1+df)))) / 4 }
	for w, df := range docs {
		f.rarity[w] = rarity(df)
	}
	f.rarest = rarity(0)
	var keys []wordIn
	for k, c := range counts {
		if c >= rare && k.slot != ignored {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b wordIn) int { return cmp.Or(cmp.Compare(a.form, b.form), cmp.Compare(a.slot, b.slot)) })
	// What has no vector comes last: it says how likely any judgement is, and has no direction.
	words := slices.DeleteFunc(slices.Clone(keys), func(k wordIn) bool { return slices.Contains(bare, k.form) })
	f.alike = len(keys) - len(words)
	keys = slices.DeleteFunc(keys, func(k wordIn) bool { return !slices.Contains(bare, k.form) })
	for i, k := range append(words, keys...) {
		f.columns[k] = int32(i)
	}
	return f
}

// ignored is no slot: words have no weights of their own in it.
const ignored = 255

// columnOf returns the column of a word in a slot, or one whose slot is ignored.
// What has no vector has columns for its exact distance, and no others.
func columnOf(form string, s uint8) wordIn {
	switch {
	case !slices.Contains(bare, form):
		return wordIn{form, coarse(s)}
	case strings.Contains(framing.Slots[s], " ") && s < firstClause:
		return wordIn{form, s}
	}
	return wordIn{form, ignored}
}

// coarse returns the slot in which a word has a weight of its own: the sentence,
// a role, or one of three distances a side, of which each is named by the first
// of the slots it covers.
func coarse(s uint8) uint8 {
	switch name := framing.Slots[s]; name {
	case "left", "right":
		return ignored
	case "left 2", "right 2", "left 6-9", "right 6-9":
		return s - 1
	default:
		if s >= firstClause && s < firstRole {
			return ignored
		}
	}
	return s
}

func (f *frame) rarityOf(w string) float64 {
	if r, ok := f.rarity[w]; ok {
		return r
	}
	return f.rarest
}

// Columns of the dense part: vectors by slot, valences by slot (signed, and their
// size), entries by rule and sign.
func (f *frame) dense() (valences, entries, all int) {
	valences = slots * dimensions
	entries = valences + 2*slots
	return valences, entries, entries + 2*len(rules)
}

// topic is what a word adds to its slots' vectors, for a unit of its vector.
func (f *frame) topic(w string) float64 { return f.rarityOf(w) / 3 }

var (
	scaleVectors  = 1 / math.Sqrt(penaltyVectors)
	scaleValences = 1 / math.Sqrt(penaltyValences)
	scaleEntries  = 1 / math.Sqrt(penaltyEntries)
	scaleWords    = 1 / math.Sqrt(penaltyWords)
	scaleHeads    = 1 / math.Sqrt(penaltyHeads)
	scaleBare     = 1 / math.Sqrt(penaltyBare)
)

// vectorsIn and ofWord are the scales of vectors in a slot and of a word's column in it.
func vectorsIn(s uint8) float64 {
	if s >= firstHead {
		return scaleHeads
	}
	return scaleVectors
}

func ofWord(k wordIn) float64 {
	switch {
	case slices.Contains(bare, k.form):
		return scaleBare
	case k.slot >= firstHead:
		return scaleHeads
	}
	return scaleWords
}

// leavesOut reports whether the word's columns in the slot are left out.
func (f *frame) leavesOut(word string, s uint8) bool {
	switch {
	case len(f.off) == 0:
		return false
	case f.off["bare"] && slices.Contains(bare, word):
		return true
	case s >= firstHead:
		return f.off["heads"]
	}
	return s >= firstRole && f.off["roles"]
}

// design makes the design of examples.
func (f *frame) design(xs []example) *design {
	valences, entries, all := f.dense()
	x := &design{d: all, m: len(f.columns), alike: f.alike}
	for _, e := range xs {
		row := make([]float64, all)
		sparse := map[int32]float64{}
		for _, w := range e.Words {
			topic, signed := w.Parts()
			valence := f.valences.of(w.Form)
			signed *= valence
			vector, t := f.vectors.of(w.Form), f.topic(w.Form)
			for _, s := range w.Slots() {
				if f.leavesOut(w.Form, s) {
					continue
				}
				if !f.off["vectors"] {
					for j, v := range vector {
						row[int(s)*dimensions+j] += topic * t * float64(v) * vectorsIn(s)
					}
				}
				if !f.off["valences"] {
					row[valences+2*int(s)] += signed * scaleValences
					row[valences+2*int(s)+1] += topic * math.Abs(valence) * scaleValences
				}
				k := columnOf(w.Form, s)
				if c, ok := f.columns[k]; ok && !f.off["words"] {
					sparse[c] += topic * ofWord(k)
				}
			}
		}
		for _, t := range e.Entries {
			if f.off["entries"] {
				break
			}
			k := 2 * slices.Index(rules, t.Rule)
			if t.Favourable() {
				k++
			}
			row[entries+k] += 2 * t.Weight * scaleEntries
		}
		short := make([]float32, all)
		for j, v := range row {
			short[j] = float32(v)
		}
		var cells []cellOf
		for c, v := range sparse {
			cells = append(cells, cellOf{c, float32(v)})
		}
		slices.SortFunc(cells, func(a, b cellOf) int { return cmp.Compare(a.column, b.column) })
		x.dense, x.sparse = append(x.dense, short), append(x.sparse, cells)
	}
	return x
}
