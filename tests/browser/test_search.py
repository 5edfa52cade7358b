"""Search as people use it: what they type is typed into the built site, and the right page has to come up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from knowledge_base.catalogue import Catalogue
from tests.built import Built

QUERIES = yaml.safe_load((Path(__file__).parents[1] / "search" / "queries.yml").read_text(encoding="utf-8"))
FIRST = 3

Engine = Callable[[str], list[str]]
"""Whatever finds pages: it takes what is typed, and answers the addresses of the pages found, best first.

To hold another engine to the list, put a fixture of this type in the place of ``engine`` below.
"""

# Types as a reader does, and waits for the answer. The theme answers nothing where the words stay what they were.
TYPE = """
async ([typed, kind]) => {
  const input = document.querySelector("[data-md-component=search-query]");
  const [said, list] = document.querySelector("[data-md-component=search-result]").children;
  const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));
  if (input.value !== typed) {
    const answered = new Promise(done => new MutationObserver((_, watch) => (watch.disconnect(), done()))
      .observe(said, {childList: true}));
    input.focus();
    input.value = typed;
    input.dispatchEvent(new KeyboardEvent("keyup"));
    await Promise.race([answered, wait(3000)]);
  }
  for (let left = 100; left && said.textContent === "No matching documents"; left--) await wait(10);
  return [...list.children].filter(item => item.matches(kind)).map(item => item.querySelector("a").href);
}
"""


@pytest.fixture(scope="module")
def home(browser: Browser, address: str) -> Iterator[Page]:
    """One page for all queries, with its search open and ready."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("")
    page.locator("[data-md-component=search-query]").focus()
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    yield page
    context.close()


def asked(page: Page, address: str, typed: str, kind: str) -> list[str]:
    """The addresses of the pages in a list of results, each once."""
    links = page.evaluate(TYPE, [typed, kind])
    return list(dict.fromkeys(link.removeprefix(address).split("#")[0].split("?")[0] for link in links))


@pytest.fixture(scope="module")
def engine(home: Page, address: str) -> Engine:
    """The site's own search."""
    return lambda typed: asked(home, address, typed, "li:not(.kb-nearest)")


@pytest.fixture(scope="module")
def offer(home: Page, address: str) -> Engine:
    """What is offered where nothing is found."""
    return lambda typed: asked(home, address, typed, "li.kb-nearest")


@pytest.mark.parametrize("query", QUERIES["found"], ids=lambda query: query["type"])
def test_the_right_page_is_among_the_first(engine: Engine, query: dict[str, object]) -> None:
    found = engine(str(query["type"]))[:FIRST]
    assert set(found) & set(query["right"]), f"{query['type']}: {found}"


@pytest.mark.parametrize("query", QUERIES["nearest"], ids=lambda query: query["type"])
def test_where_nothing_is_found_the_right_page_is_among_the_nearest(
    engine: Engine, offer: Engine, query: dict[str, object]
) -> None:
    typed = str(query["type"])
    assert engine(typed) == []
    assert set(offer(typed)[:FIRST]) & set(query["right"]), f"{typed}: {offer(typed)}"


def test_there_are_enough_queries_and_their_pages_exist(built: Built) -> None:
    queries = [*QUERIES["found"], *QUERIES["nearest"]]
    assert len(QUERIES["found"]) >= 45
    assert len({query["type"] for query in queries}) == len(queries)
    assert all(query.keys() == {"type", "right", "why"} and query["why"] for query in queries)
    assert {address for query in queries for address in query["right"]} <= built.pages.keys()


def test_every_list_of_synonyms_is_named_by_a_page(sources: Catalogue) -> None:
    matters = [page.source.matter for page in sources.pages.values()]
    named = {word for matter in matters if matter and matter.search for word in matter.search.keywords}
    assert sources.collection("synonyms").keys() <= named


# --- nothing found ----------------------------------------------------------------------------------


def search(page: Page, typed: str) -> None:
    page.locator("[data-md-component=search-query]").press_sequentially(typed)


def test_the_nearest_pages_are_offered_and_read_out(page: Page, built: Built, address: str) -> None:
    page.goto("toolkit/joint-visit/")
    search(page, "supervison")
    said = page.get_by_role("status").filter(has_text="Nothing found")
    expect(said).to_have_text("Nothing found for “supervison”. Nearest pages:")
    links = page.locator(".kb-nearest a")
    expect(links).to_have_count(FIRST + 1)  # and the glossary
    expect(links.last).to_contain_text("Glossary")
    summary = built["research/evidence/supervision/"].tree.xpath("//meta[@name='description']/@content")
    expect(links.first).to_contain_text(summary[0])
    links.first.click()
    expect(page).to_have_url(f"{address}research/evidence/supervision/")


def test_where_no_page_is_near_the_glossary_is_offered(page: Page) -> None:
    page.goto("")
    search(page, "qwertyuiop")
    expect(page.locator(".kb-nearest a")).to_have_count(1)
    expect(page.locator(".md-search-result__meta")).to_have_text("Nothing found for “qwertyuiop”. Perhaps here:")


def test_the_offer_goes_once_something_is_found(page: Page) -> None:
    page.goto("")
    search(page, "neglekt")
    expect(page.locator(".kb-nearest").first).to_be_visible()
    for _ in "kt":
        page.keyboard.press("Backspace")
    expect(page.locator(".kb-nearest")).to_have_count(0)
    expect(page.locator(".md-search-result__item").first).to_contain_text("neglect")
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching documents")


def test_keys_lead_through_the_offer(page: Page) -> None:
    page.goto("")
    search(page, "supervison")
    links = page.locator(".kb-nearest a")
    expect(links.first).to_be_visible()
    for number in (0, 1):
        page.keyboard.press("ArrowDown")
        expect(links.nth(number)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Supervision")


def test_return_leads_to_the_nearest(page: Page) -> None:
    page.goto("")
    search(page, "neglekt")
    expect(page.locator(".kb-nearest").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("ALS 4: Child neglect")


def test_the_offer_leads_right_where_the_site_lies_under_a_path(page: Page, address: str) -> None:
    def without_the_path(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace("/apir/", "/")))

    page.route("**/apir/**", without_the_path)
    page.goto("apir/notes/2010-11/als-5/")
    search(page, "neglekt")
    link = page.locator(".kb-nearest a").first
    expect(link).to_be_visible()
    assert link.evaluate("link => link.href") == f"{address}apir/sessions/als-4/"


# --- how words are taken ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("trios", "trio"),
        ("how to run a trio?", "run trio"),
        ("Mentors’ ideas", "mentor idea"),
        ("stories", "stor"),
        ("supervised", "supervis"),
    ],
)
def test_small_words_and_endings_do_not_count(engine: Engine, typed: str, same: str) -> None:
    assert engine(typed) == engine(same) != []


def test_signs_that_search_understands_are_left_alone(engine: Engine) -> None:
    assert "sessions/als-6/" in engine("trio")
    assert "sessions/als-6/" not in engine("+trio -january")


def test_nothing_is_fetched_for_search_before_a_reader_turns_to_it(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto("sessions/als-3/", wait_until="networkidle")
    assert not [url for url in asked_for if url.endswith("search_index.json")]
    with page.expect_response("**/search_index.json"):
        page.keyboard.press("/")
    page.keyboard.type("neglect")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    context.close()
