// The workbench: sends an article to the server and shows what comes back. All
// text goes into the page as text, never as markup.
"use strict";

const $ = id => document.getElementById(id);
const encoder = new TextEncoder(), decoder = new TextDecoder();

const state = {
  corpus: null,              // what the server was started with
  articles: [{ text: "" }],  // {id, source, outlet, title, author, date, text}
  at: 0,                     // the one in the form
  request: null,             // aborts the request that is going on
};

const voices = { author: "Own voice", quoted: "Quoted", all: "All voices" };
const fields = ["source", "title", "author", "date"];

// el makes an element with properties and children.
function el(name, props = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (key === "class") e.className = value;
    else if (key in e) e[key] = value;
    else e.setAttribute(key, value);
  }
  e.append(...children);
  return e;
}

// svg makes an element of a drawing.
function svg(name, attributes = {}, ...children) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

const plural = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

// signed writes a number with its sign and a true minus.
function signed(v, digits = 2) {
  const s = Math.abs(v).toFixed(digits);
  return (/[1-9]/.test(s) ? (v < 0 ? "−" : "+") : "") + s;
}

// ---- the form ----

function keep() {
  const article = state.articles[state.at];
  article.text = $("text").value;
  for (const f of fields) article[f] = $(f).value;
}

function show(at) {
  state.at = at;
  const article = state.articles[at];
  $("text").value = article.text;
  for (const f of fields) $(f).value = article[f] ?? "";
  const many = state.articles.length > 1;
  $("choose").hidden = $("compare").hidden = !many;
  $("compare").textContent = `Compare all ${state.articles.length.toLocaleString("en")}`;
  if (many && $("chosen").length !== state.articles.length) {
    $("chosen").replaceChildren(...state.articles.map((a, i) =>
      el("option", { value: i }, [a.source, a.title || a.id || `article ${i + 1}`].filter(Boolean).join(": "))));
  }
  $("chosen").value = at;
}

function load(articles) {
  state.articles = articles;
  $("chosen").replaceChildren();
  show(0);
}

// records reads JSON lines; null where the text is none.
function records(text) {
  const lines = text.split("\n").filter(line => line.trim());
  if (!lines.length || !lines[0].trimStart().startsWith("{")) return null;
  const out = [];
  for (const line of lines) {
    try {
      const record = JSON.parse(line);
      if (typeof record.text !== "string") return null;
      out.push(record);
    } catch { return null; }
  }
  return out;
}

// decode reads a file's bytes: UTF-8, or else what older pages are in.
function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

async function take(files) {
  const articles = [];
  for (const file of files) {
    const text = decode(await file.arrayBuffer());
    articles.push(...records(text) ?? [{ id: file.name.replace(/\.[^.]*$/, ""), text }]);
  }
  if (!articles.length) return;
  load(articles);
  say(`${plural(articles.length, "article")} read.`);
  if (articles.length === 1) score();
}

function say(text) { $("status").textContent = text; }

function complain(text) {
  $("problem").textContent = text;
  $("problem").hidden = !text;
}

const edited = () => $("targets").value !== state.corpus.targets_text;

// post sends a request and returns the answer, or null where there is none.
async function post(path, body, doing) {
  state.request?.abort();
  const request = state.request = new AbortController();
  complain("");
  say(doing);
  $("form").setAttribute("aria-busy", "true");
  try {
    if (edited()) body.targets = $("targets").value;
    const answer = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal: request.signal,
    });
    const value = await answer.json();
    if (answer.ok) return value;
    complain(value.detail);
  } catch (error) {
    if (error.name === "AbortError") return null;
    complain("The server does not answer: is parallax serve still running?");
  } finally {
    if (state.request === request) {
      say("");
      $("form").removeAttribute("aria-busy");
    }
  }
  return null;
}

async function score() {
  keep();
  const several = records($("text").value);
  if (several) load(several);
  const article = state.articles[state.at], body = { text: article.text };
  for (const f of ["id", "outlet", ...fields]) if (article[f]) body[f] = article[f];
  if (state.corpus.mentions) body.mentions = state.corpus.mentions;
  const answer = await post("/api/v1/score", body, "Scoring…");
  if (answer) present(article, answer);
}

async function compareAll() {
  keep();
  const answer = await post("/api/v1/compare", { articles: state.articles }, "Comparing…");
  if (answer) presentComparison(answer);
}

// ---- results ----

function reveal(title) {
  $("result-title").textContent = title;
  for (const id of ["notes", "summary", "beside", "sentences"]) $(id).replaceChildren();
  $("result").hidden = false;
  $("result").focus({ preventScroll: true });
  $("result").scrollIntoView({ block: "start" });
}

// table makes a table in a box that scrolls where it is too wide.
function table(caption, columns, rows) {
  return el("div", { class: "scroll", role: "region", tabIndex: 0, ariaLabel: caption },
    el("table", {}, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...columns.map(c => el("th", { scope: "col" }, c)))),
      el("tbody", {}, ...rows)));
}

const header = text => el("th", { scope: "row" }, text);

// figure is a cell of a table with a tone as the server says to print it.
function figure(cell) {
  if (!cell || !cell.sentences) return el("td", { class: "figure" }, "–");
  const [, value, why] = cell.figure.match(/^(.*?)(?: \((.*)\))?$/s);
  const td = el("td", { class: "figure" }, value);
  td.append(el("span", { class: "why" }, [plural(cell.sentences, "sentence"), why].filter(Boolean).join("; ")));
  return td;
}

const find = (cells, target, voice) => cells.find(c => c.target === target && c.voice === voice);

function present(article, answer) {
  reveal(answer.article.title || article.title || "This article");
  const { dropped, notes, outlet, author, date } = answer.article;
  const known = [outlet, author, date].filter(Boolean).join(" · ");
  const scored = new Set(answer.observations.map(o => o.start)).size;
  const lines = [`${known ? known + " · " : ""}${plural(answer.sentences.length, "sentence")}, ${scored.toLocaleString("en")} with a target.`, ...notes];
  if (dropped.length) lines.push(`${plural(dropped.length, "part")} of the text ${dropped.length === 1 ? "is" : "are"} not the article and left out.`);
  $("notes").append(...lines.map(line => el("p", { class: "note" }, line)));
  if (!answer.observations.length) {
    $("summary").append(el("p", { class: "lead" }, `No sentence mentions a target (${answer.targets.map(t => t.name).join(", ")}). Name the actors of this article under Targets.`));
  } else {
    summarise(answer);
    beside(answer);
  }
  sentences(article.text, answer);
}

function summarise({ targets, cells }) {
  const rows = targets.filter(t => find(cells, t.id, "all")).map(t => el("tr", {},
    header(t.name), ...Object.keys(voices).map(v => figure(find(cells, t.id, v)))));
  $("summary").append(table("Mean tone, −1 unfavourable to +1 favourable, with 95\u00a0% interval. ~ is not carried by the data: it cannot be told.",
    ["Target", ...Object.values(voices)], rows));
}

// ---- beside the loaded sources ----

const most = 30; // rows of a table; the report has them all

function beside(answer) {
  const { corpus } = state;
  if (!corpus.loaded) return;
  $("beside").append(el("h3", {}, "Beside the loaded sources"));
  if (answer.manifest.targets_digest !== corpus.targets_digest) {
    $("beside").append(el("p", { class: "note" }, "The loaded sources were scored for other targets than these, so that they cannot be set beside the article."));
    return;
  }
  const tables = el("div"), voice = el("select", {}, ...Object.entries(voices).map(([id, name]) => el("option", { value: id }, name)));
  const draw = () => tables.replaceChildren(...answer.targets.flatMap(t => standing(t, answer, voice.value)));
  voice.addEventListener("change", draw);
  $("beside").append(el("div", { class: "controls" }, el("label", {}, "Voice", voice)), tables);
  draw();
}

// standing places the article among the sources over one target.
function standing(target, answer, voice) {
  const own = find(answer.cells, target.id, voice);
  if (!own) return [];
  const { corpus } = state, names = new Map(corpus.sources.map(s => [s.id, s.name]));
  const others = corpus.cells.filter(c => c.target === target.id && c.voice === voice)
    .map(c => ({ name: c.document ?? names.get(c.source) ?? c.source, ...c }));
  const all = [...others, { name: "This article", here: true, ...own }].sort((a, b) => b.tone - a.tone || (a.name < b.name ? -1 : 1));
  const at = all.findIndex(c => c.here), from = Math.max(0, Math.min(at - most / 2, all.length - most));
  const alike = others.filter(c => c.low <= own.high && own.low <= c.high).length;
  const place = others.length === 0 ? "No loaded source mentions it in this voice." :
    `By mean tone it is number ${at + 1} of ${all.length}, the most favourable first. Its interval overlaps with ${alike.toLocaleString("en")} of the ${plural(others.length, "other")}${alike ? ", from which it cannot be told at sight" : ""}.`;
  const rows = all.slice(from, from + most).map(c => el("tr", { class: c.here ? "here" : "" }, header(c.name), el("td", { class: "plot" }, track(c)), figure(c)));
  const out = [el("p", {}, el("strong", {}, target.name), ": " + place),
    table(`${target.name}, ${voices[voice].toLowerCase()}`, ["Source", "−1 to +1", "Mean tone"], rows)];
  if (all.length > rows.length) out.push(el("p", { class: "note" }, `${(all.length - rows.length).toLocaleString("en")} more are in the report.`));
  return out;
}

// track draws a tone with its interval; hollow where it is not carried.
function track(cell) {
  const x = tone => `${(tone + 1) * 50}%`;
  return svg("svg", { role: "img", "aria-label": cell.figure },
    svg("line", { class: "axis", x1: "0%", x2: "100%", y1: "50%", y2: "50%" }),
    svg("line", { class: "zero", x1: "50%", x2: "50%", y1: "0%", y2: "100%" }),
    svg("line", { class: "range", x1: x(cell.low), x2: x(cell.high), y1: "50%", y2: "50%" }),
    svg("circle", { class: cell.carried ? "dot" : "dot open", cx: x(cell.tone), cy: "50%", r: 4 }));
}

// ---- sentences ----

const page = 200; // sentences that are shown at once

function sentences(text, answer) {
  const bytes = encoder.encode(text), names = new Map(answer.targets.map(t => [t.id, t.name]));
  const by = new Map();
  for (const o of answer.observations) by.set(o.start, [...by.get(o.start) ?? [], o]);
  const which = el("select", {}, el("option", { value: "" }, "all targets"), ...answer.targets.filter(t => answer.observations.some(o => o.target === t.id)).map(t => el("option", { value: t.id }, t.name)));
  const only = el("input", { type: "checkbox" });
  const list = el("div"), more = el("button", { type: "button" }, "More sentences");
  let shown = 0, chosen = [];
  const next = () => {
    let last = chosen[shown - 1]?.paragraph;
    for (const s of chosen.slice(shown, shown + page)) {
      list.append(sentence(bytes, s, seen(s), names, s.paragraph !== last));
      last = s.paragraph;
    }
    shown = Math.min(shown + page, chosen.length);
    more.hidden = shown >= chosen.length;
  };
  const seen = s => (by.get(s.start) ?? []).filter(o => !which.value || o.target === which.value);
  const draw = () => {
    list.replaceChildren();
    shown = 0;
    chosen = answer.sentences.filter(s => !only.checked || seen(s).length);
    next();
  };
  which.addEventListener("change", draw);
  only.addEventListener("change", draw);
  more.addEventListener("click", next);
  $("sentences").append(el("h3", {}, "Sentence by sentence"),
    el("p", { class: "note" }, "Words that made a tone are ", el("mark", { class: "neg s2" }, "dashed"), " where unfavourable and ", el("mark", { class: "pos s2" }, "underlined"),
      " where favourable, the stronger the darker. Point at one, or reach it with the Tab key, for its rule and share. Single sentences are often wrong; means over many are better."),
    el("div", { class: "controls" }, el("label", {}, "Show", which), el("label", {}, only, "only sentences with a target")), list, more);
  draw();
}

const slice = (bytes, from, to) => decoder.decode(bytes.subarray(from, to));
const flat = s => s.replace(/\s+/g, " ");

// sentence shows one sentence with its words marked, and below it what each
// target's tone is made of.
function sentence(bytes, s, observations, names, first) {
  const box = el("div", { class: ["sentence", s.kind, observations.length ? "scored" : "", first ? "first" : ""].join(" ") });
  const said = el("p", { class: "said" });
  let at = s.start;
  for (const m of marks(observations)) {
    if (m.start < at || m.end > s.end) continue;
    said.append(flat(slice(bytes, at, m.start)), word(flat(slice(bytes, m.start, m.end)), m, names));
    at = m.end;
  }
  said.append(flat(slice(bytes, at, s.end)));
  box.append(said, ...observations.map(o => sum(o, names)));
  return box;
}

// telling returns the evidence that tells: the eight largest shares, and none
// below a hundredth. The rest is summed up.
function telling(o) {
  const sizes = o.evidence.map(e => Math.abs(e.contribution)).sort((a, b) => b - a);
  const least = Math.max(0.01, sizes[7] ?? 0);
  return o.evidence.filter(e => Math.abs(e.contribution) >= least - 1e-9);
}

// marks returns the stretches of a sentence to mark, in order and without
// overlap, each with the evidence on it.
function marks(observations) {
  const all = observations.flatMap(o => telling(o).map(e => ({ ...e, target: o.target })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const out = [];
  for (const e of all) {
    const last = out[out.length - 1];
    if (last && e.start < last.end) {
      last.end = Math.max(last.end, e.end);
      last.evidence.push(e);
    } else out.push({ start: e.start, end: e.end, evidence: [e] });
  }
  return out;
}

// weight is the class of a mark: its sign, and three steps of strength.
function weight(v) {
  const size = Math.abs(v);
  return v === 0 ? "" : `${v < 0 ? "neg" : "pos"} s${size > 0.3 ? 3 : size >= 0.1 ? 2 : 1}`;
}

function word(text, m, names) {
  const total = m.evidence.reduce((sum, e) => sum + e.contribution, 0);
  const mark = el("mark", { class: weight(total), tabIndex: 0 }, text);
  const lines = m.evidence.map(e => `${names.get(e.target) ?? e.target}: ${signed(e.contribution, 4)} by “${e.term}”, ${e.rule}`);
  const on = () => tip(mark, lines);
  mark.addEventListener("pointerenter", on);
  mark.addEventListener("focus", on);
  mark.addEventListener("pointerleave", untipSoon);
  mark.addEventListener("blur", untip);
  return mark;
}

// sum shows what a tone is made of; the shares add up to it.
function sum(o, names) {
  const name = names.get(o.target) ?? o.target;
  const shown = telling(o), rest = o.evidence.length - shown.length;
  const left = o.tone - shown.reduce((sum, e) => sum + e.contribution, 0);
  const who = o.voice === "quoted" ? `quoted, ${o.holder === "other" ? "speaker not a target" : names.get(o.holder) ?? o.holder}` : "own voice";
  const does = { agent: ", acts", patient: ", is acted upon" }[o.role] ?? "";
  const rows = shown.map(e => el("tr", {}, el("td", {}, signed(e.contribution, 4)), el("td", {}, el("mark", { class: weight(e.contribution) }, e.term)), el("td", {}, e.rule)));
  if (Math.abs(left) > 5e-5 || rest) rows.push(el("tr", {}, el("td", {}, signed(left, 4)), el("td", {}, rest ? "all other words" : "no single word"), el("td")));
  return el("details", {},
    el("summary", {}, el("b", {}, `${name} ${signed(o.tone)}`), ` by “${flat(o.mention)}”, ${who}${does}`),
    el("table", { class: "sum" }, el("caption", {}, `Tone towards ${name}`),
      el("thead", {}, el("tr", {}, ...["Share", "Word", "Rule"].map(c => el("th", { scope: "col" }, c)))),
      el("tbody", {}, ...rows),
      el("tfoot", {}, el("tr", {}, el("td", {}, signed(o.tone, 4)), el("td", { colSpan: 2 }, `tone: favourable ${o.positive.toFixed(4)} less unfavourable ${o.negative.toFixed(4)}; neither ${o.neutral.toFixed(4)}`)))));
}

// ---- the box that says what a word did ----

let leaving = 0;
let tipped = null; // the word that it is about

function tip(at, lines) {
  clearTimeout(leaving);
  untip();
  tipped = at;
  at.setAttribute("aria-describedby", "tip");
  $("tip").replaceChildren(...lines.map(line => el("p", {}, line)));
  $("tip").hidden = false;
  place();
}

// place puts the box below its word, or above where there is no room.
function place() {
  if (!tipped) return;
  const box = $("tip"), a = tipped.getClientRects()[0], b = box.getBoundingClientRect();
  if (!a || a.bottom < 0 || a.top > window.innerHeight) return untip();
  const below = a.bottom + 6 + b.height <= window.innerHeight;
  box.style.left = `${Math.max(8, Math.min(a.left, document.documentElement.clientWidth - b.width - 8))}px`;
  box.style.top = `${below ? a.bottom + 6 : Math.max(8, a.top - 6 - b.height)}px`;
}

function untip() {
  tipped?.removeAttribute("aria-describedby");
  tipped = null;
  $("tip").hidden = true;
}

// untipSoon leaves time to move the pointer onto the box.
function untipSoon() { leaving = setTimeout(untip, 150); }

// ---- a comparison of what was dropped ----

function presentComparison(scores) {
  reveal(`${plural(scores.manifest.inputs.length, "article")} compared`);
  const names = new Map(scores.manifest.targets_digest === state.corpus.targets_digest ? state.corpus.targets.map(t => [t.id, t.name]) : []);
  const name = target => names.get(target) ?? target;
  const by = new Map(scores.cells.map(c => [JSON.stringify([c.source, c.target, c.voice]), c]));
  const cell = c => el("td", { class: "figure" }, ...c ? [printed(c, "tone"), el("span", { class: "why" }, plural(c.sentences, "sentence"))] : ["–"]);
  const rows = scores.cells.filter(c => c.voice === "all").map(c => el("tr", {}, header(c.source), el("td", {}, name(c.target)),
    ...Object.keys(voices).map(v => cell(by.get(JSON.stringify([c.source, c.target, v]))))));
  $("notes").append(...scores.skipped.map(s => el("p", { class: "note" }, `Article ${s.line ?? ""} was left out: ${s.reason}.`)));
  $("summary").append(table("Mean tone, −1 unfavourable to +1 favourable, with 95\u00a0% interval. ~ is not carried by the data: it cannot be told.", ["Source", "Target", ...Object.values(voices)], rows));
  const pairs = scores.contrasts.filter(c => c.voice === "author");
  if (!pairs.length) return;
  $("beside").append(el("h3", {}, "Differences in their own voice"), table("Differences in mean tone, with 95\u00a0% interval; whether they hold is by permutation test with Holm’s correction",
    ["Target", "Sources", "Difference", "Holds?"], pairs.slice(0, pairsShown).map(c => el("tr", {}, header(name(c.target)), el("td", {}, `${c.a} less ${c.b}`),
      el("td", { class: "figure" }, printed(c, "difference")), el("td", {}, c.carried ? `yes: q ${c.q < 0.001 ? "below 0.001" : c.q.toFixed(3)}` : `no: ${c.reason ?? ""}`)))));
  if (pairs.length > pairsShown) $("beside").append(el("p", { class: "note" }, `${(pairs.length - pairsShown).toLocaleString("en")} more are in what /api/v1/compare answers.`));
}

const pairsShown = 200;

// printed writes a number of scores.json with its interval, marked where the
// data do not carry it.
const printed = (c, key) => `${c.carried ? "" : "~ "}${signed(c[key])} [${signed(c.low)}, ${signed(c.high)}]`;

// ---- beginning ----

const example = `Talks resume after a summer of silence

Pyongyang accused Washington on Thursday of a reckless and cynical campaign of threats. South Korea, which has patiently offered food and fuel, welcomed the return of the negotiators.

“The regime has lied to us before,” an American official said. “It will have to earn our trust.” The North has detained three aid workers without trial since May.

In Seoul, President Moon Jae-in praised the courage of both sides and thanked the United States for its generous support.`;

function wire() {
  $("form").addEventListener("submit", event => { event.preventDefault(); score(); });
  $("compare").addEventListener("click", compareAll);
  $("chosen").addEventListener("change", () => { keep(); show(Number($("chosen").value)); });
  $("open").addEventListener("click", () => $("files").click());
  $("files").addEventListener("change", () => { take([...$("files").files]); $("files").value = ""; });
  $("example").addEventListener("click", () => { load([{ text: example, date: "2018-09-06" }]); score(); });
  $("reset").addEventListener("click", () => { $("targets").value = state.corpus.targets_text; });
  $("text").addEventListener("keydown", event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) score(); });
  $("tip").addEventListener("pointerenter", () => clearTimeout(leaving));
  $("tip").addEventListener("pointerleave", untipSoon);
  document.addEventListener("keydown", event => { if (event.key === "Escape") untip(); });
  document.addEventListener("scroll", place, { passive: true });
  document.addEventListener("dragover", event => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  for (const name of ["dragleave", "dragend", "drop"]) document.addEventListener(name, () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", event => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}

async function begin() {
  const corpus = state.corpus = await (await fetch("/api/v1/corpus")).json();
  $("targets").value = corpus.targets_text;
  $("target-names").textContent = corpus.targets.map(t => t.name).join(", ");
  $("example").hidden = !corpus.targets.some(t => t.id === "NK");
  $("to-report").hidden = $("headline").hidden = !corpus.loaded;
  $("headline").textContent = corpus.headline && corpus.headline + ".";
  if (corpus.loaded) $("corpus").textContent = `${plural(corpus.documents, "article")} from ${plural(corpus.sources.length, "source")} loaded. Paste another to see where it stands. Nothing leaves this machine.`;
  wire();
}

begin().catch(() => complain("The server does not answer: is parallax serve still running?"));
