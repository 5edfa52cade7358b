"""Notes: the facts strip, the lists by meeting, of a cohort, by session, of the newest, and the way to the feed."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePosixPath

from knowledge_base import downloads
from knowledge_base.catalogue import Page
from knowledge_base.faults import AuthorError, UnknownNameError
from knowledge_base.model import NotesMatter
from knowledge_base.render import dates
from knowledge_base.render.text import Desk

FEED = "feed_rss_created.xml"
"""Where the feed is published, under the name that mkdocs-rss-plugin gives its file."""
ORDERS = ("meeting", "cohort", "session", "newest")
_NEWEST = 3


def facts(desk: Desk) -> str:
    """The facts strip of the notes that the page is."""
    notes = desk.page.notes
    if notes is None:
        raise AuthorError("This page is no notes.", "Call this macro on a page of notes only.")
    return desk.draw(
        "note_facts.html",
        session=_session(desk, notes),
        cohort=notes.cohort,
        set=_set(desk, notes),
        when=dates.part_date(notes.date),
        day_known=len(notes.date) == len("2010-09-07"),
        of_report="added" not in notes.source,
        published=dates.day(notes.published),
        files=downloads.of_page(desk.page),
    )


def listed(desk: Desk, by: str) -> str:
    """Notes: all by meeting, those of the page's own cohort, those of the last cohort by session, or the newest.

    Raises:
        UnknownNameError: there is no such order.
        AuthorError: a list of one cohort, on a page that stands in the folder of none.
    """
    if by == "meeting":
        return desk.draw("notes.html", cohorts=_cohorts(desk))
    if by == "cohort":
        own = PurePosixPath(desk.page.path)
        if own.parent.parent.as_posix() != "notes":
            remedy = "Call it on the first page of a cohort only, such as docs/notes/2026-27/index.md."
            raise AuthorError("This page stands in the folder of no cohort.", remedy)
        return desk.draw("notes.html", cohorts=[one for one in _cohorts(desk) if one[0] == own.parent.name])
    if by == "session":
        return desk.draw("notes_by_session.html", rows=_by_session(desk))
    if by == "newest":
        rows = [_row(desk, page) for page in desk.catalogue.newest_notes[:_NEWEST]]
        return desk.draw("notes_newest.html", rows=rows)
    raise UnknownNameError("order", by, ORDERS)


def feed_link(desk: Desk) -> str:
    """The way to the feed, and what a feed is."""
    return desk.draw("feed.html", feed=desk.file(FEED))


def _cohorts(desk: Desk) -> list[tuple[str, str, list[tuple[str, str, str, str, str]]]]:
    """By cohort, the last one first: its own page, if it has one, and the notes of each meeting, the newest first."""
    by_cohort = sorted(desk.catalogue.newest_notes, key=_cohort, reverse=True)
    found = []
    for cohort, pages in groupby(by_cohort, key=_cohort):
        own = f"notes/{cohort}/index.md"
        found.append((cohort, own if own in desk.catalogue.pages else "", [_row(desk, page) for page in pages]))
    return found


def _by_session(desk: Desk) -> list[tuple[Page, list[Page], int]]:
    """For each session the notes of its last cohort, and how many there are of earlier ones."""
    of = desk.catalogue.last_notes_of
    return [(page, *of(page.session.id)) for page in desk.catalogue.sessions if page.session]


def _cohort(page: Page) -> str:
    assert page.notes is not None
    return page.notes.cohort


def _row(desk: Desk, page: Page) -> tuple[str, str, str, str, str]:
    notes = page.notes
    assert notes is not None
    return page.path, page.title, _set(desk, notes), dates.part_date(notes.date), dates.day(notes.published)


def _session(desk: Desk, notes: NotesMatter) -> Page | None:
    """The page of the session that notes are of; None while that has a fault."""
    return next((page for page in desk.catalogue.sessions if page.session and page.session.id == notes.session), None)


def _set(desk: Desk, notes: NotesMatter) -> str:
    """Whose notes they are: the set by its name, as far as one is known."""
    if notes.set is None:
        page = _session(desk, notes)
        kind = page.session.sets if page and page.session else "each"
        return {"together": "Everybody together", "each": "Sets not told apart", "mentors": "Mentors"}[kind]
    programme = desk.catalogue.programme
    names = desk.catalogue.local.sets
    if programme and programme.cohort == notes.cohort:
        names = {entry.id: entry.name for entry in programme.sets}
    return names.get(notes.set) or notes.set.replace("-", " ").capitalize()
