"""A made-up council's edition, built once: what it shows, and that what all editions share is the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from icalendar import Calendar
from lxml import etree, html
from lxml.html import HtmlElement

from knowledge_base import catalogue
from knowledge_base.catalogue import Catalogue
from knowledge_base.publish import assets, build, exports, full_text, handouts, inspect
from tests.built import ROOT, Built, having, read, stand_in, words

pytestmark = pytest.mark.slow

EXAMPLE = ROOT / "tests" / "edition"
LOGO = "assets/local/logo.svg"
STATEMENTS = ("about/accessibility/", "about/privacy/")


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a council has it: everything is shared but its own data."""
    root = tmp_path_factory.mktemp("council")
    for folder in ("data", "docs", "overrides"):
        shutil.copytree(ROOT / folder, root / folder)
    for file in ("macros.py", "kept.py", "navigation.py", "mends.py", "preview.py", "mkdocs.yml"):
        shutil.copy(ROOT / file, root)
    (root / "knowledge_base").symlink_to(ROOT / "knowledge_base")
    shutil.copytree(EXAMPLE, root / "data", dirs_exist_ok=True)
    return root


@pytest.fixture(scope="module")
def whole(council: Path) -> Catalogue:
    """The data and pages from which its edition is made."""
    return catalogue.load(council)


@pytest.fixture(scope="module")
def edition(council: Path, whole: Catalogue) -> Path:
    """Its site; in place of handouts, empty files."""
    target = council / "built" / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SITE_URL", raising=False)
        patch.delenv("EDIT_URI", raising=False)
        said = build.mkdocs(council, target, council / "mkdocs.log")
    assert not said, "\n".join(said)
    exports.write(whole, target, "")
    stand_in(target, whole)
    said = full_text.write(whole, target)
    assert not said, "\n".join(said)
    return target


@pytest.fixture(scope="module")
def pages(edition: Path) -> Built:
    """Its pages."""
    return read(edition)


def shared(file: Path) -> str:
    """A page without what comes from a host's file: what is marked as local, and the menu's entries for it."""
    tree = html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    gone: set[str] = set()
    for node in [*tree.find_class("kb-local"), *_inside_logos(tree)]:
        if node.getparent() is None:
            continue  # a host's logo is both
        gone |= {f"#{inner.get('id')}" for inner in node.iter(etree.Element) if inner.get("id")}
        node.drop_tree()
    for link in [link for link in tree.iter("a") if link.get("href") in gone]:
        entry = next(parent for parent in link.iterancestors("li"))
        entry.drop_tree()
    for banner in tree.find_class("md-banner"):
        banner.drop_tree()  # what is left is the frame of the theme around it
    # Lines that stood between are no part of a page.
    return "\n".join(line for line in html.tostring(tree, encoding="unicode").split("\n") if line.strip())


def _inside_logos(tree: HtmlElement) -> list[HtmlElement]:
    """The mark of the site, in whose place a host's logo stands."""
    return [child for logo in tree.find_class("md-logo") for child in logo]


# --- the same ------------------------------------------------------------------------------------------------


def test_every_shared_page_is_the_same(site: Path, edition: Path) -> None:
    names = {file.relative_to(site).as_posix() for file in site.rglob("*.html")}
    assert names == {file.relative_to(edition).as_posix() for file in edition.rglob("*.html")}
    differ = [name for name in sorted(names) if shared(site / name) != shared(edition / name)]
    assert differ == []


def test_what_search_knows_and_what_programs_get_are_the_same(site: Path, edition: Path) -> None:
    same = [file for file in site.rglob("*") if file.is_file() and file.suffix not in {".html", ".ics", ".gz"}]
    # The sitemap knows nothing without an address; the feed bears the council's name.
    names = {file.relative_to(site).as_posix() for file in same} - {"feed_rss_created.xml"}
    assert {"search/pagefind-entry.json", "data/index.json", "data/sessions.json"} <= names
    for name in sorted(names):
        assert (edition / name).read_bytes() == (site / name).read_bytes(), name


def test_only_its_logo_and_the_calendars_of_its_sets_are_added(site: Path, edition: Path) -> None:
    plain = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    own = {file.relative_to(edition).as_posix() for file in edition.rglob("*") if file.is_file()}
    assert own - plain == {LOGO, "calendar-example-set-north.ics", "calendar-example-set-south.ics"}
    assert plain - own == set()


def test_the_same_handouts_can_be_taken_away(sources: Catalogue, whole: Catalogue) -> None:
    assert handouts.paths(whole) == handouts.paths(sources)


def test_the_marks_are_what_makes_them_the_same(edition: Path) -> None:
    """Without them the comparison would see the council everywhere."""
    assert "Example Council" in (edition / "about/index.html").read_text(encoding="utf-8")
    for name in ("index.html", "about/mistakes/index.html", "sessions/als-1/index.html", "catch-up/index.html"):
        rest = shared(edition / name)
        for own in ("Example Council", "Example Hall", "Programme coordinator", "council.example", "Example set"):
            assert own not in rest, f"{name}: {own}"


# --- what it shows -------------------------------------------------------------------------------------------


def test_its_site_is_as_sound_as_the_plain_one(edition: Path, tmp_path: Path) -> None:
    served = Path(shutil.copytree(edition, tmp_path / "served"))
    assert assets.gather(served) == []
    assert inspect.inspect(served) == []


def test_the_home_page_says_whose_it_is(pages: Built) -> None:
    (host,) = having(pages[""].article, "kb-host")
    assert words(host) == "The edition of Example Council"
    (logo,) = host.iter("img")
    assert (logo.get("src"), logo.get("alt")) == (LOGO, "Example Council")
    assert "Next dates" in pages[""].headings
    assert "Programme coordinator, Example Council: programme@council.example" in pages[""].says("Your council")
    assert pages[""].links(having(pages[""].article, "kb-links")[0]) == ["https://practice.council.example/standards"]


def test_every_page_has_name_logo_and_banner(pages: Built) -> None:
    for page in pages:
        (foot,) = having(page.tree, "kb-foot")
        assert words(foot) == "Accessibility Privacy This copy: Example Council", page.address
        (banner,) = having(page.tree, "kb-banner")
        assert words(banner) == "Notice: The December meetings are in Example Hall.", page.address
        assert banner.get("data-until") == "2030-12-20"
        logos = {page.leads_to(logo.get("src"))[0] for logo in having(page.tree, "kb-logo")}
        assert logos == {LOGO}, page.address


def test_search_engines_may_list_it_where_the_council_lets_them(pages: Built) -> None:
    for page in pages:
        assert page.tree.xpath("//meta[@name='robots']") == [], page.address


def test_a_session_and_catch_up_give_its_dates_and_whom_to_ask(pages: Built) -> None:
    (dates,) = having(pages["sessions/als-1/"].article, "kb-facts__dates")
    assert "Tuesday 15 January 2030, 09:45 to 15:00, Example Hall, room 1" in words(dates)
    ask = "No mentor or buddy to ask? Programme coordinator: programme@council.example."
    for address in ("sessions/als-1/", "catch-up/"):
        assert [words(line) for line in having(pages[address].article, "kb-route__ask")] == [ask]
    route = pages["catch-up/"].tree.get_element_by_id("als-1")
    assert "Your sets' dates: Example set, north, Tuesday 15 January 2030, 09:45 to 15:00" in words(route)


def test_its_calendar_bears_its_name(edition: Path) -> None:
    calendar = Calendar.from_ical((edition / "calendar-example-set-north.ics").read_bytes())
    assert "– Example Council: Example set, north" in str(calendar["name"])


@pytest.mark.parametrize("address", STATEMENTS)
def test_its_statements_are_finished(pages: Built, address: str) -> None:
    page = pages[address]
    assert having(page.article, "kb-blanks") == []
    assert having(page.article, "kb-blank") == []
    assert "Example Council" in page.text


def test_the_check_has_nothing_against_it(whole: Catalogue) -> None:
    from knowledge_base.check import logo, statements

    assert whole.faults == []
    assert list(logo.check(whole)) == []
    assert list(statements.check(whole)) == []


# --- the plain edition ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", STATEMENTS)
def test_the_plain_edition_says_that_its_statements_are_templates(
    built: Built, sources: Catalogue, address: str
) -> None:
    if sources.local.begun:
        pytest.skip("This is a host's own edition.")
    (box,) = having(built[address].article, "kb-blanks")
    assert words(box).startswith("A template, and nobody's statement yet. This copy of the site names no host.")
    assert len(box.findall("ul/li")) == len(having(built[address].article, "kb-blank"))


def test_every_page_leads_to_both_statements_and_asks_not_to_be_listed(site: Path, built: Built) -> None:
    for page in built:
        (foot,) = having(page.tree, "kb-foot")
        assert page.links(foot) == list(STATEMENTS), page.address
        assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"], page.address
    assert 'content="noindex"' in (site / "404.html").read_text(encoding="utf-8")
    assert "no access control" in built["about/privacy/"].text
