package linear

import (
	"fmt"
	"testing"
)

// spy notes what a test is told, instead of failing.
type spy struct {
	testing.TB
	failed string
}

func (s *spy) Helper()                           {}
func (s *spy) Errorf(format string, args ...any) { s.failed = fmt.Sprintf(format, args...) }

var sink int

// What is quadratic is found, and what is not is not.
func TestCheck(t *testing.T) {
	work := func(steps int) {
		for i := range steps {
			sink += i * i
		}
	}
	for name, c := range map[string]struct {
		f    func(size int)
		fail bool
	}{
		"linear":    {func(n int) { work(n * 1000) }, false},
		"quadratic": {func(n int) { work(n * n) }, true},
	} {
		s := &spy{TB: t}
		Check(s, name, 4000, c.f)
		if (s.failed != "") != c.fail {
			t.Errorf("%s: %q", name, s.failed)
		}
	}
}
