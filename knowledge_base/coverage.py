"""Which session has to do with which outcome, practice standard, tool and work: only what pages say, and the gaps.

Nothing is judged here. A session goes with a tool where one page links to the other or names it as related; with a
work where it cites it; with the outcomes or the practice standards where it links to their page. A link to that page
as a whole is a link to all of them together: a single one is meant only where the link leads to its own entry.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.catalogue import Catalogue, Page

OUTCOMES = "research/outcomes.md"
STANDARDS = "research/practice-standards.md"
_LINK = re.compile(r"\]\(\s*([^)\s#]*\.md)?(?:#([^)\s]+))?\s*\)")


@dataclass(frozen=True)
class Tie:
    """That a page has to do with something.

    Attributes:
        how: ``links to``, ``is linked from``, ``names as related``, ``is named as related by``, or, for what
            a tool between them links to, ``through`` with the title of that tool.
        anchor: the entry that is meant, or empty for all of them.
    """

    how: str
    anchor: str = ""


@dataclass(frozen=True)
class Row:
    """What one session has to do with.

    Attributes:
        page: the session.
        outcomes: how it comes to the programme's outcomes.
        standards: how it comes to the practice standards.
        tools: each tool with how they are tied, by path.
        works: the ids of the works that it cites.
    """

    page: Page
    outcomes: tuple[Tie, ...]
    standards: tuple[Tie, ...]
    tools: dict[str, tuple[Tie, ...]]
    works: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """The whole matrix, and what nothing in it leads to.

    Attributes:
        rows: one for each session, in the order of the programme.
        lone_tools: tools that no session has to do with.
        lone_works: the ids of works that no session cites.
        named: by the id of an outcome or a standard, the pages that link to its own entry.
    """

    rows: tuple[Row, ...]
    lone_tools: tuple[Page, ...]
    lone_works: tuple[str, ...]
    named: dict[str, list[Page]]


@functools.lru_cache(maxsize=2)
def cover(whole: Catalogue) -> Coverage:
    """Reads what the pages say; once for a catalogue."""
    links = {path: tuple(_links(page)) for path, page in whole.pages.items()}
    tools = {path: page for path, page in sorted(whole.pages.items()) if page.tool}
    rows = []
    for page in whole.sessions:
        tied = {path: found for path in tools if (found := tuple(_ties(links, page, tools[path])))}
        rows.append(
            Row(
                page,
                tuple(_to(links, page, OUTCOMES, tied, tools)),
                tuple(_to(links, page, STANDARDS, tied, tools)),
                tied,
                tuple(work for work in whole.works_on(page) if work in whole.references),
            )
        )
    in_sessions = {work for row in rows for work in row.works}
    return Coverage(
        tuple(rows),
        tuple(tool for path, tool in tools.items() if not any(path in row.tools for row in rows)),
        tuple(work for work in whole.references if work not in in_sessions),
        {
            name: [page for page in whole.reading_order if (target, name) in links[page.path]]
            for target, collection in ((OUTCOMES, "outcomes"), (STANDARDS, "practice_standards"))
            for name in whole.collection(collection)
        },
    )


def _links(page: Page) -> Iterator[tuple[str, str]]:
    """The pages to which a page's own text links, each with the place on it."""
    for target, anchor in _LINK.findall(page.source.body):
        if target:
            yield posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target)), anchor


def _related(page: Page) -> list[str]:
    return page.source.matter.related if page.source.matter else []


def _ties(links: dict[str, tuple[tuple[str, str], ...]], page: Page, other: Page) -> Iterator[Tie]:
    if any(target == other.path for target, _ in links[page.path]):
        yield Tie("links to")
    if other.path in _related(page):
        yield Tie("names as related")
    if any(target == page.path for target, _ in links[other.path]):
        yield Tie("is linked from")
    if page.path in _related(other):
        yield Tie("is named as related by")


def _to(
    links: dict[str, tuple[tuple[str, str], ...]],
    page: Page,
    target: str,
    tied: dict[str, tuple[Tie, ...]],
    tools: dict[str, Page],
) -> Iterator[Tie]:
    """How a session comes to a page: by links of its own, or by those of a tool that it has to do with."""
    found = dict.fromkeys(anchor for path, anchor in links[page.path] if path == target)
    yield from (Tie("links to", anchor) for anchor in found)
    if not found and target in _related(page):
        yield Tie("names as related")
    for path in tied:
        if any(target == linked for linked, _ in links[path]):
            yield Tie(f"through {tools[path].title}")
