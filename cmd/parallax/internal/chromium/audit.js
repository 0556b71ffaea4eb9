(() => {
  "use strict";
  const found = [];
  const all = s => Array.from(document.querySelectorAll(s));
  const seen = e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
  const where = e => e.localName + (e.id ? "#" + e.id : "") + (e.getAttribute("class") ? "." + e.getAttribute("class").trim().replace(/\s+/g, ".") : "") +
    " “" + (e.textContent || "").trim().slice(0, 40) + "”";
  const say = (what, e) => found.push(what + ": " + where(e));

  // Names.
  const referred = (e, attribute) => (e.getAttribute(attribute) || "").split(/\s+/).filter(Boolean).map(id => document.getElementById(id)?.textContent || "").join(" ").trim();
  const name = e => referred(e, "aria-labelledby") || (e.getAttribute("aria-label") || "").trim() || (e.getAttribute("alt") || "").trim() ||
    (e.labels && Array.from(e.labels, l => l.textContent.trim()).join(" ").trim()) || (/^(a|button|summary)$/.test(e.localName) ? e.textContent.trim() : "");
  for (const e of all("a[href],button,input,select,textarea,summary,img,[role=img],[role=region],section[aria-label],nav,form[role],[role=search]")) {
    if (seen(e) && !name(e) && e.getAttribute("role") !== "search") say("no name", e);
  }
  for (const e of all("svg")) if (e.getAttribute("role") !== "img") say("a picture that is none to a screen reader", e);
  if (!document.documentElement.lang) found.push("no language");
  if (!document.title) found.push("no title");
  for (const s of ["main", "h1"]) if (all(s).length !== 1) found.push(all(s).length + " of " + s);
  for (const e of all("table")) if (!e.caption && seen(e)) say("a table without a caption", e);
  for (const e of all("th")) if (!e.scope) say("a header of neither row nor column", e);
  for (const e of all("[tabindex]")) if (e.tabIndex > 0) say("an order of its own", e);
  for (const e of all("[aria-hidden=true]")) if (e.querySelector("a,button,input,select,[tabindex]")) say("hidden, but in focus", e);
  for (const e of all(".scroll")) if (e.scrollWidth > e.clientWidth && e.tabIndex !== 0) say("scrolls, but not by keyboard", e);

  // Headings and ids.
  let level = 0;
  for (const e of all("h1,h2,h3,h4,h5,h6").filter(seen)) {
    const l = Number(e.localName[1]);
    if (l > level + 1) say("a heading of level " + l + " after one of " + level, e);
    if (!e.textContent.trim()) say("an empty heading", e);
    level = l;
  }
  const ids = new Set();
  for (const e of all("[id]")) {
    if (ids.has(e.id)) say("an id that stands twice", e);
    ids.add(e.id);
  }

  // Contrast: formula of WCAG 2.2. Colours are painted and read back, so that
  // every way to write one is understood.
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const read = colours => {
    canvas.clearRect(0, 0, 1, 1);
    for (const c of colours) { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); }
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const luminance = c => [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => {
    const x = c[i] / 255;
    return sum + w * (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  }, 0);
  const known = new Map();
  const ratio = (text, behind) => {
    const key = text + "|" + behind.join("|");
    if (!known.has(key)) {
      const a = luminance(read([...behind, text])), b = luminance(read(behind));
      known.set(key, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
    }
    return known.get(key);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), said = new Set();
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement;
    if (!node.data.trim() || /^(script|style|option|title|desc)$/.test(e.localName) || !seen(e) || e.disabled) continue;
    const behind = [];
    for (let up = e; up; up = up.parentElement) behind.unshift(getComputedStyle(up).backgroundColor);
    behind.unshift("#fff");
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    const large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
    const r = ratio(e instanceof SVGElement ? style.fill : style.color, behind);
    const what = "contrast " + r.toFixed(2);
    if (r < (large ? 3 : 4.5) && !said.has(what + style.color)) { said.add(what + style.color); say(what, e); }
  }

  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window: " + document.documentElement.scrollWidth + " of " + innerWidth + " pixels");
  return found;
})()
