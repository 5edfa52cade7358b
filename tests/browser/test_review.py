"""When pages are to be read again: what is due is worked out in the reader's browser."""

from __future__ import annotations

import datetime

import pytest

PAGE = "about/review-dates/"


@pytest.mark.parametrize(
    ("today", "due", "marked"),
    [("2026-12-01", "No page is due for review today.", 0), ("2030-01-01", "pages are due for review today.", 80)],
)
def test_what_is_due_depends_on_the_readers_day(page, today, due, marked):
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(f"{today}T12:00:00"))
    page.goto(PAGE)
    assert due in page.locator(".kb-due").inner_text()
    marks = page.locator(".kb-review-dates .kb-due__mark").count()
    assert marks == 0 if not marked else marks >= marked


def test_without_scripts_every_day_is_read(context):
    page = context(java_script_enabled=False).new_page()
    page.goto(PAGE)
    assert page.locator(".kb-review-dates time").count() > 60
    assert not page.locator(".kb-due").is_visible()
