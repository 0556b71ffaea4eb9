package syntax

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ReadCoNLLU reads trees in CoNLL-U form. fold makes the folded form of a
// word. Words joined by hyphens without space are made one word, as Parallax's
// tokens are; empty nodes and multi-word ranges are passed over. Errors name
// the line.
func ReadCoNLLU(r io.Reader, fold func(string) string) ([]Tree, error) {
	var trees []Tree
	var rows []row
	line := 0
	flush := func() error {
		for i := range rows {
			switch h := rows[i].head; {
			case h < -1 || h >= len(rows):
				return fmt.Errorf("line %d: head %d is not in the sentence", rows[i].line, h+1)
			case h == i:
				return fmt.Errorf("line %d: the word is its own head", rows[i].line)
			}
		}
		if len(rows) > 0 {
			trees = append(trees, joinHyphens(rows, fold))
			rows = rows[:0]
		}
		return nil
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20) // the longest line; UD's longest have 2 kB
	for sc.Scan() {
		line++
		s := sc.Text()
		if s == "" {
			if err := flush(); err != nil {
				return nil, err
			}
			continue
		}
		if s[0] == '#' {
			continue
		}
		f := strings.Split(s, "\t")
		if len(f) != 10 {
			return nil, fmt.Errorf("line %d: %d columns, want 10", line, len(f))
		}
		if strings.ContainsAny(f[0], "-.") {
			continue
		}
		if f[0] != strconv.Itoa(len(rows)+1) {
			return nil, fmt.Errorf("line %d: word number %q, want %d", line, f[0], len(rows)+1)
		}
		head, err := strconv.Atoi(f[6])
		if err != nil {
			return nil, fmt.Errorf("line %d: head %q is no number", line, f[6])
		}
		rows = append(rows, row{text: f[1], tag: f[4], head: head - 1, rel: f[7], joined: strings.Contains(f[9], "SpaceAfter=No"), line: line})
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", line+1, err)
	}
	if err := flush(); err != nil {
		return nil, err
	}
	return trees, nil
}

// row is a word as the file has it.
type row struct {
	text, tag, rel string
	head           int  // index, -1 for the root
	joined         bool // no space behind it
	line           int
}

// joinHyphens makes words of the pieces around hyphens. The new word has the
// analysis of the piece whose head lies outside.
func joinHyphens(rows []row, fold func(string) string) Tree {
	group := make([]int, len(rows)) // row -> word
	var firsts []int
	for i := range rows {
		joins := i > 0 && rows[i-1].joined &&
			(rows[i].text == "-" && i+1 < len(rows) && rows[i].joined && wordy(rows[i-1].text) && wordy(rows[i+1].text) ||
				rows[i-1].text == "-" && i > 1 && rows[i-2].joined && wordy(rows[i].text) && group[i-1] == group[i-2])
		if !joins {
			firsts = append(firsts, i)
		}
		group[i] = len(firsts) - 1
	}
	t := Tree{Words: make([]Word, len(firsts)), Nodes: make([]Node, len(firsts))}
	for k, first := range firsts {
		last := len(rows) - 1
		if k+1 < len(firsts) {
			last = firsts[k+1] - 1
		}
		top := last
		var text strings.Builder
		for i := first; i <= last; i++ {
			text.WriteString(rows[i].text)
			if h := rows[i].head; h < 0 || h < first || h > last {
				top = i
			}
		}
		w := Word{Text: text.String(), Norm: fold(text.String())}
		n := Node{Tag: plainTag(rows[top].tag, w), Rel: plainRel(rows[top].rel), Head: -1}
		if last > first && (rows[top].rel == "compound" || rows[top].rel == "amod") {
			n.Tag = "JJ" // "a long-range missile"
		}
		if h := rows[top].head; h >= 0 {
			n.Head = group[h]
		}
		if n.Tag == "PUNCT" {
			n.Rel = "punct"
		} else if n.Rel == "punct" {
			n.Rel = "dep"
		}
		switch {
		case n.Head == k: // the pieces hang on each other in a circle
			n.Head, n.Rel = -1, "root"
		case n.Head < 0:
			n.Rel = "root"
		case n.Rel == "root":
			n.Rel = "dep"
		}
		t.Words[k], t.Nodes[k] = w, n
	}
	return t
}

func wordy(s string) bool { return !punctuation(Word{Text: s}) }
