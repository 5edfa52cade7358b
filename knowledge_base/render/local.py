"""What a host adds, as pages show it: name, logo, banner, dates, contacts, links, and its own part of the statements.

Whatever is drawn here has the class ``kb-local``, in the plain edition too where it says that nothing was given. So
anybody can tell what a host answers for; and a test takes it out and finds all pages the same. Search leaves it out.
"""

from __future__ import annotations

import datetime
import re
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.faults import UnknownNameError
from knowledge_base.model import Address, Contact, Local, Meeting
from knowledge_base.render import dates
from knowledge_base.render.text import Desk, plain
from knowledge_base.statements import STATEMENTS, Fact, blanks

MISTAKES = "about/mistakes.md"
"""The page that says whom to tell of a mistake, and how."""
CALENDAR = "calendar.ics"
"""Where the calendar with every exact date is published."""

LOGO = "assets/local/"
"""The folder in which the host's logo is published."""

_DATES = {"next": "dates_next.html", "all": "dates_all.html"}


def frame(whole: Catalogue) -> dict[str, Any]:
    """What stands around every page, for the theme's templates: name, logo, banner, and what robots are asked."""
    local = whole.local
    banner = local.banner
    return {
        "council": local.council,
        "logo": f"{LOGO}{local.logo}" if local.logo else None,
        "banner": banner.model_dump(mode="json") if banner else None,
        "search_engines": local.search_engines,
    }


def imprint(local: Local) -> str:
    """One line for what is taken away: whose copy it is from, and whom to ask; empty in the plain edition."""
    contact = local.first_contact
    ways = " or ".join(way for way in (contact.email, contact.telephone) if way) if contact else ""
    asked = f"{contact.role}: {ways}" if contact else ""
    return " · ".join(part for part in (local.council, asked) if part)


def your_council(desk: Desk) -> str:
    """The host's contacts and links, under a heading; nothing at all in the plain edition."""
    local = desk.catalogue.local
    if not local.contacts and not local.links:
        return ""
    rows = [(entry, reach(entry, "Question about the programme")) for entry in local.contacts]
    return desk.draw("your_council.html", council=local.council, rows=rows, links=local.links)


def asked_first(desk: Desk) -> Markup | None:
    """Whom somebody asks who does not get on, with the ways there; None where the host names nobody."""
    contact = desk.catalogue.local.first_contact
    return Markup("{}: {}").format(plain(contact.role), reach(contact, _subject(desk.page))) if contact else None


def statement(desk: Desk, name: str, part: str = "") -> str:
    """What the host says for a part of a statement; without a part, the box that lists what is missing.

    Raises:
        UnknownNameError: there is no such statement, or no such part of it.
    """
    if name not in STATEMENTS:
        raise UnknownNameError("statement", name, STATEMENTS)
    local = desk.catalogue.local
    if not part:
        return desk.draw("blanks.html", name=name, blanks=blanks(local, name), begun=local.begun)
    parts = dict.fromkeys(fact.part for fact in STATEMENTS[name])
    if part not in parts:
        raise UnknownNameError(f"part of the statement '{name}'", part, parts)
    facts = [fact for fact in STATEMENTS[name] if fact.part == part]
    rows = [(fact, _said(desk, fact)) for fact in facts if fact.needed or fact.value(local) is not None]
    return desk.draw("statement.html", rows=rows)


def _said(desk: Desk, fact: Fact) -> list[object]:
    """What a fact says, as one paragraph or several; nothing where it is missing."""
    value = fact.value(desk.catalogue.local)
    if isinstance(value, Contact):
        return [Markup("{}: {}").format(plain(value.role), reach(value, desk.page.title))]
    if isinstance(value, datetime.date):
        return [dates.day(value)]
    if isinstance(value, int):
        return [f"{value} year{'' if value == 1 else 's'} after they were published"]
    if isinstance(value, list):
        return value or ["Nothing besides what this page lists for every copy."]
    if isinstance(value, str) and value.startswith("https://"):
        return [_link(value, value)]
    return [value] if value is not None else []


def _link(address: Address, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(plain(address), plain(text))


def kept_until(desk: Desk) -> list[tuple[Page, datetime.date]]:
    """The notes of the host's own meetings, each with the day until which it is kept, the first to go first.

    Notes that are taken from the report are no record of the host's, and are not listed.
    """
    privacy = desk.catalogue.local.privacy
    years = privacy.notes_kept_years if privacy else None
    if years is None:
        return []
    own = [page for page in desk.catalogue.notes if page.notes and page.notes.source == ["added"]]
    found = [(page, _years_after(page.notes.published, years)) for page in own if page.notes]
    return sorted(found, key=lambda entry: (entry[1], entry[0].path))


def _years_after(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, month=3, day=1)


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
    duties = {
        "mistakes on this site": local.told_of_mistakes,
        "accessibility": local.answering_for("accessibility"),
        "data protection": local.answering_for("data_protection"),
    }
    listed = [(entry, way, [duty for duty, contact in duties.items() if contact is entry]) for entry, way in rows]
    return desk.draw("contacts.html", council=local.council, rows=listed)


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
