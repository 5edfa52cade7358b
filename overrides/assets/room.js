// A run sheet in the room: what is on now, how long it still has, and what comes next, to be read from the last row.
// All is worked out from the machine's clock, so that a machine that slept shows the right thing when it wakes.
// room-screen.js fills the screen and keeps it from going dark.
(() => {
  "use strict";

  const sheet = document.querySelector(".kb-run");
  const start = sheet?.querySelector(".kb-run__tools [name=start]");
  if (!start || typeof HTMLDialogElement !== "function") return;
  const MINUTE = 60000;
  const rows = [...sheet.querySelectorAll("tbody tr[data-minutes]")];
  const items = rows.map((row) => ({ title: row.dataset.what, lasts: Number(row.dataset.minutes) * MINUTE }));

  const room = document.createElement("dialog");
  room.className = "kb-room";
  room.setAttribute("aria-labelledby", "kb-room-now");
  room.innerHTML = `
    <p class="kb-room__state"></p>
    <h2 class="kb-room__now" id="kb-room-now"></h2>
    <p class="kb-room__left" role="timer"></p>
    <p class="kb-room__until"></p>
    <p class="kb-room__next"></p>
    <p class="kb-room__said" aria-live="polite"></p>
    <div class="kb-room__buttons">
      <button type="button" name="previous">Previous item</button>
      <button type="button" name="next" autofocus>Next item</button>
      <button type="button" name="close">Close</button>
    </div>`;
  const button = (name) => room.querySelector(`[name=${name}]`);
  const open = document.createElement("button");
  open.type = "button";
  open.textContent = "Use in the room";
  sheet.querySelector(".kb-run__tools").append(open);
  sheet.append(room);

  // By the sheet item i begins at begins[i], and begins[items.length] is the end; -1 is the time before the start.
  // The room runs `late` behind it (less than nothing: ahead of it), and may be held in an item whose time is up.
  let begins, late, held, before, past, ticking, begun;
  const byClock = (now) => begins.filter((moment) => moment + late <= now).length - 1;
  const current = (now) => held ?? byClock(now);

  function begin() {
    begins = [new Date().setHours(...start.value.split(":").map(Number), 0, 0)];
    for (const item of items) begins.push(begins.at(-1) + item.lasts);
    [late, held, before] = [0, null, new Map()];
    past = byClock(Date.now()) === items.length; // when it was opened: nobody was in the room
  }

  function step(by) {
    const now = Date.now();
    const to = current(now) + by;
    if (by > 0) {
      before.set(to - 1, late);
      [late, held] = [now - begins[to], null];
    } else {
      // Back to how late it was there; and where its time is up, until "Next item" says that it is done.
      late = before.get(to) ?? late;
      held = byClock(now) === to ? null : to;
    }
    draw();
  }

  const clock = (moment) => new Date(moment).toTimeString().slice(0, 5);
  const minutes = (count) => `${count} minute${count === 1 ? "" : "s"}`;

  /** What each part of the view says. */
  function says(now, at) {
    const done = at === items.length;
    const ends = done ? now : begins[at + 1] + late;
    const over = now > ends;
    const behind = Math.round((late + Math.max(0, now - ends)) / MINUTE);
    const seconds = over ? Math.floor((now - ends) / 1000) : Math.ceil((ends - now) / 1000);
    const whole = `${over ? Math.floor(seconds / 60) : Math.ceil(seconds / 60)}\u00a0min`;
    // Digits that change each second are motion too: who wants less of it gets minutes.
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const left = still ? whole : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const title = at < 0 ? "Not started yet" : done ? "Finished" : items[at].title;
    const running = at >= 0 && !done;
    const ended = past ? `By these times it ended at ${clock(begins.at(-1))}. Close, and choose another start.` : "";
    return {
      state: clock(now) + (behind ? ` · Running ${minutes(Math.abs(behind))} ${behind > 0 ? "late" : "early"}` : ""),
      now: title,
      left: done ? "" : at < 0 ? (over ? `${whole} late` : `Starts in ${whole}`) : over ? `${left} over` : left,
      until: done ? ended : !running ? "" : over ? `was to end at ${clock(ends)}` : `left, until ${clock(ends)}`,
      next: done ? "" : `Next: ${items[at + 1]?.title ?? "the end"}, at ${clock(Math.max(ends, now))}`,
      said: running ? `Now: ${title}.` : `${title}. ${done ? ended : ""}`.trim(),
    };
  }

  function draw() {
    const now = Date.now();
    const at = current(now);
    for (const [name, words] of Object.entries(says(now, at))) {
      const part = room.querySelector(`.kb-room__${name}`);
      if (part.textContent !== words) part.textContent = words; // what stays as it is is not read out again
    }
    room.classList.toggle("kb-room--over", held !== null);
    button("previous").disabled = at < 0;
    button("next").disabled = at === items.length;
    if (document.activeElement?.disabled) button("close").focus();
  }

  open.addEventListener("click", async () => {
    if (!start.value) {
      // A sheet without times begins now.
      start.value = clock(Date.now());
      start.dispatchEvent(new Event("input", { bubbles: true }));
    }
    // Opened once more, it goes on from where it was; on another day, or with another start, it begins anew.
    const asked = `${new Date().toDateString()} ${start.value}`;
    if (asked !== begun) begin();
    begun = asked;
    draw();
    await window.kbShowOnScreen(room);
    ticking = setInterval(draw, 1000);
  });
  room.addEventListener("click", ({ target }) => {
    if (target.name === "close") room.close();
    else if (target.name) step(target.name === "next" ? 1 : -1);
  });
  // The theme turns pages and searches at single letters, and would do so behind the dialog.
  room.addEventListener("keydown", (event) => event.stopPropagation());
  room.addEventListener("close", () => clearInterval(ticking));
  document.addEventListener("visibilitychange", () => room.open && draw());
})();
