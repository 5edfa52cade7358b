/* On the home page the dates of a host's sets are all listed, since the site does not know when it is read. Here those
   that have passed are hidden, and the first of each set that is still to come says so. */
(() => {
  "use strict";

  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  // The reader's own day; toISOString would give that of Greenwich.
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;

  for (const list of document.querySelectorAll(".kb-dates")) {
    const marked = new Set();
    for (const item of list.children) {
      item.hidden = item.querySelector("time").dateTime < today;
      if (item.hidden || marked.has(item.dataset.set)) continue;
      marked.add(item.dataset.set);
      const mark = document.createElement("strong");
      mark.className = "kb-dates__next";
      mark.textContent = `Next for ${item.dataset.set}: `;
      item.prepend(mark);
    }
    const over = list.parentElement.querySelector(".kb-dates__over");
    if (over) over.hidden = marked.size > 0;
    list.hidden = !marked.size;
  }
})();
