package corpus

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxDepth is how deep archives may lie in each other: a packed archive of packed
// files has three levels, and a file made to unpack without end any number.
const maxDepth = 4

// unpack reads what a packed stream holds.
func (r *reader) unpack(ctx context.Context, from io.Reader, s stream, f form) (reason string, err error) {
	var in io.Reader
	if f == gzipped {
		in, err = gzip.NewReader(from)
	} else {
		var z *zstd.Decoder
		if z, err = zstd.NewReader(from); err == nil {
			defer z.Close()
		}
		in = z
	}
	if err != nil {
		return fmt.Sprintf("cannot be unpacked: %v", err), nil
	}
	if s.depth++; s.depth > maxDepth {
		return "packed in too many layers", nil
	}
	ext := path.Ext(s.name)
	switch strings.ToLower(ext) {
	case ".tgz":
		s.name = strings.TrimSuffix(s.name, ext) + ".tar"
	default:
		s.name = strings.TrimSuffix(s.name, ext)
	}
	return r.stream(ctx, in, s)
}

// inside is the stream of a file in an archive. An archive is read as a folder of
// its name would be.
func (s stream) inside(name string) stream {
	in := stream{path: s.path + "/" + name, name: name, given: s.given, depth: s.depth + 1, within: true}
	if dir := path.Dir(s.name); dir != "." || s.within {
		in.name = stem(s.name) + "/" + name
	}
	in.id = stem(in.name)
	return in
}

// entry reads a file in an archive.
func (r *reader) entry(ctx context.Context, s stream, name string, open func() (io.Reader, error)) error {
	base := path.Base(name)
	if strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__MACOSX/") || isCompanion(name) {
		if base == sidecarName && !r.opts.Unlisted {
			r.skip(s.path+"/"+name, 0, "a sources.yaml in an archive is not read: unpack the archive to use it")
		}
		return nil
	}
	in := s.inside(path.Clean(name))
	if in.depth > maxDepth {
		r.skip(in.path, 0, "packed in too many layers")
		return nil
	}
	from, err := open()
	if err != nil {
		r.skip(in.path, 0, "cannot be unpacked: %v", err)
		return nil
	}
	reason, err := r.stream(ctx, from, in)
	if reason != "" {
		r.skip(in.path, 0, "%s", reason)
	}
	return err
}

// readZip reads the files of an archive made by zip, in its order.
func (r *reader) readZip(ctx context.Context, from io.Reader, buffered *bufio.Reader, s stream) (reason string, err error) {
	f, size, done, err := seekable(from, buffered)
	if err != nil {
		return fmt.Sprintf("cannot be read: %v", cause(err)), nil
	}
	defer done()
	archive, err := zip.NewReader(f, size)
	if err != nil {
		return fmt.Sprintf("cannot be unpacked: %v", err), nil
	}
	for _, z := range archive.File {
		if z.FileInfo().IsDir() {
			continue
		}
		var opened io.ReadCloser
		err := r.entry(ctx, s, z.Name, func() (io.Reader, error) {
			var err error
			opened, err = z.Open()
			return opened, err
		})
		if opened != nil {
			opened.Close() // read only
		}
		if err != nil {
			return "", err
		}
	}
	return "", nil
}

// readTar reads the files of an archive made by tar, in its order.
func (r *reader) readTar(ctx context.Context, from io.Reader, s stream) (reason string, err error) {
	in := tar.NewReader(from)
	for n := 0; ; n++ {
		h, err := in.Next()
		if err == io.EOF {
			return "", nil
		}
		if err != nil {
			if n == 0 {
				return fmt.Sprintf("cannot be unpacked: %v", err), nil
			}
			r.skip(s.path, 0, "cannot be unpacked on after %d files: %v", n, err)
			return "", nil
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if err := r.entry(ctx, s, h.Name, func() (io.Reader, error) { return in, nil }); err != nil {
			return "", err
		}
	}
}
