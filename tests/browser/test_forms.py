"""Forms, filled in on the page: what a reader writes, where it stays, what is kept after a yes, and what never is."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from knowledge_base.catalogue import Catalogue

# One page's script in a real browser, minutes of it: `make audit` runs these.
pytestmark = pytest.mark.slow

Contexts = Callable[..., BrowserContext]
LOG = "toolkit/action-log/"
PRIVACY = "about/privacy/"
KEY = "apir-form:toolkit/action-log"
WORDS = "Ask about daily life.\nOn Thursday."
STORED = "localStorage.getItem('apir-form:toolkit/action-log')"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
BLOCKED = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)


def field(page: Page, question: str = "What will I try?") -> Locator:
    return page.get_by_role("textbox", name=question)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def status(page: Page) -> Locator:
    return page.locator(".kb-fill [role=status]")


def say_yes(page: Page) -> None:
    page.get_by_role("radio", name="Yes").check()
    expect(status(page)).to_have_text("What you write is kept in this browser, on this device, until you clear it.")


def saved_copy(page: Page) -> tuple[str, str]:
    """The name of the file that a reader gets, and what is in it."""
    with page.expect_download() as waiting:
        button(page, "Save a copy").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_text(encoding="utf-8")


@pytest.fixture
def log(page: Page) -> Page:
    page.goto(LOG)
    return page


# --- to write -------------------------------------------------------------------------------------------


def test_each_row_has_a_field_that_is_named_by_its_question(log: Page) -> None:
    rows = log.locator(".kb-form tbody tr")
    assert rows.count() == log.locator(".kb-form textarea").count() > 9
    expect(field(log, "What is the first step? Small enough for this week")).to_have_count(1)
    expect(log.get_by_role("checkbox", name="The time for it is in my diary", exact=True)).to_have_count(1)
    expect(field(log, "The time for it is in my diary Note")).to_have_count(1)


def test_a_form_is_filled_kept_and_cleared_by_keyboard_alone(log: Page) -> None:
    keys = log.keyboard
    focused = log.locator(":focus")
    log.get_by_role("link", name="where your words are").focus()
    keys.press("Tab")
    expect(focused).to_have_attribute("type", "radio")
    keys.press("ArrowDown")
    expect(log.get_by_role("radio", name="Yes")).to_be_checked()
    for words in ("ALS 3", "Listen longer"):
        keys.press("Tab")
        keys.type(words)
    expect(field(log, "Which session")).to_have_value("ALS 3")
    log.get_by_role("checkbox").first.focus()
    keys.press("Space")
    expect(log.get_by_role("checkbox").first).to_be_checked()
    field(log, "What next?").focus()
    for _ in range(4):
        keys.press("Tab")
    expect(focused).to_have_text("Clear this form")
    keys.press("Enter")
    expect(focused).to_have_text("No, leave it")
    keys.press("Escape")
    expect(focused).to_have_text("Clear this form")
    expect(field(log)).to_have_value("Listen longer")
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Enter")
    expect(status(log)).to_have_text("The form is empty.")
    expect(focused).to_have_text("Clear this form")
    assert log.evaluate(f"[...document.querySelectorAll('.kb-form textarea')].every(one => !one.value) && !{STORED}")
    expect(log.get_by_role("checkbox").first).not_to_be_checked()


def test_a_field_grows_with_its_words_and_fills_its_cell(log: Page) -> None:
    before = field(log, "What happened").bounding_box()
    assert before
    assert before["height"] > 60  # three lines are ruled there: all of the cell can be pressed
    field(log, "What happened").fill("A line.\n" * 12)
    after = field(log, "What happened").bounding_box()
    assert after
    assert after["height"] > before["height"] + 100
    assert field(log, "What happened").evaluate("one => one.scrollHeight <= one.clientHeight")


def test_paper_shows_the_words_and_no_buttons(log: Page) -> None:
    field(log).fill(WORDS)
    log.emulate_media(media="print")
    shown = log.locator(".kb-fill__mirror").nth(1)
    expect(shown).to_be_visible()
    expect(shown).to_have_text(WORDS)
    for hidden in (field(log), button(log, "Save a copy"), log.get_by_role("radio").first, status(log)):
        expect(hidden).to_be_hidden()
    expect(log.get_by_role("checkbox").first).to_be_visible()


@pytest.mark.parametrize("path", [LOG, "toolkit/reflective-practice-workshop/"])
def test_the_form_alone_prints_on_no_more_paper_than_it_needs(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate("window.print = () => { window.printed = document.body.className; }")
    button(page, "Print the form").click()
    assert page.evaluate("window.printed.includes('kb-print-form')")
    expect(page.locator("#where-this-comes-from")).to_be_visible()  # on the screen nothing changes
    page.emulate_media(media="print")
    for shown in [page.locator("h1"), *page.locator(".kb-form").all()]:
        expect(shown).to_be_visible()
    for hidden in ("#steps", ".kb-facts", "#where-this-comes-from", ".kb-review"):
        expect(page.locator(hidden).first).to_be_hidden()
    if path == LOG:
        with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as paper:
            assert len(paper.pages) == 2  # of four: a table is not torn
    # pdf() prints as well: the page is whole again.
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#where-this-comes-from")).to_be_visible()


def test_without_scripts_the_form_is_the_one_on_paper(context: Contexts) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(LOG)
    expect(page.locator(".kb-form textarea, .kb-form input, .kb-fill__foot")).to_have_count(0)
    expect(page.locator(".kb-form__tick").first).to_have_text("☐")
    expect(page.get_by_text("Leave out names")).to_be_visible()


def test_what_is_about_a_family_cannot_be_filled_in(page: Page) -> None:
    for address in ("toolkit/joint-visit/", "toolkit/supervision-record/"):
        page.goto(address)
        expect(page.get_by_text("so it is not filled in on this site")).to_have_count(1)
        expect(page.locator(".kb-form textarea, .kb-form input, .kb-fill")).to_have_count(0)
    page.goto("toolkit/reflective-practice-workshop/")
    filled = page.locator(".kb-form:has(textarea) caption").all_text_contents()
    assert filled == ["Sheet 1: Plan", "Sheet 2: Briefing paper"]


# --- to keep --------------------------------------------------------------------------------------------


def test_words_are_gone_unless_the_reader_says_yes(log: Page) -> None:
    expect(log.get_by_role("radio", name="No.")).to_be_checked()
    expect(status(log)).to_contain_text("on this page only")
    field(log).fill(WORDS)
    assert log.evaluate(STORED) is None
    log.on("dialog", lambda dialog: dialog.accept())
    log.reload()
    expect(field(log)).to_have_value("")


def test_words_are_kept_after_a_yes_until_the_reader_says_no(log: Page) -> None:
    field(log).fill(WORDS)
    say_yes(log)
    log.get_by_role("checkbox").nth(1).check()
    log.reload()
    expect(field(log)).to_have_value(WORDS)
    expect(log.get_by_role("checkbox").nth(1)).to_be_checked()
    expect(log.get_by_role("radio", name="Yes")).to_be_checked()
    log.get_by_role("radio", name="No.").check()
    expect(field(log)).to_have_value(WORDS)
    assert log.evaluate(STORED) is None


def test_going_back_does_not_bring_back_what_was_not_to_be_kept(log: Page) -> None:
    """On a shared computer the next reader could: browsers hold a page that was left as it stood."""
    field(log).fill(WORDS)
    log.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(field(log)).to_have_value("")
    say_yes(log)
    field(log).fill(WORDS)
    log.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(field(log)).to_have_value(WORDS)
    log.evaluate("localStorage.clear(); dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(status(log)).to_contain_text("it was cleared elsewhere")


def test_leaving_with_words_that_are_nowhere_else_asks_first(log: Page) -> None:
    asked = []
    log.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    field(log).click()
    log.keyboard.type("Listen")
    log.reload()
    assert asked == ["beforeunload"]
    field(log).click()
    log.keyboard.type("Listen")
    saved_copy(log)
    log.reload()
    field(log).click()
    say_yes(log)
    log.keyboard.type("Listen")
    log.reload()
    assert asked == ["beforeunload"]


def test_each_form_keeps_its_own_words(log: Page) -> None:
    say_yes(log)
    field(log).fill(WORDS)
    log.goto("toolkit/debrief/")
    expect(log.locator(".kb-form textarea").nth(1)).to_have_value("")
    expect(log.get_by_role("radio", name="No.")).to_be_checked()


@pytest.mark.parametrize(("trouble", "may_ask"), [(BLOCKED, False), (FULL, True)], ids=["blocked", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_loses_nothing(page: Page, trouble: str, may_ask: bool) -> None:
    page.add_init_script(trouble)
    page.goto(LOG)
    yes = page.get_by_role("radio", name="Yes")
    expect(yes).to_be_enabled(enabled=may_ask)
    if may_ask:
        yes.check()
    field(page).fill(WORDS)
    expect(status(page)).to_contain_text("This browser did not keep" if may_ask else "This browser keeps nothing")
    expect(field(page)).to_have_value(WORDS)
    assert WORDS in saved_copy(page)[1]


def test_words_are_kept_by_what_the_check_finds_twice(page: Page, sources: Catalogue) -> None:
    forms = {path: tool.form for path, entry in sources.pages.items() if (tool := entry.tool) and tool.form}
    assert forms
    for path, form in forms.items():
        anchors = [anchor for part in form if not part.paper for anchor in part.anchors]
        page.goto(f"{path.removesuffix('.md')}/")
        heads = page.locator(".kb-form tbody th[id]")
        assert heads.evaluate_all("all => all.map(one => one.id)") == anchors, path


def test_words_of_a_changed_form_are_shown_apart_and_never_under_another_question(log: Page) -> None:
    old = {"form-gone--what-will-you-do": {"question": "Gone: What will you do?", "text": "Rest", "done": False}}
    record = json.dumps({"title": "Action log", "at": "/", "words": old, "earlier": []})
    log.evaluate("([key, record]) => localStorage.setItem(key, record)", [KEY, record])
    log.reload()
    apart = log.get_by_role("region", name="From an earlier version of this form")
    expect(apart).to_contain_text("Gone: What will you do?")
    expect(apart).to_contain_text("Rest")
    assert log.locator(".kb-form textarea").evaluate_all("all => all.every(one => !one.value)")
    assert "## From an earlier version of this form\n\n### Gone: What will you do?\n\nRest\n" in saved_copy(log)[1]
    field(log).fill("More")
    log.reload()
    expect(apart).to_contain_text("Rest")


def test_what_cannot_be_read_is_shown_as_it_stands(log: Page) -> None:
    log.evaluate("key => localStorage.setItem(key, 'Half a sen')", KEY)
    log.reload()
    expect(log.get_by_role("region", name="From an earlier version")).to_contain_text("Half a sen")


def test_two_windows_show_the_same_and_neither_loses_words(log: Page) -> None:
    other = log.context.new_page()
    other.goto(LOG)
    field(other).fill("From the other window")
    say_yes(log)
    field(log).fill("From this window")
    other.wait_for_function(f"{STORED}.includes('From this window')")
    say_yes(other)
    expect(field(other)).to_have_value("From the other window")
    expect(other.get_by_role("region", name="From an earlier version")).to_contain_text("From this window")
    expect(field(log)).to_have_value("From the other window")
    log.evaluate(f"() => {{ {FULL} }}")
    field(log, "What next?").fill("Could not be kept")
    field(other, "By when?").fill("Friday")
    expect(field(log, "By when?")).to_have_value("Friday")
    expect(field(log, "What next?")).to_have_value("Could not be kept")
    button(log, "Clear this form").click()
    button(log, "Yes, clear it").click()
    expect(status(other)).to_contain_text("it was cleared elsewhere")
    expect(field(other)).to_have_value("From the other window")


# --- to take along --------------------------------------------------------------------------------------


def test_a_saved_copy_holds_every_question_and_every_word(page: Page) -> None:
    page.goto("toolkit/action-log/")
    field(page).fill("Ask about daily life.\n\nOn Thursday. ")
    page.get_by_role("checkbox").first.check()
    field(page, "The person who will ask me knows Note").fill("She does.\nI asked.")
    name, text = saved_copy(page)
    assert name == "action-log.txt"
    assert text == (
        "# Action log\n\n"
        "## What I will try\n\n"
        "### Which session or meeting is this from?\n\n(nothing written)\n\n"
        "### What will I try?\n\nAsk about daily life.\n\nOn Thursday.\n\n"
        "### What do I hope will be different, and for whom?\n\n(nothing written)\n\n"
        "### What is the first step?\n\n(nothing written)\n\n"
        "### By when?\n\n(nothing written)\n\n"
        "### What could get in the way?\n\n(nothing written)\n\n"
        "### Who will ask me about it?\n\n(nothing written)\n\n"
        "## Before the next meeting\n\n"
        "- [x] The time for it is in my diary\n\n"
        "- [ ] The person who will ask me knows\n\n  She does.\n  I asked.\n\n"
        "- [ ] I have taken the first step\n\n"
        "## What came of it\n\n"
        "### What did I do?\n\n(nothing written)\n\n"
        "### What happened, and how do I know?\n\n(nothing written)\n\n"
        "### What did I learn?\n\n(nothing written)\n\n"
        "### What next?\n\n(nothing written)\n"
    )


@pytest.mark.parametrize("clipboard", [True, False], ids=["with a clipboard", "without one"])
def test_the_words_can_be_copied(context: Contexts, clipboard: bool) -> None:
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    if not clipboard:
        page.add_init_script("Clipboard.prototype.writeText = () => Promise.reject(new Error('no'))")
    page.goto(LOG)
    field(page).fill(WORDS)
    button(page, "Copy the words").click()
    expect(status(page)).to_have_text("Copied. Paste the words where they belong.")
    assert f"### What will I try?\n\n{WORDS}\n\n" in page.evaluate("navigator.clipboard.readText()")
    expect(button(page, "Copy the words")).to_be_focused()


def test_nothing_is_sent(log: Page) -> None:
    log.wait_for_load_state("networkidle")
    asked: list[str] = []
    log.on("request", lambda request: asked.append(request.url))
    say_yes(log)
    field(log).fill(WORDS)
    saved_copy(log)
    button(log, "Copy the words").click()
    button(log, "Clear this form").click()
    button(log, "Yes, clear it").click()
    expect(status(log)).to_have_text("The form is empty.")
    # The browser asks for the icon of its tab when it finds the time, now and then after all the rest of the page.
    assert [url for url in asked if not url.startswith("blob:") and not url.endswith("/favicon.svg")] == []


def test_it_works_from_a_folder(context: Contexts, site: Path) -> None:
    page = context().new_page()
    page.goto((site / LOG / "index.html").as_uri())
    say_yes(page)
    field(page).fill(WORDS)
    page.reload()
    expect(field(page)).to_have_value(WORDS)
    assert WORDS in saved_copy(page)[1]


# --- the list of what is kept ---------------------------------------------------------------------------


def test_the_page_about_privacy_lists_what_is_kept_and_clears_it(log: Page) -> None:
    log.goto(PRIVACY)
    place = log.locator(".kb-kept")
    expect(place.get_by_role("status")).to_have_text("No form is kept in this browser.")
    expect(button(log, "Clear all forms")).to_be_hidden()
    log.goto(LOG)
    say_yes(log)
    log.goto(PRIVACY)
    log.evaluate("localStorage.setItem('apir-form:toolkit/broken', '{')")
    log.reload()
    expect(place.get_by_role("listitem")).to_have_text(["Action log", "toolkit/broken"])
    log.get_by_role("link", name="Action log").click()
    expect(log.locator("h1")).to_have_text("Action log")
    log.goto(PRIVACY)
    button(log, "Clear all forms").click()
    expect(button(log, "No, leave them")).to_be_focused()
    button(log, "Yes, clear them all").click()
    expect(place.get_by_role("status")).to_have_text("No form is kept in this browser.")
    assert log.evaluate("Object.keys(localStorage).filter(key => key.startsWith('apir-form:'))") == []


def test_the_page_about_privacy_says_what_a_browser_without_a_store_or_scripts_keeps(context: Contexts) -> None:
    page = context().new_page()
    page.add_init_script(BLOCKED)
    page.goto(PRIVACY)
    expect(page.locator(".kb-kept")).to_contain_text("No form is kept in this browser.")
    plain = context(java_script_enabled=False).new_page()
    plain.goto(PRIVACY)
    expect(plain.locator(".kb-kept")).to_contain_text("no form can be filled in on the page")


# --- every reader ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_no_fault_in_a_filled_form_and_nothing_is_too_wide_or_small(
    context: Contexts, width: int, scheme: str
) -> None:
    page = context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    page.goto(LOG)
    field(page).fill("Unbroken" * 20)
    say_yes(page)
    found = Axe().run(page, context="article").response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    for narrow in (width, 320):
        page.set_viewport_size({"width": narrow, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
                ":is(.kb-fill__keep, .kb-form__tick) label, .kb-form textarea, .kb-fill__foot > button")]
            .filter(one => { const box = one.getBoundingClientRect(); return box.width < 44 || box.height < 44; })
            .map(one => one.outerHTML)"""
    )
    assert small == []
    assert page.locator(".kb-form textarea").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 16


def test_axe_finds_no_fault_in_the_question_before_clearing(log: Page) -> None:
    button(log, "Clear this form").click()
    expect(log.get_by_role("dialog", name="Clear all that you wrote")).to_be_visible()
    assert Axe().run(log, context="dialog").response["violations"] == []
