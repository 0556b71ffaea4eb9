package chart

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// shifts are how far a palette may move a channel of a pixel, of 255: as little
// as leaves 256 colours. At 12 no difference can be seen on the edges of
// letters and lines; at 20 a colour bar shows bands. A figure that needs more
// keeps its colours.
var shifts = [...]int{2, 4, 6, 8, 10, 12}

// palettize reduces a picture to 256 colours. A figure has a few dozen, and on
// the edges of its marks some thousand mixtures of them, each rare. The most
// frequent colours stay exactly as they are; one within reach of a more
// frequent colour becomes that.
func palettize(img image.Image) (*image.Paletted, bool) {
	src, ok := img.(*image.RGBA)
	if !ok {
		return nil, false
	}
	type rgb [3]uint8
	type entry struct {
		colour rgb
		count  int
	}
	at := func(i int) rgb { return rgb{src.Pix[i], src.Pix[i+1], src.Pix[i+2]} }

	index := map[rgb]int{} // of entries
	var entries []entry
	last, lastIndex := rgb{}, -1
	for i := 0; i < len(src.Pix); i += 4 {
		if src.Pix[i+3] != 0xFF {
			return nil, false
		}
		if c := at(i); c != last || lastIndex < 0 {
			k, ok := index[c]
			if !ok {
				k = len(entries)
				index[c] = k
				entries = append(entries, entry{colour: c})
			}
			last, lastIndex = c, k
		}
		entries[lastIndex].count++
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.count, a.count), slices.Compare(a.colour[:], b.colour[:]))
	})

	var palette color.Palette
	nearest := make(map[rgb]uint8, len(entries))
	for _, shift := range shifts {
		palette = palette[:0]
		clear(nearest)
		var chosen []rgb
		for _, e := range entries {
			k := slices.IndexFunc(chosen, func(c rgb) bool { return near(c, e.colour, shift) })
			if k < 0 {
				k = len(chosen)
				chosen = append(chosen, e.colour)
				palette = append(palette, color.RGBA{e.colour[0], e.colour[1], e.colour[2], 0xFF})
			}
			if k > 0xFF {
				break
			}
			nearest[e.colour] = uint8(k)
		}
		if len(chosen) <= 256 {
			break
		}
	}
	if len(palette) > 256 {
		return nil, false
	}

	out := image.NewPaletted(src.Bounds(), palette)
	last = rgb{}
	n := nearest[last]
	for i := 0; i < len(src.Pix); i += 4 {
		if c := at(i); c != last {
			last, n = c, nearest[c]
		}
		out.Pix[i/4] = n
	}
	return out, true
}

func near(a, b [3]uint8, shift int) bool {
	for i := range a {
		if d := int(a[i]) - int(b[i]); d > shift || d < -shift {
			return false
		}
	}
	return true
}
