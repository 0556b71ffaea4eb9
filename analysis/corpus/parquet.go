package corpus

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// seekable returns what a stream holds as a file: itself where it is one, else
// a copy in a temporary file, which done removes.
func seekable(from io.Reader, buffered io.Reader) (f *os.File, size int64, done func(), err error) {
	if f, ok := from.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return f, info.Size(), func() {}, nil
		}
	}
	f, err = os.CreateTemp("", "parallax-*")
	if err != nil {
		return nil, 0, nil, err
	}
	done = func() {
		f.Close() // only read from here on, and then removed
		os.Remove(f.Name())
	}
	size, err = io.Copy(f, buffered)
	if err != nil {
		done()
		return nil, 0, nil, err
	}
	return f, size, done, nil
}

// readParquet reads a Parquet file, row by row. The line of a document is its row.
func (r *reader) readParquet(ctx context.Context, from, buffered io.Reader, s stream) (n int, reason string, err error) {
	f, size, done, err := seekable(from, buffered)
	if err != nil {
		return 0, fmt.Sprintf("cannot be read: %v", cause(err)), nil
	}
	defer done()
	file, err := parquet.OpenFile(f, size)
	if err != nil {
		return 0, fmt.Sprintf("not a Parquet file that can be read: %v", err), nil
	}
	schema := file.Schema()
	var names []string
	var types []parquet.Node
	for _, column := range schema.Columns() {
		names = append(names, column[0]) // a list is a column below its name
		leaf, _ := schema.Lookup(column...)
		types = append(types, leaf.Node)
	}
	m := mapFields(names, r.opts.Map)
	if m[fieldText] == "" {
		return 0, strings.Replace(noText(names, m), "the record has", "the file has", 1), nil
	}
	r.sayMapping(s.path, m)
	rows := make([]parquet.Row, 64)
	in := parquet.NewReader(file)
	defer in.Close() // read only
	for {
		if err := ctx.Err(); err != nil {
			return n, "", err
		}
		k, err := in.ReadRows(rows)
		for _, row := range rows[:k] {
			n++
			values := make([]string, len(names))
			for _, v := range row {
				if s := parquetText(v, types[v.Column()]); s != "" && values[v.Column()] != "" {
					values[v.Column()] += ", " + s
				} else if s != "" {
					values[v.Column()] = s
				}
			}
			r.addRecord(rowRecord(names, values, m), s, n)
		}
		if err == io.EOF {
			return n, "", nil
		}
		if err != nil {
			r.skip(s.path, n+1, "cannot be read on from here: %v", err)
			return n + 1, "", nil
		}
	}
}

// parquetText writes a value as text, and a time as its date.
func parquetText(v parquet.Value, node parquet.Node) string {
	if v.IsNull() {
		return ""
	}
	var kind any
	if logical := node.Type().LogicalType(); logical != nil {
		kind = logical.Value
	}
	if v.Kind() == parquet.ByteArray || v.Kind() == parquet.FixedLenByteArray {
		return string(v.ByteArray())
	}
	switch kind := kind.(type) {
	case *format.DateType:
		return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly)
	case *format.TimestampType:
		at := time.Unix(0, v.Int64())
		switch kind.Unit.Value.(type) {
		case *format.MilliSeconds:
			at = time.UnixMilli(v.Int64())
		case *format.MicroSeconds:
			at = time.UnixMicro(v.Int64())
		}
		return at.UTC().Format(time.DateOnly)
	}
	switch {
	case v.Kind() == parquet.Int64:
		return strconv.FormatInt(v.Int64(), 10)
	case v.Kind() == parquet.Int32:
		return strconv.FormatInt(int64(v.Int32()), 10)
	}
	return v.String()
}
