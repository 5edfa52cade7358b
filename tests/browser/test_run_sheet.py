"""Run sheets: times for any start, whether they fit, one page of paper, and the view for the room."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

# One page's script in a real browser, minutes of it: `make audit` runs these.
pytestmark = pytest.mark.slow

Contexts = Callable[..., BrowserContext]
MENTORS = "sessions/mentors-1/"
UNTIMED = "toolkit/team-session/"
SHEETS = [MENTORS, "sessions/mentors-2/", "toolkit/reflective-practice-workshop/", UNTIMED]
DAY = "2026-11-24T"


def times(page: Page) -> list[str]:
    return [str(text) for text in page.locator(".kb-run-sheet tbody td:first-child").all_text_contents()]


def said(page: Page) -> Locator:
    return page.locator(".kb-run").get_by_role("status")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


@pytest.fixture
def sheet(page: Page) -> Page:
    page.goto(MENTORS)
    return page


# --- times ------------------------------------------------------------------------------------------


def test_a_chosen_start_moves_all_times_and_stands_in_the_address(sheet: Page) -> None:
    expect(sheet.get_by_label("Start at")).to_have_value("10:00")
    printed = times(sheet)
    sheet.get_by_label("Start at").fill("09:30")
    assert times(sheet)[:3] == ["09:30", "09:45", "09:55"]
    assert times(sheet)[-1] == "13:15"
    expect(said(sheet)).to_have_text("Times for a start at 09:30.")
    assert sheet.url.endswith("#start=09:30")
    sheet.reload()
    assert times(sheet)[-1] == "13:15"
    button(sheet, "Back to the printed times").click()
    assert times(sheet) == printed
    expect(sheet.get_by_label("Start at")).to_be_focused()
    expect(said(sheet)).to_have_text("")
    assert sheet.url.endswith(MENTORS)


def test_a_start_that_was_sent_is_shown_at_once(page: Page) -> None:
    page.goto(f"{MENTORS}#start=14%3A00&until=18:00")
    assert times(page)[0] == "14:00"
    expect(page.locator(".kb-run")).to_be_in_viewport()
    page.goto(f"{MENTORS}#start=08:00")
    assert times(page)[0] == "08:00"
    # A place on the page is no start, and takes none away.
    page.goto(f"{MENTORS}#activities")
    assert times(page)[0] == "08:00"


def test_an_address_that_names_no_time_changes_nothing(page: Page) -> None:
    for mark in ("start=25:00", "start=9", "start=<b>", "until=soon"):
        page.goto(f"{MENTORS}#{mark}")
        assert times(page)[0] == "10:00"
        expect(said(page)).to_have_text("")


def test_it_says_in_words_whether_the_sheet_fits(sheet: Page) -> None:
    for until, words in {
        "13:00": "Does not fit: 45 minutes too long. It ends at 13:45.",
        "12:40": "Does not fit: 1 hour 5 minutes too long. It ends at 13:45.",
        "13:45": "Fits to the minute. It ends at 13:45.",
        "14:00": "Fits, with 15 minutes to spare. It ends at 13:45.",
        "09:00": "09:00 is not after the start.",
    }.items():
        sheet.get_by_label("We have until").fill(until)
        expect(said(sheet)).to_have_text(words)
        assert sheet.url.endswith(f"#until={until}")


def test_a_sheet_of_minutes_gets_times_from_its_start(page: Page) -> None:
    page.goto(UNTIMED)
    head = page.locator(".kb-run-sheet thead th").first
    expect(head).to_have_text("From the start")
    assert times(page)[:2] == ["0:00", "0:10"]
    page.get_by_label("We have until").fill("12:00")
    expect(said(page)).to_have_text("Give a start too, to see whether it fits.")
    page.get_by_label("Start at").fill("09:15")
    expect(head).to_have_text("Time")
    assert [times(page)[0], times(page)[-1]] == ["09:15", "12:15"]
    button(page, "Clear the times").click()
    expect(head).to_have_text("From the start")
    assert times(page)[-1] == "3:00"


def test_a_late_start_is_one_button(page: Page) -> None:
    page.clock.install(time=f"{DAY}14:20:30")
    page.goto(MENTORS)
    button(page, "Start now").click()
    assert [times(page)[0], times(page)[-1]] == ["14:20", "18:05"]
    assert page.url.endswith("#start=14:20")
    button(page, "Use in the room").click()
    expect(page.locator(".kb-room__now")).to_have_text("Arrival and coffee")


def test_without_scripts_the_printed_times_stand_and_nothing_is_offered_that_does_nothing(context: Contexts) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{MENTORS}#start=09:30")
    assert [times(page)[0], times(page)[-1]] == ["10:00", "13:45"]
    assert page.locator(".kb-run :is(button, input)").count() == 0


def test_on_a_phone_nothing_sticks_out_and_a_finger_has_room(context: Contexts) -> None:
    page = context(viewport={"width": 320, "height": 700}).new_page()
    page.clock.install(time=f"{DAY}10:20:00")
    page.goto(f"{MENTORS}#start=10:00&until=12:00")
    small = """nodes => nodes.map(node => [node.name || node.textContent, node.getBoundingClientRect().height])
        .filter(([, height]) => height < 44)"""
    room = page.locator("dialog")
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.locator(".kb-run__tools :is(button, input)").evaluate_all(small) == []
        button(page, "Use in the room").click()
        assert room.evaluate("node => node.scrollWidth") <= width
        assert room.get_by_role("button").evaluate_all(small) == []
        room.get_by_role("button", name="Close").click()


# --- paper ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHEETS)
def test_the_sheet_alone_prints_on_one_page_as_it_is_shown(page: Page, path: str) -> None:
    page.goto(f"{path}#start=09:30")
    page.evaluate("window.print = () => { window.printed = document.body.className; }")
    before = page.locator(".kb-run").bounding_box()
    button(page, "Print the run sheet").click()
    assert page.evaluate("window.printed.includes('kb-print-sheet')")
    assert page.locator(".kb-run").bounding_box() == before
    page.emulate_media(media="print")
    for shown in ("h1", ".kb-run-sheet", ".kb-run__needs"):
        expect(page.locator(shown).first).to_be_visible()
    expect(said(page)).to_have_text("Times for a start at 09:30.")
    for hidden in ("#where-this-comes-from", ".kb-facts", ".kb-run__tools", ".kb-review"):
        expect(page.locator(hidden).first).to_be_hidden()
    notes = "getComputedStyle(document.querySelector('.kb-run-sheet thead tr'), '::after').content"
    assert page.evaluate(notes) == '"Notes"'
    with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as paper:
        assert len(paper.pages) == 1
    # Printed: the page is whole again.
    expect(page.locator("#where-this-comes-from")).to_be_visible()
    assert page.evaluate(notes) == "none"


# --- in the room ------------------------------------------------------------------------------------


@pytest.fixture
def room(page: Page) -> Callable[[str], Locator]:
    """Opens the view for the room at a time of the machine's clock, which then stands still until it is moved."""

    def enter(at: str, path: str = MENTORS) -> Locator:
        page.clock.install(time=f"{DAY}08:00:00")
        page.goto(path)
        page.clock.pause_at(f"{DAY}{at}")
        button(page, "Use in the room").click()
        return page.locator("dialog")

    return enter


def shows(room: Locator, **parts: str) -> None:
    for name, words in parts.items():
        expect(room.locator(f".kb-room__{name}")).to_have_text(words)


def test_the_room_sees_what_is_on_how_long_and_what_is_next(room: Callable[..., Locator]) -> None:
    shows(
        room("10:30:00"),
        state="10:30",
        now="Story circle: a change in practice",
        left="25:00",
        until="left, until 10:55",
        next="Next: Cross-circle dialogue, at 10:55",
    )


def test_before_and_after(page: Page, room: Callable[..., Locator]) -> None:
    view = room("09:48:00")
    shows(view, now="Not started yet", left="Starts in 12 min", until="", next="Next: Arrival and coffee, at 10:00")
    page.clock.fast_forward("04:00:00")
    shows(view, now="Finished", left="", next="")
    expect(view.get_by_role("button", name="Next item")).to_be_disabled()


def test_opened_after_its_end_it_says_why_there_is_nothing(page: Page, room: Callable[..., Locator]) -> None:
    view = room("14:05:00")
    words = "By these times it ended at 13:45. Close, and choose another start."
    shows(view, now="Finished", until=words, said=f"Finished. {words}")
    view.get_by_role("button", name="Close").click()
    page.get_by_label("Start at").fill("14:00")
    button(page, "Use in the room").click()
    shows(view, now="Arrival and coffee")


def test_an_end_that_was_seen_is_no_reason_to_choose_another_start(page: Page, room: Callable[..., Locator]) -> None:
    view = room("13:40:00")
    page.clock.fast_forward("10:00")
    shows(view, now="Finished", until="", said="Finished.")


@pytest.mark.parametrize(("width", "height"), [(740, 360), (667, 330)])
def test_a_phone_held_sideways_has_room_for_all_of_it(context: Contexts, width: int, height: int) -> None:
    page = context(viewport={"width": width, "height": height}).new_page()
    page.clock.install(time=f"{DAY}10:56:00")
    page.goto(MENTORS)
    button(page, "Use in the room").click()
    view = page.locator("dialog")
    for _ in range(2):
        assert view.evaluate("node => node.scrollHeight <= node.clientHeight"), view.inner_text()
        view.get_by_role("button", name="Previous item").click()


def test_it_goes_by_the_clock_after_the_machine_slept(page: Page, room: Callable[..., Locator]) -> None:
    view = room("10:16:00")
    shows(view, now="Welcome, introductions and ground rules")
    page.clock.fast_forward("01:00:00")
    shows(view, now="Building a best practice toolkit", left="9:00")


def test_an_overrun_moves_all_that_follows(page: Page, room: Callable[..., Locator]) -> None:
    view = room("10:56:00")
    view.get_by_role("button", name="Previous item").click()
    shows(view, now="Story circle: a change in practice", left="1:00 over", until="was to end at 10:55")
    page.clock.fast_forward("09:00")
    shows(
        view, state="11:05 · Running 10 minutes late", left="10:00 over", next="Next: Cross-circle dialogue, at 11:05"
    )
    view.get_by_role("button", name="Next item").click()
    shows(view, state="11:05 · Running 10 minutes late", now="Cross-circle dialogue", left="15:00")
    shows(view, until="left, until 11:20", next="Next: Building a best practice toolkit, at 11:20")
    page.clock.fast_forward("20:00")
    shows(view, now="Building a best practice toolkit", until="left, until 11:35")


def test_a_late_beginning_and_a_step_too_far(room: Callable[..., Locator]) -> None:
    view = room("10:05:00")
    back, on = (view.get_by_role("button", name=f"{which} item") for which in ("Previous", "Next"))
    back.click()
    shows(view, now="Not started yet", left="5 min late")
    expect(back).to_be_disabled()
    on.click()
    shows(view, now="Arrival and coffee", left="15:00", state="10:05 · Running 5 minutes late")
    on.click()
    shows(view, now="Welcome, introductions and ground rules", state="10:05 · Running 10 minutes early")
    back.click()
    shows(view, now="Arrival and coffee", left="15:00", state="10:05 · Running 5 minutes late")


def test_only_a_new_item_is_announced(page: Page, room: Callable[..., Locator]) -> None:
    view = room("10:14:00")
    live = view.locator("[aria-live]")
    assert live.count() == 1
    expect(live).to_have_text("Now: Arrival and coffee.")
    live.evaluate(
        "node => new MutationObserver(() => (window.said = (window.said || 0) + 1)).observe(node, {childList: true})"
    )
    page.clock.run_for("00:50")
    shows(view, left="0:10")
    assert page.evaluate("window.said") is None
    page.clock.run_for("00:20")
    expect(live).to_have_text("Now: Welcome, introductions and ground rules.")
    assert page.evaluate("window.said") == 1


def test_the_room_is_worked_by_keys_and_gives_the_focus_back(page: Page) -> None:
    page.clock.install(time=f"{DAY}10:30:00")
    page.goto(MENTORS)
    button(page, "Use in the room").focus()
    page.keyboard.press("Enter")
    view = page.locator("dialog")
    expect(view.get_by_role("button", name="Next item")).to_be_focused()
    page.keyboard.press("Enter")
    shows(view, now="Cross-circle dialogue")
    # The theme turns the page at this key.
    page.keyboard.press("n")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(view).to_be_hidden()
    expect(button(page, "Use in the room")).to_be_focused()
    assert page.evaluate("document.fullscreenElement") is None
    assert page.url.endswith(MENTORS)


def test_a_sheet_of_minutes_begins_when_the_room_is_opened(page: Page, room: Callable[..., Locator]) -> None:
    view = room("09:15:00", UNTIMED)
    shows(view, now="Why we are here", left="10:00", next="Next: What bothers us about it, at 09:25")
    view.get_by_role("button", name="Close").click()
    assert page.url.endswith("#start=09:15")
    assert times(page)[0] == "09:15"


def test_who_wants_less_motion_sees_no_seconds(context: Contexts) -> None:
    page = context(reduced_motion="reduce").new_page()
    page.clock.install(time=f"{DAY}10:30:30")
    page.goto(MENTORS)
    button(page, "Use in the room").click()
    shows(page.locator("dialog"), left="25 min")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_sheet_or_room(context: Contexts, scheme: str) -> None:
    page = context(color_scheme=scheme).new_page()
    page.clock.install(time=f"{DAY}11:00:00")
    page.goto(f"{MENTORS}#start=10:00&until=12:00")

    def faults(place: str) -> list[object]:
        found = Axe().run(page, context=place).response["violations"]
        return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]

    assert faults(".kb-run") == []
    button(page, "Use in the room").click()
    button(page, "Previous item").click()
    assert faults(".kb-room") == []
