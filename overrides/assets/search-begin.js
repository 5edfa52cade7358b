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
  const engine = () => import(new URL("search/search.js", new URL(base.replace(/\/?$/, "/"), location)));

  input.form.removeAttribute("name"); // by its name the theme knows that it has an index to fetch
  const Theirs = window.Worker;
  window.Worker = class extends EventTarget {
    constructor() {
      super();
      window.Worker = Theirs; // the next one is Pagefind's
      const begin = () => {
        engine().catch(() => {}); // with the first word it is tried again, and told of
        // At once: until then the theme keeps to itself what is typed.
        this.dispatchEvent(new MessageEvent("message", { data: { type: READY } }));
      };
      input.addEventListener("focus", begin, { once: true });
    }
    postMessage({ type, data }) {
      if (type !== QUERY) return;
      engine().then(
        ({ look }) => look(data),
        () => {
          const [said, list] = result.children;
          list.replaceChildren();
          said.textContent = "The search cannot be reached. Try again in a moment, or load the page anew.";
        },
      );
    }
  };
})();
