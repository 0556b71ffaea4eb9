package corpus

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// The tables below hold what page furniture says, in English and in the
// languages that frame English articles most often on international sites:
// German, Spanish and French. Phrases are compared as words in lower case, so
// marks, bullets and capitals do not matter. A phrase gets in when a whole line
// of it can hardly be part of an article.

// exactPhrases are lines that are furniture when they are the whole line.
var exactPhrases = phraseTable([]phrases{
	{whyNavigation, []string{
		"home", "menu", "navigation", "search", "suche", "inhalt", "buscar", "recherche", "back to top", "top", "next", "previous",
		"skip to content", "skip to main content", "skip to navigation", "all sections", "more", "close", "metanavigation", "weitere inhalte",
		"log in", "login", "sign in", "register", "subscribe", "subscriptions", "my account", "live tv", "watch live", "listen live", "live",
		"choose from 30 languages", "select language", "language", "languages", "toggle navigation", "show more", "load more", "view all", "see all", "edition",
	}},
	{whyRelatedLink, []string{
		"read more", "read full article", "read the full story", "continue reading", "learn more", "find out more", "click here", "see more",
		"mehr lesen", "weiterlesen", "mehr dazu", "leer más", "lea más", "seguir leyendo", "lire la suite", "lire plus", "en savoir plus",
		"watch video", "watch now", "play video", "listen", "listen to this article", "video", "audio", "gallery", "view gallery", "in pictures",
	}},
	{whyRelatedLink, slices.Sorted(maps.Keys(playerLabels))},
	{whyAdvertisement, []string{
		"advertisement", "advertisements", "ad", "ads", "advertising", "sponsored", "sponsored content", "promoted", "paid content",
		"story continues below", "story continued below", "story continues below advertisement", "article continues below", "article continues after advertisement",
		"scroll to continue", "continue reading below", "anzeige", "werbung", "publicidad", "anuncio", "publicité", "remove ads",
	}},
	{whyPhotoCredit, []string{
		"getty images", "afp", "reuters", "ap", "epa", "image source", "image copyright", "media caption", "image caption", "photo", "photos",
		"file photo", "file", "picture alliance", "ap photo", "shutterstock", "xinhua", "afp via getty images", "via reuters", "enlarge image",
	}},
})

// playerLabels stand over the headline of a film, a recording or a box of links
// inside a page, or beside it.
var playerLabels = phraseSet("just watched|must watch|now watching|now playing|watch this|watch now|watch video|play video|watch|replay|more videos|top videos|latest videos|featured video|related video|related videos|" +
	"also watch|what to watch|video player is loading|autoplay|must read|must reads|don't miss|now reading|recommended video|listen now|play audio|featured story|featured stories")

// duration is how long a film runs, behind its headline.
var duration = regexp.MustCompile(`\p{L}\W*\s\(?\d{1,2}:[0-5]\d\)?$`)

// relatedMarkers head the links to other articles at the end of a page.
var relatedMarkers = phraseTable([]phrases{
	{whyRelatedPosts, []string{
		"related posts", "related articles", "related stories", "related topics", "related content", "related news", "related links",
		"related coverage", "related internet links", "related subjects", "related", "more on this story", "more on this topic", "more from",
		"more stories", "more news", "more like this", "more in world", "you may also like", "you might also like", "you may like", "you may also be interested in",
		"recommended", "recommended stories", "recommended for you", "read next", "up next", "what to read next", "keep reading", "don't miss",
		"most read", "most popular", "most viewed", "most shared", "popular", "trending", "trending now", "editor's picks", "editors' picks",
		"latest news", "latest", "latest stories", "top stories", "top news", "elsewhere on the web", "from around the web", "also on this site", "see also",
		"ähnliche artikel", "mehr zum thema", "verwandte themen", "weitere artikel", "meistgelesen",
		"artículos relacionados", "noticias relacionadas", "te puede interesar", "lo más leído", "más noticias",
		"articles similaires", "articles liés", "sur le même sujet", "à lire aussi", "les plus lus",
	}},
	{whyComments, []string{
		"leave a reply", "leave a comment", "leave a response", "post a comment", "add a comment", "write a comment", "comments", "view comments",
		"show comments", "join the conversation", "join the discussion", "have your say", "responses", "replies", "reader comments", "submit a comment",
		"kommentare", "kommentar schreiben", "schreibe einen kommentar", "comentarios", "deja un comentario", "deja una respuesta", "commentaires", "laisser un commentaire",
	}},
	{whyAuthorNote, []string{"about the author", "about the authors", "about the writer", "author", "über den autor", "sobre el autor", "à propos de l'auteur"}},
	{whyTags, []string{"tags", "topics", "keywords", "categories", "filed under", "schlagwörter", "etiquetas", "mots-clés"}},
})

// countedComments matches "12 Comments" and "3 thoughts on ...".
var countedComments = regexp.MustCompile(`(?i)^\W*(?:\d+|one|no)\s+(?:comments?|replies|responses|thoughts on\b.*)\W*$`)

// moreOn matches the heading of a box of links to pages on a subject.
var moreOn = regexp.MustCompile(`(?i)^\W*(?:more (?:on|from|about)|also (?:on|in|from)|related to)\s+\S`)

// A linePattern is a form of furniture line, matched at the start of a piece.
type linePattern struct {
	reason   Reason
	maxWords int // longer pieces are left alone: an article may open a paragraph so
	pattern  *regexp.Regexp
	has      []string // in small letters: a piece that matches has one of these; nil says nothing. For speed
}

// linePatterns are tried in order. Sixty words is the length of a long agency
// caption; twenty-five that of the longest headline with its summary.
var linePatterns = []linePattern{
	{whyInterface, 60, re(`(?:skip to|jump to|we use cookies|this (?:web)?site uses cookies|by (?:clicking|continuing to (?:use|browse))\b|please enable|your browser|javascript (?:is|must)|enable javascript|accept (?:all )?cookies|cookie (?:policy|settings|preferences|notice)|visit (?:the|our) (?:new )?[\w ]{0,20}(?:website|site|homepage|page|app)\b|take a look at the (?:new|beta)|you are using an|this (?:video|content) (?:is|cannot|can not)|an error (?:has )?occurred|loading\s*(?:\.|…|$))`), nil},
	{whyComments, 60, re(`(?:your e-?mail address will not|required fields are marked|you must be logged in|log in to (?:comment|reply)|notify me (?:of|by)|save my name|comments are (?:closed|moderated)|be the first to comment|this site uses akismet|please read our comment)`), nil},
	{whyRelatedLink, 25, re(`(?:read|read more|read also|also read|read next|see|see also|see more|related|related stories|watch|watch now|listen|more|more on this|more on this story|recommended|further reading|don['’]t miss|must read|in depth|explainer|dig deeper|lesen sie auch|lesen sie mehr|mehr zum thema|mehr dazu|lea también|lea más|vea también|le puede interesar|te puede interesar|lire aussi|à lire aussi|voir aussi)\s*[:|>»›]+\s*\S`), nil},
	{whyRelatedLink, 8, re(`(?:watch video|play video|slideshow|photo gallery|see (?:all )?(?:photos|pictures)|\d+ (?:images|photos|pictures))\b`), nil},
	{whyRelatedLink, 15, re(`(?:read more (?:about|on|from)|click here|click to|watch (?:the|our|this) video|view (?:the )?gallery|continue reading|read the (?:full|original)|lesen sie (?:auch|mehr)|lea también|lire aussi)\b`), nil},
	{whyPromotion, 60, re(`(?:sign up (?:for|to|here|now)|subscribe (?:to|now|here|today)|get (?:the latest|the app|our (?:app|free|newsletter|daily|weekly)|all the latest)\b|download (?:the|our) (?:free )?app|follow us\b|like us on|join us on|join our|support (?:our|us|independent)[\w ]{0,12}(?:journalism|work|site|reporting|today|by)|donate (?:now|today|to us|here)|become a (?:member|subscriber|supporter)|already a (?:subscriber|member)|this is a (?:free )?preview|you have \w+ free articles|our newsletter|stay up to date with)`), nil},
	{whyPromotion, 20, re(`(?:.*\b)?share this (?:story|article|post|page)\b`), nil},
	{whyInterface, 30, re(`(?:this article is more than \w+ (?:years?|months?) old|media playback is (?:unsupported|not supported)|new! ?you can now listen|newyou can now listen|exclusive:? listen|story highlights$)`), nil},
	{whyPhotoCaption, 60, re(`(?:in this (?:\w+[, ]+){0,3}(?:photo|photograph|picture|image|handout)\b|this (?:\w+ ){0,4}(?:photo|photograph|picture|image) (?:taken|released|provided|shows|made|obtained|supplied)|file\s*(?:photo|picture|image)?\s*[-–—:]|(?:image|media|video|photo) caption\b|caption\s*[,:]|(?:photo|photos|picture|image|pictured|above|below|bild|foto|imagen|legende)\s*[:|]|\(?(?:pictured|photo) (?:left|right|above|here)\b|from left\s*[:,]|pictured\s)`), nil},
	{whyPhotoCredit, 20, re(`(?:image|photo|picture|video) (?:source|copyright|credit|by)\b|(?:photo|photograph|image|picture)s? (?:courtesy|by|via|credit)|photograph\s*:|credit\s*:|source\s*:\s*\S+(?: \S+){0,3}$|©`), nil},
	{whyRelatedLink, 25, re(`(?:full|complete|special|continuing|more|all|our) coverage\s*[:|>»›–—-]+\s*\S`), []string{"coverage"}},
	{whyPromotion, 60, re(`(?:you(?: have|['’]ve) (?:reached|used|read|hit|exceeded|now read|viewed) (?:your|all|the|\w+ of)|(?:want|wish) to (?:read|keep reading|continue)|(?:to )?(?:continue|keep) reading[, ]|unlock (?:this|full|unlimited)|(?:log|sign) ?in to (?:read|continue|view)|create (?:a|your) (?:free )?account|start your (?:free )?trial|register (?:now|for free|to (?:read|continue))|this (?:article|story|content|page) is (?:only |exclusively |reserved |available )*(?:for|to) (?:\w+ )?(?:subscribers|members|users)|(?:for )?subscribers only|\w+ free (?:articles|stories) (?:left|remaining))`), []string{"you", "read", "unlock", "log in", "login", "sign in", "signin", "account", "trial", "register", "this ", "subscribers", "free "}},
	{whyPromotion, 30, re(`(?:our|your|get (?:our|the))(?: (?:(?-i:\p{Lu})[\p{L}'’.-]*|free|daily|weekly|monthly|morning|evening|regular|latest|new|politics|breaking|news)){0,5} (?:newsletters?|briefing|digest|round-?up|podcast|bulletin|alerts?)\b`), []string{"newsletter", "briefing", "digest", "round", "podcast", "bulletin", "alert"}},
	{whyPromotion, 40, re(`(?:privacy (?:notice|policy)\s*:|newsletters? may contain|by (?:signing|subscribing|entering)|enter your e-?mail|thank(?:s| you) for (?:signing|subscribing)|.*\b(?:to|into|in) your inbox\b|.*\brecaptcha\b)`), []string{"privacy", "newsletter", "by signing", "by subscribing", "by entering", "enter your", "thank", "inbox", "recaptcha"}},
	{whyInterface, 25, re(`(?:.*\b(?:turn on|enable|activate|switch on|allow|requires?|needs?|disabled|without|support|use)\b.{0,40}\bjava ?script\b|.*\bjava ?script\b.{0,40}\b(?:disabled|required|enabled|turned|blocked|support|off)\b)`), []string{"javascript", "java script"}},
	{whyInterface, 60, regexp.MustCompile(`\b(?:Show|Expand|Open|View) (?:Hide|Collapse|Close|Less)\b`), []string{" hide", " collapse", " close", " less"}},
	{whyPhotoCaption, 60, regexp.MustCompile(`^CLOSE\s+\p{Lu}|\b(?i:hide|toggle|show) (?i:caption)\W*$`), []string{"close", "caption"}},
	{whyCopyright, 60, re(`(?:copyright\b|\(c\)\s*(?:19|20)\d\d|©|all rights reserved|this material may not be published|alle rechte vorbehalten|todos los derechos|tous droits réservés|the views expressed|the opinions expressed|disclaimer)`), nil},
	{whyTags, 40, re(`(?:tags|topics|keywords|categories|category|filed under|related subjects|posted in|schlagwörter|etiquetas)\s*[:|]`), nil},
	{whyAgencyCredit, 40, re(`[(\[]?(?:(?:additional |further )?(?:reporting|writing|editing|written|compiled|edited) by\b.{0,30}\p{Lu}|with (?:inputs?|reporting|files|material|contributions?) (?:from|by)\b|our standards\s*:|the associated press contributed|[\w .-]{2,50} contributed to this (?:report|story|article))`), nil},
}

// credits name who took a picture, somewhere near the end of a caption.
var credits = regexp.MustCompile(`(?i)(?:\(|\[|\b)(?:(?:ap|afp|epa|file|handout|xinhua|pool|reuters|courtesy) (?:photo|image)\b|photo(?:graph)?s?(?: credit)?\s*(?:by|:|/|courtesy|credit)|image(?: credit)?\s*:|getty images|picture[ -]alliance|shutterstock|(?:reuters|afp|epa|ap|tass|kcna|yonhap|xinhua|sputnik|anadolu)\s*/\s*\p{Lu}|/\s*(?:afp|reuters|epa|ap|getty|xinhua|tass|yonhap|kyodo|kcna)\b|via (?:ap|reuters|afp|getty|kcna)\b)`)

// positionMarks show who stands where in a picture.
var positionMarks = regexp.MustCompile(`\((?:L|R|C|left|right|centre|center|second left|second right|top|bottom|file)\)`)

// tailPatterns are lines at the very end of a page. They are read from the end
// backwards, so an article may use the same words before.
var tailPatterns = []linePattern{
	{whyContact, 60, re(`(?:to contact|contact (?:us|the|our)\b|for (?:more|further|additional) information|for (?:media|press) (?:inquiries|enquiries)|e-?mail\s*(?:us|:)|tel(?:ephone)?\s*:|phone\s*:|feedback\s*:|permalink\b|write to (?:us|the)|follow (?:him|her|them|us|me|the author|@)|(?:he|she|they|the author) can be (?:reached|contacted|followed)|you can (?:reach|follow|contact)|tweets? (?:at|@)|@\w+\s*$|\S+@\S+\.\w+\s*(?:\(end\))?$)`), nil},
	{whyPromotion, 80, re(`(?:subscribe|sign up|support (?:us|our|this|independent)|donate|newsletter|if you (?:like|liked|enjoyed)|please (?:share|consider|support)|listen to (?:our|the) podcast|join (?:us|the|our))\b`), nil},
	{whyByline, 12, re(`(?:date|author|authors|autor|datum)\s*:?\s+\S`), nil},
}

// selfReference is how a page speaks of itself and its wares.
var selfReference = regexp.MustCompile(`(?i)\b(?:this (?:series|website|blog|book|newsletter|podcast)\b|series of articles|e-?books?\b|paperback|hardback|available (?:now|in (?:print|stores|bookshops|pdf))\b|subscribe|newsletter|sign up|our (?:work|site|website|readers|podcast|newsletter|journalism)\b|pre-?order|buy (?:it )?(?:now|here)\b|donate|donations)`)

// originNote says where a text appeared first: the publisher, and mostly when.
var originNote = regexp.MustCompile(`(?i)^\W*(?:this|the|a version of this|an earlier version of this)?\s*(?:article|piece|post|story|essay|text|report|op-ed|commentary)?\s*(?:was|has been|is)?\s*(?:first|originally|re-?)\s*-?(?:appeared|published|posted|printed)(?: here)?\s+(?:on|in|at|by|from|with permission (?:from|of))\s+(.+)$`)

// outletNouns are words in the names of newspapers, agencies and broadcasters,
// broadcasters whole names of such, sectionNames what stands with the former in
// the names of a site's sections ("World News"), and navigationWords what does in
// its menus ("BBC Account"). Collected from lists of newspapers
// of English-speaking countries.
var (
	outletNouns = wordSet(`times post herald tribune gazette guardian telegraph chronicle journal mail mirror observer independent courier examiner standard star globe press news newspaper
		broadcasting agency radio television tv magazine review monitor dispatch bulletin inquirer sentinel argus echo express wire network daily weekly nation economist advertiser citizen ledger`)
	broadcasters    = wordSet(`bbc cnn npr pbs abc cbs nbc msnbc rt cgtn reuters afp upi xinhua yonhap kyodo kcna tass sputnik bloomberg telesur dw nhk cbc sbs politico axios vox`)
	navigationWords = wordSet("account home homepage menu search login sign log register subscribe subscriber app apps shop store jobs newsletter newsletters live sounds player schedule schedules help contact about more")
	sectionNames    = wordSet(`news world asia pacific africa europe america americas east west middle local national international business politics political sport sports daily weekly latest breaking top
		entertainment science health technology tech opinion press review journal video radio tv magazine in of and the analysis special more weather money life culture us uk today`)
)

// shareWords make up lines of sharing buttons; strongShare is the part of them
// that must occur.
var (
	shareWords = wordSet(`share shares tweet whatsapp facebook twitter x email e-mail mail print linkedin reddit telegram pinterest messenger copy link save send
		flipboard instagram youtube tumblr weibo wechat line viber skype pocket bookmark like pin rss feed threads bluesky mastodon vk on via this article story post page with to a friend
		by in your the app teilen drucken compartir imprimir enviar partager imprimer envoyer sharing options copied toggle expand comment comments icon`)
	strongShare = wordSet(`share tweet whatsapp facebook twitter email e-mail print linkedin reddit telegram pinterest messenger flipboard instagram youtube
		tumblr weibo wechat viber teilen drucken compartir imprimir partager bluesky mastodon bookmark`)
)

// functionWords are the English words that a sentence does not end with, and
// most of those that one can begin with: what follows a cut after one of them
// goes on, and a capitalised one opens a new sentence.
var functionWords = wordSet(`a an the of to in on at by for from with without into onto over under between among against about after before since until during
	and or but nor so yet if when while where because although though that which who whom whose as than whether
	is are was were be been being has have had do does did will would shall should may might must can could not no
	its his her their our your my this these those it he she they we you i there here what how why
	both each every all any some most many few more such other another one two three several last next earlier meanwhile however according
	also even only just then now still once despite in asked`)

// contentStops are words that, beside functionWords, say nothing of a text's
// subject: reporting verbs, measures of time, and the like.
var contentStops = wordSet(`said says say told added new year years month months week weeks day days time people first second own much well way too up out off back make made
	take take get go like many part very per cent percent mr mrs ms dr use used say it's i'm don't`)

// re compiles a pattern that is matched at the start of a piece, behind bullets
// and other marks, without regard to case.
func re(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[^\p{L}\p{N}@(\[©]*(?:` + pattern + `)`)
}

// phraseSet makes a set of phrases with bars between them.
func phraseSet(s string) map[string]bool {
	set := make(map[string]bool)
	for p := range strings.SplitSeq(s, "|") {
		set[p] = true
	}
	return set
}

// phrases are lines with the reason to drop them.
type phrases struct {
	reason Reason
	lines  []string
}

// phraseTable turns lists of phrases into one map; the first list that has a
// phrase says what it is.
func phraseTable(lists []phrases) map[string]Reason {
	table := make(map[string]Reason)
	for _, l := range lists {
		for _, p := range l.lines {
			if _, ok := table[p]; !ok {
				table[p] = l.reason
			}
		}
	}
	return table
}
