/* What each page of the served site loads of its search: a stand-in for the worker to which the theme tells what is
   typed. What looks and draws (search.js, search-pagefind.js) lies with the index, and is fetched when a reader turns to
   the box. (`kb build` puts this file in the place of search.js.) */
(() => {
  "use strict";

  const input = document.querySelector("[data-md-component=search-query]");
  const result = document.querySelector("[data-md-component=search-result]");
  if (!input || !result) return;
  const [READY, QUERY] = [1, 2]; // what the theme and its worker call their messages
  const { base } = JSON.parse(document.getElementById("__config").textContent);
  const folder = new URL("search/", new URL(base.replace(/\/?$/, "/"), location));
  let failures = ""; // some browsers remember what could not be fetched, and never ask for that address again
  // Asked for once: of several imports the later may be the first to be there, and words would come out of order.
  let fetched;
  const engine = () => {
    fetched ??= import(new URL(`search.js${failures}`, folder)).catch((error) => {
      fetched = undefined; // and it is tried again with the next word
      failures += failures ? "+" : "?";
      throw error;
    });
    return fetched;
  };

  input.form.removeAttribute("name"); // by its name the theme knows that it has an index to fetch
  const Theirs = window.Worker;
  window.Worker = class extends EventTarget {
    constructor() {
      super();
      window.Worker = Theirs; // the next one is Pagefind's
      const begin = ({ relatedTarget }) => {
        window.kbBefore = relatedTarget; // where the reader was: search.js is not here yet
        // At once: until then the theme keeps to itself what is typed. It answers with what is in the box, or nothing.
        this.dispatchEvent(new MessageEvent("message", { data: { type: READY } }));
      };
      input.addEventListener("focus", begin, { once: true });
    }
    postMessage({ type, data }) {
      if (type !== QUERY) return;
      engine().then(
        ({ look }) => look(data),
        () => {
          if (!data.trim()) return;
          const [said, list] = result.children;
          list.replaceChildren();
          said.textContent = "The search cannot be reached. Try again in a moment, or load the page anew.";
        },
      );
    }
  };
})();
