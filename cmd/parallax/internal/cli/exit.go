package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"parallax/analysis/corpus"
)

// Exit statuses. They are part of the interface: scripts and CI rely on them.
const (
	StatusOK          = 0   // done
	StatusFailed      = 1   // the input cannot be used, or something went wrong
	StatusUsage       = 2   // wrong flags or arguments, a path that does not exist, a wrong targets file
	StatusMoved       = 3   // check: scores moved beyond the tolerance; verify: a pack does not hold, or articles of it are missing
	StatusInterrupted = 130 // by Ctrl-C or a signal to end
)

// usageError is a mistake in how the program was called. Command is the
// subcommand whose help tells more.
type usageError struct {
	err     error
	command string
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// usagef returns a usage error.
func usagef(format string, args ...any) error {
	return &usageError{err: fmt.Errorf(format, args...)}
}

// errMoved says that check found scores beyond the tolerance.
var errMoved = errors.New("scores moved")

// What can be wrong with articles that can be read.
var (
	errUnmentioned = errors.New("no sentence mentions a target")
	errAllCopied   = errors.New("every sentence with a target is copied")
)

// becauseError is an error in other words than those of its kind.
type becauseError struct {
	kind error
	text string
}

func because(kind error, format string, args ...any) error {
	return &becauseError{kind, fmt.Sprintf(format, args...)}
}

func (e *becauseError) Error() string { return e.text }
func (e *becauseError) Unwrap() error { return e.kind }

// tooManyError says that there is more to compare than can be.
type tooManyError struct {
	n, most int
	what    string
}

func (e *tooManyError) Error() string {
	return fmt.Sprintf("%s to compare, and at most %d are taken", counted(e.n, e.what), e.most)
}

// status returns the exit status for an error.
func status(err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return StatusOK
	case errors.Is(err, errMoved), errors.Is(err, errDiffers), errors.Is(err, errIncomplete):
		return StatusMoved
	case errors.Is(err, context.Canceled):
		return StatusInterrupted
	case errors.As(err, &usage):
		return StatusUsage
	}
	return StatusFailed
}

// complain prints an error for a person: what is wrong, and for a usage error
// that the error's own text does not settle, where to read on.
func complain(w io.Writer, err error) {
	var usage *usageError
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(w, "parallax: interrupted; nothing was written")
	case errors.As(err, &usage) && usage.command != "":
		fmt.Fprintf(w, "parallax: %s\nRun '%s --help' for what can be given.\n", shown(err.Error()), usage.command)
	default:
		fmt.Fprintf(w, "parallax: %s\n", shown(err.Error()))
	}
}

// readError gives an error of corpus.Read its status: a path that does not
// exist is a mistake in the call, anything else is the input's.
func readError(err error) error {
	if errors.Is(err, fs.ErrNotExist) && !errors.Is(err, corpus.ErrNoDocuments) {
		return &usageError{err: err}
	}
	return err
}
