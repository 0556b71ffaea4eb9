package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"parallax/cmd/parallax/internal/cli"
)

func main() { os.Exit(run()) }

func run() int {
	// The first interrupt ends the work in an orderly way; stop, called at the
	// end or once the context is done, lets a second one end the process.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}
