/* The theme's own engine, which looks in a preview and from disk; in the served site Pagefind does. What it lacks:

   Waiting: the theme fetches its index with every first visit, which is more than the rest of a page. Here it waits
   until the reader turns to the search.

   Words: it takes each word typed for the beginning of one: "roles" would not find "role", and "to" finds "toolkit".
   What is handed to its worker has no small words, and no endings of plurals and of verbs.

   Nothing found: the nearest pages, by how alike the words typed and their titles and keywords are. */
(() => {
  "use strict";

  const box = window.kbSearch;
  if (!box) return;
  const { input, said, config, base, split, telling, withoutEnding } = box;
  const QUERY = 2; // what the theme's worker calls a message with words to look for

  const lookedFor = (typed) => {
    if (/(^|\s)[+"-]|[~^*]/.test(typed)) return typed; // whoever types signs that search understands means them
    // A single digit is no beginning: "2" would find each year.
    return telling(typed).map((word) => withoutEnding(word).replace(/^\d$/, "$&^2")).join(" ");
  };

  if (window.Worker) {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      const query = message?.type === QUERY ? { ...message, data: lookedFor(message.data) } : message;
      return post.call(this, query, ...rest);
    };
  }

  const { open, send } = XMLHttpRequest.prototype;
  const turnedTo = new Promise((go) => input.addEventListener("focus", go, { once: true }));
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    this.isIndex = /\/search\/search_index\.json$/.test(address);
    return open.call(this, method, address, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (this.isIndex) turnedTo.then(() => send.apply(this, body));
    else send.apply(this, body);
  };

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
    return hits.sort((one, other) => other.score - one.score).slice(0, 3).map((hit) => hit.page);
  };

  const nothing = () => input.value.trim() && said.textContent === config.translations["search.result.none"];
  let index; // the theme has fetched it by now: it comes out of the browser's cache
  new MutationObserver(async () => {
    if (!nothing()) return;
    index ??= window.__index ?? (await (await fetch(new URL("search/search_index.json", base))).json());
    if (!nothing()) return; // somebody has typed on
    const pages = index.docs
      .filter((page) => !page.location.includes("#"))
      .map((page) => ({ ...page, address: page.location }));
    const glossary = pages.find((page) => /^research\/glossary\b/.test(page.address));
    box.offer(nearest(pages, telling(input.value).map(withoutEnding)), glossary);
  }).observe(said, { childList: true });
})();
