/* Looks with Pagefind, on the site that `kb build` made: its index lies in small files, and a browser fetches those
   that the words typed need. All that a reader presses is the theme's: what it hands to a worker comes here, by way of
   search-begin.js. Results are drawn here, named as the theme names its own: its keys move there.

   What the theme's engine lacks: results can be narrowed. Tab leads to these choices, and from the last one to
   what is found.

   (A module: `kb build` writes it behind search.js into one file.) */
const { input, said, list, config, base, split, telling, withoutEnding, make, link, offer } = window.kbSearch;
const PAUSE = 60; // milliseconds without a key, after which it is worth looking
const AT_A_TIME = 5; // pages, each of which is a file to fetch; the first comes by itself, to be there soon
const LETTER = /^[a-z]$/i; // by itself it stands for every word that it begins, and for all their files
const CHOICES = { kind: "Kind of page", session: "Session", audience: "For" };
const KEYWORDS = "kb-keywords"; // as publish/full_text.py names the section that nobody is shown
const words = config.translations;
const counted = (kind, number) =>
  words[`search.result.${kind}${number === 1 ? "one" : "other"}`].replace("#", number.toLocaleString());
const matching = (results) => counted("", results.length);
const json = async (name) => (await fetch(new URL(`search/${name}`, base))).json();

// How results look is fetched with them: publish/assets.py takes it out of the style sheet of the pages.
const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet" });
const styled = new Promise((go) => Object.assign(sheet, { onload: go, onerror: go }));
sheet.href = new URL("search/results.css", base);
document.head.append(sheet);

// The index of a large site lies in several parts: each is made with less memory, and looked through sooner. There,
// words of most pages tell nothing beside others, and take longest to fetch and to look for. The rarest come first.
let ofMostPages;
const loaded = async () => {
  const entry = json("pagefind-entry.json");
  const pagefind = await import(new URL(`search/pagefind.js${failures}`, base));
  const options = { baseUrl: base.pathname };
  await pagefind.options(options);
  await pagefind.init();
  const { parts, everywhere } = await entry;
  ofMostPages = everywhere.split(" ");
  const others = Array.from({ length: parts - 1 }, (_, at) => new URL(`search/${at + 1}/`, base).href);
  await Promise.all(others.map((part) => pagefind.mergeIndex(part, options)));
  return pagefind;
};
let loading;
let failures = ""; // some browsers remember what could not be fetched, and never ask for that address again
const load = () => {
  loading ??= loaded().catch((error) => {
    loading = undefined; // and it is tried again with the next word
    failures += failures ? "+" : "?";
    throw error;
  });
  return loading;
};
load().catch(() => {}); // before the first word is there

// --- looking ------------------------------------------------------------------------------------------

let turn = 0;
let asked = "";
export const look = async (typed = asked) => {
  asked = typed;
  const mine = ++turn;
  const late = () => mine !== turn; // somebody has typed on
  hint();
  if (!split(typed).length || LETTER.test(typed.trim())) {
    choices.hidden = true;
    list.replaceChildren();
    said.textContent = words["search.result.placeholder"];
    return;
  }
  try {
    const [pagefind] = await Promise.all([load(), styled, new Promise((go) => setTimeout(go, PAUSE))]);
    if (late()) return;
    const { typedWords, results, unknown } = await find(pagefind, typed);
    const kept = results.filter((result) => fits(result));
    const first = await fetched(kept.slice(0, 1));
    const all = kept.length === results.length;
    const nearest = all && unknown.length && (await near(pagefind, typedWords, unknown, !first.length));
    if (late()) return;
    if (nearest) {
      choices.hidden = true;
      offer(nearest.pages, nearest.otherwise);
      return;
    }
    const slips = await slipsIn(pagefind, first, typedWords);
    if (late()) return;
    said.textContent = kept.length ? slips + matching(kept) : `Nothing found here. Elsewhere: ${matching(results)}`;
    list.replaceChildren();
    draw(first, kept, typedWords);
    hint(first);
    facets ??= await json("facets.json").then(byPage).catch(() => undefined);
    if (facets && !late()) narrow(results);
  } catch (error) {
    if (late()) return;
    console.warn(error);
    list.replaceChildren();
    said.textContent = "The search cannot be reached. Try again in a moment, or load the page anew.";
  }
};

// Every page that has all the words; where none has, those that have some, and first those that have most of them.
const find = async (pagefind, typed) => {
  const exact = typed.includes('"'); // Pagefind's own sign for words that follow each other
  const parts = typed.split(/\s+/);
  const without = exact ? [] : parts.filter((part) => /^-[\p{L}\p{N}]/u.test(part));
  const typedWords = telling(parts.filter((part) => !without.includes(part)).join(" "));
  // With its number "als" is a name, on whatever pages it stands.
  const rarer = typedWords.filter((word, at) => !ofMostPages.includes(word) || /^\d+$/.test(typedWords[at + 1]));
  const rarest = ofMostPages.filter((word) => typedWords.includes(word)).slice(0, 2);
  const wanted = rarer.length ? rarer : rarest;
  const text = exact ? typed : wanted.join(" ");
  let { results } = await pagefind.search(text);
  // A single digit is taken for the beginning of each year. The session is found by "als2" as well: it comes first.
  const joined = text.replace(/([a-z]) (?=\d(?: |$))/g, "$1");
  if (joined !== text) {
    const before = (await pagefind.search(joined)).results.slice(0, 1);
    results = [...before, ...results.filter((result) => result.id !== before[0]?.id)];
  }
  let unknown = await notIn(results, wanted);
  if (!results.length && typedWords.length > 1) {
    unknown = [];
    const sums = new Map();
    for (const word of wanted.length > 1 ? wanted : typedWords) {
      const found = (await pagefind.search(word)).results;
      unknown.push(...(await notIn(found, [word])));
      for (const result of found) {
        result.score += sums.get(result.id)?.score ?? 0;
        sums.set(result.id, result);
      }
    }
    results = [...sums.values()].sort((one, other) => other.score - one.score);
  }
  if (exact && results.length > 1) {
    // Pagefind takes all that have a phrase for equal: they come in the order in which its words would bring them.
    const ranked = (await find(pagefind, typed.replaceAll('"', " "))).results;
    const place = new Map(ranked.map(({ id }, at) => [id, at]));
    const at = ({ id }) => place.get(id) ?? place.size;
    results.sort((one, other) => at(one) - at(other));
  }
  for (const word of without) {
    const ids = new Set((await pagefind.search(word.slice(1))).results.map((result) => result.id));
    results = results.filter((result) => !ids.has(result.id));
  }
  return { typedWords, results, unknown };
};

// A page that cannot be fetched was withdrawn a moment ago: the others are shown.
const fetched = async (results) => {
  const get = async (result) => ({ ...(await (result.page ??= result.data())), score: result.score });
  const pages = await Promise.allSettled(results.map(get));
  const got = pages.filter((page) => page.status === "fulfilled").map((page) => page.value);
  if (results.length && !got.length) throw pages[0].reason;
  return got;
};

// --- where a word is found nowhere --------------------------------------------------------------------

// Pagefind takes the beginning of a word that it does not know. It is the same word if most letters are.
const same = (typed, other) => {
  const word = withoutEnding(typed);
  let shared = 0;
  while (shared < word.length && word[shared] === other[shared]) shared++;
  return shared >= 0.7 * word.length;
};
const holds = (page, word) => {
  const all = page.content.split(/\s+/);
  // What stands behind a very long page's first words does not go along with it.
  return page.locations.some((at) => at >= all.length || split(all[at]).some((other) => same(word, other)));
};
// The first page has each word that any has.
const notIn = async (results, typedWords) => {
  const first = await fetched(results.slice(0, 1));
  return typedWords.filter((word) => !first.some((page) => holds(page, word)));
};
// What is said of words that stand nowhere and are no beginning of one, where the same word with other letters does.
const quoted = (texts) => texts.map((text) => `“${text}”`).join(" and ");
const slipsIn = async (pagefind, [page], typedWords) => {
  const slips = [];
  if (!page) return "";
  const all = page.content.split(/\s+/);
  const there = page.locations.flatMap((at) => split(all[at] ?? ""));
  for (const word of typedWords.filter((one) => !there.some((other) => other.startsWith(withoutEnding(one))))) {
    const other = there.find((one) => same(word, one));
    // In quotation marks Pagefind takes it for nothing else.
    if (other && !(await pagefind.search(`"${word}"`)).results.length) slips.push([word, other]);
  }
  const [wrong, right] = [0, 1].map((side) => quoted(slips.map((slip) => slip[side])));
  return wrong && `Nothing found for ${wrong}. For ${right}: `;
};

// How many letters are too many, too few, wrong or swapped (optimal string alignment).
const distance = (one, other) => {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[one.length][other.length];
};
const meant = (word, known) => {
  const most = word.length > 5 ? 2 : 1;
  const near = known
    .filter((other) => Math.abs(other.length - word.length) <= most)
    .map((other) => [distance(word, other), other])
    .filter(([slips]) => slips <= most);
  return near.sort(([one], [other]) => one - other)[0]?.[1] ?? word;
};

let offered;
const near = async (pagefind, typedWords, unknown, nothing) => {
  offered ??= await json("nearest.json");
  const known = offered.words.split(" ");
  const better = typedWords.map((word) => (unknown.includes(word) && word.length > 3 ? meant(word, known) : word));
  const changed = better.join() !== typedWords.join();
  if (!changed && !nothing) return null;
  const found = changed ? await fetched((await pagefind.search(better.join(" "))).results.slice(0, 3)) : [];
  const pages = found.map((page) => ({ address: page.url, title: page.meta.title, summary: page.meta.summary }));
  return { pages, otherwise: offered.otherwise };
};

// --- drawing ------------------------------------------------------------------------------------------

// An excerpt may begin with the heading under which it stands, or with the end of it: that is not said twice. It is no
// HTML but for its marks, each around a word.
const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
const isEnd = (text) => /(^|[.!?])[”’"')\]]*$/.test(text);
const marked = (section, page) => {
  const shown = section.plain_excerpt.split(/\s+/);
  const title = section.title.split(/\s+/);
  const heads = title.map((_, at) => title.slice(at).join(" "));
  const begins = (head) => {
    const text = shown.slice(0, head.split(" ").length).join(" ");
    // Pagefind ends a heading as a sentence.
    return text === `${head}.` || (text === head && (head === heads[0] || isEnd(head)));
  };
  const heading = heads.find(begins)?.split(" ").length ?? 0;
  const before = page.content.slice(0, Math.max(0, page.content.indexOf(section.plain_excerpt))).trim();
  const excerpt = section.excerpt.split(/\s+/).slice(heading).join(" ");
  const parts = excerpt.split(/<\/?mark>/).flatMap((text, at) => {
    const [, word, rest] = plain(text).match(/^(.*?)([^\p{L}\p{N}]*)$/su);
    return at % 2 ? [make("mark", "", word), rest] : [plain(text)];
  });
  return [heading || isEnd(before) ? "" : "… ", ...parts, isEnd(shown.at(-1)) ? "" : " …"];
};
const markedWords = (text, typedWords) =>
  text.split(/([\p{L}\p{N}'’]+)/u).map((part, at) => {
    const hit = at % 2 && typedWords.some((word) => part.toLowerCase().startsWith(withoutEnding(word)));
    return hit ? make("mark", "", part) : part;
  });

const strength = (section) => section.weighted_locations.reduce((sum, at) => sum + at.balanced_score, 0);
const item = (page, typedWords) => {
  const found = page.sub_results.filter((section) => section.anchor?.id !== KEYWORDS);
  const top = found.find((section) => !section.anchor);
  const sections = found.filter((section) => section.anchor).sort((one, other) => strength(other) - strength(one));
  const summary = markedWords(page.meta.summary ?? "", typedWords);
  const begins = top ? marked(top, page) : [];
  const hasMark = (parts) => parts.some((part) => part.nodeType);
  const about = hasMark(summary) || !hasMark(begins) ? summary : begins;
  const title = make("h1", "", ...markedWords(page.meta.title, typedWords));
  const links = sections.map((section) => {
    const heading = make("h2", "", ...markedWords(section.title, typedWords));
    return link(section.url, 0, heading, make("p", "", ...marked(section, page)));
  });
  const icon = make("div", "icon md-icon");
  const drawn = make("li", "item", link(page.url, page.score, icon, title, make("p", "", ...about)));
  drawn.append(...links.splice(0, 2));
  if (links.length) {
    const more = make("summary", "", make("div", "", counted("more.", links.length)));
    more.tabIndex = -1;
    drawn.append(make("details", "more", more, ...links));
  }
  return drawn;
};

// The next pages are fetched when the last one comes into view.
let onEnd;
const end = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && onEnd());
const draw = (pages, results, typedWords) => {
  list.append(...pages.map((page) => item(page, typedWords)));
  end.disconnect();
  const drawn = list.children.length;
  if (drawn >= results.length || !list.lastElementChild) return;
  onEnd = async () => {
    end.disconnect();
    const mine = turn;
    const next = await fetched(results.slice(drawn, drawn + AT_A_TIME)).catch(() => []);
    if (mine === turn && next.length) draw(next, results, typedWords);
  };
  end.observe(list.lastElementChild);
};

// The theme shows in grey how a word goes on, and takes it over at the right arrow.
const grey = document.querySelector("[data-md-component=search-suggest]");
const hint = (pages = []) => {
  const begun = split(input.value).at(-1) ?? "";
  const held = pages.flatMap((page) => page.locations.map((at) => page.content.split(/\s+/)[at] ?? ""));
  const words = held.map((word) => word.toLowerCase().match(/[\p{L}\p{N}]+/u)?.[0] ?? "");
  const whole = begun && input.value.toLowerCase().endsWith(begun) && words.find((word) => word.startsWith(begun));
  if (grey) grey.textContent = whole ? input.value + whole.slice(begun.length) : "";
};

// --- narrowing ----------------------------------------------------------------------------------------

const choices = make("div", "", ...Object.entries(CHOICES).map(([name, label]) => {
  const select = Object.assign(document.createElement("select"), { name });
  return make("label", "", `${label} `, select);
}));
Object.assign(choices, { className: "kb-narrow md-typeset", hidden: true });
said.after(choices);
const selects = [...choices.querySelectorAll("select")];

// What a page fits: every choice that is made; or every one but a single one.
let facets;
const byPage = (combinations) => {
  const found = new Map();
  // Pages of two parts may be called the same by chance: such a page fits what either fits.
  for (const one of combinations)
    for (const page of one.pages.split(" ")) found.set(page, [...(found.get(page) ?? []), one]);
  return found;
};
const of = ({ id }, name) => facets.get(id.slice(id.indexOf("_") + 1))?.flatMap((one) => one[name] ?? []) ?? [];
const fits = (result, but) =>
  selects.every((one) => !one.value || one === but || of(result, one.name).includes(one.value));
const narrow = (results) => {
  for (const select of selects) {
    const { name, value } = select;
    const counts = new Map(value ? [[value, 0]] : []);
    for (const result of results.filter((one) => fits(one, select)))
      for (const one of of(result, name)) counts.set(one, (counts.get(one) ?? 0) + 1);
    const options = [...counts].sort(([one], [other]) => one.localeCompare(other));
    select.replaceChildren(
      new Option("All", ""),
      ...options.map(([one, count]) => new Option(`${one} (${count})`, one, false, one === value)),
    );
    const all = new Set(results.flatMap((one) => of(one, name)));
    select.parentElement.hidden = all.size < 2 && !value; // none goes because another is made
  }
  choices.hidden = selects.every((select) => select.parentElement.hidden);
};
choices.addEventListener("change", () => look());
input.form.addEventListener("reset", () => selects.forEach((select) => (select.value = "")));

// The theme closes the search at Tab, and takes every other key for one that belongs to the box. From the last choice Tab
// leads to the first result, and back; from there on keys are the theme's.
const last = () => selects.filter((select) => !select.parentElement.hidden).at(-1);
const lead = (event, to) => {
  event.preventDefault();
  event.stopPropagation();
  to.focus();
};
input.addEventListener("keydown", (event) => {
  if (event.key === "Tab" && !event.shiftKey && !choices.hidden) event.stopPropagation();
});
choices.addEventListener("keydown", (event) => {
  const out = event.key === "Tab" && !event.shiftKey && event.target === last();
  const first = list.querySelector("a");
  if (out && first) lead(event, first);
  else if (!out && event.key !== "Escape") event.stopPropagation();
});
list.addEventListener("keydown", (event) => {
  if (event.key === "Shift") event.stopPropagation(); // which the theme takes for a letter
  if (event.key === "Tab" && event.shiftKey && !choices.hidden) lead(event, last());
});
