package lexicon

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Frame is what a term says for one frame.
type Frame struct {
	ID string // one of Frames
	// Weight is how far the term alone carries the frame, in (0, 1], in steps of
	// 0.25: 1 needs no company ("missile"), 0.5 a second such term ("attack",
	// which may be one of words), 0.25 only adds to others ("party").
	Weight float64
}

// Frames returns the ids of the frames that terms may carry, in the order in
// which they are shown.
func Frames() []string {
	return []string{"conflict", "diplomacy", "economy", "legitimacy", "humanitarian", "strength", "identity"}
}

// frameStep is the finest difference that a frame's weight may make.
const frameStep = 0.25

// frames reads the column frames: "conflict" for a weight of 1, "conflict:0.5"
// for another, several with a comma.
func (r *row) frames() []Frame {
	if r.field("frames") == "" {
		return nil
	}
	var out []Frame
	for given := range strings.SplitSeq(r.field("frames"), ",") {
		f := Frame{Weight: 1}
		id, weight, weighted := strings.Cut(given, ":")
		f.ID = id
		if !slices.Contains(Frames(), id) {
			r.errorf("unknown frame %q: frames are %s, separated by a comma", id, strings.Join(Frames(), ", "))
			continue
		}
		if slices.ContainsFunc(out, func(have Frame) bool { return have.ID == id }) {
			r.errorf("frame %q twice", id)
			continue
		}
		if weighted {
			w, err := strconv.ParseFloat(weight, 64)
			if n := w / frameStep; err != nil || !(w > 0 && w <= 1) || n != float64(int(n)) {
				r.errorf("weight %q of frame %s: it is above 0, at most 1, in steps of %g", weight, id, frameStep)
				continue
			}
			f.Weight = w
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Frame) int { return slices.Index(Frames(), a.ID) - slices.Index(Frames(), b.ID) })
	return out
}

// topical reports whether the row's table is one that only frames are looked
// up in: it has frames, and nothing that judges.
func (r *row) topical() bool {
	return slices.Contains(r.header, "frames") &&
		!slices.ContainsFunc(r.header, func(c string) bool { return slices.Contains(entryColumns, c) })
}

// FramesAt is [Lexicon.At] for frames: it also looks in the tables that have
// frames and nothing that judges, whose terms At does not know, so that a topic
// can be added without moving a score. Where terms of several lengths match,
// those of the longest in any table are appended; some of them may carry no
// frame, and keep a shorter term from carrying its own ("think tank").
func (l *Lexicon) FramesAt(words []string, i int, dst []Match) []Match {
	entries, n := l.matches.at(words, i)
	topics, m := l.topics.at(words, i)
	if n >= m {
		dst = append(dst, entries...)
	}
	if m >= n {
		dst = append(dst, topics...)
	}
	return dst
}

// topicOverlaps finds terms of frames that share a form with a term of the same
// part of speech, so that one of them is never read.
func (l *Lexicon) topicOverlaps() []Problem {
	seen := map[[2]*Entry]bool{}
	var problems []Problem
	for first, list := range l.topics.lists {
		for _, f := range list {
			words := append([]string{first}, f.rest...)
			var others []Match
			if i := l.matches.find(words); i >= 0 {
				others = l.matches.lists[first][i].values
			}
			for i, a := range f.values {
				for _, b := range slices.Concat(others, f.values[:i]) {
					if pair := [2]*Entry{a.Entry, b.Entry}; a.Entry.POS == b.Entry.POS && !seen[pair] {
						seen[pair] = true
						problems = append(problems, Problem{a.Entry.File, a.Entry.Line,
							fmt.Sprintf("%q shares a form with the %s %q (%s:%d)", a.Entry.Term, b.Entry.POS, b.Entry.Term, b.Entry.File, b.Entry.Line)})
					}
				}
			}
		}
	}
	return problems
}
