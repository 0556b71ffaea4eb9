package lexicon

import (
	"strings"
	"testing"
)

// TestClassesTable says that a class stands in the table once, with words, each
// once and in small letters.
func TestClassesTable(t *testing.T) {
	names, class, words := map[string]bool{}, "", map[string]bool{}
	for n, line := range strings.Split(classesData, "\n") {
		if name, ok := strings.CutPrefix(line, "= "); ok {
			if names[name] || class != "" && len(words) == 0 {
				t.Errorf("line %d: the class %s is there twice, or %s is empty", n+1, name, class)
			}
			names[name], class, words = true, name, map[string]bool{}
			continue
		}
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			if class == "" || words[w] || w != strings.ToLower(w) {
				t.Errorf("line %d: %q stands in no class, stands twice in %q or has a capital", n+1, w, class)
			}
			words[w] = true
		}
	}
	if len(classes()) != len(names) {
		t.Errorf("%d classes were read of %d", len(classes()), len(names))
	}
}
