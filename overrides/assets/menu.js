/* On a phone, and in a window zoomed in, the theme's menu opens by a label that no key reaches. Here it is a button.
   While the menu is closed nothing in it is a stop for the Tab key; Escape closes it. */
(() => {
  "use strict";

  const drawer = document.getElementById("__drawer");
  const label = document.querySelector(".md-header [for=__drawer]");
  const menu = document.querySelector(".md-sidebar--primary");
  if (!drawer || !label || !menu) return;

  const button = document.createElement("button");
  button.type = "button";
  button.className = `${label.className} kb-menu`;
  button.setAttribute("aria-label", "Menu");
  button.append(...label.childNodes);
  label.replaceWith(button);

  const narrow = matchMedia("(max-width: 76.2344em)"); // where the theme lays the menu aside
  const tell = () => {
    button.setAttribute("aria-expanded", String(drawer.checked));
    menu.inert = narrow.matches && !drawer.checked;
  };
  const open = (wanted) => {
    if (drawer.checked !== wanted) drawer.click();
    tell();
  };

  button.addEventListener("click", () => {
    open(!drawer.checked);
    if (drawer.checked) menu.querySelector("a[href]")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    open(false);
    button.focus();
  });
  drawer.addEventListener("change", tell);
  narrow.addEventListener("change", tell);
  tell();
})();
