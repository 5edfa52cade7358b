"""Search as people use it: what they type is typed into the built site, and the right page has to come up.

Both engines are held to it: Pagefind, which looks in the site that is served, and the theme's own, in a preview.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from knowledge_base.catalogue import Catalogue
from tests.browser.conftest import serving
from tests.browser.searching import BOX, FIRST, FOUND, SAID, asked, open_search, search, search_once
from tests.built import Built

QUERIES = yaml.safe_load((Path(__file__).parents[1] / "search" / "queries.yml").read_text(encoding="utf-8"))
# Words typed, and others that mean the same: the engines cut endings off in ways of their own.
SAME = {
    "served": [
        ("trios", "trio"),
        ("how to run a trio?", "run trio"),
        ("Mentors’ ideas", "mentor idea"),
        ("stories", "story"),
        ("supervised", "supervise"),
    ],
    "preview": [
        ("trios", "trio"),
        ("how to run a trio?", "run trio"),
        ("Mentors’ ideas", "mentor idea"),
        ("stories", "stor"),
        ("supervised", "supervis"),
    ],
}

Engine = Callable[[str], list[str]]
"""Whatever finds pages: it takes what is typed, and answers the addresses of the pages found, best first."""


@pytest.fixture(scope="module", params=["served", pytest.param("preview", marks=pytest.mark.slow)])
def edition(request: pytest.FixtureRequest) -> str:
    """Which site is looked in: the one that is served, or the one that a preview shows."""
    return str(request.param)


@pytest.fixture(scope="module")
def address(edition: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where that site is served."""
    with serving(request.getfixturevalue({"served": "site"}.get(edition, edition))) as address:
        yield address


@pytest.fixture(scope="module")
def home(browser: Browser, address: str) -> Iterator[Page]:
    """One page for all queries, with its search open and ready."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    open_search(page)
    yield page
    context.close()


@pytest.fixture(scope="module")
def engine(home: Page, address: str) -> Engine:
    """What is found."""
    return lambda typed: asked(home, address, typed)


@pytest.fixture(scope="module")
def offer(home: Page, address: str) -> Engine:
    """What is offered where nothing is found."""
    return lambda typed: asked(home, address, typed, "li.kb-nearest")


@pytest.mark.parametrize("query", QUERIES["found"], ids=lambda query: query["type"])
def test_the_right_page_is_among_the_first(engine: Engine, query: dict[str, object]) -> None:
    found = engine(str(query["type"]))[:FIRST]
    assert set(found) & set(query["right"]), f"{query['type']}: {found}"


@pytest.mark.parametrize("query", QUERIES["nearest"], ids=lambda query: query["type"])
def test_a_slip_leads_to_the_right_page(
    engine: Engine, offer: Engine, edition: str, query: dict[str, object]
) -> None:
    typed = str(query["type"])
    found, offered = engine(typed), offer(typed)
    # Pagefind finds a word by most of its letters; what it finds so is not offered, but a result.
    assert not (found and offered)
    assert not found or edition == "served"
    assert set([*found, *offered][:FIRST]) & set(query["right"]), f"{typed}: {found} {offered}"


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


def test_the_nearest_pages_are_offered_and_read_out(page: Page, built: Built, address: str) -> None:
    page.goto("toolkit/joint-visit/")
    search(page, "glosary")
    said = page.get_by_role("status").filter(has_text="Nothing found")
    expect(said).to_have_text("Nothing found for “glosary”. Nearest pages:")
    link = page.locator(".kb-nearest a").first
    summary = built["research/glossary/"].tree.xpath("//meta[@name='description']/@content")
    expect(link).to_contain_text(summary[0])
    link.click()
    expect(page).to_have_url(f"{address}research/glossary/")


def test_the_glossary_is_offered_besides(page: Page) -> None:
    page.goto("toolkit/joint-visit/")
    search(page, "neglekt")
    expect(page.locator(SAID)).to_have_text("Nothing found for “neglekt”. Nearest pages:")
    links = page.locator(".kb-nearest a")
    expect(links.first).to_contain_text("Child neglect")
    expect(links.last).to_contain_text("Glossary")
    assert 1 < links.count() <= FIRST + 1


def test_where_no_page_is_near_the_glossary_is_offered(page: Page) -> None:
    page.goto("")
    search(page, "qwertyuiop")
    expect(page.locator(".kb-nearest a")).to_have_count(1)
    expect(page.locator(SAID)).to_have_text("Nothing found for “qwertyuiop”. Perhaps here:")


def test_the_offer_goes_once_something_is_found(page: Page) -> None:
    page.goto("")
    search(page, "neglekt")
    expect(page.locator(".kb-nearest").first).to_be_visible()
    for _ in "kt":
        page.keyboard.press("Backspace")
    expect(page.locator(".kb-nearest")).to_have_count(0)
    expect(page.locator(FOUND).first).to_contain_text("neglect")
    expect(page.locator(SAID)).to_contain_text("matching pages")


def test_keys_lead_through_the_offer(page: Page) -> None:
    open_search(page)
    search_once(page, "neglekt")
    links = page.locator(".kb-nearest a")
    expect(links.first).to_be_visible()
    for number in (0, 1):
        page.keyboard.press("ArrowDown")
        expect(links.nth(number)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("ALS 4: Child neglect")


def test_return_leads_to_the_nearest(page: Page) -> None:
    open_search(page)
    search_once(page, "neglekt")
    expect(page.locator(".kb-nearest").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("ALS 4: Child neglect")


@pytest.mark.parametrize(("typed", "kind"), [("neglekt", ".kb-nearest"), ("neglect", FOUND)])
def test_results_lead_right_where_the_site_lies_under_a_path(page: Page, address: str, typed: str, kind: str) -> None:
    def without_the_path(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace("/apir/", "/")))

    page.context.route("**/apir/**", without_the_path)
    page.goto("apir/notes/2010-11/als-5/")
    search(page, typed)
    link = page.locator(f"{kind} a").first
    expect(link).to_be_visible()
    assert str(link.evaluate("link => link.href")).split("?")[0] == f"{address}apir/sessions/als-4/"
    # More may be on its way, and find nobody here to answer.
    page.context.unroute_all(behavior="ignoreErrors")


# --- how words are taken ----------------------------------------------------------------------------


def test_small_words_and_endings_do_not_count(engine: Engine, edition: str) -> None:
    for typed, same in SAME[edition]:
        assert engine(typed)[:FIRST] == engine(same)[:FIRST] != [], typed


def test_signs_that_search_understands_are_left_alone(engine: Engine) -> None:
    assert "sessions/als-6/" in engine("trio")
    assert "sessions/als-6/" not in engine("+trio -january") != []


# --- without keys -----------------------------------------------------------------------------------


def test_what_comes_without_a_key_is_looked_for(page: Page) -> None:
    """Pasted with the mouse, dropped or dictated: nothing but an event "input" tells of it."""
    open_search(page)
    search(page, "child negl")
    expect(page.locator(FOUND).first).to_contain_text("Child neglect")
    grey = page.locator("[data-md-component=search-suggest]")
    expect(grey).to_have_text("child neglect")
    page.locator(BOX).fill("trio")
    expect(page.locator(FOUND).first).to_contain_text("trio")
    expect(grey).not_to_contain_text("child")
    page.locator(BOX).fill("")
    expect(page.locator(FOUND)).to_have_count(0)
    expect(page.locator(SAID)).to_have_text("Type to start searching")


# --- keys -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_search_and_escape_closes_it(page: Page, key: str) -> None:
    page.goto("sessions/als-3/")
    page.keyboard.press(key)
    expect(page.locator(BOX)).to_be_focused()
    search(page, "neglect")
    expect(page.locator(FOUND).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).not_to_be_focused()
    expect(page.locator(FOUND).first).to_be_hidden()


@pytest.mark.parametrize("walked", [False, True])
def test_escape_leads_back_to_where_the_reader_was(page: Page, walked: bool) -> None:
    page.goto("sessions/als-3/")
    link = page.locator("article a[href^='../']").nth(2)
    link.focus()
    page.keyboard.press("/")
    search_once(page, "neglect")
    expect(page.locator(FOUND).first).to_be_visible()
    if walked:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(page.locator(FOUND).first).to_be_hidden()


def test_arrows_lead_through_pages_and_sections_and_letters_back(page: Page) -> None:
    page.goto("sessions/als-3/")
    page.keyboard.press("/")
    search_once(page, "neglect")
    first = page.locator(FOUND).first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first.locator("a").nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first.locator("a").nth(0)).not_to_be_focused()
    expect(page.locator(f"{FOUND} :focus")).to_have_count(1)
    page.keyboard.press("x")
    expect(page.locator(BOX)).to_be_focused()


def test_return_leads_to_the_best(page: Page) -> None:
    page.goto("")
    page.keyboard.press("/")
    search_once(page, "child neglect")
    expect(page.locator(FOUND).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("ALS 4: Child neglect")


def test_nothing_is_fetched_for_search_before_a_reader_turns_to_it(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto("sessions/als-3/", wait_until="networkidle")
    assert not [url for url in asked_for if url.startswith(f"{address}search/")]
    with page.expect_response(f"{address}search/**"):
        page.keyboard.press("/")
    page.keyboard.type("neglect")
    expect(page.locator(FOUND).first).to_be_visible()
    context.close()
