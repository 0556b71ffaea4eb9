package target

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// show writes mentions as "TARGET:text", joined by semicolons.
func show(ms []Mention) string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Target+":"+m.Text)
	}
	return strings.Join(out, "; ")
}

// TestCases checks single rules with sentences in the manner of news. Paragraphs
// are parted by "|", a title begins with "# ".
func TestCases(t *testing.T) {
	tests := []struct{ name, date, text, want string }{
		// Spellings and case.
		{"pronoun us", "", "He told us that the US and the U.S. and the USA agreed.", "US:US; US:U.S.; US:USA"},
		{"end of sentence", "", "Troops of the U.S. They left South Korea.", "US:U.S.; SK:South Korea"},
		{"abbreviated", "", "N. Korea and S. Korea, or N.Korea and S.Korea", "NK:N. Korea; SK:S. Korea; NK:N.Korea; SK:S.Korea"},
		{"long names", "", "the Democratic People's Republic of Korea and the Republic of Korea", "NK:Democratic People's Republic of Korea; SK:Republic of Korea"},
		{"curly", "", "the Democratic People’s Republic of Korea (DPRK)", "NK:Democratic People’s Republic of Korea; NK:DPRK"},
		{"small letter", "", "the south Korean puppets of south Korea", "SK:south Korean; SK:south Korea"},
		{"all in capitals", "", "NOBODY TRUSTS PYONGYANG. SEOUL TRUSTS TRUMP.", "NK:PYONGYANG; SK:SEOUL; US:TRUMP"},
		{"line break", "", "the United\nStates and North\nKorea", "US:United\nStates; NK:North\nKorea"},
		{"shouting", "", "TELL US ABOUT KOREA", ""},
		{"shouting with evidence", "", "# NORTH KOREA WARNS US AND SOUTH KOREA|The US is near.", "NK:NORTH KOREA; US:US; SK:SOUTH KOREA; US:US"},
		{"shouting pronoun", "", "LET US GO NOW|The US is near.", "US:US"},
		{"possessive", "", "North Korea’s and the US's forces", "NK:North Korea; US:US"},

		// Hyphens.
		{"alliance", "", "the South Korea-US alliance", "SK:South Korea; US:US"},
		{"pointed", "", "U.S.-South Korea drills and US-South Korean drills", "US:U.S.; SK:South Korea; US:US; SK:South Korean"},
		{"prefixes", "", "a pro-North Korean and anti-American US-led group, ROK-China trade", "NK:North Korean; US:American; US:US; SK:ROK"},
		{"then", "", "then-U.S. President Bill Clinton", "US:U.S.; US:Bill Clinton"},
		{"dash", "", "US–South Korea ties, US/North Korea talks", "US:US; SK:South Korea; US:US; NK:North Korea"},

		// Coordination and collectives.
		{"and", "", "North and South Korea, South and North Koreans, North and South Korean troops", "NK:North; SK:South Korea; SK:South; NK:North Koreans; NK:North; SK:South Korean"},
		{"inter", "", "The two Koreas held inter-Korean talks.", "NK:two Koreas; SK:two Koreas; NK:inter-Korean; SK:inter-Korean"},
		{"north-south", "", "South Korea said the North-South meeting was on.", "SK:South Korea; NK:North-South; SK:North-South"},
		{"north-south elsewhere", "", "Brazil wants a North-South dialogue.", ""},
		{"title", "", "# North Korea seeks rapprochement with South and the US", "NK:North Korea; SK:South; US:US"},
		{"headline", "", "# South, North Korea to hold talks next week", "SK:South; NK:North Korea"},
		{"both sides", "", "North Korea met the United States. Both sides agreed.", "NK:North Korea; US:United States; NK:Both sides; US:Both sides"},
		{"both sides of", "", "South Korea and North Korea. People on both sides of the border.", "SK:South Korea; NK:North Korea"},
		{"other pair", "", "China met the United States. Both sides agreed.", "US:United States"},

		// Nobody.
		{"Korea", "", "Korea, the Korean Peninsula, the Korean War and Korean Air", ""},
		{"embassy", "", "a US Korean embassy spokesman", "US:US"},
		{"papers", "", "The Washington Post, the Korea Times and NK News reported.", ""},
		{"compass", "", "North Korea is north of Seoul, on the North Atlantic and the South China Sea, and South Korea is in the south of it, said North Carolina.", "NK:North Korea; SK:South Korea"},
		{"no Koreas", "", "In the Civil War the North beat the South.", ""},
		{"American others", "", "North American, Latin American and South American states", ""},

		// Context.
		{"the North", "", "South Korea said the North fired. The South replied to the North's leader.", "SK:South Korea; NK:North; SK:South; NK:North"},

		// Capitals.
		{"government", "", "Seoul said Pyongyang lied, and talks with Washington stalled.", "SK:Seoul; NK:Pyongyang; US:Washington"},
		{"place", "", "At a forum in Seoul, 40 miles south of Seoul, near Pyongyang, a Seoul-based expert spoke.", ""},
		{"regime in", "", "the regime in Pyongyang, governments in Seoul and hawks in Washington", "NK:Pyongyang; SK:Seoul; US:Washington"},
		{"campus", "", "He teaches at the Seoul campus of Troy University.", ""},
		{"from", "", "pressure from Pyongyang; he flew from Seoul", "NK:Pyongyang"},
		{"person", "", "The actor Denzel Washington played George Washington.", ""},
		{"D.C.", "", "a group based in Washington, D.C., and Washington D.C. hotels", ""},
		{"dateline Reuters", "", "SEOUL (Reuters) - North Korea fired a missile.", "NK:North Korea"},
		{"dateline Yonhap", "", "SEOUL, Dec. 3 (Yonhap) -- South Korea said no.", "SK:South Korea"},
		{"dateline KCNA", "", "PYONGYANG, June 3 (KCNA) -- The U.S. threatens the DPRK.", "US:U.S.; NK:DPRK"},
		{"dateline AP", "", "SEOUL, South Korea (AP) — North Korea said Monday it fired.", "NK:North Korea"},
		{"dateline NYT", "", "SEOUL, South Korea — North Korea said so.", "NK:North Korea"},
		{"dateline CNN", "", "Seoul, South Korea (CNN) — Trump spoke.", "US:Trump"},
		{"dateline country", "", "SOUTH KOREA, WORLD LINES – North Korea spoke.", "SK:SOUTH KOREA; NK:North Korea"},
		{"coordinated place", "", "offices in Tokyo, Seoul and Washington", ""},
		{"coordinated actors", "", "Washington and Seoul agreed; ties between Tokyo and Seoul", "US:Washington; SK:Seoul; SK:Seoul"},
		{"weekday", "", "Pyongyang Friday rejected it.", "NK:Pyongyang"},

		// Leaders.
		{"spellings", "", "Kim Jong-un, Kim Jong Un, Kim Jong-Un and Kim Jongun", "NK:Kim Jong-un; NK:Kim Jong Un; NK:Kim Jong-Un; NK:Kim Jongun"},
		{"initial", "", "Donald J. Trump and George W. Bush", "US:Donald J. Trump; US:George W. Bush"},
		{"alone", "", "Trump said no. The Bush administration agreed.", "US:Trump; US:Bush"},
		{"relatives", "", "Ivanka Trump and Chelsea Clinton travelled.", ""},
		{"the moon", "", "South Korea's probe reached the moon. Moon dust is fine.", "SK:South Korea"},
		{"learned surname", "", "Moon Jae-in spoke. Moon smiled.", "SK:Moon Jae-in; SK:Moon"},
		{"summit", "", "Moon Jae-in met Kim Jong Un. The Moon-Kim summit ended.", "SK:Moon Jae-in; NK:Kim Jong Un; SK:Moon; NK:Kim"},
		{"most recent Kim", "2001-05", "Kim Jong-il met Kim Dae-jung. Kim smiled.", "NK:Kim Jong-il; SK:Kim Dae-jung; SK:Kim"},
		{"Kim in office", "2017-06", "Kim Jong Un rules. Kim Dae-jung is dead.|Filler here.|More of it.|Kim fired.", "NK:Kim Jong Un; SK:Kim Dae-jung; NK:Kim"},
		{"private Kim", "", "Kim Jong Un rules.|“No,” said Duyeon Kim, a Seoul-based specialist. Kim added more.", "NK:Kim Jong Un"},
		{"Kim again", "", "“No,” said Duyeon Kim, an analyst.|Moon Jae-in met Kim Jong Un. Then came Kim's summits with Trump.", "SK:Moon Jae-in; NK:Kim Jong Un; NK:Kim; US:Trump"},
		{"family first private", "", "Kim Jong Un rules. Kim Yong-hyun, a professor at Dongguk University, doubts it.", "NK:Kim Jong Un"},
		{"titled", "", "North Korean leader Kim warned South Korean President Kim.", "NK:North Korean; NK:Kim; SK:South Korean; SK:Kim"},
		{"incumbent", "2018-05", "# Moon meets Kim|South Korea and North Korea agreed.", "SK:Moon; NK:Kim; SK:South Korea; NK:North Korea"},
		{"Park", "2014-05", "President Park Geun-hye spoke. The Kaesong Industrial Park closed. Park wept.", "SK:Park Geun-hye; SK:Park"},

		// Officials learned from the document.
		{"demonym office name", "", "South Korean Assistant Minister for Unification Rhee Bong Jo spoke. Rhee left.", "SK:South Korean; SK:Rhee Bong Jo; SK:Rhee"},
		{"secretary", "", "US Defence Secretary John Doe spoke. Doe left.", "US:US; US:John Doe; US:Doe"},
		{"possessive office", "", "Bush's Assistant Secretary of State Jane Roe spoke. Roe left.", "US:Bush; US:Jane Roe; US:Roe"},
		{"spokesman", "", "US Korean embassy spokesman Evans Revere spoke.", "US:US; US:Evans Revere"},
		{"apposition", "", "John Doe, commander of US Forces Korea, spoke. Doe left.", "US:John Doe; US:US Forces Korea; US:Doe"},
		{"apposition of the North", "", "South Korea got a fax from Ri Songmu, head of the North's Committee for Unification.", "SK:South Korea; NK:Ri Songmu; NK:North"},
		{"reverse apposition", "", "South Korea's vice unification minister, Suh Ho, arrived. Suh left.", "SK:South Korea; SK:Suh Ho; SK:Suh"},
		{"own office", "", "Secretary of State Jane Roe met Defense Secretary Jim Doe.", "US:Jane Roe; US:Jim Doe"},
		{"other's office", "", "British Defence Secretary Gavin Poe and Japanese Prime Minister Shinzo Abe spoke. Poe left.", ""},
		{"intelligence officer", "", "according to Sydney Seiler, the top U.S. intelligence officer on North Korea. Seiler left.", "US:Sydney Seiler; US:U.S.; NK:North Korea; US:Seiler"},
		{"former", "", "But Rah Jong-yil, a former South Korean ambassador, spoke. Rah left.", "SK:South Korean"},
		{"former before", "", "Former US Secretary of Defense Jane Roe spoke. Roe left.", "US:US"},
		{"professor", "", "Leif-Eric Easley, a professor at Ewha University in Seoul, spoke. Easley left.", ""},
		{"expert on", "", "John Doe, a North Korea expert at a US think tank, spoke. Doe left.", "NK:North Korea; US:US"},
		{"new president", "", "South Korean President Hong Gil-dong spoke. Hong left.", "SK:South Korean; SK:Hong Gil-dong; SK:Hong"},

		// Terms of office: the document's date decides.
		{"in office", "2018-06-12", "President Trump met Kim Jong Un.", "US:Trump; NK:Kim Jong Un"},
		{"critic", "2023-03", "Former President Trump accused Washington of weakness. Trump said the US was a joke.", "US:Washington; US:US"},
		{"critic by surname", "2023-03", "Washington is weak, ex-President Donald Trump said. “It is sad,” Trump added.", "US:Washington"},
		{"apposition former", "2023-03", "Donald Trump, the former president, mocked Washington. Trump's remarks angered Seoul.", "US:Washington; SK:Seoul"},
		{"apposition candidate", "2023-10", "Donald Trump, now a candidate again, mocked Washington.", "US:Washington"},
		{"in office again", "2025-06", "President Trump met former President Joe Biden. Biden left.", "US:Trump"},
		{"time in office", "2023-03", "Former President Trump spoke. The Trump administration had threatened North Korea, then-President Trump more than others. Trump's presidency ended.", "US:Trump; NK:North Korea; US:Trump; US:Trump"},
		{"government of", "2017-06", "South Korea blames the government of recently ousted President Park Geun-hye.", "SK:South Korea; SK:Park Geun-hye"},
		{"past without former", "2018-06", "Bill Clinton signed the framework of 1994.", "US:Bill Clinton"},
		{"not yet", "2018-06", "President Biden spoke. Joe Biden left. Washington was silent.", "US:Washington"},
		{"before as vice president", "2014-06", "Vice President Joe Biden flew to Seoul. Biden smiled.", "US:Joe Biden; SK:Seoul; US:Biden"},
		{"between", "2018-06", "Biden mocked Trump. Joe Biden left.", "US:Trump"},
		{"former aide", "", "A former Trump aide spoke. Trump smiled.", "US:Trump; US:Trump"},
		{"no apposition", "", "In Brussels with Nato chief Jens Doe, the US leader said: “No.” Doe left.", "US:US"},
		{"members of", "", "Tim Doe, president of Americans for Prosperity, spoke. Doe left.", "US:Americans"},
		{"given name that is a word", "", "“Do it,” she said. “We do.” Lee Myung-bak met Lee Do-hoon, an analyst.", "SK:Lee Myung-bak"},
		{"between, looking back", "2023-03", "In 2018 President Trump met Kim Jong Un. Trump says he wrote letters.", "US:Trump; NK:Kim Jong Un"},
		{"candidate", "2020-09", "Joe Biden, the Democratic nominee, attacked Trump. Biden called Kim Jong Un a thug.", "US:Trump; NK:Kim Jong Un"},
		{"opposition", "2011-05", "Moon Jae-in criticised Lee Myung-bak. Moon smiled.", "SK:Lee Myung-bak"},
		{"other office before", "2010-05", "US Senator Marco Rubio spoke. Rubio left.", "US:US; US:Marco Rubio; US:Rubio"},
		{"envoy once president", "2018-06", "The late President Kim Dae-jung met Kim Jong Il. Former South Korean President Lee Myung-bak was charged. Lee wept.", "SK:Kim Dae-jung; NK:Kim Jong Il; SK:South Korean"},
		{"without date", "", "Former President Clinton met Trump.", "US:Trump"},
		{"year only", "2021", "President Trump left. President Biden came.", "US:Trump; US:Biden"},

		{"colonel", "", "South Korea's army spokesman Col. Kim Jun-rak spoke. Kim left.", "SK:South Korea; SK:Kim Jun-rak; SK:Kim"},

		// Descriptions and pronouns.
		{"regime", "", "North Korea fired. The regime is weak.", "NK:North Korea; NK:regime"},
		{"other regime", "", "The Syrian regime fell. The regime is weak.", ""},
		{"regime in its capital", "", "North Korea fired. The regime in Pyongyang is weak.", "NK:North Korea; NK:regime; NK:Pyongyang"},
		{"regime elsewhere", "", "North Korea fired. The regime in Tehran is weak.", "NK:North Korea"},
		{"she", "", "Trump met Angela Merkel. “No,” she said.", "US:Trump"},
		{"it", "", "North Korea fired. It said more would follow. It is sad.", "NK:North Korea; NK:It"},
		{"expletive", "", "North Korea fired. It is possible that more follows.", "NK:North Korea"},
		{"other it", "", "China met North Korea. It said more would follow.", "NK:North Korea"},
		{"they", "", "North and South Korea met. They agreed.", "NK:North; SK:South Korea; NK:They; SK:They"},
		{"country", "", "North Korea fired. The country of 25 million is poor.", "NK:North Korea; NK:country"},
		{"he", "", "Trump met Abe. “No,” he said.", "US:Trump; US:he"},
		{"expert he", "", "North Korea is strong, Pinkston said. “No,” he said.", "NK:North Korea"},
		{"quotation goes on", "", "Trump said: “I will not be weak. I will push on.”", "US:Trump; US:I"},
		{"next paragraph", "", "North Korea fired.|They are experts.", "NK:North Korea"},
	}
	set := builtin(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := document(strings.ReplaceAll(test.text, "|", "\n\n"), test.date)
			got := show(set.Find(doc, parse(doc)))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}
