/* Keeps what is written in a form in this browser, once the reader has said yes. Words that meet other words, or find
   their question gone, are shown apart. Once two windows keep the same form, the last words on a question count. */
(() => {
  "use strict";

  const form = window.kbForm;
  if (!form) return;
  const { make } = form;
  const UNKEPT = "Your words are on this page only, and are gone when you leave it. To have them again, save a copy.";
  const KEPT = "What you write is kept in this browser, on this device, until you clear it.";
  const FULL = "This browser did not keep your last words. They are on this page only: save a copy before you leave.";
  const NEVER = "This browser keeps nothing for this site. Your words are on this page only: save a copy before you go.";
  const GONE = "No longer kept: it was cleared elsewhere. What you see here is on this page only.";
  const key = `apir-form:${form.name}`; // kept.js lists what begins like this

  // A browser may forbid its store, on some addresses or on all: then asking for it is an error.
  let store = null;
  try {
    store = window.localStorage;
    store.getItem(key);
  } catch {
    store = null;
  }

  let kept = store?.getItem(key) ?? null; // as this window last read or wrote it

  const choice = (words, checked) => {
    const input = make("input", { type: "radio", name: "kb-keep", autocomplete: "off", checked, onchange: chosen });
    return [input, make("label", {}, input, words)];
  };
  const [no, sayNo] = choice("No. They are gone when I leave this page.", true);
  const [yes, sayYes] = choice("Yes, on this device. On a shared computer others could read them.", false);
  const legend = make("legend", {}, "Keep my words in this browser?");
  const ask = make("fieldset", { className: "kb-fill__keep" }, legend, sayNo, sayYes);
  yes.disabled = !store;

  // What was written in another window, or for an earlier version of the form, joins what is here.
  function join(stored) {
    const found = [];
    try {
      const { words, earlier } = JSON.parse(stored);
      for (const [id, { question, text, done }] of Object.entries(words)) {
        const field = form.fields.find((one) => one.id === id);
        if (field?.box && done) field.box.checked = true;
        if (field && !field.area.value) field.area.value = text;
        else if (field?.area.value !== text && (text || !field)) found.push([question, text || "☑"]);
      }
      found.push(...earlier.map(([question, text]) => [String(question), String(text)]));
    } catch {
      found.push(["", stored]);
    }
    const there = new Set(form.earlier.map(String));
    form.earlier.push(...found.filter((pair) => !there.has(String(pair))));
    form.draw();
  }

  function write() {
    if (!yes.checked) return form.say(store ? UNKEPT : NEVER);
    const words = {};
    for (const { id, part, label, area, box } of form.fields) {
      const done = Boolean(box?.checked);
      if (area.value || done) words[id] = { question: `${part}: ${label}`, text: area.value, done };
    }
    const record = JSON.stringify({ title: form.title, at: location.pathname, words, earlier: form.earlier });
    try {
      store.setItem(key, record);
      kept = record;
      form.unsaved = false;
      form.say(KEPT);
    } catch {
      form.unsaved = true;
      form.say(FULL);
    }
  }

  function chosen() {
    const stored = store.getItem(key);
    if (yes.checked && stored !== null) join(stored);
    if (no.checked) store.removeItem(key);
    form.unsaved = !form.isEmpty();
    write();
  }

  // Another window has changed or cleared what is kept: this one shows the same, with what it could not keep.
  function follow() {
    // What stands there now, and not what the event brings: by the time it comes this window may have written more.
    const stored = yes.checked ? store.getItem(key) : kept;
    if (stored === kept) return;
    kept = stored;
    if (stored === null) {
      no.checked = true;
      form.unsaved = !form.isEmpty();
      return form.say(GONE);
    }
    if (!form.unsaved) form.empty();
    join(stored);
  }

  form.panel.addEventListener("kb-written", write);
  form.panel.addEventListener("kb-cleared", () => {
    store?.removeItem(key);
    no.checked = true;
  });
  addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) follow();
  });
  // Going back must not bring back, on a shared computer, what was not to be kept; nor what was cleared meanwhile.
  addEventListener("pagehide", () => no.checked && form.empty());
  addEventListener("pageshow", (event) => event.persisted && follow());

  form.panel.querySelector("[role=status]").before(ask);
  if (kept !== null) {
    yes.checked = true;
    join(kept);
  }
  form.say(yes.checked ? KEPT : store ? UNKEPT : NEVER);
})();
