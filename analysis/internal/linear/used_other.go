//go:build !unix

package linear

import "time"

func used() time.Duration { return 0 }
