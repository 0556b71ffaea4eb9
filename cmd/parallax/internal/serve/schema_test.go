package serve_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// schemas holds values against the schemas of an OpenAPI document: as much of
// JSON Schema 2020-12 as that document uses. A keyword that it does not know is
// an error, so that none is passed over.
type schemas struct {
	document map[string]any
	seen     map[string]bool // properties that some value had, as schema.property
}

func (s *schemas) find(ref string) any {
	var at any = s.document
	for _, part := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		m, _ := at.(map[string]any)
		at = m[part]
	}
	return at
}

// check returns what is wrong with a value. At is where it stands, and name
// where its schema does.
func (s *schemas) check(schema any, value any, at, name string) []string {
	m, ok := schema.(map[string]any)
	if !ok {
		return []string{fmt.Sprintf("%s: no schema at %s", at, name)}
	}
	var wrong []string
	fail := func(format string, args ...any) {
		wrong = append(wrong, at+": "+fmt.Sprintf(format, args...))
	}
	for _, keyword := range slices.Sorted(maps.Keys(m)) {
		want := m[keyword]
		switch keyword {
		case "description", "properties", "required":
		case "$ref":
			ref := want.(string)
			wrong = append(wrong, s.check(s.find(ref), value, at, ref[strings.LastIndex(ref, "/")+1:])...)
		case "type":
			if !isType(want, value) {
				fail("%v is not of type %v", value, want)
			}
		case "enum":
			if !slices.ContainsFunc(want.([]any), func(x any) bool { return reflect.DeepEqual(x, value) }) {
				fail("%v is none of %v", value, want)
			}
		case "minimum":
			if v, ok := value.(float64); ok && v < want.(float64) {
				fail("%v is below %v", v, want)
			}
		case "maximum":
			if v, ok := value.(float64); ok && v > want.(float64) {
				fail("%v is above %v", v, want)
			}
		case "minItems":
			if v, ok := value.([]any); ok && len(v) < int(want.(float64)) {
				fail("%d items", len(v))
			}
		case "maxItems":
			if v, ok := value.([]any); ok && len(v) > int(want.(float64)) {
				fail("%d items", len(v))
			}
		case "items":
			list, _ := value.([]any)
			for i, x := range list {
				wrong = append(wrong, s.check(want, x, fmt.Sprintf("%s[%d]", at, i), name)...)
			}
		case "oneOf":
			n := 0
			for _, x := range want.([]any) {
				if len(s.check(x, value, at, name)) == 0 {
					n++
				}
			}
			if n != 1 {
				fail("fits %d of the schemas, not one", n)
			}
		case "additionalProperties":
			object, _ := value.(map[string]any)
			for key, x := range object {
				if known, _ := m["properties"].(map[string]any); known[key] != nil {
					continue
				}
				if want == false {
					fail("%q is not described: add it to %s in openapi.json", key, name)
				} else {
					wrong = append(wrong, s.check(want, x, at+"."+key, name+"."+key)...)
				}
			}
		default:
			fail("the keyword %q of the schema is not known to this test", keyword)
		}
	}
	object, isObject := value.(map[string]any)
	if !isObject {
		return wrong
	}
	required, _ := m["required"].([]any)
	for _, key := range required {
		if _, ok := object[key.(string)]; !ok {
			fail("%q is missing", key)
		}
	}
	properties, _ := m["properties"].(map[string]any)
	for key, x := range properties {
		if v, ok := object[key]; ok {
			s.seen[name+"."+key] = true
			wrong = append(wrong, s.check(x, v, at+"."+key, name+"."+key)...)
		}
	}
	return wrong
}

// unseen returns the properties of a schema that no value had.
func (s *schemas) unseen(schema any, name string) []string {
	m, _ := schema.(map[string]any)
	var out []string
	properties, _ := m["properties"].(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		if at := name + "." + key; !s.seen[at] {
			out = append(out, at)
		} else {
			out = append(out, s.unseen(properties[key], at)...)
		}
	}
	return append(out, s.items(m, name)...)
}

func (s *schemas) items(m map[string]any, name string) []string {
	if m["items"] == nil {
		return nil
	}
	return s.unseen(m["items"], name)
}

func isType(want, value any) bool {
	if list, ok := want.([]any); ok {
		return slices.ContainsFunc(list, func(x any) bool { return isType(x, value) })
	}
	switch v := value.(type) {
	case nil:
		return want == "null"
	case bool:
		return want == "boolean"
	case string:
		return want == "string"
	case float64:
		return want == "number" || want == "integer" && v == float64(int64(v))
	case []any:
		return want == "array"
	case map[string]any:
		return want == "object"
	}
	return false
}

// decode reads JSON as the checks above want it.
func decode(data []byte) (any, error) {
	var v any
	err := json.Unmarshal(data, &v)
	return v, err
}
