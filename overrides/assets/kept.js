/* On the page about privacy: the forms of which this browser keeps the words, and a button that clears them all. */
(() => {
  "use strict";

  const place = document.querySelector(".kb-kept");
  if (!place) return;
  const PREFIX = "apir-form:"; // as forms-keep.js writes it

  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  const button = (words, onclick) => make("button", { type: "button", onclick }, words);

  // A browser may forbid its store: then asking for it is an error, and nothing is kept.
  let store = {};
  try {
    store = window.localStorage;
  } catch {}
  const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX)).sort();

  function entry(key) {
    try {
      const { title, at } = JSON.parse(store.getItem(key));
      const link = make("a", { href: location.href, hash: "", search: "" }, String(title));
      link.pathname = String(at); // the host cannot be another
      return make("li", {}, link);
    } catch {
      return make("li", {}, key.slice(PREFIX.length)); // not as we write it: still to be seen, and cleared
    }
  }

  const status = make("p", {});
  status.setAttribute("role", "status");
  const found = make("ul", {});
  const question = make("p", { id: "kb-sure" }, "Clear the words of all these forms? They cannot be brought back.");
  const stop = button("No, leave them", () => sure.close());
  const yes = button("Yes, clear them all", () => {
    for (const key of keys()) store.removeItem(key);
    sure.close();
    show();
  });
  const sure = make("dialog", { className: "kb-fill__sure" }, question, stop, yes);
  sure.setAttribute("aria-labelledby", "kb-sure");
  const all = button("Clear all forms", () => sure.showModal());

  function show() {
    const entries = keys().map(entry);
    status.textContent = entries.length ? "In this browser, these forms are kept:" : "No form is kept in this browser.";
    found.replaceChildren(...entries);
    found.hidden = all.hidden = !entries.length;
  }

  place.replaceChildren(status, found, all, sure);
  addEventListener("storage", show);
  addEventListener("pageshow", show);
  show();
})();
