//<![CDATA[
"use strict";

// What a page does when scripts run: tables are sorted and filtered, marked
// words show their arithmetic, and the evidence browser lists all sentences.
// Text gets into the page by textContent only.

function make(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
}

// exact prints multiples of 0.0001 with as many decimals, at least two, as all
// of them need, so that a sum comes out.
function exact(values) {
  let decimals = 2;
  for (let step = 100; values.some(v => v % step); step /= 10) decimals++;
  return values.map(v => (v < 0 ? "−" : v > 0 ? "+" : "") + (Math.abs(v) / 1e4).toFixed(decimals));
}

// weight is the class of a mark: its sign, and its strength in three steps.
function weight(v) {
  const size = Math.abs(v);
  return v === 0 ? "nil" : (v < 0 ? "neg" : "pos") + (size > 3000 ? " s3" : size >= 1000 ? " s2" : " s1");
}

// Tip shows what a marked word adds, under the pointer and under the focus. It
// can be pointed at, and Escape closes it.
{
  const tip = make("div", {id: "tip", role: "tooltip", hidden: ""});
  document.body.append(tip);
  let owner = null, closing = 0;

  const open = mark => {
    clearTimeout(closing);
    if (owner === mark && !tip.hidden) return;
    close();
    owner = mark;
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    const at = mark.getClientRects()[0], left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    const below = at.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.left = left + scrollX + "px";
    tip.style.top = scrollY + (below ? at.bottom + 4 : at.top - tip.offsetHeight - 4) + "px";
  };
  const close = () => {
    clearTimeout(closing);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    tip.hidden = true;
  };
  const closeSoon = () => { closing = setTimeout(close, 150); };
  const marked = e => e.target instanceof Element ? e.target.closest("mark[data-tip]") : null;

  for (const mark of document.querySelectorAll("mark[title]")) {
    mark.dataset.tip = mark.title;
    mark.removeAttribute("title");
    mark.tabIndex = 0;
  }
  document.addEventListener("pointerover", e => { const m = marked(e); if (m) open(m); else if (tip.contains(e.target)) clearTimeout(closing); });
  document.addEventListener("pointerout", e => { if (marked(e) || tip.contains(e.target)) closeSoon(); });
  document.addEventListener("focusin", e => { const m = marked(e); if (m) open(m); else close(); });
  document.addEventListener("focusout", e => { if (marked(e)) close(); });
  document.addEventListener("click", e => { const m = marked(e); if (m) open(m); else if (!tip.contains(e.target)) close(); });
  document.addEventListener("keydown", e => { if (e.key === "Escape" && !tip.hidden) { close(); e.preventDefault(); } });
}

// Tables: a click on a heading sorts by its column, up, down, and as it was.
{
  const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  // key is what a cell is sorted by: a date, a number, a text; null for none.
  const key = text => {
    const s = text.replace(/\u00a0/g, " ").replace(/−/g, "-").replace(/^~\s*/, "").trim();
    if (s === "" || s === "–") return null;
    const date = /^(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})$/.exec(s);
    if (date && months.includes(date[2])) return date[3] * 400 + months.indexOf(date[2]) * 32 + Number(date[1] || 0);
    const n = /^<?[+-]?\d+(\.\d+)?/.exec(s);
    return n ? Number(n[0].replace("<", "")) : s.toLowerCase();
  };
  const compare = (a, b) => typeof a === typeof b ? (typeof a === "number" ? a - b : a.localeCompare(b, "en", {numeric: true})) : typeof a === "number" ? -1 : 1;

  const sort = (table, column, direction) => {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row, i) => ({row, at: Number(row.dataset.at ?? i), key: key(row.cells[column].textContent)}));
    for (const r of rows) r.row.dataset.at = r.at;
    rows.sort((a, b) => {
      if (!direction) return a.at - b.at;
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.at - b.at;
      return direction * compare(a.key, b.key) || a.at - b.at;
    });
    body.append(...rows.map(r => r.row));
  };

  for (const table of document.querySelectorAll("table")) {
    if (table.tBodies[0].rows.length < 2) continue;
    const heads = table.tHead.rows[0].cells;
    Array.from(heads).forEach((th, column) => {
      if (th.textContent.trim() === "") return;
      const button = make("button", {type: "button"}, ...th.childNodes);
      th.append(button);
      button.addEventListener("click", () => {
        const next = {none: 1, ascending: -1, descending: 0}[th.getAttribute("aria-sort") || "none"];
        for (const other of heads) other.removeAttribute("aria-sort");
        if (next) th.setAttribute("aria-sort", next > 0 ? "ascending" : "descending");
        sort(table, column, next);
      });
    });
  }
  for (const input of document.querySelectorAll(".rows input")) {
    const region = input.closest(".rows").nextElementSibling, status = input.closest(".rows").querySelector("[role=status]");
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean), rows = region.querySelector("tbody").rows;
      let n = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase().replace(/\u00a0/g, " ");
        row.hidden = !words.every(w => text.includes(w));
        if (!row.hidden) n++;
      }
      status.textContent = words.length ? n + " of " + rows.length + " rows" : "";
    });
  }
}

// The evidence browser. What it shows is in the address, so that it can be
// passed on and gone back to: #evidence?source=DW&target=NK&page=2
for (const browser of document.querySelectorAll(".browser")) {
  const data = JSON.parse(browser.querySelector("script").textContent);
  const form = browser.querySelector("form"), list = browser.querySelector("ol"), chosen = browser.querySelector(".chosen");
  const counts = browser.querySelectorAll(".count"), buttons = browser.querySelectorAll(".pager button");
  const perPage = 25;
  const names = ["source", "target", "voice", "role", "lean", "order", "text"];
  const rows = data.rows.map(r => ({
    unit: data.units[r[0]], target: data.targets[r[1]], document: data.documents[r[2]], paragraph: r[3], start: r[4], end: r[5],
    holder: r[6] < 0 ? null : data.words[r[6]], role: r[7], mention: data.words[r[8]], tone: r[9], parts: r[10], others: r[11], rest: r[12],
  }));
  let state = {}, found = [], at = null;

  const text = row => row.text ??= row.parts.map(p => typeof p === "string" ? p : p[0]).join("").toLowerCase();
  const leans = {
    "": () => true, "against": t => t < 0, "favour": t => t > 0, "against-clear": t => t <= -1000, "favour-clear": t => t >= 1000,
  };
  const orders = {
    "": (a, b) => Math.abs(b.tone) - Math.abs(a.tone), "against": (a, b) => a.tone - b.tone, "favour": (a, b) => b.tone - a.tone, "place": () => 0,
  };
  const sorted = {}; // the rows in each order that was asked for

  const address = s => {
    const q = new URLSearchParams();
    for (const [k, v] of Object.entries(s)) if (v && !(k === "page" && v === 1)) q.set(k, v);
    return "#evidence" + (q.size ? "?" + q : "");
  };

  const filter = () => {
    const words = (state.text || "").toLowerCase().split(/\s+/).filter(Boolean), lean = leans[state.lean || ""] || leans[""];
    const order = orders[state.order] ? state.order : "";
    sorted[order] ??= rows.toSorted(orders[order]); // keeps the articles' order where tones are equal
    found = sorted[order].filter(r =>
      (!state.source || r.unit[0] === state.source) && (!state.target || r.target[0] === state.target) &&
      (!state.voice || (state.voice === "quoted") === (r.holder !== null)) && (!state.role || r.role === state.role) &&
      (!state.article || r.document[0] === state.article) && lean(r.tone) && words.every(w => text(r).includes(w)));
  };

  // term is what a mark's i-th term is called: as it stands, where it has no other name.
  const term = (part, i) => part[i] || part[0].toLowerCase();

  // title says which terms made a mark, each with its share and rule.
  const title = part => {
    const terms = [];
    for (let i = 1; i < part.length; i += 3) terms.push(term(part, i) + " " + exact([part[i + 1]])[0] + (data.words[part[i + 2]] ? " (" + data.words[part[i + 2]] + ")" : ""));
    return terms.join("\n");
  };

  const card = row => {
    const sentence = make("p", {dir: "auto"}), sum = make("p", {class: "note sum"}), terms = [];
    for (const part of row.parts) {
      if (typeof part === "string") { sentence.append(part); continue; }
      let total = 0;
      for (let i = 1; i < part.length; i += 3) { terms.push([term(part, i), part[i + 1]]); total += part[i + 1]; }
      sentence.append(make("mark", {class: weight(total), tabindex: 0, "data-tip": title(part)}, part[0]));
    }
    if (row.rest || !terms.length) terms.push([row.others ? "all other words" : "no single word", row.rest]);
    const figures = exact([...terms.map(t => t[1]), row.tone]);
    terms.forEach((t, i) => sum.append(t[0] + " ", make("b", {}, figures[i]), i + 1 < terms.length ? ", " : ""));
    sum.append(" = ", make("strong", {}, "tone " + figures[terms.length]));

    const how = [row.holder === null ? "own voice" : "quoted: " + row.holder,
      {agent: "“" + row.mention + "” acts", patient: "“" + row.mention + "” is acted upon"}[row.role] || "“" + row.mention + "”"];
    const head = make("p", {class: "head"},
      make("mark", {class: weight(row.tone) + " tone"}, exact([row.tone])[0]), " ",
      make("strong", {}, row.unit[1] + " on " + row.target[1]), " · " + how.join(" · "));
    const place = make("a", {href: address({article: row.document[0], order: "place", at: row.start + "-" + row.target[0]})}, "Paragraph " + row.paragraph);
    const where = make("p", {class: "note"}, place, " of “" + row.document[1] + "”" + (row.document[2] ? ", " + row.document[2] : ""),
      make("span", {class: "bytes"}, " · bytes " + row.start + "–" + row.end));
    const item = make("li", {}, head, make("blockquote", {}, sentence), sum, where);
    if (at === row) item.classList.add("at");
    return item;
  };

  const render = () => {
    const pages = Math.max(1, Math.ceil(found.length / perPage));
    state.page = Math.min(Math.max(1, state.page || 1), pages);
    const first = (state.page - 1) * perPage, page = found.slice(first, first + perPage);
    list.replaceChildren(...page.map(card));
    list.start = first + 1;
    const n = x => x.toLocaleString("en");
    const message = found.length === 0 ? "No sentence matches. Clear a filter." :
      n(found.length) + (found.length === 1 ? " sentence" : " sentences") + (found.length < rows.length ? " of " + n(rows.length) : "") +
      (pages > 1 ? ", page " + state.page + " of " + pages : "");
    for (const c of counts) c.textContent = message;
    for (const b of buttons) b.disabled = b.value < 0 ? state.page === 1 : state.page === pages;
    chosen.hidden = !state.article;
    if (state.article) chosen.querySelector("span").textContent = "Sentences of one article, “" + (data.documents.find(d => d[0] === state.article) || [0, state.article])[1] + "”.";
  };

  const remember = () => history.replaceState(null, "", address(state));

  // change takes the form over.
  const change = () => {
    const next = {article: state.article};
    for (const name of names) next[name] = form.elements[name].value.trim();
    state = next;
    at = null;
    filter();
    render();
    remember();
  };

  // read takes the address over, and goes to the sentence that it names.
  const read = () => {
    const [, query] = /^#evidence(?:\?(.*))?$/.exec(location.hash) || [];
    state = Object.fromEntries(new URLSearchParams(query || ""));
    state.page = Math.floor(Number(state.page)) || 1;
    for (const name of names) {
      form.elements[name].value = state[name] || "";
      if (form.elements[name].value !== (state[name] || "")) form.elements[name].value = state[name] = "";
    }
    filter();
    at = state.at ? found.find(r => r.document[0] === state.article && state.at === r.start + "-" + r.target[0]) : null;
    if (at) state.page = 1 + Math.floor(found.indexOf(at) / perPage);
    render();
    if (query === undefined) return;
    const target = list.querySelector(".at");
    if (target) {
      target.tabIndex = -1;
      target.focus({preventScroll: true});
    }
    (target || browser).scrollIntoView({block: target ? "center" : "start"});
  };

  form.addEventListener("input", change);
  form.addEventListener("submit", e => e.preventDefault());
  form.querySelector("button").addEventListener("click", () => { form.reset(); state = {}; change(); });
  chosen.querySelector("button").addEventListener("click", () => { delete state.article; change(); form.elements.source.focus(); });
  for (const b of buttons) b.addEventListener("click", () => {
    state.page += Number(b.value);
    at = null;
    delete state.at;
    render();
    remember();
    list.focus({preventScroll: true});
    browser.querySelector(".pager").scrollIntoView({block: "nearest"});
  });
  for (const a of document.querySelectorAll("a[data-opens]")) a.href = "#evidence?" + a.dataset.opens;
  addEventListener("hashchange", () => { if (/^#evidence(\?|$)/.test(location.hash)) read(); });
  read();
}
//]]>
