"""What is new, as the plain edition tells it: notes, releases, feed, calendar; and whom to tell of a mistake."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from icalendar import Calendar

from knowledge_base import __version__
from knowledge_base.catalogue import Catalogue
from tests.built import ROOT, Built, having, words

FEED = "feed_rss_created.xml"


def test_home_tells_the_newest_notes_and_leads_to_all_of_them_and_to_the_releases(
    built: Built, sources: Catalogue
) -> None:
    home = built[""]
    newest = [page.address for page in sources.newest_notes[:3]]
    (listed,) = having(home.article, "kb-newest")
    assert home.links(listed) == newest
    led = [link for node in home.section("What is new") for link in home.links(node)]
    assert led == [*newest, "notes/", "notes/", "about/changes/"]


def test_home_has_a_door_for_each_reader(built: Built) -> None:
    (doors,) = [node for node in built[""].section("Where to start") if node.tag == "ul"]
    said = [words(door.find("strong")) for door in doors]
    assert {"I was there.", "I missed one.", "I mentor.", "I facilitate.", "I host this site for a council."} <= set(
        said
    )
    assert all(built[""].links(door) for door in doors)


def test_home_has_the_timeline_and_a_link_to_each_session(built: Built, sources: Catalogue) -> None:
    glance = built[""].section("The programme at a glance")
    links = [link for node in glance for link in built[""].links(node)]
    assert links == [page.address for page in sources.sessions]
    assert having(built[""].article, "kb-picture")


def test_the_plain_edition_has_no_dates_and_no_empty_heading_for_them(built: Built, sources: Catalogue) -> None:
    if sources.local.meetings:
        pytest.skip("This is a host's own edition.")
    for page in built:
        assert not {"Next dates", "Your sets' dates"} & set(page.headings), page.address
        assert not having(page.article, "kb-facts__dates"), page.address
    for node in built["sessions/"].section("Dates in your calendar"):
        assert words(node)


def test_the_notes_are_listed_by_meeting_and_every_session_has_its_line(built: Built, sources: Catalogue) -> None:
    index = built["notes/"]
    by_meeting = [link for node in index.section("By meeting") for link in index.links(node)]
    assert sorted(by_meeting) == sorted(page.address for page in sources.notes)
    (table,) = [table for node in index.section("By session") for table in node.iter("table")]
    rows = {row[0]: row[1] for row in index.cells(table)}
    assert list(rows) == [page.title for page in sources.sessions]
    assert [title.split(":")[0] for title, notes in rows.items() if notes == "No notes published"] == [
        "ALS 2",
        "ALS 4",
    ]


def test_notes_begin_with_their_facts(built: Built, sources: Catalogue) -> None:
    for page in sources.notes:
        (strip,) = having(built[page.address].article, "kb-facts")
        labels = ["Session", "Cohort", "Set", "Meeting", "Published", "Take away"]
        assert [words(node) for node in strip.iter("dt")] == labels
        assert all(words(node) for node in strip.iter("dd")), page.address


def test_the_feed_is_found_from_every_page_and_holds_all_notes(site: Path, built: Built, sources: Catalogue) -> None:
    for page in built:
        (link,) = page.tree.xpath("//link[normalize-space(@rel)='alternate'][@type='application/rss+xml']")
        assert urljoin(f"/{page.address}", link.get("href")) == f"/{FEED}", page.address
    read = feedparser.parse((site / FEED).read_bytes())
    assert not read.bozo
    assert [entry.title for entry in read.entries] == [page.title for page in sources.newest_notes]


def test_the_calendar_holds_the_two_sessions_whose_day_the_report_gives(site: Path) -> None:
    held = Calendar.from_ical((site / "calendar.ics").read_bytes()).walk("VEVENT")
    of_the_report = {str(event["UID"]): event for event in held if event.start.year < 2012}
    assert {name: f"{event.start:%Y-%m-%d %H:%M}-{event.end:%H:%M}" for name, event in of_the_report.items()} == {
        "mentors-1@apir-knowledge-base": "2010-09-07 10:00-13:45",
        "mentors-2@apir-knowledge-base": "2010-11-30 10:00-13:45",
    }


def test_the_page_of_releases_begins_with_this_one(built: Built) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert built["about/changes/"].headings[0] == f"Version {__version__}"


def test_every_page_ends_with_a_way_to_tell_of_a_mistake(built: Built, sources: Catalogue) -> None:
    told = sources.local.told_of_mistakes
    for page in built:
        if page.address == "about/mistakes/":
            continue
        (line,) = having(page.article, "kb-mistake")
        if told:
            assert told.role in words(line), page.address
        else:
            assert page.links(line) == ["about/mistakes/"], page.address
