// Package seeds holds what Parallax ships with: five articles and the targets
// that they frame.
package seeds

import _ "embed"

// Targets is the built-in targets file: the United States, North Korea and
// South Korea. Its comments explain how to write one for other actors.
//
//go:embed targets.yaml
var Targets []byte
