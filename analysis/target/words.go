package target

import "strings"

// The lists below are closed classes of English and the vocabulary of news
// about governments, written down for this package. None of them names an
// actor: what means an actor stands in the targets file.

// offices are the heads of phrases that name an office.
var offices = list(`president premier minister secretary undersecretary ambassador envoy spokesman spokeswoman spokesperson
	admiral commander chief chairman chairwoman chairperson director head leader negotiator adviser advisor officer official diplomat
	senator congressman congresswoman representative lawmaker legislator governor marshal colonel captain lieutenant sergeant general
	chancellor aide delegate attaché attache consul speaker whip deputy counsellor counselor coordinator dictator politician
	gen. adm. sen. rep. gov. col. lt. amb. capt. maj. sgt. brig.`)

// ranks go before an office and with it.
var ranks = list(`vice deputy assistant acting under senior chief top first then prime foreign defense defence interior finance
	unification national security state trade treasury commerce energy justice intelligence army navy air force nuclear special
	presidential permanent general lieutenant major brigadier rear chargé cabinet embassy mission military government ministry
	department treasury labor labour health homeland press supreme executive party ruling opposition house senate parliament
	parliamentary assistant secretary minister affairs of for to the and staff war culture sports education economy agriculture
	environment housing transport transportation science veterans attorney peace policy chairman nations united council committee`)

// gone marks those who no longer hold an office, or never did: critics and
// experts, who do not speak for the state.
var gone = list(`former ex late retired onetime ousted defector exiled`)

// running marks those who want an office.
var running = list(`candidate candidates nominee frontrunner runner hopeful contender challenger`)

// tenure, behind a name, mean the time in office.
var tenure = list(`administration government presidency era years regime cabinet doctrine`)

// private are the heads of phrases that name somebody without an office.
var private = list(`professor scholar analyst expert specialist researcher fellow lecturer author journalist reporter correspondent
	editor activist defector student economist historian consultant columnist lawyer academic commentator watcher pundit
	founder campaigner pastor novelist writer teacher graduate veteran investor former ex retired`)

// seats are what sits in a capital: "the regime in X" is the state, "a forum in
// X" is a place. The second line is what a government in its capital feels.
var seats = list(`regime regimes government governments leadership leaderships leader leaders administration administrations rulers ruler authorities officials policymakers
	establishment elite elites politicians lawmakers hawks doves dictator dictatorship junta power circles masters
	concern concerns consternation anger alarm fear fears worry worries hope hopes optimism unease relief dismay doubts thinking mood anxiety frustration`)

// placing prepositions make the capital behind them a place.
var placing = list(`in near outside around across downtown central inside throughout via northern southern eastern western`)

// places, with "of" or "from" behind them, do the same.
var places = list(`south north east west southeast northeast southwest northwest city capital streets street outskirts outskirt suburb suburbs
	centre center heart skyline part parts residents miles kilometers kilometres km mile kilometer metres meters downtown middle university
	flew fly flies flying drive drove train trains flight flights reporting reports reported hour hours minutes away bus buses returned`)

// sites, behind a capital, make it a place.
var sites = list(`campus bureau office correspondent metropolitan subway metro airport station university college stock stocks street streets hotel
	suburb suburbs area marathon d.c. dc apartment apartments skyline restaurant restaurants bourse residents born based hospital zoo museum`)

// calendar words are capitalised and no part of a person's name.
var calendar = list(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
	september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. wed. thu. fri. sat. sun.`)

// titles go before a bare surname.
var titles = list(`mr. mrs. ms. dr. mr mrs ms dr prof. professor comrade sir president-elect candidate`)

// function words can begin a sentence before a name.
var function = list(`a an the this that these those it its he she his her they their we our i you your there here
	in on at by for from with to of as if when while although though after before since because during despite under over about against
	amid among unlike like without within toward towards until till upon via per than following including regarding given
	but and or nor so yet however meanwhile instead moreover also still then now today yesterday tomorrow what who whom whose why how where
	which whether both each every either neither some many most several all one two three no not more only even just once again both
	is are was were did does do has have had will would can could may might must should is said says
	last next earlier later recently despite read both between beyond perhaps maybe indeed thus hence why`)

// conjunctions coordinate names.
var conjunctions = list(`and or nor & vs vs. versus`)

// shouted are words before "us" that make it the pronoun in a line of capitals.
var shouted = list(`tell tells told let lets give gives gave help helps make makes made show shows all both none most some join contact
	follow about of for between among teach teaches save saves bring keep leave want need let's`)

func list(s string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}
