"""Drawings: inline SVG in the page's own ink, each with a title, a description and the same in words below it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from knowledge_base.faults import UnknownNameError
from knowledge_base.render import dates
from knowledge_base.render.text import Desk

NAMES = ("timeline", "cycle", "double-loop", "catch-up")

# Units of the drawing; it is 360 wide, so that its words stay readable on a phone.
_LINE = 17
_GAP = 13
_TOP = 14
_LETTERS = 31


@dataclass(frozen=True)
class Entry:
    """An event of the timeline: its month for sorting, when in words, what, and whose."""

    month: str
    when: str
    title: str
    kind: str

    @property
    def lines(self) -> list[str]:
        """The title, broken so that it fits the drawing."""
        return textwrap.wrap(self.title, _LETTERS)


def picture(desk: Desk, name: str) -> str:
    """A drawing by its name.

    Raises:
        UnknownNameError: there is no such drawing.
    """
    if name not in NAMES:
        raise UnknownNameError("picture", name, NAMES)
    if name == "timeline":
        return _timeline(desk)
    return desk.draw(f"pictures/{name}.html")


def _timeline(desk: Desk) -> str:
    """Month by month: the sessions, from their pages, and what else happened, from ``data/programme.yml``."""
    programme = desk.catalogue.programme
    entries = [
        Entry(event.when[:7], event.about or _in_words(event.when, event.to), event.title, "other")
        for event in (programme.events if programme else [])
    ]
    for page in desk.catalogue.sessions:
        session = page.session
        if session and "added" not in session.source:
            kind = "mentors" if session.kind == "mentors" else "set"
            when = session.when
            entries.append(Entry(when.since[:7], _in_words(when.since, when.to), session.title, kind))
    entries.sort(key=lambda entry: entry.month)
    rows, y = [], _TOP
    for when, together in groupby(entries, key=lambda entry: entry.when):
        marks = []
        top = y
        for entry in together:
            marks.append((entry, y, [(y + index * _LINE, line) for index, line in enumerate(entry.lines)]))
            y += _LINE * len(entry.lines) + 4
        rows.append((when, top, marks))
        y += _GAP
    return desk.draw("pictures/timeline.html", rows=rows, height=y + 22, end=y - _GAP - 12, legend=y + 10)


def _in_words(since: str, to: str | None) -> str:
    if to:
        first = dates.part_date(since)
        return f"{first.removesuffix(f' {since[:4]}') if to[:4] == since[:4] else first}/{dates.part_date(to)}"
    # The day of the week would not fit into the margin.
    return dates.part_date(since) if len(since) < len("2010-09-07") else dates.day(date.fromisoformat(since))
