"""What a reader's browser makes of the built site."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.built import Built, having, words

# One page of each kind.
KINDS = {
    "home": "",
    "session": "sessions/als-3/",
    "session with a run sheet": "sessions/mentors-1/",
    "catch up": "catch-up/",
    "notes": "notes/2010-11/als-5/",
    "toolkit": "toolkit/",
    "references": "research/references/",
    "table from data": "research/councils/",
    "about the site": "about/contribute/",
    "wrong address": "404.html",
}

Contexts = Callable[..., BrowserContext]


def first_citation(built: Built, address: str) -> tuple[str, str]:
    """The id of the work that a page cites first, and its full reference."""
    page = built[address]
    link = page.citations()[0]
    full = page.tree.get_element_by_id(link.get("aria-describedby"))
    return page.leads_to(link.get("href", ""))[1], " ".join(full.text_content().split())


@pytest.fixture(scope="module")
def visits(browser: Browser, address: str) -> dict[str, tuple[list[str], list[str]]]:
    """Each kind of page, opened once: what it requested, and of what the console complained."""
    found = {}
    context = browser.new_context(base_url=address)
    for kind, path in KINDS.items():
        requested: list[str] = []
        complaints: list[str] = []
        page = context.new_page()
        page.on("request", lambda request, kept=requested: kept.append(request.url))
        page.on("console", lambda said, kept=complaints: kept.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error, kept=complaints: kept.append(str(error)))
        page.goto(path, wait_until="load")
        if kind == "home":
            # Search loads its index and a worker of its own.
            page.locator("[data-md-component=search-query]").press_sequentially("neglect")
            page.locator(".md-search-result__item").first.wait_for()
        found[kind] = requested, complaints
        page.close()
    context.close()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_no_request_leaves_the_host(visits: dict[str, tuple[list[str], list[str]]], address: str, kind: str) -> None:
    requested, _ = visits[kind]
    assert len(requested) > 4
    assert [url for url in requested if not url.startswith((address, "data:", "blob:"))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_console_has_no_complaint(visits: dict[str, tuple[list[str], list[str]]], kind: str) -> None:
    _, complaints = visits[kind]
    assert complaints == []


# --- a wrong address --------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wrong_address_is_told_and_search_named_only_where_there_is_one(context: Contexts, scripts: bool) -> None:
    page = context(java_script_enabled=scripts).new_page()
    page.goto(KINDS["wrong address"])
    assert page.title().startswith("Page not found - ")
    expect(page.get_by_text(", or try the search")).to_be_visible(visible=scripts)
    expect(page.get_by_text("Start here")).to_be_visible()


# --- citations --------------------------------------------------------------------------------------


def test_a_citation_shows_its_reference_while_the_mouse_is_on_it(page: Page, built: Built) -> None:
    page.goto("sessions/als-3/")
    citation = page.locator(".kb-cite").first
    full = citation.locator(".kb-cite__full")
    expect(full).to_be_hidden()
    citation.locator("a").hover()
    expect(full).to_be_visible()
    expect(full).to_have_text(first_citation(built, "sessions/als-3/")[1])
    page.locator("h1").hover()
    expect(full).to_be_hidden()


def test_a_citation_shows_its_reference_while_the_keyboard_is_on_it(page: Page) -> None:
    page.goto("sessions/als-3/")
    first, second = page.locator(".kb-cite").nth(0), page.locator(".kb-cite").nth(1)
    page.locator("#what-was-covered .headerlink").focus()
    page.keyboard.press("Tab")
    expect(first.locator("a")).to_be_focused()
    expect(first.locator(".kb-cite__full")).to_be_visible()
    page.keyboard.press("Tab")
    expect(first.locator(".kb-cite__full")).to_be_hidden()
    expect(second.locator(".kb-cite__full")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_reference_that_shows_lies_inside_the_window(context: Contexts, width: int) -> None:
    page = context(viewport={"width": width, "height": 800}).new_page()
    page.goto("sessions/als-2/")
    edges = page.locator(".kb-cite").evaluate_all(
        """citations => citations.map(citation => {
            citation.querySelector("a").focus();
            const box = citation.querySelector(".kb-cite__full").getBoundingClientRect();
            return [citation.innerText, box.left, box.right];
        })"""
    )
    assert len(edges) > 10
    assert [name for name, left, right in edges if not 0 <= left < right <= width] == []


def test_the_browser_reads_the_reference_out_with_the_link(page: Page, built: Built) -> None:
    page.goto("sessions/als-3/")
    link = page.locator(".kb-cite a").first
    expect(link).to_have_accessible_description(first_citation(built, "sessions/als-3/")[1])


# --- finding and settings ---------------------------------------------------------------------------


def test_search_finds_the_session_on_disguised_compliance(page: Page) -> None:
    page.goto("")
    page.locator("[data-md-component=search-query]").press_sequentially("disguised compliance")
    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text("ALS 3")
    first.locator("a").first.click()
    expect(page.locator("h1")).to_contain_text("ALS 3")


def test_a_chosen_colour_scheme_shows_and_lasts(page: Page) -> None:
    page.goto("")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    light = body.evaluate("node => getComputedStyle(node).backgroundColor")
    page.get_by_title("Switch to the dark scheme").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    assert body.evaluate("node => getComputedStyle(node).backgroundColor") != light
    page.goto("sessions/als-3/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.get_by_title("Switch to the light scheme")).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_phones_colour_what_is_around_a_page_as_its_head_is(context: Contexts, colours: str) -> None:
    page = context(color_scheme=colours).new_page()
    page.goto("")
    told = page.locator("meta[name=theme-color]").get_attribute("content") or ""
    numbers = ", ".join(str(int(told[at : at + 2], 16)) for at in (1, 3, 5))
    expect(page.locator(".md-header")).to_have_css("background-color", f"rgb({numbers})")


def test_the_other_scheme_is_chosen_by_keyboard_and_back(page: Page) -> None:
    page.goto("")
    page.get_by_role("button", name="Switch to the dark scheme").press("Enter")
    back = page.get_by_role("button", name="Switch to the light scheme")
    expect(back).to_be_focused()
    back.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_a_reader_who_prefers_dark_gets_dark_before_the_scripts_are_there(context: Contexts) -> None:
    page = context(color_scheme="dark").new_page()
    page.route("**/*bundle*.js", lambda route: route.abort())
    page.goto("")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_the_scheme_follows_the_system_and_nothing_is_kept_until_a_reader_chooses(page: Page) -> None:
    page.goto("")
    kept = "localStorage.length"
    assert page.evaluate(kept) == 0
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title("Switch to the light scheme").click()
    assert page.evaluate(kept) == 1
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


@pytest.mark.parametrize("kept", ['"youtube"', "null", "7", '{"index": 1}', "no JSON"])
def test_what_was_not_kept_by_us_is_no_choice(context: Contexts, kept: str) -> None:
    page = context(color_scheme="dark").new_page()
    page.add_init_script(f"localStorage.setItem('/.__scheme', {kept!r})")
    page.goto("")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.locator(".kb-scheme:visible")).to_have_count(1)


def test_where_nothing_can_be_kept_the_scheme_still_changes(page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.goto("")
    page.get_by_title("Switch to the dark scheme").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_nothing_moves_while_a_page_loads(context: Contexts, path: str) -> None:
    page = context(viewport={"width": 390, "height": 844}).new_page()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(one => moved += one.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("moved") < 0.01


# --- phones, paper, and no scripts ------------------------------------------------------------------


@pytest.fixture(scope="module", params=[True, False], ids=["with scripts", "without scripts"])
def phone(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window as wide as a phone's."""
    size = {"width": 390, "height": 844}
    context = browser.new_context(base_url=address, viewport=size, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", ["home", "session", "session with a run sheet", "references", "table from data"])
def test_a_page_on_a_phone_does_not_scroll_sideways(phone: Page, kind: str) -> None:
    phone.goto(KINDS[kind])
    wide, window = phone.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert window == 390
    assert wide <= window


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_shows_the_name_of_the_site_whole(context: Contexts, width: int) -> None:
    page = context(viewport={"width": width, "height": 800}).new_page()
    page.goto("")
    room, needed = page.locator(".md-header__title .md-ellipsis").first.evaluate(
        "name => [name.clientWidth, name.scrollWidth]"
    )
    assert 0 < needed <= room


def test_every_word_of_the_timeline_lies_inside_the_drawing(context: Contexts) -> None:
    page = context(viewport={"width": 390, "height": 800}).new_page()
    page.goto("")
    drawing = page.locator(".kb-picture svg").first
    outside = drawing.evaluate(
        """svg => [...svg.querySelectorAll("text")].filter(text => {
            const {x, width} = text.getBBox();
            return !(width > 0 && x >= 0 && x + width <= svg.viewBox.baseVal.width);
        }).map(text => text.textContent)"""
    )
    assert drawing.locator("text").count() > 10
    assert outside == []


def test_a_session_reads_without_scripts(context: Contexts, built: Built) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto("sessions/mentors-1/")
    expect(page.locator(".kb-facts")).to_be_visible()
    session = built["sessions/mentors-1/"]
    # What is shown: without the meanings of terms, which open.
    shown = [" ".join(text.split()) for text in page.locator(".kb-facts dd").all_inner_texts()]
    assert shown == [words(fact) for fact in having(session.article, "kb-facts")[0].iter("dd")]
    rows = session.cells(next(session.article.iter("table")))
    expect(page.locator("article tbody tr:visible")).to_have_count(len(rows))
    page.locator(".md-tabs").get_by_role("link", name="Catch up").click()
    expect(page.locator("h1")).to_have_text(words(next(built["catch-up/"].article.iter("h1"))))


def test_the_bibliography_reads_without_scripts(context: Contexts, built: Built) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto("sessions/als-3/")
    page.locator(".kb-cite a").first.click()
    name, full = first_citation(built, "sessions/als-3/")
    work = page.locator(f"#{name}")
    expect(work).to_be_in_viewport()
    expect(work).to_contain_text(full)
    works = having(built["research/references/"].article, "kb-work")
    expect(page.locator(".kb-work:visible")).to_have_count(len(works))


def test_paper_has_the_page_and_no_menus(page: Page) -> None:
    page.goto("sessions/mentors-1/")
    expect(page.locator(".md-header")).to_be_visible()
    page.emulate_media(media="print")
    for part in (".md-header", ".md-tabs", ".md-sidebar--primary", ".md-sidebar--secondary", ".md-footer"):
        expect(page.locator(part)).to_be_hidden()
    for part in ("h1", ".kb-facts", "table"):
        expect(page.locator(f"article {part}").first).to_be_visible()
    page.locator(".kb-cite a").first.focus()
    expect(page.locator(".kb-cite__full").first).to_be_hidden()
    # A work is named in full; words that only lead on are of no use there.
    expect(page.locator(".kb-cited li").first).to_be_visible()
    expect(page.get_by_text("More about this work").first).to_be_hidden()
