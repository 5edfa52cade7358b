/* The light and the dark scheme: as the reader's system has it, until the reader chooses; the choice is kept.

   It does what a part of the theme does. That keeps a choice at the first visit, before anybody has made one; shows a
   page in the light scheme until the end of it is there; and has the browser work out the style of the whole page three
   times over, which is a tenth of a second on a phone. (This comes before all that is drawn, and is not deferred.) */
(() => {
  "use strict";

  const KEPT = "__palette"; // as the theme calls it
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen;
  try {
    chosen = __md_get(KEPT)?.color.scheme;
  } catch {
    // Nothing can be kept here.
  }
  const show = () => (document.body.dataset.mdColorScheme = chosen ?? (dark.matches ? "slate" : "default"));

  show();
  dark.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", () => {
    // Of the two, the style sheet shows the one that leads to the other scheme.
    const buttons = [...document.querySelectorAll(".kb-scheme")];
    const choose = ({ currentTarget: button }) => {
      chosen = button.value;
      show();
      buttons.find((other) => other !== button).focus();
      try {
        __md_set(KEPT, { color: { scheme: chosen } });
      } catch {
        // It holds until the page is left.
      }
    };
    for (const button of buttons) button.addEventListener("click", choose);
  });
})();
