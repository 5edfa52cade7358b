from __future__ import annotations

import datetime

import pytest
from click.testing import CliRunner

from knowledge_base.authoring import withdraw
from knowledge_base.cli import main
from knowledge_base.faults import AuthorError
from knowledge_base.publish import build, switch
from tests.conftest import found

PAGE = "notes/2020-21/als-1-north.md"
ADDRESS = "notes/2020-21/als-1-north"
PRIVATE = "a word that should never have been there"
DAY = datetime.date(2021, 6, 1)


@pytest.fixture
def published(fake):
    """The fake project, with a page and all that was made from it published, and an older build kept."""
    page = fake / "docs" / PAGE
    page.write_text(page.read_text(encoding="utf-8") + f"\n{PRIVATE} ![A plan](plan.png)\n", encoding="utf-8")
    (page.parent / "plan.png").write_bytes(b"\x89PNG " + PRIVATE.encode())
    cache = fake / ".cache"
    for text in ("older", "newer"):
        with switch.alone(cache) as fresh:
            site = fresh / "site"
            files = {
                f"{ADDRESS}/index.html": PRIVATE,
                "notes/2020-21/plan.png": PRIVATE,
                "notes/index.html": f"<a href='2020-21/als-1-north/'>{text}</a>",
                "search/fragment/en_1.pf_fragment": PRIVATE,
                "search/pagefind-entry.json": "{}",
                f"downloads/{ADDRESS}.pdf": PRIVATE,
                "downloads/programme.pdf": PRIVATE,
                "downloads/sessions/als-1.pdf": "a handout",
                "feed_rss_created.xml": f"<item>{ADDRESS} {PRIVATE}</item>",
                "index.html.gz": PRIVATE,
            }
            for name, content in files.items():
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                (site / name).write_text(content, encoding="utf-8")
            switch.switch(site, fake / "site", cache / "builds")
    (cache / "handouts").mkdir()
    (cache / "handouts" / "x.pdf").write_text(PRIVATE, encoding="utf-8")
    (fake / "dist").mkdir()
    (fake / "dist" / "offline.zip").write_text(PRIVATE, encoding="utf-8")
    return fake


def holding(folder, text):
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_nothing_of_the_page_is_left_and_its_address_says_so(published):
    assert len(holding(published, PRIVATE)) > 8
    done = withdraw.withdraw(published, PAGE, DAY)
    assert holding(published, PRIVATE) == []
    answer = (published / "site" / ADDRESS / "index.html").read_text(encoding="utf-8")
    assert "This page was withdrawn" in answer
    assert "1 June 2021" in answer
    assert (published / "site/downloads/sessions/als-1.pdf").is_file()
    # Where words of all pages are mixed nothing is left.
    assert [path for path in (published / "site/search").rglob("*") if path.is_file()] == []
    assert "docs/notes/2020-21/plan.png" in done.removed
    assert len(list((published / ".cache/builds").iterdir())) == 1


def test_the_sources_are_good_afterwards_and_the_page_is_in_no_list(published, sources):
    withdraw.withdraw(published, PAGE, DAY)
    assert [str(fault) for fault in found(published) if fault.severity == "error"] == []
    from knowledge_base import catalogue

    whole = catalogue.load(published)
    assert PAGE in whole.pages
    assert PAGE not in [page.path for page in whole.notes]


@pytest.mark.parametrize(
    "name",
    [
        PAGE,
        f"docs/{PAGE}",
        ADDRESS,
        f"/{ADDRESS}/",
        f"https://council.example/learning/apir/{ADDRESS}/",
        f"{ADDRESS}/index.html",
    ],
)
def test_a_page_is_found_by_whatever_it_is_called(fake, name):
    assert withdraw.find(fake, name) == PAGE


@pytest.mark.parametrize("name", ["", "nothing", "notes", "../x", "index.md", "sessions/index.md"])
def test_what_is_no_page_of_its_own_is_refused(fake, name):
    with pytest.raises(AuthorError):
        withdraw.find(fake, name)


def test_the_page_is_gone_even_if_the_site_cannot_be_built_anew(published, monkeypatch):
    monkeypatch.chdir(published)
    monkeypatch.setattr(build, "mkdocs", lambda *_, **__: ["Something is wrong."])
    result = CliRunner().invoke(main, ["withdraw", PAGE])
    assert result.exit_code == 1
    assert "Something is wrong." in result.stdout
    assert "The page is gone from site/" in result.stderr
    assert holding(published, PRIVATE) == []


def test_while_a_build_runs_the_page_goes_from_the_sources_and_that_is_said(published, monkeypatch):
    monkeypatch.chdir(published)
    with switch.alone(published / ".cache"):
        result = CliRunner().invoke(main, ["withdraw", PAGE])
    assert result.exit_code == 1
    assert "A build is running" in result.stderr
    assert PRIVATE not in (published / "docs" / PAGE).read_text(encoding="utf-8")


def test_page_whose_name_ends_in_index_can_be_withdrawn(fake):
    (fake / "docs/toolkit/axe.md").rename(fake / "docs/toolkit/axe-index.md")
    assert withdraw.find(fake, "toolkit/axe-index") == "toolkit/axe-index.md"
