// Says which pages are due for review, and which notes a host no longer keeps, by the reader's own calendar: the site is
// the same whatever day it was built on.
(function () {
  "use strict";

  const summary = document.querySelector(".kb-due");
  if (!summary) return;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const marked = (list, words) => {
    const passed = [...document.querySelectorAll(`${list} time`)].filter((time) => time.dateTime < today);
    for (const time of passed) {
      const mark = document.createElement("strong");
      mark.className = "kb-due__mark";
      mark.textContent = words;
      time.before(mark, " ");
    }
    return passed.length;
  };
  const due = marked(".kb-review-dates", "Due");
  marked(".kb-kept-until", "To take down");
  summary.textContent = due === 0 ? "No page is due for review today." : `${due} ${due === 1 ? "page is" : "pages are"} due for review today.`;
  summary.hidden = false;
})();
