// The bibliography: filters that stand in the address (#session=als-3&type=book), so that a choice can be sent and the
// back button undoes it; and a button at each work that copies its entry. Without this the whole list stands there.
(function () {
  "use strict";

  const form = document.querySelector(".kb-filters");
  if (!form) return;
  const count = form.querySelector("output");
  const filters = Array.from(form.querySelectorAll("select"));
  const works = Array.from(document.querySelectorAll(".kb-work[data-type]"));
  const table = document.querySelector(".kb-filters ~ table");
  const bibliography = document.getElementById("bibliography");
  const caption = table.querySelector("caption");
  const inFull = caption.textContent;
  const rows = new Map();
  for (const row of table.querySelectorAll("tbody tr")) rows.set(row.querySelector("a").hash.slice(1), row);

  function show() {
    const wanted = filters.filter((filter) => filter.value);
    let shown = 0;
    for (const work of works) {
      const fits = wanted.every((filter) => (work.dataset[filter.name] || "").split(" ").includes(filter.value));
      work.hidden = !fits;
      const row = rows.get(work.id);
      if (row) row.hidden = !fits;
      if (fits) shown += 1;
    }
    const some = `${shown} of ${works.length} works`;
    count.textContent = !shown ? "No work fits all of these." : wanted.length ? some : `All ${works.length} works`;
    table.hidden = bibliography.hidden = !shown;
    caption.textContent = wanted.length ? `${some}, by author` : inFull;
  }

  // An address that names a work, or a heading, shows everything: what it leads to may not be hidden.
  function read() {
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const filter of filters) {
      filter.value = chosen.get(filter.name) || "";
      if (filter.selectedIndex < 0) filter.value = ""; // an old link may name what is no longer there
    }
    const place = document.getElementById(location.hash.slice(1));
    const lost = place && place.closest("[hidden]");
    show();
    // Once the works above it have their height again.
    if (lost) requestAnimationFrame(() => setTimeout(() => place.scrollIntoView()));
  }

  function write() {
    const chosen = new URLSearchParams();
    for (const filter of filters) if (filter.value) chosen.set(filter.name, filter.value);
    const address = location.href.split("#")[0];
    history.pushState(null, "", String(chosen) ? `${address}#${chosen}` : address);
    show();
  }

  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(write)); // the selects are emptied after this event
  window.addEventListener("hashchange", read);
  form.hidden = false;
  read();

  // --- copying ---

  const said = document.createElement("p");
  said.className = "kb-said";
  said.setAttribute("role", "status");
  form.after(said);

  // Where there is no clipboard for scripts, or the reader does not allow it, the browser copies what is selected.
  function copySelected(entry) {
    const selection = window.getSelection();
    selection.selectAllChildren(entry);
    const copied = document.execCommand("copy");
    if (copied) selection.removeAllRanges();
    return copied;
  }

  async function copy(entry) {
    const text = entry.textContent.replace(/\s+/g, " ").trim();
    try {
      const kinds = { "text/plain": text, "text/html": entry.innerHTML.replace(/<span class="Z3988".*?<\/span>/g, "") };
      const blobs = Object.entries(kinds).map(([kind, value]) => [kind, new Blob([value], { type: kind })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch {
      return copySelected(entry);
    }
  }

  for (const work of works) {
    const entry = work.querySelector(".kb-work__entry");
    // The entry is what the report prints; what is right stands in the note, and in the files to download.
    const done = "corrected" in work.dataset ? "Copied as printed: see the note" : "Copied";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy citation";
    entry.id = `entry-${work.id}`;
    button.setAttribute("aria-describedby", entry.id); // which of the many
    button.addEventListener("click", async () => {
      const copied = await copy(entry);
      button.textContent = copied ? done : "Selected: now copy it";
      said.textContent = "";
      setTimeout(() => {
        said.textContent = button.textContent;
      }, 50); // after a pause, so that the same words are read out a second time
      setTimeout(() => {
        button.textContent = "Copy citation";
      }, 3000);
    });
    entry.after(button);
  }
})();
