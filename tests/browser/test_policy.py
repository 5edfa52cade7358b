"""The site as hosts serve it: over nginx with the shipped configuration, below a path, under the strictest policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from audit import nginx
from audit.nginx import SHIPPED
from tests.browser.test_browser import KINDS
from tests.built import Built

pytestmark = pytest.mark.slow

MOUNT = "/learning/apir"
WRONG = "nowhere/at/all/"
OPENED = {**KINDS, "form": "toolkit/action-log/", "kept forms": "about/privacy/", "wrong address": WRONG}
# Says on the console what the policy forbade, in words of which Chromium has none: its own are counted too.
TELL = """document.addEventListener("securitypolicyviolation", event =>
    console.error(`forbidden: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"""


@dataclass
class Watch:
    """What a browser said and asked for while it was used."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(TELL)
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def clean(self, address: str) -> None:
        """Nothing was forbidden, nothing failed, and nobody else was asked."""
        assert self.asked
        assert [url for url in self.asked if not url.startswith((address, "data:", "blob:"))] == []
        # Chromium says on the console that an address was wrong.
        wrong = "Failed to load resource: the server responded with a status of 404 (Not Found)"
        assert [said for said in self.complaints if said != wrong] == []
        assert self.complaints.count(wrong) == self.asked.count(address + WRONG)


@pytest.fixture(scope="module")
def address(served: Path, nginx_here: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where nginx serves the site, in the place of the server that other browser tests have."""
    with nginx.serving(served, tmp_path_factory.mktemp("nginx"), MOUNT) as server:
        yield server.address


@pytest.fixture
def watch(context: Callable[..., BrowserContext]) -> Watch:
    return Watch(context())


@pytest.fixture
def page(watch: Watch) -> Page:
    return watch.context.new_page()


@pytest.mark.parametrize("kind", OPENED)
def test_no_kind_of_page_breaks_the_policy(page: Page, watch: Watch, address: str, kind: str) -> None:
    answer = page.goto(OPENED[kind], wait_until="load")
    assert answer
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    expect(page.locator("h1")).to_be_visible()
    watch.clean(address)


def test_the_policy_is_in_force(page: Page, watch: Watch) -> None:
    page.goto("")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "document.title = 'taken'";
            document.head.append(script);
            const picture = document.createElement("img");
            picture.src = "https://elsewhere.invalid/dot.png";
            document.body.append(picture);
            document.body.setAttribute("style", "display: none");
        }"""
    )
    page.wait_for_timeout(200)
    assert page.title() != "taken"
    expect(page.locator("body")).to_be_visible()
    forbidden = " ".join(said for said in watch.complaints if said.startswith("forbidden: "))
    assert all(kind in forbidden for kind in ("script-src", "img-src", "style-src"))


def test_search_works_under_the_policy(page: Page, watch: Watch, address: str) -> None:
    page.goto("about/contribute/")
    page.locator("[data-md-component=search-query]").press_sequentially("neglect")
    result = page.locator(".md-search-result__item a").first
    result.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith(address)
    assert "about/contribute" not in page.url
    watch.clean(address)


@pytest.mark.slow
def test_the_colours_change_and_last_under_the_policy(page: Page, watch: Watch, address: str) -> None:
    page.goto("")
    page.get_by_title("Switch to the dark scheme").click()
    page.goto("sessions/als-3/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    watch.clean(address)


@pytest.mark.slow
def test_the_catch_up_plan_works_under_the_policy(page: Page, watch: Watch, address: str) -> None:
    page.goto("catch-up/")
    page.get_by_role("checkbox", name="ALS 5").check()
    expect(page.locator(".kb-plan__total")).to_contain_text("Your plan: 1 session")
    watch.clean(address)


@pytest.mark.slow
def test_a_run_sheet_and_its_clock_work_under_the_policy(page: Page, watch: Watch, address: str) -> None:
    page.goto("sessions/mentors-1/")
    page.get_by_label("Start at").fill("09:30")
    expect(page.locator(".kb-run").get_by_role("status")).to_have_text("Times for a start at 09:30.")
    page.get_by_role("button", name="Start now").click()
    page.get_by_role("button", name="Use in the room").click()
    expect(page.locator(".kb-room")).to_be_visible()
    watch.clean(address)


@pytest.mark.slow
def test_a_form_is_filled_kept_and_saved_under_the_policy(page: Page, watch: Watch, address: str) -> None:
    page.goto("toolkit/action-log/")
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("textbox", name="What will I try?").fill("Ask about daily life.")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save a copy").click()
    assert "Ask about daily life." in Path(waiting.value.path()).read_text(encoding="utf-8")
    page.reload()
    expect(page.get_by_role("textbox", name="What will I try?")).to_have_value("Ask about daily life.")
    watch.clean(address)


@pytest.mark.slow
def test_terms_and_citations_open_under_the_policy(page: Page, watch: Watch, address: str) -> None:
    page.goto("sessions/als-3/")
    page.locator(".kb-cite a").first.hover()
    expect(page.locator(".kb-cite__full").first).to_be_visible()
    watch.clean(address)


@pytest.mark.slow
def test_references_can_be_filtered_under_the_policy(page: Page, watch: Watch, address: str) -> None:
    page.goto("research/references/")
    works = page.locator("[data-type]:visible")
    all_of_them = works.count()
    page.locator(".kb-filters select[name=type]").select_option(index=1)
    expect(works).not_to_have_count(all_of_them)
    watch.clean(address)


@pytest.mark.parametrize("depth", ["x", "sessions/als-3/x/y/z/"])
def test_a_wrong_address_helps_at_any_depth(page: Page, watch: Watch, address: str, depth: str) -> None:
    answer = page.goto(depth)
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", name="This page is not here")).to_be_visible()
    # Styled: the header has the site's colour, and not none.
    colour = page.locator(".md-header").evaluate("node => getComputedStyle(node).backgroundColor")
    assert colour != "rgba(0, 0, 0, 0)"
    page.locator("[data-md-component=search-query]").press_sequentially("neglect")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("article").get_by_role("link", name="Sessions").click()
    assert page.url == f"{address}sessions/"
    assert [url for url in watch.asked if not url.startswith((address, "data:", "blob:"))] == []


def test_no_kind_of_the_real_site_is_unknown(served: Path) -> None:
    types = (SHIPPED / "types.conf").read_text(encoding="utf-8")
    ends = {path.suffix.removeprefix(".") for path in served.rglob("*") if path.is_file()} - {"br"}
    assert {"html", "js", "docx", "epub", "ics"} <= ends
    assert [end for end in sorted(ends) if f" {end};" not in types and f" {end} " not in types] == []


@pytest.mark.slow
def test_no_page_at_all_breaks_the_policy_or_asks_another_host(
    page: Page, watch: Watch, address: str, built: Built
) -> None:
    assert len(built.pages) > 60
    for path in built.pages:
        answer = page.goto(path, wait_until="load")
        assert answer
        assert answer.status == 200, path
        assert watch.complaints == [], path
    watch.clean(address)
