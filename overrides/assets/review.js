// Says which pages are due for review, by the reader's own calendar: the site is the same whatever day it was built on.
(function () {
  "use strict";

  const summary = document.querySelector(".kb-due");
  if (!summary) return;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  let due = 0;
  for (const time of document.querySelectorAll(".kb-review-dates time")) {
    if (time.dateTime >= today) continue;
    due += 1;
    const mark = document.createElement("strong");
    mark.className = "kb-due__mark";
    mark.textContent = "Due";
    time.before(mark, " ");
  }
  summary.textContent = due === 0 ? "No page is due for review today." : `${due} ${due === 1 ? "page is" : "pages are"} due for review today.`;
  summary.hidden = false;
})();
