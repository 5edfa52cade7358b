"""The macros that a page may call: this is the whole list.

Each takes the desk it works at and plain values, and answers Markdown. To add one: write it here with a docstring
(the guide for authors is made from it), put its drawing into a module beside this one and its HTML into
``templates/``. ``macros.py`` hands the list to MkDocs; the check reads it here, without MkDocs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from knowledge_base.render import research, sessions
from knowledge_base.render.text import Desk


def cite(desk: Desk, *works: str, page: str = "", style: Literal["brackets", "text"] = "brackets") -> str:
    """A citation, linked to the bibliography, with the full reference on hover and focus.

    Args:
        desk: given by the site, not by the author.
        works: one or more ids from ``data/references.yml``.
        page: the page that is cited, where there is one work.
        style: ``brackets`` for (Munro, 2008), ``text`` for Munro (2008) inside a sentence.
    """
    return research.cite(desk, works, page, style)


def cited_here(desk: Desk) -> str:
    """The works that this page cites, in full."""
    return research.cited_here(desk)


def references(desk: Desk) -> str:
    """The table of all references, and the bibliography with corrections and the pages that cite each work."""
    return research.references(desk)


def sources(desk: Desk) -> str:
    """The sections of the report that this page is taken from."""
    return research.sources(desk)


def practice_standards(desk: Desk) -> str:
    """The areas in which the report proposes practice standards."""
    return research.table(desk, "practice_standards")


def workshop_themes(desk: Desk) -> str:
    """The themes of the multi-agency workshops, run and planned."""
    return research.table(desk, "workshop_themes")


def outcomes(desk: Desk) -> str:
    """The six outcomes agreed for the programme."""
    return research.table(desk, "outcomes")


def evaluation(desk: Desk) -> str:
    """Every count and percentage of the evaluation, with its base."""
    return research.table(desk, "evaluation")


def recommendations(desk: Desk) -> str:
    """The ten recommendations, and where the summary has them."""
    return research.table(desk, "recommendations")


def councils(desk: Desk) -> str:
    """The councils that nominated managers."""
    return research.table(desk, "councils")


def glossary(desk: Desk) -> str:
    """Abbreviations and terms, with what the report says of them."""
    return research.table(desk, "glossary")


def session_list(desk: Desk) -> str:
    """All sessions in the order of the programme."""
    return sessions.all_sessions(desk)


def session_facts(desk: Desk) -> str:
    """The facts strip of a session: when, for whom, how long, which set, handouts held or not."""
    return sessions.facts(desk)


def session_outcomes(desk: Desk) -> str:
    """What this session set out to do, from its front matter."""
    return sessions.session_outcomes(desk)


def run_sheet(desk: Desk) -> str:
    """The run sheet of this session, minute by minute, from its front matter."""
    return sessions.run_sheet(desk)


def downloads(desk: Desk) -> str:
    """The handouts of this session, held or not, and how to take the page away."""
    return sessions.downloads(desk)


def notes(desk: Desk) -> str:
    """All notes of meetings, by cohort."""
    return sessions.all_notes(desk)


Macro = Callable[..., str]

MACROS: dict[str, Macro] = {
    "cite": cite,
    "cited_here": cited_here,
    "references": references,
    "sources": sources,
    "practice_standards": practice_standards,
    "workshop_themes": workshop_themes,
    "outcomes": outcomes,
    "evaluation": evaluation,
    "recommendations": recommendations,
    "councils": councils,
    "glossary": glossary,
    "sessions": session_list,
    "session_facts": session_facts,
    "session_outcomes": session_outcomes,
    "run_sheet": run_sheet,
    "downloads": downloads,
    "notes": notes,
}
"""By the name that an author writes."""
