/* What is written in a form, taken along: saved as a text file, copied or printed; and cleared, after a question. */
(() => {
  "use strict";

  const form = window.kbForm;
  if (!form) return;
  const { make, button } = form;
  const COPIED = "Copied. Paste the words where they belong.";

  function markdown() {
    const lines = [`# ${form.title}`];
    let part = null;
    for (const field of form.fields) {
      const words = field.area.value.trim();
      if (field.part !== part) lines.push(`## ${(part = field.part)}`);
      lines.push(field.box ? `- [${field.box.checked ? "x" : " "}] ${field.label}` : `### ${field.label}`);
      if (!field.box) lines.push(words || "(nothing written)");
      else if (words) lines.push(words.replace(/^/gm, "  "));
    }
    if (form.earlier.length) lines.push(`## ${form.heading}`);
    for (const [question, words] of form.earlier) lines.push(`### ${question}`, words);
    return `${lines.join("\n\n")}\n`;
  }

  function save() {
    const href = URL.createObjectURL(new Blob([markdown()], { type: "text/plain" }));
    // Markdown by its signs, but called .txt: that is what every computer opens.
    make("a", { href, download: `${form.name.split("/").pop()}.txt` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
    form.unsaved = false;
    form.say("Your copy is with your browser's downloads. Keep it where your council's policy says.");
  }

  async function copy({ target }) {
    const sheet = make("textarea", { value: markdown() });
    try {
      await navigator.clipboard.writeText(sheet.value);
      form.say(COPIED);
    } catch {
      // Not every address has a clipboard: elsewhere the words are marked, and copied as by hand.
      document.body.append(sheet);
      sheet.select();
      const copied = document.execCommand("copy");
      sheet.remove();
      target.focus();
      form.say(copied ? COPIED : "Your browser did not copy. Save a copy instead.");
    }
  }

  // Only the print rules know this class, so that nothing moves on the screen.
  function print() {
    document.body.classList.add("kb-print-form");
    window.print();
  }
  addEventListener("afterprint", () => document.body.classList.remove("kb-print-form"));

  const question = make("p", { id: "kb-sure" }, "Clear all that you wrote in this form? It cannot be brought back.");
  const stop = button("No, leave it", () => sure.close());
  const clear = button("Yes, clear it", () => {
    sure.close();
    form.empty();
    form.say("The form is empty.");
    form.panel.dispatchEvent(new Event("kb-cleared"));
  });
  const sure = make("dialog", { className: "kb-fill__sure" }, question, stop, clear);
  sure.setAttribute("aria-labelledby", "kb-sure");

  const buttons = [button("Save a copy", save), button("Copy the words", copy), button("Print the form", print)];
  form.foot.append(...buttons, button("Clear this form", () => sure.showModal()), sure);
})();
