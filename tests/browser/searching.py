"""How the tests search: they type as a reader does, and read the list."""

from __future__ import annotations

from playwright.sync_api import Page, expect

BOX = "[data-md-component=search-query]"
SAID = ".md-search-result__meta"
FOUND = ".md-search-result__item"
FIRST = 3
"""How many of the first results count."""

# Where the words stay what they were nothing answers.
_TYPE = """
async ([typed, kind, first]) => {
  const input = document.querySelector("[data-md-component=search-query]");
  const said = document.querySelector(".md-search-result__meta");
  const list = document.querySelector(".md-search-result__list");
  const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));
  if (input.value !== typed) {
    const answered = new Promise(done => new MutationObserver((_, watch) => (watch.disconnect(), done()))
      .observe(said, {childList: true}));
    input.focus();
    input.value = typed;
    input.dispatchEvent(new KeyboardEvent("keyup"));
    await Promise.race([answered, wait(3000)]);
  }
  const enough = () => said.textContent !== "No matching pages"
    && list.children.length >= Math.min(first, parseInt(said.textContent.replaceAll(",", "")) || 1);
  for (let left = 800; left && !enough(); left--) await wait(10);
  return [...list.children].filter(item => item.matches(kind)).map(item => item.querySelector("a").href);
}
"""


def open_search(page: Page, path: str = "") -> None:
    """Opens a page and its search, until that is ready."""
    page.goto(path)
    page.locator(BOX).focus()
    expect(page.locator(SAID)).to_have_text("Type to start searching")


def search(page: Page, typed: str) -> None:
    """Types letter by letter."""
    page.locator(BOX).press_sequentially(typed)


def search_once(page: Page, typed: str) -> None:
    """Fills an open search so that it looks once: no later answer takes the place of what keys move through."""
    box = page.locator(BOX)
    expect(page.locator(SAID)).to_have_text("Type to start searching")
    box.fill(typed)


def asked(page: Page, address: str, typed: str, kind: str = "li:not(.kb-nearest)") -> list[str]:
    """The addresses of the pages that the list of results begins with, each once."""
    links = page.evaluate(_TYPE, [typed, kind, FIRST])
    return list(dict.fromkeys(link.removeprefix(address).split("#")[0].split("?")[0] for link in links))
