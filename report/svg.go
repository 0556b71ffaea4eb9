package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
)

// What an SVG may consist of to stand in a page: shapes, text and the
// attributes that paint them. It holds nothing that loads, links, runs or has a
// name that another picture could have too.
var (
	svgElements   = strings.Fields("svg g path text tspan rect circle ellipse line polygon polyline")
	svgAttributes = strings.Fields("viewBox d x y x1 y1 x2 y2 dx dy cx cy r rx ry width height points transform text-anchor " + strings.Join(svgPaint, " "))
	svgText       = strings.Fields("text tspan")
	svgGroups     = strings.Fields("svg g text tspan") // what holds other elements; shapes are empty
	svgPaint      = strings.Fields("fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin " +
		"opacity font-family font-size font-weight font-style")
	svgDefaults = strings.Fields("font-weight:normal font-style:normal font-variant:normal font-family:Liberation%20Sans")
)

// svgFonts have the metrics that pictures are laid out by.
const svgFonts = "'Liberation Sans',Arial,Helvetica,sans-serif"

// inlineSVG makes a picture part of a page: what is on the list stays, style
// declarations become attributes, as the page's policy forbids styles of its
// elements, and title and description are what a screen reader says. The names
// of these are made from id. An element that is not on the list is an error.
func inlineSVG(data []byte, id, title, desc string) (template.HTML, error) {
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(data))
	var open []string // the elements around
	skip := 0         // elements around that are left out
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("reading an SVG: %w", err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			name := x.Name.Local
			switch {
			case skip > 0 || name == "style":
				skip++
				continue
			case !slices.Contains(svgElements, name) || (len(open) == 0) != (name == "svg"):
				return "", fmt.Errorf("an SVG with an element %q", name)
			}
			open = append(open, name)
			b.WriteString("<" + name)
			if name == "svg" {
				width, height, err := svgSize(x)
				if err != nil {
					return "", err
				}
				fmt.Fprintf(&b, ` width="%g" height="%g" font-family="%s" role="img" aria-labelledby="%s-title" aria-describedby="%[4]s-desc"`,
					width, height, html.EscapeString(svgFonts), html.EscapeString(id))
			}
			writeAttributes(&b, x.Attr, name == "svg")
			if !slices.Contains(svgGroups, name) {
				b.WriteString("/")
			}
			b.WriteString(">")
			if name == "svg" {
				fmt.Fprintf(&b, `<title id="%s-title">%s</title><desc id="%[1]s-desc">%[3]s</desc>`,
					html.EscapeString(id), html.EscapeString(fold(title)), html.EscapeString(fold(desc)))
			}
		case xml.EndElement:
			if skip > 0 {
				skip--
				continue
			}
			open = open[:len(open)-1]
			if slices.Contains(svgGroups, x.Name.Local) {
				b.WriteString("</" + x.Name.Local + ">")
			}
		case xml.CharData:
			if skip == 0 && len(open) > 0 && slices.Contains(svgText, open[len(open)-1]) {
				b.WriteString(html.EscapeString(fold(string(x))))
			}
		}
	}
	if b.Len() == 0 {
		return "", errors.New("an SVG without a picture")
	}
	return template.HTML(b.String()), nil
}

// writeAttributes writes those of an element that are on the list, and its
// style's declarations as attributes where they are not the default.
func writeAttributes(b *strings.Builder, attributes []xml.Attr, root bool) {
	for _, a := range attributes {
		switch name := a.Name.Local; {
		case name == "style":
			for declaration := range strings.SplitSeq(a.Value, ";") {
				property, value, _ := strings.Cut(declaration, ":")
				property, value = strings.TrimSpace(property), strings.TrimSpace(value)
				if slices.Contains(svgPaint, property) && !slices.Contains(svgDefaults, property+":"+strings.ReplaceAll(value, " ", "%20")) {
					fmt.Fprintf(b, ` %s="%s"`, property, html.EscapeString(value))
				}
			}
		case root && (name == "width" || name == "height"):
		case a.Name.Space == "" && slices.Contains(svgAttributes, name):
			fmt.Fprintf(b, ` %s="%s"`, name, html.EscapeString(a.Value))
		}
	}
}

// svgSize is the size of a picture in CSS pixels, from its width and height in
// points.
func svgSize(root xml.StartElement) (width, height float64, err error) {
	size := func(name string) float64 {
		for _, a := range root.Attr {
			if a.Name.Local == name {
				v, e := strconv.ParseFloat(strings.TrimSuffix(a.Value, "pt"), 64)
				err = errors.Join(err, e)
				return float64(v*4) / 3
			}
		}
		return 0
	}
	width, height = size("width"), size("height")
	if err == nil && !(width > 0 && height > 0) {
		err = errors.New("an SVG without a size")
	}
	return width, height, err
}
