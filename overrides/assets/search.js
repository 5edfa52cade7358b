/* What the search box does whichever engine looks: the theme's own, or Pagefind (search-engine.js).

   Words: small words do not count, since each stands on every page.

   Nothing found: the nearest pages are offered. They stand where results stand, so that the theme's keys move there too.

   What comes without a key: the theme looks when a key goes up, and passes by what is pasted with the mouse, dropped or
   dictated.

   The way out: Escape leads back to where the reader was, and a result on the same page to its place.

   (In a preview and from disk it comes before the theme's script, as the engine does.) */
(() => {
  "use strict";

  const SMALL = new Set(
    ("about am an and any are as at be been but by can could did do does for from get give had has have how if in " +
      "into is it its me my need of on or our should so some tell that the their them there these they this to us " +
      "use want was we were what what's when where which who why will with would you your").split(" "),
  );
  const input = document.querySelector("[data-md-component=search-query]");
  const result = document.querySelector("[data-md-component=search-result]");
  if (!input || !result) return;
  const said = result.firstElementChild;
  const list = result.lastElementChild;
  // What is found are pages, as all else calls them. Where the theme looks, it reads its words after this has run.
  const told = document.getElementById("__config");
  told.textContent = told.textContent.replaceAll("matching document", "matching page");
  const config = JSON.parse(told.textContent);
  const base = new URL(config.base.replace(/\/?$/, "/"), location);

  const split = (text) => text.toLowerCase().replaceAll("’", "'").split(/[^\p{L}\p{N}'&]+/u).filter(Boolean);
  const telling = (typed) => {
    const words = split(typed);
    const found = words.filter((word) => !SMALL.has(word) && !/^[a-z]$/.test(word));
    return found.length ? found : words;
  };
  const withoutEnding = (word) =>
    word
      .replace(/'s?$/, "")
      .replace(/^([a-z]{3,})ies$/, "$1")
      .replace(/^([a-z]{2,}[^su])s$/, "$1")
      .replace(/^([a-z]{5,})(?:ing|ed)$/, "$1");

  // Named as the theme names a result.
  const make = (name, kind, ...inside) => {
    const made = document.createElement(name);
    if (kind) made.className = `md-search-result__${kind}`;
    made.append(...inside);
    return made;
  };
  const link = (address, score, ...inside) => {
    const article = make("article", "article md-typeset", ...inside);
    article.dataset.mdScore = score; // Return leads to the highest
    return Object.assign(make("a", "link", article), { href: new URL(address, base), tabIndex: -1 });
  };
  const offer = (pages, otherwise) => {
    const leads = (page) => new URL(page.address, base).href;
    const others = otherwise && !pages.some((page) => leads(page) === leads(otherwise)) ? [otherwise] : [];
    const items = [...pages, ...others].map(({ address, title, summary }, place) => {
      const item = make("li", "item", link(address, -place, make("h1", "", title), make("p", "", summary ?? "")));
      item.classList.add("kb-nearest");
      return item;
    });
    said.textContent = `Nothing found for “${input.value.trim()}”. ${pages.length ? "Nearest pages" : "Perhaps here"}:`;
    list.replaceChildren(...items);
  };

  // The theme looks at the last of these, and at the first it takes back the grey end of a word.
  const hear = () => {
    for (const type of ["keydown", "keyup"]) input.dispatchEvent(new KeyboardEvent(type));
  };
  input.addEventListener("input", hear);
  input.form.addEventListener("reset", () => setTimeout(hear)); // once the box is empty
  hear(); // what came while this was on its way

  // The theme closes the search and lets the focus go, which leaves those who move by keys nowhere.
  const toggle = document.querySelector("[data-md-toggle=search]");
  let before = window.kbBefore;
  input.addEventListener("focus", ({ relatedTarget }) => {
    if (!toggle.checked) before = relatedTarget;
  });
  window.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && toggle.checked) setTimeout(() => before?.focus({ preventScroll: true }));
  }, true); // before the theme has closed it

  // On a phone the theme holds the page still below the search, and at its end puts it back to where it was.
  list.addEventListener("click", ({ target }) => {
    const [page, place] = target.closest("a")?.href.split("#") ?? [];
    if (!place || page !== location.href.split("#")[0]) return;
    const released = new MutationObserver(() => {
      released.disconnect();
      document.getElementById(decodeURIComponent(place))?.scrollIntoView();
    });
    if ("mdScrolllock" in document.body.dataset)
      released.observe(document.body, { attributeFilter: ["data-md-scrolllock"] });
  });

  window.kbSearch = { input, said, list, config, base, split, telling, withoutEnding, make, link, offer };
})();
