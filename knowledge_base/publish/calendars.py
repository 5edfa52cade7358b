"""Calendars, RFC 5545: every exact date, each set of the host's by itself, and when pages are to be read again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.model import Meeting
from knowledge_base.render.local import CALENDAR, calendar_of
from knowledge_base.render.review import REVIEWS

if TYPE_CHECKING:
    from knowledge_base.publish.exports import Make

_LONDON = ZoneInfo("Europe/London")
# The rule as it has stood since 1996. icalendar would write out every change of the clocks until 2038 and then end.
_TIMEZONE = b"""\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


def files(whole: Catalogue, address: str) -> dict[str, Make]:
    """What makes each calendar, by its path in the site."""
    found: dict[str, Make] = {
        CALENDAR: partial(everything, whole, address),
        REVIEWS: partial(reviews, whole, address),
    }
    for set_id in whole.local.sets:
        found[calendar_of(set_id)] = partial(of_set, whole, address, set_id)
    return found


def everything(whole: Catalogue, address: str) -> bytes:
    """The sessions of the programme that have an exact date, and the host's own meetings.

    Args:
        whole: everything that the site knows.
        address: at which the site will be served, with its closing slash; empty where the host has not said.
    """
    held = [_held(page, address) for page in whole.sessions if page.session and _day(page.session.when.since)]
    return _calendar(_name(whole), [*held, *_meetings(whole, address, whole.local.meetings_in_order)])


def of_set(whole: Catalogue, address: str, set_id: str) -> bytes:
    """The meetings of one set of the host's."""
    own = [meeting for meeting in whole.local.meetings_in_order if meeting.set_id == set_id]
    return _calendar(f"{_name(whole)}: {whole.local.sets[set_id]}", _meetings(whole, address, own))


def reviews(whole: Catalogue, address: str) -> bytes:
    """An entry for each day by which pages are to be read again, with their titles and who looks after them."""
    due: dict[datetime.date, list[Page]] = {}
    for page in whole.reading_order:
        if page.source.matter and page.source.matter.review_by:
            due.setdefault(page.source.matter.review_by, []).append(page)
    events = [_review(day, pages, address) for day, pages in sorted(due.items())]
    return _calendar(f"{_name(whole)}: pages to read again", events)


def _review(day: datetime.date, pages: list[Page], address: str) -> Event:
    matters = [page.source.matter for page in pages if page.source.matter]
    event = Event()
    event.add("uid", f"review.{day}@apir-knowledge-base")
    reviewed = max(matter.reviewed for matter in matters)
    event.add("dtstamp", datetime.datetime.combine(reviewed, datetime.time.min, datetime.UTC))
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(days=1))
    event.add("summary", f"Read again: {len(pages)} page{'s' if len(pages) > 1 else ''}")
    owners = [f" ({matter.owner})" if matter.owner else "" for matter in matters]
    lines = [f"{page.title}{owner}" for page, owner in zip(pages, owners, strict=True)]
    event.add("description", "\n".join([*lines, *([f"{address}about/review-dates/"] if address else [])]))
    return event


def _name(whole: Catalogue) -> str:
    title = whole.programme.title if whole.programme else "Sessions"
    return f"{title} – {whole.local.council}" if whole.local.council else title


def _calendar(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//APIR knowledge base//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add_component(Component.from_ical(_TIMEZONE))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _held(page: Page, address: str) -> Event:
    """A session as it was held, on the day that the report gives."""
    session = page.session
    assert session is not None
    when = session.when
    since = datetime.date.fromisoformat(when.since)
    until = _day(when.to or "")
    # Of several days nobody knows on which of them the hours hold.
    starts, ends = (None, None) if until else (when.starts, when.ends)
    event = _event(page, f"{session.id}@apir-knowledge-base", since, until, starts, ends)
    event.add("summary", session.title)
    _place(event, when.venue, _about(session.description, page, address))
    return event


def _meetings(whole: Catalogue, address: str, meetings: Iterable[Meeting]) -> list[Event]:
    pages = {page.session.id: page for page in whole.sessions if page.session}
    return [_meeting(pages[entry.session], entry, address) for entry in meetings if entry.session in pages]


def _meeting(page: Page, meeting: Meeting, address: str) -> Event:
    """A meeting of the host's; it keeps its name when its day, its hours or its venue change."""
    uid = f"{meeting.session}.{meeting.set_id}@apir-knowledge-base"
    event = _event(page, uid, meeting.date, None, meeting.starts, meeting.ends)
    event.add("summary", f"{page.title} ({meeting.set})")
    _place(event, meeting.venue, _about("", page, address))
    return event


def _event(
    page: Page,
    uid: str,
    since: datetime.date,
    until: datetime.date | None,
    starts: datetime.time | None,
    ends: datetime.time | None,
) -> Event:
    """An entry with its name and its time: the whole day where the hour is not known."""
    assert page.source.matter is not None
    event = Event()
    event.add("uid", uid)
    # It has to be there, and the day of the build would change the file each day.
    event.add("dtstamp", datetime.datetime.combine(page.source.matter.reviewed, datetime.time.min, datetime.UTC))
    if starts is None:
        event.add("dtstart", since)
        event.add("dtend", (until or since) + datetime.timedelta(days=1))
        return event
    event.add("dtstart", datetime.datetime.combine(since, starts, _LONDON))
    if ends is not None:
        event.add("dtend", datetime.datetime.combine(since, ends, _LONDON))
    return event


def _place(event: Event, venue: str | None, about: str) -> None:
    if venue:
        event.add("location", venue)
    if about:
        event.add("description", about)


def _about(words: str, page: Page, address: str) -> str:
    return "\n".join(part for part in (words, f"{address}{page.address}" if address else "") if part)


def _day(value: str) -> datetime.date | None:
    """The day that a date names; None where it is a month or a year."""
    return datetime.date.fromisoformat(value) if len(value) == len("2010-09-07") else None
