//go:build unix

package linear

import (
	"syscall"
	"time"
)

// used is the time that this process has had; 0 where that cannot be told.
func used() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
