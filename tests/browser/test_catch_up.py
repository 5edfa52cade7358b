"""The plan for missed sessions: ticked by mouse or keys, kept in the address, sent, printed; without scripts too."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

# One page's script in a real browser, minutes of it: `make audit` runs these.
pytestmark = pytest.mark.slow

Contexts = Callable[..., BrowserContext]
PLAN = "catch-up/"


def routes(page: Page) -> list[str | None]:
    """The sessions whose routes are shown."""
    return [node.get_attribute("id") for node in page.locator(".kb-route:visible").all()]


def total(page: Page) -> Locator:
    return page.locator(".kb-plan__total")


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name)


def minutes_of(page: Page, session: str) -> int:
    return int(re.findall(r"\d+", page.locator(f"#{session} .kb-route__total").inner_text())[-1])


def test_ticked_sessions_make_one_plan_in_the_order_of_the_programme(page: Page) -> None:
    page.goto(PLAN)
    alone = minutes_of(page, "als-5")
    everything = routes(page)
    group = page.get_by_role("group", name="Which sessions did you miss?")
    group.get_by_role("checkbox", name="ALS 5").check()
    expect(total(page)).to_have_text(f"Your plan: 1 session, about {alone} minutes in all.")
    group.get_by_role("checkbox", name="ALS 2").check()
    expect(page).to_have_url(re.compile(r"#missed=als-2,als-5$"))
    assert routes(page) == ["als-2", "als-5"]
    sums = minutes_of(page, "als-2") + minutes_of(page, "als-5")
    expect(total(page)).to_have_text(f"Your plan: 2 sessions, about {sums} minutes in all.")
    page.go_back()
    expect(box(page, "ALS 2")).not_to_be_checked()
    assert routes(page) == ["als-5"]
    page.locator(".kb-plan").get_by_role("button", name="Clear").click()
    expect(total(page)).to_have_text("Nothing is ticked, so every route is shown.")
    assert routes(page) == everything
    assert minutes_of(page, "als-5") == alone


def test_a_reading_of_two_sessions_is_counted_once(page: Page) -> None:
    page.goto(PLAN)
    alone = minutes_of(page, "als-4")
    page.goto(f"{PLAN}#missed=als-3,als-4")
    again = page.locator("#als-4 .kb-route__again")
    expect(again).to_have_text([re.compile("Serious case reviews.*already in this plan")])
    spared = int(again.get_attribute("data-minutes") or "")
    assert minutes_of(page, "als-4") == alone - spared
    expect(total(page)).to_contain_text(f"about {minutes_of(page, 'als-3') + alone - spared} minutes in all")
    box(page, "ALS 3").uncheck()
    expect(again).to_have_count(0)
    assert minutes_of(page, "als-4") == alone


def test_a_plan_of_sessions_that_share_nothing_takes_what_the_list_says(page: Page) -> None:
    page.goto(f"{PLAN}#missed=als-3,als-5")
    listed = page.locator(".kb-plan__choice label:has(:checked) small").all_inner_texts()
    told = [int(re.findall(r"(\d+) minute", words)[0]) for words in listed]
    assert told == [minutes_of(page, name) for name in ("als-3", "als-5")]
    expect(total(page)).to_contain_text(f"about {sum(told)} minutes in all")


@pytest.mark.parametrize("width", [1280, 390])
def test_whoever_was_sent_a_plan_comes_to_it(context: Contexts, width: int) -> None:
    page = context(viewport={"width": width, "height": 844}).new_page()
    page.goto(f"{PLAN}#missed=als-3,als-5")
    expect(total(page)).to_be_in_viewport(ratio=1)
    expect(page.locator("#als-3 h3")).to_be_in_viewport()
    below = page.locator(".md-header").bounding_box()
    said = total(page).bounding_box()
    assert below is not None
    assert said is not None
    assert said["y"] >= below["y"] + below["height"]
    page.goto("about:blank")
    page.goto(PLAN)
    assert page.evaluate("scrollY") == 0


def test_an_address_with_unknown_sessions_says_which_were_left_out(page: Page) -> None:
    page.goto(f"{PLAN}#missed=ALS-3%2C%20als-99,<b>,%")
    assert routes(page) == ["als-3"]
    expect(total(page)).to_contain_text("Not known here, and left out: als-99, <b>, %.")
    page.goto(f"{PLAN}#missed=")
    expect(total(page)).to_have_text("Nothing is ticked, so every route is shown.")


def test_other_places_on_the_page_are_still_reached_and_leave_the_plan_alone(page: Page) -> None:
    page.goto(f"{PLAN}#what-papers-cannot-do")
    expect(page.locator("#what-papers-cannot-do")).to_be_in_viewport()
    assert len(routes(page)) > 1
    page.goto(f"{PLAN}#missed=als-3")
    page.locator(".kb-caution").get_by_role("link").click()
    expect(page.locator("#what-papers-cannot-do")).to_be_in_viewport()
    assert routes(page) == ["als-3"]
    # The contents beside the page name the routes that the plan has hidden as well.
    page.locator(".md-sidebar--secondary").get_by_role("link", name="ALS 6").click()
    expect(page.locator("#als-6 h3")).to_be_in_viewport()


def test_a_session_page_leads_to_its_own_plan(page: Page) -> None:
    page.goto("sessions/als-6/")
    page.get_by_role("link", name=re.compile(r"^Catch up in \d+ minutes$")).click()
    expect(page.locator("#if-you-missed-it")).to_be_in_viewport()
    page.get_by_role("link", name="Make one plan of them").click()
    expect(page).to_have_url(re.compile(r"/catch-up/#missed=als-6$"))
    expect(page.locator(".kb-plan--chosen")).to_have_count(1)
    assert routes(page) == ["als-6"]


def test_a_plan_is_made_by_keyboard_alone(page: Page) -> None:
    page.goto(PLAN)
    first = page.locator(".kb-plan").get_by_role("checkbox").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    assert routes(page) == ["launch"]
    page.locator(".kb-plan").get_by_role("button", name="Clear").focus()
    page.keyboard.press("Enter")
    expect(first).not_to_be_checked()


def test_the_link_is_copied(context: Contexts) -> None:
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(f"{PLAN}#missed=als-3,als-5")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".kb-plan__copied")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_button_prints_the_plan(page: Page) -> None:
    page.goto(f"{PLAN}#missed=als-3")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print the plan").click()
    assert page.evaluate("window.printed")


def test_where_there_is_no_clipboard_the_link_is_there_to_be_copied(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{PLAN}#missed=als-3")
    page.get_by_role("button", name="Copy link").click()
    field = page.get_by_label("Address of this plan")
    expect(field).to_be_focused()
    expect(field).to_have_value(page.url)
    assert field.evaluate("node => node.selectionEnd - node.selectionStart") == len(page.url)
    expect(page.locator(".kb-plan__copied")).to_contain_text("Copy the address")


def test_without_scripts_every_route_is_there_and_nothing_that_needs_them(context: Contexts) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{PLAN}#missed=als-3")
    assert {"launch", "als-1", "als-6", "mentors-2"} <= set(routes(page))
    expect(page.locator(".kb-plan__choice")).to_be_hidden()
    expect(page.locator("#als-3")).to_contain_text("Three questions")


def test_on_paper_there_is_the_plan_and_the_warning_and_no_more(page: Page) -> None:
    page.goto(f"{PLAN}#missed=als-3,als-4")
    page.emulate_media(media="print")
    shown = page.locator(".kb-page > :visible")
    classes = [node.get_attribute("class") for node in shown.all()]
    assert classes == ["kb-caution", "kb-plan kb-plan--chosen"]
    expect(page.locator(".kb-plan__choice")).to_be_hidden()
    expect(total(page)).to_be_visible()
    assert routes(page) == ["als-3", "als-4"]
    tick = "node => getComputedStyle(node, '::before').content !== 'none'"
    steps = page.locator("#als-4 .kb-route__steps > li")
    ticked = {node.get_attribute("class") or "to do": node.evaluate(tick) for node in steps.all()}
    assert ticked == {"to do": True, "kb-route__none": False, "kb-route__again": False}


def test_three_sessions_have_room_on_one_sheet(page: Page) -> None:
    page.goto(f"{PLAN}#missed=launch,als-3,als-5")
    with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as paper:
        assert len(paper.pages) == 1


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (320, "light")])
def test_the_plan_fits_its_window_and_shuts_nobody_out(context: Contexts, width: int, scheme: str) -> None:
    page = context(viewport={"width": width, "height": 844}, color_scheme=scheme).new_page()
    page.goto(f"{PLAN}#missed=als-3,als-4")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator(".kb-plan__choice").locator("label:visible, button").all():
        found = control.bounding_box()
        assert found is not None
        assert found["height"] >= 44, control.inner_text()
    assert Axe().run(page, context=".kb-plan").response["violations"] == []
