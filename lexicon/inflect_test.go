package lexicon

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// words returns the forms of a term, those of a kind, in order of the alphabet.
func words(term string, pos POS, forms string, form Form) string {
	var out []string
	for _, s := range surfaces(term, pos, forms) {
		if s.form&form != 0 && !s.guessed {
			out = append(out, strings.Join(s.words, " "))
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func TestVerbForms(t *testing.T) {
	for _, tt := range []struct{ verb, forms, third, past, participle, gerund string }{
		{"threaten", "", "threatens", "threatened", "threatened", "threatening"},
		{"accuse", "", "accuses", "accused", "accused", "accusing"},
		{"defy", "", "defies", "defied", "defied", "defying"},
		{"annoy", "", "annoys", "annoyed", "annoyed", "annoying"},
		{"veto", "", "vetoes", "vetoed", "vetoed", "vetoing"},
		{"woo", "", "woos", "wooed", "wooed", "wooing"},
		{"attach", "", "attaches", "attached", "attached", "attaching"},
		{"agree", "", "agrees", "agreed", "agreed", "agreeing"},
		{"ban", "", "bans", "banned", "banned", "banning"},
		{"quit", "quit", "quits", "quit", "quit", "quitting"},
		{"commit", "", "commits", "committed", "committed", "committing"},
		{"attack", "", "attacks", "attacked", "attacked", "attacking"},
		{"appeal", "", "appeals", "appealed", "appealed", "appealing"},
		{"obey", "", "obeys", "obeyed", "obeyed", "obeying"},
		{"tax", "", "taxes", "taxed", "taxed", "taxing"},
		{"bow", "", "bows", "bowed", "bowed", "bowing"},
		{"panic", "", "panics", "panicked", "panicked", "panicking"},
		{"cancel", "", "cancels", "canceled, cancelled", "canceled, cancelled", "canceling, cancelling"},
		{"fight", "fought", "fights", "fought", "fought", "fighting"},
		{"overthrow", "overthrew/overthrown", "overthrows", "overthrew", "overthrown", "overthrowing"},
		{"sink", "sank|sunk/sunk", "sinks", "sank, sunk", "sunk", "sinking"},
		{"lie to", "lied/lied/lies/lying", "lies to", "lied to", "lied to", "lying to"},
		{"go to war", "went/gone/goes/going", "goes to war", "went to war", "gone to war", "going to war"},
		{"crack down on", "", "cracks down on", "cracked down on", "cracked down on", "cracking down on"},
		{"criticize", "", "criticises, criticizes", "criticised, criticized", "criticised, criticized", "criticising, criticizing"},
		{"honour", "", "honors, honours", "honored, honoured", "honored, honoured", "honoring, honouring"},
		{"paralyse", "", "paralyses, paralyzes", "paralysed, paralyzed", "paralysed, paralyzed", "paralysing, paralyzing"},
		{"fulfil", "", "fulfills, fulfils", "fulfilled", "fulfilled", "fulfilling"},
		{"praise", "", "praises", "praised", "praised", "praising"},
		{"shelled", "=ed", "", "shelled", "shelled", ""},
		{"targeting", "=ing", "", "", "", "targeting"},
	} {
		got := []string{words(tt.verb, Verb, tt.forms, Third), words(tt.verb, Verb, tt.forms, Past), words(tt.verb, Verb, tt.forms, Participle), words(tt.verb, Verb, tt.forms, Gerund)}
		if diff := cmp.Diff([]string{tt.third, tt.past, tt.participle, tt.gerund}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.verb, diff)
		}
	}
}

func TestNounForms(t *testing.T) {
	for _, tt := range []struct{ noun, forms, base, plural string }{
		{"threat", "", "threat", "threats"},
		{"ally", "", "ally", "allies"},
		{"envoy", "", "envoy", "envoys"},
		{"crisis", "", "crisis", "crises"},
		{"breach", "", "breach", "breaches"},
		{"strongman", "", "strongman", "strongmen"},
		{"embargo", "", "embargo", "embargoes, embargos"},
		{"aid", "=", "aid", ""},
		{"thief", "thieves", "thief", "thieves"},
		{"show of force", "", "show of force", "shows of force"},
		{"war game", "", "war game", "war games"},
		{"defence", "", "defence, defense", "defences, defenses"},
		{"militarization", "", "militarisation, militarization", "militarisations, militarizations"},
		{"missile programme", "", "missile program, missile programme", "missile programmes, missile programs"},
		{"wolf in sheep's clothing", "wolves", "wolf in sheep 's clothing", "wolves in sheep 's clothing"},
	} {
		got := []string{words(tt.noun, Noun, tt.forms, Base), words(tt.noun, Noun, tt.forms, Plural)}
		if diff := cmp.Diff([]string{tt.base, tt.plural}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.noun, diff)
		}
	}
}

func TestOtherForms(t *testing.T) {
	for _, tt := range []struct {
		term  string
		pos   POS
		forms string
		want  string
	}{
		{"good", Adjective, "better|best", "best, better, good"},
		{"peaceful", Adjective, "", "peaceful"},
		{"dishonourable", Adjective, "", "dishonorable, dishonourable"},
		{"ai n't so", Phrase, "", "ai n't so"},
		{"don't", Phrase, "", "do n't"},
	} {
		if got := words(tt.term, tt.pos, tt.forms, Base); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.term, got, tt.want)
		}
	}
}

// TestFormsOverlap: a form that is two things says so once.
func TestFormsOverlap(t *testing.T) {
	want := []surface{
		{words: []string{"put"}, form: Base | Past | Participle},
		{words: []string{"puts"}, form: Third},
		{words: []string{"putting"}, form: Gerund},
	}
	if diff := cmp.Diff(want, surfaces("put", Verb, "put"), cmp.AllowUnexported(surface{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
