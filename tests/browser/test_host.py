"""What a host's edition hides or marks by the reader's day: a banner that is over, notes that are kept too long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from knowledge_base import catalogue
from knowledge_base.render import review
from knowledge_base.render.text import Desk
from tests.conftest import ROOT
from tests.render.conftest import Shown

BANNER = """<aside class="md-banner"><p class="kb-banner"{}>Come early.</p></aside>"""
KEPT = "local: {privacy: {notes_kept_years: 1}}"  # the fake project's notes were published on 20 May 2020


@pytest.fixture
def on(fake: Path, context: Callable[..., object]) -> Callable[..., Page]:
    """A reader's page with some HTML and a script of the site, on a day of the reader's."""

    def read(moment: str, drawn: str, script: str, **options: object) -> Page:
        (fake / "assets").mkdir(exist_ok=True)
        (fake / "assets" / script).write_bytes((ROOT / "overrides/assets" / script).read_bytes())
        file = fake / "page.html"
        loaded = "" if f"assets/{script}" in drawn else f"<script src='assets/{script}' defer></script>"
        file.write_text(f"<!doctype html><meta charset=utf-8><title>A</title>{drawn}{loaded}", encoding="utf-8")
        page: Page = context(**options).new_page()  # type: ignore[attr-defined]
        page.clock.set_fixed_time(moment)
        page.goto(file.as_uri())
        return page

    return read


@pytest.mark.parametrize(
    ("moment", "until", "shown"),
    [
        ("2030-12-20T23:00:00Z", ' data-until="2030-12-20"', True),
        ("2030-12-21T01:00:00Z", ' data-until="2030-12-20"', False),
        ("2040-01-01T01:00:00Z", "", True),
    ],
    ids=["last day", "day after", "no day"],
)
def test_a_banner_is_there_until_its_day_is_over(
    on: Callable[..., Page], moment: str, until: str, shown: bool
) -> None:
    page = on(moment, BANNER.format(until), "banner.js", timezone_id="Europe/London")
    expect(page.get_by_text("Come early.")).to_be_visible(visible=shown)


def test_without_scripts_a_banner_stays(on: Callable[..., Page]) -> None:
    drawn = BANNER.format(' data-until="2030-12-20"')
    page = on("2040-01-01T01:00:00Z", drawn, "banner.js", java_script_enabled=False)
    expect(page.get_by_text("Come early.")).to_be_visible()


@pytest.mark.parametrize(("moment", "marks"), [("2021-05-20T12:00:00Z", 0), ("2021-05-21T12:00:00Z", 1)])
def test_notes_that_are_kept_too_long_are_marked(
    on: Callable[..., Page], fake: Path, moment: str, marks: int
) -> None:
    (fake / "data/local.yml").write_text(KEPT, encoding="utf-8")
    whole = catalogue.build(fake)
    drawn = Shown(review.review_dates(Desk(whole, whole.pages["index.md"])), fake).html
    page = on(moment, drawn, "review.js", timezone_id="Europe/London")
    expect(page.locator(".kb-kept-until").get_by_text("To take down")).to_have_count(marks)
