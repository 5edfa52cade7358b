"""What the search of the served site has that the theme's own lacks: excerpts, choices, and little to fetch."""

from __future__ import annotations

import itertools
import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from audit import axe
from audit.plan import DESK, PHONE, Mode, Visit
from knowledge_base.catalogue import Catalogue
from knowledge_base.publish import full_text
from tests.browser.conftest import serving
from tests.browser.searching import BOX, FIRST, FOUND, SAID, asked, open_search, search

pytestmark = pytest.mark.slow

Contexts = Callable[..., BrowserContext]

MOST_BYTES = 200_000
"""What may be fetched for a first result."""


@pytest.fixture
def found(page: Page) -> Page:
    """A page on which something is found."""
    open_search(page)
    search(page, "neglect")
    expect(page.locator(".kb-narrow")).to_be_visible()
    return page


# --- results ----------------------------------------------------------------------------------------


def test_a_result_is_a_page_with_its_best_sections(found: Page, address: str) -> None:
    first = found.locator(FOUND).first
    expect(first.locator("h1")).to_have_text("ALS 4: Child neglect")
    expect(first.locator("h1 mark")).to_have_text("neglect")
    sections = first.locator("> a").filter(has=found.locator("h2"))
    expect(sections).to_have_count(2)
    for place in range(2):
        heading = str(sections.nth(place).locator("h2").text_content())
        # What stands below a heading does not say the heading again.
        assert not str(sections.nth(place).locator("p").text_content()).startswith(heading)
        expect(sections.nth(place).locator("p mark").first).to_have_text(re.compile("^neglect(ing)?$"))
    link = str(sections.first.evaluate("link => link.href"))
    sections.first.click()
    expect(found).to_have_url(link)
    expect(found.locator(f"[id='{urlsplit(link).fragment}']")).to_be_in_viewport()


def test_an_excerpt_neither_ends_its_heading_nor_hides_where_it_was_cut(page: Page) -> None:
    open_search(page)
    search(page, "supervision")
    first = page.locator(FOUND).first
    expect(first.locator("h1")).to_have_text("Supervision")

    def excerpt(heading: str) -> str:
        section = first.locator("a").filter(has=page.get_by_role("heading", name=heading, exact=True))
        return str(section.locator("p").text_content())

    # Pagefind's begins with "from these works.", and ends before the sentence does.
    shown = excerpt("What the report takes from these works")
    assert shown.startswith("Good supervision and reflection help")
    assert shown.endswith(" …")
    shown = excerpt("Where the programme used it")
    assert re.match("… [a-z]", shown)
    assert shown.endswith(".")


def test_a_phrase_brings_pages_in_the_order_of_its_words(page: Page, address: str) -> None:
    open_search(page)
    for words in ("disguised compliance", "als 2"):
        page.locator(BOX).fill("")
        ranked = asked(page, address, words)
        page.locator(BOX).fill("")
        phrase = asked(page, address, f'"{words}"')
        assert phrase[0] == ranked[0], words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("supervison", "Nothing found for “supervison”. For “supervision”: "),
        ("supervison research", "Nothing found for “supervison”. For “supervision”: "),
        # Beginnings, and other forms of words that stand there.
        ("supervis", ""),
        ("analyses", ""),
        ("neglected children", ""),
    ],
)
def test_a_slip_that_is_put_right_is_told(page: Page, typed: str, said: str) -> None:
    open_search(page)
    page.locator(BOX).fill(typed)
    expect(page.locator(SAID)).to_have_text(re.compile(rf"^{said}\d+ matching pages?$"))


@pytest.mark.parametrize("typed", ["als 2", "als-5", "missed"])
def test_pages_for_editors_stand_behind(page: Page, address: str, typed: str) -> None:
    open_search(page)
    found = asked(page, address, typed)
    assert len(found) >= FIRST
    assert not [one for one in found[:5] if one.startswith(("about/contribute/", "about/faults/"))]


def test_on_a_phone_a_result_on_the_same_page_leads_to_its_place(context: Contexts) -> None:
    page = context(viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
    page.goto("sessions/als-4/")
    page.locator("header [for=__search]").first.click()
    # From here on the theme holds the page still, and puts it back to where it was.
    expect(page.locator("body")).to_have_attribute("data-md-scrolllock", "")
    search(page, "neglect")
    section = page.locator(f"{FOUND} a", has=page.locator("h2")).nth(1)
    place = urlsplit(str(section.evaluate("link => link.href"))).fragment
    section.click()
    expect(page).to_have_url(re.compile(f"sessions/als-4/#{place}$"))
    expect(page.locator("body")).not_to_have_attribute("data-md-scrolllock", "")
    expect(page.locator(f"[id='{place}']")).to_be_in_viewport()


def test_the_other_sections_of_a_page_open(found: Page) -> None:
    more = found.locator(FOUND).first.locator("details")
    number = int(str(more.locator("summary").text_content()).split()[0])
    expect(more.locator("a").first).to_be_hidden()
    more.locator("summary").click()
    expect(more.locator("a:visible")).to_have_count(number)


def test_how_many_are_found_is_read_out(found: Page) -> None:
    assert int(str(found.get_by_role("status").text_content()).split()[0]) > FIRST


def test_words_by_which_a_page_is_found_are_not_shown(page: Page, sources: Catalogue) -> None:
    open_search(page)
    search(page, "lip service")
    first = page.locator(FOUND).first
    expect(first).to_contain_text("disguised compliance")
    expect(first).not_to_contain_text("lip service")
    # In their place stands what the page is about.
    matter = sources.pages["sessions/als-3.md"].source.matter
    assert matter
    expect(first).to_contain_text(matter.description)


def test_a_text_that_looks_like_html_is_shown_as_text(page: Page) -> None:
    open_search(page)
    search(page, "markdown")
    expect(page.locator(FOUND).first).to_be_visible()
    inside = page.locator(".md-search-result__list").evaluate(
        "list => [...list.querySelectorAll('*')].map(e => e.localName)"
    )
    assert set(inside) <= {"li", "a", "article", "div", "h1", "h2", "p", "mark", "details", "summary"}


def test_where_no_page_has_all_the_words_those_that_have_some_are_shown(page: Page, address: str) -> None:
    open_search(page)
    found = asked(page, address, "devils advocate backfill")
    assert "toolkit/devils-advocate/" in found


def test_words_of_most_pages_do_not_count_beside_others(page: Page, address: str) -> None:
    def of_a_large_site(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), "everywhere": "neglect child als"})

    page.context.route("**/search/pagefind-entry.json", of_a_large_site)
    open_search(page)
    assert asked(page, address, "neglect trio") == asked(page, address, "trio") != []
    assert "sessions/als-4/" not in asked(page, address, "trio")
    # By themselves they are looked for, and so is one with its number.
    assert "sessions/als-4/" in asked(page, address, "child neglect")[:FIRST]
    # Of several, the two that fewest pages have.
    assert asked(page, address, "als child neglect") == asked(page, address, "child neglect")
    page.context.unroute_all(behavior="ignoreErrors")
    assert asked(page, address, "als 2")[0] == "sessions/als-2/"


def test_more_pages_come_when_the_last_one_is_seen(found: Page) -> None:
    number = int(str(found.locator(SAID).text_content()).split()[0])
    shown = found.locator(FOUND)
    expect(shown).not_to_have_count(number)
    for _ in range(number):
        found.locator(FOUND).last.scroll_into_view_if_needed()
        found.wait_for_timeout(50)
    expect(shown).to_have_count(number)
    titles = found.locator(f"{FOUND} h1").all_text_contents()
    assert len(set(titles)) == number


def test_a_word_that_is_begun_is_shown_to_its_end_and_taken_over(page: Page) -> None:
    open_search(page)
    search(page, "child negl")
    grey = page.locator("[data-md-component=search-suggest]")
    expect(grey).to_have_text("child neglect")
    page.keyboard.press("ArrowRight")
    expect(page.locator(BOX)).to_have_value("child neglect")
    search(page, "x")
    expect(grey).to_be_empty()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_colours_of_the_readers_own_words_found_and_the_focus_are_seen(
    browser: Browser, served: Path, scheme: str
) -> None:
    # The site as it is published: there the looks of results are a sheet of their own, which comes last.
    with serving(served) as address:
        context = browser.new_context(base_url=address, forced_colors="active", color_scheme=scheme)
        page = context.new_page()
        open_search(page)
        search(page, "neglect")
        mark = page.locator(f"{FOUND} mark").first
        expect(mark).to_be_visible()
        system = "name => {document.body.style.color = name; return getComputedStyle(document.body).color}"
        expect(mark).to_have_css("background-color", page.evaluate(system, "Mark"))
        expect(mark).to_have_css("color", page.evaluate(system, "MarkText"))
        expect(page.locator(".md-search__output")).to_have_css("border-style", "solid")
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"{FOUND} a:focus")).to_have_css("outline-style", "solid")
        context.close()


# --- narrowing --------------------------------------------------------------------------------------


def test_choices_stand_there_only_with_results(page: Page) -> None:
    open_search(page)
    choices = page.locator(".kb-narrow")
    expect(choices).to_be_hidden()
    search(page, "mentors")
    expect(choices).to_be_visible()
    for label in ("Kind of page", "Session", "For"):
        expect(page.get_by_role("combobox", name=label, exact=True)).to_be_visible()
    page.locator(BOX).fill("")
    search(page, " ")
    expect(choices).to_be_hidden()


@pytest.mark.parametrize(
    ("label", "choice", "right"),
    [
        ("Kind of page", "Notes", lambda address: address.startswith("notes/")),
        (
            "Session",
            "ALS 4",
            lambda address: address == "sessions/als-4/" or address.startswith(("notes/", "toolkit/")),
        ),
        ("For", "In supervision", lambda address: address.startswith("toolkit/")),
    ],
)
def test_a_choice_leaves_what_fits_it(
    page: Page, address: str, label: str, choice: str, right: Callable[[str], bool]
) -> None:
    open_search(page)
    search(page, "child")
    select = page.get_by_role("combobox", name=label, exact=True)
    option = select.locator("option", has_text=f"{choice} (")
    number = int(str(option.text_content()).rpartition("(")[2].rstrip(")"))
    select.select_option(value=choice)
    expect(page.locator(SAID)).to_have_text(f"{number} matching page{'s' if number > 1 else ''}")
    links = page.locator(f"{FOUND} > a:first-child").evaluate_all("links => links.map(link => link.href)")
    assert links
    assert all(right(link.removeprefix(address)) for link in links)


def test_choices_are_kept_while_somebody_types_on_and_say_what_is_elsewhere(found: Page, address: str) -> None:
    found.get_by_role("combobox", name="Kind of page").select_option(value="Notes")
    expect(found.locator(f"{FOUND} h1").first).to_contain_text("Notes")
    search(found, " crittenden")
    expect(found.locator(SAID)).to_contain_text("Nothing found here. Elsewhere:")
    expect(found.locator(FOUND)).to_have_count(0)
    found.get_by_role("combobox", name="Kind of page").select_option(label="All")
    expect(found.locator(FOUND).first).to_be_visible()


def test_emptying_the_box_takes_the_choices_back(found: Page) -> None:
    kind = found.get_by_role("combobox", name="Kind of page")
    kind.select_option(value="Notes")
    expect(found.locator(f"{FOUND} h1").first).to_contain_text("Notes")
    found.get_by_role("button", name="Clear").click()
    expect(found.locator(SAID)).to_have_text("Type to start searching")
    search(found, "devils advocate")
    expect(found.locator(f"{FOUND} h1").first).to_contain_text("Devil")
    expect(kind).to_have_value("")


def test_on_a_phone_what_is_chosen_is_read_whole(context: Contexts) -> None:
    page = context(viewport={"width": 390, "height": 844}).new_page()
    open_search(page)
    search(page, "supervision")
    expect(page.locator(".kb-narrow")).to_be_visible()
    for select in page.locator(".kb-narrow select").all():
        # The longest of them is 21 letters.
        assert select.evaluate("select => select.clientWidth") > 200


def test_tab_leads_through_the_choices_to_what_is_found_and_out(found: Page) -> None:
    for label in ("Kind of page", "Session", "For"):
        found.keyboard.press("Tab")
        expect(found.get_by_role("combobox", name=label, exact=True)).to_be_focused()
    found.keyboard.press("Shift+Tab")
    expect(found.get_by_role("combobox", name="Session")).to_be_focused()
    found.keyboard.press("Tab")
    links = found.locator(f"{FOUND} a")
    found.keyboard.press("Tab")
    expect(links.nth(0)).to_be_focused()
    found.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    found.keyboard.press("Shift+Tab")
    expect(found.get_by_role("combobox", name="For", exact=True)).to_be_focused()
    found.keyboard.press("Tab")
    expect(links.nth(0)).to_be_focused()
    found.keyboard.press("Tab")
    expect(links.first).to_be_hidden()


def test_tab_leads_out_of_the_choices_where_nothing_is_found_here(found: Page) -> None:
    found.get_by_role("combobox", name="Kind of page").select_option(value="Notes")
    search(found, " crittenden")
    expect(found.locator(SAID)).to_contain_text("Nothing found here. Elsewhere:")
    found.locator(".kb-narrow select:visible").last.focus()
    found.keyboard.press("Tab")
    expect(found.locator(".kb-narrow")).to_be_hidden()


def test_keys_in_a_choice_are_its_own(found: Page) -> None:
    found.keyboard.press("Tab")
    kind = found.get_by_role("combobox", name="Kind of page")
    found.keyboard.type("Notes")
    expect(kind).to_be_focused()
    expect(kind).to_have_value("Notes")
    expect(found.locator(BOX)).to_have_value("neglect")
    found.keyboard.press("Escape")
    expect(found.locator(FOUND).first).to_be_hidden()


@pytest.mark.parametrize(
    "mode",
    [DESK, PHONE, Mode("dark", 1280, 900, colours="dark"), Mode("light", 390, 844)],
    ids=lambda mode: mode.name,
)
def test_axe_finds_nothing_in_the_open_search(context: Contexts, mode: Mode) -> None:
    size = {"width": mode.width, "height": mode.height}
    page = context(viewport=size, color_scheme=mode.colours, reduced_motion="reduce").new_page()
    open_search(page)
    search(page, "neglect")
    expect(page.locator(".kb-narrow")).to_be_visible()
    page.wait_for_timeout(400)  # until the theme has faded it in
    inside = [
        finding
        for finding in axe.look(page, Visit("", mode))
        if ".md-search" in finding.place or "kb-narrow" in finding.source
    ]
    assert inside == []
    wide = page.locator(".md-search__scrollwrap").evaluate("list => [list.scrollWidth, list.clientWidth]")
    assert wide[0] <= wide[1]


# --- what it costs, and when it fails -----------------------------------------------------------------


# Nothing is asked for that comes after the first result.
ONE_PAGE = "window.IntersectionObserver = class { observe() {} unobserve() {} disconnect() {} }"


def fetched(browser: Browser, address: str, typed: str) -> tuple[list[str], str]:
    """The paths of what is fetched from the turn to the search to the first result, and what is said of how many."""
    context = browser.new_context(base_url=address)
    context.add_init_script(ONE_PAGE)
    page = context.new_page()
    page.goto("sessions/als-3/", wait_until="networkidle")
    asked_for: list[str] = []
    # Those of the worker among them.
    context.on("request", lambda request: asked_for.append(urlsplit(request.url.removeprefix(address)).path))
    page.keyboard.press("/")
    page.locator(BOX).fill(typed)
    page.locator(BOX).dispatch_event("keyup")
    expect(page.locator(FOUND).first).to_be_visible()
    said = str(page.locator(SAID).text_content())
    context.close()
    return asked_for, said


def weight(folder: Path, paths: list[str]) -> int:
    """The bytes of files as they travel: packed, if that makes less of them."""
    contents = [(folder / path).read_bytes() for path in paths]
    return sum(min(len(content), len(brotli.compress(content))) for content in contents)


@pytest.mark.parametrize(
    "typed",
    [
        "neglect",
        "crittenden",
        "child social work",
        "domestic violence and power",
        "how do I challenge a father who avoids every home visit of the social worker",
        "neglekt",
        "supervision neglekt",
        "qwertyuiop",
    ],
)
def test_a_first_result_costs_little(browser: Browser, site: Path, address: str, typed: str) -> None:
    paths, _ = fetched(browser, address, typed)
    assert "search/pagefind-worker.js" in paths
    assert weight(site, paths) <= MOST_BYTES, paths


def test_a_single_letter_is_not_looked_for(page: Page) -> None:
    open_search(page)
    asked_for: list[str] = []
    page.context.on("request", lambda request: asked_for.append(request.url))
    search(page, "c")
    page.wait_for_timeout(500)
    expect(page.locator(FOUND)).to_have_count(0)
    search(page, "hild")
    expect(page.locator(FOUND).first).to_be_visible()
    assert len([url for url in asked_for if url.endswith(".pf_index")]) == 1


def test_a_page_that_has_just_been_withdrawn_is_left_out(page: Page, address: str) -> None:
    open_search(page)
    first = asked(page, address, "neglect")[0]
    gone: list[str] = []

    def withdraw(route: Route) -> None:
        gone.append(route.request.url)
        route.fulfill(status=404) if len(gone) == 1 else route.continue_()

    page.context.route("**/*.pf_fragment", withdraw)
    page.reload()
    open_search(page)
    assert first not in asked(page, address, "neglect")


@pytest.mark.parametrize("script", ["search", "pagefind"])
def test_what_is_typed_while_the_search_is_on_its_way_is_looked_for(page: Page, script: str) -> None:
    held: list[Route] = []
    page.context.route(f"**/search/{script}.js", lambda route: held.append(route))
    page.goto("")
    search(page, "neglect")
    page.wait_for_timeout(200)
    expect(page.locator(FOUND)).to_have_count(0)
    held[0].continue_()
    expect(page.locator(FOUND).first).to_contain_text("neglect")


@pytest.mark.parametrize("script", ["search", "pagefind"])
def test_a_search_that_cannot_be_reached_says_so_and_is_tried_again(page: Page, script: str) -> None:
    page.context.route(f"**/search/{script}.js", lambda route: route.abort())
    page.goto("")
    search(page, "neglect")
    expect(page.locator(SAID)).to_contain_text("The search cannot be reached.")
    page.context.unroute(f"**/search/{script}.js")
    search(page, " ch")
    expect(page.locator(FOUND).first).to_be_visible()


# --- under the policy -------------------------------------------------------------------------------


POLICY = (
    "default-src 'none'; script-src 'self'{}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@pytest.mark.parametrize("allowed", [" 'wasm-unsafe-eval'", ""])
def test_the_policy_has_to_allow_webassembly_and_nothing_looser(browser: Browser, served: Path, allowed: str) -> None:
    with serving(served, {"Content-Security-Policy": POLICY.format(allowed)}) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        complaints: list[str] = []
        context.on(
            "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.goto("sessions/als-3/")
        search(page, "neglect")
        if allowed:
            expect(page.locator(FOUND).first).to_contain_text("neglect")
            assert complaints == []
        else:
            expect(page.locator(SAID)).to_contain_text("The search cannot be reached.", timeout=15_000)
            assert any("WebAssembly" in text for text in complaints)
        context.close()


# --- at 5,000 pages ---------------------------------------------------------------------------------


def many(number: int) -> list[dict[str, str]]:
    """Entries of made-up pages, of some 400 words each, of which the first stand on nearly every page."""
    chance = random.Random(5)  # noqa: S311 - the same pages at each run
    parts = "ash bar gren ham ill ker lin mer nor or pi ro stan tor ul ven wick".split()
    made = {"".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(20_000)}
    words = ["supervision", "children", *sorted(made)]
    often = list(itertools.accumulate(1 / (place + 200) for place in range(len(words))))

    def text(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=often, k=length))

    entries = []
    for page in range(number):
        address = f"notes/2026-27/als-{page}/"
        entries.append({"location": address, "title": text(4), "text": text(60), "summary": text(15)})
        entries += [{"location": f"{address}#{part}", "title": text(4), "text": text(80)} for part in range(4)]
    return entries


@pytest.mark.slow
def test_a_first_result_costs_little_at_5000_pages(
    browser: Browser, preview: Path, sources: Catalogue, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(preview, tmp_path / "site"))
    entries = many(5000)
    (folder / "search/search_index.json").write_text(json.dumps({"docs": entries}), encoding="utf-8")
    assert full_text.write(sources, folder) == []
    pages: dict[str, set[str]] = {}
    for entry in entries:
        words = f"{entry['title']} {entry['text']} {entry.get('summary', '')}".split()
        pages.setdefault(entry["location"].partition("#")[0], set()).update(words)
    rare = sorted(set.union(*pages.values()))[:3]
    with serving(folder) as address:
        mixed = f"children {rare[0]} supervision {rare[1]}"
        for typed in ("supervision", "children supervision", rare[0], " ".join(rare), mixed, "supervizion"):
            paths, said = fetched(browser, address, typed)
            assert weight(folder, paths) <= MOST_BYTES, paths
            found = sum(set(typed.split()) <= words for words in pages.values())
            # Each page in whatever part of the index it is, although not each of its words was told to the indexer.
            assert not typed.endswith("supervision") or said == f"{found:,} matching pages"
