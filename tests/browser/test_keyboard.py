"""Journeys by keyboard alone: what a reader without a mouse can reach, and see that they have reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.searching import BOX, FOUND, search_once

pytestmark = pytest.mark.slow

Contexts = Callable[..., BrowserContext]

FOCUSED = "document.activeElement"
IS_MARKED = """element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
}"""


def tab_to(page: Page, name: str, at_most: int = 60) -> None:
    """Presses Tab until the focus is on the link or control of this name."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        words = page.evaluate(f"({FOCUSED}.getAttribute('aria-label') || {FOCUSED}.textContent || '').trim()")
        if words == name:
            return
    pytest.fail(f"'{name}' is not among the first {at_most} places that Tab leads to.")


def test_the_first_tab_offers_to_skip_to_the_text(page: Page) -> None:
    page.goto("sessions/als-3/")
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url("**#**")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.closest('article') !== null")


def test_tabs_lead_from_the_home_page_to_a_tool(page: Page) -> None:
    page.goto("")
    tab_to(page, "Toolkit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/toolkit/")
    tab_to(page, "Joint visit and debrief")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Joint visit and debrief")


def test_search_is_opened_walked_and_closed(page: Page) -> None:
    page.goto("")
    page.keyboard.press("/")
    field = page.locator(BOX)
    expect(field).to_be_focused()
    search_once(page, "neglect")
    page.locator(FOUND).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/als-4/**")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_focus_is_seen_wherever_it_goes(context: Contexts, width: int, scheme: str) -> None:
    page = context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto("sessions/als-3/")
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate_handle(FOCUSED).as_element()
        assert focused is not None
        if not focused.evaluate(IS_MARKED):
            unseen.append(focused.evaluate("element => element.outerHTML.slice(0, 90)"))
        box = focused.bounding_box()
        if box is not None and box["y"] + box["height"] > 0:
            # Nothing that stays in place, such as the header, may hide it; what opened for it has a moment to close.
            page.wait_for_function(
                """element => {
                    const box = element.getClientRects()[0];
                    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                    const bar = top && top.closest(".md-header, .md-top");
                    return !bar || bar.contains(element);
                }""",
                arg=focused,
                timeout=2000,
            )
    assert unseen == []


def test_no_target_is_smaller_than_a_finger_needs(context: Contexts) -> None:
    """24 by 24 pixels; links inside a sentence are as large as its line."""
    page = context(viewport={"width": 390, "height": 844}).new_page()
    page.goto("toolkit/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, .md-header label, .kb-tools > li > a")]
            .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
            .map(element => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
            .map(([html, box]) => `${html} ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
    )
    assert small == []


def test_the_menu_of_a_narrow_window_opens_and_closes_by_keys(context: Contexts) -> None:
    """At 400 % zoom a window of 1280 pixels is 320 wide."""
    page = context(viewport={"width": 320, "height": 256}).new_page()
    page.goto("sessions/als-3/")
    menu = page.get_by_role("button", name="Menu")
    tab_to(page, "Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    assert page.evaluate(f"{FOCUSED}.closest('.md-sidebar--primary') !== null")
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()


def test_what_a_closed_menu_holds_is_no_stop(context: Contexts) -> None:
    page = context(viewport={"width": 390, "height": 844}).new_page()
    page.goto("sessions/als-3/")
    for _ in range(30):
        page.keyboard.press("Tab")
        assert not page.evaluate(f"{FOCUSED}.closest('.md-sidebar--primary') !== null")
