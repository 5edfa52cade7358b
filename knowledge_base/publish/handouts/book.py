"""The whole programme in one file: which pages it holds, in which parts, and the references once, at the end."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base import downloads
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.render import dates, research
from knowledge_base.render.citations import doi, sort_key

# What is looked up on a screen only (the table of references, lists of pages) stays out.
_RESEARCH = (
    "outcomes",
    "evaluation",
    "councils",
    "recommendations",
    "practice-standards",
    "workshop-themes",
    "evidence/index",
    "evidence/",
    "curators-notes",
    "glossary",
)


@dataclass(frozen=True)
class Book:
    """The whole programme.

    Attributes:
        title: of the programme.
        subtitle: of the programme.
        about: what the book holds.
        parts: each with its title and its pages.
    """

    title: str
    subtitle: str
    about: str
    parts: list[tuple[str, list[Page]]]


def plan(whole: Catalogue) -> Book | None:
    """What goes into the book; None while nobody knows the programme, or there is no page for it."""
    programme = whole.programme
    if programme is None:
        return None
    tools = sorted((page for page in whole.pages.values() if page.tool), key=lambda page: page.title.casefold())
    notes = downloads.newest_notes(whole)
    first = [whole.pages[path] for path in ("about/historical-record.md",) if path in whole.pages]
    parts = [
        ("How to read this", first),
        ("Sessions", whole.sessions),
        ("Notes", notes),
        ("Toolkit", tools),
        ("Research", _research(whole)),
    ]
    parts = [(name, pages) for name, pages in parts if pages]
    about = (
        "The sessions, the notes of their meetings, the tools and the research pages. Drawn from the report "
        f"“{programme.report_title}” ({programme.author}, {programme.organisation}, "
        f"{dates.part_date(programme.published)}). What is not the report’s is marked as added or as a curator’s "
        "note."
    )
    if len(notes) < len(whole.notes):
        about += f" Of the {len(whole.notes)} meetings with notes it holds the {len(notes)} published last."
    return Book(programme.title, programme.subtitle, about, parts) if parts else None


def references(whole: Catalogue) -> str:
    """Every work, in the order of a bibliography, as HTML."""
    drawn = research.drawn_references(whole)
    works = []
    for work in sorted(whole.references.values(), key=sort_key):
        found = doi(work)
        at = f' Available at: <a href="{found[1]}">{found[1]}</a>' if found else ""
        works.append(f'<div class="kb-work"><p>{drawn[work.id].entry}{at}</p></div>')
    return "\n".join(works)


def _research(whole: Catalogue) -> list[Page]:
    found: dict[str, Page] = {}
    for name in _RESEARCH:
        paths = sorted(path for path in whole.pages if path.startswith(f"research/{name}"))
        for path in paths if name.endswith("/") else [f"research/{name}.md"]:
            if path in whole.pages:
                found.setdefault(path, whole.pages[path])
    return list(found.values())
