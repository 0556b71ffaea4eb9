// Parallax compares how news sources frame the same actors.
//
// Given articles from several sources and a list of targets (by default the
// United States, North Korea and South Korea) it says how favourably each
// source frames each target, in whose voice, in which roles and words, and how
// sure that is, and it shows the sentences that made the numbers.
//
// Usage:
//
//	parallax compare [flags] PATH...
//	parallax corpus [flags] PATH...
//	parallax robustness [flags] PATH...
//	parallax check [flags] [PATH...]
//	parallax diff [flags] OLD NEW
//	parallax eval [flags] FILE...
//	parallax explain [flags] [SENTENCE...]
//	parallax serve [flags] [PATH...]
//	parallax sample [flags] PATH...
//	parallax agree [flags] SHEET...
//	parallax pack [flags] [FOLDER]
//	parallax verify PACK PATH...
//	parallax selftest [flags]
//	parallax lexicon show|export [flags] [TERM...]
//	parallax version
//	parallax completion bash|zsh|fish|powershell
//
// Data goes to standard output, progress and diagnostics to standard error.
// Nothing is fetched from a network. The same input, options and version give
// the same bytes, on any number of cores.
//
// # Compare
//
// Compare reads articles and writes a report.
//
//	$ parallax compare seeds
//	$ parallax compare --by outlet --out out/outlets seeds
//	$ parallax compare --quiet --format json seeds/dw-2017-06-07.txt seeds/telesur-2018-06-15.txt
//
// A PATH is a file, a folder with such files, a pattern in quotes, or - for
// standard input. What a file is, its first bytes say, and its name only where they
// leave it open:
//
//	one article           text, Markdown (with YAML front matter, too), a saved web
//	                      page, a mail message
//	many                  JSON lines, a JSON list or what a news service answers with,
//	                      CSV and TSV (delimiter and columns are found), Parquet, RSS,
//	                      Atom, mbox, WARC
//	packed                .gz, .zst, .zip and .tar of any of these
//
// Of a page only the article counts; what was dropped, such as navigation and
// captions, is listed in the report with the reason. A record that cannot be used is
// skipped and listed with its line. Files that are known to lie beside articles, such
// as targets.yaml, are passed over. Text that is not UTF-8, entities and tags of HTML,
// and mojibake are read as what was meant; what was guessed is noted in the report.
//
// The flags are:
//
//	--targets FILE        who is compared; by default the targets.yaml beside the
//	                      articles, or else the built-in one; or countries:JP,CN
//	                      for states, by code or name
//	--target NAME         compare the actor of this name; may be given several times,
//	                      and beside --targets. What it is, is guessed from the name,
//	                      or said before it: person:, organisation: or state:
//	--map FIELD=NAME      which field of records holds what, where the usual names do
//	                      not tell; FIELD is id, source, outlet, title, author, date,
//	                      text or url
//	--dry-run             read the articles and say what is there, as corpus does
//	--out FOLDER          where the report goes; by default out
//	--by UNIT             what is compared: source (the default), outlet or document
//	--voice VOICE         the voice that headline, findings, table and charts are
//	                      about: author (the source's own, the default), quoted, or
//	                      all
//	--mentions KINDS      the mentions that count: names (names, nationalities,
//	                      capitals and leaders), nominals (descriptions such as
//	                      "the regime" too) or all (pronouns too; the default)
//	--wire COUNTED        what counts of paragraphs that several articles have, nearly
//	                      word for word (half of the runs of three words or more
//	                      are in both): all (everything; the default),
//	                      collapse (each once for each source) or own (those that
//	                      no other source has)
//	--format FORMAT       what is printed: text (the default), json (scores.json),
//	                      csv (scores.csv) or markdown (report.md)
//	--reference FILE      set tones against those of FILE, the scores.json of an
//	                      earlier run over reference articles
//	--split-date DATE     set what each source wrote before a date against what it
//	                      wrote since; a year, a month or a day: 2018-06-12
//	                      (the findings say which sources differ)
//	--seed N              start of the random numbers behind intervals and tests;
//	                      by default 1
//	--scorer NAME         what scores: learned (the default), or dictionary, the plain
//	                      sum of the hand-made tables' valences, which does not ask
//	                      of whom they are said
//	--robustness          compare under other choices of method too, as robustness
//	                      does, and add to the report what holds
//	--ledger FORMS        also write the ledger as observations.csv (csv) or as
//	                      observations.parquet (parquet), with a comma between
//	--no-second-opinion   leave out the film-review classifier that scores the same
//	                      sentences
//	--no-charts           draw no charts
//	--quiet               print nothing but errors and what --format asks for
//
// The folder then has report.html and report.md, for reading, the former one
// file that asks no network for anything, in which tables are sorted, every
// scored sentence is found by source, target, voice, role, lean and words, and
// each marked word says what it adds and by which rule; charts/*.png, of which those
// that are too large for the page are linked from it;
// scores.json and scores.csv, with every cell (a source, a target and a voice:
// mean tone, its interval, an estimate to rank by that is drawn towards the
// others the less is known, the smallest difference that could be told, counts
// and warnings) and, in the former, every difference: of two sources, of a source
// and the rest, of its own voice and those it quotes, of two targets, and before
// and since a date, with the article, paragraph or word on which it hangs where
// there is one; and the words that each source uses more than the others near a
// target; and observations.jsonl, the ledger: one line for
// every sentence and target with the words that made its tone. Files of these
// names are replaced, all together or not at all; other files are left alone. What
// a run that is killed has begun the next one into the folder ends or removes.
// Until then the ledger is in the system's folder for temporary files, under no name.
//
// Who writes more of war than of trade writes less favourably, whatever its
// stance. Where sources are compared the report therefore has tones adjusted for
// topic beside the raw ones: what a source's tone would be if it put targets in
// frames as often as all sources together do, by a regression within sources. In
// scores.json, topics.tones and topics.contrasts have both. It takes ten documents,
// or paragraphs of single documents, for each frame that is adjusted for.
//
// A tone of zero is not what is usual: news is mostly bad news. With --reference
// the mean tone of an earlier run's articles, towards the same target in the same
// voice, is the zero: the report has raw and relative tones side by side, and
// scores.json has reference.tones and reference.relative, with intervals. The
// reference must have been made with the same lexicon and the same --mentions.
//
//	$ parallax compare --out out/usual seeds/wsws-2001-09-28.txt seeds/wsws-2018-01-06.txt
//	$ parallax compare --out out/relative --reference out/usual/scores.json seeds/dw-2017-06-07.txt
//
// Attention is framing too. For each source and target the report says which
// share of the sentences on targets is on this one, in how many titles and first
// paragraphs it stands, how early it is first mentioned, how much of what is said
// of it is quoted, and by whom; each with an interval, and with the differences
// between sources that hold. In scores.json, attention.estimates has them by
// measure (share, title, lead, first, quoted, holder) with n, value, low and high
// from 0 to 1, and attention.contrasts the differences with p and q. Of a source
// with a single article nothing can be told of titles, first paragraphs and first
// mentions but of this article.
//
// With three sources or more, charts and a section of the report say how alike
// they frame in the voice that is shown: by tone towards each target, frames
// and words, as a map, as principal components, and as groups, each with the
// share of resamples in which it holds.
//
// The charts, each left out where it has nothing to show, are: tone (mean tone
// with intervals), heatmap (the same as a table for each voice), voices (own voice
// beside quoted voices, and their difference), course (tone along each article),
// contrasts (differences of two sources, the surest of each target), timeline
// (tone by month, quarter or year, where a source has two articles or more in each
// of three such periods: the shortest of which half have five or more), frames (how often each source sets each target in each
// frame, with intervals), words, relations (what the targets are told to do to
// each other), and map, biplot and dendrogram. What they show by date, frame, word
// and deed is in scores.json too.
//
// Where paragraphs stand in several articles, as agency copy does, the report
// lists them with whose pages they are on, and shows each cell that they change
// with them counted each way.
//
// Of large comparisons the page and report.md show the surest of what there is, and
// say how much more stands in which file. In scores.json a list of more than 1,000
// things has each on one line.
//
// Tone lies between -1, unfavourable, and +1, favourable. A number marked ~ is
// one that the data do not carry: read it as "cannot be told", not as neutral.
//
// # Corpus
//
// Corpus shows what compare would read, before anything is scored: sources and
// dates, copies, what is skipped and why, what was guessed, and who is mentioned,
// with the target that a name is a mention of.
//
//	$ parallax corpus seeds
//	$ parallax corpus --targets countries:JP,CN --format json seeds
//
// Names are found by their capitals; a surname counts for the whole name. The flags
// are --targets, --target, --map and --by as for compare, and:
//
//	--format FORMAT       text (the default) or json, which lists everything
//
// # Robustness
//
// A comparison makes choices, and others could be defended. Robustness compares
// the sources under every combination of them, each of which is a specification:
//
//	scorer      the learned lexicon, or the plain sum of the dictionary's valences
//	mentions    all, no pronouns, or names alone
//	voice       the sources' own, or all
//	wire        as for compare; only where paragraphs stand in several places
//
// The first option of each is the usual one, and compare's. Robustness says under
// how many specifications each tone and each difference of two sources keeps its
// sign and is carried, and which choice changes most. A specification that gives
// the same sums as another is left out.
//
//	$ parallax robustness seeds
//	$ parallax robustness --quiet --format csv --out out/two seeds/dw-2017-06-07.txt seeds/telesur-2018-06-15.txt
//
// The shares are no probabilities: specifications depend on each other. A joint
// test takes them all together: sources' names are exchanged at random, the same
// way in each specification, and its q is how often the median difference, in
// units of its standard error, comes out as large. Differences in tone are larger
// with one scorer than with another; signs can be compared.
//
// The flags are:
//
//	--targets FILE        as for compare, and so are --target and --map
//	--out FOLDER          by default out/robustness
//	--by UNIT             source (the default) or outlet
//	--sources N           how many sources are set against each other, those with
//	                      most sentences; by default 12, at most 60, for which 0
//	                      stands too. Time grows with its square
//	--format FORMAT       what is printed: text (the default; what no specification
//	                      carries is only counted), json (robustness.json), csv (one
//	                      row for each number and specification) or markdown
//	                      (robustness.md)
//	--seed N              as for compare
//	--no-charts           as for compare
//	--quiet               as for compare
//
// The folder then has robustness.md, robustness.json and charts/curve-*.png and
// .svg: specification curves of the up to 12 differences that are carried under
// most specifications, the numbers in order above the choices that made them.
//
// An article is parsed once, and scored 36 times, which takes less time. 2,000
// articles of 3.4 MB by 20 sources, with copies, under all 216 specifications took
// 148 seconds of one core and 290 MB.
//
// # Check
//
// Check scores articles anew and compares the scores with a baseline. It prints
// which cells moved, by how much, and which sentences moved them. It is meant
// for CI, where a change of the lexicon or of the program must not move scores
// unseen.
//
//	$ parallax check --update seeds
//	$ parallax check seeds
//
// Without PATH it reads the folder seeds. The flags are:
//
//	--baseline FILE       the baseline; by default baseline.json beside the articles
//	--tolerance T         how far the mean tone of a cell may move; by default 0.005,
//	                      half of the last digit that reports print
//	--format FORMAT       text (the default); github, which annotates the articles'
//	                      lines and appends to the job's summary
//	                      (GITHUB_STEP_SUMMARY); or junit, an XML that most CI
//	                      systems read
//	--update              write the baseline anew instead of failing
//	--targets FILE        as for compare, and so are --target and --map
//	--mentions KINDS      as for compare
//
// With --update it prints what moved, which is what is accepted, and writes the new
// baseline.
//
// # Diff
//
// Diff holds two runs of compare against each other, whatever versions, lexicons or
// options they were made with: the folder of a report, or a baseline of check, on
// either side. It prints which cells moved, which sentences and which entries of the
// lexicon moved them, with shares that sum to the movement, and which differences
// between sources are carried in one run only. It exits with status 3 where a cell
// moved.
//
//	$ parallax compare --out before seeds
//	$ parallax compare --seed 2 --out after seeds
//	$ parallax diff before after
//
// The flags are:
//
//	--tolerance T         as for check
//	--intervals           let a tone also move within the interval of the old run
//	--format FORMAT       text (the default), markdown, json, junit or github
//
// # Eval
//
// Eval reads sentences that people have labelled, scores them, and says how far
// the two agree: labelled pairs of sentence and target that are found, voice,
// holder, and tone, with F1 by class, log loss, calibration and correlation;
// beside what VADER, the film-review classifier and constant guesses reach on
// the same sentences; by kind of sentence; and with the worst errors, each with
// the words that made it. Macro F1 is the mean over the classes that labels or
// predictions have. For example, labels.jsonl:
//
//	{"file": "dw-2017-06-07.txt", "sentence": "\"The US is ceaselessly trying to foment tension,\" the report added.", "target": "US", "polarity": -1, "voice": "quoted", "holder": "NK"}
//	{"id": "talks", "text": "Pyongyang threatened the South.", "targets": [{"id": "NK", "from": 0, "to": 9, "polarity": -1}]}
//
// and then:
//
//	$ parallax eval --corpus seeds labels.jsonl
//	$ parallax eval --corpus seeds --predictions out/predictions.jsonl labels.jsonl
//
// A polarity is -1, 0 or 1; voice and holder can be left out. A sentence is
// scored where it stands in its article, and by itself where that is not found.
// The form of NewsMTSC is read too. What has no polarity is predicted and not
// measured.
//
// A file of rated texts without targets has an id, a rating on any scale and a
// text on each line, with tabs between. Eval then says how far the valence of
// the words goes with the ratings.
//
// The intervals come from resampling whole documents: labels of one file, of one
// record, or of one article in NewsMTSC's ids; rated texts with ids that differ
// only behind the last "_". Where there are fewer than ten documents, paragraphs
// are drawn, or texts. The flags are:
//
//	--corpus PATH         the labelled articles; by default they are looked for
//	                      beside FILE and in folders named seeds near it
//	--targets FILE        who is scored; by default the built-in targets
//	--mentions KINDS      as for compare
//	--predictions OUT     write what is predicted to the file OUT, one JSON object
//	                      a line in the order of the labels: {"id", "target",
//	                      "polarity", "negative", "neutral", "positive", "tone"},
//	                      or {"id", "tone"} for rated texts. A target that is not
//	                      found has polarity 0 and tone 0. The id is the target's
//	                      "Input.gid", the record's "id" or "primary_gid", or the
//	                      file's name and the line: labels.jsonl:3
//	--charts FOLDER       draw for each file of labels a confusion matrix and a
//	                      reliability diagram into the folder, as PNG and SVG:
//	                      labels-confusion.png, labels-reliability.png, ...
//	--format FORMAT       text (the default) or json, which has the bins of the
//	                      reliability diagram and all that was found and not
//	                      labelled too
//
// # Explain
//
// Explain shows how a sentence comes to its scores: tokens with tags, mentions,
// voices, and for each target every word that contributed, with its rule and
// its share. The shares sum to the tone exactly.
//
//	$ parallax explain 'Pyongyang has never threatened the South, he said.'
//	$ parallax explain --file seeds/dw-2017-06-07.txt --format json
//	$ parallax explain --layers clauses,verbs,roles 'Seoul left because Pyongyang had refused to talk.'
//
// Each argument, and each line of the file or of standard input, is taken as a
// paragraph as it stands. The flags are:
//
//	--file FILE           read sentences from a file instead of the arguments
//	--layers LAYERS       what is shown, with commas between: tokens (with tags and
//	                      relations), clauses, verbs (with tense, voice, negation
//	                      and modals), mentions, voices, roles (of each mention, and
//	                      the verb), relations (who does what to whom) and scores;
//	                      by default tokens,mentions,voices,scores
//	--targets FILE        who is scored; by default the built-in targets
//	--format FORMAT       text (the default) or json
//
// On a terminal, mentions are underlined, and words are red where they
// contribute unfavourably and blue where favourably, unless NO_COLOR is set.
//
// # Serve
//
// Serve answers in a browser, on this machine. It compares the articles that are
// named, if any, and says at which address it answers:
//
//	$ parallax serve --listen 127.0.0.1:0 seeds
//
// The page there takes an article that is pasted or dropped: text, Markdown, or
// JSONL with several. It shows each sentence with its words coloured by what they
// contributed, with rule and share when a word is pointed at or reached with the
// Tab key; the mean tone towards each target with its interval; and where the
// article stands among the sources that were loaded. Targets can be edited in the
// page. The report on the articles that were named is at /report/, as compare
// writes it, with its data beside it: /report/scores.json.
//
// Programs ask for the same in JSON: POST /api/v1/score takes an article and
// answers with its sentences, observations and cells; /api/v1/explain a sentence;
// /api/v1/compare a list of articles, and answers with scores.json. All of it is
// described in OpenAPI at /api/v1/openapi.json. For example:
//
//	curl -H 'Content-Type: application/json' http://127.0.0.1:8714/api/v1/score \
//	    -d '{"text": "Pyongyang has never threatened the South, he said."}'
//
// A refusal is JSON too (RFC 9457), with a sentence that says what to do. A body
// has at most 10 MiB, a text to score 1 MiB, a comparison 60 sources or articles.
//
// Only this machine can reach the address, unless another is given, and then
// whoever can reach it can use it: there is no password. Pages of other origins
// are refused. Nothing that is sent is kept or logged. An interrupt (Ctrl-C) ends
// it, after the requests that are going on, within 10 seconds. The flags are those
// of compare that say what is compared (--targets, --target, --map, --by, --voice, --mentions,
// --wire, --split-date, --seed, --no-second-opinion), and:
//
//	--listen ADDRESS      host and port; by default 127.0.0.1:8714; port 0 is any
//	                      that is free
//	--log FORM            the form of the log on standard error: text (the default)
//	                      or json
//
// # Lexicon
//
// Lexicon opens the tables behind the scores. Show prints what the hand-made
// tables hold of a term, or of the term that it is a form of, and the tone that
// the learned lexicon gives short sentences with it: alone before the target T and
// behind it, after a negator, and with another actor O.
//
//	$ parallax lexicon show threatened 'rogue state'
//
// # Sample and agree
//
// Whether the scores are any good for articles of some kind, people must say.
// Sample draws scored sentences for them to code, as many of each source, target
// and class (unfavourable, neither, favourable) as of any other, so that rare
// ones are seen too:
//
//	$ parallax sample seeds
//	$ parallax sample --size 60 --seed 7 --out coding/sheet.csv seeds
//
// It writes a sheet, which opens in a spreadsheet and tells neither source nor
// score, in random order, and a key, which says what the rows are: here
// sheet.csv and sheet.key.json. Keep the key from the coders, and give each a
// copy of the sheet. In the column tone they write how the sentence shows the
// target: -1 for unfavourably, 0 for neither, 1 for favourably; in the column
// voice who says so: author or quoted. Either can be left empty. For a sentence
// that names its source nothing is blind; the comment is the place to say so. A
// sheet that is there and differs is not written over. The flags are:
//
//	--size N              how many sentences; by default 200, and at least one for
//	                      each combination of source, target and class
//	--seed N              decides which, and their order; by default 1
//	--out SHEET           by default sheet.csv
//	--by UNIT             source (the default) or outlet
//	--targets FILE        as for compare, and so are --target and --map
//	--mentions KINDS      as for compare
//
// Agree holds filled copies against the key. Only the columns id, tone and voice
// are read. For example, anna.csv:
//
//	id,tone,voice
//	s001,-1,author
//	s002,0,author
//	s003,1,quoted
//	s004,0,
//
// and ben.csv:
//
//	id,tone,voice
//	s001,-1,author
//	s002,1,author
//	s003,1,author
//	s004,0,quoted
//
// and then:
//
//	$ parallax agree --key sheet.key.json anna.csv ben.csv
//
// It prints Krippendorff's alpha among the coders and of each with the program,
// for tone (ordinal) and voice (nominal); what the program calls what the coders
// coded, with recall, precision and F1 as they are in the corpus, where each row
// weighs as many sentences as it stands for; and, by source and target, the share
// of favourable sentences less that of unfavourable ones, as the program has it
// and corrected for its errors, with the differences between sources. The
// correction takes the program to err alike on all sources and targets. The
// flags are:
//
//	--key FILE            by default the one beside the first sheet
//	--seed N              start of the random numbers behind intervals; by default 1
//	--format FORMAT       text (the default) or json
//
// # Pack and verify
//
// Articles mostly may not be published; what was measured on them may. Pack makes
// of the folder of a report, by default out, a zip with scores.json, the targets
// file, and for every sentence and target the place, the SHA-256 of the sentence,
// the scores, and place and contribution of each word, without a word of text.
//
//	$ parallax pack --out study.zip out
//	$ parallax verify study.zip seeds
//
// Verify finds the pack's articles by the SHA-256 of their files, whatever they are
// called, scores them anew with the pack's options, and says whether each
// sentence's scores are the same and, where all articles are there, each cell and
// contrast. Where articles are missing, have been changed, or say another title,
// author, date, outlet or source than the pack, it fails unless told with --part
// that the rest is enough. What the files are called, what was skipped, and tones
// against a reference it does not look at. The flags of pack are:
//
//	--targets FILE        the targets file that the report was made with; by default
//	                      the one that it names
//	--out FILE            by default pack.zip
//
// # Selftest
//
// Selftest holds the statistics against simulated sources whose true tones and
// shares of attention are known: how often sources that do not differ are found to differ, how many
// intervals hold the truth, and whether a difference that is said to be
// detectable is found. It fails where one of them is not as promised. The number
// of simulations decides how sharply it looks; the default takes minutes.
//
//	$ parallax selftest --runs 20
//
// The flags are:
//
//	--runs N              simulations of each kind, at least 10; by default 2000
//	--seed N              start of the simulations; by default 1
//	--format FORMAT       text (the default) or json
//
// # Other articles and other actors
//
// Articles can come as records. For example, articles.jsonl:
//
//	{"id": "post-1", "source": "The Post", "title": "Talks fail", "author": "A. Byrne", "date": "2024-05-02", "text": "Freedonia threatened its neighbour on Thursday. The ministers of Sylvania had offered generous aid and asked for peace. Nobody could say what would follow after that."}
//	{"id": "mail-1", "source": "The Mail", "title": "Talks fail", "date": "2024-05-03", "text": "Sylvania brutally threatened its neighbour on Friday. The Freedonian minister welcomed the offer of talks. Nobody could say what would follow after that."}
//
// Only text is needed, and an id or a source helps. Fields may have the usual other
// names, such as content, headline, publisher or published, which is said once for
// a file, and --map chooses others. An outlet that is not known is the host of the
// address. An id stands for one article
// of all sources: a second article with it is skipped, and listed. Where a record has
// "targets", a list of {"id", "from", "to"} with character offsets into text,
// these are the mentions, and no others are looked for.
//
// Who is compared is said by a targets file. For example, actors.yaml:
//
//	targets:
//	  - id: FR
//	    name: Freedonia
//	    demonyms: [Freedonian]
//	  - id: SY
//	    name: Sylvania
//	    demonyms: [Sylvanian, Sylvanians]
//
// Only id and name are needed. Names, aliases, abbreviations, capitals, leaders
// with their terms of office and more are explained in seeds/targets.yaml. An
// unknown key, an id used twice or a term that two targets claim is an error.
//
//	$ parallax compare --targets actors.yaml articles.jsonl
//
// Names alone do, too: of a person the surname counts where the article has given
// the whole name, of a company the name without its legal form, of a body its
// initials, of a state its people and its capital. For example, with export.csv:
//
//	Headline,Publication,Published,Content
//	Talks fail,The Post,05/02/2024,"Maria Lopez threatened Acme Corporation on Thursday. Lopez was praised by the workers for her courage. Nobody could say what would follow after that."
//	Talks go on,The Mail,05/25/2024,"Maria Lopez brutally attacked Acme Corporation on Friday. The workers of Acme welcomed the offer. Nobody could say what would follow after that."
//
// first look, and then compare:
//
//	$ parallax corpus export.csv
//	$ parallax compare --quiet --format csv --target 'Maria Lopez' --target 'Acme Corporation' export.csv
//
// Of dates such as 05/02/2024 the order is read from others beside them (here
// 05/25/2024); where none tells, only the year counts, and that is said.
//
// In a folder, the file sources.yaml says which documents make a source, and
// what their pages do not say about themselves. For example, folder/sources.yaml:
//
//	sources:
//	  - id: Post
//	    outlet: The Post
//	    documents:
//	      - file: talks.txt
//	        title: Talks fail
//	        author: A. Byrne
//	        date: 2024-05-02
//
// with the article, here folder/talks.txt:
//
//	Talks fail
//
//	Freedonia threatened its neighbour on Thursday. The ministers of Sylvania
//	had offered generous aid and asked for peace. Nobody could say what would
//	follow after that, and nobody tried to.
//
// and then:
//
//	$ parallax compare --targets actors.yaml folder
//
// # Exit status
//
//	0   done
//	1   failed: the input cannot be used, something went wrong, or selftest found
//	    that the statistics are not as promised
//	2   usage: wrong flags, a path that does not exist, a wrong targets file
//	3   check or diff found scores that moved beyond the tolerance, or verify a pack
//	    that does not hold
//	130 interrupted, by Ctrl-C or a signal to end
//
// # Limitations
//
// Parallax reads English. It scores what the words of a sentence say about an
// actor, one sentence at a time: it does not follow an argument over several
// sentences, knows no irony, and does not see what an article leaves out. It
// does not know whether a framing is deserved.
//
// A learned lexicon makes the scores; a statistical parser and rules say who is
// meant, who speaks and who does what. Each errs, and single sentences are often wrong; means over many
// sentences are better than any one of them. The sentences behind every number
// are in the report: read them before you rely on it.
//
// A source with a single article is that article. Its interval says how the
// tone would vary over articles of paragraphs like these, not over what the
// outlet publishes.
//
// The second opinion is a naive Bayes classifier trained on film reviews. It
// sees neither targets nor voices, so that it agrees little is no verdict on
// either.
//
// PDF and DOCX are not read: save such articles as text or as web pages.
// A sources.yaml inside an archive is not read either.
package main
