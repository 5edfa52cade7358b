"""Citations and terms that open: by mouse, keyboard and finger, with scripts and without; and not on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

# One page's script in a real browser, minutes of it: `make audit` runs these.
pytestmark = pytest.mark.slow

Contexts = Callable[..., BrowserContext]
LAUNCH = "sessions/launch/"
KINDS = [".kb-term", ".kb-cite"]
SHOWN = "tips => tips.filter(tip => getComputedStyle(tip).visibility === 'visible').length"


def of(page: Page, kind: str, which: int = 0) -> tuple[Locator, Locator]:
    """The link of a tip, and what it opens."""
    tip = page.locator(kind).nth(which)
    return tip.locator("a").first, tip.locator("[role=tooltip]")


def shown(page: Page) -> int:
    return int(page.locator("article [role=tooltip]").evaluate_all(SHOWN))


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def launch(context: Contexts, request: pytest.FixtureRequest) -> Page:
    page = context(java_script_enabled=request.param).new_page()
    page.goto(LAUNCH)
    return page


@pytest.fixture
def phone(context: Contexts) -> Page:
    page = context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto(LAUNCH)
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_a_tip_is_open_while_the_mouse_is_on_the_words_or_on_the_tip(launch: Page, kind: str) -> None:
    link, tip = of(launch, kind)
    expect(tip).to_be_hidden()
    link.hover()
    expect(tip).to_be_visible()
    tip.hover()
    launch.wait_for_timeout(400)
    expect(tip).to_be_visible()
    launch.locator("h1").hover()
    expect(tip).to_be_hidden()


def test_a_tip_is_open_while_the_keyboard_is_on_the_words(launch: Page) -> None:
    link, tip = of(launch, ".kb-term", 2)
    for _ in range(200):
        launch.keyboard.press("Tab")
        if link.evaluate("node => node === document.activeElement"):
            break
    expect(tip).to_be_visible()
    expect(link).to_have_accessible_description(" ".join(str(tip.text_content()).split()))
    launch.keyboard.press("Tab")
    expect(tip).to_be_hidden()


@pytest.mark.parametrize("kind", KINDS)
def test_escape_closes_a_tip_and_leaves_the_keyboard_where_it_is(page: Page, kind: str) -> None:
    page.goto(LAUNCH)
    link, tip = of(page, kind)
    link.focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(tip).to_be_visible()


def test_escape_closes_a_tip_under_the_mouse_until_the_mouse_comes_back(page: Page) -> None:
    page.goto(LAUNCH)
    link, tip = of(page, ".kb-term")
    link.hover()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.locator("h1").hover()
    link.hover()
    expect(tip).to_be_visible()


def test_one_tip_is_open_at_a_time(page: Page) -> None:
    page.goto(LAUNCH)
    term, of_term = of(page, ".kb-term", 2)
    cited, of_cited = of(page, ".kb-cite")
    term.focus()
    cited.hover()
    expect(of_cited).to_be_visible()
    expect(of_term).to_be_hidden()
    assert shown(page) == 1
    page.locator("h1").hover()
    expect(of_cited).to_be_hidden()
    expect(of_term).to_be_visible()


def test_a_tip_at_the_foot_of_the_window_opens_upwards(page: Page) -> None:
    page.goto(LAUNCH)
    link, tip = of(page, ".kb-term", 4)
    link.evaluate("node => scrollBy(0, node.getBoundingClientRect().bottom - innerHeight + 8)")
    link.hover()
    expect(tip).to_be_visible()
    above, words = tip.bounding_box(), link.bounding_box()
    assert above
    assert words
    assert above["y"] > 0
    assert 0 <= words["y"] - (above["y"] + above["height"]) < 10


@pytest.mark.parametrize("kind", KINDS)
def test_a_finger_opens_a_tip_and_then_follows_the_link(phone: Page, kind: str) -> None:
    link, tip = of(phone, kind)
    link.tap()
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert phone.url.endswith(LAUNCH)
    tip.tap()
    expect(tip).to_be_visible()
    link.tap()
    phone.wait_for_url("**/research/**")


def test_a_finger_closes_a_tip_elsewhere_and_opens_it_again(phone: Page) -> None:
    link, tip = of(phone, ".kb-term", 2)
    other, of_other = of(phone, ".kb-term", 3)
    link.tap()
    expect(tip).to_be_visible()
    phone.locator("#what-was-covered").tap(position={"x": 5, "y": 40})
    expect(tip).to_be_hidden()
    link.tap()
    expect(tip).to_be_visible()
    other.tap()
    expect(of_other).to_be_visible()
    expect(tip).to_be_hidden()
    assert phone.url.split("#")[0].endswith(LAUNCH)


@pytest.mark.parametrize("kind", KINDS)
def test_paper_shows_no_tip_and_no_dots(page: Page, kind: str) -> None:
    page.goto(LAUNCH)
    link, tip = of(page, kind)
    link.focus()
    page.emulate_media(media="print")
    expect(tip).to_be_hidden()
    if kind == ".kb-term":
        expect(link).to_have_css("text-decoration-line", "none")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [LAUNCH, "sessions/mentors-1/", "toolkit/"])
def test_axe_finds_no_fault_in_a_page_with_an_open_tip(context: Contexts, path: str, scheme: str) -> None:
    page = context(color_scheme=scheme).new_page()
    page.goto(path)
    link, tip = of(page, ".kb-term", 1)
    link.focus()
    expect(tip).to_be_visible()
    found = Axe().run(page, context="article").response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
