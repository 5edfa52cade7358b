"""How long a page takes to read: one count, for what its top says and for every route that leads to it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from knowledge_base.calls import JINJA
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.render.text import Desk

# At the pace of an adult who reads to understand.
_WORDS_A_MINUTE = 200
_WORD = re.compile(r"[^\W\d_]\w*")
# What opens on a citation only, tags, and the addresses of links.
_UNREAD = re.compile(r'<span class="kb-cite__full".*?</span>|<[^>]*>|\]\([^)]*\)', re.DOTALL)
_LOOKED_UP = {
    "all_downloads",
    "coverage",
    "data_files",
    "fields",
    "glossary",
    "references",
    "review_dates",
    "rules",
    "vocabulary",
}
# Two say how long the page takes, so that they cannot be counted in; and they are glanced at, not read through. The
# others draw what a host adds: a page takes as long in every edition.
_NOT_COUNTED = {"catch_up", "session_facts", "calendar", "contacts", "dates", "statement", "your_council"}


def minutes(catalogue: Catalogue, page: Page, section: str = "") -> int | None:
    """Minutes to read a page, at 200 words a minute: at least one.

    Args:
        catalogue: everything that the site knows.
        page: the page.
        section: one of its second-level headings, for what stands below that only.

    Returns:
        None for a list that is looked up and not read.
    """
    if any(call.name in _LOOKED_UP for call in page.calls):
        return None
    key = (page.path, section)
    if key not in catalogue.words:
        catalogue.words[key] = len(_WORD.findall(_UNREAD.sub(" ", _text(catalogue, page, section))))
    return max(1, round(catalogue.words[key] / _WORDS_A_MINUTE))


def _text(catalogue: Catalogue, page: Page, section: str) -> str:
    """What a page, or a section of it, says: its own words, then those that its macros draw."""
    # Comments may go over several lines; what follows them keeps its place.
    lines = JINJA.sub(lambda hit: "\n" * hit.group().count("\n"), page.source.body).split("\n")
    start, end = _bounds(lines, section) if section else (0, len(lines))
    wanted = [start <= call.line - page.source.body_line < end for call in page.calls]
    return "\n".join([*lines[start:end], *_drawn(catalogue, page, wanted)])


def _bounds(lines: list[str], section: str) -> tuple[int, int]:
    """The first line below a heading and the line after the last; both 0 where there is no such heading."""
    heads = [number for number, line in enumerate(lines) if re.match(r"##?\s", line)]
    for number, following in zip(heads, [*heads[1:], len(lines)], strict=True):
        if lines[number].strip("# \t") == section:
            return number + 1, following
    return 0, 0


def _drawn(catalogue: Catalogue, page: Page, wanted: list[bool]) -> Iterator[str]:
    """What the wanted calls of a page draw that is read through; a fault is told at its place."""
    # The macros themselves ask how long pages take.
    from knowledge_base.render import drawing

    if page.source.matter is None or not any(wanted):
        return
    counted = [call.name not in _NOT_COUNTED for call in page.calls]
    if all(counted):
        answers = drawing.answers(catalogue, page)
    else:
        desk = Desk(catalogue, page)
        pairs = zip(page.calls, counted, strict=True)
        answers = [drawing.answer(desk, call) if count else "" for call, count in pairs]
    yield from (answer for answer in itertools.compress(answers, wanted) if isinstance(answer, str))
