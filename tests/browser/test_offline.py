"""The offline edition: taken out of its zip as somebody would who got it on a memory stick, and opened from there."""

from __future__ import annotations

import datetime
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, expect

from audit.site import served
from knowledge_base import catalogue
from knowledge_base.publish import assets, build, exports, inspect, offline
from knowledge_base.publish.record import Record
from tests.browser.test_browser import KINDS
from tests.browser.test_search import FIRST, QUERIES, asked
from tests.built import stand_in
from tests.conftest import ROOT

# A build of the site, and a minute of a browser: `make audit` runs these.
pytestmark = pytest.mark.slow

Contexts = Callable[..., BrowserContext]
RECORD = Record("9.8.7", "c" * 40, datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of the real site; in place of handouts, empty files."""
    site = tmp_path_factory.mktemp("offline") / "site"
    whole = catalogue.load(ROOT)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SITE_URL", raising=False)
        patch.delenv("EDIT_URI", raising=False)
        said = build.mkdocs(ROOT, site, site.parent / "mkdocs.log", from_disk=True)
    assert not said, "\n".join(said)
    exports.write(whole, site, "")
    stand_in(site, whole)
    assert assets.gather(site) == []
    assert inspect.inspect(site, from_disk=True) == []
    offline.prepare(whole, site, RECORD)
    return offline.pack(site, site.parent / "dist", RECORD)


@pytest.fixture(scope="module")
def folder(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in the zip, where its path is none that a web address would have."""
    stick = tmp_path_factory.mktemp("stick") / "Für Zoë (100% of it) #2"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(stick)
    (inside,) = stick.iterdir()
    return inside


@pytest.fixture(scope="module")
def address(folder: Path) -> str:
    """In place of a server's: ``file:///.../``. Browsers of this module then open pages from disk."""
    return f"{folder.as_uri()}/"


def file_of(folder: Path, page: str) -> str:
    """The file of a page: ``toolkit/index.html`` for ``toolkit/``, and else ``sessions/als-3.html``."""
    inside = f"{page}index.html"
    return inside if (folder / inside).is_file() else f"{page.rstrip('/')}.html"


def page_of(file: str) -> str:
    return file.removesuffix("index.html") if file.endswith("index.html") else f"{file.removesuffix('.html')}/"


# --- each kind of page ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def visits(browser: Browser, folder: Path, address: str) -> dict[str, tuple[list[str], list[str]]]:
    """Each kind of page, opened once, with its search used: what it asked for, and of what the console complained."""
    found = {}
    context = browser.new_context(base_url=address)
    files = {kind: file_of(folder, path) for kind, path in KINDS.items() if path not in offline.SERVED_ONLY}
    for kind, path in {**files, "to open first": offline.FIRST}.items():
        requested: list[str] = []
        complaints: list[str] = []
        page = context.new_page()
        page.on("request", lambda request, kept=requested: kept.append(request.url))
        page.on("requestfailed", lambda request, kept=complaints: kept.append(f"not there: {request.url}"))
        page.on("console", lambda said, kept=complaints: kept.append(said.text))
        page.on("pageerror", lambda error, kept=complaints: kept.append(str(error)))
        page.goto(path, wait_until="load")
        if path != offline.FIRST:
            page.locator("[data-md-component=search-query]").press_sequentially("neglect")
            page.locator(".md-search-result__item").first.wait_for()
        found[kind] = requested, complaints
        page.close()
    context.close()
    return found


def test_nothing_is_asked_of_any_host(visits: dict[str, tuple[list[str], list[str]]], address: str) -> None:
    for requested, _ in visits.values():
        assert requested
        assert [url for url in requested if not url.startswith((address, "data:"))] == []
    assert any(url.endswith("search_index.js") for requested, _ in visits.values() for url in requested)


def test_the_console_has_no_complaint(visits: dict[str, tuple[list[str], list[str]]]) -> None:
    assert {kind: complaints for kind, (_, complaints) in visits.items() if complaints} == {}


def test_every_link_leads_to_a_file(folder: Path, address: str) -> None:
    missing = []
    count = 0
    for file in folder.rglob("*.html"):
        tree = html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        for _, _, link, _ in tree.iterlinks():
            target = urlsplit(urljoin(file.as_uri(), link))
            if target.scheme == "file":
                count += 1
                if not Path(unquote(target.path)).is_file():
                    missing.append(f"{file.relative_to(folder)}: {link}")
    assert count > 5_000
    assert missing == []


# --- search -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def home(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("index.html")
    assert page.frames == [page.main_frame]  # nothing is made ready before somebody searches
    page.locator("[data-md-component=search-query]").focus()
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    yield page
    context.close()


def pages(home: Page, address: str, typed: str, kind: str) -> list[str]:
    return [page_of(file) for file in asked(home, address, typed, kind)]


@pytest.mark.parametrize("query", QUERIES["found"], ids=lambda query: query["type"])
def test_the_right_page_is_among_the_first(home: Page, address: str, query: dict[str, str]) -> None:
    found = pages(home, address, query["type"], "li:not(.kb-nearest)")[:FIRST]
    assert set(found) & set(query["right"]), f"{query['type']}: {found}"


@pytest.mark.parametrize("query", QUERIES["nearest"], ids=lambda query: query["type"])
def test_where_nothing_is_found_the_right_page_is_among_the_nearest(
    home: Page, address: str, query: dict[str, str]
) -> None:
    assert pages(home, address, query["type"], "li:not(.kb-nearest)") == []
    offered = pages(home, address, query["type"], "li.kb-nearest")[:FIRST]
    assert set(offered) & set(query["right"]), f"{query['type']}: {offered}"


def test_a_page_that_was_found_opens_with_its_words_marked(page: Page) -> None:
    page.goto("toolkit/joint-visit.html")
    page.keyboard.press("/")
    page.keyboard.type("disguised compliance")
    page.locator(".md-search-result__item a").first.click()
    expect(page.locator("h1")).to_contain_text("ALS 3")
    expect(page.locator("mark").first).to_be_visible()


def test_an_address_with_words_to_look_for_opens_the_search(page: Page) -> None:
    page.goto("index.html?q=neglect")
    expect(page.locator(".md-search-result__item").first).to_contain_text("neglect")


# --- what scripts do --------------------------------------------------------------------------------


def test_catching_up_works_from_the_home_page_on(page: Page) -> None:
    page.goto("index.html")
    page.locator(".md-tabs").get_by_role("link", name="Catch up").click()
    page.get_by_role("checkbox", name="ALS 5").check()
    expect(page.locator(".kb-plan__total")).to_contain_text("Your plan: 1 session, about ")
    expect(page).to_have_url(re.compile(r"/catch-up\.html#missed=als-5$"))
    page.get_by_role("checkbox", name="ALS 2").check()
    page.go_back()
    expect(page.get_by_role("checkbox", name="ALS 2")).not_to_be_checked()
    page.goto("sessions/als-6.html")
    page.get_by_role("link", name="Make one plan of them").click()
    expect(page).to_have_url(re.compile(r"/catch-up\.html#missed=als-6$"))
    expect(page.locator(".kb-route:visible")).to_have_count(1)


def test_a_chosen_colour_scheme_lasts(page: Page) -> None:
    page.goto("index.html")
    expect(page.locator(".md-header")).to_have_css("background-color", "rgb(14, 71, 68)")
    page.get_by_title("Switch to the dark scheme").click()
    page.goto("sessions/als-3.html")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.locator(".md-header")).to_have_css("background-color", "rgb(18, 48, 47)")


def test_words_in_a_form_are_kept_after_a_yes_listed_and_saved_as_a_copy(page: Page) -> None:
    page.goto("toolkit/action-log.html")
    page.get_by_role("textbox", name="What will I try?").fill("Listen longer")
    page.get_by_role("radio", name="Yes").check()
    page.reload()
    expect(page.get_by_role("textbox", name="What will I try?")).to_have_value("Listen longer")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save a copy").click()
    assert "Listen longer" in Path(waiting.value.path()).read_text(encoding="utf-8")
    page.goto("about/privacy.html")
    page.locator(".kb-kept").get_by_role("link").click()
    expect(page.get_by_role("textbox", name="What will I try?")).to_have_value("Listen longer")


def test_a_run_sheet_takes_another_start(page: Page) -> None:
    page.goto("sessions/mentors-1.html")
    page.get_by_label("Start at").fill("09:30")
    expect(page.locator(".kb-run-sheet tbody td").first).to_have_text("09:30")
    expect(page).to_have_url(re.compile("#start=09"))


def test_references_are_filtered(page: Page) -> None:
    page.goto("research/references.html")
    works = page.locator(".kb-work[data-type]:visible")
    every = works.count()
    page.locator(".kb-filters select[name=session]").select_option("als-3")
    expect(page).to_have_url(re.compile("references.html#session=als-3$"))
    assert 0 < works.count() < every


def test_without_scripts_pages_are_read_and_lead_on(context: Contexts) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto("sessions/als-3.html")
    page.locator(".md-tabs").get_by_role("link", name="Catch up").click()
    expect(page.locator("#als-3")).to_contain_text("Three questions")


# --- the page to open first -------------------------------------------------------------------------


def test_the_first_page_names_the_copy_and_leads_to_the_site(page: Page) -> None:
    page.goto(offline.FIRST)
    copy = page.get_by_role("definition")
    assert [words.strip() for words in copy.all_inner_texts()] == ["9.8.7", "23 November 2026", "c" * 40]
    page.get_by_role("link", name="Open the knowledge base").click()
    expect(page.locator("h1")).to_have_text("Action learning for managers in children's social work")


def test_the_first_page_stands_by_itself_as_a_zip_opens_it(folder: Path, tmp_path: Path, page: Page) -> None:
    alone = Path(shutil.copy(folder / offline.FIRST, tmp_path))
    page.goto(alone.as_uri())
    expect(page.get_by_role("heading", name="Does the button lead nowhere?")).to_be_visible()
    button = page.get_by_role("link", name="Open the knowledge base")
    assert button.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(14, 71, 68)"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_first_page_shuts_nobody_out(context: Contexts, width: int, scheme: str) -> None:
    page = context(viewport={"width": width, "height": 844}, color_scheme=scheme).new_page()
    page.goto(offline.FIRST)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).response["violations"] == []


# --- on a web server --------------------------------------------------------------------------------


def test_a_plain_web_server_shows_it_under_any_path(browser: Browser, folder: Path) -> None:
    with served(folder, "/learning/apir/") as address:
        page = browser.new_page(base_url=address)
        answers: dict[str, int] = {}
        complaints: list[str] = []
        page.on("response", lambda answer: answers.__setitem__(answer.url, answer.status))
        page.on("console", lambda said: complaints.append(said.text))
        page.goto("toolkit/joint-visit.html")
        page.locator("[data-md-component=search-query]").press_sequentially("disguised compliance")
        page.locator(".md-search-result__item a").first.click()
        expect(page.locator("h1")).to_contain_text("ALS 3")
        page.close()
    assert len(answers) > 5
    assert {
        url: status for url, status in answers.items() if status not in {200, 304} or not url.startswith(address)
    } == {}
    assert complaints == []
