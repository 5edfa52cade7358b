"""Sessions and notes: facts strips, run sheets, lists."""

from __future__ import annotations

from itertools import groupby

from knowledge_base import downloads as handouts
from knowledge_base.catalogue import Page
from knowledge_base.faults import AuthorError
from knowledge_base.model import SessionMatter, When
from knowledge_base.render import dates
from knowledge_base.render.text import Desk

DOWNLOADS = "about/downloads.md"
"""The page on which everything is listed that can be taken away."""

_WHO = {
    "launch": "Set members and mentors",
    "set": "Set members: front-line team managers",
    "mentors": "Mentors of the set members",
}


def facts(desk: Desk) -> str:
    """The facts strip of the session that the page is."""
    session = _session(desk)
    held = sum(handout.held for handout in session.handouts)
    return desk.draw(
        "session_facts.html",
        when=_when(session.when),
        day_known=len(session.when.since) == len("2010-09-07"),
        venue=session.when.venue,
        who=_WHO[session.kind],
        length=dates.minutes(session.duration) if session.duration else None,
        sets=_sets(desk, session),
        handouts=len(session.handouts),
        held=held,
        # A session that the report does not know is no record of 2010-11.
        of_report="added" not in session.source,
        notes=[
            (page.path, page.title)
            for page in desk.catalogue.notes
            if page.notes and page.notes.session == session.id
        ],
    )


def session_outcomes(desk: Desk) -> str:
    """What the session set out to do, as a list."""
    return desk.draw("session_outcomes.html", outcomes=_session(desk).outcomes)


def run_sheet(desk: Desk) -> str:
    """The session's run sheet: clock times, minutes, and what happens."""
    session = _session(desk)
    if not session.run_sheet:
        raise AuthorError("This session has no run sheet.", "Add 'run_sheet:' to its front matter.")
    items = [(dates.clock(item.at), item.minutes, item.title, item.kind) for item in session.run_sheet]
    total = sum(item.minutes for item in session.run_sheet)
    last = session.run_sheet[-1]
    end = last.start + last.minutes
    return desk.draw(
        "run_sheet.html",
        caption=f"Run sheet: {desk.page.title}",
        items=items,
        end=f"{end // 60:02}:{end % 60:02}",
        total=total,
        length=dates.minutes(total),
    )


def downloads(desk: Desk) -> str:
    """The session's handouts, held or not, and how to take the page away; the latter for any other page."""
    session = desk.page.session
    return desk.draw(
        "downloads.html",
        handouts=session.handouts if session else [],
        of_report=session is not None and "added" not in session.source,
        names_handouts=bool(session),
        page="This session" if session else "This tool" if desk.page.tool else "This page",
        files=handouts.of_page(desk.page),
        programme=handouts.of_programme(desk.catalogue),
        index=DOWNLOADS if DOWNLOADS in desk.catalogue.pages else None,
    )


def all_downloads(desk: Desk) -> str:
    """Everything that can be taken away: the whole programme, and each page that has handouts."""
    kinds = (("Sessions", desk.catalogue.sessions), ("Notes", desk.catalogue.notes), ("Tools", _tools(desk)))
    groups = [
        (title, [kind for kind, _ in handouts.of_page(pages[0])], [_taken(page) for page in pages])
        for title, pages in kinds
        if pages
    ]
    return desk.draw("all_downloads.html", groups=groups, programme=handouts.of_programme(desk.catalogue))


def _taken(page: Page) -> tuple[str, str, list[tuple[str, str]]]:
    return page.path, page.title, handouts.of_page(page)


def _tools(desk: Desk) -> list[Page]:
    return sorted((page for page in desk.catalogue.pages.values() if page.tool), key=lambda page: page.title)


def all_sessions(desk: Desk) -> str:
    """Every session with its date and what it is about."""
    rows = [
        (page.path, page.title, _when(page.session.when), _WHO[page.session.kind], page.session.description)
        for page in desk.catalogue.sessions
        if page.session
    ]
    return desk.draw("sessions.html", rows=rows)


def all_notes(desk: Desk) -> str:
    """Every page of notes, by cohort."""
    cohorts = [
        (cohort, [_note(desk, page) for page in pages])
        for cohort, pages in groupby(desk.catalogue.notes, key=lambda page: page.notes.cohort if page.notes else "")
    ]
    return desk.draw("notes.html", cohorts=cohorts)


def _note(desk: Desk, page: Page) -> tuple[str, str, str, str]:
    notes = page.notes
    assert notes is not None
    return page.path, page.title, dates.part_date(notes.date), dates.day(notes.published)


def _session(desk: Desk) -> SessionMatter:
    session = desk.page.session
    if session is None:
        raise AuthorError("This page is no session.", "Call this macro on a page in docs/sessions/ only.")
    return session


def _when(when: When) -> str:
    words = dates.part_date(when.since)
    if when.to is not None:
        month, year = words.split(" ") if words.count(" ") == 1 else (words, "")
        until = dates.part_date(when.to)
        # "June/July 2010", as the report has it: each set met once, and which set when is not said.
        words = f"{month if until.endswith(year) else words}/{until}"
    if when.starts and when.ends:
        words += f", {dates.clock(when.starts)} to {dates.clock(when.ends)}"
    return words


def _sets(desk: Desk, session: SessionMatter) -> str:
    programme = desk.catalogue.programme
    of_report = programme is not None and "added" not in session.source
    names = f": {' and '.join(entry.name for entry in programme.sets)}" if programme and of_report else ""
    return {
        "together": "One event for everybody",
        "each": f"Held in each set{names}",
        "mentors": "The mentors of both sets together",
    }[session.sets]
