// A run sheet for any start: the times are worked out again in the page, and the start stands in the address
// (#start=09:30&until=13:00), so that it can be sent on and is still there after a reload. It prints as it is shown.
(() => {
  "use strict";

  const sheet = document.querySelector(".kb-run");
  if (!sheet) return;
  const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
  const table = sheet.querySelector(".kb-run-sheet");
  const head = table.querySelector("thead th");
  const rows = [...table.querySelectorAll("tbody tr")];
  const printed = rows.map((row) => row.cells[0].textContent);
  const own = CLOCK.test(printed[0]) ? printed[0] : ""; // a sheet may give minutes only
  const column = head.textContent;
  const whole = rows.reduce((sum, row) => sum + Number(row.dataset.minutes || 0), 0);

  const read = (clock) => (CLOCK.test(clock) ? 60 * Number(clock.slice(0, 2)) + Number(clock.slice(3)) : null);
  const two = (number) => String(number).padStart(2, "0");
  const clock = (minutes) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
  const long = (minutes) => {
    const parts = [[Math.floor(minutes / 60), "hour"], [minutes % 60, "minute"]];
    return parts.filter(([n]) => n).map(([n, unit]) => `${n} ${unit}${n === 1 ? "" : "s"}`).join(" ");
  };

  const tools = document.createElement("div");
  tools.className = "kb-run__tools";
  tools.innerHTML = `
    <label>Start at <input type="time" name="start" autocomplete="off"></label>
    <button type="button" name="now">Start now</button>
    <label>We have until <small>if you like</small> <input type="time" name="until" autocomplete="off"></label>
    <button type="button" name="reset">${own ? "Back to the printed times" : "Clear the times"}</button>
    <button type="button" name="print">Print the run sheet</button>`;
  const said = document.createElement("p");
  said.className = "kb-run__said";
  said.setAttribute("role", "status");
  table.before(tools, said);
  const [start, now, until, reset, print] = ["start", "now", "until", "reset", "print"].map((name) =>
    tools.querySelector(`[name=${name}]`)
  );

  function show() {
    const from = read(start.value);
    const chosen = from !== null && start.value !== own;
    let at = from;
    rows.forEach((row, index) => {
      row.cells[0].textContent = chosen ? clock(at) : printed[index];
      at += Number(row.dataset.minutes || 0);
    });
    head.textContent = chosen ? "Time" : column;
    for (const row of rows) row.cells[0].dataset.label = head.textContent;
    reset.disabled = !chosen && !until.value;
    const words = chosen ? [`Times for a start at ${start.value}.`] : [];
    const limit = read(until.value);
    const left = limit - from - whole;
    if (limit !== null && from === null) words.push("Give a start too, to see whether it fits.");
    else if (limit !== null && limit <= from) words.push(`${until.value} is not after the start.`);
    else if (limit !== null) {
      const over = `Does not fit: ${long(-left)} too long`;
      const fits = left ? `Fits, with ${long(left)} to spare` : "Fits to the minute";
      words.push(`${left < 0 ? over : fits}. It ends at ${clock(from + whole)}.`);
    }
    said.classList.toggle("kb-run__said--over", limit !== null && from !== null && left < 0);
    if (said.textContent !== words.join(" ")) said.textContent = words.join(" ");
  }

  function write() {
    const parts = [["start", start.value !== own && start.value], ["until", until.value]];
    const mark = parts.filter(([, value]) => value).map((part) => part.join("=")).join("&");
    // Without a mark the address is the page's again; replaced, so that "back" still leads to the page before.
    history.replaceState(history.state, "", mark ? `#${mark}` : location.pathname + location.search);
  }

  function fromAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    // Any other mark is a place on the page, and changes nothing here.
    if (!location.hash || asked.has("start") || asked.has("until")) {
      start.value = CLOCK.test(asked.get("start")) ? asked.get("start") : own;
      until.value = CLOCK.test(asked.get("until")) ? asked.get("until") : "";
    }
    show();
  }

  tools.addEventListener("input", () => {
    show();
    write();
  });
  now.addEventListener("click", () => {
    start.value = new Date().toTimeString().slice(0, 5);
    show();
    write();
  });
  reset.addEventListener("click", () => {
    start.value = own;
    until.value = "";
    show();
    write();
    start.focus(); // the button is off now, and would drop the focus
  });
  // Only the print rules know this class, so that nothing moves on the screen.
  print.addEventListener("click", () => {
    document.body.classList.add("kb-print-sheet");
    window.print();
  });
  window.addEventListener("afterprint", () => document.body.classList.remove("kb-print-sheet"));
  window.addEventListener("hashchange", fromAddress);
  start.value = own;
  fromAddress();
  // Whoever was sent a start has come for the run sheet.
  if (/^#(start|until)=/.test(location.hash)) sheet.scrollIntoView();
})();
