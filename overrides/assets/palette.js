/* The light and the dark scheme: as the reader's system has it, until the reader chooses; the choice is kept.

   It does what a part of the theme does. That keeps a choice at the first visit, before anybody has made one; shows a
   page in the light scheme until the end of it is there; and has the browser work out the style of the whole page three
   times over, which is a tenth of a second on a phone. (This comes before a page's text, and is not deferred. That
   scripts run at all is told here as well: at the end of a page it would have all be worked out once more.) */
(() => {
  "use strict";

  const HEADS = { default: "#0e4744", slate: "#12302f" }; // by scheme, --md-primary-fg-color in apir.css
  const KEPT = "__scheme";
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll(".kb-scheme")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const around = document.createElement("meta"); // which phones colour what is around a page by
  around.name = "theme-color";
  let chosen;
  try {
    chosen = __md_get(KEPT);
  } catch {
    // Nothing can be kept here.
  }

  const show = () => {
    const scheme = Object.hasOwn(HEADS, chosen) ? chosen : dark.matches ? "slate" : "default";
    for (const node of [root, document.body]) node.dataset.mdColorScheme = scheme;
    around.content = HEADS[scheme];
  };
  const choose = ({ currentTarget: button }) => {
    chosen = button.value;
    show();
    // The style sheet shows the one that leads to the other scheme.
    buttons.find((other) => other !== button).focus();
    try {
      __md_set(KEPT, chosen);
    } catch {
      // It holds until the page is left.
    }
  };

  root.classList.replace("no-js", "js");
  document.head.append(around);
  show();
  dark.addEventListener("change", show);
  for (const button of buttons) button.addEventListener("click", choose);
})();
