package cli

import (
	"bytes"
	"strings"
	"testing"
)

// Whatever the text, and however it is parted, nothing but text and the program's
// own colours reaches a terminal.
func TestScreen(t *testing.T) {
	const in = "The \x1b[31mPost\x1b[0m\x1b]0;x\x07 \u202egnorw\u202c\r\n\tSéoul \u009b2J \x9b \x1b[8mhidden\x1b"
	for _, tt := range []struct {
		s    screen
		want string
	}{
		{screen{color: true}, "The \x1b[31mPost\x1b[0m�]0;x� �gnorw��\n\tSéoul �2J � �[8mhidden�"},
		{screen{}, "The �[31mPost�[0m�]0;x� �gnorw��\n\tSéoul �2J � �[8mhidden�"},
		{screen{data: true}, in},
	} {
		for size := 1; size <= len(in); size++ {
			var b bytes.Buffer
			s := tt.s
			s.w = &b
			for rest := in; rest != ""; rest = rest[min(size, len(rest)):] {
				if n, err := s.Write([]byte(rest[:min(size, len(rest))])); err != nil || n != min(size, len(rest)) {
					t.Fatal(n, err)
				}
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Fatalf("by %d bytes: %q, want %q", size, &b, tt.want)
			}
		}
	}
}

// Names in the input do not reach the terminal as they are.
func TestNamesAreShown(t *testing.T) {
	const evil = `\u001b]0;pwn\u0007\u202e`
	in := `{"id":"d` + evil + `","source":"S` + evil + `","text":"North Korea threatened the United States on Thursday. Nobody could say what would follow after that."}`
	dir := t.TempDir()
	for _, args := range [][]string{
		{"compare", "--no-charts", "--out", dir, "-"},
		{"compare", "--no-charts", "--by", "document", "--out", dir, "-"},
		{"explain", "North Korea\x1b[2J\u202e threatened it."},
		{"compare", "no\x1b[2Jwhere"},
	} {
		var stdout, stderr bytes.Buffer
		Run(t.Context(), args, strings.NewReader(in), &stdout, &stderr)
		if all := stdout.String() + stderr.String(); strings.ContainsAny(all, "\x1b\x07\u202e") || all == "" {
			t.Errorf("%q: %q", args, all)
		}
	}
	var stdout, stderr bytes.Buffer
	Run(t.Context(), []string{"compare", "--format", "csv", "--no-charts", "--out", dir, "-"}, strings.NewReader(in), &stdout, &stderr)
	if !strings.Contains(stdout.String(), "S\x1b]0;pwn\x07\u202e") {
		t.Errorf("what is for programs is not as it is: %q", &stdout)
	}
}
