from __future__ import annotations

import datetime

import pytest

from knowledge_base import catalogue
from knowledge_base.check import review

OLD = "reviewed: 2021-05-01"
DUE = datetime.date(2022, 5, 1)


@pytest.fixture
def told(fake):
    """What is said of a page on a day, once it has a date by which it is to be read again."""

    def on(day):
        page = fake / "docs/toolkit/axe.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(OLD, f"{OLD}\nreview_by: {DUE}"), encoding="utf-8")
        return [str(fault) for fault in review.check(catalogue.build(fake), day)]

    return on


def test_a_page_whose_day_has_passed_is_warned_of_on_its_line(told):
    assert told(DUE + datetime.timedelta(1)) == [
        "docs/toolkit/axe.md:6:1: KB513 warning: This page was to be read again by 1 May 2022. "
        "Read it against its source; then change 'reviewed' and 'review_by'."
    ]


def test_on_the_day_itself_nothing_is_said(told):
    assert told(DUE) == []


def test_it_never_stops_a_build(told, fake):
    told(DUE)
    from knowledge_base import check

    faults = [fault for fault in check.check(catalogue.build(fake)) if fault.code == "KB513"]
    assert [fault.severity for fault in faults] == ["warning"]
