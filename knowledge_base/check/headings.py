"""Headings: a page's anatomy, in order, with something under each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.faults import Fault, did_you_mean

ANATOMY = {
    "session": (
        "In one minute",
        "What was covered",
        "Activities",
        "Questions to take into supervision",
        "How it ran in 2010-11",
        "If you missed it",
        "Evidence cited on this page",
        "Where this comes from",
        "Downloads",
    ),
    "notes": ("What was raised", "What was agreed", "Where this comes from"),
}
"""By the kind of a page, the second-level headings that it has, in this order and no others."""

_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$")
_NO_SPACE = re.compile(r"#{2,6}[^#\s]")


@dataclass(frozen=True)
class Heading:
    """A heading of a page: its level (1 to 6), its words and the line of the file it stands on."""

    level: int
    text: str
    line: int


def check(catalogue: Catalogue) -> Iterator[Fault]:
    """Every heading out of place, missing, or with nothing under it."""
    for page in catalogue.pages.values():
        if page.source.body.strip():
            yield from _check_page(page)


def headings(page: Page) -> list[Heading]:
    """The headings of a page, those in code left out."""
    return [
        Heading(len(hit[1]), re.sub(r"\s*\{[^{}]*\}$", "", hit[2]), number)
        for number, line in lines_outside_code(page)
        if (hit := _HEADING.match(line))
    ]


def lines_outside_code(page: Page) -> Iterator[tuple[int, str]]:
    """Each line of a page's body that is not in a fenced block, with its line in the file."""
    fence = ""
    for number, line in enumerate(page.source.body.split("\n"), page.source.body_line):
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        if mark and not fence:
            fence = mark[1]
        elif mark and fence and mark[1].startswith(fence):
            fence = ""
        elif not fence:
            yield number, line


def _check_page(page: Page) -> Iterator[Fault]:
    path = f"docs/{page.path}"
    found = headings(page)
    for number, line in lines_outside_code(page):
        if _NO_SPACE.match(line):
            remedy = "Put a space after the number signs."
            yield Fault(path, number, 1, "KB501", "This heading lacks its space, and shows as text.", remedy)
    level = 1
    for heading in found:
        if heading.level == 1:
            remedy = "Take it out: the title in the front matter is the page's heading."
            yield Fault(path, heading.line, 1, "KB501", "A page has no first-level heading of its own.", remedy)
        elif heading.level > level + 1:
            message = f"This heading skips a level ({level} is followed by {heading.level})."
            yield Fault(path, heading.line, 1, "KB501", message, f"Use {'#' * (level + 1)} here.")
        level = heading.level
    if page.source.kind in ANATOMY:
        yield from _follows(path, found, ANATOMY[page.source.kind], page.source.body_line)
    yield from _empty_sections(page, found)


def _follows(path: str, found: list[Heading], wanted: tuple[str, ...], first_line: int) -> Iterator[Fault]:
    present = [heading for heading in found if heading.level == 2]
    names = [heading.text for heading in present]
    reached = -1
    for index, heading in enumerate(present):
        if heading.text not in wanted:
            message = f"'{heading.text}' is not one of the headings of such a page."
            remedy = did_you_mean(heading.text, [name for name in wanted if name not in names])
            yield Fault(path, heading.line, 1, "KB501", message, f"{remedy} Or make it a third-level heading.")
        elif heading.text in names[:index]:
            remedy = "Keep one of the two."
            yield Fault(path, heading.line, 1, "KB501", f"'{heading.text}' stands here a second time.", remedy)
        elif wanted.index(heading.text) < reached:
            message = f"'{heading.text}' comes too late."
            remedy = f"Its place is before '{wanted[reached]}'."
            yield Fault(path, heading.line, 1, "KB501", message, remedy)
        else:
            reached = wanted.index(heading.text)
    for index, name in enumerate(wanted):
        if name not in names:
            after = f"after '{wanted[index - 1]}'" if index else "first"
            remedy = f"Write '## {name}' {after}."
            yield Fault(path, first_line, 1, "KB501", f"The heading '{name}' is missing.", remedy)


def _empty_sections(page: Page, found: list[Heading]) -> Iterator[Fault]:
    lines = page.source.body.split("\n")
    for heading, following in zip_longest(found, found[1:]):
        start = heading.line - page.source.body_line + 1
        end = following.line - page.source.body_line if following else len(lines)
        deeper = following is not None and following.level > heading.level
        if not deeper and not any(line.strip() for line in lines[start:end]):
            message = f"There is nothing under '{heading.text}'."
            remedy = "Say in a sentence what is not known, or take the heading out."
            yield Fault(f"docs/{page.path}", heading.line, 1, "KB504", message, remedy)
