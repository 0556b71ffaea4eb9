package compare

import (
	"flag"
	"os"
	"testing"
)

var calibration = flag.Int("calibration", 60, "simulations of each kind in TestCalibration; 'parallax selftest' has the full form")

// TestCalibration holds what the package promises against simulated sources.
func TestCalibration(t *testing.T) {
	if os.Getenv("PARALLAX_SLOW") == "" {
		t.Skip("simulates for seconds; set PARALLAX_SLOW to run it")
	}
	checks, err := Calibrate(t.Context(), *calibration, 1, nil)
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
