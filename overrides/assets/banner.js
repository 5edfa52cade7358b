// Hides a banner whose last day has passed, by the reader's own calendar: the site does not know when it is read.
(() => {
  "use strict";

  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const banner = document.querySelector(".kb-banner[data-until]");
  if (banner && banner.dataset.until < today) banner.closest(".md-banner").hidden = true;
})();
