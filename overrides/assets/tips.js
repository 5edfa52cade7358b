// Citations and terms open what they stand for. Hover and focus are the stylesheet's work and need no script. This adds
// Escape, touch, and room: the first tap opens, the second follows the link, a tip opens upwards at the foot of the
// window, and one is open at a time.
(function () {
  "use strict";

  const TIPS = ".kb-cite, .kb-term";
  const OPEN = "kb-tip--open"; // by a tap
  const CLOSED = "kb-tip--closed"; // by Escape or a tap elsewhere, until the reader comes back to it
  const OTHER = "kb-tip--other"; // while another one is open
  const ABOVE = "kb-tip--above";
  let touching = false;

  const tipOf = (event) => (event.target instanceof Element ? event.target.closest(TIPS) : null);

  // The one that a finger opened, else the one under the mouse, else the one that has the keyboard. (The mouse's is
  // noted: not every browser has set :hover by the time that it tells where the mouse is.)
  let over = null;
  function alone() {
    const open = document.querySelector(`.${OPEN}`) ?? over ?? document.activeElement?.closest(TIPS) ?? null;
    for (const tip of document.querySelectorAll(TIPS)) tip.classList.toggle(OTHER, open !== null && tip !== open);
  }

  function close(except) {
    for (const tip of document.querySelectorAll(TIPS)) {
      if (tip === except) continue;
      if (tip.matches(`.${OPEN}, :hover, :focus-within`)) tip.classList.add(CLOSED);
      tip.classList.remove(OPEN);
    }
    alone();
  }

  function show(tip) {
    tip.classList.remove(CLOSED, ABOVE);
    const box = tip.querySelector("[role=tooltip]").getBoundingClientRect();
    const line = tip.querySelector("a").getClientRects()[0];
    tip.classList.toggle(ABOVE, box.bottom > window.innerHeight && line.top > box.height + 60);
  }

  const comes = (event) => {
    const tip = tipOf(event);
    if (!tip || tip.contains(event.relatedTarget)) return;
    if (event.type === "pointerover") over = tip;
    alone();
    show(tip);
  };
  const goes = (event) => {
    const tip = tipOf(event);
    if (!tip || tip.contains(event.relatedTarget)) return;
    if (event.type === "pointerout") over = null;
    alone();
  };
  document.addEventListener("pointerover", comes);
  document.addEventListener("focusin", comes);
  document.addEventListener("pointerout", goes);
  document.addEventListener("focusout", goes);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(null);
  });

  document.addEventListener("pointerdown", (event) => {
    touching = event.pointerType === "touch";
  });

  // A finger that scrolls ends in "pointercancel", and closes nothing.
  document.addEventListener("pointerup", (event) => {
    if (event.pointerType === "touch") close(tipOf(event));
  });

  document.addEventListener("click", (event) => {
    const tip = tipOf(event);
    // The keyboard clicks without a count.
    if (!touching || event.detail === 0 || !tip || !event.target.closest("a") || tip.classList.contains(OPEN)) return;
    event.preventDefault();
    tip.classList.add(OPEN);
    alone();
    show(tip);
  });
})();
