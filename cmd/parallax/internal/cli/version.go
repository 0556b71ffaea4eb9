package cli

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"parallax/lexicon"
)

func newVersion(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of the program and of its lexicon",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			lex := lexicon.Default()
			fmt.Fprintf(e.stdout, "parallax %s\n", programVersion())
			fmt.Fprintf(e.stdout, "lexicon  %s sha256:%s\n", lex.Version(), lex.Digest())
			return nil
		},
	}
}

// noArgs refuses arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage(cmd, fmt.Errorf("unexpected argument %q", args[0]))
	}
	return nil
}

// development is the version of a build that is no release.
const development = "devel"

// programVersion returns the version that the build was stamped with: a tag,
// or what the version control system says.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return development
	}
	return info.Main.Version
}

// releaseVersion returns the version for outputs: the tag of a release, and
// one word for every other build, which may or may not be stamped with a
// commit: the same program must write the same bytes however it was built.
func releaseVersion() string {
	v := programVersion()
	if strings.ContainsAny(v, "-+") {
		return development
	}
	return v
}
