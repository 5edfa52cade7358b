"""What a host adds, as pages show it: the dates of its sets, their calendars, and whom to tell of a mistake."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup

from knowledge_base.catalogue import Page
from knowledge_base.faults import UnknownNameError
from knowledge_base.model import Contact, Meeting
from knowledge_base.render import dates
from knowledge_base.render.text import Desk, plain

MISTAKES = "about/mistakes.md"
"""The page that says whom to tell of a mistake, and how."""
CALENDAR = "calendar.ics"
"""Where the calendar with every exact date is published."""

_DATES = {"next": "dates_next.html", "all": "dates_all.html"}


def calendar_of(set_id: str) -> str:
    """Where the calendar of a set is published."""
    return f"calendar-{set_id}.ics"


def host_dates(desk: Desk, which: str) -> str:
    """The dates of the host's sets, under a heading; nothing at all in the plain edition.

    Raises:
        UnknownNameError: ``which`` is none of the two.
    """
    if which not in _DATES:
        raise UnknownNameError("list of dates", which, _DATES)
    pages = {page.session.id: page for page in desk.catalogue.sessions if page.session}
    rows = [
        (pages[entry.session], entry, _when(entry))
        for entry in desk.catalogue.local.meetings_in_order
        if entry.session in pages
    ]
    return desk.draw(_DATES[which], rows=rows, calendars=_calendars(desk)) if rows else ""


def calendar(desk: Desk) -> str:
    """The calendars: one for each of the host's sets, and one with everything."""
    return desk.draw("calendar.html", everything=desk.file(CALENDAR), calendars=_calendars(desk))


def of_session(desk: Desk, session: str) -> list[tuple[str, str, str | None]]:
    """The host's meetings of a session: set, date in words, venue."""
    meetings = desk.catalogue.local.meetings_in_order
    return [(entry.set, _when(entry), entry.venue) for entry in meetings if entry.session == session]


def contacts(desk: Desk) -> str:
    """Whom the host names, or that this copy names nobody."""
    local = desk.catalogue.local
    rows = [(entry, reach(entry, "Question about the site")) for entry in local.contacts]
    return desk.draw("contacts.html", council=local.council, rows=rows, told=local.told_of_mistakes)


def mistake(desk: Desk) -> dict[str, object]:
    """What the end of a page needs to say whom to tell of a mistake on it."""
    told = desk.catalogue.local.told_of_mistakes
    way = reach(told, _subject(desk.page)) if told else None
    here = desk.page.path == MISTAKES
    return {"told": told, "way": way, "page_of_mistakes": None if here else MISTAKES}


def reach(contact: Contact, subject: str) -> Markup:
    """The ways to a contact, as links: the mailbox, with a subject filled in, and the number."""
    ways = []
    if contact.email:
        # Nothing in it can end a Markdown link: all but letters, digits and _.-~ is a percent sign and its number.
        address = f"{quote(contact.email, safe='@')}?subject={quote(subject, safe='')}"
        ways.append(f"[{plain(contact.email)}](mailto:{address})")
    if contact.telephone:
        ways.append(f"[{plain(contact.telephone)}](tel:{re.sub(r'[^0-9+]', '', contact.telephone)})")
    return Markup(" or ".join(ways))


def _subject(page: Page) -> str:
    return f"Mistake on the page: {page.title} (/{page.address})"


def _when(meeting: Meeting) -> str:
    day = dates.part_date(meeting.date.isoformat())
    hours = dates.hours(meeting.starts, meeting.ends)
    return f"{day}, {hours}" if hours else day


def _calendars(desk: Desk) -> list[tuple[str, str]]:
    """The name of each set, and the way to its calendar."""
    sets = desk.catalogue.local.sets
    return [(name, desk.file(calendar_of(set_id))) for set_id, name in sets.items()]
