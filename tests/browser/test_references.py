"""The bibliography: works chosen by keyboard and by address, one copied; without scripts, from disk and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

# One page's script in a real browser, minutes of it: `make audit` runs these.
pytestmark = pytest.mark.slow

Contexts = Callable[..., BrowserContext]
REFERENCES = "research/references/"
COUNT = ".kb-filters output"
ALS_3 = "#session=als-3"


def works(page: Page) -> Locator:
    return page.locator(".kb-work[data-type]").filter(visible=True)


def rows(page: Page) -> Locator:
    return page.locator(".kb-filters ~ table tbody tr").filter(visible=True)


def mark(page: Page) -> str:
    return urlsplit(page.url).fragment


@pytest.fixture
def opened(page: Page) -> Page:
    page.goto(REFERENCES)
    return page


def test_all_works_stand_there_until_something_is_chosen(opened: Page) -> None:
    total = works(opened).count()
    assert total == rows(opened).count() >= 65
    expect(opened.locator(COUNT)).to_have_text(f"All {total} works")


def test_works_are_chosen_by_keyboard_alone_and_the_address_says_so(opened: Page) -> None:
    total = works(opened).count()
    opened.get_by_label("Cited in session").focus()
    opened.keyboard.type("ALS 3")
    expect(opened.locator(COUNT)).not_to_have_text(f"All {total} works")
    of_session = works(opened).count()
    assert of_session == rows(opened).count() < total
    assert mark(opened) == "session=als-3"
    for _ in range(2):
        opened.keyboard.press("Tab")
    expect(opened.get_by_label("Kind", exact=True)).to_be_focused()
    opened.keyboard.type("Book")
    assert mark(opened) == "session=als-3&type=book"
    assert 0 < works(opened).count() < of_session
    expect(opened.locator(COUNT)).to_have_text(f"{works(opened).count()} of {total} works")
    for _ in range(2):
        opened.keyboard.press("Tab")
    expect(opened.get_by_role("button", name="Show all works")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.locator(COUNT)).to_have_text(f"All {total} works")
    assert mark(opened) == ""


def test_an_address_brings_the_choice_and_back_undoes_one(opened: Page) -> None:
    total = works(opened).count()
    opened.goto(f"{REFERENCES}{ALS_3}")
    of_session = works(opened).count()
    assert of_session < total
    expect(opened.get_by_label("Cited in session")).to_have_value("als-3")
    opened.get_by_label("Kind", exact=True).select_option("book")
    opened.go_back()
    expect(opened.get_by_label("Kind", exact=True)).to_have_value("")
    assert works(opened).count() == of_session
    opened.go_forward()
    expect(opened.get_by_label("Kind", exact=True)).to_have_value("book")


def test_an_address_that_names_what_is_not_there_shows_everything(page: Page) -> None:
    page.goto(f"{REFERENCES}#session=als-99&colour=red")
    expect(page.locator(COUNT)).to_contain_text("All ")
    expect(page.get_by_label("Cited in session")).to_have_value("")


def test_a_link_to_a_work_shows_it_although_it_was_not_chosen(page: Page) -> None:
    page.goto(f"{REFERENCES}{ALS_3}")
    work = page.locator("#munro-2008")
    expect(work).to_be_hidden()
    page.evaluate("location.hash = 'munro-2008'")
    expect(work).to_be_visible()
    expect(work).to_be_in_viewport()
    expect(page.locator(COUNT)).to_contain_text("All ")
    page.goto(f"{REFERENCES}#rustin-2005")
    expect(page.locator("#rustin-2005")).to_be_in_viewport()


def test_the_coverage_page_leads_to_the_works_of_a_session(page: Page) -> None:
    page.goto("research/coverage/")
    row = page.get_by_role("row", name="ALS 3")
    link = row.get_by_role("link", name="works")
    said = link.inner_text()
    link.click()
    page.wait_for_load_state()
    expect(page.locator(COUNT)).to_have_text(
        f"{said.split()[0]} of {page.locator('.kb-work[data-type]').count()} works"
    )


def test_a_citation_is_copied_as_text_and_said_to_be(context: Contexts) -> None:
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(REFERENCES)
    button = page.locator("#ferguson-2009").get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    expect(page.locator(".kb-said")).to_have_text("Copied")
    expect(button).to_be_focused()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Ferguson, H. (2009) ‘Performing child protection")
    assert text.endswith("https://doi.org/10.1111/j.1365-2206.2009.00630.x")


def test_a_citation_is_copied_where_scripts_have_no_clipboard(context: Contexts) -> None:
    made = context(permissions=["clipboard-read", "clipboard-write"])
    page = made.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(REFERENCES)
    button = page.locator("#munro-2008").get_by_role("button")
    button.click()
    expect(button).to_have_text("Copied")
    other = made.new_page()
    other.goto(REFERENCES)
    assert other.evaluate("navigator.clipboard.readText()").startswith("Munro, E. (2008) Effective child protection.")


def test_an_entry_that_has_a_correction_is_said_to_be_copied_as_printed(context: Contexts) -> None:
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(REFERENCES)
    corrected = page.locator(".kb-work").filter(has_text="Correction, ")
    assert corrected.count() == page.locator(".kb-work[data-corrected]").count() > 9
    button = corrected.first.get_by_role("button")
    button.click()
    expect(button).to_have_text("Copied as printed: see the note")
    expect(page.locator(".kb-said")).to_have_text("Copied as printed: see the note")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_choice_that_fits_no_work_says_so_and_shows_no_empty_table(context: Contexts, width: int) -> None:
    page = context(viewport={"width": width, "height": 844}).new_page()
    page.goto(f"{REFERENCES}{ALS_3}&type=thesis")
    expect(page.locator(COUNT)).to_have_text("No work fits all of these.")
    empty = [page.locator(".kb-filters ~ table"), page.get_by_role("heading", name="Bibliography")]
    for node in empty:
        expect(node).to_be_hidden()
    page.get_by_role("button", name="Show all works").click()
    for node in empty:
        expect(node).to_be_visible()


def test_from_disk_it_runs_as_well(context: Contexts, site: Path) -> None:
    page = context().new_page()
    page.goto(f"{(site / REFERENCES / 'index.html').as_uri()}{ALS_3}")
    page.get_by_label("Kind", exact=True).select_option("book")
    assert mark(page) == "session=als-3&type=book"
    expect(page.locator(COUNT)).to_contain_text(f"{works(page).count()} of ")


def test_without_scripts_the_whole_list_stands_there(context: Contexts) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{REFERENCES}{ALS_3}")
    assert page.locator(".kb-filters").bounding_box() is None
    expect(page.locator(".kb-scheme:visible")).to_have_count(0)
    assert works(page).count() == rows(page).count() >= 65
    expect(page.get_by_role("button", name="Copy citation")).to_have_count(0)


def test_it_keeps_inside_a_strict_policy_for_scripts_and_styles(page: Page) -> None:
    policy = "default-src 'self'; script-src 'self'; style-src 'self'"
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    def answer(route):  # type: ignore[no-untyped-def]
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    page.route(f"**/{REFERENCES}", answer)
    page.goto(f"{REFERENCES}{ALS_3}")
    expect(page.locator(COUNT)).to_contain_text(" of ")
    assert not [text for text in said if "references.js" in text]


def test_paper_has_what_was_chosen_and_no_controls(page: Page) -> None:
    page.goto(f"{REFERENCES}{ALS_3}")
    chosen = works(page).count()
    page.emulate_media(media="print")
    assert works(page).count() == chosen
    expect(page.locator(COUNT)).to_be_visible()
    expect(page.get_by_label("Cited in session")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy citation").first).to_be_hidden()


@pytest.mark.parametrize("where", [f"{REFERENCES}{ALS_3}", "research/coverage/", "research/data/"])
def test_a_phone_has_room_for_it(context: Contexts, where: str) -> None:
    page = context(viewport={"width": 320, "height": 640}, color_scheme="dark").new_page()
    page.goto(where)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for control in page.locator(".kb-filters :is(select, button), .kb-work button, .kb-fold summary").all():
        box = control.bounding_box()
        assert box is None or box["height"] >= 44


def test_nobody_is_kept_out_by_the_filters_and_buttons(opened: Page) -> None:
    opened.goto(f"{REFERENCES}{ALS_3}")
    assert Axe().run(opened, context="article").response["violations"] == []
