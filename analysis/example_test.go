package analysis_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"parallax/analysis"
	"parallax/analysis/compare"
	"parallax/analysis/corpus"
	"parallax/analysis/target"
	"parallax/seeds"
)

func Example() {
	ctx := context.Background()
	targets, err := target.Parse("targets.yaml", seeds.Targets)
	if err != nil {
		log.Fatal(err)
	}
	articles, err := corpus.Read(ctx, []string{"-"}, corpus.Options{Stdin: strings.NewReader(
		"Pyongyang attacked South Korea on Thursday. Nobody could say what would follow after that.")})
	if err != nil {
		log.Fatal(err)
	}
	analyses, err := analysis.New(targets, nil, nil).All(ctx, articles.Documents, nil)
	if err != nil {
		log.Fatal(err)
	}
	var all []analysis.Observation
	for _, a := range analyses {
		for _, o := range a.Observations {
			fmt.Printf("%s: %s, in the voice of the %s\n", o.Target, o.Role, o.Voice)
			all = append(all, o)
		}
	}
	result, err := compare.Compare(all, compare.Options{Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(result.Cells), "cells: two targets, in all voices and in the author's")
	// Output:
	// NK: agent, in the voice of the author
	// SK: patient, in the voice of the author
	// 4 cells: two targets, in all voices and in the author's
}
