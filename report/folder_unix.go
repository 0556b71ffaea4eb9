//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package report

import (
	"errors"
	"os"
	"syscall"
)

// lock keeps other runs from writing into a folder. On a file system that has no
// locks it does not.
func lock(dir string) (locked bool, unlock func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return false, nil, err
	}
	unlock = func() { f.Close() } // which ends the lock, as the end of the process does
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		unlock()
		return false, nil, errors.New("another run is writing there just now; run this again, or name another folder")
	}
	return err == nil, unlock, nil
}

// syncFolder puts the names in a folder on the disk. Where that cannot be done it
// holds all the same, but for a loss of power.
func syncFolder(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		f.Close()
	}
}
