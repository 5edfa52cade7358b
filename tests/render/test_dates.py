from __future__ import annotations

import datetime

import pytest

from knowledge_base.render import dates


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2010", "2010"),
        ("2010-09", "September 2010"),
        ("2010-01", "January 2010"),
        ("2010-12", "December 2010"),
        ("2010-09-07", "Tuesday 7 September 2010"),
        ("2020-02-29", "Saturday 29 February 2020"),
        ("2021-05-31", "Monday 31 May 2021"),
        ("2021-08-01", "Sunday 1 August 2021"),
    ],
)
def test_date_is_said_as_exactly_as_it_is_known(value, words):
    assert dates.part_date(value) == words


def test_every_month_and_every_day_of_the_week_has_its_english_name():
    days = [datetime.date(2021, month, month) for month in range(1, 13)]
    expected = "January February March April May June July August September October November December"
    assert [dates.day(day).split()[1] for day in days] == expected.split()
    week = [dates.part_date(f"2021-03-0{day}").split()[0] for day in range(1, 8)]
    assert week == "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def test_day_has_no_nought_before_it():
    assert dates.day(datetime.date(2026, 11, 3)) == "3 November 2026"


@pytest.mark.parametrize(("hour", "minute", "words"), [(9, 5, "09:05"), (0, 0, "00:00"), (23, 59, "23:59")])
def test_clock_has_four_digits(hour, minute, words):
    assert dates.clock(datetime.time(hour, minute)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (120, "2 hours"),
        (225, "3 hours 45 minutes"),
    ],
)
def test_minutes_are_said_in_hours_and_minutes(value, words):
    assert dates.minutes(value) == words
