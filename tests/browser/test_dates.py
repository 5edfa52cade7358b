"""The next dates of a made-up host, as a browser shows them on some day: from disk, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from knowledge_base import catalogue
from knowledge_base.render import local
from knowledge_base.render.text import Desk
from tests.conftest import ROOT
from tests.render.conftest import Shown

HOST = """local:
  meetings:
    - {session: als-1, set: North, date: 2030-01-15}
    - {session: als-1, set: South, date: 2030-01-16}
    - {session: mentors-1, set: North, date: 2030-03-05}
"""
NORTH = "Tuesday 15 January 2030 ALS 1: Trees, North"
SOUTH = "Wednesday 16 January 2030 ALS 1: Trees, South"
MARCH = "Tuesday 5 March 2030 Mentors meet, North"
OVER = "All the dates that were given have passed."


@pytest.fixture
def on(fake: Path, context: Callable[..., object]) -> Callable[..., Page]:
    """A reader's page with the dates, on a day of the reader's."""
    (fake / "data/local.yml").write_text(HOST, encoding="utf-8")
    whole = catalogue.build(fake)
    drawn = Shown(local.host_dates(Desk(whole, whole.pages["index.md"]), "next"), fake)
    (fake / "assets").mkdir()
    (fake / "assets/dates.js").write_bytes((ROOT / "overrides/assets/dates.js").read_bytes())
    file = fake / "page.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><title>Dates</title>{drawn.html}", encoding="utf-8")

    def read(moment: str, **options: object) -> Page:
        page: Page = context(**options).new_page()  # type: ignore[attr-defined]
        page.clock.set_fixed_time(moment)
        page.goto(file.as_uri())
        return page

    return read


def seen(page: Page) -> list[str]:
    items = page.locator(".kb-dates > li").filter(visible=True)
    return [" ".join(text.split()) for text in items.all_inner_texts()]


def test_what_has_passed_is_hidden_and_the_next_of_each_set_is_named(on: Callable[..., Page]) -> None:
    page = on("2030-01-16T08:00:00Z")
    assert seen(page) == [f"Next for South: {SOUTH}", f"Next for North: {MARCH}"]
    expect(page.get_by_text(OVER)).to_be_hidden()


def test_before_the_first_all_are_there(on: Callable[..., Page]) -> None:
    assert seen(on("2029-12-31T12:00:00Z")) == [f"Next for North: {NORTH}", f"Next for South: {SOUTH}", MARCH]


def test_the_day_is_the_readers_own(on: Callable[..., Page]) -> None:
    page = on("2030-01-15T23:30:00Z", timezone_id="Asia/Tokyo")
    assert seen(page)[0] == f"Next for South: {SOUTH}"


def test_when_all_have_passed_the_page_says_so(on: Callable[..., Page]) -> None:
    page = on("2031-01-01T12:00:00Z")
    assert seen(page) == []
    expect(page.get_by_text(OVER)).to_be_visible()


def test_without_scripts_all_dates_stand_there(on: Callable[..., Page]) -> None:
    page = on("2031-01-01T12:00:00Z", java_script_enabled=False)
    assert seen(page) == [NORTH, SOUTH, MARCH]
    expect(page.get_by_text(OVER)).to_be_hidden()
