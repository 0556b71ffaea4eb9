package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parallax/analysis/language/syntax"
)

const smallTreebank = "1\tSeoul\t_\t_\tNNP\t_\t2\tnsubj\t_\t_\n2\tagreed\t_\t_\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t_\t_\t.\t_\t2\tpunct\t_\t_\n"

// treebank makes a folder with files: pairs of name and contents.
func treebank(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, files[i]), []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTrainRefuses(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		flags []string // for FOLDER the treebank, for FILE where the model goes
		want  string
		code  int
	}{
		{"no flags", nil, nil, "--ud is missing", StatusUsage},
		{"no out", nil, []string{"--ud", "FOLDER"}, "--out is missing", StatusUsage},
		{"no epochs", nil, []string{"--ud", "FOLDER", "--out", "FILE", "--epochs", "0"}, "--epochs 0: give 1 or more", StatusUsage},
		{"measure and train", nil, []string{"--ud", "FOLDER", "--measure", "FILE"}, "--measure trains nothing: give it alone", StatusUsage},
		{"measure with a seed", nil, []string{"--measure", "FILE", "--seed", "0"}, "--measure trains nothing: give it alone", StatusUsage},
		{"measure nothing", nil, []string{"--measure", "FILE"}, "no such file", StatusFailed},
		{"measure no tree", []string{"x", "# x\n1\t2\n"}, []string{"--measure", "FOLDER/x"}, "x: line 2: 2 columns, want 10", StatusFailed},
		{"argument", nil, []string{"--ud", "FOLDER", "--out", "FILE", "x"}, `unexpected argument "x"`, StatusUsage},
		{"no treebank", nil, []string{"--ud", "FOLDER", "--out", "FILE"}, "there is neither en_ewt_train.conllu nor en_ewt_train.conllu.gz", StatusUsage},
		{"no dev part", []string{trainPart, smallTreebank}, []string{"--ud", "FOLDER", "--out", "FILE"}, "there is neither en_ewt_dev.conllu", StatusUsage},
		{"bad line", []string{trainPart, "# x\n1\t2\n"}, []string{"--ud", "FOLDER", "--out", "FILE"}, "en_ewt_train.conllu: line 2: 2 columns, want 10", StatusFailed},
		{"empty", []string{trainPart, ""}, []string{"--ud", "FOLDER", "--out", "FILE"}, "en_ewt_train.conllu: no trees", StatusFailed},
		{"not compressed", []string{trainPart + ".gz", smallTreebank}, []string{"--ud", "FOLDER", "--out", "FILE"}, "en_ewt_train.conllu.gz: gzip", StatusFailed},
	}
	for _, tt := range tests {
		dir := treebank(t, tt.files...)
		file := filepath.Join(t.TempDir(), "model")
		args := []string{"train", "syntax"}
		for _, f := range tt.flags {
			args = append(args, strings.NewReplacer("FOLDER", dir, "FILE", file).Replace(f))
		}
		var stdout, stderr bytes.Buffer
		got := Run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
		if got != tt.code || !strings.Contains(stderr.String(), tt.want) || stdout.Len() > 0 {
			t.Errorf("%s: status %d, want %d with %q; stdout %q, stderr %q", tt.name, got, tt.code, tt.want, &stdout, &stderr)
		}
		if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) > 0 {
			t.Errorf("%s: left %v (%v)", tt.name, left, err)
		}
	}
}

func TestTrainSyntax(t *testing.T) {
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("trains a model: takes seconds; set PARALLAX_SLOW to run it")
	}
	dir := treebank(t, trainPart, strings.Repeat(smallTreebank+"\n", 12), devPart, smallTreebank)
	file := filepath.Join(t.TempDir(), "model")
	var stdout, stderr bytes.Buffer
	if got := Run(t.Context(), []string{"train", "syntax", "--ud", dir, "--out", file, "--epochs", "2"}, strings.NewReader(""), &stdout, &stderr); got != StatusOK {
		t.Fatalf("status %d: %s", got, &stderr)
	}
	for _, want := range []string{"words      2\n", "UAS   1.0000\n", "nsubj                  1     1.000     1.000\n"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("%q is not in\n%s", want, &stdout)
		}
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := syntax.Read(f); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("left %v (%v)", left, err)
	}
}

// TestMeasureSyntax reads the table of a sentence that the embedded model knows.
func TestMeasureSyntax(t *testing.T) {
	file := filepath.Join(treebank(t, "x.conllu", smallTreebank), "x.conllu")
	var stdout, stderr bytes.Buffer
	if got := Run(t.Context(), []string{"train", "syntax", "--measure", file}, strings.NewReader(""), &stdout, &stderr); got != StatusOK {
		t.Fatalf("status %d: %s", got, &stderr)
	}
	const want = `words      2
tags  1.0000
UAS   1.0000
LAS   1.0000

relation            gold precision    recall
nsubj                  1     1.000     1.000
root                   1     1.000     1.000

role                gold precision    recall
agent                  1     1.000     1.000
agent+verb             1     1.000     1.000
patient                0     0.000     0.000
patient+verb           0     0.000     0.000
`
	if stdout.String() != want {
		t.Errorf("got\n%s", &stdout)
	}
}

func TestTrainHidden(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if got := Run(t.Context(), []string{"--help"}, strings.NewReader(""), &stdout, &stderr); got != StatusOK || strings.Contains(stdout.String(), "train") {
		t.Errorf("status %d, %s%s", got, &stdout, &stderr)
	}
	if got := Run(t.Context(), []string{"train", "lexicon"}, strings.NewReader(""), &stdout, &stderr); got != StatusUsage {
		t.Errorf("status %d, %s", got, &stderr)
	}
}
