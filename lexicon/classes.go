package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/classes.txt
var classesData string

// Class returns the words of a class of data/classes.txt, in small letters. A
// class that the table lacks is a mistake in the program, and panics.
func Class(name string) map[string]bool {
	class := classes()[name]
	if class == nil {
		panic("lexicon: no class of words has the name " + name)
	}
	return class
}

var classes = sync.OnceValue(func() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	var class map[string]bool
	for line := range strings.Lines(classesData) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "= "); ok {
			class = map[string]bool{}
			out[name] = class
		} else if !strings.HasPrefix(line, "#") {
			for w := range strings.FieldsSeq(line) {
				class[strings.ReplaceAll(w, "_", " ")] = true
			}
		}
	}
	return out
})
