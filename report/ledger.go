package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"parallax/analysis"
)

// Ledger takes the observations of a comparison, document by document, and
// holds them in a file: of those of a large corpus none stays in memory but
// the deeds. The file has no name, so that it is gone however the process ends;
// where a system cannot do that, Close removes it.
type Ledger struct {
	tally
	file *os.File
	out  *bufio.Writer
	name string // of the file; "" where it has none
}

// NewLedger makes an empty ledger in a temporary file.
func NewLedger() (*Ledger, error) {
	f, err := os.CreateTemp("", "parallax-*.jsonl")
	if err != nil {
		return nil, fmt.Errorf("making the ledger: %w", err)
	}
	l := &Ledger{file: f, out: bufio.NewWriter(f)}
	if os.Remove(f.Name()) != nil {
		l.name = f.Name()
	}
	return l, nil
}

// Add appends the observations of a document, in the order of its sentences.
func (l *Ledger) Add(observations []analysis.Observation) error {
	l.tally.add(observations)
	return WriteObservations(l.out, observations)
}

// Close ends the ledger.
func (l *Ledger) Close() error {
	err := l.file.Close()
	if l.name != "" {
		err = errors.Join(err, os.Remove(l.name))
	}
	return err
}

// write copies the ledger.
func (l *Ledger) write(w io.Writer) error {
	if err := l.out.Flush(); err != nil {
		return fmt.Errorf("writing observations: %w", err)
	}
	if _, err := l.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("writing observations: %w", err)
	}
	if _, err := io.Copy(w, l.file); err != nil {
		return fmt.Errorf("writing observations: %w", err)
	}
	return nil
}

// writeObservations writes observations.jsonl from what there is.
func (in Input) writeObservations(w io.Writer) error {
	if in.Ledger != nil {
		return in.Ledger.write(w)
	}
	return WriteObservations(w, in.Observations)
}

// EachObservation calls f with every observation, in order.
func (in Input) EachObservation(f func(*analysis.Observation) error) error {
	if in.Ledger == nil {
		for i := range in.Observations {
			if err := f(&in.Observations[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if err := in.Ledger.out.Flush(); err != nil {
		return fmt.Errorf("reading observations: %w", err)
	}
	if _, err := in.Ledger.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading observations: %w", err)
	}
	return eachObservation(in.Ledger.file, f)
}

// tally is what a report counts over all observations.
type tally struct {
	sentences  int            // with a target
	mentioning map[string]int // the same by document
	deeds      []deed         // each once, in the order of observations
	shelf      shelf          // what the page shows
}

// deed is a relation where its agent's observation has it.
type deed struct {
	source, document, target string
	analysis.ObservedRelation
}

// add counts observations. Those of one sentence follow each other.
func (t *tally) add(observations []analysis.Observation) {
	if t.mentioning == nil {
		t.mentioning = map[string]int{}
	}
	for i, o := range observations {
		t.shelf.add(o)
		if i == 0 || o.Document != observations[i-1].Document || o.Start != observations[i-1].Start {
			t.sentences++
			t.mentioning[o.Document]++
		}
		for _, r := range o.Relations {
			if r.Role == "agent" {
				t.deeds = append(t.deeds, deed{o.Source, o.Document, o.Target, r})
			}
		}
	}
}

// tally counts the observations, where the ledger has not.
func (in Input) tally() *tally {
	if in.Ledger != nil {
		return &in.Ledger.tally
	}
	t := &tally{}
	t.add(in.Observations)
	return t
}
