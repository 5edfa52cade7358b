/* Forms, filled in on the page: each room to write becomes a field and each ☐ a box, named by the header of its row;
   paper shows the words. forms-keep.js keeps them in the browser if the reader says so, forms-copy.js saves, copies and
   clears them. Nothing is ever sent. */
(() => {
  "use strict";

  const panel = document.querySelector(".kb-fill");
  const tables = [...document.querySelectorAll(".kb-form:not([data-paper])")];
  if (!panel || !tables.length) return;
  const EARLIER = "From an earlier version of this form";

  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  const button = (words, onclick) => make("button", { type: "button", onclick }, words);
  // As the check does, which finds a question that stands twice: knowledge_base/model.py.
  const anchor = (words) => {
    const plain = words.normalize("NFKD").replace(/[^\0-\x7f]|'/g, "").toLowerCase();
    return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  };

  const fields = tables.flatMap((table, number) => {
    table.classList.add("kb-form--live");
    const [, done, note] = table.tHead.rows[0].cells;
    if (note) note.id = `kb-note-${number}`;
    return [...table.tBodies[0].rows].map((row) => {
      const [head, room] = [row.cells[0], row.cells[row.cells.length - 1]];
      const [part, label] = [table.caption.textContent, head.firstChild.textContent.trim()];
      head.id = `form-${anchor(part)}--${anchor(label)}`;
      const field = { id: head.id, part, label };
      if (note) {
        field.box = make("input", { type: "checkbox" });
        field.box.setAttribute("aria-labelledby", head.id);
        row.cells[1].replaceChildren(make("label", {}, field.box, make("span", {}, done.textContent)));
      }
      // No help with spelling: some browsers send the words away for it.
      field.area = make("textarea", { rows: 1, autocomplete: "off", spellcheck: false });
      field.area.setAttribute("aria-labelledby", note ? `${head.id} ${note.id}` : head.id);
      // The same words behind the field make it as high as they are; and they are what is printed.
      field.mirror = make("div", { className: "kb-fill__mirror" });
      room.append(make("div", { className: "kb-fill__room" }, field.area, field.mirror));
      return field;
    });
  });

  const status = make("p", { className: "kb-fill__status" });
  status.setAttribute("role", "status");
  const again = make("p", { className: "kb-fill__status" }); // the same beside the buttons, for the eye
  const old = make("section", { className: "kb-fill__earlier", hidden: true });
  old.setAttribute("aria-label", EARLIER);

  const form = {
    name: panel.dataset.form,
    title: document.querySelector("h1").textContent.trim(),
    heading: EARLIER,
    panel,
    foot: make("div", { className: "kb-fill__foot" }, again),
    fields,
    make,
    button,
    earlier: [], // words that have no place in the form: pairs of the question as it was, and what was written
    unsaved: false,
    say(words) {
      if (status.textContent !== words) status.textContent = again.textContent = words;
    },
    isEmpty: () => !form.earlier.length && !fields.some(({ area, box }) => area.value || box?.checked),
    draw() {
      for (const { area, mirror } of fields) mirror.textContent = area.value && `${area.value}\n`;
      const entries = form.earlier.flatMap(([question, words]) => [make("dt", {}, question), make("dd", {}, words)]);
      old.replaceChildren(make("p", {}, make("strong", {}, EARLIER)), make("dl", {}, ...entries));
      old.hidden = !entries.length;
    },
    empty() {
      for (const { area, box } of fields) {
        area.value = "";
        if (box) box.checked = false;
      }
      form.earlier = [];
      form.unsaved = false;
      form.draw();
    },
  };
  for (const { area, box } of fields) {
    for (const one of box ? [area, box] : [area]) {
      one.addEventListener("input", () => {
        form.unsaved = !form.isEmpty();
        form.draw();
        panel.dispatchEvent(new Event("kb-written"));
      });
    }
  }
  addEventListener("beforeunload", (event) => form.unsaved && event.preventDefault());

  panel.prepend(make("p", {}, make("strong", {}, "Write in the form here, or print it.")));
  panel.append(status, old);
  tables[tables.length - 1].after(form.foot);
  window.kbForm = form; // for the other two
})();
