// Search, facets, the panel of evidence, the clock and the theme of the offline page. Nothing is read as HTML:
// words from the page are put back as text or as copies of what already stands on it.
"use strict";

const $ = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (name, attributes = {}, ...pieces) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...pieces);
  return made;
};
const say = (words) => { $("told").textContent = words; };
document.documentElement.classList.add("js");
for (const each of all(".tools[hidden], #search")) each.hidden = false;
if ($("filters")) $("filters").open = matchMedia("(min-width: 901px)").matches;

// --- the theme: the system's, until the reader chooses ---------------------------------------------------

const theme = $("theme");
const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
const showTheme = () => { theme.textContent = isDark() ? "Light theme" : "Dark theme"; };
const remembered = (name, value) => {
  try { return value === undefined ? localStorage.getItem(name) : localStorage.setItem(name, value); } catch { return null; }
};
const chosen = remembered("dateline-theme");
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
theme.addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  remembered("dateline-theme", document.documentElement.dataset.theme);
  showTheme();
});
system.addEventListener("change", showTheme);
showTheme();

// --- the clock: every time stands on the page once for each clock ----------------------------------------

const clock = $("clock");
const said = document.body.dataset.times.split("\n").map((line) => ["", ...line.split("|")]);
for (const time of all("time[data-t]")) said[time.dataset.t][0] = time.textContent;
const showClock = () => {
  for (const time of all("time[data-t]")) time.textContent = said[time.dataset.t][clock.selectedIndex];
  for (const axis of all("[data-zone]")) axis.toggleAttribute("hidden", axis.dataset.zone !== clock.value);
  if ($("zone")) $("zone").textContent = clock.selectedOptions[0].textContent;
};
clock.addEventListener("change", () => { showClock(); say(`The clock is now that of ${clock.selectedOptions[0].textContent}.`); });
showClock();

// --- search that forgives: case, accents and the kind of quotation mark make no difference ----------------

const MARKS = { "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-" };
const plain = (letter) => (MARKS[letter] ?? letter).normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");
function folded(text) {
  let letters = "";
  const offsets = [];
  let at = 0;
  for (const letter of text) {
    const fold = plain(letter);
    for (let n = 0; n < fold.length; n += 1) offsets.push([at, at + letter.length]);
    letters += fold;
    at += letter.length;
  }
  return { letters, offsets };
}
const escaped = (words) => words.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&");
function terms(words) {
  const found = [];
  for (const [, speaker, phrase, word] of folded(words).letters.matchAll(/(speaker:)?(?:"([^"]*)"?|(\S+))/g)) {
    const looked = (phrase ?? word).split(/\s+/).filter(Boolean);
    if (!looked.length) continue;
    const ascii = /^[\x00-\x7f]*$/.test(looked.join(""));
    const edge = (letter) => ascii && /[\p{L}\p{N}]/u.test(letter);
    const before = edge(looked[0][0]) ? "(?<![\\p{L}\\p{N}_])" : "";
    const after = phrase && edge(looked.at(-1).at(-1)) ? "(?![\\p{L}\\p{N}_])" : "";
    found.push({ ofSpeaker: Boolean(speaker), pattern: new RegExp(before + looked.map(escaped).join("\\s+") + after, "gu") });
  }
  return found;
}
function hits(searched, fold) {
  const spans = searched.filter((term) => !term.ofSpeaker).flatMap((term) =>
    [...fold.letters.matchAll(term.pattern)].filter(([match]) => match).map((match) =>
      [fold.offsets[match.index][0], fold.offsets[match.index + match[0].length - 1][1]]));
  let reached = 0;
  return spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]).filter(([start, end]) => start >= reached && ((reached = end), true));
}
function highlight(link, text, spans) {
  const pieces = [];
  let reached = 0;
  for (const [start, end] of spans) {
    pieces.push(text.slice(reached, start), make("mark", {}, text.slice(start, end)));
    reached = end;
  }
  link.replaceChildren(...pieces, text.slice(reached));
}

const FACETS = { speaker: "Speaker", type: "Form", source: "On whose word" };
const TYPES = { direct: "direct", mixed: "mixed, in part", indirect: "reported speech" };
const SHOWN = 7;
const cards = all("#cards > li").map((card) => {
  const link = card.querySelector(".said");
  const speaker = card.querySelector(".who b").textContent;
  const type = Object.keys(TYPES).find((each) => card.classList.contains(each));
  const values = { speaker, type, source: card.querySelector(".who i")?.textContent ?? "" };
  return { card, link, values, words: link.textContent, fold: folded(link.textContent), name: folded(speaker).letters };
});
const STEP = 100;
let room = STEP;
const picked = { speaker: new Set(), type: new Set(), source: new Set() };

function draw() {
  const typed = $("words").value.trim();
  const searched = terms(typed);
  const isFound = ({ fold, name }) => searched.every(({ ofSpeaker, pattern }) => (ofSpeaker ? name : `${fold.letters}\n${name}`).search(pattern) >= 0);
  const holds = (each, but) => Object.entries(picked).every(([facet, values]) => facet === but || !values.size || values.has(each.values[facet]));
  const byWords = cards.map((each) => [each, isFound(each)]);
  let count = 0;
  let marks = 0;
  for (const [each, found] of byWords) {
    const fits = found && holds(each);
    count += fits;
    each.card.hidden = !fits || count > room;
    if (!fits) continue;
    const spans = typed ? hits(searched, each.fold) : [];
    marks += spans.length;
    if (spans.length || each.link.childElementCount) highlight(each.link, each.words, spans);
  }
  for (const facet of Object.keys(FACETS)) {
    const counts = new Map();
    for (const [each, found] of byWords) if (found && holds(each, facet)) counts.set(each.values[facet], (counts.get(each.values[facet]) ?? 0) + 1);
    for (const box of all(`input[name="${facet}"]`)) box.parentElement.querySelector("i").textContent = counts.get(box.value) ?? 0;
  }
  const asked = [...Object.values(picked).flatMap((values) => [...values]), ...(typed ? [`“${typed}”`] : [])];
  $("found").hidden = false;
  $("found").textContent = asked.length
    ? `${count} of ${cards.length} quotes${marks ? `, ${marks} hit${marks === 1 ? "" : "s"}` : ""}.`
    : `All ${cards.length} quotes.`;
  $("further").hidden = count <= room;
  $("further").textContent = `Show ${Math.min(STEP, count - room)} more of ${count - room}`;
  $("clear").hidden = !asked.length;
  $("none").hidden = count > 0 || !asked.length;
  $("none").replaceChildren(`No quote fits ${asked.join(" and ")}. `, make("button", { type: "button", onclick: clear }, "Clear all"));
}
const fresh = () => { room = STEP; draw(); };
const further = () => {
  const next = cards.filter(({ card }) => !card.hidden).length;
  room += STEP;
  draw();
  cards.filter(({ card }) => !card.hidden)[next].link.focus();
};
function clear() {
  $("words").value = "";
  for (const values of Object.values(picked)) values.clear();
  for (const box of all("#facets input")) box.checked = false;
  fresh();
  $("words").focus();
}
function facet(name) {
  const counts = new Map();
  for (const { values } of cards) counts.set(values[name], (counts.get(values[name]) ?? 0) + 1);
  const lines = [...counts].filter(([value]) => value).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => {
    const box = make("input", { type: "checkbox", name, value });
    box.addEventListener("change", () => { picked[name][box.checked ? "add" : "delete"](value); fresh(); });
    return make("label", {}, box, make("span", {}, name === "type" ? TYPES[value] ?? value : value), make("i"));
  });
  const set = make("fieldset", {}, make("legend", {}, FACETS[name]), ...lines.slice(0, SHOWN));
  if (lines.length > SHOWN) set.append(make("details", {}, make("summary", {}, `${lines.length - SHOWN} more`), ...lines.slice(SHOWN)));
  return set;
}
if (cards.length) {
  $("facets").replaceChildren(...Object.keys(FACETS).map(facet));
  $("cards").after(make("button", { type: "button", id: "further", className: "more", onclick: further }));
  $("words").addEventListener("input", fresh);
  $("clear").addEventListener("click", clear);
  draw();
}

// --- long tables are shown a part at a time ---------------------------------------------------------------

const LONG = 60;
for (const table of all("main table")) {
  const rows = [...table.tBodies[0].rows].slice(LONG);
  if (!rows.length) continue;
  for (const row of rows) row.hidden = true;
  const more = make("button", { type: "button", className: "more" }, `Show ${rows.length} more rows of “${table.caption.textContent}”`);
  more.addEventListener("click", () => {
    for (const row of rows) row.hidden = false;
    more.remove();
    rows[0].querySelector("a")?.focus();
  });
  table.after(more);
}

// --- the panel of evidence: the row an anchor names, with its words highlighted in their post -------------

const panel = $("evidence");
const KINDS = { quote: "Quote", event: "Event", place: "Place", person: "Person", organization: "Organization" };
const meant = () => {
  try { return $(decodeURIComponent(location.hash.slice(1))); } catch { return null; }
};
const kindOf = (row) => Object.keys(KINDS).find((kind) => row?.id.startsWith(`${kind}-`) && row.dataset.n);

function postsOf(number) {
  const found = new Set(all(`#posts [data-r~="${number}"]`).map((words) => words.closest("article")));
  return [...found].slice(0, 1).map((post) => {
    const copy = post.cloneNode(true);
    copy.removeAttribute("id");
    for (const words of all("[data-r], [data-c]", copy)) {
      const names = (words.dataset.r ?? "").split(" ");
      const beside = (words.dataset.c ?? "").split(" ");
      if (!names.includes(number) && !beside.includes(number)) { words.replaceWith(...words.childNodes); continue; }
      words.replaceWith(make("mark", { className: names.includes(number) ? "" : "cue" }, ...words.childNodes));
    }
    for (const time of all("time", copy)) time.removeAttribute("data-t");
    return [post, copy];
  });
}
const headOf = (cell) => cell.closest("table").rows[0].cells[cell.cellIndex].textContent;
function citation(row, kind, post, link) {
  const title = (row.querySelector(".said") ?? row.querySelector(".opens")).textContent;
  const what = kind === "quote" ? `“${title.replace(/^“|”$/g, "")}” (${row.querySelector(".who b").textContent.replace("Speaker left open", "speaker left open")})` : title;
  const inside = post ? `In “${post.querySelector("h3:not(.unseen)")?.textContent ?? ""}”, posted ${post.dataset.utc} UTC` : "";
  const kept = location.protocol === "file:" ? "" : `Dateline: ${link}`; // a file's address means its reader's disk
  return [what, inside, document.body.dataset.source, kept].filter(Boolean).join(". ");
}
async function copy(words, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const area = make("textarea", { value: words, className: "unseen" });
    panel.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    button.focus();
    if (!done) { say("This browser does not let the page copy; select the words above."); return; }
  }
  button.textContent = "Copied";
  say("Copied.");
  setTimeout(() => { button.textContent = before; }, 1600);
}
function open(row) {
  const kind = kindOf(row);
  const found = postsOf(row.dataset.n);
  const link = location.href;
  const cited = citation(row, kind, found[0]?.[0], link);
  const title = (row.querySelector(".said") ?? row.querySelector(".opens")).textContent;
  const facts = row.querySelector("dl").cloneNode(true);
  const form = Object.keys(TYPES).find((each) => kind === "quote" && row.classList.contains(each));
  if (form) facts.prepend(make("dt", {}, "Form"), make("dd", {}, document.querySelector(`[data-form="${form}"]`).textContent));
  const known = new Set(all("dt", facts).map((name) => name.textContent));
  const cells = all("td", row).filter((cell) => cell.textContent.trim() && !known.has(headOf(cell)));
  facts.prepend(...cells.flatMap((cell) => [make("dt", {}, headOf(cell)), make("dd", {}, ...cell.cloneNode(true).childNodes)]));
  const own = row.querySelector(".opens")?.getAttribute("href");
  const quoted = cards.filter(({ card }) => own && card.querySelector(".who b a")?.getAttribute("href") === own);
  const sayings = quoted.flatMap(({ link, words }) => [make("a", { href: link.getAttribute("href") }, words), make("br")]);
  if (quoted.length) facts.append(make("dt", {}, "Said"), make("dd", {}, ...sayings));
  const who = row.querySelector(".who")?.cloneNode(true);
  const outlet = found[0]?.[0].querySelector(".when a[rel]")?.href;
  const button = (said, words) => {
    const made = make("button", { type: "button" }, said);
    made.addEventListener("click", () => copy(words, made));
    return made;
  };
  const posts = make("div", { className: "posts", tabIndex: 0, role: "region", ariaLabel: "The post" }, ...found.map(([, post]) => post));
  const shut = make("button", { type: "button" }, "Close");
  shut.addEventListener("click", () => panel.close());
  panel.replaceChildren(
    make("div", { className: "close" }, make("p", { className: "kicker" }, KINDS[kind]), shut),
    make("h2", { id: "evidence-title" }, title),
    make("div", { className: "known" }, ...(who ? [who] : []), facts, make("p", { className: "cite" }, cited),
      make("p", { className: "tools" }, button("Copy citation", cited), button("Copy link to this", link),
        ...(outlet ? [make("a", { href: outlet, rel: "noreferrer" }, "The outlet’s post")] : []))),
    posts,
  );
  for (const link of all("svg a[aria-current]")) link.removeAttribute("aria-current");
  for (const link of all("svg a")) if (link.getAttribute("href") === location.hash) link.setAttribute("aria-current", "true");
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  const words = posts.querySelector("mark:not(.cue)");
  const below = words ? words.getBoundingClientRect().top - posts.getBoundingClientRect().top : 0;
  if (below > posts.clientHeight * .5) posts.scrollTop += below - 90;
}
let opener = null;
function follow() {
  const row = meant();
  if (kindOf(row)) { open(row); return; }
  if (panel.open) panel.close();
  row?.scrollIntoView();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!panel.contains(link)) opener = link;
  event.preventDefault();  // the page stays where it is behind the panel
  if (link.getAttribute("href") !== location.hash) history.pushState(null, "", link.getAttribute("href"));
  follow();
  if (!kindOf(meant())) meant()?.focus({ preventScroll: true });
});
panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
panel.addEventListener("close", () => {
  for (const link of all("svg a[aria-current]")) link.removeAttribute("aria-current");
  if (kindOf(meant())) history.replaceState(null, "", location.href.split("#")[0]);
  (opener ?? $("main")).focus({ preventScroll: true });
});
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
if (kindOf(meant())) follow();
