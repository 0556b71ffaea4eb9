package compare

import (
	"context"
	"flag"
	"testing"
)

var calibration = flag.Int("calibration", 60, "simulations of each kind in TestCalibration; 'parallax selftest' has the full form")

// TestCalibration holds what the package promises against simulated sources.
func TestCalibration(t *testing.T) {
	checks, err := Calibrate(context.Background(), *calibration, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		t.Logf("%.3f (%.2f to %.2f) %s", c.Value, c.Low, c.High, c.Name)
		if !c.Passed() {
			t.Errorf("%s: %.3f in %d runs, and not %.2f to %.2f even by chance of %.3f", c.Name, c.Value, c.Runs, c.Low, c.High, c.Noise)
		}
	}
}
