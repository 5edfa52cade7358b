/* Three things that the theme's own search lacks. (It has to come before the theme's script, so it is not deferred.)

   Waiting: the theme fetches its index with every first visit, which is more than the rest of a page. Here it waits
   until the reader turns to the search.

   Words: it takes each word typed for the beginning of one: "roles" would not find "role", and "to" finds "toolkit".
   What is handed to its worker has no small words, and no endings of plurals and of verbs.

   Nothing found: the nearest pages are offered, by how alike the words typed and their titles and keywords are. */
(() => {
  "use strict";

  const SMALL = new Set(
    ("about am an and any are as at be been but by can could did do does for from get give had has have how if in " +
      "into is it its me my need of on or our should so some tell that the their them there these they this to us " +
      "use want was we were what what's when where which who why will with would you your").split(" "),
  );
  const QUERY = 2; // what the theme's worker calls a message with words to look for

  const split = (text) => text.toLowerCase().replaceAll("’", "'").split(/[^\p{L}\p{N}'&]+/u).filter(Boolean);
  const withoutEnding = (word) =>
    word
      .replace(/'s?$/, "")
      .replace(/^([a-z]{3,})ies$/, "$1")
      .replace(/^([a-z]{2,}[^su])s$/, "$1")
      .replace(/^([a-z]{5,})(?:ing|ed)$/, "$1")
      .replace(/^\d$/, "$&^2"); // a single digit is no beginning: "2" would find each year
  const lookedFor = (typed) => {
    if (/(^|\s)[+"-]|[~^*]/.test(typed)) return typed; // whoever types signs that search understands means them
    const words = split(typed);
    const telling = words.filter((word) => !SMALL.has(word) && !/^[a-z]$/.test(word));
    return (telling.length ? telling : words).map(withoutEnding).join(" ");
  };

  if (window.Worker) {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      const query = message?.type === QUERY ? { ...message, data: lookedFor(message.data) } : message;
      return post.call(this, query, ...rest);
    };
  }

  const input = document.querySelector("[data-md-component=search-query]");
  const { open, send } = XMLHttpRequest.prototype;
  const turnedTo = new Promise((go) => (input ? input.addEventListener("focus", go, { once: true }) : go()));
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    this.isIndex = /\/search\/search_index\.json$/.test(address);
    return open.call(this, method, address, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (this.isIndex) turnedTo.then(() => send.apply(this, body));
    else send.apply(this, body);
  };

  const [said, list] = document.querySelector("[data-md-component=search-result]")?.children ?? [];
  if (!input || !list) return;
  said.setAttribute("role", "status"); // a screen reader reads it out when it may
  const config = JSON.parse(document.getElementById("__config").textContent);
  const base = new URL(config.base.replace(/\/?$/, "/"), location);

  // From 0 to 1: of the pairs of letters in two words, how many they share.
  const pairs = (word) => [...word].map((letter, at) => (word[at - 1] ?? " ") + letter);
  const likeness = (one, other) => {
    const left = pairs(other);
    const shared = pairs(one).filter((pair) => left.includes(pair) && left.splice(left.indexOf(pair), 1));
    return (2 * shared.length) / (one.length + other.length);
  };
  const best = (word, text = "") => Math.max(0, ...split(text).map((other) => likeness(word, other)));
  const nearest = (pages, words) => {
    const like = (page, word) => Math.max(best(word, page.title), 0.9 * best(word, page.keywords));
    const all = (page) => words.reduce((sum, word) => sum + like(page, word), 0) / words.length;
    const score = (page) => all(page) - page.title.length / 1000; // of two alike, the shorter title
    const hits = pages.map((page) => ({ page, score: score(page) })).filter((hit) => hit.score > 0.45);
    return hits.sort((one, other) => other.score - one.score).slice(0, 3);
  };

  // Named as the theme names a result: its keys then move here too, and its next answer clears it away.
  const make = (name, kind, ...inside) => {
    const made = Object.assign(document.createElement(name), { className: kind && `md-search-result__${kind}` });
    made.append(...inside);
    return made;
  };
  const item = ({ page, score }) => {
    const words = [make("h1", "", page.title), make("p", "", page.summary ?? "")];
    const article = make("article", "article md-typeset", ...words);
    article.dataset.mdScore = score;
    const link = make("a", "link", article);
    Object.assign(link, { href: new URL(page.location, base), tabIndex: -1 });
    return make("li", "item kb-nearest", link);
  };

  const nothing = () => input.value.trim() && said.textContent === config.translations["search.result.none"];
  let index; // the theme has fetched it by now: it comes out of the browser's cache
  new MutationObserver(async () => {
    if (!nothing()) return;
    index ??= window.__index ?? (await (await fetch(new URL("search/search_index.json", base))).json());
    if (!nothing()) return; // somebody has typed on
    const pages = index.docs.filter((page) => !page.location.includes("#"));
    const hits = nearest(pages, split(lookedFor(input.value)));
    const offered = hits.map((hit) => hit.page);
    const glossary = pages.filter((page) => /^research\/glossary\b/.test(page.location) && !offered.includes(page));
    said.textContent = `Nothing found for “${input.value.trim()}”. ${hits.length ? "Nearest pages" : "Perhaps here"}:`;
    list.replaceChildren(...hits.map(item), ...glossary.map((page) => item({ page, score: 0 })));
  }).observe(said, { childList: true });
})();
