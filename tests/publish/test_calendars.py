from __future__ import annotations

import datetime
import re

import pytest
from icalendar import Calendar

from knowledge_base import catalogue
from knowledge_base.publish import calendars, exports

ADDRESS = "https://council.example/apir/"
MEETINGS = """local:
  meetings:
    - {session: als-1, set: North, date: 2030-01-15, starts: '09:45', ends: '15:00', venue: 'Hall, room 1; left'}
    - {session: mentors-1, set: North, date: 2030-07-16, starts: '09:45', ends: '15:00'}
    - {session: als-1, set: Süd, date: 2030-01-17}
    - {session: mentors-1, set: Süd, date: 2030-07-17, starts: '13:00'}
"""
UTC = datetime.UTC


@pytest.fixture
def host(fake):
    (fake / "data/local.yml").write_text(MEETINGS, encoding="utf-8")
    return fake


def made(root, address=ADDRESS):
    files = exports.files(catalogue.build(root), address)
    return {path: make() for path, make in files.items() if path.endswith(".ics")}


def events(root, path, address=ADDRESS):
    """By UID, the entries of a calendar as icalendar reads them."""
    found = Calendar.from_ical(made(root, address)[path]).walk("VEVENT")
    assert len({str(event["UID"]) for event in found}) == len(found)
    return {str(event["UID"]): event for event in found}


def test_the_plain_edition_has_the_sessions_whose_day_is_known(fake):
    (event,) = events(fake, "calendar.ics").values()
    assert str(event["SUMMARY"]) == "Mentors meet"
    assert str(event["LOCATION"]) == "The hut"
    assert str(event["DESCRIPTION"]) == f"About Mentors meet.\n{ADDRESS}sessions/mentors-1/"
    # In September clocks are an hour ahead of UTC.
    assert event.start.astimezone(UTC) == datetime.datetime(2020, 9, 8, 9, 0, tzinfo=UTC)
    assert event.end - event.start == datetime.timedelta(minutes=90)
    assert event["DTSTART"].params["TZID"] == "Europe/London"


def test_each_set_of_the_host_has_a_calendar_and_one_has_all(host):
    assert list(made(host)) == ["calendar.ics", "reviews.ics", "calendar-north.ics", "calendar-sud.ics"]
    north, south = (set(events(host, f"calendar-{name}.ics")) for name in ("north", "sud"))
    assert not north & south
    assert set(events(host, "calendar.ics")) == north | south | {"mentors-1@apir-knowledge-base"}


def test_hours_are_british_in_winter_and_in_summer(host):
    winter, summer = events(host, "calendar-north.ics").values()
    assert winter.start.astimezone(UTC).time() == datetime.time(9, 45)
    assert summer.start.astimezone(UTC).time() == datetime.time(8, 45)
    assert {event.end.time() for event in (winter, summer)} == {datetime.time(15, 0)}


def test_the_time_zone_that_is_sent_along_changes_when_british_clocks_do(host):
    (zone,) = Calendar.from_ical(made(host)["calendar.ics"]).walk("VTIMEZONE")
    sent = zone.to_tz(lookup_tzid=False)
    for year in (2010, 2030, 2050):
        for month, day, hour, ahead in (
            (3, 1, 12, 0),
            (7, 1, 12, 1),
            (10, 1, 12, 1),
            (12, 1, 12, 0),
        ):
            moment = datetime.datetime(year, month, day, hour, tzinfo=sent)
            assert moment.utcoffset() == datetime.timedelta(hours=ahead), moment


def test_a_day_without_an_hour_is_a_whole_day(host):
    event = events(host, "calendar-sud.ics")["als-1.sud@apir-knowledge-base"]
    assert (event.start, event.end) == (datetime.date(2030, 1, 17), datetime.date(2030, 1, 18))
    assert "LOCATION" not in event


def test_an_end_that_is_not_known_is_not_made_up(host):
    event = events(host, "calendar-sud.ics")["mentors-1.sud@apir-knowledge-base"]
    assert event.start.time() == datetime.time(13, 0)
    assert "DTEND" not in event
    assert "DURATION" not in event


def test_an_entry_says_which_session_which_set_and_where_to_read(host):
    event = events(host, "calendar-north.ics")["als-1.north@apir-knowledge-base"]
    assert str(event["SUMMARY"]) == "ALS 1: Trees (North)"
    assert str(event["LOCATION"]) == "Hall, room 1; left"
    assert str(event["DESCRIPTION"]) == f"{ADDRESS}sessions/als-1/"


def test_without_an_address_no_entry_leads_anywhere(host):
    assert all(b"http" not in calendar for calendar in made(host, "").values())
    assert "DESCRIPTION" not in events(host, "calendar-north.ics", "")["als-1.north@apir-knowledge-base"]


def test_an_entry_keeps_its_name_when_day_hour_and_venue_change(host):
    before = set(events(host, "calendar.ics"))
    path = host / "data/local.yml"
    text = path.read_text(encoding="utf-8").replace("2030-01-15", "2030-02-19").replace("09:45", "10:00")
    path.write_text(text.replace("Hall, room 1; left", "Hut"), encoding="utf-8")
    assert set(events(host, "calendar.ics")) == before
    assert events(host, "calendar.ics")["als-1.north@apir-knowledge-base"].start.day == 19


def test_a_session_of_several_days_takes_them_all(fake):
    path = fake / "docs/sessions/mentors-1.md"
    text = path.read_text(encoding="utf-8").replace("{from: 2020-09-08,", "{from: 2020-09-08, to: 2020-09-09,")
    path.write_text(text, encoding="utf-8")
    (event,) = events(fake, "calendar.ics").values()
    assert (event.start, event.end) == (datetime.date(2020, 9, 8), datetime.date(2020, 9, 10))


def test_calendars_keep_to_the_rules_of_their_format(host):
    for path, calendar in made(host).items():
        lines = calendar.split(b"\r\n")
        assert lines[-1] == b"", path
        assert not re.search(rb"(?<!\r)\n", calendar), path
        assert max(map(len, lines)) <= 75, path
        read = Calendar.from_ical(calendar)
        assert (read["VERSION"], bool(read["PRODID"])) == ("2.0", True)
        assert all("DTSTAMP" in event for event in read.walk("VEVENT")), path
        assert read.to_ical() == calendar, path


def test_the_same_sources_make_the_same_bytes(host, monkeypatch):
    before = made(host)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert made(host) == before


def test_a_meeting_of_a_session_with_a_fault_is_left_out(host):
    path = host / "docs/sessions/als-1.md"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: set", "kind: sett"), encoding="utf-8")
    assert list(events(host, "calendar-north.ics")) == ["mentors-1.north@apir-knowledge-base"]


def test_pages_to_read_again_are_an_entry_for_each_day(fake):
    for name, day in (("axe", "2022-05-01"), ("index", "2022-05-01")):
        page = fake / ("docs/toolkit/axe.md" if name == "axe" else "docs/sessions/index.md")
        text = page.read_text(encoding="utf-8")
        text = text.replace("reviewed: 2021-05-01", f"reviewed: 2021-05-01\nreview_by: {day}\nowner: Forester")
        page.write_text(text, encoding="utf-8")
    made = calendars.reviews(catalogue.build(fake), "https://wood.example/")
    (event,) = Calendar.from_ical(made).walk("VEVENT")
    assert event.decoded("dtstart") == datetime.date(2022, 5, 1)
    assert event["summary"] == "Read again: 2 pages"
    assert "The axe (Forester)" in event["description"]
    assert "https://wood.example/about/review-dates/" in event["description"]
    assert made == calendars.reviews(catalogue.build(fake), "https://wood.example/")
