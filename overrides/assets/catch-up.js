// One plan for the sessions that a reader missed. Without this the page is the full list of routes. The choice lives in
// the address (#missed=als-3,als-5), so that a facilitator can send it and the back button takes a step back.
(() => {
  "use strict";

  const plan = document.querySelector(".kb-plan");
  if (!plan) return;
  const choice = plan.querySelector(".kb-plan__choice");
  const boxes = [...choice.querySelectorAll("[type=checkbox]")];
  const routes = [...plan.querySelectorAll(".kb-route")];
  const total = plan.querySelector(".kb-plan__total");
  const copied = plan.querySelector(".kb-plan__copied");
  const address = plan.querySelector(".kb-plan__address");

  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const length = (minutes) => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    return [hours && count(hours, "hour"), (rest || !hours) && count(rest, "minute")].filter(Boolean).join(" ");
  };

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // a stray % is no reason to lose the rest
    }
  }

  // The ids in the address; null where it says something else, such as a place on the page.
  function asked() {
    const hit = /^#missed=(.*)$/.exec(location.hash);
    if (!hit) return location.hash.length > 1 ? null : [];
    // Mail programs may write %2C for the comma.
    return hit[1].split(/,|%2C/i).map((id) => decoded(id).trim().toLowerCase()).filter(Boolean);
  }

  // What is in the plan already, such as a reading of two sessions, is named again and counted once.
  function minutesOf(route, seen) {
    let sum = 0;
    for (const step of route.querySelectorAll("[data-minutes]")) {
      const { once, minutes } = step.dataset;
      const again = once !== "" && seen.has(once);
      seen.add(once);
      step.classList.toggle("kb-route__again", again);
      const said = step.querySelector(".kb-route__minutes");
      if (said) said.textContent = again ? "already in this plan" : length(Number(minutes));
      sum += again ? 0 : Number(minutes);
    }
    route.querySelector(".kb-route__total").textContent = length(sum);
    return sum;
  }

  function show(ids) {
    const known = boxes.map((box) => box.value);
    const chosen = known.filter((id) => ids.includes(id));
    const unknown = [...new Set(ids)].filter((id) => !known.includes(id));
    const seen = new Set();
    let sum = 0;
    for (const box of boxes) box.checked = chosen.includes(box.value);
    for (const route of routes) {
      route.hidden = chosen.length > 0 && !chosen.includes(route.id);
      // In the full list each route stands for itself.
      if (!route.hidden) sum += minutesOf(route, chosen.length > 0 ? seen : new Set());
    }
    plan.classList.toggle("kb-plan--chosen", chosen.length > 0);
    const said = chosen.length > 0
      ? `Your plan: ${count(chosen.length, "session")}, about ${length(sum)} in all.`
      : "Nothing is ticked, so every route is shown.";
    const left = unknown.length > 0 ? ` Not known here, and left out: ${unknown.join(", ")}.` : "";
    total.textContent = said + left;
    copied.textContent = "";
    address.hidden = true;
  }

  function follow() {
    const ids = asked();
    if (ids) {
      show(ids);
      return;
    }
    // Some other place on the page: the plan stays as it is, unless it hides just that.
    const place = document.getElementById(decoded(location.hash.slice(1)));
    if (!place?.closest(".kb-route[hidden]")) return;
    show([]);
    place.scrollIntoView();
  }

  async function copy() {
    const field = address.querySelector("input");
    let done = false;
    try {
      await navigator.clipboard.writeText(location.href);
      done = true;
    } catch {
      // Over plain http, and from disk in some browsers, there is no clipboard: then by hand.
      field.value = location.href;
      address.hidden = false;
      field.focus();
      field.select();
    }
    copied.textContent = done ? "Link copied." : "Copy the address from the field: it is marked.";
  }

  choice.addEventListener("change", () => {
    // Not taken for a place on the page, so that nothing scrolls.
    location.hash = `missed=${boxes.filter((box) => box.checked).map((box) => box.value)}`;
  });
  choice.querySelector("[data-plan=copy]").addEventListener("click", copy);
  choice.querySelector("[data-plan=clear]").addEventListener("click", () => {
    location.hash = "missed=";
  });
  choice.querySelector("[data-plan=print]").addEventListener("click", () => window.print());
  window.addEventListener("hashchange", follow);
  choice.hidden = false;
  show(asked() ?? []);
  if (asked() === null) follow();
  // Whoever was sent a plan has come for it, and not for the list to tick, which fills a phone.
  if (asked()?.length) total.scrollIntoView();
})();
