"""Sessions: facts strips, run sheets, lists."""

from __future__ import annotations

from knowledge_base import downloads as handouts
from knowledge_base.catalogue import Page
from knowledge_base.faults import AuthorError, UnknownNameError
from knowledge_base.model import SessionMatter
from knowledge_base.render import catch_up, dates, local
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
    notes, earlier = desk.catalogue.last_notes_of(session.id)
    return desk.draw(
        "session_facts.html",
        when=dates.when(session.when),
        day_known=len(session.when.since) == len("2010-09-07"),
        venue=session.when.venue,
        who=_WHO[session.kind],
        length=dates.minutes(session.duration) if session.duration else None,
        sets=_sets(desk, session),
        handouts=len(session.handouts),
        held=held,
        # A session that the report does not know is no record of 2010-11.
        of_report="added" not in session.source,
        notes=[(page.path, page.title) for page in notes],
        earlier=earlier,
        catch_up=catch_up.length(desk) if any(call.name == "catch_up" for call in desk.page.calls) else None,
        meetings=local.of_session(desk, session.id),
        files=handouts.of_page(desk.page),
    )


def session_outcomes(desk: Desk) -> str:
    """What the session set out to do, as a list."""
    return desk.draw("session_outcomes.html", outcomes=_session(desk).outcomes)


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
    """What can be taken away: the whole programme, each session and tool, and the notes published last."""
    notes = handouts.newest_notes(desk.catalogue)
    kinds = (("Sessions", desk.catalogue.sessions), ("Tools", _tools(desk)), ("Notes", notes))
    groups = [
        (title, [kind for kind, _ in handouts.of_page(pages[0])], [_taken(page) for page in pages])
        for title, pages in kinds
        if pages
    ]
    return desk.draw(
        "all_downloads.html",
        groups=groups,
        earlier=len(desk.catalogue.notes) - len(notes),
        programme=handouts.of_programme(desk.catalogue),
    )


def _taken(page: Page) -> tuple[str, str, list[tuple[str, str]]]:
    return page.path, page.title, handouts.of_page(page)


def _tools(desk: Desk) -> list[Page]:
    return sorted((page for page in desk.catalogue.pages.values() if page.tool), key=lambda page: page.title)


def all_sessions(desk: Desk, style: str) -> str:
    """Every session with its date and what it is about; or, where it is short, with its date only."""
    templates = {"full": "sessions.html", "short": "sessions_short.html"}
    if style not in templates:
        raise UnknownNameError("style", style, templates)
    when = dates.when if style == "full" else dates.span
    rows = [
        (page.path, page.title, when(page.session.when), _WHO[page.session.kind], page.session.description)
        for page in desk.catalogue.sessions
        if page.session
    ]
    return desk.draw(templates[style], rows=rows)


def _session(desk: Desk) -> SessionMatter:
    session = desk.page.session
    if session is None:
        raise AuthorError("This page is no session.", "Call this macro on a page in docs/sessions/ only.")
    return session


def _sets(desk: Desk, session: SessionMatter) -> str:
    programme = desk.catalogue.programme
    of_report = programme is not None and "added" not in session.source
    names = f": {' and '.join(entry.name for entry in programme.sets)}" if programme and of_report else ""
    return {
        "together": "One event for everybody",
        "each": f"Held in each set{names}",
        "mentors": "The mentors of both sets together",
    }[session.sets]
